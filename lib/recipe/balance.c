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
                               uint64_t c, uint64_t d) {
    if (all == a + b + c + d) return HRM_OK;
    return tell(ctx, what, (double)all, (double)(a + b + c + d));
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

/* The exact sum of a column's numbers, and that of their magnitudes. */
static double sum_of(const hrm_table *table, size_t column, double *size) {
    const double *const values = hrm_table_values(table, column);
    hrmi_sum sum;
    hrmi_sum magnitudes;
    hrmi_sum_clear(&sum);
    hrmi_sum_clear(&magnitudes);
    for (size_t i = 0; i < hrm_table_row_count(table); i++) {
        if (isnan(values[i])) continue;
        hrmi_sum_add(&sum, values[i]);
        hrmi_sum_add(&magnitudes, fabs(values[i]));
    }
    *size = hrmi_sum_value(&magnitudes);
    return hrmi_sum_value(&sum);
}

hrm_status hrmi_balance_column(hrm_context *ctx, const hrm_table *table, const char *id, double expected) {
    double size = 0.0;
    const size_t column = hrm_table_find(table, id);
    if (column == HRM_NONE) return hrmi_fail(ctx, HRM_ERROR_INTERNAL, "the column '%s' was not made", id);
    const double sum = sum_of(table, column, &size);
    if (near(sum, expected, size + fabs(expected))) return HRM_OK;
    return tell(ctx, id, sum, expected);
}

hrm_status hrmi_balance_levels(hrm_context *ctx, const hrm_table *communities, const hrm_table *units) {
    hrm_status status = HRM_OK;
    for (size_t c = 0; c < hrm_table_column_count(communities) && status == HRM_OK; c++) {
        hrm_column_info info;
        double size = 0.0;
        hrm_column_info_init(&info, sizeof info);
        (void)hrm_table_column(communities, c, &info);
        if (info.rollup != HRM_ROLLUP_SUM || info.is_text != 0) continue;
        status = hrmi_balance_column(ctx, units, info.id, sum_of(communities, c, &size));
    }
    return status;
}
