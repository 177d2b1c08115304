#!/usr/bin/env python3
"""Least distances between lines straight in longitude and latitude, by brute force: tests/geo/nearest_cases.txt.

    python3 nearest_cases.py > ../geo/nearest_cases.txt

Every pair of edges: a grid of 101 × 101 places measured with geodesics, and from its five lowest places the grid
narrowed by ten, seven times. Debian 12: python3-pyproj 3.4.1 (PROJ 9.1.1), python3-numpy 1.24.2.
"""
import numpy as np
import pyproj

GEOD = pyproj.Geod(ellps="WGS84")


def least(a, b):
    """Of the edges a and b: longitude, latitude, longitude, latitude."""

    def grid(s0, s1, t0, t1, n):
        ss, tt = np.meshgrid(np.linspace(s0, s1, n), np.linspace(t0, t1, n), indexing="ij")
        ss, tt = np.clip(ss.ravel(), 0, 1), np.clip(tt.ravel(), 0, 1)
        _, _, d = GEOD.inv(
            a[0] + ss * (a[2] - a[0]), a[1] + ss * (a[3] - a[1]), b[0] + tt * (b[2] - b[0]), b[1] + tt * (b[3] - b[1])
        )
        return ss, tt, d

    ss, tt, d = grid(0, 1, 0, 1, 101)
    best = d.min()
    for k in np.argsort(d)[:5]:
        s, t, reach = ss[k], tt[k], 0.02
        for _ in range(7):
            s2, t2, d2 = grid(s - reach, s + reach, t - reach, t + reach, 41)
            m = int(np.argmin(d2))
            s, t, best, reach = s2[m], t2[m], min(best, d2[m]), reach / 10
    return best


def edges(path):
    if len(path) == 1:
        return [path[0] + path[0]]
    return [p + q for p, q in zip(path[:-1], path[1:])]


def wkt(path):
    if len(path) == 1:
        return "POINT(%r %r)" % path[0]
    return "LINESTRING(" + ",".join("%r %r" % p for p in path) + ")"


def main():
    rng = np.random.default_rng(4)
    cases = [
        ("along a meridian", [(30.0, 50.0)], [(30.0, 51.0)]),
        ("a place north of an edge along a parallel, which is no geodesic", [(30.0, 50.5)], [(20.0, 50.0), (40.0, 50.0)]),
        ("a place south of it", [(30.0, 49.5)], [(20.0, 50.0), (40.0, 50.0)]),
        ("two edges along parallels: the same distance all along", [(20.0, 49.0), (40.0, 49.0)], [(20.0, 50.0), (40.0, 50.0)]),
        ("two that nearly are", [(20.0, 49.0), (40.0, 49.001)], [(20.0, 50.0), (40.0, 50.0)]),
        ("over the equator", [(10.0, -1.0), (12.0, -2.0)], [(10.5, 1.0), (11.0, 3.0)]),
        ("an edge over the equator", [(10.0, -1.0), (12.0, 2.0)], [(13.0, -3.0), (14.0, 3.0)]),
        ("over the date line", [(179.5, 60.0), (179.9, 61.0)], [(-179.8, 60.2), (-179.0, 61.0)]),
        ("around the pole", [(0.0, 85.0), (10.0, 86.0)], [(170.0, 85.5), (180.0, 84.0)]),
        ("along a parallel near the pole", [(-60.0, 88.0), (60.0, 88.0)], [(10.0, 86.0), (20.0, 85.0)]),
        ("half around the earth", [(0.0, 0.0), (1.0, 1.0)], [(179.0, 2.0), (178.0, -3.0)]),
        ("the same place", [(30.0, 50.0)], [(30.0, 50.0)]),
        ("a millimetre apart", [(30.0, 50.0)], [(30.0, 50.00000001)]),
        ("a long slanted edge", [(22.0, 44.5), (40.0, 52.0)], [(31.0, 49.0)]),
        ("a longer one, far away", [(22.0, 44.5), (90.0, 60.0)], [(31.0, 40.0), (33.0, 35.0)]),
    ]
    for i in range(45):
        reach = [0.02, 0.2, 2.0][i % 3]
        apart = [0.05, 1.0, 8.0][i // 3 % 3]
        lon, lat = rng.uniform(22, 40), rng.uniform(44, 53)

        def path(x, y, n):
            return [(round(x + rng.uniform(-reach, reach), 7), round(y + rng.uniform(-reach, reach), 7)) for _ in range(n)]

        n = i % 4 + 1
        cases.append(("random", path(lon, lat, n), path(lon + apart + 2.2 * reach, lat + rng.uniform(-1, 1) * apart, 4 - i % 3)))
    print("# distance in metres; two geometries. Made by tests/reference/nearest_cases.py")
    for name, a, b in cases:
        print("# " + name)
        print("%.6f;%s;%s" % (min(least(e, f) for e in edges(a) for f in edges(b)), wkt(a), wkt(b)))


main()
