/* Roll-up: each rule by hand on five communities (raions UA0502: rows 0, 1; UA0504: row 2; UA1206: rows 3,
 * 4). */
#include "region.h"

static void add(hrmt_fixture *f, const char *id, int32_t rollup, const char *weight,
                const double values[HRMT_ROWS], const uint8_t *missing) {
    hrm_column_info info = hrmt_info(id);
    info.rollup = rollup;
    info.weight = weight;
    hrmt_ok(f->ctx, hrm_table_add(f->ctx, f->table, &info, values, missing, NULL));
}

static hrm_table *roll_up(hrmt_fixture *f, int32_t level) {
    hrm_table *out = NULL;
    hrmt_ok(f->ctx, hrm_table_roll_up(f->ctx, f->layer, f->table, level, &out));
    return out;
}

static double value(const hrm_table *table, const char *id, size_t row) {
    const size_t column = hrm_table_find(table, id);
    ck_assert_msg(column != HRM_NONE, "no column %s", id);
    return hrm_table_values(table, column)[row];
}

static uint8_t reason(const hrm_table *table, const char *id, size_t row) {
    const uint8_t *const missing = hrm_table_missing(table, hrm_table_find(table, id));
    return missing == NULL ? HRM_PRESENT : missing[row];
}

START_TEST(each_rule) {
    hrmt_fixture f = hrmt_set_up();
    const double values[HRMT_ROWS] = {3, 5, 7, -2, 4};
    const double weights[HRMT_ROWS] = {1, 3, 2, 1, 0};
    add(&f, "w", HRM_ROLLUP_SUM, NULL, weights, NULL);
    add(&f, "sum", HRM_ROLLUP_SUM, NULL, values, NULL);
    add(&f, "min", HRM_ROLLUP_MIN, NULL, values, NULL);
    add(&f, "max", HRM_ROLLUP_MAX, NULL, values, NULL);
    add(&f, "mean", HRM_ROLLUP_MEAN, "w", values, NULL);
    add(&f, "none", HRM_ROLLUP_NONE, NULL, values, NULL);
    add(&f, "later", HRM_ROLLUP_RECOMPUTE, NULL, values, NULL);
    hrm_table *raions = roll_up(&f, HRM_LEVEL_RAION);
    hrm_table *oblasts = roll_up(&f, HRM_LEVEL_OBLAST);
    hrm_table *country = roll_up(&f, HRM_LEVEL_COUNTRY);
    ck_assert_uint_eq(hrm_table_column_count(raions), 5); /* none, later and coverages are not there */
    ck_assert_uint_eq(hrm_table_row_count(raions), 3);
    ck_assert_int_eq(hrm_table_level(raions), HRM_LEVEL_RAION);
    ck_assert_double_eq(value(raions, "sum", 0), 8);
    ck_assert_double_eq(value(raions, "sum", 1), 7);
    ck_assert_double_eq(value(raions, "sum", 2), 2);
    ck_assert_double_eq(value(raions, "min", 0), 3);
    ck_assert_double_eq(value(raions, "max", 2), 4);
    ck_assert_double_eq(value(raions, "mean", 0), 4.5); /* (1·3 + 3·5) / 4 */
    ck_assert_double_eq(value(raions, "mean", 2), -2);  /* a weight of zero says nothing */
    ck_assert_double_eq(value(oblasts, "sum", 0), 15);
    ck_assert_double_eq(value(oblasts, "max", 0), 7);
    ck_assert_double_eq(value(country, "sum", 0), 17);
    ck_assert_double_eq(value(country, "min", 0), -2);
    ck_assert_double_eq(value(country, "mean", 0), 30.0 / 7.0); /* (3 + 15 + 14 − 2) / 7 */
    hrm_table_free(raions);
    hrm_table_free(oblasts);
    hrm_table_free(country);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(missing_members_are_told) {
    hrmt_fixture f = hrmt_set_up();
    const double values[HRMT_ROWS] = {3, NAN, NAN, NAN, NAN};
    const uint8_t missing[HRMT_ROWS] = {0, HRM_MISSING_NO_ROW, HRM_MISSING_SUPPRESSED, HRM_MISSING_OCCUPIED,
                                        HRM_MISSING_NO_ROW};
    const double weights[HRMT_ROWS] = {NAN, 1, 1, 1, 1};
    hrm_column_info told = {.struct_size = sizeof told};
    add(&f, "a@2022", HRM_ROLLUP_SUM, NULL, values, missing);
    add(&f, "w", HRM_ROLLUP_NONE, NULL, weights, NULL);
    add(&f, "mean", HRM_ROLLUP_MEAN, "w", values, missing);
    hrm_table *raions = roll_up(&f, HRM_LEVEL_RAION);
    ck_assert_uint_eq(hrm_table_column_count(raions), 4);
    ck_assert_double_eq(value(raions, "a@2022", 0), 3);
    ck_assert_double_eq(value(raions, "a_coverage@2022", 0), 0.5);
    ck_assert_double_eq(value(raions, "a_coverage@2022", 1), 0);
    ck_assert(isnan(value(raions, "a@2022", 1)));
    ck_assert_uint_eq(reason(raions, "a@2022", 0), HRM_PRESENT);
    ck_assert_uint_eq(reason(raions, "a@2022", 1), HRM_MISSING_SUPPRESSED);
    ck_assert_uint_eq(reason(raions, "a@2022", 2), HRM_MISSING_OCCUPIED); /* of the first member */
    /* no member has both value and weight: the first has a value, and its weight is not reported */
    ck_assert_uint_eq(reason(raions, "mean", 0), HRM_MISSING_NOT_REPORTED);
    ck_assert_double_eq(value(raions, "mean_coverage", 0), 0);
    ck_assert(hrm_table_column(raions, 1, &told));
    ck_assert_str_eq(told.unit, "share");
    ck_assert_str_eq(told.source, "communities with a value in a@2022");
    hrm_table_free(raions);
    hrmt_tear_down(&f);
}
END_TEST

/* 1 + 1e100 − 1e100 is 1 exactly, in any order; and 0.1 three times is not 0.3. */
START_TEST(sums_are_exact) {
    hrmt_fixture f = hrmt_set_up();
    const double big[HRMT_ROWS] = {1e100, 1, -1e100, 0.1, 0.2};
    const double huge[HRMT_ROWS] = {1.7e308, 1.7e308, 1, 1, 1};
    const double opposite[HRMT_ROWS] = {1, -1, 1, 1, 1};
    add(&f, "big", HRM_ROLLUP_SUM, NULL, big, NULL);
    add(&f, "huge", HRM_ROLLUP_SUM, NULL, huge, NULL);
    add(&f, "opposite", HRM_ROLLUP_NONE, NULL, opposite, NULL);
    add(&f, "nothing", HRM_ROLLUP_MEAN, "opposite", huge, NULL);
    add(&f, "too_large", HRM_ROLLUP_MEAN, "huge", big, NULL);
    hrm_table *oblasts = roll_up(&f, HRM_LEVEL_OBLAST);
    hrm_table *raions = roll_up(&f, HRM_LEVEL_RAION);
    ck_assert_double_eq(value(oblasts, "big", 0), 1.0);
    ck_assert_double_eq(value(oblasts, "big", 1), 0.30000000000000004); /* Python: 0.1 + 0.2, math.fsum too */
    ck_assert(isnan(value(oblasts, "huge", 0)));
    ck_assert_uint_eq(reason(oblasts, "huge", 0), HRM_MISSING_UNDEFINED);
    ck_assert(isnan(value(raions, "nothing", 0)));
    ck_assert_uint_eq(reason(raions, "nothing", 0), HRM_MISSING_UNDEFINED);
    ck_assert_uint_eq(reason(raions, "too_large", 0), HRM_MISSING_UNDEFINED);
    ck_assert_double_eq(value(raions, "too_large", 1), -1e100);
    hrm_table_free(oblasts);
    hrm_table_free(raions);
    hrmt_tear_down(&f);
}
END_TEST

/* Python, fractions: Fraction(0.1)·3 − Fraction(0.3) is 2.7755575615628914e-17; with products rounded on the
 * way it would be 5.551115123125783e-17. */
START_TEST(products_are_exact) {
    hrmt_fixture f = hrmt_set_up();
    const double values[HRMT_ROWS] = {3, -1, 1, 1, 1};
    const double weights[HRMT_ROWS] = {0.1, 0.3, 1, 1, 1};
    add(&f, "w", HRM_ROLLUP_SUM, NULL, weights, NULL);
    add(&f, "mean", HRM_ROLLUP_MEAN, "w", values, NULL);
    hrm_table *raions = roll_up(&f, HRM_LEVEL_RAION);
    ck_assert_double_eq(value(raions, "mean", 0), 2.7755575615628914e-17 / 0.4);
    hrm_table_free(raions);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(what_is_refused) {
    static const char *const opaque[] = {"north"};
    static const char *const squares[] = {"POLYGON((0 0,1 0,1 1,0 0))"};
    hrmt_fixture f = hrmt_set_up();
    const double values[HRMT_ROWS] = {1, 2, NAN, 4, 5};
    const char *const texts[HRMT_ROWS] = {"a", "b", "c", "d", "e"};
    const hrm_column_info text = hrmt_info("text");
    hrm_layer *other = hrmt_layer(f.ctx, 1, opaque, squares);
    hrm_table *out = f.table;
    hrm_table *wrong = NULL;
    hrm_context *const ctx = f.ctx;
    hrmt_ok(ctx, hrm_table_new(ctx, other, HRM_LEVEL_COMMUNITY, &wrong));
    hrmt_fails(ctx, hrm_table_roll_up(ctx, other, wrong, HRM_LEVEL_OBLAST, &out), HRM_ERROR_ARGUMENT,
               "no level 1");
    ck_assert_ptr_null(out);
    hrmt_fails(ctx, hrm_table_roll_up(ctx, f.layer, wrong, HRM_LEVEL_OBLAST, &out), HRM_ERROR_ARGUMENT,
               "another layer");
    hrm_table_free(wrong);
    hrmt_fails(ctx, hrm_table_roll_up(ctx, f.layer, f.table, HRM_LEVEL_COMMUNITY, &out), HRM_ERROR_ARGUMENT,
               "level 3");
    hrmt_fails(ctx, hrm_table_roll_up(ctx, f.layer, f.table, -1, &out), HRM_ERROR_ARGUMENT, "level -1");
    hrmt_fails(ctx, hrm_table_roll_up(ctx, NULL, f.table, HRM_LEVEL_OBLAST, &out), HRM_ERROR_ARGUMENT,
               "NULL");
    hrmt_fails(ctx, hrm_table_roll_up(ctx, f.layer, NULL, HRM_LEVEL_OBLAST, &out), HRM_ERROR_ARGUMENT,
               "NULL");
    hrmt_fails(ctx, hrm_table_roll_up(ctx, f.layer, f.table, HRM_LEVEL_OBLAST, NULL), HRM_ERROR_ARGUMENT,
               "NULL");
    ck_assert_int_eq(hrm_table_roll_up(NULL, f.layer, f.table, HRM_LEVEL_OBLAST, &out), HRM_ERROR_ARGUMENT);
    hrmt_ok(ctx, hrm_table_new(ctx, f.layer, HRM_LEVEL_RAION, &wrong));
    hrmt_fails(ctx, hrm_table_roll_up(ctx, f.layer, wrong, HRM_LEVEL_OBLAST, &out), HRM_ERROR_ARGUMENT,
               "of communities");
    hrm_table_free(wrong);
    add(&f, "mean", HRM_ROLLUP_MEAN, "text", values, NULL);
    hrmt_fails(ctx, hrm_table_roll_up(ctx, f.layer, f.table, HRM_LEVEL_OBLAST, &out), HRM_ERROR_FIELD,
               "no such column");
    hrmt_ok(ctx, hrm_table_add_text(ctx, f.table, &text, texts, NULL, NULL));
    hrmt_fails(ctx, hrm_table_roll_up(ctx, f.layer, f.table, HRM_LEVEL_OBLAST, &out), HRM_ERROR_FIELD,
               "is text");
    ck_assert_ptr_null(out);
    hrm_layer_free(other);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(a_coverage_that_is_there_already) {
    hrmt_fixture f = hrmt_set_up();
    const double values[HRMT_ROWS] = {1, 2, NAN, 4, 5};
    hrm_table *out = NULL;
    add(&f, "a_coverage", HRM_ROLLUP_MIN, NULL, values, NULL);
    add(&f, "a", HRM_ROLLUP_SUM, NULL, values, NULL);
    hrmt_fails(f.ctx, hrm_table_roll_up(f.ctx, f.layer, f.table, HRM_LEVEL_OBLAST, &out), HRM_ERROR_DUPLICATE,
               "a_coverage");
    hrmt_tear_down(&f);
}
END_TEST

static hrm_status roll(hrm_context *ctx, void *user) {
    const hrmt_fixture *const f = user;
    hrm_table *out = NULL;
    const hrm_status status = hrm_table_roll_up(ctx, f->layer, f->table, HRM_LEVEL_RAION, &out);
    ck_assert_int_eq(out == NULL, status != HRM_OK);
    hrm_table_free(out);
    return status;
}

START_TEST(nothing_is_lost_when_memory_runs_out) {
    hrmt_fixture f = hrmt_set_up();
    const double values[HRMT_ROWS] = {1, 2, NAN, 4, 5};
    add(&f, "a", HRM_ROLLUP_SUM, NULL, values, NULL);
    add(&f, "b", HRM_ROLLUP_MEAN, "a", values, NULL);
    hrmt_fail_each(roll, &f);
    hrmt_tear_down(&f);
}
END_TEST

HRMT_SUITE("rollup", &each_rule, &missing_members_are_told, &sums_are_exact, &products_are_exact,
           &what_is_refused, &a_coverage_that_is_there_already, &nothing_is_lost_when_memory_runs_out)
