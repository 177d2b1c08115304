/* Shapes for tests: see shapes.h. */
#include <math.h>

#include "harness/shapes.h"

static void read(hrm_context *ctx, const char *wkt, hrmi_geometry *g) {
    size_t size;
    uint8_t *const wkb = hrmt_wkb(wkt, &size);
    if (wkb != NULL) hrmt_ok(ctx, hrmi_wkb_read(ctx, wkb, size, g));
    free(wkb);
}

hrmi_shapes hrmt_shapes(hrm_context *ctx, const char *const *wkt, size_t count) {
    hrmi_geometry g;
    hrmi_shapes shapes;
    hrmi_part_range *const ranges = calloc(count, sizeof *ranges);
    ck_assert_ptr_nonnull(ranges);
    hrmi_geometry_init(&g, ctx);
    for (size_t i = 0; i < count; i++) {
        ranges[i].geometry = &g;
        ranges[i].first = g.part_count;
        read(ctx, wkt[i], &g);
        ranges[i].end = g.part_count;
    }
    hrmt_ok(ctx, hrmi_shapes_build(ctx, ranges, count, &shapes));
    hrmi_geometry_free(&g);
    free(ranges);
    return shapes;
}

hrmi_geometry hrmt_geometry(hrm_context *ctx, const char *wkt) {
    hrmi_geometry g;
    hrmi_geometry_init(&g, ctx);
    read(ctx, wkt, &g);
    return g;
}

double hrmt_random(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11) * 0x1p-53;
}

void hrmt_star(char *text, size_t size, double lon, double lat, double reach, size_t n, uint64_t *state) {
    size_t used = (size_t)snprintf(text, size, "POLYGON((");
    double first[2] = {0.0, 0.0};
    for (size_t i = 0; i <= n; i++) {
        const double angle = 2.0 * 3.14159265358979323846 * (double)i / (double)n;
        const double radius = reach * (0.2 + 0.8 * hrmt_random(state));
        double place[2] = {lon + radius * cos(angle), lat + radius * sin(angle)};
        if (i == 0) memcpy(first, place, sizeof first);
        if (i == n) memcpy(place, first, sizeof first);
        used += (size_t)snprintf(text + used, size - used, "%s%.17g %.17g", i == 0 ? "" : ",", place[0],
                                 place[1]);
    }
    used += (size_t)snprintf(text + used, size - used, "))");
    ck_assert_uint_lt(used, size);
}
