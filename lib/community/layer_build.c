/*
 * A layer out of features: which community each belongs to, what its boundary is, and all that is computed
 * from the two.
 *
 * All features are read into one geometry and brought to WGS 84 in one go; a row's boundary is then a run of
 * its parts, or, where something had to be repaired or united, a run of parts in a second geometry. Nothing
 * is dropped silently: what is left out, mended or united becomes an issue.
 */
#include "base/utf8.h"
#include "community/code.h"
#include "community/layer_parts.h"
#include "geo/crs.h"
#include "geo/overlay.h"

typedef struct feature {
    const char *code;  /* trimmed, in the layer's keeping; "" where there is none */
    size_t row;        /* HRM_NONE: left out */
    size_t next;       /* the next feature of the same row, or HRM_NONE */
    size_t first, end; /* its parts in `read` */
    bool has_polygons;
    const char *trouble; /* why its geometry is of no use, or NULL */
} feature;

typedef struct row {
    size_t first_feature, last_feature;
} row;

typedef struct builder {
    hrm_context *ctx;
    const hrm_layer_input *in;
    hrm_layer *layer;
    hrmi_crs *crs;
    hrmi_geometry read; /* what the features hold, in their order */
    hrmi_geometry made; /* what was repaired or united */
    feature *features;
    row *rows;
    hrmi_part_range *ranges; /* of one row's features */
    size_t range_capacity;
    size_t row_capacity, key_capacity, code_capacity;
} builder;

void hrm_layer_input_init(hrm_layer_input *input, size_t struct_size) {
    hrmi_init_struct(input, struct_size, NULL, sizeof *input);
}

static int64_t id_of(const builder *b, size_t i) {
    return b->in->feature_ids != NULL ? b->in->feature_ids[i] : (int64_t)i;
}

/* Writes down a finding about feature i. */
static hrm_status tell(builder *b, int32_t kind, size_t i, size_t row_number, const char *text) {
    hrm_layer *const layer = b->layer;
    const char *const copy = hrmi_arena_text(b->ctx, &layer->texts, text, strlen(text));
    if (copy == NULL) return HRM_ERROR_MEMORY;
    const hrm_status status = hrmi_array_grow(b->ctx, &layer->issues, &layer->issue_capacity,
                                              layer->issue_count + 1, sizeof *layer->issues);
    if (status != HRM_OK) return status;
    const char *code = b->features[i].code;
    const size_t length = strlen(code);
    if (hrmi_utf8_first_invalid(code, length) != length) { /* told as far as it is text */
        char *const shown = hrmi_arena_new(b->ctx, &layer->texts, length + 1, 1);
        if (shown == NULL) return HRM_ERROR_MEMORY;
        memcpy(shown, code, length + 1);
        hrmi_utf8_mend(shown, length);
        code = shown;
    }
    layer->issues[layer->issue_count++] = (hrmi_issue){kind, i, id_of(b, i), row_number, code, copy};
    return HRM_OK;
}

/* ---- codes ---- */

static hrm_status copy_codes(builder *b) {
    for (size_t i = 0; i < b->in->count; i++) {
        const char *text = b->in->codes[i] != NULL ? b->in->codes[i] : "";
        const size_t length = hrmi_utf8_trim(&text, strlen(text));
        b->features[i].code = hrmi_arena_text(b->ctx, &b->layer->texts, text, length);
        if (b->features[i].code == NULL) return HRM_ERROR_MEMORY;
    }
    return HRM_OK;
}

/* Nine tenths of the codes that there are decide. */
static hrm_status look_at_codes(builder *b) {
    size_t given = 0;
    size_t readable = 0;
    for (size_t i = 0; i < b->in->count; i++) {
        char key[HRMI_KEY_SIZE];
        const char *why = NULL;
        const char *const code = b->features[i].code;
        if (code[0] == '\0') continue;
        given++;
        if (hrmi_code_key(code, strlen(code), key, &why)) readable++;
    }
    if (given == 0)
        return hrmi_fail(b->ctx, HRM_ERROR_CODE,
                         "%s: not one of its %zu features has a code: name the field that holds the codes",
                         b->in->source, b->in->count);
    b->layer->has_levels = readable >= given - given / 10;
    return HRM_OK;
}

