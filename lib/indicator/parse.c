/*
 * From words to a postfix program, by precedence climbing (Richards and Whitby-Strevens, "BCPL: the language
 * and its compiler", 1979; the one function that holds all levels of binding is read_expression). Each
 * operation is written behind its parts, so the program needs no tree and runs on a stack of columns. What
 * people nest (brackets, functions, signs, powers) may be 200 deep; that bounds the recursion here and the
 * stack when the program runs.
 */
#include "base/index.h"
#include "base/utf8.h"
#include "indicator/lexer.h"
#include "indicator/program.h"

enum { MOST_NESTED = 200, MOST_QUOTED = 60 };

/* How tightly operators bind. */
enum { BINDS_OR = 1, BINDS_AND, BINDS_NOT, BINDS_COMPARISON, BINDS_SUM, BINDS_PRODUCT, BINDS_POWER };

typedef struct parser {
    hrm_context *ctx;
    hrm_formula *formula;
    hrmi_lexer lexer;
    hrmi_token token; /* the one being looked at */
    hrmi_index inputs;
    size_t input_capacity;
    size_t op_capacity;
    size_t ids_length;
    size_t stack; /* how many columns are on the stack here */
    unsigned nested;
} parser;

/* ---- functions ---- */

/* What stands where the second argument of a function would. */
typedef enum second_kind { AS_OTHERS, DIGITS, SHARE } second_kind;

typedef struct function {
    const char *name;
    hrmi_code code;
    unsigned least, most; /* arguments */
    second_kind second;
    bool over_rows;
} function;

enum { ANY_NUMBER = 1000000 };

static const function functions[] = {
    {"if", HRMI_OP_IF, 2, 3, AS_OTHERS, false},
    {"min", HRMI_OP_MIN, 2, ANY_NUMBER, AS_OTHERS, false},
    {"max", HRMI_OP_MAX, 2, ANY_NUMBER, AS_OTHERS, false},
    {"abs", HRMI_OP_ABS, 1, 1, AS_OTHERS, false},
    {"sqrt", HRMI_OP_SQRT, 1, 1, AS_OTHERS, false},
    {"log", HRMI_OP_LOG, 1, 1, AS_OTHERS, false},
    {"exp", HRMI_OP_EXP, 1, 1, AS_OTHERS, false},
    {"round", HRMI_OP_ROUND, 1, 2, DIGITS, false},
    {"coalesce", HRMI_OP_COALESCE, 2, ANY_NUMBER, AS_OTHERS, false},
    {"missing", HRMI_OP_MISSING, 1, 1, AS_OTHERS, false},
    {"sum", HRMI_OP_SUM, 1, 1, AS_OTHERS, true},
    {"mean", HRMI_OP_MEAN, 1, 1, AS_OTHERS, true},
    {"median", HRMI_OP_QUANTILE, 1, 1, AS_OTHERS, true},
    {"min_all", HRMI_OP_MIN_ALL, 1, 1, AS_OTHERS, true},
    {"max_all", HRMI_OP_MAX_ALL, 1, 1, AS_OTHERS, true},
    {"count", HRMI_OP_COUNT, 1, 1, AS_OTHERS, true},
    {"rank", HRMI_OP_RANK, 1, 1, AS_OTHERS, true},
    {"percentile", HRMI_OP_PERCENTILE, 1, 1, AS_OTHERS, true},
    {"quantile", HRMI_OP_QUANTILE, 2, 2, SHARE, true},
};

enum { FUNCTION_COUNT = sizeof functions / sizeof *functions };

static const function *find_function(const hrmi_token *token) {
    for (size_t i = 0; i < FUNCTION_COUNT; i++)
        if (hrmi_token_is(token, functions[i].name)) return &functions[i];
    return NULL;
}

/* ---- failing ---- */

/* How much of a word fits into a message. */
static int shown(const hrmi_token *token) {
    return (int)hrmi_utf8_cut(token->text, token->length, MOST_QUOTED);
}

static hrm_status fail_expected(parser *p, const char *what) {
    const hrmi_token *const t = &p->token;
    if (t->kind == HRMI_TOKEN_END)
        return hrmi_fail(p->ctx, HRM_ERROR_FORMULA, "character %lu: the formula ends where %s should stand",
                         (unsigned long)t->place, what);
    return hrmi_fail(p->ctx, HRM_ERROR_FORMULA, "character %lu: \"%.*s\" stands where %s should",
                     (unsigned long)t->place, shown(t), t->text, what);
}

