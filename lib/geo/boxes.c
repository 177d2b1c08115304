/* Boxes in the order of their western edges: see boxes.h. */
#include "geo/boxes.h"
#include "base/sort.h"

static int from_west(const void *a, const void *b, const void *user) {
    const double *const box = user;
    const size_t p = *(const size_t *)a;
    const size_t q = *(const size_t *)b;
    if (box[4 * p] != box[4 * q]) return box[4 * p] < box[4 * q] ? -1 : 1;
    return (p > q) - (p < q);
}

hrm_status hrmi_boxes_build(hrm_context *ctx, const double *box, size_t unit_count, hrmi_boxes *out) {
    memset(out, 0, sizeof *out);
    out->allocator = *hrmi_allocator(ctx);
    out->box = box;
    out->order = hrmi_array_new(ctx, unit_count, sizeof *out->order);
    if (out->order == NULL) return HRM_ERROR_MEMORY;
    out->reach = hrmi_array_new(ctx, unit_count, sizeof *out->reach);
    if (out->reach == NULL) return HRM_ERROR_MEMORY;
    for (size_t u = 0; u < unit_count; u++)
        if (!isnan(box[4 * u])) out->order[out->count++] = u;
    hrmi_sort(out->order, out->count, sizeof *out->order, from_west, box);
    for (size_t i = 0; i < out->count; i++) {
        const double east = box[4 * out->order[i] + 2];
        out->reach[i] = i > 0 && out->reach[i - 1] > east ? out->reach[i - 1] : east;
    }
    return HRM_OK;
}

void hrmi_boxes_free(hrmi_boxes *boxes) {
    hrmi_release(&boxes->allocator, boxes->order);
    hrmi_release(&boxes->allocator, boxes->reach);
    memset(boxes, 0, sizeof *boxes);
}

hrmi_box_walk hrmi_boxes_walk(const hrmi_boxes *boxes, const double *query) {
    size_t low = 0;
    size_t high = boxes->count;
    while (low < high) { /* the first that begins east of the question */
        const size_t middle = low + (high - low) / 2;
        if (boxes->box[4 * boxes->order[middle]] <= query[2]) low = middle + 1;
        else high = middle;
    }
    return (hrmi_box_walk){boxes, query, low};
}

size_t hrmi_boxes_next(hrmi_box_walk *walk) {
    const hrmi_boxes *const b = walk->boxes;
    while (walk->left > 0 && b->reach[walk->left - 1] >= walk->query[0]) {
        const size_t unit = b->order[--walk->left];
        const double *const box = b->box + 4 * unit;
        if (box[2] >= walk->query[0] && box[1] <= walk->query[3] && box[3] >= walk->query[1]) return unit;
    }
    walk->left = 0;
    return HRM_NONE;
}
