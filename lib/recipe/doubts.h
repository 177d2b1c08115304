/*
 * What a reader of the results should know of an input and would not see in the columns: nothing of it was
 * used, or cells of it could not be. Told as warnings, which the account keeps too.
 */
#ifndef HRMI_DOUBTS_H
#define HRMI_DOUBTS_H

#include "recipe/assessment.h"

/* An input without rows, or of which none was used; `hint` says what may be the matter, `things` what its
 * rows are. */
void hrmi_doubt_rows(const hrmi_run *run, const hrm_assessment_input_info *input, const char *things,
                     const char *hint);

/* Cells of matched rows that are no number, or no text that could be used; the first is shown. */
void hrmi_doubt_cells(const hrmi_run *run, const char *source, const hrm_join_report *report);

/* Units that look like thousands or millions of something, and were taken as they stand. */
void hrmi_doubt_units(const hrmi_run *run, const hrmi_recipe_table *t);

/* How many lines or points have an amount that is left out of the sums. */
void hrmi_doubt_amounts(const hrmi_run *run, const char *source, uint64_t count, const char *what);

#endif
