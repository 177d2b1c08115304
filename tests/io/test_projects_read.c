/* Tables of projects: actors by name, amounts that are none, and what is refused. */
#include <math.h>

#include "io/files.h"

static hrm_status new_list(hrm_context *ctx, const char *unit, const char *source, hrm_projects **out) {
    hrm_projects_options options;
    hrm_projects_options_init(&options, sizeof options);
    options.unit = unit;
    options.source = source;
    return hrm_projects_new(ctx, &options, out);
}

static const char table[] = "hromada,who,id,sector,year,amount\n"
                            "UA05020030000031457,State,p1,schools,2020,\"1 000,5\"\n"
                            "UA05020030000031457,local,p1,schools,2021,2\n"
                            "UA0502005,,p2,,2021,\"8000 тис. (загальний фонд)\"\n"
                            "UA9999999,private,p3,roads,2020,4\n"
                            ",private,p4,roads,2020,8\n"
                            "UA0504001,people,p5,roads,2020,-\n";

static hrm_projects_fields fields_of_table(void) {
    hrm_projects_fields f;
    hrm_projects_fields_init(&f, sizeof f);
    f.key = "Hromada";
    f.amount = "amount";
    f.id = "id";
    f.actor_field = "who";
    f.sector = "sector";
    f.period = "year";
    f.scale = 1000;
    return f;
}

static double value_of(const hrm_table *t, const hrm_layer *layer, const char *column, const char *code) {
    const double *const values = hrm_table_values(t, hrm_table_find(t, column));
    ck_assert_msg(values != NULL, "no column %s", column);
    return values[hrm_layer_find(layer, code)];
}

