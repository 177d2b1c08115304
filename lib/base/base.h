/*
 * What every file of the library stands on: failing with a text, memory that may run out, messages, progress.
 *
 * The only way to fail is `status = hrmi_fail(ctx, HRM_ERROR_X, "…")`: code and text together. The text says
 * what, where (file, layer, row, field, value) and what to do. A status passed upwards keeps its text.
 */
#ifndef HRMI_BASE_H
#define HRMI_BASE_H

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "hromada/context.h"

#define HRMI_PRINTF(place, first) __attribute__((format(printf, place, first)))

/* ---- failing ---- */

/* Called first by every public function that takes a context: clears the last error, and lets progress begin
 * at 0 again unless the call is a part of another's job. */
void hrmi_enter(hrm_context *ctx);

/* Sets code and text, returns the code. No %f, %g or %e: numbers are written by hrmi_number_write(). */
hrm_status hrmi_fail(hrm_context *ctx, hrm_status status, const char *format, ...) HRMI_PRINTF(3, 4);

/* Puts "<text>: " before the text of the failure that is being passed upwards; returns its status. */
hrm_status hrmi_fail_in(hrm_context *ctx, hrm_status status, const char *format, ...) HRMI_PRINTF(3, 4);

/* HRM_ERROR_MEMORY with its text. */
hrm_status hrmi_fail_memory(hrm_context *ctx);

/* The analyzer sees one file at a time: it is told that failing never gives HRM_OK. */
#ifdef __clang_analyzer__
#define hrmi_fail(ctx, status, ...)    ((void)hrmi_fail(ctx, status, __VA_ARGS__), (status))
#define hrmi_fail_in(ctx, status, ...) ((void)hrmi_fail_in(ctx, status, __VA_ARGS__), (status))
#define hrmi_fail_memory(ctx)          ((void)hrmi_fail_memory(ctx), HRM_ERROR_MEMORY)
#endif

/* ---- messages and progress ---- */

void hrmi_log(hrm_context *ctx, int32_t level, const char *format, ...) HRMI_PRINTF(3, 4);

/* A second listener to messages, for whoever keeps an account of warnings; NULL for none. */
void hrmi_set_tap(hrm_context *ctx, hrm_log_function tap, void *user);

/* Tells the watcher, and asks whether to go on: HRM_OK or HRM_ERROR_CANCELLED. share is 0..1 of the present
 * range. Cheap enough for every thousandth turn of a loop, not for every turn. */
hrm_status hrmi_progress(hrm_context *ctx, double share, const char *step);

/* Asks only whether hrm_context_cancel() was called, for work whose share of the whole is not known. */
hrm_status hrmi_go_on(hrm_context *ctx, const char *step);

/* A part of a job: progress inside it runs over low..high of the range that was. Give `outer` back at the
 * end. */
typedef struct hrmi_range {
    double low, high;
} hrmi_range;
hrmi_range hrmi_progress_part(hrm_context *ctx, double low, double high);
void hrmi_progress_restore(hrm_context *ctx, hrmi_range outer);

/* ---- memory ---- */

/* The allocator of a context, to be copied into objects. */
const hrm_allocator *hrmi_allocator(const hrm_context *ctx);

/* count × size zeroed bytes, checked; never NULL for a count of 0. NULL with the error set when memory is
 * out. */
void *hrmi_array_new(hrm_context *ctx, size_t count, size_t size);

/* The same from the allocator of an object, which may not be the context's: what an object frees it must also
 * have allocated itself. The context only takes the error. */
void *hrmi_array_new_by(hrm_context *ctx, const hrm_allocator *allocator, size_t count, size_t size);

/* Makes room for at least `needed` elements (doubling). `*array` may be NULL with `*capacity` 0; both are
 * unchanged on failure. New elements are not zeroed. */
hrm_status hrmi_array_grow(hrm_context *ctx, void *array, size_t *capacity, size_t needed, size_t size);

hrm_status hrmi_array_grow_by(hrm_context *ctx, const hrm_allocator *allocator, void *array, size_t *capacity,
                              size_t needed, size_t size);

/* A copy of length bytes with a zero behind; NULL with the error set. */
char *hrmi_text_copy(hrm_context *ctx, const char *text, size_t length);

void hrmi_free(hrm_context *ctx, void *p);                  /* NULL is nothing */
void hrmi_release(const hrm_allocator *allocator, void *p); /* the same for objects without a context */

/* ---- structs of the caller ---- */

/* Reads an options struct of the caller over `known`, which holds the defaults: what both sides know is
 * copied; a longer one is refused if its tail is not zero. NULL leaves the defaults. `what` names it in the
 * error. */
hrm_status hrmi_read_struct(hrm_context *ctx, void *known, size_t known_size, const void *given,
                            const char *what);

/* HRM_ERROR_UNSUPPORTED for a struct whose member `reserved` is not 0. */
hrm_status hrmi_fail_reserved(hrm_context *ctx, const char *what);

/* Fills the caller's struct as far as its struct_size reaches. False when it is NULL or its size cannot be.
 */
bool hrmi_give_struct(void *out, const void *full, size_t full_size);

/* Fills a struct's memory with zero and sets its struct_size: the body of every hrm_x_init(). NULL is
 * nothing. */
void hrmi_init_struct(void *out, size_t out_size, const void *defaults, size_t full_size);

/* ---- things that folders further down keep in a context (PROJ, GEOS) ---- */

enum { HRMI_SLOT_PROJ = 0, HRMI_SLOT_GEOS = 1, HRMI_SLOT_COUNT = 2 };
void *hrmi_slot(const hrm_context *ctx, int slot);
void hrmi_set_slot(hrm_context *ctx, int slot, void *thing, void (*destroy)(void *thing));

#endif
