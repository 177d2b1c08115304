/*
 * The real boundaries against boundaries.txt (tests/reference/boundaries.py): the area and the centre of mass
 * of every community, the unions of raions and oblasts, the country's outline at full resolution, overlaps
 * and gaps.
 */
#include "base/number.h"
#include "geo/overlay.h"
#include "harness/harness.h"

enum { LINE_SIZE = 512 };

static hrm_context *ctx;
static const char *folder;

/* Opens one of the boundary files; `code` may be NULL. */
static hrm_layer *open_layer(const char *file, const char *code) {
    char path[LINE_SIZE];
    hrm_source source;
    hrm_layer_options options;
    hrm_layer *layer = NULL;
    (void)snprintf(path, sizeof path, "%s/boundaries/%s", folder, file);
    hrm_source_init(&source, sizeof source);
    source.path = path;
    hrm_layer_options_init(&options, sizeof options);
    options.code = code;
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, &options, &layer));
    return layer;
}

static double number(const char *text) {
    double value = NAN;
    ck_assert_msg(hrmi_number_read(text, strlen(text), &value), "no number: %s", text);
    return value;
}

/* The next line of boundaries.txt that begins with a word, cut into fields behind it; false at the end. */
static bool next_line(FILE *file, const char *word, char fields[6][64]) {
    char line[LINE_SIZE];
    const size_t length = strlen(word);
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, word, length) != 0 || line[length] != ' ') continue;
        memset(fields, 0, 6 * sizeof fields[0]);
        ck_assert_int_ge(sscanf(line + length, "%63s %63s %63s %63s %63s %63s", fields[0], fields[1],
                                fields[2], fields[3], fields[4], fields[5]),
                         1);
        return true;
    }
    return false;
}

static FILE *expected(void) {
    FILE *const file = fopen(HRMT_SOURCE_DIR "/tests/real/boundaries.txt", "r");
    ck_assert_ptr_nonnull(file);
    return file;
}

/* Whether there is something to test; then the context is made. */
static bool begin(const char *test) {
    folder = hrmt_real_data(test);
    if (folder == NULL) return false;
    ctx = hrmt_context();
    return true;
}

static void same(double found, double wanted, double relative, const char *code) {
    ck_assert_msg(fabs(found - wanted) <= relative * fabs(wanted), "%s: %.17g, not %.17g", code, found,
                  wanted);
}

