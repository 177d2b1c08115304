/*
 * Names taken apart, and their normal form. A text goes through these steps: Unicode NFC (utf8proc, only
 * where something may have to be composed), words found and marks of no width dropped, letters of the other
 * script that look the same mended, case folded, words of kind told from words of the name.
 *
 * Letters are mended before the case is folded: `B` looks like `В`, but `b` like `ь`. A word of both scripts
 * becomes wholly Cyrillic or wholly Latin where that is possible by look-alikes alone; a word that could be
 * either follows the other words of the text. Letters of other languages (ы, э, ё, ъ) stay what they are.
 */
#include <utf8proc.h>

#include "base/utf8.h"
#include "community/name.h"
#include "hromada/gazetteer.h"

enum { APOSTROPHE = '\'', HYPHEN = '-' };

/* What a character does in a name. */
typedef enum role { LETTER, MARK_APOSTROPHE, MARK_HYPHEN, BLANK, COMMA, OPEN, CLOSE, NOTHING } role;

static role role_of_ascii(uint32_t c) {
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) return LETTER;
    switch (c) {
    case '\'':
    case '"':
    case '`':
    case '*':
        return MARK_APOSTROPHE;
    case '-':
        return MARK_HYPHEN;
    case ',':
    case ';':
    case ':':
    case '/':
    case '|':
        return COMMA;
    case '(':
    case '[':
    case '{':
        return OPEN;
    case ')':
    case ']':
    case '}':
        return CLOSE;
    default:
        return BLANK;
    }
}

static bool is_apostrophe(uint32_t c) {
    return c == 0xB4 || (c >= 0x2B9 && c <= 0x2BF) || c == 0x2C8 || c == 0x2CA || c == 0x2CB || c == 0x2EE ||
           c == 0x55A || (c >= 0x2018 && c <= 0x201F) || (c >= 0x2032 && c <= 0x2037) || c == 0xA78C ||
           c == 0xFF02 || c == 0xFF07 || c == 0xFF40;
}

static bool is_hyphen(uint32_t c) {
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2043 || c == 0x2212 || c == 0x58A || c == 0xFE58 ||
           c == 0xFE63 || c == 0xFF0D;
}

/* No width: soft hyphen, joiners, marks of direction, variation selectors; and marks of stress. */
static bool is_nothing(uint32_t c) {
    return c == 0xAD || c == 0x300 || c == 0x301 || c == 0x34F || c == 0x61C || c == 0x180E ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF;
}

static role role_of(uint32_t c) {
    if (c < 0x80) return role_of_ascii(c);
    if (c >= 0x400 && c <= 0x481) return LETTER;
    if (is_apostrophe(c)) return MARK_APOSTROPHE;
    if (is_hyphen(c)) return MARK_HYPHEN;
    if (is_nothing(c)) return NOTHING;
    if (c == HRMI_UTF8_REPLACEMENT) return LETTER; /* what cannot be read equals nothing */
    const utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO ? LETTER : BLANK;
}

/* ---- letters that look alike ---- */

typedef struct twin {
    uint16_t latin, cyrillic;
} twin;

/* Both ways. */
static const twin twins[] = {
    {'A', 0x410}, {'B', 0x412}, {'C', 0x421}, {'E', 0x415}, {'H', 0x41D}, {'I', 0x406}, {'K', 0x41A},
    {'M', 0x41C}, {'O', 0x41E}, {'P', 0x420}, {'T', 0x422}, {'X', 0x425}, {'Y', 0x423}, {0xCF, 0x407},
    {'a', 0x430}, {'c', 0x441}, {'e', 0x435}, {'i', 0x456}, {'k', 0x43A}, {'m', 0x43C}, {'o', 0x43E},
    {'p', 0x440}, {'t', 0x442}, {'x', 0x445}, {'y', 0x443}, {0xEF, 0x457}};

/* The letter of the other script that looks like c, or 0. A small Latin h is taken for the small form of H;
 * a small b is no в but at the beginning of a word, where ь never stands. */
