/* Tallies: where points fall, what they add up to, and the account of every point. */
#include "region.h"

static hrm_tally_options options_of(const char *id) {
    hrm_tally_options o;
    hrm_tally_options_init(&o, sizeof o);
    o.id = id;
    return o;
}

/* Inside each square, on borders and corners, outside, and without a place. */
enum { POINTS = 12 };
static const double xs[POINTS] = {30.5, 31.5, 31.6, 32.5,        31.0, 30.0,
                                  31.0, 35.0, 30.5, (double)NAN, 30.5, 200.0};
static const double ys[POINTS] = {
    50.5, 50.5, 50.6, 50.5, 50.5, 50.0, 51.0, 50.5, 51.1, 50.5, (double)INFINITY, 91.0};

static hrm_tally_counts_info counts_of(const hrm_tally *tally) {
    hrm_tally_counts_info counts = {.struct_size = sizeof counts};
    ck_assert(hrm_tally_counts(tally, &counts));
    return counts;
}

START_TEST(points_fall_where_they_fall) {
    hrmt_fixture f = hrmt_set_up();
    hrm_tally *tally = NULL;
    const hrm_tally_options o = options_of("damage");
    hrmt_ok(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally));
    hrmt_ok(f.ctx, hrm_tally_add(f.ctx, tally, POINTS, xs, ys, NULL, NULL));
    const hrm_tally_counts_info counts = counts_of(tally);
    ck_assert_uint_eq(counts.points, POINTS);
    ck_assert_uint_eq(counts.inside, 7);
    ck_assert_uint_eq(counts.ambiguous,
                      2); /* on the border and the corner of rows 0 and 1: the first takes them */
    ck_assert_uint_eq(counts.outside, 2);
    ck_assert_uint_eq(counts.unusable, 3);
    hrmt_ok(f.ctx, hrm_tally_table(f.ctx, tally, NULL, f.table));
    hrmt_expect(f.table, "damage_count", (double[]){4, 2, 1, 0, NAN}, HRM_MISSING_NO_COVERAGE);
    ck_assert_uint_eq(hrm_table_column_count(f.table), 1);
    hrm_tally_free(tally);
    hrm_tally_free(NULL);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(what_no_community_got_is_listed) {
    static const struct {
        int64_t row;
        int32_t outcome;
        const char *why;
    } expected[] = {{8, HRM_POINT_OUTSIDE, "it lies in no community"},
                    {9, HRM_POINT_OUTSIDE, "it lies in no community"},
                    {10, HRM_POINT_UNUSABLE, "a coordinate is missing"},
                    {11, HRM_POINT_UNUSABLE, "a coordinate is missing"},
                    {12, HRM_POINT_UNUSABLE, "its coordinates cannot be brought to WGS 84"}};
    enum { LISTED = sizeof expected / sizeof *expected, MOST = 10000 };
    hrmt_fixture f = hrmt_set_up();
    hrm_tally *tally = NULL;
    hrm_tally_entry entry = {.struct_size = sizeof entry};
    const hrm_tally_options o = options_of("damage");
    hrmt_ok(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally));
    ck_assert_uint_eq(hrm_tally_entry_count(tally), 0);
    hrmt_ok(f.ctx, hrm_tally_add(f.ctx, tally, POINTS, xs, ys, NULL, NULL));
    ck_assert_uint_eq(hrm_tally_entry_count(tally), LISTED);
    for (size_t i = 0; i < LISTED; i++) {
        ck_assert(hrm_tally_entry_at(tally, i, &entry));
        ck_assert_int_eq(entry.row, expected[i].row);
        ck_assert_int_eq(entry.outcome, expected[i].outcome);
        ck_assert_uint_eq(entry.field, HRM_NONE);
        ck_assert_str_eq(entry.text, expected[i].why);
    }
    ck_assert_double_eq(entry.x, 200.0);
    ck_assert_double_eq(entry.y, 91.0);
    ck_assert(!hrm_tally_entry_at(tally, LISTED, &entry));
    entry.struct_size = 0;
    ck_assert(!hrm_tally_entry_at(tally, 0, &entry));
    ck_assert_uint_eq(counts_of(tally).not_listed, 0);
    for (size_t i = 0; i < MOST / LISTED; i++)
        hrmt_ok(f.ctx, hrm_tally_add(f.ctx, tally, POINTS, xs, ys, NULL, NULL));
    ck_assert_uint_eq(hrm_tally_entry_count(tally), MOST);
    ck_assert_uint_eq(counts_of(tally).not_listed, LISTED);
    hrm_tally_free(tally);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(sums_are_exact_and_accounted_for) {
    hrmt_fixture f = hrmt_set_up();
    hrm_tally *tally = NULL;
    static const char *const fields[] = {"cost", "площа, м²"};
    static const char *const units[] = {"UAH", NULL};
    hrm_tally_options o = options_of("damage");
    hrm_tally_amount_info amount = {.struct_size = sizeof amount};
    o.fields = fields;
    o.units = units;
    o.field_count = 2;
    o.source = "damage.csv";
    double values[POINTS][2];
    for (size_t i = 0; i < POINTS; i++) {
        values[i][0] = i == 0 ? 1e16 : i == 4 ? -1e16 : i == 5 ? 1.0 : i == 7 ? 0.5 : i == 9 ? 0.25 : 0.0;
        values[i][1] = i == 1 ? 3.0 : (double)NAN;
    }
    hrmt_ok(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally));
    hrmt_ok(f.ctx, hrm_tally_add(f.ctx, tally, POINTS, xs, ys, NULL, values[0]));
    ck_assert(hrm_tally_amount(tally, 0, &amount));
    ck_assert_str_eq(amount.field, "cost");
    ck_assert_double_eq(amount.allocated, 1.0); /* 1e16 - 1e16 + 1, exactly */
    ck_assert_double_eq(amount.unallocated, 0.75);
    ck_assert_double_eq(amount.total, 1.75);
    ck_assert_uint_eq(amount.numbers, POINTS);
    ck_assert_uint_eq(amount.missing, 0);
    ck_assert(hrm_tally_amount(tally, 1, &amount));
    ck_assert_double_eq(amount.total, 3.0);
    ck_assert_uint_eq(amount.numbers, 1);
    ck_assert_uint_eq(amount.missing, POINTS - 1);
    ck_assert(!hrm_tally_amount(tally, 2, &amount));
    amount.struct_size = 0;
    ck_assert(!hrm_tally_amount(tally, 0, &amount));
    hrmt_ok(f.ctx, hrm_tally_table(f.ctx, tally, NULL, f.table));
    hrmt_expect(f.table, "damage_cost_sum", (double[]){1, 0, 0, 0, NAN}, HRM_MISSING_NO_COVERAGE);
    /* points without the value: not reported; no points: zero */
    const double *const area = hrmt_values(f.table, "damage_площа__м__sum");
    ck_assert(isnan(area[0]) && area[1] == 3.0 && isnan(area[2]) && area[3] == 0.0 && isnan(area[4]));
    ck_assert_uint_eq(hrmt_missing(f.table, "damage_площа__м__sum", 0), HRM_MISSING_NOT_REPORTED);
    ck_assert_uint_eq(hrmt_missing(f.table, "damage_площа__м__sum", 2), HRM_MISSING_NOT_REPORTED);
    ck_assert_uint_eq(hrmt_missing(f.table, "damage_площа__м__sum", 4), HRM_MISSING_NO_COVERAGE);
    ck_assert_str_eq(hrmt_column(f.table, "damage_cost_sum").unit, "UAH");
    ck_assert_str_eq(hrmt_column(f.table, "damage_площа__м__sum").unit, "");
    hrm_tally_free(tally);
    hrmt_tear_down(&f);
}
END_TEST

