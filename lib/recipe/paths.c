/* Paths of recipes: see paths.h. */
#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "base/sort.h"
#include "recipe/paths.h"

static const char *last_part(const char *path) {
    const char *const slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* a/b, or just the other where one is empty, after `prefix`. */
static hrm_status put_together(hrm_context *ctx, hrmi_arena *arena, const char *prefix, size_t prefix_length,
                               const char *a, const char *b, const char **out) {
    const size_t a_length = strlen(a);
    const size_t b_length = strlen(b);
    const bool slash = a_length > 0 && a[a_length - 1] != '/';
    char *const text = hrmi_arena_new(ctx, arena, prefix_length + a_length + b_length + 2, 1);
    if (text == NULL) return HRM_ERROR_MEMORY;
    memcpy(text, prefix, prefix_length);
    memcpy(text + prefix_length, a, a_length);
    if (slash) text[prefix_length + a_length] = '/';
    memcpy(text + prefix_length + a_length + (slash ? 1 : 0), b, b_length);
    *out = text;
    return HRM_OK;
}

/* ---- databases on servers ---- */

static bool is_letter(char c, char letter) {
    return c == letter || c == (char)(letter - 'A' + 'a');
}

bool hrmi_path_is_server(const char *path) {
    return is_letter(path[0], 'P') && is_letter(path[1], 'G') && path[2] == ':';
}

/* "postgresql://user:password@host/…", or "password=…". */
bool hrmi_path_has_password(const char *path) {
    const char *const scheme = strstr(path, "://");
    const char *const at = scheme != NULL ? strchr(scheme, '@') : NULL;
    const char *const colon = scheme != NULL ? strchr(scheme + 3, ':') : NULL;
    if (at != NULL && colon != NULL && colon < at) return true;
    for (const char *p = path; *p != '\0'; p++) {
        static const char word[] = "PASSWORD";
        size_t i = 0;
        while (word[i] != '\0' && is_letter(p[i], word[i])) i++;
        if (word[i] == '\0') return true;
    }
    return false;
}

hrm_status hrmi_path_resolve(hrm_context *ctx, hrmi_arena *arena, const char *folder, const char *path,
                             const char **out) {
    if (strncmp(path, "/vsi", 4) == 0) {
        const char *const rest = strchr(path + 1, '/');
        const bool relative = rest != NULL && rest[1] != '/' && rest[1] != '{';
        const size_t kept = rest == NULL ? 0 : (size_t)(rest + 1 - path);
        if (relative) return put_together(ctx, arena, path, kept, folder, path + kept, out);
        return put_together(ctx, arena, "", 0, "", path, out);
    }
    const bool stays = path[0] == '/' || hrmi_path_is_server(path);
    return put_together(ctx, arena, "", 0, stays ? "" : folder, path, out);
}

hrm_status hrmi_path_folder(hrm_context *ctx, hrmi_arena *arena, const char *path, const char **out) {
    const char *const name = last_part(path);
    size_t length = (size_t)(name - path);
    if (length > 1) length--;
    *out = hrmi_arena_text(ctx, arena, path, length);
    return *out == NULL ? HRM_ERROR_MEMORY : HRM_OK;
}

/* ---- patterns ---- */

bool hrmi_path_is_pattern(const char *path) {
    return strpbrk(last_part(path), "*?") != NULL;
}

/* Goes back to the last * only: linear but for the length of the pattern, and no recursion. */
static bool matches(const char *pattern, const char *name) {
    const char *star = NULL;
    const char *from = NULL;
    if (name[0] == '.' && pattern[0] != '.') return false;
    while (*name != '\0') {
        if (*pattern == '*') {
            star = ++pattern;
            from = name;
        } else if (*pattern == '?' || *pattern == *name) {
            pattern++;
            name++;
        } else if (star != NULL) {
            pattern = star;
            name = ++from;
        } else {
            return false;
        }
    }
    while (*pattern == '*') pattern++;
    return *pattern == '\0';
}

static int compare_texts(const void *a, const void *b, const void *user) {
    const char *const *const x = a;
    const char *const *const y = b;
    (void)user;
    return strcmp(*x, *y);
}

static hrm_status collect(hrm_context *ctx, hrmi_arena *arena, DIR *stream, const char *folder,
                          const char *pattern, const char ***names, size_t *count) {
    size_t capacity = 0;
    for (const struct dirent *entry = readdir(stream); entry != NULL; entry = readdir(stream)) {
        const char *path = NULL;
        if (!matches(pattern, entry->d_name)) continue;
        hrm_status status = put_together(ctx, arena, "", 0, folder, entry->d_name, &path);
        if (status == HRM_OK) status = hrmi_array_grow(ctx, names, &capacity, *count + 1, sizeof **names);
        if (status != HRM_OK) return status;
        (*names)[(*count)++] = path;
    }
    return HRM_OK;
}

hrm_status hrmi_path_match(hrm_context *ctx, hrmi_arena *arena, const char *pattern, const char ***out,
                           size_t *count) {
    const char *folder = NULL;
    const char **names = NULL;
    *out = NULL;
    *count = 0;
    hrm_status status = hrmi_path_folder(ctx, arena, pattern, &folder);
    if (status != HRM_OK) return status;
    DIR *const stream = opendir(folder[0] == '\0' ? "." : folder);
    if (stream == NULL)
        return hrmi_fail(ctx, HRM_ERROR_FILE, "%s: the folder cannot be read: %s", folder, strerror(errno));
    status = collect(ctx, arena, stream, folder, last_part(pattern), &names, count);
    (void)closedir(stream);
    if (status == HRM_OK && *count == 0)
        status = hrmi_fail(ctx, HRM_ERROR_FILE, "%s: no file matches", pattern);
    if (status == HRM_OK) {
        hrmi_sort(names, *count, sizeof *names, compare_texts, NULL);
        *out = hrmi_arena_new(ctx, arena, *count, sizeof **out);
        if (*out == NULL) status = HRM_ERROR_MEMORY;
    }
    if (status == HRM_OK) memcpy(*out, names, *count * sizeof *names);
    hrmi_free(ctx, names);
    return status;
}

/* ---- dates ---- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static int number_of(const char *digits, int count) {
    int number = 0;
    for (int i = 0; i < count; i++) number = number * 10 + (digits[i] - '0');
    return number;
}

static bool is_date(int year, int month, int day) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
    return day <= days[month - 1] + (leap && month == 2 ? 1 : 0);
}

static void write_date(char out[HRMI_DATE_SIZE], const char *year, const char *month, const char *day) {
    memcpy(out, year, 4);
    out[4] = '-';
    memcpy(out + 5, month, 2);
    out[7] = '-';
    memcpy(out + 8, day, 2);
    out[10] = '\0';
}

/* A date that begins at `p`; its length, or 0. Eight digits are a date in one way at most: no year begins
 * with 0 or 1 and a month in both. */
static size_t date_at(const char *p, char out[HRMI_DATE_SIZE]) {
    size_t run = 0;
    while (is_digit(p[run])) run++;
    if (run == 8) {
        if (is_date(number_of(p, 4), number_of(p + 4, 2), number_of(p + 6, 2))) {
            write_date(out, p, p + 4, p + 6);
            return 8;
        }
        if (is_date(number_of(p + 4, 4), number_of(p + 2, 2), number_of(p, 2))) {
            write_date(out, p + 4, p + 2, p);
            return 8;
        }
        return 0;
    }
    const bool dashed = run == 4 && p[4] == '-' && is_digit(p[5]) && is_digit(p[6]) && p[7] == '-' &&
                        is_digit(p[8]) && is_digit(p[9]) && !is_digit(p[10]);
    if (!dashed || !is_date(number_of(p, 4), number_of(p + 5, 2), number_of(p + 8, 2))) return 0;
    write_date(out, p, p + 5, p + 8);
    return 10;
}

hrmi_date_found hrmi_path_date(const char *path, char out[HRMI_DATE_SIZE]) {
    hrmi_date_found found = HRMI_DATE_NONE;
    const char *p = last_part(path);
    out[0] = '\0';
    while (*p != '\0') {
        char date[HRMI_DATE_SIZE];
        const size_t length = is_digit(*p) ? date_at(p, date) : 0;
        if (length == 0) { /* a run of digits that is no date is passed over whole */
            const bool digits = is_digit(*p);
            p++;
            while (digits && is_digit(*p)) p++;
            continue;
        }
        if (found == HRMI_DATE_ONE && strcmp(date, out) != 0) return HRMI_DATE_SEVERAL;
        memcpy(out, date, sizeof date);
        found = HRMI_DATE_ONE;
        p += length;
    }
    return found;
}
