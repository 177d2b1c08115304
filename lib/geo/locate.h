/*
 * Which unit of many shapes holds a place: a grid of cells made once for many questions. Exact: the answer is
 * that of an exact point-in-polygon test on the coordinates as stored, borders included. Read-only once made;
 * any thread may ask.
 */
#ifndef HRMI_LOCATE_H
#define HRMI_LOCATE_H

#include "geo/shapes.h"

typedef struct hrmi_locator {
    hrm_allocator allocator;
    const hrmi_shapes *shapes; /* borrowed */
    double west, south, east, north;
    double per_lon, per_lat; /* cells per degree */
    size_t columns, rows;
    uint32_t *cells;                    /* per cell: see locate.c */
    struct hrmi_locator_entry *entries; /* of cells with borders in them, or with several units */
    size_t entry_count, entry_capacity;
    uint32_t *edges; /* of each unit, row by row: the first vertex of each edge that the row meets */
    size_t edge_count;
} hrmi_locator;

/* The shapes must outlive the locator. HRM_ERROR_LIMIT for more than 2³¹ vertices. Free with
 * hrmi_locator_free(), also after failure. Cost: about 20 ms and 8 MB for the national layer. */
hrm_status hrmi_locator_build(hrm_context *ctx, const hrmi_shapes *shapes, hrmi_locator *out);
void hrmi_locator_free(hrmi_locator *locator); /* of a locator that is all zero: nothing */

/* The first unit that holds a place, inside or on its border, or HRM_NONE. *several: more than one does. */
size_t hrmi_locate(const hrmi_locator *locator, double lon, double lat, bool *several);

#endif
