/*
 * Finishing a join: the account is closed and proven, then the columns are made, all or none.
 *
 * The account is double entry: a number is added to its column's total when it comes, and to what is
 * allocated or not when its row finds a place or loses it. Here the sums are compared exactly, also with what
 * the columns hold.
 */
#include <inttypes.h>

#include "community/layer.h"
#include "table/join.h"
#include "table/panel.h"
#include "table/table.h"

/* ---- the account ---- */

/* All numbers that stand in one column. */
static void add_held(const hrm_join *join, size_t column, hrmi_sum *held) {
    for (size_t b = 0; b < join->block_count; b++) {
        const hrmi_join_block *const block = &join->blocks[b];
        for (size_t i = 0; i < join->community_count; i++) {
            const size_t cell = i * join->column_count + column;
            if (block->slots[i].rows > 1 && block->slots[i].tallies != NULL)
                hrmi_sum_add_sum(held, &block->slots[i].tallies[column].sum);
            else if (block->states[cell] == HRM_PRESENT) hrmi_sum_add(held, block->values[cell]);
        }
    }
}

/* Whether every number that came in is where the account says, to the last bit. */
static bool balances(const hrm_join *join, size_t column) {
    const hrmi_join_column *const c = &join->columns[column];
    hrmi_sum both = c->allocated;
    hrmi_sum held;
    hrmi_sum_clear(&held);
    hrmi_sum_add_sum(&both, &c->unallocated);
    add_held(join, column, &held);
    return hrmi_sum_equal(&both, &c->total) && hrmi_sum_equal(&held, &c->allocated);
}

static hrm_status account_amounts(hrm_context *ctx, hrm_join *join) {
    hrm_join_report *const report = join->report;
    if (report->amounts == NULL)
        report->amounts =
            hrmi_array_new_by(ctx, &report->allocator, join->column_count, sizeof *report->amounts);
    if (report->amounts == NULL) return HRM_ERROR_MEMORY;
    report->amount_count = 0;
    for (size_t i = 0; i < join->column_count; i++) {
        const hrmi_join_column *const c = &join->columns[i];
        if (c->is_text) continue;
        if (!balances(join, i))
            return hrmi_fail(ctx, HRM_ERROR_INTERNAL, "%s: the account of column %s does not balance",
                             join->source, report->columns[i]);
        hrm_join_amount *const amount = &report->amounts[report->amount_count++];
        amount->struct_size = (uint32_t)sizeof *amount;
        amount->id = report->columns[i];
        amount->total = hrmi_sum_value(&c->total);
        amount->allocated = hrmi_sum_value(&c->allocated);
        amount->unallocated = hrmi_sum_value(&c->unallocated);
        amount->numbers = c->numbers;
        amount->missing = c->missing;
        amount->unusable = c->unusable;
        amount->percent_signs = c->percent_signs;
    }
    return HRM_OK;
}

/* Whether a row that is used reached a community. */
static bool is_reached(const hrmi_join_slot *slot) {
    return slot->rows > 0 && (slot->claim == NULL || !slot->claim->held);
}

static hrm_status account_communities(hrm_context *ctx, hrm_join *join) {
    hrm_join_report *const report = join->report;
    report->counts.communities = report->counts.without_row = 0;
    for (size_t b = 0; b < join->block_count; b++)
        for (size_t i = 0; i < join->community_count; i++)
            if (is_reached(&join->blocks[b].slots[i])) report->has_row[i] = 1;
    if (report->without_row == NULL)
        report->without_row =
            hrmi_array_new_by(ctx, &report->allocator, join->community_count, sizeof *report->without_row);
    if (report->without_row == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < join->community_count; i++) {
        if (report->has_row[i] != 0) {
            report->counts.communities++;
            continue;
        }
        const char *const code = hrm_layer_code(join->layer, i);
        const char *const copy = hrmi_arena_text(ctx, &report->arena, code, strlen(code));
        if (copy == NULL) return HRM_ERROR_MEMORY;
        report->without_row[report->counts.without_row++] = copy;
    }
    return HRM_OK;
}

