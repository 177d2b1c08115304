/*
 * Formulas: cases worked out by other programs and by hand, every error with its place and advice, and the
 * promises on memory, order of rows and sharing.
 */
#include "indicator/cases.h"

/* The table of a file of cases, and the same with its rows the other way round. */
typedef struct bench {
    hrm_context *ctx;
    hrm_layer *layer, *turned_layer;
    hrm_table *table, *turned_table;
    size_t rows;
    char formula[HRMT_MOST_LINE];
    bool near;
    size_t cases;
} bench;

static void read_codes(bench *b, char *line) {
    const char *codes[HRMT_MOST_ROWS];
    for (const char *word = hrmt_word(&line); word != NULL; word = hrmt_word(&line)) codes[b->rows++] = word;
    b->layer = hrmt_layer_of_codes(b->ctx, b->rows, codes);
    for (size_t i = 0; i < b->rows / 2; i++) {
        const char *const code = codes[i];
        codes[i] = codes[b->rows - 1 - i];
        codes[b->rows - 1 - i] = code;
    }
    b->turned_layer = hrmt_layer_of_codes(b->ctx, b->rows, codes);
    hrmt_ok(b->ctx, hrm_table_new(b->ctx, b->layer, HRM_LEVEL_COMMUNITY, &b->table));
    hrmt_ok(b->ctx, hrm_table_new(b->ctx, b->turned_layer, HRM_LEVEL_COMMUNITY, &b->turned_table));
}

static void read_column(bench *b, char *line) {
    double values[HRMT_MOST_ROWS], turned[HRMT_MOST_ROWS];
    uint8_t reasons[HRMT_MOST_ROWS], turned_reasons[HRMT_MOST_ROWS];
    hrm_column_info info;
    hrm_column_info_init(&info, sizeof info);
    info.id = hrmt_word(&line);
    hrmt_values(line, b->rows, HRM_MISSING_NOT_REPORTED, values, reasons);
    for (size_t i = 0; i < b->rows; i++) {
        turned[i] = values[b->rows - 1 - i];
        turned_reasons[i] = reasons[b->rows - 1 - i];
    }
    hrmt_ok(b->ctx, hrm_table_add(b->ctx, b->table, &info, values, reasons, NULL));
    hrmt_ok(b->ctx, hrm_table_add(b->ctx, b->turned_table, &info, turned, turned_reasons, NULL));
}

/* The order of rows changes nothing, not a bit. (Only a missing value's reason may be that of another row.)
 */
static void try_turned(bench *b, const hrm_formula *formula, const double *values) {
    double turned[HRMT_MOST_ROWS];
    hrmt_ok(b->ctx, hrm_formula_evaluate(b->ctx, formula, b->turned_layer, b->turned_table, turned, NULL));
    for (size_t i = 0; i < b->rows; i++)
        ck_assert_msg(memcmp(&turned[i], &values[b->rows - 1 - i], sizeof turned[i]) == 0 ||
                          (isnan(turned[i]) && isnan(values[b->rows - 1 - i])),
                      "%s: turned row %zu differs", b->formula, i);
}

static void try_case(bench *b, char *line) {
    double expected[HRMT_MOST_ROWS], values[HRMT_MOST_ROWS];
    uint8_t expected_reasons[HRMT_MOST_ROWS], reasons[HRMT_MOST_ROWS];
    hrm_formula *formula = NULL;
    hrmt_values(line, b->rows, 255, expected, expected_reasons);
    const hrm_status status = hrm_formula_compile(b->ctx, b->formula, &formula);
    ck_assert_msg(status == HRM_OK, "%s: %s", b->formula, hrm_error_message(b->ctx));
    ck_assert_str_eq(hrm_formula_text(formula), b->formula);
    hrmt_ok(b->ctx, hrm_formula_evaluate(b->ctx, formula, b->layer, b->table, values, reasons));
    for (size_t i = 0; i < b->rows; i++)
        hrmt_same(b->formula, i, values[i], reasons[i], expected[i], expected_reasons[i], b->near);
    try_turned(b, formula, values);
    hrm_formula_free(formula);
    b->cases++;
}

