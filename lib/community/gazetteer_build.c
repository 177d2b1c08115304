/*
 * Making a gazetteer: the communities first, then all forms under which they, their centres, their raions and
 * oblasts are known. Cyrillic names are added before Latin ones, so that it is known who has none.
 */
#include "community/codifier.h"
#include "community/gazetteer_parts.h"
#include "community/layer.h"

enum { LOOKED_AT = 64 };

static uint8_t two_digits(const char *at) {
    return (uint8_t)(10 * (at[0] - '0') + (at[1] - '0'));
}

/* ---- communities and raions ---- */

static hrm_status add_form(hrm_context *ctx, hrm_gazetteer *g, hrmi_index *index, const char *form,
                           size_t length, size_t value, const char **kept) {
    char *const text = hrmi_arena_text(ctx, &g->texts, form, length);
    if (text == NULL) return HRM_ERROR_MEMORY;
    if (kept != NULL) *kept = text;
    return hrmi_index_add(ctx, index, text, length, value);
}

/* Adds a raion under a form to its chain. */
static hrm_status name_raion(hrm_context *ctx, hrm_gazetteer *g, const char *form, size_t length,
                             uint32_t raion) {
    const size_t first = hrmi_index_find(&g->raion_forms, form, length);
    if (length == 0) return HRM_OK;
    for (size_t at = first; first != HRM_NONE && at != HRMI_NO_ENTRY; at = g->raion_entries[at].next)
        if (g->raion_entries[at].raion == raion) return HRM_OK;
    const hrm_status status =
        hrmi_array_grow_by(ctx, &g->allocator, &g->raion_entries, &g->raion_entry_capacity,
                           g->raion_entry_count + 1, sizeof *g->raion_entries);
    if (status != HRM_OK) return status;
    g->raion_entries[g->raion_entry_count] =
        (hrmi_raion_entry){.raion = raion, .next = first == HRM_NONE ? HRMI_NO_ENTRY : (uint32_t)first};
    return add_form(ctx, g, &g->raion_forms, form, length, g->raion_entry_count++, NULL);
}

/* The raion of four digits, made where it is new. */
static hrm_status raion_of(hrm_context *ctx, hrm_gazetteer *g, const char *digits, uint32_t *raion) {
    char form[5] = "#";
    memcpy(form + 1, digits, 4);
    const size_t found = hrmi_index_find(&g->raion_forms, form, sizeof form);
    if (found != HRM_NONE) {
        *raion = g->raion_entries[found].raion;
        return HRM_OK;
    }
    const hrm_status status = hrmi_array_grow_by(ctx, &g->allocator, &g->raions, &g->raion_capacity,
                                                 g->raion_count + 1, sizeof *g->raions);
    if (status != HRM_OK) return status;
    unsigned number = 0;
    for (size_t i = 0; i < 4; i++) number = 10 * number + (unsigned)(digits[i] - '0');
    *raion = (uint32_t)g->raion_count;
    g->raions[g->raion_count++] = (hrmi_raion){.digits = (uint16_t)number};
    return name_raion(ctx, g, form, sizeof form, *raion);
}

/* A community of a key, NULL where keys have no levels. */
static hrm_status add_community(hrm_context *ctx, hrm_gazetteer *g, const char *key, size_t row) {
    hrmi_community c = {.row = row, .raion = HRMI_NO_ENTRY, .oblast = HRMI_NO_OBLAST};
    hrm_status status = hrmi_array_grow_by(ctx, &g->allocator, &g->communities, &g->community_capacity,
                                           g->community_count + 1, sizeof *g->communities);
    if (status != HRM_OK) return status;
    if (key != NULL) {
        c.oblast = two_digits(key);
        status = raion_of(ctx, g, key, &c.raion);
        if (row != HRM_NONE) g->covered[c.oblast] = true;
        if (c.oblast == HRMI_CITY_OF_KYIV || c.oblast == HRMI_SEVASTOPOL) c.type = HRM_TYPE_CITY;
    }
    g->communities[g->community_count++] = c;
    return status;
}

/* ---- names ---- */

/* Whether a community is known under a form already. Of a long chain only its beginning is asked, which has
 * what was added last: to be there twice costs room and changes no answer. */
static bool is_known(const hrm_gazetteer *g, size_t first, uint32_t community, uint8_t known, uint8_t kind) {
    size_t at = first;
    for (size_t i = 0; i < LOOKED_AT && at != HRM_NONE && at != HRMI_NO_ENTRY; i++) {
        const hrmi_entry *const entry = &g->entries[at];
        if (entry->community == community && entry->known <= known && entry->kind == kind) return true;
        at = entry->next;
    }
    return false;
}

