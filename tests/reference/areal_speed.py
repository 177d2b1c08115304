#!/usr/bin/env python3
"""How long geopandas needs for the overlay alone of what bench_areal.c interpolates (best of three, one core):

    HROMADA_DATA=… taskset -c 0 python3 areal_speed.py

The overlay is planar, divides no overlaps, and says nothing of gaps. Debian 12: python3-geopandas 0.12.2,
python3-shapely 1.8.5 (GEOS 3.11.1), python3-pyproj 3.4.1, python3-rtree 1.0.1.
"""
import os
import time

import geopandas
import numpy as np
import shapely.geometry

DATA = os.environ["HROMADA_DATA"] + "/boundaries/"
METRES = "EPSG:32636"


def grid(side):
    corners = [(x, y) for x in np.arange(-320e3, 960e3, side) for y in np.arange(4.88e6, 5.88e6, side)]
    return geopandas.GeoDataFrame(geometry=[shapely.geometry.box(x, y, x + side, y + side) for x, y in corners], crs=METRES)


communities = geopandas.read_file(DATA + "Hromadas.geojson")[["ADM3_PCODE", "geometry"]].to_crs(METRES)
communities = communities[communities.geom_type != "GeometryCollection"]
raions = geopandas.read_file(DATA + "Raions_simplified.geojson")[["ADM2_PCODE", "geometry"]].to_crs(METRES)
for name, source in (("raions", raions), ("grid of 10 km", grid(10e3))):
    times = []
    for _ in range(3):
        start = time.process_time()
        pieces = geopandas.overlay(source, communities, how="intersection", keep_geom_type=True)
        areas = pieces.area
        times.append(time.process_time() - start)
    print(f"{name}: {len(source)} rows, {len(pieces)} pieces, {1000 * min(times):.0f} ms")
