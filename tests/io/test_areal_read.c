/* Areas of files: values as numbers and as text, weights from a table and from features, and every refusal.
 */
#include <math.h>

#include "io/files.h"

/* Two squares of the ground in one (300 people, 10 %), and one that half lies outside. */
static const char geojson[] =
    "{\"type\":\"FeatureCollection\",\"features\":["
    "{\"type\":\"Feature\",\"properties\":{\"People\":300,\"rate\":\"10,5\",\"word\":\"many\",\"mixed\":"
    "\"1\"},"
    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[30,50],[30.2,50],[30.2,50.1],[30,50.1],[30,50]]]}}"
    ","
    "{\"type\":\"Feature\",\"properties\":{\"People\":80,\"rate\":\"20\",\"word\":null,\"mixed\":\"few\"},"
    "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[29.9,50],[30.1,50],[30.1,50.1],[29.9,50.1],[29.9,"
    "50]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"People\":5,\"rate\":null,\"word\":null,\"mixed\":\"-\"},"
    "\"geometry\":null}]}";

static const char settlements[] =
    "lon;lat;people\n30.05;50.05;100\n30.15;50.05;\"1 900\"\n;50;7\n30.16;50.05;\n";

typedef struct trial {
    hrmt_ground ground;
    hrm_source source, points_source;
    hrm_column_info infos[2];
    hrm_areal_column columns[2];
    const char *names[2];
    double scales[2];
    hrm_areal_fields fields;
    hrm_areal_points points;
    hrm_areal_options options;
    hrm_table *table;
    hrm_areal_report *report;
    char *paths[2];
} trial;

static void set_up(trial *t, const char *name) {
    memset(t, 0, sizeof *t);
    t->ground = hrmt_make_ground(name);
    t->paths[0] = hrmt_text_file(t->ground.folder, "raions.geojson", geojson);
    t->paths[1] = hrmt_text_file(t->ground.folder, "settlements.csv", settlements);
    hrm_source_init(&t->source, sizeof t->source);
    t->points_source = t->source;
    t->source.path = t->paths[0];
    t->points_source.path = t->paths[1];
    t->points_source.crs = "EPSG:4326";
    for (size_t i = 0; i < 2; i++) {
        hrm_column_info_init(&t->infos[i], sizeof t->infos[i]);
        t->columns[i] = (hrm_areal_column){sizeof t->columns[i], (int32_t)i + 1, &t->infos[i]};
        t->scales[i] = 1.0;
    }
    t->infos[0].id = "people";
    t->infos[1].id = "rate";
    t->names[0] = "people";
    t->names[1] = "rate";
    hrm_areal_fields_init(&t->fields, sizeof t->fields);
    t->fields.columns = t->columns;
    t->fields.fields = t->names;
    t->fields.scales = t->scales;
    t->fields.column_count = 2;
    hrm_areal_points_init(&t->points, sizeof t->points);
    t->points.source = &t->points_source;
    t->points.x = "lon";
    t->points.y = "lat";
    t->points.weight = "people";
    hrm_areal_options_init(&t->options, sizeof t->options);
    hrmt_ok(t->ground.ctx, hrm_table_new(t->ground.ctx, t->ground.layer, HRM_LEVEL_COMMUNITY, &t->table));
}

static void tear_down(trial *t) {
    hrm_areal_report_free(t->report);
    hrm_table_free(t->table);
    free(t->paths[0]);
    free(t->paths[1]);
    hrmt_free_ground(&t->ground);
}

static hrm_status run(trial *t, const hrm_areal_points *points) {
    return hrm_areal_read(t->ground.ctx, t->ground.layer, &t->source, &t->fields, points, &t->options,
                          t->table, &t->report);
}

static double value(const trial *t, const char *id, size_t row) {
    return hrm_table_values(t->table, hrm_table_find(t->table, id))[row];
}

static hrm_areal_amount amount_of(const trial *t, size_t i) {
    hrm_areal_amount amount = {.struct_size = sizeof amount};
    ck_assert(hrm_areal_report_amount(t->report, i, &amount));
    return amount;
}

