/* A whole assessment of the small region: every column, the levels, the account, and what goes wrong with
 * inputs. */
#include "recipe/trial.h"

START_TEST(tables_become_columns) {
    trial t = run(region_everything);
    ck_assert_double_eq(value(&t, "population", 0), 1000.0);
    ck_assert_double_eq(value(&t, "population", 1), 500.0);
    ck_assert_int_eq(reason(&t, "population", 2), HRM_MISSING_NOT_REPORTED);
    ck_assert_int_eq(reason(&t, "population", 3), HRM_MISSING_NO_ROW);
    ck_assert_double_eq(value(&t, "income", 0), 10500.0); /* thousands become units */
    ck_assert_double_eq(value(&t, "income", 1), 1234500.0);
    ck_assert_int_eq(reason(&t, "income", 2), HRM_MISSING_UNUSABLE);
    const hrm_table *const table = level(&t, HRM_LEVEL_COMMUNITY);
    ck_assert_str_eq(hrm_table_text(table, hrm_table_find(table, "kind"), 2), "селищна");
    ck_assert_double_eq(value(&t, "budget@2021", 0), 200.0);
    ck_assert_double_eq(value(&t, "budget@2022", 2), 70.0);
    ck_assert_int_eq(reason(&t, "budget@2021", 2), HRM_MISSING_NO_ROW);
    ck_assert_double_eq(value(&t, "official_area_m2", 3), 83e6);
    ck_assert(value(&t, "area_m2", 0) > 79e6 && value(&t, "area_m2", 0) < 80e6);
    end(&t);
}
END_TEST

START_TEST(measures_become_columns) {
    trial t = run(region_everything);
    ck_assert_double_eq(value(&t, "front_distance_m@2024-01-01", 1), 0.0); /* touches */
    ck_assert_double_eq(value(&t, "front_inside_share@2024-01-01", 0), 1.0);
    ck_assert_double_eq(value(&t, "front_inside_share@2024-01-01", 1), 0.0);
    ck_assert_double_eq_tol(value(&t, "front_inside_share@2024-02-01", 1), 0.5, 1e-6);
    ck_assert_double_eq_tol(value(&t, "front_distance_m@2024-02-01", 2), 3577.9,
                            10.0); /* 0.05° at 50° north */
    ck_assert_double_eq(value(&t, "damage_count", 0), 2.0);
    ck_assert_double_eq(value(&t, "damage_count", 1), 1.0);
    ck_assert_double_eq(value(&t, "damage_count", 2), 0.0);
    ck_assert_int_eq(reason(&t, "damage_count", 3), HRM_MISSING_NO_COVERAGE); /* covers: [UA05] */
    ck_assert_double_eq(value(&t, "damage_count_road", 0), 1.0);
    ck_assert_double_eq(value(&t, "damage_cost_sum", 0), 1500.0);
    ck_assert_double_eq(value(&t, "damage_cost_sum", 1), 2000.0);
    ck_assert_double_eq(value(&t, "projects_count", 0), 1.0);
    ck_assert_double_eq(value(&t, "investment_total", 0), 150.0);
    ck_assert_double_eq(value(&t, "investment_local", 0), 50.0);
    ck_assert_double_eq(value(&t, "investment_total", 1), 0.0);
    ck_assert_double_eq(value(&t, "investment_total@2022", 2), 10.0);
    ck_assert_int_eq(reason(&t, "investment_total", 3), HRM_MISSING_NOT_REPORTED);
    end(&t);
}
END_TEST

