/*
 * Separated text. Not GDAL's driver: that one drops cells beyond the headings, ends a row at a zero byte,
 * takes the rest of the file into an unclosed quote and does not open a table of one column, and says nothing
 * of it (tried with 3.6). Rows that decide about money must not get lost in silence.
 *
 * One row is held in memory: its cells lie one behind the other in `text`, each ended by a zero, and begin
 * where `starts` says.
 */
#include <inttypes.h>

#include "io/csv_parts.h"

enum { MOST_CELL_BYTES = 1024 * 1024, MOST_CELLS = 32767 };
#define MOST_ROW_BYTES ((size_t)64 << 20)

void hrmi_csv_free(hrmi_csv *csv) {
    if (csv == NULL) return;
    if (csv->file != NULL) (void)VSIFCloseL(csv->file);
    hrmi_buffer_free(&csv->text);
    hrmi_arena_free(&csv->arena);
    hrmi_release(&csv->allocator, csv->table);
    hrmi_release(&csv->allocator, csv->starts);
    hrmi_release(&csv->allocator, csv);
}

const char *hrmi_csv_remark(const hrmi_csv *csv) {
    return csv->remark;
}

void hrmi_csv_set_names(hrmi_csv *csv, const hrmi_names *names) {
    csv->names = names;
}

int64_t hrmi_csv_row(const hrmi_csv *csv) {
    return csv->row;
}

int64_t hrmi_csv_line(const hrmi_csv *csv) {
    return csv->row_line;
}

int64_t hrmi_csv_short_rows(const hrmi_csv *csv) {
    return csv->short_rows;
}

double hrmi_csv_share(const hrmi_csv *csv) {
    return csv->size > 0 && csv->position < csv->size ? csv->position / csv->size : 1.0;
}

size_t hrmi_csv_cell_count(const hrmi_csv *csv) {
    return csv->row_cells;
}

const char *hrmi_csv_cell(const hrmi_csv *csv, size_t field, size_t *length) {
    *length = 0;
    if (field >= csv->row_cells) return "";
    const size_t end = field + 1 < csv->cell_count ? csv->starts[field + 1] : csv->text.length;
    *length = end - csv->starts[field] - 1;
    return csv->text.data + csv->starts[field];
}

/* ---- bytes ---- */

/* The next byte without taking it; −1 at the end. */
static int peek(hrmi_csv *csv) {
    if (csv->block_at == csv->block_length) {
        if (!csv->at_end) hrmi_csv_fill(csv);
        if (csv->at_end) return -1;
    }
    return csv->block[csv->block_at];
}

static int take(hrmi_csv *csv) {
    const int c = peek(csv);
    if (c >= 0) csv->block_at++;
    return c;
}

/* Where in the file something is wrong: "a.csv, line 12". */
static hrm_status fail_at_line(hrm_context *ctx, const hrmi_csv *csv, int64_t line, const char *what) {
    return hrmi_fail(ctx, HRM_ERROR_FORMAT, "%s, line %" PRId64 ": %s", csv->path, line, what);
}

/* ---- one row ---- */

static hrm_status fail_cell_limit(hrm_context *ctx, const hrmi_csv *csv) {
    const size_t field = csv->cell_count - 1;
    char shown[120] = "";
    if (csv->names != NULL && field < csv->names->count)
        hrmi_names_show(csv->names->names[field], strlen(csv->names->names[field]), shown, sizeof shown);
    return hrmi_fail(ctx, HRM_ERROR_LIMIT,
                     "%s, row %" PRId64 " (line %" PRId64
                     "), field \"%s\": the cell holds more than 1 MiB; is a "
                     "quote missing, or is this no table?",
                     csv->path, csv->row, csv->row_line, shown);
}

/* hrmi_buffer_add() where there is room for it, which is nearly always. */
static inline hrm_status put(hrm_context *ctx, hrmi_buffer *text, const void *bytes, size_t length) {
    if (text->capacity - text->length <= length) return hrmi_buffer_add(ctx, text, bytes, length);
    memcpy(text->data + text->length, bytes, length);
    text->length += length;
    text->data[text->length] = '\0';
    return HRM_OK;
}

static hrm_status begin_cell(hrm_context *ctx, hrmi_csv *csv) {
    if (csv->cell_count == MOST_CELLS)
        return fail_at_line(ctx, csv, csv->row_line, "more than 32,767 cells in a row; is this a table?");
    if (csv->cell_count == csv->cell_capacity) {
        const hrm_status status =
            hrmi_array_grow(ctx, &csv->starts, &csv->cell_capacity, csv->cell_count + 1, sizeof *csv->starts);
        if (status != HRM_OK) return status;
    }
    csv->starts[csv->cell_count++] = csv->text.length;
    return HRM_OK;
}

