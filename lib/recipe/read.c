/*
 * From the checked tree to the recipe in memory: communities and tables, and what all parts share. Defaults
 * are put in place, and what the tree's keys cannot say is checked: ids that clash, units.
 */
#include "base/number.h"
#include "hromada/join.h"
#include "io/names.h"
#include "recipe/read.h"
#include "recipe/units.h"
#include "table/id.h"

hrm_status hrmi_recipe_fail_at(hrm_context *ctx, hrm_status status, const hrm_recipe *recipe,
                               hrmi_place place) {
    return hrmi_yaml_fail_at(ctx, status, recipe->name, place);
}

hrm_status hrmi_read_fail(const hrmi_reader *r, hrm_status status, hrmi_place place) {
    return hrmi_recipe_fail_at(r->ctx, status, r->recipe, place);
}

void *hrmi_read_array(const hrmi_reader *r, size_t count, size_t size) {
    return hrmi_arena_new(r->ctx, &r->recipe->arena, count, size);
}

/* ---- small things that many parts have ---- */

const char *hrmi_read_text(const hrmi_yaml *map, const char *key) {
    const hrmi_yaml *const node = hrmi_yaml_get(map, key);
    return node != NULL && node->kind == HRMI_YAML_TEXT ? node->text : NULL;
}

void hrmi_read_texts(const hrmi_yaml *map, const char *key, const char *out[2]) {
    const hrmi_yaml *const node = hrmi_yaml_get(map, key);
    if (node == NULL) return;
    if (node->kind == HRMI_YAML_TEXT) {
        out[HRM_UK] = node->text;
    } else {
        out[HRM_UK] = hrmi_read_text(node, "uk");
        out[HRM_EN] = hrmi_read_text(node, "en");
    }
}

int32_t hrmi_read_direction(const hrmi_yaml *map) {
    const char *const better = hrmi_read_text(map, "better");
    if (better == NULL || strcmp(better, "neutral") == 0) return HRM_NEUTRAL;
    return strcmp(better, "higher") == 0 ? HRM_HIGHER_BETTER : HRM_HIGHER_WORSE;
}

/* The place of `word` in a list that ends with NULL, or −1. */
int32_t hrmi_read_word(const char *const *words, const char *word) {
    for (int32_t i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], word) == 0) return i;
    return -1;
}

int32_t hrmi_read_rollup(const char *word) {
    static const char *const words[] = {"none", "sum",       "min", "max",
                                        "mean", "recompute", NULL}; /* HRM_ROLLUP_… */
    return hrmi_read_word(words, word);
}

int32_t hrmi_read_decimal(const hrmi_yaml *map) {
    static const char *const words[] = {"auto", "point", "comma", NULL}; /* HRM_DECIMAL_… */
    const char *const word = hrmi_read_text(map, "decimal");
    return word == NULL ? HRM_DECIMAL_AUTO : hrmi_read_word(words, word);
}

bool hrmi_read_yes(const hrmi_yaml *map, const char *key) {
    const char *const text = hrmi_read_text(map, key);
    return text != NULL && (strcmp(text, "true") == 0 || strcmp(text, "yes") == 0);
}

hrm_status hrmi_read_source(const hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_source *out) {
    const hrmi_yaml *const path = hrmi_yaml_get(map, "source");
    const char *const sheet = hrmi_read_text(map, "sheet");
    out->place = path->place;
    out->path = path->text;
    out->layer = hrmi_read_text(map, "layer");
    out->where = hrmi_read_text(map, "where");
    out->crs = hrmi_read_text(map, "crs");
    out->encoding = hrmi_read_text(map, "encoding");
    out->note = hrmi_read_text(map, "note");
    if (sheet != NULL && out->layer != NULL)
        return hrmi_read_fail(
            r, hrmi_fail(r->ctx, HRM_ERROR_RECIPE, "'layer' and 'sheet' are the same thing: give one"),
            map->place);
    if (sheet != NULL) out->layer = sheet;
    return HRM_OK;
}

/* An id of the recipe: it becomes a column's name, or the beginning of one. */
hrm_status hrmi_read_id(hrmi_reader *r, const char *id, hrmi_place place) {
    const size_t length = strlen(id);
    const char *const fault = strchr(id, '@') != NULL ? "an @ stands before periods" : hrmi_id_fault(id);
    if (fault != NULL)
        return hrmi_read_fail(
            r, hrmi_fail(r->ctx, HRM_ERROR_RECIPE, "'%.80s' cannot be the name of a column: %s", id, fault),
            place);
    const size_t line = hrmi_index_find(&r->ids, id, length);
    if (line != HRM_NONE)
        return hrmi_read_fail(r,
                              hrmi_fail(r->ctx, HRM_ERROR_RECIPE,
                                        "'%.80s' is already the name of something in line %zu", id, line),
                              place);
    return hrmi_index_add(r->ctx, &r->ids, id, length, place.line);
}

