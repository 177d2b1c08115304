/*
 * What the fields of a table hold, counted over all its rows: for programs that choose fields themselves, and
 * say what they chose from when they cannot.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/index.h"
#include "base/number.h"
#include "base/utf8.h"
#include "community/code.h"
#include "hromada/io.h"
#include "io/names.h"
#include "io/rows.h"
#include "table/id.h"

enum { ID_MOST = 200 };

typedef struct field {
    const char *name;
    const char *id;
    size_t filled;
    size_t numbers;
    size_t codes;
    size_t old_codes;
    bool zeros_in_front; /* a number with zeros in front is a code of some kind */
    uint64_t keys;       /* a hash of the communities that it names, row by row */
} field;

struct hrm_fields {
    hrm_allocator allocator;
    hrmi_arena arena;
    const char *path;
    hrmi_names names;
    field *list;
    size_t count;
    size_t rows;
};

/* ---- ids ---- */

static char small(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Names that results have themselves. */
static bool is_taken(const char *id) {
    static const char *const names[] = {"code", "key", "name", "name_en", "raion", "oblast", "fid", "geom"};
    static const char *const ends[] = {"_coverage", "_missing"};
    const size_t length = strlen(id);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(id, names[i]) == 0) return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (length >= strlen(ends[i]) && strcmp(id + length - strlen(ends[i]), ends[i]) == 0) return true;
    return false;
}

/* Letters, digits and `_` stay, as formulas can have them without quotes; runs of all else become one `_`.
 * Its length. */
static size_t make_id(const char *name, size_t number, char out[ID_MOST + 16]) {
    const char *at = name;
    const char *const end = name + strlen(name);
    size_t length = 0;
    bool gap = false;
    while (at < end && length < ID_MOST - 8) {
        const char *const before = at;
        const uint32_t c = hrmi_utf8_next(&at, end);
        if (c == HRMI_UTF8_REPLACEMENT || c == '.' || c == '-' || !hrmi_id_goes_on(c)) {
            gap = length > 0;
            continue;
        }
        if (gap || (length == 0 && !hrmi_id_begins(c))) out[length++] = '_';
        gap = false;
        memcpy(out + length, before, (size_t)(at - before));
        length += (size_t)(at - before);
    }
    out[length] = '\0';
    if (length == 0) length = (size_t)snprintf(out, ID_MOST, "field_%zu", number);
    return length;
}

/* An id of its own for each field: names in capitals or not are the same, as databases have it. */
static hrm_status choose_id(hrm_context *ctx, hrm_fields *f, hrmi_index *known, size_t i) {
    char id[ID_MOST + 48];
    char compared[ID_MOST + 48];
    const size_t length = make_id(f->list[i].name, i + 1, id);
    for (size_t turn = 1;; turn++) {
        if (turn > 1) (void)snprintf(id + length, sizeof id - length, "_%zu", turn);
        const size_t whole = strlen(id);
        for (size_t b = 0; b <= whole; b++) compared[b] = small(id[b]);
        if (is_taken(compared) || hrmi_index_find(known, compared, whole) != HRM_NONE) continue;
        f->list[i].id = hrmi_arena_text(ctx, &f->arena, id, whole);
        const char *const kept = hrmi_arena_text(ctx, &f->arena, compared, whole);
        if (f->list[i].id == NULL || kept == NULL) return HRM_ERROR_MEMORY;
        return hrmi_index_add(ctx, known, kept, whole, i);
    }
}

static hrm_status take_headings(hrm_context *ctx, hrm_fields *f, const hrmi_rows *rows) {
    hrmi_index known;
    hrm_status status = HRM_OK;
    const char **names = NULL;
    while (hrmi_rows_heading(rows, f->count) != NULL) f->count++;
    f->list = hrmi_arena_new(ctx, &f->arena, f->count, sizeof *f->list);
    names = hrmi_arena_new(ctx, &f->arena, f->count, sizeof *names);
    if (f->list == NULL || names == NULL) return HRM_ERROR_MEMORY;
    hrmi_index_init(&known, ctx);
    for (size_t i = 0; i < f->count && status == HRM_OK; i++) {
        const char *const name = hrmi_rows_heading(rows, i);
        names[i] = f->list[i].name = hrmi_arena_text(ctx, &f->arena, name, strlen(name));
        status = f->list[i].name != NULL ? choose_id(ctx, f, &known, i) : HRM_ERROR_MEMORY;
    }
    hrmi_index_free(&known);
    f->names = (hrmi_names){names, f->count};
    return status;
}

