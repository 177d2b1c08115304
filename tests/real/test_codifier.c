/*
 * The official codifier of 16 May 2025, opened as it is, against counts that Python makes of it by its
 * columns of levels (codifier.txt, written by tests/reference/codifier.py); and the tables of communities
 * that others made of it.
 */
#include "base/case_file.h"

static hrm_codifier *codifier; /* of the lines being checked */
static const char *const counts_file = "tests/real/codifier.txt";

static hrm_codifier *opened(hrm_context *ctx, const char *file) {
    char path[512];
    hrm_source source;
    hrm_codifier *made = NULL;
    hrm_source_init(&source, sizeof source);
    (void)snprintf(path, sizeof path, "%s/codes/%s", getenv("HROMADA_DATA"), file);
    source.path = path;
    hrmt_ok(ctx, hrm_codifier_open(ctx, &source, NULL, &made));
    return made;
}

static hrm_codifier_unit unit(const hrm_codifier *c, size_t i) {
    hrm_codifier_unit out = {.struct_size = sizeof out};
    if (!hrm_codifier_unit_info(c, i, &out))
        ck_abort_msg("no unit %zu", i); /* asserting costs too much here */
    return out;
}

/* How many units below `top`, at any depth, are of a category. */
static size_t count_below(size_t top, int32_t category) {
    size_t count = 0;
    for (size_t i = 0; i < hrm_codifier_count(codifier); i++) {
        if (unit(codifier, i).category != category) continue;
        size_t u = i;
        while (u != HRM_NONE && u != top) u = unit(codifier, u).parent;
        count += u == top;
    }
    return count;
}

static void check_category(char *rest) {
    static const char letters[] = "OKPHMXCB";
    static const int32_t categories[] = {HRM_UNIT_OBLAST,    HRM_UNIT_SPECIAL_CITY, HRM_UNIT_RAION,
                                         HRM_UNIT_COMMUNITY, HRM_UNIT_CITY,         HRM_UNIT_SETTLEMENT,
                                         HRM_UNIT_VILLAGE,   HRM_UNIT_CITY_DISTRICT};
    const int32_t category = categories[strchr(letters, rest[0]) - letters];
    size_t count = 0;
    for (size_t i = 0; i < hrm_codifier_count(codifier); i++) count += unit(codifier, i).category == category;
    ck_assert_uint_eq(count, strtoul(rest + 2, NULL, 10));
}

static void check_oblast(char *rest) {
    char code[32];
    size_t raions = 0, communities = 0, settlements = 0;
    ck_assert_int_eq(sscanf(rest, "%31s %zu %zu %zu", code, &raions, &communities, &settlements), 4);
    const size_t oblast = hrm_codifier_find(codifier, code);
    ck_assert_uint_ne(oblast, HRM_NONE);
    ck_assert_uint_eq(count_below(oblast, HRM_UNIT_RAION), raions);
    ck_assert_uint_eq(count_below(oblast, HRM_UNIT_COMMUNITY), communities);
    size_t inside = 0;
    for (size_t i = 0; i < hrm_codifier_count(codifier); i++) {
        const hrm_codifier_unit u = unit(codifier, i);
        const bool is_settlement = u.category == HRM_UNIT_CITY || u.category == HRM_UNIT_SETTLEMENT ||
                                   u.category == HRM_UNIT_VILLAGE;
        inside += is_settlement && u.community != HRM_NONE && strncmp(u.code, code, 4) == 0;
    }
    ck_assert_uint_eq(inside, settlements);
}

static void check_settlements(char *rest) {
    size_t size = 0, communities = 0, count = 0;
    ck_assert_int_eq(sscanf(rest, "%zu %zu", &size, &communities), 2);
    for (size_t i = 0; i < hrm_codifier_count(codifier); i++)
        count +=
            unit(codifier, i).category == HRM_UNIT_COMMUNITY && hrm_codifier_child_count(codifier, i) == size;
    ck_assert_uint_eq(count, communities);
}

static int32_t type_of_letter(char letter) {
    return letter == 'M' ? HRM_TYPE_CITY : letter == 'X' ? HRM_TYPE_SETTLEMENT : HRM_TYPE_VILLAGE;
}

static void check_type(char *rest) {
    size_t count = 0;
    for (size_t i = 0; i < hrm_codifier_count(codifier); i++) {
        const hrm_codifier_unit u = unit(codifier, i);
        count += u.category == HRM_UNIT_COMMUNITY && u.type == type_of_letter(rest[0]);
    }
    ck_assert_uint_eq(count, strtoul(rest + 2, NULL, 10));
}

START_TEST(the_official_file) {
    if (hrmt_real_data("the official codifier") == NULL) return;
    hrm_context *ctx = hrmt_context();
    codifier = opened(ctx, "kodifikator-16-05-2025.csv");
    ck_assert_uint_eq(hrm_codifier_count(codifier), 31748);
    ck_assert_uint_eq(hrmt_each_case(counts_file, "category", check_category), 8);
    ck_assert_uint_eq(hrmt_each_case(counts_file, "oblast", check_oblast), 25);
    ck_assert_uint_ge(hrmt_each_case(counts_file, "settlements", check_settlements), 50);
    ck_assert_uint_eq(hrmt_each_case(counts_file, "type", check_type), 3);
    hrm_codifier_free(codifier);
    hrm_context_free(ctx);
}
END_TEST

