/* Joins: which row goes where, how cells are read, and the account of both. */
#include "rows.h"
#include "table/join.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void join(hrmt_joined *f, const hrmt_join *how, const hrmt_row *rows, size_t count) {
    hrmt_ok(f->ctx, hrmt_join_table(f->ctx, f->layer, how, rows, count, &f->table, &f->report));
}

START_TEST(every_row_is_accounted_for) {
    static const hrmt_row rows[] = {
        {"UA05020010000012345", NULL, {"10"}},  /* KATOTTG of the community */
        {" UA0502003 ", NULL, {"0.1"}},         /* P-code, blanks around it */
        {"UA05040010040056789", NULL, {"0.2"}}, /* of a settlement in it */
        {"UA9999001", NULL, {"1000"}},          /* readable, and not of this layer */
        {"", NULL, {"7"}},                      /* no key */
        {"NA", NULL, {"2952301"}},              /* a word for none */
        {NULL, NULL, {"x"}},                    /* no key either; its cell is only counted */
        {"UA0502001000001234", NULL, {"5"}},    /* damaged: a digit is lost */
        {"UA05020\xFF", NULL, {"5"}},           /* damaged */
    };
    const hrmt_join how = {.column_count = 1};
    hrmt_joined f = hrmt_join_set_up();
    join(&f, &how, rows, COUNT(rows));
    const hrm_join_counts counts = hrmt_counts(f.report);
    ck_assert_uint_eq(counts.rows, 9);
    ck_assert_uint_eq(counts.matched, 3);
    ck_assert_uint_eq(counts.unmatched, 1);
    ck_assert_uint_eq(counts.duplicates, 0);
    ck_assert_uint_eq(counts.unusable, 5);
    ck_assert_uint_eq(counts.communities, 3);
    ck_assert_uint_eq(counts.without_row, 2);
    ck_assert_uint_eq(counts.unusable_cells, 0);
    hrmt_cell_is(f.table, "a", 0, 10, HRM_PRESENT);
    hrmt_cell_is(f.table, "a", 1, 0.1, HRM_PRESENT);
    hrmt_cell_is(f.table, "a", 2, 0.2, HRM_PRESENT);
    hrmt_cell_is(f.table, "a", 3, NAN, HRM_MISSING_NO_ROW);
    ck_assert(hrm_join_report_has_row(f.report, 2));
    ck_assert(!hrm_join_report_has_row(f.report, 3));
    ck_assert(!hrm_join_report_has_row(f.report, HRMT_ROWS));
    ck_assert_uint_eq(hrm_join_report_amount_count(f.report), 1);
    const hrm_join_amount amount = hrmt_amount(f.report, 0);
    ck_assert_str_eq(amount.id, "a");
    ck_assert_double_eq(amount.allocated, 10.3); /* Python: math.fsum([10, 0.1, 0.2]) */
    ck_assert_double_eq(amount.unallocated, 2953318);
    ck_assert_double_eq(amount.total, 2953328.3);
    ck_assert_uint_eq(amount.numbers, 8);
    ck_assert_uint_eq(amount.unusable, 1);
    ck_assert_uint_eq(hrm_join_report_entry_count(f.report), 6);
    hrmt_entry_is(f.report, 0, HRM_ROW_UNMATCHED, 4, HRM_NONE, "no community of the layer");
    hrmt_entry_is(f.report, 1, HRM_ROW_UNUSABLE, 5, HRM_NONE, "no key");
    hrmt_entry_is(f.report, 2, HRM_ROW_UNUSABLE, 6, HRM_NONE, "no key");
    hrmt_entry_is(f.report, 3, HRM_ROW_UNUSABLE, 7, HRM_NONE, "no key");
    hrmt_entry_is(f.report, 4, HRM_ROW_UNUSABLE, 8, HRM_NONE, "the code cannot be used: ");
    ck_assert_str_eq(hrmt_entry(f.report, 0).key, "UA9999001");
    ck_assert_str_eq(hrmt_entry(f.report, 2).key, "NA");
    ck_assert_str_eq(hrmt_entry(f.report, 3).key, "");
    ck_assert_str_eq(hrmt_entry(f.report, 5).key, "UA05020\uFFFD");
    hrmt_join_tear_down(&f);
}
END_TEST

