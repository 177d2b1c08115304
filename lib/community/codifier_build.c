/*
 * Putting a codifier together. Records become units (a code may have several, one after the other in time);
 * units find their parents by the digits of their codes; then come what depends on parents (communities,
 * centres, types) and on other units (successors, former codes).
 */
#include "base/sort.h"
#include "base/utf8.h"
#include "community/codifier.h"
#include "hromada/gazetteer.h"

/* Units of one place and different numbers of their own that a codifier may have, one after the other. */
enum { ALIKE_MAX = 8 };

/* A record, and the days on which it holds: from the first to before the last, "" for open. */
typedef struct record {
    size_t unit;
    size_t index; /* in the input */
    const char *from, *to;
} record;

typedef struct builder {
    hrm_context *ctx;
    const hrm_codifier_input *in;
    const char *source;
    hrm_codifier *c;
    record *records;
    size_t
        by_place[13]; /* how many units have a place of so many digits; special cities stand for no level */
} builder;

static const char *text_of(const char *const *array, size_t i) {
    return array == NULL || array[i] == NULL ? "" : array[i];
}

/* The number of a record, for messages. */
static long long number_of(const builder *b, size_t i) {
    return b->in->rows != NULL ? (long long)b->in->rows[i] : (long long)i + 1;
}

static const char *digits_of(const hrmi_unit *u) {
    return u->code + 2;
}

/* A text without blanks around it, as the codifier's own; NULL when memory is out. */
static const char *keep(builder *b, const char *text) {
    const size_t length = hrmi_utf8_trim(&text, strlen(text));
    return length == 0 ? "" : hrmi_arena_text(b->ctx, &b->c->texts, text, length);
}

/* ---- units ---- */

static hrm_status new_unit(builder *b, const hrmi_code *code, size_t place, bool is_first) {
    hrm_codifier *const c = b->c;
    char text[HRMI_CODE_SIZE + 2] = "UA";
    hrm_status status = hrmi_array_grow(b->ctx, &c->units, &c->capacity, c->count + 1, sizeof *c->units);
    if (status != HRM_OK) return status;
    hrmi_unit *const u = &c->units[c->count];
    *u = (hrmi_unit){.place = (uint8_t)place,
                     .parent = HRM_NONE,
                     .community = HRM_NONE,
                     .centre = HRM_NONE,
                     .successor = HRM_NONE,
                     .alike = HRM_NONE};
    memcpy(text + 2, code->digits, code->digit_count);
    u->code = hrmi_arena_text(b->ctx, &c->texts, text, code->digit_count + 2);
    if (u->code == NULL) return HRM_ERROR_MEMORY;
    if (is_first) status = hrmi_index_add(b->ctx, &c->places, digits_of(u), place, c->count);
    if (status != HRM_OK) return status;
    c->count++;
    b->by_place[place] += hrmi_category_of_place(u) != HRM_UNIT_SPECIAL_CITY;
    return HRM_OK;
}

/* The unit of a record's code, made where there is none yet. */
static hrm_status unit_of_code(builder *b, size_t i, const hrmi_code *code, size_t *out) {
    hrm_codifier *const c = b->c;
    const size_t place = hrmi_codifier_place_digits(code);
    size_t u = hrmi_index_find(&c->places, code->digits, place);
    size_t last = HRM_NONE;
    size_t alike = 0;
    for (; u != HRM_NONE; u = c->units[u].alike) {
        if (strcmp(digits_of(&c->units[u]), code->digits) == 0) {
            *out = u;
            return HRM_OK;
        }
        last = u;
        alike++;
    }
    if (alike == ALIKE_MAX)
        return hrmi_fail(b->ctx, HRM_ERROR_LIMIT,
                         "%s: row %lld (UA%s): more than %d codes begin with these %zu digits", b->source,
                         number_of(b, i), code->digits, ALIKE_MAX, place);
    *out = c->count;
    const hrm_status status = new_unit(b, code, place, last == HRM_NONE);
    if (status == HRM_OK && last != HRM_NONE) c->units[last].alike = *out;
    return status;
}

static hrm_status read_code(builder *b, size_t i, hrmi_code *code) {
    const char *const text = text_of(b->in->codes, i);
    hrmi_code_read(text, strlen(text), code);
    const bool known =
        code->kind == HRMI_CODE_COMMUNITY || code->kind == HRMI_CODE_OBLAST || code->kind == HRMI_CODE_RAION;
    const bool clean = (code->mends & ~(uint32_t)HRMI_MEND_SMALL) == 0;
    if (known && clean) return HRM_OK;
    return hrmi_fail(b->ctx, HRM_ERROR_CODE, "%s: row %lld: the code \"%.60s\" cannot be used: %s", b->source,
                     number_of(b, i), text, code->why);
}

