/*
 * Opening separated text: its mark, its encoding, its separator. All three are found by looking at the
 * beginning of the file, and the reading itself begins after that.
 */
#include <cpl_conv.h>
#include <cpl_string.h>
#include <stdio.h>

#include "base/utf8.h"
#include "io/csv_parts.h"
#include "io/encoding.h"

/* ---- blocks ---- */

/* One character of UTF-16 as UTF-8, and what is no character as a byte that is no UTF-8. */
static size_t put_character(unsigned char *out, uint32_t c) {
    if (c >= 0xD800 && c < 0xE000) {
        out[0] = 0xFF;
        return 1;
    }
    if (c < 0x80) {
        out[0] = (unsigned char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (unsigned char)(0xC0 | c >> 6);
        out[1] = (unsigned char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (unsigned char)(0xE0 | c >> 12);
        out[1] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (unsigned char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (unsigned char)(0xF0 | c >> 18);
    out[1] = (unsigned char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (unsigned char)(0x80 | (c & 0x3F));
    return 4;
}

static uint32_t unit_at(const hrmi_csv *csv, const unsigned char *b) {
    return csv->utf16 == HRMI_UTF16_LITTLE ? (uint32_t)(b[0] | b[1] << 8) : (uint32_t)(b[1] | b[0] << 8);
}

/* Two bytes become three at most. What the bytes end in and cannot be told yet is kept for the next block. */
static void fill_from_utf16(hrmi_csv *csv) {
    enum { MOST = HRMI_CSV_BLOCK / 3 * 2 - 8 };
    unsigned char raw[MOST + sizeof csv->half];
    memcpy(raw, csv->half, csv->half_length);
    const size_t got = VSIFReadL(raw + csv->half_length, 1, MOST, csv->file);
    const size_t length = csv->half_length + got;
    size_t at = 0;
    csv->position += (double)got;
    csv->half_length = 0;
    while (at + 2 <= length) {
        uint32_t c = unit_at(csv, raw + at);
        size_t used = 2;
        if (c >= 0xD800 && c < 0xDC00) {
            if (at + 4 > length && got > 0) break;
            const uint32_t low = at + 4 <= length ? unit_at(csv, raw + at + 2) : 0;
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                used = 4;
            }
        }
        csv->block_length += put_character(csv->block + csv->block_length, c);
        at += used;
    }
    if (got > 0) {
        csv->half_length = length - at;
        memcpy(csv->half, raw + at, csv->half_length);
    } else if (at < length) {
        csv->block[csv->block_length++] = 0xFF; /* half a character at the end */
    }
}

void hrmi_csv_fill(hrmi_csv *csv) {
    csv->block_length = 0;
    csv->block_at = 0;
    if (csv->utf16 == HRMI_NOT_UTF16) {
        csv->block_length = VSIFReadL(csv->block, 1, HRMI_CSV_BLOCK, csv->file);
        csv->position += (double)csv->block_length;
    } else {
        fill_from_utf16(csv);
    }
    if (csv->block_length == 0) csv->at_end = true;
}

hrm_status hrmi_csv_rewind(hrm_context *ctx, hrmi_csv *csv) {
    if (VSIFSeekL(csv->file, csv->mark_length, SEEK_SET) != 0)
        return hrmi_fail(ctx, HRM_ERROR_FILE, "%s: cannot be read again from its beginning", csv->path);
    csv->position = (double)csv->mark_length;
    csv->at_end = false;
    csv->row = 0;
    csv->line = 1;
    csv->short_rows = 0;
    csv->half_length = 0;
    hrmi_csv_fill(csv);
    return HRM_OK;
}

/* ---- encoding ---- */

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
        hrmi_recoded *const r = &csv->table[c - 0x80];
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

static void find_mark(hrmi_csv *csv, const unsigned char *b, size_t n) {
    if (n >= 3 && memcmp(b, "\xEF\xBB\xBF", 3) == 0) csv->mark_length = 3;
    else if (n >= 2 && memcmp(b, "\xFF\xFE", 2) == 0) csv->utf16 = HRMI_UTF16_LITTLE;
    else if (n >= 2 && memcmp(b, "\xFE\xFF", 2) == 0) csv->utf16 = HRMI_UTF16_BIG;
    if (csv->utf16 != HRMI_NOT_UTF16) csv->mark_length = 2;
}

static hrm_status find_encoding(hrm_context *ctx, hrmi_csv *csv, const char *said) {
    enum { LOOKED_AT = 1024 * 1024 };
    hrm_status status = HRM_OK;
    unsigned char *const bytes = hrmi_array_new(ctx, LOOKED_AT, 1);
    if (bytes == NULL) return HRM_ERROR_MEMORY;
    const size_t length = VSIFReadL(bytes, 1, LOOKED_AT, csv->file);
    find_mark(csv, bytes, length);
    if (said != NULL) {
        if (csv->utf16 == HRMI_NOT_UTF16) status = make_table(ctx, csv, said);
    } else if (csv->mark_length == 0) {
        const hrmi_encoding_guess guess = hrmi_encoding_of(bytes, length);
        if (guess == HRMI_ENCODING_CP1251) {
            csv->encoding_found = true;
            csv->remark =
                "it does not say its encoding and was read as Windows-1251: it is not UTF-8, and all its "
                "letters fit Ukrainian text in it; say encoding where that is wrong";
            status = make_table(ctx, csv, "CP1251");
        } else if (guess == HRMI_ENCODING_UNKNOWN) {
            csv->remark = "it is not UTF-8, and not surely Windows-1251; say the encoding, as CP1251 or "
                          "KOI8-U, or save "
                          "it as UTF-8: cells that are not UTF-8 cannot be used";
        }
    }
    hrmi_free(ctx, bytes);
    return status;
}

/* ---- separator ---- */

enum { SEPARATORS = 4, LINES_LOOKED_AT = 50 };
static const char separators[SEPARATORS] = {',', ';', '\t', '|'};

/* How often each separator stands in the rows that the block begins with, outside quotes. The last row only
 * counts where it is whole, or alone. */
static size_t count_separators(const hrmi_csv *csv, size_t counts[LINES_LOOKED_AT][SEPARATORS]) {
    size_t row = 0;
    bool quoted = false;
    bool begun = false;
    for (size_t i = csv->block_at; i < csv->block_length && row < LINES_LOOKED_AT; i++) {
        const char c = (char)csv->block[i];
        if (c == '"') quoted = !quoted;
        if (!quoted && (c == '\n' || c == '\r')) {
            row += begun;
            begun = false;
            continue;
        }
        begun = true;
        for (size_t s = 0; s < SEPARATORS && !quoted; s++)
            if (c == separators[s]) counts[row][s]++;
    }
    return row == 0 || (begun && csv->block_length < HRMI_CSV_BLOCK && row < LINES_LOOKED_AT) ? row + 1 : row;
}

/* The separator that stands equally often in most rows; then the one that stands there most often. Decimal
 * commas stand now here, now there. A comma where there is none. */
static char find_separator(const hrmi_csv *csv) {
    size_t counts[LINES_LOOKED_AT + 1][SEPARATORS] = {{0}};
    const size_t rows = count_separators(csv, counts);
    size_t best = 0;
    size_t best_rows = 0;
    size_t best_count = 0;
    for (size_t s = 0; s < SEPARATORS; s++) {
        for (size_t i = 0; i < rows; i++) {
            const size_t count = counts[i][s];
            size_t same = 0;
            for (size_t k = 0; k < rows; k++) same += counts[k][s] == count;
            if (count == 0 || same < best_rows || (same == best_rows && count <= best_count)) continue;
            best = s;
            best_rows = same;
            best_count = count;
        }
    }
    return separators[best];
}

static void set_stops(hrmi_csv *csv) {
    csv->stops[0] = csv->stops['\n'] = csv->stops['\r'] = csv->stops['"'] = 1;
    csv->stops[(unsigned char)csv->separator] = 1;
    for (size_t c = 0x80; c < 0x100 && csv->table != NULL; c++) csv->stops[c] = 1;
}

/* ---- opening ---- */

static double file_size(VSILFILE *file) {
    double size = 0;
    if (VSIFSeekL(file, 0, SEEK_END) == 0) size = (double)VSIFTellL(file);
    return VSIFSeekL(file, 0, SEEK_SET) == 0 ? size : 0;
}

hrm_status hrmi_csv_open(hrm_context *ctx, const char *path, const char *encoding, hrmi_csv **out) {
    hrmi_csv *csv = NULL;
    hrm_status status = HRM_OK;
    *out = NULL;
    csv = hrmi_array_new(ctx, 1, sizeof *csv);
    if (csv == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    csv->allocator = *hrmi_allocator(ctx);
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
    status = find_encoding(ctx, csv, encoding);
    if (status == HRM_OK) status = hrmi_csv_rewind(ctx, csv);
    if (status != HRM_OK) goto done;
    csv->separator = find_separator(csv);
    set_stops(csv);
    *out = csv;
    csv = NULL;
done:
    hrmi_csv_free(csv);
    return status;
}
