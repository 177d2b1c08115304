/*
 * From the checked tree to the recipe in memory: which indicators to compute. Formulas are compiled here, so
 * that a slip is told with its line before any file is read; what a listed indicator reads from the catalogue
 * is added; and formulas that go round in a circle are refused.
 */
#include "recipe/read.h"

typedef struct entry {
    hrmi_recipe_indicator item;
    hrm_formula *formula;
} entry;

typedef struct list {
    hrmi_reader *r;
    entry *entries; /* in the context's memory until all are known */
    size_t count;
    size_t capacity;
} list;

static size_t find_item(const list *l, const char *id) {
    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->entries[i].item.indicator.id, id) == 0) return i;
    return HRM_NONE;
}

static hrm_status append(list *l, const hrmi_recipe_indicator *item) {
    hrm_context *const ctx = l->r->ctx;
    hrm_status status = hrmi_array_grow(ctx, &l->entries, &l->capacity, l->count + 1, sizeof *l->entries);
    if (status != HRM_OK) return status;
    entry *const e = &l->entries[l->count];
    e->item = *item;
    status = hrm_formula_compile(ctx, item->indicator.formula, &e->formula);
    if (status != HRM_OK) {
        status = hrmi_fail_in(ctx, status, "the formula of '%s'", item->indicator.id);
        return hrmi_read_fail(l->r, status, item->place);
    }
    l->count++;
    return HRM_OK;
}

/* ---- one indicator of the recipe ---- */

static hrm_status unknown_indicator(const list *l, const hrmi_yaml *node) {
    const char *const nearest = hrm_catalogue_nearest(node->text);
    const hrm_status status =
        nearest != NULL
            ? hrmi_fail(l->r->ctx, HRM_ERROR_RECIPE,
                        "no indicator '%.80s' in the catalogue; did you mean '%s'?", node->text, nearest)
            : hrmi_fail(
                  l->r->ctx, HRM_ERROR_RECIPE,
                  "no indicator '%.80s' in the catalogue; your own needs a formula: {id: …, formula: …}",
                  node->text);
    return hrmi_read_fail(l->r, status, node->place);
}

static hrm_status take_known(list *l, const hrmi_yaml *node) {
    hrmi_recipe_indicator item = {.place = node->place};
    if (strcmp(node->text, "all") == 0) {
        l->r->recipe->all_indicators = true;
        return HRM_OK;
    }
    const size_t number = hrm_catalogue_find(node->text);
    if (number == HRM_NONE) return unknown_indicator(l, node);
    hrm_indicator_init(&item.indicator, sizeof item.indicator);
    (void)hrm_catalogue_indicator(number, &item.indicator);
    const hrm_status status = hrmi_read_column_id(l->r, item.indicator.id, node->place);
    return status == HRM_OK ? append(l, &item) : status;
}

static hrm_status take_own(list *l, const hrmi_yaml *map) {
    hrm_context *const ctx = l->r->ctx;
    const hrmi_yaml *const id = hrmi_yaml_get(map, "id");
    const hrmi_yaml *const formula = hrmi_yaml_get(map, "formula");
    const char *const rollup = hrmi_read_text(map, "rollup");
    const char *const unit = hrmi_read_text(map, "unit");
    const char *const weight = hrmi_read_text(map, "weight");
    const char *const note = hrmi_read_text(map, "note");
    const char *title[2] = {NULL, NULL};
    hrmi_recipe_indicator item = {.place = formula->place, .own = true};
    if (hrm_catalogue_find(id->text) != HRM_NONE)
        return hrmi_read_fail(
            l->r,
            hrmi_fail(ctx, HRM_ERROR_RECIPE,
                      "'%.80s' is an indicator of the catalogue: name it without a formula, or give "
                      "yours another id",
                      id->text),
            id->place);
    const hrm_status status = hrmi_read_column_id(l->r, id->text, id->place);
    if (status != HRM_OK) return status;
    hrmi_read_texts(map, "title", title);
    hrm_indicator_init(&item.indicator, sizeof item.indicator);
    item.indicator.id = id->text;
    item.indicator.code = "";
    item.indicator.theme = "";
    item.indicator.title_uk = title[HRM_UK] != NULL ? title[HRM_UK] : "";
    item.indicator.title_en = title[HRM_EN] != NULL ? title[HRM_EN] : "";
    item.indicator.unit = unit != NULL ? unit : "";
    item.indicator.formula = formula->text;
    item.indicator.inputs = "";
    item.indicator.weight = weight != NULL ? weight : "";
    item.indicator.missing_rule = "";
    item.indicator.source = note != NULL ? note : "";
    item.indicator.direction = hrmi_read_direction(map);
    if (rollup != NULL) item.indicator.rollup = hrmi_read_rollup(rollup);
    if ((item.indicator.rollup == HRM_ROLLUP_MEAN) != (weight != NULL))
        return hrmi_read_fail(
            l->r, hrmi_fail(ctx, HRM_ERROR_RECIPE, "'rollup: mean' and 'weight: <column>' go together"),
            map->place);
    return append(l, &item);
}

/* ---- what they read ---- */

