/*
 * A tally from inside: tally.c counts, tally_entries.c lists what no community got, tally_table.c lays the
 * result into a table.
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
    hrmi_arena texts; /* of the options and the entries */
    const hrm_layer *layer;
    hrmi_locator locator;
    size_t rows;
    hrm_tally_options options; /* its texts in `texts` */
    hrm_tally_counts_info counts;
    uint64_t *count;        /* per row */
    uint64_t **class_count; /* per class, per row */
    size_t class_capacity;
    hrmi_labels classes;
    hrmi_tally_cell *cells; /* per row, per field side by side */
    hrmi_tally_cell *all;   /* per field: of every point */
    hrmi_sum *allocated;    /* per field: of points inside */
    hrm_tally_entry *entries;
    size_t entry_count, entry_capacity;
};

enum { HRMI_TALLY_ENTRIES = 10000 };

/* In place of the row of a point that has none. */
#define HRMI_POINT_OUTSIDE  UINT32_MAX
#define HRMI_POINT_UNUSABLE (UINT32_MAX - 1)

/* What the reader of a file knows of a point: why its coordinates, or the value of a field, cannot be used.
 */
typedef struct hrmi_point_note {
    size_t point;     /* in the batch */
    size_t field;     /* HRM_NONE for the coordinates */
    const char *text; /* must live as long as the tally */
} hrmi_point_note;

typedef struct hrmi_point_notes {
    const int64_t *rows;    /* per point: its row in the file */
    hrmi_point_note *notes; /* in the order of points; of one point the coordinates first */
    size_t count;
    uint64_t beyond; /* values of the batch that are no number and have no note, as the list is full */
} hrmi_point_notes;

/* hrm_tally_add() with checked arguments; notes may be NULL. */
hrm_status hrmi_tally_add(hrm_context *ctx, hrm_tally *tally, size_t count, const double *x, const double *y,
                          const char *const *classes, const double *values, const hrmi_point_notes *notes);

/* Writes the entries of a batch behind those that count, without counting them yet: *staged of them, and
 * *beyond that the list has no room for. `row` is per point a row of the layer, or HRMI_POINT_…. */
hrm_status hrmi_tally_list(hrm_context *ctx, hrm_tally *tally, size_t count, const double *x, const double *y,
                           const uint32_t *row, const hrmi_point_notes *notes, size_t *staged,
                           uint64_t *beyond);

#endif
