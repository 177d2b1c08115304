/*
 * The raions' official areas brought to the real communities, whose boundaries overlap by 5,865 km² and leave
 * gaps of 11,034 km²: against areal_raions.csv, written by tests/reference/areal.py with an overlay and
 * geodesics of other tools. And what must hold on real layers whatever the numbers: nothing is lost, a
 * raion's value is the sum of what it is split into, the layer gives itself back.
 */
#include <math.h>

#include "base/number.h"
#include "harness/harness.h"

enum { LINE_SIZE = 512 };

typedef struct ground {
    hrm_context *ctx;
    hrm_layer *layer;
    const char *folder;
} ground;

/* One interpolation of a layer's field, as extensive `spread` and intensive `mean`. */
typedef struct outcome {
    hrm_table *table;
    hrm_areal_report *report;
    hrm_areal_counts counts;
    hrm_areal_amount amount;
} outcome;

static bool set_up(ground *g, const char *test) {
    char path[512];
    hrm_source source;
    g->folder = hrmt_real_data(test);
    if (g->folder == NULL) return false;
    g->ctx = hrmt_context();
    (void)snprintf(path, sizeof path, "%s/boundaries/Hromadas.geojson", g->folder);
    hrm_source_init(&source, sizeof source);
    source.path = path;
    hrmt_ok(g->ctx, hrm_layer_open(g->ctx, &source, NULL, &g->layer));
    return true;
}

static void tear_down(ground *g) {
    hrm_layer_free(g->layer);
    hrm_context_free(g->ctx);
}

static outcome spread(const ground *g, const char *file, const char *where, const char *points,
                      int32_t share_gaps) {
    char paths[2][512];
    static const char *const names[] = {"AREA_SQKM", "AREA_SQKM"};
    hrm_column_info infos[2];
    hrm_areal_column columns[2];
    hrm_source sources[2];
    hrm_areal_fields fields;
    hrm_areal_points weights;
    hrm_areal_options options;
    outcome out = {.counts = {.struct_size = sizeof out.counts},
                   .amount = {.struct_size = sizeof out.amount}};
    for (size_t i = 0; i < 2; i++) {
        (void)snprintf(paths[i], sizeof paths[i], "%s/boundaries/%s", g->folder, i == 0 ? file : points);
        hrm_source_init(&sources[i], sizeof sources[i]);
        sources[i].path = paths[i];
        hrm_column_info_init(&infos[i], sizeof infos[i]);
        infos[i].id = i == 0 ? "spread" : "mean";
        columns[i] = (hrm_areal_column){sizeof columns[i], (int32_t)i + 1, &infos[i]};
    }
    sources[0].where = where;
    hrm_areal_fields_init(&fields, sizeof fields);
    fields.columns = columns;
    fields.fields = names;
    fields.column_count = 2;
    hrm_areal_points_init(&weights, sizeof weights);
    weights.source = &sources[1];
    weights.weight = "POINT_X";
    hrm_areal_options_init(&options, sizeof options);
    options.share_gaps = share_gaps;
    hrmt_ok(g->ctx, hrm_table_new(g->ctx, g->layer, HRM_LEVEL_COMMUNITY, &out.table));
    hrmt_ok(g->ctx, hrm_areal_read(g->ctx, g->layer, &sources[0], &fields,
                                   points[0] != '\0' ? &weights : NULL, &options, out.table, &out.report));
    ck_assert(hrm_areal_report_counts(out.report, &out.counts));
    ck_assert(hrm_areal_report_amount(out.report, 0, &out.amount));
    ck_assert_double_eq_tol(out.amount.allocated + out.amount.unallocated, out.amount.total,
                            1e-15 * out.amount.total);
    return out;
}

static void drop(outcome *out) {
    hrm_areal_report_free(out->report);
    hrm_table_free(out->table);
}

static double value_of(const outcome *out, const char *id, size_t row) {
    return hrm_table_values(out->table, hrm_table_find(out->table, id))[row];
}

/* The next number of a line; NaN where there is none. */
static double number(char **at) {
    double value = (double)NAN;
    const size_t length = strcspn(*at, ",\n");
    if (length > 0) ck_assert(hrmi_number_read(*at, length, &value));
    *at += length + 1;
    return value;
}

static void compare(const char *code, const char *what, double got, double expected) {
    ck_assert_msg(isnan(expected) ? isnan(got) : fabs(got - expected) <= 1e-6 * (fabs(expected) + 1e-3),
                  "%s, %s: %.9f, not %.9f", code, what, got, expected);
}

/* "# name number" */
static double total_of(const char *name, FILE *file) {
    char line[LINE_SIZE];
    double value = 0.0;
    const size_t length = strlen(name);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    ck_assert_msg(strncmp(line + 2, name, length) == 0, "%s, not %s", line, name);
    ck_assert(hrmi_number_read(line + 3 + length, strcspn(line + 3 + length, "\n"), &value));
    return value;
}

