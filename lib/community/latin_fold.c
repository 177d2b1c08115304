/*
 * Latin spellings made equal: see latin.h. Two steps: sounds of several letters become one capital, then i's
 * that only soften what follows fall away. That Ukrainian names which differ become equal in this way is no
 * harm: equal names are ambiguous, never joined to one of two. tests/real/test_names.c counts how few do.
 */
#include <utf8proc.h>

#include "base/utf8.h"
#include "community/latin.h"

static const struct sound {
    const char *letters;
    char as;
} sounds[] = {
    /* the longer before the shorter */
    {"shch", 'Q'}, {"zgh", 'G'}, {"zh", 'Z'}, {"kh", 'X'}, {"ch", 'C'}, {"sh", 'S'}, {"ts", 'T'}, {"tz", 'T'},
    {"gh", 'g'},   {"ss", 's'},  {"c", 'T'},  {"x", 'X'},  {"h", 'g'},  {"w", 'v'},  {"y", 'i'},  {"j", 'i'},
};

/* A letter without its marks, as ASCII letters; their number, 0 for what is no Latin letter. */
static size_t plain_letters(uint32_t c, char out[4]) {
    utf8proc_int32_t parts[4];
    int bound = 0;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    const utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)c, parts, 4, UTF8PROC_DECOMPOSE, &bound);
    if (n < 1 || n > 4 || parts[0] >= 0x80) return 0;
    out[0] = (char)parts[0];
    if (n < 2 || parts[1] != 0x30C || strchr("szc", out[0]) == NULL) return 1;
    out[1] = 'h'; /* š, ž, č */
    return 2;
}

/* All letters without marks; what is no Latin letter stays. */
static size_t to_plain(const char *name, size_t length, char *out, size_t capacity) {
    size_t size = 0;
    for (const char *at = name; at < name + length;) {
        char letters[4];
        const char *const from = at;
        size_t n = plain_letters(hrmi_utf8_next(&at, name + length), letters);
        const char *const source = n > 0 ? letters : from;
        if (n == 0) n = (size_t)(at - from);
        if (size + n > capacity) return 0;
        memcpy(out + size, source, n);
        size += n;
    }
    return size;
}

/* The sound at the beginning of a text, and how many letters it takes. */
static char next_sound(const char *at, size_t length, size_t *taken) {
    for (size_t i = 0; i < sizeof sounds / sizeof *sounds; i++) {
        const size_t size = strlen(sounds[i].letters);
        if (size > length || memcmp(at, sounds[i].letters, size) != 0) continue;
        *taken = size;
        return sounds[i].as;
    }
    *taken = 1;
    return *at;
}

static bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'o' || c == 'u';
}

size_t hrmi_latin_fold(const char *name, size_t length, char *out, size_t capacity) {
    const size_t plain = to_plain(name, length, out, capacity);
    size_t size = 0;
    for (size_t i = 0; i < plain;) {
        size_t taken = 0;
        const char sound = next_sound(out + i, plain - i, &taken); /* never longer than what it takes */
        i += taken;
        const bool after_i = size > 0 && out[size - 1] == 'i';
        if (after_i && (sound == 'i' || is_vowel(sound))) size--;
        out[size++] = sound;
    }
    return size;
}
