/*
 * From the checked tree to the recipe in memory: what to write. The format follows from the file's extension.
 */
#include "recipe/read.h"

/* In capitals or not: `end` is in small letters. */
static bool ends_with(const char *text, const char *end) {
    const size_t length = strlen(text);
    const size_t end_length = strlen(end);
    if (length <= end_length) return false;
    for (size_t i = 0; i < end_length; i++) {
        const char c = text[length - end_length + i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != end[i]) return false;
    }
    return true;
}

static hrm_status refuse(const hrmi_reader *r, hrm_status status, const hrmi_recipe_output *o,
                         const char *why) {
    return hrmi_read_fail(r, hrmi_fail(r->ctx, status, "output '%.80s': %s", o->file, why), o->place);
}

static hrm_status check_output(const hrmi_reader *r, hrmi_recipe_output *o) {
    const hrm_recipe *const recipe = r->recipe;
    if (o->file[0] == '.' || strpbrk(o->file, "/\\:") != NULL)
        return refuse(r, HRM_ERROR_RECIPE, o,
                      "a file's name only; the folder is chosen where the recipe is run");
    if (strcmp(o->file, "account.json") == 0)
        return refuse(r, HRM_ERROR_RECIPE, o, "it is always written; leave it out");
    for (const hrmi_recipe_output *other = recipe->outputs; other != o; other++)
        if (strcmp(other->file, o->file) == 0) return refuse(r, HRM_ERROR_RECIPE, o, "named twice");
    o->is_geopackage = ends_with(o->file, ".gpkg");
    if (o->is_geopackage || ends_with(o->file, ".csv")) return HRM_OK;
    if (ends_with(o->file, ".html"))
        return refuse(r, HRM_ERROR_UNSUPPORTED, o, "pages are not in this version yet: leave it out");
    return refuse(r, HRM_ERROR_RECIPE, o, "unknown format; it can end in .gpkg or .csv");
}

hrm_status hrmi_read_outputs(hrmi_reader *r, const hrmi_yaml *root) {
    static const char *const defaults[] = {"indicators.gpkg", "indicators.csv"};
    hrm_recipe *const recipe = r->recipe;
    const hrmi_yaml *const list = hrmi_yaml_get(root, "output");
    hrm_status status = HRM_OK;
    const size_t count = list != NULL ? list->count : 2;
    recipe->outputs = hrmi_read_array(r, count, sizeof *recipe->outputs);
    if (recipe->outputs == NULL) return HRM_ERROR_MEMORY;
    if (list == NULL) {
        recipe->outputs[0].file = defaults[0];
        recipe->outputs[0].is_geopackage = true;
        recipe->outputs[1].file = defaults[1];
        recipe->output_count = count;
    }
    for (const hrmi_yaml *item = list != NULL ? list->first : NULL; item != NULL && status == HRM_OK;
         item = item->next) {
        hrmi_recipe_output *const o = &recipe->outputs[recipe->output_count++];
        o->place = item->place;
        o->file = item->kind == HRMI_YAML_TEXT ? item->text : hrmi_read_text(item, "file");
        o->reasons = item->kind == HRMI_YAML_MAP && hrmi_read_yes(item, "reasons");
        status = check_output(r, o);
    }
    return status;
}
