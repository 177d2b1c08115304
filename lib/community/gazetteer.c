/*
 * Answers of the gazetteer. A row's code counts before its name; a name that a person settled before all
 * others; then a name is looked for where the row says that it lies. See gazetteer.h for what is a match and
 * what is a reason for none.
 */
#include "base/utf8.h"
#include "community/code.h"
#include "community/codifier.h"
#include "community/crosswalk.h"
#include "community/gazetteer_parts.h"
#include "community/layer.h"

static bool is_text(const char *text) {
    if (text == NULL) return false;
    const char *at = text;
    return hrmi_utf8_trim(&at, strlen(text)) > 0;
}

static bool is_utf8(const char *text) {
    const size_t length = strlen(text);
    return hrmi_utf8_first_invalid(text, length) == length;
}

/* ---- names ---- */

bool hrmi_scope_has(const hrm_gazetteer *g, const hrmi_scope *scope, uint32_t community) {
    const hrmi_community *const c = &g->communities[community];
    if (scope->oblast != HRMI_NO_OBLAST && !hrmi_oblast_lies_in(c->oblast, scope->oblast)) return false;
    if (!scope->has_raion || scope->more_raions) return true;
    for (size_t i = 0; i < scope->raion_count; i++)
        if (scope->raions[i] == c->raion) return true;
    return false;
}

/* Communities that the layer lacks stand in the way of others only in oblasts that it has: a layer of one
 * oblast is asked for that oblast. */
static bool may_be_meant(const hrm_gazetteer *g, const hrmi_candidate *c, uint32_t kinds) {
    const hrmi_community *const community = &g->communities[c->community];
    (void)kinds;
    return community->row != HRM_NONE || g->covered[community->oblast];
}

static void add(const hrm_gazetteer *g, hrmi_candidates *out, uint32_t community, bool only_in_the_way) {
    const hrmi_candidate new = {community, only_in_the_way};
    size_t at = out->count;
    while (at > 0 && out->list[at - 1].community > community) at--;
    if (at > 0 && out->list[at - 1].community == community) {
        if (!only_in_the_way) out->list[at - 1].only_in_the_way = false;
        return;
    }
    if (out->count == HRMI_CANDIDATES) {
        const hrmi_candidate *const last = at == HRMI_CANDIDATES ? &new : &out->list[HRMI_CANDIDATES - 1];
        if (may_be_meant(g, last, 0)) out->more = true;
        if (at == HRMI_CANDIDATES) return;
        out->count--;
    }
    memmove(out->list + at + 1, out->list + at, (out->count - at) * sizeof *out->list);
    out->list[at] = new;
    out->count++;
}

/* Whether what the row says of the kind leaves an entry possible. */
static bool may_be(const hrmi_entry *entry, uint32_t kinds) {
    const uint32_t types = kinds & HRMI_KIND_TYPES;
    const bool place = (kinds & HRMI_KIND_PLACE) != 0;
    if (entry->known == HRMI_KNOWN_CITY) return types == HRMI_KIND_CITY && !place;
    if (entry->known != HRMI_KNOWN_ELSEWHERE) return true;
    /* a settlement, but not where a community is spoken of, nor one of another kind */
    if ((kinds & HRMI_KIND_COMMUNITY) != 0 || (types != 0 && !place)) return false;
    return types == 0 || entry->kind == 0 || (types & HRMI_KIND_CITY) == (entry->kind & HRMI_KIND_CITY);
}

/* Whether an entry can make a match, and does not only stand in the way of others. There are too many
 * villages, and they change their names too often, for one to be meant by its name alone. */
static bool can_match(const hrmi_entry *entry, const hrmi_scope *scope) {
    if (entry->known != HRMI_KNOWN_CENTRE) return entry->known != HRMI_KNOWN_ELSEWHERE;
    return scope->oblast != HRMI_NO_OBLAST || scope->has_raion || entry->kind == HRMI_KIND_CITY;
}

