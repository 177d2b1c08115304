/*
 * Opening a source. Only drivers of plain files are offered to GDAL: none that needs a server (but
 * PostgreSQL's, for a source that is allowed to be there), none whose files name other files to be read in
 * their place (VRT, WFS descriptions, GML with its schemas).
 */
#include <cpl_conv.h>
#include <cpl_string.h>
#include <iconv.h>
#include <ogr_srs_api.h>

#include "io/path.h"
#include "io/server.h"
#include "io/source.h"
#include "io/sql.h"

static const char *const feature_drivers[] = {
    "GeoJSON", "GPKG", "ESRI Shapefile", "FlatGeobuf", "GeoJSONSeq",  "TopoJSON", "ESRIJSON", "LIBKML", "KML",
    "GPX",     "CSV",  "MapInfo File",   "SQLite",     "OpenFileGDB", "Parquet",  "Arrow",    "DXF",    NULL};
static const char *const server_drivers[] = {"PostgreSQL", NULL};
static const char *const table_drivers[] = {
    "XLSX",           "ODS",        "XLS",          "GPKG",        "SQLite",  "GeoJSON", "FlatGeobuf",
    "ESRI Shapefile", "GeoJSONSeq", "MapInfo File", "OpenFileGDB", "Parquet", "Arrow",   NULL};

void hrm_source_init(hrm_source *source, size_t struct_size) {
    hrmi_init_struct(source, struct_size, NULL, sizeof *source);
}

static bool is_known_encoding(const char *name) {
    const iconv_t made = name[0] != '\0' ? iconv_open("UTF-8", name) : (iconv_t)-1;
    if (made == (iconv_t)-1) return false;
    (void)iconv_close(made);
    return true;
}

hrm_status hrmi_source_check(hrm_context *ctx, const hrm_source *source, hrmi_opened *opened) {
    memset(opened, 0, sizeof *opened);
    if (source == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "source: it is NULL");
    const hrm_status status =
        hrmi_read_struct(ctx, &opened->source, sizeof opened->source, source, "hrm_source");
    if (status != HRM_OK) return status;
    if (opened->source.path == NULL || opened->source.path[0] == '\0')
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "source: it has no path");
    if (hrmi_server_is(opened->source.path)) {
        opened->connection = opened->source.path;
        hrmi_server_show(opened->connection, opened->shown, sizeof opened->shown);
        opened->source.path = opened->shown;
        if (opened->source.allow_server == 0)
            return hrmi_fail(
                ctx, HRM_ERROR_UNSUPPORTED,
                "%s: databases on servers are only read where that is allowed (allow_server); or export "
                "the table to a file and name it",
                opened->shown);
    }
    if (opened->source.encoding != NULL && !is_known_encoding(opened->source.encoding))
        return hrmi_fail(ctx, HRM_ERROR_UNSUPPORTED,
                         "%s: the encoding \"%s\" is not known; say one as CP1251 or UTF-8",
                         opened->source.path, opened->source.encoding);
    if (opened->source.sql != NULL && (opened->source.layer != NULL || opened->source.where != NULL))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%s: say sql, or else layer and where, not both",
                         opened->source.path);
    if (opened->source.where != NULL && opened->connection == NULL) {
        const hrm_status filter = hrmi_sql_check_patterns(ctx, opened->source.where, opened->source.path);
        if (filter != HRM_OK) return filter;
    }
    hrmi_gdal_enter(&opened->gdal, ctx, opened->source.path);
    return opened->connection != NULL ? HRM_OK : hrmi_path_check(ctx, opened->source.path);
}

void hrmi_source_close(hrmi_opened *opened) {
    OGR_F_Destroy(opened->first);
    opened->first = NULL;
    if (opened->is_result) GDALDatasetReleaseResultSet(opened->dataset, opened->layer);
    if (opened->in_transaction) (void)GDALDatasetRollbackTransaction(opened->dataset);
    opened->in_transaction = false;
    if (opened->dataset != NULL) (void)GDALClose(opened->dataset);
    if (opened->trimmed[0] != '\0') (void)VSIUnlink(opened->trimmed);
    hrmi_gdal_leave(&opened->gdal);
    opened->dataset = NULL;
    opened->layer = NULL;
    opened->is_result = false;
}

