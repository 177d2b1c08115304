/*
 * Nearness: hand cases whose distances are arcs of meridians and parallels (numbers of PROJ's `geod
 * +ellps=WGS84`, 9.1.1), what must not change the results, what a reference takes in, and every refusal.
 */
#include "region.h"

/* Along meridians. */
#define FROM_51_TO_52 111257.827
#define FROM_50_TO_49 111219.409

static hrm_reference *reference_of(hrm_context *ctx, const char *const *wkt, size_t count) {
    hrm_reference *reference = NULL;
    uint8_t *wkb[16];
    size_t sizes[16];
    ck_assert_uint_le(count, 16);
    for (size_t i = 0; i < count; i++) wkb[i] = hrmt_wkb(wkt[i], &sizes[i]);
    hrmt_ok(ctx, hrm_reference_from_wkb(ctx, (const uint8_t *const *)wkb, sizes, count, "OGC:CRS84",
                                        "front.geojson", &reference));
    for (size_t i = 0; i < count; i++) free(wkb[i]);
    return reference;
}

static hrm_proximity_options options_of(const char *id) {
    hrm_proximity_options o;
    hrm_proximity_options_init(&o, sizeof o);
    o.id = id;
    return o;
}

/* Measures the region to one geometry, as columns r_distance_m, r_centre_distance_m, r_inside_share. */
static hrmt_fixture measured(const char *wkt) {
    hrmt_fixture f = hrmt_set_up();
    const hrm_proximity_options o = options_of("r");
    hrm_reference *const reference = reference_of(f.ctx, &wkt, 1);
    hrmt_ok(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table));
    hrm_reference_free(reference);
    return f;
}

/* Rows 0 to 3 within a tolerance; row 4 has no boundary. */
static void expect(const hrmt_fixture *f, const char *id, const double expected[4], double tolerance) {
    const double *const values = hrmt_values(f->table, id);
    for (size_t i = 0; i < 4; i++)
        ck_assert_msg(fabs(values[i] - expected[i]) <= tolerance, "%s, row %zu: %.9f, not %.9f", id, i,
                      values[i], expected[i]);
    ck_assert(isnan(values[4]));
    ck_assert_uint_eq(hrmt_missing(f->table, id, 4), HRM_MISSING_NO_COVERAGE);
}

