/*
 * A growing run of bytes: for texts that are put together (JSON, CSV, WKB, messages).
 */
#ifndef HRMI_BUFFER_H
#define HRMI_BUFFER_H

#include "base/base.h"

typedef struct hrmi_buffer {
    hrm_allocator allocator;
    char *data; /* a zero stands behind the last byte whenever data is not NULL */
    size_t length;
    size_t capacity;
} hrmi_buffer;

void hrmi_buffer_init(hrmi_buffer *buffer, const hrm_context *ctx);
void hrmi_buffer_free(hrmi_buffer *buffer);

hrm_status hrmi_buffer_add(hrm_context *ctx, hrmi_buffer *buffer, const void *bytes, size_t length);
hrm_status hrmi_buffer_text(hrm_context *ctx, hrmi_buffer *buffer, const char *text);

/* Room for length more bytes, which the caller writes at data + length and then counts; NULL with the error
 * set. */
char *hrmi_buffer_room(hrm_context *ctx, hrmi_buffer *buffer, size_t length);

#endif
