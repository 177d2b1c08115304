/* JSON: layout, escapes, numbers, bytes that are not UTF-8, and memory that runs out. */
#include "base/json.h"
#include "harness/harness.h"

typedef struct fixture {
    hrm_context *ctx;
    hrmi_buffer buffer;
    hrmi_json json;
} fixture;

static void set_up(fixture *f) {
    f->ctx = hrmt_context();
    hrmi_buffer_init(&f->buffer, f->ctx);
    hrmi_json_init(&f->json, f->ctx, &f->buffer);
}

/* What was written is this; and starts again. */
static void written(fixture *f, const char *expected) {
    ck_assert_int_eq(hrmi_json_status(&f->json), HRM_OK);
    ck_assert_str_eq(f->buffer.data, expected);
    hrmi_buffer_free(&f->buffer);
    hrmi_buffer_init(&f->buffer, f->ctx);
    hrmi_json_init(&f->json, f->ctx, &f->buffer);
}

static void tear_down(fixture *f) {
    hrmi_buffer_free(&f->buffer);
    hrm_context_free(f->ctx);
}

START_TEST(containers_are_laid_out) {
    fixture f;
    set_up(&f);
    hrmi_json_object(&f.json);
    hrmi_json_key(&f.json, "rows");
    hrmi_json_array(&f.json);
    hrmi_json_count(&f.json, 1);
    hrmi_json_object(&f.json);
    hrmi_json_key(&f.json, "code");
    hrmi_json_text(&f.json, "UA05");
    hrmi_json_key(&f.json, "why");
    hrmi_json_text(&f.json, NULL);
    hrmi_json_end_object(&f.json);
    hrmi_json_array(&f.json);
    hrmi_json_end_array(&f.json);
    hrmi_json_end_array(&f.json);
    hrmi_json_key(&f.json, "empty");
    hrmi_json_object(&f.json);
    hrmi_json_end_object(&f.json);
    hrmi_json_end_object(&f.json);
    written(&f, "{\n"
                "  \"rows\": [\n"
                "    1,\n"
                "    {\n"
                "      \"code\": \"UA05\",\n"
                "      \"why\": null\n"
                "    },\n"
                "    []\n"
                "  ],\n"
                "  \"empty\": {}\n"
                "}\n");
    tear_down(&f);
}
END_TEST

START_TEST(numbers_of_every_kind) {
    fixture f;
    set_up(&f);
    hrmi_json_array(&f.json);
    hrmi_json_number(&f.json, 0.1);
    hrmi_json_number(&f.json, (double)NAN);
    hrmi_json_number(&f.json, (double)-INFINITY);
    hrmi_json_count(&f.json, 0);
    hrmi_json_count(&f.json, UINT64_MAX);
    hrmi_json_integer(&f.json, INT64_MIN);
    hrmi_json_integer(&f.json, INT64_MAX);
    hrmi_json_integer(&f.json, 0);
    hrmi_json_boolean(&f.json, true);
    hrmi_json_boolean(&f.json, false);
    hrmi_json_end_array(&f.json);
    written(&f, "[\n  0.1,\n  null,\n  null,\n  0,\n  18446744073709551615,\n  -9223372036854775808,\n"
                "  9223372036854775807,\n  0,\n  true,\n  false\n]\n");
    tear_down(&f);
}
END_TEST

START_TEST(texts_are_escaped_and_kept) {
    fixture f;
    set_up(&f);
    hrmi_json_text(&f.json, "Нікополь, з\xE2\x80\x99їзд");
    written(&f, "\"Нікополь, з\xE2\x80\x99їзд\"\n");
    hrmi_json_text(&f.json, "\"a\\b\"/\b\f\n\r\t\x01\x1f\x7f");
    written(&f, "\"\\\"a\\\\b\\\"/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"\n");
    hrmi_json_text(&f.json, "");
    written(&f, "\"\"\n");
    tear_down(&f);
}
END_TEST

START_TEST(broken_bytes_become_the_replacement_character) {
    fixture f;
    set_up(&f);
    hrmi_json_text(&f.json, "a\xFF"
                            "b\xD0");
    written(&f, "\"a\xEF\xBF\xBD"
                "b\xEF\xBF\xBD\"\n");
    hrmi_json_object(&f.json);
    hrmi_json_key(&f.json, "\xC0\"");
    hrmi_json_boolean(&f.json, true);
    hrmi_json_end_object(&f.json);
    written(&f, "{\n  \"\xEF\xBF\xBD\\\"\": true\n}\n");
    tear_down(&f);
}
END_TEST

static hrm_status write_much(hrm_context *ctx, void *user) {
    hrmi_buffer buffer;
    hrmi_json json;
    (void)user;
    hrmi_buffer_init(&buffer, ctx);
    hrmi_json_init(&json, ctx, &buffer);
    hrmi_json_array(&json);
    for (int i = 0; i < 50; i++) hrmi_json_text(&json, "a text of some length\n");
    hrmi_json_end_array(&json);
    const hrm_status status = hrmi_json_status(&json);
    hrmi_buffer_free(&buffer);
    return status;
}

START_TEST(the_first_failure_sticks) {
    hrmt_fail_each(write_much, NULL);
}
END_TEST

HRMT_SUITE("json", &containers_are_laid_out, &numbers_of_every_kind, &texts_are_escaped_and_kept,
           &broken_bytes_become_the_replacement_character, &the_first_failure_sticks)
