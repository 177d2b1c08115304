#!/usr/bin/env python3
"""The raions' official areas brought to the real communities, apart from the library.

    HROMADA_DATA=… python3 areal.py > ../real/areal_raions.csv

The values of Raions_simplified.geojson (AREA_SQKM, taken once as extensive, once as intensive) by common areas:
shapely's intersection in the plane of degrees, cut into pieces of 0.001 degrees so that geodesics follow them, measured
with geodesics. What several communities cover is divided by inclusion and exclusion over the common areas of two, three …
of them: the k-th part of a place is the sum over sets T of other communities that hold it of (-1)^|T| / (|T| + 1). Gaps are
the faces of the united boundaries that no community covers. Then the same by weights: COD's label points, each with its
longitude for a weight, in the first community that holds it. The first lines are totals. (tobler and the R package areal do
the plain shares, without overlaps and gaps; neither is in Debian 12.)

Debian 12: python3-pyproj 3.4.1 (PROJ 9.1.1), python3-shapely 1.8.5 (GEOS 3.11.1), python3-numpy 1.24.2,
python3-geopandas 0.12.2 (reads the label points). Takes 15 s.
"""
import json
import math
import os

import geopandas
import numpy as np
import pyproj
import shapely.geometry
import shapely.ops
import shapely.prepared
import shapely.strtree

DATA = os.environ["HROMADA_DATA"]
STEP = 0.001
GEOD = pyproj.Geod(ellps="WGS84")


def read(file, code):
    with open(f"{DATA}/boundaries/{file}", encoding="utf-8") as stream:
        features = json.load(stream)["features"]
    rows = [(f["properties"][code], f["properties"]["AREA_SQKM"], shapely.geometry.shape(f["geometry"])) for f in features]
    return [row[0] for row in rows], np.array([row[1] for row in rows]), [row[2] for row in rows]


def fine(ring):
    points = np.array(ring.coords)[:, :2]
    pieces = []
    for start, end in zip(points[:-1], points[1:]):
        count = max(1, math.ceil(np.abs(end - start).max() / STEP))
        pieces.append(start + (end - start) * (np.arange(count) / count)[:, None])
    return np.vstack(pieces)


def area(geometry):
    """km², edges straight in longitude and latitude."""
    if geometry.is_empty or geometry.geom_type in ("Point", "MultiPoint", "LineString", "MultiLineString"):
        return 0.0
    if geometry.geom_type != "Polygon":
        return sum(area(part) for part in geometry.geoms)
    sizes = []
    for ring in [geometry.exterior, *geometry.interiors]:
        points = fine(ring)
        sizes.append(abs(GEOD.polygon_area_perimeter(points[:, 0], points[:, 1])[0]) / 1e6)
    return sizes[0] - sum(sizes[1:])


codes, official, communities = read("Hromadas.geojson", "ADM3_PCODE")
raion_codes, values, raions = read("Raions_simplified.geojson", "ADM2_PCODE")
own = np.array([area(c) for c in communities])
tree = shapely.strtree.STRtree(communities)
place = {id(c): i for i, c in enumerate(communities)}
prepared = [shapely.prepared.prep(c) for c in communities]


def meeting(geometry):
    return sorted(i for i in (place[id(c)] for c in tree.query(geometry)) if prepared[i].intersects(geometry))


neighbours = [[k for k in meeting(c) if k != i] if not c.is_empty else [] for i, c in enumerate(communities)]


def less_for_others(piece, others, sign, size):
    """What inclusion and exclusion adds to the area of `piece` for all sets of others, each larger by one."""
    result = 0.0
    for n, k in enumerate(others):
        common = piece.intersection(communities[k])
        size_of_common = area(common)
        if size_of_common > 0:
            result += -sign / (size + 1) * size_of_common
            result += less_for_others(common, others[n + 1:], -sign, size + 1)
    return result


union = shapely.ops.unary_union([c for c in communities if not c.is_empty])
united = shapely.prepared.prep(union)
gaps = [f for f in shapely.ops.polygonize(shapely.ops.unary_union(union.boundary))
        if not united.intersects(f.representative_point())]
gap_tree = shapely.strtree.STRtree(gaps)

parts = {}   # (raion, community): km², overlaps divided
common = {}  # the same, plain
size = np.array([area(r) for r in raions])
in_gaps = np.zeros(len(raions))
covered = np.zeros(len(raions))
for s, raion in enumerate(raions):
    for c in meeting(raion):
        piece = raion.intersection(communities[c])
        plain = area(piece)
        if plain == 0:
            continue
        common[s, c] = plain
        parts[s, c] = plain + less_for_others(piece, neighbours[c], 1, 1)
    in_gaps[s] = sum(area(raion.intersection(g)) for g in gap_tree.query(raion))
    covered[s] = area(raion.intersection(union))

extensive = np.full(len(codes), np.nan)
upper = np.zeros(len(codes))
lower = np.zeros(len(codes))
for (s, c), part in parts.items():
    extensive[c] = np.nan_to_num(extensive[c]) + values[s] * part / size[s]
    upper[c] += values[s] * common[s, c]
    lower[c] += common[s, c]

# by weights
labels = geopandas.read_file(f"{DATA}/boundaries/ukr_admbndp_adm0123_sspe_itos_20240416.shp")
weights = {}
in_raion = np.zeros(len(raions))
in_community = np.zeros(len(codes))
gap_weight = np.zeros(len(raions))
prepared_raions = [shapely.prepared.prep(r) for r in raions]
for point, weight in zip(labels.geometry, labels["POINT_X"]):
    held = meeting(point)
    if held:
        in_community[held[0]] += weight
    for s, raion in enumerate(raions):
        if not prepared_raions[s].intersects(point):
            continue
        in_raion[s] += weight
        if held:
            weights[s, held[0]] = weights.get((s, held[0]), 0) + weight
        elif any(g.contains(point) for g in gap_tree.query(point)):
            gap_weight[s] += weight
weighed = np.full(len(codes), np.nan)
weighed_upper = np.zeros(len(codes))
weighed_lower = np.zeros(len(codes))
for (s, c), weight in weights.items():
    weighed[c] = np.nan_to_num(weighed[c]) + values[s] * weight / in_raion[s]
    weighed_upper[c] += values[s] * weight
    weighed_lower[c] += weight

print(f"# total {values.sum():.9f}")
print(f"# allocated {np.nansum(extensive):.9f}")
print(f"# allocated_by_union {(values * covered / size).sum():.9f}")
print(f"# in_gaps {(values * in_gaps / size).sum():.9f}")
print(f"# weighed_allocated {np.nansum(weighed):.9f}")
print(f"# weighed_in_gaps {np.nansum(values * gap_weight / np.where(in_raion > 0, in_raion, 1)):.9f}")
print(f"# weighed_without {values[in_raion == 0].sum():.9f}")
print("code,extensive,intensive,covered_share,weighed,weighed_mean,weighed_share")
with np.errstate(invalid="ignore", divide="ignore"):
    columns = [extensive, upper / lower, np.minimum(lower / own, 1), weighed, weighed_upper / weighed_lower,
               np.minimum(weighed_lower / in_community, 1)]
for i, code in enumerate(codes):
    print(",".join([code] + ["" if np.isnan(c[i]) else f"{c[i]:.9g}" for c in columns]))
