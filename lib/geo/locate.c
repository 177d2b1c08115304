/*
 * A grid over the box of all shapes. A cell that no border meets lies wholly in the same units, and most lie
 * in one or none: their answer stands in the cell. A cell with borders keeps, per unit that has one there,
 * the edges that the unit has in the cell's whole row: all that a ray along the row can cross, so that the
 * test is the textbook one, only on few edges.
 *
 * Exactness: the cell of a coordinate is a monotone function of it, so an edge meets only cells between those
 * of its ends; within a row its columns are found with more slack than rounding may take. Everything else is
 * decided by exact signs (exact.h).
 *
 * A cell's number: 0 for no unit; 2 u + 1 for unit u alone and whole; 2 (k + 1) for the list of entries that
 * begins with entry k, later units first.
 */
#include "geo/locate.h"
#include "geo/exact.h"

typedef struct hrmi_locator_entry {
    uint32_t unit;
    uint32_t first, count; /* edges; none: the unit covers the whole cell */
    uint32_t next;         /* as a cell's number: the rest of the list, 0 at its end */
} entry;

enum { CELLS_PER_EDGE = 16, LEAST_CELLS = 1 << 10, MOST_CELLS = 1 << 22, MOST_SIDE = 1 << 13 };

#define SLACK 1e-12 /* degrees: far above rounding, far below a cell */

void hrmi_locator_free(hrmi_locator *l) {
    hrmi_release(&l->allocator, l->cells);
    hrmi_release(&l->allocator, l->entries);
    hrmi_release(&l->allocator, l->edges);
    const hrm_allocator allocator = l->allocator;
    memset(l, 0, sizeof *l);
    l->allocator = allocator;
}

static size_t cell_of(double value, double low, double per_degree, size_t count) {
    const double cell = (value - low) * per_degree;
    if (!(cell > 0.0)) return 0;
    return cell < (double)count ? (size_t)cell : count - 1;
}

static size_t row_of(const hrmi_locator *l, double lat) {
    return cell_of(lat, l->south, l->per_lat, l->rows);
}

static size_t column_of(const hrmi_locator *l, double lon) {
    return cell_of(lon, l->west, l->per_lon, l->columns);
}

/* ---- asking ---- */

static hrmi_crossing place_in(const hrmi_locator *l, const entry *e, double lon, double lat) {
    const double *const x = l->shapes->x;
    const double *const y = l->shapes->y;
    hrmi_crossing inside = HRMI_CROSSES_NOT;
    for (size_t i = e->first; i < (size_t)e->first + e->count; i++) {
        const size_t v = l->edges[i];
        const hrmi_crossing c = hrmi_cross(lon, lat, x[v], y[v], x[v + 1], y[v + 1]);
        if (c == HRMI_ON_EDGE) return c;
        inside = inside == c ? HRMI_CROSSES_NOT : HRMI_CROSSES;
    }
    return inside;
}

size_t hrmi_locate(const hrmi_locator *l, double lon, double lat, bool *several) {
    size_t found = HRM_NONE;
    *several = false;
    if (!(lon >= l->west && lon <= l->east && lat >= l->south && lat <= l->north)) return HRM_NONE;
    uint32_t number = l->cells[row_of(l, lat) * l->columns + column_of(l, lon)];
    if (number % 2 == 1) return number / 2;
    while (number != 0) {
        const entry *const e = &l->entries[number / 2 - 1];
        if (e->count == 0 || place_in(l, e, lon, lat) != HRMI_CROSSES_NOT) {
            *several = found != HRM_NONE;
            found = e->unit;
        }
        number = e->next;
    }
    return found;
}

/* ---- making ---- */

/* What is needed while a locator is made. */
typedef struct making {
    hrm_context *ctx;
    hrmi_locator *out;
    uint32_t *row_start; /* rows + 1: where the edges of a unit's rows begin */
    uint8_t *border;     /* per column: the unit has a border in this cell of the row */
} making;

