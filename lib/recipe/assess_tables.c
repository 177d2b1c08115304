/* Running a recipe: tables joined by code, name or place; long and wide ones get columns with periods. */
#include "recipe/account.h"
#include "recipe/assessment.h"
#include "recipe/balance.h"
#include "recipe/doubts.h"
#include "recipe/wide.h"

/* The columns of one table while they are joined. */
typedef struct joining {
    const hrmi_recipe_table *table;
    hrmi_wide_column *list; /* of the assessment */
    size_t count;
    hrm_join_column *columns;
    hrm_column_info *infos;
    const char **fields;
} joining;

static void free_columns(hrmi_run *run, joining *j) {
    hrmi_free(run->ctx, j->fields);
    hrmi_free(run->ctx, j->infos);
    hrmi_free(run->ctx, j->columns);
}

/* "<title>, <period>", as panels have it. */
static hrm_status title_at(hrmi_run *run, const char *title, const char *period, const char **out) {
    hrmi_buffer text;
    *out = title;
    if (title == NULL || period == NULL) return HRM_OK;
    hrmi_buffer_init(&text, run->ctx);
    hrm_status status = hrmi_buffer_text(run->ctx, &text, title);
    if (status == HRM_OK) status = hrmi_buffer_text(run->ctx, &text, ", ");
    if (status == HRM_OK) status = hrmi_buffer_text(run->ctx, &text, period);
    if (status == HRM_OK) {
        *out = hrmi_arena_text(run->ctx, &run->assessment->arena, text.data, text.length);
        if (*out == NULL) status = HRM_ERROR_MEMORY;
    }
    hrmi_buffer_free(&text);
    return status;
}

/* The weight of a column with a period is that of the same period, where the table has it. */
static const char *weight_at(const joining *j, const char *weight, const char *period) {
    for (size_t i = 0; weight != NULL && period != NULL && i < j->count; i++)
        if (j->list[i].period != NULL && strcmp(j->list[i].from->id, weight) == 0 &&
            strcmp(j->list[i].period, period) == 0)
            return j->list[i].id;
    return weight;
}

static hrm_status describe_column(hrmi_run *run, const joining *j, size_t i) {
    const hrmi_wide_column *const w = &j->list[i];
    const hrmi_recipe_column *const from = w->from;
    hrm_join_column *const to = &j->columns[i];
    hrm_column_info *const info = &j->infos[i];
    hrm_join_column_init(to, sizeof *to);
    hrm_column_info_init(info, sizeof *info);
    to->info = info;
    to->is_text = from->is_text ? 1 : 0;
    to->scale = from->scale;
    info->id = w->id;
    info->unit = from->unit;
    info->direction = from->direction;
    info->rollup = from->rollup;
    info->weight = weight_at(j, from->weight, w->period);
    j->fields[i] = w->field;
    hrm_status status = title_at(run, from->title[HRM_UK], w->period, &info->title_uk);
    if (status == HRM_OK) status = title_at(run, from->title[HRM_EN], w->period, &info->title_en);
    if (status == HRM_OK) status = hrmi_run_note(run, &j->table->source, w->field, &info->source);
    return status;
}

static hrm_status describe_columns(hrmi_run *run, const hrm_source *source, joining *j) {
    hrm_status status = hrmi_wide_columns(run, j->table, source, &j->list, &j->count);
    if (status != HRM_OK) return status;
    j->columns = hrmi_array_new(run->ctx, j->count, sizeof *j->columns);
    j->infos = j->columns != NULL ? hrmi_array_new(run->ctx, j->count, sizeof *j->infos) : NULL;
    j->fields = j->infos != NULL ? hrmi_array_new(run->ctx, j->count, sizeof *j->fields) : NULL;
    if (j->fields == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < j->count && status == HRM_OK; i++) status = describe_column(run, j, i);
    return status;
}

/* What the columns hold must be what the account says was allocated; a mean is no sum. */
static hrm_status check_amounts(hrmi_run *run, const hrmi_recipe_table *t, const hrm_join_report *report) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < hrm_join_report_amount_count(report) && status == HRM_OK; i++) {
        hrm_join_amount amount = {.struct_size = (uint32_t)sizeof amount};
        (void)hrm_join_report_amount(report, i, &amount);
        status =
            hrmi_balance_amounts(run->ctx, amount.id, amount.total, amount.allocated, amount.unallocated);
        if (status == HRM_OK && t->duplicates != HRM_DUPLICATES_MEAN)
            status = hrmi_balance_column(run->ctx, run->assessment->communities, amount.id, amount.allocated);
    }
    return status;
}

