/*
 * Questions about points and straight edges in the plane of longitude and latitude, answered exactly for the
 * coordinates as they are stored: on which side, on the edge, do they meet, how does a ray cross.
 *
 * Numbers nearer to zero than 2^-400 degrees count as zero; everything else is exact, whatever the rounding.
 */
#ifndef HRMI_EXACT_H
#define HRMI_EXACT_H

#include "base/base.h"

/* Of two numbers, neither a NaN: fmin() and fmax() are calls, for the sake of NaN. */
static inline double hrmi_lesser(double a, double b) {
    return a < b ? a : b;
}
static inline double hrmi_greater(double a, double b) {
    return a > b ? a : b;
}

/* The exact sign of the area of the triangle a, b, c: 1 where c is to the left of a → b, −1 to the right, 0
 * on the line. */
int hrmi_side_exact(double ax, double ay, double bx, double by, double cx, double cy);

/* The same, quickly where rounding cannot matter (nearly always). The bound on the rounding is Shewchuk's
 * (1997, doi:10.1007/PL00009321, section 4.3), with room for products that underflow. */
static inline int hrmi_side(double ax, double ay, double bx, double by, double cx, double cy) {
    const double left = (ax - cx) * (by - cy);
    const double right = (ay - cy) * (bx - cx);
    const double det = left - right;
    const double bound = 3.3306690738754716e-16 * (fabs(left) + fabs(right)) + 1e-300;
    if (det > bound) return 1;
    if (det < -bound) return -1;
    return hrmi_side_exact(ax, ay, bx, by, cx, cy);
}

/* Whether two edges, ends included, have a point in common; an edge may be a single point. */
bool hrmi_edges_meet(double ax, double ay, double bx, double by, double cx, double cy, double dx, double dy);

typedef enum hrmi_crossing {
    HRMI_CROSSES_NOT = 0,
    HRMI_CROSSES = 1,
    HRMI_ON_EDGE = 2 /* the point lies on the edge */
} hrmi_crossing;

/* How the ray from a point to the east crosses an edge. Over the edges of a closed ring the point is inside
 * where the number of crossings is odd. */
static inline hrmi_crossing hrmi_cross(double x, double y, double ax, double ay, double bx, double by) {
    if ((ay > y) == (by > y)) {
        if ((ay < y && by < y) || ay > y) return HRMI_CROSSES_NOT;
        /* no end above the ray, at least one on it: such an end, or a level edge, may hold the point */
        if (ay == y && by == y)
            return (ax <= x && x <= bx) || (bx <= x && x <= ax) ? HRMI_ON_EDGE : HRMI_CROSSES_NOT;
        return (ay == y && ax == x) || (by == y && bx == x) ? HRMI_ON_EDGE : HRMI_CROSSES_NOT;
    }
    if (ax < x && bx < x) return HRMI_CROSSES_NOT;
    if (ax > x && bx > x) return HRMI_CROSSES;
    const int side = hrmi_side(ax, ay, bx, by, x, y);
    if (side == 0) return HRMI_ON_EDGE;
    return (side > 0) == (by > ay) ? HRMI_CROSSES : HRMI_CROSSES_NOT;
}

#endif