/* ---- rows ---- */

/* What a point or a comma means is said later: "1,234" is a number in any case. */
static bool is_number_somehow(const char *text, size_t length) {
    hrmi_cell cell;
    return hrmi_number_read_cell(text, length, HRMI_DECIMAL_COMMA, &cell) == HRMI_CELL_NUMBER ||
           hrmi_number_read_cell(text, length, HRMI_DECIMAL_POINT, &cell) == HRMI_CELL_NUMBER;
}

static void take_cell(field *f, const char *text) {
    hrmi_cell cell;
    hrmi_code code;
    const char *at = text;
    const size_t length = hrmi_utf8_trim(&at, strlen(text));
    const hrmi_cell_kind kind = hrmi_number_read_cell(at, length, HRMI_DECIMAL_AUTO, &cell);
    f->keys *= UINT64_C(1099511628211);
    if (kind == HRMI_CELL_MISSING) return;
    f->filled++;
    const bool is_number = kind == HRMI_CELL_NUMBER || is_number_somehow(at, length);
    if (is_number) f->numbers++;
    if (is_number && length > 1 && at[0] == '0' && at[1] >= '0' && at[1] <= '9') f->zeros_in_front = true;
    hrmi_code_read(at, length, &code);
    if (code.kind == HRMI_CODE_FORMER) f->old_codes++;
    if (code.kind != HRMI_CODE_COMMUNITY) return;
    f->codes++;
    f->keys += hrmi_hash(code.key, HRMI_KEY_DIGITS);
}

static hrm_status take_rows(hrm_context *ctx, hrm_fields *f, hrmi_rows *rows) {
    for (;;) {
        bool more = false;
        hrm_status status = hrmi_rows_next(ctx, rows, &more);
        if (status != HRM_OK || !more) return status;
        if (hrmi_rows_kept_out(rows) != 0) continue;
        f->rows++;
        for (size_t i = 0; i < f->count && status == HRM_OK; i++) {
            const char *text = NULL;
            status = hrmi_rows_text(ctx, rows, i, &text);
            if (status == HRM_OK) take_cell(&f->list[i], text != NULL ? text : "");
        }
        if (status != HRM_OK) return status;
    }
}

