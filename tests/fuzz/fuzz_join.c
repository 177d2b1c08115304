/*
 * Any bytes as the rows of a join. The first byte says how to join (policy, decimals, with periods or
 * without, codes or names of places as keys); the others are rows ended by line feeds, of key, period and
 * three cells (two numbers and, without periods, a text) parted by tabs. Whatever comes, the account
 * balances, and all that is told is UTF-8.
 */
#include <stdlib.h>

#include "../harness/square.h"
#include "base/base.h"
#include "base/utf8.h"
#include "hromada/hromada.h"

enum { COMMUNITIES = 4, ROWS_MOST = 64, COLUMNS = 3, FIELDS = COLUMNS + 2 };

static void check(bool right) {
    if (!right) abort();
}

static hrm_layer *make_layer(hrm_context *ctx, bool opaque) {
    static const char *const codes[2][COMMUNITIES] = {{"UA0502001", "UA0502003", "UA1206001", "UA8000000"},
                                                      {"a", "b", "c", "NA"}};
    static const char *const names[COMMUNITIES] = {"Миколаївська", "Сумська", "Миколаївська", "м. Київ"};
    static const char *const oblasts[COMMUNITIES] = {"Вінницька", "Вінницька", "Дніпропетровська", NULL};
    uint8_t squares[COMMUNITIES][HRMT_SQUARE_SIZE];
    const uint8_t *wkb[COMMUNITIES];
    size_t sizes[COMMUNITIES];
    hrm_layer *layer = NULL;
    hrm_layer_input input;
    for (size_t i = 0; i < COMMUNITIES; i++) {
        hrmt_square((double)i, 50.0, 1.0, squares[i]);
        wkb[i] = squares[i];
        sizes[i] = HRMT_SQUARE_SIZE;
    }
    hrm_layer_input_init(&input, sizeof input);
    input.count = COMMUNITIES;
    input.codes = codes[opaque ? 1 : 0];
    input.names_uk = names;
    input.oblast_uk = oblasts;
    input.wkb = wkb;
    input.wkb_sizes = sizes;
    input.crs = "OGC:CRS84";
    check(hrm_layer_from_wkb(ctx, &input, &layer) == HRM_OK);
    return layer;
}

static hrm_join *make_join(hrm_context *ctx, const hrm_layer *layer, uint8_t how) {
    static const char *const ids[COLUMNS] = {"a", "b", "c"};
    hrm_join_column columns[COLUMNS];
    hrm_column_info infos[COLUMNS];
    hrm_join_options options;
    hrm_join *join = NULL;
    hrm_join_options_init(&options, sizeof options);
    options.duplicates = how % 6;
    options.decimal = how / 6 % 3;
    options.has_period = how / 18 % 2;
    for (size_t i = 0; i < COLUMNS; i++) {
        hrm_join_column_init(&columns[i], sizeof columns[i]);
        hrm_column_info_init(&infos[i], sizeof infos[i]);
        columns[i].info = &infos[i];
        infos[i].id = ids[i];
        columns[i].scale = i == 1 ? 1000.0 : 1.0;
        columns[i].is_text = i == 2 && options.has_period == 0;
    }
    options.columns = columns;
    options.column_count = COLUMNS;
    check(hrm_join_new(ctx, layer, &options, &join) == HRM_OK);
    return join;
}

/* Cuts text into rows and fields in place; absent fields are NULL. The number of rows. */
static size_t cut(char *text, size_t size, const char *keys[], const char *periods[], const char *cells[]) {
    size_t rows = 0;
    char *at = text;
    char *const end = text + size;
    while (at < end && rows < ROWS_MOST) {
        const char *fields[FIELDS] = {NULL};
        char *line_end = memchr(at, '\n', (size_t)(end - at));
        if (line_end == NULL) line_end = end;
        for (size_t f = 0; f < FIELDS && at != NULL; f++) {
            char *const tab = memchr(at, '\t', (size_t)(line_end - at));
            fields[f] = at;
            if (tab != NULL) *tab = '\0';
            at = tab == NULL ? NULL : tab + 1;
        }
        *line_end = '\0'; /* there is room for a zero behind the last byte */
        at = line_end + 1;
        keys[rows] = fields[0];
        periods[rows] = fields[1];
        memcpy(cells + rows * COLUMNS, fields + 2, COLUMNS * sizeof *cells);
        rows++;
    }
    return rows;
}

static void check_text(const char *text) {
    check(text != NULL && hrmi_utf8_first_invalid(text, strlen(text)) == strlen(text));
}

