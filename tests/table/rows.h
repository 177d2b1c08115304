/* Joins in tests: rows as people see them, key, period and cells side by side. */
#ifndef HRMT_ROWS_H
#define HRMT_ROWS_H

#include "region.h"

enum { HRMT_CELLS = 3, HRMT_COLUMNS_MOST = 3 };

/* A row of the region's statistics. Key, period and cells may be NULL. */
typedef struct hrmt_row {
    const char *key;
    const char *period;
    const char *cells[HRMT_CELLS];
} hrmt_row;

/* What to join, and how. Column i is named "a", "b", "c"; text[i] says that it is text. */
typedef struct hrmt_join {
    int32_t duplicates;
    int32_t decimal;
    bool has_period;
    size_t column_count;
    bool text[HRMT_COLUMNS_MOST];
    double scale[HRMT_COLUMNS_MOST]; /* 0: 1 */
    size_t batch;                    /* rows fed at a time; 0: all */
} hrmt_join;

static inline hrm_status hrmt_feed(hrm_context *ctx, hrm_join *join, const hrmt_join *how,
                                   const hrmt_row *rows, size_t first, size_t count) {
    const char **keys = calloc(count + 1, sizeof *keys);
    const char **periods = calloc(count + 1, sizeof *periods);
    const char **cells = calloc(count * HRMT_CELLS + 1, sizeof *cells);
    for (size_t i = 0; i < count; i++) {
        keys[i] = rows[first + i].key;
        periods[i] = rows[first + i].period;
        for (size_t c = 0; c < how->column_count; c++)
            cells[i * how->column_count + c] = rows[first + i].cells[c];
    }
    const hrm_status status =
        hrm_join_rows(ctx, join, (int64_t)first + 1, count, keys, how->has_period ? periods : NULL, cells);
    free(keys);
    free(periods);
    free(cells);
    return status;
}

/* Makes a join and feeds it all rows, numbered from 1. */
static inline hrm_status hrmt_join_start(hrm_context *ctx, const hrm_layer *layer, const hrmt_join *how,
                                         const hrmt_row *rows, size_t count, hrm_join **join) {
    static const char *const ids[HRMT_COLUMNS_MOST] = {"a", "b", "c"};
    hrm_join_column columns[HRMT_COLUMNS_MOST];
    hrm_column_info infos[HRMT_COLUMNS_MOST];
    hrm_join_options options;
    hrm_join_options_init(&options, sizeof options);
    for (size_t i = 0; i < how->column_count; i++) {
        hrm_join_column_init(&columns[i], sizeof columns[i]);
        hrm_column_info_init(&infos[i], sizeof infos[i]);
        columns[i].info = &infos[i];
        infos[i].id = ids[i];
        columns[i].is_text = how->text[i];
        columns[i].scale = how->scale[i];
    }
    options.duplicates = how->duplicates;
    options.decimal = how->decimal;
    options.has_period = how->has_period;
    options.columns = columns;
    options.column_count = how->column_count;
    options.source = "statistics.csv";
    hrm_status status = hrm_join_new(ctx, layer, &options, join);
    const size_t batch = how->batch == 0 ? count : how->batch;
    for (size_t first = 0; first < count && status == HRM_OK; first += batch)
        status = hrmt_feed(ctx, *join, how, rows, first, count - first < batch ? count - first : batch);
    return status;
}

/* Joins rows to a new table of the layer. All three may be looked at after HRM_ERROR_DUPLICATE. */
static inline hrm_status hrmt_join_table(hrm_context *ctx, const hrm_layer *layer, const hrmt_join *how,
                                         const hrmt_row *rows, size_t count, hrm_table **table,
                                         hrm_join_report **report) {
    hrm_join *join = NULL;
    *table = NULL;
    *report = NULL;
    hrm_status status = hrmt_join_start(ctx, layer, how, rows, count, &join);
    if (status == HRM_OK) status = hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, table);
    if (status == HRM_OK) status = hrm_join_finish(ctx, join, *table, report);
    hrm_join_free(join);
    return status;
}

