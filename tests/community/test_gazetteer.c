/*
 * The gazetteer on a small land made for the purpose: every way and every reason that it gives, by the lines
 * of names.txt, and what no line can say.
 */
#include "community/gazetteer_parts.h"
#include "community/names_file.h"
#include "harness/harness.h"
#include "harness/square.h"

enum { UNITS = 128 };

/* The land: the `unit` lines of names.txt. */
typedef struct land {
    size_t count;
    char *code[UNITS], *category[UNITS], *name[UNITS], *english[UNITS], *former[UNITS], *old[UNITS];
    hrm_context *ctx;
    hrm_codifier *codifier;
    hrm_crosswalk *aliases;
} land;

static void take_unit(char *fields[HRMT_FIELDS], size_t count, int line, void *user) {
    land *const l = user;
    if (strcmp(fields[0], "unit") != 0) return;
    ck_assert_msg(count == 7 && l->count < UNITS, "line %d", line);
    char **const places[6] = {l->code, l->category, l->name, l->english, l->former, l->old};
    for (size_t i = 0; i < 6; i++) {
        places[i][l->count] = strdup(fields[i + 1]);
        ck_assert_ptr_nonnull(places[i][l->count]);
    }
    l->count++;
}

static const char *const *texts(char *const *list) {
    return (const char *const *)list;
}

static land *open_land(void) {
    static const char *const written[] = {"Стара назва", "Двозначна", "Двозначна", "0599999998", "Барська"};
    static const char *const codes[] = {"UA0502001", "UA0502001", "UA0502003", "UA0502003", "UA0506001"};
    hrm_codifier_input in;
    hrm_crosswalk_input aliases;
    land *const l = calloc(1, sizeof *l);
    ck_assert_ptr_nonnull(l);
    ck_assert_uint_gt(hrmt_names_file(take_unit, l), 0);
    l->ctx = hrmt_context();
    hrm_codifier_input_init(&in, sizeof in);
    in.count = l->count;
    in.codes = texts(l->code);
    in.categories = texts(l->category);
    in.names_uk = texts(l->name);
    in.names_en = texts(l->english);
    in.old_names = texts(l->former);
    in.old_codes = texts(l->old);
    hrmt_ok(l->ctx, hrm_codifier_new(l->ctx, &in, &l->codifier));
    hrm_crosswalk_input_init(&aliases, sizeof aliases);
    aliases.count = 5;
    aliases.written = written;
    aliases.codes = codes;
    hrmt_ok(l->ctx, hrm_crosswalk_new(l->ctx, &aliases, &l->aliases));
    return l;
}

static void close_land(land *l) {
    hrm_crosswalk_free(l->aliases);
    hrm_codifier_free(l->codifier);
    hrm_context_free(l->ctx);
    for (size_t i = 0; i < l->count; i++) {
        char *const fields[] = {l->code[i],    l->category[i], l->name[i],
                                l->english[i], l->former[i],   l->old[i]};
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) free(fields[k]);
    }
    free(l);
}

static hrm_gazetteer *open_gazetteer(const land *l) {
    hrm_gazetteer_options options;
    hrm_gazetteer *g = NULL;
    hrm_gazetteer_options_init(&options, sizeof options);
    options.codifier = l->codifier;
    options.aliases = l->aliases;
    hrmt_ok(l->ctx, hrm_gazetteer_new(l->ctx, NULL, &options, &g));
    return g;
}

typedef struct finder {
    land *land;
    hrm_gazetteer *gazetteer;
    size_t cases;
} finder;

/* find | code | oblast | raion | name | type | key or reason | way */
static void check_find(char *fields[HRMT_FIELDS], size_t count, int line, void *user) {
    finder *const f = user;
    hrm_match match = {.struct_size = sizeof match};
    hrm_codifier_unit unit = {.struct_size = sizeof unit};
    const bool stated = strcmp(fields[0], "stated") == 0;
    if (!stated && strcmp(fields[0], "find") != 0) return;
    ck_assert_msg(count == 7 || count == 8, "line %d", line);
    const hrm_place_words words = {.struct_size = sizeof words,
                                   .wants_parent = stated,
                                   .code = fields[1],
                                   .oblast = fields[2],
                                   .raion = fields[3],
                                   .name = fields[4],
                                   .type = fields[5]};
    ck_assert(hrm_gazetteer_find(f->gazetteer, &words, &match));
    f->cases++;
    if (match.way == HRM_MATCH_NONE) {
        ck_assert_msg(strcmp(fields[6], hrm_match_reason_name(match.reason, HRM_EN)) == 0, "line %d: %s",
                      line, hrm_match_reason_name(match.reason, HRM_EN));
        ck_assert_uint_eq(match.row, HRM_NONE);
        return;
    }
    ck_assert_int_eq(match.reason, HRM_REASON_NONE);
    ck_assert_uint_eq(match.candidates, 1);
    ck_assert(hrm_codifier_unit_info(f->land->codifier, match.row, &unit));
    ck_assert_msg(strncmp(unit.code + 2, fields[6], strlen(fields[6])) == 0 && strlen(fields[6]) == 7,
                  "line %d: %s %s", line, unit.code, unit.name_uk);
    ck_assert_msg(count == 8 && strcmp(fields[7], hrm_match_way_name(match.way, HRM_EN)) == 0, "line %d: %s",
                  line, hrm_match_way_name(match.way, HRM_EN));
}

START_TEST(cases_of_the_file) {
    finder f = {.land = open_land()};
    f.gazetteer = open_gazetteer(f.land);
    (void)hrmt_names_file(check_find, &f);
    ck_assert_uint_gt(f.cases, 60);
    hrm_gazetteer_free(f.gazetteer);
    close_land(f.land);
}
END_TEST

/* ---- layers ---- */

enum { ROWS = 80 };

typedef struct feature {
    const char *code, *name_uk, *name_en, *raion_uk, *oblast_uk;
} feature;

/* A layer of squares side by side. */
static hrm_layer *layer_of(hrm_context *ctx, const feature *rows, size_t count) {
    uint8_t squares[ROWS][HRMT_SQUARE_SIZE];
    const uint8_t *wkb[ROWS];
    size_t sizes[ROWS];
    const char *texts[5][ROWS];
    hrm_layer_input in;
    hrm_layer *layer = NULL;
    ck_assert_uint_le(count, ROWS);
    for (size_t i = 0; i < count; i++) {
        hrmt_square(30 + (double)i, 50, 1, squares[i]);
        wkb[i] = squares[i];
        sizes[i] = HRMT_SQUARE_SIZE;
        texts[0][i] = rows[i].code;
        texts[1][i] = rows[i].name_uk;
        texts[2][i] = rows[i].name_en;
        texts[3][i] = rows[i].raion_uk;
        texts[4][i] = rows[i].oblast_uk;
    }
    hrm_layer_input_init(&in, sizeof in);
    in.count = count;
    in.codes = texts[0];
    in.names_uk = texts[1];
    in.names_en = texts[2];
    in.raion_uk = texts[3];
    in.oblast_uk = texts[4];
    in.wkb = wkb;
    in.wkb_sizes = sizes;
    in.crs = "EPSG:4326";
    hrmt_ok(ctx, hrm_layer_from_wkb(ctx, &in, &layer));
    return layer;
}

