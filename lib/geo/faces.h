/*
 * What the outlines of units cut the plane into, as far as it is not simply one unit: pieces that several
 * units cover, and gaps that none covers and that lie between them. Layers that were simplified polygon by
 * polygon have thousands of both.
 */
#ifndef HRMI_FACES_H
#define HRMI_FACES_H

#include "geo/tree.h"

typedef struct hrmi_faces {
    hrm_allocator allocator;
    hrmi_shapes overlaps; /* disjoint pieces, each covered by the same two or more units all over */
    size_t *member_start; /* per piece: its units are members[member_start[i]] … members[member_start[i + 1] −
                             1] */
    size_t *members;
    hrmi_shapes gaps; /* what is covered by none and from where nothing leads outside */
} hrmi_faces;

/* `tree` is that of the shapes. Free with hrmi_faces_free(), also after failure. HRM_ERROR_GEOMETRY where
 * GEOS fails. Cost: noding all edges; 0.3 s for the national layer. */
hrm_status hrmi_faces_find(hrm_context *ctx, const hrmi_shapes *shapes, const hrmi_tree *tree,
                           hrmi_faces *out);
void hrmi_faces_free(hrmi_faces *faces); /* of faces that are all zero: nothing */

#endif