/* Whether a driver lets the caller say the encoding of its files. */
static bool takes_encoding(GDALDriverH driver) {
    const char *const known =
        driver != NULL ? GDALGetMetadataItem(driver, GDAL_DMD_OPENOPTIONLIST, NULL) : NULL;
    return known != NULL &&
           (strstr(known, "name='ENCODING'") != NULL || strstr(known, "name=\"ENCODING\"") != NULL);
}

/* The options that keep a driver to the file and to what stands in it. NULL for none; CSLDestroy(). */
static char **driver_options(hrm_context *ctx, GDALDriverH driver, const hrm_source *source,
                             hrmi_source_kind kind, bool raw_dbf) {
    char **options = NULL;
    const char *const name = driver != NULL ? GDALGetDescription(driver) : "";
    if (EQUAL(name, "CSV")) options = CSLSetNameValue(options, "AUTODETECT_TYPE", "NO");
    if (EQUAL(name, "SQLite") && kind == HRMI_SOURCE_TABLE)
        options = CSLSetNameValue(options, "LIST_ALL_TABLES", "YES");
    if (EQUAL(name, "GeoJSON")) options = CSLSetNameValue(options, "DATE_AS_STRING", "YES");
    if (raw_dbf) options = CSLSetNameValue(options, "ENCODING", "");
    else if (source->encoding != NULL && takes_encoding(driver))
        options = CSLSetNameValue(options, "ENCODING", source->encoding);
    else if (source->encoding != NULL)
        hrmi_log(ctx, HRM_LOG_WARNING, "%s: the encoding %s was not used: files of this kind say their own",
                 source->path, source->encoding);
    return options;
}

static hrm_status fail_open(hrm_context *ctx, const hrmi_opened *o, hrmi_source_kind kind) {
    const bool silent = o->gdal.message[0] == '\0' || strstr(o->gdal.message, "not recognized") != NULL;
    if (o->connection != NULL)
        return hrmi_fail(ctx, HRM_ERROR_FILE, "%s: the database cannot be opened: %s", o->source.path,
                         silent ? "GDAL has no driver for it"
                                : hrmi_server_reason(o->connection, o->gdal.message));
    if (!silent)
        return hrmi_fail(ctx, HRM_ERROR_FORMAT, "%s: cannot be read; is the file whole? %s", o->source.path,
                         o->gdal.message);
    return hrmi_fail(ctx, HRM_ERROR_FORMAT, "%s: not a file of a known format; %s", o->source.path,
                     kind == HRMI_SOURCE_TABLE
                         ? "use CSV, XLSX, ODS, GeoPackage, SQLite, DBF …"
                         : "use GeoJSON, GeoPackage, Shapefile (all its parts), FlatGeobuf, KML …");
}

/* Opens the file or database with one of the drivers that may. */
static hrm_status open_dataset(hrm_context *ctx, hrmi_source_kind kind, bool raw_dbf, hrmi_opened *o) {
    char *connection = NULL;
    const char *const *const drivers = o->connection != NULL       ? server_drivers
                                       : kind == HRMI_SOURCE_TABLE ? table_drivers
                                                                   : feature_drivers;
    o->dataset = NULL;
    if (o->connection != NULL) {
        connection = hrmi_server_connection(ctx, o->connection, o->source.path);
        if (connection == NULL) return hrm_error_status(ctx);
    }
    if (connection == NULL && o->trimmed[0] == '\0') {
        const hrm_status status = hrmi_sheet_trim(ctx, o->source.path, o->trimmed);
        if (status != HRM_OK) return status;
    }
    const char *const path = connection != NULL      ? connection
                             : o->trimmed[0] != '\0' ? o->trimmed
                                                     : o->source.path;
    GDALDriverH const driver = GDALIdentifyDriverEx(path, GDAL_OF_VECTOR, drivers, NULL);
    const char *only[2] = {driver != NULL ? GDALGetDescription(driver) : NULL, NULL};
    char **const options = driver_options(ctx, driver, &o->source, kind, raw_dbf);
    o->dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                            driver != NULL ? only : drivers, (const char *const *)options, NULL);
    CSLDestroy(options);
    hrmi_free(ctx, connection);
    return o->dataset != NULL ? HRM_OK : fail_open(ctx, o, kind);
}

