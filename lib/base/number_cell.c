/*
 * Cells as people fill them in: blanks, thousands separators, decimal commas, words for "no data".
 *
 * A machine number is read at once, blanks around it or none. Anything else is compared with the words, and
 * walked twice: the first walk counts the marks and finds where the digits end, which decides what is the
 * decimal mark; the second checks that the separators before it make true groups of three. The digits are
 * then converted where they stand. Nothing is guessed: what has two readings is unusable, and says which two.
 */
#include "base/number.h"
#include "base/number_parts.h"

#include <math.h>
#include <string.h>

/* ---- characters -------------------------------------------------------------------------------------- */

enum { WORD_SIZE = 48 }; /* bytes; longer texts are no word that we know */

/*
 * Bytes of the blank that begins at `at`, 0 when none does: ASCII's, U+00A0, U+2000 to U+200D (thin, figure
 * and zero-width ones among them), U+202F, U+2060, U+FEFF.
 */
static size_t blank_at(const char *at, const char *end) {
    const size_t left = (size_t)(end - at);
    const unsigned char *const c = (const unsigned char *)at;
    if (left == 0) return 0;
    if (c[0] == ' ' || (c[0] >= '\t' && c[0] <= '\r')) return 1;
    if (left >= 2 && c[0] == 0xC2 && c[1] == 0xA0) return 2; /* U+00A0 */
    if (left < 3) return 0;
    if (c[0] == 0xE2 && c[1] == 0x80) return (c[2] >= 0x80 && c[2] <= 0x8D) || c[2] == 0xAF ? 3 : 0;
    if (c[0] == 0xE2 && c[1] == 0x81) return c[2] == 0xA0 ? 3 : 0;
    return c[0] == 0xEF && c[1] == 0xBB && c[2] == 0xBF ? 3 : 0;
}

/* The same for the blanks that people put between thousands: space, U+00A0, U+2007, U+2009, U+202F. */
static size_t separating_blank_at(const char *at, const char *end) {
    const size_t size = blank_at(at, end);
    const unsigned char last = size == 3 ? (unsigned char)at[2] : 0;
    if (size == 1) return *at == ' ' ? 1 : 0;
    if (size == 3) return at[1] == '\x80' && (last == 0x87 || last == 0x89 || last == 0xAF) ? 3 : 0;
    return size;
}

/* Bytes of the blank that ends at `end`, 0 when none does. */
static size_t blank_before(const char *begin, const char *end) {
    for (size_t size = 1; size <= 3 && size <= (size_t)(end - begin); size++) {
        if (blank_at(end - size, end) == size) return size;
    }
    return 0;
}

static void trim(const char **begin, const char **end) {
    size_t size;
    while ((size = blank_at(*begin, *end)) > 0) *begin += size;
    while ((size = blank_before(*begin, *end)) > 0) *end -= size;
}

static bool starts_with(const char *at, const char *end, const char *prefix, size_t size) {
    return (size_t)(end - at) >= size && memcmp(at, prefix, size) == 0;
}

/* ---- words ------------------------------------------------------------------------------------------- */

/*
 * Lower case of ASCII and Cyrillic, each run of blanks as one space, into a NUL-terminated word; false when
 * it does not fit. Letters keep their length in UTF-8. Other alphabets stay as they are.
 */
static bool fold_word(const char *at, const char *end, char word[WORD_SIZE]) {
    size_t size = 0;
    while (at < end) {
        if (size + 3 > WORD_SIZE) return false;
        const size_t blank = blank_at(at, end);
        if (blank > 0) {
            if (size > 0 && word[size - 1] != ' ') word[size++] = ' ';
            at += blank;
            continue;
        }
        unsigned first = (unsigned char)*at++;
        if (first >= 'A' && first <= 'Z') first += 'a' - 'A';
        if (first == 0xD0 && at < end) {
            unsigned second = (unsigned char)*at++;
            if (second >= 0x80 && second <= 0x8F) { /* U+0400 … 040F: Є, І, Ї and others */
                first = 0xD1;
                second += 0x10;
            } else if (second >= 0x90 && second <= 0x9F) { /* А … П */
                second += 0x20;
            } else if (second >= 0xA0 && second <= 0xAF) { /* Р … Я */
                first = 0xD1;
                second -= 0x20;
            }
            word[size++] = (char)first;
            word[size++] = (char)second;
            continue;
        }
        word[size++] = (char)first;
    }
    word[size] = '\0';
    return true;
}