/* Adds the indicators of the catalogue that others read and the recipe neither names nor has as a column. */
static hrm_status add_needed(list *l) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < l->count && status == HRM_OK; i++) {
        const hrm_formula *const formula = l->entries[i].formula;
        const size_t inputs = hrm_formula_input_count(formula);
        for (size_t k = 0; k < inputs && status == HRM_OK; k++) {
            const char *const id = hrm_formula_input(formula, k);
            const size_t number = hrm_catalogue_find(id);
            hrmi_recipe_indicator item = {.place = l->entries[i].item.place};
            if (number == HRM_NONE || find_item(l, id) != HRM_NONE) continue;
            if (hrmi_recipe_has_column(l->r->recipe, id)) continue;
            hrm_indicator_init(&item.indicator, sizeof item.indicator);
            (void)hrm_catalogue_indicator(number, &item.indicator);
            if (strcmp(item.indicator.id, id) != 0) continue; /* found by its code, which is no column */
            item.needed_by = l->entries[i].item.indicator.id;
            status = append(l, &item);
        }
    }
    return status;
}

/* Whether all indicators of the list that item i reads are settled. */
static bool can_settle(const list *l, const bool *settled, size_t i, size_t *open) {
    const size_t inputs = hrm_formula_input_count(l->entries[i].formula);
    for (size_t k = 0; k < inputs; k++) {
        const size_t other = find_item(l, hrm_formula_input(l->entries[i].formula, k));
        if (other == HRM_NONE || settled[other]) continue;
        *open = other;
        return false;
    }
    return true;
}

/* From an item that cannot be settled, each points to one that it waits for: the way must come round. */
static hrm_status tell_circle(const list *l, const bool *settled, size_t start) {
    char way[512];
    size_t used = 0;
    size_t at = start;
    for (size_t i = 0; i < l->count; i++)
        (void)can_settle(l, settled, at, &at); /* now surely in the circle */
    const size_t first = at;
    way[0] = '\0';
    do {
        const char *const id = l->entries[at].item.indicator.id;
        const size_t length = strlen(id);
        if (used + length + 5 < sizeof way) {
            memcpy(way + used, id, length);
            memcpy(way + used + length, " -> ", 5);
            used += length + 4;
        }
        (void)can_settle(l, settled, at, &at);
    } while (at != first);
    return hrmi_read_fail(l->r,
                          hrmi_fail(l->r->ctx, HRM_ERROR_FORMULA, "these formulas go round in a circle: %s%s",
                                    way, l->entries[first].item.indicator.id),
                          l->entries[first].item.place);
}

static hrm_status check_circles(const list *l) {
    hrm_context *const ctx = l->r->ctx;
    hrm_status status = HRM_OK;
    size_t left = l->count;
    bool moved = true;
    bool *const settled = hrmi_array_new(ctx, l->count, sizeof *settled);
    if (settled == NULL) return HRM_ERROR_MEMORY;
    while (left > 0 && moved) {
        size_t open = 0;
        moved = false;
        for (size_t i = 0; i < l->count; i++) {
            if (settled[i] || !can_settle(l, settled, i, &open)) continue;
            settled[i] = true;
            moved = true;
            left--;
        }
    }
    for (size_t i = 0; i < l->count && status == HRM_OK; i++)
        if (!settled[i]) status = tell_circle(l, settled, i);
    hrmi_free(ctx, settled);
    return status;
}

/* ---- all of them ---- */

static hrm_status take_all(list *l, const hrmi_yaml *node) {
    hrm_status status = HRM_OK;
    if (node->kind == HRMI_YAML_TEXT) {
        if (strcmp(node->text, "all") == 0) return take_known(l, node);
        return hrmi_read_fail(l->r,
                              hrmi_fail(l->r->ctx, HRM_ERROR_RECIPE,
                                        "'indicators' is '%.40s'; it can be all, or a list: [%.40s]",
                                        node->text, node->text),
                              node->place);
    }
    for (const hrmi_yaml *item = node->first; item != NULL && status == HRM_OK; item = item->next)
        status = item->kind == HRMI_YAML_TEXT ? take_known(l, item) : take_own(l, item);
    return status;
}

static hrm_status keep(const list *l) {
    hrm_recipe *const recipe = l->r->recipe;
    recipe->indicators = hrmi_read_array(l->r, l->count, sizeof *recipe->indicators);
    if (recipe->indicators == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < l->count; i++) recipe->indicators[i] = l->entries[i].item;
    recipe->indicator_count = l->count;
    return HRM_OK;
}

hrm_status hrmi_read_indicators(hrmi_reader *r, const hrmi_yaml *root) {
    const hrmi_yaml *const node = hrmi_yaml_get(root, "indicators");
    list l = {.r = r};
    if (node == NULL) return HRM_OK;
    r->recipe->indicators_place = node->place;
    hrm_status status = take_all(&l, node);
    if (status == HRM_OK) status = add_needed(&l);
    if (status == HRM_OK) status = check_circles(&l);
    if (status == HRM_OK) status = keep(&l);
    for (size_t i = 0; i < l.count; i++) hrm_formula_free(l.entries[i].formula);
    hrmi_free(r->ctx, l.entries);
    return status;
}
