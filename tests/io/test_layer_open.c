/* Opening layers: every format, encodings, CRS, the field of codes found by itself; and what is refused. */
#include <gdal.h>
#include <math.h>
#include <unistd.h>

#include "io/files.h"

typedef struct told {
    char warnings[2000];
} told;

static void keep_warnings(int32_t level, const char *message, void *user) {
    told *const s = user;
    if (level != HRM_LOG_WARNING) return;
    const size_t n = strlen(s->warnings);
    (void)snprintf(s->warnings + n, sizeof s->warnings - n, "%s\n", message);
}

static hrm_source source_of(const char *path) {
    hrm_source source;
    hrm_source_init(&source, sizeof source);
    source.path = path;
    return source;
}

/* The four squares, wherever they come from. */
static void check_squares(const hrm_layer *layer, const char *what) {
    ck_assert_msg(hrm_layer_count(layer) == 4, "%s: %zu rows", what, hrm_layer_count(layer));
    ck_assert_msg(hrm_layer_issue_count(layer) == 0, "%s: issues", what);
    for (size_t i = 0; i < 4; i++) {
        const size_t row = hrm_layer_find(layer, hrmt_squares[i].code);
        double box[4];
        ck_assert_msg(row != HRM_NONE, "%s: %s is missing", what, hrmt_squares[i].code);
        ck_assert_str_eq(hrm_layer_code(layer, row), hrmt_squares[i].code);
        ck_assert_str_eq(hrm_layer_name(layer, row, HRM_UK), hrmt_squares[i].name);
        hrm_layer_box(layer, row, box);
        const double expected[4] = {hrmt_squares[i].x, hrmt_squares[i].y, hrmt_squares[i].x + 0.1,
                                    hrmt_squares[i].y + 0.1};
        for (size_t k = 0; k < 4; k++)
            ck_assert_msg(box[k] > expected[k] - 1e-6 && box[k] < expected[k] + 1e-6, "%s: box of %s", what,
                          hrmt_squares[i].code);
    }
}

static void check_file(const char *path, const char *encoding, const char *crs) {
    hrm_layer *layer = NULL;
    hrm_layer_options options;
    hrm_context *ctx = hrmt_context();
    hrm_source source = source_of(path);
    source.encoding = encoding;
    source.crs = crs;
    hrm_layer_options_init(&options, sizeof options);
    options.name_uk = "adm3_ua"; /* case does not matter */
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, &options, &layer));
    check_squares(layer, path);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}

START_TEST(formats_give_the_same_layer) {
    static const char *const cp1251[] = {"ENCODING=CP1251", NULL};
    static const char *const utf8[] = {"ENCODING=UTF-8", NULL};
    static const struct {
        const char *name;
        hrmt_layer_plan plan;
    } cases[] = {
        {"a.geojson", {.driver = "GeoJSON", .epsg = 4326}},
        {"a.gpkg", {.driver = "GPKG", .epsg = 4326}},
        {"utf8.shp", {.driver = "ESRI Shapefile", .epsg = 4326, .layer_options = utf8}},
        {"cp1251.shp", {.driver = "ESRI Shapefile", .epsg = 4326, .layer_options = cp1251}},
        {"a.fgb", {.driver = "FlatGeobuf", .epsg = 4326}},
        {"a.kml", {.driver = "LIBKML", .epsg = 4326}},
        {"a.sqlite", {.driver = "SQLite", .epsg = 4326}},
    };
    char *const folder = hrmt_folder("formats");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *const path = hrmt_layer_file(folder, cases[i].name, &cases[i].plan);
        check_file(path, NULL, NULL);
        free(path);
    }
    free(folder);
}
END_TEST

