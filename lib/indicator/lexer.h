/*
 * The words of a formula, one after the other.
 */
#ifndef HRMI_LEXER_H
#define HRMI_LEXER_H

#include "base/base.h"

typedef enum hrmi_token_kind {
    HRMI_TOKEN_END,
    HRMI_TOKEN_NUMBER,
    HRMI_TOKEN_NAME,   /* a bare word: a column, a function or a keyword */
    HRMI_TOKEN_QUOTED, /* a column in double quotes; text and length are without them */
    HRMI_TOKEN_LEFT,
    HRMI_TOKEN_RIGHT,
    HRMI_TOKEN_COMMA,
    HRMI_TOKEN_OPERATOR /* `code` says which; minus is HRMI_OP_SUBTRACT, plus HRMI_OP_ADD */
} hrmi_token_kind;

typedef struct hrmi_token {
    hrmi_token_kind kind;
    int code;
    uint32_t place; /* in characters from 1 */
    const char *text;
    size_t length;
    double number;
} hrmi_token;

typedef struct hrmi_lexer {
    hrm_context *ctx;
    const char *at;
    const char *end;
    uint32_t place;
} hrmi_lexer;

/* The next word; HRM_ERROR_FORMULA for what is none. */
hrm_status hrmi_lexer_next(hrmi_lexer *lexer, hrmi_token *out);

/* Whether a bare word is this (lower case) word, in any case of ASCII letters. */
bool hrmi_token_is(const hrmi_token *token, const char *word);

#endif
