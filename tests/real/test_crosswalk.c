/*
 * Former codes and damaged codes of real tables: the budget panel as a crosswalk, and the codes of the
 * official list of territories (order 376) as people typed them.
 */
#include "community/code.h"
#include "harness/harness.h"

static hrm_source source_of(char path[512], const char *file) {
    hrm_source source;
    hrm_source_init(&source, sizeof source);
    (void)snprintf(path, 512, "%s/%s", getenv("HROMADA_DATA"), file);
    source.path = path;
    return source;
}

/* The text of the field that begins at `at`, which has no quotes. */
static void cut(const char *at, char *out, size_t size) {
    (void)snprintf(out, size, "%.*s", (int)strcspn(at, ",\r\n"), at);
}

/* The data's README: 1,469 budget codes of 10 digits, each of one community, each three times. */
START_TEST(budget_codes) {
    if (hrmt_real_data("budget codes as a crosswalk") == NULL) return;
    char path[512], line[8192], written[64], code[64];
    hrm_context *ctx = hrmt_context();
    const hrm_source source = source_of(path, "statistics/hromada_budget_2020_2022.csv");
    hrm_crosswalk_fields fields;
    hrm_crosswalk *crosswalk = NULL;
    hrm_crosswalk_counts counts = {.struct_size = sizeof counts};
    hrm_crosswalk_fields_init(&fields, sizeof fields);
    fields.written = "budget_code";
    fields.code = "hromada_code";
    hrmt_ok(ctx, hrm_crosswalk_open(ctx, &source, &fields, &crosswalk));
    ck_assert(hrm_crosswalk_counts_of(crosswalk, &counts));
    ck_assert_uint_eq(counts.records, 4407);
    ck_assert_uint_eq(counts.forms, 1469);
    ck_assert_uint_eq(counts.ambiguous, 0);
    ck_assert_uint_eq(counts.undecided, 0);
    FILE *const file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    size_t lines = 0, shorter = 0;
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        const char *const uk = strstr(line, "UA");
        cut(line, written, sizeof written);
        cut(uk, code, sizeof code);
        /* as a number: without the zero in front, with a decimal behind */
        const size_t zeros = strspn(written, "0");
        (void)strcat(written, ".0");
        const char *const key = hrm_crosswalk_find(crosswalk, 0, NULL, NULL, written + zeros, NULL);
        ck_assert_msg(key != NULL && strncmp(key, code + 2, 7) == 0, "%s", written);
        shorter += zeros > 0;
        lines++;
    }
    (void)fclose(file);
    ck_assert_uint_eq(lines, 4407);
    ck_assert_uint_gt(shorter, 0);
    ck_assert_ptr_null(hrm_crosswalk_find(crosswalk, 0, NULL, NULL, "2.547e+09", NULL));
    hrm_crosswalk_free(crosswalk);
    hrm_context_free(ctx);
}
END_TEST

/* domain.md, 2.3, and the data's README: 3,018 codes, two with a blank inside, one of 18 digits. */
START_TEST(codes_of_territories) {
    if (hrmt_real_data("codes of the list of territories") == NULL) return;
    char path[512], line[8192], text[64];
    hrm_context *ctx = hrmt_context();
    hrm_source source = source_of(path, "codes/kodifikator-16-05-2025.csv");
    hrm_codifier *codifier = NULL;
    size_t clean = 0, mended = 0, broken = 0, missing = 0;
    hrmt_ok(ctx, hrm_codifier_open(ctx, &source, NULL, &codifier));
    source = source_of(path, "status/order376_2025-05-07.csv");
    FILE *const file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL) {
        hrmi_code code;
        const char *const comma = strchr(line, ',');
        if (comma == NULL || strncmp(comma + 1, "UA", 2) != 0) continue;
        cut(comma + 1, text, sizeof text);
        hrmi_code_read(text, strlen(text), &code);
        if (code.kind == HRMI_CODE_BROKEN) {
            ck_assert_str_eq(code.why, "it has more than 17 digits");
            broken++;
            continue;
        }
        ck_assert_uint_eq(code.digit_count, 17);
        if (code.mends == 0) clean++;
        else if (code.mends == HRMI_MEND_BLANKS) mended++;
        missing += hrm_codifier_find(codifier, text) == HRM_NONE;
    }
    (void)fclose(file);
    ck_assert_uint_eq(clean, 3015);
    ck_assert_uint_eq(mended, 2);
    ck_assert_uint_eq(broken, 1);
    ck_assert_uint_eq(missing, 0);
    hrm_codifier_free(codifier);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("crosswalk", &budget_codes, &codes_of_territories)
