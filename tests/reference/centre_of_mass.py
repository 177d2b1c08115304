"""Area and centre of mass of a polygon on WGS 84, in ways that have nothing in common with the library's.

Area: geographiclib, Karney's own implementation in Python, edges as geodesics.

Centre of mass: edges are filled up with points of the geodesic every `step` metres, then everything goes to a Lambert
azimuthal equal-area map about the shape's middle. There the shape is cut into triangles from one point (with sign, so
that it does not matter which way the rings turn), each triangle into small ones of equal area; the middle of each goes
back to the ellipsoid and to space, where the mean is taken with the triangles' areas as weights. The mean is brought up
to the ellipsoid along the normal by pyproj. Areas are true on that map, so nothing but the triangles' size matters; the
error goes with its square, which is used to extrapolate (Richardson), and tells how sure the last digits are.
"""

import numpy as np
from geographiclib.geodesic import Geodesic
from pyproj import Geod, Transformer

geod = Geod(ellps="WGS84")
up = Transformer.from_crs("EPSG:4978", "EPSG:4979", always_xy=True)


def rings(shape):
    """The rings of a polygon or multipolygon: (coordinates, +1 or -1)."""
    for part in getattr(shape, "geoms", [shape]):
        if part.is_empty:
            continue
        yield list(part.exterior.coords), 1
        for hole in part.interiors:
            yield list(hole.coords), -1


def area(shape):
    total = 0.0
    for ring, sign in rings(shape):
        polygon = Geodesic.WGS84.Polygon()
        for x, y, *_ in ring[:-1]:
            polygon.AddPoint(y, x)
        total += sign * abs(polygon.Compute(False, True)[2])
    return total


def filled(ring, step, finer):
    """Each edge in pieces of at most `step` metres, and each piece in `finer` ones."""
    lon, lat = [ring[0][0]], [ring[0][1]]
    for (x0, y0, *_), (x1, y1, *_) in zip(ring, ring[1:]):
        length = geod.inv(x0, y0, x1, y1)[2]
        count = (1 + int(length // step)) * finer - 1
        if count > 0:
            between = geod.npts(x0, y0, x1, y1, count)
            lon += [p[0] for p in between]
            lat += [p[1] for p in between]
        lon.append(x1)
        lat.append(y1)
    return np.array(lon), np.array(lat)


def small_triangles(n):
    """Middles of the n*n equal triangles of a triangle, in barycentric coordinates."""
    middles = []
    for i in range(n):
        for j in range(n - i):
            middles.append(((i + 1 / 3) / n, (j + 1 / 3) / n))
            if i + j < n - 1:
                middles.append(((i + 2 / 3) / n, (j + 2 / 3) / n))
    m = np.array(middles)
    return np.column_stack([1 - m.sum(axis=1), m])


def centre_at(shape, step, finer):
    west, south, east, north = shape.bounds
    middle = (west + east) / 2, (south + north) / 2
    flat = f"+proj=laea +lat_0={middle[1]!r} +lon_0={middle[0]!r} +datum=WGS84 +units=m"
    there = Transformer.from_crs("OGC:CRS84", flat, always_xy=True)
    weights, east_north = [], []
    bary = small_triangles(6 * finer)
    for ring, sign in rings(shape):
        x, y = there.transform(*filled(ring, step, finer))
        turn = np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])
        double = (x[:-1] * y[1:] - x[1:] * y[:-1]) * (sign if turn > 0 else -sign)
        px = np.outer(bary[:, 1], x[:-1]) + np.outer(bary[:, 2], x[1:])  # the third corner is the origin
        py = np.outer(bary[:, 1], y[:-1]) + np.outer(bary[:, 2], y[1:])
        weights.append(np.broadcast_to(double / 2 / len(bary), px.shape).ravel())
        east_north.append(np.stack([px.ravel(), py.ravel()]))
    weights = np.concatenate(weights)
    east_north = np.concatenate(east_north, axis=1)
    # PROJ 9.1 is 3e-9 degrees off on the way back (a series for the authalic latitude): once more with what is left over
    rest = east_north - np.stack(there.transform(*there.transform(*east_north, direction="INVERSE")))
    lon, lat = there.transform(*(east_north + rest), direction="INVERSE")
    e2 = 0.0066943799901413165
    phi, lam = np.radians(lat), np.radians(lon)
    radius = 6378137.0 / np.sqrt(1 - e2 * np.sin(phi) ** 2)
    space = np.stack([radius * np.cos(phi) * np.cos(lam), radius * np.cos(phi) * np.sin(lam),
                      radius * (1 - e2) * np.sin(phi)])
    reference = space.mean(axis=1)
    mean = reference + ((space - reference[:, None]) * weights).sum(axis=1) / weights.sum()
    lon, lat, _ = up.transform(*mean)
    return lon, lat


def centre(shape):
    """Longitude, latitude, and by how much the last two extrapolations differ, in degrees."""
    step = max(20.0, sum(geod.geometry_length(part.exterior) for part in getattr(shape, "geoms", [shape])) / 200)
    found = [np.array(centre_at(shape, step, finer)) for finer in (1, 2, 4)]
    better = [(4 * b - a) / 3 for a, b in zip(found, found[1:])]
    best = (16 * better[1] - better[0]) / 15
    return best[0], best[1], float(np.abs(best - better[1]).max())
