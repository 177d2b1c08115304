/*
 * Bringing projects to communities. Each distinct code is looked up once; lines are then sorted by community
 * and, for every way of grouping (all, by actor, by sector, by period, by actor and period), by group and
 * community, with counting sorts, so that a column is one walk over its lines whatever the number of groups.
 */
#include "base/sum.h"
#include "base/utf8.h"
#include "community/layer.h"
#include "measure/columns.h"
#include "measure/projects.h"

enum { MOST_GROUPS = 1000 };

typedef struct placing {
    hrm_context *ctx;
    hrm_projects *projects;
    const hrm_layer *layer;
    size_t rows;
    uint8_t *covered; /* per row: a zero may be shown */
    size_t *row;      /* per line; HRM_NONE: no place */
    const char **why; /* per line: why it has no place; NULL for a code that no community has */
    size_t *order;    /* the placed lines, by row, then by project */
    size_t placed;
    hrmi_laying laying;
    hrmi_namer namer;
    hrm_projects_account account;
    hrm_projects_entry *entries;
    size_t entry_count, entry_capacity;
} placing;

/* ---- places ---- */

static hrm_status find_rows(placing *p) {
    const hrmi_labels *const codes = &p->projects->codes;
    hrm_status status = HRM_ERROR_MEMORY;
    const char **why = NULL;
    size_t *const row = hrmi_array_new(p->ctx, codes->count, sizeof *row);
    if (row == NULL) goto done;
    why = hrmi_array_new(p->ctx, codes->count, sizeof *why);
    if (why == NULL) goto done;
    for (size_t c = 0; c < codes->count; c++)
        row[c] = hrmi_layer_find_code(p->layer, codes->list[c], strlen(codes->list[c]), &why[c]);
    for (size_t i = 0; i < p->projects->count; i++) {
        const size_t code = p->projects->lines[i].code;
        p->row[i] = code == HRM_NONE ? HRM_NONE : row[code];
        p->why[i] = code == HRM_NONE ? "it has no code" : why[code];
    }
    status = HRM_OK;
done:
    hrmi_free(p->ctx, why);
    hrmi_free(p->ctx, row);
    return status;
}

/* Lines by their keys (0 … key_count − 1; others are left out), those of one key in the order they had. */
static hrm_status sort_lines(hrm_context *ctx, const size_t *key, size_t key_count, const size_t *from,
                             size_t n, size_t *to, size_t *sorted) {
    size_t *const start = hrmi_array_new(ctx, key_count + 1, sizeof *start);
    if (start == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < n; i++)
        if (key[from[i]] < key_count) start[key[from[i]] + 1]++;
    for (size_t k = 0; k < key_count; k++) start[k + 1] += start[k];
    *sorted = start[key_count];
    for (size_t i = 0; i < n; i++)
        if (key[from[i]] < key_count) to[start[key[from[i]]]++] = from[i];
    hrmi_free(ctx, start);
    return HRM_OK;
}

static hrm_status order_lines(placing *p) {
    const size_t n = p->projects->count;
    const size_t ids = p->projects->ids.count;
    hrm_status status = HRM_ERROR_MEMORY;
    size_t *by_id = NULL;
    size_t *const key = hrmi_array_new(p->ctx, n, sizeof *key);
    if (key == NULL) goto done;
    by_id = hrmi_array_new(p->ctx, n, sizeof *by_id);
    if (by_id == NULL) goto done;
    for (size_t i = 0; i < n; i++) {
        p->order[i] = i;
        key[i] = p->projects->lines[i].id == HRM_NONE ? ids : p->projects->lines[i].id;
    }
    status = sort_lines(p->ctx, key, ids + 1, p->order, n, by_id, &p->placed);
    if (status == HRM_OK) status = sort_lines(p->ctx, p->row, p->rows, by_id, n, p->order, &p->placed);
done:
    hrmi_free(p->ctx, by_id);
    hrmi_free(p->ctx, key);
    return status;
}

/* ---- the account ---- */

