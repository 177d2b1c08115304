/*
 * Running a recipe: everything rolled up to raions and oblasts. A formula that takes something `by raion`
 * says nothing about oblasts, and neither does one that reads it: such indicators are left out of the levels
 * that are too large for them.
 */
#include "indicator/program.h"
#include "recipe/account.h"
#include "recipe/assessment.h"
#include "recipe/balance.h"

typedef struct compiled {
    hrm_formula *formula;
} compiled;

typedef struct level_list {
    hrm_indicator *indicators; /* as computed, but for the rule of those that the level is too large for */
    compiled *programs;        /* one of each */
    size_t count;
} level_list;

static hrm_status make_list(hrm_context *ctx, const hrm_assessment *a, level_list *list) {
    list->indicators = hrmi_array_new(ctx, a->indicator_count, sizeof *list->indicators);
    if (list->indicators != NULL)
        list->programs = hrmi_array_new(ctx, a->indicator_count, sizeof *list->programs);
    hrm_status status = list->programs == NULL ? HRM_ERROR_MEMORY : HRM_OK;
    for (; list->count < a->indicator_count && status == HRM_OK; list->count++) {
        list->indicators[list->count] = a->indicators[list->count];
        status = hrm_formula_compile(ctx, a->indicators[list->count].formula,
                                     &list->programs[list->count].formula);
    }
    return status;
}

static void free_list(hrm_context *ctx, level_list *list) {
    for (size_t i = 0; i < list->count; i++) hrm_formula_free(list->programs[i].formula);
    hrmi_free(ctx, list->programs);
    hrmi_free(ctx, list->indicators);
}

static bool reads_left_out(const level_list *list, size_t i) {
    for (size_t k = 0; k < hrm_formula_input_count(list->programs[i].formula); k++)
        for (size_t other = 0; other < list->count; other++)
            if (list->indicators[other].rollup == HRM_ROLLUP_NONE &&
                strcmp(list->indicators[other].id, hrm_formula_input(list->programs[i].formula, k)) == 0)
                return true;
    return false;
}

static bool is_too_fine(const hrm_formula *formula, int32_t level) {
    for (size_t k = 0; k < formula->op_count; k++)
        if (formula->ops[k].level > level) return true;
    return false;
}

/* Until nothing more is left out: there are few indicators, and chains of them are short. */
static void leave_out(level_list *list, int32_t level) {
    bool found = true;
    while (found) {
        found = false;
        for (size_t i = 0; i < list->count; i++) {
            if (list->indicators[i].rollup != HRM_ROLLUP_RECOMPUTE) continue;
            if (!is_too_fine(list->programs[i].formula, level) && !reads_left_out(list, i)) continue;
            list->indicators[i].rollup = HRM_ROLLUP_NONE;
            found = true;
        }
    }
}

static hrm_status run_level(hrmi_run *run, int32_t level, hrm_table **out) {
    hrm_assessment *const a = run->assessment;
    level_list list = {NULL, NULL, 0};
    hrmi_range outer;
    hrm_status status = hrmi_run_step(run, NULL, "rolling up", &outer);
    if (status == HRM_OK) status = make_list(run->ctx, a, &list);
    if (status == HRM_OK) {
        leave_out(&list, level);
        status = hrm_indicators_roll_up(run->ctx, a->layer, a->communities, list.indicators, list.count,
                                        level, out);
        if (status != HRM_OK && status != HRM_ERROR_MEMORY && status != HRM_ERROR_CANCELLED)
            status = hrmi_fail_in(run->ctx, status, "%s", run->recipe->name);
    }
    if (status == HRM_OK) status = hrmi_balance_levels(run->ctx, a->communities, *out);
    free_list(run->ctx, &list);
    hrmi_run_step_end(run, outer);
    return status;
}

hrm_status hrmi_run_levels(hrmi_run *run) {
    hrm_assessment *const a = run->assessment;
    if (!hrm_layer_has_levels(a->layer)) return HRM_OK;
    const hrm_status status = run_level(run, HRM_LEVEL_RAION, &a->raions);
    return status == HRM_OK ? run_level(run, HRM_LEVEL_OBLAST, &a->oblasts) : status;
}
