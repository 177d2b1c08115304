/* Writing an assessment: all files or none, and what was there before stays where it cannot be done. */
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/hash.h"
#include "recipe/region.h"

typedef struct trial {
    hrm_context *ctx;
    char *folder;
    char *out;
    hrm_recipe *recipe;
    hrm_assessment *assessment;
} trial;

static trial begin(void) {
    trial t = {.ctx = hrmt_context(), .folder = region_make()};
    t.recipe = region_recipe(t.ctx, t.folder, region_everything);
    hrmt_ok(t.ctx, hrm_assess(t.ctx, t.recipe, &t.assessment));
    t.out = malloc(strlen(t.folder) + 64);
    ck_assert_ptr_nonnull(t.out);
    (void)sprintf(t.out, "%s/results/new", t.folder);
    return t;
}

static void end(trial *t) {
    hrm_assessment_free(t->assessment);
    hrm_recipe_free(t->recipe);
    free(t->out);
    free(t->folder);
    hrm_context_free(t->ctx);
}

START_TEST(all_files_appear) {
    trial t = begin();
    hrmt_ok(t.ctx, hrm_assessment_write(t.ctx, t.assessment, t.out));
    ck_assert_uint_eq(hrm_assessment_output_count(t.assessment), 3);
    ck_assert_str_eq(hrm_assessment_output(t.assessment, 0), "a.gpkg");
    ck_assert_str_eq(hrm_assessment_output(t.assessment, 2), "account.json");
    ck_assert_ptr_null(hrm_assessment_output(t.assessment, 3));
    ck_assert(region_has(t.out, "a.gpkg"));
    ck_assert(region_has(t.out, "a.csv"));
    ck_assert(!region_has_beginning(t.out, ".hromada"));
    char *const csv = region_read(t.out, "a.csv");
    ck_assert_ptr_eq(strstr(csv, "code,name,raion,oblast,area_m2"), csv);
    ck_assert_ptr_nonnull(strstr(csv, "population_missing"));
    ck_assert_ptr_nonnull(strstr(csv, "\nUA0501001,Перша,UA0501,UA05,"));
    free(csv);
    end(&t);
}
END_TEST

START_TEST(the_account_names_the_files_with_their_hashes) {
    trial t = begin();
    char path[4096];
    char hash[HRMI_SHA256_SIZE];
    uint64_t bytes = 0;
    hrmt_ok(t.ctx, hrm_assessment_write(t.ctx, t.assessment, t.out));
    char *const account = region_read(t.out, "account.json");
    (void)snprintf(path, sizeof path, "%s/a.csv", t.out);
    hrmt_ok(t.ctx, hrmi_sha256_file(t.ctx, path, &bytes, hash));
    ck_assert_ptr_nonnull(strstr(account, hash));
    (void)snprintf(path, sizeof path, "%s/a.gpkg", t.out);
    hrmt_ok(t.ctx, hrmi_sha256_file(t.ctx, path, &bytes, hash));
    ck_assert_ptr_nonnull(strstr(account, hash));
    const char *const made = hrm_assessment_account(t.assessment);
    ck_assert_int_eq(strncmp(account, made, strlen(made) - 3), 0); /* the same, and the outputs behind it */
    free(account);
    end(&t);
}
END_TEST

START_TEST(without_a_folder_they_go_beside_the_recipe) {
    trial t = begin();
    char expected[4096];
    (void)snprintf(expected, sizeof expected, "%s/output", t.folder);
    ck_assert_str_eq(hrm_assessment_folder(t.assessment), expected);
    hrmt_ok(t.ctx, hrm_assessment_write(t.ctx, t.assessment, NULL));
    ck_assert(region_has(expected, "account.json"));
    end(&t);
}
END_TEST

START_TEST(folders_that_cannot_be) {
    trial t = begin();
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/statistics.csv", t.folder); /* a file */
    hrmt_fails(t.ctx, hrm_assessment_write(t.ctx, t.assessment, path), HRM_ERROR_WRITE, "statistics.csv");
    (void)snprintf(path, sizeof path, "%s/statistics.csv/out", t.folder);
    hrmt_fails(t.ctx, hrm_assessment_write(t.ctx, t.assessment, path), HRM_ERROR_WRITE, "statistics.csv/out");
    hrmt_fails(t.ctx, hrm_assessment_write(t.ctx, t.assessment, "/proc/nothing"), HRM_ERROR_WRITE,
               "/proc/nothing");
    hrmt_fails(t.ctx, hrm_assessment_write(t.ctx, NULL, path), HRM_ERROR_ARGUMENT, "assessment");
    ck_assert_int_eq(hrm_assessment_write(NULL, t.assessment, path), HRM_ERROR_ARGUMENT);
    end(&t);
}
END_TEST