/* Numbers as people write them. Each cell is joined alone. */
START_TEST(cells_as_they_are_written) {
    static const struct {
        const char *cell;
        int32_t decimal;
        double value;
        uint8_t reason;
    } cells[] = {
        {"12.5", HRM_DECIMAL_AUTO, 12.5, 0},
        {"12,5", HRM_DECIMAL_AUTO, 12.5, 0},
        {"1\xC2\xA0"
         "234\xC2\xA0"
         "567,8",
         HRM_DECIMAL_AUTO, 1234567.8, 0}, /* no-break spaces */
        {"\xE2\x88\x92"
         "5",
         HRM_DECIMAL_AUTO, -5, 0}, /* the minus sign U+2212 */
        {"15.4%", HRM_DECIMAL_AUTO, 15.4, 0},
        {"15,4 %", HRM_DECIMAL_AUTO, 15.4, 0},
        {"12,819,812.2", HRM_DECIMAL_AUTO, 12819812.2, 0},
        {"2.547e+09", HRM_DECIMAL_AUTO, 2547000000.0, 0},
        {"0", HRM_DECIMAL_AUTO, 0, 0},
        {"1,234", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_UNUSABLE}, /* two meanings */
        {"1,234", HRM_DECIMAL_POINT, 1234, 0},
        {"1,234", HRM_DECIMAL_COMMA, 1.234, 0},
        {"1.234", HRM_DECIMAL_COMMA, 1234, 0},
        {NULL, HRM_DECIMAL_AUTO, NAN, HRM_MISSING_NOT_REPORTED},
        {"", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_NOT_REPORTED},
        {"  ", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_NOT_REPORTED},
        {"NA", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_NOT_REPORTED},
        {"N/A", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_NOT_REPORTED},
        {"#N/A", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_NOT_REPORTED},
        {"-", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_NOT_REPORTED},
        {"\u2013", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_NOT_REPORTED},
        {"\u2014", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_NOT_REPORTED},
        {"\u2026", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_NOT_REPORTED},
        {"н/д", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_NOT_REPORTED},
        {"Н/Д", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_NOT_REPORTED},
        {"null", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_NOT_REPORTED},
        {"NaN", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_NOT_REPORTED},
        {"Inf", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_UNUSABLE},
        {"-infinity", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_UNUSABLE},
        {"1e999", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_UNUSABLE},
        {"12 persons", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_UNUSABLE},
        {"менше 25", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_UNUSABLE},
        {"20-40", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_UNUSABLE},
        {"#DIV/0!", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_UNUSABLE},
        {"\xFF\xFE", HRM_DECIMAL_AUTO, NAN, HRM_MISSING_UNUSABLE},
    };
    for (size_t i = 0; i < COUNT(cells); i++) {
        const hrmt_row row = {"UA0502001", NULL, {cells[i].cell}};
        const hrmt_join how = {.column_count = 1, .decimal = cells[i].decimal};
        const bool number = cells[i].reason == HRM_PRESENT;
        const bool unusable = cells[i].reason == HRM_MISSING_UNUSABLE;
        hrmt_joined f = hrmt_join_set_up();
        join(&f, &how, &row, 1);
        hrmt_cell_is(f.table, "a", 0, cells[i].value, cells[i].reason);
        const hrm_join_amount amount = hrmt_amount(f.report, 0);
        ck_assert_uint_eq(amount.numbers, number);
        ck_assert_uint_eq(amount.unusable, unusable);
        ck_assert_uint_eq(amount.missing, !number && !unusable);
        ck_assert_uint_eq(amount.percent_signs, number && strchr(cells[i].cell, '%') != NULL);
        ck_assert_uint_eq(hrmt_counts(f.report).unusable_cells, unusable);
        ck_assert_uint_eq(hrm_join_report_entry_count(f.report), unusable);
        if (unusable) hrmt_entry_is(f.report, 0, HRM_ROW_MATCHED, 1, 0, "\": ");
        hrmt_join_tear_down(&f);
    }
}
END_TEST