/* ---- geometries ---- */

static hrm_status read_geometries(builder *b) {
    for (size_t i = 0; i < b->in->count; i++) {
        feature *const f = &b->features[i];
        hrm_status status = HRM_OK;
        f->first = f->end = b->read.part_count;
        if (b->in->wkb[i] != NULL && b->in->wkb_sizes[i] > 0)
            status = hrmi_wkb_read(b->ctx, b->in->wkb[i], b->in->wkb_sizes[i], &b->read);
        if (status == HRM_ERROR_GEOMETRY) {
            const char *const why = hrm_error_message(b->ctx);
            f->trouble = hrmi_arena_text(b->ctx, &b->layer->texts, why, strlen(why));
            if (f->trouble == NULL) return HRM_ERROR_MEMORY;
            hrmi_enter(b->ctx); /* an issue, not an error */
            status = HRM_OK;
        }
        if (status != HRM_OK) return status;
        f->end = b->read.part_count;
        if (i % 1024 == 0) {
            status = hrmi_progress(b->ctx, 0.3 * (double)i / (double)b->in->count, "reading boundaries");
            if (status != HRM_OK) return status;
        }
    }
    return HRM_OK;
}

static size_t first_vertex(const hrmi_geometry *g, size_t part) {
    return g->path_count == 0 ? 0 : g->path_start[g->part_start[part]];
}

static hrm_status transform(builder *b) {
    hrmi_geometry *const g = &b->read;
    size_t failed = 0;
    hrm_status status = hrmi_crs_to_wgs84(b->ctx, b->crs, g->vertex_count, g->x, g->y, g->z, &failed);
    if (status != HRM_OK) return hrmi_fail_in(b->ctx, status, "%s", b->in->source);
    for (size_t i = 0; failed > 0 && i < b->in->count; i++) {
        feature *const f = &b->features[i];
        if (f->first == f->end) continue;
        for (size_t v = first_vertex(g, f->first); v < first_vertex(g, f->end); v++)
            if (isnan(g->x[v]))
                f->trouble =
                    "coordinates that cannot be brought to longitude and latitude: is the coordinate "
                    "reference system the right one?";
        if (f->trouble != NULL) f->first = f->end;
    }
    return HRM_OK;
}

/* Whether a feature has polygons, and whether it has anything else. */
static void look_at_parts(const hrmi_geometry *g, const feature *f, bool *polygons, bool *others) {
    *polygons = *others = false;
    for (size_t q = f->first; q < f->end; q++) {
        if (g->part_kind[q] == HRMI_POLYGON) *polygons = true;
        if (g->part_kind[q] != HRMI_POLYGON) *others = true;
    }
}

/* ---- rows ---- */

static hrm_status add_row(builder *b, const char *key, size_t length, size_t i) {
    hrm_context *const ctx = b->ctx;
    hrm_layer *const layer = b->layer;
    const size_t n = layer->count;
    hrm_status status = hrmi_array_grow(ctx, &b->rows, &b->row_capacity, n + 1, sizeof *b->rows);
    if (status != HRM_OK) return status;
    status = hrmi_array_grow(ctx, &layer->key, &b->key_capacity, n + 1, sizeof *layer->key);
    if (status != HRM_OK) return status;
    status = hrmi_array_grow(ctx, &layer->code, &b->code_capacity, n + 1, sizeof *layer->code);
    if (status != HRM_OK) return status;
    layer->key[n] = hrmi_arena_text(ctx, &layer->texts, key, length);
    if (layer->key[n] == NULL) return HRM_ERROR_MEMORY;
    layer->code[n] = b->features[i].code;
    b->rows[n] = (row){.first_feature = i, .last_feature = i};
    layer->count = n + 1;
    return hrmi_index_add(ctx, &layer->index, layer->key[n], length, n);
}

