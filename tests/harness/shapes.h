/*
 * Shapes for tests of geometry, from well-known text, and random ones that are the same on every machine.
 */
#ifndef HRMT_SHAPES_H
#define HRMT_SHAPES_H

#include "geo/shapes.h"
#include "harness/wkt.h"

/* One unit per text, NULL for a unit without boundary; free with hrmi_shapes_free(). */
hrmi_shapes hrmt_shapes(hrm_context *ctx, const char *const *wkt, size_t count);

/* The parts of a text, of any kind; free with hrmi_geometry_free(). */
hrmi_geometry hrmt_geometry(hrm_context *ctx, const char *wkt);

/* 0 up to below 1. */
double hrmt_random(uint64_t *state);

/* Writes a polygon of n corners around a place, as far as `reach` degrees away. */
void hrmt_star(char *text, size_t size, double lon, double lat, double reach, size_t n, uint64_t *state);

#endif
