/* Writing CSV and GeoPackage: what stands in them, the same bytes for the same input, and nothing half
 * written. */
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/files.h"

typedef struct ground {
    hrm_context *ctx;
    hrm_layer *layer;
    hrm_table *table;
    char *folder;
    char *out; /* an empty folder within */
} ground;

static void add_column(const ground *g, const char *id, const double *values, const uint8_t *missing) {
    hrm_column_info info;
    hrm_column_info_init(&info, sizeof info);
    info.id = id;
    info.title_uk = "Назва";
    info.title_en = "It's a title";
    info.unit = "UAH";
    info.direction = HRM_HIGHER_WORSE;
    info.rollup = HRM_ROLLUP_SUM;
    info.source = "a.csv, value";
    hrmt_ok(g->ctx, hrm_table_add(g->ctx, g->table, &info, values, missing, NULL));
}

static ground make_ground(const char *name) {
    static const hrmt_layer_plan plan = {.driver = "GeoJSON", .epsg = 4326};
    static const double dated[] = {0.1, -5, 1e21, 1.0 / 3};
    static const char *const words[] = {"plain", "a, \"b\"", NULL, "two\nlines"};
    const double numbers[] = {1.5, NAN, 0, NAN};
    static const uint8_t missing[] = {HRM_PRESENT, HRM_MISSING_NO_ROW, HRM_PRESENT, HRM_MISSING_UNUSABLE};
    ground g = {hrmt_context(), NULL, NULL, hrmt_folder(name), NULL};
    hrm_source source;
    hrm_layer_options options;
    hrm_column_info info;
    char *const path = hrmt_layer_file(g.folder, "layer.geojson", &plan);
    hrm_source_init(&source, sizeof source);
    source.path = path;
    hrm_layer_options_init(&options, sizeof options);
    options.name_uk = "ADM3_UA";
    hrmt_ok(g.ctx, hrm_layer_open(g.ctx, &source, &options, &g.layer));
    free(path);
    hrmt_ok(g.ctx, hrm_table_new(g.ctx, g.layer, HRM_LEVEL_COMMUNITY, &g.table));
    add_column(&g, "income@2021", dated, NULL);
    add_column(&g, "damage", numbers, missing);
    hrm_column_info_init(&info, sizeof info);
    info.id = "status";
    hrmt_ok(g.ctx, hrm_table_add_text(g.ctx, g.table, &info, words, NULL, NULL));
    g.out = hrmt_path(g.folder, "out");
    ck_assert_int_eq(mkdir(g.out, 0777), 0);
    return g;
}

static void free_ground(ground *g) {
    hrm_table_free(g->table);
    hrm_layer_free(g->layer);
    hrm_context_free(g->ctx);
    free(g->folder);
    free(g->out);
}

static void check_csv(const ground *g, const hrm_table *table, bool reasons, const char *expected) {
    const hrm_write_options options = {.struct_size = sizeof options, .reasons = reasons};
    char *const path = hrmt_path(g->out, "a.csv");
    hrmt_ok(g->ctx, hrm_table_write_csv(g->ctx, g->layer, table, &options, path));
    char *const text = hrmt_read_file(path, NULL);
    ck_assert_str_eq(text, expected);
    ck_assert_uint_eq(hrmt_entry_count(g->out), 1); /* nothing is left beside it */
    free(text);
    free(path);
}

