/*
 * Branch and bound over two trees of edges.
 *
 * The straight line through the earth between two places is never longer than the way along its surface, and
 * is cheap to bound from below between boxes and between edges. A pair of boxes or edges whose lines are all
 * longer than any line that the best distance so far allows is passed over. What remains is looked at
 * closely:
 *
 *   boxes   in longitude, distance from the axis and height: the squared line is at least
 *           gap(axis)² + gap(height)² + 4 axis axis' sin²(gap(longitude)/2);
 *   edges   by their chords: an edge stays within its bow of its chord, so the line is at least the distance
 *           of the chords less both bows. Where the bows leave more doubt than TOLERANCE_M, the edge with the
 *           larger one is halved, which makes it a quarter;
 *   places  a pair of edges that is left is polished: the nearest pair on the tangents at the present pair,
 *           until it stands still.
 *
 * Candidates are compared by their distance along the surface (surface.h; Karney's where it is far), and the
 * winner is measured with Karney's. Why not a projected plane: its scale changes by more than the bound over
 * a country. Why not PostGIS's way (the sphere first, then refine): the nearest place on the sphere is not
 * the nearest on the ellipsoid, by hundreds of metres.
 */
#include "geo/nearest.h"
#include "geo/geodesic.h"
#include "geo/surface.h"

enum {
    STACK = 2 * HRMI_TREE_DEPTH * HRMI_TREE_FANOUT,
    HALVINGS = 64, /* of both edges; more than bows can ask for: 28 bring the widest down to centimetres */
    POLISHING_TURNS = 30,
    HALVINGS_OF_STEP = 8
};

#define TOLERANCE_M 0.1   /* of both bows together */
#define STANDING_M  1e-4  /* a step that polishing no longer makes: 1e-8 m² / 2 d of the distance d */
#define PARALLEL    1e-14 /* squared sine of the angle between two segments */
#define ROUNDING    1e-15 /* of a squared line */
#define NEAR_M      1e6   /* up to here hrmi_surface_arc() is good enough to compare by */

typedef struct search {
    const hrmi_tree *a, *b;
    hrmi_nearest best; /* distance_m by hrmi_surface_arc() until the end */
    double longest;    /* the longest line that can still be better */
} search;

static double dot(const double u[3], const double v[3]) {
    return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
}

static double clamp(double t) {
    return t < 0.0 ? 0.0 : t > 1.0 ? 1.0 : t;
}

static double gap(double a_min, double a_max, double b_min, double b_max) {
    const double one = b_min - a_max;
    const double other = a_min - b_max;
    const double wider = one > other ? one : other;
    return wider > 0.0 ? wider : 0.0;
}

/* The least squared line between two boxes. sin x is at least x − x³/6. */
static double least_line2(const hrmi_node *a, const hrmi_node *b) {
    const double direct = gap(a->west, a->east, b->west, b->east);
    const double height = gap(a->z_min, a->z_max, b->z_min, b->z_max);
    const double axis = gap(a->axis_min, a->axis_max, b->axis_min, b->axis_max);
    double turn = 0.0;
    if (direct > 0.0) { /* the other way around the earth may be shorter */
        const double around = 360.0 - (hrmi_greater(a->east, b->east) - hrmi_lesser(a->west, b->west));
        turn = hrmi_greater(0.0, hrmi_lesser(direct, around)) * HRMI_RADIAN;
        turn *= 1.0 - turn * turn / 24.0;
    }
    const double radii = hrmi_greater(0.0, a->axis_min) * hrmi_greater(0.0, b->axis_min);
    return height * height + axis * axis + radii * turn * turn;
}

/*
 * The nearest pair on two segments p + s u and q + t v, s and t in 0 … 1 (Ericson, "Real-time collision
 * detection", 2005, section 5.1.9); where they are parallel, s stays what it was. Returns the squared
 * distance.
 */
static double segments(const double p[3], const double u[3], const double q[3], const double v[3], double *s,
                       double *t) {
    double w[3];
    for (int i = 0; i < 3; i++) w[i] = p[i] - q[i];
    const double uu = dot(u, u);
    const double vv = dot(v, v);
    const double uv = dot(u, v);
    const double uw = dot(u, w);
    const double vw = dot(v, w);
    const double crossing = uu * vv - uv * uv;
    if (uu <= 0.0) *s = 0.0;
    else if (crossing > PARALLEL * uu * vv) *s = clamp((uv * vw - uw * vv) / crossing);
    *t = vv <= 0.0 ? 0.0 : (uv * *s + vw) / vv;
    if (*t < 0.0 || *t > 1.0 || vv <= 0.0) {
        *t = clamp(*t);
        if (uu > 0.0) *s = clamp((uv * *t - uw) / uu);
    }
    double d2 = 0.0;
    for (int i = 0; i < 3; i++) {
        const double d = w[i] + *s * u[i] - *t * v[i];
        d2 += d * d;
    }
    return d2;
}

