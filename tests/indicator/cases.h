/*
 * Cases in text files (tests/indicator/formulas.txt tells their form), and the small layers and tables that
 * they stand on.
 */
#ifndef HRMT_CASES_H
#define HRMT_CASES_H

#include <math.h>

#include "base/number.h"
#include "harness/harness.h"
#include "harness/wkt.h"

enum { HRMT_MOST_ROWS = 64, HRMT_MOST_LINE = 8192 };

/* A layer of these codes, one degree square after the other. */
static inline hrm_layer *hrmt_layer_of_codes(hrm_context *ctx, size_t count, const char *const *codes) {
    const char *wkt[HRMT_MOST_ROWS];
    char texts[HRMT_MOST_ROWS][96];
    for (size_t i = 0; i < count; i++) {
        (void)snprintf(texts[i], sizeof texts[i], "POLYGON((%zu 48,%zu 48,%zu 49,%zu 49,%zu 48))", 20 + i,
                       21 + i, 21 + i, 20 + i, 20 + i);
        wkt[i] = texts[i];
    }
    return hrmt_layer(ctx, count, codes, wkt);
}

/* The next word of a line, which is cut there; NULL at the end. */
static inline char *hrmt_word(char **at) {
    char *const word = *at + strspn(*at, " ");
    if (*word == '\0') return NULL;
    char *const end = word + strcspn(word, " ");
    *at = *end == '\0' ? end : end + 1;
    *end = '\0';
    return word;
}

/* "na", "na:8" or a number. A reason that is not given is 1 in a column, and any (255) in an expectation. */
static inline double hrmt_value(const char *word, uint8_t unknown, uint8_t *reason) {
    double value = (double)NAN;
    *reason = HRM_PRESENT;
    if (strncmp(word, "na", 2) == 0) *reason = word[2] == ':' ? (uint8_t)(word[3] - '0') : unknown;
    else ck_assert_msg(hrmi_number_read(word, strlen(word), &value), "not a number: %s", word);
    return value;
}

/* Reads the values of a line; one alone holds for all rows. */
static inline void hrmt_values(char *line, size_t rows, uint8_t unknown, double *values, uint8_t *reasons) {
    size_t count = 0;
    for (char *word = hrmt_word(&line); word != NULL; word = hrmt_word(&line)) {
        ck_assert_uint_lt(count, rows);
        values[count] = hrmt_value(word, unknown, &reasons[count]);
        count++;
    }
    for (; count < rows; count++) {
        ck_assert_msg(count == 1 || values[count - 1] == values[0] || reasons[0] != HRM_PRESENT,
                      "too few values");
        values[count] = values[0];
        reasons[count] = reasons[0];
    }
}

/* What came out against what should have; `near`: to 1 in 10^12. */
static inline void hrmt_same(const char *what, size_t row, double value, uint8_t reason, double expected,
                             uint8_t expected_reason, bool near) {
    char a[HRMI_NUMBER_SIZE] = "missing", b[HRMI_NUMBER_SIZE] = "missing";
    const double room = near ? 1e-12 * fmax(1.0, fabs(expected)) : 0.0;
    if (isfinite(value)) (void)hrmi_number_write(value, a);
    if (isfinite(expected)) (void)hrmi_number_write(expected, b);
    ck_assert_msg(!isinf(value), "%s: row %zu is infinite", what, row);
    ck_assert_msg(isnan(value) == isnan(expected) && (isnan(value) || fabs(value - expected) <= room),
                  "%s: row %zu is %s, not %s", what, row, a, b);
    ck_assert_msg(isnan(value) == (reason != HRM_PRESENT), "%s: row %zu: value and reason disagree", what,
                  row);
    ck_assert_msg(reason == expected_reason || (expected_reason == 255 && reason != HRM_PRESENT),
                  "%s: row %zu is missing for %d, not %d", what, row, reason, expected_reason);
}

#endif
