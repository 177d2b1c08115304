/* The areas of a recipe: read, spread, in the account and the results; and what is refused. */
#include <math.h>

#include "recipe/region.h"

/* Two former districts: the first two communities with what lies west of them, and the last two. */
static const char districts[] =
    "{\"type\": \"FeatureCollection\", \"features\": ["
    "{\"type\": \"Feature\", \"properties\": {\"pupils\": 3, \"turnout\": 60, \"note\": \"x\"}, "
    "\"geometry\": "
    "{\"type\": \"Polygon\", \"coordinates\": [[[29.9,50],[30.2,50],[30.2,50.1],[29.9,50.1],[29.9,50]]]}},"
    "{\"type\": \"Feature\", \"properties\": {\"pupils\": 8, \"turnout\": 70, \"note\": \"y\"}, "
    "\"geometry\": "
    "{\"type\": \"Polygon\", \"coordinates\": [[[30.2,50],[30.4,50],[30.4,50.1],[30.2,50.1],[30.2,50]]]}},"
    "{\"type\": \"Feature\", \"properties\": {\"pupils\": 1, \"turnout\": null, \"note\": \"z\"}, "
    "\"geometry\": "
    "null}]}\n";

static const char settlements[] = "lon,lat,people\n30.05,50.05,10\n30.15,50.05,20\n30.25,50.05,100\n";

#define COLUMNS                                                                                              \
    "    columns:\n"                                                                                         \
    "      pupils: {field: pupils, kind: extensive, unit: thousand persons, title: Учні}\n"              \
    "      turnout: {field: turnout, kind: intensive, unit: '%', rollup: mean, weight: pupils}\n"

static const char by_area[] = "areas:\n  - source: districts.geojson\n" COLUMNS
                              "indicators: [{id: doubled, formula: 2 * pupils, unit: persons}]\n"
                              "output: [a.csv]\n";

typedef struct trial {
    hrm_context *ctx;
    char *folder;
    hrm_recipe *recipe;
    hrm_assessment *assessment;
} trial;

static trial set_up(const char *rest) {
    trial t = {hrmt_context(), region_make(), NULL, NULL};
    region_write(t.folder, "districts.geojson", districts);
    region_write(t.folder, "settlements.csv", settlements);
    t.recipe = region_recipe(t.ctx, t.folder, rest);
    return t;
}

static void tear_down(trial *t) {
    hrm_assessment_free(t->assessment);
    hrm_recipe_free(t->recipe);
    hrm_context_free(t->ctx);
    free(t->folder);
}

static double value(const trial *t, int32_t level, const char *id, size_t row) {
    const hrm_table *const table = hrm_assessment_table(t->assessment, level);
    const size_t column = hrm_table_find(table, id);
    ck_assert_msg(column != HRM_NONE, "no column %s", id);
    return hrm_table_values(table, column)[row];
}

static void in_account(const trial *t, const char *words) {
    ck_assert_msg(strstr(hrm_assessment_account(t->assessment), words) != NULL, "no %s in %s", words,
                  hrm_assessment_account(t->assessment));
}

