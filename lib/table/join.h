/*
 * A join under way, as its own files see it.
 *
 * For every period (one nameless one without periods) a block holds a slot per community and a cell per
 * community and column. Rows go into their slot as they come and are then forgotten: memory follows
 * communities × columns × periods and the entries of the report, not the rows of the source.
 */
#ifndef HRMI_JOIN_H
#define HRMI_JOIN_H

#include "base/arena.h"
#include "base/number.h"
#include "base/sum.h"
#include "table/columns.h"
#include "table/id.h"
#include "table/join_report.h"

/* What several rows of one community add up to in one column. */
typedef struct hrmi_join_tally {
    hrmi_sum sum;
    size_t count;
} hrmi_join_tally;

/* A community in a block. */
typedef struct hrmi_join_slot {
    size_t rows;       /* that reached it */
    size_t pending;    /* that will, of the batch being read */
    int64_t row;       /* the number of the row kept: the first, or with HRM_DUPLICATES_LAST the last */
    uint64_t sequence; /* its place among all rows */
    const char *key;   /* its key; only kept for HRM_DUPLICATES_LAST */
    hrmi_join_tally *tallies; /* sum and mean, once there is a second row: one per column */
} hrmi_join_slot;

/* A period. */
typedef struct hrmi_join_block {
    const char *period;    /* "" without periods */
    size_t rows;           /* that reached it */
    hrmi_join_slot *slots; /* per community */
    double *values;        /* per community and column; NaN where there is no number */
    const char **texts;    /* the same, NULL where there is no text; NULL when no column is text */
    uint8_t *states;       /* the same: HRM_PRESENT or why not; HRM_MISSING_NO_ROW until a row comes */
} hrmi_join_block;

/* What a cell of the batch is. */
enum { HRMI_JOIN_NUMBER, HRMI_JOIN_PERCENT, HRMI_JOIN_TEXT, HRMI_JOIN_MISSING, HRMI_JOIN_UNUSABLE };

/* What became of a row of the batch. */
typedef struct hrmi_join_row {
    size_t block;
    size_t community;
    const char *key; /* HRM_DUPLICATES_LAST: its copy in the report */
    uint8_t outcome; /* HRM_ROW_… */
} hrmi_join_row;

typedef union hrmi_join_cell {
    double number;
    const char *old_text; /* what the block had before */
} hrmi_join_cell;

/* The batch being read: it counts as a whole or not at all. */
typedef struct hrmi_join_batch {
    hrmi_join_row *rows;
    size_t row_capacity;
    hrmi_join_cell *cells;
    size_t cell_capacity;
    uint8_t *kinds; /* of the cells */
    size_t kind_capacity;
} hrmi_join_batch;

/* One column that the join makes. */
typedef struct hrmi_join_column {
    double scale;
    bool is_text;
    hrmi_sum total; /* numbers: all, those in the columns, and the others */
    hrmi_sum allocated;
    hrmi_sum unallocated;
    size_t numbers;
    size_t missing;
    size_t unusable;
    size_t percent_signs;
} hrmi_join_column;

struct hrm_join {
    hrm_allocator allocator;
    const hrm_layer *layer;
    size_t community_count;
    const char *source;
    int32_t duplicates;
    hrmi_decimal decimal;
    bool has_period;
    bool has_text;
    bool closed;            /* finishing has begun: no more rows */
    hrmi_columns described; /* the columns' descriptions, of no cells */
    hrmi_join_column *columns;
    size_t column_count;
    hrmi_join_block *blocks;
    size_t block_count;
    size_t block_capacity;
    hrmi_index periods; /* → block */
    hrmi_arena arena;   /* texts of columns, and tallies */
    uint64_t fed;       /* rows so far */
    hrmi_join_batch batch;
    hrm_join_report *report;
    int64_t twice[2]; /* the first two rows of one community */
    size_t twice_community;
    size_t twice_block;
};

/* The block of a period, made when it is new. */
hrm_status hrmi_join_block_of(hrm_context *ctx, hrm_join *join, const char *period, size_t *place);

/* Whether a cell is that of a row of totals: its first or last word is one for totals. See join_totals.c. */
bool hrmi_join_says_total(const char *text);

#endif
