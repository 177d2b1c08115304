"""Places in several reference systems and where PROJ's own program cs2cs puts them in WGS 84.

Usage: python3 tests/reference/crs_cases.py > tests/geo/crs_cases.txt

cs2cs is told the axis order of each system by hand (it keeps to the authority's), so that our x east, y north is
checked against it and not against another user of the same function. Web Mercator is also computed by its formula.
"""

import math
import subprocess

# x, y, z as GIS files store them, and whether the authority puts north first
CASES = [
    ("EPSG:4326", True, [(30.5234, 50.4501, 0), (22.2, 48.4, 0), (40.1, 49.3, 0)]),
    ("OGC:CRS84", False, [(30.5234, 50.4501, 0), (-17.25, -33.5, 0)]),
    ("EPSG:3857", False, [(3397849.35, 6520800.5, 0), (2471292.5, 6168000.25, 0), (4463900, 6330000, 0)]),
    ("EPSG:32636", False, [(324116.4, 5591713.2, 0), (500000, 5400000, 0), (612345.678, 4987654.321, 0)]),
    ("EPSG:5558", False, [(3507263.5, 2067825.25, 4895071.5), (3842100.75, 2600123.5, 4358000.125)]),
    ("EPSG:5561", True, [(30.5234, 50.4501, 0), (35.05, 48.45, 0)]),
    ("EPSG:4284", True, [(30.5234, 50.4501, 0), (24.03, 49.84, 0), (36.25, 50.0, 0)]),
    ("EPSG:28406", True, [(6324116.4, 5591713.2, 0)]),
    ("EPSG:3035", True, [(5692345.6, 3112345.6, 0)]),
    ("+proj=utm +zone=36 +datum=WGS84", False, [(324116.4, 5591713.2, 0)]),
    ("+proj=longlat +ellps=krass +towgs84=25,-141,-78.5,0,0.35,0.736,0", False, [(30.5234, 50.4501, 0)]),
]


def cs2cs(crs, x, y, z, north_first):
    first, second = (y, x) if north_first else (x, y)
    source = crs if ":" in crs else crs + " +type=crs"
    answer = subprocess.run(["cs2cs", "-f", "%.12f", *([source] if ":" in crs else source.split()), "+to", "EPSG:4326"],
                            input=f"{first!r} {second!r} {z!r}\n", capture_output=True, text=True, check=True).stdout
    lat, lon = answer.split()[:2]
    return lon, lat


version = subprocess.run(["cs2cs"], capture_output=True, text=True).stderr.split("\n")[0]
print(f"# Written by tests/reference/crs_cases.py with cs2cs: {version}")
print("# definition|x|y|z|longitude|latitude")
for crs, north_first, places in CASES:
    for x, y, z in places:
        lon, lat = cs2cs(crs, x, y, z, north_first)
        print(f"{crs}|{x!r}|{y!r}|{z!r}|{lon}|{lat}")
        if crs == "EPSG:3857":
            a = 6378137.0
            formula = math.degrees(x / a), math.degrees(2 * math.atan(math.exp(y / a)) - math.pi / 2)
            assert abs(float(lon) - formula[0]) < 1e-10 and abs(float(lat) - formula[1]) < 1e-10
