/* What the fields of a table hold, and which one holds the codes. */
#include "io/files.h"

typedef struct trial {
    hrm_context *ctx;
    char *folder;
    char *path;
    hrm_fields *fields;
} trial;

static trial begin(const char *text) {
    trial t = {.ctx = hrmt_context()};
    t.folder = hrmt_folder("fields");
    t.path = hrmt_text_file(t.folder, "t.csv", text);
    return t;
}

static hrm_status open_file(trial *t) {
    hrm_source source;
    hrm_source_init(&source, sizeof source);
    source.path = t->path;
    return hrm_fields_open(t->ctx, &source, NULL, 0, &t->fields);
}

static trial look(const char *text) {
    trial t = begin(text);
    hrmt_ok(t.ctx, open_file(&t));
    return t;
}

static void end(trial *t) {
    hrm_fields_free(t->fields);
    free(t->path);
    free(t->folder);
    hrm_context_free(t->ctx);
}

static hrm_field_info field(const trial *t, size_t i) {
    hrm_field_info info = {.struct_size = (uint32_t)sizeof info};
    ck_assert(hrm_fields_field(t->fields, i, &info));
    return info;
}

START_TEST(cells_are_counted_by_kind) {
    trial t = look("code,amount,kind,budget\n"
                   "UA0502001,\"1 234,5\",міська,0250100000\n"
                   "UA0502003,NA,,2550200000\n"
                   "UA05020050000012345,7,NA,\n");
    ck_assert_uint_eq(hrm_fields_count(t.fields), 4);
    ck_assert_uint_eq(hrm_fields_row_count(t.fields), 3);
    ck_assert_uint_eq(field(&t, 0).codes, 3);
    ck_assert_int_eq(field(&t, 0).is_number, 0);
    ck_assert_uint_eq(field(&t, 1).filled, 2);
    ck_assert_uint_eq(field(&t, 1).numbers, 2);
    ck_assert_int_eq(field(&t, 1).is_number, 1);
    ck_assert_uint_eq(field(&t, 2).filled, 1);
    ck_assert_int_eq(field(&t, 2).is_number, 0);
    ck_assert_uint_eq(field(&t, 3).old_codes, 2);
    ck_assert_int_eq(field(&t, 3).is_number, 0); /* zeros in front: digits, and no number */
    hrm_field_info none = {.struct_size = (uint32_t)sizeof none};
    ck_assert(!hrm_fields_field(t.fields, 4, &none));
    none.struct_size = 0;
    ck_assert(!hrm_fields_field(t.fields, 0, &none));
    end(&t);
}
END_TEST

START_TEST(most_decide_what_a_field_is) {
    trial t = look("a,b,c\n1,1,\"1,234\"\n2,x,\"2,345\"\n#DIV/0!,2,x\nблизько 900,y,\n5,,\n");
    ck_assert_int_eq(field(&t, 0).is_number, 1); /* 3 of 5 */
    ck_assert_int_eq(field(&t, 1).is_number, 0); /* 2 of 4 */
    ck_assert_int_eq(field(&t, 2).is_number, 1); /* 2 of 3, whatever the commas mean */
    ck_assert_uint_eq(field(&t, 2).numbers, 2);
    end(&t);
}
END_TEST

START_TEST(ids_are_made_of_headings) {
    static const char *const ids[] = {"Дохід_тис_грн", "_2020",           "Code_2", "field_4", "a",
                                      "A_2",           "share_missing_2", "a_3",    "b_c_d_e", "budget_2021"};
    trial t = look("\"Дохід, тис. грн\",2020,Code,%,a,A,share_missing,a!,b.c-d_e,budget@2021\n"
                   "1,2,3,4,5,6,7,8,9,10\n");
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) ck_assert_str_eq(field(&t, i).id, ids[i]);
    ck_assert_str_eq(field(&t, 0).name, "Дохід, тис. грн");
    end(&t);
}
END_TEST

static void find(const char *text, hrm_status status, const char *words, size_t expected) {
    trial t = look(text);
    size_t place = 77;
    if (status == HRM_OK) hrmt_ok(t.ctx, hrm_fields_find_code(t.ctx, t.fields, &place));
    else hrmt_fails(t.ctx, hrm_fields_find_code(t.ctx, t.fields, &place), status, words);
    ck_assert_uint_eq(place, expected);
    end(&t);
}

