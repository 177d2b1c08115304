/*
 * Computing indicators and rolling them up: the whole catalogue against definitions worked out by another
 * program, and the rules one by one on tables that can be checked by eye.
 */
#include "indicator/cases.h"

/* ---- the catalogue ---- */

typedef struct bench {
    hrm_context *ctx;
    hrm_layer *layer;
    hrm_table *table;
    hrm_table *levels[HRM_LEVEL_COMMUNITY + 1];
    hrm_indicator *all;
    size_t rows;
    char id[64];
    size_t cases;
} bench;

static void read_codes(bench *b, char *line) {
    const char *codes[HRMT_MOST_ROWS];
    for (const char *word = hrmt_word(&line); word != NULL; word = hrmt_word(&line)) codes[b->rows++] = word;
    b->layer = hrmt_layer_of_codes(b->ctx, b->rows, codes);
    hrmt_ok(b->ctx, hrm_table_new(b->ctx, b->layer, HRM_LEVEL_COMMUNITY, &b->table));
}

static int32_t rule_of(const char *name) {
    static const char *const names[] = {"none", "sum", "min", "max"};
    for (int32_t i = 0; i < 4; i++)
        if (strcmp(names[i], name) == 0) return i;
    ck_abort_msg("unknown rule %s", name);
    return 0;
}

static void read_column(bench *b, char *line) {
    double values[HRMT_MOST_ROWS];
    uint8_t reasons[HRMT_MOST_ROWS];
    hrm_column_info info;
    hrm_column_info_init(&info, sizeof info);
    info.id = hrmt_word(&line);
    info.rollup = rule_of(hrmt_word(&line));
    hrmt_values(line, b->rows, HRM_MISSING_NOT_REPORTED, values, reasons);
    hrmt_ok(b->ctx, hrm_table_add(b->ctx, b->table, &info, values, reasons, NULL));
}

static void compute_all(bench *b) {
    const size_t count = hrm_catalogue_count();
    b->all = calloc(count, sizeof *b->all);
    for (size_t i = 0; i < count; i++) { /* backwards: the order is found */
        hrm_indicator_init(&b->all[i], sizeof *b->all);
        ck_assert(hrm_catalogue_indicator(count - 1 - i, &b->all[i]));
    }
    hrmt_ok(b->ctx, hrm_indicators_compute(b->ctx, b->layer, b->table, b->all, count));
    b->levels[HRM_LEVEL_COMMUNITY] = b->table;
    for (int32_t level = 0; level < HRM_LEVEL_COMMUNITY; level++)
        hrmt_ok(b->ctx,
                hrm_indicators_roll_up(b->ctx, b->layer, b->table, b->all, count, level, &b->levels[level]));
}

static void try_level(bench *b, int32_t level, char *line) {
    static const uint8_t none[HRMT_MOST_ROWS] = {0};
    double expected[HRMT_MOST_ROWS];
    uint8_t expected_reasons[HRMT_MOST_ROWS];
    const hrm_table *const table = b->levels[level];
    const size_t column = hrm_table_find(table, b->id);
    const size_t rows = hrm_table_row_count(table);
    if (strcmp(line, "none") == 0) {
        ck_assert_msg(column == HRM_NONE, "%s is rolled up", b->id);
        return;
    }
    ck_assert_msg(column != HRM_NONE, "%s is not there", b->id);
    hrmt_values(line, rows, 255, expected, expected_reasons);
    const uint8_t *const missing =
        hrm_table_missing(table, column) != NULL ? hrm_table_missing(table, column) : none;
    for (size_t i = 0; i < rows; i++)
        hrmt_same(b->id, i, hrm_table_values(table, column)[i], missing[i], expected[i], expected_reasons[i],
                  true);
    b->cases++;
}

