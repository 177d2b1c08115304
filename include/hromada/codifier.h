/**
 * @file codifier.h
 * The official list of territorial units (the KATOTTG codifier): codes, names, parents, kinds, and, where
 * the source says so, old codes and what became of units that were renamed or merged.
 *
 * A codifier checks codes, gives names and parents, lists the settlements of a community, and lets tables
 * that have only names or old codes be joined (see gazetteer.h). It is made once and never changes after;
 * threads may share it.
 */
#ifndef HROMADA_CODIFIER_H
#define HROMADA_CODIFIER_H

#include "hromada/context.h"

HRM_BEGIN_DECLS

/** Territorial units. @see hrm_codifier_new, hrm_codifier_open */
typedef struct hrm_codifier hrm_codifier;

/** What a unit is: the categories of the codifier. */
enum {
    HRM_UNIT_OBLAST = 1,       /**< O: an oblast, or the Autonomous Republic of Crimea */
    HRM_UNIT_SPECIAL_CITY = 2, /**< K: Kyiv, Sevastopol */
    HRM_UNIT_RAION = 3,        /**< P */
    HRM_UNIT_COMMUNITY = 4,    /**< H: the territory of a community */
    HRM_UNIT_CITY = 5,         /**< M */
    HRM_UNIT_SETTLEMENT = 6,   /**< X, and T (urban-type settlement) of older editions */
    HRM_UNIT_VILLAGE = 7,      /**< C */
    HRM_UNIT_CITY_DISTRICT = 8 /**< B */
};

/** What a community is called after its centre: міська, селищна, сільська. */
enum {
    HRM_TYPE_UNKNOWN = 0,    /**< not known */
    HRM_TYPE_CITY = 1,       /**< міська */
    HRM_TYPE_SETTLEMENT = 2, /**< селищна */
    HRM_TYPE_VILLAGE = 3     /**< сільська */
};

/** Where a codifier comes from: parallel arrays of `count` records, all borrowed for the call. Elements of
 * optional arrays may be NULL or "". */
typedef struct hrm_codifier_input {
    uint32_t struct_size;        /**< sizeof (hrm_codifier_input) */
    uint32_t reserved;           /**< 0; anything else is refused */
    size_t count;                /**< records; at least 1 */
    const char *const *codes;    /**< needed: KATOTTG codes, of any level */
    const char *const *names_uk; /**< needed */
    const char *const *names_en; /**< NULL, or English names */
    const char *const
        *categories;          /**< NULL, or the letters of the codifier (O K P H M X T C B, Latin or the
                                 Cyrillic ones that look alike); without them the code's level says what
                                 it can: a settlement's kind is then not known, and counts as a village */
    const char *const *types; /**< NULL, or the type of communities in words (міська …); without it the
                                 kind of the community's centre, its settlement 001, says it */
    const char *const
        *old_codes; /**< NULL, or former codes (KOATUU …), several apart by blanks, `,` or `;` */
    const char *const *old_names;  /**< NULL, or former names, several apart by `;` */
    const char *const *valid_from; /**< NULL, or the first day of the record, ISO 8601 */
    const char *const *valid_to;   /**< NULL, or the day from which it holds no more */
    const char *const *successors; /**< NULL, or the code of the unit that took its place on that day */
    const char *source;            /**< the file, for messages; NULL for "the codifier" */
    const int64_t *rows; /**< NULL, or the numbers of the records in the source, for messages; without, they
                            are counted from 1 */
} hrm_codifier_input;

/** Prepare an input: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_codifier_input_init(hrm_codifier_input *input, size_t struct_size);

/**
 * Make a codifier. Units keep the order of their first record. A code may have several records only where
 * their days of validity do not overlap (a renaming): the one that holds latest gives the unit its name, the
 * others are former names.
 *
 * @param ctx       the caller's context
 * @param input     the records; nothing in it is kept
 * @param[out] out  the codifier; free with hrm_codifier_free()
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_CODE (a record with a broken code, not one community; the
 * text names the row), HRM_ERROR_DUPLICATE (a code twice at one time), HRM_ERROR_VALUE (a category, type
 * or date that is none, a parent or successor that is not there), HRM_ERROR_MEMORY
 *
 * Cost: O(count); about 230 bytes a unit.
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_codifier_new(hrm_context *ctx, const hrm_codifier_input *input,
                                                   hrm_codifier **out);

/** Free a codifier; NULL is nothing. @since 0.1 */
HRM_API void hrm_codifier_free(hrm_codifier *codifier);

/** How many units. @since 0.1 */
HRM_API size_t hrm_codifier_count(const hrm_codifier *codifier);

/** One unit. Texts are borrowed from the codifier, "" where there is none. @see hrm_codifier_unit_info */
typedef struct hrm_codifier_unit {
    uint32_t struct_size; /**< the caller's sizeof */
    int32_t category;     /**< HRM_UNIT_… */
    int32_t type;         /**< of a community HRM_TYPE_…; else 0 */
    int32_t reserved;     /**< 0 */
    size_t parent;        /**< the unit it lies in: of a settlement its community; ::HRM_NONE at the top */
    size_t community;     /**< the community it is or lies in (Kyiv and Sevastopol count as such), or
                             ::HRM_NONE */
    size_t centre;       /**< of a community the settlement it is governed from (number 001), or ::HRM_NONE */
    const char *code;    /**< KATOTTG, 19 characters */
    const char *name_uk; /**< without blanks around it */
    const char *name_en; /**< English */
    const char *valid_from; /**< ISO 8601 */
    const char *valid_to;   /**< ISO 8601; "" while it holds */
    const char *successor;  /**< the code of the unit that took its place */
} hrm_codifier_unit;

/** Ask for unit i. @return false when there is none of that number or `out` has no size @since 0.1 */
HRM_API bool hrm_codifier_unit_info(const hrm_codifier *codifier, size_t i, hrm_codifier_unit *out);

/**
 * The unit of a code: KATOTTG whole, or mended as hrm_gazetteer_find() mends it, or the P-code of an oblast
 * (2 digits), raion (4), community (7) or settlement (10). Former codes are not looked at.
 *
 * @return the unit, or ::HRM_NONE. Cost: O(1). Threads: any.
 * @since 0.1
 */
HRM_API size_t hrm_codifier_find(const hrm_codifier *codifier, const char *code);

/** The unit of a former code (KOATUU …), with or without the zeros in front, or ::HRM_NONE when none or more
 * than one had it. @since 0.1 */
HRM_API size_t hrm_codifier_find_old(const hrm_codifier *codifier, const char *old_code);

/** How many units lie directly in a unit. @since 0.1 */
HRM_API size_t hrm_codifier_child_count(const hrm_codifier *codifier, size_t unit);

/** The k-th of them, in the codifier's order; ::HRM_NONE when there is none. Of a community: its settlements.
 * @since 0.1 */
HRM_API size_t hrm_codifier_child(const hrm_codifier *codifier, size_t unit, size_t k);

/**
 * What became of a unit: itself where it holds on that day, or else the last of its successors that does.
 *
 * @param codifier  the codifier
 * @param unit      where to begin
 * @param date      ISO 8601; NULL for "to this day": the end of the chain, which holds where its `valid_to`
 * says nothing
 * @return the unit, or ::HRM_NONE where none held on that day, the chain is broken, or the date is none
 * @since 0.1
 */
HRM_API size_t hrm_codifier_follow(const hrm_codifier *codifier, size_t unit, const char *date);

HRM_END_DECLS

#endif
