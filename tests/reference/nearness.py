#!/usr/bin/env python3
"""Distances and shares of the real communities to real fronts, by brute force and apart from the library.

    HROMADA_DATA=… python3 nearness.py occupied > ../real/nearness_occupied.csv
    HROMADA_DATA=… python3 nearness.py line     > ../real/nearness_line.csv

Both boundaries are cut into pieces of 50 m, straight in longitude and latitude; the nearest pairs of places are
found in space with a k-d tree, and around every pair of edges that may hold the nearest one a grid of places is
measured with geodesics and narrowed five times, by ten each. Zero where shapely's intersects() says so. From
COD's label points the same. Shares: shapely's intersection in the plane of degrees, cut into pieces of 0.002
degrees, measured with geodesics.

Debian 12: python3-pyproj 3.4.1 (PROJ 9.1.1), python3-shapely 1.8.5 (GEOS 3.11.1), python3-scipy 1.10.1,
python3-numpy 1.24.2.
"""
import json
import os
import struct
import sys

import numpy as np
import pyproj
import shapely
import shapely.geometry
import shapely.geos
import shapely.prepared
from scipy.spatial import cKDTree

DATA = os.environ["HROMADA_DATA"]
FRONTS = {
    "occupied": "frontline/deepstate/deepstatemap_data_20240708.geojson",
    "line": "frontline/frontline_28092022.geojson",
}
STEP_M = 50.0
GEOD = pyproj.Geod(ellps="WGS84")


def paths_of(geometry):
    """Every ring and line as an array of longitudes and latitudes."""
    kind = geometry.geom_type
    if kind == "Polygon":
        return [np.array(r.coords)[:, :2] for r in [geometry.exterior, *geometry.interiors]]
    if kind == "LineString":
        return [np.array(geometry.coords)[:, :2]]
    return [p for part in geometry.geoms for p in paths_of(part)]


def edges_of(geometry):
    """n × 4: from longitude, latitude, to longitude, latitude."""
    return np.vstack([np.hstack([p[:-1], p[1:]]) for p in paths_of(geometry)])


def in_space(lon, lat):
    a, f = 6378137.0, 1 / 298.257223563
    e2 = f * (2 - f)
    lon, lat = np.radians(lon), np.radians(lat)
    n = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    return np.column_stack([n * np.cos(lat) * np.cos(lon), n * np.cos(lat) * np.sin(lon), n * (1 - e2) * np.sin(lat)])


def samples(edges):
    """Places along edges at most STEP_M apart: edge, part of the way, place in space."""
    length = np.linalg.norm(in_space(edges[:, 0], edges[:, 1]) - in_space(edges[:, 2], edges[:, 3]), axis=1)
    pieces = np.maximum(1, np.ceil(length / STEP_M)).astype(int)
    edge = np.repeat(np.arange(len(edges)), pieces + 1)
    start = np.repeat(np.cumsum(pieces + 1) - (pieces + 1), pieces + 1)
    t = (np.arange(len(edge)) - start) / np.repeat(pieces, pieces + 1)
    e = edges[edge]
    place = in_space(e[:, 0] + t * (e[:, 2] - e[:, 0]), e[:, 1] + t * (e[:, 3] - e[:, 1]))
    return edge, t, place, STEP_M / np.maximum(length, 1e-9)


def narrowed(e, s, ds, f, t, dt):
    """The least geodesic between two edges around the parts s and t of their ways."""
    best = np.inf
    for _ in range(6):
        ss = np.unique(np.clip(np.linspace(s - ds, s + ds, 41), 0, 1))
        tt = np.unique(np.clip(np.linspace(t - dt, t + dt, 41), 0, 1))
        gs, gt = [g.ravel() for g in np.meshgrid(ss, tt)]
        _, _, d = GEOD.inv(
            e[0] + gs * (e[2] - e[0]), e[1] + gs * (e[3] - e[1]), f[0] + gt * (f[2] - f[0]), f[1] + gt * (f[3] - f[1])
        )
        k = int(np.argmin(d))
        best = min(best, d[k])
        s, t, ds, dt = gs[k], gt[k], ds / 10, dt / 10
    return best


