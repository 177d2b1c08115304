/*
 * Rows of a table. A filter over separated text or a sheet is tried by GDAL, row by row, on a layer in memory
 * that holds nothing but the row.
 */
#include <cpl_conv.h>
#include <inttypes.h>
#include <stdio.h>

#include "io/path.h"
#include "io/rows.h"

enum { MOST_CELL_BYTES = 1024 * 1024 };

struct hrmi_rows {
    hrm_allocator allocator;
    hrmi_opened opened;
    hrmi_arena arena;
    hrmi_names names;
    hrmi_csv *csv;          /* separated text, or … */
    hrmi_features features; /* … features, of which a sheet's begin with the headings */
    GDALDatasetH filter;    /* one row, for `where` over text; NULL without */
    int64_t header_row;
    int64_t number;
    int64_t read;
    uint8_t kept_out;
    const char *notes[4];
    size_t note_count;
    char buffer[HRMI_FIELD_TEXT_SIZE];
};

void hrmi_rows_close(hrmi_rows *rows) {
    if (rows == NULL) return;
    hrmi_features_end(&rows->features);
    if (rows->filter != NULL) (void)GDALClose(rows->filter);
    hrmi_csv_free(rows->csv);
    hrmi_source_close(&rows->opened);
    hrmi_arena_free(&rows->arena);
    hrmi_release(&rows->allocator, rows);
}

hrm_status hrmi_rows_find(hrm_context *ctx, const hrmi_rows *rows, const char *name, size_t *field) {
    *field = HRM_NONE;
    if (name == NULL) return HRM_OK;
    return hrmi_names_find(ctx, &rows->names, name, "field", rows->opened.source.path, field);
}

bool hrmi_rows_has(const hrmi_rows *rows, const char *name) {
    for (size_t i = 0; name != NULL && i < rows->names.count; i++)
        if (hrmi_names_same(rows->names.names[i], name)) return true;
    return false;
}

const char *hrmi_rows_heading(const hrmi_rows *rows, size_t field) {
    return field < rows->names.count ? rows->names.names[field] : NULL;
}

size_t hrmi_rows_note_count(const hrmi_rows *rows) {
    return rows->note_count;
}

const char *hrmi_rows_note(const hrmi_rows *rows, size_t i) {
    return i < rows->note_count ? rows->notes[i] : NULL;
}

uint8_t hrmi_rows_kept_out(const hrmi_rows *rows) {
    return rows->kept_out;
}

int64_t hrmi_rows_row(const hrmi_rows *rows) {
    return rows->number;
}

/* ---- cells ---- */

/* Spreadsheets give dates as 2022/03/08: written as everywhere else. */
static const char *iso_date(hrmi_rows *rows, const char *text) {
    if (!rows->opened.is_sheet || strlen(text) < 10 || strlen(text) >= sizeof rows->buffer) return text;
    for (size_t i = 0; i < 10; i++) {
        const bool slash = i == 4 || i == 7;
        if (slash ? text[i] != '/' : text[i] < '0' || text[i] > '9') return text;
    }
    if (text[10] != '\0' && text[10] != ' ') return text;
    memcpy(rows->buffer, text, strlen(text) + 1);
    rows->buffer[4] = rows->buffer[7] = '-';
    if (rows->buffer[10] == ' ') rows->buffer[10] = 'T';
    return rows->buffer;
}

static const char *cell_text(hrmi_rows *rows, size_t field) {
    size_t length = 0;
    if (rows->csv != NULL) return hrmi_csv_cell(rows->csv, field, &length);
    const char *const text = hrmi_feature_text(rows->features.feature, (int)field, rows->buffer);
    return text != NULL ? iso_date(rows, text) : NULL;
}

hrm_status hrmi_rows_text(hrm_context *ctx, hrmi_rows *rows, size_t field, const char **text) {
    *text = NULL;
    if (field == HRM_NONE) return HRM_OK;
    const char *const value = cell_text(rows, field);
    if (value == NULL || value[0] == '\0') return HRM_OK;
    if (rows->csv == NULL && strlen(value) > MOST_CELL_BYTES)
        return hrmi_fail(ctx, HRM_ERROR_LIMIT,
                         "%s, row %" PRId64 ", field \"%s\": the cell holds more than 1 MiB",
                         rows->opened.source.path, rows->number, rows->names.names[field]);
    *text = value;
    return HRM_OK;
}

hrmi_cell_kind hrmi_rows_number_cell(hrmi_rows *rows, size_t field, hrmi_decimal decimal, hrmi_cell *cell) {
    size_t length = 0;
    *cell = (hrmi_cell){.value = NAN};
    if (field == HRM_NONE) return HRMI_CELL_MISSING;
    if (rows->csv == NULL) return hrmi_feature_number(rows->features.feature, (int)field, decimal, cell);
    const char *const text = hrmi_csv_cell(rows->csv, field, &length);
    return hrmi_number_read_cell(text, length, decimal, cell);
}

bool hrmi_rows_has_geometry(const hrmi_rows *rows) {
    return rows->csv == NULL && OGR_L_GetGeomType(rows->opened.layer) != wkbNone;
}