static bool is_missing_word(const char *word) {
    static const char *const words[] = {"na",
                                        "n/a",
                                        "#n/a",
                                        "n.a.",
                                        "n/d",
                                        "nan",
                                        "-nan",
                                        "null",
                                        "none",
                                        "nil",
                                        "<na>",
                                        "no data",
                                        "н/д",
                                        "н.д.",
                                        "нема даних",
                                        "немає даних",
                                        "дані відсутні",
                                        "немає інформації",
                                        "інформація відсутня",
                                        "нет данных",
                                        "-",
                                        "--",
                                        "\u2212",
                                        "\u2013",
                                        "\u2014",
                                        ".",
                                        "..",
                                        "...",
                                        "\u2026"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(word, words[i]) == 0) return true;
    }
    return false;
}

/* Why a word that is neither a number nor missing cannot be used; NULL when it is nothing special. */
static const char *why_not_word(const char *word) {
    static const struct {
        const char *word, *why;
    } known[] = {
        {"#ref!", "spreadsheet error #REF!: the formula refers to a cell that is gone"},
        {"#div/0!", "spreadsheet error #DIV/0!: the formula divides by zero"},
        {"#value!", "spreadsheet error #VALUE!: the formula got a value of the wrong kind"},
        {"#name?", "spreadsheet error #NAME?: the formula uses an unknown name"},
        {"#num!", "spreadsheet error #NUM!: the formula has no numeric result"},
        {"#null!", "spreadsheet error #NULL!: the formula names ranges that do not meet"},
        {"#spill!", "spreadsheet error #SPILL!: the formula's result has no room"},
        {"#calc!", "spreadsheet error #CALC!: the formula cannot be calculated"},
    };
    static const char *const infinite[] = {"inf", "infinity", "\u221E"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(word, known[i].word) == 0) return known[i].why;
    }
    if (word[0] == '+' || word[0] == '-') word++;
    for (size_t i = 0; i < sizeof infinite / sizeof *infinite; i++) {
        if (strcmp(word, infinite[i]) == 0) return "infinite, not a number";
    }
    return NULL;
}

/* ---- numbers as written by people -------------------------------------------------------------------- */

static const char WHY_NOT_NUMBER[] = "not a number";
static const char WHY_TEXT_AFTER[] = "text after the number (a unit, a note?)";
static const char WHY_RANGE[] = "a date or a range, not one number";
static const char WHY_SIGN[] = "a sign that does not stand directly before a number";
static const char WHY_PARENTHESES[] = "in parentheses: write a minus sign if it is negative";
static const char WHY_LARGE[] = "too large for a number";
static const char WHY_AMBIGUOUS[] = "could be 1.234 or 1234: say decimal: comma or decimal: point";
static const char WHY_GROUPS[] = "digits not separated into threes";
static const char WHY_GROUPS_ZERO[] = "separated digits that begin with 0 (a code, a telephone number?)";
static const char WHY_GROUPS_COMMA[] = "with decimal: comma a point separates thousands, but not here";
static const char WHY_GROUPS_POINT[] = "with decimal: point a comma separates thousands, but not here";
static const char WHY_MIXED[] = "two kinds of thousands separators";
static const char WHY_MARKS[] = "more than one decimal mark";
static const char WHY_FRACTION[] = "the decimal mark is not followed by digits alone";
static const char WHY_EXPONENT[] = "an exponent after separated thousands";

typedef enum element { OTHER, DIGIT, BLANK, APOSTROPHE, POINT, COMMA } element;

