/* Projects: what each community got, and the account of every line and every hryvnia. */
#include "region.h"

static hrm_status new_list(hrm_context *ctx, const char *unit, const char *source, hrm_projects **out) {
    hrm_projects_options options;
    hrm_projects_options_init(&options, sizeof options);
    options.unit = unit;
    options.source = source;
    return hrm_projects_new(ctx, &options, out);
}

typedef struct line {
    const char *id, *code, *sector, *period;
    int32_t actor;
    double amount;
} line;

static hrm_status add(hrm_context *ctx, hrm_projects *projects, int64_t row, const line *l) {
    hrm_project project;
    hrm_project_init(&project, sizeof project);
    project.row = row;
    project.id = l->id;
    project.code = l->code;
    project.sector = l->sector;
    project.period = l->period;
    project.actor = l->actor;
    project.amount = l->amount;
    return hrm_projects_add(ctx, projects, &project);
}

static hrm_projects *list_of(hrm_context *ctx, const line *lines, size_t count) {
    hrm_projects *projects = NULL;
    hrmt_ok(ctx, new_list(ctx, "UAH", "list.csv", &projects));
    for (size_t i = 0; i < count; i++) hrmt_ok(ctx, add(ctx, projects, (int64_t)i + 2, &lines[i]));
    ck_assert_uint_eq(hrm_projects_count(projects), count);
    return projects;
}

#define LIST(ctx, lines) list_of((ctx), (lines), sizeof(lines) / sizeof *(lines))

/* 0.1 added ten times is 1 exactly when the sum is exact before it is rounded, and not when it is not. */
static const line mixed[] = {
    {"P1", "UA0502001", "school", "2021", HRM_ACTOR_STATE, 100.0},
    {"P1", "UA0502001", "school", "2022", HRM_ACTOR_STATE, 50.0},        /* the same project, another year */
    {"P2", "UA05020010000012345", "road", "2021", HRM_ACTOR_LOCAL, 0.1}, /* a settlement of it */
    {"P2", "UA0502003", "road", "2021", HRM_ACTOR_LOCAL, 0.2},   /* the same project in a second community */
    {NULL, "UA0502003", NULL, NULL, HRM_ACTOR_UNKNOWN, 7.0},     /* nothing said of it */
    {NULL, "UA0502003", NULL, NULL, HRM_ACTOR_UNKNOWN, NAN},     /* nor its amount */
    {"P3", "UA0504001", "school", "2022", HRM_ACTOR_STATE, NAN}, /* alone, and without amount */
    {"P4", "UA9999999", "school", "2021", HRM_ACTOR_STATE, 1000.0}, /* no such community */
    {"P5", "Kyiv", "school", "2021", HRM_ACTOR_PRIVATE, 2000.0},    /* no code */
    {"P6", NULL, "school", "2021", HRM_ACTOR_STATE, NAN},
};

