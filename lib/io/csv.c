/*
 * Separated text. Not GDAL's driver: that one drops cells beyond the headings, ends a row at a zero byte,
 * takes the rest of the file into an unclosed quote and does not open a table of one column, and says nothing
 * of it (tried with 3.6). Rows that decide about money must not get lost in silence.
 *
 * One row is held in memory: its cells lie one behind the other in `text`, each ended by a zero, and begin
 * where `starts` says.
 */
#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "io/csv.h"

enum { BLOCK_SIZE = 64 * 1024, MOST_CELL_BYTES = 1024 * 1024, MOST_CELLS = 32767 };
#define MOST_ROW_BYTES ((size_t)64 << 20)

/* A byte from 0x80 in the file's encoding, as UTF-8; an empty text where the encoding has no such character.
 */
typedef struct recoded {
    char text[8];
    uint8_t length;
} recoded;

struct hrmi_csv {
    hrm_allocator allocator;
    hrmi_arena arena; /* headings, path */
    const char *path;
    const char *encoding; /* NULL for UTF-8 */
    VSILFILE *file;
    double size; /* of the file; 0 where not known */
    double position;
    size_t block_length, block_at;
    bool at_end;
    char separator;
    recoded *table;  /* 128 of them; NULL for UTF-8 */
    bool stops[256]; /* bytes that are not simply a piece of a cell, quoted or not */
    hrmi_names names;
    hrmi_buffer text;
    size_t *starts;
    size_t cell_count, cell_capacity;
    size_t row_cells; /* cells of the present row that are given out */
    int64_t row, row_line, line, short_rows;
    unsigned char block[BLOCK_SIZE];
};

void hrmi_csv_free(hrmi_csv *csv) {
    if (csv == NULL) return;
    if (csv->file != NULL) (void)VSIFCloseL(csv->file);
    hrmi_buffer_free(&csv->text);
    hrmi_arena_free(&csv->arena);
    hrmi_release(&csv->allocator, csv->table);
    hrmi_release(&csv->allocator, csv->starts);
    hrmi_release(&csv->allocator, csv);
}

