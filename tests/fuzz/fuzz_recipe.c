/*
 * Any bytes as a recipe: they are refused with a text and a status that the header names, or read into a
 * recipe that can be asked and freed. No file is opened.
 */
#include <stdlib.h>
#include <string.h>

#include "hromada/hromada.h"

static void check(bool right) {
    if (!right) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    hrm_context *ctx = NULL;
    hrm_recipe *recipe = NULL;
    char *const text = malloc(size > 0 ? size : 1); /* exactly the size: reading beyond is seen */
    check(text != NULL && hrm_context_new(NULL, &ctx) == HRM_OK);
    if (size > 0) memcpy(text, data, size);
    const hrm_status status = hrm_recipe_parse(ctx, text, size, "data", &recipe);
    if (status == HRM_OK) {
        check(hrm_recipe_title(recipe, HRM_UK) != NULL);
        check(hrm_recipe_set_folder(ctx, recipe, NULL) == HRM_OK);
    } else {
        check(status == HRM_ERROR_RECIPE || status == HRM_ERROR_FORMULA || status == HRM_ERROR_LIMIT ||
              status == HRM_ERROR_UNSUPPORTED);
        check(recipe == NULL && hrm_error_message(ctx)[0] != '\0');
    }
    hrm_recipe_free(recipe);
    hrm_context_free(ctx);
    free(text);
    return 0;
}
