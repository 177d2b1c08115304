/* Overlaps, gaps and unions of squares. A degree by a degree at the equator is the unit: areas are compared
 * with those of the shapes that the overlaps and gaps are by sight. */
#include "geo/geodesic.h"
#include "geo/overlay.h"
#include "harness/wkt.h"

static hrm_context *ctx;

static hrmi_shapes shapes_of(size_t count, const char *const *wkt) {
    hrmi_geometry g;
    hrmi_part_range ranges[16];
    hrmi_shapes shapes;
    ck_assert_uint_le(count, 16);
    hrmi_geometry_init(&g, ctx);
    for (size_t i = 0; i < count; i++) {
        size_t size = 0;
        uint8_t *const wkb = hrmt_wkb(wkt[i], &size);
        ranges[i] = (hrmi_part_range){&g, g.part_count, g.part_count};
        if (wkb != NULL) hrmt_ok(ctx, hrmi_wkb_read(ctx, wkb, size, &g));
        ranges[i].end = g.part_count;
        free(wkb);
    }
    hrmt_ok(ctx, hrmi_shapes_build(ctx, ranges, count, &shapes));
    hrmi_geometry_free(&g);
    return shapes;
}

/* The area of a rectangle of meridians and geodesics between its corners. */
static double box_m2(double west, double south, double east, double north) {
    const double x[] = {west, east, east, west, west};
    const double y[] = {south, south, north, north, south};
    return hrmi_ring_area_m2(x, y, 5);
}

static hrmi_fit fit_of(size_t count, const char *const *wkt) {
    hrmi_shapes shapes = shapes_of(count, wkt);
    hrmi_fit fit = {0};
    hrmt_ok(ctx, hrmi_shapes_fit(ctx, &shapes, &fit));
    hrmi_shapes_free(&shapes);
    return fit;
}

static void close_to(double found, double expected) {
    ck_assert_msg(fabs(found - expected) <= 1e-9 * box_m2(0, 0, 1, 1), "%.17g, not %.17g", found, expected);
}

