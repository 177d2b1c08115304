/* The file in which a person settles what a join could not: written, filled in, read, joined. */
#include "io/files.h"
#include "table/named.h"

typedef struct ground {
    hrm_context *ctx;
    hrm_layer *layer;
    char *folder;
    char *path;
} ground;

static ground set_up(const char *name) {
    ground g = {.ctx = hrmt_context()};
    g.layer = hrmt_named(g.ctx);
    g.folder = hrmt_folder(name);
    g.path = hrmt_path(g.folder, "aliases.csv");
    return g;
}

static void tear_down(ground *g) {
    hrm_layer_free(g->layer);
    hrm_context_free(g->ctx);
    free(g->path);
    free(g->folder);
}

/* All of them are matched with the file that settles them, and none without. */
static const hrmt_said rows[] = {
    {.oblast = "Вінницька", .name = "Жмеренська", .cells = {"1"}},
    {.oblast = "Сумська", .name = "Миколаївська", .cells = {"2"}},
    {.oblast = "Вінницька", .name = "Жмеренська", .cells = {"4"}},
    {.name = "Громада \"Нова\", що є", .cells = {"8"}},
    {.oblast = "Сумська", .raion = "Сумський", .name = "Зовсім інша", .cells = {"16"}},
};
enum { ROWS = sizeof rows / sizeof *rows };

static const char HEAD[] = "\xEF\xBB\xBF"
                           "oblast,raion,written,row,code,rows,why,suggestion_1,suggestion_1_code,"
                           "suggestion_2,suggestion_2_code,suggestion_3,suggestion_3_code\n";

/* Writes the file of a join of the rows. */
static void write_aliases(ground *g, const hrmt_how *how) {
    hrmt_outcome out;
    hrmt_ok(g->ctx, hrmt_join_said(g->ctx, g->layer, how, rows, NULL, ROWS, &out));
    hrmt_balanced(&out);
    ck_assert_uint_eq(out.counts.unmatched, ROWS);
    hrmt_ok(g->ctx, hrm_join_report_write_aliases(g->ctx, out.report, g->layer, g->path));
    hrmt_outcome_free(&out);
}

/* Puts a code behind the written form: what the person does. */
static char *fill_in(char *text, const char *form, const char *code) {
    char *const at = strstr(text, form);
    ck_assert_ptr_nonnull(at);
    const size_t before = (size_t)(at - text) + strlen(form);
    char *const out = malloc(strlen(text) + strlen(code) + 1);
    memcpy(out, text, before);
    (void)sprintf(out + before, "%s%s", code, text + before);
    free(text);
    return out;
}

START_TEST(there_and_back) {
    const hrmt_how how = {.duplicates = HRM_DUPLICATES_SUM};
    ground g = set_up("aliases");
    hrm_source source;
    hrm_crosswalk *aliases = NULL;
    hrm_gazetteer *gazetteer = NULL;
    hrm_gazetteer_options options;
    hrm_crosswalk_counts counts = {.struct_size = sizeof counts};
    hrmt_outcome out;
    write_aliases(&g, &how);
    char *text = hrmt_read_file(g.path, NULL);
    ck_assert_mem_eq(text, HEAD, strlen(HEAD));
    ck_assert_ptr_nonnull(strstr(text, "\nВінницька,,Жмеренська,,,2,"));
    ck_assert_ptr_nonnull(strstr(text, ",\"Жмеринська, Жмеринський, Вінницька\",UA0504001,"));
    ck_assert_ptr_nonnull(strstr(text, "\"Миколаївська, Шосткинський, Сумська\",UA5906001,"
                                       "\"Миколаївська, Сумський, Сумська\",UA5908013,"));
    hrm_source_init(&source, sizeof source);
    source.path = g.path;
    hrmt_ok(g.ctx, hrm_crosswalk_open(g.ctx, &source, NULL, &aliases)); /* as it is: nothing is decided */
    ck_assert(hrm_crosswalk_counts_of(aliases, &counts));
    ck_assert_uint_eq(counts.undecided, 4);
    ck_assert_uint_eq(counts.forms, 0);
    hrm_crosswalk_free(aliases);
    text = fill_in(text, "Жмеренська,,", "UA0504001");
    text = fill_in(text, "Сумська,,Миколаївська,,", "UA5908013");
    text = fill_in(text, "\"Громада \"\"Нова\"\", що є\",,", "UA4806001");
    text = fill_in(text, "Зовсім інша,,", "UA5908017");
    free(hrmt_text_file(g.folder, "aliases.csv", text));
    free(text);
    hrmt_ok(g.ctx, hrm_crosswalk_open(g.ctx, &source, NULL, &aliases));
    hrm_gazetteer_options_init(&options, sizeof options);
    options.aliases = aliases;
    hrmt_ok(g.ctx, hrm_gazetteer_new(g.ctx, g.layer, &options, &gazetteer));
    const hrmt_how settled = {.duplicates = HRM_DUPLICATES_SUM, .gazetteer = gazetteer};
    hrmt_ok(g.ctx, hrmt_join_said(g.ctx, g.layer, &settled, rows, NULL, ROWS, &out));
    hrmt_balanced(&out);
    hrmt_way_is(&out, HRM_MATCH_ALIAS, ROWS);
    hrmt_cell_is(out.table, "a", 5, 5, HRM_PRESENT);
    hrmt_cell_is(out.table, "a", 1, 2, HRM_PRESENT);
    hrmt_cell_is(out.table, "a", 3, 8, HRM_PRESENT);
    hrmt_cell_is(out.table, "a", 2, 16, HRM_PRESENT);
    hrmt_ok(g.ctx, hrm_join_report_write_aliases(g.ctx, out.report, g.layer, g.path));
    text = hrmt_read_file(g.path, NULL);
    ck_assert_str_eq(text, HEAD); /* there is nothing left to settle */
    free(text);
    hrmt_outcome_free(&out);
    hrm_gazetteer_free(gazetteer);
    hrm_crosswalk_free(aliases);
    tear_down(&g);
}
END_TEST

