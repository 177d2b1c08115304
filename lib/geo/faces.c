/*
 * Faces: all rings are noded together as lines (GEOSUnaryUnion: OverlayNG, which falls back to snapping where
 * doubles do not suffice) and polygonized; a place inside each face is then asked exactly which units hold
 * it. One overlay instead of one for each pair, triple … of neighbours, and gaps come with it.
 */
#include "geo/faces.h"
#include "base/sort.h"
#include "geo/boxes.h"
#include "geo/geos.h"
#include "geo/meet.h"

enum { MOST_LINES = 32 };

typedef struct finder {
    hrmi_geos geos;
    const hrmi_shapes *shapes;
    const hrmi_tree *tree;
    hrmi_boxes boxes;
    hrmi_geometry pieces; /* the polygons of all faces that are kept */
    hrmi_part_range *overlaps, *gaps;
    size_t overlap_count, overlap_capacity, gap_count, gap_capacity;
    size_t member_count, member_capacity, start_capacity;
    double *numbers; /* of one face */
    struct step *steps;
    size_t number_capacity, step_capacity;
    hrmi_faces *out;
} finder;

static hrm_status collect_lines(finder *f, GEOSGeometry **out) {
    const hrmi_shapes *const s = f->shapes;
    const GEOSContextHandle_t handle = f->geos.handle;
    size_t made = 0;
    hrm_status status = HRM_OK;
    GEOSGeometry **const lines = hrmi_array_new(f->geos.ctx, s->ring_count, sizeof(GEOSGeometry *));
    if (lines == NULL) return HRM_ERROR_MEMORY;
    for (; made < s->ring_count && status == HRM_OK; made++) {
        const size_t first = s->ring_start[made];
        const size_t size = s->ring_start[made + 1] - first;
        GEOSCoordSequence *const sequence =
            GEOSCoordSeq_copyFromArrays_r(handle, s->x + first, s->y + first, NULL, NULL, (unsigned)size);
        lines[made] = sequence != NULL ? GEOSGeom_createLineString_r(handle, sequence) : NULL;
        if (lines[made] == NULL) status = hrmi_geos_failed(&f->geos, "making a line");
    }
    if (status == HRM_OK) { /* takes the lines, also when it fails */
        *out = GEOSGeom_createCollection_r(handle, GEOS_MULTILINESTRING, lines, (unsigned)made);
        if (*out == NULL) status = hrmi_geos_failed(&f->geos, "collecting outlines");
    } else {
        for (size_t i = 0; i < made; i++) hrmi_geos_destroy(&f->geos, lines[i]);
    }
    hrmi_free(f->geos.ctx, lines);
    return status;
}

/* A step between two numbers that follow each other in a row. */
typedef struct step {
    double size, middle;
} step;

static int compare_numbers(const void *a, const void *b, const void *user) {
    const double p = *(const double *)a;
    const double q = *(const double *)b;
    (void)user;
    return (p > q) - (p < q);
}

static int larger_first(const void *a, const void *b, const void *user) {
    const step *const p = a;
    const step *const q = b;
    (void)user;
    if (p->size != q->size) return p->size > q->size ? -1 : 1;
    return (p->middle > q->middle) - (p->middle < q->middle);
}

/* The longest stretch inside a polygon on a line of latitude that meets no vertex. */
static step longest_stretch(const hrmi_geometry *g, size_t part, double y, double *numbers) {
    step longest = {0.0, 0.0};
    size_t count = 0;
    for (size_t p = g->part_start[part]; p < g->part_start[part + 1]; p++)
        for (size_t i = g->path_start[p]; i + 1 < g->path_start[p + 1]; i++) {
            if ((g->y[i] < y) == (g->y[i + 1] < y)) continue;
            const double share = (y - g->y[i]) / (g->y[i + 1] - g->y[i]);
            numbers[count++] = g->x[i] + (g->x[i + 1] - g->x[i]) * share;
        }
    hrmi_sort(numbers, count, sizeof *numbers, compare_numbers, NULL);
    for (size_t i = 0; i + 1 < count; i += 2)
        if (numbers[i + 1] - numbers[i] > longest.size)
            longest = (step){numbers[i + 1] - numbers[i], numbers[i] + (numbers[i + 1] - numbers[i]) / 2.0};
    return longest;
}