START_TEST(a_line_to_the_north) {
    hrmt_fixture f = measured("LINESTRING(29 52,35 52)");
    expect(&f, "r_distance_m", (double[]){FROM_51_TO_52, FROM_51_TO_52, FROM_51_TO_52, FROM_51_TO_52}, 0.001);
    ck_assert_uint_eq(hrm_table_find(f.table, "r_inside_share"), HRM_NONE); /* a line has no inside */
    ck_assert_uint_eq(hrm_table_column_count(f.table), 2);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(a_point_to_the_south) {
    hrmt_fixture f = measured("POINT(30.5 49)");
    const double *const d = hrmt_values(f.table, "r_distance_m");
    ck_assert_double_eq_tol(d[0], FROM_50_TO_49, 0.001);
    ck_assert(d[1] > d[0] && d[2] > d[1] && d[3] > d[2]);
    hrmt_tear_down(&f);
}
END_TEST

/* The occupied half-plane east of 32.25: rows 3 inside, 2 cut, 0 and 1 to the west. */
START_TEST(an_area_that_cuts) {
    hrmt_fixture f = measured("POLYGON((32.25 40,60 40,60 60,32.25 60,32.25 40))");
    expect(&f, "r_inside_share", (double[]){0, 0, 0.75, 1}, 1e-12);
    const double *const d = hrmt_values(f.table, "r_distance_m");
    const double *const c = hrmt_values(f.table, "r_centre_distance_m");
    ck_assert(d[2] == 0.0 && d[3] == 0.0 && c[3] == 0.0 && c[2] == 0.0);
    /* from the corner 32 51 to the meridian of 32.25, a little north of 51 */
    ck_assert_double_eq_tol(d[1], 17549.386, 0.001);
    ck_assert(hrmt_values(f.table, "r_inside_share")[3] == 1.0);
    ck_assert(d[0] > 85000.0 && c[0] > d[0] && c[1] > d[1]);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(touching_is_no_distance) {
    static const char *const touching[] = {
        "POINT(30 51)",                                /* a corner */
        "POINT(30 50.3)",                              /* a border */
        "LINESTRING(29 52,30 51)",                     /* in one point */
        "LINESTRING(29 50.3,30 50.3,29 50.4)",         /* with a tip */
        "LINESTRING(28 50,29 50,29 52,30 51,28 51.5)", /* passing a corner */
        "POLYGON((29 50,30 50,30 51,29 51,29 50))",    /* along a whole border */
        "POLYGON((29 49,30 50,29 50,29 49))",          /* with a corner */
    };
    for (size_t i = 0; i < sizeof touching / sizeof *touching; i++) {
        hrmt_fixture f = measured(touching[i]);
        ck_assert_msg(hrmt_values(f.table, "r_distance_m")[0] == 0.0, "%s", touching[i]);
        ck_assert(hrmt_values(f.table, "r_distance_m")[1] > 50000.0);
        if (i >= 5) ck_assert_double_eq(hrmt_values(f.table, "r_inside_share")[0], 0.0);
        hrmt_tear_down(&f);
    }
    hrmt_fixture f = measured("POINT(30.00000001 51.00000001)"); /* a millimetre off is off */
    ck_assert_double_eq_tol(hrmt_values(f.table, "r_distance_m")[0], 0.00111, 0.0001);
    hrmt_tear_down(&f);
}
END_TEST

/* Things wholly inside a community touch no border of it, and are at no distance. */
START_TEST(what_lies_inside_is_near) {
    static const char *const inside[] = {"POINT(30.5 50.6)", "LINESTRING(30.2 50.2,30.3 50.3)",
                                         "POLYGON((30.2 50.2,30.4 50.2,30.4 50.4,30.2 50.4,30.2 50.2))",
                                         "GEOMETRYCOLLECTION(POINT(35 55),LINESTRING(30.9 50.9,30.8 50.8))"};
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        hrmt_fixture f = measured(inside[i]);
        ck_assert_double_eq(hrmt_values(f.table, "r_distance_m")[0], 0.0);
        ck_assert_double_gt(hrmt_values(f.table, "r_distance_m")[1], 1000.0);
        ck_assert_double_gt(hrmt_values(f.table, "r_centre_distance_m")[0], 1000.0);
        hrmt_tear_down(&f);
    }
}
END_TEST

START_TEST(an_area_that_holds_everything) {
    hrmt_fixture f =
        measured("POLYGON((20 40,20 60,40 60,40 40,20 40))"); /* clockwise, as some sources have it */
    hrmt_expect(f.table, "r_distance_m", (double[]){0, 0, 0, 0, NAN}, HRM_MISSING_NO_COVERAGE);
    hrmt_expect(f.table, "r_centre_distance_m", (double[]){0, 0, 0, 0, NAN}, HRM_MISSING_NO_COVERAGE);
    hrmt_expect(f.table, "r_inside_share", (double[]){1, 1, 1, 1, NAN}, HRM_MISSING_NO_COVERAGE);
    hrmt_tear_down(&f);
}
END_TEST

/* A hole is outside: a community in it has a distance. */
START_TEST(holes_are_outside) {
    hrmt_fixture f = measured("POLYGON((20 40,40 40,40 60,20 60,20 40),(29 49,32 49,32 52,29 52,29 49))");
    const double *const d = hrmt_values(f.table, "r_distance_m");
    const double *const share = hrmt_values(f.table, "r_inside_share");
    ck_assert(d[0] > 70000.0 &&
              d[0] < 71000.0); /* a degree of longitude at 51: 70.2 km, less to a meridian */
    ck_assert_double_eq(share[0], 0.0);
    ck_assert_double_eq(d[1], 0.0); /* touches the hole's border from inside */
    ck_assert_double_eq(share[1], 0.0);
    ck_assert_double_eq(share[2], 1.0);
    hrmt_tear_down(&f);
}
END_TEST

/* Parts of a community may lie in different places. */
START_TEST(parts_inside_and_outside) {
    hrm_context *const ctx = hrmt_context();
    static const char *const codes[] = {"UA0502001", "UA0502003", "UA0502005"};
    static const char *const wkt[] = {
        "MULTIPOLYGON(((30 50,31 50,31 51,30 51,30 50)),((35 50,36 50,36 51,35 51,35 50)))",
        "MULTIPOLYGON(((40 50,41 50,41 51,40 51,40 50)),((42 50,43 50,43 51,42 51,42 50)))",
        "MULTIPOLYGON(((38 50,39 50,39 51,38 51,38 50)),((30 50,31 50,31 51,30 51,30 50)))"};
    static const char *const area[] = {"POLYGON((34 49,50 49,50 52,34 52,34 49))"};
    hrm_layer *const layer = hrmt_layer(ctx, 3, codes, wkt);
    hrm_table *table = NULL;
    hrm_reference *const reference = reference_of(ctx, area, 1);
    const hrm_proximity_options o = options_of("r");
    hrmt_ok(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
    hrmt_ok(ctx, hrm_proximity(ctx, layer, reference, &o, table));
    ck_assert_double_eq(hrmt_values(table, "r_distance_m")[0], 0.0);
    ck_assert_double_eq_tol(hrmt_values(table, "r_inside_share")[0], 0.5, 1e-12);
    ck_assert_double_eq(hrmt_values(table, "r_inside_share")[1], 1.0);
    ck_assert_double_eq(hrmt_values(table, "r_distance_m")[2], 0.0);
    ck_assert_double_eq_tol(hrmt_values(table, "r_inside_share")[2], 0.5, 1e-12);
    /* the centroid of the first, between its parts, is outside of both */
    ck_assert_double_gt(hrmt_values(table, "r_centre_distance_m")[0], 50000.0);
    hrm_reference_free(reference);
    hrm_table_free(table);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(what_overlaps_counts_once) {
    static const char *const twice[] = {"POLYGON((30 49,30.5 49,30.5 52,30 52,30 49))",
                                        "POLYGON((30.25 49,30.75 49,30.75 52,30.25 52,30.25 49))",
                                        "POLYGON((30.25 49,30.75 49,30.75 52,30.25 52,30.25 49))", NULL,
                                        "POLYGON EMPTY"};
    hrmt_fixture f = hrmt_set_up();
    hrm_reference *const reference = reference_of(f.ctx, twice, 5);
    hrm_reference_counts_info counts = {.struct_size = sizeof counts};
    const hrm_proximity_options o = options_of("r");
    hrmt_ok(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table));
    expect(&f, "r_inside_share", (double[]){0.75, 0, 0, 0}, 1e-12);
    ck_assert(hrm_reference_counts(reference, &counts));
    ck_assert_uint_eq(counts.features, 5);
    ck_assert_uint_eq(counts.empty, 2);
    ck_assert_uint_eq(counts.polygons, 1);
    ck_assert_uint_eq(counts.repaired, 0);
    /* lines beside the polygons have no inside, wherever they run */
    static const char *const mixed[] = {"POLYGON((30 49,30.75 49,30.75 52,30 52,30 49))",
                                        "LINESTRING(29 50,31 50.7,33 51)"};
    hrm_reference *const other = reference_of(f.ctx, mixed, 2);
    const hrm_proximity_options again = options_of("other");
    hrmt_ok(f.ctx, hrm_proximity(f.ctx, f.layer, other, &again, f.table));
    expect(&f, "other_inside_share", (double[]){0.75, 0, 0, 0}, 1e-12);
    hrm_reference_free(other);
    counts.struct_size = 0;
    ck_assert(!hrm_reference_counts(reference, &counts));
    hrm_reference_free(reference);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(everything_a_reference_can_hold) {
    static const char *const all[] = {
        "GEOMETRYCOLLECTION Z(POINT Z(35 55 7),LINESTRING Z(36 55 1,37 55 2,37 56 3))",
        "MULTIPOLYGON(((35 45,36 46,36 45,35 46,35 45)))", /* crosses itself: two triangles */
        "MULTIPOINT(35 56,35 57)", "LINESTRING(38 55,39 56,39 55,38 56)", "GEOMETRYCOLLECTION EMPTY"};
    hrmt_fixture f = hrmt_set_up();
    hrm_reference *const reference = reference_of(f.ctx, all, 5);
    hrm_reference_counts_info counts = {.struct_size = sizeof counts};
    ck_assert(hrm_reference_counts(reference, &counts));
    ck_assert_uint_eq(counts.features, 5);
    ck_assert_uint_eq(counts.empty, 1);
    ck_assert_uint_eq(counts.repaired, 1);
    ck_assert_uint_eq(counts.points, 3);
    ck_assert_uint_eq(counts.lines, 2);
    ck_assert_uint_eq(counts.polygons, 2);
    ck_assert_uint_eq(counts.vertices, 3 + 3 + 4 + 2 * 4);
    const hrm_proximity_options o = options_of("r");
    hrmt_ok(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table));
    ck_assert_uint_eq(hrm_table_column_count(f.table), 3);
    hrm_reference_free(reference);
    hrm_reference_free(NULL);
    hrmt_tear_down(&f);
}
END_TEST

static void keep_warning(int32_t level, const char *message, void *user) {
    if (level == HRM_LOG_WARNING) (void)snprintf(user, 256, "%s", message);
}

START_TEST(repairs_are_told) {
    char text[256] = "";
    static const char *const bow[] = {"POLYGON((35 45,36 46,36 45,35 46,35 45))"};
    hrm_context *const ctx = hrmt_context();
    hrm_context_set_log(ctx, keep_warning, text);
    hrm_reference_free(reference_of(ctx, bow, 1));
    ck_assert_msg(strstr(text, "front.geojson, feature 0: invalid polygons made valid") != NULL, "%s", text);
    hrm_context_free(ctx);
}
END_TEST

/* 36N, where x = 500 km is longitude 33 and the line keeps to it. */
START_TEST(other_systems_are_brought_over) {
    hrmt_fixture f = hrmt_set_up();
    hrm_reference *reference = NULL;
    size_t size;
    uint8_t *const wkb = hrmt_wkb("LINESTRING(500000 5400000,500000 5700000)", &size);
    const uint8_t *const list[] = {wkb};
    const hrm_proximity_options o = options_of("r");
    hrmt_ok(f.ctx, hrm_reference_from_wkb(f.ctx, list, &size, 1, "EPSG:32636", NULL, &reference));
    hrmt_ok(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table));
    const double *const d = hrmt_values(f.table, "r_distance_m");
    ck_assert(d[2] < 0.001 && d[3] < 0.001); /* the border they share is the line, to a nanodegree */
    ck_assert_double_eq_tol(d[1], 70197.6, 60.0);
    ck_assert_str_eq(hrmt_column(f.table, "r_distance_m").source, "the reference");
    hrm_reference_free(reference);
    free(wkb);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(columns_say_what_they_are) {
    hrmt_fixture f = hrmt_set_up();
    static const char *const area[] = {"POLYGON((32.25 40,60 40,60 60,32.25 60,32.25 40))"};
    hrm_reference *const reference = reference_of(f.ctx, area, 1);
    hrm_proximity_options o = options_of("front");
    o.period = "2024-07-08";
    o.title_en = "the occupied area";
    o.title_uk = "окупованої території";
    hrmt_ok(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table));
    hrm_column_info info = hrmt_column(f.table, "front_distance_m@2024-07-08");
    ck_assert_str_eq(info.title_en, "Distance from the territory to the occupied area, 2024-07-08");
    ck_assert_str_eq(info.title_uk, "Відстань від території до окупованої території, 2024-07-08");
    ck_assert_str_eq(info.unit, "m");
    ck_assert_str_eq(info.source, "front.geojson");
    ck_assert_int_eq(info.direction, HRM_HIGHER_BETTER);
    ck_assert_int_eq(info.rollup, HRM_ROLLUP_MIN);
    info = hrmt_column(f.table, "front_centre_distance_m@2024-07-08");
    ck_assert_int_eq(info.rollup, HRM_ROLLUP_NONE);
    ck_assert_int_eq(info.direction, HRM_HIGHER_BETTER);
    info = hrmt_column(f.table, "front_inside_share@2024-07-08");
    ck_assert_str_eq(info.title_uk, "Частка території в межах окупованої території, 2024-07-08");
    ck_assert_int_eq(info.direction, HRM_HIGHER_WORSE);
    ck_assert_int_eq(info.rollup, HRM_ROLLUP_NONE); /* no areas to weight by */
    o = options_of("hospital");
    o.nearness = HRM_HIGHER_BETTER;
    o.source = "hospitals";
    hrmt_ok(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table));
    info = hrmt_column(f.table, "hospital_distance_m");
    ck_assert_int_eq(info.direction, HRM_HIGHER_WORSE);
    ck_assert_str_eq(info.title_en, "Distance from the territory to hospital");
    ck_assert_str_eq(info.source, "hospitals");
    o = options_of("border");
    o.nearness = HRM_NEUTRAL;
    hrmt_ok(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table));
    ck_assert_int_eq(hrmt_column(f.table, "border_distance_m").direction, HRM_NEUTRAL);
    ck_assert_int_eq(hrmt_column(f.table, "border_inside_share").direction, HRM_NEUTRAL);
    hrm_reference_free(reference);
    hrmt_tear_down(&f);
}
END_TEST

