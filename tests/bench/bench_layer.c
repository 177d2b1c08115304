/*
 * How long it takes to make the layer of the real communities from well-known binary (codes, validity, areas,
 * centres of mass), to unite raions and oblasts, and to find overlaps and gaps. Prints processor time, the
 * best of five runs; asserts nothing. Needs HROMADA_DATA and the full profile.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench/bench.h"

#if HRM_HAS_IO

enum { RUNS = 5 };

static hrm_context *ctx;

/* The boundary of a unit; its bytes stay where they are. */
static uint8_t *boundary(const hrm_layer *layer, int32_t level, size_t unit, size_t *size) {
    static uint8_t room[1 << 20];
    uint8_t *copy = NULL;
    must(ctx, hrm_layer_wkb(ctx, layer, level, unit, room, sizeof room, size));
    if (*size == 0 || *size > sizeof room || level != HRM_LEVEL_COMMUNITY) return NULL;
    copy = malloc(*size);
    if (copy == NULL) exit(1);
    for (size_t i = 0; i < *size; i++) copy[i] = room[i];
    return copy;
}

static hrm_layer *open_layer(const char *folder) {
    char path[4096];
    hrm_layer *layer = NULL;
    hrm_source source;
    (void)snprintf(path, sizeof path, "%s/boundaries/Hromadas.geojson", folder);
    hrm_source_init(&source, sizeof source);
    source.path = path;
    must(ctx, hrm_layer_open(ctx, &source, NULL, &layer));
    return layer;
}

static void make(const hrm_layer_input *input) {
    hrm_layer *layer = NULL;
    must(ctx, hrm_layer_from_wkb(ctx, input, &layer));
    hrm_layer_free(layer);
}

static void unite(const hrm_layer *layer, int32_t level) {
    for (size_t unit = 0; unit < hrm_layer_unit_count(layer, level); unit++) {
        size_t size = 0;
        (void)boundary(layer, level, unit, &size);
    }
}

/* What is measured: 0 making, 1 raions, 2 oblasts, 3 overlaps and gaps. */
static void work(int what, const hrm_layer *layer, const hrm_layer_input *input) {
    hrm_topology topology = {.struct_size = sizeof topology};
    if (what == 0) make(input);
    if (what == 1) unite(layer, HRM_LEVEL_RAION);
    if (what == 2) unite(layer, HRM_LEVEL_OBLAST);
    if (what == 3) must(ctx, hrm_layer_topology(ctx, layer, &topology));
}

int main(void) {
    static const char *const names[] = {"the layer from well-known binary", "raions united", "oblasts united",
                                        "overlaps and gaps"};
    const char *const folder = getenv("HROMADA_DATA");
    hrm_layer_input input;
    if (folder == NULL || folder[0] == '\0') {
        printf("SKIPPED for want of HROMADA_DATA: the layer of the real communities\n");
        return 0;
    }
    must(ctx, hrm_context_new(NULL, &ctx));
    hrm_layer *const layer = open_layer(folder);
    const size_t n = hrm_layer_count(layer);
    const char **const codes = calloc(n, sizeof *codes);
    uint8_t **const wkb = calloc(n, sizeof *wkb);
    size_t *const sizes = calloc(n, sizeof *sizes);
    if (codes == NULL || wkb == NULL || sizes == NULL) return 1;
    for (size_t i = 0; i < n; i++) {
        codes[i] = hrm_layer_code(layer, i);
        wkb[i] = boundary(layer, HRM_LEVEL_COMMUNITY, i, &sizes[i]);
    }
    hrm_layer_input_init(&input, sizeof input);
    input.count = n;
    input.codes = codes;
    input.wkb = (const uint8_t *const *)wkb;
    input.wkb_sizes = sizes;
    input.crs = "OGC:CRS84";
    for (int what = 0; what < 4; what++) {
        double best = 1e9;
        for (int run = 0; run < RUNS; run++) {
            const double start = now();
            work(what, layer, &input);
            const double taken = now() - start;
            if (taken < best) best = taken;
        }
        printf("%-40s %8.1f ms\n", names[what], 1e3 * best);
    }
    for (size_t i = 0; i < n; i++) free(wkb[i]);
    free(codes);
    free(wkb);
    free(sizes);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
    return 0;
}

#else

int main(void) {
    printf("SKIPPED for want of GDAL: the layer of the real communities\n");
    return 0;
}

#endif