START_TEST(the_catalogue_gives_what_its_definitions_say) {
    static const char *const words[] = {"country ", "oblast ", "raion ", "community "};
    bench b = {.ctx = hrmt_context()};
    char full[1024], line[HRMT_MOST_LINE];
    size_t indicators = 0;
    (void)snprintf(full, sizeof full, "%s/tests/indicator/catalogue.txt", HRMT_SOURCE_DIR);
    FILE *const file = fopen(full, "r");
    ck_assert_msg(file != NULL, "cannot open %s", full);
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        char *const rest = line + strcspn(line, " ") + (strchr(line, ' ') != NULL);
        if (strncmp(line, "codes ", 6) == 0) read_codes(&b, rest);
        if (strncmp(line, "column ", 7) == 0) read_column(&b, rest);
        if (strncmp(line, "indicator ", 10) == 0) {
            if (indicators++ == 0) compute_all(&b);
            (void)snprintf(b.id, sizeof b.id, "%s", rest);
        }
        for (int32_t level = 0; level <= HRM_LEVEL_COMMUNITY; level++)
            if (strncmp(line, words[level], strlen(words[level])) == 0) try_level(&b, level, rest);
    }
    (void)fclose(file);
    ck_assert_uint_eq(indicators, hrm_catalogue_count()); /* none is left out */
    for (int32_t level = 0; level <= HRM_LEVEL_COMMUNITY; level++) hrm_table_free(b.levels[level]);
    hrm_layer_free(b.layer);
    hrm_context_free(b.ctx);
    free(b.all);
}
END_TEST

/* ---- small tables ---- */

typedef struct small {
    hrm_context *ctx;
    hrm_layer *layer;
    hrm_table *table;
} small;

static void add(small *s, const char *id, int32_t rule, const double values[4], const uint8_t *missing) {
    hrm_column_info info;
    hrm_column_info_init(&info, sizeof info);
    info.id = id;
    info.rollup = rule;
    hrmt_ok(s->ctx, hrm_table_add(s->ctx, s->table, &info, values, missing, NULL));
}

/* Three communities in oblast 05 (two raions), one in 12. */
static void set_up(small *s) {
    static const char *const codes[] = {"UA0502001", "UA0502003", "UA0504001", "UA1202001"};
    static const double damaged[] = {10, 20, (double)NAN, 5}, total[] = {100, 50, 1000, 0};
    static const uint8_t missing[] = {0, 0, HRM_MISSING_OCCUPIED, 0};
    static const double distance[] = {3000, 1000, 2000, 500};
    s->ctx = hrmt_context();
    s->layer = hrmt_layer_of_codes(s->ctx, 4, codes);
    hrmt_ok(s->ctx, hrm_table_new(s->ctx, s->layer, HRM_LEVEL_COMMUNITY, &s->table));
    add(s, "damaged", HRM_ROLLUP_SUM, damaged, missing);
    add(s, "total", HRM_ROLLUP_SUM, total, NULL);
    add(s, "distance_m", HRM_ROLLUP_MIN, distance, NULL);
}

static void tear_down(small *s) {
    hrm_table_free(s->table);
    hrm_layer_free(s->layer);
    hrm_context_free(s->ctx);
}

static hrm_indicator own(const char *id, const char *formula) {
    hrm_indicator i;
    hrm_indicator_init(&i, sizeof i);
    i.id = id;
    i.formula = formula;
    return i;
}

/* The column is this, "na:…" naming reasons; or is not there: "none". */
static void is(const hrm_table *table, const char *id, const char *expected) {
    static const uint8_t none[HRMT_MOST_ROWS] = {0};
    char line[256];
    double values[HRMT_MOST_ROWS];
    uint8_t reasons[HRMT_MOST_ROWS];
    const size_t column = hrm_table_find(table, id);
    ck_assert_msg((column == HRM_NONE) == (strcmp(expected, "none") == 0), "%s", id);
    if (column == HRM_NONE) return;
    (void)snprintf(line, sizeof line, "%s", expected);
    hrmt_values(line, hrm_table_row_count(table), 255, values, reasons);
    const uint8_t *const missing =
        hrm_table_missing(table, column) != NULL ? hrm_table_missing(table, column) : none;
    for (size_t i = 0; i < hrm_table_row_count(table); i++)
        hrmt_same(id, i, hrm_table_values(table, column)[i], missing[i], values[i], reasons[i], false);
}

START_TEST(columns_come_in_the_order_asked_for_and_say_what_they_are) {
    small s;
    hrm_column_info info;
    hrm_column_info_init(&info, sizeof info);
    set_up(&s);
    hrm_indicator list[] = {own("twice", "2 * share"), own("share", "100 * damaged / total")};
    list[1].direction = HRM_HIGHER_WORSE;
    list[1].unit = "%";
    list[1].title_uk = "Частка";
    list[1].source = "a register";
    hrmt_ok(s.ctx, hrm_indicators_compute(s.ctx, s.layer, s.table, list, 2));
    is(s.table, "share", "10 40 na:6 na:8");
    is(s.table, "twice", "20 80 na:6 na:8");
    ck_assert_uint_eq(hrm_table_find(s.table, "twice"), 3);
    ck_assert(hrm_table_column(s.table, hrm_table_find(s.table, "share"), &info));
    ck_assert_int_eq(info.direction, HRM_HIGHER_WORSE);
    ck_assert_int_eq(info.rollup, HRM_ROLLUP_RECOMPUTE);
    ck_assert_str_eq(info.unit, "%");
    ck_assert_str_eq(info.title_uk, "Частка");
    ck_assert_str_eq(info.source, "100 * damaged / total; a register");
    hrmt_ok(s.ctx, hrm_indicators_compute(s.ctx, s.layer, s.table, NULL, 0));
    tear_down(&s);
}
END_TEST

