/*
 * The account of a join while it grows, and closing it: entries are kept as what they say, and become
 * sentences at the end.
 */
#ifndef HRMI_JOIN_REPORT_H
#define HRMI_JOIN_REPORT_H

#include "base/arena.h"
#include "base/json.h"
#include "hromada/join.h"

enum { HRMI_CLEAN_SIZE = 81 }; /* a text cut to 80 bytes, and a zero */

/* What an entry says. */
enum {
    HRMI_ENTRY_NO_KEY,
    HRMI_ENTRY_BAD_KEY,       /* why */
    HRMI_ENTRY_NOT_IN_LAYER,  /* */
    HRMI_ENTRY_NO_PERIOD,     /* */
    HRMI_ENTRY_BAD_PERIOD,    /* cell, why */
    HRMI_ENTRY_OTHER_KEPT,    /* other_row; why: the period */
    HRMI_ENTRY_REPLACED,      /* other_row; why: the period */
    HRMI_ENTRY_BAD_CELL,      /* cell, why */
    HRMI_ENTRY_CONTRADICTION, /* cell; why: the text that is kept */
};

typedef struct hrmi_join_entry {
    uint64_t sequence; /* the row's place among all rows */
    int64_t row;
    int64_t other_row;
    size_t column; /* or HRM_NONE */
    const char *key;
    const char *cell;
    const char *why;
    const char *text; /* the sentence; NULL until the report is closed */
    uint8_t outcome;  /* HRM_ROW_… */
    uint8_t kind;     /* HRMI_ENTRY_… */
} hrmi_join_entry;

struct hrm_join_report {
    hrm_allocator allocator;
    hrmi_arena arena; /* keys, cells, periods, sentences, codes, ids */
    hrmi_join_entry *entries;
    size_t entry_count;
    size_t entry_capacity;
    bool unordered; /* entries are not in the order of the source */
    hrm_join_counts counts;
    hrm_join_amount *amounts;
    size_t amount_count;
    const char **columns; /* the ids of all columns */
    size_t column_count;
    uint8_t *has_row; /* per community */
    size_t community_count;
    const char **without_row; /* codes */
};

/* A report without rows. */
hrm_join_report *hrmi_join_report_new(hrm_context *ctx, size_t community_count);

/* A text made fit to be shown: at most 80 bytes, control characters as blanks, bytes that are not UTF-8 as
 * U+FFFD. Its length. */
size_t hrmi_clean(const char *text, size_t length, char out[HRMI_CLEAN_SIZE]);

/* Puts the entries in order, leaves out cells of rows that were replaced, and makes sentences of what they
 * say. May be called again after a failure. */
hrm_status hrmi_join_report_close(hrm_context *ctx, hrm_join_report *report);

/*
 * Writes a closed report as one JSON object: rows, communities, amounts, and the lists unmatched, duplicates,
 * unusable, cells and without_row, of each at most `most` (SIZE_MAX: all). Ask hrmi_json_status() at the end.
 */
void hrmi_join_report_json(hrmi_json *json, const hrm_join_report *report, size_t most);

#endif
