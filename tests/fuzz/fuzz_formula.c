/*
 * Any bytes as a formula: it is refused with a text and a status that the header names, or it runs, and what
 * it gives is finite or missing for a reason. The columns it names are all there, with values that are hard.
 */
#include <stdlib.h>

#include "indicator/program.h"

enum { ROWS = 5 };

static void check(bool right) {
    if (!right) abort();
}

static void run(hrm_context *ctx, const hrm_formula *formula) {
    static const double values[ROWS] = {0.0, -1.5, 1e308, (double)NAN, 5e-324};
    static const uint8_t missing[ROWS] = {0, 0, 0, HRM_MISSING_OCCUPIED, 0};
    static const size_t of_row[ROWS] = {0, 0, 1, 1, HRM_NONE};
    const hrmi_units units[HRM_LEVEL_COMMUNITY] = {{NULL, 1}, {of_row, 2}, {of_row, 3}};
    hrmi_series *const inputs = calloc(formula->input_count + 1, sizeof *inputs);
    double result[ROWS];
    uint8_t reasons[ROWS];
    check(inputs != NULL);
    for (size_t i = 0; i < formula->input_count; i++) {
        inputs[i] = (hrmi_series){values, missing, 1};
        check(hrm_formula_input(formula, i)[0] != '\0');
    }
    check(hrmi_formula_run(ctx, formula, inputs, units, ROWS, result, reasons) == HRM_OK);
    for (size_t i = 0; i < ROWS; i++) {
        check(isfinite(result[i]) ? reasons[i] == HRM_PRESENT
                                  : isnan(result[i]) && reasons[i] != HRM_PRESENT);
        check(reasons[i] <= HRM_MISSING_NO_COVERAGE);
    }
    free(inputs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    hrm_context *ctx = NULL;
    hrm_formula *formula = NULL;
    char *const text = malloc(size + 1);
    check(text != NULL && hrm_context_new(NULL, &ctx) == HRM_OK);
    if (size > 0) memcpy(text, data, size);
    text[size] = '\0';
    const hrm_status status = hrm_formula_compile(ctx, text, &formula);
    if (status == HRM_OK) {
        run(ctx, formula);
    } else {
        check(status == HRM_ERROR_FORMULA || status == HRM_ERROR_LIMIT);
        check(formula == NULL && hrm_error_message(ctx)[0] != '\0');
    }
    hrm_formula_free(formula);
    hrm_context_free(ctx);
    free(text);
    return 0;
}
