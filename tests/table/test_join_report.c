/* The account of a join as JSON, its texts, and that its size follows the communities and what went wrong,
 * not the rows. */
#include "rows.h"
#include "table/join_report.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static const hrmt_row ROWS[] = {{"UA0502001", NULL, {"1.5", "x"}},  {"UA0502001", NULL, {"2", "1"}},
                                {"UA9999001", NULL, {"15%", "1"}},  {"UA05", NULL, {"", "1"}},
                                {"UA9999\"2", NULL, {"1000", "1"}}, {"UA0502003", NULL, {"7", "y"}}};

typedef struct fixture {
    hrm_context *ctx;
    hrm_layer *layer;
    hrm_table *table;
    hrm_join_report *report;
} fixture;

static fixture set_up(void) {
    const hrmt_join how = {.duplicates = HRM_DUPLICATES_FIRST, .column_count = 2};
    fixture f = {hrmt_context(), NULL, NULL, NULL};
    f.layer = hrmt_region(f.ctx);
    hrmt_ok(f.ctx, hrmt_join_table(f.ctx, f.layer, &how, ROWS, COUNT(ROWS), &f.table, &f.report));
    return f;
}

static void tear_down(fixture *f) {
    hrm_join_report_free(f->report);
    hrm_table_free(f->table);
    hrm_layer_free(f->layer);
    hrm_context_free(f->ctx);
}

/* The JSON without blanks and line ends outside of texts, so that the layout does not matter. */
static char *squeezed(const char *json) {
    char *const out = calloc(strlen(json) + 1, 1);
    size_t used = 0;
    bool in_text = false;
    for (const char *at = json; *at != '\0'; at++) {
        if (*at == '"' && (at == json || at[-1] != '\\')) in_text = !in_text;
        if (in_text || (*at != ' ' && *at != '\n')) out[used++] = *at;
    }
    return out;
}

static void json_is(const hrm_join_report *report, size_t most, const char *expected) {
    hrm_context *ctx = hrmt_context();
    hrmi_buffer buffer;
    hrmi_json json;
    hrmi_buffer_init(&buffer, ctx);
    hrmi_json_init(&json, ctx, &buffer);
    hrm_layer *const layer = hrmt_region(ctx);
    hrmi_join_report_json(&json, report, layer, most);
    hrmt_ok(ctx, hrmi_json_status(&json));
    hrm_layer_free(layer);
    char *const got = squeezed(buffer.data);
    ck_assert_str_eq(got, expected);
    free(got);
    hrmi_buffer_free(&buffer);
    hrm_context_free(ctx);
}

#define HEAD                                                                                                 \
    "{\"rows\":{\"in\":6,\"matched\":2,\"unmatched\":1,\"duplicates\":1,\"unusable\":2,"                     \
    "\"kept_out\":0},\"communities\":{\"reached\":2,\"without_row\":3},\"unusable_cells\":2,"                \
    "\"ambiguous_places\":0,\"not_listed\":0,\"ways\":{\"code\":2},\"reasons\":{\"bad_code\":1,"             \
    "\"higher_level\":1,\"not_in_layer\":1,\"other_row_kept\":1},"                                           \
    "\"amounts\":[{\"column\":\"a\",\"total\":1025.5,\"allocated\":8.5,\"unallocated\":1017,\"numbers\":5,"  \
    "\"missing\":1,\"unusable\":0,\"percent_signs\":1},"                                                     \
    "{\"column\":\"b\",\"total\":4,\"allocated\":0,\"unallocated\":4,\"numbers\":4,\"missing\":0,"           \
    "\"unusable\":2,"                                                                                        \
    "\"percent_signs\":0}],\"notes\":[],"

