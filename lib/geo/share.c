/*
 * Common areas without an overlay. A polygon is the sum of the strips between its edges and a line of
 * latitude south of it, taken with the sign of the edge's direction; so the common area of two polygons is
 * the sum, over pairs of edges, of the common area of their strips, which is the strip under the lower of the
 * two wherever they share longitudes. No crossing is ever decided on: what touches, runs along or nearly
 * misses changes the sum by no more than rounding. So it is stable where overlays have to be robust, and far
 * cheaper.
 *
 * The ellipsoid comes in by the height of a strip: h(φ) = ∫ M N cos φ dφ from the strip's foot, so that
 * ∫ h dλ is its area in m². Within the latitudes of one unit h is taken as a polynomial (interpolated at
 * Chebyshev points), which Gauss's rule integrates along an edge exactly.
 */
#include "geo/share.h"
#include "geo/surface.h"

enum { STACK = 2 * HRMI_TREE_DEPTH * HRMI_TREE_FANOUT, DEGREE = HRMI_SHARE_DEGREE };

/* h over the latitudes south … north: a polynomial in (φ − south) / (north − south); h(south) is 0. */
typedef hrmi_sharing heights;

/* The area between the equator and a latitude, per radian of longitude (Snyder 1987, equation 3-12). */
static double from_equator(double lat) {
    const double e = sqrt(HRMI_WGS84_E2);
    const double s = sin(lat * HRMI_RADIAN);
    return HRMI_WGS84_A * HRMI_WGS84_A * (1.0 - HRMI_WGS84_E2) / 2.0 *
           (s / (1.0 - HRMI_WGS84_E2 * s * s) + atanh(e * s) / e);
}

/* Newton's divided differences, then multiplied out. */
static void interpolate(heights *h) {
    double at[DEGREE + 1];
    double difference[DEGREE + 1];
    const double width = h->north - h->south;
    const double foot = from_equator(h->south);
    for (int i = 0; i <= DEGREE; i++) {
        at[i] = (1.0 - cos((2 * i + 1) * 3.14159265358979323846 / (2 * DEGREE + 2))) / 2.0;
        difference[i] = from_equator(h->south + width * at[i]) - foot;
    }
    for (int k = 1; k <= DEGREE; k++)
        for (int i = DEGREE; i >= k; i--)
            difference[i] = (difference[i] - difference[i - 1]) / (at[i] - at[i - k]);
    memset(h->coefficient, 0, sizeof h->coefficient);
    for (int k = DEGREE; k >= 0; k--) { /* the polynomial so far times (u − at[k]), plus difference[k] */
        for (int i = DEGREE; i > 0; i--)
            h->coefficient[i] = h->coefficient[i - 1] - at[k] * h->coefficient[i];
        h->coefficient[0] = difference[k] - at[k] * h->coefficient[0];
    }
}

static double height(const heights *h, double lat) {
    const double u = (lat - h->south) / (h->north - h->south);
    double value = h->coefficient[DEGREE];
    for (int i = DEGREE - 1; i >= 0; i--) value = value * u + h->coefficient[i];
    return value;
}

/* The strip of `width` degrees under an edge from latitude a to latitude b. Four points are exact up to
 * degree 7: so strips that are cut in different places still cancel. */
static double strip(const heights *h, double width, double a, double b) {
    const double middle = (a + b) / 2.0;
    const double inner = (b - a) * (0.33998104358485626480 / 2.0);
    const double outer = (b - a) * (0.86113631159405257522 / 2.0);
    const double sum = 0.65214515486254614263 * (height(h, middle - inner) + height(h, middle + inner)) +
                       0.34785484513745385737 * (height(h, middle - outer) + height(h, middle + outer));
    return width * HRMI_RADIAN * sum / 2.0;
}

/* Where the line from a to b reaches the value c, as a part of the way; both ends lie on different sides. */
static double reaches(double a, double b, double c) {
    return (c - a) / (b - a);
}

static double on_way(double a, double b, double part) {
    return a + (b - a) * part;
}

/* The strip under the lower of two edges, which go from a to b and from c to d over the same longitudes. */
static double strip_under_lower(const heights *h, double width, double a, double b, double c, double d) {
    if (a <= c && b <= d) return strip(h, width, a, b);
    if (a >= c && b >= d) return strip(h, width, c, d);
    const double part = reaches(a - c, b - d, 0.0);
    const double cross = on_way(a, b, part);
    return a <= c ? strip(h, width * part, a, cross) + strip(h, width * (1.0 - part), cross, d)
                  : strip(h, width * part, c, cross) + strip(h, width * (1.0 - part), cross, b);
}

/* The same where c and d may lie outside the latitudes of h: below, there is no strip; above, the first edge
 * is the lower. */
static double strip_within(const heights *h, double width, double a, double b, double c, double d) {
    double sum = 0.0;
    if (c <= h->south && d <= h->south) return 0.0;
    if (c >= h->north && d >= h->north) return strip(h, width, a, b);
    for (int i = 0; i < 2; i++) {
        const double limit = i == 0 ? h->south : h->north;
        const bool begins_out = i == 0 ? c < limit : c > limit;
        const bool ends_out = i == 0 ? d < limit : d > limit;
        if (!begins_out && !ends_out) continue;
        const double part = reaches(c, d, limit);
        const double cut = on_way(a, b, part);
        if (begins_out) {
            if (i == 1) sum += strip(h, width * part, a, cut);
            width *= 1.0 - part;
            a = cut;
            c = limit;
        } else {
            if (i == 1) sum += strip(h, width * (1.0 - part), cut, b);
            width *= part;
            b = cut;
            d = limit;
        }
    }
    return sum + strip_under_lower(h, width, a, b, c, d);
}

