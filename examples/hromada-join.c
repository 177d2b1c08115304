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
#include <string.h>

#include "join_page.h"
#include "program.h"

enum { MOST_COLUMNS = 1000 };

/* The options, by their place. */
enum {
    TO,
    TO_LAYER,
    CODE,
    NAME,
    RAION,
    OBLAST,
    TYPE,
    X,
    Y,
    CRS,
    CODIFIER,
    CROSSWALK,
    ALIASES,
    SHEET,
    HEADER_ROW,
    HEADER_ROWS,
    WHERE,
    SQL,
    ENCODING,
    DECIMAL,
    DUPLICATES,
    KEEP_TOTALS,
    COLUMN,
    OUTPUT,
    JSON,
    SUGGEST,
    LIST,
    ALLOW_SERVER,
    LANGUAGE,
    OPTION_COUNT
};

static const char *column_values[MOST_COLUMNS];
static program_option options[OPTION_COUNT] = {
    [TO] = {.name = "to", .argument = "FILE", .help = "the boundaries to join to; needed"},
    [TO_LAYER] = {.name = "to-layer", .argument = "NAME", .help = "their layer, where there are several"},
    [CODE] = {.name = "code",
              .argument = "FIELD",
              .help = "the field of codes; without it, --name and --x: found"},
    [NAME] = {.name = "name", .argument = "FIELD", .help = "the field of communities' names"},
    [RAION] = {.name = "raion", .argument = "FIELD", .help = "… of their raions"},
    [OBLAST] = {.name = "oblast", .argument = "FIELD", .help = "… of their oblasts"},
    [TYPE] = {.name = "type", .argument = "FIELD", .help = "… of their types (міська, селищна, сільська)"},
    [X] = {.name = "x", .argument = "FIELD", .help = "the field of longitudes or eastings"},
    [Y] = {.name = "y", .argument = "FIELD", .help = "… of latitudes or northings"},
    [CRS] = {.name = "crs", .argument = "CRS", .help = "of x and y: EPSG:4326 for degrees"},
    [CODIFIER] = {.name = "codifier",
                  .argument = "FILE",
                  .help = "the official list of units: more names, old codes"},
    [CROSSWALK] = {.name = "crosswalk",
                   .argument = "FILE[,F,F]",
                   .help = "old codes and new ones: their two fields"},
    [ALIASES] = {.name = "aliases", .argument = "FILE", .help = "names that a person settled: see --suggest"},
    [SHEET] = {.name = "sheet", .argument = "NAME", .help = "the sheet or layer of the table"},
    [HEADER_ROW] = {.name = "header-row",
                    .argument = "N",
                    .help = "the row of headings, where it is not found"},
    [HEADER_ROWS] = {.name = "header-rows", .argument = "N", .help = "how many rows of headings there are"},
    [WHERE] = {.name = "where", .argument = "FILTER", .help = "only rows that pass (OGR SQL)"},
    [SQL] = {.name = "sql", .argument = "SELECT", .help = "rows of a query instead"},
    [ENCODING] = {.name = "encoding", .argument = "NAME", .help = "of a file that does not say: CP1251"},
    [DECIMAL] = {.name = "decimal", .argument = "WORD", .help = "auto, point or comma"},
    [DUPLICATES] = {.name = "duplicates",
                    .argument = "WORD",
                    .help = "error, first, last, sum, mean or hold"},
    [KEEP_TOTALS] = {.name = "keep-totals", .help = "rows of totals are rows as any other"},
    [COLUMN] = {.name = "column",
                .letter = 'c',
                .argument = "ID=FIELD",
                .help = "a column to make; may be repeated; without: all",
                .values = column_values,
                .most = MOST_COLUMNS},
    [OUTPUT] = {.name = "output",
                .letter = 'o',
                .argument = "FILE",
                .help = "write the result: .csv or .gpkg"},
    [JSON] = {.name = "json", .help = "print the whole account as JSON"},
    [SUGGEST] = {.name = "suggest",
                 .argument = "FILE",
                 .help = "write an alias file (CSV) for a person to fill in"},
    [LIST] = {.name = "list", .argument = "all", .help = "whole lists, not their first lines"},
    [ALLOW_SERVER] = {.name = "allow-server", .help = "TABLE may be a database: \"PG:host=… dbname=…\""},
    [LANGUAGE] = {
        .name = "language", .letter = 'l', .argument = "uk|en", .help = "of the report; en without it"}};

