/* The harness: see harness.h. */
#include <sys/stat.h>
#include <unistd.h>

#include "harness/harness.h"

Suite *hrmt_suite_of(const char *name, const TTest *const *tests, size_t count) {
    Suite *const suite = suite_create(name);
    for (size_t i = 0; i < count; i++) {
        TCase *const c = tcase_create(tests[i]->name);
        tcase_set_timeout(c, 0);
        tcase_add_test(c, tests[i]);
        suite_add_tcase(suite, c);
    }
    return suite;
}

/* Before every block stands its size: what realloc is told can be checked, and what is free is known. */
typedef union header {
    size_t size;
    max_align_t align;
} header;

void hrmt_memory_init(hrmt_memory *memory) {
    memset(memory, 0, sizeof *memory);
}

void hrmt_memory_arm(hrmt_memory *memory, size_t fail_at, bool fail_on) {
    memory->fail_at = fail_at;
    memory->fail_on = fail_on;
    memory->armed_calls = 0;
    memory->failed = false;
}

static bool fails_now(hrmt_memory *memory) {
    memory->allocations++;
    memory->armed_calls++;
    if (memory->fail_at == 0) return false;
    const bool fails =
        memory->armed_calls == memory->fail_at || (memory->fail_on && memory->armed_calls > memory->fail_at);
    if (fails) memory->failed = true;
    return fails;
}

static void count(hrmt_memory *memory, size_t old_size, size_t size) {
    memory->live_bytes = memory->live_bytes - old_size + size;
    if (memory->live_bytes > memory->peak_bytes) memory->peak_bytes = memory->live_bytes;
}

static void *counted_alloc(size_t size, void *user) {
    hrmt_memory *const memory = user;
    ck_assert_msg(size > 0, "alloc of 0 bytes");
    if (fails_now(memory)) return NULL;
    header *const h = malloc(sizeof *h + size);
    ck_assert_ptr_nonnull(h);
    h->size = size;
    memset(h + 1, 0xA5, size); /* nobody may count on zeros */
    memory->live++;
    count(memory, 0, size);
    return h + 1;
}

static void *counted_realloc(void *p, size_t old_size, size_t size, void *user) {
    hrmt_memory *const memory = user;
    ck_assert_msg(p != NULL && size > 0, "realloc of NULL, or to 0 bytes");
    header *const old = (header *)p - 1;
    ck_assert_msg(old->size == old_size, "realloc is told %zu bytes of a block of %zu", old_size, old->size);
    if (fails_now(memory)) return NULL;
    header *const h = malloc(sizeof *h + size); /* always moves: nobody may count on staying */
    ck_assert_ptr_nonnull(h);
    h->size = size;
    memset(h + 1, 0xA5, size);
    memcpy(h + 1, p, old_size < size ? old_size : size);
    free(old);
    count(memory, old_size, size);
    return h + 1;
}

static void counted_free(void *p, void *user) {
    hrmt_memory *const memory = user;
    ck_assert_msg(p != NULL, "free of NULL");
    header *const h = (header *)p - 1;
    memory->live--;
    count(memory, h->size, 0);
    free(h);
}

hrm_allocator hrmt_allocator(hrmt_memory *memory) {
    return (hrm_allocator){counted_alloc, counted_realloc, counted_free, memory};
}

hrm_context *hrmt_context(void) {
    hrm_context *ctx = NULL;
    ck_assert_int_eq(hrm_context_new(NULL, &ctx), HRM_OK);
    return ctx;
}

static void fail_each(hrmt_call call, void *user, bool fail_on) {
    hrmt_memory memory;
    hrm_context *ctx = NULL;
    hrmt_memory_init(&memory);
    const hrm_allocator allocator = hrmt_allocator(&memory);
    ck_assert_int_eq(hrm_context_new(&allocator, &ctx), HRM_OK);
    for (size_t k = 1;; k++) {
        const size_t live = memory.live;
        const size_t live_bytes = memory.live_bytes;
        hrmt_memory_arm(&memory, k, fail_on);
        const hrm_status status = call(ctx, user);
        const bool failed = memory.failed;
        hrmt_memory_arm(&memory, 0, false);
        ck_assert_msg(memory.live == live && memory.live_bytes == live_bytes,
                      "allocation %zu failing %s: %zu blocks and %zu bytes before, %zu and %zu after", k,
                      fail_on ? "for good" : "once", live, live_bytes, memory.live, memory.live_bytes);
        if (!failed) {
            ck_assert_msg(status == HRM_OK, "%s: %s", hrm_status_name(status), hrm_error_message(ctx));
            ck_assert_msg(k > 1, "the call allocates nothing: no need to try it");
            break;
        }
        ck_assert_msg(status == HRM_ERROR_MEMORY, "allocation %zu failing %s: %s: %s", k,
                      fail_on ? "for good" : "once", hrm_status_name(status), hrm_error_message(ctx));
        ck_assert_msg(hrm_error_message(ctx)[0] != '\0', "allocation %zu failing: no message", k);
    }
    hrm_context_free(ctx);
    ck_assert_uint_eq(memory.live, 0);
}

void hrmt_fail_each(hrmt_call call, void *user) {
    fail_each(call, user, false);
    fail_each(call, user, true);
}

const char *hrmt_real_data(const char *test) {
    const char *const folder = getenv("HROMADA_DATA");
    if (folder == NULL || folder[0] == '\0') {
        printf("SKIPPED for want of HROMADA_DATA: %s\n", test);
        return NULL;
    }
    return folder;
}

char *hrmt_folder(const char *name) {
    const size_t size = strlen(HRMT_BINARY_DIR) + strlen(name) + 64;
    char *const path = malloc(size);
    ck_assert_ptr_nonnull(path);
    (void)snprintf(path, size, "%s/tmp", HRMT_BINARY_DIR);
    (void)mkdir(path, 0777);
    (void)snprintf(path, size, "%s/tmp/%s-XXXXXX", HRMT_BINARY_DIR, name);
    ck_assert_ptr_nonnull(mkdtemp(path));
    return path;
}
