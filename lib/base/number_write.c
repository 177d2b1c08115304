/*
 * The shortest decimal of a double: Schubfach (Raffaello Giulietti, "The Schubfach way to render doubles",
 * 2020), with the powers of ten that reading uses too.
 *
 * A finite double v = c · 2^q owns all reals between the midpoints to its neighbours (the midpoints
 * themselves when c is even, as reading rounds ties to even). k is chosen so that 10^k is at most the width
 * of that interval and 10^(k+1) is more: the interval then holds a multiple of 10^k, and at most one multiple
 * of 10^(k+1). If it holds the latter, that is the shortest; else it is one of the two multiples of 10^k
 * around v. The interval is compared at four times the scale 10^-k, its ends rounded to odd, which keeps
 * every comparison with a whole number right although 128 bits of the power are all there is.
 *
 * Not printf with 17 digits: those are not the digits people wrote, and the locale has a say in them.
 */
#include "base/number.h"
#include "base/powers_of_ten.h"

#include <assert.h>
#include <string.h>

enum {
    MANTISSA_BITS = 52,
    UNIT_EXPONENT = -1074, /* of the last bit of the least doubles */
    PLAIN_FIRST = -3,      /* decimal point positions that are laid out plainly: 0.0001 */
    PLAIN_LAST = 16        /* and 16 digits before the point */
};

typedef struct shortest {
    uint64_t digits; /* may end in zeros */
    int power;       /* of ten */
} shortest;

/*
 * floor(power · factor / 2^128), with its last bit set where that is not exact. The power is too large by at
 * most 1, so the fraction by less than 2^-64: where it is less than 2^-63 the true one is 0 (Giulietti shows
 * that no double comes closer to a whole number without being one).
 */
static uint64_t multiply_round_to_odd(hrmi_wide power, uint64_t factor) {
    const hrmi_wide low = hrmi_wide_multiply(power.low, factor);
    const hrmi_wide high = hrmi_wide_multiply(power.high, factor);
    const uint64_t middle = high.low + low.high;
    return (high.high + (middle < high.low)) | (middle > 1);
}

/* The shortest decimal within the interval of a finite, positive double given by its bits. */
static shortest find_shortest(uint64_t bits) {
    const uint64_t hidden = UINT64_C(1) << MANTISSA_BITS;
    const int biased = (int)(bits >> MANTISSA_BITS);
    const uint64_t c = (bits & (hidden - 1)) | (biased > 0 ? hidden : 0);
    const int q = UNIT_EXPONENT + (biased > 0 ? biased - 1 : 0);
    const bool closer = c == hidden && biased > 1; /* at a power of two the neighbour below is half as far */

    const int k = hrmi_floor_shift((int64_t)q * 1262611 - (closer ? 524031 : 0), 22);
    const int h = q + hrmi_floor_log2_of_power(-k) + 1;
    hrmi_wide power = hrmi_powers_of_ten[-k - HRMI_POWER_FIRST];
    power.low++; /* the method wants a power above the true one; no low word of the table is all ones */
    const uint64_t below = multiply_round_to_odd(power, (4 * c - (closer ? 1 : 2)) << h);
    const uint64_t value = multiply_round_to_odd(power, (4 * c) << h);
    const uint64_t above = multiply_round_to_odd(power, (4 * c + 2) << h);
    const uint64_t first = below + (c & 1); /* odd significands do not own the midpoints */
    const uint64_t last = above - (c & 1);

    const uint64_t s = value / 4;
    if (s >= 10) {
        const uint64_t tens = s / 10;
        const bool low_inside = first <= 40 * tens;
        const bool high_inside = 40 * tens + 40 <= last;
        if (low_inside != high_inside) return (shortest){tens + high_inside, k + 1};
    }
    const bool low_inside = first <= 4 * s;
    const bool high_inside = 4 * s + 4 <= last;
    if (low_inside != high_inside) return (shortest){s + high_inside, k};
    const uint64_t middle = 4 * s + 2;
    const bool up = value > middle || (value == middle && (s & 1) != 0);
    return (shortest){s + up, k};
}

/* The digits of n at `out`, without a NUL; returns how many. */
static size_t write_digits(uint64_t n, char *out) {
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    char buffer[20];
    size_t at = sizeof buffer;
    while (n >= 100) {
        at -= 2;
        memcpy(buffer + at, pairs + 2 * (n % 100), 2);
        n /= 100;
    }
    if (n >= 10) {
        at -= 2;
        memcpy(buffer + at, pairs + 2 * n, 2);
    } else {
        buffer[--at] = (char)('0' + n);
    }
    memcpy(out, buffer + at, sizeof buffer - at);
    return sizeof buffer - at;
}

/* count digits with the decimal point behind digit number `point` (0: before the first, and so on). */
static size_t lay_out_plainly(const char *digits, size_t count, int point, char *out) {
    if (point <= 0) {
        const size_t zeros = (size_t)-point;
        memcpy(out, "0.", 2);
        memset(out + 2, '0', zeros);
        memcpy(out + 2 + zeros, digits, count);
        return 2 + zeros + count;
    }
    const size_t whole = (size_t)point;
    if (whole >= count) {
        memcpy(out, digits, count);
        memset(out + count, '0', whole - count);
        return whole;
    }
    memcpy(out, digits, whole);
    out[whole] = '.';
    memcpy(out + whole + 1, digits + whole, count - whole);
    return count + 1;
}

static size_t lay_out_with_exponent(const char *digits, size_t count, int exponent, char *out) {
    size_t at = 0;
    out[at++] = digits[0];
    if (count > 1) {
        out[at++] = '.';
        memcpy(out + at, digits + 1, count - 1);
        at += count - 1;
    }
    out[at++] = 'e';
    out[at++] = exponent < 0 ? '-' : '+';
    if (exponent < 0) exponent = -exponent;
    if (exponent < 10) out[at++] = '0';
    return at + write_digits((uint64_t)exponent, out + at);
}

size_t hrmi_number_write(double value, char out[HRMI_NUMBER_SIZE]) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    const bool negative = bits >> 63 != 0;
    bits &= UINT64_MAX >> 1;
    size_t at = 0;
    out[0] = '\0';
    const bool finite = bits < UINT64_C(0x7ff0000000000000);
    assert(finite);
    if (!finite) return 0;
    if (negative) out[at++] = '-';

    const double whole_limit = 9007199254740992.0; /* 2^53: whole numbers below have no shorter rival */
    const double magnitude = negative ? -value : value;
    if (magnitude < whole_limit && (double)(uint64_t)magnitude == magnitude) {
        at += write_digits((uint64_t)magnitude, out + at);
        out[at] = '\0';
        return at;
    }
    char digits[20];
    const shortest decimal = find_shortest(bits);
    size_t count = write_digits(decimal.digits, digits);
    const int point = (int)count + decimal.power;
    while (count > 1 && digits[count - 1] == '0') count--;
    if (point >= PLAIN_FIRST && point <= PLAIN_LAST) {
        at += lay_out_plainly(digits, count, point, out + at);
    } else {
        at += lay_out_with_exponent(digits, count, point - 1, out + at);
    }
    out[at] = '\0';
    return at;
}
