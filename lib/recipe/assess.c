/*
 * Running a recipe: the steps in their order, and what they share. Each step has a file of its own
 * (assess_*.c).
 */
#include "recipe/account.h"
#include "recipe/assessment.h"
#include "recipe/paths.h"

/* ---- what the steps share ---- */

const char *hrmi_run_short_path(const hrmi_run *run, const char *path) {
    const char *const folder = run->recipe->folder;
    const size_t length = strlen(folder);
    if (length == 0 || strncmp(path, folder, length) != 0) return path;
    return path[length] == '/' ? path + length + 1 : path;
}

/* Messages begin with the path that was opened: the account has it as the recipe does. */
static void keep_warning(int32_t level, const char *message, void *user) {
    hrmi_run *const run = user;
    hrmi_warning warning = {run->about, NULL};
    message = hrmi_run_short_path(run, message);
    if (level != HRM_LOG_WARNING || run->warning_status != HRM_OK) return;
    run->warning_status = hrmi_array_grow(run->ctx, &run->warnings, &run->warning_capacity,
                                          run->warning_count + 1, sizeof *run->warnings);
    if (run->warning_status != HRM_OK) return;
    warning.text = hrmi_arena_text(run->ctx, &run->assessment->arena, message, strlen(message));
    if (warning.text == NULL) run->warning_status = HRM_ERROR_MEMORY;
    else run->warnings[run->warning_count++] = warning;
}

hrm_status hrmi_run_step(hrmi_run *run, const char *about, const char *what, hrmi_range *outer) {
    const double width = 1.0 / (double)run->step_count;
    const double low = (double)run->step * width;
    run->about = about;
    *outer = hrmi_progress_part(run->ctx, low, low + width < 1.0 ? low + width : 1.0);
    if (run->step + 1 < run->step_count) run->step++;
    return hrmi_progress(run->ctx, 0.0, what);
}

void hrmi_run_step_end(hrmi_run *run, hrmi_range outer) {
    hrmi_progress_restore(run->ctx, outer);
    run->about = NULL;
}

hrm_status hrmi_run_source(hrmi_run *run, const hrmi_recipe_source *from, hrm_source *out) {
    hrm_source_init(out, sizeof *out);
    out->layer = from->layer;
    out->where = from->where;
    out->crs = from->crs;
    out->encoding = from->encoding;
    out->sql = from->sql;
    out->header_row = from->header_row;
    out->header_rows = from->header_rows;
    out->allow_server = run->recipe->allow_server ? 1 : 0;
    return hrmi_path_resolve(run->ctx, &run->assessment->arena, run->recipe->folder, from->path, &out->path);
}

/* Whether the text of a failure begins with its place in the recipe already. */
static bool has_place(const hrmi_run *run) {
    static const char behind[] = ", line ";
    const char *const text = hrm_error_message(run->ctx);
    const size_t length = strlen(run->recipe->name);
    return strncmp(text, run->recipe->name, length) == 0 &&
           strncmp(text + length, behind, sizeof behind - 1) == 0;
}

hrm_status hrmi_run_fail(const hrmi_run *run, hrm_status status, hrmi_place place) {
    if (status == HRM_OK || status == HRM_ERROR_MEMORY || status == HRM_ERROR_CANCELLED) return status;
    if (has_place(run)) return status;
    return hrmi_recipe_fail_at(run->ctx, status, run->recipe, place);
}

hrm_assessment_input_info *hrmi_run_input(hrmi_run *run, int32_t kind, const hrmi_recipe_source *source) {
    hrm_assessment_input_info *const input = &run->assessment->inputs[run->assessment->input_count++];
    input->struct_size = (uint32_t)sizeof *input;
    input->kind = kind;
    input->source = source->path;
    return input;
}

hrm_status hrmi_run_note(hrmi_run *run, const hrmi_recipe_source *source, const char *what,
                         const char **out) {
    hrmi_buffer text;
    hrmi_buffer_init(&text, run->ctx);
    hrm_status status = hrmi_buffer_text(run->ctx, &text, source->path);
    if (status == HRM_OK && what != NULL) status = hrmi_buffer_text(run->ctx, &text, ": ");
    if (status == HRM_OK && what != NULL) status = hrmi_buffer_text(run->ctx, &text, what);
    if (status == HRM_OK && source->note != NULL) status = hrmi_buffer_text(run->ctx, &text, ". ");
    if (status == HRM_OK && source->note != NULL) status = hrmi_buffer_text(run->ctx, &text, source->note);
    if (status == HRM_OK) {
        *out = hrmi_arena_text(run->ctx, &run->assessment->arena, text.data, text.length);
        if (*out == NULL) status = HRM_ERROR_MEMORY;
    }
    hrmi_buffer_free(&text);
    return status;
}

