/* The findings of a layer: put in order, and told to the log, a sentence for each kind. */
#include "base/sort.h"
#include "community/layer_parts.h"

enum { KINDS = HRM_ISSUE_BAD_AREA + 1 };

/* By feature, and for one feature by kind. */
static int compare_issues(const void *a, const void *b, const void *user) {
    (void)user;
    const hrmi_issue *const p = a;
    const hrmi_issue *const q = b;
    if (p->feature != q->feature) return p->feature < q->feature ? -1 : 1;
    return (p->kind > q->kind) - (p->kind < q->kind);
}

void hrmi_layer_settle_issues(hrm_context *ctx, hrm_layer *layer, const char *source) {
    static const char *const what[KINDS] = {
        [HRM_ISSUE_EMPTY_GEOMETRY] = "empty: kept without a boundary",
        [HRM_ISSUE_REPAIRED] = "invalid: repaired",
        [HRM_ISSUE_MERGED] = "further ones of a community: united with the first",
        [HRM_ISSUE_NO_CODE] = "without a code: left out",
        [HRM_ISSUE_BROKEN_CODE] = "with a broken code: left out",
        [HRM_ISSUE_NOT_POLYGON] = "with points or lines: these were left out",
        [HRM_ISSUE_BAD_GEOMETRY] = "with a geometry that cannot be used: kept without a boundary",
        [HRM_ISSUE_BAD_AREA] = "with an official area that is no number above 0: left out"};
    size_t counts[KINDS] = {0};
    const hrmi_issue *first[KINDS] = {NULL};
    hrmi_sort(layer->issues, layer->issue_count, sizeof *layer->issues, compare_issues, NULL);
    for (size_t i = 0; i < layer->issue_count; i++) {
        const hrmi_issue *const issue = &layer->issues[i];
        if (counts[issue->kind]++ == 0) first[issue->kind] = issue;
    }
    for (int32_t kind = 1; kind < KINDS; kind++) {
        const bool harmless = kind == HRM_ISSUE_REPAIRED || kind == HRM_ISSUE_MERGED;
        if (first[kind] != NULL)
            hrmi_log(ctx, harmless ? HRM_LOG_INFO : HRM_LOG_WARNING,
                     "%s: %zu of %zu features %s (the first: feature %lld, code \"%s\": %s)", source,
                     counts[kind], layer->feature_count, what[kind], (long long)first[kind]->feature_id,
                     first[kind]->code, first[kind]->text);
    }
}
