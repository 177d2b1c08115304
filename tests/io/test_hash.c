/* SHA-256 of texts and files (expected values from FIPS 180-4 and sha256sum), and the files behind a path. */
#include <sys/stat.h>

#include "harness/harness.h"
#include "io/hash.h"

static const char sha_empty[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const char sha_abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

static char *path_in(const char *folder, const char *name) {
    const size_t size = strlen(folder) + strlen(name) + 2;
    char *const path = malloc(size);
    ck_assert_ptr_nonnull(path);
    (void)snprintf(path, size, "%s/%s", folder, name);
    return path;
}

static void write_file(const char *folder, const char *name, const char *text) {
    char *const path = path_in(folder, name);
    FILE *const file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    (void)fputs(text, file);
    (void)fclose(file);
    free(path);
}

START_TEST(texts_have_their_known_hashes) {
    char hash[HRMI_SHA256_SIZE];
    hrmi_sha256_text("", 0, hash);
    ck_assert_str_eq(hash, sha_empty);
    hrmi_sha256_text("abc", 3, hash);
    ck_assert_str_eq(hash, sha_abc);
}
END_TEST

START_TEST(a_file_hashes_as_its_bytes_do) {
    hrm_context *const ctx = hrmt_context();
    char *const folder = hrmt_folder("hash");
    char *const path = path_in(folder, "abc.csv");
    char hash[HRMI_SHA256_SIZE];
    uint64_t bytes = 0;
    write_file(folder, "abc.csv", "abc");
    hrmt_ok(ctx, hrmi_sha256_file(ctx, path, &bytes, hash));
    ck_assert_uint_eq(bytes, 3);
    ck_assert_str_eq(hash, sha_abc);
    hrmt_fails(ctx, hrmi_sha256_file(ctx, "no/such/file", &bytes, hash), HRM_ERROR_FILE, "no/such/file");
    hrmt_fails(ctx, hrmi_sha256_file(ctx, folder, &bytes, hash), HRM_ERROR_FILE, folder);
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

static hrm_status list_files(hrm_context *ctx, void *user) {
    hrmi_arena arena;
    hrmi_source_file *files = NULL;
    size_t count = 0;
    hrmi_arena_init(&arena, ctx);
    const hrm_status status = hrmi_source_files(ctx, &arena, user, &files, &count);
    hrmi_arena_free(&arena);
    return status;
}

START_TEST(a_shapefile_is_all_its_parts) {
    hrm_context *const ctx = hrmt_context();
    char *const folder = hrmt_folder("hash");
    char *const path = path_in(folder, "roads.shp");
    hrmi_arena arena;
    hrmi_source_file *files = NULL;
    size_t count = 0;
    static const char *const names[] = {"roads.shp", "roads.SHX",     "roads.dbf",
                                        "roads.txt", "roads.shp.xml", "roads2.shp"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) write_file(folder, names[i], "abc");
    hrmi_arena_init(&arena, ctx);
    hrmt_ok(ctx, hrmi_source_files(ctx, &arena, path, &files, &count));
    ck_assert_uint_eq(count, 3);
    ck_assert_str_eq(strrchr(files[0].path, '/'), "/roads.SHX");
    ck_assert_str_eq(strrchr(files[1].path, '/'), "/roads.dbf");
    ck_assert_str_eq(strrchr(files[2].path, '/'), "/roads.shp");
    ck_assert_str_eq(files[2].sha256, sha_abc);
    hrmt_fail_each(list_files, path);
    hrmi_arena_free(&arena);
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(of_a_path_into_an_archive_it_is_the_archive) {
    hrm_context *const ctx = hrmt_context();
    char *const folder = hrmt_folder("hash");
    char virtual_path[4096];
    hrmi_arena arena;
    hrmi_source_file *files = NULL;
    size_t count = 0;
    write_file(folder, "a.zip", "abc");
    (void)snprintf(virtual_path, sizeof virtual_path, "/vsizip/%s/a.zip/inner/b.shp", folder);
    hrmi_arena_init(&arena, ctx);
    hrmt_ok(ctx, hrmi_source_files(ctx, &arena, virtual_path, &files, &count));
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(strrchr(files[0].path, '/'), "/a.zip");
    ck_assert_uint_eq(files[0].bytes, 3);
    hrmt_fail_each(list_files, virtual_path);
    hrmi_arena_free(&arena);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(what_is_on_a_server_has_no_files) {
    hrm_context *const ctx = hrmt_context();
    hrmi_arena arena;
    hrmi_source_file *files = NULL;
    size_t count = 9;
    hrmi_arena_init(&arena, ctx);
    hrmt_ok(ctx, hrmi_source_files(ctx, &arena, "PG:host=a dbname=b", &files, &count));
    ck_assert_uint_eq(count, 0);
    hrmi_arena_free(&arena);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("hash", &texts_have_their_known_hashes, &a_file_hashes_as_its_bytes_do,
           &a_shapefile_is_all_its_parts, &of_a_path_into_an_archive_it_is_the_archive,
           &what_is_on_a_server_has_no_files)