START_TEST(indicators_are_computed_and_rolled_up) {
    trial t = run(region_everything);
    ck_assert_uint_eq(hrm_assessment_indicator_count(t.assessment), 3);
    hrm_indicator indicator;
    hrm_indicator_init(&indicator, sizeof indicator);
    ck_assert(hrm_assessment_indicator(t.assessment, 1, &indicator));
    ck_assert_str_eq(indicator.id, "cost_per_person");
    ck_assert(!hrm_assessment_indicator(t.assessment, 3, &indicator));
    ck_assert_double_eq(value(&t, "investment_per_person", 0), 0.15);
    ck_assert_double_eq(value(&t, "cost_per_person", 1), 4.0);
    ck_assert_int_eq(reason(&t, "cost_per_person", 2), HRM_MISSING_NOT_REPORTED);
    ck_assert_double_eq(value(&t, "growth", 0), 50.0);
    ck_assert_int_eq(reason(&t, "growth", 1), HRM_MISSING_UNDEFINED);
    const hrm_table *const raions = level(&t, HRM_LEVEL_RAION);
    const hrm_table *const oblasts = level(&t, HRM_LEVEL_OBLAST);
    ck_assert_uint_eq(hrm_table_row_count(raions), 3);
    ck_assert_uint_eq(hrm_table_row_count(oblasts), 2);
    ck_assert_double_eq(hrm_table_values(raions, hrm_table_find(raions, "population"))[0], 1500.0);
    ck_assert_double_eq(hrm_table_values(raions, hrm_table_find(raions, "cost_per_person"))[0],
                        3500.0 / 1500.0);
    ck_assert_double_eq(hrm_table_values(oblasts, hrm_table_find(oblasts, "investment_total"))[0], 160.0);
    ck_assert_ptr_null(hrm_assessment_table(t.assessment, HRM_LEVEL_COUNTRY));
    end(&t);
}
END_TEST

START_TEST(every_row_of_every_input_is_accounted_for) {
    trial t = run(region_everything);
    hrm_recipe_free(t.recipe); /* the assessment outlives it */
    t.recipe = NULL;
    ck_assert_uint_eq(hrm_assessment_input_count(t.assessment), 7);
    input_is(&t, 0, HRM_INPUT_COMMUNITIES, "boundaries.geojson", (const uint64_t[]){4, 4, 0, 0, 0});
    input_is(&t, 1, HRM_INPUT_TABLE, "statistics.csv", (const uint64_t[]){5, 3, 1, 0, 1});
    input_is(&t, 2, HRM_INPUT_TABLE, "budget.csv", (const uint64_t[]){5, 5, 0, 0, 0});
    input_is(&t, 3, HRM_INPUT_PROXIMITY, "front_20240101.geojson", (const uint64_t[]){1, 1, 0, 0, 0});
    input_is(&t, 4, HRM_INPUT_PROXIMITY, "front_20240201.geojson", (const uint64_t[]){1, 1, 0, 0, 0});
    input_is(&t, 5, HRM_INPUT_POINTS, "damage.csv", (const uint64_t[]){5, 3, 1, 0, 1});
    input_is(&t, 6, HRM_INPUT_PROJECTS, "projects.csv", (const uint64_t[]){6, 4, 1, 0, 1});
    hrm_assessment_input_info input = {.struct_size = (uint32_t)sizeof input};
    ck_assert(!hrm_assessment_input(t.assessment, 7, &input));
    end(&t);
}
END_TEST

START_TEST(the_account_tells_all_of_it) {
    trial t = run(region_everything);
    account_says(&t, "\"hromada\": \"0.1.0\"");
    account_says(&t, "\"title_uk\": \"Спроба\"");
    account_says(&t, "\"file\": \"recipe.yaml\"");
    account_says(&t, "\"path\": \"statistics.csv\""); /* without the folder: the same on every machine */
    account_says(&t, "\"covers_assumed\": true");     /* of the projects */
    account_says(&t, "\"rollup_assumed\": true");
    account_says(&t, "UA0909001"); /* unmatched rows are listed */
    account_says(&t, "невідомо");  /* and unusable ones */
    account_says(&t, "\"total\": 172");
    account_says(&t, "\"allocated\": 160");
    account_says(&t, "\"unallocated\": 12");
    account_says(&t, "\"row\": 5,\n          \"outcome\": \"outside\",\n          \"x\": 40,");
    account_says(&t, "\"row\": 6,\n          \"outcome\": \"unusable\"");
    account_says(&t, "\"date_in_file_name\": \"2024-02-01\"");
    account_says(&t, "\"formula\": \"damage_cost_sum / population\"");
    account_says(&t, "\"unit\": \"UAH of 2021\"");
    end(&t);
}
END_TEST

