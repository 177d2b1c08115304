/* Trees of edges: what their boxes and bows promise, where places lie, what touches. */
#include <math.h>

#include "geo/exact.h"
#include "geo/meet.h"
#include "geo/surface.h"
#include "harness/shapes.h"

static double length(const double v[3]) {
    return sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
}

/* From a place to the segment between two others. */
static double off_chord(const double p[3], const double a[3], const double b[3]) {
    double u[3];
    double w[3];
    double uu = 0.0;
    double uw = 0.0;
    for (int i = 0; i < 3; i++) {
        u[i] = b[i] - a[i];
        w[i] = p[i] - a[i];
        uu += u[i] * u[i];
        uw += u[i] * w[i];
    }
    const double t = uu > 0.0 ? fmin(1.0, fmax(0.0, uw / uu)) : 0.0;
    for (int i = 0; i < 3; i++) w[i] -= t * u[i];
    return length(w);
}

/* Every place on an edge is within its bow of its chord, and in its box. */
static void stays_within(const hrmi_edge *e) {
    hrmi_node box;
    double most = 0.0;
    hrmi_node_around(&box, e);
    for (int k = 0; k <= 200; k++) {
        double p[3];
        const double t = k / 200.0;
        const double lon = e->lon[0] + t * (e->lon[1] - e->lon[0]);
        const double lat = e->lat[0] + t * (e->lat[1] - e->lat[0]);
        hrmi_surface(lon, lat, p);
        most = fmax(most, off_chord(p, e->end[0], e->end[1]));
        const double axis = hypot(p[0], p[1]);
        ck_assert(axis >= box.axis_min && axis <= box.axis_max && p[2] >= box.z_min && p[2] <= box.z_max);
    }
    ck_assert_msg(most <= e->bow_m + 1e-8, "%.12g %.12g to %.12g %.12g: %.12g m off, bow %.12g m", e->lon[0],
                  e->lat[0], e->lon[1], e->lat[1], most, e->bow_m);
}

START_TEST(bows_and_boxes_hold_their_edges) {
    static const double reaches[] = {1e-6, 0.01, 0.1, 1.0, 10.0, 60.0};
    uint64_t state = 9;
    hrmi_edge e;
    for (int turn = 0; turn < 6000; turn++) {
        const double reach = reaches[turn % 6];
        const double lon = 300.0 * hrmt_random(&state) - 150.0;
        const double lat = 180.0 * hrmt_random(&state) - 90.0;
        const double lat2 = fmin(90.0, fmax(-90.0, lat + reach * (hrmt_random(&state) - 0.5)));
        hrmi_edge_make(&e, lon, lat, lon + reach * (hrmt_random(&state) - 0.5), lat2, false);
        stays_within(&e);
        hrmi_edge half[2];
        hrmi_edge_split(&e, half);
        stays_within(&half[0]);
        stays_within(&half[1]);
        ck_assert_double_le(half[0].bow_m, e.bow_m);
    }
    hrmi_edge_make(&e, 30, 50, 31, 50, false); /* tight, too: the promise is not kept by exaggeration */
    ck_assert_double_lt(e.bow_m, 170.0);       /* 157 m: 72 km squared / 8 R, times the slant at 50 degrees */
}
END_TEST

static void holds(const hrmi_tree *t, size_t at) {
    const hrmi_node *const node = &t->nodes[at];
    for (size_t i = node->first; i < node->first + node->count; i++) {
        hrmi_node child;
        if (node->leaf) hrmi_node_around(&child, &t->edges[i]);
        else child = t->nodes[i];
        ck_assert(child.west >= node->west && child.east <= node->east && child.south >= node->south &&
                  child.north <= node->north && child.axis_min >= node->axis_min &&
                  child.axis_max <= node->axis_max && child.z_min >= node->z_min &&
                  child.z_max <= node->z_max);
        if (!node->leaf) holds(t, i);
    }
}

