/*
 * Values of a file of polygons, brought to communities: features with their numbers, and weights from a
 * second file, in arrays for hrm_areal().
 */
#include <inttypes.h>

#include "io/rows.h"
#include "measure/areal.h"

enum { VALUE_SHOWN = 60 };

/* What is read of the polygons. */
typedef struct reader {
    hrm_context *ctx;
    hrm_areal_fields fields;
    hrmi_opened opened;
    hrmi_arena arena;
    int *places; /* of the fields in the features */
    const uint8_t **wkb;
    size_t *sizes;
    double *values; /* column_count of a feature side by side */
    size_t count, wkb_capacity, size_capacity, value_capacity;
    size_t *numbers, *unusable; /* per field */
    char *crs;
} reader;

/* What is read of the weights. */
typedef struct weigher {
    hrm_context *ctx;
    hrm_areal_points points;
    hrmi_rows *rows;
    size_t x_field, y_field, weight_field;
    double *x, *y, *weights;
    size_t count, x_capacity, y_capacity, weight_capacity;
    char *crs;
} weigher;

void hrm_areal_fields_init(hrm_areal_fields *fields, size_t struct_size) {
    hrmi_init_struct(fields, struct_size, NULL, sizeof *fields);
}

void hrm_areal_points_init(hrm_areal_points *points, size_t struct_size) {
    hrmi_init_struct(points, struct_size, NULL, sizeof *points);
}

static bool is_decimal(int32_t decimal) {
    return decimal >= HRM_DECIMAL_AUTO && decimal <= HRM_DECIMAL_COMMA;
}

/* ---- polygons ---- */

static hrm_status check_fields(const reader *r) {
    const hrm_areal_fields *const f = &r->fields;
    if (f->column_count == 0 || f->columns == NULL || f->fields == NULL)
        return hrmi_fail(r->ctx, HRM_ERROR_ARGUMENT, "hrm_areal_read: columns and their fields are needed");
    if (!is_decimal(f->decimal))
        return hrmi_fail(r->ctx, HRM_ERROR_ARGUMENT, "hrm_areal_read: decimal is none of HRM_DECIMAL_…");
    for (size_t i = 0; i < f->column_count; i++) {
        if (f->fields[i] == NULL)
            return hrmi_fail(r->ctx, HRM_ERROR_ARGUMENT, "hrm_areal_read: field %zu is NULL", i);
        if (f->scales != NULL && !isfinite(f->scales[i]))
            return hrmi_fail(r->ctx, HRM_ERROR_ARGUMENT, "hrm_areal_read: the scale of %.100s is no number",
                             f->fields[i]);
    }
    return HRM_OK;
}

static hrm_status find_fields(reader *r) {
    hrmi_names names = {NULL, 0};
    hrm_status status = hrmi_features_names(r->ctx, &r->opened, &r->arena, &names);
    r->places = hrmi_arena_new(r->ctx, &r->arena, r->fields.column_count, sizeof *r->places);
    r->numbers = hrmi_arena_new(r->ctx, &r->arena, r->fields.column_count, sizeof *r->numbers);
    r->unusable = hrmi_arena_new(r->ctx, &r->arena, r->fields.column_count, sizeof *r->unusable);
    if (r->places == NULL || r->numbers == NULL || r->unusable == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < r->fields.column_count && status == HRM_OK; i++) {
        size_t place = 0;
        status = hrmi_names_find(r->ctx, &names, r->fields.fields[i], "field", r->opened.source.path, &place);
        r->places[i] = (int)place;
    }
    return status;
}

/* The first cell of a field that is no number goes to the log, with its row. */
static void tell_unusable(const reader *r, size_t i, OGRFeatureH feature, const hrmi_cell *cell) {
    char buffer[HRMI_FIELD_TEXT_SIZE];
    char shown[VALUE_SHOWN];
    const char *const text = hrmi_feature_text(feature, r->places[i], buffer);
    hrmi_names_show(text != NULL ? text : "", text != NULL ? strlen(text) : 0, shown, sizeof shown);
    hrmi_log(r->ctx, HRM_LOG_WARNING, "%s, row %zu: %s is \"%s\": %s; taken as missing, as others like it",
             r->opened.source.path, r->count + 1, r->fields.fields[i], shown,
             cell->why != NULL ? cell->why : "it is more than a number can hold");
}

static void take_values(reader *r, OGRFeatureH feature) {
    double *const values = r->values + r->count * r->fields.column_count;
    for (size_t i = 0; i < r->fields.column_count; i++) {
        hrmi_cell cell;
        const hrmi_cell_kind kind =
            hrmi_feature_number(feature, r->places[i], (hrmi_decimal)r->fields.decimal, &cell);
        values[i] = r->fields.scales != NULL ? cell.value * r->fields.scales[i] : cell.value;
        if (!isfinite(values[i])) values[i] = NAN;
        if (kind == HRMI_CELL_MISSING) continue;
        if (!isnan(values[i])) r->numbers[i]++;
        else if (r->unusable[i]++ == 0) tell_unusable(r, i, feature, &cell);
    }
}

