/* Validity, repair and uniting, on shapes that can be drawn on squared paper. Areas are in squares of it. */
#include "geo/overlay.h"
#include "harness/wkt.h"

static hrm_context *ctx;
static hrmi_geometry read;
static hrmi_geometry made;

static void begin(void) {
    ctx = hrmt_context();
    hrmi_geometry_init(&read, ctx);
    hrmi_geometry_init(&made, ctx);
}

static void end(void) {
    hrmi_geometry_free(&read);
    hrmi_geometry_free(&made);
    hrm_context_free(ctx);
}

static hrmi_part_range add(const char *wkt) {
    const size_t before = read.part_count;
    size_t size = 0;
    uint8_t *const wkb = hrmt_wkb(wkt, &size);
    hrmt_ok(ctx, hrmi_wkb_read(ctx, wkb, size, &read));
    free(wkb);
    return (hrmi_part_range){&read, before, read.part_count};
}

/* A polygon as GEOS would not make it: rings of any kind, the sizes ended by 0. */
static hrmi_part_range add_rings(const double (*points)[2], const size_t *sizes) {
    const size_t before = read.part_count;
    size_t at = 0;
    hrmt_ok(ctx, hrmi_geometry_add_part(ctx, &read, HRMI_POLYGON));
    for (; *sizes > 0; sizes++) {
        const size_t first = read.vertex_count;
        hrmt_ok(ctx, hrmi_geometry_add_path(ctx, &read));
        hrmt_ok(ctx, hrmi_geometry_add_vertices(ctx, &read, *sizes));
        for (size_t i = 0; i < *sizes; i++, at++) {
            read.x[first + i] = points[at][0];
            read.y[first + i] = points[at][1];
            read.z[first + i] = 0.0;
        }
    }
    return (hrmi_part_range){&read, before, read.part_count};
}

/* The area of what was made, in the plane; outlines count, holes are taken away. */
static double squares(const hrmi_geometry *g) {
    double sum = 0.0;
    for (size_t q = 0; q < g->part_count; q++)
        for (size_t p = g->part_start[q]; p < g->part_start[q + 1]; p++) {
            double ring = 0.0;
            for (size_t v = g->path_start[p]; v + 1 < g->path_start[p + 1]; v++)
                ring += 0.5 * (g->x[v] * g->y[v + 1] - g->x[v + 1] * g->y[v]);
            sum += p == g->part_start[q] ? fabs(ring) : -fabs(ring);
        }
    return sum;
}

static void mends(hrmi_part_range range, const char *words, size_t parts, double area) {
    char why[HRMI_WHY_SIZE];
    bool changed = false;
    hrmi_geometry_clear(&made);
    hrmt_ok(ctx, hrmi_polygons_repair(ctx, range, &made, &changed, why));
    ck_assert_msg(changed, "nothing was found: %s", words);
    ck_assert_msg(strstr(why, words) != NULL, "no \"%s\" in \"%s\"", words, why);
    ck_assert_uint_eq(made.part_count, parts);
    ck_assert_double_eq(squares(&made), area);
}

START_TEST(what_is_valid_stays) {
    static const char *const valid[] = {
        "POLYGON((0 0,4 0,4 4,0 4,0 0))", "POLYGON((0 0,0 4,4 4,4 0,0 0))",
        "POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,2 1,2 2,1 2,1 1))",
        "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))",
        "MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((1 1,2 1,2 2,1 2,1 1)))" /* a corner in common */};
    begin();
    for (size_t i = 0; i < sizeof valid / sizeof *valid; i++) {
        char why[HRMI_WHY_SIZE];
        bool changed = true;
        hrmt_ok(ctx, hrmi_polygons_repair(ctx, add(valid[i]), &made, &changed, why));
        ck_assert(!changed);
        ck_assert_str_eq(why, "");
        ck_assert_uint_eq(made.part_count, 0);
    }
    end();
}
END_TEST

START_TEST(what_is_invalid_is_mended) {
    begin();
    mends(add("POLYGON((0 0,2 2,2 0,0 2,0 0))"), "Self-intersection[1 1]", 2, 2.0); /* a bow tie */
    mends(add("POLYGON((0 0,4 0,4 4,0 4,0 0),(3 3,6 3,6 6,3 6,3 3))"), "Self-intersection", 1, 15.0);
    mends(add("POLYGON((0 0,4 0,4 4,0 4,0 0),(6 6,7 6,7 7,6 7,6 6))"), "Hole lies outside shell", 2, 17.0);
    mends(add("MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((2 2,6 2,6 6,2 6,2 2)))"), "Self-intersection", 1, 28.0);
    mends(add("MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((1 1,2 1,2 2,1 2,1 1)))"), "Nested shells", 1, 16.0);
    mends(add("MULTIPOLYGON(((0 0,2 0,2 2,0 2,0 0)),((2 0,4 0,4 2,2 2,2 0)))"), "Self-intersection", 1, 8.0);
    mends(add("POLYGON((0 0,4 0,4 4,2 4,2 6,2 4,0 4,0 0))"), "Self-intersection", 1, 16.0); /* a spike */
    mends(add("POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,3 1,3 3,1 3,1 1),(2 2,2 0.5,2.5 2,2 2))"), "intersection",
          1, 16.0 - 4.0 - 0.5 * 0.5 * (1.0 / 6.0)); /* what sticks out of the first hole is a triangle */
    end();
}
END_TEST

