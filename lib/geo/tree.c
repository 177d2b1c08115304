/*
 * Building trees of edges: edges first, each unit's in a good order, then level upon level of boxes around
 * HRMI_TREE_FANOUT neighbours in that order. Rings are a good order by themselves; what comes in many pieces
 * is put in the order of a Hilbert curve (after Kamel and Faloutsos 1993, "On packing R-trees").
 */
#include "geo/tree.h"
#include "geo/surface.h"

void hrmi_tree_free(hrmi_tree *tree) {
    hrmi_release(&tree->allocator, tree->edges);
    hrmi_release(&tree->allocator, tree->nodes);
    hrmi_release(&tree->allocator, tree->edge_start);
    hrmi_release(&tree->allocator, tree->root);
    const hrm_allocator allocator = tree->allocator;
    memset(tree, 0, sizeof *tree);
    tree->allocator = allocator;
}

/* ---- edges ---- */

static double axis_distance(const double place[3]) {
    return sqrt(place[0] * place[0] + place[1] * place[1]);
}

static bool is_over_equator(const hrmi_edge *e) {
    return (e->lat[0] < 0.0) != (e->lat[1] < 0.0);
}

/*
 * A curve of length l whose curvature is nowhere above k stays within k l²/8 of its chord. Straight in
 * degrees, the curvature in space has a part down, that of the ellipsoid, and a part sideways: sin α (1 +
 * cos² α) tan φ / N for azimuth α, at most 1.09 tan φ / N. Near the poles, and for very long edges, half the
 * length is the better bound.
 */
static double bow_of(const hrmi_edge *e, const double axis[2]) {
    const double turn = fabs(e->lon[1] - e->lon[0]) * HRMI_RADIAN;
    const double climb = fabs(e->lat[1] - e->lat[0]) * HRMI_RADIAN;
    const double across = (is_over_equator(e) ? HRMI_WGS84_A : hrmi_greater(axis[0], axis[1])) * turn;
    const double up = HRMI_MOST_RADIUS_M * climb;
    const double length2 = across * across + up * up;
    const double half_length = sqrt(length2) / 2.0;
    const double inmost = hrmi_lesser(axis[0], axis[1]);
    if (inmost < HRMI_WGS84_A / 60.0) return half_length; /* within a degree of a pole */
    const double tangent =
        hrmi_greater(fabs(e->end[0][2]), fabs(e->end[1][2])) / ((1.0 - HRMI_WGS84_E2) * inmost);
    const double curvature = sqrt(1.0 + 1.21 * tangent * tangent) / HRMI_LEAST_RADIUS_M;
    return hrmi_lesser(half_length, curvature * length2 / 8.0);
}

static void make_between(hrmi_edge *e, const double lon[2], const double lat[2], const double from[3],
                         const double to[3], bool of_polygon) {
    double half2 = 0.0;
    for (int i = 0; i < 2; i++) {
        e->lon[i] = lon[i];
        e->lat[i] = lat[i];
    }
    for (int i = 0; i < 3; i++) {
        const double half = (to[i] - from[i]) / 2.0;
        e->end[0][i] = from[i];
        e->end[1][i] = to[i];
        e->middle[i] = from[i] + half;
        half2 += half * half;
    }
    e->of_polygon = of_polygon;
    e->bow_m = bow_of(e, (double[2]){axis_distance(from), axis_distance(to)});
    e->reach_m = sqrt(half2) + e->bow_m;
}

void hrmi_edge_make(hrmi_edge *edge, double lon0, double lat0, double lon1, double lat1, bool of_polygon) {
    double from[3];
    double to[3];
    hrmi_surface(lon0, lat0, from);
    hrmi_surface(lon1, lat1, to);
    make_between(edge, (double[2]){lon0, lon1}, (double[2]){lat0, lat1}, from, to, of_polygon);
}

