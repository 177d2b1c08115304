/* The one place that speaks with GEOS about handles, messages and coordinates. */
#include <stdio.h>

#include "geo/geos.h"

static void take_error(const char *message, void *user) {
    hrmi_geos *const geos = user;
    if (geos != NULL) (void)snprintf(geos->last, sizeof geos->last, "%s", message);
}

static void take_notice(const char *message, void *user) {
    hrmi_geos *const geos = user;
    if (geos != NULL) hrmi_log(geos->ctx, HRM_LOG_INFO, "GEOS: %s", message);
}

static void destroy_handle(void *thing) {
    GEOS_finish_r(thing);
}

hrm_status hrmi_geos_enter(hrm_context *ctx, hrmi_geos *geos) {
    geos->ctx = ctx;
    geos->last[0] = '\0';
    geos->handle = hrmi_slot(ctx, HRMI_SLOT_GEOS);
    if (geos->handle == NULL) {
        geos->handle = GEOS_init_r();
        if (geos->handle == NULL) return hrmi_fail_memory(ctx);
        hrmi_set_slot(ctx, HRMI_SLOT_GEOS, geos->handle, destroy_handle);
    }
    (void)GEOSContext_setErrorMessageHandler_r(geos->handle, take_error, geos);
    (void)GEOSContext_setNoticeMessageHandler_r(geos->handle, take_notice, geos);
    return HRM_OK;
}

void hrmi_geos_leave(hrmi_geos *geos) {
    if (geos->handle == NULL) return;
    (void)GEOSContext_setErrorMessageHandler_r(geos->handle, take_error, NULL);
    (void)GEOSContext_setNoticeMessageHandler_r(geos->handle, take_notice, NULL);
}

hrm_status hrmi_geos_failed(hrmi_geos *geos, const char *doing) {
    if (strstr(geos->last, "bad_alloc") != NULL) return hrmi_fail_memory(geos->ctx);
    return hrmi_fail(geos->ctx, HRM_ERROR_GEOMETRY, "%s failed (GEOS: %s)", doing,
                     geos->last[0] != '\0' ? geos->last : "no reason given");
}

void hrmi_geos_destroy(hrmi_geos *geos, GEOSGeometry *geometry) {
    if (geometry != NULL) GEOSGeom_destroy_r(geos->handle, geometry);
}

static GEOSGeometry *ring_of(hrmi_geos *geos, const double *x, const double *y, size_t n) {
    if (n > UINT32_MAX / 2) return NULL;
    GEOSCoordSequence *const sequence =
        GEOSCoordSeq_copyFromArrays_r(geos->handle, x, y, NULL, NULL, (unsigned)n);
    return sequence == NULL ? NULL : GEOSGeom_createLinearRing_r(geos->handle, sequence); /* takes it */
}

void hrmi_geos_list_free(hrmi_geos *geos, hrmi_geos_list *list) {
    for (size_t i = 0; i < list->count; i++) hrmi_geos_destroy(geos, list->items[i]);
    hrmi_free(geos->ctx, list->items);
    *list = (hrmi_geos_list){0};
}

/* Adds the polygon of rings start[0], start[1] … start[count]. */
static hrm_status add_polygon(hrmi_geos *geos, hrmi_geos_list *list, const double *x, const double *y,
                              const size_t *start, size_t count) {
    hrm_status status =
        hrmi_array_grow(geos->ctx, &list->items, &list->capacity, list->count + 1, sizeof(GEOSGeometry *));
    size_t made = 0;
    GEOSGeometry **rings = NULL;
    if (status != HRM_OK) return status;
    rings = hrmi_array_new(geos->ctx, count, sizeof(GEOSGeometry *));
    if (rings == NULL) return HRM_ERROR_MEMORY;
    for (; made < count; made++) {
        rings[made] = ring_of(geos, x + start[made], y + start[made], start[made + 1] - start[made]);
        if (rings[made] == NULL) {
            status = hrmi_geos_failed(geos, "making a ring");
            goto done;
        }
    }
    made = 0; /* the polygon takes the rings, also when it fails */
    list->items[list->count] =
        GEOSGeom_createPolygon_r(geos->handle, rings[0], rings + 1, (unsigned)(count - 1));
    if (list->items[list->count] == NULL) status = hrmi_geos_failed(geos, "making a polygon");
    else list->count++;
done:
    for (size_t i = 0; i < made; i++) hrmi_geos_destroy(geos, rings[i]);
    hrmi_free(geos->ctx, rings);
    return status;
}

hrm_status hrmi_geos_add_range(hrmi_geos *geos, hrmi_geos_list *list, hrmi_part_range range) {
    const hrmi_geometry *const g = range.geometry;
    hrm_status status = HRM_OK;
    for (size_t q = range.first; q < range.end && status == HRM_OK; q++)
        if (g->part_kind[q] == HRMI_POLYGON)
            status = add_polygon(geos, list, g->x, g->y, g->path_start + g->part_start[q],
                                 g->part_start[q + 1] - g->part_start[q]);
    return status;
}

