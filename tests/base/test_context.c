/* The context: error text, progress, cancelling, the allocator. */
#include "base/base.h"
#include "harness/harness.h"

START_TEST(a_new_context_has_no_error) {
    hrm_context *ctx = hrmt_context();
    ck_assert_str_eq(hrm_error_message(ctx), "");
    ck_assert_int_eq(hrm_error_status(ctx), HRM_OK);
    ck_assert_uint_eq(hrm_context_threads(ctx), 1);
    hrm_context_free(ctx);
    hrm_context_free(NULL);
}
END_TEST

START_TEST(a_half_allocator_is_refused) {
    hrm_allocator allocator = {0};
    hrm_context *ctx = (hrm_context *)&allocator;
    ck_assert_int_eq(hrm_context_new(&allocator, &ctx), HRM_ERROR_ARGUMENT);
    ck_assert_ptr_null(ctx);
    ck_assert_int_eq(hrm_context_new(NULL, NULL), HRM_ERROR_ARGUMENT);
}
END_TEST

START_TEST(no_memory_for_a_context_is_a_status) {
    hrmt_memory memory;
    hrm_context *ctx = NULL;
    hrmt_memory_init(&memory);
    const hrm_allocator allocator = hrmt_allocator(&memory);
    hrmt_memory_arm(&memory, 1, true);
    ck_assert_int_eq(hrm_context_new(&allocator, &ctx), HRM_ERROR_MEMORY);
    ck_assert_ptr_null(ctx);
}
END_TEST

