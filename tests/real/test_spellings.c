/*
 * The names of all real communities, written in the ways that tables write them: each must be found as its
 * plain name is, neither better nor worse. Only words of kind may tell more: that no village is meant.
 */
#include "harness/harness.h"

enum { LINE = 1024 };

typedef struct replacement {
    const char *from;
    const char *to;
} replacement;

/* What stands around a name, and what is put in place of its letters. `%s` is the name. */
typedef struct spelling {
    const char *what;
    const char *form;
    replacement replace[4];
    bool kind; /* words of kind stand beside it */
} spelling;

static const spelling spellings[] = {
    {.what = "blanks", .form = "  %s\t "},
    {.what = "a no-break space", .form = "\xC2\xA0%s\xC2\xA0"},
    {.what = "a zero-width space", .form = "\xE2\x80\x8B%s"},
    {.what = "words of kind behind", .form = "%s територіальна громада", .kind = true},
    {.what = "words of kind before", .form = "Територіальна громада %s", .kind = true},
    {.what = "a short word of kind", .form = "%s ТГ", .kind = true},
    {.what = "an older word of kind", .form = "%s об’єднана територіальна громада", .kind = true},
    {.what = "an older short word of kind", .form = "%s ОТГ", .kind = true},
    {.what = "a footnote's mark", .form = "%s*"},
    {.what = "apostrophes of type", .form = "%s", .replace = {{"'", "’"}, {"ʼ", "’"}}},
    {.what = "apostrophes as letters", .form = "%s", .replace = {{"'", "ʼ"}, {"’", "ʼ"}}},
    {.what = "apostrophes as accents", .form = "%s", .replace = {{"'", "`"}, {"’", "`"}}},
    {.what = "apostrophes as quotation marks", .form = "%s", .replace = {{"'", "\""}, {"’", "\""}}},
    {.what = "dashes", .form = "%s", .replace = {{"-", "–"}}},
    {.what = "blanks around hyphens", .form = "%s", .replace = {{"-", " - "}}},
    {.what = "Latin i", .form = "%s", .replace = {{"і", "i"}, {"І", "I"}}},
    {.what = "Latin vowels", .form = "%s", .replace = {{"а", "a"}, {"е", "e"}, {"о", "o"}, {"О", "O"}}},
    {.what = "Latin consonants", .form = "%s", .replace = {{"с", "c"}, {"р", "p"}, {"К", "K"}, {"В", "B"}}},
    {.what = "letters with marks apart", .form = "%s", .replace = {{"й", "и\xCC\x86"}, {"ї", "і\xCC\x88"}}},
};

typedef struct country {
    hrm_context *ctx;
    hrm_layer *layer;
    hrm_codifier *codifier;
    hrm_gazetteer *gazetteer;
} country;

static bool open_country(country *c) {
    hrm_layer_options names;
    hrm_gazetteer_options options;
    hrm_source source;
    char path[LINE];
    const char *const data = hrmt_real_data("spellings of real names");
    if (data == NULL) return false;
    c->ctx = hrmt_context();
    hrm_source_init(&source, sizeof source);
    source.path = path;
    hrm_layer_options_init(&names, sizeof names);
    names.name_uk = "ADM3_UA";
    names.name_en = "ADM3_EN";
    names.raion_uk = "ADM2_UA";
    names.raion_en = "ADM2_EN";
    names.oblast_uk = "ADM1_UA";
    names.oblast_en = "ADM1_EN";
    (void)snprintf(path, sizeof path, "%s/boundaries/Hromadas.geojson", data);
    hrmt_ok(c->ctx, hrm_layer_open(c->ctx, &source, &names, &c->layer));
    (void)snprintf(path, sizeof path, "%s/codes/kodifikator-16-05-2025.csv", data);
    hrmt_ok(c->ctx, hrm_codifier_open(c->ctx, &source, NULL, &c->codifier));
    hrm_gazetteer_options_init(&options, sizeof options);
    options.codifier = c->codifier;
    hrmt_ok(c->ctx, hrm_gazetteer_new(c->ctx, c->layer, &options, &c->gazetteer));
    return true;
}

static void close_country(country *c) {
    hrm_gazetteer_free(c->gazetteer);
    hrm_codifier_free(c->codifier);
    hrm_layer_free(c->layer);
    hrm_context_free(c->ctx);
}

static void put(char out[LINE], const char *text, size_t length) {
    const size_t at = strlen(out);
    if (at + length >= LINE)
        ck_abort_msg("a name is too long: %s", out); /* no assertion: they take their time */
    memcpy(out + at, text, length);
    out[at + length] = '\0';
}

static void replace_all(char text[LINE], replacement by) {
    char before[LINE];
    memcpy(before, text, LINE);
    text[0] = '\0';
    for (const char *at = before; *at != '\0';) {
        const bool here = strncmp(at, by.from, strlen(by.from)) == 0;
        put(text, here ? by.to : at, here ? strlen(by.to) : 1);
        at += here ? strlen(by.from) : 1;
    }
}

