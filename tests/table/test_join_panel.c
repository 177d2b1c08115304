/* Joins with periods: long tables become panels. */
#include "rows.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

typedef struct fixture {
    hrm_context *ctx;
    hrm_layer *layer;
    hrm_panel *panel;
    hrm_join_report *report;
} fixture;

static fixture set_up(void) {
    fixture f = {hrmt_context(), NULL, NULL, NULL};
    f.layer = hrmt_region(f.ctx);
    return f;
}

static void tear_down(fixture *f) {
    hrm_join_report_free(f->report);
    hrm_panel_free(f->panel);
    hrm_layer_free(f->layer);
    hrm_context_free(f->ctx);
}

static hrm_status join_panel(hrm_context *ctx, const hrm_layer *layer, const hrmt_join *how,
                             const hrmt_row *rows, size_t count, hrm_panel **panel,
                             hrm_join_report **report) {
    hrm_join *join = NULL;
    *panel = NULL;
    *report = NULL;
    hrm_status status = hrmt_join_start(ctx, layer, how, rows, count, &join);
    if (status == HRM_OK) status = hrm_join_finish_panel(ctx, join, panel, report);
    hrm_join_free(join);
    return status;
}

static void panel_is(const hrm_panel *panel, size_t column, size_t row, const char *period, double value,
                     uint8_t reason) {
    size_t p = 0;
    while (p < hrm_panel_period_count(panel) && strcmp(hrm_panel_period(panel, p), period) != 0) p++;
    ck_assert_uint_lt(p, hrm_panel_period_count(panel));
    const size_t cell = row * hrm_panel_period_count(panel) + p;
    const double got = hrm_panel_values(panel, column)[cell];
    const uint8_t *const missing = hrm_panel_missing(panel, column);
    ck_assert(isnan(value) ? isnan(got) : got == value);
    ck_assert_uint_eq(missing == NULL ? HRM_PRESENT : missing[cell], reason);
}

static const hrmt_row ROWS[] = {{"UA0502001", "2022", {"10", "1"}},  {"UA0502001", "2021", {"20", "2"}},
                                {"UA0502003", "2021.0", {"30", ""}}, {"UA0502003", " 2023 ", {"x", "4"}},
                                {"UA0504001", "", {"5", "5"}},       {"UA0504001", NULL, {"6", "6"}},
                                {"UA0504001", "н/д", {"7", "7"}},    {"UA0504001", "a@b", {"8", "8"}},
                                {"UA9999001", "1999", {"9", "9"}},   {"UA9999001", NULL, {"10", "10"}}};

START_TEST(a_long_table_becomes_a_panel) {
    const hrmt_join how = {.has_period = true, .column_count = 2, .scale = {1000, 1}, .batch = 3};
    fixture f = set_up();
    hrmt_ok(f.ctx, join_panel(f.ctx, f.layer, &how, ROWS, COUNT(ROWS), &f.panel, &f.report));
    ck_assert_uint_eq(hrm_panel_period_count(f.panel), 3); /* 1999 reached no community */
    ck_assert_str_eq(hrm_panel_period(f.panel, 0), "2021");
    ck_assert_str_eq(hrm_panel_period(f.panel, 2), "2023");
    panel_is(f.panel, 0, 0, "2021", 20000, HRM_PRESENT);
    panel_is(f.panel, 0, 0, "2022", 10000, HRM_PRESENT);
    panel_is(f.panel, 0, 0, "2023", NAN, HRM_MISSING_NO_ROW);
    panel_is(f.panel, 0, 1, "2021", 30000, HRM_PRESENT); /* written 2021.0 */
    panel_is(f.panel, 1, 1, "2021", NAN, HRM_MISSING_NOT_REPORTED);
    panel_is(f.panel, 0, 1, "2023", NAN, HRM_MISSING_UNUSABLE);
    panel_is(f.panel, 0, 2, "2021", NAN, HRM_MISSING_NO_ROW);
    const hrm_join_counts counts = hrmt_counts(f.report);
    ck_assert_uint_eq(counts.matched, 4);
    ck_assert_uint_eq(counts.unusable, 4);
    ck_assert_uint_eq(counts.unmatched, 2);
    ck_assert_uint_eq(counts.communities, 2);
    ck_assert_uint_eq(counts.without_row, 3);
    ck_assert_double_eq(hrmt_amount(f.report, 0).allocated, 60000);
    ck_assert_double_eq(hrmt_amount(f.report, 0).unallocated, 45000);
    ck_assert_uint_eq(hrm_join_report_entry_count(f.report), 7);
    hrmt_entry_is(f.report, 0, HRM_ROW_MATCHED, 4, 0, "\"x\": not a number");
    hrmt_entry_is(f.report, 1, HRM_ROW_UNUSABLE, 5, HRM_NONE, "there is no period");
    hrmt_entry_is(f.report, 2, HRM_ROW_UNUSABLE, 6, HRM_NONE, "there is no period");
    hrmt_entry_is(f.report, 3, HRM_ROW_UNUSABLE, 7, HRM_NONE, "there is no period");
    hrmt_entry_is(f.report, 4, HRM_ROW_UNUSABLE, 8, HRM_NONE, "\"a@b\": the period has a character");
    hrmt_entry_is(f.report, 6, HRM_ROW_UNMATCHED, 10, HRM_NONE, "no community"); /* the key comes first */
    tear_down(&f);
}
END_TEST

