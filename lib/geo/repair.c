/*
 * Validity and repair. Rings that are open are closed and rings without an inside are dropped here, since
 * GEOS does not take them at all; the rest is GEOS's GEOSMakeValidWithParams() with the structure method: it
 * takes rings for what they are meant to be (outlines and holes), where the older linework method makes holes
 * of what is covered twice.
 */
#include <stdio.h>

#include "geo/geos.h"
#include "geo/overlay.h"

static size_t path_size(const hrmi_geometry *g, size_t path) {
    return g->path_start[path + 1] - g->path_start[path];
}

static bool is_closed(const hrmi_geometry *g, size_t path) {
    const size_t first = g->path_start[path];
    const size_t last = g->path_start[path + 1] - 1;
    return g->x[first] == g->x[last] && g->y[first] == g->y[last];
}

/* How many vertices a ring has once it is closed. */
static size_t closed_size(const hrmi_geometry *g, size_t path) {
    return path_size(g, path) + (is_closed(g, path) ? 0 : 1);
}

/* Whether GEOS takes all rings as they are; if not, why. */
static bool rings_are_sound(hrmi_part_range range, char why[HRMI_WHY_SIZE]) {
    const hrmi_geometry *const g = range.geometry;
    const char *wrong = NULL;
    for (size_t q = range.first; q < range.end && wrong == NULL; q++) {
        if (g->part_kind[q] != HRMI_POLYGON) continue;
        for (size_t p = g->part_start[q]; p < g->part_start[q + 1]; p++) {
            if (!is_closed(g, p)) wrong = "a ring was not closed";
            if (closed_size(g, p) < 4) wrong = "a ring had fewer than four points";
        }
    }
    if (wrong != NULL) (void)snprintf(why, HRMI_WHY_SIZE, "%s", wrong);
    return wrong == NULL;
}

/* Copies a ring and closes it. */
static hrm_status copy_closed(hrm_context *ctx, const hrmi_geometry *from, size_t path, hrmi_geometry *to) {
    const size_t n = path_size(from, path);
    const size_t m = closed_size(from, path);
    const size_t first = from->path_start[path];
    const size_t at = to->vertex_count;
    hrm_status status = hrmi_geometry_add_path(ctx, to);
    if (status == HRM_OK) status = hrmi_geometry_add_vertices(ctx, to, m);
    if (status != HRM_OK) return status;
    for (size_t i = 0; i < m; i++) {
        to->x[at + i] = from->x[first + i % n];
        to->y[at + i] = from->y[first + i % n];
        to->z[at + i] = 0.0;
    }
    return HRM_OK;
}

/* Copies the polygons with all rings closed and those of fewer than four points left out. */
static hrm_status mend_rings(hrm_context *ctx, hrmi_part_range range, hrmi_geometry *to) {
    const hrmi_geometry *const g = range.geometry;
    hrm_status status = HRM_OK;
    for (size_t q = range.first; q < range.end; q++) {
        if (g->part_kind[q] != HRMI_POLYGON) continue;
        for (size_t p = g->part_start[q]; p < g->part_start[q + 1]; p++) {
            const bool outline = p == g->part_start[q];
            const bool usable = closed_size(g, p) >= 4;
            if (!usable && outline) break; /* its holes are holes in nothing */
            if (!usable) continue;
            if (outline) status = hrmi_geometry_add_part(ctx, to, HRMI_POLYGON);
            if (status == HRM_OK) status = copy_closed(ctx, g, p, to);
            if (status != HRM_OK) return status;
        }
    }
    return HRM_OK;
}

static hrm_status make_valid(hrmi_geos *geos, const GEOSGeometry *from, hrmi_geometry *made) {
    hrm_status status = HRM_OK;
    GEOSGeometry *valid = NULL;
    GEOSMakeValidParams *const params = GEOSMakeValidParams_create_r(geos->handle);
    if (params == NULL) return hrmi_geos_failed(geos, "repairing a polygon");
    if (GEOSMakeValidParams_setMethod_r(geos->handle, params, GEOS_MAKE_VALID_STRUCTURE) == 1 &&
        GEOSMakeValidParams_setKeepCollapsed_r(geos->handle, params, 0) == 1)
        valid = GEOSMakeValidWithParams_r(geos->handle, from, params);
    status = valid == NULL ? hrmi_geos_failed(geos, "repairing a polygon")
                           : hrmi_geos_take_polygons(geos, valid, made);
    hrmi_geos_destroy(geos, valid);
    GEOSMakeValidParams_destroy_r(geos->handle, params);
    return status;
}

/* Sets *valid; if not, asks for the reason unless there is one already. (GEOSisValid() would also tell it to
 * the log, where it is without the feature's name.) */
static hrm_status check(hrmi_geos *geos, const GEOSGeometry *geometry, bool *valid, char why[HRMI_WHY_SIZE]) {
    const char answer = GEOSisValidDetail_r(geos->handle, geometry, 0, NULL, NULL);
    if (answer == 2) return hrmi_geos_failed(geos, "checking a polygon");
    *valid = answer == 1;
    if (*valid || why[0] != '\0') return HRM_OK;
    char *const reason = GEOSisValidReason_r(geos->handle, geometry);
    (void)snprintf(why, HRMI_WHY_SIZE, "%s", reason != NULL ? reason : "invalid");
    if (reason != NULL) GEOSFree_r(geos->handle, reason);
    return HRM_OK;
}

hrm_status hrmi_polygons_repair(hrm_context *ctx, hrmi_part_range range, hrmi_geometry *made, bool *changed,
                                char why[HRMI_WHY_SIZE]) {
    hrmi_geos geos = {0};
    hrmi_geos_list list = {0};
    hrmi_geometry mended = {0};
    GEOSGeometry *geometry = NULL;
    bool valid = true;
    hrm_status status = HRM_OK;
    why[0] = '\0';
    *changed = false;
    hrmi_geometry_init(&mended, ctx);
    status = hrmi_geos_enter(ctx, &geos);
    if (status != HRM_OK) goto done;
    if (!rings_are_sound(range, why)) {
        *changed = true;
        status = mend_rings(ctx, range, &mended);
        if (status != HRM_OK) goto done;
        range = (hrmi_part_range){&mended, 0, mended.part_count};
    }
    status = hrmi_geos_add_range(&geos, &list, range);
    if (status != HRM_OK) goto done;
    status = hrmi_geos_collect(&geos, &list, &geometry);
    if (status != HRM_OK) goto done;
    status = check(&geos, geometry, &valid, why);
    if (status != HRM_OK) goto done;
    if (!valid) *changed = true;
    if (!valid) status = make_valid(&geos, geometry, made);
    else if (*changed) status = hrmi_geos_take_polygons(&geos, geometry, made);
done:
    hrmi_geos_destroy(&geos, geometry);
    hrmi_geos_list_free(&geos, &list);
    hrmi_geos_leave(&geos);
    hrmi_geometry_free(&mended);
    return status;
}
