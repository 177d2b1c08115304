/* The account of a join: see join_report.h. */
#include <inttypes.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "table/join_report.h"

hrm_join_report *hrmi_join_report_new(hrm_context *ctx, size_t community_count) {
    hrm_join_report *const report = hrmi_array_new(ctx, 1, sizeof *report);
    if (report == NULL) return NULL;
    report->allocator = *hrmi_allocator(ctx);
    hrmi_arena_init(&report->arena, ctx);
    report->community_count = community_count;
    report->has_row = hrmi_array_new(ctx, community_count, 1);
    if (report->has_row != NULL) return report;
    hrm_join_report_free(report);
    return NULL;
}

void hrm_join_report_free(hrm_join_report *report) {
    if (report == NULL) return;
    const hrm_allocator allocator = report->allocator;
    hrmi_arena_free(&report->arena);
    hrmi_release(&allocator, report->entries);
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

/* Parts of a sentence, one behind the other. */
static hrm_status put(hrm_context *ctx, hrmi_buffer *buffer, const char *a, const char *b, const char *c) {
    hrm_status status = hrmi_buffer_text(ctx, buffer, a);
    if (status == HRM_OK) status = hrmi_buffer_text(ctx, buffer, b);
    if (status == HRM_OK) status = hrmi_buffer_text(ctx, buffer, c);
    return status;
}

static hrm_status put_other_row(hrm_context *ctx, hrmi_buffer *buffer, const hrmi_join_entry *entry) {
    char row[32];
    (void)snprintf(row, sizeof row, "%" PRId64, entry->other_row);
    hrm_status status = put(ctx, buffer, entry->kind == HRMI_ENTRY_REPLACED ? "replaced by row " : "row ",
                            row, " of the same community");
    if (status == HRM_OK && entry->why[0] != '\0')
        status = put(ctx, buffer, " and period (", entry->why, ")");
    if (status == HRM_OK && entry->kind == HRMI_ENTRY_OTHER_KEPT)
        status = hrmi_buffer_text(ctx, buffer, " is kept");
    return status;
}

/* The text that another row had and that is kept may be long. */
static hrm_status put_contradiction(hrm_context *ctx, hrmi_buffer *buffer, const hrmi_join_entry *entry) {
    char kept[HRMI_CLEAN_SIZE];
    (void)hrmi_clean(entry->why, strlen(entry->why), kept);
    hrm_status status =
        put(ctx, buffer, "\"", entry->cell, "\": an earlier row of the same community says \"");
    if (status == HRM_OK) status = put(ctx, buffer, kept, "\", which is kept", "");
    return status;
}

static hrm_status compose(hrm_context *ctx, hrm_join_report *report, hrmi_buffer *buffer,
                          hrmi_join_entry *entry) {
    hrm_status status = HRM_OK;
    buffer->length = 0;
    switch (entry->kind) {
    case HRMI_ENTRY_NO_KEY:
        entry->text = "there is no key";
        return HRM_OK;
    case HRMI_ENTRY_NOT_IN_LAYER:
        entry->text = "no community of the layer has this code";
        return HRM_OK;
    case HRMI_ENTRY_NO_PERIOD:
        entry->text = "there is no period";
        return HRM_OK;
    case HRMI_ENTRY_BAD_KEY:
        status = put(ctx, buffer, "the key cannot be used: ", entry->why, "");
        break;
    case HRMI_ENTRY_OTHER_KEPT:
    case HRMI_ENTRY_REPLACED:
        status = put_other_row(ctx, buffer, entry);
        break;
    case HRMI_ENTRY_CONTRADICTION:
        status = put_contradiction(ctx, buffer, entry);
        break;
    default:
        status = put(ctx, buffer, "\"", entry->cell, "\": ");
        if (status == HRM_OK) status = hrmi_buffer_text(ctx, buffer, entry->why);
        break;
    }
    if (status != HRM_OK) return status;
    entry->text = hrmi_arena_text(ctx, &report->arena, buffer->data, buffer->length);
    return entry->text == NULL ? HRM_ERROR_MEMORY : HRM_OK;
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

/* A row that was replaced is a duplicate; what was wrong with its cells matters no more. */
static void drop_cells_of_replaced_rows(hrm_join_report *report) {
    size_t kept = 0;
    uint64_t replaced = UINT64_MAX;
    for (size_t i = 0; i < report->entry_count; i++) {
        const hrmi_join_entry entry = report->entries[i];
        if (entry.kind == HRMI_ENTRY_REPLACED) replaced = entry.sequence;
        if (entry.column != HRM_NONE && entry.sequence == replaced) continue;
        report->entries[kept++] = entry;
    }
    report->entry_count = kept;
}

hrm_status hrmi_join_report_close(hrm_context *ctx, hrm_join_report *report) {
    hrmi_buffer buffer;
    hrm_status status = HRM_OK;
    hrmi_buffer_init(&buffer, ctx);
    if (report->unordered) {
        hrmi_sort(report->entries, report->entry_count, sizeof *report->entries, by_source, NULL);
        drop_cells_of_replaced_rows(report);
        report->unordered = false;
    }
    report->counts.unusable_cells = 0;
    for (size_t i = 0; i < report->entry_count && status == HRM_OK; i++) {
        hrmi_join_entry *const entry = &report->entries[i];
        if (entry->column != HRM_NONE) report->counts.unusable_cells++;
        if (entry->text == NULL) status = compose(ctx, report, &buffer, entry);
    }
    hrmi_buffer_free(&buffer);
    return status;
}

/* ---- asking ---- */

bool hrm_join_report_counts(const hrm_join_report *report, hrm_join_counts *out) {
    return hrmi_give_struct(out, &report->counts, sizeof *out);
}

size_t hrm_join_report_entry_count(const hrm_join_report *report) {
    return report->entry_count;
}

bool hrm_join_report_entry(const hrm_join_report *report, size_t i, hrm_join_entry *out) {
    if (i >= report->entry_count) return false;
    const hrmi_join_entry *const entry = &report->entries[i];
    const hrm_join_entry full = {.struct_size = (uint32_t)sizeof full,
                                 .outcome = entry->outcome,
                                 .row = entry->row,
                                 .column = entry->column,
                                 .key = entry->key,
                                 .text = entry->text,
                                 .oblast = "",
                                 .raion = ""};
    return hrmi_give_struct(out, &full, sizeof full);
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
