/* Uniting polygons with GEOS. */
#include "geo/overlay.h"
#include "geo/geos.h"

hrm_status hrmi_polygons_unite(hrm_context *ctx, const hrmi_part_range *ranges, size_t count,
                               hrmi_geometry *made) {
    hrmi_geos geos = {0};
    hrmi_geos_list list = {0};
    GEOSGeometry *all = NULL;
    GEOSGeometry *united = NULL;
    hrm_status status = hrmi_geos_enter(ctx, &geos);
    for (size_t i = 0; i < count && status == HRM_OK; i++)
        status = hrmi_geos_add_range(&geos, &list, ranges[i]);
    if (status == HRM_OK) status = hrmi_geos_collect(&geos, &list, &all);
    if (status == HRM_OK) {
        united = GEOSUnaryUnion_r(geos.handle, all);
        status = united == NULL ? hrmi_geos_failed(&geos, "uniting polygons")
                                : hrmi_geos_take_polygons(&geos, united, made);
    }
    hrmi_geos_destroy(&geos, united);
    hrmi_geos_destroy(&geos, all);
    hrmi_geos_list_free(&geos, &list);
    hrmi_geos_leave(&geos);
    return status;
}

/* Whether two geometries have the same box: a union cannot be smaller or larger than its parts. */
static bool same_box(const hrmi_geos *geos, const GEOSGeometry *a, const GEOSGeometry *b) {
    double p[4] = {0.0, 0.0, 0.0, 0.0};
    double q[4] = {1.0, 1.0, 1.0, 1.0};
    return GEOSGeom_getXMin_r(geos->handle, a, &p[0]) == 1 &&
           GEOSGeom_getXMin_r(geos->handle, b, &q[0]) == 1 &&
           GEOSGeom_getYMin_r(geos->handle, a, &p[1]) == 1 &&
           GEOSGeom_getYMin_r(geos->handle, b, &q[1]) == 1 &&
           GEOSGeom_getXMax_r(geos->handle, a, &p[2]) == 1 &&
           GEOSGeom_getXMax_r(geos->handle, b, &q[2]) == 1 &&
           GEOSGeom_getYMax_r(geos->handle, a, &p[3]) == 1 &&
           GEOSGeom_getYMax_r(geos->handle, b, &q[3]) == 1 && memcmp(p, q, sizeof p) == 0;
}

static hrm_status unite_quickly(hrmi_geos *geos, const GEOSGeometry *all, hrmi_geometry *made) {
    GEOSGeometry *united = GEOSBuffer_r(geos->handle, all, 0.0, 8);
    if (united == NULL || !same_box(geos, all, united)) {
        hrmi_geos_destroy(geos, united);
        united = GEOSUnaryUnion_r(geos->handle, all);
    }
    if (united == NULL) return hrmi_geos_failed(geos, "uniting polygons");
    const hrm_status status = hrmi_geos_take_polygons(geos, united, made);
    hrmi_geos_destroy(geos, united);
    return status;
}

hrm_status hrmi_shapes_unite(hrm_context *ctx, const hrmi_shapes *shapes, const size_t *units, size_t count,
                             hrmi_shapes *out) {
    hrmi_geos geos = {0};
    hrmi_geos_list list = {0};
    hrmi_geometry made = {0};
    GEOSGeometry *all = NULL;
    memset(out, 0, sizeof *out);
    out->allocator = *hrmi_allocator(ctx);
    hrmi_geometry_init(&made, ctx);
    hrm_status status = hrmi_geos_enter(ctx, &geos);
    for (size_t i = 0; i < count && status == HRM_OK; i++)
        status = hrmi_geos_add_unit(&geos, &list, shapes, units != NULL ? units[i] : i);
    if (status == HRM_OK && list.count > 0) {
        status = hrmi_geos_collect(&geos, &list, &all);
        if (status == HRM_OK) status = unite_quickly(&geos, all, &made);
    }
    hrmi_geos_destroy(&geos, all);
    hrmi_geos_list_free(&geos, &list);
    hrmi_geos_leave(&geos);
    if (status == HRM_OK) {
        const hrmi_part_range range = {&made, 0, made.part_count};
        status = hrmi_shapes_build(ctx, &range, 1, out);
    }
    hrmi_geometry_free(&made);
    return status;
}
