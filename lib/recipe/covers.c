/* Where a source looked: see covers.h. */
#include "recipe/covers.h"

/*
 * The digits that the keys of all communities under a code begin with: "05" of UA05, UA05000000000010236;
 * "0502" of UA0502 …; 0 for what is no such code.
 */
static size_t prefix_of(const char *code, const char **digits) {
    size_t count = 0;
    *digits = code + 2;
    if (strncmp(code, "UA", 2) != 0) return 0;
    while ((*digits)[count] >= '0' && (*digits)[count] <= '9') count++;
    if ((*digits)[count] != '\0' || (count != 2 && count != 4 && count < 7)) return 0;
    if (count < 7) return count;
    if (memcmp(*digits + 4, "000", 3) != 0) return 7;
    return memcmp(*digits + 2, "00", 2) != 0 ? 4 : 2;
}

static bool cover(const hrm_layer *layer, const char *code, uint8_t *mask) {
    bool any = false;
    if (!hrm_layer_has_levels(layer)) {
        const size_t row = hrm_layer_find(layer, code);
        if (row != HRM_NONE) mask[row] = 1;
        return row != HRM_NONE;
    }
    const char *digits = NULL;
    const size_t length = prefix_of(code, &digits);
    for (size_t i = 0; length > 0 && i < hrm_layer_count(layer); i++) {
        if (strncmp(hrm_layer_key(layer, i), digits, length) != 0) continue;
        mask[i] = 1;
        any = true;
    }
    return any;
}

hrm_status hrmi_covers_mask(hrm_context *ctx, const hrm_recipe *recipe, const hrm_layer *layer,
                            const hrmi_recipe_covers *covers, const double *listed, uint8_t **out) {
    const size_t count = hrm_layer_count(layer);
    *out = NULL;
    if (covers->kind == HRMI_COVERS_ALL) return HRM_OK;
    uint8_t *const mask = hrmi_array_new(ctx, count, 1);
    if (mask == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; covers->kind == HRMI_COVERS_LISTED && i < count; i++) mask[i] = listed[i] > 0.0;
    for (size_t i = 0; i < covers->code_count; i++) {
        if (cover(layer, covers->codes[i], mask)) continue;
        hrmi_free(ctx, mask);
        return hrmi_recipe_fail_at(ctx,
                                   hrmi_fail(ctx, HRM_ERROR_CODE,
                                             "covers: '%.40s' is no oblast, raion or community of the layer",
                                             covers->codes[i]),
                                   recipe, covers->place);
    }
    *out = mask;
    return HRM_OK;
}

uint64_t hrmi_covers_beyond(const hrm_layer *layer, const uint8_t *mask, const double *counts) {
    uint64_t beyond = 0;
    for (size_t i = 0; mask != NULL && i < hrm_layer_count(layer); i++)
        if (mask[i] == 0 && !isnan(counts[i])) beyond += (uint64_t)counts[i];
    return beyond;
}
