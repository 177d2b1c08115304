/*
 * Making a plan: reading the caller's list, compiling, finding names, and the order of computing (Kahn 1962,
 * "Topological sorting of large networks"; among those that are ready the first given comes first).
 */
#include "base/buffer.h"
#include "indicator/plan.h"
#include "table/table.h"

void hrm_indicator_init(hrm_indicator *indicator, size_t struct_size) {
    const hrm_indicator defaults = {.rollup = HRM_ROLLUP_RECOMPUTE};
    hrmi_init_struct(indicator, struct_size, &defaults, sizeof defaults);
}

/* ---- reading ---- */

static void fill_texts(hrm_indicator *i) {
    const char **const texts[] = {&i->id,         &i->code,   &i->theme,        &i->title_en,
                                  &i->title_uk,   &i->unit,   &i->formula,      &i->inputs,
                                  &i->parameters, &i->weight, &i->missing_rule, &i->source};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        if (*texts[k] == NULL) *texts[k] = "";
}

hrm_status hrmi_indicator_read(hrm_context *ctx, const hrm_indicator *indicators, size_t k,
                               hrm_indicator *out) {
    const size_t size = indicators->struct_size;
    uint32_t own_size = 0;
    const unsigned char *const at = (const unsigned char *)indicators + k * size;
    hrm_indicator_init(out, sizeof *out);
    if (size % _Alignof(hrm_indicator) != 0)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "an indicator: struct_size is %zu; prepare the struct with hrm_indicator_init()",
                         size);
    memcpy(&own_size, at, sizeof own_size);
    if (own_size != size)
        return hrmi_fail(
            ctx, HRM_ERROR_ARGUMENT,
            "indicator %zu: struct_size is %lu, and that of the first is %zu: prepare all of them with "
            "hrm_indicator_init()",
            k, (unsigned long)own_size, size);
    const hrm_status status = hrmi_read_struct(ctx, out, sizeof *out, at, "an indicator");
    fill_texts(out);
    if (status != HRM_OK || out->reserved == 0) return status;
    return hrmi_fail(ctx, HRM_ERROR_UNSUPPORTED,
                     "indicator %zu: reserved is not 0: prepare the struct with hrm_indicator_init()", k);
}

static hrm_status check_indicator(hrm_context *ctx, const hrmi_plan *plan, size_t k) {
    const hrm_indicator *const i = &plan->steps[k].indicator;
    if (i->id[0] == '\0') return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "indicator %zu has no id", k);
    if (i->formula[0] == '\0')
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "indicator %.100s has no formula", i->id);
    for (size_t other = 0; other < k; other++)
        if (strcmp(plan->steps[other].indicator.id, i->id) == 0)
            return hrmi_fail(ctx, HRM_ERROR_DUPLICATE, "two indicators have the id %.100s: rename one",
                             i->id);
    return HRM_OK;
}

/* ---- names ---- */

static size_t find_step(const hrmi_plan *plan, const char *id) {
    for (size_t k = 0; k < plan->count; k++)
        if (strcmp(plan->steps[k].indicator.id, id) == 0) return k;
    return HRM_NONE;
}

static hrm_status find_parameter(hrm_context *ctx, const hrm_indicator *indicator, const char *id,
                                 bool *found, double *number) {
    const char *at = indicator->parameters;
    hrmi_parameter p;
    bool good = true;
    *found = false;
    while (hrmi_parameter_next(&at, &p, &good)) {
        if (p.id_length != strlen(id) || memcmp(p.id, id, p.id_length) != 0) continue;
        *found = true;
        *number = p.number;
    }
    if (good) return HRM_OK;
    return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                     "a parameter is not written as \"id = number unit; since when; source\": %.100s",
                     indicator->parameters);
}

/* A column that no one has: perhaps it is another indicator, asked for by a name that is nearly right, or one
 * of the catalogue that was not asked for. */
