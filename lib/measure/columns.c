/* Laying columns into a table: see columns.h. */
#include "measure/columns.h"
#include "measure/label.h"
#include "table/id.h"

hrm_status hrmi_must_be_communities(hrm_context *ctx, const hrm_table *table, const hrm_layer *layer) {
    const hrm_status status = hrmi_table_must_fit(ctx, table, layer);
    if (status != HRM_OK || hrm_table_level(table) == HRM_LEVEL_COMMUNITY) return status;
    return hrmi_fail(
        ctx, HRM_ERROR_ARGUMENT,
        "the table's rows are raions, oblasts or the country: measures are taken of communities");
}

hrm_status hrmi_must_begin_ids(hrm_context *ctx, const char *id) {
    const char *const fault =
        strchr(id, '@') != NULL ? "what follows @ is a period, and more follows the id" : hrmi_id_fault(id);
    if (fault == NULL) return HRM_OK;
    return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "\"%.100s\" cannot begin the ids of columns: %s", id, fault);
}

hrm_status hrmi_laying_begin(hrm_context *ctx, hrm_table *table, const char *source, hrmi_laying *out) {
    const size_t rows = hrm_table_row_count(table);
    memset(out, 0, sizeof *out);
    out->ctx = ctx;
    out->table = table;
    out->mark = hrmi_table_mark(table);
    hrm_column_info_init(&out->info, sizeof out->info);
    out->info.source = source;
    hrmi_buffer_init(&out->id, ctx);
    hrmi_buffer_init(&out->title_en, ctx);
    hrmi_buffer_init(&out->title_uk, ctx);
    out->values = hrmi_array_new(ctx, rows, sizeof *out->values);
    if (out->values == NULL) return HRM_ERROR_MEMORY;
    out->missing = hrmi_array_new(ctx, rows, sizeof *out->missing);
    return out->missing == NULL ? HRM_ERROR_MEMORY : HRM_OK;
}

void hrmi_laying_next(hrmi_laying *l) {
    const size_t rows = hrm_table_row_count(l->table);
    const char *const source = l->info.source;
    hrm_column_info_init(&l->info, sizeof l->info);
    l->info.source = source;
    l->id.length = l->title_en.length = l->title_uk.length = 0;
    memset(l->values, 0, rows * sizeof *l->values);
    memset(l->missing, 0, rows * sizeof *l->missing);
}

hrm_status hrmi_laying_say(hrmi_laying *l, const char *id, const char *title_en, const char *title_uk) {
    hrm_status status = HRM_OK;
    if (id != NULL) status = hrmi_buffer_text(l->ctx, &l->id, id);
    if (status == HRM_OK && title_en != NULL) status = hrmi_label_title(l->ctx, &l->title_en, title_en);
    if (status == HRM_OK && title_uk != NULL) status = hrmi_label_title(l->ctx, &l->title_uk, title_uk);
    return status;
}

hrm_status hrmi_laying_sum(hrmi_laying *l, const hrm_layer *layer, size_t row, const hrmi_sum *sum) {
    l->values[row] = hrmi_sum_value(sum);
    if (isfinite(l->values[row])) return HRM_OK;
    return hrmi_fail(l->ctx, HRM_ERROR_VALUE,
                     "column %.100s, community %.60s: the values add up to more than a number can hold: give "
                     "them in a larger unit, or look for one that is not true",
                     l->id.data, hrm_layer_code(layer, row));
}

hrm_status hrmi_laying_add(hrmi_laying *l) {
    l->info.id = l->id.data;
    l->info.title_en = l->title_en.length > 0 ? l->title_en.data : NULL;
    l->info.title_uk = l->title_uk.length > 0 ? l->title_uk.data : NULL;
    return hrm_table_add(l->ctx, l->table, &l->info, l->values, l->missing, NULL);
}

hrm_status hrmi_laying_end(hrmi_laying *l, hrm_status status) {
    if (status != HRM_OK) hrmi_table_rollback(l->table, l->mark);
    hrmi_buffer_free(&l->id);
    hrmi_buffer_free(&l->title_en);
    hrmi_buffer_free(&l->title_uk);
    hrmi_free(l->ctx, l->values);
    hrmi_free(l->ctx, l->missing);
    return status;
}
