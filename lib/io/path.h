/*
 * Which paths may be opened: ordinary files, and files in archives. Nothing on the network, no databases, no
 * pipes, nothing that GDAL would take for a connection or for inline text.
 */
#ifndef HRMI_PATH_H
#define HRMI_PATH_H

#include "base/base.h"

/* HRM_ERROR_UNSUPPORTED for what may not be opened, HRM_ERROR_FILE for what is missing, a folder or not
 * readable, HRM_ERROR_FORMAT for what is empty or a bare archive. Inside hrmi_gdal_enter(). */
hrm_status hrmi_path_check(hrm_context *ctx, const char *path);

/* Whether a path ends in this extension (without the point), in any case; a final ".gz" is looked through. */
bool hrmi_path_has_extension(const char *path, const char *extension);

/* Whether it is separated text by its extension: csv, tsv, psv, txt. */
bool hrmi_path_is_csv(const char *path);

/* Whether the path is a name of GDAL's virtual file systems. */
bool hrmi_path_is_virtual(const char *path);

/* The last component of a path. Borrowed from it. */
const char *hrmi_path_base(const char *path);

#endif
