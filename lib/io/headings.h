/*
 * Headings that stand in one row or in several below each other, as people lay out tables: a group over some
 * columns is written once, in its first cell, and the cells to its right are empty (merged cells come so); a
 * heading that is as high as all rows is written once, in the uppermost.
 *
 *     Код | Доходи |        | Видатки |
 *         | Усього | власні | Усього  | оплата праці
 *
 * is read as `Код`, `Доходи / Усього`, `Доходи / власні`, `Видатки / Усього`, `Видатки / оплата праці`.
 */
#ifndef HRMI_HEADINGS_H
#define HRMI_HEADINGS_H

#include "base/arena.h"
#include "io/names.h"

enum { HRMI_HEADING_ROWS_MOST = 8 };

/* One row of cells; "" for an empty one. */
typedef struct hrmi_heading_row {
    const char *const *cells;
    size_t count;
} hrmi_heading_row;

typedef struct hrmi_headings {
    hrmi_names names;       /* joined; an empty one is "field_3" */
    const bool *from_first; /* of each, whether the first of the rows says something of it */
    const bool *said;       /* of each, whether any row does */
    bool blank;             /* the first of the rows is all blank */
} hrmi_headings;

/* Joins rows of headings. In the arena. Blanks around cells go, line breaks become blanks; a text that stands
 * in two rows of one column is taken once. */
hrm_status hrmi_headings_join(hrm_context *ctx, hrmi_arena *arena, const hrmi_heading_row *rows, size_t count,
                              hrmi_headings *out);

typedef struct hrmi_headings_fit {
    size_t wanted;   /* names that are asked for */
    size_t held;     /* those that are there */
    bool twice;      /* one of them is there more than once */
    bool uses_first; /* one of them needs the first of the rows */
} hrmi_headings_fit;

/* How well headings hold the names that are asked for; NULL among them is not asked for. */
hrmi_headings_fit hrmi_headings_try(const hrmi_headings *headings, const char *const *wanted, size_t count);

/* Whether a row says column numbers, as official tables do below their headings: 1, 2, 3 … from left to
 * right in all cells that are filled, three at least, perhaps with letters (А, Б) before. */
bool hrmi_headings_are_numbers(const char *const *cells, size_t count);

/* Whether a heading is a code of a community, an oblast or a raion: what should be data. */
bool hrmi_headings_is_code(const char *text);

/* Where the headings stand among the first rows of a table, of which nothing else is known: *row from 1 and
 * how many, `fewest` to `most`. *row is 0 where no row holds a code, or nothing stands above the first that
 * does. */
hrm_status hrmi_headings_guess(hrm_context *ctx, const hrmi_heading_row *rows, size_t count, size_t fewest,
                               size_t most, size_t *row, size_t *row_count);

#endif
