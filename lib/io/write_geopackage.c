/*
 * Writing a GeoPackage: layers with boundaries. The file is made aside and moved to its place.
 *
 * The same input gives the same bytes: the date of change is SOURCE_DATE_EPOCH, or the beginning of 1970.
 * SQLite writes without waiting for the disk, as the file is flushed as a whole before it gets its name.
 */
#include <cpl_conv.h>
#include <cpl_string.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdlib.h>
#include <time.h>

#include "base/utf8.h"
#include "io/geopackage.h"
#include "table/table.h"

/* The fields before the columns, by level. */
static const char *const community_fields[] = {"code", "key", "name", "name_en", "raion", "oblast", NULL};
static const char *const raion_fields[] = {"code", "name", "name_en", "oblast", NULL};
static const char *const oblast_fields[] = {"code", "name", "name_en", NULL};

enum { FIRST_WKB_SIZE = 256 * 1024 };

hrm_status hrmi_geopackage_fail(hrmi_geopackage *w) {
    return hrmi_fail(w->ctx, HRM_ERROR_WRITE, "%s: cannot be written; is there room on the disk? %s", w->path,
                     hrmi_gdal_reason(&w->gdal));
}

hrm_status hrmi_geopackage_field(hrmi_geopackage *w, OGRLayerH layer, const char *name, OGRFieldType type) {
    OGRFieldDefnH const field = OGR_Fld_Create(name, type);
    const OGRErr error = OGR_L_CreateField(layer, field, FALSE);
    OGR_Fld_Destroy(field);
    return error == OGRERR_NONE ? HRM_OK : hrmi_geopackage_fail(w);
}

static const char *const *fields_of(int32_t level) {
    if (level == HRM_LEVEL_COMMUNITY) return community_fields;
    return level == HRM_LEVEL_RAION ? raion_fields : oblast_fields;
}

/* ---- layers ---- */

static hrm_status add_columns(hrmi_geopackage *w, OGRLayerH layer, const hrm_table *table) {
    hrm_status status = HRM_OK;
    for (size_t c = 0; c < hrm_table_column_count(table) && status == HRM_OK; c++) {
        hrm_column_info info;
        hrm_column_info_init(&info, sizeof info);
        (void)hrm_table_column(table, c, &info);
        status = hrmi_geopackage_field(w, layer, info.id, info.is_text ? OFTString : OFTReal);
        if (status != HRM_OK || !w->reasons || hrm_table_missing(table, c) == NULL) continue;
        const char *const name = CPLSPrintf("%s_missing", info.id);
        status = hrmi_geopackage_field(w, layer, name, OFTString);
    }
    return status;
}

static void set_text(OGRFeatureH feature, int *field, const char *text) {
    if (text != NULL) OGR_F_SetFieldString(feature, *field, text);
    (*field)++;
}

static void set_unit(const hrmi_geopackage *w, OGRFeatureH feature, int32_t level, size_t row, int *field) {
    const hrm_layer *const layer = w->layer;
    const char *const code = hrm_layer_unit_code(layer, level, row);
    const char *const uk = hrm_layer_unit_name(layer, level, row, HRM_UK);
    const char *const en = hrm_layer_unit_name(layer, level, row, HRM_EN);
    set_text(feature, field, code);
    if (level == HRM_LEVEL_COMMUNITY) set_text(feature, field, hrm_layer_key(layer, row));
    set_text(feature, field, uk != NULL ? uk : en);
    set_text(feature, field, en);
    if (level == HRM_LEVEL_COMMUNITY) {
        const size_t raion = hrm_layer_unit_of(layer, HRM_LEVEL_RAION, row);
        const size_t oblast = hrm_layer_unit_of(layer, HRM_LEVEL_OBLAST, row);
        set_text(feature, field, hrm_layer_unit_code(layer, HRM_LEVEL_RAION, raion));
        set_text(feature, field, hrm_layer_unit_code(layer, HRM_LEVEL_OBLAST, oblast));
    } else if (level == HRM_LEVEL_RAION) {
        char oblast[5] = "";
        if (code != NULL && strlen(code) >= 4) memcpy(oblast, code, 4);
        set_text(feature, field, oblast);
    }
}

