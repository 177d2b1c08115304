/*
 * Points of a file, into a tally: from two fields, or from the geometry of features.
 */
#include "base/buffer.h"
#include "io/rows.h"
#include "measure/tally.h"

enum { BATCH_POINTS = 4096 };

typedef struct reader {
    hrm_context *ctx;
    hrm_tally *tally;
    hrm_points_options options;
    hrmi_rows *rows;
    const char *path;
    size_t x_field, y_field, class_field;
    size_t *fields;
    size_t count; /* points in the batch */
    double *x, *y, *values;
    hrmi_buffer text; /* the classes of the batch, one behind the other … */
    size_t *places;   /* … where each begins; HRM_NONE for none */
    const char **classes;
    uint64_t unusable;
} reader;

void hrm_points_options_init(hrm_points_options *options, size_t struct_size) {
    hrmi_init_struct(options, struct_size, NULL, sizeof *options);
}

static void reader_free(reader *r) {
    hrmi_rows_close(r->rows);
    hrmi_buffer_free(&r->text);
    hrmi_free(r->ctx, r->fields);
    hrmi_free(r->ctx, r->x);
    hrmi_free(r->ctx, r->y);
    hrmi_free(r->ctx, r->values);
    hrmi_free(r->ctx, r->places);
    hrmi_free(r->ctx, r->classes);
}

static hrm_status make_room(reader *r) {
    r->fields = hrmi_array_new(r->ctx, r->options.field_count, sizeof *r->fields);
    if (r->fields != NULL) r->x = hrmi_array_new(r->ctx, BATCH_POINTS, sizeof *r->x);
    if (r->x != NULL) r->y = hrmi_array_new(r->ctx, BATCH_POINTS, sizeof *r->y);
    if (r->y != NULL)
        r->values = hrmi_array_new(r->ctx, BATCH_POINTS * r->options.field_count, sizeof *r->values);
    if (r->values != NULL) r->places = hrmi_array_new(r->ctx, BATCH_POINTS, sizeof *r->places);
    if (r->places != NULL) r->classes = hrmi_array_new(r->ctx, BATCH_POINTS, sizeof *r->classes);
    return r->classes != NULL ? HRM_OK : HRM_ERROR_MEMORY;
}

static hrm_status feed(reader *r) {
    if (r->count == 0) return HRM_OK;
    const bool by_class = r->tally->options.by_class != 0;
    for (size_t i = 0; by_class && i < r->count; i++)
        r->classes[i] = r->places[i] == HRM_NONE ? NULL : r->text.data + r->places[i];
    const hrm_status status =
        hrm_tally_add(r->ctx, r->tally, r->count, r->x, r->y, by_class ? r->classes : NULL,
                      r->options.field_count > 0 ? r->values : NULL);
    r->count = 0;
    r->text.length = 0;
    return status;
}

static void take_values(reader *r) {
    double *const values = r->values + r->count * r->options.field_count;
    const hrmi_decimal decimal = (hrmi_decimal)r->options.decimal;
    for (size_t i = 0; i < r->options.field_count; i++) {
        hrmi_cell cell;
        const hrmi_cell_kind kind = hrmi_rows_number_cell(r->rows, r->fields[i], decimal, &cell);
        values[i] = r->options.scales != NULL ? cell.value * r->options.scales[i] : cell.value;
        if (isinf(values[i])) values[i] = NAN;
        if (kind == HRMI_CELL_UNUSABLE || (kind == HRMI_CELL_NUMBER && isnan(values[i]))) r->unusable++;
    }
}

static hrm_status take_point(reader *r) {
    const hrmi_decimal decimal = (hrmi_decimal)r->options.decimal;
    const char *class_text = NULL;
    if (r->x_field == HRM_NONE) {
        hrmi_rows_point(r->rows, &r->x[r->count], &r->y[r->count]);
    } else {
        hrmi_cell x;
        hrmi_cell y;
        (void)hrmi_rows_number_cell(r->rows, r->x_field, decimal, &x);
        (void)hrmi_rows_number_cell(r->rows, r->y_field, decimal, &y);
        r->x[r->count] = x.value;
        r->y[r->count] = y.value;
    }
    take_values(r);
    hrm_status status = hrmi_rows_text(r->ctx, r->rows, r->class_field, &class_text);
    r->places[r->count] = HRM_NONE;
    if (status == HRM_OK && class_text != NULL) {
        r->places[r->count] = r->text.length;
        status = hrmi_buffer_add(r->ctx, &r->text, class_text, strlen(class_text) + 1);
    }
    if (status == HRM_OK) r->count++;
    return status;
}

