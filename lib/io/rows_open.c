/*
 * Opening rows: which file it is, and where its headings stand.
 *
 * Of separated text and of sheets, whose cells are text, the headings are the first of the first 50 rows,
 * alone or joined with up to 3 rows below it, that hold every field that is asked for. Rows joined must need
 * each other: a title above the headings is no part of them. Rows are read as far as that takes, which is one
 * row for most tables, and then from the beginning again. Where no field is asked for, headings_guess.c says
 * which rows they are. A heading that is a code shows that there are none.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/utf8.h"
#include "io/path.h"
#include "io/rows_parts.h"

enum { ROWS_LOOKED_AT = 50, ROWS_JOINED = 4, ROWS_GUESSED_FROM = 60, HEADING_BYTES = 4096 };
#define MOST_LOOKED_AT ((size_t)16 << 20) /* bytes */

/* Where the headings are looked for. */
typedef struct search {
    hrm_context *ctx;
    hrmi_rows *rows;
    const char *const *wanted;
    size_t wanted_count;
    size_t first, last;     /* the rows that headings may begin in */
    size_t fewest, most;    /* how many there may be */
    hrmi_heading_row *list; /* the rows read so far */
    size_t count, capacity;
    size_t asked_for; /* of `wanted`, those that are not NULL */
    size_t bytes;
    bool at_end;
    bool waiting;                        /* a feature was read that stands further down */
    size_t best, best_held, best_filled; /* the row that comes nearest, 0 for none */
    size_t twice, twice_rows;            /* the first that holds all, but something twice; 0 for none */
} search;

/* ---- rows as they stand ---- */

static hrm_status add_row(search *s, size_t width) {
    const hrm_status status = hrmi_array_grow(s->ctx, &s->list, &s->capacity, s->count + 1, sizeof *s->list);
    if (status != HRM_OK) return status;
    const char **const cells = hrmi_arena_new(s->ctx, &s->rows->arena, width, sizeof *cells);
    if (cells == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < width; i++) {
        size_t length = 0;
        const char *cell = "";
        if (s->rows->csv != NULL) cell = hrmi_csv_cell(s->rows->csv, i, &length);
        else cell = hrmi_feature_text(s->rows->features.feature, (int)i, s->rows->buffer);
        length = hrmi_utf8_cut(cell != NULL ? cell : "", cell != NULL ? strlen(cell) : 0, HEADING_BYTES);
        cells[i] = hrmi_arena_text(s->ctx, &s->rows->arena, cell != NULL ? cell : "", length);
        if (cells[i] == NULL) return HRM_ERROR_MEMORY;
        s->bytes += length + sizeof *cells;
    }
    s->list[s->count++] = (hrmi_heading_row){cells, width};
    return HRM_OK;
}

static hrm_status read_text_row(search *s) {
    bool more = false;
    const hrm_status status = hrmi_csv_next(s->ctx, s->rows->csv, &more);
    if (status != HRM_OK) return status;
    if (s->rows->opened.gdal.message[0] != '\0') return hrmi_rows_fail_reading(s->ctx, s->rows);
    s->at_end = !more;
    return more ? add_row(s, hrmi_csv_cell_count(s->rows->csv)) : HRM_OK;
}

/* Rows of a sheet have their numbers; those that it leaves out are blank. */
static hrm_status read_sheet_row(search *s) {
    hrmi_rows *const r = s->rows;
    if (!s->waiting) {
        const hrm_status status = hrmi_features_next(s->ctx, &r->features);
        if (status != HRM_OK) return status;
    }
    s->at_end = r->features.feature == NULL;
    if (s->at_end) return HRM_OK;
    s->waiting = OGR_F_GetFID(r->features.feature) > (GIntBig)s->count + 1;
    return add_row(s, s->waiting ? 0 : (size_t)OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(r->opened.layer)));
}

