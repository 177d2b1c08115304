/*
 * GEOS, for the files of geo/ alone: a handle in the caller's context (one per thread), whose messages go to
 * whoever is working, and polygons to and fro.
 *
 * GEOS takes memory on its own. A GEOS function answers NULL, 0 or 2 when it fails, each in its place: every
 * answer is looked at, and hrmi_geos_failed() makes the status of it.
 */
#ifndef HRMI_GEOS_H
#define HRMI_GEOS_H

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

#include "geo/shapes.h"

typedef struct hrmi_geos {
    hrm_context *ctx;
    GEOSContextHandle_t handle;
    char last[512]; /* the last error message */
} hrmi_geos;

/* Every entry is followed by one hrmi_geos_leave(), also after failure. */
hrm_status hrmi_geos_enter(hrm_context *ctx, hrmi_geos *geos);
void hrmi_geos_leave(hrmi_geos *geos);

/* HRM_ERROR_GEOMETRY with what was being done and GEOS's message, or HRM_ERROR_MEMORY. */
hrm_status hrmi_geos_failed(hrmi_geos *geos, const char *doing);

/* Polygons on the way into a multipolygon. Starts as {0}; hrmi_geos_list_free() at the end, also after
 * failure. */
typedef struct hrmi_geos_list {
    GEOSGeometry **items;
    size_t count, capacity;
} hrmi_geos_list;
void hrmi_geos_list_free(hrmi_geos *geos, hrmi_geos_list *list);

/* Adds polygons whose rings are closed and have at least four vertices. */
hrm_status hrmi_geos_add_range(hrmi_geos *geos, hrmi_geos_list *list, hrmi_part_range range);
hrm_status hrmi_geos_add_unit(hrmi_geos *geos, hrmi_geos_list *list, const hrmi_shapes *shapes, size_t unit);

/* Makes a multipolygon of all and empties the list. */
hrm_status hrmi_geos_collect(hrmi_geos *geos, hrmi_geos_list *list, GEOSGeometry **out);

/* Appends all polygons in a geometry, however deep inside collections (GEOS's results are at most two deep);
 * points and lines are passed over. */
hrm_status hrmi_geos_take_polygons(hrmi_geos *geos, const GEOSGeometry *from, hrmi_geometry *to);

/* Destroys; NULL is nothing. */
void hrmi_geos_destroy(hrmi_geos *geos, GEOSGeometry *geometry);

#endif
