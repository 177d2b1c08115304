/* The account of a join as a page: what was joined comes first, then what was not, and why. See join.h. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "join.h"

enum { FIRST_COLUMNS = 20, MOST_COLUMNS = 200, MOST_LABELS = 64 };

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
        if (count > 0 && is_kept_out == kept_out)
            add_line(l, "  ", hrm_match_reason_name(reason, r->language), count);
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

/* ---- amounts and notes ---- */

static hrm_join_amount amount_of(const join_run *r, size_t i) {
    hrm_join_amount amount = {.struct_size = (uint32_t)sizeof amount};
    (void)hrm_join_report_amount(r->report, i, &amount);
    return amount;
}

/* Columns of which something was not joined; how many others there are is said behind. */
static void print_amounts(const join_run *r) {
    static char numbers[MOST_COLUMNS][3][NUMBER];
    static char ids[MOST_COLUMNS][160];
    static const char *cells[(MOST_COLUMNS + 1) * 4];
    const char *const heads[] = {join_say(r, SAY_COLUMN), join_say(r, SAY_TOTAL), join_say(r, SAY_ALLOCATED),
                                 join_say(r, SAY_UNALLOCATED)};
    const size_t most = given(LIST) != NULL ? MOST_COLUMNS : FIRST_COLUMNS;
    memcpy(cells, heads, sizeof heads);
    size_t rows = 0;
    size_t whole = 0;
    size_t more = 0;
    for (size_t i = 0; i < hrm_join_report_amount_count(r->report); i++) {
        const hrm_join_amount amount = amount_of(r, i);
        if (amount.numbers == 0) continue;
        if (amount.unallocated == 0 && given(LIST) == NULL) {
            whole++;
        } else if (rows == most) {
            more++;
        } else {
            const double of[] = {amount.total, amount.allocated, amount.unallocated};
            cells[4 * (rows + 1)] =
                join_shorten(amount.id, program_width() - 50, ids[rows], sizeof ids[rows]);
            for (size_t c = 0; c < 3; c++) {
                program_number(numbers[rows][c], NUMBER, of[c]);
                cells[4 * (rows + 1) + 1 + c] = numbers[rows][c];
            }
            rows++;
        }
    }
    if (rows + whole == 0) return;
    printf("\n");
    if (rows > 0) {
        printf("%s:\n", join_say(r, SAY_AMOUNTS));
        program_print_table(cells, rows + 1, 4, 1);
    }
    if (more > 0) printf("%s %zu …\n", join_say(r, SAY_AND_MORE), more);
    if (whole > 0) printf("%s %zu\n", join_say(r, SAY_ALL_ALLOCATED), whole);
}

static void print_notes(const join_run *r) {
    const size_t count = hrm_join_report_note_count(r->report);
    if (count > 0) printf("\n%s:\n", join_say(r, SAY_NOTES));
    for (size_t i = 0; i < count; i++) {
        printf("  - ");
        program_print_wrapped(hrm_join_report_note(r->report, i), 4, 4);
    }
}

void join_print_page(const join_run *r) {
    hrm_join_counts counts = {.struct_size = (uint32_t)sizeof counts};
    (void)hrm_join_report_counts(r->report, &counts);
    print_heading(r, &counts);
    print_counts(r, &counts);
    join_print_lists(r, &counts);
    print_amounts(r);
    print_notes(r);
}