static double chords(const hrmi_edge *e, const hrmi_edge *f, double *s, double *t) {
    double u[3];
    double v[3];
    for (int i = 0; i < 3; i++) {
        u[i] = e->end[1][i] - e->end[0][i];
        v[i] = f->end[1][i] - f->end[0][i];
    }
    *s = *t = 0.5;
    return segments(e->end[0], u, f->end[0], v, s, t);
}

/* A place on an edge and the edge's direction there, per unit of t. */
typedef struct spot {
    double lon, lat;
    double place[3], way[3];
} spot;

static void spot_on(const hrmi_edge *e, double t, spot *out) {
    double east[3];
    double north[3];
    const double turn = e->lon[1] - e->lon[0];
    const double climb = e->lat[1] - e->lat[0];
    out->lon = t < 1.0 ? e->lon[0] + t * turn : e->lon[1];
    out->lat = t < 1.0 ? e->lat[0] + t * climb : e->lat[1];
    hrmi_surface_moves(out->lon, out->lat, out->place, east, north);
    for (int i = 0; i < 3; i++) out->way[i] = turn * east[i] + climb * north[i];
}

/* A pair of places on two edges, and the squared line between them. */
typedef struct spots {
    double s, t;
    spot at_e, at_f;
    double line2;
} spots;

static void spots_on(const hrmi_edge *e, const hrmi_edge *f, double s, double t, spots *out) {
    double line[3];
    out->s = s;
    out->t = t;
    spot_on(e, s, &out->at_e);
    spot_on(f, t, &out->at_f);
    for (int i = 0; i < 3; i++) line[i] = out->at_e.place[i] - out->at_f.place[i];
    out->line2 = dot(line, line);
}

/* The nearest pair on the tangents at a pair. */
static void tangents(const spots *at, double *s, double *t) {
    double p[3];
    double q[3];
    for (int i = 0; i < 3; i++) {
        p[i] = at->at_e.place[i] - at->s * at->at_e.way[i];
        q[i] = at->at_f.place[i] - at->t * at->at_f.way[i];
    }
    *s = at->s;
    *t = at->t;
    (void)segments(p, at->at_e.way, q, at->at_f.way, s, t);
}

/* One turn of polishing: to the nearest pair on the tangents, or half as far as long as that gains much less
 * than it would on straight edges, since these bend too much over the distance between them. False when it
 * stands still. */
static bool improve(const hrmi_edge *e, const hrmi_edge *f, spots *at) {
    double s;
    double t;
    tangents(at, &s, &t);
    for (int halving = 0; halving < HALVINGS_OF_STEP; halving++) {
        spots next;
        const double ds = s - at->s;
        const double dt = t - at->t;
        const double step2 =
            ds * ds * dot(at->at_e.way, at->at_e.way) + dt * dt * dot(at->at_f.way, at->at_f.way);
        if (step2 < STANDING_M * STANDING_M) return false;
        spots_on(e, f, s, t, &next);
        if (next.line2 + step2 / 4.0 <= at->line2 * (1.0 + ROUNDING)) {
            *at = next;
            return true;
        }
        s = at->s + ds / 2.0;
        t = at->t + dt / 2.0;
    }
    return false;
}

/* From a pair of places on two short edges to the nearest one near it; keeps it where it is the best. */
static void polish(search *find, const hrmi_edge *e, const hrmi_edge *f, double s, double t) {
    spots at;
    spots_on(e, f, s, t, &at);
    for (int turn = 0; turn < POLISHING_TURNS && improve(e, f, &at); turn++) {
    }
    const double chord = sqrt(at.line2);
    const double distance = chord < NEAR_M
                                ? hrmi_surface_arc(at.at_e.place, at.at_f.place, chord)
                                : hrmi_geodesic_m(at.at_e.lon, at.at_e.lat, at.at_f.lon, at.at_f.lat);
    if (distance < find->best.distance_m) {
        find->best = (hrmi_nearest){distance, {at.at_e.lon, at.at_e.lat}, {at.at_f.lon, at.at_f.lat}};
        find->longest = hrmi_surface_longest_chord(distance);
    }
}

typedef struct edge_pair {
    hrmi_edge e, f;
} edge_pair;

static bool hopeless(const search *find, double line2, double bows) {
    const double reach = find->longest + bows;
    return line2 >= reach * reach;
}

/* Two edges whose chords are not too far apart: halved until their bows are small, the nearer halves first.
 */
