/**
 * @file context.h
 * The caller's context: where memory comes from, where messages go, how long work is watched and stopped, and
 * what went wrong last. Every call that can fail takes one.
 *
 * A context is used by one thread at a time; a process may have many. Objects (layers, tables …) copy the
 * allocator of the context that made them and never keep the context: they may outlive it, and any thread may
 * free them.
 *
 * Freeing NULL is nothing. A call that gives a status answers ::HRM_ERROR_ARGUMENT to a NULL where an object
 * is needed; with a NULL context there is no place for its text. ::HRM_ERROR_UNSUPPORTED is the answer to a
 * struct with a `reserved` member that is not 0, or a longer one of a later version that asks for what this
 * one does not know. The short questions to an object (counts,
 * names, values) look at it unchecked: give them one that lives.
 */
#ifndef HROMADA_CONTEXT_H
#define HROMADA_CONTEXT_H

#include "hromada/export.h"

HRM_BEGIN_DECLS

/** How a call ended: ::HRM_OK or one of the HRM_ERROR_… constants. New codes may come: treat unknown ones as
 * failure. */
typedef int32_t hrm_status;

/** The statuses. Their numbers never change meaning. */
enum {
    HRM_OK = 0, /**< it did what it should */

    /* the call */
    HRM_ERROR_MEMORY = 1,      /**< an allocation failed; nothing is lost */
    HRM_ERROR_ARGUMENT = 2,    /**< an argument breaks what the function's comment asks for */
    HRM_ERROR_CANCELLED = 3,   /**< the progress callback or hrm_context_cancel() stopped the work */
    HRM_ERROR_UNSUPPORTED = 4, /**< this build, or this version, cannot do that */
    HRM_ERROR_INTERNAL = 5,    /**< a promise of the library did not hold: please report it */

    /* files */
    HRM_ERROR_FILE = 10,   /**< missing, not readable, or not a file */
    HRM_ERROR_FORMAT = 11, /**< the contents are not what they should be */
    HRM_ERROR_WRITE = 12,  /**< could not be written: no folder, no right, no room */
    HRM_ERROR_LIMIT = 13,  /**< larger than a stated limit */

    /* layers and geometry */
    HRM_ERROR_CRS = 20,      /**< no coordinate reference system, or one that cannot be used */
    HRM_ERROR_GEOMETRY = 21, /**< a geometry that cannot be read or used */

    /* columns, keys and values */
    HRM_ERROR_FIELD = 30,     /**< no such layer, field or column, or more than one that fits */
    HRM_ERROR_CODE = 31,      /**< no usable code where one is needed */
    HRM_ERROR_DUPLICATE = 32, /**< the same key twice where one is allowed */
    HRM_ERROR_VALUE = 33,     /**< a value that cannot be used where one is needed */

    /* formulas and recipes */
    HRM_ERROR_FORMULA = 40, /**< a formula that cannot be read, or names what does not exist */
    HRM_ERROR_RECIPE = 41   /**< a recipe that cannot be read, or asks for what it may not */
};

/** "No such row, column or unit", where an index is returned: the largest `size_t` there is. Bindings write
 * it as such. */
#define HRM_NONE SIZE_MAX

/** How grave a log message is. */
enum {
    HRM_LOG_INFO = 0,   /**< a fact worth knowing */
    HRM_LOG_WARNING = 1 /**< something the user should look at; the work went on */
};

/**
 * Where memory comes from. All three functions are needed; `user` is handed to them as it is.
 * `realloc` is told the old size; `free` is never called with NULL. The functions may be called from any
 * thread that uses an object made with this allocator.
 */
typedef struct hrm_allocator {
    void *(*alloc)(size_t size, void *user); /**< size > 0; NULL when out of memory */
    void *(*realloc)(void *p, size_t old_size, size_t size, void *user); /**< p not NULL, size > 0 */
    void (*free)(void *p, void *user);                                   /**< p not NULL */
    void *user;                                                          /**< handed to each of them */
} hrm_allocator;

/** The caller's context. @see hrm_context_new */
typedef struct hrm_context hrm_context;

/** Takes a message: `level` is HRM_LOG_…, `message` is UTF-8, one sentence, borrowed for the call. */
typedef void (*hrm_log_function)(int32_t level, const char *message, void *user);

/**
 * Watches long work: `share` goes from 0 to 1 and never back within one call; `step` is a word on what is
 * being done. Called on the thread that called the library. Return false to stop the work with
 * ::HRM_ERROR_CANCELLED.
 */
typedef bool (*hrm_progress_function)(double share, const char *step, void *user);

/**
 * Make a context.
 *
 * @param allocator  copied; NULL for malloc, realloc and free
 * @param[out] out   the new context; free with hrm_context_free()
 * @return HRM_OK, HRM_ERROR_MEMORY, or HRM_ERROR_ARGUMENT (`out` is NULL, or a function is missing). There is
 * no context yet to keep a text in: this is the one call without an error message.
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_context_new(const hrm_allocator *allocator, hrm_context **out);

/** Free a context; NULL is nothing. Objects made with it live on. @since 0.1 */
HRM_API void hrm_context_free(hrm_context *ctx);

/** Send messages to `log`; NULL (the default) drops them. @since 0.1 */
HRM_API void hrm_context_set_log(hrm_context *ctx, hrm_log_function log, void *user);

/** Watch long work with `progress`; NULL (the default) for none. @since 0.1 */
HRM_API void hrm_context_set_progress(hrm_context *ctx, hrm_progress_function progress, void *user);

/**
 * How many threads long work may use: 1 (the default) starts none. Results never depend on it.
 *
 * @return HRM_OK, or HRM_ERROR_ARGUMENT when threads is 0 or above 1024 (the number stays what it was)
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_context_set_threads(hrm_context *ctx, uint32_t threads);

/** The number set by hrm_context_set_threads(); 0 for NULL. @since 0.1 */
HRM_API uint32_t hrm_context_threads(const hrm_context *ctx);

/**
 * Stop the work that runs with this context: it ends with ::HRM_ERROR_CANCELLED. The one function that may be
 * called from any thread, or from a signal handler. The wish stays until hrm_context_reset_cancel().
 *
 * Work asks for the wish between rows, features and steps. What a library does in one call of ours is not
 * interrupted: a database looking for the next row of a statement (a join of large tables, a view of the file
 * that reads from itself), a filter on one cell.
 * @since 0.1
 */
HRM_API void hrm_context_cancel(hrm_context *ctx);

/** Forget an earlier hrm_context_cancel(). @since 0.1 */
HRM_API void hrm_context_reset_cancel(hrm_context *ctx);

/**
 * What went wrong in the last call with this context: what, where (file, layer, row, field, value) and what
 * to do.
 *
 * @return UTF-8, never NULL, "" after a call that succeeded; borrowed until the next call with this context
 * @since 0.1
 */
HRM_API const char *hrm_error_message(const hrm_context *ctx);

/** The status that belongs to hrm_error_message(). @since 0.1 */
HRM_API hrm_status hrm_error_status(const hrm_context *ctx);

/**
 * The name of a status, as "HRM_ERROR_FILE".
 *
 * @return static text, never NULL ("HRM_ERROR_?" for an unknown number). Threads: any.
 * @since 0.1
 */
HRM_API const char *hrm_status_name(hrm_status status);

HRM_END_DECLS

#endif
