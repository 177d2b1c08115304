/*
 * The part of a unit's area that lies inside other polygons, on the ellipsoid, edges straight in longitude
 * and latitude.
 */
#ifndef HRMI_SHARE_H
#define HRMI_SHARE_H

#include "geo/tree.h"

/*
 * 0 to 1; NaN where the unit has no area. The polygons of unit_b must not overlap each other, nor may those
 * of unit_a (touching is fine, in any way). What differs from 0 or 1 by no more than the arithmetic may err
 * is 0 or 1. Cost: the pairs of edges that share longitudes.
 */
double hrmi_area_share(const hrmi_tree *a, size_t unit_a, const hrmi_tree *b, size_t unit_b);

#endif
