/*
 * What a row says, taken apart. A name cell may hold the name alone, its raion and oblast in brackets or
 * behind commas, or a whole address; words of kind tell which part is which:
 *
 *   Тростянецька громада Вінницького району, Вінницька область
 *   └ name ────────────┘ └ raion ─────────┘  └ oblast ───────┘
 *
 * Parts begin at commas and brackets, at the first word of a name that follows a word of kind, at `м.`,
 * `смт`, `с.` after a name; and `район` and `область` take one word of the name before them, not two. A part
 * without any name gives its kind to the one before it (`Вінницька (міська)`).
 *
 * Nothing is passed over in silence but the parts of an address in front of a community's name, and the
 * country. Whatever else is left makes the text one that is not understood.
 */
#include "base/utf8.h"
#include "community/code.h"
#include "community/gazetteer_parts.h"

enum { PARTS = 32 };

/* A run of words. */
typedef struct part {
    size_t first, end;
    size_t named;   /* words of the name */
    uint32_t kinds; /* of its words of kind */
    uint8_t before;
} part;

typedef struct part_list {
    size_t count;
    part part[PARTS];
    bool too_many;
} part_list;

static part *begin_part(part_list *out, const hrmi_word *word, size_t i) {
    if (out->count == PARTS) {
        out->too_many = true;
        return NULL;
    }
    out->part[out->count] = (part){.first = i, .end = i, .before = word->before};
    return &out->part[out->count++];
}

/* Whether word i begins a new part after p. */
static bool begins(const hrmi_name *name, const part *p, size_t i) {
    const hrmi_word *const word = &name->words[i];
    if (word->before != HRMI_BREAK_NONE) return true;
    if (p->named == 0) return false;
    if ((word->kind & HRMI_KIND_PLACE) != 0) return true;
    return word->kind == 0 && name->words[i - 1].kind != 0;
}

/* `район` and `область` take the one word before them, unless all words of the part are one's name: what
 * stands further in front is a part of its own. */
static part *split_parent(const hrm_gazetteer *g, part_list *out, const hrmi_name *name, part *p, size_t i) {
    char form[HRMI_FORM_BYTES];
    const bool is_parent = (name->words[i].kind & (HRMI_KIND_RAION | HRMI_KIND_OBLAST)) != 0;
    if (!is_parent || p->named < 2 || i == p->first || name->words[i - 1].kind != 0) return p;
    const size_t length = hrmi_form_of(name, p->first, i, false, form);
    if (hrmi_index_find(&g->oblast_forms, form, length) != HRM_NONE ||
        hrmi_index_find(&g->raion_forms, form, length) != HRM_NONE)
        return p;
    part *const parent = begin_part(out, &name->words[i - 1], i - 1);
    if (parent == NULL) return p;
    p->end--;
    p->named--;
    parent->end = i;
    parent->named = 1;
    return parent;
}

/* A part without a name gives its kind to its neighbour. */
static void merge_nameless(part_list *parts) {
    size_t count = 0;
    uint32_t pending = 0;
    for (size_t i = 0; i < parts->count; i++) {
        part p = parts->part[i];
        if (p.named == 0 && count > 0) {
            parts->part[count - 1].kinds |= p.kinds;
            continue;
        }
        if (p.named == 0 && i + 1 < parts->count) {
            pending |= p.kinds;
            continue;
        }
        p.kinds |= pending;
        pending = 0;
        parts->part[count++] = p;
    }
    parts->count = count;
}

static void find_parts(const hrm_gazetteer *g, const hrmi_name *name, part_list *out) {
    part *p = NULL;
    out->count = 0;
    out->too_many = false;
    for (size_t i = 0; i < name->count; i++) {
        if (p == NULL || begins(name, p, i)) p = begin_part(out, &name->words[i], i);
        if (p == NULL) return;
        p = split_parent(g, out, name, p, i);
        p->kinds |= name->words[i].kind;
        p->named += name->words[i].kind == 0;
        p->end = i + 1;
    }
    merge_nameless(out);
}

/* ---- oblasts and raions ---- */

static bool find_oblast(const hrm_gazetteer *g, const char *form, size_t length, bool spoken_of,
                        uint8_t *number) {
    const size_t found = hrmi_index_find(&g->oblast_forms, form, length);
    if (found == HRM_NONE) return false;
    *number = (uint8_t)(found & HRMI_OBLAST_NUMBER);
    return spoken_of || (found & HRMI_OBLAST_SPOKEN_OF) == 0;
}

