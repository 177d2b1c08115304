/*
 * The panel: columns over communities and a sorted axis of periods. Its columns are those of columns.h with
 * rows × periods cells, the periods of a row side by side, as series over time are read.
 */
#include "table/panel.h"
#include "base/buffer.h"
#include "base/sort.h"
#include "community/layer.h"
#include "table/id.h"
#include "table/table.h"

static int by_bytes(const void *a, const void *b, const void *user) {
    (void)user;
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static hrm_status check_periods(hrm_context *ctx, const char *const *periods, size_t count, size_t *bytes) {
    *bytes = 0;
    if (periods == NULL || count == 0)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "a panel needs at least one period");
    if (count > HRMI_PERIODS_MOST)
        return hrmi_fail(ctx, HRM_ERROR_LIMIT, "%zu periods: a panel may have up to %d", count,
                         HRMI_PERIODS_MOST);
    for (size_t i = 0; i < count; i++) {
        if (periods[i] == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "period %zu is NULL", i);
        const size_t length = strlen(periods[i]);
        const char *const fault = hrmi_period_fault(periods[i], length);
        if (fault != NULL)
            return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "\"%.40s\" cannot be a period: %s", periods[i], fault);
        *bytes += length + 1;
    }
    return HRM_OK;
}

/* Copies the periods behind a block of pointers to them, and sorts the pointers. */
static hrm_status copy_periods(hrm_context *ctx, hrm_panel *panel, const char *const *periods, size_t count,
                               size_t bytes) {
    panel->periods = hrmi_array_new(ctx, count * sizeof *periods + bytes, 1);
    if (panel->periods == NULL) return HRM_ERROR_MEMORY;
    char *at = (char *)(panel->periods + count);
    for (size_t i = 0; i < count; i++) {
        const size_t size = strlen(periods[i]) + 1;
        memcpy(at, periods[i], size);
        panel->periods[i] = at;
        at += size;
    }
    panel->period_count = count;
    hrmi_sort(panel->periods, count, sizeof *panel->periods, by_bytes, NULL);
    for (size_t i = 1; i < count; i++)
        if (strcmp(panel->periods[i - 1], panel->periods[i]) == 0)
            return hrmi_fail(ctx, HRM_ERROR_DUPLICATE, "the period %s is given twice", panel->periods[i]);
    return HRM_OK;
}

