/* Layers of squares: rows, names, levels, areas, and finding codes. */
#include "community/layer.h"
#include "harness/wkt.h"

static const char *const codes[] = {"UA0502003", "UA05020030000031457 ", "UA0504001", "UA8000000"};
static const char *const squares[] = {"POLYGON((30 50,31 50,31 51,30 51,30 50))",
                                      "POLYGON((31 50,31 51,32 51,32 50,31 50))",
                                      "POLYGON((34 50,35 50,35 51,34 51,34 50))", "POLYGON EMPTY"};

START_TEST(rows_follow_the_codes) {
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = hrmt_layer(ctx, 4, codes, squares);
    ck_assert_uint_eq(hrm_layer_count(layer), 3);
    ck_assert_uint_eq(hrm_layer_feature_count(layer), 4);
    ck_assert(hrm_layer_has_levels(layer));
    ck_assert_str_eq(hrm_layer_key(layer, 0), "0502003");
    ck_assert_str_eq(hrm_layer_code(layer, 0), "UA0502003");
    ck_assert_ptr_null(hrm_layer_key(layer, 3));
    ck_assert_uint_eq(hrm_layer_find(layer, " UA05040010010099999"), 1);
    ck_assert_uint_eq(hrm_layer_find(layer, "UA80000000000093317"), 2);
    ck_assert_uint_eq(hrm_layer_find(layer, "UA0502004"), HRM_NONE);
    ck_assert_uint_eq(hrm_layer_unit_count(layer, HRM_LEVEL_RAION), 3);
    ck_assert_uint_eq(hrm_layer_unit_count(layer, HRM_LEVEL_OBLAST), 2);
    ck_assert_str_eq(hrm_layer_unit_code(layer, HRM_LEVEL_RAION, 1), "UA0504");
    ck_assert_uint_eq(hrm_layer_unit_of(layer, HRM_LEVEL_OBLAST, 1), 0);
    ck_assert(isnan(hrm_layer_area_m2(layer, 2)));
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("layer", &rows_follow_the_codes)
