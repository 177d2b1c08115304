/*
 * The first walk over a batch of a join: everything that can fail (rows find their community, numbers are
 * read, entries of the report and texts copied, room made). What it changes in the join itself (texts of
 * columns, the count of rows to come) it can take back. The second walk is in join_commit.c.
 */
#include "base/utf8.h"
#include "table/join.h"

enum { TEXT_MOST = 65536 }; /* bytes of a cell that is kept as text */

/* ---- its place among the rows of its community ---- */

static hrmi_join_slot *slot_of(const hrm_join *join, const hrmi_join_row *row) {
    return &join->blocks[row->block].slots[row->community];
}

/* Several rows claim the community: none of them will be used, nor the one that has it now. */
static hrm_status hold_back(hrmi_join_reader *r, hrmi_join_row *row, hrmi_join_slot *slot) {
    if (slot->claim == NULL) slot->claim = hrmi_arena_new(r->ctx, &r->join->arena, 1, sizeof *slot->claim);
    if (slot->claim == NULL) return HRM_ERROR_MEMORY;
    r->replaceable++;
    row->outcome = HRM_ROW_DUPLICATE;
    row->reason = HRM_REASON_CLAIMED_TWICE;
    return HRM_OK;
}

/* What a row is to the rows of its community before it, and the room that it will need. */
static hrm_status take_place(hrmi_join_reader *r, hrmi_join_row *row) {
    hrm_join *const join = r->join;
    hrmi_join_slot *const slot = slot_of(join, row);
    const bool further = slot->rows + slot->pending > 0;
    hrm_status status = HRM_OK;
    switch (join->duplicates) {
    case HRM_DUPLICATES_LAST:
        r->replaceable++;
        status = hrmi_join_say(r); /* needed if another row replaces this one */
        row->said = r->said;
        break;
    case HRM_DUPLICATES_HOLD:
        if (row->way >= HRM_MATCH_NAME_RAION && row->way <= HRM_MATCH_NAME_UNIQUE)
            status = hrmi_join_find_form(r, false, &row->form);
        if (status == HRM_OK) status = hrmi_join_say(r);
        row->said = r->said;
        if (status == HRM_OK && further) return hold_back(r, row, slot);
        break;
    case HRM_DUPLICATES_SUM:
    case HRM_DUPLICATES_MEAN:
        if (!further || slot->tallies != NULL) break;
        slot->tallies = hrmi_arena_new(r->ctx, &join->arena, join->column_count, sizeof *slot->tallies);
        if (slot->tallies == NULL) return HRM_ERROR_MEMORY;
        break;
    default:
        if (!further) break;
        row->outcome = HRM_ROW_DUPLICATE;
        row->reason = HRM_REASON_OTHER_ROW_KEPT;
        return HRM_OK;
    }
    if (status != HRM_OK) return status;
    if (!further) slot->row = r->number;
    slot->pending++;
    return HRM_OK;
}

/* Reasons that an alias or a crosswalk can settle: they are about a name (1) or a code (2). */
static int settled_by(uint8_t reason) {
    switch (reason) {
    case HRM_REASON_UNKNOWN_NAME:
    case HRM_REASON_AMBIGUOUS_NAME:
    case HRM_REASON_UNKNOWN_PARENT:
    case HRM_REASON_TYPE_CONTRADICTS:
        return 1;
    case HRM_REASON_BAD_CODE:
    case HRM_REASON_NOT_IN_LAYER:
    case HRM_REASON_OLD_CODE:
    case HRM_REASON_NOT_IN_CROSSWALK:
    case HRM_REASON_CROSSWALK_AMBIGUOUS:
        return 2;
    default:
        return 0;
    }
}

static hrm_status place_row(hrmi_join_reader *r, hrmi_join_row *row) {
    hrm_status status = hrmi_join_find(r, row);
    if (status == HRM_OK && row->outcome == HRM_ROW_MATCHED) status = take_place(r, row);
    if (status != HRM_OK || row->outcome == HRM_ROW_MATCHED) return status;
    const int about = settled_by(row->reason);
    if (about != 0) status = hrmi_join_find_form(r, about == 2 && r->words.code != NULL, &row->form);
    return status == HRM_OK ? hrmi_join_stage_row(r, row) : status;
}

/* ---- cells ---- */

