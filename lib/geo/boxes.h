/*
 * Which of many boxes meet one box: the boxes from west to east, each with the furthest east that any up to
 * it reaches. What begins too far east is skipped by bisection; the walk then goes west until nothing before
 * can reach the question. For boxes of communities, cells or raions, whose widths are alike, that looks at
 * little more than one belt of longitudes. Read-only once made.
 */
#ifndef HRMI_BOXES_H
#define HRMI_BOXES_H

#include "base/base.h"

typedef struct hrmi_boxes {
    hrm_allocator allocator;
    const double *box; /* 4 per unit: west, south, east, north; borrowed */
    size_t *order;     /* units that have a box, from west to east */
    double *reach;     /* the furthest east of order[0] … order[i] */
    size_t count;
} hrmi_boxes;

/* Units whose box is NaN have none. The boxes must outlive the index. Free with hrmi_boxes_free(), also after
 * failure. */
hrm_status hrmi_boxes_build(hrm_context *ctx, const double *box, size_t unit_count, hrmi_boxes *out);
void hrmi_boxes_free(hrmi_boxes *boxes); /* of an index that is all zero: nothing */

/* A walk over the units whose boxes have a point in common with `query` (4, as above). */
typedef struct hrmi_box_walk {
    const hrmi_boxes *boxes;
    const double *query;
    size_t left;
} hrmi_box_walk;
hrmi_box_walk hrmi_boxes_walk(const hrmi_boxes *boxes, const double *query);
size_t hrmi_boxes_next(hrmi_box_walk *walk); /* HRM_NONE at the end */

#endif
