/*
 * From characters to words. Names are letters of any alphabet, digits and `_`, beginning with a letter or
 * `_`. A period follows `@`: there `.` and `-` belong to the name too where a letter or digit comes directly
 * after them, so that `x@2022-07` is one name and `x@2022 - 7` a difference.
 */
#include "base/number.h"
#include "base/utf8.h"
#include "indicator/lexer.h"
#include "indicator/program.h"
#include "table/id.h"

static bool is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

static bool is_blank(uint32_t c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x2009 || c == 0x202F ||
           c == 0xFEFF;
}

/* The character at the reading place, 0 at the end. The text was checked to be UTF-8. */
static uint32_t peek(const hrmi_lexer *lexer) {
    const char *at = lexer->at;
    return at < lexer->end ? hrmi_utf8_next(&at, lexer->end) : 0;
}

static uint32_t peek_second(const hrmi_lexer *lexer) {
    const char *at = lexer->at;
    if (at < lexer->end) (void)hrmi_utf8_next(&at, lexer->end);
    return at < lexer->end ? hrmi_utf8_next(&at, lexer->end) : 0;
}

static void step(hrmi_lexer *lexer) {
    (void)hrmi_utf8_next(&lexer->at, lexer->end);
    lexer->place++;
}

static void read_name(hrmi_lexer *lexer) {
    while (hrmi_id_begins(peek(lexer)) || is_digit(peek(lexer))) step(lexer);
    if (peek(lexer) != '@' || !(hrmi_id_begins(peek_second(lexer)) || is_digit(peek_second(lexer)))) return;
    step(lexer);
    for (;;) {
        const uint32_t c = peek(lexer);
        const uint32_t after = peek_second(lexer);
        const bool joins = (c == '-' || c == '.') && (hrmi_id_begins(after) || is_digit(after));
        if (!hrmi_id_begins(c) && !is_digit(c) && !joins) return;
        step(lexer);
    }
}

static hrm_status read_number(hrmi_lexer *lexer, hrmi_token *out) {
    while (is_digit(peek(lexer))) step(lexer);
    if (peek(lexer) == '.') {
        step(lexer);
        while (is_digit(peek(lexer))) step(lexer);
    }
    const uint32_t exponent = peek(lexer);
    if (exponent == 'e' || exponent == 'E') {
        const hrmi_lexer before = *lexer;
        step(lexer);
        if (peek(lexer) == '+' || peek(lexer) == '-') step(lexer);
        if (!is_digit(peek(lexer)))
            *lexer = before; /* `2e` is no number: the parser will stumble over the e */
        while (is_digit(peek(lexer))) step(lexer);
    }
    out->kind = HRMI_TOKEN_NUMBER;
    out->length = (size_t)(lexer->at - out->text);
    if (!hrmi_number_read(out->text, out->length, &out->number))
        return hrmi_fail(lexer->ctx, HRM_ERROR_FORMULA, "character %lu: the number is too large",
                         (unsigned long)out->place);
    return HRM_OK;
}

static hrm_status read_quoted(hrmi_lexer *lexer, hrmi_token *out) {
    step(lexer);
    out->kind = HRMI_TOKEN_QUOTED;
    out->text = lexer->at;
    while (lexer->at < lexer->end && *lexer->at != '"') step(lexer);
    out->length = (size_t)(lexer->at - out->text);
    if (lexer->at == lexer->end)
        return hrmi_fail(lexer->ctx, HRM_ERROR_FORMULA, "character %lu: the quotation mark is never closed",
                         (unsigned long)out->place);
    if (out->length == 0)
        return hrmi_fail(lexer->ctx, HRM_ERROR_FORMULA,
                         "character %lu: no column between the quotation marks", (unsigned long)out->place);
    step(lexer);
    return HRM_OK;
}