START_TEST(the_whole_account) {
    fixture f = set_up();
    json_is(f.report, SIZE_MAX,
            HEAD
            "\"unmatched\":[{\"row\":3,\"key\":\"UA9999001\",\"reason\":\"not_in_layer\",\"why\":\"no "
            "community of the layer has this "
            "code\",\"why_uk\":\"у шарі немає громади з таким кодом\"}],"
            "\"duplicates\":[{\"row\":2,\"key\":\"UA0502001\",\"reason\":\"other_row_kept\",\"why\":"
            "\"row 1 of the same community is kept\",\"why_uk\":\"залишено рядок 1 тієї самої громади\"}],"
            "\"unusable\":[{\"row\":4,\"key\":\"UA05\",\"reason\":\"higher_level\",\"why\":\"the code "
            "cannot be used: it is the code of an "
            "oblast, not of a community\",\"why_uk\":\"код непридатний: це код області, а не громади\"},"
            "{\"row\":5,\"key\":\"UA9999\\\"2\",\"reason\":\"bad_code\",\"why\":\"the code cannot be "
            "used: something other than digits "
            "follows UA\",\"why_uk\":\"код непридатний: після UA стоять не лише цифри\"}],"
            "\"kept_out\":[],\"cells\":[{\"row\":1,\"key\":\"UA0502001\",\"column\":\"b\",\"why\":"
            "\"\\\"x\\\": not a number\",\"why_uk\":\"«x»: не число\"},"
            "{\"row\":6,\"key\":\"UA0502003\",\"column\":\"b\",\"why\":\"\\\"y\\\": not a "
            "number\",\"why_uk\":\"«y»: не число\"}],"
            "\"without_row\":[\"UA0504001\",\"UA1206001\",\"UA1206003\"]}");
    tear_down(&f);
}
END_TEST

/* Lists are cut, counts are not. */
START_TEST(lists_of_at_most_one) {
    fixture f = set_up();
    json_is(f.report, 1,
            HEAD
            "\"unmatched\":[{\"row\":3,\"key\":\"UA9999001\",\"reason\":\"not_in_layer\",\"why\":\"no "
            "community of the layer has this "
            "code\",\"why_uk\":\"у шарі немає громади з таким кодом\"}],"
            "\"duplicates\":[{\"row\":2,\"key\":\"UA0502001\",\"reason\":\"other_row_kept\",\"why\":"
            "\"row 1 of the same community is kept\",\"why_uk\":\"залишено рядок 1 тієї самої громади\"}],"
            "\"unusable\":[{\"row\":4,\"key\":\"UA05\",\"reason\":\"higher_level\",\"why\":\"the code "
            "cannot be used: it is the code of an "
            "oblast, not of a community\",\"why_uk\":\"код непридатний: це код області, а не громади\"}],"
            "\"kept_out\":[],\"cells\":[{\"row\":1,\"key\":\"UA0502001\",\"column\":\"b\",\"why\":"
            "\"\\\"x\\\": not a number\",\"why_uk\":\"«x»: не число\"}],"
            "\"without_row\":[\"UA0504001\"]}");
    json_is(f.report, 0,
            HEAD "\"unmatched\":[],\"duplicates\":[],\"unusable\":[],\"kept_out\":[],\"cells\":[],\"without_"
                 "row\":[]}");
    tear_down(&f);
}
END_TEST

/* The report outlives join, layer and context. */
START_TEST(a_report_stands_alone) {
    fixture f = set_up();
    hrm_layer_free(f.layer);
    hrm_context_free(f.ctx);
    hrm_table_free(f.table);
    json_is(f.report, 0,
            HEAD "\"unmatched\":[],\"duplicates\":[],\"unusable\":[],\"kept_out\":[],\"cells\":[],\"without_"
                 "row\":[]}");
    hrm_join_report_free(f.report);
    hrm_join_report_free(NULL);
}
END_TEST

START_TEST(questions_beyond_the_end) {
    fixture f = set_up();
    hrm_join_entry entry = {.struct_size = sizeof entry};
    hrm_join_amount amount = {.struct_size = sizeof amount};
    hrm_join_counts counts = {.struct_size = 0};
    ck_assert(!hrm_join_report_entry(f.report, hrm_join_report_entry_count(f.report), &entry));
    ck_assert(!hrm_join_report_amount(f.report, 2, &amount));
    ck_assert(!hrm_join_report_counts(f.report, &counts));
    entry.struct_size = 0;
    amount.struct_size = 0;
    ck_assert(!hrm_join_report_entry(f.report, 0, &entry));
    ck_assert(!hrm_join_report_amount(f.report, 0, &amount));
    tear_down(&f);
}
END_TEST

START_TEST(texts_fit_to_be_shown) {
    char out[HRMI_CLEAN_SIZE];
    char long_text[200];
    ck_assert_uint_eq(hrmi_clean("", 0, out), 0);
    ck_assert_str_eq(out, "");
    hrmi_clean("a\tb\x1B[31m\xC2\x85"
               "c",
               11, out); /* controls, also those above 127, as blanks */
    ck_assert_str_eq(out, "a b [31m c");
    hrmi_clean("\xE2\x80", 2, out);
    ck_assert_str_eq(out, "\uFFFD");
    memset(long_text, 'x', sizeof long_text);
    ck_assert_uint_eq(hrmi_clean(long_text, 77, out), 77);
    ck_assert_uint_eq(hrmi_clean(long_text, 78, out), 80); /* 77 and the dots */
    memset(long_text, '\xFF', sizeof long_text);
    ck_assert_uint_eq(hrmi_clean(long_text, 200, out), 78); /* 25 of three bytes, and the dots */
}
END_TEST

