/* A tally's counts and sums as columns of a table. */
#include "measure/columns.h"
#include "measure/tally.h"

/* Whether a row without points has a zero to show: the source looked there, and there is a place to look. */
static bool is_covered(const hrm_tally *t, const uint8_t *covered, size_t row) {
    return (covered == NULL || covered[row] != 0) && !isnan(hrm_layer_area_m2(t->layer, row));
}

static hrm_status lay_counts(hrmi_laying *l, const hrm_tally *t, const uint8_t *covered,
                             const uint64_t *counts) {
    for (size_t row = 0; row < t->rows; row++) {
        if (t->count[row] == 0 && !is_covered(t, covered, row))
            hrmi_laying_miss(l, row, HRM_MISSING_NO_COVERAGE);
        else l->values[row] = (double)counts[row];
    }
    l->info.rollup = HRM_ROLLUP_SUM;
    return hrmi_laying_add(l);
}

static hrm_status lay_all(hrmi_laying *l, const hrm_tally *t, const uint8_t *covered) {
    hrmi_laying_next(l);
    hrm_status status = hrmi_laying_say(l, t->options.id, t->options.title_en, t->options.title_uk);
    if (status == HRM_OK) status = hrmi_laying_say(l, "_count", ": number", ": кількість");
    return status == HRM_OK ? lay_counts(l, t, covered, t->count) : status;
}

static hrm_status lay_sum(hrmi_laying *l, const hrm_tally *t, const uint8_t *covered, size_t field,
                          const char *id) {
    const char *const name = t->options.fields[field];
    hrmi_laying_next(l);
    hrm_status status = hrmi_laying_say(l, id, t->options.title_en, t->options.title_uk);
    if (status == HRM_OK) status = hrmi_laying_say(l, NULL, ": sum of ", ": сума ");
    if (status == HRM_OK) status = hrmi_laying_say(l, NULL, name, name);
    if (status != HRM_OK) return status;
    for (size_t row = 0; row < t->rows && status == HRM_OK; row++) {
        const hrmi_tally_cell *const cell = &t->cells[row * t->options.field_count + field];
        if (cell->numbers > 0) status = hrmi_laying_sum(l, t->layer, row, &cell->sum);
        else if (cell->missing > 0) hrmi_laying_miss(l, row, HRM_MISSING_NOT_REPORTED);
        else if (!is_covered(t, covered, row)) hrmi_laying_miss(l, row, HRM_MISSING_NO_COVERAGE);
    }
    if (status != HRM_OK) return status;
    l->info.unit = t->options.units != NULL ? t->options.units[field] : NULL;
    l->info.rollup = HRM_ROLLUP_SUM;
    return hrmi_laying_add(l);
}

static hrm_status lay_class(hrmi_laying *l, const hrm_tally *t, const uint8_t *covered, size_t class,
                            const char *id) {
    const char *const name = t->classes.list[class];
    hrmi_laying_next(l);
    hrm_status status = hrmi_laying_say(l, id, t->options.title_en, t->options.title_uk);
    if (status == HRM_OK) status = hrmi_laying_say(l, NULL, ": number, ", ": кількість, ");
    if (status == HRM_OK) status = hrmi_laying_say(l, NULL, name, name);
    return status == HRM_OK ? lay_counts(l, t, covered, t->class_count[class]) : status;
}

/* Columns of classes in the order of their bytes. */
static hrm_status lay_classes(hrmi_laying *l, const hrm_tally *t, const uint8_t *covered, hrmi_namer *namer) {
    const char *id = NULL;
    size_t *const order = hrmi_labels_order(l->ctx, &t->classes);
    hrm_status status = order == NULL ? HRM_ERROR_MEMORY : HRM_OK;
    for (size_t i = 0; i < t->classes.count && status == HRM_OK; i++) {
        status = hrmi_namer_id(l->ctx, namer, t->options.id, "_count_", t->classes.list[order[i]], "", &id);
        if (status == HRM_OK) status = lay_class(l, t, covered, order[i], id);
    }
    hrmi_free(l->ctx, order);
    return status;
}

static hrm_status lay_sums(hrmi_laying *l, const hrm_tally *t, const uint8_t *covered, hrmi_namer *namer) {
    const char *id = NULL;
    hrm_status status = HRM_OK;
    for (size_t f = 0; f < t->options.field_count && status == HRM_OK; f++) {
        status = hrmi_namer_id(l->ctx, namer, t->options.id, "_", t->options.fields[f], "_sum", &id);
        if (status == HRM_OK) status = lay_sum(l, t, covered, f, id);
    }
    return status;
}

hrm_status hrm_tally_table(hrm_context *ctx, const hrm_tally *tally, const uint8_t *covered,
                           hrm_table *table) {
    hrmi_laying laying;
    hrmi_namer namer;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (tally == NULL || table == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_tally_table: tally or table is NULL");
    hrm_status status = hrmi_must_be_communities(ctx, table, tally->layer);
    if (status != HRM_OK) return status;
    hrmi_namer_init(&namer, ctx);
    status = hrmi_laying_begin(ctx, table, tally->options.source, &laying);
    if (status == HRM_OK) status = lay_all(&laying, tally, covered);
    if (status == HRM_OK) status = lay_classes(&laying, tally, covered, &namer);
    if (status == HRM_OK) status = lay_sums(&laying, tally, covered, &namer);
    hrmi_namer_free(&namer);
    return hrmi_laying_end(&laying, status);
}
