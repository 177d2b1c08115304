/*
 * Wide tables have a column per period, and the period in the heading: the field `income_{period}` of a
 * recipe stands for income_2020, income_2021 …, which become income@2020, income@2021 … as the columns of a
 * panel are called.
 *
 * Not every text is taken for a period, or `income_{period}` would make one of `income_total`: a period
 * begins with a digit, ends with a digit or letter, and is of digits, `-`, `.`, `/` and the letters Q, H, M
 * and W of quarters, halves, months and weeks (2021-Q3).
 */
#ifndef HRMI_WIDE_H
#define HRMI_WIDE_H

#include "recipe/assessment.h"
#include "table/id.h"

/* Whether a field is a pattern. */
bool hrmi_wide_is_pattern(const char *field);

/* NULL, or in words (static) what is wrong with a pattern. */
const char *hrmi_wide_fault(const char *pattern);

/* Whether a heading fits a pattern, as field names are compared; the period that it says. */
bool hrmi_wide_match(const char *pattern, const char *heading, char period[HRMI_PERIOD_SIZE]);

/* A column to join: one of the recipe, or, of a pattern, one per period that the headings have. */
typedef struct hrmi_wide_column {
    const hrmi_recipe_column *from;
    const char *id; /* with @ and the period */
    const char *field;
    const char *period; /* NULL: none */
} hrmi_wide_column;

/*
 * The columns of a table, in the recipe's order and then by period; in the assessment's arena. The file is
 * opened for its headings only where there are patterns. HRM_ERROR_FIELD where no heading fits a pattern
 * (names the nearest), HRM_ERROR_DUPLICATE where two say one period.
 */
hrm_status hrmi_wide_columns(hrmi_run *run, const hrmi_recipe_table *t, const hrm_source *source,
                             hrmi_wide_column **out, size_t *count);

#endif
