/* The catalogue: every entry is complete, its formula can be read, and every name in it is described. */
#include "harness/harness.h"
#include "indicator/plan.h"

static hrm_indicator entry(size_t i) {
    hrm_indicator out;
    hrm_indicator_init(&out, sizeof out);
    ck_assert(hrm_catalogue_indicator(i, &out));
    return out;
}

START_TEST(every_entry_is_complete) {
    static const char *const themes[] = {"exposure",   "damage", "people", "capacity",   "budget_economy",
                                         "investment", "equity", "impact", "resilience", "data_quality"};
    size_t by_theme[sizeof themes / sizeof *themes] = {0};
    ck_assert_uint_ge(hrm_catalogue_count(), 40);
    for (size_t i = 0; i < hrm_catalogue_count(); i++) {
        const hrm_indicator e = entry(i);
        const char *const texts[] = {e.id,   e.code,    e.theme,  e.title_en,     e.title_uk,
                                     e.unit, e.formula, e.inputs, e.missing_rule, e.source};
        bool known = false;
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            ck_assert_msg(texts[k] != NULL && texts[k][0] != '\0', "%s: text %zu", e.id, k);
        ck_assert_uint_eq(strspn(e.id, "abcdefghijklmnopqrstuvwxyz0123456789_"), strlen(e.id));
        ck_assert_msg((unsigned char)e.title_uk[0] >= 0xD0, "%s: Ukrainian title", e.id);
        ck_assert_uint_eq(hrm_catalogue_find(e.id), i);
        ck_assert_uint_le(hrm_catalogue_find(e.code), i);
        ck_assert((e.rollup == HRM_ROLLUP_MEAN) == (e.weight[0] != '\0'));
        for (size_t k = 0; k < sizeof themes / sizeof *themes; k++) {
            if (strcmp(e.theme, themes[k]) != 0) continue;
            known = true;
            by_theme[k]++;
        }
        ck_assert_msg(known, "%s: theme %s", e.id, e.theme);
    }
    for (size_t k = 0; k < sizeof themes / sizeof *themes; k++) ck_assert_uint_ge(by_theme[k], 2);
}
END_TEST

static bool describes_input(const hrm_indicator *e, const char *id) {
    const char *at = e->inputs;
    hrmi_described d;
    bool good = true, found = false;
    while (hrmi_described_next(&at, &d, &good)) {
        ck_assert_msg(d.unit_length > 0 && d.text_length > 0, "%s: %.*s", e->id, (int)d.id_length, d.id);
        if (d.id_length == strlen(id) && memcmp(d.id, id, d.id_length) == 0) found = true;
    }
    ck_assert_msg(good, "%s: its inputs", e->id);
    return found;
}

static bool describes_parameter(const hrm_indicator *e, const char *id) {
    const char *at = e->parameters;
    hrmi_parameter p;
    bool good = true, found = false;
    while (hrmi_parameter_next(&at, &p, &good)) {
        ck_assert_msg(p.since_length > 0 && p.source_length > 0, "%s: %.*s", e->id, (int)p.id_length, p.id);
        if (p.id_length == strlen(id) && memcmp(p.id, id, p.id_length) == 0) found = true;
    }
    ck_assert_msg(good, "%s: its parameters", e->id);
    return found;
}

static size_t lines(const char *text) {
    size_t count = text[0] != '\0';
    for (; *text != '\0'; text++) count += *text == '\n';
    return count;
}

START_TEST(every_name_in_a_formula_is_described_and_no_other) {
    hrm_context *ctx = hrmt_context();
    for (size_t i = 0; i < hrm_catalogue_count(); i++) {
        const hrm_indicator e = entry(i);
        hrm_formula *formula = NULL;
        hrmt_ok(ctx, hrm_formula_compile(ctx, e.formula, &formula));
        for (size_t k = 0; k < hrm_formula_input_count(formula); k++) {
            const char *const id = hrm_formula_input(formula, k);
            ck_assert_msg(describes_input(&e, id) != describes_parameter(&e, id), "%s: %s", e.id, id);
        }
        ck_assert_msg(hrm_formula_input_count(formula) == lines(e.inputs) + lines(e.parameters),
                      "%s describes what it does not read", e.id);
        hrm_formula_free(formula);
    }
    hrm_context_free(ctx);
}
END_TEST

START_TEST(entries_are_found) {
    const hrm_indicator e = entry(hrm_catalogue_find("investment_per_person"));
    hrm_indicator old = {.struct_size = offsetof(hrm_indicator, theme)};
    ck_assert_str_eq(e.code, "INV01");
    ck_assert_uint_eq(hrm_catalogue_find("INV01"), hrm_catalogue_find("investment_per_person"));
    ck_assert_uint_eq(hrm_catalogue_find("INV1"), HRM_NONE);
    ck_assert_uint_eq(hrm_catalogue_find(NULL), HRM_NONE);
    ck_assert_str_eq(hrm_catalogue_nearest("investmant_per_person"), "investment_per_person");
    ck_assert_ptr_null(hrm_catalogue_nearest("something else"));
    ck_assert_ptr_null(hrm_catalogue_nearest(NULL));
    ck_assert(!hrm_catalogue_indicator(hrm_catalogue_count(), &old));
    ck_assert(!hrm_catalogue_indicator(0, NULL));
    ck_assert(hrm_catalogue_indicator(0, &old));
    ck_assert_str_eq(old.id, "front_distance_km");
    ck_assert_ptr_null(old.theme);
}
END_TEST

