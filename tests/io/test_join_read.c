/* Tables of files, fed to joins: formats, types, headings, filters, limits; and what is refused. */
#include <cpl_conv.h>
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <unistd.h>

#include "io/files.h"
#include "io/read_by_code.h"

/* One join: what to read and what came of it. */
typedef struct trial {
    hrm_source source;
    const char *key;
    const char *field;
    bool text;
    hrm_table *table;
    hrm_join_report *report;
    hrm_join_counts counts;
} trial;

static trial trial_of(const char *path) {
    trial t = {.key = "code", .field = "value"};
    hrm_source_init(&t.source, sizeof t.source);
    t.source.path = path;
    return t;
}

static void free_trial(trial *t) {
    hrm_table_free(t->table);
    hrm_join_report_free(t->report);
    t->table = NULL;
    t->report = NULL;
}

static hrm_status run(hrm_context *ctx, const hrm_layer *layer, trial *t) {
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
    options.duplicates = HRM_DUPLICATES_SUM;
    if (t->text) options.duplicates = HRM_DUPLICATES_FIRST;
    hrm_status status = hrm_join_new(ctx, layer, &options, &join);
    if (status == HRM_OK) status = read_by_code(ctx, &t->source, t->key, NULL, &t->field, 1, join);
    if (status == HRM_OK) status = hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &t->table);
    if (status == HRM_OK) status = hrm_join_finish(ctx, join, t->table, &t->report);
    hrm_join_free(join);
    t->counts = (hrm_join_counts){.struct_size = (uint32_t)sizeof t->counts};
    if (status == HRM_OK) ck_assert(hrm_join_report_counts(t->report, &t->counts));
    return status;
}

static double value_of(const hrmt_ground *g, const trial *t, size_t square) {
    const size_t row = hrm_layer_find(g->layer, hrmt_squares[square].code);
    return hrm_table_values(t->table, 0)[row];
}

START_TEST(text_files_are_joined) {
    static const char *const files[][2] = {
        {"a.csv", "code,value\nUA05020030000031457,1.5\nUA0502005,2\nUA0504001,\nUA9999999,7\n,8\n"},
        {"b.csv", "value;Code\n1,5;UA05020030000031457\n2;UA0502005\n;UA0504001\n7;UA9999999\n8;\n"},
        {"c.tsv", "code\tvalue\nUA05020030000031457\t1.5\nUA0502005\t2\nUA0504001\t\nUA9999999\t7\n\t8\n"},
        {"d.txt", "code|value\nUA05020030000031457|1.5\nUA0502005|2\nUA0504001|\nUA9999999|7\n|8"},
    };
    hrmt_ground g = hrmt_make_ground("text");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *const path = hrmt_text_file(g.folder, files[i][0], files[i][1]);
        trial t = trial_of(path);
        hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
        ck_assert_double_eq(value_of(&g, &t, 0), 1.5);
        ck_assert_double_eq(value_of(&g, &t, 1), 2);
        ck_assert(isnan(value_of(&g, &t, 2)));
        ck_assert_uint_eq(t.counts.rows, 5);
        ck_assert_uint_eq(t.counts.matched, 3);
        ck_assert_uint_eq(t.counts.unmatched, 1);
        ck_assert_uint_eq(t.counts.unusable, 1);
        hrm_join_entry entry = {.struct_size = (uint32_t)sizeof entry};
        ck_assert(hrm_join_report_entry(t.report, 0, &entry));
        ck_assert_int_eq(entry.row, 5);
        free_trial(&t);
        free(path);
    }
    hrmt_free_ground(&g);
}
END_TEST