START_TEST(the_account_tells_of_the_boundaries) {
    static const char text[] = "hromada: 1\ncommunities: {source: b.geojson, code: code, topology: true}\n";
    static const region_square squares[] = {{"UA0501001", "one half", 300},
                                            {"UA0501001", "the other", 301},
                                            {"UA0501002", "a neighbour", 302},
                                            {"UA0501003", "without a boundary", 0},
                                            {"", "without a code", 305}};
    trial t = begin("");
    region_write_squares(t.folder, "b.geojson", 5, squares);
    hrm_recipe_free(t.recipe);
    hrmt_ok(t.ctx, hrm_recipe_parse(t.ctx, text, strlen(text), t.folder, &t.recipe));
    hrmt_ok(t.ctx, hrm_assess(t.ctx, t.recipe, &t.assessment));
    input_is(&t, 0, HRM_INPUT_COMMUNITIES, "b.geojson", (const uint64_t[]){5, 4, 0, 0, 1});
    account_says(&t, "\"communities\": 3,");
    account_says(&t, "\"empty_geometry\": 1,");
    account_says(&t, "\"merged\": 1,");
    account_says(&t, "\"no_code\": 1,");
    account_says(&t, "\"touching_pairs\": 1,");
    account_says(&t, "\"overlap_pairs\": 0,");
    ck_assert_int_eq(reason(&t, "area_m2", 2), HRM_MISSING_NO_COVERAGE);
    end(&t);
}
END_TEST

START_TEST(the_same_recipe_gives_the_same_account) {
    trial t = run(region_everything);
    hrm_assessment *again = NULL;
    hrmt_ok(t.ctx, hrm_context_set_threads(t.ctx, 7));
    hrmt_ok(t.ctx, hrm_assess(t.ctx, t.recipe, &again));
    ck_assert_str_eq(hrm_assessment_account(again), hrm_assessment_account(t.assessment));
    hrm_assessment_free(again);
    end(&t);
}
END_TEST

START_TEST(all_indicators_are_those_that_can_be_computed) {
    trial t = run("tables:\n"
                  "  - {source: statistics.csv, key: code, decimal: comma, columns: {population: {field: "
                  "pop, unit: persons}}}\n"
                  "projects: [{source: projects.csv, key: code, amount: amount, currency: UAH}]\n"
                  "indicators: [all, {id: own, formula: 2 * investment_per_person}]\n");
    const hrm_table *const table = level(&t, HRM_LEVEL_COMMUNITY);
    ck_assert(hrm_table_find(table, "investment_per_person") != HRM_NONE);
    ck_assert(hrm_table_find(table, "own") != HRM_NONE);
    ck_assert(hrm_table_find(table, "damage_per_person") == HRM_NONE); /* no damage here */
    end(&t);
}
END_TEST

START_TEST(what_is_taken_by_raion_is_not_rolled_up_to_oblasts) {
    trial t = run("indicators:\n"
                  "  - {id: part, formula: area_m2 / sum(area_m2 by raion)}\n"
                  "  - {id: twice, formula: 2 * part}\n"
                  "  - {id: whole, formula: area_m2 / sum(area_m2 by oblast)}\n");
    const hrm_table *const raions = level(&t, HRM_LEVEL_RAION);
    const hrm_table *const oblasts = level(&t, HRM_LEVEL_OBLAST);
    ck_assert_double_eq(hrm_table_values(raions, hrm_table_find(raions, "part"))[0], 1.0);
    ck_assert_double_eq(hrm_table_values(raions, hrm_table_find(raions, "twice"))[0], 2.0);
    ck_assert_double_eq(hrm_table_values(oblasts, hrm_table_find(oblasts, "whole"))[0], 1.0);
    ck_assert(hrm_table_find(oblasts, "part") == HRM_NONE);
    ck_assert(hrm_table_find(oblasts, "twice") == HRM_NONE);
    end(&t);
}
END_TEST

START_TEST(one_file_of_a_date_gives_plain_names) {
    trial t =
        run("proximity: [{id: front, source: front_20240101.geojson}]\nindicators: [front_distance_km]\n");
    ck_assert_double_eq(value(&t, "front_distance_km", 0), 0.0);
    ck_assert(value(&t, "front_centre_distance_m", 2) > value(&t, "front_distance_m", 2));
    end(&t);
}
END_TEST

