/* Boundaries of units at every level as well-known binary, and what hrm_layer_topology() tells. */
#include "community/layer.h"
#include "harness/wkt.h"

static const char *const codes[] = {"UA0502001", "UA0502002", "UA0504001", "UA8000000"};
static const char *const squares[] = {"POLYGON((30 50,31 50,31 51,30 51,30 50))",
                                      "POLYGON((31 50,32 50,32 51,31 51,31 50))",
                                      "POLYGON((34 50,35 50,35 51,34 51,34 50))", "POLYGON EMPTY"};

/* The boundary is this one, byte for byte: outlines counter-clockwise from the vertex that GEOS begins with.
 */
static void boundary_is(hrm_context *ctx, const hrm_layer *layer, int32_t level, size_t unit,
                        const char *wkt) {
    hrmi_buffer buffer = {0};
    size_t size = 1;
    size_t expected_size = 0;
    uint8_t *const expected = hrmt_wkb(wkt, &expected_size);
    hrmt_ok(ctx, hrm_layer_wkb(ctx, layer, level, unit, NULL, 0, &size));
    ck_assert_uint_eq(size, expected_size);
    uint8_t *const room = malloc(size + 1);
    room[0] = 77;
    room[size] = 77;
    if (size > 0) {
        hrmt_ok(ctx, hrm_layer_wkb(ctx, layer, level, unit, room, size - 1, &size));
        ck_assert_uint_eq(size, expected_size);
        ck_assert_int_eq(room[0], 77); /* too small: nothing was written */
        hrmt_ok(ctx, hrm_layer_wkb(ctx, layer, level, unit, room, size, &size));
        ck_assert_mem_eq(room, expected, size);
        ck_assert_int_eq(room[size], 77);
    }
    hrmi_buffer_init(&buffer, ctx);
    hrmt_ok(ctx, hrmi_layer_boundary(ctx, layer, level, unit, &buffer));
    ck_assert_uint_eq(buffer.length, size);
    if (size > 0) ck_assert_mem_eq(buffer.data, expected, size);
    hrmi_buffer_free(&buffer);
    free(room);
    free(expected);
}