static hrm_status fail_function(parser *p, const hrmi_token *name) {
    char wanted[MOST_QUOTED + 1];
    hrmi_nearest nearest = {0};
    const size_t length = (size_t)shown(name);
    memcpy(wanted, name->text, length);
    wanted[length] = '\0';
    for (size_t i = 0; i < FUNCTION_COUNT; i++) hrmi_nearest_try(&nearest, wanted, functions[i].name);
    if (nearest.name != NULL)
        return hrmi_fail(p->ctx, HRM_ERROR_FORMULA,
                         "character %lu: there is no function \"%s\"; did you mean \"%s\"?",
                         (unsigned long)name->place, wanted, nearest.name);
    return hrmi_fail(
        p->ctx, HRM_ERROR_FORMULA,
        "character %lu: there is no function \"%s\"; an operator may be missing before the bracket",
        (unsigned long)name->place, wanted);
}

/* ---- reading words and writing operations ---- */

static hrm_status advance(parser *p) {
    return hrmi_lexer_next(&p->lexer, &p->token);
}

static hrm_status emit(parser *p, hrmi_op op, size_t parts) {
    hrm_formula *const f = p->formula;
    const hrm_status status =
        hrmi_array_grow(p->ctx, &f->ops, &p->op_capacity, f->op_count + 1, sizeof *f->ops);
    if (status != HRM_OK) return status;
    f->ops[f->op_count++] = op;
    p->stack = p->stack - parts + 1;
    if (p->stack > f->stack_size) f->stack_size = p->stack;
    return HRM_OK;
}

static hrm_status emit_code(parser *p, int code, size_t parts) {
    return emit(p, (hrmi_op){.code = (uint8_t)code}, parts);
}

static hrm_status emit_column(parser *p, const hrmi_token *name) {
    hrm_formula *const f = p->formula;
    hrm_status status = HRM_OK;
    size_t input = hrmi_index_find(&p->inputs, name->text, name->length);
    if (input == HRM_NONE) {
        char *const id = f->ids + p->ids_length;
        input = f->input_count;
        status = hrmi_array_grow(p->ctx, &f->inputs, &p->input_capacity, input + 1, sizeof *f->inputs);
        if (status != HRM_OK) return status;
        memcpy(id, name->text, name->length);
        id[name->length] = '\0';
        status = hrmi_index_add(p->ctx, &p->inputs, id, name->length, input);
        if (status != HRM_OK) return status;
        p->ids_length += name->length + 1;
        f->inputs[f->input_count++] = (hrmi_input){id, name->place};
    }
    return emit(p, (hrmi_op){.code = HRMI_OP_COLUMN, .index = (uint32_t)input}, 0);
}

static hrm_status go_deeper(parser *p) {
    if (p->nested == MOST_NESTED)
        return hrmi_fail(
            p->ctx, HRM_ERROR_LIMIT,
            "character %lu: brackets, functions or signs are nested more than %d deep; give a part "
            "of the formula a column of its own",
            (unsigned long)p->token.place, MOST_NESTED);
    p->nested++;
    return HRM_OK;
}

/* ---- expressions ---- */

static hrm_status read_expression(parser *p, int least);

/* A literal: an optional minus and a number. */
static hrm_status read_literal(parser *p, double least, double most, bool whole, const char *what,
                               double *out) {
    hrm_status status = HRM_OK;
    const hrmi_token first = p->token;
    const bool minus = first.kind == HRMI_TOKEN_OPERATOR && first.code == HRMI_OP_SUBTRACT;
    if (minus) status = advance(p);
    if (status != HRM_OK) return status;
    if (p->token.kind != HRMI_TOKEN_NUMBER) return fail_expected(p, what);
    *out = minus ? -p->token.number : p->token.number;
    if (!(*out >= least && *out <= most) || (whole && *out != floor(*out)))
        return hrmi_fail(p->ctx, HRM_ERROR_FORMULA, "character %lu: %s should stand here",
                         (unsigned long)first.place, what);
    return advance(p);
}

/* `by oblast`, if it stands here. */
static hrm_status read_level(parser *p, const function *f, hrmi_op *op) {
    static const char *const levels[] = {"country", "oblast", "raion"};
    hrm_status status = HRM_OK;
    op->index = p->token.place;
    op->level = HRM_LEVEL_COUNTRY;
    if (!hrmi_token_is(&p->token, "by")) return HRM_OK;
    if (!f->over_rows)
        return hrmi_fail(
            p->ctx, HRM_ERROR_FORMULA,
            "character %lu: %s() has a value for each community alone: it cannot be taken \"by\" "
            "anything",
            (unsigned long)p->token.place, f->name);
    status = advance(p);
    if (status != HRM_OK) return status;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (!hrmi_token_is(&p->token, levels[i])) continue;
        op->level = (uint8_t)i;
        return advance(p);
    }
    return fail_expected(p, "raion, oblast or country");
}

