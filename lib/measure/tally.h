/*
 * A tally from inside: tally.c counts, tally_table.c lays the result into a table.
 */
#ifndef HRMI_TALLY_H
#define HRMI_TALLY_H

#include "base/sum.h"
#include "geo/locate.h"
#include "hromada/tally.h"
#include "measure/label.h"

/* One field of one community, or of all: what was summed. */
typedef struct hrmi_tally_cell {
    hrmi_sum sum;
    uint64_t numbers, missing;
} hrmi_tally_cell;

struct hrm_tally {
    hrm_allocator allocator;
    hrmi_arena texts; /* of the options */
    const hrm_layer *layer;
    hrmi_locator locator;
    size_t rows;
    hrm_tally_options options; /* its texts in `texts` */
    hrm_tally_counts_info counts;
    uint64_t *count;        /* per row */
    uint64_t **class_count; /* per class, per row */
    size_t class_capacity;
    hrmi_labels classes;
    hrm_tally_entry *entries; /* points in no community, the first of them */
    size_t entry_count, entry_capacity;
    hrmi_tally_cell *cells; /* per row, per field side by side */
    hrmi_tally_cell *all;   /* per field: of every point */
    hrmi_sum *allocated;    /* per field: of points inside */
};

#endif
