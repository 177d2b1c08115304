/*
 * Running a recipe: projects. Each source is placed by itself, for its own account and coverage; a column is
 * the sum over the sources that have it, and is missing where one of them did not look: the others' money
 * alone would be too little.
 */
#include "base/sum.h"
#include "recipe/account.h"
#include "recipe/assessment.h"
#include "recipe/balance.h"
#include "recipe/covers.h"
#include "recipe/doubts.h"

/* One source's columns. */
typedef struct placed {
    hrm_table *table;
} placed;

static hrm_status read_list(hrmi_run *run, const hrmi_recipe_projects *p, const hrm_source *source,
                            hrm_projects **out) {
    hrm_projects_fields fields;
    hrm_projects_options options;
    hrm_projects_options_init(&options, sizeof options);
    options.unit = run->recipe->money_unit;
    options.source = p->source.path;
    hrm_projects_fields_init(&fields, sizeof fields);
    fields.actor = p->actor;
    fields.decimal = p->decimal;
    fields.scale = p->scale;
    fields.key = p->key;
    fields.amount = p->amount;
    fields.id = p->id;
    fields.actor_field = p->actor_field;
    fields.sector = p->sector;
    fields.period = p->period;
    hrm_status status = hrm_projects_new(run->ctx, &options, out);
    if (status == HRM_OK) status = hrm_projects_read(run->ctx, source, &fields, *out);
    return status;
}

static hrm_status check_list(hrmi_run *run, const hrmi_recipe_projects *p, const hrm_projects *list,
                             const hrm_table *table) {
    hrm_projects_account a = {.struct_size = (uint32_t)sizeof a};
    (void)hrm_projects_last_account(list, &a);
    hrm_status status =
        hrmi_balance_counts(run->ctx, p->source.path, a.lines, a.placed, a.unplaced, a.unusable, 0, 0);
    if (status == HRM_OK)
        status = hrmi_balance_amounts(run->ctx, p->source.path, a.total, a.allocated, a.unallocated);
    if (status == HRM_OK) status = hrmi_balance_column(run->ctx, table, "investment_total", a.allocated);
    return status;
}

/* Places a list: 0 only where it looked; *beyond counts the projects in communities that it says it did not
 * look at. */
static hrm_status place_list(hrmi_run *run, const hrmi_recipe_projects *p, hrm_projects *list, hrm_table *out,
                             uint64_t *beyond) {
    hrm_context *const ctx = run->ctx;
    const hrm_layer *const layer = run->assessment->layer;
    hrm_table *everywhere = NULL;
    uint8_t *mask = NULL;
    hrm_status status = hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &everywhere);
    if (status == HRM_OK) status = hrm_projects_place(ctx, list, layer, NULL, everywhere);
    if (status == HRM_OK) {
        const double *const counts =
            hrm_table_values(everywhere, hrm_table_find(everywhere, "projects_count"));
        status = hrmi_covers_mask(ctx, run->recipe, layer, &p->covers, counts, &mask);
        *beyond = hrmi_covers_beyond(layer, mask, counts);
    }
    if (status == HRM_OK) status = hrm_projects_place(ctx, list, layer, mask, out);
    if (status == HRM_OK && *beyond > 0)
        hrmi_log(ctx, HRM_LOG_WARNING, "%s: projects in communities that 'covers' leaves out: %llu",
                 p->source.path, (unsigned long long)*beyond);
    hrmi_free(ctx, mask);
    hrm_table_free(everywhere);
    return status;
}

static hrm_status run_source(hrmi_run *run, const hrmi_recipe_projects *p, hrm_table **out) {
    hrmi_range outer;
    hrm_source source;
    hrm_projects *list = NULL;
    hrm_projects_account a = {.struct_size = (uint32_t)sizeof a};
    uint64_t beyond = 0;
    hrm_status status = hrmi_run_step(run, p->source.path, "placing projects", &outer);
    if (status == HRM_OK) status = hrmi_run_source(run, &p->source, &source);
    if (status == HRM_OK) status = hrm_table_new(run->ctx, run->assessment->layer, HRM_LEVEL_COMMUNITY, out);
    if (status == HRM_OK) status = read_list(run, p, &source, &list);
    if (status == HRM_OK) status = place_list(run, p, list, *out, &beyond);
    status = hrmi_run_fail(run, status, p->source.place);
    if (status == HRM_OK) status = check_list(run, p, list, *out);
    if (status == HRM_OK) {
        hrm_assessment_input_info *const input = hrmi_run_input(run, HRM_INPUT_PROJECTS, &p->source);
        (void)hrm_projects_last_account(list, &a);
        input->rows = a.lines;
        input->matched = a.placed;
        input->unmatched = a.unplaced;
        input->unusable = a.unusable;
        hrmi_doubt_rows(run, input, "lines",
                        "does 'key' name the field of the codes, and is it of this region?");
        hrmi_doubt_amounts(run, p->source.path, a.without_amount, "lines without a usable amount");
        status = hrmi_account_projects(run, p, &source, list, beyond);
    }
    hrm_projects_free(list);
    hrmi_run_step_end(run, outer);
    return status;
}

