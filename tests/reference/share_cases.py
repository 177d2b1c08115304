#!/usr/bin/env python3
"""Shares of areas on the ellipsoid, edges straight in longitude and latitude: tests/geo/share_cases.txt.

    python3 share_cases.py > ../geo/share_cases.txt

The common part is shapely's, in the plane of degrees; areas are those of rings cut into pieces of 0.0005 to 0.01
degrees, measured with geodesics. Debian 12: python3-pyproj 3.4.1 (PROJ 9.1.1), python3-shapely 1.8.5 (GEOS 3.11.1),
python3-numpy 1.24.2.
"""
import numpy as np
import pyproj
import shapely.wkt
from shapely.geometry import Polygon
from shapely.geometry.polygon import orient

GEOD = pyproj.Geod(ellps="WGS84")


def ring_area(coords, step):
    c = np.array(coords)[:, :2]
    places = []
    for a, b in zip(c[:-1], c[1:]):
        n = max(1, int(np.ceil(np.abs(b - a).max() / step)))
        places.append(a + (b - a) * (np.arange(n) / n)[:, None])
    p = np.vstack(places)
    return abs(GEOD.polygon_area_perimeter(p[:, 0], p[:, 1])[0])


def area(g, step):
    if g.is_empty or g.geom_type in ("Point", "LineString", "MultiPoint", "MultiLineString"):
        return 0.0
    if g.geom_type == "Polygon":
        g = orient(g)
        return ring_area(g.exterior.coords, step) - sum(ring_area(r.coords, step) for r in g.interiors)
    return sum(area(p, step) for p in g.geoms)


def star(rng, lon, lat, reach, n):
    angle = 2 * np.pi * np.arange(n) / n
    radius = reach * rng.uniform(0.3, 1, n)
    return Polygon([(round(x, 6), round(y, 6)) for x, y in zip(lon + radius * np.cos(angle), lat + radius * np.sin(angle))])


def main():
    rng = np.random.default_rng(8)
    cases = [
        ("half, by longitude", "POLYGON((30 50,31 50,31 51,30 51,30 50))", "POLYGON((30.5 49,32 49,32 52,30.5 52,30.5 49))"),
        ("by latitude: more than half of the area lies south of the middle", "POLYGON((30 50,31 50,31 51,30 51,30 50))", "POLYGON((29 50.5,32 50.5,32 49,29 49,29 50.5))"),
        ("a hole takes away", "POLYGON((30 50,31 50,31 51,30 51,30 50))", "POLYGON((29 49,32 49,32 52,29 52,29 49),(30.2 50.2,30.2 50.8,30.8 50.8,30.8 50.2,30.2 50.2))"),
        ("an island inside", "POLYGON((30 50,31 50,31 51,30 51,30 50))", "MULTIPOLYGON(((30.1 50.1,30.2 50.1,30.2 50.2,30.1 50.1)),((30.5 50.5,30.7 50.5,30.7 50.7,30.5 50.5)))"),
        ("a part of one, and a hole of the other", "MULTIPOLYGON(((30 50,31 50,31 51,30 51,30 50),(30.4 50.4,30.4 50.6,30.6 50.6,30.6 50.4,30.4 50.4)),((33 50,34 50,34 51,33 50)))", "POLYGON((30.5 49,33.5 49,33.5 52,30.5 52,30.5 49))"),
        ("a whole country's box, cut along a slanted line", "POLYGON((22 44,40 44,40 52,22 52,22 44))", "POLYGON((22 44,40 52,41 40,22 44))"),
        ("south of the equator", "POLYGON((10 -5,14 -6,13 3,10 -5))", "POLYGON((9 -2,15 -2,15 9,9 9,9 -2))"),
        ("nothing in common", "POLYGON((30 50,31 50,31 51,30 51,30 50))", "POLYGON((30 51.5,31 51.5,31 52,30 52,30 51.5))"),
        ("a border in common", "POLYGON((30 50,31 50,31 51,30 51,30 50))", "POLYGON((30 51,31 51,31 52,30 52,30 51))"),
        ("all of it, borders in common", "POLYGON((30 50,31 50,31 51,30 51,30 50))", "POLYGON((30 49,31 49,31 51,30 51,30 49))"),
        ("itself", "POLYGON((30 50,31 50.3,30.7 51,30.1 51.2,30 50))", "POLYGON((30 50,31 50.3,30.7 51,30.1 51.2,30 50))"),
    ]
    for i in range(40):
        reach = [0.05, 0.3, 3.0][i % 3]
        lon, lat = rng.uniform(23, 39), rng.uniform(45, 52)
        a = star(rng, lon, lat, reach, 3 + i)
        b = star(rng, lon + rng.uniform(-reach, reach), lat + rng.uniform(-reach, reach), reach * rng.uniform(0.3, 2), 43 - i)
        cases.append(("random", a.wkt, b.wkt))
    print("# share of the first inside the second; two geometries. Made by tests/reference/share_cases.py")
    for name, a_wkt, b_wkt in cases:
        a, b = shapely.wkt.loads(a_wkt), shapely.wkt.loads(b_wkt)
        step = max(0.0005, np.abs(np.array(a.bounds[2:]) - np.array(a.bounds[:2])).max() / 1000)
        print("# " + name)
        print("%.10f;%s;%s" % (area(a.intersection(b), step) / area(a, step), a_wkt, b_wkt))


main()
