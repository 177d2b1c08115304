/* Headings: several rows joined, and where they are found; rows below them that are none of data. */
#include <cpl_vsi.h>

#include "harness/harness.h"
#include "io/headings.h"
#include "io/rows.h"

/* Rows as "a|b;c|d". */
enum { ROWS = 8, CELLS = 12 };
typedef struct grid {
    char text[1000];
    const char *cells[ROWS][CELLS];
    hrmi_heading_row rows[ROWS];
    size_t count;
} grid;

static void make_grid(grid *g, const char *text) {
    memset(g, 0, sizeof *g);
    ck_assert_uint_lt(strlen(text), sizeof g->text);
    (void)strcpy(g->text, text);
    char *cell = g->text;
    size_t row = 0;
    size_t column = 0;
    for (char *at = g->text;; at++) {
        const char c = *at;
        if (c != '|' && c != ';' && c != '\0') continue;
        *at = '\0';
        g->cells[row][column++] = cell;
        cell = at + 1;
        g->rows[row] = (hrmi_heading_row){g->cells[row], column};
        if (c == '|') continue;
        row++;
        column = 0;
        if (c == '\0') break;
    }
    g->count = row;
}

static void check_joined(const char *text, const char *expected) {
    hrm_context *const ctx = hrmt_context();
    hrmi_arena arena;
    hrmi_headings headings;
    grid g;
    char seen[1000] = "";
    make_grid(&g, text);
    hrmi_arena_init(&arena, ctx);
    hrmt_ok(ctx, hrmi_headings_join(ctx, &arena, g.rows, g.count, &headings));
    for (size_t i = 0; i < headings.names.count; i++) {
        if (i > 0) (void)strcat(seen, "|");
        (void)strcat(seen, headings.names.names[i]);
        if (!headings.from_first[i]) (void)strcat(seen, "!");
    }
    ck_assert_str_eq(seen, expected);
    hrmi_arena_free(&arena);
    hrm_context_free(ctx);
}

START_TEST(rows_of_headings_are_joined) {
    check_joined("a| b |", "a| b |field_3!"); /* one row stays as it stands */
    check_joined("Код|Доходи||Видатки|;|Усього|власні|Усього|оплата праці",
                 "Код|Доходи / Усього|Доходи / власні|Видатки / Усього|Видатки / оплата праці");
    check_joined("A|||;b||c|;1|2|3|4", "A / b / 1|A / b / 2|A / c / 3|A / c / 4");
    check_joined("A||B;b|b|;1|2|3", "A / b / 1|A / b / 2|B / 3"); /* a group ends where the one above does */
    check_joined("Код||x;|Назва|y", "Код|Назва!|x / y");          /* what has nothing below is no group */
    check_joined("||Звіт;Код|Назва|Сума", "Код!|Назва!|Звіт / Сума");
    check_joined("a|a;a|b", "a|a / b"); /* the same text twice is taken once */
    check_joined("a;b|c|", "a / b|a / c|field_3!");
    check_joined(" тис.\n грн ; план ", "тис.  грн / план");
}
END_TEST

static void check_fit(const char *text, const char *wanted, size_t held, bool twice, bool uses_first) {
    hrm_context *const ctx = hrmt_context();
    hrmi_arena arena;
    hrmi_headings headings;
    grid g;
    grid names;
    make_grid(&g, text);
    make_grid(&names, wanted);
    hrmi_arena_init(&arena, ctx);
    hrmt_ok(ctx, hrmi_headings_join(ctx, &arena, g.rows, g.count, &headings));
    const hrmi_headings_fit fit = hrmi_headings_try(&headings, names.rows[0].cells, names.rows[0].count);
    ck_assert_uint_eq(fit.wanted, names.rows[0].count);
    ck_assert_uint_eq(fit.held, held);
    ck_assert(fit.twice == twice);
    ck_assert(fit.uses_first == uses_first);
    hrmi_arena_free(&arena);
    hrm_context_free(ctx);
}

