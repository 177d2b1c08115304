/*
 * What an entry of a join's report says in words: why the row or the cell was not used, and what to do.
 * Written for someone who has a hundred of them to go through: what was written first, then the remedy.
 */
#include <inttypes.h>
#include <stdio.h>

#include "table/join_report.h"

/* A sentence being written; the first failure sticks. */
typedef struct writer {
    hrm_context *ctx;
    hrmi_buffer *buffer;
    hrm_status status;
} writer;

static void put(writer *w, const char *text) {
    if (w->status == HRM_OK) w->status = hrmi_buffer_text(w->ctx, w->buffer, text);
}

static void put_quoted(writer *w, const char *before, const char *text, const char *after) {
    put(w, before);
    put(w, "\"");
    put(w, text);
    put(w, "\"");
    put(w, after);
}

static void put_integer(writer *w, int64_t value) {
    char digits[32];
    (void)snprintf(digits, sizeof digits, "%" PRId64, value);
    put(w, digits);
}

static bool is_said(const char *text) {
    return text != NULL && text[0] != '\0';
}

/* A community as "Сумська (UA5908017)". */
static void put_community(writer *w, const hrm_layer *layer, size_t row) {
    const char *name = hrm_layer_name(layer, row, HRM_UK);
    if (name == NULL) name = hrm_layer_name(layer, row, HRM_EN);
    if (name == NULL) {
        put(w, hrm_layer_code(layer, row));
        return;
    }
    put(w, name);
    put(w, " (");
    put(w, hrm_layer_code(layer, row));
    put(w, ")");
}

/* ---- names ---- */

/* " of the raion "Сумський", "Сумська"", as far as the row says it. */
static void put_parents(writer *w, const hrmi_join_said *said, const char *nothing) {
    if (!is_said(said->raion) && !is_said(said->oblast)) put(w, nothing);
    if (is_said(said->raion)) put_quoted(w, " of the raion ", said->raion, is_said(said->oblast) ? "," : "");
    if (is_said(said->oblast))
        put_quoted(w, is_said(said->raion) ? " " : " of the oblast ", said->oblast, "");
}

static void put_ambiguous(writer *w, const hrmi_join_entry *entry) {
    const hrmi_join_said *const said = entry->said;
    if (entry->candidates > 1) {
        put_integer(w, (int64_t)entry->candidates);
        put(w, " communities");
    } else {
        put(w, "several communities");
    }
    put_parents(w, said, "");
    put_quoted(w, " fit the name ", said->key, ": say ");
    if (!is_said(said->oblast)) put(w, "the oblast, ");
    if (!is_said(said->raion)) put(w, "the raion, ");
    put(w, "the type or the code");
}

static void put_unknown_parent(writer *w, const hrmi_join_said *said) {
    if (is_said(said->raion) && is_said(said->oblast)) {
        put_quoted(w, "there is no raion ", said->raion, "");
        put_quoted(w, " in an oblast ", said->oblast, ": correct them");
    } else if (is_said(said->raion)) {
        put_quoted(w, "no raion is called ", said->raion, ": correct it (raions are those of 2020)");
    } else {
        put_quoted(w, "no oblast is called ", said->oblast, ": correct it");
    }
}

/* The code means one community, and the name another. */
static void put_differing(writer *w, const hrm_layer *layer, const hrmi_join_entry *entry) {
    const size_t row = hrm_layer_find(layer, entry->said->key);
    put(w, "the code is that of ");
    if (row == HRM_NONE) put(w, "one community");
    else put_community(w, layer, row);
    put_quoted(w, ", and the name ", entry->cell, " fits only another: correct the one or the other");
}

/* ---- rows ---- */

static void put_why(writer *w, const char *before, const hrmi_join_entry *entry, const char *otherwise) {
    put(w, before);
    put(w, is_said(entry->why) ? entry->why : otherwise);
}

static void put_claim(writer *w, const hrm_layer *layer, const hrmi_join_entry *entry) {
    const hrmi_join_claim *const claim = entry->claim;
    const size_t named = claim->count < HRMI_JOIN_CLAIM_ROWS ? claim->count : HRMI_JOIN_CLAIM_ROWS;
    put(w, "rows ");
    for (size_t i = 0; i < named; i++) {
        if (i > 0) put(w, i + 1 == claim->count ? " and " : ", ");
        put_integer(w, claim->rows[i]);
    }
    if (claim->count > named) {
        put(w, " and ");
        put_integer(w, (int64_t)(claim->count - named));
        put(w, " more");
    }
    put(w, claim->count == 2 ? " both claim " : " all claim ");
    put_community(w, layer, entry->community);
    if (is_said(entry->period)) put_quoted(w, " for the period ", entry->period, "");
    put(w, ", so none of them is used: correct the wrong ones, or say that rows of one community are to be "
           "added up");
}