/* Rows that claim one community by name are in it too, and codes that a crosswalk may lead on. */
START_TEST(claims_and_codes) {
    static const hrmt_said claims[] = {
        {.name = "Жмеринська (Вінницька обл.)"},
        {.oblast = "Вінницька", .name = "Жмеринська"},
        {.code = "5920380000"},
        {.code = "UA5908013"},
        {.code = "5.92E+16"},
    };
    const hrmt_how how = {.duplicates = HRM_DUPLICATES_HOLD};
    ground g = set_up("claims");
    hrmt_outcome out;
    hrmt_ok(g.ctx, hrmt_join_said(g.ctx, g.layer, &how, claims, NULL, 5, &out));
    hrmt_ok(g.ctx, hrm_join_report_write_aliases(g.ctx, out.report, g.layer, g.path));
    char *const text = hrmt_read_file(g.path, NULL);
    ck_assert_ptr_nonnull(strstr(text, "\n,,Жмеринська (Вінницька обл.),,,1,\"рядки 2 і 5 стосуються однієї "
                                       "громади «Жмеринська» (UA0504001)"));
    ck_assert_ptr_nonnull(strstr(text, "\nВінницька,,Жмеринська,,,1,\"рядки 2 і 5"));
    ck_assert_ptr_nonnull(strstr(text, "\n,,5920380000,,,1,колишній код"));
    ck_assert_ptr_null(strstr(text, "5.92E+16")); /* a rounded code stands for many */
    ck_assert_ptr_null(strstr(text, "UA5908013,,"));
    free(text);
    hrmt_outcome_free(&out);
    tear_down(&g);
}
END_TEST

/* Two rows of one form in a table of one row per community: each is settled alone. */
START_TEST(rows_of_one_form) {
    static const hrmt_said same[] = {{.oblast = "Сумська", .name = "Миколаївська", .cells = {"1"}},
                                     {.oblast = "Сумська", .name = "Миколаївська", .cells = {"2"}},
                                     {.name = "Жмеринська", .cells = {"4"}},
                                     {.name = "Жмеринська", .cells = {"8"}}};
    hrmt_how how = {.duplicates = HRM_DUPLICATES_HOLD};
    ground g = set_up("aliases_by_row");
    hrm_source source;
    hrm_crosswalk *aliases = NULL;
    hrm_gazetteer *gazetteer = NULL;
    hrm_gazetteer_options options;
    hrmt_outcome out;
    hrmt_ok(g.ctx, hrmt_join_said(g.ctx, g.layer, &how, same, NULL, 4, &out));
    hrmt_ok(g.ctx, hrm_join_report_write_aliases(g.ctx, out.report, g.layer, g.path));
    hrmt_outcome_free(&out);
    char *text = hrmt_read_file(g.path, NULL);
    text = fill_in(text, "\nСумська,,Миколаївська,2,", "UA5908013");
    text = fill_in(text, "\nСумська,,Миколаївська,5,", "UA5906001");
    text = fill_in(text, "\n,,Жмеринська,8,", "UA0502003");
    text = fill_in(text, "\n,,Жмеринська,11,", "UA0504001");
    free(hrmt_text_file(g.folder, "aliases.csv", text));
    free(text);
    hrm_source_init(&source, sizeof source);
    source.path = g.path;
    hrmt_ok(g.ctx, hrm_crosswalk_open(g.ctx, &source, NULL, &aliases));
    hrm_gazetteer_options_init(&options, sizeof options);
    options.aliases = aliases;
    hrmt_ok(g.ctx, hrm_gazetteer_new(g.ctx, g.layer, &options, &gazetteer));
    how.gazetteer = gazetteer;
    hrmt_ok(g.ctx, hrmt_join_said(g.ctx, g.layer, &how, same, NULL, 4, &out));
    hrmt_balanced(&out);
    hrmt_way_is(&out, HRM_MATCH_ALIAS, 4);
    hrmt_cell_is(out.table, "a", 1, 1, HRM_PRESENT);
    hrmt_cell_is(out.table, "a", 0, 2, HRM_PRESENT);
    hrmt_cell_is(out.table, "a", 4, 4, HRM_PRESENT);
    hrmt_cell_is(out.table, "a", 5, 8, HRM_PRESENT);
    hrmt_outcome_free(&out);
    hrm_gazetteer_free(gazetteer);
    hrm_crosswalk_free(aliases);
    tear_down(&g);
}
END_TEST