static hrm_status fail_unknown(hrm_context *ctx, const hrmi_plan *plan, const hrmi_input *input,
                               const hrm_table *table) {
    hrmi_nearest nearest = {0};
    hrmi_series unused;
    for (size_t k = 0; k < plan->count; k++)
        hrmi_nearest_try(&nearest, input->id, plan->steps[k].indicator.id);
    if (hrm_catalogue_find(input->id) != HRM_NONE)
        return hrmi_fail(ctx, HRM_ERROR_FORMULA,
                         "character %lu: %s is an indicator of the catalogue: ask for it too",
                         (unsigned long)input->place, input->id);
    return hrmi_formula_bind(ctx, input, table, nearest, &unused);
}

static hrm_status find_source(hrm_context *ctx, const hrmi_plan *plan, size_t k, const hrmi_input *input,
                              const hrm_table *table, hrmi_source *out) {
    hrmi_series series;
    bool is_parameter = false;
    double number = 0.0;
    const hrm_status status =
        find_parameter(ctx, &plan->steps[k].indicator, input->id, &is_parameter, &number);
    const size_t step = find_step(plan, input->id);
    const size_t column = hrm_table_find(table, input->id);
    if (status != HRM_OK) return status;
    if (step != HRM_NONE) *out = (hrmi_source){HRMI_FROM_INDICATOR, step, 0.0};
    else if (column != HRM_NONE) *out = (hrmi_source){HRMI_FROM_COLUMN, column, 0.0};
    else if (is_parameter) *out = (hrmi_source){HRMI_FROM_PARAMETER, 0, number};
    else return fail_unknown(ctx, plan, input, table);
    if (out->kind != HRMI_FROM_COLUMN) return HRM_OK;
    return hrmi_formula_bind(ctx, input, table, (hrmi_nearest){0}, &series); /* is it of numbers? */
}

static hrm_status find_sources(hrm_context *ctx, const hrmi_plan *plan, size_t k, const hrm_table *table) {
    hrmi_step *const step = &plan->steps[k];
    const hrm_formula *const f = step->formula;
    step->sources = hrmi_array_new(ctx, f->input_count, sizeof *step->sources);
    if (step->sources == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < f->input_count; i++) {
        const hrm_status status = find_source(ctx, plan, k, &f->inputs[i], table, &step->sources[i]);
        if (status != HRM_OK) return status;
    }
    return HRM_OK;
}

/* ---- order ---- */

static bool is_ready(const hrmi_plan *plan, size_t k, const bool *done) {
    const hrmi_step *const step = &plan->steps[k];
    for (size_t i = 0; i < step->formula->input_count; i++)
        if (step->sources[i].kind == HRMI_FROM_INDICATOR && !done[step->sources[i].index]) return false;
    return true;
}

/* The first indicator that this one waits for. */
static size_t waits_for(const hrmi_plan *plan, size_t k, const bool *done) {
    const hrmi_step *const step = &plan->steps[k];
    for (size_t i = 0; i < step->formula->input_count; i++)
        if (step->sources[i].kind == HRMI_FROM_INDICATOR && !done[step->sources[i].index])
            return step->sources[i].index;
    return HRM_NONE;
}

/* Of the members of a circle the one that was given first. Going from one that waits to what it waits for
 * comes to a circle after at most as many steps as there are indicators, and goes round it in as many. */
static size_t find_circle(const hrmi_plan *plan, const bool *done) {
    size_t k = 0;
    while (done[k]) k++;
    for (size_t i = 0; i < plan->count; i++) k = waits_for(plan, k, done);
    size_t first = k;
    for (size_t i = 0; i < plan->count; i++) {
        k = waits_for(plan, k, done);
        if (k < first) first = k;
    }
    return first;
}

