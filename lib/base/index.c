/* Open addressing with linear steps, at most half full; the hash is kept to spare most comparisons of texts.
 */
#include "base/index.h"

typedef struct hrmi_index_slot {
    const char *text; /* NULL: free */
    size_t length;
    uint64_t hash;
    size_t value;
} slot;

uint64_t hrmi_hash(const char *text, size_t length) {
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < length; i++) h = (h ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
    h ^= h >> 32; /* FNV's low bits are its weakest: fold the high ones in */
    return h * UINT64_C(0x9e3779b97f4a7c15);
}

void hrmi_index_init(hrmi_index *index, const hrm_context *ctx) {
    memset(index, 0, sizeof *index);
    index->allocator = *hrmi_allocator(ctx);
}

void hrmi_index_free(hrmi_index *index) {
    if (index->slots != NULL) hrmi_release(&index->allocator, index->slots);
    index->slots = NULL;
    index->slot_count = index->count = 0;
}

static size_t first_place(uint64_t hash, size_t slot_count) {
    return (size_t)(hash >> 20) & (slot_count - 1);
}

static size_t place_of(const slot *slots, size_t slot_count, const char *text, size_t length, uint64_t hash) {
    size_t i = first_place(hash, slot_count);
    while (slots[i].text != NULL &&
           !(slots[i].hash == hash && slots[i].length == length && memcmp(slots[i].text, text, length) == 0))
        i = (i + 1) & (slot_count - 1);
    return i;
}

static hrm_status grow(hrm_context *ctx, hrmi_index *index) {
    const size_t slot_count = index->slot_count == 0 ? 64 : index->slot_count * 2;
    slot *const slots = hrmi_array_new_by(ctx, &index->allocator, slot_count, sizeof *slots);
    if (slots == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < index->slot_count; i++) {
        const slot *const s = &index->slots[i];
        if (s->text != NULL) slots[place_of(slots, slot_count, s->text, s->length, s->hash)] = *s;
    }
    if (index->slots != NULL) hrmi_release(&index->allocator, index->slots);
    index->slots = slots;
    index->slot_count = slot_count;
    return HRM_OK;
}

hrm_status hrmi_index_add(hrm_context *ctx, hrmi_index *index, const char *text, size_t length,
                          size_t value) {
    const uint64_t hash = hrmi_hash(text, length);
    if (index->count * 2 >= index->slot_count) {
        const hrm_status status = grow(ctx, index);
        if (status != HRM_OK) return status;
    }
    slot *const s = &index->slots[place_of(index->slots, index->slot_count, text, length, hash)];
    if (s->text == NULL) index->count++;
    *s = (slot){text, length, hash, value};
    return HRM_OK;
}

size_t hrmi_index_find(const hrmi_index *index, const char *text, size_t length) {
    if (index->slot_count == 0) return HRM_NONE;
    const slot *const s =
        &index->slots[place_of(index->slots, index->slot_count, text, length, hrmi_hash(text, length))];
    return s->text == NULL ? HRM_NONE : s->value;
}

/* Knuth's algorithm 6.4R: what stands behind the gap moves up, unless it would land before its own place. */
void hrmi_index_remove(hrmi_index *index, const char *text, size_t length) {
    if (index->slot_count == 0) return;
    const size_t mask = index->slot_count - 1;
    size_t gap = place_of(index->slots, index->slot_count, text, length, hrmi_hash(text, length));
    if (index->slots[gap].text == NULL) return;
    for (size_t i = (gap + 1) & mask; index->slots[i].text != NULL; i = (i + 1) & mask) {
        const size_t home = first_place(index->slots[i].hash, index->slot_count);
        if (((i - home) & mask) < ((i - gap) & mask)) continue;
        index->slots[gap] = index->slots[i];
        gap = i;
    }
    index->slots[gap].text = NULL;
    index->count--;
}
