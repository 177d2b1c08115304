/*
 * A source opened with GDAL: which files (and, where that is allowed, databases on servers) may be opened at
 * all, by which drivers, the layer or statement that is meant, its filter and its CRS.
 */
#ifndef HRMI_SOURCE_H
#define HRMI_SOURCE_H

#include <ogr_api.h>

#include "hromada/io.h"
#include "io/gdal.h"
#include "io/names.h"
#include "io/sheet_trim.h"

/* What is looked for in a source. */
typedef enum hrmi_source_kind {
    HRMI_SOURCE_FEATURES = 0, /* a layer with geometry */
    HRMI_SOURCE_TABLE = 1     /* rows of fields; spreadsheets come as rows of text, headings included */
} hrmi_source_kind;

enum { HRMI_SHOWN_PATH_SIZE = 400 };

/* Points into itself: is not moved. */
typedef struct hrmi_opened {
    hrmi_gdal gdal;
    hrm_source source;      /* the caller's texts, borrowed; of a server the path is what may be told of it */
    const char *connection; /* of a server: the caller's path; else NULL */
    char shown[HRMI_SHOWN_PATH_SIZE];
    char trimmed[HRMI_TRIMMED_PATH_SIZE]; /* a copy of a spreadsheet in memory; "" for none */
    GDALDatasetH dataset;
    bool in_transaction; /* of a server: one that only reads, from opening to closing */
    OGRLayerH layer;
    bool is_result;    /* the layer is that of a statement */
    OGRFeatureH first; /* of a statement: its first row, read while it was opened, until it is taken */
    char complaint[HRMI_GDAL_MESSAGE_SIZE]; /* what GDAL found wrong while opening, though it went on */
    bool is_sheet;  /* all cells text, no headings taken: the row of headings is a feature */
    bool swap_axes; /* the file's coordinates are northing, easting */
} hrmi_opened;

/* The caller's source, read and checked: HRM_ERROR_ARGUMENT, HRM_ERROR_UNSUPPORTED (network, servers
 * where they are not allowed, a bare archive), HRM_ERROR_FILE (missing, a folder, empty, not readable).
 * Enters GDAL before the first question to the file system: call hrmi_source_close() whatever it returns. */
hrm_status hrmi_source_check(hrm_context *ctx, const hrm_source *source, hrmi_opened *opened);

/* After hrmi_source_check(): opens the file and finds its layer; sets the filter but for sheets. */
hrm_status hrmi_source_open(hrm_context *ctx, hrmi_source_kind kind, hrmi_opened *opened);

/* HRM_ERROR_UNSUPPORTED: a file that is no database has no SQL. */
hrm_status hrmi_source_fail_sql(hrm_context *ctx, const hrmi_opened *opened);

/* Closes the file and leaves GDAL. Nothing for a struct that is all zero. */
void hrmi_source_close(hrmi_opened *opened);

/* The CRS of the layer as text that hrmi_crs_open() reads: the caller's, or else the file's as WKT; NULL with
 * HRM_ERROR_CRS where neither says one. Free with hrmi_free(). */
char *hrmi_source_crs_text(hrm_context *ctx, hrmi_opened *opened);

#endif
