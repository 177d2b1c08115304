/*
 * Tables of PostgreSQL, beside the server that server.sh starts. The test makes its table with GDAL, as the
 * library only reads.
 */
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <unistd.h>

#include "io/files.h"
#include "io/read_by_code.h"

static const char secret[] = "very-secret";

/* "PG:…" with the password (or another) and more pairs; the caller's to free(). */
static char *connection(const char *password, const char *more) {
    const char *const server = getenv("HRMT_SERVER");
    ck_assert_msg(server != NULL, "HRMT_SERVER is not set: run server.sh");
    const size_t size = strlen(server) + strlen(password) + strlen(more) + 100;
    char *const text = malloc(size);
    ck_assert_ptr_nonnull(text);
    (void)snprintf(text, size, "PG:%s dbname=postgres password=%s%s", server, password, more);
    return text;
}

static void run_sql(GDALDatasetH dataset, const char *sql) {
    OGRLayerH const layer = GDALDatasetExecuteSQL(dataset, sql, NULL, NULL);
    if (layer != NULL) GDALDatasetReleaseResultSet(dataset, layer);
    ck_assert_str_eq(CPLGetLastErrorMsg(), "");
}

static void make_tables(void) {
    char *const path = connection(secret, "");
    GDALAllRegister();
    CPLErrorReset();
    GDALDatasetH const dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
    ck_assert_ptr_nonnull(dataset);
    run_sql(dataset, "DROP TABLE IF EXISTS money");
    run_sql(dataset, "DROP TABLE IF EXISTS other");
    run_sql(dataset, "CREATE TABLE money (code text, value numeric(12,2), year int, day date)");
    run_sql(dataset, "INSERT INTO money VALUES ('UA0502003', 1.5, 2021, '2022-03-08'), "
                     "('UA0502005', 2.25, 2021, NULL), ('UA0502003', 8, 2020, NULL)");
    run_sql(dataset, "CREATE TABLE other (x int)");
    run_sql(dataset,
            "CREATE OR REPLACE FUNCTION spend() RETURNS int LANGUAGE sql AS 'DELETE FROM money; SELECT 1'");
    (void)GDALClose(dataset);
    free(path);
}

/* As many rows as were put in; read by another connection. */
static void check_money_is_there(void) {
    char *const path = connection(secret, "");
    GDALDatasetH const dataset = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    ck_assert_ptr_nonnull(dataset);
    OGRLayerH const layer =
        GDALDatasetExecuteSQL(dataset, "SELECT CAST(count(*) AS int) FROM money", NULL, NULL);
    OGRFeatureH const row = OGR_L_GetNextFeature(layer);
    ck_assert_int_eq(OGR_F_GetFieldAsInteger(row, 0), 3);
    OGR_F_Destroy(row);
    GDALDatasetReleaseResultSet(dataset, layer);
    (void)GDALClose(dataset);
    free(path);
}

typedef struct trial {
    hrm_source source;
    const char *field;
    bool text;
} trial;

static hrm_status run(const hrmt_ground *g, const trial *t, hrm_table **table) {
    hrm_join *join = NULL;
    hrm_join_column column;
    hrm_column_info info;
    hrm_join_options options;
    hrm_join_column_init(&column, sizeof column);
    hrm_column_info_init(&info, sizeof info);
    info.id = "v";
    column.info = &info;
    column.is_text = t->text;
    hrm_join_options_init(&options, sizeof options);
    options.columns = &column;
    options.column_count = 1;
    *table = NULL;
    hrm_status status = hrm_join_new(g->ctx, g->layer, &options, &join);
    if (status == HRM_OK) status = read_by_code(g->ctx, &t->source, "code", NULL, &t->field, 1, join);
    if (status == HRM_OK) status = hrm_table_new(g->ctx, g->layer, HRM_LEVEL_COMMUNITY, table);
    if (status == HRM_OK) status = hrm_join_finish(g->ctx, join, *table, NULL);
    hrm_join_free(join);
    return status;
}

