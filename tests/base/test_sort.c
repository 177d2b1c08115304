/* Sorting: every order of few elements, and many elements against the C library's own. */
#include "base/sort.h"
#include "harness/harness.h"

static int compare_numbers(const void *a, const void *b, const void *user) {
    const int x = *(const int *)a;
    const int y = *(const int *)b;
    const int sign = user == NULL ? 1 : *(const int *)user;
    return sign * ((x > y) - (x < y));
}

static int compare_for_qsort(const void *a, const void *b) {
    return compare_numbers(a, b, NULL);
}

/* All 4^k sequences of k numbers from 0 to 3. */
START_TEST(every_short_sequence) {
    for (size_t count = 0; count <= 6; count++) {
        for (unsigned code = 0; code < 1u << (2 * count); code++) {
            int sorted[6];
            int expected[6];
            for (size_t i = 0; i < count; i++) sorted[i] = expected[i] = (int)(code >> (2 * i) & 3);
            hrmi_sort(sorted, count, sizeof *sorted, compare_numbers, NULL);
            qsort(expected, count, sizeof *expected, compare_for_qsort);
            ck_assert_int_eq(memcmp(sorted, expected, count * sizeof *sorted), 0);
        }
    }
}
END_TEST

START_TEST(many_numbers_downwards) {
    enum { COUNT = 5000 };
    static int sorted[COUNT];
    static int expected[COUNT];
    const int downwards = -1;
    for (size_t i = 0; i < COUNT; i++) sorted[i] = expected[i] = (int)(i * 7919 % 4999);
    hrmi_sort(sorted, COUNT, sizeof *sorted, compare_numbers, &downwards);
    qsort(expected, COUNT, sizeof *expected, compare_for_qsort);
    for (size_t i = 0; i < COUNT; i++) ck_assert_int_eq(sorted[i], expected[COUNT - 1 - i]);
}
END_TEST

HRMT_SUITE("sort", &every_short_sequence, &many_numbers_downwards)
