/* The locator against the plain test on all edges of all units, on places made to be difficult. */
#include "geo/exact.h"
#include "geo/locate.h"
#include "harness/shapes.h"

/* First and number of the units that hold a place. */
static size_t plainly(const hrmi_shapes *s, double lon, double lat, size_t *count) {
    size_t first = HRM_NONE;
    *count = 0;
    for (size_t u = 0; u < s->unit_count; u++) {
        bool inside = false;
        bool on_edge = false;
        for (size_t r = s->part_start[s->unit_start[u]]; r < s->part_start[s->unit_start[u + 1]]; r++)
            for (size_t v = s->ring_start[r]; v + 1 < s->ring_start[r + 1]; v++) {
                const hrmi_crossing c = hrmi_cross(lon, lat, s->x[v], s->y[v], s->x[v + 1], s->y[v + 1]);
                on_edge = on_edge || c == HRMI_ON_EDGE;
                inside = inside != (c == HRMI_CROSSES);
            }
        if (!inside && !on_edge) continue;
        if (first == HRM_NONE) first = u;
        ++*count;
    }
    return first;
}

static void same(const hrmi_locator *l, const hrmi_shapes *s, double lon, double lat) {
    size_t count;
    bool several;
    const size_t expected = plainly(s, lon, lat, &count);
    const size_t found = hrmi_locate(l, lon, lat, &several);
    ck_assert_msg(found == expected && several == (count > 1), "%.17g %.17g: %zu (%d), not %zu (%zu)", lon,
                  lat, found, several, expected, count);
}

/* Every vertex, the middle of every edge, and places one unit in the last place around both. */
static void try_edges(const hrmi_locator *l, const hrmi_shapes *s) {
    for (size_t r = 0; r < s->ring_count; r++)
        for (size_t v = s->ring_start[r]; v + 1 < s->ring_start[r + 1]; v++)
            for (int k = 0; k < 2; k++) {
                const double lon = k == 0 ? s->x[v] : (s->x[v] + s->x[v + 1]) / 2.0;
                const double lat = k == 0 ? s->y[v] : (s->y[v] + s->y[v + 1]) / 2.0;
                same(l, s, lon, lat);
                same(l, s, nextafter(lon, 1e9), lat);
                same(l, s, nextafter(lon, -1e9), lat);
                same(l, s, lon, nextafter(lat, 1e9));
                same(l, s, lon, nextafter(lat, -1e9));
            }
}

static void try_box(const hrmi_locator *l, const hrmi_shapes *s, size_t count) {
    uint64_t state = 5;
    for (size_t i = 0; i < count; i++) {
        const double lon = l->west + (l->east - l->west) * (1.1 * hrmt_random(&state) - 0.05);
        const double lat = l->south + (l->north - l->south) * (1.1 * hrmt_random(&state) - 0.05);
        same(l, s, lon, lat);
        /* on the lines between cells too */
        same(l, s, l->west + floor((lon - l->west) * l->per_lon) / l->per_lon, lat);
        same(l, s, lon, l->south + floor((lat - l->south) * l->per_lat) / l->per_lat);
    }
}

static void try_all(const char *const *wkt, size_t count, size_t places) {
    hrm_context *const ctx = hrmt_context();
    hrmi_shapes shapes = hrmt_shapes(ctx, wkt, count);
    hrmi_locator locator;
    hrmt_ok(ctx, hrmi_locator_build(ctx, &shapes, &locator));
    try_edges(&locator, &shapes);
    try_box(&locator, &shapes, places);
    hrmi_locator_free(&locator);
    hrmi_shapes_free(&shapes);
    hrm_context_free(ctx);
}

START_TEST(squares_with_shared_borders) {
    static const char *const wkt[] = {"POLYGON((0 0,1 0,1 1,0 1,0 0))", "POLYGON((1 0,2 0,2 1,1 1,1 0))",
                                      "POLYGON((0 1,2 1,2 2,0 2,0 1))", NULL, /* without a boundary */
                                      "POLYGON((5 5,6 5,6 6,5 6,5 5))"};
    try_all(wkt, 5, 3000);
}
END_TEST

