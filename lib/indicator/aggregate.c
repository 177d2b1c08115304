/*
 * From a column to a column over the rows of a unit (a raion, an oblast, the country): sums and what is
 * counted row by row first, then what needs the values in order. The result may lie where the argument lies,
 * so everything is gathered before the first value is written.
 */
#include "base/sort.h"
#include "base/sum.h"
#include "indicator/program.h"

typedef struct unit_state {
    size_t present; /* rows with a value */
    size_t start;   /* of the unit's rows in the sorted order */
    double result;
    uint8_t reason; /* why there is no result */
    bool begun;     /* a row has been seen */
    hrmi_sum sum;
} unit_state;

/* A value in the order of units and values. */
typedef struct place {
    size_t unit;
    double value;
    size_t row;
} place;

typedef struct job {
    const hrmi_op *op;
    const hrmi_series *argument;
    const hrmi_units *units;
    size_t rows;
    unit_state *states;
    place *places;
    size_t place_count;
} job;

static size_t unit_of(const job *j, size_t row) {
    return j->units->of_row == NULL ? 0 : j->units->of_row[row];
}

static uint8_t reason_of(const job *j, size_t row) {
    return j->argument->missing == NULL ? HRM_PRESENT : j->argument->missing[row * j->argument->step];
}

static void take(unit_state *s, int code, double value) {
    const bool first = s->present++ == 0;
    if (code == HRMI_OP_SUM || code == HRMI_OP_MEAN) hrmi_sum_add(&s->sum, value);
    if (code == HRMI_OP_MIN_ALL && (first || value < s->result)) s->result = value;
    if (code == HRMI_OP_MAX_ALL && (first || value > s->result)) s->result = value;
}

/* Every row's value to its unit; and, when the order is needed, to the places. */
static void gather(job *j) {
    for (size_t i = 0; i < j->rows; i++) {
        const size_t unit = unit_of(j, i);
        if (unit == HRM_NONE) continue;
        unit_state *const s = &j->states[unit];
        const uint8_t reason = reason_of(j, i);
        if (!s->begun) s->reason = reason;
        s->begun = true;
        if (reason != HRM_PRESENT) continue;
        const double value = j->argument->values[i * j->argument->step];
        take(s, j->op->code, value);
        if (j->places != NULL) j->places[j->place_count++] = (place){unit, value, i};
    }
}

static void conclude(unit_state *s, int code) {
    const double n = (double)s->present;
    if (code == HRMI_OP_COUNT) {
        s->result = n;
        s->reason = HRM_PRESENT;
        return;
    }
    if (s->present == 0) return;
    if (code == HRMI_OP_SUM) s->result = hrmi_sum_value(&s->sum);
    if (code == HRMI_OP_MEAN) s->result = hrmi_sum_value(&s->sum) / n;
    s->reason = isfinite(s->result) ? HRM_PRESENT : HRM_MISSING_UNDEFINED;
}

/* The result of its unit on every row. */
static void spread(const job *j, double *values, uint8_t *missing) {
    for (size_t i = 0; i < j->rows; i++) {
        const size_t unit = unit_of(j, i);
        missing[i] = unit == HRM_NONE ? HRM_MISSING_NOT_APPLICABLE : j->states[unit].reason;
        values[i] = missing[i] == HRM_PRESENT ? j->states[unit].result : (double)NAN;
    }
}

/* ---- what needs the order ---- */

static int compare(const void *a, const void *b, const void *user) {
    const place *const x = a;
    const place *const y = b;
    (void)user;
    if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
    if (x->value < y->value) return -1;
    if (x->value > y->value) return 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static void order(job *j) {
    hrmi_sort(j->places, j->place_count, sizeof *j->places, compare, NULL);
    size_t start = 0;
    for (size_t unit = 0; unit < j->units->count; unit++) {
        j->states[unit].start = start;
        start += j->states[unit].present;
    }
}

static double between(double low, double high, double share) {
    const double way = high - low;
    return isfinite(way) ? low + share * way : (1.0 - share) * low + share * high;
}

/* Type 7 of Hyndman and Fan (1996): linear between the values, the first at p = 0 and the last at p = 1. */
static void quantiles(const job *j) {
    for (size_t unit = 0; unit < j->units->count; unit++) {
        unit_state *const s = &j->states[unit];
        if (s->present == 0) continue;
        const place *const p = j->places + s->start;
        const double at = (double)(s->present - 1) * j->op->number;
        const size_t low = (size_t)at;
        const double share = at - (double)low;
        s->result = p[low].value;
        if (share > 0.0) s->result = between(p[low].value, p[low + 1].value, share);
        s->reason = HRM_PRESENT;
    }
}

/* The standing of `behind` in a unit of n values, of which those from `first` up to before `behind` are
 * equal. */
static double standing(int code, size_t first, size_t behind, size_t n) {
    if (code == HRMI_OP_RANK) return (double)(n - behind + 1);
    return 100.0 * ((double)(first + behind - 1) / 2.0) / (double)(n - 1);
}

static void standings(const job *j, double *values, uint8_t *missing) {
    for (size_t i = 0; i < j->rows; i++) {
        missing[i] = reason_of(j, i);
        if (missing[i] == HRM_PRESENT) missing[i] = HRM_MISSING_NOT_APPLICABLE; /* in no unit */
        values[i] = (double)NAN;
    }
    for (size_t first = 0, behind = 0; first < j->place_count; first = behind) {
        const place *const p = j->places;
        const unit_state *const s = &j->states[p[first].unit];
        const bool defined = j->op->code == HRMI_OP_RANK || s->present > 1;
        while (behind < j->place_count && p[behind].unit == p[first].unit &&
               p[behind].value == p[first].value)
            behind++;
        for (size_t k = first; k < behind; k++) {
            missing[p[k].row] = defined ? HRM_PRESENT : HRM_MISSING_UNDEFINED;
            if (defined)
                values[p[k].row] = standing(j->op->code, first - s->start, behind - s->start, s->present);
        }
    }
}

hrm_status hrmi_aggregate(hrm_context *ctx, const hrmi_op *op, const hrmi_series *argument,
                          const hrmi_units *units, size_t rows, double *values, uint8_t *missing) {
    job j = {.op = op, .argument = argument, .units = units, .rows = rows};
    const bool standing_wanted = op->code == HRMI_OP_RANK || op->code == HRMI_OP_PERCENTILE;
    hrm_status status = HRM_ERROR_MEMORY;
    j.states = hrmi_array_new(ctx, units->count, sizeof *j.states);
    if (j.states == NULL) goto done;
    if (standing_wanted || op->code == HRMI_OP_QUANTILE) {
        j.places = hrmi_array_new(ctx, rows, sizeof *j.places);
        if (j.places == NULL) goto done;
    }
    status = HRM_OK;
    gather(&j);
    if (j.places != NULL) order(&j);
    if (op->code == HRMI_OP_QUANTILE) quantiles(&j);
    else
        for (size_t unit = 0; unit < units->count; unit++) conclude(&j.states[unit], op->code);
    if (standing_wanted) standings(&j, values, missing);
    else spread(&j, values, missing);
done:
    hrmi_free(ctx, j.places);
    hrmi_free(ctx, j.states);
    return status;
}
