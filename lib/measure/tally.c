/*
 * Counting points. A batch is first looked at as a whole (where each point lies, which class it has) without
 * changing anything but the list of classes, which can be taken back; what can fail comes first, then all is
 * counted. Sums are exact, so batches may come in any order and size.
 */
#include "base/utf8.h"
#include "community/layer.h"
#include "geo/crs.h"
#include "measure/columns.h"
#include "measure/tally.h"

enum { MOST_CLASSES = 1000, BLOCK = 1024 };

/* What the first look at a batch found. */
typedef struct batch {
    uint32_t *row;   /* per point: a row of the layer, or HRMI_POINT_… */
    uint16_t *class; /* per point; NULL without classes */
    uint64_t ambiguous;
} batch;

void hrm_tally_options_init(hrm_tally_options *options, size_t struct_size) {
    hrmi_init_struct(options, struct_size, NULL, sizeof *options);
}

/* ---- making ---- */

static hrm_status copy_text(hrm_context *ctx, hrm_tally *t, const char **text) {
    if (*text == NULL) return HRM_OK;
    *text = hrmi_arena_text(ctx, &t->texts, *text, strlen(*text));
    return *text == NULL ? HRM_ERROR_MEMORY : HRM_OK;
}

static hrm_status copy_texts(hrm_context *ctx, hrm_tally *t, const char *const **list, size_t count) {
    hrm_status status = HRM_OK;
    if (*list == NULL) return HRM_OK;
    const char **const copy = hrmi_arena_new(ctx, &t->texts, count, sizeof *copy);
    if (copy == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < count && status == HRM_OK; i++) {
        copy[i] = (*list)[i];
        status = copy_text(ctx, t, &copy[i]);
    }
    *list = copy;
    return status;
}

static bool is_utf8(const char *text) {
    return text == NULL || hrmi_utf8_first_invalid(text, strlen(text)) == strlen(text);
}

static hrm_status check_options(hrm_context *ctx, const hrm_tally_options *o) {
    if (o->id == NULL || o->id[0] == '\0')
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "hrm_tally_new: the options have no id, which begins the columns' names");
    if (o->field_count > 0 && o->fields == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_tally_new: %zu fields and no names of them",
                         o->field_count);
    for (size_t i = 0; i < o->field_count; i++)
        if (o->fields[i] == NULL || o->fields[i][0] == '\0')
            return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_tally_new: field %zu has no name", i);
    for (size_t i = 0; i < o->field_count; i++)
        if (!is_utf8(o->fields[i]) || (o->units != NULL && !is_utf8(o->units[i])))
            return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                             "hrm_tally_new: the name or unit of field %zu is not UTF-8", i);
    return hrmi_must_begin_ids(ctx, o->id);
}

/* Copies the options, and fills in what they leave out. */
static hrm_status take_options(hrm_context *ctx, hrm_tally *t, const hrm_tally_options *given) {
    hrm_tally_options *const o = &t->options;
    hrmi_crs *crs = NULL;
    hrm_status status = hrmi_read_struct(ctx, o, sizeof *o, given, "hrm_tally_options");
    if (status == HRM_OK) status = check_options(ctx, o);
    if (status != HRM_OK) return status;
    if (o->source == NULL) o->source = "the points";
    if (o->title_en == NULL) o->title_en = o->id;
    if (o->title_uk == NULL) o->title_uk = o->id;
    if (o->crs == NULL) o->crs = "OGC:CRS84";
    const char **const texts[] = {&o->id, &o->source, &o->title_en, &o->title_uk, &o->crs};
    for (size_t i = 0; i < sizeof texts / sizeof *texts && status == HRM_OK; i++)
        status = copy_text(ctx, t, texts[i]);
    if (status == HRM_OK) status = copy_texts(ctx, t, &o->fields, o->field_count);
    if (status == HRM_OK) status = copy_texts(ctx, t, &o->units, o->field_count);
    if (status != HRM_OK) return status;
    status =
        hrmi_crs_open(ctx, o->crs, &crs); /* to refuse it here; it belongs to a context, so it is not kept */
    if (status != HRM_OK) status = hrmi_fail_in(ctx, status, "%s", o->source);
    hrmi_crs_free(crs);
    return status;
}