START_TEST(duplicates_are_of_one_community_and_period) {
    static const hrmt_row rows[] = {{"UA0502001", "2021", {"1"}},
                                    {"UA0502001", "2022", {"2"}},
                                    {"UA0502001", "2021.00", {"4"}},
                                    {"UA0502003", "2021", {"8"}}};
    hrmt_join how = {.has_period = true, .column_count = 1};
    fixture f = set_up();
    hrmt_fails(f.ctx, join_panel(f.ctx, f.layer, &how, rows, COUNT(rows), &f.panel, &f.report),
               HRM_ERROR_DUPLICATE, "rows 1 and 3 are both of UA0502001, period 2021 (1 such rows in all)");
    ck_assert_ptr_null(f.panel);
    ck_assert_uint_eq(hrmt_counts(f.report).duplicates, 1);
    hrm_join_report_free(f.report);
    how.duplicates = HRM_DUPLICATES_FIRST;
    hrmt_ok(f.ctx, join_panel(f.ctx, f.layer, &how, rows, COUNT(rows), &f.panel, &f.report));
    panel_is(f.panel, 0, 0, "2021", 1, HRM_PRESENT);
    hrmt_entry_is(f.report, 0, HRM_ROW_DUPLICATE, 3, HRM_NONE,
                  "row 1 of the same community and period (2021) is kept");
    hrm_join_report_free(f.report);
    hrm_panel_free(f.panel);
    how.duplicates = HRM_DUPLICATES_LAST;
    hrmt_ok(f.ctx, join_panel(f.ctx, f.layer, &how, rows, COUNT(rows), &f.panel, &f.report));
    panel_is(f.panel, 0, 0, "2021", 4, HRM_PRESENT);
    hrmt_entry_is(f.report, 0, HRM_ROW_DUPLICATE, 1, HRM_NONE,
                  "replaced by row 3 of the same community and period (2021)");
    hrm_join_report_free(f.report);
    hrm_panel_free(f.panel);
    how.duplicates = HRM_DUPLICATES_SUM;
    hrmt_ok(f.ctx, join_panel(f.ctx, f.layer, &how, rows, COUNT(rows), &f.panel, &f.report));
    panel_is(f.panel, 0, 0, "2021", 5, HRM_PRESENT);
    panel_is(f.panel, 0, 0, "2022", 2, HRM_PRESENT);
    panel_is(f.panel, 0, 1, "2021", 8, HRM_PRESENT);
    tear_down(&f);
}
END_TEST

START_TEST(no_usable_period) {
    static const hrmt_row rows[] = {{"UA0502001", "", {"1"}}, {"UA9999001", "2021", {"2"}}};
    const hrmt_join how = {.has_period = true, .column_count = 1};
    fixture f = set_up();
    hrmt_fails(f.ctx, join_panel(f.ctx, f.layer, &how, rows, 2, &f.panel, &f.report), HRM_ERROR_VALUE,
               "statistics.csv: not one row has both");
    ck_assert_ptr_null(f.panel);
    ck_assert_uint_eq(hrmt_counts(f.report).unusable, 1);
    hrm_join_report_free(f.report);
    hrmt_fails(f.ctx, join_panel(f.ctx, f.layer, &how, rows, 0, &f.panel, &f.report), HRM_ERROR_VALUE,
               "not one row");
    tear_down(&f);
}
END_TEST

START_TEST(a_field_that_holds_no_periods) {
    enum { N = 4097 };
    static char periods[N][8];
    static hrmt_row rows[N];
    const hrmt_join how = {.has_period = true, .column_count = 1};
    fixture f = set_up();
    hrm_join *j = NULL;
    hrm_table *table = NULL;
    for (size_t i = 0; i < N; i++) {
        (void)snprintf(periods[i], sizeof periods[i], "p%zu", i);
        rows[i] = (hrmt_row){"UA0502001", periods[i], {"1"}};
    }
    hrmt_ok(f.ctx, hrmt_join_start(f.ctx, f.layer, &how, rows, N - 1, &j));
    hrmt_fails(f.ctx, hrmt_feed(f.ctx, j, &how, rows, N - 1, 1), HRM_ERROR_LIMIT,
               "statistics.csv has more than 4096 different periods");
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_COMMUNITY, &table));
    hrmt_fails(f.ctx, hrm_join_finish(f.ctx, j, table, &f.report), HRM_ERROR_ARGUMENT,
               "hrm_join_finish_panel()");
    hrmt_ok(f.ctx, hrm_join_finish_panel(f.ctx, j, &f.panel, &f.report)); /* the refused row did not count */
    ck_assert_uint_eq(hrmt_counts(f.report).rows, N - 1);
    ck_assert_uint_eq(hrm_panel_period_count(f.panel), N - 1);
    hrm_table_free(table);
    hrm_join_free(j);
    tear_down(&f);
}
END_TEST

static hrm_status join_all(hrm_context *ctx, void *user) {
    const hrmt_join how = {.has_period = true, .column_count = 2, .batch = 4};
    hrm_panel *panel = NULL;
    hrm_join_report *report = NULL;
    const hrm_status status = join_panel(ctx, user, &how, ROWS, COUNT(ROWS), &panel, &report);
    ck_assert_int_eq(report == NULL, status != HRM_OK);
    ck_assert_int_eq(panel == NULL, status != HRM_OK);
    hrm_join_report_free(report);
    hrm_panel_free(panel);
    return status;
}

START_TEST(nothing_is_lost_when_memory_runs_out) {
    fixture f = set_up();
    hrmt_fail_each(join_all, f.layer);
    tear_down(&f);
}
END_TEST

HRMT_SUITE("join_panel", &a_long_table_becomes_a_panel, &duplicates_are_of_one_community_and_period,
           &no_usable_period, &a_field_that_holds_no_periods, &nothing_is_lost_when_memory_runs_out)
