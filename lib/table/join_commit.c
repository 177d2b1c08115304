/*
 * The second walk over a batch of a join: what the first one found is counted and put where it belongs.
 * Nothing fails here.
 */
#include "table/join.h"

/* ---- rows that lose their place ---- */

/* The numbers that a slot holds are allocated no more, and what was wrong with its cells matters no more. */
static void take_numbers_away(hrm_join *join, const hrmi_join_row *row) {
    hrmi_join_block *const block = &join->blocks[row->block];
    for (size_t c = 0; c < join->column_count; c++) {
        const size_t cell = row->community * join->column_count + c;
        if (block->states[cell] == HRM_MISSING_UNUSABLE) join->report->counts.unusable_cells--;
        if (join->columns[c].is_text || block->states[cell] != HRM_PRESENT) continue;
        hrmi_sum_subtract(&join->columns[c].allocated, block->values[cell]);
        hrmi_sum_add(&join->columns[c].unallocated, block->values[cell]);
    }
}

/* The row that a slot held is matched no more. */
static void unseat(hrm_join *join, const hrmi_join_row *row, hrmi_join_slot *slot, uint8_t kind,
                   uint8_t reason) {
    hrm_join_report *const report = join->report;
    report->counts.matched--;
    report->counts.duplicates++;
    report->ways[slot->way]--;
    report->reasons[reason]++;
    if (slot->several) report->counts.ambiguous_places--;
    take_numbers_away(join, row);
    if (slot->said == NULL) return; /* the list of entries was full before it came */
    report->unordered = true;
    report->entries[report->entry_count++] = (hrmi_join_entry){.sequence = slot->sequence,
                                                               .row = slot->row,
                                                               .other_row = row->number,
                                                               .column = HRM_NONE,
                                                               .community = row->community,
                                                               .form = slot->form,
                                                               .said = slot->said,
                                                               .claim = slot->claim,
                                                               .period = join->blocks[row->block].period,
                                                               .outcome = HRM_ROW_DUPLICATE,
                                                               .kind = kind,
                                                               .reason = reason};
}

/* A row of a form is not used. */
static void count_form(hrm_join_report *report, size_t form, uint8_t reason) {
    if (form == HRM_NONE) return;
    if (report->forms[form].rows++ == 0) report->forms[form].reason = reason;
}

/* The first of several rows that claim one community: its values go. */
static void hold_first(hrm_join *join, const hrmi_join_row *row, hrmi_join_slot *slot) {
    hrmi_join_block *const block = &join->blocks[row->block];
    unseat(join, row, slot, HRMI_ENTRY_ROW, HRM_REASON_CLAIMED_TWICE);
    count_form(join->report, slot->form, HRM_REASON_CLAIMED_TWICE);
    for (size_t c = 0; c < join->column_count; c++) {
        const size_t cell = row->community * join->column_count + c;
        block->values[cell] = NAN;
        block->states[cell] = HRM_MISSING_UNUSABLE;
        if (join->columns[c].is_text) block->texts[cell] = NULL;
    }
    block->rows--;
    slot->claim->held = true;
    slot->claim->rows[slot->claim->count++] = slot->row;
}

static void hold_row(hrm_join *join, const hrmi_join_row *row) {
    hrmi_join_slot *const slot = &join->blocks[row->block].slots[row->community];
    hrmi_join_claim *const claim = slot->claim;
    if (!claim->held) hold_first(join, row, slot);
    if (claim->count < HRMI_JOIN_CLAIM_ROWS) claim->rows[claim->count] = row->number;
    claim->count++;
    slot->rows++;
}

/* ---- cells ---- */

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

static void put_row(hrm_join *join, const hrmi_join_row *row, size_t i) {
    hrmi_join_block *const block = &join->blocks[row->block];
    hrmi_join_slot *const slot = &block->slots[row->community];
    const bool last = join->duplicates == HRM_DUPLICATES_LAST;
    const size_t columns = join->column_count;
    if (last && slot->rows > 0) unseat(join, row, slot, HRMI_ENTRY_REPLACED, HRM_REASON_OTHER_ROW_KEPT);
    for (size_t c = 0; c < columns; c++)
        put_cell(block, slot, row->community * columns + c, c, last || slot->rows == 0,
                 join->batch.kinds[i * columns + c], join->batch.cells[i * columns + c].number);
    if (last || slot->rows == 0) {
        slot->row = row->number;
        slot->sequence = join->fed + i;
        slot->said = row->said;
        slot->form = row->form;
        slot->way = row->way;
        slot->several = row->several;
    }
    slot->rows++;
    slot->pending = 0;
    block->rows++;
}

/* ---- rows ---- */

/* The first two rows of one community, for the error that they may be. */
static void remember_twice(hrm_join *join, const hrmi_join_row *row) {
    join->twice[0] = join->blocks[row->block].slots[row->community].row;
    join->twice[1] = row->number;
    join->twice_community = row->community;
    join->twice_block = row->block;
}

/* Codes that were mended are told by what was wrong with them. */
static void count_mend(hrm_join_report *report, const hrmi_join_row *row) {
    size_t i = 0;
    if (row->mended == NULL) return;
    while (i < report->mend_count && strcmp(report->mends[i].why, row->mended) != 0) i++;
    if (i == HRMI_JOIN_MENDS) return;
    if (i == report->mend_count)
        report->mends[report->mend_count++] = (hrmi_join_mend){row->mended, row->number, 0};
    report->mends[i].rows++;
}

static void count_row(hrm_join *join, const hrmi_join_row *row) {
    hrm_join_counts *const counts = &join->report->counts;
    counts->rows++;
    count_mend(join->report, row);
    if (row->outcome == HRM_ROW_MATCHED) {
        counts->matched++;
        counts->ambiguous_places += row->several;
        join->report->ways[row->way]++;
        return;
    }
    join->report->reasons[row->reason]++;
    count_form(join->report, row->form, row->reason);
    if (row->outcome == HRM_ROW_UNMATCHED) counts->unmatched++;
    else if (row->outcome == HRM_ROW_UNUSABLE) counts->unusable++;
    else if (row->outcome == HRM_ROW_KEPT_OUT) counts->kept_out++;
    else if (counts->duplicates++ == 0) remember_twice(join, row);
}

void hrmi_join_commit(hrmi_join_reader *r) {
    hrm_join *const join = r->join;
    hrm_join_report *const report = join->report;
    const size_t columns = join->column_count;
    report->entry_count += r->staged;
    report->counts.unusable_cells += r->faults;
    for (size_t i = 0; i < r->batch->count; i++) {
        const hrmi_join_row *const row = &join->batch.rows[i];
        const bool matched = row->outcome == HRM_ROW_MATCHED;
        count_row(join, row);
        if (row->reason == HRM_REASON_CLAIMED_TWICE) hold_row(join, row);
        if (row->outcome == HRM_ROW_KEPT_OUT) continue;
        for (size_t c = 0; c < columns; c++)
            if (!join->columns[c].is_text)
                account_cell(&join->columns[c], join->batch.kinds[i * columns + c],
                             join->batch.cells[i * columns + c].number, matched);
        if (matched) put_row(join, row, i);
    }
    join->fed += r->batch->count;
    if (report->entry_count >= (size_t)2 * HRMI_JOIN_ENTRIES) hrmi_join_report_settle(report);
}
