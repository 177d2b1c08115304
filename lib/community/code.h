/*
 * Codes of communities: KATOTTG ("UA" and 17 digits, any level from community down) and P-codes ("UA" and 7
 * digits, or the 10 and more of a settlement's). The first seven digits are the key.
 */
#ifndef HRMI_CODE_H
#define HRMI_CODE_H

#include "base/base.h"

enum { HRMI_KEY_SIZE = 8 }; /* 7 digits and a zero */

/* The key of a code as written (blanks around it are passed over). False for what is no community's code;
 * *why then says so in words (static). */
bool hrmi_code_key(const char *text, size_t length, char key[HRMI_KEY_SIZE], const char **why);

#endif
