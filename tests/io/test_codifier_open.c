/* Codifiers from files: the official layout, tables of communities, named fields, days as people write them,
 * and what is refused. */
#include <unistd.h>

#include "io/files.h"

#define HEADINGS                                                                                                                                                                                     \
    "Перший рівень;Другий рівень;Третій рівень;Четвертий рівень;Додатковий рівень;Категорія об’єкта;Назва " \
    "об’єкта\r\n"

static const char *const official =
    HEADINGS "UA05000000000010236;;;;;O;Вінницька\r\n"
             "UA05000000000010236;UA05020000000026686;;;;P;Вінницький\r\n"
             "UA05000000000010236;UA05020000000026686;UA05020030000031457;;;H;Вінницька \r\n"
             ";;;;;;\r\n"
             "UA05000000000010236;UA05020000000026686;UA05020030000031457;UA05020030010063857;;M;Вінниця\r\n"
             "UA80000000000093317;;;;;K;Київ\r\n"
             "UA80000000000093317;;;;UA80000000000126643;B;Голосіївський\r\n";

static hrm_status open_with(hrm_context *ctx, const char *path, const hrm_codifier_fields *fields,
                            hrm_codifier **out) {
    hrm_source source;
    hrm_source_init(&source, sizeof source);
    source.path = path;
    return hrm_codifier_open(ctx, &source, fields, out);
}

static hrm_codifier_unit unit(const hrm_codifier *c, const char *code) {
    hrm_codifier_unit out = {.struct_size = sizeof out};
    const size_t i = hrm_codifier_find(c, code);
    ck_assert_msg(i != HRM_NONE, "%s", code);
    ck_assert(hrm_codifier_unit_info(c, i, &out));
    return out;
}

static void check_official(const hrm_codifier *c) {
    ck_assert_uint_eq(hrm_codifier_count(c), 6);
    ck_assert_str_eq(unit(c, "UA0502003").name_uk, "Вінницька");
    ck_assert_int_eq(unit(c, "UA0502003").type, HRM_TYPE_CITY);
    ck_assert_int_eq(unit(c, "UA05").category, HRM_UNIT_OBLAST);
    ck_assert_int_eq(unit(c, "UA80000000000126643").category, HRM_UNIT_CITY_DISTRICT);
    ck_assert_str_eq(unit(c, "UA80000000000126643").name_uk, "Голосіївський");
    ck_assert_uint_eq(unit(c, "UA80000000000126643").community, hrm_codifier_find(c, "UA80"));
}