START_TEST(a_packed_table_is_read) {
    hrmt_ground g = hrmt_make_ground("gz");
    static const char text[] = "code,value\nUA0502003,1\n";
    char path[2000];
    (void)snprintf(path, sizeof path, "/vsigzip/%s/a.csv.gz", g.folder);
    VSILFILE *const file = VSIFOpenL(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(VSIFWriteL(text, 1, strlen(text), file), strlen(text));
    ck_assert_int_eq(VSIFCloseL(file), 0);
    trial t = trial_of(path);
    hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
    ck_assert_double_eq(value_of(&g, &t, 0), 1);
    free_trial(&t);
    size_t size = 0;
    char *const packed = hrmt_read_file(path + strlen("/vsigzip/"), &size);
    free(hrmt_file(g.folder, "b.csv.gz", packed, size - 12)); /* cut off within the data */
    (void)snprintf(path, sizeof path, "/vsigzip/%s/b.csv.gz", g.folder);
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_FORMAT, "b.csv.gz");
    free_trial(&t);
    free(packed);
    t.source.path = path + strlen("/vsigzip/");
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_FILE, "/vsigzip/");
    free_trial(&t);
    hrmt_free_ground(&g);
}
END_TEST

/* A table with fields of every type. */
static char *table_file(const hrmt_ground *g, const char *driver_name, const char *name, const char *sheet,
                        const char *second) {
    char *const path = hrmt_path(g->folder, name);
    GDALDriverH const driver = GDALGetDriverByName(driver_name);
    ck_assert_msg(driver != NULL, "no driver %s", driver_name);
    GDALDatasetH const dataset = GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, NULL);
    ck_assert_ptr_nonnull(dataset);
    static const struct {
        const char *name;
        OGRFieldType type;
    } fields[] = {{"Code ", OFTString}, {"whole", OFTInteger64}, {"value", OFTReal},
                  {"day", OFTDate},     {"moment", OFTDateTime}, {"text", OFTString}};
    OGRLayerH const layer = GDALDatasetCreateLayer(dataset, sheet, NULL, wkbNone, NULL);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        OGRFieldDefnH const field = OGR_Fld_Create(fields[i].name, fields[i].type);
        ck_assert_int_eq(OGR_L_CreateField(layer, field, TRUE), OGRERR_NONE);
        OGR_Fld_Destroy(field);
    }
    for (int i = 0; i < 4; i++) {
        OGRFeatureH const f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_F_SetFieldString(f, 0, hrmt_squares[i].code);
        OGR_F_SetFieldInteger64(f, 1, 1234567890123456 + i);
        OGR_F_SetFieldDouble(f, 2, i == 3 ? 1e-7 : i + 0.25);
        OGR_F_SetFieldDateTime(f, 3, 2022, 3, 8 + i, 0, 0, 0, 0);
        OGR_F_SetFieldDateTime(f, 4, 2022, 3, 8, 12, 34, 56, 100);
        OGR_F_SetFieldString(f, 5, i % 2 == 0 ? "так" : "ні");
        ck_assert_int_eq(OGR_L_CreateFeature(layer, f), OGRERR_NONE);
        OGR_F_Destroy(f);
    }
    if (second != NULL) {
        OGRLayerH const other = GDALDatasetCreateLayer(dataset, second, NULL, wkbNone, NULL);
        OGRFieldDefnH const field = OGR_Fld_Create("note", OFTString);
        ck_assert_int_eq(OGR_L_CreateField(other, field, TRUE), OGRERR_NONE);
        OGR_Fld_Destroy(field);
        OGRFeatureH const f = OGR_F_Create(OGR_L_GetLayerDefn(other)); /* empty sheets are none */
        OGR_F_SetFieldString(f, 0, "x");
        ck_assert_int_eq(OGR_L_CreateFeature(other, f), OGRERR_NONE);
        OGR_F_Destroy(f);
    }
    (void)GDALClose(dataset);
    return path;
}

