/**
 * @file catalogue.h
 * Indicators: the catalogue that the library knows, and computing them over a table, in the order their
 * formulas need, for communities and rolled up.
 */
#ifndef HROMADA_CATALOGUE_H
#define HROMADA_CATALOGUE_H

#include "hromada/formula.h"

HRM_BEGIN_DECLS

/** One indicator: of the catalogue, or the caller's own. Texts are borrowed. */
typedef struct hrm_indicator {
    uint32_t struct_size; /**< sizeof (hrm_indicator) */
    int32_t direction;    /**< HRM_NEUTRAL, HRM_HIGHER_BETTER, HRM_HIGHER_WORSE */
    int32_t rollup;       /**< HRM_ROLLUP_…; for ratios HRM_ROLLUP_RECOMPUTE */
    int32_t reserved;     /**< 0; anything else is refused */
    const char *id;       /**< the column: "investment_per_person" */
    const char *code;     /**< its number in the official list of indicators: "INV01"; "" for one's own */
    const char *theme;    /**< exposure, damage, people, capacity, budget_economy, investment, equity, impact,
                             resilience, data_quality */
    const char *title_en; /**< English title */
    const char *title_uk; /**< Ukrainian title */
    const char *unit;     /**< unit of the value */
    const char *formula;  /**< over columns, see formula.h */
    const char *inputs;   /**< one line per input: `id, unit: what it is`, separated by line feeds */
    const char *parameters;   /**< limits and rates that the formula names, one line each: `id = number unit;
                                 since when; source`; "" where there are none. See hrm_indicators_compute() */
    const char *weight;       /**< HRM_ROLLUP_MEAN: the column to weight by; else "" */
    const char *missing_rule; /**< when there is no value, in words */
    const char *source;       /**< law, register or publication */
} hrm_indicator;

/** Prepare an indicator: neutral, HRM_ROLLUP_RECOMPUTE, everything else zero, `struct_size` set. NULL texts
 * are taken as "". @since 0.1 */
HRM_API void hrm_indicator_init(hrm_indicator *indicator, size_t struct_size);

/** How many indicators the catalogue has. @since 0.1 */
HRM_API size_t hrm_catalogue_count(void);

/** One indicator of the catalogue. @return false when there is none of that number or `out` has no size
 * @since 0.1 */
HRM_API bool hrm_catalogue_indicator(size_t i, hrm_indicator *out);

/** The number of an indicator by its id or its code, or ::HRM_NONE. @since 0.1 */
HRM_API size_t hrm_catalogue_find(const char *id);

/** The known id nearest to a misspelt one, or NULL when none is near. Static. @since 0.1 */
HRM_API const char *hrm_catalogue_nearest(const char *id);

/**
 * Compute indicators over a table, each after those it reads, whatever their order here.
 *
 * A name in a formula is another of these indicators, or a column of the table, or a parameter of its
 * indicator, in this order: so a limit of law (30 km, dated and with its source in `parameters`) is replaced
 * by giving a column of that id, or an indicator of that id with the formula "50".
 *
 * @param ctx         the caller's context
 * @param layer       the table's layer
 * @param table       communities; gets one column per indicator in the order given, all or none
 * @param indicators  what to compute; all of one struct_size
 * @param count       how many
 * @return HRM_OK, HRM_ERROR_ARGUMENT (also a parameter that cannot be read), HRM_ERROR_FORMULA and
 * HRM_ERROR_LIMIT (as hrm_formula_compile() and hrm_formula_evaluate(), naming the indicator; also a circle
 * of formulas, naming its members), HRM_ERROR_DUPLICATE (an id twice, or a column that is there already),
 * HRM_ERROR_MEMORY, HRM_ERROR_CANCELLED
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_indicators_compute(hrm_context *ctx, const hrm_layer *layer,
                                                         hrm_table *table, const hrm_indicator *indicators,
                                                         size_t count);

/**
 * Roll a table and its indicators up: columns as hrm_table_roll_up(), indicators by their own rule.
 *
 * HRM_ROLLUP_RECOMPUTE evaluates the formula over the members' parts: columns rolled up by their own rule
 * (mostly sums), and other indicators that it reads recomputed in the same way over the same members; never a
 * mean of means. A member counts only where the indicator has a value there, or lacks one though all columns
 * that it and the indicators behind it read are present (a division by zero, a limit): so numerator and
 * denominator cover the same communities. The share of members that counted is in `<id>_coverage`, which is
 * added wherever a unit lacks a member. Aggregates (`sum`, `rank` …) are taken over the units. A unit of
 * which no member counts is missing, with the reason of its first member.
 *
 * @param ctx         the caller's context
 * @param layer       the table's layer
 * @param table       communities, with the indicators' columns in it
 * @param indicators  those that were computed
 * @param count       how many
 * @param level       HRM_LEVEL_RAION, HRM_LEVEL_OBLAST or HRM_LEVEL_COUNTRY
 * @param[out] out    a new table; free with hrm_table_free()
 * @return as hrm_table_roll_up() and hrm_indicators_compute(); HRM_ERROR_FIELD when an indicator has no
 * column in the table; HRM_ERROR_ARGUMENT when one reads a column with HRM_ROLLUP_RECOMPUTE whose indicator
 * is not given
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_indicators_roll_up(hrm_context *ctx, const hrm_layer *layer,
                                                         const hrm_table *table,
                                                         const hrm_indicator *indicators, size_t count,
                                                         int32_t level, hrm_table **out);

/**
 * Write indicators as JSON, for people and programs: an array of objects with the members of ::hrm_indicator
 * as texts, `inputs` and `parameters` taken apart.
 *
 * @param ctx         the caller's context
 * @param indicators  what to write; all of one struct_size
 * @param count       how many
 * @param[out] buffer room for the text, UTF-8 with a zero behind it; NULL to ask only
 * @param capacity    how many bytes `buffer` holds
 * @param[out] size   how many bytes are needed, the zero included. When it is more than `capacity`, nothing
 * was written
 * @return HRM_OK, HRM_ERROR_ARGUMENT (also a line of `inputs` or `parameters` that cannot be read),
 * HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_indicators_json(hrm_context *ctx, const hrm_indicator *indicators,
                                                      size_t count, char *buffer, size_t capacity,
                                                      size_t *size);

HRM_END_DECLS

#endif
