/*
 * What a GeoPackage says of its columns: the table `columns`, one row per layer and column; the table
 * `catalogue`, one row per indicator; and titles as the schema extension has them.
 */
#include <cpl_conv.h>
#include <cpl_string.h>

#include "indicator/plan.h"
#include "io/geopackage.h"

static const char *const directions[] = {"neutral", "higher is better", "higher is worse"};
static const char *const rollups[] = {"none", "sum", "min", "max", "mean", "recompute"};

static const char *word_of(int32_t value, const char *const *words, size_t count) {
    return value >= 0 && (size_t)value < count ? words[value] : "";
}

static OGRLayerH create_table(hrmi_geopackage *w, const char *name, const char *const *fields, size_t count) {
    OGRLayerH const table = GDALDatasetCreateLayer(w->dataset, name, NULL, wkbNone, NULL);
    for (size_t i = 0; table != NULL && i < count; i++)
        if (hrmi_geopackage_field(w, table, fields[i], OFTString) != HRM_OK) return NULL;
    return table;
}

static hrm_status add_texts(hrmi_geopackage *w, OGRLayerH table, const char *const *texts, size_t count) {
    OGRFeatureH const feature = OGR_F_Create(OGR_L_GetLayerDefn(table));
    for (size_t i = 0; i < count; i++)
        if (texts[i] != NULL && texts[i][0] != '\0') OGR_F_SetFieldString(feature, (int)i, texts[i]);
    const OGRErr error = OGR_L_CreateFeature(table, feature);
    OGR_F_Destroy(feature);
    return error == OGRERR_NONE ? HRM_OK : hrmi_geopackage_fail(w);
}

static hrm_status write_columns(hrmi_geopackage *w) {
    static const char *const fields[] = {"layer",     "id",     "unit",   "title_en", "title_uk",
                                         "direction", "rollup", "weight", "source"};
    enum { COUNT = sizeof fields / sizeof *fields };
    OGRLayerH const out = create_table(w, "columns", fields, COUNT);
    if (out == NULL) return hrmi_geopackage_fail(w);
    for (size_t i = 0; i < w->layer_count; i++) {
        const hrm_table *const table = w->layers[i].table;
        for (size_t c = 0; c < hrm_table_column_count(table); c++) {
            hrm_column_info info;
            hrm_column_info_init(&info, sizeof info);
            (void)hrm_table_column(table, c, &info);
            const char *const texts[COUNT] = {w->layers[i].name,
                                              info.id,
                                              info.unit,
                                              info.title_en,
                                              info.title_uk,
                                              word_of(info.direction, directions, 3),
                                              word_of(info.rollup, rollups, 6),
                                              info.weight,
                                              info.source};
            const hrm_status status = add_texts(w, out, texts, COUNT);
            if (status != HRM_OK) return status;
        }
    }
    return HRM_OK;
}

static hrm_status write_catalogue(hrmi_geopackage *w) {
    static const char *const fields[] = {"id",     "code",         "theme",   "title_en", "title_uk",
                                         "unit",   "direction",    "formula", "inputs",   "rollup",
                                         "weight", "missing_rule", "source"};
    enum { COUNT = sizeof fields / sizeof *fields };
    OGRLayerH const out = create_table(w, "catalogue", fields, COUNT);
    if (out == NULL) return hrmi_geopackage_fail(w);
    for (size_t i = 0; i < w->indicator_count; i++) {
        hrm_indicator known;
        const hrm_indicator *const it = &known;
        hrm_status status = hrmi_indicator_read(w->ctx, w->indicators, i, &known);
        if (status != HRM_OK) return status;
        const char *const texts[COUNT] = {it->id,
                                          it->code,
                                          it->theme,
                                          it->title_en,
                                          it->title_uk,
                                          it->unit,
                                          word_of(it->direction, directions, 3),
                                          it->formula,
                                          it->inputs,
                                          word_of(it->rollup, rollups, 6),
                                          it->weight,
                                          it->missing_rule,
                                          it->source};
        status = add_texts(w, out, texts, COUNT);
        if (status != HRM_OK) return status;
    }
    return HRM_OK;
}

/* ---- titles, as the schema extension of GeoPackage 1.3 has them: QGIS shows `name` and `description`. GDAL
 * writes them from 3.7 on. ---- */

static const char *const schema_tables[] = {
    "CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title "
    "TEXT, "
    "description TEXT, mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, "
    "column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name))",
    "CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT "
    "NULL, "
    "value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description "
    "TEXT, "
    "CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))",
    "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT "
    "NULL, "
    "definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, "
    "extension_name))",
    "INSERT INTO gpkg_extensions VALUES ('gpkg_data_columns', NULL, 'gpkg_schema', "
    "'http://www.geopackage.org/spec121/#extension_schema', 'read-write'), ('gpkg_data_column_constraints', "
    "NULL, "
    "'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write')"};