static void check_table(const hrmt_ground *g, trial *t, const char *field, const char *expected) {
    t->field = field;
    t->text = true;
    hrmt_ok(g->ctx, run(g->ctx, g->layer, t));
    const size_t row = hrm_layer_find(g->layer, hrmt_squares[3].code);
    ck_assert_msg(hrm_table_text(t->table, 0, row) != NULL, "%s: %s is missing", t->source.path, field);
    ck_assert_int_eq(strncmp(hrm_table_text(t->table, 0, row), expected, strlen(expected)), 0);
    ck_assert_uint_eq(t->counts.matched, 4);
    ck_assert_uint_eq(t->counts.rows, 4);
    free_trial(t);
}

START_TEST(fields_of_every_type_become_exact_text) {
    static const char *const files[][2] = {
        {"XLSX", "a.xlsx"}, {"ODS", "a.ods"}, {"GPKG", "a.gpkg"}, {"SQLite", "a.sqlite"}};
    hrmt_ground g = hrmt_make_ground("types");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *const path = table_file(&g, files[i][0], files[i][1], "data", NULL);
        trial t = trial_of(path);
        check_table(&g, &t, "whole", "1234567890123459");
        check_table(&g, &t, "day", "2022-03-11");
        check_table(&g, &t, "moment", "2022-03-08T12:34:56"); /* with Z where the format keeps zones */
        check_table(&g, &t, "TEXT", "ні");
        t.field = "value";
        t.text = false;
        hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
        ck_assert_double_eq(value_of(&g, &t, 3), 1e-7);
        ck_assert_double_eq(value_of(&g, &t, 2), 2.25);
        free_trial(&t);
        t.source.where = "text = 'так'";
        hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
        ck_assert_uint_eq(t.counts.rows, 2);
        ck_assert_double_eq(value_of(&g, &t, 2), 2.25);
        free_trial(&t);
        free(path);
    }
    hrmt_free_ground(&g);
}
END_TEST

/* Zones of moments, where the file has them; rows of a sheet keep their numbers beside blank ones. */
START_TEST(zones_and_blank_rows_are_kept) {
    static const int zones[] = {0, 100, 108, 86};
    static const char *const expected[] = {"2022-03-08T01:02:03", "2022-03-08T01:02:03Z",
                                           "2022-03-08T01:02:03.500+02:00", "2022-03-08T01:02:03-03:30"};
    hrmt_ground g = hrmt_make_ground("zones");
    char *path = hrmt_path(g.folder, "a.gpkg");
    GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("GPKG"), path, 0, 0, 0, GDT_Unknown, NULL);
    OGRLayerH layer = GDALDatasetCreateLayer(dataset, "a", NULL, wkbNone, NULL);
    OGRFieldDefnH const code = OGR_Fld_Create("code", OFTString);
    OGRFieldDefnH const value = OGR_Fld_Create("value", OFTDateTime);
    ck_assert_int_eq(OGR_L_CreateField(layer, code, TRUE), OGRERR_NONE);
    ck_assert_int_eq(OGR_L_CreateField(layer, value, TRUE), OGRERR_NONE);
    for (int i = 0; i < 4; i++) {
        OGRFeatureH const f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_F_SetFieldString(f, 0, hrmt_squares[i].code);
        OGR_F_SetFieldDateTimeEx(f, 1, 2022, 3, 8, 1, 2, i == 2 ? 3.5F : 3.0F, zones[i]);
        ck_assert_int_eq(OGR_L_CreateFeature(layer, f), OGRERR_NONE);
        OGR_F_Destroy(f);
    }
    (void)GDALClose(dataset);
    trial t = trial_of(path);
    t.text = true;
    hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
    for (size_t i = 1; i < 4; i++) {
        const size_t row = hrm_layer_find(g.layer, hrmt_squares[i].code);
        ck_assert_str_eq(hrm_table_text(t.table, 0, row), expected[i]);
    }
    free_trial(&t);
    free(path);

    path = hrmt_path(g.folder, "a.xlsx");
    dataset = GDALCreate(GDALGetDriverByName("XLSX"), path, 0, 0, 0, GDT_Unknown, NULL);
    layer = GDALDatasetCreateLayer(dataset, "a", NULL, wkbNone, NULL);
    ck_assert_int_eq(OGR_L_CreateField(layer, code, TRUE), OGRERR_NONE);
    for (int i = 0; i < 4; i++) { /* row 1 the heading, 2 blank, 3 a code, 4 blank, 5 no code */
        OGRFeatureH const f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        if (i % 2 == 1) OGR_F_SetFieldString(f, 0, i == 1 ? hrmt_squares[0].code : "UA9999999");
        ck_assert_int_eq(OGR_L_CreateFeature(layer, f), OGRERR_NONE);
        OGR_F_Destroy(f);
    }
    (void)GDALClose(dataset);
    OGR_Fld_Destroy(code);
    OGR_Fld_Destroy(value);
    t = trial_of(path);
    t.field = "code";
    hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
    ck_assert_uint_eq(t.counts.rows, 2);
    for (size_t i = 0; i < hrm_join_report_entry_count(t.report); i++) {
        hrm_join_entry entry = {.struct_size = (uint32_t)sizeof entry};
        ck_assert(hrm_join_report_entry(t.report, i, &entry));
        ck_assert_int_eq(entry.row, strcmp(entry.key, "UA9999999") == 0 ? 5 : 3);
    }
    free_trial(&t);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