static void search_edges(search *find, const hrmi_edge *e, const hrmi_edge *f) {
    edge_pair stack[HALVINGS];
    size_t depth = 0;
    double s;
    double t;
    stack[depth++] = (edge_pair){*e, *f};
    while (depth > 0) {
        const edge_pair pair = stack[--depth];
        const double bows = pair.e.bow_m + pair.f.bow_m;
        const double line2 = chords(&pair.e, &pair.f, &s, &t);
        if (hopeless(find, line2, bows)) continue;
        if (bows <= TOLERANCE_M || depth + 2 > HALVINGS) {
            polish(find, &pair.e, &pair.f, s, t);
            continue;
        }
        hrmi_edge half[2];
        const bool halve_e = pair.e.bow_m >= pair.f.bow_m;
        hrmi_edge_split(halve_e ? &pair.e : &pair.f, half);
        const int nearer = (halve_e ? s : t) > 0.5 ? 1 : 0;
        for (int k = 0; k < 2; k++) {
            const hrmi_edge *const h = &half[k == 0 ? 1 - nearer : nearer];
            stack[depth++] = halve_e ? (edge_pair){*h, pair.f} : (edge_pair){pair.e, *h};
        }
    }
}

/* Whether two edges are too far apart to look at their chords. */
static bool far_apart(const search *find, const hrmi_edge *e, const hrmi_edge *f) {
    double line2 = 0.0;
    for (int i = 0; i < 3; i++) line2 += (e->middle[i] - f->middle[i]) * (e->middle[i] - f->middle[i]);
    return hopeless(find, line2, e->reach_m + f->reach_m);
}

static void search_leaves(search *find, const hrmi_node *in_a, const hrmi_node *in_b) {
    for (size_t i = in_a->first; i < in_a->first + in_a->count; i++) {
        const hrmi_edge *const e = &find->a->edges[i];
        for (size_t k = in_b->first; k < in_b->first + in_b->count; k++) {
            const hrmi_edge *const f = &find->b->edges[k];
            double s;
            double t;
            if (far_apart(find, e, f)) continue;
            const double line2 = chords(e, f, &s, &t);
            const double bows = e->bow_m + f->bow_m;
            if (hopeless(find, line2, bows)) continue;
            if (bows <= TOLERANCE_M) polish(find, e, f, s, t);
            else search_edges(find, e, f);
        }
    }
}

typedef struct node_pair {
    size_t a, b;
    double line2;
} node_pair;

/* Puts the pairs of one node and another's children on the stack, the nearest on top. */
static size_t push_children(const search *find, node_pair *stack, size_t depth, node_pair at, bool open_a) {
    const hrmi_node *const in_a = &find->a->nodes[at.a];
    const hrmi_node *const in_b = &find->b->nodes[at.b];
    const hrmi_node *const opened = open_a ? in_a : in_b;
    const size_t bottom = depth;
    for (size_t i = opened->first; i < opened->first + opened->count; i++) {
        node_pair child = open_a ? (node_pair){i, at.b, 0.0} : (node_pair){at.a, i, 0.0};
        child.line2 = least_line2(&find->a->nodes[child.a], &find->b->nodes[child.b]);
        if (hopeless(find, child.line2, 0.0)) continue;
        size_t place = depth++;
        for (; place > bottom && stack[place - 1].line2 < child.line2; place--)
            stack[place] = stack[place - 1];
        stack[place] = child;
    }
    return depth;
}

static void search_nodes(search *find, size_t root_a, size_t root_b) {
    node_pair stack[STACK];
    size_t depth = 0;
    stack[depth++] = (node_pair){root_a, root_b, 0.0};
    while (depth > 0) {
        const node_pair at = stack[--depth];
        if (hopeless(find, at.line2, 0.0)) continue;
        const hrmi_node *const in_a = &find->a->nodes[at.a];
        const hrmi_node *const in_b = &find->b->nodes[at.b];
        if (in_a->leaf && in_b->leaf) search_leaves(find, in_a, in_b);
        else depth = push_children(find, stack, depth, at, hrmi_node_larger(in_a, in_b));
    }
}

static bool search_trees(const hrmi_tree *a, size_t root_a, const hrmi_tree *b, size_t root_b,
                         hrmi_nearest *out) {
    search find = {a, b, {.distance_m = INFINITY}, INFINITY};
    if (root_a == HRM_NONE || root_b == HRM_NONE) return false;
    search_nodes(&find, root_a, root_b);
    if (isinf(find.best.distance_m)) return false; /* a place that is none */
    *out = find.best;
    out->distance_m = hrmi_geodesic_m(out->from[0], out->from[1], out->to[0], out->to[1]);
    return true;
}

bool hrmi_nearest_of(const hrmi_tree *a, size_t unit_a, const hrmi_tree *b, size_t unit_b,
                     hrmi_nearest *out) {
    return search_trees(a, a->root[unit_a], b, b->root[unit_b], out);
}

bool hrmi_nearest_to(double lon, double lat, const hrmi_tree *b, size_t unit_b, hrmi_nearest *out) {
    hrmi_edge edge;
    hrmi_node node;
    hrmi_edge_make(&edge, lon, lat, lon, lat, false);
    hrmi_node_around(&node, &edge);
    const hrmi_tree point = {.edges = &edge, .edge_count = 1, .nodes = &node, .node_count = 1};
    return search_trees(&point, 0, b, b->root[unit_b], out);
}