static hrm_status read_days(builder *b, record *r) {
    const char *const from = text_of(b->in->valid_from, r->index);
    const char *const to = text_of(b->in->valid_to, r->index);
    r->from = keep(b, from);
    r->to = r->from == NULL ? NULL : keep(b, to);
    if (r->to == NULL) return HRM_ERROR_MEMORY;
    const char *const wrong = r->from[0] != '\0' && !hrmi_codifier_is_day(r->from) ? r->from
                              : r->to[0] != '\0' && !hrmi_codifier_is_day(r->to)   ? r->to
                                                                                   : NULL;
    if (wrong != NULL)
        return hrmi_fail(b->ctx, HRM_ERROR_VALUE,
                         "%s: row %lld (%s): \"%.40s\" is no day; days are written 2024-09-26", b->source,
                         number_of(b, r->index), b->c->units[r->unit].code, wrong);
    if (r->to[0] == '\0' || strcmp(r->from, r->to) < 0) return HRM_OK;
    return hrmi_fail(b->ctx, HRM_ERROR_VALUE, "%s: row %lld (%s): it ends on %s, before it begins on %s",
                     b->source, number_of(b, r->index), b->c->units[r->unit].code, r->to, r->from);
}

static hrm_status read_records(builder *b) {
    b->records = hrmi_array_new(b->ctx, b->in->count, sizeof *b->records);
    if (b->records == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < b->in->count; i++) {
        record *const r = &b->records[i];
        hrmi_code code;
        r->index = i;
        hrm_status status = read_code(b, i, &code);
        if (status == HRM_OK) status = unit_of_code(b, i, &code, &r->unit);
        if (status == HRM_OK) status = read_days(b, r);
        if (status != HRM_OK) return status;
    }
    return HRM_OK;
}

/* ---- categories ---- */

static hrm_status read_category(builder *b, size_t i, hrmi_unit *u) {
    const char *text = text_of(b->in->categories, i);
    const size_t length = hrmi_utf8_trim(&text, strlen(text));
    int32_t category = hrmi_category_of_place(u);
    if (length > 0) {
        category = hrmi_category_of_letter(text, length);
        u->has_category = true;
    }
    if (category == 0)
        return hrmi_fail(b->ctx, HRM_ERROR_VALUE,
                         "%s: row %lld (%s): \"%.40s\" is no category; they are O, K, P, H, M, X, T, C and B",
                         b->source, number_of(b, i), u->code, text);
    if (!hrmi_category_fits(category, u))
        return hrmi_fail(b->ctx, HRM_ERROR_VALUE,
                         "%s: row %lld (%s): the category \"%.40s\" does not belong to a code of this level",
                         b->source, number_of(b, i), u->code, text);
    u->category = (uint8_t)category;
    return HRM_OK;
}

/* The type in words. */
static hrm_status read_type(builder *b, size_t i, hrmi_unit *u) {
    const char *text = text_of(b->in->types, i);
    int32_t type = HRM_TYPE_UNKNOWN;
    if (hrmi_utf8_trim(&text, strlen(text)) == 0) return HRM_OK;
    (void)hrm_name_normal(text, NULL, 0, &type);
    if (type == HRM_TYPE_UNKNOWN)
        return hrmi_fail(b->ctx, HRM_ERROR_VALUE,
                         "%s: row %lld (%s): \"%.60s\" is no type; they are міська, селищна and сільська",
                         b->source, number_of(b, i), u->code, text);
    if (u->category == HRM_UNIT_COMMUNITY) u->type = (uint8_t)type;
    return HRM_OK;
}

/* ---- names and former names ---- */

static hrm_status read_name(builder *b, const char *const *names, size_t i, const char **out) {
    const char *const text = text_of(names, i);
    if (hrmi_utf8_first_invalid(text, strlen(text)) < strlen(text))
        return hrmi_fail(b->ctx, HRM_ERROR_ARGUMENT, "%s: row %lld (%s): a name is not UTF-8", b->source,
                         number_of(b, i), b->c->units[b->records[i].unit].code);
    *out = keep(b, text);
    return *out == NULL ? HRM_ERROR_MEMORY : HRM_OK;
}

