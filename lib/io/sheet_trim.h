/*
 * Spreadsheets whose sheets end in rows without any content, as a format that was given to whole columns
 * leaves them: up to a million, which GDAL would read, keep, or stumble over.
 */
#ifndef HRMI_SHEET_TRIM_H
#define HRMI_SHEET_TRIM_H

#include "base/base.h"

enum { HRMI_TRIMMED_PATH_SIZE = 64 };

/*
 * Where sheets of an XLSX or ODS file end in more than a thousand empty rows, makes a copy without these in
 * memory (`/vsimem/`, to be unlinked) and writes its path; else writes "". Rows keep their numbers. What is
 * no such file, or cannot be read, is left to GDAL. Inside hrmi_gdal_enter(). HRM_ERROR_FORMAT (a row
 * that no sheet has), HRM_ERROR_LIMIT (more than 1 GiB unpacked, a tag over 1 MiB), HRM_ERROR_CANCELLED,
 * HRM_ERROR_MEMORY.
 *
 * Cost: sheets are unpacked and looked through once, twice where there are such rows.
 */
hrm_status hrmi_sheet_trim(hrm_context *ctx, const char *path, char out[HRMI_TRIMMED_PATH_SIZE]);

#endif
