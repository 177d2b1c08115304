/* UTF-8: see utf8.h. One decoder, written from table 3-7 of the Unicode standard, serves all functions. */
#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

/*
 * Bytes of the well-formed character at `at`, 0 when there is none. *point gets its code point; of a
 * malformed one *bad gets the bytes that could have begun a character, one at least.
 */
static size_t decode(const char *at, const char *end, uint32_t *point, size_t *bad) {
    const unsigned char first = (unsigned char)*at;
    unsigned char low = 0x80, high = 0xBF; /* what the second byte may be */
    size_t size;
    *bad = 1;
    if (first < 0x80) {
        *point = first;
        return 1;
    }
    if (first < 0xC2 || first > 0xF4) return 0;
    if (first < 0xE0) {
        size = 2;
        *point = first & 0x1F;
    } else if (first < 0xF0) {
        size = 3;
        *point = first & 0x0F;
        if (first == 0xE0) low = 0xA0;  /* overlong */
        if (first == 0xED) high = 0x9F; /* surrogates */
    } else {
        size = 4;
        *point = first & 0x07;
        if (first == 0xF0) low = 0x90;  /* overlong */
        if (first == 0xF4) high = 0x8F; /* beyond U+10FFFF */
    }
    for (size_t i = 1; i < size; i++) {
        const unsigned char next = at + i < end ? (unsigned char)at[i] : 0;
        if (next < low || next > high) {
            *bad = i;
            return 0;
        }
        *point = *point << 6 | (next & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    return size;
}

size_t hrmi_utf8_first_invalid(const char *text, size_t length) {
    const char *at = text;
    const char *const end = text + length;
    while (at < end) {
        uint64_t eight;
        while (end - at >= 8) { /* most text is ASCII for long stretches */
            memcpy(&eight, at, sizeof eight);
            if ((eight & UINT64_C(0x8080808080808080)) != 0) break;
            at += 8;
        }
        if (at == end) break;
        uint32_t point;
        size_t bad;
        const size_t size = decode(at, end, &point, &bad);
        if (size == 0) break;
        at += size;
    }
    return (size_t)(at - text);
}

void hrmi_utf8_mend(char *text, size_t length) {
    const char *const end = text + length;
    for (char *at = text + hrmi_utf8_first_invalid(text, length); at < end;
         at += hrmi_utf8_first_invalid(at, (size_t)(end - at)))
        *at = '?';
}

uint32_t hrmi_utf8_next(const char **at, const char *end) {
    uint32_t point;
    size_t bad;
    const size_t size = decode(*at, end, &point, &bad);
    *at += size > 0 ? size : bad;
    return size > 0 ? point : HRMI_UTF8_REPLACEMENT;
}

size_t hrmi_utf8_cut(const char *text, size_t length, size_t limit) {
    if (length <= limit) return length;
    /* Step back over at most three continuation bytes to the beginning of the character that would be split.
     */
    size_t begin = limit;
    while (begin > 0 && limit - begin < 3 && ((unsigned char)text[begin] & 0xC0) == 0x80) begin--;
    uint32_t point;
    size_t bad;
    const size_t size = decode(text + begin, text + length, &point, &bad);
    return begin + size > limit ? begin : limit;
}

/* The code points of a NUL-terminated text; more than there is room for gives HRMI_UTF8_DISTANCE_MAX + 1. */
static size_t code_points(const char *text, uint32_t points[HRMI_UTF8_DISTANCE_MAX]) {
    const char *const end = text + strlen(text);
    size_t count = 0;
    while (text < end) {
        if (count == HRMI_UTF8_DISTANCE_MAX) return count + 1;
        points[count++] = hrmi_utf8_next(&text, end);
    }
    return count;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

size_t hrmi_utf8_distance(const char *a, const char *b, size_t limit) {
    uint32_t from[HRMI_UTF8_DISTANCE_MAX], to[HRMI_UTF8_DISTANCE_MAX];
    size_t rows[3]
               [HRMI_UTF8_DISTANCE_MAX + 1]; /* of the table of distances between prefixes: the last three */
    if (strcmp(a, b) == 0) return 0;
    const size_t from_count = code_points(a, from);
    const size_t to_count = code_points(b, to);
    if (from_count > HRMI_UTF8_DISTANCE_MAX || to_count > HRMI_UTF8_DISTANCE_MAX) return limit + 1;

    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= to_count; j++) above[j] = j;
    for (size_t i = 1; i <= from_count; i++) {
        row[0] = i;
        size_t row_least = i;
        for (size_t j = 1; j <= to_count; j++) {
            const bool same = from[i - 1] == to[j - 1];
            size_t best = above[j - 1] + (same ? 0 : 1);
            best = least(best, least(above[j], row[j - 1]) + 1);
            const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
            if (swapped) best = least(best, before[j - 2] + 1);
            row[j] = best;
            row_least = least(row_least, best);
        }
        if (row_least > limit) return limit + 1; /* no later row gets below, a swap over this one included */
        size_t *const free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return least(above[to_count], limit + 1);
}

/* Bytes of the blank that a text begins with, 0 where it begins with something else. */
static size_t blank_at(const char *text, size_t length) {
    const unsigned char *const c = (const unsigned char *)text;
    if (length >= 1 && (c[0] == ' ' || (c[0] >= '\t' && c[0] <= '\r'))) return 1;
    if (length >= 2 && c[0] == 0xC2 && c[1] == 0xA0) return 2;
    if (length < 3) return 0;
    if (c[0] == 0xE2 && c[1] == 0x80) return (c[2] >= 0x80 && c[2] <= 0x8D) || c[2] == 0xAF ? 3 : 0;
    if (c[0] == 0xE2 && c[1] == 0x81) return c[2] == 0xA0 ? 3 : 0;
    return c[0] == 0xEF && c[1] == 0xBB && c[2] == 0xBF ? 3 : 0;
}

/* Bytes of the blank that a text ends with. */
static size_t blank_before(const char *end, size_t length) {
    for (size_t size = 1; size <= 3 && size <= length; size++)
        if (blank_at(end - size, size) == size) return size;
    return 0;
}

size_t hrmi_utf8_trim(const char **text, size_t length) {
    for (size_t n = blank_at(*text, length); n > 0; n = blank_at(*text, length)) {
        *text += n;
        length -= n;
    }
    for (size_t n = blank_before(*text + length, length); n > 0; n = blank_before(*text + length, length))
        length -= n;
    return length;
}
