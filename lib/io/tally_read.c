/*
 * Points of a file, into a tally: from two fields, or from the geometry of features.
 */
#include <stdio.h>

#include "base/buffer.h"
#include "io/rows.h"
#include "measure/tally.h"
#include "table/join_report.h"

enum { BATCH_POINTS = 4096 };

typedef struct reader {
    hrm_context *ctx;
    hrm_tally *tally;
    hrm_points_options options;
    hrmi_rows *rows;
    const char *path;
    const char **names; /* of x, y, the class and the fields; NULL where there is none */
    size_t x_field, y_field, class_field;
    size_t *fields;
    size_t count; /* points in the batch */
    double *x, *y, *values;
    hrmi_buffer text; /* the classes of the batch, one behind the other … */
    size_t *places;   /* … where each begins; HRM_NONE for none */
    const char **classes;
    int64_t *row; /* in the file, of each point of the batch */
    hrmi_point_notes notes;
    size_t note_capacity;
    uint64_t unusable;
} reader;

void hrm_points_options_init(hrm_points_options *options, size_t struct_size) {
    hrmi_init_struct(options, struct_size, NULL, sizeof *options);
}

static void reader_free(reader *r) {
    hrmi_rows_close(r->rows);
    hrmi_buffer_free(&r->text);
    hrmi_free(r->ctx, r->names);
    hrmi_free(r->ctx, r->fields);
    hrmi_free(r->ctx, r->x);
    hrmi_free(r->ctx, r->y);
    hrmi_free(r->ctx, r->values);
    hrmi_free(r->ctx, r->places);
    hrmi_free(r->ctx, r->classes);
    hrmi_free(r->ctx, r->row);
    hrmi_free(r->ctx, r->notes.notes);
}

static hrm_status make_room(reader *r) {
    r->names = hrmi_array_new(r->ctx, r->options.field_count + 3, sizeof *r->names);
    if (r->names != NULL) r->fields = hrmi_array_new(r->ctx, r->options.field_count, sizeof *r->fields);
    if (r->fields != NULL) r->x = hrmi_array_new(r->ctx, BATCH_POINTS, sizeof *r->x);
    if (r->x != NULL) r->y = hrmi_array_new(r->ctx, BATCH_POINTS, sizeof *r->y);
    if (r->y != NULL)
        r->values = hrmi_array_new(r->ctx, BATCH_POINTS * r->options.field_count, sizeof *r->values);
    if (r->values != NULL) r->places = hrmi_array_new(r->ctx, BATCH_POINTS, sizeof *r->places);
    if (r->places != NULL) r->classes = hrmi_array_new(r->ctx, BATCH_POINTS, sizeof *r->classes);
    if (r->classes != NULL) r->row = hrmi_array_new(r->ctx, BATCH_POINTS, sizeof *r->row);
    r->notes.rows = r->row;
    return r->row != NULL ? HRM_OK : HRM_ERROR_MEMORY;
}

static hrm_status feed(reader *r) {
    if (r->count == 0) return HRM_OK;
    const bool by_class = r->tally->options.by_class != 0;
    for (size_t i = 0; by_class && i < r->count; i++)
        r->classes[i] = r->places[i] == HRM_NONE ? NULL : r->text.data + r->places[i];
    const hrm_status status =
        hrmi_tally_add(r->ctx, r->tally, r->count, r->x, r->y, by_class ? r->classes : NULL,
                       r->options.field_count > 0 ? r->values : NULL, &r->notes);
    r->count = 0;
    r->text.length = 0;
    r->notes.count = 0;
    r->notes.beyond = 0;
    return status;
}

/* ---- what cannot be used, and why ---- */

static bool list_is_full(const reader *r) {
    return r->tally->entry_count + r->notes.count >= HRMI_TALLY_ENTRIES;
}

/* The text is kept with the tally, as only what its list will hold is noted. */
static hrm_status note(reader *r, size_t field, const char *text) {
    hrm_status status = hrmi_array_grow(r->ctx, &r->notes.notes, &r->note_capacity, r->notes.count + 1,
                                        sizeof *r->notes.notes);
    if (status != HRM_OK) return status;
    const char *const copy = hrmi_arena_text(r->ctx, &r->tally->texts, text, strlen(text));
    if (copy == NULL) return HRM_ERROR_MEMORY;
    r->notes.notes[r->notes.count++] = (hrmi_point_note){r->count, field, copy};
    return HRM_OK;
}

enum { WHY_SIZE = 2 * HRMI_CLEAN_SIZE + 200 };

