/*
 * Sorting in place, without allocating: qsort() of the C library may, and orders equal elements differently
 * from machine to machine.
 */
#ifndef HRMI_SORT_H
#define HRMI_SORT_H

#include <stddef.h>

/* Less than, equal to or greater than 0, as strcmp(). Elements that compare equal end up in no certain order:
 * compare down to what makes them differ. */
typedef int (*hrmi_compare)(const void *a, const void *b, const void *user);

/* Heapsort (Williams 1964; Floyd's building of the heap): O(n log n) whatever the data. */
void hrmi_sort(void *elements, size_t count, size_t size, hrmi_compare compare, const void *user);

#endif
