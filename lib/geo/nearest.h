/*
 * The least distance along the ellipsoid between two sets of edges that do not touch (see meet.h for that).
 */
#ifndef HRMI_NEAREST_H
#define HRMI_NEAREST_H

#include "geo/tree.h"

typedef struct hrmi_nearest {
    double distance_m; /* of the two places below, after Karney */
    double from[2];    /* longitude and latitude of the place on the first set's edges */
    double to[2];      /* the same on the second's */
} hrmi_nearest;

/*
 * Between the edges of a unit of one tree and those of a unit of another; false when one of them has none.
 *
 * Edges are straight in longitude and latitude. No pair of places is nearer by more than 0.3 m than the one
 * that is found. Found places are polished, so that in practice it is the nearest to a few micrometres.
 */
bool hrmi_nearest_of(const hrmi_tree *a, size_t unit_a, const hrmi_tree *b, size_t unit_b, hrmi_nearest *out);

/* From a place; false also where a coordinate is NaN. */
bool hrmi_nearest_to(double lon, double lat, const hrmi_tree *b, size_t unit_b, hrmi_nearest *out);

#endif
