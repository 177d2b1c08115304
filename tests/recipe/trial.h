/* One assessment of the small region, tried: what the tests of whole assessments share. */
#ifndef TRIAL_H
#define TRIAL_H

#include "recipe/region.h"

typedef struct trial {
    hrm_context *ctx;
    char *folder;
    hrm_recipe *recipe;
    hrm_assessment *assessment;
} trial;

static inline trial begin(const char *rest) {
    trial t = {.ctx = hrmt_context(), .folder = region_make()};
    t.recipe = region_recipe(t.ctx, t.folder, rest);
    return t;
}

static inline trial run(const char *rest) {
    trial t = begin(rest);
    hrmt_ok(t.ctx, hrm_assess(t.ctx, t.recipe, &t.assessment));
    return t;
}

static inline void end(trial *t) {
    hrm_assessment_free(t->assessment);
    hrm_recipe_free(t->recipe);
    free(t->folder);
    hrm_context_free(t->ctx);
}

static inline void fails(trial *t, hrm_status status, const char *words) {
    hrm_assessment *out = (hrm_assessment *)t; /* anything but NULL */
    hrmt_fails(t->ctx, hrm_assess(t->ctx, t->recipe, &out), status, words);
    ck_assert_ptr_null(out);
}

static inline const hrm_table *level(const trial *t, int32_t of) {
    const hrm_table *const table = hrm_assessment_table(t->assessment, of);
    ck_assert_ptr_nonnull(table);
    return table;
}

static inline double value(const trial *t, const char *id, size_t row) {
    const hrm_table *const table = level(t, HRM_LEVEL_COMMUNITY);
    const size_t column = hrm_table_find(table, id);
    ck_assert_msg(column != HRM_NONE, "no column %s", id);
    return hrm_table_values(table, column)[row];
}

static inline int reason(const trial *t, const char *id, size_t row) {
    const hrm_table *const table = level(t, HRM_LEVEL_COMMUNITY);
    const uint8_t *const missing = hrm_table_missing(table, hrm_table_find(table, id));
    return missing == NULL ? HRM_PRESENT : missing[row];
}

static inline void input_is(const trial *t, size_t i, int32_t kind, const char *source,
                            const uint64_t counts[5]) {
    hrm_assessment_input_info input = {.struct_size = (uint32_t)sizeof input};
    ck_assert(hrm_assessment_input(t->assessment, i, &input));
    ck_assert_int_eq(input.kind, kind);
    ck_assert_str_eq(input.source, source);
    ck_assert_uint_eq(input.rows, counts[0]);
    ck_assert_uint_eq(input.matched, counts[1]);
    ck_assert_uint_eq(input.unmatched, counts[2]);
    ck_assert_uint_eq(input.duplicates, counts[3]);
    ck_assert_uint_eq(input.unusable, counts[4]);
}

static inline void account_says(const trial *t, const char *words) {
    const char *const account = hrm_assessment_account(t->assessment);
    ck_assert_msg(strstr(account, words) != NULL, "no %s in %s", words, account);
}

#endif
