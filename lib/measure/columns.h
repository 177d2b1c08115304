/*
 * Laying a measure into a table: several columns, all or none, described in both languages.
 */
#ifndef HRMI_MEASURE_COLUMNS_H
#define HRMI_MEASURE_COLUMNS_H

#include "base/buffer.h"
#include "base/sum.h"
#include "table/table.h"

/* What every column of one measure shares, and room for texts being put together. */
typedef struct hrmi_laying {
    hrm_context *ctx;
    hrm_table *table;
    size_t mark; /* where the table ended before */
    hrm_column_info info;
    hrmi_buffer id, title_en, title_uk;
    double *values;   /* one per row, for the caller to fill */
    uint8_t *missing; /* HRM_MISSING_…, likewise */
} hrmi_laying;

/* HRM_OK, or HRM_ERROR_ARGUMENT when the table is not one of the layer's communities. */
hrm_status hrmi_must_be_communities(hrm_context *ctx, const hrm_table *table, const hrm_layer *layer);

/* HRM_OK, or HRM_ERROR_ARGUMENT when what is to begin the ids of columns cannot: said before any work is
 * done. */
hrm_status hrmi_must_begin_ids(hrm_context *ctx, const char *id);

hrm_status hrmi_laying_begin(hrm_context *ctx, hrm_table *table, const char *source, hrmi_laying *out);

/* Begins the next column: no texts, values all 0 and present. */
void hrmi_laying_next(hrmi_laying *laying);

/* A row has no value. */
static inline void hrmi_laying_miss(hrmi_laying *laying, size_t row, uint8_t reason) {
    laying->values[row] = NAN;
    laying->missing[row] = reason;
}

/* Appends to the three texts: `id` as it is, titles cleaned of what is not UTF-8. Any may be NULL. */
hrm_status hrmi_laying_say(hrmi_laying *laying, const char *id, const char *title_en, const char *title_uk);

/* Sets a row to a sum: HRM_ERROR_VALUE with column and community where no double can hold it. */
hrm_status hrmi_laying_sum(hrmi_laying *laying, const hrm_layer *layer, size_t row, const hrmi_sum *sum);

/* Adds the column. */
hrm_status hrmi_laying_add(hrmi_laying *laying);

/* Frees what was needed; takes the columns back unless status is HRM_OK. Returns status. */
hrm_status hrmi_laying_end(hrmi_laying *laying, hrm_status status);

#endif
