/*
 * Which bytes were read: SHA-256 (FIPS 180-4) of texts and files, and the files that a source is made of.
 */
#ifndef HRMI_HASH_H
#define HRMI_HASH_H

#include "base/arena.h"

enum { HRMI_SHA256_SIZE = 65 }; /* 64 hexadecimal digits and a zero */

void hrmi_sha256_text(const char *text, size_t length, char out[HRMI_SHA256_SIZE]);

/* HRM_ERROR_FILE where the file cannot be read, HRM_ERROR_CANCELLED. */
hrm_status hrmi_sha256_file(hrm_context *ctx, const char *path, uint64_t *bytes, char out[HRMI_SHA256_SIZE]);

typedef struct hrmi_source_file {
    const char *path; /* in the arena */
    uint64_t bytes;
    char sha256[HRMI_SHA256_SIZE];
} hrmi_source_file;

/*
 * The files behind a path that was read: the file itself; of a Shapefile (or its DBF) also the parts beside
 * it with the same name (shp, shx, dbf, prj, cpg), sorted by their bytes; of a path into an archive the
 * archive.
 */
hrm_status hrmi_source_files(hrm_context *ctx, hrmi_arena *arena, const char *path, hrmi_source_file **out,
                             size_t *count);

#endif
