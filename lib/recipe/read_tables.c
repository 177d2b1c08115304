/*
 * From the checked tree to the recipe in memory: tables, how their rows say which community they mean, and
 * their columns.
 */
#include "hromada/join.h"
#include "recipe/read.h"
#include "recipe/units.h"
#include "recipe/wide.h"

/* ---- columns ---- */

static hrm_status read_column_options(const hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_column *c) {
    const char *const type = hrmi_read_text(map, "type");
    const char *const rollup = hrmi_read_text(map, "rollup");
    const bool scaled = hrmi_yaml_get(map, "scale") != NULL;
    c->field = hrmi_read_text(map, "field");
    c->given_unit = hrmi_read_text(map, "unit");
    if (c->given_unit != NULL) c->unit = c->given_unit;
    if (c->given_unit != NULL && !scaled) {
        c->scale = hrmi_unit_multiple(c->given_unit, &c->unit);
        c->is_doubtful_unit = hrmi_unit_is_doubtful(c->given_unit);
    }
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
    c->is_wide = c->field != NULL && hrmi_wide_is_pattern(c->field);
    if (c->rollup_assumed) {
        const bool sums = !c->is_text && hrmi_unit_adds_up(c->given_unit != NULL ? c->given_unit : "");
        c->rollup = sums ? HRM_ROLLUP_SUM : HRM_ROLLUP_NONE;
    }
    return status;
}

/* ---- keys ---- */

static hrm_status refuse_key(const hrmi_reader *r, const hrmi_yaml *node, const char *why) {
    return hrmi_read_fail(r, hrmi_fail(r->ctx, HRM_ERROR_RECIPE, "'key': %s", why), node->place);
}

static hrm_status check_key(const hrmi_reader *r, const hrmi_yaml *node, const hrmi_recipe_table *t) {
    const hrmi_recipe_key *const k = &t->key;
    if ((k->x != NULL) != (k->y != NULL)) return refuse_key(r, node, "'x' and 'y' go together");
    if (k->code == NULL && k->name == NULL && k->x == NULL)
        return refuse_key(r, node,
                          "how do the rows say which community they mean? Give 'code', 'name' (with "
                          "'oblast' and 'raion' where the table has them), or 'x' and 'y'");
    if (k->name == NULL && (k->oblast != NULL || k->raion != NULL || k->type != NULL))
        return refuse_key(r, node, "'oblast', 'raion' and 'type' tell equal names apart: give 'name' too");
    if (k->x != NULL && t->source.crs == NULL)
        return refuse_key(r, node,
                          "in which CRS are 'x' and 'y'? Add crs: \"EPSG:4326\" to the table for degrees of "
                          "longitude and latitude");
    if (k->x == NULL && t->source.crs != NULL)
        return refuse_key(r, node, "'crs' is that of 'x' and 'y', which are not given");
    return HRM_OK;
}

static hrm_status read_key(const hrmi_reader *r, const hrmi_yaml *node, hrmi_recipe_table *t) {
    hrmi_recipe_key *const k = &t->key;
    if (node->kind == HRMI_YAML_TEXT) {
        k->code = node->text;
    } else {
        k->code = hrmi_read_text(node, "code");
        k->oblast = hrmi_read_text(node, "oblast");
        k->raion = hrmi_read_text(node, "raion");
        k->name = hrmi_read_text(node, "name");
        k->type = hrmi_read_text(node, "type");
        k->x = hrmi_read_text(node, "x");
        k->y = hrmi_read_text(node, "y");
    }
    return check_key(r, node, t);
}

/* ---- tables ---- */

/* A second row for one community means, where names tell them, that a name is wrong. */
static int32_t read_duplicates(const hrmi_yaml *map, const hrmi_recipe_key *key) {
    static const char *const words[] = {"error", "first", "last", "sum",
                                        "mean",  "hold",  NULL}; /* HRM_DUPLICATES_… */
    const char *const word = hrmi_read_text(map, "duplicates");
    if (word != NULL) return hrmi_read_word(words, word);
    return key->name != NULL && key->code == NULL ? HRM_DUPLICATES_HOLD : HRM_DUPLICATES_ERROR;
}

static hrm_status read_table(hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_table *t) {
    const hrmi_yaml *const columns = hrmi_yaml_get(map, "columns");
    hrm_status status = hrmi_read_source(r, map, &t->source);
    t->id = hrmi_read_text(map, "id");
    t->period = hrmi_read_text(map, "period");
    t->keep_totals = hrmi_read_yes(map, "keep_totals");
    t->decimal = hrmi_read_decimal(map);
    t->lookups = r->recipe->common;
    if (status == HRM_OK) status = hrmi_read_lookups(r, map, &t->lookups);
    if (status == HRM_OK) status = read_key(r, hrmi_yaml_get(map, "key"), t);
    t->duplicates = read_duplicates(map, &t->key);
    t->columns = hrmi_read_array(r, columns->count, sizeof *t->columns);
    if (t->columns == NULL) return HRM_ERROR_MEMORY;
    for (const hrmi_yaml *node = columns->first; node != NULL && status == HRM_OK; node = node->next)
        status = read_column(r, node, &t->columns[t->column_count++]);
    return status;
}

/* A text has no place on the axis of periods; and a table says its periods in one way. */
static hrm_status check_periods(const hrmi_reader *r, const hrmi_recipe_table *t) {
    for (size_t i = 0; i < t->column_count; i++) {
        const hrmi_recipe_column *const c = &t->columns[i];
        const char *why = NULL;
        if (c->is_text && (t->period != NULL || c->is_wide))
            why = "columns with periods hold numbers only, not 'type: text'";
        else if (c->is_wide && t->period != NULL)
            why = "the table says the period of each row with 'period', and here again in the heading";
        else if (c->is_wide) why = hrmi_wide_fault(c->field);
        if (why != NULL)
            return hrmi_read_fail(r, hrmi_fail(r->ctx, HRM_ERROR_RECIPE, "column '%.80s': %s", c->id, why),
                                  c->place);
    }
    return HRM_OK;
}

hrm_status hrmi_read_tables(hrmi_reader *r, const hrmi_yaml *list) {
    hrm_recipe *const recipe = r->recipe;
    hrm_status status = HRM_OK;
    recipe->tables = hrmi_read_array(r, list->count, sizeof *recipe->tables);
    if (recipe->tables == NULL) return HRM_ERROR_MEMORY;
    for (const hrmi_yaml *item = list->first; item != NULL && status == HRM_OK; item = item->next) {
        hrmi_recipe_table *const t = &recipe->tables[recipe->table_count++];
        status = read_table(r, item, t);
        if (status == HRM_OK) status = check_periods(r, t);
    }
    return status;
}

static bool has_column(const hrmi_recipe_column *columns, size_t count, const char *id, size_t length) {
    for (size_t c = 0; c < count; c++)
        if (strlen(columns[c].id) == length && memcmp(columns[c].id, id, length) == 0) return true;
    return false;
}

bool hrmi_recipe_has_column(const hrm_recipe *recipe, const char *id) {
    const size_t length = strcspn(id, "@");
    for (size_t t = 0; t < recipe->table_count; t++)
        if (has_column(recipe->tables[t].columns, recipe->tables[t].column_count, id, length)) return true;
    for (size_t a = 0; a < recipe->areas_count; a++)
        if (has_column(recipe->areas[a].columns, recipe->areas[a].column_count, id, length)) return true;
    return false;
}