START_TEST(boundaries_of_every_level) {
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = hrmt_layer(ctx, 4, codes, squares);
    boundary_is(ctx, layer, HRM_LEVEL_COMMUNITY, 1, "MULTIPOLYGON(((31 50,32 50,32 51,31 51,31 50)))");
    boundary_is(ctx, layer, HRM_LEVEL_COMMUNITY, 3, NULL);
    boundary_is(ctx, layer, HRM_LEVEL_RAION, 0,
                "MULTIPOLYGON(((30 50,31 50,32 50,32 51,31 51,30 51,30 50)))");
    boundary_is(ctx, layer, HRM_LEVEL_RAION, 1, "MULTIPOLYGON(((34 50,35 50,35 51,34 51,34 50)))");
    boundary_is(ctx, layer, HRM_LEVEL_RAION, 2, NULL);
    boundary_is(
        ctx, layer, HRM_LEVEL_OBLAST, 0,
        "MULTIPOLYGON(((34 50,35 50,35 51,34 51,34 50)),((30 50,31 50,32 50,32 51,31 51,30 51,30 50)))");
    boundary_is(ctx, layer, HRM_LEVEL_OBLAST, 1, NULL);
    boundary_is(
        ctx, layer, HRM_LEVEL_COUNTRY, 0,
        "MULTIPOLYGON(((34 50,35 50,35 51,34 51,34 50)),((30 50,31 50,32 50,32 51,31 51,30 51,30 50)))");
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(a_country_of_opaque_codes) {
    static const char *const words[] = {"a", "b"};
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = hrmt_layer(ctx, 2, words, squares);
    size_t size = 0;
    boundary_is(ctx, layer, HRM_LEVEL_COUNTRY, 0,
                "MULTIPOLYGON(((30 50,31 50,32 50,32 51,31 51,30 51,30 50)))");
    hrmt_fails(ctx, hrm_layer_wkb(ctx, layer, HRM_LEVEL_RAION, 0, NULL, 0, &size), HRM_ERROR_ARGUMENT,
               "no unit 0 at level 2");
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(topology_of_the_communities) {
    /* an overlap of half a square, and a square apart; see geo/test_fit.c for all the cases */
    static const char *const wkt[] = {"POLYGON((30 50,31 50,31 51,30 51,30 50))",
                                      "POLYGON((30.5 50,31.5 50,31.5 51,30.5 51,30.5 50))",
                                      "POLYGON((34 50,35 50,35 51,34 51,34 50))", "POLYGON EMPTY"};
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = hrmt_layer(ctx, 4, codes, wkt);
    hrm_topology found = {.struct_size = sizeof found};
    hrmt_ok(ctx, hrm_layer_topology(ctx, layer, &found));
    ck_assert_uint_eq(found.touching_pairs, 1);
    ck_assert_uint_eq(found.overlap_pairs, 1);
    ck_assert_double_eq_tol(found.overlap_area_m2, 3945e6, 5e6);
    ck_assert_uint_eq(found.gap_count, 0);
    ck_assert_double_eq(found.uncovered_area_m2, 0.0);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(wrong_calls) {
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = hrmt_layer(ctx, 4, codes, squares);
    hrm_topology found = {.struct_size = 0};
    size_t size = 0;
    ck_assert_int_eq(hrm_layer_wkb(NULL, layer, HRM_LEVEL_RAION, 0, NULL, 0, &size), HRM_ERROR_ARGUMENT);
    hrmt_fails(ctx, hrm_layer_wkb(ctx, NULL, HRM_LEVEL_RAION, 0, NULL, 0, &size), HRM_ERROR_ARGUMENT,
               "are needed");
    hrmt_fails(ctx, hrm_layer_wkb(ctx, layer, HRM_LEVEL_RAION, 0, NULL, 0, NULL), HRM_ERROR_ARGUMENT,
               "are needed");
    hrmt_ok(ctx, hrm_layer_wkb(ctx, layer, HRM_LEVEL_RAION, 0, NULL, SIZE_MAX, &size)); /* only asks */
    ck_assert_uint_gt(size, 0);
    hrmt_fails(ctx, hrm_layer_wkb(ctx, layer, HRM_LEVEL_RAION, 3, NULL, 0, &size), HRM_ERROR_ARGUMENT,
               "no unit 3");
    ck_assert_uint_eq(size, 0);
    hrmt_fails(ctx, hrm_layer_wkb(ctx, layer, 8, 0, NULL, 0, &size), HRM_ERROR_ARGUMENT, "level 8");
    ck_assert_int_eq(hrm_layer_topology(NULL, layer, &found), HRM_ERROR_ARGUMENT);
    hrmt_fails(ctx, hrm_layer_topology(ctx, NULL, &found), HRM_ERROR_ARGUMENT, "are needed");
    hrmt_fails(ctx, hrm_layer_topology(ctx, layer, NULL), HRM_ERROR_ARGUMENT, "are needed");
    hrmt_fails(ctx, hrm_layer_topology(ctx, layer, &found), HRM_ERROR_ARGUMENT, "struct_size");
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

static hrm_status ask_all(hrm_context *ctx, void *user) {
    const hrm_layer *const layer = user;
    hrm_topology found = {.struct_size = sizeof found};
    hrmi_buffer buffer = {0};
    size_t size = 0;
    hrmi_buffer_init(&buffer, ctx);
    hrm_status status = hrm_layer_topology(ctx, layer, &found);
    if (status == HRM_OK) status = hrm_layer_wkb(ctx, layer, HRM_LEVEL_RAION, 0, NULL, 0, &size);
    if (status == HRM_OK) status = hrmi_layer_boundary(ctx, layer, HRM_LEVEL_COMMUNITY, 0, &buffer);
    hrmi_buffer_free(&buffer);
    return status;
}

START_TEST(nothing_is_lost_when_memory_runs_out) {
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = hrmt_layer(ctx, 4, codes, squares);
    hrmt_fail_each(ask_all, layer);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("boundary", &boundaries_of_every_level, &a_country_of_opaque_codes, &topology_of_the_communities,
           &wrong_calls, &nothing_is_lost_when_memory_runs_out)
