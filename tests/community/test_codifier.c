/* Codifiers: units, parents, communities, types, former codes and names, renamings and mergers, and what is
 * refused. */
#include "community/codifier.h"
#include "harness/harness.h"

enum { MAX = 32 };

/* One record; "" and NULL for what the source does not say. */
typedef struct row {
    const char *code, *name, *category, *type, *old_codes, *old_names, *from, *to, *successor;
} row;

/* A small country: an oblast with a raion of two communities, Kyiv with a district, and a settlement in no
 * community. */
static const row country[] = {
    {"UA05000000000010236", "Вінницька", "O", "", "0500000000", "", "", "", ""},
    {"UA05020000000026686", "Вінницький ", "P", "", "0520600000, 0522800000", "", "", "", ""},
    {"UA05020030000031457", "Вінницька ", "H", "", "", "", "", "", ""},
    {"UA05020030010063857", "Вінниця", "M", "", "0510100000", "", "", "", ""},
    {"UA05020030020035847", "Вінницькі Хутори", "C", "", "0520681001", "", "", "", ""},
    {"UA05020050000052259", "Вороновицька", "Н", "", "", "", "", "", ""}, /* a Cyrillic letter */
    {"UA05020050010011111", "Вороновиця", "X", "", "0520655600", "", "", "", ""},
    {"UA32000000000030281", "Київська", "O", "", "3200000000", "", "", "", ""},
    {"UA32000000010085013", "Прип'ять", "M", "", "3211000000", "", "", "", ""},
    {"UA80000000000093317", "Київ", "K", "", "8000000000", "", "", "", ""},
    {"UA80000000000126643", "Голосіївський", "B", "", "8036100000", "", "", "", ""},
    {"UA05020070000077777", "Хутірська", "h", "", "", "", "", "", ""},
    {"UA05020070010088888", "Хутір", "с", "", "", "", "", "", ""}, /* small, the second one Cyrillic */
    {"UA05020070020099999", "Смт", "T", "", "", "", "", "", ""},
};

/* The arrays of an input, kept beside it. */
typedef struct arrays {
    const char *codes[MAX], *names[MAX], *categories[MAX], *types[MAX], *old_codes[MAX], *old_names[MAX],
        *from[MAX], *to[MAX], *successors[MAX];
    hrm_codifier_input input;
} arrays;

static void fill(arrays *a, const row *rows, size_t count) {
    memset(a, 0, sizeof *a);
    hrm_codifier_input_init(&a->input, sizeof a->input);
    for (size_t i = 0; i < count; i++) {
        a->codes[i] = rows[i].code;
        a->names[i] = rows[i].name;
        a->categories[i] = rows[i].category;
        a->types[i] = rows[i].type;
        a->old_codes[i] = rows[i].old_codes;
        a->old_names[i] = rows[i].old_names;
        a->from[i] = rows[i].from;
        a->to[i] = rows[i].to;
        a->successors[i] = rows[i].successor;
    }
    a->input.count = count;
    a->input.codes = a->codes;
    a->input.names_uk = a->names;
    a->input.categories = a->categories;
    a->input.types = a->types;
    a->input.old_codes = a->old_codes;
    a->input.old_names = a->old_names;
    a->input.valid_from = a->from;
    a->input.valid_to = a->to;
    a->input.successors = a->successors;
    a->input.source = "list.csv";
}

static hrm_codifier *made(hrm_context *ctx, const row *rows, size_t count) {
    arrays a;
    hrm_codifier *codifier = NULL;
    fill(&a, rows, count);
    hrmt_ok(ctx, hrm_codifier_new(ctx, &a.input, &codifier));
    return codifier;
}

static hrm_codifier_unit unit(const hrm_codifier *codifier, size_t i) {
    hrm_codifier_unit out = {.struct_size = sizeof out};
    ck_assert(hrm_codifier_unit_info(codifier, i, &out));
    return out;
}

