/**
 * @file layer.h
 * The communities: code, names, parents, boundary, ellipsoidal area, centroid and box.
 *
 * A layer is made once (hrm_layer_from_wkb() here, hrm_layer_open() in io.h) and never changes after; threads
 * may share it. Row i is the same community everywhere: in the layer, in its tables and in its panels. Rows
 * keep the order in which the codes first came in the source.
 *
 * The **key** of a community is 7 digits (oblast 2, raion 2, community 3), the same for a KATOTTG code
 * (UA05020030000031457), a P-code (UA0502003) and the codes of settlements and city districts inside the
 * community, of either kind. Kyiv (UA80000000000093317, UA8000000) and Sevastopol (UA85…) count as
 * communities with the keys 8000000 and 8500000. Other codes of oblasts and raions have no key:
 * UA32000000000030281 is Kyiv oblast and never joins to the unit UA3200000 of COD-AB, the Chornobyl zone;
 * Prypiat and Chornobyl do, which lie in no community. Layers whose codes are neither have the code itself as
 * key, and no raions or oblasts.
 *
 * Inside, everything is WGS 84 longitude, latitude in degrees; areas are m² on the ellipsoid.
 */
#ifndef HROMADA_LAYER_H
#define HROMADA_LAYER_H

#include "hromada/context.h"

HRM_BEGIN_DECLS

/** Communities and their boundaries, immutable. @see hrm_layer_from_wkb, hrm_layer_open */
typedef struct hrm_layer hrm_layer;

/** The levels that rows can be rolled up to. */
enum {
    HRM_LEVEL_COUNTRY = 0,  /**< everything, one unit */
    HRM_LEVEL_OBLAST = 1,   /**< the first two digits of the key; code "UA05" */
    HRM_LEVEL_RAION = 2,    /**< the first four digits of the key; code "UA0502" */
    HRM_LEVEL_COMMUNITY = 3 /**< a row of the layer */
};

/** Languages of names and titles. */
enum { HRM_UK = 0, HRM_EN = 1 };

/** What a layer found worth telling about one feature. */
enum {
    HRM_ISSUE_EMPTY_GEOMETRY = 1, /**< kept as a row; area, centroid and box are NaN */
    HRM_ISSUE_REPAIRED = 2,       /**< the ring or polygon was invalid and was made valid */
    HRM_ISSUE_MERGED = 3, /**< a further feature of the same code, its geometry united with the first one's */
    HRM_ISSUE_NO_CODE = 4,      /**< left out: the code is missing, or none was found for its name */
    HRM_ISSUE_BROKEN_CODE = 5,  /**< left out: the code is damaged */
    HRM_ISSUE_NOT_POLYGON = 6,  /**< points or lines where polygons should be: left out, the feature itself
                                   where it has nothing else */
    HRM_ISSUE_BAD_GEOMETRY = 7, /**< kept as a row without boundary: could not be read, or not be repaired */
    HRM_ISSUE_BAD_AREA = 8      /**< kept as a row; its official area is no number above 0, and is left out */
};

/** One finding about one feature. @see hrm_layer_issue */
typedef struct hrm_layer_issue_info {
    uint32_t struct_size; /**< the caller's sizeof */
    int32_t kind;         /**< HRM_ISSUE_… */
    int64_t feature_id;   /**< the source's id of the feature */
    size_t row;           /**< the row it belongs to, or ::HRM_NONE where it was left out */
    const char *code;     /**< as written in the source, bytes that are no UTF-8 as `?`; "" where missing;
                             borrowed from the layer */
    const char *text;     /**< what and why, in words; borrowed from the layer */
} hrm_layer_issue_info;

/** Where a layer comes from when no file is read: parallel arrays of `count` features, all borrowed for the
 * call. */