START_TEST(long_messages_are_cut_between_characters) {
    char text[4096];
    hrm_context *ctx = hrmt_context();
    for (size_t odd = 0; odd < 4; odd++) { /* є is two bytes, € three, 😀 four: try every place of the cut */
        static const char *const letters[] = {"є", "€", "😀"};
        for (size_t l = 0; l < 3; l++) {
            size_t n = odd;
            memset(text, 'a', odd);
            while (n + 8 < sizeof text) {
                memcpy(text + n, letters[l], strlen(letters[l]));
                n += strlen(letters[l]);
            }
            text[n] = '\0';
            ck_assert_int_eq(hrmi_fail(ctx, HRM_ERROR_FILE, "%s", text), HRM_ERROR_FILE);
            const char *const m = hrm_error_message(ctx);
            const size_t length = strlen(m);
            ck_assert_uint_gt(length, 2000);
            ck_assert_uint_eq((length - odd) % strlen(letters[l]), 0);
        }
    }
    ck_assert_int_eq(hrmi_fail_in(ctx, HRM_ERROR_FILE, "file %s", "x.csv"), HRM_ERROR_FILE);
    ck_assert_int_eq(strncmp(hrm_error_message(ctx), "file x.csv: aaa", 15), 0);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(messages_are_utf8_whatever_they_quote) {
    hrm_context *ctx = hrmt_context();
    (void)hrmi_fail(ctx, HRM_ERROR_FILE, "%s: no such file", "\xFF\xFE.csv");
    ck_assert_str_eq(hrm_error_message(ctx), "??.csv: no such file");
    (void)hrmi_fail(ctx, HRM_ERROR_FIELD, "\"%.4s\" is no field", "aєєє"); /* cut within the second є */
    ck_assert_str_eq(hrm_error_message(ctx), "\"aє?\" is no field");
    (void)hrmi_fail_in(ctx, HRM_ERROR_FIELD, "%s", "\xD0");
    ck_assert_str_eq(hrm_error_message(ctx), "?: \"aє?\" is no field");
    hrm_context_free(ctx);
}
END_TEST

START_TEST(a_null_context_is_a_status_or_nothing) {
    ck_assert_int_eq(hrm_context_set_threads(NULL, 2), HRM_ERROR_ARGUMENT);
    ck_assert_uint_eq(hrm_context_threads(NULL), 0);
    ck_assert_int_eq(hrm_error_status(NULL), HRM_ERROR_ARGUMENT);
    ck_assert_str_eq(hrm_error_message(NULL), "no context");
    hrm_context_set_log(NULL, NULL, NULL);
    hrm_context_set_progress(NULL, NULL, NULL);
    hrm_context_cancel(NULL);
    hrm_context_reset_cancel(NULL);
    hrm_context_free(NULL);
}
END_TEST

static bool record(double share, const char *step, void *user) {
    double *const seen = user;
    ck_assert_str_eq(step, "counting");
    ck_assert_msg(share >= seen[0] && share <= 1.0, "progress goes back");
    seen[0] = share;
    return share < seen[1];
}

START_TEST(progress_runs_over_the_parts_and_stops_on_request) {
    double seen[2] = {0, 0.7};
    hrm_context *ctx = hrmt_context();
    hrm_context_set_progress(ctx, record, seen);
    ck_assert_int_eq(hrmi_progress(ctx, 0, "counting"), HRM_OK);
    const hrmi_range outer = hrmi_progress_part(ctx, 0.5, 1.0);
    ck_assert_int_eq(hrmi_progress(ctx, 0.2, "counting"), HRM_OK);
    ck_assert_double_eq_tol(seen[0], 0.6, 1e-15);
    ck_assert_int_eq(hrmi_progress(ctx, 0.5, "counting"), HRM_ERROR_CANCELLED);
    ck_assert_ptr_nonnull(strstr(hrm_error_message(ctx), "counting"));
    hrmi_progress_restore(ctx, outer);
    hrm_context_set_progress(ctx, NULL, NULL);
    hrm_context_cancel(ctx);
    ck_assert_int_eq(hrmi_progress(ctx, 0.9, "counting"), HRM_ERROR_CANCELLED);
    hrm_context_reset_cancel(ctx);
    ck_assert_int_eq(hrmi_progress(ctx, 0.9, "counting"), HRM_OK);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(every_call_has_its_own_progress) {
    double seen[2] = {0, 2};
    hrm_context *ctx = hrmt_context();
    hrm_context_set_progress(ctx, record, seen);
    hrmi_enter(ctx);
    hrmt_ok(ctx, hrmi_progress(ctx, 1, "counting"));
    seen[0] = 0;
    hrmi_enter(ctx); /* a second call, whose first word comes from a part of it */
    const hrmi_range outer = hrmi_progress_part(ctx, 0, 0.5);
    hrmt_ok(ctx, hrmi_progress(ctx, 0.2, "counting"));
    ck_assert_double_eq_tol(seen[0], 0.1, 1e-15);
    hrmi_enter(ctx); /* another public call inside the part */
    hrmt_ok(ctx, hrmi_progress(ctx, 0, "counting"));
    ck_assert_double_eq_tol(seen[0], 0.1, 1e-15);
    hrmi_progress_restore(ctx, outer);
    hrm_context_free(ctx);
}
END_TEST

static void count_message(int32_t level, const char *message, void *user) {
    size_t *const counts = user;
    (void)message;
    counts[level]++;
}

START_TEST(messages_reach_the_log_and_the_tap) {
    hrm_context *ctx = hrmt_context();
    size_t log[2] = {0, 0};
    size_t tap[2] = {0, 0};
    hrmi_set_tap(ctx, count_message, tap);
    hrmi_log(ctx, HRM_LOG_WARNING, "no %s yet", "log");
    hrm_context_set_log(ctx, count_message, log);
    hrmi_log(ctx, HRM_LOG_INFO, "both");
    hrmi_set_tap(ctx, NULL, NULL);
    hrmi_log(ctx, HRM_LOG_INFO, "the log alone");
    ck_assert_uint_eq(tap[HRM_LOG_WARNING], 1);
    ck_assert_uint_eq(tap[HRM_LOG_INFO], 1);
    ck_assert_uint_eq(log[HRM_LOG_WARNING], 0);
    ck_assert_uint_eq(log[HRM_LOG_INFO], 2);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(threads_are_bounded) {
    hrm_context *ctx = hrmt_context();
    hrmt_fails(ctx, hrm_context_set_threads(ctx, 0), HRM_ERROR_ARGUMENT, "0 threads");
    hrmt_fails(ctx, hrm_context_set_threads(ctx, 5000), HRM_ERROR_ARGUMENT, "5000 threads");
    hrmt_ok(ctx, hrm_context_set_threads(ctx, 7));
    ck_assert_uint_eq(hrm_context_threads(ctx), 7);
    ck_assert_str_eq(hrm_error_message(ctx), "");
    hrm_context_free(ctx);
}
END_TEST

START_TEST(every_status_has_a_name) {
    static const hrm_status all[] = {
        HRM_OK,           HRM_ERROR_MEMORY,      HRM_ERROR_ARGUMENT, HRM_ERROR_CANCELLED,
        HRM_ERROR_FILE,   HRM_ERROR_UNSUPPORTED, HRM_ERROR_INTERNAL, HRM_ERROR_FORMAT,
        HRM_ERROR_WRITE,  HRM_ERROR_LIMIT,       HRM_ERROR_CRS,      HRM_ERROR_GEOMETRY,
        HRM_ERROR_FIELD,  HRM_ERROR_CODE,        HRM_ERROR_VALUE,    HRM_ERROR_DUPLICATE,
        HRM_ERROR_RECIPE, HRM_ERROR_FORMULA};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_str_ne(hrm_status_name(all[i]), "HRM_ERROR_?");
    ck_assert_str_eq(hrm_status_name(9999), "HRM_ERROR_?");
}
END_TEST

HRMT_SUITE("context", &a_new_context_has_no_error, &a_half_allocator_is_refused,
           &no_memory_for_a_context_is_a_status, &long_messages_are_cut_between_characters,
           &messages_are_utf8_whatever_they_quote, &a_null_context_is_a_status_or_nothing,
           &progress_runs_over_the_parts_and_stops_on_request, &every_call_has_its_own_progress,
           &messages_reach_the_log_and_the_tap, &threads_are_bounded, &every_status_has_a_name)
