/* The account of a join as a page: see join_page.h. What was joined comes first, then what was not, and why.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "join_page.h"
#include "program.h"

enum {
    NUMBER = 48,
    FIRST_ROWS = 20,
    FIRST_CELLS = 10,
    FIRST_COLUMNS = 20,
    MOST_COLUMNS = 200,
    MOST_LABELS = 64
};

/* Texts in Ukrainian and English: HRM_UK and HRM_EN are their places. */
enum {
    ROWS,
    COMMUNITIES,
    JOINED,
    NOT_JOINED,
    KEPT_OUT,
    OF_THEM,
    UNMATCHED_ROWS,
    DUPLICATE_ROWS,
    KEPT_OUT_ROWS,
    CELLS,
    WITHOUT_ROW,
    ROW,
    NOTHING,
    AMOUNTS,
    COLUMN,
    TOTAL,
    ALLOCATED,
    UNALLOCATED,
    ALL_ALLOCATED,
    NOTES,
    AND_MORE,
    AMBIGUOUS_PLACES
};
static const char *const words[][2] = {
    [ROWS] = {"рядків", "rows"},
    [COMMUNITIES] = {"громад", "communities"},
    [JOINED] = {"Об'єднано", "Joined"},
    [NOT_JOINED] = {"Не об'єднано", "Not joined"},
    [KEPT_OUT] = {"Не дані громад", "Kept out"},
    [OF_THEM] = {"із", "of"},
    [UNMATCHED_ROWS] = {"Рядки, які не об'єдналися", "Rows that were not joined"},
    [DUPLICATE_ROWS] = {"Кілька рядків на одну громаду", "Several rows for one community"},
    [KEPT_OUT_ROWS] = {"Рядки, які не є даними громад", "Rows that are no community's"},
    [CELLS] = {"Комірки, які не прочиталися", "Cells that could not be used"},
    [WITHOUT_ROW] = {"Громади без жодного рядка", "Communities without a row"},
    [ROW] = {"рядок", "row"},
    [NOTHING] = {"(порожньо)", "(nothing)"},
    [AMOUNTS] = {"Суми", "Amounts"},
    [COLUMN] = {"стовпець", "column"},
    [TOTAL] = {"у таблиці", "in the table"},
    [ALLOCATED] = {"об'єднано", "joined"},
    [UNALLOCATED] = {"не об'єднано", "not joined"},
    [ALL_ALLOCATED] = {"Числа об'єдналися повністю; таких стовпців:",
                       "Columns whose numbers were all joined:"},
    [NOTES] = {"Зауваження", "Notes"},
    [AND_MORE] = {"та ще", "and"},
    [AMBIGUOUS_PLACES] = {"із них точка лежить у кількох громадах (взято першу)",
                          "of which the point lies in several communities (the first was taken)"}};

static const char *say(const join_page *page, int word) {
    return words[word][page->language];
}

static const char *count_text(size_t count, char text[NUMBER]) {
    program_number(text, NUMBER, (double)count);
    return text;
}

static const char *name_of(const join_page *page, size_t row) {
    const char *name = hrm_layer_name(page->layer, row, HRM_UK);
    if (name == NULL || name[0] == '\0') name = hrm_layer_name(page->layer, row, HRM_EN);
    return name != NULL && name[0] != '\0' ? name : hrm_layer_code(page->layer, row);
}

/* The name of the raion or oblast that a community lies in; "" where it is not known. */
static const char *unit_name(const join_page *page, int32_t level, size_t row) {
    const size_t unit = hrm_layer_unit_of(page->layer, level, row);
    const char *name = hrm_layer_unit_name(page->layer, level, unit, HRM_UK);
    if (name == NULL || name[0] == '\0') name = hrm_layer_unit_name(page->layer, level, unit, HRM_EN);
    if (name == NULL || name[0] == '\0') name = hrm_layer_unit_code(page->layer, level, unit);
    return name != NULL ? name : "";
}

static hrm_join_counts counts_of(const join_page *page) {
    hrm_join_counts counts = {.struct_size = (uint32_t)sizeof counts};
    (void)hrm_join_report_counts(page->report, &counts);
    return counts;
}

static hrm_join_entry entry_of(const join_page *page, size_t i) {
    hrm_join_entry entry = {.struct_size = (uint32_t)sizeof entry};
    (void)hrm_join_report_entry(page->report, i, &entry);
    return entry;
}

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
    l->cells[2 * l->count + 1] = count_text(count, l->numbers[l->count]);
    l->count++;
}

static void add_reasons(const join_page *page, lines *l, bool kept_out) {
    for (int32_t reason = 1; reason < HRM_REASONS; reason++) {
        const size_t count = hrm_join_report_reason_count(page->report, reason);
        const bool is_kept_out = reason == HRM_REASON_TOTAL || reason == HRM_REASON_HEADING;
        if (count > 0 && is_kept_out == kept_out)
            add_line(l, "  ", hrm_match_reason_name(reason, page->language), count);
    }
}