/* Whether a dBase file says its encoding. GDAL takes the code page byte 0x57 ("as on the writer's computer")
 * for ISO 8859-1, and no byte at all as well: both say nothing. */
static bool dbf_says_encoding(OGRLayerH layer) {
    const char *const ldid = GDALGetMetadataItem(layer, "LDID_VALUE", "SHAPEFILE");
    if (GDALGetMetadataItem(layer, "CPG_VALUE", "SHAPEFILE") != NULL) return true;
    return ldid != NULL && !EQUAL(ldid, "87") && !EQUAL(ldid, "0");
}

static bool is_driver(GDALDatasetH dataset, const char *name) {
    return EQUAL(GDALGetDescription(GDALGetDatasetDriver(dataset)), name);
}

static bool is_sqlite(const hrmi_opened *o) {
    return is_driver(o->dataset, "SQLite") || is_driver(o->dataset, "GPKG");
}

static hrm_status fail_layers(hrm_context *ctx, const hrmi_opened *o, const hrmi_names *names) {
    char all[900];
    if (names->count == 0)
        return hrmi_fail(ctx, HRM_ERROR_FORMAT, "%s: there is no layer or sheet in it; is the file whole?",
                         o->source.path);
    hrmi_names_list(names, all, sizeof all);
    return hrmi_fail(ctx, HRM_ERROR_FIELD, "%s: say which layer (or sheet) is meant, of %s", o->source.path,
                     all);
}

/* The tables that SQLite and its spatial extensions keep for themselves. */
static bool is_system_table(const char *name) {
    return EQUALN(name, "sqlite_", 7) || EQUAL(name, "geometry_columns") || EQUAL(name, "spatial_ref_sys");
}

/* The layer by its name; or the only one (that has geometry, where geometry is looked for). */
static hrm_status find_layer(hrm_context *ctx, hrmi_source_kind kind, hrmi_opened *o) {
    const int count = GDALDatasetGetLayerCount(o->dataset);
    const char **list = NULL;
    OGRLayerH *layers = NULL;
    hrmi_names names = {NULL, 0};
    size_t place = HRM_NONE;
    size_t with_geometry = 0;
    hrm_status status = HRM_OK;
    list = hrmi_array_new(ctx, count > 0 ? (size_t)count : 0, sizeof *list);
    layers = list != NULL ? hrmi_array_new(ctx, count > 0 ? (size_t)count : 0, sizeof *layers) : NULL;
    if (layers == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    names.names = list;
    for (int i = 0; i < count; i++) {
        OGRLayerH const layer = GDALDatasetGetLayer(o->dataset, i);
        if (layer == NULL || is_system_table(OGR_L_GetName(layer))) continue;
        layers[names.count] = layer;
        list[names.count++] = OGR_L_GetName(layer);
        if (kind != HRMI_SOURCE_FEATURES || OGR_L_GetGeomType(layer) == wkbNone) continue;
        with_geometry++;
        place = names.count - 1;
    }
    if (o->source.layer != NULL)
        status = hrmi_names_find(ctx, &names, o->source.layer, "layer", o->source.path, &place);
    else if (names.count == 1) place = 0;
    else if (with_geometry != 1) status = fail_layers(ctx, o, &names);
    if (status == HRM_OK) o->layer = layers[place];
done:
    hrmi_free(ctx, list);
    hrmi_free(ctx, layers);
    return status;
}

/* Tables of SQLite may stand for other files (SpatiaLite's VirtualShape and its like, GDAL's VirtualOGR),
 * which would be read in their place, by views over them too. */
static hrm_status refuse_virtual_tables(hrm_context *ctx, hrmi_opened *o) {
    hrm_status status = HRM_OK;
    if (!is_sqlite(o)) return HRM_OK;
    hrmi_gdal_clear(&o->gdal);
    OGRLayerH const found = GDALDatasetExecuteSQL(
        o->dataset, "SELECT CAST(name AS TEXT), CAST(sql AS TEXT) FROM sqlite_master WHERE sql IS NOT NULL",
        NULL, NULL);
    while (found != NULL && status == HRM_OK) {
        OGRFeatureH const row = OGR_L_GetNextFeature(found);
        if (row == NULL) break;
        const char *const name = OGR_F_GetFieldAsString(row, 0);
        char shown[120];
        hrmi_names_show(name, strlen(name), shown, sizeof shown);
        if (!hrmi_sql_stays_in_file(OGR_F_GetFieldAsString(row, 1)))
            status = hrmi_fail(ctx, HRM_ERROR_UNSUPPORTED,
                               "%s: the table \"%s\" stands for another file; copy what is needed into a "
                               "file of its own",
                               o->source.path, shown);
        OGR_F_Destroy(row);
    }
    if (found != NULL) GDALDatasetReleaseResultSet(o->dataset, found);
    if (status == HRM_OK && o->gdal.message[0] != '\0')
        status = hrmi_fail(ctx, HRM_ERROR_FORMAT, "%s: its list of tables cannot be read: %s", o->source.path,
                           o->gdal.message);
    return status;
}

static hrm_status set_filter(hrm_context *ctx, hrmi_opened *o) {
    if (o->source.where == NULL || o->is_sheet) return HRM_OK;
    hrmi_gdal_clear(&o->gdal);
    if (is_sqlite(o)) {
        const hrm_status status = hrmi_sql_check_functions(ctx, o->source.where, o->source.path);
        if (status != HRM_OK) return status;
    }
    if (OGR_L_SetAttributeFilter(o->layer, o->source.where) == OGRERR_NONE) return HRM_OK;
    return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%s: the filter \"%s\" cannot be used: %s", o->source.path,
                     o->source.where, hrmi_gdal_reason(&o->gdal));
}

