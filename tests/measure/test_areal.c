/*
 * Areal interpolation: squares whose numbers one can check by eye, communities that overlap and leave gaps,
 * weights, what must not change the result, and every refusal.
 */
#include "community/layer.h"
#include "geo/overlay.h"
#include "geo/share.h"
#include "harness/shapes.h"
#include "region.h"

/* Source rows as text, with a number or two each. */
typedef struct rows {
    size_t count;
    const char *wkt[8];
    double values[16];
} rows;

typedef struct task {
    hrm_context *ctx;
    const hrm_layer *layer;
    hrm_table *table;
    hrm_areal_report *report;
    hrm_areal_options options;
    const char *crs;
} task;

static task task_of(const hrmt_fixture *f) {
    task t = {.ctx = f->ctx, .layer = f->layer, .table = f->table, .crs = "OGC:CRS84"};
    hrm_areal_options_init(&t.options, sizeof t.options);
    return t;
}

/* One extensive column `people` and, where there are two numbers a row, the intensive column `rate`. */
static hrm_status run(task *t, const rows *r, size_t columns) {
    uint8_t *wkb[8];
    size_t sizes[8];
    const hrm_column_info infos[] = {hrmt_info("people"), hrmt_info("rate")};
    const hrm_areal_column list[] = {{sizeof list[0], HRM_AREAL_EXTENSIVE, &infos[0]},
                                     {sizeof list[0], HRM_AREAL_INTENSIVE, &infos[1]}};
    hrm_areal_input in;
    for (size_t i = 0; i < r->count; i++) wkb[i] = hrmt_wkb(r->wkt[i], &sizes[i]);
    hrm_areal_input_init(&in, sizeof in);
    in.count = r->count;
    in.wkb = (const uint8_t *const *)wkb;
    in.wkb_sizes = sizes;
    in.crs = t->crs;
    in.columns = list;
    in.column_count = columns;
    in.values = r->values;
    in.source = "raions.gpkg";
    const hrm_status status = hrm_areal(t->ctx, t->layer, &in, &t->options, t->table, &t->report);
    for (size_t i = 0; i < r->count; i++) free(wkb[i]);
    return status;
}

static void expect_near(const hrm_table *table, const char *id, const double expected[HRMT_ROWS],
                        double tolerance) {
    const double *const values = hrmt_values(table, id);
    for (size_t i = 0; i < HRMT_ROWS; i++)
        ck_assert_msg(isnan(expected[i]) ? isnan(values[i]) : fabs(values[i] - expected[i]) <= tolerance,
                      "%s, row %zu: %.17g, not %.17g", id, i, values[i], expected[i]);
}

static hrm_areal_amount amount_of(const task *t, size_t i) {
    hrm_areal_amount amount = {.struct_size = sizeof amount};
    ck_assert(hrm_areal_report_amount(t->report, i, &amount));
    return amount;
}

/* Two former districts of two communities each: 31 ± 1 and 33 ± 1. Squares of one latitude are alike. */
START_TEST(districts_of_two) {
    hrmt_fixture f = hrmt_set_up();
    task t = task_of(&f);
    const rows r = {2,
                    {"POLYGON((30 50,32 50,32 51,30 51,30 50))", "POLYGON((32 50,34 50,34 51,32 51,32 50))"},
                    {100, 60, 40, 70}};
    hrmt_ok(f.ctx, run(&t, &r, 2));
    expect_near(f.table, "people", (double[]){50, 50, 20, 20, NAN}, 1e-11);
    hrmt_expect(f.table, "rate", (double[]){60, 60, 70, 70, NAN}, HRM_MISSING_NO_COVERAGE);
    hrmt_expect(f.table, "people_covered_share", (double[]){1, 1, 1, 1, NAN}, HRM_MISSING_NO_COVERAGE);
    const hrm_areal_amount a = amount_of(&t, 0);
    ck_assert(a.total == 140 && a.allocated == 140 && a.unallocated == 0 && a.outside == 0);
    hrm_areal_report_free(t.report);
    hrmt_tear_down(&f);
}
END_TEST

static hrm_areal_counts counts_of(const task *t) {
    hrm_areal_counts counts = {.struct_size = sizeof counts};
    ck_assert(hrm_areal_report_counts(t->report, &counts));
    return counts;
}

static hrm_areal_row row_of(const task *t, size_t i) {
    hrm_areal_row row = {.struct_size = sizeof row};
    ck_assert(hrm_areal_report_row(t->report, i, &row));
    return row;
}

static void finish(task *t, hrmt_fixture *f) {
    hrm_areal_report_free(t->report);
    hrmt_tear_down(f);
}

/* A region of other squares than the usual ones. */
static hrmt_fixture set_up(size_t count, const char *const *wkt) {
    static const char *const codes[] = {"UA0502001", "UA0502003", "UA0504001", "UA1206001", "UA1206003"};
    hrmt_fixture f = {hrmt_context(), NULL, NULL};
    f.layer = hrmt_layer(f.ctx, count, codes, wkt);
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_COMMUNITY, &f.table));
    return f;
}

static void expect_values(const hrmt_fixture *f, const char *id, const double *expected) {
    const double *const values = hrmt_values(f->table, id);
    for (size_t i = 0; i < hrm_layer_count(f->layer); i++)
        ck_assert_msg(isnan(expected[i]) ? isnan(values[i]) : fabs(values[i] - expected[i]) < 1e-9,
                      "%s, row %zu: %.17g, not %.17g", id, i, values[i], expected[i]);
}

#define WEST_AND_FIRST "POLYGON((29 50,31 50,31 51,29 51,29 50))"
#define HALF_OF_FIRST  "POLYGON((30 50,30.5 50,30.5 51,30 51,30 50))"
#define OTHER_HALF     "POLYGON((30.5 50,31 50,31 51,30.5 51,30.5 50))"
#define FIRST          "POLYGON((30 50,31 50,31 51,30 51,30 50))"
#define SECOND         "POLYGON((31 50,32 50,32 51,31 51,31 50))"
#define THREE          "POLYGON((30 50,33 50,33 51,30 51,30 50))"
#define FAR            "POLYGON((10 50,11 50,11 51,10 51,10 50))"

