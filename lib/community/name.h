/*
 * Names taken apart: the words of a text in the form in which they are compared, each with what it says as a
 * word of kind (`міська`, `ТГ`, `район` …), and where commas and brackets set words off.
 */
#ifndef HRMI_NAME_H
#define HRMI_NAME_H

#include "base/base.h"

enum {
    HRMI_NAME_BYTES = 1024,                     /* longer texts are no names */
    HRMI_NAME_POINTS = 3 * HRMI_NAME_BYTES / 2, /* case folding makes three letters of two bytes at most */
    HRMI_NAME_WORDS = 128,                      /* texts of more words are no names */
    HRMI_WORD_BYTES = 48                        /* no word of kind is as long */
};

/* What a word of kind says; bits. 0 is a word of the name itself. */
enum {
    HRMI_KIND_CITY = 1 << 0,       /* міська, м. */
    HRMI_KIND_SETTLEMENT = 1 << 1, /* селищна, смт */
    HRMI_KIND_VILLAGE = 1 << 2,    /* сільська, с. */
    HRMI_KIND_COMMUNITY = 1 << 3,  /* територіальна громада, ТГ, рада */
    HRMI_KIND_RAION = 1 << 4,
    HRMI_KIND_OBLAST = 1 << 5,
    HRMI_KIND_PLACE = 1 << 6, /* м., смт, с.: a settlement is named, not a community */
    HRMI_KIND_OTHER = 1 << 7, /* says nothing: бюджет, of */
    HRMI_KIND_LEADING = 1 << 8, /* only where it does not follow a word of the name: `місто`, but not in the
                                   village's name `Нове Місто` */
    HRMI_KIND_MAYBE = 1 << 9, /* may be a whole name: villages are called Селище and Громада */
    HRMI_KIND_OF_TYPE = 1 << 10, /* типу: takes its word of the city from `міського` before it */
    HRMI_KIND_TYPES = HRMI_KIND_CITY | HRMI_KIND_SETTLEMENT | HRMI_KIND_VILLAGE
};

/* How a word is set off from the one before it. */
enum {
    HRMI_BREAK_NONE = 0,
    HRMI_BREAK_COMMA = 1, /* , ; : / | */
    HRMI_BREAK_OPEN = 2,  /* ( [ { */
    HRMI_BREAK_CLOSE = 3  /* ) ] } */
};

typedef struct hrmi_word {
    uint16_t start, length; /* points[start … start + length), apostrophes and hyphens within included */
    uint8_t before;         /* HRMI_BREAK_… */
    uint8_t script;         /* 1 Cyrillic, 2 Latin, 3 both, 0 neither */
    uint32_t kind;          /* HRMI_KIND_… */
} hrmi_word;

typedef struct hrmi_name {
    size_t count;
    hrmi_word words[HRMI_NAME_WORDS];
    uint32_t points[HRMI_NAME_POINTS];
} hrmi_name;

enum { HRMI_SCRIPT_CYRILLIC = 1, HRMI_SCRIPT_LATIN = 2 };

/* Takes a text apart. False for one that is too long to be a name; it then has no words. */
bool hrmi_name_read(const char *text, size_t length, hrmi_name *out);

/* What a folded word without apostrophes says as a word of kind; 0 for none. */
uint32_t hrmi_kind_of(const char *word, size_t length);

/* The i-th word of kind that is known, NULL behind the last: for the test that the list is in order. */
const char *hrmi_kind_word(size_t i);

/* HRM_TYPE_… of the bits, where they agree. */
int32_t hrmi_kind_type(uint32_t kinds);

/* Writes the letters and digits of a word, apostrophes left out and hyphens as `hyphen` (0: left out), to at
 * most end; where it ends now. */
char *hrmi_word_write(const hrmi_name *name, const hrmi_word *word, char hyphen, char *at, const char *end);

#endif