hrm_status hrmi_source_fail_sql(hrm_context *ctx, const hrmi_opened *o) {
    return hrmi_fail(
        ctx, HRM_ERROR_UNSUPPORTED,
        "%s: sql is for databases: GeoPackage, SQLite, PostgreSQL; choose rows of other files with where",
        o->source.path);
}

/* One transaction of a server, which only reads and is undone at the end, for all that is asked of it: what a
 * statement calls may say that later transactions write, but there are none. */
static hrm_status begin_reading(hrm_context *ctx, hrmi_opened *o) {
    if (o->connection == NULL) return HRM_OK;
    hrmi_gdal_clear(&o->gdal);
    o->in_transaction = GDALDatasetStartTransaction(o->dataset, FALSE) == OGRERR_NONE;
    if (o->in_transaction) (void)GDALDatasetExecuteSQL(o->dataset, "SET TRANSACTION READ ONLY", NULL, NULL);
    if (o->in_transaction && o->gdal.message[0] == '\0') return HRM_OK;
    return hrmi_fail(ctx, HRM_ERROR_FILE, "%s: no transaction that only reads can be begun: %s",
                     o->source.path, hrmi_gdal_reason(&o->gdal));
}

/* The rows of the caller's statement, in the database's own SQL. The first is kept, as reading from the
 * beginning again would run the statement again. The SQLite driver gives no layer for a result without rows,
 * the others one that is empty. */
static hrm_status run_statement(hrm_context *ctx, hrmi_opened *o) {
    const char *const sql = o->source.sql;
    if (!is_sqlite(o) && o->connection == NULL) return hrmi_source_fail_sql(ctx, o);
    hrm_status status = hrmi_sql_check_select(ctx, sql, o->source.path);
    if (status == HRM_OK && is_sqlite(o)) status = hrmi_sql_check_functions(ctx, sql, o->source.path);
    if (status == HRM_OK && is_sqlite(o)) status = hrmi_sql_check_end(ctx, sql, o->source.path);
    if (status != HRM_OK) return status;
    hrmi_gdal_clear(&o->gdal);
    o->layer = GDALDatasetExecuteSQL(o->dataset, sql, NULL, NULL);
    o->is_result = o->layer != NULL;
    if (o->layer != NULL) o->first = OGR_L_GetNextFeature(o->layer);
    if (o->gdal.message[0] != '\0')
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%s: sql cannot be used: %s", o->source.path,
                         o->gdal.message);
    if (o->first == NULL) return hrmi_fail(ctx, HRM_ERROR_FORMAT, "%s: sql gives no rows", o->source.path);
    return HRM_OK;
}