/* `name: "cell": why`, or that it is missing. */
static hrm_status write_why(reader *r, const char *name, size_t field, const hrmi_cell *cell,
                            char why[WHY_SIZE]) {
    const char *text = NULL;
    char shown[HRMI_CLEAN_SIZE];
    char shown_name[HRMI_CLEAN_SIZE];
    const hrm_status status = hrmi_rows_text(r->ctx, r->rows, field, &text);
    if (status != HRM_OK) return status;
    (void)hrmi_clean(name, strlen(name), shown_name);
    (void)hrmi_clean(text != NULL ? text : "", text != NULL ? strlen(text) : 0, shown);
    if (text == NULL || cell->why == NULL) (void)snprintf(why, WHY_SIZE, "%s is missing", shown_name);
    else (void)snprintf(why, WHY_SIZE, "%s: \"%s\": %.160s", shown_name, shown, cell->why);
    return HRM_OK;
}

static hrm_status note_coordinates(reader *r, const hrmi_cell *x, const hrmi_cell *y) {
    char whys[2][WHY_SIZE] = {"", ""};
    char text[2 * WHY_SIZE + 2];
    hrm_status status = HRM_OK;
    if (list_is_full(r)) return HRM_OK;
    if (isnan(x->value)) status = write_why(r, r->options.x, r->x_field, x, whys[0]);
    if (status == HRM_OK && isnan(y->value)) status = write_why(r, r->options.y, r->y_field, y, whys[1]);
    if (status != HRM_OK) return status;
    (void)snprintf(text, sizeof text, "%s%s%s", whys[0], whys[0][0] != '\0' && whys[1][0] != '\0' ? "; " : "",
                   whys[1]);
    return note(r, HRM_NONE, text);
}

static hrm_status note_value(reader *r, size_t i, const hrmi_cell *cell) {
    static const char too_large[] = "it is more than a number can hold";
    const hrmi_cell shown = {cell->value, cell->why != NULL ? cell->why : too_large, cell->percent};
    char why[WHY_SIZE];
    r->unusable++;
    if (list_is_full(r)) {
        r->notes.beyond++;
        return HRM_OK;
    }
    const hrm_status status = write_why(r, r->options.fields[i], r->fields[i], &shown, why);
    return status == HRM_OK ? note(r, i, why) : status;
}

/* ---- reading ---- */

static hrm_status take_place(reader *r) {
    const hrmi_decimal decimal = (hrmi_decimal)r->options.decimal;
    double *const x = &r->x[r->count];
    double *const y = &r->y[r->count];
    r->row[r->count] = hrmi_rows_row(r->rows);
    if (r->x_field == HRM_NONE) {
        hrmi_rows_point(r->rows, x, y);
        if (!isnan(*x) || list_is_full(r)) return HRM_OK;
        return note(r, HRM_NONE, "it has no geometry, or one that is not a single point");
    }
    hrmi_cell x_cell;
    hrmi_cell y_cell;
    (void)hrmi_rows_number_cell(r->rows, r->x_field, decimal, &x_cell);
    (void)hrmi_rows_number_cell(r->rows, r->y_field, decimal, &y_cell);
    *x = x_cell.value;
    *y = y_cell.value;
    return isnan(*x) || isnan(*y) ? note_coordinates(r, &x_cell, &y_cell) : HRM_OK;
}

static hrm_status take_values(reader *r) {
    double *const values = r->values + r->count * r->options.field_count;
    const hrmi_decimal decimal = (hrmi_decimal)r->options.decimal;
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < r->options.field_count && status == HRM_OK; i++) {
        hrmi_cell cell;
        const hrmi_cell_kind kind = hrmi_rows_number_cell(r->rows, r->fields[i], decimal, &cell);
        values[i] = r->options.scales != NULL ? cell.value * r->options.scales[i] : cell.value;
        if (isinf(values[i])) values[i] = NAN;
        if (kind == HRMI_CELL_UNUSABLE || (kind == HRMI_CELL_NUMBER && isnan(values[i])))
            status = note_value(r, i, &cell);
    }
    return status;
}

static hrm_status take_class(reader *r) {
    const char *text = NULL;
    const hrm_status status = hrmi_rows_text(r->ctx, r->rows, r->class_field, &text);
    r->places[r->count] = HRM_NONE;
    if (status != HRM_OK || text == NULL) return status;
    r->places[r->count] = r->text.length;
    return hrmi_buffer_add(r->ctx, &r->text, text, strlen(text) + 1);
}

static hrm_status take_point(reader *r) {
    hrm_status status = take_place(r);
    if (status == HRM_OK) status = take_values(r);
    if (status == HRM_OK) status = take_class(r);
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

static hrm_status open_rows(reader *r, const hrm_source *source) {
    const hrm_points_options *const o = &r->options;
    r->names[0] = o->x;
    r->names[1] = o->y;
    r->names[2] = o->class_field;
    for (size_t i = 0; i < o->field_count; i++) r->names[3 + i] = o->fields[i];
    const hrm_status status =
        hrmi_rows_open(r->ctx, source, o->x == NULL, r->names, o->field_count + 3, &r->rows);
    if (status == HRM_OK) r->path = hrmi_rows_path(r->rows);
    return status;
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
    status = open_rows(&r, source);
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
