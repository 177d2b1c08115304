/*
 * The context: error text, log, progress and cancel. The text lives in a fixed buffer, so that it works when
 * memory is out, and is cut between characters.
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/utf8.h"

#define MESSAGE_SIZE 2048
#define MOST_THREADS 1024

typedef struct slot {
    void *thing;
    void (*destroy)(void *thing);
} slot;

struct hrm_context {
    hrm_allocator allocator;
    hrm_log_function log;
    void *log_user;
    hrm_log_function tap;
    void *tap_user;
    hrm_progress_function progress;
    void *progress_user;
    hrmi_range range;
    double last_share;
    atomic_bool cancelled;
    uint32_t threads;
    hrm_status status;
    char message[MESSAGE_SIZE];
    slot slots[HRMI_SLOT_COUNT];
};

static void *default_alloc(size_t size, void *user) {
    (void)user;
    return malloc(size);
}

static void *default_realloc(void *p, size_t old_size, size_t size, void *user) {
    (void)old_size;
    (void)user;
    return realloc(p, size);
}

static void default_free(void *p, void *user) {
    (void)user;
    free(p);
}

hrm_status hrm_context_new(const hrm_allocator *allocator, hrm_context **out) {
    static const hrm_allocator defaults = {default_alloc, default_realloc, default_free, NULL};
    const hrm_allocator *const from = allocator != NULL ? allocator : &defaults;
    hrm_context *ctx = NULL;
    if (out == NULL) return HRM_ERROR_ARGUMENT;
    *out = NULL;
    if (from->alloc == NULL || from->realloc == NULL || from->free == NULL) return HRM_ERROR_ARGUMENT;
    ctx = from->alloc(sizeof *ctx, from->user);
    if (ctx == NULL) return HRM_ERROR_MEMORY;
    memset(ctx, 0, sizeof *ctx);
    ctx->allocator = *from;
    ctx->threads = 1;
    ctx->range.high = 1.0;
    atomic_init(&ctx->cancelled, false);
    *out = ctx;
    return HRM_OK;
}

void hrm_context_free(hrm_context *ctx) {
    if (ctx == NULL) return;
    for (int i = 0; i < HRMI_SLOT_COUNT; i++) hrmi_set_slot(ctx, i, NULL, NULL);
    const hrm_allocator allocator = ctx->allocator;
    allocator.free(ctx, allocator.user);
}

void hrm_context_set_log(hrm_context *ctx, hrm_log_function log, void *user) {
    if (ctx == NULL) return;
    ctx->log = log;
    ctx->log_user = user;
}

void hrm_context_set_progress(hrm_context *ctx, hrm_progress_function progress, void *user) {
    if (ctx == NULL) return;
    ctx->progress = progress;
    ctx->progress_user = user;
}

hrm_status hrm_context_set_threads(hrm_context *ctx, uint32_t threads) {
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (threads == 0 || threads > MOST_THREADS)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "%lu threads: give a number from 1 to %d",
                         (unsigned long)threads, MOST_THREADS);
    ctx->threads = threads;
    return HRM_OK;
}

uint32_t hrm_context_threads(const hrm_context *ctx) {
    return ctx == NULL ? 0 : ctx->threads;
}

void hrm_context_cancel(hrm_context *ctx) {
    if (ctx != NULL) atomic_store(&ctx->cancelled, true);
}

void hrm_context_reset_cancel(hrm_context *ctx) {
    if (ctx != NULL) atomic_store(&ctx->cancelled, false);
}

const char *hrm_error_message(const hrm_context *ctx) {
    return ctx == NULL ? "no context" : ctx->message;
}

hrm_status hrm_error_status(const hrm_context *ctx) {
    return ctx == NULL ? HRM_ERROR_ARGUMENT : ctx->status;
}

const char *hrm_status_name(hrm_status status) {
    switch (status) {
    case HRM_OK:
        return "HRM_OK";
    case HRM_ERROR_MEMORY:
        return "HRM_ERROR_MEMORY";
    case HRM_ERROR_ARGUMENT:
        return "HRM_ERROR_ARGUMENT";
    case HRM_ERROR_CANCELLED:
        return "HRM_ERROR_CANCELLED";
    case HRM_ERROR_UNSUPPORTED:
        return "HRM_ERROR_UNSUPPORTED";
    case HRM_ERROR_INTERNAL:
        return "HRM_ERROR_INTERNAL";
    case HRM_ERROR_FILE:
        return "HRM_ERROR_FILE";
    case HRM_ERROR_FORMAT:
        return "HRM_ERROR_FORMAT";
    case HRM_ERROR_WRITE:
        return "HRM_ERROR_WRITE";
    case HRM_ERROR_LIMIT:
        return "HRM_ERROR_LIMIT";
    case HRM_ERROR_CRS:
        return "HRM_ERROR_CRS";
    case HRM_ERROR_GEOMETRY:
        return "HRM_ERROR_GEOMETRY";
    case HRM_ERROR_FIELD:
        return "HRM_ERROR_FIELD";
    case HRM_ERROR_CODE:
        return "HRM_ERROR_CODE";
    case HRM_ERROR_DUPLICATE:
        return "HRM_ERROR_DUPLICATE";
    case HRM_ERROR_VALUE:
        return "HRM_ERROR_VALUE";
    case HRM_ERROR_FORMULA:
        return "HRM_ERROR_FORMULA";
    case HRM_ERROR_RECIPE:
        return "HRM_ERROR_RECIPE";
    default:
        return "HRM_ERROR_?";
    }
}

static bool is_outermost(const hrm_context *ctx) {
    return ctx->range.low == 0.0 && ctx->range.high == 1.0;
}

void hrmi_enter(hrm_context *ctx) {
    if (is_outermost(ctx)) ctx->last_share = 0.0; /* a new job */
    ctx->status = HRM_OK;
    ctx->message[0] = '\0';
}

