/* Opening, reading and freeing a recipe. */
#include <errno.h>
#include <stdio.h>

#include "base/buffer.h"
#include "recipe/check.h"
#include "recipe/paths.h"
#include "recipe/recipe.h"

static hrm_status read_file(hrm_context *ctx, const char *path, hrmi_buffer *text) {
    enum { PIECE = 65536 };
    hrm_status status = HRM_OK;
    size_t got = PIECE;
    FILE *const file = fopen(path, "rb");
    if (file == NULL)
        return hrmi_fail(ctx, HRM_ERROR_FILE, "%s: the recipe cannot be opened: %s", path, strerror(errno));
    while (status == HRM_OK && got == PIECE && text->length <= HRMI_YAML_MOST_BYTES) {
        char *const room = hrmi_buffer_room(ctx, text, PIECE);
        if (room == NULL) {
            status = HRM_ERROR_MEMORY;
        } else {
            got = fread(room, 1, PIECE, file);
            text->length += got;
        }
    }
    if (status == HRM_OK && ferror(file) != 0)
        status = hrmi_fail(ctx, HRM_ERROR_FILE, "%s: the recipe cannot be read: %s", path, strerror(errno));
    (void)fclose(file);
    return status;
}

/* Everything but the public checks: `name` for messages, `folder` where the recipe is at home. */
static hrm_status make(hrm_context *ctx, const char *name, const char *folder, const char *text,
                       size_t length, hrm_recipe **out) {
    hrmi_yaml *root = NULL;
    hrm_recipe *recipe = NULL;
    hrm_status status = HRM_OK;
    *out = NULL;
    recipe = hrmi_array_new(ctx, 1, sizeof *recipe);
    if (recipe == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    recipe->allocator = *hrmi_allocator(ctx);
    hrmi_arena_init(&recipe->arena, ctx);
    recipe->bytes = length;
    recipe->name = hrmi_arena_text(ctx, &recipe->arena, name, strlen(name));
    recipe->home = hrmi_arena_text(ctx, &recipe->arena, folder, strlen(folder));
    recipe->folder = hrmi_text_copy(ctx, folder, strlen(folder));
    if (recipe->name == NULL || recipe->home == NULL || recipe->folder == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    hrmi_sha256_text(text, length, recipe->sha256);
    status = hrmi_yaml_read(ctx, &recipe->arena, recipe->name, text, length, &root);
    if (status == HRM_OK) status = hrmi_recipe_check(ctx, recipe->name, root);
    if (status == HRM_OK) status = hrmi_recipe_read(ctx, recipe, root);
    if (status != HRM_OK) goto done;
    *out = recipe;
    recipe = NULL;
done:
    hrm_recipe_free(recipe);
    return status;
}

hrm_status hrm_recipe_open(hrm_context *ctx, const char *path, hrm_recipe **out) {
    hrmi_buffer text;
    hrmi_arena arena;
    const char *folder = NULL;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_recipe_open: out is NULL");
    *out = NULL;
    if (path == NULL || path[0] == '\0')
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_recipe_open: the path is missing");
    hrmi_buffer_init(&text, ctx);
    hrmi_arena_init(&arena, ctx);
    hrm_status status = read_file(ctx, path, &text);
    if (status == HRM_OK) status = hrmi_path_folder(ctx, &arena, path, &folder);
    if (status == HRM_OK) status = make(ctx, path, folder, text.data, text.length, out);
    hrmi_arena_free(&arena);
    hrmi_buffer_free(&text);
    return status;
}

hrm_status hrm_recipe_parse(hrm_context *ctx, const char *text, size_t length, const char *folder,
                            hrm_recipe **out) {
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_recipe_parse: out is NULL");
    *out = NULL;
    if (text == NULL && length > 0)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_recipe_parse: text is NULL");
    return make(ctx, "the recipe", folder != NULL ? folder : "", text != NULL ? text : "", length, out);
}

hrm_status hrm_recipe_set_folder(hrm_context *ctx, hrm_recipe *recipe, const char *folder) {
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (recipe == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_recipe_set_folder: the recipe is NULL");
    const char *const from = folder != NULL ? folder : recipe->home;
    const hrm_allocator *const a = &recipe->allocator;
    char *const copy = a->alloc(strlen(from) + 1, a->user);
    if (copy == NULL) return hrmi_fail_memory(ctx);
    memcpy(copy, from, strlen(from) + 1);
    hrmi_release(a, recipe->folder);
    recipe->folder = copy;
    return HRM_OK;
}

hrm_status hrm_recipe_set_allow_server(hrm_context *ctx, hrm_recipe *recipe, int32_t allow) {
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (recipe == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_recipe_set_allow_server: the recipe is NULL");
    recipe->allow_server = allow != 0;
    return HRM_OK;
}

void hrm_recipe_free(hrm_recipe *recipe) {
    if (recipe == NULL) return;
    const hrm_allocator allocator = recipe->allocator;
    hrmi_release(&allocator, recipe->folder);
    hrmi_arena_free(&recipe->arena);
    hrmi_release(&allocator, recipe);
}

const char *hrm_recipe_title(const hrm_recipe *recipe, int32_t language) {
    const char *const title = language == HRM_UK || language == HRM_EN ? recipe->title[language] : NULL;
    return title != NULL ? title : "";
}