/* Adds a community under a form to its chain: in front, but settlements that are only in the way behind the
 * first, so that add_namesakes() need not pass them. */
static hrm_status know(hrm_context *ctx, hrm_gazetteer *g, const char *form, size_t length,
                       uint32_t community, uint8_t known, uint8_t kind) {
    if (length == 0) return HRM_OK;
    const size_t first = hrmi_index_find(&g->forms, form, length);
    if (is_known(g, first, community, known, kind)) return HRM_OK;
    hrm_status status = hrmi_array_grow_by(ctx, &g->allocator, &g->entries, &g->entry_capacity,
                                           g->entry_count + 1, sizeof *g->entries);
    if (status != HRM_OK) return status;
    hrmi_entry entry = {.community = community, .known = known, .kind = kind};
    entry.next = first == HRM_NONE ? HRMI_NO_ENTRY : (uint32_t)first;
    entry.letters = hrmi_form_letters(form, length, &entry.length);
    if (known == HRMI_KNOWN_ELSEWHERE && first != HRM_NONE) {
        hrmi_entry *const front = &g->entries[first];
        entry.form = front->form;
        entry.next = front->next;
        front->next = (uint32_t)g->entry_count;
        g->entries[g->entry_count++] = entry;
        return HRM_OK;
    }
    status = add_form(ctx, g, &g->forms, form, length, g->entry_count, &entry.form);
    if (status == HRM_OK) g->entries[g->entry_count++] = entry;
    return status;
}

/* The form of a whole name and, unless `exact` is NULL, the exact one; and what its words of kind say. */
static size_t form_of_text(const char *text, char form[HRMI_FORM_BYTES], char *exact, size_t *exact_length,
                           uint32_t *kinds, bool *latin) {
    hrmi_name name;
    size_t named = 0;
    *kinds = 0;
    *latin = false;
    if (text == NULL || !hrmi_name_read(text, strlen(text), &name)) return 0;
    for (size_t i = 0; i < name.count; i++) {
        *kinds |= name.words[i].kind;
        *latin = *latin || name.words[i].script == HRMI_SCRIPT_LATIN;
        named += name.words[i].kind == 0;
    }
    if (exact != NULL) *exact_length = hrmi_form_exact(&name, 0, name.count, named == 0, exact);
    return hrmi_form_of(&name, 0, name.count, named == 0, form);
}

/* Adds a name in all its forms. */
static hrm_status add_name(hrm_context *ctx, hrm_gazetteer *g, const char *text, uint32_t community,
                           uint8_t known, uint8_t kind) {
    char form[HRMI_FORM_BYTES];
    char other[HRMI_FORM_BYTES];
    char exact[HRMI_FORM_BYTES];
    size_t exact_length = 0;
    uint32_t kinds;
    bool latin;
    hrmi_community *const c = &g->communities[community];
    const size_t length = form_of_text(text, form, exact, &exact_length, &kinds, &latin);
    if (length == 0) return HRM_OK;
    if (known == HRMI_KNOWN_NAME && c->type == HRM_TYPE_UNKNOWN) c->type = (uint8_t)hrmi_kind_type(kinds);
    if (!latin && known == HRMI_KNOWN_NAME) c->has_cyrillic = true;
    hrm_status status = know(ctx, g, form, length, community, known, kind);
    if (status == HRM_OK) status = know(ctx, g, exact, exact_length, community, known, kind);
    if (status != HRM_OK) return status;
    if (!latin) {
        const size_t n = hrmi_form_in_latin(form, length, other);
        return n == 0 ? HRM_OK : know(ctx, g, other + 1, n - 1, community, known, kind);
    }
    if (c->has_cyrillic || known != HRMI_KNOWN_NAME || length == sizeof other) return HRM_OK;
    g->has_latin_only = true;
    other[0] = '~';
    memcpy(other + 1, form, length);
    return know(ctx, g, other, length + 1, community, known, kind);
}

static hrm_status add_raion_name(hrm_context *ctx, hrm_gazetteer *g, const char *text, uint32_t raion) {
    char form[HRMI_FORM_BYTES];
    char other[HRMI_FORM_BYTES];
    uint32_t kinds;
    bool latin;
    const size_t length = form_of_text(text, form, NULL, NULL, &kinds, &latin);
    const hrm_status status = name_raion(ctx, g, form, length, raion);
    if (status != HRM_OK || latin || length == 0) return status;
    const size_t n = hrmi_form_in_latin(form, length, other);
    return n == 0 ? HRM_OK : name_raion(ctx, g, other + 1, n - 1, raion);
}

