/*
 * The layer from inside: what layer_build.c puts together and layer.c answers from.
 */
#ifndef HRMI_LAYER_PARTS_H
#define HRMI_LAYER_PARTS_H

#include "base/arena.h"
#include "base/index.h"
#include "community/layer.h"

/* The raions or the oblasts. */
typedef struct hrmi_units {
    size_t count;
    size_t *of_row; /* per row: its unit */
    size_t *row_start; /* count + 1: the rows of unit u are rows[row_start[u]] … rows[row_start[u + 1] − 1] */
    size_t *rows;      /* in the layer's order */
    const char **code;    /* "UA0502", "UA05" */
    const char **name_uk; /* NULL where no row says it */
    const char **name_en;
} hrmi_units;

typedef struct hrmi_issue {
    int32_t kind;
    size_t feature; /* its number in the input */
    int64_t feature_id;
    size_t row;
    const char *code;
    const char *text;
} hrmi_issue;

struct hrm_layer {
    hrm_allocator allocator;
    hrmi_arena texts;
    hrmi_index index; /* key → row */
    hrmi_shapes shapes;
    size_t count;
    size_t feature_count;
    bool has_levels;
    const char **key;
    const char **code;
    const char **name_uk;
    const char **name_en;
    double *area_m2;
    double *official_m2;
    double *centroid; /* 2 per row */
    hrmi_units raions, oblasts;
    hrmi_issue *issues;
    size_t issue_count, issue_capacity;
    uint64_t fingerprint;
};

/* Fills a level's units from the first `digits` digits of the rows' keys, in order of first row; names are
 * copied from the first row that has one. `names` are per row, NULL for none. */
hrm_status hrmi_layer_find_units(hrm_context *ctx, hrm_layer *layer, size_t digits,
                                 const char *const *names_uk, const char *const *names_en, hrmi_units *out);

/* Puts the findings in order and tells the log of them. */
void hrmi_layer_settle_issues(hrm_context *ctx, hrm_layer *layer, const char *source);

/* The units of a level, or NULL where the layer has none of it (and for country and community). */
const hrmi_units *hrmi_layer_units(const hrm_layer *layer, int32_t level);

#endif
