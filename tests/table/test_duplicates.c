/* Several rows of one community: what each policy keeps, what it reports, and that sums know no order. */
#include <math.h>

#include "rows.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* Rows 1, 3 and 5 are of the first community, by three forms of its code; row 4 of the second. */
static const hrmt_row ROWS[] = {{"UA0502001", NULL, {"1", NULL, "x"}},
                                {"UA9999001", NULL, {"100", "100", "y"}},
                                {"UA05020010010054321", NULL, {"2.5", "7", "x"}},
                                {"UA0502003", NULL, {"4", "bad", ""}},
                                {"UA05020010000012345", NULL, {"NA", "worse", "z"}}};

static hrmt_join policy(int32_t duplicates) {
    return (hrmt_join){.duplicates = duplicates, .column_count = 3, .text = {false, false, true}};
}

static void join(hrmt_joined *f, const hrmt_join *how, const hrmt_row *rows, size_t count) {
    hrmt_ok(f->ctx, hrmt_join_table(f->ctx, f->layer, how, rows, count, &f->table, &f->report));
}

static void text_is(const hrm_table *table, size_t row, const char *text) {
    const char *const got = hrm_table_text(table, 2, row);
    const char *const shown = got != NULL ? got : "missing";
    const char *const wanted = text != NULL ? text : "missing";
    ck_assert_msg((text == NULL) == (got == NULL) && strcmp(shown, wanted) == 0, "row %zu: %s, not %s", row,
                  shown, wanted);
}

START_TEST(an_error_names_the_rows) {
    hrmt_joined f = hrmt_join_set_up();
    const hrmt_join how = policy(HRM_DUPLICATES_ERROR);
    const hrm_status status = hrmt_join_table(f.ctx, f.layer, &how, ROWS, COUNT(ROWS), &f.table, &f.report);
    ck_assert_int_eq(status, HRM_ERROR_DUPLICATE);
    hrmt_fails(f.ctx, status, HRM_ERROR_DUPLICATE,
               "statistics.csv: rows 1 and 3 are both of UA0502001 (2 such rows in all)");
    ck_assert_uint_eq(hrm_table_column_count(f.table), 0);
    const hrm_join_counts counts = hrmt_counts(f.report);
    ck_assert_uint_eq(counts.matched, 2);
    ck_assert_uint_eq(counts.duplicates, 2);
    ck_assert_uint_eq(counts.unmatched, 1);
    ck_assert_double_eq(hrmt_amount(f.report, 0).allocated, 5);
    ck_assert_double_eq(hrmt_amount(f.report, 0).unallocated, 102.5);
    hrmt_entry_is(f.report, 1, HRM_ROW_DUPLICATE, 3, HRM_NONE, "row 1 is of the same community");
    hrmt_join_tear_down(&f);
}
END_TEST

START_TEST(the_first_row_is_kept) {
    hrmt_joined f = hrmt_join_set_up();
    const hrmt_join how = policy(HRM_DUPLICATES_FIRST);
    join(&f, &how, ROWS, COUNT(ROWS));
    hrmt_cell_is(f.table, "a", 0, 1, HRM_PRESENT);
    hrmt_cell_is(f.table, "b", 0, NAN,
                 HRM_MISSING_NOT_REPORTED); /* the row as it is: not filled from others */
    hrmt_cell_is(f.table, "b", 1, NAN, HRM_MISSING_UNUSABLE);
    text_is(f.table, 0, "x");
    const hrm_join_counts counts = hrmt_counts(f.report);
    ck_assert_uint_eq(counts.matched, 2);
    ck_assert_uint_eq(counts.duplicates, 2);
    ck_assert_uint_eq(counts.communities, 2);
    ck_assert_uint_eq(counts.unusable_cells, 1); /* "bad"; "worse" is on a row that is not used */
    ck_assert_double_eq(hrmt_amount(f.report, 0).allocated, 5);
    ck_assert_double_eq(hrmt_amount(f.report, 0).unallocated, 102.5);
    ck_assert_uint_eq(hrmt_amount(f.report, 1).unusable, 2);
    ck_assert_uint_eq(hrm_join_report_entry_count(f.report), 4);
    hrmt_entry_is(f.report, 0, HRM_ROW_UNMATCHED, 2, HRM_NONE, "no community");
    hrmt_entry_is(f.report, 1, HRM_ROW_DUPLICATE, 3, HRM_NONE, "row 1 of the same community is kept");
    hrmt_entry_is(f.report, 2, HRM_ROW_MATCHED, 4, 1, "\"bad\": not a number");
    hrmt_entry_is(f.report, 3, HRM_ROW_DUPLICATE, 5, HRM_NONE, "row 1 of the same community is kept");
    ck_assert_str_eq(hrmt_entry(f.report, 1).key, "UA05020010010054321");
    hrmt_join_tear_down(&f);
}
END_TEST

