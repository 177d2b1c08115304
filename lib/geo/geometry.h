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
    double *x, *y, *z; /* z is 0 where the source has none; y and z share x's block */
    size_t vertex_count, vertex_capacity;
    size_t *path_start; /* path p: vertices path_start[p] … path_start[p + 1] − 1; path_count + 1 entries once
                           there is one */
    size_t path_count, path_capacity;
    size_t *part_start; /* part q: paths part_start[q] … part_start[q + 1] − 1: a point, a line, or the rings
                           of a polygon; part_count + 1 entries once there is one */
    uint8_t *part_kind; /* hrmi_part_kind; shares part_start's block */
    size_t part_count, part_capacity;
} hrmi_geometry;

void hrmi_geometry_init(hrmi_geometry *g, const hrm_context *ctx);
void hrmi_geometry_free(hrmi_geometry *g);  /* of a geometry that is all zero: nothing */
void hrmi_geometry_clear(hrmi_geometry *g); /* keeps the memory */

/* Building: a part, then its paths, then each path's vertices. The new part or path is the last one and has
 * nothing in it. */
hrm_status hrmi_geometry_add_part(hrm_context *ctx, hrmi_geometry *g, hrmi_part_kind kind);
hrm_status hrmi_geometry_add_path(hrm_context *ctx, hrmi_geometry *g);
/* Room for count more vertices of the last path; the caller sets x, y, z from the old vertex_count on. */
hrm_status hrmi_geometry_add_vertices(hrm_context *ctx, hrmi_geometry *g, size_t count);

/* Adds a part of one path, copied. */
hrm_status hrmi_geometry_copy_path(hrm_context *ctx, const hrmi_geometry *from, size_t path,
                                   hrmi_part_kind kind, hrmi_geometry *to);

/* How much there is, to go back to when the rest could not be read. */
typedef struct hrmi_geometry_mark {
    size_t vertices, paths, parts;
} hrmi_geometry_mark;
hrmi_geometry_mark hrmi_geometry_here(const hrmi_geometry *g);
void hrmi_geometry_cut(hrmi_geometry *g, hrmi_geometry_mark mark);

/* Appends what ISO WKB, EWKB or OGC WKB 2.5D holds, of any type and nesting (to 32 levels); an SRID inside is
 * passed over, and so are measures. Empty parts are left out, empty points too. HRM_ERROR_GEOMETRY with
 * offset and reason (cut short, bytes left over, curves, non-finite coordinates …); then g is as before. */
hrm_status hrmi_wkb_read(hrm_context *ctx, const uint8_t *wkb, size_t size, hrmi_geometry *g);

#endif
