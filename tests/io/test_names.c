/* Names of fields as people write them. */
#include "harness/harness.h"
#include "io/names.h"

START_TEST(case_blanks_and_invisible_marks_make_no_other_name) {
    ck_assert(hrmi_names_same("hromada_code", "Hromada_Code"));
    ck_assert(hrmi_names_same("Код ", "код"));
    ck_assert(hrmi_names_same("\xC2\xA0Площа  громади", "площа громади")); /* a no-break space */
    ck_assert(hrmi_names_same("tax\xE2\x80\x8B", "TAX"));                  /* a space of no width */
    ck_assert(hrmi_names_same("\xEF\xBB\xBFid", "id"));
    ck_assert(hrmi_names_same("", " "));
    ck_assert(!hrmi_names_same("a", "ab"));
    ck_assert(!hrmi_names_same("a b", "ab"));
    ck_assert(!hrmi_names_same("i", "і")); /* Latin and Ukrainian letters are different letters */
}
END_TEST

START_TEST(the_equal_name_goes_before_others) {
    static const char *const list[] = {"Code", "code", "name", "CODE"};
    static const char *const twice[] = {"a", "a", "B", "b"};
    const hrmi_names names = {list, 4};
    const hrmi_names doubled = {twice, 4};
    size_t place = 9;
    hrm_context *ctx = hrmt_context();
    hrmt_ok(ctx, hrmi_names_find(ctx, &names, "code", "field", "t.csv", &place));
    ck_assert_uint_eq(place, 1);
    hrmt_ok(ctx, hrmi_names_find(ctx, &names, "NAME", "field", "t.csv", &place));
    ck_assert_uint_eq(place, 2);
    hrmt_fails(ctx, hrmi_names_find(ctx, &names, "cODE", "field", "t.csv", &place), HRM_ERROR_FIELD,
               "more than one field");
    hrmt_fails(ctx, hrmi_names_find(ctx, &doubled, "a", "field", "t.csv", &place), HRM_ERROR_FIELD,
               "more than one field");
    hrmt_ok(ctx, hrmi_names_find(ctx, &doubled, "B", "field", "t.csv", &place));
    ck_assert_uint_eq(place, 2);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(the_nearest_name_is_offered) {
    static const char *const list[] = {"hromada_code", "total_popultaion_2022", "рік"};
    const hrmi_names names = {list, 3};
    const hrmi_names none = {NULL, 0};
    size_t place = 0;
    hrm_context *ctx = hrmt_context();
    hrmt_fails(ctx, hrmi_names_find(ctx, &names, "total_population_2022", "field", "t.csv", &place),
               HRM_ERROR_FIELD,
               "t.csv: there is no field \"total_population_2022\"; did you mean "
               "\"total_popultaion_2022\"?");
    hrmt_fails(ctx, hrmi_names_find(ctx, &names, "income", "field", "t.csv", &place), HRM_ERROR_FIELD,
               "there are \"hromada_code\", \"total_popultaion_2022\", \"рік\"");
    hrmt_fails(ctx, hrmi_names_find(ctx, &none, "income", "field", "t.csv", &place), HRM_ERROR_FIELD, "none");
    hrmt_fails(ctx, hrmi_names_find(ctx, &names, "\xC1\xE0\xF0\n", "field", "t.csv", &place), HRM_ERROR_FIELD,
               "\"??? \"");
    hrm_context_free(ctx);
}
END_TEST

START_TEST(names_in_another_encoding_are_told) {
    static const char *const list[] = {"code", "\xED\xE0\xE7\xE2\xE0"}; /* назва in CP1251 */
    const hrmi_names names = {list, 2};
    size_t place = 0;
    hrm_context *ctx = hrmt_context();
    hrmt_ok(ctx, hrmi_names_find(ctx, &names, "code", "field", "t.csv", &place));
    hrmt_fails(ctx, hrmi_names_find(ctx, &names, "назва", "field", "t.csv", &place), HRM_ERROR_FIELD,
               "t.csv: the names of its fields are not UTF-8: say the encoding of the file, as CP1251");
    hrm_context_free(ctx);
}
END_TEST

START_TEST(long_lists_and_names_are_cut) {
    static char long_name[3000];
    const char *list[300];
    const hrmi_names names = {list, 300};
    char shown[20];
    char all[100];
    size_t place = 0;
    hrm_context *ctx = hrmt_context();
    memset(long_name, 'x', sizeof long_name - 1);
    for (size_t i = 0; i < 300; i++) list[i] = long_name;
    hrmt_fails(ctx, hrmi_names_find(ctx, &names, "y", "field", "t.csv", &place), HRM_ERROR_FIELD, "…");
    hrmi_names_list(&names, all, sizeof all);
    ck_assert_uint_lt(strlen(all), sizeof all);
    hrmi_names_show("Вінницька область", strlen("Вінницька область"), shown, sizeof shown);
    ck_assert_str_eq(shown, "Вінницьк…");
    hrmi_names_show("", 0, shown, sizeof shown);
    ck_assert_str_eq(shown, "");
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("names", &case_blanks_and_invisible_marks_make_no_other_name, &the_equal_name_goes_before_others,
           &the_nearest_name_is_offered, &names_in_another_encoding_are_told, &long_lists_and_names_are_cut)
