/*
 * The whole catalogue over an invented country of 1,769 communities: computed, and rolled up to raions,
 * oblasts and the country. Milliseconds, the best of several runs.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "bench/bench.h"

enum { ROWS = 1769, RUNS = 15, POLYGON_SIZE = 13 + 5 * 16, MOST_INDICATORS = 256 };

/* A square of a tenth of a degree as well-known binary, little endian. */
static void write_square(uint8_t *at, double x, double y) {
    static const uint8_t head[13] = {1, 3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0};
    const double corners[10] = {x, y, x, y + 0.1, x + 0.1, y + 0.1, x + 0.1, y, x, y};
    memcpy(at, head, sizeof head);
    memcpy(at + sizeof head, corners, sizeof corners);
}

static hrm_status make_layer(hrm_context *ctx, hrm_layer **out) {
    static uint8_t squares[ROWS][POLYGON_SIZE];
    static char texts[ROWS][16];
    static const uint8_t *wkb[ROWS];
    static const char *codes[ROWS];
    static size_t sizes[ROWS];
    hrm_layer_input input;
    hrm_layer_input_init(&input, sizeof input);
    for (size_t i = 0; i < ROWS; i++) {
        (void)snprintf(texts[i], sizeof texts[i], "UA%02zu%02zu%03zu", 1 + i / 70, 1 + i % 5, i % 999);
        write_square(squares[i], 22.0 + 0.1 * (double)(i % 180), 44.0 + 0.1 * (double)(i / 180));
        codes[i] = texts[i];
        wkb[i] = squares[i];
        sizes[i] = POLYGON_SIZE;
    }
    input.count = ROWS;
    input.codes = codes;
    input.wkb = wkb;
    input.wkb_sizes = sizes;
    input.crs = "OGC:CRS84";
    return hrm_layer_from_wkb(ctx, &input, out);
}

/* A column for every input of the catalogue that is no indicator or parameter itself; one in ten is missing.
 */
static hrm_status add_inputs(hrm_context *ctx, hrm_table *table, uint64_t seed,
                             const hrm_indicator *indicator) {
    static double values[ROWS];
    hrm_formula *formula = NULL;
    hrm_status status = hrm_formula_compile(ctx, indicator->formula, &formula);
    for (size_t k = 0; status == HRM_OK && k < hrm_formula_input_count(formula); k++) {
        hrm_column_info info;
        hrm_column_info_init(&info, sizeof info);
        info.id = hrm_formula_input(formula, k);
        info.rollup = HRM_ROLLUP_SUM;
        const char *const described = strstr(indicator->inputs, info.id);
        if (described == NULL || hrm_table_find(table, info.id) != HRM_NONE ||
            hrm_catalogue_find(info.id) != HRM_NONE)
            continue;
        for (size_t i = 0; i < ROWS; i++) {
            hrmi_random random;
            hrmi_random_start(&random, seed * 100 + k, i, 0);
            values[i] = hrmi_random_below(&random, 10) == 0 ? (double)NAN : 1e4 * hrmi_random_unit(&random);
        }
        status = hrm_table_add(ctx, table, &info, values, NULL, NULL);
    }
    hrm_formula_free(formula);
    return status;
}

static hrm_status run(hrm_context *ctx, const hrm_layer *layer, const hrm_indicator *all, size_t count,
                      double best[2]) {
    hrm_table *table = NULL;
    hrm_status status = hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table);
    for (size_t i = 0; i < count && status == HRM_OK; i++) status = add_inputs(ctx, table, i + 1, &all[i]);
    double start = 1e3 * now();
    if (status == HRM_OK) status = hrm_indicators_compute(ctx, layer, table, all, count);
    if (1e3 * now() - start < best[0]) best[0] = 1e3 * now() - start;
    start = 1e3 * now();
    for (int32_t level = HRM_LEVEL_COUNTRY; level < HRM_LEVEL_COMMUNITY && status == HRM_OK; level++) {
        hrm_table *up = NULL;
        status = hrm_indicators_roll_up(ctx, layer, table, all, count, level, &up);
        hrm_table_free(up);
    }
    if (1e3 * now() - start < best[1]) best[1] = 1e3 * now() - start;
    hrm_table_free(table);
    return status;
}

int main(void) {
    static hrm_indicator all[MOST_INDICATORS];
    hrm_context *ctx = NULL;
    hrm_layer *layer = NULL;
    double best[2] = {INFINITY, INFINITY};
    const size_t count = hrm_catalogue_count() < MOST_INDICATORS ? hrm_catalogue_count() : MOST_INDICATORS;
    if (hrm_context_new(NULL, &ctx) != HRM_OK) return 1;
    for (size_t i = 0; i < count; i++) {
        hrm_indicator_init(&all[i], sizeof *all);
        if (!hrm_catalogue_indicator(i, &all[i])) return 1;
    }
    hrm_status status = make_layer(ctx, &layer);
    for (int i = 0; i < RUNS && status == HRM_OK; i++) status = run(ctx, layer, all, count, best);
    if (status == HRM_OK)
        printf(
            "%zu indicators over %d communities: computed in %.2f ms, rolled up to three levels in %.2f ms\n",
            count, (int)ROWS, best[0], best[1]);
    else (void)fprintf(stderr, "%s\n", hrm_error_message(ctx));
    hrm_layer_free(layer);
    hrm_context_free(ctx);
    return status != HRM_OK;
}
