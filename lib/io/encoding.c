/*
 * Telling Windows-1251 from everything else that is not UTF-8. It is taken only where all of this holds:
 *
 * - Every byte from 0x80 is a Ukrainian or Russian letter or a mark of punctuation in it. That rules out
 *   Cyrillic of DOS and Macintosh and of ISO 8859-5, whose letters fall on other places, UTF-8 with damage,
 *   and a file that mixes both.
 * - Next to no word mixes these letters with Latin ones. That rules out the encodings of western and central
 *   Europe ("Müller").
 * - Next to no capital follows a small letter, and at least a quarter of the letters are vowels. That rules
 *   out KOI8, which has its letters on the same places, but in another order, and small for capital.
 *
 * A few words suffice, a single letter does not. What is not surely Windows-1251 is left as it is, and said.
 */
#include <string.h>

#include "base/utf8.h"
#include "io/encoding.h"

enum { FEWEST_LETTERS = 4 };

static bool is_small(unsigned char c) {
    return c >= 0xE0 || c == 0xB3 || c == 0xBF || c == 0xBA || c == 0xB4 || c == 0xB8; /* а … я і ї є ґ ё */
}

static bool is_capital(unsigned char c) {
    return (c >= 0xC0 && c < 0xE0) || c == 0xB2 || c == 0xAF || c == 0xAA || c == 0xA5 || c == 0xA8;
}

static bool is_vowel(unsigned char c) {
    static const unsigned char vowels[] = {
        0xE0, 0xE5, 0xE8, 0xEE, 0xF3, 0xFB, 0xFD,
        0xFE, 0xFF, 0xB3, 0xBF, 0xBA, 0xB8}; /* а е и о у ы э ю я і ї є ё */
    static const unsigned char capitals[] = {0xC0, 0xC5, 0xC8, 0xCE, 0xD3, 0xDB, 0xDD,
                                             0xDE, 0xDF, 0xB2, 0xAF, 0xAA, 0xA8};
    return memchr(vowels, c, sizeof vowels) != NULL || memchr(capitals, c, sizeof capitals) != NULL;
}

/* „ … ‘ ’ “ ” • – — ™, no-break space, § « soft hyphen ° ± № » */
static bool is_mark(unsigned char c) {
    static const unsigned char marks[] = {0x84, 0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97,
                                          0x99, 0xA0, 0xA7, 0xAB, 0xAD, 0xB0, 0xB1, 0xB9, 0xBB};
    return memchr(marks, c, sizeof marks) != NULL;
}

static bool is_latin(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

typedef struct tally {
    size_t letters, vowels;
    size_t words, mixed;    /* words with Cyrillic letters; those that have Latin ones as well */
    size_t pairs, reversed; /* letters beside each other in a word; a capital behind a small one */
} tally;

/* Counts letters and words; false at a byte that ordinary text does not hold. */
static bool count_letters(const unsigned char *bytes, size_t length, tally *t) {
    bool cyrillic = false; /* the word at hand has such letters */
    bool latin = false;
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = bytes[i];
        const bool letter = is_small(c) || is_capital(c);
        if (c >= 0x80 && !letter && !is_mark(c)) return false;
        if (letter) {
            t->letters++;
            t->vowels += is_vowel(c);
            const bool behind = i > 0 && (is_small(bytes[i - 1]) || is_capital(bytes[i - 1]));
            t->pairs += behind;
            t->reversed += behind && is_capital(c) && is_small(bytes[i - 1]);
        }
        cyrillic |= letter;
        latin |= is_latin(c);
        if (!letter && !is_latin(c)) {
            t->words += cyrillic;
            t->mixed += cyrillic && latin;
            cyrillic = latin = false;
        }
    }
    t->words += cyrillic;
    t->mixed += cyrillic && latin;
    return true;
}

static bool looks_like_cp1251(const unsigned char *bytes, size_t length) {
    tally t = {0};
    if (!count_letters(bytes, length, &t)) return false;
    return t.letters >= FEWEST_LETTERS && t.mixed * 20 <= t.words && t.reversed * 20 <= t.pairs &&
           t.vowels * 4 >= t.letters;
}

/* Whether these last bytes are a character of UTF-8 that is only cut off. */
static bool is_cut_off(const unsigned char *bytes, size_t length) {
    const size_t whole = bytes[0] >= 0xF0 ? 4 : bytes[0] >= 0xE0 ? 3 : bytes[0] >= 0xC2 ? 2 : 0;
    for (size_t i = 1; i < length; i++)
        if (bytes[i] < 0x80 || bytes[i] > 0xBF) return false;
    return length < whole;
}

hrmi_encoding_guess hrmi_encoding_of(const unsigned char *bytes, size_t length) {
    const size_t invalid = hrmi_utf8_first_invalid((const char *)bytes, length);
    if (invalid == length || is_cut_off(bytes + invalid, length - invalid)) return HRMI_ENCODING_UTF8;
    return looks_like_cp1251(bytes, length) ? HRMI_ENCODING_CP1251 : HRMI_ENCODING_UNKNOWN;
}