/* With the polygons' areas in the table, the share of a raion is that of its communities' areas. */
START_TEST(shares_roll_up_by_area) {
    hrmt_fixture f = hrmt_set_up();
    static const char *const area[] = {"POLYGON((30.5 40,60 40,60 60,30.5 60,30.5 40))"};
    hrm_reference *const reference = reference_of(f.ctx, area, 1);
    const hrm_proximity_options o = options_of("front");
    const hrm_column_info info = hrmt_info("area_m2");
    hrm_table *raions = NULL;
    double areas[HRMT_ROWS];
    for (size_t i = 0; i < HRMT_ROWS; i++) areas[i] = hrm_layer_area_m2(f.layer, i);
    hrmt_ok(f.ctx, hrm_table_add(f.ctx, f.table, &info, areas, NULL, NULL));
    hrmt_ok(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table));
    ck_assert_int_eq(hrmt_column(f.table, "front_inside_share").rollup, HRM_ROLLUP_MEAN);
    ck_assert_str_eq(hrmt_column(f.table, "front_inside_share").weight, "area_m2");
    hrmt_ok(f.ctx, hrm_table_roll_up(f.ctx, f.layer, f.table, HRM_LEVEL_RAION, &raions));
    ck_assert_double_eq_tol(hrmt_values(raions, "front_inside_share")[0], 0.75, 1e-9); /* rows 0 and 1 */
    ck_assert_double_eq(hrmt_values(raions, "front_distance_m")[0], 0.0);
    ck_assert_uint_eq(hrm_table_find(raions, "front_centre_distance_m"), HRM_NONE);
    hrm_table_free(raions);
    hrm_reference_free(reference);
    hrmt_tear_down(&f);
}
END_TEST

