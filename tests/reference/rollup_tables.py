#!/usr/bin/env python3
"""Roll real columns up to raions, oblasts and the country with pandas, and print the values for tests/real.

    HROMADA_DATA=... python3 tests/reference/rollup_tables.py > tests/real/rollups.txt      (made with pandas 1.5.3)

Members are the communities of the boundaries; the raion is the first four digits of the seven-digit key, the oblast the
first two. Sums and weighted means are of fractions, rounded once. Lines:

    LEVEL CODE FIELD RULE VALUE COVERAGE     VALUE "-" where no member has one; COVERAGE the share of members with one
"""
import json
import os
import sys
from fractions import Fraction

import pandas

DATA = os.environ["HROMADA_DATA"]
WEIGHT = "total_popultaion_2022"
COLUMNS = [("total_popultaion_2022", "sum"), ("income_own_2021", "sum"), ("income_own_2021", "min"),
           ("income_own_2021", "max"), ("turnout_2020", "mean"), ("square", "sum"), ("declarations_pct", "mean")]
LEVELS = [("country", 0), ("oblast", 2), ("raion", 4)]


def communities():
    with open(os.path.join(DATA, "boundaries/Hromadas.geojson"), encoding="utf-8") as file:
        features = json.load(file)["features"]
    return pandas.DataFrame({"key": [f["properties"]["ADM3_PCODE"][2:9] for f in features]})


def value(rows, field, rule):
    """The value of one unit, and how many members had one."""
    if rule == "mean":
        rows = rows[rows[field].notna() & rows[WEIGHT].notna()]
        weights = [Fraction(w) for w in rows[WEIGHT]]
        total = sum(w * Fraction(x) for w, x in zip(weights, rows[field]))
        return (float(total / sum(weights)) if sum(weights) != 0 else None), len(rows)
    rows = rows[rows[field].notna()]
    if len(rows) == 0:
        return None, 0
    if rule == "sum":
        return float(sum(Fraction(x) for x in rows[field])), len(rows)
    return float(getattr(rows[field], rule)()), len(rows)


def main():
    table = pandas.read_csv(os.path.join(DATA, "statistics/full_dataset.csv"), float_precision="round_trip",
                            low_memory=False)
    table["key"] = table["hromada_code"].str.slice(2, 9)
    fields = sorted({field for field, _ in COLUMNS})
    joined = communities().merge(table[["key"] + fields], on="key", how="left", validate="1:1")
    print("# pandas", pandas.__version__, "python", sys.version.split()[0])
    for level, digits in LEVELS:
        for code, rows in joined.groupby("UA" + joined["key"].str.slice(0, digits)):
            for field, rule in COLUMNS:
                of_unit, count = value(rows, field, rule)
                print(level, code, field, rule, "-" if of_unit is None else repr(of_unit), repr(count / len(rows)))


main()