START_TEST(a_dbf_that_does_not_say_its_encoding_needs_it_said) {
    static const char *const cp1251[] = {"ENCODING=CP1251", NULL};
    static const hrmt_layer_plan plan = {.driver = "ESRI Shapefile", .epsg = 4326, .layer_options = cp1251};
    hrm_layer *layer = NULL;
    hrm_layer_options options;
    hrm_context *ctx = hrmt_context();
    char *const folder = hrmt_folder("dbf");
    char *const path = hrmt_layer_file(folder, "a.shp", &plan);
    char *const cpg = hrmt_path(folder, "a.cpg");
    char *const dbf = hrmt_path(folder, "a.dbf");
    size_t size = 0;
    (void)unlink(cpg);
    char *const bytes = hrmt_read_file(dbf, &size);
    bytes[29] = 0x57; /* the code page byte: "as on the writer's computer" */
    free(hrmt_file(folder, "a.dbf", bytes, size));
    hrm_layer_options_init(&options, sizeof options);
    options.name_uk = "ADM3_UA";
    hrm_source source = source_of(path);
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, NULL, &layer)); /* the names are not asked for */
    ck_assert_uint_eq(hrm_layer_count(layer), 4);
    hrm_layer_free(layer);
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, &options, &layer), HRM_ERROR_FORMAT, "not UTF-8");
    ck_assert_ptr_null(layer);
    ck_assert_ptr_nonnull(strstr(hrm_error_message(ctx), "CP1251"));
    check_file(path, "CP1251", NULL);
    free(bytes);
    free(dbf);
    free(cpg);
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(archives_are_read) {
    static const hrmt_layer_plan plan = {.driver = "ESRI Shapefile", .epsg = 4326};
    static const char *const parts[] = {"a.shp", "a.shx", "a.dbf", "a.prj", "a.cpg", "b.geojson"};
    static const hrmt_layer_plan json = {.driver = "GeoJSON", .epsg = 4326};
    hrm_layer *layer = NULL;
    hrm_context *ctx = hrmt_context();
    char path[2000];
    char *const folder = hrmt_folder("zip");
    free(hrmt_layer_file(folder, "a.shp", &plan));
    free(hrmt_layer_file(folder, "b.geojson", &json));
    char *const zip = hrmt_zip_file(folder, "both.zip", parts, 6);
    (void)snprintf(path, sizeof path, "/vsizip/%s/a.shp", zip);
    check_file(path, NULL, NULL);
    (void)snprintf(path, sizeof path, "/vsizip/%s/b.geojson", zip);
    check_file(path, NULL, NULL);
    hrm_source source = source_of(zip);
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_FILE, "b.geojson");
    (void)snprintf(path, sizeof path, "/vsizip/%s", zip);
    source.path = path;
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_FILE, "name a file in it");
    free(zip);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(any_crs_becomes_wgs84) {
    static const int codes[] = {3857, 32636, 4284, 5558};
    hrm_context *ctx = hrmt_context();
    char *const folder = hrmt_folder("crs");
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        char name[40];
        hrm_layer *layer = NULL;
        hrmt_layer_plan plan = {.driver = "GPKG", .epsg = codes[i]};
        (void)snprintf(name, sizeof name, "%d.gpkg", codes[i]);
        char *const path = hrmt_layer_file(folder, name, &plan);
        hrm_source source = source_of(path);
        hrmt_ok(ctx, hrm_layer_open(ctx, &source, NULL, &layer));
        for (size_t k = 0; k < 4; k++) {
            double centre[2];
            hrm_layer_centroid(layer, hrm_layer_find(layer, hrmt_squares[k].code), centre);
            /* a wrong axis order or datum would be off by degrees, or by 0.0015 degrees */
            ck_assert_double_eq_tol(centre[0], hrmt_squares[k].x + 0.05, 2e-4);
            ck_assert_double_eq_tol(centre[1], hrmt_squares[k].y + 0.05, 2e-4);
        }
        hrm_layer_free(layer);
        free(path);
    }
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(a_crs_is_never_guessed) {
    static const hrmt_layer_plan plan = {.driver = "ESRI Shapefile", .epsg = 0};
    static const hrmt_layer_plan undefined = {.driver = "GPKG", .epsg = 0};
    static const hrmt_layer_plan stated = {.driver = "GPKG", .epsg = 4326};
    told seen = {""};
    hrm_layer *layer = NULL;
    hrm_context *ctx = hrmt_context();
    char *const folder = hrmt_folder("nocrs");
    char *const shp = hrmt_layer_file(folder, "a.shp", &plan);
    char *const gpkg = hrmt_layer_file(folder, "a.gpkg", &undefined);
    char *const wgs84 = hrmt_layer_file(folder, "b.gpkg", &stated);
    hrm_source source = source_of(shp);
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_CRS, "EPSG:4326");
    ck_assert_ptr_nonnull(strstr(hrm_error_message(ctx), "a.shp"));
    source.path = gpkg;
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_CRS, "EPSG:4326");
    check_file(shp, NULL, "OGC:CRS84");
    check_file(gpkg, NULL, "EPSG:4326");
    source.crs = "EPSG:32636 or so";
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_CRS, "EPSG:32636 or so");

    source.path = wgs84; /* the caller wins, and is told of the contradiction */
    source.crs = "EPSG:4284";
    hrm_context_set_log(ctx, keep_warnings, &seen);
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, NULL, &layer));
    ck_assert_ptr_nonnull(strstr(seen.warnings, "Pulkovo"));
    hrm_layer_free(layer);
    seen.warnings[0] = '\0';
    source.crs = "EPSG:4326";
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, NULL, &layer));
    ck_assert_str_eq(seen.warnings, "");
    hrm_layer_free(layer);
    source.crs = "OGC:CRS84"; /* the same but for the order of axes, which files do not keep */
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, NULL, &layer));
    ck_assert_str_eq(seen.warnings, "");
    hrm_layer_free(layer);
    free(shp);
    free(gpkg);
    free(wgs84);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(the_field_of_codes_is_found_or_asked_for) {
    static const char *const other[4] = {"UA0502005", "UA0502003", "UA0504001", "UA0702001"};
    static const char *const same[4] = {"UA0502003", "UA0502005", "UA0504001", "UA0702001"};
    static const hrmt_layer_plan two = {
        .driver = "GeoJSON", .epsg = 4326, .second_field = "old_code", .second = other};
    static const hrmt_layer_plan agreeing = {
        .driver = "GeoJSON", .epsg = 4326, .second_field = "pcode", .second = same};
    static const hrmt_layer_plan plain = {.driver = "GeoJSON", .epsg = 4326, .code_field = "Код "};
    hrm_layer_options options;
    hrm_layer *layer = NULL;
    hrm_context *ctx = hrmt_context();
    char *const folder = hrmt_folder("code");
    hrm_layer_options_init(&options, sizeof options);

    char *path = hrmt_layer_file(folder, "two.geojson", &two);
    hrm_source source = source_of(path);
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_FIELD,
               "\"ADM3_PCODE\" and \"old_code\"");
    options.code = "Old_Code";
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, &options, &layer));
    ck_assert_str_eq(hrm_layer_code(layer, 0), "UA0502005");
    hrm_layer_free(layer);
    options.code = "old_cod";
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, &options, &layer), HRM_ERROR_FIELD,
               "did you mean \"old_code\"");
    options.code = "unheard";
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, &options, &layer), HRM_ERROR_FIELD,
               "\"ADM3_PCODE\", \"ADM3_UA\", \"old_code\"");
    free(path);

    path = hrmt_layer_file(folder, "agreeing.geojson", &agreeing);
    source.path = path;
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, NULL, &layer));
    ck_assert_str_eq(hrm_layer_code(layer, 0), hrmt_squares[0].code); /* the first of the two */
    hrm_layer_free(layer);
    free(path);

    path = hrmt_layer_file(folder, "plain.geojson", &plain);
    source.path = path;
    options.code = "код"; /* case and the blank behind do not matter */
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, &options, &layer));
    hrm_layer_free(layer);
    options.code = "ADM3_UA"; /* any field can be said to hold codes: opaque ones */
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, &options, &layer));
    ck_assert(!hrm_layer_has_levels(layer));
    hrm_layer_free(layer);
    free(path);

    path =
        hrmt_text_file(folder, "none.geojson",
                       "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
                       "{\"name\":\"x\",\"raion\":\"UA0502\"},\"geometry\":{\"type\":\"Polygon\","
                       "\"coordinates\":[[[30,50],[31,50],[31,51],[30,50]]]}}]}");
    source.path = path;
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_FIELD, "\"name\", \"raion\"");
    ck_assert_ptr_null(layer);
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(layers_are_chosen_by_name_and_filtered) {
    static const hrmt_layer_plan first = {.driver = "GPKG", .epsg = 4326, .layer = "hromady"};
    static const hrmt_layer_plan second = {.driver = "GPKG", .epsg = 4326, .layer = "raiony", .append = true};
    hrm_layer *layer = NULL;
    hrm_context *ctx = hrmt_context();
    char *const folder = hrmt_folder("layers");
    char *path = hrmt_layer_file(folder, "a.gpkg", &first);
    free(path);
    path = hrmt_layer_file(folder, "a.gpkg", &second);
    hrm_source source = source_of(path);
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_FIELD, "\"hromady\", \"raiony\"");
    source.layer = "hromadi";
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_FIELD, "did you mean \"hromady\"");
    source.layer = "HROMADY";
    source.where = "ADM3_PCODE LIKE 'UA05%'";
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, NULL, &layer));
    ck_assert_uint_eq(hrm_layer_count(layer), 3);
    hrm_layer_free(layer);
    source.where = "nothing = 'UA05%'";
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_ARGUMENT, "nothing");
    source.where = "ADM3_PCODE = 'none'";
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_FORMAT, "passes the filter");
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(only_files_are_opened) {
    static const struct {
        const char *path;
        hrm_status status;
        const char *words;
    } cases[] = {
        {"nowhere/a.gpkg", HRM_ERROR_FILE, "there is no such file"},
        {"/", HRM_ERROR_FILE, "a folder"},
        {"/dev/null", HRM_ERROR_FILE, "not an ordinary file"},
        {"https://example.org/a.geojson", HRM_ERROR_UNSUPPORTED, "download the file"},
        {"/vsicurl/https://example.org/a.geojson", HRM_ERROR_UNSUPPORTED, "network"},
        {"/vsicurl/example.org/a.geojson", HRM_ERROR_UNSUPPORTED, "\"/vsicurl\""},
        {"/vsizip//vsis3/bucket/a.zip/a.shp", HRM_ERROR_UNSUPPORTED, "\"/vsis3\""},
        {"/vsizip/vsigs/bucket/a.zip/a.shp", HRM_ERROR_UNSUPPORTED, "\"/vsigs\""},
        {"/vsizip/{/vsiaz/bucket/a.zip}/a.shp", HRM_ERROR_UNSUPPORTED, "\"/vsiaz\""},
        {"/vsisubfile/0_10,/vsicurl/x", HRM_ERROR_UNSUPPORTED, "\"/vsicurl\""},
        {"/vsistdin/", HRM_ERROR_UNSUPPORTED, "\"/vsistdin\""},
        {"/vsicrypt/key=a,file=b", HRM_ERROR_UNSUPPORTED, "\"/vsicrypt\""},
        {"/vsi_my_folder/a.gpkg", HRM_ERROR_FILE, "there is no such file"},
        {"PG:dbname=x", HRM_ERROR_UNSUPPORTED, "databases"},
        {"{\"type\":\"FeatureCollection\",\"features\":[]}", HRM_ERROR_FILE, "the name of a file"},
    };
    hrm_context *ctx = hrmt_context();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hrm_layer *layer = (hrm_layer *)ctx;
        hrm_source source = source_of(cases[i].path);
        hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), cases[i].status, cases[i].words);
        ck_assert_ptr_null(layer);
    }
    hrm_context_free(ctx);
}
END_TEST