/* A line of the official file: its own code, the one above it, the community's, its name. */
static void check_line(const hrm_codifier *c, char *line) {
    char *fields[7] = {NULL};
    char *at = line;
    for (size_t i = 0; i < 7; i++) {
        fields[i] = at;
        at += strcspn(at, ";\r\n");
        if (*at != '\0') *at++ = '\0';
    }
    size_t level = 4;
    while (level > 0 && fields[level][0] == '\0') level--;
    const size_t u = hrm_codifier_find(c, fields[level]);
    ck_assert_msg(u != HRM_NONE, "%s", fields[level]);
    const hrm_codifier_unit is = unit(c, u);
    ck_assert_str_eq(is.code, fields[level]);
    ck_assert_int_eq(strncmp(is.name_uk, fields[6], strlen(is.name_uk)), 0);
    ck_assert_uint_eq(strspn(fields[6] + strlen(is.name_uk), " "), strlen(fields[6]) - strlen(is.name_uk));
    ck_assert_uint_eq(hrm_codifier_find(c, is.code + (is.code[2] == '0' ? 3 : 2)), u); /* as a number */
    if (level == 0) ck_assert_uint_eq(is.parent, HRM_NONE);
    size_t above = level;
    while (above > 0 && (above == level || fields[above][0] == '\0')) above--;
    /* Prypiat, Chornobyl and the districts of Kyiv and Sevastopol have their oblast's or city's code in the
     * columns between */
    if (level > 0) ck_assert_str_eq(unit(c, is.parent).code, fields[above]);
    const bool in_community = level >= 2 && strncmp(fields[2] + 6, "000", 3) != 0;
    if (in_community) ck_assert_str_eq(unit(c, is.community).code, fields[2]);
    else if (fields[5][0] == 'K' || fields[5][0] == 'B')
        ck_assert_str_eq(unit(c, is.community).code, fields[0]);
    else ck_assert_uint_eq(is.community, HRM_NONE);
}

START_TEST(every_code_is_found) {
    const char *const folder = hrmt_real_data("every code of the official codifier");
    char line[4096];
    size_t count = 0;
    if (folder == NULL) return;
    hrm_context *ctx = hrmt_context();
    hrm_codifier *c = opened(ctx, "kodifikator-16-05-2025.csv");
    (void)snprintf(line, sizeof line, "%s/codes/kodifikator-16-05-2025.csv", folder);
    FILE *const file = fopen(line, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        check_line(c, line);
        count++;
    }
    (void)fclose(file);
    ck_assert_uint_eq(count, hrm_codifier_count(c));
    /* codes that a spreadsheet rounded: the place is unique in the whole country */
    ck_assert_str_eq(unit(c, hrm_codifier_find(c, "12020010010037000")).code, "UA12020010010037010");
    ck_assert_str_eq(unit(c, hrm_codifier_find(c, "1.2020010010037E+16")).code, "UA12020010010037010");
    hrm_codifier_free(c);
    hrm_context_free(ctx);
}
END_TEST

/* The table of communities of others: the same communities, raions and oblasts, and their types in words. */
START_TEST(a_table_of_communities) {
    if (hrmt_real_data("a table of communities as codifier") == NULL) return;
    hrm_context *ctx = hrmt_context();
    hrm_codifier *c = opened(ctx, "kodifikator-16-05-2025.csv");
    hrm_codifier *of_table = opened(ctx, "ua-admin-hromada.csv");
    size_t counts[9] = {0};
    size_t same_type = 0, cities = 0;
    for (size_t i = 0; i < hrm_codifier_count(of_table); i++) {
        const hrm_codifier_unit t = unit(of_table, i);
        const size_t there = hrm_codifier_find(c, t.code);
        counts[t.category]++;
        ck_assert_msg(there != HRM_NONE, "%s", t.code);
        const hrm_codifier_unit u = unit(c, there);
        ck_assert_int_eq(u.category, t.category);
        if (t.parent != HRM_NONE) ck_assert_str_eq(unit(of_table, t.parent).code, unit(c, u.parent).code);
        if (t.category != HRM_UNIT_COMMUNITY) continue;
        same_type += t.type == u.type;
        cities += t.type == HRM_TYPE_CITY && u.type == HRM_TYPE_CITY;
    }
    ck_assert_uint_eq(counts[HRM_UNIT_COMMUNITY], 1772);
    ck_assert_uint_eq(counts[HRM_UNIT_RAION], 136);
    ck_assert_uint_eq(counts[HRM_UNIT_OBLAST], 25); /* Kyiv and Sevastopol have no communities */
    /* communities whose centre became another since the table was made: codifier.txt, "stated" */
    ck_assert_uint_eq(same_type, 426 + 471 + 858);
    ck_assert_uint_eq(cities, 426);
    hrm_codifier_free(of_table);
    hrm_codifier_free(c);
    hrm_context_free(ctx);
}
END_TEST

/* OCHA's list: P-codes, Kyiv and Sevastopol as communities, and the zone. */
START_TEST(a_list_of_p_codes) {
    if (hrmt_real_data("a list of P-codes as codifier") == NULL) return;
    hrm_context *ctx = hrmt_context();
    hrm_codifier *c = opened(ctx, "hromada_names.xlsx");
    size_t communities = 0;
    for (size_t i = 0; i < hrm_codifier_count(c); i++) communities += unit(c, i).community == i;
    ck_assert_uint_eq(communities, 1769);
    const hrm_codifier_unit u = unit(c, hrm_codifier_find(c, "UA0502003"));
    ck_assert_str_eq(u.name_uk, "Вінницька");
    ck_assert_str_eq(u.name_en, "Vinnytska");
    ck_assert_str_eq(unit(c, u.parent).code, "UA0502");
    ck_assert_str_eq(unit(c, unit(c, u.parent).parent).code, "UA05");
    ck_assert_uint_ne(hrm_codifier_find(c, "UA3200000"), HRM_NONE);
    hrm_codifier_free(c);
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("codifier", &the_official_file, &every_code_is_found, &a_table_of_communities, &a_list_of_p_codes)