static hrm_gazetteer *gazetteer_of(hrm_context *ctx, const hrm_layer *layer, const hrm_codifier *codifier,
                                   const hrm_crosswalk *crosswalk) {
    hrm_gazetteer_options options;
    hrm_gazetteer *g = NULL;
    hrm_gazetteer_options_init(&options, sizeof options);
    options.codifier = codifier;
    options.crosswalk = crosswalk;
    hrmt_ok(ctx, hrm_gazetteer_new(ctx, layer, &options, &g));
    return g;
}

/* What is found for a code, an oblast and a name. */
static hrm_match find(const hrm_gazetteer *g, const char *code, const char *oblast, const char *name) {
    hrm_match match = {.struct_size = sizeof match};
    const hrm_place_words words = {.struct_size = sizeof words, .code = code, .oblast = oblast, .name = name};
    ck_assert(hrm_gazetteer_find(g, &words, &match));
    ck_assert_ptr_nonnull(match.why);
    return match;
}

static void must_find(const hrm_gazetteer *g, const char *code, const char *oblast, const char *name,
                      int32_t way, size_t row) {
    const hrm_match match = find(g, code, oblast, name);
    ck_assert_msg(match.way == way && match.row == row, "%s: %s, %s, row %zu", name,
                  hrm_match_way_name(match.way, HRM_EN), hrm_match_reason_name(match.reason, HRM_EN),
                  match.row);
    ck_assert_int_eq(match.reason, HRM_REASON_NONE);
    ck_assert_uint_eq(match.candidates, 1);
}

static hrm_match must_not_find(const hrm_gazetteer *g, const char *code, const char *oblast, const char *name,
                               int32_t reason) {
    const hrm_match match = find(g, code, oblast, name);
    ck_assert_msg(match.reason == reason, "%s: %s", name, hrm_match_reason_name(match.reason, HRM_EN));
    ck_assert_int_eq(match.way, HRM_MATCH_NONE);
    ck_assert_uint_eq(match.row, HRM_NONE);
    return match;
}

static const feature with_levels[] = {
    {"UA0502001", "Вінницька міська територіальна громада", NULL, "Вінницький", "Вінницька"},
    {"UA0504001", "Тростянецька", "Trostianetska", NULL, NULL},
    {"UA5902001", "Тростянецька", NULL, "Охтирський", "Сумська"},
    {"UA5902003", "Покровська", NULL, NULL, NULL},
    {"UA5902005", "Покровська", NULL, NULL, NULL},
    {"UA8000000", "Київ", NULL, "Київ", "Київ"},
};
enum { WITH_LEVELS = sizeof with_levels / sizeof *with_levels };