START_TEST(damaged_files_are_errors_with_a_reason) {
    static const hrmt_layer_plan gpkg = {.driver = "GPKG", .epsg = 4326};
    static const hrmt_layer_plan shp = {.driver = "ESRI Shapefile", .epsg = 4326};
    static const hrmt_layer_plan json = {.driver = "GeoJSON", .epsg = 4326};
    static const hrmt_layer_plan fgb = {.driver = "FlatGeobuf", .epsg = 4326};
    const struct {
        const char *name;
        const hrmt_layer_plan *plan;
    } cases[] = {{"a.gpkg", &gpkg}, {"a.shp", &shp}, {"a.geojson", &json}, {"a.fgb", &fgb}};
    hrm_layer *layer = NULL;
    hrm_context *ctx = hrmt_context();
    char *const folder = hrmt_folder("damaged");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *const path = hrmt_layer_file(folder, cases[i].name, cases[i].plan);
        size_t size = 0;
        char *const bytes = hrmt_read_file(path, &size);
        for (size_t eighths = 1; eighths < 8; eighths++) {
            free(hrmt_file(folder, cases[i].name, bytes, size * eighths / 8));
            hrm_source source = source_of(path);
            hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_FORMAT, cases[i].name);
            ck_assert_ptr_null(layer);
        }
        free(bytes);
        free(path);
    }
    char *path = hrmt_text_file(folder, "empty.geojson", "");
    hrm_source source = source_of(path);
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_FORMAT, "empty");
    free(path);
    path = hrmt_text_file(folder, "letter.docx", "Dear Sir, please find the boundaries enclosed.");
    source.path = path;
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_FORMAT, "GeoPackage");
    free(path);
    path = hrmt_text_file(folder, "none.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}");
    source.path = path;
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_FORMAT, "not one feature");
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