START_TEST(the_official_layout) {
    hrm_context *ctx = hrmt_context();
    char *const folder = hrmt_folder("codifier_official");
    char *const plain = hrmt_text_file(folder, "plain.csv", official);
    char text[4096];
    (void)snprintf(text, sizeof text, "Кодифікатор;;;;;;\r\nстаном на 16.05.2025;;;;;;\r\n%s", official);
    char *const titled = hrmt_text_file(folder, "titled.csv", text);
    hrm_codifier *c = NULL;
    hrmt_ok(ctx, open_with(ctx, plain, NULL, &c));
    check_official(c);
    hrm_codifier_free(c);
    hrmt_ok(ctx, open_with(ctx, titled, NULL, &c));
    check_official(c);
    hrm_codifier_free(c);
    free(plain);
    free(titled);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(a_table_of_communities) {
    static const char *const table =
        "hromada_code,hromada_name,raion_code,raion_name,oblast_code,oblast_name,type\n"
        "UA05020030000031457,Вінницька,UA05020000000026686,Вінницький,UA05000000000010236,Вінницька,міська\n"
        "UA05020050000052259,Вороновицька,UA05020000000026686,Вінницький,UA05000000000010236,Вінницька,NA\n"
        "UA12020010000000001,Дніпровська,UA12020000000000002,Дніпровський,UA12000000000090473,,сільська\n";
    hrm_context *ctx = hrmt_context();
    char *const folder = hrmt_folder("codifier_table");
    char *const path = hrmt_text_file(folder, "table.csv", table);
    hrm_codifier *c = NULL;
    hrmt_ok(ctx, open_with(ctx, path, NULL, &c));
    ck_assert_uint_eq(hrm_codifier_count(c), 7);
    ck_assert_int_eq(unit(c, "UA0502003").type, HRM_TYPE_CITY);
    ck_assert_int_eq(unit(c, "UA0502005").type, HRM_TYPE_UNKNOWN);
    ck_assert_int_eq(unit(c, "UA1202001").type, HRM_TYPE_VILLAGE);
    ck_assert_str_eq(unit(c, "UA0502").name_uk, "Вінницький");
    ck_assert_str_eq(unit(c, "UA12").name_uk, "");
    ck_assert_uint_eq(unit(c, "UA0502005").parent, hrm_codifier_find(c, "UA05020000000026686"));
    ck_assert_uint_eq(unit(c, "UA0502").parent, hrm_codifier_find(c, "UA05"));
    hrm_codifier_free(c);
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(fields_with_names_of_their_own) {
    static const char *const table =
        "kod;nazva;en;kat;vyd;stari;buly;vid;do;dali\n"
        "UA1202001;Дніпровська;Dniprovska;H;міська;1;;;;\n"
        "UA1202003;Червонська;;Н;;2, 3;Радянська;25.10.2020;26.09.2024 0:00;\n"
        "UA1202003;Калинівська;Kalynivska;H;;;;2024/09/26;2026-01-01T00:00:00;UA1202001\n";
    hrm_context *ctx = hrmt_context();
    char *const folder = hrmt_folder("codifier_fields");
    char *const path = hrmt_text_file(folder, "table.csv", table);
    hrm_codifier_fields fields;
    hrm_codifier *c = NULL;
    hrm_codifier_fields_init(&fields, sizeof fields);
    fields.code = "kod";
    fields.name_uk = "nazva";
    fields.name_en = "en";
    fields.category = "kat";
    fields.type = "vyd";
    fields.old_code = "stari";
    fields.old_name = "buly";
    fields.valid_from = "vid";
    fields.valid_to = "do";
    fields.successor = "dali";
    hrmt_ok(ctx, open_with(ctx, path, &fields, &c));
    ck_assert_uint_eq(hrm_codifier_count(c), 2);
    const hrm_codifier_unit u = unit(c, "UA1202003");
    ck_assert_str_eq(u.name_uk, "Калинівська");
    ck_assert_str_eq(u.name_en, "Kalynivska");
    ck_assert_str_eq(u.valid_from, "2020-10-25");
    ck_assert_str_eq(u.valid_to, "2026-01-01");
    ck_assert_str_eq(u.successor, "UA1202001");
    ck_assert_int_eq(unit(c, "UA1202001").type, HRM_TYPE_CITY);
    ck_assert_uint_eq(hrm_codifier_find_old(c, "3"), hrm_codifier_find(c, "UA1202003"));
    hrm_codifier_free(c);
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

static void refused(hrm_context *ctx, const char *folder, const char *text, hrm_status status,
                    const char *words) {
    char *const path = hrmt_text_file(folder, "bad.csv", text);
    hrm_codifier *c = NULL;
    hrmt_fails(ctx, open_with(ctx, path, NULL, &c), status, words);
    ck_assert_msg(strstr(hrm_error_message(ctx), "bad.csv") != NULL, "%s", hrm_error_message(ctx));
    ck_assert_ptr_null(c);
    (void)unlink(path);
    free(path);
}

START_TEST(what_is_refused) {
    hrm_context *ctx = hrmt_context();
    char *const folder = hrmt_folder("codifier_bad");
    char *const good = hrmt_text_file(folder, "good.csv", official);
    hrm_codifier_fields fields;
    hrm_source source;
    hrm_codifier *c = NULL;
    refused(ctx, folder, "a,b\n1,2\n", HRM_ERROR_FIELD, "neither the headings of the official codifier");
    refused(ctx, folder, "code,b\nUA0502003,2\n", HRM_ERROR_FIELD, "no field of names was found");
    refused(ctx, folder, "code,name\n", HRM_ERROR_FORMAT, "not one row has a code");
    refused(ctx, folder, "code,name\n,Вінницька\n-,Б\n", HRM_ERROR_FORMAT, "not one row has a code");
    refused(ctx, folder, "code,name\nUA0502003,Вінницька\n\nUA05020,Б\n", HRM_ERROR_CODE,
            "row 4: the code \"UA05020\" cannot be used");
    refused(ctx, folder, "code,name,valid_to\nUA0502003,Вінницька,31.13.2024\n", HRM_ERROR_VALUE,
            "row 2 (UA0502003): \"2024-13-31\" is no day");
    refused(ctx, folder, "code,name,valid_to\nUA0502003,Вінницька,торік\n", HRM_ERROR_VALUE,
            "\"торік\" is no day");
    refused(ctx, folder, "code,name,raion_code\nUA0502003,Вінницька,UA050\n", HRM_ERROR_CODE, "\"UA050\"");
    hrm_codifier_fields_init(&fields, sizeof fields);
    fields.code = "kode";
    hrmt_fails(ctx, open_with(ctx, good, &fields, &c), HRM_ERROR_FIELD, "kode");
    fields.code = NULL;
    char *const uncoded = hrmt_text_file(folder, "uncoded.csv", "a,nazva\n1,2\n");
    fields.name_uk = "nazva";
    hrmt_fails(ctx, open_with(ctx, uncoded, &fields, &c), HRM_ERROR_FIELD, "no field of codes was found");
    free(uncoded);
    fields.reserved = 1;
    hrmt_fails(ctx, open_with(ctx, good, &fields, &c), HRM_ERROR_UNSUPPORTED, "hrm_codifier_fields");
    hrmt_fails(ctx, open_with(ctx, "nowhere.csv", NULL, &c), HRM_ERROR_FILE, "nowhere.csv");
    hrmt_fails(ctx, hrm_codifier_open(ctx, NULL, NULL, &c), HRM_ERROR_ARGUMENT, "");
    hrm_source_init(&source, sizeof source);
    source.path = good;
    hrmt_fails(ctx, hrm_codifier_open(ctx, &source, NULL, NULL), HRM_ERROR_ARGUMENT, "out is NULL");
    ck_assert_int_eq(hrm_codifier_open(NULL, &source, NULL, &c), HRM_ERROR_ARGUMENT);
    free(good);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

static hrm_status open_and_free(hrm_context *ctx, void *user) {
    hrm_codifier *c = NULL;
    const hrm_status status = open_with(ctx, user, NULL, &c);
    hrm_codifier_free(c);
    return status;
}

START_TEST(memory_may_run_out) {
    char *const folder = hrmt_folder("codifier_memory");
    char *const plain = hrmt_text_file(folder, "plain.csv", official);
    char *const days = hrmt_text_file(folder, "days.csv",
                                      "katottg,name,raion_code,raion_name,valid_from\n"
                                      "UA0502003,Вінницька,UA0502,Вінницький,01.01.2020\n");
    hrmt_fail_each(open_and_free, plain);
    hrmt_fail_each(open_and_free, days);
    free(plain);
    free(days);
    free(folder);
}
END_TEST

HRMT_SUITE("codifier_open", &the_official_layout, &a_table_of_communities, &fields_with_names_of_their_own,
           &what_is_refused, &memory_may_run_out)