static hrm_status close_account(hrm_context *ctx, hrm_join *join) {
    join->closed = true;
    join->report->counts.struct_size = (uint32_t)sizeof join->report->counts;
    hrm_status status = account_amounts(ctx, join);
    if (status == HRM_OK) status = account_communities(ctx, join);
    if (status == HRM_OK) status = hrmi_join_report_close(ctx, join->report, join->layer, join->gazetteer);
    return status;
}

/* The two first rows of one community, when that is an error. */
static hrm_status check_duplicates(hrm_context *ctx, const hrm_join *join) {
    if (join->duplicates != HRM_DUPLICATES_ERROR || join->report->counts.duplicates == 0) return HRM_OK;
    const char *const period = join->blocks[join->twice_block].period;
    return hrmi_fail(
        ctx, HRM_ERROR_DUPLICATE,
        "%s: rows %" PRId64 " and %" PRId64 " are both of %s%s%s (%zu such rows in all): say with "
        "'duplicates' whether to keep the first or the last, to take their sum or mean, or to use none%s",
        join->source, join->twice[0], join->twice[1], hrm_layer_code(join->layer, join->twice_community),
        period[0] == '\0' ? "" : ", period ", period, join->report->counts.duplicates,
        period[0] == '\0' ? ", or with 'period' that they are of different times" : "");
}

/* ---- the columns ---- */

/* The value of a cell once all rows are in: NaN where there is none. False when no double can hold it. */
static bool final_value(const hrm_join *join, const hrmi_join_block *block, size_t community, size_t column,
                        double *value) {
    const hrmi_join_slot *const slot = &block->slots[community];
    *value = block->values[community * join->column_count + column];
    if (slot->tallies == NULL || slot->tallies[column].count == 0) return true;
    *value = hrmi_sum_value(&slot->tallies[column].sum);
    if (join->duplicates == HRM_DUPLICATES_MEAN) *value /= (double)slot->tallies[column].count;
    return isfinite(*value);
}

/* Fills every stride-th cell from `first` on with a column of a block. */
static hrm_status fill(hrm_context *ctx, const hrm_join *join, const hrmi_join_block *block, size_t column,
                       double *values, uint8_t *missing, size_t first, size_t stride) {
    for (size_t i = 0; i < join->community_count; i++) {
        if (!final_value(join, block, i, column, &values[first + i * stride]))
            return hrmi_fail(ctx, HRM_ERROR_VALUE,
                             "%s: the rows of %s add up to more than a number can hold in "
                             "column %s",
                             join->source, hrm_layer_code(join->layer, i), join->report->columns[column]);
        missing[first + i * stride] = block->states[i * join->column_count + column];
    }
    return HRM_OK;
}

static hrm_status add_column(hrm_context *ctx, const hrm_join *join, size_t column, double *values,
                             const char **texts, uint8_t *missing, hrm_table *table) {
    const hrmi_join_block *const block = &join->blocks[0];
    const hrm_column_info *const info = &join->described.list[column].info;
    if (!join->columns[column].is_text) {
        const hrm_status status = fill(ctx, join, block, column, values, missing, 0, 1);
        if (status != HRM_OK) return status;
        return hrmi_columns_add(ctx, &table->columns, info, values, missing, NULL);
    }
    for (size_t i = 0; i < join->community_count; i++) {
        texts[i] = block->texts[i * join->column_count + column];
        missing[i] = block->states[i * join->column_count + column];
    }
    return hrmi_columns_add_text(ctx, &table->columns, info, texts, missing, NULL);
}

static hrm_status add_columns(hrm_context *ctx, hrm_join *join, hrm_table *table) {
    const size_t mark = hrmi_table_mark(table);
    const size_t rows = join->community_count;
    double *const values = hrmi_array_new(ctx, rows, sizeof *values);
    const char **const texts = hrmi_array_new(ctx, rows, sizeof *texts);
    uint8_t *const missing = hrmi_array_new(ctx, rows, 1);
    hrm_status status = values == NULL || texts == NULL || missing == NULL ? HRM_ERROR_MEMORY : HRM_OK;
    for (size_t i = 0; i < join->column_count && status == HRM_OK; i++)
        status = add_column(ctx, join, i, values, texts, missing, table);
    if (status != HRM_OK) hrmi_table_rollback(table, mark);
    hrmi_free(ctx, values);
    hrmi_free(ctx, texts);
    hrmi_free(ctx, missing);
    return status;
}

