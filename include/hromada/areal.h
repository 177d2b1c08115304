/**
 * @file areal.h
 * Areal interpolation: values of other boundaries (former raions, grids, health districts) brought to
 * communities, by area or by weights that the caller names.
 *
 * With A(s∩c) the area that source row s and community c have in common, A(s) the row's own, and v_s its
 * value:
 *
 * - an **extensive** variable (persons, hryvnias) is spread: v_c = Σ_s v_s · A(s∩c) / A(s);
 * - an **intensive** one (shares, rates, means) is averaged: v_c = Σ_s v_s · A(s∩c) / Σ_s A(s∩c);
 *
 * the sums over the rows that have a value (Goodchild & Lam 1980, "Areal interpolation: a variant of the
 * traditional spatial problem", Geo-Processing 1: 297–312; the terms after Markoff & Shapiro 1973, "The
 * linkage of data describing overlapping geographical units", Historical Methods Newsletter 7: 34–46). That
 * takes a variable as evenly spread over each source row; where it is known better, as by the population of
 * settlements, areas give way to sums of weights of points: W(s∩c) in place of A(s∩c), W(s) in place of A(s)
 * (Wright 1936, "A method of mapping densities of population", Geographical Review 26: 103–110; with
 * points that stand for settlements: Martin 1989, "Mapping population data from zone centroid locations",
 * Transactions of the Institute of British Geographers 14: 90–97).
 *
 * **Communities that overlap** (layers that were simplified polygon by polygon do) would get more than there
 * is. A place that k communities cover therefore counts for each of them with 1/k of an extensive variable
 * (means are not concerned: each community takes that of all of its area). So weights add up to the part of a
 * row that lies in any community, and never to more; and they are additive: a row split in two, with its
 * value split by area, gives the same.
 *
 * **What lies in no community** is not allocated, and told for each row and in total, in two parts: in gaps
 * between communities, and outside of all. On request what lies in gaps goes to the communities that the row
 * has a part in, in proportion to these parts (which depends on how rows are cut, and does nothing for a row
 * that lies in a gap altogether).
 *
 * Nothing is lost: for each extensive variable, total = allocated + unallocated, exactly before rounding; and
 * the column holds what was allocated (asserted to 1e-9, ::HRM_ERROR_INTERNAL where not).
 */
#ifndef HROMADA_AREAL_H
#define HROMADA_AREAL_H

#include "hromada/table.h"

HRM_BEGIN_DECLS

/** How a variable behaves when its area is cut. */
enum {
    HRM_AREAL_EXTENSIVE = 1, /**< its parts add up: persons, hryvnias, hectares */
    HRM_AREAL_INTENSIVE = 2  /**< it holds for every part: shares, rates, densities, means */
};

/** One variable. In an array all have one struct_size, which is their distance. */
typedef struct hrm_areal_column {
    uint32_t struct_size;        /**< sizeof (hrm_areal_column) */
    int32_t kind;                /**< HRM_AREAL_…; needed: nothing is assumed */
    const hrm_column_info *info; /**< the column's id, unit, titles …; needed; copied. Text is refused */
} hrm_areal_column;

/** Prepare one variable: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_areal_column_init(hrm_areal_column *column, size_t struct_size);

/** Source rows: polygons with values. Parallel arrays of `count` rows, all borrowed for the call. */
typedef struct hrm_areal_input {
    uint32_t struct_size;      /**< sizeof (hrm_areal_input) */
    uint32_t reserved;         /**< 0; anything else is refused */
    size_t count;              /**< rows; at least 1 */
    const uint8_t *const *wkb; /**< needed; as in hrm_layer_input */
    const size_t *wkb_sizes;   /**< needed; bytes */
    const char *crs;           /**< needed; as in hrm_layer_input */
    const int64_t *rows;       /**< each row's number in its source, for the report; NULL for 1, 2, 3 … */
    const hrm_areal_column *columns; /**< the variables; at least 1 */
    size_t column_count;             /**< how many */
    const double *values; /**< count × column_count, those of a row side by side; NaN for missing */
    const char *source;   /**< the file, for messages and the columns' source notes; NULL for "the areas" */
} hrm_areal_input;