/* What stands at `at`, and how many bytes it takes. */
static element element_at(const char *at, const char *end, size_t *size) {
    *size = 1;
    if (hrmi_is_digit(*at)) return DIGIT;
    if (*at == '.') return POINT;
    if (*at == ',') return COMMA;
    if (*at == '\'') return APOSTROPHE;
    if (starts_with(at, end, "\u2019", 3)) {
        *size = 3;
        return APOSTROPHE;
    }
    const size_t blank = separating_blank_at(at, end);
    if (blank == 0) return OTHER;
    *size = blank;
    return BLANK;
}

typedef struct outline {
    size_t digits, points, commas;
    const char *last_point, *last_comma;
    const char *end; /* of the digits: an exponent, or something strange, or the end of the cell */
} outline;

static outline walk(const char *begin, const char *end) {
    outline o = {.end = begin};
    size_t size;
    for (; o.end < end; o.end += size) {
        switch (element_at(o.end, end, &size)) {
        case OTHER:
            return o;
        case DIGIT:
            o.digits++;
            break;
        case POINT:
            o.points++;
            o.last_point = o.end;
            break;
        case COMMA:
            o.commas++;
            o.last_comma = o.end;
            break;
        case BLANK:
        case APOSTROPHE:
            break;
        }
    }
    return o;
}

/* Is this 1 to 3 digits, not beginning with 0, a comma, 3 digits, and no more? */
static bool is_ambiguous(const char *begin, const outline *o) {
    const ptrdiff_t before = o->last_comma - begin;
    return before >= 1 && before <= 3 && *begin != '0' && o->end - o->last_comma == 4 &&
           o->digits == (size_t)before + 3;
}

/*
 * Which character is the decimal mark: the place of it in *mark, NULL when the number is whole. Returns why
 * not, or NULL.
 */
static const char *find_mark(const char *begin, const outline *o, hrmi_decimal decimal, bool has_exponent,
                             const char **mark) {
    const char *point = o->points == 1 ? o->last_point : NULL;
    const char *comma = o->commas == 1 ? o->last_comma : NULL;
    *mark = NULL;
    if (decimal == HRMI_DECIMAL_POINT) {
        *mark = point;
        return o->points > 1 ? WHY_MARKS : NULL;
    }
    if (decimal == HRMI_DECIMAL_COMMA) {
        *mark = comma;
        return o->commas > 1 ? WHY_MARKS : NULL;
    }
    if (o->points > 0 && o->commas > 0) {
        *mark = o->last_point > o->last_comma ? point : comma;
        return *mark == NULL ? WHY_MARKS : NULL;
    }
    if (comma != NULL && !has_exponent && is_ambiguous(begin, o)) return WHY_AMBIGUOUS;
    *mark = point != NULL ? point : comma;
    return NULL;
}

static const char *why_groups(element separator, hrmi_decimal decimal) {
    if (separator == POINT && decimal == HRMI_DECIMAL_COMMA) return WHY_GROUPS_COMMA;
    if (separator == COMMA && decimal == HRMI_DECIMAL_POINT) return WHY_GROUPS_POINT;
    return WHY_GROUPS;
}

/*
 * The digits before the mark: all in one, or in threes with one kind of separator; *grouped says which.
 * Returns why not, or NULL.
 */
static const char *check_whole(const char *begin, const char *end, hrmi_decimal decimal, bool *grouped) {
    element separator = OTHER;
    size_t run = 0, size;
    *grouped = false;
    for (const char *at = begin; at < end; at += size) {
        const element e = element_at(at, end, &size);
        if (e == DIGIT) {
            run++;
            continue;
        }
        if (*grouped && e != separator) return WHY_MIXED;
        separator = e;
        if (run < 1 || run > 3 || (*grouped && run != 3)) return why_groups(separator, decimal);
        *grouped = true;
        run = 0;
    }
    if (*grouped && run != 3) return why_groups(separator, decimal);
    if (*grouped && *begin == '0') return WHY_GROUPS_ZERO;
    return NULL;
}

static bool all_digits(const char *begin, const char *end) {
    while (begin < end && hrmi_is_digit(*begin)) begin++;
    return begin == end;
}

