/*
 * Areal interpolation, from the arguments to the columns: see hromada/areal.h for the formulas and their
 * sources, measure/areal.h for who does what.
 */
#include <inttypes.h>

#include "base/sum.h"
#include "measure/areal.h"
#include "measure/columns.h"
#include "table/columns.h"
#include "table/id.h"

void hrm_areal_input_init(hrm_areal_input *input, size_t struct_size) {
    hrmi_init_struct(input, struct_size, NULL, sizeof *input);
}

void hrm_areal_weights_init(hrm_areal_weights *weights, size_t struct_size) {
    hrmi_init_struct(weights, struct_size, NULL, sizeof *weights);
}

void hrm_areal_options_init(hrm_areal_options *options, size_t struct_size) {
    hrmi_init_struct(options, struct_size, NULL, sizeof *options);
}

void hrm_areal_column_init(hrm_areal_column *column, size_t struct_size) {
    hrmi_init_struct(column, struct_size, NULL, sizeof *column);
}

int64_t hrmi_areal_row_number(const hrmi_areal *a, size_t i) {
    return a->in.rows != NULL ? a->in.rows[i] : (int64_t)i + 1;
}

/* ---- the arguments ---- */

static hrm_status check_column(const hrmi_areal *a, const hrm_areal_column *c, const hrm_table *table) {
    hrm_context *const ctx = a->ctx;
    if (c->info->is_text != 0)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "column %.100s: text cannot be spread or averaged",
                         c->info->id);
    if (c->kind != HRM_AREAL_EXTENSIVE && c->kind != HRM_AREAL_INTENSIVE)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "column %.100s: say whether its values add up (HRM_AREAL_EXTENSIVE) or hold for "
                         "every part (HRM_AREAL_INTENSIVE)",
                         c->info->id);
    const char *const fault = hrmi_id_fault(c->info->id);
    if (fault != NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "\"%.100s\" cannot be the id of a column: %s", c->info->id,
                         fault);
    if (hrm_table_find(table, c->info->id) != HRM_NONE)
        return hrmi_fail(ctx, HRM_ERROR_DUPLICATE, "the table has a column %.100s already", c->info->id);
    return HRM_OK;
}

/* Copies the caller's variables and what they say of themselves, of whatever size these structs are. */
static hrm_status read_columns(hrmi_areal *a, const hrm_table *table) {
    hrm_context *const ctx = a->ctx;
    const unsigned char *at = (const unsigned char *)a->in.columns;
    const uint32_t size = a->in.columns->struct_size;
    if (size < sizeof(hrm_areal_column))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_areal_column: struct_size is %lu, and should be %zu",
                         (unsigned long)size, sizeof(hrm_areal_column));
    a->columns = hrmi_array_new(ctx, a->in.column_count, sizeof *a->columns);
    if (a->columns == NULL) return HRM_ERROR_MEMORY;
    a->infos = hrmi_array_new(ctx, a->in.column_count, sizeof *a->infos);
    if (a->infos == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < a->in.column_count; i++, at += size) {
        hrm_areal_column *const c = &a->columns[i];
        memcpy(c, at, sizeof c->struct_size);
        if (c->struct_size != size)
            return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_areal: columns 0 and %zu differ in struct_size",
                             i);
        hrm_status status = hrmi_read_struct(ctx, c, sizeof *c, at, "hrm_areal_column");
        if (status == HRM_OK) status = hrmi_columns_read_info(ctx, c->info, &a->infos[i]);
        if (status != HRM_OK) return status;
        c->info = &a->infos[i];
        if (c->info->id == NULL)
            return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_areal: column %zu has no id", i);
        status = check_column(a, c, table);
        if (status != HRM_OK) return status;
    }
    return HRM_OK;
}

static hrm_status check_values(const hrmi_areal *a) {
    for (size_t i = 0; i < a->in.count; i++)
        for (size_t k = 0; k < a->in.column_count; k++)
            if (isinf(a->in.values[i * a->in.column_count + k]))
                return hrmi_fail(a->ctx, HRM_ERROR_VALUE,
                                 "%s, row %" PRId64 ": the value of %.100s is infinite", a->in.source,
                                 hrmi_areal_row_number(a, i), a->infos[k].id);
    return HRM_OK;
}