/* Another layer with as many communities. */
static hrm_layer *another(hrm_context *ctx) {
    static const char *const codes[HRMT_NAMED] = {"UA5906001", "UA5908013", "UA5908017",
                                                  "UA4806001", "UA0502003", "UA0504003"};
    static const char *const squares[HRMT_NAMED] = {"POLYGON((30 50,31 50,31 51,30 51,30 50))"};
    hrm_layer *layer = NULL;
    hrmt_input input = hrmt_input_new(HRMT_NAMED, codes, squares);
    hrmt_ok(ctx, hrm_layer_from_wkb(ctx, &input.input, &layer));
    hrmt_input_free(&input);
    return layer;
}

START_TEST(what_is_refused) {
    const hrmt_how how = {.duplicates = HRM_DUPLICATES_SUM};
    ground g = set_up("aliases_refused");
    hrm_layer *const other = another(g.ctx);
    size_t size = 0;
    hrmt_outcome out;
    hrmt_ok(g.ctx, hrmt_join_said(g.ctx, g.layer, &how, rows, NULL, ROWS, &out));
    ck_assert_int_eq(hrm_join_report_write_aliases(NULL, out.report, g.layer, g.path), HRM_ERROR_ARGUMENT);
    hrmt_fails(g.ctx, hrm_join_report_write_aliases(g.ctx, NULL, g.layer, g.path), HRM_ERROR_ARGUMENT,
               "NULL");
    hrmt_fails(g.ctx, hrm_join_report_write_aliases(g.ctx, out.report, NULL, g.path), HRM_ERROR_ARGUMENT,
               "NULL");
    hrmt_fails(g.ctx, hrm_join_report_write_aliases(g.ctx, out.report, g.layer, NULL), HRM_ERROR_ARGUMENT,
               "NULL");
    hrmt_fails(g.ctx, hrm_join_report_write_aliases(g.ctx, out.report, other, g.path), HRM_ERROR_ARGUMENT,
               "not that of the join");
    hrmt_fails(g.ctx, hrm_join_report_json(g.ctx, out.report, other, NULL, 0, &size), HRM_ERROR_ARGUMENT,
               "layer");
    hrmt_fails(g.ctx, hrm_join_report_write_aliases(g.ctx, out.report, g.layer, "/nowhere/a.csv"),
               HRM_ERROR_WRITE, "/nowhere");
    hrmt_outcome_free(&out);
    hrm_layer_free(other);
    tear_down(&g);
}
END_TEST

typedef struct job {
    const ground *g;
    const hrm_join_report *report;
} job;

static hrm_status write_it(hrm_context *ctx, void *user) {
    const job *const j = user;
    return hrm_join_report_write_aliases(ctx, j->report, j->g->layer, j->g->path);
}

START_TEST(nothing_is_lost_when_memory_runs_out) {
    const hrmt_how how = {.duplicates = HRM_DUPLICATES_SUM};
    ground g = set_up("aliases_memory");
    hrmt_outcome out;
    hrmt_ok(g.ctx, hrmt_join_said(g.ctx, g.layer, &how, rows, NULL, ROWS, &out));
    job j = {&g, out.report};
    hrmt_fail_each(write_it, &j);
    hrmt_outcome_free(&out);
    tear_down(&g);
}
END_TEST

HRMT_SUITE("write_aliases", &there_and_back, &claims_and_codes, &rows_of_one_form, &what_is_refused,
           &nothing_is_lost_when_memory_runs_out)