START_TEST(parameters_hold_until_replaced) {
    static const double limits[] = {1, 2, 3, 4};
    small s;
    set_up(&s);
    hrm_indicator near = own("near", "if(distance_m <= 1000 * limit_km, 1, 0)");
    near.parameters = "other = 5\nlimit_km = 2 km; since 2026-04-01; a resolution";
    hrmt_ok(s.ctx, hrm_indicators_compute(s.ctx, s.layer, s.table, &near, 1));
    is(s.table, "near", "0 1 1 1");
    hrm_indicator list[] = {own("near_2", "if(distance_m <= 1000 * limit_km, 1, 0)"), own("limit_km", "0.5")};
    list[0].parameters = near.parameters;
    hrmt_ok(s.ctx, hrm_indicators_compute(s.ctx, s.layer, s.table, list, 2));
    is(s.table, "near_2", "0 0 0 1");
    add(&s, "other", HRM_ROLLUP_NONE, limits, NULL);
    near.id = "near_3";
    near.formula = "distance_m < other * 1000";
    hrmt_ok(s.ctx, hrm_indicators_compute(s.ctx, s.layer, s.table, &near, 1));
    is(s.table, "near_3", "0 1 1 1");
    near.parameters = "limit_km: 2";
    near.id = "near_4";
    hrmt_fails(s.ctx, hrm_indicators_compute(s.ctx, s.layer, s.table, &near, 1), HRM_ERROR_ARGUMENT,
               "indicator near_4: a parameter is not written as");
    tear_down(&s);
}
END_TEST

/* ---- rolling up ---- */

START_TEST(shares_come_from_summed_parts_of_the_same_members) {
    small s;
    hrm_table *up = NULL;
    set_up(&s);
    hrm_indicator share = own("share", "100 * damaged / total");
    hrmt_ok(s.ctx, hrm_indicators_compute(s.ctx, s.layer, s.table, &share, 1));
    is(s.table, "share", "10 40 na:6 na:8");

    /* 30 of 150, not (10 + 40) / 2 = 25; UA0504 reported no damage, so its 1000 are in neither sum; in UA1202
     * all is reported, and 5 / 0 is undefined */
    hrmt_ok(s.ctx, hrm_indicators_roll_up(s.ctx, s.layer, s.table, &share, 1, HRM_LEVEL_OBLAST, &up));
    is(up, "share", "20 na:8");
    is(up, "share_coverage", "0.6666666666666666 1");
    is(up, "damaged", "30 5");
    is(up, "total", "1150 0");
    is(up, "distance_m", "1000 500");
    hrm_table_free(up);

    hrmt_ok(s.ctx, hrm_indicators_roll_up(s.ctx, s.layer, s.table, &share, 1, HRM_LEVEL_RAION, &up));
    is(up, "share", "20 na:6 na:8");
    is(up, "share_coverage", "1 0 1");
    hrm_table_free(up);

    /* the 5 of UA1202 count for the country: 35 of 150 */
    hrmt_ok(s.ctx, hrm_indicators_roll_up(s.ctx, s.layer, s.table, &share, 1, HRM_LEVEL_COUNTRY, &up));
    is(up, "share", "23.333333333333332");
    is(up, "share_coverage", "0.75");
    hrm_table_free(up);
    tear_down(&s);
}
END_TEST