START_TEST(sheets_are_chosen_by_name) {
    hrmt_ground g = hrmt_make_ground("sheets");
    char *const path = table_file(&g, "XLSX", "a.xlsx", "Дані 2021 ", "notes");
    trial t = trial_of(path);
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_FIELD, "\"Дані 2021 \", \"notes\"");
    free_trial(&t);
    t.source.layer = "дані 2021";
    hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
    free_trial(&t);
    t.source.layer = "notes";
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_FIELD, "; there is only \"note\"");
    free_trial(&t);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

/* Headings below the first row, in text and in a sheet. */
START_TEST(headings_may_stand_lower) {
    hrmt_ground g = hrmt_make_ground("header");
    char *path = hrmt_text_file(
        g.folder, "a.csv", "Report of 2022,,\nКод,Назва,Сума\ncode,name,value\nUA0502003,x,1\n\nUA9,y,2\n");
    trial t = trial_of(path);
    t.source.header_row = 3;
    hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
    ck_assert_double_eq(value_of(&g, &t, 0), 1);
    hrm_join_entry entry = {.struct_size = (uint32_t)sizeof entry};
    ck_assert(hrm_join_report_entry(t.report, 0, &entry));
    ck_assert_int_eq(entry.row, 6);
    free_trial(&t);
    t.source.header_row = 2;
    t.key = "код";
    t.field = "сума";
    hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
    ck_assert_uint_eq(t.counts.rows, 3);
    free_trial(&t);
    free(path);

    path = table_file(&g, "XLSX", "a.xlsx", "data", NULL);
    t = trial_of(path);
    t.source.header_row = 2; /* the first row of data: its community would be lost */
    t.key = hrmt_squares[0].code;
    t.field = "0.25";
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_FORMAT, "is a code, and no heading");
    free_trial(&t);
    t.source.header_row = 9;
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_FORMAT, "no headings in row 9");
    free_trial(&t);
    free(path);

    path = table_file(&g, "GPKG", "a.gpkg", "data", NULL);
    t = trial_of(path);
    t.source.header_row = 2;
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_ARGUMENT, "CSV and spreadsheets");
    free_trial(&t);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

