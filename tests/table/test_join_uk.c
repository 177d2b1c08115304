/* What entries say in Ukrainian: the same facts as in English, in sentences that a Ukrainian would write. */
#include "named.h"
#include "table/join_report.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

typedef struct fixture {
    hrm_context *ctx;
    hrm_layer *layer;
    hrmt_outcome out;
} fixture;

static fixture set_up(void) {
    fixture f = {.ctx = hrmt_context()};
    f.layer = hrmt_named(f.ctx);
    return f;
}

static void tear_down(fixture *f) {
    hrmt_outcome_free(&f->out);
    hrm_layer_free(f->layer);
    hrm_context_free(f->ctx);
}

/* ck_assert that the rows have these sentences, one each. */
static void says(const hrmt_how *how, const hrmt_said *rows, const char *const *sentences, size_t count) {
    fixture f = set_up();
    hrmt_ok(f.ctx, hrmt_join_said(f.ctx, f.layer, how, rows, NULL, count, &f.out));
    ck_assert_uint_eq(hrm_join_report_entry_count(f.out.report), count);
    for (size_t i = 0; i < count; i++) ck_assert_str_eq(hrmt_entry(f.out.report, i).text_uk, sentences[i]);
    tear_down(&f);
}

START_TEST(codes) {
    static const hrmt_said rows[] = {
        {.oblast = "Сумська"},     {.code = "UA590801"},   {.code = "5.90801E+16"},
        {.code = "UA59"},          {.code = "UA9999001"},  {.code = "5920380000"},
        {.code = "\xC0\xFF"},      {.name = "Разом"},      {.kept_out = HRM_REASON_HEADING, .name = "Назва"},
        {.x = 10.5, .y = 50.5},    {.x = 50.5, .y = 31.5}, {.x = 30.5, .y = 500},
        {.x = (double)NAN, .y = 5}};
    static const char *const sentences[] = {
        "рядок не містить ні коду, ні назви, ні координат громади",
        "код непридатний: у ньому замало цифр",
        ("електронна таблиця сприйняла код як число і втратила його кінець: задайте стовпцю текстовий "
         "формат і введіть коди знову"),
        "код непридатний: це код області, а не громади",
        "у шарі немає громади з таким кодом",
        "колишній код (КОАТУУ або бюджетний): вкажіть таблицю його відповідності коду КАТОТТГ",
        "текст не в кодуванні UTF-8: вкажіть кодування файлу (часто це CP1251)",
        "підсумковий рядок: це не дані громади, його чисел ніде не враховано",
        "повторені заголовки або номери стовпців: рядок не враховано",
        "його місце не лежить у жодній громаді",
        "його місце не лежить у жодній громаді; якщо поміняти x і y місцями, воно потрапить у громаду: чи не "
        "переплутано поля?",
        "координати непридатні: вони виходять за межі своєї системи координат: чи правильно вказано `crs`?",
        "координати непридатні: однієї з них немає або вона не є числом"};
    const hrmt_how how = {.gazetteer = NULL};
    says(&how, rows, sentences, COUNT(rows));
}
END_TEST