hrm_status hrmi_read_column_id(hrmi_reader *r, const char *id, hrmi_place place) {
    static const char *const taken[] = {"code", "key", "name", "name_en", "raion", "oblast", "fid", "geom"};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (hrmi_names_same(id, taken[i]))
            return hrmi_read_fail(r,
                                  hrmi_fail(r->ctx, HRM_ERROR_RECIPE,
                                            "'%s': the results have a column of that name already; give "
                                            "another id",
                                            id),
                                  place);
    return hrmi_read_id(r, id, place);
}

/* `scale` where it is given: the factor from cells to the column's unit. */
hrm_status hrmi_read_scale(const hrmi_reader *r, const hrmi_yaml *map, double *scale) {
    const hrmi_yaml *const node = hrmi_yaml_get(map, "scale");
    double number = 0.0;
    if (node == NULL) return HRM_OK;
    if (!hrmi_number_read(node->text, strlen(node->text), &number) || !(number > 0.0))
        return hrmi_read_fail(r, hrmi_fail(r->ctx, HRM_ERROR_RECIPE, "'scale' should be a number above 0"),
                              node->place);
    *scale = number;
    return HRM_OK;
}

/* ---- the communities ---- */

static hrm_status read_communities(hrmi_reader *r, const hrmi_yaml *map) {
    hrmi_recipe_communities *const c = &r->recipe->communities;
    const hrmi_yaml *const area = hrmi_yaml_get(map, "official_area");
    const hrm_status status = hrmi_read_source(r, map, &c->source);
    if (status != HRM_OK) return status;
    c->code = hrmi_read_text(map, "code");
    hrmi_read_texts(map, "name", c->name);
    hrmi_read_texts(map, "raion", c->raion);
    hrmi_read_texts(map, "oblast", c->oblast);
    c->topology = hrmi_read_yes(map, "topology");
    if (area == NULL) return HRM_OK;
    const hrmi_yaml *const unit = hrmi_yaml_get(area, "unit");
    c->area_field = hrmi_read_text(area, "field");
    c->area_scale = hrmi_unit_area_m2(unit->text);
    if (c->area_scale == 0.0)
        return hrmi_read_fail(
            r, hrmi_fail(r->ctx, HRM_ERROR_RECIPE, "'%.40s' is no unit of area: km2, ha or m2", unit->text),
            unit->place);
    return HRM_OK;
}

/* ---- tables ---- */

static hrm_status read_column_options(const hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_column *c) {
    const char *const type = hrmi_read_text(map, "type");
    const char *const rollup = hrmi_read_text(map, "rollup");
    const bool scaled = hrmi_yaml_get(map, "scale") != NULL;
    c->field = hrmi_read_text(map, "field");
    c->given_unit = hrmi_read_text(map, "unit");
    if (c->given_unit != NULL) c->unit = c->given_unit;
    if (c->given_unit != NULL && !scaled) c->scale = hrmi_unit_multiple(c->given_unit, &c->unit);
    c->direction = hrmi_read_direction(map);
    c->is_text = type != NULL && strcmp(type, "text") == 0;
    c->weight = hrmi_read_text(map, "weight");
    hrmi_read_texts(map, "title", c->title);
    if (rollup != NULL) {
        c->rollup = hrmi_read_rollup(rollup);
        c->rollup_assumed = false;
    }
    if ((c->rollup == HRM_ROLLUP_MEAN) != (c->weight != NULL))
        return hrmi_read_fail(r,
                              hrmi_fail(r->ctx, HRM_ERROR_RECIPE,
                                        "column '%.80s': 'rollup: mean' and 'weight: <column>' go together",
                                        c->id),
                              map->place);
    return hrmi_read_scale(r, map, &c->scale);
}

static hrm_status read_column(hrmi_reader *r, const hrmi_yaml *node, hrmi_recipe_column *c) {
    hrm_status status = hrmi_read_column_id(r, node->key, node->key_place);
    c->place = node->key_place;
    c->id = node->key;
    c->field = node->text;
    c->unit = "";
    c->scale = 1.0;
    c->rollup_assumed = true;
    c->rollup = -1;
    if (status == HRM_OK && node->kind == HRMI_YAML_MAP) status = read_column_options(r, node, c);
    if (c->rollup_assumed) {
        const bool sums = !c->is_text && hrmi_unit_adds_up(c->given_unit != NULL ? c->given_unit : "");
        c->rollup = sums ? HRM_ROLLUP_SUM : HRM_ROLLUP_NONE;
    }
    return status;
}