/* The key of a feature's code: NULL where it has none, with the reason. */
static const char *key_of(const builder *b, size_t i, char buffer[HRMI_KEY_SIZE], const char **why) {
    const char *const code = b->features[i].code;
    const size_t length = strlen(code);
    if (b->layer->has_levels) return hrmi_code_key(code, length, buffer, why) ? buffer : NULL;
    *why = "it is not UTF-8";
    return hrmi_utf8_first_invalid(code, length) == length ? code : NULL;
}

/* NaN says that nothing is known, which is no fault. */
static bool has_bad_area(const builder *b, size_t i) {
    if (b->in->official_area_m2 == NULL) return false;
    const double area = b->in->official_area_m2[i];
    return isinf(area) || area <= 0.0;
}

/* Puts feature i into its row, or tells why not. */
static hrm_status assign(builder *b, size_t i) {
    feature *const f = &b->features[i];
    char buffer[HRMI_KEY_SIZE];
    const char *why = NULL;
    bool polygons = false;
    bool others = false;
    f->row = f->next = HRM_NONE;
    if (f->code[0] == '\0') {
        const char *const given = b->in->no_code_why != NULL ? b->in->no_code_why[i] : NULL;
        return tell(b, HRM_ISSUE_NO_CODE, i, HRM_NONE, given != NULL ? given : "the code is missing");
    }
    const char *const key = key_of(b, i, buffer, &why);
    if (key == NULL) return tell(b, HRM_ISSUE_BROKEN_CODE, i, HRM_NONE, why);
    look_at_parts(&b->read, f, &polygons, &others);
    f->has_polygons = polygons;
    if (others && !polygons)
        return tell(b, HRM_ISSUE_NOT_POLYGON, i, HRM_NONE, "points or lines where polygons should be");
    f->row = hrmi_index_find(&b->layer->index, key, strlen(key));
    if (f->row == HRM_NONE) {
        f->row = b->layer->count;
        const hrm_status status = add_row(b, key, strlen(key), i);
        if (status != HRM_OK) return status;
    } else {
        row *const r = &b->rows[f->row];
        b->features[r->last_feature].next = i;
        r->last_feature = i;
        const hrm_status status =
            tell(b, HRM_ISSUE_MERGED, i, f->row, "united with the features before of the same community");
        if (status != HRM_OK) return status;
    }
    if (has_bad_area(b, i)) {
        const hrm_status status =
            tell(b, HRM_ISSUE_BAD_AREA, i, f->row, "the official area is no number above 0, and is left out");
        if (status != HRM_OK) return status;
    }
    if (others)
        return tell(b, HRM_ISSUE_NOT_POLYGON, i, f->row,
                    "points or lines beside the polygons were passed over");
    if (f->trouble != NULL) return tell(b, HRM_ISSUE_BAD_GEOMETRY, i, f->row, f->trouble);
    if (!polygons) return tell(b, HRM_ISSUE_EMPTY_GEOMETRY, i, f->row, "the geometry is empty");
    return HRM_OK;
}

/* The first feature of row r that has text i of a list, or NULL. */
static const char *first_text(const builder *b, const char *const *list, size_t r) {
    if (list == NULL) return NULL;
    for (size_t i = b->rows[r].first_feature; i != HRM_NONE; i = b->features[i].next)
        if (list[i] != NULL && list[i][0] != '\0') return list[i];
    return NULL;
}

static hrm_status copy_names(builder *b, const char *const *list, const char ***out) {
    const size_t n = b->layer->count;
    const char **const names = hrmi_array_new(b->ctx, n, sizeof *names);
    if (names == NULL) return HRM_ERROR_MEMORY;
    *out = names;
    for (size_t r = 0; r < n; r++) {
        const char *const name = first_text(b, list, r);
        if (name == NULL) continue;
        names[r] = hrmi_arena_text(b->ctx, &b->layer->texts, name, strlen(name));
        if (names[r] == NULL) return HRM_ERROR_MEMORY;
    }
    return HRM_OK;
}

