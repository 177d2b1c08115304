/*
 * Asking an account for what stands in it: just enough of a JSON reader for texts that were written by us.
 * Places are pointers into the text, where a value begins; NULL for one that is not there.
 */
#ifndef HRMT_ACCOUNT_H
#define HRMT_ACCOUNT_H

#include <stdlib.h>
#include <string.h>

static inline const char *hrmt_skip_blanks(const char *at) {
    return at + strspn(at, " \t\r\n,:");
}

/* Behind the text that begins at `at`. */
static inline const char *hrmt_skip_text(const char *at) {
    for (at++; *at != '"'; at++)
        if (*at == '\\') at++;
    return at + 1;
}

/* Behind the value that begins at `at`. */
static inline const char *hrmt_skip_value(const char *at) {
    size_t depth = 0;
    do {
        if (*at == '"') {
            at = hrmt_skip_text(at);
        } else if (strchr("{[", *at) != NULL) {
            depth++;
            at++;
        } else if (strchr("}]", *at) != NULL) {
            depth--;
            at++;
        } else {
            at += strcspn(at, " \t\r\n,:{}[]\"");
        }
        at = hrmt_skip_blanks(at);
    } while (depth > 0);
    return at;
}

/* The value of a key of the object at `at`. */
static inline const char *hrmt_member(const char *at, const char *key) {
    const size_t length = strlen(key);
    if (at == NULL || *at != '{') return NULL;
    at = hrmt_skip_blanks(at + 1);
    while (*at == '"') {
        const char *const name = at + 1;
        at = hrmt_skip_text(at);
        const bool found = (size_t)(at - 1 - name) == length && memcmp(name, key, length) == 0;
        at = hrmt_skip_blanks(at);
        if (found) return at;
        at = hrmt_skip_value(at);
    }
    return NULL;
}

/* The i-th value of the array at `at`. */
static inline const char *hrmt_item(const char *at, size_t i) {
    if (at == NULL || *at != '[') return NULL;
    at = hrmt_skip_blanks(at + 1);
    for (; i > 0 && *at != ']'; i--) at = hrmt_skip_value(at);
    return *at == ']' ? NULL : at;
}

static inline bool hrmt_is_text(const char *at, const char *text) {
    const size_t length = strlen(text);
    return at != NULL && *at == '"' && strncmp(at + 1, text, length) == 0 && at[1 + length] == '"';
}

/* The object in the array at `at` whose `key` is `text`. */
static inline const char *hrmt_item_named(const char *at, const char *key, const char *text) {
    for (size_t i = 0;; i++) {
        const char *const item = hrmt_item(at, i);
        if (item == NULL || hrmt_is_text(hrmt_member(item, key), text)) return item;
    }
}

/* The whole number at `at`; 0 where there is none. */
static inline size_t hrmt_count(const char *at) {
    return at == NULL ? 0 : (size_t)strtoull(at, NULL, 10);
}

#endif
