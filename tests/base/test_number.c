/*
 * Reading and writing machine numbers. The many cases are in numbers.txt (made by
 * tests/reference/number_cases.py); here are those that no line of a file can hold, and what is no number.
 */
#include <math.h>

#include "base/case_file.h"
#include "base/number.h"
#include "base/powers_of_ten.h"

static bool read_text(const char *text, double *out) {
    /* A copy of the exact size, so that a sanitizer sees any byte read too much. */
    const size_t length = strlen(text);
    char *const copy = malloc(length > 0 ? length : 1);
    ck_assert(copy != NULL);
    memcpy(copy, text, length);
    const bool ok = hrmi_number_read(copy, length, out);
    free(copy);
    return ok;
}

static void check_read(char *rest) {
    double value = 42;
    const double expected = hrmt_next_double(&rest);
    ck_assert_msg(read_text(rest, &value), "refused: %s", rest);
    ck_assert_msg(hrmt_same_bits(value, expected), "%s read as %a, not %a", rest, value, expected);
}

static void check_large(char *rest) {
    double value = 42;
    ck_assert_msg(!read_text(rest, &value), "not refused: %s", rest);
    ck_assert(hrmt_same_bits(value, 42));
}

static void check_write(char *rest) {
    char text[HRMI_NUMBER_SIZE];
    double back;
    const double value = hrmt_next_double(&rest);
    const size_t length = hrmi_number_write(value, text);
    ck_assert_str_eq(text, rest);
    ck_assert_uint_eq(length, strlen(text));
    ck_assert(hrmi_number_read(text, length, &back));
    ck_assert(hrmt_same_bits(back, value));
}

START_TEST(case_file) {
    ck_assert_uint_gt(hrmt_each_case("tests/base/numbers.txt", "read", check_read), 1000);
    ck_assert_uint_gt(hrmt_each_case("tests/base/numbers.txt", "large", check_large), 4);
    ck_assert_uint_gt(hrmt_each_case("tests/base/numbers.txt", "write", check_write), 1500);
}
END_TEST

START_TEST(read_by_hand) {
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        {"0", 0.0},
        {"-0", -0.0},
        {"+1", 1.0},
        {"5.", 5.0},
        {".5", 0.5},
        {"-.5e1", -5.0},
        {"1E3", 1000.0},
        {"1e+3", 1000.0},
        {"25e-2", 0.25},
        {"000123", 123.0},
        {"0.000", 0.0},
        {"-0.0e5", -0.0},
        {"9007199254740993", 9007199254740992.0}, /* 2^53 + 1 is a tie: to even */
        {"9007199254740995", 9007199254740996.0}, /* 2^53 + 3 is a tie: to even */
        {"9007199254740993.0000000000000000000000001", 9007199254740994.0},
        {"9007199254740992.9999999999999999999999999", 9007199254740992.0},
        {"4.5e-324", 0x1p-1074},
        {"2e-324", 0.0},                                    /* less than half of the least */
        {"2.2250738585072011e-308", 0x1p-1022 - 0x1p-1074}, /* hung PHP and Java once */
        {"1.7976931348623157e308", 0x1.fffffffffffffp1023},
        {"-1.7976931348623158e308", -0x1.fffffffffffffp1023}, /* below the midpoint to 2^1024 */
        {"1e-99999999999999999999999999", 0.0},
        {"-1e-99999999999999999999999999", -0.0},
        {"0e99999999999999999999999999", 0.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = 42;
        ck_assert_msg(read_text(cases[i].text, &value), "refused: %s", cases[i].text);
        ck_assert_msg(hrmt_same_bits(value, cases[i].value), "%s: %a", cases[i].text, value);
    }
}
END_TEST

START_TEST(read_refuses) {
    static const char *const texts[] = {"",
                                        " ",
                                        "+",
                                        "-",
                                        ".",
                                        "e5",
                                        "-.",
                                        ".e1",
                                        "1e",
                                        "1e+",
                                        "1e-",
                                        "1e1.5",
                                        "1e 5",
                                        "1 ",
                                        " 1",
                                        "1\n",
                                        "+-1",
                                        "--1",
                                        "1-",
                                        "1.2.3",
                                        "1..2",
                                        "1,5",
                                        "1_0",
                                        "0x10",
                                        "0x1p3",
                                        "inf",
                                        "-inf",
                                        "nan",
                                        "NaN",
                                        "1d5",
                                        "1f",
                                        "1L",
                                        "1e5e5",
                                        "1e5 ",
                                        "1.5e1_",
                                        "²",
                                        "١",
                                        "1%",
                                        "(1)",
                                        "$1",
                                        "1e++1",
                                        "1e+-1",
                                        "1.e",
                                        "\0",
                                        "0b1",
                                        "∞",
                                        "1e309",
                                        "2e308",
                                        "-1e999999999999999999999",
                                        "1.7976931348623159e308", /* above the midpoint to 2^1024 */
                                        "infinity"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double value = 42;
        ck_assert_msg(!read_text(texts[i], &value), "not refused: %s", texts[i]);
        ck_assert(hrmt_same_bits(value, 42));
    }
    double value;
    ck_assert(!hrmi_number_read("1\0", 2, &value)); /* the whole span, NUL or not */
    ck_assert(hrmi_number_read("123", 2, &value));  /* and no more than the span */
    ck_assert(hrmt_same_bits(value, 12));
}
END_TEST

