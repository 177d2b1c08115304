/*
 * How well units fit together: what neighbours have in common, and what lies between them.
 *
 * Pairs whose boxes meet are found by a sweep from west to east. Whether they touch is asked of a prepared
 * geometry; the common area is that of their intersection. Gaps are the interior rings of the union of all
 * units: what is enclosed and covered by none. What the sea or the world outside can reach is no gap, however
 * narrow; a lake or a foreign enclave that no unit covers is one, as is a unit whose boundary is missing.
 * Where a part of the union lies inside such a ring (a unit in the middle of a gap, touching nothing), it is
 * not part of the gap's area.
 */
#include "base/sort.h"
#include "geo/geodesic.h"
#include "geo/geos.h"
#include "geo/overlay.h"

typedef struct fitter {
    hrmi_geos geos;
    const hrmi_shapes *shapes;
    size_t *order; /* units with a boundary, from west to east */
    size_t count;
    size_t *active;                        /* of those, the ones that the sweep's line still crosses */
    GEOSGeometry **geometry;               /* per unit; NULL without a boundary */
    const GEOSPreparedGeometry **prepared; /* per unit, made when first asked */
    hrmi_geometry scratch;
    hrmi_fit fit;
} fitter;

/* What a ring encloses, whatever way it turns. */
static double ring_area(const hrmi_geometry *g, size_t path) {
    const size_t first = g->path_start[path];
    return fabs(hrmi_ring_area_m2(g->x + first, g->y + first, g->path_start[path + 1] - first));
}

/* The area of polygons as GEOS gives them. */
static double area_of(const hrmi_geometry *g) {
    double sum = 0.0;
    for (size_t q = 0; q < g->part_count; q++)
        for (size_t p = g->part_start[q]; p < g->part_start[q + 1]; p++)
            sum += p == g->part_start[q] ? ring_area(g, p) : -ring_area(g, p);
    return sum;
}

static hrm_status area_of_result(fitter *f, GEOSGeometry *result, const char *doing, double *area) {
    if (result == NULL) return hrmi_geos_failed(&f->geos, doing);
    hrmi_geometry_clear(&f->scratch);
    const hrm_status status = hrmi_geos_take_polygons(&f->geos, result, &f->scratch);
    if (status == HRM_OK) *area = area_of(&f->scratch);
    return status;
}

/* ---- pairs ---- */

static hrm_status look_at_pair(fitter *f, size_t a, size_t b) {
    const GEOSContextHandle_t handle = f->geos.handle;
    double area = 0.0;
    if (f->prepared[a] == NULL) f->prepared[a] = GEOSPrepare_r(handle, f->geometry[a]);
    if (f->prepared[a] == NULL) return hrmi_geos_failed(&f->geos, "preparing a boundary");
    const char answer = GEOSPreparedIntersects_r(handle, f->prepared[a], f->geometry[b]);
    if (answer == 2) return hrmi_geos_failed(&f->geos, "comparing two boundaries");
    if (answer == 0) return HRM_OK;
    f->fit.touching_pairs++;
    GEOSGeometry *const common = GEOSIntersection_r(handle, f->geometry[a], f->geometry[b]);
    const hrm_status status = area_of_result(f, common, "intersecting two boundaries", &area);
    hrmi_geos_destroy(&f->geos, common);
    if (status == HRM_OK && area > 0.0) {
        f->fit.overlap_pairs++;
        f->fit.overlap_area_m2 += area;
    }
    return status;
}

static bool boxes_meet(const double *a, const double *b) {
    return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

static hrm_status look_at_pairs(fitter *f) {
    const double *const box = f->shapes->box;
    size_t active = 0;
    for (size_t i = 0; i < f->count; i++) {
        const size_t unit = f->order[i];
        size_t kept = 0;
        for (size_t k = 0; k < active; k++)
            if (box[4 * f->active[k] + 2] >= box[4 * unit]) f->active[kept++] = f->active[k];
        active = kept;
        for (size_t k = 0; k < active; k++) {
            if (!boxes_meet(box + 4 * f->active[k], box + 4 * unit)) continue;
            const hrm_status status = look_at_pair(f, f->active[k], unit);
            if (status != HRM_OK) return status;
        }
        f->active[active++] = unit;
        if (i % 64 == 0) {
            const hrm_status status =
                hrmi_progress(f->geos.ctx, 0.5 * (double)i / (double)f->count, "comparing neighbours");
            if (status != HRM_OK) return status;
        }
    }
    return HRM_OK;
}

/* ---- gaps ---- */

/* All units in one multipolygon, or NULL where there is nothing. */
static hrm_status collect_all(fitter *f, GEOSGeometry **out) {
    hrmi_geos_list list = {0};
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < f->count && status == HRM_OK; i++)
        status = hrmi_geos_add_unit(&f->geos, &list, f->shapes, f->order[i]);
    if (status == HRM_OK && list.count > 0) status = hrmi_geos_collect(&f->geos, &list, out);
    hrmi_geos_list_free(&f->geos, &list);
    return status;
}

/* The area inside the outlines of polygons, holes or not. */
static hrm_status area_inside(fitter *f, const hrmi_geometry *polygons, double *area) {
    hrmi_geos_list list = {0};
    hrmi_geometry outlines = {0};
    GEOSGeometry *all = NULL;
    GEOSGeometry *filled = NULL;
    hrm_status status = HRM_OK;
    hrmi_geometry_init(&outlines, f->geos.ctx);
    for (size_t q = 0; q < polygons->part_count && status == HRM_OK; q++)
        status =
            hrmi_geometry_copy_path(f->geos.ctx, polygons, polygons->part_start[q], HRMI_POLYGON, &outlines);
    if (status == HRM_OK)
        status = hrmi_geos_add_range(&f->geos, &list, (hrmi_part_range){&outlines, 0, outlines.part_count});
    if (status == HRM_OK) status = hrmi_geos_collect(&f->geos, &list, &all);
    if (status == HRM_OK) {
        filled = GEOSUnaryUnion_r(f->geos.handle, all);
        status = area_of_result(f, filled, "uniting outlines", area);
    }
    hrmi_geos_destroy(&f->geos, filled);
    hrmi_geos_destroy(&f->geos, all);
    hrmi_geos_list_free(&f->geos, &list);
    hrmi_geometry_free(&outlines);
    return status;
}

