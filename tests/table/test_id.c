/* What may be an id, and what a period. */
#include "harness/harness.h"
#include "table/id.h"

START_TEST(good_ids) {
    static const char *const ids[] = {"a",    "_",           "own_income", "population.2022-a", "площа_км2",
                                      "їжак", "income@2022", "x@2021/22",  "x@2021 Q3",         "x@січень"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        ck_assert_msg(hrmi_id_fault(ids[i]) == NULL, "%s: %s", ids[i], hrmi_id_fault(ids[i]));
}
END_TEST

START_TEST(bad_ids) {
    static const char *const ids[][2] = {
        {"", "empty"},
        {"@2021", "empty"},
        {"2021", "must begin"},
        {"-a", "must begin"},
        {"a b", "only letters"},
        {"a\xC2\xA0"
         "b",
         "only letters"},
        {"\xD0\xB8\xCC\x86", "only letters"}, /* й as two characters: would look like another id */
        {"a+b", "only letters"},
        {"a@", "period is empty"},
        {"a@b@c", "@, a double quote"},
        {"a@b\"c", "@, a double quote"},
        {"a@b\xE2\x80\x8B"
         "c",
         "invisible"},
        {"a\xFF", "not UTF-8"},
        {"a@123456789012345678901234567890123", "longer than 32"},
    };
    char longest[300];
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        const char *const fault = hrmi_id_fault(ids[i][0]);
        ck_assert_msg(fault != NULL && strstr(fault, ids[i][1]) != NULL, "%s: %s", ids[i][0], fault);
    }
    memset(longest, 'a', sizeof longest);
    longest[HRMI_ID_MOST] = '\0';
    ck_assert_ptr_null(hrmi_id_fault(longest));
    longest[HRMI_ID_MOST] = 'a';
    longest[HRMI_ID_MOST + 1] = '\0';
    ck_assert_ptr_nonnull(hrmi_id_fault(longest));
}
END_TEST

START_TEST(periods_as_they_are_written) {
    static const char *const periods[][2] = {
        {"2021", "2021"},
        {" 2021\r\n", "2021"},
        {"\xC2\xA0"
         "2021-Q3\xE2\x80\x8B",
         "2021-Q3"},
        {"2021.0", "2021"}, /* a column of numbers */
        {"2021.000", "2021"},
        {"2021.", "2021."}, /* anything else is a text of its own */
        {"2021.10", "2021.10"},
        {"v2021.0", "v2021.0"},
        {"+2021.0", "+2021.0"},
        {"12345678901234567890123456789012", "12345678901234567890123456789012"},
    };
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        char out[HRMI_PERIOD_SIZE] = "";
        const char *const fault = hrmi_period_read(periods[i][0], strlen(periods[i][0]), out);
        ck_assert_msg(fault == NULL, "%s: %s", periods[i][0], fault);
        ck_assert_str_eq(out, periods[i][1]);
    }
    char out[HRMI_PERIOD_SIZE];
    ck_assert_ptr_nonnull(strstr(hrmi_period_read("  ", 2, out), "empty"));
    ck_assert_ptr_nonnull(strstr(hrmi_period_read("a@b", 3, out), "@"));
    ck_assert_ptr_nonnull(strstr(hrmi_period_fault(" 2021", 5), "blanks"));
    ck_assert_ptr_nonnull(strstr(hrmi_period_fault("20\xFF", 3), "UTF-8"));
}
END_TEST

START_TEST(a_suffix_stands_before_the_period) {
    hrm_context *ctx = hrmt_context();
    hrmi_buffer buffer;
    hrmi_buffer_init(&buffer, ctx);
    hrmt_ok(ctx, hrmi_id_with(ctx, &buffer, "budget", "_coverage"));
    ck_assert_str_eq(buffer.data, "budget_coverage");
    buffer.length = 0;
    hrmt_ok(ctx, hrmi_id_with(ctx, &buffer, "budget@2022", "_coverage"));
    ck_assert_str_eq(buffer.data, "budget_coverage@2022");
    hrmi_buffer_free(&buffer);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("id", &good_ids, &bad_ids, &periods_as_they_are_written, &a_suffix_stands_before_the_period)