START_TEST(overlaps_holes_and_parts) {
    static const char *const wkt[] = {
        "POLYGON((0 0,10 0,10 10,0 10,0 0),(2 2,2 8,8 8,8 2,2 2))", /* a frame */
        "POLYGON((1 1,9 1,9 9,1 9,1 1),(3 3,3 7,7 7,7 3,3 3))",     /* over its inner half */
        "MULTIPOLYGON(((4 4,6 4,5 6,4 4)),((20 0,21 0,21 1,20 1,20 0)),((21 1,22 1,22 2,21 2,21 1)))",
        "POLYGON((0 0,10 0,10 10,0 10,0 0))", /* all of it again */
    };
    try_all(wkt, 4, 5000);
}
END_TEST

START_TEST(slanted_and_thin) {
    static const char *const wkt[] = {
        "POLYGON((30.1 50.2,38.7 50.3,38.70001 50.30001,30.1 50.2000001,30.1 50.2))",
        "POLYGON((30.1 50.2,30.1000001 50.2,30.2 58,30.1 50.2))",
        "POLYGON((30 50,40 50.0000001,40 51,30 50))", /* nearly level: a long way within one row */
        "POLYGON((30 50,40 60,40 60.1,30 50))"};
    try_all(wkt, 4, 5000);
}
END_TEST

START_TEST(one_small_and_one_large) {
    static const char *const wkt[] = {"POLYGON((33.3 47.7,33.3000001 47.7,33.3 47.7000001,33.3 47.7))",
                                      "POLYGON((-170 -80,170 -80,170 80,-170 80,-170 -80))"};
    try_all(wkt, 1, 2000);
    try_all(wkt, 2, 2000);
}
END_TEST

/* Many random stars, which overlap in all ways. */
START_TEST(random_stars) {
    enum { COUNT = 40, SIZE = 4096 };
    static char text[COUNT][SIZE];
    const char *wkt[COUNT];
    uint64_t state = 11;
    for (size_t i = 0; i < COUNT; i++) {
        hrmt_star(text[i], SIZE, 30.0 + 4.0 * hrmt_random(&state), 48.0 + 3.0 * hrmt_random(&state), 0.8, 37,
                  &state);
        wkt[i] = text[i];
    }
    try_all(wkt, COUNT, 5000);
}
END_TEST

START_TEST(nothing_to_find) {
    hrm_context *const ctx = hrmt_context();
    hrmi_shapes shapes = hrmt_shapes(ctx, (const char *const[]){NULL, NULL}, 2);
    hrmi_locator locator;
    bool several = true;
    hrmt_ok(ctx, hrmi_locator_build(ctx, &shapes, &locator));
    ck_assert_uint_eq(hrmi_locate(&locator, 30, 50, &several), HRM_NONE);
    ck_assert(!several);
    ck_assert_uint_eq(hrmi_locate(&locator, (double)NAN, 50, &several), HRM_NONE);
    ck_assert_uint_eq(hrmi_locate(&locator, 30, (double)INFINITY, &several), HRM_NONE);
    hrmi_locator_free(&locator);
    hrmi_locator_free(&(hrmi_locator){0});
    hrmi_shapes_free(&shapes);
    hrm_context_free(ctx);
}
END_TEST

static hrm_status build(hrm_context *ctx, void *user) {
    hrmi_locator locator;
    const hrm_status status = hrmi_locator_build(ctx, user, &locator);
    hrmi_locator_free(&locator);
    return status;
}

START_TEST(memory_may_fail_anywhere) {
    hrm_context *const ctx = hrmt_context();
    hrmi_shapes shapes = hrmt_shapes(
        ctx, (const char *const[]){"POLYGON((0 0,9 1,1 9,0 0))", "POLYGON((0 0,9 2,2 9,0 0))"}, 2);
    hrmt_fail_each(build, &shapes);
    hrmi_shapes_free(&shapes);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("locate", &squares_with_shared_borders, &overlaps_holes_and_parts, &slanted_and_thin,
           &one_small_and_one_large, &random_stars, &nothing_to_find, &memory_may_fail_anywhere)
