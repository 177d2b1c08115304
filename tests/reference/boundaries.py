"""The real boundaries measured apart from the library.

Usage: HROMADA_DATA=folder /usr/bin/python3 tests/reference/boundaries.py > tests/real/boundaries.txt   (some minutes)

Areas by geographiclib (Karney's own Python code; edges as geodesics), centres of mass by fine triangles on an equal-area
map (centre_of_mass.py), unions and intersections by shapely. Lines: `community code m2 longitude latitude` (0 0 0: no
boundary), `unit code degrees2` for raions and oblasts (unions of their communities, in the plane of degrees: on the
ellipsoid it would matter how many vertices a union keeps on a straight edge), `outline m2` for the country's outline at
full resolution, and `fit touching overlapping overlap_m2 gaps gaps_m2 uncovered_m2`.
"""

import json
import os
from collections import defaultdict

import geopandas
import numpy
import pyproj
import shapely
from geographiclib import __version_info__ as geographiclib_version
from shapely.geometry import Polygon, shape
from shapely.geos import geos_version_string
from shapely.ops import unary_union
from shapely.prepared import prep

from centre_of_mass import area, centre

folder = os.path.join(os.environ["HROMADA_DATA"], "boundaries")
print(f"# Written by tests/reference/boundaries.py with geographiclib {'.'.join(map(str, geographiclib_version[:3]))}, "
      f"pyproj {pyproj.__version__}, numpy {numpy.__version__}, shapely {shapely.__version__}, GEOS {geos_version_string}")

with open(os.path.join(folder, "Hromadas.geojson"), encoding="utf-8") as file:
    features = json.load(file)["features"]
communities = [(f["properties"]["ADM3_PCODE"], shape(f["geometry"])) for f in features]
for code, boundary in communities:
    if boundary.is_empty:
        print(f"community {code} 0 0 0")
        continue
    lon, lat, spread = centre(boundary)
    assert spread < 1e-10, (code, spread)
    print(f"community {code} {area(boundary)!r} {lon:.11f} {lat:.11f}")
communities = [one for one in communities if not one[1].is_empty]

for digits in (6, 4):
    units = defaultdict(list)
    for code, boundary in communities:
        units[code[:digits]].append(boundary)
    for code, boundaries in units.items():
        print(f"unit {code} {unary_union(boundaries).area!r}")

outline = geopandas.read_file(os.path.join(folder, "ukr_admbnda_adm0_sspe_20240416.shp")).geometry.iloc[0]
print(f"outline {area(outline)!r}")

shapes = sorted((boundary for _, boundary in communities), key=lambda s: s.bounds[0])
touching = overlapping = 0
overlap = 0.0
active = []
for one in shapes:
    west, south, east, north = one.bounds
    active = [other for other in active if other[0].bounds[2] >= west]
    for other, prepared in active:
        if other.bounds[1] > north or other.bounds[3] < south or not prepared.intersects(one):
            continue
        touching += 1
        common = other.intersection(one)
        polygons = [p for p in getattr(common, "geoms", [common]) if p.geom_type == "Polygon" and p.area > 0]
        if polygons:
            overlapping += 1
            overlap += sum(area(p) for p in polygons)
    active.append((one, prep(one)))
together = unary_union(shapes)
holes = [Polygon(ring) for part in together.geoms for ring in part.interiors]
enclosed = sum(area(hole) for hole in holes)
islands = 0.0
for part in together.geoms:
    place = part.representative_point()
    if any(hole.contains(place) for hole in holes):
        islands += area(Polygon(part.exterior))
        islands -= sum(area(Polygon(ring)) for ring in part.interiors)
        assert not part.interiors  # else their gaps would be enclosed twice
print(f"fit {touching} {overlapping} {overlap!r} {len(holes)} {enclosed!r} {enclosed - islands!r}")
