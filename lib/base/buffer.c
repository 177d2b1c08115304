/* Doubling; the zero behind the last byte makes `data` a C string at any time. */
#include "base/buffer.h"

void hrmi_buffer_init(hrmi_buffer *buffer, const hrm_context *ctx) {
    memset(buffer, 0, sizeof *buffer);
    buffer->allocator = *hrmi_allocator(ctx);
}

void hrmi_buffer_free(hrmi_buffer *buffer) {
    if (buffer->data != NULL) hrmi_release(&buffer->allocator, buffer->data);
    buffer->data = NULL;
    buffer->length = buffer->capacity = 0;
}

char *hrmi_buffer_room(hrm_context *ctx, hrmi_buffer *buffer, size_t length) {
    if (length > SIZE_MAX / 2 - buffer->length) {
        (void)hrmi_fail_memory(ctx);
        return NULL;
    }
    if (hrmi_array_grow_by(ctx, &buffer->allocator, &buffer->data, &buffer->capacity,
                           buffer->length + length + 1, 1) != HRM_OK)
        return NULL;
    return buffer->data + buffer->length;
}

hrm_status hrmi_buffer_add(hrm_context *ctx, hrmi_buffer *buffer, const void *bytes, size_t length) {
    char *const room = hrmi_buffer_room(ctx, buffer, length);
    if (room == NULL) return HRM_ERROR_MEMORY;
    if (length > 0) memcpy(room, bytes, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
    return HRM_OK;
}

hrm_status hrmi_buffer_text(hrm_context *ctx, hrmi_buffer *buffer, const char *text) {
    return hrmi_buffer_add(ctx, buffer, text, strlen(text));
}
