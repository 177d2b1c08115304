#!/usr/bin/env python3
"""The assessment of the real communities, computed a second time by other programs.

    assessment.py DATA RESULT

DATA is the folder of the real inputs, RESULT the indicators.csv that hromada-assess made of examples/ukraine/ukraine.yaml. Areas come from pyproj's
Geod (GeographicLib), joins and sums from pandas with Python's exact fsum, points from shapely, distances from
brute force over dense samples. Nothing here reads a line of libhromada. What it prints is kept beside it in assessment.txt.
"""
import math
import sys
import unicodedata

import geopandas
import numpy
import pandas
import pyproj
import shapely
import shapely.geometry
from shapely.geometry import Point
from shapely.prepared import prep
from shapely.strtree import STRtree

from sheets import sheet_table

GEOD = pyproj.Geod(ellps="WGS84")


def key(code):
    """The seven digits of a community's code."""
    return code.strip()[2:9]


def compare(name, ours, theirs, tolerance):
    """One line: how many values, how many differ in being missing, the greatest relative difference."""
    both = ours.notna() & theirs.notna()
    holes = int((ours.notna() != theirs.notna()).sum())
    a, b = ours[both].to_numpy(float), theirs[both].to_numpy(float)
    scale = numpy.maximum(numpy.abs(b), 1e-300)
    worst = float(numpy.max(numpy.where(a == b, 0.0, numpy.abs(a - b) / scale))) if len(a) else 0.0
    verdict = "agrees" if holes == 0 and worst <= tolerance and len(a) else "DIFFERS"
    print(f"{name:44} {len(a):6} values {holes:4} holes differ, worst relative difference {worst:.3g}: {verdict}")
    return verdict == "agrees"


def totals(table, by, column, scale):
    """Exact sums of scaled cells by key, each cell scaled before it is added."""
    present = table[table[column].notna()]
    return present.groupby(by)[column].apply(lambda cells: math.fsum(scale * c for c in cells))


def geodesic_area(geometry):
    """Edges are geodesics; holes are taken off."""
    total = 0.0
    for part in getattr(geometry, "geoms", [geometry]):
        if part.geom_type != "Polygon":
            continue
        for number, ring in enumerate([part.exterior, *part.interiors]):
            area = abs(GEOD.polygon_area_perimeter(*ring.coords.xy)[0])
            total += area if number == 0 else -area
    return total if total > 0 else math.nan


def straight_area(geometry):
    """Edges are straight in longitude and latitude: cut into pieces so short that geodesics do not differ."""
    total = 0.0
    for part in getattr(geometry, "geoms", [geometry]):
        if part.geom_type == "Polygon":
            for number, ring in enumerate([part.exterior, *part.interiors]):
                points = dense([ring], 0.002)
                area = abs(GEOD.polygon_area_perimeter(points[:, 0], points[:, 1])[0])
                total += area if number == 0 else -area
    return total


def dense(lines, step_deg):
    """Points along edges that are straight in longitude and latitude."""
    points = []
    for line in lines:
        xy = numpy.asarray(line.coords)[:, :2]
        for (x0, y0), (x1, y1) in zip(xy, xy[1:]):
            n = max(1, int(math.hypot(x1 - x0, y1 - y0) / step_deg))
            t = numpy.arange(n) / n
            points.append(numpy.column_stack([x0 + (x1 - x0) * t, y0 + (y1 - y0) * t]))
        points.append(xy[-1:])
    return numpy.concatenate(points)


def rings_of(geometry):
    for part in getattr(geometry, "geoms", [geometry]):
        yield part.exterior
        yield from part.interiors


def earth_centred(points):
    to = pyproj.Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)
    return numpy.column_stack(to.transform(points[:, 0], points[:, 1], numpy.zeros(len(points))))


LATIN = str.maketrans("aceiopxyABCEHIKMOPTXi", "асеіорхуАВСЕНІКМОРТХі")


def plain(name):
    """A name of the capacity table or the codifier: they have no words of kind, but blanks, marks and Latin letters."""
    text = unicodedata.normalize("NFC", name).translate(LATIN)
    for mark in "’ʼ`′":
        text = text.replace(mark, "'")
    return " ".join(text.split()).casefold()


