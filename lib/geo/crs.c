/*
 * To WGS 84 with PROJ. PROJ's own context lives in ours (one per thread), never goes to the network, and
 * tells its messages to whoever is calling: they become part of our error, or go to the log. Axes are always
 * x east, y north, as GIS files store them, whatever the authority says.
 *
 * Datum shifts: PROJ picks the best operation for each place. Where it knows none at all between the two
 * datums it would silently take them as equal; we do that too, since a PROJ string may name no datum, but
 * say so in the log.
 */
#include <proj.h>
#include <stdio.h>

#include "base/buffer.h"
#include "geo/crs.h"

struct hrmi_crs {
    hrm_allocator allocator;
    PJ *operation; /* NULL: WGS 84 already */
    bool geocentric;
};

/* Where PROJ's messages go during one call: the last error, to be quoted. */
typedef struct messages {
    hrm_context *ctx;
    char last[512];
} messages;

static void take_message(void *user, int level, const char *message) {
    messages *const m = user;
    if (m == NULL) return; /* between calls */
    if (level <= PJ_LOG_ERROR) (void)snprintf(m->last, sizeof m->last, "%s", message);
    else hrmi_log(m->ctx, HRM_LOG_INFO, "PROJ: %s", message);
}

static void destroy_proj(void *thing) {
    (void)proj_context_destroy(thing);
}

/* Our context's PROJ context, made when first needed; its messages go to m until proj_leave(). */
static PJ_CONTEXT *proj_enter(hrm_context *ctx, messages *m) {
    PJ_CONTEXT *proj = hrmi_slot(ctx, HRMI_SLOT_PROJ);
    if (proj == NULL) {
        proj = proj_context_create();
        if (proj == NULL) {
            (void)hrmi_fail_memory(ctx);
            return NULL;
        }
        (void)proj_context_set_enable_network(proj, 0);
        hrmi_set_slot(ctx, HRMI_SLOT_PROJ, proj, destroy_proj);
    }
    m->ctx = ctx;
    m->last[0] = '\0';
    proj_log_func(proj, m, take_message);
    return proj;
}

static void proj_leave(PJ_CONTEXT *proj) {
    if (proj != NULL) proj_log_func(proj, NULL, take_message);
}

/* The usual ways to say WGS 84 degrees, known without asking PROJ's database. */
static bool says_wgs84(const char *definition) {
    static const char *const known[] = {"EPSG:4326", "OGC:CRS84", "urn:ogc:def:crs:EPSG::4326",
                                        "urn:ogc:def:crs:OGC:1.3:CRS84",
                                        "http://www.opengis.net/def/crs/OGC/1.3/CRS84"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const char *a = known[i];
        const char *b = definition;
        while (*a != '\0' && (*a | 0x20) == (*b | 0x20)) a++, b++; /* letters alone differ in that bit */
        if (*a == '\0' && *b == '\0') return true;
    }
    return false;
}

/* A PROJ string is a CRS only with +type=crs: added where it is not there. */
static PJ *create_crs(PJ_CONTEXT *proj, hrm_context *ctx, const char *definition, hrm_status *status) {
    hrmi_buffer text = {0};
    PJ *crs = NULL;
    const bool is_string = strpbrk(definition, "[{") == NULL &&
                           (strstr(definition, "proj=") != NULL || strstr(definition, "init=") != NULL);
    if (!is_string || strstr(definition, "type=crs") != NULL || strstr(definition, "pipeline") != NULL)
        return proj_create(proj, definition);
    hrmi_buffer_init(&text, ctx);
    *status = hrmi_buffer_text(ctx, &text, definition);
    if (*status == HRM_OK) *status = hrmi_buffer_text(ctx, &text, " +type=crs");
    if (*status == HRM_OK) crs = proj_create(proj, text.data);
    hrmi_buffer_free(&text);
    return crs;
}

static char next_letter(const char **at) {
    while (**at != '\0') {
        const char c = *(*at)++;
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80) return c;
        if (c >= 'A' && c <= 'Z') return (char)(c | 0x20);
    }
    return '\0';
}

/* Whether two names have the same letters and digits: "WGS84" and "WGS 84". */
static bool same_name(const char *a, const char *b) {
    for (;;) {
        const char x = next_letter(&a);
        if (x != next_letter(&b)) return false;
        if (x == '\0') return true;
    }
}

/* A definition that is a name is looked up by PROJ as a part of one, and the first that has it is taken
 * ("WGS" is WGS 72, "Pulkovo" that of 1995): only the whole name says which system is meant. */
static hrm_status check_meaning(hrm_context *ctx, const char *definition, const PJ *crs) {
    const char *const name = proj_get_name(crs);
    const PJ_TYPE type = proj_get_type(crs);
    if (type == PJ_TYPE_VERTICAL_CRS || type == PJ_TYPE_TEMPORAL_CRS || type == PJ_TYPE_ENGINEERING_CRS)
        return hrmi_fail(ctx, HRM_ERROR_CRS,
                         "\"%.200s\" is a system of heights, times or local places, not of places on the "
                         "earth: give one such as \"EPSG:4326\"",
                         definition);
    if (strpbrk(definition, ":[{=") != NULL || (name != NULL && same_name(definition, name))) return HRM_OK;
    return hrmi_fail(ctx, HRM_ERROR_CRS,
                     "\"%.200s\" is not the whole name of a coordinate reference system, \"%.200s\" is one: "
                     "give its code, such as \"EPSG:4326\"",
                     definition, name != NULL ? name : "");
}

