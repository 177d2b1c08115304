/*
 * Rows that are none of data, in the tables of people: the headings again (at the top of each printed page),
 * right below them column numbers and, the first time, rows that say nothing in any field that is asked for
 * (a lower row of headings of other columns), and totals. Databases have none of these but totals.
 *
 * Totals are told carefully, as one that is taken for a community adds the country to it, and a community
 * that is taken for one is lost: a word for totals (`Всього`, `Усього по області`) is the first thing in the
 * row, and nothing but numbers follow. What stands in the cells of code and name is the join's to judge.
 */
#include "base/utf8.h"
#include "io/rows_parts.h"
#include "table/join.h"

static bool is_blank_text(const char *text) {
    return text == NULL || hrmi_utf8_trim(&text, strlen(text)) == 0;
}

/* Whether the cells of the fields that are asked for say what row `level` of the headings says there, one of
 * them word by word; others may say more (`Дата початку бойових дій` below `Дата початку`). */
static bool repeats(hrmi_rows *rows, const hrmi_heading_row *level) {
    bool same = false;
    for (size_t i = 0; i < rows->wanted_count; i++) {
        const size_t field = rows->wanted[i];
        const char *const heading = field < level->count ? level->cells[field] : "";
        const char *const cell = hrmi_rows_cell(rows, field);
        if (!hrmi_names_begins(cell != NULL ? cell : "", heading)) return false;
        same |= !is_blank_text(cell) && hrmi_names_same(cell, heading);
    }
    return same;
}

static bool repeats_headings(hrmi_rows *rows) {
    for (size_t i = 0; i < rows->heading_row_count; i++)
        if (repeats(rows, &rows->heading_rows[i])) return true;
    return false;
}

static bool says_nothing(hrmi_rows *rows) {
    for (size_t i = 0; i < rows->wanted_count; i++)
        if (!is_blank_text(hrmi_rows_cell(rows, rows->wanted[i]))) return false;
    return rows->wanted_count > 0;
}

static bool is_column_numbers(hrmi_rows *rows) {
    enum { MOST = 64 };
    const char *cells[MOST];
    char numbers[MOST][8];
    const size_t count = rows->names.count < MOST ? rows->names.count : MOST;
    for (size_t i = 0; i < count; i++) {
        const char *const cell = hrmi_rows_cell(rows, i); /* may lie in the one buffer */
        const size_t length = cell != NULL ? strlen(cell) : 0;
        if (length >= sizeof numbers[i]) return false;
        memcpy(numbers[i], cell != NULL ? cell : "", length + 1);
        cells[i] = numbers[i];
    }
    return hrmi_headings_are_numbers(cells, count);
}

static bool is_total(hrmi_rows *rows) {
    bool said = false;
    for (size_t i = 0; i < rows->names.count; i++) {
        hrmi_cell cell;
        const char *const text = hrmi_rows_cell(rows, i);
        const char first = text != NULL ? text[0] : '\0';
        if (first == '\0') continue;
        if (!said && first == 'U' && text[1] == 'A' && text[2] >= '0' && text[2] <= '9') return false;
        const hrmi_cell_kind kind = hrmi_number_read_cell(text, strlen(text), HRMI_DECIMAL_AUTO, &cell);
        if (kind == HRMI_CELL_MISSING) continue;
        if (kind == HRMI_CELL_NUMBER) break;
        if (!hrmi_join_says_total(text)) return false;
        said = true;
    }
    return said;
}

/* Whether any cell is a number or a code, as no row between headings and their column numbers has. */
static bool holds_numbers(hrmi_rows *rows) {
    for (size_t i = 0; i < rows->names.count; i++) {
        hrmi_cell cell;
        const char *const text = hrmi_rows_cell(rows, i);
        if (text == NULL || text[0] == '\0') continue;
        if (hrmi_headings_is_code(text)) return true;
        if (hrmi_number_read_cell(text, strlen(text), HRMI_DECIMAL_AUTO, &cell) == HRMI_CELL_NUMBER)
            return true;
    }
    return false;
}

static bool is_heading(hrmi_rows *rows) {
    if (rows->below_headings && says_nothing(rows)) return true;
    if ((rows->below_words || rows->below_repeated) && is_column_numbers(rows)) return true;
    if (rows->below_words && holds_numbers(rows)) rows->below_words = false;
    rows->below_headings = false;
    rows->below_repeated = repeats_headings(rows);
    return rows->below_repeated;
}

uint8_t hrmi_rows_look_at(hrmi_rows *rows) {
    if (rows->heading_rows != NULL && is_heading(rows)) return HRM_REASON_HEADING;
    return is_total(rows) ? HRM_REASON_TOTAL : 0;
}
