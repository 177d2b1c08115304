/*
 * The real communities and two real fronts, against brute force with another geodesic program: the occupied
 * area of 8 July 2024 (polygons, clockwise) and the front line of 28 September 2022 (lines with Z). The
 * expected figures are nearness_occupied.csv and nearness_line.csv, written by tests/reference/nearness.py:
 * distances to 0.0001 m of the territory and of COD's label point, and shares whose own error is below 1e-6.
 */
#include <math.h>

#include "base/number.h"
#include "geo/meet.h"
#include "geo/nearest.h"
#include "harness/harness.h"
#include "measure/reference.h"

enum { MOST = 1769, LINE_SIZE = 256 };

static void fill(hrm_source *source, char path[512], const char *folder, const char *file) {
    (void)snprintf(path, 512, "%s/%s", folder, file);
    hrm_source_init(source, sizeof *source);
    source->path = path;
}

static hrm_layer *open_layer(hrm_context *ctx, const char *folder, const char *file) {
    char path[512];
    hrm_source source;
    hrm_layer *layer = NULL;
    fill(&source, path, folder, file);
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, NULL, &layer));
    return layer;
}

static hrm_reference *open_reference(hrm_context *ctx, const char *folder, const char *file) {
    char path[512];
    hrm_source source;
    hrm_reference *reference = NULL;
    fill(&source, path, folder, file);
    hrmt_ok(ctx, hrm_reference_open(ctx, &source, &reference));
    return reference;
}

/* COD's label points: a shapefile of bare positions and the codes beside them, in one order. */
typedef struct labels {
    size_t count;
    char code[MOST][16];
    double place[MOST][2];
} labels;

static size_t read_file(const char *folder, const char *ending, unsigned char *bytes, size_t size) {
    char path[512];
    (void)snprintf(path, sizeof path, "%s/boundaries/ukr_admbndp_adm0123_sspe_itos_20240416%s", folder,
                   ending);
    FILE *const file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    const size_t length = fread(bytes, 1, size, file);
    (void)fclose(file);
    return length;
}

static unsigned whole(const unsigned char *at, int bytes) {
    unsigned value = 0;
    for (int i = bytes - 1; i >= 0; i--) value = value << 8 | at[i];
    return value;
}

static void read_labels(const char *folder, labels *out) {
    static unsigned char shp[1 << 17];
    static unsigned char dbf[1 << 21];
    size_t field = 0;
    size_t at = 1;
    ck_assert_uint_eq(read_file(folder, ".shp", shp, sizeof shp), 100 + 28 * MOST);
    (void)read_file(folder, ".dbf", dbf, sizeof dbf);
    out->count = whole(dbf + 4, 4);
    ck_assert_uint_eq(out->count, MOST);
    const size_t head = whole(dbf + 8, 2);
    const size_t record = whole(dbf + 10, 2);
    for (size_t d = 32; d + 1 < head; d += 32) {
        if (strcmp((const char *)dbf + d, "ADM3_PCODE") == 0) field = at;
        at += dbf[d + 16];
    }
    for (size_t i = 0; i < MOST; i++) {
        memcpy(out->code[i], dbf + head + i * record + field, 9);
        out->code[i][9] = '\0';
        memcpy(out->place[i], shp + 100 + 28 * i + 12, sizeof out->place[i]); /* little endian, as we are */
    }
}

static double label_distance(const labels *all, const char *code, const hrmi_tree *reference) {
    hrmi_nearest nearest = {.distance_m = 0.0};
    size_t i = 0;
    while (i < all->count && strcmp(all->code[i], code) != 0) i++;
    ck_assert_uint_lt(i, all->count);
    if (hrmi_tree_locate(reference, 0, all->place[i][0], all->place[i][1]) == HRMI_OUTSIDE)
        ck_assert(hrmi_nearest_to(all->place[i][0], all->place[i][1], reference, 0, &nearest));
    return nearest.distance_m;
}

static double number(char **at) {
    double value = 0.0;
    const size_t length = strcspn(*at, ",\n");
    ck_assert(hrmi_number_read(*at, length, &value));
    *at += length + 1;
    return value;
}

static const double *values_of(const hrm_table *table, const char *id) {
    return hrm_table_values(table, hrm_table_find(table, id));
}

