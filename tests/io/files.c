/* Files for the tests: see files.h. */
#include <cpl_vsi.h>
#include <dirent.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "io/files.h"

const hrmt_square hrmt_squares[4] = {
    {"UA05020030000031457", "Барська", 30.0, 50.0},
    {"UA05020050000087891", "Вінницька", 30.1, 50.0},
    {"UA05040010000027145", "Гайсинська", 30.0, 50.1},
    {"UA07020010000043435", "Володимирська", 30.1, 50.1},
};

char *hrmt_path(const char *folder, const char *name) {
    const size_t size = strlen(folder) + strlen(name) + 2;
    char *const path = malloc(size);
    ck_assert_ptr_nonnull(path);
    (void)snprintf(path, size, "%s/%s", folder, name);
    return path;
}

char *hrmt_file(const char *folder, const char *name, const void *bytes, size_t size) {
    char *const path = hrmt_path(folder, name);
    FILE *const file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
    return path;
}

char *hrmt_text_file(const char *folder, const char *name, const char *text) {
    return hrmt_file(folder, name, text, strlen(text));
}

char *hrmt_read_file(const char *path, size_t *size) {
    FILE *const file = fopen(path, "rb");
    if (file == NULL) return NULL;
    ck_assert_int_eq(fseek(file, 0, SEEK_END), 0);
    const long length = ftell(file);
    ck_assert_int_ge(length, 0);
    rewind(file);
    char *const bytes = malloc((size_t)length + 1);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_uint_eq(fread(bytes, 1, (size_t)length, file), (size_t)length);
    bytes[length] = '\0';
    (void)fclose(file);
    if (size != NULL) *size = (size_t)length;
    return bytes;
}

size_t hrmt_entry_count(const char *folder) {
    size_t count = 0;
    DIR *const directory = opendir(folder);
    ck_assert_ptr_nonnull(directory);
    for (const struct dirent *e = readdir(directory); e != NULL; e = readdir(directory))
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) count++;
    (void)closedir(directory);
    return count;
}

static OGRGeometryH square(const hrmt_square *s, OGRCoordinateTransformationH to, bool has_z) {
    static const double corners[5][2] = {{0, 0}, {0.1, 0}, {0.1, 0.1}, {0, 0.1}, {0, 0}};
    OGRGeometryH const ring = OGR_G_CreateGeometry(wkbLinearRing);
    for (size_t i = 0; i < 5; i++) OGR_G_AddPoint_2D(ring, s->x + corners[i][0], s->y + corners[i][1]);
    OGRGeometryH const polygon = OGR_G_CreateGeometry(wkbPolygon);
    ck_assert_int_eq(OGR_G_AddGeometryDirectly(polygon, ring), OGRERR_NONE);
    if (has_z) OGR_G_Set3D(polygon, TRUE);
    if (to != NULL) ck_assert_int_eq(OGR_G_Transform(polygon, to), OGRERR_NONE);
    return polygon;
}

static void add_feature(OGRLayerH layer, const hrmt_square *s, const char *second,
                        OGRCoordinateTransformationH to) {
    const bool has_z = OGR_GT_HasZ(OGR_L_GetGeomType(layer)) != 0;
    OGRFeatureH const feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    OGR_F_SetFieldString(feature, 0, s->code);
    OGR_F_SetFieldString(feature, 1, s->name);
    if (second != NULL) OGR_F_SetFieldString(feature, 2, second);
    if (s->x == s->x) ck_assert_int_eq(OGR_F_SetGeometryDirectly(feature, square(s, to, has_z)), OGRERR_NONE);
    ck_assert_int_eq(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
    OGR_F_Destroy(feature);
}

static void add_field(OGRLayerH layer, const char *name) {
    OGRFieldDefnH const field = OGR_Fld_Create(name, OFTString);
    OGR_Fld_SetWidth(field, 40);
    ck_assert_int_eq(OGR_L_CreateField(layer, field, TRUE), OGRERR_NONE);
    OGR_Fld_Destroy(field);
}

static OGRSpatialReferenceH epsg(int code) {
    OGRSpatialReferenceH const crs = OSRNewSpatialReference(NULL);
    ck_assert_int_eq(OSRImportFromEPSG(crs, code), OGRERR_NONE);
    OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER);
    return crs;
}

