/* Boundary layers that have names only: codes by the codifier, features that are not found or claim the same
 * community, aliases, and what is refused. */
#include "io/files.h"

static const char *const units =
    "Перший рівень,Другий рівень,Третій рівень,Четвертий рівень,Додатковий рівень,Категорія об’єкта,Назва "
    "об’єкта\n"
    "UA05000000000010236,,,,,O,Вінницька\n"
    "UA05000000000010236,UA05020000000026686,,,,P,Вінницький\n"
    "UA05000000000010236,UA05020000000026686,UA05020030000031457,,,H,Вінницька\n"
    "UA05000000000010236,UA05020000000026686,UA05020030000031457,UA05020030010063857,,M,Вінниця\n"
    "UA05000000000010236,UA05020000000026686,UA05020050000052259,,,H,Вороновицька\n"
    "UA05000000000010236,UA05040000000011111,,,,P,Гайсинський\n"
    "UA05000000000010236,UA05040000000011111,UA05040010000022222,,,H,Покровська\n"
    "UA05000000000010236,UA05040000000011111,UA05040030000033333,,,H,Миколаївська\n"
    "UA12000000000090473,,,,,O,Дніпропетровська\n"
    "UA12000000000090473,UA12020000000044444,,,,P,Синельниківський\n"
    "UA12000000000090473,UA12020000000044444,UA12020010000055555,,,H,Покровська\n"
    "UA80000000000093317,,,,,K,Київ\n";

/* A feature of the invented layer: a square, its name and what it lies in. */
#define SQUARE(x, name, raion, oblast)                                                                       \
    "{\"type\":\"Feature\",\"properties\":{\"name_uk\":\"" name "\",\"raion\":\"" raion                      \
    "\",\"oblast\":\"" oblast "\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[" x ",50],[" x      \
    ".5,50],[" x ".5,50.5],[" x ",50]]]}}"

static const char *const features[] = {
    SQUARE("30", "Вінницька міська територіальна громада", "Вінницький район", "Вінницька область"),
    SQUARE("31", "Покровська", "Синельниківський", "Дніпропетровська"),
    SQUARE("32", "Покровська", "", ""),                      /* of which oblast? */
    SQUARE("33", "Вороновецька", "Вінницький", "Вінницька"), /* misspelt */
    SQUARE("34", "Миколаївська", "Гайсинський", "Вінницька"),
    SQUARE("35", "Миколаївська", "Гайсинський", "Вінницька"), /* which one of the two? */
    SQUARE("36", "Миколаївська", "", "Вінницька"),            /* three, that is */
    SQUARE("37", "Київ", "", ""),
    SQUARE("38", "", "", ""),
    SQUARE("39", "Чорнобильська зона відчуження", "", "Київська"),
};

enum { FEATURES = sizeof features / sizeof *features };

/* The layer's file, the codifier, and a place for options. */
typedef struct ground {
    hrm_context *ctx;
    char *folder, *layer_path;
    hrm_codifier *codifier;
    hrm_source source;
    hrm_layer_options options;
} ground;

static ground make_ground(const char *name) {
    ground g = {.ctx = hrmt_context(), .folder = hrmt_folder(name)};
    char text[8192] = "{\"type\":\"FeatureCollection\",\"features\":[";
    for (size_t i = 0; i < FEATURES; i++) {
        if (i > 0) (void)strcat(text, ",");
        (void)strcat(text, features[i]);
    }
    (void)strcat(text, "]}");
    g.layer_path = hrmt_text_file(g.folder, "layer.geojson", text);
    char *const path = hrmt_text_file(g.folder, "list.csv", units);
    hrm_source_init(&g.source, sizeof g.source);
    g.source.path = path;
    hrmt_ok(g.ctx, hrm_codifier_open(g.ctx, &g.source, NULL, &g.codifier));
    free(path);
    g.source.path = g.layer_path;
    hrm_layer_options_init(&g.options, sizeof g.options);
    g.options.codifier = g.codifier;
    return g;
}