START_TEST(what_lies_outside_is_not_allocated) {
    hrmt_fixture f = hrmt_set_up();
    task t = task_of(&f);
    const rows r = {3, {WEST_AND_FIRST, FAR, SECOND}, {100, 7, 3}};
    hrmt_ok(f.ctx, run(&t, &r, 1));
    expect_near(f.table, "people", (double[]){50, 3, NAN, NAN, NAN}, 1e-11);
    ck_assert_uint_eq(hrmt_missing(f.table, "people", 2), HRM_MISSING_NO_COVERAGE);
    expect_near(f.table, "people_covered_share", (double[]){1, 1, 0, 0, NAN}, 0);
    const hrm_areal_amount a = amount_of(&t, 0);
    ck_assert(a.total == 110);
    ck_assert_double_eq_tol(a.allocated, 53, 1e-11);
    ck_assert_double_eq_tol(a.unallocated, 57, 1e-11);
    ck_assert_double_eq_tol(a.outside, 57, 1e-11);
    ck_assert(a.in_gaps == 0 && a.gaps_shared == 0 && a.withheld == 0 && a.without_place == 0);
    ck_assert(a.numbers == 3 && a.missing == 0 && a.unusable == 0 && a.kind == HRM_AREAL_EXTENSIVE);
    ck_assert_str_eq(a.id, "people");
    const hrm_areal_counts c = counts_of(&t);
    ck_assert(c.rows == 3 && c.inside == 1 && c.partly == 1 && c.outside == 1 && c.unusable == 0);
    ck_assert(c.pairs == 2 && c.communities == 2 && c.points == 0);
    ck_assert_double_eq_tol(c.inside_m2 + c.in_gaps_m2 + c.outside_m2, c.area_m2, c.area_m2 * 1e-15);
    ck_assert_double_eq_tol(c.inside_m2 / c.area_m2, 0.5, 1e-12);
    const hrm_areal_row row = row_of(&t, 0);
    ck_assert(row.outcome == HRM_AREAL_PARTLY && row.row == 1 && row.by_area == 0 && row.repaired == 0);
    ck_assert_double_eq_tol(row.inside_share, 0.5, 1e-13);
    ck_assert_double_eq_tol(row.outside_share, 0.5, 1e-13);
    ck_assert(row_of(&t, 1).outcome == HRM_AREAL_OUTSIDE && row_of(&t, 1).outside_share == 1);
    ck_assert(row_of(&t, 2).outcome == HRM_AREAL_INSIDE && row_of(&t, 2).inside_share == 1);
    hrm_areal_row none = {.struct_size = sizeof none};
    hrm_areal_amount nothing = {.struct_size = sizeof nothing};
    ck_assert(!hrm_areal_report_row(t.report, 3, &none) && !hrm_areal_report_amount(t.report, 1, &nothing));
    ck_assert(hrm_areal_report_row_count(t.report) == 3 && hrm_areal_report_amount_count(t.report) == 1);
    finish(&t, &f);
}
END_TEST

START_TEST(missing_values_stay_missing) {
    hrmt_fixture f = hrmt_set_up();
    task t = task_of(&f);
    const rows r = {3, {HALF_OF_FIRST, OTHER_HALF, SECOND}, {12, 60, NAN, NAN, NAN, NAN}};
    hrmt_ok(f.ctx, run(&t, &r, 2));
    expect_near(f.table, "people", (double[]){12, NAN, NAN, NAN, NAN}, 1e-13);
    expect_near(f.table, "rate", (double[]){60, NAN, NAN, NAN, NAN}, 0);
    expect_near(f.table, "people_covered_share", (double[]){0.5, 0, 0, 0, NAN}, 1e-13);
    expect_near(f.table, "rate_covered_share", (double[]){0.5, 0, 0, 0, NAN}, 1e-13);
    ck_assert_uint_eq(hrmt_missing(f.table, "people", 1), HRM_MISSING_NOT_REPORTED);
    ck_assert_uint_eq(hrmt_missing(f.table, "rate", 1), HRM_MISSING_NOT_REPORTED);
    ck_assert_uint_eq(hrmt_missing(f.table, "people", 2), HRM_MISSING_NO_COVERAGE);
    ck_assert_uint_eq(hrmt_missing(f.table, "people", 4), HRM_MISSING_NO_COVERAGE);
    const hrm_areal_amount a = amount_of(&t, 0);
    ck_assert(a.total == 12 && a.allocated == 12 && a.numbers == 1 && a.missing == 2);
    const hrm_areal_amount b = amount_of(&t, 1);
    ck_assert(b.kind == HRM_AREAL_INTENSIVE && b.numbers == 1 && b.missing == 2 && isnan(b.total));
    finish(&t, &f);
}
END_TEST

START_TEST(too_small_a_share_is_withheld) {
    hrmt_fixture f = hrmt_set_up();
    task t = task_of(&f);
    const rows r = {2, {HALF_OF_FIRST, SECOND}, {12, 60, 30, 70}};
    t.options.least_covered_share = 0.6;
    hrmt_ok(f.ctx, run(&t, &r, 2));
    expect_near(f.table, "people", (double[]){NAN, 30, NAN, NAN, NAN}, 1e-13);
    expect_near(f.table, "rate", (double[]){NAN, 70, NAN, NAN, NAN}, 0);
    expect_near(f.table, "people_covered_share", (double[]){0.5, 1, 0, 0, NAN}, 1e-13);
    ck_assert_uint_eq(hrmt_missing(f.table, "people", 0), HRM_MISSING_NO_COVERAGE);
    const hrm_areal_amount a = amount_of(&t, 0);
    ck_assert(a.total == 42 && a.allocated == 30 && a.unallocated == 12 && a.withheld == 12);
    finish(&t, &f);
}
END_TEST

