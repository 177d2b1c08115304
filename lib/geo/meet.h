/*
 * How two sets of edges lie to each other in the plane of longitude and latitude, exactly for the coordinates
 * as stored: do they touch, is a place inside.
 */
#ifndef HRMI_MEET_H
#define HRMI_MEET_H

#include "geo/tree.h"

typedef enum hrmi_place_in { HRMI_OUTSIDE = 0, HRMI_ON_BORDER = 1, HRMI_INSIDE = 2 } hrmi_place_in;

/* Where a place lies in the polygons of a unit, which must not overlap each other (they may touch). */
hrmi_place_in hrmi_tree_locate(const hrmi_tree *tree, size_t unit, double lon, double lat);

/* Whether any edge of a unit of one tree has a point in common with any edge of a unit of another. */
bool hrmi_trees_touch(const hrmi_tree *a, size_t unit_a, const hrmi_tree *b, size_t unit_b);

/* Whether the first end of any edge of unit_b lies inside the polygons of unit_a or on their border. */
bool hrmi_tree_holds_end_of(const hrmi_tree *a, size_t unit_a, const hrmi_tree *b, size_t unit_b);

#endif