/* Sheets are read when one first asks something of them, and not all that goes wrong then comes up again. */
static hrm_status load_sheet(hrm_context *ctx, hrmi_opened *o) {
    hrmi_gdal_clear(&o->gdal);
    (void)OGR_L_GetFeatureCount(o->layer, TRUE);
    if (o->gdal.message[0] == '\0') return HRM_OK;
    return hrmi_fail(ctx, HRM_ERROR_FORMAT, "%s, sheet \"%s\": cannot be read; is the file whole? %s",
                     o->source.path, OGR_L_GetName(o->layer), o->gdal.message);
}

/* Sheets come as rows of text. And GDAL's tables that stand for other sources are unknown to SQLite already
 * while it opens a file, before we see that there are any. */
static void say_how_files_are_read(void) {
    CPLSetThreadLocalConfigOption("OGR_SQLITE_STATIC_VIRTUAL_OGR", "NO");
    CPLSetThreadLocalConfigOption("OGR_XLSX_HEADERS", "DISABLE");
    CPLSetThreadLocalConfigOption("OGR_XLSX_FIELD_TYPES", "STRING");
    CPLSetThreadLocalConfigOption("OGR_ODS_HEADERS", "DISABLE");
    CPLSetThreadLocalConfigOption("OGR_ODS_FIELD_TYPES", "STRING");
    CPLSetThreadLocalConfigOption("OGR_XLS_HEADERS", "DISABLE");
    CPLSetThreadLocalConfigOption("OGR_XLS_FIELD_TYPES", "STRING");
}

hrm_status hrmi_source_open(hrm_context *ctx, hrmi_source_kind kind, hrmi_opened *o) {
    hrm_status status = HRM_OK;
    say_how_files_are_read();
    status = open_dataset(ctx, kind, false, o);
    if (status != HRM_OK) return status;
    o->is_sheet =
        is_driver(o->dataset, "XLSX") || is_driver(o->dataset, "ODS") || is_driver(o->dataset, "XLS");
    if ((o->source.header_row > 1 || o->source.header_rows > 1) && !o->is_sheet)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "%s: only tables of CSV and spreadsheets have a row of headings", o->source.path);
    status = begin_reading(ctx, o);
    if (status == HRM_OK) status = refuse_virtual_tables(ctx, o);
    if (status == HRM_OK && o->source.sql != NULL) return run_statement(ctx, o);
    if (status == HRM_OK) status = find_layer(ctx, kind, o);
    if (status == HRM_OK && o->source.encoding == NULL && is_driver(o->dataset, "ESRI Shapefile") &&
        OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(o->layer)) > 0 && !dbf_says_encoding(o->layer)) {
        (void)GDALClose(o->dataset);
        status = open_dataset(ctx, kind, true, o);
        if (status == HRM_OK) status = find_layer(ctx, kind, o);
    }
    memcpy(o->complaint, o->gdal.message, sizeof o->complaint);
    if (status == HRM_OK && o->is_sheet) status = load_sheet(ctx, o);
    if (status == HRM_OK) status = set_filter(ctx, o);
    return status;
}

/* What the file says, or NULL. GeoPackage's "undefined" systems say nothing. */
static OGRSpatialReferenceH stated_crs(hrmi_opened *o) {
    OGRSpatialReferenceH const crs = OGR_L_GetSpatialRef(o->layer);
    if (crs == NULL) return NULL;
    const char *const name = OSRGetName(crs);
    if (OSRIsLocal(crs) || (name != NULL && EQUALN(name, "Undefined", 9))) return NULL;
    return crs;
}

/* GDAL hands out easting, northing for nearly all formats; where it says that the data keep the axes of the
 * CRS, and those are northing, easting, the coordinates must be swapped. */
