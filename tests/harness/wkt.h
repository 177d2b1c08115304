/*
 * Boundaries in tests are written as people read them: well-known text, made into well-known binary by GEOS.
 */
#ifndef HRMT_WKT_H
#define HRMT_WKT_H

#include "harness/harness.h"

/* The geometry as ISO WKB; the caller free()s it. NULL and size 0 for NULL. */
uint8_t *hrmt_wkb(const char *wkt, size_t *size);

/* Input of a layer made of codes and boundaries in WGS 84, for tests that add names and areas. Free with
 * hrmt_input_free(). */
typedef struct hrmt_input {
    hrm_layer_input input; /* set what else is wanted */
    uint8_t **wkb;
    size_t *sizes;
} hrmt_input;
hrmt_input hrmt_input_new(size_t count, const char *const *codes, const char *const *wkt);
void hrmt_input_free(hrmt_input *input);

/* A layer of codes and boundaries in WGS 84; the test fails when it cannot be made. */
hrm_layer *hrmt_layer(hrm_context *ctx, size_t count, const char *const *codes, const char *const *wkt);

#endif
