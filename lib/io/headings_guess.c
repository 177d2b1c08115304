/*
 * Where the headings stand when no field is asked for, and so nothing says what they hold: they are what
 * stands above the first row with a code of a community. The first row of the file, where it says something
 * different above every column that is filled; else the rows, one or some of them joined, that say most above
 * them, the fewest and then the lowest: titles, units, column numbers and the names of oblasts between the
 * headings and the data say less.
 */
#include <stdio.h>

#include "base/index.h"
#include "base/number.h"
#include "base/utf8.h"
#include "community/code.h"
#include "io/headings.h"

enum { DATA_ROWS = 10 }; /* from which it is seen which columns are filled */

typedef enum cell_kind { BLANK, TEXT, NUMBER, CODE } cell_kind;

typedef struct table {
    hrm_context *ctx;
    const hrmi_heading_row *rows;
    size_t count;
    size_t data;         /* the place of the first row of data */
    size_t width;        /* of the rows of data */
    const bool *filled;  /* which columns hold something in them */
    size_t filled_count; /* how many those are */
} table;

typedef struct choice {
    size_t row, count; /* from 0; count 0: none */
    size_t said;       /* different headings above columns that are filled */
} choice;

bool hrmi_headings_is_code(const char *text) {
    hrmi_code code;
    hrmi_code_read(text, strlen(text), &code);
    const bool area = code.kind == HRMI_CODE_OBLAST || code.kind == HRMI_CODE_RAION;
    return code.kind == HRMI_CODE_COMMUNITY || (area && code.digit_count == HRMI_CODE_DIGITS);
}

static cell_kind kind_of(const char *text) {
    hrmi_cell cell;
    hrmi_code code;
    const size_t length = hrmi_utf8_trim(&text, strlen(text));
    const hrmi_cell_kind kind = hrmi_number_read_cell(text, length, HRMI_DECIMAL_AUTO, &cell);
    if (length == 0 || kind == HRMI_CELL_MISSING) return BLANK;
    hrmi_code_read(text, length, &code);
    if (code.kind == HRMI_CODE_SPREADSHEET || hrmi_headings_is_code(text)) return CODE;
    const bool year = kind == HRMI_CELL_NUMBER && length == 4 && cell.value >= 1900.0 && cell.value < 2100.0;
    return kind == HRMI_CELL_NUMBER && !year ? NUMBER : TEXT;
}

static bool has(const hrmi_heading_row *row, cell_kind kind) {
    for (size_t i = 0; i < row->count; i++)
        if (kind_of(row->cells[i]) == kind) return true;
    return false;
}

/* Which columns the rows of data fill. */
static hrm_status look_at_data(table *t, hrmi_arena *arena) {
    const size_t end = t->count - t->data > DATA_ROWS ? t->data + DATA_ROWS : t->count;
    for (size_t i = t->data; i < end; i++)
        if (t->rows[i].count > t->width) t->width = t->rows[i].count;
    bool *const filled = hrmi_arena_new(t->ctx, arena, t->width, sizeof *filled);
    if (filled == NULL) return HRM_ERROR_MEMORY;
    for (size_t c = 0; c < t->width; c++) {
        filled[c] = false;
        for (size_t i = t->data; i < end && !filled[c]; i++)
            filled[c] = c < t->rows[i].count && kind_of(t->rows[i].cells[c]) != BLANK;
        t->filled_count += filled[c];
    }
    t->filled = filled;
    return HRM_OK;
}

/* How many different headings some rows make above the columns that are filled. */
static hrm_status count_said(const table *t, size_t row, size_t count, size_t *said) {
    hrmi_arena arena;
    hrmi_headings headings;
    hrmi_index known;
    hrmi_arena_init(&arena, t->ctx);
    hrmi_index_init(&known, t->ctx);
    hrm_status status = hrmi_headings_join(t->ctx, &arena, t->rows + row, count, &headings);
    *said = 0;
    for (size_t i = 0; status == HRM_OK && !headings.blank && i < headings.names.count && i < t->width; i++) {
        const char *const name = headings.names.names[i];
        if (!t->filled[i] || !headings.said[i]) continue;
        if (hrmi_index_find(&known, name, strlen(name)) != HRM_NONE) continue;
        ++*said;
        status = hrmi_index_add(t->ctx, &known, name, strlen(name), i);
    }
    hrmi_index_free(&known);
    hrmi_arena_free(&arena);
    return status;
}

/* Whether some rows may be headings: column numbers are none, and the lowest says something in words. */
static bool may_be_headings(const hrmi_heading_row *rows, size_t count, bool with_numbers) {
    for (size_t i = 0; i < count; i++) {
        if (hrmi_headings_are_numbers(rows[i].cells, rows[i].count)) return false;
        if (!with_numbers && has(&rows[i], NUMBER)) return false;
    }
    return has(&rows[count - 1], TEXT);
}

static hrm_status choose(const table *t, size_t fewest, size_t most, bool with_numbers, choice *best) {
    for (size_t n = fewest; n <= most; n++) {
        for (size_t row = 0; row + n <= t->data; row++) {
            size_t said = 0;
            if (!may_be_headings(t->rows + row, n, with_numbers)) continue;
            const hrm_status status = count_said(t, row, n, &said);
            if (status != HRM_OK) return status;
            if (said > best->said || (said == best->said && said > 0 && n == best->count))
                *best = (choice){row, n, said};
        }
    }
    return HRM_OK;
}

/* The first row that is not blank, where it says something different above every column. */
static hrm_status try_first(const table *t, choice *best) {
    size_t row = 0;
    size_t said = 0;
    while (row < t->data && !has(&t->rows[row], TEXT)) row++;
    if (row == t->data) return HRM_OK;
    const hrm_status status = count_said(t, row, 1, &said);
    if (status == HRM_OK && said == t->filled_count) *best = (choice){row, 1, said};
    return status;
}

hrm_status hrmi_headings_guess(hrm_context *ctx, const hrmi_heading_row *rows, size_t count, size_t fewest,
                               size_t most, size_t *row, size_t *row_count) {
    table t = {.ctx = ctx, .rows = rows, .count = count};
    choice best = {0, 0, 0};
    hrmi_arena arena;
    hrm_status status = HRM_OK;
    *row = *row_count = 0;
    while (t.data < count && !has(&rows[t.data], CODE)) t.data++;
    if (t.data == 0 || t.data == count) return HRM_OK;
    hrmi_arena_init(&arena, ctx);
    status = look_at_data(&t, &arena);
    if (status == HRM_OK && fewest == 1) status = try_first(&t, &best);
    if (status == HRM_OK && best.count == 0) status = choose(&t, fewest, most, false, &best);
    if (status == HRM_OK && best.said * 2 <= t.filled_count) status = choose(&t, fewest, most, true, &best);
    hrmi_arena_free(&arena);
    if (status != HRM_OK || best.count == 0) return status;
    *row = best.row + 1;
    *row_count = best.count;
    return HRM_OK;
}
