/*
 * Indicators of raions, oblasts and the country. An indicator that is to be recomputed is computed again over
 * the parts of its unit's members, and it must be the same members in every part: in the share of destroyed
 * housing, a community that reported what was destroyed and not what there was must be in neither sum.
 *
 * So for each such indicator: find who counts; take the columns that it and the indicators behind it read,
 * leave in them only the members that count, and roll that table up by the columns' own rules; then run the
 * formulas over the units, those behind first. What one indicator needs of another is thus always recomputed
 * over its own members, and never taken from the other's result, which may stand on other members.
 */
#include "indicator/plan.h"
#include "table/table.h"

/* Of a unit. */
typedef struct members {
    size_t count;
    size_t counting; /* those that count for the indicator */
    uint8_t reason;  /* why the first has no value */
} members;

typedef struct job {
    hrm_context *ctx;
    const hrm_layer *layer;
    const hrm_table *table;
    hrm_table *out;
    int32_t level;
    hrmi_plan plan;
    hrmi_grouping grouping;
    size_t rows, unit_count;
    size_t *unit_of;
    /* of the indicator at work */
    bool *needed;     /* by indicator: it, and those behind it that are recomputed too */
    bool *reads;      /* by column of the table */
    bool *counts;     /* by row */
    double *masked;   /* by row */
    uint8_t *reasons; /* by row */
    hrmi_series *inputs;
    double *values;   /* plan.count × unit_count */
    uint8_t *missing; /* plan.count × unit_count */
    double *shares;   /* by unit */
    members *members; /* by unit */
} job;

static bool is_recomputed(const job *j, const hrmi_source *source) {
    return source->kind == HRMI_FROM_INDICATOR &&
           j->plan.steps[source->index].indicator.rollup == HRM_ROLLUP_RECOMPUTE;
}

/* The table's column that a source stands for; HRM_NONE for a parameter and for what is recomputed. */
static size_t column_of(const job *j, const hrmi_source *source) {
    if (source->kind == HRMI_FROM_COLUMN) return source->index;
    if (source->kind == HRMI_FROM_PARAMETER || is_recomputed(j, source)) return HRM_NONE;
    return hrm_table_find(j->table, j->plan.steps[source->index].indicator.id);
}

/* ---- who counts, and what is read ---- */

/* Marks what an indicator stands on. Those behind it come before it in the order, so one way back is enough.
 */
static hrm_status find_needed(job *j, size_t k) {
    memset(j->needed, 0, j->plan.count * sizeof *j->needed);
    memset(j->reads, 0, hrm_table_column_count(j->table) * sizeof *j->reads);
    j->needed[k] = true;
    for (size_t i = j->plan.count; i-- > 0;) {
        const hrmi_step *const step = &j->plan.steps[j->plan.order[i]];
        if (!j->needed[j->plan.order[i]]) continue;
        for (size_t input = 0; input < step->formula->input_count; input++) {
            const hrmi_source *const source = &step->sources[input];
            const size_t column = column_of(j, source);
            if (is_recomputed(j, source)) j->needed[source->index] = true;
            if (column == HRM_NONE) continue;
            j->reads[column] = true;
            if (j->table->columns.list[column].info.rollup == HRM_ROLLUP_RECOMPUTE)
                return hrmi_fail(
                    j->ctx, HRM_ERROR_ARGUMENT,
                    "indicator %.100s reads %.100s, which must be recomputed for larger units: give "
                    "that indicator too",
                    step->indicator.id, j->table->columns.list[column].info.id);
        }
    }
    return HRM_OK;
}

static void find_counting(job *j, const hrmi_column *own) {
    const hrmi_columns *const columns = &j->table->columns;
    for (size_t row = 0; row < j->rows; row++) j->counts[row] = true;
    if (own->missing == NULL) return;
    for (size_t c = 0; c < columns->count; c++)
        if (j->reads[c] && columns->list[c].missing != NULL)
            for (size_t row = 0; row < j->rows; row++)
                if (columns->list[c].missing[row] != HRM_PRESENT) j->counts[row] = false;
    for (size_t row = 0; row < j->rows; row++)
        if (own->missing[row] == HRM_PRESENT) j->counts[row] = true;
}

/* ---- parts ---- */

static hrm_status add_part(job *j, hrm_table *parts, const hrmi_column *column, const hrmi_column *own) {
    if (hrm_table_find(parts, column->info.id) != HRM_NONE) return HRM_OK;
    for (size_t row = 0; row < j->rows; row++) {
        const uint8_t reason = column->missing == NULL ? HRM_PRESENT : column->missing[row];
        j->masked[row] = j->counts[row] ? column->values[row] : (double)NAN;
        j->reasons[row] = j->counts[row] || reason != HRM_PRESENT ? reason : own->missing[row];
    }
    return hrm_table_add(j->ctx, parts, &column->info, j->masked, j->reasons, NULL);
}

