/*
 * Rolling communities up to raions, oblasts or the country: every column by its own rule, over the members
 * that have a value. How many had one is told in a column of its own, since a sum over half of the members is
 * not the oblast's.
 *
 * Sums are exact before they are rounded once (base/sum.h), so the order of communities cannot change them.
 * The products of a weighted mean are kept whole too: w·x is the rounded product and the rest that fma()
 * gives (Ogita, Rump and Oishi 2005, "TwoProductFMA"); both go into the exact sum.
 */
#include "base/buffer.h"
#include "base/sum.h"
#include "community/layer.h"
#include "table/id.h"
#include "table/table.h"

/* What has been gathered for one unit and column. */
typedef struct unit_state {
    size_t members;      /* communities of the unit */
    size_t counted;      /* those that had a value (and a weight) */
    double best;         /* smallest or largest so far */
    hrmi_sum sum;        /* of values, or of weight times value */
    hrmi_sum weights;    /* of weights */
    uint8_t first_cause; /* why the first member had none */
    bool too_large;      /* a product overflowed */
} unit_state;

/* The job: where from, where to, and room for one column at a time. */
typedef struct job {
    hrm_context *ctx;
    const hrm_table *table;
    hrm_table *out;
    size_t row_count;
    size_t unit_count;
    size_t *unit_of; /* the unit of each row, HRM_NONE for none */
    unit_state *units;
    double *values;
    uint8_t *missing;
} job;

static uint8_t cause_of(const hrmi_column *column, size_t row) {
    return column->missing == NULL ? HRM_PRESENT : column->missing[row];
}

static void take(unit_state *unit, int32_t rule, double value, double weight) {
    const bool first = unit->counted++ == 0;
    switch (rule) {
    case HRM_ROLLUP_MIN:
        if (first || value < unit->best) unit->best = value;
        break;
    case HRM_ROLLUP_MAX:
        if (first || value > unit->best) unit->best = value;
        break;
    case HRM_ROLLUP_MEAN: {
        const double product = weight * value;
        if (isfinite(product)) {
            hrmi_sum_add(&unit->sum, product);
            hrmi_sum_add(&unit->sum, fma(weight, value, -product));
        } else {
            unit->too_large = true;
        }
        hrmi_sum_add(&unit->weights, weight);
        break;
    }
    default:
        hrmi_sum_add(&unit->sum, value);
        break;
    }
}

/* Goes over the communities: fills job->units. weight is NULL but for a weighted mean. */
static void gather(job *j, const hrmi_column *column, const hrmi_column *weight) {
    memset(j->units, 0, j->unit_count * sizeof *j->units);
    for (size_t row = 0; row < j->row_count; row++) {
        if (j->unit_of[row] == HRM_NONE) continue;
        unit_state *const unit = &j->units[j->unit_of[row]];
        uint8_t cause = cause_of(column, row);
        if (cause == HRM_PRESENT && weight != NULL) cause = cause_of(weight, row);
        if (unit->members++ == 0) unit->first_cause = cause;
        if (cause == HRM_PRESENT)
            take(unit, column->info.rollup, column->values[row], weight == NULL ? 1.0 : weight->values[row]);
    }
}

/* The value of a unit; NaN where it has none, and then why. */
static double value_of(const unit_state *unit, int32_t rule, uint8_t *cause) {
    double value = NAN;
    *cause = unit->members == 0 ? HRM_MISSING_NOT_APPLICABLE : unit->first_cause;
    if (unit->counted == 0) return value;
    *cause = HRM_PRESENT;
    if (rule == HRM_ROLLUP_SUM) value = hrmi_sum_value(&unit->sum);
    if (rule == HRM_ROLLUP_MIN || rule == HRM_ROLLUP_MAX) value = unit->best;
    if (rule == HRM_ROLLUP_MEAN && !unit->too_large)
        value = hrmi_sum_value(&unit->sum) / hrmi_sum_value(&unit->weights);
    if (isfinite(value)) return value;
    *cause = HRM_MISSING_UNDEFINED; /* weights that add up to zero, or a sum that no double can hold */
    return NAN;
}

hrm_status hrmi_table_add_coverage(hrm_context *ctx, hrm_table *table, const char *id, const double *shares) {
    hrm_column_info info;
    hrmi_buffer text;
    bool whole = true;
    for (size_t i = 0; i < table->columns.cell_count; i++) whole = whole && shares[i] == 1.0;
    if (whole) return HRM_OK;
    hrmi_buffer_init(&text, ctx);
    hrm_status status = hrmi_id_with(ctx, &text, id, "_coverage");
    const size_t id_size = text.length + 1;
    if (status == HRM_OK) status = hrmi_buffer_add(ctx, &text, "", 1);
    if (status == HRM_OK) status = hrmi_buffer_text(ctx, &text, "communities with a value in ");
    if (status == HRM_OK) status = hrmi_buffer_text(ctx, &text, id);
    if (status != HRM_OK) goto done;
    hrm_column_info_init(&info, sizeof info);
    info.id = text.data;
    info.unit = "share";
    info.title_en = "Share of communities with a value";
    info.title_uk = "Частка громад, що мають значення";
    info.source = text.data + id_size;
    status = hrmi_columns_add(ctx, &table->columns, &info, shares, NULL, NULL);
done:
    hrmi_buffer_free(&text);
    return status;
}

