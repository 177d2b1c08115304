/* Cells as people fill them in: every rule of hrmi_number_read_cell(), both what it takes and what it
 * refuses. */
#include <math.h>

#include "base/case_file.h"
#include "base/number.h"

#define NBSP   "\u00A0"
#define FIGURE "\u2007"
#define THIN   "\u2009"
#define NARROW "\u202F"
#define ZERO   "\u200B"
#define BOM    "\uFEFF"

enum { A = HRMI_DECIMAL_AUTO, P = HRMI_DECIMAL_POINT, C = HRMI_DECIMAL_COMMA };

static hrmi_cell_kind read_text(const char *text, int decimal, hrmi_cell *cell) {
    const size_t length = strlen(text);
    char *const copy = malloc(length > 0 ? length : 1); /* exactly the size: reading beyond is seen */
    ck_assert(copy != NULL);
    memcpy(copy, text, length);
    const hrmi_cell_kind kind = hrmi_number_read_cell(copy, length, (hrmi_decimal)decimal, cell);
    free(copy);
    return kind;
}

START_TEST(numbers) {
    static const struct {
        const char *text;
        int decimal;
        double value;
    } cases[] = {
        /* machine numbers, blanks around */
        {"0", A, 0},
        {"-12.5", A, -12.5},
        {"1e3", A, 1000},
        {"1e3", C, 1000},
        {"1.234", A, 1.234},
        {" 12 ", A, 12},
        {"\t12\r\n", A, 12},
        {NBSP "12" NBSP, A, 12},
        {BOM "12", A, 12},
        {ZERO "12" ZERO FIGURE THIN NARROW "\u2060\u200D\u200C", A, 12},
        {" .5 ", A, 0.5},
        {"5.", A, 5},
        {" 5. ", A, 5},
        {" 5.e1 ", P, 50},
        /* decimal comma */
        {"12,5", A, 12.5},
        {"-12,5", A, -12.5},
        {"0,123", A, 0.123},
        {"-0,123", A, -0.123},
        {",5", A, 0.5},
        {",123", A, 0.123},
        {"1,2345", A, 1.2345},
        {"1,23", A, 1.23},
        {"1234,567", A, 1234.567},
        {"012,345", A, 12.345},
        {"1,5E+03", A, 1500},
        {"1,234e3", A, 1234},
        {"1,234", C, 1.234},
        {"1,234", P, 1234},
        {"12,345", P, 12345},
        {"12,345", C, 12.345},
        {"1,5e-3", C, 0.0015},
        /* thousands */
        {"1 234", A, 1234},
        {"1 234 567", A, 1234567},
        {"12 345,6", A, 12345.6},
        {"1 234,567", A, 1234.567}, /* the comma cannot be a second kind of separator */
        {"12 345.6", A, 12345.6},
        {"1" NBSP "234" NBSP "567,89", A, 1234567.89},
        {"1" NARROW "234", A, 1234},
        {"1" THIN "234", A, 1234},
        {"1" FIGURE "234", A, 1234},
        {"1 234" NBSP "567", A, 1234567}, /* all blanks are one kind */
        {"1'234'567.89", A, 1234567.89},
        {"1\u2019234,5", A, 1234.5},
        {"1'234\u2019567", A, 1234567},
        {"1,234,567", A, 1234567},
        {"1.234.567", A, 1234567},
        {"1,234.5", A, 1234.5},
        {"1.234,5", A, 1234.5},
        {"1,234,567.891", A, 1234567.891},
        {"1.234.567,891", A, 1234567.891},
        {"999,999.999", A, 999999.999},
        {"1.234", C, 1234},
        {"1.234,5", C, 1234.5},
        {"1,234.5", P, 1234.5},
        {"1,234,567", P, 1234567},
        {"1.234.567", C, 1234567},
        {"-1 234 567,8", A, -1234567.8},
        {"+1 234", A, 1234},
        /* minus signs */
        {"\u22125", A, -5},
        {"\u20135,5", A, -5.5},
        {"\u22121 234", C, -1234},
        {"-0", A, -0.0},
        {"\u22120", A, -0.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hrmi_cell cell;
        const hrmi_cell_kind kind = read_text(cases[i].text, cases[i].decimal, &cell);
        ck_assert_msg(kind == HRMI_CELL_NUMBER, "\"%s\": %s", cases[i].text, cell.why ? cell.why : "missing");
        ck_assert_msg(hrmt_same_bits(cell.value, cases[i].value), "\"%s\": %a", cases[i].text, cell.value);
        ck_assert(cell.why == NULL && !cell.percent);
    }
}
END_TEST

START_TEST(percent) {
    static const struct {
        const char *text;
        double value;
    } cases[] = {{"15.4%", 15.4},      {"15,4 %", 15.4}, {" 15.4" NBSP "% ", 15.4},
                 {"1 234,5%", 1234.5}, {"\u22125%", -5}, {"5e1%", 50},
                 {"5. %", 5}};
    hrmi_cell cell;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_int_eq(read_text(cases[i].text, A, &cell), HRMI_CELL_NUMBER);
        ck_assert_msg(hrmt_same_bits(cell.value, cases[i].value), "\"%s\": %a", cases[i].text, cell.value);
        ck_assert(cell.percent);
    }
    static const char *const not [] = {"%", " % ", "5%%", "%5", "-%", "н/д%", "1,234%"};
    for (size_t i = 0; i < sizeof not / sizeof *not ; i++) {
        ck_assert_msg(read_text(not [i], A, &cell) == HRMI_CELL_UNUSABLE, "\"%s\"", not [i]);
        ck_assert(isnan(cell.value) && !cell.percent && cell.why != NULL);
    }
}
END_TEST

