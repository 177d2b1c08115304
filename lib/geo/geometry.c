/*
 * The growing arrays of a geometry. Arrays that grow together share a block and a capacity, so that a failed
 * allocation never leaves one of them larger than another.
 */
#include "geo/geometry.h"

void hrmi_geometry_init(hrmi_geometry *g, const hrm_context *ctx) {
    memset(g, 0, sizeof *g);
    g->allocator = *hrmi_allocator(ctx);
}

void hrmi_geometry_free(hrmi_geometry *g) {
    hrmi_release(&g->allocator, g->x);
    hrmi_release(&g->allocator, g->path_start);
    hrmi_release(&g->allocator, g->part_start);
    const hrm_allocator allocator = g->allocator;
    memset(g, 0, sizeof *g);
    g->allocator = allocator;
}

void hrmi_geometry_clear(hrmi_geometry *g) {
    hrmi_geometry_cut(g, (hrmi_geometry_mark){0, 0, 0});
}

hrmi_geometry_mark hrmi_geometry_here(const hrmi_geometry *g) {
    return (hrmi_geometry_mark){g->vertex_count, g->path_count, g->part_count};
}

void hrmi_geometry_cut(hrmi_geometry *g, hrmi_geometry_mark mark) {
    g->vertex_count = mark.vertices;
    g->path_count = mark.paths;
    g->part_count = mark.parts;
    if (g->path_start != NULL) g->path_start[mark.paths] = mark.vertices;
    if (g->part_start != NULL) g->part_start[mark.parts] = mark.paths;
}

/* The capacity to grow to, or 0 where `needed` elements of `size` bytes cannot be. */
static size_t next_capacity(size_t capacity, size_t needed, size_t size) {
    size_t room = capacity < 16 ? 16 : capacity * 2; /* what exists is far below SIZE_MAX / 2 */
    if (room < needed) room = needed;
    return room < SIZE_MAX / 2 / size ? room : 0;
}

static hrm_status grow_vertices(hrm_context *ctx, hrmi_geometry *g, size_t needed) {
    const size_t room = next_capacity(g->vertex_capacity, needed, 3 * sizeof(double));
    if (room == 0) return hrmi_fail_memory(ctx);
    double *const block = g->allocator.alloc(room * 3 * sizeof *block, g->allocator.user);
    if (block == NULL) return hrmi_fail_memory(ctx);
    if (g->vertex_count > 0) {
        memcpy(block, g->x, g->vertex_count * sizeof *block);
        memcpy(block + room, g->y, g->vertex_count * sizeof *block);
        memcpy(block + 2 * room, g->z, g->vertex_count * sizeof *block);
    }
    hrmi_release(&g->allocator, g->x);
    g->x = block;
    g->y = block + room;
    g->z = block + 2 * room;
    g->vertex_capacity = room;
    return HRM_OK;
}

static hrm_status grow_parts(hrm_context *ctx, hrmi_geometry *g, size_t needed) {
    const size_t room = next_capacity(g->part_capacity, needed, sizeof(size_t) + 1);
    if (room == 0) return hrmi_fail_memory(ctx);
    size_t *const block = g->allocator.alloc(room * (sizeof *block + 1), g->allocator.user);
    if (block == NULL) return hrmi_fail_memory(ctx);
    uint8_t *const kinds = (uint8_t *)(block + room);
    block[0] = 0;
    if (g->part_count > 0) {
        memcpy(block, g->part_start, (g->part_count + 1) * sizeof *block);
        memcpy(kinds, g->part_kind, g->part_count);
    }
    hrmi_release(&g->allocator, g->part_start);
    g->part_start = block;
    g->part_kind = kinds;
    g->part_capacity = room;
    return HRM_OK;
}

hrm_status hrmi_geometry_add_part(hrm_context *ctx, hrmi_geometry *g, hrmi_part_kind kind) {
    if (g->part_count + 2 > g->part_capacity) {
        const hrm_status status = grow_parts(ctx, g, g->part_count + 2);
        if (status != HRM_OK) return status;
    }
    g->part_kind[g->part_count] = (uint8_t)kind;
    g->part_count++;
    g->part_start[g->part_count] = g->path_count;
    return HRM_OK;
}

hrm_status hrmi_geometry_add_path(hrm_context *ctx, hrmi_geometry *g) {
    assert(g->part_count > 0);
    const hrm_status status =
        hrmi_array_grow(ctx, &g->path_start, &g->path_capacity, g->path_count + 2, sizeof *g->path_start);
    if (status != HRM_OK) return status;
    if (g->path_count == 0) g->path_start[0] = 0;
    g->path_count++;
    g->path_start[g->path_count] = g->vertex_count;
    g->part_start[g->part_count] = g->path_count;
    return HRM_OK;
}

hrm_status hrmi_geometry_add_vertices(hrm_context *ctx, hrmi_geometry *g, size_t count) {
    assert(g->path_count > 0);
    if (count > SIZE_MAX / 64 - g->vertex_count) return hrmi_fail_memory(ctx);
    if (g->vertex_count + count > g->vertex_capacity) {
        const hrm_status status = grow_vertices(ctx, g, g->vertex_count + count);
        if (status != HRM_OK) return status;
    }
    g->vertex_count += count;
    g->path_start[g->path_count] = g->vertex_count;
    return HRM_OK;
}

hrm_status hrmi_geometry_copy_path(hrm_context *ctx, const hrmi_geometry *from, size_t path,
                                   hrmi_part_kind kind, hrmi_geometry *to) {
    const size_t first = from->path_start[path];
    const size_t n = from->path_start[path + 1] - first;
    const size_t at = to->vertex_count;
    hrm_status status = hrmi_geometry_add_part(ctx, to, kind);
    if (status == HRM_OK) status = hrmi_geometry_add_path(ctx, to);
    if (status == HRM_OK) status = hrmi_geometry_add_vertices(ctx, to, n);
    if (status != HRM_OK || n == 0) return status;
    memcpy(to->x + at, from->x + first, n * sizeof *to->x);
    memcpy(to->y + at, from->y + first, n * sizeof *to->y);
    memcpy(to->z + at, from->z + first, n * sizeof *to->z);
    return HRM_OK;
}
