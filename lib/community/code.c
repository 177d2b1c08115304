/*
 * Reading codes. A text is first made plain: blanks left out, letters of the other script and small ones
 * replaced, each noted. Then it is a code with its letters, or a number as spreadsheets write it; its digits
 * say what it names. Nothing is guessed, and what cannot be read is told apart in words.
 */
#include "community/code.h"
#include "base/utf8.h"
#include "hromada/gazetteer.h"

enum { PLAIN_SIZE = 48 }; /* longer than any code or number with blanks left out */

/* A text without blanks, in capitals; what is no ASCII is `?`. */
typedef struct plain {
    char text[PLAIN_SIZE];
    size_t length;
    uint32_t mends;
    bool too_long;
    bool not_utf8;
} plain;

static const char *flaw(uint32_t mends) {
    if ((mends & HRMI_MEND_ROUNDED) != 0)
        return "it was taken for a number, and its last digits may be rounded; those of the community stand";
    if ((mends & HRMI_MEND_ZERO) != 0)
        return "the letters UA and the zero before the digits are missing: it was taken for a number";
    if ((mends & HRMI_MEND_PREFIX) != 0) return "the letters UA before the digits are missing";
    if ((mends & HRMI_MEND_SCRIPT) != 0)
        return "the letters before the digits are Cyrillic; they must be the Latin UA";
    if ((mends & HRMI_MEND_BLANKS) != 0) return "there are blanks inside it";
    if ((mends & HRMI_MEND_NUMBER) != 0) return "it was taken for a number, and has decimals";
    return mends != 0 ? "its letters are small" : NULL;
}

static void fail(hrmi_code *out, int32_t kind, int32_t reason, const char *why) {
    *out = (hrmi_code){.kind = kind, .reason = reason, .why = why};
}

static void broken(hrmi_code *out, const char *why) {
    fail(out, HRMI_CODE_BROKEN, HRM_REASON_BAD_CODE, why);
}

static void lost_its_end(hrmi_code *out) {
    fail(out, HRMI_CODE_SPREADSHEET, HRM_REASON_SPREADSHEET_CODE,
         "a spreadsheet took it for a number and lost its end: make the column text in the source, and "
         "fill in the codes anew");
}

/* ---- making plain ---- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* A character that is not ASCII: the letters of a code in Cyrillic, a blank, or `?`. */
static char from_afar(const char *at, size_t size, uint32_t point, plain *out) {
    switch (point) {
    case 0x443: /* у */
    case 0x430: /* а */
        out->mends |= HRMI_MEND_SMALL | HRMI_MEND_SCRIPT;
        return point == 0x443 ? 'U' : 'A';
    case 0x423: /* У */
    case 0x410: /* А */
        out->mends |= HRMI_MEND_SCRIPT;
        return point == 0x423 ? 'U' : 'A';
    default:
        break;
    }
    if (hrmi_utf8_trim(&at, size) > 0) return '?';
    out->mends |= HRMI_MEND_BLANKS;
    return '\0';
}

static char from_ascii(char c, plain *out) {
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
        out->mends |= HRMI_MEND_BLANKS;
        return '\0';
    }
    if (c < 'a' || c > 'z') return c == '\0' ? '?' : c;
    if (c == 'u' || c == 'a') out->mends |= HRMI_MEND_SMALL;
    return (char)(c - 'a' + 'A');
}

static void make_plain(const char *text, size_t length, plain *out) {
    const char *at = text;
    const char *const end = text + length;
    while (at < end && !out->too_long) {
        const char *const begin = at;
        char c = *at;
        if ((unsigned char)c < 0x80) {
            c = from_ascii(c, out);
            at++;
        } else {
            const uint32_t point = hrmi_utf8_next(&at, end);
            c = from_afar(begin, (size_t)(at - begin), point, out);
        }
        if (c == '\0') continue;
        out->too_long = out->length + 1 == PLAIN_SIZE;
        if (!out->too_long) out->text[out->length++] = c;
    }
    out->text[out->length] = '\0';
    out->not_utf8 = hrmi_utf8_first_invalid(text, length) < length;
}

/* ---- numbers ---- */

/* A number's digits without its point, and how large it is. */
typedef struct number {
    const char *digits; /* in the plain text */
    size_t whole;       /* digits before the point */
    size_t decimals;    /* digits behind it */
    size_t exponent;
    bool has_exponent;
    bool is_number;
} number;

static number read_number(const char *text, size_t length) {
    number n = {.digits = text};
    size_t at = 0;
    while (at < length && is_digit(text[at])) at++;
    n.whole = at;
    if (at < length && (text[at] == '.' || text[at] == ',')) {
        at++;
        while (at < length && is_digit(text[at])) at++;
        n.decimals = at - n.whole - 1;
    }
    if (at < length && text[at] == 'E') {
        n.has_exponent = true;
        at++;
        if (at < length && text[at] == '+') at++;
        const size_t first = at;
        for (; at < length && is_digit(text[at]) && at - first < 3; at++)
            n.exponent = n.exponent * 10 + (size_t)(text[at] - '0');
        if (at == first) return n;
    }
    n.is_number = at == length && n.whole > 0;
    return n;
}