/* The same results for the communities in another order, their rings turned, parts exchanged, and the
 * reference cut into pieces in another order. */
START_TEST(order_direction_and_pieces_do_not_matter) {
    enum { COUNT = 3 };
    hrm_context *const ctx = hrmt_context();
    static const char *const codes[2][COUNT] = {{"UA0502001", "UA0502003", "UA0504001"},
                                                {"UA0504001", "UA0502003", "UA0502001"}};
    static const char *const wkt[2][COUNT] = {
        {"MULTIPOLYGON(((30 50,31 50.1,31.2 51,30.4 50.7,30 50)),((29 50,29.5 50.2,29.1 50.9,29 50)))",
         "POLYGON((33 48,34.5 48.2,34 49.7,33.1 49,33 48),(33.4 48.4,33.6 48.8,33.9 48.5,33.4 48.4))",
         "POLYGON((35 50,36 50,36 51,35 51,35 50))"},
        {"POLYGON((36 51,36 50,35 50,35 51,36 51))",
         "POLYGON((33.1 49,34 49.7,34.5 48.2,33 48,33.1 49),(33.6 48.8,33.4 48.4,33.9 48.5,33.6 48.8))",
         "MULTIPOLYGON(((29.1 50.9,29.5 50.2,29 50,29.1 50.9)),((31.2 51,31 50.1,30 50,30.4 50.7,31.2 "
         "51)))"}};
    static const char *const whole[] = {"POLYGON((33.5 47,37 47.3,36.8 50.6,33.5 48.6,33.5 47))"};
    static const char *const cut[] = {
        /* along 35.15 E, where its edges are at 47.141428571428571 and 49.6 */
        "POLYGON((37 47.3,35.15 47.141428571428571,35.15 49.6,36.8 50.6,37 47.3))",
        "POLYGON((33.5 47,33.5 48.6,35.15 49.6,35.15 47.141428571428571,33.5 47))"};
    hrm_table *table[2] = {NULL, NULL};
    for (int k = 0; k < 2; k++) {
        hrm_layer *const layer = hrmt_layer(ctx, COUNT, codes[k], wkt[k]);
        hrm_reference *const reference = k == 0 ? reference_of(ctx, whole, 1) : reference_of(ctx, cut, 2);
        const hrm_proximity_options o = options_of("r");
        hrmt_ok(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table[k]));
        hrmt_ok(ctx, hrm_proximity(ctx, layer, reference, &o, table[k]));
        hrm_reference_free(reference);
        hrm_layer_free(layer);
    }
    static const char *const ids[] = {"r_distance_m", "r_centre_distance_m", "r_inside_share"};
    for (size_t i = 0; i < 3; i++)
        for (size_t row = 0; row < COUNT; row++)
            ck_assert_double_eq_tol(hrmt_values(table[0], ids[i])[row],
                                    hrmt_values(table[1], ids[i])[COUNT - 1 - row], i < 2 ? 1e-6 : 1e-12);
    ck_assert(hrmt_values(table[0], "r_distance_m")[0] > 1e5);
    ck_assert(hrmt_values(table[0], "r_inside_share")[1] > 0.1 &&
              hrmt_values(table[0], "r_inside_share")[1] < 0.9);
    for (int k = 0; k < 2; k++) hrm_table_free(table[k]);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(what_a_reference_refuses) {
    hrm_context *const ctx = hrmt_context();
    hrm_reference *reference = NULL;
    size_t size;
    uint8_t *const wkb = hrmt_wkb("POINT(30 91)", &size);
    const uint8_t *list[] = {wkb, NULL};
    size_t sizes[] = {size, 0};
    ck_assert_int_eq(hrm_reference_from_wkb(NULL, list, sizes, 1, "EPSG:4326", NULL, &reference),
                     HRM_ERROR_ARGUMENT);
    hrmt_fails(ctx, hrm_reference_from_wkb(ctx, list, sizes, 1, "EPSG:4326", NULL, NULL), HRM_ERROR_ARGUMENT,
               "out is NULL");
    hrmt_fails(ctx, hrm_reference_from_wkb(ctx, NULL, sizes, 1, "EPSG:4326", NULL, &reference),
               HRM_ERROR_ARGUMENT, "no geometries");
    hrmt_fails(ctx, hrm_reference_from_wkb(ctx, list, NULL, 1, "EPSG:4326", NULL, &reference),
               HRM_ERROR_ARGUMENT, "no geometries");
    hrmt_fails(ctx, hrm_reference_from_wkb(ctx, list, sizes, 0, "EPSG:4326", NULL, &reference),
               HRM_ERROR_ARGUMENT, "no geometries");
    hrmt_fails(ctx, hrm_reference_from_wkb(ctx, list, sizes, 1, NULL, "a.shp", &reference), HRM_ERROR_CRS,
               "a.shp: no coordinate reference system");
    hrmt_fails(ctx, hrm_reference_from_wkb(ctx, list, sizes, 1, "EPSG:0", "a.shp", &reference), HRM_ERROR_CRS,
               "a.shp: ");
    hrmt_fails(ctx, hrm_reference_from_wkb(ctx, list, sizes, 1, "EPSG:4326", "a.shp", &reference),
               HRM_ERROR_GEOMETRY, "a.shp: 1 of 1 positions cannot be brought to longitude and latitude");
    sizes[0] = size - 1;
    hrmt_fails(ctx, hrm_reference_from_wkb(ctx, list, sizes, 1, "EPSG:4326", "a.shp", &reference),
               HRM_ERROR_GEOMETRY, "a.shp, feature 0: ");
    hrmt_fails(ctx, hrm_reference_from_wkb(ctx, list + 1, sizes + 1, 1, "EPSG:4326", "a.shp", &reference),
               HRM_ERROR_GEOMETRY, "a.shp: nothing to measure to");
    free(wkb);
    uint8_t *const flat =
        hrmt_wkb("POLYGON((30 50,31 50,32 50,30 50))", &sizes[0]); /* no area: nothing is left */
    list[0] = flat;
    hrmt_fails(ctx, hrm_reference_from_wkb(ctx, list, sizes, 1, "EPSG:4326", "a.shp", &reference),
               HRM_ERROR_GEOMETRY, "nothing to measure to");
    ck_assert_ptr_null(reference);
    free(flat);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(what_measuring_refuses) {
    hrmt_fixture f = hrmt_set_up();
    static const char *const line[] = {"POLYGON((29 52,35 52,35 53,29 52))"};
    hrm_reference *const reference = reference_of(f.ctx, line, 1);
    hrm_proximity_options o = options_of("r");
    hrm_table *raions = NULL;
    ck_assert_int_eq(hrm_proximity(NULL, f.layer, reference, &o, f.table), HRM_ERROR_ARGUMENT);
    hrmt_fails(f.ctx, hrm_proximity(f.ctx, NULL, reference, &o, f.table), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(f.ctx, hrm_proximity(f.ctx, f.layer, NULL, &o, f.table), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, NULL), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(f.ctx, hrm_proximity(f.ctx, f.layer, reference, NULL, f.table), HRM_ERROR_ARGUMENT, "no id");
    o.id = "";
    hrmt_fails(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table), HRM_ERROR_ARGUMENT, "no id");
    o.id = "the front";
    hrmt_fails(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table), HRM_ERROR_ARGUMENT,
               "\"the front\" cannot begin");
    o.id = "front@2022";
    hrmt_fails(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table), HRM_ERROR_ARGUMENT,
               "is a period");
    o = options_of("r");
    o.nearness = 3;
    hrmt_fails(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table), HRM_ERROR_ARGUMENT,
               "3 is no direction");
    o = options_of("r");
    o.period = "a@b";
    hrmt_fails(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table), HRM_ERROR_ARGUMENT,
               "\"a@b\" cannot be a period");
    o.struct_size = 2;
    hrmt_fails(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table), HRM_ERROR_ARGUMENT,
               "init function");
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_OBLAST, &raions));
    o = options_of("r");
    hrmt_fails(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, raions), HRM_ERROR_ARGUMENT,
               "communities");
    const hrm_column_info taken = hrmt_info("r_inside_share");
    const double zeros[HRMT_ROWS] = {0};
    hrmt_ok(f.ctx, hrm_table_add(f.ctx, f.table, &taken, zeros, NULL, NULL));
    hrmt_fails(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table), HRM_ERROR_DUPLICATE,
               "r_inside_share");
    ck_assert_uint_eq(hrm_table_column_count(f.table), 1);
    hrm_table_free(raions);
    hrm_reference_free(reference);
    hrmt_tear_down(&f);
}
END_TEST