static const char *given(int option) {
    return options[option].value;
}

/* Everything that one run holds. */
typedef struct run {
    program *self;
    hrm_context *ctx;
    const char *table_path;
    int32_t language;
    int32_t decimal;
    int32_t duplicates;
    uint32_t header_row, header_rows;
    const char *crosswalk[3]; /* file, written, code */
    char *crosswalk_text;
    hrm_layer *layer;
    hrm_codifier *codifier;
    hrm_crosswalk *old_codes;
    hrm_crosswalk *aliases;
    hrm_gazetteer *gazetteer;
    hrm_fields *fields;
    const char *code;
    size_t column_count;
    hrm_join_column *columns;
    hrm_column_info *infos;
    const char **cells;
    char *ids; /* of --column */
    hrm_table *table;
    hrm_join_report *report;
} run;

static void free_run(run *r) {
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

/* ---- the command line ---- */

/* The place of a word in a list that ends with NULL, or −1. */
static int32_t place_of(const char *const *list, const char *word) {
    for (int32_t i = 0; list[i] != NULL; i++)
        if (strcmp(list[i], word) == 0) return i;
    return -1;
}

/* A number from 1 to 9999, or 0 for what is none. */
static uint32_t read_number(const char *text) {
    uint32_t number = 0;
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (text[i] < '0' || text[i] > '9' || i == 4) return 0;
        number = number * 10 + (uint32_t)(text[i] - '0');
    }
    return number;
}

static bool ends_with(const char *text, const char *end) {
    const size_t length = strlen(text);
    const size_t tail = strlen(end);
    if (length <= tail) return false;
    for (size_t i = 0; i < tail; i++) {
        const char c = text[length - tail + i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != end[i]) return false;
    }
    return true;
}

/* A word of a list; 0 and a message where it is none. */
static bool read_word(const program *self, int option, const char *const *list, const char *advice,
                      int32_t *out) {
    char what[128];
    if (given(option) == NULL) return true;
    *out = place_of(list, given(option));
    if (*out >= 0) return true;
    (void)snprintf(what, sizeof what, "--%s wants %s, not", options[option].name, advice);
    (void)program_wrong_usage(self, what, given(option));
    return false;
}

static bool read_row(const program *self, int option, uint32_t *out) {
    char what[64];
    if (given(option) == NULL) return true;
    *out = read_number(given(option));
    if (*out > 0) return true;
    (void)snprintf(what, sizeof what, "--%s wants a number from 1 on, not", options[option].name);
    (void)program_wrong_usage(self, what, given(option));
    return false;
}

/* "file,written,code": the last two parts are fields, where there are two. */
static bool read_crosswalk(run *r) {
    const char *const text = given(CROSSWALK);
    if (text == NULL) return true;
    r->crosswalk_text = malloc(strlen(text) + 1);
    if (r->crosswalk_text == NULL) return false;
    memcpy(r->crosswalk_text, text, strlen(text) + 1);
    r->crosswalk[0] = r->crosswalk_text;
    char *const last = strrchr(r->crosswalk_text, ',');
    if (last == NULL) return true;
    *last = '\0';
    char *const first = strrchr(r->crosswalk_text, ',');
    if (first == NULL) {
        *last = ',';
        return true;
    }
    *first = '\0';
    r->crosswalk[1] = first + 1;
    r->crosswalk[2] = last + 1;
    return true;
}