static hrm_status find_level(builder *b, size_t digits, const char *const *uk, const char *const *en,
                             hrmi_units *out) {
    const size_t n = b->layer->count;
    hrm_status status = HRM_ERROR_MEMORY;
    const char **const names_uk = hrmi_array_new(b->ctx, n, sizeof *names_uk);
    const char **const names_en = hrmi_array_new(b->ctx, n, sizeof *names_en);
    if (names_uk == NULL || names_en == NULL) goto done;
    for (size_t r = 0; r < n; r++) {
        names_uk[r] = first_text(b, uk, r);
        names_en[r] = first_text(b, en, r);
    }
    status = hrmi_layer_find_units(b->ctx, b->layer, digits, names_uk, names_en, out);
done:
    hrmi_free(b->ctx, names_uk);
    hrmi_free(b->ctx, names_en);
    return status;
}

/* Every feature was left out: the first one tells why. */
static hrm_status no_row(const builder *b) {
    const hrmi_issue *const first = &b->layer->issues[0];
    return hrmi_fail(b->ctx, first->kind == HRM_ISSUE_NOT_POLYGON ? HRM_ERROR_GEOMETRY : HRM_ERROR_CODE,
                     "%s: not one of its %zu features is a community (the first: %s); is it the right layer?",
                     b->in->source, b->in->count, first->text);
}

static hrm_status make_rows(builder *b) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < b->in->count && status == HRM_OK; i++) status = assign(b, i);
    if (status == HRM_OK && b->layer->count == 0) status = no_row(b);
    if (status == HRM_OK) status = copy_names(b, b->in->names_uk, &b->layer->name_uk);
    if (status == HRM_OK) status = copy_names(b, b->in->names_en, &b->layer->name_en);
    if (status == HRM_OK && b->layer->has_levels) {
        status = find_level(b, 4, b->in->raion_uk, b->in->raion_en, &b->layer->raions);
        if (status == HRM_OK)
            status = find_level(b, 2, b->in->oblast_uk, b->in->oblast_en, &b->layer->oblasts);
    }
    return status;
}

/* ---- boundaries ---- */

/* The polygons of feature i, repaired where need be. */
static hrm_status mend(builder *b, size_t i, hrmi_part_range *out) {
    const feature *const f = &b->features[i];
    const size_t before = b->made.part_count;
    char why[HRMI_WHY_SIZE];
    bool changed = false;
    *out = (hrmi_part_range){&b->read, f->first, f->end};
    const hrm_status status = hrmi_polygons_repair(b->ctx, *out, &b->made, &changed, why);
    if (status == HRM_ERROR_GEOMETRY) {
        *out = (hrmi_part_range){&b->made, before, before};
        const hrm_status told = tell(b, HRM_ISSUE_BAD_GEOMETRY, i, f->row, hrm_error_message(b->ctx));
        hrmi_enter(b->ctx); /* an issue, not an error */
        return told == HRM_OK ? HRM_OK : hrmi_fail_memory(b->ctx);
    }
    if (status != HRM_OK || !changed) return status;
    *out = (hrmi_part_range){&b->made, before, b->made.part_count};
    if (before < b->made.part_count) return tell(b, HRM_ISSUE_REPAIRED, i, f->row, why);
    return tell(b, HRM_ISSUE_BAD_GEOMETRY, i, f->row, "nothing that has an area");
}

