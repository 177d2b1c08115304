/*
 * Feeding the rows of a file to a join, in batches: up to 1,024 rows or 1 MiB of text.
 */
#include <stdio.h>

#include "base/buffer.h"
#include "io/heading_unit.h"
#include "io/rows.h"
#include "table/join.h"

enum { BATCH_ROWS = 1024, BATCH_BYTES = 1024 * 1024 };
#define MOST_FIELDS 32767

/* The fields of a row in order: what it says of its community and period, its place, then the cells. */
enum { CODE, OBLAST, RAION, NAME, TYPE, PERIOD, WORDS, X = WORDS, Y, CELLS };

/* Texts of a batch stand one behind the other in `text`, which may move while it grows: until the batch is
 * full they are known by their place. */
typedef struct batch {
    hrmi_buffer text;
    size_t *places;     /* BATCH_ROWS × width; HRM_NONE for an empty cell */
    const char **texts; /* the same as pointers: BATCH_ROWS for each of the words, then the cells */
    double x[BATCH_ROWS];
    double y[BATCH_ROWS];
    int64_t rows[BATCH_ROWS];
    uint8_t kept_out[BATCH_ROWS];
    size_t count;
} batch;

typedef struct reader {
    hrm_context *ctx;
    hrm_join *join;
    hrmi_rows *rows;
    const char **names; /* of the fields, NULL for those that are not asked for */
    size_t *fields;     /* their places; HRM_NONE */
    size_t width;       /* CELLS + cells */
    bool has_place;
    bool by_geometry; /* the place is that of the features */
    bool keep_totals;
    batch batch;
} reader;

static void reader_free(hrm_context *ctx, reader *r) {
    if (r == NULL) return;
    hrmi_rows_close(r->rows);
    hrmi_buffer_free(&r->batch.text);
    hrmi_free(ctx, r->batch.places);
    hrmi_free(ctx, r->batch.texts);
    hrmi_free(ctx, r->names);
    hrmi_free(ctx, r->fields);
    hrmi_free(ctx, r);
}

/* ---- batches ---- */

static const char *text_at(const batch *b, size_t place) {
    return place == HRM_NONE ? NULL : b->text.data + place;
}

/* The texts of a word's field; NULL where there is no such field. */
static const char *const *words_of(const reader *r, size_t field) {
    return r->fields[field] == HRM_NONE ? NULL : r->batch.texts + field * BATCH_ROWS;
}

/* Hands the batch to the join, and empties it. */
static hrm_status feed(reader *r) {
    batch *const b = &r->batch;
    const char **const cells = b->texts + (size_t)WORDS * BATCH_ROWS;
    const size_t cell_count = r->width - CELLS;
    hrm_join_batch rows;
    if (b->count == 0) return HRM_OK;
    for (size_t i = 0; i < b->count; i++) {
        const size_t *const row = b->places + i * r->width;
        for (size_t f = 0; f < WORDS; f++) b->texts[f * BATCH_ROWS + i] = text_at(b, row[f]);
        for (size_t c = 0; c < cell_count; c++) cells[i * cell_count + c] = text_at(b, row[CELLS + c]);
    }
    hrm_join_batch_init(&rows, sizeof rows);
    rows.keep_totals = r->keep_totals;
    rows.count = b->count;
    rows.rows = b->rows;
    rows.codes = words_of(r, CODE);
    rows.oblasts = words_of(r, OBLAST);
    rows.raions = words_of(r, RAION);
    rows.names = words_of(r, NAME);
    rows.types = words_of(r, TYPE);
    rows.periods = words_of(r, PERIOD);
    rows.x = r->has_place ? b->x : NULL;
    rows.y = r->has_place ? b->y : NULL;
    rows.cells = cells;
    rows.kept_out = b->kept_out;
    b->count = 0;
    b->text.length = 0;
    return hrm_join_add(r->ctx, r->join, &rows);
}

