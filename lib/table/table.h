/*
 * The table as the rest of the library sees it, beside the public questions: its columns for formulas, and
 * adding several columns all or none:
 *
 *     const size_t mark = hrmi_table_mark(table);
 *     … add columns; at the first failure:
 *     hrmi_table_rollback(table, mark);
 */
#ifndef HRMI_TABLE_H
#define HRMI_TABLE_H

#include "table/columns.h"

struct hrm_table {
    hrmi_columns columns; /* cell_count: the rows */
    int32_t level;
    uint64_t fingerprint; /* of the layer */
};

/* Where the columns end now, and taking back all that came later. Never fails. */
size_t hrmi_table_mark(const hrm_table *table);
void hrmi_table_rollback(hrm_table *table, size_t mark);

/* HRM_OK, or HRM_ERROR_ARGUMENT when the table was not made for the layer. */
hrm_status hrmi_table_must_fit(hrm_context *ctx, const hrm_table *table, const hrm_layer *layer);

/* Adds the column `<id>_coverage` to a table of units: which share of their communities had a value. Nothing
 * where every share is 1. */
hrm_status hrmi_table_add_coverage(hrm_context *ctx, hrm_table *table, const char *id, const double *shares);

#endif
