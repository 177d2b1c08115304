/*
 * A list of indicators made ready: read, compiled, each name in each formula found, and put in an order in
 * which each comes after those it reads. Computing and rolling up both begin with a plan.
 */
#ifndef HRMI_PLAN_H
#define HRMI_PLAN_H

#include "hromada/catalogue.h"
#include "indicator/program.h"

/* Where a name in a formula leads. */
typedef enum hrmi_source_kind { HRMI_FROM_INDICATOR, HRMI_FROM_COLUMN, HRMI_FROM_PARAMETER } hrmi_source_kind;

typedef struct hrmi_source {
    hrmi_source_kind kind;
    size_t index;  /* of the indicator in the plan, or of the column in the table */
    double number; /* of the parameter */
} hrmi_source;

typedef struct hrmi_step {
    hrm_indicator indicator; /* its texts are never NULL; they belong to the caller */
    hrm_formula *formula;
    hrmi_source *sources; /* one for each of the formula's inputs */
} hrmi_step;

typedef struct hrmi_plan {
    hrmi_step *steps; /* in the caller's order */
    size_t *order;    /* in the order of computing */
    size_t count;
} hrmi_plan;

/* Makes a plan for a table; nothing is to be freed after a failure. */
hrm_status hrmi_plan_make(hrm_context *ctx, const hrm_table *table, const hrm_indicator *indicators,
                          size_t count, hrmi_plan *out);
void hrmi_plan_free(hrm_context *ctx, hrmi_plan *plan);

/* Reads the k-th of the caller's indicators, which may be of another version's size. */
hrm_status hrmi_indicator_read(hrm_context *ctx, const hrm_indicator *indicators, size_t k,
                               hrm_indicator *out);

/* Adds an indicator's column. Its source note is the formula, and the indicator's source. */
hrm_status hrmi_indicator_add(hrm_context *ctx, hrm_table *table, const hrm_indicator *indicator,
                              const double *values, const uint8_t *missing);

/* A line of `parameters`: `id = number unit; since when; source`. The texts point into the line. */
typedef struct hrmi_parameter {
    const char *id, *unit, *since, *source;
    size_t id_length, unit_length, since_length, source_length;
    double number;
} hrmi_parameter;

/* A line of `inputs`: `id, unit: what it is`. */
typedef struct hrmi_described {
    const char *id, *unit, *text;
    size_t id_length, unit_length, text_length;
} hrmi_described;

/* Takes the next line from *at and moves behind it; false at the end, or (with *good false) when the line
 * cannot be read. */
bool hrmi_parameter_next(const char **at, hrmi_parameter *out, bool *good);
bool hrmi_described_next(const char **at, hrmi_described *out, bool *good);

#endif
