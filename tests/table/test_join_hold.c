/*
 * Rows that claim one community twice are held back, in whatever order and batches they come; and nothing
 * that a join does depends on either.
 */
#include "named.h"
#include "table/join_report.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

typedef struct fixture {
    hrm_context *ctx;
    hrm_layer *layer;
    hrmt_outcome out;
} fixture;

static fixture set_up(void) {
    fixture f = {.ctx = hrmt_context()};
    f.layer = hrmt_named(f.ctx);
    return f;
}

static void tear_down(fixture *f) {
    hrmt_outcome_free(&f->out);
    hrm_layer_free(f->layer);
    hrm_context_free(f->ctx);
}

static const hrmt_how HOLD = {.duplicates = HRM_DUPLICATES_HOLD};

START_TEST(rows_that_claim_one_community) {
    static const hrmt_said rows[] = {
        {.name = "Жмеринська (Вінницька обл.)", .cells = {"1", "x"}},       /* row 2 */
        {.code = "UA5908017", .cells = {"2", "y"}},                         /* 5 */
        {.oblast = "Вінницька", .name = "Жмеринська", .cells = {"4", "z"}}, /* 8 */
        {.code = "UA5908013", .cells = {"не число", "w"}},                  /* 11 */
        {.code = "UA59080130000012345", .cells = {"8"}},                    /* 14 */
        {.code = "UA0504001", .cells = {"16"}},                             /* 17 */
    };
    fixture f = set_up();
    hrmt_ok(f.ctx, hrmt_join_said(f.ctx, f.layer, &HOLD, rows, NULL, COUNT(rows), &f.out));
    hrmt_balanced(&f.out);
    ck_assert_uint_eq(f.out.counts.matched, 1);
    ck_assert_uint_eq(f.out.counts.duplicates, 5);
    ck_assert_uint_eq(f.out.counts.communities, 1);
    ck_assert_uint_eq(f.out.counts.unusable_cells, 0); /* of a row that is not used */
    hrmt_reason_is(&f.out, HRM_REASON_CLAIMED_TWICE, 5);
    hrmt_way_is(&f.out, HRM_MATCH_CODE, 1);
    hrmt_cell_is(f.out.table, "a", 2, 2, HRM_PRESENT);
    hrmt_cell_is(f.out.table, "a", 5, NAN, HRM_MISSING_UNUSABLE);
    hrmt_cell_is(f.out.table, "a", 1, NAN, HRM_MISSING_UNUSABLE);
    hrmt_cell_is(f.out.table, "a", 0, NAN, HRM_MISSING_NO_ROW);
    ck_assert_str_eq(hrm_table_text(f.out.table, 1, 2), "y");
    ck_assert_ptr_null(hrm_table_text(f.out.table, 1, 5));
    ck_assert_uint_eq(hrm_table_missing(f.out.table, 1)[5], HRM_MISSING_UNUSABLE);
    ck_assert(!hrm_join_report_has_row(f.out.report, 5));
    ck_assert_double_eq(hrmt_amount(f.out.report, 0).allocated, 2);
    ck_assert_double_eq(hrmt_amount(f.out.report, 0).unallocated, 29);
    ck_assert_uint_eq(hrm_join_report_entry_count(f.out.report), 5);
    hrmt_entry_is(f.out.report, 0, HRM_ROW_DUPLICATE, 2, HRM_NONE,
                  "rows 2, 8 and 17 all claim Жмеринська (UA0504001), so none of them is used");
    hrmt_entry_is(f.out.report, 1, HRM_ROW_DUPLICATE, 8, HRM_NONE, "rows 2, 8 and 17");
    hrmt_entry_is(f.out.report, 2, HRM_ROW_DUPLICATE, 11, HRM_NONE, "rows 11 and 14 both claim");
    hrmt_entry_is(f.out.report, 3, HRM_ROW_DUPLICATE, 14, HRM_NONE, "rows 11 and 14 both claim");
    hrmt_entry_is(f.out.report, 4, HRM_ROW_DUPLICATE, 17, HRM_NONE, "rows 2, 8 and 17");
    ck_assert_str_eq(hrmt_entry(f.out.report, 0).key, "Жмеринська (Вінницька обл.)");
    ck_assert_str_eq(hrmt_entry(f.out.report, 1).oblast, "Вінницька");
    tear_down(&f);
}
END_TEST

