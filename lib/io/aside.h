/*
 * Files that appear whole or not at all: made in a hidden folder beside their place, flushed to the disk, and
 * moved there.
 */
#ifndef HRMI_ASIDE_H
#define HRMI_ASIDE_H

#include "base/buffer.h"

typedef struct hrmi_aside {
    hrm_context *ctx;
    char *target; /* where the file is to appear */
    char *folder; /* the hidden folder; NULL where there is none */
    char *path;   /* the file while it is made */
} hrmi_aside;

/* HRM_ERROR_WRITE where nothing can be written there, or what stands there is no ordinary file. */
hrm_status hrmi_aside_open(hrm_context *ctx, const char *target, hrmi_aside *aside);

/* Flushes the file and moves it to its place. HRM_ERROR_WRITE with the system's reason. */
hrm_status hrmi_aside_commit(hrmi_aside *aside);

/* Removes what is left: the file unless it was moved, and what GDAL leaves beside it. Call it in any case;
 * nothing for a struct that is all zero. */
void hrmi_aside_close(hrmi_aside *aside);

/* A file that is written piece by piece; the first failure sticks. */
typedef struct hrmi_writer {
    hrmi_aside aside;
    hrmi_buffer buffer; /* not yet written */
    int file;
    hrm_status status;
} hrmi_writer;

hrm_status hrmi_writer_open(hrm_context *ctx, const char *target, hrmi_writer *writer);
void hrmi_writer_bytes(hrmi_writer *writer, const void *bytes, size_t length);
void hrmi_writer_text(hrmi_writer *writer, const char *text);

/* A cell of CSV: in quotes where it needs them; NULL is an empty one. */
void hrmi_writer_cell(hrmi_writer *writer, const char *text);
void hrmi_writer_cell_of(hrmi_writer *writer, const char *text, size_t length);

/* Writes what is left and moves the file to its place; or the first failure. */
hrm_status hrmi_writer_commit(hrmi_writer *writer);
void hrmi_writer_close(hrmi_writer *writer); /* in any case */

#endif