class Target:
    def __init__(self, geometry):
        self.edges = edges_of(geometry)
        self.edge, self.t, self.place, self.part = samples(self.edges)
        self.tree = cKDTree(self.place)

    def distance(self, edges):
        edge, s, place, part = samples(edges)
        chord, _ = self.tree.query(place)
        # what the samples' distance, and the turn from lines through the earth to ways along it, may hide
        reach = chord.min() + 1.5 * STEP_M + 25 * (chord.min() / 1e6) ** 3
        pairs = {}
        for i in np.flatnonzero(chord <= reach):
            for k in self.tree.query_ball_point(place[i], reach):
                d = np.linalg.norm(place[i] - self.place[k])
                key = (edge[i], self.edge[k])
                if key not in pairs or d < pairs[key][0]:
                    pairs[key] = (d, s[i], self.t[k])
        if len(pairs) > 60:  # long stretches side by side: the nearest of them will do
            pairs = dict(sorted(pairs.items(), key=lambda p: p[1][0])[:60])
        return min(
            narrowed(edges[a], s0, 1.5 * part[a], self.edges[b], t0, 1.5 * self.part[b])
            for (a, b), (_, s0, t0) in pairs.items()
        )


def densified(geometry):
    def ring(coords):
        c = np.array(coords)[:, :2]
        out = []
        for a, b in zip(c[:-1], c[1:]):
            n = max(1, int(np.ceil(np.abs(b - a).max() / 0.002)))
            out.append(a + (b - a) * (np.arange(n) / n)[:, None])
        return np.vstack(out + [c[-1:]])

    if geometry.geom_type == "Polygon":
        return shapely.geometry.Polygon(ring(geometry.exterior.coords), [ring(r.coords) for r in geometry.interiors])
    return shapely.geometry.MultiPolygon([densified(g) for g in geometry.geoms if g.geom_type == "Polygon"])


def area(geometry):
    if geometry.is_empty:
        return 0.0
    if geometry.geom_type == "GeometryCollection":
        return sum(area(g) for g in geometry.geoms)
    if geometry.geom_type not in ("Polygon", "MultiPolygon"):
        return 0.0
    oriented = densified(geometry)
    parts = [oriented] if oriented.geom_type == "Polygon" else oriented.geoms
    return sum(abs(GEOD.geometry_area_perimeter(shapely.geometry.polygon.orient(p))[0]) for p in parts)


def label_points():
    """COD's label points: the .shp's positions in the order of the .dbf's rows, with the code of each row."""
    name = DATA + "/boundaries/ukr_admbndp_adm0123_sspe_itos_20240416"
    shp = open(name + ".shp", "rb").read()
    dbf = open(name + ".dbf", "rb").read()
    rows, head, size = struct.unpack("<IHH", dbf[4:12])
    at, field = 1, None
    for i in range(32, head - 1, 32):
        width = dbf[i + 16]
        if dbf[i : i + 11].split(b"\0")[0] == b"ADM3_PCODE":
            field = (at, width)
        at += width
    out = {}
    for r in range(rows):
        record = dbf[head + r * size :][:size]
        code = record[field[0] : field[0] + field[1]].decode().strip()
        out[code] = struct.unpack("<dd", shp[100 + 28 * r + 12 : 100 + 28 * r + 28])
    return out


def main():
    front = json.load(open(os.path.join(DATA, FRONTS[sys.argv[1]])))
    target_shape = shapely.geometry.GeometryCollection([shapely.geometry.shape(f["geometry"]) for f in front["features"]])
    if sys.argv[1] == "occupied":
        target_shape = target_shape.geoms[0]
    target = Target(target_shape)
    prepared = shapely.prepared.prep(target_shape)
    points = label_points()
    print("code,distance_m,label_point_distance_m,inside_share")
    for f in json.load(open(DATA + "/boundaries/Hromadas.geojson"))["features"]:
        code = f["properties"]["ADM3_PCODE"]
        shape = shapely.geometry.shape(f["geometry"])
        if shape.is_empty:
            continue
        meets = prepared.intersects(shape)
        distance = 0.0 if meets else target.distance(edges_of(shape))
        x, y = points[code]
        inside = prepared.intersects(shapely.geometry.Point(x, y))
        from_point = 0.0 if inside else target.distance(np.array([[x, y, x, y]]))
        share = ""
        if sys.argv[1] == "occupied":
            share = "%.9f" % (area(shape.intersection(target_shape)) / area(shape) if meets else 0.0)
        print("%s,%.4f,%.4f,%s" % (code, distance, from_point, share), flush=True)


main()
