/*
 * From a table's columns `<id>@<period>` back to a panel: what wide tables have column by column, with a row
 * of periods for each community. The other way is hrm_table_add_panel().
 */
#include "base/arena.h"
#include "base/index.h"
#include "community/layer.h"
#include "table/panel.h"
#include "table/table.h"

/* The columns of one id: a list through `next`. */
typedef struct group {
    char *id; /* without the period */
    size_t first;
    size_t last;
} group;

typedef struct gatherer {
    hrm_context *ctx;
    const hrm_table *table;
    hrmi_arena arena;
    hrmi_index periods;
    const char **period_list;
    size_t period_count;
    hrmi_index ids;
    group *groups;
    size_t group_count;
    size_t *next; /* of each column of the table; HRM_NONE at the end */
    double *values;
    uint8_t *missing;
} gatherer;

static const hrm_column_info *info_of(const gatherer *g, size_t column) {
    return &g->table->columns.list[column].info;
}

static const char *period_of(const gatherer *g, size_t column) {
    return strchr(info_of(g, column)->id, '@') + 1;
}

static hrm_status note_period(gatherer *g, const char *period) {
    const size_t length = strlen(period);
    if (hrmi_index_find(&g->periods, period, length) != HRM_NONE) return HRM_OK;
    g->period_list[g->period_count] = period;
    return hrmi_index_add(g->ctx, &g->periods, period, length, g->period_count++);
}

static hrm_status note_column(gatherer *g, size_t column, const char *at) {
    const char *const id = info_of(g, column)->id;
    const size_t length = (size_t)(at - id);
    const size_t place = hrmi_index_find(&g->ids, id, length);
    if (place != HRM_NONE) {
        g->next[g->groups[place].last] = column;
        g->groups[place].last = column;
        return HRM_OK;
    }
    char *const copy = hrmi_arena_text(g->ctx, &g->arena, id, length);
    if (copy == NULL) return HRM_ERROR_MEMORY;
    g->groups[g->group_count] = (group){copy, column, column};
    return hrmi_index_add(g->ctx, &g->ids, copy, length, g->group_count++);
}

/* Which columns of numbers have periods, and which periods there are. */
static hrm_status sort_out(gatherer *g) {
    const size_t count = g->table->columns.count;
    hrm_status status = HRM_OK;
    g->period_list = hrmi_arena_new(g->ctx, &g->arena, count, sizeof *g->period_list);
    g->groups = hrmi_arena_new(g->ctx, &g->arena, count, sizeof *g->groups);
    g->next = hrmi_arena_new(g->ctx, &g->arena, count, sizeof *g->next);
    if (g->period_list == NULL || g->groups == NULL || g->next == NULL) return HRM_ERROR_MEMORY;
    for (size_t c = 0; c < count && status == HRM_OK; c++) {
        const char *const at = strchr(info_of(g, c)->id, '@');
        g->next[c] = HRM_NONE;
        if (at == NULL || info_of(g, c)->is_text != 0) continue;
        status = note_period(g, at + 1);
        if (status == HRM_OK) status = note_column(g, c, at);
    }
    if (status == HRM_OK && g->group_count == 0)
        status = hrmi_fail(g->ctx, HRM_ERROR_ARGUMENT,
                           "hrm_panel_from_table: no column of numbers has a period, as budget@2022");
    return status;
}

/* How much of a column's weight is its name: all of it but the column's own period. */
static size_t weight_name(const gatherer *g, size_t column) {
    const char *const weight = info_of(g, column)->weight;
    const size_t name = strcspn(weight, "@");
    const bool own = weight[name] == '@' && strcmp(weight + name + 1, period_of(g, column)) == 0;
    return own ? name : strlen(weight);
}

static bool same_weight(const gatherer *g, size_t a, size_t b) {
    const size_t length = weight_name(g, a);
    return length == weight_name(g, b) && strncmp(info_of(g, a)->weight, info_of(g, b)->weight, length) == 0;
}