/* The columns that are read (and what they are weighted by), of the members that count. */
static hrm_status make_parts(job *j, const hrmi_column *own, hrm_table **out) {
    const hrmi_columns *const columns = &j->table->columns;
    hrm_table *parts = NULL;
    hrm_status status = hrm_table_new(j->ctx, j->layer, HRM_LEVEL_COMMUNITY, &parts);
    for (size_t c = 0; c < columns->count && status == HRM_OK; c++) {
        const hrmi_column *const column = &columns->list[c];
        if (!j->reads[c]) continue;
        status = add_part(j, parts, column, own);
        const size_t weight =
            column->info.weight[0] == '\0' ? HRM_NONE : hrmi_columns_find(columns, column->info.weight);
        if (status == HRM_OK && weight != HRM_NONE && columns->list[weight].values != NULL)
            status = add_part(j, parts, &columns->list[weight], own);
    }
    if (status == HRM_OK) status = hrm_table_roll_up(j->ctx, j->layer, parts, j->level, out);
    hrm_table_free(parts);
    return status;
}

/* ---- recomputing ---- */

static hrmi_series series_of(const job *j, const hrmi_source *source, const hrm_table *parts) {
    static const double nothing = (double)NAN;
    static const uint8_t not_applicable = HRM_MISSING_NOT_APPLICABLE;
    if (source->kind == HRMI_FROM_PARAMETER) return (hrmi_series){&source->number, NULL, 0};
    if (is_recomputed(j, source))
        return (hrmi_series){j->values + source->index * j->unit_count,
                             j->missing + source->index * j->unit_count, 1};
    const char *const id = j->table->columns.list[column_of(j, source)].info.id;
    const size_t column = hrm_table_find(parts, id);
    if (column == HRM_NONE) /* its rule says that larger units have none */
        return (hrmi_series){&nothing, &not_applicable, 0};
    return (hrmi_series){hrm_table_values(parts, column), hrm_table_missing(parts, column), 1};
}

static hrm_status run_needed(job *j, const hrm_table *parts) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < j->plan.count && status == HRM_OK; i++) {
        const size_t k = j->plan.order[i];
        const hrmi_step *const step = &j->plan.steps[k];
        if (!j->needed[k]) continue;
        for (size_t input = 0; input < step->formula->input_count; input++)
            j->inputs[input] = series_of(j, &step->sources[input], parts);
        status = hrmi_grouping_prepare(j->ctx, &j->grouping, step->formula, j->layer, j->level);
        if (status == HRM_ERROR_FORMULA)
            status = hrmi_fail_in(j->ctx, status, "indicator %.100s", step->indicator.id);
        if (status == HRM_OK)
            status = hrmi_formula_run(j->ctx, step->formula, j->inputs, j->grouping.units, j->unit_count,
                                      j->values + k * j->unit_count, j->missing + k * j->unit_count);
    }
    return status;
}

/* The share of members that count in each unit. A unit of none is missing, whatever the formula made of it,
 * for the reason of its first member. */
static void find_shares(job *j, size_t k, const hrmi_column *own) {
    double *const values = j->values + k * j->unit_count;
    uint8_t *const missing = j->missing + k * j->unit_count;
    memset(j->members, 0, j->unit_count * sizeof *j->members);
    for (size_t row = 0; row < j->rows; row++) {
        if (j->unit_of[row] == HRM_NONE) continue;
        members *const m = &j->members[j->unit_of[row]];
        if (m->count++ == 0) m->reason = own->missing == NULL ? HRM_PRESENT : own->missing[row];
        m->counting += j->counts[row];
    }
    for (size_t u = 0; u < j->unit_count; u++) {
        const members *const m = &j->members[u];
        j->shares[u] = m->count == 0 ? 0.0 : (double)m->counting / (double)m->count;
        if (m->counting > 0) continue;
        values[u] = (double)NAN;
        missing[u] = m->count == 0 ? HRM_MISSING_NOT_APPLICABLE : m->reason;
    }
}

static hrm_status recompute(job *j, size_t k) {
    const hrm_indicator *const indicator = &j->plan.steps[k].indicator;
    const hrmi_column *const own = &j->table->columns.list[hrm_table_find(j->table, indicator->id)];
    hrm_table *parts = NULL;
    hrm_status status = find_needed(j, k);
    if (status != HRM_OK) goto done;
    find_counting(j, own);
    status = make_parts(j, own, &parts);
    if (status != HRM_OK) goto done;
    status = run_needed(j, parts);
    if (status != HRM_OK) goto done;
    find_shares(j, k, own);
    status = hrmi_indicator_add(j->ctx, j->out, indicator, j->values + k * j->unit_count,
                                j->missing + k * j->unit_count);
    if (status == HRM_OK) status = hrmi_table_add_coverage(j->ctx, j->out, indicator->id, j->shares);
done:
    hrm_table_free(parts);
    return status;
}

