/*
 * The layer as the rest of the library sees it, beside the public questions.
 */
#ifndef HRMI_LAYER_H
#define HRMI_LAYER_H

#include "geo/shapes.h"
#include "hromada/layer.h"

const hrmi_shapes *hrmi_layer_shapes(const hrm_layer *layer);

/* The same for two layers exactly when they have the same keys in the same order (64 bits of a hash). */
uint64_t hrmi_layer_fingerprint(const hrm_layer *layer);

/* The row of a code as written, or HRM_NONE: then *why is NULL for a readable code that no community has, or
 * says in words (static) what is wrong with the text. */
size_t hrmi_layer_find_code(const hrm_layer *layer, const char *text, size_t length, const char **why);

#endif