/* The class "sum" and the field "count" ask for one id; and a sum may be too large. */
START_TEST(sums_and_classes_do_not_collide) {
    static const char *const fields[] = {"count"};
    static const char *const classes[] = {"sum", "sum"};
    static const double values[] = {1.0, 2.0};
    static const double large[] = {1.5e308, 1.5e308};
    hrmt_fixture f = hrmt_set_up();
    hrm_tally *tally = NULL;
    hrm_tally_options o = options_of("damage");
    o.by_class = 1;
    o.fields = fields;
    o.units = NULL;
    o.field_count = 1;
    const double x[] = {xs[0], xs[0]};
    const double y[] = {ys[0], ys[0]};
    hrmt_ok(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally));
    hrmt_ok(f.ctx, hrm_tally_add(f.ctx, tally, 2, x, y, classes, values));
    hrmt_ok(f.ctx, hrm_tally_table(f.ctx, tally, NULL, f.table));
    ck_assert_double_eq(hrmt_values(f.table, "damage_count_sum")[0], 2.0);
    ck_assert_double_eq(hrmt_values(f.table, "damage_count_2_sum")[0], 3.0);
    hrmt_ok(f.ctx, hrm_tally_add(f.ctx, tally, 2, x, y, classes, large));
    hrmt_fails(f.ctx, hrm_tally_table(f.ctx, tally, NULL, f.table), HRM_ERROR_DUPLICATE, "damage_count");
    hrm_table_free(f.table);
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_COMMUNITY, &f.table));
    hrmt_fails(f.ctx, hrm_tally_table(f.ctx, tally, NULL, f.table), HRM_ERROR_VALUE,
               "column damage_count_2_sum, community UA");
    hrm_tally_free(tally);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(classes_have_their_columns) {
    hrmt_fixture f = hrmt_set_up();
    hrm_tally *tally = NULL;
    hrm_tally_options o = options_of("damage");
    static const char *const classes[POINTS] = {"школа", "road", " road ", NULL, "школа", "",
                                                "a/b",   "sea",  "sea",    NULL, "a b",   NULL};
    o.by_class = 1;
    o.title_en = "damage events";
    o.title_uk = "події";
    hrmt_ok(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally));
    hrmt_ok(f.ctx, hrm_tally_add(f.ctx, tally, POINTS, xs, ys, classes, NULL));
    hrmt_ok(f.ctx, hrm_tally_table(f.ctx, tally, NULL, f.table));
    static const struct {
        const char *id;
        double values[3];
    } expected[] = {{"damage_count", {4, 2, 1}},       {"damage_count_a_b", {0, 0, 0}},
                    {"damage_count_a_b_2", {1, 0, 0}}, {"damage_count_road", {0, 2, 0}},
                    {"damage_count_sea", {0, 0, 0}},   {"damage_count_unknown", {1, 0, 1}},
                    {"damage_count_школа", {2, 0, 0}}};
    ck_assert_uint_eq(hrm_table_column_count(f.table), sizeof expected / sizeof *expected);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        hrm_column_info info = {.struct_size = sizeof info};
        ck_assert(hrm_table_column(f.table, i, &info));
        ck_assert_str_eq(info.id, expected[i].id);
        ck_assert_int_eq(info.rollup, HRM_ROLLUP_SUM);
        ck_assert_int_eq(info.direction, HRM_NEUTRAL);
        ck_assert_str_eq(info.source, "the points");
        for (size_t row = 0; row < 3; row++)
            ck_assert_double_eq(hrm_table_values(f.table, i)[row], expected[i].values[row]);
    }
    ck_assert_str_eq(hrmt_column(f.table, "damage_count").title_en, "damage events: number");
    ck_assert_str_eq(hrmt_column(f.table, "damage_count_a_b_2").title_uk, "події: кількість, a/b");
    hrm_tally_free(tally);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(coverage_tells_zero_from_missing) {
    hrmt_fixture f = hrmt_set_up();
    hrm_tally *tally = NULL;
    const hrm_tally_options o = options_of("damage");
    const uint8_t covered[HRMT_ROWS] = {1, 0, 1, 0, 1};
    const double x[] = {30.5, 31.5};
    const double y[] = {50.5, 50.5};
    hrmt_ok(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally));
    hrmt_ok(f.ctx, hrm_tally_add(f.ctx, tally, 2, x, y, NULL, NULL));
    hrmt_ok(f.ctx, hrm_tally_table(f.ctx, tally, covered, f.table));
    hrmt_expect(f.table, "damage_count", (double[]){1, 1, 0, NAN, NAN}, HRM_MISSING_NO_COVERAGE);
    hrm_tally_free(tally);
    hrmt_tear_down(&f);
}
END_TEST

