/*
 * What all tests share: a context whose allocator counts, can fail, and checks what it is told; and the
 * promise of every public call: whichever allocation fails, the answer is HRM_ERROR_MEMORY, nothing leaks,
 * inputs stay usable.
 */
#ifndef HRMT_HARNESS_H
#define HRMT_HARNESS_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hromada/hromada.h"

/* Each test program defines its suite; harness/main.c runs it. */
Suite *hrmt_suite(void);

/* A suite of one test case of these functions. */
Suite *hrmt_suite_of(const char *name, const TTest *const *tests, size_t count);
#define HRMT_SUITE(name, ...)                                                                                \
    Suite *hrmt_suite(void) {                                                                                \
        static const TTest *const *const tests[] = {__VA_ARGS__};                                            \
        const TTest *list[sizeof tests / sizeof *tests];                                                     \
        for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) list[i] = *tests[i];                       \
        return hrmt_suite_of(name, list, sizeof tests / sizeof *tests);                                      \
    }

/* Memory that counts and fails. */
typedef struct hrmt_memory {
    size_t live;        /* allocations not yet freed */
    size_t live_bytes;  /* their bytes */
    size_t peak_bytes;  /* the most at any time */
    size_t allocations; /* calls of alloc and realloc so far */
    size_t fail_at;     /* the number of the call that fails, counted from 1 after arming; 0: none */
    bool fail_on;       /* every later call fails too */
    size_t armed_calls; /* calls since arming */
    bool failed;        /* a call was failed since arming */
} hrmt_memory;

void hrmt_memory_init(hrmt_memory *memory);
hrm_allocator hrmt_allocator(hrmt_memory *memory);
void hrmt_memory_arm(hrmt_memory *memory, size_t fail_at, bool fail_on);

/* A context with ordinary memory; aborts the test when it cannot be made. */
hrm_context *hrmt_context(void);

/*
 * The promise, tried: runs `call` with the k-th allocation failing, for every k until it succeeds, once
 * failing once and once from there on. `call` makes something with the context it is given, frees what it
 * made, and passes the status of the first call that failed. Things it reads come from `user`, made with
 * another context.
 */
typedef hrm_status (*hrmt_call)(hrm_context *ctx, void *user);
void hrmt_fail_each(hrmt_call call, void *user);

/* ck_assert that a call succeeded, with its message where not. */
#define hrmt_ok(ctx, call)                                                                                   \
    do {                                                                                                     \
        const hrm_status hrmt_status_ = (call);                                                              \
        ck_assert_msg(hrmt_status_ == HRM_OK, "%s: %s: %s", #call, hrm_status_name(hrmt_status_),            \
                      hrm_error_message(ctx));                                                               \
    } while (0)

/* ck_assert that a call failed with a status, and that its message holds `words`. */
#define hrmt_fails(ctx, call, expected, words)                                                               \
    do {                                                                                                     \
        const hrm_status hrmt_status_ = (call);                                                              \
        ck_assert_msg(hrmt_status_ == (expected), "%s: %s, not %s: %s", #call,                               \
                      hrm_status_name(hrmt_status_), hrm_status_name(expected), hrm_error_message(ctx));     \
        ck_assert_msg(strstr(hrm_error_message(ctx), (words)) != NULL, "%s: no \"%s\" in \"%s\"", #call,     \
                      (words), hrm_error_message(ctx));                                                      \
    } while (0)

/* The real data's folder (HROMADA_DATA), or NULL after saying loudly that the test is skipped. */
const char *hrmt_real_data(const char *test);

/* A fresh empty folder for a test's files, below the build folder; the text is the caller's to free(). */
char *hrmt_folder(const char *name);

#endif