/* Keeps watch on the bytes of a cell in a one-byte encoding: are they UTF-8? */
static void watch_byte(hrmi_csv *csv, int c) {
    hrmi_utf8_watch *const w = &csv->watch;
    const bool follows = w->end == csv->text.length;
    if (w->needed > 0) {
        w->needed--;
        if (!follows || c > 0xBF) w->broken = true;
        return;
    }
    if (c >= 0xC2 && c <= 0xDF) w->needed = 1;
    else if (c >= 0xE0 && c <= 0xEF) w->needed = 2;
    else w->broken = true;
    if (c >= 0xD0 && c <= 0xD3) w->cyrillic++;
}

/* A cell that is two or more Cyrillic letters of UTF-8 and nothing else from 0x80 is no text of another
 * encoding: `Рі` and `Сі` are all that such letters can be in Windows-1251. */
static hrm_status check_watch(hrm_context *ctx, hrmi_csv *csv) {
    const hrmi_utf8_watch w = csv->watch;
    csv->watch = (hrmi_utf8_watch){0};
    if (w.broken || w.needed > 0 || w.cyrillic < 2) return HRM_OK;
    return hrmi_fail(ctx, HRM_ERROR_FORMAT,
                     "%s, line %" PRId64 ": a cell is in UTF-8, but the file %s %s; do parts of it come from "
                     "different files? Save them all as UTF-8",
                     csv->path, csv->line, csv->encoding_found ? "begins as" : "is said to be",
                     csv->encoding);
}

static hrm_status add_recoded(hrm_context *ctx, hrmi_csv *csv, int c) {
    const hrmi_recoded *const r = &csv->table[c - 0x80];
    if (r->length == 0)
        return hrmi_fail(ctx, HRM_ERROR_FORMAT,
                         "%s, line %" PRId64 ": the byte 0x%02X is no character of %s; say another encoding",
                         csv->path, csv->line, (unsigned)c, csv->encoding);
    watch_byte(csv, c);
    const hrm_status status = hrmi_buffer_add(ctx, &csv->text, r->text, r->length);
    csv->watch.end = csv->text.length;
    return status;
}

static hrm_status add_byte(hrm_context *ctx, hrmi_csv *csv, int c) {
    if (c == 0)
        return fail_at_line(ctx, csv, csv->line,
                            "a zero byte; is the file damaged, or UTF-16? Save it as CSV in UTF-8");
    if (csv->text.length - csv->starts[csv->cell_count - 1] >= MOST_CELL_BYTES)
        return fail_cell_limit(ctx, csv);
    if (csv->text.length >= MOST_ROW_BYTES)
        return fail_at_line(ctx, csv, csv->row_line, "the row holds more than 64 MiB; is this a table?");
    if (c >= 0x80 && csv->table != NULL) return add_recoded(ctx, csv, c);
    const char byte = (char)c;
    return hrmi_buffer_add(ctx, &csv->text, &byte, 1);
}

/* Adds the bytes up to the next one that needs a look, as far as they are in the block: most of every cell.
 */
static hrm_status add_run(hrm_context *ctx, hrmi_csv *csv) {
    const unsigned char *const from = csv->block + csv->block_at;
    const size_t length_so_far = csv->text.length - csv->starts[csv->cell_count - 1];
    size_t most = csv->block_length - csv->block_at;
    size_t n = 0;
    if (most > MOST_CELL_BYTES - length_so_far) most = MOST_CELL_BYTES - length_so_far;
    if (csv->text.length + most > MOST_ROW_BYTES) return HRM_OK; /* add_byte() fails in its time */
    while (n < most && !csv->stops[from[n]]) n++;
    csv->block_at += n;
    return n > 0 ? put(ctx, &csv->text, from, n) : HRM_OK;
}

static hrm_status end_cell(hrm_context *ctx, hrmi_csv *csv) {
    if (csv->watch.end > 0) {
        const hrm_status status = check_watch(ctx, csv);
        if (status != HRM_OK) return status;
    }
    return put(ctx, &csv->text, "", 1);
}

