/*
 * Walking over features. GDAL's failures while it reads are failures of ours: a file that is cut off must not
 * pass for a smaller one.
 */
#include <inttypes.h>
#include <stdio.h>

#include "io/features.h"

#define MOST_FEATURES  50000000
#define MOST_WKB_BYTES ((size_t)4 << 30)

void hrmi_features_begin(hrmi_features *features, hrmi_opened *opened) {
    memset(features, 0, sizeof *features);
    features->opened = opened;
    features->expected = -1;
    if (opened->first != NULL) return; /* a statement that has just been run */
    if (!opened->is_result) features->expected = OGR_L_GetFeatureCount(opened->layer, FALSE);
    OGR_L_ResetReading(opened->layer);
}

void hrmi_features_end(hrmi_features *features) {
    if (features->feature != NULL) OGR_F_Destroy(features->feature);
    features->feature = NULL;
}

static double share_read(const hrmi_features *f) {
    const double n = (double)f->count;
    if (f->expected > 0) return n < (double)f->expected ? n / (double)f->expected : 1.0;
    return n / (n + 10000.0); /* how many there are is not known: nearer and nearer to the end */
}

hrm_status hrmi_features_next(hrm_context *ctx, hrmi_features *features) {
    hrmi_opened *const o = features->opened;
    hrmi_features_end(features);
    if (features->count % 1024 == 0) {
        const hrm_status status = hrmi_progress(ctx, share_read(features), "reading features");
        if (status != HRM_OK) return status;
    }
    hrmi_gdal_clear(&o->gdal);
    features->feature = o->first != NULL ? o->first : OGR_L_GetNextFeature(o->layer);
    o->first = NULL;
    if (o->gdal.message[0] != '\0') {
        hrmi_features_end(features);
        if (features->count == 0 && o->source.where != NULL) /* databases look at the filter only now */
            return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%s: the filter \"%s\" cannot be used: %s",
                             o->source.path, o->source.where, o->gdal.message);
        return hrmi_fail(ctx, HRM_ERROR_FORMAT, "%s: reading fails after %zu features; is the file whole? %s",
                         o->source.path, features->count, o->gdal.message);
    }
    if (features->feature == NULL) return HRM_OK;
    if (features->count == MOST_FEATURES) {
        hrmi_features_end(features);
        return hrmi_fail(ctx, HRM_ERROR_LIMIT,
                         "%s: more than %d features; split the file, or filter with where", o->source.path,
                         MOST_FEATURES);
    }
    features->count++;
    return HRM_OK;
}

/* The geometry, owned by the feature or, where *own is set, by the caller. */
static OGRGeometryH linear_geometry(OGRFeatureH feature, bool *own) {
    OGRGeometryH const geometry = OGR_F_GetGeometryRef(feature);
    *own = false;
    if (geometry == NULL || OGR_G_IsEmpty(geometry)) return NULL;
    if (!OGR_G_HasCurveGeometry(geometry, TRUE)) return geometry;
    *own = true;
    return OGR_G_GetLinearGeometry(geometry, 0, NULL);
}

hrm_status hrmi_features_wkb(hrm_context *ctx, hrmi_features *features, hrmi_arena *arena,
                             const uint8_t **wkb, size_t *size) {
    bool own = false;
    hrm_status status = HRM_OK;
    uint8_t *bytes = NULL;
    OGRGeometryH const geometry = linear_geometry(features->feature, &own);
    *wkb = NULL;
    *size = 0;
    if (geometry == NULL) return HRM_OK;
    const size_t needed = OGR_G_WkbSizeEx(geometry);
    features->wkb_bytes += needed;
    if (needed > MOST_WKB_BYTES || features->wkb_bytes > MOST_WKB_BYTES) {
        status = hrmi_fail(ctx, HRM_ERROR_LIMIT,
                           "%s: the boundaries need more than 4 GiB; simplify them, or filter with where",
                           features->opened->source.path);
        goto done;
    }
    bytes = hrmi_arena_new(ctx, arena, needed, 1);
    if (bytes == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    if (features->opened->swap_axes) OGR_G_SwapXY(geometry);
    if (OGR_G_ExportToIsoWkb(geometry, wkbNDR, bytes) != OGRERR_NONE) {
        status =
            hrmi_fail(ctx, HRM_ERROR_GEOMETRY, "%s: the geometry of feature %" PRId64 " cannot be used: %s",
                      features->opened->source.path, (int64_t)OGR_F_GetFID(features->feature),
                      hrmi_gdal_reason(&features->opened->gdal));
        goto done;
    }
    *wkb = bytes;
    *size = needed;
done:
    if (own) OGR_G_DestroyGeometry(geometry);
    return status;
}

/* "Z" or "+02:00", from GDAL's count of quarters of an hour around 100; nothing where the zone is not known.
 */
static void write_zone(int zone, char *buffer, size_t size) {
    const int minutes = (zone > 100 ? zone - 100 : 100 - zone) * 15;
    if (zone == 100) (void)snprintf(buffer, size, "Z");
    if (zone <= 1 || zone == 100) return;
    (void)snprintf(buffer, size, "%c%02d:%02d", zone > 100 ? '+' : '-', minutes / 60, minutes % 60);
}

/* 2022-03-08, 2022-03-08T12:34:56+02:00, 12:34:56; fractions of seconds where there are any. */
static void write_date(OGRFeatureH feature, int field, OGRFieldType type, char buffer[HRMI_FIELD_TEXT_SIZE]) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
    float second = 0;
    int n = 0;
    (void)OGR_F_GetFieldAsDateTimeEx(feature, field, &year, &month, &day, &hour, &minute, &second, &zone);
    const int rounded = (int)(second * 1000.0F + 0.5F);
    const int milliseconds = rounded < 60000 ? rounded : 59999;
    if (type != OFTTime) n = snprintf(buffer, HRMI_FIELD_TEXT_SIZE, "%04d-%02d-%02d", year, month, day);
    if (type == OFTDate) return;
    n += snprintf(buffer + n, HRMI_FIELD_TEXT_SIZE - (size_t)n, "%s%02d:%02d:%02d", n > 0 ? "T" : "", hour,
                  minute, milliseconds / 1000);
    if (milliseconds % 1000 != 0)
        n += snprintf(buffer + n, HRMI_FIELD_TEXT_SIZE - (size_t)n, ".%03d", milliseconds % 1000);
    if (type == OFTDateTime) write_zone(zone, buffer + n, HRMI_FIELD_TEXT_SIZE - (size_t)n);
}