/* A coordinate: NaN where there is none, an infinity where it is no number. */
static double read_coordinate(reader *r, size_t field) {
    hrmi_cell cell;
    const hrmi_cell_kind kind = hrmi_rows_number_cell(r->rows, r->fields[field], r->join->decimal, &cell);
    if (kind == HRMI_CELL_MISSING) return (double)NAN;
    return kind == HRMI_CELL_UNUSABLE ? (double)INFINITY : cell.value;
}

static void take_place(reader *r, size_t i) {
    batch *const b = &r->batch;
    if (!r->has_place) return;
    if (r->by_geometry) {
        hrmi_rows_point(r->rows, &b->x[i], &b->y[i]);
        return;
    }
    b->x[i] = read_coordinate(r, X);
    b->y[i] = read_coordinate(r, Y);
}

static hrm_status take_text(reader *r, size_t field, size_t *place) {
    batch *const b = &r->batch;
    const char *text = NULL;
    *place = HRM_NONE;
    if (r->fields[field] == HRM_NONE) return HRM_OK;
    const hrm_status status = hrmi_rows_text(r->ctx, r->rows, r->fields[field], &text);
    if (status != HRM_OK || text == NULL) return status;
    *place = b->text.length;
    return hrmi_buffer_add(r->ctx, &b->text, text, strlen(text) + 1);
}

static hrm_status take_row(reader *r) {
    batch *const b = &r->batch;
    size_t *const row = b->places + b->count * r->width;
    hrm_status status = HRM_OK;
    for (size_t f = 0; f < WORDS && status == HRM_OK; f++) status = take_text(r, f, &row[f]);
    for (size_t f = CELLS; f < r->width && status == HRM_OK; f++) status = take_text(r, f, &row[f]);
    if (status != HRM_OK) return status;
    take_place(r, b->count);
    b->rows[b->count] = hrmi_rows_row(r->rows);
    b->kept_out[b->count] = hrmi_rows_kept_out(r->rows);
    if (r->keep_totals && b->kept_out[b->count] == HRM_REASON_TOTAL) b->kept_out[b->count] = 0;
    b->count++;
    return HRM_OK;
}

static hrm_status read_rows(reader *r) {
    hrm_status status = HRM_OK;
    for (;;) {
        bool more = false;
        status = hrmi_rows_next(r->ctx, r->rows, &more);
        if (status != HRM_OK || !more) break;
        if (r->batch.count == BATCH_ROWS || r->batch.text.length >= BATCH_BYTES) status = feed(r);
        if (status == HRM_OK) status = take_row(r);
        if (status != HRM_OK) break;
    }
    return status == HRM_OK ? feed(r) : status;
}

/* ---- remarks ---- */

/* A heading that names thousands is told where nothing is scaled: it is never applied by itself. */
static hrm_status note_unit(reader *r, size_t column) {
    char note[512];
    char shown[160];
    char scale[HRMI_NUMBER_SIZE];
    hrmi_heading_unit unit;
    const char *const heading = hrmi_rows_heading(r->rows, r->fields[CELLS + column]);
    const hrmi_join_column *const c = &r->join->columns[column];
    if (heading == NULL || c->is_text || c->scale != 1.0 || !hrmi_heading_unit_find(heading, &unit))
        return HRM_OK;
    if (unit.scale == 1.0) return HRM_OK;
    hrmi_names_show(heading, strlen(heading), shown, sizeof shown);
    (void)hrmi_number_write(unit.scale, scale);
    (void)snprintf(note, sizeof note,
                   "the heading \"%s\" names the unit %s, and its numbers are taken as they stand: give the "
                   "column the scale %s (or its unit) if they are to be multiplied",
                   shown, unit.words, scale);
    return hrmi_join_note(r->ctx, r->join, note);
}

static hrm_status note_all(reader *r) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < hrmi_rows_note_count(r->rows) && status == HRM_OK; i++)
        status = hrmi_join_note(r->ctx, r->join, hrmi_rows_note(r->rows, i));
    for (size_t i = 0; i < r->join->column_count && status == HRM_OK; i++) status = note_unit(r, i);
    return status;
}

/* ---- the call ---- */