START_TEST(csv_holds_what_was_promised) {
    ground g = make_ground("csv");
    hrm_table *raions = NULL;
    hrm_table *oblasts = NULL;
    hrm_table *country = NULL;
    check_csv(&g, g.table, false,
              "code,name,raion,oblast,income@2021,damage,status\n"
              "UA05020030000031457,Барська,UA0502,UA05,0.1,1.5,plain\n"
              "UA05020050000087891,Вінницька,UA0502,UA05,-5,,\"a, \"\"b\"\"\"\n"
              "UA05040010000027145,Гайсинська,UA0504,UA05,1e+21,0,\n"
              "UA07020010000043435,Володимирська,UA0702,UA07,0.3333333333333333,,\"two\nlines\"\n");
    check_csv(
        &g, g.table, true,
        "code,name,raion,oblast,income@2021,damage,damage_missing,status,status_missing\n"
        "UA05020030000031457,Барська,UA0502,UA05,0.1,1.5,,plain,\n"
        "UA05020050000087891,Вінницька,UA0502,UA05,-5,,no row in the source,\"a, \"\"b\"\"\",\n"
        "UA05040010000027145,Гайсинська,UA0504,UA05,1e+21,0,,,not reported\n"
        "UA07020010000043435,Володимирська,UA0702,UA07,0.3333333333333333,,unusable value,\"two\nlines\",\n");
    hrmt_ok(g.ctx, hrm_table_roll_up(g.ctx, g.layer, g.table, HRM_LEVEL_RAION, &raions));
    check_csv(&g, raions, false,
              "code,name,oblast,income@2021,damage,damage_coverage\n"
              "UA0502,,UA05,-4.9,1.5,0.5\n"
              "UA0504,,UA05,1e+21,0,1\n"
              "UA0702,,UA07,0.3333333333333333,,0\n");
    hrmt_ok(g.ctx, hrm_table_roll_up(g.ctx, g.layer, g.table, HRM_LEVEL_OBLAST, &oblasts));
    hrmt_ok(g.ctx, hrm_table_roll_up(g.ctx, g.layer, g.table, HRM_LEVEL_COUNTRY, &country));
    char *const path = hrmt_path(g.out, "a.csv");
    hrmt_ok(g.ctx, hrm_table_write_csv(g.ctx, g.layer, oblasts, NULL, path));
    char *text = hrmt_read_file(path, NULL);
    ck_assert_int_eq(strncmp(text, "code,name,income@2021", 21), 0);
    free(text);
    hrmt_ok(g.ctx, hrm_table_write_csv(g.ctx, g.layer, country, NULL, path));
    text = hrmt_read_file(path, NULL);
    ck_assert_ptr_nonnull(strstr(text, "\nUA,"));
    free(text);
    free(path);
    hrm_table_free(raions);
    hrm_table_free(oblasts);
    hrm_table_free(country);
    free_ground(&g);
}
END_TEST

static const hrm_indicator indicator = {.struct_size = sizeof indicator,
                                        .direction = HRM_HIGHER_WORSE,
                                        .rollup = HRM_ROLLUP_RECOMPUTE,
                                        .id = "damage",
                                        .code = "DMG01",
                                        .theme = "damage",
                                        .title_en = "Damage",
                                        .title_uk = "Збитки",
                                        .unit = "UAH",
                                        .formula = "a / b",
                                        .inputs = "a, UAH: x",
                                        .weight = "",
                                        .missing_rule = "never",
                                        .source = "law"};

static hrm_status write_package(hrm_context *ctx, const ground *g, const char *path, bool reasons) {
    const hrm_write_options options = {.struct_size = sizeof options, .reasons = reasons};
    hrm_table *raions = NULL;
    hrm_status status = hrm_table_roll_up(ctx, g->layer, g->table, HRM_LEVEL_RAION, &raions);
    const hrm_output_layer layers[] = {
        {.struct_size = sizeof *layers, .name = "communities", .table = g->table},
        {.struct_size = sizeof *layers, .name = "raions", .table = raions},
    };
    if (status == HRM_OK)
        status = hrm_write_geopackage(ctx, g->layer, layers, 2, &indicator, 1, &options, path);
    hrm_table_free(raions);
    return status;
}

