/**
 * @file tally.h
 * Counting points per community: how many, the sums of their values, and both by class. Nothing is lost:
 * points in = inside a community + outside all + unusable, and the sums likewise.
 */
#ifndef HROMADA_TALLY_H
#define HROMADA_TALLY_H

#include "hromada/table.h"

HRM_BEGIN_DECLS

/** Counts and sums of points by community. @see hrm_tally_new */
typedef struct hrm_tally hrm_tally;

/** What to count. */
typedef struct hrm_tally_options {
    uint32_t struct_size;      /**< sizeof (hrm_tally_options) */
    int32_t by_class;          /**< 1: points have a class, and there is a column for each */
    const char *id;            /**< begins the columns' names; needed, without `@` */
    const char *const *fields; /**< names of the values that points carry, to be summed: `<id>_<field>_sum` */
    const char *const *units;  /**< their units; NULL, or an element NULL, where unknown */
    size_t field_count;        /**< may be 0 */
    const char *crs;           /**< of the coordinates; NULL for WGS 84 longitude, latitude */
    const char *source;        /**< for messages and source notes; NULL for "the points" */
    const char *title_en;      /**< what the points are, for titles: "damage events"; NULL: the id */
    const char *title_uk;      /**< the same in Ukrainian; NULL: the id */
} hrm_tally_options;

/** Prepare options: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_tally_options_init(hrm_tally_options *options, size_t struct_size);

/**
 * Begin a tally.
 *
 * @param ctx       the caller's context
 * @param layer     the communities; must outlive the tally
 * @param options   copied
 * @param[out] out  the tally; free with hrm_tally_free()
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_CRS, HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_tally_new(hrm_context *ctx, const hrm_layer *layer,
                                                const hrm_tally_options *options, hrm_tally **out);

/** Free a tally; NULL is nothing. @since 0.1 */
HRM_API void hrm_tally_free(hrm_tally *tally);

/**
 * Add points.
 *
 * A point on the border shared by two communities, or in several that overlap, belongs to the one that comes
 * first in the layer, and is counted as ambiguous. Which communities hold a point is decided exactly, for
 * its position and the borders as they are stored; borders belong to their communities.
 *
 * @param ctx      the caller's context
 * @param tally    unchanged on failure
 * @param count    points in this batch
 * @param x        eastings or longitudes; NaN or infinite: unusable
 * @param y        northings or latitudes
 * @param classes  a class per point where options.by_class (blanks around it are passed over; NULL or "": the
 * class `unknown`); else NULL. At most 1,000 different ones
 * @param values   count × field_count numbers, those of a point side by side; NaN for missing; NULL when
 * there are none
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_VALUE (an infinite value), HRM_ERROR_LIMIT (too many
 * classes), HRM_ERROR_CRS, HRM_ERROR_MEMORY, HRM_ERROR_CANCELLED (by hrm_context_cancel(); progress is not
 * told, since only the caller knows how many points are to come)
 *
 * Cost: O(1) per point. Sums are exact before the last rounding: they do not depend on the order of points or
 * on their batches.
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_tally_add(hrm_context *ctx, hrm_tally *tally, size_t count,
                                                const double *x, const double *y, const char *const *classes,
                                                const double *values);

/** The account of a tally: points = inside + outside + unusable. */
typedef struct hrm_tally_counts_info {
    uint32_t struct_size; /**< the caller's sizeof */
    uint32_t reserved;    /**< 0 */
    uint64_t points;      /**< added */
    uint64_t inside;      /**< counted in a community */
    uint64_t ambiguous;   /**< of these: in more than one community, or on a shared border */
    uint64_t outside;     /**< in no community */
    uint64_t unusable;    /**< coordinates missing, or not to be brought to WGS 84 */
    uint64_t not_listed;  /**< what would be entries beyond the first 10,000, see hrm_tally_entry_at() */
} hrm_tally_counts_info;

/** The account of one field: total = allocated + unallocated, exactly before rounding. */
typedef struct hrm_tally_amount_info {
    uint32_t struct_size; /**< the caller's sizeof */
    uint32_t reserved;    /**< 0 */
    const char *field;    /**< borrowed from the tally */
    double total;         /**< the sum of all numbers added */
    double allocated;     /**< of points inside a community */
    double unallocated;   /**< of points outside or unusable */
    uint64_t numbers;     /**< values present */
    uint64_t missing;     /**< values missing (NaN) */
} hrm_tally_amount_info;

/** The counts. @return false when `out` has no size @since 0.1 */
HRM_API bool hrm_tally_counts(const hrm_tally *tally, hrm_tally_counts_info *out);

/** One field's account. @return false when there is no such field or `out` has no size @since 0.1 */
HRM_API bool hrm_tally_amount(const hrm_tally *tally, size_t field, hrm_tally_amount_info *out);

/** What became of a point. */
enum {
    HRM_POINT_INSIDE = 0,  /**< counted in a community */
    HRM_POINT_OUTSIDE = 1, /**< in no community */
    HRM_POINT_UNUSABLE = 2 /**< coordinates missing, or not to be brought to WGS 84 */
};

/** One point that no community got, or one value of a point that is no number. */
typedef struct hrm_tally_entry {
    uint32_t struct_size; /**< the caller's sizeof */
    int32_t outcome;      /**< what became of the point: HRM_POINT_… */
    int64_t row;          /**< its row in the file; of points of hrm_tally_add(): its number, from 1 */
    size_t field;         /**< for a value the field of the tally; else ::HRM_NONE */
    double x;             /**< as it came in; NaN where there is none */
    double y;             /**< the same */
    const char *text;     /**< why, in words (and the cell, cut); borrowed from the tally */
} hrm_tally_entry;

/** How many entries are listed: points outside or unusable, and values of a file that are no number, in the
 * order they were added; the first 10,000 of them. @since 0.1 */
HRM_API size_t hrm_tally_entry_count(const hrm_tally *tally);

/** One entry. @return false when there is none of that number or `out` has no size @since 0.1 */
HRM_API bool hrm_tally_entry_at(const hrm_tally *tally, size_t i, hrm_tally_entry *out);

/**
 * Lay the counts and sums into a table: `<id>_count`, `<id>_count_<class>` (classes in the order of
 * their bytes), `<id>_<field>_sum`.
 *
 * 0 where the source covers the community and no point fell; missing (no coverage) where it does not, and
 * where the community has no boundary. Points that did fall in a community are shown whether or not it is
 * covered. A sum over points that all lack the value is missing (not reported); over points of which some
 * lack it, it is the sum of the others. A class's name becomes part of a column's id: letters and digits
 * stay, also Ukrainian ones, all else becomes `_`; names that become the same are numbered (`_2`, `_3` …).
 * All columns roll up as sums.
 *
 * @param ctx      the caller's context
 * @param tally    may be added to further
 * @param covered  one byte per row, 1 where the source looked; NULL: everywhere
 * @param table    of the tally's layer; gets the columns, all or none
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_DUPLICATE, HRM_ERROR_VALUE (values of one community add up to
 * more than a double holds), HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_tally_table(hrm_context *ctx, const hrm_tally *tally,
                                                  const uint8_t *covered, hrm_table *table);

HRM_END_DECLS

#endif
