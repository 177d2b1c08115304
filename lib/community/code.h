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
 */
#ifndef HRMI_CODE_H
#define HRMI_CODE_H

#include "base/base.h"

enum { HRMI_KEY_DIGITS = 7, HRMI_KEY_SIZE = 8 }; /* 7 digits and a zero */

/* The key of a code as written (blanks around it are passed over). False for what is no community's code;
 * *why then says so in words (static). */
bool hrmi_code_key(const char *text, size_t length, char key[HRMI_KEY_SIZE], const char **why);

#endif
