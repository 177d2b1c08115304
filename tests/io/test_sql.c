/* SQL of the caller: what is run, what is refused, and connections that are told without their passwords. */
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>

#include "io/files.h"
#include "io/read_by_code.h"
#include "io/server.h"
#include "io/sql.h"

START_TEST(one_select_is_a_statement) {
    hrm_context *const ctx = hrmt_context();
    static const char *const good[] = {"SELECT 1", "  select * FROM a",
                                       "WITH x AS (SELECT 1) SELECT * FROM x"};
    static const char *const bad[] = {"DELETE FROM a", "SELECTED",   "",        "ATTACH 'b' AS c",
                                      "PRAGMA x",      "DELLAYER:a", "'SELECT'"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        hrmt_ok(ctx, hrmi_sql_check_select(ctx, good[i], "a"));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        hrmt_fails(ctx, hrmi_sql_check_select(ctx, bad[i], "a"), HRM_ERROR_ARGUMENT, "SELECT or WITH");
    hrmt_fails(ctx, hrmi_sql_check_select(ctx, "SELECT 1;", "a"), HRM_ERROR_ARGUMENT, "semicolon");
    hrm_context_free(ctx);
}
END_TEST

START_TEST(functions_are_those_of_a_list) {
    hrm_context *const ctx = hrmt_context();
    static const char *const good[] = {
        "SELECT code, sum(value) FROM a WHERE x IN (1, 2) GROUP BY code HAVING count(*) > 1",
        "SELECT \"a (b\", 'it''s load_extension(' FROM [t (1)] WHERE (x) AND ((y) OR NOT (z))",
        "SELECT CAST(a AS REAL), COALESCE (b, 0) FROM t JOIN u USING (code)",
        "WITH x AS (SELECT 1 AS a) SELECT * FROM x, (SELECT 2)",
        "SELECT назва FROM таблиця WHERE рік = 2021"};
    static const char *const bad[] = {"SELECT load_extension('x')",
                                      "SELECT LOAD_EXTENSION ('x')",
                                      "SELECT \"load_extension\"('x')",
                                      "SELECT [load_extension] ('x')",
                                      "SELECT `ogr_geocode`('x')",
                                      "SELECT ogr_datasource_load_layers('x.shp')",
                                      "SELECT BlobFromFile('/etc/passwd')",
                                      "SELECT 'load_extension'('x')",
                                      "SELECT * FROM pragma_table_info('a')",
                                      "SELECT x.load_extension(1)",
                                      "WITH x(a) AS (SELECT 1) SELECT a FROM x",
                                      "SELECT file FROM pragma_database_list",
                                      "SELECT file FROM 'Pragma_database_list'",
                                      "SELECT x.file FROM [pragma_database_list] AS x",
                                      "SELECT * FROM main . \"sqlite_dbpage\"",
                                      "SELECT * FROM DBSTAT",
                                      "SELECT printf('%1000000000d', 1)"};
    static const char *const odd[][2] = {{"SELECT load_extension/**/('x')", "comments"},
                                         {"SELECT 1 -- x", "comments"},
                                         {"SELECT 'a", "not closed"},
                                         {"SELECT [a", "not closed"},
                                         {"SELECT 'a''", "not closed"}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        hrmt_ok(ctx, hrmi_sql_check_functions(ctx, good[i], "a"));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        hrmt_fails(ctx, hrmi_sql_check_functions(ctx, bad[i], "a.gpkg"), HRM_ERROR_UNSUPPORTED, "a.gpkg");
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        hrmt_fails(ctx, hrmi_sql_check_functions(ctx, odd[i][0], "a"), HRM_ERROR_ARGUMENT, odd[i][1]);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(schemas_stay_in_their_file) {
    static const char *const good[] = {
        "CREATE TABLE a (x text DEFAULT 'CREATE VIRTUAL TABLE b USING VirtualOGR(x)')",
        "CREATE VIEW w AS SELECT * FROM a",
        "CREATE UNIQUE INDEX i ON a (x)",
        "CREATE INDEX i ON a (x)",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE \"rtree_a_geom\" USING rtree(id, minx, maxx, miny, maxy)",
        "CREATE VIRTUAL TABLE [a using] USING \"fts5\"(x)",
        "CREATE VIRTUAL TABLE SpatialIndex USING VirtualSpatialIndex()"};
    static const char *const bad[] = {"CREATE VIRTUAL TABLE b USING VirtualOGR('x.csv')",
                                      "create/**/virtual table b using VirtualOGR('x.csv')",
                                      "CREATE\tVIRTUAL TABLE b USING \"Virtual\"\"OGR\"('x.csv')",
                                      "CREATE -- x\n VIRTUAL TABLE b USING VirtualText('x.csv')",
                                      "CREATE \xEF\xBB\xBFVIRTUAL TABLE b USING [VirtualShape]('x')",
                                      "CREATE VIRTUAL TABLE [b using rtree (] USING VirtualOGR('x')",
                                      "CREATE VIRTUAL TABLE b /* USING rtree( */ USING VirtualOGR('x')",
                                      "CREATE VIRTUAL TABLE b USING /*",
                                      "CREATE SOMETHING b",
                                      ""};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_msg(hrmi_sql_stays_in_file(good[i]), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!hrmi_sql_stays_in_file(bad[i]), "%s", bad[i]);
}
END_TEST

START_TEST(statements_come_to_an_end) {
    hrm_context *const ctx = hrmt_context();
    static const char *const good[] = {
        "SELECT code, value AS v FROM t", "WITH x AS (SELECT 1 AS a) SELECT * FROM x, (SELECT a FROM x)",
        "WITH x AS NOT MATERIALIZED (SELECT x.a FROM y AS x), z AS (SELECT * FROM x) SELECT * FROM z",
        "SELECT recursive FROM t"};
    static const char *const bad[] = {
        "WITH RECURSIVE c AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM c) SELECT * FROM c",
        "with c as (select 1 as x union all select x + 1 from c) select * from c",
        "WITH c AS MATERIALIZED (SELECT 1 AS x UNION ALL SELECT x + 1 FROM (SELECT * FROM t), [C]) SELECT 1",
        "WITH a AS (SELECT 1), \"c\" AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM a, c) SELECT * FROM c"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        hrmt_ok(ctx, hrmi_sql_check_end(ctx, good[i], "a"));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        hrmt_fails(ctx, hrmi_sql_check_end(ctx, bad[i], "a.gpkg"), HRM_ERROR_UNSUPPORTED,
                   "reads from itself");
    hrmt_ok(ctx,
            hrmi_sql_check_patterns(ctx, "a LIKE '%b%c%' AND d LIKE '%''%%' OR e % 2 % 2 % 2 % 2 = 1", "a"));
    hrmt_fails(ctx, hrmi_sql_check_patterns(ctx, "a LIKE '%a%a%a%b'", "a"), HRM_ERROR_UNSUPPORTED, "signs %");
    hrmt_fails(ctx, hrmi_sql_check_patterns(ctx, "a LIKE '%a%''%\\'%b'", "a"), HRM_ERROR_UNSUPPORTED,
               "signs %");
    hrm_context_free(ctx);
}
END_TEST

static void check_shown(const char *path, const char *expected) {
    char shown[400];
    hrmi_server_show(path, shown, sizeof shown);
    ck_assert_str_eq(shown, expected);
}

START_TEST(passwords_are_not_told) {
    char shown[20];
    check_shown("PG:host=a dbname=b user=c password=d", "PG:host=a dbname=b user=c …");
    check_shown("pg:password = 'it\\'s a secret' dbname='my data'", "PG:dbname='my data' …");
    check_shown("PG:dbname=a password=my secret", "PG:dbname=a …");
    check_shown("PG:dbname=a password='my secret", "PG:dbname=a …");
    check_shown("PG:dbname=a", "PG:dbname=a");
    check_shown("PG:postgresql://me:secret@host/db", "PG:postgresql://…@host/db");
    check_shown("https://me:p@ss@host/x.csv", "https://…@host/x.csv");
    check_shown("https://host/x.csv", "https://host/x.csv");
    check_shown("statistics/a.csv", "statistics/a.csv");
    hrmi_server_show("PG:dbname=дуже_довга_назва_бази", shown, sizeof shown);
    ck_assert_uint_lt(strlen(shown), sizeof shown);
    ck_assert(hrmi_server_is("PG:x") && hrmi_server_is("pg:") && !hrmi_server_is("PGX:") &&
              !hrmi_server_is("P"));
    ck_assert_str_eq(hrmi_server_reason("PG:password=abc", "no such user"), "no such user");
    ck_assert_ptr_null(strstr(hrmi_server_reason("PG:password='abc'", "what is abc?"), "abc"));
    ck_assert_ptr_null(strstr(hrmi_server_reason("PG:password=abc def", "what is def?"), "def"));
}
END_TEST

/* A table of four rows with a number, the second of a year of its own. */
static char *database(const hrmt_ground *g, const char *driver, const char *name) {
    char *const path = hrmt_path(g->folder, name);
    GDALDatasetH const dataset = GDALCreate(GDALGetDriverByName(driver), path, 0, 0, 0, GDT_Unknown, NULL);
    ck_assert_ptr_nonnull(dataset);
    OGRLayerH const layer = GDALDatasetCreateLayer(dataset, "money", NULL, wkbNone, NULL);
    static const char *const names[] = {"code", "value", "year"};
    for (size_t i = 0; i < 3; i++) {
        OGRFieldDefnH const field = OGR_Fld_Create(names[i], i == 0 ? OFTString : OFTInteger);
        ck_assert_int_eq(OGR_L_CreateField(layer, field, TRUE), OGRERR_NONE);
        OGR_Fld_Destroy(field);
    }
    for (int i = 0; i < 4; i++) {
        OGRFeatureH const f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_F_SetFieldString(f, 0, hrmt_squares[i / 2].code);
        OGR_F_SetFieldInteger(f, 1, 1 << i);
        OGR_F_SetFieldInteger(f, 2, 2020 + i % 2);
        ck_assert_int_eq(OGR_L_CreateFeature(layer, f), OGRERR_NONE);
        OGR_F_Destroy(f);
    }
    (void)GDALClose(dataset);
    return path;
}

typedef struct trial {
    const hrm_layer *layer;
    hrm_source source;
    double value; /* of the first community */
} trial;

static hrm_status run(hrm_context *ctx, void *user) {
    static const char *const field = "value";
    trial *const t = user;
    hrm_join *join = NULL;
    hrm_table *table = NULL;
    hrm_join_column column;
    hrm_column_info info;
    hrm_join_options options;
    hrm_join_column_init(&column, sizeof column);
    hrm_column_info_init(&info, sizeof info);
    info.id = "v";
    column.info = &info;
    hrm_join_options_init(&options, sizeof options);
    options.columns = &column;
    options.column_count = 1;
    t->value = NAN;
    hrm_status status = hrm_join_new(ctx, t->layer, &options, &join);
    if (status == HRM_OK) status = read_by_code(ctx, &t->source, "code", NULL, &field, 1, join);
    if (status == HRM_OK) status = hrm_table_new(ctx, t->layer, HRM_LEVEL_COMMUNITY, &table);
    if (status == HRM_OK) status = hrm_join_finish(ctx, join, table, NULL);
    if (status == HRM_OK)
        t->value = hrm_table_values(table, 0)[hrm_layer_find(t->layer, hrmt_squares[0].code)];
    hrm_table_free(table);
    hrm_join_free(join);
    return status;
}

static void check_files(const hrmt_ground *g, trial *t) {
    static const char *const files[] = {"a.csv", "a.geojson", "a.xlsx"};
    for (size_t i = 0; i < 3; i++) {
        static const hrmt_layer_plan plan = {.driver = "GeoJSON", .epsg = 4326};
        char *path = NULL;
        if (i == 0) path = hrmt_text_file(g->folder, files[i], "code,value\nUA0502003,1\n");
        else if (i == 1) path = hrmt_layer_file(g->folder, files[i], &plan);
        else path = database(g, "XLSX", files[i]);
        t->source.path = path;
        hrmt_fails(g->ctx, run(g->ctx, t), HRM_ERROR_UNSUPPORTED, "sql is for databases");
        free(path);
    }
}

START_TEST(statements_choose_rows_of_databases) {
    static const char *const drivers[][2] = {{"GPKG", "a.gpkg"}, {"SQLite", "a.sqlite"}};
    hrmt_ground g = hrmt_make_ground("sql");
    trial t = {.layer = g.layer};
    for (size_t i = 0; i < 2; i++) {
        char *const path = database(&g, drivers[i][0], drivers[i][1]);
        hrm_source_init(&t.source, sizeof t.source);
        t.source.path = path;
        t.source.sql = "SELECT code, sum(value) AS value FROM money GROUP BY code";
        hrmt_ok(g.ctx, run(g.ctx, &t));
        ck_assert_double_eq(t.value, 3);
        t.source.sql = "SELECT code, value FROM money WHERE year = 2021";
        hrmt_ok(g.ctx, run(g.ctx, &t));
        ck_assert_double_eq(t.value, 2);
        if (i == 0) hrmt_fail_each(run, &t);
        t.source.sql = "SELECT code, value FROM money WHERE year = 1999";
        hrmt_fails(g.ctx, run(g.ctx, &t), HRM_ERROR_FORMAT, "gives no rows");
        t.source.sql = "SELECT code, nothing FROM money";
        hrmt_fails(g.ctx, run(g.ctx, &t), HRM_ERROR_ARGUMENT, "nothing");
        t.source.sql = "SELECT code, load_extension('x') AS value FROM money";
        hrmt_fails(g.ctx, run(g.ctx, &t), HRM_ERROR_UNSUPPORTED, "load_extension");
        t.source.sql =
            "WITH c AS (SELECT 'UA0502003' AS code, 1 AS value UNION ALL SELECT code, value + 1 FROM "
            "c) SELECT code, max(value) AS value FROM c";
        hrmt_fails(g.ctx, run(g.ctx, &t), HRM_ERROR_UNSUPPORTED, "reads from itself");
        t.source.sql = "ATTACH 'x' AS y";
        hrmt_fails(g.ctx, run(g.ctx, &t), HRM_ERROR_ARGUMENT, "SELECT or WITH");
        t.source.sql = "SELECT code, value FROM money";
        t.source.layer = "money";
        hrmt_fails(g.ctx, run(g.ctx, &t), HRM_ERROR_ARGUMENT, "not both");
        t.source.sql = NULL;
        t.source.where = "year = 2021 AND load_extension('x') IS NULL";
        hrmt_fails(g.ctx, run(g.ctx, &t), HRM_ERROR_UNSUPPORTED, "load_extension");
        t.source.where = "code LIKE '%a%a%a%a%a%b'";
        hrmt_fails(g.ctx, run(g.ctx, &t), HRM_ERROR_UNSUPPORTED, "signs %");
        t.source.where = "year = 2021";
        hrmt_ok(g.ctx, run(g.ctx, &t));
        ck_assert_double_eq(t.value, 2);
        free(path);
    }
    hrm_source_init(&t.source, sizeof t.source);
    t.source.sql = "SELECT code, value FROM a";
    check_files(&g, &t);
    hrmt_free_ground(&g);
}
END_TEST

/* A file of SQLite in whose schema a table, of the name `table`, was overwritten with another statement; as
 * long a comment in it leaves the place. */
static char *forged(const hrmt_ground *g, const char *name, const char *statement) {
    static const char marked[] = "/*0123456789012345678901234567890123456789012345678901234567890123456789"
                                 "0123456789012345678901234567890123456789012345678901234567890123456789*/";
    enum { MOST = 1 << 20 };
    char *const path = database(g, "SQLite", name);
    char sql[400];
    (void)snprintf(sql, sizeof sql, "CREATE TABLE forged %s(code text, value int)", marked);
    GDALDatasetH const dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
    ck_assert_ptr_nonnull(dataset);
    (void)GDALDatasetExecuteSQL(dataset, sql, NULL, NULL);
    (void)GDALClose(dataset);
    char *const bytes = malloc(MOST);
    ck_assert_ptr_nonnull(bytes);
    FILE *const f = fopen(path, "r+b");
    ck_assert_ptr_nonnull(f);
    const size_t size = fread(bytes, 1, MOST, f);
    size_t at = 0;
    while (at + strlen(sql) <= size && memcmp(bytes + at, sql, strlen(sql)) != 0) at++;
    ck_assert_uint_le(at + strlen(sql), size);
    ck_assert_uint_le(strlen(statement), strlen(sql));
    ck_assert_int_eq(fseek(f, (long)at, SEEK_SET), 0);
    ck_assert_int_eq(fprintf(f, "%-*s", (int)strlen(sql), statement), (int)strlen(sql));
    ck_assert_int_eq(fclose(f), 0);
    free(bytes);
    return path;
}

START_TEST(tables_that_stand_for_other_files_are_refused) {
    hrmt_ground g = hrmt_make_ground("forged");
    char *const secret = hrmt_text_file(g.folder, "s.csv", "code,value\nUA0502003,42\n");
    trial t = {.layer = g.layer};
    for (size_t i = 0; i < 2; i++) {
        char statement[300];
        if (i == 0)
            (void)snprintf(statement, sizeof statement,
                           "create/**/virtual table forged using VirtualOGR('%s',0)", secret);
        else
            (void)snprintf(statement, sizeof statement,
                           "create/**/virtual table forged using VirtualText('%s','UTF-8',1,POINT,NONE,',')",
                           secret);
        char *const path = forged(&g, i == 0 ? "a.sqlite" : "b.sqlite", statement);
        hrm_source_init(&t.source, sizeof t.source);
        t.source.path = path;
        t.source.layer = "money"; /* an honest table in the same file */
        hrmt_fails(g.ctx, run(g.ctx, &t), HRM_ERROR_UNSUPPORTED, "\"forged\" stands for another file");
        t.source.layer = NULL;
        t.source.sql = "SELECT * FROM forged";
        hrmt_fails(g.ctx, run(g.ctx, &t), HRM_ERROR_UNSUPPORTED, "\"forged\" stands for another file");
        free(path);
    }
    free(secret);
    hrmt_free_ground(&g);
}
END_TEST

START_TEST(servers_are_refused_without_leave) {
    hrmt_ground g = hrmt_make_ground("no_server");
    trial t = {.layer = g.layer};
    hrm_source_init(&t.source, sizeof t.source);
    t.source.path = "PG:host=nowhere dbname=x password=secret";
    hrmt_fails(g.ctx, run(g.ctx, &t), HRM_ERROR_UNSUPPORTED,
               "PG:host=nowhere dbname=x …: databases on servers");
    t.source.allow_server = 1; /* other kinds of servers stay out */
    t.source.path = "MYSQL:x,password=secret";
    hrmt_fails(g.ctx, run(g.ctx, &t), HRM_ERROR_UNSUPPORTED, "MYSQL:…");
    ck_assert_ptr_null(strstr(hrm_error_message(g.ctx), "secret"));
    t.source.path = "https://me:secret@host/a.csv";
    hrmt_fails(g.ctx, run(g.ctx, &t), HRM_ERROR_UNSUPPORTED, "nothing is read from the network");
    ck_assert_ptr_null(strstr(hrm_error_message(g.ctx), "secret"));
    t.source.path = "PG:host=/nonexistent dbname=x password=secret"; /* no server there: fails at once */
    hrmt_fails(g.ctx, run(g.ctx, &t), HRM_ERROR_FILE, "the database cannot be opened");
    ck_assert_ptr_null(strstr(hrm_error_message(g.ctx), "secret"));
    hrmt_free_ground(&g);
}
END_TEST

HRMT_SUITE("sql", &one_select_is_a_statement, &functions_are_those_of_a_list, &passwords_are_not_told,
           &schemas_stay_in_their_file, &statements_come_to_an_end, &statements_choose_rows_of_databases,
           &tables_that_stand_for_other_files_are_refused, &servers_are_refused_without_leave)
