/* Crosswalks and alias files from tables, and what is refused. */
#include "io/files.h"

static hrm_status open_with(hrm_context *ctx, const char *path, const hrm_crosswalk_fields *fields,
                            hrm_crosswalk **out) {
    hrm_source source;
    hrm_source_init(&source, sizeof source);
    source.path = path;
    return hrm_crosswalk_open(ctx, &source, fields, out);
}

static void leads(const hrm_crosswalk *c, const char *oblast, const char *raion, const char *written,
                  const char *key) {
    const char *const found = hrm_crosswalk_find(c, 0, oblast, raion, written, NULL);
    if (key == NULL) ck_assert_msg(found == NULL, "%s leads to %s", written, found);
    else ck_assert_str_eq(found == NULL ? "nothing" : found, key);
}

static const char *const aliases = "oblast,raion,written,code,rows,why\n"
                                   "Вінницька,,Новотра,UA0502003,3,unknown name\n"
                                   ",,Стара сільська,UA05020050000052259,1,\n"
                                   "Сумська,Сумський,Новотра,,1,ambiguous name\n"
                                   "Сумська,,н/д,-,1,\n";

START_TEST(an_alias_file) {
    hrm_context *ctx = hrmt_context();
    char *const folder = hrmt_folder("crosswalk_aliases");
    char *const path = hrmt_text_file(folder, "aliases.csv", aliases);
    hrm_crosswalk *c = NULL;
    hrm_crosswalk_counts counts = {.struct_size = sizeof counts};
    hrmt_ok(ctx, open_with(ctx, path, NULL, &c));
    leads(c, "Вінницька обл.", NULL, "новотра", "0502003");
    leads(c, "Сумська", "Сумський", "Новотра", NULL);
    leads(c, NULL, NULL, "Стара сільська ТГ", "0502005");
    ck_assert(hrm_crosswalk_counts_of(c, &counts));
    ck_assert_uint_eq(counts.records, 4);
    ck_assert_uint_eq(counts.forms, 2);
    ck_assert_uint_eq(counts.undecided, 2);
    hrm_crosswalk_free(c);
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(records_for_one_row) {
    hrm_context *ctx = hrmt_context();
    char *const folder = hrmt_folder("crosswalk_rows");
    char *const path = hrmt_text_file(
        folder, "aliases.csv",
        "written,row,code\nПокровська,7,UA0502003\nПокровська,12.0,UA0502005\nСтара,,UA0502007\n");
    char *const bad =
        hrmt_text_file(folder, "bad.csv", "written,row,code\nСтара,7,UA0502003\nСтара,1.5,UA0502003\n");
    hrm_crosswalk *c = NULL;
    hrmt_ok(ctx, open_with(ctx, path, NULL, &c));
    ck_assert_str_eq(hrm_crosswalk_find(c, 7, NULL, NULL, "Покровська", NULL), "0502003");
    ck_assert_str_eq(hrm_crosswalk_find(c, 12, NULL, NULL, "Покровська", NULL), "0502005");
    leads(c, NULL, NULL, "Покровська", NULL);
    leads(c, NULL, NULL, "Стара", "0502007");
    hrm_crosswalk_free(c);
    hrmt_fails(ctx, open_with(ctx, bad, NULL, &c), HRM_ERROR_VALUE, "row 3: \"1.5\" is no number of a row");
    free(bad);
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(a_table_with_other_names) {
    static const char *const table = "budget_code;hromada_code;obl\n"
                                     "0250100000;UA05020030000031457;\n"
                                     "0250200000;UA05020050000052259;\n";
    hrm_context *ctx = hrmt_context();
    char *const folder = hrmt_folder("crosswalk_table");
    char *const path = hrmt_text_file(folder, "table.csv", table);
    hrm_crosswalk_fields fields;
    hrm_crosswalk *c = NULL;
    hrm_crosswalk_fields_init(&fields, sizeof fields);
    fields.written = "budget_code";
    fields.code = "hromada_code";
    fields.oblast = "obl";
    hrmt_ok(ctx, open_with(ctx, path, &fields, &c));
    leads(c, NULL, NULL, "250100000", "0502003");
    leads(c, NULL, NULL, "0250200000.0", "0502005");
    leads(c, NULL, NULL, "0250300000", NULL);
    hrm_crosswalk_free(c);
    fields.raion = "raion";
    hrmt_fails(ctx, open_with(ctx, path, &fields, &c), HRM_ERROR_FIELD, "raion");
    free(path);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

START_TEST(what_is_refused) {
    hrm_context *ctx = hrmt_context();
    char *const folder = hrmt_folder("crosswalk_bad");
    char *const good = hrmt_text_file(folder, "good.csv", aliases);
    char *const bad =
        hrmt_text_file(folder, "bad.csv", "written,code\nНовотра,UA0502003\n\nСтара,5.02003E+16\n");
    char *const other = hrmt_text_file(folder, "other.csv", "a,b\n1,2\n");
    hrm_crosswalk_fields fields;
    hrm_source source;
    hrm_crosswalk *c = NULL;
    hrmt_fails(ctx, open_with(ctx, bad, NULL, &c), HRM_ERROR_CODE,
               "bad.csv: row 4: the code \"5.02003E+16\" cannot be used: a spreadsheet took it");
    hrmt_fails(ctx, open_with(ctx, other, NULL, &c), HRM_ERROR_FIELD, "written");
    hrm_crosswalk_fields_init(&fields, sizeof fields);
    fields.reserved = 1;
    hrmt_fails(ctx, open_with(ctx, good, &fields, &c), HRM_ERROR_UNSUPPORTED, "hrm_crosswalk_fields");
    hrmt_fails(ctx, open_with(ctx, "nowhere.csv", NULL, &c), HRM_ERROR_FILE, "nowhere.csv");
    hrmt_fails(ctx, hrm_crosswalk_open(ctx, NULL, NULL, &c), HRM_ERROR_ARGUMENT, "");
    hrm_source_init(&source, sizeof source);
    source.path = good;
    hrmt_fails(ctx, hrm_crosswalk_open(ctx, &source, NULL, NULL), HRM_ERROR_ARGUMENT, "out is NULL");
    ck_assert_int_eq(hrm_crosswalk_open(NULL, &source, NULL, &c), HRM_ERROR_ARGUMENT);
    ck_assert_ptr_null(c);
    free(good);
    free(bad);
    free(other);
    free(folder);
    hrm_context_free(ctx);
}
END_TEST

static hrm_status open_and_free(hrm_context *ctx, void *user) {
    hrm_crosswalk *c = NULL;
    const hrm_status status = open_with(ctx, user, NULL, &c);
    hrm_crosswalk_free(c);
    return status;
}

START_TEST(memory_may_run_out) {
    char *const folder = hrmt_folder("crosswalk_memory");
    char *const path = hrmt_text_file(folder, "aliases.csv", aliases);
    hrmt_fail_each(open_and_free, path);
    free(path);
    free(folder);
}
END_TEST

HRMT_SUITE("crosswalk_open", &an_alias_file, &records_for_one_row, &a_table_with_other_names,
           &what_is_refused, &memory_may_run_out)
