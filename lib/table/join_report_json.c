/* The account of a join as JSON, for files that a person or a program reads later. */
#include "table/join_report.h"

static void write_counts(hrmi_json *json, const hrm_join_counts *counts) {
    hrmi_json_key(json, "rows");
    hrmi_json_object(json);
    hrmi_json_key(json, "in");
    hrmi_json_count(json, counts->rows);
    hrmi_json_key(json, "matched");
    hrmi_json_count(json, counts->matched);
    hrmi_json_key(json, "unmatched");
    hrmi_json_count(json, counts->unmatched);
    hrmi_json_key(json, "duplicates");
    hrmi_json_count(json, counts->duplicates);
    hrmi_json_key(json, "unusable");
    hrmi_json_count(json, counts->unusable);
    hrmi_json_end_object(json);
    hrmi_json_key(json, "communities");
    hrmi_json_object(json);
    hrmi_json_key(json, "reached");
    hrmi_json_count(json, counts->communities);
    hrmi_json_key(json, "without_row");
    hrmi_json_count(json, counts->without_row);
    hrmi_json_end_object(json);
    hrmi_json_key(json, "unusable_cells");
    hrmi_json_count(json, counts->unusable_cells);
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

/* The entries of one outcome: whole rows, or (HRM_ROW_MATCHED) cells. */
static void write_entries(hrmi_json *json, const hrm_join_report *report, const char *name, uint8_t outcome,
                          size_t most) {
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
        hrmi_json_text(json, entry->key);
        if (entry->column != HRM_NONE) {
            hrmi_json_key(json, "column");
            hrmi_json_text(json, report->columns[entry->column]);
        }
        hrmi_json_key(json, "why");
        hrmi_json_text(json, entry->text);
        hrmi_json_end_object(json);
    }
    hrmi_json_end_array(json);
}

void hrmi_join_report_json(hrmi_json *json, const hrm_join_report *report, size_t most) {
    const size_t without = report->counts.without_row < most ? report->counts.without_row : most;
    hrmi_json_object(json);
    write_counts(json, &report->counts);
    write_amounts(json, report);
    write_entries(json, report, "unmatched", HRM_ROW_UNMATCHED, most);
    write_entries(json, report, "duplicates", HRM_ROW_DUPLICATE, most);
    write_entries(json, report, "unusable", HRM_ROW_UNUSABLE, most);
    write_entries(json, report, "cells", HRM_ROW_MATCHED, most);
    hrmi_json_key(json, "without_row");
    hrmi_json_array(json);
    for (size_t i = 0; i < without; i++) hrmi_json_text(json, report->without_row[i]);
    hrmi_json_end_array(json);
    hrmi_json_end_object(json);
}