/* The code of a line as it is told; NULL with the error set. What is no UTF-8 has a copy in the list. */
static const char *shown_code(placing *p, const hrmi_project_line *line) {
    const char *const code = line->code == HRM_NONE ? "" : p->projects->codes.list[line->code];
    const size_t length = strlen(code);
    if (hrmi_utf8_first_invalid(code, length) == length) return code;
    char *const shown = hrmi_arena_new(p->ctx, &p->projects->texts, length + 1, 1);
    if (shown == NULL) return NULL;
    memcpy(shown, code, length + 1);
    hrmi_utf8_mend(shown, length);
    return shown;
}

static hrm_status tell(placing *p, size_t line, const char *text) {
    const hrmi_project_line *const l = &p->projects->lines[line];
    const char *const key = shown_code(p, l);
    if (key == NULL) return HRM_ERROR_MEMORY;
    const hrm_status status = hrmi_array_grow_by(p->ctx, &p->projects->allocator, &p->entries,
                                                 &p->entry_capacity, p->entry_count + 1, sizeof *p->entries);
    if (status != HRM_OK) return status;
    p->entries[p->entry_count++] = (hrm_projects_entry){
        .row = l->row,
        .amount = l->amount,
        .key = key,
        .text = text,
    };
    return HRM_OK;
}

/* Counts a line, and tells what is wrong with it: its place, else its amount, else its period. */
static hrm_status account_for(placing *p, size_t i) {
    const hrmi_project_line *const l = &p->projects->lines[i];
    const bool stated = !isnan(l->amount);
    if (!stated) p->account.without_amount++;
    if (p->row[i] != HRM_NONE) p->account.placed++;
    else if (p->why[i] == NULL) p->account.unplaced++;
    else p->account.unusable++;
    if (p->row[i] == HRM_NONE)
        return tell(p, i, p->why[i] != NULL ? p->why[i] : "no community has this code");
    if (!stated) return tell(p, i, l->problem != NULL ? l->problem : "the amount is not stated");
    if (l->period_problem != NULL) return tell(p, i, l->period_problem);
    return HRM_OK;
}

/* Double entry: each amount goes into the total, and into one of the other two; what they make together is
 * compared. */
static hrm_status keep_account(placing *p) {
    hrmi_sum total;
    hrmi_sum allocated;
    hrmi_sum unallocated;
    hrmi_sum_clear(&total);
    hrmi_sum_clear(&allocated);
    hrmi_sum_clear(&unallocated);
    p->account.lines = p->projects->count;
    for (size_t i = 0; i < p->projects->count; i++) {
        const double amount = p->projects->lines[i].amount;
        const hrm_status status = account_for(p, i);
        if (status != HRM_OK) return status;
        if (isnan(amount)) continue;
        hrmi_sum_add(&total, amount);
        hrmi_sum_add(p->row[i] != HRM_NONE ? &allocated : &unallocated, amount);
    }
    p->account.total = hrmi_sum_value(&total);
    p->account.allocated = hrmi_sum_value(&allocated);
    p->account.unallocated = hrmi_sum_value(&unallocated);
    hrmi_sum_add_sum(&allocated, &unallocated);
    if (!hrmi_sum_equal(&total, &allocated) ||
        p->account.lines != p->account.placed + p->account.unplaced + p->account.unusable)
        return hrmi_fail(p->ctx, HRM_ERROR_INTERNAL, "%s: the account of the projects does not balance",
                         p->projects->source);
    for (size_t i = 0; i < p->placed; i++)
        if (i == 0 || p->row[p->order[i]] != p->row[p->order[i - 1]]) p->account.communities++;
    return HRM_OK;
}

/* ---- columns ---- */

static void show_zero_or_missing(placing *p) {
    for (size_t row = 0; row < p->rows; row++)
        if (!p->covered[row]) hrmi_laying_miss(&p->laying, row, HRM_MISSING_NO_COVERAGE);
}