/* 200,000 rows of five communities in batches: after the first batch not one byte more is taken. */
START_TEST(memory_does_not_follow_the_rows) {
    enum { N = 2000 };
    static const char *const codes[] = {"UA0502001", "UA0502003", "UA0504001", "UA1206001", "UA1206003"};
    static hrmt_row rows[N];
    for (int32_t duplicates = HRM_DUPLICATES_SUM; duplicates <= HRM_DUPLICATES_MEAN; duplicates++) {
        const hrmt_join how = {.duplicates = duplicates, .column_count = 3, .text = {false, false, true}};
        hrmt_memory memory;
        hrmt_memory_init(&memory);
        const hrm_allocator allocator = hrmt_allocator(&memory);
        hrm_context *ctx = NULL;
        hrm_join *j = NULL;
        ck_assert_int_eq(hrm_context_new(&allocator, &ctx), HRM_OK);
        hrm_layer *layer = hrmt_region(ctx);
        for (size_t i = 0; i < N; i++) rows[i] = (hrmt_row){codes[i % 5], NULL, {"1.5", "", "same"}};
        hrmt_ok(ctx, hrmt_join_start(ctx, layer, &how, rows, N, &j));
        const size_t peak = memory.peak_bytes;
        for (size_t i = 0; i < 100; i++) hrmt_ok(ctx, hrmt_feed(ctx, j, &how, rows, 0, N));
        ck_assert_uint_eq(memory.peak_bytes, peak);
        hrm_join_free(j);
        hrm_layer_free(layer);
        hrm_context_free(ctx);
    }
}
END_TEST

static hrm_status write_json(hrm_context *ctx, void *user) {
    const fixture *const f = user;
    size_t size = 0;
    return hrm_join_report_json(ctx, f->report, f->layer, NULL, 0, &size);
}

/* The public call: asked, filled, and refused. */
START_TEST(the_report_as_json) {
    fixture f = set_up();
    size_t size = 0;
    size_t again = 0;
    hrmt_ok(f.ctx, hrm_join_report_json(f.ctx, f.report, f.layer, NULL, 0, &size));
    ck_assert_uint_gt(size, 1000);
    char *const text = malloc(size);
    text[0] = 'x';
    hrmt_ok(f.ctx, hrm_join_report_json(f.ctx, f.report, f.layer, text, size - 1, &again));
    ck_assert_int_eq(text[0], 'x');
    hrmt_ok(f.ctx, hrm_join_report_json(f.ctx, f.report, f.layer, text, size, &again));
    ck_assert_uint_eq(again, size);
    ck_assert_uint_eq(strlen(text) + 1, size);
    char *const squeezed_text = squeezed(text);
    json_is(f.report, SIZE_MAX, squeezed_text);
    free(squeezed_text);
    free(text);
    hrmt_fails(f.ctx, hrm_join_report_json(f.ctx, NULL, f.layer, NULL, 0, &size), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(f.ctx, hrm_join_report_json(f.ctx, f.report, NULL, NULL, 0, &size), HRM_ERROR_ARGUMENT,
               "NULL");
    hrmt_fails(f.ctx, hrm_join_report_json(f.ctx, f.report, f.layer, NULL, 0, NULL), HRM_ERROR_ARGUMENT,
               "size is NULL");
    ck_assert_int_eq(hrm_join_report_json(NULL, f.report, f.layer, NULL, 0, &size), HRM_ERROR_ARGUMENT);
    tear_down(&f);
}
END_TEST

START_TEST(nothing_is_lost_when_memory_runs_out) {
    fixture f = set_up();
    hrmt_fail_each(write_json, &f);
    tear_down(&f);
}
END_TEST

HRMT_SUITE("join_report", &the_whole_account, &lists_of_at_most_one, &a_report_stands_alone,
           &questions_beyond_the_end, &texts_fit_to_be_shown, &memory_does_not_follow_the_rows,
           &the_report_as_json, &nothing_is_lost_when_memory_runs_out)