const char *hrmi_feature_text(OGRFeatureH feature, int field, char buffer[HRMI_FIELD_TEXT_SIZE]) {
    if (!OGR_F_IsFieldSetAndNotNull(feature, field)) return NULL;
    const OGRFieldType type = OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, field));
    switch (type) {
    case OFTInteger:
    case OFTInteger64:
        (void)snprintf(buffer, HRMI_FIELD_TEXT_SIZE, "%" PRId64,
                       (int64_t)OGR_F_GetFieldAsInteger64(feature, field));
        return buffer;
    case OFTReal: {
        const double value = OGR_F_GetFieldAsDouble(feature, field);
        if (!isfinite(value)) return isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
        (void)hrmi_number_write(value, buffer);
        return buffer;
    }
    case OFTDate:
    case OFTTime:
    case OFTDateTime:
        write_date(feature, field, type, buffer);
        return buffer;
    default:
        return OGR_F_GetFieldAsString(feature, field);
    }
}

hrmi_cell_kind hrmi_feature_number(OGRFeatureH feature, int field, hrmi_decimal decimal, hrmi_cell *cell) {
    *cell = (hrmi_cell){.value = NAN};
    if (!OGR_F_IsFieldSetAndNotNull(feature, field)) return HRMI_CELL_MISSING;
    const OGRFieldType type = OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, field));
    if (type == OFTInteger || type == OFTInteger64 || type == OFTReal) {
        const double number = OGR_F_GetFieldAsDouble(feature, field);
        if (isnan(number)) return HRMI_CELL_MISSING;
        if (isinf(number)) {
            cell->why = "it is infinite";
            return HRMI_CELL_UNUSABLE;
        }
        cell->value = number;
        return HRMI_CELL_NUMBER;
    }
    const char *const text = OGR_F_GetFieldAsString(feature, field);
    return hrmi_number_read_cell(text, strlen(text), decimal, cell);
}

hrm_status hrmi_features_names(hrm_context *ctx, const hrmi_opened *opened, hrmi_arena *arena,
                               hrmi_names *names) {
    OGRFeatureDefnH const definition = OGR_L_GetLayerDefn(opened->layer);
    const int count = OGR_FD_GetFieldCount(definition);
    const char **const list = hrmi_arena_new(ctx, arena, (size_t)count + 1, sizeof *list);
    if (list == NULL) return HRM_ERROR_MEMORY;
    for (int i = 0; i < count; i++) list[i] = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i));
    names->names = list;
    names->count = (size_t)count;
    return HRM_OK;
}

hrm_status hrmi_features_each(hrm_context *ctx, hrmi_opened *opened,
                              hrm_status (*take)(hrmi_features *features, void *user), void *user) {
    hrmi_features features;
    hrm_status status = HRM_OK;
    hrmi_features_begin(&features, opened);
    do {
        status = hrmi_features_next(ctx, &features);
        if (status == HRM_OK && features.feature != NULL) status = take(&features, user);
    } while (status == HRM_OK && features.feature != NULL);
    const bool none = features.count == 0;
    hrmi_features_end(&features);
    if (status != HRM_OK || !none) return status;
    return hrmi_fail(ctx, HRM_ERROR_FORMAT, "%s: there is not one feature in it%s", opened->source.path,
                     opened->source.where != NULL ? " that passes the filter" : "");
}
