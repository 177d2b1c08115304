/* The account of what was made: columns with their gaps, indicators, warnings, and the files written. */
#include "io/hash.h"
#include "recipe/account.h"

enum { REASONS = HRM_MISSING_NO_COVERAGE + 1 };

static void add_gaps(hrmi_json *j, const hrm_table *table, size_t column) {
    const uint8_t *const missing = hrm_table_missing(table, column);
    const size_t rows = hrm_table_row_count(table);
    uint64_t counts[REASONS] = {0};
    for (size_t i = 0; missing != NULL && i < rows; i++)
        if (missing[i] < REASONS) counts[missing[i]]++;
    if (missing == NULL) counts[HRM_PRESENT] = rows;
    hrmi_json_key(j, "values");
    hrmi_json_count(j, counts[HRM_PRESENT]);
    hrmi_json_key(j, "missing");
    hrmi_json_object(j);
    for (int reason = HRM_PRESENT + 1; reason < REASONS; reason++) {
        if (counts[reason] == 0) continue;
        hrmi_json_key(j, hrm_missing_text((uint8_t)reason, HRM_EN));
        hrmi_json_count(j, counts[reason]);
    }
    hrmi_json_end_object(j);
}

static void add_pair(hrmi_json *j, const char *key, const char *text) {
    if (text == NULL || text[0] == '\0') return;
    hrmi_json_key(j, key);
    hrmi_json_text(j, text);
}

static void add_columns(hrmi_json *j, const char *key, const hrm_table *table) {
    if (table == NULL) return;
    hrmi_json_key(j, key);
    hrmi_json_array(j);
    for (size_t c = 0; c < hrm_table_column_count(table); c++) {
        hrm_column_info info;
        hrm_column_info_init(&info, sizeof info);
        (void)hrm_table_column(table, c, &info);
        hrmi_json_object(j);
        add_pair(j, "id", info.id);
        add_pair(j, "unit", info.unit);
        add_pair(j, "source", info.source);
        add_gaps(j, table, c);
        hrmi_json_end_object(j);
    }
    hrmi_json_end_array(j);
}

/* Whether the recipe asked for it, or something that was asked for reads it. */
static const char *needed_by(const hrm_recipe *recipe, const char *id) {
    for (size_t i = 0; i < recipe->indicator_count; i++)
        if (strcmp(recipe->indicators[i].indicator.id, id) == 0) return recipe->indicators[i].needed_by;
    return NULL;
}

static void add_indicators(hrmi_run *run) {
    static const char *const rollups[] = {"none", "sum", "min", "max", "mean", "recompute"};
    const hrm_assessment *const a = run->assessment;
    hrmi_json *const j = &run->json;
    hrmi_account_list(run, "indicators");
    for (size_t i = 0; i < a->indicator_count; i++) {
        const hrm_indicator *const indicator = &a->indicators[i];
        hrmi_json_object(j);
        add_pair(j, "id", indicator->id);
        add_pair(j, "code", indicator->code);
        add_pair(j, "formula", indicator->formula);
        add_pair(j, "unit", indicator->unit);
        add_pair(j, "rollup", rollups[indicator->rollup]);
        add_pair(j, "needed_by", needed_by(run->recipe, indicator->id));
        add_gaps(j, a->communities, hrm_table_find(a->communities, indicator->id));
        hrmi_json_end_object(j);
    }
    hrmi_account_list_end(run);
}

static void add_warnings(hrmi_run *run) {
    hrmi_json *const j = &run->json;
    hrmi_account_list(run, "warnings");
    for (size_t i = 0; i < run->warning_count; i++) {
        hrmi_json_object(j);
        add_pair(j, "about", run->warnings[i].about);
        add_pair(j, "text", run->warnings[i].text);
        hrmi_json_end_object(j);
    }
    hrmi_account_list_end(run);
}

hrm_status hrmi_account_results(hrmi_run *run) {
    const hrm_assessment *const a = run->assessment;
    add_indicators(run);
    add_columns(&run->json, "columns", a->communities);
    add_columns(&run->json, "columns_of_raions", a->raions);
    add_columns(&run->json, "columns_of_oblasts", a->oblasts);
    add_warnings(run);
    return hrmi_json_status(&run->json);
}

hrm_status hrmi_account_outputs(hrm_context *ctx, hrmi_buffer *account, const char *const *names,
                                const char *const *paths, size_t count) {
    hrmi_json j;
    hrm_status status = HRM_OK;
    hrmi_json_init(&j, ctx, account);
    j.depth = 1; /* inside the outermost object, which has members */
    j.first = false;
    hrmi_json_key(&j, "outputs");
    hrmi_json_array(&j);
    for (size_t i = 0; i < count && status == HRM_OK; i++) {
        char hash[HRMI_SHA256_SIZE];
        uint64_t bytes = 0;
        status = hrmi_sha256_file(ctx, paths[i], &bytes, hash);
        hrmi_json_object(&j);
        add_pair(&j, "file", names[i]);
        hrmi_json_key(&j, "bytes");
        hrmi_json_count(&j, bytes);
        add_pair(&j, "sha256", status == HRM_OK ? hash : "");
        hrmi_json_end_object(&j);
    }
    hrmi_json_end_array(&j);
    hrmi_json_end_object(&j);
    return status == HRM_OK ? hrmi_json_status(&j) : status;
}
