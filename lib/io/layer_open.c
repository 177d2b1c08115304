/*
 * Opening a layer of communities: the fields that are wanted are found by name, the field of codes also by
 * itself, and everything is handed to hrm_layer_from_wkb() as parallel arrays.
 *
 * The field of codes is looked for while the features are read once (a second walk over GeoJSON costs as much
 * as parsing it again): the values of every text field are kept as long as nine tenths of them can still be
 * codes. Where there is none and a codifier is given, codes are found by the names: see layer_names.h.
 */
#include <inttypes.h>

#include "base/utf8.h"
#include "community/code.h"
#include "io/features.h"
#include "io/layer_names.h"

enum { CODE, NAME_UK, NAME_EN, RAION_UK, RAION_EN, OBLAST_UK, OBLAST_EN, TEXT_COUNT }; /* uk, en in pairs */

/* What is kept of one feature. */
typedef struct record {
    const char *texts[TEXT_COUNT];
    const char *why; /* it has no code, NULL for no particular reason */
    const uint8_t *wkb;
    size_t wkb_size;
    int64_t id;
    double area;
} record;

/* A text field that may be the field of codes. */
typedef struct candidate {
    int field;
    size_t given;        /* values that are not empty */
    size_t codes;        /* of these: codes of communities */
    size_t higher;       /* of these: codes of raions and oblasts */
    const char **values; /* one per feature, NULL where empty */
    size_t capacity;
    bool dropped;
} candidate;

typedef struct reader {
    hrm_context *ctx;
    hrmi_opened opened;
    hrm_layer_options options;
    hrmi_arena arena;
    hrmi_names names;
    int fields[TEXT_COUNT];          /* −1: not wanted, or not known yet */
    bool only_for_codes[TEXT_COUNT]; /* a field that finds the codes, and is nothing to the layer */
    int area_field;
    record *records;
    size_t count, capacity;
    candidate *candidates;
    size_t candidate_count;
    char *crs;
} reader;

static const hrm_layer_options default_options = {
    .struct_size = sizeof default_options,
    .official_area_scale = 1e6,
};

void hrm_layer_options_init(hrm_layer_options *options, size_t struct_size) {
    hrmi_init_struct(options, struct_size, &default_options, sizeof default_options);
}

static void reader_free(reader *r) {
    hrmi_source_close(&r->opened);
    for (size_t i = 0; i < r->candidate_count; i++) hrmi_free(r->ctx, r->candidates[i].values);
    hrmi_free(r->ctx, r->candidates);
    hrmi_free(r->ctx, r->records);
    hrmi_free(r->ctx, r->crs);
    hrmi_arena_free(&r->arena);
}

static hrm_status find_field(reader *r, const char *name, int *field) {
    size_t place = 0;
    *field = -1;
    if (name == NULL) return HRM_OK;
    const hrm_status status =
        hrmi_names_find(r->ctx, &r->names, name, "field", r->opened.source.path, &place);
    if (status == HRM_OK) *field = (int)place;
    return status;
}

/* What fields of names are called: in the common operational datasets, in OpenStreetMap, by the statistical
 * offices, and by this library. The first one that the file has is taken. */
static const char *const usual_names[TEXT_COUNT][6] = {
    [NAME_UK] = {"ADM3_UA", "admin3Name_ua", "name_uk", "name_ua", "name:uk", "hromada_name"},
    [NAME_EN] = {"ADM3_EN", "admin3Name_en", "name_en", "name:en", "admin3Name_eng", "hromada_name_en"},
    [RAION_UK] = {"ADM2_UA", "admin2Name_ua", "raion_uk", "raion_ua", "raion_name", "raion"},
    [RAION_EN] = {"ADM2_EN", "admin2Name_en", "raion_en", "raion_name_en"},
    [OBLAST_UK] = {"ADM1_UA", "admin1Name_ua", "oblast_uk", "oblast_ua", "oblast_name", "oblast"},
    [OBLAST_EN] = {"ADM1_EN", "admin1Name_en", "oblast_en", "oblast_name_en"},
};

