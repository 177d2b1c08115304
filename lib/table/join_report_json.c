/* The account of a join as JSON, for files that a person or a program reads later. */
#include "table/join_report.h"

/* Names of ways and reasons for programs: they never change. */
static const char *const way_ids[HRM_MATCH_WAYS] = {
    NULL, "code", "code_mended", "crosswalk", "alias", "name_raion", "name_oblast", "name_unique", "place"};
static const char *const reason_ids[HRM_REASONS] = {NULL,
                                                    "no_key",
                                                    "bad_code",
                                                    "spreadsheet_code",
                                                    "higher_level",
                                                    "not_in_layer",
                                                    "old_code",
                                                    "not_in_crosswalk",
                                                    "crosswalk_ambiguous",
                                                    "unknown_name",
                                                    "ambiguous_name",
                                                    "unknown_parent",
                                                    "type_contradicts",
                                                    "code_and_name_differ",
                                                    "claimed_twice",
                                                    "other_row_kept",
                                                    "outside",
                                                    "bad_place",
                                                    "no_period",
                                                    "bad_period",
                                                    "not_utf8",
                                                    "total",
                                                    "heading"};

static void write_count(hrmi_json *json, const char *key, size_t count) {
    hrmi_json_key(json, key);
    hrmi_json_count(json, count);
}

static void write_counts(hrmi_json *json, const hrm_join_counts *counts) {
    hrmi_json_key(json, "rows");
    hrmi_json_object(json);
    write_count(json, "in", counts->rows);
    write_count(json, "matched", counts->matched);
    write_count(json, "unmatched", counts->unmatched);
    write_count(json, "duplicates", counts->duplicates);
    write_count(json, "unusable", counts->unusable);
    write_count(json, "kept_out", counts->kept_out);
    hrmi_json_end_object(json);
    hrmi_json_key(json, "communities");
    hrmi_json_object(json);
    write_count(json, "reached", counts->communities);
    write_count(json, "without_row", counts->without_row);
    hrmi_json_end_object(json);
    write_count(json, "unusable_cells", counts->unusable_cells);
    write_count(json, "ambiguous_places", counts->ambiguous_places);
    write_count(json, "not_listed", counts->not_listed);
}

/* The counts that are not 0. */
static void write_tally(hrmi_json *json, const char *key, const char *const *ids, const size_t *counts,
                        size_t count) {
    hrmi_json_key(json, key);
    hrmi_json_object(json);
    for (size_t i = 1; i < count; i++)
        if (counts[i] > 0) write_count(json, ids[i], counts[i]);
    hrmi_json_end_object(json);
}

static void write_notes(hrmi_json *json, const hrm_join_report *report) {
    hrmi_json_key(json, "notes");
    hrmi_json_array(json);
    for (size_t i = 0; i < report->note_count; i++) hrmi_json_text(json, report->notes[i]);
    hrmi_json_end_array(json);
}

static void write_amounts(hrmi_json *json, const hrm_join_report *report) {
    hrmi_json_key(json, "amounts");
    hrmi_json_array(json);
    for (size_t i = 0; i < report->amount_count; i++) {
        const hrm_join_amount *const amount = &report->amounts[i];
        hrmi_json_object(json);
        hrmi_json_key(json, "column");
        hrmi_json_text(json, amount->id);
        hrmi_json_key(json, "total");
        hrmi_json_number(json, amount->total);
        hrmi_json_key(json, "allocated");
        hrmi_json_number(json, amount->allocated);
        hrmi_json_key(json, "unallocated");
        hrmi_json_number(json, amount->unallocated);
        hrmi_json_key(json, "numbers");
        hrmi_json_count(json, amount->numbers);
        hrmi_json_key(json, "missing");
        hrmi_json_count(json, amount->missing);
        hrmi_json_key(json, "unusable");
        hrmi_json_count(json, amount->unusable);
        hrmi_json_key(json, "percent_signs");
        hrmi_json_count(json, amount->percent_signs);
        hrmi_json_end_object(json);
    }
    hrmi_json_end_array(json);
}

static void write_text(hrmi_json *json, const char *key, const char *text) {
    if (text == NULL || text[0] == '\0') return;
    hrmi_json_key(json, key);
    hrmi_json_text(json, text);
}

