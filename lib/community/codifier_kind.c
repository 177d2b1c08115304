/* What kind of unit a record is: the letters of the codifier, and what the place of a code allows. */
#include "base/utf8.h"
#include "community/codifier.h"

/* The letter of a category, Latin, from it or from the Cyrillic one that looks alike; '?' for none. */
static char letter_of(const char *text, size_t length) {
    static const char latin[] = "OKPHMXTCB";
    static const uint32_t capital[] = {0x41E, 0x41A, 0x420, 0x41D, 0x41C, 0x425, 0x422, 0x421, 0x412};
    const char *at = text;
    uint32_t point = hrmi_utf8_next(&at, text + length);
    if (at != text + length) return '?';
    if (point >= 'a' && point <= 'z') point -= 'a' - 'A';
    if (point >= 0x430 && point <= 0x44F) point -= 0x20; /* а … я */
    for (size_t i = 0; i < sizeof latin - 1; i++)
        if (point == (uint32_t)latin[i] || point == capital[i]) return latin[i];
    return '?';
}

int32_t hrmi_category_of_letter(const char *text, size_t length) {
    switch (letter_of(text, length)) {
    case 'O':
        return HRM_UNIT_OBLAST;
    case 'K':
        return HRM_UNIT_SPECIAL_CITY;
    case 'P':
        return HRM_UNIT_RAION;
    case 'H':
        return HRM_UNIT_COMMUNITY;
    case 'M':
        return HRM_UNIT_CITY;
    case 'X':
    case 'T':
        return HRM_UNIT_SETTLEMENT;
    case 'C':
        return HRM_UNIT_VILLAGE;
    case 'B':
        return HRM_UNIT_CITY_DISTRICT;
    default:
        return 0;
    }
}

static bool is_special_city(const char *digits) {
    return digits[0] == '8' && (digits[1] == '0' || digits[1] == '5');
}

int32_t hrmi_category_of_place(const hrmi_unit *u) {
    switch (u->place) {
    case 2:
        return is_special_city(u->code + 2) ? HRM_UNIT_SPECIAL_CITY : HRM_UNIT_OBLAST;
    case 4:
        return HRM_UNIT_RAION;
    case 7:
        return HRM_UNIT_COMMUNITY;
    case 10:
        return HRM_UNIT_VILLAGE;
    default:
        return HRM_UNIT_CITY_DISTRICT;
    }
}

bool hrmi_category_fits(int32_t category, const hrmi_unit *u) {
    switch (category) {
    case HRM_UNIT_OBLAST:
        return u->place == 2;
    case HRM_UNIT_SPECIAL_CITY:
        return (u->place == 2 || u->place == HRMI_KEY_DIGITS) && is_special_city(u->code + 2);
    case HRM_UNIT_RAION:
        return u->place == 4;
    case HRM_UNIT_COMMUNITY:
        return u->place == HRMI_KEY_DIGITS;
    case HRM_UNIT_CITY_DISTRICT:
        return u->place == 12;
    default:
        return u->place == 10;
    }
}
