/*
 * Units in headings. The text is cut into words (letters), numbers, per cent signs and everything else; a
 * word for thousands, millions or milliards counts unless it belongs to a rate (`на 100 тис.`), and the word
 * behind it says of what.
 */
#include <stdio.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "io/heading_unit.h"

typedef struct word_meaning {
    const char *word; /* in small letters; ending in `*` where only the beginning counts */
    const char *meaning;
} word_meaning;

typedef struct scale_word {
    const char *word;
    double scale;
    const char *of; /* what it says itself, as in kUAH; or NULL */
} scale_word;

static const scale_word scales[] = {
    {"тис", 1e3, NULL},      {"тисяч*", 1e3, NULL},   {"thousand*", 1e3, NULL},  {"thsd", 1e3, NULL},
    {"ths", 1e3, NULL},      {"thous", 1e3, NULL},    {"kuah", 1e3, "hryvnias"}, {"тыс", 1e3, NULL},
    {"тысяч*", 1e3, NULL},   {"млн", 1e6, NULL},      {"мільйон*", 1e6, NULL},   {"миллион*", 1e6, NULL},
    {"million*", 1e6, NULL}, {"mln", 1e6, NULL},      {"mn", 1e6, NULL},         {"muah", 1e6, "hryvnias"},
    {"млрд", 1e9, NULL},     {"мільярд*", 1e9, NULL}, {"миллиард*", 1e9, NULL},  {"billion*", 1e9, NULL},
    {"bln", 1e9, NULL},      {"bn", 1e9, NULL},
};

static const word_meaning things[] = {
    {"грн", "hryvnias"},     {"гривень", "hryvnias"},  {"гривні", "hryvnias"},   {"гривен*", "hryvnias"},
    {"uah", "hryvnias"},     {"hryvnia*", "hryvnias"}, {"hryvni*", "hryvnias"},  {"осіб", "persons"},
    {"особи", "persons"},    {"особа", "persons"},     {"чол", "persons"},       {"чоловік*", "persons"},
    {"people", "persons"},   {"person*", "persons"},   {"дол", "dollars"},       {"долар*", "dollars"},
    {"usd", "dollars"},      {"dollar*", "dollars"},   {"євро", "euros"},        {"eur*", "euros"},
    {"тонн*", "tonnes"},     {"т", "tonnes"},          {"га", "hectares"},       {"гектар*", "hectares"},
    {"одиниц*", "pieces"},   {"од", "pieces"},         {"шт", "pieces"},         {"pieces", "pieces"},
    {"мешканц*", "persons"}, {"жител*", "persons"},    {"residents", "persons"},
};

static const char *const percents[] = {"відсот*", "процент*", "percent*", "pct"};

enum { WORD_SIZE = 40 };

/* What was read last. */
typedef enum token { END, WORD, NUMBER, PERCENT, OTHER } token;

static bool is_letter(uint32_t c) {
    const utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
    return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LL || k == UTF8PROC_CATEGORY_LO ||
           k == UTF8PROC_CATEGORY_LM;
}

/* Blanks and points part words from each other and mean nothing. */
static bool is_nothing(uint32_t c) {
    return c == ' ' || c == '.' || c == '_' || c == 0x00A0 || c == 0x202F || (c >= 9 && c <= 13);
}

/* The next word in small letters (cut where it is long), or what else there is. */
static token next_token(const char **at, const char *end, char word[WORD_SIZE]) {
    size_t n = 0;
    uint32_t c = 0;
    const char *before = NULL;
    do {
        if (*at == end) return END;
        before = *at;
        c = hrmi_utf8_next(at, end);
    } while (is_nothing(c));
    if (c == '%') return PERCENT;
    if (c >= '0' && c <= '9') return NUMBER;
    if (!is_letter(c)) return OTHER;
    *at = before;
    while (*at < end) {
        utf8proc_uint8_t bytes[4];
        before = *at;
        c = hrmi_utf8_next(at, end);
        if (!is_letter(c)) {
            *at = before;
            break;
        }
        const utf8proc_ssize_t length = utf8proc_encode_char(utf8proc_tolower((utf8proc_int32_t)c), bytes);
        if (n + (size_t)length >= WORD_SIZE) continue;
        memcpy(word + n, bytes, (size_t)length);
        n += (size_t)length;
    }
    word[n] = '\0';
    return WORD;
}

static bool fits(const char *word, const char *pattern) {
    const size_t length = strlen(pattern);
    if (pattern[length - 1] != '*') return strcmp(word, pattern) == 0;
    return strncmp(word, pattern, length - 1) == 0;
}

static const scale_word *find_scale(const char *word) {
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        if (fits(word, scales[i].word)) return &scales[i];
    return NULL;
}

static const char *find_thing(const char *word) {
    for (size_t i = 0; i < sizeof things / sizeof *things; i++)
        if (fits(word, things[i].word)) return things[i].meaning;
    return NULL;
}

static bool is_percent(const char *word) {
    for (size_t i = 0; i < sizeof percents / sizeof *percents; i++)
        if (fits(word, percents[i])) return true;
    return false;
}

static bool is_per(const char *word) {
    return strcmp(word, "на") == 0 || strcmp(word, "per") == 0;
}

static void describe(hrmi_heading_unit *out, const scale_word *scale, const char *of) {
    const char *const size = scale->scale < 1e6   ? "thousand"
                             : scale->scale < 1e9 ? "million"
                                                  : "thousand million";
    out->scale = scale->scale;
    if (of == NULL) (void)snprintf(out->words, sizeof out->words, "%ss", size);
    else (void)snprintf(out->words, sizeof out->words, "%s %s", size, of);
}

bool hrmi_heading_unit_find(const char *heading, hrmi_heading_unit *out) {
    const char *at = heading;
    const char *const end = heading + strlen(heading);
    const scale_word *waiting = NULL; /* the scale whose thing may be the next word */
    bool found = false;
    bool rate = false; /* behind `per`, and the numbers after it */
    token last = OTHER;
    memset(out, 0, sizeof *out);
    for (;;) {
        char word[WORD_SIZE] = "";
        const token t = next_token(&at, end, word);
        if (waiting != NULL) describe(out, waiting, waiting->of);
        if (waiting != NULL && waiting->of == NULL && t == WORD) describe(out, waiting, find_thing(word));
        waiting = NULL;
        if (t == END) break;
        if (t == WORD && !(rate && last == NUMBER)) waiting = find_scale(word);
        if (waiting != NULL) found = true;
        if (t == PERCENT || (t == WORD && is_percent(word))) {
            found = true;
            *out = (hrmi_heading_unit){1, "per cent"};
        }
        rate = (t == WORD && is_per(word)) || (t == NUMBER && rate);
        last = t;
    }
    return found;
}
