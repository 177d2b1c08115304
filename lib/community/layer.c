/* What a layer answers: all of it was computed when it was made. */
#include "base/utf8.h"
#include "community/layer.h"
#include "community/code.h"
#include "community/layer_parts.h"

static void free_units(const hrm_allocator *allocator, hrmi_units *units) {
    hrmi_release(allocator, units->of_row);
    hrmi_release(allocator, units->row_start);
    hrmi_release(allocator, units->rows);
    hrmi_release(allocator, units->code);
    hrmi_release(allocator, units->name_uk);
    hrmi_release(allocator, units->name_en);
}

void hrm_layer_free(hrm_layer *layer) {
    if (layer == NULL) return;
    const hrm_allocator allocator = layer->allocator;
    hrmi_arena_free(&layer->texts);
    hrmi_index_free(&layer->index);
    hrmi_shapes_free(&layer->shapes);
    hrmi_release(&allocator, layer->key);
    hrmi_release(&allocator, layer->code);
    hrmi_release(&allocator, layer->name_uk);
    hrmi_release(&allocator, layer->name_en);
    hrmi_release(&allocator, layer->area_m2);
    hrmi_release(&allocator, layer->official_m2);
    hrmi_release(&allocator, layer->centroid);
    free_units(&allocator, &layer->raions);
    free_units(&allocator, &layer->oblasts);
    hrmi_release(&allocator, layer->issues);
    hrmi_release(&allocator, layer);
}

size_t hrm_layer_count(const hrm_layer *layer) {
    return layer->count;
}

const char *hrm_layer_key(const hrm_layer *layer, size_t i) {
    return i < layer->count ? layer->key[i] : NULL;
}

const char *hrm_layer_code(const hrm_layer *layer, size_t i) {
    return i < layer->count ? layer->code[i] : NULL;
}

const char *hrm_layer_name(const hrm_layer *layer, size_t i, int32_t language) {
    if (i >= layer->count) return NULL;
    if (language == HRM_UK) return layer->name_uk[i];
    return language == HRM_EN ? layer->name_en[i] : NULL;
}

bool hrm_layer_has_levels(const hrm_layer *layer) {
    return layer->has_levels;
}

double hrm_layer_area_m2(const hrm_layer *layer, size_t i) {
    return i < layer->count ? layer->area_m2[i] : (double)NAN;
}

double hrm_layer_official_area_m2(const hrm_layer *layer, size_t i) {
    return i < layer->count ? layer->official_m2[i] : (double)NAN;
}

void hrm_layer_centroid(const hrm_layer *layer, size_t i, double out[2]) {
    for (size_t k = 0; k < 2; k++) out[k] = i < layer->count ? layer->centroid[2 * i + k] : (double)NAN;
}

void hrm_layer_box(const hrm_layer *layer, size_t i, double out[4]) {
    for (size_t k = 0; k < 4; k++) out[k] = i < layer->count ? layer->shapes.box[4 * i + k] : (double)NAN;
}

size_t hrmi_layer_find_code(const hrm_layer *layer, const char *text, size_t length, const char **why) {
    char key[HRMI_KEY_SIZE];
    *why = NULL;
    if (layer->has_levels) {
        if (!hrmi_code_key(text, length, key, why)) return HRM_NONE;
        return hrmi_index_find(&layer->index, key, HRMI_KEY_DIGITS);
    }
    length = hrmi_utf8_trim(&text, length);
    if (length == 0) {
        *why = "it is empty";
        return HRM_NONE;
    }
    return hrmi_index_find(&layer->index, text, length);
}

size_t hrm_layer_find(const hrm_layer *layer, const char *code) {
    const char *why = NULL;
    return code == NULL ? HRM_NONE : hrmi_layer_find_code(layer, code, strlen(code), &why);
}

const hrmi_units *hrmi_layer_units(const hrm_layer *layer, int32_t level) {
    if (!layer->has_levels) return NULL;
    if (level == HRM_LEVEL_RAION) return &layer->raions;
    return level == HRM_LEVEL_OBLAST ? &layer->oblasts : NULL;
}

size_t hrm_layer_unit_count(const hrm_layer *layer, int32_t level) {
    const hrmi_units *const units = hrmi_layer_units(layer, level);
    if (level == HRM_LEVEL_COUNTRY) return 1;
    if (level == HRM_LEVEL_COMMUNITY) return layer->count;
    return units == NULL ? 0 : units->count;
}

size_t hrm_layer_unit_of(const hrm_layer *layer, int32_t level, size_t i) {
    const hrmi_units *const units = hrmi_layer_units(layer, level);
    if (i >= layer->count) return HRM_NONE;
    if (level == HRM_LEVEL_COUNTRY) return 0;
    if (level == HRM_LEVEL_COMMUNITY) return i;
    return units == NULL ? HRM_NONE : units->of_row[i];
}

const char *hrm_layer_unit_code(const hrm_layer *layer, int32_t level, size_t unit) {
    const hrmi_units *const units = hrmi_layer_units(layer, level);
    if (unit >= hrm_layer_unit_count(layer, level)) return NULL;
    if (level == HRM_LEVEL_COUNTRY) return "UA";
    return units == NULL ? layer->code[unit] : units->code[unit];
}

const char *hrm_layer_unit_name(const hrm_layer *layer, int32_t level, size_t unit, int32_t language) {
    const hrmi_units *const units = hrmi_layer_units(layer, level);
    if (level == HRM_LEVEL_COMMUNITY) return hrm_layer_name(layer, unit, language);
    if (units == NULL || unit >= units->count) return NULL;
    if (language == HRM_UK) return units->name_uk[unit];
    return language == HRM_EN ? units->name_en[unit] : NULL;
}

size_t hrm_layer_feature_count(const hrm_layer *layer) {
    return layer->feature_count;
}

size_t hrm_layer_issue_count(const hrm_layer *layer) {
    return layer->issue_count;
}

bool hrm_layer_issue(const hrm_layer *layer, size_t i, hrm_layer_issue_info *out) {
    if (i >= layer->issue_count) return false;
    const hrmi_issue *const issue = &layer->issues[i];
    const hrm_layer_issue_info full = {(uint32_t)sizeof full, issue->kind, issue->feature_id, issue->row,
                                       issue->code,           issue->text};
    return hrmi_give_struct(out, &full, sizeof full);
}

const hrmi_shapes *hrmi_layer_shapes(const hrm_layer *layer) {
    return &layer->shapes;
}

uint64_t hrmi_layer_fingerprint(const hrm_layer *layer) {
    return layer->fingerprint;
}
