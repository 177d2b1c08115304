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
        {"UA05020030 000031457", "blanks inside"},
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

/* What a table's text is read as: kind, what was mended, the digits, and a part of why. */
typedef struct reading {
    const char *text;
    int32_t kind;
    uint32_t mends;
    const char *digits;
    const char *why; /* "" for nothing */
} reading;

static void check_reading(const reading *r) {
    static const int32_t reasons[] = {
        [HRMI_CODE_EMPTY] = HRM_REASON_NO_KEY,        [HRMI_CODE_COMMUNITY] = HRM_REASON_NONE,
        [HRMI_CODE_OBLAST] = HRM_REASON_HIGHER_LEVEL, [HRMI_CODE_RAION] = HRM_REASON_HIGHER_LEVEL,
        [HRMI_CODE_FORMER] = HRM_REASON_OLD_CODE,     [HRMI_CODE_SPREADSHEET] = HRM_REASON_SPREADSHEET_CODE,
        [HRMI_CODE_BROKEN] = HRM_REASON_BAD_CODE,
    };
    hrmi_code code;
    hrmi_code_read(r->text, strlen(r->text), &code);
    ck_assert_msg(code.kind == r->kind, "%s: kind %d: %s", r->text, (int)code.kind, code.why);
    ck_assert_int_eq(code.reason, reasons[code.kind]);
    ck_assert_msg(code.mends == r->mends, "%s: mends %u", r->text, (unsigned)code.mends);
    ck_assert_str_eq(code.digits, r->digits);
    ck_assert_uint_eq(code.digit_count, strlen(r->digits));
    if (r->why[0] == '\0') ck_assert_ptr_null(code.why);
    else ck_assert_msg(strstr(code.why, r->why) != NULL, "%s: %s", r->text, code.why);
    if (code.kind == HRMI_CODE_COMMUNITY) ck_assert_mem_eq(code.key, code.digits, HRMI_KEY_DIGITS);
    else ck_assert_str_eq(code.key, "");
}

