/*
 * Many small pieces that live and die together: texts of a table, entries of a report. Pieces never move.
 */
#ifndef HRMI_ARENA_H
#define HRMI_ARENA_H

#include "base/base.h"

typedef struct hrmi_arena {
    hrm_allocator allocator;
    struct hrmi_chunk *chunks; /* the newest first */
} hrmi_arena;

void hrmi_arena_init(hrmi_arena *arena, const hrm_context *ctx);
void hrmi_arena_free(hrmi_arena *arena); /* of an arena that is all zero: nothing */

/* Zeroed, aligned for any type; NULL with the error set. */
void *hrmi_arena_new(hrm_context *ctx, hrmi_arena *arena, size_t count, size_t size);

/* A copy of length bytes with a zero behind; NULL with the error set. */
char *hrmi_arena_text(hrm_context *ctx, hrmi_arena *arena, const char *text, size_t length);

#endif