hrm_status hrmi_run_copy_columns(hrmi_run *run, const hrm_table *from, const char *source, hrm_table *to) {
    hrm_status status = HRM_OK;
    for (size_t c = 0; c < hrm_table_column_count(from) && status == HRM_OK; c++) {
        hrm_column_info info;
        hrm_column_info_init(&info, sizeof info);
        (void)hrm_table_column(from, c, &info);
        if (source != NULL) info.source = source;
        status =
            hrm_table_add(run->ctx, to, &info, hrm_table_values(from, c), hrm_table_missing(from, c), NULL);
    }
    return status;
}

/* ---- the whole run ---- */

/* What of the recipe outlives it. */
static hrm_status take_outputs(hrmi_run *run) {
    const hrm_recipe *const recipe = run->recipe;
    hrm_assessment *const a = run->assessment;
    hrm_status status = hrmi_path_resolve(run->ctx, &a->arena, recipe->home, "output", &a->folder);
    a->outputs = hrmi_arena_new(run->ctx, &a->arena, recipe->output_count, sizeof *a->outputs);
    if (status != HRM_OK || a->outputs == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < recipe->output_count; i++) {
        const char *const name = recipe->outputs[i].file;
        hrmi_recipe_output *const o = &a->outputs[a->output_count];
        o->file = hrmi_arena_text(run->ctx, &a->arena, name, strlen(name));
        if (o->file == NULL) return HRM_ERROR_MEMORY;
        o->reasons = recipe->outputs[i].reasons;
        o->is_geopackage = recipe->outputs[i].is_geopackage;
        a->output_count++;
    }
    return HRM_OK;
}

/* How many inputs and steps there will be; files of patterns are looked up now, so a wrong name is told at
 * once. */
static hrm_status prepare(hrmi_run *run) {
    const hrm_recipe *const recipe = run->recipe;
    hrm_assessment *const a = run->assessment;
    size_t references = 0;
    const hrm_status status = hrmi_run_count_proximity(run, &references);
    if (status != HRM_OK) return status;
    const size_t inputs = 1 + recipe->lookup_count + recipe->table_count + references + recipe->points_count +
                          recipe->areas_count + recipe->projects_count;
    run->step_count = inputs + 3; /* indicators, raions, oblasts */
    a->inputs = hrmi_arena_new(run->ctx, &a->arena, inputs, sizeof *a->inputs);
    return a->inputs == NULL ? HRM_ERROR_MEMORY : take_outputs(run);
}

/* A part of the account that is a list of inputs. */
static hrm_status run_list(hrmi_run *run, const char *key, hrm_status (*steps)(hrmi_run *)) {
    hrmi_account_list(run, key);
    hrm_status status = hrmi_json_status(&run->json);
    if (status == HRM_OK) status = steps(run);
    hrmi_account_list_end(run);
    return status == HRM_OK ? hrmi_json_status(&run->json) : status;
}

/* The paths that the summary shows must outlive the recipe. */
static hrm_status keep_paths(hrmi_run *run) {
    hrm_assessment *const a = run->assessment;
    for (size_t i = 0; i < a->input_count; i++) {
        const char *const path = a->inputs[i].source;
        a->inputs[i].source = hrmi_arena_text(run->ctx, &a->arena, path, strlen(path));
        if (a->inputs[i].source == NULL) return HRM_ERROR_MEMORY;
    }
    return HRM_OK;
}

