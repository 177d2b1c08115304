/* Random numbers: the published vectors, addressing, and that bounded ones are unbiased. */
#include "base/random.h"
#include "base/wide.h"
#include "harness/harness.h"

/* Random123's tests/kat_vectors, philox4x32 with 10 rounds: counter, key, expected. */
START_TEST(known_answers) {
    static const uint32_t vectors[][10] = {
        {0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
        {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e,
         0xa20bc7c6, 0x6d5451fd},
        {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb,
         0x5001e420, 0x24126ea1},
    };
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        uint32_t out[4];
        hrmi_philox(vectors[i], vectors[i] + 4, out);
        ck_assert_mem_eq(out, vectors[i] + 6, sizeof out);
    }
}
END_TEST

/* The third vector again, through (seed, row, permutation, draw): block 0x243f6a88 holds two draws. */
START_TEST(addressing) {
    hrmi_random random;
    hrmi_random_start(&random, UINT64_C(0x299f31d0a4093822), UINT64_C(0x0370734413198a2e), 0x85a308d3);
    random.block = 0x243f6a88;
    ck_assert_uint_eq(hrmi_random_next(&random), UINT64_C(0x94fdccebd16cfe09));
    ck_assert_uint_eq(hrmi_random_next(&random), UINT64_C(0x24126ea15001e420));
    ck_assert_uint_eq(random.block, 0x243f6a89);
    hrmi_random_start(&random, 0, 0, 0);
    ck_assert_uint_eq(hrmi_random_next(&random), UINT64_C(0xe169c58d6627e8d5));
}
END_TEST

/* The next draws of a walk, without disturbing it. */
static uint64_t peek(hrmi_random random, int ahead) {
    for (; ahead > 0; ahead--) (void)hrmi_random_next(&random);
    return hrmi_random_next(&random);
}

/* A bound of 3 · 2^62 refuses a quarter of all draws, those whose low word is below 2^62: by the definition.
 */
START_TEST(rejection) {
    const uint64_t bound = UINT64_C(3) << 62;
    size_t again = 0;
    for (uint64_t row = 0; row < 4000; row++) {
        hrmi_random random;
        hrmi_random_start(&random, 7, row, 3);
        int draws = 0;
        hrmi_wide product = hrmi_wide_multiply_by_halves(peek(random, draws), bound);
        while (product.low < UINT64_C(1) << 62) {
            product = hrmi_wide_multiply_by_halves(peek(random, ++draws), bound);
            again++;
        }
        ck_assert_uint_eq(hrmi_random_below(&random, bound), product.high);
    }
    ck_assert_uint_gt(again, 1100); /* 4000/3 on average */
    ck_assert_uint_lt(again, 1600);
}
END_TEST

/* First and last as often as the middle (libraries have got that wrong): within 5 standard deviations. */
START_TEST(even) {
    enum { BINS = 7, DRAWS = 700000 };
    size_t count[BINS] = {0}, unit[BINS] = {0};
    hrmi_random random;
    hrmi_random_start(&random, 2022, 224, 0);
    for (size_t i = 0; i < DRAWS; i++) {
        const uint64_t value = hrmi_random_below(&random, BINS);
        const double share = hrmi_random_unit(&random);
        if (value >= BINS || share < 0 || share >= 1) ck_abort_msg("out of range: %zu", i);
        count[value]++;
        unit[(size_t)(share * BINS)]++;
    }
    for (size_t i = 0; i < BINS; i++) {
        ck_assert_uint_gt(count[i], 100000 - 1500);
        ck_assert_uint_lt(count[i], 100000 + 1500);
        ck_assert_uint_gt(unit[i], 100000 - 1500);
        ck_assert_uint_lt(unit[i], 100000 + 1500);
    }
    for (int i = 0; i < 100; i++) ck_assert_uint_eq(hrmi_random_below(&random, 1), 0);
}
END_TEST

HRMT_SUITE("random", &known_answers, &addressing, &rejection, &even)