typedef struct hrm_layer_input {
    uint32_t struct_size;     /**< sizeof (hrm_layer_input) */
    uint32_t reserved;        /**< 0; anything else is refused */
    size_t count;             /**< features; at least 1 */
    const char *const *codes; /**< needed; an element may be NULL or "" (reported, left out) */
    const uint8_t *const
        *wkb; /**< needed; ISO, OGC or EWKB polygons and collections of them; an element may be NULL
                   (empty geometry). x is the easting or longitude, whatever the CRS's own axis order */
    const size_t *wkb_sizes; /**< needed; bytes */
    const char *crs; /**< needed; "EPSG:4326", "OGC:CRS84", WKT, a PROJ string, or the whole name in PROJ's
                        database */
    const int64_t *feature_ids;   /**< ids for messages; NULL for 0, 1, 2 … */
    const char *const *names_uk;  /**< NULL, or names, UTF-8; elements may be NULL. Of several features of a
                                     community (raion, oblast) the first that has one names it */
    const char *const *names_en;  /**< the same in English */
    const char *const *raion_uk;  /**< NULL, or the raion's name on each row */
    const char *const *raion_en;  /**< the same in English */
    const char *const *oblast_uk; /**< NULL, or the oblast's name on each row */
    const char *const *oblast_en; /**< the same in English */
    const double
        *official_area_m2; /**< NULL, or the official area, NaN where unknown; summed over merged features. An
                             infinity (an area that could not be read) and 0 or less are reported, left out */
    const char *source;    /**< the file or table, for messages; NULL for "the layer" */
    const char *const
        *no_code_why; /**< NULL, or why a feature has no code, for its issue; elements may be NULL */
} hrm_layer_input;

/**
 * Prepare an input: everything zero, `struct_size` set.
 *
 * @param input        what to fill
 * @param struct_size  the caller's `sizeof *input`
 * @since 0.1
 */
HRM_API void hrm_layer_input_init(hrm_layer_input *input, size_t struct_size);

/**
 * Make a layer from well-known binary.
 *
 * Codes: where at least nine tenths of the codes given are KATOTTG codes or P-codes of communities or of what
 * lies in them, the others are broken (reported, left out); otherwise all codes are opaque text. Several
 * features with one key become one community: their boundaries united, their official areas added up. Invalid
 * polygons are repaired (GEOS, structure method). Every departure is an issue, see hrm_layer_issue(); the log
 * gets a sentence for each kind.
 *
 * @param ctx       the caller's context
 * @param input     the features; nothing in it is kept
 * @param[out] out  the layer; free with hrm_layer_free()
 * @return HRM_OK, HRM_ERROR_ARGUMENT (also for a name that is not UTF-8), HRM_ERROR_CRS, HRM_ERROR_CODE (not
 * one feature with a code), HRM_ERROR_GEOMETRY (not one boundary), HRM_ERROR_MEMORY, HRM_ERROR_CANCELLED
 *
 * Cost: O(vertices). Source of areas: Karney (2013), doi:10.1007/s00190-012-0578-z, edges as geodesics
 * between the vertices.
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_layer_from_wkb(hrm_context *ctx, const hrm_layer_input *input,
                                                     hrm_layer **out);

/** Free a layer; NULL is nothing. Tables made for it live on. @since 0.1 */
HRM_API void hrm_layer_free(hrm_layer *layer);

/** How many communities: N. @since 0.1 */
HRM_API size_t hrm_layer_count(const hrm_layer *layer);

/** The key of row i: 7 digits, or the code itself in a layer of opaque codes. Borrowed; NULL when i is no
 * row. @since 0.1 */
HRM_API const char *hrm_layer_key(const hrm_layer *layer, size_t i);

/** The code of row i as the source wrote it (without blanks around it). Borrowed; NULL when i is no row.
 * @since 0.1 */
HRM_API const char *hrm_layer_code(const hrm_layer *layer, size_t i);

/** The name of row i in HRM_UK or HRM_EN; NULL where the source has none. Borrowed. @since 0.1 */
HRM_API const char *hrm_layer_name(const hrm_layer *layer, size_t i, int32_t language);

/** Whether keys are 7 digits with raions and oblasts in them, or opaque text. @since 0.1 */
HRM_API bool hrm_layer_has_levels(const hrm_layer *layer);

/** The area of row i's polygon, m² on WGS 84; NaN without a boundary. For shares of the polygon. @since 0.1
 */
HRM_API double hrm_layer_area_m2(const hrm_layer *layer, size_t i);

/** The official area of row i, m²; NaN where the source gives none. For densities. @since 0.1 */
HRM_API double hrm_layer_official_area_m2(const hrm_layer *layer, size_t i);

/**
 * The centroid of row i: the mean in space of all points of its surface, each m² with the same weight,
 * brought up to the ellipsoid along the normal. It depends on no projection; exact to 0.1 mm.
 *
 * @param layer     the layer
 * @param i         the row
 * @param[out] out  longitude, latitude; both NaN without a boundary
 * @since 0.1
 */
HRM_API void hrm_layer_centroid(const hrm_layer *layer, size_t i, double out[2]);

/** The box of row i: west, south, east, north in degrees; NaN without a boundary. @since 0.1 */
HRM_API void hrm_layer_box(const hrm_layer *layer, size_t i, double out[4]);

