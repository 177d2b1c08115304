/*
 * What nearness is measured to, as the rest of the library sees it: polygons that do not overlap, and lines
 * and points beside them, all under one tree of edges.
 */
#ifndef HRMI_REFERENCE_H
#define HRMI_REFERENCE_H

#include "geo/tree.h"
#include "hromada/proximity.h"

struct hrm_reference {
    hrm_allocator allocator;
    hrmi_tree edges; /* one unit */
    hrm_reference_counts_info counts;
    char *source;
};

#endif