/* A GeoJSON may name its CRS by a link, and VRT and others name other files: nothing is followed. */
START_TEST(links_are_not_followed) {
    static const char features[] =
        "\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":\"UA0502003\"},\"geometry\":{\"type\":"
        "\"Polygon\",\"coordinates\":[[[30,50],[31,50],[31,51],[30,50]]]}}]}";
    char text[2000];
    told seen = {""};
    hrm_layer *layer = NULL;
    hrm_context *ctx = hrmt_context();
    hrm_context_set_log(ctx, keep_warnings, &seen);
    char *const folder = hrmt_folder("links");
    (void)snprintf(text, sizeof text,
                   "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"link\",\"properties\":{\"href\":"
                   "\"http://127.0.0.1:9/crs\",\"type\":\"ogcwkt\"}},%s",
                   features);
    char *path = hrmt_text_file(folder, "link.geojson", text);
    hrm_source source = source_of(path);
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_CRS, "a link");
    ck_assert_ptr_nonnull(strstr(seen.warnings, "http://127.0.0.1:9/crs"));
    source.crs = "EPSG:4326";
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, NULL, &layer));
    hrm_layer_free(layer);
    source.crs = NULL;
    free(path);
    (void)snprintf(text, sizeof text,
                   "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
                   "\"urn:ogc:def:crs:EPSG::999999\"}},%s",
                   features);
    path = hrmt_text_file(folder, "unknown.geojson", text);
    source.path = path;
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_CRS, "crs not found");
    free(path);
    (void)snprintf(
        text, sizeof text,
        "<OGRVRTDataSource><OGRVRTLayer name=\"link\"><SrcDataSource>%s/link.geojson</SrcDataSource>"
        "</OGRVRTLayer></OGRVRTDataSource>",
        folder);
    path = hrmt_text_file(folder, "a.vrt", text);
    source.path = path;
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_FORMAT,
               "not a file of a known format");
    free(path);
    path = hrmt_text_file(folder, "a.tab",
                          "!table\n!version 300\nDefinition Table\n  Type LINKED\nbegin_metadata\n"
                          "\"\\IsSeamless\" = \"TRUE\"\nend_metadata\n");
    source.path = path;
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_UNSUPPORTED, "seamless");
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(arguments_are_checked) {
    hrm_layer *layer = NULL;
    hrm_source source = source_of(NULL);
    hrm_layer_options options = {0};
    hrm_context *ctx = hrmt_context();
    ck_assert_int_eq(hrm_layer_open(NULL, &source, NULL, &layer), HRM_ERROR_ARGUMENT);
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, NULL), HRM_ERROR_ARGUMENT, "out");
    hrmt_fails(ctx, hrm_layer_open(ctx, NULL, NULL, &layer), HRM_ERROR_ARGUMENT, "source");
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_ARGUMENT, "path");
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, &options, &layer), HRM_ERROR_ARGUMENT, "struct_size");
    char *const folder = hrmt_folder("arguments");
    char *const path = hrmt_layer_file(folder, "a.gpkg", &(hrmt_layer_plan){.driver = "GPKG", .epsg = 4326});
    source.path = path;
    source.header_row = 2;
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_ARGUMENT, "headings");
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(official_areas_come_with_a_scale) {
    static const char text[] =
        "{\"type\":\"FeatureCollection\",\"features\":["
        "{\"type\":\"Feature\",\"properties\":{\"code\":\"UA0502003\",\"area\":\"1 234,5\"},\"geometry\":"
        "{\"type\":\"Polygon\",\"coordinates\":[[[30,50],[31,50],[31,51],[30,50]]]}},"
        "{\"type\":\"Feature\",\"properties\":{\"code\":\"UA0502005\",\"area\":\"large\"},\"geometry\":null}]"
        "}";
    told seen = {""};
    hrm_layer *layer = NULL;
    hrm_layer_options options;
    hrm_context *ctx = hrmt_context();
    hrm_context_set_log(ctx, keep_warnings, &seen);
    char *const folder = hrmt_folder("area");
    char *const path = hrmt_text_file(folder, "a.geojson", text);
    hrm_source source = source_of(path);
    hrm_layer_options_init(&options, sizeof options);
    ck_assert_double_eq(options.official_area_scale, 1e6);
    options.official_area = "area";
    options.official_area_scale = 1e4; /* hectares */
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, &options, &layer));
    ck_assert_double_eq(hrm_layer_official_area_m2(layer, 0), 12345000);
    ck_assert(isnan(hrm_layer_official_area_m2(layer, 1)));
    ck_assert_ptr_nonnull(
        strstr(seen.warnings, "1 of 2 features with an official area that is no number above 0"));
    hrm_layer_free(layer);
    options.official_area_scale = 0;
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, &options, &layer), HRM_ERROR_ARGUMENT,
               "official_area_scale");
    options.official_area_scale = NAN;
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, &options, &layer), HRM_ERROR_ARGUMENT,
               "official_area_scale");
    source.encoding = "zz";
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_UNSUPPORTED, "\"zz\" is not known");
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(usual_names_are_found_when_asked_for) {
    static const char text[] =
        "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"properties\": {"
        "\"adm3_pcode\": \"UA0502001\", \"adm3_ua\": \"Перша\", \"name:en\": \"Persha\", "
        "\"ADM2_UA\": \"Перший\", \"oblast_name\": \"Вінницька\"}, \"geometry\": {\"type\": \"Polygon\", "
        "\"coordinates\": [[[30, 50], [30.1, 50], [30.1, 50.1], [30, 50]]]}}]}";
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = NULL;
    hrm_layer_options options;
    char *const folder = hrmt_folder("usual");
    char *const path = hrmt_text_file(folder, "a.geojson", text);
    const hrm_source source = source_of(path);
    hrm_layer_options_init(&options, sizeof options);
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, &options, &layer));
    ck_assert_ptr_null(hrm_layer_name(layer, 0, HRM_UK));
    hrm_layer_free(layer);
    options.find_names = 1;
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, &options, &layer));
    ck_assert_str_eq(hrm_layer_name(layer, 0, HRM_UK), "Перша");
    ck_assert_str_eq(hrm_layer_name(layer, 0, HRM_EN), "Persha");
    ck_assert_str_eq(hrm_layer_unit_name(layer, HRM_LEVEL_RAION, 0, HRM_UK), "Перший");
    ck_assert_str_eq(hrm_layer_unit_name(layer, HRM_LEVEL_OBLAST, 0, HRM_UK), "Вінницька");
    hrm_layer_free(layer);
    options.name_uk = "name:en"; /* what is said goes first */
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, &options, &layer));
    ck_assert_str_eq(hrm_layer_name(layer, 0, HRM_UK), "Persha");
    hrm_layer_free(layer);
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(codes_of_raions_are_told) {
    static const char text[] =
        "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"properties\": {"
        "\"id\": \"a\", \"ADM2_PCODE\": \"UA0502\"}, \"geometry\": null}]}";
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = NULL;
    char *const folder = hrmt_folder("raions");
    char *const path = hrmt_text_file(folder, "a.geojson", text);
    hrm_source source = source_of(path);
    source.crs = "EPSG:4326";
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_FIELD,
               "or UA0502003): those of \"ADM2_PCODE\" are of raions or oblasts; say which one");
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