/* The digits of a whole number, in `out`; how many there are. 0 for one that is not whole or too long, and
 * for one with an exponent of which more than four digits are lacking; *rounded tells when some are. */
static size_t whole_digits(const number *n, char out[HRMI_CODE_SIZE], bool *rounded) {
    char given[PLAIN_SIZE];
    const size_t length = n->has_exponent ? n->whole + n->exponent : n->whole;
    const size_t count = n->whole + n->decimals;
    memcpy(given, n->digits, n->whole);
    if (n->decimals > 0) memcpy(given + n->whole, n->digits + n->whole + 1, n->decimals);
    *rounded = length > count;
    if (length > HRMI_CODE_DIGITS || (*rounded && (length < HRMI_CODE_DIGITS - 1 || length - count > 4)))
        return 0;
    for (size_t i = length; i < count; i++)
        if (given[i] != '0') return 0; /* decimals */
    for (size_t i = 0; i < length; i++) out[i] = i < count ? given[i] : '0';
    out[length] = '\0';
    return length;
}

/* ---- what digits name ---- */

static bool all_zero(const char *digits, size_t first, size_t end) {
    for (size_t i = first; i < end; i++)
        if (digits[i] != '0') return false;
    return true;
}

/* What the digits name where the community's own three are 000. */
static int32_t outside_communities(const char *digits, size_t count) {
    const bool special_city = digits[0] == '8' && (digits[1] == '0' || digits[1] == '5');
    if (count == HRMI_KEY_DIGITS) return HRMI_CODE_COMMUNITY;
    if (!all_zero(digits, 2, 4)) return HRMI_CODE_RAION;
    return special_city || !all_zero(digits, 7, 10) ? HRMI_CODE_COMMUNITY : HRMI_CODE_OBLAST;
}

static const char *wrong_length(size_t count) {
    if (count < HRMI_KEY_DIGITS) return "it has too few digits";
    if (count > HRMI_CODE_DIGITS) return "it has more than 17 digits";
    return "the number of its digits is not that of a KATOTTG code (17) or a P-code (7, 10 or 12)";
}

/* Digits that stand, or should have stood, behind UA. */
static void read_digits(const char *digits, size_t count, uint32_t mends, hrmi_code *out) {
    int32_t kind = HRMI_CODE_COMMUNITY;
    if (count != 2 && count != 4 && count != 7 && count != 10 && count != 12 && count != 17) {
        broken(out, wrong_length(count));
        return;
    }
    if (all_zero(digits, 0, 2)) {
        broken(out, "there is no oblast 00");
        return;
    }
    if (count <= 4) kind = count == 2 || all_zero(digits, 2, 4) ? HRMI_CODE_OBLAST : HRMI_CODE_RAION;
    else if (all_zero(digits, 4, HRMI_KEY_DIGITS)) kind = outside_communities(digits, count);
    *out = (hrmi_code){.kind = kind, .mends = mends, .digit_count = count, .why = flaw(mends)};
    memcpy(out->digits, digits, count);
    if (kind == HRMI_CODE_COMMUNITY) {
        memcpy(out->key, digits, HRMI_KEY_DIGITS);
        return;
    }
    out->reason = HRM_REASON_HIGHER_LEVEL;
    out->why = kind == HRMI_CODE_OBLAST ? "it is the code of an oblast, not of a community"
                                        : "it is the code of a raion, not of a community";
}

/* ---- without UA ---- */

static void read_former(const char *digits, size_t count, uint32_t mends, hrmi_code *out) {
    fail(out, HRMI_CODE_FORMER, HRM_REASON_OLD_CODE,
         count == 10 ? "ten digits are a KOATUU or a budget code, no KATOTTG code"
                     : "8 to 11 digits are a KOATUU or a budget code, no KATOTTG code");
    out->mends = mends;
    out->digit_count = count;
    memcpy(out->digits, digits, count);
}