static hrm_status lay_out(hrm_context *ctx, const hrmi_shapes *s, hrmi_locator *l) {
    const double cells =
        fmin(fmax((double)s->vertex_count * CELLS_PER_EDGE, (double)LEAST_CELLS), (double)MOST_CELLS);
    l->west = l->south = INFINITY;
    l->east = l->north = -INFINITY;
    for (size_t u = 0; u < s->unit_count; u++) { /* NaN, the box of nothing, loses every comparison */
        const double *const box = s->box + 4 * u;
        if (box[0] < l->west) l->west = box[0];
        if (box[1] < l->south) l->south = box[1];
        if (box[2] > l->east) l->east = box[2];
        if (box[3] > l->north) l->north = box[3];
    }
    const double width = l->east - l->west;
    const double height = l->north - l->south;
    if (!(width > 0.0 && height > 0.0)) { /* nothing, or nothing with an area */
        l->columns = l->rows = 1;
    } else {
        const double side = sqrt(width * height / cells);
        l->columns = (size_t)fmin(fmax(width / side, 1.0), (double)MOST_SIDE);
        l->rows = (size_t)fmin(fmax(height / side, 1.0), (double)MOST_SIDE);
    }
    l->per_lon = width > 0.0 ? (double)l->columns / width : 0.0;
    l->per_lat = height > 0.0 ? (double)l->rows / height : 0.0;
    l->cells = hrmi_array_new(ctx, l->columns * l->rows, sizeof *l->cells);
    return l->cells == NULL ? HRM_ERROR_MEMORY : HRM_OK;
}

static hrm_status add_entry(making *m, size_t cell, size_t unit, uint32_t first, uint32_t count) {
    hrmi_locator *const l = m->out;
    if (l->entry_count >= UINT32_MAX / 2 - 1)
        return hrmi_fail(m->ctx, HRM_ERROR_LIMIT, "the boundaries are too many for the index of places");
    const hrm_status status =
        hrmi_array_grow(m->ctx, &l->entries, &l->entry_capacity, l->entry_count + 1, sizeof *l->entries);
    if (status != HRM_OK) return status;
    l->entries[l->entry_count++] = (entry){(uint32_t)unit, first, count, l->cells[cell]};
    l->cells[cell] = (uint32_t)(2 * l->entry_count);
    return HRM_OK;
}

/* A unit covers a cell, wholly (no edges) or in part. */
static hrm_status cover(making *m, size_t cell, size_t unit, uint32_t first, uint32_t count) {
    const uint32_t number = m->out->cells[cell];
    if (number == 0 && count == 0) {
        m->out->cells[cell] = (uint32_t)(2 * unit + 1);
        return HRM_OK;
    }
    if (number % 2 == 1) { /* so far one unit alone */
        m->out->cells[cell] = 0;
        const hrm_status status = add_entry(m, cell, number / 2, 0, 0);
        if (status != HRM_OK) return status;
    }
    return add_entry(m, cell, unit, first, count);
}

/* The columns that an edge meets within a row. */
static void columns_in_row(const hrmi_locator *l, size_t vertex, size_t row, size_t *first, size_t *last) {
    const double *const x = l->shapes->x + vertex;
    const double *const y = l->shapes->y + vertex;
    const double climb = y[1] - y[0];
    double from = x[0];
    double to = x[1];
    double slack = SLACK;
    if (fabs(climb) > 1e-6) {
        const double low = l->south + (double)row / l->per_lat;
        const double high = l->south + (double)(row + 1) / l->per_lat;
        const double t0 = fmin(fmax((low - y[0]) / climb, 0.0), 1.0);
        const double t1 = fmin(fmax((high - y[0]) / climb, 0.0), 1.0);
        from = x[0] + t0 * (x[1] - x[0]);
        to = x[0] + t1 * (x[1] - x[0]);
        slack += SLACK / fabs(climb) * fabs(x[1] - x[0]);
    }
    *first = column_of(l, fmin(from, to) - slack);
    *last = column_of(l, fmax(from, to) + slack);
}

static hrm_status fill_row(making *m, size_t unit, size_t row, uint32_t first, uint32_t count) {
    const hrmi_locator *const l = m->out;
    const double *const box = l->shapes->box + 4 * unit;
    const size_t west = column_of(l, box[0]);
    const size_t east = column_of(l, box[2]);
    const entry whole_row = {(uint32_t)unit, first, count, 0};
    bool known = false;
    bool inside = false;
    memset(m->border + west, 0, east - west + 1);
    for (size_t i = first; i < (size_t)first + count; i++) {
        size_t from;
        size_t to;
        columns_in_row(l, l->edges[i], row, &from, &to);
        if (from < west) from = west;
        if (to > east) to = east;
        if (from <= to) memset(m->border + from, 1, to - from + 1);
    }
    for (size_t c = west; c <= east; c++) {
        if (m->border[c]) {
            known = false;
        } else if (!known) { /* cells side by side with no border between have one answer */
            const double lon = l->west + ((double)c + 0.5) / l->per_lon;
            const double lat = l->south + ((double)row + 0.5) / l->per_lat;
            inside = place_in(l, &whole_row, lon, lat) != HRMI_CROSSES_NOT;
            known = true;
        }
        if (!m->border[c] && !inside) continue;
        const hrm_status status = cover(m, row * l->columns + c, unit, first, m->border[c] ? count : 0);
        if (status != HRM_OK) return status;
    }
    return HRM_OK;
}

