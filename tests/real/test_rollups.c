/*
 * Real columns rolled up to raions, oblasts and the country, compared with what pandas makes of them: sums,
 * smallest and largest exactly, weighted means to 1e-15, and the share of communities behind each. The
 * expected figures are rollups.txt, written by tests/reference/rollup_tables.py.
 */
#include <math.h>

#include "base/number.h"
#include "harness/harness.h"
#include "io/read_by_code.h"

enum { COLUMNS = 7, SIZE = 64 };

static const struct {
    const char *field;
    const char *id; /* field and rule */
    int32_t rollup;
} columns_of[COLUMNS] = {{"total_popultaion_2022", "total_popultaion_2022_sum", HRM_ROLLUP_SUM},
                         {"income_own_2021", "income_own_2021_sum", HRM_ROLLUP_SUM},
                         {"income_own_2021", "income_own_2021_min", HRM_ROLLUP_MIN},
                         {"income_own_2021", "income_own_2021_max", HRM_ROLLUP_MAX},
                         {"turnout_2020", "turnout_2020_mean", HRM_ROLLUP_MEAN},
                         {"square", "square_sum", HRM_ROLLUP_SUM},
                         {"declarations_pct", "declarations_pct_mean", HRM_ROLLUP_MEAN}};

static hrm_layer *open_layer(hrm_context *ctx, const char *folder) {
    char path[512];
    hrm_source source;
    hrm_layer *layer = NULL;
    (void)snprintf(path, sizeof path, "%s/boundaries/Hromadas.geojson", folder);
    hrm_source_init(&source, sizeof source);
    source.path = path;
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, NULL, &layer));
    return layer;
}

static hrm_table *join(hrm_context *ctx, const hrm_layer *layer, const char *folder) {
    char path[512];
    const char *fields[COLUMNS];
    hrm_join_column columns[COLUMNS];
    hrm_column_info infos[COLUMNS];
    hrm_join_options options;
    hrm_source source;
    hrm_join *made = NULL;
    hrm_table *table = NULL;
    for (size_t i = 0; i < COLUMNS; i++) {
        hrm_join_column_init(&columns[i], sizeof columns[i]);
        hrm_column_info_init(&infos[i], sizeof infos[i]);
        columns[i].info = &infos[i];
        fields[i] = columns_of[i].field;
        infos[i].id = columns_of[i].id;
        infos[i].rollup = columns_of[i].rollup;
        if (columns_of[i].rollup == HRM_ROLLUP_MEAN) infos[i].weight = columns_of[0].id;
    }
    hrm_join_options_init(&options, sizeof options);
    options.columns = columns;
    options.column_count = COLUMNS;
    (void)snprintf(path, sizeof path, "%s/statistics/full_dataset.csv", folder);
    hrm_source_init(&source, sizeof source);
    source.path = path;
    hrmt_ok(ctx, hrm_join_new(ctx, layer, &options, &made));
    hrmt_ok(ctx, read_by_code(ctx, &source, "hromada_code", NULL, fields, COLUMNS, made));
    hrmt_ok(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
    hrmt_ok(ctx, hrm_join_finish(ctx, made, table, NULL));
    hrm_join_free(made);
    return table;
}

static double number(const char *text) {
    double value = NAN;
    ck_assert_msg(hrmi_number_read(text, strlen(text), &value), "no number: %s", text);
    return value;
}

static int32_t level_of(const char *name) {
    if (strcmp(name, "country") == 0) return HRM_LEVEL_COUNTRY;
    return strcmp(name, "oblast") == 0 ? HRM_LEVEL_OBLAST : HRM_LEVEL_RAION;
}

static size_t unit_of(const hrm_layer *layer, int32_t level, const char *code) {
    size_t unit = 0;
    while (unit < hrm_layer_unit_count(layer, level) &&
           strcmp(hrm_layer_unit_code(layer, level, unit), code) != 0)
        unit++;
    ck_assert_msg(unit < hrm_layer_unit_count(layer, level), "no unit %s", code);
    return unit;
}

/* One line of rollups.txt against the table of its level. */
static void check_line(const char *line, const hrm_layer *layer,
                       hrm_table *const rolled[HRM_LEVEL_COMMUNITY]) {
    char level_name[SIZE];
    char code[SIZE];
    char field[SIZE];
    char rule[SIZE];
    char value[SIZE];
    char coverage[SIZE];
    char id[3 * SIZE];
    ck_assert_int_eq(
        sscanf(line, "%63s %63s %63s %63s %63s %63s", level_name, code, field, rule, value, coverage), 6);
    const int32_t level = level_of(level_name);
    const hrm_table *const table = rolled[level];
    const size_t unit = unit_of(layer, level, code);
    (void)snprintf(id, sizeof id, "%s_%s", field, rule);
    const double got = hrm_table_values(table, hrm_table_find(table, id))[unit];
    if (strcmp(value, "-") == 0) {
        ck_assert_msg(isnan(got), "%s of %s: %.17g, not missing", id, code, got);
    } else {
        const double expected = number(value);
        const double room = strcmp(rule, "mean") == 0 ? 1e-15 * fabs(expected) : 0.0;
        ck_assert_msg(fabs(got - expected) <= room, "%s of %s: %.17g, not %s", id, code, got, value);
    }
    (void)snprintf(id, sizeof id, "%s_%s_coverage", field, rule);
    const size_t column = hrm_table_find(table, id);
    const double share = column == HRM_NONE ? 1.0 : hrm_table_values(table, column)[unit];
    ck_assert_msg(share == number(coverage), "%s of %s: %.17g, not %s", id, code, share, coverage);
}

START_TEST(roll_ups_agree_with_pandas) {
    const char *const folder = hrmt_real_data("real_rollups");
    hrm_table *rolled[HRM_LEVEL_COMMUNITY] = {NULL};
    char line[512];
    size_t lines = 0;
    if (folder == NULL) return;
    FILE *const file = fopen(HRMT_SOURCE_DIR "/tests/real/rollups.txt", "r");
    ck_assert_ptr_nonnull(file);
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = open_layer(ctx, folder);
    hrm_table *table = join(ctx, layer, folder);
    for (int32_t level = 0; level < HRM_LEVEL_COMMUNITY; level++)
        hrmt_ok(ctx, hrm_table_roll_up(ctx, layer, table, level, &rolled[level]));
    while (fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#') continue;
        check_line(line, layer, rolled);
        lines++;
    }
    size_t units = 0;
    for (int32_t level = 0; level < HRM_LEVEL_COMMUNITY; level++) {
        units += hrm_layer_unit_count(layer, level);
        hrm_table_free(rolled[level]);
    }
    ck_assert_uint_eq(lines, units * COLUMNS);
    (void)fclose(file);
    hrm_table_free(table);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("rollups", &roll_ups_agree_with_pandas)