/*
 * A place well inside a polygon; NaN where it has no inside. On lines of latitude halfway between vertices,
 * the widest steps first, the middle of the longest stretch inside; of some lines the one where step and
 * stretch are both long. (GEOSPointOnSurface() may give a place on an edge, where faces have spikes without
 * width: noding leaves such.)
 */
static hrm_status place_in(finder *f, size_t part, double *x, double *y) {
    const hrmi_geometry *const g = &f->pieces;
    const size_t first = g->path_start[g->part_start[part]];
    const size_t count = g->path_start[g->part_start[part + 1]] - first;
    double best = 0.0;
    *x = *y = (double)NAN;
    hrm_status status =
        hrmi_array_grow(f->geos.ctx, &f->numbers, &f->number_capacity, count, sizeof *f->numbers);
    if (status == HRM_OK)
        status = hrmi_array_grow(f->geos.ctx, &f->steps, &f->step_capacity, count, sizeof *f->steps);
    if (status != HRM_OK) return status;
    memcpy(f->numbers, g->y + first, count * sizeof *f->numbers);
    hrmi_sort(f->numbers, count, sizeof *f->numbers, compare_numbers, NULL);
    for (size_t i = 0; i + 1 < count; i++) {
        const double size = f->numbers[i + 1] - f->numbers[i];
        f->steps[i] = (step){size, f->numbers[i] + size / 2.0};
    }
    hrmi_sort(f->steps, count - 1, sizeof *f->steps, larger_first, NULL);
    for (size_t i = 0; i + 1 < count && i < MOST_LINES && f->steps[i].size > best; i++) {
        const step stretch = longest_stretch(g, part, f->steps[i].middle, f->numbers);
        const double room = stretch.size < f->steps[i].size ? stretch.size : f->steps[i].size;
        if (!(room > best)) continue;
        best = room;
        *x = stretch.middle;
        *y = f->steps[i].middle;
    }
    return HRM_OK;
}

/* The units that hold a place, behind the members that count. A place on a border lies in a face without
 * width, which no one will miss. */
static hrm_status find_members(finder *f, double x, double y, size_t *count) {
    const double box[4] = {x, y, x, y};
    hrmi_box_walk walk = hrmi_boxes_walk(&f->boxes, box);
    hrm_status status = HRM_OK;
    *count = 0;
    for (size_t u = hrmi_boxes_next(&walk); u != HRM_NONE && status == HRM_OK; u = hrmi_boxes_next(&walk)) {
        if (hrmi_tree_locate(f->tree, u, x, y) != HRMI_INSIDE) continue;
        status = hrmi_array_grow(f->geos.ctx, &f->out->members, &f->member_capacity,
                                 f->member_count + *count + 1, sizeof *f->out->members);
        if (status == HRM_OK) f->out->members[f->member_count + (*count)++] = u;
    }
    return status;
}

static hrm_status keep(finder *f, size_t part, hrmi_part_range **list, size_t *count, size_t *capacity) {
    const hrm_status status = hrmi_array_grow(f->geos.ctx, list, capacity, *count + 1, sizeof **list);
    if (status == HRM_OK) (*list)[(*count)++] = (hrmi_part_range){&f->pieces, part, part + 1};
    return status;
}

static hrm_status look_at_face(finder *f, const GEOSGeometry *face) {
    const hrmi_geometry_mark before = hrmi_geometry_here(&f->pieces);
    double x = 0.0;
    double y = 0.0;
    size_t count = 0;
    hrm_status status = hrmi_geos_take_polygons(&f->geos, face, &f->pieces);
    if (status == HRM_OK) status = place_in(f, before.parts, &x, &y);
    if (status == HRM_OK && !isnan(x)) status = find_members(f, x, y, &count);
    if (status != HRM_OK) return status;
    if (count == 1 || isnan(x)) {
        hrmi_geometry_cut(&f->pieces, before);
        return HRM_OK;
    }
    if (count == 0) return keep(f, before.parts, &f->gaps, &f->gap_count, &f->gap_capacity);
    status = keep(f, before.parts, &f->overlaps, &f->overlap_count, &f->overlap_capacity);
    if (status == HRM_OK)
        status = hrmi_array_grow(f->geos.ctx, &f->out->member_start, &f->start_capacity, f->overlap_count + 1,
                                 sizeof *f->out->member_start);
    if (status != HRM_OK) return status;
    f->member_count += count;
    f->out->member_start[f->overlap_count] = f->member_count;
    return HRM_OK;
}

