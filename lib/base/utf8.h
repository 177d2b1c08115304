/*
 * UTF-8 as it comes: checked, walked, cut, and compared for likeness. What belongs to a language (case,
 * normal forms) is elsewhere.
 */
#ifndef HRMI_UTF8_H
#define HRMI_UTF8_H

#include <stddef.h>
#include <stdint.h>

enum {
    HRMI_UTF8_REPLACEMENT = 0xFFFD,
    HRMI_UTF8_DISTANCE_MAX = 128 /* code points of a text that hrmi_utf8_distance() looks at */
};

/*
 * Offset of the first byte that does not belong to a well-formed character (Unicode 15, table 3-7: no
 * surrogates, no overlong forms, nothing beyond U+10FFFF, nothing cut short); length when all is well.
 */
size_t hrmi_utf8_first_invalid(const char *text, size_t length);

/*
 * The code point at *at, which is moved behind it; *at < end. A malformed sequence gives U+FFFD and moves
 * behind its longest well-formed beginning, one byte at least.
 */
uint32_t hrmi_utf8_next(const char **at, const char *end);

/* Puts `?` in place of every byte that belongs to no well-formed character. */
void hrmi_utf8_mend(char *text, size_t length);

/* The longest prefix of text[0 … length) of at most `limit` bytes that splits no character; its length. */
size_t hrmi_utf8_cut(const char *text, size_t length, size_t limit);

/*
 * Passes over blanks around a text: *text is moved to its first character that is none, the length of what
 * remains is given back. Blanks are ASCII's, the no-break space, U+2000 to U+200D (thin, figure and
 * zero-width ones among them), U+202F, U+2060 and U+FEFF.
 */
size_t hrmi_utf8_trim(const char **text, size_t length);

/*
 * How many code points must be put in, left out, replaced, or swapped with their neighbour to make one text
 * of the other, for "did you mean". Anything above limit gives limit + 1, and so does a text of more than
 * HRMI_UTF8_DISTANCE_MAX code points (unless the texts are equal). Case counts.
 *
 * Source: optimal string alignment (Damerau 1964, Wagner and Fischer 1974); no part is edited twice.
 */
size_t hrmi_utf8_distance(const char *a, const char *b, size_t limit);

#endif
