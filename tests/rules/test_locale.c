/*
 * The host's locale writes decimals with a comma: neither what is read nor what is written may change. (The
 * test's surroundings make a Ukrainian locale and name its folder in LOCPATH, see tests.cmake.)
 */
#include <locale.h>

#include "harness/harness.h"

static void set_comma(void) {
    ck_assert_msg(setlocale(LC_ALL, "uk_UA.UTF-8") != NULL, "no locale uk_UA.UTF-8 in LOCPATH");
    ck_assert_str_eq(localeconv()->decimal_point, ",");
}

/* A triangle near Kyiv. */
static hrm_layer *one_community(hrm_context *ctx) {
    static const double ring[] = {30, 50, 31, 50, 30, 51, 30, 50};
    uint8_t wkb[13 + sizeof ring] = {1, 3, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0};
    memcpy(wkb + 13, ring, sizeof ring);
    const uint8_t *const wkbs[] = {wkb};
    const size_t sizes[] = {sizeof wkb};
    const char *const codes[] = {"UA0502003"};
    hrm_layer_input input;
    hrm_layer *layer = NULL;
    hrm_layer_input_init(&input, sizeof input);
    input.count = 1;
    input.codes = codes;
    input.wkb = wkbs;
    input.wkb_sizes = sizes;
    input.crs = "+proj=longlat +a=6378137.0 +rf=298.257223563 +no_defs"; /* decimals that PROJ reads */
    hrmt_ok(ctx, hrm_layer_from_wkb(ctx, &input, &layer));
    return layer;
}

START_TEST(formulas_and_areas) {
    hrm_context *const ctx = hrmt_context();
    hrm_layer *const before = one_community(ctx);
    const double area = hrm_layer_area_m2(before, 0);
    set_comma();
    hrm_layer *const layer = one_community(ctx);
    hrm_table *table = NULL;
    hrm_formula *formula = NULL;
    double value = 0.0;
    hrmt_ok(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
    hrmt_ok(ctx, hrm_formula_compile(ctx, "max(1.5, 0.25) * 2.5e1", &formula));
    hrmt_ok(ctx, hrm_formula_evaluate(ctx, formula, layer, table, &value, NULL));
    ck_assert_double_eq(value, 37.5);
    ck_assert_double_eq(hrm_layer_area_m2(layer, 0), area);
    hrm_formula_free(formula);
    hrm_table_free(table);
    hrm_layer_free(layer);
    hrm_layer_free(before);
    hrm_context_free(ctx);
    (void)setlocale(LC_ALL, "C");
}
END_TEST

#if HRM_HAS_IO

static char *file_text(const char *folder, const char *name) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *const file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "no %s", path);
    char *const text = calloc(1, 1 << 22);
    ck_assert_ptr_nonnull(text);
    ck_assert_uint_gt(fread(text, 1, (1 << 22) - 1, file), 0);
    (void)fclose(file);
    return text;
}

/* The CSV of the demo region. */
static char *assess(const char *name) {
    hrm_context *const ctx = hrmt_context();
    hrm_recipe *recipe = NULL;
    hrm_assessment *assessment = NULL;
    char *const folder = hrmt_folder(name);
    hrmt_ok(ctx, hrm_recipe_open(ctx, HRMT_SOURCE_DIR "/examples/demo/recipe.yaml", &recipe));
    hrmt_ok(ctx, hrm_assess(ctx, recipe, &assessment));
    hrmt_ok(ctx, hrm_assessment_write(ctx, assessment, folder));
    char *const text = file_text(folder, "indicators.csv");
    hrm_assessment_free(assessment);
    hrm_recipe_free(recipe);
    hrm_context_free(ctx);
    free(folder);
    return text;
}

START_TEST(whole_assessments) {
    char *const plain = assess("locale-c");
    set_comma();
    char *const comma = assess("locale-uk");
    (void)setlocale(LC_ALL, "C");
    ck_assert_str_eq(comma, plain);
    free(comma);
    free(plain);
}
END_TEST

HRMT_SUITE("a locale with a decimal comma", &formulas_and_areas, &whole_assessments)

#else

HRMT_SUITE("a locale with a decimal comma", &formulas_and_areas)

#endif