/* The boundary of row r: that of its feature, or the union of its features'. */
static hrm_status settle_boundary(builder *b, size_t r, hrmi_part_range *out) {
    size_t count = 0;
    hrm_status status = HRM_OK;
    for (size_t i = b->rows[r].first_feature; i != HRM_NONE; i = b->features[i].next) {
        if (!b->features[i].has_polygons) continue;
        status = hrmi_array_grow(b->ctx, &b->ranges, &b->range_capacity, count + 1, sizeof *b->ranges);
        if (status == HRM_OK) status = mend(b, i, &b->ranges[count]);
        if (status != HRM_OK) return status;
        if (b->ranges[count].first < b->ranges[count].end) count++;
    }
    *out = count > 0 ? b->ranges[0] : (hrmi_part_range){&b->made, 0, 0};
    if (count < 2) return HRM_OK;
    const size_t before = b->made.part_count;
    status = hrmi_polygons_unite(b->ctx, b->ranges, count, &b->made);
    *out = (hrmi_part_range){&b->made, before, b->made.part_count};
    return status == HRM_OK ? HRM_OK
                            : hrmi_fail_in(b->ctx, status, "%s, code %s", b->in->source, b->layer->code[r]);
}

static hrm_status make_boundaries(builder *b) {
    hrm_layer *const layer = b->layer;
    hrm_status status = HRM_OK;
    hrmi_part_range *const boundaries = hrmi_array_new(b->ctx, layer->count, sizeof *boundaries);
    if (boundaries == NULL) return HRM_ERROR_MEMORY;
    for (size_t r = 0; r < layer->count && status == HRM_OK; r++) {
        const double share = 0.3 + 0.5 * (double)r / (double)layer->count;
        status = settle_boundary(b, r, &boundaries[r]);
        if (status == HRM_OK && r % 256 == 0) status = hrmi_progress(b->ctx, share, "checking boundaries");
    }
    if (status == HRM_OK) status = hrmi_shapes_build(b->ctx, boundaries, layer->count, &layer->shapes);
    hrmi_free(b->ctx, boundaries);
    if (status == HRM_OK) hrmi_layer_settle_issues(b->ctx, layer, b->in->source);
    if (status == HRM_OK && layer->shapes.part_count == 0)
        status = hrmi_fail(b->ctx, HRM_ERROR_GEOMETRY,
                           "%s: not one of its %zu features has a boundary that can be used%s%s",
                           b->in->source, b->in->count, layer->issue_count > 0 ? "; the first: " : "",
                           layer->issue_count > 0 ? layer->issues[0].text : "");
    return status;
}

static double official_area(const builder *b, size_t r) {
    double sum = NAN;
    if (b->in->official_area_m2 == NULL) return NAN;
    for (size_t i = b->rows[r].first_feature; i != HRM_NONE; i = b->features[i].next) {
        const double area = b->in->official_area_m2[i];
        if (!isnan(area) && !has_bad_area(b, i)) sum = isnan(sum) ? area : sum + area;
    }
    return sum;
}

static hrm_status measure(builder *b) {
    hrm_layer *const layer = b->layer;
    layer->area_m2 = hrmi_array_new(b->ctx, layer->count, sizeof *layer->area_m2);
    if (layer->area_m2 == NULL) return HRM_ERROR_MEMORY;
    layer->official_m2 = hrmi_array_new(b->ctx, layer->count, sizeof *layer->official_m2);
    if (layer->official_m2 == NULL) return HRM_ERROR_MEMORY;
    layer->centroid = hrmi_array_new(b->ctx, layer->count, 2 * sizeof *layer->centroid);
    if (layer->centroid == NULL) return HRM_ERROR_MEMORY;
    for (size_t r = 0; r < layer->count; r++) {
        layer->area_m2[r] = hrmi_shapes_area_m2(&layer->shapes, r);
        layer->official_m2[r] = official_area(b, r);
        hrmi_shapes_centroid(&layer->shapes, r, layer->centroid + 2 * r);
    }
    return HRM_OK;
}

/* Depends on the keys and their order alone. */
static uint64_t fingerprint(const hrm_layer *layer) {
    uint64_t h = layer->count;
    for (size_t r = 0; r < layer->count; r++)
        h = (h ^ hrmi_hash(layer->key[r], strlen(layer->key[r]))) * UINT64_C(0x100000001b3);
    return h;
}

/* ---- all together ---- */

