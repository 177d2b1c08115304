/*
 * Computing indicators: in the order of the plan, into memory of our own first. Only when all are there are
 * they added to the table, in the caller's order.
 */
#include "base/buffer.h"
#include "indicator/plan.h"
#include "table/table.h"

typedef struct job {
    hrm_context *ctx;
    const hrm_layer *layer;
    hrm_table *table;
    hrmi_plan plan;
    hrmi_grouping grouping;
    hrmi_series *inputs; /* of the formula at work */
    size_t rows;
    double *values;   /* plan.count × rows */
    uint8_t *missing; /* plan.count × rows */
} job;

static hrm_status make_room(job *j) {
    size_t most = 0;
    for (size_t k = 0; k < j->plan.count; k++)
        if (j->plan.steps[k].formula->input_count > most) most = j->plan.steps[k].formula->input_count;
    j->rows = hrm_table_row_count(j->table);
    j->inputs = hrmi_array_new(j->ctx, most, sizeof *j->inputs);
    if (j->inputs == NULL) return HRM_ERROR_MEMORY;
    j->values = hrmi_array_new(j->ctx, j->plan.count, j->rows * sizeof *j->values);
    if (j->values == NULL) return HRM_ERROR_MEMORY;
    j->missing = hrmi_array_new(j->ctx, j->plan.count, j->rows);
    return j->missing == NULL ? HRM_ERROR_MEMORY : HRM_OK;
}

static hrmi_series series_of(const job *j, const hrmi_source *source) {
    if (source->kind == HRMI_FROM_PARAMETER) return (hrmi_series){&source->number, NULL, 0};
    if (source->kind == HRMI_FROM_INDICATOR)
        return (hrmi_series){j->values + source->index * j->rows, j->missing + source->index * j->rows, 1};
    return (hrmi_series){hrm_table_values(j->table, source->index),
                         hrm_table_missing(j->table, source->index), 1};
}

static hrm_status compute(job *j, size_t k) {
    const hrmi_step *const step = &j->plan.steps[k];
    hrm_status status =
        hrmi_grouping_prepare(j->ctx, &j->grouping, step->formula, j->layer, hrm_table_level(j->table));
    if (status == HRM_ERROR_FORMULA)
        return hrmi_fail_in(j->ctx, status, "indicator %.100s", step->indicator.id);
    if (status != HRM_OK) return status;
    for (size_t i = 0; i < step->formula->input_count; i++) j->inputs[i] = series_of(j, &step->sources[i]);
    return hrmi_formula_run(j->ctx, step->formula, j->inputs, j->grouping.units, j->rows,
                            j->values + k * j->rows, j->missing + k * j->rows);
}

hrm_status hrmi_indicator_add(hrm_context *ctx, hrm_table *table, const hrm_indicator *indicator,
                              const double *values, const uint8_t *missing) {
    hrm_column_info info;
    hrmi_buffer note;
    hrmi_buffer_init(&note, ctx);
    hrm_column_info_init(&info, sizeof info);
    hrm_status status = hrmi_buffer_text(ctx, &note, indicator->formula);
    if (status == HRM_OK && indicator->source[0] != '\0') {
        status = hrmi_buffer_text(ctx, &note, "; ");
        if (status == HRM_OK) status = hrmi_buffer_text(ctx, &note, indicator->source);
    }
    if (status != HRM_OK) goto done;
    info.direction = indicator->direction;
    info.rollup = indicator->rollup;
    info.id = indicator->id;
    info.unit = indicator->unit;
    info.title_en = indicator->title_en;
    info.title_uk = indicator->title_uk;
    info.source = note.data;
    info.weight = indicator->weight;
    status = hrm_table_add(ctx, table, &info, values, missing, NULL);
done:
    hrmi_buffer_free(&note);
    return status;
}

static hrm_status add_all(job *j) {
    const size_t mark = hrmi_table_mark(j->table);
    for (size_t k = 0; k < j->plan.count; k++) {
        const hrm_status status = hrmi_indicator_add(j->ctx, j->table, &j->plan.steps[k].indicator,
                                                     j->values + k * j->rows, j->missing + k * j->rows);
        if (status == HRM_OK) continue;
        hrmi_table_rollback(j->table, mark);
        return status;
    }
    return HRM_OK;
}

static hrm_status check_ids(job *j) {
    for (size_t k = 0; k < j->plan.count; k++) {
        const char *const id = j->plan.steps[k].indicator.id;
        if (hrm_table_find(j->table, id) != HRM_NONE)
            return hrmi_fail(j->ctx, HRM_ERROR_DUPLICATE,
                             "there is a column %.100s already: give the indicator another id", id);
    }
    return HRM_OK;
}

hrm_status hrm_indicators_compute(hrm_context *ctx, const hrm_layer *layer, hrm_table *table,
                                  const hrm_indicator *indicators, size_t count) {
    job j = {.ctx = ctx, .layer = layer, .table = table};
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (layer == NULL || table == NULL || (indicators == NULL && count > 0))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "hrm_indicators_compute: layer, table or indicators is NULL");
    status = hrmi_table_must_fit(ctx, table, layer);
    if (status == HRM_OK) status = hrmi_plan_make(ctx, table, indicators, count, &j.plan);
    if (status == HRM_OK) status = check_ids(&j);
    if (status == HRM_OK) status = make_room(&j);
    for (size_t i = 0; i < count && status == HRM_OK; i++) {
        status = hrmi_progress(ctx, (double)i / (double)count, "computing indicators");
        if (status == HRM_OK) status = compute(&j, j.plan.order[i]);
    }
    if (status == HRM_OK) status = hrmi_progress(ctx, 1, "computing indicators");
    if (status == HRM_OK) status = add_all(&j);
    hrmi_grouping_free(ctx, &j.grouping);
    hrmi_plan_free(ctx, &j.plan);
    hrmi_free(ctx, j.inputs);
    hrmi_free(ctx, j.values);
    hrmi_free(ctx, j.missing);
    return status;
}