/* Lines of one project in one community are one. */
static hrm_status lay_count(placing *p) {
    const hrmi_project_line *const lines = p->projects->lines;
    hrmi_laying_next(&p->laying);
    hrm_status status = hrmi_laying_say(&p->laying, "projects_count", "Investment projects: number",
                                        "Інвестиційні проєкти: кількість");
    if (status != HRM_OK) return status;
    show_zero_or_missing(p);
    for (size_t i = 0; i < p->placed; i++) {
        const size_t line = p->order[i];
        const bool again = i > 0 && p->row[p->order[i - 1]] == p->row[line] && lines[line].id != HRM_NONE &&
                           lines[p->order[i - 1]].id == lines[line].id;
        if (!again) p->laying.values[p->row[line]] += 1.0;
    }
    p->laying.info.direction = HRM_HIGHER_BETTER;
    p->laying.info.rollup = HRM_ROLLUP_SUM;
    return hrmi_laying_add(&p->laying);
}

/* The sums of lines sorted by row; what is said of the column is said already. */
static hrm_status lay_amounts(placing *p, const size_t *lines, size_t count) {
    size_t i = 0;
    show_zero_or_missing(p);
    while (i < count) {
        const size_t row = p->row[lines[i]];
        bool stated = false;
        hrmi_sum sum;
        hrmi_sum_clear(&sum);
        for (; i < count && p->row[lines[i]] == row; i++) {
            const double amount = p->projects->lines[lines[i]].amount;
            if (isnan(amount)) continue;
            hrmi_sum_add(&sum, amount);
            stated = true;
        }
        hrm_status status = HRM_OK;
        if (stated) status = hrmi_laying_sum(&p->laying, p->layer, row, &sum);
        else hrmi_laying_miss(&p->laying, row, HRM_MISSING_NOT_REPORTED);
        if (status != HRM_OK) return status;
    }
    p->laying.info.unit = p->projects->unit;
    p->laying.info.direction = HRM_HIGHER_BETTER;
    p->laying.info.rollup = HRM_ROLLUP_SUM;
    return hrmi_laying_add(&p->laying);
}

/* A way of grouping lines, with a column for each group that the list has. */
typedef struct grouping {
    size_t (*group)(const placing *p, const hrmi_project_line *line); /* HRM_NONE: in none */
    size_t group_count;
    const size_t *shown; /* the groups in the order of their columns; NULL: by number */
    hrm_status (*say)(placing *p, size_t group);    /* id and titles of the column */
    bool (*always)(const placing *p, size_t group); /* has a column also without a line; NULL: never */
    const char *what;                               /* of which there may be too many; NULL: there may not */
} grouping;

static hrm_status lay_groups(placing *p, const grouping *g) {
    const size_t n = p->projects->count;
    size_t groups = 0;
    size_t count = 0;
    hrm_status status = HRM_ERROR_MEMORY;
    size_t *start = NULL;  /* per group: its first line in `sorted`, and then the end */
    bool *listed = NULL;   /* per group: the list has it, placed or not */
    size_t *sorted = NULL; /* placed lines by group, then row */
    size_t *const key = hrmi_array_new(p->ctx, n, sizeof *key);
    if (key == NULL) goto done;
    start = hrmi_array_new(p->ctx, g->group_count + 1, sizeof *start);
    if (start == NULL) goto done;
    listed = hrmi_array_new(p->ctx, g->group_count, sizeof *listed);
    if (listed == NULL) goto done;
    sorted = hrmi_array_new(p->ctx, n, sizeof *sorted);
    if (sorted == NULL) goto done;
    for (size_t i = 0; i < n; i++) {
        key[i] = g->group(p, &p->projects->lines[i]);
        if (key[i] == HRM_NONE) continue;
        groups += !listed[key[i]];
        listed[key[i]] = true;
        if (p->row[i] != HRM_NONE) start[key[i] + 1]++;
    }
    for (size_t k = 0; k < g->group_count; k++) start[k + 1] += start[k];
    if (g->what != NULL && groups > MOST_GROUPS) {
        status = hrmi_fail(p->ctx, HRM_ERROR_LIMIT,
                           "%s: %zu %s, and at most %d can have columns: group them first",
                           p->projects->source, groups, g->what, MOST_GROUPS);
        goto done;
    }
    status = sort_lines(p->ctx, key, g->group_count, p->order, p->placed, sorted, &count);
    for (size_t k = 0; k < g->group_count && status == HRM_OK; k++) {
        const size_t group = g->shown != NULL ? g->shown[k] : k;
        if (!listed[group] && (g->always == NULL || !g->always(p, group))) continue;
        hrmi_laying_next(&p->laying);
        status = g->say(p, group);
        if (status == HRM_OK) status = lay_amounts(p, sorted + start[group], start[group + 1] - start[group]);
    }
done:
    hrmi_free(p->ctx, sorted);
    hrmi_free(p->ctx, listed);
    hrmi_free(p->ctx, start);
    hrmi_free(p->ctx, key);
    return status;
}

