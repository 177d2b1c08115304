/* The lists of a join's page: rows that were not joined, and communities without a row. See join.h. */
#include <stdio.h>
#include <string.h>

#include "join_page.h"

enum { FIRST_ROWS = 20, FIRST_CELLS = 10 };

static const char *name_of(const join_run *r, size_t row) {
    const char *name = hrm_layer_name(r->layer, row, HRM_UK);
    if (name == NULL || name[0] == '\0') name = hrm_layer_name(r->layer, row, HRM_EN);
    return name != NULL && name[0] != '\0' ? name : hrm_layer_code(r->layer, row);
}

/* The name of the raion or oblast that a community lies in; "" where it is not known. */
static const char *unit_name(const join_run *r, int32_t level, size_t row) {
    const size_t unit = hrm_layer_unit_of(r->layer, level, row);
    const char *name = hrm_layer_unit_name(r->layer, level, unit, HRM_UK);
    if (name == NULL || name[0] == '\0') name = hrm_layer_unit_name(r->layer, level, unit, HRM_EN);
    if (name == NULL || name[0] == '\0') name = hrm_layer_unit_code(r->layer, level, unit);
    return name != NULL ? name : "";
}

static hrm_join_entry entry_of(const join_run *r, size_t i) {
    hrm_join_entry entry = {.struct_size = (uint32_t)sizeof entry};
    (void)hrm_join_report_entry(r->report, i, &entry);
    return entry;
}

/* ---- lists of rows ---- */

/* "Rows that were not joined (the first 20 of 34; all: --list all):" */
static void print_title(const join_run *r, int title, size_t shown, size_t count) {
    char number[NUMBER];
    printf("\n%s", join_say(r, title));
    if (shown < count) {
        printf(" (");
        if (r->language == HRM_UK)
            printf("перші %zu із %s; усі: --list all", shown, join_count(count, number));
        else printf("the first %zu of %s; all: --list all", shown, join_count(count, number));
        printf(")");
    } else {
        printf(" (%s)", join_count(count, number));
    }
    printf(":\n");
}

static size_t shown_of(size_t count, size_t first) {
    return given(LIST) != NULL || count < first ? count : first;
}

static void print_suggestion(const join_run *r, size_t row, int indent) {
    char where[256] = "";
    join_add_text(where, sizeof where, ", ", unit_name(r, HRM_LEVEL_RAION, row));
    join_add_text(where, sizeof where, ", ", unit_name(r, HRM_LEVEL_OBLAST, row));
    printf("%*s? %s  %s%s%s%s\n", indent, "", hrm_layer_code(r->layer, row), name_of(r, row),
           where[0] != '\0' ? " (" : "", where, where[0] != '\0' ? ")" : "");
}

/* Reasons that say it all beside what the row says; the sentences of others name rows, codes and cells. */
static bool is_plain(int32_t reason) {
    return reason == HRM_REASON_UNKNOWN_NAME || reason == HRM_REASON_AMBIGUOUS_NAME ||
           reason == HRM_REASON_NO_KEY || reason == HRM_REASON_TOTAL || reason == HRM_REASON_HEADING ||
           reason == HRM_REASON_NOT_IN_LAYER || reason == HRM_REASON_OUTSIDE ||
           reason == HRM_REASON_TYPE_CONTRADICTS;
}

static void print_entry(const join_run *r, size_t i) {
    const hrm_join_entry entry = entry_of(r, i);
    char text[1024] = "";
    char number[32];
    (void)snprintf(number, sizeof number, "  %s %lld  ", join_say(r, SAY_ROW), (long long)entry.row);
    join_add_text(text, sizeof text, ", ", entry.key[0] != '\0' ? entry.key : join_say(r, SAY_NOTHING));
    if (strcmp(entry.raion, entry.key) != 0) join_add_text(text, sizeof text, ", ", entry.raion);
    if (strcmp(entry.oblast, entry.key) != 0) join_add_text(text, sizeof text, ", ", entry.oblast);
    const char *const why = r->language == HRM_UK ? entry.text_uk : entry.text;
    join_add_text(text, sizeof text, ": ", is_plain(entry.reason) ? join_reason(r, entry.reason) : why);
    (void)fputs(number, stdout);
    program_print_wrapped(text, program_text_width(number), 8);
    for (size_t k = 0; k < entry.suggestions; k++) {
        const size_t row = hrm_join_report_suggestion(r->report, i, k);
        if (row != HRM_NONE) print_suggestion(r, row, 8);
    }
}

