/*
 * From the checked tree to the recipe in memory: the communities, and what all parts share. Defaults are put
 * in place, and what the tree's keys cannot say is checked: ids that clash, units.
 */
#include "base/number.h"
#include "hromada/join.h"
#include "io/names.h"
#include "recipe/paths.h"
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

/* ---- sources ---- */

/* `header_row` or `header_rows`: a whole number from 1 to `most`. */
static hrm_status read_rows(const hrmi_reader *r, const hrmi_yaml *map, const char *key, const char *what,
                            double most, uint32_t *rows) {
    const hrmi_yaml *const node = hrmi_yaml_get(map, key);
    double number = 1.0;
    if (node == NULL) return HRM_OK;
    (void)hrmi_number_read(node->text, strlen(node->text), &number);
    if (!(number >= 1.0 && number <= most) || number != floor(number))
        return hrmi_read_fail(
            r, hrmi_fail(r->ctx, HRM_ERROR_RECIPE, "'%s' is %s, from 1 to %d", key, what, (int)most),
            node->place);
    *rows = (uint32_t)number;
    return HRM_OK;
}

hrm_status hrmi_read_server(const hrmi_reader *r, const hrmi_recipe_source *source) {
    if (!hrmi_path_is_server(source->path) || !hrmi_path_has_password(source->path)) return HRM_OK;
    return hrmi_read_fail(
        r,
        hrmi_fail(r->ctx, HRM_ERROR_RECIPE,
                  "a password has no place in a recipe: it would be written into the account; "
                  "give it in PGPASSWORD or in ~/.pgpass"),
        source->place);
}

hrm_status hrmi_read_source(const hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_source *out) {
    const hrmi_yaml *const path = hrmi_yaml_get(map, "source");
    const char *const sheet = hrmi_read_text(map, "sheet");
    out->place = path->place;
    out->path = path->text;
    out->layer = hrmi_read_text(map, "layer");
    out->where = hrmi_read_text(map, "where");
    out->sql = hrmi_read_text(map, "sql");
    out->crs = hrmi_read_text(map, "crs");
    out->encoding = hrmi_read_text(map, "encoding");
    out->note = hrmi_read_text(map, "note");
    if (sheet != NULL && out->layer != NULL)
        return hrmi_read_fail(
            r, hrmi_fail(r->ctx, HRM_ERROR_RECIPE, "'layer' and 'sheet' are the same thing: give one"),
            map->place);
    if (sheet != NULL) out->layer = sheet;
    if (out->sql != NULL && (out->layer != NULL || out->where != NULL))
        return hrmi_read_fail(r,
                              hrmi_fail(r->ctx, HRM_ERROR_RECIPE,
                                        "'sql' names its table and its rows itself: leave '%s' out",
                                        out->where != NULL ? "where"
                                        : sheet != NULL    ? "sheet"
                                                           : "layer"),
                              map->place);
    hrm_status status = hrmi_read_server(r, out);
    if (status == HRM_OK)
        status = read_rows(r, map, "header_row", "the number of the (first) row of headings", 1000.0,
                           &out->header_row);
    if (status == HRM_OK)
        status =
            read_rows(r, map, "header_rows", "how many rows of headings there are", 8.0, &out->header_rows);
    return status;
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

static bool ends_with(const char *text, const char *end) {
    const size_t length = strlen(text);
    const size_t end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

hrm_status hrmi_read_column_id(hrmi_reader *r, const char *id, hrmi_place place) {
    static const char *const taken[] = {"code", "key", "name", "name_en", "raion", "oblast", "fid", "geom"};
    static const char *const ends[] = {"_coverage", "_missing"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_with(id, ends[i]))
            return hrmi_read_fail(r,
                                  hrmi_fail(r->ctx, HRM_ERROR_RECIPE,
                                            "'%.80s': names that end in %s are those of columns beside the "
                                            "values (shares of communities, reasons); give another id",
                                            id, ends[i]),
                                  place);
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

/* ---- all of it ---- */

/* Room for every codifier, crosswalk and alias file that the recipe may name. */
static hrm_status make_lookups(hrmi_reader *r, const hrmi_yaml *tables) {
    hrm_recipe *const recipe = r->recipe;
    const size_t places = 1 + (tables != NULL ? tables->count : 0);
    recipe->lookups = hrmi_read_array(r, places * HRMI_LOOKUP_KINDS, sizeof *recipe->lookups);
    for (size_t i = 0; i < HRMI_LOOKUP_KINDS; i++) recipe->common.of[i] = HRM_NONE;
    return recipe->lookups != NULL ? HRM_OK : HRM_ERROR_MEMORY;
}

hrm_status hrmi_recipe_read(hrm_context *ctx, hrm_recipe *recipe, const hrmi_yaml *root) {
    const hrmi_yaml *const tables = hrmi_yaml_get(root, "tables");
    hrmi_reader r = {.ctx = ctx, .recipe = recipe};
    hrmi_index_init(&r.ids, ctx);
    hrmi_read_texts(root, "title", recipe->title);
    hrm_status status = make_lookups(&r, tables);
    if (status == HRM_OK) status = hrmi_read_lookups(&r, root, &recipe->common);
    if (status == HRM_OK) status = read_communities(&r, hrmi_yaml_get(root, "communities"));
    if (status == HRM_OK && tables != NULL) status = hrmi_read_tables(&r, tables);
    if (status == HRM_OK) status = hrmi_read_measures(&r, root);
    if (status == HRM_OK) status = hrmi_read_areas(&r, root);
    if (status == HRM_OK) status = hrmi_read_projects(&r, root);
    if (status == HRM_OK) status = hrmi_read_indicators(&r, root);
    if (status == HRM_OK) status = hrmi_read_outputs(&r, root);
    hrmi_index_free(&r.ids);
    return status;
}