START_TEST(chains_are_recomputed_over_the_members_of_the_last) {
    static const double need[] = {1, 2, 4, 8};
    static const double funds[] = {(double)NAN, 100, 400, 900};
    static const uint8_t missing[] = {HRM_MISSING_NOT_REPORTED, 0, 0, 0};
    small s;
    hrm_table *up = NULL;
    set_up(&s);
    add(&s, "need", HRM_ROLLUP_SUM, need, NULL);
    add(&s, "funds", HRM_ROLLUP_SUM, funds, missing);
    hrm_indicator list[] = {own("relative", "per_need / mean_share"), own("per_need", "funds / need"),
                            own("mean_share", "damaged / total")};
    hrmt_ok(s.ctx, hrm_indicators_compute(s.ctx, s.layer, s.table, list, 3));
    is(s.table, "per_need", "na:1 50 100 112.5");
    is(s.table, "mean_share", "0.1 0.4 na:6 na:8");
    is(s.table, "relative", "na:1 125 na:6 na:8");
    hrmt_ok(s.ctx, hrm_indicators_roll_up(s.ctx, s.layer, s.table, list, 3, HRM_LEVEL_OBLAST, &up));
    is(up, "per_need", "83.33333333333333 112.5"); /* 500 / 6: the second and third community */
    is(up, "mean_share", "0.2 na:8");              /* 30 / 150: the first and second */
    is(up, "relative", "125 na:8");                /* (100 / 2) / (20 / 50): only the second has all parts */
    is(up, "relative_coverage", "0.3333333333333333 1");
    hrm_table_free(up);
    tear_down(&s);
}
END_TEST

START_TEST(other_rules_are_kept_also_behind_a_recomputed_one) {
    static const double none_of_oblast[] = {1, 1, 1, 1};
    small s;
    hrm_table *up = NULL;
    set_up(&s);
    add(&s, "local_rule", HRM_ROLLUP_NONE, none_of_oblast, NULL);
    hrm_indicator list[] = {own("weighted", "damaged"),
                            own("least", "distance_m / 1000"),
                            own("not_up", "total"),
                            own("from_others", "least + weighted"),
                            own("from_none", "total * local_rule"),
                            own("summed", "total + 0")};
    list[0].rollup = HRM_ROLLUP_MEAN;
    list[0].weight = "total";
    list[1].rollup = HRM_ROLLUP_MIN;
    list[2].rollup = HRM_ROLLUP_NONE;
    list[5].rollup = HRM_ROLLUP_SUM;
    hrmt_ok(s.ctx, hrm_indicators_compute(s.ctx, s.layer, s.table, list, 6));
    hrmt_ok(s.ctx, hrm_indicators_roll_up(s.ctx, s.layer, s.table, list, 6, HRM_LEVEL_OBLAST, &up));
    is(up, "weighted", "13.333333333333334 na:8"); /* (10 × 100 + 20 × 50) / 150 */
    is(up, "least", "1 0.5");
    is(up, "not_up", "none");
    is(up, "from_others", "14.333333333333334 na:8");
    is(up, "from_none", "na:7");
    is(up, "summed", "1150 0");
    hrm_table_free(up);
    tear_down(&s);
}
END_TEST

START_TEST(what_is_over_communities_is_then_over_units) {
    small s;
    hrm_table *up = NULL;
    set_up(&s);
    hrm_indicator list[] = {own("standing", "rank(total)"), own("of_all", "100 * total / sum(total)"),
                            own("of_oblast", "total / sum(total by oblast)"),
                            own("present", "coalesce(damaged, 0)"), own("lacking", "missing(damaged)")};
    hrmt_ok(s.ctx, hrm_indicators_compute(s.ctx, s.layer, s.table, list, 5));
    is(s.table, "standing", "2 3 1 4");
    hrmt_ok(s.ctx, hrm_indicators_roll_up(s.ctx, s.layer, s.table, list, 5, HRM_LEVEL_OBLAST, &up));
    is(up, "standing", "1 2");
    is(up, "of_all", "100 0");
    is(up, "of_oblast", "1 na:8");
    is(up, "present", "30 5");
    is(up, "lacking", "0 0");
    is(up, "present_coverage", "none");
    hrm_table_free(up);
    hrmt_fails(s.ctx, hrm_indicators_roll_up(s.ctx, s.layer, s.table, list, 5, HRM_LEVEL_COUNTRY, &up),
               HRM_ERROR_FORMULA,
               "indicator of_oblast: character 19: the rows of this table are larger than one oblast");
    ck_assert_ptr_null(up);
    tear_down(&s);
}
END_TEST

/* ---- errors ---- */

static void cannot_compute(small *s, const hrm_indicator *list, size_t count, hrm_status status,
                           const char *words) {
    const size_t before = hrm_table_column_count(s->table);
    hrmt_fails(s->ctx, hrm_indicators_compute(s->ctx, s->layer, s->table, list, count), status, words);
    ck_assert_uint_eq(hrm_table_column_count(s->table), before);
}