static void put_other_row(writer *w, const hrmi_join_entry *entry) {
    put(w, entry->kind == HRMI_ENTRY_REPLACED ? "replaced by row " : "row ");
    put_integer(w, entry->other_row);
    put(w, " of the same community");
    if (is_said(entry->period)) {
        put(w, " and period (");
        put(w, entry->period);
        put(w, ")");
    }
    if (entry->kind != HRMI_ENTRY_REPLACED) put(w, " is kept");
}

/* Reasons whose sentence is always the same; NULL for the others. */
static const char *fixed_sentence(uint8_t reason) {
    switch (reason) {
    case HRM_REASON_NO_KEY:
        return "there is no key: the row says neither code, name nor place";
    case HRM_REASON_NOT_IN_LAYER:
        return "no community of the layer has this code";
    case HRM_REASON_OLD_CODE:
        return "a former code (KOATUU or budget): name a crosswalk that leads from it to a KATOTTG code";
    case HRM_REASON_NOT_IN_CROSSWALK:
        return "the crosswalk does not have this former code: add it there";
    case HRM_REASON_CROSSWALK_AMBIGUOUS:
        return "the crosswalk or alias file leads to two different communities: leave the right one there";
    case HRM_REASON_NO_PERIOD:
        return "there is no period";
    case HRM_REASON_NOT_UTF8:
        return "it is not UTF-8: name the file's encoding (often CP1251)";
    case HRM_REASON_TOTAL:
        return "a row of totals, kept out: its numbers are in no account";
    case HRM_REASON_HEADING:
        return "headings again, or numbers of columns: kept out";
    default:
        return NULL;
    }
}

static void put_row_reason(writer *w, const hrm_layer *layer, const hrmi_join_entry *entry) {
    const hrmi_join_said *const said = entry->said;
    switch (entry->reason) {
    case HRM_REASON_BAD_CODE:
        put_why(w, "the code cannot be used: ", entry, "it cannot be read");
        break;
    case HRM_REASON_SPREADSHEET_CODE:
        put(w, "a spreadsheet took the code for a number and lost its end: make the column text and fill in "
               "the codes again");
        break;
    case HRM_REASON_HIGHER_LEVEL:
        put_why(w, "the code cannot be used: ", entry,
                "it is the code of an oblast or a raion, not of a community");
        break;
    case HRM_REASON_UNKNOWN_NAME:
        put(w, "no community");
        put_parents(w, said, "");
        put_quoted(w, " is called ", said->key, ": correct the name or its parents, or give the code");
        break;
    case HRM_REASON_AMBIGUOUS_NAME:
        put_ambiguous(w, entry);
        break;
    case HRM_REASON_UNKNOWN_PARENT:
        put_unknown_parent(w, said);
        break;
    case HRM_REASON_TYPE_CONTRADICTS:
        put_quoted(w, "a community called ", said->key, " is there");
        put(w, ", but it is of another type (міська, селищна, сільська): correct the one or the other");
        break;
    case HRM_REASON_CODE_AND_NAME_DIFFER:
        put_differing(w, layer, entry);
        break;
    case HRM_REASON_CLAIMED_TWICE:
        put_claim(w, layer, entry);
        break;
    case HRM_REASON_OTHER_ROW_KEPT:
        put_other_row(w, entry);
        break;
    case HRM_REASON_OUTSIDE:
        put(w, "its place lies in no community");
        put(w, is_said(entry->why) ? entry->why : "");
        break;
    case HRM_REASON_BAD_PLACE:
        put_why(w, "its coordinates cannot be used: ", entry, "they are no place");
        break;
    case HRM_REASON_BAD_PERIOD:
        put_quoted(w, "", entry->cell, ": ");
        put(w, entry->why);
        break;
    default:
        put(w, hrm_match_reason_name(entry->reason, HRM_EN));
        break;
    }
}

/* The text that another row had and that is kept may be long. */
static void put_contradiction(writer *w, const hrmi_join_entry *entry) {
    char kept[HRMI_CLEAN_SIZE];
    (void)hrmi_clean(entry->why, strlen(entry->why), kept);
    put_quoted(w, "", entry->cell, ": an earlier row of the same community says ");
    put_quoted(w, "", kept, ", which is kept");
}

const char *hrmi_join_sentence(hrm_context *ctx, hrm_join_report *report, const hrm_layer *layer,
                               hrmi_buffer *buffer, const hrmi_join_entry *entry) {
    writer w = {ctx, buffer, HRM_OK};
    const bool of_row = entry->kind == HRMI_ENTRY_ROW || entry->kind == HRMI_ENTRY_REPLACED;
    const char *const fixed = of_row ? fixed_sentence(entry->reason) : NULL;
    if (fixed != NULL) return fixed;
    buffer->length = 0;
    if (of_row) {
        put_row_reason(&w, layer, entry);
    } else if (entry->kind == HRMI_ENTRY_CONTRADICTION) {
        put_contradiction(&w, entry);
    } else {
        put_quoted(&w, "", entry->cell, ": ");
        put(&w, entry->why);
    }
    return w.status == HRM_OK ? hrmi_arena_text(ctx, &report->arena, buffer->data, buffer->length) : NULL;
}
