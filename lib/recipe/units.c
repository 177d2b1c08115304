/* Units of columns: see units.h. */
#include "recipe/units.h"

typedef struct multiple {
    const char *prefix;
    double factor;
    bool currency; /* only before three capital letters */
} multiple;

static const multiple multiples[] = {
    {"thousands of ", 1e3, false},
    {"thousand ", 1e3, false},
    {"millions of ", 1e6, false},
    {"million ", 1e6, false},
    {"billion ", 1e9, false},
    {"тис. ", 1e3, false},
    {"тис.", 1e3, false},
    {"тис ", 1e3, false},
    {"тисяч ", 1e3, false},
    {"млн. ", 1e6, false},
    {"млн.", 1e6, false},
    {"млн ", 1e6, false},
    {"млрд. ", 1e9, false},
    {"млрд.", 1e9, false},
    {"млрд ", 1e9, false},
    {"bn", 1e9, true},
    {"k", 1e3, true},
    {"M", 1e6, true},
};

static bool is_currency(const char *text) {
    for (int i = 0; i < 3; i++)
        if (text[i] < 'A' || text[i] > 'Z') return false;
    return text[3] == '\0' || text[3] == ' ';
}

double hrmi_unit_multiple(const char *unit, const char **base) {
    *base = unit;
    for (size_t i = 0; i < sizeof multiples / sizeof *multiples; i++) {
        const multiple *const m = &multiples[i];
        const size_t length = strlen(m->prefix);
        if (strncmp(unit, m->prefix, length) != 0 || unit[length] == '\0') continue;
        if (m->currency && !is_currency(unit + length)) continue;
        *base = unit + length;
        return m->factor;
    }
    return 1.0;
}

/* Whether two capital letters or more begin a text: what follows a k or an M that means thousands. */
static bool begins_with_capitals(const char *text) {
    return text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' && text[1] <= 'Z';
}

bool hrmi_unit_is_doubtful(const char *unit) {
    static const char *const words[] = {"thous",   "mln",     "mio",      "bln",    "millio", "billio",
                                        "тис",     "тыс",     "тыся",     "млн",    "млрд",   "мільйон",
                                        "мільярд", "миллион", "миллиард", "hundred"};
    const char *base = NULL;
    if (hrmi_unit_multiple(unit, &base) != 1.0) return false;
    if ((unit[0] == 'k' || unit[0] == 'K' || unit[0] == 'M') && begins_with_capitals(unit + 1))
        return unit[0] == 'k' || strlen(unit) != 3; /* KGS, MDL and such are currencies */
    if (unit[0] == 'b' && unit[1] == 'n' && begins_with_capitals(unit + 2)) return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(unit, words[i], strlen(words[i])) == 0) return true;
    return false;
}

/* A unit that begins with one of these words. */
static const char *const not_added[] = {"%",      "share",  "ratio", "index",   "class", "rank",   "km",
                                        "m",      "minute", "hour",  "day",     "month", "year",   "date",
                                        "degree", "°",      "frac",  "percent", "point", "частка", "індекс",
                                        "км",     "м",      "хв",    "год",     "рік",   "років",  "дн"};

/* Units of area and volume add up, though they begin as lengths do. */
static bool is_power(const char *rest) {
    return rest[0] == '2' || rest[0] == '3' || strncmp(rest, "²", 2) == 0 || strncmp(rest, "³", 2) == 0;
}

/* Whether a unit's first word is `word`, or its plural. */
static bool begins_with_word(const char *unit, const char *word) {
    const size_t length = strlen(word);
    if (strncmp(unit, word, length) != 0) return false;
    const char *const rest = unit + length;
    if (is_power(rest)) return false;
    return rest[0] == '\0' || rest[0] == ' ' || rest[0] == '.' ||
           (rest[0] == 's' && (rest[1] == '\0' || rest[1] == ' '));
}

bool hrmi_unit_adds_up(const char *unit) {
    if (strstr(unit, " per ") != NULL || strstr(unit, "/") != NULL || strstr(unit, " на ") != NULL)
        return false;
    if (strstr(unit, "%") != NULL) return false;
    for (size_t i = 0; i < sizeof not_added / sizeof *not_added; i++)
        if (begins_with_word(unit, not_added[i])) return false;
    return true;
}

double hrmi_unit_area_m2(const char *unit) {
    static const struct {
        const char *unit;
        double m2;
    } areas[] = {{"km2", 1e6}, {"km²", 1e6}, {"sq km", 1e6}, {"км2", 1e6}, {"км²", 1e6}, {"кв. км", 1e6},
                 {"ha", 1e4},  {"га", 1e4},  {"m2", 1.0},    {"m²", 1.0},  {"м2", 1.0},  {"м²", 1.0}};
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++)
        if (strcmp(areas[i].unit, unit) == 0) return areas[i].m2;
    return 0.0;
}
