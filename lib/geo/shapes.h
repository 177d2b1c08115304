/*
 * Polygons of many units in flat arrays, as in GeoArrow: unit → parts (polygons) → rings → vertices. Rings
 * are closed (the last vertex repeats the first); the first ring of a part is its exterior,
 * counter-clockwise, the others are holes, clockwise. Degrees, WGS 84.
 */
#ifndef HRMI_SHAPES_H
#define HRMI_SHAPES_H

#include "geo/geometry.h"

typedef struct hrmi_shapes {
    hrm_allocator allocator;
    size_t unit_count;
    size_t part_count;
    size_t ring_count;
    size_t vertex_count;
    double *x;          /* vertex_count longitudes */
    double *y;          /* vertex_count latitudes */
    size_t *ring_start; /* ring_count + 1: vertices of ring r are ring_start[r] … ring_start[r + 1] − 1 */
    size_t *part_start; /* part_count + 1: rings of a part */
    size_t *unit_start; /* unit_count + 1: parts of a unit; none: no boundary */
    double *box;        /* 4 per unit: west, south, east, north; NaN without a boundary */
} hrmi_shapes;

/* A run of parts of a geometry: parts first … end − 1; those that are no polygons are passed over. */
typedef struct hrmi_part_range {
    const hrmi_geometry *geometry;
    size_t first, end;
} hrmi_part_range;

/* Copies the polygons of unit_count ranges, one per unit, turns their rings as said above and finds the
 * boxes. Free with hrmi_shapes_free(), also after failure. */
hrm_status hrmi_shapes_build(hrm_context *ctx, const hrmi_part_range *units, size_t unit_count,
                             hrmi_shapes *out);
void hrmi_shapes_free(hrmi_shapes *shapes); /* of shapes that are all zero: nothing */

/* The area of a unit in m², edges as geodesics; NaN without a boundary. */
double hrmi_shapes_area_m2(const hrmi_shapes *shapes, size_t unit);

/* Longitude and latitude of a unit's centre of mass on the ellipsoid's surface; NaN without a boundary. */
void hrmi_shapes_centroid(const hrmi_shapes *shapes, size_t unit, double out[2]);

/* A unit's boundary as ISO WKB multipolygon, little endian: how many bytes (0 without a boundary), and the
 * bytes. */
size_t hrmi_shapes_wkb_size(const hrmi_shapes *shapes, size_t unit);
void hrmi_shapes_wkb(const hrmi_shapes *shapes, size_t unit, uint8_t *at);

/* The vertices of a unit: first, and one past the last. */
static inline size_t hrmi_shapes_first_vertex(const hrmi_shapes *s, size_t unit) {
    return s->ring_start[s->part_start[s->unit_start[unit]]];
}
static inline size_t hrmi_shapes_end_vertex(const hrmi_shapes *s, size_t unit) {
    return s->ring_start[s->part_start[s->unit_start[unit + 1]]];
}

#endif