/* All communities of a form within the scope, where at least one of them can be a match. */
static void collect(const hrm_gazetteer *g, const char *form, size_t length, uint32_t kinds,
                    const hrmi_scope *scope, hrmi_candidates *out) {
    bool any = false;
    for (size_t at = hrmi_index_find(&g->forms, form, length); at != HRM_NONE && at != HRMI_NO_ENTRY;
         at = g->entries[at].next) {
        const hrmi_entry *const entry = &g->entries[at];
        if (!may_be(entry, kinds) || !hrmi_scope_has(g, scope, entry->community)) continue;
        const bool match = can_match(entry, scope);
        any = any || match;
        add(g, out, entry->community, !match);
    }
    if (any) return;
    out->count = 0; /* as it was: a form is tried where those before it led to nothing */
    out->more = false;
}

/* The same for every form that the text may be meant for, as soon as one leads somewhere: as it stands, in
 * the nominative, and in Latin for communities that have no Cyrillic name. */
void hrmi_gazetteer_collect(const hrm_gazetteer *g, const char *form, size_t length, uint32_t kinds,
                            const hrmi_scope *scope, hrmi_candidates *out) {
    char other[HRMI_FORM_BYTES];
    char latin[HRMI_FORM_BYTES];
    out->count = 0;
    out->more = false;
    collect(g, form, length, kinds, scope, out);
    if (out->count > 0) return;
    const size_t nominative = hrmi_form_nominative(form, length, other);
    if (nominative > 0) collect(g, other, nominative, kinds, scope, out);
    if (out->count > 0 || !g->has_latin_only) return;
    size_t n = hrmi_form_in_latin(form, length, latin);
    if (n > 0) collect(g, latin, n, kinds, scope, out);
    if (out->count > 0 || nominative == 0) return;
    n = hrmi_form_in_latin(other, nominative, latin);
    if (n > 0) collect(g, latin, n, kinds, scope, out);
}

static bool type_allows(uint32_t kinds, uint8_t type) {
    if (type == HRM_TYPE_UNKNOWN || (kinds & HRMI_KIND_TYPES) == 0) return true;
    if (type == HRM_TYPE_CITY) return (kinds & HRMI_KIND_CITY) != 0;
    return (kinds & (HRMI_KIND_SETTLEMENT | HRMI_KIND_VILLAGE)) != 0;
}

/* Keeps the candidates that a test lets pass; how many there were. */
static void keep(const hrm_gazetteer *g, hrmi_candidates *c, uint32_t kinds,
                 bool (*passes)(const hrm_gazetteer *g, const hrmi_candidate *c, uint32_t kinds)) {
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++)
        if (passes(g, &c->list[i], kinds)) c->list[count++] = c->list[i];
    c->count = count;
}

static bool is_any_in_layer(const hrm_gazetteer *g, const hrmi_candidates *c) {
    for (size_t i = 0; i < c->count; i++)
        if (g->communities[c->list[i].community].row != HRM_NONE) return true;
    return false;
}

static bool has_allowed_type(const hrm_gazetteer *g, const hrmi_candidate *c, uint32_t kinds) {
    return c->only_in_the_way || type_allows(kinds, g->communities[c->community].type);
}

static bool has_type(const hrm_gazetteer *g, const hrmi_candidate *c, uint32_t kinds) {
    return g->communities[c->community].type == hrmi_kind_type(kinds);
}

/* Tells equal names apart by their type, where all of them have one. */
static void tell_apart(const hrm_gazetteer *g, uint32_t kinds, hrmi_candidates *c) {
    const hrmi_candidates all = *c;
    if (hrmi_kind_type(kinds) == HRM_TYPE_UNKNOWN) return;
    for (size_t i = 0; i < c->count; i++)
        if (c->list[i].only_in_the_way || g->communities[c->list[i].community].type == HRM_TYPE_UNKNOWN)
            return;
    keep(g, c, kinds, has_type);
    if (c->count == 0) *c = all;
}

static bool has(const hrmi_candidates *c, uint32_t community) {
    for (size_t i = 0; i < c->count; i++)
        if (c->list[i].community == community) return true;
    return false;
}

/* Leaves those that another name in brackets is the name of too. */
static void keep_also_named(const hrm_gazetteer *g, const hrmi_query *query, hrmi_candidates *c) {
    hrmi_candidates other;
    size_t count = 0;
    hrmi_gazetteer_collect(g, query->other, query->other_length, query->kinds, &query->scope, &other);
    for (size_t i = 0; i < c->count; i++)
        if (has(&other, c->list[i].community)) c->list[count++] = c->list[i];
    c->more = c->more || other.more;
    c->count = count;
}