char *hrmt_layer_file(const char *folder, const char *name, const hrmt_layer_plan *plan) {
    static const char *const utf8[] = {"ENCODING=UTF-8", NULL};
    const bool is_shp = strcmp(plan->driver, "ESRI Shapefile") == 0;
    const char *const *const options = plan->layer_options != NULL ? plan->layer_options
                                       : is_shp                    ? utf8
                                                                   : NULL;
    char *const path = hrmt_path(folder, name);
    GDALAllRegister();
    GDALDriverH const driver = GDALGetDriverByName(plan->driver);
    ck_assert_msg(driver != NULL, "GDAL has no driver %s", plan->driver);
    GDALDatasetH const dataset = plan->append
                                     ? GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL)
                                     : GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, NULL);
    ck_assert_msg(dataset != NULL, "%s cannot be made", path);
    OGRSpatialReferenceH const wgs84 = epsg(4326);
    OGRSpatialReferenceH const crs = plan->epsg != 0 ? epsg(plan->epsg) : NULL;
    OGRCoordinateTransformationH const to =
        crs != NULL && plan->epsg != 4326 ? OCTNewCoordinateTransformation(wgs84, crs) : NULL;
    const OGRwkbGeometryType type = plan->epsg == 5558 ? wkbPolygon25D : wkbPolygon;
    OGRLayerH const layer = GDALDatasetCreateLayer(dataset, plan->layer != NULL ? plan->layer : "hromady",
                                                   crs, type, (char **)(uintptr_t)options);
    ck_assert_msg(layer != NULL, "%s: no layer", path);
    add_field(layer, plan->code_field != NULL ? plan->code_field : "ADM3_PCODE");
    add_field(layer, "ADM3_UA");
    if (plan->second_field != NULL) add_field(layer, plan->second_field);
    for (size_t i = 0; i < 4; i++)
        add_feature(layer, &hrmt_squares[i],
                    plan->second_field == NULL ? NULL
                    : plan->second != NULL     ? plan->second[i]
                                               : hrmt_squares[i].code,
                    to);
    (void)GDALClose(dataset);
    if (to != NULL) OCTDestroyCoordinateTransformation(to);
    OSRDestroySpatialReference(wgs84);
    OSRDestroySpatialReference(crs);
    return path;
}

char *hrmt_zip_file(const char *folder, const char *zip, const char *const *names, size_t count) {
    char *const path = hrmt_path(folder, zip);
    char inner[2000];
    (void)snprintf(inner, sizeof inner, "/vsizip/%s", path);
    VSILFILE *const archive = VSIFOpenL(inner, "wb"); /* kept open while members are added */
    ck_assert_ptr_nonnull(archive);
    for (size_t i = 0; i < count; i++) {
        size_t size = 0;
        char *const member = hrmt_path(folder, names[i]);
        char *const bytes = hrmt_read_file(member, &size);
        ck_assert_msg(bytes != NULL, "%s is missing", member);
        (void)snprintf(inner, sizeof inner, "/vsizip/%s/%s", path, names[i]);
        VSILFILE *const file = VSIFOpenL(inner, "wb");
        ck_assert_ptr_nonnull(file);
        ck_assert_uint_eq(VSIFWriteL(bytes, 1, size, file), size);
        ck_assert_int_eq(VSIFCloseL(file), 0);
        free(bytes);
        free(member);
    }
    ck_assert_int_eq(VSIFCloseL(archive), 0);
    return path;
}

hrmt_ground hrmt_make_ground(const char *name) {
    static const hrmt_layer_plan plan = {.driver = "GeoJSON", .epsg = 4326};
    hrmt_ground g = {hrmt_context(), NULL, hrmt_folder(name)};
    hrm_source source;
    char *const path = hrmt_layer_file(g.folder, "layer.geojson", &plan);
    hrm_source_init(&source, sizeof source);
    source.path = path;
    hrmt_ok(g.ctx, hrm_layer_open(g.ctx, &source, NULL, &g.layer));
    free(path);
    return g;
}

void hrmt_free_ground(hrmt_ground *g) {
    hrm_layer_free(g->layer);
    hrm_context_free(g->ctx);
    free(g->folder);
}