static void set_columns(const hrmi_geopackage *w, OGRFeatureH feature, const hrm_table *table, size_t row,
                        int field) {
    for (size_t c = 0; c < hrm_table_column_count(table); c++) {
        const double *const values = hrm_table_values(table, c);
        const uint8_t *const missing = hrm_table_missing(table, c);
        if (values == NULL) set_text(feature, &field, hrm_table_text(table, c, row));
        else if (isnan(values[row])) field++;
        else OGR_F_SetFieldDouble(feature, field++, values[row]);
        if (!w->reasons || missing == NULL) continue;
        set_text(feature, &field,
                 missing[row] != HRM_PRESENT ? hrm_missing_text(missing[row], HRM_EN) : NULL);
    }
}

static hrm_status make_room(hrmi_geopackage *w, size_t size) {
    hrmi_free(w->ctx, w->wkb);
    w->wkb_size = 0;
    w->wkb = hrmi_array_new(w->ctx, size, 1);
    if (w->wkb == NULL) return HRM_ERROR_MEMORY;
    w->wkb_size = size;
    return HRM_OK;
}

static hrm_status set_boundary(hrmi_geopackage *w, OGRFeatureH feature, int32_t level, size_t row) {
    size_t size = 0;
    OGRGeometryH geometry = NULL;
    hrm_status status = hrm_layer_wkb(w->ctx, w->layer, level, row, w->wkb, w->wkb_size, &size);
    if (status != HRM_OK) return status;
    if (size == 0) return HRM_OK;
    if (size > w->wkb_size) { /* uniting is dear: with room enough it is done once */
        status = make_room(w, size * 2);
        if (status == HRM_OK)
            status = hrm_layer_wkb(w->ctx, w->layer, level, row, w->wkb, w->wkb_size, &size);
        if (status != HRM_OK) return status;
    }
    if (OGR_G_CreateFromWkbEx(w->wkb, w->wgs84, &geometry, size) != OGRERR_NONE)
        return hrmi_geopackage_fail(w);
    return OGR_F_SetGeometryDirectly(feature, geometry) == OGRERR_NONE ? HRM_OK : hrmi_geopackage_fail(w);
}

static hrm_status write_row(hrmi_geopackage *w, OGRLayerH layer, const hrm_table *table, size_t row) {
    int field = 0;
    const int32_t level = hrm_table_level(table);
    OGRFeatureH const feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    set_unit(w, feature, level, row, &field);
    set_columns(w, feature, table, row, field);
    hrm_status status = set_boundary(w, feature, level, row);
    if (status == HRM_OK && OGR_L_CreateFeature(layer, feature) != OGRERR_NONE)
        status = hrmi_geopackage_fail(w);
    OGR_F_Destroy(feature);
    return status;
}

static hrm_status write_layer(hrmi_geopackage *w, const hrm_output_layer *output) {
    static const char *const options[] = {"FID=fid", "GEOMETRY_NAME=geom", NULL};
    hrm_status status = HRM_OK;
    const hrm_table *const table = output->table;
    OGRLayerH const layer = GDALDatasetCreateLayer(w->dataset, output->name, w->wgs84, wkbMultiPolygon,
                                                   (char **)(uintptr_t)options);
    if (layer == NULL) return hrmi_geopackage_fail(w);
    for (const char *const *name = fields_of(hrm_table_level(table)); *name != NULL && status == HRM_OK;
         name++)
        status = hrmi_geopackage_field(w, layer, *name, OFTString);
    if (status == HRM_OK) status = add_columns(w, layer, table);
    for (size_t row = 0; row < hrm_table_row_count(table) && status == HRM_OK; row++) {
        if (w->rows_done++ % 256 == 0)
            status = hrmi_progress(w->ctx, (double)w->rows_done / (double)(w->row_total + 1),
                                   "writing the GeoPackage");
        if (status == HRM_OK) status = write_row(w, layer, table, row);
    }
    return status;
}

/* ---- the file ---- */

/* Seconds of SOURCE_DATE_EPOCH (reproducible-builds.org), or 0. */
static time_t source_date(void) {
    const char *const text = getenv("SOURCE_DATE_EPOCH");
    long long seconds = 0;
    for (size_t i = 0; text != NULL && text[i] != '\0'; i++) {
        if (text[i] < '0' || text[i] > '9' || i > 11) return 0;
        seconds = seconds * 10 + (text[i] - '0');
    }
    return (time_t)seconds;
}