START_TEST(the_last_row_is_kept) {
    for (size_t batch = 1; batch <= 5; batch++) { /* the row replaced may be of this batch or of one before */
        hrmt_joined f = hrmt_join_set_up();
        hrmt_join how = policy(HRM_DUPLICATES_LAST);
        how.batch = batch;
        join(&f, &how, ROWS, COUNT(ROWS));
        hrmt_cell_is(f.table, "a", 0, NAN, HRM_MISSING_NOT_REPORTED);
        hrmt_cell_is(f.table, "b", 0, NAN, HRM_MISSING_UNUSABLE);
        hrmt_cell_is(f.table, "a", 1, 4, HRM_PRESENT);
        text_is(f.table, 0, "z");
        text_is(f.table, 1, NULL);
        const hrm_join_counts counts = hrmt_counts(f.report);
        ck_assert_uint_eq(counts.matched, 2);
        ck_assert_uint_eq(counts.duplicates, 2);
        ck_assert_uint_eq(counts.unusable_cells, 2);
        ck_assert_double_eq(hrmt_amount(f.report, 0).allocated, 4);
        ck_assert_double_eq(hrmt_amount(f.report, 0).unallocated, 103.5);
        ck_assert_double_eq(hrmt_amount(f.report, 1).allocated, 0);
        ck_assert_double_eq(hrmt_amount(f.report, 1).unallocated, 107);
        ck_assert_uint_eq(hrm_join_report_entry_count(f.report), 5);
        hrmt_entry_is(f.report, 0, HRM_ROW_DUPLICATE, 1, HRM_NONE, "replaced by row 3 of the same community");
        hrmt_entry_is(f.report, 1, HRM_ROW_UNMATCHED, 2, HRM_NONE, "");
        hrmt_entry_is(f.report, 2, HRM_ROW_DUPLICATE, 3, HRM_NONE, "replaced by row 5");
        hrmt_entry_is(f.report, 3, HRM_ROW_MATCHED, 4, 1, "\"bad\"");
        hrmt_entry_is(f.report, 4, HRM_ROW_MATCHED, 5, 1, "\"worse\"");
        ck_assert_str_eq(hrmt_entry(f.report, 0).key, "UA0502001");
        hrmt_join_tear_down(&f);
    }
}
END_TEST

/* What was wrong with a cell is told no more when its row is replaced. */
START_TEST(cells_of_replaced_rows_are_not_reported) {
    static const hrmt_row rows[] = {{"UA0502001", NULL, {"bad", "1", "\xFF"}},
                                    {"UA0502001", NULL, {"1", "bad", ""}}};
    hrmt_joined f = hrmt_join_set_up();
    const hrmt_join how = policy(HRM_DUPLICATES_LAST);
    join(&f, &how, rows, COUNT(rows));
    ck_assert_uint_eq(hrm_join_report_entry_count(f.report), 2);
    hrmt_entry_is(f.report, 0, HRM_ROW_DUPLICATE, 1, HRM_NONE, "replaced");
    hrmt_entry_is(f.report, 1, HRM_ROW_MATCHED, 2, 1, "bad");
    ck_assert_uint_eq(hrmt_counts(f.report).unusable_cells, 1);
    hrmt_join_tear_down(&f);
}
END_TEST

