/*
 * Separated text (CSV), row by row, after RFC 4180 and as spreadsheets save it: UTF-8 with or without a mark,
 * or a named one-byte encoding; comma, semicolon, tab or bar as the headings have them; LF, CRLF or CR;
 * quoted cells with line breaks.
 *
 * A file that is damaged is an error with its line, and never a shorter table: a quote that is never closed,
 * more cells than headings, a zero byte, a cell of more than 1 MiB.
 */
#ifndef HRMI_CSV_H
#define HRMI_CSV_H

#include "io/names.h"

typedef struct hrmi_csv hrmi_csv;

/*
 * Opens a file of GDAL's virtual file systems, inside hrmi_gdal_enter(), and reads the headings in row
 * `header_row` (from 1; rows above are passed over).
 *
 * HRM_ERROR_FILE, HRM_ERROR_FORMAT (also: no row of headings), HRM_ERROR_UNSUPPORTED (the encoding),
 * HRM_ERROR_LIMIT, HRM_ERROR_MEMORY.
 */
hrm_status hrmi_csv_open(hrm_context *ctx, const char *path, const char *encoding, size_t header_row,
                         hrmi_csv **out);

void hrmi_csv_free(hrmi_csv *csv);

/* The headings; an empty one is "field_3". Borrowed. */
const hrmi_names *hrmi_csv_names(const hrmi_csv *csv);

/* Reads the next row that is not blank. *more is false at the end. */
hrm_status hrmi_csv_next(hrm_context *ctx, hrmi_csv *csv, bool *more);

/* Of the present row: its number below the headings from 1, and the line of the file on which it begins. */
int64_t hrmi_csv_row(const hrmi_csv *csv);
int64_t hrmi_csv_line(const hrmi_csv *csv);

/* A cell of the present row, ended by a zero; "" where the row is shorter. Borrowed until the next row. */
const char *hrmi_csv_cell(const hrmi_csv *csv, size_t field, size_t *length);

/* How many rows so far had fewer cells than there are headings. */
int64_t hrmi_csv_short_rows(const hrmi_csv *csv);

/* 0 … 1: how much of the file was read, as far as its size is known. */
double hrmi_csv_share(const hrmi_csv *csv);

#endif
