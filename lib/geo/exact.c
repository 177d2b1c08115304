/*
 * The side of a line, exactly: the determinant multiplied out, its six products each split into two doubles
 * that add up to it, and the twelve summed without rounding. Slow, and asked for only where the quick answer
 * is in doubt.
 */
#include "geo/exact.h"
#include "base/sum.h"

#define LEAST 0x1p-400 /* so that no half of a product of two coordinates underflows */

static double without_dust(double value) {
    return fabs(value) < LEAST ? 0.0 : value;
}

static void add_product(hrmi_sum *sum, double a, double b) {
    const double high = a * b;
    hrmi_sum_add(sum, high);
    hrmi_sum_add(sum, fma(a, b, -high));
}

int hrmi_side_exact(double ax, double ay, double bx, double by, double cx, double cy) {
    hrmi_sum sum;
    ax = without_dust(ax);
    ay = without_dust(ay);
    bx = without_dust(bx);
    by = without_dust(by);
    cx = without_dust(cx);
    cy = without_dust(cy);
    hrmi_sum_clear(&sum);
    add_product(&sum, ax, by);
    add_product(&sum, -ax, cy);
    add_product(&sum, -cx, by);
    add_product(&sum, -ay, bx);
    add_product(&sum, ay, cx);
    add_product(&sum, cy, bx);
    return hrmi_sum_sign(&sum);
}

static bool between(double a, double b, double value) {
    return (a <= value && value <= b) || (b <= value && value <= a);
}

/* Whether p, known to lie on the line through a and b, lies between them. */
static bool within(double ax, double ay, double bx, double by, double px, double py) {
    return between(ax, bx, px) && between(ay, by, py);
}

static bool apart(double a, double b, double c, double d) {
    return hrmi_greater(a, b) < hrmi_lesser(c, d) || hrmi_greater(c, d) < hrmi_lesser(a, b);
}

bool hrmi_edges_meet(double ax, double ay, double bx, double by, double cx, double cy, double dx, double dy) {
    if (apart(ax, bx, cx, dx) || apart(ay, by, cy, dy)) return false;
    const int c_side = hrmi_side(ax, ay, bx, by, cx, cy);
    const int d_side = hrmi_side(ax, ay, bx, by, dx, dy);
    if (c_side * d_side > 0) return false;
    const int a_side = hrmi_side(cx, cy, dx, dy, ax, ay);
    const int b_side = hrmi_side(cx, cy, dx, dy, bx, by);
    if (a_side * b_side > 0) return false;
    if (c_side * d_side < 0 && a_side * b_side < 0) return true;
    return (c_side == 0 && within(ax, ay, bx, by, cx, cy)) ||
           (d_side == 0 && within(ax, ay, bx, by, dx, dy)) ||
           (a_side == 0 && within(cx, cy, dx, dy, ax, ay)) || (b_side == 0 && within(cx, cy, dx, dy, bx, by));
}