void hrmi_rows_point(hrmi_rows *rows, double *x, double *y) {
    *x = *y = NAN;
    if (rows->csv != NULL) return;
    OGRGeometryH geometry = OGR_F_GetGeometryRef(rows->features.feature);
    if (geometry == NULL || OGR_G_IsEmpty(geometry)) return;
    if (OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) == wkbMultiPoint &&
        OGR_G_GetGeometryCount(geometry) == 1)
        geometry = OGR_G_GetGeometryRef(geometry, 0);
    if (OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) != wkbPoint) return;
    *x = rows->opened.swap_axes ? OGR_G_GetY(geometry, 0) : OGR_G_GetX(geometry, 0);
    *y = rows->opened.swap_axes ? OGR_G_GetX(geometry, 0) : OGR_G_GetY(geometry, 0);
}

/* ---- the filter over text ---- */

static hrm_status fail_filter(hrm_context *ctx, hrmi_rows *rows) {
    return hrmi_fail(
        ctx, HRM_ERROR_ARGUMENT,
        "%s: the filter \"%s\" cannot be used (cells are text: write year = '2021', or CAST(area AS "
        "float) > 5): %s",
        rows->opened.source.path, rows->opened.source.where, hrmi_gdal_reason(&rows->opened.gdal));
}

static hrm_status make_filter(hrm_context *ctx, hrmi_rows *rows) {
    GDALDriverH const driver = GDALGetDriverByName("Memory");
    if (rows->opened.source.where == NULL || (rows->csv == NULL && !rows->opened.is_sheet)) return HRM_OK;
    hrmi_gdal_clear(&rows->opened.gdal);
    if (driver != NULL) rows->filter = GDALCreate(driver, "", 0, 0, 0, GDT_Unknown, NULL);
    OGRLayerH const layer =
        rows->filter != NULL ? GDALDatasetCreateLayer(rows->filter, "row", NULL, wkbNone, NULL) : NULL;
    if (layer == NULL) return fail_filter(ctx, rows);
    for (size_t i = 0; i < rows->names.count; i++) {
        OGRFieldDefnH const definition = OGR_Fld_Create(rows->names.names[i], OFTString);
        const OGRErr error = OGR_L_CreateField(layer, definition, FALSE);
        OGR_Fld_Destroy(definition);
        if (error != OGRERR_NONE) return fail_filter(ctx, rows);
    }
    if (OGR_L_SetAttributeFilter(layer, rows->opened.source.where) != OGRERR_NONE)
        return fail_filter(ctx, rows);
    return HRM_OK;
}

static hrm_status passes_filter(hrm_context *ctx, hrmi_rows *rows, bool *passes) {
    *passes = true;
    if (rows->filter == NULL) return HRM_OK;
    OGRLayerH const layer = GDALDatasetGetLayer(rows->filter, 0);
    OGRFeatureH const row = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    for (size_t i = 0; i < rows->names.count; i++) {
        const char *const text = cell_text(rows, i);
        if (text != NULL && text[0] != '\0') OGR_F_SetFieldString(row, (int)i, text);
    }
    (void)OGR_F_SetFID(row, 0);
    const bool set = OGR_L_SetFeature(layer, row) == OGRERR_NONE;
    OGR_F_Destroy(row);
    if (!set) return fail_filter(ctx, rows);
    OGR_L_ResetReading(layer);
    OGRFeatureH const found = OGR_L_GetNextFeature(layer);
    *passes = found != NULL;
    OGR_F_Destroy(found);
    return HRM_OK;
}

/* ---- walking ---- */

/* A row of a sheet in which no cell holds anything. */
static bool is_blank(const hrmi_rows *rows) {
    if (!rows->opened.is_sheet) return false;
    for (size_t i = 0; i < rows->names.count; i++)
        if (OGR_F_IsFieldSetAndNotNull(rows->features.feature, (int)i)) return false;
    return true;
}

static hrm_status fail_reading(hrm_context *ctx, const hrmi_rows *rows) {
    return hrmi_fail(ctx, HRM_ERROR_FORMAT, "%s: reading fails after row %" PRId64 "; is the file whole? %s",
                     rows->opened.source.path, rows->number, rows->opened.gdal.message);
}

static hrm_status next_csv(hrm_context *ctx, hrmi_rows *rows, bool *more) {
    if (rows->read++ % 4096 == 0) {
        const hrm_status status = hrmi_progress(ctx, hrmi_csv_share(rows->csv), "reading rows");
        if (status != HRM_OK) return status;
    }
    const hrm_status status = hrmi_csv_next(ctx, rows->csv, more);
    if (status != HRM_OK) return status;
    rows->number = hrmi_csv_row(rows->csv);
    if (rows->opened.gdal.message[0] != '\0') return fail_reading(ctx, rows);
    if (!*more && hrmi_csv_short_rows(rows->csv) > 0)
        hrmi_log(ctx, HRM_LOG_WARNING,
                 "%s: %" PRId64 " rows have fewer cells than headings; the cells that lack count as empty",
                 rows->opened.source.path, hrmi_csv_short_rows(rows->csv));
    return HRM_OK;
}

