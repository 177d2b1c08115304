/*
 * Any bytes as separated text. The first byte says the encoding, and in which row the headings stand.
 * Whatever comes, cells are whole texts and rows are counted; and what was read, written again with every
 * cell in quotes, reads as the same.
 */
#include <cpl_vsi.h>
#include <stdlib.h>

#include "io/csv.h"
#include "io/gdal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char path[] = "/vsimem/fuzz.csv";

typedef struct text {
    char *bytes;
    size_t length, capacity;
} text;

static void check(bool right) {
    if (!right) abort();
}

static void add(text *t, const char *bytes, size_t length) {
    if (t->bytes == NULL || t->length + length > t->capacity) {
        t->capacity = (t->length + length + 1) * 2;
        t->bytes = realloc(t->bytes, t->capacity);
        if (t->bytes == NULL) abort();
    }
    if (length > 0) memcpy(t->bytes + t->length, bytes, length);
    t->length += length;
}

static void add_cell(text *t, const char *cell, size_t length, bool last) {
    add(t, "\"", 1);
    for (size_t i = 0; i < length; i++) add(t, cell[i] == '"' ? "\"\"" : cell + i, cell[i] == '"' ? 2 : 1);
    add(t, last ? "\"\n" : "\",", 2);
}

/* The rows from the beginning on as they stand, into `out`. */
static hrm_status read_all(hrm_context *ctx, hrmi_csv *csv, text *out) {
    bool more = true;
    int64_t rows = 0;
    hrm_status status = HRM_OK;
    for (;;) {
        status = hrmi_csv_next(ctx, csv, &more);
        if (status != HRM_OK || !more) return status;
        check(hrmi_csv_row(csv) == ++rows);
        check(hrmi_csv_line(csv) >= rows);
        for (size_t i = 0; i < hrmi_csv_cell_count(csv); i++) {
            size_t length = 0;
            const char *const cell = hrmi_csv_cell(csv, i, &length);
            check(strlen(cell) == length);
            add_cell(out, cell, length, i + 1 == hrmi_csv_cell_count(csv));
        }
    }
}

/* The same again as rows of data below headings of as many cells as row `header_row` has. */
static void read_below(hrm_context *ctx, hrmi_csv *csv, int64_t header_row) {
    static const char *list[32767];
    hrmi_names names = {list, 0};
    bool more = true;
    if (hrmi_csv_rewind(ctx, csv) != HRM_OK) return;
    while (more && hrmi_csv_row(csv) < header_row)
        if (hrmi_csv_next(ctx, csv, &more) != HRM_OK) return;
    names.count = hrmi_csv_cell_count(csv);
    for (size_t i = 0; i < names.count; i++) list[i] = "name";
    hrmi_csv_set_names(csv, &names);
    while (more) {
        const int64_t before = hrmi_csv_row(csv);
        if (hrmi_csv_next(ctx, csv, &more) != HRM_OK || !more) return;
        check(hrmi_csv_row(csv) > before);
        check(hrmi_csv_cell_count(csv) <= names.count);
    }
}

/* Reads bytes as a table and writes it again; HRM_OK or why not. */
static hrm_status rewrite(hrm_context *ctx, const uint8_t *data, size_t size, const char *encoding,
                          int64_t header_row, text *out) {
    hrmi_csv *csv = NULL;
    uint8_t *const copy = malloc(size + 1);
    check(copy != NULL);
    if (size > 0) memcpy(copy, data, size);
    (void)VSIFCloseL(VSIFileFromMemBuffer(path, copy, size, FALSE));
    hrm_status status = hrmi_csv_open(ctx, path, encoding, &csv);
    check((status == HRM_OK) == (csv != NULL));
    if (status == HRM_OK) status = read_all(ctx, csv, out);
    check(status == HRM_OK || hrm_error_message(ctx)[0] != '\0');
    if (csv != NULL) read_below(ctx, csv, header_row);
    hrmi_csv_free(csv);
    (void)VSIUnlink(path);
    free(copy);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const encodings[] = {NULL, "CP1251", "KOI8-U", "UTF-8"};
    hrm_context *ctx = NULL;
    hrmi_gdal gdal;
    text once = {NULL, 0, 0};
    text twice = {NULL, 0, 0};
    if (size == 0) return 0;
    check(hrm_context_new(NULL, &ctx) == HRM_OK);
    hrmi_gdal_enter(&gdal, ctx, path);
    if (rewrite(ctx, data + 1, size - 1, encodings[data[0] % 4], 1 + data[0] / 4 % 4, &once) == HRM_OK) {
        check(rewrite(ctx, (const uint8_t *)once.bytes, once.length, "UTF-8", 1, &twice) == HRM_OK);
        check(once.length == twice.length);
        check(once.length == 0 || memcmp(once.bytes, twice.bytes, once.length) == 0);
    }
    hrmi_gdal_leave(&gdal);
    hrm_context_free(ctx);
    free(once.bytes);
    free(twice.bytes);
    return 0;
}
