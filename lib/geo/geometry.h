/*
 * One geometry, or several put together: parts of points, lines and polygons, each a run of paths. What WKB
 * is read into, what is transformed and repaired, and what shapes and references are made of.
 */
#ifndef HRMI_GEOMETRY_H
#define HRMI_GEOMETRY_H

#include "base/base.h"

typedef enum hrmi_part_kind { HRMI_POINT = 0, HRMI_LINE = 1, HRMI_POLYGON = 2 } hrmi_part_kind;

typedef struct hrmi_geometry {
    hrm_allocator allocator;
    double *x, *y, *z; /* z is 0 where the source has none */
    size_t vertex_count, vertex_capacity, y_capacity, z_capacity;
    size_t *path_start; /* path p: vertices path_start[p] … path_start[p + 1] − 1; path_count + 1 entries once
                           there is one */
    size_t path_count, path_capacity;
    size_t *part_start; /* part q: paths part_start[q] … part_start[q + 1] − 1: a point, a line, or the rings
                           of a polygon */
    uint8_t *part_kind; /* hrmi_part_kind */
    size_t part_count, part_capacity, kind_capacity;
} hrmi_geometry;

void hrmi_geometry_init(hrmi_geometry *g, const hrm_context *ctx);
void hrmi_geometry_free(hrmi_geometry *g);
void hrmi_geometry_clear(hrmi_geometry *g); /* keeps the memory */

/* Appends what ISO WKB, EWKB or OGC WKB 2.5D holds, of any type and nesting (bounded). HRM_ERROR_GEOMETRY
 * with offset and reason; then g is as before. Non-finite coordinates are refused, but an empty point is no
 * part. */
hrm_status hrmi_wkb_read(hrm_context *ctx, const uint8_t *wkb, size_t size, hrmi_geometry *g);

/* Makes the polygon parts of a geometry valid (GEOS): sets *changed where something was invalid, and *why
 * (static or in the context's keeping until the next call). Other parts stay as they are. */
hrm_status hrmi_geometry_repair(hrm_context *ctx, hrmi_geometry *g, bool *changed, const char **why);

#endif