static hrm_status read_header_row(const hrmi_reader *r, const hrmi_yaml *map, uint32_t *row) {
    const hrmi_yaml *const node = hrmi_yaml_get(map, "header_row");
    double number = 1.0;
    if (node == NULL) return HRM_OK;
    (void)hrmi_number_read(node->text, strlen(node->text), &number);
    if (!(number >= 1.0 && number <= 1000.0) || number != floor(number))
        return hrmi_read_fail(r,
                              hrmi_fail(r->ctx, HRM_ERROR_RECIPE,
                                        "'header_row' is the number of the row of headings, from 1 to 1000"),
                              node->place);
    *row = (uint32_t)number;
    return HRM_OK;
}

static hrm_status read_table(hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_table *t) {
    static const char *const duplicates[] = {"error", "first", "last",
                                             "sum",   "mean",  NULL}; /* HRM_DUPLICATES_… */
    const hrmi_yaml *const columns = hrmi_yaml_get(map, "columns");
    const char *const policy = hrmi_read_text(map, "duplicates");
    hrm_status status = hrmi_read_source(r, map, &t->source);
    t->id = hrmi_read_text(map, "id");
    t->key = hrmi_read_text(map, "key");
    t->period = hrmi_read_text(map, "period");
    t->duplicates = policy == NULL ? HRM_DUPLICATES_ERROR : hrmi_read_word(duplicates, policy);
    t->decimal = hrmi_read_decimal(map);
    if (status == HRM_OK) status = read_header_row(r, map, &t->header_row);
    t->columns = hrmi_read_array(r, columns->count, sizeof *t->columns);
    if (t->columns == NULL) return HRM_ERROR_MEMORY;
    for (const hrmi_yaml *node = columns->first; node != NULL && status == HRM_OK; node = node->next)
        status = read_column(r, node, &t->columns[t->column_count++]);
    return status;
}

/* A text has no place on the axis of periods. */
static hrm_status check_panel(const hrmi_reader *r, const hrmi_recipe_table *t) {
    for (size_t i = 0; t->period != NULL && i < t->column_count; i++)
        if (t->columns[i].is_text)
            return hrmi_read_fail(
                r,
                hrmi_fail(r->ctx, HRM_ERROR_RECIPE,
                          "column '%.80s': a table with a period holds numbers only, not 'type: text'",
                          t->columns[i].id),
                t->columns[i].place);
    return HRM_OK;
}

static hrm_status read_tables(hrmi_reader *r, const hrmi_yaml *list) {
    hrm_recipe *const recipe = r->recipe;
    hrm_status status = HRM_OK;
    recipe->tables = hrmi_read_array(r, list->count, sizeof *recipe->tables);
    if (recipe->tables == NULL) return HRM_ERROR_MEMORY;
    for (const hrmi_yaml *item = list->first; item != NULL && status == HRM_OK; item = item->next) {
        hrmi_recipe_table *const t = &recipe->tables[recipe->table_count++];
        status = read_table(r, item, t);
        if (status == HRM_OK) status = check_panel(r, t);
    }
    return status;
}

bool hrmi_recipe_has_column(const hrm_recipe *recipe, const char *id) {
    const size_t length = strcspn(id, "@");
    for (size_t t = 0; t < recipe->table_count; t++)
        for (size_t c = 0; c < recipe->tables[t].column_count; c++) {
            const char *const known = recipe->tables[t].columns[c].id;
            if (strlen(known) == length && memcmp(known, id, length) == 0) return true;
        }
    return false;
}

/* ---- all of it ---- */

hrm_status hrmi_recipe_read(hrm_context *ctx, hrm_recipe *recipe, const hrmi_yaml *root) {
    const hrmi_yaml *const tables = hrmi_yaml_get(root, "tables");
    hrmi_reader r = {.ctx = ctx, .recipe = recipe};
    hrmi_index_init(&r.ids, ctx);
    hrmi_read_texts(root, "title", recipe->title);
    hrm_status status = read_communities(&r, hrmi_yaml_get(root, "communities"));
    if (status == HRM_OK && tables != NULL) status = read_tables(&r, tables);
    if (status == HRM_OK) status = hrmi_read_measures(&r, root);
    if (status == HRM_OK) status = hrmi_read_projects(&r, root);
    if (status == HRM_OK) status = hrmi_read_indicators(&r, root);
    if (status == HRM_OK) status = hrmi_read_outputs(&r, root);
    hrmi_index_free(&r.ids);
    return status;
}