/* A folder where a file should go cannot be replaced: nothing else of that name is touched. */
START_TEST(what_cannot_be_replaced_is_told) {
    trial t = begin();
    char path[4096];
    hrmt_ok(t.ctx, hrm_assessment_write(t.ctx, t.assessment, t.out));
    (void)snprintf(path, sizeof path, "%s/account.json", t.out);
    ck_assert_int_eq(remove(path), 0);
    ck_assert_int_eq(mkdir(path, 0777), 0);
    hrmt_fails(t.ctx, hrm_assessment_write(t.ctx, t.assessment, t.out), HRM_ERROR_WRITE, "account.json");
    ck_assert(!region_has_beginning(t.out, ".hromada"));
    end(&t);
}
END_TEST

/* A recipe whose output would take the place of its own table, reached by another path. */
START_TEST(inputs_are_not_written_over) {
    trial t = begin();
    char path[4096];
    hrm_recipe_free(t.recipe);
    hrm_assessment_free(t.assessment);
    t.assessment = NULL;
    t.recipe = region_recipe(t.ctx, t.folder,
                             "tables: [{source: budget.csv, key: code, period: year, columns: {a: total}}]\n"
                             "output: [new.gpkg, budget.csv]\n");
    hrmt_ok(t.ctx, hrm_assess(t.ctx, t.recipe, &t.assessment));
    char *const before = region_read(t.folder, "budget.csv");
    (void)snprintf(path, sizeof path, "%s/.", t.folder);
    hrmt_fails(t.ctx, hrm_assessment_write(t.ctx, t.assessment, path), HRM_ERROR_WRITE,
               "budget.csv: this is one of the inputs");
    char *const after = region_read(t.folder, "budget.csv");
    ck_assert_str_eq(after, before);
    ck_assert(!region_has(t.folder, "new.gpkg"));
    ck_assert(!region_has_beginning(t.folder, ".hromada"));
    hrmt_ok(t.ctx, hrm_assessment_write(t.ctx, t.assessment, t.out)); /* elsewhere it may have that name */
    free(before);
    free(after);
    end(&t);
}
END_TEST

/* As on a full disk: in a process in which no file may grow over `bytes`. Whether writing failed as it
 * should. */
static bool fails_on_full_disk(const trial *t, rlim_t bytes) {
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        const struct rlimit limit = {bytes, bytes};
        (void)signal(SIGXFSZ, SIG_IGN);
        const bool bounded = setrlimit(RLIMIT_FSIZE, &limit) == 0;
        const hrm_status status = hrm_assessment_write(t->ctx, t->assessment, t->out);
        _exit(bounded && status == HRM_ERROR_WRITE && hrm_error_message(t->ctx)[0] != '\0' ? 0 : 1);
    }
    int result = 0;
    ck_assert_int_eq(waitpid(child, &result, 0), child);
    return result == 0;
}

START_TEST(a_full_disk_leaves_what_was_there) {
    trial t = begin();
    static const rlim_t bounds[] = {0, 100, 500, 2000, 10000, 50000, 100000};
    hrmt_ok(t.ctx, hrm_assessment_write(t.ctx, t.assessment, t.out));
    region_write(t.out, "a.csv", "old");
    region_write(t.out, "a.gpkg", "old");
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        ck_assert_msg(fails_on_full_disk(&t, bounds[i]), "%lu bytes", (unsigned long)bounds[i]);
        char *const csv = region_read(t.out, "a.csv");
        char *const gpkg = region_read(t.out, "a.gpkg");
        ck_assert_str_eq(csv, "old");
        ck_assert_str_eq(gpkg, "old");
        ck_assert(!region_has_beginning(t.out, ".hromada"));
        free(csv);
        free(gpkg);
    }
    hrmt_ok(t.ctx, hrm_assessment_write(t.ctx, t.assessment, t.out));
    end(&t);
}
END_TEST

static bool stop_at_once(double share, const char *step, void *user) {
    (void)share;
    (void)step;
    (void)user;
    return false;
}

START_TEST(stopping_leaves_nothing) {
    trial t = begin();
    hrm_context_set_progress(t.ctx, stop_at_once, NULL);
    hrmt_fails(t.ctx, hrm_assessment_write(t.ctx, t.assessment, t.out), HRM_ERROR_CANCELLED, "stopped");
    ck_assert(!region_has(t.out, "a.csv"));
    ck_assert(!region_has_beginning(t.out, ".hromada"));
    end(&t);
}
END_TEST

static hrm_status write_results(hrm_context *ctx, void *user) {
    const trial *const t = user;
    return hrm_assessment_write(ctx, t->assessment, t->out);
}

START_TEST(memory_may_run_out) {
    trial t = begin();
    hrmt_fail_each(write_results, &t);
    ck_assert(!region_has_beginning(t.out, ".hromada"));
    end(&t);
}
END_TEST

HRMT_SUITE("write", &all_files_appear, &the_account_names_the_files_with_their_hashes,
           &without_a_folder_they_go_beside_the_recipe, &folders_that_cannot_be,
           &what_cannot_be_replaced_is_told, &inputs_are_not_written_over, &a_full_disk_leaves_what_was_there,
           &stopping_leaves_nothing, &memory_may_run_out)