START_TEST(names_are_held_whole_or_by_their_lower_part) {
    check_fit("Код|Доходи|;|Усього|власні", "код|власні", 2, false, true);
    check_fit("Код|Доходи|;|Усього|власні", "Доходи / власні", 1, false, true);
    check_fit("Код|Доходи|;|Усього|власні", "доходи", 0, false, false); /* a group alone is no column */
    check_fit("a||b|;x|y|x|z", "x|z", 2, true, false);
    check_fit("a||b|;x|y|x|z", "b / x|q", 1, false, true);
    check_fit("a|a", "a", 1, true, true);
    check_fit("Звіт|;Код|Сума", "Код|Сума", 2, false, false); /* the title is not needed */
}
END_TEST

static void check_numbers(const char *text, bool expected) {
    grid g;
    make_grid(&g, text);
    ck_assert_msg(hrmi_headings_are_numbers(g.rows[0].cells, g.rows[0].count) == expected, "%s", text);
}

START_TEST(column_numbers_are_known) {
    check_numbers("1|2|3", true);
    check_numbers("1| 2 ||3|4", true);
    check_numbers("А|Б|1|2|3", true);
    check_numbers("A|1|2", true);
    check_numbers("1|2|3=1+2|4 (гр. 3)", true);
    check_numbers("1|2", false); /* too few to be sure */
    check_numbers("1|2|4", false);
    check_numbers("2|3|4", false);
    check_numbers("1|2|x", false);
    check_numbers("1|2|3.5", false);
    check_numbers("Б1|2|3", false);
    check_numbers("||", false);
}
END_TEST

/* ---- found in a file ---- */

static const char path[] = "/vsimem/headings.csv";

typedef struct found {
    hrm_context *ctx;
    hrmi_rows *rows;
    hrm_source source;
} found;

static hrm_status open_text(found *f, const char *text, const char *const *wanted, size_t count) {
    f->rows = NULL;
    (void)VSIFCloseL(VSIFileFromMemBuffer(path, (GByte *)(uintptr_t)text, strlen(text), FALSE));
    f->source.path = path;
    return hrmi_rows_open(f->ctx, &f->source, false, wanted, count, &f->rows);
}

static void close_text(found *f) {
    hrmi_rows_close(f->rows);
    f->rows = NULL;
    (void)VSIUnlink(path);
}

static found new_found(void) {
    found f = {.ctx = hrmt_context()};
    hrm_source_init(&f.source, sizeof f.source);
    return f;
}

/* The first field's cells as "row:cell" with `T` and `H` for what is kept out. */
static void check_rows(found *f, const char *text, const char *const *wanted, size_t count,
                       const char *expected) {
    char seen[1000] = "";
    bool more = true;
    size_t field = 0;
    const hrm_status status = open_text(f, text, wanted, count);
    hrmt_ok(f->ctx, status);
    hrmt_ok(f->ctx, hrmi_rows_find(f->ctx, f->rows, wanted[0], &field));
    for (;;) {
        const char *cell = NULL;
        char one[200];
        hrmt_ok(f->ctx, hrmi_rows_next(f->ctx, f->rows, &more));
        if (!more) break;
        hrmt_ok(f->ctx, hrmi_rows_text(f->ctx, f->rows, field, &cell));
        const uint8_t kept = hrmi_rows_kept_out(f->rows);
        (void)snprintf(one, sizeof one, "%s%d:%s%s", seen[0] != '\0' ? " " : "", (int)hrmi_rows_row(f->rows),
                       cell != NULL ? cell : "",
                       kept == HRM_REASON_TOTAL     ? "T"
                       : kept == HRM_REASON_HEADING ? "H"
                       : kept != 0                  ? "?"
                                                    : "");
        (void)strcat(seen, one);
    }
    ck_assert_str_eq(seen, expected);
    close_text(f);
}

