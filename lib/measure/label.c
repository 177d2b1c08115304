/* Labels and the ids made of them: see label.h. */
#include "measure/label.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "table/id.h"

enum { LONGEST_PART = 96 };

void hrmi_labels_init(hrmi_labels *labels, const hrm_context *ctx) {
    memset(labels, 0, sizeof *labels);
    labels->allocator = *hrmi_allocator(ctx);
    hrmi_arena_init(&labels->texts, ctx);
    hrmi_index_init(&labels->index, ctx);
}

void hrmi_labels_free(hrmi_labels *labels) {
    hrmi_release(&labels->allocator, labels->list);
    hrmi_index_free(&labels->index);
    hrmi_arena_free(&labels->texts);
    labels->list = NULL;
    labels->count = labels->capacity = 0;
}

hrm_status hrmi_labels_number(hrm_context *ctx, hrmi_labels *labels, const char *text, size_t length,
                              size_t *number) {
    *number = hrmi_index_find(&labels->index, text, length);
    if (*number != HRM_NONE) return HRM_OK;
    hrm_status status = hrmi_array_grow_by(ctx, &labels->allocator, &labels->list, &labels->capacity,
                                           labels->count + 1, sizeof *labels->list);
    if (status != HRM_OK) return status;
    const char *const copy = hrmi_arena_text(ctx, &labels->texts, text, length);
    if (copy == NULL) return HRM_ERROR_MEMORY;
    status = hrmi_index_add(ctx, &labels->index, copy, length, labels->count);
    if (status != HRM_OK) return status;
    *number = labels->count;
    labels->list[labels->count++] = copy;
    return HRM_OK;
}

void hrmi_labels_truncate(hrmi_labels *labels, size_t count) {
    while (labels->count > count) {
        const char *const text = labels->list[--labels->count];
        hrmi_index_remove(&labels->index, text, strlen(text));
    }
}

static int by_bytes(const void *a, const void *b, const void *user) {
    const char *const *const list = user;
    size_t i;
    size_t k;
    memcpy(&i, a, sizeof i);
    memcpy(&k, b, sizeof k);
    return strcmp(list[i], list[k]);
}

size_t *hrmi_labels_order(hrm_context *ctx, const hrmi_labels *labels) {
    size_t *const order = hrmi_array_new(ctx, labels->count, sizeof *order);
    if (order == NULL) return NULL;
    for (size_t i = 0; i < labels->count; i++) order[i] = i;
    hrmi_sort(order, labels->count, sizeof *order, by_bytes, labels->list);
    return order;
}

/* Appends the text with `_` for all that may not stand in an id. */
static hrm_status add_part(hrm_context *ctx, hrmi_buffer *buffer, const char *text) {
    const size_t begin = buffer->length;
    const char *at = text;
    const char *const end = text + strlen(text);
    hrm_status status = HRM_OK;
    while (at < end && status == HRM_OK) {
        const char *const from = at;
        const uint32_t c = hrmi_utf8_next(&at, end);
        const bool stays = (c >= '0' && c <= '9') || (c != HRMI_UTF8_REPLACEMENT && hrmi_id_begins(c));
        const size_t size = stays ? (size_t)(at - from) : 1;
        if (buffer->length - begin + size > LONGEST_PART) break;
        status = hrmi_buffer_add(ctx, buffer, stays ? from : "_", size);
    }
    return status;
}

/* Appends `_` and a number. */
static hrm_status add_number(hrm_context *ctx, hrmi_buffer *buffer, size_t number) {
    char digits[24];
    size_t i = sizeof digits;
    do {
        digits[--i] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    digits[--i] = '_';
    return hrmi_buffer_add(ctx, buffer, digits + i, sizeof digits - i);
}

void hrmi_namer_init(hrmi_namer *namer, const hrm_context *ctx) {
    hrmi_arena_init(&namer->ids, ctx);
    hrmi_index_init(&namer->taken, ctx);
}

void hrmi_namer_free(hrmi_namer *namer) {
    hrmi_index_free(&namer->taken);
    hrmi_arena_free(&namer->ids);
}

hrm_status hrmi_namer_id(hrm_context *ctx, hrmi_namer *namer, const char *prefix, const char *infix,
                         const char *text, const char *suffix, const char **id) {
    hrmi_buffer buffer;
    hrmi_buffer_init(&buffer, ctx);
    hrm_status status = hrmi_buffer_text(ctx, &buffer, prefix);
    if (status == HRM_OK) status = hrmi_buffer_text(ctx, &buffer, infix);
    if (status == HRM_OK) status = add_part(ctx, &buffer, text);
    const size_t base = buffer.length;
    for (size_t number = 2; status == HRM_OK; number++) {
        status = hrmi_buffer_text(ctx, &buffer, suffix);
        if (status != HRM_OK || hrmi_index_find(&namer->taken, buffer.data, buffer.length) == HRM_NONE) break;
        buffer.length = base;
        status = add_number(ctx, &buffer, number);
    }
    if (status != HRM_OK) goto done;
    *id = hrmi_arena_text(ctx, &namer->ids, buffer.data, buffer.length);
    status = *id == NULL ? HRM_ERROR_MEMORY : hrmi_index_add(ctx, &namer->taken, *id, buffer.length, 0);
done:
    hrmi_buffer_free(&buffer);
    return status;
}

hrm_status hrmi_label_title(hrm_context *ctx, hrmi_buffer *buffer, const char *text) {
    const char *at = text;
    const char *const end = text + strlen(text);
    hrm_status status = HRM_OK;
    while (at < end && status == HRM_OK) {
        const size_t good = hrmi_utf8_first_invalid(at, (size_t)(end - at));
        status = hrmi_buffer_add(ctx, buffer, at, good);
        at += good;
        if (at == end || status != HRM_OK) break;
        (void)hrmi_utf8_next(&at, end);
        status = hrmi_buffer_text(ctx, buffer, "\xEF\xBF\xBD");
    }
    return status;
}
