/* What a reader of the results should know of an input: see doubts.h. */
#include <inttypes.h>

#include "recipe/doubts.h"

void hrmi_doubt_rows(const hrmi_run *run, const hrm_assessment_input_info *input, const char *things,
                     const char *hint) {
    if (input->rows == 0)
        hrmi_log(run->ctx, HRM_LOG_WARNING, "%s: there are no %s in it; was it saved whole?", input->source,
                 things);
    else if (input->matched == 0)
        hrmi_log(run->ctx, HRM_LOG_WARNING,
                 "%s: none of its %" PRIu64 " %s could be given to a community: %s", input->source,
                 input->rows, things, hint);
}

void hrmi_doubt_cells(const hrmi_run *run, const char *source, const hrm_join_report *report) {
    hrm_join_counts counts = {.struct_size = (uint32_t)sizeof counts};
    hrm_join_entry entry = {.struct_size = (uint32_t)sizeof entry};
    (void)hrm_join_report_counts(report, &counts);
    if (counts.unusable_cells == 0) return;
    for (size_t i = 0; i < hrm_join_report_entry_count(report); i++) {
        (void)hrm_join_report_entry(report, i, &entry);
        if (entry.outcome == HRM_ROW_MATCHED) break;
    }
    hrmi_log(run->ctx, HRM_LOG_WARNING,
             "%s: unusable cells: %zu; the first is that of %s in row %" PRId64 ": %s; the account lists all",
             source, counts.unusable_cells, entry.key, entry.row, entry.text);
}

void hrmi_doubt_units(const hrmi_run *run, const hrmi_recipe_table *t) {
    for (size_t i = 0; i < t->column_count; i++)
        if (t->columns[i].is_doubtful_unit)
            hrmi_log(
                run->ctx, HRM_LOG_WARNING,
                "%s: column '%s': the unit '%s' looks like a multiple, and is none that is known (kUAH, "
                "thousand persons, тис. осіб); its numbers were taken as they stand. Give 'scale' if that "
                "is not meant",
                t->source.path, t->columns[i].id, t->columns[i].given_unit);
}

void hrmi_doubt_amounts(const hrmi_run *run, const char *source, uint64_t count, const char *what) {
    if (count == 0) return;
    hrmi_log(run->ctx, HRM_LOG_WARNING, "%s: %s, and so not in the sums: %" PRIu64, source, what, count);
}