static hrm_status look_at_faces(finder *f, const GEOSGeometry *faces) {
    const int count = GEOSGetNumGeometries_r(f->geos.handle, faces);
    hrm_status status = HRM_OK;
    for (int i = 0; i < count && status == HRM_OK; i++) {
        const GEOSGeometry *const face = GEOSGetGeometryN_r(f->geos.handle, faces, i);
        status = face != NULL ? look_at_face(f, face) : hrmi_geos_failed(&f->geos, "reading a face");
        if (status == HRM_OK && i % 1024 == 0)
            status = hrmi_progress(f->geos.ctx, 0.7 + 0.3 * (double)i / (double)count,
                                   "finding overlaps and gaps");
    }
    return status;
}

static hrm_status find_faces(finder *f) {
    GEOSGeometry *lines = NULL;
    GEOSGeometry *noded = NULL;
    GEOSGeometry *faces = NULL;
    hrm_status status = collect_lines(f, &lines);
    if (status != HRM_OK) goto done;
    noded = GEOSUnaryUnion_r(f->geos.handle, lines);
    status = noded == NULL ? hrmi_geos_failed(&f->geos, "noding outlines")
                           : hrmi_progress(f->geos.ctx, 0.4, "finding overlaps and gaps");
    if (status != HRM_OK) goto done;
    faces = GEOSPolygonize_r(f->geos.handle, (const GEOSGeometry *const[]){noded}, 1);
    status = faces == NULL ? hrmi_geos_failed(&f->geos, "making faces of outlines") : look_at_faces(f, faces);
done:
    hrmi_geos_destroy(&f->geos, faces);
    hrmi_geos_destroy(&f->geos, noded);
    hrmi_geos_destroy(&f->geos, lines);
    return status;
}

hrm_status hrmi_faces_find(hrm_context *ctx, const hrmi_shapes *shapes, const hrmi_tree *tree,
                           hrmi_faces *out) {
    finder f = {.shapes = shapes, .tree = tree, .out = out};
    memset(out, 0, sizeof *out);
    out->allocator = *hrmi_allocator(ctx);
    hrmi_geometry_init(&f.pieces, ctx);
    hrm_status status = hrmi_geos_enter(ctx, &f.geos);
    if (status == HRM_OK) status = hrmi_boxes_build(ctx, shapes->box, shapes->unit_count, &f.boxes);
    if (status == HRM_OK)
        status = hrmi_array_grow(ctx, &out->member_start, &f.start_capacity, 1, sizeof *out->member_start);
    if (status == HRM_OK) {
        out->member_start[0] = 0;
        status = find_faces(&f);
    }
    if (status == HRM_OK) status = hrmi_shapes_build(ctx, f.overlaps, f.overlap_count, &out->overlaps);
    if (status == HRM_OK) status = hrmi_shapes_build(ctx, f.gaps, f.gap_count, &out->gaps);
    if (status == HRM_OK) status = hrmi_progress(ctx, 1.0, "finding overlaps and gaps");
    hrmi_boxes_free(&f.boxes);
    hrmi_free(ctx, f.overlaps);
    hrmi_free(ctx, f.gaps);
    hrmi_free(ctx, f.numbers);
    hrmi_free(ctx, f.steps);
    hrmi_geometry_free(&f.pieces);
    hrmi_geos_leave(&f.geos);
    return status;
}

void hrmi_faces_free(hrmi_faces *faces) {
    hrmi_shapes_free(&faces->overlaps);
    hrmi_shapes_free(&faces->gaps);
    hrmi_release(&faces->allocator, faces->member_start);
    hrmi_release(&faces->allocator, faces->members);
    memset(faces, 0, sizeof *faces);
}
