/*
 * The first steps: communities from a file, a table joined to them by code, a formula over its columns, and
 * the values. Run it as:  first examples/demo/communities.geojson examples/demo/statistics.csv
 */
#include <stdio.h>
#include <stdlib.h>

#include "hromada/hromada.h"

static void ok(const hrm_context *ctx, hrm_status status) {
    if (status == HRM_OK) return;
    (void)fprintf(stderr, "%s\n", hrm_error_message(ctx));
    exit(EXIT_FAILURE);
}

int main(int argc, char **argv) {
    const char *const cells[] = {"displaced_registered", "population_2022"};
    hrm_join_column columns[2];
    hrm_column_info infos[2];
    hrm_join_options options;
    hrm_join_fields fields;
    hrm_source boundaries;
    hrm_source statistics;
    hrm_context *ctx = NULL;
    hrm_layer *layer = NULL;
    hrm_table *table = NULL;
    hrm_join *join = NULL;
    hrm_formula *formula = NULL;

    if (argc != 3 || hrm_context_new(NULL, &ctx) != HRM_OK) return EXIT_FAILURE;
    hrm_source_init(&boundaries, sizeof boundaries);
    hrm_source_init(&statistics, sizeof statistics);
    boundaries.path = argv[1];
    statistics.path = argv[2];

    /* which columns to make: their ids, and above the fields that they come from */
    hrm_join_options_init(&options, sizeof options);
    for (size_t i = 0; i < 2; i++) {
        hrm_join_column_init(&columns[i], sizeof columns[i]);
        hrm_column_info_init(&infos[i], sizeof infos[i]);
        columns[i].info = &infos[i];
    }
    infos[0].id = "displaced";
    infos[1].id = "population";
    options.columns = columns;
    options.column_count = 2;
    hrm_join_fields_init(&fields, sizeof fields);
    fields.code = "code";
    fields.fields = cells;
    fields.field_count = 2;

    ok(ctx, hrm_layer_open(ctx, &boundaries, NULL, &layer));
    ok(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
    ok(ctx, hrm_join_new(ctx, layer, &options, &join));
    ok(ctx, hrm_join_read(ctx, &statistics, &fields, join));
    ok(ctx, hrm_join_finish(ctx, join, table, NULL));

    double *const values = calloc(hrm_layer_count(layer), sizeof *values);
    if (values == NULL) return EXIT_FAILURE;
    ok(ctx, hrm_formula_compile(ctx, "1000 * displaced / population", &formula));
    ok(ctx, hrm_formula_evaluate(ctx, formula, layer, table, values, NULL));
    for (size_t i = 0; i < hrm_layer_count(layer); i++)
        printf("%s  %.1f displaced persons per 1,000 residents\n", hrm_layer_key(layer, i), values[i]);

    free(values);
    hrm_formula_free(formula);
    hrm_join_free(join);
    hrm_table_free(table);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
    return EXIT_SUCCESS;
}
