/*
 * Memory through the context's allocator, with checked sizes; and the caller's structs, which may be older or
 * newer than ours.
 */
#include "base/base.h"

void *hrmi_array_new(hrm_context *ctx, size_t count, size_t size) {
    return hrmi_array_new_by(ctx, hrmi_allocator(ctx), count, size);
}

void *hrmi_array_new_by(hrm_context *ctx, const hrm_allocator *allocator, size_t count, size_t size) {
    void *p = NULL;
    if (count == 0) count = 1;
    if (size != 0 && count <= SIZE_MAX / size) p = allocator->alloc(count * size, allocator->user);
    if (p == NULL) {
        (void)hrmi_fail_memory(ctx);
        return NULL;
    }
    memset(p, 0, count * size);
    return p;
}

hrm_status hrmi_array_grow(hrm_context *ctx, void *array, size_t *capacity, size_t needed, size_t size) {
    return hrmi_array_grow_by(ctx, hrmi_allocator(ctx), array, capacity, needed, size);
}

hrm_status hrmi_array_grow_by(hrm_context *ctx, const hrm_allocator *allocator, void *array, size_t *capacity,
                              size_t needed, size_t size) {
    void *old = NULL;
    void *p = NULL;
    size_t room = *capacity < 8 ? 8 : *capacity;
    memcpy(&old, array, sizeof old); /* `array` is the address of a typed pointer */
    if (old != NULL && needed <= *capacity) return HRM_OK;
    while (room < needed && room <= SIZE_MAX / 2) room *= 2;
    if (room < needed || room > SIZE_MAX / size) return hrmi_fail_memory(ctx);
    p = old == NULL ? allocator->alloc(room * size, allocator->user)
                    : allocator->realloc(old, *capacity * size, room * size, allocator->user);
    if (p == NULL) return hrmi_fail_memory(ctx);
    memcpy(array, &p, sizeof p);
    *capacity = room;
    return HRM_OK;
}

char *hrmi_text_copy(hrm_context *ctx, const char *text, size_t length) {
    char *copy = NULL;
    if (length < SIZE_MAX) copy = hrmi_array_new(ctx, length + 1, 1);
    if (copy != NULL && length > 0) memcpy(copy, text, length);
    return copy;
}

void hrmi_release(const hrm_allocator *allocator, void *p) {
    if (p != NULL) allocator->free(p, allocator->user);
}

void hrmi_free(hrm_context *ctx, void *p) {
    hrmi_release(hrmi_allocator(ctx), p);
}

hrm_status hrmi_read_struct(hrm_context *ctx, void *known, size_t known_size, const void *given,
                            const char *what) {
    uint32_t size = 0;
    if (given == NULL) return HRM_OK;
    memcpy(&size, given, sizeof size);
    if (size < sizeof size)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "%s: struct_size is %lu; prepare the struct with its init function", what,
                         (unsigned long)size);
    const unsigned char *const bytes = given;
    for (size_t i = known_size; i < size; i++)
        if (bytes[i] != 0)
            return hrmi_fail(ctx, HRM_ERROR_UNSUPPORTED,
                             "%s sets an option that this version of the library does not know", what);
    memcpy(known, given, size < known_size ? size : known_size);
    return HRM_OK;
}

hrm_status hrmi_fail_reserved(hrm_context *ctx, const char *what) {
    return hrmi_fail(ctx, HRM_ERROR_UNSUPPORTED,
                     "%s: reserved is not 0; prepare the struct with its init function", what);
}

bool hrmi_give_struct(void *out, const void *full, size_t full_size) {
    uint32_t size = 0;
    if (out == NULL) return false;
    memcpy(&size, out, sizeof size);
    if (size <= sizeof size) return false;
    const size_t copied = size < full_size ? size : full_size;
    memcpy((unsigned char *)out + sizeof size, (const unsigned char *)full + sizeof size,
           copied - sizeof size);
    if (size > full_size) memset((unsigned char *)out + full_size, 0, size - full_size);
    return true;
}

void hrmi_init_struct(void *out, size_t out_size, const void *defaults, size_t full_size) {
    const uint32_t size = (uint32_t)out_size;
    if (out == NULL) return;
    memset(out, 0, out_size);
    if (defaults != NULL) memcpy(out, defaults, out_size < full_size ? out_size : full_size);
    if (out_size >= sizeof size) memcpy(out, &size, sizeof size);
}
