/*
 * 84,664 real event positions counted per community, exactly as GEOS's covers() counts them (points.txt,
 * written by tests/reference/points.py).
 */
#include "harness/harness.h"

START_TEST(as_covers_counts_them) {
    char path[512];
    unsigned long points = 0;
    unsigned long inside = 0;
    unsigned long ambiguous = 0;
    unsigned long outside = 0;
    double sum = 0.0;
    char line[256];
    hrm_source source;
    hrm_points_options how;
    hrm_tally_options o;
    hrm_tally_counts_info counts = {.struct_size = sizeof counts};
    hrm_layer *layer = NULL;
    hrm_tally *tally = NULL;
    hrm_table *table = NULL;
    const char *const folder = hrmt_real_data("real event positions per community");
    if (folder == NULL) return;
    hrm_context *const ctx = hrmt_context();
    hrm_source_init(&source, sizeof source);
    source.path = path;
    (void)snprintf(path, sizeof path, "%s/boundaries/Hromadas.geojson", folder);
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, NULL, &layer));
    hrm_tally_options_init(&o, sizeof o);
    o.id = "damage";
    hrmt_ok(ctx, hrm_tally_new(ctx, layer, &o, &tally));
    (void)snprintf(path, sizeof path, "%s/damage/damage_events2022_23.shp", folder);
    hrm_points_options_init(&how, sizeof how);
    hrmt_ok(ctx, hrm_tally_read(ctx, &source, &how, tally, NULL));
    hrmt_ok(ctx, hrm_table_new(ctx, layer, HRM_LEVEL_COMMUNITY, &table));
    hrmt_ok(ctx, hrm_tally_table(ctx, tally, NULL, table));
    const double *const count = hrm_table_values(table, hrm_table_find(table, "damage_count"));
    FILE *const file = fopen(HRMT_SOURCE_DIR "/tests/real/points.txt", "r");
    ck_assert_ptr_nonnull(file);
    (void)fgets(line, sizeof line, file); /* what it is */
    ck_assert_int_eq(fscanf(file, "%lu %lu %lu %lu", &points, &inside, &ambiguous, &outside), 4);
    ck_assert(hrm_tally_counts(tally, &counts));
    ck_assert_uint_eq(counts.points, points);
    ck_assert_uint_eq(counts.inside, inside);
    ck_assert_uint_eq(counts.ambiguous, ambiguous);
    ck_assert_uint_eq(counts.outside, outside);
    ck_assert_uint_eq(counts.unusable, 0);
    for (size_t i = 0; i < hrm_table_row_count(table); i++)
        if (count[i] > 0.0) sum += count[i]; /* NaN for the two without a boundary */
    ck_assert_double_eq(sum, (double)inside);
    while (fscanf(file, "%31s %lu", line, &points) == 2) {
        const size_t row = hrm_layer_find(layer, line);
        ck_assert_uint_ne(row, HRM_NONE);
        ck_assert_msg(count[row] == (double)points, "%s: %.0f, not %lu", line, count[row], points);
        sum -= (double)points;
    }
    ck_assert_double_eq(sum, 0.0); /* and no others */
    (void)fclose(file);
    hrm_table_free(table);
    hrm_tally_free(tally);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("points", &as_covers_counts_them)