static trial trial_of(const char *path) {
    trial t = {.field = "value"};
    hrm_source_init(&t.source, sizeof t.source);
    t.source.path = path;
    t.source.allow_server = 1;
    return t;
}

static double first_value(const hrmt_ground *g, const hrm_table *table, const char *code) {
    return hrm_table_values(table, 0)[hrm_layer_find(g->layer, code)];
}

START_TEST(tables_are_read) {
    hrmt_ground g = hrmt_make_ground("server");
    hrm_table *table = NULL;
    char *const path = connection(secret, "");
    make_tables();
    trial t = trial_of(path);
    t.source.layer = "money";
    t.source.where = "year = 2021";
    hrmt_ok(g.ctx, run(&g, &t, &table));
    ck_assert_double_eq(first_value(&g, table, "UA0502003"), 1.5);
    ck_assert_double_eq(first_value(&g, table, "UA0502005"), 2.25);
    ck_assert(isnan(first_value(&g, table, "UA0504001")));
    hrm_table_free(table);
    t.source.layer = t.source.where = NULL;
    t.source.sql = "SELECT code, sum(value) AS value FROM money GROUP BY code ORDER BY code";
    hrmt_ok(g.ctx, run(&g, &t, &table));
    ck_assert_double_eq(first_value(&g, table, "UA0502003"), 9.5);
    hrm_table_free(table);
    t.source.sql = "SELECT code, day AS value FROM money WHERE year = 2021";
    t.text = true;
    hrmt_ok(g.ctx, run(&g, &t, &table));
    ck_assert_str_eq(hrm_table_text(table, 0, hrm_layer_find(g.layer, "UA0502003")), "2022-03-08");
    hrm_table_free(table);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

static void check_refused(const hrmt_ground *g, const trial *t, hrm_status expected, const char *words) {
    hrm_table *table = NULL;
    hrmt_fails(g->ctx, run(g, t, &table), expected, words);
    hrm_table_free(table);
    ck_assert_msg(strstr(hrm_error_message(g->ctx), secret) == NULL, "%s", hrm_error_message(g->ctx));
    ck_assert_msg(strstr(hrm_error_message(g->ctx), "wrong-one") == NULL, "%s", hrm_error_message(g->ctx));
}

START_TEST(nothing_is_changed_and_no_password_told) {
    hrmt_ground g = hrmt_make_ground("server_refused");
    char *path = connection(secret, "");
    make_tables();
    trial t = trial_of(path);
    check_refused(&g, &t, HRM_ERROR_FIELD, "\"money\"");
    t.source.layer = "mony";
    check_refused(&g, &t, HRM_ERROR_FIELD, "did you mean \"money\"?");
    t.source.layer = NULL;
    t.source.sql = "WITH gone AS (DELETE FROM money RETURNING code, value) SELECT * FROM gone";
    check_refused(&g, &t, HRM_ERROR_ARGUMENT, "read-only");
    /* a function that writes, once the session's default allows it: one row, so that all of a first run is
     * before it, and a second run would write */
    t.source.sql =
        "SELECT code, CASE WHEN current_setting('default_transaction_read_only') = 'on' THEN "
        "length(set_config('default_transaction_read_only', 'off', false)) ELSE spend() END AS value "
        "FROM money WHERE code = 'UA0502005'";
    hrm_table *table = NULL;
    hrmt_ok(g.ctx, run(&g, &t, &table));
    ck_assert_double_eq(first_value(&g, table, "UA0502005"), 3); /* the length of "off" */
    hrm_table_free(table);
    check_money_is_there();
    t.source.sql =
        "SELECT code, length(set_config('transaction_read_only', 'off', true)) AS value FROM money";
    check_refused(&g, &t, HRM_ERROR_ARGUMENT, "read-write");
    t.source.sql = "SELECT code, spend() AS value FROM money";
    check_refused(&g, &t, HRM_ERROR_ARGUMENT, "read-only");
    t.source.sql = "DELETE FROM money";
    check_refused(&g, &t, HRM_ERROR_ARGUMENT, "SELECT or WITH");
    t.source.sql = "SELECT code, value FROM money; DROP TABLE money";
    check_refused(&g, &t, HRM_ERROR_ARGUMENT, "one statement");
    t.source.sql = "SELECT code, value FROM nothing";
    check_refused(&g, &t, HRM_ERROR_ARGUMENT, "nothing");
    t.source.sql = NULL;
    t.source.layer = "money";
    t.source.where = "year = 2021) AND nextval('x') > (0";
    check_refused(&g, &t, HRM_ERROR_ARGUMENT, "cannot be used");
    t.source.where = NULL;
    t.source.allow_server = 0;
    check_refused(&g, &t, HRM_ERROR_UNSUPPORTED, "allow_server");
    free(path);
    path = connection("wrong-one", "");
    t = trial_of(path);
    t.source.layer = "money";
    check_refused(&g, &t, HRM_ERROR_FILE, "password authentication failed");
    free(path);
    path = connection("'wrong-one", ""); /* a quote that is not closed */
    t = trial_of(path);
    check_refused(&g, &t, HRM_ERROR_ARGUMENT, "single quotes");
    free(path);
    path = connection("wrong-one wrong-one", ""); /* a blank that wants quotes */
    t = trial_of(path);
    check_refused(&g, &t, HRM_ERROR_ARGUMENT, "single quotes");
    free(path);
    path = connection(secret, " options='-c default_transaction_read_only=off'");
    t = trial_of(path);
    check_refused(&g, &t, HRM_ERROR_UNSUPPORTED, "options");
    free(path);
    path = connection(secret, " wrong-one=1");
    t = trial_of(path);
    check_refused(&g, &t, HRM_ERROR_FILE, "none that PostgreSQL knows");
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

static void check_told(const hrmt_ground *g, hrm_status status, hrm_status expected, const char *words) {
    const char *const message = hrm_error_message(g->ctx);
    hrmt_fails(g->ctx, status, expected, words);
    ck_assert_msg(strstr(message, secret) == NULL, "%s", message);
}

/* Everything that opens a table of a server, on one that is not what it should be. */
START_TEST(no_reader_tells_the_password) {
    hrmt_ground g = hrmt_make_ground("server_told");
    char *const path = connection(secret, "");
    make_tables();
    trial t = trial_of(path);
    hrm_codifier *codifier = NULL;
    hrm_crosswalk *crosswalk = NULL;
    hrm_crosswalk_fields crosswalk_fields;
    hrm_fields *fields = NULL;
    size_t place = 0;
    t.source.layer = "other";
    check_told(&g, hrm_codifier_open(g.ctx, &t.source, NULL, &codifier), HRM_ERROR_FIELD,
               "no field of codes");
    hrmt_ok(g.ctx, hrm_fields_open(g.ctx, &t.source, NULL, 0, &fields));
    check_told(&g, hrm_fields_find_code(g.ctx, fields, &place), HRM_ERROR_FIELD, "dbname=postgres");
    hrm_fields_free(fields);
    t.source.layer = "money";
    check_told(&g, hrm_codifier_open(g.ctx, &t.source, NULL, &codifier), HRM_ERROR_FIELD,
               "no field of names");
    hrm_crosswalk_fields_init(&crosswalk_fields, sizeof crosswalk_fields);
    crosswalk_fields.written = "day";
    crosswalk_fields.code = "value"; /* no codes */
    check_told(&g, hrm_crosswalk_open(g.ctx, &t.source, &crosswalk_fields, &crosswalk), HRM_ERROR_CODE,
               "dbname=postgres");
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

HRMT_SUITE("server", &tables_are_read, &nothing_is_changed_and_no_password_told,
           &no_reader_tells_the_password)