/* All fields of a layer's features as text, "|" between, "~" for none. */
static void check_layer(GDALDatasetH dataset, const char *name, const char *expected) {
    char seen[4000] = "";
    OGRLayerH const layer = GDALDatasetGetLayerByName(dataset, name);
    ck_assert_msg(layer != NULL, "no layer %s", name);
    OGRFeatureDefnH const definition = OGR_L_GetLayerDefn(layer);
    const int count = OGR_FD_GetFieldCount(definition);
    for (int i = 0; i < count; i++) {
        (void)strncat(seen, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)), 200);
        (void)strncat(seen, i + 1 < count ? "|" : "\n", 2);
    }
    for (OGRFeatureH f = OGR_L_GetNextFeature(layer); f != NULL; f = OGR_L_GetNextFeature(layer)) {
        for (int i = 0; i < count; i++) {
            (void)strncat(seen, OGR_F_IsFieldSetAndNotNull(f, i) ? OGR_F_GetFieldAsString(f, i) : "~", 200);
            (void)strncat(seen, i + 1 < count ? "|" : "\n", 2);
        }
        OGR_F_Destroy(f);
    }
    ck_assert_str_eq(seen, expected);
}

START_TEST(a_geopackage_holds_layers_and_their_descriptions) {
    ground g = make_ground("gpkg");
    char *const path = hrmt_path(g.out, "a.gpkg");
    hrmt_ok(g.ctx, write_package(g.ctx, &g, path, true));
    ck_assert_uint_eq(hrmt_entry_count(g.out), 1);
    GDALDatasetH const dataset = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    ck_assert_ptr_nonnull(dataset);
    check_layer(dataset, "communities",
                "code|key|name|name_en|raion|oblast|income@2021|damage|damage_missing|status|status_missing\n"
                "UA05020030000031457|0502003|Барська|~|UA0502|UA05|0.1|1.5|~|plain|~\n"
                "UA05020050000087891|0502005|Вінницька|~|UA0502|UA05|-5|~|no row in the source|a, \"b\"|~\n"
                "UA05040010000027145|0504001|Гайсинська|~|UA0504|UA05|1e+21|0|~|~|not reported\n"
                "UA07020010000043435|0702001|Володимирська|~|UA0702|UA07|0.333333333333333|~|unusable "
                "value|two\nlines|"
                "~\n");
    check_layer(dataset, "raions",
                "code|name|name_en|oblast|income@2021|damage|damage_missing|damage_coverage\n"
                "UA0502|~|~|UA05|-4.9|1.5|~|0.5\n"
                "UA0504|~|~|UA05|1e+21|0|~|1\n"
                "UA0702|~|~|UA07|0.333333333333333|~|unusable value|0\n");
    check_layer(
        dataset, "catalogue",
        "id|code|theme|title_en|title_uk|unit|direction|formula|inputs|rollup|weight|missing_rule|source\n"
        "damage|DMG01|damage|Damage|Збитки|UAH|higher is worse|a / b|a, UAH: x|recompute|~|never|law\n");
    OGRLayerH const layer = GDALDatasetGetLayerByName(dataset, "communities");
    ck_assert_str_eq(OSRGetAuthorityCode(OGR_L_GetSpatialRef(layer), NULL), "4326");
    ck_assert(OGR_L_TestCapability(layer, OLCFastSpatialFilter)); /* has its index */
    OGREnvelope box;
    ck_assert_int_eq(OGR_L_GetExtent(layer, &box, TRUE), OGRERR_NONE);
    ck_assert_double_eq_tol(box.MinX, 30, 1e-9);
    ck_assert_double_eq_tol(box.MaxY, 50.2, 1e-9);
    OGRLayerH const titles = GDALDatasetExecuteSQL(
        dataset,
        "SELECT name, title, description FROM gpkg_data_columns WHERE column_name = 'damage' AND "
        "table_name = 'communities'",
        NULL, NULL);
    ck_assert_ptr_nonnull(titles);
    OGRFeatureH const f = OGR_L_GetNextFeature(titles);
    ck_assert(!OGR_F_IsFieldSetAndNotNull(f, 0)); /* the first column has that title */
    ck_assert_str_eq(OGR_F_GetFieldAsString(f, 1), "Назва");
    ck_assert_str_eq(OGR_F_GetFieldAsString(f, 2), "It's a title, UAH");
    OGR_F_Destroy(f);
    GDALDatasetReleaseResultSet(dataset, titles);
    OGRLayerH const columns = GDALDatasetGetLayerByName(dataset, "columns");
    ck_assert_ptr_nonnull(columns);
    ck_assert_int_eq(OGR_L_GetFeatureCount(columns, TRUE), 3 + 3);
    OGRFeatureH const column = OGR_L_GetNextFeature(columns);
    static const char *const expected[] = {"communities",     "income@2021", "UAH", "It's a title", "Назва",
                                           "higher is worse", "sum",         "",    "a.csv, value"};
    for (int i = 0; i < 9; i++) ck_assert_str_eq(OGR_F_GetFieldAsString(column, i), expected[i]);
    OGR_F_Destroy(column);
    (void)GDALClose(dataset);
    free(path);
    free_ground(&g);
}
END_TEST

