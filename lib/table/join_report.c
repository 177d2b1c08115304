/* The account of a join: see join_report.h. */
#include <inttypes.h>
#include <stdio.h>

#include "base/sort.h"
#include "base/utf8.h"
#include "table/join_report.h"

hrm_join_report *hrmi_join_report_new(hrm_context *ctx, const hrm_layer *layer) {
    hrm_join_report *const report = hrmi_array_new(ctx, 1, sizeof *report);
    if (report == NULL) return NULL;
    report->allocator = *hrmi_allocator(ctx);
    hrmi_arena_init(&report->arena, ctx);
    hrmi_index_init(&report->form_index, ctx);
    report->community_count = hrm_layer_count(layer);
    report->fingerprint = hrmi_layer_fingerprint(layer);
    report->has_row = hrmi_array_new(ctx, report->community_count, 1);
    if (report->has_row != NULL) return report;
    hrm_join_report_free(report);
    return NULL;
}

void hrm_join_report_free(hrm_join_report *report) {
    if (report == NULL) return;
    const hrm_allocator allocator = report->allocator;
    hrmi_arena_free(&report->arena);
    hrmi_index_free(&report->form_index);
    hrmi_release(&allocator, report->entries);
    hrmi_release(&allocator, report->forms);
    hrmi_release(&allocator, report->notes);
    hrmi_release(&allocator, report->amounts);
    hrmi_release(&allocator, report->columns);
    hrmi_release(&allocator, report->has_row);
    hrmi_release(&allocator, report->without_row);
    hrmi_release(&allocator, report);
}

/* ---- texts ---- */

size_t hrmi_clean(const char *text, size_t length, char out[HRMI_CLEAN_SIZE]) {
    static const char dots[] = "\u2026";
    enum { ROOM = HRMI_CLEAN_SIZE - (int)sizeof dots }; /* the dots and the zero must still fit */
    const char *const end = text + length;
    size_t used = 0;
    while (text < end && used <= ROOM) {
        const char *const begin = text;
        const uint32_t c = hrmi_utf8_next(&text, end);
        const char *bytes = begin;
        size_t size = (size_t)(text - begin);
        if (c == HRMI_UTF8_REPLACEMENT) {
            bytes = "\uFFFD";
            size = 3;
        } else if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
            bytes = " ";
            size = 1;
        }
        if (used + size > ROOM) {
            text = begin;
            break;
        }
        memcpy(out + used, bytes, size);
        used += size;
    }
    if (text < end) {
        memcpy(out + used, dots, sizeof dots - 1);
        used += sizeof dots - 1;
    }
    out[used] = '\0';
    return used;
}

/* ---- closing ---- */

/* By row, and within a row the row's own entry before those of its cells. */
static int by_source(const void *a, const void *b, const void *user) {
    const hrmi_join_entry *const x = a;
    const hrmi_join_entry *const y = b;
    (void)user;
    if (x->sequence != y->sequence) return x->sequence < y->sequence ? -1 : 1;
    const size_t left = x->column + 1; /* HRM_NONE becomes 0 */
    const size_t right = y->column + 1;
    return (left > right) - (left < right);
}

/* A row that lost its place is a duplicate; what was wrong with its cells matters no more. */
static void drop_cells_of_unseated_rows(hrm_join_report *report) {
    size_t kept = 0;
    uint64_t unseated = UINT64_MAX;
    for (size_t i = 0; i < report->entry_count; i++) {
        const hrmi_join_entry entry = report->entries[i];
        if (entry.outcome == HRM_ROW_DUPLICATE) unseated = entry.sequence;
        if (entry.column != HRM_NONE && entry.sequence == unseated) continue;
        report->entries[kept++] = entry;
    }
    report->entry_count = kept;
}

void hrmi_join_report_settle(hrm_join_report *report) {
    if (report->unordered) {
        hrmi_sort(report->entries, report->entry_count, sizeof *report->entries, by_source, NULL);
        report->unordered = false;
    }
    if (report->entry_count > HRMI_JOIN_ENTRIES) report->entry_count = HRMI_JOIN_ENTRIES;
}

