/*
 * The nearest names, for a person to choose from. Distances are counted on forms (gazetteer_parts.h), with
 * their letters' bits in front: a letter that one form has and the other lacks costs one change at least.
 */
#include "base/utf8.h"
#include "community/gazetteer_parts.h"

enum { MOST = 32 };

typedef struct near_name {
    size_t distance;
    bool aside; /* not in the raion that the row states */
    uint32_t community;
} near_name;

typedef struct near_list {
    size_t count, capacity;
    near_name names[MOST];
} near_list;

static bool comes_before(const near_name *a, const near_name *b) {
    if (a->distance != b->distance) return a->distance < b->distance;
    if (a->aside != b->aside) return b->aside;
    return a->community < b->community;
}

/* Puts a name into the list, in its place; a community is there once, with its nearest name. */
static void put(near_list *list, near_name name) {
    size_t at = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (list->names[i].community != name.community) continue;
        if (!comes_before(&name, &list->names[i])) return;
        memmove(list->names + i, list->names + i + 1, (--list->count - i) * sizeof name);
        break;
    }
    while (at < list->count && comes_before(&list->names[at], &name)) at++;
    if (at == list->capacity) return;
    if (list->count == list->capacity) list->count--;
    memmove(list->names + at + 1, list->names + at, (list->count - at) * sizeof name);
    list->names[at] = name;
    list->count++;
}

/* Whether more letters than `limit` are in a and not in b. */
static bool differ_by_more(uint64_t a, uint64_t b, size_t limit) {
    size_t count = 0;
    for (uint64_t only = a & ~b; only != 0 && count <= limit; only &= only - 1) count++;
    return count > limit;
}

/* What is looked for: a form, ending in a zero, and what spares most comparisons. */
typedef struct wanted {
    const hrm_gazetteer *gazetteer;
    const hrmi_scope *scope, *raion;
    char form[HRMI_FORM_BYTES + 1];
    uint64_t letters;
    uint16_t length; /* code points */
} wanted;

static void want(wanted *w, const char *form, size_t length) {
    memcpy(w->form, form, length);
    w->form[length] = '\0';
    w->letters = hrmi_form_letters(form, length, &w->length);
}

static bool is_ascii(char c) {
    return (unsigned char)c < 0x80;
}

static bool lies_aside(const wanted *w, uint32_t community) {
    return w->raion->has_raion && !hrmi_scope_has(w->gazetteer, w->raion, community);
}

static void compare(const wanted *w, const hrmi_entry *entry, near_list *list) {
    const hrm_gazetteer *const g = w->gazetteer;
    const bool marked = entry->form[0] == '~' || w->form[0] == '~';
    if (entry->form[0] == '=' || entry->known > HRMI_KNOWN_CENTRE ||
        g->communities[entry->community].row == HRM_NONE)
        return;
    if (is_ascii(entry->form[0]) != is_ascii(w->form[0]) || (marked && entry->form[0] != w->form[0])) return;
    const uint16_t longer = entry->length > w->length ? entry->length : w->length;
    const uint16_t shorter = entry->length > w->length ? w->length : entry->length;
    size_t limit = longer / 3U;
    if (list->count == list->capacity && list->names[list->count - 1].distance < limit)
        limit = list->names[list->count - 1].distance;
    if ((size_t)(longer - shorter) > limit || differ_by_more(entry->letters, w->letters, limit) ||
        differ_by_more(w->letters, entry->letters, limit))
        return;
    if (!hrmi_scope_has(g, w->scope, entry->community)) return;
    const size_t distance = hrmi_utf8_distance(w->form, entry->form, limit);
    if (distance <= limit)
        put(list, (near_name){distance, lies_aside(w, entry->community), entry->community});
}

/* Where to look: the oblast, or those of the raions, of which all are near; anywhere when neither is known.
 * Who says Kyiv may mean its oblast. */
static hrmi_scope widen(const hrm_gazetteer *g, const hrmi_scope *scope) {
    hrmi_scope wide = {.oblast = scope->oblast};
    if (wide.oblast == HRMI_NO_OBLAST && scope->has_raion && scope->raion_count == 1 && !scope->more_raions)
        wide.oblast = (uint8_t)(g->raions[scope->raions[0]].digits / 100);
    if (wide.oblast == HRMI_CITY_OF_KYIV) wide.oblast = HRMI_KYIV_OBLAST;
    return wide;
}

static void find_near(const hrm_gazetteer *g, const hrmi_query *query, near_list *list) {
    char other[HRMI_FORM_BYTES];
    hrmi_candidates equal;
    const hrmi_scope wide = widen(g, &query->scope);
    wanted w = {.gazetteer = g, .scope = &wide, .raion = &query->scope};
    hrmi_gazetteer_collect(g, query->form, query->length, 0, &wide, &equal);
    for (size_t i = 0; i < equal.count; i++)
        if (g->communities[equal.list[i].community].row != HRM_NONE)
            put(list, (near_name){0, lies_aside(&w, equal.list[i].community), equal.list[i].community});
    const size_t nominative = hrmi_form_nominative(query->form, query->length, other);
    if (nominative > 0) want(&w, other, nominative);
    else want(&w, query->form, query->length);
    for (size_t i = 0; i < g->entry_count; i++) compare(&w, &g->entries[i], list);
    if (!g->has_latin_only) return;
    const size_t latin = hrmi_form_in_latin(query->form, query->length, other);
    if (latin == 0) return;
    want(&w, other, latin);
    for (size_t i = 0; i < g->entry_count; i++) compare(&w, &g->entries[i], list);
}

/* Where several communities have the very name, one of them is meant: names that only come near are none to
 * choose from. */
static void keep_equal(near_list *list) {
    size_t equal = 0;
    while (equal < list->count && list->names[equal].distance == 0) equal++;
    if (equal > 1) list->count = equal;
}

size_t hrm_gazetteer_suggest(const hrm_gazetteer *gazetteer, const hrm_place_words *words,
                             hrm_suggestion *out, size_t capacity) {
    hrm_place_words known;
    hrmi_query query;
    near_list list = {.count = 0, .capacity = capacity < MOST ? capacity : MOST};
    if (!hrmi_gazetteer_read_words(words, &known) || list.capacity == 0 || out == NULL) return 0;
    if (out->struct_size <= sizeof out->struct_size) return 0;
    hrmi_gazetteer_read(gazetteer, &known, &query);
    if (query.length == 0) return 0;
    find_near(gazetteer, &query, &list);
    keep_equal(&list);
    /* structs of a caller that knows fewer members stand closer together than ours */
    const size_t step = out->struct_size;
    for (size_t i = 0; i < list.count; i++) {
        const hrm_suggestion suggestion = {
            .struct_size = sizeof suggestion,
            .distance = (uint32_t)list.names[i].distance,
            .row = gazetteer->communities[list.names[i].community].row,
        };
        if (!hrmi_give_struct((unsigned char *)out + i * step, &suggestion, sizeof suggestion)) return i;
    }
    return list.count;
}
