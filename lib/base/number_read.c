/*
 * Decimal text to the nearest double, ties to even, in three steps of falling speed and equal result:
 *
 *   1. w · 10^q with w <= 2^53 and |q| <= 22: both are doubles, one operation rounds once (Clinger 1990).
 *   2. w times a 128-bit power of ten, cut to an interval around the true value; nearly always all of the
 *      interval rounds to one double (Eisel-Lemire: Lemire 2021, doi:10.1002/spe.2984; our test of the
 * interval is on the full 192-bit product, so that it proves itself line by line).
 *   3. Otherwise the text is compared with the midpoint of two neighbouring doubles in whole numbers of at
 * most BIG_LIMBS limbs. 768 digits always tell the sides of a midpoint apart (Hanson's bound), so we take
 * 800, and one digit more for "and something behind".
 *
 * Not strtod: it depends on the locale and on the C library's care.
 */
#include "base/number.h"
#include "base/number_parts.h"
#include "base/powers_of_ten.h"

#include <assert.h>
#include <float.h>
#include <string.h>

enum {
    FIRST_DIGITS = 19, /* always fit into 64 bits */
    ALL_DIGITS = 800,
    POWER_MAX = 308, /* 1e309 is too large */
    MANTISSA_BITS = 52,
    EXPONENT_MAX = 1023,
    EXPONENT_MIN = -1022,
    BIG_LIMBS = 96 /* of 32 bits: 3072; 801 digits or 5^1125 · 2^54 need less than 2700 */
};

#define EXPONENT_LIMIT INT64_C(1000000000000000)
#define INFINITY_BITS  UINT64_C(0x7ff0000000000000)
#define HIDDEN_BIT     (UINT64_C(1) << MANTISSA_BITS)

/* ---- step 2: the interval ---------------------------------------------------------------------------- */

/*
 * Round w · 10^q, w > 0, q in the table, up to POWER_MAX: the bits of the double at or below it, and of the
 * nearest one, infinity included. false when the 192 bits cannot tell the nearest.
 *
 * With w shifted to the top of its word, the product P of w and the table's g is a 192-bit number, and the
 * true value is P + w·t for a t in [0, 1): exactly P where the power is exact, and strictly above it
 * elsewhere.
 */
static bool round_product(uint64_t w, int q, uint64_t *below, uint64_t *nearest) {
    const hrmi_wide g = hrmi_powers_of_ten[q - HRMI_POWER_FIRST];
    const bool exact = q >= 0 && q <= HRMI_POWER_LAST_EXACT;
    const int shift = hrmi_leading_zeros(w);
    w <<= shift;
    const hrmi_wide upper = hrmi_wide_multiply(w, g.high);
    const hrmi_wide lower = hrmi_wide_multiply(w, g.low);
    const uint64_t p0 = lower.low;
    const uint64_t p1 = upper.low + lower.high;
    const uint64_t p2 = upper.high + (p1 < upper.low);

    const int top = 62 + (int)(p2 >> 63); /* the highest bit of p2 */
    const int exponent = top + 1 + hrmi_floor_log2_of_power(q) - shift;
    if (exponent > EXPONENT_MAX) {
        *below = *nearest = INFINITY_BITS;
        return true;
    }
    const int subnormal = exponent < EXPONENT_MIN ? EXPONENT_MIN - exponent : 0;
    const int dropped = top - MANTISSA_BITS + subnormal; /* bits of p2 that the double has no room for */
    if (dropped > 63) {
        *below = *nearest = 0;
        return false;
    }
    const uint64_t biased = subnormal > 0 ? 0 : (uint64_t)(exponent - EXPONENT_MIN);
    const uint64_t half = UINT64_C(1) << (dropped - 1);
    const uint64_t rest = p2 & (half * 2 - 1);
    *below = (biased << MANTISSA_BITS) + (p2 >> dropped); /* the hidden bit adds 1 to the exponent */
    *nearest = *below;
    if (rest > half || (rest == half && (p1 | p0) != 0)) {
        *nearest += 1;
    } else if (rest == half) {
        *nearest += exact ? *below & 1 : 1;
    } else if (!exact && rest == half - 1 && p1 == UINT64_MAX && p0 > UINT64_MAX - w + 1) {
        return false; /* P is below the midpoint, P + w above it */
    }
    return true;
}