void hrmi_edge_split(const hrmi_edge *e, hrmi_edge half[2]) {
    const double lon = e->lon[0] + (e->lon[1] - e->lon[0]) / 2.0;
    const double lat = e->lat[0] + (e->lat[1] - e->lat[0]) / 2.0;
    double middle[3];
    hrmi_surface(lon, lat, middle);
    make_between(&half[0], (double[2]){e->lon[0], lon}, (double[2]){e->lat[0], lat}, e->end[0], middle,
                 e->of_polygon);
    make_between(&half[1], (double[2]){lon, e->lon[1]}, (double[2]){lat, e->lat[1]}, middle, e->end[1],
                 e->of_polygon);
}

/* The edges along a path of n vertices, n − 1 of them, or one for a single vertex; returns behind the last.
 */
static hrmi_edge *edges_along(const double *x, const double *y, size_t n, bool of_polygon, hrmi_edge *edge) {
    double end[2][3];
    if (n == 0) return edge;
    hrmi_surface(x[0], y[0], end[0]);
    if (n == 1)
        make_between(edge++, (double[2]){x[0], x[0]}, (double[2]){y[0], y[0]}, end[0], end[0], of_polygon);
    for (size_t i = 1; i < n; i++) {
        hrmi_surface(x[i], y[i], end[i % 2]);
        make_between(edge++, x + i - 1, y + i - 1, end[(i - 1) % 2], end[i % 2], of_polygon);
    }
    return edge;
}

static size_t edges_of_path(size_t vertices) {
    return vertices > 1 ? vertices - 1 : vertices;
}

/* ---- boxes ---- */

/* Along an edge longitude and latitude go one way, so its ends are the corners of its box; the distance from
 * the axis and the height follow from the latitude alone. A little is added for rounding. */
void hrmi_node_around(hrmi_node *node, const hrmi_edge *e) {
    const double rounding = 1e-6;
    const double axis[2] = {axis_distance(e->end[0]), axis_distance(e->end[1])};
    node->west = hrmi_lesser(e->lon[0], e->lon[1]);
    node->east = hrmi_greater(e->lon[0], e->lon[1]);
    node->south = hrmi_lesser(e->lat[0], e->lat[1]);
    node->north = hrmi_greater(e->lat[0], e->lat[1]);
    node->axis_min = hrmi_lesser(axis[0], axis[1]) - rounding;
    node->axis_max = (is_over_equator(e) ? HRMI_WGS84_A : hrmi_greater(axis[0], axis[1])) + rounding;
    node->z_min = hrmi_lesser(e->end[0][2], e->end[1][2]) - rounding;
    node->z_max = hrmi_greater(e->end[0][2], e->end[1][2]) + rounding;
    node->first = 0;
    node->count = 1;
    node->leaf = true;
}

static void widen(hrmi_node *node, const hrmi_node *by) {
    node->west = hrmi_lesser(node->west, by->west);
    node->east = hrmi_greater(node->east, by->east);
    node->south = hrmi_lesser(node->south, by->south);
    node->north = hrmi_greater(node->north, by->north);
    node->axis_min = hrmi_lesser(node->axis_min, by->axis_min);
    node->axis_max = hrmi_greater(node->axis_max, by->axis_max);
    node->z_min = hrmi_lesser(node->z_min, by->z_min);
    node->z_max = hrmi_greater(node->z_max, by->z_max);
}

static size_t nodes_over(size_t children) {
    return (children + HRMI_TREE_FANOUT - 1) / HRMI_TREE_FANOUT;
}

/* How many nodes a tree over n edges has. */
static size_t nodes_of(size_t n) {
    size_t total = 0;
    if (n == 0) return 0;
    do {
        n = nodes_over(n);
        total += n;
    } while (n > 1);
    return total;
}

/* Leaves over edges first … first + n − 1, then the levels above, appended to the tree's nodes. Returns the
 * root. */
static size_t pack(hrmi_tree *tree, size_t first, size_t n) {
    bool leaf = true;
    do {
        const size_t level = tree->node_count;
        for (size_t i = 0; i < n; i += HRMI_TREE_FANOUT) {
            hrmi_node *const node = &tree->nodes[tree->node_count++];
            const size_t count = n - i < HRMI_TREE_FANOUT ? n - i : HRMI_TREE_FANOUT;
            for (size_t k = 0; k < count; k++) {
                hrmi_node child;
                if (leaf) hrmi_node_around(&child, &tree->edges[first + i + k]);
                else child = tree->nodes[first + i + k];
                if (k == 0) *node = child;
                else widen(node, &child);
            }
            node->first = first + i;
            node->count = (uint32_t)count;
            node->leaf = leaf;
        }
        n = tree->node_count - level;
        first = level;
        leaf = false;
    } while (n > 1);
    return first;
}