static hrm_status fail_argument_count(parser *p, const function *f, const hrmi_token *name, unsigned count) {
    const unsigned long place = name->place;
    if ((f->code == HRMI_OP_MIN || f->code == HRMI_OP_MAX) && count == 1)
        return hrmi_fail(p->ctx, HRM_ERROR_FORMULA,
                         "character %lu: %s() compares two numbers or more; over communities it is %s_all()",
                         place, f->name, f->name);
    if (f->most == ANY_NUMBER)
        return hrmi_fail(p->ctx, HRM_ERROR_FORMULA, "character %lu: %s() needs at least %u arguments, not %u",
                         place, f->name, f->least, count);
    if (f->least != f->most)
        return hrmi_fail(p->ctx, HRM_ERROR_FORMULA, "character %lu: %s() needs %u or %u arguments, not %u",
                         place, f->name, f->least, f->most, count);
    return hrmi_fail(p->ctx, HRM_ERROR_FORMULA, "character %lu: %s() needs %u argument%s, not %u", place,
                     f->name, f->least, f->least == 1 ? "" : "s", count);
}

/* The arguments up to the closing bracket. Functions of any number of arguments are folded two by two. */
static hrm_status read_arguments(parser *p, const function *f, const hrmi_token *name, hrmi_op *op,
                                 unsigned *count) {
    hrm_status status = HRM_OK;
    *count = 0;
    if (p->token.kind == HRMI_TOKEN_RIGHT) return fail_argument_count(p, f, name, 0);
    for (;;) {
        ++*count;
        if (*count == 2 && f->second == DIGITS)
            status = read_literal(p, -HRMI_ROUND_MOST, HRMI_ROUND_MOST, true,
                                  "a whole number of digits from -15 to 15", &op->number);
        else if (*count == 2 && f->second == SHARE)
            status = read_literal(p, 0.0, 1.0, false, "a number from 0 to 1", &op->number);
        else status = read_expression(p, BINDS_OR);
        if (status != HRM_OK) return status;
        if (f->most == ANY_NUMBER && *count >= 2) status = emit_code(p, (int)f->code, 2);
        if (status != HRM_OK) return status;
        if (p->token.kind != HRMI_TOKEN_COMMA) break;
        status = advance(p);
        if (status != HRM_OK) return status;
    }
    return read_level(p, f, op);
}

static hrm_status read_function(parser *p, const hrmi_token *name) {
    const function *const f = find_function(name);
    hrmi_op op = {0};
    hrm_status status = HRM_OK;
    unsigned count = 0;
    if (f == NULL) return fail_function(p, name);
    op.code = (uint8_t)f->code;
    if (f->code == HRMI_OP_QUANTILE) op.number = 0.5;
    status = go_deeper(p);
    if (status == HRM_OK) status = advance(p); /* the bracket */
    if (status == HRM_OK) status = read_arguments(p, f, name, &op, &count);
    if (status != HRM_OK) return status;
    if (p->token.kind != HRMI_TOKEN_RIGHT) return fail_expected(p, "an operator, a comma or \")\"");
    if (count < f->least || count > f->most) return fail_argument_count(p, f, name, count);
    if (f->code == HRMI_OP_IF && count == 2) op.code = HRMI_OP_WHEN;
    if (f->most != ANY_NUMBER) status = emit(p, op, f->second == AS_OTHERS ? count : 1);
    p->nested--;
    return status != HRM_OK ? status : advance(p);
}

static hrm_status read_word(parser *p) {
    static const char *const keywords[] = {"and", "or", "by"};
    const hrmi_token name = p->token;
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (hrmi_token_is(&name, keywords[i])) return fail_expected(p, "a number, a column or \"(\"");
    status = advance(p);
    if (status != HRM_OK) return status;
    return p->token.kind == HRMI_TOKEN_LEFT ? read_function(p, &name) : emit_column(p, &name);
}

static hrm_status read_brackets(parser *p) {
    hrm_status status = go_deeper(p);
    if (status == HRM_OK) status = advance(p);
    if (status == HRM_OK) status = read_expression(p, BINDS_OR);
    if (status != HRM_OK) return status;
    if (p->token.kind != HRMI_TOKEN_RIGHT) return fail_expected(p, "an operator or \")\"");
    p->nested--;
    return advance(p);
}

/* A sign or `not`, with what it governs. A plus does nothing. */
static hrm_status read_prefix(parser *p, int least, int code) {
    hrm_status status = HRM_OK;
    if (code == HRMI_OP_NOT && least > BINDS_NOT)
        return hrmi_fail(p->ctx, HRM_ERROR_FORMULA,
                         "character %lu: put brackets around \"not\" and what it denies",
                         (unsigned long)p->token.place);
    status = go_deeper(p);
    if (status == HRM_OK) status = advance(p);
    if (status == HRM_OK) status = read_expression(p, code == HRMI_OP_NOT ? BINDS_NOT : BINDS_POWER);
    if (status != HRM_OK) return status;
    p->nested--;
    if (code == HRMI_OP_ADD) return HRM_OK;
    return emit_code(p, code == HRMI_OP_NOT ? HRMI_OP_NOT : HRMI_OP_NEGATE, 1);
}