/* What the options cannot say together: what is wrong, or NULL. */
static const char *find_fault(void) {
    const bool names = given(RAION) != NULL || given(OBLAST) != NULL || given(TYPE) != NULL;
    if (given(TO) == NULL) return "the option --to is missing: the boundaries to join to";
    if (names && given(NAME) == NULL)
        return "--raion, --oblast and --type tell equal names apart: give --name too";
    if ((given(X) != NULL) != (given(Y) != NULL)) return "--x and --y go together";
    if (given(X) != NULL && given(CRS) == NULL)
        return "in which CRS are --x and --y? Give --crs EPSG:4326 for degrees of longitude and latitude";
    if (given(CRS) != NULL && given(X) == NULL) return "--crs is that of --x and --y, which are not given";
    if (given(SQL) != NULL && (given(SHEET) != NULL || given(WHERE) != NULL))
        return "--sql names its table and rows itself: leave --sheet and --where out";
    if (given(LIST) != NULL && strcmp(given(LIST), "all") != 0) return "--list wants all";
    if (given(OUTPUT) != NULL && !ends_with(given(OUTPUT), ".csv") && !ends_with(given(OUTPUT), ".gpkg"))
        return "--output wants a name that ends in .csv or .gpkg";
    for (size_t i = 0; i < options[COLUMN].count; i++) {
        const char *const equals = strchr(column_values[i], '=');
        if (equals == NULL || equals == column_values[i] || equals[1] == '\0')
            return "--column wants ID=FIELD: the column's name, and the heading in the table";
    }
    return NULL;
}

static bool read_command_line(run *r) {
    static const char *const languages[] = {"uk", "en", NULL}; /* HRM_UK, HRM_EN */
    static const char *const decimals[] = {"auto", "point", "comma", NULL};
    static const char *const policies[] = {"error", "first", "last", "sum", "mean", "hold", NULL};
    const char *const fault = find_fault();
    r->language = HRM_EN;
    r->duplicates = given(NAME) != NULL && given(CODE) == NULL ? HRM_DUPLICATES_HOLD : HRM_DUPLICATES_ERROR;
    if (fault != NULL) {
        (void)program_wrong_usage(r->self, fault, "");
        return false;
    }
    return read_word(r->self, LANGUAGE, languages, "uk or en", &r->language) &&
           read_word(r->self, DECIMAL, decimals, "auto, point or comma", &r->decimal) &&
           read_word(r->self, DUPLICATES, policies, "error, first, last, sum, mean or hold",
                     &r->duplicates) &&
           read_row(r->self, HEADER_ROW, &r->header_row) && read_row(r->self, HEADER_ROWS, &r->header_rows) &&
           read_crosswalk(r);
}

/* ---- reading ---- */

static hrm_source source_of(const char *path) {
    hrm_source source;
    hrm_source_init(&source, sizeof source);
    source.path = path;
    return source;
}

static hrm_source table_source(const run *r) {
    hrm_source source = source_of(r->table_path);
    source.layer = given(SHEET);
    source.where = given(WHERE);
    source.sql = given(SQL);
    source.encoding = given(ENCODING);
    source.header_row = r->header_row;
    source.header_rows = r->header_rows;
    source.allow_server = given(ALLOW_SERVER) != NULL ? 1 : 0;
    return source;
}

static hrm_status open_crosswalk(run *r) {
    const hrm_source source = source_of(r->crosswalk[0]);
    hrm_crosswalk_fields fields;
    hrm_crosswalk_fields_init(&fields, sizeof fields);
    fields.written = r->crosswalk[1];
    fields.code = r->crosswalk[2];
    return hrm_crosswalk_open(r->ctx, &source, &fields, &r->old_codes);
}

/* The boundaries, and what helps to find them. */
static hrm_status open_layer(run *r) {
    hrm_source boundaries = source_of(given(TO));
    const hrm_source codifier = source_of(given(CODIFIER));
    const hrm_source aliases = source_of(given(ALIASES));
    hrm_layer_options how;
    hrm_gazetteer_options found_by;
    hrm_status status = HRM_OK;
    boundaries.layer = given(TO_LAYER);
    if (codifier.path != NULL) status = hrm_codifier_open(r->ctx, &codifier, NULL, &r->codifier);
    if (status == HRM_OK && r->crosswalk[0] != NULL) status = open_crosswalk(r);
    if (status == HRM_OK && aliases.path != NULL)
        status = hrm_crosswalk_open(r->ctx, &aliases, NULL, &r->aliases);
    hrm_layer_options_init(&how, sizeof how);
    how.find_names = 1;
    how.codifier = r->codifier;
    how.aliases = r->aliases;
    if (status == HRM_OK) status = hrm_layer_open(r->ctx, &boundaries, &how, &r->layer);
    hrm_gazetteer_options_init(&found_by, sizeof found_by);
    found_by.codifier = r->codifier;
    found_by.crosswalk = r->old_codes;
    found_by.aliases = r->aliases;
    return status == HRM_OK ? hrm_gazetteer_new(r->ctx, r->layer, &found_by, &r->gazetteer) : status;
}