START_TEST(areas_are_spread) {
    trial t = set_up(by_area);
    hrmt_ok(t.ctx, hrm_assess(t.ctx, t.recipe, &t.assessment));
    for (size_t row = 0; row < 4; row++) {
        ck_assert_double_eq_tol(value(&t, HRM_LEVEL_COMMUNITY, "pupils", row), row < 2 ? 1000 : 4000, 1e-6);
        ck_assert_double_eq(value(&t, HRM_LEVEL_COMMUNITY, "turnout", row), row < 2 ? 60 : 70);
        ck_assert_double_eq(value(&t, HRM_LEVEL_COMMUNITY, "pupils_covered_share", row), 1);
        ck_assert_double_eq_tol(value(&t, HRM_LEVEL_COMMUNITY, "doubled", row), row < 2 ? 2000 : 8000, 1e-6);
    }
    ck_assert_double_eq_tol(value(&t, HRM_LEVEL_RAION, "pupils", 0), 2000, 1e-6); /* adds up by itself */
    ck_assert_double_eq_tol(value(&t, HRM_LEVEL_OBLAST, "turnout", 0), (2 * 60 + 4 * 70) / 6.0, 1e-6);
    hrm_assessment_input_info input = {.struct_size = sizeof input};
    ck_assert(hrm_assessment_input(t.assessment, 1, &input));
    ck_assert(input.kind == HRM_INPUT_AREAS && input.rows == 3 && input.matched == 2 && input.unusable == 1);
    ck_assert_str_eq(input.source, "districts.geojson");
    in_account(&t, "\"areas\": [");
    in_account(&t, "\"gaps\": \"leave\"");
    in_account(&t, "\"path\": \"districts.geojson\"");
    in_account(&t, "\"kind\": \"intensive\"");
    in_account(&t, "\"unit_given\": \"thousand persons\"");
    in_account(&t, "\"without_place\": 1000");
    in_account(&t, "\"why\": \"the geometry is empty\"");
    in_account(
        &t, "of 'pupils' 16.7 % is in no community's value, 0.0 % since it lies in gaps"); /* 1 + 1 of 12 */
    hrm_column_info info = {.struct_size = sizeof info};
    const hrm_table *const table = hrm_assessment_table(t.assessment, HRM_LEVEL_COMMUNITY);
    ck_assert(hrm_table_column(table, hrm_table_find(table, "pupils"), &info));
    ck_assert_str_eq(info.source, "districts.geojson: pupils");
    ck_assert_str_eq(info.unit, "persons");
    ck_assert_str_eq(info.title_uk, "Учні");
    tear_down(&t);
}
END_TEST

START_TEST(weights_gaps_and_least_shares) {
    trial t = set_up(
        "areas:\n  - source: districts.geojson\n" COLUMNS "    gaps: share\n    least_covered_share: 0.5\n"
        "    weights: {source: settlements.csv, x: lon, y: lat, crs: 'EPSG:4326', weight: people}\n");
    hrmt_ok(t.ctx, hrm_assess(t.ctx, t.recipe, &t.assessment));
    ck_assert_double_eq_tol(value(&t, HRM_LEVEL_COMMUNITY, "pupils", 0), 1000, 1e-6);
    ck_assert_double_eq_tol(value(&t, HRM_LEVEL_COMMUNITY, "pupils", 1), 2000, 1e-6);
    ck_assert_double_eq_tol(value(&t, HRM_LEVEL_COMMUNITY, "pupils", 2), 8000, 1e-6);
    ck_assert(isnan(value(&t, HRM_LEVEL_COMMUNITY, "pupils", 3)));
    in_account(&t, "\"gaps\": \"share\"");
    in_account(&t, "\"least_covered_share\": 0.5");
    in_account(&t, "\"weight\": \"people\"");
    in_account(&t, "\"path\": \"settlements.csv\"");
    in_account(&t, "\"fall_back_to_area\": false");
    tear_down(&t);
    t = set_up(
        "areas:\n  - source: districts.geojson\n    where: pupils = 8\n" COLUMNS
        "    weights: {source: settlements.csv, x: lon, y: lat, crs: 'EPSG:4326', where: \"people = '10'\", "
        "fall_back_to_area: true}\n");
    hrmt_ok(t.ctx, hrm_assess(t.ctx, t.recipe, &t.assessment));
    ck_assert_double_eq_tol(value(&t, HRM_LEVEL_COMMUNITY, "pupils", 3), 4000, 1e-6);
    in_account(&t, "\"rows_by_area\": 1");
    tear_down(&t);
}
END_TEST

