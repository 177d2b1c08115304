/*
 * Running a program: a stack of columns, one loop over the rows per operation. A column on the stack is
 * either lent (an input, a number) or lies in the stack's own memory, where an operation may write over its
 * first part. Arithmetic is done blindly first; where a part was missing or the result is no number, a second
 * pass says so and why.
 */
#include <float.h>

#include "indicator/program.h"

typedef struct machine {
    hrm_context *ctx;
    const hrmi_units *units;
    size_t rows;
    hrmi_series *stack;
    size_t height;
    double *values;   /* stack_size × rows */
    uint8_t *missing; /* stack_size × rows */
} machine;

static uint8_t reason_at(const hrmi_series *s, size_t row) {
    return s->missing == NULL ? HRM_PRESENT : s->missing[row * s->step];
}

/* Where a part is missing, the result is, for the first such part's reason; where it is no finite number
 * otherwise, it is undefined. The reasons may lie where the first part's lie. */
static void settle(const hrmi_series *parts, size_t part_count, size_t rows, double *values,
                   uint8_t *missing) {
    for (size_t i = 0; i < rows; i++) {
        uint8_t reason = HRM_PRESENT;
        for (size_t k = 0; k < part_count && reason == HRM_PRESENT; k++) reason = reason_at(&parts[k], i);
        if (reason == HRM_PRESENT && !isfinite(values[i])) reason = HRM_MISSING_UNDEFINED;
        if (reason != HRM_PRESENT) values[i] = (double)NAN;
        missing[i] = reason;
    }
}

static bool all_finite(const double *values, size_t rows) {
    size_t others = 0;
    for (size_t i = 0; i < rows; i++) others += !(fabs(values[i]) <= DBL_MAX);
    return others == 0;
}

/* ---- the loops ---- */

#define EACH(expression)                                                                                     \
    do {                                                                                                     \
        for (size_t i = 0; i < rows; i++) {                                                                  \
            const double x = a->values[i * a->step];                                                         \
            out[i] = (expression);                                                                           \
        }                                                                                                    \
    } while (0)

static void run_one(const hrmi_op *op, const hrmi_series *a, size_t rows, double *out) {
    const int digits = (int)op->number;
    switch (op->code) {
    case HRMI_OP_NEGATE:
        EACH(-x);
        break;
    case HRMI_OP_NOT:
        EACH(x == 0.0 ? 1.0 : 0.0);
        break;
    case HRMI_OP_ABS:
        EACH(fabs(x));
        break;
    case HRMI_OP_SQRT:
        EACH(sqrt(x));
        break;
    case HRMI_OP_LOG:
        EACH(log(x));
        break;
    case HRMI_OP_EXP:
        EACH(exp(x));
        break;
    case HRMI_OP_ROUND:
        EACH(hrmi_round(x, digits));
        break;
    default:
        assert(false);
    }
}

#undef EACH
#define EACH(expression)                                                                                     \
    do {                                                                                                     \
        for (size_t i = 0; i < rows; i++) {                                                                  \
            const double x = a->values[i * a->step];                                                         \
            const double y = b->values[i * b->step];                                                         \
            out[i] = (expression);                                                                           \
        }                                                                                                    \
    } while (0)

static void run_two(const hrmi_op *op, const hrmi_series *a, const hrmi_series *b, size_t rows, double *out) {
    switch (op->code) {
    case HRMI_OP_ADD:
        EACH(x + y);
        break;
    case HRMI_OP_SUBTRACT:
        EACH(x - y);
        break;
    case HRMI_OP_MULTIPLY:
        EACH(x * y);
        break;
    case HRMI_OP_DIVIDE:
        EACH(y == 0.0 ? (double)NAN : x / y);
        break;
    case HRMI_OP_POWER:
        EACH(pow(x, y));
        break;
    case HRMI_OP_LESS:
        EACH(x < y ? 1.0 : 0.0);
        break;
    case HRMI_OP_LESS_EQUAL:
        EACH(x <= y ? 1.0 : 0.0);
        break;
    case HRMI_OP_GREATER:
        EACH(x > y ? 1.0 : 0.0);
        break;
    case HRMI_OP_GREATER_EQUAL:
        EACH(x >= y ? 1.0 : 0.0);
        break;
    case HRMI_OP_EQUAL:
        EACH(x == y ? 1.0 : 0.0);
        break;
    case HRMI_OP_NOT_EQUAL:
        EACH(x != y ? 1.0 : 0.0);
        break;
    case HRMI_OP_MIN:
        EACH(y < x ? y : x);
        break;
    case HRMI_OP_MAX:
        EACH(y > x ? y : x);
        break;
    default:
        assert(false);
    }
}

#undef EACH

/* ---- operations in which a missing part does not always make the result missing ---- */

typedef struct cell {
    double value;
    uint8_t reason;
} cell;

static cell cell_at(const hrmi_series *s, size_t row) {
    return (cell){s->values[row * s->step], reason_at(s, row)};
}

static bool is_present(cell c) {
    return c.reason == HRM_PRESENT;
}