static hrm_status make_room(hrm_context *ctx, hrm_tally *t) {
    const size_t fields = t->options.field_count;
    t->count = hrmi_array_new(ctx, t->rows, sizeof *t->count);
    if (t->count == NULL) return HRM_ERROR_MEMORY;
    if (fields > SIZE_MAX / (t->rows + 1)) return hrmi_fail_memory(ctx);
    t->cells = hrmi_array_new(ctx, t->rows * fields, sizeof *t->cells);
    if (t->cells == NULL) return HRM_ERROR_MEMORY;
    t->all = hrmi_array_new(ctx, fields, sizeof *t->all);
    if (t->all == NULL) return HRM_ERROR_MEMORY;
    t->allocated = hrmi_array_new(ctx, fields, sizeof *t->allocated);
    return t->allocated == NULL ? HRM_ERROR_MEMORY : HRM_OK;
}

hrm_status hrm_tally_new(hrm_context *ctx, const hrm_layer *layer, const hrm_tally_options *options,
                         hrm_tally **out) {
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_tally_new: out is NULL");
    *out = NULL;
    if (layer == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_tally_new: layer is NULL");
    hrm_tally *const t = hrmi_array_new(ctx, 1, sizeof *t);
    if (t == NULL) return HRM_ERROR_MEMORY;
    t->allocator = t->locator.allocator = *hrmi_allocator(ctx);
    hrmi_arena_init(&t->texts, ctx);
    hrmi_labels_init(&t->classes, ctx);
    t->layer = layer;
    t->rows = hrm_layer_count(layer);
    hrm_status status = take_options(ctx, t, options);
    if (status == HRM_OK) status = make_room(ctx, t);
    if (status == HRM_OK) status = hrmi_locator_build(ctx, hrmi_layer_shapes(layer), &t->locator);
    if (status == HRM_OK) *out = t;
    else hrm_tally_free(t);
    return status;
}

void hrm_tally_free(hrm_tally *t) {
    if (t == NULL) return;
    const hrm_allocator allocator = t->allocator;
    for (size_t c = 0; c < t->classes.count; c++) hrmi_release(&allocator, t->class_count[c]);
    hrmi_release(&allocator, t->class_count);
    hrmi_labels_free(&t->classes);
    hrmi_release(&allocator, t->entries);
    hrmi_release(&allocator, t->allocated);
    hrmi_release(&allocator, t->all);
    hrmi_release(&allocator, t->cells);
    hrmi_release(&allocator, t->count);
    hrmi_locator_free(&t->locator);
    hrmi_arena_free(&t->texts);
    hrmi_release(&allocator, t);
}

/* ---- adding ---- */

static hrm_status check_batch(hrm_context *ctx, const hrm_tally *t, size_t count, const double *x,
                              const double *y, const char *const *classes, const double *values) {
    const size_t fields = t->options.field_count;
    if (count > 0 && (x == NULL || y == NULL))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%s: x or y is NULL", t->options.source);
    if (count > 0 && (classes != NULL) != (t->options.by_class != 0))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         t->options.by_class != 0 ? "%s: classes is NULL, and the tally is by class"
                                                  : "%s: classes are given, and the tally is not by class",
                         t->options.source);
    if (count > 0 && (values != NULL) != (fields > 0))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%s: the tally sums %zu fields, and values is %s",
                         t->options.source, fields, values == NULL ? "NULL" : "given");
    for (size_t i = 0; fields > 0 && i < count * fields; i++)
        if (isinf(values[i]))
            return hrmi_fail(ctx, HRM_ERROR_VALUE,
                             "%s, point %zu of the batch, field %s: the value is infinite", t->options.source,
                             i / fields, t->options.fields[i % fields]);
    return HRM_OK;
}