/* How much of the first length bytes can stay without splitting a character. */
static size_t cut_length(const char *text, size_t length) {
    size_t i = length;
    while (i > 0 && length - i < 4 && ((unsigned char)text[i - 1] & 0xC0) == 0x80) i--;
    if (i == 0) return length;
    const unsigned char lead = (unsigned char)text[i - 1];
    const size_t needed = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return length - (i - 1) >= needed ? length : i - 1;
}

/* vsnprintf cuts between bytes: take back what is left of a character that was cut. Texts that the message
 * quotes may be cut too ("%.100s"), or be no UTF-8: the message is. */
HRMI_PRINTF(3, 0)
static void print_cut(char *buffer, size_t size, const char *format, va_list arguments) {
    const int wanted = vsnprintf(buffer, size, format, arguments);
    if (wanted < 0) buffer[0] = '\0';
    if (wanted >= 0 && (size_t)wanted >= size) buffer[cut_length(buffer, size - 1)] = '\0';
    hrmi_utf8_mend(buffer, strlen(buffer));
}

/* What base.h tells the analyzer is not for their own definitions. */
#undef hrmi_fail
#undef hrmi_fail_in
#undef hrmi_fail_memory

hrm_status hrmi_fail(hrm_context *ctx, hrm_status status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    print_cut(ctx->message, sizeof ctx->message, format, arguments);
    va_end(arguments);
    ctx->status = status;
    return status;
}

hrm_status hrmi_fail_in(hrm_context *ctx, hrm_status status, const char *format, ...) {
    char inner[MESSAGE_SIZE];
    va_list arguments;
    memcpy(inner, ctx->message, sizeof inner);
    va_start(arguments, format);
    print_cut(ctx->message, sizeof ctx->message, format, arguments);
    va_end(arguments);
    const size_t used = strlen(ctx->message);
    const size_t room = sizeof ctx->message - used;
    const size_t wanted = strlen(inner) + 2;
    if (room > 3) {
        memcpy(ctx->message + used, ": ", 2);
        size_t length = wanted - 2;
        if (length > room - 3) length = cut_length(inner, room - 3);
        memcpy(ctx->message + used + 2, inner, length);
        ctx->message[used + 2 + length] = '\0';
    }
    ctx->status = status;
    return status;
}

hrm_status hrmi_fail_memory(hrm_context *ctx) {
    return hrmi_fail(ctx, HRM_ERROR_MEMORY, "out of memory: close other programs, or work on a smaller part");
}

void hrmi_log(hrm_context *ctx, int32_t level, const char *format, ...) {
    char message[MESSAGE_SIZE];
    va_list arguments;
    if (ctx->log == NULL && ctx->tap == NULL) return;
    va_start(arguments, format);
    print_cut(message, sizeof message, format, arguments);
    va_end(arguments);
    if (ctx->tap != NULL) ctx->tap(level, message, ctx->tap_user);
    if (ctx->log != NULL) ctx->log(level, message, ctx->log_user);
}

void hrmi_set_tap(hrm_context *ctx, hrm_log_function tap, void *user) {
    ctx->tap = tap;
    ctx->tap_user = user;
}

hrm_status hrmi_go_on(hrm_context *ctx, const char *step) {
    if (!atomic_load_explicit(&ctx->cancelled, memory_order_relaxed)) return HRM_OK;
    return hrmi_fail(ctx, HRM_ERROR_CANCELLED, "stopped on request while %s", step);
}

hrm_status hrmi_progress(hrm_context *ctx, double share, const char *step) {
    const hrm_status status = hrmi_go_on(ctx, step);
    if (status != HRM_OK || ctx->progress == NULL) return status;
    double told = ctx->range.low + (ctx->range.high - ctx->range.low) * share;
    if (told < ctx->last_share) told = ctx->last_share;
    if (told > 1.0) told = 1.0;
    ctx->last_share = told;
    if (!ctx->progress(told, step, ctx->progress_user))
        return hrmi_fail(ctx, HRM_ERROR_CANCELLED, "stopped on request while %s", step);
    return HRM_OK;
}

hrmi_range hrmi_progress_part(hrm_context *ctx, double low, double high) {
    const hrmi_range outer = ctx->range;
    const double width = outer.high - outer.low;
    ctx->range.low = outer.low + width * low;
    ctx->range.high = outer.low + width * high;
    return outer;
}

void hrmi_progress_restore(hrm_context *ctx, hrmi_range outer) {
    ctx->range = outer;
}

const hrm_allocator *hrmi_allocator(const hrm_context *ctx) {
    return &ctx->allocator;
}

void *hrmi_slot(const hrm_context *ctx, int slot_number) {
    return ctx->slots[slot_number].thing;
}

void hrmi_set_slot(hrm_context *ctx, int slot_number, void *thing, void (*destroy)(void *thing)) {
    slot *const s = &ctx->slots[slot_number];
    if (s->thing != NULL && s->destroy != NULL) s->destroy(s->thing);
    s->thing = thing;
    s->destroy = destroy;
}
