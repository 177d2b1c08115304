/*
 * The file in which a person settles what a join could not: one line for each written form, with what it may
 * mean beside it. Filled in, it is read again as aliases (names) or as a crosswalk (codes).
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/utf8.h"
#include "hromada/io.h"
#include "io/aside.h"
#include "table/join_report.h"

/* A text without blanks around it: they count for nothing where it is read again. */
static void add_trimmed(hrmi_writer *w, const char *text) {
    const char *at = text;
    const size_t length = hrmi_utf8_trim(&at, strlen(text));
    hrmi_writer_cell_of(w, at, length);
}

static void add_next(hrmi_writer *w, const char *text) {
    hrmi_writer_text(w, ",");
    hrmi_writer_cell(w, text);
}

/* A community as "Сумська, Сумський, Сумська": itself, raion and oblast. */
static void add_community(hrmi_writer *w, const hrm_layer *layer, size_t row) {
    static const int32_t levels[] = {HRM_LEVEL_COMMUNITY, HRM_LEVEL_RAION, HRM_LEVEL_OBLAST};
    char text[512] = "";
    size_t length = 0;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        const size_t unit = hrm_layer_unit_of(layer, levels[i], row);
        const char *name = hrm_layer_unit_name(layer, levels[i], unit, HRM_UK);
        if (name == NULL) name = hrm_layer_unit_name(layer, levels[i], unit, HRM_EN);
        if (name == NULL || length + strlen(name) + 3 > sizeof text) continue;
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%s", length > 0 ? ", " : "", name);
    }
    add_next(w, text);
    add_next(w, hrm_layer_code(layer, row));
}

/* One line: of a form, or (row not 0) of one of its rows. */
static void write_form(hrmi_writer *w, const hrm_layer *layer, const hrmi_join_form *form, int64_t row,
                       const char *why) {
    char rows[32];
    char number[32] = "";
    (void)snprintf(rows, sizeof rows, "%zu", row == 0 ? form->rows : 1);
    if (row != 0) (void)snprintf(number, sizeof number, "%" PRId64, row);
    add_trimmed(w, form->oblast);
    hrmi_writer_text(w, ",");
    add_trimmed(w, form->raion);
    hrmi_writer_text(w, ",");
    add_trimmed(w, form->written);
    add_next(w, number);
    hrmi_writer_text(w, ",,"); /* the code is what is to be filled in */
    hrmi_writer_text(w, rows);
    add_next(w, why != NULL ? why : hrm_match_reason_name(form->reason, HRM_UK));
    for (size_t i = 0; i < HRMI_JOIN_SUGGESTIONS; i++) {
        if (i < form->suggestion_count) add_community(w, layer, form->suggestions[i]);
        else hrmi_writer_text(w, ",,");
    }
    hrmi_writer_text(w, "\n");
}

static void write_forms(hrmi_writer *w, const hrm_layer *layer, const hrm_join_report *report) {
    for (size_t i = 0; i < report->form_count; i++) {
        const hrmi_join_form *const form = &report->forms[i];
        if (form->rows > 0 && !hrmi_join_form_by_row(report, form))
            write_form(w, layer, form, 0, form->text_uk);
    }
    for (size_t i = 0; i < report->entry_count; i++) {
        const hrmi_join_entry *const entry = &report->entries[i];
        const hrmi_join_form *const form = entry->form == HRM_NONE ? NULL : &report->forms[entry->form];
        if (form != NULL && hrmi_join_form_by_row(report, form))
            write_form(w, layer, form, entry->row, entry->text_uk);
    }
}

hrm_status hrm_join_report_write_aliases(hrm_context *ctx, const hrm_join_report *report,
                                         const hrm_layer *layer, const char *path) {
    hrmi_writer w;
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    memset(&w, 0, sizeof w);
    if (report == NULL || layer == NULL || path == NULL) {
        status = hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                           "hrm_join_report_write_aliases: the report, the layer or the path is NULL");
        goto done;
    }
    if (hrmi_layer_fingerprint(layer) != report->fingerprint) {
        status = hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                           "hrm_join_report_write_aliases: the layer is not that of the join");
        goto done;
    }
    status = hrmi_writer_open(ctx, path, &w);
    if (status != HRM_OK) goto done;
    hrmi_writer_text(&w, "\xEF\xBB\xBF"
                         "oblast,raion,written,row,code,rows,why,suggestion_1,suggestion_1_code,suggestion_2,"
                         "suggestion_2_code,suggestion_3,suggestion_3_code\n");
    write_forms(&w, layer, report);
    status = hrmi_writer_commit(&w);
done:
    hrmi_writer_close(&w);
    return status;
}
