/* Opening a crosswalk or an alias file: any table with a field of written forms and one of codes. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/utf8.h"
#include "io/rows.h"

enum { WRITTEN, CODE, OBLAST, RAION, ROW, FIELDS };

typedef struct record {
    const char *texts[FIELDS];
    int64_t row;
} record;

typedef struct reader {
    hrm_context *ctx;
    const char *path;
    hrmi_rows *rows;
    hrmi_arena arena;
    size_t fields[FIELDS];
    record *records;
    size_t count, capacity;
} reader;

void hrm_crosswalk_fields_init(hrm_crosswalk_fields *fields, size_t struct_size) {
    hrmi_init_struct(fields, struct_size, NULL, sizeof *fields);
}

/* Opens the table; the parents' fields may be lacking where the caller does not name them. */
static hrm_status open_rows(reader *r, const hrm_source *source, const hrm_crosswalk_fields *f) {
    const char *wanted[FIELDS] = {f->written != NULL ? f->written : "written",
                                  f->code != NULL ? f->code : "code", f->oblast, f->raion, f->row};
    hrm_status status = hrmi_rows_open(r->ctx, source, false, wanted, FIELDS, &r->rows);
    if (status != HRM_OK) return status;
    if (wanted[OBLAST] == NULL && hrmi_rows_has(r->rows, "oblast")) wanted[OBLAST] = "oblast";
    if (wanted[RAION] == NULL && hrmi_rows_has(r->rows, "raion")) wanted[RAION] = "raion";
    if (wanted[ROW] == NULL && hrmi_rows_has(r->rows, "row")) wanted[ROW] = "row";
    for (size_t i = 0; i < FIELDS && status == HRM_OK; i++)
        status = hrmi_rows_find(r->ctx, r->rows, wanted[i], &r->fields[i]);
    return status;
}

static hrm_status take_text(reader *r, size_t which, const char **out) {
    const char *text = NULL;
    hrmi_cell cell;
    *out = NULL;
    const hrm_status status = hrmi_rows_text(r->ctx, r->rows, r->fields[which], &text);
    if (status != HRM_OK || text == NULL) return status;
    const size_t length = hrmi_utf8_trim(&text, strlen(text));
    if (length == 0) return HRM_OK;
    const bool is_missing =
        hrmi_number_read_cell(text, length, HRMI_DECIMAL_AUTO, &cell) == HRMI_CELL_MISSING;
    if (which != WRITTEN && is_missing) return HRM_OK;
    *out = hrmi_arena_text(r->ctx, &r->arena, text, length);
    return *out == NULL ? HRM_ERROR_MEMORY : HRM_OK;
}

static hrm_status take_row(reader *r) {
    hrm_status status = hrmi_array_grow(r->ctx, &r->records, &r->capacity, r->count + 1, sizeof *r->records);
    if (status != HRM_OK) return status;
    record *const it = &r->records[r->count];
    it->row = hrmi_rows_row(r->rows);
    for (size_t i = 0; i < FIELDS && status == HRM_OK; i++) status = take_text(r, i, &it->texts[i]);
    if (status == HRM_OK) r->count++;
    return status;
}

static hrm_status read_rows(reader *r) {
    for (;;) {
        bool more = false;
        hrm_status status = hrmi_rows_next(r->ctx, r->rows, &more);
        if (status != HRM_OK || !more) return status;
        if (hrmi_rows_kept_out(r->rows) != HRM_REASON_HEADING) status = take_row(r);
        if (status != HRM_OK) return status;
    }
}

/* The number of the row that a record is for; 0 for any. */
static hrm_status read_for_row(const reader *r, const record *it, int64_t *out) {
    double number = 0.0;
    const char *const text = it->texts[ROW];
    *out = 0;
    if (text == NULL) return HRM_OK;
    if (!hrmi_number_read(text, strlen(text), &number) || number < 1.0 || number > 9e15 ||
        number != floor(number))
        return hrmi_fail(r->ctx, HRM_ERROR_VALUE,
                         "%s: row %" PRId64 ": \"%.40s\" is no number of a row of the table; leave it empty "
                         "for any row",
                         r->path, it->row, text);
    *out = (int64_t)number;
    return HRM_OK;
}

static hrm_status make_crosswalk(reader *r, hrm_crosswalk **out) {
    hrm_crosswalk_input input;
    const char **lists[FIELDS] = {NULL};
    int64_t *const rows = hrmi_arena_new(r->ctx, &r->arena, r->count, sizeof *rows);
    int64_t *const for_rows = hrmi_arena_new(r->ctx, &r->arena, r->count, sizeof *for_rows);
    if (rows == NULL || for_rows == NULL) return HRM_ERROR_MEMORY;
    for (size_t f = 0; f < FIELDS; f++) {
        lists[f] = hrmi_arena_new(r->ctx, &r->arena, r->count, sizeof *lists[f]);
        if (lists[f] == NULL) return HRM_ERROR_MEMORY;
    }
    for (size_t i = 0; i < r->count; i++) {
        rows[i] = r->records[i].row;
        const hrm_status status = read_for_row(r, &r->records[i], &for_rows[i]);
        if (status != HRM_OK) return status;
        for (size_t f = 0; f < FIELDS; f++) lists[f][i] = r->records[i].texts[f];
    }
    hrm_crosswalk_input_init(&input, sizeof input);
    input.count = r->count;
    input.written = lists[WRITTEN];
    input.codes = lists[CODE];
    input.oblasts = lists[OBLAST];
    input.raions = lists[RAION];
    input.rows = rows;
    input.for_rows = for_rows;
    input.source = r->path;
    return hrm_crosswalk_new(r->ctx, &input, out);
}

hrm_status hrm_crosswalk_open(hrm_context *ctx, const hrm_source *source, const hrm_crosswalk_fields *fields,
                              hrm_crosswalk **out) {
    reader r;
    hrm_crosswalk_fields f;
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_crosswalk_open: out is NULL");
    *out = NULL;
    memset(&r, 0, sizeof r);
    r.ctx = ctx;
    hrmi_arena_init(&r.arena, ctx);
    hrm_crosswalk_fields_init(&f, sizeof f);
    status = hrmi_read_struct(ctx, &f, sizeof f, fields, "hrm_crosswalk_fields");
    if (status == HRM_OK && f.reserved != 0) status = hrmi_fail_reserved(ctx, "hrm_crosswalk_fields");
    if (status != HRM_OK) goto done;
    status = open_rows(&r, source, &f);
    if (status != HRM_OK) goto done;
    r.path = hrmi_rows_path(r.rows);
    status = read_rows(&r);
    if (status != HRM_OK) goto done;
    status = make_crosswalk(&r, out);
done:
    hrmi_rows_close(r.rows);
    hrmi_free(ctx, r.records);
    hrmi_arena_free(&r.arena);
    return status;
}
