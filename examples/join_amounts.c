/* The amounts of a join's page: what of each column of numbers was joined. See join.h. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "join_page.h"

enum { FIRST_COLUMNS = 20, MOST_COLUMNS = 200 };

static hrm_join_amount amount_of(const join_run *r, size_t i) {
    hrm_join_amount amount = {.struct_size = (uint32_t)sizeof amount};
    (void)hrm_join_report_amount(r->report, i, &amount);
    return amount;
}

/* Whether a name is one word, or begins or ends with it and a `_`. */
static bool has_word(const char *name, const char *const *list) {
    const size_t length = strlen(name);
    for (size_t i = 0; list[i] != NULL; i++) {
        const size_t n = strlen(list[i]);
        if (length < n) continue;
        if (strncmp(name, list[i], n) == 0 && (name[n] == '\0' || name[n] == '_')) return true;
        if (length > n && name[length - n - 1] == '_' && strcmp(name + length - n, list[i]) == 0) return true;
    }
    return false;
}

/* Years and codes are numbers that nobody adds up: whole ones, under a heading that says so. */
static bool is_label(const hrm_join_amount *amount) {
    static const char *const codes[] = {"id",  "ID",  "Id", "code",   "Code",   "CODE",   "код",
                                        "Код", "КОД", "№",  "єдрпоу", "ЄДРПОУ", "edrpou", NULL};
    static const char *const years[] = {"year", "Year", "YEAR", "рік", "Рік", "РІК", NULL};
    const double mean = amount->total / (double)amount->numbers;
    if (floor(amount->total) < amount->total) return false;
    return has_word(amount->id, codes) || (has_word(amount->id, years) && mean > 1900.0 && mean < 2100.0);
}

static void print_labels(const join_run *r) {
    char text[1024] = "";
    for (size_t i = 0; i < hrm_join_report_amount_count(r->report); i++) {
        const hrm_join_amount amount = amount_of(r, i);
        if (amount.numbers > 0 && is_label(&amount)) join_add_text(text, sizeof text, ", ", amount.id);
    }
    printf("%s: ", join_say(r, SAY_LABELS));
    program_print_wrapped(text, program_text_width(join_say(r, SAY_LABELS)) + 2, 4);
}

/* Columns of which something was not joined; how many others there are is said behind. */
void join_print_amounts(const join_run *r) {
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
    size_t labels = 0;
    for (size_t i = 0; i < hrm_join_report_amount_count(r->report); i++) {
        const hrm_join_amount amount = amount_of(r, i);
        if (amount.numbers == 0) continue;
        if (is_label(&amount)) {
            labels++;
        } else if (amount.unallocated == 0 && given(LIST) == NULL) {
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
    if (rows + whole + labels == 0) return;
    printf("\n");
    if (rows > 0) {
        printf("%s:\n", join_say(r, SAY_AMOUNTS));
        program_print_table(cells, rows + 1, 4, 1);
    }
    if (more > 0) printf("%s %zu …\n", join_say(r, SAY_AND_MORE), more);
    if (whole > 0) printf("%s %zu\n", join_say(r, SAY_ALL_ALLOCATED), whole);
    if (labels > 0) print_labels(r);
}
