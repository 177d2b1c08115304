/*
 * Columns and amounts out of the parts.
 *
 * Every number goes into exact sums, once as it came in and once for each place that it went to: what is left
 * of a row's value when its parts are taken away is what lies outside, or, where nothing does, rounding,
 * which goes to the largest part. So total = allocated + unallocated holds exactly before the last rounding.
 */
#include "measure/areal.h"
#include "measure/columns.h"
#include "table/id.h"

/* One community in one column. */
typedef struct cell {
    hrmi_sum sum;     /* extensive: what came; intensive: Σ value × share */
    hrmi_sum measure; /* intensive: Σ share, of the community's own measure */
    double covered;   /* share of its measure in rows with a value */
    double covered_by_area;
    double least, greatest; /* of the values that met here */
    bool reached;           /* by any row */
    bool has_value;
} cell;

typedef struct maker {
    hrmi_areal *a;
    hrmi_laying laying;
    hrmi_buffer source; /* the columns' note of it */
    hrm_areal_column column;
    size_t number;
    cell *cells;
    hrmi_sum total, allocated, in_gaps, gaps_shared, outside, withheld, without_place, size;
} maker;

static double value_of(const maker *m, size_t i) {
    return m->a->in.values[i * m->a->in.column_count + m->number];
}

static hrm_areal_amount *amount_of(const maker *m) {
    return &m->a->report->amounts[m->number];
}

/* ---- one row ---- */

static const hrmi_areal_pair *largest_part(const hrmi_areal *a, const hrmi_areal_state *s) {
    const hrmi_areal_pair *largest = NULL;
    for (size_t p = s->first_pair; p < s->first_pair + s->pairs; p++)
        if (a->pairs[p].part > 0.0 && (largest == NULL || a->pairs[p].part > largest->part))
            largest = &a->pairs[p];
    return largest;
}

static void spread(maker *m, const hrmi_areal_state *s, double value) {
    const hrmi_areal *const a = m->a;
    const double shared = value * s->gap_shared;
    const double gap = value * (s->gap - s->gap_shared);
    const hrmi_areal_pair *const largest = largest_part(a, s);
    hrmi_sum rest;
    hrmi_sum_clear(&rest);
    hrmi_sum_add(&rest, value);
    for (size_t p = s->first_pair; p < s->first_pair + s->pairs; p++) {
        const double part = value * a->pairs[p].part;
        hrmi_sum_add(&m->cells[a->pairs[p].row].sum, part);
        hrmi_sum_subtract(&rest, part);
    }
    hrmi_sum_add(&m->in_gaps, shared);
    hrmi_sum_add(&m->gaps_shared, shared);
    hrmi_sum_add(&m->in_gaps, gap);
    hrmi_sum_subtract(&rest, gap);
    if (s->outside > 0.0 || (largest == NULL && s->gap == 0.0)) hrmi_sum_add_sum(&m->outside, &rest);
    else if (largest != NULL) hrmi_sum_add_sum(&m->cells[largest->row].sum, &rest);
    else hrmi_sum_add_sum(&m->in_gaps, &rest);
}

static void meet(maker *m, const hrmi_areal_state *s, double value) {
    const hrmi_areal *const a = m->a;
    for (size_t p = s->first_pair; p < s->first_pair + s->pairs; p++) {
        const size_t row = a->pairs[p].row;
        cell *const c = &m->cells[row];
        const bool weighed = a->weights.count > 0 && !s->by_area;
        const double whole = weighed ? a->community_weight[row] : a->community_area[row];
        const double share = a->pairs[p].inside * (s->measure / whole); /* of the community */
        if (s->by_area) c->covered_by_area += share;
        else c->covered += share;
        if (s->by_area && c->covered > 0.0) continue;
        if (!c->has_value || value < c->least) c->least = value;
        if (!c->has_value || value > c->greatest) c->greatest = value;
        c->has_value = true;
        if (m->column.kind == HRM_AREAL_EXTENSIVE) continue;
        hrmi_sum_add(&c->sum, value * share);
        hrmi_sum_add(&c->measure, share);
    }
}

/* Rows that are spread by area for want of weights say something on a mean only where no others do: areas and
 * weights cannot be added. */
static void take_rows(maker *m, bool by_area) {
    const hrmi_areal *const a = m->a;
    const bool intensive = m->column.kind == HRM_AREAL_INTENSIVE;
    for (size_t i = 0; i < a->in.count; i++) {
        const hrmi_areal_state *const s = &a->states[i];
        const double value = value_of(m, i);
        if (s->by_area != by_area || isnan(value)) continue;
        if (!intensive) hrmi_sum_add(&m->total, value);
        if (!intensive) hrmi_sum_add(&m->size, fabs(value));
        if (isnan(s->measure)) {
            if (!intensive) hrmi_sum_add(&m->without_place, value);
            continue;
        }
        meet(m, s, value);
        if (!intensive) spread(m, s, value);
    }
}

