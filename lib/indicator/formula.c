/*
 * A formula from outside: compiled once, then evaluated over any table. Evaluating looks its ids up among the
 * table's columns, finds which unit each row belongs to where an aggregate asks for it, and runs the program.
 */
#include "base/utf8.h"
#include "community/layer.h"
#include "indicator/program.h"
#include "table/table.h"

enum { MOST_BYTES = 64 * 1024 };

static hrm_status check_text(hrm_context *ctx, const char *text, size_t length) {
    unsigned long place = 1;
    if (length > MOST_BYTES)
        return hrmi_fail(ctx, HRM_ERROR_LIMIT, "the formula has %zu bytes, and at most %d are read", length,
                         (int)MOST_BYTES);
    const size_t good = hrmi_utf8_first_invalid(text, length);
    if (good == length) return HRM_OK;
    for (const char *at = text; at < text + good; place++) (void)hrmi_utf8_next(&at, text + length);
    return hrmi_fail(ctx, HRM_ERROR_FORMULA, "character %lu: the formula is not UTF-8 from here on", place);
}

hrm_status hrm_formula_compile(hrm_context *ctx, const char *text, hrm_formula **out) {
    hrm_formula *formula = NULL;
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_formula_compile: out is NULL");
    *out = NULL;
    if (text == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_formula_compile: text is NULL");
    const size_t length = strlen(text);
    status = check_text(ctx, text, length);
    if (status != HRM_OK) goto done;
    formula = hrmi_array_new(ctx, 1, sizeof *formula);
    if (formula == NULL) {
        status = HRM_ERROR_MEMORY;
        goto done;
    }
    formula->allocator = *hrmi_allocator(ctx);
    formula->text = hrmi_text_copy(ctx, text, length);
    status = formula->text == NULL ? HRM_ERROR_MEMORY : hrmi_formula_parse(ctx, formula, length);
    if (status != HRM_OK) goto done;
    *out = formula;
    formula = NULL; /* given away */
done:
    hrm_formula_free(formula);
    return status;
}

void hrm_formula_free(hrm_formula *formula) {
    if (formula == NULL) return;
    const hrm_allocator allocator = formula->allocator;
    hrmi_release(&allocator, formula->text);
    hrmi_release(&allocator, formula->ids);
    hrmi_release(&allocator, formula->inputs);
    hrmi_release(&allocator, formula->ops);
    hrmi_release(&allocator, formula);
}

const char *hrm_formula_text(const hrm_formula *formula) {
    return formula->text;
}

size_t hrm_formula_input_count(const hrm_formula *formula) {
    return formula->input_count;
}

const char *hrm_formula_input(const hrm_formula *formula, size_t i) {
    return i < formula->input_count ? formula->inputs[i].id : NULL;
}

/* ---- columns ---- */

void hrmi_nearest_try(hrmi_nearest *nearest, const char *wanted, const char *candidate) {
    const size_t length = strlen(wanted);
    const size_t limit = length < 6 ? 1 : length < 12 ? 2 : 3;
    const size_t distance = hrmi_utf8_distance(wanted, candidate, limit);
    if (distance > limit || (nearest->name != NULL && distance >= nearest->distance)) return;
    nearest->name = candidate;
    nearest->distance = distance;
}

/* What was probably meant by an id that no column has: the same id of the latest period, or the nearest. */
static const char *meant(const char *id, const hrm_table *table, hrmi_nearest nearest) {
    const size_t length = strlen(id);
    const char *latest = NULL;
    for (size_t i = 0; i < table->columns.count; i++) {
        const char *const known = table->columns.list[i].info.id;
        hrmi_nearest_try(&nearest, id, known);
        if (strncmp(known, id, length) != 0 || known[length] != '@') continue;
        if (latest == NULL || strcmp(known, latest) > 0) latest = known;
    }
    return latest != NULL ? latest : nearest.name;
}

static hrm_status fail_unknown(hrm_context *ctx, const hrmi_input *input, const hrm_table *table,
                               hrmi_nearest nearest) {
    const unsigned long place = input->place;
    const char *const period = strchr(input->id, '@');
    const char *const minus = period == NULL ? NULL : strrchr(period, '-');
    if (minus != NULL &&
        hrmi_index_find(&table->columns.ids, input->id, (size_t)(minus - input->id)) != HRM_NONE)
        return hrmi_fail(
            ctx, HRM_ERROR_FORMULA,
            "character %lu: there is no column \"%.100s\"; a minus directly behind a period belongs "
            "to it: to subtract, put blanks around the minus",
            place, input->id);
    const char *const name = meant(input->id, table, nearest);
    if (name != NULL)
        return hrmi_fail(ctx, HRM_ERROR_FORMULA,
                         "character %lu: there is no column \"%.100s\"; did you mean \"%s\"?", place,
                         input->id, name);
    return hrmi_fail(ctx, HRM_ERROR_FORMULA,
                     "character %lu: there is no column \"%.100s\"; the table needs one of that id", place,
                     input->id);
}

hrm_status hrmi_formula_bind(hrm_context *ctx, const hrmi_input *input, const hrm_table *table,
                             hrmi_nearest nearest, hrmi_series *out) {
    const size_t found = hrmi_columns_find(&table->columns, input->id);
    if (found == HRM_NONE) return fail_unknown(ctx, input, table, nearest);
    const hrmi_column *const column = &table->columns.list[found];
    if (column->values == NULL)
        return hrmi_fail(ctx, HRM_ERROR_FORMULA,
                         "character %lu: the column \"%.100s\" is text; formulas need numbers",
                         (unsigned long)input->place, input->id);
    *out = (hrmi_series){column->values, column->missing, 1};
    return HRM_OK;
}

/* ---- units ---- */

static const char *level_name(int32_t level) {
    return level == HRM_LEVEL_COUNTRY ? "country" : level == HRM_LEVEL_OBLAST ? "oblast" : "raion";
}

static hrm_status check_level(hrm_context *ctx, const hrmi_op *op, const hrm_layer *layer, int32_t level) {
    const unsigned long place = op->index;
    if (op->level > level)
        return hrmi_fail(
            ctx, HRM_ERROR_FORMULA,
            "character %lu: the rows of this table are larger than one %s: nothing can be taken by %s", place,
            level_name(op->level), level_name(op->level));
    if (hrm_layer_unit_count(layer, op->level) == 0)
        return hrmi_fail(ctx, HRM_ERROR_FORMULA,
                         "character %lu: the codes of this layer do not tell the %s: only KATOTTG codes and "
                         "P-codes do",
                         place, level_name(op->level));
    return HRM_OK;
}

/* Which unit of a level each row of a table belongs to: rows are communities, or units of a finer level. */
static hrm_status find_units(hrm_context *ctx, const hrm_layer *layer, int32_t table_level, int32_t level,
                             size_t **out) {
    const size_t rows = hrm_layer_unit_count(layer, table_level);
    size_t *const units = hrmi_array_new(ctx, rows, sizeof *units);
    if (units == NULL) return HRM_ERROR_MEMORY;
    for (size_t row = 0; row < rows; row++) units[row] = HRM_NONE;
    for (size_t i = 0; i < hrm_layer_count(layer); i++) {
        const size_t row = table_level == HRM_LEVEL_COMMUNITY ? i : hrm_layer_unit_of(layer, table_level, i);
        if (row != HRM_NONE) units[row] = hrm_layer_unit_of(layer, level, i);
    }
    *out = units;
    return HRM_OK;
}

hrm_status hrmi_grouping_prepare(hrm_context *ctx, hrmi_grouping *grouping, const hrm_formula *formula,
                                 const hrm_layer *layer, int32_t level) {
    grouping->units[HRM_LEVEL_COUNTRY].count = 1;
    for (size_t i = 0; i < formula->op_count; i++) {
        const hrmi_op *const op = &formula->ops[i];
        if (op->code < HRMI_OP_SUM || op->level == HRM_LEVEL_COUNTRY) continue;
        hrm_status status = check_level(ctx, op, layer, level);
        if (status == HRM_OK && grouping->memory[op->level] == NULL)
            status = find_units(ctx, layer, level, op->level, &grouping->memory[op->level]);
        if (status != HRM_OK) return status;
        grouping->units[op->level].of_row = grouping->memory[op->level];
        grouping->units[op->level].count = hrm_layer_unit_count(layer, op->level);
    }
    return HRM_OK;
}

void hrmi_grouping_free(hrm_context *ctx, hrmi_grouping *grouping) {
    for (size_t i = 0; i < HRM_LEVEL_COMMUNITY; i++) hrmi_free(ctx, grouping->memory[i]);
    memset(grouping, 0, sizeof *grouping);
}

/* ---- evaluating ---- */

hrm_status hrm_formula_evaluate(hrm_context *ctx, const hrm_formula *formula, const hrm_layer *layer,
                                const hrm_table *table, double *values, uint8_t *missing) {
    hrmi_grouping grouping = {0};
    hrmi_series *inputs = NULL;
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (formula == NULL || layer == NULL || table == NULL || values == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "hrm_formula_evaluate: formula, layer, table or values is NULL");
    status = hrmi_table_must_fit(ctx, table, layer);
    if (status != HRM_OK) return status;
    inputs = hrmi_array_new(ctx, formula->input_count, sizeof *inputs);
    if (inputs == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < formula->input_count && status == HRM_OK; i++)
        status = hrmi_formula_bind(ctx, &formula->inputs[i], table, (hrmi_nearest){0}, &inputs[i]);
    if (status == HRM_OK) status = hrmi_grouping_prepare(ctx, &grouping, formula, layer, table->level);
    if (status == HRM_OK)
        status = hrmi_formula_run(ctx, formula, inputs, grouping.units, hrm_table_row_count(table), values,
                                  missing);
    hrmi_grouping_free(ctx, &grouping);
    hrmi_free(ctx, inputs);
    return status;
}
