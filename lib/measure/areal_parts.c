/*
 * Which part of each source row lies in which community, by area.
 *
 * The common area of a row and a community comes from geo/share.c, which needs no overlay. Where communities
 * overlap, a piece that k of them cover is taken from each but for its k-th part; so the parts of a row add
 * up to what of it lies in any community, place by place, whatever the overlaps are.
 */
#include <inttypes.h>

#include "community/layer.h"
#include "geo/share.h"
#include "measure/areal.h"

enum { ROWS_PER_REPORT = 64 };

hrm_status hrmi_areal_prepare(hrmi_areal *a) {
    hrm_context *const ctx = a->ctx;
    const hrmi_shapes *const shapes = hrmi_layer_shapes(a->layer);
    const size_t n = hrm_layer_count(a->layer);
    a->states = hrmi_array_new(ctx, a->in.count, sizeof *a->states);
    if (a->states == NULL) return HRM_ERROR_MEMORY;
    a->place = hrmi_array_new(ctx, n, sizeof *a->place);
    if (a->place == NULL) return HRM_ERROR_MEMORY;
    a->community_area = hrmi_array_new(ctx, n, sizeof *a->community_area);
    if (a->community_area == NULL) return HRM_ERROR_MEMORY;
    hrm_status status = hrmi_tree_of_shapes(ctx, &a->sources, &a->source_tree);
    if (status == HRM_OK) status = hrmi_tree_of_shapes(ctx, shapes, &a->layer_tree);
    if (status == HRM_OK) status = hrmi_boxes_build(ctx, shapes->box, n, &a->layer_boxes);
    if (status != HRM_OK) return status;
    for (size_t c = 0; c < n; c++) {
        hrmi_sharing own;
        hrmi_sharing_begin(&own, &a->layer_tree, c);
        a->community_area[c] = own.area_m2;
        a->place[c] = HRM_NONE;
    }
    const hrmi_range outer = hrmi_progress_part(ctx, 0.2, 0.6);
    status = hrmi_faces_find(ctx, shapes, &a->layer_tree, &a->faces);
    hrmi_progress_restore(ctx, outer);
    if (status != HRM_OK) return hrmi_fail_in(ctx, status, "the boundaries of the communities");
    status = hrmi_tree_of_shapes(ctx, &a->faces.overlaps, &a->overlap_tree);
    if (status == HRM_OK) status = hrmi_tree_of_shapes(ctx, &a->faces.gaps, &a->gap_tree);
    if (status == HRM_OK)
        status =
            hrmi_boxes_build(ctx, a->faces.overlaps.box, a->faces.overlaps.unit_count, &a->overlap_boxes);
    if (status == HRM_OK)
        status = hrmi_boxes_build(ctx, a->faces.gaps.box, a->faces.gaps.unit_count, &a->gap_boxes);
    return status;
}

hrm_status hrmi_areal_add_pair(hrmi_areal *a, size_t i, size_t row, double inside, double part) {
    hrmi_areal_state *const state = &a->states[i];
    if (a->place[row] == HRM_NONE) {
        const hrm_status status =
            hrmi_array_grow(a->ctx, &a->pairs, &a->pair_capacity, a->pair_count + 1, sizeof *a->pairs);
        if (status != HRM_OK) return status;
        a->place[row] = a->pair_count;
        a->pairs[a->pair_count++] = (hrmi_areal_pair){row, 0.0, 0.0};
        state->pairs++;
    }
    a->pairs[a->place[row]].inside += inside;
    a->pairs[a->place[row]].part += part;
    return HRM_OK;
}

/* Parts that add up to `wanted`, where they differ from it by rounding or by what is shared out. */
static void scale_parts(hrmi_areal_pair *pairs, size_t count, double sum, double wanted) {
    for (size_t p = 0; p < count && sum > 0.0; p++) pairs[p].part *= wanted / sum;
}

