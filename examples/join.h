/*
 * What the files of hromada-join share: its options, what one run holds, and the page.
 *
 *     join_options.c   the options
 *     join_check.c     what they say, and cannot say together
 *     join_outputs.c   which files it may write
 *     join_read.c      boundaries, codifier, crosswalk, aliases, and the table's fields
 *     join_columns.c   the columns to make, and the join itself
 *     join_page.c      the account as a page in the terminal: counts …
 *     join_amounts.c   … amounts
 *     join_notes.c     … remarks on the table and its columns
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
    TO_CODE,
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
    char *ids;         /* of --column */
    hrm_status joined; /* what the join said */
    hrm_table *table;
    hrm_join_report *report;
} join_run;

/* Reads the options into the run; false after saying what is wrong with them. */
bool join_read_options(join_run *r);
bool join_check_outputs(const join_run *r);             /* nothing that is read is written over; as above */
bool join_ends_with(const char *text, const char *end); /* in capitals or not; `end` is in small letters */

hrm_source join_table_source(const join_run *r);
hrm_status join_open_layer(join_run *r);     /* and all that rows are found by */
hrm_status join_look_at_fields(join_run *r); /* where columns or the field of codes must be chosen */
hrm_status join_choose_columns(join_run *r);
hrm_status join_rows(join_run *r);
bool join_is_key(const join_run *r, size_t place); /* a field that rows are found by */

void join_print_page(const join_run *r);

#endif
