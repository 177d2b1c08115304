/*
 * Names of fields and sheets. Headings in real tables end in blanks, carry no-break spaces and zero-width
 * marks, and differ in case from what people type; none of that makes another name.
 */
#include <stdio.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "io/names.h"

#define NEAREST_LIMIT ((size_t)4)

static bool is_invisible(uint32_t c) {
    return c == 0x200B || c == 0x200C || c == 0x200D || c == 0x2060 || c == 0xFEFF || c == 0x00AD;
}

static bool is_blank(uint32_t c) {
    return c == ' ' || (c >= 9 && c <= 13) || c == 0x00A0 || c == 0x202F || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x3000;
}

/* The next character as it is compared: lower case, one blank for a run of them, 0 at the end. Blanks are
 * only given when something follows. */
static uint32_t next_compared(const char **at, const char *end) {
    bool blank = false;
    while (*at < end) {
        const char *const before = *at;
        const uint32_t c = hrmi_utf8_next(at, end);
        if (is_invisible(c)) continue;
        if (is_blank(c)) {
            blank = true;
            continue;
        }
        if (blank) {
            *at = before;
            return ' ';
        }
        return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
    }
    return 0;
}

/* Walks over both as far as they are the same; what follows then in `a`, and whether `b` is at its end. */
static uint32_t walk(const char *a, const char *b, bool *whole) {
    const char *const a_end = a + strlen(a);
    const char *const b_end = b + strlen(b);
    uint32_t x = next_compared(&a, a_end);
    uint32_t y = next_compared(&b, b_end);
    if (x == ' ') x = next_compared(&a, a_end); /* blanks before */
    if (y == ' ') y = next_compared(&b, b_end);
    while (x == y && x != 0) {
        x = next_compared(&a, a_end);
        y = next_compared(&b, b_end);
    }
    *whole = y == 0;
    return x;
}

bool hrmi_names_same(const char *a, const char *b) {
    bool whole = false;
    return walk(a, b, &whole) == 0 && whole;
}

bool hrmi_names_begins(const char *text, const char *name) {
    bool whole = false;
    const uint32_t next = walk(text, name, &whole);
    return whole && (next == 0 || next == ' ');
}

bool hrmi_names_holds(const char *text, const char *part) {
    const char *const end = text + strlen(text);
    bool whole = false;
    while (text < end && !whole) {
        (void)walk(text, part, &whole);
        (void)hrmi_utf8_next(&text, end);
    }
    return whole;
}

void hrmi_names_show(const char *text, size_t length, char *out, size_t size) {
    const char *at = text;
    const char *const end = text + length;
    size_t n = 0;
    while (at < end) {
        const char *const before = at;
        const uint32_t c = hrmi_utf8_next(&at, end);
        const bool invalid =
            c == HRMI_UTF8_REPLACEMENT && hrmi_utf8_first_invalid(before, (size_t)(at - before)) == 0;
        const size_t bytes = invalid ? 1 : (size_t)(at - before);
        if (n + bytes + 4 > size) {
            memcpy(out + n, "…", sizeof "…");
            return;
        }
        if (invalid) out[n] = '?';
        else if (c < ' ') out[n] = ' ';
        else memcpy(out + n, before, bytes);
        n += bytes;
    }
    out[n] = '\0';
}

void hrmi_names_list(const hrmi_names *names, char *out, size_t size) {
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < names->count; i++) {
        char shown[80];
        hrmi_names_show(names->names[i], strlen(names->names[i]), shown, sizeof shown);
        if (n + strlen(shown) + 12 > size) {
            (void)snprintf(out + n, size - n, " …");
            return;
        }
        n += (size_t)snprintf(out + n, size - n, "%s\"%s\"", i > 0 ? ", " : "", shown);
    }
}

/* The name with the fewest letters to change, at most a third of them. */
static const char *nearest(const hrmi_names *names, const char *wanted) {
    const char *best = NULL;
    const char *at = wanted;
    size_t letters = 0;
    for (const char *const end = wanted + strlen(wanted); at < end; letters++) (void)hrmi_utf8_next(&at, end);
    size_t limit = letters < (size_t)3 * NEAREST_LIMIT ? letters / 3 : NEAREST_LIMIT;
    for (size_t i = 0; i < names->count; i++) {
        const size_t distance = hrmi_utf8_distance(names->names[i], wanted, limit);
        if (distance > limit) continue;
        if (best == NULL || distance < limit) best = names->names[i];
        limit = distance;
    }
    return best;
}