static void check_note(found *f, const char *text, const char *const *wanted, size_t count,
                       const char *note) {
    const hrm_status status = open_text(f, text, wanted, count);
    hrmt_ok(f->ctx, status);
    if (note == NULL) ck_assert_uint_eq(hrmi_rows_note_count(f->rows), 0);
    else {
        ck_assert_uint_eq(hrmi_rows_note_count(f->rows), 1);
        ck_assert_str_eq(hrmi_rows_note(f->rows, 0), note);
    }
    close_text(f);
}

START_TEST(the_heading_row_is_found) {
    static const char *const wanted[] = {"code", NULL, "value"};
    static const char *const joined[] = {"Код", "Усього"};
    static const char *const whole[] = {"Код", "Доходи / Усього"};
    static const char first[] = "code,value\nUA1,1\n";
    static const char title[] = "Звіт,,\n,,\nname,code,value\nx,UA1,1\n";
    static const char below[] = "Доходи громад,\nКод,Сума\ncode,value\nUA1,1\n";
    static const char two[] = "Звіт,,\nКод,Доходи,\n,Усього,власні\nUA1,1,2\n";
    found f = new_found();
    check_rows(&f, first, wanted, 3, "2:UA1");
    check_note(&f, first, wanted, 3, NULL);
    check_rows(&f, title, wanted, 3, "4:UA1");
    check_note(&f, title, wanted, 3, "the headings were found in row 3");
    check_rows(&f, below, wanted, 3, "4:UA1");
    check_note(&f, below, wanted, 3, "the headings were found in row 3");
    check_rows(&f, two, joined, 2, "4:UA1");
    check_rows(&f, two, whole, 2, "4:UA1");
    check_note(&f, two, whole, 2, "the headings were found in rows 2 to 3");
    f.source.header_row = 2;
    check_rows(&f, two, whole, 2, "4:UA1");
    check_note(&f, two, whole, 2, NULL);
    f.source.header_row = 0;
    f.source.header_rows = 2;
    check_rows(&f, two, joined, 2, "4:UA1");
    f.source.header_row = 1;
    f.source.header_rows = 3;
    check_rows(&f, two, joined, 2, "4:UA1");
    hrm_context_free(f.ctx);
}
END_TEST

static void check_refused(found *f, const char *text, const char *const *wanted, size_t count,
                          hrm_status expected, const char *words) {
    const hrm_status status = open_text(f, text, wanted, count);
    hrmt_fails(f->ctx, status, expected, words);
    ck_assert_ptr_null(f->rows);
    close_text(f);
}

START_TEST(a_row_of_data_is_no_heading) {
    static const char *const code[] = {"UA0502001", NULL};
    static const char *const value[] = {"12"};
    static const char *const words[] = {
        "row 1: \"UA0502001\" is a code, and no heading: the row looks like data, and the table has no row "
        "of "
        "headings; add one above it, or say in which row the headings stand (header_row)"};
    static const char text[] = "UA0502001,12\nUA0502003,15\n";
    found f = new_found();
    check_refused(&f, text, code, 2, HRM_ERROR_FORMAT, words[0]);
    check_refused(&f, text, value, 1, HRM_ERROR_FORMAT, words[0]);
    f.source.header_row = 1; /* said: only what is asked for must be no code */
    check_refused(&f, text, code, 1, HRM_ERROR_FORMAT, words[0]);
    check_rows(&f, text, value, 1, "2:15");
    hrm_context_free(f.ctx);
}
END_TEST

START_TEST(a_column_without_heading_is_told) {
    static const char *const wanted[] = {"Код", "field_3"};
    found f = new_found();
    check_note(&f, "Код,Доходи,\nUA1,1,2\n", wanted, 2,
               "column 3 has no heading; where headings stand in other rows, or in several, say which "
               "(header_row, header_rows)");
    hrm_context_free(f.ctx);
}
END_TEST