static size_t leaves_below(const hrmi_tree *t, size_t at) {
    const hrmi_node *const node = &t->nodes[at];
    size_t n = 0;
    if (node->leaf) return node->count;
    for (size_t i = node->first; i < node->first + node->count; i++) n += leaves_below(t, i);
    return n;
}

START_TEST(boxes_hold_what_is_below) {
    static const char *const wkt[] = {
        "POLYGON((0 0,1 0,1 1,0 1,0 0))", NULL,
        "MULTIPOLYGON(((5 5,6 5,6 6,5 6,5 5)),((10 10,14 10,14 14,10 14,10 10),(11 11,11 12,12 12,11 11)))"};
    hrm_context *const ctx = hrmt_context();
    hrmi_shapes shapes = hrmt_shapes(ctx, wkt, 3);
    hrmi_geometry others = hrmt_geometry(ctx, "GEOMETRYCOLLECTION(POINT(3 3),LINESTRING(0 0,1 1,2 "
                                              "0),MULTIPOINT(4 4,5 5),POLYGON((7 7,8 7,8 8,7 7)))");
    hrmi_tree t;
    hrmt_ok(ctx, hrmi_tree_of_shapes(ctx, &shapes, &t));
    ck_assert_uint_eq(t.edge_count, 4 + 4 + 7);
    ck_assert_uint_eq(t.edge_start[1], 4);
    ck_assert_uint_eq(t.edge_start[2], 4);
    ck_assert_uint_eq(t.root[1], HRM_NONE);
    for (size_t u = 0; u < 3; u += 2) {
        holds(&t, t.root[u]);
        ck_assert_uint_eq(leaves_below(&t, t.root[u]), t.edge_start[u + 1] - t.edge_start[u]);
    }
    hrmi_tree_free(&t);
    hrmt_ok(ctx, hrmi_tree_of_all(ctx, &shapes, &others, &t));
    ck_assert_uint_eq(t.edge_count, 15 + 1 + 2 + 2); /* the collection's polygon is passed over */
    holds(&t, t.root[0]);
    ck_assert_uint_eq(leaves_below(&t, t.root[0]), 20);
    size_t of_polygons = 0;
    for (size_t i = 0; i < t.edge_count; i++) of_polygons += t.edges[i].of_polygon;
    ck_assert_uint_eq(of_polygons, 15);
    hrmi_tree_free(&t);
    hrmi_tree_free(&(hrmi_tree){0});
    hrmi_geometry_free(&others);
    hrmi_shapes_free(&shapes);
    hrm_context_free(ctx);
}
END_TEST

/* As the plain test over all edges. */
START_TEST(places_lie_where_they_lie) {
    enum { SIZE = 8192 };
    static char star[SIZE];
    hrm_context *const ctx = hrmt_context();
    uint64_t state = 2;
    hrmt_star(star, SIZE, 30.0, 50.0, 0.5, 90, &state);
    hrmi_shapes s = hrmt_shapes(ctx, (const char *const[]){star}, 1);
    hrmi_tree t;
    hrmt_ok(ctx, hrmi_tree_of_shapes(ctx, &s, &t));
    size_t seen[3] = {0};
    for (size_t k = 0; k < 20000; k++) {
        const size_t v = k % (s.vertex_count - 1);
        double lon = 29.4 + 1.2 * hrmt_random(&state);
        double lat = 49.4 + 1.2 * hrmt_random(&state);
        if (k % 4 == 1) lat = s.y[v]; /* level with a vertex */
        if (k % 8 == 5) lon = s.x[v]; /* on a vertex */
        bool inside = false;
        bool on_edge = false;
        for (size_t i = 0; i + 1 < s.vertex_count; i++) {
            const hrmi_crossing c = hrmi_cross(lon, lat, s.x[i], s.y[i], s.x[i + 1], s.y[i + 1]);
            on_edge = on_edge || c == HRMI_ON_EDGE;
            inside = inside != (c == HRMI_CROSSES);
        }
        const hrmi_place_in expected = on_edge ? HRMI_ON_BORDER : inside ? HRMI_INSIDE : HRMI_OUTSIDE;
        ck_assert_int_eq(hrmi_tree_locate(&t, 0, lon, lat), expected);
        seen[expected]++;
    }
    ck_assert(seen[0] > 1000 && seen[1] > 1000 && seen[2] > 1000);
    hrmi_tree_free(&t);
    hrmi_shapes_free(&s);
    hrm_context_free(ctx);
}
END_TEST