def by_names(rows, layer, codifier):
    """Rows joined by name within the oblast where exactly one community has that name: its key, row by row. Names are those of the
    layer and of the codifier. Two rows for one community are both held back."""
    known = {}
    for row in layer.itertuples():
        known.setdefault((plain(row.ADM1_UA), plain(row.ADM3_UA)), set()).add(row.key)
    for row in codifier.itertuples():
        if key(row.hromada_code) in set(layer["key"]):
            known.setdefault((plain(row.oblast_name), plain(row.hromada_name)), set()).add(key(row.hromada_code))
    found = [known.get((plain(r["Область "]), plain(r["Назва територіальної громади"])), set()) for r in rows]
    keys = [next(iter(f)) if len(f) == 1 else None for f in found]
    held = {k for k in keys if k is not None and keys.count(k) > 1}
    print(f"capacity {len(rows)}: matched {sum(k is not None and k not in held for k in keys)}, ambiguous "
          f"{sum(len(f) > 1 for f in found)}, unknown {sum(not f for f in found)}, held back {sum(k in held for k in keys)}")
    return [None if k in held else k for k in keys]


def nearest_m(layer, front):
    """Least geodesic distance between dense samples of two boundaries (about 20 and 50 m apart): never too short, and too
    long by less than the steps. A coarse pass (samples at most 1.2 km apart) leaves out what cannot be nearest."""
    from scipy.spatial import cKDTree
    fine_front = dense(rings_of(front), 0.0002)
    fine_tree = cKDTree(earth_centred(fine_front))
    coarse_tree = cKDTree(earth_centred(dense(rings_of(front), 0.01)))
    touches = prep(front).intersects
    result = {}
    for row in layer.itertuples():
        if row.geometry.is_empty:
            continue
        if touches(row.geometry):
            result[row.key] = 0.0
            continue
        coarse = earth_centred(dense(rings_of(row.geometry), 0.01))
        distance, _ = coarse_tree.query(coarse)
        near = cKDTree(coarse[distance <= distance.min() + 5000.0])
        fine = dense(rings_of(row.geometry), 0.0005)
        centred = earth_centred(fine)
        kept = near.query(centred, distance_upper_bound=2500.0)[0] < numpy.inf
        fine, centred = fine[kept], centred[kept]
        distance, index = fine_tree.query(centred)
        order = numpy.argsort(distance)[:20]
        result[row.key] = min(GEOD.inv(*fine[i], *fine_front[index[i]])[2] for i in order)
    return pandas.Series(result)


