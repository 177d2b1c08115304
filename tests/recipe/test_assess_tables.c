/* Tables of an assessment as they come: by names, places and former codes, wide, with totals; and boundaries
 * without codes. */
#include "recipe/trial.h"

/* The region's communities and a few units around them, as the official list has them. */
static const char codifier[] = "code;name;category\n"
                               "UA05000000000010236;Вінницька;O\n"
                               "UA05010000000010237;Перший;P\n"
                               "UA05010010000010238;Перша;H\n"
                               "UA05010010010010239;Перше;M\n"
                               "UA05010020000010240;Друга;H\n"
                               "UA05020000000010241;Другий;P\n"
                               "UA05020010000010242;Третя;H\n"
                               "UA07000000000010243;Волинська;O\n"
                               "UA07010000000010244;Третій;P\n"
                               "UA07010010000010245;Четверта;H\n";

static void write_files(const char *folder) {
    region_write(folder, "codifier.csv", codifier);
    region_write(folder, "names.csv",
                 "Обл.,Громада,v\n"
                 "Вінницька,перша міська ТГ,1\n"
                 "Вінницька обл.,ДРУГА,2\n"
                 "Вінницька,Третяя,4\n"
                 "Волинська,Четверта,8\n"
                 "Волинська,Четвeрта,16\n" /* a Latin e: the same community again */
                 "Разом,,31\n");
    region_write(folder, "aliases.csv", "written,code\nТретяя,UA0502001\n");
    region_write(folder, "old.csv", "koatuu,v\n0510100000,1\n510200000,2\n0599900000,4\n");
    region_write(folder, "crosswalk.csv",
                 "was,is\n510100000,UA0501001\n0510200000,UA05010020000010240\n0520100000,\n");
    region_write(folder, "wells.csv",
                 "lon,lat,n\n30.05,50.05,1\n30.06,50.05,2\n30.25,50.05,4\n31,51,8\n,,16\n");
    region_write(folder, "wide.csv",
                 "code,income_2021,income_2020,income_total,people_2020,people_2021,people_2022\n"
                 "UA0501001,10,20,30,1,2,2\nUA0501002,,40,40,3,4,4\n");
}

static trial start(const char *rest) {
    trial t = begin(rest);
    write_files(t.folder);
    return t;
}

static trial assessed(const char *rest) {
    trial t = start(rest);
    hrmt_ok(t.ctx, hrm_assess(t.ctx, t.recipe, &t.assessment));
    return t;
}

static const char by_names[] =
    "codifier: codifier.csv\n"
    "tables:\n"
    "  - {source: names.csv, key: {oblast: Обл., name: Громада}, columns: {v: v}}\n";

START_TEST(names_reach_communities_and_nothing_is_guessed) {
    trial t = assessed(by_names);
    ck_assert_double_eq(value(&t, "v", 0), 1.0);
    ck_assert_double_eq(value(&t, "v", 1), 2.0);
    ck_assert_int_eq(reason(&t, "v", 2), HRM_MISSING_NO_ROW);   /* misspelt */
    ck_assert_int_eq(reason(&t, "v", 3), HRM_MISSING_UNUSABLE); /* claimed twice: both are held back */
    input_is(&t, 0, HRM_INPUT_CODIFIER, "codifier.csv", (const uint64_t[]){10, 10, 0, 0, 0});
    input_is(&t, 2, HRM_INPUT_TABLE, "names.csv", (const uint64_t[]){6, 2, 1, 2, 0});
    hrm_assessment_input_info input = {.struct_size = (uint32_t)sizeof input};
    ck_assert(hrm_assessment_input(t.assessment, 2, &input));
    ck_assert_uint_eq(input.kept_out, 1);
    account_says(&t, "\"kind\": \"codifier\"");
    account_says(&t, "\"path\": \"codifier.csv\"");
    account_says(&t, "\"units\": 10");
    account_says(&t, "\"duplicates\": \"hold\"");
    account_says(&t, "\"name\": \"Громада\"");
    account_says(&t, "UA0502001"); /* what Третяя may be */
    end(&t);
}
END_TEST

START_TEST(aliases_settle_names) {
    trial t = assessed("codifier: codifier.csv\n"
                       "aliases: aliases.csv\n"
                       "tables:\n"
                       "  - {source: names.csv, where: \"v <> '16'\", key: {oblast: Обл., name: Громада}, "
                       "columns: {v: v}}\n");
    ck_assert_double_eq(value(&t, "v", 2), 4.0);
    ck_assert_double_eq(value(&t, "v", 3), 8.0);
    account_says(&t, "\"aliases\": \"aliases.csv\"");
    account_says(&t, "\"records\": 1");
    end(&t);
}
END_TEST