static bool keeps_northing_first(OGRSpatialReferenceH crs) {
    int count = 0;
    const int *const mapping = OSRGetDataAxisToSRSAxisMapping(crs, &count);
    if (mapping == NULL || count < 2 || mapping[0] != 1 || mapping[1] != 2) return false;
    return OSREPSGTreatsAsLatLong(crs) || OSREPSGTreatsAsNorthingEasting(crs);
}

/* Warns when the caller contradicts the file. */
static void compare_crs(hrm_context *ctx, hrmi_opened *o, OGRSpatialReferenceH stated) {
    static const char *const same[] = {"CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS",
                                       "IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", NULL};
    OGRSpatialReferenceH const given = OSRNewSpatialReference(NULL);
    if (given != NULL && OSRSetFromUserInput(given, o->source.crs) == OGRERR_NONE) {
        OSRSetAxisMappingStrategy(given, OAMS_TRADITIONAL_GIS_ORDER);
        if (!OSRIsSameEx(given, stated, same))
            hrmi_log(ctx, HRM_LOG_WARNING, "%s: the file says %s, but was read as %s, as the caller wished",
                     o->source.path, OSRGetName(stated), OSRGetName(given));
    }
    OSRDestroySpatialReference(given);
}

/* GDAL takes a GeoJSON file for WGS 84 where it cannot find out what CRS the file names. */
static bool crs_was_not_understood(const hrmi_opened *o) {
    return is_driver(o->dataset, "GeoJSON") && (o->gdal.refused_link || o->complaint[0] != '\0');
}

char *hrmi_source_crs_text(hrm_context *ctx, hrmi_opened *o) {
    static const char *const wkt_options[] = {"FORMAT=WKT2_2019", "MULTILINE=NO", NULL};
    char *wkt = NULL;
    char *text = NULL;
    OGRSpatialReferenceH const stated = o->layer != NULL ? stated_crs(o) : NULL;
    if (stated != NULL) o->swap_axes = keeps_northing_first(stated);
    if (o->source.crs != NULL) {
        if (stated != NULL) compare_crs(ctx, o, stated);
        return hrmi_text_copy(ctx, o->source.crs, strlen(o->source.crs));
    }
    if (crs_was_not_understood(o)) {
        (void)hrmi_fail(
            ctx, HRM_ERROR_CRS,
            "%s: the coordinate reference system that it names cannot be used (%s); say it with crs",
            o->source.path, o->gdal.refused_link ? "a link" : o->complaint);
        return NULL;
    }
    if (stated == NULL) {
        (void)hrmi_fail(
            ctx, HRM_ERROR_CRS,
            "%s: it does not say its coordinate reference system; say it with crs, for degrees of "
            "WGS 84 \"EPSG:4326\"",
            o->source.path);
        return NULL;
    }
    if (OSRExportToWktEx(stated, &wkt, wkt_options) == OGRERR_NONE && wkt != NULL)
        text = hrmi_text_copy(ctx, wkt, strlen(wkt));
    else
        (void)hrmi_fail(ctx, HRM_ERROR_CRS, "%s: its coordinate reference system cannot be used: %s",
                        o->source.path, hrmi_gdal_reason(&o->gdal));
    CPLFree(wkt);
    return text;
}

hrm_status hrm_source_crs(hrm_context *ctx, const hrm_source *source, char *buffer, size_t capacity,
                          size_t *size) {
    hrmi_opened opened;
    char *crs = NULL;
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    memset(&opened, 0, sizeof opened);
    if (size == NULL) {
        status = hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_source_crs: size is NULL");
        goto done;
    }
    *size = 0;
    status = hrmi_source_check(ctx, source, &opened);
    if (status == HRM_OK && opened.source.crs == NULL)
        status = hrmi_source_open(ctx, HRMI_SOURCE_FEATURES, &opened);
    if (status != HRM_OK) goto done;
    crs = hrmi_source_crs_text(ctx, &opened);
    if (crs == NULL) {
        status = hrm_error_status(ctx);
        goto done;
    }
    *size = strlen(crs) + 1;
    if (buffer != NULL && capacity >= *size) memcpy(buffer, crs, *size);
done:
    hrmi_free(ctx, crs);
    hrmi_source_close(&opened);
    return status;
}