static int find_usual(const reader *r, size_t text) {
    for (size_t i = 0; i < sizeof usual_names[text] / sizeof *usual_names[text]; i++)
        for (size_t k = 0; usual_names[text][i] != NULL && k < r->names.count; k++)
            if (hrmi_names_same(usual_names[text][i], r->names.names[k])) return (int)k;
    return -1;
}

/* The caller knows that there is no field of codes. */
static bool says_no_code(const hrm_layer_options *o) {
    return o->code != NULL && o->code[0] == '\0';
}

static hrm_status find_fields(reader *r) {
    const hrm_layer_options *const o = &r->options;
    const char *const code = says_no_code(o) ? NULL : o->code;
    const char *const wanted[TEXT_COUNT] = {code,        o->name_uk,   o->name_en,  o->raion_uk,
                                            o->raion_en, o->oblast_uk, o->oblast_en};
    const bool by_name = o->codifier != NULL && code == NULL;
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        const hrm_status status = find_field(r, wanted[i], &r->fields[i]);
        if (status != HRM_OK) return status;
        const size_t other = i == CODE ? CODE : i % 2 == 1 ? i + 1 : i - 1; /* in the other language */
        const bool is_needed = by_name && wanted[other] == NULL;
        if (wanted[i] != NULL || (o->find_names == 0 && !is_needed)) continue;
        r->fields[i] = find_usual(r, i);
        r->only_for_codes[i] = o->find_names == 0;
    }
    return find_field(r, o->official_area, &r->area_field);
}

/* Without a name for the field of codes, every text field is a candidate. */
static hrm_status list_candidates(reader *r) {
    OGRFeatureDefnH const definition = OGR_L_GetLayerDefn(r->opened.layer);
    if (r->options.code != NULL) return HRM_OK; /* named, or none */
    r->candidates = hrmi_array_new(r->ctx, r->names.count, sizeof *r->candidates);
    if (r->candidates == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < r->names.count; i++)
        if (OGR_Fld_GetType(OGR_FD_GetFieldDefn(definition, (int)i)) == OFTString)
            r->candidates[r->candidate_count++].field = (int)i;
    return HRM_OK;
}

/* A field as text that lives in the arena; *text is NULL where it is empty. */
static hrm_status take_text(reader *r, OGRFeatureH feature, int field, const char **text) {
    char buffer[HRMI_FIELD_TEXT_SIZE];
    *text = NULL;
    if (field < 0) return HRM_OK;
    const char *const value = hrmi_feature_text(feature, field, buffer);
    if (value == NULL || value[0] == '\0') return HRM_OK;
    const size_t length = strlen(value);
    if (hrmi_utf8_first_invalid(value, length) < length) {
        char shown[80];
        hrmi_names_show(value, length, shown, sizeof shown);
        return hrmi_fail(r->ctx, HRM_ERROR_FORMAT,
                         "%s: feature %" PRId64
                         ", field \"%s\": \"%s\" is not UTF-8; say the file's encoding, as "
                         "\"CP1251\"",
                         r->opened.source.path, (int64_t)OGR_F_GetFID(feature), r->names.names[field], shown);
    }
    *text = hrmi_arena_text(r->ctx, &r->arena, value, length);
    return *text != NULL ? HRM_OK : HRM_ERROR_MEMORY;
}

/* 1 for the code of a raion or an oblast. */
static size_t is_higher(const char *text) {
    hrmi_code code;
    hrmi_code_read(text, strlen(text), &code);
    return code.kind == HRMI_CODE_RAION || code.kind == HRMI_CODE_OBLAST ? 1 : 0;
}