/* The oblast of a form. Where `область` stands beside it, the city of Kyiv is the oblast. */
static bool oblast_of(const hrm_gazetteer *g, const char *form, size_t length, uint32_t kinds, bool spoken_of,
                      uint8_t *number) {
    char other[HRMI_FORM_BYTES];
    const bool has_kind = (kinds & HRMI_KIND_OBLAST) != 0;
    bool found = find_oblast(g, form, length, spoken_of || has_kind, number);
    if (!found) {
        const size_t n = hrmi_form_nominative(form, length, other);
        found = n > 0 && find_oblast(g, other, n, spoken_of || has_kind, number);
    }
    if (found && has_kind && *number == HRMI_CITY_OF_KYIV) *number = HRMI_KYIV_OBLAST;
    return found;
}

/* Narrows the scope down to an oblast. */
static void add_oblast(hrmi_scope *scope, uint8_t number) {
    if (scope->oblast != HRMI_NO_OBLAST && hrmi_oblast_lies_in(scope->oblast, number)) return;
    const bool other = scope->oblast != HRMI_NO_OBLAST && !hrmi_oblast_lies_in(number, scope->oblast);
    if (other) scope->unknown = true;
    scope->oblast = other ? HRMI_NO_OBLAST : number;
}

static bool lies_in_oblast(const hrm_gazetteer *g, uint32_t raion, const hrmi_scope *scope) {
    return scope->oblast == HRMI_NO_OBLAST ||
           hrmi_oblast_lies_in((uint8_t)(g->raions[raion].digits / 100), scope->oblast);
}

/* The raions of a form, added to the scope: narrowed down by those that are there. False when none is known.
 */
static bool add_raions(const hrm_gazetteer *g, hrmi_scope *scope, const char *form, size_t length) {
    hrmi_scope found = {.more_raions = scope->more_raions};
    size_t at = hrmi_index_find(&g->raion_forms, form, length);
    if (at == HRM_NONE) return false;
    for (; at != HRMI_NO_ENTRY; at = g->raion_entries[at].next) {
        const uint32_t raion = g->raion_entries[at].raion;
        bool wanted = !scope->has_raion;
        for (size_t i = 0; i < scope->raion_count; i++) wanted = wanted || scope->raions[i] == raion;
        if (!wanted || !lies_in_oblast(g, raion, scope)) continue;
        if (found.raion_count == HRMI_SCOPE_RAIONS) found.more_raions = true;
        else found.raions[found.raion_count++] = raion;
    }
    if (found.raion_count == 0 && !found.more_raions) scope->unknown = true;
    memcpy(scope->raions, found.raions, sizeof scope->raions);
    scope->raion_count = found.raion_count;
    scope->more_raions = found.more_raions;
    scope->has_raion = true;
    return true;
}

/* The same in other cases. `м. Хмельницький` is a city and no raion; */
static bool raion_of(const hrm_gazetteer *g, hrmi_scope *scope, uint32_t kinds, const char *form,
                     size_t length) {
    char other[HRMI_FORM_BYTES];
    uint8_t city;
    const bool is_place = (kinds & HRMI_KIND_PLACE) != 0;
    if (!is_place && add_raions(g, scope, form, length)) return true;
    const size_t n = is_place ? 0 : hrmi_form_nominative(form, length, other);
    if (n > 0 && add_raions(g, scope, other, n)) return true;
    /* but Kyiv and Sevastopol have no raions, and stand in their place */
    if (!find_oblast(g, form, length, false, &city) || city < HRMI_CITY_OF_KYIV) return false;
    add_oblast(scope, city);
    return true;
}

/* Whether a field holds a code, of an oblast (2 digits) or a raion (4): it then narrows the scope. */
static bool read_code(const hrm_gazetteer *g, const char *text, bool raion, hrmi_scope *scope) {
    char form[5] = "#";
    hrmi_code code;
    if (strpbrk(text, "0123456789") == NULL) return false;
    hrmi_code_read(text, strlen(text), &code);
    const bool community = code.kind == HRMI_CODE_COMMUNITY;
    if (!community && code.kind != HRMI_CODE_OBLAST && code.kind != HRMI_CODE_RAION) return false;
    const uint8_t number = (uint8_t)(10 * (code.digits[0] - '0') + (code.digits[1] - '0'));
    const bool special_city = number == HRMI_CITY_OF_KYIV || number == HRMI_SEVASTOPOL;
    if (special_city || (!raion && code.kind == HRMI_CODE_OBLAST)) add_oblast(scope, number);
    else if (raion && code.kind == HRMI_CODE_RAION) {
        memcpy(form + 1, code.digits, 4);
        if (!add_raions(g, scope, form, sizeof form)) scope->unknown = true;
    } else scope->unknown = true;
    return true;
}