START_TEST(headings_that_are_not_found_are_told) {
    static const char *const wanted[] = {"code", "value"};
    static const char *const nothing[] = {NULL};
    char many[400] = "";
    found f = new_found();
    check_refused(
        &f, "code,valeu\nUA1,1\n", wanted, 2, HRM_ERROR_FIELD,
        "row 1 (of rows 1 to 2 the nearest to headings that hold all fields asked for; say header_row where "
        "they stand elsewhere): there is no field \"value\"; did you mean \"valeu\"?");
    check_refused(&f, "title\n\ncodes,value,x\nUA1,1,2\n", wanted, 2, HRM_ERROR_FIELD,
                  "row 3 (of rows 1 to 4");
    check_refused(&f, "a,b\n", wanted, 2, HRM_ERROR_FIELD,
                  "headings.csv: there is no field \"code\"; there are");
    check_refused(&f, "\n\n,,\n\n", wanted, 2, HRM_ERROR_FORMAT,
                  "there are no headings; its first 4 rows are blank");
    for (int i = 0; i < 50; i++) (void)strcat(many, "x\n");
    (void)strcat(many, "code,value\n");
    check_refused(&f, many, wanted, 2, HRM_ERROR_FIELD, "of rows 1 to 50");
    f.source.header_row = 51; /* said, it may stand anywhere */
    check_rows(&f, many, wanted, 2, "");
    f.source.header_row = 9;
    check_refused(&f, "code,value\n1,2\n", wanted, 2, HRM_ERROR_FORMAT, "there are no headings in row 9");
    f.source.header_row = 2;
    check_refused(&f, "code,value\n1,2\n", wanted, 2, HRM_ERROR_FIELD,
                  "headings.csv, row 2: there is no field \"code\"");
    f.source.header_row = 0;
    f.source.header_rows = 9;
    check_refused(&f, "code,value\n1,2\n", wanted, 2, HRM_ERROR_ARGUMENT, "8 are the most");
    f.source.header_rows = 0;
    hrmt_ok(f.ctx, open_text(&f, "\na,b\n1,2\n", nothing, 1)); /* nothing asked for: the first row there is */
    ck_assert(hrmi_rows_has(f.rows, "B"));
    ck_assert(!hrmi_rows_has(f.rows, "c"));
    ck_assert(!hrmi_rows_has(f.rows, NULL));
    ck_assert_str_eq(hrmi_rows_heading(f.rows, 1), "b");
    ck_assert_ptr_null(hrmi_rows_heading(f.rows, HRM_NONE));
    ck_assert_ptr_null(hrmi_rows_note(f.rows, 9));
    close_text(&f);
    hrm_context_free(f.ctx);
}
END_TEST

/* Two columns of one name are no matter until one asks for them; then both places are told. */
START_TEST(two_fields_of_one_name_are_told_when_asked_for) {
    static const char *const other[] = {"code", "x"};
    static const char *const twice[] = {"code", "value"};
    static const char *const lower[] = {"code", "plan"};
    static const char text[] = "code,value,x,Value\nUA1,1,2,3\n";
    found f = new_found();
    size_t field = 0;
    check_rows(&f, text, other, 2, "2:UA1");
    hrmt_ok(f.ctx, open_text(&f, text, twice, 2));
    hrmt_ok(f.ctx, hrmi_rows_find(f.ctx, f.rows, "value", &field)); /* equal to the byte goes before */
    ck_assert_uint_eq(field, 1);
    hrmt_fails(f.ctx, hrmi_rows_find(f.ctx, f.rows, "VALUE", &field), HRM_ERROR_FIELD,
               "more than one field \"VALUE\", numbers 2 and 4: rename all but one");
    close_text(&f);
    hrmt_ok(f.ctx, open_text(&f, "code,a,,b,\n,plan,fact,plan,fact\nUA1,1,2,3,4\n", lower, 2));
    hrmt_fails(f.ctx, hrmi_rows_find(f.ctx, f.rows, "plan", &field), HRM_ERROR_FIELD,
               "numbers 2 and 4: say \"a / plan\" or \"b / plan\"");
    close_text(&f);
    hrm_context_free(f.ctx);
}
END_TEST

