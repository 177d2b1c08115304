/*
 * What the report will say of the rows of a batch: entries staged behind those that count, and the different
 * written forms that rows were not matched by. A form may be remembered by a batch that then fails: no row
 * counts it, so it is not told.
 */
#include "table/join.h"

/* ---- what a row says ---- */

static const char *copy_clean(hrmi_join_reader *r, const char *text) {
    char clean[HRMI_CLEAN_SIZE];
    if (text == NULL || text[0] == '\0') return "";
    const size_t length = hrmi_clean(text, strlen(text), clean);
    return hrmi_arena_text(r->ctx, &r->join->report->arena, clean, length);
}

/* By what a row is known: its code, else its name, else its place, else what it says of its parents. */
static const char *key_of(const hrmi_join_reader *r, char place[2 * HRMI_NUMBER_SIZE]) {
    const hrm_place_words *const w = &r->words;
    const hrm_join_batch *const b = r->batch;
    if (w->code != NULL) return w->code;
    if (w->name != NULL) return w->name;
    if (isfinite(r->x) && isfinite(r->y)) {
        const size_t length = hrmi_number_write(r->x, place);
        place[length] = ' ';
        (void)hrmi_number_write(r->y, place + length + 1);
        return place;
    }
    if (b->codes != NULL && b->codes[r->at] != NULL && b->codes[r->at][0] != '\0') return b->codes[r->at];
    if (b->names != NULL && b->names[r->at] != NULL && b->names[r->at][0] != '\0') return b->names[r->at];
    return w->raion != NULL ? w->raion : w->oblast;
}

/* New entries go behind all others: where the list is full, they will not be in it. */
static bool is_full(const hrmi_join_reader *r) {
    return r->join->report->entry_count + r->staged >= HRMI_JOIN_ENTRIES;
}

hrm_status hrmi_join_say(hrmi_join_reader *r) {
    char place[2 * HRMI_NUMBER_SIZE];
    if (r->said != NULL || is_full(r)) return HRM_OK;
    hrmi_join_said *const said = hrmi_arena_new(r->ctx, &r->join->report->arena, 1, sizeof *said);
    if (said == NULL) return HRM_ERROR_MEMORY;
    said->key = copy_clean(r, key_of(r, place));
    said->oblast = copy_clean(r, r->words.oblast);
    said->raion = copy_clean(r, r->words.raion);
    if (said->key == NULL || said->oblast == NULL || said->raion == NULL) return HRM_ERROR_MEMORY;
    r->said = said;
    return HRM_OK;
}

/* ---- entries ---- */

hrm_status hrmi_join_reserve_entries(hrmi_join_reader *r, size_t more) {
    hrm_join_report *const report = r->join->report;
    return hrmi_array_grow_by(r->ctx, &report->allocator, &report->entries, &report->entry_capacity,
                              report->entry_count + r->staged + more, sizeof *report->entries);
}

static hrm_status stage(hrmi_join_reader *r, hrmi_join_entry *entry) {
    hrm_join_report *const report = r->join->report;
    hrm_status status = hrmi_join_say(r);
    if (status == HRM_OK) status = hrmi_join_reserve_entries(r, 1);
    if (status != HRM_OK) return status;
    entry->sequence = r->sequence;
    entry->row = r->number;
    entry->said = r->said;
    report->entries[report->entry_count + r->staged++] = *entry;
    return HRM_OK;
}

/* The cell beside the key that a reason is about; NULL for none. */
static const char *cell_of(const hrmi_join_reader *r, uint8_t reason) {
    if (reason == HRM_REASON_CODE_AND_NAME_DIFFER) return r->words.name;
    if (reason == HRM_REASON_HIGHER_LEVEL && r->words.code == NULL) return r->words.name;
    return reason == HRM_REASON_BAD_PERIOD ? r->batch->periods[r->at] : NULL;
}

