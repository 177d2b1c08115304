/*
 * A join under way, as its own files see it.
 *
 * For every period (one nameless one without periods) a block holds a slot per community and a cell per
 * community and column. Rows go into their slot as they come and are then forgotten: memory follows
 * communities × columns × periods and the entries of the report, not the rows of the source.
 *
 * A batch is gone over twice. The first walk does all that can fail: join_find.c finds each row's community,
 * join_entries.c lays out what the report will say of it, join_rows.c reads the cells. The second
 * (join_commit.c) puts the numbers where they belong, and cannot fail.
 */
#ifndef HRMI_JOIN_H
#define HRMI_JOIN_H

#include "base/arena.h"
#include "base/number.h"
#include "base/sum.h"
#include "geo/crs.h"
#include "geo/locate.h"
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
    const hrmi_join_said *said; /* by that row; only where it may yet lose its place. May be NULL */
    hrmi_join_claim *claim;     /* HRM_DUPLICATES_HOLD, once there is a second row */
    hrmi_join_tally *tallies;   /* sum and mean, once there is a second row: one per column */
    size_t form;                /* of that row, see hrmi_join_form; HRM_NONE for none */
    uint8_t way;                /* HRM_MATCH_… of that row */
    bool several;               /* that row's point lies in several communities */
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
    size_t form;                /* of the report, HRM_NONE for none */
    int64_t number;             /* of the row in its source */
    const hrmi_join_said *said; /* where it may yet lose its place; may be NULL */
    uint8_t outcome;            /* HRM_ROW_… */
    uint8_t way;                /* HRM_MATCH_… */
    uint8_t reason;             /* HRM_REASON_… */
    const char *mended;         /* what was wrong with its code, static; NULL where nothing was */
    bool several;               /* its point lies in several communities */
} hrmi_join_row;

typedef union hrmi_join_cell {
    double number;
    const char *old_text; /* what the block had before */
} hrmi_join_cell;

/* The batch being read: it counts as a whole or not at all. */
typedef struct hrmi_join_cells {
    hrmi_join_row *rows;
    size_t row_capacity;
    hrmi_join_cell *cells;
    size_t cell_capacity;
    uint8_t *kinds; /* of the cells */
    size_t kind_capacity;
} hrmi_join_cells;

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
    const hrm_gazetteer *gazetteer; /* the caller's, or `own`; NULL until one is needed */
    hrm_gazetteer *own;
    const char *crs; /* of coordinates */
    hrmi_locator locator;
    bool has_locator; /* made when the first row with coordinates comes */
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
    hrmi_arena arena;   /* texts of columns, tallies, claims */
    hrmi_buffer scratch;
    uint64_t fed; /* rows so far */
    hrmi_join_cells batch;
    hrm_join_report *report;
    int64_t twice[2]; /* the first two rows of one community */
    size_t twice_community;
    size_t twice_block;
};

/* A batch while it is read. */
typedef struct hrmi_join_reader {
    hrm_context *ctx;
    hrm_join *join;
    const hrm_join_batch *batch;
    hrmi_crs *crs;      /* opened for the first row with coordinates; it belongs to the context's thread */
    size_t staged;      /* entries put behind those of the report, not yet counted */
    size_t replaceable; /* rows of the batch that may take another's place, and so need an entry for it */
    size_t faults;      /* cells that cannot be used */
    /* the row at hand */
    size_t at;
    int64_t number;
    uint64_t sequence;
    hrm_place_words words; /* NULL for what it does not say */
    double x, y;
    uint32_t candidates;        /* communities that fit its name */
    const char *why;            /* more on the reason: static, or in the report; NULL or "" for nothing */
    const hrmi_join_said *said; /* made when an entry needs it */
} hrmi_join_reader;

/* The block of a period, made when it is new. */
hrm_status hrmi_join_block_of(hrm_context *ctx, hrm_join *join, const char *period, size_t *place);

/* The gazetteer, made when it is first needed and the caller gave none. */
hrm_status hrmi_join_gazetteer(hrm_context *ctx, hrm_join *join);

/* Whether a cell is that of a row of totals: its first or last word is one for totals. See join_totals.c. */
bool hrmi_join_says_total(const char *text);

/* What the row at hand says, and where it belongs: fills community, block, way or reason. */
hrm_status hrmi_join_find(hrmi_join_reader *r, hrmi_join_row *row);

/* An entry for the row at hand that is not matched. */
hrm_status hrmi_join_stage_row(hrmi_join_reader *r, hrmi_join_row *row);

/* An entry for a cell of the row at hand. `why` must live as long as the report or the join. */
hrm_status hrmi_join_stage_cell(hrmi_join_reader *r, uint8_t kind, size_t column, const char *cell,
                                const char *why);

/* Keeps what the row at hand says, if it may yet be listed. */
hrm_status hrmi_join_say(hrmi_join_reader *r);

/* The form of the row at hand, for reasons that an alias can settle; HRM_NONE when there are too many. */
hrm_status hrmi_join_find_form(hrmi_join_reader *r, bool of_code, size_t *form);

/* Room for more entries behind the staged ones. */
hrm_status hrmi_join_reserve_entries(hrmi_join_reader *r, size_t more);

/* The second walk. */
void hrmi_join_commit(hrmi_join_reader *r);

/* A remark on the table as a whole; copied. For readers of files, before the join is finished. */
hrm_status hrmi_join_note(hrm_context *ctx, hrm_join *join, const char *text);

#endif
