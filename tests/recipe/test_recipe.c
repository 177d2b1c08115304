/* Reading recipes: what every key becomes, and what each mistake is answered with. */
#include "harness/harness.h"
#include "recipe/recipe.h"

#define HEAD "hromada: 1\ncommunities: {source: a.geojson}\n"

static hrm_recipe *read_good(hrm_context *ctx, const char *text) {
    hrm_recipe *recipe = NULL;
    hrmt_ok(ctx, hrm_recipe_parse(ctx, text, strlen(text), "data", &recipe));
    return recipe;
}

static void refuse(const char *text, hrm_status status, const char *words) {
    hrm_context *const ctx = hrmt_context();
    hrm_recipe *recipe = (hrm_recipe *)ctx; /* anything but NULL */
    hrmt_fails(ctx, hrm_recipe_parse(ctx, text, strlen(text), NULL, &recipe), status, words);
    ck_assert_ptr_null(recipe);
    hrm_context_free(ctx);
}

static const char whole[] =
    "hromada: 1\n"
    "title: {en: Recovery, uk: Відновлення}\n"
    "communities:\n"
    "  source: a.geojson\n"
    "  layer: adm3\n"
    "  where: ADM1 = 'x'\n"
    "  crs: EPSG:4326\n"
    "  code: ADM3_PCODE\n"
    "  name: {uk: ADM3_UA, en: ADM3_EN}\n"
    "  oblast: ADM1_UA\n"
    "  official_area: {field: AREA_SQKM, unit: km2}\n"
    "  topology: true\n"
    "codifier: {source: k.csv, code: c, name: {uk: n, en: e}, old_code: o}\n"
    "crosswalk: {source: old.xlsx, sheet: koatuu, written: was, code: is}\n"
    "aliases: settled.csv\n"
    "tables:\n"
    "  - source: s.csv\n"
    "    key: code\n"
    "    decimal: comma\n"
    "    columns:\n"
    "      population: total\n"
    "      own_income: {field: income, unit: kUAH, title: {uk: Дохід}, better: higher}\n"
    "      share: {field: p, unit: '%', rollup: mean, weight: population}\n"
    "      kind: {field: k, type: text}\n"
    "  - source: b.xlsx\n"
    "    sheet: Data\n"
    "    header_row: 2\n"
    "    key: code\n"
    "    period: year\n"
    "    duplicates: sum\n"
    "    columns: {budget: {field: total, unit: kUAH, scale: 2}}\n"
    "  - source: n.xlsx\n"
    "    header_row: 3\n"
    "    header_rows: 2\n"
    "    keep_totals: yes\n"
    "    key: {oblast: o, raion: r, name: n, type: t}\n"
    "    aliases: {source: mine.csv, written: w, code: c, oblast: o, raion: r, row: n}\n"
    "    columns: {wide: {field: 'a / {period}', unit: 'тис.грн', title: {en: Wide}}}\n"
    "  - {source: q.gpkg, sql: SELECT 1, key: {x: lon, y: lat}, crs: 'EPSG:4326', duplicates: hold,\n"
    "     aliases: {source: mine.csv, written: w, code: c, oblast: o, raion: r, row: n}, columns: {placed: "
    "v}}\n"
    "proximity:\n"
    "  - {id: front, source: 'f/*.geojson', title: лінії фронту}\n"
    "points:\n"
    "  - id: damage\n"
    "    source: d.csv\n"
    "    x: lon\n"
    "    y: lat\n"
    "    crs: EPSG:4326\n"
    "    by: class\n"
    "    sum: [floors, {id: cost, field: cost_kuah, unit: kUAH}]\n"
    "    covers: [UA05, UA0502]\n"
    "projects:\n"
    "  - source: p.csv\n"
    "    key: code\n"
    "    amount: {field: executed, unit: kUAH}\n"
    "    actor: state\n"
    "    period: year\n"
    "    covers: listed\n"
    "    note: counted twice\n"
    "money: {currency: UAH, price_year: 2015}\n"
    "indicators:\n"
    "  - need_covered\n"
    "  - {id: gap, formula: 'max(0, damage_cost_sum - investment_total)', unit: UAH, better: lower}\n"
    "output: [a.gpkg, {file: a.csv, reasons: yes}]\n";

