/* Heapsort: the heap's root is the largest; it goes to the end, and what came up from there sinks to its
 * place. */
#include "base/sort.h"

static void swap(unsigned char *a, unsigned char *b, size_t size) {
    for (size_t i = 0; i < size; i++) {
        const unsigned char byte = a[i];
        a[i] = b[i];
        b[i] = byte;
    }
}

static void sink(unsigned char *elements, size_t place, size_t count, size_t size, hrmi_compare compare,
                 const void *user) {
    for (size_t child = 2 * place + 1; child < count; child = 2 * place + 1) {
        if (child + 1 < count && compare(elements + child * size, elements + (child + 1) * size, user) < 0)
            child++;
        if (compare(elements + place * size, elements + child * size, user) >= 0) return;
        swap(elements + place * size, elements + child * size, size);
        place = child;
    }
}

void hrmi_sort(void *elements, size_t count, size_t size, hrmi_compare compare, const void *user) {
    unsigned char *const bytes = elements;
    for (size_t place = count / 2; place > 0; place--) sink(bytes, place - 1, count, size, compare, user);
    for (size_t end = count; end > 1; end--) {
        swap(bytes, bytes + (end - 1) * size, size);
        sink(bytes, 0, end - 1, size, compare, user);
    }
}
