/*
 * How long it takes to join a CSV of a million rows and ten columns of numbers to 1,769 communities by code,
 * beside what GDAL alone needs to go over the same file and look at every cell as text. Prints the processor
 * time of the best of five runs each, and their ratio; asserts nothing.
 */
#include <gdal.h>
#include <ogr_api.h>
#include <stdio.h>
#include <stdlib.h>

#include "../harness/square.h"
#include "bench/bench.h"

enum { COMMUNITIES = 1769, ROWS = 1000000, COLUMNS = 10, RUNS = 5 };

static char codes[COMMUNITIES][24];
static char ids[COLUMNS][8];

static hrm_layer *make_layer(hrm_context *ctx) {
    static uint8_t squares[COMMUNITIES][HRMT_SQUARE_SIZE];
    static const char *code_list[COMMUNITIES];
    static const uint8_t *wkb[COMMUNITIES];
    static size_t sizes[COMMUNITIES];
    hrm_layer *layer = NULL;
    hrm_layer_input input;
    for (size_t i = 0; i < COMMUNITIES; i++) {
        (void)snprintf(codes[i], sizeof codes[i], "UA%02zu%02zu%03zu0000012345", 5 + i / 100, 2 + i / 20 % 5,
                       1 + i % 100);
        hrmt_square(22.0 + 0.2 * (double)(i % 80), 45.0 + 0.2 * (double)(i / 80), 0.2, squares[i]);
        code_list[i] = codes[i];
        wkb[i] = squares[i];
        sizes[i] = HRMT_SQUARE_SIZE;
    }
    hrm_layer_input_init(&input, sizeof input);
    input.count = COMMUNITIES;
    input.codes = code_list;
    input.wkb = wkb;
    input.wkb_sizes = sizes;
    input.crs = "OGC:CRS84";
    must(ctx, hrm_layer_from_wkb(ctx, &input, &layer));
    return layer;
}

/* Numbers of seven to eleven digits, one cell in twenty empty. */
static void write_file(const char *path) {
    FILE *const file = fopen(path, "wb");
    if (file == NULL) exit(1);
    (void)fprintf(file, "code");
    for (size_t c = 0; c < COLUMNS; c++) (void)fprintf(file, ",%s", ids[c]);
    for (size_t i = 0; i < ROWS; i++) {
        (void)fprintf(file, "\n%s", codes[i * 7919 % COMMUNITIES]);
        for (size_t c = 0; c < COLUMNS; c++) {
            const size_t n = i * COLUMNS + c;
            if (n % 20 == 7) (void)fputc(',', file);
            else (void)fprintf(file, ",%zu.%05zu", n * 104729 % 1000000, n * 7919 % 100000);
        }
    }
    (void)fputc('\n', file);
    (void)fclose(file);
}

static double run_join(hrm_context *ctx, const hrm_layer *layer, const char *path, int32_t duplicates) {
    hrm_join_column columns[COLUMNS];
    hrm_column_info infos[COLUMNS];
    const char *fields[COLUMNS];
    hrm_join_options options;
    hrm_join_fields which;
    hrm_source source;
    hrm_join *join = NULL;
    hrm_table *table = NULL;
    for (size_t i = 0; i < COLUMNS; i++) {
        hrm_join_column_init(&columns[i], sizeof columns[i]);
        hrm_column_info_init(&infos[i], sizeof infos[i]);
        columns[i].info = &infos[i];
        infos[i].id = fields[i] = ids[i];
    }
    hrm_join_options_init(&options, sizeof options);
    options.duplicates = duplicates;
    options.columns = columns;
    options.column_count = COLUMNS;
    hrm_source_init(&source, sizeof source);
    source.path = path;
    hrm_join_fields_init(&which, sizeof which);
    which.code = "code";
    which.fields = fields;
    which.field_count = COLUMNS;
    const double start = now();
    must(ctx, hrm_join_new(ctx, layer, &options, &join));
    must(ctx, hrm_join_read(ctx, &source, &which, join));
    must(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
    must(ctx, hrm_join_finish(ctx, join, table, NULL));
    const double seconds = now() - start;
    hrm_join_free(join);
    hrm_table_free(table);
    return seconds;
}

static double run_gdal(const char *path) {
    const double start = now();
    size_t bytes = 0;
    GDALDatasetH const dataset = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    if (dataset == NULL) exit(1);
    OGRLayerH const layer = GDALDatasetGetLayer(dataset, 0);
    for (OGRFeatureH f = OGR_L_GetNextFeature(layer); f != NULL; f = OGR_L_GetNextFeature(layer)) {
        const int count = OGR_F_GetFieldCount(f);
        for (int i = 0; i < count; i++) bytes += (size_t)OGR_F_GetFieldAsString(f, i)[0];
        OGR_F_Destroy(f);
    }
    (void)GDALClose(dataset);
    if (bytes == 0) exit(1);
    return now() - start;
}

int main(void) {
    static const int32_t policies[] = {HRM_DUPLICATES_FIRST, HRM_DUPLICATES_SUM};
    static const char *const names[] = {"first row kept", "exact sums"};
    const char *const folder = getenv("TMPDIR");
    char path[4096];
    double gdal = 1e9;
    hrm_context *ctx = NULL;
    if (hrm_context_new(NULL, &ctx) != HRM_OK) return 1;
    hrm_layer *const layer = make_layer(ctx);
    for (size_t c = 0; c < COLUMNS; c++) (void)snprintf(ids[c], sizeof ids[c], "c%zu", c);
    (void)snprintf(path, sizeof path, "%s/bench_table.csv", folder != NULL ? folder : "/tmp");
    write_file(path);
    GDALAllRegister();
    for (int i = 0; i < RUNS; i++) {
        const double seconds = run_gdal(path);
        if (seconds < gdal) gdal = seconds;
    }
    printf("CSV of %d rows, a code and %d numbers, best of %d\n", ROWS, COLUMNS, RUNS);
    printf("%-44s %6.3f s\n", "GDAL alone, every cell as text", gdal);
    for (size_t p = 0; p < sizeof policies / sizeof *policies; p++) {
        double best = 1e9;
        for (int i = 0; i < RUNS; i++) {
            const double seconds = run_join(ctx, layer, path, policies[p]);
            if (seconds < best) best = seconds;
        }
        printf("joined, %-36s %6.3f s, %.2f of GDAL's\n", names[p], best, best / gdal);
    }
    (void)remove(path);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
    return 0;
}