/* Keeps the value of a candidate, or drops the field when it can be no field of codes any more. */
static hrm_status try_candidate(reader *r, candidate *c, OGRFeatureH feature, int64_t expected) {
    char key[HRMI_KEY_SIZE];
    const char *why = NULL;
    if (c->dropped) return HRM_OK;
    hrm_status status = hrmi_array_grow(r->ctx, &c->values, &c->capacity, r->count + 1, sizeof *c->values);
    if (status != HRM_OK) return status;
    c->values[r->count] = NULL;
    const char *const raw =
        OGR_F_IsFieldSetAndNotNull(feature, c->field) ? OGR_F_GetFieldAsString(feature, c->field) : "";
    if (raw[0] == '\0') return HRM_OK;
    c->given++;
    if (hrmi_code_key(raw, strlen(raw), key, &why)) c->codes++;
    else c->higher += is_higher(raw);
    const uint64_t others = c->given - c->codes;
    if ((expected >= 0 && others * 10 > (uint64_t)expected) || (others > 1000 && others > c->codes)) {
        c->dropped = true;
        return HRM_OK;
    }
    char
        shown[80]; /* a field that is not asked for may hold anything; a damaged code is shown as it can be */
    hrmi_names_show(raw, strlen(raw), shown, sizeof shown);
    const bool valid = hrmi_utf8_first_invalid(raw, strlen(raw)) == strlen(raw);
    const char *const kept = valid ? raw : shown;
    c->values[r->count] = hrmi_arena_text(r->ctx, &r->arena, kept, strlen(kept));
    return c->values[r->count] != NULL ? HRM_OK : HRM_ERROR_MEMORY;
}

static double official_area_m2(reader *r, OGRFeatureH feature) {
    hrmi_cell cell;
    if (r->area_field < 0) return NAN;
    if (hrmi_feature_number(feature, r->area_field, HRMI_DECIMAL_AUTO, &cell) == HRMI_CELL_UNUSABLE)
        return INFINITY; /* an issue of the layer */
    return cell.value * r->options.official_area_scale;
}

static hrm_status take_feature(hrmi_features *features, void *user) {
    reader *const r = user;
    OGRFeatureH const feature = features->feature;
    hrm_status status = hrmi_array_grow(r->ctx, &r->records, &r->capacity, r->count + 1, sizeof *r->records);
    if (status != HRM_OK) return status;
    record *const it = &r->records[r->count];
    memset(it, 0, sizeof *it);
    it->id = OGR_F_GetFID(feature);
    it->area = official_area_m2(r, feature);
    for (size_t i = 0; i < TEXT_COUNT && status == HRM_OK; i++)
        status = take_text(r, feature, r->fields[i], &it->texts[i]);
    for (size_t i = 0; i < r->candidate_count && status == HRM_OK; i++)
        status = try_candidate(r, &r->candidates[i], feature, features->expected);
    if (status == HRM_OK) status = hrmi_features_wkb(r->ctx, features, &r->arena, &it->wkb, &it->wkb_size);
    if (status == HRM_OK) r->count++;
    return status;
}

/* Nine tenths of what is given are codes, and at least half of the features have one. */
static bool is_code_field(const reader *r, const candidate *c) {
    return !c->dropped && c->codes > 0 && c->codes * 10 >= c->given * 9 && c->given * 2 >= r->count;
}

static bool same_keys(const reader *r, const candidate *a, const candidate *b) {
    for (size_t i = 0; i < r->count; i++) {
        char x[HRMI_KEY_SIZE] = "";
        char y[HRMI_KEY_SIZE] = "";
        const char *why = NULL;
        const char *const s = a->values[i] != NULL ? a->values[i] : "";
        const char *const t = b->values[i] != NULL ? b->values[i] : "";
        const bool s_is_code = hrmi_code_key(s, strlen(s), x, &why);
        const bool t_is_code = hrmi_code_key(t, strlen(t), y, &why);
        if (s_is_code != t_is_code || (s_is_code && strcmp(x, y) != 0)) return false;
    }
    return true;
}

/* A field whose values all are codes of raions or oblasts: what people name by mistake, or the layer is
 * another. */
static const char *higher_field(const reader *r) {
    for (size_t i = 0; i < r->candidate_count; i++)
        if (r->candidates[i].higher > 0 && r->candidates[i].higher == r->candidates[i].given)
            return r->names.names[r->candidates[i].field];
    return NULL;
}

static hrm_status fail_no_code(reader *r) {
    char all[900];
    const char *const higher = higher_field(r);
    hrmi_names_list(&r->names, all, sizeof all);
    return hrmi_fail(r->ctx, HRM_ERROR_FIELD,
                     "%s: no field holds codes of communities (KATOTTG or P-codes, as UA05020030000031457 or "
                     "UA0502003)%s%s%s; say which one holds the codes with code, of %s",
                     r->opened.source.path, higher != NULL ? ": those of \"" : "",
                     higher != NULL ? higher : "", higher != NULL ? "\" are of raions or oblasts" : "",
                     r->names.count > 0 ? all : "none: the file has no fields");
}

