/**
 * @file table.h
 * Columns: exactly one row per community of a layer (or per raion or oblast of it), in the layer's order.
 *
 * A column of numbers is a contiguous array of doubles in which missing is NaN, with (where anything is
 * missing) an array of bytes beside it that says why. A column of text has a NULL where it is missing.
 */
#ifndef HROMADA_TABLE_H
#define HROMADA_TABLE_H

#include "hromada/layer.h"

HRM_BEGIN_DECLS

/** Columns over the communities or units of a layer. */
typedef struct hrm_table hrm_table;

/** Why a value is missing. Kept in one byte a row; 0 where a value is present. */
enum {
    HRM_PRESENT = 0,                /**< not missing */
    HRM_MISSING_NOT_REPORTED = 1,   /**< the source has the row, and the cell is empty or says "no data" */
    HRM_MISSING_NOT_COLLECTED = 2,  /**< nobody asked */
    HRM_MISSING_NO_ROW = 3,         /**< the source has no row for the community */
    HRM_MISSING_UNUSABLE = 4,       /**< text that is no number, or rows that contradict each other */
    HRM_MISSING_SUPPRESSED = 5,     /**< withheld to protect persons or objects */
    HRM_MISSING_OCCUPIED = 6,       /**< occupied or out of reach */
    HRM_MISSING_NOT_APPLICABLE = 7, /**< the question makes no sense here */
    HRM_MISSING_UNDEFINED = 8,      /**< a division by zero, a logarithm of zero or less */
    HRM_MISSING_NO_COVERAGE = 9     /**< outside what the source covers, or no boundary to measure */
};

/** What a larger value means. */
enum { HRM_NEUTRAL = 0, HRM_HIGHER_BETTER = 1, HRM_HIGHER_WORSE = 2 };

/** How the value of a raion or an oblast follows from those of its communities. */
enum {
    HRM_ROLLUP_NONE = 0, /**< it does not: the column is left out at higher levels */
    HRM_ROLLUP_SUM = 1,  /**< the sum of what is present */
    HRM_ROLLUP_MIN = 2,  /**< the smallest present */
    HRM_ROLLUP_MAX = 3,  /**< the largest present */
    HRM_ROLLUP_MEAN = 4, /**< the mean weighted by the column `weight`, over rows where both are present */
    HRM_ROLLUP_RECOMPUTE = 5 /**< an indicator: its formula over the summed parts, see catalogue.h */
};

/** What a column says of itself. Texts are copied when a column is added, and borrowed when asked for. */
typedef struct hrm_column_info {
    uint32_t struct_size; /**< the caller's sizeof */
    int32_t direction;    /**< HRM_NEUTRAL, HRM_HIGHER_BETTER or HRM_HIGHER_WORSE */
    int32_t rollup;       /**< HRM_ROLLUP_…; of text passed over: it is left out at higher levels */
    int32_t is_text;      /**< 1 for a column of text, 0 for numbers (set by the library) */
    const char *id;       /**< unique in the table: letters of any script, digits, underscore, full stop and
                             hyphen, the first a letter or underscore; then, where there is one, an at sign
                             and a period; at most 255 bytes */
    const char *unit;     /**< "persons", "UAH", "m", "%" …; NULL or "" where there is none */
    const char *title_en; /**< NULL where there is none */
    const char *title_uk; /**< NULL where there is none */
    const char *source;   /**< file and field, or method; NULL where there is none */
    const char *weight;   /**< HRM_ROLLUP_MEAN: the id of the column to weight by; else passed over */
} hrm_column_info;

/** Prepare a description: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_column_info_init(hrm_column_info *info, size_t struct_size);

/**
 * Make an empty table over a layer's communities, raions, oblasts, or the country (one row).
 *
 * @param ctx       the caller's context
 * @param layer     whose rows; not kept
 * @param level     HRM_LEVEL_…
 * @param[out] out  the table; free with hrm_table_free()
 * @return HRM_OK, HRM_ERROR_ARGUMENT (no such level in this layer), HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_table_new(hrm_context *ctx, const hrm_layer *layer, int32_t level,
                                                hrm_table **out);

/** Free a table; NULL is nothing. @since 0.1 */
HRM_API void hrm_table_free(hrm_table *table);

/** Rows. @since 0.1 */
HRM_API size_t hrm_table_row_count(const hrm_table *table);

/** Columns. @since 0.1 */
HRM_API size_t hrm_table_column_count(const hrm_table *table);