/* ---- step 3: whole numbers --------------------------------------------------------------------------- */

typedef struct big {
    uint32_t limb[BIG_LIMBS]; /* least significant first */
    size_t used;
} big;

static void big_push(big *x, uint32_t limb) {
    assert(x->used < BIG_LIMBS);
    if (x->used < BIG_LIMBS) x->limb[x->used++] = limb;
}

/* x = x · factor + term */
static void big_multiply_add(big *x, uint32_t factor, uint32_t term) {
    uint64_t carry = term;
    for (size_t i = 0; i < x->used; i++) {
        carry += (uint64_t)x->limb[i] * factor;
        x->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0) big_push(x, (uint32_t)carry);
}

static void big_multiply_power_of_five(big *x, int64_t power) {
    const uint32_t five13 = 1220703125; /* 5^13, the largest that fits */
    for (; power >= 13; power -= 13) big_multiply_add(x, five13, 0);
    for (; power > 0; power--) big_multiply_add(x, 5, 0);
}

static void big_shift_left(big *x, int64_t shift) {
    const size_t limbs = (size_t)(shift / 32);
    if (shift % 32 != 0) big_multiply_add(x, UINT32_C(1) << (shift % 32), 0);
    if (x->used == 0 || limbs == 0) return;
    assert(x->used + limbs <= BIG_LIMBS);
    if (x->used + limbs > BIG_LIMBS) return;
    memmove(x->limb + limbs, x->limb, x->used * sizeof *x->limb);
    memset(x->limb, 0, limbs * sizeof *x->limb);
    x->used += limbs;
}

static int big_compare(const big *a, const big *b) {
    if (a->used != b->used) return a->used < b->used ? -1 : 1;
    for (size_t i = a->used; i-- > 0;) {
        if (a->limb[i] != b->limb[i]) return a->limb[i] < b->limb[i] ? -1 : 1;
    }
    return 0;
}

/* Up to ALL_DIGITS significant digits of a text as a whole number, and the power of ten that scales it. */
static int64_t big_from_parts(big *x, const hrmi_number_parts *parts) {
    int64_t power = parts->exponent;
    uint32_t chunk = 0, chunk_scale = 1;
    int taken = 0;
    bool fraction = false, more = false;
    x->used = 0;
    for (const char *at = parts->begin; at < parts->end; at++) {
        fraction = fraction || at == parts->mark;
        if (!hrmi_is_digit(*at)) continue;
        if (taken == ALL_DIGITS) {
            more = more || *at != '0';
            power += fraction ? 0 : 1;
            continue;
        }
        power -= fraction ? 1 : 0;
        if (taken == 0 && *at == '0') continue;
        taken++;
        chunk = chunk * 10 + (uint32_t)(*at - '0');
        chunk_scale *= 10;
        if (chunk_scale < 1000000000) continue;
        big_multiply_add(x, chunk_scale, chunk);
        chunk = 0;
        chunk_scale = 1;
    }
    big_multiply_add(x, chunk_scale, chunk);
    if (more) {
        big_multiply_add(x, 10, 1);
        power--;
    }
    return power;
}

/* The nearest double of a text, when `below` are the bits of the double at or below it, and finite. */
static uint64_t round_exactly(const hrmi_number_parts *parts, uint64_t below) {
    const uint64_t biased = below >> MANTISSA_BITS;
    const uint64_t significand = (below & (HIDDEN_BIT - 1)) | (biased > 0 ? HIDDEN_BIT : 0);
    const uint64_t middle = 2 * significand + 1; /* times 2^(binary) */
    const int64_t binary = (int64_t)(biased > 0 ? biased : 1) - EXPONENT_MAX - MANTISSA_BITS - 1;

    big text;
    big midpoint = {.limb = {(uint32_t)middle, (uint32_t)(middle >> 32)}, .used = middle >> 32 != 0 ? 2 : 1};
    const int64_t power = big_from_parts(&text, parts);
    if (power >= 0) {
        big_multiply_power_of_five(&text, power);
    } else {
        big_multiply_power_of_five(&midpoint, -power);
    }
    if (power >= binary) {
        big_shift_left(&text, power - binary);
    } else {
        big_shift_left(&midpoint, binary - power);
    }
    const int order = big_compare(&text, &midpoint);
    return below + (order > 0 || (order == 0 && (below & 1) != 0) ? 1 : 0);
}