START_TEST(what_is_listed_alone_is_covered) {
    trial t =
        run("points: [{id: d, source: damage.csv, x: lon, y: lat, crs: 'EPSG:4326', covers: listed}]\n"
            "projects: [{source: projects.csv, key: code, amount: amount, currency: UAH, covers: listed}]\n");
    ck_assert_double_eq(value(&t, "d_count", 0), 2.0);
    ck_assert_int_eq(reason(&t, "d_count", 2), HRM_MISSING_NO_COVERAGE);
    ck_assert_int_eq(reason(&t, "projects_count", 1), HRM_MISSING_NO_COVERAGE);
    ck_assert_double_eq(value(&t, "projects_count", 3), 1.0);
    end(&t);
}
END_TEST

START_TEST(several_sources_of_projects_are_added) {
    trial t = begin("projects:\n"
                    "  - {source: projects.csv, key: code, amount: amount, currency: UAH, actor: state}\n"
                    "  - {source: donors.csv, key: code, amount: {field: a, unit: kUAH}, currency: UAH,\n"
                    "     actor: international, covers: [UA0501]}\n");
    region_write(t.folder, "donors.csv", "code,a\nUA0501001,2\nUA0502001,1\n");
    hrmt_ok(t.ctx, hrm_assess(t.ctx, t.recipe, &t.assessment));
    ck_assert_double_eq(value(&t, "investment_total", 0), 2150.0);
    ck_assert_double_eq(value(&t, "investment_total", 1), 0.0);
    ck_assert_double_eq(value(&t, "investment_total", 2),
                        1010.0); /* beyond what is covered, and named all the same */
    ck_assert_int_eq(reason(&t, "investment_total", 3),
                     HRM_MISSING_NO_COVERAGE); /* the donors' part is not known */
    ck_assert_int_eq(reason(&t, "investment_state", 3), HRM_MISSING_NOT_REPORTED);
    account_says(&t, "projects in communities that 'covers' leaves out: 1");
    end(&t);
}
END_TEST

START_TEST(units_that_differ_from_the_catalogue_are_told) {
    trial t = run("tables:\n"
                  "  - {source: statistics.csv, key: code, decimal: comma, columns: {population: {field: "
                  "pop, unit: households}}}\n"
                  "projects: [{source: projects.csv, key: code, amount: amount, currency: UAH}]\n"
                  "indicators: [investment_per_person]\n");
    account_says(
        &t,
        "investment_per_person reads population in persons, and the recipe says that it is in households");
    end(&t);
}
END_TEST

START_TEST(inputs_that_cannot_be_used_name_their_line) {
    trial t = begin("tables:\n  - {source: none.csv, key: code, columns: {x: y}}\n");
    fails(&t, HRM_ERROR_FILE, "recipe.yaml, line 4, column 14");
    hrm_recipe_free(t.recipe);
    t.recipe =
        region_recipe(t.ctx, t.folder, "tables: [{source: statistics.csv, key: cod, columns: {x: pop}}]\n");
    fails(&t, HRM_ERROR_FIELD, "code");
    hrm_recipe_free(t.recipe);
    t.recipe =
        region_recipe(t.ctx, t.folder, "tables: [{source: budget.csv, key: code, columns: {x: total}}]\n");
    fails(&t, HRM_ERROR_DUPLICATE, "recipe.yaml, line 3");
    hrm_recipe_free(t.recipe);
    t.recipe = region_recipe(t.ctx, t.folder, "points: [{id: d, source: damage.csv, x: lon, y: lat}]\n");
    fails(&t, HRM_ERROR_CRS, "damage.csv");
    hrm_recipe_free(t.recipe);
    t.recipe = region_recipe(
        t.ctx, t.folder,
        "points: [{id: d, source: damage.csv, x: lon, y: lat, crs: 'EPSG:4326', covers: [UA99]}]\n");
    fails(&t, HRM_ERROR_CODE, "'UA99' is no oblast, raion or community");
    const char *const once = strstr(hrm_error_message(t.ctx), ", line ");
    ck_assert_ptr_null(strstr(once + 1, ", line ")); /* its own place, and not that of the source too */
    hrm_recipe_free(t.recipe);
    t.recipe = region_recipe(t.ctx, t.folder, "indicators: [damage_per_person]\n");
    fails(&t, HRM_ERROR_FORMULA, "damage_per_person");
    hrm_recipe_free(t.recipe);
    t.recipe = region_recipe(
        t.ctx, t.folder,
        "tables: [{source: statistics.csv, key: code, decimal: comma, columns: {p: {field: pop, "
        "rollup: mean, weight: none_such}}}]\n");
    fails(&t, HRM_ERROR_FIELD, "none_such");
    end(&t);
}
END_TEST