START_TEST(each_community_gets_its_own) {
    hrmt_fixture f = hrmt_set_up();
    hrm_projects *const projects = LIST(f.ctx, mixed);
    hrmt_ok(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, f.table));
    hrmt_expect(f.table, "projects_count", (double[]){2, 3, 1, 0, 0}, 0);
    hrmt_expect(f.table, "investment_total", (double[]){150.1, 7.2, NAN, 0, 0}, HRM_MISSING_NOT_REPORTED);
    hrmt_expect(f.table, "investment_state", (double[]){150, 0, NAN, 0, 0}, HRM_MISSING_NOT_REPORTED);
    hrmt_expect(f.table, "investment_local", (double[]){0.1, 0.2, 0, 0, 0}, 0);
    hrmt_expect(f.table, "investment_private", (double[]){0, 0, 0, 0, 0}, 0);
    hrmt_expect(f.table, "investment_sector_school", (double[]){150, 0, NAN, 0, 0}, HRM_MISSING_NOT_REPORTED);
    hrmt_expect(f.table, "investment_sector_road", (double[]){0.1, 0.2, 0, 0, 0}, 0);
    hrmt_expect(f.table, "investment_total@2021", (double[]){100.1, 0.2, 0, 0, 0}, 0);
    hrmt_expect(f.table, "investment_total@2022", (double[]){50, 0, NAN, 0, 0}, HRM_MISSING_NOT_REPORTED);
    hrmt_expect(f.table, "investment_state@2021", (double[]){100, 0, 0, 0, 0}, 0);
    hrmt_expect(f.table, "investment_state@2022", (double[]){50, 0, NAN, 0, 0}, HRM_MISSING_NOT_REPORTED);
    hrmt_expect(f.table, "investment_local@2021", (double[]){0.1, 0.2, 0, 0, 0}, 0);
    ck_assert_uint_eq(hrm_table_find(f.table, "investment_local@2022"), HRM_NONE);
    ck_assert_uint_eq(hrm_table_find(f.table, "investment_people"), HRM_NONE);
    ck_assert_uint_eq(hrm_table_find(f.table, "investment_unknown"), HRM_NONE);
    ck_assert_uint_eq(hrm_table_column_count(f.table), 13);
    hrm_projects_free(projects);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(a_list_that_tells_all_actors_apart) {
    hrmt_fixture f = hrmt_set_up();
    hrm_projects *const projects = LIST(f.ctx, mixed);
    hrm_projects_set_all_actors(projects, true);
    hrmt_ok(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, (uint8_t[]){1, 1, 1, 1, 0}, f.table));
    hrmt_expect(f.table, "investment_people", (double[]){0, 0, 0, 0, NAN}, HRM_MISSING_NO_COVERAGE);
    hrmt_expect(f.table, "investment_international", (double[]){0, 0, 0, 0, NAN}, HRM_MISSING_NO_COVERAGE);
    hrmt_expect(f.table, "investment_people@2021", (double[]){0, 0, 0, 0, NAN}, HRM_MISSING_NO_COVERAGE);
    hrmt_expect(f.table, "investment_local", (double[]){0.1, 0.2, 0, 0, NAN}, HRM_MISSING_NO_COVERAGE);
    ck_assert_uint_eq(hrm_table_find(f.table, "investment_unknown"), HRM_NONE);
    ck_assert_uint_eq(hrm_table_column_count(f.table), 2 + 5 + 2 + 2 + 5 * 2);
    hrm_projects_free(projects);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(every_line_and_every_hryvnia_is_accounted_for) {
    hrmt_fixture f = hrmt_set_up();
    hrm_projects *const projects = LIST(f.ctx, mixed);
    hrm_projects_account account = {.struct_size = sizeof account};
    hrm_projects_entry entry = {.struct_size = sizeof entry};
    ck_assert(!hrm_projects_last_account(projects, &account));
    ck_assert_uint_eq(hrm_projects_entry_count(projects), 0);
    hrmt_ok(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, f.table));
    ck_assert(hrm_projects_last_account(projects, &account));
    ck_assert_uint_eq(account.lines, 10);
    ck_assert_uint_eq(account.placed, 7);
    ck_assert_uint_eq(account.unplaced, 1);
    ck_assert_uint_eq(account.unusable, 2);
    ck_assert_uint_eq(account.without_amount, 3);
    ck_assert_uint_eq(account.communities, 3);
    ck_assert_double_eq(account.total, 3157.3);
    ck_assert_double_eq(account.allocated, 157.3);
    ck_assert_double_eq(account.unallocated, 3000.0);
    ck_assert_uint_eq(hrm_projects_entry_count(projects), 5);
    static const struct {
        int64_t row;
        const char *key, *words;
    } expected[5] = {
        {7, "UA0502003", "not stated"},
        {8, "UA0504001", "not stated"},
        {9, "UA9999999", "no community"},
        {10, "Kyiv", ""},
        {11, "", "no code"},
    };
    for (size_t i = 0; i < 5; i++) {
        ck_assert(hrm_projects_entry_at(projects, i, &entry));
        ck_assert_int_eq(entry.row, expected[i].row);
        ck_assert_str_eq(entry.key, expected[i].key);
        ck_assert_msg(strstr(entry.text, expected[i].words) != NULL && entry.text[0] != '\0', "%s",
                      entry.text);
        ck_assert_int_eq(isnan(entry.amount), i < 2 || i == 4);
    }
    ck_assert(!hrm_projects_entry_at(projects, 5, &entry));
    entry.struct_size = 0;
    ck_assert(!hrm_projects_entry_at(projects, 0, &entry));
    hrm_projects_free(projects);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(total_is_allocated_and_unallocated_exactly) {
    hrmt_fixture f = hrmt_set_up();
    static const line lines[] = {
        {NULL, "UA0502001", NULL, NULL, HRM_ACTOR_STATE, 1e16},
        {NULL, "UA0502001", NULL, NULL, HRM_ACTOR_STATE, 1.0},
        {NULL, "UA0502001", NULL, NULL, HRM_ACTOR_STATE, -1e16},
        {NULL, NULL, NULL, NULL, HRM_ACTOR_STATE, 0.25},
    };
    hrm_projects *const projects = LIST(f.ctx, lines);
    hrm_projects_account account = {.struct_size = sizeof account};
    hrmt_ok(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, f.table));
    ck_assert(hrm_projects_last_account(projects, &account));
    ck_assert_double_eq(account.allocated, 1.0); /* 1e16 + 1 - 1e16 is 0 or 2 when added up in doubles */
    ck_assert_double_eq(account.unallocated, 0.25);
    ck_assert_double_eq(account.total, 1.25);
    ck_assert_double_eq(hrmt_values(f.table, "investment_total")[0], 1.0);
    hrm_projects_free(projects);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(coverage_tells_zero_from_missing) {
    hrmt_fixture f = hrmt_set_up();
    static const line lines[] = {{NULL, "UA0502001", "road", NULL, HRM_ACTOR_STATE, 5.0},
                                 {NULL, "UA0502003", "school", NULL, HRM_ACTOR_STATE, 6.0}};
    const uint8_t covered[HRMT_ROWS] = {1, 0, 0, 1, 1};
    hrm_projects *const projects = LIST(f.ctx, lines);
    hrmt_ok(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, covered, f.table));
    /* row 1 is not covered, yet the list names something there: money is never hidden */
    hrmt_expect(f.table, "projects_count", (double[]){1, 1, NAN, 0, 0}, HRM_MISSING_NO_COVERAGE);
    hrmt_expect(f.table, "investment_total", (double[]){5, 6, NAN, 0, 0}, HRM_MISSING_NO_COVERAGE);
    hrmt_expect(f.table, "investment_sector_road", (double[]){5, 0, NAN, 0, 0}, HRM_MISSING_NO_COVERAGE);
    hrm_projects_free(projects);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(columns_say_what_they_are) {
    hrmt_fixture f = hrmt_set_up();
    static const line lines[] = {{NULL, "UA0502001", "school", "2021", HRM_ACTOR_STATE, 5.0}};
    hrm_projects *const projects = LIST(f.ctx, lines);
    hrmt_ok(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, f.table));
    for (size_t c = 0; c < hrm_table_column_count(f.table); c++) {
        hrm_column_info info = {.struct_size = sizeof info};
        ck_assert(hrm_table_column(f.table, c, &info));
        ck_assert_int_eq(info.direction, HRM_HIGHER_BETTER);
        ck_assert_int_eq(info.rollup, HRM_ROLLUP_SUM);
        ck_assert_str_eq(info.source, "list.csv");
        ck_assert_str_eq(info.unit, c == 0 ? "" : "UAH");
        ck_assert(info.title_en[0] != '\0' && info.title_uk[0] != '\0');
    }
    ck_assert_str_eq(hrmt_column(f.table, "investment_state@2021").title_en, "Investment by the state, 2021");
    ck_assert_str_eq(hrmt_column(f.table, "investment_state@2021").title_uk, "Інвестиції держави, 2021");
    ck_assert_str_eq(hrmt_column(f.table, "investment_sector_school").title_uk,
                     "Інвестиції в галузь: school");
    hrm_projects_free(projects);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(sectors_become_ids) {
    hrmt_fixture f = hrmt_set_up();
    static const line lines[] = {
        {NULL, "UA0502001", "Освіта (школи)", NULL, HRM_ACTOR_STATE, 1.0},
        {NULL, "UA0502001", "Освіта/школи/", NULL, HRM_ACTOR_STATE, 2.0}, /* becomes the same: numbered */
        {NULL, "UA0502001", " Освіта (школи)\xC2\xA0", NULL, HRM_ACTOR_STATE, 4.0}, /* is the same */
        {NULL, "UA0502001", "b\xFF", NULL, HRM_ACTOR_STATE, 8.0},                   /* no UTF-8 */
        {NULL, "UA0502001", "2 cubed", NULL, HRM_ACTOR_STATE, 16.0},
        {NULL, "UA0502001", "  ", NULL, HRM_ACTOR_STATE, 32.0}, /* says nothing */
    };
    hrm_projects *const projects = LIST(f.ctx, lines);
    hrmt_ok(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, f.table));
    static const char *const ids[] = {"projects_count",
                                      "investment_total",
                                      "investment_state",
                                      "investment_sector_2_cubed",
                                      "investment_sector_b_",
                                      "investment_sector_Освіта__школи_",
                                      "investment_sector_Освіта_школи_"};
    static const double values[] = {6, 63, 63, 16, 8, 5, 2};
    ck_assert_uint_eq(hrm_table_column_count(f.table), sizeof ids / sizeof *ids);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        hrm_column_info info = {.struct_size = sizeof info};
        ck_assert(hrm_table_column(f.table, i, &info));
        ck_assert_str_eq(info.id, ids[i]);
        ck_assert_double_eq(hrm_table_values(f.table, i)[0], values[i]);
    }
    ck_assert_str_eq(hrmt_column(f.table, "investment_sector_b_").title_en,
                     "Investment in the sector: b\xEF\xBF\xBD");
    hrm_projects_free(projects);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(equal_ids_are_numbered) {
    hrmt_fixture f = hrmt_set_up();
    static const line lines[] = {{NULL, "UA0502001", "a-b", NULL, HRM_ACTOR_STATE, 1.0},
                                 {NULL, "UA0502001", "a b", NULL, HRM_ACTOR_STATE, 2.0},
                                 {NULL, "UA0502001", "a_b", NULL, HRM_ACTOR_STATE, 4.0}};
    hrm_projects *const projects = LIST(f.ctx, lines);
    hrmt_ok(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, f.table));
    ck_assert_double_eq(hrmt_values(f.table, "investment_sector_a_b")[0], 2.0); /* in the order of bytes */
    ck_assert_double_eq(hrmt_values(f.table, "investment_sector_a_b_2")[0], 1.0);
    ck_assert_double_eq(hrmt_values(f.table, "investment_sector_a_b_3")[0], 4.0);
    hrm_projects_free(projects);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(periods_are_read_or_told) {
    hrmt_fixture f = hrmt_set_up();
    static const line lines[] = {{NULL, "UA0502001", NULL, " 2021.0 ", HRM_ACTOR_STATE, 1.0},
                                 {NULL, "UA0502001", NULL, "2020", HRM_ACTOR_STATE, 2.0},
                                 {NULL, "UA0502001", NULL, "20@21", HRM_ACTOR_STATE, 4.0},
                                 {NULL, "UA0502001", NULL, "", HRM_ACTOR_STATE, 8.0}};
    hrm_projects *const projects = LIST(f.ctx, lines);
    hrm_projects_entry entry = {.struct_size = sizeof entry};
    hrmt_ok(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, f.table));
    ck_assert_double_eq(hrmt_values(f.table, "investment_total")[0], 15.0);
    ck_assert_double_eq(hrmt_values(f.table, "investment_total@2021")[0], 1.0);
    ck_assert_double_eq(hrmt_values(f.table, "investment_total@2020")[0], 2.0);
    ck_assert(hrm_table_find(f.table, "investment_total@2020") <
              hrm_table_find(f.table, "investment_total@2021"));
    ck_assert_uint_eq(hrm_projects_entry_count(projects), 1);
    ck_assert(hrm_projects_entry_at(projects, 0, &entry));
    ck_assert_int_eq(entry.row, 4);
    ck_assert_double_eq(entry.amount, 4.0);
    ck_assert_ptr_nonnull(strstr(entry.text, "period"));
    hrm_projects_free(projects);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(the_problem_of_an_amount_is_told) {
    hrmt_fixture f = hrmt_set_up();
    hrm_projects *projects = NULL;
    hrm_project project;
    hrm_projects_entry entry = {.struct_size = sizeof entry};
    char problem[] = "\"8 млн\" is no number";
    hrmt_ok(f.ctx, new_list(f.ctx, "UAH", NULL, &projects));
    hrm_project_init(&project, sizeof project);
    ck_assert(isnan(project.amount));
    project.code = "UA0502001";
    project.problem = problem;
    hrmt_ok(f.ctx, hrm_projects_add(f.ctx, projects, &project));
    memset(problem, 'x', sizeof problem - 1); /* it was copied */
    hrmt_ok(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, f.table));
    ck_assert(hrm_projects_entry_at(projects, 0, &entry));
    ck_assert_str_eq(entry.text, "\"8 млн\" is no number");
    ck_assert_str_eq(hrmt_column(f.table, "projects_count").source, "the projects");
    hrm_projects_free(projects);
    hrmt_tear_down(&f);
}
END_TEST

