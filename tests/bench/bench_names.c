/*
 * How long it takes to find communities by name: the normal form alone, whole matches within raion and oblast
 * and alone, names that are in no list with three suggestions each, and the making of the gazetteer. With
 * HROMADA_DATA the official codifier, else one made up of syllables. Processor time, best of five; asserts
 * nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/bench.h"

enum { MATCHES = 100000, MISSES = 1000, RUNS = 5, OBLASTS = 24, RAIONS = 5, PLACES = 12, UNITS = 40000 };

static char code_texts[UNITS][24];
static char name_texts[UNITS][96];
static const char *codes[UNITS];
static const char *names[UNITS];
static const char *categories[UNITS];

/* A name of three syllables, the same for every 1500th number, and an ending. */
static void make_name(char *out, size_t size, size_t number, const char *ending) {
    static const char *const syllables[] = {"ви", "тро", "ка",  "лино", "пе", "сте",
                                            "ґа", "ялу", "їза", "жме",  "хо"};
    const size_t count = sizeof syllables / sizeof *syllables;
    number %= 1500;
    (void)snprintf(out, size, "%s%s%s%s", syllables[number % count], syllables[number / count % count],
                   syllables[number / count / count % count], ending);
}

static size_t add_unit(size_t at, const char *category, const char *ending, size_t number, size_t oblast,
                       size_t raion, size_t community, size_t settlement) {
    (void)snprintf(code_texts[at], sizeof code_texts[at], "UA%02zu%02zu%03zu%03zu00%05zu", oblast, raion,
                   community, settlement, at + 1);
    make_name(name_texts[at], sizeof name_texts[at], number, ending);
    codes[at] = code_texts[at];
    names[at] = name_texts[at];
    categories[at] = category;
    return at + 1;
}

static hrm_codifier *make_codifier(hrm_context *ctx) {
    hrm_codifier_input in;
    hrm_codifier *codifier = NULL;
    size_t n = 0;
    for (size_t o = 1; o <= OBLASTS; o++) {
        n = add_unit(n, "O", "ська", 7 * o, o, 0, 0, 0);
        for (size_t r = 1; r <= RAIONS; r++) {
            n = add_unit(n, "P", "ський", 5 * o + 31 * r, o, r, 0, 0);
            for (size_t c = 1; c <= PLACES; c++) {
                n = add_unit(n, "H", "ська", 101 * o + 17 * r + 13 * c, o, r, c, 0);
                for (size_t s = 1; s <= 16; s++)
                    n = add_unit(n, s == 1 ? "M" : "C", "ськ", 101 * o + 17 * r + 13 * c + 97 * (s - 1), o, r,
                                 c, s);
            }
        }
    }
    hrm_codifier_input_init(&in, sizeof in);
    in.count = n;
    in.codes = codes;
    in.names_uk = names;
    in.categories = categories;
    must(ctx, hrm_codifier_new(ctx, &in, &codifier));
    return codifier;
}

static hrm_codifier *open_codifier(hrm_context *ctx) {
#if HRM_HAS_IO
    const char *const folder = getenv("HROMADA_DATA");
    if (folder != NULL) {
        char path[1024];
        hrm_source source;
        hrm_codifier *codifier = NULL;
        (void)snprintf(path, sizeof path, "%s/codes/kodifikator-16-05-2025.csv", folder);
        hrm_source_init(&source, sizeof source);
        source.path = path;
        must(ctx, hrm_codifier_open(ctx, &source, NULL, &codifier));
        return codifier;
    }
#endif
    (void)puts("without HROMADA_DATA: a land of syllables");
    return make_codifier(ctx);
}