static hrm_status read_number(hrmi_join_reader *r, const hrmi_join_row *row, size_t column, const char *text,
                              hrmi_join_cell *out, uint8_t *kind) {
    hrmi_cell cell;
    const hrmi_cell_kind read =
        hrmi_number_read_cell(text, text == NULL ? 0 : strlen(text), r->join->decimal, &cell);
    const double scaled = cell.value * r->join->columns[column].scale;
    out->number = NAN;
    *kind = HRMI_JOIN_MISSING;
    if (read == HRMI_CELL_MISSING) return HRM_OK;
    *kind = HRMI_JOIN_UNUSABLE;
    if (read == HRMI_CELL_UNUSABLE || !isfinite(scaled)) {
        const char *const why = read == HRMI_CELL_UNUSABLE ? cell.why : "too large for a number when scaled";
        if (row->outcome != HRM_ROW_MATCHED) return HRM_OK;
        return hrmi_join_stage_cell(r, HRMI_ENTRY_BAD_CELL, column, text, why);
    }
    out->number = scaled;
    *kind = cell.percent ? HRMI_JOIN_PERCENT : HRMI_JOIN_NUMBER;
    return HRM_OK;
}

/* Why a text cannot be kept; NULL when it can. */
static const char *text_fault(const char *text, size_t length) {
    if (length > TEXT_MOST) return "longer than 65536 bytes";
    return hrmi_utf8_first_invalid(text, length) != length ? "not UTF-8" : NULL;
}

/* Texts go to the block at once: later rows of the batch are compared with them. */
static hrm_status read_text(hrmi_join_reader *r, const hrmi_join_row *row, size_t column, const char *text,
                            uint8_t *kind) {
    hrm_join *const join = r->join;
    const bool adds_up = join->duplicates == HRM_DUPLICATES_SUM || join->duplicates == HRM_DUPLICATES_MEAN;
    const char *trimmed = text;
    hrmi_cell nothing;
    *kind = HRMI_JOIN_MISSING;
    if (row->outcome != HRM_ROW_MATCHED) return HRM_OK;
    const char **const place = &join->blocks[row->block].texts[row->community * join->column_count + column];
    if (!adds_up) *place = NULL;
    const size_t length = text == NULL ? 0 : hrmi_utf8_trim(&trimmed, strlen(text));
    if (length == 0 ||
        hrmi_number_read_cell(trimmed, length, HRMI_DECIMAL_AUTO, &nothing) == HRMI_CELL_MISSING)
        return HRM_OK;
    *kind = HRMI_JOIN_UNUSABLE;
    const char *const fault = text_fault(trimmed, length);
    if (fault != NULL) return hrmi_join_stage_cell(r, HRMI_ENTRY_BAD_CELL, column, text, fault);
    *kind = HRMI_JOIN_TEXT;
    if (*place == NULL) {
        *place = hrmi_arena_text(r->ctx, &join->arena, trimmed, length);
        return *place == NULL ? HRM_ERROR_MEMORY : HRM_OK;
    }
    if (strncmp(*place, trimmed, length) == 0 && (*place)[length] == '\0') return HRM_OK;
    return hrmi_join_stage_cell(r, HRMI_ENTRY_CONTRADICTION, column, text, *place);
}

/* ---- the first walk ---- */

/* What the block holds as texts now, so that it can be taken back. */
static void remember_texts(const hrm_join *join, const hrmi_join_row *row, hrmi_join_cell *cells) {
    const char *const *const texts = join->blocks[row->block].texts + row->community * join->column_count;
    for (size_t c = 0; c < join->column_count; c++)
        if (join->columns[c].is_text) cells[c].old_text = texts[c];
}

/* Takes back what the first `rows` rows of the batch changed in the join, the last first. */
static void take_back(const hrm_join *join, size_t rows) {
    for (size_t i = rows; i-- > 0;) {
        const hrmi_join_row *const row = &join->batch.rows[i];
        if (row->outcome != HRM_ROW_MATCHED) continue;
        const hrmi_join_block *const block = &join->blocks[row->block];
        const hrmi_join_cell *const cells = join->batch.cells + i * join->column_count;
        block->slots[row->community].pending = 0;
        for (size_t c = 0; c < join->column_count; c++)
            if (join->columns[c].is_text)
                block->texts[row->community * join->column_count + c] = cells[c].old_text;
    }
}

static hrm_status read_cells(hrmi_join_reader *r, const hrmi_join_row *row, const char *const *texts,
                             hrmi_join_cell *cells, uint8_t *kinds) {
    hrm_status status = HRM_OK;
    for (size_t c = 0; c < r->join->column_count && status == HRM_OK; c++)
        status = r->join->columns[c].is_text ? read_text(r, row, c, texts[c], &kinds[c])
                                             : read_number(r, row, c, texts[c], &cells[c], &kinds[c]);
    return status;
}

/* Makes room for the batch at hand. */
static hrm_status reserve_batch(hrm_context *ctx, hrm_join *join, size_t count) {
    hrmi_join_cells *const b = &join->batch;
    const hrm_allocator *const a = &join->allocator;
    const size_t cells = count * join->column_count;
    hrm_status status = hrmi_array_grow_by(ctx, a, &b->rows, &b->row_capacity, count, sizeof *b->rows);
    if (status == HRM_OK)
        status = hrmi_array_grow_by(ctx, a, &b->cells, &b->cell_capacity, cells, sizeof *b->cells);
    if (status == HRM_OK) status = hrmi_array_grow_by(ctx, a, &b->kinds, &b->kind_capacity, cells, 1);
    return status;
}

