/*
 * A region of four square communities in a row, and everything a recipe can read about it: small enough to
 * follow by eye.
 *
 *     row  code       oblast raion   west  east        (south 50, north 50.1)
 *     0    UA0501001  05     0501    30.0  30.1
 *     1    UA0501002  05     0501    30.1  30.2
 *     2    UA0502001  05     0502    30.2  30.3
 *     3    UA0701001  07     0701    30.3  30.4
 */
#ifndef REGION_H
#define REGION_H

#include "harness/harness.h"

/* A fresh folder with all files of the region; the text is the caller's to free(). */
char *region_make(void);

/* A feature of boundaries: a square of 0.1° whose south-western corner is at west / 10, 50; without geometry
 * where west is 0. The field km2 counts up from 80. */
typedef struct region_square {
    const char *code;
    const char *name;
    int west;
} region_square;
void region_write_squares(const char *folder, const char *name, size_t count, const region_square *squares);

/* Writes a file of the folder, and gives the folder's recipe anew: `rest` behind the two lines that every
 * recipe has. */
void region_write(const char *folder, const char *name, const char *text);
hrm_recipe *region_recipe(hrm_context *ctx, const char *folder, const char *rest);

/* The recipe that reads all files, without its first two lines. */
extern const char region_everything[];

/* Whether the folder has a file of that name, or with that beginning; the whole of a file, to be freed. */
bool region_has(const char *folder, const char *name);
bool region_has_beginning(const char *folder, const char *beginning);
char *region_read(const char *folder, const char *name);

#endif
