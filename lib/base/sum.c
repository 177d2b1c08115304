/*
 * The exact sum of sum.h. Between settlings the digits are any 64-bit numbers; settled, all but the last lie
 * in [0, 2^32) and the last carries the sign, which makes the representation of a number unique.
 */
#include "base/sum.h"
#include "base/wide.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum {
    DIGIT_BITS = 32,
    MANTISSA_BITS = 52,
    UNIT_EXPONENT = -1074,
    /* One addition changes a digit by less than 2^32, so 2^30 of them leave it within 2^62 + 2^32. */
    PENDING_MAX = 1 << 30
};

#define DIGIT_MASK ((INT64_C(1) << DIGIT_BITS) - 1)

static void settle(hrmi_sum *sum) {
    int64_t carry = 0;
    for (int i = 0; i < HRMI_SUM_DIGITS - 1; i++) {
        const int64_t digit = sum->digit[i] + carry;
        const int64_t low = digit & DIGIT_MASK; /* of two's complement: never negative */
        carry = (digit - low) / (DIGIT_MASK + 1);
        sum->digit[i] = low;
    }
    sum->digit[HRMI_SUM_DIGITS - 1] += carry;
    sum->pending = 0;
}

void hrmi_sum_clear(hrmi_sum *sum) {
    *sum = (hrmi_sum){.pending = 0};
}

void hrmi_sum_add(hrmi_sum *sum, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    const unsigned biased = (unsigned)(bits >> MANTISSA_BITS) & 0x7ff;
    assert(biased != 0x7ff);
    const uint64_t hidden = UINT64_C(1) << MANTISSA_BITS;
    const uint64_t significand = (bits & (hidden - 1)) | (biased > 0 ? hidden : 0);
    const unsigned position = biased > 0 ? biased - 1 : 0; /* of its last bit, in units of 2^-1074 */

    /* The significand shifted into three digits; all shifts are less than 64. */
    const unsigned shift = position % DIGIT_BITS;
    const int64_t low = (int64_t)(significand << shift) & DIGIT_MASK;
    const uint64_t rest = significand >> (DIGIT_BITS - shift);
    const int64_t middle = (int64_t)rest & DIGIT_MASK;
    const int64_t high = (int64_t)(rest >> DIGIT_BITS);
    int64_t *const digit = sum->digit + position / DIGIT_BITS;
    const int64_t sign = bits >> 63 != 0 ? -1 : 1;
    digit[0] += sign * low;
    digit[1] += sign * middle;
    digit[2] += sign * high;
    if (++sum->pending >= PENDING_MAX) settle(sum);
}

void hrmi_sum_subtract(hrmi_sum *sum, double value) {
    hrmi_sum_add(sum, -value);
}

static void combine(hrmi_sum *sum, const hrmi_sum *other, int64_t sign) {
    hrmi_sum settled = *other;
    settle(&settled);
    for (int i = 0; i < HRMI_SUM_DIGITS; i++) sum->digit[i] += sign * settled.digit[i];
    if (++sum->pending >= PENDING_MAX) settle(sum);
}

void hrmi_sum_add_sum(hrmi_sum *sum, const hrmi_sum *other) {
    combine(sum, other, 1);
}

void hrmi_sum_subtract_sum(hrmi_sum *sum, const hrmi_sum *other) {
    combine(sum, other, -1);
}

/* A settled copy without its sign; returns the sign. */
static int magnitude(const hrmi_sum *sum, hrmi_sum *out) {
    *out = *sum;
    settle(out);
    if (out->digit[HRMI_SUM_DIGITS - 1] < 0) {
        for (int i = 0; i < HRMI_SUM_DIGITS; i++) out->digit[i] = -out->digit[i];
        settle(out);
        return -1;
    }
    for (int i = 0; i < HRMI_SUM_DIGITS; i++) {
        if (out->digit[i] != 0) return 1;
    }
    return 0;
}

int hrmi_sum_sign(const hrmi_sum *sum) {
    hrmi_sum settled;
    return magnitude(sum, &settled);
}

bool hrmi_sum_is_zero(const hrmi_sum *sum) {
    return hrmi_sum_sign(sum) == 0;
}

bool hrmi_sum_equal(const hrmi_sum *a, const hrmi_sum *b) {
    hrmi_sum difference = *a;
    hrmi_sum_subtract_sum(&difference, b);
    return hrmi_sum_is_zero(&difference);
}

/*
 * The top 64 bits of the magnitude, the last of them also set when anything lies below, round to 53 as the
 * whole would. A sum too small to have 53 bits is a subnormal and fits as it is. So the conversion rounds
 * once, and ldexp only scales by a power of two; it overflows to infinity just where rounding asks for that.
 */
double hrmi_sum_value(const hrmi_sum *sum) {
    hrmi_sum whole;
    const int sign = magnitude(sum, &whole);
    if (sign == 0) return 0.0;
    int top = HRMI_SUM_DIGITS - 1;
    while (whole.digit[top] == 0) top--;
    const uint64_t upper =
        (uint64_t)whole.digit[top] << DIGIT_BITS | (top > 0 ? (uint64_t)whole.digit[top - 1] : 0);
    const uint64_t next = top > 1 ? (uint64_t)whole.digit[top - 2] : 0;
    const int room = hrmi_leading_zeros(upper); /* less than 32 */
    bool more = (next & ((UINT64_C(1) << (DIGIT_BITS - room)) - 1)) != 0;
    for (int i = 0; i < top - 2 && !more; i++) more = whole.digit[i] != 0;
    const uint64_t window = upper << room | next >> (DIGIT_BITS - room) | more;
    return ldexp(sign * (double)window, (top - 1) * DIGIT_BITS - room + UNIT_EXPONENT);
}