/* Takes a line end if one stands here: LF, CRLF or CR. */
static bool take_line_end(hrmi_csv *csv) {
    const int c = peek(csv);
    if (c != '\n' && c != '\r') return false;
    (void)take(csv);
    if (c == '\r' && peek(csv) == '\n') (void)take(csv);
    csv->line++;
    return true;
}

/* Behind the opening quote: up to the closing one, "" being a quote. Line breaks inside become LF. */
static hrm_status read_quoted(hrm_context *ctx, hrmi_csv *csv) {
    const int64_t opened = csv->line;
    hrm_status status = HRM_OK;
    while (status == HRM_OK) {
        status = add_run(ctx, csv);
        if (status != HRM_OK) return status;
        if (take_line_end(csv)) {
            status = add_byte(ctx, csv, '\n');
            continue;
        }
        const int c = take(csv);
        if (c < 0)
            return fail_at_line(ctx, csv, opened,
                                "a quote is opened here and never closed; is the file cut off, or the quote "
                                "not doubled?");
        if (c != '"') {
            status = add_byte(ctx, csv, c);
            continue;
        }
        if (peek(csv) != '"') break;
        status = add_byte(ctx, csv, take(csv));
    }
    if (status != HRM_OK) return status;
    while (peek(csv) == ' ' || (peek(csv) == '\t' && csv->separator != '\t')) (void)take(csv);
    const int next = peek(csv);
    if (next < 0 || next == csv->separator || next == '\n' || next == '\r') return HRM_OK;
    return fail_at_line(ctx, csv, csv->line,
                        "text stands behind the closing quote of a cell; double the quotes inside cells");
}

static hrm_status read_plain(hrm_context *ctx, hrmi_csv *csv) {
    hrm_status status = HRM_OK;
    while (status == HRM_OK) {
        status = add_run(ctx, csv);
        const int c = peek(csv);
        if (status != HRM_OK || c < 0 || c == csv->separator || c == '\n' || c == '\r') break;
        (void)take(csv);
        status = add_byte(ctx, csv, c);
    }
    return status;
}

/* One row with its line end, also a blank one (a single empty cell). *more is false at the end of the file.
 */
static hrm_status read_row(hrm_context *ctx, hrmi_csv *csv, bool *more) {
    hrm_status status = HRM_OK;
    csv->text.length = 0;
    csv->cell_count = 0;
    csv->row_cells = 0;
    csv->row_line = csv->line;
    *more = peek(csv) >= 0;
    if (!*more) return HRM_OK;
    csv->row++;
    for (;;) {
        status = begin_cell(ctx, csv);
        if (status != HRM_OK) return status;
        if (peek(csv) == '"') {
            (void)take(csv);
            status = read_quoted(ctx, csv);
        } else {
            status = read_plain(ctx, csv);
        }
        if (status == HRM_OK) status = end_cell(ctx, csv);
        if (status != HRM_OK) return status;
        if (peek(csv) < 0 || take_line_end(csv)) break;
        (void)take(csv); /* the separator */
    }
    csv->row_cells = csv->cell_count;
    return HRM_OK;
}

/* Nothing but empty cells. */
static bool is_blank(const hrmi_csv *csv) {
    return csv->text.length == csv->cell_count;
}

/* Cells beyond the headings may be empty (spreadsheets save such), but may not hold anything. */
static hrm_status check_width(hrm_context *ctx, hrmi_csv *csv) {
    for (size_t i = csv->names->count; i < csv->cell_count; i++) {
        size_t length = 0;
        const char *const cell = hrmi_csv_cell(csv, i, &length);
        if (length == 0) continue;
        char shown[60];
        hrmi_names_show(cell, length, shown, sizeof shown);
        return hrmi_fail(ctx, HRM_ERROR_FORMAT,
                         "%s, line %" PRId64
                         ": the row has %zu cells, but there are %zu headings (\"%s\" is too "
                         "many); put cells that hold the separator in quotes",
                         csv->path, csv->row_line, csv->cell_count, csv->names->count, shown);
    }
    if (csv->cell_count < csv->names->count) csv->short_rows++;
    if (csv->row_cells > csv->names->count) csv->row_cells = csv->names->count;
    return HRM_OK;
}

hrm_status hrmi_csv_next(hrm_context *ctx, hrmi_csv *csv, bool *more) {
    hrm_status status = HRM_OK;
    do {
        status = read_row(ctx, csv, more);
    } while (status == HRM_OK && *more && csv->names != NULL && is_blank(csv));
    if (status != HRM_OK || !*more || csv->names == NULL) return status;
    return check_width(ctx, csv);
}