/* Bytes of the sign at `at`, 0 when there is none. */
static size_t sign_at(const char *at, const char *end, bool *negative) {
    *negative = true;
    if (starts_with(at, end, "-", 1)) return 1;
    if (starts_with(at, end, "\u2212", 3) || starts_with(at, end, "\u2013", 3)) return 3;
    *negative = false;
    return starts_with(at, end, "+", 1) ? 1 : 0;
}

/* Why a text that stopped being a number at o->end is none. */
static const char *why_stopped(const char *end, const outline *o) {
    bool negative;
    if (o->digits == 0) return WHY_NOT_NUMBER;
    if (*o->end == '/' || *o->end == ':' || sign_at(o->end, end, &negative) > 0) return WHY_RANGE;
    return WHY_TEXT_AFTER;
}

/* A trimmed text, not empty, to a number. Returns why not, or NULL. */
static const char *read_written(const char *begin, const char *end, hrmi_decimal decimal, double *out) {
    hrmi_number_parts parts = {.exponent = 0};
    const char *mark, *why;
    bool grouped;

    begin += sign_at(begin, end, &parts.negative);
    const outline o = walk(begin, end);
    const bool has_exponent = o.end < end && (*o.end == 'e' || *o.end == 'E');
    if (has_exponent && !hrmi_number_read_exponent(o.end + 1, end, &parts.exponent))
        return why_stopped(end, &o);
    if (!has_exponent && o.end < end) return why_stopped(end, &o);
    if (o.digits == 0) return WHY_NOT_NUMBER;
    if (blank_at(begin, end) > 0) return WHY_SIGN;

    why = find_mark(begin, &o, decimal, has_exponent, &mark);
    if (why != NULL) return why;
    const char *const whole_end = mark != NULL ? mark : o.end;
    why = check_whole(begin, whole_end, decimal, &grouped);
    if (why != NULL) return why;
    if (grouped && has_exponent) return WHY_EXPONENT;
    if (mark != NULL && (mark + 1 == o.end || !all_digits(mark + 1, o.end))) return WHY_FRACTION;

    parts.begin = begin;
    parts.end = o.end;
    parts.mark = whole_end;
    return hrmi_number_from_parts(&parts, out) ? NULL : WHY_LARGE;
}

/* ---- the cell ---------------------------------------------------------------------------------------- */

static hrmi_cell_kind unusable(hrmi_cell *out, const char *why) {
    out->value = (double)NAN;
    out->why = why;
    return HRMI_CELL_UNUSABLE;
}

hrmi_cell_kind hrmi_number_read_cell(const char *text, size_t length, hrmi_decimal decimal, hrmi_cell *out) {
    char word[WORD_SIZE];
    *out = (hrmi_cell){.value = (double)NAN};
    if (length == 0) return HRMI_CELL_MISSING;
    const bool point_is_mark = decimal != HRMI_DECIMAL_COMMA || memchr(text, '.', length) == NULL;
    if (point_is_mark && hrmi_number_read(text, length, &out->value)) return HRMI_CELL_NUMBER;

    const char *begin = text, *end = text + length;
    trim(&begin, &end);
    if (begin == end) return HRMI_CELL_MISSING;
    if (!hrmi_is_digit(*begin) && fold_word(begin, end, word)) {
        if (is_missing_word(word)) return HRMI_CELL_MISSING;
        const char *const why = why_not_word(word);
        if (why != NULL) return unusable(out, why);
    }
    if (*begin == '(' && end[-1] == ')' && end - begin > 2) {
        double inside;
        const bool number = read_written(begin + 1, end - 1, decimal, &inside) == NULL;
        return unusable(out, number ? WHY_PARENTHESES : WHY_NOT_NUMBER);
    }
    const bool percent = end[-1] == '%';
    if (percent) {
        end--;
        trim(&begin, &end);
        if (begin == end) return unusable(out, WHY_NOT_NUMBER);
    }
    const bool machine = point_is_mark && hrmi_number_read(begin, (size_t)(end - begin), &out->value);
    const char *const why = machine ? NULL : read_written(begin, end, decimal, &out->value);
    if (why != NULL) return unusable(out, why);
    out->percent = percent;
    return HRMI_CELL_NUMBER;
}
