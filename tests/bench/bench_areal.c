/*
 * How long areal interpolation takes on the national layer: raions, and grids of 10 km and 2 km, by area;
 * raions by the weights of settlements. Needs HROMADA_DATA. Prints the best of some runs, in time of the
 * processor; asserts nothing. tests/reference/areal_speed.py times geopandas' overlay of the same layers.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/bench.h"

enum { RUNS = 7, MOST = 400000 };

static const char *path_of(const char *folder, const char *file) {
    static char path[512];
    (void)snprintf(path, sizeof path, "%s/boundaries/%s", folder, file);
    return path;
}

static const hrm_column_info info = {.struct_size = sizeof info, .id = "people"};
static const hrm_areal_column column = {sizeof column, HRM_AREAL_EXTENSIVE, &info};

/* Squares in the metres of UTM 36 over the country's box: 21 to 41 degrees east, 44 to 53 north. */
static size_t make_grid(double side_m, uint8_t (*wkb)[93]) {
    const uint8_t one = 1;
    const uint32_t head[3] = {3, 1, 5};
    size_t count = 0;
    for (double x = -320e3; x < 960e3; x += side_m)
        for (double y = 4.88e6; y < 5.88e6 && count < MOST; y += side_m) {
            const double corners[10] = {x, y, x + side_m, y, x + side_m, y + side_m, x, y + side_m, x, y};
            memcpy(wkb[count], &one, 1);
            memcpy(wkb[count] + 1, head, sizeof head);
            memcpy(wkb[count++] + 13, corners, sizeof corners);
        }
    return count;
}

static void time_grid(hrm_context *ctx, const hrm_layer *layer, double side_m) {
    uint8_t(*const cells)[93] = malloc(MOST * sizeof *cells);
    const uint8_t **const wkb = malloc(MOST * sizeof *wkb);
    size_t *const sizes = malloc(MOST * sizeof *sizes);
    double *const values = malloc(MOST * sizeof *values);
    hrm_areal_counts counts = {.struct_size = sizeof counts};
    hrm_areal_input in;
    double best = INFINITY;
    if (cells == NULL || wkb == NULL || sizes == NULL || values == NULL) exit(1);
    hrm_areal_input_init(&in, sizeof in);
    in.count = make_grid(side_m, cells);
    for (size_t i = 0; i < in.count; i++) {
        wkb[i] = cells[i];
        sizes[i] = sizeof cells[i];
        values[i] = (double)(i % 100);
    }
    in.wkb = wkb;
    in.wkb_sizes = sizes;
    in.crs = "EPSG:32636";
    in.columns = &column;
    in.column_count = 1;
    in.values = values;
    for (int run = 0; run < RUNS; run++) {
        hrm_table *table = NULL;
        hrm_areal_report *report = NULL;
        must(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
        const double start = 1e3 * now();
        must(ctx, hrm_areal(ctx, layer, &in, NULL, table, &report));
        const double spent = 1e3 * now() - start;
        if (spent < best) best = spent;
        (void)hrm_areal_report_counts(report, &counts);
        hrm_areal_report_free(report);
        hrm_table_free(table);
    }
    printf("grid of %2.0f km: %6zu cells, %6zu pairs %26.0f ms\n", side_m / 1e3, in.count, counts.pairs,
           best);
    free(cells);
    free(wkb);
    free(sizes);
    free(values);
}

static void time_file(hrm_context *ctx, const hrm_layer *layer, const hrm_source *source,
                      const hrm_areal_points *points, const char *what) {
    static const char *const field = "AREA_SQKM";
    hrm_areal_counts counts = {.struct_size = sizeof counts};
    hrm_areal_fields fields;
    double best = INFINITY;
    hrm_areal_fields_init(&fields, sizeof fields);
    fields.columns = &column;
    fields.fields = &field;
    fields.column_count = 1;
    for (int run = 0; run < RUNS; run++) {
        hrm_table *table = NULL;
        hrm_areal_report *report = NULL;
        must(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
        const double start = 1e3 * now();
        must(ctx, hrm_areal_read(ctx, layer, source, &fields, points, NULL, table, &report));
        const double spent = 1e3 * now() - start;
        if (spent < best) best = spent;
        (void)hrm_areal_report_counts(report, &counts);
        hrm_areal_report_free(report);
        hrm_table_free(table);
    }
    printf("%s: %zu rows, %zu pairs, reading included %8.0f ms\n", what, counts.rows, counts.pairs, best);
}

int main(void) {
    hrm_context *ctx = NULL;
    hrm_layer *layer = NULL;
    hrm_source source;
    hrm_source places;
    hrm_areal_points points;
    char boundaries[512];
    const char *const folder = getenv("HROMADA_DATA");
    if (folder == NULL || folder[0] == '\0') {
        printf("SKIPPED for want of HROMADA_DATA: areal interpolation\n");
        return 0;
    }
    if (hrm_context_new(NULL, &ctx) != HRM_OK) return 1;
    hrm_source_init(&source, sizeof source);
    source.path = path_of(folder, "Hromadas.geojson");
    must(ctx, hrm_layer_open(ctx, &source, NULL, &layer));
    (void)snprintf(boundaries, sizeof boundaries, "%s", path_of(folder, "Raions_simplified.geojson"));
    source.path = boundaries;
    time_file(ctx, layer, &source, NULL, "raions by area");
    places = source;
    places.path = path_of(folder, "ukr_admbndp_adm0123_sspe_itos_20240416.shp");
    hrm_areal_points_init(&points, sizeof points);
    points.source = &places;
    points.weight = "POINT_X";
    time_file(ctx, layer, &source, &points, "raions by weights");
    time_grid(ctx, layer, 10e3);
    time_grid(ctx, layer, 2e3);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
    return 0;
}
