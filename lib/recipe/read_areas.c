/* From the checked tree to the recipe in memory: areas, whose values are brought to the communities. */
#include "base/number.h"
#include "hromada/areal.h"
#include "recipe/read.h"
#include "recipe/units.h"

/* What adds up over parts of an area adds up over communities; what does not has no rule of its own. */
static hrm_status read_column(hrmi_reader *r, const hrmi_yaml *node, hrmi_recipe_column *c, int32_t *kind) {
    static const char *const kinds[] = {"extensive", "intensive", NULL}; /* HRM_AREAL_… − 1 */
    const char *const rollup = hrmi_read_text(node, "rollup");
    *kind = HRM_AREAL_EXTENSIVE + hrmi_read_word(kinds, hrmi_read_text(node, "kind"));
    c->place = node->key_place;
    c->id = node->key;
    c->field = hrmi_read_text(node, "field");
    c->given_unit = hrmi_read_text(node, "unit");
    c->unit = c->given_unit != NULL ? c->given_unit : "";
    c->scale = 1.0;
    if (c->given_unit != NULL && hrmi_yaml_get(node, "scale") == NULL)
        c->scale = hrmi_unit_multiple(c->given_unit, &c->unit);
    c->is_doubtful_unit = c->scale == 1.0 && hrmi_unit_is_doubtful(c->unit);
    c->direction = hrmi_read_direction(node);
    c->weight = hrmi_read_text(node, "weight");
    hrmi_read_texts(node, "title", c->title);
    c->rollup_assumed = rollup == NULL;
    if (rollup != NULL) c->rollup = hrmi_read_rollup(rollup);
    else c->rollup = *kind == HRM_AREAL_EXTENSIVE ? HRM_ROLLUP_SUM : HRM_ROLLUP_NONE;
    if ((c->rollup == HRM_ROLLUP_MEAN) != (c->weight != NULL))
        return hrmi_read_fail(r,
                              hrmi_fail(r->ctx, HRM_ERROR_RECIPE,
                                        "column '%.80s': 'rollup: mean' and 'weight: <column>' go together",
                                        c->id),
                              node->place);
    const hrm_status status = hrmi_read_column_id(r, c->id, c->place);
    return status == HRM_OK ? hrmi_read_scale(r, node, &c->scale) : status;
}

static hrm_status read_columns(hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_areas *a) {
    hrm_status status = HRM_OK;
    a->columns = hrmi_read_array(r, map->count, sizeof *a->columns);
    a->kinds = hrmi_read_array(r, map->count, sizeof *a->kinds);
    if (a->columns == NULL || a->kinds == NULL) return HRM_ERROR_MEMORY;
    for (const hrmi_yaml *node = map->first; node != NULL && status == HRM_OK; node = node->next) {
        status = read_column(r, node, &a->columns[a->column_count], &a->kinds[a->column_count]);
        a->column_count++;
    }
    return status;
}

static hrm_status read_weights(const hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_areas *a) {
    if (map == NULL) return HRM_OK;
    const hrm_status status = hrmi_read_source(r, map, &a->weights);
    a->x = hrmi_read_text(map, "x");
    a->y = hrmi_read_text(map, "y");
    a->weight = hrmi_read_text(map, "weight");
    a->weights_decimal = hrmi_read_decimal(map);
    a->fall_back_to_area = hrmi_read_yes(map, "fall_back_to_area");
    if (status != HRM_OK || (a->x == NULL) == (a->y == NULL)) return status;
    return hrmi_read_fail(
        r, hrmi_fail(r->ctx, HRM_ERROR_RECIPE, "'x' and 'y' go together: give both, or neither"), map->place);
}

static hrm_status read_least(const hrmi_reader *r, const hrmi_yaml *map, double *share) {
    const hrmi_yaml *const node = hrmi_yaml_get(map, "least_covered_share");
    if (node == NULL) return HRM_OK;
    (void)hrmi_number_read(node->text, strlen(node->text), share);
    if (*share >= 0.0 && *share <= 1.0) return HRM_OK;
    return hrmi_read_fail(
        r, hrmi_fail(r->ctx, HRM_ERROR_RECIPE, "'least_covered_share' is a share, from 0 to 1"), node->place);
}

static hrm_status read_one(hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_areas *a) {
    const char *const gaps = hrmi_read_text(map, "gaps");
    hrm_status status = hrmi_read_source(r, map, &a->source);
    a->decimal = hrmi_read_decimal(map);
    a->share_gaps = gaps != NULL && strcmp(gaps, "share") == 0;
    if (status == HRM_OK) status = read_least(r, map, &a->least_covered_share);
    if (status == HRM_OK) status = read_columns(r, hrmi_yaml_get(map, "columns"), a);
    return status == HRM_OK ? read_weights(r, hrmi_yaml_get(map, "weights"), a) : status;
}

hrm_status hrmi_read_areas(hrmi_reader *r, const hrmi_yaml *root) {
    const hrmi_yaml *const list = hrmi_yaml_get(root, "areas");
    hrm_recipe *const recipe = r->recipe;
    hrm_status status = HRM_OK;
    if (list == NULL) return HRM_OK;
    recipe->areas = hrmi_read_array(r, list->count, sizeof *recipe->areas);
    if (recipe->areas == NULL) return HRM_ERROR_MEMORY;
    for (const hrmi_yaml *item = list->first; item != NULL && status == HRM_OK; item = item->next)
        status = read_one(r, item, &recipe->areas[recipe->areas_count++]);
    return status;
}
