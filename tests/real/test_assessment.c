/*
 * The recipe of examples/ukraine over the real data. The figures it is held against come from elsewhere:
 * counts of rows and of occupied communities from the description of the data, totals from pandas
 * (joins.txt), those of the table without codes from tests/reference/assessment.py (assessment.txt), hashes
 * from sha256sum (examples/ukraine/sources.txt).
 */
#include <math.h>

#include "base/sum.h"
#include "harness/harness.h"

typedef struct assessed {
    hrm_context *ctx;
    hrm_assessment *assessment;
    const hrm_table *table;
} assessed;

static bool assess(assessed *a) {
    hrm_recipe *recipe = NULL;
    const char *const data = hrmt_real_data("the assessment of Ukraine");
    if (data == NULL) return false;
    a->ctx = hrmt_context();
    hrmt_ok(a->ctx, hrm_recipe_open(a->ctx, HRMT_SOURCE_DIR "/examples/ukraine/ukraine.yaml", &recipe));
    hrmt_ok(a->ctx, hrm_recipe_set_folder(a->ctx, recipe, data));
    hrmt_ok(a->ctx, hrm_assess(a->ctx, recipe, &a->assessment));
    hrm_recipe_free(recipe);
    a->table = hrm_assessment_table(a->assessment, HRM_LEVEL_COMMUNITY);
    return true;
}

static void forget(assessed *a) {
    hrm_assessment_free(a->assessment);
    hrm_context_free(a->ctx);
}

static const double *column(const assessed *a, const char *id) {
    const double *const values = hrm_table_values(a->table, hrm_table_find(a->table, id));
    ck_assert_msg(values != NULL, "no column %s", id);
    return values;
}

static double sum(const assessed *a, const char *id) {
    const double *const values = column(a, id);
    hrmi_sum total;
    hrmi_sum_clear(&total);
    for (size_t i = 0; i < hrm_table_row_count(a->table); i++)
        if (values[i] == values[i]) hrmi_sum_add(&total, values[i]);
    return hrmi_sum_value(&total);
}

static size_t count_from(const assessed *a, const char *id, double least) {
    const double *const values = column(a, id);
    size_t count = 0;
    for (size_t i = 0; i < hrm_table_row_count(a->table); i++) count += values[i] >= least ? 1 : 0;
    return count;
}

static void input_is(const assessed *a, size_t i, const char *source, uint64_t rows, uint64_t matched,
                     uint64_t unmatched) {
    hrm_assessment_input_info input = {.struct_size = (uint32_t)sizeof input};
    ck_assert(hrm_assessment_input(a->assessment, i, &input));
    ck_assert_str_eq(input.source, source);
    ck_assert_uint_eq(input.rows, rows);
    ck_assert_uint_eq(input.matched, matched);
    ck_assert_uint_eq(input.unmatched, unmatched);
    ck_assert_uint_eq(input.duplicates, 0);
    ck_assert_uint_eq(input.unusable, 0);
}

START_TEST(every_row_is_accounted_for) {
    assessed a;
    if (!assess(&a)) return;
    const hrm_layer *const layer = hrm_assessment_layer(a.assessment);
    ck_assert_uint_eq(hrm_layer_count(layer), 1769);
    ck_assert_uint_eq(hrm_layer_unit_count(layer, HRM_LEVEL_RAION), 139);
    ck_assert_uint_eq(hrm_layer_unit_count(layer, HRM_LEVEL_OBLAST), 27);
    ck_assert_uint_eq(hrm_assessment_input_count(a.assessment), 8);
    input_is(&a, 0, "codes/ua-admin-hromada.csv", 1772 + 136 + 25, 1772 + 136 + 25, 0);
    input_is(&a, 1, "boundaries/Hromadas.geojson", 1769, 1769, 0);
    input_is(&a, 2, "statistics/full_dataset.csv", 1469, 1469, 0);
    input_is(&a, 3, "statistics/hromada_budget_2020_2022.csv", 4407, 4407, 0);
    input_is(&a, 4, "statistics/fin_capacity_merged.xlsx", 1438, 1413,
             19 + 6); /* names: ambiguous, unknown */
    input_is(&a, 5, "frontline/deepstate/deepstatemap_data_20240708.geojson", 1, 1, 0);
    input_is(&a, 6, "damage/damage_events2022_23.shp", 84664, 83509 + 160, 995);
    input_is(&a, 7, "investments/dfrr_hromadas.csv", 2735, 2735, 0);
    ck_assert_uint_eq(count_from(&a, "population", 0), 1469);
    ck_assert_uint_eq(count_from(&a, "projects_count", 1), 924);
    forget(&a);
}
END_TEST

