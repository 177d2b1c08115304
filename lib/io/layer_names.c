/* Codes for a boundary layer that has only names: see layer_names.h. */
#include <inttypes.h>
#include <stdio.h>

#include "base/index.h"
#include "io/layer_names.h"
#include "io/names.h"

enum { SUGGESTIONS = 3, SHOWN = 120, WHY_SIZE = 900, FORM_SIZE = 512, FEWEST_OBLASTS = 3 };

typedef struct finder {
    hrm_context *ctx;
    hrmi_arena *arena;
    const hrm_codifier *codifier;
    const hrm_crosswalk *aliases;
    hrm_gazetteer *gazetteer;
    hrmi_named *features;
    hrmi_index claims; /* code → the first feature that claims it */
} finder;

static hrm_place_words words_of(const hrmi_named *f) {
    return (hrm_place_words){.struct_size = sizeof(hrm_place_words),
                             .name = f->name,
                             .raion = f->raion,
                             .oblast = f->oblast,
                             .row = f->row};
}

static hrm_codifier_unit unit_of(const finder *f, size_t unit) {
    hrm_codifier_unit info = {.struct_size = sizeof info};
    (void)hrm_codifier_unit_info(f->codifier, unit, &info);
    return info;
}

static void show(const char *text, char out[SHOWN]) {
    hrmi_names_show(text != NULL ? text : "", text != NULL ? strlen(text) : 0, out, SHOWN);
}

static hrm_status set_why(finder *f, hrmi_named *feature, const char *why) {
    feature->code = NULL;
    feature->why = hrmi_arena_text(f->ctx, f->arena, why, strlen(why));
    return feature->why != NULL ? HRM_OK : HRM_ERROR_MEMORY;
}

/* Why a feature has no code, and the names that come near. */
static hrm_status explain(finder *f, hrmi_named *feature, int32_t reason) {
    char name[SHOWN], raion[SHOWN], oblast[SHOWN], why[WHY_SIZE];
    hrm_suggestion near[SUGGESTIONS];
    const hrm_place_words words = words_of(feature);
    show(feature->name, name);
    show(feature->raion, raion);
    show(feature->oblast, oblast);
    int length = snprintf(why, sizeof why, "the name \"%s\" (raion \"%s\", oblast \"%s\"): %s", name, raion,
                          oblast, hrm_match_reason_name(reason, HRM_EN));
    for (size_t i = 0; i < SUGGESTIONS; i++) near[i] = (hrm_suggestion){.struct_size = sizeof near[i]};
    const size_t found = hrm_gazetteer_suggest(f->gazetteer, &words, near, SUGGESTIONS);
    for (size_t i = 0; i < found && i < SUGGESTIONS && length > 0 && (size_t)length < sizeof why; i++) {
        const hrm_codifier_unit unit = unit_of(f, near[i].row);
        show(unit.name_uk, name);
        length += snprintf(why + length, sizeof why - (size_t)length, "%s\"%s\" (%s)",
                           i == 0 ? "; near it: " : ", ", name, unit.code);
    }
    return set_why(f, feature, why);
}

/* The code that a person gave in the alias file, though the codifier does not have it (the Chornobyl zone).
 */
static hrm_status take_alias(finder *f, hrmi_named *feature) {
    char code[16] = "UA";
    const char *const key = f->aliases != NULL ? hrm_crosswalk_find(f->aliases, feature->row, feature->oblast,
                                                                    feature->raion, feature->name, NULL)
                                               : NULL;
    if (key == NULL) return HRM_OK;
    memcpy(code + 2, key, strlen(key) + 1);
    feature->code = hrmi_arena_text(f->ctx, f->arena, code, strlen(code));
    return feature->code != NULL ? HRM_OK : HRM_ERROR_MEMORY;
}

static hrm_status find_one(finder *f, hrmi_named *feature) {
    const hrm_place_words words = words_of(feature);
    hrm_match match = {.struct_size = sizeof match};
    hrm_status status = HRM_OK;
    (void)hrm_gazetteer_find(f->gazetteer, &words, &match);
    feature->is_known = match.way != HRM_MATCH_NONE || match.reason == HRM_REASON_AMBIGUOUS_NAME;
    if (match.way != HRM_MATCH_NONE) {
        const char *const code = unit_of(f, match.row).code;
        feature->code = hrmi_arena_text(f->ctx, f->arena, code, strlen(code));
        return feature->code != NULL ? HRM_OK : HRM_ERROR_MEMORY;
    }
    if (match.reason == HRM_REASON_NOT_IN_LAYER) status = take_alias(f, feature);
    feature->is_known |= feature->code != NULL;
    if (status != HRM_OK || feature->code != NULL) return status;
    return explain(f, feature, match.reason);
}

static hrm_status explain_claim(finder *f, hrmi_named *feature, const hrmi_named *other, const char *code) {
    char name[SHOWN], other_name[SHOWN], why[WHY_SIZE];
    show(feature->name, name);
    show(other->name, other_name);
    (void)snprintf(why, sizeof why,
                   "the name \"%s\" means %s, and so does that of feature %" PRId64
                   " (\"%s\"): one of them must be wrong, and none is used",
                   name, code, other->id, other_name);
    return set_why(f, feature, why);
}

