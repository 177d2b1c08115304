/* Running a recipe: tables joined by code, long ones into panels. */
#include "recipe/account.h"
#include "recipe/assessment.h"
#include "recipe/balance.h"
#include "recipe/doubts.h"

static hrm_status describe_columns(hrmi_run *run, const hrmi_recipe_table *t, hrm_join_column *columns,
                                   hrm_column_info *infos, const char **fields) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < t->column_count && status == HRM_OK; i++) {
        const hrmi_recipe_column *const from = &t->columns[i];
        hrm_join_column *const to = &columns[i];
        hrm_column_info *const info = &infos[i];
        hrm_join_column_init(to, sizeof *to);
        hrm_column_info_init(info, sizeof *info);
        to->info = info;
        to->is_text = from->is_text ? 1 : 0;
        to->scale = from->scale;
        info->id = from->id;
        info->unit = from->unit;
        info->direction = from->direction;
        info->rollup = from->rollup;
        info->title_uk = from->title[HRM_UK];
        info->title_en = from->title[HRM_EN];
        info->weight = from->weight;
        fields[i] = from->field;
        status = hrmi_run_note(run, &t->source, from->field, &info->source);
    }
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
    hrmi_doubt_rows(run, input, "rows", "does 'key' name the field of the codes, and is it of this region?");
    hrmi_doubt_cells(run, t->source.path, report);
    hrm_status status = hrmi_balance_counts(run->ctx, t->source.path, counts.rows, counts.matched,
                                            counts.unmatched, counts.duplicates, counts.unusable);
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

static hrm_status join_table(hrmi_run *run, const hrmi_recipe_table *t, hrm_source *source,
                             hrm_join_report **report) {
    hrm_context *const ctx = run->ctx;
    hrm_join_options options;
    hrm_join_fields which;
    hrm_join *join = NULL;
    const char **fields = NULL;
    hrm_column_info *infos = NULL;
    hrm_join_column *const columns = hrmi_array_new(ctx, t->column_count, sizeof *columns);
    hrm_status status = columns == NULL ? HRM_ERROR_MEMORY : HRM_OK;
    if (status == HRM_OK) infos = hrmi_array_new(ctx, t->column_count, sizeof *infos);
    if (status == HRM_OK && infos == NULL) status = HRM_ERROR_MEMORY;
    if (status == HRM_OK) fields = hrmi_array_new(ctx, t->column_count, sizeof *fields);
    if (status == HRM_OK && fields == NULL) status = HRM_ERROR_MEMORY;
    if (status == HRM_OK) status = describe_columns(run, t, columns, infos, fields);
    if (status != HRM_OK) goto done;
    hrm_join_options_init(&options, sizeof options);
    options.duplicates = t->duplicates;
    options.decimal = t->decimal;
    options.has_period = t->period != NULL ? 1 : 0;
    options.columns = columns;
    options.column_count = t->column_count;
    options.source = t->source.path;
    hrm_join_fields_init(&which, sizeof which);
    which.code = t->key;
    which.period = t->period;
    which.fields = fields;
    which.field_count = t->column_count;
    status = hrm_join_new(ctx, run->assessment->layer, &options, &join);
    if (status == HRM_OK) status = hrm_join_read(ctx, source, &which, join);
    if (status == HRM_OK) status = finish(run, join, t->period != NULL, report);
done:
    hrm_join_free(join);
    hrmi_free(ctx, fields);
    hrmi_free(ctx, infos);
    hrmi_free(ctx, columns);
    return status;
}

static hrm_status run_table(hrmi_run *run, const hrmi_recipe_table *t) {
    hrmi_range outer;
    hrm_source source;
    hrm_join_report *report = NULL;
    hrm_status status = hrmi_run_step(run, t->source.path, "joining tables", &outer);
    if (status == HRM_OK) status = hrmi_run_source(run, &t->source, &source);
    if (status == HRM_OK) source.header_row = t->header_row;
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
