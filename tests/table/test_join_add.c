/* Rows that say codes, names, coordinates: by which way each is matched, and why it is not. */
#include "named.h"
#include "table/join.h"

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

static void join(fixture *f, const hrmt_how *how, const hrmt_said *rows, size_t count) {
    hrmt_ok(f->ctx, hrmt_join_said(f->ctx, f->layer, how, rows, NULL, count, &f->out));
    hrmt_balanced(&f->out);
}

static void tear_down(fixture *f) {
    hrmt_outcome_free(&f->out);
    hrm_layer_free(f->layer);
    hrm_context_free(f->ctx);
}

/* One row alone: it reaches `row` by `way`, or (HRM_NONE) has the reason and the words. */
typedef struct one {
    hrmt_said said;
    size_t row;
    int32_t way;
    int32_t reason;
    int32_t outcome;
    const char *words;
} one;

static void each_alone(const one *cases, size_t count, const hrmt_how *how) {
    fixture f = set_up();
    for (size_t i = 0; i < count; i++) {
        const one *const c = &cases[i];
        join(&f, how, &c->said, 1);
        if (c->row != HRM_NONE) {
            hrmt_way_is(&f.out, c->way, 1);
            ck_assert(hrm_join_report_has_row(f.out.report, c->row));
        } else {
            hrmt_reason_is(&f.out, c->reason, 1);
            hrmt_entry_is(f.out.report, 0, c->outcome, 2, HRM_NONE, c->words);
            ck_assert_int_eq(hrmt_entry(f.out.report, 0).reason, c->reason);
        }
        hrmt_outcome_free(&f.out);
        memset(&f.out, 0, sizeof f.out);
    }
    tear_down(&f);
}

START_TEST(every_way) {
    static const one cases[] = {
        {{.code = "UA5908013"}, 1, HRM_MATCH_CODE, 0, 0, NULL},
        {{.code = " ua5908013 "}, 1, HRM_MATCH_CODE, 0, 0, NULL},
        {{.code = "59080130000012345"}, 1, HRM_MATCH_CODE_MENDED, 0, 0, NULL},
        {{.code = "UA5908013", .name = "Миколаївська"}, 1, HRM_MATCH_CODE, 0, 0, NULL},
        {{.oblast = "Сумська", .raion = "Сумський", .name = "Миколаївська"},
         1,
         HRM_MATCH_NAME_RAION,
         0,
         0,
         NULL},
        {{.oblast = "Миколаївська", .name = "Миколаївська"}, 3, HRM_MATCH_NAME_OBLAST, 0, 0, NULL},
        {{.name = "Жмеринська"}, 5, HRM_MATCH_NAME_UNIQUE, 0, 0, NULL},
        {{.x = 31.5, .y = 50.5}, 1, HRM_MATCH_PLACE, 0, 0, NULL},
        {{.code = "NA", .name = "-", .x = 31.5, .y = 50.5}, 1, HRM_MATCH_PLACE, 0, 0, NULL},
        {{.code = "UA5908013", .x = 34.5, .y = 50.5}, 1, HRM_MATCH_CODE, 0, 0, NULL}, /* a code goes first */
    };
    const hrmt_how how = {.gazetteer = NULL};
    each_alone(cases, COUNT(cases), &how);
}
END_TEST

