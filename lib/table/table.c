/* The table: columns over the rows of one level of a layer. What a column is, is in columns.c. */
#include "table/table.h"
#include "community/layer.h"

void hrm_column_info_init(hrm_column_info *info, size_t struct_size) {
    hrmi_init_struct(info, struct_size, NULL, 0);
}

hrm_status hrm_table_new(hrm_context *ctx, const hrm_layer *layer, int32_t level, hrm_table **out) {
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_table_new: out is NULL");
    *out = NULL;
    if (layer == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_table_new: layer is NULL");
    const size_t rows = hrm_layer_unit_count(layer, level);
    if (level < HRM_LEVEL_COUNTRY || level > HRM_LEVEL_COMMUNITY)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "there is no level %ld: give one of HRM_LEVEL_…",
                         (long)level);
    if (rows == 0)
        return hrmi_fail(
            ctx, HRM_ERROR_ARGUMENT,
            "the layer has no level %ld: only layers of KATOTTG codes or P-codes have raions and oblasts",
            (long)level);
    hrm_table *const table = hrmi_array_new(ctx, 1, sizeof *table);
    if (table == NULL) return HRM_ERROR_MEMORY;
    hrmi_columns_init(&table->columns, ctx, rows);
    table->level = level;
    table->fingerprint = hrmi_layer_fingerprint(layer);
    *out = table;
    return HRM_OK;
}

void hrm_table_free(hrm_table *table) {
    if (table == NULL) return;
    const hrm_allocator allocator = table->columns.allocator;
    hrmi_columns_free(&table->columns);
    hrmi_release(&allocator, table);
}

size_t hrm_table_row_count(const hrm_table *table) {
    return table->columns.cell_count;
}

size_t hrm_table_column_count(const hrm_table *table) {
    return table->columns.count;
}

int32_t hrm_table_level(const hrm_table *table) {
    return table->level;
}

bool hrm_table_fits(const hrm_table *table, const hrm_layer *layer) {
    return table->fingerprint == hrmi_layer_fingerprint(layer) &&
           table->columns.cell_count == hrm_layer_unit_count(layer, table->level);
}

size_t hrm_table_find(const hrm_table *table, const char *id) {
    return id == NULL ? HRM_NONE : hrmi_columns_find(&table->columns, id);
}

bool hrm_table_column(const hrm_table *table, size_t column, hrm_column_info *out) {
    return hrmi_columns_info(&table->columns, column, out);
}

hrm_status hrm_table_add(hrm_context *ctx, hrm_table *table, const hrm_column_info *info,
                         const double *values, const uint8_t *missing, size_t *column) {
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (table == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_table_add: table is NULL");
    return hrmi_columns_add(ctx, &table->columns, info, values, missing, column);
}

hrm_status hrm_table_add_text(hrm_context *ctx, hrm_table *table, const hrm_column_info *info,
                              const char *const *values, const uint8_t *missing, size_t *column) {
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (table == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_table_add_text: table is NULL");
    return hrmi_columns_add_text(ctx, &table->columns, info, values, missing, column);
}

const double *hrm_table_values(const hrm_table *table, size_t column) {
    return column < table->columns.count ? table->columns.list[column].values : NULL;
}

const char *hrm_table_text(const hrm_table *table, size_t column, size_t row) {
    if (column >= table->columns.count || row >= table->columns.cell_count) return NULL;
    const hrmi_column *const c = &table->columns.list[column];
    return c->texts == NULL ? NULL : c->texts[row];
}

const uint8_t *hrm_table_missing(const hrm_table *table, size_t column) {
    return column < table->columns.count ? table->columns.list[column].missing : NULL;
}

const char *hrm_missing_text(uint8_t reason, int32_t language) {
    static const char *const words[][2] = {
        {"", ""},
        {"не повідомлено", "not reported"},
        {"не збирали", "not collected"},
        {"немає рядка в джерелі", "no row in the source"},
        {"непридатне значення", "unusable value"},
        {"приховано", "suppressed"},
        {"окуповано або недоступно", "occupied or out of reach"},
        {"не застосовується", "not applicable"},
        {"не визначено (ділення на нуль тощо)", "undefined (division by zero or alike)"},
        {"поза охопленням джерела", "outside what the source covers"},
    };
    if (language != HRM_UK && language != HRM_EN) return NULL;
    if (reason >= sizeof words / sizeof *words) return "";
    return words[reason][language == HRM_EN];
}

size_t hrmi_table_mark(const hrm_table *table) {
    return table->columns.count;
}

void hrmi_table_rollback(hrm_table *table, size_t mark) {
    hrmi_columns_truncate(&table->columns, mark);
}

hrm_status hrmi_table_must_fit(hrm_context *ctx, const hrm_table *table, const hrm_layer *layer) {
    if (hrm_table_fits(table, layer)) return HRM_OK;
    return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                     "the table was made for another layer: its communities are not those of this one");
}
