/* Joins: options, making and freeing one, and its blocks. Rows are read in join_rows.c, columns made in
 * join_finish.c. */
#include "table/join.h"
#include "community/gazetteer_parts.h"
#include "community/layer.h"
#include "table/panel.h"

void hrm_join_options_init(hrm_join_options *options, size_t struct_size) {
    hrmi_init_struct(options, struct_size, NULL, 0);
}

void hrm_join_column_init(hrm_join_column *column, size_t struct_size) {
    const hrm_join_column defaults = {.scale = 1.0};
    hrmi_init_struct(column, struct_size, &defaults, sizeof defaults);
}

/* ---- making ---- */

static hrm_status check_options(hrm_context *ctx, const hrm_layer *layer, const hrm_join_options *options) {
    const hrm_layer *const known = options->gazetteer == NULL ? layer : options->gazetteer->layer;
    if (options->duplicates < HRM_DUPLICATES_ERROR || options->duplicates > HRM_DUPLICATES_HOLD)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "duplicates %ld is no HRM_DUPLICATES_ constant",
                         (long)options->duplicates);
    if (options->decimal < HRM_DECIMAL_AUTO || options->decimal > HRM_DECIMAL_COMMA)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "decimal %ld is no HRM_DECIMAL_ constant",
                         (long)options->decimal);
    if (options->column_count > 0 && options->columns == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%zu columns are announced, and columns is NULL",
                         options->column_count);
    if (known == NULL || hrmi_layer_fingerprint(known) != hrmi_layer_fingerprint(layer))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "the join's gazetteer is of another layer");
    return HRM_OK;
}

/* Checks and copies one column that the caller wants. */
static hrm_status take_column(hrm_context *ctx, hrm_join *join, const void *given, size_t i) {
    hrm_join_column wanted;
    hrm_column_info known;
    hrm_column_info *const info = &known;
    static const double no_values[1];
    static const char *const no_texts[1];
    hrm_join_column_init(&wanted, sizeof wanted);
    hrm_status status = hrmi_read_struct(ctx, &wanted, sizeof wanted, given, "a column of a join");
    if (status != HRM_OK) return status;
    if (wanted.info == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "column %zu of the join: info is NULL", i);
    status = hrmi_columns_read_info(ctx, wanted.info, info);
    if (status != HRM_OK) return status;
    if (info->source == NULL || info->source[0] == '\0') info->source = join->source;
    status = wanted.is_text != 0 ? hrmi_columns_add_text(ctx, &join->described, info, no_texts, NULL, NULL)
                                 : hrmi_columns_add(ctx, &join->described, info, no_values, NULL, NULL);
    if (status != HRM_OK) return status;
    if (!isfinite(wanted.scale))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "column %s: its scale is no number", info->id);
    if (join->has_period && wanted.is_text != 0)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "column %s: a panel has no columns of text", info->id);
    if (join->has_period && strchr(info->id, '@') != NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "column %s: what follows @ is a period, and the rows have one", info->id);
    join->columns[i].scale = wanted.scale == 0.0 ? 1.0 : wanted.scale;
    join->columns[i].is_text = wanted.is_text != 0;
    join->has_text = join->has_text || wanted.is_text != 0;
    return HRM_OK;
}

/* The caller's columns stand as far apart as the caller's struct is large. */
static hrm_status take_columns(hrm_context *ctx, hrm_join *join, const hrm_join_options *options) {
    const unsigned char *at = (const unsigned char *)options->columns;
    uint32_t stride = 0;
    join->column_count = options->column_count;
    join->columns = hrmi_array_new(ctx, options->column_count, sizeof *join->columns);
    if (join->columns == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < options->column_count; i++) {
        uint32_t size = 0;
        memcpy(&size, at, sizeof size);
        if (i == 0) stride = size;
        if (size != stride)
            return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                             "column %zu of the join: struct_size differs from the first column's", i);
        const hrm_status status = take_column(ctx, join, at, i);
        if (status != HRM_OK) return status;
        at += stride;
    }
    return HRM_OK;
}

/* The report needs the columns' ids when the join is gone. */
static hrm_status name_columns(hrm_context *ctx, hrm_join *join) {
    hrm_join_report *const report = join->report;
    report->column_count = join->column_count;
    report->columns = hrmi_array_new(ctx, join->column_count, sizeof *report->columns);
    if (report->columns == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < join->column_count; i++) {
        const char *const id = join->described.list[i].info.id;
        report->columns[i] = hrmi_arena_text(ctx, &report->arena, id, strlen(id));
        if (report->columns[i] == NULL) return HRM_ERROR_MEMORY;
    }
    return HRM_OK;
}

