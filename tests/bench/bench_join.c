/*
 * How long it takes to join a million rows of ten columns to 1,769 communities, from arrays: keys as KATOTTG
 * codes, cells as people write them. Prints the processor time of the best of five runs; asserts nothing.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../harness/square.h"
#include "bench/bench.h"

enum { COMMUNITIES = 1769, ROWS = 1000000, COLUMNS = 10, BATCH = 8192, TEXTS = 9973, RUNS = 5 };

static char codes[COMMUNITIES][24];
static char texts[TEXTS][24];
static const char *keys[ROWS];
static const char *periods[ROWS];
static const char *cells[BATCH * COLUMNS];

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
        const size_t across = i % 80;
        const size_t up = i / 80;
        hrmt_square(22.0 + 0.2 * (double)across, 45.0 + 0.2 * (double)up, 0.2, squares[i]);
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

/* Machine numbers of up to 15 digits as statistical packages write them, and or as people do. */
static void make_texts(bool by_hand) {
    for (size_t i = 0; i < TEXTS; i++) {
        const unsigned long whole = (unsigned long)(i * 104729 % 1000000);
        const unsigned long rest = (unsigned long)(i * 7919 % 100000);
        if (i % 20 == 0) (void)snprintf(texts[i], sizeof texts[i], "NA");
        else if (by_hand)
            (void)snprintf(texts[i], sizeof texts[i], "%lu\u00A0%03lu,%02lu", 1 + whole / 1000, whole % 1000,
                           rest % 100);
        else (void)snprintf(texts[i], sizeof texts[i], "%lu.%05lu", whole, rest);
    }
}

static double run(hrm_context *ctx, const hrm_layer *layer, int32_t duplicates, bool has_period) {
    char ids[COLUMNS][8];
    hrm_join_column columns[COLUMNS];
    hrm_column_info infos[COLUMNS];
    hrm_join_options options;
    hrm_join *join = NULL;
    hrm_table *table = NULL;
    hrm_panel *panel = NULL;
    for (size_t i = 0; i < COLUMNS; i++) {
        hrm_join_column_init(&columns[i], sizeof columns[i]);
        hrm_column_info_init(&infos[i], sizeof infos[i]);
        columns[i].info = &infos[i];
        (void)snprintf(ids[i], sizeof ids[i], "c%zu", i);
        infos[i].id = ids[i];
    }
    hrm_join_options_init(&options, sizeof options);
    options.duplicates = duplicates;
    options.has_period = has_period;
    options.columns = columns;
    options.column_count = COLUMNS;
    const double start = now();
    must(ctx, hrm_join_new(ctx, layer, &options, &join));
    for (size_t first = 0; first < ROWS; first += BATCH) {
        const size_t count = ROWS - first < BATCH ? ROWS - first : BATCH;
        must(ctx, hrm_join_rows(ctx, join, (int64_t)first + 1, count, keys + first,
                                has_period ? periods + first : NULL, cells));
    }
    must(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
    if (has_period) must(ctx, hrm_join_finish_panel(ctx, join, &panel, NULL));
    else must(ctx, hrm_join_finish(ctx, join, table, NULL));
    const double seconds = now() - start;
    hrm_join_free(join);
    hrm_table_free(table);
    hrm_panel_free(panel);
    return seconds;
}

static void measure(hrm_context *ctx, const hrm_layer *layer, const char *what, int32_t duplicates,
                    bool has_period, bool by_hand) {
    double best = 1e9;
    make_texts(by_hand);
    for (int i = 0; i < RUNS; i++) {
        const double seconds = run(ctx, layer, duplicates, has_period);
        if (seconds < best) best = seconds;
    }
    printf("%-44s %6.3f s, %5.1f ns a cell\n", what, best, best * 1e9 / ROWS / COLUMNS);
}

int main(void) {
    static const char *const years[] = {"2019", "2020", "2021", "2022", "2023"};
    hrm_context *ctx = NULL;
    if (hrm_context_new(NULL, &ctx) != HRM_OK) return 1;
    hrm_layer *const layer = make_layer(ctx);
    for (size_t i = 0; i < ROWS; i++) {
        keys[i] = codes[i * 7919 % COMMUNITIES];
        periods[i] = years[i / COMMUNITIES % 5];
    }
    for (size_t i = 0; i < (size_t)BATCH * COLUMNS; i++) cells[i] = texts[i * 31 % TEXTS];
    printf("join of %d rows of %d columns to %zu communities, best of %d\n", ROWS, COLUMNS,
           hrm_layer_count(layer), RUNS);
    measure(ctx, layer, "first row kept, machine numbers", HRM_DUPLICATES_FIRST, false, false);
    measure(ctx, layer, "last row kept, machine numbers", HRM_DUPLICATES_LAST, false, false);
    measure(ctx, layer, "exact sums, machine numbers", HRM_DUPLICATES_SUM, false, false);
    measure(ctx, layer, "exact sums, spaces and decimal commas", HRM_DUPLICATES_SUM, false, true);
    measure(ctx, layer, "exact means into a panel of five years", HRM_DUPLICATES_MEAN, true, false);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
    return 0;
}
