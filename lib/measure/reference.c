/*
 * A reference out of features: read, brought to WGS 84, polygons repaired where they are invalid and united
 * where there are several features of them (so that no area counts twice), edges put under a tree.
 */
#include "measure/reference.h"
#include "geo/crs.h"
#include "geo/overlay.h"

typedef struct feature {
    size_t first, end; /* its parts in `read` */
} feature;

typedef struct builder {
    hrm_context *ctx;
    const char *source;
    hrm_reference *reference;
    hrmi_geometry read; /* all features */
    hrmi_geometry made; /* polygons repaired or united */
    feature *features;
    size_t count;
    hrmi_part_range *ranges; /* valid polygons, per feature that has some */
    size_t range_count;
    hrmi_shapes polygons;
} builder;

static hrm_status read_features(builder *b, const uint8_t *const *wkb, const size_t *sizes) {
    for (size_t i = 0; i < b->count; i++) {
        hrm_status status = HRM_OK;
        b->features[i].first = b->read.part_count;
        if (wkb[i] != NULL && sizes[i] > 0) status = hrmi_wkb_read(b->ctx, wkb[i], sizes[i], &b->read);
        if (status != HRM_OK) return hrmi_fail_in(b->ctx, status, "%s, feature %zu", b->source, i);
        b->features[i].end = b->read.part_count;
        if (b->features[i].first == b->features[i].end) b->reference->counts.empty++;
        if (i % 1024 == 0) {
            status = hrmi_progress(b->ctx, 0.3 * (double)i / (double)b->count, "reading the reference");
            if (status != HRM_OK) return status;
        }
    }
    b->reference->counts.features = b->count;
    return HRM_OK;
}

static hrm_status transform(builder *b, const char *crs_name) {
    hrmi_crs *crs = NULL;
    size_t failed = 0;
    hrm_status status = hrmi_crs_open(b->ctx, crs_name, &crs);
    if (status == HRM_OK)
        status =
            hrmi_crs_to_wgs84(b->ctx, crs, b->read.vertex_count, b->read.x, b->read.y, b->read.z, &failed);
    if (status != HRM_OK) status = hrmi_fail_in(b->ctx, status, "%s", b->source);
    else if (failed > 0)
        status = hrmi_fail(b->ctx, HRM_ERROR_GEOMETRY,
                           "%s: %zu of %zu positions cannot be brought to longitude and latitude: is %.100s "
                           "the right coordinate reference system?",
                           b->source, failed, b->read.vertex_count, crs_name);
    hrmi_crs_free(crs);
    return status;
}

static bool has_polygons(const builder *b, size_t i) {
    for (size_t q = b->features[i].first; q < b->features[i].end; q++)
        if (b->read.part_kind[q] == HRMI_POLYGON) return true;
    return false;
}

/* Every feature's polygons, valid. */
static hrm_status repair(builder *b) {
    char why[HRMI_WHY_SIZE];
    for (size_t i = 0; i < b->count; i++) {
        hrmi_part_range range = {&b->read, b->features[i].first, b->features[i].end};
        const size_t before = b->made.part_count;
        bool changed = false;
        if (!has_polygons(b, i)) continue;
        hrm_status status = hrmi_polygons_repair(b->ctx, range, &b->made, &changed, why);
        if (status != HRM_OK) return hrmi_fail_in(b->ctx, status, "%s, feature %zu", b->source, i);
        if (changed) {
            b->reference->counts.repaired++;
            range = (hrmi_part_range){&b->made, before, b->made.part_count};
            hrmi_log(b->ctx, HRM_LOG_WARNING, "%s, feature %zu: invalid polygons made valid (%s)", b->source,
                     i, why);
        }
        if (range.first < range.end) b->ranges[b->range_count++] = range;
        status = hrmi_progress(b->ctx, 0.3 + 0.4 * (double)i / (double)b->count, "repairing the reference");
        if (status != HRM_OK) return status;
    }
    return HRM_OK;
}

static hrm_status unite(builder *b) {
    if (b->range_count > 1) {
        const size_t before = b->made.part_count;
        const hrm_status status = hrmi_polygons_unite(b->ctx, b->ranges, b->range_count, &b->made);
        if (status != HRM_OK) return hrmi_fail_in(b->ctx, status, "%s", b->source);
        b->ranges[0] = (hrmi_part_range){&b->made, before, b->made.part_count};
    }
    return hrmi_shapes_build(b->ctx, b->ranges, b->range_count > 0 ? 1 : 0, &b->polygons);
}

