/* Chunks of at least 16 KiB, filled from the start; a piece too large for the rest of a chunk gets a new one.
 */
#include "base/arena.h"

#define CHUNK_SIZE ((size_t)16 * 1024)

typedef struct hrmi_chunk {
    struct hrmi_chunk *next;
    size_t used;
    size_t size;
    max_align_t data[];
} chunk;

void hrmi_arena_init(hrmi_arena *arena, const hrm_context *ctx) {
    arena->allocator = *hrmi_allocator(ctx);
    arena->chunks = NULL;
}

void hrmi_arena_free(hrmi_arena *arena) {
    while (arena->chunks != NULL) {
        chunk *const next = arena->chunks->next;
        hrmi_release(&arena->allocator, arena->chunks);
        arena->chunks = next;
    }
}

static void *take(hrm_context *ctx, hrmi_arena *arena, size_t bytes, size_t alignment) {
    chunk *c = arena->chunks;
    size_t start = c == NULL ? 0 : (c->used + alignment - 1) / alignment * alignment;
    if (c == NULL || start > c->size || c->size - start < bytes) {
        const size_t size = bytes > CHUNK_SIZE ? bytes : CHUNK_SIZE;
        if (size > SIZE_MAX - sizeof *c) {
            (void)hrmi_fail_memory(ctx);
            return NULL;
        }
        c = arena->allocator.alloc(sizeof *c + size, arena->allocator.user);
        if (c == NULL) {
            (void)hrmi_fail_memory(ctx);
            return NULL;
        }
        c->next = arena->chunks;
        c->used = 0;
        c->size = size;
        arena->chunks = c;
        start = 0;
    }
    c->used = start + bytes;
    return (unsigned char *)c->data + start;
}

void *hrmi_arena_new(hrm_context *ctx, hrmi_arena *arena, size_t count, size_t size) {
    void *p = NULL;
    if (count == 0) count = 1;
    if (size != 0 && count > SIZE_MAX / 2 / size) {
        (void)hrmi_fail_memory(ctx);
        return NULL;
    }
    p = take(ctx, arena, count * size, _Alignof(max_align_t));
    if (p != NULL) memset(p, 0, count * size);
    return p;
}

char *hrmi_arena_text(hrm_context *ctx, hrmi_arena *arena, const char *text, size_t length) {
    char *copy = NULL;
    if (length > SIZE_MAX / 2) {
        (void)hrmi_fail_memory(ctx);
        return NULL;
    }
    copy = take(ctx, arena, length + 1, 1);
    if (copy == NULL) return NULL;
    if (length > 0) memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}