static hrm_status fail_circle(hrm_context *ctx, const hrmi_plan *plan, const bool *done) {
    const size_t start = find_circle(plan, done);
    hrmi_buffer text;
    hrm_status status = HRM_OK;
    size_t k = start;
    hrmi_buffer_init(&text, ctx);
    do {
        status = hrmi_buffer_text(ctx, &text, plan->steps[k].indicator.id);
        if (status == HRM_OK) status = hrmi_buffer_text(ctx, &text, " reads ");
        k = waits_for(plan, k, done);
    } while (k != start && status == HRM_OK);
    if (status == HRM_OK)
        status = hrmi_fail(ctx, HRM_ERROR_FORMULA, "the formulas go in a circle: %s%s", text.data,
                           plan->steps[start].indicator.id);
    hrmi_buffer_free(&text);
    return status;
}

static hrm_status find_order(hrm_context *ctx, hrmi_plan *plan) {
    bool *const done = hrmi_array_new(ctx, plan->count, sizeof *done);
    hrm_status status = HRM_OK;
    size_t ordered = 0;
    if (done == NULL) return HRM_ERROR_MEMORY;
    while (ordered < plan->count) {
        const size_t before = ordered;
        for (size_t k = 0; k < plan->count; k++) {
            if (done[k] || !is_ready(plan, k, done)) continue;
            done[k] = true;
            plan->order[ordered++] = k;
        }
        if (ordered > before) continue;
        status = fail_circle(ctx, plan, done);
        break;
    }
    hrmi_free(ctx, done);
    return status;
}

/* ---- the whole ---- */

/* Names the indicator before the text of a failure that is about its formula. */
static hrm_status in_indicator(hrm_context *ctx, hrm_status status, const hrmi_step *step) {
    if (status == HRM_OK || status == HRM_ERROR_MEMORY) return status;
    return hrmi_fail_in(ctx, status, "indicator %.100s", step->indicator.id);
}

static hrm_status make(hrm_context *ctx, const hrm_table *table, const hrm_indicator *indicators,
                       hrmi_plan *plan) {
    hrm_status status = HRM_OK;
    for (size_t k = 0; k < plan->count && status == HRM_OK; k++) {
        status = hrmi_indicator_read(ctx, indicators, k, &plan->steps[k].indicator);
        if (status == HRM_OK) status = check_indicator(ctx, plan, k);
    }
    for (size_t k = 0; k < plan->count && status == HRM_OK; k++) {
        hrmi_step *const step = &plan->steps[k];
        status = in_indicator(ctx, hrm_formula_compile(ctx, step->indicator.formula, &step->formula), step);
    }
    for (size_t k = 0; k < plan->count && status == HRM_OK; k++)
        status = in_indicator(ctx, find_sources(ctx, plan, k, table), &plan->steps[k]);
    return status == HRM_OK ? find_order(ctx, plan) : status;
}

hrm_status hrmi_plan_make(hrm_context *ctx, const hrm_table *table, const hrm_indicator *indicators,
                          size_t count, hrmi_plan *out) {
    hrm_status status = HRM_ERROR_MEMORY;
    hrmi_plan plan = {0};
    plan.steps = hrmi_array_new(ctx, count, sizeof *plan.steps);
    if (plan.steps != NULL) plan.order = hrmi_array_new(ctx, count, sizeof *plan.order);
    if (plan.steps != NULL && plan.order != NULL) {
        plan.count = count;
        status = make(ctx, table, indicators, &plan);
    }
    if (status != HRM_OK) hrmi_plan_free(ctx, &plan);
    *out = plan;
    return status;
}

void hrmi_plan_free(hrm_context *ctx, hrmi_plan *plan) {
    for (size_t k = 0; k < plan->count; k++) {
        hrm_formula_free(plan->steps[k].formula);
        hrmi_free(ctx, plan->steps[k].sources);
    }
    hrmi_free(ctx, plan->steps);
    hrmi_free(ctx, plan->order);
    memset(plan, 0, sizeof *plan);
}