/* Puts a former name before the others, unless it is there already or is the present one. */
static hrm_status add_former(builder *b, hrmi_unit *u, const char *text, size_t length) {
    length = hrmi_utf8_trim(&text, length);
    if (length == 0 || (strlen(u->name_uk) == length && memcmp(u->name_uk, text, length) == 0)) return HRM_OK;
    for (const hrmi_former_name *f = u->former; f != NULL; f = f->next)
        if (strlen(f->name) == length && memcmp(f->name, text, length) == 0) return HRM_OK;
    hrmi_former_name *const f = hrmi_arena_new(b->ctx, &b->c->texts, 1, sizeof *f);
    if (f == NULL) return HRM_ERROR_MEMORY;
    f->name = hrmi_arena_text(b->ctx, &b->c->texts, text, length);
    if (f->name == NULL) return HRM_ERROR_MEMORY;
    f->next = u->former;
    u->former = f;
    return HRM_OK;
}

static hrm_status add_former_names(builder *b, size_t i, hrmi_unit *u) {
    const char *at = NULL;
    hrm_status status = read_name(b, b->in->old_names, i, &at);
    while (status == HRM_OK && at[0] != '\0') {
        const size_t length = strcspn(at, ";");
        status = add_former(b, u, at, length);
        at += length + (at[length] == ';');
    }
    return status;
}

/* ---- the records of one unit ---- */

/* By unit, and for one unit in time. */
static int compare_records(const void *a, const void *b, const void *user) {
    (void)user;
    const record *const p = a;
    const record *const q = b;
    if (p->unit != q->unit) return p->unit < q->unit ? -1 : 1;
    const int order = strcmp(p->from, q->from);
    if (order != 0) return order;
    return (p->index > q->index) - (p->index < q->index);
}

static hrm_status fail_twice(builder *b, const record *a, const record *z) {
    return hrmi_fail(b->ctx, HRM_ERROR_DUPLICATE,
                     "%s: rows %lld and %lld: the code %s is there twice at one time", b->source,
                     number_of(b, (a->index < z->index ? a : z)->index),
                     number_of(b, (a->index < z->index ? z : a)->index), b->c->units[a->unit].code);
}

/* A unit from its records, which are in order of time: the last is what it is now. */
static hrm_status settle_unit(builder *b, const record *first, size_t count) {
    hrmi_unit *const u = &b->c->units[first->unit];
    const record *const last = &first[count - 1];
    for (size_t k = 0; k + 1 < count; k++)
        if (first[k].to[0] == '\0' || strcmp(first[k].to, first[k + 1].from) > 0)
            return fail_twice(b, &first[k], &first[k + 1]);
    u->valid_from = first->from;
    u->valid_to = last->to;
    hrm_status status = read_name(b, b->in->names_uk, last->index, &u->name_uk);
    if (status == HRM_OK) status = read_name(b, b->in->names_en, last->index, &u->name_en);
    for (size_t k = 0; k < count && status == HRM_OK; k++) {
        const char *name = NULL;
        status = read_category(b, first[k].index, u);
        if (status == HRM_OK) status = read_type(b, first[k].index, u);
        if (status == HRM_OK) status = add_former_names(b, first[k].index, u);
        if (k + 1 == count) break;
        if (status == HRM_OK) status = read_name(b, b->in->names_uk, first[k].index, &name);
        if (status == HRM_OK) status = add_former(b, u, name, strlen(name));
    }
    return status;
}

static hrm_status settle_units(builder *b) {
    hrm_status status = HRM_OK;
    hrmi_sort(b->records, b->in->count, sizeof *b->records, compare_records, NULL);
    for (size_t i = 0; i < b->in->count && status == HRM_OK;) {
        size_t end = i + 1;
        while (end < b->in->count && b->records[end].unit == b->records[i].unit) end++;
        status = settle_unit(b, &b->records[i], end - i);
        i = end;
    }
    return status;
}

static bool overlap(const hrmi_unit *a, const hrmi_unit *z) {
    const bool a_ends_first = a->valid_to[0] != '\0' && strcmp(a->valid_to, z->valid_from) <= 0;
    const bool z_ends_first = z->valid_to[0] != '\0' && strcmp(z->valid_to, a->valid_from) <= 0;
    return !a_ends_first && !z_ends_first;
}