static inline hrm_join_counts hrmt_counts(const hrm_join_report *report) {
    hrm_join_counts counts = {.struct_size = sizeof counts};
    ck_assert(hrm_join_report_counts(report, &counts));
    const size_t not_matched = counts.unmatched + counts.duplicates + counts.unusable + counts.kept_out;
    ck_assert_uint_eq(counts.rows, counts.matched + not_matched);
    size_t by_way = 0;
    for (int32_t way = HRM_MATCH_NONE + 1; way < HRM_MATCH_WAYS; way++)
        by_way += hrm_join_report_way_count(report, way);
    ck_assert_uint_eq(by_way, counts.matched);
    size_t by_reason = 0;
    for (int32_t reason = HRM_REASON_NONE + 1; reason < HRM_REASONS; reason++)
        by_reason += hrm_join_report_reason_count(report, reason);
    ck_assert_uint_eq(by_reason, not_matched);
    ck_assert_uint_eq(hrm_join_report_entry_count(report) + counts.not_listed,
                      not_matched + counts.unusable_cells);
    return counts;
}

static inline hrm_join_amount hrmt_amount(const hrm_join_report *report, size_t i) {
    hrm_join_amount amount = {.struct_size = sizeof amount};
    ck_assert(hrm_join_report_amount(report, i, &amount));
    return amount;
}

/* ck_assert that two texts have the same digits, in whatever order. */
static inline void hrmt_same_digits(const char *a, const char *b) {
    int counts[10] = {0};
    for (const char *at = a; *at != '\0'; at++)
        if (*at >= '0' && *at <= '9') counts[*at - '0']++;
    for (const char *at = b; *at != '\0'; at++)
        if (*at >= '0' && *at <= '9') counts[*at - '0']--;
    for (size_t i = 0; i < 10; i++)
        ck_assert_msg(counts[i] == 0, "not the same numbers: \"%s\", \"%s\"", a, b);
}

/* An entry; it says the same numbers in both languages. */
static inline hrm_join_entry hrmt_entry(const hrm_join_report *report, size_t i) {
    hrm_join_entry entry = {.struct_size = sizeof entry};
    ck_assert(hrm_join_report_entry(report, i, &entry));
    ck_assert_ptr_nonnull(entry.text);
    ck_assert_ptr_nonnull(entry.text_uk);
    hrmt_same_digits(entry.text, entry.text_uk);
    return entry;
}

/* ck_assert that an entry is of this row and column and has these words. */
static inline void hrmt_entry_is(const hrm_join_report *report, size_t i, int32_t outcome, int64_t row,
                                 size_t column, const char *words) {
    const hrm_join_entry entry = hrmt_entry(report, i);
    ck_assert_int_eq(entry.outcome, outcome);
    ck_assert_int_eq(entry.row, row);
    ck_assert_uint_eq(entry.column, column);
    ck_assert_ptr_nonnull(entry.text);
    ck_assert_msg(strstr(entry.text, words) != NULL, "no \"%s\" in \"%s\"", words, entry.text);
}

/* ck_assert a cell of a table: a value, or (NaN) why it is missing. */
static inline void hrmt_cell_is(const hrm_table *table, const char *id, size_t row, double value,
                                uint8_t reason) {
    const size_t column = hrm_table_find(table, id);
    ck_assert_msg(column != HRM_NONE, "no column %s", id);
    const double got = hrm_table_values(table, column)[row];
    const uint8_t *const missing = hrm_table_missing(table, column);
    ck_assert_msg(isnan(value) ? isnan(got) : got == value, "%s, row %zu: %.17g, not %.17g", id, row, got,
                  value);
    ck_assert_uint_eq(missing == NULL ? HRM_PRESENT : missing[row], reason);
}

/* A context, the region, and what a join made. */
typedef struct hrmt_joined {
    hrm_context *ctx;
    hrm_layer *layer;
    hrm_table *table;
    hrm_join_report *report;
} hrmt_joined;

static inline hrmt_joined hrmt_join_set_up(void) {
    hrmt_joined f = {hrmt_context(), NULL, NULL, NULL};
    f.layer = hrmt_region(f.ctx);
    return f;
}

static inline void hrmt_join_tear_down(hrmt_joined *f) {
    hrm_join_report_free(f->report);
    hrm_table_free(f->table);
    hrm_layer_free(f->layer);
    hrm_context_free(f->ctx);
}

#endif
