/* SHA-256 of what was read: see hash.h. The hash is nettle's. */
#include <dirent.h>
#include <errno.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/sort.h"
#include "io/hash.h"
#include "io/server.h"

static void write_digest(struct sha256_ctx *hash, char out[HRMI_SHA256_SIZE]) {
    static const char hex[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(hash, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        out[2 * i] = hex[digest[i] >> 4];
        out[2 * i + 1] = hex[digest[i] & 15];
    }
    out[HRMI_SHA256_SIZE - 1] = '\0';
}

void hrmi_sha256_text(const char *text, size_t length, char out[HRMI_SHA256_SIZE]) {
    struct sha256_ctx hash;
    sha256_init(&hash);
    if (length > 0) sha256_update(&hash, length, (const uint8_t *)text);
    write_digest(&hash, out);
}

hrm_status hrmi_sha256_file(hrm_context *ctx, const char *path, uint64_t *bytes, char out[HRMI_SHA256_SIZE]) {
    enum { PIECE = 65536 };
    struct sha256_ctx hash;
    size_t got = 0;
    hrm_status status = HRM_OK;
    *bytes = 0;
    FILE *const file = fopen(path, "rb");
    if (file == NULL)
        return hrmi_fail(ctx, HRM_ERROR_FILE, "%s: cannot be opened: %s", path, strerror(errno));
    uint8_t *const piece = hrmi_array_new(ctx, PIECE, 1);
    if (piece == NULL) status = HRM_ERROR_MEMORY;
    sha256_init(&hash);
    while (status == HRM_OK && (got = fread(piece, 1, PIECE, file)) > 0) {
        sha256_update(&hash, got, piece);
        *bytes += got;
        status = hrmi_progress(ctx, 0.0, "hashing");
    }
    if (status == HRM_OK && ferror(file) != 0)
        status = hrmi_fail(ctx, HRM_ERROR_FILE, "%s: cannot be read: %s", path, strerror(errno));
    if (status == HRM_OK) write_digest(&hash, out);
    hrmi_free(ctx, piece);
    (void)fclose(file);
    return status;
}

/* ---- the files of a source ---- */

typedef struct file_list {
    hrmi_source_file *files;
    size_t count;
    size_t capacity;
} file_list;

static hrm_status add_file(hrm_context *ctx, hrmi_arena *arena, file_list *list, const char *folder,
                           size_t folder_length, const char *name) {
    const hrm_status status =
        hrmi_array_grow(ctx, &list->files, &list->capacity, list->count + 1, sizeof *list->files);
    if (status != HRM_OK) return status;
    char *const path = hrmi_arena_new(ctx, arena, folder_length + strlen(name) + 1, 1);
    if (path == NULL) return HRM_ERROR_MEMORY;
    memcpy(path, folder, folder_length);
    memcpy(path + folder_length, name, strlen(name));
    hrmi_source_file *const file = &list->files[list->count];
    memset(file, 0, sizeof *file);
    file->path = path;
    list->count++;
    return HRM_OK;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_part(const char *extension) {
    static const char *const parts[] = {"shp", "shx", "dbf", "prj", "cpg"};
    if (strlen(extension) != 3) return false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (lower(extension[0]) == parts[i][0] && lower(extension[1]) == parts[i][1] &&
            lower(extension[2]) == parts[i][2])
            return true;
    return false;
}

/* All parts of a Shapefile: <stem>.<one of five extensions>, in any case, in the folder of `path`. */
static hrm_status add_parts(hrm_context *ctx, hrmi_arena *arena, file_list *list, const char *path,
                            size_t folder_length) {
    const char *const name = path + folder_length;
    const size_t stem = (size_t)(strrchr(name, '.') - name);
    hrm_status status = HRM_OK;
    char *const folder =
        hrmi_text_copy(ctx, folder_length > 0 ? path : ".", folder_length > 0 ? folder_length : 1);
    if (folder == NULL) return HRM_ERROR_MEMORY;
    DIR *const stream = opendir(folder);
    hrmi_free(ctx, folder);
    if (stream == NULL) return add_file(ctx, arena, list, path, folder_length, name);
    for (const struct dirent *entry = readdir(stream); entry != NULL && status == HRM_OK;
         entry = readdir(stream)) {
        const bool same = strncmp(entry->d_name, name, stem) == 0 && entry->d_name[stem] == '.';
        if (same && is_part(entry->d_name + stem + 1))
            status = add_file(ctx, arena, list, path, folder_length, entry->d_name);
    }
    (void)closedir(stream);
    return status;
}

/* Where in /vsizip/folder/a.zip/b.shp the archive's own path ends: at the first part that is a file. 0 for
 * none. */
static hrm_status archive_of(hrm_context *ctx, const char *path, const char **start, size_t *length) {
    const char *const rest = strchr(path + 1, '/');
    *start = rest == NULL ? path : rest + 1;
    *length = 0;
    char *const text = hrmi_text_copy(ctx, *start, strlen(*start));
    if (text == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 1; *length == 0; i++) {
        struct stat facts;
        const char old = text[i];
        if (old != '/' && old != '\0') continue;
        text[i] = '\0';
        if (stat(text, &facts) == 0 && S_ISREG(facts.st_mode)) *length = i;
        text[i] = old;
        if (old == '\0') break;
    }
    hrmi_free(ctx, text);
    return HRM_OK;
}

static hrm_status list_files(hrm_context *ctx, hrmi_arena *arena, file_list *list, const char *path) {
    const char *archive = NULL;
    size_t archive_length = 0;
    if (hrmi_server_is(path)) return HRM_OK; /* no files, and nothing to hash */
    if (strncmp(path, "/vsi", 4) == 0) {
        const hrm_status status = archive_of(ctx, path, &archive, &archive_length);
        if (status != HRM_OK || archive_length == 0) return status;
        return add_file(ctx, arena, list, archive, archive_length, "");
    }
    const char *const slash = strrchr(path, '/');
    const size_t folder_length = slash == NULL ? 0 : (size_t)(slash + 1 - path);
    const char *const point = strrchr(path + folder_length, '.');
    if (point != NULL && is_part(point + 1)) return add_parts(ctx, arena, list, path, folder_length);
    return add_file(ctx, arena, list, path, folder_length, path + folder_length);
}

static int compare_files(const void *a, const void *b, const void *user) {
    const hrmi_source_file *const x = a;
    const hrmi_source_file *const y = b;
    (void)user;
    return strcmp(x->path, y->path);
}

hrm_status hrmi_source_files(hrm_context *ctx, hrmi_arena *arena, const char *path, hrmi_source_file **out,
                             size_t *count) {
    file_list list = {NULL, 0, 0};
    *out = NULL;
    *count = 0;
    hrm_status status = list_files(ctx, arena, &list, path);
    for (size_t i = 0; i < list.count && status == HRM_OK; i++)
        status = hrmi_sha256_file(ctx, list.files[i].path, &list.files[i].bytes, list.files[i].sha256);
    if (status == HRM_OK) {
        if (list.count > 0) hrmi_sort(list.files, list.count, sizeof *list.files, compare_files, NULL);
        *out = hrmi_arena_new(ctx, arena, list.count > 0 ? list.count : 1, sizeof **out);
        if (*out == NULL) status = HRM_ERROR_MEMORY;
    }
    if (status == HRM_OK && list.count > 0) {
        memcpy(*out, list.files, list.count * sizeof *list.files);
        *count = list.count;
    }
    hrmi_free(ctx, list.files);
    return status;
}
