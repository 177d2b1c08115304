/* The account of an areal interpolation: see areal.h. */
#include "measure/areal.h"

hrm_areal_report *hrmi_areal_report_new(hrm_context *ctx, size_t rows, size_t columns) {
    hrm_areal_report *const report = hrmi_array_new(ctx, 1, sizeof *report);
    if (report == NULL) return NULL;
    report->allocator = *hrmi_allocator(ctx);
    hrmi_arena_init(&report->texts, ctx);
    report->rows = hrmi_array_new(ctx, rows, sizeof *report->rows);
    report->row_count = report->counts.rows = rows;
    if (report->rows != NULL) report->amounts = hrmi_array_new(ctx, columns, sizeof *report->amounts);
    report->amount_count = columns;
    if (report->amounts != NULL) return report;
    hrm_areal_report_free(report);
    return NULL;
}

void hrm_areal_report_free(hrm_areal_report *report) {
    if (report == NULL) return;
    const hrm_allocator allocator = report->allocator;
    hrmi_arena_free(&report->texts);
    hrmi_release(&allocator, report->rows);
    hrmi_release(&allocator, report->amounts);
    hrmi_release(&allocator, report);
}

bool hrm_areal_report_counts(const hrm_areal_report *report, hrm_areal_counts *out) {
    return hrmi_give_struct(out, &report->counts, sizeof report->counts);
}

size_t hrm_areal_report_amount_count(const hrm_areal_report *report) {
    return report->amount_count;
}

bool hrm_areal_report_amount(const hrm_areal_report *report, size_t i, hrm_areal_amount *out) {
    return i < report->amount_count && hrmi_give_struct(out, &report->amounts[i], sizeof report->amounts[i]);
}

size_t hrm_areal_report_row_count(const hrm_areal_report *report) {
    return report->row_count;
}

bool hrm_areal_report_row(const hrm_areal_report *report, size_t i, hrm_areal_row *out) {
    return i < report->row_count && hrmi_give_struct(out, &report->rows[i], sizeof report->rows[i]);
}

/* ---- as JSON ---- */

static void add_count(hrmi_json *json, const char *key, size_t count) {
    hrmi_json_key(json, key);
    hrmi_json_count(json, count);
}

static void add_number(hrmi_json *json, const char *key, double number) {
    hrmi_json_key(json, key);
    hrmi_json_number(json, number);
}

static void write_counts(hrmi_json *json, const hrm_areal_counts *c) {
    hrmi_json_key(json, "rows");
    hrmi_json_object(json);
    add_count(json, "in", c->rows);
    add_count(json, "inside", c->inside);
    add_count(json, "partly", c->partly);
    add_count(json, "outside", c->outside);
    add_count(json, "without_weight", c->without_weight);
    add_count(json, "unusable", c->unusable);
    add_count(json, "repaired", c->repaired);
    hrmi_json_end_object(json);
    add_count(json, "pairs", c->pairs);
    add_count(json, "communities", c->communities);
    hrmi_json_key(json, "area_m2");
    hrmi_json_object(json);
    add_number(json, "total", c->area_m2);
    add_number(json, "inside", c->inside_m2);
    add_number(json, "in_gaps", c->in_gaps_m2);
    add_number(json, "outside", c->outside_m2);
    hrmi_json_end_object(json);
    if (c->points == 0) return;
    hrmi_json_key(json, "points");
    hrmi_json_object(json);
    add_count(json, "in", c->points);
    add_count(json, "in_communities", c->in_communities);
    add_count(json, "in_none", c->in_none);
    add_count(json, "unusable", c->points_unusable);
    add_count(json, "ambiguous", c->points_ambiguous);
    add_count(json, "in_no_row", c->points_in_no_row);
    add_count(json, "rows_by_area", c->by_area);
    hrmi_json_end_object(json);
}

static void write_amount(hrmi_json *json, const hrm_areal_amount *amount) {
    const bool extensive = amount->kind == HRM_AREAL_EXTENSIVE;
    hrmi_json_object(json);
    hrmi_json_key(json, "column");
    hrmi_json_text(json, amount->id);
    hrmi_json_key(json, "kind");
    hrmi_json_text(json, extensive ? "extensive" : "intensive");
    add_count(json, "numbers", amount->numbers);
    add_count(json, "missing", amount->missing);
    add_count(json, "unusable", amount->unusable);
    if (extensive) {
        add_number(json, "total", amount->total);
        add_number(json, "allocated", amount->allocated);
        add_number(json, "unallocated", amount->unallocated);
        add_number(json, "in_gaps", amount->in_gaps);
        add_number(json, "gaps_shared", amount->gaps_shared);
        add_number(json, "outside", amount->outside);
        add_number(json, "withheld", amount->withheld);
        add_number(json, "without_place", amount->without_place);
    }
    hrmi_json_end_object(json);
}

static void write_row(hrmi_json *json, const hrm_areal_row *row) {
    static const char *const outcomes[] = {"inside", "partly", "outside", "without_weight", "unusable"};
    hrmi_json_object(json);
    hrmi_json_key(json, "row");
    hrmi_json_integer(json, row->row);
    hrmi_json_key(json, "outcome");
    hrmi_json_text(json, outcomes[row->outcome]);
    if (!isnan(row->inside_share)) {
        add_number(json, "inside_share", row->inside_share);
        add_number(json, "in_gaps_share", row->in_gaps_share);
        add_number(json, "outside_share", row->outside_share);
    }
    if (row->by_area != 0) {
        hrmi_json_key(json, "by_area");
        hrmi_json_boolean(json, true);
    }
    if (row->text[0] != '\0') {
        hrmi_json_key(json, "why");
        hrmi_json_text(json, row->text);
    }
    hrmi_json_end_object(json);
}

void hrmi_areal_report_json(hrmi_json *json, const hrm_areal_report *report, size_t most) {
    hrmi_json_object(json);
    write_counts(json, &report->counts);
    hrmi_json_key(json, "amounts");
    hrmi_json_array(json);
    for (size_t i = 0; i < report->amount_count; i++) write_amount(json, &report->amounts[i]);
    hrmi_json_end_array(json);
    hrmi_json_key(json, "rows_not_wholly_inside");
    hrmi_json_array(json);
    for (size_t i = 0; i < report->row_count && most > 0; i++) {
        const hrm_areal_row *const row = &report->rows[i];
        if (row->outcome == HRM_AREAL_INSIDE && row->text[0] == '\0') continue;
        write_row(json, row);
        most--;
    }
    hrmi_json_end_array(json);
    hrmi_json_end_object(json);
}