static hrm_status take_report(hrmi_run *run, const hrmi_recipe_table *t, const hrm_source *source,
                              const hrm_join_report *report) {
    hrm_assessment_input_info *const input = hrmi_run_input(run, HRM_INPUT_TABLE, &t->source);
    hrm_join_counts counts = {.struct_size = (uint32_t)sizeof counts};
    (void)hrm_join_report_counts(report, &counts);
    input->rows = counts.rows;
    input->matched = counts.matched;
    input->unmatched = counts.unmatched;
    input->duplicates = counts.duplicates;
    input->unusable = counts.unusable;
    input->kept_out = counts.kept_out;
    hrmi_doubt_rows(run, input, "rows",
                    t->key.code != NULL
                        ? "does 'key' name the field of the codes, and is it of this region?"
                        : "does 'key' name the right fields, and is the table of this region?");
    hrmi_doubt_cells(run, t->source.path, report);
    hrmi_doubt_units(run, t);
    hrm_status status =
        hrmi_balance_counts(run->ctx, t->source.path, counts.rows, counts.matched, counts.unmatched,
                            counts.duplicates, counts.unusable, counts.kept_out);
    if (status == HRM_OK) status = check_amounts(run, t, report);
    return status == HRM_OK ? hrmi_account_table(run, t, source, report) : status;
}

static hrm_status finish(hrmi_run *run, hrm_join *join, bool has_period, hrm_join_report **report) {
    hrm_panel *panel = NULL;
    if (!has_period) return hrm_join_finish(run->ctx, join, run->assessment->communities, report);
    hrm_status status = hrm_join_finish_panel(run->ctx, join, &panel, report);
    if (status == HRM_OK) status = hrm_table_add_panel(run->ctx, run->assessment->communities, panel);
    hrm_panel_free(panel);
    return status;
}

static void name_fields(const joining *j, hrm_join_fields *which) {
    const hrmi_recipe_key *const key = &j->table->key;
    hrm_join_fields_init(which, sizeof *which);
    which->code = key->code;
    which->oblast = key->oblast;
    which->raion = key->raion;
    which->name = key->name;
    which->type = key->type;
    which->x = key->x;
    which->y = key->y;
    which->period = j->table->period;
    which->keep_totals = j->table->keep_totals ? 1 : 0;
    which->fields = j->fields;
    which->field_count = j->count;
}

static hrm_status join_table(hrmi_run *run, const hrmi_recipe_table *t, const hrm_source *source,
                             hrm_join_report **report) {
    hrm_join_options options;
    hrm_join_fields which;
    hrm_source rows = *source;
    hrm_join *join = NULL;
    joining j = {.table = t};
    rows.crs = NULL; /* of x and y, not of the file */
    hrm_join_options_init(&options, sizeof options);
    hrm_status status = hrmi_run_gazetteer_for(run, t, &options.gazetteer);
    if (status == HRM_OK) status = describe_columns(run, &rows, &j);
    if (status != HRM_OK) goto done;
    options.duplicates = t->duplicates;
    options.decimal = t->decimal;
    options.has_period = t->period != NULL ? 1 : 0;
    options.columns = j.columns;
    options.column_count = j.count;
    options.source = t->source.path;
    options.crs = t->source.crs;
    name_fields(&j, &which);
    status = hrm_join_new(run->ctx, run->assessment->layer, &options, &join);
    if (status == HRM_OK) status = hrm_join_read(run->ctx, &rows, &which, join);
    if (status == HRM_OK) status = finish(run, join, t->period != NULL, report);
done:
    hrm_join_free(join);
    free_columns(run, &j);
    return status;
}

static hrm_status run_table(hrmi_run *run, const hrmi_recipe_table *t) {
    hrmi_range outer;
    hrm_source source;
    hrm_join_report *report = NULL;
    hrm_status status = hrmi_run_step(run, t->source.path, "joining tables", &outer);
    if (status == HRM_OK) status = hrmi_run_source(run, &t->source, &source);
    if (status == HRM_OK) status = hrmi_run_fail(run, join_table(run, t, &source, &report), t->source.place);
    if (status == HRM_OK) status = take_report(run, t, &source, report);
    hrm_join_report_free(report);
    hrmi_run_step_end(run, outer);
    return status;
}

hrm_status hrmi_run_tables(hrmi_run *run) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < run->recipe->table_count && status == HRM_OK; i++)
        status = run_table(run, &run->recipe->tables[i]);
    return status;
}