/* What would not be seen in the columns is told, and kept in the account. */
START_TEST(doubts_about_inputs_are_told) {
    trial t = run(region_everything);
    account_says(
        &t, "statistics.csv: unusable cells: 1; the first is that of UA0502001 in row 4: \\\"багато\\\"");
    account_says(&t, "projects.csv: lines without a usable amount, and so not in the sums: 1");
    end(&t);
    t = begin("tables:\n"
              "  - {source: head.csv, key: code, columns: {a: a}}\n"
              "  - {source: away.csv, key: code, columns: {b: a}}\n"
              "points: [{id: d, source: damage.csv, x: lat, y: lon, crs: 'EPSG:4326', sum: [class]}]\n"
              "projects: [{source: away.csv, key: code, amount: a, currency: UAH}]\n");
    region_write(t.folder, "head.csv", "code,a\n");
    region_write(t.folder, "away.csv", "code,a\nUA0909001,1\nUA0909003,2\n");
    hrmt_ok(t.ctx, hrm_assess(t.ctx, t.recipe, &t.assessment));
    account_says(&t, "head.csv: there are no rows in it; was it saved whole?");
    account_says(&t, "away.csv: none of its 2 rows could be given to a community: does 'key' name");
    account_says(&t, "damage.csv: none of its 5 points could be given to a community: are x and y");
    account_says(&t, "damage.csv: values of points that are no numbers, and so not in the sums: 5");
    account_says(&t, "away.csv: none of its 2 lines could be given to a community: does 'key' name");
    end(&t);
    t = run("tables: [{source: budget.csv, key: code, period: year, columns: {a: total}}]\n");
    account_says(&t, "\"warnings\": []");
    end(&t);
}
END_TEST

START_TEST(dates_of_several_files_must_differ) {
    trial t = begin("proximity: [{id: front, source: 'f*.geojson'}]\n");
    region_write(t.folder, "f.geojson", "{}");
    fails(&t, HRM_ERROR_RECIPE, "the name of f.geojson has no date");
    region_write(t.folder, "f2_20240101_20240301.geojson", "{}");
    hrm_recipe_free(t.recipe);
    t.recipe = region_recipe(t.ctx, t.folder, "proximity: [{id: front, source: 'f*_*.geojson'}]\n");
    fails(&t, HRM_ERROR_RECIPE, "has more than one date");
    region_write(t.folder, "g_20240101.geojson", "{}");
    region_write(t.folder, "g_01012024.geojson", "{}");
    hrm_recipe_free(t.recipe);
    t.recipe = region_recipe(t.ctx, t.folder, "proximity: [{id: front, source: 'g_*.geojson'}]\n");
    fails(&t, HRM_ERROR_RECIPE, "two files of 2024-01-01");
    hrm_recipe_free(t.recipe);
    t.recipe = region_recipe(t.ctx, t.folder, "proximity: [{id: front, source: 'h_*.geojson'}]\n");
    fails(&t, HRM_ERROR_FILE, "no file matches");
    end(&t);
}
END_TEST

START_TEST(the_folder_of_the_data_can_be_set) {
    trial t = begin("tables: [{source: statistics.csv, key: code, decimal: comma, columns: {p: pop}}]\n");
    hrmt_ok(t.ctx, hrm_recipe_set_folder(t.ctx, t.recipe, "no/such/folder"));
    fails(&t, HRM_ERROR_FILE, "no/such/folder/boundaries.geojson");
    hrmt_ok(t.ctx, hrm_recipe_set_folder(t.ctx, t.recipe, t.folder));
    hrmt_ok(t.ctx, hrm_assess(t.ctx, t.recipe, &t.assessment));
    end(&t);
}
END_TEST

typedef struct watch {
    double last;
    size_t calls;
    size_t stop_at;
} watch;

