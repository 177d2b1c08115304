/*
 * Separated text from inside: what csv_open.c finds out of a file, and csv.c reads its rows by.
 */
#ifndef HRMI_CSV_PARTS_H
#define HRMI_CSV_PARTS_H

#include <cpl_vsi.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "io/csv.h"

enum { HRMI_CSV_BLOCK = 64 * 1024 };

/* A byte from 0x80 in the file's encoding, as UTF-8; an empty text where the encoding has no such character.
 */
typedef struct hrmi_recoded {
    char text[8];
    uint8_t length;
} hrmi_recoded;

/* The order of bytes in UTF-16. */
typedef enum hrmi_utf16 { HRMI_NOT_UTF16, HRMI_UTF16_LITTLE, HRMI_UTF16_BIG } hrmi_utf16;

/* Whether the bytes from 0x80 of the cell at hand make whole characters of UTF-8, and Cyrillic ones. */
typedef struct hrmi_utf8_watch {
    size_t end;        /* of what the latest of them became, in the text of the row */
    unsigned needed;   /* bytes that its character still needs */
    unsigned cyrillic; /* characters of two bytes that begin with 0xD0 … 0xD3 */
    bool broken;
} hrmi_utf8_watch;

struct hrmi_csv {
    hrm_allocator allocator;
    hrmi_arena arena; /* path, encoding */
    const char *path;
    const char *encoding; /* of one byte; NULL for UTF-8 and UTF-16 */
    bool encoding_found;  /* it was not said */
    const char *remark;   /* NULL, or a sentence on the encoding */
    hrmi_utf16 utf16;
    VSILFILE *file;
    double size; /* of the file; 0 where not known */
    double position;
    size_t mark_length; /* bytes of the mark at the beginning */
    size_t block_length, block_at;
    bool at_end;
    char separator;
    hrmi_recoded *table;     /* 128 of them; NULL for UTF-8 */
    uint8_t stops[256];      /* 1: bytes that are not simply a piece of a cell, quoted or not */
    const hrmi_names *names; /* NULL while headings are looked for */
    hrmi_buffer text;
    size_t *starts;
    size_t cell_count, cell_capacity;
    size_t row_cells; /* cells of the present row that are given out */
    int64_t row, row_line, line, short_rows;
    hrmi_utf8_watch watch;
    size_t half_length; /* UTF-16: bytes of a character that the last block ended in */
    unsigned char half[4];
    unsigned char block[HRMI_CSV_BLOCK];
};

/* Fills the block with what comes next, as UTF-8 where the file is UTF-16. */
void hrmi_csv_fill(hrmi_csv *csv);

#endif
