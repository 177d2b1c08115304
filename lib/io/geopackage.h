/*
 * A GeoPackage that is being written: write_geopackage.c makes the file and its layers, geopackage_tables.c
 * the tables that describe them.
 */
#ifndef HRMI_GEOPACKAGE_H
#define HRMI_GEOPACKAGE_H

#include <ogr_api.h>

#include "hromada/io.h"
#include "io/aside.h"
#include "io/gdal.h"

typedef struct hrmi_geopackage {
    hrm_context *ctx;
    const hrm_layer *layer;
    hrm_output_layer *layers; /* read from the caller's */
    size_t layer_count;
    const hrm_indicator *indicators; /* the caller's: hrmi_indicator_read() */
    size_t indicator_count;
    bool reasons;
    const char *path;
    hrmi_gdal gdal;
    hrmi_aside aside;
    GDALDatasetH dataset;
    OGRSpatialReferenceH wgs84;
    uint8_t *wkb; /* room for one boundary */
    size_t wkb_size;
    size_t rows_done, row_total;
} hrmi_geopackage;

/* HRM_ERROR_WRITE with GDAL's reason. */
hrm_status hrmi_geopackage_fail(hrmi_geopackage *w);

hrm_status hrmi_geopackage_field(hrmi_geopackage *w, OGRLayerH layer, const char *name, OGRFieldType type);

/* Writes the tables `columns` and `catalogue`, and the titles of the columns. */
hrm_status hrmi_geopackage_describe(hrmi_geopackage *w);

#endif
