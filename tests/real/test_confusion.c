/*
 * Names against codes: every real table that has both is joined by its names alone, and the codes beside them
 * say whether that was right. Nothing may be wrong; and what is right is what confusion.txt has from
 * elsewhere, by the same rules.
 */
#include "harness/harness.h"

enum { LINE = 1024 };

typedef struct named {
    const char *id;
    const char *file;
    const char *sheet;
    const char *where;
    const char *code;
    const char *oblast;
    const char *raion;
    const char *name;
    const char *type;
    int32_t duplicates;
    bool more; /* the library reads more than the reference's plain rules: genitives, spellings of English */
    const char *below; /* why less than 98 % of the rows that could be told apart are right */
} named;

#define UNHCR "statistics/displacement/idp_estimation_08_03_2022-unhcr-protection-cluster.xlsx"

static const named tables[] = {
    {.id = "covariates",
     .file = "statistics/full_dataset.csv",
     .code = "hromada_code",
     .oblast = "oblast_name",
     .raion = "raion_name",
     .name = "hromada_name",
     .type = "type"},
    {.id = "covariates_full",
     .file = "statistics/full_dataset.csv",
     .code = "hromada_code",
     .oblast = "oblast_name",
     .raion = "raion_name",
     .name = "hromada_full_name"},
    {.id = "communities_kse",
     .file = "codes/ua-admin-hromada.csv",
     .code = "hromada_code",
     .oblast = "oblast_name",
     .raion = "raion_name",
     .name = "hromada_name",
     .type = "type"},
    {.id = "war_status",
     .file = "statistics/minregion-war-status.csv",
     .code = "hromada_code",
     .oblast = "oblast_short_name",
     .raion = "raion_short_name",
     .name = "hromada_short_name",
     .type = "hromada_type"},
    {.id = "deoccupied",
     .file = "statistics/deoccupied.xlsx",
     .code = "hromada_code",
     .oblast = "oblast_name",
     .raion = "raion_name",
     .name = "hromada_name",
     .type = "type_1"},
    {.id = "economics",
     .file = "statistics/economics.csv",
     .code = "hromada_code",
     .oblast = "oblast",
     .raion = "raion",
     .name = "hromada_name",
     .type = "hromada_type"},
    {.id = "revenue_2021",
     .file = "statistics/hromada_budget_2020_2022.csv",
     .where = "year = '2021'",
     .code = "hromada_code",
     .oblast = "oblast_name",
     .raion = "raion_name",
     .name = "hromada_name"},
    {.id = "revenue_budget_names",
     .file = "statistics/hromada_budget_2020_2022.csv",
     .where = "year = '2021'",
     .code = "hromada_code",
     .oblast = "oblast_name",
     .raion = "raion_name",
     .name = "budget_name",
     .more = true},
    {.id = "population",
     .file = "statistics/ua-pop-2022.csv",
     .code = "hromada_code",
     .name = "hromada_name"},
    {.id = "agreements",
     .file = "network/partnerships-hromadas.csv",
     .code = "hromada_code",
     .name = "hromada_name"},
    {.id = "agreement_pairs",
     .file = "network/partnerships-hromadas-network.csv",
     .code = "hromada_code.x",
     .name = "hromada_name.x",
     .duplicates = HRM_DUPLICATES_SUM},
    {.id = "fund",
     .file = "investments/dfrr_hromadas.csv",
     .code = "hromada_code",
     .name = "hromada_name",
     .duplicates = HRM_DUPLICATES_SUM},
    {.id = "names_cod",
     .file = "codes/hromada_names.xlsx",
     .code = "admin3Pcode",
     .oblast = "admin1Pcode",
     .raion = "admin2Pcode",
     .name = "admin3Name_ua"},
    {.id = "names_cod_english",
     .file = "codes/hromada_names.xlsx",
     .code = "admin3Pcode",
     .oblast = "admin1Pcode",
     .raion = "admin2Pcode",
     .name = "admin3Name_eng",
     .more = true},
    {.id = "boundaries_dbf",
     .file = "boundaries/ukr_admbnda_adm3_sspe_20240416.dbf",
     .code = "ADM3_PCODE",
     .oblast = "ADM1_UA",
     .raion = "ADM2_UA",
     .name = "ADM3_UA"},
    {.id = "boundaries_dbf_english",
     .file = "boundaries/ukr_admbnda_adm3_sspe_20240416.dbf",
     .code = "ADM3_PCODE",
     .oblast = "ADM1_EN",
     .raion = "ADM2_EN",
     .name = "ADM3_EN",
     .more = true},
    {.id = "damage_english",
     .file = "damage/ukr_adm3_damage.dbf",
     .code = "ADM3_PC",
     .oblast = "ADM1_EN",
     .raion = "ADM2_EN",
     .name = "ADM3_EN",
     .more = true},
    {.id = "displaced_unhcr",
     .file = UNHCR,
     .sheet = "Dataset",
     .code = "admin3Pcode",
     .oblast = "admin1Name_ukr",
     .raion = "admin2Name_ukr",
     .name = "admin3Name_ukr",
     .type = "admin3PoliticalType",
     .duplicates = HRM_DUPLICATES_SUM},
    {.id = "displaced_unhcr_english",
     .file = UNHCR,
     .sheet = "Dataset",
     .code = "admin3Pcode",
     .oblast = "admin1Name_eng",
     .raion = "admin2Name_eng",
     .name = "admin3Name_eng",
     .duplicates = HRM_DUPLICATES_SUM,
     .more = true,
     .below = "the raion Cnernivetskyi is misspelt in 40 rows, and a name is cut off in 7"},
};