static hrm_status next_feature(hrm_context *ctx, hrmi_rows *rows, bool *more) {
    const hrm_status status = hrmi_features_next(ctx, &rows->features);
    *more = rows->features.feature != NULL;
    if (status != HRM_OK || !*more) return status;
    rows->number = rows->opened.is_sheet ? (int64_t)OGR_F_GetFID(rows->features.feature) - rows->header_row
                                         : (int64_t)rows->features.count;
    return HRM_OK;
}

hrm_status hrmi_rows_next(hrm_context *ctx, hrmi_rows *rows, bool *more) {
    hrm_status status = HRM_OK;
    bool passes = true;
    do {
        status = rows->csv != NULL ? next_csv(ctx, rows, more) : next_feature(ctx, rows, more);
        if (status != HRM_OK || !*more) return status;
        passes = rows->csv != NULL || !is_blank(rows);
        if (passes) status = passes_filter(ctx, rows, &passes);
    } while (status == HRM_OK && !passes);
    return status;
}

/* ---- opening ---- */

/* The headings of a sheet: its row `header_row`. Empty ones are "field_3". */
static hrm_status read_sheet_names(hrm_context *ctx, hrmi_rows *rows) {
    const char **list = NULL;
    size_t filled = 0;
    hrm_status status = HRM_OK;
    const int count = OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(rows->opened.layer));
    do {
        status = hrmi_features_next(ctx, &rows->features);
    } while (status == HRM_OK && rows->features.feature != NULL &&
             OGR_F_GetFID(rows->features.feature) < rows->header_row);
    if (status != HRM_OK) return status;
    list = hrmi_arena_new(ctx, &rows->arena, (size_t)count + 1, sizeof *list);
    if (list == NULL) return HRM_ERROR_MEMORY;
    for (int i = 0; i < count && rows->features.feature != NULL; i++) {
        char number[32];
        const char *name = hrmi_feature_text(rows->features.feature, i, rows->buffer);
        if (name != NULL) filled++;
        if (name == NULL) (void)snprintf(number, sizeof number, "field_%d", i + 1);
        if (name == NULL) name = number;
        list[i] = hrmi_arena_text(ctx, &rows->arena, name, strlen(name));
        if (list[i] == NULL) return HRM_ERROR_MEMORY;
    }
    if (filled == 0)
        return hrmi_fail(ctx, HRM_ERROR_FORMAT, "%s, sheet \"%s\": there are no headings in row %" PRId64,
                         rows->opened.source.path, OGR_L_GetName(rows->opened.layer), rows->header_row);
    rows->names.names = list;
    rows->names.count = (size_t)count;
    return HRM_OK;
}

static hrm_status open_csv(hrm_context *ctx, hrmi_rows *rows) {
    const hrm_source *const s = &rows->opened.source;
    hrmi_gdal_clear(&rows->opened.gdal);
    const hrm_status status = hrmi_csv_open(ctx, s->path, s->encoding, s->header_row, &rows->csv);
    if (status != HRM_OK) return status;
    rows->names = *hrmi_csv_names(rows->csv);
    return rows->opened.gdal.message[0] == '\0' ? HRM_OK : fail_reading(ctx, rows);
}

static hrm_status open_layer(hrm_context *ctx, hrmi_rows *rows, bool with_geometry) {
    hrm_status status =
        hrmi_source_open(ctx, with_geometry ? HRMI_SOURCE_FEATURES : HRMI_SOURCE_TABLE, &rows->opened);
    if (status != HRM_OK) return status;
    hrmi_features_begin(&rows->features, &rows->opened);
    if (rows->opened.is_sheet) return read_sheet_names(ctx, rows);
    return hrmi_features_names(ctx, &rows->opened, &rows->arena, &rows->names);
}

hrm_status hrmi_rows_open(hrm_context *ctx, const hrm_source *source, bool with_geometry,
                          const char *const *wanted, size_t wanted_count, hrmi_rows **out) {
    hrmi_rows *rows = NULL;
    hrm_status status = HRM_OK;
    *out = NULL;
    (void)wanted;
    (void)wanted_count;
    rows = hrmi_array_new(ctx, 1, sizeof *rows);
    if (rows == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    rows->allocator = *hrmi_allocator(ctx);
    hrmi_arena_init(&rows->arena, ctx);
    status = hrmi_source_check(ctx, source, &rows->opened);
    if (status != HRM_OK) goto done;
    rows->header_row = rows->opened.source.header_row > 0 ? rows->opened.source.header_row : 1;
    status = !with_geometry && hrmi_path_is_csv(rows->opened.source.path)
                 ? open_csv(ctx, rows)
                 : open_layer(ctx, rows, with_geometry);
    if (status == HRM_OK) status = make_filter(ctx, rows);
    if (status != HRM_OK) goto done;
    *out = rows;
    rows = NULL;
done:
    hrmi_rows_close(rows);
    return status;
}