static void check_report(const hrm_join_report *report, size_t rows) {
    hrm_join_counts counts = {.struct_size = sizeof counts};
    check(hrm_join_report_counts(report, &counts));
    check(counts.rows == rows &&
          rows == counts.matched + counts.unmatched + counts.duplicates + counts.unusable + counts.kept_out);
    check(counts.communities + counts.without_row == COMMUNITIES);
    size_t entries =
        counts.unmatched + counts.duplicates + counts.unusable + counts.kept_out + counts.unusable_cells;
    check(hrm_join_report_entry_count(report) == entries);
    int64_t last = 0;
    for (size_t i = 0; i < entries; i++) {
        hrm_join_entry entry = {.struct_size = sizeof entry};
        check(hrm_join_report_entry(report, i, &entry));
        check_text(entry.key);
        check_text(entry.text);
        check_text(entry.oblast);
        check_text(entry.raion);
        check(entry.suggestions <= 3);
        check(strlen(entry.key) <= 80 && entry.row >= last);
        last = entry.row;
    }
    for (size_t i = 0; i < hrm_join_report_note_count(report); i++)
        check_text(hrm_join_report_note(report, i));
    for (size_t i = 0; i < hrm_join_report_amount_count(report); i++) {
        hrm_join_amount amount = {.struct_size = sizeof amount};
        check(hrm_join_report_amount(report, i, &amount));
        check(amount.numbers + amount.missing + amount.unusable == rows - counts.kept_out);
    }
}

static void check_values(const double *values, const uint8_t *missing, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const uint8_t reason = missing == NULL ? HRM_PRESENT : missing[i];
        check(isfinite(values[i]) ? reason == HRM_PRESENT : isnan(values[i]) && reason != HRM_PRESENT);
    }
}

static void finish(hrm_context *ctx, const hrm_layer *layer, hrm_join *join, bool has_period, size_t rows) {
    hrm_join_report *report = NULL;
    hrm_panel *panel = NULL;
    hrm_table *table = NULL;
    check(hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table) == HRM_OK);
    const hrm_status status = has_period ? hrm_join_finish_panel(ctx, join, &panel, &report)
                                         : hrm_join_finish(ctx, join, table, &report);
    check(status == HRM_OK || status == HRM_ERROR_DUPLICATE || status == HRM_ERROR_VALUE);
    check_report(report, rows);
    if (status != HRM_OK) check(hrm_error_message(ctx)[0] != '\0' && panel == NULL);
    if (panel != NULL) check(hrm_table_add_panel(ctx, table, panel) == HRM_OK);
    for (size_t c = 0; c < hrm_table_column_count(table); c++) {
        const double *const values = hrm_table_values(table, c);
        if (values != NULL) check_values(values, hrm_table_missing(table, c), COMMUNITIES);
        for (size_t i = 0; i < COMMUNITIES && values == NULL; i++)
            if (hrm_table_text(table, c, i) != NULL) check_text(hrm_table_text(table, c, i));
    }
    hrm_join_report_free(report);
    hrm_panel_free(panel);
    hrm_table_free(table);
}

/* Rows first … end. By name, the first cell is the oblast. */
static void feed(hrm_context *ctx, hrm_join *join, bool by_name, size_t first, size_t end,
                 const char *const *keys, const char *const *periods, const char *const *cells) {
    const char *oblasts[ROWS_MOST];
    hrm_join_batch batch;
    for (size_t i = first; i < end; i++) oblasts[i - first] = cells[i * COLUMNS];
    hrm_join_batch_init(&batch, sizeof batch);
    batch.count = end - first;
    batch.first_row = (int64_t)first + 1;
    if (by_name) batch.names = keys + first;
    else batch.codes = keys + first;
    batch.oblasts = by_name ? oblasts : NULL;
    batch.periods = periods != NULL ? periods + first : NULL;
    batch.cells = cells + first * COLUMNS;
    check(hrm_join_add(ctx, join, &batch) == HRM_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *keys[ROWS_MOST];
    const char *periods[ROWS_MOST];
    const char *cells[ROWS_MOST * COLUMNS];
    hrm_context *ctx = NULL;
    if (size == 0) return 0;
    char *const text = malloc(size);
    check(text != NULL && hrm_context_new(NULL, &ctx) == HRM_OK);
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    const bool has_period = data[0] / 18 % 2 != 0;
    const bool by_name = data[0] / 72 % 2 != 0;
    hrm_layer *const layer = make_layer(ctx, data[0] / 36 % 2 != 0);
    hrm_join *const join = make_join(ctx, layer, data[0]);
    const size_t rows = cut(text, size - 1, keys, periods, cells);
    const size_t half = rows / 2; /* in two batches */
    feed(ctx, join, by_name, 0, half, keys, has_period ? periods : NULL, cells);
    feed(ctx, join, by_name, half, rows, keys, has_period ? periods : NULL, cells);
    finish(ctx, layer, join, has_period, rows);
    hrm_join_free(join);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
    free(text);
    return 0;
}