START_TEST(names) {
    static const hrmt_said rows[] = {{.name = "Охтирська"},
                                     {.oblast = "Сумська", .name = "Охтирська"},
                                     {.oblast = "Сумська", .raion = "Сумський", .name = "Охтирська"},
                                     {.oblast = "Сумська", .name = "Миколаївська"},
                                     {.name = "Миколаївська"}, /* where other rows say an oblast */
                                     {.oblast = "Ніякська", .name = "Сумська"},
                                     {.raion = "Ніякський", .name = "Сумська"},
                                     {.oblast = "Сумська", .raion = "Ніякський", .name = "Сумська"},
                                     {.code = "UA5908013", .name = "Жмеринська"}};
    static const char *const sentences[] = {
        "немає громади з назвою «Охтирська»: виправте назву, область чи район або вкажіть код",
        "немає громади з назвою «Охтирська» в області «Сумська»: виправте назву, область чи район або "
        "вкажіть "
        "код",
        "немає громади з назвою «Охтирська» у районі «Сумський» (область «Сумська»): виправте назву, область "
        "чи район або вкажіть код",
        "назві «Миколаївська» в області «Сумська» відповідають 2 громади: вкажіть район, тип або код",
        "на відміну від інших рядків, тут не вказано області: чи це не об'єднана комірка?",
        "немає області з назвою «Ніякська»: виправте її",
        "немає району з назвою «Ніякський»: виправте її (райони — за поділом 2020 року)",
        "немає району «Ніякський» в області «Сумська»: виправте назви",
        "код належить громаді «Миколаївська» (UA5908013), а назва «Жмеринська» відповідає лише іншій: "
        "виправте код або назву"};
    static const hrmt_said alone[] = {{.name = "Миколаївська"}};
    static const char *const of_alone[] = {
        "назві «Миколаївська» відповідають 3 громади: вкажіть область, район, тип або код"};
    const hrmt_how how = {.gazetteer = NULL};
    says(&how, rows, sentences, COUNT(rows));
    says(&how, alone, of_alone, COUNT(alone));
}
END_TEST

START_TEST(rows_of_one_community) {
    static const hrmt_said rows[] = {{.code = "UA5908017", .cells = {"1"}},
                                     {.code = "UA5908017", .cells = {"2"}},
                                     {.code = "UA5908017", .cells = {"3"}},
                                     {.code = "UA5908017", .cells = {"4"}},
                                     {.code = "UA5908017", .cells = {"5"}}};
    hrmt_how how = {.duplicates = HRM_DUPLICATES_HOLD};
    fixture f = set_up();
    hrmt_ok(f.ctx, hrmt_join_said(f.ctx, f.layer, &how, rows, NULL, 2, &f.out));
    ck_assert_str_eq(hrmt_entry(f.out.report, 1).text_uk,
                     "рядки 2 і 5 стосуються однієї громади «Сумська» (UA5908017), тому жоден із них не "
                     "враховано: виправте хибні або вкажіть, що рядки однієї громади слід додавати");
    hrmt_outcome_free(&f.out);
    hrmt_ok(f.ctx, hrmt_join_said(f.ctx, f.layer, &how, rows, NULL, 5, &f.out));
    ck_assert_ptr_nonnull(
        strstr(hrmt_entry(f.out.report, 4).text_uk, "рядки 2, 5, 8, 11 та ще 1 стосуються однієї громади "));
    hrmt_outcome_free(&f.out);
    how.duplicates = HRM_DUPLICATES_FIRST;
    hrmt_ok(f.ctx, hrmt_join_said(f.ctx, f.layer, &how, rows, NULL, 2, &f.out));
    ck_assert_str_eq(hrmt_entry(f.out.report, 0).text_uk, "залишено рядок 2 тієї самої громади");
    hrmt_outcome_free(&f.out);
    how.duplicates = HRM_DUPLICATES_LAST;
    hrmt_ok(f.ctx, hrmt_join_said(f.ctx, f.layer, &how, rows, NULL, 2, &f.out));
    ck_assert_str_eq(hrmt_entry(f.out.report, 0).text_uk, "замінено рядком 5 тієї самої громади");
    tear_down(&f);
}
END_TEST