/* What an expression begins with: a number, a column, a function, brackets, a sign. */
static hrm_status read_primary(parser *p, int least) {
    const hrmi_token t = p->token;
    hrm_status status = HRM_OK;
    if (t.kind == HRMI_TOKEN_NUMBER) {
        status = emit(p, (hrmi_op){.code = HRMI_OP_NUMBER, .number = t.number}, 0);
        if (status == HRM_OK) status = advance(p);
    } else if (t.kind == HRMI_TOKEN_QUOTED) {
        status = emit_column(p, &t);
        if (status == HRM_OK) status = advance(p);
    } else if (hrmi_token_is(&t, "not")) {
        status = read_prefix(p, least, HRMI_OP_NOT);
    } else if (t.kind == HRMI_TOKEN_NAME) {
        status = read_word(p);
    } else if (t.kind == HRMI_TOKEN_LEFT) {
        status = read_brackets(p);
    } else if (t.kind == HRMI_TOKEN_OPERATOR && (t.code == HRMI_OP_ADD || t.code == HRMI_OP_SUBTRACT)) {
        status = read_prefix(p, least, t.code);
    } else {
        status = fail_expected(p, "a number, a column or \"(\"");
    }
    return status;
}

/* How tightly the word being looked at binds, and its operation; 0 when it is no operator. */
static int binding(const hrmi_token *t, int *code) {
    *code = t->code;
    if (hrmi_token_is(t, "or")) *code = HRMI_OP_OR;
    if (hrmi_token_is(t, "and")) *code = HRMI_OP_AND;
    if (*code == HRMI_OP_OR) return BINDS_OR;
    if (*code == HRMI_OP_AND) return BINDS_AND;
    if (t->kind != HRMI_TOKEN_OPERATOR) return 0;
    if (t->code >= HRMI_OP_LESS && t->code <= HRMI_OP_NOT_EQUAL) return BINDS_COMPARISON;
    if (t->code == HRMI_OP_ADD || t->code == HRMI_OP_SUBTRACT) return BINDS_SUM;
    return t->code == HRMI_OP_POWER ? BINDS_POWER : BINDS_PRODUCT;
}

/* An expression of operators that bind at least so tightly. */
static hrm_status read_expression(parser *p, int least) {
    hrm_status status = read_primary(p, least);
    bool compared = false;
    while (status == HRM_OK) {
        int code = 0;
        const int binds = binding(&p->token, &code);
        if (binds == 0 || binds < least) break;
        if (binds == BINDS_COMPARISON && compared)
            return hrmi_fail(p->ctx, HRM_ERROR_FORMULA,
                             "character %lu: comparisons cannot be chained; write \"a < b and b < c\"",
                             (unsigned long)p->token.place);
        compared = binds == BINDS_COMPARISON;
        status = advance(p);
        if (status != HRM_OK) return status;
        if (binds == BINDS_POWER) { /* to the right: 2^3^2 is 2^(3^2) */
            status = go_deeper(p);
            if (status == HRM_OK) status = read_expression(p, BINDS_POWER);
            if (status == HRM_OK) p->nested--;
        } else {
            status = read_expression(p, binds + 1);
        }
        if (status == HRM_OK) status = emit_code(p, code, 2);
    }
    return status;
}

hrm_status hrmi_formula_parse(hrm_context *ctx, hrm_formula *formula, size_t length) {
    parser p = {.ctx = ctx, .formula = formula};
    hrm_status status = HRM_OK;
    p.lexer = (hrmi_lexer){ctx, formula->text, formula->text + length, 1};
    hrmi_index_init(&p.inputs, ctx);
    formula->ids = hrmi_array_new(ctx, length + 1, 1); /* each id is in the text, with something behind it */
    status = formula->ids == NULL ? HRM_ERROR_MEMORY : advance(&p);
    if (status != HRM_OK) goto done;
    if (p.token.kind == HRMI_TOKEN_END) {
        status = hrmi_fail(ctx, HRM_ERROR_FORMULA, "character 1: the formula is empty");
        goto done;
    }
    status = read_expression(&p, BINDS_OR);
    if (status != HRM_OK) goto done;
    if (p.token.kind == HRMI_TOKEN_COMMA)
        status = hrmi_fail(ctx, HRM_ERROR_FORMULA,
                           "character %lu: a comma outside of a function; decimals are written with a point",
                           (unsigned long)p.token.place);
    else if (p.token.kind != HRMI_TOKEN_END) status = fail_expected(&p, "an operator or the end");
done:
    hrmi_index_free(&p.inputs);
    return status;
}
