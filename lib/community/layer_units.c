/* Raions and oblasts from the digits of the keys. */
#include "community/layer_parts.h"

/* Gives each row its unit, by the first digits of its key. The index borrows the keys' texts. */
static hrm_status number_units(hrm_context *ctx, const hrm_layer *layer, size_t digits, hrmi_units *out) {
    hrm_status status = HRM_OK;
    hrmi_index seen;
    hrmi_index_init(&seen, ctx);
    for (size_t i = 0; i < layer->count && status == HRM_OK; i++) {
        size_t unit = hrmi_index_find(&seen, layer->key[i], digits);
        if (unit == HRM_NONE) {
            unit = out->count++;
            status = hrmi_index_add(ctx, &seen, layer->key[i], digits, unit);
        }
        out->of_row[i] = unit;
    }
    hrmi_index_free(&seen);
    return status;
}

static hrm_status allocate(hrm_context *ctx, hrmi_units *out) {
    out->code = hrmi_array_new(ctx, out->count, sizeof *out->code);
    if (out->code == NULL) return HRM_ERROR_MEMORY;
    out->name_uk = hrmi_array_new(ctx, out->count, sizeof *out->name_uk);
    if (out->name_uk == NULL) return HRM_ERROR_MEMORY;
    out->name_en = hrmi_array_new(ctx, out->count, sizeof *out->name_en);
    if (out->name_en == NULL) return HRM_ERROR_MEMORY;
    out->row_start = hrmi_array_new(ctx, out->count + 1, sizeof *out->row_start);
    return out->row_start == NULL ? HRM_ERROR_MEMORY : HRM_OK;
}

/* The rows of each unit side by side, as in a counting sort. */
static void group_rows(size_t row_count, hrmi_units *out) {
    for (size_t i = 0; i < row_count; i++) out->row_start[out->of_row[i] + 1]++;
    for (size_t u = 0; u < out->count; u++) out->row_start[u + 1] += out->row_start[u];
    for (size_t i = row_count; i-- > 0;) {
        size_t *const end = &out->row_start[out->of_row[i] + 1];
        out->rows[--*end] = i;
    }
    /* each end has come down to its start: row_start[u + 1] is now where u begins */
    for (size_t u = 0; u < out->count; u++) out->row_start[u] = out->row_start[u + 1];
    out->row_start[out->count] = row_count;
}

/* The first name of each unit, copied into the layer. */
static hrm_status name_units(hrm_context *ctx, hrm_layer *layer, const hrmi_units *units,
                             const char *const *row_names, const char **out) {
    for (size_t i = 0; row_names != NULL && i < layer->count; i++) {
        const char *const name = row_names[i];
        const char **const place = &out[units->of_row[i]];
        if (name == NULL || *place != NULL) continue;
        *place = hrmi_arena_text(ctx, &layer->texts, name, strlen(name));
        if (*place == NULL) return HRM_ERROR_MEMORY;
    }
    return HRM_OK;
}

static hrm_status code_units(hrm_context *ctx, hrm_layer *layer, size_t digits, const hrmi_units *units) {
    for (size_t u = 0; u < units->count; u++) {
        char code[16] = "UA";
        memcpy(code + 2, layer->key[units->rows[units->row_start[u]]], digits);
        units->code[u] = hrmi_arena_text(ctx, &layer->texts, code, digits + 2);
        if (units->code[u] == NULL) return HRM_ERROR_MEMORY;
    }
    return HRM_OK;
}

hrm_status hrmi_layer_find_units(hrm_context *ctx, hrm_layer *layer, size_t digits,
                                 const char *const *names_uk, const char *const *names_en, hrmi_units *out) {
    hrm_status status = HRM_OK;
    out->of_row = hrmi_array_new(ctx, layer->count, sizeof *out->of_row);
    if (out->of_row == NULL) return HRM_ERROR_MEMORY;
    out->rows = hrmi_array_new(ctx, layer->count, sizeof *out->rows);
    if (out->rows == NULL) return HRM_ERROR_MEMORY;
    status = number_units(ctx, layer, digits, out);
    if (status != HRM_OK) return status;
    status = allocate(ctx, out);
    if (status != HRM_OK) return status;
    group_rows(layer->count, out);
    status = code_units(ctx, layer, digits, out);
    if (status != HRM_OK) return status;
    status = name_units(ctx, layer, out, names_uk, out->name_uk);
    if (status != HRM_OK) return status;
    return name_units(ctx, layer, out, names_en, out->name_en);
}