START_TEST(by_area) {
    trial t;
    set_up(&t, "by_area");
    t.scales[0] = 1000;
    t.names[0] = " PEOPLE";
    hrmt_ok(t.ground.ctx, run(&t, NULL));
    ck_assert_double_eq_tol(value(&t, "people", 0), 150000 + 40000, 1e-6);
    ck_assert_double_eq_tol(value(&t, "people", 1), 150000, 1e-6);
    ck_assert_double_eq_tol(value(&t, "rate", 0), (10.5 + 20) / 2, 1e-12);
    ck_assert_double_eq_tol(value(&t, "rate", 1), 10.5, 1e-12);
    ck_assert(isnan(value(&t, "people", 2)) && isnan(value(&t, "people", 3)));
    const hrm_areal_amount people = amount_of(&t, 0);
    ck_assert(people.total == 385000 && people.without_place == 5000 && people.unusable == 0);
    ck_assert_double_eq_tol(people.outside, 40000, 1e-6);
    ck_assert(amount_of(&t, 1).numbers == 2 && amount_of(&t, 1).missing == 1);
    hrm_areal_row row = {.struct_size = sizeof row};
    ck_assert(hrm_areal_report_row(t.report, 2, &row) && row.outcome == HRM_AREAL_UNUSABLE && row.row == 3);
    tear_down(&t);
}
END_TEST

START_TEST(by_weights_of_a_table) {
    trial t;
    set_up(&t, "by_weights");
    hrmt_ok(t.ground.ctx, run(&t, &t.points));
    ck_assert_double_eq_tol(value(&t, "people", 0), 15 + 80, 1e-10);
    ck_assert_double_eq_tol(value(&t, "people", 1), 285, 1e-10);
    hrm_areal_counts counts = {.struct_size = sizeof counts};
    ck_assert(hrm_areal_report_counts(t.report, &counts));
    ck_assert(counts.points == 4 && counts.points_unusable == 2 && counts.in_communities == 2);
    tear_down(&t);
}
END_TEST

START_TEST(by_weights_of_features) {
    static const char places[] = "{\"type\":\"FeatureCollection\",\"features\":["
                                 "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\","
                                 "\"coordinates\":[30.05,50.05]}},"
                                 "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\","
                                 "\"coordinates\":[30.15,50.05]}},"
                                 "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\","
                                 "\"coordinates\":[30.15,50.06]}}]}";
    trial t;
    set_up(&t, "features");
    char *const path = hrmt_text_file(t.ground.folder, "places.geojson", places);
    t.points_source.path = path;
    t.points_source.crs = NULL;
    t.points.x = t.points.y = t.points.weight = NULL; /* every place weighs 1 */
    hrmt_ok(t.ground.ctx, run(&t, &t.points));
    ck_assert_double_eq_tol(value(&t, "people", 0), 100 + 80, 1e-10);
    ck_assert_double_eq_tol(value(&t, "people", 1), 200, 1e-10);
    free(path);
    tear_down(&t);
}
END_TEST

/* A cell that is no number is missing, counted, and told with its row. */
static void listen(int32_t level, const char *message, void *user) {
    if (level <= HRM_LOG_WARNING && strstr(message, "row 2: mixed is \"few\"") != NULL) *(bool *)user = true;
}

START_TEST(cells_that_are_no_number) {
    trial t;
    bool told = false;
    set_up(&t, "cells");
    t.names[1] = "mixed";
    hrm_context_set_log(t.ground.ctx, listen, &told);
    hrmt_ok(t.ground.ctx, run(&t, NULL));
    ck_assert(told);
    ck_assert(amount_of(&t, 1).unusable == 1 && amount_of(&t, 1).numbers == 1 &&
              amount_of(&t, 1).missing == 2);
    tear_down(&t);
}
END_TEST

#define refuse(spoil, with, status, words)                                                                   \
    do {                                                                                                     \
        trial t;                                                                                             \
        set_up(&t, "refused");                                                                               \
        spoil;                                                                                               \
        hrmt_fails(t.ground.ctx, run(&t, with), status, words);                                              \
        ck_assert_ptr_null(t.report);                                                                        \
        ck_assert_uint_eq(hrm_table_column_count(t.table), 0);                                               \
        tear_down(&t);                                                                                       \
    } while (0)

