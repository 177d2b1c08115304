/*
 * Rows of a table from inside: opened by rows_open.c, filtered by rows_filter.c, walked over by rows.c.
 */
#ifndef HRMI_ROWS_PARTS_H
#define HRMI_ROWS_PARTS_H

#include "io/headings.h"
#include "io/rows.h"

enum { HRMI_ROWS_NOTES = 4 };

struct hrmi_rows {
    hrm_allocator allocator;
    hrmi_opened opened;
    hrmi_arena arena;
    hrmi_names names;
    hrmi_csv *csv;          /* separated text, or … */
    hrmi_features features; /* … features, of which a sheet's begin with its first row */
    GDALDatasetH filter;    /* one row, for `where` over text; NULL without */
    int64_t number;         /* of the present row */
    int64_t read;
    bool waiting;   /* the present feature was read and not yet given */
    size_t *wanted; /* the places of the fields that were asked for */
    size_t wanted_count;
    const hrmi_heading_row *heading_rows; /* of text and sheets, as they stand in the file */
    size_t heading_row_count;
    bool below_headings; /* no row of data came yet */
    bool below_words;    /* … none with a number or a code */
    bool below_repeated; /* … since the headings came again */
    uint8_t kept_out;
    const char *notes[HRMI_ROWS_NOTES];
    size_t note_count;
    char buffer[HRMI_FIELD_TEXT_SIZE];
};

/* GDAL failed while rows were read. */
hrm_status hrmi_rows_fail_reading(hrm_context *ctx, const hrmi_rows *rows);

/* A cell of the present row; NULL or "" where it is empty. */
const char *hrmi_rows_cell(hrmi_rows *rows, size_t field);

/* Makes the filter that the source asks for, where GDAL does not filter itself. */
hrm_status hrmi_rows_make_filter(hrm_context *ctx, hrmi_rows *rows);
hrm_status hrmi_rows_passes_filter(hrm_context *ctx, hrmi_rows *rows, bool *passes);

/* What a row is that is none of data: HRM_REASON_…, else 0. */
uint8_t hrmi_rows_look_at(hrmi_rows *rows);

#endif