static hrm_status check_input(hrmi_areal *a, const hrm_table *table) {
    hrm_context *const ctx = a->ctx;
    if (a->in.reserved != 0) return hrmi_fail_reserved(ctx, "hrm_areal_input");
    if (a->in.count == 0 || a->in.wkb == NULL || a->in.wkb_sizes == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%s: no rows: give wkb, wkb_sizes and a count",
                         a->in.source);
    if (a->in.crs == NULL || a->in.crs[0] == '\0')
        return hrmi_fail(
            ctx, HRM_ERROR_CRS,
            "%s: no coordinate reference system is given: say which one the coordinates are in, such "
            "as \"EPSG:4326\"",
            a->in.source);
    if (a->in.column_count == 0 || a->in.columns == NULL || a->in.values == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%s: no variables: give columns and their values",
                         a->in.source);
    const hrm_status status = read_columns(a, table);
    return status == HRM_OK ? check_values(a) : status;
}

static hrm_status read_options(hrmi_areal *a, const hrm_areal_options *options) {
    hrm_context *const ctx = a->ctx;
    hrm_areal_options *const o = &a->options;
    hrm_status status = hrmi_read_struct(ctx, o, sizeof *o, options, "hrm_areal_options");
    if (status != HRM_OK) return status;
    if (o->reserved != 0) return hrmi_fail_reserved(ctx, "hrm_areal_options");
    if (!(o->least_covered_share >= 0.0 && o->least_covered_share <= 1.0))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "hrm_areal_options: least_covered_share is not from 0 to 1");
    if (o->weights == NULL) {
        if (o->fall_back_to_area == 0) return HRM_OK;
        return hrmi_fail(
            ctx, HRM_ERROR_ARGUMENT,
            "hrm_areal_options: fall_back_to_area is set, and there are no weights to fall back from");
    }
    status = hrmi_read_struct(ctx, &a->weights, sizeof a->weights, o->weights, "hrm_areal_weights");
    if (status != HRM_OK) return status;
    if (a->weights.source == NULL) a->weights.source = "the weights";
    if (a->weights.reserved != 0) return hrmi_fail_reserved(ctx, "hrm_areal_weights");
    if (a->weights.count == 0 || a->weights.x == NULL || a->weights.y == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%s: no points: give x, y and a count", a->weights.source);
    return HRM_OK;
}

/* ---- the account of the rows ---- */

static void settle_row(hrmi_areal *a, size_t i, hrmi_sum areas[4]) {
    const hrmi_areal_state *const s = &a->states[i];
    hrm_areal_row *const row = &a->report->rows[i];
    row->inside_share = row->in_gaps_share = row->outside_share = NAN;
    if (isnan(s->measure)) return;
    row->in_gaps_share = s->gap;
    row->outside_share = s->outside;
    row->inside_share = 1.0 - s->gap - s->outside;
    if (s->pairs == 0) row->inside_share = 0.0;
    row->by_area = s->by_area;
    row->outcome = s->pairs == 0                        ? HRM_AREAL_OUTSIDE
                   : s->gap == 0.0 && s->outside == 0.0 ? HRM_AREAL_INSIDE
                                                        : HRM_AREAL_PARTLY;
    if (a->weights.count > 0 && !s->by_area) return;
    hrmi_sum_add(&areas[0], s->measure);
    hrmi_sum_add(&areas[1], s->measure * row->inside_share);
    hrmi_sum_add(&areas[2], s->measure * s->gap);
    hrmi_sum_add(&areas[3], s->measure * s->outside);
}