START_TEST(refusals) {
    refuse(t.names[1] = "word", NULL, HRM_ERROR_FIELD, "the field word holds text and not one number");
    refuse(t.names[1] = "raet", NULL, HRM_ERROR_FIELD, "rate");
    refuse(t.names[1] = NULL, NULL, HRM_ERROR_ARGUMENT, "field 1 is NULL");
    refuse(t.scales[1] = INFINITY, NULL, HRM_ERROR_ARGUMENT, "the scale of rate is no number");
    refuse(t.fields.column_count = 0, NULL, HRM_ERROR_ARGUMENT, "columns and their fields");
    refuse(t.fields.columns = NULL, NULL, HRM_ERROR_ARGUMENT, "columns and their fields");
    refuse(t.fields.fields = NULL, NULL, HRM_ERROR_ARGUMENT, "columns and their fields");
    refuse(t.fields.decimal = 9, NULL, HRM_ERROR_ARGUMENT, "decimal");
    refuse(t.fields.struct_size = 1, NULL, HRM_ERROR_ARGUMENT, "hrm_areal_fields");
    refuse(t.source.path = "nowhere.gpkg", NULL, HRM_ERROR_FILE, "nowhere.gpkg");
    refuse(t.source.where = "People > 1000", NULL, HRM_ERROR_FORMAT, "not one feature in it that passes");
    refuse(t.columns[0].kind = 0, NULL, HRM_ERROR_ARGUMENT, "column people");
    refuse(t.options.struct_size = 1, NULL, HRM_ERROR_ARGUMENT, "hrm_areal_options");
    refuse(t.points.struct_size = 1, &t.points, HRM_ERROR_ARGUMENT, "hrm_areal_points");
    refuse(t.points.source = NULL, &t.points, HRM_ERROR_ARGUMENT, "the source is NULL");
    refuse(t.points.y = NULL, &t.points, HRM_ERROR_ARGUMENT, "name both fields");
    refuse(t.points.decimal = -1, &t.points, HRM_ERROR_ARGUMENT, "decimal");
    refuse(t.points.weight = "peple", &t.points, HRM_ERROR_FIELD, "people");
    refuse(t.points_source.crs = NULL, &t.points, HRM_ERROR_CRS, "settlements.csv");
    refuse((t.points.x = t.points.y = NULL), &t.points, HRM_ERROR_FIELD, "");
    refuse(t.points_source.where = "people = '3'", &t.points, HRM_ERROR_FORMAT, "");
}
END_TEST

START_TEST(negative_weights_are_told_with_their_row) {
    trial t;
    set_up(&t, "negative");
    char *const path =
        hrmt_text_file(t.ground.folder, "n.csv", "lon,lat,people\n30.05,50.05,1\n30.05,50.05,-2\n");
    t.points_source.path = path;
    hrmt_fails(t.ground.ctx, run(&t, &t.points), HRM_ERROR_VALUE, "row 3: the weight in people is negative");
    ck_assert_int_eq(hrm_areal_read(NULL, t.ground.layer, &t.source, &t.fields, NULL, NULL, t.table, NULL),
                     HRM_ERROR_ARGUMENT);
    hrmt_ok(t.ground.ctx, hrm_areal_read(t.ground.ctx, t.ground.layer, &t.source, &t.fields, NULL, NULL,
                                         t.table, NULL)); /* a report is not needed */
    free(path);
    tear_down(&t);
}
END_TEST

static hrm_status whole_life(hrm_context *ctx, void *user) {
    const trial *const t = user;
    hrm_table *table = NULL;
    hrm_areal_report *report = NULL;
    hrm_status status = hrm_table_new(ctx, t->ground.layer, HRM_LEVEL_COMMUNITY, &table);
    if (status == HRM_OK)
        status =
            hrm_areal_read(ctx, t->ground.layer, &t->source, &t->fields, &t->points, NULL, table, &report);
    ck_assert((status == HRM_OK) == (report != NULL));
    hrm_areal_report_free(report);
    hrm_table_free(table);
    return status;
}

START_TEST(memory_may_fail_anywhere) {
    trial t;
    set_up(&t, "memory");
    t.names[1] = "mixed";
    hrmt_fail_each(whole_life, &t);
    tear_down(&t);
}
END_TEST

HRMT_SUITE("areal_read", &by_area, &by_weights_of_a_table, &by_weights_of_features, &cells_that_are_no_number,
           &refusals, &negative_weights_are_told_with_their_row, &memory_may_fail_anywhere)
