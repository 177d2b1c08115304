/* Well-known binary of any kind: reading never reads beyond, never asks for more than a few times its size,
 * and what was read can be repaired, laid out, measured and written, and read again as the same. */
#include <stdlib.h>

#include "geo/geodesic.h"
#include "geo/overlay.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so) {
    if (!so) abort();
}

/* Degrees to the millionth, so that areas mean something. Finer ones (1e-314, say) make GEOS 3.11 throw amid
 * its buffers, and it loses memory of its own then. */
static double fold(double value, double turn) {
    return rint(remainder(value, turn) * 1e6) / 1e6;
}

static void fold_all(hrmi_geometry *g) {
    for (size_t i = 0; i < g->vertex_count; i++) {
        g->x[i] = fold(g->x[i], 360.0);
        g->y[i] = fold(g->y[i], 180.0);
    }
}

static void write_and_read(hrm_context *ctx, const hrmi_shapes *shapes) {
    hrmi_geometry again;
    const size_t size = hrmi_shapes_wkb_size(shapes, 0);
    uint8_t *const bytes = malloc(size + 1);
    must(bytes != NULL);
    hrmi_geometry_init(&again, ctx);
    if (size > 0) {
        hrmi_shapes_wkb(shapes, 0, bytes);
        must(hrmi_wkb_read(ctx, bytes, size, &again) == HRM_OK);
    }
    must(again.part_count == shapes->part_count && again.vertex_count == shapes->vertex_count);
    hrmi_geometry_free(&again);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    hrm_context *ctx = NULL;
    hrmi_geometry read;
    hrmi_geometry made;
    hrmi_shapes shapes = {0};
    char why[HRMI_WHY_SIZE];
    bool changed = false;
    double centre[2];
    must(hrm_context_new(NULL, &ctx) == HRM_OK);
    hrmi_geometry_init(&read, ctx);
    hrmi_geometry_init(&made, ctx);
    const hrm_status status = hrmi_wkb_read(ctx, data, size, &read);
    must(status == HRM_OK || status == HRM_ERROR_GEOMETRY);
    must(read.vertex_count <= size / 16 && read.path_count <= size / 4);
    if (status != HRM_OK) must(read.part_count == 0 && hrm_error_message(ctx)[0] != '\0');
    if (read.vertex_count < 2000) { /* GEOS's time is not what is tested */
        fold_all(&read);
        hrmi_part_range range = {&read, 0, read.part_count};
        const hrm_status repaired = hrmi_polygons_repair(ctx, range, &made, &changed, why);
        must(repaired == HRM_OK || repaired == HRM_ERROR_GEOMETRY);
        if (changed) range = (hrmi_part_range){&made, 0, made.part_count};
        if (repaired == HRM_OK) {
            must(hrmi_shapes_build(ctx, &range, 1, &shapes) == HRM_OK);
            const double area = hrmi_shapes_area_m2(&shapes, 0);
            hrmi_shapes_centroid(&shapes, 0, centre);
            must(isnan(area) == (shapes.part_count == 0) && isnan(centre[0]) == isnan(area));
            write_and_read(ctx, &shapes);
            hrmi_shapes_free(&shapes);
        }
    }
    hrmi_geometry_free(&read);
    hrmi_geometry_free(&made);
    hrm_context_free(ctx);
    return 0;
}