START_TEST(codes_that_tables_damaged) {
    static const reading all[] = {
        {"UA05020030000031457", HRMI_CODE_COMMUNITY, 0, "05020030000031457", ""},
        {" ua0502003 ", HRMI_CODE_COMMUNITY, HRMI_MEND_SMALL, "0502003", "letters are small"},
        {"UA 0502 003\xC2\xA0"
         "000\xE2\x80\x8B"
         "0031457",
         HRMI_CODE_COMMUNITY, HRMI_MEND_BLANKS, "05020030000031457", "blanks inside"},
        {"U\xD0\x90"
         "05020030000031457",
         HRMI_CODE_COMMUNITY, HRMI_MEND_SCRIPT, "05020030000031457", "Cyrillic"},
        {"\xD0\xA3\xD0\x90"
         "0502003",
         HRMI_CODE_COMMUNITY, HRMI_MEND_SCRIPT, "0502003", "Cyrillic"},
        {"\xD1\x83\xD0\xB0 0502003", HRMI_CODE_COMMUNITY,
         HRMI_MEND_SCRIPT | HRMI_MEND_SMALL | HRMI_MEND_BLANKS, "0502003", "Cyrillic"},
        {"05020030000031457", HRMI_CODE_COMMUNITY, HRMI_MEND_PREFIX, "05020030000031457", "letters UA"},
        {"05 020 030 000 031 457", HRMI_CODE_COMMUNITY, HRMI_MEND_PREFIX | HRMI_MEND_BLANKS,
         "05020030000031457", "letters UA"},
        {"5020030000031457", HRMI_CODE_COMMUNITY, HRMI_MEND_PREFIX | HRMI_MEND_ZERO, "05020030000031457",
         "the zero before"},
        {"5020030000031457.0", HRMI_CODE_COMMUNITY, HRMI_MEND_PREFIX | HRMI_MEND_ZERO | HRMI_MEND_NUMBER,
         "05020030000031457", "the zero before"},
        {"12020030000031457.00", HRMI_CODE_COMMUNITY, HRMI_MEND_PREFIX | HRMI_MEND_NUMBER,
         "12020030000031457", "letters UA"},
        {"12020030000031457,0", HRMI_CODE_COMMUNITY, HRMI_MEND_PREFIX | HRMI_MEND_NUMBER, "12020030000031457",
         "letters UA"},
        {"UA12020030000031457.0", HRMI_CODE_COMMUNITY, HRMI_MEND_NUMBER, "12020030000031457",
         "taken for a number"},
        /* fifteen digits are left of a number */
        {"12020030000031400", HRMI_CODE_COMMUNITY, HRMI_MEND_PREFIX | HRMI_MEND_ROUNDED, "12020030000031400",
         "those of the community stand"},
        {"5020030000031460", HRMI_CODE_COMMUNITY, HRMI_MEND_PREFIX | HRMI_MEND_ZERO | HRMI_MEND_ROUNDED,
         "05020030000031460", "those of the community stand"},
        {"1.20200300000314E+16", HRMI_CODE_COMMUNITY, HRMI_MEND_PREFIX | HRMI_MEND_ROUNDED | HRMI_MEND_NUMBER,
         "12020030000031400", "stand"},
        {"1,20200300000314e16", HRMI_CODE_COMMUNITY, HRMI_MEND_PREFIX | HRMI_MEND_ROUNDED | HRMI_MEND_NUMBER,
         "12020030000031400", "stand"},
        {"1.202003000003E+16", HRMI_CODE_COMMUNITY, HRMI_MEND_PREFIX | HRMI_MEND_ROUNDED | HRMI_MEND_NUMBER,
         "12020030000030000", "stand"},
        {"5.02003000003146E+15", HRMI_CODE_COMMUNITY,
         HRMI_MEND_PREFIX | HRMI_MEND_ZERO | HRMI_MEND_ROUNDED | HRMI_MEND_NUMBER, "05020030000031460",
         "stand"},
        {"1.2020030000031457E+16", HRMI_CODE_COMMUNITY, HRMI_MEND_PREFIX | HRMI_MEND_NUMBER,
         "12020030000031457", "letters UA"},
        {"1.20200300000314E+016", HRMI_CODE_COMMUNITY,
         HRMI_MEND_PREFIX | HRMI_MEND_ROUNDED | HRMI_MEND_NUMBER, "12020030000031400", "stand"},
        {"12 020 030 000 031 457.0", HRMI_CODE_COMMUNITY,
         HRMI_MEND_PREFIX | HRMI_MEND_BLANKS | HRMI_MEND_NUMBER, "12020030000031457", "letters UA"},
        {"UA\t05\r02003", HRMI_CODE_COMMUNITY, HRMI_MEND_BLANKS, "0502003", "blanks inside"},
        {"u \xD0\x90"
         "0502003",
         HRMI_CODE_COMMUNITY, HRMI_MEND_SMALL | HRMI_MEND_BLANKS | HRMI_MEND_SCRIPT, "0502003", "Cyrillic"},
        {"U \xD0\xB0"
         "0502003",
         HRMI_CODE_COMMUNITY, HRMI_MEND_SMALL | HRMI_MEND_BLANKS | HRMI_MEND_SCRIPT, "0502003", "Cyrillic"},
        {"80000000000093317", HRMI_CODE_COMMUNITY, HRMI_MEND_PREFIX, "80000000000093317", "letters UA"},
        {"12020030000010000", HRMI_CODE_COMMUNITY, HRMI_MEND_PREFIX | HRMI_MEND_ROUNDED, "12020030000010000",
         "stand"},
        /* with its letters it was no number, and nothing rounded it */
        {"UA05020290000000000", HRMI_CODE_COMMUNITY, 0, "05020290000000000", ""},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) check_reading(&all[i]);
}
END_TEST