START_TEST(former_codes_go_through_a_crosswalk) {
    trial t = assessed("tables:\n"
                       "  - source: old.csv\n"
                       "    key: koatuu\n"
                       "    crosswalk: {source: crosswalk.csv, written: was, code: is}\n"
                       "    columns: {v: v}\n");
    ck_assert_double_eq(value(&t, "v", 0), 1.0); /* with and without the zero in front */
    ck_assert_double_eq(value(&t, "v", 1), 2.0);
    input_is(&t, 0, HRM_INPUT_CROSSWALK, "crosswalk.csv", (const uint64_t[]){3, 2, 0, 0, 1});
    input_is(&t, 2, HRM_INPUT_TABLE, "old.csv", (const uint64_t[]){3, 2, 1, 0, 0});
    end(&t);
}
END_TEST

START_TEST(rows_with_coordinates_go_where_they_lie) {
    trial t = assessed("tables:\n"
                       "  - {source: wells.csv, key: {x: lon, y: lat}, crs: 'EPSG:4326', duplicates: sum,\n"
                       "     columns: {wells: n}}\n");
    ck_assert_double_eq(value(&t, "wells", 0), 3.0);
    ck_assert_double_eq(value(&t, "wells", 2), 4.0);
    ck_assert_int_eq(reason(&t, "wells", 1), HRM_MISSING_NO_ROW);
    input_is(&t, 1, HRM_INPUT_TABLE, "wells.csv", (const uint64_t[]){5, 3, 1, 0, 1});
    end(&t);
}
END_TEST

START_TEST(wide_tables_give_columns_with_periods) {
    trial t =
        assessed("tables:\n"
                 "  - source: wide.csv\n"
                 "    key: code\n"
                 "    columns:\n"
                 "      income: {field: 'income_{period}', unit: kUAH, rollup: mean, weight: people, title: "
                 "{en: Income}}\n"
                 "      people: {field: 'people_{period}', unit: persons}\n"
                 "indicators: [{id: growth, formula: income@2021 / income@2020}]\n");
    ck_assert_double_eq(value(&t, "income@2020", 0), 20000.0);
    ck_assert_double_eq(value(&t, "income@2021", 0), 10000.0);
    ck_assert_int_eq(reason(&t, "income@2021", 1), HRM_MISSING_NOT_REPORTED);
    ck_assert_double_eq(value(&t, "people@2022", 1), 4.0);
    ck_assert_double_eq(value(&t, "growth", 0), 0.5);
    const hrm_table *const table = level(&t, HRM_LEVEL_COMMUNITY);
    ck_assert(hrm_table_find(table, "income@total") == HRM_NONE);
    hrm_column_info info = {.struct_size = (uint32_t)sizeof info};
    ck_assert(hrm_table_column(table, hrm_table_find(table, "income@2020"), &info));
    ck_assert_str_eq(info.title_en, "Income, 2020");
    ck_assert_str_eq(info.weight, "people@2020"); /* of its own period */
    ck_assert_str_eq(info.source, "wide.csv: income_2020");
    hrm_panel *panel = NULL;
    hrmt_ok(t.ctx, hrm_panel_from_table(t.ctx, hrm_assessment_layer(t.assessment), table, &panel));
    ck_assert_uint_eq(hrm_panel_period_count(panel), 3); /* 2020, 2021, 2022 */
    ck_assert_uint_eq(hrm_panel_column_count(panel), 2);
    hrm_panel_free(panel);
    const hrm_table *const raions = level(&t, HRM_LEVEL_RAION);
    ck_assert_double_eq(hrm_table_values(raions, hrm_table_find(raions, "income@2020"))[0],
                        (20000.0 * 1 + 40000.0 * 3) / 4);
    end(&t);
}
END_TEST

/* The weight of a period that the weight does not have is no column: told, with its place. */
START_TEST(patterns_must_fit) {
    trial t = start("tables: [{source: wide.csv, key: code, columns: {x: 'incme_{period}'}}]\n");
    fails(&t, HRM_ERROR_FIELD, "line 3, column 50: no heading fits 'incme_{period}' of column 'x'");
    hrm_recipe_free(t.recipe);
    region_write(t.folder, "twice.csv", "code,a 2020,A  2020\nUA0501001,1,2\n");
    t.recipe = region_recipe(t.ctx, t.folder,
                             "tables: [{source: twice.csv, key: code, columns: {x: 'a {period}'}}]\n");
    fails(&t, HRM_ERROR_DUPLICATE, "line 3, column 51: ");
    ck_assert_ptr_nonnull(strstr(hrm_error_message(t.ctx), "are the period 2020 of column 'x'"));
    end(&t);
}
END_TEST