START_TEST(unusable_cells_are_quoted) {
    static const hrmt_row rows[] = {{"UA0502001", NULL, {"1", "менше\n25", "ok"}},
                                    {"UA05020030000012345",
                                     NULL,
                                     {"\xFF"
                                      "7",
                                      "2", "\xC3("}}};
    const hrmt_join how = {.column_count = 3, .text = {false, false, true}};
    hrmt_joined f = hrmt_join_set_up();
    join(&f, &how, rows, COUNT(rows));
    ck_assert_uint_eq(hrm_join_report_entry_count(f.report), 3);
    hrmt_entry_is(f.report, 0, HRM_ROW_MATCHED, 1, 1, "\"менше 25\": ");
    hrmt_entry_is(f.report, 1, HRM_ROW_MATCHED, 2, 0, "\"\uFFFD7\": ");
    hrmt_entry_is(f.report, 2, HRM_ROW_MATCHED, 2, 2, "\"\uFFFD(\": not UTF-8");
    ck_assert_str_eq(hrmt_entry(f.report, 1).key, "UA05020030000012345");
    ck_assert_str_eq(hrm_table_text(f.table, 2, 0), "ok");
    ck_assert_ptr_null(hrm_table_text(f.table, 2, 1));
    ck_assert_uint_eq(hrm_table_missing(f.table, 2)[1], HRM_MISSING_UNUSABLE);
    ck_assert_uint_eq(hrm_join_report_amount_count(f.report), 2); /* text has no amount */
    hrmt_join_tear_down(&f);
}
END_TEST

START_TEST(scales) {
    static const hrmt_row rows[] = {{"UA0502001", NULL, {"1,5", "-2", "1e306"}},
                                    {"UA0502003", NULL, {"2", "", "7"}}};
    const hrmt_join how = {.column_count = 3, .scale = {1000, -1, 1000}};
    hrmt_joined f = hrmt_join_set_up();
    join(&f, &how, rows, COUNT(rows));
    hrmt_cell_is(f.table, "a", 0, 1500, HRM_PRESENT);
    hrmt_cell_is(f.table, "b", 0, 2, HRM_PRESENT);
    hrmt_cell_is(f.table, "c", 0, NAN, HRM_MISSING_UNUSABLE);
    ck_assert_double_eq(hrmt_amount(f.report, 0).total, 3500); /* after scaling */
    ck_assert_double_eq(hrmt_amount(f.report, 2).total, 7000);
    hrmt_entry_is(f.report, 0, HRM_ROW_MATCHED, 1, 2, "when scaled");
    hrmt_join_tear_down(&f);
}
END_TEST

START_TEST(text_columns) {
    static const hrmt_row rows[] = {{"UA0502001", NULL, {" міська\xC2\xA0"}},
                                    {"UA0502003", NULL, {"NA"}},
                                    {"UA0504001", NULL, {"0"}},
                                    {"UA9999001", NULL, {"lost"}}};
    const hrmt_join how = {.column_count = 1, .text = {true}};
    hrm_column_info told = {.struct_size = sizeof told};
    hrmt_joined f = hrmt_join_set_up();
    join(&f, &how, rows, COUNT(rows));
    ck_assert_str_eq(hrm_table_text(f.table, 0, 0), "міська");
    ck_assert_ptr_null(hrm_table_text(f.table, 0, 1));
    ck_assert_str_eq(hrm_table_text(f.table, 0, 2), "0");
    ck_assert_uint_eq(hrm_table_missing(f.table, 0)[1], HRM_MISSING_NOT_REPORTED);
    ck_assert_uint_eq(hrm_table_missing(f.table, 0)[3], HRM_MISSING_NO_ROW);
    ck_assert(hrm_table_column(f.table, 0, &told));
    ck_assert_int_eq(told.is_text, 1);
    ck_assert_str_eq(told.source, "statistics.csv");
    ck_assert_uint_eq(hrm_join_report_amount_count(f.report), 0);
    hrmt_join_tear_down(&f);
}
END_TEST

