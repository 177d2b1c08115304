/*
 * Cases that stand in a text file, one a line: fields separated by spaces, '#' begins a comment line.
 */
#ifndef HRMT_CASE_FILE_H
#define HRMT_CASE_FILE_H

#include <inttypes.h>

#include "harness/harness.h"

/* Calls `each` with the rest of every line of a file (path from the project's root) that begins with `word`
 * and a space; the line is the callee's to cut up. Returns how many there were. */
static inline size_t hrmt_each_case(const char *path, const char *word, void (*each)(char *rest)) {
    char full[1024], line[4096];
    size_t count = 0;
    (void)snprintf(full, sizeof full, "%s/%s", HRMT_SOURCE_DIR, path);
    FILE *const file = fopen(full, "r");
    ck_assert_msg(file != NULL, "cannot open %s", full);
    while (fgets(line, sizeof line, file) != NULL) {
        ck_assert_msg(strchr(line, '\n') != NULL, "line too long in %s: %.40s…", path, line);
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, word, strlen(word)) != 0 || line[strlen(word)] != ' ') continue;
        each(line + strlen(word) + 1);
        count++;
    }
    (void)fclose(file);
    return count;
}

/* The next field of a line as the bits of a double; *at moves behind it and its space. */
static inline double hrmt_next_double(char **at) {
    char *end;
    double value;
    const uint64_t bits = (uint64_t)strtoull(*at, &end, 16);
    ck_assert_msg(end - *at == 16, "not the bits of a double: %s", *at);
    memcpy(&value, &bits, sizeof value);
    *at = *end == ' ' ? end + 1 : end;
    return value;
}

static inline bool hrmt_same_bits(double a, double b) {
    return memcmp(&a, &b, sizeof a) == 0;
}

#endif