START_TEST(every_key_finds_its_place) {
    hrm_context *const ctx = hrmt_context();
    hrm_recipe *const r = read_good(ctx, whole);
    ck_assert_str_eq(hrm_recipe_title(r, HRM_EN), "Recovery");
    ck_assert_str_eq(hrm_recipe_title(r, HRM_UK), "Відновлення");
    ck_assert_str_eq(hrm_recipe_title(r, 7), "");
    ck_assert_str_eq(r->communities.source.layer, "adm3");
    ck_assert_str_eq(r->communities.source.where, "ADM1 = 'x'");
    ck_assert_str_eq(r->communities.source.crs, "EPSG:4326");
    ck_assert_str_eq(r->communities.name[HRM_EN], "ADM3_EN");
    ck_assert_str_eq(r->communities.oblast[HRM_UK], "ADM1_UA");
    ck_assert_ptr_null(r->communities.oblast[HRM_EN]);
    ck_assert_str_eq(r->communities.area_field, "AREA_SQKM");
    ck_assert_double_eq(r->communities.area_scale, 1e6);
    ck_assert(r->communities.topology);
    ck_assert_uint_eq(r->proximity_count, 1);
    ck_assert_str_eq(r->proximity[0].title[HRM_UK], "лінії фронту");
    ck_assert_uint_eq(r->output_count, 2);
    ck_assert(!r->outputs[0].reasons);
    ck_assert(r->outputs[1].reasons);
    hrm_recipe_free(r);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(columns_have_units_scales_and_rollups) {
    hrm_context *const ctx = hrmt_context();
    hrm_recipe *const r = read_good(ctx, whole);
    const hrmi_recipe_column *const c = r->tables[0].columns;
    ck_assert_uint_eq(r->tables[0].column_count, 4);
    ck_assert_int_eq(r->tables[0].decimal, HRM_DECIMAL_COMMA);
    ck_assert_str_eq(c[0].field, "total");
    ck_assert_int_eq(c[0].rollup, HRM_ROLLUP_SUM);
    ck_assert(c[0].rollup_assumed);
    ck_assert_str_eq(c[1].unit, "UAH");
    ck_assert_str_eq(c[1].given_unit, "kUAH");
    ck_assert_double_eq(c[1].scale, 1000.0);
    ck_assert_int_eq(c[1].direction, HRM_HIGHER_BETTER);
    ck_assert_str_eq(c[1].title[HRM_UK], "Дохід");
    ck_assert_int_eq(c[2].rollup, HRM_ROLLUP_MEAN);
    ck_assert(!c[2].rollup_assumed);
    ck_assert_str_eq(c[2].weight, "population");
    ck_assert(c[3].is_text);
    ck_assert_int_eq(c[3].rollup, HRM_ROLLUP_NONE);
    const hrmi_recipe_table *const t = &r->tables[1];
    ck_assert_str_eq(t->source.layer, "Data");
    ck_assert_uint_eq(t->source.header_row, 2);
    ck_assert_str_eq(t->key.code, "code");
    ck_assert_int_eq(t->duplicates, HRM_DUPLICATES_SUM);
    ck_assert_double_eq(t->columns[0].scale, 2.0); /* said: the unit then stays as written */
    ck_assert_str_eq(t->columns[0].unit, "kUAH");
    hrm_recipe_free(r);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(tables_without_codes_say_how_they_are_joined) {
    hrm_context *const ctx = hrmt_context();
    hrm_recipe *const r = read_good(ctx, whole);
    const hrmi_recipe_table *const n = &r->tables[2];
    ck_assert_ptr_null(n->key.code);
    ck_assert_str_eq(n->key.oblast, "o");
    ck_assert_str_eq(n->key.raion, "r");
    ck_assert_str_eq(n->key.name, "n");
    ck_assert_str_eq(n->key.type, "t");
    ck_assert_uint_eq(n->source.header_row, 3);
    ck_assert_uint_eq(n->source.header_rows, 2);
    ck_assert(n->keep_totals);
    ck_assert_int_eq(n->duplicates, HRM_DUPLICATES_HOLD); /* by name: a second row is a wrong name */
    ck_assert_int_eq(r->tables[0].duplicates, HRM_DUPLICATES_ERROR);
    ck_assert(n->columns[0].is_wide);
    ck_assert_double_eq(n->columns[0].scale, 1000.0);
    ck_assert_str_eq(n->columns[0].unit, "грн");
    const hrmi_recipe_table *const q = &r->tables[3];
    ck_assert_str_eq(q->key.x, "lon");
    ck_assert_str_eq(q->source.crs, "EPSG:4326");
    ck_assert_str_eq(q->source.sql, "SELECT 1");
    ck_assert_int_eq(q->duplicates, HRM_DUPLICATES_HOLD);
    hrm_recipe_free(r);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(codifiers_and_crosswalks_are_kept_once) {
    hrm_context *const ctx = hrmt_context();
    hrm_recipe *const r = read_good(ctx, whole);
    ck_assert_uint_eq(r->lookup_count, 4); /* mine.csv is named twice, and the same */
    const hrmi_recipe_lookup *const codifier = &r->lookups[r->common.of[HRMI_LOOKUP_CODIFIER]];
    ck_assert_str_eq(codifier->source.path, "k.csv");
    ck_assert_str_eq(codifier->fields[HRMI_LOOKUP_CODE], "c");
    ck_assert_str_eq(codifier->fields[HRMI_LOOKUP_NAME_UK], "n");
    ck_assert_str_eq(codifier->fields[HRMI_LOOKUP_NAME_EN], "e");
    ck_assert_str_eq(codifier->fields[HRMI_LOOKUP_OLD_CODE], "o");
    ck_assert_ptr_null(codifier->fields[HRMI_LOOKUP_CATEGORY]);
    const hrmi_recipe_lookup *const crosswalk = &r->lookups[r->common.of[HRMI_LOOKUP_CROSSWALK]];
    ck_assert_str_eq(crosswalk->source.layer, "koatuu");
    ck_assert_str_eq(crosswalk->fields[HRMI_LOOKUP_WRITTEN], "was");
    const hrmi_recipe_lookups *const own = &r->tables[2].lookups;
    ck_assert_uint_eq(own->of[HRMI_LOOKUP_CODIFIER], r->common.of[HRMI_LOOKUP_CODIFIER]);
    ck_assert_uint_ne(own->of[HRMI_LOOKUP_ALIASES], r->common.of[HRMI_LOOKUP_ALIASES]);
    ck_assert_mem_eq(own, &r->tables[3].lookups, sizeof *own); /* so they share a gazetteer */
    ck_assert_mem_eq(&r->tables[0].lookups, &r->common, sizeof *own);
    hrm_recipe_free(r);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(points_and_projects_say_where_they_looked) {
    hrm_context *const ctx = hrmt_context();
    hrm_recipe *const r = read_good(ctx, whole);
    const hrmi_recipe_points *const p = &r->points[0];
    ck_assert_int_eq(p->covers.kind, HRMI_COVERS_CODES);
    ck_assert_uint_eq(p->covers.code_count, 2);
    ck_assert_uint_eq(p->sum_count, 2);
    ck_assert_str_eq(p->sums[0], "floors");
    ck_assert_double_eq(p->scales[0], 1.0);
    ck_assert_str_eq(p->sums[1], "cost");
    ck_assert_str_eq(p->fields[1], "cost_kuah");
    ck_assert_str_eq(p->units[1], "UAH");
    ck_assert_double_eq(p->scales[1], 1000.0);
    const hrmi_recipe_projects *const j = &r->projects[0];
    ck_assert_int_eq(j->covers.kind, HRMI_COVERS_LISTED);
    ck_assert(!j->covers.assumed);
    ck_assert_int_eq(j->actor, HRM_ACTOR_STATE);
    ck_assert_double_eq(j->scale, 1000.0);
    ck_assert_str_eq(j->source.note, "counted twice");
    ck_assert_str_eq(r->money_unit, "UAH of 2015");
    hrm_recipe_free(r);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(indicators_come_with_what_they_read) {
    hrm_context *const ctx = hrmt_context();
    hrm_recipe *r = read_good(ctx, whole);
    ck_assert_uint_eq(r->indicator_count, 2);
    ck_assert_str_eq(r->indicators[0].indicator.code, "EQT01");
    ck_assert_int_eq(r->indicators[1].indicator.direction, HRM_HIGHER_WORSE);
    ck_assert_int_eq(r->indicators[1].indicator.rollup, HRM_ROLLUP_RECOMPUTE);
    hrm_recipe_free(r);
    r = read_good(ctx, HEAD "indicators: [{id: twice, formula: 2 * investment_per_person}]\n");
    ck_assert_uint_eq(r->indicator_count, 2);
    ck_assert_str_eq(r->indicators[1].indicator.id, "investment_per_person");
    ck_assert_str_eq(r->indicators[1].needed_by, "twice");
    hrm_recipe_free(r);
    r = read_good(ctx, HEAD "indicators: all\n");
    ck_assert(r->all_indicators);
    ck_assert_uint_eq(r->indicator_count, 0);
    hrm_recipe_free(r);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(the_least_recipe_has_defaults) {
    hrm_context *const ctx = hrmt_context();
    hrm_recipe *const r = read_good(ctx, HEAD "points: [{id: d, source: d.shp}]\n");
    ck_assert_str_eq(hrm_recipe_title(r, HRM_UK), "");
    ck_assert_uint_eq(r->output_count, 2);
    ck_assert_str_eq(r->outputs[0].file, "indicators.gpkg");
    ck_assert_str_eq(r->outputs[1].file, "indicators.csv");
    ck_assert_int_eq(r->points[0].covers.kind, HRMI_COVERS_ALL);
    ck_assert(r->points[0].covers.assumed);
    ck_assert_str_eq(r->folder, "data");
    hrmt_ok(ctx, hrm_recipe_set_folder(ctx, r, "elsewhere"));
    ck_assert_str_eq(r->folder, "elsewhere");
    ck_assert_str_eq(r->home, "data");
    hrmt_ok(ctx, hrm_recipe_set_folder(ctx, r, NULL));
    ck_assert_str_eq(r->folder, "data");
    hrm_recipe_free(r);
    hrm_recipe_free(NULL);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(unknown_keys_name_the_nearest_known_one) {
    refuse(HEAD "tabels: []\n", HRM_ERROR_RECIPE,
           "line 3, column 1: unknown key 'tabels' at the top of the recipe; did you mean 'tables'?");
    refuse(HEAD "xyzzy_plugh: 1\n", HRM_ERROR_RECIPE, "unknown key 'xyzzy_plugh' at the top of the recipe");
    refuse("hromada: 1\ncommunities: {sorce: a}\n", HRM_ERROR_RECIPE,
           "line 2, column 15: unknown key 'sorce' under 'communities'; did you mean 'source'?");
    refuse(HEAD "tables: [{source: a, key: b, columns: {x: {feild: y}}}]\n", HRM_ERROR_RECIPE,
           "did you mean 'field'?");
    refuse(HEAD "title: {de: x}\n", HRM_ERROR_RECIPE, "unknown key 'de' under 'title'");
}
END_TEST

START_TEST(needed_keys_are_asked_for) {
    refuse("communities: {source: a}\n", HRM_ERROR_RECIPE, "the key 'hromada' is missing");
    refuse("hromada: 1\n", HRM_ERROR_RECIPE, "the key 'communities' is missing");
    refuse("hromada: 1\ncommunities: {code: a}\n", HRM_ERROR_RECIPE,
           "the key 'source' is missing under 'communities'");
    refuse(HEAD "tables: [{source: a, columns: {x: y}}]\n", HRM_ERROR_RECIPE, "the key 'key' is missing");
    refuse(HEAD "tables: [{source: a, key: b}]\n", HRM_ERROR_RECIPE, "the key 'columns' is missing");
    refuse(HEAD "points: [{source: a}]\n", HRM_ERROR_RECIPE, "the key 'id' is missing");
    refuse(HEAD "indicators: [{id: a}]\n", HRM_ERROR_RECIPE, "the key 'formula' is missing");
}
END_TEST

START_TEST(wrong_kinds_say_what_was_expected) {
    refuse("a text", HRM_ERROR_RECIPE, "a recipe is keys and values");
    refuse("[1, 2]", HRM_ERROR_RECIPE, "a recipe is keys and values");
    refuse("hromada: 1\ncommunities: a.geojson\n", HRM_ERROR_RECIPE,
           "line 2, column 14: 'communities' should be keys and values");
    refuse(HEAD "tables: a.csv\n", HRM_ERROR_RECIPE, "'tables' should be a list");
    refuse(HEAD "tables: [a.csv]\n", HRM_ERROR_RECIPE, "'tables' should be keys and values");
    refuse(HEAD "tables: []\n", HRM_ERROR_RECIPE, "'tables' is an empty list");
    refuse("hromada: 1\ncommunities: {source: [a]}\n", HRM_ERROR_RECIPE,
           "'source' should be a text; there is a list");
    refuse("hromada: 1\ncommunities: {source: a, where: }\n", HRM_ERROR_RECIPE,
           "'where' should be a text; there is nothing");
    refuse("hromada: 1\ncommunities: {source: a, topology: maybe}\n", HRM_ERROR_RECIPE,
           "'topology' should be true or false; there is maybe");
    refuse(HEAD "money: {currency: UAH, price_year: \"2015\"}\n", HRM_ERROR_RECIPE,
           "'price_year' should be a number; there is a text in quotes, '2015'");
    refuse(HEAD "tables: [{source: a, key: b, columns: {x: {field: y, scale: big}}}]\n", HRM_ERROR_RECIPE,
           "'scale' should be a number");
    refuse(HEAD "tables: [{source: a, key: b, columns: {x: {field: y, scale: -1}}}]\n", HRM_ERROR_RECIPE,
           "a number above 0");
    refuse(HEAD "tables: [{source: a, key: b, header_row: 0, columns: {x: y}}]\n", HRM_ERROR_RECIPE,
           "header_row");
    refuse(HEAD "output: {a: b}\n", HRM_ERROR_RECIPE, "'output' should be a list");
}
END_TEST

START_TEST(words_are_from_a_list) {
    refuse(HEAD "tables: [{source: a, key: b, duplicates: keep, columns: {x: y}}]\n", HRM_ERROR_RECIPE,
           "'duplicates' is 'keep'; it can be: error, first, last, sum, mean, hold");
    refuse(HEAD "tables: [{source: a, key: b, columns: {x: {field: y, better: up}}}]\n", HRM_ERROR_RECIPE,
           "higher, lower, neutral");
    refuse(HEAD "points: [{id: a, source: b, covers: some}]\n", HRM_ERROR_RECIPE,
           "all, listed, or a list of codes");
    refuse(HEAD "indicators: most\n", HRM_ERROR_RECIPE, "it can be all, or a list: [most]");
    refuse(HEAD "money: {currency: UAH}\nprojects: [{source: a, key: b, amount: c, actor: stat}]\n",
           HRM_ERROR_RECIPE, "state, local, international, private, people");
}
END_TEST

START_TEST(other_versions_are_refused) {
    refuse("hromada: 2\ncommunities: {source: a}\n", HRM_ERROR_UNSUPPORTED,
           "line 1, column 10: this library reads recipes that begin with 'hromada: 1'");
    refuse("hromada: one\ncommunities: {source: a}\n", HRM_ERROR_UNSUPPORTED, "not with 'one'");
    refuse("hromada: [1]\n", HRM_ERROR_RECIPE, "hromada: 1");
    refuse("hromada: '1'\ncommunities: {source: a}\n", HRM_ERROR_RECIPE,
           "line 1, column 10: write 'hromada: 1' without quotes: it is a number");
}
END_TEST

START_TEST(what_comes_later_is_said_to) {
    refuse(HEAD "rasters: [{id: p, source: a.tif, statistics: [sum]}]\n", HRM_ERROR_UNSUPPORTED,
           "line 3, column 1: 'rasters' is not in this version yet");
    refuse(HEAD "proximity: [{id: f, source: a, bands_km: [20]}]\n", HRM_ERROR_UNSUPPORTED,
           "'bands_km' is not in this version yet");
    refuse(HEAD "projects: [{source: dream/*.json, format: dream}]\n", HRM_ERROR_UNSUPPORTED,
           "'format: dream' is not in this version yet");
    refuse(HEAD "money: {currency: UAH, rates: r.csv}\n", HRM_ERROR_UNSUPPORTED,
           "'rates' is not in this version yet");
    refuse(HEAD "output: [report.html]\n", HRM_ERROR_UNSUPPORTED, "'report.html'");
}
END_TEST

START_TEST(names_of_columns_do_not_clash) {
    refuse(HEAD
           "tables:\n  - {source: a, key: b, columns: {x: y}}\n  - {source: a, key: b, columns: {x: z}}\n",
           HRM_ERROR_RECIPE, "line 5, column 35: 'x' is already the name of something in line 4");
    refuse(HEAD "tables: [{source: a, key: b, columns: {gap: y}}]\nindicators: [{id: gap, formula: 1}]\n",
           HRM_ERROR_RECIPE, "'gap' is already the name");
    refuse(HEAD "indicators: [need_covered, need_covered]\n", HRM_ERROR_RECIPE, "already the name");
    refuse(HEAD "points: [{id: a, source: b}]\nproximity: [{id: a, source: c}]\n", HRM_ERROR_RECIPE,
           "already the name");
    refuse(HEAD "indicators: [{id: need_covered, formula: 1}]\n", HRM_ERROR_RECIPE,
           "is an indicator of the catalogue");
    refuse(HEAD "tables: [{source: a, key: b, columns: {Code: y}}]\n", HRM_ERROR_RECIPE,
           "'Code': the results have a column of that name already");
    refuse(HEAD "tables: [{source: a, key: b, columns: {x_coverage: y}}]\n", HRM_ERROR_RECIPE,
           "line 3, column 40: 'x_coverage': names that end in _coverage");
    refuse(HEAD "indicators: [{id: x_missing, formula: 1}]\n", HRM_ERROR_RECIPE,
           "line 3, column 19: 'x_missing': names that end in _missing");
    refuse(HEAD "indicators: [{id: geom, formula: 1}]\n", HRM_ERROR_RECIPE, "'geom': the results have");
    refuse(HEAD "tables: [{source: a, key: b, columns: {1x: y}}]\n", HRM_ERROR_RECIPE,
           "'1x' cannot be the name of a column");
    refuse(HEAD "tables: [{source: a, key: b, columns: {'x@2021': y}}]\n", HRM_ERROR_RECIPE,
           "cannot be the name of a column");
    refuse(HEAD "points: [{id: a b, source: b}]\n", HRM_ERROR_RECIPE, "cannot be the name of a column");
}
END_TEST

START_TEST(parts_that_go_together) {
    refuse(HEAD "tables: [{source: a, key: b, columns: {x: {field: y, rollup: mean}}}]\n", HRM_ERROR_RECIPE,
           "go together");
    refuse(HEAD "tables: [{source: a, key: b, columns: {x: {field: y, weight: z}}}]\n", HRM_ERROR_RECIPE,
           "go together");
    refuse(HEAD "tables: [{source: a, key: b, layer: c, sheet: d, columns: {x: y}}]\n", HRM_ERROR_RECIPE,
           "the same thing");
    refuse(HEAD "tables: [{source: a, key: b, period: c, columns: {x: {field: y, type: text}}}]\n",
           HRM_ERROR_RECIPE, "numbers only");
    refuse(HEAD "tables: [{source: a, key: b, columns: {x: {field: 'y {period}', type: text}}}]\n",
           HRM_ERROR_RECIPE, "numbers only");
    refuse(HEAD "tables: [{source: a, key: b, period: c, columns: {x: 'y {period}'}}]\n", HRM_ERROR_RECIPE,
           "line 3, column 51: column 'x': the table says the period of each row with 'period'");
    refuse(HEAD "tables: [{source: a, key: b, columns: {x: '{period}{period}'}}]\n", HRM_ERROR_RECIPE,
           "column 'x': it has {period} twice");
    refuse(HEAD "tables: [{source: a, key: b, sql: c, where: d, columns: {x: y}}]\n", HRM_ERROR_RECIPE,
           "line 3, column 10: 'sql' names its table and its rows itself: leave 'where' out");
    refuse(HEAD "tables: [{source: a, key: b, sql: c, sheet: d, columns: {x: y}}]\n", HRM_ERROR_RECIPE,
           "leave 'sheet' out");
    refuse(HEAD "points: [{id: a, source: b, x: c}]\n", HRM_ERROR_RECIPE, "'x' and 'y' go together");
    refuse(HEAD "indicators: [{id: a, formula: 1, rollup: mean}]\n", HRM_ERROR_RECIPE, "go together");
    refuse("hromada: 1\ncommunities: {source: a, official_area: {field: x, unit: km}}\n", HRM_ERROR_RECIPE,
           "'km' is no unit of area");
}
END_TEST

START_TEST(keys_of_tables_are_whole) {
    refuse(HEAD "tables: [{source: a, key: {oblast: o}, columns: {x: y}}]\n", HRM_ERROR_RECIPE,
           "line 3, column 27: 'key': how do the rows say which community they mean?");
    refuse(HEAD "tables: [{source: a, key: {code: o, raion: r}, columns: {x: y}}]\n", HRM_ERROR_RECIPE,
           "'oblast', 'raion' and 'type' tell equal names apart: give 'name' too");
    refuse(HEAD "tables: [{source: a, key: {x: o}, columns: {z: y}}]\n", HRM_ERROR_RECIPE,
           "'x' and 'y' go together");
    refuse(HEAD "tables: [{source: a, key: {x: o, y: p}, columns: {z: y}}]\n", HRM_ERROR_RECIPE,
           "in which CRS are 'x' and 'y'?");
    refuse(HEAD "tables: [{source: a, key: b, crs: 'EPSG:4326', columns: {z: y}}]\n", HRM_ERROR_RECIPE,
           "'crs' is that of 'x' and 'y'");
    refuse(HEAD "tables: [{source: a, key: {nam: o}, columns: {z: y}}]\n", HRM_ERROR_RECIPE,
           "line 3, column 28: unknown key 'nam' under 'key'; did you mean 'name'?");
    refuse(HEAD "tables: [{source: a, key: b, header_rows: 9, columns: {z: y}}]\n", HRM_ERROR_RECIPE,
           "'header_rows' is how many rows of headings there are, from 1 to 8");
    refuse(HEAD "codifier: {sorce: a}\n", HRM_ERROR_RECIPE, "under 'codifier'; did you mean 'source'?");
    refuse(HEAD "crosswalk: [a.csv]\n", HRM_ERROR_RECIPE, "'crosswalk' should be a text, or keys and values");
    refuse(HEAD "tables: [{source: a, key: b, aliases: {written: w}, columns: {z: y}}]\n", HRM_ERROR_RECIPE,
           "the key 'source' is missing under 'aliases'");
}
END_TEST

START_TEST(no_password_stands_in_a_recipe) {
    refuse(HEAD "tables: [{source: 'PG:host=h password=secret', key: b, columns: {z: y}}]\n",
           HRM_ERROR_RECIPE, "line 3, column 19: a password has no place in a recipe");
    refuse(HEAD "codifier: 'pg:PassWord=x'\n", HRM_ERROR_RECIPE, "PGPASSWORD");
    refuse(HEAD "points: [{id: a, source: 'PG:postgresql://me:secret@host/db'}]\n", HRM_ERROR_RECIPE,
           "a password has no place");
    hrm_context *const ctx = hrmt_context();
    hrm_recipe *const r = read_good(
        ctx, HEAD "tables: [{source: 'PG:postgresql://me@host:5432/db', key: b, columns: {z: y}}]\n");
    ck_assert(!r->allow_server);
    hrmt_ok(ctx, hrm_recipe_set_allow_server(ctx, r, 1));
    ck_assert(r->allow_server);
    hrmt_fails(ctx, hrm_recipe_set_allow_server(ctx, NULL, 1), HRM_ERROR_ARGUMENT, "recipe is NULL");
    ck_assert_int_eq(hrm_recipe_set_allow_server(NULL, r, 1), HRM_ERROR_ARGUMENT);
    hrm_recipe_free(r);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(money_is_never_mixed) {
    refuse(HEAD "projects: [{source: a, key: b, amount: c}]\n", HRM_ERROR_RECIPE,
           "what money are these amounts?");
    refuse(
        HEAD
        "projects:\n  - {source: a, key: b, amount: c, currency: UAH}\n  - {source: a, key: b, amount: c}\n",
        HRM_ERROR_RECIPE, "line 5, column 5: what money");
    refuse(HEAD "projects:\n  - {source: a, key: b, amount: c, currency: UAH}\n  - {source: a, key: b, "
                "amount: c, currency: USD}\n",
           HRM_ERROR_RECIPE, "USD in prices of each year, the others UAH");
    refuse(HEAD "money: {currency: UAH, price_year: 2015}\nprojects: [{source: a, key: b, amount: c, "
                "price_year: 2021}]\n",
           HRM_ERROR_RECIPE, "prices of 2021, the others UAH in prices of 2015");
    refuse(HEAD "money: {currency: hryvnia}\n", HRM_ERROR_RECIPE, "'hryvnia' is no currency");
    refuse(HEAD "money: {currency: UAH, price_year: 15}\n", HRM_ERROR_RECIPE, "'15' is no year");
    refuse(HEAD "money: {currency: UAH}\nprojects: [{source: a, key: b, amount: {field: c, unit: kUSD}}]\n",
           HRM_ERROR_RECIPE, "'kUSD' are not in the currency UAH");
    hrm_context *const ctx = hrmt_context();
    hrm_recipe *const r = read_good(
        ctx, HEAD "projects: [{source: a, key: b, amount: {field: c, unit: MUAH}, currency: UAH}]\n");
    ck_assert_str_eq(r->money_unit, "UAH");
    ck_assert_double_eq(r->projects[0].scale, 1e6);
    hrm_recipe_free(r);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(formulas_are_read_before_any_file) {
    refuse(HEAD "indicators:\n  - {id: a, formula: '1 +'}\n", HRM_ERROR_FORMULA,
           "line 4, column 22: the formula of 'a'");
    refuse(HEAD "indicators:\n  - {id: a, formula: summ(x)}\n", HRM_ERROR_FORMULA, "'a'");
    refuse(HEAD "indicators: [investment_per_persom]\n", HRM_ERROR_RECIPE,
           "did you mean 'investment_per_person'?");
    refuse(HEAD "indicators: [xyzzy_plugh_nothing]\n", HRM_ERROR_RECIPE, "your own needs a formula");
}
END_TEST

START_TEST(circles_of_formulas_are_named) {
    refuse(HEAD "indicators: [{id: a, formula: a + 1}]\n", HRM_ERROR_FORMULA, "go round in a circle: a -> a");
    refuse(HEAD
           "indicators:\n  - {id: a, formula: b}\n  - {id: b, formula: c}\n  - {id: c, formula: 2 * b}\n",
           HRM_ERROR_FORMULA, "circle: b -> c -> b");
}
END_TEST

START_TEST(outputs_are_plain_names) {
    refuse(HEAD "output: [a.shp]\n", HRM_ERROR_RECIPE,
           "line 3, column 10: output 'a.shp': unknown format; it can end in .gpkg or .csv");
    refuse(HEAD "output: [../a.csv]\n", HRM_ERROR_RECIPE, "name only");
    refuse(HEAD "output: [b/a.csv]\n", HRM_ERROR_RECIPE, "name only");
    refuse(HEAD "output: [.csv]\n", HRM_ERROR_RECIPE, "name only");
    refuse(HEAD "output: [a.csv, a.csv]\n", HRM_ERROR_RECIPE, "named twice");
    refuse(HEAD "output: [account.json]\n", HRM_ERROR_RECIPE, "always written");
}
END_TEST

START_TEST(outputs_may_be_in_capitals) {
    hrm_context *const ctx = hrmt_context();
    hrm_recipe *const r = read_good(ctx, HEAD "output: [A.GPKG, B.Csv]\n");
    ck_assert(r->outputs[0].is_geopackage);
    ck_assert(!r->outputs[1].is_geopackage);
    hrm_recipe_free(r);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(files_that_are_no_recipe) {
    hrm_context *const ctx = hrmt_context();
    char *const folder = hrmt_folder("recipe");
    hrm_recipe *recipe = NULL;
    hrmt_fails(ctx, hrm_recipe_open(ctx, "no/such.yaml", &recipe), HRM_ERROR_FILE, "no/such.yaml");
    hrmt_fails(ctx, hrm_recipe_open(ctx, folder, &recipe), HRM_ERROR_FILE, folder);
    hrmt_fails(ctx, hrm_recipe_open(ctx, "", &recipe), HRM_ERROR_ARGUMENT, "path");
    hrmt_fails(ctx, hrm_recipe_open(ctx, NULL, &recipe), HRM_ERROR_ARGUMENT, "path");
    hrmt_fails(ctx, hrm_recipe_open(ctx, "a", NULL), HRM_ERROR_ARGUMENT, "out");
    hrmt_fails(ctx, hrm_recipe_parse(ctx, NULL, 1, NULL, &recipe), HRM_ERROR_ARGUMENT, "text");
    hrmt_fails(ctx, hrm_recipe_parse(ctx, "a", 1, NULL, NULL), HRM_ERROR_ARGUMENT, "out");
    hrmt_fails(ctx, hrm_recipe_parse(ctx, NULL, 0, NULL, &recipe), HRM_ERROR_RECIPE, "empty");
    hrmt_fails(ctx, hrm_recipe_set_folder(ctx, NULL, "a"), HRM_ERROR_ARGUMENT, "recipe");
    ck_assert_int_eq(hrm_recipe_open(NULL, "a", &recipe), HRM_ERROR_ARGUMENT);
    ck_assert_int_eq(hrm_recipe_parse(NULL, "a", 1, NULL, &recipe), HRM_ERROR_ARGUMENT);
    ck_assert_int_eq(hrm_recipe_set_folder(NULL, NULL, "a"), HRM_ERROR_ARGUMENT);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

static hrm_status parse(hrm_context *ctx, void *user) {
    hrm_recipe *recipe = NULL;
    const char *const text = user;
    hrm_status status = hrm_recipe_parse(ctx, text, strlen(text), "data", &recipe);
    if (status == HRM_OK) status = hrm_recipe_set_folder(ctx, recipe, "elsewhere");
    hrm_recipe_free(recipe);
    return status;
}

static hrm_status open_file(hrm_context *ctx, void *user) {
    hrm_recipe *recipe = NULL;
    const hrm_status status = hrm_recipe_open(ctx, user, &recipe);
    hrm_recipe_free(recipe);
    return status;
}

START_TEST(memory_may_run_out) {
    char text[sizeof whole];
    char path[4096];
    char *const folder = hrmt_folder("recipe");
    memcpy(text, whole, sizeof whole);
    hrmt_fail_each(parse, text);
    (void)snprintf(path, sizeof path, "%s/r.yaml", folder);
    FILE *const file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    (void)fputs(HEAD, file);
    (void)fclose(file);
    hrmt_fail_each(open_file, path);
    free(folder);
}
END_TEST

HRMT_SUITE("recipe", &every_key_finds_its_place, &columns_have_units_scales_and_rollups,
           &tables_without_codes_say_how_they_are_joined, &codifiers_and_crosswalks_are_kept_once,
           &points_and_projects_say_where_they_looked, &indicators_come_with_what_they_read,
           &the_least_recipe_has_defaults, &unknown_keys_name_the_nearest_known_one,
           &needed_keys_are_asked_for, &wrong_kinds_say_what_was_expected, &words_are_from_a_list,
           &other_versions_are_refused, &what_comes_later_is_said_to, &names_of_columns_do_not_clash,
           &parts_that_go_together, &keys_of_tables_are_whole, &no_password_stands_in_a_recipe,
           &money_is_never_mixed, &formulas_are_read_before_any_file, &circles_of_formulas_are_named,
           &outputs_are_plain_names, &outputs_may_be_in_capitals, &files_that_are_no_recipe,
           &memory_may_run_out)