/* Two communities share 31 to 31.5, three lie on one another: no place counts more than once. */
START_TEST(communities_that_overlap_divide_the_place) {
    static const char *const two[] = {"POLYGON((30 50,31.5 50,31.5 51,30 51,30 50))",
                                      "POLYGON((31 50,32.5 50,32.5 51,31 51,31 50))"};
    static const char *const three[] = {FIRST, FIRST, FIRST};
    hrmt_fixture f = set_up(2, two);
    task t = task_of(&f);
    const rows r = {2,
                    {"POLYGON((30 50,32.5 50,32.5 51,30 51,30 50))",
                     "POLYGON((31.25 50,31.5 50,31.5 51,31.25 51,31.25 50))"},
                    {250, 1, 8, 5}};
    hrmt_ok(f.ctx, run(&t, &r, 2));
    expect_values(&f, "people", (double[]){129, 129});
    expect_values(&f, "rate", (double[]){(1.5 * 1 + 0.25 * 5) / 1.75, (1.5 * 1 + 0.25 * 5) / 1.75});
    expect_values(&f, "people_covered_share", (double[]){1, 1});
    ck_assert(amount_of(&t, 0).allocated == 258 && counts_of(&t).inside == 2);
    finish(&t, &f);
    f = set_up(3, three);
    t = task_of(&f);
    hrmt_ok(f.ctx, run(&t, &(rows){1, {WEST_AND_FIRST}, {60}}, 1));
    expect_values(&f, "people", (double[]){10, 10, 10});
    ck_assert_double_eq_tol(amount_of(&t, 0).outside, 30, 1e-12);
    finish(&t, &f);
}
END_TEST

/* A has a notch that B closes: 31 to 32, 50.5 to 51. */
static const char *const notched[] = {"POLYGON((30 50,33 50,33 51,32 51,32 50.5,31 50.5,31 51,30 51,30 50))",
                                      "POLYGON((30 51,33 51,33 52,30 52,30 51))"};

START_TEST(gaps_are_told_and_shared_on_request) {
    const rows r = {2,
                    {"POLYGON((30.5 50.5,32.5 50.5,32.5 51,30.5 51,30.5 50.5))",
                     "POLYGON((31.2 50.6,31.8 50.6,31.8 50.9,31.2 50.9,31.2 50.6))"},
                    {100, 6}};
    for (int share = 0; share < 2; share++) {
        hrmt_fixture f = set_up(2, notched);
        task t = task_of(&f);
        t.options.share_gaps = share;
        hrmt_ok(f.ctx, run(&t, &r, 1));
        expect_values(&f, "people", (double[]){share == 1 ? 100 : 50, NAN});
        const hrm_areal_amount a = amount_of(&t, 0);
        ck_assert_double_eq_tol(a.in_gaps, 56, 1e-11);
        ck_assert_double_eq_tol(a.gaps_shared, share == 1 ? 50 : 0, 1e-11);
        ck_assert_double_eq_tol(a.unallocated, share == 1 ? 6 : 56, 1e-11);
        ck_assert_double_eq_tol(a.allocated, share == 1 ? 100 : 50, 1e-11);
        ck_assert(a.outside == 0 && a.total == 106);
        ck_assert_double_eq_tol(row_of(&t, 0).in_gaps_share, 0.5, 1e-12);
        ck_assert_int_eq(row_of(&t, 0).outcome, HRM_AREAL_PARTLY);
        ck_assert_int_eq(row_of(&t, 1).outcome, HRM_AREAL_OUTSIDE); /* nothing to share it with */
        ck_assert(row_of(&t, 1).in_gaps_share == 1 && row_of(&t, 1).inside_share == 0);
        finish(&t, &f);
    }
}
END_TEST

/* What lies outside is not shared with the gaps. */
START_TEST(the_sea_is_no_gap) {
    hrmt_fixture f = set_up(2, notched);
    task t = task_of(&f);
    t.options.share_gaps = 1;
    const rows r = {1, {"POLYGON((29 50.5,33 50.5,33 51,29 51,29 50.5))"}, {80}};
    hrmt_ok(f.ctx, run(&t, &r, 1));
    expect_values(&f, "people", (double[]){60, NAN});
    const hrm_areal_amount a = amount_of(&t, 0);
    ck_assert_double_eq_tol(a.gaps_shared, 20, 1e-11);
    ck_assert_double_eq_tol(a.outside, 20, 1e-11);
    finish(&t, &f);
}
END_TEST

/* ---- weights ---- */

/* Places: two in the first community, one in the second, one north of all, one nowhere. */
static const double xs[] = {30.2, 30.7, 31.5, 31.5, 32.5, NAN};
static const double ys[] = {50.5, 50.5, 50.5, 51.5, 50.5, 50.5};
static const double ws[] = {10, 20, 60, 10, NAN, 4};

static hrm_areal_weights some_weights(void) {
    hrm_areal_weights w;
    hrm_areal_weights_init(&w, sizeof w);
    w.count = 6;
    w.x = xs;
    w.y = ys;
    w.weights = ws;
    w.source = "settlements.csv";
    return w;
}

#define TALL "POLYGON((30 50,32 50,32 52,30 52,30 50))"

START_TEST(weights_say_where) {
    hrmt_fixture f = hrmt_set_up();
    task t = task_of(&f);
    hrm_areal_weights w = some_weights();
    t.options.weights = &w;
    /* all of them; those of the first community alone; a row without any */
    const rows r = {3, {TALL, FIRST, "POLYGON((33 50,34 50,34 51,33 51,33 50))"}, {100, 2, 30, 6, 5, 9}};
    hrmt_ok(f.ctx, run(&t, &r, 2));
    expect_near(f.table, "people", (double[]){30 + 30, 60, NAN, NAN, NAN}, 1e-12);
    expect_near(f.table, "rate", (double[]){4, 2, NAN, NAN, NAN}, 1e-13);
    const double *const shares = hrmt_values(f.table, "people_covered_share");
    ck_assert(shares[0] == 1 && shares[1] == 1 && isnan(shares[3]) && isnan(shares[4]));
    ck_assert_uint_eq(hrmt_missing(f.table, "people_covered_share", 3), HRM_MISSING_UNDEFINED);
    ck_assert_uint_eq(hrmt_missing(f.table, "people_covered_share", 4), HRM_MISSING_NO_COVERAGE);
    const hrm_areal_amount a = amount_of(&t, 0);
    ck_assert(a.total == 135 && a.without_place == 5);
    ck_assert_double_eq_tol(a.outside, 10, 1e-12);
    const hrm_areal_counts c = counts_of(&t);
    ck_assert(c.points == 6 && c.in_communities == 3 && c.in_none == 1 && c.points_unusable == 2);
    ck_assert(c.points_ambiguous == 0 && c.points_in_no_row == 0 && c.without_weight == 1 && c.by_area == 0);
    ck_assert(c.partly == 1 && c.inside == 1);
    ck_assert_int_eq(row_of(&t, 2).outcome, HRM_AREAL_NO_WEIGHT);
    ck_assert(isnan(row_of(&t, 2).inside_share));
    ck_assert_double_eq_tol(row_of(&t, 0).outside_share, 0.1, 1e-13);
    ck_assert_ptr_nonnull(strstr(hrmt_column(f.table, "people_covered_share").title_en, "of the weights"));
    const char *const source = "raions.gpkg, weighted by settlements.csv";
    ck_assert_str_eq(hrmt_column(f.table, "people").source, source);
    ck_assert_str_eq(hrmt_column(f.table, "rate_covered_share").source, source);
    finish(&t, &f);
}
END_TEST