static bool stop(double share, const char *step, void *user) {
    size_t *const calls = user;
    (void)share;
    (void)step;
    return ++*calls < 2;
}

START_TEST(work_can_be_stopped) {
    hrmt_fixture f = hrmt_set_up();
    static const char *const line[] = {"LINESTRING(29 52,35 52)"};
    hrm_reference *const reference = reference_of(f.ctx, line, 1);
    const hrm_proximity_options o = options_of("r");
    size_t calls = 0;
    hrm_context_set_progress(f.ctx, stop, &calls);
    hrmt_fails(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table), HRM_ERROR_CANCELLED, "nearness");
    ck_assert_uint_eq(hrm_table_column_count(f.table), 0);
    hrm_context_set_progress(f.ctx, NULL, NULL);
    hrm_context_cancel(f.ctx);
    hrmt_fails(f.ctx, hrm_proximity(f.ctx, f.layer, reference, &o, f.table), HRM_ERROR_CANCELLED, "nearness");
    size_t size;
    uint8_t *const wkb = hrmt_wkb("POINT(30 50)", &size);
    const uint8_t *const list[] = {wkb};
    hrm_reference *none = NULL;
    hrmt_fails(f.ctx, hrm_reference_from_wkb(f.ctx, list, &size, 1, "EPSG:4326", NULL, &none),
               HRM_ERROR_CANCELLED, "reading the reference");
    free(wkb);
    hrm_reference_free(reference);
    hrmt_tear_down(&f);
}
END_TEST

