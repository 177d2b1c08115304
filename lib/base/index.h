/*
 * From a text to a number: a hash table over texts that belong to someone else and must stay.
 */
#ifndef HRMI_INDEX_H
#define HRMI_INDEX_H

#include "base/base.h"

typedef struct hrmi_index {
    hrm_allocator allocator;
    struct hrmi_index_slot *slots;
    size_t slot_count; /* a power of two, or 0 */
    size_t count;
} hrmi_index;

void hrmi_index_init(hrmi_index *index, const hrm_context *ctx);
void hrmi_index_free(hrmi_index *index); /* of an index that is all zero: nothing */

/* Adds a text that is not there yet. */
hrm_status hrmi_index_add(hrm_context *ctx, hrmi_index *index, const char *text, size_t length, size_t value);

/* The number of a text, or HRM_NONE. */
size_t hrmi_index_find(const hrmi_index *index, const char *text, size_t length);

/* Takes a text out; one that is not there is nothing. Never allocates. */
void hrmi_index_remove(hrmi_index *index, const char *text, size_t length);

/* 64 bits of a text, the same on every machine: FNV-1a, mixed. */
uint64_t hrmi_hash(const char *text, size_t length);

#endif