START_TEST(without_weights_by_area_on_request) {
    hrmt_fixture f = hrmt_set_up();
    task t = task_of(&f);
    hrm_areal_weights w = some_weights();
    t.options.weights = &w;
    t.options.fall_back_to_area = 1;
    const rows r = {2, {FIRST, "POLYGON((30.9 50,33 50,33 50.2,30.9 50.2,30.9 50))"}, {30, 6, 21, 9}};
    hrmt_ok(f.ctx, run(&t, &r, 2));
    expect_near(f.table, "people", (double[]){31, 10, 10, NAN, NAN}, 1e-12);
    expect_near(f.table, "rate", (double[]){6, 9, 9, NAN, NAN}, 1e-13); /* weights go before areas */
    ck_assert(counts_of(&t).by_area == 1 && row_of(&t, 1).by_area == 1 && row_of(&t, 0).by_area == 0);
    ck_assert(amount_of(&t, 0).allocated == 51 && counts_of(&t).area_m2 > 0);
    finish(&t, &f);
}
END_TEST

START_TEST(points_may_all_weigh_the_same) {
    hrmt_fixture f = hrmt_set_up();
    task t = task_of(&f);
    hrm_areal_weights w = some_weights();
    w.count = 3;
    w.weights = NULL;
    t.options.weights = &w;
    hrmt_ok(f.ctx, run(&t, &(rows){1, {TALL}, {30}}, 1));
    expect_near(f.table, "people", (double[]){20, 10, NAN, NAN, NAN}, 1e-12);
    finish(&t, &f);
}
END_TEST

START_TEST(points_in_gaps_overlaps_and_no_row) {
    static const double x[] = {31.5, 30.5, 31.5, 32.9};
    static const double y[] = {50.75, 50.2, 51.5, 51.9};
    static const double weight[] = {2, 6, 4, 4};
    static const char *const doubled[] = {
        "POLYGON((30 50,33 50,33 51,32 51,32 50.5,31 50.5,31 51,30 51,30 50))",
        "POLYGON((30 51,33 51,33 52,30 52,30 51))", "POLYGON((31 51,32 51,32 52,31 52,31 51))"};
    for (int share = 0; share < 2; share++) {
        hrmt_fixture f = set_up(3, doubled);
        task t = task_of(&f);
        hrm_areal_weights w = some_weights();
        w.count = 4;
        w.x = x;
        w.y = y;
        w.weights = weight;
        t.options.weights = &w;
        t.options.share_gaps = share;
        hrmt_ok(f.ctx, run(&t, &(rows){1, {"POLYGON((30 50,32.5 50,32.5 52,30 52,30 50))"}, {12}}, 1));
        expect_values(&f, "people", share == 1 ? (double[]){7.2, 4.8, NAN} : (double[]){6, 4, NAN});
        ck_assert_double_eq_tol(amount_of(&t, 0).in_gaps, 2, 1e-12);
        ck_assert_double_eq_tol(amount_of(&t, 0).gaps_shared, 2 * share, 1e-12);
        const hrm_areal_counts c = counts_of(&t);
        ck_assert(c.points_ambiguous == 1 && c.points_in_no_row == 1 && c.in_none == 1);
        finish(&t, &f);
    }
}
END_TEST

/* ---- what must not change the result ---- */

#define RAGGED        "POLYGON((30.1 50.1,31.3 50.05,32.2 50.4,31.9 50.9,30.8 50.7,30.1 50.1))"
#define RAGGED_TURNED "POLYGON((30.1 50.1,30.8 50.7,31.9 50.9,32.2 50.4,31.3 50.05,30.1 50.1))"

static const char *const overlapping[] = {
    "POLYGON((30 50,31.2 50,31.1 51,30 51,30 50))", "POLYGON((31 50,32.1 50,32 51,31.05 51,31 50))",
    "POLYGON((30.9 50.3,31.5 50.3,31.4 50.8,30.9 50.3))", "POLYGON((32.2 50,33 50,33 51,32.05 51,32.2 50))"};

static void compare(const rows *one, const rows *other, double tolerance) {
    hrmt_fixture f = set_up(4, overlapping);
    hrmt_fixture g = set_up(4, overlapping);
    task t = task_of(&f);
    task u = task_of(&g);
    hrmt_ok(f.ctx, run(&t, one, 2));
    hrmt_ok(g.ctx, run(&u, other, 2));
    for (size_t column = 0; column < 4; column++) {
        const double *const a = hrm_table_values(f.table, column);
        const double *const b = hrm_table_values(g.table, column);
        for (size_t i = 0; i < 4; i++)
            ck_assert_msg(fabs(a[i] - b[i]) <= tolerance * fabs(a[i]) || (isnan(a[i]) && isnan(b[i])),
                          "column %zu, row %zu: %.17g and %.17g", column, i, a[i], b[i]);
    }
    finish(&t, &f);
    finish(&u, &g);
}

START_TEST(order_and_direction_do_not_matter) {
    compare(&(rows){3, {RAGGED, FIRST, SECOND}, {1e9, 3, 7, 11, 0.1, 5}},
            &(rows){3, {SECOND, RAGGED, FIRST}, {0.1, 5, 1e9, 3, 7, 11}}, 0);
    compare(&(rows){2, {RAGGED, FIRST}, {1e9, 3, 7, 11}}, &(rows){2, {RAGGED_TURNED, FIRST}, {1e9, 3, 7, 11}},
            1e-13);
}
END_TEST

