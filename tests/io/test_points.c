/* Points and references of files: from fields and from geometry, of any kind; and the CRS that they state. */
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <unistd.h>

#include "io/files.h"

/* One tally: what to read and what came of it. */
typedef struct trial {
    hrm_source source;
    hrm_points_options points;
    hrm_tally_options options;
    hrm_tally_counts_info counts;
    hrm_tally_amount_info amount;
    uint64_t unusable;
} trial;

static trial trial_of(const char *path) {
    trial t;
    memset(&t, 0, sizeof t);
    hrm_source_init(&t.source, sizeof t.source);
    hrm_points_options_init(&t.points, sizeof t.points);
    hrm_tally_options_init(&t.options, sizeof t.options);
    t.source.path = path;
    t.options.id = "damage";
    return t;
}

static hrm_status run(hrm_context *ctx, const hrm_layer *layer, trial *t) {
    hrm_tally *tally = NULL;
    hrm_status status = hrm_tally_new(ctx, layer, &t->options, &tally);
    if (status == HRM_OK) status = hrm_tally_read(ctx, &t->source, &t->points, tally, &t->unusable);
    t->counts = (hrm_tally_counts_info){.struct_size = (uint32_t)sizeof t->counts};
    t->amount = (hrm_tally_amount_info){.struct_size = (uint32_t)sizeof t->amount};
    if (status == HRM_OK) ck_assert(hrm_tally_counts(tally, &t->counts));
    if (status == HRM_OK && t->options.field_count > 0) ck_assert(hrm_tally_amount(tally, 0, &t->amount));
    hrm_tally_free(tally);
    return status;
}

static const char csv[] = "lon,lat,kind,cost\n"
                          "30.05,50.05,school,10\n"
                          "30.06,50.05,,\"1 000,5\"\n"
                          "30.15,50.05,road,many\n"
                          "31,51,road,5\n"
                          ",50.05,road,7\n"
                          "30.05,x,road,\n";