/* The entries of some outcomes: bits 1 << HRM_ROW_…. */
static void print_entries(const join_run *r, int title, unsigned outcomes, size_t first) {
    size_t count = 0;
    size_t printed = 0;
    for (size_t i = 0; i < hrm_join_report_entry_count(r->report); i++)
        if ((outcomes & 1U << entry_of(r, i).outcome) != 0) count++;
    if (count == 0) return;
    const size_t shown = shown_of(count, first);
    print_title(r, title, shown, count);
    for (size_t i = 0; i < hrm_join_report_entry_count(r->report) && printed < shown; i++) {
        if ((outcomes & 1U << entry_of(r, i).outcome) == 0) continue;
        print_entry(r, i);
        printed++;
    }
}

/* ---- communities without a row ---- */

/* The names of those of one oblast, up to `first`. */
static void print_unit(const join_run *r, size_t unit, size_t first) {
    char text[8192] = "";
    char number[NUMBER];
    const char *name = "";
    size_t count = 0;
    for (size_t i = 0; i < hrm_layer_count(r->layer); i++) {
        if (hrm_join_report_has_row(r->report, i)) continue;
        if (hrm_layer_has_levels(r->layer) && hrm_layer_unit_of(r->layer, HRM_LEVEL_OBLAST, i) != unit)
            continue;
        if (count == 0) name = unit_name(r, HRM_LEVEL_OBLAST, i);
        if (count++ < first) join_add_text(text, sizeof text, ", ", name_of(r, i));
    }
    if (count == 0) return;
    if (count > first) join_add_text(text, sizeof text, ", ", "…");
    char head[256];
    (void)snprintf(head, sizeof head, "  %s%s%s: ", name, name[0] != '\0' ? " " : "",
                   join_count(count, number));
    (void)fputs(head, stdout);
    program_print_wrapped(text, program_text_width(head), 8);
}

static void print_without_row(const join_run *r, const hrm_join_counts *counts) {
    char number[NUMBER];
    const bool levels = hrm_layer_has_levels(r->layer);
    const size_t units = levels ? hrm_layer_unit_count(r->layer, HRM_LEVEL_OBLAST) : 1;
    const size_t first = given(LIST) != NULL ? SIZE_MAX : (counts->without_row <= 50 ? 10 : 3);
    if (counts->without_row == 0) return;
    printf("\n%s: %s", join_say(r, SAY_WITHOUT_ROW), join_count(counts->without_row, number));
    printf(" %s %s\n", join_say(r, SAY_OF_THEM), join_count(hrm_layer_count(r->layer), number));
    for (size_t unit = 0; unit < units; unit++) print_unit(r, unit, first);
}

void join_print_lists(const join_run *r, const hrm_join_counts *counts) {
    print_entries(r, SAY_UNMATCHED_ROWS, 1U << HRM_ROW_UNMATCHED | 1U << HRM_ROW_UNUSABLE, FIRST_ROWS);
    print_entries(r, SAY_DUPLICATE_ROWS, 1U << HRM_ROW_DUPLICATE, FIRST_ROWS);
    print_entries(r, SAY_KEPT_OUT_ROWS, 1U << HRM_ROW_KEPT_OUT, FIRST_CELLS);
    print_entries(r, SAY_CELLS, 1U << HRM_ROW_MATCHED, FIRST_CELLS);
    print_without_row(r, counts);
}
