/*
 * Codes for a boundary layer that has only names.
 */
#ifndef HRMI_LAYER_NAMES_H
#define HRMI_LAYER_NAMES_H

#include "base/arena.h"
#include "hromada/gazetteer.h"

/* What a feature says, and what came of it. */
typedef struct hrmi_named {
    const char *name, *raion, *oblast; /* NULL for what it does not say */
    int64_t id;                        /* of the feature */
    int64_t row;      /* its number in the layer, from 1, for aliases that hold for one row alone */
    const char *code; /* found; NULL where none was */
    const char *why;  /* then */
    bool is_known;    /* the codifier has a community of this name, or several */
} hrmi_named;

/*
 * Finds the communities of the codifier that features are called after. Features that claim the same one are
 * all left without a code: one of the names must be wrong, and which one is not told by a name. They are not
 * united, as parts of one community with a code are: of two communities of one name of which one was renamed
 * since, the codifier would give both features to the other.
 *
 * Codes and reasons are the arena's. HRM_ERROR_CODE where fewer than half of the features have a known name,
 * or more than half of three and more are called as oblasts are: these are no communities.
 */
hrm_status hrmi_layer_names_find(hrm_context *ctx, hrmi_arena *arena, const hrm_codifier *codifier,
                                 const hrm_crosswalk *aliases, const char *source, hrmi_named *features,
                                 size_t count);

#endif