/* Two units of one place are one after the other, as two records of one code are. */
static hrm_status check_alike(builder *b) {
    const hrmi_unit *const units = b->c->units;
    for (size_t i = 0; i < b->c->count; i++)
        for (size_t k = units[i].alike; k != HRM_NONE; k = units[k].alike)
            if (overlap(&units[i], &units[k]))
                return hrmi_fail(b->ctx, HRM_ERROR_DUPLICATE,
                                 "%s: %s and %s have the same place in the country at one time", b->source,
                                 units[i].code, units[k].code);
    return HRM_OK;
}

/* ---- parents, and what depends on them ---- */

static hrm_status find_parent(builder *b, hrmi_unit *u) {
    static const size_t ends[] = {10, 7, 4, 2};
    static const size_t begins[] = {7, 4, 2, 0};
    const char *const digits = digits_of(u);
    for (size_t i = 0; i < 4; i++) {
        if (ends[i] >= u->place) continue;
        u->parent = hrmi_codifier_place(b->c, digits, ends[i]);
        if (u->parent != HRM_NONE) return HRM_OK;
        const bool has_level = strspn(digits + begins[i], "0") < ends[i] - begins[i];
        if (has_level && b->by_place[ends[i]] > 0)
            return hrmi_fail(b->ctx, HRM_ERROR_VALUE,
                             "%s: %s lies in UA%.*s, which is not there, though others of that level are",
                             b->source, u->code, (int)ends[i], digits);
    }
    return HRM_OK;
}

static hrm_status find_parents(builder *b) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < b->c->count && status == HRM_OK; i++) status = find_parent(b, &b->c->units[i]);
    return status;
}

/* A special city is its own community, unless a unit of seven digits is. */
static bool is_community(const hrm_codifier *c, const hrmi_unit *u) {
    char key[HRMI_KEY_SIZE] = "0000000";
    if (u->category == HRM_UNIT_COMMUNITY || u->place == HRMI_KEY_DIGITS) return true;
    if (u->category != HRM_UNIT_SPECIAL_CITY) return false;
    memcpy(key, digits_of(u), 2);
    return hrmi_index_find(&c->places, key, HRMI_KEY_DIGITS) == HRM_NONE;
}

static void find_communities(hrm_codifier *c) {
    for (size_t i = 0; i < c->count; i++) {
        size_t u = i;
        while (u != HRM_NONE && !is_community(c, &c->units[u])) u = c->units[u].parent;
        c->units[i].community = u;
    }
}

/* The settlement of number 001, and what it makes of its community. */
static void find_centres(hrm_codifier *c) {
    for (size_t i = 0; i < c->count; i++) {
        char place[] = "0000000001";
        hrmi_unit *const u = &c->units[i];
        if (u->category == HRM_UNIT_SPECIAL_CITY) u->type = HRM_TYPE_CITY;
        if (u->category != HRM_UNIT_COMMUNITY) continue;
        memcpy(place, digits_of(u), HRMI_KEY_DIGITS);
        u->centre = hrmi_codifier_place(c, place, 10);
        if (u->centre == HRM_NONE || !c->units[u->centre].has_category || u->type != HRM_TYPE_UNKNOWN)
            continue;
        switch (c->units[u->centre].category) {
        case HRM_UNIT_CITY:
            u->type = HRM_TYPE_CITY;
            break;
        case HRM_UNIT_SETTLEMENT:
            u->type = HRM_TYPE_SETTLEMENT;
            break;
        default:
            u->type = HRM_TYPE_VILLAGE;
            break;
        }
    }
}

/* Children by parent, as in a counting sort. */
static hrm_status group_children(builder *b) {
    hrm_codifier *const c = b->c;
    c->child_start = hrmi_array_new(b->ctx, c->count + 1, sizeof *c->child_start);
    if (c->child_start == NULL) return HRM_ERROR_MEMORY;
    c->children = hrmi_array_new(b->ctx, c->count, sizeof *c->children);
    if (c->children == NULL) return HRM_ERROR_MEMORY;
    size_t *const start = c->child_start;
    for (size_t i = 0; i < c->count; i++)
        if (c->units[i].parent != HRM_NONE) start[c->units[i].parent]++;
    for (size_t i = 1; i <= c->count; i++) start[i] += start[i - 1]; /* where the unit's children end */
    for (size_t i = c->count; i-- > 0;)
        if (c->units[i].parent != HRM_NONE) c->children[--start[c->units[i].parent]] = i;
    return HRM_OK;
}

/* ---- other units ---- */

