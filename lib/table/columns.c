/*
 * Columns: see columns.h. Each column owns three blocks: its values, the bytes of its own texts, and (only
 * where something is missing) the reasons. The list of columns may move, the blocks never do.
 */
#include "base/utf8.h"
#include "table/columns.h"
#include "table/id.h"

void hrmi_columns_init(hrmi_columns *columns, const hrm_context *ctx, size_t cell_count) {
    memset(columns, 0, sizeof *columns);
    columns->allocator = *hrmi_allocator(ctx);
    columns->cell_count = cell_count;
    hrmi_index_init(&columns->ids, ctx);
}

static void column_free(const hrm_allocator *allocator, hrmi_column *column) {
    hrmi_release(allocator, column->values);
    hrmi_release(allocator, column->texts);
    hrmi_release(allocator, column->missing);
    hrmi_release(allocator, column->words);
}

void hrmi_columns_free(hrmi_columns *columns) {
    for (size_t i = 0; i < columns->count; i++) column_free(&columns->allocator, &columns->list[i]);
    hrmi_index_free(&columns->ids);
    hrmi_release(&columns->allocator, columns->list);
    columns->list = NULL;
    columns->count = columns->capacity = 0;
}

size_t hrmi_columns_find(const hrmi_columns *columns, const char *id) {
    return hrmi_index_find(&columns->ids, id, strlen(id));
}

void hrmi_columns_truncate(hrmi_columns *columns, size_t count) {
    while (columns->count > count) {
        hrmi_column *const last = &columns->list[--columns->count];
        hrmi_index_remove(&columns->ids, last->info.id, strlen(last->info.id));
        column_free(&columns->allocator, last);
    }
}

bool hrmi_columns_info(const hrmi_columns *columns, size_t column, hrm_column_info *out) {
    if (column >= columns->count) return false;
    return hrmi_give_struct(out, &columns->list[column].info, sizeof *out);
}

/* The texts of a description, in a fixed order. */
enum { WORD_COUNT = 6 };

static void words_of(hrm_column_info *info, const char **words[WORD_COUNT]) {
    words[0] = &info->id;
    words[1] = &info->unit;
    words[2] = &info->title_en;
    words[3] = &info->title_uk;
    words[4] = &info->source;
    words[5] = &info->weight;
}

static hrm_status check_info(hrm_context *ctx, const hrmi_columns *columns, hrm_column_info *info) {
    const char **words[WORD_COUNT];
    words_of(info, words);
    if (info->id == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "a column needs an id");
    const char *const fault = hrmi_id_fault(info->id);
    if (fault != NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "\"%.100s\" cannot be the id of a column: %s", info->id,
                         fault);
    for (size_t i = 0; i < WORD_COUNT; i++) {
        if (*words[i] == NULL) *words[i] = "";
        const size_t length = strlen(*words[i]);
        if (hrmi_utf8_first_invalid(*words[i], length) != length)
            return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                             "column %s: its unit, titles, source and weight must be UTF-8", info->id);
    }
    if (info->direction < HRM_NEUTRAL || info->direction > HRM_HIGHER_WORSE)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "column %s: direction %ld is none of HRM_NEUTRAL, "
                         "HRM_HIGHER_BETTER and HRM_HIGHER_WORSE",
                         info->id, (long)info->direction);
    if (info->rollup < HRM_ROLLUP_NONE || info->rollup > HRM_ROLLUP_RECOMPUTE)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "column %s: rollup %ld is no HRM_ROLLUP_ constant",
                         info->id, (long)info->rollup);
    if (info->rollup == HRM_ROLLUP_MEAN && info->weight[0] == '\0')
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "column %s: a mean over communities needs the id of a column to weight by",
                         info->id);
    if (hrmi_columns_find(columns, info->id) != HRM_NONE)
        return hrmi_fail(ctx, HRM_ERROR_DUPLICATE,
                         "there is a column %s already: give the new one another id", info->id);
    return HRM_OK;
}

hrm_status hrmi_columns_read_info(hrm_context *ctx, const hrm_column_info *given, hrm_column_info *info) {
    hrm_column_info_init(info, sizeof *info);
    const hrm_status status = hrmi_read_struct(ctx, info, sizeof *info, given, "the description of a column");
    info->struct_size = (uint32_t)sizeof *info;
    return status;
}

/* Checks the caller's description and copies it with its texts. */
static hrm_status copy_info(hrm_context *ctx, const hrmi_columns *columns, const hrm_column_info *given,
                            hrmi_column *column) {
    hrm_column_info *const info = &column->info;
    const char **words[WORD_COUNT];
    size_t size = 0;
    if (given == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "a column needs a description");
    hrm_status status = hrmi_columns_read_info(ctx, given, info);
    if (status == HRM_OK) status = check_info(ctx, columns, info);
    if (status != HRM_OK) return status;
    words_of(info, words);
    for (size_t i = 0; i < WORD_COUNT; i++) size += strlen(*words[i]) + 1;
    column->words = hrmi_array_new_by(ctx, &columns->allocator, size, 1);
    if (column->words == NULL) return HRM_ERROR_MEMORY;
    char *at = column->words;
    for (size_t i = 0; i < WORD_COUNT; i++) {
        const size_t length = strlen(*words[i]) + 1;
        memcpy(at, *words[i], length);
        *words[i] = at;
        at += length;
    }
    return HRM_OK;
}

