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

/* The same for a unit of which many shares are asked for. */
enum { HRMI_SHARE_DEGREE = 6 };
typedef struct hrmi_sharing {
    const hrmi_tree *tree;
    size_t unit;
    double area_m2;      /* of the unit, in the sense of the shares; NaN where it has none */
    double south, north; /* degrees */
    double coefficient[HRMI_SHARE_DEGREE + 1];
} hrmi_sharing;
void hrmi_sharing_begin(hrmi_sharing *h, const hrmi_tree *tree, size_t unit);
double hrmi_sharing_with(const hrmi_sharing *h, const hrmi_tree *b, size_t unit_b);

#endif
