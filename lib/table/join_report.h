/*
 * The account of a join while it grows, and closing it: entries are kept as what they say, and become
 * sentences at the end.
 *
 * The list of entries is bounded, as a table whose key is another system's code has nothing else; what it
 * does not hold is counted. It holds the first ones in the order of the source, whatever the batches were:
 * rows that come late find it full, and rows that lose their place later (the last row is kept, or all are
 * held back) are sorted in when it is cut.
 */
#ifndef HRMI_JOIN_REPORT_H
#define HRMI_JOIN_REPORT_H

#include "base/arena.h"
#include "base/index.h"
#include "base/json.h"
#include "community/layer.h"
#include "hromada/join.h"

enum {
    HRMI_CLEAN_SIZE = 81,       /* a text cut to 80 bytes, and a zero */
    HRMI_JOIN_ENTRIES = 100000, /* entries listed */
    HRMI_JOIN_FORMS = 10000,    /* different written forms remembered */
    HRMI_JOIN_SUGGESTED = 2000, /* of which so many get suggestions: they cost up to a millisecond each */
    HRMI_JOIN_SUGGESTIONS = 3,  /* of one form */
    HRMI_JOIN_MENDS = 16,       /* kinds of damage to codes that are told */
    HRMI_JOIN_CLAIM_ROWS = 4,   /* rows of one community that a sentence names */
    HRMI_JOIN_WORD_BYTES = 512  /* of a written form; gazetteers look no further */
};

/* What an entry tells of. */
enum {
    HRMI_ENTRY_ROW,           /* a row that was not matched, by its reason */
    HRMI_ENTRY_REPLACED,      /* a row that lost its place to a later one: other_row */
    HRMI_ENTRY_BAD_CELL,      /* cell, why */
    HRMI_ENTRY_CONTRADICTION, /* cell; why: the text that is kept */
};

/* What a row says of its community, each cut to 80 bytes, "" for nothing. */
typedef struct hrmi_join_said {
    const char *key;
    const char *oblast;
    const char *raion;
} hrmi_join_said;

/* The rows that claim one community, where none of them is used. */
typedef struct hrmi_join_claim {
    int64_t rows[HRMI_JOIN_CLAIM_ROWS]; /* the first of them */
    size_t count;
    bool held; /* the first row has lost its place */
} hrmi_join_claim;

/* A written form that rows were not matched by, told once: what a person may settle with an alias. */
typedef struct hrmi_join_form {
    const char *written; /* a name or a code; all as they stand, "" for nothing */
    const char *oblast;
    const char *raion;
    const char *type;
    bool is_code;
    uint8_t reason; /* of its first row */
    uint8_t suggestion_count;
    size_t rows;                               /* that were not used and have it; 0: all were matched */
    size_t suggestions[HRMI_JOIN_SUGGESTIONS]; /* rows of the layer */
    const char *text;                          /* the sentence of its first row */
    const char *text_uk;
} hrmi_join_form;

typedef struct hrmi_join_entry {
    uint64_t sequence; /* the row's place among all rows */
    int64_t row;
    int64_t other_row;
    size_t column;    /* or HRM_NONE */
    size_t community; /* that it was found to be of, or HRM_NONE */
    size_t form;      /* or HRM_NONE */
    const hrmi_join_said *said;
    const hrmi_join_claim *claim; /* of rows held back */
    const char *period;           /* of duplicates; "" for none */
    const char *cell;
    const char *why;
    const char *text; /* the sentence; NULL until the report is closed */
    const char *text_uk;
    uint32_t candidates;
    uint8_t outcome; /* HRM_ROW_… */
    uint8_t kind;    /* HRMI_ENTRY_… */
    uint8_t reason;  /* HRM_REASON_… */
} hrmi_join_entry;

/* Codes that were mended in one way. */
typedef struct hrmi_join_mend {
    const char *why; /* static */
    int64_t row;     /* the first */
    size_t rows;
} hrmi_join_mend;

struct hrm_join_report {
    hrm_allocator allocator;
    hrmi_arena arena; /* what rows say, cells, periods, forms, sentences, codes, ids, notes */
    hrmi_join_entry *entries;
    size_t entry_count;
    size_t entry_capacity;
    bool unordered;  /* entries are not in the order of the source */
    bool one_to_one; /* every row should be of a community of its own */
    bool refuses;    /* several rows of one community are an error: none is kept */
    hrm_join_counts counts;
    size_t ways[HRM_MATCH_WAYS];
    size_t reasons[HRM_REASONS];
    hrmi_join_form *forms;
    size_t form_count;
    size_t form_capacity;
    hrmi_index form_index; /* → form */
    bool forms_full;       /* there were more */
    hrmi_join_mend mends[HRMI_JOIN_MENDS];
    size_t mend_count;
    bool told; /* mends and limits are in the notes */
    const char **notes;
    size_t note_count;
    size_t note_capacity;
    hrm_join_amount *amounts;
    size_t amount_count;
    const char **columns; /* the ids of all columns */
    size_t column_count;
    uint8_t *has_row; /* per community */
    size_t community_count;
    uint64_t fingerprint;     /* of the layer */
    const char **without_row; /* codes */
};

/* A report without rows. */
hrm_join_report *hrmi_join_report_new(hrm_context *ctx, const hrm_layer *layer);

/* A text made fit to be shown: at most 80 bytes, control characters as blanks, bytes that are not UTF-8 as
 * U+FFFD. Its length. */
size_t hrmi_clean(const char *text, size_t length, char out[HRMI_CLEAN_SIZE]);

/* Whether a form stands for several rows of which each may want a code of its own: aliases of single rows
 * settle it. */
bool hrmi_join_form_by_row(const hrm_join_report *report, const hrmi_join_form *form);

/* A remark; copied. */
hrm_status hrmi_join_report_note(hrm_context *ctx, hrm_join_report *report, const char *text);

/* Puts the entries in order and cuts their list. Never fails. */
void hrmi_join_report_settle(hrm_join_report *report);

/* Settles the entries, finds suggestions for the forms, and makes sentences of what entries say. May be
 * called again after a failure. HRM_ERROR_MEMORY, HRM_ERROR_CANCELLED. */
hrm_status hrmi_join_report_close(hrm_context *ctx, hrm_join_report *report, const hrm_layer *layer,
                                  const hrm_gazetteer *gazetteer);

/* The sentence of an entry in a language (HRM_UK or HRM_EN), in the report's arena or static; NULL when
 * memory is out. */
const char *hrmi_join_sentence(hrm_context *ctx, hrm_join_report *report, const hrm_layer *layer,
                               hrmi_buffer *buffer, const hrmi_join_entry *entry, int32_t language);

/* The Ukrainian twin of a reader's fixed text; NULL where it has none. */
const char *hrmi_join_why_uk(const char *why);

/*
 * Writes a closed report as one JSON object: rows, communities, ways, reasons, amounts, notes, and the lists
 * unmatched, duplicates, unusable, kept_out, cells and without_row, of each at most `most` (SIZE_MAX: all).
 * The layer gives names to what is suggested. Ask hrmi_json_status() at the end.
 */
void hrmi_join_report_json(hrmi_json *json, const hrm_join_report *report, const hrm_layer *layer,
                           size_t most);

#endif
