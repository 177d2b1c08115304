/**
 * @file projects.h
 * Investment projects: whose money, how much, where and when; and what each community got, by actor, sector
 * and year. Nothing is lost: amounts in = allocated + unallocated.
 */
#ifndef HROMADA_PROJECTS_H
#define HROMADA_PROJECTS_H

#include "hromada/table.h"

HRM_BEGIN_DECLS

/** A list of projects. @see hrm_projects_new */
typedef struct hrm_projects hrm_projects;

/** Whose money it is. */
enum {
    HRM_ACTOR_UNKNOWN = 0,       /**< not said: only in the total */
    HRM_ACTOR_STATE = 1,         /**< the state budget and its funds */
    HRM_ACTOR_LOCAL = 2,         /**< local budgets */
    HRM_ACTOR_INTERNATIONAL = 3, /**< international organisations, states and bodies abroad */
    HRM_ACTOR_PRIVATE = 4,       /**< companies */
    HRM_ACTOR_PEOPLE = 5         /**< diaspora, citizens and charity */
};

/** The actor of a name ("state", "local", "international", "private", "people"), or −1. @since 0.1 */
HRM_API int32_t hrm_actor_from_name(const char *name);

/** The name of an actor; "unknown" for HRM_ACTOR_UNKNOWN; NULL for no actor. Static. @since 0.1 */
HRM_API const char *hrm_actor_name(int32_t actor);

/** One line of money of one project. */
typedef struct hrm_project {
    uint32_t struct_size; /**< sizeof (hrm_project) */
    int32_t actor;        /**< HRM_ACTOR_… */
    int64_t row;          /**< its number in the source, for the account */
    double amount;        /**< in the list's currency and price year; NaN: not stated */
    const char
        *id; /**< the project's id; lines of one id and community are one project; NULL: every line is one */
    const char *code;   /**< the community's (or a settlement's) code; NULL: no place */
    const char *sector; /**< NULL: not said */
    const char *period; /**< "2021"; at most 32 bytes; NULL: not said */
    const char
        *problem; /**< why `amount` is NaN where the source had something, for the account; else NULL */
} hrm_project;

/** Prepare a project: amount NaN, everything else zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_project_init(hrm_project *project, size_t struct_size);

/** What a list is of. */
typedef struct hrm_projects_options {
    uint32_t struct_size; /**< sizeof (hrm_projects_options) */
    uint32_t reserved;    /**< 0; anything else is refused */
    const char *unit;     /**< "UAH", or "UAH of 2015"; needed; the columns' unit */
    const char *source;   /**< for messages and source notes; NULL for "the projects" */
} hrm_projects_options;

/** Prepare options: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_projects_options_init(hrm_projects_options *options, size_t struct_size);

/**
 * Begin a list in one currency and price year: amounts of others are converted before they are added.
 *
 * @param ctx         the caller's context
 * @param options     copied
 * @param[out] out    the list; free with hrm_projects_free()
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_projects_new(hrm_context *ctx, const hrm_projects_options *options,
                                                   hrm_projects **out);

/** Free a list; NULL is nothing. @since 0.1 */
HRM_API void hrm_projects_free(hrm_projects *projects);

/**
 * Add one line; its texts are copied.
 * @return HRM_OK, HRM_ERROR_ARGUMENT (unknown actor), HRM_ERROR_VALUE (an infinite amount),
 * HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_projects_add(hrm_context *ctx, hrm_projects *projects,
                                                   const hrm_project *project);

/**
 * Say that the list tells all actors apart: then each of the five has its column, 0 where it gave nothing.
 * Otherwise (the default) only actors with a line have one, for a list of one fund knows nothing of the
 * others' money. hrm_projects_read() says so by itself where actors come from a field.
 * @since 0.1
 */
HRM_API void hrm_projects_set_all_actors(hrm_projects *projects, bool all);

/** The unit of the list's amounts. Borrowed. @since 0.1 */
HRM_API const char *hrm_projects_unit(const hrm_projects *projects);

/** Lines in the list. @since 0.1 */
HRM_API size_t hrm_projects_count(const hrm_projects *projects);

/** The account of placing a list: lines = placed + unplaced + unusable; total = allocated + unallocated. */
typedef struct hrm_projects_account {
    uint32_t struct_size;  /**< the caller's sizeof */
    uint32_t reserved;     /**< 0 */
    size_t lines;          /**< in the list */
    size_t placed;         /**< with a community of the layer */
    size_t unplaced;       /**< with a readable code that no community has */
    size_t unusable;       /**< without a code, or with a damaged one */
    size_t without_amount; /**< lines (placed or not) whose amount is not stated */
    size_t communities;    /**< communities that got at least one line */
    double total;          /**< the sum of all amounts */
    double allocated;      /**< of placed lines */
    double unallocated;    /**< of all others */
} hrm_projects_account;

/** A line that has no place, or no amount, or a period that cannot be used (it is then in no period's
 * column). */
typedef struct hrm_projects_entry {
    uint32_t struct_size; /**< the caller's sizeof */
    uint32_t reserved;    /**< 0 */
    int64_t row;          /**< its number in the source */
    double amount;        /**< its amount; NaN where not stated */
    const char *key; /**< its code as written, bytes that are no UTF-8 as `?`; "" where missing; borrowed from
                        the list */
    const char *text; /**< why, in words; static or borrowed from the list */
} hrm_projects_entry;

/**
 * Place the list's lines, and lay what each community got into a table: `projects_count`, `investment_total`,
 * by actor `investment_<actor>` (the actors that have a line, or see hrm_projects_set_all_actors()), by
 * sector `investment_sector_<sector>`, and, where lines have periods, `investment_total@<period>` and
 * `investment_<actor>@<period>`. Lines without a period are in no column of a period.
 *
 * 0 where the list covers the community and has nothing for it; missing (no coverage) where it does not cover
 * it and names nothing there either. Where none of a community's lines states its amount the sum is missing
 * (not reported); where some do it is the sum of these. Lines of one id in one community are one project; a
 * project in several communities counts in each, so that counts rolled up to a raion count it several times.
 * A sector's name becomes part of a column's id: letters and digits stay, also Ukrainian ones, all else
 * becomes
 * `_`; names that become the same are numbered (`_2`, `_3` …). Sectors and periods are in the order of their
 * bytes. All columns roll up as sums.
 *
 * @param ctx          the caller's context
 * @param projects     the list; remembers the account of the last placing
 * @param layer        the communities
 * @param covered      one byte per row, 1 where the list would name a project; NULL: everywhere
 * @param table        of this layer; gets the columns, all or none
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_DUPLICATE, HRM_ERROR_LIMIT (over 1,000 sectors or periods),
 *         HRM_ERROR_VALUE (amounts of one community add up to more than a double holds), HRM_ERROR_MEMORY
 *
 * Sums are exact before the last rounding.
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_projects_place(hrm_context *ctx, hrm_projects *projects,
                                                     const hrm_layer *layer, const uint8_t *covered,
                                                     hrm_table *table);

/** The account of the last placing. @return false when nothing was placed or `out` has no size @since 0.1 */
HRM_API bool hrm_projects_last_account(const hrm_projects *projects, hrm_projects_account *out);

/** How many lines of the last placing were without place, amount or usable period, in the order of the list;
 * each once, with the first of these. @since 0.1 */
HRM_API size_t hrm_projects_entry_count(const hrm_projects *projects);

/** One of them. @return false when there is none of that number or `out` has no size @since 0.1 */
HRM_API bool hrm_projects_entry_at(const hrm_projects *projects, size_t i, hrm_projects_entry *out);

HRM_END_DECLS

#endif
