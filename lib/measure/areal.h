/*
 * Areal interpolation from inside: areal.c leads, areal_rows.c makes shapes of the source rows, areal_parts.c
 * and areal_weights.c find which part of each row lies in which community, areal_columns.c makes columns and
 * amounts of it, areal_report.c keeps the account.
 */
#ifndef HRMI_AREAL_H
#define HRMI_AREAL_H

#include "base/arena.h"
#include "base/json.h"
#include "geo/boxes.h"
#include "geo/faces.h"
#include "hromada/areal.h"

struct hrm_areal_report {
    hrm_allocator allocator;
    hrmi_arena texts;
    hrm_areal_counts counts;
    hrm_areal_row *rows;
    size_t row_count;
    hrm_areal_amount *amounts;
    size_t amount_count;
};

/* A share of a source row below this is nothing: what arithmetic does to areas, and far below what boundaries
 * mean (0.01 m² of 100 km²). */
#define HRMI_AREAL_NOTHING 1e-10

/* What a source row and a community have in common, in shares of the row's measure. */
typedef struct hrmi_areal_pair {
    size_t row;    /* of the layer */
    double inside; /* of the row, that lies in the community */
    double part;   /* the same with what several communities cover divided between them; gaps shared out */
} hrmi_areal_pair;

/* One source row: its measure is its area in m², or the sum of the weights in it. */
typedef struct hrmi_areal_state {
    double measure;           /* NaN: it has no part anywhere */
    size_t first_pair, pairs; /* in the list of pairs */
    double gap;               /* shares of the measure: in gaps, and of it what is shared out */
    double gap_shared;
    double outside;
    bool by_area; /* with weights, in spite of them */
} hrmi_areal_state;

typedef struct hrmi_areal {
    hrm_context *ctx;
    const hrm_layer *layer;
    hrm_areal_input in;
    hrm_areal_column *columns; /* the input's, in structs of our size … */
    hrm_column_info *infos;    /* … with what they say of themselves */
    hrm_areal_options options;
    hrm_areal_weights weights; /* count 0: by area */
    hrm_areal_report *report;
    hrmi_shapes sources;
    hrmi_tree source_tree;
    hrmi_tree layer_tree;
    hrmi_boxes layer_boxes;
    hrmi_faces faces; /* of the layer */
    hrmi_tree overlap_tree, gap_tree;
    hrmi_boxes overlap_boxes, gap_boxes;
    hrmi_areal_state *states; /* per source row */
    hrmi_areal_pair *pairs;
    size_t pair_count, pair_capacity;
    size_t *place;            /* per community: its pair of the present row, or HRM_NONE */
    double *community_area;   /* m² per community; NaN without a boundary */
    double *community_weight; /* per community; NULL by area */
} hrmi_areal;

/* The number of a row in its source, for messages. */
int64_t hrmi_areal_row_number(const hrmi_areal *a, size_t i);

hrm_status hrmi_areal_rows(hrmi_areal *a);
hrm_status hrmi_areal_prepare(hrmi_areal *a); /* trees, boxes, overlaps and gaps */
hrm_status hrmi_areal_by_area(hrmi_areal *a);
hrm_status hrmi_areal_by_weights(hrmi_areal *a);
hrm_status hrmi_areal_columns(hrmi_areal *a, hrm_table *table);

/* Adds a community's pair to the present row, the `i`th; what it has in common is added to. */
hrm_status hrmi_areal_add_pair(hrmi_areal *a, size_t i, size_t row, double inside, double part);

/* When all pairs of row i are there and its gap is set: what lies outside, gaps shared out, the parts made to
 * add up. */
hrm_status hrmi_areal_close_row(hrmi_areal *a, size_t i);

hrm_areal_report *hrmi_areal_report_new(hrm_context *ctx, size_t rows, size_t columns);

/* The account as one JSON object; of rows that are not wholly inside at most `most` are listed. */
void hrmi_areal_report_json(hrmi_json *json, const hrm_areal_report *report, size_t most);

#endif
