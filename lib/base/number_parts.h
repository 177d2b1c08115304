/*
 * What the two readers of numbers share: the parts of a number whose grammar has been checked already.
 */
#ifndef HRMI_NUMBER_PARTS_H
#define HRMI_NUMBER_PARTS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct hrmi_number_parts {
    const char *begin; /* the digits: every byte from here to end that is no ASCII digit is passed over, */
    const char *end;   /* so thousands separators may stay where they are */
    const char *mark;  /* the decimal mark among them, or end when there is none */
    int64_t exponent;  /* the written exponent, as limited by hrmi_number_read_exponent() */
    bool negative;
} hrmi_number_parts;

/* The nearest double; false when it is too large for one. */
bool hrmi_number_from_parts(const hrmi_number_parts *parts, double *out);

/*
 * Read the exponent behind an 'e', [+-] digits, up to end. Exponents beyond ±10^15 are cut there: no text can
 * have enough digits to bring them back into the range of a double. false when anything else stands there.
 */
bool hrmi_number_read_exponent(const char *text, const char *end, int64_t *out);

static inline bool hrmi_is_digit(char c) {
    return (unsigned char)(c - '0') < 10;
}

#endif