/* 10 MB in one cell or key: read to its end, quoted by its beginning. */
START_TEST(huge_cells) {
    enum { SIZE = 10 * 1000 * 1000 };
    char *const digits = malloc(SIZE + 1);
    char *const letters = malloc(SIZE + 1);
    ck_assert(digits != NULL && letters != NULL);
    memset(digits, '1', SIZE);
    memset(letters, 'x', SIZE);
    memcpy(digits, "0.", 2);
    digits[SIZE] = letters[SIZE] = '\0';
    const hrmt_row rows[] = {{"UA0502001", NULL, {digits, letters, letters}},
                             {letters, NULL, {"1", "2", "3"}}};
    const hrmt_join how = {.column_count = 3, .text = {false, false, true}};
    hrmt_joined f = hrmt_join_set_up();
    join(&f, &how, rows, 2);
    hrmt_cell_is(f.table, "a", 0, 1.0 / 9.0, HRM_PRESENT);
    hrmt_cell_is(f.table, "b", 0, NAN, HRM_MISSING_UNUSABLE);
    hrmt_entry_is(f.report, 0, HRM_ROW_MATCHED, 1, 1, "xxx\u2026\": ");
    hrmt_entry_is(f.report, 1, HRM_ROW_MATCHED, 1, 2, "longer than 65536 bytes");
    ck_assert_uint_eq(strlen(hrmt_entry(f.report, 2).key), 80);
    ck_assert_int_eq(hrmt_entry(f.report, 2).outcome, HRM_ROW_UNUSABLE);
    free(digits);
    free(letters);
    hrmt_join_tear_down(&f);
}
END_TEST

/* A key of two-byte letters is cut between characters. */
START_TEST(long_keys_are_cut_between_characters) {
    char key[201];
    for (size_t i = 0; i < 200; i += 2) memcpy(key + i, "\u0434", 2);
    key[200] = '\0';
    const hrmt_row row = {key, NULL, {NULL}};
    const hrmt_join how = {.column_count = 0};
    hrmt_joined f = hrmt_join_set_up();
    join(&f, &how, &row, 1);
    const hrm_join_entry entry = hrmt_entry(f.report, 0);
    ck_assert_uint_eq(strlen(entry.key), 79); /* 38 letters and the dots; one more letter would make 81 */
    ck_assert_str_eq(entry.key + 74, "\u0434\u2026");
    hrmt_join_tear_down(&f);
}
END_TEST

START_TEST(nothing_to_join) {
    const hrmt_join no_rows = {.column_count = 2, .text = {false, true}};
    const hrmt_join no_columns = {.column_count = 0};
    static const hrmt_row rows[] = {{"UA0502001", NULL, {NULL}}, {"UA1", NULL, {NULL}}};
    hrmt_joined f = hrmt_join_set_up();
    join(&f, &no_rows, rows, 0);
    ck_assert_uint_eq(hrmt_counts(f.report).rows, 0);
    ck_assert_uint_eq(hrmt_counts(f.report).without_row, HRMT_ROWS);
    hrmt_cell_is(f.table, "a", 0, NAN, HRM_MISSING_NO_ROW);
    ck_assert_uint_eq(hrm_table_missing(f.table, 1)[4], HRM_MISSING_NO_ROW);
    ck_assert_double_eq(hrmt_amount(f.report, 0).total, 0);
    hrmt_join_tear_down(&f);
    f = hrmt_join_set_up();
    join(&f, &no_columns, rows, 2);
    ck_assert_uint_eq(hrm_table_column_count(f.table), 0);
    ck_assert_uint_eq(hrmt_counts(f.report).matched, 1);
    ck_assert_uint_eq(hrmt_counts(f.report).unusable, 1);
    hrmt_join_tear_down(&f);
}
END_TEST

