/* Arrays, arenas, buffers, the text index, and the caller's structs. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/index.h"
#include "harness/harness.h"

static hrm_status use_all(hrm_context *ctx, void *user) {
    hrmi_arena arena = {0};
    hrmi_buffer buffer = {0};
    hrmi_index index = {0};
    double *values = NULL;
    size_t capacity = 0;
    hrm_status status = HRM_OK;
    (void)user;
    hrmi_arena_init(&arena, ctx);
    hrmi_buffer_init(&buffer, ctx);
    hrmi_index_init(&index, ctx);
    for (size_t i = 0; i < 300; i++) {
        char text[32];
        (void)snprintf(text, sizeof text, "key %zu", i);
        status = hrmi_array_grow(ctx, &values, &capacity, i + 1, sizeof *values);
        if (status != HRM_OK) goto done;
        values[i] = (double)i;
        const char *const copy = hrmi_arena_text(ctx, &arena, text, strlen(text));
        if (copy == NULL) {
            status = HRM_ERROR_MEMORY;
            goto done;
        }
        status = hrmi_index_add(ctx, &index, copy, strlen(copy), i);
        if (status != HRM_OK) goto done;
        status = hrmi_buffer_text(ctx, &buffer, text);
        if (status != HRM_OK) goto done;
    }
    if (hrmi_arena_new(ctx, &arena, 10000, sizeof(double)) == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    for (size_t i = 0; i < 300; i++) {
        char text[32];
        (void)snprintf(text, sizeof text, "key %zu", i);
        ck_assert_uint_eq(hrmi_index_find(&index, text, strlen(text)), i);
        ck_assert_double_eq(values[i], (double)i);
    }
    ck_assert_uint_eq(hrmi_index_find(&index, "key", 3), HRM_NONE);
    ck_assert_uint_eq(buffer.length, strlen(buffer.data));
done:
    hrmi_arena_free(&arena);
    hrmi_buffer_free(&buffer);
    hrmi_index_free(&index);
    hrmi_free(ctx, values);
    return status;
}

START_TEST(nothing_is_lost_when_memory_runs_out) {
    hrmt_fail_each(use_all, NULL);
}
END_TEST

/* Every third text is taken out again, and the others must still be found: also those that stood behind a
 * gap. */
START_TEST(texts_are_taken_out_of_the_index) {
    static char texts[1000][8];
    hrm_context *ctx = hrmt_context();
    hrmi_index index;
    hrmi_index_init(&index, ctx);
    hrmi_index_remove(&index, "of an empty index", 5);
    for (size_t i = 0; i < 1000; i++) {
        (void)snprintf(texts[i], sizeof texts[i], "%zu", i);
        hrmt_ok(ctx, hrmi_index_add(ctx, &index, texts[i], strlen(texts[i]), i));
    }
    for (size_t i = 0; i < 1000; i += 3) hrmi_index_remove(&index, texts[i], strlen(texts[i]));
    hrmi_index_remove(&index, "0", 1); /* no longer there: nothing */
    ck_assert_uint_eq(index.count, 666);
    for (size_t i = 0; i < 1000; i++)
        ck_assert_uint_eq(hrmi_index_find(&index, texts[i], strlen(texts[i])), i % 3 == 0 ? HRM_NONE : i);
    for (size_t i = 0; i < 1000; i += 3)
        hrmt_ok(ctx, hrmi_index_add(ctx, &index, texts[i], strlen(texts[i]), i));
    for (size_t i = 0; i < 1000; i++)
        ck_assert_uint_eq(hrmi_index_find(&index, texts[i], strlen(texts[i])), i);
    hrmi_index_free(&index);
    hrm_context_free(ctx);
}
END_TEST

/* What an object frees must be its own allocator's, whoever adds to it. */
START_TEST(objects_grow_by_their_own_allocator) {
    hrmt_memory memory;
    hrmt_memory_init(&memory);
    const hrm_allocator allocator = hrmt_allocator(&memory);
    hrm_context *maker = NULL;
    hrm_context *other = hrmt_context();
    hrmi_index index;
    hrmi_buffer buffer;
    ck_assert_int_eq(hrm_context_new(&allocator, &maker), HRM_OK);
    hrmi_index_init(&index, maker);
    hrmi_buffer_init(&buffer, maker);
    hrmt_ok(other, hrmi_index_add(other, &index, "a", 1, 7));
    hrmt_ok(other, hrmi_buffer_text(other, &buffer, "text"));
    hrm_context_free(other);
    ck_assert_uint_eq(memory.live, 3);
    hrmi_index_free(&index);
    hrmi_buffer_free(&buffer);
    hrm_context_free(maker);
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

START_TEST(products_that_overflow_are_refused) {
    hrm_context *ctx = hrmt_context();
    ck_assert_ptr_null(hrmi_array_new(ctx, SIZE_MAX / 4, 8));
    ck_assert_int_eq(hrm_error_status(ctx), HRM_ERROR_MEMORY);
    ck_assert_str_ne(hrm_error_message(ctx), "");
    hrm_context_free(ctx);
}
END_TEST

typedef struct options {
    uint32_t struct_size;
    int32_t first;
    double second;
} options;

typedef struct longer_options {
    options known;
    double third;
} longer_options;

START_TEST(structs_of_other_versions) {
    hrm_context *ctx = hrmt_context();
    options known = {sizeof known, 1, 2.0};
    longer_options newer = {{sizeof newer, 5, 6.0}, 0.0};
    const options older = {offsetof(options, second), 7, 0.0};
    ck_assert_int_eq(hrmi_read_struct(ctx, &known, sizeof known, &newer, "options"), HRM_OK);
    ck_assert_int_eq(known.first, 5);
    newer.third = 1.0;
    hrmt_fails(ctx, hrmi_read_struct(ctx, &known, sizeof known, &newer, "options"), HRM_ERROR_UNSUPPORTED,
               "options");
    known = (options){sizeof known, 1, 2.0};
    hrmt_ok(ctx, hrmi_read_struct(ctx, &known, sizeof known, &older, "options"));
    ck_assert_int_eq(known.first, 7);
    ck_assert_double_eq(known.second, 2.0);
    const options none = {0, 0, 0};
    hrmt_fails(ctx, hrmi_read_struct(ctx, &known, sizeof known, &none, "options"), HRM_ERROR_ARGUMENT,
               "init function");

    options asked = {offsetof(options, second), 0, 99.0};
    ck_assert(hrmi_give_struct(&asked, &newer, sizeof newer));
    ck_assert_int_eq(asked.first, 5);
    ck_assert_double_eq(asked.second, 99.0); /* beyond what the caller knows: untouched */
    ck_assert(!hrmi_give_struct(NULL, &newer, sizeof newer));
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("memory", &nothing_is_lost_when_memory_runs_out, &texts_are_taken_out_of_the_index,
           &objects_grow_by_their_own_allocator, &products_that_overflow_are_refused,
           &structs_of_other_versions)
