/*
 * Powers of ten as 128-bit significands, shared by reading (Eisel-Lemire) and writing (Schubfach).
 *
 *     10^q = (g + t) · 2^(e - 127)    with 2^127 <= g < 2^128, 0 <= t < 1, e = floor(log2(10^q))
 *
 * The table holds g, always rounded down. t is 0 exactly where 5^q fits into 128 bits, that is for q from 0
 * to HRMI_POWER_LAST_EXACT; everywhere else it is strictly between 0 and 1. Both users argue with that
 * interval.
 */
#ifndef HRMI_POWERS_OF_TEN_H
#define HRMI_POWERS_OF_TEN_H

#include "base/wide.h"

enum {
    HRMI_POWER_FIRST = -342, /* 19 digits times 10^-343 are below half of the least double */
    HRMI_POWER_LAST = 324,   /* what Schubfach asks for at the least double */
    HRMI_POWER_LAST_EXACT = 55
};

extern const hrmi_wide hrmi_powers_of_ten[HRMI_POWER_LAST - HRMI_POWER_FIRST + 1];

/* floor(x / 2^shift) for any sign of x, without relying on how the compiler shifts negative numbers. */
static inline int hrmi_floor_shift(int64_t x, int shift) {
    const int64_t lift = INT64_C(1) << 40;
    return (int)(((x + lift) >> shift) - (lift >> shift));
}

/* floor(log2(10^q)); the generator of the table checks it over the table's range. */
static inline int hrmi_floor_log2_of_power(int q) {
    return hrmi_floor_shift((int64_t)q * 1741647, 19);
}

#endif
