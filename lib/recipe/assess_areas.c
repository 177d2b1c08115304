/* Running a recipe: values of other boundaries brought to the communities. */
#include <stdio.h>

#include "measure/areal.h"
#include "recipe/account.h"
#include "recipe/assessment.h"
#include "recipe/balance.h"
#include "recipe/doubts.h"

/* The columns of one entry as the library wants them. */
typedef struct described {
    hrm_areal_column *columns;
    hrm_column_info *infos;
    const char **fields;
    double *scales;
} described;

static void free_described(hrmi_run *run, described *d) {
    hrmi_free(run->ctx, d->columns);
    hrmi_free(run->ctx, d->infos);
    hrmi_free(run->ctx, d->fields);
    hrmi_free(run->ctx, d->scales);
}

static hrm_status describe_column(hrmi_run *run, const hrmi_recipe_areas *a, described *d, size_t i) {
    const hrmi_recipe_column *const from = &a->columns[i];
    hrm_column_info *const info = &d->infos[i];
    hrm_column_info_init(info, sizeof *info);
    info->id = from->id;
    info->unit = from->unit;
    info->direction = from->direction;
    info->rollup = from->rollup;
    info->weight = from->weight;
    info->title_uk = from->title[HRM_UK];
    info->title_en = from->title[HRM_EN];
    d->columns[i] = (hrm_areal_column){(uint32_t)sizeof d->columns[i], a->kinds[i], info};
    d->fields[i] = from->field;
    d->scales[i] = from->scale;
    return hrmi_run_note(run, &a->source, from->field, &info->source);
}

static hrm_status describe(hrmi_run *run, const hrmi_recipe_areas *a, described *d) {
    hrm_status status = HRM_OK;
    d->columns = hrmi_array_new(run->ctx, a->column_count, sizeof *d->columns);
    d->infos = d->columns != NULL ? hrmi_array_new(run->ctx, a->column_count, sizeof *d->infos) : NULL;
    d->fields = d->infos != NULL ? hrmi_array_new(run->ctx, a->column_count, sizeof *d->fields) : NULL;
    d->scales = d->fields != NULL ? hrmi_array_new(run->ctx, a->column_count, sizeof *d->scales) : NULL;
    if (d->scales == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < a->column_count && status == HRM_OK; i++) status = describe_column(run, a, d, i);
    return status;
}

static hrm_status interpolate(hrmi_run *run, const hrmi_recipe_areas *a, const hrm_source *source,
                              const hrm_source *weights, hrm_areal_report **report) {
    described d = {0};
    hrm_areal_fields fields;
    hrm_areal_points points;
    hrm_areal_options options;
    hrm_areal_fields_init(&fields, sizeof fields);
    hrm_areal_points_init(&points, sizeof points);
    hrm_areal_options_init(&options, sizeof options);
    hrm_status status = describe(run, a, &d);
    fields.decimal = a->decimal;
    fields.columns = d.columns;
    fields.fields = d.fields;
    fields.scales = d.scales;
    fields.column_count = a->column_count;
    points.decimal = a->weights_decimal;
    points.source = weights;
    points.x = a->x;
    points.y = a->y;
    points.weight = a->weight;
    options.share_gaps = a->share_gaps ? 1 : 0;
    options.fall_back_to_area = a->fall_back_to_area ? 1 : 0;
    options.least_covered_share = a->least_covered_share;
    if (status == HRM_OK)
        status =
            hrm_areal_read(run->ctx, run->assessment->layer, source, &fields,
                           weights != NULL ? &points : NULL, &options, run->assessment->communities, report);
    free_described(run, &d);
    return status;
}

enum { PERCENT_SIZE = 24 };

/* "2.4" of a share of 0.024, in `out`. */
static const char *percent(double share, char out[PERCENT_SIZE]) {
    const double tenths = share < 1e4 ? floor(1000.0 * share + 0.5) : 1e7;
    (void)snprintf(out, PERCENT_SIZE, "%u.%u", (unsigned)tenths / 10, (unsigned)tenths % 10);
    return out;
}

/* What of a sum is in no column is in the account to the last digit; that it is much, one should not have to
 * look for. */
static void doubt_amount(const hrmi_run *run, const hrmi_recipe_areas *a, const hrm_areal_amount *amount) {
    char all[PERCENT_SIZE];
    char gaps[PERCENT_SIZE];
    const double share = fabs(amount->unallocated) / fabs(amount->total);
    const double left = fabs(amount->in_gaps - amount->gaps_shared) / fabs(amount->total);
    if (!(share >= 0.001) || isinf(share)) return;
    hrmi_log(run->ctx, HRM_LOG_WARNING,
             "%s: of '%s' %s %% is in no community's value, %s %% since it lies in gaps between their "
             "boundaries%s; the account says how much and why",
             a->source.path, amount->id, percent(share, all), percent(left, gaps),
             left >= 0.0005 ? " ('gaps: share' shares that out)" : "");
}

