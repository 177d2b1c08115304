/*
 * Edges of shapes, prepared for measuring, under a tree of boxes: one tree for each unit. An edge is straight
 * in longitude and latitude; a point is an edge of no length. Read-only once made.
 *
 * A tree's boxes are packed: every node but the last of a level has HRMI_TREE_FANOUT children. Nodes keep the
 * ranges of longitude and latitude and, since these are what distances need, of the distance from the earth's
 * axis and of the height above the plane of the equator.
 */
#ifndef HRMI_TREE_H
#define HRMI_TREE_H

#include "geo/exact.h"
#include "geo/shapes.h"

enum { HRMI_TREE_FANOUT = 4, HRMI_TREE_DEPTH = 34 /* levels that a tree can have at most */ };

typedef struct hrmi_edge {
    double lon[2], lat[2]; /* its ends, degrees; of polygons as their rings run: the inside to the left */
    double end[2][3];      /* its ends in space, m */
    double middle[3];      /* of the chord between its ends */
    double reach_m;        /* no point of the edge or the chord is further than this from the middle */
    double bow_m;          /* no point of the edge is further than this from the chord */
    bool of_polygon;
} hrmi_edge;

typedef struct hrmi_node {
    double west, east, south, north; /* degrees */
    double axis_min, axis_max;       /* metres from the earth's axis */
    double z_min, z_max;             /* metres above the plane of the equator */
    size_t first;                    /* child: a node, or an edge where this is a leaf */
    uint32_t count;                  /* of children */
    bool leaf;
} hrmi_node;

typedef struct hrmi_tree {
    hrm_allocator allocator;
    size_t unit_count;
    hrmi_edge *edges;
    size_t edge_count;
    hrmi_node *nodes;
    size_t node_count;
    size_t *edge_start; /* unit_count + 1 */
    size_t *root;       /* a node per unit; HRM_NONE for a unit without edges */
} hrmi_tree;

/* One tree per unit of the shapes; the edges in the order of the rings. Free with hrmi_tree_free(), also
 * after failure. */
hrm_status hrmi_tree_of_shapes(hrm_context *ctx, const hrmi_shapes *shapes, hrmi_tree *out);

/* One tree over everything: all polygons of the shapes, and all points and lines of the geometry (its
 * polygons are passed over); the edges in the order of a curve that fills the plane. */
hrm_status hrmi_tree_of_all(hrm_context *ctx, const hrmi_shapes *shapes, const hrmi_geometry *others,
                            hrmi_tree *out);

void hrmi_tree_free(hrmi_tree *tree); /* of a tree that is all zero: nothing */

/* An edge between two places; the tree's own are made so. */
void hrmi_edge_make(hrmi_edge *edge, double lon0, double lat0, double lon1, double lat1, bool of_polygon);

/* The halves of an edge. */
void hrmi_edge_split(const hrmi_edge *edge, hrmi_edge half[2]);

/* A node around one edge, of no tree. */
void hrmi_node_around(hrmi_node *node, const hrmi_edge *edge);

/* In a walk over two trees: which of two nodes to open, so that their boxes keep of a size. */
static inline bool hrmi_node_larger(const hrmi_node *a, const hrmi_node *b) {
    if (a->leaf || b->leaf) return !a->leaf;
    return a->east - a->west + a->north - a->south > b->east - b->west + b->north - b->south;
}

#endif