START_TEST(every_reason) {
    static const one cases[] = {
        {{.oblast = "Сумська"}, HRM_NONE, 0, HRM_REASON_NO_KEY, HRM_ROW_UNUSABLE, "there is no key"},
        {{.code = "UA590801"},
         HRM_NONE,
         0,
         HRM_REASON_BAD_CODE,
         HRM_ROW_UNUSABLE,
         "the code cannot be used: "},
        {{.code = "5.90801E+16"},
         HRM_NONE,
         0,
         HRM_REASON_SPREADSHEET_CODE,
         HRM_ROW_UNUSABLE,
         "lost its end: make the column text"},
        {{.code = "UA59", .name = "Сумська"},
         HRM_NONE,
         0,
         HRM_REASON_HIGHER_LEVEL,
         HRM_ROW_UNUSABLE,
         "the code cannot be used: it is the code of an oblast"},
        {{.code = "UA9999001"},
         HRM_NONE,
         0,
         HRM_REASON_NOT_IN_LAYER,
         HRM_ROW_UNMATCHED,
         "no community of the layer has this code"},
        {{.code = "5920380000"}, HRM_NONE, 0, HRM_REASON_OLD_CODE, HRM_ROW_UNMATCHED, "name a crosswalk"},
        {{.oblast = "Сумська", .name = "Охтирська"},
         HRM_NONE,
         0,
         HRM_REASON_UNKNOWN_NAME,
         HRM_ROW_UNMATCHED,
         "no community of the oblast \"Сумська\" is called \"Охтирська\": "},
        {{.oblast = "Сумська", .name = "Миколаївська"},
         HRM_NONE,
         0,
         HRM_REASON_AMBIGUOUS_NAME,
         HRM_ROW_UNMATCHED,
         "2 communities of the oblast \"Сумська\" fit the name \"Миколаївська\": say the raion, the type or "
         "the code"},
        {{.name = "Миколаївська"},
         HRM_NONE,
         0,
         HRM_REASON_AMBIGUOUS_NAME,
         HRM_ROW_UNMATCHED,
         "3 communities fit the name \"Миколаївська\": say the oblast, the raion, the type or the code"},
        {{.oblast = "Ніякська", .name = "Сумська"},
         HRM_NONE,
         0,
         HRM_REASON_UNKNOWN_PARENT,
         HRM_ROW_UNMATCHED,
         "no oblast is called \"Ніякська\": correct it"},
        {{.name = "Сумська (Ніякська обл.)"},
         HRM_NONE,
         0,
         HRM_REASON_UNKNOWN_PARENT,
         HRM_ROW_UNMATCHED,
         "the oblast or the raion beside the name \"Сумська (Ніякська обл.)\" is not known"},
        {{.name = "Сумський район"},
         HRM_NONE,
         0,
         HRM_REASON_HIGHER_LEVEL,
         HRM_ROW_UNUSABLE,
         "this is the name of a raion, not of a community"},
        {{.code = "-", .name = "Сумська область"},
         HRM_NONE,
         0,
         HRM_REASON_HIGHER_LEVEL,
         HRM_ROW_UNUSABLE,
         "this is the name of an oblast, not of a community"},
        {{.code = "UA5908013", .name = "Жмеринська"},
         HRM_NONE,
         0,
         HRM_REASON_CODE_AND_NAME_DIFFER,
         HRM_ROW_UNMATCHED,
         "the code is that of Миколаївська (UA5908013), and the name \"Жмеринська\""},
        {{.x = 10, .y = 10},
         HRM_NONE,
         0,
         HRM_REASON_OUTSIDE,
         HRM_ROW_UNMATCHED,
         "its place lies in no community"},
        {{.x = 50.5, .y = 31.5},
         HRM_NONE,
         0,
         HRM_REASON_OUTSIDE,
         HRM_ROW_UNMATCHED,
         "with x and y exchanged it would lie in one"},
        {{.x = 31.5, .y = (double)NAN}, HRM_NONE, 0, HRM_REASON_BAD_PLACE, HRM_ROW_UNUSABLE, "missing"},
        {{.x = (double)INFINITY, .y = 50}, HRM_NONE, 0, HRM_REASON_BAD_PLACE, HRM_ROW_UNUSABLE, "no number"},
        {{.x = 31.5, .y = 91}, HRM_NONE, 0, HRM_REASON_BAD_PLACE, HRM_ROW_UNUSABLE, "not within the range"},
        {{.name = "Сум\xD1"}, HRM_NONE, 0, HRM_REASON_NOT_UTF8, HRM_ROW_UNUSABLE, "CP1251"},
        {{.code = "UA9\xFF"}, HRM_NONE, 0, HRM_REASON_NOT_UTF8, HRM_ROW_UNUSABLE, "CP1251"},
        {{.name = "Всього"}, HRM_NONE, 0, HRM_REASON_TOTAL, HRM_ROW_KEPT_OUT, "totals"},
        {{.code = "UA5908013", .kept_out = HRM_REASON_HEADING},
         HRM_NONE,
         0,
         HRM_REASON_HEADING,
         HRM_ROW_KEPT_OUT,
         "headings again"},
        {{.code = "UA5908013", .kept_out = HRM_REASON_TOTAL},
         HRM_NONE,
         0,
         HRM_REASON_TOTAL,
         HRM_ROW_KEPT_OUT,
         "totals"},
    };
    const hrmt_how how = {.gazetteer = NULL};
    each_alone(cases, COUNT(cases), &how);
}
END_TEST