START_TEST(a_layer_alone) {
    hrm_context *const ctx = hrmt_context();
    hrm_layer *const layer = layer_of(ctx, with_levels, WITH_LEVELS);
    hrm_gazetteer *const g = gazetteer_of(ctx, layer, NULL, NULL);
    must_find(g, NULL, NULL, "Вінницька", HRM_MATCH_NAME_UNIQUE, 0);
    must_find(g, "", " ", "Вінницька міська", HRM_MATCH_NAME_UNIQUE, 0);
    must_find(g, NULL, "Сумська", "Тростянецька", HRM_MATCH_NAME_OBLAST, 2);
    must_find(g, NULL, "Вінницька область", "Trostyanetska", HRM_MATCH_NAME_OBLAST, 1);
    must_find(g, NULL, NULL, "м. Київ", HRM_MATCH_NAME_UNIQUE, 5);
    must_find(g, "UA5902003", NULL, NULL, HRM_MATCH_CODE, 3);
    must_find(g, "ua5902003", NULL, NULL, HRM_MATCH_CODE, 3);
    must_find(g, "UA 5902003", NULL, NULL, HRM_MATCH_CODE_MENDED, 3);
    /* the layer's own names say the type of one */
    (void)must_not_find(g, NULL, NULL, "Вінницька сільська", HRM_REASON_TYPE_CONTRADICTS);
    /* the others' are not known, and tell nothing apart */
    ck_assert_uint_eq(
        must_not_find(g, NULL, "Сумська", "Покровська міська", HRM_REASON_AMBIGUOUS_NAME).candidates, 2);
    (void)must_not_find(g, "UA5902099", NULL, NULL, HRM_REASON_NOT_IN_LAYER);
    (void)must_not_find(g, "5902003", NULL, NULL, HRM_REASON_BAD_CODE);
    ck_assert_str_ne(find(g, "5902003", NULL, NULL).why, "");
    (void)must_not_find(g, NULL, NULL, "Вінниця",
                        HRM_REASON_UNKNOWN_NAME); /* only a codifier knows centres */
    (void)must_not_find(g, NULL, NULL, NULL, HRM_REASON_NO_KEY);
    (void)must_not_find(g, " ", NULL, "\t", HRM_REASON_NO_KEY);
    hrm_gazetteer_free(g);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(a_layer_with_a_codifier) {
    static const feature rows[] = {
        {"UA0502001", "Вінницька", NULL, NULL, NULL},
        {"UA0504003", "Калинівська", NULL, NULL, NULL},
        {"UA5902001", NULL, NULL, NULL, NULL},
        {"UA5902099", "Нова", NULL, NULL, NULL},
    };
    land *const l = open_land();
    hrm_layer *const layer = layer_of(l->ctx, rows, 4);
    hrm_gazetteer *const g = gazetteer_of(l->ctx, layer, l->codifier, NULL);
    must_find(g, NULL, "Вінницька", "Вінниця", HRM_MATCH_NAME_OBLAST, 0);
    must_find(g, NULL, "Сумська", "Тростянецька", HRM_MATCH_NAME_OBLAST, 2); /* its name is the codifier's */
    must_find(g, NULL, NULL, "Нова", HRM_MATCH_NAME_UNIQUE, 3);              /* and this one the layer's */
    must_find(g, NULL, "Вінницька", "м. Калинівка", HRM_MATCH_NAME_OBLAST, 1);
    must_find(g, "0510136300", NULL, NULL, HRM_MATCH_CROSSWALK, 0);
    (void)must_not_find(g, NULL, "Вінницька", "Агрономічна", HRM_REASON_NOT_IN_LAYER);
    (void)must_not_find(g, NULL, "Львівська", "Сокальська", HRM_REASON_NOT_IN_LAYER);
    (void)must_not_find(g, "UA0502003", NULL, NULL, HRM_REASON_NOT_IN_LAYER);
    /* those that the layer lacks stand in the way in the oblasts that it has, and only there */
    (void)must_not_find(g, NULL, "Вінницька", "Калинівська", HRM_REASON_AMBIGUOUS_NAME);
    must_find(g, NULL, "Вінницька", "Калинівська міська", HRM_MATCH_NAME_OBLAST, 1);
    (void)must_not_find(g, NULL, "Вінницька", "Калинівська селищна", HRM_REASON_NOT_IN_LAYER);
    hrm_gazetteer_free(g);
    hrm_layer_free(layer);
    close_land(l);
}
END_TEST

/* A layer of one oblast asks only for that: communities of the same name elsewhere are not meant. */
START_TEST(a_layer_of_one_oblast) {
    static const feature rows[] = {{"UA5902001", "Тростянецька", NULL, NULL, NULL},
                                   {"UA5902003", "Кам'янсько-Дніпровська", NULL, NULL, NULL}};
    land *const l = open_land();
    hrm_layer *const layer = layer_of(l->ctx, rows, 2);
    hrm_gazetteer *const g = gazetteer_of(l->ctx, layer, l->codifier, NULL);
    must_find(g, NULL, NULL, "Тростянецька", HRM_MATCH_NAME_UNIQUE, 0);
    (void)must_not_find(g, NULL, "Вінницька", "Тростянецька", HRM_REASON_NOT_IN_LAYER);
    hrm_gazetteer_free(g);
    hrm_layer_free(layer);
    close_land(l);
}
END_TEST

START_TEST(opaque_codes) {
    static const feature rows[] = {{"A-1", "Північна", NULL, NULL, "Якась"},
                                   {"A-2", "Південна", NULL, NULL, NULL}};
    land *const l = open_land();
    hrm_layer *const layer = layer_of(l->ctx, rows, 2);
    hrm_gazetteer *const g = gazetteer_of(l->ctx, layer, l->codifier, NULL);
    must_find(g, "A-2", NULL, NULL, HRM_MATCH_CODE, 1);
    must_find(g, " A-2 ", NULL, "південна громада", HRM_MATCH_CODE, 1);
    must_find(g, NULL, NULL, "Південна", HRM_MATCH_NAME_UNIQUE, 1);
    (void)must_not_find(g, "A-3", NULL, NULL, HRM_REASON_NOT_IN_LAYER);
    (void)must_not_find(g, "A-2", NULL, "Північна", HRM_REASON_CODE_AND_NAME_DIFFER);
    (void)must_not_find(g, NULL, NULL, "Вінницька", HRM_REASON_UNKNOWN_NAME);
    (void)must_not_find(g, NULL, "Якась", "Південна", HRM_REASON_UNKNOWN_PARENT); /* it has no oblasts */
    hrm_gazetteer_free(g);
    hrm_layer_free(layer);
    close_land(l);
}
END_TEST

START_TEST(a_layer_without_names) {
    static const feature rows[] = {{"UA0502001", NULL, NULL, NULL, NULL},
                                   {"UA0504001", "", NULL, NULL, NULL}};
    hrm_context *const ctx = hrmt_context();
    hrm_layer *const layer = layer_of(ctx, rows, 2);
    hrm_gazetteer *const g = gazetteer_of(ctx, layer, NULL, NULL);
    must_find(g, "UA0504001", NULL, "Тростянецька", HRM_MATCH_CODE, 1);
    (void)must_not_find(g, NULL, NULL, "Тростянецька", HRM_REASON_UNKNOWN_NAME);
    (void)must_not_find(g, NULL, "Вінницька", "Тростянецька", HRM_REASON_UNKNOWN_NAME);
    hrm_gazetteer_free(g);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(a_layer_in_english) {
    static const feature rows[] = {{"UA0502001", NULL, "Vinnytska", NULL, NULL},
                                   {"UA5902003", NULL, "Kamiansko-Dniprovska", NULL, NULL},
                                   {"UA5902005", NULL, "Andriivska", NULL, NULL},
                                   {"UA5902007", "Андрівська", "Andrivska", NULL, NULL}};
    hrm_suggestion near[2] = {{.struct_size = sizeof *near}, {.struct_size = sizeof *near}};
    hrm_context *const ctx = hrmt_context();
    hrm_layer *const layer = layer_of(ctx, rows, 4);
    hrm_gazetteer *const g = gazetteer_of(ctx, layer, NULL, NULL);
    must_find(g, NULL, NULL, "Вінницька", HRM_MATCH_NAME_UNIQUE, 0);
    must_find(g, NULL, NULL, "Вінницької громади", HRM_MATCH_NAME_UNIQUE, 0);
    must_find(g, NULL, "Сумська", "Кам’янсько-Дніпровська", HRM_MATCH_NAME_OBLAST, 1);
    must_find(g, NULL, NULL, "Vinnitska", HRM_MATCH_NAME_UNIQUE, 0);
    must_find(g, NULL, NULL, "Андрівська", HRM_MATCH_NAME_UNIQUE, 3);
    must_find(g, NULL, NULL, "Андріївська", HRM_MATCH_NAME_UNIQUE, 2);
    must_find(g, NULL, NULL, "Andriivska", HRM_MATCH_NAME_UNIQUE, 2);
    (void)must_not_find(g, NULL, NULL, "Andriyivska", HRM_REASON_AMBIGUOUS_NAME);
    const hrm_place_words words = {.struct_size = sizeof words, .name = "Вінніцка"};
    ck_assert_uint_eq(hrm_gazetteer_suggest(g, &words, near, 2), 1);
    ck_assert_uint_eq(near[0].row, 0);
    hrm_gazetteer_free(g);
    hrm_layer_free(layer);
    hrm_context_free(ctx);
}
END_TEST

/* Whoever says Kyiv may mean its oblast; and a name that led nowhere is told as a name. */
START_TEST(what_is_told_of_names) {
    land *const l = open_land();
    hrm_gazetteer *const g = open_gazetteer(l);
    hrm_suggestion near = {.struct_size = sizeof near};
    hrm_codifier_unit unit = {.struct_size = sizeof unit};
    hrm_match match = {.struct_size = sizeof match};
    const hrm_place_words kyiv = {.struct_size = sizeof kyiv, .oblast = "Kiev", .name = "Білоцерківска"};
    const hrm_place_words alone = {.struct_size = sizeof alone, .wants_parent = 1, .name = "Агрономічна"};
    ck_assert_str_eq(must_not_find(g, NULL, NULL, "Вінницький район", HRM_REASON_HIGHER_LEVEL).why,
                     "this is the name of a raion, not of a community");
    ck_assert_str_eq(must_not_find(g, NULL, NULL, "Вінницька область", HRM_REASON_HIGHER_LEVEL).why,
                     "this is the name of an oblast, not of a community");
    ck_assert_str_eq(must_not_find(g, "UA05", NULL, NULL, HRM_REASON_HIGHER_LEVEL).why,
                     "it is the code of an oblast, not of a community");
    ck_assert_str_eq(must_not_find(g, NULL, "Якась", "Вінницька", HRM_REASON_UNKNOWN_PARENT).why, "");
    ck_assert(hrm_gazetteer_find(g, &alone, &match));
    ck_assert_int_eq(match.reason, HRM_REASON_UNKNOWN_PARENT);
    ck_assert_str_eq(match.why, "the row says no oblast, as other rows do: is it a merged cell?");
    ck_assert_uint_eq(hrm_gazetteer_suggest(g, &alone, &near, 1), 1);
    ck_assert(hrm_codifier_unit_info(l->codifier, near.row, &unit));
    ck_assert_str_eq(unit.name_uk, "Агрономічна");
    ck_assert_uint_eq(hrm_gazetteer_suggest(g, &kyiv, &near, 1), 1);
    ck_assert(hrm_codifier_unit_info(l->codifier, near.row, &unit));
    ck_assert_str_eq(unit.name_uk, "Білоцерківська");
    hrm_gazetteer_free(g);
    close_land(l);
}
END_TEST

/* Whatever the order of the rows, the same communities are found. */
START_TEST(the_order_of_rows_does_not_matter) {
    static const char *const asked[][2] = {
        {NULL, "Вінницька"},    {"Сумська", "Тростянецька"}, {"Вінницька", "Тростянецька"},
        {NULL, "Тростянецька"}, {NULL, "Покровська"},        {"Київ", "Київ"},
        {NULL, "Київська"},     {"Сумщина", "Trostianetska"}};
    hrm_context *const ctx = hrmt_context();
    feature backwards[WITH_LEVELS];
    for (size_t i = 0; i < WITH_LEVELS; i++) backwards[i] = with_levels[WITH_LEVELS - 1 - i];
    hrm_layer *const a = layer_of(ctx, with_levels, WITH_LEVELS);
    hrm_layer *const b = layer_of(ctx, backwards, WITH_LEVELS);
    hrm_gazetteer *const ga = gazetteer_of(ctx, a, NULL, NULL);
    hrm_gazetteer *const gb = gazetteer_of(ctx, b, NULL, NULL);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const hrm_match x = find(ga, NULL, asked[i][0], asked[i][1]);
        const hrm_match y = find(gb, NULL, asked[i][0], asked[i][1]);
        ck_assert_int_eq(x.way, y.way);
        ck_assert_int_eq(x.reason, y.reason);
        ck_assert_uint_eq(x.candidates, y.candidates);
        if (x.row != HRM_NONE) ck_assert_str_eq(hrm_layer_key(a, x.row), hrm_layer_key(b, y.row));
    }
    hrm_gazetteer_free(ga);
    hrm_gazetteer_free(gb);
    hrm_layer_free(a);
    hrm_layer_free(b);
    hrm_context_free(ctx);
}
END_TEST

/* ---- many of one name ---- */

typedef struct namesakes {
    char code[ROWS][64];
    feature row[ROWS];
} namesakes;

/* Communities called Іванівська, of which #1 and the last are міська. */
START_TEST(more_of_one_name_than_are_counted) {
    namesakes many;
    memset(&many, 0, sizeof many);
    hrm_context *const ctx = hrmt_context();
    for (size_t count = 64; count <= 70; count++) {
        for (size_t i = 0; i < count; i++) {
            const bool city = i == 0 || i + 1 == count;
            (void)snprintf(many.code[i], sizeof many.code[i], "UA05%02zu%03zu", 1 + i / 20, 1 + i % 20);
            many.row[i] = (feature){.code = many.code[i], .oblast_uk = "Вінницька"};
            many.row[i].name_uk = city ? "Іванівська міська громада" : "Іванівська сільська громада";
        }
        hrm_layer *const layer = layer_of(ctx, many.row, count);
        hrm_gazetteer *const g = gazetteer_of(ctx, layer, NULL, NULL);
        (void)must_not_find(g, NULL, NULL, "Іванівська міська громада", HRM_REASON_AMBIGUOUS_NAME);
        (void)must_not_find(g, NULL, NULL, "Іванівська", HRM_REASON_AMBIGUOUS_NAME);
        /* in the first raion there are twenty, and one of them is міська */
        hrm_match match = {.struct_size = sizeof match};
        const hrm_place_words words = {
            .struct_size = sizeof words, .raion = "UA0501", .name = "Іванівська міська"};
        ck_assert(hrm_gazetteer_find(g, &words, &match));
        ck_assert_int_eq(match.way, HRM_MATCH_NAME_RAION);
        ck_assert_uint_eq(match.row, 0);
        /* the code of one that is not among those counted */
        must_find(g, many.code[count - 1], NULL, "Іванівська", HRM_MATCH_CODE, count - 1);
        hrm_gazetteer_free(g);
        hrm_layer_free(layer);
    }
    hrm_context_free(ctx);
}
END_TEST

/* What is found for a raion of many of its name. */
static hrm_match find_in_raion(const hrm_gazetteer *g, const char *oblast, const char *name) {
    hrm_match match = {.struct_size = sizeof match};
    const hrm_place_words words = {
        .struct_size = sizeof words, .oblast = oblast, .raion = "Центральний", .name = name};
    ck_assert(hrm_gazetteer_find(g, &words, &match));
    return match;
}

/* Raions called Центральний, each of one community: the first and the last are called Іванівська. */
START_TEST(raions_of_one_name) {
    static const char *const oblasts[] = {"01", "05", "07", "12", "14", "18", "21", "23", "26", "32"};
    static const size_t counts[] = {10, 32, 33, 60};
    namesakes many;
    memset(&many, 0, sizeof many);
    hrm_context *const ctx = hrmt_context();
    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
        const size_t count = counts[k];
        for (size_t i = 0; i < count; i++) {
            (void)snprintf(many.code[i], sizeof many.code[i], "UA%s%02zu001", oblasts[i % 10], 1 + i / 10);
            many.row[i] = (feature){.code = many.code[i], .raion_uk = "Центральний"};
            many.row[i].name_uk = i == 0 || i + 1 == count ? "Іванівська" : "Петрівська";
        }
        hrm_layer *const layer = layer_of(ctx, many.row, count);
        hrm_gazetteer *const g = gazetteer_of(ctx, layer, NULL, NULL);
        ck_assert_int_eq(find_in_raion(g, NULL, "Іванівська").reason, HRM_REASON_AMBIGUOUS_NAME);
        ck_assert_int_eq(find_in_raion(g, NULL, "Степанівська").reason, HRM_REASON_UNKNOWN_NAME);
        const hrm_match first = find_in_raion(g, "АР Крим", "Іванівська");
        ck_assert_int_eq(first.way, HRM_MATCH_NAME_RAION);
        ck_assert_uint_eq(first.row, 0);
        ck_assert_int_eq(find_in_raion(g, "Сумська", "Іванівська").reason, HRM_REASON_UNKNOWN_PARENT);
        /* the oblast beside the name, behind the field of the raion: not found where it cannot be said */
        const hrm_match beside = find_in_raion(g, NULL, "Іванівська (АР Крим)");
        ck_assert_int_eq(beside.reason, count <= 32 ? HRM_REASON_NONE : HRM_REASON_AMBIGUOUS_NAME);
        hrm_gazetteer_free(g);
        hrm_layer_free(layer);
    }
    hrm_context_free(ctx);
}
END_TEST

