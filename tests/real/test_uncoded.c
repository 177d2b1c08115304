/*
 * A boundary layer that has names only gets the codes of the codifier: the real boundaries without their
 * codes are coded by name, raion and oblast, and held against the codes they had. How many are found stands
 * in confusion.txt; the others are of raions that have another name in the codifier, or cannot be told apart.
 */
#include "harness/harness.h"

enum { LINE = 1024 };

/* A copy of the boundaries without any code: the values of all fields …_PCODE become dashes. */
static void write_uncoded(const char *from, const char *to) {
    static const char field[] = "_PCODE\": \"";
    char chunk[4096];
    size_t seen = 0, size = 0, codes = 0;
    FILE *const in = fopen(from, "rb");
    FILE *const out = fopen(to, "wb");
    ck_assert_ptr_nonnull(in);
    ck_assert_ptr_nonnull(out);
    while ((size = fread(chunk, 1, sizeof chunk, in)) > 0) {
        for (size_t i = 0; i < size; i++) {
            if (seen < sizeof field - 1) {
                seen = chunk[i] == field[seen] ? seen + 1 : (chunk[i] == field[0] ? 1 : 0);
            } else if (chunk[i] == '"') {
                seen = 0;
                codes++;
            } else {
                chunk[i] = '-';
            }
        }
        ck_assert_uint_eq(fwrite(chunk, 1, size, out), size);
    }
    ck_assert_uint_ge(codes, 3 * 1769);
    (void)fclose(in);
    ck_assert_int_eq(fclose(out), 0);
}

static hrm_layer *open_layer(hrm_context *ctx, const char *path, const hrm_codifier *codifier) {
    hrm_layer_options options;
    hrm_source source;
    hrm_layer *layer = NULL;
    hrm_source_init(&source, sizeof source);
    source.path = path;
    hrm_layer_options_init(&options, sizeof options);
    options.name_uk = "ADM3_UA";
    options.raion_uk = "ADM2_UA";
    options.oblast_uk = "ADM1_UA";
    options.codifier = codifier;
    hrmt_ok(ctx, hrm_layer_open(ctx, &source, &options, &layer));
    return layer;
}

/* How many are right by oblast, raion and name. */
static size_t expected_right(void) {
    static const char begin[] = "names\tboundaries_uncoded\tORN\t1769\t";
    char line[LINE];
    size_t right = 0;
    FILE *const file = fopen(HRMT_SOURCE_DIR "/tests/real/confusion.txt", "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, begin, strlen(begin)) == 0)
            right = (size_t)strtoull(line + strlen(begin), NULL, 10);
    (void)fclose(file);
    ck_assert_uint_gt(right, 0);
    return right;
}

static bool same_name(const hrm_layer *a, size_t i, const hrm_layer *b, size_t j, int32_t level) {
    const char *const one = hrm_layer_unit_name(a, level, hrm_layer_unit_of(a, level, i), HRM_UK);
    const char *const other = hrm_layer_unit_name(b, level, hrm_layer_unit_of(b, level, j), HRM_UK);
    return one != NULL && other != NULL && strcmp(one, other) == 0;
}

/* Two features have no boundary. */
static bool same_area(double a, double b) {
    return a == b || (a != a && b != b);
}

/* The row of the coded layer that the feature of row i is: its area and names are the same. */
static size_t row_before(const hrm_layer *uncoded, size_t i, const hrm_layer *coded) {
    for (size_t j = 0; j < hrm_layer_count(coded); j++)
        if (same_area(hrm_layer_area_m2(uncoded, i), hrm_layer_area_m2(coded, j)) &&
            strcmp(hrm_layer_name(uncoded, i, HRM_UK), hrm_layer_name(coded, j, HRM_UK)) == 0 &&
            same_name(uncoded, i, coded, j, HRM_LEVEL_OBLAST))
            return j;
    return HRM_NONE;
}

static void code_them(hrm_context *ctx, const char *path, const hrm_codifier *codifier,
                      const hrm_layer *coded) {
    hrm_layer *const layer = open_layer(ctx, path, codifier);
    ck_assert_uint_eq(hrm_layer_count(layer), expected_right());
    for (size_t i = 0; i < hrm_layer_count(layer); i++) {
        const size_t before = row_before(layer, i, coded);
        ck_assert_msg(before != HRM_NONE, "%s is of no feature", hrm_layer_code(layer, i));
        ck_assert_msg(strcmp(hrm_layer_key(layer, i), hrm_layer_key(coded, before)) == 0, "%s: %s, not %s",
                      hrm_layer_name(layer, i, HRM_UK), hrm_layer_key(layer, i),
                      hrm_layer_key(coded, before));
    }
    hrm_layer_free(layer);
}

START_TEST(boundaries_with_names_only_are_coded) {
    hrm_codifier *codifier = NULL;
    hrm_source source;
    char path[LINE], uncoded[LINE];
    const char *const data = hrmt_real_data("boundaries that have names only");
    if (data == NULL) return;
    hrm_context *const ctx = hrmt_context();
    char *const folder = hrmt_folder("real-uncoded");
    (void)snprintf(path, sizeof path, "%s/codes/kodifikator-16-05-2025.csv", data);
    hrm_source_init(&source, sizeof source);
    source.path = path;
    hrmt_ok(ctx, hrm_codifier_open(ctx, &source, NULL, &codifier));
    (void)snprintf(path, sizeof path, "%s/boundaries/Hromadas.geojson", data);
    (void)snprintf(uncoded, sizeof uncoded, "%s/names_only.geojson", folder);
    write_uncoded(path, uncoded);
    hrm_layer *const coded = open_layer(ctx, path, NULL);
    ck_assert_uint_eq(hrm_layer_count(coded), 1769);
    code_them(ctx, uncoded, codifier, coded);
    hrm_layer_free(coded);
    hrm_codifier_free(codifier);
    hrm_context_free(ctx);
    free(folder);
}
END_TEST

HRMT_SUITE("uncoded", &boundaries_with_names_only_are_coded)
