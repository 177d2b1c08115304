/*
 * What GEOS does for us with polygons in the plane of degrees: validity and repair, uniting, common areas.
 */
#ifndef HRMI_OVERLAY_H
#define HRMI_OVERLAY_H

#include "geo/shapes.h"

enum { HRMI_WHY_SIZE = 256 };

/*
 * Looks whether the polygons of a range are one valid multipolygon in the sense of OGC 06-103r4. If so,
 * *changed is false and nothing else happens. Otherwise appends valid polygons for them to `made` (GEOS's
 * structure method: what the outlines enclose, without what the holes do; a hole that lies outside its
 * outline counts as an outline of its own), and says in `why` what was wrong. They may be none, where nothing
 * has an area.
 */
hrm_status hrmi_polygons_repair(hrm_context *ctx, hrmi_part_range range, hrmi_geometry *made, bool *changed,
                                char why[HRMI_WHY_SIZE]);

/* Appends the union of valid polygons to `made`. */
hrm_status hrmi_polygons_unite(hrm_context *ctx, const hrmi_part_range *ranges, size_t count,
                               hrmi_geometry *made);

/*
 * Builds shapes of one unit: the union of some units of others (NULL: of the first `count`). All are noded
 * together in one go (GEOSBuffer at no distance), in half the time of pairwise union; the box of the result
 * is looked at, and a union that has lost something is done again the slow way. Free with hrmi_shapes_free(),
 * also after failure.
 */
hrm_status hrmi_shapes_unite(hrm_context *ctx, const hrmi_shapes *shapes, const size_t *units, size_t count,
                             hrmi_shapes *out);

/* How units fit together; areas in m² on the ellipsoid, edges as geodesics. */
typedef struct hrmi_fit {
    size_t touching_pairs;    /* pairs of units with a common point */
    size_t overlap_pairs;     /* pairs with a common area */
    double overlap_area_m2;   /* the sum of those pairs' common areas */
    size_t gap_count;         /* holes in the union of all units */
    double gap_area_m2;       /* what those holes enclose */
    double uncovered_area_m2; /* that without the pieces of units that lie in a hole, touching nothing */
} hrmi_fit;
hrm_status hrmi_shapes_fit(hrm_context *ctx, const hrmi_shapes *shapes, hrmi_fit *out);

#endif