/* The middle of UTM zone 36 lies at longitude 33; the northing is that of `cs2cs EPSG:4326 EPSG:32636`
 * (PROJ 9.1.1) for 50.5 N. */
START_TEST(other_systems_are_brought_over) {
    hrmt_fixture f = hrmt_set_up();
    hrm_tally *tally = NULL;
    hrm_tally_options o = options_of("damage");
    const double x[] = {500000.0 - 1000.0, 500000.0 + 1000.0, 1e9};
    const double y[] = {5594225.39, 5594225.39, 5594225.39};
    o.crs = "EPSG:32636";
    hrmt_ok(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally));
    hrmt_ok(f.ctx, hrm_tally_add(f.ctx, tally, 3, x, y, NULL, NULL));
    hrmt_ok(f.ctx, hrm_tally_table(f.ctx, tally, NULL, f.table));
    hrmt_expect(f.table, "damage_count", (double[]){0, 0, 1, 1, NAN}, HRM_MISSING_NO_COVERAGE);
    ck_assert_uint_eq(counts_of(tally).unusable, 1);
    hrm_tally_free(tally);
    hrmt_tear_down(&f);
}
END_TEST

/* One batch, many batches, another order: the same bytes. */
START_TEST(batches_and_order_do_not_matter) {
    enum { COUNT = 5000 };
    static double x[2][COUNT];
    static double y[2][COUNT];
    static double values[2][COUNT];
    hrmt_fixture f = hrmt_set_up();
    hrm_tally *tally[2] = {NULL, NULL};
    hrm_table *second = NULL;
    static const char *const fields[] = {"cost"};
    hrm_tally_options o = options_of("damage");
    uint64_t state = 1;
    o.fields = fields;
    o.field_count = 1;
    for (size_t i = 0; i < COUNT; i++) {
        double r[3];
        for (size_t k = 0; k < 3; k++) {
            state = state * UINT64_C(6364136223846793005) + 1;
            r[k] = (double)(state >> 11) * 0x1p-53;
        }
        x[0][i] = x[1][COUNT - 1 - i] = 29.5 + 5.0 * r[0];
        y[0][i] = y[1][COUNT - 1 - i] = 49.5 + 2.0 * r[1];
        values[0][i] = values[1][COUNT - 1 - i] = ldexp(r[2] - 0.5, (int)(i % 60));
    }
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_COMMUNITY, &second));
    for (int k = 0; k < 2; k++) hrmt_ok(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally[k]));
    hrmt_ok(f.ctx, hrm_tally_add(f.ctx, tally[0], COUNT, x[0], y[0], NULL, values[0]));
    for (size_t i = 0; i < COUNT;) {
        const size_t n = i * 7 % 13 < COUNT - i ? i * 7 % 13 : COUNT - i; /* empty ones too */
        hrmt_ok(f.ctx, hrm_tally_add(f.ctx, tally[1], n, x[1] + i, y[1] + i, NULL, values[1] + i));
        i += n == 0 ? 0 : n;
        if (n == 0) {
            hrmt_ok(f.ctx, hrm_tally_add(f.ctx, tally[1], 1, x[1] + i, y[1] + i, NULL, values[1] + i));
            i++;
        }
    }
    hrmt_ok(f.ctx, hrm_tally_table(f.ctx, tally[0], NULL, f.table));
    hrmt_ok(f.ctx, hrm_tally_table(f.ctx, tally[1], NULL, second));
    for (size_t c = 0; c < 2; c++)
        ck_assert_mem_eq(hrm_table_values(f.table, c), hrm_table_values(second, c), 4 * sizeof(double));
    hrm_tally_amount_info one = {.struct_size = sizeof one};
    hrm_tally_amount_info other = {.struct_size = sizeof other};
    ck_assert(hrm_tally_amount(tally[0], 0, &one) && hrm_tally_amount(tally[1], 0, &other));
    ck_assert(one.total == other.total && one.allocated == other.allocated &&
              one.unallocated == other.unallocated);
    ck_assert_uint_eq(counts_of(tally[0]).inside, counts_of(tally[1]).inside);
    for (int k = 0; k < 2; k++) hrm_tally_free(tally[k]);
    hrm_table_free(second);
    hrmt_tear_down(&f);
}
END_TEST

