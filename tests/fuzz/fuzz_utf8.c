/* UTF-8: checking and walking agree on any bytes, a cut splits nothing, and likeness is a distance. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition) {
    if (!condition) abort();
}

/* The distance between the two halves of the input, as texts up to their first NUL. */
static void check_distance(const uint8_t *data, size_t size) {
    const size_t half = size / 2;
    char *const a = calloc(half + 1, 1), *const b = calloc(size - half + 1, 1);
    if (a != NULL && b != NULL && size > 0) {
        memcpy(a, data, half);
        memcpy(b, data + half, size - half);
        const size_t full = hrmi_utf8_distance(a, b, 1000);
        require(full == hrmi_utf8_distance(b, a, 1000));
        require(full == 1001 || full <= (strlen(a) > strlen(b) ? strlen(a) : strlen(b)));
        for (size_t limit = 0; limit < 4; limit++) {
            require(hrmi_utf8_distance(a, b, limit) == (full <= limit ? full : limit + 1));
        }
        require(hrmi_utf8_distance(a, a, 0) == 0);
    }
    free(a);
    free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char none[] = "";
    const char *const text = size > 0 ? (const char *)data : none;
    const char *const end = text + size;
    const size_t invalid = hrmi_utf8_first_invalid(text, size);
    require(invalid <= size);
    for (const char *at = text; at < end;) {
        const char *const from = at;
        const uint32_t point = hrmi_utf8_next(&at, end);
        require(at > from && at - from <= 4 && at <= end);
        require(point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF));
        if ((size_t)(from - text) >= invalid) {
            require((size_t)(from - text) != invalid || point == HRMI_UTF8_REPLACEMENT);
            continue;
        }
        require((size_t)(at - text) <= invalid);
        for (const char *limit = from; limit < at; limit++) {
            require(hrmi_utf8_cut(text, size, (size_t)(limit - text)) == (size_t)(from - text));
        }
    }
    check_distance(data, size);
    return 0;
}