/** Prepare an input: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_areal_input_init(hrm_areal_input *input, size_t struct_size);

/** Points that say where in a row its variable is: settlements with their population. */
typedef struct hrm_areal_weights {
    uint32_t struct_size;  /**< sizeof (hrm_areal_weights) */
    uint32_t reserved;     /**< 0; anything else is refused */
    size_t count;          /**< points; at least 1 */
    const double *x;       /**< eastings or longitudes; NaN: the point is unusable */
    const double *y;       /**< northings or latitudes */
    const double *weights; /**< 0 or more; NaN: the point is unusable; NULL: every point weighs 1 */
    const char *crs;       /**< of the coordinates; NULL: degrees of WGS 84 */
    const char *source;    /**< the file, for messages and source notes; NULL for "the weights" */
} hrm_areal_weights;

/** Prepare weights: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_areal_weights_init(hrm_areal_weights *weights, size_t struct_size);

/** How to interpolate. */
typedef struct hrm_areal_options {
    uint32_t struct_size; /**< sizeof (hrm_areal_options) */
    int32_t share_gaps;   /**< 1: of extensive variables what lies in gaps between communities goes to the
                             communities that the row has a part in; 0, the default: it is not allocated */
    const hrm_areal_weights *weights; /**< NULL, the default: by area */
    /** With weights, for rows in which no weight lies. 1: by area; 0, the default: not allocated, reported */
    int32_t fall_back_to_area;
    int32_t reserved;           /**< 0; anything else is refused */
    double least_covered_share; /**< 0 to 1: communities of which a smaller share is covered by rows that have
                                   a value are missing; the default 0: none is for that */
} hrm_areal_options;

/** Prepare options: defaults, `struct_size` set. @since 0.1 */
HRM_API void hrm_areal_options_init(hrm_areal_options *options, size_t struct_size);

/** The account of an interpolation. @see hrm_areal */
typedef struct hrm_areal_report hrm_areal_report;

/**
 * Bring values of other boundaries to communities.
 *
 * For each variable the table gets its column and `<id>_covered_share`: the share of the community's area
 * (with weights, of the weights in it) that lies in rows with a value, 0 to 1; a value of a community that is
 * covered in part is that of the part. (Rows that overlap each other count together, up to 1.) A variable is
 * missing where no row reaches (no coverage) or only rows without a value (not reported), where less than
 * options.least_covered_share is covered (no coverage), and without a boundary (no coverage). 0 only comes of
 * values that are 0.
 *
 * A point of the weights that lies in several communities belongs to the first in the layer, as points of a
 * tally do; one that lies in several rows, or on their common border, counts in each.
 *
 * A column's source note is that of its info; or, where that has none, input.source, with weights followed by
 * `, weighted by ` and the source of these.
 *
 * @param ctx          the caller's context
 * @param layer        the communities
 * @param input        the rows; nothing in it is kept. Invalid polygons are repaired, told in the log and
 * counted; rows without a polygon, or with one that cannot be read, are unusable: their values are not
 * allocated
 * @param options      NULL for the defaults
 * @param table        of the layer's communities; gets two columns for each variable, all or none
 * @param[out] report  the account; may be NULL; free with hrm_areal_report_free()
 * @return HRM_OK, HRM_ERROR_ARGUMENT (also for text, and for a variable without a kind), HRM_ERROR_CRS,
 * HRM_ERROR_GEOMETRY (not one row has an area), HRM_ERROR_VALUE (an infinite value, a negative or infinite
 * weight, weights that are all 0; sums too large for a double), HRM_ERROR_DUPLICATE (a column's id is taken),
 * HRM_ERROR_LIMIT, HRM_ERROR_MEMORY, HRM_ERROR_CANCELLED, HRM_ERROR_INTERNAL
 *
 * Areas are on the WGS 84 ellipsoid, edges straight in longitude and latitude, as for `<id>_inside_share` in
 * proximity.h (lib/geo/share.c); overlaps and gaps are found by GEOS (lib/geo/faces.c). Sums are exact before
 * the last rounding: the order of rows does not matter. Cost: 0.3 s for overlaps and gaps of the national
 * layer, then some microseconds for each pair that meets. Compared with a geodesic overlay by other tools in
 * tests/reference/areal.py.
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_areal(hrm_context *ctx, const hrm_layer *layer,
                                            const hrm_areal_input *input, const hrm_areal_options *options,
                                            hrm_table *table, hrm_areal_report **report);

/** Free a report; NULL is nothing. @since 0.1 */
HRM_API void hrm_areal_report_free(hrm_areal_report *report);

/** What became of a row. */
enum {
    HRM_AREAL_INSIDE = 0,    /**< all of it lies in communities */
    HRM_AREAL_PARTLY = 1,    /**< a part of it does */
    HRM_AREAL_OUTSIDE = 2,   /**< nothing of it does */
    HRM_AREAL_NO_WEIGHT = 3, /**< no weight lies in it, and options.fall_back_to_area is not set */
    HRM_AREAL_UNUSABLE = 4   /**< it has no polygon, or one that cannot be used */
};

