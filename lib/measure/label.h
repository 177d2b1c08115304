/*
 * Columns that are named after what stands in the data: a class of points, a sector of projects.
 */
#ifndef HRMI_LABEL_H
#define HRMI_LABEL_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/index.h"

/*
 * Different texts, numbered in the order they first came: classes, sectors, periods, codes.
 */
typedef struct hrmi_labels {
    hrm_allocator allocator;
    hrmi_arena texts;
    hrmi_index index;
    const char **list;
    size_t count, capacity;
} hrmi_labels;

void hrmi_labels_init(hrmi_labels *labels, const hrm_context *ctx);
void hrmi_labels_free(hrmi_labels *labels); /* of labels that are all zero: nothing */

/* The number of a text, which is copied where it is new. */
hrm_status hrmi_labels_number(hrm_context *ctx, hrmi_labels *labels, const char *text, size_t length,
                              size_t *number);

/* Takes back the labels from number `count` on. Never fails. */
void hrmi_labels_truncate(hrmi_labels *labels, size_t count);

/* The numbers of all labels in the order of their bytes; the caller frees it. NULL with the error set. */
size_t *hrmi_labels_order(hrm_context *ctx, const hrmi_labels *labels);

/* Gives ids to what is named in the data, no id twice. */
typedef struct hrmi_namer {
    hrmi_arena ids;
    hrmi_index taken;
} hrmi_namer;

void hrmi_namer_init(hrmi_namer *namer, const hrm_context *ctx);
void hrmi_namer_free(hrmi_namer *namer);

/*
 * prefix + infix + text, where in the text letters (of any script) and digits stay and all else becomes `_`;
 * cut at 96 bytes. Where that is taken, `_2`, `_3` … is put behind it, and
 * the suffix last. *id lives with the namer.
 */
hrm_status hrmi_namer_id(hrm_context *ctx, hrmi_namer *namer, const char *prefix, const char *infix,
                         const char *text, const char *suffix, const char **id);

/* Appends text that may hold anything as UTF-8: what is malformed becomes U+FFFD. */
hrm_status hrmi_label_title(hrm_context *ctx, hrmi_buffer *buffer, const char *text);

#endif
