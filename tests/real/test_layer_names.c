/*
 * The boundary layer of COD-AB without its codes: by its names alone, through the official codifier, every
 * code that it gets must be the true one. That is told by the polygons, which nothing of the names moves. How
 * many there must be is codifier.txt's, counted by tests/reference/codifier.py.
 */
#include "base/case_file.h"

static hrm_source source_of(char path[512], const char *file) {
    hrm_source source;
    hrm_source_init(&source, sizeof source);
    (void)snprintf(path, 512, "%s/%s", getenv("HROMADA_DATA"), file);
    source.path = path;
    return source;
}

static hrm_layer *by_names(hrm_context *ctx, const hrm_codifier *codifier, const hrm_crosswalk *aliases,
                           bool english) {
    char path[512];
    const hrm_source source = source_of(path, "boundaries/Hromadas.geojson");
    hrm_layer_options options;
    hrm_layer *layer = NULL;
    hrm_layer_options_init(&options, sizeof options);
    options.code = "";
    options.codifier = codifier;
    options.aliases = aliases;
    if (english) {
        options.name_en = "ADM3_EN";
        options.raion_en = "ADM2_EN";
        options.oblast_en = "ADM1_EN";
    }
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, &options, &layer));
    return layer;
}

/* Every row has the polygon that belongs to its code. */
static void check_codes(const hrm_layer *layer, const hrm_layer *truth) {
    for (size_t i = 0; i < hrm_layer_count(layer); i++) {
        const size_t row = hrm_layer_find(truth, hrm_layer_code(layer, i));
        double here[4], there[4];
        ck_assert_uint_ne(row, HRM_NONE);
        hrm_layer_box(layer, i, here);
        hrm_layer_box(truth, row, there);
        ck_assert_msg(memcmp(here, there, sizeof here) == 0, "%s is wrong", hrm_layer_code(layer, i));
    }
}

/* How many features were left out with these words. */
static size_t count_issues(const hrm_layer *layer, const char *words) {
    size_t count = 0;
    for (size_t i = 0; i < hrm_layer_issue_count(layer); i++) {
        hrm_layer_issue_info info = {.struct_size = sizeof info};
        ck_assert(hrm_layer_issue(layer, i, &info));
        count += info.kind == HRM_ISSUE_NO_CODE && strstr(info.text, words) != NULL;
    }
    return count;
}

static size_t expected; /* of codifier.txt */

static void take_expected(char *rest) {
    expected = strtoul(rest, NULL, 10);
}

/* Aliases for the features that were left out, each for its own row. The features are the rows of `truth`. */
static hrm_crosswalk *settle(hrm_context *ctx, const hrm_layer *layer, const hrm_layer *truth,
                             int32_t language) {
    enum { MOST = 32 };
    const char *written[MOST], *codes[MOST];
    int64_t rows[MOST];
    hrm_crosswalk_input input;
    hrm_crosswalk *aliases = NULL;
    hrm_crosswalk_input_init(&input, sizeof input);
    for (size_t i = 0; i < hrm_layer_issue_count(layer); i++) {
        hrm_layer_issue_info info = {.struct_size = sizeof info};
        ck_assert(hrm_layer_issue(layer, i, &info));
        if (info.kind != HRM_ISSUE_NO_CODE) continue;
        ck_assert_uint_lt(input.count, MOST);
        rows[input.count] = info.feature_id + 1;
        codes[input.count] = hrm_layer_code(truth, (size_t)info.feature_id);
        written[input.count++] = hrm_layer_name(truth, (size_t)info.feature_id, language);
    }
    input.written = written;
    input.codes = codes;
    input.for_rows = rows;
    hrmt_ok(ctx, hrm_crosswalk_new(ctx, &input, &aliases));
    return aliases;
}

START_TEST(names_give_true_codes) {
    if (hrmt_real_data("codes of boundaries by their names") == NULL) return;
    char path[512];
    hrm_context *ctx = hrmt_context();
    hrm_source source = source_of(path, "codes/kodifikator-16-05-2025.csv");
    hrm_codifier *codifier = NULL;
    hrm_layer *truth = NULL;
    hrm_layer_options options;
    hrmt_ok(ctx, hrm_codifier_open(ctx, &source, NULL, &codifier));
    source = source_of(path, "boundaries/Hromadas.geojson");
    hrm_layer_options_init(&options, sizeof options);
    options.find_names = 1;
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, &options, &truth));
    ck_assert_uint_eq(hrmt_each_case("tests/real/codifier.txt", "layer", take_expected), 1);
    for (int english = 0; english < 2; english++) {
        hrm_layer *layer = by_names(ctx, codifier, NULL, english != 0);
        ck_assert_uint_eq(hrm_layer_count(layer), expected);
        check_codes(layer, truth);
        /* six pairs of twins in one raion; one that was renamed; the zone, in no codifier */
        ck_assert_uint_eq(count_issues(layer, "): ambiguous name"), 12);
        ck_assert_uint_eq(count_issues(layer, "): unknown name"), 1);
        ck_assert_uint_eq(count_issues(layer, "): unknown oblast or raion"), 1);
        ck_assert_uint_eq(count_issues(layer, ""), 14);
        hrm_crosswalk *const aliases = settle(ctx, layer, truth, english != 0 ? HRM_EN : HRM_UK);
        hrm_layer_free(layer);
        layer = by_names(ctx, codifier, aliases, english != 0);
        ck_assert_uint_eq(hrm_layer_count(layer), hrm_layer_count(truth));
        check_codes(layer, truth);
        hrm_layer_free(layer);
        hrm_crosswalk_free(aliases);
    }
    hrm_layer_free(truth);
    hrm_codifier_free(codifier);
    hrm_context_free(ctx);
}
END_TEST

/* Twenty-one of the oblasts have the name of their capital's community. */
START_TEST(oblasts_and_raions_are_no_communities) {
    if (hrmt_real_data("oblasts and raions that are no communities") == NULL) return;
    char path[512];
    hrm_context *ctx = hrmt_context();
    hrm_source source = source_of(path, "codes/kodifikator-16-05-2025.csv");
    hrm_codifier *codifier = NULL;
    hrm_layer *layer = NULL;
    hrm_layer_options options;
    hrmt_ok(ctx, hrm_codifier_open(ctx, &source, NULL, &codifier));
    hrm_layer_options_init(&options, sizeof options);
    options.codifier = codifier;
    source = source_of(path, "boundaries/Oblasts.geojson");
    options.name_uk = "ADM1_UA";
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, &options, &layer), HRM_ERROR_CODE, "have names of oblasts");
    source = source_of(path, "boundaries/Raions_simplified.geojson");
    options.name_uk = "ADM2_UA";
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, &options, &layer), HRM_ERROR_CODE,
               "of its 139 features have a name by which the codifier knows a community");
    hrm_codifier_free(codifier);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("layer_names", &names_give_true_codes, &oblasts_and_raions_are_no_communities)