static void refuse(const char *rest, hrm_status status, const char *words) {
    trial t = {hrmt_context(), region_make(), NULL, NULL};
    char text[4096];
    char path[4096];
    region_write(t.folder, "districts.geojson", districts);
    region_write(t.folder, "settlements.csv", settlements);
    (void)snprintf(text, sizeof text, "hromada: 1\ncommunities: {source: boundaries.geojson}\n%s", rest);
    region_write(t.folder, "recipe.yaml", text);
    (void)snprintf(path, sizeof path, "%s/recipe.yaml", t.folder);
    hrm_status got = hrm_recipe_open(t.ctx, path, &t.recipe);
    if (got == HRM_OK) got = hrm_assess(t.ctx, t.recipe, &t.assessment);
    ck_assert_msg(got == status && strstr(hrm_error_message(t.ctx), words) != NULL, "%s: %s",
                  hrm_status_name(got), hrm_error_message(t.ctx));
    ck_assert_ptr_nonnull(strstr(hrm_error_message(t.ctx), ", line "));
    tear_down(&t);
}

#define ONE "areas:\n  - source: districts.geojson\n"

START_TEST(refusals) {
    refuse(ONE, HRM_ERROR_RECIPE, "columns");
    refuse(ONE "    columns: {a: pupils}\n", HRM_ERROR_RECIPE, "'a' should be keys and values");
    refuse(ONE "    columns: {a: {field: pupils}}\n", HRM_ERROR_RECIPE, "kind");
    refuse(ONE "    columns: {a: {field: pupils, kind: extensiv}}\n", HRM_ERROR_RECIPE,
           "it can be: extensive, intensive");
    refuse(ONE "    columns: {a: {field: note, kind: extensive, type: text}}\n", HRM_ERROR_RECIPE,
           "unknown key 'type'");
    refuse(ONE "    columns: {code: {field: pupils, kind: extensive}}\n", HRM_ERROR_RECIPE, "'code'");
    refuse(ONE "    columns: {a: {field: pupils, kind: intensive, rollup: mean}}\n", HRM_ERROR_RECIPE,
           "go together");
    refuse(ONE "    columns: {a: {field: pupils, kind: intensive, scale: -1}}\n", HRM_ERROR_RECIPE,
           "'scale'");
    refuse(ONE COLUMNS "    gaps: fill\n", HRM_ERROR_RECIPE, "it can be: leave, share");
    refuse(ONE COLUMNS "    least_covered_share: 50\n", HRM_ERROR_RECIPE, "from 0 to 1");
    refuse(ONE COLUMNS "    weights: {source: settlements.csv, x: lon}\n", HRM_ERROR_RECIPE, "'x' and 'y'");
    refuse(ONE COLUMNS "    weights: {source: settlements.csv, x: lon, y: lat}\n", HRM_ERROR_CRS,
           "settlements.csv");
    refuse(ONE "    columns: {a: {field: note, kind: extensive}}\n", HRM_ERROR_FIELD, "not one number");
    refuse(ONE "    columns: {a: {field: pupil, kind: extensive}}\n", HRM_ERROR_FIELD, "pupils");
    refuse("areas:\n  - source: nowhere.gpkg\n" COLUMNS, HRM_ERROR_FILE, "nowhere.gpkg");
    refuse(ONE COLUMNS "  - source: districts.geojson\n" COLUMNS, HRM_ERROR_RECIPE, "already the name");
}
END_TEST

static hrm_status whole_life(hrm_context *ctx, void *user) {
    hrm_assessment *assessment = NULL;
    const hrm_status status = hrm_assess(ctx, user, &assessment);
    ck_assert((status == HRM_OK) == (assessment != NULL));
    hrm_assessment_free(assessment);
    return status;
}

START_TEST(memory_may_fail_anywhere) {
    trial t =
        set_up("areas:\n  - source: districts.geojson\n" COLUMNS
               "    weights: {source: settlements.csv, x: lon, y: lat, crs: 'EPSG:4326', weight: people}\n");
    hrmt_fail_each(whole_life, t.recipe);
    tear_down(&t);
}
END_TEST

HRMT_SUITE("areas", &areas_are_spread, &weights_gaps_and_least_shares, &refusals, &memory_may_fail_anywhere)