/* Equal rows are held back too: which one is the mistake, and whether they are one, nobody knows. */
START_TEST(equal_rows_and_many) {
    static const hrmt_said rows[] = {
        {.code = "UA5908017", .cells = {"1"}}, {.code = "UA5908017", .cells = {"1"}},
        {.code = "UA5908017", .cells = {"1"}}, {.code = "UA5908017", .cells = {"1"}},
        {.code = "UA5908017", .cells = {"1"}}, {.code = "UA5908017", .cells = {"1"}}};
    fixture f = set_up();
    hrmt_ok(f.ctx, hrmt_join_said(f.ctx, f.layer, &HOLD, rows, NULL, COUNT(rows), &f.out));
    hrmt_balanced(&f.out);
    hrmt_cell_is(f.out.table, "a", 2, NAN, HRM_MISSING_UNUSABLE);
    hrmt_reason_is(&f.out, HRM_REASON_CLAIMED_TWICE, 6);
    hrmt_entry_is(f.out.report, 5, HRM_ROW_DUPLICATE, 17, HRM_NONE,
                  "rows 2, 5, 8, 11 and 2 more all claim Сумська (UA5908017)");
    tear_down(&f);
}
END_TEST

/* A community may have a row for each period. */
START_TEST(periods_are_held_apart) {
    static const hrmt_said rows[] = {{.code = "UA5908017", .period = "2020", .cells = {"1"}},
                                     {.code = "UA5908017", .period = "2021", .cells = {"2"}},
                                     {.code = "UA5908017", .period = "2021", .cells = {"4"}},
                                     {.code = "UA5908013", .period = "2021", .cells = {"8"}}};
    const hrmt_how how = {.duplicates = HRM_DUPLICATES_HOLD, .has_period = true};
    fixture f = set_up();
    hrmt_ok(f.ctx, hrmt_join_said(f.ctx, f.layer, &how, rows, NULL, COUNT(rows), &f.out));
    hrmt_balanced(&f.out);
    ck_assert_uint_eq(hrm_panel_period_count(f.out.panel), 2);
    const double *const values = hrm_panel_values(f.out.panel, 0);
    ck_assert_double_eq(values[2 * 2], 1);
    ck_assert(isnan(values[2 * 2 + 1]));
    ck_assert_double_eq(values[1 * 2 + 1], 8);
    ck_assert(hrm_join_report_has_row(f.out.report, 2)); /* in 2020 */
    hrmt_entry_is(f.out.report, 0, HRM_ROW_DUPLICATE, 5, HRM_NONE,
                  "rows 5 and 8 both claim Сумська (UA5908017) for the period \"2021\"");
    tear_down(&f);
}
END_TEST

/* ---- order and batches ---- */

enum { MIXED = 7 };

/* Something of everything. */
static const hrmt_said mixed[MIXED] = {
    {.code = "UA5908017", .cells = {"1", "a"}},
    {.oblast = "Сумська", .name = "Сумська", .cells = {"2", "b"}},
    {.oblast = "Сумська", .name = "Миколаївська", .cells = {"4", "c"}},
    {.x = 34.75, .y = 50.5, .cells = {"8", "d"}},
    {.name = "Разом", .cells = {"16", "e"}},
    {.code = "UA5908013", .cells = {"x", "f"}},
    {.x = 34.25, .y = 50.5, .cells = {"32", "g"}},
};

/* The next permutation in the order of dictionaries (Knuth 7.2.1.2 L); false behind the last. */
static bool permute(size_t *order, size_t count) {
    size_t j = count - 1;
    while (j > 0 && order[j - 1] >= order[j]) j--;
    if (j == 0) return false;
    size_t l = count - 1;
    while (order[j - 1] >= order[l]) l--;
    const size_t swap = order[j - 1];
    order[j - 1] = order[l];
    order[l] = swap;
    for (size_t a = j, b = count - 1; a < b; a++, b--) {
        const size_t kept = order[a];
        order[a] = order[b];
        order[b] = kept;
    }
    return true;
}