static hrm_status settle_rows(hrmi_areal *a) {
    hrm_areal_counts *const counts = &a->report->counts;
    size_t *const fates[] = {&counts->inside, &counts->partly, &counts->outside, &counts->without_weight,
                             &counts->unusable};
    hrmi_sum areas[4];
    for (size_t k = 0; k < 4; k++) hrmi_sum_clear(&areas[k]);
    for (size_t i = 0; i < a->in.count; i++) {
        settle_row(a, i, areas);
        (*fates[a->report->rows[i].outcome])++;
    }
    counts->area_m2 = hrmi_sum_value(&areas[0]);
    counts->inside_m2 = hrmi_sum_value(&areas[1]);
    counts->in_gaps_m2 = hrmi_sum_value(&areas[2]);
    counts->outside_m2 = hrmi_sum_value(&areas[3]);
    counts->pairs = a->pair_count;
    for (size_t p = 0; p < a->pair_count; p++) {
        if (a->place[a->pairs[p].row] == HRM_NONE) counts->communities++;
        a->place[a->pairs[p].row] = p;
    }
    if (counts->rows ==
        counts->inside + counts->partly + counts->outside + counts->without_weight + counts->unusable)
        return HRM_OK;
    return hrmi_fail(a->ctx, HRM_ERROR_INTERNAL,
                     "%s: the account of the rows does not balance; please report this with the file",
                     a->in.source);
}

/* ---- all together ---- */

static hrm_status interpolate(hrmi_areal *a, hrm_table *table) {
    a->report = hrmi_areal_report_new(a->ctx, a->in.count, a->in.column_count);
    if (a->report == NULL) return HRM_ERROR_MEMORY;
    hrm_status status = hrmi_areal_rows(a);
    if (status == HRM_OK) status = hrmi_areal_prepare(a);
    if (status == HRM_OK && a->weights.count > 0) status = hrmi_areal_by_weights(a);
    if (status == HRM_OK) status = hrmi_areal_by_area(a);
    if (status == HRM_OK) status = settle_rows(a);
    if (status == HRM_OK) status = hrmi_areal_columns(a, table);
    return status;
}

static void free_all(hrmi_areal *a) {
    hrmi_shapes_free(&a->sources);
    hrmi_tree_free(&a->source_tree);
    hrmi_tree_free(&a->layer_tree);
    hrmi_tree_free(&a->overlap_tree);
    hrmi_tree_free(&a->gap_tree);
    hrmi_boxes_free(&a->layer_boxes);
    hrmi_boxes_free(&a->overlap_boxes);
    hrmi_boxes_free(&a->gap_boxes);
    hrmi_faces_free(&a->faces);
    hrmi_free(a->ctx, a->columns);
    hrmi_free(a->ctx, a->infos);
    hrmi_free(a->ctx, a->states);
    hrmi_free(a->ctx, a->pairs);
    hrmi_free(a->ctx, a->place);
    hrmi_free(a->ctx, a->community_area);
    hrmi_free(a->ctx, a->community_weight);
    hrm_areal_report_free(a->report);
}

hrm_status hrm_areal(hrm_context *ctx, const hrm_layer *layer, const hrm_areal_input *input,
                     const hrm_areal_options *options, hrm_table *table, hrm_areal_report **report) {
    hrmi_areal a = {.ctx = ctx, .layer = layer};
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (report != NULL) *report = NULL;
    if (layer == NULL || input == NULL || table == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_areal: layer, input or table is NULL");
    hrm_status status = hrmi_must_be_communities(ctx, table, layer);
    if (status == HRM_OK) status = hrmi_read_struct(ctx, &a.in, sizeof a.in, input, "hrm_areal_input");
    if (status != HRM_OK) return status;
    if (a.in.source == NULL) a.in.source = "the areas";
    status = read_options(&a, options);
    if (status == HRM_OK) status = check_input(&a, table);
    if (status == HRM_OK) status = interpolate(&a, table);
    if (status == HRM_OK) {
        const size_t mark = hrm_table_column_count(table) - 2 * a.in.column_count;
        status = hrmi_progress(ctx, 1.0, "spreading values");
        if (status != HRM_OK) hrmi_table_rollback(table, mark);
    }
    if (status == HRM_OK && report != NULL) {
        *report = a.report;
        a.report = NULL; /* given away */
    }
    free_all(&a);
    return status;
}