START_TEST(sums_and_means) {
    for (int32_t duplicates = HRM_DUPLICATES_SUM; duplicates <= HRM_DUPLICATES_MEAN; duplicates++) {
        for (size_t batch = 1; batch <= 5; batch++) {
            hrmt_joined f = hrmt_join_set_up();
            hrmt_join how = policy(duplicates);
            how.batch = batch;
            join(&f, &how, ROWS, COUNT(ROWS));
            hrmt_cell_is(f.table, "a", 0, duplicates == HRM_DUPLICATES_SUM ? 3.5 : 1.75, HRM_PRESENT);
            hrmt_cell_is(f.table, "b", 0, 7, HRM_PRESENT); /* of what is present */
            hrmt_cell_is(f.table, "a", 1, 4, HRM_PRESENT);
            hrmt_cell_is(f.table, "b", 1, NAN, HRM_MISSING_UNUSABLE);
            text_is(f.table, 0, "x");
            const hrm_join_counts counts = hrmt_counts(f.report);
            ck_assert_uint_eq(counts.matched, 4);
            ck_assert_uint_eq(counts.duplicates, 0);
            ck_assert_uint_eq(counts.communities, 2);
            ck_assert_uint_eq(counts.unusable_cells, 3);
            ck_assert_double_eq(hrmt_amount(f.report, 0).allocated, 7.5);
            ck_assert_double_eq(hrmt_amount(f.report, 0).unallocated, 100);
            ck_assert_uint_eq(hrm_join_report_entry_count(f.report), 4);
            hrmt_entry_is(f.report, 2, HRM_ROW_MATCHED, 5, 1, "\"worse\"");
            hrmt_entry_is(f.report, 3, HRM_ROW_MATCHED, 5, 2,
                          "\"z\": an earlier row of the same community says \"x\", which is kept");
            hrmt_join_tear_down(&f);
        }
    }
}
END_TEST

/* Nothing in three rows; then nothing but unusable text; then a number at last. */
START_TEST(reasons_of_several_rows) {
    static const hrmt_row rows[] = {
        {"UA0502001", NULL, {"", "", ""}},      {"UA0502001", NULL, {"NA", "x", ""}},
        {"UA0502001", NULL, {"-", "", "late"}}, {"UA0502003", NULL, {"", "x", ""}},
        {"UA0502003", NULL, {"", "", ""}},      {"UA0502003", NULL, {"", "5", ""}}};
    hrmt_joined f = hrmt_join_set_up();
    const hrmt_join how = policy(HRM_DUPLICATES_SUM);
    join(&f, &how, rows, COUNT(rows));
    hrmt_cell_is(f.table, "a", 0, NAN, HRM_MISSING_NOT_REPORTED);
    hrmt_cell_is(f.table, "b", 0, NAN, HRM_MISSING_UNUSABLE);
    hrmt_cell_is(f.table, "b", 1, 5, HRM_PRESENT);
    text_is(f.table, 0, "late"); /* the first there is */
    text_is(f.table, 1, NULL);
    hrmt_join_tear_down(&f);
}
END_TEST

/* A shuffle from a seed, by a linear congruence: enough for a test. */
static void shuffle(size_t *order, size_t n, uint32_t seed) {
    for (size_t i = 0; i < n; i++) order[i] = i;
    for (size_t i = n; i > 1; i--) {
        seed = seed * 1664525u + 1013904223u;
        const size_t j = (seed >> 8) % i;
        const size_t swapped = order[i - 1];
        order[i - 1] = order[j];
        order[j] = swapped;
    }
}

/* 600 rows of five communities, numbers of all sizes and both signs: the same bytes in twenty orders and
 * batches. */
