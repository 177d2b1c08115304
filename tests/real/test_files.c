/*
 * The real files opened: boundaries, points, fronts, and columns of spreadsheets and dBase tables, compared
 * with spreadsheets.txt, which tests/reference/spreadsheets.py wrote without any library for them.
 */
#include <math.h>

#include "base/number.h"
#include "harness/harness.h"
#include "io/read_by_code.h"

static const char *data; /* the folder; NULL: skipped */

static const char *path_of(const char *file) {
    static char path[1000];
    (void)snprintf(path, sizeof path, "%s/%s", data, file);
    return path;
}

static hrm_source source_of(const char *file) {
    hrm_source source;
    hrm_source_init(&source, sizeof source);
    source.path = path_of(file);
    return source;
}

static hrm_layer *open_hromadas(hrm_context *ctx) {
    hrm_layer *layer = NULL;
    hrm_layer_options options;
    const hrm_source source = source_of("boundaries/Hromadas.geojson");
    hrm_layer_options_init(&options, sizeof options);
    options.name_uk = "ADM3_UA";
    options.name_en = "ADM3_EN";
    options.raion_uk = "ADM2_UA";
    options.oblast_uk = "ADM1_UA";
    options.official_area = "AREA_SQKM";
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, &options, &layer));
    return layer;
}

START_TEST(the_hromadas_are_opened) {
    size_t empty = 0;
    double official = 0;
    data = hrmt_real_data("the hromadas are opened");
    if (data == NULL) return;
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = open_hromadas(ctx); /* the field of codes is found by itself */
    ck_assert_uint_eq(hrm_layer_count(layer), 1769);
    ck_assert(hrm_layer_has_levels(layer));
    for (size_t i = 0; i < hrm_layer_issue_count(layer); i++) {
        hrm_layer_issue_info issue = {.struct_size = (uint32_t)sizeof issue};
        ck_assert(hrm_layer_issue(layer, i, &issue));
        if (issue.kind != HRM_ISSUE_EMPTY_GEOMETRY) continue;
        empty++;
        ck_assert(strcmp(issue.code, "UA0108039") == 0 || strcmp(issue.code, "UA0116047") == 0);
    }
    ck_assert_uint_eq(empty, 2);
    for (size_t i = 0; i < 1769; i++) official += hrm_layer_official_area_m2(layer, i);
    ck_assert_double_eq_tol(official / 1e6, 600217.27, 0.05); /* COD's own total */
    const size_t row = hrm_layer_find(layer, "UA05020030000031457");
    ck_assert_str_eq(hrm_layer_name(layer, row, HRM_UK), "Вінницька");
    ck_assert_str_eq(hrm_layer_name(layer, row, HRM_EN), "Vinnytska");
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(points_are_counted_as_others_did) {
    static const struct {
        const char *file;
        uint64_t points, inside, ambiguous, outside;
    } cases[] = {
        /* COD's own label points: two lie in the empty geometries, one in a second polygon as well */
        {"boundaries/ukr_admbndp_adm0123_sspe_itos_20240416.shp", 1769, 1767, 1, 2},
        /* positions of damage, a Shapefile without its table */
        {"damage/damage_events2022_23.shp", 84664, 83509 + 160, 160, 995},
    };
    data = hrmt_real_data("points are counted as others did");
    if (data == NULL) return;
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = open_hromadas(ctx);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hrm_tally *tally = NULL;
        hrm_tally_options options;
        hrm_points_options points;
        hrm_tally_counts_info counts = {.struct_size = (uint32_t)sizeof counts};
        char crs[8000];
        size_t size = 0;
        const hrm_source source = source_of(cases[i].file);
        hrm_tally_options_init(&options, sizeof options);
        hrm_points_options_init(&points, sizeof points);
        hrmt_ok(ctx, hrm_source_crs(ctx, &source, crs, sizeof crs, &size));
        options.id = "points";
        options.crs = crs;
        hrmt_ok(ctx, hrm_tally_new(ctx, layer, &options, &tally));
        hrmt_ok(ctx, hrm_tally_read(ctx, &source, &points, tally, NULL));
        ck_assert(hrm_tally_counts(tally, &counts));
        ck_assert_uint_eq(counts.points, cases[i].points);
        ck_assert_uint_eq(counts.inside, cases[i].inside);
        ck_assert_uint_eq(counts.ambiguous, cases[i].ambiguous);
        ck_assert_uint_eq(counts.outside, cases[i].outside);
        ck_assert_uint_eq(counts.unusable, 0);
        hrm_tally_free(tally);
    }
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(fronts_are_opened) {
    static const struct {
        const char *file;
        size_t features, lines, vertices;
        bool polygons;
    } cases[] = {
        {"frontline/frontline_28092022.geojson", 12, 12, 919, false},
        {"frontline/frontline_08032023.geojson", 10, 10, 810, false},
        {"frontline/deepstate/deepstatemap_data_20240708.geojson", 1, 0, 0, true},
    };
    data = hrmt_real_data("fronts are opened");
    if (data == NULL) return;
    hrm_context *ctx = hrmt_context();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hrm_reference *reference = NULL;
        hrm_reference_counts_info counts = {.struct_size = (uint32_t)sizeof counts};
        const hrm_source source = source_of(cases[i].file);
        hrmt_ok(ctx, hrm_reference_open(ctx, &source, &reference));
        ck_assert(hrm_reference_counts(reference, &counts));
        ck_assert_uint_eq(counts.features, cases[i].features);
        ck_assert_uint_eq(counts.lines, cases[i].lines);
        ck_assert((counts.polygons > 0) == cases[i].polygons);
        if (!cases[i].polygons) ck_assert_uint_eq(counts.vertices, cases[i].vertices);
        hrm_reference_free(reference);
    }
    hrm_context_free(ctx);
}
END_TEST