/* Reads on until there are `count` rows, or as many as there are. */
static hrm_status read_up_to(search *s, size_t count) {
    hrm_status status = HRM_OK;
    while (status == HRM_OK && s->count < count && !s->at_end) {
        if (s->bytes > MOST_LOOKED_AT) break;
        status = s->rows->csv != NULL ? read_text_row(s) : read_sheet_row(s);
    }
    return status;
}

/* ---- which of them are the headings ---- */

static size_t filled_cells(const hrmi_heading_row *row) {
    size_t filled = 0;
    for (size_t i = 0; i < row->count; i++) {
        const char *text = row->cells[i];
        filled += hrmi_utf8_trim(&text, strlen(text)) > 0;
    }
    return filled;
}

/* Tries `count` rows from `row` on; *taken says whether they are the headings. */
static hrm_status try_rows(search *s, size_t row, size_t count, bool *taken) {
    hrmi_arena arena;
    hrmi_headings headings;
    hrmi_arena_init(&arena, s->ctx);
    const hrm_status status = hrmi_headings_join(s->ctx, &arena, s->list + row - 1, count, &headings);
    *taken = false;
    if (status == HRM_OK && !headings.blank) {
        const hrmi_headings_fit fit = hrmi_headings_try(&headings, s->wanted, s->wanted_count);
        const size_t filled = filled_cells(&s->list[row - 1]);
        const bool alone = count == s->fewest;
        const bool needed = alone || fit.uses_first || s->first == s->last;
        if (fit.held == fit.wanted && needed && !fit.twice) *taken = true;
        if (fit.held == fit.wanted && needed && fit.twice && s->twice == 0) {
            s->twice = row;
            s->twice_rows = count;
        }
        if (alone && (s->best == 0 || fit.held > s->best_held ||
                      (fit.held == s->best_held && filled > s->best_filled))) {
            s->best = row;
            s->best_held = fit.held;
            s->best_filled = filled;
        }
    }
    hrmi_arena_free(&arena);
    return status;
}

/* The first row of headings and how many there are; *row is 0 where none fit. */
static hrm_status look(search *s, size_t *row, size_t *count) {
    for (size_t r = s->first; r <= s->last; r++) {
        for (size_t n = s->fewest; n <= s->most; n++) {
            bool taken = false;
            hrm_status status = read_up_to(s, r + n - 1);
            if (status == HRM_OK && s->count >= r + n - 1) status = try_rows(s, r, n, &taken);
            if (status != HRM_OK) return status;
            *row = r;
            *count = n;
            if (taken) return HRM_OK;
        }
        if (s->count < r) break;
    }
    *row = s->twice; /* the caller is told, when it asks for the field */
    *count = s->twice_rows;
    return HRM_OK;
}

/* Nothing is asked for that could tell them. */
static hrm_status guess(search *s, size_t *row, size_t *count) {
    const uint32_t said = s->rows->opened.source.header_rows;
    const hrm_status status = read_up_to(s, ROWS_GUESSED_FROM);
    if (status != HRM_OK) return status;
    const size_t most = said > 0 ? s->fewest : ROWS_JOINED;
    return hrmi_headings_guess(s->ctx, s->list, s->count, s->fewest, most, row, count);
}

/* Whether a field of this name is asked for. */
static bool is_asked_for(const search *s, const char *name) {
    for (size_t i = 0; i < s->wanted_count; i++)
        if (s->wanted[i] != NULL && hrmi_names_same(s->wanted[i], name)) return true;
    return false;
}

/* A row of data is no row of headings. Said to be one it may hold codes in fields that are not asked for. */
static hrm_status check_codes(const search *s, size_t row, size_t count) {
    const bool said = s->rows->opened.source.header_row > 0;
    for (size_t r = row; r < row + count; r++) {
        for (size_t i = 0; i < s->list[r - 1].count; i++) {
            const char *const cell = s->list[r - 1].cells[i];
            if (!hrmi_headings_is_code(cell) || (said && !is_asked_for(s, cell))) continue;
            char shown[120];
            hrmi_names_show(cell, strlen(cell), shown, sizeof shown);
            return hrmi_fail(
                s->ctx, HRM_ERROR_FORMAT,
                "%s, row %zu: \"%s\" is a code, and no heading: the row looks like data, and the "
                "table has no row of headings; add one above it, or say in which row the "
                "headings stand (header_row)",
                hrmi_rows_path(s->rows), r, shown);
        }
    }
    return HRM_OK;
}

