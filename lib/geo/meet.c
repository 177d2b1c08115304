/* Walks over one tree or two, passing over boxes that lie apart; the stacks have room for the deepest walk.
 */
#include "geo/meet.h"
#include "geo/exact.h"

enum { STACK = HRMI_TREE_DEPTH * HRMI_TREE_FANOUT };

hrmi_place_in hrmi_tree_locate(const hrmi_tree *tree, size_t unit, double lon, double lat) {
    size_t stack[STACK];
    size_t depth = 0;
    bool inside = false;
    if (tree->root[unit] == HRM_NONE) return HRMI_OUTSIDE;
    stack[depth++] = tree->root[unit];
    while (depth > 0) {
        const hrmi_node *const node = &tree->nodes[stack[--depth]];
        if (node->south > lat || node->north < lat || node->east < lon) continue;
        for (size_t i = node->first; i < node->first + node->count; i++) {
            if (!node->leaf) {
                stack[depth++] = i;
                continue;
            }
            const hrmi_edge *const e = &tree->edges[i];
            if (!e->of_polygon) continue;
            const hrmi_crossing c = hrmi_cross(lon, lat, e->lon[0], e->lat[0], e->lon[1], e->lat[1]);
            if (c == HRMI_ON_EDGE) return HRMI_ON_BORDER;
            inside = inside != (c == HRMI_CROSSES);
        }
    }
    return inside ? HRMI_INSIDE : HRMI_OUTSIDE;
}

static bool boxes_apart(const hrmi_node *a, const hrmi_node *b) {
    return a->east < b->west || b->east < a->west || a->north < b->south || b->north < a->south;
}

static bool leaves_touch(const hrmi_tree *a, const hrmi_node *in_a, const hrmi_tree *b,
                         const hrmi_node *in_b) {
    for (size_t i = in_a->first; i < in_a->first + in_a->count; i++) {
        const hrmi_edge *const e = &a->edges[i];
        for (size_t k = in_b->first; k < in_b->first + in_b->count; k++) {
            const hrmi_edge *const f = &b->edges[k];
            if (hrmi_edges_meet(e->lon[0], e->lat[0], e->lon[1], e->lat[1], f->lon[0], f->lat[0], f->lon[1],
                                f->lat[1]))
                return true;
        }
    }
    return false;
}

bool hrmi_trees_touch(const hrmi_tree *a, size_t unit_a, const hrmi_tree *b, size_t unit_b) {
    size_t stack[2 * STACK][2];
    size_t depth = 0;
    if (a->root[unit_a] == HRM_NONE || b->root[unit_b] == HRM_NONE) return false;
    stack[depth][0] = a->root[unit_a];
    stack[depth++][1] = b->root[unit_b];
    while (depth > 0) {
        depth--;
        const size_t at_a = stack[depth][0];
        const size_t at_b = stack[depth][1];
        const hrmi_node *const in_a = &a->nodes[at_a];
        const hrmi_node *const in_b = &b->nodes[at_b];
        if (boxes_apart(in_a, in_b)) continue;
        if (in_a->leaf && in_b->leaf) {
            if (leaves_touch(a, in_a, b, in_b)) return true;
        } else if (hrmi_node_larger(in_b, in_a)) {
            for (size_t i = 0; i < in_b->count; i++) {
                stack[depth][0] = at_a;
                stack[depth++][1] = in_b->first + i;
            }
        } else {
            for (size_t i = 0; i < in_a->count; i++) {
                stack[depth][0] = in_a->first + i;
                stack[depth++][1] = at_b;
            }
        }
    }
    return false;
}

bool hrmi_tree_holds_end_of(const hrmi_tree *a, size_t unit_a, const hrmi_tree *b, size_t unit_b) {
    size_t stack[STACK];
    size_t depth = 0;
    if (a->root[unit_a] == HRM_NONE || b->root[unit_b] == HRM_NONE) return false;
    const hrmi_node *const all = &a->nodes[a->root[unit_a]];
    stack[depth++] = b->root[unit_b];
    while (depth > 0) {
        const hrmi_node *const node = &b->nodes[stack[--depth]];
        if (boxes_apart(all, node)) continue;
        for (size_t i = node->first; i < node->first + node->count; i++) {
            if (!node->leaf) stack[depth++] = i;
            else if (hrmi_tree_locate(a, unit_a, b->edges[i].lon[0], b->edges[i].lat[0]) != HRMI_OUTSIDE)
                return true;
        }
    }
    return false;
}
