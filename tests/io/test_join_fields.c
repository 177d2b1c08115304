/* Tables of files that say names or places: which fields say what, what is kept out, and what is remarked. */
#include <unistd.h>

#include "io/files.h"
#include "table/named.h"

typedef struct ground {
    hrm_context *ctx;
    hrm_layer *layer;
    char *folder;
    hrmt_outcome out;
} ground;

static ground set_up(const char *name) {
    ground g = {.ctx = hrmt_context()};
    g.layer = hrmt_named(g.ctx);
    g.folder = hrmt_folder(name);
    return g;
}

static void tear_down(ground *g) {
    hrmt_outcome_free(&g->out);
    hrm_layer_free(g->layer);
    hrm_context_free(g->ctx);
    free(g->folder);
}

/* Joins the file into the columns a (numbers, field "value") and b (texts, field "note"). */
static hrm_status run(ground *g, const char *path, const hrm_join_fields *which, int32_t duplicates) {
    static const char *const fields[] = {"value", "note"};
    const hrmt_how how = {.duplicates = duplicates};
    hrm_join_fields all = *which;
    hrm_source source;
    hrm_join *join = NULL;
    all.fields = fields;
    all.field_count = 2;
    hrm_source_init(&source, sizeof source);
    source.path = path;
    memset(&g->out, 0, sizeof g->out);
    hrm_status status = hrmt_said_start(g->ctx, g->layer, &how, &join);
    if (status == HRM_OK) status = hrm_join_read(g->ctx, &source, &all, join);
    if (status == HRM_OK) status = hrm_table_new(g->ctx, g->layer, HRM_LEVEL_COMMUNITY, &g->out.table);
    if (status == HRM_OK) status = hrm_join_finish(g->ctx, join, g->out.table, &g->out.report);
    hrm_join_free(join);
    if (status == HRM_OK) hrmt_balanced(&g->out);
    return status;
}

START_TEST(names_of_a_file) {
    static const char text[] = "Область;Район;Громада;Тип;value;note\n"
                               "Сумська;Сумський;Миколаївська;;1;a\n"
                               "Сумська;;Миколаївська;;2;b\n"
                               "Вінницька;;Жмеринська;міська;4;c\n"
                               "Вінницька;;Усього по області;;1000;d\n"
                               "Вінницька;;Невідома;;8;e\n";
    ground g = set_up("join_names");
    char *const path = hrmt_text_file(g.folder, "names.csv", text);
    hrm_join_fields which;
    hrm_join_fields_init(&which, sizeof which);
    which.oblast = "область";
    which.raion = "район";
    which.name = "громада";
    which.type = "тип";
    hrmt_ok(g.ctx, run(&g, path, &which, HRM_DUPLICATES_HOLD));
    hrmt_way_is(&g.out, HRM_MATCH_NAME_RAION, 1);
    hrmt_way_is(&g.out, HRM_MATCH_NAME_OBLAST, 1);
    hrmt_reason_is(&g.out, HRM_REASON_AMBIGUOUS_NAME, 1);
    hrmt_reason_is(&g.out, HRM_REASON_UNKNOWN_NAME, 1);
    hrmt_reason_is(&g.out, HRM_REASON_TOTAL, 1);
    hrmt_cell_is(g.out.table, "a", 1, 1, HRM_PRESENT);
    hrmt_cell_is(g.out.table, "a", 5, 4, HRM_PRESENT);
    ck_assert_double_eq(hrmt_amount(g.out.report, 0).total, 15);
    ck_assert_int_eq(hrmt_entry(g.out.report, 0).row, 3); /* as a spreadsheet program counts */
    hrmt_outcome_free(&g.out);
    which.keep_totals = 1;
    hrmt_ok(g.ctx, run(&g, path, &which, HRM_DUPLICATES_HOLD));
    ck_assert_uint_eq(g.out.counts.kept_out, 0);
    ck_assert_double_eq(hrmt_amount(g.out.report, 0).total, 1015);
    free(path);
    tear_down(&g);
}
END_TEST

/* Coordinates in two fields: good, outside, missing, no number. */
START_TEST(places_of_a_file) {
    static const char text[] = "lon,lat,value,note\n31.5,50.5,1,\n10,10,2,\n,,4,\n31.5,,8,\nx,50.5,16,\n"
                               "32.5,50.5,32,\n";
    ground g = set_up("join_places");
    char *const path = hrmt_text_file(g.folder, "places.csv", text);
    hrm_join_fields which;
    hrm_join_fields_init(&which, sizeof which);
    which.x = "lon";
    which.y = "lat";
    hrmt_ok(g.ctx, run(&g, path, &which, HRM_DUPLICATES_SUM));
    hrmt_way_is(&g.out, HRM_MATCH_PLACE, 2);
    hrmt_reason_is(&g.out, HRM_REASON_OUTSIDE, 1);
    hrmt_reason_is(&g.out, HRM_REASON_NO_KEY, 1);
    hrmt_reason_is(&g.out, HRM_REASON_BAD_PLACE, 2);
    hrmt_cell_is(g.out.table, "a", 1, 1, HRM_PRESENT);
    hrmt_cell_is(g.out.table, "a", 2, 32, HRM_PRESENT);
    ck_assert_str_eq(hrmt_entry(g.out.report, 0).key, "10 10");
    free(path);
    tear_down(&g);
}
END_TEST