/* Takes the codes from features that claim the same. */
static hrm_status hold_back(finder *f, size_t count) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < count && status == HRM_OK; i++) {
        hrmi_named *const feature = &f->features[i];
        if (feature->code == NULL) continue;
        const char *const code = feature->code;
        const size_t length = strlen(code);
        const size_t first = hrmi_index_find(&f->claims, code, length);
        if (first == HRM_NONE) {
            status = hrmi_index_add(f->ctx, &f->claims, code, length, i);
            continue;
        }
        hrmi_named *const other = &f->features[first];
        if (other->code != NULL) status = explain_claim(f, other, feature, code);
        if (status == HRM_OK) status = explain_claim(f, feature, other, code);
    }
    return status;
}

/* ---- whether these are communities at all ---- */

/* The normal forms of the codifier's oblasts. */
static hrm_status list_oblasts(finder *f, hrmi_index *out) {
    hrm_status status = HRM_OK;
    for (size_t u = 0; u < hrm_codifier_count(f->codifier) && status == HRM_OK; u++) {
        char form[FORM_SIZE];
        const hrm_codifier_unit unit = unit_of(f, u);
        if (unit.category != HRM_UNIT_OBLAST) continue;
        const size_t length = hrm_name_normal(unit.name_uk, form, sizeof form, NULL);
        if (length <= 1 || length > sizeof form || hrmi_index_find(out, form, length - 1) != HRM_NONE)
            continue;
        const char *const kept = hrmi_arena_text(f->ctx, f->arena, form, length - 1);
        status = kept == NULL ? HRM_ERROR_MEMORY : hrmi_index_add(f->ctx, out, kept, length - 1, u);
    }
    return status;
}

/* How many features are called as an oblast is, without a word that makes a community of it. */
static size_t count_oblasts(const finder *f, const hrmi_index *oblasts, size_t count) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        char form[FORM_SIZE];
        int32_t type = HRM_TYPE_UNKNOWN;
        const size_t length = hrm_name_normal(f->features[i].name, form, sizeof form, &type);
        if (length > sizeof form || type != HRM_TYPE_UNKNOWN) continue;
        found += hrmi_index_find(oblasts, form, length - 1) != HRM_NONE;
    }
    return found;
}

/* A layer of oblasts would become one of the communities of their capitals: Черкаська is both. */
static hrm_status refuse_oblasts(finder *f, const char *source, size_t count) {
    hrmi_index oblasts;
    hrmi_index_init(&oblasts, f->ctx);
    hrm_status status = list_oblasts(f, &oblasts);
    const size_t called = status == HRM_OK ? count_oblasts(f, &oblasts, count) : 0;
    hrmi_index_free(&oblasts);
    if (status == HRM_OK && called >= FEWEST_OBLASTS && called * 2 > count)
        status = hrmi_fail(f->ctx, HRM_ERROR_CODE,
                           "%s: %zu of its %zu features have names of oblasts; name the field of the "
                           "communities' names, or write them in full (Вінницька міська)",
                           source, called, count);
    return status;
}

/* Where most names are not known, the field is another, or the layer is. */
static hrm_status refuse_unknown(finder *f, const char *source, size_t count) {
    size_t known = 0;
    const hrmi_named *first = NULL;
    for (size_t i = 0; i < count; i++) {
        known += f->features[i].is_known;
        if (first == NULL && !f->features[i].is_known) first = &f->features[i];
    }
    if (first == NULL || known * 2 >= count) return HRM_OK;
    return hrmi_fail(f->ctx, HRM_ERROR_CODE,
                     "%s: only %zu of its %zu features have a name by which the codifier knows a community; "
                     "the first that has none: %s",
                     source, known, count, first->why);
}

static hrm_status find_all(finder *f, const char *source, size_t count) {
    hrm_status status = refuse_oblasts(f, source, count);
    for (size_t i = 0; i < count && status == HRM_OK; i++) status = find_one(f, &f->features[i]);
    if (status == HRM_OK) status = hold_back(f, count);
    return status == HRM_OK ? refuse_unknown(f, source, count) : status;
}

hrm_status hrmi_layer_names_find(hrm_context *ctx, hrmi_arena *arena, const hrm_codifier *codifier,
                                 const hrm_crosswalk *aliases, const char *source, hrmi_named *features,
                                 size_t count) {
    finder f = {.ctx = ctx, .arena = arena, .codifier = codifier, .aliases = aliases, .features = features};
    hrm_gazetteer_options options;
    hrmi_index_init(&f.claims, ctx);
    hrm_gazetteer_options_init(&options, sizeof options);
    options.codifier = codifier;
    options.aliases = aliases;
    hrm_status status = hrm_gazetteer_new(ctx, NULL, &options, &f.gazetteer);
    if (status == HRM_OK) status = find_all(&f, source, count);
    hrm_gazetteer_free(f.gazetteer);
    hrmi_index_free(&f.claims);
    return status;
}