START_TEST(the_same_input_gives_the_same_bytes) {
    ground g = make_ground("same");
    char *const path = hrmt_path(g.out, "a.gpkg");
    size_t first_size = 0;
    size_t second_size = 0;
    hrmt_ok(g.ctx, write_package(g.ctx, &g, path, false));
    char *const first = hrmt_read_file(path, &first_size);
    (void)sleep(1);
    hrmt_ok(g.ctx, write_package(g.ctx, &g, path, false)); /* over the old one */
    char *const second = hrmt_read_file(path, &second_size);
    ck_assert_uint_eq(first_size, second_size);
    ck_assert_int_eq(memcmp(first, second, first_size), 0);
    free(first);
    free(second);
    free(path);
    free_ground(&g);
}
END_TEST

static hrm_status write_one(hrm_context *ctx, const ground *g, const char *path, bool package) {
    return package ? write_package(ctx, g, path, false)
                   : hrm_table_write_csv(ctx, g->layer, g->table, NULL, path);
}

START_TEST(places_that_cannot_be_written_are_told) {
    ground g = make_ground("places");
    char *const file = hrmt_text_file(g.folder, "file", "x");
    for (int package = 0; package < 2; package++) {
        const char *const name = package ? "a.gpkg" : "a.csv";
        char path[2000];
        (void)snprintf(path, sizeof path, "%s/nowhere/%s", g.folder, name);
        hrmt_fails(g.ctx, write_one(g.ctx, &g, path, package), HRM_ERROR_WRITE, "make the folder first");
        (void)snprintf(path, sizeof path, "%s/%s", file, name);
        hrmt_fails(g.ctx, write_one(g.ctx, &g, path, package), HRM_ERROR_WRITE, "Not a directory");
        hrmt_fails(g.ctx, write_one(g.ctx, &g, g.out, package), HRM_ERROR_WRITE, "a folder or device");
        hrmt_fails(g.ctx, write_one(g.ctx, &g, "/dev/full", package), HRM_ERROR_WRITE, "a folder or device");
        hrmt_fails(g.ctx, write_one(g.ctx, &g, "/vsimem/a.gpkg", package), HRM_ERROR_WRITE, "ordinary file");
        hrmt_fails(g.ctx, write_one(g.ctx, &g, "", package), HRM_ERROR_WRITE, "ordinary file");
        if (geteuid() != 0) { /* the superuser may write everywhere */
            (void)snprintf(path, sizeof path, "%s/%s", g.out, name);
            ck_assert_int_eq(chmod(g.out, 0555), 0);
            hrmt_fails(g.ctx, write_one(g.ctx, &g, path, package), HRM_ERROR_WRITE, "in which you may write");
            ck_assert_int_eq(chmod(g.out, 0777), 0);
        }
    }
    ck_assert_uint_eq(hrmt_entry_count(g.out), 0);
    free(file);
    free_ground(&g);
}
END_TEST

