/*
 * Ukrainian in Latin letters by the table of Cabinet resolution 55 of 27 January 2010. Five letters are
 * written otherwise at the beginning of a word, зг is zgh, the soft sign and the apostrophe are left out. A
 * word begins after anything that is neither letter nor apostrophe; so it does after a hyphen.
 */
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "hromada/gazetteer.h"

/* а … я (U+0430 … U+044F); NULL for letters that are not Ukrainian, "" for the soft sign. */
static const char *const letters[32] = {"a",  "b",  "v",  "h",    "d",  "e",  "zh", "z",  "y",  "i", "k",
                                        "l",  "m",  "n",  "o",    "p",  "r",  "s",  "t",  "u",  "f", "kh",
                                        "ts", "ch", "sh", "shch", NULL, NULL, "",   NULL, "iu", "ia"};

enum {
    SMALL_A = 0x430,
    SMALL_YA = 0x44F,
    SMALL_SHORT_I = 0x439,
    SMALL_YU = 0x44E,
    SMALL_IE = 0x454,
    SMALL_I = 0x456,
    SMALL_YI = 0x457,
    SMALL_GHE_UPTURN = 0x491,
    SMALL_ZE = 0x437,
    SMALL_GHE = 0x433,
    SMALL_Y = 0x438,
    BREVE = 0x306,
    DIAERESIS = 0x308
};

static uint32_t small(uint32_t c) {
    if (c >= 0x410 && c <= 0x42F) return c + 0x20;
    if (c >= 0x400 && c <= 0x40F) return c + 0x50;
    return c == 0x490 ? 0x491 : c;
}

/* The Latin letters of a small Ukrainian one, NULL for anything else. */
static const char *latin_of(uint32_t c, bool first) {
    switch (c) {
    case SMALL_SHORT_I:
        return first ? "y" : "i";
    case SMALL_YU:
        return first ? "yu" : "iu";
    case SMALL_YA:
        return first ? "ya" : "ia";
    case SMALL_IE:
        return first ? "ye" : "ie";
    case SMALL_YI:
        return first ? "yi" : "i";
    case SMALL_I:
        return "i";
    case SMALL_GHE_UPTURN:
        return "g";
    default:
        return c >= SMALL_A && c <= SMALL_YA ? letters[c - SMALL_A] : NULL;
    }
}

static bool is_apostrophe(uint32_t c) {
    return c == '\'' || c == '`' || c == 0xB4 || c == 0x2B9 || c == 0x2BC || c == 0x2018 || c == 0x2019 ||
           c == 0x2032;
}

/* The next character, й and ї of two code points as one. */
static uint32_t next_letter(const char **at, const char *end) {
    const uint32_t c = hrmi_utf8_next(at, end);
    if (*at == end || (small(c) != SMALL_Y && small(c) != SMALL_I)) return c;
    const char *behind = *at;
    const uint32_t mark = hrmi_utf8_next(&behind, end);
    if (mark != (small(c) == SMALL_Y ? BREVE : DIAERESIS)) return c;
    *at = behind;
    return c + 1; /* Й, й, Ї and ї follow И, и, І and і */
}

/* A growing text that may not fit: bytes are counted, and written as far as there is room. */
typedef struct writer {
    char *buffer;
    size_t capacity, length;
} writer;

static void put(writer *w, const char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++, w->length++)
        if (w->length < w->capacity) w->buffer[w->length] = bytes[i];
}

/* Latin letters for a capital: the first or, in a word of capitals, all of them. */
static void put_letters(writer *w, const char *latin, bool capital, bool capitals) {
    for (size_t i = 0; latin[i] != '\0'; i++) {
        const bool large = capital && (i == 0 || capitals);
        const char c = large ? (char)(latin[i] - 'a' + 'A') : latin[i];
        put(w, &c, 1);
    }
}

static bool is_letter(uint32_t c) {
    const utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

static bool is_capital(uint32_t c) {
    return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LU;
}

static size_t transliterate(const char *text, writer *w) {
    const char *const end = text + strlen(text);
    uint32_t before = 0; /* the letter before, apostrophes passed over; 0 for none */
    for (const char *at = text; at < end;) {
        const char *const from = at;
        const uint32_t c = next_letter(&at, end);
        const char *behind = at;
        const uint32_t after = at < end ? next_letter(&behind, end) : 0;
        const char *latin = latin_of(small(c), before == 0);
        if (latin != NULL) {
            const bool capital = c != small(c);
            if (small(c) == SMALL_GHE && small(before) == SMALL_ZE) latin = "gh";
            put_letters(w, latin, capital, is_capital(after) || (!is_letter(after) && is_capital(before)));
            before = c;
        } else if (is_apostrophe(c) && before != 0 && is_letter(after)) {
            /* within a word: left out */
        } else {
            put(w, from, (size_t)(at - from));
            before = is_letter(c) ? c : 0;
        }
    }
    return w->length;
}

size_t hrm_name_latin(const char *text, char *buffer, size_t capacity) {
    if (text == NULL) text = "";
    writer w = {.buffer = NULL, .capacity = 0, .length = 0};
    const size_t needed = transliterate(text, &w) + 1;
    if (buffer == NULL || needed > capacity) return needed;
    w = (writer){.buffer = buffer, .capacity = capacity, .length = 0};
    (void)transliterate(text, &w);
    buffer[w.length] = '\0';
    return needed;
}
