/*
 * Writing an assessment. All files are made in a folder of their own beside their places, and moved there
 * when every one is whole: a failure on the way, or a full disk, leaves the files of an earlier run as they
 * were.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "recipe/account.h"
#include "recipe/assessment.h"
#include "recipe/paths.h"

static const char account_name[] = "account.json";

typedef struct writing {
    hrm_context *ctx;
    const hrm_assessment *assessment;
    const char *folder;
    hrmi_arena arena;
    const char *aside;  /* the folder of the files while they are made; NULL before it is there */
    const char **names; /* the outputs, account.json last */
    const char **made;  /* their paths aside */
    size_t count;
} writing;

static hrm_status fail_write(hrm_context *ctx, const char *path, const char *what, int error) {
    return hrmi_fail(ctx, HRM_ERROR_WRITE, "%s: %s: %s", path, what, strerror(error));
}

/* Makes a folder and those above it, where they are not there. */
static hrm_status make_folder(hrm_context *ctx, const char *folder) {
    struct stat facts;
    char *const path = hrmi_text_copy(ctx, folder, strlen(folder));
    if (path == NULL) return HRM_ERROR_MEMORY;
    int error = 0;
    for (size_t i = 1; error == 0; i++) {
        const char old = path[i];
        if (old != '/' && old != '\0') continue;
        path[i] = '\0';
        if (stat(path, &facts) != 0 && mkdir(path, 0777) != 0) error = errno;
        path[i] = old;
        if (old == '\0') break;
    }
    hrmi_free(ctx, path);
    if (error != 0) return fail_write(ctx, folder, "the folder cannot be made", error);
    if (stat(folder, &facts) == 0 && S_ISDIR(facts.st_mode)) return HRM_OK;
    return hrmi_fail(ctx, HRM_ERROR_WRITE, "%s: not a folder; give another one for the results", folder);
}

/* A recipe may be run in the folder of its tables: none of them is written over. */
static hrm_status check_inputs(writing *w) {
    const hrm_assessment *const a = w->assessment;
    for (size_t i = 0; i <= a->output_count; i++) {
        const char *path = NULL;
        const hrm_status status =
            hrmi_path_resolve(w->ctx, &w->arena, w->folder, hrm_assessment_output(a, i), &path);
        if (status != HRM_OK) return status;
        for (const hrmi_input_file *file = a->files; file != NULL; file = file->next) {
            if (hrm_same_file(file->path, path))
                return hrmi_fail(w->ctx, HRM_ERROR_WRITE,
                                 "%s: this is one of the inputs; write to another folder, or give the "
                                 "output another name",
                                 path);
        }
    }
    return HRM_OK;
}

static hrm_status make_aside(writing *w) {
    const char *pattern = NULL;
    hrm_status status = hrmi_path_resolve(w->ctx, &w->arena, w->folder, ".hromada-XXXXXX", &pattern);
    char *const path = status == HRM_OK ? hrmi_arena_text(w->ctx, &w->arena, pattern, strlen(pattern)) : NULL;
    if (path == NULL) return HRM_ERROR_MEMORY;
    if (mkdtemp(path) == NULL) return fail_write(w->ctx, w->folder, "nothing can be written there", errno);
    w->aside = path;
    return HRM_OK;
}

static hrm_status list_outputs(writing *w) {
    const hrm_assessment *const a = w->assessment;
    hrm_status status = HRM_OK;
    w->count = a->output_count + 1;
    w->names = hrmi_arena_new(w->ctx, &w->arena, w->count, sizeof *w->names);
    w->made = hrmi_arena_new(w->ctx, &w->arena, w->count, sizeof *w->made);
    if (w->names == NULL || w->made == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < w->count && status == HRM_OK; i++) {
        w->names[i] = hrm_assessment_output(a, i);
        status = hrmi_path_resolve(w->ctx, &w->arena, w->aside, w->names[i], &w->made[i]);
    }
    return status;
}

static hrm_status write_geopackage(const writing *w, const hrm_write_options *options, const char *path) {
    const hrm_assessment *const a = w->assessment;
    const struct {
        const char *name;
        const hrm_table *table;
    } levels[] = {{"communities", a->communities}, {"raions", a->raions}, {"oblasts", a->oblasts}};
    hrm_output_layer layers[3];
    size_t count = 0;
    memset(layers, 0, sizeof layers);
    for (size_t i = 0; i < 3; i++) {
        if (levels[i].table == NULL) continue;
        layers[count].struct_size = (uint32_t)sizeof layers[count];
        layers[count].name = levels[i].name;
        layers[count++].table = levels[i].table;
    }
    return hrm_write_geopackage(w->ctx, a->layer, layers, count, a->indicators, a->indicator_count, options,
                                path);
}

