/**
 * @file proximity.h
 * Nearness: how far each community is from a front, an occupied area, a border, and how much of it lies
 * inside.
 */
#ifndef HROMADA_PROXIMITY_H
#define HROMADA_PROXIMITY_H

#include "hromada/table.h"

HRM_BEGIN_DECLS

/** A geometry to measure nearness to; immutable, shareable. @see hrm_reference_from_wkb, hrm_reference_open
 */
typedef struct hrm_reference hrm_reference;

/** What a reference was made of. @see hrm_reference_counts */
typedef struct hrm_reference_counts_info {
    uint32_t struct_size; /**< the caller's sizeof */
    uint32_t reserved;    /**< 0 */
    size_t features;      /**< features read */
    size_t empty;         /**< without geometry, passed over */
    size_t repaired;      /**< invalid polygons made valid */
    size_t polygons;      /**< polygon parts kept */
    size_t lines;         /**< line parts kept */
    size_t points;        /**< points kept */
    size_t vertices;      /**< vertices kept */
} hrm_reference_counts_info;

/**
 * Make a reference from well-known binary: polygons, lines, points and collections of them, mixed; Z is
 * ignored.
 *
 * @param ctx        the caller's context
 * @param wkb        `count` geometries; an element may be NULL (empty)
 * @param wkb_sizes  bytes of each
 * @param count      at least 1
 * @param crs        as for hrm_layer_from_wkb(); needed. x is the easting or longitude
 * @param source     the file, for messages; NULL for "the reference"
 * @param[out] out   the reference; free with hrm_reference_free()
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_CRS, HRM_ERROR_GEOMETRY (unreadable, or nothing in it),
 * HRM_ERROR_LIMIT, HRM_ERROR_MEMORY, HRM_ERROR_CANCELLED
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_reference_from_wkb(hrm_context *ctx, const uint8_t *const *wkb,
                                                         const size_t *wkb_sizes, size_t count,
                                                         const char *crs, const char *source,
                                                         hrm_reference **out);

/** Free a reference; NULL is nothing. @since 0.1 */
HRM_API void hrm_reference_free(hrm_reference *reference);

/** What it was made of. @return false when `out` has no size @since 0.1 */
HRM_API bool hrm_reference_counts(const hrm_reference *reference, hrm_reference_counts_info *out);

/** How to name and describe the columns. */
typedef struct hrm_proximity_options {
    uint32_t struct_size; /**< sizeof (hrm_proximity_options) */
    int32_t nearness;   /**< what being near means: HRM_HIGHER_WORSE (a front; the default), HRM_HIGHER_BETTER
                           (a service) or HRM_NEUTRAL; gives the columns their direction */
    const char *id;     /**< begins the columns' names; needed, without `@` */
    const char *period; /**< "2024-07-08": columns end in `@2024-07-08`; NULL for plain names */
    const char *title_en; /**< what is measured to, for titles: "the front line"; NULL: the id */
    const char *title_uk; /**< the same in Ukrainian, genitive: "лінії фронту"; NULL: the id */
    const char *source;   /**< for the columns' source notes; NULL: the reference's own */
} hrm_proximity_options;

/** Prepare options: nearness worse, everything else zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_proximity_options_init(hrm_proximity_options *options, size_t struct_size);

/**
 * Nearness of every community to a reference.
 *
 * Adds to the table: `<id>_distance_m`, the least distance from the territory, 0 where they touch or overlap;
 * `<id>_centre_distance_m`, from the centroid, 0 inside; and, where the reference has polygons,
 * `<id>_inside_share`, the part of the territory's area inside, 0 to 1. Metres on the WGS 84 ellipsoid; edges
 * are straight in longitude and latitude, as GeoJSON says. Missing (no coverage) without a boundary. What
 * polygons of the reference cover twice counts once.
 *
 * Rolled up, the distance of a raion is the least of its communities', the share their mean weighted by
 * `area_m2` where the table has that column (the polygons' own areas) and else nothing; the distance from the
 * centre does not roll up, since a raion's centre is not one of theirs.
 *
 * @param ctx        the caller's context
 * @param layer      N communities
 * @param reference  what nearness is measured to
 * @param options    the id is needed
 * @param table      of this layer; gets two or three columns, all or none
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_DUPLICATE, HRM_ERROR_GEOMETRY, HRM_ERROR_MEMORY,
 * HRM_ERROR_CANCELLED
 *
 * Accuracy: distances within 0.5 m (what tests/reference finds by brute force differs by less than 0.001 m),
 * shares within 1e-4 (there, 1e-6). Touching is decided exactly. Threads: layer and reference may be shared.
 * Cost: about (N + M) log M for N and M edges. Source: Karney (2013), doi:10.1007/s00190-012-0578-z; the
 * methods are in lib/geo/nearest.c and lib/geo/share.c.
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_proximity(hrm_context *ctx, const hrm_layer *layer,
                                                const hrm_reference *reference,
                                                const hrm_proximity_options *options, hrm_table *table);

HRM_END_DECLS

#endif
