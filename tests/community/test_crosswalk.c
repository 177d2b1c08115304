/* Crosswalks and aliases: numbers, names, parents, types, what is undecided or ambiguous, and what is
 * refused. */
#include "harness/harness.h"

enum { MAX = 32 };

typedef struct row {
    const char *oblast, *raion, *written, *code;
} row;

typedef struct arrays {
    const char *oblasts[MAX], *raions[MAX], *written[MAX], *codes[MAX];
    hrm_crosswalk_input input;
} arrays;

static void fill(arrays *a, const row *rows, size_t count) {
    memset(a, 0, sizeof *a);
    hrm_crosswalk_input_init(&a->input, sizeof a->input);
    for (size_t i = 0; i < count; i++) {
        a->oblasts[i] = rows[i].oblast;
        a->raions[i] = rows[i].raion;
        a->written[i] = rows[i].written;
        a->codes[i] = rows[i].code;
    }
    a->input.count = count;
    a->input.written = a->written;
    a->input.oblasts = a->oblasts;
    a->input.raions = a->raions;
    a->input.codes = a->codes;
    a->input.first_row = 2;
    a->input.source = "aliases.csv";
}

static hrm_crosswalk *made(hrm_context *ctx, const row *rows, size_t count) {
    arrays a;
    hrm_crosswalk *crosswalk = NULL;
    fill(&a, rows, count);
    hrmt_ok(ctx, hrm_crosswalk_new(ctx, &a.input, &crosswalk));
    return crosswalk;
}

static hrm_crosswalk_counts counts_of(const hrm_crosswalk *crosswalk) {
    hrm_crosswalk_counts counts = {.struct_size = sizeof counts};
    ck_assert(hrm_crosswalk_counts_of(crosswalk, &counts));
    return counts;
}

static void leads(const hrm_crosswalk *c, const char *oblast, const char *raion, const char *written,
                  const char *key) {
    bool ambiguous = true;
    const char *const found = hrm_crosswalk_find(c, 0, oblast, raion, written, &ambiguous);
    if (key == NULL) ck_assert_ptr_null(found);
    else ck_assert_str_eq(found == NULL ? "nothing" : found, key);
    ck_assert(!ambiguous);
}