static double lat_at(const hrmi_edge *e, double lon) {
    if (lon == e->lon[0]) return e->lat[0];
    if (lon == e->lon[1]) return e->lat[1];
    return on_way(e->lat[0], e->lat[1], reaches(e->lon[0], e->lon[1], lon));
}

/* The common strip of two edges, with the sign of both directions. */
static double common_strip(const heights *h, const hrmi_edge *e, const hrmi_edge *f) {
    const double west = hrmi_greater(hrmi_lesser(e->lon[0], e->lon[1]), hrmi_lesser(f->lon[0], f->lon[1]));
    const double east = hrmi_lesser(hrmi_greater(e->lon[0], e->lon[1]), hrmi_greater(f->lon[0], f->lon[1]));
    if (!(west < east)) return 0.0;
    const double area =
        strip_within(h, east - west, lat_at(e, west), lat_at(e, east), lat_at(f, west), lat_at(f, east));
    return (e->lon[0] < e->lon[1]) == (f->lon[0] < f->lon[1]) ? area : -area;
}

static double common_of_leaves(const heights *h, const hrmi_tree *a, const hrmi_node *in_a,
                               const hrmi_tree *b, const hrmi_node *in_b) {
    double sum = 0.0;
    for (size_t i = in_a->first; i < in_a->first + in_a->count; i++)
        for (size_t k = in_b->first; k < in_b->first + in_b->count; k++)
            if (b->edges[k].of_polygon) sum += common_strip(h, &a->edges[i], &b->edges[k]);
    return sum;
}

static double common_area(const heights *h, const hrmi_tree *a, size_t root_a, const hrmi_tree *b,
                          size_t root_b) {
    size_t stack[STACK][2];
    size_t depth = 0;
    double sum = 0.0;
    stack[depth][0] = root_a;
    stack[depth++][1] = root_b;
    while (depth > 0) {
        depth--;
        const size_t at_a = stack[depth][0];
        const size_t at_b = stack[depth][1];
        const hrmi_node *const in_a = &a->nodes[at_a];
        const hrmi_node *const in_b = &b->nodes[at_b];
        if (in_a->east <= in_b->west || in_b->east <= in_a->west || in_b->north <= h->south) continue;
        if (in_a->leaf && in_b->leaf) {
            sum += common_of_leaves(h, a, in_a, b, in_b);
        } else if (hrmi_node_larger(in_b, in_a)) {
            for (size_t i = 0; i < in_b->count; i++) {
                stack[depth][0] = at_a;
                stack[depth++][1] = in_b->first + i;
            }
        } else {
            for (size_t i = 0; i < in_a->count; i++) {
                stack[depth][0] = in_a->first + i;
                stack[depth++][1] = at_b;
            }
        }
    }
    return sum;
}

static double own_area(const heights *h, const hrmi_tree *a, size_t unit) {
    double sum = 0.0;
    for (size_t i = a->edge_start[unit]; i < a->edge_start[unit + 1]; i++) {
        const hrmi_edge *const e = &a->edges[i];
        sum -= strip(h, e->lon[1] - e->lon[0], e->lat[0], e->lat[1]); /* under the inside: eastwards */
    }
    return sum;
}

/* What rounding may do to a share: that of the sums, and that of coordinates all along the border. */
static double rounding(const heights *h, const hrmi_node *all, double area) {
    const double width = all->east - all->west;
    const double height_deg = h->north - h->south;
    const double box = strip(h, width, h->north, h->north);
    return 1e-11 + 1e-13 * (1.0 / width + 1.0 / height_deg) * (box / area);
}

void hrmi_sharing_begin(hrmi_sharing *h, const hrmi_tree *tree, size_t unit) {
    memset(h, 0, sizeof *h);
    h->tree = tree;
    h->unit = unit;
    h->area_m2 = NAN;
    if (tree->root[unit] == HRM_NONE) return;
    const hrmi_node *const all = &tree->nodes[tree->root[unit]];
    h->south = all->south;
    h->north = all->north;
    if (!(h->south < h->north)) return;
    interpolate(h);
    const double area = own_area(h, tree, unit);
    if (area > 0.0) h->area_m2 = area;
}

double hrmi_sharing_with(const hrmi_sharing *h, const hrmi_tree *b, size_t unit_b) {
    if (isnan(h->area_m2)) return NAN;
    if (b->root[unit_b] == HRM_NONE) return 0.0;
    const size_t root = h->tree->root[h->unit];
    const double share = common_area(h, h->tree, root, b, b->root[unit_b]) / h->area_m2;
    const double doubt = rounding(h, &h->tree->nodes[root], h->area_m2);
    return share < doubt ? 0.0 : share > 1.0 - doubt ? 1.0 : share;
}

double hrmi_area_share(const hrmi_tree *a, size_t unit_a, const hrmi_tree *b, size_t unit_b) {
    hrmi_sharing sharing;
    hrmi_sharing_begin(&sharing, a, unit_a);
    return hrmi_sharing_with(&sharing, b, unit_b);
}
