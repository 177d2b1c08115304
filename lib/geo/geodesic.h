/*
 * The WGS 84 ellipsoid after Karney (2013), through PROJ's geodesic.h. No context needed; any thread.
 */
#ifndef HRMI_GEODESIC_H
#define HRMI_GEODESIC_H

#include "base/base.h"

/* WGS 84: equatorial radius in metres, and flattening. */
#define HRMI_WGS84_A 6378137.0
#define HRMI_WGS84_F (1.0 / 298.257223563)

/* Metres between two points given in degrees. */
double hrmi_geodesic_m(double lon1, double lat1, double lon2, double lat2);

/* Signed area in m² of a closed ring whose edges are geodesics: positive counter-clockwise. n counts the
 * repeated vertex. */
double hrmi_ring_area_m2(const double *x, const double *y, size_t n);

#endif
