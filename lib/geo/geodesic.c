/*
 * Lengths and areas on WGS 84 with Karney's algorithms as PROJ ships them (geodesic.h): C. F. F. Karney,
 * "Algorithms for geodesics", J. Geodesy 87 (2013), doi:10.1007/s00190-012-0578-z. Exact to nanometres for
 * any pair of points, where series such as Vincenty's fail near the antipode. The ellipsoid's coefficients
 * are set up anew in each call: it costs a few tenths of a microsecond and needs no state.
 */
#include <geodesic.h>

#include "geo/geodesic.h"

static void wgs84(struct geod_geodesic *ellipsoid) {
    geod_init(ellipsoid, HRMI_WGS84_A, HRMI_WGS84_F);
}

double hrmi_geodesic_m(double lon1, double lat1, double lon2, double lat2) {
    struct geod_geodesic ellipsoid;
    double metres = NAN;
    wgs84(&ellipsoid);
    geod_inverse(&ellipsoid, lat1, lon1, lat2, lon2, &metres, NULL, NULL);
    return metres;
}

double hrmi_ring_area_m2(const double *x, const double *y, size_t n) {
    struct geod_geodesic ellipsoid;
    struct geod_polygon polygon;
    double area = 0.0;
    if (n < 4) return 0.0;
    wgs84(&ellipsoid);
    geod_polygon_init(&polygon, 0);
    for (size_t i = 0; i + 1 < n; i++) geod_polygon_addpoint(&ellipsoid, &polygon, y[i], x[i]);
    (void)geod_polygon_compute(&ellipsoid, &polygon, 0, 1, &area, NULL);
    return area;
}