START_TEST(areas_and_centres_of_the_communities) {
    char fields[6][64];
    size_t row = 0;
    double sum = 0.0;
    if (!begin("areas of the real communities")) return;
    hrm_layer *layer = open_layer("Hromadas.geojson", NULL);
    FILE *const file = expected();
    for (; next_line(file, "community", fields); row++) {
        const double area = number(fields[1]);
        double centre[2];
        ck_assert_str_eq(hrm_layer_code(layer, row), fields[0]);
        hrm_layer_centroid(layer, row, centre);
        if (area == 0.0) {
            ck_assert(isnan(hrm_layer_area_m2(layer, row)) && isnan(centre[0]) && isnan(centre[1]));
            continue;
        }
        same(hrm_layer_area_m2(layer, row), area, 1e-9, fields[0]);
        /* 3e-10 degrees are 0.03 mm */
        ck_assert_msg(fabs(centre[0] - number(fields[2])) < 3e-10 &&
                          fabs(centre[1] - number(fields[3])) < 3e-10,
                      "%s: centre off by %g, %g", fields[0], centre[0] - number(fields[2]),
                      centre[1] - number(fields[3]));
        sum += hrm_layer_area_m2(layer, row);
    }
    (void)fclose(file);
    ck_assert_uint_eq(row, 1769);
    ck_assert_uint_eq(hrm_layer_count(layer), 1769);
    ck_assert_double_eq_tol(sum / 1e6, 594263.0, 1.0); /* the data's README */
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(findings_and_levels) {
    if (!begin("findings in the real communities")) return;
    hrm_layer *layer = open_layer("Hromadas.geojson", NULL);
    ck_assert(hrm_layer_has_levels(layer));
    ck_assert_uint_eq(hrm_layer_unit_count(layer, HRM_LEVEL_RAION), 139);
    ck_assert_uint_eq(hrm_layer_unit_count(layer, HRM_LEVEL_OBLAST), 27);
    ck_assert_uint_eq(hrm_layer_issue_count(layer), 2);
    static const char *const codes[] = {"UA0108039", "UA0116047"};
    for (size_t i = 0; i < 2; i++) {
        hrm_layer_issue_info info = {.struct_size = sizeof info};
        ck_assert(hrm_layer_issue(layer, i, &info));
        ck_assert_int_eq(info.kind, HRM_ISSUE_EMPTY_GEOMETRY);
        ck_assert_str_eq(info.code, codes[i]);
        ck_assert_uint_eq(info.row, hrm_layer_find(layer, codes[i]));
    }
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

/* The area of a unit in the plane of degrees. */
static double square_degrees(const hrmi_shapes *s) {
    double sum = 0.0;
    for (size_t r = 0; r < s->ring_count; r++)
        for (size_t v = s->ring_start[r]; v + 1 < s->ring_start[r + 1]; v++) /* from the box's corner */
            sum += 0.5 * ((s->x[v] - s->box[0]) * (s->y[v + 1] - s->box[1]) -
                          (s->x[v + 1] - s->box[0]) * (s->y[v] - s->box[1]));
    return sum;
}

START_TEST(raions_and_oblasts_are_unions) {
    char fields[6][64];
    size_t seen = 0;
    uint8_t *room = NULL;
    size_t capacity = 0;
    if (!begin("unions of the real communities")) return;
    hrm_layer *layer = open_layer("Hromadas.geojson", NULL);
    FILE *const file = expected();
    for (; next_line(file, "unit", fields); seen++) {
        const int32_t level = strlen(fields[0]) == 6 ? HRM_LEVEL_RAION : HRM_LEVEL_OBLAST;
        size_t unit = 0;
        size_t size = 0;
        while (strcmp(hrm_layer_unit_code(layer, level, unit), fields[0]) != 0) unit++;
        hrmt_ok(ctx, hrm_layer_wkb(ctx, layer, level, unit, room, capacity, &size));
        if (size > capacity) {
            capacity = 2 * size;
            free(room);
            room = malloc(capacity);
            hrmt_ok(ctx, hrm_layer_wkb(ctx, layer, level, unit, room, capacity, &size));
        }
        hrmi_geometry g;
        hrmi_geometry made;
        hrmi_shapes shapes;
        char why[HRMI_WHY_SIZE];
        bool changed = true;
        hrmi_geometry_init(&g, ctx);
        hrmi_geometry_init(&made, ctx);
        hrmt_ok(ctx, hrmi_wkb_read(ctx, room, size, &g));
        const hrmi_part_range range = {&g, 0, g.part_count};
        hrmt_ok(ctx, hrmi_shapes_build(ctx, &range, 1, &shapes));
        same(square_degrees(&shapes), number(fields[1]), 1e-12, fields[0]);
        hrmt_ok(ctx, hrmi_polygons_repair(ctx, range, &made, &changed, why));
        ck_assert_msg(!changed, "%s: the union is not valid: %s", fields[0], why);
        hrmi_shapes_free(&shapes);
        hrmi_geometry_free(&g);
        hrmi_geometry_free(&made);
    }
    (void)fclose(file);
    free(room);
    ck_assert_uint_eq(seen, 139 + 27);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(the_outline_at_full_resolution) {
    char fields[6][64];
    if (!begin("the country's outline")) return;
    hrm_layer *layer = open_layer("ukr_admbnda_adm0_sspe_20240416.shp", "ADM0_PCODE");
    FILE *const file = expected();
    ck_assert(next_line(file, "outline", fields));
    (void)fclose(file);
    ck_assert_uint_eq(hrm_layer_count(layer), 1);
    same(hrm_layer_area_m2(layer, 0), number(fields[0]), 1e-9, "outline");
    ck_assert_double_eq_tol(hrm_layer_area_m2(layer, 0) / 1e6, 600217.270, 0.0005);
    ck_assert_uint_eq(hrm_layer_issue_count(layer), 0);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(overlaps_and_gaps) {
    char fields[6][64];
    if (!begin("overlaps and gaps of the real communities")) return;
    hrm_layer *layer = open_layer("Hromadas.geojson", NULL);
    hrm_topology found = {.struct_size = sizeof found};
    hrmt_ok(ctx, hrm_layer_topology(ctx, layer, &found));
    FILE *const file = expected();
    ck_assert(next_line(file, "fit", fields));
    (void)fclose(file);
    ck_assert_uint_eq(found.touching_pairs, (size_t)number(fields[0]));
    ck_assert_uint_eq(found.overlap_pairs, (size_t)number(fields[1]));
    same(found.overlap_area_m2, number(fields[2]), 1e-9, "overlaps");
    ck_assert_uint_eq(found.gap_count, (size_t)number(fields[3]));
    same(found.gap_area_m2, number(fields[4]), 1e-9, "gaps");
    same(found.uncovered_area_m2, number(fields[5]), 1e-9, "uncovered");
    /* as the data's README has them */
    ck_assert_uint_eq(found.touching_pairs, 4503);
    ck_assert_uint_eq(found.overlap_pairs, 3673);
    ck_assert_double_eq_tol(found.overlap_area_m2 / 1e6, 5865.0, 0.5);
    ck_assert_uint_eq(found.gap_count, 6419);
    ck_assert_double_eq_tol(found.gap_area_m2 / 1e6, 11034.0, 0.5);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("boundaries", &areas_and_centres_of_the_communities, &findings_and_levels,
           &raions_and_oblasts_are_unions, &the_outline_at_full_resolution, &overlaps_and_gaps)