/* Sets the reason of one cell, after checking that reason and value agree. */
static hrm_status note_reason(hrm_context *ctx, const hrmi_columns *columns, hrmi_column *column, size_t i,
                              bool present, const uint8_t *reasons) {
    const uint8_t reason = reasons != NULL ? reasons[i] : present ? HRM_PRESENT : HRM_MISSING_NOT_REPORTED;
    if (reason > HRM_MISSING_NO_COVERAGE)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "column %s, cell %zu: %d is no HRM_MISSING_ constant",
                         column->info.id, i, reason);
    if (present != (reason == HRM_PRESENT))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "column %s, cell %zu: %s", column->info.id, i,
                         present ? "there is a value, and a reason why it is missing"
                                 : "the value is missing, and no reason says why");
    if (present) return HRM_OK;
    if (column->missing == NULL)
        column->missing = hrmi_array_new_by(ctx, &columns->allocator, columns->cell_count, 1);
    if (column->missing == NULL) return HRM_ERROR_MEMORY;
    column->missing[i] = reason;
    return HRM_OK;
}

static hrm_status copy_numbers(hrm_context *ctx, const hrmi_columns *columns, hrmi_column *column,
                               const double *values, const uint8_t *reasons) {
    column->info.is_text = 0;
    column->values = hrmi_array_new_by(ctx, &columns->allocator, columns->cell_count, sizeof *values);
    if (column->values == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < columns->cell_count; i++) {
        if (isinf(values[i]))
            return hrmi_fail(ctx, HRM_ERROR_VALUE, "column %s, cell %zu: the value is infinite",
                             column->info.id, i);
        const hrm_status status = note_reason(ctx, columns, column, i, !isnan(values[i]), reasons);
        if (status != HRM_OK) return status;
        column->values[i] = isnan(values[i]) ? (double)NAN : values[i];
    }
    return HRM_OK;
}

/* One block: the pointers, then the bytes. */
static hrm_status copy_texts(hrm_context *ctx, const hrmi_columns *columns, hrmi_column *column,
                             const char *const *texts, const uint8_t *reasons) {
    const size_t pointers = columns->cell_count * sizeof *texts;
    size_t size = pointers;
    column->info.is_text = 1;
    for (size_t i = 0; i < columns->cell_count; i++) {
        const size_t length = texts[i] == NULL ? 0 : strlen(texts[i]);
        if (texts[i] != NULL && hrmi_utf8_first_invalid(texts[i], length) != length)
            return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "column %s, cell %zu: the text is not UTF-8",
                             column->info.id, i);
        size += texts[i] == NULL ? 0 : length + 1;
        const hrm_status status = note_reason(ctx, columns, column, i, texts[i] != NULL, reasons);
        if (status != HRM_OK) return status;
    }
    column->texts = hrmi_array_new_by(ctx, &columns->allocator, size, 1);
    if (column->texts == NULL) return HRM_ERROR_MEMORY;
    char *at = (char *)column->texts + pointers;
    for (size_t i = 0; i < columns->cell_count; i++) {
        const size_t size_i = texts[i] == NULL ? 0 : strlen(texts[i]) + 1;
        if (texts[i] != NULL) memcpy(at, texts[i], size_i);
        column->texts[i] = texts[i] == NULL ? NULL : at;
        at += size_i;
    }
    return HRM_OK;
}

/* Puts a finished column behind the others. */
static hrm_status append(hrm_context *ctx, hrmi_columns *columns, const hrmi_column *column, size_t *place) {
    hrm_status status = hrmi_array_grow_by(ctx, &columns->allocator, &columns->list, &columns->capacity,
                                           columns->count + 1, sizeof *columns->list);
    if (status != HRM_OK) return status;
    const char *const id = column->info.id;
    status = hrmi_index_add(ctx, &columns->ids, id, strlen(id), columns->count);
    if (status != HRM_OK) return status;
    columns->list[columns->count] = *column;
    if (place != NULL) *place = columns->count;
    columns->count++;
    return HRM_OK;
}

static hrm_status add(hrm_context *ctx, hrmi_columns *columns, const hrm_column_info *info,
                      const double *values, const char *const *texts, const uint8_t *missing, size_t *place) {
    hrmi_column column = {0};
    if (values == NULL && texts == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "a column needs an array of values");
    hrm_status status = copy_info(ctx, columns, info, &column);
    if (status != HRM_OK) goto done;
    status = values != NULL ? copy_numbers(ctx, columns, &column, values, missing)
                            : copy_texts(ctx, columns, &column, texts, missing);
    if (status != HRM_OK) goto done;
    status = append(ctx, columns, &column, place);
    if (status != HRM_OK) goto done;
    memset(&column, 0, sizeof column); /* given away */
done:
    column_free(&columns->allocator, &column);
    return status;
}

hrm_status hrmi_columns_add(hrm_context *ctx, hrmi_columns *columns, const hrm_column_info *info,
                            const double *values, const uint8_t *missing, size_t *column) {
    return add(ctx, columns, info, values, NULL, missing, column);
}

hrm_status hrmi_columns_add_text(hrm_context *ctx, hrmi_columns *columns, const hrm_column_info *info,
                                 const char *const *texts, const uint8_t *missing, size_t *column) {
    return add(ctx, columns, info, NULL, texts, missing, column);
}
