/**
 * @file gazetteer.h
 * Finding the community that a row of a table means: by code, by a former code, by name.
 *
 * A gazetteer is an index of all names and codes under which the communities of a layer (or of a codifier
 * alone) are known. It is made once and never changes after; threads may share it.
 *
 * **Nothing by guess.** A row is matched when exactly one community fits what it says; else it is told why
 * not, and what names come near.
 *
 * **Codes.** KATOTTG and P-codes of any level at or below the community, as in layer.h, in capital or small
 * letters. Mended, and told to have been: blanks inside, letters of another script (`UА`), a lost `UA` before
 * 17 digits, lost zeros in front of them (16 digits), and a number's decimals (`5020030000031457.0`). Of a
 * number a spreadsheet keeps 15 digits: the last two of `12020030000031400` or `1.20200300000314E+16` may be
 * lost, but not those of the community, so these are mended too. `5.02003E+16` is unusable: it has lost the
 * community itself; so is a number of 16 or 17 digits that ends in 00000, which is no unit's number. Codes of
 * 8 to 11 digits are former ones (KOATUU, budget) and need a crosswalk, or a codifier that has former codes.
 *
 * A codifier shows which KATOTTG codes are wrong by a digit: the last five digits are the unit's own number,
 * which no other unit has. A code of 17 digits that is not in the codifier, and has the number of a unit
 * outside its community there, is unusable, as nobody can say which of its digits are wrong. Where its number
 * is not known either, or is that of another unit of the same community, the unit may be newer or older than
 * the codifier: the row is matched by the first seven digits, as mended, and told that the codifier lacks the
 * code. Of P-codes, rounded numbers and levels that it has no whole codes of, a codifier says nothing.
 *
 * **Names** are compared in a normal form: Unicode NFC, case folded, apostrophes of every kind left out,
 * hyphens of every kind, punctuation and blanks one blank; letters of the other script that look the same
 * mended; words of kind (`міська територіальна громада`, `ТГ`, `м.`, `район`, `обл.` … and their English and
 * transliterated forms) taken away and kept as evidence, unless nothing else is left. Latin names are
 * compared with the English names of the layer and with the official transliteration of 2010 (Cabinet
 * resolution 55) and other usual spellings of the Ukrainian ones.
 *
 * A name is looked for within the raion and oblast that the row states, or within the oblast, or anywhere.
 * Equal names are told apart by raion, then by type where all candidates' types are known; otherwise the row
 * is ambiguous and not matched. A stated oblast or raion that is not known, and a stated type `міська`
 * that the community is not (or the reverse), are contradictions, and the row is not matched. `селищна` and
 * `сільська` do not contradict each other: communities changed from one to the other since 2023.
 *
 * Oblasts are known by their adjectives (`Вінницька`), usual nouns (`Вінниччина`, `Vinnytsia`; those that are
 * a city's too only in a field of oblasts or with `область`, `oblast`) and codes; `Київ` is the city,
 * `Київська` and `Kyiv oblast` the oblast. Raions are those of 2020, also by the names that six of them had
 * before; of older ones nobody can say to which communities their land went. Layers of opaque codes have
 * neither: there every oblast and raion is unknown, and a codifier is no help.
 *
 * With a codifier a settlement's name where a community is meant (`Вінниця` for `Вінницька`) fits when it is
 * that community's centre, and no other settlement within the raion or oblast has the name and could be meant
 * (`м.` and `с.` tell them apart); with neither raion nor oblast only a city's. In the same way a settlement
 * that has the name of another community makes it ambiguous, unless the row speaks of a community.
 *
 * A name may have its raion and oblast in it (`Тростянецька (Вінницька обл.)`, `Тростянецька громада
 * Гайсинського району`, an address with `… територіальна громада, … область`), and be in the genitive
 * (`Бюджет Калинівської міської територіальної громади`). Brackets may also hold another name of the same
 * community. A name with anything else in it is not understood, and unknown.
 *
 * Kyiv and Sevastopol are found by their names also within the oblast of Kyiv and the Autonomous Republic of
 * Crimea, where tables list them, and without any oblast, whatever villages are called so.
 *
 * A name alone is weaker than it looks: communities are renamed, and the one that a table of last year means
 * may not have the name any more that another one still has. A one-to-one join holds back rows that claim one
 * community.
 */
#ifndef HROMADA_GAZETTEER_H
#define HROMADA_GAZETTEER_H

#include "hromada/codifier.h"
#include "hromada/crosswalk.h"
#include "hromada/layer.h"

HRM_BEGIN_DECLS

/** An index of names and codes. @see hrm_gazetteer_new */
typedef struct hrm_gazetteer hrm_gazetteer;

