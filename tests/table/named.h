/*
 * Six communities with names, in three oblasts, for joins by code, name and place: three are called
 * Миколаївська, two of them in one oblast. Squares of one degree side by side from 30° E, 50° N; the last
 * overlaps the one before it by a half.
 */
#ifndef HRMT_NAMED_H
#define HRMT_NAMED_H

#include "rows.h"

enum { HRMT_NAMED = 6 };

static inline hrm_layer *hrmt_named(hrm_context *ctx) {
    static const char *const codes[HRMT_NAMED] = {"UA5906001", "UA5908013", "UA5908017",
                                                  "UA4806001", "UA0502003", "UA0504001"};
    static const char *const squares[HRMT_NAMED] = {
        "POLYGON((30 50,31 50,31 51,30 51,30 50))", "POLYGON((31 50,32 50,32 51,31 51,31 50))",
        "POLYGON((32 50,33 50,33 51,32 51,32 50))", "POLYGON((33 50,34 50,34 51,33 51,33 50))",
        "POLYGON((34 50,35 50,35 51,34 51,34 50))", "POLYGON((34.5 50,36 50,36 51,34.5 51,34.5 50))"};
    static const char *const names[HRMT_NAMED] = {"Миколаївська", "Миколаївська", "Сумська",
                                                  "Миколаївська", "Вінницька",    "Жмеринська"};
    static const char *const raions[HRMT_NAMED] = {"Шосткинський",  "Сумський",   "Сумський",
                                                   "Миколаївський", "Вінницький", "Жмеринський"};
    static const char *const oblasts[HRMT_NAMED] = {"Сумська",      "Сумська",   "Сумська",
                                                    "Миколаївська", "Вінницька", "Вінницька"};
    hrm_layer *layer = NULL;
    hrmt_input input = hrmt_input_new(HRMT_NAMED, codes, squares);
    input.input.names_uk = names;
    input.input.raion_uk = raions;
    input.input.oblast_uk = oblasts;
    hrmt_ok(ctx, hrm_layer_from_wkb(ctx, &input.input, &layer));
    hrmt_input_free(&input);
    return layer;
}

/* A row with all that a row may say. Texts may be NULL; x and y of 0, 0 are none. */
typedef struct hrmt_said {
    const char *code, *oblast, *raion, *name, *type, *period;
    double x, y;
    uint8_t kept_out;
    const char *cells[2]; /* a number, and a text */
} hrmt_said;

/* How to join them, into the columns a (numbers) and, without periods, b (texts). */
typedef struct hrmt_how {
    const hrm_gazetteer *gazetteer;
    const char *crs;
    int32_t duplicates;
    bool has_period;
    bool keep_totals;
    bool states_oblasts; /* also where no row of a batch says one */
    size_t batch;        /* rows at a time; 0: all */
} hrmt_how;

enum { HRMT_SAID_MOST = 64 };

/* Rows first … first + count, numbered as `numbers` says, or from 2 in steps of 3: numbers may have gaps. */
static inline hrm_status hrmt_add(hrm_context *ctx, hrm_join *join, const hrmt_how *how,
                                  const hrmt_said *rows, const int64_t *numbers, size_t first, size_t count) {
    const char *words[6][HRMT_SAID_MOST];
    const char *cells[2 * HRMT_SAID_MOST];
    double x[HRMT_SAID_MOST];
    double y[HRMT_SAID_MOST];
    int64_t row[HRMT_SAID_MOST];
    uint8_t kept_out[HRMT_SAID_MOST];
    const size_t columns = how->has_period ? 1 : 2;
    bool states_oblasts = how->states_oblasts;
    hrm_join_batch batch;
    ck_assert_uint_le(count, HRMT_SAID_MOST);
    for (size_t i = 0; i < count; i++) {
        const hrmt_said *const r = &rows[first + i];
        const char *const texts[6] = {r->code, r->oblast, r->raion, r->name, r->type, r->period};
        for (size_t w = 0; w < 6; w++) words[w][i] = texts[w];
        states_oblasts = states_oblasts || r->oblast != NULL;
        for (size_t c = 0; c < columns; c++) cells[i * columns + c] = r->cells[c];
        const bool nowhere = r->x == 0.0 && r->y == 0.0;
        x[i] = nowhere ? (double)NAN : r->x;
        y[i] = nowhere ? (double)NAN : r->y;
        row[i] = numbers != NULL ? numbers[first + i] : (int64_t)(2 + 3 * (first + i));
        kept_out[i] = r->kept_out;
    }
    hrm_join_batch_init(&batch, sizeof batch);
    batch.count = count;
    batch.rows = row;
    batch.codes = words[0];
    batch.oblasts = states_oblasts ? words[1] : NULL;
    batch.raions = words[2];
    batch.names = words[3];
    batch.types = words[4];
    batch.periods = how->has_period ? words[5] : NULL;
    batch.x = x;
    batch.y = y;
    batch.cells = cells;
    batch.kept_out = kept_out;
    batch.keep_totals = how->keep_totals;
    return hrm_join_add(ctx, join, &batch);
}