/* At one latitude three fifths of the width are three fifths of the area. */
START_TEST(a_row_may_be_split) {
    compare(&(rows){1, {"POLYGON((30.5 50.2,32.5 50.2,32.5 50.8,30.5 50.8,30.5 50.2))"}, {50, 7}},
            &(rows){2,
                    {"POLYGON((30.5 50.2,31.7 50.2,31.7 50.8,30.5 50.8,30.5 50.2))",
                     "POLYGON((31.7 50.2,32.5 50.2,32.5 50.8,31.7 50.8,31.7 50.2))"},
                    {30, 7, 20, 7}},
            1e-12);
}
END_TEST

START_TEST(a_layer_gives_itself_back) {
    hrmt_fixture f = hrmt_set_up();
    task t = task_of(&f);
    const rows r = {4,
                    {FIRST, SECOND, "POLYGON((32 50,33 50,33 51,32 51,32 50))",
                     "POLYGON((33 50,34 50,34 51,33 51,33 50))"},
                    {0.1, 1e300, -3, 0.3, 0, 7, 1e-300, -1e300}};
    hrmt_ok(f.ctx, run(&t, &r, 2));
    hrmt_expect(f.table, "people", (double[]){0.1, -3, 0, 1e-300, NAN}, HRM_MISSING_NO_COVERAGE);
    hrmt_expect(f.table, "rate", (double[]){1e300, 0.3, 7, -1e300, NAN}, HRM_MISSING_NO_COVERAGE);
    ck_assert(amount_of(&t, 0).unallocated == 0);
    finish(&t, &f);
}
END_TEST

/* Of each of some random rows, what random communities get is what lies in their union. */
static void expect_union(uint64_t *state, double grain) {
    static char text[8][2048];
    const char *wkt[5];
    rows r = {.count = 3};
    for (size_t i = 0; i < 8; i++) {
        const double lon = 30 + hrmt_random(state);
        hrmt_star(text[i], sizeof text[i], lon, 50 + hrmt_random(state), i < 5 ? 0.7 : grain, 12, state);
        if (i < 5) wkt[i] = text[i];
        else r.wkt[i - 5] = text[i];
    }
    for (size_t i = 0; i < 3; i++) r.values[i] = i == 1 ? -5 : 1000;
    hrmt_fixture f = set_up(5, wkt);
    task t = task_of(&f);
    hrmi_shapes united;
    hrmi_tree tree;
    hrmt_ok(f.ctx, run(&t, &r, 1));
    hrmt_ok(f.ctx, hrmi_shapes_unite(f.ctx, hrmi_layer_shapes(f.layer), NULL, 5, &united));
    hrmt_ok(f.ctx, hrmi_tree_of_shapes(f.ctx, &united, &tree));
    for (size_t i = 0; i < 3; i++) {
        hrmi_shapes row = hrmt_shapes(f.ctx, &r.wkt[i], 1);
        hrmi_tree own;
        hrmt_ok(f.ctx, hrmi_tree_of_shapes(f.ctx, &row, &own));
        const double expected = hrmi_area_share(&own, 0, &tree, 0);
        ck_assert_msg(fabs(row_of(&t, i).inside_share - expected) < 1e-9, "%.15g, not %.15g",
                      row_of(&t, i).inside_share, expected);
        hrmi_tree_free(&own);
        hrmi_shapes_free(&row);
    }
    const hrm_areal_amount a = amount_of(&t, 0);
    ck_assert(a.total == 1995 && fabs(a.allocated + a.unallocated - a.total) < 1e-12);
    hrmi_tree_free(&tree);
    hrmi_shapes_free(&united);
    finish(&t, &f);
}

START_TEST(parts_add_up_to_the_union) {
    uint64_t state = 3;
    for (int turn = 0; turn < 60; turn++)
        expect_union(&state, turn % 3 == 0 ? 1.5 : turn % 3 == 1 ? 0.3 : 0.001);
}
END_TEST

START_TEST(any_reference_system) {
    hrmt_fixture f = hrmt_set_up();
    task t = task_of(&f);
    t.crs = "EPSG:3857"; /* 30 … 32 degrees, 50 … 51 */
    const rows r = {1,
                    {"POLYGON((3339584.723798207 6446275.841017158,3562223.7053847537 6446275.841017158,"
                     "3562223.7053847537 6621293.722740169,3339584.723798207 6621293.722740169,"
                     "3339584.723798207 6446275.841017158))"},
                    {8}};
    hrmt_ok(f.ctx, run(&t, &r, 1));
    expect_near(f.table, "people", (double[]){4, 4, NAN, NAN, NAN}, 1e-8);
    finish(&t, &f);
}
END_TEST

/* ---- rows that cannot be used ---- */

START_TEST(rows_without_a_usable_polygon_keep_their_values) {
    hrmt_fixture f = hrmt_set_up();
    task t = task_of(&f);
    const rows r = {6,
                    {NULL, "LINESTRING(30 50,31 51)", "POLYGON((30 50,31 51,31 50,30 51,30 50))",
                     "POLYGON((30 50,31 50,30 50,30 50))", "POLYGON EMPTY",
                     "POLYGON((30 50,95 200,31 51,30 50))"},
                    {1, 2, 4, 8, 16, 32}};
    t.crs = "EPSG:3857"; /* metres about 0, 0: outside, which does not matter here */
    hrmt_ok(f.ctx, run(&t, &r, 1));
    const hrm_areal_amount a = amount_of(&t, 0);
    ck_assert(a.total == 63 && a.without_place == 27 && a.outside == 36);
    ck_assert(counts_of(&t).unusable == 4 && counts_of(&t).repaired == 1 && counts_of(&t).outside == 2);
    ck_assert_str_eq(row_of(&t, 0).text, "the geometry is empty");
    ck_assert_str_eq(row_of(&t, 1).text, "points or lines where polygons should be");
    ck_assert(row_of(&t, 2).repaired == 1 && strstr(row_of(&t, 2).text, "Self-intersection") != NULL);
    ck_assert_str_eq(row_of(&t, 3).text, "nothing that has an area");
    ck_assert(row_of(&t, 5).text[0] == '\0' && row_of(&t, 4).outcome == HRM_AREAL_UNUSABLE);
    finish(&t, &f);
}
END_TEST