/**
 * The row of a code: KATOTTG, P-code or a settlement's code of any form, or the opaque code.
 *
 * @param layer  the layer
 * @param code   UTF-8; blanks around it are passed over. In a layer with levels the bare seven digits of
 * hrm_layer_key() are no code: put "UA" before them
 * @return the row, or ::HRM_NONE. Cost: O(1). Threads: any.
 * @since 0.1
 */
HRM_API size_t hrm_layer_find(const hrm_layer *layer, const char *code);

/** How many units a level has: communities, raions, oblasts or 1; 0 for levels that the layer lacks. @since
 * 0.1 */
HRM_API size_t hrm_layer_unit_count(const hrm_layer *layer, int32_t level);

/** The unit of a level that row i belongs to, or ::HRM_NONE. @since 0.1 */
HRM_API size_t hrm_layer_unit_of(const hrm_layer *layer, int32_t level, size_t i);

/** The code of a unit: "UA0502", "UA05", "UA" (of the country whatever the codes are); of a community
 * hrm_layer_code(). Borrowed; NULL for no unit.
 * @since 0.1 */
HRM_API const char *hrm_layer_unit_code(const hrm_layer *layer, int32_t level, size_t unit);

/** The name of a unit in HRM_UK or HRM_EN; NULL where the source has none, and of the country. Borrowed.
 * @since 0.1 */
HRM_API const char *hrm_layer_unit_name(const hrm_layer *layer, int32_t level, size_t unit, int32_t language);

/**
 * The boundary of a unit as ISO WKB multipolygon, WGS 84, little endian. Of a raion, an oblast or the
 * country: its communities' polygons united.
 *
 * @param ctx              the caller's context
 * @param layer            the layer
 * @param level            HRM_LEVEL_…
 * @param unit             the unit (for communities the row)
 * @param[out] buffer      room for the bytes; NULL to ask only, whatever the capacity
 * @param capacity         how many bytes `buffer` holds
 * @param[out] size        how many bytes the boundary needs; 0 without a boundary, and on failure. When it is
 * more than `capacity`, nothing was written
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_GEOMETRY, HRM_ERROR_MEMORY
 *
 * Cost: a copy for communities; else a union (GEOS), done in every call: keep a buffer with room to spare
 * over a loop instead of asking first. Outlines run counter-clockwise, holes clockwise.
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_layer_wkb(hrm_context *ctx, const hrm_layer *layer, int32_t level,
                                                size_t unit, uint8_t *buffer, size_t capacity, size_t *size);

/** How many features the source had, those left out included. @since 0.1 */
HRM_API size_t hrm_layer_feature_count(const hrm_layer *layer);

/** How many findings there are. @since 0.1 */
HRM_API size_t hrm_layer_issue_count(const hrm_layer *layer);

/**
 * One finding.
 *
 * @param layer     the layer
 * @param i         0 … hrm_layer_issue_count() − 1
 * @param[out] out  filled as far as its `struct_size` reaches
 * @return false when i is too large or `out` has no size
 * @since 0.1
 */
HRM_API bool hrm_layer_issue(const hrm_layer *layer, size_t i, hrm_layer_issue_info *out);

/** How well the boundaries fit together. @see hrm_layer_topology */
typedef struct hrm_topology {
    uint32_t struct_size;     /**< the caller's sizeof */
    uint32_t reserved;        /**< 0 */
    size_t touching_pairs;    /**< pairs of communities that touch or overlap */
    size_t overlap_pairs;     /**< pairs with a common area */
    double overlap_area_m2;   /**< the sum of those pairs' common areas */
    size_t gap_count;         /**< holes in the union of all communities */
    double gap_area_m2;       /**< what these holes enclose */
    double uncovered_area_m2; /**< that without the pieces of communities that lie inside a hole and touch
                                 nothing */
} hrm_topology;

/**
 * How much neighbours overlap, and how much lies between them. Never done unasked: it costs more than
 * loading.
 *
 * @param ctx       the caller's context
 * @param layer     the layer
 * @param[out] out  filled as far as its `struct_size` reaches
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_GEOMETRY, HRM_ERROR_MEMORY, HRM_ERROR_CANCELLED
 *
 * Method: GEOS, in the plane of degrees; areas on the ellipsoid. A gap is a hole in the union of all
 * boundaries: a place from which one cannot get outside without crossing one of them. Whatever the world
 * outside can reach is no gap, however narrow; a community without boundary in the midst of others is one.
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_layer_topology(hrm_context *ctx, const hrm_layer *layer,
                                                     hrm_topology *out);

HRM_END_DECLS

#endif