/* Perhaps under a merged cell: it claims nothing, so the right row is not held back either. */
START_TEST(a_row_without_the_oblast_that_others_state) {
    static const hrmt_said rows[] = {
        {.oblast = "Сумська", .name = "Сумська", .cells = {"1"}},      /* row 2 */
        {.name = "Жмеринська", .cells = {"2"}},                        /* 5 */
        {.oblast = "Вінницька", .name = "Жмеринська", .cells = {"4"}}, /* 8 */
        {.oblast = "-", .name = "Миколаївська", .cells = {"8"}},       /* 11 */
        {.name = "Миколаївська", .cells = {"16"}},                     /* 14 */
        {.code = "UA5908013", .cells = {"32"}},                        /* 17 */
    };
    const hrmt_how how = {.duplicates = HRM_DUPLICATES_HOLD, .states_oblasts = true};
    fixture f = set_up();
    for (size_t batch = 0; batch <= 2; batch++) {
        hrmt_how by = how;
        by.batch = batch;
        join(&f, &by, rows, COUNT(rows));
        ck_assert_uint_eq(f.out.counts.matched, 3);
        hrmt_way_is(&f.out, HRM_MATCH_NAME_OBLAST, 2);
        hrmt_way_is(&f.out, HRM_MATCH_CODE, 1);
        hrmt_reason_is(&f.out, HRM_REASON_UNKNOWN_PARENT, 3);
        hrmt_entry_is(f.out.report, 0, HRM_ROW_UNMATCHED, 5, HRM_NONE,
                      "the row says no oblast, as other rows do: is it a merged cell?");
        ck_assert_uint_eq(hrmt_entry(f.out.report, 0).suggestions, 1);
        ck_assert_uint_eq(hrm_join_report_suggestion(f.out.report, 0, 0), 5);
        hrmt_entry_is(f.out.report, 1, HRM_ROW_UNMATCHED, 11, HRM_NONE, "the row says no oblast");
        ck_assert_uint_eq(hrmt_entry(f.out.report, 1).suggestions, 3);
        hrmt_outcome_free(&f.out);
        memset(&f.out, 0, sizeof f.out);
    }
    tear_down(&f);
}
END_TEST