hrm_status hrm_panel_new(hrm_context *ctx, const hrm_layer *layer, const char *const *periods, size_t count,
                         hrm_panel **out) {
    hrm_panel *panel = NULL;
    size_t bytes = 0;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_panel_new: out is NULL");
    *out = NULL;
    if (layer == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_panel_new: layer is NULL");
    hrm_status status = check_periods(ctx, periods, count, &bytes);
    if (status != HRM_OK) goto done;
    panel = hrmi_array_new(ctx, 1, sizeof *panel);
    if (panel == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    panel->row_count = hrm_layer_count(layer);
    panel->fingerprint = hrmi_layer_fingerprint(layer);
    hrmi_columns_init(&panel->columns, ctx, panel->row_count * count);
    status = copy_periods(ctx, panel, periods, count, bytes);
    if (status != HRM_OK) goto done;
    *out = panel;
    panel = NULL; /* given away */
done:
    hrm_panel_free(panel);
    return status;
}

void hrm_panel_free(hrm_panel *panel) {
    if (panel == NULL) return;
    const hrm_allocator allocator = panel->columns.allocator;
    hrmi_columns_free(&panel->columns);
    hrmi_release(&allocator, panel->periods);
    hrmi_release(&allocator, panel);
}

size_t hrm_panel_row_count(const hrm_panel *panel) {
    return panel->row_count;
}

size_t hrm_panel_period_count(const hrm_panel *panel) {
    return panel->period_count;
}

size_t hrm_panel_column_count(const hrm_panel *panel) {
    return panel->columns.count;
}

const char *hrm_panel_period(const hrm_panel *panel, size_t period) {
    return period < panel->period_count ? panel->periods[period] : NULL;
}

size_t hrm_panel_find_period(const hrm_panel *panel, const char *period) {
    size_t first = 0;
    size_t end = period != NULL ? panel->period_count : 0;
    while (first < end) {
        const size_t middle = first + (end - first) / 2;
        const int order = strcmp(period, panel->periods[middle]);
        if (order == 0) return middle;
        if (order < 0) end = middle;
        else first = middle + 1;
    }
    return HRM_NONE;
}

bool hrm_panel_fits(const hrm_panel *panel, const hrm_layer *layer) {
    return panel->fingerprint == hrmi_layer_fingerprint(layer);
}

size_t hrm_panel_find(const hrm_panel *panel, const char *id) {
    return id == NULL ? HRM_NONE : hrmi_columns_find(&panel->columns, id);
}

bool hrm_panel_column(const hrm_panel *panel, size_t column, hrm_column_info *out) {
    return hrmi_columns_info(&panel->columns, column, out);
}

hrm_status hrm_panel_add(hrm_context *ctx, hrm_panel *panel, const hrm_column_info *info,
                         const double *values, const uint8_t *missing, size_t *column) {
    size_t place = 0;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (panel == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_panel_add: panel is NULL");
    hrm_status status = hrmi_columns_add(ctx, &panel->columns, info, values, missing, &place);
    if (status != HRM_OK) return status;
    const char *const id = panel->columns.list[place].info.id;
    if (strchr(id, '@') != NULL) {
        status = hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                           "\"%s\" cannot be the id of a column of a panel: what follows "
                           "@ is a period, and the panel has those itself",
                           id);
        hrmi_columns_truncate(&panel->columns, place);
        return status;
    }
    if (column != NULL) *column = place;
    return HRM_OK;
}

const double *hrm_panel_values(const hrm_panel *panel, size_t column) {
    return column < panel->columns.count ? panel->columns.list[column].values : NULL;
}

const uint8_t *hrm_panel_missing(const hrm_panel *panel, size_t column) {
    return column < panel->columns.count ? panel->columns.list[column].missing : NULL;
}

/* ---- into a table ---- */

/* Room for one column of the table. */
typedef struct lay {
    hrm_context *ctx;
    hrm_table *table;
    const hrm_panel *panel;
    double *values;
    uint8_t *missing;
    hrmi_buffer text; /* the column's texts, one behind the other */
} lay;

/* Adds `first`, then `between` and `last` if there is a first, and a zero; *offset is where it begins. */
static hrm_status add_text(lay *l, size_t *offset, const char *first, const char *between, const char *last) {
    *offset = l->text.length;
    hrm_status status = hrmi_buffer_text(l->ctx, &l->text, first);
    if (status == HRM_OK && first[0] != '\0') status = hrmi_buffer_text(l->ctx, &l->text, between);
    if (status == HRM_OK && first[0] != '\0') status = hrmi_buffer_text(l->ctx, &l->text, last);
    if (status == HRM_OK) status = hrmi_buffer_add(l->ctx, &l->text, "", 1);
    return status;
}

/* The description of a column at a period: `id@period`, titles with the period behind them, and the weight of
 * the same period where the panel has it. */
static hrm_status describe(lay *l, const hrmi_column *column, const char *period, hrm_column_info *info) {
    const hrm_column_info *const from = &column->info;
    const bool own_weight = hrmi_columns_find(&l->panel->columns, from->weight) != HRM_NONE;
    size_t id = 0, title_en = 0, title_uk = 0, weight = 0;
    l->text.length = 0;
    hrm_status status = add_text(l, &id, from->id, "@", period);
    if (status == HRM_OK) status = add_text(l, &title_en, from->title_en, ", ", period);
    if (status == HRM_OK) status = add_text(l, &title_uk, from->title_uk, ", ", period);
    if (status == HRM_OK)
        status = add_text(l, &weight, from->weight, own_weight ? "@" : "", own_weight ? period : "");
    if (status != HRM_OK) return status;
    *info = *from;
    info->id = l->text.data + id;
    info->title_en = l->text.data + title_en;
    info->title_uk = l->text.data + title_uk;
    info->weight = l->text.data + weight;
    return HRM_OK;
}

static hrm_status lay_column(lay *l, const hrmi_column *column, size_t period) {
    const size_t periods = l->panel->period_count;
    hrm_column_info info;
    const hrm_status status = describe(l, column, l->panel->periods[period], &info);
    if (status != HRM_OK) return status;
    for (size_t row = 0; row < l->panel->row_count; row++) {
        const size_t cell = row * periods + period;
        l->values[row] = column->values[cell];
        l->missing[row] = column->missing == NULL ? HRM_PRESENT : column->missing[cell];
    }
    return hrmi_columns_add(l->ctx, &l->table->columns, &info, l->values, l->missing, NULL);
}

hrm_status hrm_table_add_panel(hrm_context *ctx, hrm_table *table, const hrm_panel *panel) {
    lay l = {.ctx = ctx, .table = table, .panel = panel};
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    hrmi_buffer_init(&l.text, ctx);
    if (table == NULL || panel == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_table_add_panel: table or panel is NULL");
    if (table->level != HRM_LEVEL_COMMUNITY || table->fingerprint != panel->fingerprint)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "the panel's rows are not those of the table: both must be made "
                         "for the communities of one layer");
    const size_t mark = hrmi_table_mark(table);
    l.values = hrmi_array_new(ctx, panel->row_count, sizeof *l.values);
    l.missing = hrmi_array_new(ctx, panel->row_count, 1);
    if (l.values == NULL || l.missing == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    for (size_t i = 0; i < panel->columns.count; i++)
        for (size_t period = 0; period < panel->period_count && status == HRM_OK; period++)
            status = lay_column(&l, &panel->columns.list[i], period);
done:
    if (status != HRM_OK) hrmi_table_rollback(table, mark);
    hrmi_free(ctx, l.values);
    hrmi_free(ctx, l.missing);
    hrmi_buffer_free(&l.text);
    return status;
}