static hrm_status check_names(hrm_context *ctx, const hrm_layer_input *in) {
    const struct {
        const char *what;
        const char *const *list;
    } names[] = {{"names_uk", in->names_uk}, {"names_en", in->names_en},   {"raion_uk", in->raion_uk},
                 {"raion_en", in->raion_en}, {"oblast_uk", in->oblast_uk}, {"oblast_en", in->oblast_en}};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        for (size_t i = 0; names[k].list != NULL && i < in->count; i++) {
            const char *const name = names[k].list[i];
            if (name == NULL || hrmi_utf8_first_invalid(name, strlen(name)) == strlen(name)) continue;
            return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                             "%s, feature %zu: its text in %s is not UTF-8: convert it first", in->source, i,
                             names[k].what);
        }
    return HRM_OK;
}

static hrm_status check_input(hrm_context *ctx, const hrm_layer_input *in) {
    if (in->reserved != 0)
        return hrmi_fail(ctx, HRM_ERROR_UNSUPPORTED,
                         "hrm_layer_input: reserved is not 0: prepare the struct with its init function");
    if (in->count == 0) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%s has no features", in->source);
    if (in->codes == NULL || in->wkb == NULL || in->wkb_sizes == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%s: codes, wkb and wkb_sizes are needed", in->source);
    if (in->crs == NULL || in->crs[0] == '\0')
        return hrmi_fail(ctx, HRM_ERROR_CRS,
                         "%s: no coordinate reference system is given: say which one the coordinates are in, "
                         "such as \"EPSG:4326\"",
                         in->source);
    return check_names(ctx, in);
}

static hrm_status build(builder *b) {
    hrm_status status = HRM_OK;
    b->features = hrmi_array_new(b->ctx, b->in->count, sizeof *b->features);
    if (b->features == NULL) return HRM_ERROR_MEMORY;
    status = hrmi_crs_open(b->ctx, b->in->crs, &b->crs);
    if (status != HRM_OK) return hrmi_fail_in(b->ctx, status, "%s", b->in->source);
    status = copy_codes(b);
    if (status == HRM_OK) status = look_at_codes(b);
    if (status == HRM_OK) status = read_geometries(b);
    if (status == HRM_OK) status = transform(b);
    if (status == HRM_OK) status = make_rows(b);
    if (status == HRM_OK) status = make_boundaries(b);
    if (status == HRM_OK) status = measure(b);
    if (status != HRM_OK) return status;
    b->layer->fingerprint = fingerprint(b->layer);
    return hrmi_progress(b->ctx, 1.0, "measuring boundaries");
}

hrm_status hrm_layer_from_wkb(hrm_context *ctx, const hrm_layer_input *input, hrm_layer **out) {
    hrm_layer_input in = {0};
    builder b = {.ctx = ctx, .in = &in};
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out != NULL) *out = NULL;
    if (out == NULL || input == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_layer_from_wkb: input and out are needed");
    status = hrmi_read_struct(ctx, &in, sizeof in, input, "hrm_layer_input");
    if (status != HRM_OK) return status;
    if (in.source == NULL) in.source = "the layer";
    hrmi_geometry_init(&b.read, ctx);
    hrmi_geometry_init(&b.made, ctx);
    status = check_input(ctx, &in);
    if (status != HRM_OK) goto done;
    b.layer = hrmi_array_new(ctx, 1, sizeof *b.layer);
    if (b.layer == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    b.layer->allocator = *hrmi_allocator(ctx);
    b.layer->shapes.allocator = *hrmi_allocator(ctx);
    b.layer->feature_count = in.count;
    hrmi_arena_init(&b.layer->texts, ctx);
    hrmi_index_init(&b.layer->index, ctx);
    status = build(&b);
    if (status != HRM_OK) goto done;
    *out = b.layer;
    b.layer = NULL;
done:
    hrm_layer_free(b.layer);
    hrmi_crs_free(b.crs);
    hrmi_geometry_free(&b.read);
    hrmi_geometry_free(&b.made);
    hrmi_free(ctx, b.features);
    hrmi_free(ctx, b.rows);
    hrmi_free(ctx, b.ranges);
    return status;
}
