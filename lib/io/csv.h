/*
 * Separated text (CSV), row by row, after RFC 4180 and as spreadsheets save it: UTF-8 with or without a mark,
 * UTF-16 with its mark, Windows-1251, or a named one-byte encoding; comma, semicolon, tab or bar; LF, CRLF or
 * CR; quoted cells with line breaks.
 *
 * A file that is damaged is an error with its line, and never a shorter table: a quote that is never closed,
 * more cells than headings, a zero byte, a cell of more than 1 MiB.
 */
#ifndef HRMI_CSV_H
#define HRMI_CSV_H

#include "io/names.h"

typedef struct hrmi_csv hrmi_csv;

/*
 * Opens a file of GDAL's virtual file systems, inside hrmi_gdal_enter(), and finds its encoding, where none
 * is said, and its separator. It stands before the first row.
 *
 * HRM_ERROR_FILE, HRM_ERROR_UNSUPPORTED (the encoding), HRM_ERROR_MEMORY.
 */
hrm_status hrmi_csv_open(hrm_context *ctx, const char *path, const char *encoding, hrmi_csv **out);

void hrmi_csv_free(hrmi_csv *csv);

/* What was found out of the encoding and is worth telling: a sentence; NULL where there is nothing to say.
 * Borrowed. */
const char *hrmi_csv_remark(const hrmi_csv *csv);

/* Back before the first row. */
hrm_status hrmi_csv_rewind(hrm_context *ctx, hrmi_csv *csv);

/* From here on rows are rows of data below these headings, which are borrowed: blank rows are passed over,
 * and rows with more cells are errors. NULL: all rows come as they are. */
void hrmi_csv_set_names(hrmi_csv *csv, const hrmi_names *names);

/* Reads the next row. *more is false at the end. HRM_ERROR_FORMAT, HRM_ERROR_LIMIT, HRM_ERROR_MEMORY. */
hrm_status hrmi_csv_next(hrm_context *ctx, hrmi_csv *csv, bool *more);

/* Of the present row: its number in the file from 1, where blank lines count and a row is one however many
 * lines its cells have; and the line of the file on which it begins. */
int64_t hrmi_csv_row(const hrmi_csv *csv);
int64_t hrmi_csv_line(const hrmi_csv *csv);

/* How many cells the present row has: as many as there are headings at most, if these are set. */
size_t hrmi_csv_cell_count(const hrmi_csv *csv);

/* A cell of the present row, ended by a zero; "" where the row is shorter. Borrowed until the next row. */
const char *hrmi_csv_cell(const hrmi_csv *csv, size_t field, size_t *length);

/* How many rows so far had fewer cells than there are headings. */
int64_t hrmi_csv_short_rows(const hrmi_csv *csv);

/* 0 … 1: how much of the file was read, as far as its size is known. */
double hrmi_csv_share(const hrmi_csv *csv);

#endif