static hrm_status write_output(const writing *w, size_t i) {
    const hrm_assessment *const a = w->assessment;
    hrm_write_options options;
    hrm_write_options_init(&options, sizeof options);
    options.reasons = a->outputs[i].reasons ? 1 : 0;
    if (a->outputs[i].is_geopackage) return write_geopackage(w, &options, w->made[i]);
    return hrm_table_write_csv(w->ctx, a->layer, a->communities, &options, w->made[i]);
}

static hrm_status write_text(hrm_context *ctx, const char *path, const hrmi_buffer *text) {
    FILE *const file = fopen(path, "wb");
    if (file == NULL) return fail_write(ctx, path, "cannot be written", errno);
    int error = fwrite(text->data, 1, text->length, file) == text->length && fflush(file) == 0 ? 0 : errno;
    if (fclose(file) != 0 && error == 0) error = errno;
    return error == 0 ? HRM_OK : fail_write(ctx, path, "cannot be written", error);
}

/* The account with what was written, last. */
static hrm_status write_account(const writing *w) {
    const hrm_assessment *const a = w->assessment;
    const size_t last = w->count - 1;
    hrmi_buffer text;
    hrmi_buffer_init(&text, w->ctx);
    hrm_status status = hrmi_buffer_add(w->ctx, &text, a->account.data, a->account_length);
    if (status == HRM_OK) status = hrmi_account_outputs(w->ctx, &text, w->names, w->made, last);
    if (status == HRM_OK) status = write_text(w->ctx, w->made[last], &text);
    hrmi_buffer_free(&text);
    return status;
}

static hrm_status write_all(const writing *w) {
    const double width = 1.0 / (double)w->count;
    hrm_status status = HRM_OK;
    for (size_t i = 0; i + 1 < w->count && status == HRM_OK; i++) {
        const hrmi_range outer = hrmi_progress_part(w->ctx, (double)i * width, (double)(i + 1) * width);
        status = hrmi_progress(w->ctx, 0.0, "writing");
        if (status == HRM_OK) status = write_output(w, i);
        hrmi_progress_restore(w->ctx, outer);
    }
    if (status == HRM_OK) status = write_account(w);
    return status == HRM_OK ? hrmi_progress(w->ctx, 1.0, "writing") : status;
}

static hrm_status move_all(writing *w) {
    for (size_t i = 0; i < w->count; i++) {
        const char *path = NULL;
        const hrm_status status = hrmi_path_resolve(w->ctx, &w->arena, w->folder, w->names[i], &path);
        if (status != HRM_OK) return status;
        if (rename(w->made[i], path) != 0) return fail_write(w->ctx, path, "cannot be replaced", errno);
    }
    return HRM_OK;
}

static void remove_aside(const writing *w) {
    for (size_t i = 0; w->made != NULL && i < w->count; i++)
        if (w->made[i] != NULL) (void)unlink(w->made[i]);
    if (w->aside != NULL) (void)rmdir(w->aside);
}

hrm_status hrm_assessment_write(hrm_context *ctx, const hrm_assessment *assessment, const char *folder) {
    writing w;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (assessment == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_assessment_write: the assessment is NULL");
    memset(&w, 0, sizeof w);
    w.ctx = ctx;
    w.assessment = assessment;
    w.folder = folder != NULL && folder[0] != '\0' ? folder : assessment->folder;
    hrmi_arena_init(&w.arena, ctx);
    hrm_status status = make_folder(ctx, w.folder);
    if (status == HRM_OK) status = check_inputs(&w);
    if (status == HRM_OK) status = make_aside(&w);
    if (status == HRM_OK) status = list_outputs(&w);
    if (status == HRM_OK) status = write_all(&w);
    if (status == HRM_OK) status = move_all(&w);
    remove_aside(&w);
    hrmi_arena_free(&w.arena);
    return status;
}

const char *hrm_assessment_folder(const hrm_assessment *assessment) {
    return assessment->folder;
}

size_t hrm_assessment_output_count(const hrm_assessment *assessment) {
    return assessment->output_count + 1;
}

const char *hrm_assessment_output(const hrm_assessment *assessment, size_t i) {
    if (i < assessment->output_count) return assessment->outputs[i].file;
    return i == assessment->output_count ? account_name : NULL;
}
