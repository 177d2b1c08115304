/*
 * Writing a table as CSV, after RFC 4180 with line feeds: what is written reads back as the same numbers.
 */
#include <cpl_port.h>

#include "base/number.h"
#include "io/aside.h"
#include "hromada/io.h"
#include "table/table.h"

typedef struct writing {
    const hrm_layer *layer;
    const hrm_table *table;
    int32_t level;
    bool reasons;
    hrmi_writer writer;
} writing;

static void add_next(hrmi_writer *w, const char *text) {
    hrmi_writer_text(w, ",");
    hrmi_writer_cell(w, text);
}

static void write_heading(writing *w) {
    hrm_column_info info;
    hrm_column_info_init(&info, sizeof info);
    hrmi_writer_text(&w->writer, "code,name");
    if (w->level == HRM_LEVEL_COMMUNITY) hrmi_writer_text(&w->writer, ",raion");
    if (w->level >= HRM_LEVEL_RAION) hrmi_writer_text(&w->writer, ",oblast");
    for (size_t c = 0; c < hrm_table_column_count(w->table); c++) {
        (void)hrm_table_column(w->table, c, &info);
        add_next(&w->writer, info.id);
        if (!w->reasons || hrm_table_missing(w->table, c) == NULL) continue;
        add_next(&w->writer, info.id);
        hrmi_writer_text(&w->writer, "_missing"); /* an id needs no quotes */
    }
    hrmi_writer_text(&w->writer, "\n");
}

/* A unit's parent by the code: "UA05" of "UA0502". */
static void add_oblast_of_raion(writing *w, const char *code) {
    hrmi_writer_text(&w->writer, ",");
    if (code != NULL && strlen(code) >= 4) hrmi_writer_bytes(&w->writer, code, 4);
}

static void write_unit(writing *w, size_t row) {
    const hrm_layer *const layer = w->layer;
    const char *const code = hrm_layer_unit_code(layer, w->level, row);
    const char *name = hrm_layer_unit_name(layer, w->level, row, HRM_UK);
    if (name == NULL) name = hrm_layer_unit_name(layer, w->level, row, HRM_EN);
    hrmi_writer_cell(&w->writer, code);
    add_next(&w->writer, name);
    if (w->level == HRM_LEVEL_COMMUNITY) {
        const size_t raion = hrm_layer_unit_of(layer, HRM_LEVEL_RAION, row);
        const size_t oblast = hrm_layer_unit_of(layer, HRM_LEVEL_OBLAST, row);
        add_next(&w->writer, hrm_layer_unit_code(layer, HRM_LEVEL_RAION, raion));
        add_next(&w->writer, hrm_layer_unit_code(layer, HRM_LEVEL_OBLAST, oblast));
    } else if (w->level == HRM_LEVEL_RAION) {
        add_oblast_of_raion(w, code);
    }
}

static void write_value(writing *w, size_t column, size_t row) {
    const double *const values = hrm_table_values(w->table, column);
    const uint8_t *const missing = hrm_table_missing(w->table, column);
    hrmi_writer_text(&w->writer, ",");
    if (values == NULL) {
        hrmi_writer_cell(&w->writer, hrm_table_text(w->table, column, row));
    } else if (!isnan(values[row])) {
        char number[HRMI_NUMBER_SIZE];
        hrmi_writer_bytes(&w->writer, number, hrmi_number_write(values[row], number));
    }
    if (!w->reasons || missing == NULL) return;
    add_next(&w->writer, hrm_missing_text(missing[row], HRM_EN));
}

static hrm_status write_rows(hrm_context *ctx, writing *w) {
    const size_t columns = hrm_table_column_count(w->table);
    const size_t rows = hrm_table_row_count(w->table);
    for (size_t row = 0; row < rows && w->writer.status == HRM_OK; row++) {
        if (row % 1024 == 0) {
            const hrm_status status = hrmi_progress(ctx, (double)row / (double)rows, "writing CSV");
            if (status != HRM_OK) return status;
        }
        write_unit(w, row);
        for (size_t c = 0; c < columns; c++) write_value(w, c, row);
        hrmi_writer_text(&w->writer, "\n");
    }
    return w->writer.status == HRM_OK ? hrmi_progress(ctx, 1, "writing CSV") : w->writer.status;
}

/* Programs that read the file look fields up without regard to capitals. */
static hrm_status check_headings(hrm_context *ctx, const writing *w, const char *path) {
    hrm_column_info info;
    hrm_column_info_init(&info, sizeof info);
    for (size_t c = 0; c < hrm_table_column_count(w->table); c++) {
        (void)hrm_table_column(w->table, c, &info);
        if (EQUAL(info.id, "code") || EQUAL(info.id, "name") ||
            (w->level == HRM_LEVEL_COMMUNITY && EQUAL(info.id, "raion")) ||
            (w->level >= HRM_LEVEL_RAION && EQUAL(info.id, "oblast")))
            return hrmi_fail(ctx, HRM_ERROR_DUPLICATE,
                             "%s: every table has a field \"%s\" of its own; give the column another id",
                             path, info.id);
    }
    return HRM_OK;
}

void hrm_write_options_init(hrm_write_options *options, size_t struct_size) {
    hrmi_init_struct(options, struct_size, NULL, sizeof *options);
}

hrm_status hrm_table_write_csv(hrm_context *ctx, const hrm_layer *layer, const hrm_table *table,
                               const hrm_write_options *options, const char *path) {
    writing w;
    hrm_write_options known;
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    memset(&w, 0, sizeof w);
    if (layer == NULL || table == NULL || path == NULL) {
        status = hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                           "hrm_table_write_csv: the layer, the table or the path is NULL");
        goto done;
    }
    status = hrmi_table_must_fit(ctx, table, layer);
    if (status != HRM_OK) goto done;
    hrm_write_options_init(&known, sizeof known);
    status = hrmi_read_struct(ctx, &known, sizeof known, options, "hrm_write_options");
    if (status != HRM_OK) goto done;
    w.layer = layer;
    w.table = table;
    w.level = hrm_table_level(table);
    w.reasons = known.reasons != 0;
    status = check_headings(ctx, &w, path);
    if (status != HRM_OK) goto done;
    status = hrmi_writer_open(ctx, path, &w.writer);
    if (status != HRM_OK) goto done;
    write_heading(&w);
    status = write_rows(ctx, &w);
    if (status != HRM_OK) goto done;
    status = hrmi_writer_commit(&w.writer);
done:
    hrmi_writer_close(&w.writer);
    return status;
}