START_TEST(sums_know_no_order) {
    enum { N = 600 };
    static const char *const codes[] = {"UA0502001", "UA0502003", "UA0504001", "UA1206001", "UA1206003"};
    static char cells[N][40];
    static hrmt_row rows[N];
    static hrmt_row shuffled[N];
    size_t order[N];
    double first[2][HRMT_ROWS];
    double totals[2] = {0};
    for (size_t i = 0; i < N; i++) {
        (void)snprintf(cells[i], sizeof cells[i], "%s%zu.%zue%d", i % 3 == 0 ? "-" : "", i * 7919 % 1000,
                       i * 104729 % 997, (int)(i % 31) - 15);
        rows[i] = (hrmt_row){codes[i % 5], NULL, {cells[i], cells[N - 1 - i], NULL}};
    }
    for (int32_t duplicates = HRM_DUPLICATES_SUM; duplicates <= HRM_DUPLICATES_MEAN; duplicates++) {
        for (uint32_t turn = 0; turn < 20; turn++) {
            const hrmt_join how = {.duplicates = duplicates, .column_count = 2, .batch = 1 + turn * 37};
            hrmt_joined f = hrmt_join_set_up();
            shuffle(order, N, turn);
            for (size_t i = 0; i < N; i++) shuffled[i] = rows[turn == 0 ? i : order[i]];
            join(&f, &how, shuffled, N);
            for (size_t c = 0; c < 2; c++) {
                const double *const values = hrm_table_values(f.table, c);
                if (turn == 0) memcpy(first[c], values, sizeof first[c]);
                ck_assert_mem_eq(first[c], values, sizeof first[c]);
                const double total = hrmt_amount(f.report, c).allocated;
                if (turn == 0) totals[c] = total;
                ck_assert_mem_eq(&totals[c], &total, sizeof total);
            }
            ck_assert_double_eq(totals[0], totals[1]); /* the same numbers in both columns */
            hrmt_join_tear_down(&f);
        }
    }
}
END_TEST

/* 1e16 + 1 + … loses every 1 when added one by one. Python: math.fsum([1e16] + [1.0] * 10)
 * = 1.000000000000001e+16 */
START_TEST(sums_are_exact) {
    hrmt_row rows[11];
    hrmt_joined f = hrmt_join_set_up();
    const hrmt_join how = {.duplicates = HRM_DUPLICATES_SUM, .column_count = 1};
    for (size_t i = 0; i < 11; i++) rows[i] = (hrmt_row){"UA0502001", NULL, {i == 0 ? "1e16" : "1"}};
    join(&f, &how, rows, 11);
    hrmt_cell_is(f.table, "a", 0, 1.000000000000001e+16, HRM_PRESENT);
    hrmt_join_tear_down(&f);
}
END_TEST

START_TEST(a_sum_that_no_number_holds) {
    static const hrmt_row rows[] = {{"UA0502001", NULL, {"1e308"}}, {"UA0502001", NULL, {"1e308"}}};
    hrmt_joined f = hrmt_join_set_up();
    const hrmt_join how = {.duplicates = HRM_DUPLICATES_SUM, .column_count = 1};
    const hrm_status status = hrmt_join_table(f.ctx, f.layer, &how, rows, 2, &f.table, &f.report);
    hrmt_fails(f.ctx, status, HRM_ERROR_VALUE, "the rows of UA0502001 add up to more than a number can hold");
    ck_assert_uint_eq(hrm_table_column_count(f.table), 0);
    ck_assert(isinf(hrmt_amount(f.report, 0).total));
    hrmt_join_tear_down(&f);
}
END_TEST

typedef struct job {
    const hrm_layer *layer;
    int32_t duplicates;
} job;

static hrm_status join_all(hrm_context *ctx, void *user) {
    const job *const j = user;
    hrmt_join how = policy(j->duplicates);
    hrm_table *table = NULL;
    hrm_join_report *report = NULL;
    how.batch = 2;
    const hrm_status status = hrmt_join_table(ctx, j->layer, &how, ROWS, COUNT(ROWS), &table, &report);
    ck_assert_int_eq(report == NULL, status != HRM_OK);
    hrm_join_report_free(report);
    hrm_table_free(table);
    return status;
}