/* Reads the row at hand. `*placed` once there is something to take back. */
static hrm_status read_row(hrmi_join_reader *r, bool *placed) {
    hrm_join *const join = r->join;
    const size_t columns = join->column_count;
    hrmi_join_row *const row = &join->batch.rows[r->at];
    hrmi_join_cell *const cells = join->batch.cells + r->at * columns;
    hrm_status status = place_row(r, row);
    *placed = status == HRM_OK;
    if (status != HRM_OK || columns == 0 || row->outcome == HRM_ROW_KEPT_OUT) return status;
    if (join->has_text && row->outcome == HRM_ROW_MATCHED) remember_texts(join, row, cells);
    return read_cells(r, row, r->batch->cells + r->at * columns, cells, join->batch.kinds + r->at * columns);
}

static hrm_status read_batch(hrmi_join_reader *r) {
    const hrm_join_batch *const b = r->batch;
    hrm_status status = reserve_batch(r->ctx, r->join, b->count);
    if (status != HRM_OK) return status;
    for (size_t i = 0; i < b->count; i++) {
        bool placed = false;
        r->at = i;
        r->number = b->rows != NULL ? b->rows[i] : b->first_row + (int64_t)i;
        r->sequence = r->join->fed + i;
        status = read_row(r, &placed);
        if (status == HRM_OK) continue;
        take_back(r->join, placed ? i + 1 : i);
        return status;
    }
    status = hrmi_join_reserve_entries(r, r->replaceable);
    if (status != HRM_OK) take_back(r->join, b->count);
    return status;
}

/* ---- the calls ---- */

static hrm_status check_batch(hrm_context *ctx, const hrm_join *join, const hrm_join_batch *b) {
    if ((b->cells == NULL && join->column_count > 0) || (b->periods == NULL) == join->has_period)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "a batch of rows needs cells where there are columns, and periods exactly where the "
                         "join has them");
    if (b->codes == NULL && b->names == NULL && b->x == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "a batch of rows needs keys: codes, names or coordinates (x and y)");
    if ((b->x == NULL) != (b->y == NULL))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "a batch of rows has both x and y, or none");
    if (b->rows == NULL && (b->count > (uint64_t)INT64_MAX || b->first_row > INT64_MAX - (int64_t)b->count))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "the numbers of a batch's rows go beyond 2^63");
    for (size_t i = 0; b->kept_out != NULL && i < b->count; i++)
        if (b->kept_out[i] != 0 && b->kept_out[i] != HRM_REASON_TOTAL && b->kept_out[i] != HRM_REASON_HEADING)
            return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                             "row %zu of a batch is kept out for the reason %d, and may be only for "
                             "HRM_REASON_TOTAL or HRM_REASON_HEADING",
                             i, (int)b->kept_out[i]);
    return HRM_OK;
}

static hrm_status add(hrm_context *ctx, hrm_join *join, const hrm_join_batch *batch) {
    if (join == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "rows are added to a join that is NULL");
    if (join->closed)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "the join is finished: it takes no more rows");
    if (batch->count == 0) return HRM_OK;
    hrm_status status = check_batch(ctx, join, batch);
    if (status != HRM_OK) return status;
    hrmi_join_reader r = {.ctx = ctx, .join = join, .batch = batch};
    status = read_batch(&r);
    if (status == HRM_OK) hrmi_join_commit(&r);
    hrmi_crs_free(r.crs);
    return status;
}

void hrm_join_batch_init(hrm_join_batch *batch, size_t struct_size) {
    hrmi_init_struct(batch, struct_size, NULL, 0);
}

hrm_status hrm_join_add(hrm_context *ctx, hrm_join *join, const hrm_join_batch *batch) {
    hrm_join_batch known;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (batch == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_join_add: batch is NULL");
    hrm_join_batch_init(&known, sizeof known);
    const hrm_status status = hrmi_read_struct(ctx, &known, sizeof known, batch, "a batch of rows");
    return status == HRM_OK ? add(ctx, join, &known) : status;
}

hrm_status hrm_join_rows(hrm_context *ctx, hrm_join *join, int64_t first_row, size_t count,
                         const char *const *keys, const char *const *periods, const char *const *cells) {
    hrm_join_batch batch;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    hrm_join_batch_init(&batch, sizeof batch);
    batch.count = count;
    batch.first_row = first_row;
    batch.codes = keys;
    batch.periods = periods;
    batch.cells = cells;
    return add(ctx, join, &batch);
}
