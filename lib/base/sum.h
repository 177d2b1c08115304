/*
 * An exact sum of doubles: the same to the last bit in any order, split over any number of threads or files.
 *
 * The sum is kept as a whole number of 2^-1074, the unit of the least double, wide enough for 2^64 doubles of
 * any size (Kulisch's long accumulator; the laying out in 32-bit digits with room for carries follows Radford
 * Neal, "Fast exact summation using small and large superaccumulators", 2015, arXiv:1505.05571). Nothing is
 * rounded but once, when the value is read. A plain struct: no allocation, may be copied and moved.
 *
 * Not a compensated sum: that is nearly exact and still depends on the order.
 */
#ifndef HRMI_SUM_H
#define HRMI_SUM_H

#include <stdbool.h>
#include <stdint.h>

enum { HRMI_SUM_DIGITS = 68 }; /* 2098 bits of a double's range, and 64 for the count: 2162 bits in 32s */

typedef struct hrmi_sum {
    int64_t digit[HRMI_SUM_DIGITS]; /* digit i stands for digit[i] · 2^(32 i - 1074) */
    uint32_t pending;               /* additions since the carries were settled */
} hrmi_sum;

/* Make it zero; a struct of zero bytes is zero too. */
void hrmi_sum_clear(hrmi_sum *sum);

/* Add or take away a finite double; others are the caller's mistake (asserted). */
void hrmi_sum_add(hrmi_sum *sum, double value);
void hrmi_sum_subtract(hrmi_sum *sum, double value);

/* Add or take away all that went into another. They may be the same: sum - sum is zero. */
void hrmi_sum_add_sum(hrmi_sum *sum, const hrmi_sum *other);
void hrmi_sum_subtract_sum(hrmi_sum *sum, const hrmi_sum *other);

/* -1, 0 or 1: the exact sign, also of what would round to the same double. */
int hrmi_sum_sign(const hrmi_sum *sum);
bool hrmi_sum_is_zero(const hrmi_sum *sum);
bool hrmi_sum_equal(const hrmi_sum *a, const hrmi_sum *b);

/* The nearest double, ties to even; +0 for zero; an infinity when even the nearest is too large for a double.
 */
double hrmi_sum_value(const hrmi_sum *sum);

#endif