/* ---- the way through the steps ----------------------------------------------------------------------- */

static double with_sign(uint64_t bits, bool negative) {
    double value;
    bits |= (uint64_t)negative << 63;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Step 1. FLT_EVAL_METHOD: where doubles are computed wider (x87), one operation would round twice. */
static bool round_small(uint64_t w, int64_t q, double *out) {
#if FLT_EVAL_METHOD == 0
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (w > UINT64_C(1) << 53 || q < -22 || q > 22) return false;
    *out = q < 0 ? (double)w / powers[-q] : (double)w * powers[q];
    return true;
#else
    (void)w, (void)q, (void)out;
    return false;
#endif
}

/*
 * The double nearest to the parts, given their first digits w, at most 19 of them, and the power of ten q
 * that w stands at; `more` when a digit other than zero follows those: the value is then between w and w + 1.
 */
static bool round_parts(const hrmi_number_parts *parts, uint64_t w, int64_t q, bool more, double *out) {
    uint64_t below, nearest = 0;
    double small;
    if (!more && round_small(w, q, &small)) {
        *out = parts->negative ? -small : small;
        return true;
    }
    if (w != 0 && q > POWER_MAX) return false;
    if (w != 0 && q >= HRMI_POWER_FIRST) {
        bool sure = round_product(w, (int)q, &below, &nearest);
        if (sure && more) {
            uint64_t below_next, nearest_next;
            sure = round_product(w + 1, (int)q, &below_next, &nearest_next) && nearest_next == nearest;
        }
        if (!sure) nearest = round_exactly(parts, below);
    }
    if (nearest >= INFINITY_BITS) return false;
    *out = with_sign(nearest, parts->negative);
    return true;
}

bool hrmi_number_from_parts(const hrmi_number_parts *parts, double *out) {
    uint64_t w = 0;
    int64_t q = parts->exponent;
    int taken = 0;
    bool fraction = false, more = false;
    for (const char *at = parts->begin; at < parts->end; at++) {
        fraction = fraction || at == parts->mark;
        if (!hrmi_is_digit(*at)) continue;
        if (taken == FIRST_DIGITS) {
            more = more || *at != '0';
            q += fraction ? 0 : 1;
            continue;
        }
        q -= fraction ? 1 : 0;
        if (taken == 0 && *at == '0') continue;
        taken++;
        w = w * 10 + (uint64_t)(*at - '0');
    }
    return round_parts(parts, w, q, more, out);
}

bool hrmi_number_read_exponent(const char *text, const char *end, int64_t *out) {
    const bool negative = text < end && *text == '-';
    int64_t value = 0;
    if (text < end && (*text == '-' || *text == '+')) text++;
    if (text == end) return false;
    for (; text < end; text++) {
        if (!hrmi_is_digit(*text)) return false;
        if (value < EXPONENT_LIMIT) value = value * 10 + (*text - '0');
    }
    if (value > EXPONENT_LIMIT) value = EXPONENT_LIMIT;
    *out = negative ? -value : value;
    return true;
}

bool hrmi_number_read(const char *text, size_t length, double *out) {
    if (length == 0) return false;
    const char *const end = text + length;
    hrmi_number_parts parts = {.negative = *text == '-', .exponent = 0};
    const char *at = text + (*text == '-' || *text == '+');
    uint64_t w = 0; /* wraps when there are many digits, and is then not used */

    parts.begin = at;
    for (; at < end && hrmi_is_digit(*at); at++) w = w * 10 + (uint64_t)(*at - '0');
    ptrdiff_t digits = at - parts.begin;
    ptrdiff_t decimals = 0;
    parts.mark = at;
    if (at < end && *at == '.') {
        for (at++; at < end && hrmi_is_digit(*at); at++) w = w * 10 + (uint64_t)(*at - '0');
        decimals = at - parts.mark - 1;
        digits += decimals;
    }
    parts.end = at;
    if (digits == 0) return false;
    if (at < end) {
        if (*at != 'e' && *at != 'E') return false;
        if (!hrmi_number_read_exponent(at + 1, end, &parts.exponent)) return false;
    }
    if (digits > FIRST_DIGITS) return hrmi_number_from_parts(&parts, out);
    return round_parts(&parts, w, parts.exponent - decimals, false, out);
}