typedef struct country {
    hrm_context *ctx;
    const char *data;
    hrm_layer *layer;
    hrm_codifier *codifier;
    hrm_gazetteer *gazetteer;
} country;

static void set_path(hrm_source *source, char *path, const char *data, const char *file) {
    hrm_source_init(source, sizeof *source);
    (void)snprintf(path, LINE, "%s/%s", data, file);
    source->path = path;
}

static void open_country(country *c) {
    hrm_layer_options names;
    hrm_gazetteer_options options;
    hrm_source source;
    char path[LINE];
    c->ctx = hrmt_context();
    hrm_layer_options_init(&names, sizeof names);
    names.code = "ADM3_PCODE";
    names.name_uk = "ADM3_UA";
    names.name_en = "ADM3_EN";
    names.raion_uk = "ADM2_UA";
    names.raion_en = "ADM2_EN";
    names.oblast_uk = "ADM1_UA";
    names.oblast_en = "ADM1_EN";
    set_path(&source, path, c->data, "boundaries/Hromadas.geojson");
    hrmt_ok(c->ctx, hrm_layer_open(c->ctx, &source, &names, &c->layer));
    set_path(&source, path, c->data, "codes/kodifikator-16-05-2025.csv");
    hrmt_ok(c->ctx, hrm_codifier_open(c->ctx, &source, NULL, &c->codifier));
    hrm_gazetteer_options_init(&options, sizeof options);
    options.codifier = c->codifier;
    hrmt_ok(c->ctx, hrm_gazetteer_new(c->ctx, c->layer, &options, &c->gazetteer));
}

static void close_country(country *c) {
    hrm_gazetteer_free(c->gazetteer);
    hrm_codifier_free(c->codifier);
    hrm_layer_free(c->layer);
    hrm_context_free(c->ctx);
}

/* The report of a join by the parts named, and whose codes came to each community. */
static hrm_join_report *join(const country *c, const named *t, const char *parts, hrm_table *table) {
    hrm_column_info info;
    hrm_join_column column;
    hrm_join_options options;
    hrm_join_fields fields;
    hrm_join *join = NULL;
    hrm_join_report *report = NULL;
    hrm_source source;
    char path[LINE];
    hrm_column_info_init(&info, sizeof info);
    info.id = "code";
    hrm_join_column_init(&column, sizeof column);
    column.is_text = 1;
    column.info = &info;
    hrm_join_options_init(&options, sizeof options);
    options.columns = &column;
    options.column_count = 1;
    options.duplicates = t->duplicates == 0 ? HRM_DUPLICATES_HOLD : t->duplicates;
    options.gazetteer = c->gazetteer;
    set_path(&source, path, c->data, t->file);
    source.layer = t->sheet;
    source.where = t->where;
    hrm_join_fields_init(&fields, sizeof fields);
    fields.oblast = strchr(parts, 'O') != NULL ? t->oblast : NULL;
    fields.raion = strchr(parts, 'R') != NULL ? t->raion : NULL;
    fields.name = t->name;
    fields.type = strchr(parts, 'T') != NULL ? t->type : NULL;
    fields.fields = &t->code;
    fields.field_count = 1;
    hrmt_ok(c->ctx, hrm_join_new(c->ctx, c->layer, &options, &join));
    hrmt_ok(c->ctx, hrm_join_read(c->ctx, &source, &fields, join));
    hrmt_ok(c->ctx, hrm_join_finish(c->ctx, join, table, &report));
    hrm_join_free(join);
    return report;
}