static hrm_status check_arguments(hrm_context *ctx, const hrm_join_fields *f, const hrm_join *join) {
    if (join == NULL || (f->fields == NULL && f->field_count > 0))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_join_read: the join or the fields are NULL");
    if (join->closed)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "the join is finished: it takes no more rows");
    if (f->code == NULL && f->name == NULL && f->x == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "hrm_join_read: no field of a key is named: a code, a name or a place (x and y)");
    const bool geometry = f->x != NULL && f->x[0] == '\0';
    if (geometry ? f->y != NULL && f->y[0] != '\0' : (f->x == NULL) != (f->y == NULL))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "hrm_join_read: a place has both x and y; the features' own is x: \"\" alone");
    if (f->field_count != join->column_count || f->field_count > MOST_FIELDS)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_join_read: %zu fields for %zu columns of the join",
                         f->field_count, join->column_count);
    if ((f->period != NULL) != join->has_period)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "hrm_join_read: the join %s periods, and %s field of them is named",
                         join->has_period ? "has" : "has no", f->period != NULL ? "a" : "no");
    for (size_t i = 0; i < f->field_count; i++)
        if (f->fields[i] == NULL)
            return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_join_read: field %zu is NULL", i);
    return HRM_OK;
}

static hrm_status make_room(reader *r) {
    hrm_context *const ctx = r->ctx;
    r->names = hrmi_array_new(ctx, r->width, sizeof *r->names);
    r->fields = r->names != NULL ? hrmi_array_new(ctx, r->width, sizeof *r->fields) : NULL;
    r->batch.places =
        r->fields != NULL ? hrmi_array_new(ctx, r->width * BATCH_ROWS, sizeof *r->batch.places) : NULL;
    r->batch.texts =
        r->batch.places != NULL ? hrmi_array_new(ctx, r->width * BATCH_ROWS, sizeof *r->batch.texts) : NULL;
    return r->batch.texts != NULL ? HRM_OK : HRM_ERROR_MEMORY;
}

static void name_fields(reader *r, const hrm_join_fields *f) {
    r->keep_totals = f->keep_totals != 0;
    r->has_place = f->x != NULL;
    r->by_geometry = r->has_place && f->x[0] == '\0';
    r->names[CODE] = f->code;
    r->names[OBLAST] = f->oblast;
    r->names[RAION] = f->raion;
    r->names[NAME] = f->name;
    r->names[TYPE] = f->type;
    r->names[PERIOD] = f->period;
    r->names[X] = r->by_geometry ? NULL : f->x;
    r->names[Y] = r->by_geometry ? NULL : f->y;
    for (size_t i = CELLS; i < r->width; i++) r->names[i] = f->fields[i - CELLS];
}

static hrm_status find_fields(reader *r) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < r->width && status == HRM_OK; i++)
        status = hrmi_rows_find(r->ctx, r->rows, r->names[i], &r->fields[i]);
    return status;
}

void hrm_join_fields_init(hrm_join_fields *fields, size_t struct_size) {
    hrmi_init_struct(fields, struct_size, NULL, 0);
}

hrm_status hrm_join_read(hrm_context *ctx, const hrm_source *source, const hrm_join_fields *fields,
                         hrm_join *join) {
    reader *r = NULL;
    hrm_join_fields known;
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    hrm_join_fields_init(&known, sizeof known);
    status = hrmi_read_struct(ctx, &known, sizeof known, fields, "hrm_join_fields");
    if (status == HRM_OK) status = check_arguments(ctx, &known, join);
    if (status != HRM_OK) goto done;
    r = hrmi_array_new(ctx, 1, sizeof *r);
    if (r == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    r->ctx = ctx;
    r->join = join;
    hrmi_buffer_init(&r->batch.text, ctx);
    r->width = known.field_count + CELLS;
    status = make_room(r);
    if (status != HRM_OK) goto done;
    name_fields(r, &known);
    status = hrmi_rows_open(ctx, source, r->by_geometry, r->names, r->width, &r->rows);
    if (status != HRM_OK) goto done;
    status = find_fields(r);
    if (status == HRM_OK) status = note_all(r);
    if (status == HRM_OK) status = read_rows(r);
done:
    reader_free(ctx, r);
    return status;
}
