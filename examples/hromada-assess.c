/* hromada-assess RECIPE: runs a recipe, writes its results, and says in a short table what came out. */
#include <stdio.h>
#include <string.h>

#include "program.h"

enum { SHOWN_ROWS = 8, SHOWN_INDICATORS = 4, CELL = 96 };

/* "1 469 rows, all matched" or "2 735 rows: 2 700 matched, 35 of no community here". */
static void print_input(const hrm_assessment_input_info *input) {
    static const char *const things[] = {"feature", "row", "feature", "point", "line",
                                         "unit",    "row", "row",     "area"};
    static const char *const fates[] = {"used", "of no community here", "left aside for another row",
                                        "unusable", "kept out (totals, headings)"};
    const uint64_t counts[] = {input->matched, input->unmatched, input->duplicates, input->unusable,
                               input->kept_out};
    char number[CELL];
    const char *separator = ": ";
    program_number(number, sizeof number, (double)input->rows);
    printf("  %s: %s %s%s", input->source, number, things[input->kind], input->rows == 1 ? "" : "s");
    if (input->matched == input->rows) printf(", all used");
    for (size_t i = 0; input->matched != input->rows && i < sizeof counts / sizeof *counts; i++) {
        if (counts[i] == 0) continue;
        program_number(number, sizeof number, (double)counts[i]);
        printf("%s%s %s", separator, number, fates[i]);
        separator = ", ";
    }
    printf("\n");
}

static const char *name_of(const hrm_layer *layer, size_t row) {
    const char *name = hrm_layer_name(layer, row, HRM_UK);
    if (name == NULL) name = hrm_layer_name(layer, row, HRM_EN);
    return name != NULL ? name : hrm_layer_code(layer, row);
}

static size_t count_present(const double *const *values, size_t columns, size_t row) {
    size_t present = 0;
    for (size_t c = 0; c < columns; c++) present += values[c][row] == values[c][row] ? 1 : 0;
    return present;
}

/* Communities from all over the layer, of those that have the most of the values shown. */
static size_t choose_rows(const double *const *values, size_t columns, size_t count,
                          size_t rows[SHOWN_ROWS]) {
    size_t most = 0;
    size_t candidates = 0;
    size_t chosen = 0;
    size_t seen = 0;
    for (size_t i = 0; i < count; i++)
        if (count_present(values, columns, i) > most) most = count_present(values, columns, i);
    for (size_t i = 0; i < count; i++) candidates += count_present(values, columns, i) == most ? 1 : 0;
    for (size_t i = 0; i < count && chosen < SHOWN_ROWS; i++) {
        if (count_present(values, columns, i) != most) continue;
        if (seen++ * SHOWN_ROWS >= chosen * candidates) rows[chosen++] = i;
    }
    return chosen;
}

/* What the head of a column means: its title, or the formula where it has none. */
static void print_title(const hrm_indicator *indicator) {
    const char *title = indicator->title_en[0] != '\0' ? indicator->title_en : indicator->title_uk;
    if (title[0] == '\0') title = indicator->formula;
    printf("%s: %s%s%s\n", indicator->id, title, indicator->unit[0] != '\0' ? ", " : "", indicator->unit);
}

static void print_values(const hrm_assessment *assessment) {
    const hrm_layer *const layer = hrm_assessment_layer(assessment);
    const hrm_table *const table = hrm_assessment_table(assessment, HRM_LEVEL_COMMUNITY);
    static char numbers[SHOWN_ROWS + 1][SHOWN_INDICATORS + 1][CELL];
    const char *cells[(SHOWN_ROWS + 1) * (SHOWN_INDICATORS + 1)];
    size_t rows[SHOWN_ROWS];
    size_t columns = hrm_assessment_indicator_count(assessment);
    size_t cell = 0;
    if (columns == 0) return;
    if (columns > SHOWN_INDICATORS) columns = SHOWN_INDICATORS;
    hrm_indicator indicators[SHOWN_INDICATORS];
    const double *values[SHOWN_INDICATORS];
    cells[cell++] = "";
    for (size_t c = 0; c < columns; c++) {
        hrm_indicator_init(&indicators[c], sizeof indicators[c]);
        (void)hrm_assessment_indicator(assessment, c, &indicators[c]);
        values[c] = hrm_table_values(table, hrm_table_find(table, indicators[c].id));
        cells[cell++] = indicators[c].id;
    }
    const size_t count = choose_rows(values, columns, hrm_layer_count(layer), rows);
    for (size_t r = 0; r < count; r++) {
        cells[cell++] = name_of(layer, rows[r]);
        for (size_t c = 0; c < columns; c++) {
            program_number(numbers[r][c], CELL, values[c][rows[r]]);
            cells[cell++] = numbers[r][c];
        }
    }
    printf("\n");
    program_print_table(cells, count + 1, columns + 1, 1);
    printf("\n");
    for (size_t c = 0; c < columns; c++) print_title(&indicators[c]);
}

static void print_results(const hrm_assessment *assessment, const char *folder) {
    char number[CELL];
    program_number(number, sizeof number, (double)hrm_layer_count(hrm_assessment_layer(assessment)));
    printf("%s communities; what was read:\n", number);
    for (size_t i = 0; i < hrm_assessment_input_count(assessment); i++) {
        hrm_assessment_input_info input = {.struct_size = (uint32_t)sizeof input};
        if (hrm_assessment_input(assessment, i, &input)) print_input(&input);
    }
    print_values(assessment);
    printf("\nThe results:\n");
    for (size_t i = 0; i < hrm_assessment_output_count(assessment); i++)
        printf("  %s/%s\n", folder, hrm_assessment_output(assessment, i));
}

static hrm_status run(program *self, const char *data, const char *out, bool allow_server) {
    hrm_recipe *recipe = NULL;
    hrm_assessment *assessment = NULL;
    hrm_status status = hrm_recipe_open(self->ctx, self->operands[0], &recipe);
    if (status == HRM_OK && data != NULL) status = hrm_recipe_set_folder(self->ctx, recipe, data);
    if (status == HRM_OK && allow_server) status = hrm_recipe_set_allow_server(self->ctx, recipe, 1);
    if (status == HRM_OK) status = hrm_assess(self->ctx, recipe, &assessment);
    if (status == HRM_OK) status = hrm_assessment_write(self->ctx, assessment, out);
    program_clear_line(self);
    if (status == HRM_OK && !self->quiet)
        print_results(assessment, out != NULL ? out : hrm_assessment_folder(assessment));
    hrm_assessment_free(assessment);
    hrm_recipe_free(recipe);
    return status;
}

int main(int argc, char **argv) {
    static program_option options[] = {
        {.name = "output",
         .letter = 'o',
         .argument = "DIR",
         .help = "write there, not into output/ beside the recipe"},
        {.name = "data", .argument = "DIR", .help = "read the recipe's relative paths from there"},
        {.name = "allow-server", .help = "the recipe may read databases: source: \"PG:host=… dbname=…\""}};
    static program self = {
        .name = "hromada-assess",
        .arguments = "RECIPE",
        .about = "Reads what the recipe names, computes its indicators for every community, raion and\n"
                 "oblast, and writes them with an account of every row and every amount.",
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .least = 1,
        .most = 1};
    int code = PROGRAM_DONE;
    if (!program_start(&self, argc, argv, &code)) return code;
    return program_end(&self, run(&self, options[1].value, options[0].value, options[2].value != NULL));
}