/* The layer says that the community is a city's; the row says that it is a village's. */
START_TEST(types_that_contradict) {
    static const char *const codes[] = {"UA0504001"};
    static const char *const squares[] = {"POLYGON((30 50,31 50,31 51,30 51,30 50))"};
    static const char *const names[] = {"Жмеринська міська територіальна громада"};
    static const hrmt_said rows[] = {{.name = "Жмеринська", .type = "сільська", .cells = {"1"}},
                                     {.name = "Жмеринська", .type = "міська", .cells = {"2"}}};
    const hrmt_how how = {.gazetteer = NULL};
    hrm_context *const ctx = hrmt_context();
    hrm_layer *layer = NULL;
    hrmt_outcome out;
    hrmt_input input = hrmt_input_new(1, codes, squares);
    input.input.names_uk = names;
    hrmt_ok(ctx, hrm_layer_from_wkb(ctx, &input.input, &layer));
    hrmt_input_free(&input);
    hrmt_ok(ctx, hrmt_join_said(ctx, layer, &how, rows, NULL, 2, &out));
    hrmt_reason_is(&out, HRM_REASON_TYPE_CONTRADICTS, 1);
    hrmt_way_is(&out, HRM_MATCH_NAME_UNIQUE, 1);
    hrmt_entry_is(out.report, 0, HRM_ROW_UNMATCHED, 2, HRM_NONE,
                  "a community called \"Жмеринська\" is there, but it is of another type");
    hrmt_outcome_free(&out);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(periods_have_reasons) {
    static const one cases[] = {
        {{.code = "UA5908013", .period = "2021"}, 1, HRM_MATCH_CODE, 0, 0, NULL},
    };
    static const hrmt_said rows[] = {{.code = "UA5908013", .period = "2021", .cells = {"1"}},
                                     {.code = "UA5908013", .period = "NA", .cells = {"2"}},
                                     {.code = "UA5908013", .period = "a@b", .cells = {"4"}}};
    const hrmt_how how = {.has_period = true};
    fixture f = set_up();
    each_alone(cases, COUNT(cases), &how);
    join(&f, &how, rows, COUNT(rows));
    hrmt_reason_is(&f.out, HRM_REASON_NO_PERIOD, 1);
    hrmt_reason_is(&f.out, HRM_REASON_BAD_PERIOD, 1);
    hrmt_way_is(&f.out, HRM_MATCH_CODE, 1);
    hrmt_entry_is(f.out.report, 0, HRM_ROW_UNUSABLE, 5, HRM_NONE, "there is no period");
    hrmt_entry_is(f.out.report, 1, HRM_ROW_UNUSABLE, 8, HRM_NONE, "\"a@b\": ");
    ck_assert_double_eq(hrmt_amount(f.out.report, 0).unallocated, 6);
    tear_down(&f);
}
END_TEST

/* A crosswalk and aliases come in through the gazetteer. */
START_TEST(former_codes_and_aliases) {
    static const char *const former[] = {"5920380000", "5920380001", "5920380001"};
    static const char *const codes[] = {"UA5908013", "UA5908013", "UA5908017"};
    static const char *const written[] = {"Миколаївка"};
    static const hrmt_said rows[] = {{.code = "5920380000", .cells = {"1"}},
                                     {.code = "5920380001", .cells = {"2"}},
                                     {.code = "5920380002", .cells = {"4"}},
                                     {.oblast = "Сумська", .name = "МИКОЛАЇВКА", .cells = {"8"}}};
    fixture f = set_up();
    hrm_crosswalk *crosswalk = NULL;
    hrm_crosswalk *aliases = NULL;
    hrm_gazetteer *gazetteer = NULL;
    hrm_crosswalk_input input;
    hrm_gazetteer_options options;
    hrm_crosswalk_input_init(&input, sizeof input);
    input.count = COUNT(former);
    input.written = former;
    input.codes = codes;
    hrmt_ok(f.ctx, hrm_crosswalk_new(f.ctx, &input, &crosswalk));
    input.count = 1;
    input.written = written;
    hrmt_ok(f.ctx, hrm_crosswalk_new(f.ctx, &input, &aliases));
    hrm_gazetteer_options_init(&options, sizeof options);
    options.crosswalk = crosswalk;
    options.aliases = aliases;
    hrmt_ok(f.ctx, hrm_gazetteer_new(f.ctx, f.layer, &options, &gazetteer));
    const hrmt_how how = {.gazetteer = gazetteer, .duplicates = HRM_DUPLICATES_SUM};
    join(&f, &how, rows, COUNT(rows));
    hrmt_way_is(&f.out, HRM_MATCH_CROSSWALK, 1);
    hrmt_way_is(&f.out, HRM_MATCH_ALIAS, 1);
    hrmt_reason_is(&f.out, HRM_REASON_CROSSWALK_AMBIGUOUS, 1);
    hrmt_reason_is(&f.out, HRM_REASON_NOT_IN_CROSSWALK, 1);
    hrmt_entry_is(f.out.report, 0, HRM_ROW_UNMATCHED, 5, HRM_NONE, "two different communities");
    hrmt_entry_is(f.out.report, 1, HRM_ROW_UNMATCHED, 8, HRM_NONE, "add it there");
    hrmt_cell_is(f.out.table, "a", 1, 9, HRM_PRESENT);
    hrm_gazetteer_free(gazetteer);
    hrm_crosswalk_free(aliases);
    hrm_crosswalk_free(crosswalk);
    tear_down(&f);
}
END_TEST

/* With a codifier a code that stands in the layer is asked of it all the same: a digit may be wrong. */
START_TEST(codes_are_asked_of_the_codifier) {
    static const char *const codes[] = {"UA59080130000011111", "UA59080170000022222"};
    static const char *const names[] = {"Миколаївська", "Сумська"};
    static const hrmt_said rows[] = {{.code = "UA59080130000011111", .cells = {"1"}},
                                     {.code = "UA59080170000011111", .cells = {"2"}},
                                     {.code = "UA59080170000033333", .cells = {"4"}},
                                     {.code = "UA5908017", .cells = {"8"}},
                                     {.code = "ua59080130000022222", .cells = {"16"}},
                                     {.code = "59080170000000000", .cells = {"32"}},
                                     {.code = "Разом", .cells = {"63"}},
                                     {.code = "-", .name = "Жмеринська", .cells = {"64"}}};
    fixture f = set_up();
    hrm_codifier *codifier = NULL;
    hrm_gazetteer *gazetteer = NULL;
    hrm_codifier_input input;
    hrm_gazetteer_options options;
    hrm_codifier_input_init(&input, sizeof input);
    input.count = COUNT(codes);
    input.codes = codes;
    input.names_uk = names;
    hrmt_ok(f.ctx, hrm_codifier_new(f.ctx, &input, &codifier));
    hrm_gazetteer_options_init(&options, sizeof options);
    options.codifier = codifier;
    hrmt_ok(f.ctx, hrm_gazetteer_new(f.ctx, f.layer, &options, &gazetteer));
    const hrmt_how how = {.gazetteer = gazetteer, .duplicates = HRM_DUPLICATES_SUM};
    join(&f, &how, rows, COUNT(rows));
    hrmt_way_is(&f.out, HRM_MATCH_CODE, 2);
    hrmt_way_is(&f.out, HRM_MATCH_CODE_MENDED, 1);
    hrmt_way_is(&f.out, HRM_MATCH_NAME_UNIQUE, 1);
    hrmt_reason_is(&f.out, HRM_REASON_BAD_CODE, 2);
    hrmt_reason_is(&f.out, HRM_REASON_SPREADSHEET_CODE, 1);
    hrmt_reason_is(&f.out, HRM_REASON_TOTAL, 1);
    hrmt_entry_is(f.out.report, 0, HRM_ROW_UNUSABLE, 5, HRM_NONE,
                  "the code cannot be used: it is not in the codifier, where its number (the last five "
                  "digits) is that of another unit, outside this community");
    hrmt_entry_is(f.out.report, 2, HRM_ROW_UNUSABLE, 17, HRM_NONE, "lost its end: make the column text");
    ck_assert_uint_eq(hrm_join_report_note_count(f.out.report), 1);
    ck_assert_str_eq(hrm_join_report_note(f.out.report, 0),
                     "codes that were mended: 1, the first in row 8: it is not in the codifier; its first "
                     "seven digits are those of the community");
    hrmt_cell_is(f.out.table, "a", 1, 1, HRM_PRESENT);
    hrmt_cell_is(f.out.table, "a", 2, 12, HRM_PRESENT);
    hrmt_cell_is(f.out.table, "a", 5, 64, HRM_PRESENT);
    hrm_gazetteer_free(gazetteer);
    hrm_codifier_free(codifier);
    tear_down(&f);
}
END_TEST

/* Totals are in no account, neither rows nor cells; with keep_totals they are rows as any other. */
START_TEST(totals_are_kept_out) {
    static const hrmt_said rows[] = {
        {.code = "UA5908013", .cells = {"1"}},
        {.code = "Всього", .cells = {"1000", "текст"}},
        {.oblast = "Разом по області", .cells = {"1000"}},
        {.raion = "Сумський район - усього", .cells = {"not a number"}},
        {.code = "UA5908017", .name = "Усього по громаді", .cells = {"2"}},
    };
    hrmt_how how = {.gazetteer = NULL};
    fixture f = set_up();
    join(&f, &how, rows, COUNT(rows));
    ck_assert_uint_eq(f.out.counts.kept_out, 4);
    ck_assert_uint_eq(f.out.counts.matched, 1);
    ck_assert_uint_eq(f.out.counts.unusable_cells, 0);
    ck_assert_double_eq(hrmt_amount(f.out.report, 0).total, 1);
    ck_assert_uint_eq(hrmt_amount(f.out.report, 0).numbers, 1);
    hrmt_entry_is(f.out.report, 0, HRM_ROW_KEPT_OUT, 5, HRM_NONE, "in no account");
    ck_assert_str_eq(hrmt_entry(f.out.report, 0).key, "Всього");
    ck_assert_str_eq(hrmt_entry(f.out.report, 1).oblast, "Разом по області");
    hrmt_outcome_free(&f.out);
    how.keep_totals = true;
    join(&f, &how, rows, 2);
    ck_assert_uint_eq(f.out.counts.kept_out, 0);
    ck_assert_uint_eq(f.out.counts.matched, 1);
    ck_assert_double_eq(hrmt_amount(f.out.report, 0).total, 1001);
    tear_down(&f);
}
END_TEST

START_TEST(words_for_totals) {
    static const char *const totals[] = {"Всього",
                                         "ВСЬОГО:",
                                         " усього по області",
                                         "Разом по району",
                                         "Сумська область, усього",
                                         "Bcього",
                                         "Итого",
                                         "Всего по Сумской обл.",
                                         "Total",
                                         "Grand Total",
                                         "Sub-total:",
                                         "Kyiv total 2021",
                                         "\"Разом\"",
                                         "1. Разом",
                                         "Загалом по Україні",
                                         "разом",
                                         "ВСЬОГО ПО ГРОМАДІ"};
    static const char *const others[] = {"",
                                         "Суми",
                                         "Сумська",
                                         "Разом'янська",
                                         "Всьогович",
                                         "Тотальська",
                                         "Усатівська",
                                         "Totalska",
                                         "Сума",
                                         "UA5908013",
                                         "Загальці",
                                         "Нове Всього Село",
                                         "Разомська громада",
                                         "Підсумківська"};
    for (size_t i = 0; i < COUNT(totals); i++)
        ck_assert_msg(hrmi_join_says_total(totals[i]), "\"%s\" is one of totals", totals[i]);
    for (size_t i = 0; i < COUNT(others); i++)
        ck_assert_msg(!hrmi_join_says_total(others[i]), "\"%s\" is none of totals", others[i]);
    ck_assert(!hrmi_join_says_total(NULL));
    ck_assert(!hrmi_join_says_total("\xD0"));
}
END_TEST

/* Row 4 of the layer and row 5 overlap: the first is taken, and it is told. Coordinates of another system. */
START_TEST(places) {
    static const hrmt_said rows[] = {{.x = 34.75, .y = 50.5, .cells = {"1"}},
                                     {.x = 35.5, .y = 50.5, .cells = {"2"}},
                                     {.x = 34.25, .y = 50.5, .cells = {"4"}}};
    /* 31.5° E, 50.5° N by PROJ 9.1: echo 31.5 50.5 | cs2cs OGC:CRS84 EPSG:32636 */
    static const hrmt_said utm[] = {{.x = 393620.71, .y = 5595299.99, .cells = {"1"}}};
    hrmt_how how = {.duplicates = HRM_DUPLICATES_SUM};
    fixture f = set_up();
    join(&f, &how, rows, COUNT(rows));
    ck_assert_uint_eq(f.out.counts.ambiguous_places, 1);
    hrmt_way_is(&f.out, HRM_MATCH_PLACE, 3);
    hrmt_cell_is(f.out.table, "a", 4, 5, HRM_PRESENT);
    hrmt_cell_is(f.out.table, "a", 5, 2, HRM_PRESENT);
    hrmt_outcome_free(&f.out);
    how.crs = "EPSG:32636";
    join(&f, &how, utm, 1);
    hrmt_cell_is(f.out.table, "a", 1, 1, HRM_PRESENT);
    hrmt_outcome_free(&f.out);
    memset(&f.out, 0, sizeof f.out);
    how.crs = "EPSG:1";
    hrmt_fails(f.ctx, hrmt_join_said(f.ctx, f.layer, &how, rows, NULL, 1, &f.out), HRM_ERROR_CRS,
               "statistics.csv");
    tear_down(&f);
}
END_TEST

START_TEST(suggestions) {
    static const hrmt_said rows[] = {{.oblast = "Вінницька", .name = "Жмеренська", .cells = {"1"}},
                                     {.oblast = "Сумська", .name = "Миколаївська", .cells = {"2"}},
                                     {.oblast = "Вінницька", .name = "Жмеренська", .cells = {"4"}},
                                     {.code = "UA9999001"}};
    const hrmt_how how = {.gazetteer = NULL};
    fixture f = set_up();
    join(&f, &how, rows, COUNT(rows));
    const hrm_join_entry entry = hrmt_entry(f.out.report, 0);
    ck_assert_str_eq(entry.key, "Жмеренська");
    ck_assert_str_eq(entry.oblast, "Вінницька");
    ck_assert_str_eq(entry.raion, "");
    ck_assert_uint_ge(entry.suggestions, 1);
    ck_assert_uint_eq(hrm_join_report_suggestion(f.out.report, 0, 0), 5);
    ck_assert_uint_eq(hrm_join_report_suggestion(f.out.report, 0, entry.suggestions), HRM_NONE);
    ck_assert_uint_eq(hrm_join_report_suggestion(f.out.report, 2, 0), 5);
    ck_assert_uint_eq(hrmt_entry(f.out.report, 1).suggestions,
                      2); /* of an ambiguous name: all of that name */
    ck_assert_uint_eq(hrm_join_report_suggestion(f.out.report, 1, 0), 0);
    ck_assert_uint_eq(hrm_join_report_suggestion(f.out.report, 1, 1), 1);
    ck_assert_uint_eq(hrmt_entry(f.out.report, 3).suggestions, 0);
    ck_assert_uint_eq(hrm_join_report_suggestion(f.out.report, 99, 0), HRM_NONE);
    ck_assert_uint_eq(hrm_join_report_way_count(f.out.report, -1), 0);
    ck_assert_uint_eq(hrm_join_report_way_count(f.out.report, HRM_MATCH_WAYS), 0);
    ck_assert_uint_eq(hrm_join_report_reason_count(f.out.report, -1), 0);
    ck_assert_uint_eq(hrm_join_report_reason_count(f.out.report, HRM_REASONS), 0);
    tear_down(&f);
}
END_TEST

START_TEST(remarks) {
    fixture f = set_up();
    const hrmt_how how = {.gazetteer = NULL};
    hrm_join *j = NULL;
    hrmt_ok(f.ctx, hrmt_said_start(f.ctx, f.layer, &how, &j));
    char text[] = "the heading is in row 3";
    hrmt_ok(f.ctx, hrmi_join_note(f.ctx, j, text));
    text[0] = 'x';
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_COMMUNITY, &f.out.table));
    hrmt_ok(f.ctx, hrm_join_finish(f.ctx, j, f.out.table, &f.out.report));
    ck_assert_uint_eq(hrm_join_report_note_count(f.out.report), 1);
    ck_assert_str_eq(hrm_join_report_note(f.out.report, 0), "the heading is in row 3");
    ck_assert_ptr_null(hrm_join_report_note(f.out.report, 1));
    hrm_join_free(j);
    tear_down(&f);
}
END_TEST