static bool all_utf8(const hrmi_names *names) {
    for (size_t i = 0; i < names->count; i++) {
        const size_t length = strlen(names->names[i]);
        if (hrmi_utf8_first_invalid(names->names[i], length) < length) return false;
    }
    return true;
}

static hrm_status fail_to_find(hrm_context *ctx, const hrmi_names *names, const char *wanted,
                               const char *what, const char *path) {
    char all[700];
    char shown[120];
    char near_shown[120];
    const char *const near = nearest(names, wanted);
    hrmi_names_list(names, all, sizeof all);
    if (!all_utf8(names))
        return hrmi_fail(
            ctx, HRM_ERROR_FIELD,
            "%s: the names of its %ss are not UTF-8: say the encoding of the file, as CP1251, or "
            "save it as UTF-8; they read %s",
            path, what, all);
    hrmi_names_show(wanted, strlen(wanted), shown, sizeof shown);
    if (near == NULL)
        return hrmi_fail(ctx, HRM_ERROR_FIELD, "%s: there is no %s \"%s\"; there %s %s", path, what, shown,
                         names->count == 1 ? "is only" : "are", names->count == 0 ? "none" : all);
    hrmi_names_show(near, strlen(near), near_shown, sizeof near_shown);
    return hrmi_fail(ctx, HRM_ERROR_FIELD, "%s: there is no %s \"%s\"; did you mean \"%s\"? There %s %s",
                     path, what, shown, near_shown, names->count == 1 ? "is only" : "are", all);
}

typedef enum closeness { EQUAL, SAME, LOWER_PART } closeness;

/* Whether what stands behind one of the " / " of a name is the same as `wanted`. */
static bool has_lower_part(const char *name, const char *wanted) {
    for (const char *at = strstr(name, " / "); at != NULL; at = strstr(at + 1, " / "))
        if (hrmi_names_same(at + 3, wanted)) return true;
    return false;
}

static bool fits(const char *name, const char *wanted, closeness close) {
    switch (close) {
    case EQUAL:
        return strcmp(name, wanted) == 0;
    case SAME:
        return hrmi_names_same(name, wanted);
    default:
        return has_lower_part(name, wanted);
    }
}

hrmi_names_found hrmi_names_look(const hrmi_names *names, const char *wanted) {
    hrmi_names_found found = {HRM_NONE, HRM_NONE, false};
    for (int close = EQUAL; close <= LOWER_PART; close++) {
        for (size_t i = 0; i < names->count && found.second == HRM_NONE; i++) {
            if (!fits(names->names[i], wanted, (closeness)close)) continue;
            if (found.place == HRM_NONE) found.place = i;
            else found.second = i;
        }
        found.part = close == LOWER_PART && found.place != HRM_NONE;
        if (found.place != HRM_NONE) break;
    }
    return found;
}

static hrm_status fail_twice(hrm_context *ctx, const hrmi_names *names, const char *wanted, const char *what,
                             const char *path, const hrmi_names_found *found) {
    char shown[120];
    char first[120];
    char second[120];
    hrmi_names_show(wanted, strlen(wanted), shown, sizeof shown);
    if (!found->part)
        return hrmi_fail(
            ctx, HRM_ERROR_FIELD,
            "%s: there is more than one %s \"%s\", numbers %zu and %zu: rename all but one in the file", path,
            what, shown, found->place + 1, found->second + 1);
    hrmi_names_show(names->names[found->place], strlen(names->names[found->place]), first, sizeof first);
    hrmi_names_show(names->names[found->second], strlen(names->names[found->second]), second, sizeof second);
    return hrmi_fail(ctx, HRM_ERROR_FIELD,
                     "%s: there is more than one %s \"%s\", numbers %zu and %zu: say \"%s\" or \"%s\"", path,
                     what, shown, found->place + 1, found->second + 1, first, second);
}

hrm_status hrmi_names_find(hrm_context *ctx, const hrmi_names *names, const char *wanted, const char *what,
                           const char *path, size_t *place) {
    const hrmi_names_found found = hrmi_names_look(names, wanted);
    *place = found.place;
    if (found.place == HRM_NONE) return fail_to_find(ctx, names, wanted, what, path);
    if (found.second != HRM_NONE) return fail_twice(ctx, names, wanted, what, path, &found);
    return HRM_OK;
}
