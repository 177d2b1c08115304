/* Counter-based random numbers: see random.h. */
#include "base/random.h"
#include "base/wide.h"

#include <assert.h>

void hrmi_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) {
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; round++) {
        const uint64_t even = UINT64_C(0xD2511F53) * c0;
        const uint64_t odd = UINT64_C(0xCD9E8D57) * c2;
        c0 = (uint32_t)(odd >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)odd;
        c2 = (uint32_t)(even >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)even;
        k0 += UINT32_C(0x9E3779B9); /* the golden ratio */
        k1 += UINT32_C(0xBB67AE85); /* the square root of 3, less 1 */
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

void hrmi_random_start(hrmi_random *random, uint64_t seed, uint64_t row, uint32_t permutation) {
    *random = (hrmi_random){.seed = seed, .row = row, .permutation = permutation};
}

/* Counter: block, permutation, row (low, high). Key: seed (low, high). A block's words 0, 1 are its first
 * draw. */
uint64_t hrmi_random_next(hrmi_random *random) {
    if (random->has_spare) {
        random->has_spare = 0;
        return random->spare;
    }
    const uint32_t counter[4] = {random->block++, random->permutation, (uint32_t)random->row,
                                 (uint32_t)(random->row >> 32)};
    const uint32_t key[2] = {(uint32_t)random->seed, (uint32_t)(random->seed >> 32)};
    uint32_t out[4];
    hrmi_philox(counter, key, out);
    random->spare = (uint64_t)out[3] << 32 | out[2];
    random->has_spare = 1;
    return (uint64_t)out[1] << 32 | out[0];
}

/*
 * The high word of draw · bound. Of the 2^64 draws, 2^64 mod bound too many would land on some numbers: those
 * whose low word is below that remainder are drawn again.
 */
uint64_t hrmi_random_below(hrmi_random *random, uint64_t bound) {
    assert(bound > 0);
    hrmi_wide product = hrmi_wide_multiply(hrmi_random_next(random), bound);
    if (product.low >= bound) return product.high; /* the remainder is less than bound */
    const uint64_t remainder = bound > 0 ? (0 - bound) % bound : 0;
    while (product.low < remainder) product = hrmi_wide_multiply(hrmi_random_next(random), bound);
    return product.high;
}

double hrmi_random_unit(hrmi_random *random) {
    return (double)(hrmi_random_next(random) >> 11) * 0x1p-53;
}
