/* What the benchmarks share: the processor time of this process in seconds, and stopping at a failure. */
#ifndef BENCH_H
#define BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "hromada/hromada.h"

static inline double now(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline void must(hrm_context *ctx, hrm_status status) {
    if (status == HRM_OK) return;
    (void)fprintf(stderr, "%s\n", hrm_error_message(ctx));
    exit(1);
}

#endif