static inline hrm_status hrmt_said_start(hrm_context *ctx, const hrm_layer *layer, const hrmt_how *how,
                                         hrm_join **join) {
    hrm_join_column columns[2];
    hrm_column_info infos[2] = {hrmt_info("a"), hrmt_info("b")};
    hrm_join_options options;
    for (size_t i = 0; i < 2; i++) {
        hrm_join_column_init(&columns[i], sizeof columns[i]);
        columns[i].info = &infos[i];
    }
    columns[1].is_text = 1;
    hrm_join_options_init(&options, sizeof options);
    options.duplicates = how->duplicates;
    options.has_period = how->has_period;
    options.columns = columns;
    options.column_count = how->has_period ? 1 : 2;
    options.source = "statistics.csv";
    options.gazetteer = how->gazetteer;
    options.crs = how->crs;
    return hrm_join_new(ctx, layer, &options, join);
}

/* What came of a join. Free with hrmt_outcome_free(). */
typedef struct hrmt_outcome {
    hrm_table *table;
    hrm_panel *panel;
    hrm_join_report *report;
    hrm_join_counts counts;
    bool is_mean; /* the column holds means, whose sum is not what was allocated */
} hrmt_outcome;

static inline hrm_status hrmt_join_said(hrm_context *ctx, const hrm_layer *layer, const hrmt_how *how,
                                        const hrmt_said *rows, const int64_t *numbers, size_t count,
                                        hrmt_outcome *out) {
    const size_t batch = how->batch == 0 ? HRMT_SAID_MOST : how->batch;
    hrm_join *join = NULL;
    memset(out, 0, sizeof *out);
    out->is_mean = how->duplicates == HRM_DUPLICATES_MEAN;
    hrm_status status = hrmt_said_start(ctx, layer, how, &join);
    for (size_t first = 0; first < count && status == HRM_OK; first += batch)
        status =
            hrmt_add(ctx, join, how, rows, numbers, first, count - first < batch ? count - first : batch);
    if (status == HRM_OK && !how->has_period)
        status = hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &out->table);
    if (status == HRM_OK)
        status = how->has_period ? hrm_join_finish_panel(ctx, join, &out->panel, &out->report)
                                 : hrm_join_finish(ctx, join, out->table, &out->report);
    hrm_join_free(join);
    return status;
}

static inline void hrmt_outcome_free(hrmt_outcome *out) {
    hrm_join_report_free(out->report);
    hrm_table_free(out->table);
    hrm_panel_free(out->panel);
}

/* The account as it must be: rows by outcome, way and reason; the numbers of column a, exactly (they are
 * whole in these tests), and what stands in the column is what was allocated. */
static inline void hrmt_balanced(hrmt_outcome *out) {
    const hrm_join_amount a = hrmt_amount(out->report, 0);
    double held = 0;
    out->counts = hrmt_counts(out->report);
    ck_assert_double_eq(a.total, a.allocated + a.unallocated);
    ck_assert_uint_eq(a.numbers + a.missing + a.unusable, out->counts.rows - out->counts.kept_out);
    ck_assert_uint_eq(out->counts.communities + out->counts.without_row, HRMT_NAMED);
    if (out->table == NULL || out->is_mean) return;
    for (size_t i = 0; i < HRMT_NAMED; i++) {
        const double value = hrm_table_values(out->table, 0)[i];
        if (!isnan(value)) held += value;
    }
    ck_assert_double_eq(held, a.allocated);
}

static inline void hrmt_way_is(const hrmt_outcome *out, int32_t way, size_t count) {
    ck_assert_msg(hrm_join_report_way_count(out->report, way) == count, "way %d: %zu, not %zu", (int)way,
                  hrm_join_report_way_count(out->report, way), count);
}

static inline void hrmt_reason_is(const hrmt_outcome *out, int32_t reason, size_t count) {
    ck_assert_msg(hrm_join_report_reason_count(out->report, reason) == count, "reason %d: %zu, not %zu",
                  (int)reason, hrm_join_report_reason_count(out->report, reason), count);
}

#endif
