/*
 * Codes of communities, and the key that they share: the first seven digits (oblast 2, raion 2, community 3).
 *
 * KATOTTG: "UA" and 17 digits, OO RR HHH SSS DD UUUUU: oblast, raion, community, settlement, district of a
 * city, and a number of its own. P-codes (COD-AB): "UA" and the first 7 of them for a community, 10 for a
 * settlement, 12 for a district.
 *
 * What names a community or something inside one has a key; what names an oblast or a raion has none, as a
 * figure for a whole raion must not end in one of its communities. Where HHH is 000 that needs a rule, made
 * from the codifier of 16 May 2025 and COD-AB, and tested on both:
 *
 * - Cities with special status, OO = 80 (Kyiv) and 85 (Sevastopol), have no level below but districts, and
 *   count as communities of their own: UA80000000000093317 has the key 8000000.
 * - A KATOTTG code or a longer P-code with RR = 00 and a settlement (SSS ≠ 000) lies in no community but in
 *   the oblast itself. These are Prypiat and Chornobyl, and COD-AB draws their zone as the unit UA3200000:
 * the key is 3200000.
 * - A P-code of 7 digits is what a boundary layer calls its unit: UA3200000 is the zone, never the oblast
 *   (which is UA32). It is its own key.
 * - All others are codes of an oblast (UA32000000000030281) or a raion (UA32020000000057002): no key.
 *
 * Tables damage codes, and some damage can be undone without guessing (HRMI_MEND_…). What is mended has all
 * digits of the community as they were written; a digit is never made up, but for the one zero that a number
 * of 16 digits has lost in front (oblasts 01 to 09: no oblast is 00, so no number of 15 digits is a code).
 * Seven digits without UA are no code: any small count could be one.
 *
 * A spreadsheet keeps 15 digits of a number. A code of 17 digits that went through it ends in 00, one that
 * had a zero in front in 0; so do one in a hundred, one in ten, of all true codes. Either way what is lost is
 * in the code's own number at the end, and the digits of the community, the settlement and the district
 * stand: such a code is mended, and told to be perhaps rounded. The same holds for `1.20200300000314E+16`,
 * the same number written another way, as long as at most four of its digits are lacking. `5.02003E+16` has
 * lost the community itself, and nothing brings it back. Neither does anything for a number of 16 or 17
 * digits that ends in 00000: no unit has that number, so more was rounded away than a spreadsheet's two
 * digits, and nobody knows how much (`5020290000000000` is what is left of 5.02029E+15). (What was stored as
 * a double and written with all its digits is up to 8 away at the end, and looks like any other code; its
 * community stands as well.)
 */
#ifndef HRMI_CODE_H
#define HRMI_CODE_H

#include "base/base.h"

enum { HRMI_KEY_DIGITS = 7, HRMI_KEY_SIZE = 8 }; /* 7 digits and a zero */
enum { HRMI_CODE_DIGITS = 17, HRMI_CODE_SIZE = 18 };
enum { HRMI_NUMBER_DIGITS = 5 }; /* a unit's own number, at the end of a KATOTTG code */

/* What a text is that should be a code. */
enum {
    HRMI_CODE_EMPTY = 0,
    HRMI_CODE_COMMUNITY = 1,   /* of a community or what lies in it: it has a key */
    HRMI_CODE_OBLAST = 2,      /* KATOTTG or P-code of an oblast */
    HRMI_CODE_RAION = 3,       /* of a raion */
    HRMI_CODE_FORMER = 4,      /* 8 to 11 digits: KOATUU, a budget code */
    HRMI_CODE_SPREADSHEET = 5, /* a number that has lost its end */
    HRMI_CODE_BROKEN = 6
};

/* What was mended. */
enum {
    HRMI_MEND_SMALL = 1,    /* small letters: read as capitals everywhere, codes of layers included */
    HRMI_MEND_BLANKS = 2,   /* blanks and characters of no width inside */
    HRMI_MEND_SCRIPT = 4,   /* Cyrillic letters that look like U and A */
    HRMI_MEND_NUMBER = 8,   /* a number's decimals (`.0`) or exponent */
    HRMI_MEND_PREFIX = 16,  /* UA was missing before 17 digits */
    HRMI_MEND_ZERO = 32,    /* and the zero in front: 16 digits */
    HRMI_MEND_ROUNDED = 64, /* its last digits are perhaps, or for certain, rounded */
    HRMI_MEND_LAST = 64
};

typedef struct hrmi_code {
    int32_t kind;    /* HRMI_CODE_… */
    int32_t reason;  /* HRM_REASON_… why it has no key; HRM_REASON_NONE where it has one */
    uint32_t mends;  /* HRMI_MEND_… put together; 0 for a code as it should be */
    const char *why; /* static: what was mended, or what is wrong with it; NULL where nothing is to be said */
    size_t digit_count; /* of communities, oblasts, raions: 2, 4, 7, 10, 12 or 17; of former codes 8 to 11 */
    char digits[HRMI_CODE_SIZE]; /* behind UA, after mending; of former codes all; else "" */
    char key[HRMI_KEY_SIZE];     /* of communities; else "" */
} hrmi_code;

/* Reads a code as written. Never allocates; linear in the length. */
void hrmi_code_read(const char *text, size_t length, hrmi_code *out);

/* A code of another system, in the form in which two are compared: of a number (also `5320200000.0` or
 * `5.320200000E+09`) its digits without zeros in front, of another text its capitals without blanks. The
 * length; 0 for nothing, for a number that is rounded or not whole, and for what is longer than any code. */
enum { HRMI_CODE_FORM_SIZE = 48 };
size_t hrmi_code_form(const char *text, size_t length, char out[HRMI_CODE_FORM_SIZE], bool *is_number);

/* The key of a code that needs no mending but of small letters and blanks around it. False for all others;
 * *why then says what is wrong, and is NULL otherwise. */
bool hrmi_code_key(const char *text, size_t length, char key[HRMI_KEY_SIZE], const char **why);

#endif
