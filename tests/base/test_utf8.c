/* UTF-8: the table of well-formed bytes, cutting, and likeness of names. */
#include <inttypes.h>

#include "base/utf8.h"
#include "harness/harness.h"

/* Every code point, encoded by the rule of RFC 3629, is well-formed and comes back; surrogates are not. */
START_TEST(every_code_point) {
    for (uint32_t point = 0; point <= 0x110000; point++) {
        char text[4];
        size_t size;
        if (point < 0x80) {
            text[0] = (char)point;
            size = 1;
        } else {
            size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
            for (size_t i = size; i-- > 1;) text[i] = (char)(0x80 | (point >> (6 * (size - 1 - i)) & 0x3F));
            text[0] = (char)(lead[size] | point >> (6 * (size - 1)));
        }
        const bool valid = point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
        const char *at = text;
        bool right = hrmi_utf8_first_invalid(text, size) == (valid ? size : 0);
        right = right && hrmi_utf8_next(&at, text + size) == (valid ? point : HRMI_UTF8_REPLACEMENT);
        right = right && at == text + (valid ? size : 1);
        for (size_t part = 1; valid && part < size; part++) { /* cut short */
            right = right && hrmi_utf8_first_invalid(text, part) == 0;
            at = text;
            right = right && hrmi_utf8_next(&at, text + part) == HRMI_UTF8_REPLACEMENT && at == text + part;
        }
        if (!right) ck_abort_msg("U+%04" PRIX32, point); /* an assert per code point takes a minute */
    }
}
END_TEST

START_TEST(first_invalid) {
    static const struct {
        const char *text;
        size_t offset;
    } cases[] = {
        {"", 0},
        {"plain", 5},
        {"Ічня", 8},
        {"a\x80", 1},
        {"abcdefgh\xFFijk", 8},
        {"abcdefghijkl\xC0\xAF", 12},
        {"є\xC1\x81", 2},
        {"є\xE0\x80\x80", 2},     /* overlong */
        {"є\xED\xA0\x80", 2},     /* surrogate */
        {"є\xF4\x90\x80\x80", 2}, /* beyond U+10FFFF */
        {"є\xF5\x80\x80\x80", 2},
        {"є\xE2\x82", 2},
        {"є\xE2\x28\xA1", 2},
        {"\xF0\x9F\x98\x80", 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_uint_eq(hrmi_utf8_first_invalid(cases[i].text, strlen(cases[i].text)), cases[i].offset);
    }
    ck_assert_uint_eq(hrmi_utf8_first_invalid("a\0b", 3), 3);
}
END_TEST

/* The example of the Unicode standard (table 3-8): each longest beginning is replaced once. */
START_TEST(replacement) {
    static const char text[] = "a\xF1\x80\x80\xE1\x80\xC2"
                               "b\x80"
                               "c\x80\xBF"
                               "d";
    static const uint32_t points[] = {'a', 0xFFFD, 0xFFFD, 0xFFFD, 'b', 0xFFFD, 'c', 0xFFFD, 0xFFFD, 'd'};
    const char *at = text;
    const char *const end = text + sizeof text - 1;
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        ck_assert(at < end);
        ck_assert_uint_eq(hrmi_utf8_next(&at, end), points[i]);
    }
    ck_assert(at == end);
}
END_TEST

START_TEST(cut) {
    static const char text[] = "aє\u20B4\U0001F600z"; /* 1, 2, 3, 4 and 1 bytes */
    static const size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11, 11};
    for (size_t limit = 0; limit < sizeof expected / sizeof *expected; limit++) {
        ck_assert_uint_eq(hrmi_utf8_cut(text, 11, limit), expected[limit]);
    }
    ck_assert_uint_eq(hrmi_utf8_cut("\x80\x80\x80\x80\x80\x80", 6, 4), 4); /* nothing to split */
    ck_assert_uint_eq(hrmi_utf8_cut("abc\x80\x80", 5, 4), 4);
    ck_assert_uint_eq(hrmi_utf8_cut("", 0, 0), 0);
}
END_TEST

START_TEST(distance) {
    static const struct {
        const char *a, *b;
        size_t edits;
    } cases[] = {
        {"", "", 0},
        {"", "abc", 3},
        {"kitten", "sitting", 3},
        {"saturday", "sunday", 3},
        {"ab", "ba", 1},
        {"ca", "abc", 3}, /* 2 if a part might be edited twice */
        {"a cat", "an act", 2},
        {"Бучанська", "Буцанська", 1},
        {"Ірпінська", "Ірпінсьак", 1},
        {"Ізюм", "Изюм", 1},
        {"population", "popultaion", 1},
        {"є", "\u20B4", 1},
        {"\xFF", "\xFE", 0}, /* both are U+FFFD: not text, and no different as text */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t limit = 0; limit < 6; limit++) {
            const size_t expected = cases[i].edits <= limit ? cases[i].edits : limit + 1;
            ck_assert_uint_eq(hrmi_utf8_distance(cases[i].a, cases[i].b, limit), expected);
            ck_assert_uint_eq(hrmi_utf8_distance(cases[i].b, cases[i].a, limit), expected);
        }
    }
    char longest[2 * HRMI_UTF8_DISTANCE_MAX + 3] = "";
    for (size_t i = 0; i < HRMI_UTF8_DISTANCE_MAX; i++) memcpy(longest + 2 * i, "ї", 3);
    ck_assert_uint_eq(hrmi_utf8_distance(longest, "", 200), HRMI_UTF8_DISTANCE_MAX);
    memcpy(longest + sizeof longest - 3, "ї", 3);
    ck_assert_uint_eq(hrmi_utf8_distance(longest, "", 200), 201);
    ck_assert_uint_eq(hrmi_utf8_distance(longest, longest, 200), 0);
}
END_TEST

START_TEST(blanks_around_a_text) {
    static const char *const texts[][2] = {
        {"", ""},
        {" ", ""},
        {"a", "a"},
        {" \t a b \r\n", "a b"},
        {"\xEF\xBB\xBF"
         "a\xC2\xA0",
         "a"},
        {"\xE2\x80\x89\xE2\x81\xA0", ""},
        {"\xC2", "\xC2"}, /* half a character is no blank */
        {"\xA0", "\xA0"},
        {"\xD0\xA0", "\xD0\xA0"} /* the letter Р ends as a no-break space does */};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *text = texts[i][0];
        const size_t length = hrmi_utf8_trim(&text, strlen(text));
        ck_assert_uint_eq(length, strlen(texts[i][1]));
        ck_assert_mem_eq(text, texts[i][1], length);
    }
}
END_TEST

HRMT_SUITE("utf8", &every_code_point, &first_invalid, &replacement, &cut, &distance, &blanks_around_a_text)