/* A part of a hundred, rounded down: all is said of all only. */
static void print_heading(const join_page *page, const hrm_join_counts *counts) {
    char rows[NUMBER], communities[NUMBER], share[NUMBER];
    printf("%s: %s %s\n%s: %s %s\n", page->table, count_text(counts->rows, rows), say(page, ROWS),
           page->boundaries, count_text(hrm_layer_count(page->layer), communities), say(page, COMMUNITIES));
    const size_t of_communities = counts->rows - counts->kept_out;
    if (of_communities > 0) {
        program_number(share, sizeof share,
                       floor(1000.0 * (double)counts->matched / (double)of_communities) / 10.0);
        printf("%s: %s %%\n", say(page, JOINED), share);
    }
    printf("\n");
}

static void print_counts(const join_page *page, const hrm_join_counts *counts) {
    static lines l;
    memset(&l, 0, sizeof l);
    add_line(&l, "", say(page, JOINED), counts->matched);
    for (int32_t way = 1; way < HRM_MATCH_WAYS; way++) {
        const size_t count = hrm_join_report_way_count(page->report, way);
        if (count > 0) add_line(&l, "  ", hrm_match_way_name(way, page->language), count);
    }
    if (counts->ambiguous_places > 0)
        add_line(&l, "    ", say(page, AMBIGUOUS_PLACES), counts->ambiguous_places);
    add_line(&l, "", say(page, NOT_JOINED), counts->rows - counts->matched - counts->kept_out);
    add_reasons(page, &l, false);
    if (counts->kept_out > 0) add_line(&l, "", say(page, KEPT_OUT), counts->kept_out);
    add_reasons(page, &l, true);
    program_print_table(l.cells, l.count, 2, 1);
}

/* ---- lists of rows ---- */

/* "Rows that were not joined (the first 20 of 34; all: --list all):" */
static void print_title(const join_page *page, int title, size_t shown, size_t count) {
    char number[NUMBER];
    printf("\n%s", say(page, title));
    if (shown < count) {
        printf(" (");
        if (page->language == HRM_UK)
            printf("перші %zu із %s; усі: --list all", shown, count_text(count, number));
        else printf("the first %zu of %s; all: --list all", shown, count_text(count, number));
        printf(")");
    } else {
        printf(" (%s)", count_text(count, number));
    }
    printf(":\n");
}

static size_t shown_of(const join_page *page, size_t count, size_t first) {
    return page->all || count < first ? count : first;
}

static void join_texts(char *out, size_t size, const char *separator, const char *text) {
    const size_t length = strlen(out);
    if (text == NULL || text[0] == '\0') return;
    (void)snprintf(out + length, size - length, "%s%s", length > 0 ? separator : "", text);
}

static void print_suggestion(const join_page *page, size_t row, int indent) {
    char where[256] = "";
    join_texts(where, sizeof where, ", ", unit_name(page, HRM_LEVEL_RAION, row));
    join_texts(where, sizeof where, ", ", unit_name(page, HRM_LEVEL_OBLAST, row));
    printf("%*s? %s  %s%s%s%s\n", indent, "", hrm_layer_code(page->layer, row), name_of(page, row),
           where[0] != '\0' ? " (" : "", where, where[0] != '\0' ? ")" : "");
}

static void print_entry(const join_page *page, size_t i) {
    const hrm_join_entry entry = entry_of(page, i);
    char text[1024] = "";
    char number[32];
    (void)snprintf(number, sizeof number, "  %s %lld: ", say(page, ROW), (long long)entry.row);
    join_texts(text, sizeof text, ", ", entry.key[0] != '\0' ? entry.key : say(page, NOTHING));
    join_texts(text, sizeof text, ", ", entry.raion);
    join_texts(text, sizeof text, ", ", entry.oblast);
    const bool own_words = page->language == HRM_UK && entry.reason != HRM_REASON_NONE;
    join_texts(text, sizeof text, " — ",
               own_words ? hrm_match_reason_name(entry.reason, HRM_UK) : entry.text);
    (void)fputs(number, stdout);
    program_print_wrapped(text, program_text_width(number), 8);
    for (size_t k = 0; k < entry.suggestions; k++) {
        const size_t row = hrm_join_report_suggestion(page->report, i, k);
        if (row != HRM_NONE) print_suggestion(page, row, 8);
    }
}

/* The entries of some outcomes: bits 1 << HRM_ROW_…. */
static void print_entries(const join_page *page, int title, unsigned outcomes, size_t first) {
    size_t count = 0;
    size_t printed = 0;
    for (size_t i = 0; i < hrm_join_report_entry_count(page->report); i++)
        if ((outcomes & 1U << entry_of(page, i).outcome) != 0) count++;
    if (count == 0) return;
    const size_t shown = shown_of(page, count, first);
    print_title(page, title, shown, count);
    for (size_t i = 0; i < hrm_join_report_entry_count(page->report) && printed < shown; i++) {
        if ((outcomes & 1U << entry_of(page, i).outcome) == 0) continue;
        print_entry(page, i);
        printed++;
    }
}

