/*
 * The gazetteer from inside: what gazetteer_build.c puts together, and how a row is taken apart
 * (gazetteer_read.c) and answered (gazetteer.c, gazetteer_suggest.c).
 *
 * A *form* is a name as it is compared: the letters and digits of its words, Cyrillic ones as they are, Latin
 * ones folded (latin.h). An index leads from a form to a chain of entries, each a community that is known
 * under it and how.
 */
#ifndef HRMI_GAZETTEER_PARTS_H
#define HRMI_GAZETTEER_PARTS_H

#include "base/arena.h"
#include "base/index.h"
#include "community/name.h"
#include "hromada/gazetteer.h"

enum {
    HRMI_FORM_BYTES = 256,      /* longer names are not compared */
    HRMI_NO_OBLAST = 0,         /* no oblast has this number */
    HRMI_OBLASTS = 100,         /* two digits */
    HRMI_NO_ENTRY = 0x7FFFFFFF, /* the end of a chain */
    HRMI_CITY_OF_KYIV = 80,
    HRMI_KYIV_OBLAST = 32,
    HRMI_CRIMEA = 1,
    HRMI_SEVASTOPOL = 85
};

/* How a community is known under a form. */
enum {
    HRMI_KNOWN_NAME = 0,      /* its name, now or formerly */
    HRMI_KNOWN_CENTRE = 1,    /* the name of the settlement it is governed from */
    HRMI_KNOWN_ELSEWHERE = 2, /* of another settlement that has the name of a centre */
    HRMI_KNOWN_CITY = 3 /* its name, where a city's council or community is spoken of: Київська міська */
};

/* A community under one of its forms. */
typedef struct hrmi_entry {
    const char *form;
    uint64_t letters;   /* which letters the form has, one bit for several: see hrmi_form_letters() */
    uint32_t community; /* its number */
    uint32_t next;      /* the next entry with this form, or HRMI_NO_ENTRY */
    uint16_t length;    /* code points of the form */
    uint8_t known;      /* HRMI_KNOWN_… */
    uint8_t kind;       /* of settlements HRMI_KIND_CITY …, 0 where not known */
} hrmi_entry;

typedef struct hrmi_community {
    size_t row;     /* of the layer, or the unit of the codifier; HRM_NONE where the layer lacks it */
    uint32_t raion; /* its number, or HRMI_NO_ENTRY */
    uint8_t oblast; /* 1 … 99, or HRMI_NO_OBLAST */
    uint8_t type;   /* HRM_TYPE_… */
    bool has_cyrillic;
} hrmi_community;

/* A raion under one of its forms. */
typedef struct hrmi_raion_entry {
    uint32_t raion;
    uint32_t next;
} hrmi_raion_entry;

typedef struct hrmi_raion {
    uint16_t digits; /* the four digits as a number; its oblast is digits / 100 */
} hrmi_raion;

struct hrm_gazetteer {
    hrm_allocator allocator;
    const hrm_layer *layer;
    const hrm_codifier *codifier;
    const hrm_crosswalk *crosswalk, *aliases;
    bool has_levels;     /* else there are neither raions nor oblasts, and the codifier is no help */
    bool has_latin_only; /* there are communities without a Cyrillic name */
    hrmi_arena texts;
    hrmi_index forms; /* form → first entry */
    hrmi_entry *entries;
    size_t entry_count, entry_capacity;
    hrmi_community *communities; /* the layer's first, in its order; then those that only the codifier has */
    size_t community_count, community_capacity;
    hrmi_index raion_forms; /* form → first raion entry */
    hrmi_raion_entry *raion_entries;
    size_t raion_entry_count, raion_entry_capacity;
    hrmi_raion *raions;
    size_t raion_count, raion_capacity;
    hrmi_index oblast_forms;    /* form → HRMI_OBLAST_… + number */
    uint32_t *units;            /* per unit of the codifier: its community, or HRMI_NO_ENTRY */
    bool covered[HRMI_OBLASTS]; /* the layer has communities in this oblast */
};

/* ---- forms ---- */

/* The form of words first … end − 1 of a name, words of kind left out unless `kinds_too`. Its length in
 * bytes; 0 when there is none or it is too long. */
size_t hrmi_form_of(const hrmi_name *name, size_t first, size_t end, bool kinds_too,
                    char form[HRMI_FORM_BYTES]);

/* The official transliteration of the same words, or the words themselves where they are Latin: their letters
 * behind a `=`. Asked for before the folded form, as some names differ in official Latin and not when folded
 * (Andrivska, Andriivska). */
size_t hrmi_form_exact(const hrmi_name *name, size_t first, size_t end, bool kinds_too,
                       char form[HRMI_FORM_BYTES]);