/* Both sentences of an entry. Rows of one form that are not used for one reason share theirs. */
static hrm_status compose_entry(hrm_context *ctx, hrm_join_report *report, const hrm_layer *layer,
                                hrmi_buffer *buffer, hrmi_join_entry *entry) {
    hrmi_join_form *const form = entry->form == HRM_NONE ? NULL : &report->forms[entry->form];
    const bool of_form = form != NULL && form->reason == entry->reason;
    if (of_form && form->text_uk != NULL && entry->reason != HRM_REASON_CLAIMED_TWICE) {
        entry->text = form->text;
        entry->text_uk = form->text_uk;
        return HRM_OK;
    }
    entry->text = hrmi_join_sentence(ctx, report, layer, buffer, entry, HRM_EN);
    if (entry->text == NULL) return HRM_ERROR_MEMORY;
    entry->text_uk = hrmi_join_sentence(ctx, report, layer, buffer, entry, HRM_UK);
    if (entry->text_uk == NULL) return HRM_ERROR_MEMORY;
    if (of_form && form->text_uk == NULL) {
        form->text = entry->text;
        form->text_uk = entry->text_uk;
    }
    return HRM_OK;
}

static hrm_status compose(hrm_context *ctx, hrm_join_report *report, const hrm_layer *layer) {
    hrmi_buffer buffer;
    hrm_status status = HRM_OK;
    hrmi_buffer_init(&buffer, ctx);
    for (size_t i = 0; i < report->entry_count && status == HRM_OK; i++)
        if (report->entries[i].text_uk == NULL)
            status = compose_entry(ctx, report, layer, &buffer, &report->entries[i]);
    hrmi_buffer_free(&buffer);
    return status;
}

/* What a form may mean, for a person to choose from. */
static void suggest(const hrm_gazetteer *gazetteer, hrmi_join_form *form) {
    hrm_suggestion found[HRMI_JOIN_SUGGESTIONS] = {{.struct_size = (uint32_t)sizeof *found},
                                                   {.struct_size = (uint32_t)sizeof *found},
                                                   {.struct_size = (uint32_t)sizeof *found}};
    const hrm_place_words words = {.struct_size = (uint32_t)sizeof words,
                                   .oblast = form->oblast,
                                   .raion = form->raion,
                                   .name = form->written,
                                   .type = form->type};
    size_t count = hrm_gazetteer_suggest(gazetteer, &words, found, HRMI_JOIN_SUGGESTIONS);
    if (count > HRMI_JOIN_SUGGESTIONS) count = HRMI_JOIN_SUGGESTIONS;
    for (size_t i = 0; i < count; i++) form->suggestions[i] = found[i].row;
    form->suggestion_count = (uint8_t)count;
}

/* A table of nothing but other names must not take minutes: it is told where the search ended. */
static hrm_status note_limits(hrm_context *ctx, hrm_join_report *report, bool cut) {
    char note[256];
    if (!cut && !report->forms_full) return HRM_OK;
    (void)snprintf(note, sizeof note,
                   "more than %d different names or codes led to no community, and similar names were looked "
                   "for only for the first %d: are the fields of the key the right ones?",
                   report->forms_full ? HRMI_JOIN_FORMS : HRMI_JOIN_SUGGESTED, HRMI_JOIN_SUGGESTED);
    return hrmi_join_report_note(ctx, report, note);
}

static hrm_status note_mends(hrm_context *ctx, hrm_join_report *report) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < report->mend_count && status == HRM_OK; i++) {
        const hrmi_join_mend *const mend = &report->mends[i];
        char note[256];
        (void)snprintf(note, sizeof note, "codes that were mended: %zu, the first in row %" PRId64 ": %s",
                       mend->rows, mend->row, mend->why);
        status = hrmi_join_report_note(ctx, report, note);
    }
    return status;
}

/* What is remarked when all rows are in, once. */
static hrm_status note_all(hrm_context *ctx, hrm_join_report *report, bool cut) {
    const size_t before = report->note_count;
    if (report->told) return HRM_OK;
    hrm_status status = note_mends(ctx, report);
    if (status == HRM_OK) status = note_limits(ctx, report, cut);
    report->told = status == HRM_OK;
    if (status != HRM_OK) report->note_count = before;
    return status;
}

static hrm_status find_suggestions(hrm_context *ctx, hrm_join_report *report,
                                   const hrm_gazetteer *gazetteer) {
    size_t asked = 0;
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < report->form_count && gazetteer != NULL && status == HRM_OK; i++) {
        hrmi_join_form *const form = &report->forms[i];
        if (form->rows == 0 || form->is_code) continue;
        if (asked++ == HRMI_JOIN_SUGGESTED) break;
        status = hrmi_go_on(ctx, "looking for similar names");
        if (status == HRM_OK) suggest(gazetteer, form);
    }
    return status == HRM_OK ? note_all(ctx, report, asked > HRMI_JOIN_SUGGESTED) : status;
}

