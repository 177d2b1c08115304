/**
 * @file crosswalk.h
 * Crosswalks and aliases: from what a table writes to the code that is meant.
 *
 * A crosswalk leads from another system's codes (KOATUU, budget codes) to KATOTTG codes or P-codes; an alias
 * file leads from names as they were written, perhaps only within an oblast or a raion, to codes. They are
 * one thing: a list of written forms and codes, made by a person or an office, never by guessing. It is made
 * once and never changes after; threads may share it.
 *
 * As an alias of a gazetteer, a record for a name holds for rows that say nothing else: one without an oblast
 * of its own does not hold for a row that states a known oblast in which its community does not lie, nor one
 * without a raion or oblast of its own for a row that states such a raion. A record with the oblast that the
 * row states, or for that row alone, always holds.
 */
#ifndef HROMADA_CROSSWALK_H
#define HROMADA_CROSSWALK_H

#include "hromada/context.h"

HRM_BEGIN_DECLS

/** Written forms and their codes. @see hrm_crosswalk_new, hrm_crosswalk_open */
typedef struct hrm_crosswalk hrm_crosswalk;

/** Where a crosswalk comes from: parallel arrays of `count` records, all borrowed for the call. */
typedef struct hrm_crosswalk_input {
    uint32_t struct_size;       /**< sizeof (hrm_crosswalk_input) */
    uint32_t reserved;          /**< 0; anything else is refused */
    size_t count;               /**< records; may be 0 */
    const char *const *written; /**< needed: a former code, or a name; elements may be NULL or "" */
    const char *const *oblasts; /**< NULL, or the oblast within which the name means that; elements may be
                                   NULL or "": anywhere */
    const char *const *raions;  /**< the same with raions */
    const char *const *codes;   /**< needed: KATOTTG codes or P-codes of communities or what lies in them.
                                   Records without one are passed over, and counted: a person has not yet
                                   decided */
    int64_t first_row;          /**< the number of the first record in its source, for messages */
    const char *source;         /**< the file, for messages; NULL for "the crosswalk" */
    const int64_t *rows; /**< NULL, or the number of each record in its source, where they do not follow each
                            other */
    const int64_t *for_rows; /**< NULL, or the number of the one row of the table for which a record holds,
                                and then goes before all that hold for any; 0 for any. For rows that say the
                                same and mean different communities */
} hrm_crosswalk_input;

/** Prepare an input: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_crosswalk_input_init(hrm_crosswalk_input *input, size_t struct_size);

/**
 * Make a crosswalk. Texts of digits are compared as numbers (a spreadsheet drops the zeros in front, and
 * `5320200000.0` is the same), all others as names are (see gazetteer.h). A written form with two different
 * communities leads nowhere: it is counted as ambiguous, and rows that have it are told so.
 *
 * @param ctx       the caller's context
 * @param input     the records; nothing in it is kept
 * @param[out] out  the crosswalk; free with hrm_crosswalk_free()
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_CODE (a code that is no community's: with its row),
 * HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_crosswalk_new(hrm_context *ctx, const hrm_crosswalk_input *input,
                                                    hrm_crosswalk **out);

/** Free a crosswalk; NULL is nothing. @since 0.1 */
HRM_API void hrm_crosswalk_free(hrm_crosswalk *crosswalk);

/** The counts of a crosswalk. */
typedef struct hrm_crosswalk_counts {
    uint32_t struct_size; /**< the caller's sizeof */
    uint32_t reserved;    /**< 0 */
    size_t records;       /**< in the source */
    size_t forms;         /**< different written forms that lead somewhere */
    size_t undecided;     /**< records without a code, or without a written form */
    size_t ambiguous;     /**< written forms with two different communities */
} hrm_crosswalk_counts;

/** The counts. @return false when `out` has no size @since 0.1 */
HRM_API bool hrm_crosswalk_counts_of(const hrm_crosswalk *crosswalk, hrm_crosswalk_counts *out);

/**
 * The key (7 digits, see layer.h) that a written form leads to: of the records that fit, the one with raion
 * before the one with oblast before the one for anywhere.
 *
 * @param crosswalk  the crosswalk
 * @param row        the number of the row in its table, as in hrm_crosswalk_input::for_rows; 0 when not known
 * @param oblast     what the row says of the oblast; NULL or "" for nothing
 * @param raion      of the raion
 * @param written    the code or name
 * @param ambiguous  true when it has two different ones; may be NULL
 * @return the key, borrowed from the crosswalk; NULL when there is none. Threads: any.
 * @since 0.1
 */
HRM_API const char *hrm_crosswalk_find(const hrm_crosswalk *crosswalk, int64_t row, const char *oblast,
                                       const char *raion, const char *written, bool *ambiguous);

HRM_END_DECLS

#endif
