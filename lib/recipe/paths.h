/*
 * From a path as a recipe writes it to files: relative to a folder, several by a pattern, and the date that a
 * file's name carries.
 */
#ifndef HRMI_PATHS_H
#define HRMI_PATHS_H

#include "base/arena.h"

/*
 * `path` relative to `folder` ("" for the working directory), in the arena. Absolute paths and databases on
 * servers stay; in those into archives
 * (/vsizip/a.zip/b.shp) the archive is relative to the folder.
 */
hrm_status hrmi_path_resolve(hrm_context *ctx, hrmi_arena *arena, const char *folder, const char *path,
                             const char **out);

/* Whether a path names a database on a server ("PG:…"); and whether a password stands in it. */
bool hrmi_path_is_server(const char *path);
bool hrmi_path_has_password(const char *path);

/* The folder part of a path, without the last slash ("/" stays); "" where there is none. */
hrm_status hrmi_path_folder(hrm_context *ctx, hrmi_arena *arena, const char *path, const char **out);

/* Whether the last part of a path is a pattern: has a * or a ?. */
bool hrmi_path_is_pattern(const char *path);

/*
 * The files whose path matches, sorted by their bytes, in the arena: * is any run of characters and ? any
 * byte, in the last part of the path only, and neither stands for a leading point. HRM_ERROR_FILE where the
 * folder cannot be read or nothing matches.
 */
hrm_status hrmi_path_match(hrm_context *ctx, hrmi_arena *arena, const char *pattern, const char ***out,
                           size_t *count);

enum { HRMI_DATE_SIZE = 11 }; /* "2024-07-08" and a zero */
typedef enum hrmi_date_found { HRMI_DATE_NONE, HRMI_DATE_ONE, HRMI_DATE_SEVERAL } hrmi_date_found;

/* The date in the last part of a path: YYYYMMDD, YYYY-MM-DD or DDMMYYYY, with no digit before or after. */
hrmi_date_found hrmi_path_date(const char *path, char out[HRMI_DATE_SIZE]);

#endif