START_TEST(columns_describe_themselves) {
    hrmt_fixture f = hrmt_set_up();
    const double ones[HRMT_ROWS] = {1, 1, 1, 1, 1};
    hrm_column_info area = hrmt_info("area_m2");
    area.rollup = HRM_ROLLUP_SUM;
    hrmt_ok(f.ctx, hrm_table_add(f.ctx, f.table, &area, ones, NULL, NULL));
    hrm_column_info info = hrmt_info("pupils@2019");
    info.unit = "persons";
    info.title_uk = "Учні";
    info.rollup = HRM_ROLLUP_SUM;
    info.direction = HRM_HIGHER_BETTER;
    const hrm_areal_column column = {sizeof column, HRM_AREAL_EXTENSIVE, &info};
    const double value = 3;
    size_t size;
    uint8_t *const wkb = hrmt_wkb(THREE, &size);
    const int64_t number = 77;
    hrm_areal_report *report = NULL;
    hrm_areal_input in;
    hrm_areal_input_init(&in, sizeof in);
    in.count = in.column_count = 1;
    in.wkb = (const uint8_t *const *)&wkb;
    in.wkb_sizes = &size;
    in.crs = "EPSG:4326";
    in.columns = &column;
    in.values = &value;
    in.rows = &number;
    hrmt_ok(f.ctx, hrm_areal(f.ctx, f.layer, &in, NULL, f.table, &report));
    const hrm_column_info made = hrmt_column(f.table, "pupils@2019");
    ck_assert_str_eq(made.unit, "persons");
    ck_assert_str_eq(made.title_uk, "Учні");
    ck_assert_str_eq(made.title_en, "");
    ck_assert_str_eq(made.source, "the areas");
    ck_assert(made.rollup == HRM_ROLLUP_SUM && made.direction == HRM_HIGHER_BETTER);
    const hrm_column_info share = hrmt_column(f.table, "pupils_covered_share@2019");
    ck_assert_str_eq(share.title_uk, "Учні: частка території, для якої є значення");
    ck_assert_str_eq(share.title_en, "pupils@2019: share of the territory with a value");
    ck_assert(share.rollup == HRM_ROLLUP_MEAN && strcmp(share.weight, "area_m2") == 0);
    hrm_areal_row row = {.struct_size = sizeof row};
    ck_assert(hrm_areal_report_row(report, 0, &row) && row.row == 77);
    free(wkb);
    hrm_table *raions = NULL; /* the share of covered territory and that of raions' members are two columns */
    hrmt_ok(f.ctx, hrm_table_roll_up(f.ctx, f.layer, f.table, HRM_LEVEL_OBLAST, &raions));
    ck_assert_uint_ne(hrm_table_find(raions, "pupils_covered_share@2019"), HRM_NONE);
    ck_assert_uint_ne(hrm_table_find(raions, "pupils_coverage@2019"), HRM_NONE);
    hrm_table_free(raions);
    hrm_areal_report_free(report);
    hrmt_tear_down(&f);
}
END_TEST

/* ---- refusals ---- */

typedef struct refused {
    hrmt_fixture f;
    hrm_areal_input in;
    hrm_areal_options options;
    hrm_areal_weights weights;
    hrm_areal_column columns[2];
    hrm_column_info infos[2];
    uint8_t *wkb;
    size_t size;
    double values[2];
} refused;

static void prepare(refused *r) {
    memset(r, 0, sizeof *r);
    r->f = hrmt_set_up();
    r->infos[0] = hrmt_info("a");
    r->infos[1] = hrmt_info("b");
    for (size_t i = 0; i < 2; i++)
        r->columns[i] = (hrm_areal_column){sizeof r->columns[i], HRM_AREAL_EXTENSIVE, &r->infos[i]};
    r->wkb = hrmt_wkb(FIRST, &r->size);
    hrm_areal_input_init(&r->in, sizeof r->in);
    r->in.count = 1;
    r->in.wkb = (const uint8_t *const *)&r->wkb;
    r->in.wkb_sizes = &r->size;
    r->in.crs = "EPSG:4326";
    r->in.columns = r->columns;
    r->in.column_count = 2;
    r->in.values = r->values;
    r->in.source = "raions.gpkg";
    hrm_areal_options_init(&r->options, sizeof r->options);
    r->weights = some_weights();
}

static void expect_refusal(refused *r, hrm_status status, const char *words) {
    hrm_areal_report *report = (hrm_areal_report *)r; /* must be cleared */
    hrmt_fails(r->f.ctx, hrm_areal(r->f.ctx, r->f.layer, &r->in, &r->options, r->f.table, &report), status,
               words);
    ck_assert_ptr_null(report);
    ck_assert_uint_eq(hrm_table_find(r->f.table, "a_covered_share"), HRM_NONE);
    free(r->wkb);
    hrmt_tear_down(&r->f);
}

/* Prepares, spoils one thing, and expects to be refused. */
#define refuse(spoil, status, words)                                                                         \
    do {                                                                                                     \
        refused r;                                                                                           \
        prepare(&r);                                                                                         \
        spoil;                                                                                               \
        expect_refusal(&r, status, words);                                                                   \
    } while (0)