static bool watch_progress(double share, const char *step, void *user) {
    watch *const w = user;
    ck_assert(share >= w->last && share <= 1.0);
    ck_assert_str_ne(step, "");
    w->last = share;
    return ++w->calls != w->stop_at;
}

START_TEST(progress_goes_from_nothing_to_all_and_can_stop) {
    trial t = begin(region_everything);
    watch w = {0.0, 0, 0};
    hrm_assessment *out = NULL;
    hrm_context_set_progress(t.ctx, watch_progress, &w);
    hrmt_ok(t.ctx, hrm_assess(t.ctx, t.recipe, &t.assessment));
    ck_assert_double_eq(w.last, 1.0);
    const size_t calls = w.calls;
    ck_assert(calls > 10);
    for (size_t k = 1; k <= calls; k++) {
        w = (watch){0.0, 0, k};
        hrmt_fails(t.ctx, hrm_assess(t.ctx, t.recipe, &out), HRM_ERROR_CANCELLED, "stopped");
        ck_assert_ptr_null(out);
    }
    end(&t);
}
END_TEST

START_TEST(arguments_are_checked) {
    trial t = begin("");
    hrm_assessment *out = NULL;
    ck_assert_int_eq(hrm_assess(NULL, t.recipe, &out), HRM_ERROR_ARGUMENT);
    hrmt_fails(t.ctx, hrm_assess(t.ctx, NULL, &out), HRM_ERROR_ARGUMENT, "recipe");
    hrmt_fails(t.ctx, hrm_assess(t.ctx, t.recipe, NULL), HRM_ERROR_ARGUMENT, "out");
    hrm_assessment_free(NULL);
    end(&t);
}
END_TEST

static hrm_status assess(hrm_context *ctx, void *user) {
    hrm_assessment *out = NULL;
    const hrm_status status = hrm_assess(ctx, user, &out);
    hrm_assessment_free(out);
    return status;
}

/* Part by part: each allocation runs the whole of a recipe, so that time grows with the square of its length.
 */
START_TEST(memory_may_run_out) {
    static const char *const parts[] = {
        "tables: [{source: statistics.csv, key: code, decimal: comma, columns: {p: {field: pop, unit: "
        "persons}, "
        "k: {field: kind, type: text}}}]\n",
        "tables: [{source: budget.csv, key: code, period: year, columns: {budget: total}}]\n",
        "proximity: [{id: front, source: 'front_*.geojson'}]\n",
        "points: [{id: d, source: damage.csv, x: lon, y: lat, crs: 'EPSG:4326', by: class, sum: [cost], "
        "covers: "
        "[UA05]}]\n",
        "projects: [{source: projects.csv, key: code, amount: amount, currency: UAH, covers: listed}]\n",
        "indicators: [all, {id: a, formula: sum(area_m2 by raion)}]\n",
        "tables: [{source: statistics.csv, key: code, decimal: comma, columns: {population: {field: pop, "
        "unit: x}}}]\n"
        "indicators: [{id: a, formula: population / 2}, {id: b, formula: a * 2}]\n"};
    trial t = begin("");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        hrm_recipe_free(t.recipe);
        t.recipe = region_recipe(t.ctx, t.folder, parts[i]);
        hrmt_fail_each(assess, t.recipe);
    }
    end(&t);
}
END_TEST

HRMT_SUITE("assess", &tables_become_columns, &measures_become_columns, &indicators_are_computed_and_rolled_up,
           &every_row_of_every_input_is_accounted_for, &the_account_tells_all_of_it,
           &the_account_tells_of_the_boundaries, &the_same_recipe_gives_the_same_account,
           &all_indicators_are_those_that_can_be_computed,
           &what_is_taken_by_raion_is_not_rolled_up_to_oblasts, &one_file_of_a_date_gives_plain_names,
           &what_is_listed_alone_is_covered, &several_sources_of_projects_are_added,
           &units_that_differ_from_the_catalogue_are_told, &doubts_about_inputs_are_told,
           &inputs_that_cannot_be_used_name_their_line, &dates_of_several_files_must_differ,
           &the_folder_of_the_data_can_be_set, &progress_goes_from_nothing_to_all_and_can_stop,
           &arguments_are_checked, &memory_may_run_out)
