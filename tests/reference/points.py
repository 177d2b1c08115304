#!/usr/bin/env python3
"""The real event positions counted per community, apart from the library: tests/real/points.txt.

    HROMADA_DATA=… python3 points.py > ../real/points.txt

A position belongs to the first community in the file's order whose polygon covers it (GEOS's covers(): borders
included). Debian 12: python3-shapely 1.8.5 (GEOS 3.11.1).
"""
import json
import os
import struct
from collections import Counter

import shapely.geometry
import shapely.prepared
import shapely.strtree

DATA = os.environ["HROMADA_DATA"]


def main():
    shp = open(DATA + "/damage/damage_events2022_23.shp", "rb").read()
    positions = Counter(struct.unpack("<dd", shp[at + 12 : at + 28]) for at in range(100, len(shp), 28))
    features = json.load(open(DATA + "/boundaries/Hromadas.geojson"))["features"]
    shapes = [shapely.geometry.shape(f["geometry"]) for f in features]
    number = {id(s): i for i, s in enumerate(shapes)}
    prepared = [shapely.prepared.prep(s) for s in shapes]
    tree = shapely.strtree.STRtree(shapes)
    count = [0] * len(shapes)
    outside = ambiguous = 0
    for (x, y), n in positions.items():
        point = shapely.geometry.Point(x, y)
        found = sorted(i for i in (number[id(s)] for s in tree.query(point)) if prepared[i].covers(point))
        if not found:
            outside += n
            continue
        count[found[0]] += n
        ambiguous += n * (len(found) > 1)
    print("# positions, inside, in more than one, outside; then a line per community that has some")
    print(sum(positions.values()), sum(count), ambiguous, outside)
    for f, n in zip(features, count):
        if n:
            print(f["properties"]["ADM3_PCODE"], n)


main()