hrm_status hrm_join_new(hrm_context *ctx, const hrm_layer *layer, const hrm_join_options *options,
                        hrm_join **out) {
    hrm_join_options known;
    hrm_join *join = NULL;
    size_t block = 0;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_join_new: out is NULL");
    *out = NULL;
    if (layer == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_join_new: layer is NULL");
    hrm_join_options_init(&known, sizeof known);
    hrm_status status = hrmi_read_struct(ctx, &known, sizeof known, options, "the options of a join");
    if (status == HRM_OK) status = check_options(ctx, layer, &known);
    if (status != HRM_OK) return status;
    join = hrmi_array_new(ctx, 1, sizeof *join);
    if (join == NULL) return HRM_ERROR_MEMORY;
    const char *const source = known.source == NULL ? "the table" : known.source;
    join->allocator = *hrmi_allocator(ctx);
    join->layer = layer;
    join->community_count = hrm_layer_count(layer);
    join->duplicates = known.duplicates;
    join->decimal = (hrmi_decimal)known.decimal;
    join->has_period = known.has_period != 0;
    join->gazetteer = known.gazetteer;
    hrmi_arena_init(&join->arena, ctx);
    hrmi_buffer_init(&join->scratch, ctx);
    hrmi_index_init(&join->periods, ctx);
    hrmi_columns_init(&join->described, ctx, 0);
    join->report = hrmi_join_report_new(ctx, layer);
    if (join->report != NULL) {
        join->report->refuses = join->duplicates == HRM_DUPLICATES_ERROR;
        join->report->one_to_one = join->duplicates == HRM_DUPLICATES_HOLD && !join->has_period;
    }
    join->source = hrmi_arena_text(ctx, &join->arena, source, strlen(source));
    join->crs =
        known.crs == NULL ? "OGC:CRS84" : hrmi_arena_text(ctx, &join->arena, known.crs, strlen(known.crs));
    if (join->source == NULL || join->crs == NULL || join->report == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    status = take_columns(ctx, join, &known);
    if (status != HRM_OK) goto done;
    status = name_columns(ctx, join);
    if (status != HRM_OK) goto done;
    if (!join->has_period) status = hrmi_join_block_of(ctx, join, "", &block);
    if (status != HRM_OK) goto done;
    *out = join;
    join = NULL; /* given away */
done:
    hrm_join_free(join);
    return status;
}

static void free_block(const hrm_allocator *allocator, hrmi_join_block *block) {
    hrmi_release(allocator, block->slots);
    hrmi_release(allocator, block->values);
    hrmi_release(allocator, block->texts);
    hrmi_release(allocator, block->states);
}

void hrm_join_free(hrm_join *join) {
    if (join == NULL) return;
    const hrm_allocator allocator = join->allocator;
    for (size_t i = 0; i < join->block_count; i++) free_block(&allocator, &join->blocks[i]);
    hrmi_release(&allocator, join->blocks);
    hrmi_release(&allocator, join->columns);
    hrmi_release(&allocator, join->batch.rows);
    hrmi_release(&allocator, join->batch.cells);
    hrmi_release(&allocator, join->batch.kinds);
    hrmi_columns_free(&join->described);
    hrmi_index_free(&join->periods);
    hrmi_locator_free(&join->locator);
    hrmi_buffer_free(&join->scratch);
    hrm_gazetteer_free(join->own);
    hrmi_arena_free(&join->arena);
    hrm_join_report_free(join->report);
    hrmi_release(&allocator, join);
}

/* ---- what a join may need ---- */

hrm_status hrmi_join_gazetteer(hrm_context *ctx, hrm_join *join) {
    if (join->gazetteer != NULL) return HRM_OK;
    const hrm_status status = hrm_gazetteer_new(ctx, join->layer, NULL, &join->own);
    join->gazetteer = join->own;
    return status;
}

hrm_status hrmi_join_note(hrm_context *ctx, hrm_join *join, const char *text) {
    assert(join->report != NULL);
    return hrmi_join_report_note(ctx, join->report, text);
}

/* ---- blocks ---- */

static hrm_status fill_block(hrm_context *ctx, hrm_join *join, hrmi_join_block *block, const char *period) {
    const hrm_allocator *const a = &join->allocator;
    const size_t cells = join->community_count * join->column_count;
    block->slots = hrmi_array_new_by(ctx, a, join->community_count, sizeof *block->slots);
    block->values = hrmi_array_new_by(ctx, a, cells, sizeof *block->values);
    block->states = hrmi_array_new_by(ctx, a, cells, 1);
    if (block->slots == NULL || block->values == NULL || block->states == NULL) return HRM_ERROR_MEMORY;
    if (join->has_text) block->texts = hrmi_array_new_by(ctx, a, cells, sizeof *block->texts);
    if (join->has_text && block->texts == NULL) return HRM_ERROR_MEMORY;
    block->period = hrmi_arena_text(ctx, &join->report->arena, period, strlen(period));
    if (block->period == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < cells; i++) block->values[i] = NAN;
    memset(block->states, HRM_MISSING_NO_ROW, cells);
    return HRM_OK;
}

hrm_status hrmi_join_block_of(hrm_context *ctx, hrm_join *join, const char *period, size_t *place) {
    const size_t length = strlen(period);
    hrmi_join_block block = {0};
    hrm_status status = HRM_OK;
    *place = hrmi_index_find(&join->periods, period, length);
    if (*place != HRM_NONE) return HRM_OK;
    if (join->block_count >= HRMI_PERIODS_MOST)
        return hrmi_fail(ctx, HRM_ERROR_LIMIT,
                         "%s has more than %d different periods: is the field of periods the right one?",
                         join->source, HRMI_PERIODS_MOST);
    status = hrmi_array_grow_by(ctx, &join->allocator, &join->blocks, &join->block_capacity,
                                join->block_count + 1, sizeof *join->blocks);
    if (status != HRM_OK) goto done;
    status = fill_block(ctx, join, &block, period);
    if (status != HRM_OK) goto done;
    status = hrmi_index_add(ctx, &join->periods, block.period, length, join->block_count);
    if (status != HRM_OK) goto done;
    *place = join->block_count;
    join->blocks[join->block_count++] = block;
    memset(&block, 0, sizeof block); /* given away */
done:
    free_block(&join->allocator, &block);
    return status;
}