static void free_ground(ground *g) {
    hrm_codifier_free(g->codifier);
    free(g->layer_path);
    free(g->folder);
    hrm_context_free(g->ctx);
}

/* The text of the issue of a feature. */
static const char *issue_of(const hrm_layer *layer, int64_t feature) {
    for (size_t i = 0; i < hrm_layer_issue_count(layer); i++) {
        hrm_layer_issue_info info = {.struct_size = sizeof info};
        ck_assert(hrm_layer_issue(layer, i, &info));
        if (info.feature_id != feature) continue;
        ck_assert_int_eq(info.kind, HRM_ISSUE_NO_CODE);
        ck_assert_uint_eq(info.row, HRM_NONE);
        return info.text;
    }
    ck_abort_msg("no issue of feature %d", (int)feature);
    return NULL;
}

static void says(const hrm_layer *layer, int64_t feature, const char *words) {
    const char *const text = issue_of(layer, feature);
    ck_assert_msg(strstr(text, words) != NULL, "%s", text);
}

START_TEST(codes_are_found_by_names) {
    ground g = make_ground("layer_names");
    hrm_layer *layer = NULL;
    hrmt_ok(g.ctx, hrm_layer_open(g.ctx, &g.source, &g.options, &layer));
    ck_assert(hrm_layer_has_levels(layer));
    ck_assert_uint_eq(hrm_layer_count(layer), 3);
    ck_assert_uint_eq(hrm_layer_feature_count(layer), FEATURES);
    ck_assert_str_eq(hrm_layer_code(layer, 0), "UA05020030000031457");
    ck_assert_str_eq(hrm_layer_code(layer, 1), "UA12020010000055555");
    ck_assert_str_eq(hrm_layer_code(layer, 2), "UA80000000000093317");
    ck_assert_ptr_null(hrm_layer_name(layer, 0, HRM_UK)); /* not asked for */
    ck_assert_uint_eq(hrm_layer_issue_count(layer), FEATURES - 3);
    says(layer, 2,
         "the name \"Покровська\" (raion \"\", oblast \"\"): ambiguous name; near it: \"Покровська\" (UA");
    says(layer, 3, "unknown name; near it: \"Вороновицька\" (UA05020050000052259)");
    says(layer, 4, "means UA05040030000033333, and so does that of feature 5 (\"Миколаївська\")");
    says(layer, 5, "and so does that of feature 4");
    says(layer, 6, "and so does that of feature 4");
    says(layer, 8, "no code, name or place");
    says(layer, 9, "the name \"Чорнобильська зона відчуження\"");
    hrm_layer_free(layer);
    free_ground(&g);
}
END_TEST

START_TEST(aliases_settle_names) {
    ground g = make_ground("layer_aliases");
    char *const path = hrmt_text_file(g.folder, "aliases.csv",
                                      "oblast,written,code\nВінницька,Вороновецька,UA0502005\n"
                                      ",Чорнобильська зона відчуження,UA3200000\n");
    hrm_source source;
    hrm_crosswalk *aliases = NULL;
    hrm_layer *layer = NULL;
    hrm_source_init(&source, sizeof source);
    source.path = path;
    hrmt_ok(g.ctx, hrm_crosswalk_open(g.ctx, &source, NULL, &aliases));
    g.options.aliases = aliases;
    g.options.code = "";
    g.options.name_uk = "name_uk";
    hrmt_ok(g.ctx, hrm_layer_open(g.ctx, &g.source, &g.options, &layer));
    ck_assert_uint_eq(hrm_layer_count(layer), 5);
    ck_assert_str_eq(hrm_layer_code(layer, 2), "UA05020050000052259");
    ck_assert_str_eq(hrm_layer_code(layer, 4), "UA3200000");
    ck_assert_str_eq(hrm_layer_name(layer, 2, HRM_UK), "Вороновецька"); /* as the layer has it */
    hrm_layer_free(layer);
    g.options.codifier = NULL;
    hrmt_fails(g.ctx, hrm_layer_open(g.ctx, &g.source, &g.options, &layer), HRM_ERROR_ARGUMENT,
               "needs a codifier");
    hrm_crosswalk_free(aliases);
    free(path);
    free_ground(&g);
}
END_TEST