START_TEST(totals_are_kept_out_unless_they_are_wanted) {
    trial t = assessed("codifier: codifier.csv\n"
                       "tables:\n"
                       "  - {source: names.csv, key: {oblast: Обл., name: Громада}, keep_totals: true, "
                       "columns: {v: v}}\n");
    hrm_assessment_input_info input = {.struct_size = (uint32_t)sizeof input};
    ck_assert(hrm_assessment_input(t.assessment, 2, &input));
    ck_assert_uint_eq(input.kept_out, 0);
    ck_assert_uint_eq(input.rows, 6);
    account_says(&t, "\"keep_totals\": true");
    end(&t);
}
END_TEST

START_TEST(boundaries_without_codes_get_those_of_their_names) {
    static const char text[] =
        "hromada: 1\n"
        "codifier: codifier.csv\n"
        "communities: {source: b.geojson, name: name}\n"
        "tables: [{source: budget.csv, key: code, period: year, columns: {b: total}}]\n";
    static const region_square squares[] = {{"", "Перша територіальна громада", 300},
                                            {"", "Друга", 301},
                                            {"", "Третя", 302},
                                            {"", "Четверта", 303}};
    trial t = start("");
    region_write_squares(t.folder, "b.geojson", 4, squares);
    hrm_recipe_free(t.recipe);
    hrmt_ok(t.ctx, hrm_recipe_parse(t.ctx, text, strlen(text), t.folder, &t.recipe));
    hrmt_ok(t.ctx, hrm_assess(t.ctx, t.recipe, &t.assessment));
    ck_assert_str_eq(hrm_layer_key(hrm_assessment_layer(t.assessment), 3), "0701001");
    ck_assert_double_eq(value(&t, "b@2022", 0), 300.0);
    end(&t);
}
END_TEST

START_TEST(units_that_look_like_multiples_are_told) {
    trial t =
        assessed("tables: [{source: statistics.csv, key: code, decimal: comma, columns: {i: {field: income, "
                 "unit: kUAHH}}}]\n");
    account_says(&t, "statistics.csv: column 'i': the unit 'kUAHH' looks like a multiple");
    end(&t);
}
END_TEST

START_TEST(servers_need_leave) {
    trial t = start("tables: [{source: 'PG:host=nowhere.invalid dbname=d', key: code, columns: {x: y}}]\n");
    fails(&t, HRM_ERROR_UNSUPPORTED, "line 3, column 19: PG:host=nowhere.invalid dbname=d");
    hrmt_ok(t.ctx, hrm_recipe_set_allow_server(t.ctx, t.recipe, 1));
    hrm_assessment *out = NULL;
    ck_assert_int_ne(hrm_assess(t.ctx, t.recipe, &out), HRM_OK);
    ck_assert_ptr_nonnull(
        strstr(hrm_error_message(t.ctx), "PG:host=nowhere.invalid")); /* no folder before it */
    end(&t);
}
END_TEST

START_TEST(files_of_names_and_codes_that_cannot_be_used) {
    trial t = start("codifier: none.csv\n");
    fails(&t, HRM_ERROR_FILE, "recipe.yaml, line 3, column 11");
    hrm_recipe_free(t.recipe);
    t.recipe = region_recipe(t.ctx, t.folder, "crosswalk: crosswalk.csv\n");
    fails(&t, HRM_ERROR_FIELD, "recipe.yaml, line 3, column 12");
    end(&t);
}
END_TEST

static hrm_status assess(hrm_context *ctx, void *user) {
    hrm_assessment *out = NULL;
    const hrm_status status = hrm_assess(ctx, user, &out);
    hrm_assessment_free(out);
    return status;
}

START_TEST(memory_may_run_out) {
    static const char *const parts[] = {
        by_names,
        "aliases: aliases.csv\n"
        "tables: [{source: old.csv, key: koatuu, crosswalk: {source: crosswalk.csv, written: was, code: is}, "
        "columns: {v: v}}]\n",
        "tables: [{source: wide.csv, key: code, columns: {a: {field: 'income_{period}', title: T}}}]\n"};
    trial t = start("");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        hrm_recipe_free(t.recipe);
        t.recipe = region_recipe(t.ctx, t.folder, parts[i]);
        hrmt_fail_each(assess, t.recipe);
    }
    end(&t);
}
END_TEST

HRMT_SUITE("assess_tables", &names_reach_communities_and_nothing_is_guessed, &aliases_settle_names,
           &former_codes_go_through_a_crosswalk, &rows_with_coordinates_go_where_they_lie,
           &wide_tables_give_columns_with_periods, &patterns_must_fit,
           &totals_are_kept_out_unless_they_are_wanted, &boundaries_without_codes_get_those_of_their_names,
           &units_that_look_like_multiples_are_told, &servers_need_leave,
           &files_of_names_and_codes_that_cannot_be_used, &memory_may_run_out)
