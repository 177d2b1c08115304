/* Indicators as JSON: what the catalogue program prints, and what an assessment keeps beside its numbers. */
#include "base/json.h"
#include "indicator/plan.h"

typedef struct job {
    hrm_context *ctx;
    hrmi_json json;
    hrmi_buffer out;
    hrmi_buffer text; /* a part of a line, with its zero */
} job;

static void pair(job *j, const char *key, const char *text) {
    hrmi_json_key(&j->json, key);
    hrmi_json_text(&j->json, text);
}

static hrm_status pair_part(job *j, const char *key, const char *text, size_t length) {
    j->text.length = 0;
    const hrm_status status = hrmi_buffer_add(j->ctx, &j->text, text, length);
    if (status == HRM_OK) pair(j, key, j->text.data);
    return status;
}

static hrm_status fail_line(const job *j, const hrm_indicator *i, const char *what, const char *form) {
    return hrmi_fail(j->ctx, HRM_ERROR_ARGUMENT,
                     "indicator %.100s: a line of its %s is not written as \"%s\"", i->id, what, form);
}

static hrm_status write_inputs(job *j, const hrm_indicator *i) {
    const char *at = i->inputs;
    hrmi_described d;
    bool good = true;
    hrm_status status = HRM_OK;
    hrmi_json_key(&j->json, "inputs");
    hrmi_json_array(&j->json);
    while (status == HRM_OK && hrmi_described_next(&at, &d, &good)) {
        hrmi_json_object(&j->json);
        status = pair_part(j, "id", d.id, d.id_length);
        if (status == HRM_OK) status = pair_part(j, "unit", d.unit, d.unit_length);
        if (status == HRM_OK) status = pair_part(j, "text", d.text, d.text_length);
        hrmi_json_end_object(&j->json);
    }
    hrmi_json_end_array(&j->json);
    return good ? status : fail_line(j, i, "inputs", "id, unit: what it is");
}

static hrm_status write_parameters(job *j, const hrm_indicator *i) {
    const char *at = i->parameters;
    hrmi_parameter p;
    bool good = true;
    hrm_status status = HRM_OK;
    hrmi_json_key(&j->json, "parameters");
    hrmi_json_array(&j->json);
    while (status == HRM_OK && hrmi_parameter_next(&at, &p, &good)) {
        hrmi_json_object(&j->json);
        status = pair_part(j, "id", p.id, p.id_length);
        hrmi_json_key(&j->json, "value");
        hrmi_json_number(&j->json, p.number);
        if (status == HRM_OK) status = pair_part(j, "unit", p.unit, p.unit_length);
        if (status == HRM_OK) status = pair_part(j, "since", p.since, p.since_length);
        if (status == HRM_OK) status = pair_part(j, "source", p.source, p.source_length);
        hrmi_json_end_object(&j->json);
    }
    hrmi_json_end_array(&j->json);
    return good ? status : fail_line(j, i, "parameters", "id = number unit; since when; source");
}

static hrm_status write_indicator(job *j, const hrm_indicator *i) {
    static const char *const directions[] = {"neutral", "higher_better", "higher_worse"};
    static const char *const rules[] = {"none", "sum", "min", "max", "mean", "recompute"};
    const size_t direction = (size_t)i->direction, rule = (size_t)i->rollup;
    if (direction >= sizeof directions / sizeof *directions || rule >= sizeof rules / sizeof *rules)
        return hrmi_fail(j->ctx, HRM_ERROR_ARGUMENT, "indicator %.100s: unknown direction or rollup", i->id);
    hrmi_json_object(&j->json);
    pair(j, "id", i->id);
    pair(j, "code", i->code);
    pair(j, "theme", i->theme);
    pair(j, "title_en", i->title_en);
    pair(j, "title_uk", i->title_uk);
    pair(j, "unit", i->unit);
    pair(j, "direction", directions[direction]);
    pair(j, "formula", i->formula);
    hrm_status status = write_inputs(j, i);
    if (status == HRM_OK) status = write_parameters(j, i);
    pair(j, "rollup", rules[rule]);
    pair(j, "weight", i->weight);
    pair(j, "missing_rule", i->missing_rule);
    pair(j, "source", i->source);
    hrmi_json_end_object(&j->json);
    return status;
}

hrm_status hrm_indicators_json(hrm_context *ctx, const hrm_indicator *indicators, size_t count, char *buffer,
                               size_t capacity, size_t *size) {
    job j = {.ctx = ctx};
    hrm_indicator indicator;
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (size == NULL || (indicators == NULL && count > 0))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_indicators_json: indicators or size is NULL");
    *size = 0;
    hrmi_buffer_init(&j.out, ctx);
    hrmi_buffer_init(&j.text, ctx);
    hrmi_json_init(&j.json, ctx, &j.out);
    hrmi_json_array(&j.json);
    for (size_t k = 0; k < count && status == HRM_OK; k++) {
        status = hrmi_indicator_read(ctx, indicators, k, &indicator);
        if (status == HRM_OK) status = write_indicator(&j, &indicator);
    }
    hrmi_json_end_array(&j.json);
    if (status == HRM_OK) status = hrmi_json_status(&j.json);
    if (status != HRM_OK) goto done;
    *size = j.out.length + 1;
    if (buffer != NULL && *size <= capacity) memcpy(buffer, j.out.data, *size);
done:
    hrmi_buffer_free(&j.text);
    hrmi_buffer_free(&j.out);
    return status;
}