/* The form under which a community without a Cyrillic name is found by a Cyrillic text: its transliteration,
 * folded, behind a `~`. */
size_t hrmi_form_in_latin(const char *form, size_t length, char latin[HRMI_FORM_BYTES]);

/* The nominative of an adjective in another case (`Калинівської`, `Вінницького`, `Вінницькій`), or 0 when the
 * form ends otherwise. */
size_t hrmi_form_nominative(const char *form, size_t length, char nominative[HRMI_FORM_BYTES]);

/* Bits of the letters of a form, and its length in code points. */
uint64_t hrmi_form_letters(const char *form, size_t length, uint16_t *points);

/* ---- oblasts and raions ---- */

/* What is found behind a form of an oblast: its number, and whether the form counts alone, or only where an
 * oblast is spoken of (`Вінниця`, `Kyiv`). */
enum { HRMI_OBLAST_NUMBER = 127, HRMI_OBLAST_SPOKEN_OF = 128 };

/* Usual names of the i-th oblast, parted by `,`; those behind `;` count only where an oblast is spoken of.
 * NULL behind the last. */
const char *hrmi_oblast_names(size_t i, uint8_t *number);

/* Whether an oblast is another one or lies in it: tables have Kyiv and Sevastopol also within the oblast and
 * the republic around them. */
bool hrmi_oblast_lies_in(uint8_t number, uint8_t other);

/* The names of the i-th raion that was renamed, parted by `,`, and its four digits. NULL behind the last. */
const char *hrmi_renamed_raion(size_t i, const char **digits);

/* ---- what a row says ---- */

enum { HRMI_SCOPE_RAIONS = 32 };

/* Where the communities lie that a row may mean. */
typedef struct hrmi_scope {
    bool unknown;   /* an oblast or raion is stated that is not known, or two that exclude each other */
    uint8_t oblast; /* or HRMI_NO_OBLAST */
    bool has_raion;
    size_t raion_count; /* all raions of that name, in the oblast where it is stated */
    uint32_t raions[HRMI_SCOPE_RAIONS];
    bool more_raions; /* there are more of that name than room: nobody can say in which of them it lies */
} hrmi_scope;

/* What a row says of its community's name. */
typedef struct hrmi_query {
    size_t length; /* of the form; 0 when there is none */
    char form[HRMI_FORM_BYTES];
    size_t exact_length; /* of a Latin name: see hrmi_form_exact() */
    char exact[HRMI_FORM_BYTES];
    uint32_t kinds;      /* HRMI_KIND_… of name and type */
    bool types_disagree; /* name and type say different ones */
    bool higher;         /* only a raion or an oblast is named */
    bool higher_is_raion;
    bool wants_parent;   /* not anywhere, where the row does not say where */
    bool not_understood; /* there is more in the text than a name and its parents */
    size_t other_length; /* of another name in brackets, which must be the same community's; 0 for none */
    char other[HRMI_FORM_BYTES];
    hrmi_scope scope;
} hrmi_query;

/* Reads the caller's struct: false when it has no size, or says what this version does not know. */
bool hrmi_gazetteer_read_words(const hrm_place_words *words, hrm_place_words *known);

/* Takes a row's words apart. */
void hrmi_gazetteer_read(const hrm_gazetteer *gazetteer, const hrm_place_words *words, hrmi_query *out);

/* Whether the field of an oblast or a raion says one that is known, and the community of a key of seven
 * digits does not lie in it. */
bool hrmi_gazetteer_excludes(const hrm_gazetteer *gazetteer, const char *text, bool raion, const char *key);

/* ---- answers ---- */

enum { HRMI_CANDIDATES = 64 };

/* A community that a row may mean. */
typedef struct hrmi_candidate {
    uint32_t community;
    bool only_in_the_way; /* a settlement in it has the name: no match, but others are not the only ones */
} hrmi_candidate;

/* In order of their numbers; no more than there is room for. */
typedef struct hrmi_candidates {
    size_t count;
    bool more; /* some that may be meant found no room: the list tells nothing apart */
    hrmi_candidate list[HRMI_CANDIDATES];
} hrmi_candidates;

/* The way or the reason of a query by name; `out` then has the communities that fit it. */
int32_t hrmi_gazetteer_find_name(const hrm_gazetteer *gazetteer, const hrmi_query *query,
                                 hrmi_candidates *out, int32_t *reason);

/* All communities within the scope that are known under the form; none of the reasons against them counts. */
void hrmi_gazetteer_collect(const hrm_gazetteer *gazetteer, const char *form, size_t length, uint32_t kinds,
                            const hrmi_scope *scope, hrmi_candidates *out);

bool hrmi_scope_has(const hrm_gazetteer *gazetteer, const hrmi_scope *scope, uint32_t community);

#endif