START_TEST(squares_side_by_side) {
    static const char *const wkt[] = {
        "POLYGON((0 0,1 0,1 1,0 1,0 0))", "POLYGON((1 0,2 0,2 1,1 1,1 0))",
        "POLYGON((2 1,3 1,3 2,2 2,2 1))", /* a corner in common with the second */
        "POLYGON((9 0,10 0,10 1,9 1,9 0))", NULL};
    ctx = hrmt_context();
    const hrmi_fit fit = fit_of(5, wkt);
    ck_assert_uint_eq(fit.touching_pairs, 2);
    ck_assert_uint_eq(fit.overlap_pairs, 0);
    ck_assert_double_eq(fit.overlap_area_m2, 0.0);
    ck_assert_uint_eq(fit.gap_count, 0);
    ck_assert_double_eq(fit.gap_area_m2, 0.0);
    ck_assert_double_eq(fit.uncovered_area_m2, 0.0);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(overlaps_are_counted_by_pair) {
    /* three squares over the box 1 1 – 2 2: each pair has it in common, and the first two more than that */
    static const char *const wkt[] = {"POLYGON((0 0,2 0,2 2,0 2,0 0))", "POLYGON((1 0,3 0,3 2,1 2,1 0))",
                                      "POLYGON((1 1,2 1,2 3,1 3,1 1))"};
    ctx = hrmt_context();
    const hrmi_fit fit = fit_of(3, wkt);
    ck_assert_uint_eq(fit.touching_pairs, 3);
    ck_assert_uint_eq(fit.overlap_pairs, 3);
    close_to(fit.overlap_area_m2, box_m2(1, 0, 2, 2) + 2 * box_m2(1, 1, 2, 2));
    ck_assert_uint_eq(fit.gap_count, 0);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(gaps_are_what_is_enclosed) {
    /* four bars around the box 1 1 – 3 3; a bay open to the east between the last two is no gap */
    static const char *const wkt[] = {"POLYGON((0 0,4 0,4 1,0 1,0 0))", "POLYGON((0 1,1 1,1 3,0 3,0 1))",
                                      "POLYGON((0 3,4 3,4 4,0 4,0 3))", "POLYGON((3 1,4 1,4 3,3 3,3 1))",
                                      "POLYGON((4 0,6 0,6 1,4 1,4 0))", "POLYGON((4 3,6 3,6 4,4 4,4 3))"};
    ctx = hrmt_context();
    const hrmi_fit fit = fit_of(6, wkt);
    ck_assert_uint_eq(fit.overlap_pairs, 0);
    ck_assert_uint_eq(fit.gap_count, 1);
    close_to(fit.gap_area_m2, box_m2(1, 1, 3, 3));
    close_to(fit.uncovered_area_m2, box_m2(1, 1, 3, 3));
    hrm_context_free(ctx);
}
END_TEST

START_TEST(an_island_in_a_gap) {
    static const char *const wkt[] = {"POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1))",
                                      "POLYGON((3 3,6 3,6 6,3 6,3 3),(4 4,5 4,5 5,4 5,4 4))"};
    ctx = hrmt_context();
    const hrmi_fit fit = fit_of(2, wkt);
    ck_assert_uint_eq(fit.touching_pairs, 0);
    ck_assert_uint_eq(fit.gap_count, 2);
    close_to(fit.gap_area_m2, box_m2(1, 1, 8, 8) + box_m2(4, 4, 5, 5));
    close_to(fit.uncovered_area_m2, box_m2(1, 1, 8, 8) - box_m2(3, 3, 6, 6) + box_m2(4, 4, 5, 5));
    hrm_context_free(ctx);
}
END_TEST

START_TEST(a_hole_that_another_fills) {
    static const char *const wkt[] = {"POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1))",
                                      "POLYGON((1 1,8 1,8 8,1 8,1 1))"};
    ctx = hrmt_context();
    const hrmi_fit fit = fit_of(2, wkt);
    ck_assert_uint_eq(fit.touching_pairs, 1);
    ck_assert_uint_eq(fit.overlap_pairs, 0);
    ck_assert_uint_eq(fit.gap_count, 0);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(nothing_to_compare) {
    static const char *const one[] = {"POLYGON((0 0,1 0,1 1,0 1,0 0))", NULL};
    static const char *const none[] = {NULL};
    ctx = hrmt_context();
    ck_assert_uint_eq(fit_of(2, one).touching_pairs, 0);
    ck_assert_uint_eq(fit_of(1, none).gap_count, 0);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(units_are_united) {
    /* with vertices where they cross: an edge as a geodesic is another one than in two pieces */
    static const char *const wkt[] = {"POLYGON((0 0,2 0,2 2,1 2,0 2,0 0))",
                                      "POLYGON((1 1,2 1,3 1,3 3,1 3,1 1))", NULL,
                                      "POLYGON((9 9,10 9,10 10,9 10,9 9))"};
    static const size_t some[] = {3, 1};
    static const size_t none[] = {2};
    static const double box[] = {0, 0, 10, 10};
    ctx = hrmt_context();
    hrmi_shapes shapes = shapes_of(4, wkt);
    hrmi_shapes made;
    hrmt_ok(ctx, hrmi_shapes_unite(ctx, &shapes, NULL, 4, &made));
    ck_assert_uint_eq(made.unit_count, 1);
    ck_assert_uint_eq(made.part_count, 2);
    ck_assert_mem_eq(made.box, box, sizeof box);
    close_to(hrmi_shapes_area_m2(&made, 0), hrmi_shapes_area_m2(&shapes, 0) +
                                                hrmi_shapes_area_m2(&shapes, 1) - box_m2(1, 1, 2, 2) +
                                                hrmi_shapes_area_m2(&shapes, 3));
    hrmi_shapes_free(&made);
    hrmt_ok(ctx, hrmi_shapes_unite(ctx, &shapes, some, 2, &made));
    ck_assert_uint_eq(made.part_count, 2);
    ck_assert_double_eq(made.box[0], 1.0);
    hrmi_shapes_free(&made);
    hrmt_ok(ctx, hrmi_shapes_unite(ctx, &shapes, none, 1, &made));
    ck_assert_uint_eq(made.part_count, 0);
    hrmi_shapes_free(&made);
    hrmi_shapes_free(&shapes);
    hrm_context_free(ctx);
}
END_TEST

static hrm_status fit_and_unite(hrm_context *c, void *user) {
    const hrmi_shapes *const shapes = user;
    hrmi_shapes made = {0};
    hrmi_fit fit = {0};
    hrm_status status = hrmi_shapes_fit(c, shapes, &fit);
    if (status == HRM_OK) status = hrmi_shapes_unite(c, shapes, NULL, shapes->unit_count, &made);
    hrmi_shapes_free(&made);
    return status;
}

START_TEST(nothing_is_lost_when_memory_runs_out) {
    static const char *const wkt[] = {"POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1))",
                                      "POLYGON((7 7,9 7,9 9,7 9,7 7))"};
    ctx = hrmt_context();
    hrmi_shapes shapes = shapes_of(2, wkt);
    hrmt_fail_each(fit_and_unite, &shapes);
    hrmi_shapes_free(&shapes);
    hrm_context_free(ctx);
}
END_TEST

static bool stop(double share, const char *step, void *user) {
    (void)step;
    return share < *(const double *)user;
}

START_TEST(it_can_be_stopped) {
    static const char *const wkt[] = {"POLYGON((0 0,1 0,1 1,0 1,0 0))"};
    double limit = 0.0;
    hrmi_fit fit = {0};
    ctx = hrmt_context();
    hrmi_shapes shapes = shapes_of(1, wkt);
    hrm_context_set_progress(ctx, stop, &limit);
    hrmt_fails(ctx, hrmi_shapes_fit(ctx, &shapes, &fit), HRM_ERROR_CANCELLED, "comparing neighbours");
    limit = 1.0;
    hrmt_fails(ctx, hrmi_shapes_fit(ctx, &shapes, &fit), HRM_ERROR_CANCELLED, "uniting all boundaries");
    hrmi_shapes_free(&shapes);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("fit", &squares_side_by_side, &overlaps_are_counted_by_pair, &gaps_are_what_is_enclosed,
           &an_island_in_a_gap, &a_hole_that_another_fills, &nothing_to_compare, &units_are_united,
           &nothing_is_lost_when_memory_runs_out, &it_can_be_stopped)
