/*
 * Walking over the features of an opened source, and what is taken from each: its geometry as WKB, its fields
 * as text or number.
 */
#ifndef HRMI_FEATURES_H
#define HRMI_FEATURES_H

#include "base/arena.h"
#include "base/number.h"
#include "io/source.h"

typedef struct hrmi_features {
    hrmi_opened *opened;
    OGRFeatureH feature; /* the present one; NULL at the end */
    size_t count;        /* features given so far */
    int64_t expected;    /* how many there are, or −1 */
    size_t wkb_bytes;    /* taken so far */
} hrmi_features;

/* Before the first feature. */
void hrmi_features_begin(hrmi_features *features, hrmi_opened *opened);

/* The next feature, or NULL in features->feature at the end. HRM_ERROR_FORMAT with GDAL's words where reading
 * fails, HRM_ERROR_LIMIT, HRM_ERROR_CANCELLED. */
hrm_status hrmi_features_next(hrm_context *ctx, hrmi_features *features);

/* Takes all features, one after the other. HRM_ERROR_FORMAT where there is none. */
hrm_status hrmi_features_each(hrm_context *ctx, hrmi_opened *opened,
                              hrm_status (*take)(hrmi_features *features, void *user), void *user);

/* Ends in any state. */
void hrmi_features_end(hrmi_features *features);

/* The geometry of the present feature as ISO WKB in the arena; NULL and 0 where there is none. Curves become
 * lines. */
hrm_status hrmi_features_wkb(hrm_context *ctx, hrmi_features *features, hrmi_arena *arena,
                             const uint8_t **wkb, size_t *size);

enum { HRMI_FIELD_TEXT_SIZE = 48 };

/* A field as text: what text fields hold, integers and doubles exactly, dates as ISO 8601. NULL where nothing
 * is set. Borrowed from the feature, or written to `buffer`. */
const char *hrmi_feature_text(OGRFeatureH feature, int field, char buffer[HRMI_FIELD_TEXT_SIZE]);

/* A field as number: numeric fields as they are (NaN is missing, infinities are unusable), texts as cells of
 * tables are read. */
hrmi_cell_kind hrmi_feature_number(OGRFeatureH feature, int field, hrmi_decimal decimal, hrmi_cell *cell);

/* The names of the fields of the opened layer, in the arena. */
hrm_status hrmi_features_names(hrm_context *ctx, const hrmi_opened *opened, hrmi_arena *arena,
                               hrmi_names *names);

#endif