typedef struct inputs {
    const hrm_layer *layer;
    const uint8_t *wkb[3];
    size_t sizes[3];
} inputs;

static hrm_status whole_life(hrm_context *ctx, void *user) {
    const inputs *const in = user;
    hrm_reference *reference = NULL;
    hrm_table *table = NULL;
    const hrm_proximity_options o = options_of("r");
    hrm_status status = hrm_reference_from_wkb(ctx, in->wkb, in->sizes, 3, "EPSG:4284", "a.shp", &reference);
    ck_assert((status == HRM_OK) == (reference != NULL));
    if (status == HRM_OK) status = hrm_table_new(ctx, in->layer, HRM_LEVEL_COMMUNITY, &table);
    if (status == HRM_OK) {
        status = hrm_proximity(ctx, in->layer, reference, &o, table);
        if (status != HRM_OK) ck_assert_uint_eq(hrm_table_column_count(table), 0);
    }
    hrm_table_free(table);
    hrm_reference_free(reference);
    return status;
}

START_TEST(memory_may_fail_anywhere) {
    hrmt_fixture f = hrmt_set_up();
    inputs in = {.layer = f.layer};
    static const char *const wkt[] = {"POLYGON((35 45,36 46,36 45,35 46,35 45))",
                                      "POLYGON((30 50,30.5 50,30.5 50.5,30 50))", "LINESTRING(32 52,33 52)"};
    uint8_t *wkb[3];
    for (size_t i = 0; i < 3; i++) in.wkb[i] = wkb[i] = hrmt_wkb(wkt[i], &in.sizes[i]);
    hrmt_fail_each(whole_life, &in);
    for (size_t i = 0; i < 3; i++) free(wkb[i]);
    hrmt_tear_down(&f);
}
END_TEST

HRMT_SUITE("proximity", &a_line_to_the_north, &a_point_to_the_south, &an_area_that_cuts,
           &touching_is_no_distance, &what_lies_inside_is_near, &an_area_that_holds_everything,
           &holes_are_outside, &parts_inside_and_outside, &what_overlaps_counts_once,
           &everything_a_reference_can_hold, &repairs_are_told, &other_systems_are_brought_over,
           &columns_say_what_they_are, &shares_roll_up_by_area, &order_direction_and_pieces_do_not_matter,
           &what_a_reference_refuses, &what_measuring_refuses, &work_can_be_stopped,
           &memory_may_fail_anywhere)