/* A description of a time when there were neither titles nor sources: what lies behind it is not read. */
START_TEST(shorter_and_longer_descriptions) {
    enum { OLD = offsetof(hrm_column_info, title_en) };
    struct {
        hrm_areal_column column;
        uint64_t later;
    } longer = {{sizeof longer, HRM_AREAL_EXTENSIVE, NULL}, 0};
    refused r;
    prepare(&r);
    hrm_column_info *const old = malloc(OLD); /* so that reading on is found */
    ck_assert_ptr_nonnull(old);
    r.infos[0].struct_size = OLD;
    memcpy((void *)old, &r.infos[0], OLD);
    r.columns[0].info = old;
    r.in.column_count = 1;
    hrmt_ok(r.f.ctx, hrm_areal(r.f.ctx, r.f.layer, &r.in, NULL, r.f.table, NULL));
    ck_assert_str_eq(hrmt_column(r.f.table, "a").title_en, "");
    ck_assert_str_eq(hrmt_column(r.f.table, "a").source, "raions.gpkg");
    r.infos[1].source = "raions.gpkg, pupils";
    r.in.columns = &longer.column;
    longer.column.info = &r.infos[1];
    hrmt_ok(r.f.ctx, hrm_areal(r.f.ctx, r.f.layer, &r.in, NULL, r.f.table, NULL));
    ck_assert_str_eq(hrmt_column(r.f.table, "b_covered_share").source, "raions.gpkg, pupils");
    longer.later = 1;
    r.infos[1].id = "c";
    hrmt_fails(r.f.ctx, hrm_areal(r.f.ctx, r.f.layer, &r.in, NULL, r.f.table, NULL), HRM_ERROR_UNSUPPORTED,
               "hrm_areal_column");
    free(old);
    free(r.wkb);
    hrmt_tear_down(&r.f);
}
END_TEST

START_TEST(variables_are_prepared) {
    hrm_areal_column column;
    memset(&column, 0xff, sizeof column);
    hrm_areal_column_init(&column, sizeof column);
    ck_assert(column.struct_size == sizeof column && column.kind == 0 && column.info == NULL);
    hrm_areal_column_init(NULL, sizeof column);
}
END_TEST

START_TEST(refusals_of_the_input) {
    refuse(r.in.count = 0, HRM_ERROR_ARGUMENT, "raions.gpkg: no rows");
    refuse(r.in.wkb = NULL, HRM_ERROR_ARGUMENT, "no rows");
    refuse(r.in.wkb_sizes = NULL, HRM_ERROR_ARGUMENT, "no rows");
    refuse(r.in.reserved = 1, HRM_ERROR_UNSUPPORTED, "hrm_areal_input");
    refuse(r.in.crs = NULL, HRM_ERROR_CRS, "no coordinate reference system");
    refuse(r.in.crs = "EPSG:1", HRM_ERROR_CRS, "raions.gpkg");
    refuse(r.in.columns = NULL, HRM_ERROR_ARGUMENT, "no variables");
    refuse(r.in.column_count = 0, HRM_ERROR_ARGUMENT, "no variables");
    refuse(r.in.values = NULL, HRM_ERROR_ARGUMENT, "no variables");
    refuse(r.values[1] = INFINITY, HRM_ERROR_VALUE, "row 1: the value of b is infinite");
    static const int64_t number = 77;
    refuse((r.values[1] = INFINITY, r.in.rows = &number), HRM_ERROR_VALUE, "row 77: the value of b");
    refuse(r.in.struct_size = 0, HRM_ERROR_ARGUMENT, "hrm_areal_input");
    refuse(r.size = 0, HRM_ERROR_GEOMETRY, "the geometry is empty");
    refuse(r.size = 20, HRM_ERROR_GEOMETRY, "not one of its 1 rows");
}
END_TEST

START_TEST(refusals_of_columns) {
    refuse(r.columns[0].struct_size = 4, HRM_ERROR_ARGUMENT, "struct_size is 4");
    refuse(r.columns[1].struct_size = 4, HRM_ERROR_ARGUMENT, "differ in struct_size");
    refuse(r.infos[1].struct_size = 0, HRM_ERROR_ARGUMENT, "struct_size is 0");
    refuse(r.infos[1].struct_size = 4, HRM_ERROR_ARGUMENT, "column 1 has no id"); /* none that is read */
    refuse(r.columns[1].info = NULL, HRM_ERROR_ARGUMENT, "column 1 has no id");
    refuse(r.infos[1].id = NULL, HRM_ERROR_ARGUMENT, "column 1 has no id");
    refuse(r.infos[1].id = "1b", HRM_ERROR_ARGUMENT, "\"1b\" cannot be the id");
    refuse(r.infos[1].is_text = 1, HRM_ERROR_ARGUMENT, "column b: text cannot be spread");
    refuse(r.columns[1].kind = 0, HRM_ERROR_ARGUMENT, "column b: say whether its values add up");
    refuse(r.columns[1].kind = 3, HRM_ERROR_ARGUMENT, "column b");
    refuse(r.infos[1].id = "a", HRM_ERROR_DUPLICATE, "a");
    refused r;
    prepare(&r);
    const double ones[HRMT_ROWS] = {1, 1, 1, 1, 1};
    const hrm_column_info b = hrmt_info("b");
    hrmt_ok(r.f.ctx, hrm_table_add(r.f.ctx, r.f.table, &b, ones, NULL, NULL));
    expect_refusal(&r, HRM_ERROR_DUPLICATE, "a column b already");
}
END_TEST

START_TEST(refusals_of_options) {
    static const double negative[] = {1, -1, 1, 1, 1, 1};
    static const double endless[] = {1, INFINITY, 1, 1, 1, 1};
    static const double nothing[] = {0, 0, 0, NAN, 0, 0};
    refuse(r.options.struct_size = 2, HRM_ERROR_ARGUMENT, "hrm_areal_options");
    refuse(r.options.reserved = 1, HRM_ERROR_UNSUPPORTED, "hrm_areal_options");
    refuse(r.options.least_covered_share = 1.5, HRM_ERROR_ARGUMENT, "least_covered_share");
    refuse(r.options.least_covered_share = NAN, HRM_ERROR_ARGUMENT, "least_covered_share");
    refuse(r.options.fall_back_to_area = 1, HRM_ERROR_ARGUMENT, "no weights to fall back from");
    refuse((r.options.weights = &r.weights, r.weights.struct_size = 2), HRM_ERROR_ARGUMENT,
           "hrm_areal_weights");
    refuse((r.options.weights = &r.weights, r.weights.reserved = 2), HRM_ERROR_UNSUPPORTED,
           "hrm_areal_weights");
    refuse((r.options.weights = &r.weights, r.weights.count = 0), HRM_ERROR_ARGUMENT,
           "settlements.csv: no points");
    refuse((r.options.weights = &r.weights, r.weights.x = NULL), HRM_ERROR_ARGUMENT, "no points");
    refuse((r.options.weights = &r.weights, r.weights.y = NULL, r.weights.source = NULL), HRM_ERROR_ARGUMENT,
           "the weights: no points");
    refuse((r.options.weights = &r.weights, r.weights.crs = "EPSG:1"), HRM_ERROR_CRS, "settlements.csv");
    refuse((r.options.weights = &r.weights, r.weights.weights = negative), HRM_ERROR_VALUE,
           "point 2: its weight is negative");
    refuse((r.options.weights = &r.weights, r.weights.weights = endless), HRM_ERROR_VALUE, "infinite");
    refuse((r.options.weights = &r.weights, r.weights.weights = nothing), HRM_ERROR_VALUE,
           "not one of its 6 points");
}
END_TEST

