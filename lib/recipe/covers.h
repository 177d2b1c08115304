/*
 * Where a source looked: one byte per community, 1 where "nothing there" means 0.
 */
#ifndef HRMI_COVERS_H
#define HRMI_COVERS_H

#include "recipe/recipe.h"

/*
 * The mask of a recipe's `covers`: NULL for everywhere. `listed` is, for "covers: listed", the column of
 * counts in a table placed without a mask: communities with a count above 0 are covered. Free with
 * hrmi_free().
 */
hrm_status hrmi_covers_mask(hrm_context *ctx, const hrm_recipe *recipe, const hrm_layer *layer,
                            const hrmi_recipe_covers *covers, const double *listed, uint8_t **out);

/* How much of a column of counts lies where the mask is 0: what a source has outside of where it says it
 * looked. */
uint64_t hrmi_covers_beyond(const hrm_layer *layer, const uint8_t *mask, const double *counts);

#endif