static hrm_status take_feature(hrmi_features *features, void *user) {
    reader *const r = user;
    hrm_status status = hrmi_array_grow(r->ctx, &r->wkb, &r->wkb_capacity, r->count + 1, sizeof *r->wkb);
    if (status == HRM_OK)
        status = hrmi_array_grow(r->ctx, &r->sizes, &r->size_capacity, r->count + 1, sizeof *r->sizes);
    if (status == HRM_OK)
        status = hrmi_array_grow(r->ctx, &r->values, &r->value_capacity,
                                 (r->count + 1) * r->fields.column_count, sizeof *r->values);
    if (status == HRM_OK)
        status = hrmi_features_wkb(r->ctx, features, &r->arena, &r->wkb[r->count], &r->sizes[r->count]);
    if (status != HRM_OK) return status;
    take_values(r, features->feature);
    r->count++;
    return HRM_OK;
}

static hrm_status check_numbers(const reader *r) {
    for (size_t i = 0; i < r->fields.column_count; i++)
        if (r->numbers[i] == 0 && r->unusable[i] > 0)
            return hrmi_fail(
                r->ctx, HRM_ERROR_FIELD,
                "%s: the field %.100s holds text and not one number: text cannot be spread or averaged",
                r->opened.source.path, r->fields.fields[i]);
    return HRM_OK;
}

static hrm_status read_polygons(reader *r, const hrm_source *source) {
    hrm_status status = check_fields(r);
    if (status == HRM_OK) status = hrmi_source_check(r->ctx, source, &r->opened);
    if (status == HRM_OK) status = hrmi_source_open(r->ctx, HRMI_SOURCE_FEATURES, &r->opened);
    if (status == HRM_OK) status = find_fields(r);
    if (status != HRM_OK) return status;
    r->crs = hrmi_source_crs_text(r->ctx, &r->opened);
    if (r->crs == NULL) return hrm_error_status(r->ctx);
    status = hrmi_features_each(r->ctx, &r->opened, take_feature, r);
    return status == HRM_OK ? check_numbers(r) : status;
}

/* ---- weights ---- */

static hrm_status check_points(const weigher *w) {
    const hrm_areal_points *const p = &w->points;
    if (p->source == NULL)
        return hrmi_fail(w->ctx, HRM_ERROR_ARGUMENT, "hrm_areal_points: the source is NULL");
    if ((p->x == NULL) != (p->y == NULL))
        return hrmi_fail(w->ctx, HRM_ERROR_ARGUMENT,
                         "hrm_areal_points: name both fields of coordinates, or none");
    if (!is_decimal(p->decimal))
        return hrmi_fail(w->ctx, HRM_ERROR_ARGUMENT, "hrm_areal_points: decimal is none of HRM_DECIMAL_…");
    return HRM_OK;
}

static hrm_status take_point(weigher *w) {
    const hrmi_decimal decimal = (hrmi_decimal)w->points.decimal;
    hrmi_cell x = {.value = NAN};
    hrmi_cell y = {.value = NAN};
    hrmi_cell weight = {.value = 1.0};
    hrm_status status = hrmi_array_grow(w->ctx, &w->x, &w->x_capacity, w->count + 1, sizeof *w->x);
    if (status == HRM_OK) status = hrmi_array_grow(w->ctx, &w->y, &w->y_capacity, w->count + 1, sizeof *w->y);
    if (status == HRM_OK)
        status = hrmi_array_grow(w->ctx, &w->weights, &w->weight_capacity, w->count + 1, sizeof *w->weights);
    if (status != HRM_OK) return status;
    if (w->points.x == NULL) {
        hrmi_rows_point(w->rows, &x.value, &y.value);
    } else {
        (void)hrmi_rows_number_cell(w->rows, w->x_field, decimal, &x);
        (void)hrmi_rows_number_cell(w->rows, w->y_field, decimal, &y);
    }
    if (w->points.weight != NULL) (void)hrmi_rows_number_cell(w->rows, w->weight_field, decimal, &weight);
    if (weight.value < 0.0)
        return hrmi_fail(w->ctx, HRM_ERROR_VALUE, "%s, row %" PRId64 ": the weight in %.100s is negative",
                         hrmi_rows_path(w->rows), hrmi_rows_row(w->rows), w->points.weight);
    w->x[w->count] = x.value;
    w->y[w->count] = y.value;
    w->weights[w->count++] = weight.value;
    return HRM_OK;
}

static hrm_status take_crs(weigher *w) {
    size_t size = 0;
    hrm_status status = hrm_source_crs(w->ctx, w->points.source, NULL, 0, &size);
    if (status != HRM_OK) return status;
    w->crs = hrmi_array_new(w->ctx, size, 1);
    if (w->crs == NULL) return HRM_ERROR_MEMORY;
    return hrm_source_crs(w->ctx, w->points.source, w->crs, size, &size);
}

