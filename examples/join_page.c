/* The account of a join as a page: what was joined comes first, then what was not, and why. See join.h. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "join_page.h"

enum { MOST_LABELS = 64 };

/* ---- how many, by what ---- */

/* Numbers with what they count, in two columns. */
typedef struct lines {
    const char *cells[2 * MOST_LABELS];
    char numbers[MOST_LABELS][NUMBER];
    char labels[MOST_LABELS][96];
    size_t count;
} lines;

static void add_line(lines *l, const char *indent, const char *label, size_t count) {
    if (l->count == MOST_LABELS) return;
    (void)snprintf(l->labels[l->count], sizeof l->labels[0], "%s%s", indent, label);
    l->cells[2 * l->count] = l->labels[l->count];
    l->cells[2 * l->count + 1] = join_count(count, l->numbers[l->count]);
    l->count++;
}

static void add_reasons(const join_run *r, lines *l, bool kept_out) {
    for (int32_t reason = 1; reason < HRM_REASONS; reason++) {
        const size_t count = hrm_join_report_reason_count(r->report, reason);
        const bool is_kept_out = reason == HRM_REASON_TOTAL || reason == HRM_REASON_HEADING;
        if (count > 0 && is_kept_out == kept_out) add_line(l, "  ", join_reason(r, reason), count);
    }
}

/* A part of a hundred, rounded down: all is said of all only. */
static void print_heading(const join_run *r, const hrm_join_counts *counts) {
    char number[NUMBER];
    const size_t communities = hrm_layer_count(r->layer);
    printf("%s: %s %s\n", r->table_path, join_count(counts->rows, number),
           join_things(r, THINGS_ROWS, counts->rows));
    printf("%s: %s %s\n", given(TO), join_count(communities, number),
           join_things(r, THINGS_COMMUNITIES, communities));
    const size_t of_communities = counts->rows - counts->kept_out;
    if (of_communities > 0) {
        program_number(number, sizeof number,
                       floor(1000.0 * (double)counts->matched / (double)of_communities) / 10.0);
        printf("%s: %s %%\n", join_say(r, SAY_JOINED), number);
    }
    printf("\n");
}

static void print_counts(const join_run *r, const hrm_join_counts *counts) {
    static lines l;
    memset(&l, 0, sizeof l);
    add_line(&l, "", join_say(r, SAY_JOINED), counts->matched);
    for (int32_t way = 1; way < HRM_MATCH_WAYS; way++) {
        const size_t count = hrm_join_report_way_count(r->report, way);
        if (count > 0) add_line(&l, "  ", hrm_match_way_name(way, r->language), count);
    }
    if (counts->ambiguous_places > 0)
        add_line(&l, "    ", join_say(r, SAY_AMBIGUOUS_PLACES), counts->ambiguous_places);
    add_line(&l, "", join_say(r, SAY_NOT_JOINED), counts->rows - counts->matched - counts->kept_out);
    add_reasons(r, &l, false);
    if (counts->kept_out > 0) add_line(&l, "", join_say(r, SAY_KEPT_OUT), counts->kept_out);
    add_reasons(r, &l, true);
    program_print_table(l.cells, l.count, 2, 1);
}

void join_print_page(const join_run *r) {
    hrm_join_counts counts = {.struct_size = (uint32_t)sizeof counts};
    (void)hrm_join_report_counts(r->report, &counts);
    print_heading(r, &counts);
    print_counts(r, &counts);
    join_print_lists(r, &counts);
    join_print_amounts(r);
    join_print_notes(r);
    if (r->joined != HRM_OK) printf("\n%s.\n", join_say(r, SAY_NOTHING_WRITTEN));
    if (r->joined == HRM_ERROR_DUPLICATE) printf("%s\n", join_say(r, SAY_DECIDE));
}