static hrm_status fail_none(const search *s) {
    const hrmi_opened *const o = &s->rows->opened;
    const char *const sheet = o->is_sheet ? OGR_L_GetName(o->layer) : NULL;
    char shown[120] = "";
    if (sheet != NULL) hrmi_names_show(sheet, strlen(sheet), shown, sizeof shown);
    if (s->first == s->last)
        return hrmi_fail(s->ctx, HRM_ERROR_FORMAT, "%s%s%s%s: there are no headings in row %zu",
                         o->source.path, sheet != NULL ? ", sheet \"" : "", shown, sheet != NULL ? "\"" : "",
                         s->first);
    return hrmi_fail(s->ctx, HRM_ERROR_FORMAT,
                     "%s%s%s%s: there are no headings; its first %zu rows are blank", o->source.path,
                     sheet != NULL ? ", sheet \"" : "", shown, sheet != NULL ? "\"" : "", s->count);
}

/* Says what is missing in the row that comes nearest. */
static hrm_status fail_to_find(search *s) {
    hrmi_headings headings;
    char where[600];
    char path[400];
    const size_t rows_looked_at = s->count < s->last ? s->count : s->last;
    const char *const said = s->rows->opened.source.path;
    const hrm_status status =
        hrmi_headings_join(s->ctx, &s->rows->arena, s->list + s->best - 1, s->fewest, &headings);
    if (status != HRM_OK) return status;
    hrmi_names_show(said, strlen(said), path, sizeof path);
    (void)snprintf(where, sizeof where, "%s", path);
    if (rows_looked_at > 1 && s->first < s->last)
        (void)snprintf(
            where, sizeof where,
            "%s, row %zu (of rows 1 to %zu the nearest to headings that hold all fields asked for; say "
            "header_row where they stand elsewhere)",
            path, s->best, rows_looked_at);
    else if (s->best > 1) (void)snprintf(where, sizeof where, "%s, row %zu", path, s->best);
    for (size_t i = 0; i < s->wanted_count; i++) {
        size_t place = 0;
        if (s->wanted[i] == NULL) continue;
        const hrm_status found =
            hrmi_names_find(s->ctx, &headings.names, s->wanted[i], "field", where, &place);
        if (found != HRM_OK) return found;
    }
    return hrmi_fail(s->ctx, HRM_ERROR_FIELD, "%s: its headings hold not all fields", where);
}

/* ---- what was found ---- */

static hrm_status add_note(hrm_context *ctx, hrmi_rows *rows, int32_t level, const char *text) {
    if (rows->note_count == HRMI_ROWS_NOTES) return HRM_OK;
    const char *const copy = hrmi_arena_text(ctx, &rows->arena, text, strlen(text));
    if (copy == NULL) return HRM_ERROR_MEMORY;
    rows->notes[rows->note_count++] = copy;
    hrmi_log(ctx, level, "%s: %s", rows->opened.source.path, text);
    return HRM_OK;
}

/* A field that is asked for by the name of its place has no heading. */
static hrm_status note_unsaid(const search *s, const hrmi_headings *headings) {
    char note[200];
    for (size_t i = 0; i < s->wanted_count; i++) {
        if (s->wanted[i] == NULL) continue;
        const size_t place = hrmi_names_look(&headings->names, s->wanted[i]).place;
        if (place == HRM_NONE || headings->said[place]) continue;
        (void)snprintf(
            note, sizeof note,
            "column %zu has no heading; where headings stand in other rows, or in several, say which "
            "(header_row, header_rows)",
            place + 1);
        return add_note(s->ctx, s->rows, HRM_LOG_WARNING, note);
    }
    return HRM_OK;
}