/** By which way a row found its community. */
enum {
    HRM_MATCH_NONE = 0,        /**< it did not */
    HRM_MATCH_CODE = 1,        /**< by its code as it stands */
    HRM_MATCH_CODE_MENDED = 2, /**< by its code after mending */
    HRM_MATCH_CROSSWALK = 3,   /**< by a former code */
    HRM_MATCH_ALIAS = 4,       /**< by the alias file */
    HRM_MATCH_NAME_RAION = 5,  /**< by its name within the raion */
    HRM_MATCH_NAME_OBLAST = 6, /**< by its name within the oblast */
    HRM_MATCH_NAME_UNIQUE = 7, /**< by its name alone */
    HRM_MATCH_PLACE = 8,       /**< by its coordinates */
    HRM_MATCH_WAYS = 9         /**< how many ways there are; grows with later versions */
};

/** Why a row did not find a community, or was not used. */
enum {
    HRM_REASON_NONE = 0,                /**< it was used */
    HRM_REASON_NO_KEY = 1,              /**< it says neither code, name nor place */
    HRM_REASON_BAD_CODE = 2,            /**< a code that cannot be read, or is wrong by a codifier */
    HRM_REASON_SPREADSHEET_CODE = 3,    /**< a code that a spreadsheet turned into a rounded number */
    HRM_REASON_HIGHER_LEVEL = 4,        /**< the code or the name of an oblast or a raion */
    HRM_REASON_NOT_IN_LAYER = 5,        /**< a good code that no community of the layer has */
    HRM_REASON_OLD_CODE = 6,            /**< a former code, and no crosswalk was given */
    HRM_REASON_NOT_IN_CROSSWALK = 7,    /**< a former code that the crosswalk does not have */
    HRM_REASON_CROSSWALK_AMBIGUOUS = 8, /**< the crosswalk (or alias file) gives it two communities */
    HRM_REASON_UNKNOWN_NAME = 9,        /**< no community has this name there */
    HRM_REASON_AMBIGUOUS_NAME = 10,     /**< several have */
    HRM_REASON_UNKNOWN_PARENT = 11,     /**< an oblast or raion that is not known, or missing where wanted */
    HRM_REASON_TYPE_CONTRADICTS = 12,   /**< a community of this name is there, but of another type */
    HRM_REASON_CODE_AND_NAME_DIFFER = 13, /**< the code means one community, and the name fits only another */
    HRM_REASON_CLAIMED_TWICE = 14,        /**< several rows claim one community, and none of them is used */
    HRM_REASON_OTHER_ROW_KEPT = 15,       /**< several rows have one community, and another one is used */
    HRM_REASON_OUTSIDE = 16,              /**< its place lies in no community */
    HRM_REASON_BAD_PLACE = 17,            /**< its coordinates cannot be used */
    HRM_REASON_NO_PERIOD = 18,            /**< it has no period, where one is needed */
    HRM_REASON_BAD_PERIOD = 19,           /**< a period that cannot be used */
    HRM_REASON_NOT_UTF8 = 20,             /**< text that is not UTF-8 */
    HRM_REASON_TOTAL = 21,                /**< a row of totals: kept out */
    HRM_REASON_HEADING = 22,              /**< headings again, or a row of column numbers: kept out */
    HRM_REASONS = 23                      /**< how many reasons there are; grows with later versions */
};

/** The name of a way ("name + raion") or a reason ("ambiguous name") in English or Ukrainian. @return static
 * text, never NULL @since 0.1 */
HRM_API const char *hrm_match_way_name(int32_t way, int32_t language);
HRM_API const char *hrm_match_reason_name(int32_t reason,
                                          int32_t language); /**< @copydoc hrm_match_way_name */

/** What to build a gazetteer from, beside the layer. All is borrowed, and must outlive the gazetteer. */
typedef struct hrm_gazetteer_options {
    uint32_t struct_size; /**< sizeof (hrm_gazetteer_options) */
    uint32_t reserved;    /**< 0; anything else is refused */
    const hrm_codifier
        *codifier; /**< NULL, or more names (former ones, of centres), types and former codes */
    const hrm_crosswalk *crosswalk; /**< NULL, or former codes */
    const hrm_crosswalk *aliases;   /**< NULL, or names that a person settled; they go before all names where
                                       they hold: see crosswalk.h */
} hrm_gazetteer_options;

/** Prepare options: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_gazetteer_options_init(hrm_gazetteer_options *options, size_t struct_size);

/**
 * Make a gazetteer.
 *
 * @param ctx       the caller's context
 * @param layer     its communities are what rows are matched with; must outlive the gazetteer. NULL: those of
 *                  the codifier, and a match's row is its unit there
 * @param options   NULL for none (not without a layer)
 * @param[out] out  the gazetteer; free with hrm_gazetteer_free()
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_MEMORY
 *
 * Communities that a codifier has and the layer lacks are known too: rows that mean them are told so
 * (::HRM_REASON_NOT_IN_LAYER), and in oblasts of which the layer has any community their names make others
 * ambiguous.
 *
 * Cost: the nation from a layer alone some milliseconds and 1 MB, with the official codifier 40 ms and 3 MB.
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_gazetteer_new(hrm_context *ctx, const hrm_layer *layer,
                                                    const hrm_gazetteer_options *options,
                                                    hrm_gazetteer **out);

/** Free a gazetteer; NULL is nothing. @since 0.1 */
HRM_API void hrm_gazetteer_free(hrm_gazetteer *gazetteer);

