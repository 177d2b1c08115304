/* Exact sums: cases of numbers.txt, and the promise that no order, split or taking away changes a bit. */
#include <float.h>
#include <math.h>

#include "base/case_file.h"
#include "base/random.h"
#include "base/sum.h"

enum { TERMS_MAX = 64 };

static void check_sum(char *rest) {
    double terms[TERMS_MAX];
    size_t count = 0;
    const double expected = hrmt_next_double(&rest);
    while (*rest != '\0') {
        ck_assert_uint_lt(count, TERMS_MAX);
        terms[count++] = hrmt_next_double(&rest);
    }
    for (size_t split = 0; split <= count; split++) { /* forwards, backwards, in two parts, one taken away */
        hrmi_sum all = {.pending = 0}, first = {.pending = 0}, second;
        hrmi_sum_clear(&second);
        for (size_t i = 0; i < count; i++) {
            hrmi_sum_add(&all, terms[count - 1 - i]);
            hrmi_sum_add(i < split ? &first : &second, terms[i]);
        }
        ck_assert(hrmt_same_bits(hrmi_sum_value(&all), expected));
        hrmi_sum_add_sum(&second, &first);
        ck_assert(hrmi_sum_equal(&second, &all));
        ck_assert(hrmt_same_bits(hrmi_sum_value(&second), expected));
        hrmi_sum_subtract_sum(&second, &first);
        for (size_t i = split; i < count; i++) hrmi_sum_subtract(&second, terms[i]);
        ck_assert(hrmi_sum_is_zero(&second));
    }
}

START_TEST(case_file) {
    ck_assert_uint_gt(hrmt_each_case("tests/base/numbers.txt", "sum", check_sum), 100);
}
END_TEST

START_TEST(by_hand) {
    hrmi_sum sum = {.pending = 0};
    ck_assert(hrmi_sum_is_zero(&sum));
    ck_assert(hrmt_same_bits(hrmi_sum_value(&sum), 0.0));
    hrmi_sum_add(&sum, -0.0);
    ck_assert(hrmt_same_bits(hrmi_sum_value(&sum), 0.0));
    hrmi_sum_add(&sum, 0x1p-1074);
    ck_assert_int_eq(hrmi_sum_sign(&sum), 1);
    hrmi_sum_add(&sum, 1.0);
    ck_assert(hrmt_same_bits(hrmi_sum_value(&sum), 1.0));
    hrmi_sum_subtract(&sum, 1.0);
    ck_assert(hrmt_same_bits(hrmi_sum_value(&sum), 0x1p-1074));
    hrmi_sum_subtract(&sum, 0x1p-1073);
    ck_assert_int_eq(hrmi_sum_sign(&sum), -1);
    ck_assert(hrmt_same_bits(hrmi_sum_value(&sum), -0x1p-1074));
    hrmi_sum_subtract_sum(&sum, &sum);
    ck_assert(hrmi_sum_is_zero(&sum));
    hrmi_sum_add(&sum, 3.0);
    hrmi_sum_add_sum(&sum, &sum);
    ck_assert(hrmt_same_bits(hrmi_sum_value(&sum), 6.0));
}
END_TEST

/* 2^53 + 1 is a tie: the smallest thing beside it decides, wherever it stands. */
START_TEST(ties) {
    for (int power = 0; power >= -1074; power--) {
        hrmi_sum above = {.pending = 0}, below = {.pending = 0};
        hrmi_sum_add(&above, 0x1p53);
        hrmi_sum_add(&above, 1);
        below = above;
        ck_assert(hrmt_same_bits(hrmi_sum_value(&above), 0x1p53));
        hrmi_sum_add(&above, ldexp(1, power));
        hrmi_sum_subtract(&below, ldexp(1, power));
        ck_assert(hrmt_same_bits(hrmi_sum_value(&above), 0x1p53 + 2));
        ck_assert(hrmt_same_bits(hrmi_sum_value(&below), 0x1p53));
    }
}
END_TEST

/* The largest double many times over: an infinity to read, and yet all there when it is taken away. */
START_TEST(beyond_range) {
    hrmi_sum sum = {.pending = 0};
    hrmi_sum_add(&sum, 0.1);
    for (int i = 0; i < 1000; i++) hrmi_sum_add(&sum, -DBL_MAX);
    ck_assert(hrmt_same_bits(hrmi_sum_value(&sum), -(double)INFINITY));
    for (int i = 0; i < 60; i++) hrmi_sum_add_sum(&sum, &sum); /* 2^60 times as many */
    ck_assert(hrmt_same_bits(hrmi_sum_value(&sum), -(double)INFINITY));
    hrmi_sum other = {.pending = 0};
    for (int i = 0; i < 1000; i++) hrmi_sum_add(&other, DBL_MAX);
    for (int i = 0; i < 60; i++) hrmi_sum_add_sum(&other, &other);
    hrmi_sum_add_sum(&sum, &other);
    ck_assert(hrmt_same_bits(hrmi_sum_value(&sum), 0.1 * 0x1p60));
}
END_TEST

/* A million doubles of all sizes and signs, shuffled: the same bits. */
START_TEST(any_order) {
    const size_t count = 1000000;
    double *const values = malloc(count * sizeof *values);
    hrmi_random random;
    hrmi_sum sum = {.pending = 0}, again = {.pending = 0};
    ck_assert(values != NULL);
    hrmi_random_start(&random, 5, 0, 0);
    for (size_t i = 0; i < count; i++) {
        values[i] = ldexp(hrmi_random_unit(&random) - 0.5, (int)hrmi_random_below(&random, 2000) - 1000);
        hrmi_sum_add(&sum, values[i]);
    }
    for (size_t left = count; left > 0; left--) {
        const size_t pick = (size_t)hrmi_random_below(&random, left);
        hrmi_sum_add(&again, values[pick]);
        values[pick] = values[left - 1];
    }
    ck_assert(hrmi_sum_equal(&sum, &again));
    ck_assert(hrmt_same_bits(hrmi_sum_value(&sum), hrmi_sum_value(&again)));
    free(values);
}
END_TEST

/* Carries settle by themselves, with the same sum: 2^30 additions and more, without doing them all. */
START_TEST(settles) {
    hrmi_sum sum = {.pending = 0};
    for (int i = 0; i < 1000; i++) hrmi_sum_add(&sum, 0x1.fffffffffffffp0);
    sum.pending = (1 << 30) - 1;
    hrmi_sum_add(&sum, 0x1.fffffffffffffp0);
    ck_assert_uint_eq(sum.pending, 0);
    for (int i = 0; i < 1001; i++) hrmi_sum_subtract(&sum, 0x1.fffffffffffffp0);
    ck_assert(hrmi_sum_is_zero(&sum));
    sum.pending = (1 << 30) - 1;
    hrmi_sum_add_sum(&sum, &sum);
    ck_assert_uint_eq(sum.pending, 0);
}
END_TEST

HRMT_SUITE("sum", &case_file, &by_hand, &ties, &beyond_range, &any_order, &settles)