/* The order of lines changes nothing, not even the last bit, but the order of entries. */
START_TEST(order_does_not_matter) {
    hrmt_fixture f = hrmt_set_up();
    enum { COUNT = 500 };
    line lines[COUNT];
    line turned[COUNT];
    static const char *const codes[] = {"UA0502001", "UA0502003", "UA0504001"};
    static const char *const sectors[] = {"a", "b", "c", NULL};
    uint64_t state = 1;
    for (size_t i = 0; i < COUNT; i++) {
        state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
        lines[i] = (line){NULL,   codes[(state >> 33) % 3],     sectors[(state >> 40) % 4],
                          "2021", (int32_t)((state >> 50) % 6), (double)(state >> 30) / 1e5};
        turned[COUNT - 1 - i] = lines[i];
    }
    hrm_projects *const one = LIST(f.ctx, lines);
    hrm_projects *const other = LIST(f.ctx, turned);
    hrm_table *second = NULL;
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_COMMUNITY, &second));
    hrmt_ok(f.ctx, hrm_projects_place(f.ctx, one, f.layer, NULL, f.table));
    hrmt_ok(f.ctx, hrm_projects_place(f.ctx, other, f.layer, NULL, second));
    ck_assert_uint_eq(hrm_table_column_count(f.table), hrm_table_column_count(second));
    for (size_t c = 0; c < hrm_table_column_count(f.table); c++)
        ck_assert_mem_eq(hrm_table_values(f.table, c), hrm_table_values(second, c),
                         HRMT_ROWS * sizeof(double));
    hrm_table_free(second);
    hrm_projects_free(one);
    hrm_projects_free(other);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(an_empty_list_is_all_zero) {
    hrmt_fixture f = hrmt_set_up();
    hrm_projects *projects = NULL;
    hrm_projects_account account = {.struct_size = sizeof account};
    hrmt_ok(f.ctx, new_list(f.ctx, "UAH", NULL, &projects));
    hrmt_ok(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, f.table));
    ck_assert_uint_eq(hrm_table_column_count(f.table), 1);
    hrmt_expect(f.table, "projects_count", (double[]){0, 0, 0, 0, 0}, 0);
    ck_assert(hrm_projects_last_account(projects, &account));
    ck_assert_uint_eq(account.lines, 0);
    ck_assert_double_eq(account.total, 0.0);
    hrm_projects_free(projects);
    hrm_projects_free(NULL);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(actors_have_names) {
    static const char *const names[] = {"unknown", "state", "local", "international", "private", "people"};
    for (int32_t a = 0; a < 6; a++) {
        ck_assert_str_eq(hrm_actor_name(a), names[a]);
        ck_assert_int_eq(hrm_actor_from_name(names[a]), a == HRM_ACTOR_UNKNOWN ? -1 : a);
    }
    ck_assert_ptr_null(hrm_actor_name(6));
    ck_assert_ptr_null(hrm_actor_name(-1));
    ck_assert_int_eq(hrm_actor_from_name("State"), -1);
    ck_assert_int_eq(hrm_actor_from_name(NULL), -1);
}
END_TEST