START_TEST(periods) {
    static const hrmt_said rows[] = {{.code = "UA5908017", .period = "2021", .cells = {"1"}},
                                     {.code = "UA5908017", .period = "2021", .cells = {"2"}},
                                     {.code = "UA5908013", .cells = {"3"}},
                                     {.code = "UA5908013", .period = "a@b", .cells = {"4"}},
                                     {.code = "UA0504001", .period = "2021", .cells = {"5"}}};
    hrmt_how how = {.duplicates = HRM_DUPLICATES_HOLD, .has_period = true};
    fixture f = set_up();
    hrmt_ok(f.ctx, hrmt_join_said(f.ctx, f.layer, &how, rows, NULL, COUNT(rows), &f.out));
    ck_assert_ptr_nonnull(strstr(hrmt_entry(f.out.report, 0).text_uk, "(UA5908017) за період «2021», тому"));
    ck_assert_str_eq(hrmt_entry(f.out.report, 2).text_uk, "період не вказано");
    ck_assert_str_eq(hrmt_entry(f.out.report, 3).text_uk,
                     "«a@b»: період містить неприпустимий знак (@, подвійні лапки або невидимий)");
    hrmt_outcome_free(&f.out);
    how.duplicates = HRM_DUPLICATES_FIRST;
    hrmt_ok(f.ctx, hrmt_join_said(f.ctx, f.layer, &how, rows, NULL, 2, &f.out));
    ck_assert_str_eq(hrmt_entry(f.out.report, 0).text_uk,
                     "залишено рядок 2 тієї самої громади за той самий період (2021)");
    tear_down(&f);
}
END_TEST

START_TEST(cells) {
    static const hrmt_said rows[] = {{.code = "UA5908017", .cells = {"#DIV/0!", "так"}},
                                     {.code = "UA5908017", .cells = {"1,234", "ні"}}};
    static const char *const sentences[] = {
        "«#DIV/0!»: помилка електронної таблиці #DIV/0!: формула ділить на нуль",
        "«1,234»: це може бути 1,234 або 1234: вкажіть decimal: comma або decimal: point",
        "«ні»: у попередньому рядку тієї самої громади «так», це значення й залишено"};
    const hrmt_how how = {.duplicates = HRM_DUPLICATES_SUM};
    fixture f = set_up();
    hrmt_ok(f.ctx, hrmt_join_said(f.ctx, f.layer, &how, rows, NULL, COUNT(rows), &f.out));
    ck_assert_uint_eq(hrm_join_report_entry_count(f.out.report), COUNT(sentences));
    for (size_t i = 0; i < COUNT(sentences); i++)
        ck_assert_str_eq(hrmt_entry(f.out.report, i).text_uk, sentences[i]);
    tear_down(&f);
}
END_TEST

/* Numbers and what they count agree: so many communities have the name. */
START_TEST(plurals) {
    static const struct {
        uint32_t count;
        const char *words;
    } cases[] = {{0, " відповідає кілька громад:"}, {2, " відповідають 2 громади:"},
                 {4, " відповідають 4 громади:"},   {5, " відповідає 5 громад:"},
                 {11, " відповідає 11 громад:"},    {12, " відповідає 12 громад:"},
                 {14, " відповідає 14 громад:"},    {20, " відповідає 20 громад:"},
                 {21, " відповідає 21 громада:"},   {22, " відповідають 22 громади:"},
                 {111, " відповідає 111 громад:"},  {1469, " відповідає 1469 громад:"}};
    static const hrmt_said row = {.name = "Миколаївська"};
    const hrmt_how how = {.gazetteer = NULL};
    fixture f = set_up();
    hrmi_buffer buffer;
    hrmt_ok(f.ctx, hrmt_join_said(f.ctx, f.layer, &how, &row, NULL, 1, &f.out));
    hrmi_buffer_init(&buffer, f.ctx);
    for (size_t i = 0; i < COUNT(cases); i++) {
        hrmi_join_entry entry = f.out.report->entries[0];
        entry.candidates = cases[i].count;
        const char *const text = hrmi_join_sentence(f.ctx, f.out.report, f.layer, &buffer, &entry, HRM_UK);
        ck_assert_msg(strstr(text, cases[i].words) != NULL, "no \"%s\" in \"%s\"", cases[i].words, text);
    }
    hrmi_buffer_free(&buffer);
    tear_down(&f);
}
END_TEST

HRMT_SUITE("join_uk", &codes, &names, &rows_of_one_community, &periods, &cells, &plurals)