static hrm_status look_at_gaps(fitter *f) {
    hrmi_geometry united = {0};
    GEOSGeometry *all = NULL;
    GEOSGeometry *together = NULL;
    double inside = 0.0;
    hrm_status status = collect_all(f, &all);
    hrmi_geometry_init(&united, f->geos.ctx);
    if (status != HRM_OK || all == NULL) goto done;
    together = GEOSUnaryUnion_r(f->geos.handle, all);
    status = together == NULL ? hrmi_geos_failed(&f->geos, "uniting all boundaries")
                              : hrmi_geos_take_polygons(&f->geos, together, &united);
    if (status != HRM_OK) goto done;
    f->fit.gap_count = united.path_count - united.part_count; /* all rings but the outlines */
    if (f->fit.gap_count == 0) goto done;
    status = area_inside(f, &united, &inside);
    if (status == HRM_OK) f->fit.uncovered_area_m2 = inside - area_of(&united);
    for (size_t q = 0; q < united.part_count; q++)
        for (size_t p = united.part_start[q] + 1; p < united.part_start[q + 1]; p++)
            f->fit.gap_area_m2 += ring_area(&united, p);
done:
    hrmi_geos_destroy(&f->geos, together);
    hrmi_geos_destroy(&f->geos, all);
    hrmi_geometry_free(&united);
    return status;
}

/* ---- all together ---- */

typedef struct start {
    double west;
    size_t unit;
} start;

static int compare_starts(const void *a, const void *b, const void *user) {
    (void)user;
    const start *const p = a;
    const start *const q = b;
    if (p->west != q->west) return p->west < q->west ? -1 : 1;
    return (p->unit > q->unit) - (p->unit < q->unit);
}

static hrm_status sort_from_west(fitter *f) {
    const hrmi_shapes *const s = f->shapes;
    start *const starts = hrmi_array_new(f->geos.ctx, s->unit_count, sizeof *starts);
    if (starts == NULL) return HRM_ERROR_MEMORY;
    for (size_t u = 0; u < s->unit_count; u++)
        if (s->unit_start[u] < s->unit_start[u + 1]) starts[f->count++] = (start){s->box[4 * u], u};
    hrmi_sort(starts, f->count, sizeof *starts, compare_starts, NULL);
    for (size_t i = 0; i < f->count; i++) f->order[i] = starts[i].unit;
    hrmi_free(f->geos.ctx, starts);
    return HRM_OK;
}

static hrm_status prepare(fitter *f) {
    hrm_context *const ctx = f->geos.ctx;
    const size_t n = f->shapes->unit_count;
    hrmi_geos_list list = {0};
    f->order = hrmi_array_new(ctx, n, sizeof *f->order);
    if (f->order == NULL) return HRM_ERROR_MEMORY;
    f->active = hrmi_array_new(ctx, n, sizeof *f->active);
    if (f->active == NULL) return HRM_ERROR_MEMORY;
    f->geometry = hrmi_array_new(ctx, n, sizeof(GEOSGeometry *));
    if (f->geometry == NULL) return HRM_ERROR_MEMORY;
    f->prepared = hrmi_array_new(ctx, n, sizeof(const GEOSPreparedGeometry *));
    if (f->prepared == NULL) return HRM_ERROR_MEMORY;
    hrm_status status = sort_from_west(f);
    for (size_t i = 0; i < f->count && status == HRM_OK; i++) {
        status = hrmi_geos_add_unit(&f->geos, &list, f->shapes, f->order[i]);
        if (status == HRM_OK) status = hrmi_geos_collect(&f->geos, &list, &f->geometry[f->order[i]]);
    }
    hrmi_geos_list_free(&f->geos, &list);
    return status;
}

static void free_all(fitter *f) {
    for (size_t i = 0; i < f->count && f->geometry != NULL; i++) {
        const size_t u = f->order[i];
        if (f->prepared != NULL && f->prepared[u] != NULL)
            GEOSPreparedGeom_destroy_r(f->geos.handle, f->prepared[u]);
        hrmi_geos_destroy(&f->geos, f->geometry[u]);
    }
    hrmi_free(f->geos.ctx, f->order);
    hrmi_free(f->geos.ctx, f->active);
    hrmi_free(f->geos.ctx, f->geometry);
    hrmi_free(f->geos.ctx, (void *)f->prepared);
    hrmi_geometry_free(&f->scratch);
}

hrm_status hrmi_shapes_fit(hrm_context *ctx, const hrmi_shapes *shapes, hrmi_fit *out) {
    fitter f = {.shapes = shapes};
    hrmi_geometry_init(&f.scratch, ctx);
    hrm_status status = hrmi_geos_enter(ctx, &f.geos);
    if (status == HRM_OK) status = prepare(&f);
    if (status == HRM_OK) status = look_at_pairs(&f);
    if (status == HRM_OK) status = look_at_gaps(&f);
    if (status == HRM_OK) status = hrmi_progress(ctx, 1.0, "uniting all boundaries");
    if (status == HRM_OK) *out = f.fit;
    free_all(&f);
    hrmi_geos_leave(&f.geos);
    return status;
}