static hrm_status find_successors(builder *b) {
    for (size_t i = 0; i < b->in->count; i++) {
        const record *const r = &b->records[i];
        const bool is_last = i + 1 == b->in->count || b->records[i + 1].unit != r->unit;
        const char *text = text_of(b->in->successors, r->index);
        hrmi_unit *const u = &b->c->units[r->unit];
        if (!is_last || hrmi_utf8_trim(&text, strlen(text)) == 0) continue;
        u->successor = hrm_codifier_find(b->c, text);
        if (u->successor == HRM_NONE)
            return hrmi_fail(b->ctx, HRM_ERROR_VALUE,
                             "%s: row %lld (%s): its successor \"%.60s\" is not in the codifier", b->source,
                             number_of(b, r->index), u->code, text);
    }
    return HRM_OK;
}

/* One former code of a unit; a code that two units had leads to none. */
static hrm_status add_old_code(builder *b, const char *text, size_t length, size_t unit) {
    char form[HRMI_CODE_FORM_SIZE];
    hrmi_index *const old = &b->c->old;
    bool is_number = false;
    const size_t size = hrmi_code_form(text, length, form, &is_number);
    if (size == 0) return HRM_OK;
    const size_t there = hrmi_index_find(old, form, size);
    if (there == unit || there == HRMI_SEVERAL) return HRM_OK;
    const char *const kept = hrmi_arena_text(b->ctx, &b->c->texts, form, size);
    if (kept == NULL) return HRM_ERROR_MEMORY;
    if (there != HRM_NONE) hrmi_index_remove(old, form, size);
    return hrmi_index_add(b->ctx, old, kept, size, there == HRM_NONE ? unit : HRMI_SEVERAL);
}

static hrm_status read_old_codes(builder *b) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < b->in->count; i++) {
        const char *at = text_of(b->in->old_codes, b->records[i].index);
        while (at[0] != '\0' && status == HRM_OK) {
            const size_t length = strcspn(at, " \t\r\n,;");
            status = add_old_code(b, at, length, b->records[i].unit);
            at += length + (at[length] != '\0');
        }
        if (status != HRM_OK) return status;
    }
    return HRM_OK;
}

/* ---- the whole ---- */

static hrm_status build(builder *b) {
    hrm_status status = read_records(b);
    if (status != HRM_OK) return status;
    status = settle_units(b);
    if (status != HRM_OK) return status;
    status = check_alike(b);
    if (status != HRM_OK) return status;
    status = find_parents(b);
    if (status != HRM_OK) return status;
    find_communities(b->c);
    find_centres(b->c);
    size_t communities = 0;
    for (size_t i = 0; i < b->c->count; i++) communities += b->c->units[i].community == i;
    if (communities == 0)
        return hrmi_fail(b->ctx, HRM_ERROR_CODE, "%s: not one of its %zu records is a community", b->source,
                         b->in->count);
    status = group_children(b);
    if (status != HRM_OK) return status;
    status = hrmi_codifier_sort_numbers(b->ctx, b->c);
    if (status != HRM_OK) return status;
    status = find_successors(b);
    if (status != HRM_OK) return status;
    return read_old_codes(b);
}

static hrm_status check_input(hrm_context *ctx, const hrm_codifier_input *in) {
    if (in->reserved != 0) return hrmi_fail_reserved(ctx, "hrm_codifier_input");
    if (in->count == 0) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "a codifier needs one record at least");
    if (in->codes == NULL || in->names_uk == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "a codifier needs codes and names_uk");
    return HRM_OK;
}

hrm_status hrm_codifier_new(hrm_context *ctx, const hrm_codifier_input *input, hrm_codifier **out) {
    hrm_codifier_input in = {.struct_size = sizeof in};
    builder b = {.ctx = ctx, .in = &in};
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "the place for the codifier is NULL");
    *out = NULL;
    if (input == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "the input of the codifier is NULL");
    status = hrmi_read_struct(ctx, &in, sizeof in, input, "hrm_codifier_input");
    if (status == HRM_OK) status = check_input(ctx, &in);
    if (status != HRM_OK) goto done;
    b.source = in.source != NULL ? in.source : "the codifier";
    b.c = hrmi_array_new(ctx, 1, sizeof *b.c);
    if (b.c == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    b.c->allocator = *hrmi_allocator(ctx);
    hrmi_arena_init(&b.c->texts, ctx);
    hrmi_index_init(&b.c->places, ctx);
    hrmi_index_init(&b.c->old, ctx);
    status = build(&b);
    if (status != HRM_OK) goto done;
    *out = b.c;
    b.c = NULL;
done:
    hrm_codifier_free(b.c);
    hrmi_free(ctx, b.records);
    return status;
}