/* `decisive` settles the matter alone: 0 for and, 1 for or. */
static cell logical(cell a, cell b, double decisive) {
    if (is_present(a) && (a.value != 0.0) == (decisive != 0.0)) return (cell){decisive, HRM_PRESENT};
    if (is_present(b) && (b.value != 0.0) == (decisive != 0.0)) return (cell){decisive, HRM_PRESENT};
    if (!is_present(a)) return a;
    if (!is_present(b)) return b;
    return (cell){1.0 - decisive, HRM_PRESENT};
}

static cell choose(const hrmi_op *op, const hrmi_series *parts, size_t row) {
    const cell a = cell_at(&parts[0], row);
    switch (op->code) {
    case HRMI_OP_MISSING:
        return (cell){is_present(a) ? 0.0 : 1.0, HRM_PRESENT};
    case HRMI_OP_AND:
        return logical(a, cell_at(&parts[1], row), 0.0);
    case HRMI_OP_OR:
        return logical(a, cell_at(&parts[1], row), 1.0);
    case HRMI_OP_COALESCE: {
        const cell b = cell_at(&parts[1], row);
        return is_present(a) || !is_present(b) ? a : b;
    }
    case HRMI_OP_WHEN:
        if (!is_present(a)) return a;
        return a.value != 0.0 ? cell_at(&parts[1], row) : (cell){(double)NAN, HRM_MISSING_NOT_APPLICABLE};
    default: /* HRMI_OP_IF */
        if (!is_present(a)) return a;
        return cell_at(&parts[a.value != 0.0 ? 1 : 2], row);
    }
}

static void run_choice(const hrmi_op *op, const hrmi_series *parts, size_t rows, double *out,
                       uint8_t *missing) {
    for (size_t i = 0; i < rows; i++) {
        const cell c = choose(op, parts, i);
        out[i] = is_present(c) ? c.value : (double)NAN;
        missing[i] = c.reason;
    }
}

/* ---- the machine ---- */

static size_t part_count(int code) {
    if (code == HRMI_OP_IF) return 3;
    if (code >= HRMI_OP_ADD && code <= HRMI_OP_WHEN) return 2;
    return code <= HRMI_OP_COLUMN ? 0 : 1;
}

static bool is_choice(int code) {
    return code == HRMI_OP_MISSING || code == HRMI_OP_AND || code == HRMI_OP_OR || code == HRMI_OP_COALESCE ||
           code == HRMI_OP_WHEN || code == HRMI_OP_IF;
}

static bool any(const uint8_t *missing, size_t rows) {
    for (size_t i = 0; i < rows; i++)
        if (missing[i] != HRM_PRESENT) return true;
    return false;
}

static hrm_status run_op(machine *m, const hrmi_op *op) {
    const size_t count = part_count(op->code);
    const size_t place = m->height - count;
    const hrmi_series *const parts = m->stack + place;
    double *const values = m->values + place * m->rows;
    uint8_t *const missing = m->missing + place * m->rows;
    bool may_miss = true;
    hrm_status status = HRM_OK;
    if (is_choice(op->code)) {
        run_choice(op, parts, m->rows, values, missing);
    } else if (op->code >= HRMI_OP_SUM) {
        status = hrmi_aggregate(m->ctx, op, parts, &m->units[op->level], m->rows, values, missing);
    } else {
        if (count == 1) run_one(op, parts, m->rows, values);
        else run_two(op, parts, parts + 1, m->rows, values);
        may_miss = parts[0].missing != NULL || (count == 2 && parts[1].missing != NULL) ||
                   !all_finite(values, m->rows);
        if (may_miss) settle(parts, count, m->rows, values, missing);
    }
    m->stack[place] = (hrmi_series){values, may_miss && any(missing, m->rows) ? missing : NULL, 1};
    m->height = place + 1;
    return status;
}

static void give(const hrmi_series *result, size_t rows, double *values, uint8_t *missing) {
    for (size_t i = 0; i < rows; i++) {
        values[i] = result->values[i * result->step] + 0.0; /* -0 + 0 is 0: nobody wants to read "-0" */
        if (missing != NULL) missing[i] = reason_at(result, i);
    }
}

hrm_status hrmi_formula_run(hrm_context *ctx, const hrm_formula *formula, const hrmi_series *inputs,
                            const hrmi_units *units, size_t rows, double *values, uint8_t *missing) {
    machine m = {.ctx = ctx, .units = units, .rows = rows};
    hrm_status status = HRM_ERROR_MEMORY;
    m.stack = hrmi_array_new(ctx, formula->stack_size, sizeof *m.stack);
    if (m.stack != NULL) m.values = hrmi_array_new(ctx, formula->stack_size, rows * sizeof *m.values);
    if (m.values != NULL) m.missing = hrmi_array_new(ctx, formula->stack_size, rows);
    if (m.missing == NULL) goto done;
    status = HRM_OK;
    for (size_t i = 0; i < formula->op_count && status == HRM_OK; i++) {
        const hrmi_op *const op = &formula->ops[i];
        if (op->code == HRMI_OP_NUMBER) m.stack[m.height++] = (hrmi_series){&op->number, NULL, 0};
        else if (op->code == HRMI_OP_COLUMN) m.stack[m.height++] = inputs[op->index];
        else status = run_op(&m, op);
    }
    if (status == HRM_OK) give(&m.stack[0], rows, values, missing);
done:
    hrmi_free(ctx, m.missing);
    hrmi_free(ctx, m.values);
    hrmi_free(ctx, m.stack);
    return status;
}
