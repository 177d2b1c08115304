/*
 * The real tables joined to the real communities, compared with what pandas makes of them: every count, the
 * total of every column and what of it was allocated, and at every period how many communities have a value,
 * their sum, and the sum of place times value, exactly. The expected figures are joins.txt, written by
 * tests/reference/join_tables.py.
 */
#include <math.h>

#include "base/number.h"
#include "base/sum.h"
#include "harness/harness.h"
#include "io/read_by_code.h"

enum { FIELDS_MOST = 128, AT_MOST = 1024, NAME_SIZE = 64, LINE_SIZE = 512 };

/* A line "column": one field of a table. */
typedef struct expected_column {
    char field[NAME_SIZE];
    size_t numbers;
    double total;
    double allocated;
} expected_column;

/* A line "at": one field at one period. */
typedef struct expected_at {
    char field[NAME_SIZE];
    char period[NAME_SIZE];
    size_t present;
    double sum;
    double places;
} expected_at;

typedef struct expected_table {
    char name[NAME_SIZE];
    char file[128];
    char key[NAME_SIZE];
    char period[NAME_SIZE]; /* "" without periods */
    int32_t policy;
    hrm_join_counts counts;
    expected_column columns[FIELDS_MOST];
    size_t column_count;
    expected_at at[AT_MOST];
    size_t at_count;
} expected_table;

static expected_table table; /* the one at hand */

static double number(const char *text) {
    double value = NAN;
    ck_assert_msg(hrmi_number_read(text, strlen(text), &value), "no number: %s", text);
    return value;
}

static int32_t policy_of(const char *name) {
    static const char *const names[] = {"error", "first", "last", "sum", "mean"};
    int32_t policy = 0;
    while (policy < 5 && strcmp(names[policy], name) != 0) policy++;
    ck_assert_msg(policy < 5, "no policy: %s", name);
    return policy;
}

/* Takes a line of joins.txt into `table`. False for the first line of the next table, which is left to the
 * caller. */
static bool take_line(const char *line, bool first) {
    char policy[NAME_SIZE];
    char a[NAME_SIZE];
    char b[NAME_SIZE];
    if (strncmp(line, "table ", 6) == 0) {
        if (!first) return false;
        memset(&table, 0, sizeof table);
        ck_assert_int_eq(sscanf(line, "table %63s %127s %63s %63s %63s", table.name, table.file, table.key,
                                table.period, policy),
                         5);
        if (strcmp(table.period, "-") == 0) table.period[0] = '\0';
        table.policy = policy_of(policy);
    } else if (strncmp(line, "rows ", 5) == 0) {
        hrm_join_counts *const c = &table.counts;
        ck_assert_int_eq(sscanf(line, "rows %zu %zu %zu %zu %zu %zu", &c->rows, &c->matched, &c->unmatched,
                                &c->duplicates, &c->unusable, &c->communities),
                         6);
    } else if (strncmp(line, "column ", 7) == 0) {
        expected_column *const c = &table.columns[table.column_count++];
        ck_assert_uint_le(table.column_count, FIELDS_MOST);
        ck_assert_int_eq(sscanf(line, "column %63s %zu %63s %63s", c->field, &c->numbers, a, b), 4);
        c->total = number(a);
        c->allocated = number(b);
    } else {
        expected_at *const at = &table.at[table.at_count++];
        ck_assert_uint_le(table.at_count, AT_MOST);
        ck_assert_int_eq(
            sscanf(line, "at %63s %63s %zu %63s %63s", at->field, at->period, &at->present, a, b), 5);
        at->sum = number(a);
        at->places = number(b);
    }
    return true;
}

static hrm_layer *communities(hrm_context *ctx, const char *folder) {
    char path[LINE_SIZE];
    hrm_source source;
    hrm_layer *layer = NULL;
    (void)snprintf(path, sizeof path, "%s/boundaries/Hromadas.geojson", folder);
    hrm_source_init(&source, sizeof source);
    source.path = path;
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, NULL, &layer));
    return layer;
}

static void check_report(const hrm_join_report *report, size_t community_count) {
    hrm_join_counts counts = {.struct_size = sizeof counts};
    ck_assert(hrm_join_report_counts(report, &counts));
    ck_assert_uint_eq(counts.rows, table.counts.rows);
    ck_assert_uint_eq(counts.matched, table.counts.matched);
    ck_assert_uint_eq(counts.unmatched, table.counts.unmatched);
    ck_assert_uint_eq(counts.duplicates, table.counts.duplicates);
    ck_assert_uint_eq(counts.unusable, table.counts.unusable);
    ck_assert_uint_eq(counts.communities, table.counts.communities);
    ck_assert_uint_eq(counts.without_row, community_count - table.counts.communities);
    ck_assert_uint_eq(counts.unusable_cells, 0);
    ck_assert_uint_eq(hrm_join_report_amount_count(report), table.column_count);
    for (size_t i = 0; i < table.column_count; i++) {
        const expected_column *const expected = &table.columns[i];
        hrm_join_amount amount = {.struct_size = sizeof amount};
        ck_assert(hrm_join_report_amount(report, i, &amount));
        ck_assert_str_eq(amount.id, expected->field);
        ck_assert_uint_eq(amount.numbers, expected->numbers);
        ck_assert_double_eq(amount.total, expected->total);
        ck_assert_double_eq(amount.allocated, expected->allocated);
    }
}