static bool is_special_city(const hrm_gazetteer *g, const hrmi_candidate *c, uint32_t kinds) {
    const uint8_t oblast = g->communities[c->community].oblast;
    (void)kinds;
    return !c->only_in_the_way && (oblast == HRMI_CITY_OF_KYIV || oblast == HRMI_SEVASTOPOL);
}

static bool is_any_special_city(const hrm_gazetteer *g, const hrmi_candidates *c) {
    for (size_t i = 0; i < c->count; i++)
        if (is_special_city(g, &c->list[i], 0)) return true;
    return false;
}

static bool says_where(const hrmi_scope *scope) {
    return scope->unknown || scope->oblast != HRMI_NO_OBLAST || scope->has_raion;
}

int32_t hrmi_gazetteer_find_name(const hrm_gazetteer *g, const hrmi_query *query, hrmi_candidates *out,
                                 int32_t *reason) {
    const hrmi_scope *const scope = &query->scope;
    out->count = 0;
    out->more = false;
    *reason = HRM_REASON_UNKNOWN_NAME;
    if (query->higher) *reason = HRM_REASON_HIGHER_LEVEL;
    else if (scope->unknown) *reason = HRM_REASON_UNKNOWN_PARENT;
    if (*reason != HRM_REASON_UNKNOWN_NAME || query->not_understood) return HRM_MATCH_NONE;
    if (query->exact_length > 0) collect(g, query->exact, query->exact_length, query->kinds, scope, out);
    if (out->count == 0) hrmi_gazetteer_collect(g, query->form, query->length, query->kinds, scope, out);
    if (query->other_length > 0) keep_also_named(g, query, out);
    *reason = HRM_REASON_AMBIGUOUS_NAME;
    if (out->more || (scope->more_raions && out->count > 0)) return HRM_MATCH_NONE;
    *reason = HRM_REASON_UNKNOWN_NAME;
    if (out->count == 0) return HRM_MATCH_NONE;

    *reason = HRM_REASON_UNKNOWN_PARENT;
    if (query->wants_parent && !says_where(scope) && !is_any_special_city(g, out)) return HRM_MATCH_NONE;
    *reason = HRM_REASON_TYPE_CONTRADICTS;
    if (is_any_in_layer(g, out)) keep(g, out, query->kinds, may_be_meant);
    if (query->types_disagree) out->count = 0;
    keep(g, out, query->kinds, has_allowed_type);
    if (out->count == 0) return HRM_MATCH_NONE;
    if (out->count > 1) tell_apart(g, query->kinds, out);
    /* Kyiv needs no oblast; the village of this name does */
    if (!says_where(scope) && is_any_special_city(g, out)) keep(g, out, query->kinds, is_special_city);
    *reason = HRM_REASON_NOT_IN_LAYER;
    if (!is_any_in_layer(g, out)) return HRM_MATCH_NONE;
    *reason = HRM_REASON_AMBIGUOUS_NAME;
    if (out->count > 1) return HRM_MATCH_NONE;
    *reason = HRM_REASON_UNKNOWN_NAME;
    if (out->list[0].only_in_the_way) out->count = 0;
    if (out->count == 0) return HRM_MATCH_NONE;
    *reason = HRM_REASON_NONE;
    if (scope->has_raion) return HRM_MATCH_NAME_RAION;
    return scope->oblast != HRMI_NO_OBLAST ? HRM_MATCH_NAME_OBLAST : HRM_MATCH_NAME_UNIQUE;
}

/* ---- codes ---- */

/* The row of a key of seven digits. */
static size_t row_of_key(const hrm_gazetteer *g, const char *key) {
    char code[16] = "UA";
    const char *why;
    const size_t length = strlen(key);
    if (length > sizeof code - 3) return HRM_NONE;
    memcpy(code + 2, key, length + 1);
    if (g->layer != NULL) return hrmi_layer_find_code(g->layer, code, length + 2, &why);
    const size_t unit = hrm_codifier_find(g->codifier, code);
    return unit == HRM_NONE || g->units[unit] == HRMI_NO_ENTRY ? HRM_NONE
                                                               : g->communities[g->units[unit]].row;
}

