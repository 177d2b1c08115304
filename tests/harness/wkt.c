/* Well-known text to layers: see wkt.h. */
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

#include "harness/wkt.h"

uint8_t *hrmt_wkb(const char *wkt, size_t *size) {
    *size = 0;
    if (wkt == NULL) return NULL;
    GEOSContextHandle_t geos = GEOS_init_r();
    GEOSWKTReader *const reader = GEOSWKTReader_create_r(geos);
    GEOSGeometry *const geometry = GEOSWKTReader_read_r(geos, reader, wkt);
    ck_assert_msg(geometry != NULL, "no well-known text: %s", wkt);
    GEOSWKBWriter *const writer = GEOSWKBWriter_create_r(geos);
    GEOSWKBWriter_setFlavor_r(geos, writer, GEOS_WKB_ISO);
    GEOSWKBWriter_setOutputDimension_r(geos, writer, GEOSHasZ_r(geos, geometry) == 1 ? 3 : 2);
    unsigned char *const bytes = GEOSWKBWriter_write_r(geos, writer, geometry, size);
    ck_assert_ptr_nonnull(bytes);
    uint8_t *const copy = malloc(*size);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, *size);
    GEOSFree_r(geos, bytes);
    GEOSWKBWriter_destroy_r(geos, writer);
    GEOSGeom_destroy_r(geos, geometry);
    GEOSWKTReader_destroy_r(geos, reader);
    GEOS_finish_r(geos);
    return copy;
}

hrmt_input hrmt_input_new(size_t count, const char *const *codes, const char *const *wkt) {
    hrmt_input made;
    hrm_layer_input_init(&made.input, sizeof made.input);
    made.wkb = calloc(count, sizeof *made.wkb);
    made.sizes = calloc(count, sizeof *made.sizes);
    ck_assert(made.wkb != NULL && made.sizes != NULL);
    for (size_t i = 0; i < count; i++) made.wkb[i] = hrmt_wkb(wkt[i], &made.sizes[i]);
    made.input.count = count;
    made.input.codes = codes;
    made.input.wkb = (const uint8_t *const *)made.wkb;
    made.input.wkb_sizes = made.sizes;
    made.input.crs = "EPSG:4326";
    return made;
}

void hrmt_input_free(hrmt_input *input) {
    for (size_t i = 0; i < input->input.count; i++) free(input->wkb[i]);
    free(input->wkb);
    free(input->sizes);
}

hrm_layer *hrmt_layer(hrm_context *ctx, size_t count, const char *const *codes, const char *const *wkt) {
    hrm_layer *layer = NULL;
    hrmt_input made = hrmt_input_new(count, codes, wkt);
    hrmt_ok(ctx, hrm_layer_from_wkb(ctx, &made.input, &layer));
    hrmt_input_free(&made);
    return layer;
}