const hrmi_names *hrmi_csv_names(const hrmi_csv *csv) {
    return &csv->names;
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

const char *hrmi_csv_cell(const hrmi_csv *csv, size_t field, size_t *length) {
    *length = 0;
    if (field >= csv->row_cells) return "";
    const size_t end = field + 1 < csv->cell_count ? csv->starts[field + 1] : csv->text.length;
    *length = end - csv->starts[field] - 1;
    return csv->text.data + csv->starts[field];
}

/* ---- bytes ---- */

static void fill_block(hrmi_csv *csv) {
    csv->block_length = VSIFReadL(csv->block, 1, BLOCK_SIZE, csv->file);
    csv->block_at = 0;
    csv->position += (double)csv->block_length;
    if (csv->block_length == 0) csv->at_end = true;
}

/* The next byte without taking it; −1 at the end. */
static int peek(hrmi_csv *csv) {
    if (csv->block_at == csv->block_length) {
        if (!csv->at_end) fill_block(csv);
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
    if (field < csv->names.count)
        hrmi_names_show(csv->names.names[field], strlen(csv->names.names[field]), shown, sizeof shown);
    return hrmi_fail(ctx, HRM_ERROR_LIMIT,
                     "%s, row %" PRId64 " (line %" PRId64
                     "), field \"%s\": the cell holds more than 1 MiB; is a "
                     "quote missing, or is this no table?",
                     csv->path, csv->row + 1, csv->row_line, shown);
}

static hrm_status begin_cell(hrm_context *ctx, hrmi_csv *csv) {
    if (csv->cell_count == MOST_CELLS)
        return fail_at_line(ctx, csv, csv->row_line, "more than 32,767 cells in a row; is this a table?");
    const hrm_status status =
        hrmi_array_grow(ctx, &csv->starts, &csv->cell_capacity, csv->cell_count + 1, sizeof *csv->starts);
    if (status == HRM_OK) csv->starts[csv->cell_count++] = csv->text.length;
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
    if (c >= 0x80 && csv->table != NULL) {
        const recoded *const r = &csv->table[c - 0x80];
        if (r->length == 0)
            return hrmi_fail(ctx, HRM_ERROR_FORMAT,
                             "%s, line %" PRId64
                             ": the byte 0x%02X is no character of %s; say another encoding",
                             csv->path, csv->line, (unsigned)c, csv->encoding);
        return hrmi_buffer_add(ctx, &csv->text, r->text, r->length);
    }
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
    return n > 0 ? hrmi_buffer_add(ctx, &csv->text, from, n) : HRM_OK;
}

static hrm_status end_cell(hrm_context *ctx, hrmi_csv *csv) {
    return hrmi_buffer_add(ctx, &csv->text, "", 1);
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
    for (size_t i = csv->names.count; i < csv->cell_count; i++) {
        size_t length = 0;
        const char *const cell = hrmi_csv_cell(csv, i, &length);
        if (length == 0) continue;
        char shown[60];
        hrmi_names_show(cell, length, shown, sizeof shown);
        return hrmi_fail(ctx, HRM_ERROR_FORMAT,
                         "%s, line %" PRId64
                         ": the row has %zu cells, but there are %zu headings (\"%s\" is too "
                         "many); put cells that hold the separator in quotes",
                         csv->path, csv->row_line, csv->cell_count, csv->names.count, shown);
    }
    if (csv->cell_count < csv->names.count) csv->short_rows++;
    if (csv->row_cells > csv->names.count) csv->row_cells = csv->names.count;
    return HRM_OK;
}

hrm_status hrmi_csv_next(hrm_context *ctx, hrmi_csv *csv, bool *more) {
    hrm_status status = HRM_OK;
    do {
        status = read_row(ctx, csv, more);
    } while (status == HRM_OK && *more && is_blank(csv));
    if (status != HRM_OK || !*more) return status;
    csv->row++;
    return check_width(ctx, csv);
}

/* ---- opening ---- */

/* The separator that stands most often in the row of headings, outside quotes; a comma where there is none.
 */
static char find_separator(const hrmi_csv *csv, size_t header_row) {
    static const char separators[] = {',', ';', '\t', '|'};
    size_t counts[sizeof separators] = {0};
    size_t best = 0;
    size_t row = 1;
    bool quoted = false;
    for (size_t i = csv->block_at; i < csv->block_length && row <= header_row; i++) {
        const char c = (char)csv->block[i];
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        const bool crlf = c == '\r' && i + 1 < csv->block_length && csv->block[i + 1] == '\n';
        if (c == '\n' || (c == '\r' && !crlf)) row++;
        for (size_t s = 0; row == header_row && s < sizeof separators; s++)
            if (c == separators[s]) counts[s]++;
    }
    for (size_t s = 1; s < sizeof separators; s++)
        if (counts[s] > counts[best]) best = s;
    return separators[best];
}

/* What every byte from 0x80 means in a one-byte encoding. */
static hrm_status make_table(hrm_context *ctx, hrmi_csv *csv, const char *encoding) {
    size_t known = 0;
    if (encoding == NULL || EQUAL(encoding, "UTF-8") || EQUAL(encoding, "UTF8")) return HRM_OK;
    csv->encoding = hrmi_arena_text(ctx, &csv->arena, encoding, strlen(encoding));
    if (csv->encoding == NULL) return HRM_ERROR_MEMORY;
    csv->table = hrmi_array_new(ctx, 128, sizeof *csv->table);
    if (csv->table == NULL) return HRM_ERROR_MEMORY;
    CPLPushErrorHandler(CPLQuietErrorHandler); /* bytes without a meaning are told when they occur */
    for (int c = 0x80; c < 0x100; c++) {
        const char byte[2] = {(char)c, '\0'};
        char *const utf8 = CPLRecode(byte, encoding, CPL_ENC_UTF8);
        const size_t length = utf8 != NULL ? strlen(utf8) : 0;
        recoded *const r = &csv->table[c - 0x80];
        if (length > 1 && length < sizeof r->text && hrmi_utf8_first_invalid(utf8, length) == length) {
            memcpy(r->text, utf8, length);
            r->length = (uint8_t)length;
            known++;
        }
        CPLFree(utf8);
    }
    CPLPopErrorHandler();
    if (known >= 64) return HRM_OK;
    return hrmi_fail(
        ctx, HRM_ERROR_UNSUPPORTED,
        "%s: the encoding \"%s\" is not known, or not of one byte for each character; say one as "
        "\"CP1251\", or save the file in UTF-8",
        csv->path, csv->encoding);
}

static hrm_status pass_over_mark(hrm_context *ctx, hrmi_csv *csv) {
    fill_block(csv);
    const unsigned char *const b = csv->block;
    const size_t n = csv->block_length;
    if (n >= 3 && memcmp(b, "\xEF\xBB\xBF", 3) == 0) csv->block_at = 3;
    if (n >= 2 && (memcmp(b, "\xFF\xFE", 2) == 0 || memcmp(b, "\xFE\xFF", 2) == 0))
        return hrmi_fail(ctx, HRM_ERROR_UNSUPPORTED, "%s: the file is UTF-16; save it as CSV in UTF-8",
                         csv->path);
    return HRM_OK;
}

/* Copies the headings: the cells of the present row. */
static hrm_status take_names(hrm_context *ctx, hrmi_csv *csv) {
    const char **const list = hrmi_arena_new(ctx, &csv->arena, csv->cell_count, sizeof *list);
    if (list == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < csv->cell_count; i++) {
        char number[32];
        size_t length = 0;
        const char *name = hrmi_csv_cell(csv, i, &length);
        if (length == 0) {
            length = (size_t)snprintf(number, sizeof number, "field_%zu", i + 1);
            name = number;
        }
        list[i] = hrmi_arena_text(ctx, &csv->arena, name, length);
        if (list[i] == NULL) return HRM_ERROR_MEMORY;
    }
    csv->names.names = list;
    csv->names.count = csv->cell_count;
    return HRM_OK;
}

static hrm_status read_names(hrm_context *ctx, hrmi_csv *csv, size_t header_row) {
    bool more = true;
    csv->separator = find_separator(csv, header_row);
    csv->stops[0] = csv->stops['\n'] = csv->stops['\r'] = csv->stops['"'] = true;
    csv->stops[(unsigned char)csv->separator] = true;
    for (size_t c = 0x80; c < 0x100 && csv->table != NULL; c++) csv->stops[c] = true;
    for (size_t row = 1; row <= header_row && more; row++) {
        const hrm_status status = read_row(ctx, csv, &more);
        if (status != HRM_OK) return status;
    }
    if (!more || is_blank(csv))
        return hrmi_fail(ctx, HRM_ERROR_FORMAT, "%s: there are no headings in row %zu", csv->path,
                         header_row);
    return take_names(ctx, csv);
}

static double file_size(VSILFILE *file) {
    double size = 0;
    if (VSIFSeekL(file, 0, SEEK_END) == 0) size = (double)VSIFTellL(file);
    return VSIFSeekL(file, 0, SEEK_SET) == 0 ? size : 0;
}

hrm_status hrmi_csv_open(hrm_context *ctx, const char *path, const char *encoding, size_t header_row,
                         hrmi_csv **out) {
    hrmi_csv *csv = NULL;
    hrm_status status = HRM_OK;
    *out = NULL;
    csv = hrmi_array_new(ctx, 1, sizeof *csv);
    if (csv == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    csv->allocator = *hrmi_allocator(ctx);
    csv->line = 1;
    hrmi_arena_init(&csv->arena, ctx);
    hrmi_buffer_init(&csv->text, ctx);
    csv->path = hrmi_arena_text(ctx, &csv->arena, path, strlen(path));
    if (csv->path == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    csv->file = VSIFOpenL(path, "rb");
    if (csv->file == NULL) {
        status = hrmi_fail(ctx, HRM_ERROR_FILE, "%s: cannot be opened", path);
        goto done;
    }
    if (strncmp(path, "/vsigzip/", 9) != 0) csv->size = file_size(csv->file);
    status = make_table(ctx, csv, encoding);
    if (status == HRM_OK) status = pass_over_mark(ctx, csv);
    if (status == HRM_OK) status = read_names(ctx, csv, header_row > 0 ? header_row : 1);
    if (status != HRM_OK) goto done;
    *out = csv;
    csv = NULL;
done:
    hrmi_csv_free(csv);
    return status;
}
