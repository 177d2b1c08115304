/*
 * Reading the rows of a join. A batch counts as a whole or not at all, so it is gone over twice: first
 * everything that can fail (numbers are read, entries of the report and texts copied, room made), then the
 * numbers are put where they belong, which cannot fail. What the first walk changes in the join itself (texts
 * of columns, the count of rows to come) it can take back.
 */
#include "base/utf8.h"
#include "community/layer.h"
#include "table/join.h"

enum { TEXT_MOST = 65536 }; /* bytes of a cell that is kept as text */

/* A batch while it is read. */
typedef struct reader {
    hrm_context *ctx;
    hrm_join *join;
    size_t staged;  /* entries put behind those of the report, not yet counted */
    size_t matched; /* rows so far */
    /* the row at hand */
    int64_t number;
    uint64_t sequence;
    const char *key;      /* as written; may be NULL */
    const char *key_copy; /* in the report, made when an entry needs it */
} reader;

/* ---- entries ---- */

static hrm_status copy_clean(reader *r, const char *text, const char **copy) {
    char clean[HRMI_CLEAN_SIZE];
    const size_t length = hrmi_clean(text, strlen(text), clean);
    *copy = hrmi_arena_text(r->ctx, &r->join->report->arena, clean, length);
    return *copy == NULL ? HRM_ERROR_MEMORY : HRM_OK;
}

static hrm_status copy_key(reader *r) {
    if (r->key_copy != NULL) return HRM_OK;
    return copy_clean(r, r->key == NULL ? "" : r->key, &r->key_copy);
}

/* Room for more entries behind the staged ones. */
static hrm_status reserve_entries(reader *r, size_t more) {
    hrm_join_report *const report = r->join->report;
    return hrmi_array_grow_by(r->ctx, &report->allocator, &report->entries, &report->entry_capacity,
                              report->entry_count + r->staged + more, sizeof *report->entries);
}

/* Stages an entry on the row at hand. cell and why may be NULL. */
static hrm_status stage(reader *r, uint8_t outcome, uint8_t kind, size_t column, const char *cell,
                        const char *why) {
    hrm_join_report *const report = r->join->report;
    hrmi_join_entry entry = {.sequence = r->sequence,
                             .row = r->number,
                             .column = column,
                             .why = why,
                             .outcome = outcome,
                             .kind = kind};
    hrm_status status = copy_key(r);
    if (status == HRM_OK && cell != NULL) status = copy_clean(r, cell, &entry.cell);
    if (status == HRM_OK) status = reserve_entries(r, 1);
    if (status != HRM_OK) return status;
    entry.key = r->key_copy;
    report->entries[report->entry_count + r->staged++] = entry;
    return HRM_OK;
}

/* ---- where a row belongs ---- */

static bool says_nothing(const char *text, size_t length) {
    hrmi_cell cell;
    return hrmi_number_read_cell(text, length, HRMI_DECIMAL_AUTO, &cell) == HRMI_CELL_MISSING;
}

static hrm_status find_period(reader *r, const char *text, hrmi_join_row *row) {
    char period[HRMI_PERIOD_SIZE];
    const size_t length = text == NULL ? 0 : strlen(text);
    row->outcome = HRM_ROW_UNUSABLE;
    if (text == NULL || says_nothing(text, length))
        return stage(r, HRM_ROW_UNUSABLE, HRMI_ENTRY_NO_PERIOD, HRM_NONE, NULL, NULL);
    const char *const fault = hrmi_period_read(text, length, period);
    if (fault != NULL) return stage(r, HRM_ROW_UNUSABLE, HRMI_ENTRY_BAD_PERIOD, HRM_NONE, text, fault);
    row->outcome = HRM_ROW_MATCHED;
    return hrmi_join_block_of(r->ctx, r->join, period, &row->block);
}

static hrm_status find_community(reader *r, hrmi_join_row *row) {
    const size_t length = r->key == NULL ? 0 : strlen(r->key);
    const char *why = NULL;
    if (length > 0) row->community = hrmi_layer_find_code(r->join->layer, r->key, length, &why);
    if (row->community != HRM_NONE) return HRM_OK;
    row->outcome = HRM_ROW_UNUSABLE;
    if (length == 0 || says_nothing(r->key, length))
        return stage(r, HRM_ROW_UNUSABLE, HRMI_ENTRY_NO_KEY, HRM_NONE, NULL, NULL);
    if (why == NULL && hrmi_utf8_first_invalid(r->key, length) != length) why = "it is not UTF-8";
    if (why != NULL) return stage(r, HRM_ROW_UNUSABLE, HRMI_ENTRY_BAD_KEY, HRM_NONE, NULL, why);
    row->outcome = HRM_ROW_UNMATCHED;
    return stage(r, HRM_ROW_UNMATCHED, HRMI_ENTRY_NOT_IN_LAYER, HRM_NONE, NULL, NULL);
}