static const char *either(const record *it, size_t first, size_t second) {
    return it->texts[first] != NULL ? it->texts[first] : it->texts[second];
}

/* The code of each feature by its names. */
static hrm_status find_codes_by_name(reader *r) {
    const bool has_names = r->fields[NAME_UK] >= 0 || r->fields[NAME_EN] >= 0;
    if (!has_names)
        return hrmi_fail(r->ctx, HRM_ERROR_FIELD,
                         "%s: it has neither a field of codes nor one of names by which the codifier could "
                         "find them; say which one holds the names with name_uk",
                         r->opened.source.path);
    hrmi_named *const named = hrmi_arena_new(r->ctx, &r->arena, r->count, sizeof *named);
    if (named == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < r->count; i++)
        named[i] = (hrmi_named){.name = either(&r->records[i], NAME_UK, NAME_EN),
                                .raion = either(&r->records[i], RAION_UK, RAION_EN),
                                .oblast = either(&r->records[i], OBLAST_UK, OBLAST_EN),
                                .id = r->records[i].id,
                                .row = (int64_t)i + 1};
    const hrm_status status = hrmi_layer_names_find(
        r->ctx, &r->arena, r->options.codifier, r->options.aliases, r->opened.source.path, named, r->count);
    for (size_t i = 0; i < r->count && status == HRM_OK; i++) {
        r->records[i].texts[CODE] = named[i].code;
        r->records[i].why = named[i].why;
    }
    return status;
}

/* The code of each feature, from the only field of codes (of several that say the same, the first), or by its
 * names. */
static hrm_status choose_code(reader *r) {
    const candidate *chosen = NULL;
    if (says_no_code(&r->options)) return find_codes_by_name(r);
    if (r->options.code != NULL) return HRM_OK;
    for (size_t i = 0; i < r->candidate_count; i++) {
        const candidate *const c = &r->candidates[i];
        if (!is_code_field(r, c)) continue;
        if (chosen == NULL) {
            chosen = c;
        } else if (!same_keys(r, chosen, c)) {
            return hrmi_fail(
                r->ctx, HRM_ERROR_FIELD,
                "%s: both \"%s\" and \"%s\" hold codes of communities, and they differ; say which one "
                "is meant with code",
                r->opened.source.path, r->names.names[chosen->field], r->names.names[c->field]);
        }
    }
    if (chosen == NULL && r->options.codifier != NULL) return find_codes_by_name(r);
    if (chosen == NULL) return fail_no_code(r);
    for (size_t i = 0; i < r->count; i++) r->records[i].texts[CODE] = chosen->values[i];
    return HRM_OK;
}

/* One text of all records side by side; NULL where the field is not wanted. */
static hrm_status gather_texts(reader *r, size_t text, const char *const **out) {
    const char **list = NULL;
    *out = NULL;
    if (text != CODE && (r->fields[text] < 0 || r->only_for_codes[text])) return HRM_OK;
    list = hrmi_arena_new(r->ctx, &r->arena, r->count, sizeof *list);
    if (list == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < r->count; i++) list[i] = r->records[i].texts[text];
    *out = list;
    return HRM_OK;
}

static hrm_status gather_reasons(reader *r, const char *const **out) {
    const char **const list = hrmi_arena_new(r->ctx, &r->arena, r->count, sizeof *list);
    if (list == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < r->count; i++) list[i] = r->records[i].why;
    *out = list;
    return HRM_OK;
}