hrm_status hrmi_join_stage_row(hrmi_join_reader *r, hrmi_join_row *row) {
    hrm_join *const join = r->join;
    hrmi_join_entry entry = {.column = HRM_NONE,
                             .community = row->community,
                             .form = row->form,
                             .why = r->why,
                             .candidates = r->candidates,
                             .outcome = row->outcome,
                             .kind = HRMI_ENTRY_ROW,
                             .reason = row->reason};
    if (is_full(r)) return HRM_OK;
    if (row->outcome == HRM_ROW_DUPLICATE) {
        const hrmi_join_slot *const slot = &join->blocks[row->block].slots[row->community];
        entry.period = join->blocks[row->block].period;
        entry.other_row = slot->row;
        entry.claim = slot->claim;
    }
    const char *const cell = cell_of(r, row->reason);
    if (cell != NULL) {
        entry.cell = copy_clean(r, cell);
        if (entry.cell == NULL) return HRM_ERROR_MEMORY;
    }
    return stage(r, &entry);
}

hrm_status hrmi_join_stage_cell(hrmi_join_reader *r, uint8_t kind, size_t column, const char *cell,
                                const char *why) {
    hrmi_join_entry entry = {.column = column,
                             .community = HRM_NONE,
                             .form = HRM_NONE,
                             .why = why,
                             .outcome = HRM_ROW_MATCHED,
                             .kind = kind};
    r->faults++;
    if (is_full(r)) return HRM_OK;
    entry.cell = copy_clean(r, cell);
    return entry.cell == NULL ? HRM_ERROR_MEMORY : stage(r, &entry);
}

/* ---- forms ---- */

/* A word and a zero behind it. */
static hrm_status add_word(hrmi_join_reader *r, const char *text) {
    if (text == NULL) text = "";
    return hrmi_buffer_add(r->ctx, &r->join->scratch, text, strlen(text) + 1);
}

/* The form's words one behind the other, each ended by a zero: what tells it from others. */
static hrm_status lay_out_form(hrmi_join_reader *r, bool of_code) {
    hrmi_buffer *const buffer = &r->join->scratch;
    buffer->length = 0;
    hrm_status status = add_word(r, of_code ? r->words.code : r->words.name);
    if (status == HRM_OK) status = add_word(r, r->words.oblast);
    if (status == HRM_OK) status = add_word(r, r->words.raion);
    if (status == HRM_OK) status = add_word(r, of_code ? NULL : r->words.type);
    if (status == HRM_OK) status = add_word(r, of_code ? "code" : "name");
    return status;
}

static const char *next_word(const char **at) {
    const char *const word = *at;
    *at += strlen(word) + 1;
    return word;
}

static hrm_status add_form(hrmi_join_reader *r, bool of_code) {
    hrm_join_report *const report = r->join->report;
    const hrmi_buffer *const words = &r->join->scratch;
    hrm_status status = hrmi_array_grow_by(r->ctx, &report->allocator, &report->forms, &report->form_capacity,
                                           report->form_count + 1, sizeof *report->forms);
    if (status != HRM_OK) return status;
    const char *const copy = hrmi_arena_text(r->ctx, &report->arena, words->data, words->length);
    if (copy == NULL) return HRM_ERROR_MEMORY;
    status = hrmi_index_add(r->ctx, &report->form_index, copy, words->length, report->form_count);
    if (status != HRM_OK) return status;
    const char *at = copy;
    hrmi_join_form *const form = &report->forms[report->form_count++];
    *form = (hrmi_join_form){.is_code = of_code};
    form->written = next_word(&at);
    form->oblast = next_word(&at);
    form->raion = next_word(&at);
    form->type = next_word(&at);
    return HRM_OK;
}

hrm_status hrmi_join_find_form(hrmi_join_reader *r, bool of_code, size_t *form) {
    hrm_join_report *const report = r->join->report;
    const char *const written = of_code ? r->words.code : r->words.name;
    *form = HRM_NONE;
    if (written == NULL || strlen(written) > HRMI_JOIN_WORD_BYTES) return HRM_OK;
    hrm_status status = lay_out_form(r, of_code);
    if (status != HRM_OK) return status;
    const hrmi_buffer *const words = &r->join->scratch;
    *form = hrmi_index_find(&report->form_index, words->data, words->length);
    if (*form != HRM_NONE) return HRM_OK;
    if (report->form_count >= HRMI_JOIN_FORMS) {
        report->forms_full = true;
        return HRM_OK;
    }
    status = add_form(r, of_code);
    if (status == HRM_OK) *form = report->form_count - 1;
    return status;
}
