/*
 * Every real table that has a row, or several, per community, through its entry in tables.yaml: what became
 * of its rows, and the sums of its numbers, as tables.txt has them from elsewhere.
 */
#include "base/number.h"
#include "harness/harness.h"
#include "real/account.h"

enum { LINE = 1024, FILE_LIMIT = 1 << 25 };

static void check_count(const char *table, const char *what, const char *at, size_t expected) {
    ck_assert_msg(hrmt_count(at) == expected, "%s: %s: %zu, not %zu", table, what, hrmt_count(at), expected);
}

/* The count at the end of "way code 1469", and the name before it. */
static size_t named_count(char *line, const char **name) {
    char *const space = strrchr(line, ' ');
    char *const before = strchr(line, ' ');
    ck_assert(space != NULL && before != NULL);
    *space = '\0';
    *name = before < space ? before + 1 : line;
    return (size_t)strtoull(space + 1, NULL, 10);
}

static double read_number(const char *at) {
    double number = 0.0;
    ck_assert(hrmi_number_read(at, strcspn(at, ",}\n\t "), &number));
    return number;
}

/* "sum FIELD TOTAL MATCHED", between tabs: of the table's columns one after the other. */
static void check_sum(const char *table, const char *amount, const char *line) {
    const char *const matched = strrchr(line, '\t');
    const char *total = matched;
    ck_assert_msg(amount != NULL, "%s: no amount for %s", table, line);
    while (total[-1] != '\t') total--;
    ck_assert_msg(read_number(hrmt_member(amount, "total")) == read_number(total), "%s: total of %s: %.17g",
                  table, line, read_number(hrmt_member(amount, "total")));
    ck_assert_msg(read_number(hrmt_member(amount, "allocated")) == read_number(matched + 1),
                  "%s: matched of %s: %.17g", table, line, read_number(hrmt_member(amount, "allocated")));
}

/* All ways, or all reasons, of the account are in the list too. */
static void check_named(const char *table, const char *what, const char *of, size_t expected) {
    size_t sum = 0;
    ck_assert_msg(of != NULL && *of == '{', "%s: no %s", table, what);
    for (const char *at = hrmt_skip_blanks(of + 1); *at == '"'; at = hrmt_skip_value(at)) {
        at = hrmt_skip_blanks(hrmt_skip_text(at));
        sum += hrmt_count(at);
    }
    ck_assert_msg(sum == expected, "%s: %zu %s, not %zu", table, sum, what, expected);
}

typedef struct expected {
    char id[64];
    const char *join; /* the table's account */
    size_t ways;
    size_t reasons;
    size_t sums;
} expected;

static void check_line(expected *t, char *line) {
    const char *const rows = hrmt_member(t->join, "rows");
    const char *name = NULL;
    if (strncmp(line, "sum\t", 4) == 0) {
        check_sum(t->id, hrmt_item(hrmt_member(t->join, "amounts"), t->sums++), line);
        return;
    }
    if (strncmp(line, "file ", 5) == 0 || strncmp(line, "key\t", 4) == 0 || strncmp(line, "period ", 7) == 0)
        return;
    const size_t count = named_count(line, &name);
    if (strncmp(line, "way ", 4) == 0) {
        check_count(t->id, name, hrmt_member(hrmt_member(t->join, "ways"), name), count);
        t->ways += count;
    } else if (strncmp(line, "not ", 4) == 0) {
        check_count(t->id, name, hrmt_member(hrmt_member(t->join, "reasons"), name), count);
        t->reasons += count;
    } else if (strcmp(line, "rows") == 0) {
        check_count(t->id, line, hrmt_member(rows, "in"), count);
    } else if (strcmp(line, "matched") == 0) {
        check_count(t->id, line, hrmt_member(rows, "matched"), count);
    } else if (strcmp(line, "communities") == 0) {
        check_count(t->id, line, hrmt_member(hrmt_member(t->join, "communities"), "reached"), count);
    } else if (strcmp(line, "several") == 0) {
        check_count(t->id, line, hrmt_member(t->join, "ambiguous_places"), count);
    } else {
        ck_abort_msg("tables.txt: what is '%s'?", line);
    }
}

static void end_table(const expected *t) {
    if (t->join == NULL) return;
    check_named(t->id, "matched rows by way", hrmt_member(t->join, "ways"), t->ways);
    check_named(t->id, "rows not used by reason", hrmt_member(t->join, "reasons"), t->reasons);
}