/* ---- crosswalks ---- */

START_TEST(former_codes) {
    static const char *const written[] = {"0510100000", "0510200000", "0510200000", "0510300000"};
    static const char *const codes[] = {"UA0504001", "UA0502001", "UA5902001", "UA0599099"};
    hrm_crosswalk_input in;
    hrm_crosswalk *crosswalk = NULL;
    land *const l = open_land();
    hrm_crosswalk_input_init(&in, sizeof in);
    in.count = 4;
    in.written = written;
    in.codes = codes;
    hrmt_ok(l->ctx, hrm_crosswalk_new(l->ctx, &in, &crosswalk));
    hrm_layer *const layer = layer_of(l->ctx, with_levels, WITH_LEVELS);
    hrm_gazetteer *const alone = gazetteer_of(l->ctx, layer, NULL, crosswalk);
    must_find(alone, "510100000.0", NULL, NULL, HRM_MATCH_CROSSWALK, 1);
    (void)must_not_find(alone, "0510200000", NULL, NULL, HRM_REASON_CROSSWALK_AMBIGUOUS);
    (void)must_not_find(alone, "0510300000", NULL, NULL, HRM_REASON_NOT_IN_LAYER);
    (void)must_not_find(alone, "0510136300", NULL, NULL, HRM_REASON_NOT_IN_CROSSWALK);
    hrm_gazetteer_free(alone);
    /* the crosswalk goes before the codifier, which knows more */
    hrm_gazetteer *const both = gazetteer_of(l->ctx, layer, l->codifier, crosswalk);
    must_find(both, "0510100000", NULL, NULL, HRM_MATCH_CROSSWALK, 1);
    must_find(both, "0510136300", NULL, NULL, HRM_MATCH_CROSSWALK, 0);
    hrm_gazetteer_free(both);
    hrm_layer_free(layer);
    hrm_crosswalk_free(crosswalk);
    close_land(l);
}
END_TEST