START_TEST(raions_as_an_overlay_has_them) {
    ground g;
    char line[LINE_SIZE];
    size_t rows = 0;
    if (!set_up(&g, "areas of raions")) return;
    FILE *const file = fopen(HRMT_SOURCE_DIR "/tests/real/areal_raions.csv", "r");
    ck_assert_ptr_nonnull(file);
    outcome area = spread(&g, "Raions_simplified.geojson", NULL, "", 0);
    outcome weight =
        spread(&g, "Raions_simplified.geojson", NULL, "ukr_admbndp_adm0123_sspe_itos_20240416.shp", 0);
    compare("all", "total", area.amount.total, total_of("total", file));
    compare("all", "allocated", area.amount.allocated, total_of("allocated", file));
    compare("all", "allocated by the union", area.amount.allocated, total_of("allocated_by_union", file));
    compare("all", "in gaps", area.amount.in_gaps, total_of("in_gaps", file));
    compare("all", "weighed", weight.amount.allocated, total_of("weighed_allocated", file));
    compare("all", "weighed, in gaps", weight.amount.in_gaps, total_of("weighed_in_gaps", file));
    compare("all", "without weight", weight.amount.without_place, total_of("weighed_without", file));
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file)); /* the headings */
    while (fgets(line, sizeof line, file) != NULL) {
        char *at = line + strcspn(line, ",");
        *at++ = '\0';
        const size_t row = hrm_layer_find(g.layer, line);
        ck_assert_uint_ne(row, HRM_NONE);
        compare(line, "spread", value_of(&area, "spread", row), number(&at));
        compare(line, "mean", value_of(&area, "mean", row), number(&at));
        const double covered = number(&at);
        if (!isnan(hrm_layer_area_m2(g.layer, row)))
            compare(line, "covered share", value_of(&area, "mean_covered_share", row), covered);
        compare(line, "weighed", value_of(&weight, "spread", row), number(&at));
        compare(line, "weighed mean", value_of(&weight, "mean", row), number(&at));
        const double weighed = number(&at);
        if (!isnan(weighed))
            compare(line, "weighed share", value_of(&weight, "mean_covered_share", row), weighed);
        rows++;
    }
    ck_assert_uint_eq(rows, 1769);
    (void)fclose(file);
    drop(&area);
    drop(&weight);
    tear_down(&g);
}
END_TEST

START_TEST(nothing_is_lost) {
    static const char *const files[] = {"Raions_simplified.geojson", "Oblasts.geojson", "Hromadas.geojson"};
    ground g;
    if (!set_up(&g, "areas of all levels")) return;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        for (int32_t share_gaps = 0; share_gaps < (i == 0 ? 2 : 1); share_gaps++) {
            outcome o = spread(&g, files[i], NULL, "", share_gaps);
            double sum = 0.0;
            const hrm_areal_amount *const a = &o.amount;
            for (size_t row = 0; row < hrm_layer_count(g.layer); row++) {
                const double value = value_of(&o, "spread", row);
                if (!isnan(value)) sum += value;
                ck_assert(!(value < 0.0));
            }
            ck_assert_double_eq_tol(sum, a->allocated, 1e-9 * a->total);
            ck_assert_double_eq_tol(a->in_gaps - a->gaps_shared + a->outside + a->without_place,
                                    a->unallocated, 1e-12 * a->total);
            ck_assert_double_eq_tol(a->gaps_shared, share_gaps == 1 ? a->in_gaps : 0.0, 1e-12 * a->total);
            ck_assert_double_eq_tol(o.counts.inside_m2 + o.counts.in_gaps_m2 + o.counts.outside_m2,
                                    o.counts.area_m2, 1e-12 * o.counts.area_m2);
            drop(&o);
        }
    tear_down(&g);
}
END_TEST

/* COD says that the area of its outline is 600,217.2744 km²; a mean over any layer lies between its values.
 */
START_TEST(known_areas) {
    ground g;
    if (!set_up(&g, "areas of the outline and of the layer itself")) return;
    outcome o = spread(&g, "ukr_admbnda_adm0_sspe_20240416.shp", NULL, "", 0);
    ck_assert_double_eq_tol(o.counts.area_m2 / 600217.2744e6, 1.0, 1e-9);
    drop(&o);
    o = spread(&g, "Hromadas.geojson", NULL, "", 0);
    ck_assert(o.counts.inside == 1767 && o.counts.unusable == 2 && o.counts.outside == 0);
    ck_assert(o.amount.outside == 0.0 && o.amount.in_gaps == 0.0);
    drop(&o);
    tear_down(&g);
}
END_TEST

/* One row alone gives what it gives among all: communities get the sum of their parts. */
START_TEST(rows_do_not_know_each_other) {
    ground g;
    if (!set_up(&g, "areas of single raions")) return;
    outcome all = spread(&g, "Raions_simplified.geojson", "ADM1_PCODE = 'UA05'", "", 0);
    const size_t count = hrm_areal_report_row_count(all.report);
    double *const sums = calloc(hrm_layer_count(g.layer), sizeof *sums);
    ck_assert(count > 1 && sums != NULL);
    for (int raion = 2; raion <= 12; raion += 2) { /* all that Vinnytsia oblast has */
        char where[64];
        (void)snprintf(where, sizeof where, "ADM2_PCODE = 'UA05%02d'", raion);
        outcome one = spread(&g, "Raions_simplified.geojson", where, "", 0);
        for (size_t row = 0; row < hrm_layer_count(g.layer); row++) {
            const double value = value_of(&one, "spread", row);
            if (!isnan(value)) sums[row] += value;
        }
        drop(&one);
    }
    ck_assert_uint_eq(count, 6);
    for (size_t row = 0; row < hrm_layer_count(g.layer); row++) {
        const double value = value_of(&all, "spread", row);
        ck_assert(isnan(value) ? sums[row] == 0.0 : fabs(sums[row] - value) <= 1e-12 * value);
    }
    free(sums);
    drop(&all);
    tear_down(&g);
}
END_TEST

HRMT_SUITE("real areas", &raions_as_an_overlay_has_them, &nothing_is_lost, &known_areas,
           &rows_do_not_know_each_other)