/* ---- the ways of grouping ---- */

static const struct {
    const char *id, *title_en, *title_uk;
} actors[HRMI_ACTOR_COUNT] = {
    {"investment_total", "Investment, all sources", "Інвестиції, усі джерела"},
    {"investment_state", "Investment by the state", "Інвестиції держави"},
    {"investment_local", "Investment by local budgets", "Інвестиції місцевих бюджетів"},
    {"investment_international", "International investment", "Міжнародні інвестиції"},
    {"investment_private", "Private investment", "Приватні інвестиції"},
    {"investment_people", "Investment by people: diaspora, citizens, charity",
     "Кошти людей: діаспора, громадяни, благодійність"},
};

static hrm_status say_actor(placing *p, size_t actor) {
    return hrmi_laying_say(&p->laying, actors[actor].id, actors[actor].title_en, actors[actor].title_uk);
}

static size_t as_one(const placing *p, const hrmi_project_line *line) {
    (void)p;
    (void)line;
    return 0;
}

static size_t by_actor(const placing *p, const hrmi_project_line *line) {
    (void)p;
    return line->actor == HRM_ACTOR_UNKNOWN ? HRM_NONE : (size_t)line->actor;
}

static size_t by_sector(const placing *p, const hrmi_project_line *line) {
    (void)p;
    return line->sector;
}

static hrm_status say_sector(placing *p, size_t sector) {
    const char *const name = p->projects->sectors.list[sector];
    const char *id = NULL;
    hrm_status status = hrmi_namer_id(p->ctx, &p->namer, "investment_sector_", "", name, "", &id);
    if (status == HRM_OK)
        status = hrmi_laying_say(&p->laying, id, "Investment in the sector: ", "Інвестиції в галузь: ");
    return status == HRM_OK ? hrmi_laying_say(&p->laying, NULL, name, name) : status;
}

static size_t by_period(const placing *p, const hrmi_project_line *line) {
    (void)p;
    return line->period;
}

static hrm_status say_period(placing *p, size_t period) {
    const char *const name = p->projects->periods.list[period];
    const hrm_status status = hrmi_laying_say(&p->laying, "@", ", ", ", ");
    return status == HRM_OK ? hrmi_laying_say(&p->laying, name, name, name) : status;
}

static hrm_status say_total_of_period(placing *p, size_t period) {
    const hrm_status status = say_actor(p, HRM_ACTOR_UNKNOWN);
    return status == HRM_OK ? say_period(p, period) : status;
}

static size_t by_actor_and_period(const placing *p, const hrmi_project_line *line) {
    const size_t actor = by_actor(p, line);
    return actor == HRM_NONE || line->period == HRM_NONE ? HRM_NONE
                                                         : actor * p->projects->periods.count + line->period;
}

static hrm_status say_actor_and_period(placing *p, size_t group) {
    const size_t periods = p->projects->periods.count;
    const hrm_status status = say_actor(p, group / periods);
    return status == HRM_OK ? say_period(p, group % periods) : status;
}

/* Where the list tells all actors apart, each of the five has its columns. */
static bool always_actor(const placing *p, size_t actor) {
    return p->projects->all_actors && actor != HRM_ACTOR_UNKNOWN;
}

static bool always_actor_and_period(const placing *p, size_t group) {
    return always_actor(p, group / p->projects->periods.count);
}

/* The order of actors' periods out of that of periods; NULL with the error set. */
static size_t *actor_period_order(hrm_context *ctx, const size_t *periods, size_t count) {
    size_t *const order = hrmi_array_new(ctx, HRMI_ACTOR_COUNT * count, sizeof *order);
    for (size_t i = 0; order != NULL && i < HRMI_ACTOR_COUNT * count; i++)
        order[i] = i / count * count + periods[i % count];
    return order;
}