static size_t try_file(const char *path) {
    bench b = {.ctx = hrmt_context()};
    char full[1024], line[HRMT_MOST_LINE];
    (void)snprintf(full, sizeof full, "%s/%s", HRMT_SOURCE_DIR, path);
    FILE *const file = fopen(full, "r");
    ck_assert_msg(file != NULL, "cannot open %s", full);
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        char *const rest = line + strcspn(line, " ") + (strchr(line, ' ') != NULL);
        if (strncmp(line, "codes ", 6) == 0) read_codes(&b, rest);
        if (strncmp(line, "column ", 7) == 0) read_column(&b, rest);
        if (strncmp(line, "exact ", 6) == 0 || strncmp(line, "near ", 5) == 0) {
            b.near = line[0] == 'n';
            (void)snprintf(b.formula, sizeof b.formula, "%s", rest);
        }
        if (strncmp(line, "gives ", 6) == 0) try_case(&b, rest);
    }
    (void)fclose(file);
    hrm_table_free(b.table);
    hrm_table_free(b.turned_table);
    hrm_layer_free(b.layer);
    hrm_layer_free(b.turned_layer);
    hrm_context_free(b.ctx);
    return b.cases;
}

START_TEST(cases_of_other_programs) {
    ck_assert_uint_gt(try_file("tests/indicator/formulas.txt"), 400);
}
END_TEST

START_TEST(cases_by_hand) {
    ck_assert_uint_gt(try_file("tests/indicator/formulas_by_hand.txt"), 40);
}
END_TEST

/* ---- errors ---- */

static void fails(hrm_context *ctx, const char *text, hrm_status status, const char *words) {
    hrm_formula *formula = (hrm_formula *)ctx;
    const hrm_status got = hrm_formula_compile(ctx, text, &formula);
    ck_assert_msg(got == status && strstr(hrm_error_message(ctx), words) != NULL, "%s: %s: %s", text,
                  hrm_status_name(got), hrm_error_message(ctx));
    ck_assert_ptr_null(formula);
}

START_TEST(what_cannot_be_read_is_told_with_its_place) {
    static const char *const cases[][2] = {
        {"", "character 1: the formula is empty"},
        {"  \t\n", "character 1: the formula is empty"},
        {"1 +", "character 4: the formula ends where a number, a column or \"(\" should stand"},
        {"(1 + 2", "character 7: the formula ends where an operator or \")\" should stand"},
        {"1 + )", "character 5: \")\" stands where a number, a column or \"(\" should"},
        {"площа населення", "character 7: \"населення\" stands where an operator or the end should"},
        {"2x", "character 2: \"x\" stands where an operator"},
        {"2e + 1", "character 2: \"e\" stands where an operator"},
        {"1.2.3", "character 4: \".3\" stands where an operator"},
        {"2,5 * x", "character 2: a comma outside of a function; decimals are written with a point"},
        {"a < b < c", "character 7: comparisons cannot be chained"},
        {"a + not b", "character 5: put brackets around \"not\""},
        {"and b", "character 1: \"and\" stands where a number"},
        {"summ(x)", "character 1: there is no function \"summ\"; did you mean \"sum\"?"},
        {"1 + pecentile(x)", "character 5: there is no function \"pecentile\"; did you mean \"percentile\"?"},
        {"населення(x)", "character 1: there is no function \"населення\"; an operator may be missing"},
        {"a by oblast", "character 3: \"by\" stands where an operator or the end should"},
        {"min(a, b by oblast)", "character 10: min() has a value for each community alone"},
        {"sum(a by region)", "character 10: \"region\" stands where raion, oblast or country should"},
        {"min(a)", "character 1: min() compares two numbers or more; over communities it is min_all()"},
        {"coalesce(a)", "character 1: coalesce() needs at least 2 arguments, not 1"},
        {"if(a, b, c, d)", "character 1: if() needs 2 or 3 arguments, not 4"},
        {"sqrt()", "character 1: sqrt() needs 1 argument, not 0"},
        {"sum(a, b)", "character 1: sum() needs 1 argument, not 2"},
        {"quantile(a)", "character 1: quantile() needs 2 arguments, not 1"},
        {"quantile(a, 2)", "character 13: a number from 0 to 1 should stand here"},
        {"quantile(a, b)", "character 13: \"b\" stands where a number from 0 to 1 should"},
        {"round(a, 1.5)", "character 10: a whole number of digits from -15 to 15 should stand here"},
        {"round(a, -16)", "character 10: a whole number of digits"},
        {"sum(a", "character 6: the formula ends where an operator, a comma or \")\" should stand"},
        {"\"a", "character 1: the quotation mark is never closed"},
        {"1 + \"\"", "character 5: no column between the quotation marks"},
        {"a % 2", "character 3: formulas know no \"%\""},
        {"з’їзд", "character 2: formulas know no \"’\""},
        {"a \x01 b", "character 3: a control character"},
        {"я + \xFF", "character 5: the formula is not UTF-8 from here on"},
        {"1e999", "character 1: the number is too large"},
    };
    hrm_context *ctx = hrmt_context();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        fails(ctx, cases[i][0], HRM_ERROR_FORMULA, cases[i][1]);
    hrm_context_free(ctx);
}
END_TEST