START_TEST(opaque_codes) {
    static const char *const codes[] = {"north", "NA"};
    static const char *const squares[] = {"POLYGON((0 0,1 0,1 1,0 0))", "POLYGON((1 0,2 0,2 1,1 0))"};
    static const hrmt_row rows[] = {{"NA", NULL, {"1"}},
                                    {"north", NULL, {"2"}},
                                    {"south", NULL, {"3"}},
                                    {"n/a", NULL, {"4"}},
                                    {"\xFF", NULL, {"5"}}};
    const hrmt_join how = {.column_count = 1};
    hrmt_joined f = {hrmt_context(), NULL, NULL, NULL};
    f.layer = hrmt_layer(f.ctx, 2, codes, squares);
    join(&f, &how, rows, COUNT(rows));
    hrmt_cell_is(f.table, "a", 1, 1, HRM_PRESENT); /* a code of the layer, whatever else it may mean */
    ck_assert_uint_eq(hrmt_counts(f.report).unmatched, 1);
    ck_assert_uint_eq(hrmt_counts(f.report).unusable, 2);
    hrmt_entry_is(f.report, 2, HRM_ROW_UNUSABLE, 5, HRM_NONE, "not UTF-8");
    hrmt_join_tear_down(&f);
}
END_TEST

/* One column's id is taken: the others must not stay, and the account is given. */
START_TEST(all_columns_or_none) {
    static const hrmt_row rows[] = {{"UA0502001", NULL, {"1", "2", "3"}}};
    const hrmt_join how = {.column_count = 3};
    const double values[HRMT_ROWS] = {0};
    const hrm_column_info taken = hrmt_info("c");
    hrm_join *j = NULL;
    hrmt_joined f = hrmt_join_set_up();
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_COMMUNITY, &f.table));
    hrmt_ok(f.ctx, hrm_table_add(f.ctx, f.table, &taken, values, NULL, NULL));
    hrmt_ok(f.ctx, hrmt_join_start(f.ctx, f.layer, &how, rows, 1, &j));
    hrmt_fails(f.ctx, hrm_join_finish(f.ctx, j, f.table, &f.report), HRM_ERROR_DUPLICATE, "column c already");
    ck_assert_uint_eq(hrm_table_column_count(f.table), 1);
    ck_assert_uint_eq(hrmt_counts(f.report).matched, 1);
    hrm_join_free(j);
    hrmt_join_tear_down(&f);
}
END_TEST

START_TEST(what_joins_refuse) {
    hrmt_joined f = hrmt_join_set_up();
    hrm_context *const ctx = f.ctx;
    hrm_join_options options;
    hrm_join_column columns[2];
    hrm_column_info infos[2];
    hrm_join *j = NULL;
    for (size_t i = 0; i < 2; i++) {
        hrm_join_column_init(&columns[i], sizeof columns[i]);
        hrm_column_info_init(&infos[i], sizeof infos[i]);
        columns[i].info = &infos[i];
        infos[i].id = "a";
    }
    hrm_join_options_init(&options, sizeof options);
    options.columns = columns;
    options.column_count = 2;
    hrmt_fails(ctx, hrm_join_new(ctx, f.layer, &options, &j), HRM_ERROR_DUPLICATE, "column a already");
    ck_assert_ptr_null(j);
    infos[1].id = "b";
    columns[1].scale = NAN;
    hrmt_fails(ctx, hrm_join_new(ctx, f.layer, &options, &j), HRM_ERROR_ARGUMENT, "column b: its scale");
    columns[1].scale = 1;
    infos[1].id = "b c";
    hrmt_fails(ctx, hrm_join_new(ctx, f.layer, &options, &j), HRM_ERROR_ARGUMENT, "\"b c\"");
    infos[1].id = "b@2021";
    options.has_period = 1;
    hrmt_fails(ctx, hrm_join_new(ctx, f.layer, &options, &j), HRM_ERROR_ARGUMENT, "b@2021: what follows @");
    infos[1].id = "b";
    columns[1].is_text = 1;
    hrmt_fails(ctx, hrm_join_new(ctx, f.layer, &options, &j), HRM_ERROR_ARGUMENT, "no columns of text");
    options.has_period = 0;
    columns[1].struct_size = 8;
    hrmt_fails(ctx, hrm_join_new(ctx, f.layer, &options, &j), HRM_ERROR_ARGUMENT, "differs from the first");
    columns[0].struct_size = 0;
    hrmt_fails(ctx, hrm_join_new(ctx, f.layer, &options, &j), HRM_ERROR_ARGUMENT, "init function");
    options.columns = NULL;
    hrmt_fails(ctx, hrm_join_new(ctx, f.layer, &options, &j), HRM_ERROR_ARGUMENT, "columns is NULL");
    options.column_count = 0;
    options.duplicates = 6;
    hrmt_fails(ctx, hrm_join_new(ctx, f.layer, &options, &j), HRM_ERROR_ARGUMENT, "duplicates 6");
    options.duplicates = 0;
    options.decimal = -1;
    hrmt_fails(ctx, hrm_join_new(ctx, f.layer, &options, &j), HRM_ERROR_ARGUMENT, "decimal -1");
    options.decimal = 0;
    hrmt_fails(ctx, hrm_join_new(ctx, NULL, &options, &j), HRM_ERROR_ARGUMENT, "layer is NULL");
    hrmt_fails(ctx, hrm_join_new(ctx, f.layer, &options, NULL), HRM_ERROR_ARGUMENT, "out is NULL");
    ck_assert_int_eq(hrm_join_new(NULL, f.layer, &options, &j), HRM_ERROR_ARGUMENT);
    hrmt_ok(ctx, hrm_join_new(ctx, f.layer, NULL, &j)); /* the defaults: no columns */
    hrm_join_free(j);
    hrm_join_free(NULL);
    hrmt_join_tear_down(&f);
}
END_TEST