/* No community may have got another one's code, nor, where rows add up, two different codes. */
static void nothing_is_wrong(const country *c, const named *t, const char *parts, const hrm_table *table,
                             const hrm_join_report *report) {
    hrm_join_counts counts = {.struct_size = (uint32_t)sizeof counts};
    const size_t column = hrm_table_find(table, "code");
    ck_assert(hrm_join_report_counts(report, &counts));
    for (size_t i = 0; i < hrm_layer_count(c->layer); i++) {
        const char *const code = hrm_table_text(table, column, i);
        if (code == NULL) continue;
        ck_assert_msg(hrm_layer_find(c->layer, code) == i, "%s by %s: a row of %s was taken for %s", t->id,
                      parts, code, hrm_layer_name(c->layer, i, HRM_UK));
    }
    ck_assert_msg(counts.unusable_cells == 0, "%s by %s: rows of different communities were taken for one",
                  t->id, parts);
}

/* As many are right as elsewhere, and at least 98 % of those that their words can tell apart. A name alone is
 * taken for less here, when a village has it too; and of English names more spellings are known. */
static void check_right(const named *t, const char *parts, const hrm_join_report *report, size_t expected) {
    static const int32_t untold[] = {HRM_REASON_AMBIGUOUS_NAME, HRM_REASON_CLAIMED_TWICE, HRM_REASON_NO_KEY,
                                     HRM_REASON_NOT_IN_LAYER};
    hrm_join_counts counts = {.struct_size = (uint32_t)sizeof counts};
    const bool alone = strcmp(parts, "N") == 0;
    ck_assert(hrm_join_report_counts(report, &counts));
    size_t told = counts.rows;
    for (size_t i = 0; i < sizeof untold / sizeof *untold; i++)
        told -= hrm_join_report_reason_count(report, untold[i]);
    (void)printf("%-24s by %-4s: %4zu rows, %4zu right, 0 wrong, %3zu that their words do not tell apart, "
                 "%zu others\n",
                 t->id, parts, counts.rows, counts.matched, counts.rows - told, told - counts.matched);
    if (t->more || alone)
        ck_assert_msg((double)counts.matched >= 0.98 * (double)expected, "%s by %s: %zu right, not about %zu",
                      t->id, parts, counts.matched, expected);
    else
        ck_assert_msg(counts.matched == expected, "%s by %s: %zu right, not %zu", t->id, parts,
                      counts.matched, expected);
    ck_assert_msg(t->below != NULL || (double)counts.matched >= 0.98 * (double)told,
                  "%s by %s: %zu right of %zu", t->id, parts, counts.matched, told);
}

/* "names TABLE PARTS ROWS RIGHT WRONG REASON=ROWS …" */
static void confuse(const country *c, char *line) {
    char *parts[8] = {line};
    for (size_t i = 1; i < 6; i++) {
        parts[i] = strchr(parts[i - 1], '\t');
        ck_assert_ptr_nonnull(parts[i]);
        *parts[i]++ = '\0';
    }
    parts[5][strcspn(parts[5], "\t\n")] = '\0';
    const named *t = NULL;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (strcmp(tables[i].id, parts[1]) == 0) t = &tables[i];
    ck_assert_msg(t != NULL, "no table %s", parts[1]);
    hrm_table *table = NULL;
    hrm_join_counts counts = {.struct_size = (uint32_t)sizeof counts};
    hrmt_ok(c->ctx, hrm_table_new(c->ctx, c->layer, HRM_LEVEL_COMMUNITY, &table));
    hrm_join_report *const report = join(c, t, parts[2], table);
    nothing_is_wrong(c, t, parts[2], table, report);
    ck_assert(hrm_join_report_counts(report, &counts));
    ck_assert_msg(counts.rows == strtoull(parts[3], NULL, 10), "%s by %s: %zu rows", t->id, parts[2],
                  counts.rows);
    check_right(t, parts[2], report, strtoull(parts[4], NULL, 10));
    hrm_join_report_free(report);
    hrm_table_free(table);
}

START_TEST(names_are_never_wrong) {
    country c = {.data = hrmt_real_data("names against codes")};
    char line[LINE];
    if (c.data == NULL) return;
    open_country(&c);
    FILE *const file = fopen(HRMT_SOURCE_DIR "/tests/real/confusion.txt", "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, "names\t", 6) == 0 && strstr(line, "boundaries_uncoded") == NULL) confuse(&c, line);
    (void)fclose(file);
    close_country(&c);
}
END_TEST

HRMT_SUITE("confusion", &names_are_never_wrong)