static bool rises(double share, const char *step, void *user) {
    double *const last = user;
    ck_assert_str_ne(step, "");
    ck_assert(share >= last[0] || share <= 0);
    last[0] = share;
    if (share <= 0) last[1] += 1;
    return true;
}

START_TEST(progress_begins_anew_with_every_call) {
    double last[2] = {0, 0};
    hrm_layer *layer = NULL;
    hrm_context *ctx = hrmt_context();
    char *const folder = hrmt_folder("progress");
    char *const path = hrmt_layer_file(folder, "a.gpkg", &(hrmt_layer_plan){.driver = "GPKG", .epsg = 4326});
    const hrm_source source = source_of(path);
    hrm_context_set_progress(ctx, rises, last);
    for (int i = 0; i < 2; i++) {
        last[1] = 0;
        hrmt_ok(ctx, hrm_layer_open(ctx, &source, NULL, &layer));
        hrm_layer_free(layer);
        ck_assert_double_gt(last[0], 0.4);
        ck_assert_double_ge(last[1], 1);
    }
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

static bool stop(double share, const char *step, void *user) {
    (void)share;
    (void)step;
    (void)user;
    return false;
}

START_TEST(reading_can_be_stopped) {
    static const hrmt_layer_plan plan = {.driver = "GeoJSON", .epsg = 4326};
    hrm_layer *layer = NULL;
    hrm_context *ctx = hrmt_context();
    char *const folder = hrmt_folder("stop");
    char *const path = hrmt_layer_file(folder, "a.geojson", &plan);
    hrm_source source = source_of(path);
    hrm_context_set_progress(ctx, stop, NULL);
    hrmt_fails(ctx, hrm_layer_open(ctx, &source, NULL, &layer), HRM_ERROR_CANCELLED, "opening");
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

static hrm_status open_and_free(hrm_context *ctx, void *user) {
    hrm_layer *layer = NULL;
    hrm_layer_options options;
    const hrm_source source = source_of(user);
    hrm_layer_options_init(&options, sizeof options);
    options.name_uk = "ADM3_UA";
    const hrm_status status = hrm_layer_open(ctx, &source, &options, &layer);
    hrm_layer_free(layer);
    return status;
}

START_TEST(every_allocation_may_fail) {
    static const hrmt_layer_plan plan = {.driver = "GPKG", .epsg = 3857};
    char *const folder = hrmt_folder("memory");
    char *const path = hrmt_layer_file(folder, "a.gpkg", &plan);
    hrmt_fail_each(open_and_free, path);
    free(path);
    free(folder);
}
END_TEST

HRMT_SUITE("layer_open", &formats_give_the_same_layer, &a_dbf_that_does_not_say_its_encoding_needs_it_said,
           &archives_are_read, &any_crs_becomes_wgs84, &a_crs_is_never_guessed,
           &the_field_of_codes_is_found_or_asked_for, &layers_are_chosen_by_name_and_filtered,
           &only_files_are_opened, &damaged_files_are_errors_with_a_reason, &links_are_not_followed,
           &arguments_are_checked, &official_areas_come_with_a_scale, &usual_names_are_found_when_asked_for,
           &codes_of_raions_are_told, &progress_begins_anew_with_every_call, &reading_can_be_stopped,
           &every_allocation_may_fail)
