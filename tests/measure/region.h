/* What the tests of measures share: the five communities of table/region.h, and looking at columns. */
#ifndef HRMT_MEASURE_REGION_H
#define HRMT_MEASURE_REGION_H

#include <math.h>

#include "table/region.h"

static inline const double *hrmt_values(const hrm_table *table, const char *id) {
    const size_t column = hrm_table_find(table, id);
    ck_assert_msg(column != HRM_NONE, "no column %s", id);
    return hrm_table_values(table, column);
}

static inline uint8_t hrmt_missing(const hrm_table *table, const char *id, size_t row) {
    const uint8_t *const missing = hrm_table_missing(table, hrm_table_find(table, id));
    return missing == NULL ? HRM_PRESENT : missing[row];
}

static inline hrm_column_info hrmt_column(const hrm_table *table, const char *id) {
    hrm_column_info info = {.struct_size = sizeof info};
    ck_assert(hrm_table_column(table, hrm_table_find(table, id), &info));
    return info;
}

/* Values of a column, NaN meaning missing; the reason of those missing is `reason`. */
static inline void hrmt_expect(const hrm_table *table, const char *id, const double expected[HRMT_ROWS],
                               uint8_t reason) {
    const double *const values = hrmt_values(table, id);
    for (size_t i = 0; i < HRMT_ROWS; i++) {
        ck_assert_msg(isnan(expected[i]) ? isnan(values[i]) : values[i] == expected[i],
                      "%s, row %zu: %.17g, not %.17g", id, i, values[i], expected[i]);
        ck_assert_uint_eq(hrmt_missing(table, id, i), isnan(expected[i]) ? reason : HRM_PRESENT);
    }
}

#endif
