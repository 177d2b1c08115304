/* From the checked tree to the recipe in memory: proximity and points. */
#include "recipe/read.h"
#include "recipe/units.h"

static hrm_status read_proximity(hrmi_reader *r, const hrmi_yaml *list) {
    hrm_recipe *const recipe = r->recipe;
    hrm_status status = HRM_OK;
    recipe->proximity = hrmi_read_array(r, list->count, sizeof *recipe->proximity);
    if (recipe->proximity == NULL) return HRM_ERROR_MEMORY;
    for (const hrmi_yaml *item = list->first; item != NULL && status == HRM_OK; item = item->next) {
        hrmi_recipe_proximity *const p = &recipe->proximity[recipe->proximity_count++];
        const hrmi_yaml *const id = hrmi_yaml_get(item, "id");
        p->id = id->text;
        hrmi_read_texts(item, "title", p->title);
        status = hrmi_read_source(r, item, &p->source);
        if (status == HRM_OK) status = hrmi_read_id(r, id->text, id->place);
    }
    return status;
}

hrm_status hrmi_read_covers(const hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_covers *out) {
    const hrmi_yaml *const node = hrmi_yaml_get(map, "covers");
    out->place = node != NULL ? node->place : map->place;
    out->assumed = node == NULL;
    out->kind = HRMI_COVERS_ALL;
    if (node == NULL || (node->kind == HRMI_YAML_TEXT && strcmp(node->text, "all") == 0)) return HRM_OK;
    if (node->kind == HRMI_YAML_TEXT) {
        out->kind = HRMI_COVERS_LISTED;
        if (strcmp(node->text, "listed") == 0) return HRM_OK;
        return hrmi_read_fail(
            r,
            hrmi_fail(r->ctx, HRM_ERROR_RECIPE,
                      "'covers' is '%.40s'; it can be all, listed, or a list of codes: [UA05, UA0502]",
                      node->text),
            node->place);
    }
    out->kind = HRMI_COVERS_CODES;
    out->codes = hrmi_read_array(r, node->count, sizeof *out->codes);
    if (out->codes == NULL) return HRM_ERROR_MEMORY;
    for (const hrmi_yaml *item = node->first; item != NULL; item = item->next)
        out->codes[out->code_count++] = item->text;
    return HRM_OK;
}

static hrm_status read_sum(const hrmi_reader *r, const hrmi_yaml *item, hrmi_recipe_points *p) {
    const size_t i = p->sum_count++;
    const char *const unit = item->kind == HRMI_YAML_MAP ? hrmi_read_text(item, "unit") : NULL;
    const char *const id = item->kind == HRMI_YAML_MAP ? hrmi_read_text(item, "id") : NULL;
    p->fields[i] = item->kind == HRMI_YAML_MAP ? hrmi_read_text(item, "field") : item->text;
    p->sums[i] = id != NULL ? id : p->fields[i];
    p->units[i] = unit != NULL ? unit : "";
    p->scales[i] = 1.0;
    if (item->kind != HRMI_YAML_MAP) return HRM_OK;
    if (unit != NULL && hrmi_yaml_get(item, "scale") == NULL)
        p->scales[i] = hrmi_unit_multiple(unit, &p->units[i]);
    return hrmi_read_scale(r, item, &p->scales[i]);
}

static hrm_status read_sums(const hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_points *p) {
    const hrmi_yaml *const list = hrmi_yaml_get(map, "sum");
    hrm_status status = HRM_OK;
    if (list == NULL) return HRM_OK;
    p->sums = hrmi_read_array(r, list->count, sizeof *p->sums);
    p->fields = hrmi_read_array(r, list->count, sizeof *p->fields);
    p->units = hrmi_read_array(r, list->count, sizeof *p->units);
    p->scales = hrmi_read_array(r, list->count, sizeof *p->scales);
    if (p->sums == NULL || p->fields == NULL || p->units == NULL || p->scales == NULL)
        return HRM_ERROR_MEMORY;
    for (const hrmi_yaml *item = list->first; item != NULL && status == HRM_OK; item = item->next)
        status = read_sum(r, item, p);
    return status;
}

static hrm_status read_one_points(hrmi_reader *r, const hrmi_yaml *map, hrmi_recipe_points *p) {
    const hrmi_yaml *const id = hrmi_yaml_get(map, "id");
    hrm_status status = hrmi_read_source(r, map, &p->source);
    if (status == HRM_OK) status = hrmi_read_id(r, id->text, id->place);
    if (status == HRM_OK) status = hrmi_read_covers(r, map, &p->covers);
    if (status != HRM_OK) return status;
    p->id = id->text;
    p->x = hrmi_read_text(map, "x");
    p->y = hrmi_read_text(map, "y");
    p->by = hrmi_read_text(map, "by");
    p->decimal = hrmi_read_decimal(map);
    hrmi_read_texts(map, "title", p->title);
    if ((p->x == NULL) != (p->y == NULL))
        return hrmi_read_fail(
            r, hrmi_fail(r->ctx, HRM_ERROR_RECIPE, "'x' and 'y' go together: give both, or neither"),
            map->place);
    return read_sums(r, map, p);
}

static hrm_status read_points(hrmi_reader *r, const hrmi_yaml *list) {
    hrm_recipe *const recipe = r->recipe;
    hrm_status status = HRM_OK;
    recipe->points = hrmi_read_array(r, list->count, sizeof *recipe->points);
    if (recipe->points == NULL) return HRM_ERROR_MEMORY;
    for (const hrmi_yaml *item = list->first; item != NULL && status == HRM_OK; item = item->next)
        status = read_one_points(r, item, &recipe->points[recipe->points_count++]);
    return status;
}

hrm_status hrmi_read_measures(hrmi_reader *r, const hrmi_yaml *root) {
    const hrmi_yaml *const proximity = hrmi_yaml_get(root, "proximity");
    const hrmi_yaml *const points = hrmi_yaml_get(root, "points");
    hrm_status status = HRM_OK;
    if (proximity != NULL) status = read_proximity(r, proximity);
    if (status == HRM_OK && points != NULL) status = read_points(r, points);
    return status;
}