static uint32_t cyrillic_of(uint32_t c, bool first) {
    if (c == 'h') return 0x43D;
    if (c == 'b') return first ? 0x432 : 0x44C;
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (twins[i].latin == c) return twins[i].cyrillic;
    return 0;
}

static uint32_t latin_of(uint32_t c) {
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (twins[i].cyrillic == c) return twins[i].latin;
    return 0;
}

static bool is_cyrillic(uint32_t c) {
    return c >= 0x400 && c <= 0x52F;
}

static bool is_latin(uint32_t c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}

/* Letters of a word by script, and whether one of them looks like none of the other. */
typedef struct script_count {
    size_t cyrillic, latin;
    bool only_cyrillic, only_latin;
} script_count;

static script_count count_scripts(const uint32_t *points, size_t length) {
    script_count n = {0, 0, false, false};
    for (size_t i = 0; i < length; i++) {
        if (is_cyrillic(points[i])) {
            n.cyrillic++;
            if (!n.only_cyrillic) n.only_cyrillic = latin_of(points[i]) == 0;
        } else if (is_latin(points[i])) {
            n.latin++;
            if (!n.only_latin) n.only_latin = cyrillic_of(points[i], i == 0) == 0;
        }
    }
    return n;
}

static void make_cyrillic(uint32_t *points, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (is_latin(points[i])) points[i] = cyrillic_of(points[i], i == 0);
}

static void make_latin(uint32_t *points, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (is_cyrillic(points[i])) points[i] = latin_of(points[i]);
}

enum { UNDECIDED = 4 }; /* a word of one script that could be of the other, letter by letter */

/* Mends a word by itself; its script, or'ed with UNDECIDED where the rest of the text must say. */
static uint8_t mend_word(uint32_t *points, size_t length) {
    const script_count n = count_scripts(points, length);
    const bool could_be_cyrillic = !n.only_latin;
    const bool could_be_latin = !n.only_cyrillic;
    if (n.latin == 0 && n.cyrillic == 0) return 0;
    if (n.latin == 0) return HRMI_SCRIPT_CYRILLIC | (could_be_latin ? UNDECIDED : 0);
    if (n.cyrillic == 0) return HRMI_SCRIPT_LATIN | (could_be_cyrillic ? UNDECIDED : 0);
    if (could_be_cyrillic && (!could_be_latin || n.cyrillic >= n.latin)) {
        make_cyrillic(points, length);
        return HRMI_SCRIPT_CYRILLIC;
    }
    if (!could_be_latin) return HRMI_SCRIPT_CYRILLIC | HRMI_SCRIPT_LATIN;
    make_latin(points, length);
    return HRMI_SCRIPT_LATIN;
}

static void mend_words(hrmi_name *name) {
    size_t cyrillic = 0;
    size_t latin = 0;
    for (size_t i = 0; i < name->count; i++) {
        hrmi_word *const word = &name->words[i];
        word->script = mend_word(name->points + word->start, word->length);
        cyrillic += word->script == HRMI_SCRIPT_CYRILLIC;
        latin += word->script == HRMI_SCRIPT_LATIN;
    }
    for (size_t i = 0; i < name->count; i++) {
        hrmi_word *const word = &name->words[i];
        if ((word->script & UNDECIDED) == 0) continue;
        word->script &= (uint8_t)~UNDECIDED;
        if (word->script == HRMI_SCRIPT_LATIN && cyrillic > latin) {
            make_cyrillic(name->points + word->start, word->length);
            word->script = HRMI_SCRIPT_CYRILLIC;
        } else if (word->script == HRMI_SCRIPT_CYRILLIC && latin > cyrillic) {
            make_latin(name->points + word->start, word->length);
            word->script = HRMI_SCRIPT_LATIN;
        }
    }
}

/* ---- reading ---- */