START_TEST(codes_beyond_mending) {
    static const reading all[] = {
        {"", HRMI_CODE_EMPTY, 0, "", "empty"},
        {"5.02003E+16", HRMI_CODE_SPREADSHEET, 0, "", "make the column text"},
        {"5,02003E+16", HRMI_CODE_SPREADSHEET, 0, "", "lost its end"},
        {"5.02003e16", HRMI_CODE_SPREADSHEET, 0, "", "lost its end"},
        {"5E+16", HRMI_CODE_SPREADSHEET, 0, "", "lost its end"},
        {"UA5.02003E+16", HRMI_CODE_SPREADSHEET, 0, "", "lost its end"},
        {"1.20200300000E+16", HRMI_CODE_SPREADSHEET, 0, "", "lost its end"}, /* five digits are lacking */
        /* five zeros at the end are no unit's number: more than two digits were rounded away */
        {"5020290000000000", HRMI_CODE_SPREADSHEET, 0, "", "lost its end"},
        {"32080010000000000", HRMI_CODE_SPREADSHEET, 0, "", "lost its end"},
        {"32080010010100000", HRMI_CODE_SPREADSHEET, 0, "", "lost its end"},
        {"32000000000000000.0", HRMI_CODE_SPREADSHEET, 0, "", "lost its end"},
        {"5 020 290 000 000 000", HRMI_CODE_SPREADSHEET, 0, "", "lost its end"},
        {"5.02029000000E+15", HRMI_CODE_SPREADSHEET, 0, "", "lost its end"},
        {"3.208001000000E+16", HRMI_CODE_SPREADSHEET, 0, "", "lost its end"},
        {"3.2080010000000000E+16", HRMI_CODE_SPREADSHEET, 0, "", "lost its end"},
        {"2.547e+09", HRMI_CODE_SPREADSHEET, 0, "", "lost its end"}, /* a budget code */
        {"5E+3", HRMI_CODE_BROKEN, 0, "", "UA"},
        {"2.5E+06", HRMI_CODE_BROKEN, 0, "", "UA"}, /* seven digits are no code at all */
        {"2.5E+07", HRMI_CODE_SPREADSHEET, 0, "", "lost its end"},
        {"1.2E+0016", HRMI_CODE_BROKEN, 0, "", "UA"},
        {".5E+16", HRMI_CODE_BROKEN, 0, "", "UA"},
        {"5E", HRMI_CODE_BROKEN, 0, "", "UA"},
        {"1.5E+30", HRMI_CODE_BROKEN, 0, "", "UA"},
        {"0510100000", HRMI_CODE_FORMER, 0, "0510100000", "ten digits"},
        {"510100000", HRMI_CODE_FORMER, 0, "510100000", "KOATUU"},
        {"510100000.0", HRMI_CODE_FORMER, HRMI_MEND_NUMBER, "510100000", "KOATUU"},
        {"5.320200000E+09", HRMI_CODE_FORMER, HRMI_MEND_NUMBER, "5320200000", "KOATUU"},
        {"5320200000.5", HRMI_CODE_BROKEN, 0, "", "UA"},
        {"02501000000", HRMI_CODE_FORMER, 0, "02501000000", "budget"},
        {"42352786", HRMI_CODE_FORMER, 0, "42352786", "8 to 11"},
        {"0502003", HRMI_CODE_BROKEN, 0, "", "letters UA"},
        {"502003", HRMI_CODE_BROKEN, 0, "", "UA"},
        {"502003000003145", HRMI_CODE_BROKEN, 0, "", "UA"},  /* 15 digits */
        {"0502003000003145", HRMI_CODE_BROKEN, 0, "", "UA"}, /* 16, and its zero is there */
        {"050200300000314577", HRMI_CODE_BROKEN, 0, "", "more than 17"},
        {"UA5020030000031457", HRMI_CODE_BROKEN, 0, "", "number of its digits"},
        {"UA0502003 UA0502005", HRMI_CODE_BROKEN, 0, "", "other than digits"},
        {"UA05020030000031457UA05020030000031457UA05020030000", HRMI_CODE_BROKEN, 0, "", "too long"},
        {"UA05", HRMI_CODE_OBLAST, 0, "05", "oblast"},
        {"UA 0502", HRMI_CODE_RAION, HRMI_MEND_BLANKS, "0502", "raion"},
        {"UA0500", HRMI_CODE_OBLAST, 0, "0500", "oblast"},
        {"32000000000030281", HRMI_CODE_OBLAST, HRMI_MEND_PREFIX, "32000000000030281", "oblast"},
        {"5020000000052259", HRMI_CODE_RAION, HRMI_MEND_PREFIX | HRMI_MEND_ZERO, "05020000000052259",
         "raion"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) check_reading(&all[i]);
}
END_TEST

START_TEST(bytes_that_are_no_text) {
    hrmi_code code;
    hrmi_code_read("UA\xFF"
                   "0502003",
                   10, &code);
    ck_assert_int_eq(code.kind, HRMI_CODE_BROKEN);
    ck_assert_int_eq(code.reason, HRM_REASON_NOT_UTF8);
    ck_assert_str_eq(code.why, "it is not UTF-8");
    hrmi_code_read("UA\0"
                   "0502003",
                   10, &code);
    ck_assert_int_eq(code.reason, HRM_REASON_BAD_CODE);
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

HRMT_SUITE("code", &codes_with_a_key, &codes_without_a_key, &codes_that_tables_damaged, &codes_beyond_mending,
           &bytes_that_are_no_text, &length_is_kept_to)
