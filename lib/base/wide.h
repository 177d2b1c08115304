/*
 * A product of two 64-bit numbers in full. Reading and writing decimals and unbiased random integers all need
 * it. Compilers for 64-bit machines have a type for it, others get the four partial products of the school.
 */
#ifndef HRMI_WIDE_H
#define HRMI_WIDE_H

#include <stdint.h>

typedef struct hrmi_wide {
    uint64_t high;
    uint64_t low;
} hrmi_wide;

/* The product for machines without a 128-bit type; seen by all, so that every machine can test it. */
static inline hrmi_wide hrmi_wide_multiply_by_halves(uint64_t a, uint64_t b) {
    const uint64_t mask = UINT32_MAX;
    const uint64_t low = (a & mask) * (b & mask);
    const uint64_t cross =
        (a >> 32) * (b & mask) + (low >> 32); /* cannot overflow: (2^32 - 1)^2 + 2^32 - 1 */
    const uint64_t middle = (a & mask) * (b >> 32) + (cross & mask);
    return (hrmi_wide){(a >> 32) * (b >> 32) + (cross >> 32) + (middle >> 32), (middle << 32) | (low & mask)};
}

static inline hrmi_wide hrmi_wide_multiply(uint64_t a, uint64_t b) {
#ifdef __SIZEOF_INT128__
    __extension__ typedef unsigned __int128 whole;
    const whole product = (whole)a * b;
    return (hrmi_wide){(uint64_t)(product >> 64), (uint64_t)product};
#else
    return hrmi_wide_multiply_by_halves(a, b);
#endif
}

/* Zero bits above the highest one bit of x; x is not 0. */
static inline int hrmi_leading_zeros(uint64_t x) {
#if defined(__GNUC__)
    return __builtin_clzll(x);
#else
    int count = 0;
    for (int step = 32; step > 0; step /= 2) {
        if (x >> (64 - step) != 0) continue;
        count += step;
        x <<= step;
    }
    return count;
#endif
}

#endif