START_TEST(what_is_told_is_utf8) {
    hrmt_fixture f = hrmt_set_up();
    hrm_projects *projects = NULL;
    hrm_projects_entry entry = {.struct_size = (uint32_t)sizeof entry};
    hrm_project project;
    hrm_project_init(&project, sizeof project);
    hrmt_ok(f.ctx, new_list(f.ctx, "UAH", NULL, &projects));
    project.code = "\xD0";
    hrmt_ok(f.ctx, hrm_projects_add(f.ctx, projects, &project));
    project.code = "UA0502001";
    project.problem = "\"\xFF\" is no number";
    hrmt_ok(f.ctx, hrm_projects_add(f.ctx, projects, &project));
    hrmt_ok(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, f.table));
    ck_assert_uint_eq(hrm_projects_entry_count(projects), 2);
    ck_assert(hrm_projects_entry_at(projects, 0, &entry));
    ck_assert_str_eq(entry.key, "?");
    ck_assert(hrm_projects_entry_at(projects, 1, &entry));
    ck_assert_str_eq(entry.text, "\"?\" is no number");
    hrm_projects_free(projects);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(what_is_wrong_is_refused) {
    hrmt_fixture f = hrmt_set_up();
    hrm_projects *projects = NULL;
    hrm_table *raions = NULL;
    const hrm_projects_options reserved = {.struct_size = sizeof reserved, .reserved = 1, .unit = "UAH"};
    const line wrong_actor = {NULL, NULL, NULL, NULL, 6, 1.0};
    const line infinite = {NULL, NULL, NULL, NULL, 1, INFINITY};
    const line good = {NULL, "UA0502001", NULL, NULL, HRM_ACTOR_STATE, 1.0};
    ck_assert_int_eq(hrm_projects_new(NULL, NULL, &projects), HRM_ERROR_ARGUMENT);
    hrmt_fails(f.ctx, new_list(f.ctx, "UAH", NULL, NULL), HRM_ERROR_ARGUMENT, "out is NULL");
    hrmt_fails(f.ctx, hrm_projects_new(f.ctx, NULL, &projects), HRM_ERROR_ARGUMENT, "no unit");
    hrmt_fails(f.ctx, hrm_projects_new(f.ctx, &reserved, &projects), HRM_ERROR_UNSUPPORTED,
               "reserved is not 0");
    hrmt_fails(f.ctx, new_list(f.ctx, NULL, NULL, &projects), HRM_ERROR_ARGUMENT, "no unit");
    hrmt_fails(f.ctx, new_list(f.ctx, "", NULL, &projects), HRM_ERROR_ARGUMENT, "no unit");
    hrmt_fails(f.ctx, new_list(f.ctx, "\xFF", NULL, &projects), HRM_ERROR_ARGUMENT, "not UTF-8");
    hrmt_fails(f.ctx, new_list(f.ctx, "UAH", "\xFF", &projects), HRM_ERROR_ARGUMENT, "not UTF-8");
    ck_assert_ptr_null(projects);
    hrmt_ok(f.ctx, new_list(f.ctx, "UAH", "list.csv", &projects));
    ck_assert_str_eq(hrm_projects_unit(projects), "UAH");
    hrmt_fails(f.ctx, add(f.ctx, projects, 12, &wrong_actor), HRM_ERROR_ARGUMENT,
               "list.csv, row 12: there is no actor 6");
    hrmt_fails(f.ctx, add(f.ctx, projects, 13, &infinite), HRM_ERROR_VALUE,
               "list.csv, row 13: the amount is infinite");
    hrmt_fails(f.ctx, hrm_projects_add(f.ctx, projects, NULL), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(f.ctx, hrm_projects_add(f.ctx, NULL, &(hrm_project){.struct_size = sizeof(hrm_project)}),
               HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(f.ctx, hrm_projects_add(f.ctx, projects, &(hrm_project){.struct_size = 0}), HRM_ERROR_ARGUMENT,
               "init function");
    ck_assert_uint_eq(hrm_projects_count(projects), 0);
    hrmt_ok(f.ctx, add(f.ctx, projects, 2, &good));
    hrmt_fails(f.ctx, hrm_projects_place(f.ctx, NULL, f.layer, NULL, f.table), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(f.ctx, hrm_projects_place(f.ctx, projects, NULL, NULL, f.table), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, NULL), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_RAION, &raions));
    hrmt_fails(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, raions), HRM_ERROR_ARGUMENT,
               "communities");
    hrm_layer *const other = hrmt_layer(f.ctx, 1, (const char *const[]){"UA0502001"},
                                        (const char *const[]){"POLYGON((30 50,31 50,31 51,30 50))"});
    hrmt_fails(f.ctx, hrm_projects_place(f.ctx, projects, other, NULL, f.table), HRM_ERROR_ARGUMENT,
               "another layer");
    hrmt_ok(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, f.table));
    const size_t columns = hrm_table_column_count(f.table);
    hrmt_fails(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, f.table), HRM_ERROR_DUPLICATE,
               "projects_count");
    ck_assert_uint_eq(hrm_table_column_count(f.table), columns);
    hrm_layer_free(other);
    hrm_table_free(raions);
    hrm_projects_free(projects);
    hrmt_tear_down(&f);
}
END_TEST

