/* Columns of wide tables: see wide.h. */
#include "base/sort.h"
#include "io/names.h"
#include "io/rows.h"
#include "recipe/wide.h"

static const char sign[] = "{period}";
enum { SIGN = sizeof sign - 1, HEADING_MOST = 512 };

bool hrmi_wide_is_pattern(const char *field) {
    return strstr(field, sign) != NULL;
}

const char *hrmi_wide_fault(const char *pattern) {
    const char *const at = strstr(pattern, sign);
    if (at != NULL && strstr(at + SIGN, sign) != NULL) return "it has {period} twice";
    if (strlen(pattern) > HEADING_MOST) return "it is longer than 512 bytes";
    return NULL;
}

/* ---- one heading ---- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter_of_period(char c) {
    return c != '\0' && strchr("QqHhMmWw", c) != NULL;
}

/* How many bytes of a period may stand here: up to the last digit or letter. */
static size_t most_of_period(const char *text) {
    size_t end = 0;
    if (!is_digit(text[0])) return 0;
    for (size_t i = 0; i < HRMI_PERIOD_MOST; i++) {
        const char c = text[i];
        if (is_digit(c) || is_letter_of_period(c)) end = i + 1;
        else if (c != '-' && c != '.' && c != '/') break;
    }
    return end;
}

/* Whether the pattern with text[0 … length) in it is the heading, to a person. */
static bool fits(const char *pattern, const char *text, size_t length, const char *heading) {
    char built[HEADING_MOST + HRMI_PERIOD_SIZE];
    const char *const at = strstr(pattern, sign);
    const size_t before = (size_t)(at - pattern);
    memcpy(built, pattern, before);
    memcpy(built + before, text, length);
    memcpy(built + before + length, at + SIGN, strlen(at + SIGN) + 1);
    return hrmi_names_same(built, heading);
}

bool hrmi_wide_match(const char *pattern, const char *heading, char period[HRMI_PERIOD_SIZE]) {
    if (strlen(heading) > HEADING_MOST) return false;
    for (const char *at = heading; *at != '\0'; at++)
        for (size_t length = most_of_period(at); length > 0; length--) {
            const char last = at[length - 1];
            if (!is_digit(last) && !is_letter_of_period(last)) continue;
            if (!fits(pattern, at, length, heading)) continue;
            return hrmi_period_read(at, length, period) == NULL;
        }
    return false;
}

/* ---- the columns of a table ---- */

typedef struct expander {
    hrm_context *ctx;
    hrmi_arena *arena; /* of what lasts */
    const hrmi_recipe_table *table;
    const hrm_source *source;
    hrmi_rows *rows;
    hrmi_wide_column *columns;
    size_t count;
    size_t capacity;
} expander;

/* Where the headings stand is found by the fields that are named in full. */
static hrm_status open_rows(expander *x) {
    const hrmi_recipe_table *const t = x->table;
    const hrmi_recipe_key *const k = &t->key;
    const char *const of_key[] = {k->code, k->oblast, k->raion, k->name, k->type, k->x, k->y};
    enum { OF_KEY = sizeof of_key / sizeof *of_key };
    const char **const wanted = hrmi_array_new(x->ctx, OF_KEY + t->column_count, sizeof *wanted);
    size_t count = 0;
    if (wanted == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < OF_KEY; i++)
        if (of_key[i] != NULL) wanted[count++] = of_key[i];
    for (size_t i = 0; i < t->column_count; i++)
        if (!t->columns[i].is_wide) wanted[count++] = t->columns[i].field;
    const hrm_status status = hrmi_rows_open(x->ctx, x->source, false, wanted, count, &x->rows);
    hrmi_free(x->ctx, wanted);
    return status;
}

