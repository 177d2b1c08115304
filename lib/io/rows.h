/*
 * Rows of a table, whatever file they stand in: separated text, a sheet, or the fields of a layer. Every cell
 * is had as text; numbers also as numbers.
 */
#ifndef HRMI_ROWS_H
#define HRMI_ROWS_H

#include "io/csv.h"
#include "io/features.h"

typedef struct hrmi_rows hrmi_rows;

/*
 * Opens a source and reads its headings; the errors are those of hrmi_source_open() and hrmi_csv_open().
 * `with_geometry`: rows are features of a layer that has geometry.
 *
 * `wanted` are the names of the fields that are needed, NULL for those that are not asked for: where the
 * source does not say in which row the headings stand, it is found by them.
 */
hrm_status hrmi_rows_open(hrm_context *ctx, const hrm_source *source, bool with_geometry,
                          const char *const *wanted, size_t wanted_count, hrmi_rows **out);

/* NULL is nothing. */
void hrmi_rows_close(hrmi_rows *rows);

/* What messages call the source: its path, of a database on a server what may be told. Borrowed. */
const char *hrmi_rows_path(const hrmi_rows *rows);

/* The place of a field by its name; HRM_NONE for NULL. HRM_ERROR_FIELD as hrmi_names_find(). */
hrm_status hrmi_rows_find(hrm_context *ctx, const hrmi_rows *rows, const char *name, size_t *field);

/* Whether there is a field of this name; NULL is none. */
bool hrmi_rows_has(const hrmi_rows *rows, const char *name);

/* The heading of a field as it stands in the file; NULL for HRM_NONE. Borrowed from the rows. */
const char *hrmi_rows_heading(const hrmi_rows *rows, size_t field);

/* Remarks on the table as a whole, for a report: a heading row that was found further down, an encoding that
 * was found. They were logged too. Borrowed from the rows. */
size_t hrmi_rows_note_count(const hrmi_rows *rows);
const char *hrmi_rows_note(const hrmi_rows *rows, size_t i);

/* Goes to the next row. *more is false at the end. Reports progress and asks for cancelling. */
hrm_status hrmi_rows_next(hrm_context *ctx, hrmi_rows *rows, bool *more);

/* The number of the present row: in the file as a spreadsheet program shows it, the first row being 1; of a
 * layer from 1, the first feature that passes the filter. */
int64_t hrmi_rows_row(const hrmi_rows *rows);

/* HRM_REASON_TOTAL or HRM_REASON_HEADING where the present row is no row of data; else 0. */
uint8_t hrmi_rows_kept_out(const hrmi_rows *rows);

/* A cell of the present row as text: NULL where it is empty, or field is HRM_NONE. Borrowed until the next
 * cell or row is asked for. HRM_ERROR_LIMIT for a cell of more than 1 MiB. */
hrm_status hrmi_rows_text(hrm_context *ctx, hrmi_rows *rows, size_t field, const char **text);

/* A cell as number; HRMI_CELL_MISSING where field is HRM_NONE. */
hrmi_cell_kind hrmi_rows_number_cell(hrmi_rows *rows, size_t field, hrmi_decimal decimal, hrmi_cell *cell);

/* Whether rows have geometry at all. */
bool hrmi_rows_has_geometry(const hrmi_rows *rows);

/* The point of the present row: NaN where it has no geometry, or one that is no single point. */
void hrmi_rows_point(hrmi_rows *rows, double *x, double *y);

#endif