/* ---- columns of spreadsheets and dBase tables ---- */

enum { MOST_COLUMNS = 8, LINE_SIZE = 1000 };

typedef struct expected_table {
    char line[LINE_SIZE]; /* file, sheet, row of headings, key, rows: with zeros for the tabs */
    char columns[MOST_COLUMNS][LINE_SIZE];
    size_t column_count;
} expected_table;

/* The i-th of the words that tabs parted. */
static const char *word(const char *line, size_t i) {
    while (i-- > 0) line += strlen(line) + 1;
    return line;
}

static void part(char *line) {
    line[strcspn(line, "\n")] = '\0';
    for (char *tab = strchr(line, '\t'); tab != NULL; tab = strchr(tab + 1, '\t')) *tab = '\0';
}

static double number_of(const char *text) {
    double value = NAN;
    ck_assert_msg(hrmi_number_read(text, strlen(text), &value), "no number: %s", text);
    return value;
}

static void check_table(hrm_context *ctx, const hrm_layer *layer, const expected_table *e) {
    hrm_join *join = NULL;
    hrm_table *table = NULL;
    hrm_join_report *report = NULL;
    hrm_join_options options;
    hrm_join_column columns[MOST_COLUMNS];
    hrm_column_info infos[MOST_COLUMNS];
    const char *fields[MOST_COLUMNS];
    static const char *const ids[MOST_COLUMNS] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    hrm_join_counts counts = {.struct_size = (uint32_t)sizeof counts};
    hrm_source source = source_of(word(e->line, 1));
    if (strcmp(word(e->line, 2), "-") != 0) source.layer = word(e->line, 2);
    const uint32_t header_row = (uint32_t)number_of(word(e->line, 3));
    if (header_row > 1) source.header_row = header_row;
    for (size_t i = 0; i < e->column_count; i++) {
        hrm_join_column_init(&columns[i], sizeof columns[i]);
        hrm_column_info_init(&infos[i], sizeof infos[i]);
        columns[i].info = &infos[i];
        infos[i].id = ids[i];
        fields[i] = word(e->columns[i], 1);
    }
    hrm_join_options_init(&options, sizeof options);
    options.columns = columns;
    options.column_count = e->column_count;
    options.duplicates = HRM_DUPLICATES_SUM;
    hrmt_ok(ctx, hrm_join_new(ctx, layer, &options, &join));
    hrmt_ok(ctx, read_by_code(ctx, &source, word(e->line, 4), NULL, fields, e->column_count, join));
    hrmt_ok(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
    hrmt_ok(ctx, hrm_join_finish(ctx, join, table, &report));
    ck_assert(hrm_join_report_counts(report, &counts));
    ck_assert_msg((double)counts.rows == number_of(word(e->line, 5)), "%s: %zu rows", word(e->line, 1),
                  counts.rows);
    for (size_t i = 0; i < e->column_count; i++) {
        hrm_join_amount amount = {.struct_size = (uint32_t)sizeof amount};
        ck_assert(hrm_join_report_amount(report, i, &amount));
        ck_assert_msg((double)amount.numbers == number_of(word(e->columns[i], 2)), "%s, %s: %zu numbers",
                      word(e->line, 1), fields[i], amount.numbers);
        const double total = number_of(word(e->columns[i], 3)); /* equal to the bit */
        ck_assert_msg(!(amount.total < total || amount.total > total), "%s, %s: total", word(e->line, 1),
                      fields[i]);
    }
    hrm_join_free(join);
    hrm_table_free(table);
    hrm_join_report_free(report);
}

START_TEST(columns_of_spreadsheets_and_dbase_are_exact) {
    static expected_table e;
    char line[LINE_SIZE];
    data = hrmt_real_data("columns of spreadsheets and dBase are exact");
    if (data == NULL) return;
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = open_hromadas(ctx);
    FILE *const file = fopen(HRMT_SOURCE_DIR "/tests/real/spreadsheets.txt", "r");
    size_t tables = 0;
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "table\t", 6) == 0) {
            if (e.column_count > 0) check_table(ctx, layer, &e);
            tables++;
            memset(&e, 0, sizeof e);
            (void)strcpy(e.line, line);
            part(e.line);
        } else if (strncmp(line, "column\t", 7) == 0) {
            ck_assert_uint_lt(e.column_count, MOST_COLUMNS);
            (void)strcpy(e.columns[e.column_count], line);
            part(e.columns[e.column_count++]);
        }
    }
    check_table(ctx, layer, &e);
    ck_assert_uint_eq(tables, 9);
    (void)fclose(file);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("files", &the_hromadas_are_opened, &points_are_counted_as_others_did, &fronts_are_opened,
           &columns_of_spreadsheets_and_dbase_are_exact)