START_TEST(units_know_where_they_lie) {
    hrm_context *ctx = hrmt_context();
    hrm_codifier *c = made(ctx, country, sizeof country / sizeof *country);
    static const size_t parents[] = {HRM_NONE, 0, 1, 2, 2, 1, 5, HRM_NONE, 7, HRM_NONE, 9, 1, 11, 11};
    static const size_t communities[] = {HRM_NONE, HRM_NONE, 2, 2, 2,  5,  5,
                                         HRM_NONE, HRM_NONE, 9, 9, 11, 11, 11};
    static const int32_t categories[] = {1, 3, 4, 5, 7, 4, 6, 1, 5, 2, 8, 4, 7, 6};
    static const int32_t types[] = {
        0, 0, HRM_TYPE_CITY, 0, 0, HRM_TYPE_SETTLEMENT, 0, 0, 0, HRM_TYPE_CITY, 0, HRM_TYPE_VILLAGE, 0, 0};
    ck_assert_uint_eq(hrm_codifier_count(c), 14);
    for (size_t i = 0; i < 14; i++) {
        const hrm_codifier_unit u = unit(c, i);
        ck_assert_str_eq(u.code, country[i].code);
        ck_assert_uint_eq(u.parent, parents[i]);
        ck_assert_uint_eq(u.community, communities[i]);
        ck_assert_int_eq(u.category, categories[i]);
        ck_assert_int_eq(u.type, types[i]);
        ck_assert_uint_eq(u.centre, i == 2 ? 3 : i == 5 ? 6 : i == 11 ? 12 : HRM_NONE);
        ck_assert_str_eq(u.valid_from, "");
        ck_assert_str_eq(u.successor, "");
        ck_assert_str_eq(u.name_en, "");
    }
    ck_assert_str_eq(unit(c, 1).name_uk, "Вінницький"); /* without the blank behind it */
    ck_assert_uint_eq(hrm_codifier_child_count(c, 2), 2);
    ck_assert_uint_eq(hrm_codifier_child(c, 2, 0), 3);
    ck_assert_uint_eq(hrm_codifier_child(c, 2, 1), 4);
    ck_assert_uint_eq(hrm_codifier_child(c, 2, 2), HRM_NONE);
    ck_assert_uint_eq(hrm_codifier_child_count(c, 1), 3);
    ck_assert_uint_eq(hrm_codifier_child(c, 1, 1), 5);
    ck_assert_uint_eq(hrm_codifier_child_count(c, 10), 0);
    ck_assert_uint_eq(hrm_codifier_child_count(c, HRM_NONE), 0);
    hrm_codifier_unit none = {.struct_size = sizeof none};
    ck_assert(!hrm_codifier_unit_info(c, 14, &none));
    ck_assert(!hrm_codifier_unit_info(c, 0, NULL));
    hrm_codifier_free(c);
    hrm_codifier_free(NULL);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(units_are_found) {
    static const struct {
        const char *code;
        size_t unit;
    } all[] = {
        {"UA05020030000031457", 2},
        {" ua05020030000031457", 2},
        {"05020030000031457", 2},
        {"5020030000031457", 2},
        {"5020030010063860", 3}, /* its last digit is rounded away */
        {"UA05020030000031458", HRM_NONE},
        {"80000000000093316", 9}, /* the double next to it */
        {"80000000000093325", 9},
        {"80000000000093326", HRM_NONE},
        {"UA80000000000093316", HRM_NONE},
        {"80000000000093300", 9},
        {"UA0502003", 2},
        {"UA0502003002", 4},
        {"UA05", 0},
        {"UA0502", 1},
        {"UA32", 7},
        {"UA3200000", HRM_NONE}, /* the zone is no unit of the codifier */
        {"UA3200000001", 8},
        {"UA80", 9},
        {"UA8000000", 9},
        {"UA800000000001", 10},
        {"UA8500000", HRM_NONE},
        {"0502003", HRM_NONE},
        {"0510100000", HRM_NONE}, /* former codes are asked for apart */
        {"", HRM_NONE},
        {NULL, HRM_NONE},
    };
    hrm_context *ctx = hrmt_context();
    hrm_codifier *c = made(ctx, country, sizeof country / sizeof *country);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_msg(hrm_codifier_find(c, all[i].code) == all[i].unit, "%s", all[i].code);
    ck_assert_uint_eq(hrm_codifier_find_old(c, "0510100000"), 3);
    ck_assert_uint_eq(hrm_codifier_find_old(c, "510100000"), 3);
    ck_assert_uint_eq(hrm_codifier_find_old(c, "510100000.0"), 3);
    ck_assert_uint_eq(hrm_codifier_find_old(c, "0522800000"), 1);
    ck_assert_uint_eq(hrm_codifier_find_old(c, "5.101E+08"), HRM_NONE);
    ck_assert_uint_eq(hrm_codifier_find_old(c, "1"), HRM_NONE);
    ck_assert_uint_eq(hrm_codifier_find_old(c, ""), HRM_NONE);
    ck_assert_uint_eq(hrm_codifier_find_old(c, NULL), HRM_NONE);
    hrm_codifier_free(c);
    hrm_context_free(ctx);
}
END_TEST

/* P-codes as COD-AB has them: three levels, Kyiv on each of them, and the zone. */
START_TEST(codes_of_boundary_layers_make_one_too) {
    static const row cod[] = {
        {"UA32", "Київська", "", "", "", "", "", "", ""},
        {"UA80", "Київ", "", "", "", "", "", "", ""},
        {"UA8000", "Київ", "", "", "", "", "", "", ""},
        {"UA8000000", "Київ", "", "", "", "", "", "", ""},
        {"UA3200", "Чорнобиль", "", "", "", "", "", "", ""},
        {"UA3200000", "зона", "", "", "", "", "", "", ""},
        {"UA3202", "Білоцерківський", "", "", "", "", "", "", ""},
        {"UA3202001", "Білоцерківська", "", "", "", "", "", "", ""},
        {"UA3202001001", "Біла Церква", "", "", "", "", "", "", ""},
    };
    static const size_t parents[] = {HRM_NONE, HRM_NONE, 1, 2, 0, 4, 0, 6, 7};
    static const size_t communities[] = {HRM_NONE, HRM_NONE, HRM_NONE, 3, HRM_NONE, 5, HRM_NONE, 7, 7};
    hrm_context *ctx = hrmt_context();
    hrm_codifier *c = made(ctx, cod, 9);
    for (size_t i = 0; i < 9; i++) {
        ck_assert_uint_eq(unit(c, i).parent, parents[i]);
        ck_assert_uint_eq(unit(c, i).community, communities[i]);
        ck_assert_uint_eq(hrm_codifier_find(c, cod[i].code), i);
    }
    ck_assert_int_eq(unit(c, 0).category, HRM_UNIT_OBLAST);
    ck_assert_int_eq(unit(c, 1).category, HRM_UNIT_SPECIAL_CITY);
    ck_assert_int_eq(unit(c, 7).type, HRM_TYPE_UNKNOWN); /* no category says what the centre is */
    ck_assert_int_eq(unit(c, 8).category, HRM_UNIT_VILLAGE);
    ck_assert_uint_eq(hrm_codifier_find(c, "UA32020010000048857"), 7);
    ck_assert_uint_eq(hrm_codifier_find(c, "UA32000000010085013"), HRM_NONE);
    hrm_codifier_free(c);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(parents_may_be_lacking_by_level) {
    static const row two[] = {{"UA05020030000031457", "Вінницька", "", "міська", "", "", "", "", ""},
                              {"UA05020050000052259", "Вороновицька", "", "Селищна ", "", "", "", "", ""}};
    hrm_context *ctx = hrmt_context();
    hrm_codifier *c = made(ctx, two, 2);
    ck_assert_uint_eq(unit(c, 0).parent, HRM_NONE);
    ck_assert_int_eq(unit(c, 0).category, HRM_UNIT_COMMUNITY);
    ck_assert_int_eq(unit(c, 0).type, HRM_TYPE_CITY);
    ck_assert_int_eq(unit(c, 1).type, HRM_TYPE_SETTLEMENT);
    hrm_codifier_free(c);
    hrm_context_free(ctx);
}
END_TEST

/* A community is renamed in 2024 and joined to another in 2026; one is split off and gone without successor.
 */
static const row history[] = {
    {"UA12020010000000001", "Дніпровська", "H", "", "1", "", "", "", ""},
    {"UA12020030000000002", "Червонська", "H", "", "2;3", "Радянська;; Ленінська ;", "2020-10-25",
     "2024-09-26", ""},
    {"UA12020030000000002", "Калинівська", "H", "", "4", "Калинівська; Радянська", "2024-09-26", "2026-01-01",
     "UA12020010000000001"},
    {"UA12020050000000003", "Зникла", "H", "", "3", "", "2020-10-25", "2021-01-01", ""},
    {"UA12020070000000004", "Коло А", "H", "", "", "", "", "2021-01-01", "UA1202009"},
    {"UA12020090000000005", "Коло Б", "H", "", "", "", "", "2021-01-01", "UA1202007"},
    {"UA12020030000000006", "Нова", "H", "", "", "", "2026-01-01", "", ""}, /* takes the place of 0000002 */
};

START_TEST(units_change_with_time) {
    hrm_context *ctx = hrmt_context();
    hrm_codifier *c = made(ctx, history, 7);
    ck_assert_uint_eq(hrm_codifier_count(c), 6);
    const hrm_codifier_unit u = unit(c, 1);
    ck_assert_str_eq(u.name_uk, "Калинівська");
    ck_assert_str_eq(u.valid_from, "2020-10-25");
    ck_assert_str_eq(u.valid_to, "2026-01-01");
    ck_assert_str_eq(u.successor, "UA12020010000000001");
    static const char *const former[] = {"Червонська", "Ленінська", "Радянська"};
    const hrmi_former_name *f = hrmi_codifier_former_names(c, 1);
    for (size_t i = 0; i < 3; i++, f = f->next) ck_assert_str_eq(f->name, former[i]);
    ck_assert_ptr_null(f);
    ck_assert_ptr_null(hrmi_codifier_former_names(c, 0));
    ck_assert_ptr_null(hrmi_codifier_former_names(c, 99));
    /* of two units of one place the P-code is the later one's */
    ck_assert_uint_eq(hrm_codifier_find(c, "UA1202003"), 5);
    ck_assert_uint_eq(hrm_codifier_find(c, "UA12020030000000002"), 1);
    ck_assert_uint_eq(hrm_codifier_find(c, "UA12020030000000006"), 5);
    ck_assert_uint_eq(hrm_codifier_find_old(c, "2"), 1);
    ck_assert_uint_eq(hrm_codifier_find_old(c, "4"), 1);
    ck_assert_uint_eq(hrm_codifier_find_old(c, "3"), HRM_NONE); /* two had it */
    /* following */
    ck_assert_uint_eq(hrm_codifier_follow(c, 1, NULL), 0);
    ck_assert_uint_eq(hrm_codifier_follow(c, 1, "2020-10-24"), 0); /* the successor was there before */
    ck_assert_uint_eq(hrm_codifier_follow(c, 1, "2020-10-25"), 1);
    ck_assert_uint_eq(hrm_codifier_follow(c, 1, "2024-09-26"), 1);
    ck_assert_uint_eq(hrm_codifier_follow(c, 1, "2025-12-31"), 1);
    ck_assert_uint_eq(hrm_codifier_follow(c, 1, "2026-01-01"), 0);
    ck_assert_uint_eq(hrm_codifier_follow(c, 2, NULL), 2);
    ck_assert_uint_eq(hrm_codifier_follow(c, 2, "2021-01-01"), HRM_NONE);
    ck_assert_uint_eq(hrm_codifier_follow(c, 2, "2020-12-31"), 2);
    ck_assert_uint_eq(hrm_codifier_follow(c, 3, NULL), HRM_NONE); /* a circle */
    ck_assert_uint_eq(hrm_codifier_follow(c, 3, "2020-06-01"), 3);
    ck_assert_uint_eq(hrm_codifier_follow(c, 3, "2022-06-01"), HRM_NONE);
    static const char *const no_days[] = {"",           "2024",       "2024-13-01", "2024-02-30",
                                          "2023-02-29", "2024-00-10", "2024-01-00", "2024-1-01",
                                          "2024/01/01", "24-01-0001", "1900-02-29", "2024-02/29",
                                          "2024/02-29", "202a-02-01", "2024-a2-01", "2024-01-3/"};
    for (size_t i = 0; i < sizeof no_days / sizeof *no_days; i++)
        ck_assert_msg(hrm_codifier_follow(c, 0, no_days[i]) == HRM_NONE, "%s", no_days[i]);
    ck_assert_uint_eq(hrm_codifier_follow(c, 0, "2000-02-29"), 0);
    ck_assert_uint_eq(hrm_codifier_follow(c, 99, NULL), HRM_NONE);
    hrm_codifier_free(c);
    hrm_context_free(ctx);
}
END_TEST

/* Units of one place, the later ones first; and a successor that only an earlier record has. */
static const row successions[] = {
    {"UA12020030000000009", "Третя", "H", "", "", "", "2022-01-01", "2024-01-01", ""},
    {"UA12020030000000008", "Друга", "H", "", "", "", "2021-01-01", "2022-01-01", ""},
    {"UA12020030000000007", "Перша", "H", "", "", "", "2020-01-01", "2021-01-01", ""},
    {"UA12020010000000001", "Стара", "H", "", "", "", "2020-01-01", "2021-01-01", "UA1202003"},
    {"UA12020010000000001", "Знову", "H", "", "", "", "2021-01-01", "", ""},
    {"UA85000000000065278", "Севастополь", "K", "", "", "", "", "", ""},
};

START_TEST(units_follow_each_other) {
    hrm_context *ctx = hrmt_context();
    hrm_codifier *c = made(ctx, successions, 6);
    ck_assert_uint_eq(hrm_codifier_find(c, "UA1202003"), 0); /* the one that held longest */
    ck_assert_uint_eq(hrm_codifier_find(c, "UA12020030000000007"), 2);
    ck_assert_str_eq(unit(c, 3).successor, "");
    ck_assert_str_eq(unit(c, 3).name_uk, "Знову");
    ck_assert_uint_eq(hrm_codifier_find(c, "UA8500000"), 4);
    ck_assert_uint_eq(hrm_codifier_find(c, "UA8500"), 4);
    ck_assert_uint_eq(hrm_codifier_find(c, "UA8000000"), HRM_NONE);
    ck_assert_uint_eq(unit(c, 4).community, 4);
    hrm_codifier_free(c);
    hrm_context_free(ctx);
}
END_TEST

static void refused(const row *rows, size_t count, hrm_status status, const char *words) {
    arrays a;
    hrm_context *ctx = hrmt_context();
    hrm_codifier *codifier = NULL;
    fill(&a, rows, count);
    hrmt_fails(ctx, hrm_codifier_new(ctx, &a.input, &codifier), status, words);
    ck_assert_msg(strncmp(hrm_error_message(ctx), "list.csv: ", 10) == 0, "%s", hrm_error_message(ctx));
    ck_assert_ptr_null(codifier);
    hrm_context_free(ctx);
}

START_TEST(records_that_cannot_be) {
    static const row raion = {"UA05020000000026686", "Вінницький", "P", "", "", "", "", "", ""};
    static const row good = {"UA05020030000031457", "Вінницька", "H", "", "", "", "", "", ""};
    row rows[10] = {good, good};
#define WITH(...) (rows[1] = (row){__VA_ARGS__}, rows)
    refused(&raion, 1, HRM_ERROR_CODE, "not one of its 1 records is a community");
    refused(WITH("UA0502005000005225", "", "", "", "", "", "", "", ""), 2, HRM_ERROR_CODE,
            "row 2: the code \"UA0502005000005225\" cannot be used: the number of its digits");
    refused(WITH("05020050000052259", "", "", "", "", "", "", "", ""), 2, HRM_ERROR_CODE, "letters UA");
    refused(WITH("0510100000", "", "", "", "", "", "", "", ""), 2, HRM_ERROR_CODE, "KOATUU");
    refused(WITH(NULL, "", "", "", "", "", "", "", ""), 2, HRM_ERROR_CODE, "it is empty");
    refused(WITH("UA05020030000031457", "", "", "", "", "", "", "", ""), 2, HRM_ERROR_DUPLICATE,
            "rows 1 and 2: the code UA05020030000031457 is there twice at one time");
    refused(WITH("UA05020030000031458", "", "", "", "", "", "", "", ""), 2, HRM_ERROR_DUPLICATE,
            "UA05020030000031457 and UA05020030000031458 have the same place");
    refused(WITH("UA0502005", "", "Q", "", "", "", "", "", ""), 2, HRM_ERROR_VALUE,
            "row 2 (UA0502005): \"Q\" is no category");
    refused(WITH("UA0502005", "", "HH", "", "", "", "", "", ""), 2, HRM_ERROR_VALUE, "is no category");
    refused(WITH("UA0502005", "", "C", "", "", "", "", "", ""), 2, HRM_ERROR_VALUE,
            "the category \"C\" does not belong to a code of this level");
    refused(WITH("UA0502005", "", "K", "", "", "", "", "", ""), 2, HRM_ERROR_VALUE, "does not belong");
    refused(WITH("UA07", "", "K", "", "", "", "", "", ""), 2, HRM_ERROR_VALUE, "does not belong");
    refused(WITH("UA8100000", "", "K", "", "", "", "", "", ""), 2, HRM_ERROR_VALUE, "does not belong");
    refused(WITH("UA0502005", "", "", "велика", "", "", "", "", ""), 2, HRM_ERROR_VALUE,
            "\"велика\" is no type");
    refused(WITH("UA0502005", "", "", "", "", "", "26.09.2024", "", ""), 2, HRM_ERROR_VALUE,
            "\"26.09.2024\" is no day");
    refused(WITH("UA0502005", "", "", "", "", "", "", "soon", ""), 2, HRM_ERROR_VALUE, "\"soon\" is no day");
    refused(WITH("UA0502005", "", "", "", "", "", "2024-09-26", "2024-09-26", ""), 2, HRM_ERROR_VALUE,
            "it ends on 2024-09-26, before it begins");
    refused(WITH("UA0502005", "", "", "", "", "", "", "", "UA0502007"), 2, HRM_ERROR_VALUE,
            "row 2 (UA0502005): its successor \"UA0502007\" is not in the codifier");
    refused(WITH("UA0702", "", "", "", "", "", "", "", ""), 2, HRM_ERROR_VALUE,
            "UA05020030000031457 lies in UA0502, which is not there");
    refused(WITH("UA0502005", "\xFF", "", "", "", "", "", "", ""), 2, HRM_ERROR_ARGUMENT, "not UTF-8");
    static const char *const nine[] = {"UA05020030000000001", "UA05020030000000002", "UA05020030000000003",
                                       "UA05020030000000004", "UA05020030000000005", "UA05020030000000006",
                                       "UA05020030000000007", "UA05020030000000008", "UA05020030000000009"};
    for (size_t i = 0; i < 9; i++) rows[i] = (row){nine[i], "", "", "", "", "", "", "", ""};
    refused(rows, 9, HRM_ERROR_LIMIT, "row 9 (UA05020030000000009): more than 8 codes");
#undef WITH
}
END_TEST

START_TEST(arguments_that_cannot_be) {
    arrays a;
    hrm_context *ctx = hrmt_context();
    hrm_codifier *c = NULL;
    fill(&a, country, 1);
    ck_assert_int_eq(hrm_codifier_new(NULL, &a.input, &c), HRM_ERROR_ARGUMENT);
    hrmt_fails(ctx, hrm_codifier_new(ctx, &a.input, NULL), HRM_ERROR_ARGUMENT, "is NULL");
    hrmt_fails(ctx, hrm_codifier_new(ctx, NULL, &c), HRM_ERROR_ARGUMENT, "is NULL");
    a.input.count = 0;
    hrmt_fails(ctx, hrm_codifier_new(ctx, &a.input, &c), HRM_ERROR_ARGUMENT, "one record at least");
    a.input.count = 1;
    a.input.names_uk = NULL;
    hrmt_fails(ctx, hrm_codifier_new(ctx, &a.input, &c), HRM_ERROR_ARGUMENT, "codes and names_uk");
    a.input.names_uk = a.names;
    a.input.codes = NULL;
    hrmt_fails(ctx, hrm_codifier_new(ctx, &a.input, &c), HRM_ERROR_ARGUMENT, "codes and names_uk");
    a.input.codes = a.codes;
    a.input.reserved = 1;
    hrmt_fails(ctx, hrm_codifier_new(ctx, &a.input, &c), HRM_ERROR_UNSUPPORTED, "hrm_codifier_input");
    ck_assert_ptr_null(c);
    hrm_context_free(ctx);
}
END_TEST

static hrm_status make_and_free(hrm_context *ctx, void *user) {
    const hrm_codifier_input *const input = user;
    hrm_codifier *codifier = NULL;
    const hrm_status status = hrm_codifier_new(ctx, input, &codifier);
    hrm_codifier_free(codifier);
    return status;
}

START_TEST(memory_may_run_out) {
    arrays a;
    fill(&a, country, sizeof country / sizeof *country);
    hrmt_fail_each(make_and_free, &a.input);
    fill(&a, history, 7);
    hrmt_fail_each(make_and_free, &a.input);
}
END_TEST

HRMT_SUITE("codifier", &units_know_where_they_lie, &units_are_found, &codes_of_boundary_layers_make_one_too,
           &parents_may_be_lacking_by_level, &units_change_with_time, &units_follow_each_other,
           &records_that_cannot_be, &arguments_that_cannot_be, &memory_may_run_out)
