/* Running a recipe: the communities, their boundaries and areas. */
#include "recipe/account.h"
#include "recipe/assessment.h"

static hrm_status add_area(hrmi_run *run, hrm_column_info *info, double (*area)(const hrm_layer *, size_t),
                           uint8_t reason) {
    hrm_context *const ctx = run->ctx;
    const hrm_layer *const layer = run->assessment->layer;
    const size_t count = hrm_layer_count(layer);
    double *const values = hrmi_array_new(ctx, count, sizeof *values);
    uint8_t *const missing = hrmi_array_new(ctx, count, 1);
    hrm_status status = values == NULL || missing == NULL ? HRM_ERROR_MEMORY : HRM_OK;
    for (size_t i = 0; status == HRM_OK && i < count; i++) {
        values[i] = area(layer, i);
        missing[i] = isnan(values[i]) ? reason : HRM_PRESENT;
    }
    info->unit = "m2";
    info->rollup = HRM_ROLLUP_SUM;
    if (status == HRM_OK)
        status = hrm_table_add(ctx, run->assessment->communities, info, values, missing, NULL);
    hrmi_free(ctx, missing);
    hrmi_free(ctx, values);
    return status;
}

static hrm_status add_areas(hrmi_run *run) {
    const hrmi_recipe_communities *const c = &run->recipe->communities;
    hrm_column_info info;
    hrm_column_info_init(&info, sizeof info);
    info.id = "area_m2";
    info.title_en = "Area of the polygon";
    info.title_uk = "Площа полігона";
    hrm_status status =
        hrmi_run_note(run, &c->source, "geodesic area of the boundary on WGS 84", &info.source);
    if (status == HRM_OK) status = add_area(run, &info, hrm_layer_area_m2, HRM_MISSING_NO_COVERAGE);
    if (status != HRM_OK || c->area_field == NULL) return status;
    hrm_column_info_init(&info, sizeof info);
    info.id = "official_area_m2";
    info.title_en = "Official area";
    info.title_uk = "Офіційна площа";
    status = hrmi_run_note(run, &c->source, c->area_field, &info.source);
    return status == HRM_OK ? add_area(run, &info, hrm_layer_official_area_m2, HRM_MISSING_NOT_REPORTED)
                            : status;
}

static hrm_status open_layer(hrmi_run *run, const hrm_source *source) {
    const hrmi_recipe_communities *const c = &run->recipe->communities;
    hrm_assessment *const a = run->assessment;
    hrm_layer_options options;
    hrm_layer_options_init(&options, sizeof options);
    options.code = c->code;
    options.name_uk = c->name[HRM_UK];
    options.name_en = c->name[HRM_EN];
    options.raion_uk = c->raion[HRM_UK];
    options.raion_en = c->raion[HRM_EN];
    options.oblast_uk = c->oblast[HRM_UK];
    options.oblast_en = c->oblast[HRM_EN];
    options.official_area = c->area_field;
    if (c->area_field != NULL) options.official_area_scale = c->area_scale;
    if (c->code == NULL && (c->name[HRM_UK] != NULL || c->name[HRM_EN] != NULL)) {
        options.codifier = hrmi_run_codifier(run); /* boundaries without codes get those of their names */
        options.aliases = options.codifier != NULL ? hrmi_run_aliases(run) : NULL;
    }
    hrm_status status = hrm_layer_open(run->ctx, source, &options, &a->layer);
    if (status == HRM_OK) status = hrm_table_new(run->ctx, a->layer, HRM_LEVEL_COMMUNITY, &a->communities);
    return status;
}

/* Features that became no row of their own: merged into another, or left out. */
static void count_features(const hrm_layer *layer, hrm_assessment_input_info *input) {
    input->rows = hrm_layer_feature_count(layer);
    for (size_t i = 0; i < hrm_layer_issue_count(layer); i++) {
        hrm_layer_issue_info issue = {.struct_size = (uint32_t)sizeof issue};
        (void)hrm_layer_issue(layer, i, &issue);
        const bool left_out = issue.kind == HRM_ISSUE_NO_CODE || issue.kind == HRM_ISSUE_BROKEN_CODE ||
                              issue.kind == HRM_ISSUE_NOT_POLYGON;
        if (left_out) input->unusable++;
    }
    input->matched = input->rows - input->unusable;
}

hrm_status hrmi_run_communities(hrmi_run *run) {
    const hrmi_recipe_communities *const c = &run->recipe->communities;
    hrmi_range outer;
    hrm_source source;
    hrm_topology topology = {.struct_size = (uint32_t)sizeof topology};
    hrm_status status = hrmi_run_step(run, c->source.path, "reading the communities", &outer);
    if (status == HRM_OK) status = hrmi_run_source(run, &c->source, &source);
    if (status == HRM_OK) status = open_layer(run, &source);
    if (status == HRM_OK) status = add_areas(run);
    if (status == HRM_OK && c->topology)
        status = hrm_layer_topology(run->ctx, run->assessment->layer, &topology);
    status = hrmi_run_fail(run, status, c->source.place);
    if (status == HRM_OK) {
        count_features(run->assessment->layer, hrmi_run_input(run, HRM_INPUT_COMMUNITIES, &c->source));
        status = hrmi_account_communities(run, &source, c->topology ? &topology : NULL);
    }
    hrmi_run_step_end(run, outer);
    return status;
}