/* A disk that is full, by a limit on the size of files: the old file stays, and nothing is left beside it. */
START_TEST(a_full_disk_leaves_the_old_file) {
    ground g = make_ground("full");
    struct rlimit old;
    (void)signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
    for (int package = 0; package < 2; package++) {
        char *const path = hrmt_text_file(g.out, package ? "a.gpkg" : "a.csv", "the old one");
        for (rlim_t room = 0; room < 60000; room += package ? 20000 : 200) {
            const struct rlimit tight = {room, old.rlim_max};
            if (!package && room > 300) break;
            ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &tight), 0);
            const hrm_status status = write_one(g.ctx, &g, path, package);
            ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &old), 0);
            hrmt_fails(g.ctx, status, HRM_ERROR_WRITE, "room");
            char *const text = hrmt_read_file(path, NULL);
            ck_assert_str_eq(text, "the old one");
            free(text);
            ck_assert_uint_eq(hrmt_entry_count(g.out), (size_t)package + 1);
        }
        hrmt_ok(g.ctx, write_one(g.ctx, &g, path, package));
        free(path);
    }
    free_ground(&g);
}
END_TEST

START_TEST(arguments_are_checked) {
    ground g = make_ground("arguments");
    hrm_table *other = NULL;
    hrm_column_info info;
    const double values[4] = {0};
    char *const path = hrmt_path(g.out, "a");
    const hrm_output_layer layer = {.struct_size = sizeof layer, .name = "a", .table = g.table};
    const hrm_output_layer nameless = {.struct_size = sizeof layer, .table = g.table};
    ck_assert_int_eq(hrm_table_write_csv(NULL, g.layer, g.table, NULL, path), HRM_ERROR_ARGUMENT);
    hrmt_fails(g.ctx, hrm_table_write_csv(g.ctx, NULL, g.table, NULL, path), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(g.ctx, hrm_table_write_csv(g.ctx, g.layer, NULL, NULL, path), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(g.ctx, hrm_table_write_csv(g.ctx, g.layer, g.table, NULL, NULL), HRM_ERROR_ARGUMENT, "NULL");
    ck_assert_int_eq(hrm_write_geopackage(NULL, g.layer, &layer, 1, NULL, 0, NULL, path), HRM_ERROR_ARGUMENT);
    hrmt_fails(g.ctx, hrm_write_geopackage(g.ctx, NULL, &layer, 1, NULL, 0, NULL, path), HRM_ERROR_ARGUMENT,
               "NULL");
    hrmt_fails(g.ctx, hrm_write_geopackage(g.ctx, g.layer, NULL, 1, NULL, 0, NULL, path), HRM_ERROR_ARGUMENT,
               "NULL");
    hrmt_fails(g.ctx, hrm_write_geopackage(g.ctx, g.layer, &layer, 1, NULL, 1, NULL, path),
               HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(g.ctx, hrm_write_geopackage(g.ctx, g.layer, &nameless, 1, NULL, 0, NULL, path),
               HRM_ERROR_ARGUMENT, "layer 0");
    hrm_column_info_init(&info, sizeof info);
    info.id = "Name";
    hrmt_ok(g.ctx, hrm_table_new(g.ctx, g.layer, HRM_LEVEL_COMMUNITY, &other));
    hrmt_ok(g.ctx, hrm_table_add(g.ctx, other, &info, values, NULL, NULL));
    const hrm_output_layer taken = {.struct_size = sizeof taken, .name = "a", .table = other};
    hrmt_fails(g.ctx, hrm_write_geopackage(g.ctx, g.layer, &taken, 1, NULL, 0, NULL, path),
               HRM_ERROR_DUPLICATE, "\"Name\"");
    hrm_table_free(other);
    hrmt_ok(g.ctx, hrm_table_new(g.ctx, g.layer, HRM_LEVEL_COMMUNITY, &other));
    info.id = "share";
    hrmt_ok(g.ctx, hrm_table_add(g.ctx, other, &info, values, NULL, NULL));
    info.id = "Share";
    hrmt_ok(g.ctx, hrm_table_add(g.ctx, other, &info, values, NULL, NULL));
    const hrm_output_layer alike = {.struct_size = sizeof alike, .name = "a", .table = other};
    hrmt_fails(g.ctx, hrm_write_geopackage(g.ctx, g.layer, &alike, 1, NULL, 0, NULL, path),
               HRM_ERROR_DUPLICATE, "\"share\" and \"Share\" differ in capitals only");
    const hrm_output_layer twice[] = {layer, layer};
    hrmt_fails(g.ctx, hrm_write_geopackage(g.ctx, g.layer, twice, 2, NULL, 0, NULL, path),
               HRM_ERROR_DUPLICATE, "\"a\"");
    const hrm_output_layer reserved = {.struct_size = sizeof reserved, .name = "Catalogue", .table = g.table};
    hrmt_fails(g.ctx, hrm_write_geopackage(g.ctx, g.layer, &reserved, 1, NULL, 0, NULL, path),
               HRM_ERROR_DUPLICATE, "\"Catalogue\"");
    static const char *const names[] = {"gpkg_a", "SQLite_a", "\xFF"};
    for (size_t i = 0; i < 3; i++) {
        const hrm_output_layer wrong = {.struct_size = sizeof wrong, .name = names[i], .table = g.table};
        hrmt_fails(g.ctx, hrm_write_geopackage(g.ctx, g.layer, &wrong, 1, NULL, 0, NULL, path),
                   HRM_ERROR_ARGUMENT, i < 2 ? names[i] : "not UTF-8");
    }
    hrm_output_layer pair[] = {layer, layer};
    pair[1].struct_size = 16;
    hrmt_fails(g.ctx, hrm_write_geopackage(g.ctx, g.layer, pair, 2, NULL, 0, NULL, path), HRM_ERROR_ARGUMENT,
               "struct_size differs");
    pair[0].reserved = 1;
    hrmt_fails(g.ctx, hrm_write_geopackage(g.ctx, g.layer, pair, 1, NULL, 0, NULL, path),
               HRM_ERROR_UNSUPPORTED, "reserved");
    hrm_table_free(other);
    hrmt_ok(g.ctx, hrm_table_new(g.ctx, g.layer, HRM_LEVEL_COMMUNITY, &other));
    info.id = "Raion";
    hrmt_ok(g.ctx, hrm_table_add(g.ctx, other, &info, values, NULL, NULL));
    hrmt_fails(g.ctx, hrm_table_write_csv(g.ctx, g.layer, other, NULL, path), HRM_ERROR_DUPLICATE,
               "\"Raion\"");
    ck_assert_uint_eq(hrmt_entry_count(g.out), 0);
    hrm_table_free(other);
    free(path);
    free_ground(&g);
}
END_TEST

static bool stop(double share, const char *step, void *user) {
    (void)share;
    (void)step;
    (void)user;
    return false;
}

START_TEST(writing_can_be_stopped) {
    ground g = make_ground("stop");
    hrm_context_set_progress(g.ctx, stop, NULL);
    for (int package = 0; package < 2; package++) {
        char *const path = hrmt_path(g.out, "a");
        hrmt_fails(g.ctx, write_one(g.ctx, &g, path, package), HRM_ERROR_CANCELLED, "writing");
        free(path);
    }
    ck_assert_uint_eq(hrmt_entry_count(g.out), 0);
    free_ground(&g);
}
END_TEST

typedef struct memory_trial {
    const ground *g;
    const char *path;
    bool package;
} memory_trial;

static hrm_status write_again(hrm_context *ctx, void *user) {
    const memory_trial *const m = user;
    return write_one(ctx, m->g, m->path, m->package);
}

START_TEST(every_allocation_may_fail) {
    ground g = make_ground("memory");
    for (int package = 0; package < 2; package++) {
        char *const path = hrmt_path(g.out, package ? "a.gpkg" : "a.csv");
        memory_trial m = {&g, path, package != 0};
        hrmt_fail_each(write_again, &m);
        ck_assert_uint_eq(hrmt_entry_count(g.out), (size_t)package + 1);
        free(path);
    }
    free_ground(&g);
}
END_TEST

HRMT_SUITE("write", &csv_holds_what_was_promised, &a_geopackage_holds_layers_and_their_descriptions,
           &the_same_input_gives_the_same_bytes, &places_that_cannot_be_written_are_told,
           &a_full_disk_leaves_the_old_file, &arguments_are_checked, &writing_can_be_stopped,
           &every_allocation_may_fail)