START_TEST(lines_are_read_with_all_their_fields) {
    hrmt_ground g = hrmt_make_ground("lines");
    hrm_projects *projects = NULL;
    hrm_table *t = NULL;
    hrm_source source;
    const hrm_projects_fields fields = fields_of_table();
    char *const path = hrmt_text_file(g.folder, "a.csv", table);
    hrm_source_init(&source, sizeof source);
    source.path = path;
    hrmt_ok(g.ctx, new_list(g.ctx, "UAH", path, &projects));
    hrmt_ok(g.ctx, hrm_projects_read(g.ctx, &source, &fields, projects));
    ck_assert_uint_eq(hrm_projects_count(projects), 6);
    hrmt_ok(g.ctx, hrm_table_new(g.ctx, g.layer, HRM_LEVEL_COMMUNITY, &t));
    hrmt_ok(g.ctx, hrm_projects_place(g.ctx, projects, g.layer, NULL, t));
    hrm_projects_account account = {.struct_size = (uint32_t)sizeof account};
    ck_assert(hrm_projects_last_account(projects, &account));
    ck_assert_uint_eq(account.lines, 6);
    ck_assert_uint_eq(account.placed, 4);
    ck_assert_uint_eq(account.unplaced, 1);
    ck_assert_uint_eq(account.unusable, 1);
    ck_assert_uint_eq(account.without_amount, 2);
    ck_assert_double_eq(account.total, 1014500);
    ck_assert_double_eq(account.allocated, 1002500);
    ck_assert_double_eq(value_of(t, g.layer, "investment_total", "UA0502003"), 1002500);
    ck_assert_double_eq(value_of(t, g.layer, "investment_state", "UA0502003"), 1000500);
    ck_assert_double_eq(value_of(t, g.layer, "investment_local@2021", "UA0502003"), 2000);
    ck_assert_double_eq(value_of(t, g.layer, "investment_sector_schools", "UA0502003"), 1002500);
    ck_assert_double_eq(value_of(t, g.layer, "projects_count", "UA0502003"), 1);
    bool told = false;
    for (size_t i = 0; i < hrm_projects_entry_count(projects); i++) {
        hrm_projects_entry entry = {.struct_size = (uint32_t)sizeof entry};
        ck_assert(hrm_projects_entry_at(projects, i, &entry));
        if (entry.row == 4) told = strstr(entry.text, "8000 тис. (загальний фонд)") != NULL;
    }
    ck_assert_msg(told, "the amount that is no number is not told");
    hrm_projects_free(projects);
    hrm_table_free(t);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

START_TEST(one_actor_may_be_said_for_all) {
    hrmt_ground g = hrmt_make_ground("actor");
    hrm_projects *projects = NULL;
    hrm_table *t = NULL;
    hrm_source source;
    hrm_projects_fields fields = fields_of_table();
    fields.actor_field = fields.id = fields.sector = fields.period = NULL;
    fields.actor = HRM_ACTOR_STATE;
    char *const path = hrmt_text_file(g.folder, "a.csv", table);
    hrm_source_init(&source, sizeof source);
    source.path = path;
    source.where = "year = '2021'";
    hrmt_ok(g.ctx, new_list(g.ctx, "UAH", path, &projects));
    hrmt_ok(g.ctx, hrm_projects_read(g.ctx, &source, &fields, projects));
    ck_assert_uint_eq(hrm_projects_count(projects), 2);
    hrmt_ok(g.ctx, hrm_table_new(g.ctx, g.layer, HRM_LEVEL_COMMUNITY, &t));
    hrmt_ok(g.ctx, hrm_projects_place(g.ctx, projects, g.layer, NULL, t));
    ck_assert_double_eq(value_of(t, g.layer, "investment_state", "UA0502003"), 2000);
    hrm_projects_free(projects);
    hrm_table_free(t);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

START_TEST(what_cannot_be_read_is_refused) {
    hrmt_ground g = hrmt_make_ground("refused");
    hrm_projects *projects = NULL;
    hrm_source source;
    hrm_projects_fields fields = fields_of_table();
    char *path =
        hrmt_text_file(g.folder, "a.csv", "hromada,who,amount\nUA0502003,state,1\nUA0502003,stat,1\n");
    hrm_source_init(&source, sizeof source);
    source.path = path;
    fields.id = fields.sector = fields.period = NULL;
    hrmt_ok(g.ctx, new_list(g.ctx, "UAH", NULL, &projects));
    hrmt_fails(g.ctx, hrm_projects_read(g.ctx, &source, &fields, projects), HRM_ERROR_VALUE,
               "a.csv: row 3: there is no actor \"stat\"; did you mean \"state\"?");
    ck_assert_int_eq(hrm_projects_read(NULL, &source, &fields, projects), HRM_ERROR_ARGUMENT);
    hrmt_fails(g.ctx, hrm_projects_read(g.ctx, &source, NULL, projects), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(g.ctx, hrm_projects_read(g.ctx, &source, &fields, NULL), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(g.ctx, hrm_projects_read(g.ctx, NULL, &fields, projects), HRM_ERROR_ARGUMENT, "source");
    fields.amount = "amounts";
    hrmt_fails(g.ctx, hrm_projects_read(g.ctx, &source, &fields, projects), HRM_ERROR_FIELD, "\"amount\"");
    fields.amount = NULL;
    hrmt_fails(g.ctx, hrm_projects_read(g.ctx, &source, &fields, projects), HRM_ERROR_ARGUMENT, "are needed");
    fields = fields_of_table();
    fields.actor = 99;
    hrmt_fails(g.ctx, hrm_projects_read(g.ctx, &source, &fields, projects), HRM_ERROR_ARGUMENT, "HRM_ACTOR_");
    fields.actor = 0;
    fields.decimal = 99;
    hrmt_fails(g.ctx, hrm_projects_read(g.ctx, &source, &fields, projects), HRM_ERROR_ARGUMENT,
               "HRM_DECIMAL_");
    fields.decimal = 0;
    fields.scale = NAN;
    hrmt_fails(g.ctx, hrm_projects_read(g.ctx, &source, &fields, projects), HRM_ERROR_ARGUMENT, "scale");
    hrm_projects_free(projects);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

typedef struct memory_trial {
    const char *path;
} memory_trial;

static hrm_status read_list(hrm_context *ctx, void *user) {
    const memory_trial *const m = user;
    hrm_projects *projects = NULL;
    hrm_source source;
    const hrm_projects_fields fields = fields_of_table();
    hrm_source_init(&source, sizeof source);
    source.path = m->path;
    hrm_status status = new_list(ctx, "UAH", NULL, &projects);
    if (status == HRM_OK) status = hrm_projects_read(ctx, &source, &fields, projects);
    hrm_projects_free(projects);
    return status;
}

START_TEST(every_allocation_may_fail) {
    hrmt_ground g = hrmt_make_ground("memory");
    char *const path = hrmt_text_file(g.folder, "a.csv", table);
    memory_trial m = {path};
    hrmt_fail_each(read_list, &m);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

HRMT_SUITE("projects_read", &lines_are_read_with_all_their_fields, &one_actor_may_be_said_for_all,
           &what_cannot_be_read_is_refused, &every_allocation_may_fail)