static void touch(const char *a_wkt, const char *b_wkt, bool edges, bool end_inside) {
    hrm_context *const ctx = hrmt_context();
    const hrmi_shapes none = {0};
    hrmi_shapes a = hrmt_shapes(ctx, &a_wkt, 1);
    hrmi_geometry b = hrmt_geometry(ctx, b_wkt);
    hrmi_tree ta;
    hrmi_tree tb;
    hrmt_ok(ctx, hrmi_tree_of_shapes(ctx, &a, &ta));
    hrmt_ok(ctx, hrmi_tree_of_all(ctx, &none, &b, &tb));
    ck_assert_msg(hrmi_trees_touch(&ta, 0, &tb, 0) == edges, "%s %s", a_wkt, b_wkt);
    ck_assert_msg(hrmi_trees_touch(&tb, 0, &ta, 0) == edges, "%s %s", b_wkt, a_wkt);
    ck_assert_msg(hrmi_tree_holds_end_of(&ta, 0, &tb, 0) == end_inside, "%s %s", a_wkt, b_wkt);
    hrmi_tree_free(&ta);
    hrmi_tree_free(&tb);
    hrmi_shapes_free(&a);
    hrmi_geometry_free(&b);
    hrm_context_free(ctx);
}

START_TEST(what_touches) {
    static const char square[] = "POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,1 3,3 3,3 1,1 1))";
    touch(square, "POINT(5 5)", false, false);
    touch(square, "POINT(0.5 0.5)", false, true);
    touch(square, "POINT(2 2)", false, false); /* in the hole */
    touch(square, "POINT(0 2)", true, true);   /* on the border */
    touch(square, "POINT(4 4)", true, true);   /* on a corner */
    touch(square, "LINESTRING(-1 5,5 5)", false, false);
    touch(square, "LINESTRING(-1 2,0.5 2)", true, false);
    touch(square, "LINESTRING(0.2 2,0.8 2)", false, true);
    touch(square, "LINESTRING(-1 -1,0 0)", true, false);
    touch(square, "LINESTRING(5 0,5 1,4 1,5 2)", true, true);
    touch(square, "LINESTRING(1.5 1.5,2.5 2.5)", false, false);
    touch(square, "LINESTRING(1.5 1.5,3 3)", true, false);
    touch(square, "GEOMETRYCOLLECTION(POINT(9 9),POINT(2 2),LINESTRING(7 7,8 8),POINT(3.5 2))", false, true);
}
END_TEST

static hrm_status build(hrm_context *ctx, void *user) {
    const hrmi_shapes *const shapes = user;
    const hrmi_geometry nothing = {0};
    hrmi_tree one = {0};
    hrmi_tree other = {0};
    hrm_status status = hrmi_tree_of_shapes(ctx, shapes, &one);
    if (status == HRM_OK) status = hrmi_tree_of_all(ctx, shapes, &nothing, &other);
    hrmi_tree_free(&other);
    hrmi_tree_free(&one);
    return status;
}

START_TEST(memory_may_fail_anywhere) {
    hrm_context *const ctx = hrmt_context();
    hrmi_shapes shapes = hrmt_shapes(ctx, (const char *const[]){"POLYGON((0 0,9 1,1 9,0 0))"}, 1);
    hrmt_fail_each(build, &shapes);
    hrmi_shapes_free(&shapes);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("tree", &bows_and_boxes_hold_their_edges, &boxes_hold_what_is_below, &places_lie_where_they_lie,
           &what_touches, &memory_may_fail_anywhere)