static char *json_of(hrm_context *ctx, const hrm_indicator *indicators, size_t count) {
    size_t size = 0, again = 0;
    hrmt_ok(ctx, hrm_indicators_json(ctx, indicators, count, NULL, 0, &size));
    char *const text = malloc(size + 1);
    memset(text, '?', size + 1);
    hrmt_ok(ctx, hrm_indicators_json(ctx, indicators, count, text, size - 1, &again));
    ck_assert_int_eq(text[0], '?'); /* no room: nothing was written */
    hrmt_ok(ctx, hrm_indicators_json(ctx, indicators, count, text, size, &again));
    ck_assert_uint_eq(again, size);
    ck_assert_uint_eq(strlen(text) + 1, size);
    return text;
}

START_TEST(json_takes_the_lines_apart) {
    hrm_context *ctx = hrmt_context();
    hrm_indicator own;
    hrm_indicator_init(&own, sizeof own);
    own.id = "need_gap";
    own.title_uk = "Розрив";
    own.formula = "max(0, \"a b\" - c)";
    own.inputs = "a, UAH: the need\n  c: what came\n";
    own.parameters = "k = -2.5 km; since 2026-04-01; Resolution 120: part 2";
    char *const text = json_of(ctx, &own, 1);
    ck_assert_str_eq(text,
                     "[\n  {\n"
                     "    \"id\": \"need_gap\",\n    \"code\": \"\",\n    \"theme\": \"\",\n"
                     "    \"title_en\": \"\",\n    \"title_uk\": \"Розрив\",\n    \"unit\": \"\",\n"
                     "    \"direction\": \"neutral\",\n"
                     "    \"formula\": \"max(0, \\\"a b\\\" - c)\",\n"
                     "    \"inputs\": [\n"
                     "      {\n        \"id\": \"a\",\n        \"unit\": \"UAH\",\n"
                     "        \"text\": \"the need\"\n      },\n"
                     "      {\n        \"id\": \"c\",\n        \"unit\": \"\",\n"
                     "        \"text\": \"what came\"\n      }\n    ],\n"
                     "    \"parameters\": [\n"
                     "      {\n        \"id\": \"k\",\n        \"value\": -2.5,\n        \"unit\": \"km\",\n"
                     "        \"since\": \"since 2026-04-01\",\n"
                     "        \"source\": \"Resolution 120: part 2\"\n      }\n    ],\n"
                     "    \"rollup\": \"recompute\",\n    \"weight\": \"\",\n    \"missing_rule\": \"\",\n"
                     "    \"source\": \"\"\n  }\n]\n");
    free(text);
    char *const none = json_of(ctx, NULL, 0);
    ck_assert_str_eq(none, "[]\n");
    free(none);
    hrm_context_free(ctx);
}
END_TEST

static hrm_status all_as_json(hrm_context *ctx, void *user) {
    size_t size = 0;
    hrm_indicator *const all = user;
    return hrm_indicators_json(ctx, all, hrm_catalogue_count(), NULL, 0, &size);
}

START_TEST(json_of_the_whole_and_its_errors) {
    hrm_context *ctx = hrmt_context();
    hrm_indicator own;
    size_t size = 0;
    hrm_indicator *const all = calloc(hrm_catalogue_count(), sizeof *all);
    for (size_t i = 0; i < hrm_catalogue_count(); i++) all[i] = entry(i);
    char *const text = json_of(ctx, all, hrm_catalogue_count());
    ck_assert_ptr_nonnull(strstr(text, "\"id\": \"investment_per_person\""));
    free(text);
    hrmt_fail_each(all_as_json, all);
    free(all);
    hrm_indicator_init(&own, sizeof own);
    own.id = "own";
    own.inputs = "no description";
    hrmt_fails(ctx, hrm_indicators_json(ctx, &own, 1, NULL, 0, &size), HRM_ERROR_ARGUMENT,
               "a line of its inputs");
    own.inputs = "";
    own.parameters = "k = thirty";
    hrmt_fails(ctx, hrm_indicators_json(ctx, &own, 1, NULL, 0, &size), HRM_ERROR_ARGUMENT,
               "of its parameters");
    own.parameters = NULL;
    own.direction = 7;
    hrmt_fails(ctx, hrm_indicators_json(ctx, &own, 1, NULL, 0, &size), HRM_ERROR_ARGUMENT,
               "own: unknown direction");
    hrmt_fails(ctx, hrm_indicators_json(ctx, NULL, 1, NULL, 0, &size), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(ctx, hrm_indicators_json(ctx, &own, 1, NULL, 0, NULL), HRM_ERROR_ARGUMENT, "NULL");
    ck_assert_int_eq(hrm_indicators_json(NULL, &own, 1, NULL, 0, &size), HRM_ERROR_ARGUMENT);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("catalogue", &every_entry_is_complete, &every_name_in_a_formula_is_described_and_no_other,
           &entries_are_found, &json_takes_the_lines_apart, &json_of_the_whole_and_its_errors)