/* Adds an oblast's name unless another one has it already. */
static hrm_status add_oblast_name(hrm_context *ctx, hrm_gazetteer *g, const char *text, size_t value) {
    char form[HRMI_FORM_BYTES];
    char other[HRMI_FORM_BYTES];
    uint32_t kinds;
    bool latin;
    hrm_status status = HRM_OK;
    const size_t length = form_of_text(text, form, NULL, NULL, &kinds, &latin);
    if (length == 0) return HRM_OK;
    if (hrmi_index_find(&g->oblast_forms, form, length) == HRM_NONE)
        status = add_form(ctx, g, &g->oblast_forms, form, length, value, NULL);
    const size_t n = latin ? 0 : hrmi_form_in_latin(form, length, other);
    if (status == HRM_OK && n > 0 && hrmi_index_find(&g->oblast_forms, other + 1, n - 1) == HRM_NONE)
        status = add_form(ctx, g, &g->oblast_forms, other + 1, n - 1, value, NULL);
    return status;
}

/* ---- the list of oblasts ---- */

/* Of one oblast all names; those of Kyiv and Sevastopol are their communities' names as well. */
static hrm_status add_listed_oblast(hrm_context *ctx, hrm_gazetteer *g, const char *names, uint8_t number) {
    hrm_status status = HRM_OK;
    size_t value = number;
    for (const char *at = names; *at != '\0' && status == HRM_OK;) {
        char text[HRMI_FORM_BYTES];
        const size_t length = strcspn(at, ",;");
        memcpy(text, at, length);
        text[length] = '\0';
        status = add_oblast_name(ctx, g, text, value);
        for (uint32_t c = 0; number >= HRMI_CITY_OF_KYIV && c < g->community_count && status == HRM_OK; c++)
            if (g->communities[c].oblast == number) status = add_name(ctx, g, text, c, HRMI_KNOWN_NAME, 0);
        at += length;
        if (*at == ';') value |= HRMI_OBLAST_SPOKEN_OF;
        if (*at != '\0') at++;
    }
    return status;
}

static hrm_status add_listed_oblasts(hrm_context *ctx, hrm_gazetteer *g) {
    hrm_status status = HRM_OK;
    const char *names;
    uint8_t number = 0;
    for (size_t i = 0; status == HRM_OK && (names = hrmi_oblast_names(i, &number)) != NULL; i++)
        status = add_listed_oblast(ctx, g, names, number);
    for (uint32_t c = 0; c < g->community_count && status == HRM_OK; c++) {
        const uint8_t oblast = g->communities[c].oblast;
        if (oblast == HRMI_CITY_OF_KYIV) status = add_name(ctx, g, "Київська", c, HRMI_KNOWN_CITY, 0);
        if (oblast == HRMI_SEVASTOPOL) status = add_name(ctx, g, "Севастопольська", c, HRMI_KNOWN_CITY, 0);
    }
    return status;
}

/* Of the raions that are there, those that were renamed under all their names. */
static hrm_status add_renamed_raions(hrm_context *ctx, hrm_gazetteer *g) {
    hrm_status status = HRM_OK;
    const char *names;
    const char *digits;
    for (size_t i = 0; status == HRM_OK && (names = hrmi_renamed_raion(i, &digits)) != NULL; i++) {
        char form[5] = "#";
        memcpy(form + 1, digits, 4);
        const size_t found = hrmi_index_find(&g->raion_forms, form, sizeof form);
        for (const char *at = names; found != HRM_NONE && *at != '\0' && status == HRM_OK;) {
            char text[HRMI_FORM_BYTES];
            const size_t length = strcspn(at, ",");
            memcpy(text, at, length);
            text[length] = '\0';
            status = add_raion_name(ctx, g, text, g->raion_entries[found].raion);
            at += length + (at[length] == ',');
        }
    }
    return status;
}

/* ---- from the layer ---- */

static hrm_status add_layer_communities(hrm_context *ctx, hrm_gazetteer *g) {
    hrm_status status = HRM_OK;
    const size_t count = hrm_layer_count(g->layer);
    for (size_t i = 0; i < count && status == HRM_OK; i++)
        status = add_community(ctx, g, g->has_levels ? hrm_layer_key(g->layer, i) : NULL, i);
    return status;
}