/* head, then `count` times the digit, then tail, as one text. */
static char *long_text(const char *head, char digit, size_t count, const char *tail) {
    const size_t before = strlen(head), after = strlen(tail);
    char *const text = malloc(before + count + after + 1);
    ck_assert(text != NULL);
    memcpy(text, head, before);
    memset(text + before, digit, count);
    memcpy(text + before + count, tail, after + 1);
    return text;
}

START_TEST(read_long) {
    static const struct {
        const char *head;
        char digit;
        const char *tail;
        double value; /* 0 stands for "too large" */
    } cases[] = {
        {"1", '0', "e-10000000", 1.0},
        {"0.", '0', "1e10000001", 1.0},
        {"", '0', "7", 7.0},
        {"7.", '0', "", 7.0},
        {"9007199254740993.", '0', "1", 9007199254740994.0}, /* only the last digit breaks the tie */
        {"9007199254740993.", '0', "", 9007199254740992.0},
        {"9007199254740992.", '9', "", 9007199254740992.0},
        {"0.", '9', "", 1.0},
        {"-4", '9', "e-10000000", -5.0},
        {"5", '0', "e-10000324", 0x1p-1074},
        {"2.4703282292062327e-", '0', "324", 0.0},
        {"1", '0', "", 0.0},
        {"1e", '9', "", 0.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *const text = long_text(cases[i].head, cases[i].digit, 10000000, cases[i].tail);
        double value = 42;
        const bool ok = hrmi_number_read(text, strlen(text), &value);
        if (ok) {
            ck_assert_msg(hrmt_same_bits(value, cases[i].value), "case %zu: %a", i, value);
        } else {
            ck_assert_msg(hrmt_same_bits(cases[i].value, 0.0) && hrmt_same_bits(value, 42), "case %zu", i);
        }
        free(text);
    }
}
END_TEST

/* A mark between 768 digits, the most that ever matter, at every place around our own limit. */
START_TEST(read_around_digit_limit) {
    for (size_t zeros = 700; zeros < 900; zeros++) {
        char *const above = long_text("9007199254740993.", '0', zeros, "1");
        char *const below = long_text("9007199254740992.", '9', zeros, "8");
        double value;
        ck_assert(hrmi_number_read(above, strlen(above), &value));
        ck_assert(hrmt_same_bits(value, 9007199254740994.0));
        ck_assert(hrmi_number_read(below, strlen(below), &value));
        ck_assert(hrmt_same_bits(value, 9007199254740992.0));
        free(above);
        free(below);
    }
}
END_TEST

START_TEST(write_by_hand) {
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0.0, "0"},
        {-0.0, "-0"},
        {1.0, "1"},
        {-1.0, "-1"},
        {0.1, "0.1"},
        {123456.789, "123456.789"},
        {0.001, "0.001"},
        {-0.0001, "-0.0001"},
        {0.00001, "1e-05"},
        {0.000012345, "1.2345e-05"},
        {100.0, "100"},
        {1e15, "1000000000000000"},
        {9999999999999998.0, "9999999999999998"},
        {1e16, "1e+16"},
        {-1.25e100, "-1.25e+100"},
        {0x1p-1074, "5e-324"},
        {0x1p-1022, "2.2250738585072014e-308"},
        {0x1.fffffffffffffp1023, "1.7976931348623157e+308"},
        {9007199254740992.0, "9007199254740992"},
        {0x1p60, "1.152921504606847e+18"},
        {2e-44, "2e-44"}, /* others wrote 20000000000000002e-60 */
        {5e-324 * 2, "1e-323"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[HRMI_NUMBER_SIZE];
        ck_assert_uint_eq(hrmi_number_write(cases[i].value, text), strlen(cases[i].text));
        ck_assert_str_eq(text, cases[i].text);
    }
}
END_TEST

/* Products of two words against the sums of shifts that the definition asks for. */
START_TEST(wide_products) {
    static const uint64_t samples[] = {0,
                                       1,
                                       2,
                                       UINT32_MAX,
                                       UINT64_C(1) << 32,
                                       UINT64_C(0x9E3779B97F4A7C15),
                                       UINT64_C(0xD2511F53CD9E8D57),
                                       UINT64_MAX - 1,
                                       UINT64_MAX};
    const size_t count = sizeof samples / sizeof *samples;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            hrmi_wide sum = {0, 0};
            for (int bit = 63; bit >= 0; bit--) {
                sum.high = sum.high << 1 | sum.low >> 63;
                sum.low <<= 1;
                if ((samples[i] >> bit & 1) == 0) continue;
                sum.low += samples[j];
                sum.high += sum.low < samples[j];
            }
            const hrmi_wide a = hrmi_wide_multiply(samples[i], samples[j]);
            const hrmi_wide b = hrmi_wide_multiply_by_halves(samples[i], samples[j]);
            ck_assert(a.high == sum.high && a.low == sum.low);
            ck_assert(b.high == sum.high && b.low == sum.low);
        }
    }
}
END_TEST

HRMT_SUITE("number", &case_file, &read_by_hand, &read_refuses, &read_long, &read_around_digit_limit,
           &write_by_hand, &wide_products)
