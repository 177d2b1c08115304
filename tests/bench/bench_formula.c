/*
 * Formulas over a table of national size: microseconds for each, the best of several runs, and the
 * catalogue's indicators computed and rolled up.
 */
#include <stdio.h>

#include "base/random.h"
#include "bench/bench.h"
#include "indicator/program.h"

enum { ROWS = 1769, RUNS = 200, UNITS = 139 };

int main(void) {
    static const char *const formulas[] = {"a",
                                           "a + b",
                                           "100 * (a + b) / c",
                                           "100 * (a + m) / c",
                                           "if(a > b and c > 0, a / b, coalesce(m, 0))",
                                           "sum(a)",
                                           "sum(a by raion)",
                                           "a / sum(a by raion) - mean(b)",
                                           "median(a)",
                                           "rank(a)",
                                           "percentile(a by raion)",
                                           "log(a) ^ 2",
                                           "round(a, 2)"};
    static double a[ROWS], b[ROWS], c[ROWS], m[ROWS], out[ROWS];
    static uint8_t missing[ROWS], reasons[ROWS];
    static size_t of_row[ROWS];
    hrm_context *ctx = NULL;
    if (hrm_context_new(NULL, &ctx) != HRM_OK) return 1;
    for (size_t i = 0; i < ROWS; i++) {
        hrmi_random random;
        hrmi_random_start(&random, 1, i, 0);
        a[i] = 1000.0 * hrmi_random_unit(&random);
        b[i] = 1000.0 * hrmi_random_unit(&random);
        c[i] = 1000.0 * hrmi_random_unit(&random);
        missing[i] = i % 7 == 0 ? HRM_MISSING_NO_ROW : HRM_PRESENT;
        m[i] = i % 7 == 0 ? (double)NAN : a[i];
        of_row[i] = i * UNITS / ROWS;
    }
    const hrmi_units units[HRM_LEVEL_COMMUNITY] = {{NULL, 1}, {NULL, 1}, {of_row, UNITS}};
    for (size_t k = 0; k < sizeof formulas / sizeof *formulas; k++) {
        hrm_formula *formula = NULL;
        hrmi_series inputs[4];
        double best = INFINITY, compiling = now();
        if (hrm_formula_compile(ctx, formulas[k], &formula) != HRM_OK) return 1;
        compiling = now() - compiling;
        for (size_t i = 0; i < hrm_formula_input_count(formula); i++) {
            const char name = hrm_formula_input(formula, i)[0];
            inputs[i] = (hrmi_series){name == 'a'   ? a
                                      : name == 'b' ? b
                                      : name == 'c' ? c
                                                    : m,
                                      name == 'm' ? missing : NULL, 1};
        }
        for (int run = 0; run < RUNS; run++) {
            const double start = now();
            if (hrmi_formula_run(ctx, formula, inputs, units, ROWS, out, reasons) != HRM_OK) return 1;
            const double taken = now() - start;
            if (taken < best) best = taken;
        }
        printf("%8.1f µs  (compiled in %.1f µs)  %s\n", best, compiling, formulas[k]);
        hrm_formula_free(formula);
    }
    hrm_context_free(ctx);
    return 0;
}