/* What is found for a row of the land with aliases. */
static void check_alias(const land *l, const hrm_gazetteer *g, hrm_place_words words, const char *key,
                        int32_t reason) {
    hrm_match match = {.struct_size = sizeof match};
    hrm_codifier_unit unit = {.struct_size = sizeof unit};
    words.struct_size = sizeof words;
    ck_assert(hrm_gazetteer_find(g, &words, &match));
    ck_assert_msg(match.reason == reason, "%s", hrm_match_reason_name(match.reason, HRM_EN));
    if (key == NULL) return;
    ck_assert_int_eq(match.way, HRM_MATCH_ALIAS);
    ck_assert(hrm_codifier_unit_info(l->codifier, match.row, &unit));
    ck_assert_msg(strncmp(unit.code + 2, key, 7) == 0, "%s", unit.code);
}

/* An alias that binds itself to a row or an oblast holds there, wherever its community lies; one that binds
 * itself to a raion only within the stated oblast. */
START_TEST(aliases_and_where_they_hold) {
    static const char *const written[] = {"Нова", "Нова", "Нова", "Нова", "UA0504001"};
    static const char *const oblasts[] = {"", "", "Сумська", "", ""};
    static const char *const raions[] = {"", "", "", "Охтирський", ""};
    static const char *const codes[] = {"UA0502001", "UA0502003", "UA0506001", "UA0504001", "UA5902001"};
    static const int64_t for_rows[] = {0, 7, 0, 0, 8};
    hrm_crosswalk_input in;
    hrm_crosswalk *aliases = NULL;
    hrm_gazetteer_options options;
    hrm_gazetteer *g = NULL;
    land *const l = open_land();
    hrm_crosswalk_input_init(&in, sizeof in);
    in.count = 5;
    in.written = written;
    in.oblasts = oblasts;
    in.raions = raions;
    in.codes = codes;
    in.for_rows = for_rows;
    hrmt_ok(l->ctx, hrm_crosswalk_new(l->ctx, &in, &aliases));
    hrm_gazetteer_options_init(&options, sizeof options);
    options.codifier = l->codifier;
    options.aliases = aliases;
    hrmt_ok(l->ctx, hrm_gazetteer_new(l->ctx, NULL, &options, &g));
    check_alias(l, g, (hrm_place_words){.name = "Нова"}, "0502001", HRM_REASON_NONE);
    check_alias(l, g, (hrm_place_words){.name = "Нова", .oblast = "Львівська"}, NULL,
                HRM_REASON_UNKNOWN_NAME);
    check_alias(l, g, (hrm_place_words){.name = "Нова", .oblast = "Львівська", .row = 7}, "0502003",
                HRM_REASON_NONE);
    check_alias(l, g, (hrm_place_words){.name = "Нова", .oblast = "Сумська"}, "0506001", HRM_REASON_NONE);
    check_alias(l, g, (hrm_place_words){.name = "Нова", .raion = "Охтирський"}, "0504001", HRM_REASON_NONE);
    check_alias(l, g, (hrm_place_words){.name = "Нова", .oblast = "Львівська", .raion = "Охтирський"}, NULL,
                HRM_REASON_UNKNOWN_PARENT);
    /* beside a code: for the row alone, and for the code */
    check_alias(l, g, (hrm_place_words){.code = "UA0504001", .name = "Нова"}, NULL,
                HRM_REASON_CODE_AND_NAME_DIFFER);
    check_alias(l, g, (hrm_place_words){.code = "UA0504001", .name = "Нова", .row = 7}, "0502003",
                HRM_REASON_NONE);
    check_alias(l, g, (hrm_place_words){.code = "UA0504001", .name = "Нова", .row = 8}, "5902001",
                HRM_REASON_NONE);
    hrm_gazetteer_free(g);
    hrm_crosswalk_free(aliases);
    close_land(l);
}
END_TEST

