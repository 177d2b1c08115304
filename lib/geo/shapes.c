/*
 * Polygons of many units laid out flat. Everything is counted first, so that each array has its exact size
 * for the long life of a layer.
 */
#include "geo/shapes.h"
#include "geo/geodesic.h"

void hrmi_shapes_free(hrmi_shapes *shapes) {
    hrmi_release(&shapes->allocator, shapes->x);
    hrmi_release(&shapes->allocator, shapes->y);
    hrmi_release(&shapes->allocator, shapes->ring_start);
    hrmi_release(&shapes->allocator, shapes->part_start);
    hrmi_release(&shapes->allocator, shapes->unit_start);
    hrmi_release(&shapes->allocator, shapes->box);
    const hrm_allocator allocator = shapes->allocator;
    memset(shapes, 0, sizeof *shapes);
    shapes->allocator = allocator;
}

static bool is_polygon(const hrmi_geometry *g, size_t part) {
    return g->part_kind[part] == HRMI_POLYGON;
}

static void count_all(const hrmi_part_range *units, hrmi_shapes *out) {
    for (size_t u = 0; u < out->unit_count; u++) {
        const hrmi_geometry *const g = units[u].geometry;
        for (size_t q = units[u].first; q < units[u].end; q++) {
            if (!is_polygon(g, q)) continue;
            out->part_count++;
            out->ring_count += g->part_start[q + 1] - g->part_start[q];
            out->vertex_count += g->path_start[g->part_start[q + 1]] - g->path_start[g->part_start[q]];
        }
    }
}

static hrm_status allocate(hrm_context *ctx, hrmi_shapes *out) {
    out->x = hrmi_array_new(ctx, out->vertex_count, sizeof *out->x);
    if (out->x == NULL) return HRM_ERROR_MEMORY;
    out->y = hrmi_array_new(ctx, out->vertex_count, sizeof *out->y);
    if (out->y == NULL) return HRM_ERROR_MEMORY;
    out->ring_start = hrmi_array_new(ctx, out->ring_count + 1, sizeof *out->ring_start);
    if (out->ring_start == NULL) return HRM_ERROR_MEMORY;
    out->part_start = hrmi_array_new(ctx, out->part_count + 1, sizeof *out->part_start);
    if (out->part_start == NULL) return HRM_ERROR_MEMORY;
    out->unit_start = hrmi_array_new(ctx, out->unit_count + 1, sizeof *out->unit_start);
    if (out->unit_start == NULL) return HRM_ERROR_MEMORY;
    out->box = hrmi_array_new(ctx, out->unit_count, 4 * sizeof *out->box);
    return out->box == NULL ? HRM_ERROR_MEMORY : HRM_OK;
}

/* Twice the area in the plane of degrees, from the first vertex on, so that small rings far from zero do not
 * lose their sign: positive counter-clockwise. */
static double planar_turn(const double *x, const double *y, size_t n) {
    double sum = 0.0;
    for (size_t i = 1; i + 1 < n; i++)
        sum += (x[i] - x[0]) * (y[i + 1] - y[0]) - (x[i + 1] - x[0]) * (y[i] - y[0]);
    return sum;
}

static void copy_ring(const hrmi_geometry *g, size_t path, bool hole, double *x, double *y) {
    const size_t first = g->path_start[path];
    const size_t n = g->path_start[path + 1] - first;
    const bool turned = planar_turn(g->x + first, g->y + first, n) < 0.0;
    for (size_t i = 0; i < n; i++) {
        const size_t from = turned == hole ? first + i : first + n - 1 - i;
        x[i] = g->x[from];
        y[i] = g->y[from];
    }
}

static void find_box(const hrmi_shapes *s, size_t unit, double box[4]) {
    const size_t first = hrmi_shapes_first_vertex(s, unit);
    const size_t end = hrmi_shapes_end_vertex(s, unit);
    box[0] = box[1] = box[2] = box[3] = NAN;
    for (size_t i = first; i < end; i++) {
        if (i == first || s->x[i] < box[0]) box[0] = s->x[i];
        if (i == first || s->y[i] < box[1]) box[1] = s->y[i];
        if (i == first || s->x[i] > box[2]) box[2] = s->x[i];
        if (i == first || s->y[i] > box[3]) box[3] = s->y[i];
    }
}

hrm_status hrmi_shapes_build(hrm_context *ctx, const hrmi_part_range *units, size_t unit_count,
                             hrmi_shapes *out) {
    size_t vertex = 0;
    size_t ring = 0;
    size_t part = 0;
    memset(out, 0, sizeof *out);
    out->allocator = *hrmi_allocator(ctx);
    out->unit_count = unit_count;
    count_all(units, out);
    const hrm_status status = allocate(ctx, out);
    if (status != HRM_OK) return status;
    for (size_t u = 0; u < unit_count; u++) {
        const hrmi_geometry *const g = units[u].geometry;
        for (size_t q = units[u].first; q < units[u].end; q++) {
            if (!is_polygon(g, q)) continue;
            for (size_t p = g->part_start[q]; p < g->part_start[q + 1]; p++) {
                copy_ring(g, p, p > g->part_start[q], out->x + vertex, out->y + vertex);
                vertex += g->path_start[p + 1] - g->path_start[p];
                out->ring_start[++ring] = vertex;
            }
            out->part_start[++part] = ring;
        }
        out->unit_start[u + 1] = part;
    }
    for (size_t u = 0; u < unit_count; u++) find_box(out, u, out->box + 4 * u);
    return HRM_OK;
}

double hrmi_shapes_area_m2(const hrmi_shapes *s, size_t unit) {
    double area = 0.0;
    if (s->unit_start[unit] == s->unit_start[unit + 1]) return NAN;
    for (size_t r = s->part_start[s->unit_start[unit]]; r < s->part_start[s->unit_start[unit + 1]]; r++)
        area += hrmi_ring_area_m2(s->x + s->ring_start[r], s->y + s->ring_start[r],
                                  s->ring_start[r + 1] - s->ring_start[r]);
    return area;
}
