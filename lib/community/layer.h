/*
 * The layer as the rest of the library sees it, beside the public questions.
 */
#ifndef HRMI_LAYER_H
#define HRMI_LAYER_H

#include "base/buffer.h"
#include "geo/shapes.h"
#include "hromada/layer.h"

const hrmi_shapes *hrmi_layer_shapes(const hrm_layer *layer);

/* The same for two layers exactly when they have the same keys in the same order (64 bits of a hash). */
uint64_t hrmi_layer_fingerprint(const hrm_layer *layer);

/* The row of a code as written, or HRM_NONE: then *why is NULL for a readable code that no community has, or
 * says in words (static) what is wrong with the text. */
size_t hrmi_layer_find_code(const hrm_layer *layer, const char *text, size_t length, const char **why);

/* Appends the boundary of a unit, as hrm_layer_wkb() writes it; nothing where there is none. The union is
 * done once, where hrm_layer_wkb() does it again when the caller's room was too small. */
hrm_status hrmi_layer_boundary(hrm_context *ctx, const hrm_layer *layer, int32_t level, size_t unit,
                               hrmi_buffer *out);

#endif