/* ---- many units of one name ---- */

enum { MANY = 40000 };

/* Half of them communities, half villages in these. Where the time grew with the square of how many they are,
 * this took seconds. */
START_TEST(very_many_units_of_one_name) {
    char(*const codes)[64] = calloc(MANY, sizeof *codes);
    const char **const code = calloc(MANY, sizeof *code);
    const char **const name = calloc(MANY, sizeof *name);
    hrm_codifier_input in;
    hrm_codifier *codifier = NULL;
    hrm_context *const ctx = hrmt_context();
    ck_assert(codes != NULL && code != NULL && name != NULL);
    for (size_t i = 0; i < MANY; i++) {
        const size_t k = i / 2;
        (void)snprintf(codes[i], sizeof *codes, "UA05%02zu%03zu%03zu00%05zu", 1 + k / 900, 1 + k % 900, i % 2,
                       i + 1);
        code[i] = codes[i];
        name[i] = "Іванівка";
    }
    hrm_codifier_input_init(&in, sizeof in);
    in.count = MANY;
    in.codes = code;
    in.names_uk = name;
    hrmt_ok(ctx, hrm_codifier_new(ctx, &in, &codifier));
    hrm_gazetteer *const g = gazetteer_of(ctx, NULL, codifier, NULL);
    (void)must_not_find(g, NULL, NULL, "Іванівка", HRM_REASON_AMBIGUOUS_NAME);
    must_find(g, codes[MANY - 2], NULL, "Іванівка", HRM_MATCH_CODE, MANY - 2);
    hrm_gazetteer_free(g);
    hrm_codifier_free(codifier);
    hrm_context_free(ctx);
    free(codes);
    free(code);
    free(name);
}
END_TEST

/* ---- what became of units ---- */

START_TEST(communities_that_were_merged) {
    static const char *const codes[] = {"UA05020010000000001", "UA05020030000000002", "UA05020050000000003",
                                        "UA05020010010000004"};
    static const char *const names[] = {"Перша", "Друга", "Третя", "Місто"};
    static const char *const from[] = {"", "", "", ""};
    static const char *const to[] = {"", "2024-01-01", "2024-01-01", ""};
    static const char *const successors[] = {"", "UA05020010000000001", "", ""};
    hrm_codifier_input in;
    hrm_codifier *codifier = NULL;
    hrm_context *const ctx = hrmt_context();
    hrm_codifier_input_init(&in, sizeof in);
    in.count = 4;
    in.codes = codes;
    in.names_uk = names;
    in.valid_from = from;
    in.valid_to = to;
    in.successors = successors;
    hrmt_ok(ctx, hrm_codifier_new(ctx, &in, &codifier));
    hrm_gazetteer *const g = gazetteer_of(ctx, NULL, codifier, NULL);
    must_find(g, NULL, NULL, "Перша", HRM_MATCH_NAME_UNIQUE, 0);
    must_find(g, NULL, NULL, "Друга", HRM_MATCH_NAME_UNIQUE, 0);
    must_find(g, "UA05020030000000002", NULL, NULL, HRM_MATCH_CODE, 0);
    (void)must_not_find(g, NULL, NULL, "Третя", HRM_REASON_UNKNOWN_NAME); /* nothing is said to follow */
    (void)must_not_find(g, "UA05020050000000003", NULL, NULL, HRM_REASON_NOT_IN_LAYER);
    hrm_gazetteer_free(g);
    hrm_codifier_free(codifier);
    hrm_context_free(ctx);
}
END_TEST

/* ---- codes that a codifier lacks ---- */

/* A codifier of communities alone says nothing of settlements but where their numbers are communities'; and
 * one of P-codes nothing of whole codes. */
START_TEST(codes_that_a_codifier_lacks) {
    static const char *const codes[] = {"UA05020010000000003", "UA05020030000000005", "UA05020050000000007"};
    static const char *const p_codes[] = {"UA0502001", "UA0502003", "UA0502005"};
    static const char *const names[] = {"Перша", "Друга", "Третя"};
    hrm_codifier_input in;
    hrm_codifier *codifier = NULL;
    hrm_context *const ctx = hrmt_context();
    hrm_codifier_input_init(&in, sizeof in);
    in.count = 3;
    in.codes = codes;
    in.names_uk = names;
    hrmt_ok(ctx, hrm_codifier_new(ctx, &in, &codifier));
    hrm_gazetteer *g = gazetteer_of(ctx, NULL, codifier, NULL);
    must_find(g, "UA05020030000000005", NULL, NULL, HRM_MATCH_CODE, 1);
    ck_assert_str_eq(find(g, "UA05020030000000005", NULL, NULL).why, "");
    ck_assert_str_eq(must_not_find(g, "UA05020030000000003", NULL, NULL, HRM_REASON_BAD_CODE).why,
                     "it is not in the codifier, where its number (the last five digits) is that of another "
                     "unit, outside this community");
    must_find(g, "UA 05020030000099999", NULL, NULL, HRM_MATCH_CODE_MENDED, 1);
    ck_assert_str_eq(find(g, "UA05020030000099999", NULL, NULL).why,
                     "it is not in the codifier; its first seven digits are those of the community");
    must_find(g, "UA05020030010099999", NULL, NULL, HRM_MATCH_CODE, 1); /* it has no settlements */
    (void)must_not_find(g, "UA05020030010000003", NULL, NULL, HRM_REASON_BAD_CODE);
    must_find(g, "UA05020030010000005", NULL, NULL, HRM_MATCH_CODE_MENDED, 1);
    hrm_gazetteer_free(g);
    hrm_codifier_free(codifier);
    in.codes = p_codes;
    hrmt_ok(ctx, hrm_codifier_new(ctx, &in, &codifier));
    g = gazetteer_of(ctx, NULL, codifier, NULL);
    must_find(g, "UA05020030000000003", NULL, NULL, HRM_MATCH_CODE, 1);
    hrm_gazetteer_free(g);
    hrm_codifier_free(codifier);
    hrm_context_free(ctx);
}
END_TEST

