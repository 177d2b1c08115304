/*
 * How long nearness, tallies and projects take on a national layer: the real communities and a real front
 * where HROMADA_DATA is set, else invented ones of the same size. Prints the best of some runs, in time of
 * the processor, so that others on the machine do not count; asserts nothing.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "community/layer.h"
#include "geo/locate.h"
#include "bench/bench.h"

static hrm_status new_list(hrm_context *ctx, const char *unit, const char *source, hrm_projects **out) {
    hrm_projects_options options;
    hrm_projects_options_init(&options, sizeof options);
    options.unit = unit;
    options.source = source;
    return hrm_projects_new(ctx, &options, out);
}

enum { COMMUNITIES = 1769, CORNERS = 25, FRONT = 3000, POINTS = 1000000, LINES = 100000, RUNS = 9 };

static double xs[POINTS];
static double ys[POINTS];

static double random_share(void) {
    static uint64_t state = 42;
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(state >> 11) * 0x1p-53;
}

/* A ragged ring around a place as well-known binary, in the byte order of this machine. */
static uint8_t *ring(double lon, double lat, double reach, size_t n, size_t *size) {
    const uint32_t head[3] = {3, 1, (uint32_t)n + 1};
    const uint16_t one = 1;
    *size = 13 + 16 * (n + 1);
    uint8_t *const wkb = malloc(*size);
    if (wkb == NULL) exit(1);
    memcpy(wkb, &one, 1);
    memcpy(wkb + 1, head, sizeof head);
    for (size_t i = 0; i < n; i++) {
        const double angle = 2.0 * 3.14159265358979323846 * (double)i / (double)n;
        const double radius = reach * (0.9 + 0.1 * random_share());
        const double place[2] = {lon + radius * cos(angle), lat + radius * sin(angle)};
        memcpy(wkb + 13 + 16 * i, place, sizeof place);
    }
    memcpy(wkb + 13 + 16 * n, wkb + 13, 16);
    return wkb;
}

static hrm_layer *invented_layer(hrm_context *ctx) {
    static char codes[COMMUNITIES][16];
    static const char *code_list[COMMUNITIES];
    static uint8_t *wkb[COMMUNITIES];
    static size_t sizes[COMMUNITIES];
    hrm_layer *layer = NULL;
    hrm_layer_input input;
    for (size_t i = 0; i < COMMUNITIES; i++) {
        (void)snprintf(codes[i], sizeof codes[i], "UA%02zu%02zu%03zu", 5 + i / 100, 2 + i / 20 % 5,
                       1 + i % 100);
        code_list[i] = codes[i];
        wkb[i] =
            ring(22.5 + 0.3 * (double)(i % 60), 45.0 + 0.24 * (double)i / 60.0, 0.16, CORNERS, &sizes[i]);
    }
    hrm_layer_input_init(&input, sizeof input);
    input.count = COMMUNITIES;
    input.codes = code_list;
    input.wkb = (const uint8_t *const *)wkb;
    input.wkb_sizes = sizes;
    input.crs = "OGC:CRS84";
    must(ctx, hrm_layer_from_wkb(ctx, &input, &layer));
    for (size_t i = 0; i < COMMUNITIES; i++) free(wkb[i]);
    return layer;
}

static hrm_reference *invented_front(hrm_context *ctx) {
    size_t size;
    hrm_reference *front = NULL;
    uint8_t *const wkb = ring(37.0, 47.0, 2.5, FRONT, &size);
    const uint8_t *const list[] = {wkb};
    must(ctx, hrm_reference_from_wkb(ctx, list, &size, 1, "OGC:CRS84", NULL, &front));
    free(wkb);
    return front;
}

static const char *path_of(const char *folder, const char *file) {
    static char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder, file);
    return path;
}

static void open_all(hrm_context *ctx, const char *folder, hrm_layer **layer, hrm_reference **front) {
    hrm_source source;
    hrm_source_init(&source, sizeof source);
    source.path = path_of(folder, "boundaries/Hromadas.geojson");
    must(ctx, hrm_layer_open(ctx, &source, NULL, layer));
    source.path = path_of(folder, "frontline/deepstate/deepstatemap_data_20240708.geojson");
    must(ctx, hrm_reference_open(ctx, &source, front));
}