/* A column of a panel has one unit and one meaning. */
static hrm_status must_agree(const gatherer *g, size_t a, size_t b) {
    const hrm_column_info *const x = info_of(g, a);
    const hrm_column_info *const y = info_of(g, b);
    if (strcmp(x->unit, y->unit) == 0 && x->direction == y->direction && x->rollup == y->rollup &&
        same_weight(g, a, b))
        return HRM_OK;
    return hrmi_fail(
        g->ctx, HRM_ERROR_VALUE,
        "%s and %s differ in their unit (\"%.40s\", \"%.40s\"), direction, roll-up or weight: one "
        "column of a panel has one of each",
        x->id, y->id, x->unit, y->unit);
}

/* A text without ", <period>" or "@<period>" at its end, where that is there. */
static hrm_status without_period(gatherer *g, const char *text, const char *sign, const char *period,
                                 const char **out) {
    const size_t tail = strlen(sign) + strlen(period);
    const size_t length = strlen(text);
    const bool ends = length > tail && strncmp(text + length - tail, sign, strlen(sign)) == 0 &&
                      strcmp(text + length - strlen(period), period) == 0;
    *out = hrmi_arena_text(g->ctx, &g->arena, text, ends ? length - tail : length);
    return *out != NULL ? HRM_OK : HRM_ERROR_MEMORY;
}

static hrm_status gather(gatherer *g, const group *of, hrm_panel *panel) {
    const char *const period = period_of(g, of->first);
    const size_t periods = panel->period_count;
    hrm_column_info info = *info_of(g, of->first);
    hrm_status status = without_period(g, info.title_en, ", ", period, &info.title_en);
    if (status == HRM_OK) status = without_period(g, info.title_uk, ", ", period, &info.title_uk);
    if (status == HRM_OK) status = without_period(g, info.weight, "@", period, &info.weight);
    info.id = of->id;
    for (size_t i = 0; i < panel->row_count * periods; i++) {
        g->values[i] = (double)NAN;
        g->missing[i] = HRM_MISSING_NOT_COLLECTED;
    }
    for (size_t c = of->first; c != HRM_NONE && status == HRM_OK; c = g->next[c]) {
        const hrmi_column *const column = &g->table->columns.list[c];
        const size_t place = hrm_panel_find_period(panel, period_of(g, c));
        status = must_agree(g, of->first, c);
        for (size_t row = 0; row < panel->row_count; row++) {
            g->values[row * periods + place] = column->values[row];
            g->missing[row * periods + place] = column->missing == NULL ? HRM_PRESENT : column->missing[row];
        }
    }
    return status == HRM_OK ? hrm_panel_add(g->ctx, panel, &info, g->values, g->missing, NULL) : status;
}

hrm_status hrm_panel_from_table(hrm_context *ctx, const hrm_layer *layer, const hrm_table *table,
                                hrm_panel **out) {
    gatherer g = {.ctx = ctx, .table = table};
    hrm_panel *panel = NULL;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_panel_from_table: out is NULL");
    *out = NULL;
    if (layer == NULL || table == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_panel_from_table: layer or table is NULL");
    if (table->level != HRM_LEVEL_COMMUNITY || table->fingerprint != hrmi_layer_fingerprint(layer))
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "hrm_panel_from_table: the table's rows are not the communities of this layer");
    hrmi_arena_init(&g.arena, ctx);
    hrmi_index_init(&g.periods, ctx);
    hrmi_index_init(&g.ids, ctx);
    hrm_status status = sort_out(&g);
    if (status != HRM_OK) goto done;
    status = hrm_panel_new(ctx, layer, g.period_list, g.period_count, &panel);
    if (status != HRM_OK) goto done;
    g.values = hrmi_array_new(ctx, panel->row_count * panel->period_count, sizeof *g.values);
    g.missing = hrmi_array_new(ctx, panel->row_count * panel->period_count, 1);
    if (g.values == NULL || g.missing == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    for (size_t i = 0; i < g.group_count && status == HRM_OK; i++) status = gather(&g, &g.groups[i], panel);
    if (status != HRM_OK) goto done;
    *out = panel;
    panel = NULL; /* given away */
done:
    hrm_panel_free(panel);
    hrmi_free(ctx, g.values);
    hrmi_free(ctx, g.missing);
    hrmi_index_free(&g.periods);
    hrmi_index_free(&g.ids);
    hrmi_arena_free(&g.arena);
    return status;
}