/* Keeps the headings, as names and as they stand. */
static hrm_status take_headings(search *s, size_t row, size_t count) {
    hrmi_rows *const r = s->rows;
    hrmi_headings headings;
    hrm_status status = hrmi_headings_join(s->ctx, &r->arena, s->list + row - 1, count, &headings);
    if (status != HRM_OK) return status;
    r->names = headings.names;
    hrmi_heading_row *const copy = hrmi_arena_new(s->ctx, &r->arena, count, sizeof *copy);
    if (copy == NULL) return HRM_ERROR_MEMORY;
    memcpy(copy, s->list + row - 1, count * sizeof *copy);
    r->heading_rows = copy;
    r->heading_row_count = count;
    r->below_headings = r->below_words = true;
    status = note_unsaid(s, &headings);
    if (status != HRM_OK || s->first == s->last || (row == 1 && count == 1)) return status;
    char note[120];
    if (count == 1) (void)snprintf(note, sizeof note, "the headings were found in row %zu", row);
    else
        (void)snprintf(note, sizeof note, "the headings were found in rows %zu to %zu", row, row + count - 1);
    return add_note(s->ctx, r, HRM_LOG_INFO, note);
}

/* Goes to the first row below row `last`. */
static hrm_status go_below(search *s, size_t last) {
    hrmi_rows *const r = s->rows;
    bool more = true;
    hrm_status status = HRM_OK;
    if (r->csv != NULL) {
        if (s->count > last || s->at_end) status = hrmi_csv_rewind(s->ctx, r->csv);
        while (status == HRM_OK && more && (size_t)hrmi_csv_row(r->csv) < last)
            status = hrmi_csv_next(s->ctx, r->csv, &more);
        hrmi_csv_set_names(r->csv, &r->names);
        return status;
    }
    if (s->count > last || s->waiting || s->at_end) {
        hrmi_features_end(&r->features);
        hrmi_features_begin(&r->features, &r->opened);
        do {
            status = hrmi_features_next(s->ctx, &r->features);
        } while (status == HRM_OK && r->features.feature != NULL &&
                 OGR_F_GetFID(r->features.feature) < (GIntBig)last);
    }
    r->waiting = r->features.feature != NULL && OGR_F_GetFID(r->features.feature) > (GIntBig)last;
    return status;
}

static hrm_status set_bounds(search *s) {
    const hrm_source *const source = &s->rows->opened.source; /* as it may be told */
    if (source->header_rows > HRMI_HEADING_ROWS_MOST)
        return hrmi_fail(s->ctx, HRM_ERROR_ARGUMENT, "%s: %" PRIu32 " rows of headings; %d are the most",
                         hrmi_rows_path(s->rows), source->header_rows, HRMI_HEADING_ROWS_MOST);
    for (size_t i = 0; i < s->wanted_count; i++) s->asked_for += s->wanted[i] != NULL;
    s->first = source->header_row > 0 ? source->header_row : 1;
    s->last = source->header_row > 0 ? source->header_row : ROWS_LOOKED_AT;
    s->fewest = source->header_rows > 0 ? source->header_rows : 1;
    s->most = source->header_rows > 0 || s->asked_for == 0 ? s->fewest : ROWS_JOINED;
    return HRM_OK;
}

static hrm_status find_headings(hrm_context *ctx, hrmi_rows *rows, const char *const *wanted,
                                size_t wanted_count) {
    search s = {.ctx = ctx, .rows = rows, .wanted = wanted, .wanted_count = wanted_count};
    size_t row = 0;
    size_t count = 0;
    hrm_status status = set_bounds(&s);
    if (status == HRM_OK && s.asked_for == 0 && s.first < s.last) status = guess(&s, &row, &count);
    if (status == HRM_OK && row == 0) status = look(&s, &row, &count);
    if (status == HRM_OK && row == 0) status = s.best == 0 ? fail_none(&s) : fail_to_find(&s);
    if (status == HRM_OK) status = check_codes(&s, row, count);
    if (status == HRM_OK) status = take_headings(&s, row, count);
    if (status == HRM_OK) status = go_below(&s, row + count - 1);
    hrmi_free(ctx, s.list);
    return status;
}

