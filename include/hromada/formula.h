/**
 * @file formula.h
 * The language of indicators: a formula over columns gives a column.
 *
 *     100 * (dwellings_damaged + dwellings_destroyed) / dwellings_total
 *     if(front_distance_m <= 30000, 1, 0)
 *     sum(investment_total by oblast) / sum(population by oblast)
 *     budget_income@2022 / budget_income@2021 - 1
 *
 * Numbers; columns (`name`, `name@period`, or any id in double quotes); `+ - * / ^` (`^` binds tightest and
 * to the right; unary minus below it: -2^2 is -4); `< <= > >= = == != <>`; `and or not`; `if(c,a,b)`; `min
 * max abs sqrt log exp round coalesce missing`; and over communities `sum mean median min_all max_all count
 * rank percentile quantile(x,p)`, each also `by raion`, `by oblast` or `by country` (the default), as in
 * `sum(x by oblast)` and `quantile(x, 0.9 by raion)`. `log` is the natural logarithm; min() and max() compare
 * two numbers or more; `p`, and the digits of `round(x, digits)`, are plain numbers.
 *
 * A name is letters of any script, digits and `_`. In a period `-` and `.` belong to the name where a letter
 * or digit comes directly behind them: `x@2022-07` is a column, `x@2022 - 7` a difference. Words of the
 * language may be written in capitals, names of columns as they are; `≤ ≥ ≠ − ×` are read too.
 *
 * Missing: arithmetic with a missing part is missing. Comparisons and and/or/not have three values, as in
 * SQL: `0 and missing` is 0, `1 or missing` is 1; `if` with a missing condition is missing, and `if(c,a)`
 * where c is 0 (not applicable). `coalesce(a,b,…)` is the first that is present; `missing(x)` is 1 or 0.
 * Division by zero, the logarithm of zero or less, the root of a negative number and what is too large for a
 * double are missing (undefined). Aggregates are over the values present; `count` is 0 where there are none,
 * the others missing for the reason of the unit's first row. An aggregate has a value on every row, `rank`
 * and `percentile` only where their argument has one.
 */
#ifndef HROMADA_FORMULA_H
#define HROMADA_FORMULA_H

#include "hromada/table.h"

HRM_BEGIN_DECLS

/** A compiled formula: immutable, shareable between threads. */
typedef struct hrm_formula hrm_formula;

/**
 * Compile a formula.
 *
 * @param ctx       the caller's context
 * @param text      UTF-8, at most 64 KiB
 * @param[out] out  the formula; free with hrm_formula_free()
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_FORMULA (the message gives the position, counted in
 * characters from 1, and for an unknown function the nearest known one), HRM_ERROR_LIMIT (too long or nested
 * over 200 deep), HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_formula_compile(hrm_context *ctx, const char *text, hrm_formula **out);

/** Free a formula; NULL is nothing. @since 0.1 */
HRM_API void hrm_formula_free(hrm_formula *formula);

/** The text it was compiled from. Borrowed. @since 0.1 */
HRM_API const char *hrm_formula_text(const hrm_formula *formula);

/** How many different columns it reads. @since 0.1 */
HRM_API size_t hrm_formula_input_count(const hrm_formula *formula);

/** The id of one of them, in the order of first mention; NULL when there is none. Borrowed. @since 0.1 */
HRM_API const char *hrm_formula_input(const hrm_formula *formula, size_t i);

/**
 * Evaluate a formula over a table's rows.
 *
 * @param ctx           the caller's context
 * @param formula       the formula
 * @param layer         the table's layer (for `by raion` and `by oblast`)
 * @param table         communities, or units rolled up; not changed
 * @param[out] values   room for hrm_table_row_count() numbers; NaN for missing
 * @param[out] missing  room for as many reasons (0 where present); may be NULL. The reason is that of the
 * first missing part in reading order
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_FORMULA (a column that does not exist, is text, or a grouping
 * that the table's level lacks; with position and nearest known name), HRM_ERROR_MEMORY
 *
 * Sums are exact before they are rounded once, so the order of rows does not matter; a mean is such a sum
 * divided by the count. `quantile` and `median` are type 7 of Hyndman and Fan (1996, "Sample quantiles in
 * statistical packages"); `rank` is 1 for the largest, ties share the smallest rank; `percentile` is (rank
 * from below − 1) / (n − 1) × 100, ties averaged, missing where n < 2; `round` goes half away from zero of
 * the number as it is written (2.675 to two digits is 2.68). Compared with SQLite, numpy and scipy in
 * tests/reference.
 *
 * Threads: the formula, the layer and the table may be shared. Cost: O(operations × rows); what needs an
 * order sorts.
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_formula_evaluate(hrm_context *ctx, const hrm_formula *formula,
                                                       const hrm_layer *layer, const hrm_table *table,
                                                       double *values, uint8_t *missing);

HRM_END_DECLS

#endif