START_TEST(the_field_of_codes_is_found) {
    find("oblast,id,v\nUA05000000000010236,UA0502001,1\nUA05000000000010236,UA0502003,2\n", HRM_OK, "", 1);
    find("v,settlement,community\n1,UA05020010020012345,UA0502001\n2,UA05020030020012345,UA0502003\n", HRM_OK,
         "", 1); /* both say the same communities: the first */
    find("a,b\nUA0502001,UA0502003\nUA0502003,UA0502001\n", HRM_ERROR_FIELD,
         "both \"a\" and \"b\" hold codes of communities, and they differ", HRM_NONE);
    find(
        "a,b\nПерша,5\nДруга,6\n", HRM_ERROR_FIELD,
        "no field holds codes of communities (as UA05020030000031457 or UA0502003); say which fields hold "
        "codes or names (code, name), or where the headings stand (header_row, header_rows), of \"a\", \"b\"",
        HRM_NONE);
    find("a,b\nUA0502001,1\n,2\n,3\n", HRM_ERROR_FIELD, "no field holds codes", HRM_NONE); /* hardly filled */
}
END_TEST

/* A number of 17 digits is a code that has lost its UA; one with an exponent has lost the community. */
START_TEST(damaged_codes_may_be_rarer) {
    find("Код,v\nUA0502001,1\nUA0502003,2\n5.02005E+16,3\n", HRM_OK, "", 0);
    find("x,KATOTTG\n1,05020010000053508\n2,5020030000031457\n3,втрачено\n", HRM_OK, "", 1);
    find("Код,v\nUA0502001,1\n5.02005E+16,3\nа,4\nб,5\n", HRM_ERROR_FIELD, "no field holds codes", HRM_NONE);
    find("a,v\nUA0502001,1\nUA0502003,2\nUA0502005,3\nнемає,4\n", HRM_OK, "", 0);
    find("a,v\nUA0502001,1\nUA0502003,2\n5.02005E+16,3\n", HRM_ERROR_FIELD, "no field holds codes", HRM_NONE);
    find("Код,code,v\nUA0502001,UA0502003,1\nUA0502003,UA0502001,2\nнемає,немає,3\n", HRM_ERROR_FIELD,
         "both \"Код\" and \"code\" hold codes", HRM_NONE);
}
END_TEST

static void check_headings(const char *text, size_t count, const char *const *names) {
    trial t = look(text);
    ck_assert_uint_eq(hrm_fields_count(t.fields), count);
    for (size_t i = 0; i < count; i++) ck_assert_str_eq(field(&t, i).name, names[i]);
    end(&t);
}

START_TEST(headings_are_what_stands_above_the_codes) {
    static const char *const one[] = {"Код", "Сума"};
    static const char *const two[] = {"Код", "Доходи / план", "Доходи / факт"};
    static const char *const ids[] = {"code", "income", "spent"};
    static const char *const years[] = {"Код", "2022", "2023"};
    static const char *const months[] = {"Код", "1", "2"};
    check_headings("Код,Сума\nнемає,близько 900\nUA0502001,5\n", 2, one); /* the first row says all */
    check_headings("Звіт,\nтис. грн,\nКод,Сума\nВінницька область,\nUA0502001,5\n", 2, one);
    check_headings("Код,Доходи,\n,план,факт\nUA0502001,5,6\n", 3, two);
    check_headings("Звіт,,\nКод,Доходи,\n,план,факт\n1,2,3\nВінницька,,\nUA0502001,5,6\n", 3, two);
    check_headings("Звіт,,\nКод,Доходи,\n,план,факт\nУсього,11,\nUA0502001,5,6\n", 3, two);
    check_headings(",Гроші,\nКод,Дохід,Видатки\ncode,income,spent\nUA0502001,5,6\n", 3, ids);
    check_headings("Звіт,,\nКод,2022,2023\nUA0502001,5,6\n", 3, years);
    check_headings("Звіт,,\nКод,1,2\nUA0502001,5,6\n", 3, months);
    check_headings("Код,1,2\nUA0502001,5,6\n", 3, months);
    trial t = look("Звіт,,\nКод,Доходи,\n,план,факт\n1,2,3\nВінницька область,,\nUA0502001,5,6\n"
                   "Код,Доходи,\n,план,факт\n1,2,3\nЖитомирська область,,\nUA1802001,7,8\nУсього,12,14\n");
    size_t place = 77;
    ck_assert_uint_eq(hrm_fields_row_count(t.fields), 4); /* neither headings nor column numbers */
    ck_assert_uint_eq(field(&t, 1).numbers, 2);
    hrmt_ok(t.ctx, hrm_fields_find_code(t.ctx, t.fields, &place));
    ck_assert_uint_eq(place, 0);
    end(&t);
}
END_TEST

