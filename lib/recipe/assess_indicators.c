/* Running a recipe: the indicators of the communities. */
#include "indicator/plan.h"
#include "recipe/account.h"
#include "recipe/assessment.h"

/* Room for the recipe's own list, and for all of the catalogue. */
static hrm_status make_room(hrmi_run *run) {
    hrm_assessment *const a = run->assessment;
    const size_t most = run->recipe->indicator_count + hrm_catalogue_count();
    a->indicators = hrmi_arena_new(run->ctx, &a->arena, most, sizeof *a->indicators);
    return a->indicators == NULL ? HRM_ERROR_MEMORY : HRM_OK;
}

static hrm_status copy_text(hrmi_run *run, const char **text) {
    const char *const from = *text != NULL ? *text : "";
    *text = hrmi_arena_text(run->ctx, &run->assessment->arena, from, strlen(from));
    return *text == NULL ? HRM_ERROR_MEMORY : HRM_OK;
}

/* The assessment outlives the recipe, so it has texts of its own. */
static hrm_status append(hrmi_run *run, const hrm_indicator *indicator) {
    hrm_assessment *const a = run->assessment;
    hrm_indicator copy = *indicator;
    const char **const texts[] = {&copy.id,       &copy.code,         &copy.theme,   &copy.title_en,
                                  &copy.title_uk, &copy.unit,         &copy.formula, &copy.inputs,
                                  &copy.weight,   &copy.missing_rule, &copy.source};
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && status == HRM_OK; i++)
        status = copy_text(run, texts[i]);
    if (status == HRM_OK) a->indicators[a->indicator_count++] = copy;
    return status;
}

static bool is_known(const hrm_assessment *a, const char *id) {
    if (hrm_table_find(a->communities, id) != HRM_NONE) return true;
    for (size_t i = 0; i < a->indicator_count; i++)
        if (strcmp(a->indicators[i].id, id) == 0) return true;
    return false;
}

/* Whether an indicator has a parameter of this name. */
static bool is_parameter(const hrm_indicator *indicator, const char *id) {
    const char *at = indicator->parameters != NULL ? indicator->parameters : "";
    hrmi_parameter parameter;
    bool good = true;
    while (hrmi_parameter_next(&at, &parameter, &good) && good)
        if (strlen(id) == parameter.id_length && memcmp(id, parameter.id, parameter.id_length) == 0)
            return true;
    return false;
}

static hrm_status has_inputs(hrmi_run *run, const hrm_indicator *indicator, bool *has) {
    hrm_formula *formula = NULL;
    const hrm_status status = hrm_formula_compile(run->ctx, indicator->formula, &formula);
    *has = status == HRM_OK;
    for (size_t i = 0; *has && i < hrm_formula_input_count(formula); i++)
        *has = is_known(run->assessment, hrm_formula_input(formula, i)) ||
               is_parameter(indicator, hrm_formula_input(formula, i));
    hrm_formula_free(formula);
    return status;
}

/* `indicators: all`: what can be computed from the columns, then what can be computed from that, and so on.
 */
static hrm_status add_computable(hrmi_run *run) {
    hrm_status status = HRM_OK;
    bool found = run->recipe->all_indicators;
    while (found && status == HRM_OK) {
        found = false;
        for (size_t i = 0; i < hrm_catalogue_count() && status == HRM_OK; i++) {
            hrm_indicator indicator;
            bool has = false;
            hrm_indicator_init(&indicator, sizeof indicator);
            (void)hrm_catalogue_indicator(i, &indicator);
            if (is_known(run->assessment, indicator.id)) continue;
            status = has_inputs(run, &indicator, &has);
            if (status == HRM_OK && has) status = append(run, &indicator);
            if (has) found = true;
        }
    }
    return status;
}

/* ---- units ---- */

static bool same_unit(const char *unit, const hrmi_described *wanted) {
    const size_t length = wanted->unit_length;
    if (unit[0] == '\0' || length == 0) return true; /* not said */
    if (strncmp(unit, wanted->unit, length) != 0) return false;
    return unit[length] == '\0' || strncmp(unit + length, " of ", 4) == 0; /* "UAH of 2015" is UAH */
}

/* The catalogue says in which unit it wants each input; a column that says otherwise is worth a warning. */
static void compare_units(hrmi_run *run, const hrm_indicator *indicator) {
    const hrm_table *const table = run->assessment->communities;
    const char *at = indicator->inputs;
    hrmi_described wanted;
    bool good = true;
    while (hrmi_described_next(&at, &wanted, &good) && good) {
        char id[256];
        hrm_column_info info;
        if (wanted.id_length >= sizeof id) continue;
        memcpy(id, wanted.id, wanted.id_length);
        id[wanted.id_length] = '\0';
        hrm_column_info_init(&info, sizeof info);
        if (!hrm_table_column(table, hrm_table_find(table, id), &info) || same_unit(info.unit, &wanted))
            continue;
        hrmi_log(run->ctx, HRM_LOG_WARNING, "%s reads %s in %.*s, and the recipe says that it is in %s",
                 indicator->id, id, (int)wanted.unit_length, wanted.unit, info.unit);
    }
}

hrm_status hrmi_run_indicators(hrmi_run *run) {
    const hrm_recipe *const recipe = run->recipe;
    hrm_assessment *const a = run->assessment;
    hrmi_range outer;
    hrm_status status = hrmi_run_step(run, NULL, "computing indicators", &outer);
    if (status == HRM_OK) status = make_room(run);
    for (size_t i = 0; i < recipe->indicator_count && status == HRM_OK; i++)
        status = append(run, &recipe->indicators[i].indicator);
    if (status == HRM_OK) status = add_computable(run);
    if (status == HRM_OK)
        status =
            hrm_indicators_compute(run->ctx, a->layer, a->communities, a->indicators, a->indicator_count);
    status = hrmi_run_fail(run, status, recipe->indicators_place);
    for (size_t i = 0; i < a->indicator_count && status == HRM_OK; i++) compare_units(run, &a->indicators[i]);
    hrmi_run_step_end(run, outer);
    return status;
}
