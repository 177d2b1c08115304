/*
 * From the checked tree to the recipe in memory: codifier, crosswalk and aliases, at the top of a recipe for
 * all tables, or in a table for itself. The same file with the same fields is kept once.
 */
#include "recipe/read.h"

/* The key of each field, by HRMI_LOOKUP_…; names of codifiers are read apart. */
static const char *const keys[HRMI_LOOKUP_FIELDS] = {
    [HRMI_LOOKUP_CODE] = "code",         [HRMI_LOOKUP_CATEGORY] = "category",
    [HRMI_LOOKUP_TYPE] = "type",         [HRMI_LOOKUP_OLD_CODE] = "old_code",
    [HRMI_LOOKUP_OLD_NAME] = "old_name", [HRMI_LOOKUP_VALID_FROM] = "valid_from",
    [HRMI_LOOKUP_VALID_TO] = "valid_to", [HRMI_LOOKUP_SUCCESSOR] = "successor",
    [HRMI_LOOKUP_WRITTEN] = "written",   [HRMI_LOOKUP_OBLAST] = "oblast",
    [HRMI_LOOKUP_RAION] = "raion",       [HRMI_LOOKUP_ROW] = "row"};

static hrm_status read_one(const hrmi_reader *r, const hrmi_yaml *node, hrmi_recipe_lookup *out) {
    const char *names[2] = {NULL, NULL};
    if (node->kind == HRMI_YAML_TEXT) {
        out->source.place = node->place;
        out->source.path = node->text;
        return hrmi_read_server(r, &out->source);
    }
    for (size_t i = 0; i < HRMI_LOOKUP_FIELDS; i++)
        if (keys[i] != NULL) out->fields[i] = hrmi_read_text(node, keys[i]);
    hrmi_read_texts(node, "name", names);
    out->fields[HRMI_LOOKUP_NAME_UK] = names[HRM_UK];
    out->fields[HRMI_LOOKUP_NAME_EN] = names[HRM_EN];
    return hrmi_read_source(r, node, &out->source);
}

static bool same_text(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool same_lookup(const hrmi_recipe_lookup *a, const hrmi_recipe_lookup *b) {
    const hrmi_recipe_source *const s = &a->source;
    const hrmi_recipe_source *const t = &b->source;
    bool same = a->kind == b->kind && same_text(s->path, t->path) && same_text(s->layer, t->layer) &&
                same_text(s->where, t->where) && same_text(s->sql, t->sql) &&
                same_text(s->encoding, t->encoding) && same_text(s->note, t->note) &&
                s->header_row == t->header_row && s->header_rows == t->header_rows;
    for (size_t i = 0; i < HRMI_LOOKUP_FIELDS; i++) same = same && same_text(a->fields[i], b->fields[i]);
    return same;
}

/* There is room for all: hrmi_recipe_read() counted them. */
static size_t keep(hrm_recipe *recipe, const hrmi_recipe_lookup *lookup) {
    for (size_t i = 0; i < recipe->lookup_count; i++)
        if (same_lookup(&recipe->lookups[i], lookup)) return i;
    recipe->lookups[recipe->lookup_count] = *lookup;
    return recipe->lookup_count++;
}

hrm_status hrmi_read_lookups(hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_lookups *out) {
    static const char *const kinds[HRMI_LOOKUP_KINDS] = {"codifier", "crosswalk", "aliases"};
    hrm_status status = HRM_OK;
    for (int32_t kind = 0; kind < HRMI_LOOKUP_KINDS && status == HRM_OK; kind++) {
        const hrmi_yaml *const node = hrmi_yaml_get(map, kinds[kind]);
        hrmi_recipe_lookup lookup = {.kind = kind};
        if (node == NULL) continue;
        status = read_one(r, node, &lookup);
        if (status == HRM_OK) out->of[kind] = keep(r->recipe, &lookup);
    }
    return status;
}
