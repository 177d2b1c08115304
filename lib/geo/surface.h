/*
 * Places on the surface of the WGS 84 ellipsoid in space: x, y, z in metres from the earth's centre, z to the
 * north pole. Straight lines through the earth are quick lower bounds of distances along its surface.
 */
#ifndef HRMI_SURFACE_H
#define HRMI_SURFACE_H

#include "geo/geodesic.h"

#define HRMI_WGS84_E2 (HRMI_WGS84_F * (2.0 - HRMI_WGS84_F))
#define HRMI_RADIAN   (3.14159265358979323846 / 180.0)

/* No normal section of the ellipsoid is more curved, and none is less. */
#define HRMI_LEAST_RADIUS_M 6335439.0
#define HRMI_MOST_RADIUS_M  6399594.0

/* Of a place given in degrees. */
void hrmi_surface(double lon, double lat, double out[3]);

/* The same, and what one degree to the east and to the north do to it (metres per degree). */
void hrmi_surface_moves(double lon, double lat, double out[3], double east[3], double north[3]);

/* Metres along the surface between places of which `chord` is the straight line: with the curvature at the
 * chord's middle in its direction. Off by less than 0.001 m up to 500 km, 0.03 m up to 1,000 km, 0.25 m up to
 * 1,500 km. */
double hrmi_surface_arc(const double p[3], const double q[3], double chord);

/* The longest chord that may belong to a distance: whatever the direction, a longer one lies further away. */
double hrmi_surface_longest_chord(double distance_m);

#endif