static double nearness(hrm_context *ctx, const hrm_layer *layer, const hrm_reference *front) {
    hrm_table *table = NULL;
    hrm_proximity_options o;
    hrm_proximity_options_init(&o, sizeof o);
    o.id = "front";
    must(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
    const double start = 1e3 * now();
    must(ctx, hrm_proximity(ctx, layer, front, &o, table));
    const double spent = 1e3 * now() - start;
    hrm_table_free(table);
    return spent;
}

static double locating(hrm_context *ctx, const hrm_layer *layer, double *building) {
    hrmi_locator locator;
    size_t found = 0;
    const double start = 1e3 * now();
    must(ctx, hrmi_locator_build(ctx, hrmi_layer_shapes(layer), &locator));
    const double built = 1e3 * now();
    for (size_t i = 0; i < POINTS; i++) {
        bool several;
        found += hrmi_locate(&locator, xs[i], ys[i], &several) != HRM_NONE;
    }
    const double spent = 1e3 * now() - built;
    *building = built - start;
    hrmi_locator_free(&locator);
    return found > POINTS ? 0.0 : spent;
}

static double tallying(hrm_context *ctx, const hrm_layer *layer, size_t fields) {
    static const char *const names[] = {"cost"};
    hrm_tally *tally = NULL;
    hrm_tally_options o;
    hrm_tally_options_init(&o, sizeof o);
    o.id = "damage";
    o.fields = names;
    o.field_count = fields;
    must(ctx, hrm_tally_new(ctx, layer, &o, &tally));
    const double start = 1e3 * now();
    must(ctx, hrm_tally_add(ctx, tally, POINTS, xs, ys, NULL, fields > 0 ? xs : NULL));
    const double spent = 1e3 * now() - start;
    hrm_tally_free(tally);
    return spent;
}

static double placing(hrm_context *ctx, const hrm_layer *layer) {
    static const char *const sectors[] = {"school", "road", "hospital", "water", "heat"};
    static const char *const years[] = {"2020", "2021", "2022", "2023"};
    hrm_projects *projects = NULL;
    hrm_table *table = NULL;
    hrm_project project;
    hrm_project_init(&project, sizeof project);
    must(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
    const double start = 1e3 * now();
    must(ctx, new_list(ctx, "UAH", NULL, &projects));
    for (size_t i = 0; i < LINES; i++) {
        project.code = hrm_layer_code(layer, i * 7919 % hrm_layer_count(layer));
        project.sector = sectors[i % 5];
        project.period = years[i / 5 % 4];
        project.actor = (int32_t)(i % 6);
        project.amount = 1000.0 * xs[i];
        must(ctx, hrm_projects_add(ctx, projects, &project));
    }
    must(ctx, hrm_projects_place(ctx, projects, layer, NULL, table));
    const double spent = 1e3 * now() - start;
    hrm_projects_free(projects);
    hrm_table_free(table);
    return spent;
}

static void keep_least(double *least, double value) {
    if (value < *least) *least = value;
}

int main(void) {
    enum { NEARNESS, BUILDING, LOCATING, COUNTING, SUMMING, PLACING, KINDS };
    double best[KINDS] = {1e9, 1e9, 1e9, 1e9, 1e9, 1e9};
    hrm_context *ctx = NULL;
    hrm_layer *layer = NULL;
    hrm_reference *front = NULL;
    const char *const folder = getenv("HROMADA_DATA");
    if (hrm_context_new(NULL, &ctx) != HRM_OK) return 1;
    if (folder != NULL) {
        open_all(ctx, folder, &layer, &front);
    } else {
        layer = invented_layer(ctx);
        front = invented_front(ctx);
    }
    hrm_reference_counts_info counts = {.struct_size = sizeof counts};
    (void)hrm_reference_counts(front, &counts);
    for (size_t i = 0; i < POINTS; i++) {
        xs[i] = 22.0 + 18.3 * random_share();
        ys[i] = 44.3 + 8.1 * random_share();
    }
    for (int i = 0; i < RUNS; i++) {
        double building = 0.0;
        keep_least(&best[NEARNESS], nearness(ctx, layer, front));
        keep_least(&best[LOCATING], locating(ctx, layer, &building));
        keep_least(&best[BUILDING], building);
        keep_least(&best[COUNTING], tallying(ctx, layer, 0));
        keep_least(&best[SUMMING], tallying(ctx, layer, 1));
        keep_least(&best[PLACING], placing(ctx, layer));
    }
    printf("%s communities (%zu), best of %d\n", folder != NULL ? "real" : "invented", hrm_layer_count(layer),
           RUNS);
    printf("%-52s %8.1f ms\n", "nearness to a front, all columns", best[NEARNESS]);
    printf("%-52s %8zu\n", "  vertices of the front", counts.vertices);
    printf("%-52s %8.1f ms\n", "locator made", best[BUILDING]);
    printf("%-52s %8.1f million a second\n", "random places located", POINTS / best[LOCATING] / 1e3);
    printf("%-52s %8.1f million a second\n", "points counted", POINTS / best[COUNTING] / 1e3);
    printf("%-52s %8.1f million a second\n", "points counted and one value summed",
           POINTS / best[SUMMING] / 1e3);
    printf("%-52s %8.1f ms\n", "100,000 lines of projects listed and placed", best[PLACING]);
    hrm_reference_free(front);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
    return 0;
}