/* The operation to WGS 84, x east and y north; preferably one that knows the datums. NULL on failure. */
static PJ *find_operation(PJ_CONTEXT *proj, hrm_context *ctx, PJ *source, PJ *target,
                          const char *definition) {
    static const char *const exact[] = {"ALLOW_BALLPARK=NO", NULL};
    PJ *found = proj_create_crs_to_crs_from_pj(proj, source, target, NULL, exact);
    if (found == NULL) {
        found = proj_create_crs_to_crs_from_pj(proj, source, target, NULL, NULL);
        if (found != NULL)
            hrmi_log(ctx, HRM_LOG_WARNING,
                     "%s: PROJ knows no way from its datum to WGS 84 and takes them as equal; places may be "
                     "some hundred metres off",
                     definition);
    }
    if (found == NULL) return NULL;
    PJ *const normalized = proj_normalize_for_visualization(proj, found);
    (void)proj_destroy(found);
    return normalized;
}

static hrm_status open_with(PJ_CONTEXT *proj, messages *m, const char *definition, hrmi_crs *crs) {
    hrm_context *const ctx = m->ctx;
    hrm_status status = HRM_OK;
    PJ *target = NULL;
    PJ *source = create_crs(proj, ctx, definition, &status);
    if (status != HRM_OK) goto done;
    if (source == NULL || !proj_is_crs(source)) {
        status = hrmi_fail(ctx, HRM_ERROR_CRS,
                           "\"%.200s\" is no coordinate reference system that PROJ knows (%s): give one such "
                           "as \"EPSG:4326\"",
                           definition, m->last[0] != '\0' ? m->last : "it is something else");
        goto done;
    }
    status = check_meaning(ctx, definition, source);
    if (status != HRM_OK) goto done;
    target = proj_create(proj, "OGC:CRS84");
    if (target == NULL) {
        status =
            hrmi_fail(ctx, HRM_ERROR_CRS,
                      "PROJ does not find its database (proj.db): %s; set PROJ_LIB to its folder", m->last);
        goto done;
    }
    crs->geocentric = proj_get_type(source) == PJ_TYPE_GEOCENTRIC_CRS;
    if (proj_is_equivalent_to_with_ctx(proj, source, target, PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS))
        goto done;
    crs->operation = find_operation(proj, ctx, source, target, definition);
    if (crs->operation == NULL)
        status =
            hrmi_fail(ctx, HRM_ERROR_CRS, "no way from \"%.200s\" to WGS 84 (PROJ: %s)", definition, m->last);
done:
    (void)proj_destroy(source);
    (void)proj_destroy(target);
    return status;
}

hrm_status hrmi_crs_open(hrm_context *ctx, const char *definition, hrmi_crs **out) {
    messages m;
    PJ_CONTEXT *proj = NULL;
    hrm_status status = HRM_OK;
    hrmi_crs *crs = NULL;
    *out = NULL;
    crs = hrmi_array_new(ctx, 1, sizeof *crs);
    if (crs == NULL) return HRM_ERROR_MEMORY;
    crs->allocator = *hrmi_allocator(ctx);
    if (!says_wgs84(definition)) {
        proj = proj_enter(ctx, &m);
        status = proj == NULL ? HRM_ERROR_MEMORY : open_with(proj, &m, definition, crs);
        proj_leave(proj);
    }
    if (status == HRM_OK) {
        *out = crs;
        crs = NULL;
    }
    hrmi_crs_free(crs);
    return status;
}

void hrmi_crs_free(hrmi_crs *crs) {
    if (crs == NULL) return;
    (void)proj_destroy(crs->operation);
    hrmi_release(&crs->allocator, crs);
}

bool hrmi_crs_is_wgs84(const hrmi_crs *crs) {
    return crs->operation == NULL;
}

/* Degrees that can be: others become NaN. Longitudes come into −180 … 180. True where the point is good. */
static bool settle(double *x, double *y) {
    if (!(fabs(*x) <= 540.0 && fabs(*y) <= 90.0)) { /* NaN and PROJ's infinity too */
        *x = *y = NAN;
        return false;
    }
    if (*x > 180.0) *x -= 360.0;
    if (*x < -180.0) *x += 360.0;
    return true;
}

/* Whether there is a third coordinate: zeros alone are what stands in for a missing one. */
static bool has_height(size_t count, const double *z) {
    for (size_t i = 0; z != NULL && i < count; i++)
        if (z[i] != 0.0) return true;
    return count == 0;
}

hrm_status hrmi_crs_to_wgs84(hrm_context *ctx, const hrmi_crs *crs, size_t count, double *x, double *y,
                             double *z, size_t *failed) {
    *failed = 0;
    if (crs->geocentric && !has_height(count, z))
        return hrmi_fail(ctx, HRM_ERROR_CRS,
                         "a geocentric reference system needs three coordinates, and there are two: give "
                         "the system of the longitudes and latitudes (EPSG:5561 for Ukraine 2000)");
    if (crs->operation != NULL && count > 0) {
        messages m;
        PJ_CONTEXT *const proj = proj_enter(ctx, &m);
        if (proj == NULL) return HRM_ERROR_MEMORY;
        (void)proj_errno_reset(crs->operation);
        (void)proj_trans_generic(crs->operation, PJ_FWD, x, sizeof *x, count, y, sizeof *y, count, z,
                                 sizeof *z, z == NULL ? 0 : count, NULL, 0, 0);
        proj_leave(proj);
    }
    for (size_t i = 0; i < count; i++)
        if (!settle(&x[i], &y[i])) (*failed)++;
    return HRM_OK;
}