static hrm_status allocate(hrm_context *ctx, size_t unit_count, size_t edge_count, size_t node_count,
                           hrmi_tree *out) {
    out->unit_count = unit_count;
    out->edges = hrmi_array_new(ctx, edge_count, sizeof *out->edges);
    if (out->edges == NULL) return HRM_ERROR_MEMORY;
    out->nodes = hrmi_array_new(ctx, node_count, sizeof *out->nodes);
    if (out->nodes == NULL) return HRM_ERROR_MEMORY;
    out->edge_start = hrmi_array_new(ctx, unit_count + 1, sizeof *out->edge_start);
    if (out->edge_start == NULL) return HRM_ERROR_MEMORY;
    out->root = hrmi_array_new(ctx, unit_count, sizeof *out->root);
    return out->root == NULL ? HRM_ERROR_MEMORY : HRM_OK;
}

static hrmi_edge *edges_of_unit(const hrmi_shapes *s, size_t unit, hrmi_edge *edge) {
    for (size_t r = s->part_start[s->unit_start[unit]]; r < s->part_start[s->unit_start[unit + 1]]; r++)
        edge = edges_along(s->x + s->ring_start[r], s->y + s->ring_start[r],
                           s->ring_start[r + 1] - s->ring_start[r], true, edge);
    return edge;
}

static size_t edge_count_of_unit(const hrmi_shapes *s, size_t unit) {
    size_t n = 0;
    for (size_t r = s->part_start[s->unit_start[unit]]; r < s->part_start[s->unit_start[unit + 1]]; r++)
        n += edges_of_path(s->ring_start[r + 1] - s->ring_start[r]);
    return n;
}

hrm_status hrmi_tree_of_shapes(hrm_context *ctx, const hrmi_shapes *shapes, hrmi_tree *out) {
    size_t edge_count = 0;
    size_t node_count = 0;
    memset(out, 0, sizeof *out);
    out->allocator = *hrmi_allocator(ctx);
    for (size_t u = 0; u < shapes->unit_count; u++) {
        const size_t n = edge_count_of_unit(shapes, u);
        edge_count += n;
        node_count += nodes_of(n);
    }
    const hrm_status status = allocate(ctx, shapes->unit_count, edge_count, node_count, out);
    if (status != HRM_OK) return status;
    for (size_t u = 0; u < shapes->unit_count; u++) {
        const size_t first = out->edge_count;
        out->edge_count = (size_t)(edges_of_unit(shapes, u, out->edges + first) - out->edges);
        out->edge_start[u + 1] = out->edge_count;
        out->root[u] = out->edge_count > first ? pack(out, first, out->edge_count - first) : HRM_NONE;
    }
    return HRM_OK;
}

/* ---- the order of a Hilbert curve ---- */

/* How far along a Hilbert curve through 2^16 × 2^16 cells the cell x, y lies. */
static uint32_t hilbert(uint32_t x, uint32_t y) {
    uint32_t d = 0;
    for (uint32_t s = UINT32_C(1) << 15; s > 0; s >>= 1) {
        const bool right = (x & s) != 0;
        const bool up = (y & s) != 0;
        d += s * s * ((3u * right) ^ (uint32_t)up);
        if (!up) {
            if (right) {
                x = ~x;
                y = ~y;
            }
            const uint32_t t = x;
            x = y;
            y = t;
        }
    }
    return d;
}

static uint32_t cell(double value, double low, double width) {
    return width > 0.0 ? (uint32_t)((value - low) / width * 65535.0) : 0;
}

typedef struct place {
    uint32_t key;
    size_t edge;
} place;