START_TEST(what_rows_and_finishing_refuse) {
    static const char *const opaque[] = {"north"};
    static const char *const squares[] = {"POLYGON((0 0,1 0,1 1,0 0))"};
    static const hrmt_row row = {"UA0502001", NULL, {"1"}};
    const char *const keys[] = {"UA0502001"};
    const char *const cells[] = {"1"};
    const hrmt_join how = {.column_count = 1};
    hrmt_joined f = hrmt_join_set_up();
    hrm_context *const ctx = f.ctx;
    hrm_layer *other = hrmt_layer(ctx, 1, opaque, squares);
    hrm_table *wrong = NULL;
    hrm_panel *panel = NULL;
    hrm_join *j = NULL;
    hrmt_ok(ctx, hrm_table_new(ctx, f.layer, HRM_LEVEL_COMMUNITY, &f.table));
    hrmt_ok(ctx, hrmt_join_start(ctx, f.layer, &how, &row, 1, &j));
    hrmt_fails(ctx, hrm_join_rows(ctx, NULL, 2, 1, keys, NULL, cells), HRM_ERROR_ARGUMENT,
               "join that is NULL");
    hrmt_fails(ctx, hrm_join_rows(ctx, j, 2, 1, NULL, NULL, cells), HRM_ERROR_ARGUMENT, "needs keys");
    hrmt_fails(ctx, hrm_join_rows(ctx, j, 2, 1, keys, NULL, NULL), HRM_ERROR_ARGUMENT, "needs cells");
    hrmt_fails(ctx, hrm_join_rows(ctx, j, 2, 1, keys, keys, cells), HRM_ERROR_ARGUMENT, "periods");
    hrmt_fails(ctx, hrm_join_rows(ctx, j, INT64_MAX, 1, keys, NULL, cells), HRM_ERROR_ARGUMENT, "2^63");
    ck_assert_int_eq(hrm_join_rows(NULL, j, 2, 1, keys, NULL, cells), HRM_ERROR_ARGUMENT);
    hrmt_ok(ctx, hrm_join_rows(ctx, j, 2, 0, NULL, NULL, NULL));
    hrmt_fails(ctx, hrm_join_finish(ctx, NULL, f.table, &f.report), HRM_ERROR_ARGUMENT, "join is NULL");
    hrmt_fails(ctx, hrm_join_finish(ctx, j, NULL, &f.report), HRM_ERROR_ARGUMENT, "table is NULL");
    hrmt_fails(ctx, hrm_join_finish_panel(ctx, j, &panel, NULL), HRM_ERROR_ARGUMENT, "hrm_join_finish()");
    hrmt_fails(ctx, hrm_join_finish_panel(ctx, j, NULL, NULL), HRM_ERROR_ARGUMENT, "panel is NULL");
    ck_assert_int_eq(hrm_join_finish(NULL, j, f.table, NULL), HRM_ERROR_ARGUMENT);
    ck_assert_int_eq(hrm_join_finish_panel(NULL, j, &panel, NULL), HRM_ERROR_ARGUMENT);
    hrmt_ok(ctx, hrm_table_new(ctx, other, HRM_LEVEL_COMMUNITY, &wrong));
    hrmt_fails(ctx, hrm_join_finish(ctx, j, wrong, &f.report), HRM_ERROR_ARGUMENT, "another layer");
    hrm_table_free(wrong);
    hrmt_ok(ctx, hrm_table_new(ctx, f.layer, HRM_LEVEL_OBLAST, &wrong));
    hrmt_fails(ctx, hrm_join_finish(ctx, j, wrong, &f.report), HRM_ERROR_ARGUMENT, "of communities");
    hrm_table_free(wrong);
    ck_assert_ptr_null(f.report);
    hrmt_ok(ctx, hrm_join_finish(ctx, j, f.table, NULL)); /* the refused calls did no harm */
    hrmt_cell_is(f.table, "a", 0, 1, HRM_PRESENT);
    hrmt_fails(ctx, hrm_join_rows(ctx, j, 2, 1, keys, NULL, cells), HRM_ERROR_ARGUMENT, "no more rows");
    hrmt_fails(ctx, hrm_join_finish(ctx, j, f.table, NULL), HRM_ERROR_ARGUMENT, "finished already");
    hrm_join_free(j);
    hrm_layer_free(other);
    hrmt_join_tear_down(&f);
}
END_TEST