/* `left` n times, x, `right` n times */
static char *nested(const char *left, size_t n, const char *right) {
    const size_t size = n * (strlen(left) + strlen(right)) + 2;
    char *const text = malloc(size);
    char *at = text;
    for (size_t i = 0; i < n; i++) at += snprintf(at, size - (size_t)(at - text), "%s", left);
    *at++ = 'x';
    for (size_t i = 0; i < n; i++) at += snprintf(at, size - (size_t)(at - text), "%s", right);
    *at = '\0';
    return text;
}

START_TEST(depth_and_length_are_limited) {
    static const char *const ways[][2] = {{"(", ")"}, {"-", ""},        {"abs(", ")"},    {"not(", ")"},
                                          {"2^", ""}, {"if(1,", ",2)"}, {"1+(1*(", "))"}, {"sum(", ")"}};
    hrm_context *ctx = hrmt_context();
    hrm_formula *formula = NULL;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const size_t n = i == 3 || i == 6 ? 100 : 200; /* these nest twice each time */
        char *const good = nested(ways[i][0], n, ways[i][1]);
        char *const bad = nested(ways[i][0], n + 1, ways[i][1]);
        hrmt_ok(ctx, hrm_formula_compile(ctx, good, &formula));
        hrm_formula_free(formula);
        fails(ctx, bad, HRM_ERROR_LIMIT, "nested more than 200 deep");
        free(good);
        free(bad);
    }
    char *const wide = nested("1+", 32767, ""); /* 65,535 bytes, and flat */
    hrmt_ok(ctx, hrm_formula_compile(ctx, wide, &formula));
    hrm_formula_free(formula);
    free(wide);
    char *const too_wide = nested("1+", 32768, "");
    fails(ctx, too_wide, HRM_ERROR_LIMIT, "65537 bytes, and at most 65536 are read");
    free(too_wide);
    hrm_context_free(ctx);
}
END_TEST

typedef struct small {
    hrm_context *ctx;
    hrm_layer *layer;
    hrm_table *table;
} small;

static void set_up_of(small *s, const char *const *codes) {
    static const double values[] = {1.0, 2.0, 3.0};
    static const char *const texts[] = {"міська", NULL, "сільська"};
    static const char *const ids[] = {"population", "budget_income@2021", "budget_income@2022", "дохід"};
    hrm_column_info info;
    s->ctx = hrmt_context();
    s->layer = hrmt_layer_of_codes(s->ctx, 3, codes);
    hrmt_ok(s->ctx, hrm_table_new(s->ctx, s->layer, HRM_LEVEL_COMMUNITY, &s->table));
    hrm_column_info_init(&info, sizeof info);
    info.rollup = HRM_ROLLUP_SUM;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        info.id = ids[i];
        hrmt_ok(s->ctx, hrm_table_add(s->ctx, s->table, &info, values, NULL, NULL));
    }
    info.id = "kind";
    hrmt_ok(s->ctx, hrm_table_add_text(s->ctx, s->table, &info, texts, NULL, NULL));
}