static uint32_t fold(uint32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
    if (c >= 0x410 && c <= 0x42F) return c + 0x20;
    if (c >= 0x430 && c <= 0x45F) return c;
    if (c >= 0x400 && c <= 0x40F) return c + 0x50;
    utf8proc_int32_t folded[4];
    int bound = 0;
    const utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)c, folded, 4, UTF8PROC_CASEFOLD, &bound);
    return n == 1 ? (uint32_t)folded[0] : (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

/* Whether NFC might change a text that has this character: it is one that joins others, or of a block of
 * which no name here is made. */
static bool may_compose(uint32_t c) {
    return (c >= 0x300 && c < 0x400) || (c > 0x52F && c < 0x2000) ||
           (c > 0x206F && c != 0x2116 && c != 0x2212 && c != 0xFEFF && c != HRMI_UTF8_REPLACEMENT);
}

/* NFC by utf8proc, which wants well-formed text. The code points, or more than there is room for. */
static size_t compose(const char *text, size_t length, uint32_t points[HRMI_NAME_POINTS]) {
    utf8proc_uint8_t whole[3 * HRMI_NAME_BYTES];
    const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    utf8proc_ssize_t size = 0;
    for (const char *at = text; at < text + length;)
        size += utf8proc_encode_char((utf8proc_int32_t)hrmi_utf8_next(&at, text + length), whole + size);
    utf8proc_int32_t *const out = (utf8proc_int32_t *)points; /* both are 32 bits; all values are positive */
    const utf8proc_ssize_t n = utf8proc_decompose(whole, size, out, HRMI_NAME_POINTS, how);
    if (n < 0 || n > HRMI_NAME_POINTS) return HRMI_NAME_POINTS + 1;
    return (size_t)utf8proc_normalize_utf32(out, n, how);
}

static size_t read_points(const char *text, size_t length, uint32_t points[HRMI_NAME_POINTS]) {
    size_t count = 0;
    bool plain = true;
    for (const char *at = text; at < text + length;) {
        points[count] = hrmi_utf8_next(&at, text + length);
        plain = plain && !may_compose(points[count]);
        count++;
    }
    return plain ? count : compose(text, length, points);
}

/* Ends the word that began at `start`: apostrophes and hyphens at its end are none of it. */
static bool end_word(hrmi_name *out, size_t start, size_t end, uint8_t before) {
    while (end > start && (out->points[end - 1] == APOSTROPHE || out->points[end - 1] == HYPHEN)) end--;
    if (end == start) return true;
    if (out->count == HRMI_NAME_WORDS) return false;
    out->words[out->count++] =
        (hrmi_word){.start = (uint16_t)start, .length = (uint16_t)(end - start), .before = before};
    return true;
}

/* Adds a mark to a word; of several the hyphen stays, else the first. */
static size_t add_mark(uint32_t *points, size_t end, uint32_t mark) {
    const uint32_t before = points[end - 1];
    if (before != APOSTROPHE && before != HYPHEN) points[end++] = mark;
    else if (mark == HYPHEN) points[end - 1] = HYPHEN;
    return end;
}

/* Finds the words in the points, which close up as marks fall away. */
static bool find_words(hrmi_name *out, size_t count) {
    size_t start = 0;
    size_t end = 0; /* the word at hand is points[start … end) */
    uint8_t before = HRMI_BREAK_NONE;
    for (size_t i = 0; i < count; i++) {
        const uint32_t c = out->points[i];
        const role is = role_of(c);
        if (is == NOTHING) continue;
        if (is == LETTER) out->points[end++] = c;
        else if (is == MARK_APOSTROPHE || is == MARK_HYPHEN) {
            if (end > start) end = add_mark(out->points, end, is == MARK_HYPHEN ? HYPHEN : APOSTROPHE);
        } else {
            if (end > start) {
                if (!end_word(out, start, end, before)) return false;
                before = HRMI_BREAK_NONE;
            }
            start = end;
            if (is == OPEN || is == CLOSE) before = is == OPEN ? HRMI_BREAK_OPEN : HRMI_BREAK_CLOSE;
            else if (is == COMMA && before == HRMI_BREAK_NONE) before = HRMI_BREAK_COMMA;
        }
    }
    return end_word(out, start, end, before);
}

char *hrmi_word_write(const hrmi_name *name, const hrmi_word *word, char hyphen, char *at, const char *end) {
    const uint32_t *const points = name->points + word->start;
    for (size_t i = 0; i < word->length; i++) {
        utf8proc_uint8_t bytes[4];
        if (points[i] == APOSTROPHE || (points[i] == HYPHEN && hyphen == '\0')) continue;
        const uint32_t c = points[i] == HYPHEN ? (uint32_t)(unsigned char)hyphen : points[i];
        const size_t size = (size_t)utf8proc_encode_char((utf8proc_int32_t)c, bytes);
        if ((size_t)(end - at) < size) return at;
        memcpy(at, bytes, size);
        at += size;
    }
    return at;
}

static void find_kinds(hrmi_name *name) {
    bool named = false; /* the word before is one of the name */
    for (size_t i = 0; i < name->count; i++) {
        hrmi_word *const word = &name->words[i];
        char bytes[HRMI_WORD_BYTES];
        if (word->length <= HRMI_WORD_BYTES / 2) {
            const char *const end = hrmi_word_write(name, word, HYPHEN, bytes, bytes + sizeof bytes);
            word->kind = hrmi_kind_of(bytes, (size_t)(end - bytes));
        }
        if (word->before != HRMI_BREAK_NONE) named = false;
        if (named && (word->kind & HRMI_KIND_LEADING) != 0) word->kind = 0;
        named = word->kind == 0;
        if ((word->kind & HRMI_KIND_OF_TYPE) == 0 || i == 0) continue;
        /* `селище міського типу`, `urban type settlement`: no city */
        hrmi_word *const of = &name->words[i - 1];
        if ((of->kind & HRMI_KIND_CITY) == 0) continue;
        of->kind = HRMI_KIND_OTHER;
        word->kind = HRMI_KIND_SETTLEMENT;
    }
}

bool hrmi_name_read(const char *text, size_t length, hrmi_name *out) {
    out->count = 0;
    if (length > HRMI_NAME_BYTES) return false;
    const size_t count = read_points(text, length, out->points);
    if (count > HRMI_NAME_POINTS || !find_words(out, count)) {
        out->count = 0;
        return false;
    }
    mend_words(out);
    for (size_t i = 0; i < out->count; i++)
        for (size_t k = 0; k < out->words[i].length; k++) {
            uint32_t *const c = &out->points[out->words[i].start + k];
            *c = fold(*c);
        }
    find_kinds(out);
    return true;
}

/* ---- the normal form ---- */

/* Of a name of words of kind alone the last that may be a whole name (`с. Селище`), or HRM_NONE: then all of
 * them are the name. */
static size_t kind_as_name(const hrmi_name *name) {
    size_t found = HRM_NONE;
    for (size_t i = 0; i < name->count; i++) {
        if (name->words[i].kind == 0) return HRM_NONE;
        if ((name->words[i].kind & HRMI_KIND_MAYBE) != 0) found = i;
    }
    return found;
}

size_t hrm_name_normal(const char *text, char *buffer, size_t capacity, int32_t *type) {
    hrmi_name name;
    char bytes[4 * HRMI_NAME_POINTS];
    char *at = bytes;
    uint32_t kinds = 0;
    size_t named = 0;
    (void)hrmi_name_read(text != NULL ? text : "", text != NULL ? strlen(text) : 0, &name);
    const size_t only = kind_as_name(&name);
    for (size_t i = 0; i < name.count; i++) {
        if (i != only) kinds |= name.words[i].kind;
        named += name.words[i].kind == 0;
    }
    if (only != HRM_NONE && (kinds & HRMI_KIND_TYPES) == 0) kinds = name.words[only].kind;
    for (size_t i = 0; i < name.count; i++) {
        const bool taken = named > 0 ? name.words[i].kind == 0 : only == HRM_NONE || only == i;
        if (!taken) continue;
        if (at > bytes) *at++ = ' ';
        at = hrmi_word_write(&name, &name.words[i], ' ', at, bytes + sizeof bytes - 1);
    }
    *at = '\0';
    const size_t needed = (size_t)(at - bytes) + 1;
    if (buffer != NULL && needed <= capacity) memcpy(buffer, bytes, needed);
    if (type != NULL) *type = hrmi_kind_type(kinds);
    return needed;
}