/* A later caller has longer columns, side by side at its own distance; an older one shorter descriptions. */
START_TEST(columns_of_other_callers) {
    static const char *const ids[] = {"first", "second"};
    hrmt_joined f = hrmt_join_set_up();
    hrm_join_options options;
    hrm_join *j = NULL;
    hrm_column_info infos[2];
    struct {
        hrm_join_column column;
        uint64_t later;
    } longer[2];
    memset(longer, 0, sizeof longer);
    for (size_t i = 0; i < 2; i++) {
        hrm_join_column_init(&longer[i].column, sizeof longer[i]);
        hrm_column_info_init(&infos[i], offsetof(hrm_column_info, title_en));
        infos[i].id = ids[i];
        infos[i].title_en = "\xFF"; /* not looked at */
        longer[i].column.info = &infos[i];
    }
    hrm_join_options_init(&options, sizeof options);
    options.columns = &longer[0].column;
    options.column_count = 2;
    hrmt_ok(f.ctx, hrm_join_new(f.ctx, f.layer, &options, &j));
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_COMMUNITY, &f.table));
    hrmt_ok(f.ctx, hrm_join_finish(f.ctx, j, f.table, &f.report));
    ck_assert_uint_eq(hrm_table_find(f.table, "second"), 1);
    hrm_join_free(j);
    longer[1].column.info = NULL;
    hrmt_fails(f.ctx, hrm_join_new(f.ctx, f.layer, &options, &j), HRM_ERROR_ARGUMENT,
               "column 1 of the join: info");
    longer[1].column.struct_size = (uint32_t)sizeof(hrm_join_column);
    hrmt_fails(f.ctx, hrm_join_new(f.ctx, f.layer, &options, &j), HRM_ERROR_ARGUMENT, "struct_size differs");
    hrmt_join_tear_down(&f);
}
END_TEST