static hrm_status gather_geometry(reader *r, hrm_layer_input *input) {
    const uint8_t **const wkb = hrmi_arena_new(r->ctx, &r->arena, r->count, sizeof *wkb);
    size_t *const sizes = wkb != NULL ? hrmi_arena_new(r->ctx, &r->arena, r->count, sizeof *sizes) : NULL;
    int64_t *const ids = sizes != NULL ? hrmi_arena_new(r->ctx, &r->arena, r->count, sizeof *ids) : NULL;
    double *const areas = ids != NULL ? hrmi_arena_new(r->ctx, &r->arena, r->count, sizeof *areas) : NULL;
    if (areas == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < r->count; i++) {
        wkb[i] = r->records[i].wkb;
        sizes[i] = r->records[i].wkb_size;
        ids[i] = r->records[i].id;
        areas[i] = r->records[i].area;
    }
    input->wkb = wkb;
    input->wkb_sizes = sizes;
    input->feature_ids = ids;
    if (r->area_field >= 0) input->official_area_m2 = areas;
    return HRM_OK;
}

static hrm_status make_layer(reader *r, hrm_layer **out) {
    hrm_layer_input input;
    hrm_status status = HRM_OK;
    hrm_layer_input_init(&input, sizeof input);
    const char *const *texts[TEXT_COUNT];
    for (size_t i = 0; i < TEXT_COUNT && status == HRM_OK; i++) status = gather_texts(r, i, &texts[i]);
    if (status == HRM_OK) status = gather_reasons(r, &input.no_code_why);
    if (status == HRM_OK) status = gather_geometry(r, &input);
    if (status != HRM_OK) return status;
    input.count = r->count;
    input.codes = texts[CODE];
    input.names_uk = texts[NAME_UK];
    input.names_en = texts[NAME_EN];
    input.raion_uk = texts[RAION_UK];
    input.raion_en = texts[RAION_EN];
    input.oblast_uk = texts[OBLAST_UK];
    input.oblast_en = texts[OBLAST_EN];
    input.crs = r->crs;
    input.source = r->opened.source.path;
    return hrm_layer_from_wkb(r->ctx, &input, out);
}

static hrm_status open_layer(reader *r, const hrm_source *source) {
    hrm_status status = hrmi_source_check(r->ctx, source, &r->opened);
    if (status == HRM_OK) status = hrmi_source_open(r->ctx, HRMI_SOURCE_FEATURES, &r->opened);
    if (status == HRM_OK) status = hrmi_features_names(r->ctx, &r->opened, &r->arena, &r->names);
    if (status == HRM_OK) status = find_fields(r);
    if (status != HRM_OK) return status;
    r->crs = hrmi_source_crs_text(r->ctx, &r->opened);
    if (r->crs == NULL) return hrm_error_status(r->ctx);
    return list_candidates(r);
}

hrm_status hrm_layer_open(hrm_context *ctx, const hrm_source *source, const hrm_layer_options *options,
                          hrm_layer **out) {
    reader r;
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_layer_open: out is NULL");
    *out = NULL;
    memset(&r, 0, sizeof r);
    r.ctx = ctx;
    r.options = default_options;
    hrmi_arena_init(&r.arena, ctx);
    status = hrmi_progress(ctx, 0, "opening");
    const hrmi_range outer = hrmi_progress_part(ctx, 0, 0.5);
    if (status == HRM_OK)
        status = hrmi_read_struct(ctx, &r.options, sizeof r.options, options, "hrm_layer_options");
    if (status == HRM_OK && !(isfinite(r.options.official_area_scale) && r.options.official_area_scale > 0))
        status = hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                           "hrm_layer_open: official_area_scale is not a number above 0: 1e6 for km²");
    if (status == HRM_OK && r.options.codifier == NULL &&
        (r.options.aliases != NULL || says_no_code(&r.options)))
        status = hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                           "hrm_layer_open: a layer without codes needs a codifier to find them by name");
    if (status != HRM_OK) goto done;
    status = open_layer(&r, source);
    if (status != HRM_OK) goto done;
    status = hrmi_features_each(ctx, &r.opened, take_feature, &r);
    if (status != HRM_OK) goto done;
    status = choose_code(&r);
    if (status != HRM_OK) goto done;
    hrmi_source_close(&r.opened);
    hrmi_progress_restore(ctx, outer);
    (void)hrmi_progress_part(ctx, 0.5, 1);
    status = make_layer(&r, out);
done:
    hrmi_progress_restore(ctx, outer);
    reader_free(&r);
    return status;
}
