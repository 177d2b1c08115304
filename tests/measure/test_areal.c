/*
 * Areal interpolation: squares whose numbers one can check by eye, communities that overlap and leave gaps,
 * weights, what must not change the result, and every refusal.
 */
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

HRMT_SUITE("areal", &districts_of_two)
