/*
 * `where` over separated text and sheets. It is tried by GDAL, row by row, on a layer in memory that holds
 * nothing but the row.
 */
#include "io/rows_parts.h"

static hrm_status fail_filter(hrm_context *ctx, hrmi_rows *rows) {
    return hrmi_fail(
        ctx, HRM_ERROR_ARGUMENT,
        "%s: the filter \"%s\" cannot be used (cells are text: write year = '2021', or CAST(area AS "
        "float) > 5): %s",
        rows->opened.source.path, rows->opened.source.where, hrmi_gdal_reason(&rows->opened.gdal));
}

hrm_status hrmi_rows_make_filter(hrm_context *ctx, hrmi_rows *rows) {
    GDALDriverH const driver = GDALGetDriverByName("Memory");
    if (rows->opened.source.where == NULL || (rows->csv == NULL && !rows->opened.is_sheet)) return HRM_OK;
    hrmi_gdal_clear(&rows->opened.gdal);
    if (driver != NULL) rows->filter = GDALCreate(driver, "", 0, 0, 0, GDT_Unknown, NULL);
    OGRLayerH const layer =
        rows->filter != NULL ? GDALDatasetCreateLayer(rows->filter, "row", NULL, wkbNone, NULL) : NULL;
    if (layer == NULL) return fail_filter(ctx, rows);
    for (size_t i = 0; i < rows->names.count; i++) {
        OGRFieldDefnH const definition = OGR_Fld_Create(rows->names.names[i], OFTString);
        const OGRErr error = OGR_L_CreateField(layer, definition, FALSE);
        OGR_Fld_Destroy(definition);
        if (error != OGRERR_NONE) return fail_filter(ctx, rows);
    }
    if (OGR_L_SetAttributeFilter(layer, rows->opened.source.where) != OGRERR_NONE)
        return fail_filter(ctx, rows);
    return HRM_OK;
}

hrm_status hrmi_rows_passes_filter(hrm_context *ctx, hrmi_rows *rows, bool *passes) {
    *passes = true;
    if (rows->filter == NULL) return HRM_OK;
    OGRLayerH const layer = GDALDatasetGetLayer(rows->filter, 0);
    OGRFeatureH const row = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    for (size_t i = 0; i < rows->names.count; i++) {
        const char *const text = hrmi_rows_cell(rows, i);
        if (text != NULL && text[0] != '\0') OGR_F_SetFieldString(row, (int)i, text);
    }
    (void)OGR_F_SetFID(row, 0);
    const bool set = OGR_L_SetFeature(layer, row) == OGRERR_NONE;
    OGR_F_Destroy(row);
    if (!set) return fail_filter(ctx, rows);
    OGR_L_ResetReading(layer);
    OGRFeatureH const found = OGR_L_GetNextFeature(layer);
    *passes = found != NULL;
    OGR_F_Destroy(found);
    return HRM_OK;
}
