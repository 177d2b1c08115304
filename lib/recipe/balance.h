/*
 * Nothing may be lost on the way. Every input's account must balance, and the columns must hold what the
 * account says was allocated. Where that fails it is our mistake: HRM_ERROR_INTERNAL, with the numbers.
 */
#ifndef HRMI_BALANCE_H
#define HRMI_BALANCE_H

#include "hromada/io.h"
#include "base/base.h"

/* rows = the sum of their fates. */
hrm_status hrmi_balance_counts(hrm_context *ctx, const char *what, uint64_t all, uint64_t a, uint64_t b,
                               uint64_t c, uint64_t d, uint64_t e);

/* total = allocated + unallocated, each rounded once. */
hrm_status hrmi_balance_amounts(hrm_context *ctx, const char *what, double total, double allocated,
                                double unallocated);

/* The numbers of a table's column, or of all its periods (`<id>@<period>`), add up to `expected`. */
hrm_status hrmi_balance_column(hrm_context *ctx, const hrm_table *table, const char *id, double expected);

/* The columns that are rolled up by summing have the same sum at both levels. */
hrm_status hrmi_balance_levels(hrm_context *ctx, const hrm_table *communities, const hrm_table *units);

#endif