static void settle(hrm_match *out, int32_t way, size_t row) {
    const bool found = row != HRM_NONE;
    out->way = found ? way : HRM_MATCH_NONE;
    out->reason = found ? HRM_REASON_NONE : HRM_REASON_NOT_IN_LAYER;
    out->row = row;
    out->candidates = found ? 1 : 0;
}

static void settle_listed(const hrm_gazetteer *g, const hrmi_listed *listed, int32_t way, hrm_match *out) {
    if (listed->key != NULL) settle(out, way, row_of_key(g, listed->key));
    else out->reason = HRM_REASON_CROSSWALK_AMBIGUOUS;
}

/* What a list of a person or an office says of a code; false when it says nothing. */
static bool find_listed(const hrm_gazetteer *g, const hrm_crosswalk *list, const hrm_place_words *words,
                        int32_t way, hrm_match *out) {
    hrmi_listed listed;
    if (list == NULL || !is_text(words->code) ||
        !hrmi_crosswalk_find(list, words->row, words->oblast, words->raion, words->code, &listed))
        return false;
    settle_listed(g, &listed, way, out);
    return true;
}

/* The alias for a row's name; false when there is none, or it does not hold where the row says that it lies.
 */
static bool find_alias(const hrm_gazetteer *g, const hrm_place_words *words, hrmi_listed *out) {
    if (g->aliases == NULL || !is_text(words->name) ||
        !hrmi_crosswalk_find(g->aliases, words->row, words->oblast, words->raion, words->name, out))
        return false;
    if (out->for_row || out->in_oblast || out->key == NULL) return true;
    if (hrmi_gazetteer_excludes(g, words->oblast, false, out->key)) return false;
    return out->in_raion || !hrmi_gazetteer_excludes(g, words->raion, true, out->key);
}

/* A former code: by the crosswalk, else by the codifier. */
static void find_former(const hrm_gazetteer *g, const hrm_place_words *words, hrm_match *out) {
    if (find_listed(g, g->crosswalk, words, HRM_MATCH_CROSSWALK, out)) return;
    out->reason = g->crosswalk != NULL ? HRM_REASON_NOT_IN_CROSSWALK : HRM_REASON_OLD_CODE;
    if (g->codifier == NULL) return;
    const size_t unit = hrm_codifier_find_old(g->codifier, words->code);
    if (unit == HRM_NONE) return;
    const uint32_t community = g->units[unit];
    const int32_t category = g->codifier->units[unit].category;
    if (category == HRM_UNIT_OBLAST || category == HRM_UNIT_RAION) out->reason = HRM_REASON_HIGHER_LEVEL;
    else if (community == HRMI_NO_ENTRY) out->reason = HRM_REASON_NOT_IN_LAYER;
    else settle(out, HRM_MATCH_CROSSWALK, g->communities[community].row);
}

static void find_code(const hrm_gazetteer *g, const hrm_place_words *words, hrm_match *out) {
    const size_t length = strlen(words->code);
    const char *why = NULL;
    hrmi_code code;
    if (!g->has_levels) {
        settle(out, HRM_MATCH_CODE, hrmi_layer_find_code(g->layer, words->code, length, &why));
        return;
    }
    hrmi_code_read(words->code, length, &code);
    if (code.why != NULL) out->why = code.why;
    out->reason = code.reason;
    if (code.kind == HRMI_CODE_FORMER) find_former(g, words, out);
    if (code.kind != HRMI_CODE_COMMUNITY) return;
    const int32_t held = g->codifier == NULL ? HRMI_HELD : hrmi_codifier_check(g->codifier, &code);
    const bool as_it_stands = held == HRMI_HELD && (code.mends & ~(uint32_t)HRMI_MEND_SMALL) == 0;
    if (held == HRMI_NOT_HELD)
        out->why = "it is not in the codifier; its first seven digits are those of the community";
    if (held == HRMI_HELD_ELSEWHERE) {
        out->reason = HRM_REASON_BAD_CODE;
        out->why =
            "it is not in the codifier, where its number (the last five digits) is that of another unit, "
            "outside this community";
        return;
    }
    settle(out, as_it_stands ? HRM_MATCH_CODE : HRM_MATCH_CODE_MENDED, row_of_key(g, code.key));
}