def main():
    data, result_path = sys.argv[1:3]
    print("python", sys.version.split()[0], "pandas", pandas.__version__, "shapely", shapely.__version__, "GEOS",
          shapely.geos.geos_version_string, "pyproj", pyproj.__version__, "PROJ", pyproj.proj_version_str)
    ours = pandas.read_csv(result_path, float_precision="round_trip", low_memory=False)
    ours.index = ours["code"].map(key)
    good = [len(ours) == 1769]
    print("rows", len(ours))

    layer = geopandas.read_file(f"{data}/boundaries/Hromadas.geojson")
    layer["key"] = layer["ADM3_PCODE"].map(key)
    index = layer["key"]
    good.append(list(ours.index) == list(index))

    def column(series):
        return series.reindex(ours.index)

    areas = pandas.Series([geodesic_area(g) for g in layer.geometry], index=index)
    good.append(compare("area_m2", ours["area_m2"], column(areas), 1e-9))

    full = pandas.read_csv(f"{data}/statistics/full_dataset.csv", float_precision="round_trip", low_memory=False)
    full.index = full["hromada_code"].map(key)
    good.append(compare("population", ours["population"], column(full["total_popultaion_2022"]), 0))

    budget = pandas.read_csv(f"{data}/statistics/hromada_budget_2020_2022.csv", float_precision="round_trip",
                             low_memory=False)
    budget["key"] = budget["hromada_code"].map(key)
    for name in [c for c in ours.columns if "@" in c and c.split("@")[0] in RECIPE_BUDGET]:
        field, year = RECIPE_BUDGET[name.split("@")[0]], int(name.split("@")[1])
        theirs = budget[budget["year"] == year].set_index("key")[field]
        good.append(compare(name, ours[name], column(theirs), 0))

    rows = list(sheet_table(f"{data}/statistics/fin_capacity_merged.xlsx", "-", 1))
    keys = by_names(rows, layer, pandas.read_csv(f"{data}/codes/ua-admin-hromada.csv"))
    theirs = pandas.Series({k: float(r["Видатки на утримання апарату управління на мешканця"])
                            for k, r in zip(keys, rows) if k is not None})
    good.append(compare("apparatus_cost_per_person", ours["apparatus_cost_per_person"], column(theirs), 0))
    print(f"apparatus_cost_per_person: sum {math.fsum(theirs)!r}")

    funds = pandas.read_csv(f"{data}/investments/dfrr_hromadas.csv", float_precision="round_trip")
    funds["key"] = funds["hromada_code"].map(key)
    field = "budget_executed_2015"
    outside = ours.index.str[:2].isin(["01", "85"])  # the fund did not work there: missing, not 0
    zero = pandas.Series(0.0, index=ours.index).mask(outside)
    good.append(compare("investment_total", ours["investment_total"],
                        zero + totals(funds, "key", field, 1000.0).reindex(ours.index).fillna(0), 1e-15))
    for year in sorted(funds["year"].unique()):
        by_year = totals(funds[funds["year"] == year], "key", field, 1000.0)
        good.append(compare(f"investment_total@{year}", ours[f"investment_total@{year}"],
                            zero + by_year.reindex(ours.index).fillna(0), 1e-15))

    events = geopandas.read_file(f"{data}/damage/damage_events2022_23.shp")
    tree = STRtree(list(layer.geometry))
    counts, several, nowhere = dict.fromkeys(index, 0), 0, 0
    position = {id(g): i for i, g in enumerate(layer.geometry)}
    cache = {}
    for x, y in zip(events.geometry.x, events.geometry.y):
        if (x, y) not in cache:
            point = Point(x, y)
            found = tree.query(point)
            rows = [int(f) if not hasattr(f, "geom_type") else position[id(f)] for f in found]
            cache[x, y] = sorted(r for r in rows if layer.geometry.iloc[r].intersects(point))
        rows = cache[x, y]
        several += len(rows) > 1
        nowhere += not rows
        if rows:
            counts[index.iloc[rows[0]]] += 1
    print(f"points {len(events)}: in one {len(events) - several - nowhere}, in several {several}, in none {nowhere}")
    theirs = pandas.Series(counts, dtype=float)
    theirs[layer.geometry.is_empty.to_numpy()] = math.nan
    good.append(compare("damage_count", ours["damage_count"], column(theirs), 0))

    front = geopandas.read_file(f"{data}/frontline/deepstate/deepstatemap_data_20240708.geojson").unary_union
    theirs = column(nearest_m(layer, front))
    difference = theirs - ours["front_distance_m"]
    print(f"front_distance_m: {int(difference.notna().sum())} values; dense samples are longer by "
          f"{difference.min():.3f} to {difference.max():.3f} m")
    good.append(difference.min() > -0.5 and difference.max() < 60)
    shares, prepared = {}, prep(front)
    for row in layer.itertuples():
        if prepared.covers(row.geometry):
            shares[row.key] = 1.0
        elif prepared.intersects(row.geometry):
            shares[row.key] = straight_area(row.geometry.intersection(front)) / straight_area(row.geometry)
        else:
            shares[row.key] = 0.0
        if row.geometry.is_empty:
            shares[row.key] = math.nan
    difference = (column(pandas.Series(shares)) - ours["front_inside_share"]).abs()
    print(f"front_inside_share: {int(difference.notna().sum())} values; greatest difference {difference.max():.3g}")
    good.append(difference.max() < 1e-4)
    print("all agree" if all(good) else "NOT all agree")
    return 0 if all(good) else 1


# columns of the recipe → fields of the budget panel
RECIPE_BUDGET = {"rev_total": "income_total", "rev_own": "income_own", "transfers": "income_transfert"}

if __name__ == "__main__":
    sys.exit(main())
