/* YAML as a tree: kinds, places, and everything that is refused. */
#include "harness/harness.h"
#include "recipe/yaml.h"

typedef struct reading {
    hrm_context *ctx;
    hrmi_arena arena;
    hrmi_yaml *root;
} reading;

static void begin(reading *r) {
    r->ctx = hrmt_context();
    r->root = NULL;
    hrmi_arena_init(&r->arena, r->ctx);
}

static void end(reading *r) {
    hrmi_arena_free(&r->arena);
    hrm_context_free(r->ctx);
}

static hrm_status read_bytes(reading *r, const char *text, size_t length) {
    return hrmi_yaml_read(r->ctx, &r->arena, "a.yaml", text, length, &r->root);
}

static hrm_status read_text(reading *r, const char *text) {
    return read_bytes(r, text, strlen(text));
}

START_TEST(a_tree_has_kinds_and_places) {
    reading r;
    begin(&r);
    hrmt_ok(r.ctx, read_text(&r, "a: 1\nb:\n  - x\n  - 'y'\nгромада: {c: \"\"}\n"));
    ck_assert_int_eq(r.root->kind, HRMI_YAML_MAP);
    ck_assert_uint_eq(r.root->count, 3);
    const hrmi_yaml *const a = hrmi_yaml_get(r.root, "a");
    ck_assert_str_eq(a->text, "1");
    ck_assert(a->plain);
    ck_assert_uint_eq(a->place.line, 1);
    ck_assert_uint_eq(a->place.column, 4);
    const hrmi_yaml *const b = hrmi_yaml_get(r.root, "b");
    ck_assert_int_eq(b->kind, HRMI_YAML_LIST);
    ck_assert_uint_eq(b->count, 2);
    ck_assert_str_eq(b->first->text, "x");
    ck_assert_str_eq(b->last->text, "y");
    ck_assert(!b->last->plain);
    const hrmi_yaml *const c = hrmi_yaml_get(r.root, "громада");
    ck_assert_uint_eq(c->key_place.line, 5);
    ck_assert_uint_eq(c->place.column, 10); /* counted in characters */
    ck_assert_str_eq(hrmi_yaml_get(c, "c")->text, "");
    ck_assert_ptr_null(hrmi_yaml_get(c, "d"));
    end(&r);
}
END_TEST

START_TEST(a_byte_order_mark_and_windows_lines_are_read) {
    reading r;
    begin(&r);
    hrmt_ok(r.ctx, read_text(&r, "\xEF\xBB\xBF"
                                 "a: 1\r\nb: 2\r\n"));
    ck_assert_str_eq(hrmi_yaml_get(r.root, "a")->text, "1");
    ck_assert_str_eq(hrmi_yaml_get(r.root, "b")->text, "2");
    end(&r);
}
END_TEST

START_TEST(what_is_no_yaml_is_told_with_its_place) {
    reading r;
    begin(&r);
    hrmt_fails(r.ctx, read_text(&r, "a: 1\n b: 2\n"), HRM_ERROR_RECIPE, "a.yaml, line 2, column 3: not YAML");
    hrmt_fails(r.ctx, read_text(&r, "a: [1, 2\nb: 3\n"), HRM_ERROR_RECIPE, "not YAML");
    hrmt_fails(r.ctx, read_text(&r, "\ta: 1\n"), HRM_ERROR_RECIPE, "line 1");
    hrmt_fails(r.ctx, read_text(&r, "a: \"\x01\"\n"), HRM_ERROR_RECIPE, "control characters");
    end(&r);
}
END_TEST

START_TEST(empty_and_binary_files_are_no_recipes) {
    reading r;
    begin(&r);
    hrmt_fails(r.ctx, read_text(&r, ""), HRM_ERROR_RECIPE, "a.yaml: empty");
    hrmt_fails(r.ctx, read_text(&r, "# a comment\n"), HRM_ERROR_RECIPE, "empty");
    hrmt_fails(r.ctx, read_bytes(&r, "\x89PNG\r\n\x1a\n\0\0", 10), HRM_ERROR_RECIPE,
               "not UTF-8 text (byte 1)");
    hrmt_fails(r.ctx, read_bytes(&r, "SQLite format 3\0", 16), HRM_ERROR_RECIPE, "binary");
    hrmt_fails(r.ctx, read_bytes(&r, "a: \"\\0\"", 7), HRM_ERROR_RECIPE, "zero byte");
    end(&r);
}
END_TEST

START_TEST(sizes_are_bounded) {
    reading r;
    begin(&r);
    const size_t size = HRMI_YAML_MOST_BYTES + 1;
    char *const text = malloc(size);
    ck_assert_ptr_nonnull(text);
    memset(text, '#', size);
    hrmt_fails(r.ctx, read_bytes(&r, text, size), HRM_ERROR_LIMIT, "1 MiB");
    memset(text, '[', 1000);
    hrmt_fails(r.ctx, read_bytes(&r, text, 1000), HRM_ERROR_LIMIT, "32 levels");
    text[0] = '[';
    for (size_t i = 1; i < size - 1; i++) text[i] = i % 2 == 1 ? 'a' : ',';
    hrmt_fails(r.ctx, read_bytes(&r, text, size - 2), HRM_ERROR_LIMIT, "100000 values");
    free(text);
    end(&r);
}
END_TEST

START_TEST(what_hides_surprises_is_refused) {
    reading r;
    begin(&r);
    hrmt_fails(r.ctx, read_text(&r, "a: &x [lol]\nb: [*x, *x, *x]\n"), HRM_ERROR_RECIPE, "anchors");
    hrmt_fails(r.ctx, read_text(&r, "b: *x\n"), HRM_ERROR_RECIPE, "line 1");
    hrmt_fails(r.ctx, read_text(&r, "b: *.csv\n"), HRM_ERROR_RECIPE, "in quotes");
    hrmt_fails(r.ctx, read_text(&r, "b: !!str 1\n"), HRM_ERROR_RECIPE, "tags");
    hrmt_fails(r.ctx, read_text(&r, "a: 1\n---\nb: 2\n"), HRM_ERROR_RECIPE, "second document");
    hrmt_fails(r.ctx, read_text(&r, "? [a, b]\n: 1\n"), HRM_ERROR_RECIPE, "a key must be a plain text");
    hrmt_fails(r.ctx, read_text(&r, "a: 1\nb: 2\na: 3\n"), HRM_ERROR_RECIPE,
               "line 3, column 1: the key 'a' stands here for the second time; the first one is in line 1");
    end(&r);
}
END_TEST

static hrm_status read_and_forget(hrm_context *ctx, void *user) {
    hrmi_arena arena;
    hrmi_yaml *root = NULL;
    const char *const text = user;
    hrmi_arena_init(&arena, ctx);
    const hrm_status status = hrmi_yaml_read(ctx, &arena, "a.yaml", text, strlen(text), &root);
    hrmi_arena_free(&arena);
    return status;
}

START_TEST(memory_may_run_out) {
    char text[] = "a: {b: [1, 2, {c: d}], e: f, g: h, i: j, k: l, m: n, o: p, q: r, s: t}\nu: [v]\n";
    hrmt_fail_each(read_and_forget, text);
}
END_TEST

HRMT_SUITE("yaml", &a_tree_has_kinds_and_places, &a_byte_order_mark_and_windows_lines_are_read,
           &what_is_no_yaml_is_told_with_its_place, &empty_and_binary_files_are_no_recipes,
           &sizes_are_bounded, &what_hides_surprises_is_refused, &memory_may_run_out)