/* Every stride-th value from first on, against pandas. */
static void check_values(const expected_at *at, const double *values, size_t rows, size_t first,
                         size_t stride) {
    hrmi_sum sum;
    hrmi_sum places;
    size_t present = 0;
    hrmi_sum_clear(&sum);
    hrmi_sum_clear(&places);
    for (size_t i = 0; i < rows; i++) {
        const double value = values[first + i * stride];
        const double place = (double)(i + 1);
        if (isnan(value)) continue;
        present++;
        hrmi_sum_add(&sum, value);
        hrmi_sum_add(&places, place * value); /* the product in two parts, so exactly */
        hrmi_sum_add(&places, fma(place, value, -(place * value)));
    }
    ck_assert_msg(present == at->present, "%s, %s@%s: %zu values, not %zu", table.name, at->field, at->period,
                  present, at->present);
    ck_assert_msg(hrmi_sum_value(&sum) == at->sum, "%s, %s@%s: %.17g, not %.17g", table.name, at->field,
                  at->period, hrmi_sum_value(&sum), at->sum);
    ck_assert_msg(hrmi_sum_value(&places) == at->places, "%s, %s@%s: places %.17g, not %.17g", table.name,
                  at->field, at->period, hrmi_sum_value(&places), at->places);
}

static void check_table(const hrm_table *made) {
    for (size_t i = 0; i < table.at_count; i++) {
        const size_t column = hrm_table_find(made, table.at[i].field);
        ck_assert_uint_ne(column, HRM_NONE);
        check_values(&table.at[i], hrm_table_values(made, column), hrm_table_row_count(made), 0, 1);
    }
}

static void check_panel(const hrm_panel *made) {
    const size_t periods = hrm_panel_period_count(made);
    for (size_t i = 0; i < table.at_count; i++) {
        const size_t column = hrm_panel_find(made, table.at[i].field);
        size_t period = 0;
        ck_assert_uint_ne(column, HRM_NONE);
        while (period < periods && strcmp(hrm_panel_period(made, period), table.at[i].period) != 0) period++;
        ck_assert_uint_lt(period, periods);
        check_values(&table.at[i], hrm_panel_values(made, column), hrm_panel_row_count(made), period,
                     periods);
    }
}

/* Joins `table` and compares. */
static void check_join(hrm_context *ctx, const hrm_layer *layer, const char *folder) {
    static hrm_join_column columns[FIELDS_MOST];
    static hrm_column_info infos[FIELDS_MOST];
    const char *fields[FIELDS_MOST];
    char path[LINE_SIZE];
    const bool has_period = table.period[0] != '\0';
    hrm_source source;
    hrm_join_options options;
    hrm_join *join = NULL;
    hrm_table *made = NULL;
    hrm_panel *panel = NULL;
    hrm_join_report *report = NULL;
    for (size_t i = 0; i < table.column_count; i++) {
        hrm_join_column_init(&columns[i], sizeof columns[i]);
        hrm_column_info_init(&infos[i], sizeof infos[i]);
        columns[i].info = &infos[i];
        infos[i].id = fields[i] = table.columns[i].field;
    }
    hrm_join_options_init(&options, sizeof options);
    options.duplicates = table.policy;
    options.has_period = has_period;
    options.columns = columns;
    options.column_count = table.column_count;
    (void)snprintf(path, sizeof path, "%s/%s", folder, table.file);
    hrm_source_init(&source, sizeof source);
    source.path = path;
    hrmt_ok(ctx, hrm_join_new(ctx, layer, &options, &join));
    hrmt_ok(ctx, read_by_code(ctx, &source, table.key, has_period ? table.period : NULL, fields,
                              table.column_count, join));
    hrmt_ok(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &made));
    if (has_period) hrmt_ok(ctx, hrm_join_finish_panel(ctx, join, &panel, &report));
    else hrmt_ok(ctx, hrm_join_finish(ctx, join, made, &report));
    check_report(report, hrm_layer_count(layer));
    if (has_period) check_panel(panel);
    else check_table(made);
    hrm_join_free(join);
    hrm_join_report_free(report);
    hrm_panel_free(panel);
    hrm_table_free(made);
}

START_TEST(joins_agree_with_pandas) {
    const char *const folder = hrmt_real_data("real_joins");
    char line[LINE_SIZE];
    size_t tables = 0;
    if (folder == NULL) return;
    FILE *const file = fopen(HRMT_SOURCE_DIR "/tests/real/joins.txt", "r");
    ck_assert_ptr_nonnull(file);
    hrm_context *ctx = hrmt_context();
    hrm_layer *layer = communities(ctx, folder);
    bool first = true;
    while (fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#') continue;
        if (strncmp(line, "communities ", 12) == 0) {
            ck_assert_double_eq(number(strtok(line + 12, "\n")), (double)hrm_layer_count(layer));
            continue;
        }
        if (take_line(line, first)) {
            first = false;
            continue;
        }
        check_join(ctx, layer, folder);
        tables++;
        ck_assert(take_line(line, true));
    }
    check_join(ctx, layer, folder);
    ck_assert_uint_eq(tables + 1, 9);
    (void)fclose(file);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("joins", &joins_agree_with_pandas)
