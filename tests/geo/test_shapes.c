/* Flat shapes: how rings turn, boxes, areas and centres of mass (shape_cases.txt), and writing WKB. */
#include "base/number.h"
#include "geo/geodesic.h"
#include "geo/shapes.h"
#include "harness/wkt.h"

/* Shapes of one unit per text; NULL: without boundary. */
static hrmi_shapes shapes_of(hrm_context *ctx, size_t count, const char *const *wkt) {
    hrmi_geometry g;
    hrmi_part_range ranges[8];
    hrmi_shapes shapes;
    ck_assert_uint_le(count, 8);
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

static double number(const char *text, size_t length) {
    double value = 0.0;
    ck_assert_msg(hrmi_number_read(text, length, &value), "no number: %s", text);
    return value;
}

/* Cuts the next field off a line. */
static char *field(char **at) {
    char *const start = *at;
    const size_t length = strcspn(start, "|\n");
    *at = start + length + (start[length] != '\0');
    start[length] = '\0';
    return start;
}

static double number_field(char **at) {
    const char *const text = field(at);
    return number(text, strlen(text));
}

static void check_area(hrm_context *ctx, char *at) {
    const char *const wkt = field(&at);
    const double area = number_field(&at);
    const double lon = number_field(&at);
    const double lat = number_field(&at);
    hrmi_shapes shapes = shapes_of(ctx, 1, &wkt);
    double centre[2];
    hrmi_shapes_centroid(&shapes, 0, centre);
    const double found = hrmi_shapes_area_m2(&shapes, 0);
    /* Karney's areas are good to some square millimetres per edge, whatever the size */
    ck_assert_msg(fabs(found - area) < 1e-9 * area, "%s: area %.17g", wkt, found);
    /* 1e-10 degrees are 0.01 mm */
    ck_assert_msg(fabs(centre[0] - lon) < 1e-10 && fabs(centre[1] - lat) < 1e-10, "%s: centre off by %g, %g",
                  wkt, centre[0] - lon, centre[1] - lat);
    hrmi_shapes_free(&shapes);
}

static void check_length(char *at) {
    double p[4];
    char *numbers = field(&at);
    for (size_t i = 0; i < 4; i++) {
        const size_t length = strcspn(numbers, " ");
        p[i] = number(numbers, length);
        numbers += length + (numbers[length] != '\0');
    }
    const double metres = number_field(&at);
    ck_assert_double_eq_tol(hrmi_geodesic_m(p[0], p[1], p[2], p[3]), metres, 1e-8);
    ck_assert_double_eq_tol(hrmi_geodesic_m(p[2], p[3], p[0], p[1]), metres, 1e-8);
}

START_TEST(as_geographiclib_and_fine_triangles_say) {
    hrm_context *ctx = hrmt_context();
    FILE *const file = fopen(HRMT_SOURCE_DIR "/tests/geo/shape_cases.txt", "r");
    char line[512];
    int cases = 0;
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL) {
        char *at = line;
        if (line[0] == '#') continue;
        if (strcmp(field(&at), "area") == 0) check_area(ctx, at);
        else check_length(at);
        cases++;
    }
    (void)fclose(file);
    ck_assert_int_eq(cases, 19);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(rings_are_turned) {
    static const char *const same[] = {
        "POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,1 2,2 2,2 1,1 1))", /* as it should be */
        "POLYGON((0 0,0 4,4 4,4 0,0 0),(1 1,1 2,2 2,2 1,1 1))", /* outline clockwise */
        "POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,2 1,2 2,1 2,1 1))", /* hole counter-clockwise */
        "POLYGON((0 0,0 4,4 4,4 0,0 0),(1 1,2 1,2 2,1 2,1 1))"};
    static const double x[] = {0, 4, 4, 0, 0, 1, 1, 2, 2, 1};
    static const double y[] = {0, 0, 4, 4, 0, 1, 2, 2, 1, 1};
    hrm_context *ctx = hrmt_context();
    hrmi_shapes shapes = shapes_of(ctx, 4, same);
    ck_assert_uint_eq(shapes.unit_count, 4);
    ck_assert_uint_eq(shapes.ring_count, 8);
    for (size_t u = 0; u < 4; u++) {
        const size_t first = hrmi_shapes_first_vertex(&shapes, u);
        ck_assert_uint_eq(hrmi_shapes_end_vertex(&shapes, u) - first, 10);
        ck_assert_mem_eq(shapes.x + first, x, sizeof x);
        ck_assert_mem_eq(shapes.y + first, y, sizeof y);
        ck_assert_double_eq(hrmi_shapes_area_m2(&shapes, u), hrmi_shapes_area_m2(&shapes, 0));
    }
    hrmi_shapes_free(&shapes);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(boxes_and_units_without_boundary) {
    static const char *const wkt[] = {
        NULL, "MULTIPOLYGON(((30 50,31 50,31 51,30 50)),((20 45,21 45,21 46,20 45)))",
        "GEOMETRYCOLLECTION(POINT(1 1),POLYGON((5 5,6 5,6 6,5 5)),LINESTRING(0 0,9 9))", NULL};
    hrm_context *ctx = hrmt_context();
    hrmi_shapes shapes = shapes_of(ctx, 4, wkt);
    static const double box[] = {20, 45, 31, 51};
    static const double second[] = {5, 5, 6, 6};
    double centre[2];
    ck_assert_uint_eq(shapes.part_count, 3); /* neither the point nor the line */
    ck_assert_mem_eq(shapes.box + 4, box, sizeof box);
    ck_assert_mem_eq(shapes.box + 8, second, sizeof second);
    for (size_t u = 0; u < 4; u += 3) {
        ck_assert(isnan(shapes.box[4 * u]) && isnan(shapes.box[4 * u + 3]));
        ck_assert(isnan(hrmi_shapes_area_m2(&shapes, u)));
        hrmi_shapes_centroid(&shapes, u, centre);
        ck_assert(isnan(centre[0]) && isnan(centre[1]));
        ck_assert_uint_eq(hrmi_shapes_wkb_size(&shapes, u), 0);
    }
    hrmi_shapes_free(&shapes);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(written_and_read_again) {
    static const char *const wkt[] = {
        "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0),(1 1,1 2,2 2,1 1)),((5 5,6 5,6 6,5 5)))"};
    hrm_context *ctx = hrmt_context();
    hrmi_shapes shapes = shapes_of(ctx, 1, wkt);
    size_t wanted = 0;
    uint8_t *const expected = hrmt_wkb(wkt[0], &wanted); /* by GEOS */
    ck_assert_uint_eq(hrmi_shapes_wkb_size(&shapes, 0), wanted);
    uint8_t *const written = malloc(wanted);
    hrmi_shapes_wkb(&shapes, 0, written);
    ck_assert_mem_eq(written, expected, wanted);
    free(written);
    free(expected);
    hrmi_shapes_free(&shapes);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(a_ring_the_other_way_has_the_other_sign) {
    static const double x[] = {30, 31, 31, 30, 30};
    static const double y[] = {50, 50, 51, 51, 50};
    static const double back_y[] = {50, 51, 51, 50, 50};
    static const double back_x[] = {30, 30, 31, 31, 30};
    ck_assert_double_eq_tol(hrmi_ring_area_m2(x, y, 5), 7892061583.206543, 1.0);
    ck_assert_double_eq(hrmi_ring_area_m2(back_x, back_y, 5), -hrmi_ring_area_m2(x, y, 5));
    ck_assert_double_eq(hrmi_ring_area_m2(x, y, 3), 0.0);
}
END_TEST

static hrm_status build(hrm_context *ctx, void *user) {
    const hrmi_geometry *const g = user;
    const hrmi_part_range ranges[] = {{g, 0, g->part_count}, {g, 0, 0}};
    hrmi_shapes shapes;
    const hrm_status status = hrmi_shapes_build(ctx, ranges, 2, &shapes);
    hrmi_shapes_free(&shapes);
    return status;
}

START_TEST(nothing_is_lost_when_memory_runs_out) {
    hrm_context *ctx = hrmt_context();
    hrmi_geometry g;
    size_t size = 0;
    uint8_t *const wkb = hrmt_wkb("POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,1 2,2 2,2 1,1 1))", &size);
    hrmi_geometry_init(&g, ctx);
    hrmt_ok(ctx, hrmi_wkb_read(ctx, wkb, size, &g));
    hrmt_fail_each(build, &g);
    free(wkb);
    hrmi_geometry_free(&g);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("shapes", &as_geographiclib_and_fine_triangles_say, &rings_are_turned,
           &boxes_and_units_without_boundary, &written_and_read_again,
           &a_ring_the_other_way_has_the_other_sign, &nothing_is_lost_when_memory_runs_out)
