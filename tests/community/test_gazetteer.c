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
    static const char *const written[] = {"Стара назва", "Двозначна", "Двозначна", "0599999998"};
    static const char *const codes[] = {"UA0502001", "UA0502001", "UA0502003", "UA0502003"};
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
    aliases.count = 4;
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
    if (strcmp(fields[0], "find") != 0) return;
    ck_assert_msg(count == 7 || count == 8, "line %d", line);
    const hrm_place_words words = {.struct_size = sizeof words,
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

HRMT_SUITE("gazetteer", &cases_of_the_file)
