/*
 * Which paths may be opened. GDAL takes many texts for a source: a URL, `PG:dbname=…`, GeoJSON typed in place
 * of a name, `/vsicurl/…` also inside `/vsizip/`. Here a source is a file, so everything else is refused
 * before GDAL sees it, and with a reason.
 */
#define _LARGEFILE64_SOURCE /* VSIStatBufL is a struct stat64 */
#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <errno.h>
#include <stdio.h>

#include "io/names.h"
#include "io/path.h"
#include "io/server.h"

/* GDAL's file systems that only read files. */
static const char *const allowed_systems[] = {"/vsizip/", "/vsigzip/", "/vsitar/", "/vsimem/",
                                              "/vsisubfile/"};

static bool starts_with(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

const char *hrmi_path_base(const char *path) {
    const char *const slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

bool hrmi_path_is_virtual(const char *path) {
    return starts_with(path, "/vsi");
}

static bool ends_with(const char *path, size_t length, const char *extension) {
    const size_t n = strlen(extension);
    if (length < n + 2 || path[length - n - 1] != '.') return false;
    for (size_t i = 0; i < n; i++) {
        const char c = path[length - n + i];
        const char lower = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        if (lower != extension[i]) return false;
    }
    return true;
}

bool hrmi_path_has_extension(const char *path, const char *extension) {
    size_t length = strlen(path);
    if (strcmp(extension, "gz") != 0 && ends_with(path, length, "gz")) length -= 3;
    return ends_with(path, length, extension);
}

bool hrmi_path_is_csv(const char *path) {
    return hrmi_path_has_extension(path, "csv") || hrmi_path_has_extension(path, "tsv") ||
           hrmi_path_has_extension(path, "psv") || hrmi_path_has_extension(path, "txt");
}

/* Walks down `/vsizip//vsigzip/…`: every system named on the way must be an allowed one. GDAL also takes
 * `/vsizip/vsigzip/…` with one slash for such a chain. */
static bool is_allowed(const char *path, char *const *systems, const char **refused) {
    const char *at = path;
    while (starts_with(at, "/vsi")) {
        size_t skipped = 0;
        for (size_t i = 0; i < sizeof allowed_systems / sizeof *allowed_systems; i++)
            if (starts_with(at, allowed_systems[i])) skipped = strlen(allowed_systems[i]) - 1;
        for (size_t i = 0; skipped == 0 && systems != NULL && systems[i] != NULL; i++) {
            /* "/vsicurl/" also stands for "/vsicurl?…" */
            if (strncmp(at, systems[i], strlen(systems[i]) - 1) != 0) continue;
            const char after = at[strlen(systems[i]) - 1];
            if (after != '/' && after != '?' && after != '\0') continue;
            *refused = at;
            return false;
        }
        if (skipped == 0) return true; /* a folder of such a name */
        at += skipped;
        if (starts_with(at - skipped, "/vsisubfile/")) {
            const char *const comma = strchr(at, ',');
            if (comma == NULL) return true;
            at = comma + 1;
        }
        while (at[0] == '/' && (at[1] == '/' || at[1] == '{')) at++;
        while (at[0] == '{') at++;
    }
    return true;
}

static hrm_status fail_contents(hrm_context *ctx, const char *path) {
    char shown[60];
    hrmi_names_show(path, strlen(path), shown, sizeof shown);
    return hrmi_fail(ctx, HRM_ERROR_FILE, "a source is the name of a file, not its contents: %s", shown);
}

static hrm_status check_kind_of_path(hrm_context *ctx, const char *path) {
    const char *refused = NULL;
    if (path[0] == '{' || path[0] == '[' || path[0] == '<') return fail_contents(ctx, path);
    if (strstr(path, "://") != NULL) {
        char shown[300];
        hrmi_server_show(path, shown, sizeof shown);
        return hrmi_fail(ctx, HRM_ERROR_UNSUPPORTED,
                         "%s: nothing is read from the network; download the file and name the copy", shown);
    }
    char **const systems = VSIGetFileSystemsPrefixes();
    const bool allowed = is_allowed(path, systems, &refused);
    CSLDestroy(systems);
    if (!allowed)
        return hrmi_fail(ctx, HRM_ERROR_UNSUPPORTED,
                         "%s: only files and archives (/vsizip/, /vsigzip/, /vsitar/) are read, nothing from "
                         "\"%.*s\"; make a copy on this computer and name it",
                         path, (int)(strcspn(refused + 1, "/?") + 1), refused);
    return HRM_OK;
}

/* Connection texts such as `PG:…` are no files, so they end up here: say what is wrong with them. */
static hrm_status fail_missing(hrm_context *ctx, const char *path, int reason) {
    static const char *const servers[] = {"MYSQL:", "MSSQL:",  "OCI:",   "ODBC:", "WFS:",  "ES:",
                                          "OAPIF:", "MongoDB", "Carto:", "NGW:",  "GPKG:", "SQLITE:"};
    for (size_t i = 0; i < sizeof servers / sizeof *servers; i++)
        if (EQUALN(path, servers[i], strlen(servers[i])))
            return hrmi_fail(
                ctx, HRM_ERROR_UNSUPPORTED,
                "%.*s…: such databases and services are not read; export the table to a file and name it",
                (int)strcspn(path, ":") + 1, path);
    if (hrmi_path_is_virtual(path) || reason == 0) reason = ENOENT;
    if (reason == ENOENT)
        return hrmi_fail(ctx, HRM_ERROR_FILE, "%s: there is no such file; check the name and the folder",
                         path);
    return hrmi_fail(ctx, HRM_ERROR_FILE, "%s: cannot be looked at: %s", path, VSIStrerror(reason));
}

/* Names what lies in an archive, so that the user can choose. */
static hrm_status fail_archive(hrm_context *ctx, const char *path, const char *prefix) {
    char inside[500] = "none that can be read";
    char *const root = CPLStrdup(CPLSPrintf("%s%s", prefix, path));
    char **const names = VSIReadDirRecursive(root);
    const hrmi_names list = {(const char *const *)names, (size_t)CSLCount(names)};
    if (list.count > 0) hrmi_names_list(&list, inside, sizeof inside);
    const hrm_status status =
        hrmi_fail(ctx, HRM_ERROR_FILE, "%s: an archive or folder; name a file in it, as %s/NAME, of %s", path,
                  root, inside);
    CSLDestroy(names);
    CPLFree(root);
    return status;
}

/* A seamless MapInfo table is a list of other tables, which GDAL would open in its place. */
static bool is_seamless(VSILFILE *file) {
    char head[4096];
    const size_t n = VSIFReadL(head, 1, sizeof head - 1, file);
    head[n] = '\0';
    for (size_t i = 0; i < n; i++)
        if (EQUALN(head + i, "IsSeamless", 10)) return true;
    return false;
}

hrm_status hrmi_path_check(hrm_context *ctx, const char *path) {
    VSIStatBufL stat;
    const hrm_status status = check_kind_of_path(ctx, path);
    if (status != HRM_OK) return status;
    errno = 0;
    if (VSIStatExL(path, &stat, VSI_STAT_EXISTS_FLAG | VSI_STAT_NATURE_FLAG | VSI_STAT_SIZE_FLAG) != 0)
        return fail_missing(ctx, path, errno);
    if (VSI_ISDIR(stat.st_mode)) {
        if (hrmi_path_has_extension(path, "gdb")) return HRM_OK;
        if (hrmi_path_is_virtual(path)) return fail_archive(ctx, path, "");
        return hrmi_fail(ctx, HRM_ERROR_FILE, "%s: a folder; name the file in it", path);
    }
    if (!VSI_ISREG(stat.st_mode))
        return hrmi_fail(ctx, HRM_ERROR_FILE, "%s: not an ordinary file; name a file", path);
    if (stat.st_size == 0)
        return hrmi_fail(ctx, HRM_ERROR_FORMAT, "%s: the file is empty; was it copied or downloaded whole?",
                         path);
    if (!hrmi_path_is_virtual(path)) {
        if (hrmi_path_has_extension(path, "zip") && !hrmi_path_has_extension(path, "shp.zip"))
            return fail_archive(ctx, path, "/vsizip/");
        if (hrmi_path_has_extension(path, "gz"))
            return hrmi_fail(ctx, HRM_ERROR_FILE, "%s: a packed file; name it as /vsigzip/%s", path, path);
    }
    errno = 0;
    VSILFILE *const file = VSIFOpenL(path, "rb");
    if (file == NULL)
        return hrmi_fail(ctx, HRM_ERROR_FILE, "%s: cannot be opened: %s", path,
                         errno != 0 ? VSIStrerror(errno) : "it is damaged, or not what its name says");
    const bool refused = hrmi_path_has_extension(path, "tab") && is_seamless(file);
    (void)VSIFCloseL(file);
    if (!refused) return HRM_OK;
    return hrmi_fail(ctx, HRM_ERROR_UNSUPPORTED, "%s: a seamless table names other files; name one of these",
                     path);
}