/* The entry of a row, whatever its place in the list. */
static hrm_join_entry entry_of(const hrm_join_report *report, int64_t row) {
    for (size_t i = 0; i < hrm_join_report_entry_count(report); i++)
        if (hrmt_entry(report, i).row == row) return hrmt_entry(report, i);
    ck_abort_msg("no entry of row %ld", (long)row);
}

static void same_values(const hrmt_outcome *a, const hrmt_outcome *b) {
    ck_assert_mem_eq(&a->counts, &b->counts, sizeof a->counts);
    for (int32_t reason = 0; reason < HRM_REASONS; reason++)
        ck_assert_uint_eq(hrm_join_report_reason_count(a->report, reason),
                          hrm_join_report_reason_count(b->report, reason));
    for (size_t i = 0; i < HRMT_NAMED; i++) {
        const double x = hrm_table_values(a->table, 0)[i];
        const double y = hrm_table_values(b->table, 0)[i];
        ck_assert(isnan(x) ? isnan(y) : x == y);
        ck_assert_pstr_eq(hrm_table_text(a->table, 1, i), hrm_table_text(b->table, 1, i));
        for (size_t c = 0; c < 2; c++)
            ck_assert_uint_eq(hrm_table_missing(a->table, c)[i], hrm_table_missing(b->table, c)[i]);
    }
    ck_assert_double_eq(hrmt_amount(a->report, 0).allocated, hrmt_amount(b->report, 0).allocated);
    ck_assert_double_eq(hrmt_amount(a->report, 0).unallocated, hrmt_amount(b->report, 0).unallocated);
}

START_TEST(order_does_not_matter) {
    size_t order[MIXED] = {0, 1, 2, 3, 4, 5, 6};
    hrmt_outcome first;
    fixture f = set_up();
    hrmt_ok(f.ctx, hrmt_join_said(f.ctx, f.layer, &HOLD, mixed, NULL, MIXED, &first));
    hrmt_balanced(&first);
    ck_assert_uint_eq(first.counts.matched, 1); /* only UA5908013, whose number is none */
    ck_assert_uint_eq(first.counts.duplicates, 4);
    ck_assert_double_eq(hrmt_amount(first.report, 0).unallocated, 47);
    for (size_t n = 0; permute(order, MIXED); n++) {
        hrmt_said rows[MIXED];
        int64_t numbers[MIXED];
        const hrmt_how how = {.duplicates = HRM_DUPLICATES_HOLD, .batch = 1 + n % MIXED};
        if (n % 5 != 0) continue; /* a thousand orders are enough */
        for (size_t i = 0; i < MIXED; i++) {
            rows[i] = mixed[order[i]];
            numbers[i] = (int64_t)(2 + 3 * order[i]);
        }
        hrmt_ok(f.ctx, hrmt_join_said(f.ctx, f.layer, &how, rows, numbers, MIXED, &f.out));
        hrmt_balanced(&f.out);
        same_values(&first, &f.out);
        for (size_t i = 0; i < hrm_join_report_entry_count(first.report); i++) {
            const hrm_join_entry a = hrmt_entry(first.report, i);
            const hrm_join_entry b = entry_of(f.out.report, a.row);
            ck_assert_int_eq(a.reason, b.reason);
            ck_assert_str_eq(a.key, b.key);
            ck_assert_uint_eq(a.suggestions, b.suggestions);
        }
        hrmt_outcome_free(&f.out);
        memset(&f.out, 0, sizeof f.out);
    }
    hrmt_outcome_free(&first);
    tear_down(&f);
}
END_TEST

