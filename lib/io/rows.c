/*
 * Rows of a table: their cells, and walking over them.
 */
#include <inttypes.h>

#include "io/rows_parts.h"

enum { MOST_CELL_BYTES = 1024 * 1024 };

void hrmi_rows_close(hrmi_rows *rows) {
    if (rows == NULL) return;
    hrmi_features_end(&rows->features);
    if (rows->filter != NULL) (void)GDALClose(rows->filter);
    hrmi_csv_free(rows->csv);
    hrmi_source_close(&rows->opened);
    hrmi_arena_free(&rows->arena);
    hrmi_release(&rows->allocator, rows);
}

const char *hrmi_rows_path(const hrmi_rows *rows) {
    return rows->opened.source.path;
}

hrm_status hrmi_rows_find(hrm_context *ctx, const hrmi_rows *rows, const char *name, size_t *field) {
    *field = HRM_NONE;
    if (name == NULL) return HRM_OK;
    return hrmi_names_find(ctx, &rows->names, name, "field", rows->opened.source.path, field);
}

bool hrmi_rows_has(const hrmi_rows *rows, const char *name) {
    return name != NULL && hrmi_names_look(&rows->names, name).place != HRM_NONE;
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

const char *hrmi_rows_cell(hrmi_rows *rows, size_t field) {
    size_t length = 0;
    if (rows->csv != NULL) return hrmi_csv_cell(rows->csv, field, &length);
    const char *const text = hrmi_feature_text(rows->features.feature, (int)field, rows->buffer);
    return text != NULL ? iso_date(rows, text) : NULL;
}

hrm_status hrmi_rows_text(hrm_context *ctx, hrmi_rows *rows, size_t field, const char **text) {
    *text = NULL;
    if (field == HRM_NONE) return HRM_OK;
    const char *const value = hrmi_rows_cell(rows, field);
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

/* ---- walking ---- */

/* A row of a sheet in which no cell holds anything. */
static bool is_blank(const hrmi_rows *rows) {
    if (!rows->opened.is_sheet) return false;
    for (size_t i = 0; i < rows->names.count; i++)
        if (OGR_F_IsFieldSetAndNotNull(rows->features.feature, (int)i)) return false;
    return true;
}

hrm_status hrmi_rows_fail_reading(hrm_context *ctx, const hrmi_rows *rows) {
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
    if (rows->opened.gdal.message[0] != '\0') return hrmi_rows_fail_reading(ctx, rows);
    if (!*more && hrmi_csv_short_rows(rows->csv) > 0)
        hrmi_log(ctx, HRM_LOG_WARNING,
                 "%s: %" PRId64 " rows have fewer cells than headings; the cells that lack count as empty",
                 rows->opened.source.path, hrmi_csv_short_rows(rows->csv));
    return HRM_OK;
}

static hrm_status next_feature(hrm_context *ctx, hrmi_rows *rows, bool *more) {
    const hrm_status status = rows->waiting ? HRM_OK : hrmi_features_next(ctx, &rows->features);
    rows->waiting = false;
    *more = rows->features.feature != NULL;
    if (status != HRM_OK || !*more) return status;
    rows->number =
        rows->opened.is_sheet ? (int64_t)OGR_F_GetFID(rows->features.feature) : (int64_t)rows->features.count;
    return HRM_OK;
}

hrm_status hrmi_rows_next(hrm_context *ctx, hrmi_rows *rows, bool *more) {
    hrm_status status = HRM_OK;
    bool passes = true;
    do {
        status = rows->csv != NULL ? next_csv(ctx, rows, more) : next_feature(ctx, rows, more);
        if (status != HRM_OK || !*more) return status;
        passes = rows->csv != NULL || !is_blank(rows);
        if (passes) status = hrmi_rows_passes_filter(ctx, rows, &passes);
    } while (status == HRM_OK && !passes);
    if (status == HRM_OK) rows->kept_out = hrmi_rows_look_at(rows);
    return status;
}