START_TEST(what_cannot_be_computed_is_told_and_nothing_is_added) {
    small s;
    set_up(&s);
    const hrm_indicator circle[] = {own("good", "total"), own("a", "b + 1"), own("b", "c + good"),
                                    own("c", "a * 2"), own("d", "c")};
    cannot_compute(&s, circle, 5, HRM_ERROR_FORMULA, "the formulas go in a circle: ");
    ck_assert_ptr_nonnull(strstr(hrm_error_message(s.ctx), "a reads b reads c reads a"));
    const hrm_indicator itself = own("x", "x + 1");
    cannot_compute(&s, &itself, 1, HRM_ERROR_FORMULA, "circle: x reads x");
    const hrm_indicator broken[] = {own("good", "total"), own("broken", "total +")};
    cannot_compute(&s, broken, 2, HRM_ERROR_FORMULA, "indicator broken: character 8");
    const hrm_indicator unknown[] = {own("deficit", "total"), own("unknown", "defecit + totl")};
    cannot_compute(&s, unknown, 2, HRM_ERROR_FORMULA,
                   "indicator unknown: character 1: there is no column "
                   "\"defecit\"; did you mean \"deficit\"?");
    const hrm_indicator of_catalogue = own("unknown", "1 + need_per_person");
    cannot_compute(&s, &of_catalogue, 1, HRM_ERROR_FORMULA,
                   "character 5: need_per_person is an indicator of the catalogue: ask for it too");
    const hrm_indicator twice[] = {own("a", "1"), own("a", "2")};
    cannot_compute(&s, twice, 2, HRM_ERROR_DUPLICATE, "two indicators have the id a");
    const hrm_indicator taken = own("total", "1");
    cannot_compute(&s, &taken, 1, HRM_ERROR_DUPLICATE, "there is a column total already");
    const hrm_indicator bad_id[] = {own("good", "1"), own("2nd place", "1")};
    cannot_compute(&s, bad_id, 2, HRM_ERROR_ARGUMENT, "2nd place");
    const hrm_indicator empty[] = {own("good", "1"), own("", "1")}, no_formula = own("x", NULL);
    cannot_compute(&s, empty, 2, HRM_ERROR_ARGUMENT, "indicator 1 has no id");
    cannot_compute(&s, &no_formula, 1, HRM_ERROR_ARGUMENT, "indicator x has no formula");
    hrm_indicator reserved = own("a", "1");
    reserved.reserved = 1;
    cannot_compute(&s, &reserved, 1, HRM_ERROR_UNSUPPORTED, "reserved");
    hrm_indicator sizes[] = {own("a", "1"), own("b", "2")};
    sizes[1].struct_size = 16;
    cannot_compute(&s, sizes, 2, HRM_ERROR_ARGUMENT, "struct_size is 16");
    sizes[0].struct_size = 3;
    cannot_compute(&s, sizes, 2, HRM_ERROR_ARGUMENT, "struct_size is 3");
    sizes[0].struct_size = 0;
    cannot_compute(&s, sizes, 1, HRM_ERROR_ARGUMENT, "struct_size is 0");
    cannot_compute(&s, NULL, 1, HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(s.ctx, hrm_indicators_compute(s.ctx, NULL, s.table, NULL, 0), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(s.ctx, hrm_indicators_compute(s.ctx, s.layer, NULL, NULL, 0), HRM_ERROR_ARGUMENT, "NULL");
    ck_assert_int_eq(hrm_indicators_compute(NULL, s.layer, s.table, NULL, 0), HRM_ERROR_ARGUMENT);
    hrm_context_cancel(s.ctx);
    const hrm_indicator fine = own("fine", "1");
    cannot_compute(&s, &fine, 1, HRM_ERROR_CANCELLED, "computing indicators");
    tear_down(&s);
}
END_TEST

START_TEST(what_cannot_be_rolled_up_is_told) {
    static const char *const codes[] = {"UA0502001"};
    small s;
    hrm_table *up = NULL;
    set_up(&s);
    const hrm_indicator list[] = {own("share", "damaged / total"), own("twice", "share * 2")};
    hrmt_fails(s.ctx, hrm_indicators_roll_up(s.ctx, s.layer, s.table, list, 1, HRM_LEVEL_OBLAST, &up),
               HRM_ERROR_FIELD, "no column of the indicator share");
    hrmt_ok(s.ctx, hrm_indicators_compute(s.ctx, s.layer, s.table, list, 2));
    hrmt_fails(s.ctx, hrm_indicators_roll_up(s.ctx, s.layer, s.table, list + 1, 1, HRM_LEVEL_OBLAST, &up),
               HRM_ERROR_ARGUMENT, "indicator twice reads share, which must be recomputed");
    hrmt_fails(s.ctx, hrm_indicators_roll_up(s.ctx, s.layer, s.table, list, 2, HRM_LEVEL_COMMUNITY, &up),
               HRM_ERROR_ARGUMENT, "cannot roll up");
    hrm_layer *const other = hrmt_layer_of_codes(s.ctx, 1, codes);
    hrmt_fails(s.ctx, hrm_indicators_roll_up(s.ctx, other, s.table, list, 2, HRM_LEVEL_OBLAST, &up),
               HRM_ERROR_ARGUMENT, "another layer");
    hrm_layer_free(other);
    hrmt_fails(s.ctx, hrm_indicators_roll_up(s.ctx, s.layer, s.table, list, 2, HRM_LEVEL_OBLAST, NULL),
               HRM_ERROR_ARGUMENT, "out is NULL");
    hrmt_fails(s.ctx, hrm_indicators_roll_up(s.ctx, NULL, s.table, list, 2, HRM_LEVEL_OBLAST, &up),
               HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(s.ctx, hrm_indicators_roll_up(s.ctx, s.layer, NULL, list, 2, HRM_LEVEL_OBLAST, &up),
               HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(s.ctx, hrm_indicators_roll_up(s.ctx, s.layer, s.table, NULL, 2, HRM_LEVEL_OBLAST, &up),
               HRM_ERROR_ARGUMENT, "NULL");
    ck_assert_int_eq(hrm_indicators_roll_up(NULL, s.layer, s.table, list, 2, HRM_LEVEL_OBLAST, &up),
                     HRM_ERROR_ARGUMENT);
    tear_down(&s);
}
END_TEST

/* ---- memory, and the order of rows ---- */

static hrm_status compute_and_roll_up(hrm_context *ctx, void *user) {
    small *const s = user;
    hrm_table *table = NULL, *up = NULL;
    hrm_column_info info;
    const hrm_indicator list[] = {own("twice", "2 * share + rank(total by raion) * k"),
                                  own("share", "100 * damaged / total"), own("k", "3")};
    hrm_column_info_init(&info, sizeof info);
    info.rollup = HRM_ROLLUP_SUM;
    hrm_status status = hrm_table_new(ctx, s->layer, HRM_LEVEL_COMMUNITY, &table);
    for (size_t i = 0; i < 2 && status == HRM_OK; i++) {
        info.id = i == 0 ? "damaged" : "total";
        status = hrm_table_add(ctx, table, &info, hrm_table_values(s->table, i),
                               hrm_table_missing(s->table, i), NULL);
    }
    if (status == HRM_OK) status = hrm_indicators_compute(ctx, s->layer, table, list, 3);
    if (status == HRM_OK)
        status = hrm_indicators_roll_up(ctx, s->layer, table, list, 3, HRM_LEVEL_RAION, &up);
    if (status != HRM_OK && table != NULL) ck_assert(hrm_table_column_count(table) != 3);
    hrm_table_free(up);
    hrm_table_free(table);
    return status;
}

static hrm_status find_a_circle(hrm_context *ctx, void *user) {
    small *const s = user;
    const hrm_indicator circle[] = {own("a", "b"), own("b", "a")};
    const hrm_status status = hrm_indicators_compute(ctx, s->layer, s->table, circle, 2);
    return status == HRM_ERROR_FORMULA ? HRM_OK : status;
}

START_TEST(memory_may_run_out_anywhere) {
    small s;
    set_up(&s);
    hrmt_fail_each(compute_and_roll_up, &s);
    hrmt_fail_each(find_a_circle, &s);
    tear_down(&s);
}
END_TEST

HRMT_SUITE("compute", &the_catalogue_gives_what_its_definitions_say,
           &columns_come_in_the_order_asked_for_and_say_what_they_are, &parameters_hold_until_replaced,
           &shares_come_from_summed_parts_of_the_same_members,
           &chains_are_recomputed_over_the_members_of_the_last,
           &other_rules_are_kept_also_behind_a_recomputed_one, &what_is_over_communities_is_then_over_units,
           &what_cannot_be_computed_is_told_and_nothing_is_added, &what_cannot_be_rolled_up_is_told,
           &memory_may_run_out_anywhere)
