/* Two rings of corners on a coarse grid, so that they touch, run along each other and cross in every way:
 * what the trees, the locator, distances and shares say of them must agree with plain tests and with each
 * other.
 *
 * Byte 0: the grid's width. Byte 1: corners of the first ring. Then two bytes a corner, the first ring's and
 * the second's. */
#include <stdlib.h>

#include "geo/geodesic.h"
#include "geo/locate.h"
#include "geo/meet.h"
#include "geo/nearest.h"
#include "geo/share.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so) {
    if (!so) abort();
}

enum { MOST_CORNERS = 100 };

typedef struct side {
    hrmi_shapes shapes;
    hrmi_tree tree;
} side;

typedef struct corner {
    double x, y, angle;
} corner;

/* A ring through corners, in the order of their angles from the middle, so that it does not cross itself;
 * corners that lie behind each other are spikes of it. */
static void make(hrm_context *ctx, const uint8_t *bytes, size_t n, double grid, side *out) {
    corner corners[MOST_CORNERS];
    hrmi_geometry g;
    double middle[2] = {0.0, 0.0};
    for (size_t i = 0; i < n; i++) {
        middle[0] += bytes[2 * i] / (double)n;
        middle[1] += bytes[2 * i + 1] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        corner c = {bytes[2 * i], bytes[2 * i + 1], 0.0};
        size_t at = i;
        c.angle = atan2(c.y - middle[1], c.x - middle[0]);
        for (; at > 0 && corners[at - 1].angle > c.angle; at--) corners[at] = corners[at - 1];
        corners[at] = c;
    }
    hrmi_geometry_init(&g, ctx);
    must(hrmi_geometry_add_part(ctx, &g, HRMI_POLYGON) == HRM_OK);
    must(hrmi_geometry_add_path(ctx, &g) == HRM_OK);
    must(hrmi_geometry_add_vertices(ctx, &g, n + 1) == HRM_OK);
    for (size_t i = 0; i <= n; i++) {
        g.x[i] = 30.0 + grid * (corners[i % n].x - 128);
        g.y[i] = 50.0 + grid * (corners[i % n].y - 128);
    }
    const hrmi_part_range range = {&g, 0, g.part_count};
    must(hrmi_shapes_build(ctx, &range, 1, &out->shapes) == HRM_OK);
    must(hrmi_tree_of_shapes(ctx, &out->shapes, &out->tree) == HRM_OK);
    hrmi_geometry_free(&g);
}

static bool plainly_touch(const hrmi_tree *a, const hrmi_tree *b) {
    for (size_t i = 0; i < a->edge_count; i++)
        for (size_t k = 0; k < b->edge_count; k++) {
            const hrmi_edge *const e = &a->edges[i];
            const hrmi_edge *const f = &b->edges[k];
            if (hrmi_edges_meet(e->lon[0], e->lat[0], e->lon[1], e->lat[1], f->lon[0], f->lat[0], f->lon[1],
                                f->lat[1]))
                return true;
        }
    return false;
}

static hrmi_place_in plainly_in(const hrmi_tree *t, double lon, double lat) {
    bool inside = false;
    for (size_t i = 0; i < t->edge_count; i++) {
        const hrmi_edge *const e = &t->edges[i];
        const hrmi_crossing c = hrmi_cross(lon, lat, e->lon[0], e->lat[0], e->lon[1], e->lat[1]);
        if (c == HRMI_ON_EDGE) return HRMI_ON_BORDER;
        inside = inside != (c == HRMI_CROSSES);
    }
    return inside ? HRMI_INSIDE : HRMI_OUTSIDE;
}

/* No corner of one is nearer to a corner of the other than what was found; and the places found are as far.
 */
static void check_distance(const hrmi_tree *a, const hrmi_tree *b, double distance) {
    for (size_t i = 0; i < a->edge_count; i++)
        for (size_t k = 0; k < b->edge_count; k++)
            must(distance <= hrmi_geodesic_m(a->edges[i].lon[0], a->edges[i].lat[0], b->edges[k].lon[0],
                                             b->edges[k].lat[0]) +
                                 0.3);
}