/* ---- putting the sources together ---- */

/*
 * One row of a column: the sum over the sources that have the column. Where one of them did not look the sum
 * is not known; one that looked, but whose lines do not state their amounts, adds nothing, as within one
 * list.
 */
static double add_up(const placed *sources, size_t count, const char *id, size_t row, uint8_t *missing) {
    hrmi_sum sum;
    size_t present = 0;
    hrmi_sum_clear(&sum);
    *missing = HRM_PRESENT;
    for (size_t t = 0; t < count; t++) {
        const size_t column = hrm_table_find(sources[t].table, id);
        if (column == HRM_NONE) continue;
        const double value = hrm_table_values(sources[t].table, column)[row];
        if (!isnan(value)) {
            hrmi_sum_add(&sum, value);
            present++;
            continue;
        }
        *missing = hrm_table_missing(sources[t].table, column)[row];
        if (*missing == HRM_MISSING_NO_COVERAGE) return (double)NAN;
    }
    if (present == 0) return (double)NAN;
    *missing = HRM_PRESENT;
    return hrmi_sum_value(&sum);
}

/* The source notes of all sources that have the column, one after the other. */
static hrm_status note_sources(hrmi_run *run, const placed *sources, const char *id, const char **out) {
    const hrm_recipe *const recipe = run->recipe;
    hrmi_buffer text;
    hrmi_buffer_init(&text, run->ctx);
    hrm_status status = HRM_OK;
    for (size_t t = 0; t < recipe->projects_count && status == HRM_OK; t++) {
        const char *note = NULL;
        if (hrm_table_find(sources[t].table, id) == HRM_NONE) continue;
        status = hrmi_run_note(run, &recipe->projects[t].source, recipe->projects[t].amount, &note);
        if (status == HRM_OK && text.length > 0) status = hrmi_buffer_text(run->ctx, &text, "; ");
        if (status == HRM_OK) status = hrmi_buffer_text(run->ctx, &text, note);
    }
    if (status == HRM_OK) {
        *out = hrmi_arena_text(run->ctx, &run->assessment->arena, text.data, text.length);
        if (*out == NULL) status = HRM_ERROR_MEMORY;
    }
    hrmi_buffer_free(&text);
    return status;
}

typedef struct sums {
    double *values;
    uint8_t *missing;
} sums;

static hrm_status add_column(hrmi_run *run, const placed *sources, const hrm_table *from, size_t column,
                             const sums *room) {
    hrm_assessment *const a = run->assessment;
    hrm_column_info info;
    hrm_column_info_init(&info, sizeof info);
    (void)hrm_table_column(from, column, &info);
    hrm_status status = note_sources(run, sources, info.id, &info.source);
    if (status != HRM_OK) return status;
    for (size_t i = 0; i < hrm_layer_count(a->layer); i++)
        room->values[i] = add_up(sources, run->recipe->projects_count, info.id, i, &room->missing[i]);
    return hrm_table_add(run->ctx, a->communities, &info, room->values, room->missing, NULL);
}

/* Whether a table before this one has the column, which then is there already. */
static bool is_done(const placed *sources, size_t before, const hrm_table *from, size_t column) {
    hrm_column_info info;
    hrm_column_info_init(&info, sizeof info);
    (void)hrm_table_column(from, column, &info);
    for (size_t t = 0; t < before; t++)
        if (hrm_table_find(sources[t].table, info.id) != HRM_NONE) return true;
    return false;
}

static hrm_status put_together(hrmi_run *run, const placed *sources) {
    hrm_context *const ctx = run->ctx;
    const size_t rows = hrm_layer_count(run->assessment->layer);
    sums room = {hrmi_array_new(ctx, rows, sizeof(double)), NULL};
    if (room.values != NULL) room.missing = hrmi_array_new(ctx, rows, 1);
    hrm_status status = room.missing == NULL ? HRM_ERROR_MEMORY : HRM_OK;
    for (size_t t = 0; t < run->recipe->projects_count && status == HRM_OK; t++)
        for (size_t c = 0; c < hrm_table_column_count(sources[t].table) && status == HRM_OK; c++)
            if (!is_done(sources, t, sources[t].table, c))
                status = add_column(run, sources, sources[t].table, c, &room);
    hrmi_free(ctx, room.missing);
    hrmi_free(ctx, room.values);
    return status;
}

hrm_status hrmi_run_projects(hrmi_run *run) {
    const size_t count = run->recipe->projects_count;
    hrm_status status = HRM_OK;
    if (count == 0) return HRM_OK;
    placed *const sources = hrmi_array_new(run->ctx, count, sizeof *sources);
    if (sources == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < count && status == HRM_OK; i++)
        status = run_source(run, &run->recipe->projects[i], &sources[i].table);
    if (status == HRM_OK) status = put_together(run, sources);
    for (size_t i = 0; i < count; i++) hrm_table_free(sources[i].table);
    hrmi_free(run->ctx, sources);
    return status;
}
