/*
 * Whether accounts balance: see balance.h. Sums are exact before their last rounding, so what is compared
 * differs by the roundings of its parts only: a few units in the last place of the largest part for an
 * account, and one for each cell of a column.
 */
#include <float.h>

#include "base/number.h"
#include "base/sum.h"
#include "recipe/balance.h"

static hrm_status tell(hrm_context *ctx, const char *what, double a, double b) {
    char left[HRMI_NUMBER_SIZE];
    char right[HRMI_NUMBER_SIZE];
    (void)hrmi_number_write(a, left);
    (void)hrmi_number_write(b, right);
    return hrmi_fail(ctx, HRM_ERROR_INTERNAL,
                     "%s: the account does not balance (%s against %s); please report this with the recipe",
                     what, left, right);
}

hrm_status hrmi_balance_counts(hrm_context *ctx, const char *what, uint64_t all, uint64_t a, uint64_t b,
                               uint64_t c, uint64_t d, uint64_t e) {
    if (all == a + b + c + d + e) return HRM_OK;
    return tell(ctx, what, (double)all, (double)(a + b + c + d + e));
}

static bool near(double a, double b, double size) {
    return fabs(a - b) <= 4.0 * DBL_EPSILON * size;
}

hrm_status hrmi_balance_amounts(hrm_context *ctx, const char *what, double total, double allocated,
                                double unallocated) {
    if (near(total, allocated + unallocated, fabs(total) + fabs(allocated) + fabs(unallocated)))
        return HRM_OK;
    return tell(ctx, what, total, allocated + unallocated);
}

/* An exact sum of numbers, and that of their magnitudes. */
typedef struct totals {
    hrmi_sum sum;
    hrmi_sum size;
} totals;

static void add_column(const hrm_table *table, size_t column, totals *t) {
    const double *const values = hrm_table_values(table, column);
    for (size_t i = 0; values != NULL && i < hrm_table_row_count(table); i++) {
        if (isnan(values[i])) continue;
        hrmi_sum_add(&t->sum, values[i]);
        hrmi_sum_add(&t->size, fabs(values[i]));
    }
}

/* Adds the column of an id, or those of its periods; false where there is none. */
static bool add_columns(const hrm_table *table, const char *id, totals *t) {
    const size_t length = strlen(id);
    const size_t column = hrm_table_find(table, id);
    bool any = column != HRM_NONE;
    if (any) add_column(table, column, t);
    for (size_t c = 0; column == HRM_NONE && c < hrm_table_column_count(table); c++) {
        hrm_column_info info;
        hrm_column_info_init(&info, sizeof info);
        (void)hrm_table_column(table, c, &info);
        if (strncmp(info.id, id, length) != 0 || info.id[length] != '@') continue;
        add_column(table, c, t);
        any = true;
    }
    return any;
}

hrm_status hrmi_balance_column(hrm_context *ctx, const hrm_table *table, const char *id, double expected) {
    totals t;
    hrmi_sum_clear(&t.sum);
    hrmi_sum_clear(&t.size);
    if (!add_columns(table, id, &t))
        return hrmi_fail(ctx, HRM_ERROR_INTERNAL, "the column '%s' was not made", id);
    const double sum = hrmi_sum_value(&t.sum);
    if (near(sum, expected, hrmi_sum_value(&t.size) + fabs(expected))) return HRM_OK;
    return tell(ctx, id, sum, expected);
}

hrm_status hrmi_balance_levels(hrm_context *ctx, const hrm_table *communities, const hrm_table *units) {
    hrm_status status = HRM_OK;
    for (size_t c = 0; c < hrm_table_column_count(communities) && status == HRM_OK; c++) {
        hrm_column_info info;
        totals t;
        hrm_column_info_init(&info, sizeof info);
        (void)hrm_table_column(communities, c, &info);
        if (info.rollup != HRM_ROLLUP_SUM || info.is_text != 0) continue;
        hrmi_sum_clear(&t.sum);
        hrmi_sum_clear(&t.size);
        add_column(communities, c, &t);
        status = hrmi_balance_column(ctx, units, info.id, hrmi_sum_value(&t.sum));
    }
    return status;
}