/* A join may be fed and finished with other contexts than the one that made it: each frees what it took. */
START_TEST(other_contexts_may_feed_and_finish) {
    static const hrmt_row rows[] = {{"UA0502001", NULL, {"1", "x", "a"}},
                                    {"UA9999001", NULL, {"2", "3", "b"}}};
    const hrmt_join how = {.duplicates = HRM_DUPLICATES_SUM, .column_count = 3, .text = {false, false, true}};
    hrmt_memory memory;
    hrmt_memory_init(&memory);
    const hrm_allocator allocator = hrmt_allocator(&memory);
    hrm_context *ctx = NULL;
    hrm_join *j = NULL;
    hrmt_joined f = hrmt_join_set_up();
    ck_assert_int_eq(hrm_context_new(&allocator, &ctx), HRM_OK);
    hrmt_ok(ctx, hrmt_join_start(ctx, f.layer, &how, rows, 1, &j));
    hrm_context_free(ctx);
    for (size_t i = 0; i < 100; i++) hrmt_ok(f.ctx, hrmt_feed(f.ctx, j, &how, rows, 0, 2));
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_COMMUNITY, &f.table));
    hrmt_ok(f.ctx, hrm_join_finish(f.ctx, j, f.table, &f.report));
    hrm_join_free(j);
    hrmt_cell_is(f.table, "a", 0, 101, HRM_PRESENT);
    hrm_join_report_free(f.report);
    f.report = NULL;
    ck_assert_uint_eq(memory.live, 0);
    hrmt_join_tear_down(&f);
}
END_TEST

/* A number lost on the way, put there by hand: the account must not balance, and says so. */
START_TEST(a_lost_number_is_found) {
    static const hrmt_row rows[] = {{"UA0502001", NULL, {"1"}}, {"UA9999001", NULL, {"1e-300"}}};
    const hrmt_join how = {.column_count = 1};
    hrm_join *j = NULL;
    hrmt_joined f = hrmt_join_set_up();
    hrmt_ok(f.ctx, hrmt_join_start(f.ctx, f.layer, &how, rows, 2, &j));
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_COMMUNITY, &f.table));
    hrmi_sum_subtract(&j->columns[0].unallocated, 1e-300);
    hrmt_fails(f.ctx, hrm_join_finish(f.ctx, j, f.table, &f.report), HRM_ERROR_INTERNAL,
               "statistics.csv: the account of column a does not balance");
    ck_assert_ptr_null(f.report);
    ck_assert_uint_eq(hrm_table_column_count(f.table), 0);
    hrm_join_free(j);
    hrmt_join_tear_down(&f);
}
END_TEST

static hrm_status join_all(hrm_context *ctx, void *user) {
    static const hrmt_row rows[] = {
        {"UA0502001", NULL, {"1", "x", "a"}}, {"UA0502003", NULL, {"2", "3", "\xFF"}},
        {"UA9999001", NULL, {"4", "5", "c"}}, {NULL, NULL, {"6", "7", "d"}},
        {"UA05", NULL, {"8", "9", "e"}},      {"UA1206001", NULL, {"10", "11", "f"}}};
    const hrmt_join how = {.column_count = 3, .text = {false, false, true}, .batch = 2};
    hrm_table *table = NULL;
    hrm_join_report *report = NULL;
    const hrm_status status = hrmt_join_table(ctx, user, &how, rows, COUNT(rows), &table, &report);
    ck_assert_int_eq(report == NULL, status != HRM_OK);
    if (table != NULL) ck_assert_uint_eq(hrm_table_column_count(table), status == HRM_OK ? 3 : 0);
    hrm_join_report_free(report);
    hrm_table_free(table);
    return status;
}

START_TEST(nothing_is_lost_when_memory_runs_out) {
    hrmt_joined f = hrmt_join_set_up();
    hrmt_fail_each(join_all, f.layer);
    hrmt_join_tear_down(&f);
}
END_TEST

HRMT_SUITE("join", &every_row_is_accounted_for, &cells_as_they_are_written, &unusable_cells_are_quoted,
           &scales, &text_columns, &huge_cells, &long_keys_are_cut_between_characters, &nothing_to_join,
           &opaque_codes, &all_columns_or_none, &what_joins_refuse, &what_rows_and_finishing_refuse,
           &columns_of_other_callers, &other_contexts_may_feed_and_finish, &a_lost_number_is_found,
           &nothing_is_lost_when_memory_runs_out)
