/*
 * A formula inside: a postfix program over whole columns, and what running it needs. Compiling (parse.c)
 * knows no table; binding ids to columns and units (formula.c) knows no operations; running (run.c,
 * aggregate.c) knows neither text nor table.
 */
#ifndef HRMI_PROGRAM_H
#define HRMI_PROGRAM_H

#include "base/base.h"
#include "hromada/formula.h"

typedef enum hrmi_code {
    /* put on the stack */
    HRMI_OP_NUMBER,
    HRMI_OP_COLUMN,
    /* one part */
    HRMI_OP_NEGATE,
    HRMI_OP_NOT,
    HRMI_OP_ABS,
    HRMI_OP_SQRT,
    HRMI_OP_LOG,
    HRMI_OP_EXP,
    HRMI_OP_ROUND, /* `number` is how many digits */
    HRMI_OP_MISSING,
    /* two parts */
    HRMI_OP_ADD,
    HRMI_OP_SUBTRACT,
    HRMI_OP_MULTIPLY,
    HRMI_OP_DIVIDE,
    HRMI_OP_POWER,
    HRMI_OP_LESS,
    HRMI_OP_LESS_EQUAL,
    HRMI_OP_GREATER,
    HRMI_OP_GREATER_EQUAL,
    HRMI_OP_EQUAL,
    HRMI_OP_NOT_EQUAL,
    HRMI_OP_AND,
    HRMI_OP_OR,
    HRMI_OP_MIN,
    HRMI_OP_MAX,
    HRMI_OP_COALESCE,
    HRMI_OP_WHEN, /* if(c, a) */
    /* three parts */
    HRMI_OP_IF, /* if(c, a, b) */
    /* one column to one column, over the rows of a unit */
    HRMI_OP_SUM,
    HRMI_OP_MEAN,
    HRMI_OP_MIN_ALL,
    HRMI_OP_MAX_ALL,
    HRMI_OP_COUNT,
    HRMI_OP_RANK,
    HRMI_OP_PERCENTILE,
    HRMI_OP_QUANTILE /* `number` is p; the median is p = 0.5 */
} hrmi_code;

typedef struct hrmi_op {
    uint8_t code;
    uint8_t level;     /* of an aggregate: HRM_LEVEL_COUNTRY, HRM_LEVEL_OBLAST or HRM_LEVEL_RAION */
    uint16_t reserved; /* 0 */
    uint32_t index;    /* HRMI_OP_COLUMN: which input; an aggregate: its place in the text, for messages */
    double number;
} hrmi_op;

typedef struct hrmi_input {
    const char *id;
    uint32_t place; /* of its first mention, in characters from 1 */
} hrmi_input;

struct hrm_formula {
    hrm_allocator allocator;
    char *text;
    char *ids; /* the inputs' ids, one after the other, each with its zero */
    hrmi_input *inputs;
    size_t input_count;
    hrmi_op *ops;
    size_t op_count;
    size_t stack_size; /* the most columns that are on the stack at any time */
};

/* Reads `text` (length bytes) into a formula that has its allocator and its copy of the text. */
hrm_status hrmi_formula_parse(hrm_context *ctx, hrm_formula *formula, size_t length);

/* A column as a program reads it. Missing values are NaN and have a reason; `missing` is NULL when there is
 * none. */
typedef struct hrmi_series {
    const double *values;
    const uint8_t *missing;
    size_t step; /* 1; or 0 for one number that holds for every row */
} hrmi_series;

/* Which unit of a level each row belongs to; `of_row` NULL: one unit for all. */
typedef struct hrmi_units {
    const size_t *of_row; /* HRM_NONE: to none */
    size_t count;
} hrmi_units;

/* Runs a program over `rows` rows. units[level] is needed for the levels that the program names; inputs[i]
 * are the columns of formula->inputs[i]. Room for the result is the caller's. */
hrm_status hrmi_formula_run(hrm_context *ctx, const hrm_formula *formula, const hrmi_series *inputs,
                            const hrmi_units *units, size_t rows, double *values, uint8_t *missing);

/* One aggregate; the result may lie where the argument lies. */
hrm_status hrmi_aggregate(hrm_context *ctx, const hrmi_op *op, const hrmi_series *argument,
                          const hrmi_units *units, size_t rows, double *values, uint8_t *missing);

/* The units that a program's aggregates need, as arrays over a table's rows. */
typedef struct hrmi_grouping {
    hrmi_units units[HRM_LEVEL_COMMUNITY];
    size_t *memory[HRM_LEVEL_COMMUNITY];
} hrmi_grouping;

/* Fills in what the formula asks for and is not there yet; a grouping begins all zero and serves many
 * formulas over tables of one layer and level. */
hrm_status hrmi_grouping_prepare(hrm_context *ctx, hrmi_grouping *grouping, const hrm_formula *formula,
                                 const hrm_layer *layer, int32_t level);
void hrmi_grouping_free(hrm_context *ctx, hrmi_grouping *grouping);

/* The nearest of several names, for "did you mean". All zero to begin with. */
typedef struct hrmi_nearest {
    const char *name; /* the best so far, or NULL */
    size_t distance;
} hrmi_nearest;

void hrmi_nearest_try(hrmi_nearest *nearest, const char *wanted, const char *candidate);

/* The column of a table that a formula's input names: HRM_ERROR_FORMULA when there is none or it is text.
 * `nearest` is the best among names that are known beside the table's. */
hrm_status hrmi_formula_bind(hrm_context *ctx, const hrmi_input *input, const hrm_table *table,
                             hrmi_nearest nearest, hrmi_series *out);

/* Digits behind the point that round() knows, to both sides. */
enum { HRMI_ROUND_MOST = 15 };

/* Half away from zero, of the number as it is written in its shortest form: 2.675 to two digits is 2.68. */
double hrmi_round(double value, int digits);

#endif
