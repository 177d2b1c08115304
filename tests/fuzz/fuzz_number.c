/*
 * Machine numbers: what is read must be what the C library reads in the C locale (a fuzzer runs in no other),
 * and what is written must read back to the same bits. The input is read as a text, and its first bytes as a
 * double.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition) {
    if (!condition) abort();
}

static bool same_bits(double a, double b) {
    return memcmp(&a, &b, sizeof a) == 0;
}

static void write_and_read(double value) {
    char text[HRMI_NUMBER_SIZE];
    double back;
    if (!isfinite(value)) return;
    const size_t length = hrmi_number_write(value, text);
    require(length < HRMI_NUMBER_SIZE && length == strlen(text));
    require(hrmi_number_read(text, length, &back) && same_bits(back, value));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    double value = 42, expected;
    char *const text = malloc(size + 1), *end;
    if (text == NULL) return 0;
    if (size > 0) memcpy(text, data, size);
    text[size] = '\0';
    const bool ok = hrmi_number_read((const char *)data, size, &value);
    expected = strtod(text, &end);
    if (ok) {
        require(end == text + size && same_bits(value, expected));
        write_and_read(value);
    } else {
        /* What only the C library takes: blanks before, words, hexadecimal, what is too large. */
        const bool plain = size > 0 && strspn(text, "+-.0123456789eE") == size;
        require(!plain || end != text + size || isinf(expected));
        require(same_bits(value, 42));
    }
    if (size >= sizeof value) {
        memcpy(&value, data, sizeof value);
        write_and_read(value);
    }
    free(text);
    return 0;
}