/* Counts the tables that were held against the account. */
static size_t check_tables(const char *account, bool (*wanted)(const char *id)) {
    const char *const tables = hrmt_member(account, "tables");
    FILE *const file = fopen(HRMT_SOURCE_DIR "/tests/real/tables.txt", "r");
    char line[LINE];
    expected t = {.join = NULL};
    size_t count = 0;
    bool skipping = true;
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0') continue;
        if (strncmp(line, "table ", 6) == 0) {
            end_table(&t);
            t = (expected){.join = NULL};
            skipping = !wanted(line + 6);
            if (skipping) continue;
            ck_assert_uint_lt((size_t)snprintf(t.id, sizeof t.id, "%s", line + 6), sizeof t.id);
            t.join = hrmt_member(hrmt_item_named(tables, "id", t.id), "join");
            ck_assert_msg(t.join != NULL, "no account of the table %s", t.id);
            count++;
        } else if (!skipping) {
            check_line(&t, line);
        }
    }
    end_table(&t);
    (void)fclose(file);
    return count;
}

static bool in_recipe(const char *id) {
    return strcmp(id, "dream") != 0;
}

START_TEST(tables_join_as_elsewhere) {
    hrm_recipe *recipe = NULL;
    hrm_assessment *assessment = NULL;
    const char *const data = hrmt_real_data("the joins of all real tables");
    if (data == NULL) return;
    hrm_context *const ctx = hrmt_context();
    hrmt_ok(ctx, hrm_recipe_open(ctx, HRMT_SOURCE_DIR "/tests/real/tables.yaml", &recipe));
    hrmt_ok(ctx, hrm_recipe_set_folder(ctx, recipe, data));
    hrmt_ok(ctx, hrm_assess(ctx, recipe, &assessment));
    ck_assert_uint_eq(check_tables(hrm_assessment_account(assessment), in_recipe), 34);
    hrm_assessment_free(assessment);
    hrm_recipe_free(recipe);
    hrm_context_free(ctx);
}
END_TEST

/* ---- a document that no reader of tables opens ---- */

static bool is_dream(const char *id) {
    return strcmp(id, "dream") == 0;
}

static char *read_text(const char *path) {
    FILE *const file = fopen(path, "rb");
    char *const text = malloc(FILE_LIMIT);
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(text);
    const size_t size = fread(text, 1, FILE_LIMIT - 1, file);
    ck_assert_uint_lt(size, FILE_LIMIT - 1);
    text[size] = '\0';
    (void)fclose(file);
    return text;
}

static void write_dream(const char *data, const char *path) {
    char from[LINE];
    (void)snprintf(from, sizeof from, "%s/investments/dream-priorities.json", data);
    char *const text = read_text(from);
    FILE *const file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    (void)fprintf(file, "katottg,project_count\n");
    const char *const list = hrmt_member(text, "hromadas");
    ck_assert_ptr_nonnull(list);
    for (const char *at = hrmt_item(list, 0); at != NULL && *at == '{'; at = hrmt_skip_value(at))
        (void)fprintf(file, "%.19s,%zu\n", hrmt_member(at, "katottg") + 1,
                      hrmt_count(hrmt_member(at, "project_count")));
    (void)fclose(file);
    free(text);
}

START_TEST(the_projects_of_dream_join_too) {
    static const char recipe_text[] =
        "hromada: 1\n"
        "communities: {source: \"%s/boundaries/Hromadas.geojson\", code: ADM3_PCODE}\n"
        "tables:\n"
        "  - {id: dream, source: dream.csv, key: katottg, columns: {projects: "
        "project_count}}\n";
    char path[LINE], text[2 * LINE];
    hrm_recipe *recipe = NULL;
    hrm_assessment *assessment = NULL;
    const char *const data = hrmt_real_data("the join of DREAM's projects");
    if (data == NULL) return;
    char *const folder = hrmt_folder("real-dream");
    hrm_context *const ctx = hrmt_context();
    (void)snprintf(path, sizeof path, "%s/dream.csv", folder);
    write_dream(data, path);
    const int length = snprintf(text, sizeof text, recipe_text, data);
    ck_assert_int_lt(length, (int)sizeof text);
    hrmt_ok(ctx, hrm_recipe_parse(ctx, text, (size_t)length, folder, &recipe));
    hrmt_ok(ctx, hrm_assess(ctx, recipe, &assessment));
    ck_assert_uint_eq(check_tables(hrm_assessment_account(assessment), is_dream), 1);
    hrm_assessment_free(assessment);
    hrm_recipe_free(recipe);
    hrm_context_free(ctx);
    free(folder);
}
END_TEST

HRMT_SUITE("tables", &tables_join_as_elsewhere, &the_projects_of_dream_join_too)
