/* Panels: a sorted axis, columns of rows × periods, and laying them into a table. */
#include "region.h"

static const char *const unsorted[] = {"2023", "2021", "2022-Q1"};
enum { PERIODS = 3 };

/* Row r, period p: 10 r + p; missing at row 4, period 1. */
static void fill(double values[HRMT_ROWS * PERIODS]) {
    for (size_t i = 0; i < HRMT_ROWS * PERIODS; i++) values[i] = (double)(10 * (i / PERIODS) + i % PERIODS);
    values[4 * PERIODS + 1] = NAN;
}

START_TEST(periods_are_sorted) {
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = hrmt_region(ctx);
    hrm_panel *panel = NULL;
    double values[HRMT_ROWS * PERIODS];
    const hrm_column_info info = hrmt_info("income");
    hrm_column_info told = {.struct_size = sizeof told};
    size_t column = 9;
    fill(values);
    hrmt_ok(ctx, hrm_panel_new(ctx, layer, unsorted, PERIODS, &panel));
    ck_assert_uint_eq(hrm_panel_row_count(panel), HRMT_ROWS);
    ck_assert_uint_eq(hrm_panel_period_count(panel), PERIODS);
    ck_assert_str_eq(hrm_panel_period(panel, 0), "2021");
    ck_assert_str_eq(hrm_panel_period(panel, 1), "2022-Q1");
    ck_assert_str_eq(hrm_panel_period(panel, 2), "2023");
    ck_assert_ptr_null(hrm_panel_period(panel, 3));
    for (size_t i = 0; i < 3; i++)
        ck_assert_uint_eq(hrm_panel_find_period(panel, hrm_panel_period(panel, i)), i);
    ck_assert_uint_eq(hrm_panel_find_period(panel, "2022"), HRM_NONE);
    ck_assert_uint_eq(hrm_panel_find_period(panel, "2024"), HRM_NONE);
    ck_assert_uint_eq(hrm_panel_find_period(panel, NULL), HRM_NONE);
    ck_assert(hrm_panel_fits(panel, layer));
    hrmt_ok(ctx, hrm_panel_add(ctx, panel, &info, values, NULL, &column));
    ck_assert_uint_eq(column, 0);
    ck_assert_uint_eq(hrm_panel_column_count(panel), 1);
    ck_assert_uint_eq(hrm_panel_find(panel, "income"), 0);
    ck_assert_uint_eq(hrm_panel_find(panel, "x"), HRM_NONE);
    ck_assert_uint_eq(hrm_panel_find(panel, NULL), HRM_NONE);
    ck_assert_double_eq(hrm_panel_values(panel, 0)[3 * PERIODS + 2], 32.0);
    ck_assert_uint_eq(hrm_panel_missing(panel, 0)[4 * PERIODS + 1], HRM_MISSING_NOT_REPORTED);
    ck_assert_ptr_null(hrm_panel_values(panel, 1));
    ck_assert_ptr_null(hrm_panel_missing(panel, 1));
    ck_assert(hrm_panel_column(panel, 0, &told));
    ck_assert_str_eq(told.id, "income");
    hrm_panel_free(panel);
    hrm_panel_free(NULL);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(a_panel_becomes_columns) {
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = hrmt_region(ctx);
    hrm_panel *panel = NULL;
    hrm_table *table = NULL;
    double values[HRMT_ROWS * PERIODS];
    hrm_column_info info = hrmt_info("income");
    hrm_column_info told = {.struct_size = sizeof told};
    fill(values);
    info.title_en = "Income";
    info.unit = "UAH";
    info.rollup = HRM_ROLLUP_SUM;
    hrmt_ok(ctx, hrm_panel_new(ctx, layer, unsorted, PERIODS, &panel));
    hrmt_ok(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
    hrmt_ok(ctx, hrm_panel_add(ctx, panel, &info, values, NULL, NULL));
    info = hrmt_info("rate");
    info.rollup = HRM_ROLLUP_MEAN;
    info.weight = "income"; /* of the same period */
    hrmt_ok(ctx, hrm_panel_add(ctx, panel, &info, values, NULL, NULL));
    info = hrmt_info("share");
    info.rollup = HRM_ROLLUP_MEAN;
    info.weight = "population"; /* of the table */
    hrmt_ok(ctx, hrm_panel_add(ctx, panel, &info, values, NULL, NULL));
    hrmt_ok(ctx, hrm_table_add_panel(ctx, table, panel));
    ck_assert_uint_eq(hrm_table_column_count(table), 9);
    ck_assert_uint_eq(hrm_table_find(table, "income@2022-Q1"), 1);
    ck_assert_double_eq(hrm_table_values(table, 1)[3], 31.0);
    ck_assert_uint_eq(hrm_table_missing(table, 1)[4], HRM_MISSING_NOT_REPORTED);
    ck_assert_ptr_null(hrm_table_missing(table, 0));
    ck_assert(hrm_table_column(table, 1, &told));
    ck_assert_str_eq(told.title_en, "Income, 2022-Q1");
    ck_assert_str_eq(told.title_uk, "");
    ck_assert_str_eq(told.unit, "UAH");
    ck_assert(hrm_table_column(table, 5, &told));
    ck_assert_str_eq(told.id, "rate@2023");
    ck_assert_str_eq(told.weight, "income@2023");
    ck_assert(hrm_table_column(table, 6, &told));
    ck_assert_str_eq(told.weight, "population");
    hrmt_fails(ctx, hrm_table_add_panel(ctx, table, panel), HRM_ERROR_DUPLICATE, "income@2021");
    ck_assert_uint_eq(hrm_table_column_count(table), 9);
    hrm_table_free(table);
    hrm_panel_free(panel);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

/* The last column of the panel is there already: the others must not stay either. */
START_TEST(all_columns_or_none) {
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = hrmt_region(ctx);
    hrm_panel *panel = NULL;
    hrm_table *table = NULL;
    double values[HRMT_ROWS * PERIODS];
    const hrm_column_info income = hrmt_info("income");
    const hrm_column_info taken = hrmt_info("income@2023");
    fill(values);
    hrmt_ok(ctx, hrm_panel_new(ctx, layer, unsorted, PERIODS, &panel));
    hrmt_ok(ctx, hrm_panel_add(ctx, panel, &income, values, NULL, NULL));
    hrmt_ok(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
    hrmt_ok(ctx, hrm_table_add(ctx, table, &taken, values, NULL, NULL));
    hrmt_fails(ctx, hrm_table_add_panel(ctx, table, panel), HRM_ERROR_DUPLICATE, "income@2023");
    ck_assert_uint_eq(hrm_table_column_count(table), 1);
    ck_assert_uint_eq(hrm_table_find(table, "income@2021"), HRM_NONE);
    hrm_table_free(table);
    hrm_panel_free(panel);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(what_is_refused) {
    static const char *const twice[] = {"2021", "2022", "2021"};
    static const char *const bad[] = {"2021", "20@21"};
    static const char *const none[] = {"2021", NULL};
    static const char *const other_codes[] = {"UA0502001"};
    static const char *const other_squares[] = {"POLYGON((30 50,31 50,31 51,30 50))"};
    static const char *many[5000];
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = hrmt_region(ctx);
    hrm_layer *other = hrmt_layer(ctx, 1, other_codes, other_squares);
    hrm_panel *panel = NULL;
    hrm_table *table = NULL;
    double values[HRMT_ROWS * PERIODS] = {0};
    hrm_column_info info = hrmt_info("a@2021");
    for (size_t i = 0; i < 5000; i++) many[i] = "2021";
    hrmt_fails(ctx, hrm_panel_new(ctx, layer, twice, 3, &panel), HRM_ERROR_DUPLICATE, "2021 is given twice");
    ck_assert_ptr_null(panel);
    hrmt_fails(ctx, hrm_panel_new(ctx, layer, bad, 2, &panel), HRM_ERROR_ARGUMENT, "\"20@21\"");
    hrmt_fails(ctx, hrm_panel_new(ctx, layer, none, 2, &panel), HRM_ERROR_ARGUMENT, "period 1 is NULL");
    hrmt_fails(ctx, hrm_panel_new(ctx, layer, none, 0, &panel), HRM_ERROR_ARGUMENT, "at least one");
    hrmt_fails(ctx, hrm_panel_new(ctx, layer, NULL, 1, &panel), HRM_ERROR_ARGUMENT, "at least one");
    hrmt_fails(ctx, hrm_panel_new(ctx, layer, many, 5000, &panel), HRM_ERROR_LIMIT, "5000 periods");
    hrmt_fails(ctx, hrm_panel_new(ctx, NULL, bad, 1, &panel), HRM_ERROR_ARGUMENT, "layer is NULL");
    hrmt_fails(ctx, hrm_panel_new(ctx, layer, bad, 1, NULL), HRM_ERROR_ARGUMENT, "out is NULL");
    ck_assert_int_eq(hrm_panel_new(NULL, layer, bad, 1, &panel), HRM_ERROR_ARGUMENT);
    hrmt_ok(ctx, hrm_panel_new(ctx, layer, unsorted, PERIODS, &panel));
    hrmt_fails(ctx, hrm_panel_add(ctx, panel, &info, values, NULL, NULL), HRM_ERROR_ARGUMENT, "\"a@2021\"");
    ck_assert_uint_eq(hrm_panel_column_count(panel), 0);
    info.id = "a";
    values[7] = INFINITY;
    hrmt_fails(ctx, hrm_panel_add(ctx, panel, &info, values, NULL, NULL), HRM_ERROR_VALUE, "cell 7");
    hrmt_fails(ctx, hrm_panel_add(ctx, NULL, &info, values, NULL, NULL), HRM_ERROR_ARGUMENT, "panel is NULL");
    ck_assert_int_eq(hrm_panel_add(NULL, panel, &info, values, NULL, NULL), HRM_ERROR_ARGUMENT);
    hrmt_ok(ctx, hrm_table_new(ctx, other, HRM_LEVEL_COMMUNITY, &table));
    hrmt_fails(ctx, hrm_table_add_panel(ctx, table, panel), HRM_ERROR_ARGUMENT, "one layer");
    hrmt_fails(ctx, hrm_table_add_panel(ctx, NULL, panel), HRM_ERROR_ARGUMENT, "NULL");
    ck_assert_int_eq(hrm_table_add_panel(NULL, table, panel), HRM_ERROR_ARGUMENT);
    hrm_table_free(table);
    hrmt_ok(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_RAION, &table));
    hrmt_fails(ctx, hrm_table_add_panel(ctx, table, panel), HRM_ERROR_ARGUMENT, "one layer");
    hrm_table_free(table);
    hrm_panel_free(panel);
    hrm_layer_free(layer);
    hrm_layer_free(other);
    hrm_context_free(ctx);
}
END_TEST

static hrm_status make_all(hrm_context *ctx, void *user) {
    hrm_panel *panel = NULL;
    hrm_table *table = NULL;
    double values[HRMT_ROWS * PERIODS];
    hrm_column_info info = hrmt_info("income");
    fill(values);
    hrm_status status = hrm_panel_new(ctx, user, unsorted, PERIODS, &panel);
    if (status == HRM_OK) status = hrm_panel_add(ctx, panel, &info, values, NULL, NULL);
    info.id = "other";
    if (status == HRM_OK) status = hrm_panel_add(ctx, panel, &info, values, NULL, NULL);
    if (status == HRM_OK) status = hrm_table_new(ctx, user, HRM_LEVEL_COMMUNITY, &table);
    if (status == HRM_OK) {
        status = hrm_table_add_panel(ctx, table, panel);
        ck_assert_uint_eq(hrm_table_column_count(table), status == HRM_OK ? 6 : 0);
    }
    hrm_panel_free(panel);
    hrm_table_free(table);
    return status;
}

START_TEST(nothing_is_lost_when_memory_runs_out) {
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = hrmt_region(ctx);
    hrmt_fail_each(make_all, layer);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("panel", &periods_are_sorted, &a_panel_becomes_columns, &all_columns_or_none, &what_is_refused,
           &nothing_is_lost_when_memory_runs_out)