/** The level of the rows: HRM_LEVEL_…. @since 0.1 */
HRM_API int32_t hrm_table_level(const hrm_table *table);

/** Whether the table was made for this layer: the same keys in the same order. Cost: O(1). @since 0.1 */
HRM_API bool hrm_table_fits(const hrm_table *table, const hrm_layer *layer);

/** The column of an id, or ::HRM_NONE. Cost: O(1). @since 0.1 */
HRM_API size_t hrm_table_find(const hrm_table *table, const char *id);

/**
 * What a column says of itself.
 *
 * @param table     the table
 * @param column    0 … hrm_table_column_count() − 1
 * @param[out] out  filled as far as its `struct_size` reaches; texts are "" where there is none, borrowed
 * from the table
 * @return false when there is no such column or `out` has no size
 * @since 0.1
 */
HRM_API bool hrm_table_column(const hrm_table *table, size_t column, hrm_column_info *out);

/**
 * Add a column of numbers.
 *
 * @param ctx          the caller's context
 * @param table        grows by one column; unchanged on failure
 * @param info         its description; copied
 * @param values       one per row, NaN for missing; copied. Infinities are refused
 * @param missing      why each is missing (HRM_MISSING_…, 0 where present); NULL: every NaN is "not reported"
 * @param[out] column  its index; may be NULL
 * @return HRM_OK, HRM_ERROR_ARGUMENT (bad id, unknown reason, reason and value disagree), HRM_ERROR_DUPLICATE
 * (the id is taken), HRM_ERROR_VALUE (an infinity), HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_table_add(hrm_context *ctx, hrm_table *table,
                                                const hrm_column_info *info, const double *values,
                                                const uint8_t *missing, size_t *column);

/**
 * Add a column of text: as hrm_table_add(), NULL for missing.
 *
 * @return HRM_OK, HRM_ERROR_ARGUMENT (also where a text is not UTF-8), HRM_ERROR_DUPLICATE, HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_table_add_text(hrm_context *ctx, hrm_table *table,
                                                     const hrm_column_info *info, const char *const *values,
                                                     const uint8_t *missing, size_t *column);

/**
 * The numbers of a column: one double per row, contiguous, NaN for missing; may be wrapped without a copy.
 * Borrowed: valid until the table is freed, also when columns are added. NULL for a column of text, or no
 * column.
 * @since 0.1
 */
HRM_API const double *hrm_table_values(const hrm_table *table, size_t column);

/** One cell of a column of text; NULL where missing, for a column of numbers, or no such cell. Borrowed.
 * @since 0.1 */
HRM_API const char *hrm_table_text(const hrm_table *table, size_t column, size_t row);

/** Why values are missing, one byte a row; NULL when nothing is missing. Borrowed like the values. @since 0.1
 */
HRM_API const uint8_t *hrm_table_missing(const hrm_table *table, size_t column);

/** A reason in words: "no row in the source" or "немає рядка в джерелі"; "" for HRM_PRESENT and
 * for no reason; NULL for no language. Static. @since 0.1 */
HRM_API const char *hrm_missing_text(uint8_t reason, int32_t language);

/**
 * Roll a table of communities up to raions, oblasts or the country: every column by its own rule.
 *
 * Sums, smallest, largest and weighted means are taken over the members that have a value; the share of
 * members that had one is in the column `<id>_coverage`, which is added wherever a unit lacks a member. A
 * unit in which no member has a value is missing, with the reason of its first member; a mean whose weights
 * add up to zero, and a sum too large for a double, is missing (undefined). A column `x@2022` has its
 * coverage in `x_coverage@2022`. Columns with
 * HRM_ROLLUP_RECOMPUTE are left to hrm_indicators_roll_up(). Columns of text and those with HRM_ROLLUP_NONE
 * are left out.
 *
 * @param ctx       the caller's context
 * @param layer     the table's layer
 * @param table     a table of communities
 * @param level     HRM_LEVEL_RAION, HRM_LEVEL_OBLAST or HRM_LEVEL_COUNTRY
 * @param[out] out  a new table, one row per unit of the level; free with hrm_table_free()
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_FIELD (a weight column that does not exist, or is text),
 * HRM_ERROR_DUPLICATE (the table has a column of a coverage's id), HRM_ERROR_MEMORY
 *
 * Sums are exact before the last rounding, so they do not depend on the order of rows.
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_table_roll_up(hrm_context *ctx, const hrm_layer *layer,
                                                    const hrm_table *table, int32_t level, hrm_table **out);

HRM_END_DECLS

#endif
