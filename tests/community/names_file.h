/*
 * The lines of names.txt.
 */
#ifndef HRMT_NAMES_FILE_H
#define HRMT_NAMES_FILE_H

#include <utf8proc.h>

#include "harness/harness.h"

enum { HRMT_LINE_SIZE = 4096, HRMT_FIELDS = 9 };

/* Puts the characters in place of \uXXXX and \\ . */
static inline void hrmt_unescape(char *text) {
    char *out = text;
    for (const char *at = text; *at != '\0';) {
        if (at[0] == '\\' && at[1] == 'u') {
            char digits[5] = "";
            memcpy(digits, at + 2, 4);
            out += utf8proc_encode_char((utf8proc_int32_t)strtol(digits, NULL, 16), (utf8proc_uint8_t *)out);
            at += 6;
        } else {
            if (at[0] == '\\' && at[1] == '\\') at++;
            *out++ = *at++;
        }
    }
    *out = '\0';
}

static inline char *hrmt_trimmed(char *text) {
    text += strspn(text, " ");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \n", text[length - 1]) != NULL) length--;
    text[length] = '\0';
    return text;
}

/* The fields of a line between `|`; their number. */
static inline size_t hrmt_split(char *line, char *fields[HRMT_FIELDS]) {
    size_t count = 0;
    for (char *at = line; at != NULL && count < HRMT_FIELDS;) {
        char *const bar = strchr(at, '|');
        if (bar != NULL) *bar = '\0';
        fields[count] = hrmt_trimmed(at);
        hrmt_unescape(fields[count]);
        count++;
        at = bar != NULL ? bar + 1 : NULL;
    }
    return count;
}

/* Calls `each` with the fields of every line that is no remark; how many there were. */
static inline size_t hrmt_names_file(void (*each)(char *fields[HRMT_FIELDS], size_t count, int line,
                                                  void *user),
                                     void *user) {
    FILE *const file = fopen(HRMT_SOURCE_DIR "/tests/community/names.txt", "r");
    char line[HRMT_LINE_SIZE];
    size_t lines = 0;
    ck_assert_ptr_nonnull(file);
    for (int number = 1; fgets(line, sizeof line, file) != NULL; number++) {
        char *fields[HRMT_FIELDS] = {NULL};
        if (line[0] == '#' || line[0] == '\n') continue;
        each(fields, hrmt_split(line, fields), number, user);
        lines++;
    }
    (void)fclose(file);
    return lines;
}

#endif