/* ---- communities without a row ---- */

/* The names of those of one oblast, up to `first`. */
static void print_unit(const join_page *page, size_t unit, size_t first) {
    char text[8192] = "";
    char number[NUMBER];
    const char *name = "";
    size_t count = 0;
    for (size_t i = 0; i < hrm_layer_count(page->layer); i++) {
        if (hrm_join_report_has_row(page->report, i)) continue;
        if (hrm_layer_has_levels(page->layer) && hrm_layer_unit_of(page->layer, HRM_LEVEL_OBLAST, i) != unit)
            continue;
        if (count == 0) name = unit_name(page, HRM_LEVEL_OBLAST, i);
        if (count++ < first) join_texts(text, sizeof text, ", ", name_of(page, i));
    }
    if (count == 0) return;
    if (count > first) join_texts(text, sizeof text, ", ", "…");
    char head[256];
    (void)snprintf(head, sizeof head, "  %s%s%s: ", name, name[0] != '\0' ? " " : "",
                   count_text(count, number));
    (void)fputs(head, stdout);
    program_print_wrapped(text, program_text_width(head), 8);
}

static void print_without_row(const join_page *page, const hrm_join_counts *counts) {
    char number[NUMBER];
    const bool levels = hrm_layer_has_levels(page->layer);
    const size_t units = levels ? hrm_layer_unit_count(page->layer, HRM_LEVEL_OBLAST) : 1;
    const size_t first = page->all ? SIZE_MAX : (counts->without_row <= 50 ? 10 : 3);
    if (counts->without_row == 0) return;
    printf("\n%s: %s", say(page, WITHOUT_ROW), count_text(counts->without_row, number));
    printf(" %s %s\n", say(page, OF_THEM), count_text(hrm_layer_count(page->layer), number));
    for (size_t unit = 0; unit < units; unit++) print_unit(page, unit, first);
}

/* ---- amounts and notes ---- */

static hrm_join_amount amount_of(const join_page *page, size_t i) {
    hrm_join_amount amount = {.struct_size = (uint32_t)sizeof amount};
    (void)hrm_join_report_amount(page->report, i, &amount);
    return amount;
}

/* Columns of which something was not joined; how many others there are is said behind. */
static void print_amounts(const join_page *page) {
    static char numbers[MOST_COLUMNS][3][NUMBER];
    static const char *cells[(MOST_COLUMNS + 1) * 4];
    const char *const heads[] = {say(page, COLUMN), say(page, TOTAL), say(page, ALLOCATED),
                                 say(page, UNALLOCATED)};
    const size_t most = page->all ? MOST_COLUMNS : FIRST_COLUMNS;
    memcpy(cells, heads, sizeof heads);
    size_t rows = 0;
    size_t whole = 0;
    size_t more = 0;
    for (size_t i = 0; i < hrm_join_report_amount_count(page->report); i++) {
        const hrm_join_amount amount = amount_of(page, i);
        if (amount.numbers == 0) continue;
        if (amount.unallocated == 0 && !page->all) {
            whole++;
        } else if (rows == most) {
            more++;
        } else {
            const double of[] = {amount.total, amount.allocated, amount.unallocated};
            cells[4 * (rows + 1)] = amount.id;
            for (size_t c = 0; c < 3; c++) {
                program_number(numbers[rows][c], NUMBER, of[c]);
                cells[4 * (rows + 1) + 1 + c] = numbers[rows][c];
            }
            rows++;
        }
    }
    if (rows + whole == 0) return;
    printf("\n%s:\n", say(page, AMOUNTS));
    if (rows > 0) program_print_table(cells, rows + 1, 4, 1);
    if (more > 0) printf("%s %zu …\n", say(page, AND_MORE), more);
    if (whole > 0) printf("%s %zu\n", say(page, ALL_ALLOCATED), whole);
}

static void print_notes(const join_page *page) {
    const size_t count = hrm_join_report_note_count(page->report);
    if (count > 0) printf("\n%s:\n", say(page, NOTES));
    for (size_t i = 0; i < count; i++) {
        printf("  - ");
        program_print_wrapped(hrm_join_report_note(page->report, i), 4, 4);
    }
}

void join_page_print(const join_page *page) {
    const hrm_join_counts counts = counts_of(page);
    print_heading(page, &counts);
    print_counts(page, &counts);
    print_entries(page, UNMATCHED_ROWS, 1U << HRM_ROW_UNMATCHED | 1U << HRM_ROW_UNUSABLE, FIRST_ROWS);
    print_entries(page, DUPLICATE_ROWS, 1U << HRM_ROW_DUPLICATE, FIRST_ROWS);
    print_entries(page, KEPT_OUT_ROWS, 1U << HRM_ROW_KEPT_OUT, FIRST_CELLS);
    print_entries(page, CELLS, 1U << HRM_ROW_MATCHED, FIRST_CELLS);
    print_without_row(page, &counts);
    print_amounts(page);
    print_notes(page);
}