/* Signs of one or two characters; the mathematical ones are what word processors make of the plain ones. */
static bool read_sign(hrmi_lexer *lexer, hrmi_token *out) {
    static const struct {
        uint32_t first, second;
        hrmi_token_kind kind;
        int code;
    } signs[] = {{'<', '=', HRMI_TOKEN_OPERATOR, HRMI_OP_LESS_EQUAL},
                 {'<', '>', HRMI_TOKEN_OPERATOR, HRMI_OP_NOT_EQUAL},
                 {'>', '=', HRMI_TOKEN_OPERATOR, HRMI_OP_GREATER_EQUAL},
                 {'=', '=', HRMI_TOKEN_OPERATOR, HRMI_OP_EQUAL},
                 {'!', '=', HRMI_TOKEN_OPERATOR, HRMI_OP_NOT_EQUAL},
                 {'<', 0, HRMI_TOKEN_OPERATOR, HRMI_OP_LESS},
                 {'>', 0, HRMI_TOKEN_OPERATOR, HRMI_OP_GREATER},
                 {'=', 0, HRMI_TOKEN_OPERATOR, HRMI_OP_EQUAL},
                 {'+', 0, HRMI_TOKEN_OPERATOR, HRMI_OP_ADD},
                 {'-', 0, HRMI_TOKEN_OPERATOR, HRMI_OP_SUBTRACT},
                 {'*', 0, HRMI_TOKEN_OPERATOR, HRMI_OP_MULTIPLY},
                 {'/', 0, HRMI_TOKEN_OPERATOR, HRMI_OP_DIVIDE},
                 {'^', 0, HRMI_TOKEN_OPERATOR, HRMI_OP_POWER},
                 {0x2264, 0, HRMI_TOKEN_OPERATOR, HRMI_OP_LESS_EQUAL},
                 {0x2265, 0, HRMI_TOKEN_OPERATOR, HRMI_OP_GREATER_EQUAL},
                 {0x2260, 0, HRMI_TOKEN_OPERATOR, HRMI_OP_NOT_EQUAL},
                 {0x2212, 0, HRMI_TOKEN_OPERATOR, HRMI_OP_SUBTRACT},
                 {0x00D7, 0, HRMI_TOKEN_OPERATOR, HRMI_OP_MULTIPLY},
                 {'(', 0, HRMI_TOKEN_LEFT, 0},
                 {')', 0, HRMI_TOKEN_RIGHT, 0},
                 {',', 0, HRMI_TOKEN_COMMA, 0}};
    const uint32_t first = peek(lexer);
    const uint32_t second = peek_second(lexer);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i].first != first || (signs[i].second != 0 && signs[i].second != second)) continue;
        out->kind = signs[i].kind;
        out->code = signs[i].code;
        step(lexer);
        if (signs[i].second != 0) step(lexer);
        return true;
    }
    return false;
}

hrm_status hrmi_lexer_next(hrmi_lexer *lexer, hrmi_token *out) {
    while (is_blank(peek(lexer))) step(lexer);
    *out = (hrmi_token){.kind = HRMI_TOKEN_END, .place = lexer->place, .text = lexer->at};
    if (lexer->at == lexer->end) return HRM_OK;
    const uint32_t c = peek(lexer);
    if (is_digit(c) || (c == '.' && is_digit(peek_second(lexer)))) return read_number(lexer, out);
    if (c == '"') return read_quoted(lexer, out);
    if (hrmi_id_begins(c)) {
        out->kind = HRMI_TOKEN_NAME;
        read_name(lexer);
    } else if (!read_sign(lexer, out)) {
        const char *behind = lexer->at;
        (void)hrmi_utf8_next(&behind, lexer->end);
        if (c < 0x20 || c == 0x7F)
            return hrmi_fail(lexer->ctx, HRM_ERROR_FORMULA, "character %lu: a control character",
                             (unsigned long)out->place);
        return hrmi_fail(
            lexer->ctx, HRM_ERROR_FORMULA,
            "character %lu: formulas know no \"%.*s\"; a column with such a name goes in \"double "
            "quotes\"",
            (unsigned long)out->place, (int)(behind - lexer->at), lexer->at);
    }
    out->length = (size_t)(lexer->at - out->text);
    return HRM_OK;
}

bool hrmi_token_is(const hrmi_token *token, const char *word) {
    if (token->kind != HRMI_TOKEN_NAME || token->length != strlen(word)) return false;
    for (size_t i = 0; i < token->length; i++) {
        const char c = token->text[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != word[i]) return false;
    }
    return true;
}