static hrm_status read_points(reader *r) {
    hrm_status status = HRM_OK;
    for (;;) {
        bool more = false;
        status = hrmi_rows_next(r->ctx, r->rows, &more);
        if (status != HRM_OK || !more) break;
        status = take_point(r);
        if (status == HRM_OK && r->count == BATCH_POINTS) status = feed(r);
        if (status != HRM_OK) break;
    }
    return status == HRM_OK ? feed(r) : status;
}

static hrm_status check_options(reader *r) {
    const hrm_points_options *const o = &r->options;
    const hrm_tally_options *const t = &r->tally->options;
    if ((o->x == NULL) != (o->y == NULL))
        return hrmi_fail(r->ctx, HRM_ERROR_ARGUMENT,
                         "hrm_tally_read: name both fields of coordinates, or none");
    if ((o->class_field != NULL) != (t->by_class != 0))
        return hrmi_fail(r->ctx, HRM_ERROR_ARGUMENT,
                         "hrm_tally_read: the tally is %sby class, and %s field of them "
                         "is named",
                         t->by_class != 0 ? "" : "not ", o->class_field != NULL ? "a" : "no");
    if (o->field_count != t->field_count || (o->fields == NULL && o->field_count > 0))
        return hrmi_fail(r->ctx, HRM_ERROR_ARGUMENT, "hrm_tally_read: %zu fields for %zu of the tally",
                         o->fields != NULL ? o->field_count : 0, t->field_count);
    for (size_t i = 0; i < o->field_count; i++)
        if (o->fields[i] == NULL)
            return hrmi_fail(r->ctx, HRM_ERROR_ARGUMENT, "hrm_tally_read: field %zu is NULL", i);
    if (o->decimal < HRM_DECIMAL_AUTO || o->decimal > HRM_DECIMAL_COMMA)
        return hrmi_fail(r->ctx, HRM_ERROR_ARGUMENT, "hrm_tally_read: decimal is none of HRM_DECIMAL_…");
    return HRM_OK;
}

/* A table in place of points would be a heap of unusable ones. */
static hrm_status check_geometry(reader *r) {
    if (r->options.x != NULL || hrmi_rows_has_geometry(r->rows)) return HRM_OK;
    return hrmi_fail(r->ctx, HRM_ERROR_FIELD,
                     "%s: its rows have no geometry; say with x and y which fields hold the coordinates",
                     r->path);
}

static hrm_status find_fields(reader *r) {
    const hrm_points_options *const o = &r->options;
    hrm_status status = hrmi_rows_find(r->ctx, r->rows, o->x, &r->x_field);
    if (status == HRM_OK) status = hrmi_rows_find(r->ctx, r->rows, o->y, &r->y_field);
    if (status == HRM_OK) status = hrmi_rows_find(r->ctx, r->rows, o->class_field, &r->class_field);
    for (size_t i = 0; i < o->field_count && status == HRM_OK; i++)
        status = hrmi_rows_find(r->ctx, r->rows, o->fields[i], &r->fields[i]);
    return status;
}

hrm_status hrm_tally_read(hrm_context *ctx, const hrm_source *source, const hrm_points_options *options,
                          hrm_tally *tally, uint64_t *unusable) {
    reader r;
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (unusable != NULL) *unusable = 0;
    memset(&r, 0, sizeof r);
    r.ctx = ctx;
    r.tally = tally;
    hrmi_buffer_init(&r.text, ctx);
    if (tally == NULL) {
        status = hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_tally_read: the tally is NULL");
        goto done;
    }
    status = hrmi_read_struct(ctx, &r.options, sizeof r.options, options, "hrm_points_options");
    if (status == HRM_OK) status = check_options(&r);
    if (status == HRM_OK) status = make_room(&r);
    if (status != HRM_OK) goto done;
    status = hrmi_rows_open(ctx, source, r.options.x == NULL, &r.rows);
    if (status == HRM_OK) r.path = source->path;
    if (status == HRM_OK) status = check_geometry(&r);
    if (status != HRM_OK) goto done;
    status = find_fields(&r);
    if (status != HRM_OK) goto done;
    status = read_points(&r);
    if (status == HRM_OK && unusable != NULL) *unusable = r.unusable;
done:
    reader_free(&r);
    return status;
}
