/* Which headings fit a pattern with a period in it, and what period they say. */
#include "harness/harness.h"
#include "recipe/wide.h"

static void says(const char *pattern, const char *heading, const char *period) {
    char got[HRMI_PERIOD_SIZE] = "";
    const bool fits = hrmi_wide_match(pattern, heading, got);
    ck_assert_msg(fits == (period != NULL), "'%s' and '%s': %d", pattern, heading, fits);
    if (fits) ck_assert_str_eq(got, period);
}

START_TEST(periods_begin_with_a_digit) {
    says("income_{period}", "income_2020", "2020");
    says("income_{period}", "income_2021-Q3", "2021-Q3");
    says("income_{period}", "income_2021-07-08", "2021-07-08");
    says("income_{period}", "income_2020/21", "2020/21");
    says("{period}", "2020", "2020");
    says("{period}", "2020.0", "2020"); /* a heading that a program held as a number */
    says("income_{period}", "income_total", NULL);
    says("income_{period}", "income_own_2020", NULL);
    says("income_{period}", "income_2020_per_person", NULL);
    says("income_{period}", "income_", NULL);
    says("income_{period}", "2020", NULL);
    says("income_{period}", "income_2020-", NULL);
    says("{period}", "", NULL);
}
END_TEST

START_TEST(headings_are_compared_as_people_do) {
    says("Доходи, {period} рік", "ДОХОДИ,  2021 рік ", "2021");
    says("Доходи / {period}", "Доходи / 2022", "2022");
    says("{period} р.", "2022 р.", "2022");
    says("a1_{period}", "A1_2022", "2022"); /* the digit before is none of the period */
    says("{period}_2", "2021_2", "2021");
    says("v{period}Q1", "v2021Q1", "2021"); /* the longest that fits */
}
END_TEST

START_TEST(patterns_have_one_period) {
    ck_assert(hrmi_wide_is_pattern("a {period} b"));
    ck_assert(!hrmi_wide_is_pattern("a {Period} b"));
    ck_assert(!hrmi_wide_is_pattern("period"));
    ck_assert_ptr_null(hrmi_wide_fault("a {period}"));
    ck_assert_str_eq(hrmi_wide_fault("{period} {period}"), "it has {period} twice");
    char text[600];
    memset(text, 'a', sizeof text);
    memcpy(text, "{period}", 8);
    text[sizeof text - 1] = '\0';
    ck_assert_str_eq(hrmi_wide_fault(text), "it is longer than 512 bytes");
    says("{period}", text, NULL);
    memset(text, '1', sizeof text - 1);
    says("{period}", text, NULL); /* no period is as long */
    text[40] = '\0';
    says("{period}", text, NULL);
}
END_TEST

HRMT_SUITE("wide", &periods_begin_with_a_digit, &headings_are_compared_as_people_do,
           &patterns_have_one_period)