/* What the field of an oblast or a raion says. */
static void read_parent(const hrm_gazetteer *g, const char *text, bool raion, hrmi_scope *scope) {
    hrmi_name name;
    char form[HRMI_FORM_BYTES];
    uint32_t kinds = 0;
    size_t named = 0;
    uint8_t number = HRMI_NO_OBLAST;
    if (text == NULL || text[0] == '\0') return;
    const bool is_name = hrmi_name_read(text, strlen(text), &name);
    if (is_name && name.count == 0) return;
    if (is_name && read_code(g, text, raion, scope)) return;
    for (size_t i = 0; i < name.count; i++) {
        kinds |= name.words[i].kind;
        named += name.words[i].kind == 0;
    }
    const size_t length = hrmi_form_of(&name, 0, name.count, named == 0, form);
    if (!raion && oblast_of(g, form, length, kinds, true, &number)) add_oblast(scope, number);
    else if (!raion || !raion_of(g, scope, kinds, form, length)) scope->unknown = true;
}

/* Raions of another oblast than the stated one are not meant. */
static void settle_scope(const hrm_gazetteer *g, hrmi_scope *scope) {
    if (!scope->has_raion || scope->oblast == HRMI_NO_OBLAST) return;
    size_t count = 0;
    for (size_t i = 0; i < scope->raion_count; i++)
        if (lies_in_oblast(g, scope->raions[i], scope)) scope->raions[count++] = scope->raions[i];
    scope->raion_count = count;
    if (count == 0 && !scope->more_raions) scope->unknown = true;
}

bool hrmi_gazetteer_excludes(const hrm_gazetteer *gazetteer, const char *text, bool raion, const char *key) {
    hrmi_scope scope = {.unknown = false};
    unsigned digits = 0;
    read_parent(gazetteer, text, raion, &scope);
    if (scope.unknown) return false;
    for (size_t i = 0; i < 4; i++) digits = 10 * digits + (unsigned)(key[i] - '0');
    if (scope.oblast != HRMI_NO_OBLAST && !hrmi_oblast_lies_in((uint8_t)(digits / 100), scope.oblast))
        return true;
    if (!scope.has_raion || scope.more_raions) return false;
    for (size_t i = 0; i < scope.raion_count; i++)
        if (gazetteer->raions[scope.raions[i]].digits == digits) return false;
    return true;
}

/* ---- the name ---- */

typedef enum part_role { IS_OBLAST, IS_RAION, IS_COMMUNITY, IS_OTHER } part_role;

static part_role role_of(const part *p) {
    if ((p->kinds & HRMI_KIND_OBLAST) != 0) return IS_OBLAST;
    if ((p->kinds & HRMI_KIND_RAION) != 0) return IS_RAION;
    if ((p->kinds & HRMI_KIND_COMMUNITY) != 0) return IS_COMMUNITY;
    const bool adjective = (p->kinds & HRMI_KIND_TYPES) != 0 && (p->kinds & HRMI_KIND_PLACE) == 0;
    return adjective ? IS_COMMUNITY : IS_OTHER;
}

static size_t form_of_part(const hrmi_name *name, const part *p, char form[HRMI_FORM_BYTES]) {
    return hrmi_form_of(name, p->first, p->end, p->named == 0, form);
}

/* Takes a part that names a raion or an oblast into the scope, in words or, where `bare`, by its name alone.
 * False when it is none. */
static bool take_parent(const hrm_gazetteer *g, const hrmi_name *name, const part *p, hrmi_scope *scope) {
    char form[HRMI_FORM_BYTES];
    uint8_t number = HRMI_NO_OBLAST;
    const size_t length = form_of_part(name, p, form);
    const part_role role = role_of(p);
    if (role != IS_RAION && oblast_of(g, form, length, p->kinds, false, &number)) {
        add_oblast(scope, number);
        return true;
    }
    if (role != IS_OBLAST && raion_of(g, scope, p->kinds, form, length)) return true;
    if (role == IS_OTHER) return false;
    scope->unknown = true;
    return true;
}

static bool is_country(const hrmi_name *name, const part *p) {
    static const char *const countries[] = {"україна", "україни", "ukraine"};
    char form[HRMI_WORD_BYTES] = "";
    if (p->end != p->first + 1) return false;
    *hrmi_word_write(name, &name->words[p->first], '\0', form, form + sizeof form - 1) = '\0';
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++)
        if (strcmp(form, countries[i]) == 0) return true;
    return false;
}

/* Which part is the name: the only one of a community, or the only one that is nothing else. HRM_NONE when
 * there is none, or more than one. */
static size_t choose_name(const hrm_gazetteer *g, const hrmi_name *name, const part_list *parts) {
    size_t communities = 0;
    size_t others = 0;
    size_t community = HRM_NONE;
    size_t other = HRM_NONE;
    for (size_t i = 0; i < parts->count; i++) {
        const part *const p = &parts->part[i];
        const part_role role = role_of(p);
        if (role == IS_COMMUNITY) {
            communities++;
            community = i;
        } else if (role == IS_OTHER && !is_country(name, p) && p->before != HRMI_BREAK_OPEN) {
            hrmi_scope scope = {.unknown = false};
            /* of several, one that is an oblast's name is not the community's, unless it comes first */
            if (others > 0 && take_parent(g, name, p, &scope)) continue;
            others++;
            other = i;
        }
    }
    if (communities > 0) return communities == 1 ? community : HRM_NONE;
    return others == 1 ? other : HRM_NONE;
}