hrm_status hrmi_join_report_close(hrm_context *ctx, hrm_join_report *report, const hrm_layer *layer,
                                  const hrm_gazetteer *gazetteer) {
    hrm_join_counts *const counts = &report->counts;
    hrmi_join_report_settle(report);
    drop_cells_of_unseated_rows(report);
    counts->not_listed = counts->unmatched + counts->duplicates + counts->unusable + counts->kept_out +
                         counts->unusable_cells - report->entry_count;
    const hrm_status status = find_suggestions(ctx, report, gazetteer);
    return status == HRM_OK ? compose(ctx, report, layer) : status;
}

bool hrmi_join_form_by_row(const hrm_join_report *report, const hrmi_join_form *form) {
    return report->one_to_one && form->rows > 1 &&
           (form->reason == HRM_REASON_AMBIGUOUS_NAME || form->reason == HRM_REASON_CLAIMED_TWICE ||
            form->reason == HRM_REASON_UNKNOWN_PARENT); /* under merged cells of several oblasts */
}

hrm_status hrmi_join_report_note(hrm_context *ctx, hrm_join_report *report, const char *text) {
    const hrm_status status =
        hrmi_array_grow_by(ctx, &report->allocator, &report->notes, &report->note_capacity,
                           report->note_count + 1, sizeof *report->notes);
    if (status != HRM_OK) return status;
    const char *const copy = hrmi_arena_text(ctx, &report->arena, text, strlen(text));
    if (copy == NULL) return HRM_ERROR_MEMORY;
    report->notes[report->note_count++] = copy;
    return HRM_OK;
}

/* ---- asking ---- */

bool hrm_join_report_counts(const hrm_join_report *report, hrm_join_counts *out) {
    return hrmi_give_struct(out, &report->counts, sizeof *out);
}

size_t hrm_join_report_entry_count(const hrm_join_report *report) {
    return report->entry_count;
}

/* The form that has suggestions for an entry; NULL for none. */
static const hrmi_join_form *form_of(const hrm_join_report *report, size_t i) {
    if (i >= report->entry_count || report->entries[i].form == HRM_NONE) return NULL;
    return &report->forms[report->entries[i].form];
}

bool hrm_join_report_entry(const hrm_join_report *report, size_t i, hrm_join_entry *out) {
    if (i >= report->entry_count) return false;
    const hrmi_join_entry *const entry = &report->entries[i];
    const hrmi_join_form *const form = form_of(report, i);
    const hrm_join_entry full = {.struct_size = (uint32_t)sizeof full,
                                 .outcome = entry->outcome,
                                 .row = entry->row,
                                 .column = entry->column,
                                 .key = entry->said->key,
                                 .text = entry->text,
                                 .reason = entry->reason,
                                 .suggestions = form == NULL ? 0 : form->suggestion_count,
                                 .oblast = entry->said->oblast,
                                 .raion = entry->said->raion,
                                 .text_uk = entry->text_uk};
    return hrmi_give_struct(out, &full, sizeof full);
}

size_t hrm_join_report_suggestion(const hrm_join_report *report, size_t i, size_t k) {
    const hrmi_join_form *const form = form_of(report, i);
    return form == NULL || k >= form->suggestion_count ? HRM_NONE : form->suggestions[k];
}

size_t hrm_join_report_way_count(const hrm_join_report *report, int32_t way) {
    return way < 0 || way >= HRM_MATCH_WAYS ? 0 : report->ways[way];
}

size_t hrm_join_report_reason_count(const hrm_join_report *report, int32_t reason) {
    return reason < 0 || reason >= HRM_REASONS ? 0 : report->reasons[reason];
}

size_t hrm_join_report_note_count(const hrm_join_report *report) {
    return report->note_count;
}

const char *hrm_join_report_note(const hrm_join_report *report, size_t i) {
    return i < report->note_count ? report->notes[i] : NULL;
}

size_t hrm_join_report_amount_count(const hrm_join_report *report) {
    return report->amount_count;
}

bool hrm_join_report_amount(const hrm_join_report *report, size_t i, hrm_join_amount *out) {
    if (i >= report->amount_count) return false;
    return hrmi_give_struct(out, &report->amounts[i], sizeof *out);
}

bool hrm_join_report_has_row(const hrm_join_report *report, size_t i) {
    return i < report->community_count && report->has_row[i] != 0;
}