START_TEST(refusals_of_the_rest) {
    refused r;
    prepare(&r);
    hrm_context *const ctx = r.f.ctx;
    hrm_table *raions = NULL;
    ck_assert_int_eq(hrm_areal(NULL, r.f.layer, &r.in, NULL, r.f.table, NULL), HRM_ERROR_ARGUMENT);
    hrmt_fails(ctx, hrm_areal(ctx, NULL, &r.in, NULL, r.f.table, NULL), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(ctx, hrm_areal(ctx, r.f.layer, NULL, NULL, r.f.table, NULL), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(ctx, hrm_areal(ctx, r.f.layer, &r.in, NULL, NULL, NULL), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_ok(ctx, hrm_table_new(ctx, r.f.layer, HRM_LEVEL_RAION, &raions));
    hrmt_fails(ctx, hrm_areal(ctx, r.f.layer, &r.in, NULL, raions, NULL), HRM_ERROR_ARGUMENT, "communities");
    hrm_table_free(raions);
    hrmt_ok(ctx, hrm_areal(ctx, r.f.layer, &r.in, NULL, r.f.table, NULL)); /* a report is not needed */
    hrm_areal_report_free(NULL);
    free(r.wkb);
    hrmt_tear_down(&r.f);
}
END_TEST

START_TEST(too_large_for_a_number) {
    hrmt_fixture f = hrmt_set_up();
    task t = task_of(&f);
    hrmt_fails(f.ctx, run(&t, &(rows){2, {FIRST, FIRST}, {1.5e308, 1.5e308}}, 1), HRM_ERROR_VALUE, "people");
    ck_assert_uint_eq(hrm_table_column_count(f.table), 0);
    hrmt_tear_down(&f);
}
END_TEST

/* ---- cancelling, memory ---- */

typedef struct watcher {
    size_t calls, stop_at;
    double last;
    bool back;
} watcher;

static bool watch(double share, const char *step, void *user) {
    watcher *const w = user;
    (void)step;
    w->back = w->back || share < w->last;
    w->last = share;
    return ++w->calls != w->stop_at;
}

START_TEST(may_be_stopped_anywhere) {
    const rows r = {3, {FIRST, "LINESTRING(0 0,1 1)", SECOND}, {1, 2, 3}};
    for (size_t stop = 1; stop < 100; stop++) {
        hrmt_fixture f = hrmt_set_up();
        task t = task_of(&f);
        watcher w = {.stop_at = stop};
        hrm_areal_weights weights = some_weights();
        if (stop % 2 == 0) t.options.weights = &weights;
        hrm_context_set_progress(f.ctx, watch, &w);
        const hrm_status status = run(&t, &r, 1);
        ck_assert(!w.back);
        ck_assert_uint_eq(hrm_table_column_count(f.table), status == HRM_OK ? 2 : 0);
        ck_assert(status == HRM_OK ? w.last == 1.0 : status == HRM_ERROR_CANCELLED);
        finish(&t, &f);
        if (status == HRM_OK && w.calls < stop) return;
    }
    ck_abort_msg("it never came to its end");
}
END_TEST

typedef struct inputs {
    const hrm_layer *layer;
    bool weighed;
} inputs;

static hrm_status whole_life(hrm_context *ctx, void *user) {
    const inputs *const in = user;
    task t = {.ctx = ctx, .layer = in->layer, .crs = "OGC:CRS84"};
    hrm_areal_weights weights = some_weights();
    hrm_areal_options_init(&t.options, sizeof t.options);
    if (in->weighed) t.options.weights = &weights;
    t.options.fall_back_to_area = in->weighed;
    const rows r = {
        3, {RAGGED, "POLYGON((32 50,33 51,33 50,32 51,32 50))", "LINESTRING(0 0,1 1)"}, {1, 2, 3, 4, 5, 6}};
    hrm_status status = hrm_table_new(ctx, in->layer, HRM_LEVEL_COMMUNITY, &t.table);
    if (status == HRM_OK) {
        status = run(&t, &r, 2);
        ck_assert((status == HRM_OK) == (t.report != NULL));
        ck_assert_uint_eq(hrm_table_column_count(t.table), status == HRM_OK ? 4 : 0);
    }
    hrm_areal_report_free(t.report);
    hrm_table_free(t.table);
    return status;
}

START_TEST(memory_may_fail_anywhere) {
    hrmt_fixture f = set_up(4, overlapping);
    for (int weighed = 0; weighed < 2; weighed++) {
        inputs in = {f.layer, weighed == 1};
        hrmt_fail_each(whole_life, &in);
    }
    hrmt_tear_down(&f);
}
END_TEST

HRMT_SUITE("areal", &districts_of_two, &what_lies_outside_is_not_allocated, &missing_values_stay_missing,
           &too_small_a_share_is_withheld, &communities_that_overlap_divide_the_place,
           &gaps_are_told_and_shared_on_request, &the_sea_is_no_gap, &weights_say_where,
           &without_weights_by_area_on_request, &points_may_all_weigh_the_same,
           &points_in_gaps_overlaps_and_no_row, &order_and_direction_do_not_matter, &a_row_may_be_split,
           &a_layer_gives_itself_back, &parts_add_up_to_the_union, &any_reference_system,
           &rows_without_a_usable_polygon_keep_their_values, &columns_describe_themselves,
           &shorter_and_longer_descriptions, &variables_are_prepared, &refusals_of_the_input,
           &refusals_of_columns, &refusals_of_options, &refusals_of_the_rest, &too_large_for_a_number,
           &may_be_stopped_anywhere, &memory_may_fail_anywhere)
