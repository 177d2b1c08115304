/* Codes are read strictly: nothing is guessed, and what cannot be read is told apart in words. */
#include "community/code.h"
#include "base/utf8.h"

static bool all_zero(const char *digits, size_t first, size_t end) {
    for (size_t i = first; i < end; i++)
        if (digits[i] != '0') return false;
    return true;
}

/* Why the text does not begin with the two Latin letters. */
static const char *no_prefix(const char *text, size_t length) {
    if (length == 0) return "it is empty";
    size_t digits = 0;
    while (digits < length && text[digits] >= '0' && text[digits] <= '9') digits++;
    if (digits == length && length == 10) return "ten digits are a KOATUU or a budget code, no KATOTTG code";
    if (digits == length && (length == 17 || length == 7))
        return "the letters UA before the digits are missing";
    if (length >= 3 && (memcmp(text, "\xD0\xA3\xD0", 3) == 0 || memcmp(text, "U\xD0\x90", 3) == 0 ||
                        memcmp(text,
                               "\xD0\xA3"
                               "A",
                               3) == 0))
        return "the letters before the digits are Cyrillic; they must be the Latin UA";
    return "it does not begin with UA";
}

static const char *wrong_length(size_t count) {
    if (count == 2) return "it is the code of an oblast, not of a community";
    if (count == 4) return "it is the code of a raion, not of a community";
    if (count < HRMI_KEY_DIGITS) return "it has too few digits";
    if (count > 17) return "it has more than 17 digits";
    return "the number of its digits is not that of a KATOTTG code (17) or a P-code (7, 10 or 12)";
}

/* What the digits name, where the community's own three are 000: NULL, or why that is no community. */
static const char *outside_communities(const char *digits, size_t count) {
    const bool special_city = (digits[0] == '8' && (digits[1] == '0' || digits[1] == '5'));
    const bool in_raion = !all_zero(digits, 2, 4);
    if (count == HRMI_KEY_DIGITS) return NULL;
    if (in_raion) return "it is the code of a raion, not of a community";
    if (special_city || !all_zero(digits, 7, 10)) return NULL;
    return "it is the code of an oblast, not of a community";
}

bool hrmi_code_key(const char *text, size_t length, char key[HRMI_KEY_SIZE], const char **why) {
    const char *wrong = NULL;
    length = hrmi_utf8_trim(&text, length);
    if (length < 2 || (text[0] | 0x20) != 'u' || (text[1] | 0x20) != 'a') {
        *why = no_prefix(text, length);
        return false;
    }
    const char *const digits = text + 2;
    const size_t count = length - 2;
    for (size_t i = 0; i < count; i++)
        if (digits[i] < '0' || digits[i] > '9') {
            *why = "something other than digits follows UA";
            return false;
        }
    if (count != 7 && count != 10 && count != 12 && count != 17) wrong = wrong_length(count);
    else if (all_zero(digits, 0, 2)) wrong = "there is no oblast 00";
    else if (all_zero(digits, 4, HRMI_KEY_DIGITS)) wrong = outside_communities(digits, count);
    *why = wrong;
    if (wrong != NULL) return false;
    memcpy(key, digits, HRMI_KEY_DIGITS);
    key[HRMI_KEY_DIGITS] = '\0';
    return true;
}