/* Finds the row of every point. */
static hrm_status locate_all(hrm_context *ctx, const hrm_tally *t, size_t count, const double *x,
                             const double *y, batch *b) {
    hrmi_crs *crs = NULL;
    hrm_status status = hrmi_crs_open(ctx, t->options.crs, &crs);
    for (size_t first = 0; first < count && status == HRM_OK; first += BLOCK) {
        double lon[BLOCK];
        double lat[BLOCK];
        size_t failed;
        const size_t n = count - first < BLOCK ? count - first : BLOCK;
        memcpy(lon, x + first, n * sizeof *lon);
        memcpy(lat, y + first, n * sizeof *lat);
        status = hrmi_go_on(ctx, "counting points");
        if (status == HRM_OK) status = hrmi_crs_to_wgs84(ctx, crs, n, lon, lat, NULL, &failed);
        for (size_t i = 0; i < n && status == HRM_OK; i++) {
            bool several = false;
            const size_t row = isnan(lon[i]) ? HRM_NONE : hrmi_locate(&t->locator, lon[i], lat[i], &several);
            b->row[first + i] = row != HRM_NONE ? (uint32_t)row
                                : isnan(lon[i]) ? HRMI_POINT_UNUSABLE
                                                : HRMI_POINT_OUTSIDE;
            b->ambiguous += several;
        }
    }
    if (status != HRM_OK && status != HRM_ERROR_CANCELLED)
        status = hrmi_fail_in(ctx, status, "%s", t->options.source);
    hrmi_crs_free(crs);
    return status;
}

static hrm_status add_class(hrm_context *ctx, hrm_tally *t, const char *text, size_t length, size_t *number) {
    if (t->classes.count >= MOST_CLASSES)
        return hrmi_fail(ctx, HRM_ERROR_LIMIT,
                         "%s: more than %d classes; \"%.60s\" is one too many: group them before counting",
                         t->options.source, MOST_CLASSES, text);
    hrm_status status = hrmi_array_grow_by(ctx, &t->allocator, &t->class_count, &t->class_capacity,
                                           t->classes.count + 1, sizeof *t->class_count);
    if (status != HRM_OK) return status;
    uint64_t *const counts = hrmi_array_new_by(ctx, &t->allocator, t->rows, sizeof *counts);
    if (counts == NULL) return HRM_ERROR_MEMORY;
    status = hrmi_labels_number(ctx, &t->classes, text, length, number);
    if (status == HRM_OK) t->class_count[*number] = counts;
    else hrmi_release(&t->allocator, counts);
    return status;
}

static hrm_status classify_all(hrm_context *ctx, hrm_tally *t, size_t count, const char *const *classes,
                               batch *b) {
    for (size_t i = 0; i < count; i++) {
        const char *text = classes[i] != NULL ? classes[i] : "";
        size_t length = hrmi_utf8_trim(&text, strlen(text));
        if (length == 0) {
            text = "unknown";
            length = strlen(text);
        }
        size_t number = hrmi_index_find(&t->classes.index, text, length);
        if (number == HRM_NONE) {
            const hrm_status status = add_class(ctx, t, text, length, &number);
            if (status != HRM_OK) return status;
        }
        b->class[i] = (uint16_t)number;
    }
    return HRM_OK;
}

static void forget_classes(hrm_tally *t, size_t count) {
    for (size_t c = count; c < t->classes.count; c++) hrmi_release(&t->allocator, t->class_count[c]);
    hrmi_labels_truncate(&t->classes, count);
}