/* A unit that moved has its number twice: in either community it is known. */
START_TEST(numbers_of_units_that_moved) {
    static const char *const codes[] = {"UA05020010000000003", "UA05020030000000005", "UA05020050000000007",
                                        "UA05020010010000009", "UA05020030010000009"};
    static const char *const names[] = {"Перша", "Друга", "Третя", "Село", "Село"};
    static const char *const to[] = {"", "", "", "2024-01-01", ""};
    static const char *const successors[] = {"", "", "", "UA05020030010000009", ""};
    hrm_codifier_input in;
    hrm_codifier *codifier = NULL;
    hrm_context *const ctx = hrmt_context();
    hrm_codifier_input_init(&in, sizeof in);
    in.count = 5;
    in.codes = codes;
    in.names_uk = names;
    in.valid_to = to;
    in.successors = successors;
    hrmt_ok(ctx, hrm_codifier_new(ctx, &in, &codifier));
    hrm_gazetteer *const g = gazetteer_of(ctx, NULL, codifier, NULL);
    must_find(g, "UA05020030010000009", NULL, NULL, HRM_MATCH_CODE, 1);
    must_find(g, "UA05020010020000009", NULL, NULL, HRM_MATCH_CODE_MENDED, 0);
    must_find(g, "UA05020030020000009", NULL, NULL, HRM_MATCH_CODE_MENDED, 1);
    (void)must_not_find(g, "UA05020050010000009", NULL, NULL, HRM_REASON_BAD_CODE);
    hrm_gazetteer_free(g);
    hrm_codifier_free(codifier);
    hrm_context_free(ctx);
}
END_TEST

/* ---- suggestions ---- */

/* The codes of the suggestions for an oblast, a raion and a name, as "0502001:1 0504001:3". */
static const char *suggested(const land *l, const hrm_gazetteer *g, const char *oblast, const char *raion,
                             const char *name, size_t capacity) {
    static char text[512];
    hrm_suggestion near[ROWS];
    const hrm_place_words words = {
        .struct_size = sizeof words, .oblast = oblast, .raion = raion, .name = name};
    for (size_t i = 0; i < ROWS; i++) near[i].struct_size = sizeof *near;
    const size_t count = hrm_gazetteer_suggest(g, &words, near, capacity);
    ck_assert_uint_le(count, capacity);
    text[0] = '\0';
    for (size_t i = 0, at = 0; i < count; i++) {
        hrm_codifier_unit unit = {.struct_size = sizeof unit};
        ck_assert(hrm_codifier_unit_info(l->codifier, near[i].row, &unit));
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%.7s:%u", i > 0 ? " " : "", unit.code + 2,
                               (unsigned)near[i].distance);
    }
    return text;
}

START_TEST(nearest_names) {
    land *const l = open_land();
    hrm_gazetteer *const g = open_gazetteer(l);
    ck_assert_str_eq(suggested(l, g, "Вінницька", NULL, "Вінницка", 3), "0502001:1");
    ck_assert_str_eq(suggested(l, g, NULL, NULL, "Агромонічна сільська ТГ", 3),
                     "0502003:2"); /* м and н changed places over о */
    ck_assert_str_eq(suggested(l, g, NULL, NULL, "Барськаа", 3), "0506001:1");
    /* those of an ambiguous name first, in the raion that is stated before the others */
    ck_assert_str_eq(suggested(l, g, NULL, NULL, "Тростянецька", 3), "0504001:0 5902001:0");
    ck_assert_str_eq(suggested(l, g, "Вінницька", "Гайсинський", "Калинівська", 3),
                     "0504003:0 0504005:0 0506003:0");
    ck_assert_str_eq(suggested(l, g, "Вінницька", "Жмеринський", "Калинівська", 3),
                     "0506003:0 0504003:0 0504005:0");
    ck_assert_str_eq(suggested(l, g, "Вінницька", "Жмеринський", "Калинівська", 2), "0506003:0 0504003:0");
    ck_assert_str_eq(suggested(l, g, "Вінницька", "Жмеринський", "Калинівська", 0), "");
    /* one letter off: told beside a single equal name, but not where several communities have the very name
     */
    ck_assert_str_eq(suggested(l, g, "Сумська", NULL, "Тростянецька", 3), "5902001:0 5902009:1");
    /* an oblast or raion that is not known narrows nothing */
    ck_assert_str_eq(suggested(l, g, "Вінницка", NULL, "Тростянецька", 3), "0504001:0 5902001:0");
    ck_assert_str_eq(suggested(l, g, "Вінницька", "Бершадський", "Тростянецька", 3), "0504001:0");
    ck_assert_str_eq(suggested(l, g, "Сумська", NULL, "Агрономічна", 3), "");
    /* budgets, centres, Latin */
    ck_assert_str_eq(suggested(l, g, NULL, NULL, "Бюджет Агрономочної громади", 3), "0502003:1");
    ck_assert_str_eq(suggested(l, g, NULL, NULL, "м. Вінниця", 3), "0502001:0");
    ck_assert_str_eq(suggested(l, g, NULL, NULL, "Vinnytsja", 3), "0502001:0");
    ck_assert_str_eq(suggested(l, g, NULL, NULL, "Vinytska", 3), "0502001:1");
    ck_assert_str_eq(suggested(l, g, NULL, NULL, "Щось зовсім інше", 3), "");
    ck_assert_str_eq(suggested(l, g, NULL, NULL, NULL, 3), "");
    ck_assert_str_eq(suggested(l, g, "Вінницька", NULL, "Вінницька область", 3), "");
    hrm_gazetteer_free(g);
    close_land(l);
}
END_TEST

/* ---- the call ---- */

START_TEST(structs_of_other_versions) {
    hrm_place_words prepared;
    memset(&prepared, 0xff, sizeof prepared);
    hrm_place_words_init(&prepared, sizeof prepared);
    ck_assert(prepared.struct_size == sizeof prepared && prepared.code == NULL && prepared.row == 0);
    hrm_place_words_init(NULL, sizeof prepared);
    land *const l = open_land();
    hrm_gazetteer *const g = open_gazetteer(l);
    hrm_match match = {.struct_size = offsetof(hrm_match, candidates), .candidates = 7, .row = 7};
    hrm_place_words words = {.struct_size = offsetof(hrm_place_words, oblast), .code = "UA0502001"};
    words.name = "not read"; /* behind the caller's struct */
    ck_assert(hrm_gazetteer_find(g, &words, &match));
    ck_assert_int_eq(match.way, HRM_MATCH_CODE);
    ck_assert_uint_eq(match.candidates, 7);
    ck_assert_uint_eq(match.row, 7);
    match.struct_size = 0;
    ck_assert(!hrm_gazetteer_find(g, &words, &match));
    ck_assert(!hrm_gazetteer_find(g, &words, NULL));
    match.struct_size = sizeof match;
    words.struct_size = 0;
    ck_assert(!hrm_gazetteer_find(g, &words, &match));
    ck_assert(!hrm_gazetteer_find(g, NULL, &match));
    ck_assert_uint_eq(hrm_gazetteer_suggest(g, NULL, NULL, 3), 0);
    words.struct_size = sizeof words;
    ck_assert_uint_eq(hrm_gazetteer_suggest(g, &words, NULL, 3), 0);
    /* a longer struct: what it says more must be nothing */
    struct {
        hrm_place_words words;
        const char *more;
    } longer = {.words = {.struct_size = sizeof longer, .name = "Вінницька"}};
    hrm_suggestion near[2] = {{.struct_size = sizeof *near}, {.struct_size = sizeof *near}};
    ck_assert(hrm_gazetteer_find(g, &longer.words, &match));
    ck_assert_int_eq(match.way, HRM_MATCH_NAME_UNIQUE);
    ck_assert_uint_eq(hrm_gazetteer_suggest(g, &longer.words, near, 2), 1);
    longer.more = "not known";
    ck_assert(!hrm_gazetteer_find(g, &longer.words, &match));
    ck_assert_uint_eq(hrm_gazetteer_suggest(g, &longer.words, near, 2), 0);
    /* suggestions without room are none */
    longer.more = NULL;
    for (uint32_t size = 0; size <= sizeof size; size += (uint32_t)sizeof size) {
        near[0] = (hrm_suggestion){.struct_size = size, .row = 7};
        ck_assert_uint_eq(hrm_gazetteer_suggest(g, &longer.words, near, 2), 0);
        ck_assert_uint_eq(near[0].row, 7);
    }
    hrm_gazetteer_free(g);
    close_land(l);
}
END_TEST

