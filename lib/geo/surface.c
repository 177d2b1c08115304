/* The ellipsoid in space. The curvature of a normal section in a direction u at a point m is uᵀAu / |Am|, A
 * being the diagonal of 1/a², 1/a², 1/b² (the ellipsoid is mᵀAm = 1). */
#include "geo/surface.h"

#define A2 (HRMI_WGS84_A * HRMI_WGS84_A)
#define B2 (A2 * (1.0 - HRMI_WGS84_E2))

void hrmi_surface(double lon, double lat, double out[3]) {
    const double s = sin(lat * HRMI_RADIAN);
    const double n = HRMI_WGS84_A / sqrt(1.0 - HRMI_WGS84_E2 * s * s);
    const double rho = n * cos(lat * HRMI_RADIAN);
    out[0] = rho * cos(lon * HRMI_RADIAN);
    out[1] = rho * sin(lon * HRMI_RADIAN);
    out[2] = n * (1.0 - HRMI_WGS84_E2) * s;
}

void hrmi_surface_moves(double lon, double lat, double out[3], double east[3], double north[3]) {
    const double sin_lat = sin(lat * HRMI_RADIAN);
    const double cos_lat = cos(lat * HRMI_RADIAN);
    const double sin_lon = sin(lon * HRMI_RADIAN);
    const double cos_lon = cos(lon * HRMI_RADIAN);
    const double w2 = 1.0 - HRMI_WGS84_E2 * sin_lat * sin_lat;
    const double n = HRMI_WGS84_A / sqrt(w2);
    const double m = n * (1.0 - HRMI_WGS84_E2) / w2; /* the meridian's radius of curvature */
    const double rho = n * cos_lat;
    out[0] = rho * cos_lon;
    out[1] = rho * sin_lon;
    out[2] = n * (1.0 - HRMI_WGS84_E2) * sin_lat;
    east[0] = -rho * sin_lon * HRMI_RADIAN;
    east[1] = rho * cos_lon * HRMI_RADIAN;
    east[2] = 0.0;
    north[0] = -m * sin_lat * cos_lon * HRMI_RADIAN;
    north[1] = -m * sin_lat * sin_lon * HRMI_RADIAN;
    north[2] = m * cos_lat * HRMI_RADIAN;
}

double hrmi_surface_arc(const double p[3], const double q[3], double chord) {
    if (chord < 1.0) return chord; /* less than a millionth of a millionth shorter */
    double uau = 0.0;
    double mam = 0.0;
    double am2 = 0.0;
    for (int i = 0; i < 3; i++) {
        const double a = 1.0 / (i < 2 ? A2 : B2);
        const double u = (q[i] - p[i]) / chord;
        const double m = (q[i] + p[i]) / 2.0;
        uau += a * u * u;
        mam += a * m * m;
        am2 += a * a * m * m;
    }
    const double half = chord / 2.0 * uau * sqrt(mam / am2); /* in radii of curvature */
    return chord * (asin(half < 1.0 ? half : 1.0) / half);
}

double hrmi_surface_longest_chord(double distance_m) {
    const double angle = distance_m / (2.0 * HRMI_MOST_RADIUS_M);
    if (!(angle < 1.5)) return INFINITY;
    return 2.0 * HRMI_MOST_RADIUS_M * sin(angle);
}
