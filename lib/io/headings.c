/* Headings of one or several rows: see headings.h. */
#include <stdio.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "io/headings.h"

/* A cell without blanks around it. */
static const char *trimmed(const hrmi_heading_row *row, size_t column, size_t *length) {
    const char *text = column < row->count ? row->cells[column] : "";
    *length = hrmi_utf8_trim(&text, strlen(text));
    return text;
}

static bool is_empty(const hrmi_heading_row *row, size_t column) {
    size_t length = 0;
    (void)trimmed(row, column, &length);
    return length == 0;
}

/* Whether a column says anything below row `level`. */
static bool has_lower(const hrmi_heading_row *rows, size_t count, size_t level, size_t column) {
    for (size_t i = level + 1; i < count; i++)
        if (!is_empty(&rows[i], column)) return true;
    return false;
}

/* Where the text of a column stands in row `level`: in the column itself, or in the nearest one to the left
 * whose group it belongs to; HRM_NONE where nothing is said. What has nothing below it is no group, and a
 * group ends where one of the rows above begins another. */
static size_t column_of_text(const hrmi_heading_row *rows, size_t count, size_t level, size_t column) {
    if (!is_empty(&rows[level], column)) return column;
    if (!has_lower(rows, count, level, column)) return HRM_NONE;
    for (size_t at = column; at > 0; at--) {
        for (size_t i = 0; i < level; i++)
            if (!is_empty(&rows[i], at)) return HRM_NONE;
        if (is_empty(&rows[level], at - 1)) continue;
        return has_lower(rows, count, level, at - 1) ? at - 1 : HRM_NONE;
    }
    return HRM_NONE;
}

/* The heading of one column, put together in `text`. */
static hrm_status join_column(hrm_context *ctx, const hrmi_heading_row *rows, size_t count, size_t column,
                              hrmi_buffer *text) {
    const char *last = NULL;
    size_t last_length = 0;
    hrm_status status = HRM_OK;
    text->length = 0;
    for (size_t level = 0; level < count && status == HRM_OK; level++) {
        const size_t from = column_of_text(rows, count, level, column);
        if (from == HRM_NONE) continue;
        size_t length = 0;
        const char *const cell = trimmed(&rows[level], from, &length);
        if (last != NULL && length == last_length && memcmp(cell, last, length) == 0) continue;
        if (last != NULL) status = hrmi_buffer_text(ctx, text, " / ");
        if (status == HRM_OK) status = hrmi_buffer_add(ctx, text, cell, length);
        last = cell;
        last_length = length;
    }
    for (size_t i = 0; i < text->length && count > 1; i++)
        if (text->data[i] == '\n' || text->data[i] == '\r') text->data[i] = ' ';
    return status;
}

/* A single row's headings stay as they stand, blanks included: they may be told apart by them. */
static hrm_status join_into(hrm_context *ctx, hrmi_arena *arena, const hrmi_heading_row *rows, size_t count,
                            size_t column, hrmi_buffer *text, const char **out) {
    char number[32];
    hrm_status status = join_column(ctx, rows, count, column, text);
    if (status != HRM_OK) return status;
    if (text->length == 0) {
        const int n = snprintf(number, sizeof number, "field_%zu", column + 1);
        *out = hrmi_arena_text(ctx, arena, number, (size_t)n);
    } else if (count == 1) {
        *out = hrmi_arena_text(ctx, arena, rows->cells[column], strlen(rows->cells[column]));
    } else {
        *out = hrmi_arena_text(ctx, arena, text->data, text->length);
    }
    return *out != NULL ? HRM_OK : HRM_ERROR_MEMORY;
}

static bool is_said(const hrmi_heading_row *rows, size_t count, size_t column) {
    for (size_t level = 0; level < count; level++)
        if (column_of_text(rows, count, level, column) != HRM_NONE) return true;
    return false;
}

hrm_status hrmi_headings_join(hrm_context *ctx, hrmi_arena *arena, const hrmi_heading_row *rows, size_t count,
                              hrmi_headings *out) {
    size_t width = 0;
    hrm_status status = HRM_OK;
    hrmi_buffer text;
    hrmi_buffer_init(&text, ctx);
    for (size_t i = 0; i < count; i++)
        if (rows[i].count > width) width = rows[i].count;
    const char **const list = hrmi_arena_new(ctx, arena, width, sizeof *list);
    bool *const from_first = list != NULL ? hrmi_arena_new(ctx, arena, width, sizeof *from_first) : NULL;
    bool *const said = from_first != NULL ? hrmi_arena_new(ctx, arena, width, sizeof *said) : NULL;
    if (said == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    *out = (hrmi_headings){{list, width}, from_first, said, true};
    for (size_t i = 0; i < width && status == HRM_OK; i++) {
        from_first[i] = column_of_text(rows, count, 0, i) != HRM_NONE;
        if (from_first[i]) out->blank = false;
        said[i] = is_said(rows, count, i);
        status = join_into(ctx, arena, rows, count, i, &text, &list[i]);
    }
done:
    hrmi_buffer_free(&text);
    return status;
}

hrmi_headings_fit hrmi_headings_try(const hrmi_headings *headings, const char *const *wanted, size_t count) {
    hrmi_headings_fit fit = {0};
    for (size_t i = 0; i < count; i++) {
        if (wanted[i] == NULL) continue;
        fit.wanted++;
        const hrmi_names_found found = hrmi_names_look(&headings->names, wanted[i]);
        if (found.place == HRM_NONE) continue;
        fit.held++;
        if (found.second != HRM_NONE) fit.twice = true;
        if (!found.part && headings->from_first[found.place]) fit.uses_first = true;
    }
    return fit;
}

/* The number that a cell begins with; 0 for none. `4`, `4=2+3`, `4 (2+3)`. */
static size_t leading_number(const char *text, size_t length) {
    size_t number = 0;
    size_t i = 0;
    while (i < length && i < 6 && text[i] >= '0' && text[i] <= '9')
        number = number * 10 + (size_t)(text[i++] - '0');
    const bool ends = i == length || text[i] == '=' || text[i] == '(' || text[i] == ' ' || text[i] == '*';
    return ends ? number : 0;
}

/* А, Б, В … or A, B, C …, alone in the cell. */
static bool is_column_letter(const char *text, size_t length) {
    const char *at = text;
    const uint32_t c = hrmi_utf8_next(&at, text + length);
    return at == text + length && ((c >= 'A' && c <= 'Z') || (c >= 0x0410 && c <= 0x042F) || c == 0x0490);
}

bool hrmi_headings_are_numbers(const char *const *cells, size_t count) {
    const hrmi_heading_row row = {cells, count};
    size_t numbers = 0;
    size_t letters = 0;
    for (size_t i = 0; i < count; i++) {
        size_t length = 0;
        const char *const text = trimmed(&row, i, &length);
        if (length == 0) continue;
        if (numbers == 0 && is_column_letter(text, length)) letters++;
        else if (leading_number(text, length) == numbers + 1) numbers++;
        else return false;
    }
    return numbers >= 2 && numbers + letters >= 3;
}