START_TEST(mended_codes_are_told) {
    static const hrmt_said rows[] = {{.code = "UA5908013"},
                                     {.code = "59080130000012345"},
                                     {.code = "UА5908017"},
                                     {.code = "59080170000012345"},
                                     {.code = "UA48060010000012345"}};
    const hrmt_how how = {.duplicates = HRM_DUPLICATES_SUM};
    fixture f = set_up();
    join(&f, &how, rows, COUNT(rows));
    hrmt_way_is(&f.out, HRM_MATCH_CODE_MENDED, 3);
    ck_assert_uint_eq(hrm_join_report_note_count(f.out.report), 2);
    ck_assert_str_eq(
        hrm_join_report_note(f.out.report, 0),
        "codes that were mended: 2, the first in row 5: the letters UA before the digits are missing");
    ck_assert_ptr_nonnull(
        strstr(hrm_join_report_note(f.out.report, 1), "mended: 1, the first in row 8: the letters before"));
    tear_down(&f);
}
END_TEST

/* A table of nothing but other names: told once, suggested for the first ones, and in little time. */
START_TEST(very_many_names) {
    enum { NAMES = HRMI_JOIN_FORMS + 100 };
    static const size_t counts[] = {HRMI_JOIN_SUGGESTED, HRMI_JOIN_SUGGESTED + 1, NAMES};
    static const char *const notes[] = {NULL, "more than 2000 different names", "more than 10000 different"};
    static char texts[NAMES][32];
    static const char *names[NAMES];
    hrm_join_batch batch;
    for (size_t i = 0; i < NAMES; i++) {
        (void)snprintf(texts[i], sizeof texts[i], "Жмеринськ%zu", i);
        names[i] = texts[i];
    }
    hrm_join_batch_init(&batch, sizeof batch);
    batch.names = names;
    for (size_t k = 0; k < COUNT(counts); k++) {
        fixture f = set_up();
        hrm_join *j = NULL;
        batch.count = counts[k];
        hrmt_ok(f.ctx, hrm_join_new(f.ctx, f.layer, NULL, &j));
        hrmt_ok(f.ctx, hrm_join_add(f.ctx, j, &batch));
        hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_COMMUNITY, &f.out.table));
        hrmt_ok(f.ctx, hrm_join_finish(f.ctx, j, f.out.table, &f.out.report));
        const hrm_join_counts told = hrmt_counts(f.out.report);
        ck_assert_uint_eq(told.unmatched, counts[k]);
        ck_assert_uint_eq(hrmt_entry(f.out.report, 0).suggestions, 1);
        ck_assert_uint_eq(hrmt_entry(f.out.report, counts[k] - 1).suggestions,
                          counts[k] == HRMI_JOIN_SUGGESTED ? 1 : 0);
        ck_assert_uint_eq(hrm_join_report_note_count(f.out.report), notes[k] == NULL ? 0 : 1);
        if (notes[k] != NULL) ck_assert_ptr_nonnull(strstr(hrm_join_report_note(f.out.report, 0), notes[k]));
        hrm_join_free(j);
        tear_down(&f);
    }
}
END_TEST