static void write_name(const spelling *s, const char *name, char out[LINE]) {
    char text[LINE] = "";
    const char *const at = strstr(s->form, "%s");
    put(text, name, strlen(name));
    for (size_t i = 0; i < sizeof s->replace / sizeof *s->replace && s->replace[i].from != NULL; i++)
        replace_all(text, s->replace[i]);
    out[0] = '\0';
    put(out, s->form, (size_t)(at - s->form));
    put(out, text, strlen(text));
    put(out, at + 2, strlen(at + 2));
}

static hrm_match find(const country *c, const char *name, const char *raion, const char *oblast) {
    hrm_match match = {.struct_size = (uint32_t)sizeof match};
    const hrm_place_words words = {
        .struct_size = (uint32_t)sizeof words, .oblast = oblast, .raion = raion, .name = name};
    ck_assert(hrm_gazetteer_find(c->gazetteer, &words, &match));
    return match;
}

static const char *unit_name(const country *c, int32_t level, size_t i, int32_t language) {
    return hrm_layer_unit_name(c->layer, level, hrm_layer_unit_of(c->layer, level, i), language);
}

static void same(const country *c, const spelling *s, size_t i, bool alone) {
    char written[LINE], oblast[LINE], raion[LINE];
    const char *const name = hrm_layer_name(c->layer, i, HRM_UK);
    write_name(s, name, written);
    write_name(s, unit_name(c, HRM_LEVEL_OBLAST, i, HRM_UK), oblast);
    write_name(s, unit_name(c, HRM_LEVEL_RAION, i, HRM_UK), raion);
    const bool with_parents = !alone && s->replace[0].from != NULL;
    const hrm_match plain = alone ? find(c, name, NULL, NULL)
                                  : find(c, name, unit_name(c, HRM_LEVEL_RAION, i, HRM_UK),
                                         unit_name(c, HRM_LEVEL_OBLAST, i, HRM_UK));
    const hrm_match match =
        alone ? find(c, written, NULL, NULL)
              : find(c, written, with_parents ? raion : unit_name(c, HRM_LEVEL_RAION, i, HRM_UK),
                     with_parents ? oblast : unit_name(c, HRM_LEVEL_OBLAST, i, HRM_UK));
    const bool tells_more = s->kind && plain.reason == HRM_REASON_AMBIGUOUS_NAME && match.row == i;
    ck_assert_msg(
        tells_more || (match.reason == plain.reason && match.row == plain.row && match.way == plain.way),
        "%s: \"%s\" is %s, and \"%s\" %s", s->what, name, hrm_match_reason_name(plain.reason, HRM_EN),
        written, hrm_match_reason_name(match.reason, HRM_EN));
    ck_assert_msg(match.row == HRM_NONE || match.row == i, "\"%s\" was taken for another", written);
}

START_TEST(spellings_change_nothing) {
    country c;
    if (!open_country(&c)) return;
    for (size_t k = 0; k < sizeof spellings / sizeof *spellings; k++)
        for (size_t i = 0; i < hrm_layer_count(c.layer); i++) {
            same(&c, &spellings[k], i, true);
            same(&c, &spellings[k], i, false);
        }
    close_country(&c);
}
END_TEST

/* One field that says all: in brackets, behind commas, in any order, and with the official transliteration.
 */
START_TEST(parents_may_stand_in_the_name) {
    static const char *const forms[] = {"%s громада (%s район, %s область)",
                                        "%s громада, %s район, %s область", "%s ТГ, %s р-н, %s обл."};
    country c;
    if (!open_country(&c)) return;
    for (size_t i = 0; i < hrm_layer_count(c.layer); i++) {
        const char *const name = hrm_layer_name(c.layer, i, HRM_UK);
        const char *const raion = unit_name(&c, HRM_LEVEL_RAION, i, HRM_UK);
        const char *const oblast = unit_name(&c, HRM_LEVEL_OBLAST, i, HRM_UK);
        const hrm_match plain = find(&c, name, raion, oblast);
        if (strstr(name, "зона") != NULL || hrm_layer_key(c.layer, i)[0] == '8') continue;
        for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
            char written[LINE], latin[LINE];
            const char *const first = strstr(forms[f], "%s");
            const char *const second = strstr(first + 2, "%s");
            const char *const third = strstr(second + 2, "%s");
            written[0] = '\0';
            put(written, name, strlen(name));
            put(written, first + 2, (size_t)(second - first - 2));
            put(written, raion, strlen(raion));
            put(written, second + 2, (size_t)(third - second - 2));
            put(written, oblast, strlen(oblast));
            put(written, third + 2, strlen(third + 2));
            hrm_match match = find(&c, written, NULL, NULL);
            ck_assert_msg(match.row == plain.row && match.reason == plain.reason, "\"%s\": %s", written,
                          hrm_match_reason_name(match.reason, HRM_EN));
            ck_assert_uint_le(hrm_name_latin(written, latin, sizeof latin), sizeof latin);
            match = find(&c, latin, NULL, NULL);
            ck_assert_msg(match.row == plain.row || match.row == HRM_NONE, "\"%s\" was taken for another",
                          latin);
        }
    }
    close_country(&c);
}
END_TEST

HRMT_SUITE("spellings", &spellings_change_nothing, &parents_may_stand_in_the_name)