static void count_values(maker *m) {
    hrm_areal_amount *const amount = amount_of(m);
    for (size_t i = 0; i < m->a->in.count; i++) {
        if (isnan(value_of(m, i))) amount->missing++;
        else amount->numbers++;
    }
}

static void mark_reached(maker *m) {
    const hrmi_areal *const a = m->a;
    for (size_t p = 0; p < a->pair_count; p++) m->cells[a->pairs[p].row].reached = true;
}

/* ---- one community ---- */

static double covered_share(const hrmi_areal *a, const cell *c, size_t row) {
    const double weight = a->community_weight != NULL ? a->community_weight[row] : 0.0;
    double share = NAN;
    if (isnan(a->community_area[row])) return NAN;
    if (weight > 0.0 || a->weights.count == 0) share = c->covered;
    else if (a->options.fall_back_to_area != 0) share = c->covered_by_area;
    return share > 1.0 - HRMI_AREAL_NOTHING ? 1.0 : share;
}

static double mean_of(const cell *c) {
    const double measure = hrmi_sum_value(&c->measure);
    const double mean = hrmi_sum_value(&c->sum) / measure;
    if (mean < c->least) return c->least;
    return mean > c->greatest ? c->greatest : mean;
}

static hrm_status lay_cell(maker *m, size_t row) {
    const hrmi_areal *const a = m->a;
    const cell *const c = &m->cells[row];
    const bool extensive = m->column.kind == HRM_AREAL_EXTENSIVE;
    if (!c->has_value) {
        hrmi_laying_miss(&m->laying, row, c->reached ? HRM_MISSING_NOT_REPORTED : HRM_MISSING_NO_COVERAGE);
        return HRM_OK;
    }
    if (covered_share(a, c, row) < a->options.least_covered_share) {
        if (extensive) hrmi_sum_add_sum(&m->withheld, &c->sum);
        hrmi_laying_miss(&m->laying, row, HRM_MISSING_NO_COVERAGE);
        return HRM_OK;
    }
    if (extensive) {
        hrmi_sum_add_sum(&m->allocated, &c->sum);
        return hrmi_laying_sum(&m->laying, a->layer, row, &c->sum);
    }
    m->laying.values[row] = mean_of(c);
    return HRM_OK;
}

/* ---- the account ---- */

static hrm_status not_balanced(const maker *m) {
    return hrmi_fail(m->a->ctx, HRM_ERROR_INTERNAL,
                     "%s: the account of column %.100s does not balance; please report this with the file",
                     m->a->in.source, m->column.info->id);
}

static hrm_status check_column(const maker *m) {
    const size_t rows = hrm_layer_count(m->a->layer);
    hrmi_sum sum;
    hrmi_sum_clear(&sum);
    for (size_t row = 0; row < rows; row++)
        if (!isnan(m->laying.values[row])) hrmi_sum_add(&sum, m->laying.values[row]);
    hrmi_sum_subtract_sum(&sum, &m->allocated);
    if (fabs(hrmi_sum_value(&sum)) <= 1e-9 * hrmi_sum_value(&m->size)) return HRM_OK;
    return not_balanced(m);
}

static hrm_status settle_amount(maker *m) {
    hrm_areal_amount *const amount = amount_of(m);
    hrmi_sum unallocated = m->in_gaps;
    hrmi_sum all;
    hrmi_sum_subtract_sum(&unallocated, &m->gaps_shared);
    hrmi_sum_add_sum(&unallocated, &m->outside);
    hrmi_sum_add_sum(&unallocated, &m->withheld);
    hrmi_sum_add_sum(&unallocated, &m->without_place);
    all = unallocated;
    hrmi_sum_add_sum(&all, &m->allocated);
    if (!hrmi_sum_equal(&all, &m->total)) return not_balanced(m);
    amount->total = hrmi_sum_value(&m->total);
    amount->allocated = hrmi_sum_value(&m->allocated);
    amount->unallocated = hrmi_sum_value(&unallocated);
    amount->in_gaps = hrmi_sum_value(&m->in_gaps);
    amount->gaps_shared = hrmi_sum_value(&m->gaps_shared);
    amount->outside = hrmi_sum_value(&m->outside);
    amount->withheld = hrmi_sum_value(&m->withheld);
    amount->without_place = hrmi_sum_value(&m->without_place);
    return check_column(m);
}

static void no_amount(hrm_areal_amount *amount) {
    amount->total = amount->allocated = amount->unallocated = NAN;
    amount->in_gaps = amount->gaps_shared = amount->outside = NAN;
    amount->withheld = amount->without_place = NAN;
}

/* ---- columns ---- */

/* What the columns say of where they are from. */
static hrm_status note_source(maker *m) {
    hrm_context *const ctx = m->a->ctx;
    const char *const own = m->column.info->source;
    m->source.length = 0;
    hrm_status status = hrmi_buffer_text(ctx, &m->source, own != NULL ? own : m->a->in.source);
    if (own != NULL || m->a->weights.count == 0) return status;
    if (status == HRM_OK) status = hrmi_buffer_text(ctx, &m->source, ", weighted by ");
    return status == HRM_OK ? hrmi_buffer_text(ctx, &m->source, m->a->weights.source) : status;
}