static hrmi_join_slot *slot_of(const hrm_join *join, const hrmi_join_row *row) {
    return &join->blocks[row->block].slots[row->community];
}

/* The community has a row already, and that one is kept. */
static hrm_status stage_duplicate(reader *r, hrmi_join_row *row, const hrmi_join_slot *slot) {
    hrm_join_report *const report = r->join->report;
    const char *const period = r->join->blocks[row->block].period;
    row->outcome = HRM_ROW_DUPLICATE;
    const hrm_status status = stage(r, HRM_ROW_DUPLICATE, HRMI_ENTRY_OTHER_KEPT, HRM_NONE, NULL, period);
    if (status == HRM_OK) report->entries[report->entry_count + r->staged - 1].other_row = slot->row;
    return status;
}

/* What a row is to the rows of its community before it, and the room that it will need. */
static hrm_status take_place(reader *r, hrmi_join_row *row) {
    hrm_join *const join = r->join;
    hrmi_join_slot *const slot = slot_of(join, row);
    const bool further = slot->rows + slot->pending > 0;
    if (join->duplicates == HRM_DUPLICATES_LAST) {
        const hrm_status status = copy_key(r); /* needed if another row replaces this one */
        if (status != HRM_OK) return status;
        row->key = r->key_copy;
    } else if (!further) {
        slot->row = r->number;
    } else if (join->duplicates == HRM_DUPLICATES_ERROR || join->duplicates == HRM_DUPLICATES_FIRST) {
        return stage_duplicate(r, row, slot);
    } else if (slot->tallies == NULL) {
        slot->tallies = hrmi_arena_new(r->ctx, &join->arena, join->column_count, sizeof *slot->tallies);
        if (slot->tallies == NULL) return HRM_ERROR_MEMORY;
    }
    slot->pending++;
    r->matched++;
    return HRM_OK;
}

static hrm_status place_row(reader *r, const char *period, hrmi_join_row *row) {
    *row = (hrmi_join_row){.community = HRM_NONE, .outcome = HRM_ROW_MATCHED};
    hrm_status status = find_community(r, row);
    if (status == HRM_OK && row->outcome == HRM_ROW_MATCHED && r->join->has_period)
        status = find_period(r, period, row);
    if (status == HRM_OK && row->outcome == HRM_ROW_MATCHED) status = take_place(r, row);
    return status;
}

/* ---- cells ---- */