/** The counts: rows = inside + partly + outside + without_weight + unusable. */
typedef struct hrm_areal_counts {
    uint32_t struct_size;  /**< the caller's sizeof */
    uint32_t reserved;     /**< 0 */
    size_t rows;           /**< source rows */
    size_t inside;         /**< HRM_AREAL_INSIDE */
    size_t partly;         /**< HRM_AREAL_PARTLY */
    size_t outside;        /**< HRM_AREAL_OUTSIDE */
    size_t without_weight; /**< HRM_AREAL_NO_WEIGHT */
    size_t unusable;       /**< HRM_AREAL_UNUSABLE */
    size_t repaired;       /**< rows whose polygons were invalid and were made valid */
    size_t by_area;        /**< with weights: rows spread by area, since no weight lies in them */
    size_t pairs;          /**< pairs of a row and a community that have a part in common */
    size_t communities;    /**< communities that some row reaches */
    double area_m2;        /**< of the rows that are spread by area (with weights: of `by_area`) */
    double inside_m2;      /**< of it in communities, what several of them cover counted once */
    double in_gaps_m2;     /**< in gaps between communities */
    double outside_m2; /**< outside of all; area_m2 = inside_m2 + in_gaps_m2 + outside_m2 but for rounding */
    size_t points;     /**< of the weights: points = in_communities + in_none + points_unusable */
    size_t in_communities;   /**< in a community */
    size_t in_none;          /**< in no community */
    size_t points_unusable;  /**< coordinates or weight missing */
    size_t points_ambiguous; /**< in more than one community */
    size_t points_in_no_row; /**< usable, and in no source row */
} hrm_areal_counts;

/** The account of one variable: total = allocated + unallocated, exactly before rounding, and unallocated =
 * (in_gaps − gaps_shared) + outside + withheld + without_place. Of an intensive variable only `numbers`,
 * `missing` and `unusable` say something: its values do not add up, and the rest is NaN. */
typedef struct hrm_areal_amount {
    uint32_t struct_size; /**< the caller's sizeof */
    int32_t kind;         /**< HRM_AREAL_… */
    const char *id;       /**< borrowed from the report */
    double total;         /**< of all rows */
    double allocated;     /**< in the column */
    double unallocated;   /**< not in it */
    double in_gaps;       /**< what lies in gaps between communities */
    double gaps_shared;   /**< of it, what was shared out, and is allocated */
    double outside;       /**< what lies outside of all communities */
    double withheld;      /**< what came to communities of which too small a share is covered */
    double without_place; /**< of rows that are unusable or without weight */
    size_t numbers;       /**< rows with a value */
    size_t missing;       /**< rows without */
    size_t unusable;      /**< of these: cells of a file that are no number */
} hrm_areal_amount;

/** One row. Shares are of its area, or of the weights in it. */
typedef struct hrm_areal_row {
    uint32_t struct_size; /**< the caller's sizeof */
    int32_t outcome;      /**< HRM_AREAL_… */
    int64_t row;          /**< its number in the source */
    double inside_share;  /**< in communities; NaN for rows that are unusable or without weight */
    double in_gaps_share; /**< in gaps between them */
    double outside_share; /**< outside of all */
    const char *text;     /**< what is wrong with it, in words; "" for nothing; borrowed from the report */
    int32_t by_area;      /**< 1: no weight lies in it, and it was spread by area */
    int32_t repaired;     /**< 1: its polygons were invalid and were made valid */
} hrm_areal_row;

/** The counts. @return false when `out` has no size @since 0.1 */
HRM_API bool hrm_areal_report_counts(const hrm_areal_report *report, hrm_areal_counts *out);

/** How many variables there are. @since 0.1 */
HRM_API size_t hrm_areal_report_amount_count(const hrm_areal_report *report);

/** The account of one. @return false when there is none of that number or `out` has no size @since 0.1 */
HRM_API bool hrm_areal_report_amount(const hrm_areal_report *report, size_t i, hrm_areal_amount *out);

/** How many rows there are. @since 0.1 */
HRM_API size_t hrm_areal_report_row_count(const hrm_areal_report *report);

/** One row, in the order of the source. @return false when there is none of that number or `out` has no size
 * @since 0.1 */
HRM_API bool hrm_areal_report_row(const hrm_areal_report *report, size_t i, hrm_areal_row *out);

HRM_END_DECLS

#endif