/* Calls for every edge of a unit and every row that it meets: counts with edges NULL, else sets them down. */
static void edges_by_row(const hrmi_locator *l, size_t unit, uint32_t *row_start, uint32_t *edges) {
    const hrmi_shapes *const s = l->shapes;
    for (size_t r = s->part_start[s->unit_start[unit]]; r < s->part_start[s->unit_start[unit + 1]]; r++)
        for (size_t v = s->ring_start[r]; v + 1 < s->ring_start[r + 1]; v++) {
            const size_t a = row_of(l, s->y[v]);
            const size_t b = row_of(l, s->y[v + 1]);
            const size_t last = a < b ? b : a;
            for (size_t row = a < b ? a : b; row <= last; row++) {
                if (edges == NULL) row_start[row + 1]++;
                else edges[row_start[row]++] = (uint32_t)v;
            }
        }
}

static hrm_status add_unit(making *m, size_t unit) {
    hrmi_locator *const l = m->out;
    const double *const box = l->shapes->box + 4 * unit;
    const size_t south = row_of(l, box[1]);
    const size_t north = row_of(l, box[3]);
    uint32_t *const start = m->row_start;
    uint32_t first = (uint32_t)l->edge_count;
    memset(start + south, 0, (north - south + 2) * sizeof *start);
    edges_by_row(l, unit, start, NULL);
    start[south] = first;
    for (size_t row = south; row <= north; row++) start[row + 1] += start[row];
    l->edge_count = start[north + 1];
    edges_by_row(l, unit, start, l->edges); /* moves each row's start to its end */
    for (size_t row = south; row <= north; row++) {
        const hrm_status status = fill_row(m, unit, row, first, start[row] - first);
        if (status != HRM_OK) return status;
        first = start[row];
    }
    return HRM_OK;
}

static size_t edges_in_rows(const hrmi_locator *l) {
    const hrmi_shapes *const s = l->shapes;
    size_t n = 0;
    for (size_t r = 0; r < s->ring_count; r++)
        for (size_t v = s->ring_start[r]; v + 1 < s->ring_start[r + 1]; v++) {
            const size_t a = row_of(l, s->y[v]);
            const size_t b = row_of(l, s->y[v + 1]);
            n += (a < b ? b - a : a - b) + 1;
        }
    return n;
}

static hrm_status fill(making *m) {
    hrmi_locator *const l = m->out;
    const size_t n = edges_in_rows(l);
    if (n > UINT32_MAX || l->shapes->vertex_count > UINT32_MAX / 2 ||
        l->shapes->unit_count > UINT32_MAX / 2 - 1)
        return hrmi_fail(m->ctx, HRM_ERROR_LIMIT, "the boundaries are too many for the index of places");
    l->edges = hrmi_array_new(m->ctx, n, sizeof *l->edges);
    if (l->edges == NULL) return HRM_ERROR_MEMORY;
    for (size_t u = 0; u < l->shapes->unit_count; u++) {
        if (l->shapes->unit_start[u] == l->shapes->unit_start[u + 1]) continue;
        const hrm_status status = add_unit(m, u);
        if (status != HRM_OK) return status;
    }
    return HRM_OK;
}

hrm_status hrmi_locator_build(hrm_context *ctx, const hrmi_shapes *shapes, hrmi_locator *out) {
    making m = {ctx, out, NULL, NULL};
    memset(out, 0, sizeof *out);
    out->allocator = *hrmi_allocator(ctx);
    out->shapes = shapes;
    hrm_status status = lay_out(ctx, shapes, out);
    if (status != HRM_OK) goto done;
    status = HRM_ERROR_MEMORY;
    m.row_start = hrmi_array_new(ctx, out->rows + 1, sizeof *m.row_start);
    if (m.row_start == NULL) goto done;
    m.border = hrmi_array_new(ctx, out->columns, sizeof *m.border);
    if (m.border == NULL) goto done;
    status = fill(&m);
done:
    hrmi_free(ctx, m.border);
    hrmi_free(ctx, m.row_start);
    return status;
}
