/* What the files of hromada-join's page share: its parts, and its texts in two languages. See join.h. */
#ifndef JOIN_PAGE_H
#define JOIN_PAGE_H

#include "join.h"

void join_print_amounts(const join_run *r);
void join_print_notes(const join_run *r);
void join_print_lists(const join_run *r, const hrm_join_counts *counts);

/* Texts of the page, by their place. */
enum {
    SAY_JOINED,
    SAY_NOT_JOINED,
    SAY_KEPT_OUT,
    SAY_OF_THEM,
    SAY_UNMATCHED_ROWS,
    SAY_DUPLICATE_ROWS,
    SAY_KEPT_OUT_ROWS,
    SAY_CELLS,
    SAY_WITHOUT_ROW,
    SAY_ROW,
    SAY_NOTHING,
    SAY_AMOUNTS,
    SAY_COLUMN,
    SAY_TOTAL,
    SAY_ALLOCATED,
    SAY_UNALLOCATED,
    SAY_ALL_ALLOCATED,
    SAY_NOTES,
    SAY_AND_MORE,
    SAY_AMBIGUOUS_PLACES,
    SAY_TWICE,
    SAY_NOTHING_WRITTEN,
    SAY_DECIDE,
    SAY_LABELS,
    SAY_COUNT
};
enum { NUMBER = 48 };

const char *join_say(const join_run *r, int word);

/* What is counted, as it is written behind so many: "1 рядок", "2 рядки", "5 рядків". */
enum { THINGS_ROWS, THINGS_COMMUNITIES };
const char *join_things(const join_run *r, int things, size_t count);

/* What a reason is called: no row was kept where the join was refused. */
const char *join_reason(const join_run *r, int32_t reason);

/* A text without blanks at its end behind another one, with the separator where there is something before it.
 */
void join_add_text(char *out, size_t size, const char *separator, const char *text);

/* A text cut to so many places, with an ellipsis; itself where it is short enough. */
const char *join_shorten(const char *text, size_t width, char *out, size_t size);

/* A whole number as text; its room, for use in a call. */
const char *join_count(size_t count, char text[NUMBER]);

#endif