START_TEST(text_can_be_filtered) {
    hrmt_ground g = hrmt_make_ground("where");
    char *const path =
        hrmt_text_file(g.folder, "a.csv",
                       "code,year,value\nUA0502003,2020,1\nUA0502003,2021,2\nUA0502005,2021,4\n"
                       "UA0504001,,8\nUA9,2021,9\n");
    trial t = trial_of(path);
    t.source.where = "year = '2021' AND CAST(value AS float) > 1.5";
    hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
    ck_assert_double_eq(value_of(&g, &t, 0), 2);
    ck_assert_double_eq(value_of(&g, &t, 1), 4);
    ck_assert_uint_eq(t.counts.rows, 3);
    hrm_join_entry entry = {.struct_size = (uint32_t)sizeof entry};
    ck_assert(hrm_join_report_entry(t.report, 0, &entry));
    ck_assert_int_eq(entry.row, 6); /* its number in the file, not among those that pass */
    free_trial(&t);
    t.source.where = "year IS NULL";
    hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
    ck_assert_uint_eq(t.counts.rows, 1);
    free_trial(&t);
    t.source.where = "year = 2021";
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_ARGUMENT, "cells are text");
    free_trial(&t);
    t.source.where = "nothing = '1'";
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_ARGUMENT, "nothing");
    free_trial(&t);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

START_TEST(an_encoding_can_be_said) {
    hrmt_ground g = hrmt_make_ground("encoding");
    char *path = hrmt_text_file(g.folder, "a.csv",
                                "code;\xED\xE0\xE7\xE2\xE0\nUA0502003;\xC1\xE0\xF0\xF1\xFC\xEA\xE0\n");
    trial t = trial_of(path);
    t.field = "назва";
    t.text = true;
    t.source.encoding = "CP1251";
    hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
    ck_assert_str_eq(hrm_table_text(t.table, 0, hrm_layer_find(g.layer, "UA0502003")), "Барська");
    free_trial(&t);
    t.source.encoding = NULL; /* without, it is found, as all letters fit */
    hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
    ck_assert_str_eq(hrm_table_text(t.table, 0, hrm_layer_find(g.layer, "UA0502003")), "Барська");
    free_trial(&t);
    free(path);
    path = hrmt_text_file(g.folder, "b.csv", "code;M\xE4rz\nUA0502003;M\xFCller\n");
    t = trial_of(path);
    t.field = "März"; /* where it is not sure, the heading is no text that one could name */
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_FIELD, "\"M?rz\"");
    free_trial(&t);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

START_TEST(values_that_are_no_numbers_are_told) {
    hrmt_ground g = hrmt_make_ground("values");
    char *path = hrmt_text_file(
        g.folder, "a.csv", "code,value\nUA0502003,nan\nUA0502005,inf\nUA0504001,\xC1\xE0\nUA0702001,1e999\n");
    trial t = trial_of(path);
    hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
    ck_assert_uint_eq(t.counts.matched, 4);
    ck_assert_uint_eq(t.counts.unusable_cells, 3); /* "nan" is a word for missing */
    for (size_t i = 0; i < 4; i++) ck_assert(isnan(value_of(&g, &t, i)));
    free_trial(&t);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

START_TEST(bad_tables_get_a_sentence) {
    hrmt_ground g = hrmt_make_ground("bad");
    char *path = hrmt_text_file(g.folder, "a.csv", "hromada,value\nUA0502003,1\n");
    trial t = trial_of(path);
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_FIELD, "there is no field \"code\"");
    free_trial(&t);
    t.key = "hromada";
    t.field = "valeu";
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_FIELD, "did you mean \"value\"?");
    free_trial(&t);
    free(path);
    path = hrmt_text_file(g.folder, "b.csv", "");
    t = trial_of(path);
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_FORMAT, "empty");
    free_trial(&t);
    free(path);
    path = hrmt_text_file(g.folder, "c.xlsx", "PK no spreadsheet");
    t = trial_of(path);
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_FORMAT, "c.xlsx");
    free_trial(&t);
    free(path);
    const size_t size = 10 << 20;
    char *const big = malloc(size + 100);
    ck_assert_ptr_nonnull(big);
    const int n = snprintf(big, 100, "code,value\nUA0502003,1\nUA0502005,\"");
    memset(big + n, '7', size);
    memcpy(big + n + size, "\"\n", 3);
    path = hrmt_text_file(g.folder, "d.csv", big);
    t = trial_of(path);
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_LIMIT, "row 3 (line 3), field \"value\"");
    free_trial(&t);
    ck_assert_int_eq(unlink(path), 0); /* 10 MB */
    free(path);
    free(big);
    t = trial_of("nowhere.csv");
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_FILE, "nowhere.csv");
    free_trial(&t);
    hrmt_free_ground(&g);
}
END_TEST

