/*
 * From any CRS that PROJ knows to WGS 84 longitude, latitude. Belongs to its context's thread.
 */
#ifndef HRMI_CRS_H
#define HRMI_CRS_H

#include "base/base.h"

typedef struct hrmi_crs hrmi_crs;

/* `definition`: "EPSG:…", "OGC:CRS84", WKT, PROJJSON or a PROJ string. HRM_ERROR_CRS quotes PROJ. */
hrm_status hrmi_crs_open(hrm_context *ctx, const char *definition, hrmi_crs **out);
void hrmi_crs_free(hrmi_crs *crs);

/* True where coordinates are WGS 84 degrees already. */
bool hrmi_crs_is_wgs84(const hrmi_crs *crs);

/* In place: x east or longitude, y north or latitude (z: needed by geocentric systems; may be NULL). Points
 * that cannot be brought over become NaN and are counted in *failed. Longitudes are −180 … 180. */
hrm_status hrmi_crs_to_wgs84(hrm_context *ctx, const hrmi_crs *crs, size_t count, double *x, double *y,
                             double *z, size_t *failed);

#endif