START_TEST(former_codes) {
    static const row rows[] = {
        {"", "", "0510100000", "UA05020030010063857"}, /* a settlement's code: its community */
        {"", "", "0250100000", "UA05020050000052259"},
        {"", "", "5320200000.0", "UA0502007"},
        {"", "", "5320200000", "UA05020070000000001"}, /* the same again */
        {"", "", "0250200000", ""},                    /* not yet decided */
        {"", "", "", "UA0502007"},
        {"", "", "0250300000", "UA0502007"},
        {"", "", "250300000", "UA0502009"}, /* the same number with two communities */
        {"", "", "2.547e+09", "UA0502009"}, /* a number that has lost its end is none */
        {"", "", "02501000000", "UA0502011"},
        {"", "", "000", "UA0502013"},
    };
    bool ambiguous = false;
    hrm_context *ctx = hrmt_context();
    hrm_crosswalk *c = made(ctx, rows, sizeof rows / sizeof *rows);
    leads(c, NULL, NULL, "0510100000", "0502003");
    leads(c, NULL, NULL, "510100000", "0502003");
    leads(c, NULL, NULL, " 510100000.0 ", "0502003");
    leads(c, NULL, NULL, "510 100 000,00", "0502003");
    leads(c, "Вінницька", "Вінницький", "0510100000", "0502003");
    leads(c, NULL, NULL, "5320200000", "0502007");
    leads(c, NULL, NULL, "5.320200000E+09", "0502007");
    leads(c, NULL, NULL, "2501000000", "0502011"); /* eleven digits without the zero in front */
    leads(c, NULL, NULL, "0", "0502013");
    leads(c, NULL, NULL, "0250200000", NULL);
    leads(c, NULL, NULL, "2.547e+09", NULL);
    leads(c, NULL, NULL, "510100000.5", NULL);
    leads(c, NULL, NULL, "", NULL);
    leads(c, NULL, NULL, NULL, NULL);
    ck_assert_ptr_null(hrm_crosswalk_find(c, 0, NULL, NULL, "0250300000", &ambiguous));
    ck_assert(ambiguous);
    ck_assert_ptr_null(hrm_crosswalk_find(c, 0, NULL, NULL, "0250300000", NULL));
    const hrm_crosswalk_counts counts = counts_of(c);
    ck_assert_uint_eq(counts.records, 11);
    ck_assert_uint_eq(counts.forms, 5);
    ck_assert_uint_eq(counts.undecided, 3);
    ck_assert_uint_eq(counts.ambiguous, 1);
    ck_assert(!hrm_crosswalk_counts_of(c, NULL));
    hrm_crosswalk_free(c);
    hrm_crosswalk_free(NULL);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(names_within_their_parents) {
    static const row rows[] = {
        {"Вінницька область", "", "Новотра", "UA0502003"},
        {"Сумська", "Сумський район", "Новотра", "UA5908013"},
        {"", "Сумський", "Новотра", "UA5908015"},
        {"", "", "Новотра", "UA1208009"},
        {"UA05", "", "Стара", "UA0502005"},
        {"", "", "Покровська сільська територіальна громада", "UA1208011"},
        {"", "", "Миколаївська", "UA5908013"},
        {NULL, NULL, "Слов’янська", "UA1408001"},
    };
    hrm_context *ctx = hrmt_context();
    hrm_crosswalk *c = made(ctx, rows, sizeof rows / sizeof *rows);
    leads(c, "Вінницька обл.", NULL, "НОВОТРА ", "0502003");
    leads(c, "Вінницька обл.", "Хмільницький", "Новотра", "0502003");
    leads(c, "Сумська", "Сумський", "Новотра", "5908013"); /* oblast and raion before raion alone */
    leads(c, NULL, "Сумський р-н", "Новотра", "5908015");
    leads(c, "Сумська", NULL, "Новотра", "1208009");
    leads(c, NULL, NULL, "Новотра", "1208009");
    leads(c, "", "", "Новотра", "1208009");
    leads(c, "UA05000000000010236", NULL, "Стара", "0502005"); /* codes of an oblast of either kind */
    leads(c, "UA07", NULL, "Стара", NULL);
    leads(c, NULL, NULL, "Стара", NULL); /* a record for one oblast means nothing without it */
    leads(c, NULL, NULL, "Покровська сільська ТГ", "1208011");
    leads(c, NULL, NULL, "Покровська", NULL); /* the record is about the сільська one only */
    leads(c, NULL, NULL, "Покровська селищна ТГ", NULL);
    leads(c, NULL, NULL, "Миколаївська сільська", "5908013"); /* the record is about any type */
    leads(c, NULL, NULL, "слов'янська", "1408001");
    leads(c, NULL, NULL, "Слов", NULL);
    ck_assert_uint_eq(counts_of(c).forms, 8);
    hrm_crosswalk_free(c);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(none_at_all) {
    hrm_context *ctx = hrmt_context();
    hrm_crosswalk *c = NULL;
    hrm_crosswalk_input input;
    hrm_crosswalk_input_init(&input, sizeof input);
    hrmt_ok(ctx, hrm_crosswalk_new(ctx, &input, &c));
    leads(c, NULL, NULL, "Новотра", NULL);
    ck_assert_uint_eq(counts_of(c).records, 0);
    hrm_crosswalk_free(c);
    hrm_context_free(ctx);
}
END_TEST

/* Texts longer than any name are no form, and find nothing. */
START_TEST(texts_without_end) {
    static char endless[5000];
    memset(endless, 'z', sizeof endless - 1);
    const row rows[] = {{"", "", endless, "UA0502003"}, {endless, "", "Новотра", "UA0502003"}};
    hrm_context *ctx = hrmt_context();
    hrm_crosswalk *c = made(ctx, rows, 2);
    ck_assert_uint_eq(counts_of(c).undecided, 2);
    leads(c, NULL, NULL, endless, NULL);
    leads(c, endless, NULL, "Новотра", NULL);
    hrm_crosswalk_free(c);
    hrm_context_free(ctx);
}
END_TEST

static void listen(int32_t level, const char *message, void *user) {
    ck_assert_int_eq(level, HRM_LOG_WARNING);
    (void)snprintf(user, 256, "%s", message);
}

START_TEST(what_is_refused) {
    static const row good[] = {{"", "", "Новотра", "UA0502003"}, {"", "", "Стара", "UA05 02003"}};
    static const row oblast[] = {{"", "", "Новотра", "UA0502003"}, {"", "", "Стара", "UA05"}};
    static const row broken[] = {{"", "", "Новотра", "Вінниця"}};
    char message[256] = "";
    arrays a;
    hrm_context *ctx = hrmt_context();
    hrm_crosswalk *c = NULL;
    fill(&a, oblast, 2);
    hrmt_fails(ctx, hrm_crosswalk_new(ctx, &a.input, &c), HRM_ERROR_CODE,
               "aliases.csv: row 3: the code \"UA05\" cannot be used: it is the code of an oblast");
    fill(&a, broken, 1);
    hrmt_fails(ctx, hrm_crosswalk_new(ctx, &a.input, &c), HRM_ERROR_CODE, "row 2: the code \"Вінниця\"");
    fill(&a, good, 2);
    ck_assert_int_eq(hrm_crosswalk_new(NULL, &a.input, &c), HRM_ERROR_ARGUMENT);
    hrmt_fails(ctx, hrm_crosswalk_new(ctx, &a.input, NULL), HRM_ERROR_ARGUMENT, "is NULL");
    hrmt_fails(ctx, hrm_crosswalk_new(ctx, NULL, &c), HRM_ERROR_ARGUMENT, "is NULL");
    a.input.codes = NULL;
    hrmt_fails(ctx, hrm_crosswalk_new(ctx, &a.input, &c), HRM_ERROR_ARGUMENT, "written forms and codes");
    a.input.codes = a.codes;
    a.input.reserved = 1;
    hrmt_fails(ctx, hrm_crosswalk_new(ctx, &a.input, &c), HRM_ERROR_UNSUPPORTED, "hrm_crosswalk_input");
    ck_assert_ptr_null(c);
    a.input.reserved = 0;
    hrm_context_set_log(ctx, listen, message);
    hrmt_ok(ctx, hrm_crosswalk_new(ctx, &a.input, &c));
    ck_assert_str_eq(message, "aliases.csv: 1 codes were mended (the first: row 3, \"UA05 02003\")");
    hrm_crosswalk_free(c);
    hrm_context_free(ctx);
}
END_TEST

/* Three rows of one oblast say "Покровська" and mean three communities. */
START_TEST(records_for_one_row) {
    static const row rows[] = {{"Сумська", "", "Покровська", "UA0502003"},
                               {"Сумська", "", "Покровська", "UA0502005"},
                               {"", "", "Покровська", "UA0502007"},
                               {"", "", "Покровська", "UA0502009"},
                               {"", "", "Стара", "UA0502011"}};
    static const int64_t for_rows[] = {7, 12, 30, 0, 7};
    arrays a;
    bool ambiguous = true;
    hrm_crosswalk *c = NULL;
    hrm_context *ctx = hrmt_context();
    fill(&a, rows, 5);
    a.input.for_rows = for_rows;
    hrmt_ok(ctx, hrm_crosswalk_new(ctx, &a.input, &c));
    ck_assert_str_eq(hrm_crosswalk_find(c, 7, "Сумська", NULL, "Покровська", &ambiguous), "0502003");
    ck_assert(!ambiguous);
    ck_assert_str_eq(hrm_crosswalk_find(c, 12, "Сумська", "Сумський", "Покровська", NULL), "0502005");
    ck_assert_str_eq(hrm_crosswalk_find(c, 30, "Сумська", NULL, "Покровська", NULL), "0502007");
    ck_assert_str_eq(hrm_crosswalk_find(c, 31, "Сумська", NULL, "Покровська", NULL), "0502009");
    ck_assert_str_eq(hrm_crosswalk_find(c, 0, "Сумська", NULL, "Покровська", NULL), "0502009");
    ck_assert_str_eq(hrm_crosswalk_find(c, 7, "Вінницька", NULL, "Покровська", NULL), "0502009");
    ck_assert_str_eq(hrm_crosswalk_find(c, 7, NULL, NULL, "Стара", NULL), "0502011");
    ck_assert_ptr_null(hrm_crosswalk_find(c, 8, NULL, NULL, "Стара", NULL)); /* the rows have moved */
    ck_assert_uint_eq(counts_of(c).forms, 5);
    ck_assert_uint_eq(counts_of(c).ambiguous, 0);
    hrm_crosswalk_free(c);
    hrm_context_free(ctx);
}
END_TEST

static hrm_status make_and_free(hrm_context *ctx, void *user) {
    hrm_crosswalk *crosswalk = NULL;
    const hrm_status status = hrm_crosswalk_new(ctx, user, &crosswalk);
    hrm_crosswalk_free(crosswalk);
    return status;
}

START_TEST(memory_may_run_out) {
    static const row rows[] = {{"Сумська", "Сумський", "Новотра", "UA0502003"},
                               {"", "", "510100000", "UA0502003"},
                               {"", "", "Стара", "UA0502005"}};
    arrays a;
    fill(&a, rows, 3);
    hrmt_fail_each(make_and_free, &a.input);
}
END_TEST

HRMT_SUITE("crosswalk", &former_codes, &names_within_their_parents, &none_at_all, &texts_without_end,
           &records_for_one_row, &what_is_refused, &memory_may_run_out)