/* The options' texts are copied, a tally can be added to after it was laid into a table. */
START_TEST(a_tally_keeps_nothing_of_its_maker) {
    hrmt_fixture f = hrmt_set_up();
    hrm_tally *tally = NULL;
    hrm_table *second = NULL;
    char id[] = "damage";
    char field[] = "cost";
    const char *fields[] = {field};
    hrm_context *const maker = hrmt_context();
    hrm_tally_options o = options_of(id);
    o.fields = fields;
    o.field_count = 1;
    o.crs = "EPSG:32636";
    hrmt_ok(maker, hrm_tally_new(maker, f.layer, &o, &tally));
    hrm_context_free(maker);
    memset(id, 'x', sizeof id - 1);
    memset(field, 'y', sizeof field - 1);
    fields[0] = NULL;
    hrmt_ok(f.ctx, hrm_tally_add(f.ctx, tally, 1, (double[]){499000.0}, (double[]){5594225.39}, NULL,
                                 (double[]){2.0}));
    hrmt_ok(f.ctx, hrm_tally_table(f.ctx, tally, NULL, f.table));
    hrmt_ok(f.ctx, hrm_tally_add(f.ctx, tally, 1, (double[]){499000.0}, (double[]){5594225.39}, NULL,
                                 (double[]){3.0}));
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_COMMUNITY, &second));
    hrmt_ok(f.ctx, hrm_tally_table(f.ctx, tally, NULL, second));
    ck_assert_double_eq(hrmt_values(f.table, "damage_cost_sum")[2], 2.0);
    ck_assert_double_eq(hrmt_values(second, "damage_cost_sum")[2], 5.0);
    hrm_table_free(second);
    hrm_tally_free(tally);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(too_many_classes) {
    hrmt_fixture f = hrmt_set_up();
    hrm_tally *tally = NULL;
    hrm_tally_options o = options_of("damage");
    static char text[1001][8];
    const char *classes[1001];
    static double x[1001];
    static double y[1001];
    o.by_class = 1;
    o.source = "points.csv";
    for (size_t i = 0; i < 1001; i++) {
        (void)snprintf(text[i], sizeof text[i], "c%zu", i);
        classes[i] = text[i];
        x[i] = 30.5;
        y[i] = 50.5;
    }
    hrmt_ok(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally));
    hrmt_fails(f.ctx, hrm_tally_add(f.ctx, tally, 1001, x, y, classes, NULL), HRM_ERROR_LIMIT,
               "more than 1000 classes; \"c1000\"");
    ck_assert_uint_eq(counts_of(tally).points, 0);
    classes[0] = "other"; /* the failed batch left nothing behind: a thousand others fit */
    hrmt_ok(f.ctx, hrm_tally_add(f.ctx, tally, 1000, x, y, classes, NULL));
    hrmt_fails(f.ctx, hrm_tally_add(f.ctx, tally, 1, x, y, (const char *const[]){"one more"}, NULL),
               HRM_ERROR_LIMIT, "one more");
    hrmt_ok(f.ctx, hrm_tally_table(f.ctx, tally, NULL, f.table));
    ck_assert_uint_eq(hrm_table_column_count(f.table), 1001);
    ck_assert_uint_eq(hrm_table_find(f.table, "damage_count_c0"), HRM_NONE);
    hrm_tally_free(tally);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(what_is_wrong_is_refused) {
    hrmt_fixture f = hrmt_set_up();
    hrm_tally *tally = NULL;
    hrm_table *raions = NULL;
    static const char *const fields[] = {"cost", ""};
    static const char *const classes[] = {"a"};
    hrm_tally_options o = options_of("damage");
    ck_assert_int_eq(hrm_tally_new(NULL, f.layer, &o, &tally), HRM_ERROR_ARGUMENT);
    hrmt_fails(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, NULL), HRM_ERROR_ARGUMENT, "out is NULL");
    hrmt_fails(f.ctx, hrm_tally_new(f.ctx, NULL, &o, &tally), HRM_ERROR_ARGUMENT, "layer is NULL");
    hrmt_fails(f.ctx, hrm_tally_new(f.ctx, f.layer, NULL, &tally), HRM_ERROR_ARGUMENT, "no id");
    o.id = "";
    hrmt_fails(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally), HRM_ERROR_ARGUMENT, "no id");
    o.id = "damage";
    o.field_count = 2;
    hrmt_fails(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally), HRM_ERROR_ARGUMENT, "2 fields and no names");
    o.fields = fields;
    hrmt_fails(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally), HRM_ERROR_ARGUMENT, "field 1 has no name");
    o.field_count = 1;
    o.crs = "EPSG:0";
    o.source = "points.csv";
    hrmt_fails(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally), HRM_ERROR_CRS, "points.csv");
    ck_assert_ptr_null(tally);
    o.crs = NULL;
    hrmt_ok(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally));
    hrmt_fails(f.ctx, hrm_tally_add(f.ctx, NULL, 1, xs, ys, NULL, xs), HRM_ERROR_ARGUMENT, "tally is NULL");
    hrmt_fails(f.ctx, hrm_tally_add(f.ctx, tally, 1, NULL, ys, NULL, xs), HRM_ERROR_ARGUMENT,
               "x or y is NULL");
    hrmt_fails(f.ctx, hrm_tally_add(f.ctx, tally, 1, xs, ys, NULL, NULL), HRM_ERROR_ARGUMENT,
               "values is NULL");
    hrmt_fails(f.ctx, hrm_tally_add(f.ctx, tally, 1, xs, ys, classes, xs), HRM_ERROR_ARGUMENT,
               "not by class");
    hrmt_fails(f.ctx, hrm_tally_add(f.ctx, tally, 2, xs, ys, NULL, (double[]){1.0, (double)INFINITY}),
               HRM_ERROR_VALUE, "points.csv, point 1 of the batch, field cost: the value is infinite");
    hrm_context_cancel(f.ctx);
    hrmt_fails(f.ctx, hrm_tally_add(f.ctx, tally, 1, xs, ys, NULL, xs), HRM_ERROR_CANCELLED,
               "stopped on request while counting points");
    hrm_context_reset_cancel(f.ctx);
    ck_assert_uint_eq(counts_of(tally).points, 0);
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_RAION, &raions));
    hrmt_fails(f.ctx, hrm_tally_table(f.ctx, tally, NULL, raions), HRM_ERROR_ARGUMENT, "communities");
    hrmt_fails(f.ctx, hrm_tally_table(f.ctx, NULL, NULL, f.table), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(f.ctx, hrm_tally_table(f.ctx, tally, NULL, NULL), HRM_ERROR_ARGUMENT, "NULL");
    const hrm_column_info taken = hrmt_info("damage_cost_sum");
    const double zeros[HRMT_ROWS] = {0};
    hrmt_ok(f.ctx, hrm_table_add(f.ctx, f.table, &taken, zeros, NULL, NULL));
    hrmt_fails(f.ctx, hrm_tally_table(f.ctx, tally, NULL, f.table), HRM_ERROR_DUPLICATE, "damage_cost_sum");
    ck_assert_uint_eq(hrm_table_column_count(f.table), 1); /* damage_count went again */
    hrm_tally_free(tally);
    o.by_class = 1;
    o.field_count = 0;
    hrmt_ok(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally));
    hrmt_fails(f.ctx, hrm_tally_add(f.ctx, tally, 1, xs, ys, NULL, NULL), HRM_ERROR_ARGUMENT,
               "classes is NULL");
    hrmt_fails(f.ctx, hrm_tally_add(f.ctx, tally, 1, xs, ys, classes, xs), HRM_ERROR_ARGUMENT,
               "values is given");
    hrm_tally_free(tally);
    o.by_class = 0;
    o.id = "no good"; /* told at once, not after all the points */
    hrmt_fails(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally), HRM_ERROR_ARGUMENT, "no good");
    o.id = "damage@2022";
    hrmt_fails(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally), HRM_ERROR_ARGUMENT, "is a period");
    o.id = "damage";
    o.fields = o.units = (const char *const[]){"cost", "\xFF"};
    o.field_count = 2;
    hrmt_fails(f.ctx, hrm_tally_new(f.ctx, f.layer, &o, &tally), HRM_ERROR_ARGUMENT, "field 1 is not UTF-8");
    ck_assert_ptr_null(tally);
    hrm_table_free(raions);
    hrmt_tear_down(&f);
}
END_TEST