static hrm_status add_layer_parents(hrm_context *ctx, hrm_gazetteer *g, int32_t language) {
    hrm_status status = HRM_OK;
    for (size_t u = 0; u < hrm_layer_unit_count(g->layer, HRM_LEVEL_RAION) && status == HRM_OK; u++) {
        uint32_t raion = 0;
        const char *const name = hrm_layer_unit_name(g->layer, HRM_LEVEL_RAION, u, language);
        status = raion_of(ctx, g, hrm_layer_unit_code(g->layer, HRM_LEVEL_RAION, u) + 2, &raion);
        if (status == HRM_OK) status = add_raion_name(ctx, g, name, raion);
    }
    for (size_t u = 0; u < hrm_layer_unit_count(g->layer, HRM_LEVEL_OBLAST) && status == HRM_OK; u++) {
        const char *const code = hrm_layer_unit_code(g->layer, HRM_LEVEL_OBLAST, u) + 2;
        const char *const name = hrm_layer_unit_name(g->layer, HRM_LEVEL_OBLAST, u, language);
        status = add_oblast_name(ctx, g, name, two_digits(code));
    }
    return status;
}

static hrm_status add_layer_names(hrm_context *ctx, hrm_gazetteer *g, int32_t language) {
    hrm_status status = HRM_OK;
    const size_t count = hrm_layer_count(g->layer);
    for (size_t i = 0; i < count && status == HRM_OK; i++)
        status = add_name(ctx, g, hrm_layer_name(g->layer, i, language), (uint32_t)i, HRMI_KNOWN_NAME, 0);
    return status == HRM_OK && g->has_levels ? add_layer_parents(ctx, g, language) : status;
}

/* ---- from the codifier ---- */

static hrm_codifier_unit unit_info(const hrm_gazetteer *g, size_t unit) {
    hrm_codifier_unit info = {.struct_size = sizeof info};
    (void)hrm_codifier_unit_info(g->codifier, unit, &info);
    return info;
}

/* Kyiv and Sevastopol are none where the source has them at several levels. */
static bool is_community(const hrm_codifier_unit *info, size_t unit) {
    return (info->category == HRM_UNIT_COMMUNITY || info->category == HRM_UNIT_SPECIAL_CITY) &&
           info->community == unit;
}

/* The community of the layer, or a new one where the layer has none; and its type. */
static hrm_status take_community(hrm_context *ctx, hrm_gazetteer *g, size_t unit,
                                 const hrm_codifier_unit *info) {
    const char *why;
    size_t community = HRM_NONE;
    hrm_status status = HRM_OK;
    if (g->layer != NULL) community = hrmi_layer_find_code(g->layer, info->code, strlen(info->code), &why);
    if (community == HRM_NONE) {
        community = g->community_count;
        status = add_community(ctx, g, info->code + 2, g->layer != NULL ? HRM_NONE : unit);
    }
    if (status != HRM_OK) return status;
    g->units[unit] = (uint32_t)community;
    if (info->type != HRM_TYPE_UNKNOWN) g->communities[community].type = (uint8_t)info->type;
    return HRM_OK;
}

/* Gives every unit its community: those that hold first, those that do not hold any more by what became of
 * them, all others by the community that they lie in. */
static hrm_status add_codifier_communities(hrm_context *ctx, hrm_gazetteer *g) {
    hrm_status status = HRM_OK;
    const size_t count = hrm_codifier_count(g->codifier);
    g->units = hrmi_array_new_by(ctx, &g->allocator, count, sizeof *g->units);
    if (g->units == NULL) return HRM_ERROR_MEMORY;
    for (size_t u = 0; u < count && status == HRM_OK; u++) {
        const hrm_codifier_unit info = unit_info(g, u);
        g->units[u] = HRMI_NO_ENTRY;
        if (is_community(&info, u) && info.valid_to[0] == '\0') status = take_community(ctx, g, u, &info);
    }
    for (size_t u = 0; u < count && status == HRM_OK; u++) {
        const hrm_codifier_unit info = unit_info(g, u);
        if (g->units[u] != HRMI_NO_ENTRY || info.community == HRM_NONE) continue;
        const size_t now = hrm_codifier_follow(g->codifier, u, NULL);
        if (now == HRM_NONE) continue;
        const size_t community = unit_info(g, now).community;
        if (community != HRM_NONE) g->units[u] = g->units[community];
    }
    return status;
}