START_TEST(nothing_is_lost_when_memory_runs_out) {
    hrmt_joined f = hrmt_join_set_up();
    for (int32_t duplicates = HRM_DUPLICATES_FIRST; duplicates <= HRM_DUPLICATES_MEAN; duplicates++) {
        job j = {f.layer, duplicates};
        hrmt_fail_each(join_all, &j);
    }
    hrmt_join_tear_down(&f);
}
END_TEST

/* A batch that fails in its midst did not count: fed again, everything is as if it had come once. */
START_TEST(a_failed_batch_did_not_count) {
    for (int32_t duplicates = HRM_DUPLICATES_FIRST; duplicates <= HRM_DUPLICATES_MEAN; duplicates++) {
        const hrmt_join how = policy(duplicates);
        hrmt_memory memory;
        hrmt_memory_init(&memory);
        const hrm_allocator allocator = hrmt_allocator(&memory);
        hrmt_joined f = hrmt_join_set_up();
        hrmt_joined plain = hrmt_join_set_up();
        hrm_context *ctx = NULL;
        hrm_join *j = NULL;
        size_t failures = 0;
        join(&plain, &how, ROWS, COUNT(ROWS));
        ck_assert_int_eq(hrm_context_new(&allocator, &ctx), HRM_OK);
        hrmt_ok(ctx, hrmt_join_start(ctx, f.layer, &how, ROWS, 0, &j));
        for (size_t k = 1;; k++, failures++) {
            hrmt_memory_arm(&memory, k, false);
            const hrm_status status = hrmt_feed(ctx, j, &how, ROWS, 0, COUNT(ROWS));
            hrmt_memory_arm(&memory, 0, false);
            if (status == HRM_OK) break;
            ck_assert_int_eq(status, HRM_ERROR_MEMORY);
        }
        ck_assert_uint_gt(failures, 0);
        hrmt_ok(ctx, hrm_table_new(ctx, f.layer, HRM_LEVEL_COMMUNITY, &f.table));
        for (size_t k = 1;; k++) { /* and finishing may be tried again too */
            hrmt_memory_arm(&memory, k, false);
            const hrm_status status = hrm_join_finish(ctx, j, f.table, &f.report);
            hrmt_memory_arm(&memory, 0, false);
            if (status == HRM_OK) break;
            ck_assert_int_eq(status, HRM_ERROR_MEMORY);
            ck_assert_uint_eq(hrm_table_column_count(f.table), 0);
        }
        const hrm_join_counts a = hrmt_counts(f.report);
        const hrm_join_counts b = hrmt_counts(plain.report);
        ck_assert_mem_eq(&a, &b, sizeof a);
        ck_assert_mem_eq(hrm_table_values(f.table, 0), hrm_table_values(plain.table, 0),
                         HRMT_ROWS * sizeof(double));
        ck_assert_mem_eq(hrm_table_values(f.table, 1), hrm_table_values(plain.table, 1),
                         HRMT_ROWS * sizeof(double));
        text_is(f.table, 0, hrm_table_text(plain.table, 2, 0));
        ck_assert_uint_eq(hrm_join_report_entry_count(f.report), hrm_join_report_entry_count(plain.report));
        for (size_t i = 0; i < hrm_join_report_entry_count(f.report); i++)
            ck_assert_str_eq(hrmt_entry(f.report, i).text, hrmt_entry(plain.report, i).text);
        hrm_join_free(j);
        hrm_join_report_free(f.report);
        hrm_table_free(f.table);
        hrm_context_free(ctx);
        ck_assert_uint_eq(memory.live, 0);
        f.report = NULL;
        f.table = NULL;
        hrmt_join_tear_down(&f);
        hrmt_join_tear_down(&plain);
    }
}
END_TEST

HRMT_SUITE("duplicates", &an_error_names_the_rows, &the_first_row_is_kept, &the_last_row_is_kept,
           &cells_of_replaced_rows_are_not_reported, &sums_and_means, &reasons_of_several_rows,
           &sums_know_no_order, &sums_are_exact, &a_sum_that_no_number_holds,
           &nothing_is_lost_when_memory_runs_out, &a_failed_batch_did_not_count)