START_TEST(gazetteers_of_another_layer) {
    fixture f = set_up();
    hrm_layer *const other = hrmt_region(f.ctx);
    hrm_gazetteer *gazetteer = NULL;
    hrm_join_options options;
    hrm_join *j = NULL;
    hrmt_ok(f.ctx, hrm_gazetteer_new(f.ctx, other, NULL, &gazetteer));
    hrm_join_options_init(&options, sizeof options);
    options.gazetteer = gazetteer;
    hrmt_fails(f.ctx, hrm_join_new(f.ctx, f.layer, &options, &j), HRM_ERROR_ARGUMENT, "of another layer");
    ck_assert_ptr_null(j);
    hrm_gazetteer_free(gazetteer);
    hrm_layer_free(other);
    tear_down(&f);
}
END_TEST

/* Looking for similar names may be stopped; finishing may be tried again. */
START_TEST(stopped_while_looking) {
    static const hrmt_said rows[] = {{.name = "Жмеренська"}};
    const hrmt_how how = {.duplicates = HRM_DUPLICATES_SUM};
    fixture f = set_up();
    hrm_join *j = NULL;
    hrmt_ok(f.ctx, hrmt_said_start(f.ctx, f.layer, &how, &j));
    hrmt_ok(f.ctx, hrmt_add(f.ctx, j, &how, rows, NULL, 0, 1));
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_COMMUNITY, &f.out.table));
    hrm_context_cancel(f.ctx);
    hrmt_fails(f.ctx, hrm_join_finish(f.ctx, j, f.out.table, &f.out.report), HRM_ERROR_CANCELLED,
               "similar names");
    ck_assert_ptr_null(f.out.report);
    hrm_context_reset_cancel(f.ctx);
    hrmt_ok(f.ctx, hrm_join_finish(f.ctx, j, f.out.table, &f.out.report));
    ck_assert_uint_eq(hrmt_entry(f.out.report, 0).suggestions, 1);
    hrm_join_free(j);
    tear_down(&f);
}
END_TEST