/* Where the fields that are asked for stand, for a look at each row: all where none is. */
static hrm_status keep_wanted(hrm_context *ctx, hrmi_rows *rows, const char *const *wanted, size_t count) {
    const size_t most = count > rows->names.count ? count : rows->names.count;
    bool asked_for = false;
    rows->wanted = hrmi_arena_new(ctx, &rows->arena, most, sizeof *rows->wanted);
    if (rows->wanted == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        if (wanted[i] == NULL) continue;
        const size_t place = hrmi_names_look(&rows->names, wanted[i]).place;
        if (place != HRM_NONE) rows->wanted[rows->wanted_count++] = place;
        asked_for = true;
    }
    while (!asked_for && rows->wanted_count < rows->names.count) {
        rows->wanted[rows->wanted_count] = rows->wanted_count;
        rows->wanted_count++;
    }
    return HRM_OK;
}

/* ---- opening ---- */

static hrm_status open_csv(hrm_context *ctx, hrmi_rows *rows) {
    const hrm_source *const s = &rows->opened.source;
    if (s->sql != NULL) return hrmi_source_fail_sql(ctx, &rows->opened);
    hrmi_gdal_clear(&rows->opened.gdal);
    const hrm_status status = hrmi_csv_open(ctx, s->path, s->encoding, &rows->csv);
    if (status != HRM_OK) return status;
    if (rows->opened.gdal.message[0] != '\0') return hrmi_rows_fail_reading(ctx, rows);
    const char *const remark = hrmi_csv_remark(rows->csv);
    return remark != NULL ? add_note(ctx, rows, HRM_LOG_WARNING, remark) : HRM_OK;
}

static hrm_status open_layer(hrm_context *ctx, hrmi_rows *rows, bool with_geometry) {
    const hrm_status status =
        hrmi_source_open(ctx, with_geometry ? HRMI_SOURCE_FEATURES : HRMI_SOURCE_TABLE, &rows->opened);
    if (status != HRM_OK) return status;
    hrmi_features_begin(&rows->features, &rows->opened);
    if (rows->opened.is_sheet) return HRM_OK;
    return hrmi_features_names(ctx, &rows->opened, &rows->arena, &rows->names);
}

hrm_status hrmi_rows_open(hrm_context *ctx, const hrm_source *source, bool with_geometry,
                          const char *const *wanted, size_t wanted_count, hrmi_rows **out) {
    hrmi_rows *rows = NULL;
    hrm_status status = HRM_OK;
    *out = NULL;
    rows = hrmi_array_new(ctx, 1, sizeof *rows);
    if (rows == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    rows->allocator = *hrmi_allocator(ctx);
    hrmi_arena_init(&rows->arena, ctx);
    status = hrmi_source_check(ctx, source, &rows->opened);
    if (status != HRM_OK) goto done;
    status = !with_geometry && rows->opened.connection == NULL && hrmi_path_is_csv(rows->opened.source.path)
                 ? open_csv(ctx, rows)
                 : open_layer(ctx, rows, with_geometry);
    if (status != HRM_OK) goto done;
    if (rows->csv != NULL || rows->opened.is_sheet) status = find_headings(ctx, rows, wanted, wanted_count);
    if (status == HRM_OK) status = keep_wanted(ctx, rows, wanted, wanted_count);
    if (status == HRM_OK) status = hrmi_rows_make_filter(ctx, rows);
    if (status != HRM_OK) goto done;
    *out = rows;
    rows = NULL;
done:
    hrmi_rows_close(rows);
    return status;
}