/* Amounts as pandas adds them up. */
START_TEST(every_hryvnia_is_accounted_for) {
    static const struct {
        const char *id;
        double total;
        double scale; /* from the source's unit to the column's */
    } columns[] = {{"population", 38215034.0, 1.0},
                   {"urban_population", 25741407.0, 1.0},
                   {"own_revenue_part_of_2021", 101459569.92143, 1e3},
                   {"apparatus_cost_per_person", 2325426.2, 1.0},
                   {"rev_total@2021", 396359859324.31, 1.0},
                   {"rev_total@2022", 401399308171.14, 1.0},
                   {"rev_total@2023", 268780765186.34, 1.0},
                   {"rev_own@2022", 294128879140.79, 1.0},
                   {"investment_total@2015", 3376771.6899, 1e3},
                   {"investment_total@2016", 3377459.168889908, 1e3},
                   {"investment_total@2017", 3617212.9701612904, 1e3},
                   {"investment_total@2018", 3754684.226381579, 1e3},
                   {"investment_total@2019", 5228053.476583851, 1e3},
                   {"investment_total@2020", 3919276.0511317365, 1e3},
                   {"investment_total@2021", 3391915.5950050764, 1e3},
                   {"investment_total", 26665373.178053442, 1e3},
                   {"investment_state", 26665373.178053442, 1e3}};
    assessed a;
    if (!assess(&a)) return;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const double expected = columns[i].total * columns[i].scale;
        ck_assert_msg(fabs(sum(&a, columns[i].id) - expected) <= 1e-12 * expected, "%s", columns[i].id);
    }
    forget(&a);
}
END_TEST

START_TEST(measures_are_what_others_found) {
    assessed a;
    if (!assess(&a)) return;
    ck_assert_double_eq(sum(&a, "damage_count"), 83509.0 + 160.0);
    ck_assert_uint_eq(count_from(&a, "front_inside_share", 1e-300),
                      464); /* touched by the occupied territory */
    ck_assert_uint_eq(count_from(&a, "front_inside_share", 0.5), 444);
    ck_assert_uint_eq(count_from(&a, "front_inside_share", 0.99), 391);
    ck_assert_double_eq_tol(sum(&a, "area_m2"), 594263e6, 0.5e6);
    ck_assert_double_eq_tol(sum(&a, "official_area_m2"), 600217e6, 0.5e6);
    forget(&a);
}
END_TEST

/* The bytes that were read are those that the example names. */
START_TEST(the_files_are_those_of_the_example) {
    char line[512];
    size_t files = 0;
    assessed a;
    if (!assess(&a)) return;
    FILE *const list = fopen(HRMT_SOURCE_DIR "/examples/ukraine/sources.txt", "rb");
    ck_assert_ptr_nonnull(list);
    while (fgets(line, (int)sizeof line, list) != NULL) {
        if (line[0] == '#') continue;
        line[64] = '\0';
        ck_assert_msg(strstr(hrm_assessment_account(a.assessment), line) != NULL, "no %s", line);
        files++;
    }
    ck_assert_uint_eq(files, 10);
    (void)fclose(list);
    forget(&a);
}
END_TEST

HRMT_SUITE("assessment of real data", &every_row_is_accounted_for, &every_hryvnia_is_accounted_for,
           &measures_are_what_others_found, &the_files_are_those_of_the_example)