static hrm_status whole_life(hrm_context *ctx, void *user) {
    const hrm_layer *const layer = user;
    static const char *const fields[] = {"cost"};
    static const char *const units[] = {"UAH"};
    static const char *const classes[POINTS] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};
    static const double weights[POINTS] = {1, 2, 3};
    hrm_tally_options o = options_of("damage");
    hrm_tally *tally = NULL;
    hrm_table *table = NULL;
    o.by_class = 1;
    o.fields = fields;
    o.units = units;
    o.field_count = 1;
    o.crs = "EPSG:32636";
    hrm_status status = hrm_tally_new(ctx, layer, &o, &tally);
    if (status == HRM_OK) {
        status = hrm_tally_add(ctx, tally, POINTS, xs, ys, classes, weights);
        if (status != HRM_OK) ck_assert_uint_eq(counts_of(tally).points, 0);
    }
    if (status == HRM_OK) status = hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table);
    if (status == HRM_OK) {
        status = hrm_tally_table(ctx, tally, NULL, table);
        if (status != HRM_OK) ck_assert_uint_eq(hrm_table_column_count(table), 0);
    }
    hrm_table_free(table);
    hrm_tally_free(tally);
    return status;
}

START_TEST(memory_may_fail_anywhere) {
    hrmt_fixture f = hrmt_set_up();
    hrmt_fail_each(whole_life, f.layer);
    hrmt_tear_down(&f);
}
END_TEST

