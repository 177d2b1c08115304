/*
 * Columns side by side, each of the same number of cells: what a table and a panel are made of.
 *
 * The values of a column never move once it is there; a column may be taken back as long as it is the last
 * one.
 */
#ifndef HRMI_COLUMNS_H
#define HRMI_COLUMNS_H

#include "base/index.h"
#include "hromada/table.h"

typedef struct hrmi_column {
    hrm_column_info info; /* its texts are never NULL */
    double *values;       /* numbers, NaN for missing; NULL in a column of text */
    const char **texts;   /* texts, NULL for missing; NULL in a column of numbers */
    uint8_t *missing;     /* HRM_MISSING_… per cell; NULL when nothing is missing */
    char *words;          /* the bytes that info's texts point to */
} hrmi_column;

typedef struct hrmi_columns {
    hrm_allocator allocator;
    hrmi_column *list;
    size_t count;
    size_t capacity;
    size_t cell_count; /* of every column */
    hrmi_index ids;
} hrmi_columns;

void hrmi_columns_init(hrmi_columns *columns, const hrm_context *ctx, size_t cell_count);
void hrmi_columns_free(hrmi_columns *columns); /* of columns that are all zero: nothing */

/* Reads a caller's description, whatever its size: the rest is zero, its struct_size ours. Texts are
 * borrowed. */
hrm_status hrmi_columns_read_info(hrm_context *ctx, const hrm_column_info *given, hrm_column_info *info);

/* The column of an id, or HRM_NONE. */
size_t hrmi_columns_find(const hrmi_columns *columns, const char *id);

/* Add a column, as hrm_table_add() and hrm_table_add_text() promise; columns are unchanged on failure. */
hrm_status hrmi_columns_add(hrm_context *ctx, hrmi_columns *columns, const hrm_column_info *info,
                            const double *values, const uint8_t *missing, size_t *column);
hrm_status hrmi_columns_add_text(hrm_context *ctx, hrmi_columns *columns, const hrm_column_info *info,
                                 const char *const *texts, const uint8_t *missing, size_t *column);

/* Takes back the columns from `count` on. Never fails. */
void hrmi_columns_truncate(hrmi_columns *columns, size_t count);

bool hrmi_columns_info(const hrmi_columns *columns, size_t column, hrm_column_info *out);

#endif