START_TEST(points_come_from_two_fields) {
    static const char *const fields[] = {"cost"};
    static const double scales[] = {1000};
    hrmt_ground g = hrmt_make_ground("fields");
    char *const path = hrmt_text_file(g.folder, "a.csv", csv);
    trial t = trial_of(path);
    t.points.x = "Lon";
    t.points.y = "lat";
    hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
    ck_assert_uint_eq(t.counts.points, 6);
    ck_assert_uint_eq(t.counts.inside, 3);
    ck_assert_uint_eq(t.counts.outside, 1);
    ck_assert_uint_eq(t.counts.unusable, 2);
    t.options.fields = t.points.fields = fields;
    t.options.field_count = t.points.field_count = 1;
    t.points.scales = scales;
    t.points.class_field = "kind";
    t.options.by_class = 1;
    hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
    ck_assert_uint_eq(t.unusable, 1);
    ck_assert_double_eq(t.amount.total, 1000 * (10 + 1000.5 + 5 + 7));
    ck_assert_double_eq(t.amount.allocated, 1000 * (10 + 1000.5));
    ck_assert_uint_eq(t.amount.numbers, 4);
    ck_assert_uint_eq(t.amount.missing, 2);
    t.points.fields = NULL;
    t.points.field_count = t.options.field_count = 0;
    t.source.where = "kind = 'road'";
    hrmt_ok(g.ctx, run(g.ctx, g.layer, &t));
    ck_assert_uint_eq(t.counts.points, 4);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

START_TEST(what_cannot_be_used_is_listed) {
    static const char *const fields[] = {"cost"};
    static const struct {
        int64_t row;
        int32_t outcome;
        size_t field;
        const char *why;
    } expected[] = {
        {4, HRM_POINT_INSIDE, 0, "cost: \"many\": "},
        {5, HRM_POINT_OUTSIDE, HRM_NONE, "it lies in no community"},
        {6, HRM_POINT_UNUSABLE, HRM_NONE, "lon is missing"},
        {7, HRM_POINT_UNUSABLE, HRM_NONE, "lat: \"x\": "},
        {8, HRM_POINT_UNUSABLE, HRM_NONE, "lon is missing; lat is missing"},
        {8, HRM_POINT_UNUSABLE, 0, "cost: \"?\": "},
    };
    enum { LISTED = sizeof expected / sizeof *expected };
    hrmt_ground g = hrmt_make_ground("listed");
    hrm_tally *tally = NULL;
    char text[512];
    (void)snprintf(text, sizeof text, "%s,,road,?\n", csv);
    char *const path = hrmt_text_file(g.folder, "a.csv", text);
    trial t = trial_of(path);
    t.points.x = "lon";
    t.points.y = "lat";
    t.options.fields = t.points.fields = fields;
    t.options.field_count = t.points.field_count = 1;
    hrmt_ok(g.ctx, hrm_tally_new(g.ctx, g.layer, &t.options, &tally));
    hrmt_ok(g.ctx, hrm_tally_read(g.ctx, &t.source, &t.points, tally, NULL));
    ck_assert_uint_eq(hrm_tally_entry_count(tally), LISTED);
    for (size_t i = 0; i < LISTED; i++) {
        hrm_tally_entry entry = {.struct_size = sizeof entry};
        ck_assert(hrm_tally_entry_at(tally, i, &entry));
        ck_assert_int_eq(entry.row, expected[i].row);
        ck_assert_int_eq(entry.outcome, expected[i].outcome);
        ck_assert_uint_eq(entry.field, expected[i].field);
        ck_assert_msg(strncmp(entry.text, expected[i].why, strlen(expected[i].why)) == 0, "%s", entry.text);
        ck_assert(isnan(entry.x) == (i == 2 || i >= 4));
    }
    hrm_tally_free(tally);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

/* Five points in a CRS: two in the first square, one in the second, one outside, one without geometry. */
static char *point_file(const hrmt_ground *g, const char *driver, const char *name, int epsg,
                        OGRwkbGeometryType type) {
    static const double places[][2] = {{30.05, 50.05}, {30.06, 50.06}, {30.15, 50.05}, {29, 49}};
    char *const path = hrmt_path(g->folder, name);
    OGRSpatialReferenceH const wgs84 = OSRNewSpatialReference(NULL);
    OGRSpatialReferenceH const crs = OSRNewSpatialReference(NULL);
    ck_assert_int_eq(OSRImportFromEPSG(wgs84, 4326), OGRERR_NONE);
    ck_assert_int_eq(OSRImportFromEPSG(crs, epsg), OGRERR_NONE);
    OSRSetAxisMappingStrategy(wgs84, OAMS_TRADITIONAL_GIS_ORDER);
    OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER);
    OGRCoordinateTransformationH const to = OCTNewCoordinateTransformation(wgs84, crs);
    GDALDatasetH const dataset = GDALCreate(GDALGetDriverByName(driver), path, 0, 0, 0, GDT_Unknown, NULL);
    OGRLayerH const layer = GDALDatasetCreateLayer(dataset, "points", crs, type, NULL);
    OGRFieldDefnH const field = OGR_Fld_Create("cost", OFTReal);
    ck_assert_int_eq(OGR_L_CreateField(layer, field, TRUE), OGRERR_NONE);
    OGR_Fld_Destroy(field);
    for (int i = 0; i < 5; i++) {
        OGRFeatureH const f = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_F_SetFieldDouble(f, 0, i + 0.5);
        if (i < 4) {
            OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
            OGR_G_SetPoint_2D(point, 0, places[i][0], places[i][1]);
            ck_assert_int_eq(OGR_G_Transform(point, to), OGRERR_NONE);
            if (type == wkbMultiPoint) point = OGR_G_ForceToMultiPoint(point);
            ck_assert_int_eq(OGR_F_SetGeometryDirectly(f, point), OGRERR_NONE);
        }
        ck_assert_int_eq(OGR_L_CreateFeature(layer, f), OGRERR_NONE);
        OGR_F_Destroy(f);
    }
    (void)GDALClose(dataset);
    OCTDestroyCoordinateTransformation(to);
    OSRDestroySpatialReference(wgs84);
    OSRDestroySpatialReference(crs);
    return path;
}

static void check_points(const hrmt_ground *g, const char *path, bool has_field) {
    static const char *const fields[] = {"COST"};
    char crs[8000];
    size_t size = 0;
    trial t = trial_of(path);
    hrmt_ok(g->ctx, hrm_source_crs(g->ctx, &t.source, crs, sizeof crs, &size));
    ck_assert_uint_eq(size, strlen(crs) + 1);
    t.options.crs = crs;
    if (has_field) {
        t.options.fields = t.points.fields = fields;
        t.options.field_count = t.points.field_count = 1;
    }
    hrmt_ok(g->ctx, run(g->ctx, g->layer, &t));
    ck_assert_uint_eq(t.counts.points, 5);
    ck_assert_uint_eq(t.counts.inside, 3);
    ck_assert_uint_eq(t.counts.outside, 1);
    ck_assert_uint_eq(t.counts.unusable, 1);
    if (has_field) ck_assert_double_eq(t.amount.allocated, 0.5 + 1.5 + 2.5);
}

START_TEST(points_come_from_geometry_in_any_crs) {
    hrmt_ground g = hrmt_make_ground("geometry");
    char *path = point_file(&g, "GPKG", "a.gpkg", 32636, wkbPoint);
    check_points(&g, path, true);
    free(path);
    path = point_file(&g, "GPKG", "b.gpkg", 3857, wkbMultiPoint);
    check_points(&g, path, true);
    free(path);
    path = point_file(&g, "ESRI Shapefile", "c.shp", 4326, wkbPoint);
    check_points(&g, path, true);
    char *const dbf = hrmt_path(g.folder, "c.dbf");
    ck_assert_int_eq(unlink(dbf), 0); /* a Shapefile without its table still has its points */
    check_points(&g, path, false);
    free(dbf);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

START_TEST(the_crs_is_stated_or_asked_for) {
    hrmt_ground g = hrmt_make_ground("crs");
    char crs[8] = "untouch";
    size_t size = 0;
    char *path = hrmt_text_file(g.folder, "a.csv", csv);
    hrm_source source;
    hrm_source_init(&source, sizeof source);
    source.path = path;
    hrmt_fails(g.ctx, hrm_source_crs(g.ctx, &source, NULL, 0, &size), HRM_ERROR_CRS, "say it with crs");
    source.crs = "EPSG:4326";
    hrmt_ok(g.ctx, hrm_source_crs(g.ctx, &source, crs, sizeof crs, &size));
    ck_assert_uint_eq(size, 10);
    ck_assert_str_eq(crs, "untouch"); /* too small: nothing was written */
    hrmt_fails(g.ctx, hrm_source_crs(g.ctx, &source, crs, sizeof crs, NULL), HRM_ERROR_ARGUMENT, "size");
    hrmt_fails(g.ctx, hrm_source_crs(g.ctx, NULL, crs, sizeof crs, &size), HRM_ERROR_ARGUMENT, "source");
    ck_assert_int_eq(hrm_source_crs(NULL, &source, crs, sizeof crs, &size), HRM_ERROR_ARGUMENT);
    source.path = "nowhere.csv";
    hrmt_fails(g.ctx, hrm_source_crs(g.ctx, &source, crs, sizeof crs, &size), HRM_ERROR_FILE, "nowhere.csv");
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

START_TEST(arguments_of_points_are_checked) {
    static const char *const fields[] = {"cost"};
    static const char *const none[] = {NULL};
    hrmt_ground g = hrmt_make_ground("arguments");
    char *path = hrmt_text_file(g.folder, "a.csv", csv);
    trial t = trial_of(path);
    ck_assert_int_eq(hrm_tally_read(NULL, &t.source, &t.points, NULL, NULL), HRM_ERROR_ARGUMENT);
    hrmt_fails(g.ctx, hrm_tally_read(g.ctx, &t.source, &t.points, NULL, NULL), HRM_ERROR_ARGUMENT, "NULL");
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_FIELD, "have no geometry");
    t.points.x = "lon";
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_ARGUMENT, "both fields");
    t.points.y = "latt";
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_FIELD, "did you mean \"lat\"?");
    t.points.y = "lat";
    t.points.class_field = "kind";
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_ARGUMENT, "not by class");
    t.points.class_field = NULL;
    t.points.fields = fields;
    t.points.field_count = 1;
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_ARGUMENT, "1 fields for 0");
    t.options.fields = fields;
    t.options.field_count = 1;
    t.points.fields = none;
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_ARGUMENT, "field 0");
    t.points.fields = fields;
    t.points.decimal = 7;
    hrmt_fails(g.ctx, run(g.ctx, g.layer, &t), HRM_ERROR_ARGUMENT, "HRM_DECIMAL_");
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