/* The table's fields, where some of them must be chosen; and the one of codes, where none was named. */
static hrm_status look_at_fields(run *r) {
    const int key[] = {CODE, NAME, RAION, OBLAST, TYPE, X, Y};
    const char *wanted[sizeof key / sizeof *key];
    const hrm_source source = table_source(r);
    hrm_field_info field = {.struct_size = (uint32_t)sizeof field};
    size_t count = 0;
    size_t place = 0;
    for (size_t i = 0; i < sizeof key / sizeof *key; i++)
        if (given(key[i]) != NULL) wanted[count++] = given(key[i]);
    r->code = given(CODE);
    if (count > 0 && options[COLUMN].count > 0) return HRM_OK;
    hrm_status status = hrm_fields_open(r->ctx, &source, wanted, count, &r->fields);
    if (status != HRM_OK || count > 0) return status;
    status = hrm_fields_find_code(r->ctx, r->fields, &place);
    if (status == HRM_OK && hrm_fields_field(r->fields, place, &field)) r->code = field.name;
    return status;
}

/* ---- columns ---- */

static bool make_columns(run *r, size_t most) {
    r->columns = calloc(most + 1, sizeof *r->columns);
    r->infos = calloc(most + 1, sizeof *r->infos);
    r->cells = calloc(most + 1, sizeof *r->cells);
    return r->columns != NULL && r->infos != NULL && r->cells != NULL;
}

static void add_column(run *r, const char *id, const char *field, bool is_text) {
    hrm_join_column *const column = &r->columns[r->column_count];
    hrm_column_info *const info = &r->infos[r->column_count];
    hrm_join_column_init(column, sizeof *column);
    hrm_column_info_init(info, sizeof *info);
    info->id = id;
    info->title_uk = field;
    column->info = info;
    column->is_text = is_text ? 1 : 0;
    r->cells[r->column_count++] = field;
}

/* Those of --column. */
static hrm_status choose_columns(run *r) {
    size_t bytes = 1;
    for (size_t i = 0; i < options[COLUMN].count; i++) bytes += strlen(column_values[i]) + 1;
    r->ids = malloc(bytes);
    if (r->ids == NULL || !make_columns(r, options[COLUMN].count)) return HRM_ERROR_MEMORY;
    char *at = r->ids;
    for (size_t i = 0; i < options[COLUMN].count; i++) {
        const char *const equals = strchr(column_values[i], '=');
        const size_t length = (size_t)(equals - column_values[i]);
        memcpy(at, column_values[i], length);
        at[length] = '\0';
        add_column(r, at, equals + 1, false);
        at += length + 1;
    }
    return HRM_OK;
}

static bool is_key(const run *r, const char *name) {
    const char *const key[] = {r->code,     given(NAME), given(RAION), given(OBLAST),
                               given(TYPE), given(X),    given(Y)};
    for (size_t i = 0; i < sizeof key / sizeof *key; i++)
        if (key[i] != NULL && strcmp(key[i], name) == 0) return true;
    return false;
}

/* All fields but those of the key: numbers where they are numbers, and text. Texts are kept as they stand
 * only where one row of a community is. */
static hrm_status take_all_columns(run *r) {
    if (!make_columns(r, hrm_fields_count(r->fields))) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < hrm_fields_count(r->fields); i++) {
        hrm_field_info field = {.struct_size = (uint32_t)sizeof field};
        (void)hrm_fields_field(r->fields, i, &field);
        if (!is_key(r, field.name)) add_column(r, field.id, field.name, field.is_number == 0);
    }
    return HRM_OK;
}

/* ---- joining ---- */