START_TEST(rows_that_are_no_data_are_told) {
    static const char *const wanted[] = {"code", "value"};
    static const char *const two[] = {"Код", "Усього"};
    found f = new_found();
    check_rows(&f,
               "code,name,value\n1,2,3\nUA1,x,1\nУсього по області,,7\n\nCode , "
               "name,VALUE\nUA2,y,2\n1,2,3\n,Разом,9\n"
               "UA3,Всього,4\nВсього,,\nВсього,чоловіки,1\n5,Всього,1\n",
               wanted, 2,
               "2:1H 3:UA1 4:Усього по областіT 6:Code H 7:UA2 8:1 9:T 10:UA3 11:ВсьогоT 12:Всього 13:5");
    check_rows(&f, "Код,Доходи,\n,Усього,власні\nА,1,2\nUA1,1,2\nКод,Доходи,\n,Усього,власні\nUA2,1,2\n", two,
               2, "3:АH 4:UA1 5:КодH 6:H 7:UA2");
    /* the headings again, with more words in one, and the column numbers below them */
    check_rows(&f,
               "code,name,value\nUA1,x,1\ncode,,value of it\n1,2,3\nUA2,y,2\n1,2,3\ncode it,,value of it\n"
               "code,,valued\n",
               wanted, 2, "2:UA1 3:codeH 4:1H 5:UA2 6:1 7:code it 8:code");
    /* a lower row of headings that no field needs, then column numbers; later such a row is one of data */
    check_rows(&f, "code,value,who\n,,name\n1,2,3\n,,x\nUA1,1,a\n,,y\n", wanted, 2, "2:H 3:1H 4:H 5:UA1 6:");
    /* column numbers below a lower row of headings that says something in fields asked for, until a number or
     * a code came */
    check_rows(&f, "code,value,who\n,plan,\n1,2,3\nUA1,x,a\n1,2,3\n", wanted, 2, "2: 3:1H 4:UA1 5:1H");
    check_rows(&f, "code,value,who\n,plan,\n1,2,3\nUA0502001,x,a\n1,2,3\n", wanted, 2,
               "2: 3:1H 4:UA0502001 5:1");
    hrm_context_free(f.ctx);
}
END_TEST

typedef struct memory_trial {
    const char *text;
    const char *const *wanted;
    size_t count;
} memory_trial;

static hrm_status open_and_read(hrm_context *ctx, void *user) {
    const memory_trial *const m = user;
    found f = {.ctx = ctx};
    bool more = true;
    hrm_source_init(&f.source, sizeof f.source);
    hrm_status status = open_text(&f, m->text, m->wanted, m->count);
    while (status == HRM_OK && more) status = hrmi_rows_next(ctx, f.rows, &more);
    close_text(&f);
    return status;
}

START_TEST(every_allocation_may_fail) {
    static const char *const wanted[] = {"Код", "Усього"};
    memory_trial m = {"Звіт,,\nКод,Доходи,\n,Усього,власні\nUA1,1,2\n", wanted, 2};
    hrmt_fail_each(open_and_read, &m);
    m.text = "\xCA\xEE\xE4,\xD3\xF1\xFC\xEE\xE3\xEE\nUA1,\xED\xE0\xE7\xE2\xE0\n"; /* Windows-1251 */
    hrmt_fail_each(open_and_read, &m);
    m = (memory_trial){"Звіт,,\nКод,Доходи,\n,Усього,власні\nUA0502001,1,2\n", NULL, 0}; /* guessed */
    hrmt_fail_each(open_and_read, &m);
}
END_TEST

HRMT_SUITE("headings", &rows_of_headings_are_joined, &names_are_held_whole_or_by_their_lower_part,
           &column_numbers_are_known, &the_heading_row_is_found, &a_row_of_data_is_no_heading,
           &a_column_without_heading_is_told, &headings_that_are_not_found_are_told,
           &two_fields_of_one_name_are_told_when_asked_for, &rows_that_are_no_data_are_told,
           &every_allocation_may_fail)