/* The communities of the codifier as rows of a table say them. */
static size_t make_rows(const hrm_codifier *codifier, hrm_place_words *rows, size_t capacity) {
    static char full[2048][160];
    size_t count = 0;
    for (size_t u = 0; u < hrm_codifier_count(codifier) && count < capacity; u++) {
        hrm_codifier_unit unit = {.struct_size = sizeof unit};
        hrm_codifier_unit raion = {.struct_size = sizeof raion};
        hrm_codifier_unit oblast = {.struct_size = sizeof oblast};
        (void)hrm_codifier_unit_info(codifier, u, &unit);
        if (unit.category != HRM_UNIT_COMMUNITY || !hrm_codifier_unit_info(codifier, unit.parent, &raion) ||
            !hrm_codifier_unit_info(codifier, raion.parent, &oblast))
            continue;
        (void)snprintf(full[count], sizeof full[count], "%s територіальна громада", unit.name_uk);
        rows[count] = (hrm_place_words){.struct_size = sizeof *rows,
                                        .oblast = oblast.name_uk,
                                        .raion = raion.name_uk,
                                        .name = full[count]};
        count++;
    }
    return count;
}

static size_t find_all(const hrm_gazetteer *g, const hrm_place_words *rows, size_t count, bool parents) {
    size_t found = 0;
    for (size_t i = 0; i < MATCHES; i++) {
        hrm_match match = {.struct_size = sizeof match};
        hrm_place_words words = rows[i % count];
        if (!parents) words.oblast = words.raion = NULL;
        (void)hrm_gazetteer_find(g, &words, &match);
        found += match.way != HRM_MATCH_NONE;
    }
    return found;
}

static size_t suggest_all(const hrm_gazetteer *g, bool parents) {
    size_t found = 0;
    for (size_t i = 0; i < MISSES; i++) {
        char text[96];
        hrm_suggestion near[3] = {
            {.struct_size = sizeof *near}, {.struct_size = sizeof *near}, {.struct_size = sizeof *near}};
        make_name(text, sizeof text, 11 * i, "овська");
        const hrm_place_words words = {
            .struct_size = sizeof words, .name = text, .oblast = parents ? "Вінницька" : NULL};
        found += hrm_gazetteer_suggest(g, &words, near, 3);
    }
    return found;
}

static size_t normal_all(const hrm_place_words *rows, size_t count) {
    size_t bytes = 0;
    for (size_t i = 0; i < MATCHES; i++) {
        char text[256];
        bytes += hrm_name_normal(rows[i % count].name, text, sizeof text, NULL);
    }
    return bytes;
}

int main(void) {
    static hrm_place_words rows[2048];
    static const char *const titles[] = {
        "the normal form of 100,000 names", "100,000 matches by oblast, raion and name",
        "100,000 matches by name alone",    "1,000 names in no list, 3 suggestions each",
        "the same within an oblast",        "making the gazetteer"};
    enum { TASKS = sizeof titles / sizeof *titles };
    double best[TASKS];
    size_t found[TASKS] = {0};
    hrm_context *ctx = NULL;
    hrm_gazetteer *g = NULL;
    hrm_gazetteer_options options;
    if (hrm_context_new(NULL, &ctx) != HRM_OK) return 1;
    hrm_codifier *const codifier = open_codifier(ctx);
    const size_t count = make_rows(codifier, rows, sizeof rows / sizeof *rows);
    hrm_gazetteer_options_init(&options, sizeof options);
    options.codifier = codifier;
    must(ctx, hrm_gazetteer_new(ctx, NULL, &options, &g));
    for (int run = 0; run < RUNS; run++) {
        for (size_t task = 0; task < TASKS; task++) {
            hrm_gazetteer *made = NULL;
            const double start = now();
            switch (task) {
            case 0:
                found[task] = normal_all(rows, count);
                break;
            case 1:
                found[task] = find_all(g, rows, count, true);
                break;
            case 2:
                found[task] = find_all(g, rows, count, false);
                break;
            case 3:
                found[task] = suggest_all(g, false);
                break;
            case 4:
                found[task] = suggest_all(g, true);
                break;
            default:
                must(ctx, hrm_gazetteer_new(ctx, NULL, &options, &made));
                break;
            }
            const double time = now() - start;
            hrm_gazetteer_free(made);
            if (run == 0 || time < best[task]) best[task] = time;
        }
    }
    for (size_t task = 0; task < TASKS; task++)
        (void)printf("%-44s %9.3f ms   (%zu)\n", titles[task], 1e3 * best[task], found[task]);
    hrm_gazetteer_free(g);
    hrm_codifier_free(codifier);
    hrm_context_free(ctx);
    return 0;
}
