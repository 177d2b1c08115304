/*
 * Crosswalks and aliases: an index over written forms.
 *
 * A form is a number (a former code) or a name in its normal form, with the type that words of kind beside it
 * say (міська …) and the oblast and raion within which it means that. What a record does not say does not
 * narrow it; what it says a row must say as well: an alias for `Покровська сільська` settles nothing for
 * `Покровська`, of which there may be others. A record for one row of a table alone also has that row's
 * number, and goes before all that have none.
 *
 * Budget codes of 10 and of 11 digits are different numbers, and none is made of the other: the crosswalk has
 * to have the form that the table has. (All 1,469 codes of hromada_budget_2020_2022.csv and all of the
 * Ministry of Finance's tables of 2024 have 10; no source at hand has 11, or a rule from one to the other.)
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/index.h"
#include "base/utf8.h"
#include "community/code.h"
#include "community/crosswalk.h"
#include "hromada/gazetteer.h"

enum { TEXT_SIZE = 1024, ROW_SIZE = 24, FORM_SIZE = 3 * TEXT_SIZE + ROW_SIZE + 8 };

typedef struct entry {
    char key[HRMI_KEY_SIZE];
    bool ambiguous;
} entry;

struct hrm_crosswalk {
    hrm_allocator allocator;
    hrmi_arena texts;
    hrmi_index index; /* whole forms → entries */
    entry *entries;
    size_t count, capacity;
    size_t records, undecided;
    bool has_rows; /* there are records for one row alone */
};

/* What a row or a record says, in the forms in which it is compared. */
typedef struct form {
    char written[TEXT_SIZE];
    char oblast[TEXT_SIZE];
    char raion[TEXT_SIZE];
    char row[ROW_SIZE]; /* "" for any */
    char type;          /* HRM_TYPE_… as a digit */
} form;

void hrm_crosswalk_input_init(hrm_crosswalk_input *input, size_t struct_size) {
    const hrm_crosswalk_input defaults = {.struct_size = sizeof defaults};
    hrmi_init_struct(input, struct_size, &defaults, sizeof defaults);
}

void hrm_crosswalk_free(hrm_crosswalk *crosswalk) {
    if (crosswalk == NULL) return;
    const hrm_allocator allocator = crosswalk->allocator;
    hrmi_arena_free(&crosswalk->texts);
    hrmi_index_free(&crosswalk->index);
    hrmi_release(&allocator, crosswalk->entries);
    hrmi_release(&allocator, crosswalk);
}

/* ---- forms ---- */

/* An oblast or a raion: by its code, whichever kind that is, or by its name. False for a text that is none,
 * which must not pass for no text at all. */
static bool read_parent(const char *text, char out[TEXT_SIZE]) {
    hrmi_code code;
    const char *at = text;
    out[0] = '\0';
    if (text == NULL || hrmi_utf8_trim(&at, strlen(text)) == 0) return true;
    hrmi_code_read(text, strlen(text), &code);
    if (code.kind != HRMI_CODE_OBLAST && code.kind != HRMI_CODE_RAION)
        return hrm_name_normal(text, out, TEXT_SIZE, NULL) <= TEXT_SIZE && out[0] != '\0';
    const size_t digits = code.kind == HRMI_CODE_OBLAST ? 2 : 4;
    memcpy(out, code.digits, digits);
    out[digits] = '\0';
    return true;
}

/* False for a form that says nothing, is too long, or is a number that has lost its end. */
static bool read_written(const char *text, form *out) {
    bool is_number = false;
    int32_t type = HRM_TYPE_UNKNOWN;
    out->type = '0';
    if (text == NULL) return false;
    const size_t length = hrmi_code_form(text, strlen(text), out->written, &is_number);
    if (is_number) return length > 0;
    if (hrm_name_normal(text, out->written, TEXT_SIZE, &type) > TEXT_SIZE) return false;
    out->type = (char)('0' + type);
    return out->written[0] != '\0';
}

static bool read_form(const char *oblast, const char *raion, const char *written, form *out) {
    out->row[0] = '\0';
    return read_written(written, out) && read_parent(oblast, out->oblast) && read_parent(raion, out->raion);
}

