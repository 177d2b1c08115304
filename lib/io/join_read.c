/*
 * Feeding the rows of a file to a join, in batches: up to 1,024 rows or 1 MiB of text.
 */
#include <inttypes.h>

#include "base/buffer.h"
#include "io/rows.h"
#include "table/join.h"

enum { BATCH_ROWS = 1024, BATCH_BYTES = 1024 * 1024 };
#define MOST_FIELDS 32767

/* Texts of a batch stand one behind the other in `text`, which may move while it grows: until the batch is
 * full they are known by their place. */
typedef struct batch {
    hrmi_buffer text;
    size_t *places;     /* BATCH_ROWS × width; HRM_NONE for an empty cell */
    const char **texts; /* the same as pointers: keys, then periods, then cells */
    int64_t first_row;
    size_t count;
} batch;

typedef struct reader {
    hrm_context *ctx;
    hrm_join *join;
    hrmi_rows *rows;
    const char **names; /* of the fields: key, period, cells; NULL where there is none */
    size_t *fields;
    size_t width; /* 2 + cells */
    batch batch;
} reader;

static void reader_free(reader *r) {
    hrmi_rows_close(r->rows);
    hrmi_buffer_free(&r->batch.text);
    hrmi_free(r->ctx, r->batch.places);
    hrmi_free(r->ctx, r->batch.texts);
    hrmi_free(r->ctx, r->fields);
    hrmi_free(r->ctx, r->names);
}

static const char *text_at(const batch *b, size_t place) {
    return place == HRM_NONE ? NULL : b->text.data + place;
}

/* Hands the batch to the join, and empties it. */
static hrm_status feed(reader *r) {
    batch *const b = &r->batch;
    const char **const keys = b->texts;
    const char **const periods = keys + BATCH_ROWS;
    const char **const cells = periods + BATCH_ROWS;
    const size_t cell_count = r->width - 2;
    if (b->count == 0) return HRM_OK;
    for (size_t i = 0; i < b->count; i++) {
        const size_t *const row = b->places + i * r->width;
        keys[i] = text_at(b, row[0]);
        periods[i] = text_at(b, row[1]);
        for (size_t c = 0; c < cell_count; c++) cells[i * cell_count + c] = text_at(b, row[2 + c]);
    }
    const hrm_status status = hrm_join_rows(r->ctx, r->join, b->first_row, b->count, keys,
                                            r->join->has_period ? periods : NULL, cells);
    b->count = 0;
    b->text.length = 0;
    return status;
}

static hrm_status take_row(reader *r) {
    batch *const b = &r->batch;
    size_t *const row = b->places + b->count * r->width;
    if (b->count == 0) b->first_row = hrmi_rows_row(r->rows);
    for (size_t i = 0; i < r->width; i++) {
        const char *text = NULL;
        hrm_status status = hrmi_rows_text(r->ctx, r->rows, r->fields[i], &text);
        row[i] = HRM_NONE;
        if (status == HRM_OK && text != NULL) {
            row[i] = b->text.length;
            status = hrmi_buffer_add(r->ctx, &b->text, text, strlen(text) + 1);
        }
        if (status != HRM_OK) return status;
    }
    b->count++;
    return HRM_OK;
}

/* A batch is a run of rows whose numbers follow each other: where a filter or a blank row leaves some out, a
 * new one begins. */
static bool is_full(const reader *r) {
    const batch *const b = &r->batch;
    if (b->count == 0) return false;
    return b->count == BATCH_ROWS || b->text.length >= BATCH_BYTES ||
           hrmi_rows_row(r->rows) != b->first_row + (int64_t)b->count;
}

static hrm_status read_rows(reader *r) {
    hrm_status status = HRM_OK;
    for (;;) {
        bool more = false;
        status = hrmi_rows_next(r->ctx, r->rows, &more);
        if (status != HRM_OK || !more) break;
        if (is_full(r)) status = feed(r);
        if (status == HRM_OK) status = take_row(r);
        if (status != HRM_OK) break;
    }
    return status == HRM_OK ? feed(r) : status;
}

static hrm_status check_arguments(hrm_context *ctx, const hrm_join_fields *f, const hrm_join *join) {
    if (join == NULL || f->code == NULL || (f->fields == NULL && f->field_count > 0))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_join_read: the join, the key or the fields are NULL");
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

static void name_fields(reader *r, const hrm_join_fields *f) {
    r->names[0] = f->code;
    r->names[1] = f->period;
    for (size_t i = 2; i < r->width; i++) r->names[i] = f->fields[i - 2];
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
    reader r;
    hrm_join_fields known;
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    memset(&r, 0, sizeof r);
    r.ctx = ctx;
    r.join = join;
    hrmi_buffer_init(&r.batch.text, ctx);
    hrm_join_fields_init(&known, sizeof known);
    status = hrmi_read_struct(ctx, &known, sizeof known, fields, "hrm_join_fields");
    if (status == HRM_OK) status = check_arguments(ctx, &known, join);
    if (status != HRM_OK) goto done;
    r.width = known.field_count + 2;
    r.names = hrmi_array_new(ctx, r.width, sizeof *r.names);
    r.fields = r.names != NULL ? hrmi_array_new(ctx, r.width, sizeof *r.fields) : NULL;
    r.batch.places =
        r.fields != NULL ? hrmi_array_new(ctx, r.width * BATCH_ROWS, sizeof *r.batch.places) : NULL;
    r.batch.texts =
        r.batch.places != NULL ? hrmi_array_new(ctx, r.width * BATCH_ROWS, sizeof *r.batch.texts) : NULL;
    if (r.batch.texts == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    name_fields(&r, &known);
    status = hrmi_rows_open(ctx, source, false, r.names, r.width, &r.rows);
    if (status != HRM_OK) goto done;
    status = find_fields(&r);
    if (status != HRM_OK) goto done;
    status = read_rows(&r);
done:
    reader_free(&r);
    return status;
}