static hrm_status open_points(weigher *w) {
    const hrm_areal_points *const p = &w->points;
    const char *const wanted[] = {p->x, p->y, p->weight};
    hrm_status status = hrmi_rows_open(w->ctx, p->source, p->x == NULL, wanted, 3, &w->rows);
    if (status == HRM_OK && p->x == NULL && !hrmi_rows_has_geometry(w->rows))
        status =
            hrmi_fail(w->ctx, HRM_ERROR_FIELD,
                      "%s: its rows have no geometry; say with x and y which fields hold the coordinates",
                      hrmi_rows_path(w->rows));
    if (status == HRM_OK) status = hrmi_rows_find(w->ctx, w->rows, p->x, &w->x_field);
    if (status == HRM_OK) status = hrmi_rows_find(w->ctx, w->rows, p->y, &w->y_field);
    if (status == HRM_OK) status = hrmi_rows_find(w->ctx, w->rows, p->weight, &w->weight_field);
    return status;
}

static hrm_status read_points(weigher *w) {
    hrm_status status = check_points(w);
    if (status == HRM_OK) status = take_crs(w);
    if (status == HRM_OK) status = open_points(w);
    while (status == HRM_OK) {
        bool more = false;
        status = hrmi_rows_next(w->ctx, w->rows, &more);
        if (status != HRM_OK || !more) break;
        status = take_point(w);
    }
    if (status == HRM_OK && w->count == 0)
        status =
            hrmi_fail(w->ctx, HRM_ERROR_FORMAT, "%s: there is not one point in it", hrmi_rows_path(w->rows));
    return status;
}

/* ---- all together ---- */

static hrm_status interpolate(const reader *r, const weigher *w, const hrm_layer *layer,
                              const hrm_areal_options *options, hrm_table *table, hrm_areal_report **report) {
    hrm_areal_input input;
    hrm_areal_weights weights;
    hrm_areal_options o;
    hrm_areal_input_init(&input, sizeof input);
    hrm_areal_weights_init(&weights, sizeof weights);
    hrm_areal_options_init(&o, sizeof o);
    hrm_status status = hrmi_read_struct(r->ctx, &o, sizeof o, options, "hrm_areal_options");
    if (status != HRM_OK) return status;
    o.struct_size = (uint32_t)sizeof o;
    input.count = r->count;
    input.wkb = r->wkb;
    input.wkb_sizes = r->sizes;
    input.crs = r->crs;
    input.columns = r->fields.columns;
    input.column_count = r->fields.column_count;
    input.values = r->values;
    input.source = r->opened.source.path;
    if (w->points.source != NULL) {
        weights.count = w->count;
        weights.x = w->x;
        weights.y = w->y;
        weights.weights = w->weights;
        weights.crs = w->crs;
        weights.source = hrmi_rows_path(w->rows);
        o.weights = &weights;
    }
    return hrm_areal(r->ctx, layer, &input, &o, table, report);
}

static void free_all(reader *r, weigher *w) {
    hrmi_source_close(&r->opened);
    hrmi_free(r->ctx, r->wkb);
    hrmi_free(r->ctx, r->sizes);
    hrmi_free(r->ctx, r->values);
    hrmi_free(r->ctx, r->crs);
    hrmi_arena_free(&r->arena);
    hrmi_rows_close(w->rows);
    hrmi_free(r->ctx, w->x);
    hrmi_free(r->ctx, w->y);
    hrmi_free(r->ctx, w->weights);
    hrmi_free(r->ctx, w->crs);
}

hrm_status hrm_areal_read(hrm_context *ctx, const hrm_layer *layer, const hrm_source *source,
                          const hrm_areal_fields *fields, const hrm_areal_points *points,
                          const hrm_areal_options *options, hrm_table *table, hrm_areal_report **report) {
    reader r;
    weigher w;
    hrm_areal_report *made = NULL;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (report != NULL) *report = NULL;
    memset(&r, 0, sizeof r);
    memset(&w, 0, sizeof w);
    r.ctx = w.ctx = ctx;
    hrmi_arena_init(&r.arena, ctx);
    hrm_status status = hrmi_progress(ctx, 0, "opening");
    const hrmi_range outer = hrmi_progress_part(ctx, 0, 0.2);
    if (status == HRM_OK)
        status = hrmi_read_struct(ctx, &r.fields, sizeof r.fields, fields, "hrm_areal_fields");
    if (status == HRM_OK)
        status = hrmi_read_struct(ctx, &w.points, sizeof w.points, points, "hrm_areal_points");
    if (status == HRM_OK) status = read_polygons(&r, source);
    if (status != HRM_OK) goto done;
    hrmi_source_close(&r.opened);
    hrmi_progress_restore(ctx, outer);
    (void)hrmi_progress_part(ctx, 0.2, 0.4);
    if (points != NULL) status = read_points(&w);
    if (status != HRM_OK) goto done;
    hrmi_progress_restore(ctx, outer);
    (void)hrmi_progress_part(ctx, 0.4, 1);
    status = interpolate(&r, &w, layer, options, table, &made);
    if (status != HRM_OK) goto done;
    for (size_t i = 0; i < made->amount_count; i++) made->amounts[i].unusable = r.unusable[i];
    if (report != NULL) {
        *report = made;
        made = NULL; /* given away */
    }
done:
    hrmi_progress_restore(ctx, outer);
    hrm_areal_report_free(made);
    free_all(&r, &w);
    return status;
}
