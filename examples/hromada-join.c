/*
 * hromada-join TABLE --to BOUNDARIES: brings the rows of a table to communities by codes, names or
 * coordinates, says what became of every row, and writes the result, or a list of names for a person to
 * settle.
 *
 *     hromada-join budget.xlsx --to hromadas.gpkg
 *     hromada-join fund.xlsx --to hromadas.gpkg --name Громада --oblast Область --suggest names.csv
 */
#include <stdio.h>
#include <stdlib.h>

#include "join.h"

static void free_run(join_run *r) {
    hrm_join_report_free(r->report);
    hrm_table_free(r->table);
    free(r->ids);
    free(r->cells);
    free(r->infos);
    free(r->columns);
    hrm_fields_free(r->fields);
    hrm_gazetteer_free(r->gazetteer);
    hrm_crosswalk_free(r->aliases);
    hrm_crosswalk_free(r->old_codes);
    hrm_codifier_free(r->codifier);
    hrm_layer_free(r->layer);
    free(r->crosswalk_text);
}

static hrm_status write_output(join_run *r) {
    const char *const path = given(OUTPUT);
    hrm_output_layer layer = {
        .struct_size = (uint32_t)sizeof layer, .name = "communities", .table = r->table};
    if (join_ends_with(path, ".csv")) return hrm_table_write_csv(r->ctx, r->layer, r->table, NULL, path);
    return hrm_write_geopackage(r->ctx, r->layer, &layer, 1, NULL, 0, NULL, path);
}

static hrm_status print_json(join_run *r) {
    size_t size = 0;
    hrm_status status = hrm_join_report_json(r->ctx, r->report, r->layer, NULL, 0, &size);
    char *const text = status == HRM_OK ? malloc(size) : NULL;
    if (status == HRM_OK && text == NULL) status = HRM_ERROR_MEMORY;
    if (status == HRM_OK) status = hrm_join_report_json(r->ctx, r->report, r->layer, text, size, &size);
    if (status == HRM_OK) (void)fputs(text, stdout);
    free(text);
    return status;
}

static void say_written(const join_run *r, const char *path, bool is_aliases) {
    if (r->self->quiet || given(JSON) != NULL) return;
    program_clear_line(r->self);
    if (r->language == HRM_UK) {
        printf("\nЗаписано: %s\n", path);
        if (is_aliases) printf("Заповніть у ньому стовпець code і запустіть ще раз із --aliases %s\n", path);
    } else {
        printf("\nWritten: %s\n", path);
        if (is_aliases) printf("Fill in its column code, and run again with --aliases %s\n", path);
    }
}

/* Rows that claim one community stop the join, and are worth the page all the more. */
static hrm_status tell(join_run *r, hrm_status joined) {
    hrm_status status = HRM_OK;
    if (r->report == NULL) return joined;
    r->joined = joined;
    program_clear_line(r->self);
    if (given(JSON) == NULL && !r->self->quiet) join_print_page(r);
    if (joined != HRM_OK) return joined;
    if (given(JSON) != NULL) status = print_json(r);
    if (status == HRM_OK && given(SUGGEST) != NULL) {
        status = hrm_join_report_write_aliases(r->ctx, r->report, r->layer, given(SUGGEST));
        if (status == HRM_OK) say_written(r, given(SUGGEST), true);
    }
    if (status == HRM_OK && given(OUTPUT) != NULL) {
        status = write_output(r);
        if (status == HRM_OK) say_written(r, given(OUTPUT), false);
    }
    return status;
}

static hrm_status work(join_run *r) {
    r->self->least_level = HRM_LOG_WARNING;
    hrm_status status = join_open_layer(r);
    if (status == HRM_OK) status = join_look_at_fields(r);
    if (status == HRM_OK) status = join_choose_columns(r);
    if (status == HRM_OK) status = tell(r, join_rows(r));
    return status;
}

int main(int argc, char **argv) {
    static program self = {
        .name = "hromada-join",
        .arguments = "TABLE --to BOUNDARIES",
        .about =
            "Brings the rows of a table (CSV, XLSX, ODS, GeoPackage …) to communities: by codes, by names\n"
            "or by coordinates. Says what became of every row, and joins nothing by guess.",
        .options = join_options,
        .option_count = OPTION_COUNT,
        .examples = "  hromada-join budget.csv --to hromadas.gpkg\n"
                    "      finds the field of codes, joins all others, and tells what became of every row\n"
                    "  hromada-join fund.xlsx --to hromadas.gpkg --oblast Область --name Громада \\\n"
                    "      --codifier kodyfikator.csv --suggest names.csv\n"
                    "      by names; those that fit no community are written to names.csv\n"
                    "  hromada-join fund.xlsx --to hromadas.gpkg --oblast Область --name Громада \\\n"
                    "      --codifier kodyfikator.csv --aliases names.csv -o fund.gpkg\n"
                    "      the same once a person has filled in the codes there\n",
        .least = 1,
        .most = 1};
    int code = PROGRAM_DONE;
    if (!program_start(&self, argc, argv, &code)) return code;
    join_run r = {.self = &self, .ctx = self.ctx, .table_path = self.operands[0]};
    if (!join_read_options(&r)) {
        free_run(&r);
        (void)program_end(&self, HRM_OK);
        return PROGRAM_USAGE;
    }
    hrm_status status = work(&r);
    if (status == HRM_ERROR_MEMORY && hrm_error_message(self.ctx)[0] == '\0')
        (void)fprintf(stderr, "out of memory\n");
    free_run(&r);
    return program_end(&self, status);
}