static hrm_status add_column(expander *x, const hrmi_recipe_column *from, const char *field,
                             const char *period) {
    hrm_status status = hrmi_array_grow(x->ctx, &x->columns, &x->capacity, x->count + 1, sizeof *x->columns);
    if (status != HRM_OK) return status;
    hrmi_wide_column *const c = &x->columns[x->count];
    *c = (hrmi_wide_column){from, from->id, field, NULL};
    if (period != NULL) {
        const size_t length = strlen(from->id);
        char *const id = hrmi_arena_new(x->ctx, x->arena, length + strlen(period) + 2, 1);
        c->field = hrmi_arena_text(x->ctx, x->arena, field, strlen(field));
        if (id == NULL || c->field == NULL) return HRM_ERROR_MEMORY;
        memcpy(id, from->id, length);
        id[length] = '@';
        memcpy(id + length + 1, period, strlen(period) + 1);
        c->id = id;
        c->period = id + length + 1;
    }
    x->count++;
    return HRM_OK;
}

static int by_period(const void *a, const void *b, const void *user) {
    const hrmi_wide_column *const x = a;
    const hrmi_wide_column *const y = b;
    (void)user;
    return strcmp(x->period, y->period);
}

/* Nothing fits: the nearest heading is told as for a field that is not there. */
static hrm_status fail_none(expander *x, const hrmi_recipe_column *from) {
    size_t field = HRM_NONE;
    const hrm_status status = hrmi_rows_find(x->ctx, x->rows, from->field, &field);
    if (status != HRM_OK && status != HRM_ERROR_FIELD) return status;
    if (status == HRM_OK) /* a heading that is the pattern itself */
        return hrmi_fail(x->ctx, HRM_ERROR_FIELD, "%s: the heading \"%.80s\" has no period in it",
                         x->source->path, from->field);
    return hrmi_fail_in(x->ctx, status,
                        "no heading fits '%.80s' of column '%.80s' with a period in its place", from->field,
                        from->id);
}

static hrm_status expand(expander *x, const hrmi_recipe_column *from) {
    const size_t first = x->count;
    hrm_status status = HRM_OK;
    for (size_t i = 0; status == HRM_OK; i++) {
        char period[HRMI_PERIOD_SIZE];
        const char *const heading = hrmi_rows_heading(x->rows, i);
        if (heading == NULL) break;
        if (hrmi_wide_match(from->field, heading, period)) status = add_column(x, from, heading, period);
    }
    if (status == HRM_OK && x->count == first) status = fail_none(x, from);
    if (status != HRM_OK) return status;
    hrmi_sort(x->columns + first, x->count - first, sizeof *x->columns, by_period, NULL);
    for (size_t i = first + 1; i < x->count; i++)
        if (strcmp(x->columns[i - 1].period, x->columns[i].period) == 0)
            return hrmi_fail(x->ctx, HRM_ERROR_DUPLICATE,
                             "%s: both \"%.80s\" and \"%.80s\" are the period %s of column '%.80s'",
                             x->source->path, x->columns[i - 1].field, x->columns[i].field,
                             x->columns[i].period, from->id);
    return HRM_OK;
}

hrm_status hrmi_wide_columns(hrmi_run *run, const hrmi_recipe_table *t, const hrm_source *source,
                             hrmi_wide_column **out, size_t *count) {
    expander x = {.ctx = run->ctx, .arena = &run->assessment->arena, .table = t, .source = source};
    hrm_status status = HRM_OK;
    bool any = false;
    *out = NULL;
    *count = 0;
    for (size_t i = 0; i < t->column_count; i++) any = any || t->columns[i].is_wide;
    if (any) status = open_rows(&x);
    for (size_t i = 0; i < t->column_count && status == HRM_OK; i++) {
        const hrmi_recipe_column *const from = &t->columns[i];
        status = from->is_wide ? expand(&x, from) : add_column(&x, from, from->field, NULL);
        if (status != HRM_OK && from->is_wide) status = hrmi_run_fail(run, status, from->place);
    }
    hrmi_rows_close(x.rows);
    if (status == HRM_OK) {
        *out = hrmi_arena_new(x.ctx, x.arena, x.count, sizeof **out);
        if (*out == NULL) status = HRM_ERROR_MEMORY;
    }
    if (status == HRM_OK) {
        if (x.columns != NULL) memcpy(*out, x.columns, x.count * sizeof **out);
        *count = x.count;
    }
    hrmi_free(x.ctx, x.columns);
    return status;
}