static hrm_status create_dataset(hrmi_geopackage *w) {
    char date[40];
    struct tm utc;
    const time_t seconds = source_date();
    GDALDriverH const driver = GDALGetDriverByName("GPKG");
    if (driver == NULL)
        return hrmi_fail(w->ctx, HRM_ERROR_UNSUPPORTED, "%s: this GDAL cannot write GeoPackages", w->path);
    if (gmtime_r(&seconds, &utc) == NULL || strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S.000Z", &utc) == 0)
        date[0] = '\0';
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", date);
    CPLSetThreadLocalConfigOption("OGR_SQLITE_SYNCHRONOUS", "OFF");
    w->wgs84 = OSRNewSpatialReference(NULL);
    if (w->wgs84 == NULL || OSRImportFromEPSG(w->wgs84, 4326) != OGRERR_NONE) return hrmi_geopackage_fail(w);
    OSRSetAxisMappingStrategy(w->wgs84, OAMS_TRADITIONAL_GIS_ORDER);
    w->dataset = GDALCreate(driver, w->aside.path, 0, 0, 0, GDT_Unknown, NULL);
    if (w->dataset == NULL || GDALDatasetStartTransaction(w->dataset, FALSE) != OGRERR_NONE)
        return hrmi_geopackage_fail(w);
    return HRM_OK;
}

static hrm_status write_all(hrmi_geopackage *w) {
    hrm_status status = make_room(w, FIRST_WKB_SIZE);
    if (status == HRM_OK) status = create_dataset(w);
    for (size_t i = 0; i < w->layer_count && status == HRM_OK; i++) status = write_layer(w, &w->layers[i]);
    if (status == HRM_OK) status = hrmi_geopackage_describe(w);
    if (status == HRM_OK && GDALDatasetCommitTransaction(w->dataset) != OGRERR_NONE)
        status = hrmi_geopackage_fail(w);
    if (status != HRM_OK) return status;
    hrmi_gdal_clear(&w->gdal);
    (void)GDALClose(w->dataset); /* the spatial indexes are made now */
    w->dataset = NULL;
    if (w->gdal.message[0] != '\0') return hrmi_geopackage_fail(w);
    return hrmi_progress(w->ctx, 1, "writing the GeoPackage");
}

/* SQLite does not tell letters of ASCII apart by case. */
static bool is_taken(int32_t level, const char *id) {
    if (EQUAL(id, "fid") || EQUAL(id, "geom")) return true;
    for (const char *const *name = fields_of(level); *name != NULL; name++)
        if (EQUAL(id, *name)) return true;
    return false;
}

/* SQLite does not tell capitals from small letters in the names of columns. */
static hrm_status check_capitals(hrmi_geopackage *w, const hrm_table *table, size_t column) {
    hrm_column_info a;
    hrm_column_info b;
    hrm_column_info_init(&a, sizeof a);
    hrm_column_info_init(&b, sizeof b);
    (void)hrm_table_column(table, column, &a);
    for (size_t c = 0; c < column; c++)
        if (hrm_table_column(table, c, &b) && EQUAL(a.id, b.id))
            return hrmi_fail(w->ctx, HRM_ERROR_DUPLICATE,
                             "%s: the columns \"%s\" and \"%s\" differ in capitals only, which a GeoPackage "
                             "does not tell apart; give one of them another id",
                             w->path, b.id, a.id);
    return HRM_OK;
}

static hrm_status check_columns(hrmi_geopackage *w, const hrm_table *table) {
    hrm_column_info info;
    hrm_column_info_init(&info, sizeof info);
    for (size_t c = 0; c < hrm_table_column_count(table); c++)
        if (hrm_table_column(table, c, &info) && is_taken(hrm_table_level(table), info.id))
            return hrmi_fail(w->ctx, HRM_ERROR_DUPLICATE,
                             "%s: every layer has a field \"%s\" of its own; give the column another id",
                             w->path, info.id);
    hrm_status status = HRM_OK;
    for (size_t c = 1; c < hrm_table_column_count(table) && status == HRM_OK; c++)
        status = check_capitals(w, table, c);
    return status;
}

static hrm_status check_name(hrmi_geopackage *w, size_t i) {
    const char *const name = w->layers[i].name;
    if (hrmi_utf8_first_invalid(name, strlen(name)) != strlen(name))
        return hrmi_fail(w->ctx, HRM_ERROR_ARGUMENT, "%s: the name of layer %zu is not UTF-8", w->path, i);
    if (EQUALN(name, "gpkg", 4) || EQUALN(name, "sqlite", 6))
        return hrmi_fail(w->ctx, HRM_ERROR_ARGUMENT,
                         "%s: no layer can be called \"%s\": names that begin with gpkg or sqlite belong to "
                         "the format; give it another",
                         w->path, name);
    bool taken = EQUAL(name, "columns") || EQUAL(name, "catalogue");
    for (size_t k = 0; k < i; k++) taken = taken || EQUAL(name, w->layers[k].name);
    if (!taken) return HRM_OK;
    return hrmi_fail(w->ctx, HRM_ERROR_DUPLICATE, "%s: the name \"%s\" of a layer is taken; give it another",
                     w->path, name);
}

/* The caller's layers stand as far apart as the caller's struct is large. */
static hrm_status read_layers(hrmi_geopackage *w, const hrm_output_layer *layers, size_t count) {
    const unsigned char *at = (const unsigned char *)layers;
    uint32_t stride = 0;
    w->layers = hrmi_array_new(w->ctx, count, sizeof *w->layers);
    if (w->layers == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        uint32_t size = 0;
        memcpy(&size, at, sizeof size);
        if (i == 0) stride = size;
        if (size != stride)
            return hrmi_fail(w->ctx, HRM_ERROR_ARGUMENT,
                             "hrm_write_geopackage: layer %zu: struct_size differs from the first layer's",
                             i);
        const hrm_status status =
            hrmi_read_struct(w->ctx, &w->layers[i], sizeof *w->layers, at, "hrm_output_layer");
        if (status != HRM_OK) return status;
        at += stride;
    }
    w->layer_count = count;
    return HRM_OK;
}

static hrm_status check_layers(hrmi_geopackage *w) {
    for (size_t i = 0; i < w->layer_count; i++) {
        const hrm_output_layer *const it = &w->layers[i];
        if (it->reserved != 0) return hrmi_fail_reserved(w->ctx, "hrm_output_layer");
        if (it->name == NULL || it->name[0] == '\0' || it->table == NULL)
            return hrmi_fail(w->ctx, HRM_ERROR_ARGUMENT,
                             "hrm_write_geopackage: layer %zu has no name or no table", i);
        hrm_status status = hrmi_table_must_fit(w->ctx, it->table, w->layer);
        if (status == HRM_OK) status = check_name(w, i);
        if (status == HRM_OK) status = check_columns(w, it->table);
        if (status != HRM_OK) return status;
        w->row_total += hrm_table_row_count(it->table);
    }
    return HRM_OK;
}

hrm_status hrm_write_geopackage(hrm_context *ctx, const hrm_layer *layer, const hrm_output_layer *layers,
                                size_t layer_count, const hrm_indicator *indicators, size_t indicator_count,
                                const hrm_write_options *options, const char *path) {
    hrmi_geopackage w;
    hrm_write_options known;
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    memset(&w, 0, sizeof w);
    w.ctx = ctx;
    w.layer = layer;
    w.indicators = indicators;
    w.indicator_count = indicator_count;
    w.path = path;
    if (layer == NULL || path == NULL || (layers == NULL && layer_count > 0) ||
        (indicators == NULL && indicator_count > 0)) {
        status = hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                           "hrm_write_geopackage: the layer, the layers, the indicators or the path is NULL");
        goto done;
    }
    hrm_write_options_init(&known, sizeof known);
    status = hrmi_read_struct(ctx, &known, sizeof known, options, "hrm_write_options");
    if (status != HRM_OK) goto done;
    w.reasons = known.reasons != 0;
    status = read_layers(&w, layers, layer_count);
    if (status != HRM_OK) goto done;
    status = check_layers(&w);
    if (status != HRM_OK) goto done;
    status = hrmi_aside_open(ctx, path, &w.aside);
    if (status != HRM_OK) goto done;
    hrmi_gdal_enter(&w.gdal, ctx, path);
    status = write_all(&w);
    if (status != HRM_OK) goto done;
    status = hrmi_aside_commit(&w.aside);
done:
    if (w.dataset != NULL) (void)GDALClose(w.dataset);
    if (w.wgs84 != NULL) OSRDestroySpatialReference(w.wgs84);
    hrmi_gdal_leave(&w.gdal);
    hrmi_aside_close(&w.aside);
    hrmi_free(ctx, w.wkb);
    hrmi_free(ctx, w.layers);
    return status;
}