/* What a settlement is; 0 where the source does not say it. */
static uint8_t kind_of_settlement(const hrm_gazetteer *g, size_t unit) {
    const hrmi_unit *const u = &g->codifier->units[unit];
    if (!u->has_category) return 0;
    switch (u->category) {
    case HRM_UNIT_CITY:
        return HRMI_KIND_CITY;
    case HRM_UNIT_SETTLEMENT:
        return HRMI_KIND_SETTLEMENT;
    default:
        return HRMI_KIND_VILLAGE;
    }
}

/* A unit's name in one language, and in Ukrainian its former ones. */
static hrm_status add_unit_names(hrm_context *ctx, hrm_gazetteer *g, size_t unit, int32_t language,
                                 uint32_t community, uint8_t known, uint8_t kind) {
    const hrm_codifier_unit info = unit_info(g, unit);
    if (language == HRM_EN) return add_name(ctx, g, info.name_en, community, known, kind);
    hrm_status status = add_name(ctx, g, info.name_uk, community, known, kind);
    for (const hrmi_former_name *former = hrmi_codifier_former_names(g->codifier, unit);
         former != NULL && status == HRM_OK; former = former->next)
        status = add_name(ctx, g, former->name, community, known, kind);
    return status;
}

static hrm_status add_raion_names(hrm_context *ctx, hrm_gazetteer *g, size_t unit,
                                  const hrm_codifier_unit *info, int32_t language) {
    uint32_t raion = 0;
    hrm_status status = raion_of(ctx, g, info->code + 2, &raion);
    if (status != HRM_OK) return status;
    status = add_raion_name(ctx, g, language == HRM_EN ? info->name_en : info->name_uk, raion);
    for (const hrmi_former_name *former = hrmi_codifier_former_names(g->codifier, unit);
         former != NULL && status == HRM_OK; former = former->next)
        status = add_raion_name(ctx, g, former->name, raion);
    return status;
}

static hrm_status add_oblast_names(hrm_context *ctx, hrm_gazetteer *g, size_t unit,
                                   const hrm_codifier_unit *info, int32_t language) {
    const size_t number = two_digits(info->code + 2);
    hrm_status status = add_oblast_name(ctx, g, language == HRM_EN ? info->name_en : info->name_uk, number);
    for (const hrmi_former_name *former = hrmi_codifier_former_names(g->codifier, unit);
         former != NULL && status == HRM_OK; former = former->next)
        status = add_oblast_name(ctx, g, former->name, number);
    return status;
}

static hrm_status add_codifier_names(hrm_context *ctx, hrm_gazetteer *g, int32_t language) {
    hrm_status status = HRM_OK;
    for (size_t u = 0; u < hrm_codifier_count(g->codifier) && status == HRM_OK; u++) {
        const hrm_codifier_unit info = unit_info(g, u);
        const uint32_t community = g->units[u];
        if (info.category == HRM_UNIT_OBLAST) status = add_oblast_names(ctx, g, u, &info, language);
        else if (info.category == HRM_UNIT_RAION) status = add_raion_names(ctx, g, u, &info, language);
        if (status != HRM_OK) return status;
        if (!is_community(&info, u) || community == HRMI_NO_ENTRY) continue;
        status = add_unit_names(ctx, g, u, language, community, HRMI_KNOWN_NAME, 0);
        if (status != HRM_OK || info.centre == HRM_NONE) continue;
        status = add_unit_names(ctx, g, info.centre, language, community, HRMI_KNOWN_CENTRE,
                                kind_of_settlement(g, info.centre));
    }
    return status;
}

/* Other settlements that have the name of a centre or of a community: where one of them may be meant, that
 * community is not the only one. */
static hrm_status add_namesakes(hrm_context *ctx, hrm_gazetteer *g, const char *name, uint32_t community,
                                uint8_t kind) {
    char form[HRMI_FORM_BYTES];
    uint32_t kinds;
    bool latin;
    const size_t length = form_of_text(name, form, NULL, NULL, &kinds, &latin);
    const size_t first = length > 0 ? hrmi_index_find(&g->forms, form, length) : HRM_NONE;
    for (size_t at = first; first != HRM_NONE && at != HRMI_NO_ENTRY; at = g->entries[at].next)
        if (g->entries[at].known <= HRMI_KNOWN_CENTRE)
            return add_name(ctx, g, name, community, HRMI_KNOWN_ELSEWHERE, kind);
    return HRM_OK;
}