static void set_up(small *s) {
    static const char *const codes[] = {"UA0502001", "UA0504001", "UA1202001"};
    set_up_of(s, codes);
}

static void tear_down(small *s) {
    hrm_table_free(s->table);
    hrm_layer_free(s->layer);
    hrm_context_free(s->ctx);
}

static void cannot_be_evaluated(const small *s, const hrm_table *table, const char *text, const char *words) {
    double values[3];
    hrm_formula *formula = NULL;
    hrmt_ok(s->ctx, hrm_formula_compile(s->ctx, text, &formula));
    const hrm_status status = hrm_formula_evaluate(s->ctx, formula, s->layer, table, values, NULL);
    ck_assert_msg(status == HRM_ERROR_FORMULA && strstr(hrm_error_message(s->ctx), words) != NULL, "%s: %s",
                  text, hrm_error_message(s->ctx));
    hrm_formula_free(formula);
}

START_TEST(columns_that_cannot_be_used_are_told) {
    small s;
    set_up(&s);
    cannot_be_evaluated(&s, s.table, "1 + populaton",
                        "character 5: there is no column \"populaton\"; did you mean "
                        "\"population\"?");
    cannot_be_evaluated(&s, s.table, "дохит", "did you mean \"дохід\"?");
    cannot_be_evaluated(&s, s.table, "budget_income", "did you mean \"budget_income@2022\"?");
    cannot_be_evaluated(&s, s.table, "budget_income@2020", "did you mean \"budget_income@2021\"?");
    cannot_be_evaluated(&s, s.table, "budget_income@2022-1", "put blanks around the minus");
    cannot_be_evaluated(&s, s.table, "nothing_like_it", "the table needs one of that id");
    cannot_be_evaluated(&s, s.table, "population + kind", "character 14: the column \"kind\" is text");
    tear_down(&s);
}
END_TEST

START_TEST(levels_that_the_rows_lack_are_told) {
    static const char *const opaque[] = {"first", "second", "third"};
    small s;
    hrm_table *oblasts = NULL;
    set_up(&s);
    hrmt_ok(s.ctx, hrm_table_roll_up(s.ctx, s.layer, s.table, HRM_LEVEL_OBLAST, &oblasts));
    cannot_be_evaluated(&s, oblasts, "1 + sum(population by raion)",
                        "character 20: the rows of this table are larger");
    hrm_table_free(oblasts);
    tear_down(&s);
    set_up_of(&s, opaque);
    cannot_be_evaluated(&s, s.table, "sum(population by oblast)",
                        "character 16: the codes of this layer do not tell "
                        "the oblast");
    tear_down(&s);
}
END_TEST

START_TEST(wrong_arguments_are_told) {
    static const char *const codes[] = {"UA0502001", "UA0504001"};
    small s;
    double values[3];
    hrm_formula *formula = NULL;
    set_up(&s);
    ck_assert_int_eq(hrm_formula_compile(NULL, "1", &formula), HRM_ERROR_ARGUMENT);
    hrmt_fails(s.ctx, hrm_formula_compile(s.ctx, NULL, &formula), HRM_ERROR_ARGUMENT, "text is NULL");
    hrmt_fails(s.ctx, hrm_formula_compile(s.ctx, "1", NULL), HRM_ERROR_ARGUMENT, "out is NULL");
    hrmt_ok(s.ctx, hrm_formula_compile(s.ctx, "1", &formula));
    ck_assert_int_eq(hrm_formula_evaluate(NULL, formula, s.layer, s.table, values, NULL), HRM_ERROR_ARGUMENT);
    hrmt_fails(s.ctx, hrm_formula_evaluate(s.ctx, NULL, s.layer, s.table, values, NULL), HRM_ERROR_ARGUMENT,
               "NULL");
    hrmt_fails(s.ctx, hrm_formula_evaluate(s.ctx, formula, NULL, s.table, values, NULL), HRM_ERROR_ARGUMENT,
               "NULL");
    hrmt_fails(s.ctx, hrm_formula_evaluate(s.ctx, formula, s.layer, NULL, values, NULL), HRM_ERROR_ARGUMENT,
               "NULL");
    hrmt_fails(s.ctx, hrm_formula_evaluate(s.ctx, formula, s.layer, s.table, NULL, NULL), HRM_ERROR_ARGUMENT,
               "NULL");
    hrm_layer *const other = hrmt_layer_of_codes(s.ctx, 2, codes);
    hrmt_fails(s.ctx, hrm_formula_evaluate(s.ctx, formula, other, s.table, values, NULL), HRM_ERROR_ARGUMENT,
               "another layer");
    hrm_layer_free(other);
    hrm_formula_free(formula);
    hrm_formula_free(NULL);
    tear_down(&s);
}
END_TEST