static hrm_status check_amounts(hrmi_run *run, const hrmi_recipe_areas *a, const hrm_areal_report *report) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < hrm_areal_report_amount_count(report) && status == HRM_OK; i++) {
        hrm_areal_amount amount = {.struct_size = (uint32_t)sizeof amount};
        (void)hrm_areal_report_amount(report, i, &amount);
        if (amount.kind != HRM_AREAL_EXTENSIVE) continue;
        doubt_amount(run, a, &amount);
        status =
            hrmi_balance_amounts(run->ctx, amount.id, amount.total, amount.allocated, amount.unallocated);
        if (status == HRM_OK)
            status = hrmi_balance_column(run->ctx, run->assessment->communities, amount.id, amount.allocated);
    }
    return status;
}

static hrm_status account(hrmi_run *run, const hrmi_recipe_areas *a, const hrm_source *source,
                          const hrm_source *weights, const hrm_areal_report *report) {
    hrmi_json *const j = &run->json;
    hrmi_json_object(j);
    hrm_status status = hrmi_account_source(run, &a->source, source);
    if (status != HRM_OK) return status;
    hrmi_json_key(j, "columns");
    hrmi_json_array(j);
    for (size_t i = 0; i < a->column_count; i++) hrmi_account_column(run, &a->columns[i]);
    hrmi_json_end_array(j);
    hrmi_json_key(j, "gaps");
    hrmi_json_text(j, a->share_gaps ? "share" : "leave");
    hrmi_json_key(j, "least_covered_share");
    hrmi_json_number(j, a->least_covered_share);
    if (weights != NULL) {
        hrmi_json_key(j, "weights");
        hrmi_json_object(j);
        status = hrmi_account_source(run, &a->weights, weights);
        if (status != HRM_OK) return status;
        hrmi_json_key(j, "weight");
        hrmi_json_text(j, a->weight);
        hrmi_json_key(j, "fall_back_to_area");
        hrmi_json_boolean(j, a->fall_back_to_area);
        hrmi_json_end_object(j);
    }
    hrmi_json_key(j, "spread");
    hrmi_areal_report_json(j, report, SIZE_MAX);
    hrmi_json_end_object(j);
    return hrmi_json_status(j);
}

static hrm_status take_report(hrmi_run *run, const hrmi_recipe_areas *a, const hrm_source *source,
                              const hrm_source *weights, const hrm_areal_report *report) {
    const hrmi_recipe_table columns = {
        .source = a->source, .columns = a->columns, .column_count = a->column_count};
    hrm_areal_counts counts = {.struct_size = (uint32_t)sizeof counts};
    hrm_assessment_input_info *const input = hrmi_run_input(run, HRM_INPUT_AREAS, &a->source);
    (void)hrm_areal_report_counts(report, &counts);
    input->rows = counts.rows;
    input->matched = counts.inside + counts.partly;
    input->unmatched = counts.outside;
    input->unusable = counts.unusable + counts.without_weight;
    hrmi_doubt_rows(run, input, "areas", "is crs theirs, and are they of this region?");
    hrmi_doubt_units(run, &columns);
    hrm_status status = check_amounts(run, a, report);
    return status == HRM_OK ? account(run, a, source, weights, report) : status;
}

static hrm_status run_areas(hrmi_run *run, const hrmi_recipe_areas *a) {
    hrmi_range outer;
    hrm_source source;
    hrm_source weights;
    hrm_areal_report *report = NULL;
    const bool weighed = a->weights.path != NULL;
    hrm_status status = hrmi_run_step(run, a->source.path, "spreading areas", &outer);
    if (status == HRM_OK) status = hrmi_run_source(run, &a->source, &source);
    if (status == HRM_OK && weighed) status = hrmi_run_source(run, &a->weights, &weights);
    if (status == HRM_OK) status = interpolate(run, a, &source, weighed ? &weights : NULL, &report);
    status = hrmi_run_fail(run, status, a->source.place);
    if (status == HRM_OK) status = take_report(run, a, &source, weighed ? &weights : NULL, report);
    hrm_areal_report_free(report);
    hrmi_run_step_end(run, outer);
    return status;
}

hrm_status hrmi_run_areas(hrmi_run *run) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < run->recipe->areas_count && status == HRM_OK; i++)
        status = run_areas(run, &run->recipe->areas[i]);
    return status;
}