hrm_status hrmi_geos_add_unit(hrmi_geos *geos, hrmi_geos_list *list, const hrmi_shapes *s, size_t unit) {
    hrm_status status = HRM_OK;
    for (size_t q = s->unit_start[unit]; q < s->unit_start[unit + 1] && status == HRM_OK; q++)
        status = add_polygon(geos, list, s->x, s->y, s->ring_start + s->part_start[q],
                             s->part_start[q + 1] - s->part_start[q]);
    return status;
}

hrm_status hrmi_geos_collect(hrmi_geos *geos, hrmi_geos_list *list, GEOSGeometry **out) {
    const size_t count = list->count;
    list->count = 0; /* the collection takes them, also when it fails */
    *out = GEOSGeom_createCollection_r(geos->handle, GEOS_MULTIPOLYGON, list->items, (unsigned)count);
    return *out != NULL ? HRM_OK : hrmi_geos_failed(geos, "making a multipolygon");
}

static hrm_status take_ring(hrmi_geos *geos, const GEOSGeometry *ring, hrmi_geometry *to) {
    unsigned n = 0;
    const GEOSCoordSequence *const sequence = GEOSGeom_getCoordSeq_r(geos->handle, ring);
    if (sequence == NULL || GEOSCoordSeq_getSize_r(geos->handle, sequence, &n) == 0)
        return hrmi_geos_failed(geos, "reading a ring");
    hrm_status status = hrmi_geometry_add_path(geos->ctx, to);
    const size_t first = to->vertex_count;
    if (status == HRM_OK) status = hrmi_geometry_add_vertices(geos->ctx, to, n);
    if (status != HRM_OK) return status;
    if (GEOSCoordSeq_copyToArrays_r(geos->handle, sequence, to->x + first, to->y + first, NULL, NULL) == 0)
        return hrmi_geos_failed(geos, "reading a ring");
    for (size_t i = first; i < to->vertex_count; i++) to->z[i] = 0.0;
    return HRM_OK;
}

static hrm_status take_polygon(hrmi_geos *geos, const GEOSGeometry *from, hrmi_geometry *to) {
    const int holes = GEOSGetNumInteriorRings_r(geos->handle, from);
    const GEOSGeometry *const outline = GEOSGetExteriorRing_r(geos->handle, from);
    if (holes < 0 || outline == NULL) return hrmi_geos_failed(geos, "reading a polygon");
    hrm_status status = hrmi_geometry_add_part(geos->ctx, to, HRMI_POLYGON);
    if (status == HRM_OK) status = take_ring(geos, outline, to);
    for (int i = 0; i < holes && status == HRM_OK; i++) {
        const GEOSGeometry *const hole = GEOSGetInteriorRingN_r(geos->handle, from, i);
        status = hole == NULL ? hrmi_geos_failed(geos, "reading a hole") : take_ring(geos, hole, to);
    }
    return status;
}

/* What one member of a result holds: a polygon, or a collection of them. */
static hrm_status take_member(hrmi_geos *geos, const GEOSGeometry *from, hrmi_geometry *to) {
    hrm_status status = HRM_OK;
    const int type = GEOSGeomTypeId_r(geos->handle, from);
    if (type == GEOS_POLYGON)
        return GEOSisEmpty_r(geos->handle, from) == 0 ? take_polygon(geos, from, to) : HRM_OK;
    if (type != GEOS_MULTIPOLYGON) return HRM_OK;
    const int count = GEOSGetNumGeometries_r(geos->handle, from);
    for (int i = 0; i < count && status == HRM_OK; i++) {
        const GEOSGeometry *const polygon = GEOSGetGeometryN_r(geos->handle, from, i);
        status = polygon == NULL ? hrmi_geos_failed(geos, "reading a multipolygon")
                                 : take_polygon(geos, polygon, to);
    }
    return status;
}

hrm_status hrmi_geos_take_polygons(hrmi_geos *geos, const GEOSGeometry *from, hrmi_geometry *to) {
    hrm_status status = HRM_OK;
    if (GEOSGeomTypeId_r(geos->handle, from) != GEOS_GEOMETRYCOLLECTION) return take_member(geos, from, to);
    const int count = GEOSGetNumGeometries_r(geos->handle, from);
    for (int i = 0; i < count && status == HRM_OK; i++) {
        const GEOSGeometry *const member = GEOSGetGeometryN_r(geos->handle, from, i);
        status =
            member == NULL ? hrmi_geos_failed(geos, "reading a collection") : take_member(geos, member, to);
    }
    return status;
}
