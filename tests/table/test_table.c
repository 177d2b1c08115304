/* Tables: columns in and out, what is refused, and that nothing moves. */
#include "region.h"
#include "table/table.h"

START_TEST(a_column_comes_back_as_it_was) {
    hrmt_fixture f = hrmt_set_up();
    const double values[HRMT_ROWS] = {1.5, NAN, -0.0, 0.0, NAN};
    const uint8_t missing[HRMT_ROWS] = {0, HRM_MISSING_SUPPRESSED, 0, 0, HRM_MISSING_OCCUPIED};
    hrm_column_info info = hrmt_info("площа_км2");
    hrm_column_info told = {.struct_size = sizeof told};
    size_t column = 99;
    info.unit = "km²";
    info.title_uk = "Площа";
    info.direction = HRM_HIGHER_BETTER;
    info.rollup = HRM_ROLLUP_SUM;
    hrmt_ok(f.ctx, hrm_table_add(f.ctx, f.table, &info, values, missing, &column));
    ck_assert_uint_eq(column, 0);
    ck_assert_uint_eq(hrm_table_row_count(f.table), HRMT_ROWS);
    ck_assert_uint_eq(hrm_table_column_count(f.table), 1);
    ck_assert_int_eq(hrm_table_level(f.table), HRM_LEVEL_COMMUNITY);
    ck_assert_uint_eq(hrm_table_find(f.table, "площа_км2"), 0);
    ck_assert_uint_eq(hrm_table_find(f.table, "площа"), HRM_NONE);
    ck_assert_uint_eq(hrm_table_find(f.table, NULL), HRM_NONE);
    const double *const got = hrm_table_values(f.table, 0);
    for (size_t i = 0; i < HRMT_ROWS; i++) {
        ck_assert(isnan(values[i]) ? isnan(got[i]) : got[i] == values[i]);
        ck_assert_uint_eq(hrm_table_missing(f.table, 0)[i], missing[i]);
    }
    ck_assert(signbit(got[2]));
    ck_assert(hrm_table_column(f.table, 0, &told));
    ck_assert_str_eq(told.id, "площа_км2");
    ck_assert_str_eq(told.unit, "km²");
    ck_assert_str_eq(told.title_uk, "Площа");
    ck_assert_str_eq(told.title_en, "");
    ck_assert_str_eq(told.weight, "");
    ck_assert_int_eq(told.direction, HRM_HIGHER_BETTER);
    ck_assert_int_eq(told.rollup, HRM_ROLLUP_SUM);
    ck_assert_int_eq(told.is_text, 0);
    ck_assert_ptr_null(hrm_table_text(f.table, 0, 0));
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(text_comes_back_as_it_was) {
    hrmt_fixture f = hrmt_set_up();
    const char *const texts[HRMT_ROWS] = {"міська", NULL, "", "селищна", NULL};
    const hrm_column_info info = hrmt_info("type");
    hrm_column_info told = {.struct_size = sizeof told};
    hrmt_ok(f.ctx, hrm_table_add_text(f.ctx, f.table, &info, texts, NULL, NULL));
    ck_assert_str_eq(hrm_table_text(f.table, 0, 0), "міська");
    ck_assert_ptr_null(hrm_table_text(f.table, 0, 1));
    ck_assert_str_eq(hrm_table_text(f.table, 0, 2), "");
    ck_assert_ptr_null(hrm_table_text(f.table, 0, HRMT_ROWS));
    ck_assert_ptr_null(hrm_table_text(f.table, 1, 0));
    ck_assert_ptr_null(hrm_table_values(f.table, 0));
    ck_assert_uint_eq(hrm_table_missing(f.table, 0)[1], HRM_MISSING_NOT_REPORTED);
    ck_assert_uint_eq(hrm_table_missing(f.table, 0)[2], HRM_PRESENT);
    ck_assert(hrm_table_column(f.table, 0, &told));
    ck_assert_int_eq(told.is_text, 1);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(reasons_are_kept_only_where_something_is_missing) {
    hrmt_fixture f = hrmt_set_up();
    const double values[HRMT_ROWS] = {1, 2, 3, 4, 5};
    const uint8_t none[HRMT_ROWS] = {0};
    hrm_column_info info = hrmt_info("a");
    hrmt_ok(f.ctx, hrm_table_add(f.ctx, f.table, &info, values, NULL, NULL));
    info.id = "b";
    hrmt_ok(f.ctx, hrm_table_add(f.ctx, f.table, &info, values, none, NULL));
    ck_assert_ptr_null(hrm_table_missing(f.table, 0));
    ck_assert_ptr_null(hrm_table_missing(f.table, 1));
    ck_assert_ptr_null(hrm_table_missing(f.table, 2));
    ck_assert_ptr_null(hrm_table_values(f.table, 2));
    hrm_column_info told = {.struct_size = sizeof told};
    ck_assert(!hrm_table_column(f.table, 2, &told));
    told.struct_size = 0;
    ck_assert(!hrm_table_column(f.table, 0, &told));
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(borrowed_values_stay_when_columns_come_and_go) {
    enum { COUNT = 200 };
    hrmt_fixture f = hrmt_set_up();
    const double *borrowed[COUNT];
    hrm_column_info told = {.struct_size = sizeof told};
    char id[16];
    double values[HRMT_ROWS] = {0};
    for (size_t i = 0; i < COUNT; i++) {
        (void)snprintf(id, sizeof id, "c%zu", i);
        const hrm_column_info info = hrmt_info(id);
        values[0] = (double)i;
        hrmt_ok(f.ctx, hrm_table_add(f.ctx, f.table, &info, values, NULL, NULL));
        borrowed[i] = hrm_table_values(f.table, i);
    }
    ck_assert(hrm_table_column(f.table, 0, &told));
    hrmi_table_rollback(f.table, COUNT / 2);
    ck_assert_uint_eq(hrm_table_column_count(f.table), COUNT / 2);
    for (size_t i = 0; i < COUNT; i++) {
        (void)snprintf(id, sizeof id, "c%zu", i);
        ck_assert_uint_eq(hrm_table_find(f.table, id), i < COUNT / 2 ? i : HRM_NONE);
        if (i >= COUNT / 2) continue;
        ck_assert_ptr_eq(hrm_table_values(f.table, i), borrowed[i]);
        ck_assert_double_eq(borrowed[i][0], (double)i);
    }
    ck_assert_str_eq(told.id, "c0");
    const hrm_column_info again = hrmt_info("c150"); /* taken back: free again */
    hrmt_ok(f.ctx, hrm_table_add(f.ctx, f.table, &again, values, NULL, NULL));
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(what_is_refused) {
    hrmt_fixture f = hrmt_set_up();
    const double values[HRMT_ROWS] = {1, 2, 3, 4, 5};
    const double infinite[HRMT_ROWS] = {1, 2, 3, -INFINITY, 5};
    const double holes[HRMT_ROWS] = {1, 2, 3, NAN, 5};
    const uint8_t unknown[HRMT_ROWS] = {0, 0, 0, 10, 0};
    const uint8_t none[HRMT_ROWS] = {0};
    const uint8_t wrong[HRMT_ROWS] = {1, 0, 0, 1, 0};
    const char *const broken[HRMT_ROWS] = {"a", "b", "\xC3(", "d", "e"};
    hrm_column_info info = hrmt_info("a");
    hrm_context *const ctx = f.ctx;
    hrm_table *const t = f.table;
    hrmt_fails(ctx, hrm_table_add(ctx, t, &info, infinite, NULL, NULL), HRM_ERROR_VALUE, "cell 3");
    hrmt_fails(ctx, hrm_table_add(ctx, t, &info, holes, unknown, NULL), HRM_ERROR_ARGUMENT, "10 is no");
    hrmt_fails(ctx, hrm_table_add(ctx, t, &info, holes, none, NULL), HRM_ERROR_ARGUMENT, "no reason");
    hrmt_fails(ctx, hrm_table_add(ctx, t, &info, holes, wrong, NULL), HRM_ERROR_ARGUMENT,
               "cell 0: there is a value");
    hrmt_fails(ctx, hrm_table_add_text(ctx, t, &info, broken, NULL, NULL), HRM_ERROR_ARGUMENT, "cell 2");
    hrmt_fails(ctx, hrm_table_add(ctx, t, &info, NULL, NULL, NULL), HRM_ERROR_ARGUMENT, "array of values");
    hrmt_fails(ctx, hrm_table_add(ctx, t, NULL, values, NULL, NULL), HRM_ERROR_ARGUMENT, "description");
    hrmt_fails(ctx, hrm_table_add(ctx, NULL, &info, values, NULL, NULL), HRM_ERROR_ARGUMENT, "table is NULL");
    hrmt_fails(ctx, hrm_table_add_text(ctx, NULL, &info, broken, NULL, NULL), HRM_ERROR_ARGUMENT,
               "table is NULL");
    ck_assert_int_eq(hrm_table_add(NULL, t, &info, values, NULL, NULL), HRM_ERROR_ARGUMENT);
    ck_assert_int_eq(hrm_table_add_text(NULL, t, &info, broken, NULL, NULL), HRM_ERROR_ARGUMENT);
    info.id = NULL;
    hrmt_fails(ctx, hrm_table_add(ctx, t, &info, values, NULL, NULL), HRM_ERROR_ARGUMENT, "needs an id");
    info.id = "2021";
    hrmt_fails(ctx, hrm_table_add(ctx, t, &info, values, NULL, NULL), HRM_ERROR_ARGUMENT,
               "begin with a letter");
    info = hrmt_info("a");
    info.title_en = "\xFF";
    hrmt_fails(ctx, hrm_table_add(ctx, t, &info, values, NULL, NULL), HRM_ERROR_ARGUMENT, "UTF-8");
    info = hrmt_info("a");
    info.direction = 3;
    hrmt_fails(ctx, hrm_table_add(ctx, t, &info, values, NULL, NULL), HRM_ERROR_ARGUMENT, "direction 3");
    info = hrmt_info("a");
    info.rollup = -1;
    hrmt_fails(ctx, hrm_table_add(ctx, t, &info, values, NULL, NULL), HRM_ERROR_ARGUMENT, "rollup -1");
    info.rollup = HRM_ROLLUP_MEAN;
    hrmt_fails(ctx, hrm_table_add(ctx, t, &info, values, NULL, NULL), HRM_ERROR_ARGUMENT, "weight");
    info = hrmt_info("a");
    info.struct_size = 0;
    hrmt_fails(ctx, hrm_table_add(ctx, t, &info, values, NULL, NULL), HRM_ERROR_ARGUMENT, "init function");
    ck_assert_uint_eq(hrm_table_column_count(t), 0);
    info = hrmt_info("a");
    hrmt_ok(ctx, hrm_table_add(ctx, t, &info, values, NULL, NULL));
    hrmt_fails(ctx, hrm_table_add(ctx, t, &info, values, NULL, NULL), HRM_ERROR_DUPLICATE,
               "column a already");
    ck_assert_uint_eq(hrm_table_column_count(t), 1);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(a_table_is_of_one_layer_and_level) {
    static const char *const opaque[] = {"north", "south"};
    static const char *const squares[] = {"POLYGON((0 0,1 0,1 1,0 0))", "POLYGON((1 0,2 0,2 1,1 0))"};
    hrmt_fixture f = hrmt_set_up();
    hrm_layer *other = hrmt_layer(f.ctx, 2, opaque, squares);
    hrm_layer *same = hrmt_region(f.ctx);
    hrm_table *t = f.table;
    ck_assert(hrm_table_fits(f.table, f.layer));
    ck_assert(hrm_table_fits(f.table, same));
    ck_assert(!hrm_table_fits(f.table, other));
    hrmt_fails(f.ctx, hrm_table_new(f.ctx, other, HRM_LEVEL_RAION, &t), HRM_ERROR_ARGUMENT, "no level 2");
    ck_assert_ptr_null(t);
    hrmt_fails(f.ctx, hrm_table_new(f.ctx, f.layer, 4, &t), HRM_ERROR_ARGUMENT, "there is no level 4");
    hrmt_fails(f.ctx, hrm_table_new(f.ctx, NULL, HRM_LEVEL_RAION, &t), HRM_ERROR_ARGUMENT, "layer is NULL");
    hrmt_fails(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_RAION, NULL), HRM_ERROR_ARGUMENT,
               "out is NULL");
    ck_assert_int_eq(hrm_table_new(NULL, f.layer, HRM_LEVEL_RAION, &t), HRM_ERROR_ARGUMENT);
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_RAION, &t));
    ck_assert_uint_eq(hrm_table_row_count(t), 3);
    ck_assert(hrm_table_fits(t, f.layer));
    hrm_table_free(t);
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, other, HRM_LEVEL_COUNTRY, &t));
    ck_assert_uint_eq(hrm_table_row_count(t), 1);
    hrm_table_free(t);
    hrm_table_free(NULL);
    hrm_layer_free(other);
    hrm_layer_free(same);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(reasons_in_words) {
    for (unsigned reason = 1; reason <= HRM_MISSING_NO_COVERAGE; reason++)
        for (int32_t language = HRM_UK; language <= HRM_EN; language++)
            ck_assert_str_ne(hrm_missing_text((uint8_t)reason, language), "");
    ck_assert_str_eq(hrm_missing_text(HRM_MISSING_NO_ROW, HRM_EN), "no row in the source");
    ck_assert_str_eq(hrm_missing_text(HRM_MISSING_NO_ROW, HRM_UK), "немає рядка в джерелі");
    ck_assert_str_eq(hrm_missing_text(HRM_PRESENT, HRM_EN), "");
    ck_assert_str_eq(hrm_missing_text(10, HRM_EN), "");
    ck_assert_ptr_null(hrm_missing_text(HRM_MISSING_NO_ROW, 2));
}
END_TEST

/* An older caller knows a shorter description. */
START_TEST(descriptions_of_other_versions) {
    hrmt_fixture f = hrmt_set_up();
    const double values[HRMT_ROWS] = {0};
    hrm_column_info older = hrmt_info("a");
    hrm_column_info told = {.struct_size = offsetof(hrm_column_info, unit), .unit = "untouched"};
    older.struct_size = offsetof(hrm_column_info, unit);
    older.unit = "not known to that caller";
    hrmt_ok(f.ctx, hrm_table_add(f.ctx, f.table, &older, values, NULL, NULL));
    ck_assert(hrm_table_column(f.table, 0, &told));
    ck_assert_str_eq(told.id, "a");
    ck_assert_str_eq(told.unit, "untouched");
    told.struct_size = sizeof told;
    ck_assert(hrm_table_column(f.table, 0, &told));
    ck_assert_str_eq(told.unit, "");
    hrmt_tear_down(&f);
}
END_TEST

/* What a table frees is its own allocator's, though another context added to it. */
START_TEST(another_context_may_add) {
    hrmt_memory memory;
    hrmt_memory_init(&memory);
    const hrm_allocator allocator = hrmt_allocator(&memory);
    const double values[HRMT_ROWS] = {1, NAN, 3, 4, 5};
    const char *const texts[HRMT_ROWS] = {"x", NULL, "", "", ""};
    const hrm_column_info a = hrmt_info("a");
    const hrm_column_info b = hrmt_info("b");
    hrm_context *other = hrmt_context();
    hrm_layer *layer = hrmt_region(other);
    hrm_context *ctx = NULL;
    hrm_table *table = NULL;
    ck_assert_int_eq(hrm_context_new(&allocator, &ctx), HRM_OK);
    hrmt_ok(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
    hrm_context_free(ctx);
    hrmt_ok(other, hrm_table_add(other, table, &a, values, NULL, NULL));
    hrmt_ok(other, hrm_table_add_text(other, table, &b, texts, NULL, NULL));
    hrm_layer_free(layer);
    hrm_context_free(other);
    ck_assert_str_eq(hrm_table_text(table, 1, 0), "x"); /* outlives both */
    hrm_table_free(table);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

static hrm_status fill(hrm_context *ctx, void *user) {
    const double values[HRMT_ROWS] = {1, NAN, 3, 4, 5};
    const char *const texts[HRMT_ROWS] = {"x", NULL, "y", "z", ""};
    hrm_table *table = NULL;
    hrm_status status = hrm_table_new(ctx, user, HRM_LEVEL_COMMUNITY, &table);
    if (status != HRM_OK) ck_assert_ptr_null(table);
    for (size_t i = 0; i < 20 && status == HRM_OK; i++) {
        const char id[2] = {(char)('a' + i), '\0'};
        const hrm_column_info info = hrmt_info(id);
        status = i % 2 == 0 ? hrm_table_add(ctx, table, &info, values, NULL, NULL)
                            : hrm_table_add_text(ctx, table, &info, texts, NULL, NULL);
        ck_assert_uint_eq(hrm_table_column_count(table), status == HRM_OK ? i + 1 : i);
        ck_assert_uint_eq(hrm_table_find(table, id), status == HRM_OK ? i : HRM_NONE);
    }
    hrm_table_free(table);
    return status;
}

START_TEST(nothing_is_lost_when_memory_runs_out) {
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = hrmt_region(ctx);
    hrmt_fail_each(fill, layer);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("table", &a_column_comes_back_as_it_was, &text_comes_back_as_it_was,
           &reasons_are_kept_only_where_something_is_missing, &borrowed_values_stay_when_columns_come_and_go,
           &what_is_refused, &a_table_is_of_one_layer_and_level, &reasons_in_words,
           &descriptions_of_other_versions, &another_context_may_add, &nothing_is_lost_when_memory_runs_out)