static void sum_values(hrm_tally *t, uint32_t row, const double *values) {
    const size_t fields = t->options.field_count;
    hrmi_tally_cell *const cells = row < t->rows ? t->cells + row * fields : NULL;
    for (size_t f = 0; f < fields; f++) {
        if (isnan(values[f])) {
            t->all[f].missing++;
            if (cells != NULL) cells[f].missing++;
            continue;
        }
        t->all[f].numbers++;
        hrmi_sum_add(&t->all[f].sum, values[f]);
        if (cells == NULL) continue;
        cells[f].numbers++;
        hrmi_sum_add(&cells[f].sum, values[f]);
        hrmi_sum_add(&t->allocated[f], values[f]);
    }
}

static void count_all(hrm_tally *t, size_t count, const batch *b, const double *values) {
    t->counts.points += count;
    t->counts.ambiguous += b->ambiguous;
    for (size_t i = 0; i < count; i++) {
        const uint32_t row = b->row[i];
        if (row == HRMI_POINT_UNUSABLE) t->counts.unusable++;
        else if (row == HRMI_POINT_OUTSIDE) t->counts.outside++;
        else {
            t->counts.inside++;
            t->count[row]++;
            if (b->class != NULL) t->class_count[b->class[i]][row]++;
        }
        if (values != NULL) sum_values(t, row, values + i * t->options.field_count);
    }
}

hrm_status hrmi_tally_add(hrm_context *ctx, hrm_tally *tally, size_t count, const double *x, const double *y,
                          const char *const *classes, const double *values, const hrmi_point_notes *notes) {
    batch b = {NULL, NULL, 0};
    size_t listed = 0;
    uint64_t not_listed = 0;
    hrm_status status = check_batch(ctx, tally, count, x, y, classes, values);
    if (status != HRM_OK || count == 0) return status;
    const size_t known_classes = tally->classes.count;
    b.row = hrmi_array_new(ctx, count, sizeof *b.row);
    if (b.row == NULL) return HRM_ERROR_MEMORY;
    status = locate_all(ctx, tally, count, x, y, &b);
    if (status == HRM_OK)
        status = hrmi_tally_list(ctx, tally, count, x, y, b.row, notes, &listed, &not_listed);
    if (status == HRM_OK && classes != NULL) {
        b.class = hrmi_array_new(ctx, count, sizeof *b.class);
        status = b.class == NULL ? HRM_ERROR_MEMORY : classify_all(ctx, tally, count, classes, &b);
        if (status != HRM_OK) forget_classes(tally, known_classes);
    }
    if (status == HRM_OK) {
        count_all(tally, count, &b, values);
        tally->entry_count += listed;
        tally->counts.not_listed += not_listed;
    }
    hrmi_free(ctx, b.class);
    hrmi_free(ctx, b.row);
    return status;
}

hrm_status hrm_tally_add(hrm_context *ctx, hrm_tally *tally, size_t count, const double *x, const double *y,
                         const char *const *classes, const double *values) {
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (tally == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_tally_add: tally is NULL");
    return hrmi_tally_add(ctx, tally, count, x, y, classes, values, NULL);
}

/* ---- asking ---- */

bool hrm_tally_counts(const hrm_tally *tally, hrm_tally_counts_info *out) {
    return hrmi_give_struct(out, &tally->counts, sizeof tally->counts);
}

bool hrm_tally_amount(const hrm_tally *tally, size_t field, hrm_tally_amount_info *out) {
    if (field >= tally->options.field_count) return false;
    hrmi_sum rest = tally->all[field].sum;
    hrmi_sum_subtract_sum(&rest, &tally->allocated[field]);
    const hrm_tally_amount_info amount = {
        .field = tally->options.fields[field],
        .total = hrmi_sum_value(&tally->all[field].sum),
        .allocated = hrmi_sum_value(&tally->allocated[field]),
        .unallocated = hrmi_sum_value(&rest),
        .numbers = tally->all[field].numbers,
        .missing = tally->all[field].missing,
    };
    return hrmi_give_struct(out, &amount, sizeof amount);
}