static hrm_status run_sql(hrmi_geopackage *w, const char *sql) {
    hrmi_gdal_clear(&w->gdal);
    OGRLayerH const result = GDALDatasetExecuteSQL(w->dataset, sql, NULL, NULL);
    if (result != NULL) GDALDatasetReleaseResultSet(w->dataset, result);
    return w->gdal.message[0] == '\0' ? HRM_OK : hrmi_geopackage_fail(w);
}

/* A text of SQL, or NULL where there is none. */
static hrm_status add_sql_text(hrmi_geopackage *w, hrmi_buffer *sql, const char *text) {
    hrm_status status = HRM_OK;
    if (text == NULL || text[0] == '\0') return hrmi_buffer_text(w->ctx, sql, "NULL");
    status = hrmi_buffer_text(w->ctx, sql, "'");
    for (const char *quote = strchr(text, '\''); quote != NULL && status == HRM_OK;
         quote = strchr(text, '\'')) {
        status = hrmi_buffer_add(w->ctx, sql, text, (size_t)(quote + 1 - text));
        if (status == HRM_OK) status = hrmi_buffer_text(w->ctx, sql, "'");
        text = quote + 1;
    }
    if (status == HRM_OK) status = hrmi_buffer_text(w->ctx, sql, text);
    return status == HRM_OK ? hrmi_buffer_text(w->ctx, sql, "'") : status;
}

static const char *title_of(const hrm_column_info *info) {
    return info->title_uk[0] != '\0' ? info->title_uk : info->title_en;
}

/* Names are unique within a layer: a title that an earlier column has is no name. */
static bool is_first_of_title(const hrm_table *table, size_t column, const char *title) {
    hrm_column_info info;
    hrm_column_info_init(&info, sizeof info);
    for (size_t c = 0; c < column; c++)
        if (hrm_table_column(table, c, &info) && strcmp(title_of(&info), title) == 0) return false;
    return true;
}

static hrm_status add_title(hrmi_geopackage *w, hrmi_buffer *sql, const hrm_output_layer *output,
                            size_t column) {
    hrm_column_info info;
    hrm_column_info_init(&info, sizeof info);
    (void)hrm_table_column(output->table, column, &info);
    const char *const title = title_of(&info);
    const char *const name = is_first_of_title(output->table, column, title) ? title : NULL;
    const char *const english = info.title_en[0] != '\0' ? info.title_en : title;
    char *const description =
        info.unit[0] != '\0' ? CPLStrdup(CPLSPrintf("%s, %s", english, info.unit)) : CPLStrdup(english);
    const char *const texts[] = {output->name, info.id, name, title, description};
    hrm_status status = hrmi_buffer_text(w->ctx, sql, column == 0 ? "(" : ", (");
    for (size_t i = 0; i < sizeof texts / sizeof *texts && status == HRM_OK; i++) {
        status = add_sql_text(w, sql, texts[i]);
        if (status == HRM_OK) status = hrmi_buffer_text(w->ctx, sql, ", ");
    }
    CPLFree(description);
    return status == HRM_OK ? hrmi_buffer_text(w->ctx, sql, "NULL, NULL)") : status;
}

static hrm_status write_titles(hrmi_geopackage *w) {
    hrmi_buffer sql;
    hrm_status status = HRM_OK;
    hrmi_buffer_init(&sql, w->ctx);
    for (size_t i = 0; i < sizeof schema_tables / sizeof *schema_tables && status == HRM_OK; i++)
        status = run_sql(w, schema_tables[i]);
    for (size_t i = 0; i < w->layer_count && status == HRM_OK; i++) {
        const size_t count = hrm_table_column_count(w->layers[i].table);
        if (count == 0) continue;
        sql.length = 0;
        status = hrmi_buffer_text(w->ctx, &sql, "INSERT INTO gpkg_data_columns VALUES ");
        for (size_t c = 0; c < count && status == HRM_OK; c++) status = add_title(w, &sql, &w->layers[i], c);
        if (status == HRM_OK) status = run_sql(w, sql.data);
    }
    hrmi_buffer_free(&sql);
    return status;
}

hrm_status hrmi_geopackage_describe(hrmi_geopackage *w) {
    hrm_status status = write_columns(w);
    if (status == HRM_OK) status = write_catalogue(w);
    return status == HRM_OK ? write_titles(w) : status;
}
