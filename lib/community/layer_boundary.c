/* Boundaries as a whole: of units at any level, and how well those of the communities fit together. */
#include "community/layer_parts.h"
#include "geo/overlay.h"

/* The rows of a unit; NULL stands for the rows 0, 1 … *count − 1. */
static const size_t *rows_of(const hrm_layer *layer, int32_t level, size_t unit, size_t *count) {
    const hrmi_units *const units = hrmi_layer_units(layer, level);
    *count = layer->count;
    if (units == NULL) return NULL;
    *count = units->row_start[unit + 1] - units->row_start[unit];
    return units->rows + units->row_start[unit];
}

/* Where a unit's boundary is: unit *at of *found, which is the layer's own shapes or *made. */
static hrm_status find_boundary(hrm_context *ctx, const hrm_layer *layer, int32_t level, size_t unit,
                                hrmi_shapes *made, const hrmi_shapes **found, size_t *at) {
    size_t count = 1;
    const size_t *const rows = level == HRM_LEVEL_COMMUNITY ? &unit : rows_of(layer, level, unit, &count);
    *found = &layer->shapes;
    *at = rows == NULL ? 0 : rows[0];
    if (count == 1) return HRM_OK;
    *found = made;
    *at = 0;
    return hrmi_shapes_unite(ctx, &layer->shapes, rows, count, made);
}

hrm_status hrm_layer_wkb(hrm_context *ctx, const hrm_layer *layer, int32_t level, size_t unit,
                         uint8_t *buffer, size_t capacity, size_t *size) {
    hrmi_shapes made = {0};
    const hrmi_shapes *found = NULL;
    size_t at = 0;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (size != NULL) *size = 0;
    if (layer == NULL || size == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_layer_wkb: layer and size are needed");
    if (unit >= hrm_layer_unit_count(layer, level))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "the layer has no unit %zu at level %ld", unit,
                         (long)level);
    const hrm_status status = find_boundary(ctx, layer, level, unit, &made, &found, &at);
    if (status == HRM_OK) {
        *size = hrmi_shapes_wkb_size(found, at);
        if (*size <= capacity && buffer != NULL) hrmi_shapes_wkb(found, at, buffer);
    }
    hrmi_shapes_free(&made);
    if (status == HRM_OK) return HRM_OK;
    return hrmi_fail_in(ctx, status, "the boundary of %s", hrm_layer_unit_code(layer, level, unit));
}

hrm_status hrmi_layer_boundary(hrm_context *ctx, const hrm_layer *layer, int32_t level, size_t unit,
                               hrmi_buffer *out) {
    hrmi_shapes made = {0};
    const hrmi_shapes *found = NULL;
    size_t at = 0;
    hrm_status status = find_boundary(ctx, layer, level, unit, &made, &found, &at);
    if (status == HRM_OK) {
        const size_t size = hrmi_shapes_wkb_size(found, at);
        char *const room = hrmi_buffer_room(ctx, out, size);
        if (room == NULL) status = HRM_ERROR_MEMORY;
        if (room != NULL && size > 0) {
            hrmi_shapes_wkb(found, at, (uint8_t *)room);
            out->length += size;
        }
    }
    hrmi_shapes_free(&made);
    return status;
}

hrm_status hrm_layer_topology(hrm_context *ctx, const hrm_layer *layer, hrm_topology *out) {
    hrmi_fit fit = {0};
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (layer == NULL || out == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_layer_topology: layer and out are needed");
    const hrm_status status = hrmi_shapes_fit(ctx, &layer->shapes, &fit);
    if (status != HRM_OK) return status;
    const hrm_topology full = {.struct_size = (uint32_t)sizeof full,
                               .touching_pairs = fit.touching_pairs,
                               .overlap_pairs = fit.overlap_pairs,
                               .overlap_area_m2 = fit.overlap_area_m2,
                               .gap_count = fit.gap_count,
                               .gap_area_m2 = fit.gap_area_m2,
                               .uncovered_area_m2 = fit.uncovered_area_m2};
    if (!hrmi_give_struct(out, &full, sizeof full))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_layer_topology: out->struct_size is not set");
    return HRM_OK;
}