hrm_status hrmi_areal_close_row(hrmi_areal *a, size_t i) {
    hrmi_areal_state *const s = &a->states[i];
    hrmi_areal_pair *const pairs = a->pairs + s->first_pair;
    double sum = 0.0;
    for (size_t p = 0; p < s->pairs; p++) {
        if (pairs[p].part < 0.0) pairs[p].part = 0.0; /* rounding */
        sum += pairs[p].part;
        a->place[pairs[p].row] = HRM_NONE;
    }
    if (s->gap < HRMI_AREAL_NOTHING) s->gap = 0.0;
    s->outside = 1.0 - sum - s->gap;
    if (s->outside < -1e-6) /* rounding is far less, also of rows of a metre */
        hrmi_log(a->ctx, HRM_LOG_WARNING,
                 "%s, row %" PRId64 ": what communities cover several times could not be told apart, and was "
                 "divided in proportion to what each has of the row",
                 a->in.source, a->report->rows[i].row);
    if (s->outside < HRMI_AREAL_NOTHING) {
        const double gap = s->gap < 1.0 ? s->gap : 1.0;
        s->outside = 0.0;
        scale_parts(pairs, s->pairs, sum, 1.0 - gap);
        if (sum > 0.0) sum = 1.0 - gap;
        s->gap = gap;
    }
    if (a->options.share_gaps != 0 && sum > 0.0) {
        s->gap_shared = s->gap;
        scale_parts(pairs, s->pairs, sum, sum + s->gap);
    }
    return HRM_OK;
}

static hrm_status find_parts(hrmi_areal *a, size_t i) {
    hrmi_areal_state *const state = &a->states[i];
    const double *const box = a->sources.box + 4 * i;
    hrmi_sharing sharing;
    hrm_status status = HRM_OK;
    hrmi_sharing_begin(&sharing, &a->source_tree, i);
    state->measure = sharing.area_m2;
    state->first_pair = a->pair_count;
    if (isnan(state->measure)) {
        a->report->rows[i].outcome = HRM_AREAL_UNUSABLE;
        a->report->rows[i].text = "nothing that has an area";
        return HRM_OK;
    }
    hrmi_box_walk walk = hrmi_boxes_walk(&a->layer_boxes, box);
    for (size_t c = hrmi_boxes_next(&walk); c != HRM_NONE; c = hrmi_boxes_next(&walk)) {
        const double share = hrmi_sharing_with(&sharing, &a->layer_tree, c);
        if (share > 0.0) status = hrmi_areal_add_pair(a, i, c, share, share);
        if (status != HRM_OK) return status;
    }
    walk = hrmi_boxes_walk(&a->overlap_boxes, box);
    for (size_t z = hrmi_boxes_next(&walk); z != HRM_NONE; z = hrmi_boxes_next(&walk)) {
        const double share = hrmi_sharing_with(&sharing, &a->overlap_tree, z);
        const size_t first = a->faces.member_start[z];
        const size_t end = a->faces.member_start[z + 1];
        const double taken = share > 0.0 ? share * (1.0 - 1.0 / (double)(end - first)) : 0.0;
        for (size_t m = first; m < end; m++) {
            const size_t place = a->place[a->faces.members[m]];
            if (place != HRM_NONE) a->pairs[place].part -= taken;
        }
    }
    walk = hrmi_boxes_walk(&a->gap_boxes, box);
    for (size_t g = hrmi_boxes_next(&walk); g != HRM_NONE; g = hrmi_boxes_next(&walk)) {
        const double share = hrmi_sharing_with(&sharing, &a->gap_tree, g);
        if (share > 0.0) state->gap += share;
    }
    return hrmi_areal_close_row(a, i);
}

hrm_status hrmi_areal_by_area(hrmi_areal *a) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < a->in.count && status == HRM_OK; i++) {
        if (i % ROWS_PER_REPORT == 0) {
            const double share = 0.6 + 0.35 * (double)i / (double)a->in.count;
            status = hrmi_progress(a->ctx, share, "finding common areas");
            if (status != HRM_OK) return status;
        }
        if (a->report->rows[i].outcome == HRM_AREAL_UNUSABLE) a->states[i].measure = NAN;
        else if (a->weights.count == 0 || a->states[i].by_area) status = find_parts(a, i);
    }
    return status;
}