static size_t append(char *out, size_t at, const char *text) {
    const size_t length = strlen(text);
    memcpy(out + at, text, length);
    out[at + length] = '\x1f';
    return at + length + 1;
}

/* The text under which a form stands in the index. */
static size_t whole_form(const form *f, const char *oblast, const char *raion, char type,
                         char out[FORM_SIZE]) {
    size_t at = append(out, 0, f->written);
    at = append(out, at, f->row);
    at = append(out, at, oblast);
    at = append(out, at, raion);
    out[at] = type;
    return at + 1;
}

/* ---- making ---- */

static hrm_status add_entry(hrm_context *ctx, hrm_crosswalk *c, const form *f,
                            const char key[HRMI_KEY_SIZE]) {
    char text[FORM_SIZE];
    const size_t length = whole_form(f, f->oblast, f->raion, f->type, text);
    const size_t there = hrmi_index_find(&c->index, text, length);
    if (there != HRM_NONE) {
        if (strcmp(c->entries[there].key, key) != 0) c->entries[there].ambiguous = true;
        return HRM_OK;
    }
    hrm_status status = hrmi_array_grow(ctx, &c->entries, &c->capacity, c->count + 1, sizeof *c->entries);
    if (status != HRM_OK) return status;
    const char *const kept = hrmi_arena_text(ctx, &c->texts, text, length);
    if (kept == NULL) return HRM_ERROR_MEMORY;
    c->entries[c->count] = (entry){.ambiguous = false};
    memcpy(c->entries[c->count].key, key, HRMI_KEY_SIZE);
    status = hrmi_index_add(ctx, &c->index, kept, length, c->count);
    if (status == HRM_OK) c->count++;
    return status;
}

/* The number of a record, for messages. */
static long long number_of(const hrm_crosswalk_input *in, size_t i) {
    return in->rows != NULL ? (long long)in->rows[i] : (long long)in->first_row + (long long)i;
}

static const char *element(const char *const *array, size_t i) {
    return array == NULL ? NULL : array[i];
}

static hrm_status add_record(hrm_context *ctx, hrm_crosswalk *c, const hrm_crosswalk_input *in, size_t i,
                             uint32_t *mends) {
    form f;
    hrmi_code code;
    const char *const text = in->codes[i] == NULL ? "" : in->codes[i];
    hrmi_code_read(text, strlen(text), &code);
    if (code.kind != HRMI_CODE_EMPTY && code.kind != HRMI_CODE_COMMUNITY)
        return hrmi_fail(ctx, HRM_ERROR_CODE, "%s: row %lld: the code \"%.60s\" cannot be used: %s",
                         in->source, number_of(in, i), text, code.why);
    if (code.kind == HRMI_CODE_EMPTY ||
        !read_form(element(in->oblasts, i), element(in->raions, i), in->written[i], &f)) {
        c->undecided++;
        return HRM_OK;
    }
    *mends = code.mends & ~(uint32_t)HRMI_MEND_SMALL;
    if (in->for_rows != NULL && in->for_rows[i] != 0) {
        (void)snprintf(f.row, sizeof f.row, "%lld", (long long)in->for_rows[i]);
        c->has_rows = true;
    }
    return add_entry(ctx, c, &f, code.key);
}

static hrm_status add_records(hrm_context *ctx, hrm_crosswalk *c, const hrm_crosswalk_input *in) {
    size_t mended = 0, first = 0;
    c->records = in->count;
    for (size_t i = 0; i < in->count; i++) {
        uint32_t mends = 0;
        const hrm_status status = add_record(ctx, c, in, i, &mends);
        if (status != HRM_OK) return status;
        if (mends != 0 && mended++ == 0) first = i;
    }
    if (mended > 0)
        hrmi_log(ctx, HRM_LOG_WARNING, "%s: %zu codes were mended (the first: row %lld, \"%.60s\")",
                 in->source, mended, number_of(in, first), in->codes[first]);
    return HRM_OK;
}

static hrm_status check_input(hrm_context *ctx, const hrm_crosswalk_input *in) {
    if (in->reserved != 0) return hrmi_fail_reserved(ctx, "hrm_crosswalk_input");
    if (in->count > 0 && (in->written == NULL || in->codes == NULL))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "a crosswalk needs written forms and codes");
    return HRM_OK;
}

