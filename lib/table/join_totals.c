/*
 * Words for totals. A row is one of totals when the first or the last word of a cell is one of these, whole:
 * `Всього`, `УСЬОГО:`, `Разом по району`, `Сумська область, усього`, `Grand total`. No community, raion or
 * oblast has a name that begins or ends with such a word, so none is hit; `Сума` is not among them, as one
 * letter parts it from the city of Суми.
 *
 * Words are compared letter by letter, in capitals, where letters that look the same in both scripts are the
 * same: people type `Bcього` with a Latin B and c. Apostrophes and hyphens part no words (`Sub-total`).
 */
#include "base/utf8.h"
#include "table/join.h"

/* In capitals. */
static const char *const words[] = {
    "ВСЬОГО", "УСЬОГО", "РАЗОМ",    "ЗАГАЛОМ", "ПІДСУМОК", /* Ukrainian */
    "ИТОГО",  "ВСЕГО",  "ІТОГО",                           /* Russian, and how it slips in */
    "TOTAL",  "TOTALS", "SUBTOTAL",                        /* English */
};

enum { LETTERS_MOST = 8 };

/* A capital of either script as its Latin look-alike, if it has one. */
static uint32_t look_alike(uint32_t c) {
    switch (c) {
    case 0x0410:
        return 'A';
    case 0x0412:
        return 'B';
    case 0x0415:
        return 'E';
    case 0x0406:
        return 'I';
    case 0x041A:
        return 'K';
    case 0x041C:
        return 'M';
    case 0x041D:
        return 'H';
    case 0x041E:
        return 'O';
    case 0x0420:
        return 'P';
    case 0x0421:
        return 'C';
    case 0x0422:
        return 'T';
    case 0x0423:
        return 'Y';
    case 0x0425:
        return 'X';
    default:
        return c;
    }
}

/* A letter as a capital look-alike; 0 for what is no letter of the two scripts. */
static uint32_t letter(uint32_t c) {
    if (c >= 'a' && c <= 'z') return c - 'a' + 'A';
    if (c >= 'A' && c <= 'Z') return c;
    if (c >= 0x0430 && c <= 0x044F) return look_alike(c - 0x20);
    if (c >= 0x0450 && c <= 0x045F) return look_alike(c - 0x50);
    if (c >= 0x0400 && c <= 0x042F) return look_alike(c);
    return c >= 0x0490 && c <= 0x04FF ? c : 0;
}

static bool parts_no_word(uint32_t c) {
    static const uint32_t signs[] = {'\'', '`', '"', '-', 0x2019, 0x02BC, 0x2032, 0x2010, 0x2011};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (c == signs[i]) return true;
    return false;
}

/* A word being read: its letters, and how many there are, which may be more than are kept. */
typedef struct word {
    uint32_t letters[LETTERS_MOST];
    size_t count;
} word;

static bool is_listed(const word *w) {
    for (size_t i = 0; i < sizeof words / sizeof *words && w->count <= LETTERS_MOST; i++) {
        const char *at = words[i];
        const char *const end = at + strlen(at);
        size_t n = 0;
        while (at < end && n < w->count && letter(hrmi_utf8_next(&at, end)) == w->letters[n]) n++;
        if (at == end && n == w->count) return true;
    }
    return false;
}

bool hrmi_join_says_total(const char *text) {
    word w = {.count = 0};
    bool first = true;
    bool listed = false; /* the latest word */
    if (text == NULL) return false;
    const char *const end = text + strlen(text);
    for (;;) {
        const uint32_t sign = text < end ? hrmi_utf8_next(&text, end) : 0;
        const uint32_t c = letter(sign);
        if (parts_no_word(sign)) continue;
        if (c != 0) {
            if (w.count < LETTERS_MOST) w.letters[w.count] = c;
            w.count++;
            continue;
        }
        if (w.count > 0) {
            listed = is_listed(&w);
            if (first && listed) return true;
            first = false;
            w.count = 0;
        }
        if (sign == 0) return listed;
    }
}