static void describe(maker *m, const char *id) {
    m->laying.info = *m->column.info;
    m->laying.info.struct_size = (uint32_t)sizeof m->laying.info;
    m->laying.info.is_text = 0;
    m->laying.info.id = id;
    m->laying.info.source = m->source.data;
}

static hrm_status lay_values(maker *m) {
    const hrm_column_info *const info = m->column.info;
    hrm_status status = HRM_OK;
    hrmi_laying_next(&m->laying);
    status = hrmi_laying_say(&m->laying, info->id, info->title_en, info->title_uk);
    for (size_t row = 0; row < hrm_layer_count(m->a->layer) && status == HRM_OK; row++)
        status = lay_cell(m, row);
    if (status == HRM_OK) status = m->column.kind == HRM_AREAL_EXTENSIVE ? settle_amount(m) : HRM_OK;
    if (m->column.kind == HRM_AREAL_INTENSIVE) no_amount(amount_of(m));
    if (status != HRM_OK) return status;
    describe(m, info->id);
    return hrmi_laying_add(&m->laying);
}

static hrm_status lay_covered_shares(maker *m) {
    const hrmi_areal *const a = m->a;
    const hrm_column_info *const info = m->column.info;
    const bool by_area = a->weights.count == 0;
    const size_t area = hrm_table_find(m->laying.table, "area_m2");
    hrmi_laying_next(&m->laying);
    hrm_status status = hrmi_id_with(a->ctx, &m->laying.id, info->id, "_covered_share");
    if (status == HRM_OK)
        status = hrmi_laying_say(&m->laying, NULL, info->title_en != NULL ? info->title_en : info->id,
                                 info->title_uk != NULL ? info->title_uk : info->id);
    if (status == HRM_OK)
        status = hrmi_laying_say(
            &m->laying, NULL,
            by_area ? ": share of the territory with a value" : ": share of the weights with a value",
            by_area ? ": частка території, для якої є значення" : ": частка ваг, для яких є значення");
    if (status != HRM_OK) return status;
    for (size_t row = 0; row < hrm_layer_count(a->layer); row++) {
        m->laying.values[row] = covered_share(a, &m->cells[row], row);
        if (isnan(m->laying.values[row]))
            hrmi_laying_miss(&m->laying, row,
                             isnan(a->community_area[row]) ? HRM_MISSING_NO_COVERAGE : HRM_MISSING_UNDEFINED);
    }
    m->laying.info.unit = "share";
    m->laying.info.source = m->source.data;
    if (by_area && area != HRM_NONE && hrm_table_values(m->laying.table, area) != NULL) {
        m->laying.info.rollup = HRM_ROLLUP_MEAN;
        m->laying.info.weight = "area_m2";
    }
    return hrmi_laying_add(&m->laying);
}

static hrm_status make(maker *m, size_t number) {
    hrmi_areal *const a = m->a;
    hrm_areal_amount *const amount = &a->report->amounts[number];
    const size_t rows = hrm_layer_count(a->layer);
    m->number = number;
    m->column = a->columns[number];
    memset(m->cells, 0, rows * sizeof *m->cells);
    enum { SUMS = 8 };
    hrmi_sum *const sums[SUMS] = {&m->total,   &m->allocated, &m->in_gaps,       &m->gaps_shared,
                                  &m->outside, &m->withheld,  &m->without_place, &m->size};
    for (size_t i = 0; i < SUMS; i++) hrmi_sum_clear(sums[i]);
    amount->kind = m->column.kind;
    amount->id = hrmi_arena_text(a->ctx, &a->report->texts, m->column.info->id, strlen(m->column.info->id));
    if (amount->id == NULL) return HRM_ERROR_MEMORY;
    count_values(m);
    mark_reached(m);
    take_rows(m, false);
    if (a->weights.count > 0) take_rows(m, true);
    hrm_status status = note_source(m);
    if (status == HRM_OK) status = lay_values(m);
    return status == HRM_OK ? lay_covered_shares(m) : status;
}

hrm_status hrmi_areal_columns(hrmi_areal *a, hrm_table *table) {
    maker m = {.a = a};
    hrm_status status = hrmi_laying_begin(a->ctx, table, a->in.source, &m.laying);
    hrmi_buffer_init(&m.source, a->ctx);
    m.cells = hrmi_array_new(a->ctx, hrm_layer_count(a->layer), sizeof *m.cells);
    if (m.cells == NULL) status = HRM_ERROR_MEMORY;
    for (size_t i = 0; i < a->in.column_count && status == HRM_OK; i++) status = make(&m, i);
    hrmi_free(a->ctx, m.cells);
    hrmi_buffer_free(&m.source);
    return hrmi_laying_end(&m.laying, status);
}