/* What stands beside the name. */
static void read_beside(const hrm_gazetteer *g, const hrmi_name *name, const part_list *parts, size_t chosen,
                        hrmi_query *out) {
    const bool is_community = role_of(&parts->part[chosen]) == IS_COMMUNITY;
    for (size_t i = 0; i < parts->count; i++) {
        const part *const p = &parts->part[i];
        if (i == chosen || is_country(name, p)) continue;
        const bool address = i < chosen || (p->kinds & HRMI_KIND_PLACE) != 0;
        if (is_community && address && role_of(p) == IS_OTHER && p->before != HRMI_BREAK_OPEN) continue;
        if (role_of(p) == IS_COMMUNITY || !take_parent(g, name, p, &out->scope)) {
            /* in brackets, another name of the same */
            if (p->before != HRMI_BREAK_OPEN || out->other_length > 0) out->not_understood = true;
            else out->other_length = form_of_part(name, p, out->other);
        }
    }
}

static void read_name(const hrm_gazetteer *g, const char *text, hrmi_query *out) {
    hrmi_name name;
    part_list parts;
    if (text == NULL || text[0] == '\0') return;
    if (!hrmi_name_read(text, strlen(text), &name)) {
        out->not_understood = true;
        return;
    }
    if (name.count == 0) return;
    find_parts(g, &name, &parts);
    const size_t chosen = parts.too_many ? HRM_NONE : choose_name(g, &name, &parts);
    if (chosen == HRM_NONE) {
        size_t parents = 0;
        for (size_t i = 0; i < parts.count; i++)
            parents += role_of(&parts.part[i]) == IS_OBLAST || role_of(&parts.part[i]) == IS_RAION;
        for (size_t i = 0; i < parts.count; i++)
            out->higher_is_raion = out->higher_is_raion || role_of(&parts.part[i]) == IS_RAION;
        out->higher = parents == parts.count && !parts.too_many;
        out->not_understood = !out->higher;
        return;
    }
    out->kinds = parts.part[chosen].kinds;
    out->length = form_of_part(&name, &parts.part[chosen], out->form);
    const part *const p = &parts.part[chosen];
    if (name.words[p->first].script == HRMI_SCRIPT_LATIN)
        out->exact_length = hrmi_form_exact(&name, p->first, p->end, p->named == 0, out->exact);
    out->not_understood = out->length == 0;
    read_beside(g, &name, &parts, chosen, out);
}

static void read_type(const char *text, hrmi_query *out) {
    hrmi_name name;
    uint32_t kinds = 0;
    if (text == NULL || !hrmi_name_read(text, strlen(text), &name)) return;
    for (size_t i = 0; i < name.count; i++) kinds |= name.words[i].kind;
    kinds &= HRMI_KIND_TYPES | HRMI_KIND_COMMUNITY | HRMI_KIND_PLACE;
    if ((out->kinds & HRMI_KIND_TYPES) != 0 && (kinds & HRMI_KIND_TYPES) != 0) {
        const uint32_t other = HRMI_KIND_SETTLEMENT | HRMI_KIND_VILLAGE;
        const bool both_city = (out->kinds & kinds & HRMI_KIND_CITY) != 0;
        out->types_disagree = !both_city && ((out->kinds & other) == 0 || (kinds & other) == 0);
    }
    out->kinds |= kinds;
}

bool hrmi_gazetteer_read_words(const hrm_place_words *words, hrm_place_words *known) {
    const unsigned char *const bytes = (const unsigned char *)words;
    *known = (hrm_place_words){.struct_size = sizeof *known};
    if (words == NULL || words->struct_size < sizeof words->struct_size) return false;
    for (size_t i = sizeof *known; i < words->struct_size; i++)
        if (bytes[i] != 0) return false;
    memcpy(known, words, words->struct_size < sizeof *known ? words->struct_size : sizeof *known);
    return true;
}

void hrmi_gazetteer_read(const hrm_gazetteer *gazetteer, const hrm_place_words *words, hrmi_query *out) {
    out->length = out->exact_length = out->other_length = 0;
    out->kinds = 0;
    out->types_disagree = out->higher = out->higher_is_raion = out->not_understood = false;
    out->wants_parent = words->wants_parent != 0;
    out->scope = (hrmi_scope){.unknown = false};
    read_parent(gazetteer, words->oblast, false, &out->scope);
    read_parent(gazetteer, words->raion, true, &out->scope);
    read_name(gazetteer, words->name, out);
    read_type(words->type, out);
    settle_scope(gazetteer, &out->scope);
}
