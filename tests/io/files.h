/*
 * Files that the tests of io/ make for themselves, in a folder of their own: plain text, and layers of
 * squares in any format and CRS that GDAL writes.
 */
#ifndef HRMT_FILES_H
#define HRMT_FILES_H

#include "harness/harness.h"

/* folder/name; the text is the caller's to free(). */
char *hrmt_path(const char *folder, const char *name);

/* Writes bytes to folder/name and returns its path (free() it). */
char *hrmt_file(const char *folder, const char *name, const void *bytes, size_t size);
char *hrmt_text_file(const char *folder, const char *name, const char *text);

/* The whole of a file (free() it), a zero behind; *size may be NULL. NULL when there is none. */
char *hrmt_read_file(const char *path, size_t *size);

/* How many entries a folder has, hidden ones included. */
size_t hrmt_entry_count(const char *folder);

/* A square of 0.1 × 0.1 degrees with its south-west corner at (x, y), and two fields. */
typedef struct hrmt_square {
    const char *code;
    const char *name;
    double x, y; /* NaN: no geometry */
} hrmt_square;

/* Four communities around (30, 50). */
extern const hrmt_square hrmt_squares[4];

typedef struct hrmt_layer_plan {
    const char *driver;
    const char *layer;                /* NULL: "hromady" */
    int epsg;                         /* 0: no CRS */
    const char *const *layer_options; /* NULL-ended; may be NULL */
    const char *code_field;           /* NULL: "ADM3_PCODE" */
    const char *second_field;         /* a second field with the same codes, or `second` */
    const char *const *second;
    bool append; /* a further layer of an existing file */
} hrmt_layer_plan;

/* Writes the four squares and returns the path (free() it). */
char *hrmt_layer_file(const char *folder, const char *name, const hrmt_layer_plan *plan);

/* Packs files of the folder into folder/zip; returns the archive's path (free() it). */
char *hrmt_zip_file(const char *folder, const char *zip, const char *const *names, size_t count);

/* A context, the four communities of this file, and a folder. */
typedef struct hrmt_ground {
    hrm_context *ctx;
    hrm_layer *layer;
    char *folder;
} hrmt_ground;

hrmt_ground hrmt_make_ground(const char *name);
void hrmt_free_ground(hrmt_ground *g);

#endif
