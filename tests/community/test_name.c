/*
 * The normal form and the transliteration: the cases of names.txt, and what no line of a text file can say.
 */
#include "community/name.h"
#include "community/names_file.h"

static int32_t type_of(const char *word) {
    if (strcmp(word, "city") == 0) return HRM_TYPE_CITY;
    if (strcmp(word, "settlement") == 0) return HRM_TYPE_SETTLEMENT;
    if (strcmp(word, "village") == 0) return HRM_TYPE_VILLAGE;
    ck_assert_msg(word[0] == '\0', "no type: %s", word);
    return HRM_TYPE_UNKNOWN;
}

typedef struct counts {
    size_t normal, latin;
} counts;

static void check_line(char *fields[HRMT_FIELDS], size_t count, int line, void *user) {
    counts *const n = user;
    char got[HRMT_LINE_SIZE];
    if (strcmp(fields[0], "normal") == 0) {
        int32_t type = -1;
        ck_assert_msg(count == 4, "line %d", line);
        const size_t needed = hrm_name_normal(fields[1], got, sizeof got, &type);
        ck_assert_msg(strcmp(got, fields[2]) == 0, "line %d: \"%s\"", line, got);
        ck_assert_uint_eq(needed, strlen(got) + 1);
        ck_assert_msg(type == type_of(fields[3]), "line %d: type %d", line, (int)type);
        n->normal++;
    } else if (strcmp(fields[0], "latin") == 0) {
        ck_assert_msg(count == 3, "line %d", line);
        ck_assert_uint_eq(hrm_name_latin(fields[1], got, sizeof got), strlen(fields[2]) + 1);
        ck_assert_msg(strcmp(got, fields[2]) == 0, "line %d: \"%s\"", line, got);
        n->latin++;
    }
}

START_TEST(cases_of_the_file) {
    counts n = {0, 0};
    (void)hrmt_names_file(check_line, &n);
    ck_assert_uint_gt(n.normal, 80);
    ck_assert_uint_gt(n.latin, 80);
}
END_TEST

START_TEST(a_normal_form_is_its_own) {
    static const char *const names[] = {"Кам'янець-Подільська",
                                        "Іване-Пустенська",
                                        "Асканія-Нова",
                                        "Вінницька",
                                        "Vinnytska",
                                        "Ґ'їєй",
                                        "нове місто"};
    char once[256];
    char twice[256];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        (void)hrm_name_normal(names[i], once, sizeof once, NULL);
        (void)hrm_name_normal(once, twice, sizeof twice, NULL);
        ck_assert_str_eq(once, twice);
    }
}
END_TEST

START_TEST(room_is_kept_to) {
    char room[16] = "untouched";
    ck_assert_uint_eq(hrm_name_normal("Бар", NULL, 0, NULL), 7);
    ck_assert_uint_eq(hrm_name_normal("Бар", room, 6, NULL), 7);
    ck_assert_str_eq(room, "untouched");
    ck_assert_uint_eq(hrm_name_normal("Бар", room, 7, NULL), 7);
    ck_assert_str_eq(room, "бар");
    ck_assert_uint_eq(hrm_name_latin("Щ", room, 4), 5);
    ck_assert_str_eq(room, "бар");
    ck_assert_uint_eq(hrm_name_latin("Щ", room, 5), 5);
    ck_assert_str_eq(room, "Shch");
    ck_assert_uint_eq(hrm_name_latin("Щ", NULL, 99), 5);
    ck_assert_uint_eq(hrm_name_normal(NULL, room, sizeof room, NULL), 1);
    ck_assert_uint_eq(hrm_name_latin(NULL, room, sizeof room), 1);
    ck_assert_str_eq(room, "");
}
END_TEST

START_TEST(bytes_that_are_no_utf8) {
    char got[64];
    (void)hrm_name_normal("\xD0\x91\xFF\xD1\x80", got, sizeof got, NULL);
    ck_assert_str_eq(got, "\xD0\xB1\xEF\xBF\xBD\xD1\x80");
    (void)hrm_name_normal("e\xCC\x86\xFF", got, sizeof got, NULL); /* composed, and still told */
    ck_assert_str_eq(got, "\xC4\x95\xEF\xBF\xBD");
}
END_TEST

/* A text that is too long has no normal form: it must not equal another one that begins like it. */
START_TEST(long_texts_are_no_names) {
    char text[2 * HRMI_NAME_BYTES + 2];
    char got[8] = "";
    memset(text, 'a', sizeof text);
    text[HRMI_NAME_BYTES] = '\0';
    ck_assert_uint_eq(hrm_name_normal(text, got, sizeof got, NULL), HRMI_NAME_BYTES + 1);
    text[HRMI_NAME_BYTES] = 'a';
    text[HRMI_NAME_BYTES + 1] = '\0';
    ck_assert_uint_eq(hrm_name_normal(text, got, sizeof got, NULL), 1);
    for (size_t i = 0; i < HRMI_NAME_WORDS; i++) memcpy(text + 2 * i, "z ", 3);
    ck_assert_uint_eq(hrm_name_normal(text, got, sizeof got, NULL), 2 * HRMI_NAME_WORDS);
    memcpy(text + 2 * HRMI_NAME_WORDS, "z ", 3);
    ck_assert_uint_eq(hrm_name_normal(text, got, sizeof got, NULL), 1);
    /* three points of two bytes each, and nothing else, decomposed */
    for (size_t i = 0; i < HRMI_NAME_BYTES; i += 2) memcpy(text + i, "\xCE\x90", 3);
    ck_assert_uint_eq(hrm_name_normal(text, got, sizeof got, NULL), HRMI_NAME_BYTES + 1);
}
END_TEST

START_TEST(words_of_kind_are_in_order) {
    size_t count = 0;
    for (const char *word; (word = hrmi_kind_word(count)) != NULL; count++) {
        ck_assert_uint_ne(hrmi_kind_of(word, strlen(word)), 0);
        ck_assert_uint_lt(strlen(word), HRMI_WORD_BYTES);
        if (count > 0) ck_assert_int_lt(strcmp(hrmi_kind_word(count - 1), word), 0);
    }
    ck_assert_uint_gt(count, 200);
    ck_assert_uint_eq(hrmi_kind_of("", 0), 0);
    ck_assert_uint_eq(hrmi_kind_of("obl", 2), 0);
    ck_assert_uint_eq(hrmi_kind_of("oblastx", 7), 0);
}
END_TEST

HRMT_SUITE("name", &cases_of_the_file, &a_normal_form_is_its_own, &room_is_kept_to, &bytes_that_are_no_utf8,
           &long_texts_are_no_names, &words_of_kind_are_in_order)