START_TEST(rings_that_geos_does_not_take) {
    static const double open_square[][2] = {{0, 0}, {4, 0}, {4, 4}, {0, 4}};
    static const double open_hole[][2] = {{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}, {1, 1}, {1, 2}, {2, 1}};
    static const double short_hole[][2] = {{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}, {1, 1}, {2, 2}, {1, 1}};
    static const double short_outline[][2] = {{0, 0}, {4, 0}, {0, 0}, {1, 1}, {2, 1}, {2, 2}, {1, 1}};
    static const double open_bow_tie[][2] = {{0, 0}, {2, 2}, {2, 0}, {0, 2}};
    begin();
    mends(add_rings(open_square, (size_t[]){4, 0}), "a ring was not closed", 1, 16.0);
    mends(add_rings(open_hole, (size_t[]){5, 3, 0}), "a ring was not closed", 1, 15.5);
    mends(add_rings(short_hole, (size_t[]){5, 3, 0}), "fewer than four points", 1, 16.0);
    mends(add_rings(short_outline, (size_t[]){3, 4, 0}), "fewer than four points", 0, 0.0);
    mends(add_rings(open_bow_tie, (size_t[]){4, 0}), "a ring was not closed", 2, 2.0);
    end();
}
END_TEST

START_TEST(what_has_no_area_vanishes) {
    begin();
    mends(add("POLYGON((0 0,4 4,2 2,0 0))"), "", 0, 0.0);
    mends(add("POLYGON((1 1,1 1,1 1,1 1))"), "", 0, 0.0);
    end();
}
END_TEST

START_TEST(uniting) {
    begin();
    const hrmi_part_range ranges[] = {add("POLYGON((0 0,2 0,2 2,0 2,0 0))"),
                                      add("POLYGON((1 1,3 1,3 3,1 3,1 1))"),
                                      add("POLYGON((9 9,10 9,10 10,9 10,9 9))")};
    hrmt_ok(ctx, hrmi_polygons_unite(ctx, ranges, 3, &made));
    ck_assert_uint_eq(made.part_count, 2);
    ck_assert_double_eq(squares(&made), 4.0 + 4.0 - 1.0 + 1.0);
    hrmi_geometry_clear(&made);
    hrmt_ok(ctx, hrmi_polygons_unite(ctx, ranges, 1, &made));
    ck_assert_double_eq(squares(&made), 4.0);
    end();
}
END_TEST

START_TEST(what_geos_refuses_is_told) {
    static const double open_square[][2] = {{0, 0}, {4, 0}, {4, 4}, {0, 4}};
    begin();
    const hrmi_part_range ranges[] = {add_rings(open_square, (size_t[]){4, 0}),
                                      add("POLYGON((0 0,1 0,1 1,0 0))")};
    hrmt_fails(ctx, hrmi_polygons_unite(ctx, ranges, 2, &made), HRM_ERROR_GEOMETRY,
               "making a ring failed (GEOS: IllegalArgumentException");
    end();
}
END_TEST

typedef struct two_ranges {
    hrmi_part_range invalid, valid;
} two_ranges;

static hrm_status repair_and_unite(hrm_context *c, void *user) {
    const two_ranges *const both = user;
    hrmi_geometry result;
    char why[HRMI_WHY_SIZE];
    bool changed = false;
    hrmi_geometry_init(&result, c);
    hrm_status status = hrmi_polygons_repair(c, both->invalid, &result, &changed, why);
    if (status == HRM_OK) {
        const hrmi_part_range ranges[] = {both->valid, {&result, 0, result.part_count}};
        status = hrmi_polygons_unite(c, ranges, 2, &result);
    }
    hrmi_geometry_free(&result);
    return status;
}

START_TEST(nothing_is_lost_when_memory_runs_out) {
    static const double open_bow_tie[][2] = {{0, 0}, {2, 2}, {2, 0}, {0, 2}};
    begin();
    two_ranges both;
    both.invalid = add_rings(open_bow_tie, (size_t[]){4, 0});
    both.valid = add("POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,2 1,2 2,1 2,1 1))");
    hrmt_fail_each(repair_and_unite, &both);
    end();
}
END_TEST

HRMT_SUITE("repair", &what_is_valid_stays, &what_is_invalid_is_mended, &rings_that_geos_does_not_take,
           &what_has_no_area_vanishes, &uniting, &what_geos_refuses_is_told,
           &nothing_is_lost_when_memory_runs_out)