static hrm_status add_settlements(hrm_context *ctx, hrm_gazetteer *g) {
    hrm_status status = HRM_OK;
    for (size_t u = 0; u < hrm_codifier_count(g->codifier) && status == HRM_OK; u++) {
        const hrm_codifier_unit info = unit_info(g, u);
        const bool settlement = info.category == HRM_UNIT_CITY || info.category == HRM_UNIT_SETTLEMENT ||
                                info.category == HRM_UNIT_VILLAGE;
        if (!settlement || g->units[u] == HRMI_NO_ENTRY || info.valid_to[0] != '\0') continue;
        if (unit_info(g, info.community).centre == u) continue;
        status = add_namesakes(ctx, g, info.name_uk, g->units[u], kind_of_settlement(g, u));
    }
    return status;
}

/* ---- all of it ---- */

static hrm_status build(hrm_context *ctx, hrm_gazetteer *g) {
    hrm_status status = HRM_OK;
    if (g->layer != NULL) status = add_layer_communities(ctx, g);
    if (status == HRM_OK && g->codifier != NULL) status = add_codifier_communities(ctx, g);
    if (status == HRM_OK && g->has_levels) status = add_listed_oblasts(ctx, g);
    if (status == HRM_OK && g->has_levels) status = add_renamed_raions(ctx, g);
    for (int32_t language = HRM_UK; language <= HRM_EN && status == HRM_OK; language++) {
        if (g->layer != NULL) status = add_layer_names(ctx, g, language);
        if (status == HRM_OK && g->codifier != NULL) status = add_codifier_names(ctx, g, language);
    }
    if (status == HRM_OK && g->codifier != NULL) status = add_settlements(ctx, g);
    return status;
}

void hrm_gazetteer_options_init(hrm_gazetteer_options *options, size_t struct_size) {
    const hrm_gazetteer_options defaults = {.struct_size = sizeof defaults};
    hrmi_init_struct(options, struct_size, &defaults, sizeof defaults);
}

void hrm_place_words_init(hrm_place_words *words, size_t struct_size) {
    hrmi_init_struct(words, struct_size, NULL, sizeof *words);
}

hrm_status hrm_gazetteer_new(hrm_context *ctx, const hrm_layer *layer, const hrm_gazetteer_options *options,
                             hrm_gazetteer **out) {
    hrm_gazetteer_options known = {.struct_size = sizeof known};
    hrm_gazetteer *g = NULL;
    hrm_status status;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_gazetteer_new: out is NULL");
    *out = NULL;
    status = hrmi_read_struct(ctx, &known, sizeof known, options, "hrm_gazetteer_options");
    if (status != HRM_OK) goto done;
    if (known.reserved != 0) {
        status = hrmi_fail_reserved(ctx, "hrm_gazetteer_options");
        goto done;
    }
    if (layer == NULL && known.codifier == NULL) {
        status =
            hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_gazetteer_new: neither a layer nor a codifier is given");
        goto done;
    }
    g = hrmi_array_new(ctx, 1, sizeof *g);
    if (g == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    g->allocator = *hrmi_allocator(ctx);
    g->layer = layer;
    g->has_levels = layer == NULL || hrm_layer_has_levels(layer);
    g->codifier = g->has_levels ? known.codifier : NULL; /* it knows nothing of other codes */
    g->crosswalk = known.crosswalk;
    g->aliases = known.aliases;
    hrmi_arena_init(&g->texts, ctx);
    hrmi_index_init(&g->forms, ctx);
    hrmi_index_init(&g->raion_forms, ctx);
    hrmi_index_init(&g->oblast_forms, ctx);
    status = build(ctx, g);
    if (status != HRM_OK) goto done;
    *out = g;
    g = NULL;
done:
    hrm_gazetteer_free(g);
    return status;
}

void hrm_gazetteer_free(hrm_gazetteer *gazetteer) {
    if (gazetteer == NULL) return;
    const hrm_allocator allocator = gazetteer->allocator;
    hrmi_arena_free(&gazetteer->texts);
    hrmi_index_free(&gazetteer->forms);
    hrmi_index_free(&gazetteer->raion_forms);
    hrmi_index_free(&gazetteer->oblast_forms);
    hrmi_release(&allocator, gazetteer->entries);
    hrmi_release(&allocator, gazetteer->communities);
    hrmi_release(&allocator, gazetteer->raion_entries);
    hrmi_release(&allocator, gazetteer->raions);
    hrmi_release(&allocator, gazetteer->units);
    hrmi_release(&allocator, gazetteer);
}