static hrm_status lay_everything(placing *p) {
    const hrm_projects *const list = p->projects;
    const size_t period_count = list->periods.count;
    hrm_status status = HRM_ERROR_MEMORY;
    size_t *periods = NULL;
    size_t *actor_periods = NULL;
    size_t *const sectors = hrmi_labels_order(p->ctx, &list->sectors);
    if (sectors == NULL) goto done;
    periods = hrmi_labels_order(p->ctx, &list->periods);
    if (periods == NULL) goto done;
    actor_periods = actor_period_order(p->ctx, periods, period_count);
    if (actor_periods == NULL) goto done;
    const grouping groupings[] = {
        {as_one, 1, NULL, say_actor, NULL, NULL},
        {by_actor, HRMI_ACTOR_COUNT, NULL, say_actor, always_actor, NULL},
        {by_sector, list->sectors.count, sectors, say_sector, NULL, "sectors"},
        {by_period, period_count, periods, say_total_of_period, NULL, "periods"},
        {by_actor_and_period, HRMI_ACTOR_COUNT * period_count, actor_periods, say_actor_and_period,
         always_actor_and_period, NULL},
    };
    status = lay_count(p);
    for (size_t i = 0; i < sizeof groupings / sizeof *groupings && status == HRM_OK; i++)
        status = lay_groups(p, &groupings[i]);
done:
    hrmi_free(p->ctx, actor_periods);
    hrmi_free(p->ctx, periods);
    hrmi_free(p->ctx, sectors);
    return status;
}

/* ---- the call ---- */

static hrm_status place(placing *p, const uint8_t *covered) {
    const size_t n = p->projects->count;
    p->row = hrmi_array_new(p->ctx, n, sizeof *p->row);
    if (p->row == NULL) return HRM_ERROR_MEMORY;
    p->why = hrmi_array_new(p->ctx, n, sizeof *p->why);
    if (p->why == NULL) return HRM_ERROR_MEMORY;
    p->order = hrmi_array_new(p->ctx, n, sizeof *p->order);
    if (p->order == NULL) return HRM_ERROR_MEMORY;
    p->covered = hrmi_array_new(p->ctx, p->rows, sizeof *p->covered);
    if (p->covered == NULL) return HRM_ERROR_MEMORY;
    hrm_status status = find_rows(p);
    if (status == HRM_OK) status = order_lines(p);
    if (status == HRM_OK) status = keep_account(p);
    if (status != HRM_OK) return status;
    for (size_t row = 0; row < p->rows; row++) p->covered[row] = covered == NULL || covered[row] != 0;
    for (size_t i = 0; i < p->placed; i++) p->covered[p->row[p->order[i]]] = 1;
    return lay_everything(p);
}

hrm_status hrm_projects_place(hrm_context *ctx, hrm_projects *projects, const hrm_layer *layer,
                              const uint8_t *covered, hrm_table *table) {
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (projects == NULL || layer == NULL || table == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_projects_place: projects, layer or table is NULL");
    hrm_status status = hrmi_must_be_communities(ctx, table, layer);
    if (status != HRM_OK) return status;
    placing p = {.ctx = ctx, .projects = projects, .layer = layer, .rows = hrm_layer_count(layer)};
    hrmi_namer_init(&p.namer, ctx);
    status = hrmi_laying_begin(ctx, table, projects->source, &p.laying);
    if (status == HRM_OK) status = place(&p, covered);
    status = hrmi_laying_end(&p.laying, status);
    if (status == HRM_OK) { /* the new account takes the place of the old one */
        hrm_projects_entry *const old = projects->entries;
        projects->account = p.account;
        projects->entries = p.entries;
        projects->entry_count = p.entry_count;
        projects->placed = true;
        p.entries = old;
    }
    hrmi_release(&projects->allocator, p.entries);
    hrmi_namer_free(&p.namer);
    hrmi_free(ctx, p.covered);
    hrmi_free(ctx, p.order);
    hrmi_free(ctx, p.why);
    hrmi_free(ctx, p.row);
    return status;
}