/* Compares every community; returns the table. */
static hrm_table *compare(hrm_context *ctx, const char *folder, const hrm_layer *layer, const char *front,
                          const char *expected, const labels *all) {
    char line[LINE_SIZE];
    size_t rows = 0;
    hrm_table *table = NULL;
    hrm_proximity_options o;
    hrm_reference *const reference = open_reference(ctx, folder, front);
    (void)snprintf(line, sizeof line, "%s/tests/real/%s", HRMT_SOURCE_DIR, expected);
    FILE *const file = fopen(line, "r");
    ck_assert_ptr_nonnull(file);
    hrm_proximity_options_init(&o, sizeof o);
    o.id = "front";
    hrmt_ok(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
    hrmt_ok(ctx, hrm_proximity(ctx, layer, reference, &o, table));
    const double *const distance = values_of(table, "front_distance_m");
    const double *const share = values_of(table, "front_inside_share");
    (void)fgets(line, sizeof line, file); /* the headings */
    while (fgets(line, sizeof line, file) != NULL) {
        char *at = line + strcspn(line, ",");
        *at++ = '\0';
        const size_t row = hrm_layer_find(layer, line);
        ck_assert_uint_ne(row, HRM_NONE);
        ck_assert_msg(fabs(distance[row] - number(&at)) < 1e-4, "%s: %.6f", line, distance[row]);
        ck_assert_msg(fabs(label_distance(all, line, &reference->edges) - number(&at)) < 1e-4, "%s", line);
        if (share != NULL) ck_assert_msg(fabs(share[row] - number(&at)) < 1e-6, "%s: %.9f", line, share[row]);
        rows++;
    }
    ck_assert_uint_eq(rows, 1767); /* two have no boundary */
    (void)fclose(file);
    hrm_reference_free(reference);
    return table;
}

START_TEST(as_brute_force) {
    static labels all;
    size_t touched = 0;
    size_t half = 0;
    size_t nearly_all = 0;
    const char *const folder = hrmt_real_data("distances to real fronts");
    if (folder == NULL) return;
    hrm_context *const ctx = hrmt_context();
    hrm_layer *const layer = open_layer(ctx, folder, "boundaries/Hromadas.geojson");
    read_labels(folder, &all);
    hrm_table *const occupied =
        compare(ctx, folder, layer, "frontline/deepstate/deepstatemap_data_20240708.geojson",
                "nearness_occupied.csv", &all);
    const double *const share = values_of(occupied, "front_inside_share");
    for (size_t row = 0; row < hrm_table_row_count(occupied); row++) {
        touched += values_of(occupied, "front_distance_m")[row] == 0.0;
        half += share[row] >= 0.5;
        nearly_all += share[row] >= 0.99;
    }
    ck_assert_uint_eq(touched, 464); /* as the data's README has them */
    ck_assert_uint_eq(half, 444);
    ck_assert_uint_eq(nearly_all, 391);
    hrm_table *const lines =
        compare(ctx, folder, layer, "frontline/frontline_28092022.geojson", "nearness_line.csv", &all);
    ck_assert_ptr_null(values_of(lines, "front_inside_share"));
    hrm_table_free(occupied);
    hrm_table_free(lines);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

/* Every month's occupied area: what the data's README counts by share, and nothing that the library refuses.
 */
START_TEST(every_month) {
    static const struct {
        const char *file;
        size_t touched, half, nearly_all;
    } months[] = {{"20250102", 472, 451, 398}, {"20260101", 487, 460, 406}, {"20260801", 493, 462, 408}};
    const char *const folder = hrmt_real_data("shares of real occupied areas");
    if (folder == NULL) return;
    hrm_context *const ctx = hrmt_context();
    hrm_layer *const layer = open_layer(ctx, folder, "boundaries/Hromadas.geojson");
    for (size_t m = 0; m < sizeof months / sizeof *months; m++) {
        char file[128];
        hrm_table *table = NULL;
        hrm_proximity_options o;
        size_t touched = 0;
        size_t half = 0;
        size_t nearly_all = 0;
        (void)snprintf(file, sizeof file, "frontline/deepstate/deepstatemap_data_%s.geojson", months[m].file);
        hrm_reference *const reference = open_reference(ctx, folder, file);
        hrm_proximity_options_init(&o, sizeof o);
        o.id = "front";
        hrmt_ok(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
        hrmt_ok(ctx, hrm_proximity(ctx, layer, reference, &o, table));
        for (size_t row = 0; row < hrm_table_row_count(table); row++) {
            touched += values_of(table, "front_distance_m")[row] == 0.0;
            half += values_of(table, "front_inside_share")[row] >= 0.5;
            nearly_all += values_of(table, "front_inside_share")[row] >= 0.99;
        }
        ck_assert_uint_eq(touched, months[m].touched);
        ck_assert_uint_eq(half, months[m].half);
        ck_assert_uint_eq(nearly_all, months[m].nearly_all);
        hrm_table_free(table);
        hrm_reference_free(reference);
    }
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("nearness", &as_brute_force, &every_month)