/* A column in the middle is taken: those before it go again, and the account stays that of the last placing.
 */
START_TEST(all_columns_or_none) {
    hrmt_fixture f = hrmt_set_up();
    static const line lines[] = {{NULL, "UA0502001", "road", NULL, HRM_ACTOR_STATE, 5.0}};
    const hrm_column_info taken = hrmt_info("investment_sector_road");
    const double zeros[HRMT_ROWS] = {0};
    hrm_projects *const projects = LIST(f.ctx, lines);
    hrm_projects_account account = {.struct_size = sizeof account};
    hrmt_ok(f.ctx, hrm_table_add(f.ctx, f.table, &taken, zeros, NULL, NULL));
    hrmt_fails(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, f.table), HRM_ERROR_DUPLICATE,
               "investment_sector_road");
    ck_assert_uint_eq(hrm_table_column_count(f.table), 1);
    ck_assert(!hrm_projects_last_account(projects, &account));
    hrm_projects_free(projects);
    hrmt_tear_down(&f);
}
END_TEST

START_TEST(sectors_and_periods_have_a_limit) {
    hrmt_fixture f = hrmt_set_up();
    hrm_projects *projects = NULL;
    hrmt_ok(f.ctx, new_list(f.ctx, "UAH", "list.csv", &projects));
    for (int i = 0; i < 1001; i++) {
        char text[16];
        (void)snprintf(text, sizeof text, "%d", i);
        const line l = {NULL, "UA0502001", text, NULL, HRM_ACTOR_STATE, 1.0};
        if (i == 1000) {
            hrm_table *enough = NULL;
            hrmt_ok(f.ctx, hrm_table_new(f.ctx, f.layer, HRM_LEVEL_COMMUNITY, &enough));
            hrmt_ok(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, enough));
            hrm_table_free(enough);
        }
        hrmt_ok(f.ctx, add(f.ctx, projects, i, &l));
    }
    hrmt_fails(f.ctx, hrm_projects_place(f.ctx, projects, f.layer, NULL, f.table), HRM_ERROR_LIMIT,
               "1001 sectors");
    ck_assert_uint_eq(hrm_table_column_count(f.table), 0);
    hrm_projects_free(projects);
    hrmt_tear_down(&f);
}
END_TEST

