/* Paths of recipes: relative ones, patterns, and dates in names. */
#include "harness/harness.h"
#include "recipe/paths.h"

static void resolves(const char *folder, const char *path, const char *expected) {
    hrm_context *const ctx = hrmt_context();
    const char *out = NULL;
    hrmi_arena arena;
    hrmi_arena_init(&arena, ctx);
    hrmt_ok(ctx, hrmi_path_resolve(ctx, &arena, folder, path, &out));
    ck_assert_str_eq(out, expected);
    hrmi_arena_free(&arena);
    hrm_context_free(ctx);
}

START_TEST(relative_paths_start_at_the_folder) {
    resolves("", "a/b.csv", "a/b.csv");
    resolves("data", "a/b.csv", "data/a/b.csv");
    resolves("data/", "a.csv", "data/a.csv");
    resolves("/", "a.csv", "/a.csv");
    resolves("data", "/abs/a.csv", "/abs/a.csv");
    resolves("data", "/vsizip/a.zip/b.shp", "/vsizip/data/a.zip/b.shp");
    resolves("/data", "/vsizip/a.zip/b.shp", "/vsizip//data/a.zip/b.shp");
    resolves("data", "/vsizip//abs/a.zip/b.shp", "/vsizip//abs/a.zip/b.shp");
}
END_TEST

static void lies_in(const char *path, const char *expected) {
    hrm_context *const ctx = hrmt_context();
    const char *out = NULL;
    hrmi_arena arena;
    hrmi_arena_init(&arena, ctx);
    hrmt_ok(ctx, hrmi_path_folder(ctx, &arena, path, &out));
    ck_assert_str_eq(out, expected);
    hrmi_arena_free(&arena);
    hrm_context_free(ctx);
}

START_TEST(a_file_lies_in_its_folder) {
    lies_in("a/b/c.yaml", "a/b");
    lies_in("c.yaml", "");
    lies_in("/c.yaml", "/");
}
END_TEST

static void has_date(const char *path, hrmi_date_found found, const char *expected) {
    char date[HRMI_DATE_SIZE];
    ck_assert_msg(hrmi_path_date(path, date) == found, "%s: %s", path, date);
    if (found == HRMI_DATE_ONE) ck_assert_str_eq(date, expected);
}

START_TEST(names_carry_dates) {
    has_date("x/deepstatemap_data_20240708.geojson", HRMI_DATE_ONE, "2024-07-08");
    has_date("frontline_28092022.geojson", HRMI_DATE_ONE, "2022-09-28");
    has_date("front-2024-02-29.gpkg", HRMI_DATE_ONE, "2024-02-29");
    has_date("20240101/front.geojson", HRMI_DATE_NONE, ""); /* the folder is not the name */
    has_date("front-2023-02-29.gpkg", HRMI_DATE_NONE, "");
    has_date("front_20241301.gpkg", HRMI_DATE_NONE, "");
    has_date("front_120240101.gpkg", HRMI_DATE_NONE, "");
    has_date("front_2024-1-1.gpkg", HRMI_DATE_NONE, "");
    has_date("20240101_20240201.gpkg", HRMI_DATE_SEVERAL, "");
    has_date("20240101_2024-01-01.gpkg", HRMI_DATE_ONE, "2024-01-01");
    has_date("front.gpkg", HRMI_DATE_NONE, "");
    has_date("", HRMI_DATE_NONE, "");
}
END_TEST

static void touch(const char *folder, const char *name) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *const file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    (void)fclose(file);
}

static hrm_status match(hrm_context *ctx, void *user) {
    hrmi_arena arena;
    const char **names = NULL;
    size_t count = 0;
    hrmi_arena_init(&arena, ctx);
    const hrm_status status = hrmi_path_match(ctx, &arena, user, &names, &count);
    hrmi_arena_free(&arena);
    return status;
}

START_TEST(patterns_find_files_in_order) {
    hrm_context *const ctx = hrmt_context();
    char *const folder = hrmt_folder("patterns [a]"); /* signs of patterns in folders mean nothing */
    static const char *const names[] = {"b_20240201.geojson", "a_20240101.geojson", "c.txt",
                                        ".hidden.geojson", "c_20240301.geojson"};
    char pattern[4096];
    hrmi_arena arena;
    const char **found = NULL;
    size_t count = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) touch(folder, names[i]);
    hrmi_arena_init(&arena, ctx);
    (void)snprintf(pattern, sizeof pattern, "%s/*.geojson", folder);
    ck_assert(hrmi_path_is_pattern(pattern));
    ck_assert(!hrmi_path_is_pattern("a*/b.csv"));
    hrmt_ok(ctx, hrmi_path_match(ctx, &arena, pattern, &found, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_str_eq(strrchr(found[0], '/'), "/a_20240101.geojson");
    ck_assert_str_eq(strrchr(found[2], '/'), "/c_20240301.geojson");
    hrmt_fail_each(match, pattern);
    (void)snprintf(pattern, sizeof pattern, "%s/?_2024*01.geo*", folder);
    hrmt_ok(ctx, hrmi_path_match(ctx, &arena, pattern, &found, &count));
    ck_assert_uint_eq(count, 3);
    (void)snprintf(pattern, sizeof pattern, "%s/*.gpkg", folder);
    hrmt_fails(ctx, hrmi_path_match(ctx, &arena, pattern, &found, &count), HRM_ERROR_FILE, "no file matches");
    hrmt_fails(ctx, hrmi_path_match(ctx, &arena, "no/such/*.csv", &found, &count), HRM_ERROR_FILE, "no/such");
    hrmi_arena_free(&arena);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("paths", &relative_paths_start_at_the_folder, &a_file_lies_in_its_folder, &names_carry_dates,
           &patterns_find_files_in_order)