hrm_status hrm_fields_open(hrm_context *ctx, const hrm_source *source, const char *const *wanted,
                           size_t wanted_count, hrm_fields **out) {
    hrmi_rows *rows = NULL;
    hrm_fields *f = NULL;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_fields_open: out is NULL");
    *out = NULL;
    if (wanted == NULL && wanted_count > 0)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_fields_open: wanted is NULL");
    hrm_status status = hrmi_rows_open(ctx, source, false, wanted, wanted_count, &rows);
    if (status != HRM_OK) return status;
    f = hrmi_array_new(ctx, 1, sizeof *f);
    if (f == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    f->allocator = *hrmi_allocator(ctx);
    hrmi_arena_init(&f->arena, ctx);
    const char *const path = hrmi_rows_path(rows);
    f->path = hrmi_arena_text(ctx, &f->arena, path, strlen(path));
    status = f->path != NULL ? take_headings(ctx, f, rows) : HRM_ERROR_MEMORY;
    if (status == HRM_OK) status = take_rows(ctx, f, rows);
    if (status != HRM_OK) goto done;
    *out = f;
    f = NULL; /* given away */
done:
    hrm_fields_free(f);
    hrmi_rows_close(rows);
    return status;
}

void hrm_fields_free(hrm_fields *fields) {
    if (fields == NULL) return;
    const hrm_allocator allocator = fields->allocator;
    hrmi_arena_free(&fields->arena);
    hrmi_release(&allocator, fields);
}

/* ---- questions ---- */

size_t hrm_fields_count(const hrm_fields *fields) {
    return fields->count;
}

size_t hrm_fields_row_count(const hrm_fields *fields) {
    return fields->rows;
}

/* Nine tenths of what is given. */
static bool is_most(size_t some, const field *f) {
    return f->filled > 0 && some * 10 >= f->filled * 9;
}

bool hrm_fields_field(const hrm_fields *fields, size_t i, hrm_field_info *out) {
    if (i >= fields->count) return false;
    const field *const f = &fields->list[i];
    const hrm_field_info info = {
        .struct_size = (uint32_t)sizeof info,
        .is_number = f->numbers * 2 > f->filled && !f->zeros_in_front && !is_most(f->codes, f) ? 1 : 0,
        .name = f->name,
        .id = f->id,
        .filled = f->filled,
        .numbers = f->numbers,
        .codes = f->codes,
        .old_codes = f->old_codes};
    return hrmi_give_struct(out, &info, sizeof info);
}

size_t hrm_fields_find(const hrm_fields *fields, const char *name) {
    for (size_t i = 0; name != NULL && i < fields->count; i++)
        if (strcmp(fields->list[i].name, name) == 0) return i;
    for (size_t i = 0; name != NULL && i < fields->count; i++)
        if (hrmi_names_same(fields->list[i].name, name)) return i;
    return HRM_NONE;
}

static hrm_status fail_no_code(hrm_context *ctx, const hrm_fields *fields) {
    char all[900];
    hrmi_names_list(&fields->names, all, sizeof all);
    return hrmi_fail(
        ctx, HRM_ERROR_FIELD,
        "%s: no field holds codes of communities (as UA05020030000031457 or UA0502003); say which "
        "fields hold codes or names (code, name), or where the headings stand (header_row, header_rows), "
        "of %s",
        fields->path, fields->count > 0 ? all : "none: the table has no fields");
}

static bool says_code(const field *f) {
    static const char *const words[] = {"code", "код", "katottg", "катоттг"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (hrmi_names_holds(f->name, words[i])) return true;
    return false;
}

/* Nine tenths of what is given; of damaged fields, and those that hold names of oblasts or notes
 * between the codes, a third where the heading says codes, else three quarters. */
static bool holds_codes(const field *f, bool damaged) {
    if (!damaged) return is_most(f->codes, f);
    return says_code(f) ? f->codes > 0 && f->codes * 3 >= f->filled
                        : f->filled > 0 && f->codes * 4 >= f->filled * 3;
}

/* The only field of codes, or the first of several that say the same; HRM_NONE for none. */
static hrm_status find_code(hrm_context *ctx, const hrm_fields *fields, bool damaged, size_t *place) {
    *place = HRM_NONE;
    for (size_t i = 0; i < fields->count; i++) {
        const field *const f = &fields->list[i];
        if (!holds_codes(f, damaged) || f->filled * 2 < fields->rows) continue;
        if (*place != HRM_NONE && fields->list[*place].keys != f->keys) {
            const size_t first = *place;
            *place = HRM_NONE;
            return hrmi_fail(
                ctx, HRM_ERROR_FIELD,
                "%s: both \"%.80s\" and \"%.80s\" hold codes of communities, and they differ; say "
                "which one is meant",
                fields->path, fields->list[first].name, f->name);
        }
        if (*place == HRM_NONE) *place = i;
    }
    return HRM_OK;
}

hrm_status hrm_fields_find_code(hrm_context *ctx, const hrm_fields *fields, size_t *place) {
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (fields == NULL || place == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_fields_find_code: the fields or the place are NULL");
    hrm_status status = find_code(ctx, fields, false, place);
    if (status == HRM_OK && *place == HRM_NONE) status = find_code(ctx, fields, true, place);
    return status == HRM_OK && *place == HRM_NONE ? fail_no_code(ctx, fields) : status;
}