static hrm_status add_coverage(job *j, const hrmi_column *column) {
    for (size_t u = 0; u < j->unit_count; u++) {
        const unit_state *const unit = &j->units[u];
        j->values[u] = unit->members == 0 ? 0.0 : (double)unit->counted / (double)unit->members;
    }
    return hrmi_table_add_coverage(j->ctx, j->out, column->info.id, j->values);
}

static hrm_status find_weight(job *j, const hrmi_column *column, const hrmi_column **weight) {
    const char *const id = column->info.weight;
    const size_t place = hrmi_columns_find(&j->table->columns, id);
    if (place == HRM_NONE)
        return hrmi_fail(j->ctx, HRM_ERROR_FIELD,
                         "column %s is to be weighted by %s, and the table has no such column",
                         column->info.id, id);
    *weight = &j->table->columns.list[place];
    if ((*weight)->values == NULL)
        return hrmi_fail(j->ctx, HRM_ERROR_FIELD, "column %s is to be weighted by %s, which is text",
                         column->info.id, id);
    return HRM_OK;
}

static hrm_status roll_column(job *j, const hrmi_column *column) {
    const int32_t rule = column->info.rollup;
    const hrmi_column *weight = NULL;
    hrm_status status = HRM_OK;
    if (column->values == NULL || rule == HRM_ROLLUP_NONE || rule == HRM_ROLLUP_RECOMPUTE) return HRM_OK;
    if (rule == HRM_ROLLUP_MEAN) status = find_weight(j, column, &weight);
    if (status != HRM_OK) return status;
    gather(j, column, weight);
    for (size_t u = 0; u < j->unit_count; u++) j->values[u] = value_of(&j->units[u], rule, &j->missing[u]);
    status = hrmi_columns_add(j->ctx, &j->out->columns, &column->info, j->values, j->missing, NULL);
    if (status != HRM_OK) return status;
    return add_coverage(j, column);
}

static hrm_status check(hrm_context *ctx, const hrm_layer *layer, const hrm_table *table, int32_t level,
                        hrm_table **out) {
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_table_roll_up: out is NULL");
    *out = NULL;
    if (layer == NULL || table == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_table_roll_up: layer or table is NULL");
    if (level != HRM_LEVEL_RAION && level != HRM_LEVEL_OBLAST && level != HRM_LEVEL_COUNTRY)
        return hrmi_fail(
            ctx, HRM_ERROR_ARGUMENT,
            "cannot roll up to level %ld: give HRM_LEVEL_RAION, HRM_LEVEL_OBLAST or HRM_LEVEL_COUNTRY",
            (long)level);
    if (table->level != HRM_LEVEL_COMMUNITY)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "only a table of communities can be rolled up");
    return hrmi_table_must_fit(ctx, table, layer);
}

hrm_status hrm_table_roll_up(hrm_context *ctx, const hrm_layer *layer, const hrm_table *table, int32_t level,
                             hrm_table **out) {
    job j = {0};
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    status = check(ctx, layer, table, level, out);
    if (status != HRM_OK) goto done;
    status = hrm_table_new(ctx, layer, level, &j.out);
    if (status != HRM_OK) goto done;
    j.ctx = ctx;
    j.table = table;
    j.row_count = table->columns.cell_count;
    j.unit_count = hrm_table_row_count(j.out);
    j.unit_of = hrmi_array_new(ctx, j.row_count, sizeof *j.unit_of);
    j.units = hrmi_array_new(ctx, j.unit_count, sizeof *j.units);
    j.values = hrmi_array_new(ctx, j.unit_count, sizeof *j.values);
    j.missing = hrmi_array_new(ctx, j.unit_count, 1);
    if (j.unit_of == NULL || j.units == NULL || j.values == NULL || j.missing == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    for (size_t row = 0; row < j.row_count; row++) j.unit_of[row] = hrm_layer_unit_of(layer, level, row);
    for (size_t i = 0; i < table->columns.count; i++) {
        status = roll_column(&j, &table->columns.list[i]);
        if (status != HRM_OK) goto done;
    }
    *out = j.out;
    j.out = NULL; /* given away */
done:
    hrm_table_free(j.out);
    hrmi_free(ctx, j.unit_of);
    hrmi_free(ctx, j.units);
    hrmi_free(ctx, j.values);
    hrmi_free(ctx, j.missing);
    return status;
}