/* The features' own points. */
START_TEST(places_of_features) {
    static const char text[] =
        "{\"type\":\"FeatureCollection\",\"features\":["
        "{\"type\":\"Feature\",\"properties\":{\"value\":1,\"note\":\"x\"},"
        "\"geometry\":{\"type\":\"Point\",\"coordinates\":[31.5,50.5]}},"
        "{\"type\":\"Feature\",\"properties\":{\"value\":2,\"note\":\"y\"},\"geometry\":null}]}";
    ground g = set_up("join_features");
    char *const path = hrmt_text_file(g.folder, "places.geojson", text);
    hrm_join_fields which;
    hrm_join_fields_init(&which, sizeof which);
    which.x = "";
    hrmt_ok(g.ctx, run(&g, path, &which, HRM_DUPLICATES_SUM));
    hrmt_way_is(&g.out, HRM_MATCH_PLACE, 1);
    hrmt_reason_is(&g.out, HRM_REASON_NO_KEY, 1);
    hrmt_cell_is(g.out.table, "a", 1, 1, HRM_PRESENT);
    free(path);
    tear_down(&g);
}
END_TEST

/* Headings that name thousands are told, and nothing is multiplied. */
START_TEST(remarks_on_a_file) {
    static const char *const fields[] = {"Доходи, тис. грн"};
    ground g = set_up("join_remarks");
    char *const path = hrmt_text_file(g.folder, "a.csv", "code,\"Доходи, тис. грн\"\nUA5908013,1\n");
    for (int scaled = 0; scaled < 2; scaled++) {
        hrm_join_column column;
        hrm_column_info info = hrmt_info("income");
        hrm_join_options options;
        hrm_join_fields which;
        hrm_source source;
        hrm_join *join = NULL;
        hrm_join_column_init(&column, sizeof column);
        column.info = &info;
        if (scaled) column.scale = 1000;
        hrm_join_options_init(&options, sizeof options);
        options.columns = &column;
        options.column_count = 1;
        hrm_source_init(&source, sizeof source);
        source.path = path;
        hrm_join_fields_init(&which, sizeof which);
        which.code = "code";
        which.fields = fields;
        which.field_count = 1;
        hrmt_ok(g.ctx, hrm_join_new(g.ctx, g.layer, &options, &join));
        hrmt_ok(g.ctx, hrm_join_read(g.ctx, &source, &which, join));
        hrmt_ok(g.ctx, hrm_table_new(g.ctx, g.layer, HRM_LEVEL_COMMUNITY, &g.out.table));
        hrmt_ok(g.ctx, hrm_join_finish(g.ctx, join, g.out.table, &g.out.report));
        hrmt_cell_is(g.out.table, "income", 1, scaled ? 1000 : 1, HRM_PRESENT);
        ck_assert_uint_eq(hrm_join_report_note_count(g.out.report), scaled ? 0 : 1);
        if (!scaled) {
            const char *const note = hrm_join_report_note(g.out.report, 0);
            ck_assert_ptr_nonnull(strstr(note, "\"Доходи, тис. грн\" names the unit thousand hryvnias"));
            ck_assert_ptr_nonnull(strstr(note, "the scale 1000"));
        }
        hrm_join_free(join);
        hrmt_outcome_free(&g.out);
        memset(&g.out, 0, sizeof g.out);
    }
    free(path);
    tear_down(&g);
}
END_TEST

START_TEST(what_is_refused) {
    ground g = set_up("join_refused");
    char *const path = hrmt_text_file(g.folder, "a.csv", "code,value,note\nUA5908013,1,x\n");
    hrm_join_fields which;
    hrm_join_fields_init(&which, sizeof which);
    hrmt_fails(g.ctx, run(&g, path, &which, 0), HRM_ERROR_ARGUMENT, "no field of a key is named");
    hrmt_outcome_free(&g.out);
    which.x = "lon";
    hrmt_fails(g.ctx, run(&g, path, &which, 0), HRM_ERROR_ARGUMENT, "both x and y");
    hrmt_outcome_free(&g.out);
    which.x = "";
    which.y = "lat";
    hrmt_fails(g.ctx, run(&g, path, &which, 0), HRM_ERROR_ARGUMENT, "the features' own is x: \"\" alone");
    hrmt_outcome_free(&g.out);
    which.x = "lon";
    hrmt_fails(g.ctx, run(&g, path, &which, 0), HRM_ERROR_FIELD, "lon");
    hrmt_outcome_free(&g.out);
    which.x = which.y = NULL;
    which.name = "nam";
    hrmt_fails(g.ctx, run(&g, path, &which, 0), HRM_ERROR_FIELD, "nam");
    free(path);
    tear_down(&g);
}
END_TEST

HRMT_SUITE("join_fields", &names_of_a_file, &places_of_a_file, &places_of_features, &remarks_on_a_file,
           &what_is_refused)