static hrm_status run_all(hrmi_run *run) {
    hrm_status status = prepare(run);
    if (status == HRM_OK) status = hrmi_account_begin(run);
    if (status == HRM_OK) status = run_list(run, "lookups", hrmi_run_lookups);
    if (status == HRM_OK) status = hrmi_run_communities(run);
    if (status == HRM_OK) status = run_list(run, "tables", hrmi_run_tables);
    if (status == HRM_OK) status = run_list(run, "proximity", hrmi_run_proximity);
    if (status == HRM_OK) status = run_list(run, "points", hrmi_run_points);
    if (status == HRM_OK) status = run_list(run, "areas", hrmi_run_areas);
    if (status == HRM_OK) status = run_list(run, "projects", hrmi_run_projects);
    if (status == HRM_OK) status = hrmi_run_indicators(run);
    if (status == HRM_OK) status = hrmi_run_levels(run);
    if (status == HRM_OK) status = keep_paths(run);
    if (status == HRM_OK && run->warning_status != HRM_OK) status = hrmi_fail_memory(run->ctx);
    if (status == HRM_OK) status = hrmi_account_results(run);
    return status;
}

/* The text of an account that was never written ends here; one that is written goes on with its outputs. */
static hrm_status close_account(hrmi_run *run) {
    run->assessment->account_length = run->assessment->account.length;
    hrmi_json_end_object(&run->json);
    return hrmi_json_status(&run->json);
}

hrm_status hrm_assess(hrm_context *ctx, const hrm_recipe *recipe, hrm_assessment **out) {
    hrmi_run run;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_assess: out is NULL");
    *out = NULL;
    if (recipe == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_assess: the recipe is NULL");
    hrm_assessment *a = hrmi_array_new(ctx, 1, sizeof *a);
    if (a == NULL) return HRM_ERROR_MEMORY;
    a->allocator = *hrmi_allocator(ctx);
    hrmi_arena_init(&a->arena, ctx);
    hrmi_buffer_init(&a->account, ctx);
    memset(&run, 0, sizeof run);
    run.ctx = ctx;
    run.recipe = recipe;
    run.assessment = a;
    hrmi_json_init(&run.json, ctx, &a->account);
    hrmi_set_tap(ctx, keep_warning, &run);
    hrm_status status = run_all(&run);
    hrmi_set_tap(ctx, NULL, NULL);
    if (status == HRM_OK) status = close_account(&run);
    if (status == HRM_OK) status = hrmi_progress(ctx, 1.0, "done");
    hrmi_run_free_lookups(&run);
    hrmi_free(ctx, run.warnings);
    if (status == HRM_OK) {
        *out = a;
        a = NULL;
    }
    hrm_assessment_free(a);
    return status;
}

/* ---- what came out ---- */

void hrm_assessment_free(hrm_assessment *assessment) {
    if (assessment == NULL) return;
    const hrm_allocator allocator = assessment->allocator;
    hrm_table_free(assessment->oblasts);
    hrm_table_free(assessment->raions);
    hrm_table_free(assessment->communities);
    hrm_layer_free(assessment->layer);
    hrmi_buffer_free(&assessment->account);
    hrmi_arena_free(&assessment->arena);
    hrmi_release(&allocator, assessment);
}

const hrm_layer *hrm_assessment_layer(const hrm_assessment *assessment) {
    return assessment->layer;
}

const hrm_table *hrm_assessment_table(const hrm_assessment *assessment, int32_t level) {
    switch (level) {
    case HRM_LEVEL_COMMUNITY:
        return assessment->communities;
    case HRM_LEVEL_RAION:
        return assessment->raions;
    case HRM_LEVEL_OBLAST:
        return assessment->oblasts;
    default:
        return NULL;
    }
}

size_t hrm_assessment_indicator_count(const hrm_assessment *assessment) {
    return assessment->indicator_count;
}

bool hrm_assessment_indicator(const hrm_assessment *assessment, size_t i, hrm_indicator *out) {
    if (i >= assessment->indicator_count) return false;
    return hrmi_give_struct(out, &assessment->indicators[i], sizeof assessment->indicators[i]);
}

size_t hrm_assessment_input_count(const hrm_assessment *assessment) {
    return assessment->input_count;
}

bool hrm_assessment_input(const hrm_assessment *assessment, size_t i, hrm_assessment_input_info *out) {
    if (i >= assessment->input_count) return false;
    return hrmi_give_struct(out, &assessment->inputs[i], sizeof assessment->inputs[i]);
}

const char *hrm_assessment_account(const hrm_assessment *assessment) {
    return assessment->account.data;
}
