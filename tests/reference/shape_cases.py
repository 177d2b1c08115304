"""Areas and centres of mass of small shapes, and lengths of geodesics.

Usage: /usr/bin/python3 tests/reference/shape_cases.py > tests/geo/shape_cases.txt
"""

import geographiclib
import numpy
import pyproj
import shapely
from geographiclib.geodesic import Geodesic
from shapely import wkt

from centre_of_mass import area, centre

SHAPES = [
    "POLYGON((30 50,31 50,31 51,30 51,30 50))",
    "POLYGON((30 50,30.001 50,30.001 50.001,30 50.001,30 50))",
    "POLYGON((30 50,30.1 50,30 50.1,30 50))",
    "POLYGON((30 50,31 50,31 51,30 51,30 50),(30.2 50.2,30.2 50.8,30.6 50.8,30.6 50.2,30.2 50.2))",
    "POLYGON((30 50,33 50,33 50.5,30.5 50.5,30.5 52,30 52,30 50))",
    "POLYGON((30 49,30.01 49,30.01 51,30 51,30 49))",
    "POLYGON((22 44,40 44,40 52,22 52,22 44))",
    "MULTIPOLYGON(((30 50,31 50,31 51,30 51,30 50)),((33 50,33.5 50,33.5 50.5,33 50.5,33 50)))",
    "POLYGON((36.2 49.9,36.35 49.95,36.3 50.05,36.4 50.1,36.25 50.12,36.1 50.02,36.2 49.9))",
    "POLYGON((-70 -33,-69 -33,-69 -32,-70 -32,-70 -33))",
    "POLYGON((-1 -1,1 -1,1 1,-1 1,-1 -1))",
    "POLYGON((10 84,20 84,20 85,10 85,10 84))",
]
LINES = [(30.5234, 50.4501, 24.0297, 49.8397), (30, 50, 30, 50), (30, 50, 30.000001, 50), (0, 0, 179.5, 0.5),
         (0, 0, 0, 90), (33.5, 44.6, 36.25, 50.0), (22.1, 48.4, 40.2, 49.6)]

print(f"# Written by tests/reference/shape_cases.py with geographiclib {'.'.join(map(str, geographiclib.__version_info__[:3]))}, pyproj "
      f"{pyproj.__version__}, numpy {numpy.__version__}, shapely {shapely.__version__}")
print("# area|shape|m2|longitude|latitude of the centre of mass")
for text in SHAPES:
    shape = wkt.loads(text)
    lon, lat, spread = centre(shape)
    assert spread < 2e-11 * max(1.0, shape.length), (text, spread)
    print(f"area|{text}|{area(shape)!r}|{lon:.12f}|{lat:.12f}")
print("# length|longitude, latitude twice|m")
for x0, y0, x1, y1 in LINES:
    print(f"length|{x0!r} {y0!r} {x1!r} {y1!r}|{Geodesic.WGS84.Inverse(y0, x0, y1, x1)['s12']!r}")