START_TEST(missing) {
    static const char *const texts[] = {"",
                                        " ",
                                        "\t\r\n",
                                        NBSP,
                                        BOM,
                                        ZERO,
                                        "NA",
                                        "na",
                                        "N/A",
                                        "n/a",
                                        "#N/A",
                                        "n.a.",
                                        "N/D",
                                        "NaN",
                                        "nan",
                                        "-nan",
                                        "null",
                                        "NULL",
                                        "Null",
                                        "None",
                                        "nil",
                                        "<NA>",
                                        "-",
                                        "--",
                                        "\u2212",
                                        "\u2013",
                                        "\u2014",
                                        "\u2026",
                                        "...",
                                        "..",
                                        ".",
                                        " - ",
                                        " N/A ",
                                        "н/д",
                                        "Н/Д",
                                        "н.д.",
                                        "Н.Д.",
                                        "немає даних",
                                        "Немає даних",
                                        "НЕМАЄ ДАНИХ",
                                        "немає" NBSP "даних",
                                        "немає  даних",
                                        "дані відсутні",
                                        "Дані Відсутні",
                                        "ДАНІ ВІДСУТНІ",
                                        "Нема даних",
                                        "Немає інформації",
                                        "ІНФОРМАЦІЯ ВІДСУТНЯ",
                                        "Нет данных",
                                        "No data"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (int decimal = A; decimal <= C; decimal++) {
            hrmi_cell cell = {.why = "x", .percent = true};
            const hrmi_cell_kind kind = read_text(texts[i], decimal, &cell);
            ck_assert_msg(kind == HRMI_CELL_MISSING, "\"%s\": %d, %s", texts[i], kind,
                          cell.why ? cell.why : "");
            ck_assert(isnan(cell.value) && cell.why == NULL && !cell.percent);
        }
    }
    hrmi_cell cell;
    ck_assert_int_eq(hrmi_number_read_cell(NULL, 0, HRMI_DECIMAL_AUTO, &cell), HRMI_CELL_MISSING);
}
END_TEST