hrm_status hrm_crosswalk_new(hrm_context *ctx, const hrm_crosswalk_input *input, hrm_crosswalk **out) {
    hrm_crosswalk_input in = {.struct_size = sizeof in};
    hrm_crosswalk *c = NULL;
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "the place for the crosswalk is NULL");
    *out = NULL;
    if (input == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "the input of the crosswalk is NULL");
    status = hrmi_read_struct(ctx, &in, sizeof in, input, "hrm_crosswalk_input");
    if (status == HRM_OK) status = check_input(ctx, &in);
    if (status != HRM_OK) goto done;
    if (in.source == NULL) in.source = "the crosswalk";
    c = hrmi_array_new(ctx, 1, sizeof *c);
    if (c == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    c->allocator = *hrmi_allocator(ctx);
    hrmi_arena_init(&c->texts, ctx);
    hrmi_index_init(&c->index, ctx);
    status = add_records(ctx, c, &in);
    if (status != HRM_OK) goto done;
    *out = c;
    c = NULL;
done:
    hrm_crosswalk_free(c);
    return status;
}

/* ---- asking ---- */

bool hrm_crosswalk_counts_of(const hrm_crosswalk *crosswalk, hrm_crosswalk_counts *out) {
    hrm_crosswalk_counts counts = {
        .struct_size = sizeof counts, .records = crosswalk->records, .undecided = crosswalk->undecided};
    for (size_t i = 0; i < crosswalk->count; i++) {
        if (crosswalk->entries[i].ambiguous) counts.ambiguous++;
        else counts.forms++;
    }
    return hrmi_give_struct(out, &counts, sizeof counts);
}

/* The entry of a form within certain parents: with the row's type, or else without. */
static const entry *find_within(const hrm_crosswalk *c, const form *f, const char *oblast,
                                const char *raion) {
    char text[FORM_SIZE];
    const char types[2] = {f->type, '0'};
    for (size_t i = 0; i < 2; i++) {
        const size_t length = whole_form(f, oblast, raion, types[i], text);
        const size_t there = hrmi_index_find(&c->index, text, length);
        if (there != HRM_NONE) return &c->entries[there];
    }
    return NULL;
}

/* The entry with raion before the one with oblast before the one for anywhere. */
static const entry *find_form(const hrm_crosswalk *c, const form *f, hrmi_listed *out) {
    for (int within = 3; within >= 0; within--) {
        out->in_raion = (within & 2) != 0;
        out->in_oblast = (within & 1) != 0;
        if ((out->in_raion && f->raion[0] == '\0') || (out->in_oblast && f->oblast[0] == '\0')) continue;
        const entry *const found =
            find_within(c, f, out->in_oblast ? f->oblast : "", out->in_raion ? f->raion : "");
        if (found != NULL) return found;
    }
    return NULL;
}

bool hrmi_crosswalk_find(const hrm_crosswalk *crosswalk, int64_t row, const char *oblast, const char *raion,
                         const char *written, hrmi_listed *out) {
    form f;
    const entry *found = NULL;
    *out = (hrmi_listed){.key = NULL};
    if (crosswalk->count == 0 || !read_form(oblast, raion, written, &f)) return false;
    if (row != 0 && crosswalk->has_rows) {
        (void)snprintf(f.row, sizeof f.row, "%lld", (long long)row);
        found = find_form(crosswalk, &f, out);
        f.row[0] = '\0';
    }
    out->for_row = found != NULL;
    if (found == NULL) found = find_form(crosswalk, &f, out);
    if (found == NULL) return false;
    if (!found->ambiguous) out->key = found->key;
    return true;
}

const char *hrm_crosswalk_find(const hrm_crosswalk *crosswalk, int64_t row, const char *oblast,
                               const char *raion, const char *written, bool *ambiguous) {
    hrmi_listed listed;
    const bool found = hrmi_crosswalk_find(crosswalk, row, oblast, raion, written, &listed);
    if (ambiguous != NULL) *ambiguous = found && listed.key == NULL;
    return listed.key;
}