/* After a batch that failed for want of memory the tally is as before, and the batch can be added again. */
START_TEST(a_failed_batch_did_not_count) {
    hrmt_fixture f = hrmt_set_up();
    hrmt_memory memory;
    hrm_context *ctx = NULL;
    hrm_tally *tally = NULL;
    hrm_tally_options o = options_of("damage");
    static const char *const classes[] = {"a", "b", "a"};
    o.by_class = 1;
    hrmt_memory_init(&memory);
    const hrm_allocator allocator = hrmt_allocator(&memory);
    ck_assert_int_eq(hrm_context_new(&allocator, &ctx), HRM_OK);
    hrmt_ok(ctx, hrm_tally_new(ctx, f.layer, &o, &tally));
    for (size_t k = 1;; k++) {
        hrmt_memory_arm(&memory, k, true);
        const hrm_status status = hrm_tally_add(ctx, tally, 3, xs, ys, classes, NULL);
        const bool failed = memory.failed;
        hrmt_memory_arm(&memory, 0, false);
        ck_assert_int_eq(status, failed ? HRM_ERROR_MEMORY : HRM_OK);
        ck_assert_uint_eq(counts_of(tally).points, failed ? 0 : 3);
        if (!failed) break;
    }
    hrmt_ok(f.ctx, hrm_tally_table(f.ctx, tally, NULL, f.table));
    ck_assert_uint_eq(hrm_table_column_count(f.table), 3);
    hrmt_expect(f.table, "damage_count_a", (double[]){1, 1, 0, 0, NAN}, HRM_MISSING_NO_COVERAGE);
    hrm_tally_free(tally);
    hrm_context_free(ctx);
    ck_assert_uint_eq(memory.live, 0);
    hrmt_tear_down(&f);
}
END_TEST

HRMT_SUITE("tally", &points_fall_where_they_fall, &what_no_community_got_is_listed,
           &sums_are_exact_and_accounted_for, &classes_have_their_columns, &sums_and_classes_do_not_collide,
           &coverage_tells_zero_from_missing, &other_systems_are_brought_over,
           &batches_and_order_do_not_matter, &a_tally_keeps_nothing_of_its_maker, &too_many_classes,
           &what_is_wrong_is_refused, &memory_may_fail_anywhere, &a_failed_batch_did_not_count)
