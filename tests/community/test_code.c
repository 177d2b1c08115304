/* Keys of codes: every form, every level, and what is wrong with the rest. */
#include "community/code.h"
#include "harness/harness.h"

START_TEST(codes_with_a_key) {
    static const char *const pairs[][2] = {
        {"UA05020030000031457", "0502003"}, /* KATOTTG of a community */
        {"UA05020030010063857", "0502003"}, /* of a settlement in it */
        {"UA63120270010186387", "6312027"}, /* of a district of a city (Kharkiv) */
        {"UA0502003", "0502003"},           /* P-code of a community */
        {"UA0502003001", "0502003"},        /* of a settlement */
        {"UA631202700101", "6312027"},      /* of a district */
        {"UA80000000000093317", "8000000"}, /* Kyiv */
        {"UA80000000001078669", "8000000"}, /* a district of Kyiv */
        {"UA85000000000065278", "8500000"}, /* Sevastopol */
        {"UA8000000", "8000000"},           /* P-code of Kyiv */
        {"UA8000000000", "8000000"},
        {"UA3200000", "3200000"},           /* P-code of the Chornobyl zone */
        {"UA32000000010085013", "3200000"}, /* Prypiat */
        {"UA32000000020050699", "3200000"}, /* Chornobyl */
        {"UA3200000001", "3200000"},        /* P-code of Prypiat */
        {"ua0502003", "0502003"},
        {" UA0502003\t\r\n", "0502003"},
        {"\xC2\xA0UA05020030000031457\xC2\xA0 ", "0502003"}, /* no-break spaces */
        {"\xEF\xBB\xBFUA0502003\xE2\x80\x8B", "0502003"},    /* byte-order mark, space of no width */
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char key[HRMI_KEY_SIZE] = "";
        const char *why = "?";
        const bool has = hrmi_code_key(pairs[i][0], strlen(pairs[i][0]), key, &why);
        ck_assert_msg(has, "%s: %s", pairs[i][0], why);
        ck_assert_str_eq(key, pairs[i][1]);
        ck_assert_ptr_null(why);
    }
}
END_TEST

START_TEST(codes_without_a_key) {
    static const char *const pairs[][2] = {
        {"", "it is empty"},
        {"  \t", "it is empty"},
        {"UA", "too few digits"},
        {"UA05", "the code of an oblast"},
        {"UA0502", "the code of a raion"},
        {"UA050", "too few digits"},
        {"UA050200", "too few digits"},
        {"UA05020030", "the number of its digits"},
        {"UA050200300000314577", "more than 17 digits"},
        {"UA0502003000003145", "the number of its digits"},
        {"UA32000000000030281", "the code of an oblast"}, /* Kyiv oblast, not the zone of UA3200000 */
        {"UA01000000000013043", "the code of an oblast"}, /* Crimea */
        {"UA32020000000057002", "the code of a raion"},
        {"UA32020000010057002", "the code of a raion"}, /* nothing lies in a raion but in no community */
        {"UA3200000000", "the code of an oblast"},
        {"UA0000000", "no oblast 00"},
        {"UA00020030000031457", "no oblast 00"},
        {"UA05020030 00031457", "other than digits"},
        {"UA050200300000O1457", "other than digits"}, /* the letter O */
        {"UA-0502003", "other than digits"},
        {"0502003", "letters UA before the digits are missing"},
        {"05020030000031457", "letters UA before the digits are missing"},
        {"0510100000", "KOATUU"},
        {"U", "does not begin with UA"},
        {"Vinnytsia", "does not begin with UA"},
        {"PL0502003", "does not begin with UA"},
        {"\xD0\xA3\xD0\x90"
         "0502003",
         "Cyrillic"}, /* УА */
        {"U\xD0\x90"
         "0502003",
         "Cyrillic"}, /* U and А */
        {"\xD0\xA3"
         "A0502003",
         "Cyrillic"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char key[HRMI_KEY_SIZE] = "kept";
        const char *why = NULL;
        const bool has = hrmi_code_key(pairs[i][0], strlen(pairs[i][0]), key, &why);
        ck_assert_msg(!has, "%s has the key %s", pairs[i][0], key);
        ck_assert_msg(why != NULL && strstr(why, pairs[i][1]) != NULL, "%s: %s", pairs[i][0], why);
        ck_assert_str_eq(key, "kept");
    }
}
END_TEST

START_TEST(length_is_kept_to) {
    char key[HRMI_KEY_SIZE];
    const char *why = NULL;
    ck_assert(hrmi_code_key("UA0502003999", 9, key, &why));
    ck_assert_str_eq(key, "0502003");
    ck_assert(!hrmi_code_key("UA0502003", 0, key, &why));
    ck_assert(!hrmi_code_key("UA\0000502003", 9, key, &why));
}
END_TEST

HRMT_SUITE("code", &codes_with_a_key, &codes_without_a_key, &length_is_kept_to)
