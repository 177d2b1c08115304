/* The list of projects: lines are copied in, and texts that recur are kept once. */
#include "measure/projects.h"
#include "base/utf8.h"
#include "table/id.h"

static const char *const actor_names[HRMI_ACTOR_COUNT] = {
    "unknown", "state", "local", "international", "private", "people",
};

int32_t hrm_actor_from_name(const char *name) {
    for (int32_t actor = HRM_ACTOR_STATE; name != NULL && actor < HRMI_ACTOR_COUNT; actor++)
        if (strcmp(name, actor_names[actor]) == 0) return actor;
    return -1;
}

const char *hrm_actor_name(int32_t actor) {
    return actor >= 0 && actor < HRMI_ACTOR_COUNT ? actor_names[actor] : NULL;
}

void hrm_project_init(hrm_project *project, size_t struct_size) {
    const hrm_project defaults = {.amount = NAN};
    hrmi_init_struct(project, struct_size, &defaults, sizeof defaults);
}

void hrm_projects_options_init(hrm_projects_options *options, size_t struct_size) {
    hrmi_init_struct(options, struct_size, NULL, sizeof *options);
}

hrm_status hrm_projects_new(hrm_context *ctx, const hrm_projects_options *options, hrm_projects **out) {
    hrm_projects_options known;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_projects_new: out is NULL");
    *out = NULL;
    hrm_projects_options_init(&known, sizeof known);
    const hrm_status status = hrmi_read_struct(ctx, &known, sizeof known, options, "hrm_projects_options");
    if (status != HRM_OK) return status;
    if (known.reserved != 0) return hrmi_fail_reserved(ctx, "hrm_projects_options");
    const char *const unit = known.unit;
    const char *const source = known.source != NULL ? known.source : "the projects";
    if (unit == NULL || unit[0] == '\0')
        return hrmi_fail(
            ctx, HRM_ERROR_ARGUMENT,
            "hrm_projects_new: no unit: say which currency, and prices of which year, amounts are in");
    if (hrmi_utf8_first_invalid(unit, strlen(unit)) != strlen(unit) ||
        hrmi_utf8_first_invalid(source, strlen(source)) != strlen(source))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_projects_new: the unit or the source is not UTF-8");
    hrm_projects *const p = hrmi_array_new(ctx, 1, sizeof *p);
    if (p == NULL) return HRM_ERROR_MEMORY;
    p->allocator = *hrmi_allocator(ctx);
    hrmi_arena_init(&p->texts, ctx);
    hrmi_labels_init(&p->ids, ctx);
    hrmi_labels_init(&p->codes, ctx);
    hrmi_labels_init(&p->sectors, ctx);
    hrmi_labels_init(&p->periods, ctx);
    p->unit = hrmi_arena_text(ctx, &p->texts, unit, strlen(unit));
    p->source = hrmi_arena_text(ctx, &p->texts, source, strlen(source));
    if (p->unit == NULL || p->source == NULL) {
        hrm_projects_free(p);
        return HRM_ERROR_MEMORY;
    }
    *out = p;
    return HRM_OK;
}

void hrm_projects_free(hrm_projects *p) {
    if (p == NULL) return;
    const hrm_allocator allocator = p->allocator;
    hrmi_labels_free(&p->ids);
    hrmi_labels_free(&p->codes);
    hrmi_labels_free(&p->sectors);
    hrmi_labels_free(&p->periods);
    hrmi_arena_free(&p->texts);
    hrmi_release(&allocator, p->lines);
    hrmi_release(&allocator, p->entries);
    hrmi_release(&allocator, p);
}

/* The number of a text without the blanks around it; HRM_NONE for nothing. */
static hrm_status number_of(hrm_context *ctx, hrmi_labels *labels, const char *text, size_t *number) {
    *number = HRM_NONE;
    if (text == NULL) return HRM_OK;
    const size_t length = hrmi_utf8_trim(&text, strlen(text));
    return length == 0 ? HRM_OK : hrmi_labels_number(ctx, labels, text, length, number);
}

static hrm_status number_of_period(hrm_context *ctx, hrm_projects *p, const char *text,
                                   hrmi_project_line *line) {
    char period[HRMI_PERIOD_SIZE];
    line->period = HRM_NONE;
    if (text == NULL) return HRM_OK;
    const char *trimmed = text;
    if (hrmi_utf8_trim(&trimmed, strlen(text)) == 0) return HRM_OK;
    line->period_problem = hrmi_period_read(text, strlen(text), period);
    if (line->period_problem != NULL) return HRM_OK;
    return hrmi_labels_number(ctx, &p->periods, period, strlen(period), &line->period);
}

hrm_status hrm_projects_add(hrm_context *ctx, hrm_projects *projects, const hrm_project *project) {
    hrm_project given;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (projects == NULL || project == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_projects_add: projects or project is NULL");
    hrm_project_init(&given, sizeof given);
    hrm_status status = hrmi_read_struct(ctx, &given, sizeof given, project, "hrm_project");
    if (status != HRM_OK) return status;
    if (hrm_actor_name(given.actor) == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%s, row %lld: there is no actor %ld", projects->source,
                         (long long)given.row, (long)given.actor);
    if (isinf(given.amount))
        return hrmi_fail(ctx, HRM_ERROR_VALUE, "%s, row %lld: the amount is infinite", projects->source,
                         (long long)given.row);
    hrmi_project_line line = {.row = given.row, .amount = given.amount, .actor = given.actor};
    status = hrmi_array_grow_by(ctx, &projects->allocator, &projects->lines, &projects->capacity,
                                projects->count + 1, sizeof *projects->lines);
    if (status == HRM_OK) status = number_of(ctx, &projects->ids, given.id, &line.id);
    if (status == HRM_OK) status = number_of(ctx, &projects->codes, given.code, &line.code);
    if (status == HRM_OK) status = number_of(ctx, &projects->sectors, given.sector, &line.sector);
    if (status == HRM_OK) status = number_of_period(ctx, projects, given.period, &line);
    if (status != HRM_OK) return status;
    if (given.problem != NULL) {
        const size_t length = strlen(given.problem);
        char *const problem = hrmi_arena_new(ctx, &projects->texts, length + 1, 1);
        if (problem == NULL) return HRM_ERROR_MEMORY;
        memcpy(problem, given.problem, length + 1);
        hrmi_utf8_mend(problem, length);
        line.problem = problem;
    }
    projects->lines[projects->count++] = line;
    return HRM_OK;
}

void hrm_projects_set_all_actors(hrm_projects *projects, bool all) {
    projects->all_actors = all;
}

const char *hrm_projects_unit(const hrm_projects *projects) {
    return projects->unit;
}

size_t hrm_projects_count(const hrm_projects *projects) {
    return projects->count;
}

bool hrm_projects_last_account(const hrm_projects *projects, hrm_projects_account *out) {
    return projects->placed && hrmi_give_struct(out, &projects->account, sizeof projects->account);
}

size_t hrm_projects_entry_count(const hrm_projects *projects) {
    return projects->entry_count;
}

bool hrm_projects_entry_at(const hrm_projects *projects, size_t i, hrm_projects_entry *out) {
    return i < projects->entry_count &&
           hrmi_give_struct(out, &projects->entries[i], sizeof projects->entries[i]);
}