static hrm_reference *reference_of(const hrmt_ground *g, const char *path) {
    hrm_reference *reference = NULL;
    hrm_source source;
    hrm_source_init(&source, sizeof source);
    source.path = path;
    hrmt_ok(g->ctx, hrm_reference_open(g->ctx, &source, &reference));
    return reference;
}

START_TEST(references_are_of_any_kind) {
    static const char lines[] =
        "{\"type\":\"FeatureCollection\",\"features\":["
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"MultiLineString\",\"coordinates\":"
        "[[[30,49,0],[31,49,0]],[[31,49,0],[32,50,0]]]}},"
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":null},"
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
        "[[[30,50],[30.1,50],[30.1,50.1],[30,50.1],[30,50]]]}}]}";
    static const hrmt_layer_plan fgb = {.driver = "FlatGeobuf", .epsg = 3857};
    hrm_reference_counts_info counts = {.struct_size = (uint32_t)sizeof counts};
    hrmt_ground g = hrmt_make_ground("reference");
    char *path = hrmt_text_file(g.folder, "lines.geojson", lines);
    hrm_reference *reference = reference_of(&g, path);
    ck_assert(hrm_reference_counts(reference, &counts));
    ck_assert_uint_eq(counts.features, 3);
    ck_assert_uint_eq(counts.empty, 1);
    ck_assert_uint_eq(counts.lines, 2);
    ck_assert_uint_eq(counts.polygons, 1);
    hrm_reference_free(reference);
    free(path);
    path = hrmt_layer_file(g.folder, "a.fgb", &fgb);
    reference = reference_of(&g, path);
    ck_assert(hrm_reference_counts(reference, &counts));
    ck_assert_uint_eq(counts.features, 4);
    ck_assert_uint_ge(counts.polygons, 1); /* neighbours may be united */
    hrm_reference_free(reference);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

START_TEST(references_are_refused_with_a_reason) {
    static const hrmt_layer_plan no_crs = {.driver = "ESRI Shapefile"};
    hrm_reference *reference = NULL;
    hrm_source source;
    hrmt_ground g = hrmt_make_ground("refused");
    hrm_source_init(&source, sizeof source);
    ck_assert_int_eq(hrm_reference_open(NULL, &source, &reference), HRM_ERROR_ARGUMENT);
    hrmt_fails(g.ctx, hrm_reference_open(g.ctx, &source, NULL), HRM_ERROR_ARGUMENT, "out");
    hrmt_fails(g.ctx, hrm_reference_open(g.ctx, &source, &reference), HRM_ERROR_ARGUMENT, "path");
    source.path = "nowhere.geojson";
    hrmt_fails(g.ctx, hrm_reference_open(g.ctx, &source, &reference), HRM_ERROR_FILE, "nowhere.geojson");
    char *path = hrmt_layer_file(g.folder, "a.shp", &no_crs);
    source.path = path;
    hrmt_fails(g.ctx, hrm_reference_open(g.ctx, &source, &reference), HRM_ERROR_CRS, "say it with crs");
    free(path);
    path = hrmt_text_file(g.folder, "empty.geojson", "{\"type\":\"FeatureCollection\",\"features\":[]}");
    source.path = path;
    hrmt_fails(g.ctx, hrm_reference_open(g.ctx, &source, &reference), HRM_ERROR_FORMAT, "not one feature");
    free(path);
    path = hrmt_text_file(
        g.folder, "null.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},"
        "\"geometry\":null}]}");
    source.path = path;
    hrmt_fails(g.ctx, hrm_reference_open(g.ctx, &source, &reference), HRM_ERROR_GEOMETRY, "null.geojson");
    ck_assert_ptr_null(reference);
    free(path);
    hrmt_free_ground(&g);
}
END_TEST

typedef struct memory_trial {
    const hrmt_ground *g;
    trial trial;
} memory_trial;

static hrm_status read_points(hrm_context *ctx, void *user) {
    memory_trial *const m = user;
    return run(ctx, m->g->layer, &m->trial);
}

static hrm_status ask_crs(hrm_context *ctx, void *user) {
    const memory_trial *const m = user;
    size_t size = 0;
    return hrm_source_crs(ctx, &m->trial.source, NULL, 0, &size);
}

static hrm_status open_reference(hrm_context *ctx, void *user) {
    const memory_trial *const m = user;
    hrm_reference *reference = NULL;
    const hrm_status status = hrm_reference_open(ctx, &m->trial.source, &reference);
    hrm_reference_free(reference);
    return status;
}

START_TEST(every_allocation_may_fail) {
    static const char *const fields[] = {"cost"};
    hrmt_ground g = hrmt_make_ground("memory");
    char *const text = hrmt_text_file(g.folder, "a.csv", csv);
    char *const gpkg = point_file(&g, "GPKG", "a.gpkg", 4326, wkbPoint);
    memory_trial m = {&g, trial_of(text)};
    m.trial.points.x = "lon";
    m.trial.points.y = "lat";
    m.trial.points.class_field = "kind";
    m.trial.options.by_class = 1;
    m.trial.points.fields = m.trial.options.fields = fields;
    m.trial.points.field_count = m.trial.options.field_count = 1;
    hrmt_fail_each(read_points, &m);
    m.trial = trial_of(gpkg);
    hrmt_fail_each(read_points, &m);
    hrmt_fail_each(ask_crs, &m);
    hrmt_fail_each(open_reference, &m);
    free(text);
    free(gpkg);
    hrmt_free_ground(&g);
}
END_TEST

HRMT_SUITE("points", &points_come_from_two_fields, &what_cannot_be_used_is_listed,
           &points_come_from_geometry_in_any_crs, &the_crs_is_stated_or_asked_for,
           &arguments_of_points_are_checked, &references_are_of_any_kind,
           &references_are_refused_with_a_reason, &every_allocation_may_fail)