static hrm_status count_parts(builder *b) {
    hrm_reference_counts_info *const counts = &b->reference->counts;
    counts->polygons = b->polygons.part_count;
    counts->vertices = b->polygons.vertex_count;
    for (size_t q = 0; q < b->read.part_count; q++) {
        const hrmi_geometry *const g = &b->read;
        if (g->part_kind[q] == HRMI_POLYGON) continue;
        if (g->part_kind[q] == HRMI_POINT) counts->points++;
        if (g->part_kind[q] == HRMI_LINE) counts->lines++;
        counts->vertices += g->path_start[g->part_start[q + 1]] - g->path_start[g->part_start[q]];
    }
    if (counts->vertices > 0) return HRM_OK;
    return hrmi_fail(b->ctx, HRM_ERROR_GEOMETRY,
                     "%s: nothing to measure to: its %zu features have no polygons, lines or points",
                     b->source, b->count);
}

static hrm_status build(builder *b, const uint8_t *const *wkb, const size_t *sizes, const char *crs) {
    hrm_reference *const r = b->reference;
    r->source = hrmi_text_copy(b->ctx, b->source, strlen(b->source));
    if (r->source == NULL) return HRM_ERROR_MEMORY;
    b->features = hrmi_array_new(b->ctx, b->count, sizeof *b->features);
    if (b->features == NULL) return HRM_ERROR_MEMORY;
    b->ranges = hrmi_array_new(b->ctx, b->count, sizeof *b->ranges);
    if (b->ranges == NULL) return HRM_ERROR_MEMORY;
    hrm_status status = read_features(b, wkb, sizes);
    if (status == HRM_OK) status = transform(b, crs);
    if (status == HRM_OK) status = repair(b);
    if (status == HRM_OK) status = unite(b);
    if (status == HRM_OK) status = count_parts(b);
    if (status == HRM_OK) status = hrmi_tree_of_all(b->ctx, &b->polygons, &b->read, &r->edges);
    if (status == HRM_OK) status = hrmi_progress(b->ctx, 1.0, "reading the reference");
    return status;
}

hrm_status hrm_reference_from_wkb(hrm_context *ctx, const uint8_t *const *wkb, const size_t *wkb_sizes,
                                  size_t count, const char *crs, const char *source, hrm_reference **out) {
    builder b = {.ctx = ctx, .source = source != NULL ? source : "the reference", .count = count};
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_reference_from_wkb: out is NULL");
    *out = NULL;
    if (wkb == NULL || wkb_sizes == NULL || count == 0)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%s: no geometries: give wkb, wkb_sizes and a count",
                         b.source);
    if (crs == NULL)
        return hrmi_fail(ctx, HRM_ERROR_CRS,
                         "%s: no coordinate reference system: give the one its positions are in, such as "
                         "\"EPSG:4326\"",
                         b.source);
    hrmi_geometry_init(&b.read, ctx);
    hrmi_geometry_init(&b.made, ctx);
    b.polygons.allocator = *hrmi_allocator(ctx);
    b.reference = hrmi_array_new(ctx, 1, sizeof *b.reference);
    if (b.reference == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    b.reference->allocator = b.reference->edges.allocator = *hrmi_allocator(ctx);
    status = build(&b, wkb, wkb_sizes, crs);
    if (status != HRM_OK) goto done;
    *out = b.reference;
    b.reference = NULL; /* given away */
done:
    hrm_reference_free(b.reference);
    hrmi_shapes_free(&b.polygons);
    hrmi_free(ctx, b.ranges);
    hrmi_free(ctx, b.features);
    hrmi_geometry_free(&b.made);
    hrmi_geometry_free(&b.read);
    return status;
}

void hrm_reference_free(hrm_reference *reference) {
    if (reference == NULL) return;
    const hrm_allocator allocator = reference->allocator;
    hrmi_tree_free(&reference->edges);
    hrmi_release(&allocator, reference->source);
    hrmi_release(&allocator, reference);
}

bool hrm_reference_counts(const hrm_reference *reference, hrm_reference_counts_info *out) {
    return hrmi_give_struct(out, &reference->counts, sizeof reference->counts);
}