/* Whether the area, in the plane of degrees, may be no more than rounding. */
static bool is_sliver(const hrmi_shapes *s) {
    double area = 0.0;
    for (size_t r = 0; r < s->ring_count; r++)
        for (size_t v = s->ring_start[r]; v + 1 < s->ring_start[r + 1]; v++)
            area += ((s->x[v] - 30.0) * (s->y[v + 1] - 50.0) - (s->x[v + 1] - 30.0) * (s->y[v] - 50.0)) / 2.0;
    return fabs(area) < 1e-10;
}

static void check_pair(const side *a, const side *b) {
    hrmi_nearest one;
    hrmi_nearest other;
    const bool touch = hrmi_trees_touch(&a->tree, 0, &b->tree, 0);
    const double share = hrmi_area_share(&a->tree, 0, &b->tree, 0);
    must(touch == plainly_touch(&a->tree, &b->tree));
    if (a->tree.edge_count == 0) {
        must(isnan(share) && !hrmi_nearest_of(&a->tree, 0, &b->tree, 0, &one));
        return;
    }
    must((share >= 0.0 && share <= 1.0) || (isnan(share) && is_sliver(&a->shapes)));
    if (b->tree.edge_count == 0 || touch) return;
    must(hrmi_nearest_of(&a->tree, 0, &b->tree, 0, &one));
    must(hrmi_nearest_of(&b->tree, 0, &a->tree, 0, &other));
    must(one.distance_m >= 0.0 && fabs(one.distance_m - other.distance_m) < 0.3);
    check_distance(&a->tree, &b->tree, one.distance_m);
    const bool apart = !hrmi_tree_holds_end_of(&a->tree, 0, &b->tree, 0) &&
                       !hrmi_tree_holds_end_of(&b->tree, 0, &a->tree, 0);
    if (apart) must(share == 0.0 || isnan(share));
}

static void check_places(hrm_context *ctx, const side *a, const uint8_t *data, size_t size, double grid) {
    hrmi_locator locator;
    must(hrmi_locator_build(ctx, &a->shapes, &locator) == HRM_OK);
    for (size_t i = 2; i + 1 < size && i < 200; i++) {
        bool several;
        const double lon = 30.0 + grid / 2.0 * (data[i] - 128);
        const double lat = 50.0 + grid / 2.0 * (data[i + 1] - 128);
        const hrmi_place_in expected = plainly_in(&a->tree, lon, lat);
        if (a->tree.edge_count > 0) must(hrmi_tree_locate(&a->tree, 0, lon, lat) == expected);
        must((hrmi_locate(&locator, lon, lat, &several) == 0) == (expected != HRMI_OUTSIDE) && !several);
    }
    hrmi_locator_free(&locator);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const double grids[] = {0.25, 0.01, 1e-5,
                                   0.3}; /* the widest reaches from -8 to 68 and from 12 to 88 */
    hrm_context *ctx = NULL;
    side a;
    side b;
    if (size < 14 || size > (size_t)2 * MOST_CORNERS) return 0;
    const size_t corners = (size - 2) / 2;
    const size_t first = 3 + data[1] % (corners - 5);
    const double grid = grids[data[0] % 4];
    must(hrm_context_new(NULL, &ctx) == HRM_OK);
    make(ctx, data + 2, first, grid, &a);
    make(ctx, data + 2 + 2 * first, corners - first, grid, &b);
    check_pair(&a, &b);
    check_pair(&b, &a);
    check_places(ctx, &a, data, size, grid);
    hrmi_tree_free(&a.tree);
    hrmi_shapes_free(&a.shapes);
    hrmi_tree_free(&b.tree);
    hrmi_shapes_free(&b.shapes);
    hrm_context_free(ctx);
    return 0;
}
