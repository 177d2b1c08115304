/**
 * @file recipe.h
 * The recipe (one YAML file) and the assessment it describes: every input read, joined, measured, turned into
 * indicators, rolled up and written, with an account of every row and every amount. Not in the core profile.
 */
#ifndef HROMADA_RECIPE_H
#define HROMADA_RECIPE_H

#include "hromada/catalogue.h"

HRM_BEGIN_DECLS

/** A recipe that was read and checked. @see hrm_recipe_open */
typedef struct hrm_recipe hrm_recipe;

/** Everything that running a recipe made. @see hrm_assess */
typedef struct hrm_assessment hrm_assessment;

/**
 * Read a recipe; relative paths in it are relative to it.
 *
 * @param ctx       the caller's context
 * @param path      a YAML file of at most 1 MiB
 * @param[out] out  the recipe; free with hrm_recipe_free()
 * @return HRM_OK, HRM_ERROR_FILE, HRM_ERROR_RECIPE (with line and column; for an unknown key the nearest
 * known one), HRM_ERROR_FORMULA, HRM_ERROR_LIMIT, HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_recipe_open(hrm_context *ctx, const char *path, hrm_recipe **out);

/**
 * Read a recipe from memory: as hrm_recipe_open().
 *
 * @param ctx       the caller's context
 * @param text      YAML, need not end in a zero
 * @param length    its bytes
 * @param folder    what relative paths are relative to; NULL for the working directory
 * @param[out] out  the recipe
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_recipe_parse(hrm_context *ctx, const char *text, size_t length,
                                                   const char *folder, hrm_recipe **out);

/**
 * Read the recipe's files from elsewhere: what relative paths in it are relative to from now on.
 *
 * @param ctx     the caller's context
 * @param recipe  the recipe
 * @param folder  a folder; copied. NULL: the recipe's own again
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_recipe_set_folder(hrm_context *ctx, hrm_recipe *recipe,
                                                        const char *folder);

/**
 * Allow the recipe's sources to be databases on servers ("PG:host=… dbname=…"). A recipe is not trusted: who
 * runs it must say so, or else such a source is refused. A password is never read from a recipe.
 *
 * @param ctx     the caller's context
 * @param recipe  the recipe
 * @param allow   1: allowed; 0, as after opening: not
 * @return HRM_OK, HRM_ERROR_ARGUMENT
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_recipe_set_allow_server(hrm_context *ctx, hrm_recipe *recipe,
                                                              int32_t allow);

/** Free a recipe; NULL is nothing. @since 0.1 */
HRM_API void hrm_recipe_free(hrm_recipe *recipe);

/** The title in HRM_UK or HRM_EN; "" where there is none. Borrowed. @since 0.1 */
HRM_API const char *hrm_recipe_title(const hrm_recipe *recipe, int32_t language);

/**
 * Run a recipe.
 *
 * @param ctx       the caller's context; its progress callback is told of each step
 * @param recipe    may be run again
 * @param[out] out  the assessment; free with hrm_assessment_free(). Outlives the recipe
 * @return HRM_OK, or the error of the step that failed, its message naming the part of the recipe
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_assess(hrm_context *ctx, const hrm_recipe *recipe,
                                             hrm_assessment **out);

/** Free an assessment; NULL is nothing. @since 0.1 */
HRM_API void hrm_assessment_free(hrm_assessment *assessment);

/** The communities. Borrowed. @since 0.1 */
HRM_API const hrm_layer *hrm_assessment_layer(const hrm_assessment *assessment);

/** All columns of a level: HRM_LEVEL_COMMUNITY, _RAION or _OBLAST; NULL for levels the layer lacks. Borrowed.
 * @since 0.1 */
HRM_API const hrm_table *hrm_assessment_table(const hrm_assessment *assessment, int32_t level);

/** The indicators computed. @since 0.1 */
HRM_API size_t hrm_assessment_indicator_count(const hrm_assessment *assessment);

/** One of them. @return false when there is none of that number or `out` has no size @since 0.1 */
HRM_API bool hrm_assessment_indicator(const hrm_assessment *assessment, size_t i, hrm_indicator *out);

/** What an input of an assessment was for. */
enum {
    HRM_INPUT_COMMUNITIES = 0, /**< the layer; its rows are features */
    HRM_INPUT_TABLE = 1,       /**< rows joined by code, name or place */
    HRM_INPUT_PROXIMITY = 2,   /**< a reference; its rows are features */
    HRM_INPUT_POINTS = 3,      /**< points counted in communities */
    HRM_INPUT_PROJECTS = 4,    /**< lines of money */
    HRM_INPUT_CODIFIER = 5,    /**< its rows are units */
    HRM_INPUT_CROSSWALK = 6,   /**< its rows are written forms and codes; without a code they are unusable */
    HRM_INPUT_ALIASES = 7,     /**< the same */
    HRM_INPUT_AREAS = 8        /**< areas whose values were brought to communities */
};

/** What became of the rows of one input: rows = matched + unmatched + duplicates + unusable + kept_out. */
typedef struct hrm_assessment_input_info {
    uint32_t struct_size; /**< the caller's sizeof */
    int32_t kind;         /**< HRM_INPUT_… */
    const char *source;   /**< the path as the recipe has it (of a pattern: the file); borrowed from the
                               assessment */
    uint64_t rows;        /**< rows, features or points read */
    uint64_t matched;     /**< used */
    uint64_t unmatched;   /**< readable, but of no community of the layer */
    uint64_t duplicates;  /**< left aside for another row of the same community */
    uint64_t unusable;    /**< without a code, a name, a place or a geometry, or with a broken one */
    uint64_t kept_out;    /**< totals and headings among the rows of a table */
} hrm_assessment_input_info;

/** How many inputs the recipe had, each file of a pattern counted. @since 0.1 */
HRM_API size_t hrm_assessment_input_count(const hrm_assessment *assessment);

/** One of them: codifiers, crosswalks and aliases, then the rest in the recipe's order; more is in the
 * account. @return false when there is none of that number or `out` has no size @since 0.1 */
HRM_API bool hrm_assessment_input(const hrm_assessment *assessment, size_t i, hrm_assessment_input_info *out);

/** The account as JSON text. Borrowed. @since 0.1 */
HRM_API const char *hrm_assessment_account(const hrm_assessment *assessment);

/**
 * Write what the recipe's `output` lists, and `account.json`, into a folder, which is made if it is not
 * there.
 *
 * @param ctx         the caller's context
 * @param assessment  what to write
 * @param folder      NULL: the folder of the recipe's own choice (`output/` beside the recipe)
 * @return HRM_OK, HRM_ERROR_WRITE, HRM_ERROR_MEMORY, HRM_ERROR_CANCELLED. On failure no file is half written,
 * and files of an earlier run that could not be replaced are untouched
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_assessment_write(hrm_context *ctx, const hrm_assessment *assessment,
                                                       const char *folder);

/** Where hrm_assessment_write() writes when it is told no folder. Borrowed. @since 0.1 */
HRM_API const char *hrm_assessment_folder(const hrm_assessment *assessment);

/** How many files hrm_assessment_write() writes. @since 0.1 */
HRM_API size_t hrm_assessment_output_count(const hrm_assessment *assessment);

/** The name of one of them; NULL when there is none. Borrowed. @since 0.1 */
HRM_API const char *hrm_assessment_output(const hrm_assessment *assessment, size_t i);

HRM_END_DECLS

#endif