/* The digits of a number: a code without its letters, or a former one. */
static void read_bare(char digits[HRMI_CODE_SIZE], size_t count, bool rounded, uint32_t mends,
                      hrmi_code *out) {
    if (count >= 8 && count <= 11) {
        read_former(digits, count, mends, out);
        return;
    }
    const bool lacks_zero = count == HRMI_CODE_DIGITS - 1 && digits[0] != '0';
    if ((lacks_zero || count == HRMI_CODE_DIGITS) && all_zero(digits, count - HRMI_NUMBER_DIGITS, count)) {
        lost_its_end(out);
    } else if (lacks_zero) {
        memmove(digits + 1, digits, count);
        digits[0] = '0';
        if (rounded || digits[HRMI_CODE_DIGITS - 1] == '0') mends |= HRMI_MEND_ROUNDED;
        read_digits(digits, HRMI_CODE_DIGITS, mends | HRMI_MEND_PREFIX | HRMI_MEND_ZERO, out);
    } else if (count == HRMI_CODE_DIGITS) {
        if (rounded || all_zero(digits, HRMI_CODE_DIGITS - 2, HRMI_CODE_DIGITS)) mends |= HRMI_MEND_ROUNDED;
        read_digits(digits, count, mends | HRMI_MEND_PREFIX, out);
    } else if (count == HRMI_KEY_DIGITS) {
        broken(out, "the letters UA before the digits are missing");
    } else {
        broken(out, count > HRMI_CODE_DIGITS ? wrong_length(count) : "it does not begin with UA");
    }
}

static void read_plain(plain *p, hrmi_code *out) {
    char digits[HRMI_CODE_SIZE] = "";
    const bool has_prefix = p->length >= 2 && p->text[0] == 'U' && p->text[1] == 'A';
    const char *const rest = p->text + (has_prefix ? 2 : 0);
    const size_t length = p->length - (has_prefix ? 2 : 0);
    const number n = read_number(rest, length);
    bool rounded = false;
    const size_t count = n.is_number ? whole_digits(&n, digits, &rounded) : 0;
    if (n.is_number && n.whole < length) p->mends |= HRMI_MEND_NUMBER;
    const size_t size = n.is_number && n.has_exponent ? n.whole + n.exponent : 0;
    if ((count == 0 || has_prefix) && size >= 8 && size <= HRMI_CODE_DIGITS) lost_its_end(out);
    else if (has_prefix && length == 0) broken(out, wrong_length(0));
    else if (n.is_number && count == 0 && !n.has_exponent && n.whole > HRMI_CODE_DIGITS)
        broken(out, wrong_length(n.whole));
    else if (has_prefix && count == 0) broken(out, "something other than digits follows UA");
    else if (has_prefix) read_digits(digits, count, p->mends, out);
    else read_bare(digits, count, rounded, p->mends, out);
}

/* ---- the whole ---- */

/* Whether a text is "UA" and digits, nothing else: nearly all are. */
static bool is_clean(const char *text, size_t length) {
    if (length < 4 || length > HRMI_CODE_DIGITS + 2 || text[0] != 'U' || text[1] != 'A') return false;
    for (size_t i = 2; i < length; i++)
        if (!is_digit(text[i])) return false;
    return true;
}

void hrmi_code_read(const char *text, size_t length, hrmi_code *out) {
    plain p;
    length = hrmi_utf8_trim(&text, length);
    if (is_clean(text, length)) {
        read_digits(text + 2, length - 2, 0, out);
        return;
    }
    p = (plain){.length = 0};
    make_plain(text, length, &p);
    if (p.not_utf8) fail(out, HRMI_CODE_BROKEN, HRM_REASON_NOT_UTF8, "it is not UTF-8");
    else if (length == 0) fail(out, HRMI_CODE_EMPTY, HRM_REASON_NO_KEY, "it is empty");
    else if (p.too_long) broken(out, "it is too long for a code");
    else read_plain(&p, out);
}

/* ---- codes of other systems ---- */

size_t hrmi_code_form(const char *text, size_t length, char out[HRMI_CODE_FORM_SIZE], bool *is_number) {
    plain p = {.length = 0};
    char digits[HRMI_CODE_SIZE];
    bool rounded = false;
    size_t zeros = 0;
    *is_number = false;
    make_plain(text, length, &p);
    if (p.too_long) return 0;
    const number n = read_number(p.text, p.length);
    *is_number = n.is_number;
    if (!n.is_number) {
        memcpy(out, p.text, p.length + 1);
        return p.length;
    }
    const size_t count = whole_digits(&n, digits, &rounded);
    if (count == 0 || rounded) return 0;
    while (zeros + 1 < count && digits[zeros] == '0') zeros++;
    memcpy(out, digits + zeros, count - zeros + 1);
    return count - zeros;
}

/* ---- the key alone ---- */

bool hrmi_code_key(const char *text, size_t length, char key[HRMI_KEY_SIZE], const char **why) {
    hrmi_code code;
    hrmi_code_read(text, length, &code);
    const bool as_it_should_be = (code.mends & ~(uint32_t)HRMI_MEND_SMALL) == 0;
    *why = code.why;
    if (code.kind != HRMI_CODE_COMMUNITY || !as_it_should_be) return false;
    *why = NULL;
    memcpy(key, code.key, HRMI_KEY_SIZE);
    return true;
}
