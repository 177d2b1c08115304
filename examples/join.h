/*
 * What the files of hromada-join share: its options, what one run holds, and the page.
 *
 *     join_options.c   the options
 *     join_check.c     what they say, and cannot say together
 *     join_read.c      boundaries, codifier, crosswalk, aliases, and the table's fields
 *     join_columns.c   the columns to make, and the join itself
 *     join_page.c      the account as a page in the terminal: counts, amounts, notes …
 *     join_lists.c     … and lists of rows and communities
 *     join_words.c     its texts in Ukrainian and English
 */
#ifndef JOIN_H
#define JOIN_H

#include "program.h"

/* The options, by their place. */
enum {
    TO,
    TO_LAYER,
    CODE,
    NAME,
    RAION,
    OBLAST,
    TYPE,
    X,
    Y,
    CRS,
    PERIOD,
    CODIFIER,
    CROSSWALK,
    ALIASES,
    SHEET,
    HEADER_ROW,
    HEADER_ROWS,
    WHERE,
    SQL,
    ENCODING,
    DECIMAL,
    DUPLICATES,
    KEEP_TOTALS,
    COLUMN,
    OUTPUT,
    JSON,
    SUGGEST,
    LIST,
    ALLOW_SERVER,
    LANGUAGE,
    OPTION_COUNT
};

extern program_option join_options[OPTION_COUNT];

/* The argument of an option; NULL where it was not given. */
static inline const char *given(int option) {
    return join_options[option].value;
}

/* Everything that one run holds. */
typedef struct join_run {
    program *self;
    hrm_context *ctx;
    const char *table_path;
    int32_t language;
    int32_t decimal;
    int32_t duplicates;
    uint32_t header_row, header_rows;
    const char *crosswalk[3]; /* file, written, code */
    char *crosswalk_text;
    hrm_layer *layer;
    hrm_codifier *codifier;
    hrm_crosswalk *old_codes;
    hrm_crosswalk *aliases;
    hrm_gazetteer *gazetteer;
    hrm_fields *fields;
    const char *code;
    size_t column_count;
    hrm_join_column *columns;
    hrm_column_info *infos;
    const char **cells;
    char *ids; /* of --column */
    hrm_table *table;
    hrm_join_report *report;
} join_run;

/* Reads the options into the run; false after saying what is wrong with them. */
bool join_read_options(join_run *r);
bool join_ends_with(const char *text, const char *end); /* in capitals or not; `end` is in small letters */

hrm_source join_table_source(const join_run *r);
hrm_status join_open_layer(join_run *r);     /* and all that rows are found by */
hrm_status join_look_at_fields(join_run *r); /* where columns or the field of codes must be chosen */
hrm_status join_choose_columns(join_run *r);
hrm_status join_rows(join_run *r);

/* ---- the page ---- */

void join_print_page(const join_run *r);
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
    SAY_COUNT
};
enum { NUMBER = 48 };

const char *join_say(const join_run *r, int word);

/* What is counted, as it is written behind so many: "1 рядок", "2 рядки", "5 рядків". */
enum { THINGS_ROWS, THINGS_COMMUNITIES };
const char *join_things(const join_run *r, int things, size_t count);

/* A text without blanks at its end behind another one, with the separator where there is something before it.
 */
void join_add_text(char *out, size_t size, const char *separator, const char *text);

/* A text cut to so many places, with an ellipsis; itself where it is short enough. */
const char *join_shorten(const char *text, size_t width, char *out, size_t size);

/* A whole number as text; its room, for use in a call. */
const char *join_count(size_t count, char text[NUMBER]);

#endif