/* A community that a name may mean. */
static void write_suggestion(hrmi_json *json, const hrm_layer *layer, size_t row) {
    static const int32_t levels[] = {HRM_LEVEL_COMMUNITY, HRM_LEVEL_RAION, HRM_LEVEL_OBLAST};
    static const char *const keys[] = {"name", "raion", "oblast"};
    hrmi_json_object(json);
    write_text(json, "code", hrm_layer_code(layer, row));
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        const size_t unit = hrm_layer_unit_of(layer, levels[i], row);
        const char *name = hrm_layer_unit_name(layer, levels[i], unit, HRM_UK);
        if (name == NULL) name = hrm_layer_unit_name(layer, levels[i], unit, HRM_EN);
        write_text(json, keys[i], name);
    }
    hrmi_json_end_object(json);
}

static void write_suggestions(hrmi_json *json, const hrmi_join_form *form, const hrm_layer *layer) {
    if (form->suggestion_count == 0) return;
    hrmi_json_key(json, "suggestions");
    hrmi_json_array(json);
    for (size_t i = 0; i < form->suggestion_count; i++) write_suggestion(json, layer, form->suggestions[i]);
    hrmi_json_end_array(json);
}

/* The entries of one outcome: whole rows, or (HRM_ROW_MATCHED) cells. */
static void write_entries(hrmi_json *json, const hrm_join_report *report, const hrm_layer *layer,
                          const char *name, uint8_t outcome, size_t most) {
    hrmi_json_key(json, name);
    hrmi_json_array(json);
    for (size_t i = 0; i < report->entry_count && most > 0; i++) {
        const hrmi_join_entry *const entry = &report->entries[i];
        if (entry->outcome != outcome) continue;
        most--;
        hrmi_json_object(json);
        hrmi_json_key(json, "row");
        hrmi_json_integer(json, entry->row);
        hrmi_json_key(json, "key");
        hrmi_json_text(json, entry->said->key);
        write_text(json, "raion", entry->said->raion);
        write_text(json, "oblast", entry->said->oblast);
        if (entry->column != HRM_NONE) write_text(json, "column", report->columns[entry->column]);
        write_text(json, "reason", reason_ids[entry->reason]);
        write_text(json, "why", entry->text);
        write_text(json, "why_uk", entry->text_uk);
        if (entry->form != HRM_NONE) write_suggestions(json, &report->forms[entry->form], layer);
        hrmi_json_end_object(json);
    }
    hrmi_json_end_array(json);
}

void hrmi_join_report_json(hrmi_json *json, const hrm_join_report *report, const hrm_layer *layer,
                           size_t most) {
    const size_t without = report->counts.without_row < most ? report->counts.without_row : most;
    hrmi_json_object(json);
    write_counts(json, &report->counts);
    write_tally(json, "ways", way_ids, report->ways, HRM_MATCH_WAYS);
    write_tally(json, "reasons", reason_ids, report->reasons, HRM_REASONS);
    write_amounts(json, report);
    write_notes(json, report);
    write_entries(json, report, layer, "unmatched", HRM_ROW_UNMATCHED, most);
    write_entries(json, report, layer, "duplicates", HRM_ROW_DUPLICATE, most);
    write_entries(json, report, layer, "unusable", HRM_ROW_UNUSABLE, most);
    write_entries(json, report, layer, "kept_out", HRM_ROW_KEPT_OUT, most);
    write_entries(json, report, layer, "cells", HRM_ROW_MATCHED, most);
    hrmi_json_key(json, "without_row");
    hrmi_json_array(json);
    for (size_t i = 0; i < without; i++) hrmi_json_text(json, report->without_row[i]);
    hrmi_json_end_array(json);
    hrmi_json_end_object(json);
}

hrm_status hrm_join_report_json(hrm_context *ctx, const hrm_join_report *report, const hrm_layer *layer,
                                char *buffer, size_t capacity, size_t *size) {
    hrmi_buffer text;
    hrmi_json json;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (size == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_join_report_json: size is NULL");
    *size = 0;
    if (report == NULL || layer == NULL || hrmi_layer_fingerprint(layer) != report->fingerprint)
        return hrmi_fail(
            ctx, HRM_ERROR_ARGUMENT,
            "hrm_join_report_json: the report or the layer is NULL, or they are not of one join");
    hrmi_buffer_init(&text, ctx);
    hrmi_json_init(&json, ctx, &text);
    hrmi_join_report_json(&json, report, layer, SIZE_MAX);
    const hrm_status status = hrmi_json_status(&json);
    if (status == HRM_OK) *size = text.length + 1;
    if (status == HRM_OK && buffer != NULL && *size <= capacity) memcpy(buffer, text.data, *size);
    hrmi_buffer_free(&text);
    return status;
}