START_TEST(long_texts) {
    land *const l = open_land();
    hrm_gazetteer *const g = open_gazetteer(l);
    char text[3 * HRMI_NAME_BYTES];
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = '\0';
    (void)must_not_find(g, NULL, NULL, text, HRM_REASON_UNKNOWN_NAME);
    (void)must_not_find(g, NULL, text, "Вінницька", HRM_REASON_UNKNOWN_PARENT);
    text[HRMI_FORM_BYTES + 9] = '\0';
    (void)must_not_find(g, NULL, NULL, text, HRM_REASON_UNKNOWN_NAME);
    (void)must_not_find(g, NULL, text, "Вінницька", HRM_REASON_UNKNOWN_PARENT);
    for (size_t i = 0; i < 40; i++) memcpy(text + 3 * i, "a, ", 4);
    (void)must_not_find(g, NULL, NULL, text, HRM_REASON_UNKNOWN_NAME);
    (void)must_not_find(g, NULL, NULL, "\xFF\xFE", HRM_REASON_NOT_UTF8);
    (void)must_not_find(g, "\xFF\xFE", NULL, NULL, HRM_REASON_NOT_UTF8);
    (void)must_not_find(g, NULL, "\xFF", "Вінницька", HRM_REASON_UNKNOWN_PARENT);
    hrm_gazetteer_free(g);
    close_land(l);
}
END_TEST

START_TEST(wrong_arguments) {
    hrm_context *const ctx = hrmt_context();
    hrm_gazetteer_options options;
    hrm_gazetteer *g = (hrm_gazetteer *)&options;
    ck_assert_int_eq(hrm_gazetteer_new(NULL, NULL, NULL, &g), HRM_ERROR_ARGUMENT);
    hrmt_fails(ctx, hrm_gazetteer_new(ctx, NULL, NULL, NULL), HRM_ERROR_ARGUMENT, "out is NULL");
    hrmt_fails(ctx, hrm_gazetteer_new(ctx, NULL, NULL, &g), HRM_ERROR_ARGUMENT,
               "neither a layer nor a codifier");
    ck_assert_ptr_null(g);
    hrm_gazetteer_options_init(&options, sizeof options);
    options.reserved = 1;
    hrmt_fails(ctx, hrm_gazetteer_new(ctx, NULL, &options, &g), HRM_ERROR_UNSUPPORTED, "reserved");
    hrm_gazetteer_free(NULL);
    hrm_context_free(ctx);
}
END_TEST

typedef struct parts_of_gazetteer {
    const land *land;
    const hrm_layer *layer;
} parts_of_gazetteer;

static hrm_status make_gazetteer(hrm_context *ctx, void *user) {
    const parts_of_gazetteer *const parts = user;
    hrm_gazetteer_options options;
    hrm_gazetteer *g = NULL;
    hrm_gazetteer_options_init(&options, sizeof options);
    options.codifier = parts->land->codifier;
    const hrm_status status = hrm_gazetteer_new(ctx, parts->layer, &options, &g);
    ck_assert(status == HRM_OK || g == NULL);
    hrm_gazetteer_free(g);
    return status;
}

START_TEST(memory_that_runs_out) {
    land *const l = open_land();
    hrm_layer *const layer = layer_of(l->ctx, with_levels, WITH_LEVELS);
    hrmt_fail_each(make_gazetteer, &(parts_of_gazetteer){l, layer});
    hrmt_fail_each(make_gazetteer, &(parts_of_gazetteer){l, NULL});
    hrm_layer_free(layer);
    close_land(l);
}
END_TEST

START_TEST(names_of_ways_and_reasons) {
    for (int32_t language = HRM_UK; language <= HRM_EN; language++) {
        for (int32_t i = 0; i < HRM_MATCH_WAYS; i++) {
            ck_assert_str_ne(hrm_match_way_name(i, language), "");
            for (int32_t k = 0; k < i; k++)
                ck_assert_str_ne(hrm_match_way_name(i, language), hrm_match_way_name(k, language));
        }
        for (int32_t i = 0; i < HRM_REASONS; i++) {
            ck_assert_str_ne(hrm_match_reason_name(i, language), "");
            for (int32_t k = 0; k < i; k++)
                ck_assert_str_ne(hrm_match_reason_name(i, language), hrm_match_reason_name(k, language));
        }
    }
    ck_assert_str_eq(hrm_match_way_name(HRM_MATCH_NAME_RAION, HRM_EN), "name + raion");
    ck_assert_str_eq(hrm_match_reason_name(HRM_REASON_AMBIGUOUS_NAME, HRM_UK), "неоднозначна назва");
    ck_assert_str_eq(hrm_match_way_name(-1, HRM_EN), "unknown");
    ck_assert_str_eq(hrm_match_reason_name(HRM_REASONS, HRM_UK), "невідомо");
}
END_TEST

HRMT_SUITE("gazetteer", &cases_of_the_file, &a_layer_alone, &a_layer_with_a_codifier, &a_layer_of_one_oblast,
           &opaque_codes, &a_layer_without_names, &a_layer_in_english, &the_order_of_rows_does_not_matter,
           &what_is_told_of_names, &more_of_one_name_than_are_counted, &raions_of_one_name, &former_codes,
           &aliases_and_where_they_hold, &very_many_units_of_one_name, &communities_that_were_merged,
           &codes_that_a_codifier_lacks, &numbers_of_units_that_moved, &nearest_names,
           &structs_of_other_versions, &long_texts, &wrong_arguments, &memory_that_runs_out,
           &names_of_ways_and_reasons)
