/*
 * Which encoding bytes are in, where nobody says.
 */
#ifndef HRMI_ENCODING_H
#define HRMI_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

typedef enum hrmi_encoding_guess {
    HRMI_ENCODING_UTF8,   /* or ASCII: nothing speaks against it */
    HRMI_ENCODING_CP1251, /* surely Ukrainian or Russian text in Windows-1251 */
    HRMI_ENCODING_UNKNOWN /* not UTF-8, and not surely anything else */
} hrmi_encoding_guess;

/* Looks at the beginning of a file; a character that is cut off at its end does not count. Linear. */
hrmi_encoding_guess hrmi_encoding_of(const unsigned char *bytes, size_t length);

#endif