/* A table of SQLite can stand for another file. */
START_TEST(tables_that_name_other_files_are_refused) {
    char sql[2000];
    hrmt_ground g = hrmt_make_ground("virtual");
    char *const csv = hrmt_text_file(g.folder, "other.csv", "code,value\nUA0502003,1\n");
    char *const path = table_file(&g, "SQLite", "a.sqlite", "data", NULL);
    GDALDatasetH const dataset = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
    (void)snprintf(sql, sizeof sql, "CREATE VIRTUAL TABLE other USING VirtualOGR('%s', 0, 'other')", csv);
    (void)GDALDatasetExecuteSQL(dataset, sql, NULL, NULL);
    (void)GDALDatasetExecuteSQL(dataset, "CREATE VIEW seen AS SELECT * FROM other", NULL, NULL);
    (void)GDALClose(dataset);
    static const char *const layers[] = {"other", "seen"};
    for (size_t i = 0; i < 2; i++) {
        trial t = trial_of(path);
        t.source.layer = layers[i];
        hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_UNSUPPORTED,
                   "\"other\" stands for another file");
        free_trial(&t);
    }
    free(csv);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

START_TEST(arguments_are_checked) {
    hrmt_ground g = hrmt_make_ground("arguments");
    hrm_join *join = NULL;
    hrm_join_options options;
    const char *const fields[] = {"value"};
    const char *const none[] = {NULL};
    hrm_join_column column;
    hrm_column_info info;
    char *const path = hrmt_text_file(g.folder, "a.csv", "code,value\nUA0502003,1\n");
    trial t = trial_of(path);
    hrm_join_column_init(&column, sizeof column);
    hrm_column_info_init(&info, sizeof info);
    info.id = "v";
    column.info = &info;
    hrm_join_options_init(&options, sizeof options);
    options.columns = &column;
    options.column_count = 1;
    hrmt_ok(g.ctx, hrm_join_new(g.ctx, g.layer, &options, &join));
    ck_assert_int_eq(read_by_code(NULL, &t.source, "code", NULL, fields, 1, join), HRM_ERROR_ARGUMENT);
    hrmt_fails(g.ctx, read_by_code(g.ctx, &t.source, NULL, NULL, fields, 1, join), HRM_ERROR_ARGUMENT,
               "no field of a key");
    hrmt_fails(g.ctx, read_by_code(g.ctx, &t.source, "code", NULL, fields, 1, NULL), HRM_ERROR_ARGUMENT,
               "NULL");
    hrmt_fails(g.ctx, read_by_code(g.ctx, &t.source, "code", NULL, NULL, 1, join), HRM_ERROR_ARGUMENT,
               "NULL");
    hrmt_fails(g.ctx, read_by_code(g.ctx, &t.source, "code", NULL, none, 1, join), HRM_ERROR_ARGUMENT,
               "field 0");
    hrmt_fails(g.ctx, read_by_code(g.ctx, &t.source, "code", NULL, fields, 0, join), HRM_ERROR_ARGUMENT,
               "0 fields for 1 columns");
    hrmt_fails(g.ctx, read_by_code(g.ctx, &t.source, "code", "year", fields, 1, join), HRM_ERROR_ARGUMENT,
               "periods");
    hrmt_fails(g.ctx, read_by_code(g.ctx, NULL, "code", NULL, fields, 1, join), HRM_ERROR_ARGUMENT, "source");
    hrm_join_free(join);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

/* More rows than a batch, and texts longer than one: nothing depends on where batches end. */
START_TEST(batches_leave_no_trace) {
    hrmt_ground g = hrmt_make_ground("batches");
    enum { ROWS = 5000 };
    char *const text = malloc(64 * ROWS + 2200000);
    ck_assert_ptr_nonnull(text);
    size_t n = (size_t)sprintf(text, "code,value,note\n");
    for (int i = 0; i < ROWS; i++) {
        n += (size_t)sprintf(text + n, "%s,%d,", hrmt_squares[i % 4].code, i);
        if (i % 1500 == 0) {
            memset(text + n, 'x', 500000);
            n += 500000;
        }
        text[n++] = '\n';
    }
    text[n] = '\0';
    char *const path = hrmt_text_file(g.folder, "a.csv", text);
    trial t = trial_of(path);
    hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
    ck_assert_uint_eq(t.counts.rows, ROWS);
    for (int k = 0; k < 4; k++) { /* Σ (4j + k), j = 0 … 1249 */
        ck_assert_double_eq(value_of(&g, &t, (size_t)k), 4.0 * 1249 * 1250 / 2 + 1250.0 * k);
    }
    free_trial(&t);
    t.field = "note";
    t.text = true;
    hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
    free_trial(&t);
    free(path);
    free(text);
    hrmt_free_ground(&g);
}
END_TEST

static bool stop(double share, const char *step, void *user) {
    (void)user;
    return !(share >= 0 && strcmp(step, "reading rows") == 0);
}

START_TEST(reading_can_be_stopped) {
    hrmt_ground g = hrmt_make_ground("stop");
    char *const path = hrmt_text_file(g.folder, "a.csv", "code,value\nUA0502003,1\n");
    trial t = trial_of(path);
    hrm_context_set_progress(g.ctx, stop, NULL);
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_CANCELLED, "reading rows");
    free_trial(&t);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

typedef struct memory_trial {
    const hrm_layer *layer;
    trial trial;
} memory_trial;

static hrm_status run_and_free(hrm_context *ctx, void *user) {
    memory_trial *const m = user;
    const hrm_status status = run(ctx, m->layer, &m->trial);
    free_trial(&m->trial);
    return status;
}

START_TEST(every_allocation_may_fail) {
    hrmt_ground g = hrmt_make_ground("memory");
    char *const csv = hrmt_text_file(g.folder, "a.csv", "code;value\nUA0502003;1\nUA0502005;2\nUA9;3\n");
    char *const xlsx = table_file(&g, "XLSX", "a.xlsx", "data", NULL);
    char *const gpkg = table_file(&g, "GPKG", "a.gpkg", "data", NULL);
    memory_trial m = {g.layer, trial_of(csv)};
    m.trial.source.encoding = "CP1251";
    m.trial.source.where = "value <> '2'";
    hrmt_fail_each(run_and_free, &m);
    m.trial = trial_of(xlsx);
    hrmt_fail_each(run_and_free, &m);
    m.trial = trial_of(gpkg);
    hrmt_fail_each(run_and_free, &m);
    free(csv);
    free(xlsx);
    free(gpkg);
    hrmt_free_ground(&g);
}
END_TEST

HRMT_SUITE("join_read", &text_files_are_joined, &a_packed_table_is_read,
           &fields_of_every_type_become_exact_text, &zones_and_blank_rows_are_kept,
           &sheets_are_chosen_by_name, &headings_may_stand_lower, &text_can_be_filtered,
           &an_encoding_can_be_said, &values_that_are_no_numbers_are_told, &bad_tables_get_a_sentence,
           &tables_that_name_other_files_are_refused, &arguments_are_checked, &batches_leave_no_trace,
           &reading_can_be_stopped, &every_allocation_may_fail)
