/*
 * Which part of each source row lies in which community, by the weights of points: settlements with their
 * population say better than areas where in a row its people are.
 *
 * Points are sorted from west to east, so that those of a row are found by its box; whether it holds them is
 * asked exactly. The order of points given does not matter, as those that are sorted alike are alike.
 */
#include <inttypes.h>

#include "base/sort.h"
#include "community/layer.h"
#include "geo/crs.h"
#include "geo/locate.h"
#include "geo/meet.h"
#include "measure/areal.h"

enum { ROWS_PER_REPORT = 64 };

typedef struct point {
    double lon, lat, weight;
    size_t community; /* HRM_NONE: in none */
    bool in_gap, in_a_row;
} point;

typedef struct weigher {
    hrmi_areal *a;
    double *x, *y;
    point *points; /* usable ones */
    size_t count;
    hrmi_locator locator;
} weigher;

static int compare_points(const void *a, const void *b, const void *user) {
    const point *const p = a;
    const point *const q = b;
    (void)user;
    if (p->lon != q->lon) return p->lon < q->lon ? -1 : 1;
    if (p->lat != q->lat) return p->lat < q->lat ? -1 : 1;
    return (p->weight > q->weight) - (p->weight < q->weight);
}

static hrm_status transform(weigher *w) {
    hrmi_areal *const a = w->a;
    const size_t n = a->weights.count;
    hrmi_crs *crs = NULL;
    size_t failed = 0; /* become NaN: unusable */
    w->x = hrmi_array_new(a->ctx, n, sizeof *w->x);
    if (w->x == NULL) return HRM_ERROR_MEMORY;
    w->y = hrmi_array_new(a->ctx, n, sizeof *w->y);
    if (w->y == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const bool finite = isfinite(a->weights.x[i]) && isfinite(a->weights.y[i]);
        w->x[i] = finite ? a->weights.x[i] : (double)NAN;
        w->y[i] = finite ? a->weights.y[i] : (double)NAN;
    }
    hrm_status status = hrmi_crs_open(a->ctx, a->weights.crs != NULL ? a->weights.crs : "OGC:CRS84", &crs);
    if (status == HRM_OK) status = hrmi_crs_to_wgs84(a->ctx, crs, n, w->x, w->y, NULL, &failed);
    hrmi_crs_free(crs);
    return status == HRM_OK ? HRM_OK : hrmi_fail_in(a->ctx, status, "%s", a->weights.source);
}

static double weight_of(const hrmi_areal *a, size_t i) {
    return a->weights.weights != NULL ? a->weights.weights[i] : 1.0;
}

static hrm_status check_weights(const hrmi_areal *a) {
    bool any = false;
    for (size_t i = 0; i < a->weights.count; i++) {
        const double weight = weight_of(a, i);
        if (isinf(weight) || weight < 0.0)
            return hrmi_fail(a->ctx, HRM_ERROR_VALUE,
                             "%s, point %zu: its weight is %s: weights are 0 or more, and finite",
                             a->weights.source, i + 1, isinf(weight) ? "infinite" : "negative");
        any = any || weight > 0.0;
    }
    if (any) return HRM_OK;
    return hrmi_fail(a->ctx, HRM_ERROR_VALUE, "%s: not one of its %zu points has a weight above 0",
                     a->weights.source, a->weights.count);
}

static bool is_in_gap(const hrmi_areal *a, double lon, double lat) {
    const double box[4] = {lon, lat, lon, lat};
    hrmi_box_walk walk = hrmi_boxes_walk(&a->gap_boxes, box);
    for (size_t g = hrmi_boxes_next(&walk); g != HRM_NONE; g = hrmi_boxes_next(&walk))
        if (hrmi_tree_locate(&a->gap_tree, g, lon, lat) == HRMI_INSIDE) return true;
    return false;
}

