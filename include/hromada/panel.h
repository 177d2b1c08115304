/**
 * @file panel.h
 * Columns over communities and periods: values[row][period].
 *
 * Periods are texts that sort by their bytes: "2021", "2021-Q3", "2021-07", "2021-07-08"; 1 to 32 bytes of
 * printable UTF-8 with neither `@` nor a double quote. A panel has one sorted axis of them for all its
 * columns. In a table the same numbers are the columns `<id>@<period>`.
 */
#ifndef HROMADA_PANEL_H
#define HROMADA_PANEL_H

#include "hromada/table.h"

HRM_BEGIN_DECLS

/** Columns over the communities of a layer and a sorted axis of periods. */
typedef struct hrm_panel hrm_panel;

/**
 * Make an empty panel.
 *
 * @param ctx       the caller's context
 * @param layer     whose communities; not kept
 * @param periods   `count` different texts in any order; copied and sorted
 * @param count     1 to 4096
 * @param[out] out  the panel; free with hrm_panel_free()
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_DUPLICATE (a period twice), HRM_ERROR_LIMIT (over 4096),
 * HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_panel_new(hrm_context *ctx, const hrm_layer *layer,
                                                const char *const *periods, size_t count, hrm_panel **out);

/** Free a panel; NULL is nothing. @since 0.1 */
HRM_API void hrm_panel_free(hrm_panel *panel);

/** Rows (communities). @since 0.1 */
HRM_API size_t hrm_panel_row_count(const hrm_panel *panel);

/** Periods. @since 0.1 */
HRM_API size_t hrm_panel_period_count(const hrm_panel *panel);

/** Columns. @since 0.1 */
HRM_API size_t hrm_panel_column_count(const hrm_panel *panel);

/** A period of the sorted axis; NULL when there is none. Borrowed. @since 0.1 */
HRM_API const char *hrm_panel_period(const hrm_panel *panel, size_t period);

/** The place of a period in the sorted axis, or ::HRM_NONE. Cost: O(log periods). @since 0.1 */
HRM_API size_t hrm_panel_find_period(const hrm_panel *panel, const char *period);

/** Whether the panel was made for this layer: the same keys in the same order. Cost: O(1). @since 0.1 */
HRM_API bool hrm_panel_fits(const hrm_panel *panel, const hrm_layer *layer);

/** The column of an id, or ::HRM_NONE. @since 0.1 */
HRM_API size_t hrm_panel_find(const hrm_panel *panel, const char *id);

/** What a column says of itself, as hrm_table_column(). @since 0.1 */
HRM_API bool hrm_panel_column(const hrm_panel *panel, size_t column, hrm_column_info *out);

/**
 * Add a column: `values` holds rows × periods numbers, the periods of a row side by side in the sorted order.
 * Otherwise as hrm_table_add().
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_DUPLICATE, HRM_ERROR_VALUE, HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_panel_add(hrm_context *ctx, hrm_panel *panel,
                                                const hrm_column_info *info, const double *values,
                                                const uint8_t *missing, size_t *column);

/** The numbers of a column, rows × periods, contiguous; borrowed as hrm_table_values(). @since 0.1 */
HRM_API const double *hrm_panel_values(const hrm_panel *panel, size_t column);

/** Why values are missing, rows × periods; NULL when nothing is. Borrowed. @since 0.1 */
HRM_API const uint8_t *hrm_panel_missing(const hrm_panel *panel, size_t column);

/**
 * Lay a panel's columns into a table of the same layer as `<id>@<period>`: all or none.
 *
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_DUPLICATE, HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_table_add_panel(hrm_context *ctx, hrm_table *table,
                                                      const hrm_panel *panel);

/**
 * Gather a table's columns of numbers `<id>@<period>` into a panel, as wide tables have them (a column per
 * year). Columns of text and columns without a period stay out.
 *
 * @param ctx       the caller's context
 * @param layer     the table's layer
 * @param table     communities
 * @param[out] out  a new panel over all periods that any of them has; where a column has no such period its
 *                  values are missing, "not collected". Titles lose the period that hrm_table_add_panel() put
 *                  behind them. Free with hrm_panel_free()
 * @return HRM_OK, HRM_ERROR_ARGUMENT (no such columns, or another layer's table), HRM_ERROR_VALUE (columns of
 * one id differ in unit, direction or roll-up), HRM_ERROR_LIMIT (over 4096 periods), HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_panel_from_table(hrm_context *ctx, const hrm_layer *layer,
                                                       const hrm_table *table, hrm_panel **out);

HRM_END_DECLS

#endif