/* By key, a byte at a time, keeping the order of equals; four turns bring the result back into `a`. */
static void sort_places(place *a, place *b, size_t n) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
        size_t start[256] = {0};
        size_t sum = 0;
        for (size_t i = 0; i < n; i++) start[(a[i].key >> shift) & 0xFF]++;
        for (size_t k = 0; k < 256; k++) {
            const size_t count = start[k];
            start[k] = sum;
            sum += count;
        }
        for (size_t i = 0; i < n; i++) b[start[(a[i].key >> shift) & 0xFF]++] = a[i];
        place *const t = a;
        a = b;
        b = t;
    }
}

static void find_places(const hrmi_edge *edges, size_t n, place *places) {
    hrmi_node all = {0};
    for (size_t i = 0; i < n; i++) {
        hrmi_node one;
        hrmi_node_around(&one, &edges[i]);
        if (i == 0) all = one;
        else widen(&all, &one);
    }
    for (size_t i = 0; i < n; i++) {
        const hrmi_edge *const e = &edges[i];
        const double lon = e->lon[0] + (e->lon[1] - e->lon[0]) / 2.0;
        const double lat = e->lat[0] + (e->lat[1] - e->lat[0]) / 2.0;
        places[i].key =
            hilbert(cell(lon, all.west, all.east - all.west), cell(lat, all.south, all.north - all.south));
        places[i].edge = i;
    }
}

static hrm_status order_edges(hrm_context *ctx, const hrmi_edge *edges, size_t n, hrmi_edge *ordered) {
    hrm_status status = HRM_ERROR_MEMORY;
    place *other = NULL;
    place *const places = hrmi_array_new(ctx, n, sizeof *places);
    if (places == NULL) goto done;
    other = hrmi_array_new(ctx, n, sizeof *other);
    if (other == NULL) goto done;
    find_places(edges, n, places);
    sort_places(places, other, n);
    for (size_t i = 0; i < n; i++) ordered[i] = edges[places[i].edge];
    status = HRM_OK;
done:
    hrmi_free(ctx, other);
    hrmi_free(ctx, places);
    return status;
}

static hrmi_edge *edges_of_others(const hrmi_geometry *g, hrmi_edge *edge) {
    for (size_t q = 0; q < g->part_count; q++) {
        if (g->part_kind[q] == HRMI_POLYGON) continue;
        for (size_t p = g->part_start[q]; p < g->part_start[q + 1]; p++)
            edge = edges_along(g->x + g->path_start[p], g->y + g->path_start[p],
                               g->path_start[p + 1] - g->path_start[p], false, edge);
    }
    return edge;
}

static size_t edge_count_of_others(const hrmi_geometry *g) {
    size_t n = 0;
    for (size_t q = 0; q < g->part_count; q++) {
        if (g->part_kind[q] == HRMI_POLYGON) continue;
        for (size_t p = g->part_start[q]; p < g->part_start[q + 1]; p++)
            n += edges_of_path(g->path_start[p + 1] - g->path_start[p]);
    }
    return n;
}

hrm_status hrmi_tree_of_all(hrm_context *ctx, const hrmi_shapes *shapes, const hrmi_geometry *others,
                            hrmi_tree *out) {
    hrm_status status = HRM_OK;
    hrmi_edge *edges = NULL;
    size_t n = edge_count_of_others(others);
    memset(out, 0, sizeof *out);
    out->allocator = *hrmi_allocator(ctx);
    for (size_t u = 0; u < shapes->unit_count; u++) n += edge_count_of_unit(shapes, u);
    status = allocate(ctx, 1, n, nodes_of(n), out);
    if (status != HRM_OK) goto done;
    edges = hrmi_array_new(ctx, n, sizeof *edges);
    if (edges == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    hrmi_edge *end = edges_of_others(others, edges);
    for (size_t u = 0; u < shapes->unit_count; u++) end = edges_of_unit(shapes, u, end);
    status = order_edges(ctx, edges, n, out->edges);
    if (status != HRM_OK) goto done;
    out->edge_count = out->edge_start[1] = n;
    out->root[0] = n > 0 ? pack(out, 0, n) : HRM_NONE;
done:
    hrmi_free(ctx, edges);
    return status;
}