/* Whether a row found by its code has a name that means another community by its alias, or fits another one
 * and not this one. */
static bool name_differs(const hrm_gazetteer *g, const hrm_place_words *words, size_t row) {
    hrmi_query query;
    hrmi_candidates candidates;
    hrmi_listed alias;
    int32_t reason;
    if (!is_text(words->name)) return false;
    if (find_alias(g, words, &alias) && alias.key != NULL) return row_of_key(g, alias.key) != row;
    hrmi_gazetteer_read(g, words, &query);
    query.wants_parent = false; /* the code says where it lies */
    (void)hrmi_gazetteer_find_name(g, &query, &candidates, &reason);
    if (reason != HRM_REASON_NONE && reason != HRM_REASON_AMBIGUOUS_NAME) return false;
    if (candidates.more) return false; /* it may be one of those */
    for (size_t i = 0; i < candidates.count; i++)
        if (g->communities[candidates.list[i].community].row == row) return false;
    return true;
}

/* More on a name that led nowhere. */
static const char *why_not(const hrmi_query *query, int32_t reason) {
    if (reason == HRM_REASON_HIGHER_LEVEL)
        return query->higher_is_raion ? "this is the name of a raion, not of a community"
                                      : "this is the name of an oblast, not of a community";
    if (reason == HRM_REASON_UNKNOWN_PARENT && !says_where(&query->scope))
        return "the row says no oblast, as other rows do: is it a merged cell?";
    return "";
}

/* By name, where there is no code. */
static void find_words(const hrm_gazetteer *g, const hrm_place_words *words, hrm_match *out) {
    hrmi_query query;
    hrmi_candidates candidates;
    hrmi_listed alias;
    if (find_alias(g, words, &alias)) {
        settle_listed(g, &alias, HRM_MATCH_ALIAS, out);
        return;
    }
    hrmi_gazetteer_read(g, words, &query);
    out->way = hrmi_gazetteer_find_name(g, &query, &candidates, &out->reason);
    out->why = why_not(&query, out->reason);
    out->candidates = (uint32_t)candidates.count;
    if (out->way != HRM_MATCH_NONE) out->row = g->communities[candidates.list[0].community].row;
}

/* By code. A name that means another community keeps the row from being matched. What a person settled for
 * the code goes before both; so does what was settled for the name in this row alone, and where the code
 * cannot be used for the name in any. */
static void find_by_code(const hrm_gazetteer *g, const hrm_place_words *words, hrm_match *out) {
    hrmi_listed alias;
    bool differs = false;
    find_code(g, words, out);
    if (out->way != HRM_MATCH_NONE) {
        differs = name_differs(g, words, out->row);
        if (!differs) return;
        settle(out, HRM_MATCH_NONE, HRM_NONE);
        out->reason = HRM_REASON_CODE_AND_NAME_DIFFER;
    }
    if (find_listed(g, g->aliases, words, HRM_MATCH_ALIAS, out)) return;
    if (find_alias(g, words, &alias) && (alias.for_row || !differs))
        settle_listed(g, &alias, HRM_MATCH_ALIAS, out);
}

bool hrm_gazetteer_find(const hrm_gazetteer *gazetteer, const hrm_place_words *words, hrm_match *out) {
    const hrm_gazetteer *const g = gazetteer;
    hrm_place_words known;
    hrm_match match = {.struct_size = sizeof match, .row = HRM_NONE, .why = ""};
    if (!hrmi_gazetteer_read_words(words, &known)) return false;
    if (is_text(known.code)) find_by_code(g, &known, &match);
    else if (!is_text(known.name)) match.reason = HRM_REASON_NO_KEY;
    else if (!is_utf8(known.name)) match.reason = HRM_REASON_NOT_UTF8;
    else find_words(g, &known, &match);
    return hrmi_give_struct(out, &match, sizeof match);
}
