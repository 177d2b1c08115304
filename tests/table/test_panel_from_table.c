/* Columns with periods gathered into a panel, as wide tables have them. */
#include "region.h"

static void add(const hrmt_fixture *f, hrm_column_info info, double first) {
    double values[HRMT_ROWS];
    for (size_t i = 0; i < HRMT_ROWS; i++) values[i] = first + (double)i;
    values[4] = NAN;
    hrmt_ok(f->ctx, hrm_table_add(f->ctx, f->table, &info, values, NULL, NULL));
}

START_TEST(wide_columns_become_a_panel) {
    hrmt_fixture f = hrmt_set_up();
    hrm_panel *panel = NULL;
    hrm_column_info told = {.struct_size = sizeof told};
    hrm_column_info info = hrmt_info("income@2022");
    const char *const words[HRMT_ROWS] = {"a", "b", "c", "d", "e"};
    info.title_en = "Income, 2022";
    info.title_uk = "Дохід";
    info.unit = "UAH";
    add(&f, info, 20);
    add(&f, hrmt_info("population"), 1); /* has no period */
    add(&f, hrmt_info("schools@2021"), 30);
    info.id = "income@2020";
    add(&f, info, 10);
    info = hrmt_info("kind@2019");
    hrmt_ok(f.ctx, hrm_table_add_text(f.ctx, f.table, &info, words, NULL, NULL));
    hrmt_ok(f.ctx, hrm_panel_from_table(f.ctx, f.layer, f.table, &panel));
    ck_assert_uint_eq(hrm_panel_column_count(panel), 2);
    ck_assert_uint_eq(hrm_panel_period_count(panel), 3); /* 2020, 2021, 2022 */
    ck_assert_str_eq(hrm_panel_period(panel, 0), "2020");
    ck_assert(hrm_panel_column(panel, 0, &told));
    ck_assert_str_eq(told.id, "income");
    ck_assert_str_eq(told.unit, "UAH");
    ck_assert_str_eq(told.title_en, "Income");
    ck_assert_str_eq(told.title_uk, "Дохід");
    const double *const values = hrm_panel_values(panel, 0);
    const uint8_t *const missing = hrm_panel_missing(panel, 0);
    ck_assert_double_eq(values[3 * 3 + 0], 13.0); /* row 3, 2020 */
    ck_assert_double_eq(values[3 * 3 + 2], 23.0);
    ck_assert_uint_eq(missing[3 * 3 + 1], HRM_MISSING_NOT_COLLECTED); /* no column of 2021 */
    ck_assert_uint_eq(missing[4 * 3 + 0], HRM_MISSING_NOT_REPORTED);
    ck_assert_double_eq(hrm_panel_values(panel, 1)[1], 30.0);
    ck_assert(hrm_panel_fits(panel, f.layer));
    hrm_panel_free(panel);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(there_and_back_is_the_same) {
    hrmt_fixture f = hrmt_set_up();
    hrm_panel *panel = NULL;
    hrm_table *again = NULL;
    hrm_column_info info = hrmt_info("rate@2021");
    info.title_en = "Rate, 2021";
    info.rollup = HRM_ROLLUP_MEAN;
    info.weight = "people@2021";
    add(&f, info, 1);
    add(&f, hrmt_info("people@2021"), 2);
    info.id = "rate@2022";
    info.title_en = "Rate, 2022";
    info.weight = "people@2022";
    add(&f, info, 3);
    add(&f, hrmt_info("people@2022"), 4);
    hrmt_ok(f.ctx, hrm_panel_from_table(f.ctx, f.layer, f.table, &panel));
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_COMMUNITY, &again));
    hrmt_ok(f.ctx, hrm_table_add_panel(f.ctx, again, panel));
    ck_assert_uint_eq(hrm_table_column_count(again), 4);
    for (size_t c = 0; c < 4; c++) {
        hrm_column_info a = {.struct_size = sizeof a};
        hrm_column_info b = {.struct_size = sizeof b};
        ck_assert(hrm_table_column(f.table, c, &a));
        const size_t place = hrm_table_find(again, a.id);
        ck_assert(hrm_table_column(again, place, &b));
        ck_assert_str_eq(a.title_en, b.title_en);
        ck_assert_str_eq(a.weight, b.weight);
        for (size_t i = 0; i < 4; i++)
            ck_assert_double_eq(hrm_table_values(f.table, c)[i], hrm_table_values(again, place)[i]);
    }
    hrm_table_free(again);
    hrm_panel_free(panel);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(what_is_no_panel_is_refused) {
    hrmt_fixture f = hrmt_set_up();
    hrm_panel *panel = (hrm_panel *)f.ctx; /* anything but NULL */
    hrm_table *raions = NULL;
    hrm_column_info info = hrmt_info("income@2021");
    hrmt_fails(f.ctx, hrm_panel_from_table(f.ctx, f.layer, f.table, &panel), HRM_ERROR_ARGUMENT,
               "no column of numbers has a period");
    ck_assert_ptr_null(panel);
    add(&f, info, 1);
    info = hrmt_info("income@2022");
    info.unit = "UAH";
    add(&f, info, 1);
    hrmt_fails(f.ctx, hrm_panel_from_table(f.ctx, f.layer, f.table, &panel), HRM_ERROR_VALUE,
               "income@2021 and income@2022 differ in their unit (\"\", \"UAH\")");
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_RAION, &raions));
    hrmt_fails(f.ctx, hrm_panel_from_table(f.ctx, f.layer, raions, &panel), HRM_ERROR_ARGUMENT,
               "not the communities of this layer");
    hrmt_fails(f.ctx, hrm_panel_from_table(f.ctx, NULL, f.table, &panel), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(f.ctx, hrm_panel_from_table(f.ctx, f.layer, NULL, &panel), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(f.ctx, hrm_panel_from_table(f.ctx, f.layer, f.table, NULL), HRM_ERROR_ARGUMENT, "out is NULL");
    ck_assert_int_eq(hrm_panel_from_table(NULL, f.layer, f.table, &panel), HRM_ERROR_ARGUMENT);
    hrm_table_free(raions);
    hrmt_tear_down(&f);
}
END_TEST

/* A mean has one weight, which may have the column's own period. */
START_TEST(weights_must_agree) {
    hrmt_fixture f = hrmt_set_up();
    hrm_panel *panel = NULL;
    hrm_column_info info = hrmt_info("rate@2021");
    info.rollup = HRM_ROLLUP_MEAN;
    info.weight = "pop@2021";
    add(&f, info, 1);
    info.id = "rate@2022";
    info.weight = "pop@2022";
    add(&f, info, 1);
    hrmt_ok(f.ctx, hrm_panel_from_table(f.ctx, f.layer, f.table, &panel));
    hrm_panel_free(panel);
    info.id = "rate@2023";
    info.weight = "pop@2021";
    add(&f, info, 1);
    hrmt_fails(f.ctx, hrm_panel_from_table(f.ctx, f.layer, f.table, &panel), HRM_ERROR_VALUE,
               "rate@2021 and rate@2023 differ");
    hrmt_tear_down(&f);
}
END_TEST

static hrm_status gather(hrm_context *ctx, void *user) {
    const hrmt_fixture *const f = user;
    hrm_panel *panel = NULL;
    const hrm_status status = hrm_panel_from_table(ctx, f->layer, f->table, &panel);
    hrm_panel_free(panel);
    return status;
}

START_TEST(memory_may_run_out) {
    hrmt_fixture f = hrmt_set_up();
    add(&f, hrmt_info("a@2021"), 1);
    add(&f, hrmt_info("a@2022"), 1);
    add(&f, hrmt_info("b@2021"), 1);
    hrmt_fail_each(gather, &f);
    hrmt_tear_down(&f);
}
END_TEST

HRMT_SUITE("panel_from_table", &wide_columns_become_a_panel, &there_and_back_is_the_same,
           &what_is_no_panel_is_refused, &weights_must_agree, &memory_may_run_out)