/* A layer that has codes keeps them, whatever the codifier says of its names. */
START_TEST(codes_go_before_names) {
    ground g = make_ground("layer_coded");
    char *const path =
        hrmt_layer_file(g.folder, "coded.gpkg", &(hrmt_layer_plan){.driver = "GPKG", .epsg = 4326});
    hrm_layer *layer = NULL;
    hrm_layer *plain = NULL;
    g.source.path = path;
    hrmt_ok(g.ctx, hrm_layer_open(g.ctx, &g.source, &g.options, &layer));
    hrmt_ok(g.ctx, hrm_layer_open(g.ctx, &g.source, NULL, &plain));
    ck_assert_uint_eq(hrm_layer_count(layer), hrm_layer_count(plain));
    for (size_t i = 0; i < hrm_layer_count(layer); i++) {
        ck_assert_str_eq(hrm_layer_code(layer, i), hrm_layer_code(plain, i));
        ck_assert_ptr_null(hrm_layer_name(layer, i, HRM_UK));
    }
    hrm_layer_free(plain);
    hrm_layer_free(layer);
    free(path);
    free_ground(&g);
}
END_TEST

START_TEST(what_is_refused) {
    ground g = make_ground("layer_names_bad");
    hrm_layer *layer = NULL;
    g.options.name_uk = "nosuch";
    hrmt_fails(g.ctx, hrm_layer_open(g.ctx, &g.source, &g.options, &layer), HRM_ERROR_FIELD, "nosuch");
    g.options.name_uk = "oblast"; /* they would be the communities of the capitals */
    hrmt_fails(g.ctx, hrm_layer_open(g.ctx, &g.source, &g.options, &layer), HRM_ERROR_CODE,
               "6 of its 10 features have names of oblasts");
    g.options.name_uk = "raion";
    hrmt_fails(
        g.ctx, hrm_layer_open(g.ctx, &g.source, &g.options, &layer), HRM_ERROR_CODE,
        "only 0 of its 10 features have a name by which the codifier knows a community; the first that "
        "has none: the name \"Вінницький район\"");
    char *const other = hrmt_text_file(
        g.folder, "other.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"a\":\"b\"},"
        "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[30,50],[31,50],[31,51],[30,50]]]}}]}");
    g.source.path = other;
    g.options.name_uk = NULL;
    hrmt_fails(g.ctx, hrm_layer_open(g.ctx, &g.source, &g.options, &layer), HRM_ERROR_FIELD,
               "neither a field of codes nor one of names");
    g.options.codifier = NULL;
    g.options.code = "";
    hrmt_fails(g.ctx, hrm_layer_open(g.ctx, &g.source, &g.options, &layer), HRM_ERROR_ARGUMENT,
               "needs a codifier");
    ck_assert_ptr_null(layer);
    free(other);
    free_ground(&g);
}
END_TEST

static hrm_status open_and_free(hrm_context *ctx, void *user) {
    const ground *const g = user;
    hrm_layer *layer = NULL;
    const hrm_status status = hrm_layer_open(ctx, &g->source, &g->options, &layer);
    hrm_layer_free(layer);
    return status;
}

START_TEST(memory_may_run_out) {
    ground g = make_ground("layer_names_memory");
    hrmt_fail_each(open_and_free, &g);
    free_ground(&g);
}
END_TEST

HRMT_SUITE("layer_names", &codes_are_found_by_names, &aliases_settle_names, &codes_go_before_names,
           &what_is_refused, &memory_may_run_out)