static hrm_status join(run *r) {
    hrm_join_options how;
    hrm_join_fields which;
    hrm_join *join = NULL;
    const hrm_source source = table_source(r);
    hrm_join_options_init(&how, sizeof how);
    how.duplicates = r->duplicates;
    how.decimal = r->decimal;
    how.columns = r->columns;
    how.column_count = r->column_count;
    how.source = r->table_path;
    how.gazetteer = r->gazetteer;
    how.crs = given(CRS);
    hrm_join_fields_init(&which, sizeof which);
    which.keep_totals = given(KEEP_TOTALS) != NULL ? 1 : 0;
    which.code = r->code;
    which.name = given(NAME);
    which.raion = given(RAION);
    which.oblast = given(OBLAST);
    which.type = given(TYPE);
    which.x = given(X);
    which.y = given(Y);
    which.fields = r->cells;
    which.field_count = r->column_count;
    hrm_status status = hrm_table_new(r->ctx, r->layer, HRM_LEVEL_COMMUNITY, &r->table);
    if (status == HRM_OK) status = hrm_join_new(r->ctx, r->layer, &how, &join);
    if (status == HRM_OK) status = hrm_join_read(r->ctx, &source, &which, join);
    if (status == HRM_OK) status = hrm_join_finish(r->ctx, join, r->table, &r->report);
    hrm_join_free(join);
    return status;
}

/* ---- what comes out ---- */

static hrm_status write_output(run *r) {
    const char *const path = given(OUTPUT);
    hrm_output_layer layer = {
        .struct_size = (uint32_t)sizeof layer, .name = "communities", .table = r->table};
    if (ends_with(path, ".csv")) return hrm_table_write_csv(r->ctx, r->layer, r->table, NULL, path);
    return hrm_write_geopackage(r->ctx, r->layer, &layer, 1, NULL, 0, NULL, path);
}

static hrm_status print_json(run *r) {
    size_t size = 0;
    hrm_status status = hrm_join_report_json(r->ctx, r->report, r->layer, NULL, 0, &size);
    char *const text = status == HRM_OK ? malloc(size) : NULL;
    if (status == HRM_OK && text == NULL) status = HRM_ERROR_MEMORY;
    if (status == HRM_OK) status = hrm_join_report_json(r->ctx, r->report, r->layer, text, size, &size);
    if (status == HRM_OK) (void)fputs(text, stdout);
    free(text);
    return status;
}

static void print_page(const run *r) {
    const join_page page = {r->layer, r->report, r->table_path, given(TO), r->language, given(LIST) != NULL};
    join_page_print(&page);
}

static void say_written(const run *r, const char *path, bool is_aliases) {
    if (r->self->quiet || given(JSON) != NULL) return;
    if (r->language == HRM_UK) {
        printf("\nЗаписано: %s\n", path);
        if (is_aliases) printf("Заповніть у ньому стовпець code і запустіть ще раз із --aliases %s\n", path);
    } else {
        printf("\nWritten: %s\n", path);
        if (is_aliases) printf("Fill in its column code, and run again with --aliases %s\n", path);
    }
}

/* Rows that claim one community stop the join, and are worth the page all the more. */
static hrm_status tell(run *r, hrm_status joined) {
    hrm_status status = HRM_OK;
    if (r->report == NULL) return joined;
    if (given(JSON) == NULL && !r->self->quiet) print_page(r);
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

static hrm_status work(run *r) {
    hrm_status status = open_layer(r);
    if (status == HRM_OK) status = look_at_fields(r);
    if (status == HRM_OK) status = options[COLUMN].count > 0 ? choose_columns(r) : take_all_columns(r);
    if (status == HRM_OK) status = tell(r, join(r));
    return status;
}

int main(int argc, char **argv) {
    static program self = {
        .name = "hromada-join",
        .arguments = "TABLE --to BOUNDARIES",
        .about =
            "Brings the rows of a table (CSV, XLSX, ODS, GeoPackage …) to communities: by codes, by names\n"
            "or by coordinates. Says what became of every row, and joins nothing by guess.",
        .options = options,
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
    run r = {.self = &self, .ctx = self.ctx, .table_path = self.operands[0]};
    if (!read_command_line(&r)) {
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