/* Every usable point with its community. */
static hrm_status place_points(weigher *w) {
    hrmi_areal *const a = w->a;
    hrm_areal_counts *const counts = &a->report->counts;
    counts->points = a->weights.count;
    for (size_t i = 0; i < a->weights.count; i++) {
        bool several = false;
        point p = {.lon = w->x[i], .lat = w->y[i], .weight = weight_of(a, i)};
        if (isnan(p.lon) || isnan(p.lat) || isnan(p.weight)) {
            counts->points_unusable++;
            continue;
        }
        p.community = hrmi_locate(&w->locator, p.lon, p.lat, &several);
        if (p.community == HRM_NONE) p.in_gap = is_in_gap(a, p.lon, p.lat);
        if (p.community == HRM_NONE) counts->in_none++;
        else counts->in_communities++;
        if (several) counts->points_ambiguous++;
        w->points[w->count++] = p;
    }
    hrmi_sort(w->points, w->count, sizeof *w->points, compare_points, NULL);
    for (size_t i = 0; i < w->count; i++)
        if (w->points[i].community != HRM_NONE)
            a->community_weight[w->points[i].community] += w->points[i].weight;
    return HRM_OK;
}

/* The first point that is not west of a longitude. */
static size_t first_from(const weigher *w, double west) {
    size_t low = 0;
    size_t high = w->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (w->points[middle].lon < west) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* The sums of weights, of the row and its pairs; in shares only once they are known. */
static hrm_status weigh_row(weigher *w, size_t i) {
    hrmi_areal *const a = w->a;
    hrmi_areal_state *const state = &a->states[i];
    const double *const box = a->sources.box + 4 * i;
    hrm_status status = HRM_OK;
    state->first_pair = a->pair_count;
    for (size_t k = first_from(w, box[0]); k < w->count && w->points[k].lon <= box[2]; k++) {
        point *const p = &w->points[k];
        if (p->lat < box[1] || p->lat > box[3]) continue;
        if (hrmi_tree_locate(&a->source_tree, i, p->lon, p->lat) == HRMI_OUTSIDE) continue;
        p->in_a_row = true;
        state->measure += p->weight;
        if (p->in_gap) state->gap += p->weight;
        if (p->community != HRM_NONE && p->weight > 0.0)
            status = hrmi_areal_add_pair(a, i, p->community, p->weight, p->weight);
        if (status != HRM_OK) return status;
    }
    if (!(state->measure > 0.0)) {
        state->measure = NAN;
        state->by_area = a->options.fall_back_to_area != 0;
        if (state->by_area) a->report->counts.by_area++;
        else a->report->rows[i].outcome = HRM_AREAL_NO_WEIGHT;
        return HRM_OK;
    }
    if (isinf(state->measure))
        return hrmi_fail(a->ctx, HRM_ERROR_VALUE,
                         "%s: the weights in a row add up to more than a number can hold", a->weights.source);
    for (size_t p = state->first_pair; p < a->pair_count; p++) {
        a->pairs[p].inside /= state->measure;
        a->pairs[p].part = a->pairs[p].inside;
    }
    state->gap /= state->measure;
    return hrmi_areal_close_row(a, i);
}

static hrm_status weigh(weigher *w) {
    hrmi_areal *const a = w->a;
    hrm_status status = check_weights(a);
    if (status == HRM_OK) status = transform(w);
    if (status != HRM_OK) return status;
    a->community_weight = hrmi_array_new(a->ctx, hrm_layer_count(a->layer), sizeof *a->community_weight);
    if (a->community_weight == NULL) return HRM_ERROR_MEMORY;
    w->points = hrmi_array_new(a->ctx, a->weights.count, sizeof *w->points);
    if (w->points == NULL) return HRM_ERROR_MEMORY;
    status = hrmi_locator_build(a->ctx, hrmi_layer_shapes(a->layer), &w->locator);
    if (status == HRM_OK) status = place_points(w);
    for (size_t i = 0; i < a->in.count && status == HRM_OK; i++) {
        if (i % ROWS_PER_REPORT == 0) {
            const double share = 0.6 + 0.35 * (double)i / (double)a->in.count;
            status =
                hrmi_progress(a->ctx, a->options.fall_back_to_area != 0 ? 0.6 : share, "finding weights");
        }
        if (a->report->rows[i].outcome == HRM_AREAL_UNUSABLE) a->states[i].measure = NAN;
        else if (status == HRM_OK) status = weigh_row(w, i);
    }
    for (size_t k = 0; k < w->count; k++)
        if (!w->points[k].in_a_row) a->report->counts.points_in_no_row++;
    return status;
}

hrm_status hrmi_areal_by_weights(hrmi_areal *a) {
    weigher w = {.a = a};
    const hrm_status status = weigh(&w);
    hrmi_locator_free(&w.locator);
    hrmi_free(a->ctx, w.points);
    hrmi_free(a->ctx, w.x);
    hrmi_free(a->ctx, w.y);
    return status;
}