/** What a row says of its community. UTF-8; NULL and "" for what it does not say. */
typedef struct hrm_place_words {
    uint32_t struct_size; /**< sizeof (hrm_place_words) */
    int32_t wants_parent; /**< 1: the row's table states oblasts. A name whose row states neither oblast nor
                             raion, in a field or beside the name, is then not looked for anywhere, as it may
                             stand under a merged cell; but Kyiv and Sevastopol are found. 0: it is */
    const char *code;     /**< a code of any kind */
    const char *oblast;   /**< its name or its code */
    const char *raion;    /**< its name or its code */
    const char *name;     /**< the community's name, perhaps with words of kind and, in brackets or behind a
                             comma, its raion and oblast */
    const char *type; /**< міська, селищна, сільська; words of kind in the name say the same */
    int64_t row; /**< the number of the row in its table, for aliases that hold for one row alone; 0:
                    not known */
} hrm_place_words;

/** Prepare words: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_place_words_init(hrm_place_words *words, size_t struct_size);

/** What was found. */
typedef struct hrm_match {
    uint32_t struct_size; /**< the caller's sizeof */
    int32_t way;          /**< HRM_MATCH_… */
    int32_t reason;       /**< HRM_REASON_…; ::HRM_REASON_NONE where it was found */
    uint32_t candidates;  /**< how many communities fitted the name; no more than 64 are counted */
    size_t row;           /**< the row of the layer (without one: the unit of the codifier), or ::HRM_NONE */
    const char *why;      /**< more on a code that cannot be read or was mended, on the name of an oblast or a
                             raion, or on a missing oblast; static; "" for nothing */
} hrm_match;

/**
 * Find the community that a row means. Where a row has both code and name, the code counts; when the name
 * then has an alias that means another community, or fits another one and not this one, the row is not
 * matched: an alias for the code settles it, or one for the name in this row alone. Nor is a row matched by
 * its name when its code is none that can be used: an alias for the code or the name settles that.
 *
 * @param gazetteer  the gazetteer
 * @param words      what the row says
 * @param[out] out   what was found; filled as far as its `struct_size` reaches
 * @return false when `out` or `words` has no size, or `words` says what this version of the library does not
 * know; else true, also when nothing was found
 *
 * Nothing is allocated. A name of more than 1024 bytes is unknown. Cost: about 1 µs by name. Threads: any.
 * @since 0.1
 */
HRM_API bool hrm_gazetteer_find(const hrm_gazetteer *gazetteer, const hrm_place_words *words, hrm_match *out);

/** A community whose name comes near. */
typedef struct hrm_suggestion {
    uint32_t struct_size; /**< the caller's sizeof */
    uint32_t distance;    /**< letters to change; 0 for one of several equal names */
    size_t row;           /**< as in hrm_match */
} hrm_suggestion;

/**
 * The nearest names, for a person to choose from: within the oblast that the row states, or in which its
 * raion lies, if it is known, else anywhere; nearest first, then those in the raion, then in the layer's
 * order. Communities that have the very name, which is ambiguous or contradicted, come first; where there are
 * several, they alone.
 *
 * @param gazetteer  the gazetteer
 * @param words      what the row says
 * @param[out] out   room for `capacity` suggestions, all with their `struct_size` set, which is their
 * distance
 * @param capacity   how many at most; no more than 32 are given
 * @return how many were given: names more than a third of their letters apart are none. 0 also without a
 * name, without a `struct_size`, and where `words` says what this version of the library does not know
 *
 * Cost: the names within the parent, or all: up to a millisecond. Threads: any.
 * @since 0.1
 */
HRM_API size_t hrm_gazetteer_suggest(const hrm_gazetteer *gazetteer, const hrm_place_words *words,
                                     hrm_suggestion *out, size_t capacity);

/**
 * The normal form in which names are compared.
 *
 * @param text         UTF-8; bytes that are none become U+FFFD. More than 1024 bytes or 128 words are no
 * name: their normal form is empty
 * @param[out] buffer  room for the normal form and a zero; may be NULL
 * @param capacity     its size
 * @param[out] type    HRM_TYPE_… that words of kind say; may be NULL
 * @return the bytes needed, the zero included; when that is more than `capacity`, nothing was written
 * @since 0.1
 */
HRM_API size_t hrm_name_normal(const char *text, char *buffer, size_t capacity, int32_t *type);

/**
 * Ukrainian in Latin letters, by the official table of 2010 (Cabinet resolution 55 of 27 January 2010).
 *
 * @param text         UTF-8; what is no Ukrainian letter stays as it is
 * @param[out] buffer  room for the Latin text and a zero; may be NULL
 * @param capacity     its size
 * @return the bytes needed, the zero included; when that is more than `capacity`, nothing was written
 * @since 0.1
 */
HRM_API size_t hrm_name_latin(const char *text, char *buffer, size_t capacity);

HRM_END_DECLS

#endif