START_TEST(unusable) {
    static const struct {
        const char *text;
        int decimal;
        const char *why; /* a part of it */
    } cases[] = {
        /* two readings */
        {"1,234", A, "could be 1.234 or 1234"},
        {"12,345", A, "could be"},
        {"123,456", A, "could be"},
        {"-1,234", A, "could be"},
        {"\u2212"
         "1,234",
         A, "could be"},
        {" 1,234 ", A, "could be"},
        /* groups */
        {"1 23", A, "threes"},
        {"1234 567", A, "threes"},
        {"1 2345", A, "threes"},
        {"1  234", A, "threes"},
        {"1 234 56", A, "threes"},
        {"12.34.56", A, "threes"},
        {"01.02.2021", A, "threes"},
        {"1,23,456", A, "threes"},
        {"'123", A, "threes"},
        {"123'", A, "threes"},
        {"1 234.", A, "followed by digits"},
        {"044 123 456", A, "begin with 0"},
        {"0,123", P, "begin with 0"},
        {"0,123,456", A, "begin with 0"},
        {"12.5", C, "decimal: comma"},
        {"1.5", C, "decimal: comma"},
        {"1234.567", C, "decimal: comma"},
        {"12,5", P, "decimal: point"},
        {"1 234'567", A, "two kinds"},
        {"1'234.567.890", A, "two kinds"},
        {"1 234e5", A, "exponent"},
        {"1\t234", A, "text after"},
        {"1\n234", A, "text after"},
        {"1" ZERO "234", A, "text after"},
        /* marks */
        {"1,234.5,6", A, "more than one decimal mark"},
        {"1.234.5,6,7", A, "more than one decimal mark"},
        {"1.2.3", P, "more than one decimal mark"},
        {"1,2,3", C, "more than one decimal mark"},
        {"1.234,5", P, "followed by digits"},
        {"1,234.5", C, "followed by digits"},
        {"5,", A, "followed by digits"},
        {"1,234 567", A, "followed by digits"},
        {"1,2 3", A, "followed by digits"},
        {"1,23 4", A, "followed by digits"},
        {",", A, "not a number"},
        {"-,", A, "not a number"},
        {"....", A, "not a number"},
        /* signs, brackets, ranges */
        {"- 5", A, "sign"},
        {"\u2212 5", A, "sign"},
        {"+", A, "not a number"},
        {"--5", A, "not a number"},
        {"5-", A, "range"},
        {"5-10", A, "range"},
        {"5 \u2013 10", A, "range"},
        {"2021-05-03", A, "range"},
        {"12:30", A, "range"},
        {"1/2", A, "range"},
        {"(5)", A, "parentheses"},
        {"(1 234,5)", A, "parentheses"},
        {"(так)", A, "not a number"},
        {"()", A, "not a number"},
        {"(5", A, "not a number"},
        /* text */
        {"x", A, "not a number"},
        {"х", A, "not a number"},
        {"так", A, "not a number"},
        {"true", A, "not a number"},
        {"5 км", A, "text after"},
        {"12 тис. грн", A, "text after"},
        {"5*", A, "text after"},
        {"1e", A, "text after"},
        {"1e5e5", A, "text after"},
        {"0x10", A, "text after"},
        {"UA80000000000093317", A, "not a number"},
        {"\xFF\xFE", A, "not a number"},
        {"1\xC2", A, "text after"},
        {"\xE2\x80", A, "not a number"},
        {"n/a n/a", A, "not a number"},
        {"н/д н/д н/д н/д н/д н/д н/д н/д н/д н/д н/д н/д", A, "not a number"},
        /* errors and infinities */
        {"#REF!", A, "#REF!"},
        {"#DIV/0!", A, "#DIV/0!"},
        {"#div/0!", A, "#DIV/0!"},
        {"#VALUE!", A, "#VALUE!"},
        {"#NAME?", A, "#NAME?"},
        {"#NUM!", A, "#NUM!"},
        {"#NULL!", A, "#NULL!"},
        {"inf", A, "infinite"},
        {"-Inf", A, "infinite"},
        {"+INFINITY", A, "infinite"},
        {"∞", A, "infinite"},
        {"-∞", A, "infinite"},
        {"1e309", A, "too large"},
        {"-1e309", C, "too large"},
        {"1e999999999999999999999", A, "too large"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hrmi_cell cell = {.percent = true};
        const hrmi_cell_kind kind = read_text(cases[i].text, cases[i].decimal, &cell);
        ck_assert_msg(kind == HRMI_CELL_UNUSABLE, "\"%s\": kind %d, %a", cases[i].text, kind, cell.value);
        ck_assert_msg(strstr(cell.why, cases[i].why) != NULL, "\"%s\": %s", cases[i].text, cell.why);
        ck_assert(isnan(cell.value) && !cell.percent);
    }
}
END_TEST

/* Cells of 10 MB: linear, and right. */
START_TEST(overlong) {
    const size_t size = 10000000;
    char *const text = malloc(size);
    hrmi_cell cell;
    ck_assert(text != NULL);
    memset(text, ' ', size);
    ck_assert_int_eq(hrmi_number_read_cell(text, size, HRMI_DECIMAL_AUTO, &cell), HRMI_CELL_MISSING);
    text[size / 2] = '7';
    ck_assert_int_eq(hrmi_number_read_cell(text, size, HRMI_DECIMAL_AUTO, &cell), HRMI_CELL_NUMBER);
    ck_assert(hrmt_same_bits(cell.value, 7));
    memset(text, 'x', size);
    ck_assert_int_eq(hrmi_number_read_cell(text, size, HRMI_DECIMAL_AUTO, &cell), HRMI_CELL_UNUSABLE);
    memset(text, '0', size);
    text[1] = ',';
    text[size - 1] = '1';
    ck_assert_int_eq(hrmi_number_read_cell(text, size, HRMI_DECIMAL_AUTO, &cell), HRMI_CELL_NUMBER);
    ck_assert(hrmt_same_bits(cell.value, 0));
    for (size_t i = 0; i < size; i++) text[i] = i % 4 == 3 ? ' ' : '1'; /* 111 111 111 … */
    ck_assert_int_eq(hrmi_number_read_cell(text, size - 1, HRMI_DECIMAL_AUTO, &cell), HRMI_CELL_UNUSABLE);
    ck_assert(strstr(cell.why, "too large") != NULL);
    ck_assert_int_eq(hrmi_number_read_cell(text, 11, HRMI_DECIMAL_AUTO, &cell), HRMI_CELL_NUMBER);
    ck_assert(hrmt_same_bits(cell.value, 111111111));
    free(text);
}
END_TEST

HRMT_SUITE("cell", &numbers, &percent, &missing, &unusable, &overlong)