/* An empty panel over the periods that rows reached. */
static hrm_status new_panel(hrm_context *ctx, const hrm_join *join, hrm_panel **panel) {
    size_t count = 0;
    const char **const periods = hrmi_array_new(ctx, join->block_count, sizeof *periods);
    if (periods == NULL) return HRM_ERROR_MEMORY;
    for (size_t b = 0; b < join->block_count; b++)
        if (join->blocks[b].rows > 0) periods[count++] = join->blocks[b].period;
    const hrm_status status =
        count > 0 ? hrm_panel_new(ctx, join->layer, periods, count, panel)
                  : hrmi_fail(ctx, HRM_ERROR_VALUE,
                              "%s: not one row has both a community of the layer and a period", join->source);
    hrmi_free(ctx, periods);
    return status;
}

static hrm_status fill_panel(hrm_context *ctx, const hrm_join *join, hrm_panel *panel) {
    const size_t periods = panel->period_count;
    double *const values = hrmi_array_new(ctx, panel->columns.cell_count, sizeof *values);
    uint8_t *const missing = hrmi_array_new(ctx, panel->columns.cell_count, 1);
    hrm_status status = values == NULL || missing == NULL ? HRM_ERROR_MEMORY : HRM_OK;
    for (size_t i = 0; i < join->column_count && status == HRM_OK; i++) {
        for (size_t p = 0; p < periods && status == HRM_OK; p++) {
            const size_t b = hrmi_index_find(&join->periods, panel->periods[p], strlen(panel->periods[p]));
            status = fill(ctx, join, &join->blocks[b], i, values, missing, p, periods);
        }
        if (status == HRM_OK)
            status =
                hrmi_columns_add(ctx, &panel->columns, &join->described.list[i].info, values, missing, NULL);
    }
    hrmi_free(ctx, values);
    hrmi_free(ctx, missing);
    return status;
}

/* ---- the calls ---- */

static hrm_status check(hrm_context *ctx, const hrm_join *join, bool wants_panel) {
    if (join == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "join is NULL");
    if (join->report == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "the join has been finished already");
    if (join->has_period != wants_panel)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         join->has_period ? "a join with periods is finished by hrm_join_finish_panel()"
                                          : "a join without periods is finished by hrm_join_finish()");
    return HRM_OK;
}

/* Gives the report away, also with failures that it explains. */
static void give_report(hrm_join *join, hrm_status status, hrm_join_report **report) {
    if (status != HRM_OK && status != HRM_ERROR_DUPLICATE && status != HRM_ERROR_VALUE) return;
    if (report == NULL) hrm_join_report_free(join->report);
    else *report = join->report;
    join->report = NULL;
}

hrm_status hrm_join_finish(hrm_context *ctx, hrm_join *join, hrm_table *table, hrm_join_report **report) {
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (report != NULL) *report = NULL;
    hrm_status status = check(ctx, join, false);
    if (status != HRM_OK) return status;
    if (table == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_join_finish: table is NULL");
    if (table->level != HRM_LEVEL_COMMUNITY)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "rows are joined to a table of communities");
    status = hrmi_table_must_fit(ctx, table, join->layer);
    if (status != HRM_OK) return status;
    status = close_account(ctx, join);
    if (status == HRM_OK) status = check_duplicates(ctx, join);
    if (status == HRM_OK) status = add_columns(ctx, join, table);
    give_report(join, status, report);
    return status;
}

hrm_status hrm_join_finish_panel(hrm_context *ctx, hrm_join *join, hrm_panel **panel,
                                 hrm_join_report **report) {
    hrm_panel *made = NULL;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (report != NULL) *report = NULL;
    if (panel == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_join_finish_panel: panel is NULL");
    *panel = NULL;
    hrm_status status = check(ctx, join, true);
    if (status != HRM_OK) return status;
    status = close_account(ctx, join);
    if (status == HRM_OK) status = check_duplicates(ctx, join);
    if (status == HRM_OK) status = new_panel(ctx, join, &made);
    if (status == HRM_OK) status = fill_panel(ctx, join, made);
    give_report(join, status, report);
    if (status != HRM_OK) {
        hrm_panel_free(made);
        return status;
    }
    *panel = made;
    return HRM_OK;
}