static hrm_status read_number(reader *r, const hrmi_join_row *row, size_t column, const char *text,
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
        return stage(r, HRM_ROW_MATCHED, HRMI_ENTRY_BAD_CELL, column, text, why);
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
static hrm_status read_text(reader *r, const hrmi_join_row *row, size_t column, const char *text,
                            uint8_t *kind) {
    hrm_join *const join = r->join;
    const bool adds_up = join->duplicates == HRM_DUPLICATES_SUM || join->duplicates == HRM_DUPLICATES_MEAN;
    const char *trimmed = text;
    *kind = HRMI_JOIN_MISSING;
    if (row->outcome != HRM_ROW_MATCHED) return HRM_OK;
    const char **const place = &join->blocks[row->block].texts[row->community * join->column_count + column];
    if (!adds_up) *place = NULL;
    const size_t length = text == NULL ? 0 : hrmi_utf8_trim(&trimmed, strlen(text));
    if (length == 0 || says_nothing(trimmed, length)) return HRM_OK;
    *kind = HRMI_JOIN_UNUSABLE;
    const char *const fault = text_fault(trimmed, length);
    if (fault != NULL) return stage(r, HRM_ROW_MATCHED, HRMI_ENTRY_BAD_CELL, column, text, fault);
    *kind = HRMI_JOIN_TEXT;
    if (*place == NULL) {
        *place = hrmi_arena_text(r->ctx, &join->arena, trimmed, length);
        return *place == NULL ? HRM_ERROR_MEMORY : HRM_OK;
    }
    if (strncmp(*place, trimmed, length) == 0 && (*place)[length] == '\0') return HRM_OK;
    return stage(r, HRM_ROW_MATCHED, HRMI_ENTRY_CONTRADICTION, column, text, *place);
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

static hrm_status read_cells(reader *r, const hrmi_join_row *row, const char *const *texts,
                             hrmi_join_cell *cells, uint8_t *kinds) {
    hrm_status status = HRM_OK;
    for (size_t c = 0; c < r->join->column_count && status == HRM_OK; c++)
        status = r->join->columns[c].is_text ? read_text(r, row, c, texts[c], &kinds[c])
                                             : read_number(r, row, c, texts[c], &cells[c], &kinds[c]);
    return status;
}

/* Makes room for the batch at hand. */
static hrm_status reserve_batch(hrm_context *ctx, hrm_join *join, size_t count) {
    hrmi_join_batch *const b = &join->batch;
    const hrm_allocator *const a = &join->allocator;
    const size_t cells = count * join->column_count;
    hrm_status status = hrmi_array_grow_by(ctx, a, &b->rows, &b->row_capacity, count, sizeof *b->rows);
    if (status == HRM_OK)
        status = hrmi_array_grow_by(ctx, a, &b->cells, &b->cell_capacity, cells, sizeof *b->cells);
    if (status == HRM_OK) status = hrmi_array_grow_by(ctx, a, &b->kinds, &b->kind_capacity, cells, 1);
    return status;
}

static hrm_status read_batch(reader *r, int64_t first_row, size_t count, const char *const *keys,
                             const char *const *periods, const char *const *texts) {
    hrm_join *const join = r->join;
    const size_t columns = join->column_count;
    hrm_status status = reserve_batch(r->ctx, join, count);
    if (status != HRM_OK) return status;
    for (size_t i = 0; i < count; i++) {
        hrmi_join_row *const row = &join->batch.rows[i];
        hrmi_join_cell *const cells = join->batch.cells + i * columns;
        r->number = first_row + (int64_t)i;
        r->sequence = join->fed + i;
        r->key = keys[i];
        r->key_copy = NULL;
        status = place_row(r, periods == NULL ? NULL : periods[i], row);
        if (status != HRM_OK) {
            take_back(join, i);
            return status;
        }
        if (join->has_text && row->outcome == HRM_ROW_MATCHED) remember_texts(join, row, cells);
        if (columns > 0)
            status = read_cells(r, row, texts + i * columns, cells, join->batch.kinds + i * columns);
        if (status != HRM_OK) {
            take_back(join, i + 1);
            return status;
        }
    }
    if (join->duplicates == HRM_DUPLICATES_LAST)
        status = reserve_entries(r, r->matched); /* each may replace one */
    if (status != HRM_OK) take_back(join, count);
    return status;
}

/* ---- the second walk: nothing fails here ---- */

/* The row that a slot held makes way for another one. */
static void replace_row(hrm_join *join, const hrmi_join_row *row, hrmi_join_slot *slot, int64_t by) {
    hrm_join_report *const report = join->report;
    const hrmi_join_block *const block = &join->blocks[row->block];
    report->counts.matched--;
    report->counts.duplicates++;
    report->unordered = true;
    report->entries[report->entry_count++] = (hrmi_join_entry){.sequence = slot->sequence,
                                                               .row = slot->row,
                                                               .other_row = by,
                                                               .column = HRM_NONE,
                                                               .key = slot->key,
                                                               .why = block->period,
                                                               .outcome = HRM_ROW_DUPLICATE,
                                                               .kind = HRMI_ENTRY_REPLACED};
    for (size_t c = 0; c < join->column_count; c++) {
        const size_t cell = row->community * join->column_count + c;
        if (join->columns[c].is_text || block->states[cell] != HRM_PRESENT) continue;
        hrmi_sum_subtract(&join->columns[c].allocated, block->values[cell]);
        hrmi_sum_add(&join->columns[c].unallocated, block->values[cell]);
    }
}

/* Counts a cell, and adds its number to the account. */
static void account_cell(hrmi_join_column *column, uint8_t kind, double number, bool allocated) {
    if (kind == HRMI_JOIN_MISSING) column->missing++;
    if (kind == HRMI_JOIN_UNUSABLE) column->unusable++;
    if (kind == HRMI_JOIN_PERCENT) column->percent_signs++;
    if (kind != HRMI_JOIN_NUMBER && kind != HRMI_JOIN_PERCENT) return;
    column->numbers++;
    hrmi_sum_add(&column->total, number);
    hrmi_sum_add(allocated ? &column->allocated : &column->unallocated, number);
}

/* Puts a cell of a matched row where it belongs. fresh: the community has no row yet, or loses the one it
 * had. */
static void put_cell(hrmi_join_block *block, hrmi_join_slot *slot, size_t place, size_t column, bool fresh,
                     uint8_t kind, double number) {
    uint8_t *const state = &block->states[place];
    const bool is_number = kind == HRMI_JOIN_NUMBER || kind == HRMI_JOIN_PERCENT;
    if (fresh) {
        block->values[place] = is_number ? number : (double)NAN;
    } else if (is_number || *state == HRM_PRESENT) {
        hrmi_join_tally *const tally = &slot->tallies[column];
        if (slot->rows == 1 && !isnan(block->values[place])) { /* the first row's was kept beside the tally */
            hrmi_sum_add(&tally->sum, block->values[place]);
            tally->count++;
        }
        if (is_number) {
            hrmi_sum_add(&tally->sum, number);
            tally->count++;
        }
    }
    if (is_number || kind == HRMI_JOIN_TEXT) *state = HRM_PRESENT;
    else if (fresh || *state == HRM_MISSING_NOT_REPORTED)
        *state = kind == HRMI_JOIN_UNUSABLE ? HRM_MISSING_UNUSABLE : HRM_MISSING_NOT_REPORTED;
}

static void put_row(hrm_join *join, const hrmi_join_row *row, size_t i, int64_t number) {
    hrmi_join_block *const block = &join->blocks[row->block];
    hrmi_join_slot *const slot = slot_of(join, row);
    const bool last = join->duplicates == HRM_DUPLICATES_LAST;
    const size_t columns = join->column_count;
    if (last && slot->rows > 0) replace_row(join, row, slot, number);
    for (size_t c = 0; c < columns; c++)
        put_cell(block, slot, row->community * columns + c, c, last || slot->rows == 0,
                 join->batch.kinds[i * columns + c], join->batch.cells[i * columns + c].number);
    if (last) {
        slot->row = number;
        slot->sequence = join->fed + i;
        slot->key = row->key;
    }
    slot->rows++;
    slot->pending = 0;
    block->rows++;
}

static void count_row(hrm_join *join, const hrmi_join_row *row, int64_t number) {
    hrm_join_counts *const counts = &join->report->counts;
    counts->rows++;
    switch (row->outcome) {
    case HRM_ROW_MATCHED:
        counts->matched++;
        break;
    case HRM_ROW_UNMATCHED:
        counts->unmatched++;
        break;
    case HRM_ROW_DUPLICATE:
        if (counts->duplicates++ > 0) break;
        join->twice[0] = slot_of(join, row)->row;
        join->twice[1] = number;
        join->twice_community = row->community;
        join->twice_block = row->block;
        break;
    default:
        counts->unusable++;
        break;
    }
}

static void commit_batch(hrm_join *join, int64_t first_row, size_t count, size_t staged) {
    const size_t columns = join->column_count;
    join->report->entry_count += staged;
    for (size_t i = 0; i < count; i++) {
        const hrmi_join_row *const row = &join->batch.rows[i];
        const int64_t number = first_row + (int64_t)i;
        const bool matched = row->outcome == HRM_ROW_MATCHED;
        count_row(join, row, number);
        for (size_t c = 0; c < columns; c++) {
            if (join->columns[c].is_text) continue;
            account_cell(&join->columns[c], join->batch.kinds[i * columns + c],
                         join->batch.cells[i * columns + c].number, matched);
        }
        if (matched) put_row(join, row, i, number);
    }
    join->fed += count;
}

hrm_status hrm_join_rows(hrm_context *ctx, hrm_join *join, int64_t first_row, size_t count,
                         const char *const *keys, const char *const *periods, const char *const *cells) {
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (join == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_join_rows: join is NULL");
    if (join->closed)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "the join is finished: it takes no more rows");
    if (count == 0) return HRM_OK;
    if (keys == NULL || (cells == NULL && join->column_count > 0) || (periods == NULL) == join->has_period)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "hrm_join_rows: it needs keys, cells where there are columns, and "
                         "periods exactly where the join has them");
    if (count > (uint64_t)INT64_MAX || first_row > INT64_MAX - (int64_t)count)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_join_rows: row numbers beyond 2^63");
    reader r = {.ctx = ctx, .join = join};
    const hrm_status status = read_batch(&r, first_row, count, keys, periods, cells);
    if (status == HRM_OK) commit_batch(join, first_row, count, r.staged);
    return status;
}