/* ---- the whole ---- */

static hrm_status check_columns(const job *j) {
    for (size_t k = 0; k < j->plan.count; k++) {
        const char *const id = j->plan.steps[k].indicator.id;
        if (hrm_table_values(j->table, hrm_table_find(j->table, id)) == NULL)
            return hrmi_fail(j->ctx, HRM_ERROR_FIELD,
                             "the table has no column of the indicator %.100s: compute it before rolling up",
                             id);
    }
    return HRM_OK;
}

static hrm_status make_room(job *j) {
    hrm_context *const ctx = j->ctx;
    size_t most = 0;
    for (size_t k = 0; k < j->plan.count; k++)
        if (j->plan.steps[k].formula->input_count > most) most = j->plan.steps[k].formula->input_count;
    j->rows = hrm_table_row_count(j->table);
    j->unit_count = hrm_table_row_count(j->out);
    j->unit_of = hrmi_array_new(ctx, j->rows, sizeof *j->unit_of);
    j->needed = hrmi_array_new(ctx, j->plan.count, sizeof *j->needed);
    j->reads = hrmi_array_new(ctx, hrm_table_column_count(j->table), sizeof *j->reads);
    j->counts = hrmi_array_new(ctx, j->rows, sizeof *j->counts);
    j->masked = hrmi_array_new(ctx, j->rows, sizeof *j->masked);
    j->reasons = hrmi_array_new(ctx, j->rows, sizeof *j->reasons);
    j->inputs = hrmi_array_new(ctx, most, sizeof *j->inputs);
    j->values = hrmi_array_new(ctx, j->plan.count, j->unit_count * sizeof *j->values);
    j->missing = hrmi_array_new(ctx, j->plan.count, j->unit_count);
    j->shares = hrmi_array_new(ctx, j->unit_count, sizeof *j->shares);
    j->members = hrmi_array_new(ctx, j->unit_count, sizeof *j->members);
    if (j->unit_of == NULL || j->needed == NULL || j->reads == NULL || j->counts == NULL ||
        j->masked == NULL || j->reasons == NULL || j->inputs == NULL || j->values == NULL ||
        j->missing == NULL || j->shares == NULL || j->members == NULL)
        return HRM_ERROR_MEMORY;
    for (size_t row = 0; row < j->rows; row++) j->unit_of[row] = hrm_layer_unit_of(j->layer, j->level, row);
    return HRM_OK;
}

static void free_room(job *j) {
    hrm_context *const ctx = j->ctx;
    hrmi_grouping_free(ctx, &j->grouping);
    hrmi_plan_free(ctx, &j->plan);
    hrmi_free(ctx, j->unit_of);
    hrmi_free(ctx, j->needed);
    hrmi_free(ctx, j->reads);
    hrmi_free(ctx, j->counts);
    hrmi_free(ctx, j->masked);
    hrmi_free(ctx, j->reasons);
    hrmi_free(ctx, j->inputs);
    hrmi_free(ctx, j->values);
    hrmi_free(ctx, j->missing);
    hrmi_free(ctx, j->shares);
    hrmi_free(ctx, j->members);
    hrm_table_free(j->out);
}

static hrm_status recompute_all(job *j, size_t count) {
    hrm_status status = HRM_OK;
    for (size_t k = 0; k < count && status == HRM_OK; k++) {
        status = hrmi_progress(j->ctx, (double)k / (double)count, "rolling indicators up");
        if (status == HRM_OK && j->plan.steps[k].indicator.rollup == HRM_ROLLUP_RECOMPUTE)
            status = recompute(j, k);
    }
    return status;
}

hrm_status hrm_indicators_roll_up(hrm_context *ctx, const hrm_layer *layer, const hrm_table *table,
                                  const hrm_indicator *indicators, size_t count, int32_t level,
                                  hrm_table **out) {
    job j = {.ctx = ctx, .layer = layer, .table = table, .level = level};
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_indicators_roll_up: out is NULL");
    *out = NULL;
    if (layer == NULL || table == NULL || (indicators == NULL && count > 0))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "hrm_indicators_roll_up: layer, table or indicators is NULL");
    status = hrm_table_roll_up(ctx, layer, table, level, &j.out);
    if (status == HRM_OK) status = hrmi_plan_make(ctx, table, indicators, count, &j.plan);
    if (status == HRM_OK) status = check_columns(&j);
    if (status == HRM_OK) status = make_room(&j);
    if (status == HRM_OK) status = recompute_all(&j, count);
    if (status == HRM_OK) {
        *out = j.out;
        j.out = NULL; /* given away */
    }
    free_room(&j);
    return status;
}