/* Rows one by one are the same as all at once, to the last word of the report. */
START_TEST(batches_do_not_matter) {
    fixture f = set_up();
    for (int32_t duplicates = HRM_DUPLICATES_FIRST; duplicates <= HRM_DUPLICATES_HOLD; duplicates++) {
        hrmt_outcome all;
        hrmt_how how = {.duplicates = duplicates};
        hrmt_ok(f.ctx, hrmt_join_said(f.ctx, f.layer, &how, mixed, NULL, MIXED, &all));
        hrmt_balanced(&all);
        size_t size = 0;
        hrmt_ok(f.ctx, hrm_join_report_json(f.ctx, all.report, f.layer, NULL, 0, &size));
        char *const expected = malloc(size);
        char *const got = malloc(size);
        hrmt_ok(f.ctx, hrm_join_report_json(f.ctx, all.report, f.layer, expected, size, &size));
        for (how.batch = 1; how.batch < MIXED; how.batch++) {
            size_t again = 0;
            hrmt_ok(f.ctx, hrmt_join_said(f.ctx, f.layer, &how, mixed, NULL, MIXED, &f.out));
            hrmt_balanced(&f.out);
            same_values(&all, &f.out);
            hrmt_ok(f.ctx, hrm_join_report_json(f.ctx, f.out.report, f.layer, got, size, &again));
            ck_assert_uint_eq(again, size);
            ck_assert_str_eq(got, expected);
            hrmt_outcome_free(&f.out);
            memset(&f.out, 0, sizeof f.out);
        }
        free(expected);
        free(got);
        hrmt_outcome_free(&all);
    }
    tear_down(&f);
}
END_TEST

/* ---- memory ---- */

typedef struct job {
    const hrm_layer *layer;
    hrmt_how how;
} job;

static hrm_status join_all(hrm_context *ctx, void *user) {
    const job *const j = user;
    hrmt_outcome out;
    const hrm_status status = hrmt_join_said(ctx, j->layer, &j->how, mixed, NULL, MIXED, &out);
    hrmt_outcome_free(&out);
    return status;
}

START_TEST(nothing_is_lost_when_memory_runs_out) {
    fixture f = set_up();
    for (int32_t duplicates = HRM_DUPLICATES_FIRST; duplicates <= HRM_DUPLICATES_HOLD; duplicates++) {
        job j = {f.layer, {.duplicates = duplicates, .batch = 3}};
        hrmt_fail_each(join_all, &j);
    }
    tear_down(&f);
}
END_TEST

/* A batch that fails in its midst did not count: fed again, everything is as if it had come once. */
START_TEST(a_failed_batch_did_not_count) {
    for (int32_t duplicates = HRM_DUPLICATES_FIRST; duplicates <= HRM_DUPLICATES_HOLD; duplicates++) {
        const hrmt_how how = {.duplicates = duplicates};
        hrmt_memory memory;
        hrmt_memory_init(&memory);
        const hrm_allocator allocator = hrmt_allocator(&memory);
        fixture f = set_up();
        fixture plain = set_up();
        hrm_context *ctx = NULL;
        hrm_join *j = NULL;
        hrmt_ok(plain.ctx, hrmt_join_said(plain.ctx, plain.layer, &how, mixed, NULL, MIXED, &plain.out));
        hrmt_balanced(&plain.out);
        ck_assert_int_eq(hrm_context_new(&allocator, &ctx), HRM_OK);
        hrmt_ok(ctx, hrmt_said_start(ctx, f.layer, &how, &j));
        for (size_t first = 0; first < MIXED; first += 3) { /* in three batches */
            for (size_t k = 1;; k++) {
                hrmt_memory_arm(&memory, k, false);
                const hrm_status status =
                    hrmt_add(ctx, j, &how, mixed, NULL, first, MIXED - first < 3 ? MIXED - first : 3);
                hrmt_memory_arm(&memory, 0, false);
                if (status == HRM_OK) break;
                ck_assert_int_eq(status, HRM_ERROR_MEMORY);
            }
        }
        hrmt_ok(ctx, hrm_table_new(ctx, f.layer, HRM_LEVEL_COMMUNITY, &f.out.table));
        for (size_t k = 1;; k++) {
            hrmt_memory_arm(&memory, k, false);
            const hrm_status status = hrm_join_finish(ctx, j, f.out.table, &f.out.report);
            hrmt_memory_arm(&memory, 0, false);
            if (status == HRM_OK) break;
            ck_assert_int_eq(status, HRM_ERROR_MEMORY);
        }
        f.out.is_mean = duplicates == HRM_DUPLICATES_MEAN;
        hrmt_balanced(&f.out);
        same_values(&plain.out, &f.out);
        ck_assert_uint_eq(hrm_join_report_entry_count(f.out.report),
                          hrm_join_report_entry_count(plain.out.report));
        for (size_t i = 0; i < hrm_join_report_entry_count(f.out.report); i++)
            ck_assert_str_eq(hrmt_entry(f.out.report, i).text, hrmt_entry(plain.out.report, i).text);
        hrm_join_free(j);
        hrmt_outcome_free(&f.out);
        memset(&f.out, 0, sizeof f.out);
        hrm_context_free(ctx);
        ck_assert_uint_eq(memory.live, 0);
        tear_down(&f);
        tear_down(&plain);
    }
}
END_TEST