START_TEST(a_table_without_headings_is_refused) {
    static const char *const texts[] = {"UA05020010000053508,12\nUA05020030000031457,15\n", "UA0502001,1\n",
                                        ",\nUA05000000000010236,1\n", "05020010000053508,1\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        trial t = begin(texts[i]);
        hrmt_fails(
            t.ctx, open_file(&t), HRM_ERROR_FORMAT,
            "is a code, and no heading: the row looks like data, and the table has no row of headings; "
            "add one above it, or say in which row the headings stand (header_row)");
        end(&t);
    }
}
END_TEST

START_TEST(fields_are_found_by_their_names) {
    trial t = look("Область ,v,V\n1,2,3\n");
    ck_assert_uint_eq(hrm_fields_find(t.fields, "область"), 0);
    ck_assert_uint_eq(hrm_fields_find(t.fields, "V"), 2); /* to the letter goes first */
    ck_assert_uint_eq(hrm_fields_find(t.fields, " v"), 1);
    ck_assert_uint_eq(hrm_fields_find(t.fields, "w"), HRM_NONE);
    ck_assert_uint_eq(hrm_fields_find(t.fields, NULL), HRM_NONE);
    end(&t);
}
END_TEST

START_TEST(what_cannot_be_looked_at) {
    trial t = begin("a\n1\n");
    hrm_source source;
    size_t place = 0;
    hrm_source_init(&source, sizeof source);
    source.path = "no/such.csv";
    t.fields = (hrm_fields *)t.ctx; /* anything but NULL */
    hrmt_fails(t.ctx, hrm_fields_open(t.ctx, &source, NULL, 0, &t.fields), HRM_ERROR_FILE, "no/such.csv");
    ck_assert_ptr_null(t.fields);
    hrmt_fails(t.ctx, hrm_fields_open(t.ctx, &source, NULL, 1, &t.fields), HRM_ERROR_ARGUMENT, "wanted");
    hrmt_fails(t.ctx, hrm_fields_open(t.ctx, &source, NULL, 0, NULL), HRM_ERROR_ARGUMENT, "out is NULL");
    hrmt_fails(t.ctx, hrm_fields_find_code(t.ctx, NULL, &place), HRM_ERROR_ARGUMENT, "NULL");
    ck_assert_int_eq(hrm_fields_open(NULL, &source, NULL, 0, &t.fields), HRM_ERROR_ARGUMENT);
    ck_assert_int_eq(hrm_fields_find_code(NULL, t.fields, &place), HRM_ERROR_ARGUMENT);
    hrm_fields_free(NULL);
    end(&t);
}
END_TEST

static hrm_status open_and_free(hrm_context *ctx, void *user) {
    hrm_source source;
    hrm_fields *fields = NULL;
    hrm_source_init(&source, sizeof source);
    source.path = user;
    const hrm_status status = hrm_fields_open(ctx, &source, NULL, 0, &fields);
    hrm_fields_free(fields);
    return status;
}

START_TEST(memory_may_run_out) {
    trial t = begin("code,v\nUA0502001,1\n");
    hrmt_fail_each(open_and_free, t.path);
    end(&t);
}
END_TEST

HRMT_SUITE("fields", &cells_are_counted_by_kind, &most_decide_what_a_field_is, &ids_are_made_of_headings,
           &the_field_of_codes_is_found, &damaged_codes_may_be_rarer,
           &headings_are_what_stands_above_the_codes, &a_table_without_headings_is_refused,
           &fields_are_found_by_their_names, &what_cannot_be_looked_at, &memory_may_run_out)