START_TEST(what_batches_refuse) {
    static const char *const codes[] = {"UA5908013"};
    static const char *const cells[] = {"1", "x"};
    static const double x[] = {31.5};
    static const uint8_t kept_out[] = {HRM_REASON_NO_KEY};
    const hrmt_how how = {.gazetteer = NULL};
    fixture f = set_up();
    hrm_join *j = NULL;
    hrm_join_batch batch;
    hrmt_ok(f.ctx, hrmt_said_start(f.ctx, f.layer, &how, &j));
    hrm_join_batch_init(&batch, sizeof batch);
    hrmt_ok(f.ctx, hrm_join_add(f.ctx, j, &batch)); /* no rows */
    batch.count = 1;
    batch.cells = cells;
    hrmt_fails(f.ctx, hrm_join_add(f.ctx, j, &batch), HRM_ERROR_ARGUMENT, "needs keys");
    batch.x = x;
    hrmt_fails(f.ctx, hrm_join_add(f.ctx, j, &batch), HRM_ERROR_ARGUMENT, "both x and y");
    batch.x = NULL;
    batch.codes = codes;
    batch.kept_out = kept_out;
    hrmt_fails(f.ctx, hrm_join_add(f.ctx, j, &batch), HRM_ERROR_ARGUMENT, "kept out for the reason 1");
    batch.kept_out = NULL;
    batch.cells = NULL;
    hrmt_fails(f.ctx, hrm_join_add(f.ctx, j, &batch), HRM_ERROR_ARGUMENT, "needs cells");
    batch.cells = cells;
    batch.periods = codes;
    hrmt_fails(f.ctx, hrm_join_add(f.ctx, j, &batch), HRM_ERROR_ARGUMENT, "periods exactly");
    batch.periods = NULL;
    batch.first_row = INT64_MAX;
    hrmt_fails(f.ctx, hrm_join_add(f.ctx, j, &batch), HRM_ERROR_ARGUMENT, "2^63");
    batch.first_row = 1;
    hrmt_fails(f.ctx, hrm_join_add(f.ctx, j, NULL), HRM_ERROR_ARGUMENT, "batch is NULL");
    hrmt_fails(f.ctx, hrm_join_add(f.ctx, NULL, &batch), HRM_ERROR_ARGUMENT, "NULL");
    ck_assert_int_eq(hrm_join_add(NULL, j, &batch), HRM_ERROR_ARGUMENT);
    batch.struct_size = 0;
    hrmt_fails(f.ctx, hrm_join_add(f.ctx, j, &batch), HRM_ERROR_ARGUMENT, "init function");
    batch.struct_size = sizeof batch;
    hrmt_ok(f.ctx, hrm_join_add(f.ctx, j, &batch));
    hrm_join_free(j);
    tear_down(&f);
}
END_TEST

HRMT_SUITE("join_add", &every_way, &every_reason, &a_row_without_the_oblast_that_others_state,
           &types_that_contradict, &periods_have_reasons, &former_codes_and_aliases,
           &codes_are_asked_of_the_codifier, &totals_are_kept_out, &words_for_totals, &places, &suggestions,
           &remarks, &mended_codes_are_told, &very_many_names, &gazetteers_of_another_layer,
           &stopped_while_looking, &what_batches_refuse)