/* ---- promises ---- */

START_TEST(inputs_are_named_once_in_order) {
    hrm_context *ctx = hrmt_context();
    hrm_formula *formula = NULL;
    hrmt_ok(ctx, hrm_formula_compile(ctx, "b@2022-07 / (\"a b\" + площа - b@2022-07) * \"площа\"", &formula));
    ck_assert_uint_eq(hrm_formula_input_count(formula), 3);
    ck_assert_str_eq(hrm_formula_input(formula, 0), "b@2022-07");
    ck_assert_str_eq(hrm_formula_input(formula, 1), "a b");
    ck_assert_str_eq(hrm_formula_input(formula, 2), "площа");
    ck_assert_ptr_null(hrm_formula_input(formula, 3));
    hrm_formula_free(formula);
    hrmt_ok(ctx, hrm_formula_compile(ctx, "x@2022 - 1 + x@2021-Q3-y + x@1.5", &formula));
    ck_assert_str_eq(hrm_formula_input(formula, 0), "x@2022");
    ck_assert_str_eq(hrm_formula_input(formula, 1), "x@2021-Q3-y");
    ck_assert_str_eq(hrm_formula_input(formula, 2), "x@1.5");
    hrm_formula_free(formula);
    hrm_context_free(ctx);
}
END_TEST

static hrm_status compile_and_evaluate(hrm_context *ctx, void *user) {
    const small *const s = user;
    double values[3];
    uint8_t missing[3];
    hrm_formula *formula = NULL;
    hrm_status status = hrm_formula_compile(
        ctx,
        "if(rank(population by oblast) < 2, median(дохід by raion), sum(population) / 0) + "
        "quantile(population, 0.3)",
        &formula);
    if (status == HRM_OK) status = hrm_formula_evaluate(ctx, formula, s->layer, s->table, values, missing);
    hrm_formula_free(formula);
    return status;
}

START_TEST(memory_may_run_out_anywhere) {
    small s;
    set_up(&s);
    hrmt_fail_each(compile_and_evaluate, &s);
    tear_down(&s);
}
END_TEST

START_TEST(a_formula_outlives_its_context) {
    small s;
    double values[3];
    hrm_context *maker = hrmt_context();
    hrm_formula *formula = NULL;
    set_up(&s);
    hrmt_ok(maker, hrm_formula_compile(maker, "population * 2", &formula));
    hrm_context_free(maker);
    hrmt_ok(s.ctx, hrm_formula_evaluate(s.ctx, formula, s.layer, s.table, values, NULL));
    ck_assert_double_eq(values[2], 6.0);
    hrm_formula_free(formula);
    tear_down(&s);
}
END_TEST

HRMT_SUITE("formula", &cases_of_other_programs, &cases_by_hand, &what_cannot_be_read_is_told_with_its_place,
           &depth_and_length_are_limited, &columns_that_cannot_be_used_are_told,
           &levels_that_the_rows_lack_are_told, &wrong_arguments_are_told, &inputs_are_named_once_in_order,
           &memory_may_run_out_anywhere, &a_formula_outlives_its_context)