static hrm_status whole_life(hrm_context *ctx, void *user) {
    const hrm_layer *const layer = user;
    hrm_projects *projects = NULL;
    hrm_table *table = NULL;
    hrm_status status = new_list(ctx, "UAH", "list.csv", &projects);
    for (size_t i = 0; i < sizeof mixed / sizeof *mixed && status == HRM_OK; i++)
        status = add(ctx, projects, (int64_t)i, &mixed[i]);
    if (status == HRM_OK) status = hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table);
    if (status == HRM_OK) {
        status = hrm_projects_place(ctx, projects, layer, NULL, table);
        if (status != HRM_OK) ck_assert_uint_eq(hrm_table_column_count(table), 0);
    }
    hrm_table_free(table);
    hrm_projects_free(projects);
    return status;
}

START_TEST(memory_may_fail_anywhere) {
    hrmt_fixture f = hrmt_set_up();
    hrmt_fail_each(whole_life, f.layer);
    hrmt_tear_down(&f);
}
END_TEST

/* A line whose adding failed can be added again, and counts once. */
START_TEST(a_failed_line_did_not_count) {
    hrmt_memory memory;
    hrm_context *ctx = NULL;
    hrm_projects *projects = NULL;
    hrmt_memory_init(&memory);
    const hrm_allocator allocator = hrmt_allocator(&memory);
    ck_assert_int_eq(hrm_context_new(&allocator, &ctx), HRM_OK);
    hrmt_ok(ctx, new_list(ctx, "UAH", NULL, &projects));
    for (size_t k = 1;; k++) {
        hrmt_memory_arm(&memory, k, true);
        const hrm_status status = add(ctx, projects, 1, &mixed[0]);
        const bool failed = memory.failed;
        hrmt_memory_arm(&memory, 0, false);
        ck_assert_int_eq(status, failed ? HRM_ERROR_MEMORY : HRM_OK);
        ck_assert_uint_eq(hrm_projects_count(projects), failed ? 0 : 1);
        if (!failed) break;
    }
    hrm_projects_free(projects);
    hrm_context_free(ctx);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

HRMT_SUITE("projects", &each_community_gets_its_own, &a_list_that_tells_all_actors_apart,
           &every_line_and_every_hryvnia_is_accounted_for, &total_is_allocated_and_unallocated_exactly,
           &coverage_tells_zero_from_missing, &columns_say_what_they_are, &sectors_become_ids,
           &equal_ids_are_numbered, &periods_are_read_or_told, &the_problem_of_an_amount_is_told,
           &order_does_not_matter, &an_empty_list_is_all_zero, &actors_have_names, &what_is_told_is_utf8,
           &what_is_wrong_is_refused, &all_columns_or_none, &sectors_and_periods_have_a_limit,
           &memory_may_fail_anywhere, &a_failed_line_did_not_count)