/* ---- very many rows that are not used ---- */

enum { MANY = 120000, LISTED = HRMI_JOIN_ENTRIES, FEED = 1000 };

/* Feeds MANY rows of codes without columns; code i is of `codes`, taken in turn. */
static hrm_join_report *feed_many(const fixture *f, int32_t duplicates, const char *const *codes,
                                  size_t count, size_t feed, hrm_status expected) {
    static const char *keys[MANY];
    hrm_join_options options;
    hrm_join *j = NULL;
    hrm_table *table = NULL;
    hrm_join_report *report = NULL;
    hrm_join_options_init(&options, sizeof options);
    options.duplicates = duplicates;
    hrmt_ok(f->ctx, hrm_join_new(f->ctx, f->layer, &options, &j));
    for (size_t i = 0; i < MANY; i++) keys[i] = codes[i % count];
    for (size_t i = 0; i < MANY; i += feed)
        hrmt_ok(f->ctx, hrm_join_rows(f->ctx, j, (int64_t)i + 1, feed, keys + i, NULL, NULL));
    hrmt_ok(f->ctx, hrm_table_new(f->ctx, f->layer, HRM_LEVEL_COMMUNITY, &table));
    ck_assert_int_eq(hrm_join_finish(f->ctx, j, table, &report), expected);
    hrm_join_free(j);
    hrm_table_free(table);
    (void)hrmt_counts(report);
    return report;
}

START_TEST(the_list_is_bounded) {
    static const char *const unknown[] = {"UA9999001"};
    static const char *const known[] = {"UA5908017", "UA9999001"};
    fixture f = set_up();
    hrm_join_report *report = feed_many(&f, HRM_DUPLICATES_FIRST, unknown, 1, FEED, HRM_OK);
    ck_assert_uint_eq(hrm_join_report_entry_count(report), LISTED);
    ck_assert_uint_eq(hrmt_counts(report).not_listed, MANY - LISTED);
    ck_assert_uint_eq(hrm_join_report_reason_count(report, HRM_REASON_NOT_IN_LAYER), MANY);
    ck_assert_int_eq(hrmt_entry(report, LISTED - 1).row, LISTED);
    hrm_join_report_free(report);
    /* rows that lose their place later than the list is full are still the first ones, whatever the batch */
    for (int32_t duplicates = HRM_DUPLICATES_LAST; duplicates <= HRM_DUPLICATES_HOLD; duplicates += 3)
        for (size_t feed = FEED; feed <= MANY; feed *= MANY / FEED) {
            report = feed_many(&f, duplicates, known, 2, feed, HRM_OK);
            ck_assert_uint_eq(hrm_join_report_entry_count(report), LISTED);
            size_t in_place = 0;
            while (in_place < LISTED && hrmt_entry(report, in_place).row == (int64_t)in_place + 1) in_place++;
            ck_assert_uint_eq(in_place, LISTED);
            hrm_join_report_free(report);
        }
    tear_down(&f);
}
END_TEST

HRMT_SUITE("join_hold", &rows_that_claim_one_community, &equal_rows_and_many, &periods_are_held_apart,
           &order_does_not_matter, &batches_do_not_matter, &nothing_is_lost_when_memory_runs_out,
           &a_failed_batch_did_not_count, &the_list_is_bounded)
