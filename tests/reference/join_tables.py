#!/usr/bin/env python3
"""Join the real tables to the communities with pandas, and print counts and sums for tests/real.

    HROMADA_DATA=... python3 tests/reference/join_tables.py > tests/real/joins.txt      (made with pandas 1.5.3)

The key is the seven digits after "UA", in the tables (KATOTTG codes) and in the boundaries (P-codes). Numbers are read
with float_precision="round_trip", the words for missing are pandas' own. Sums are of fractions, rounded once, so they do
not depend on an order. Lines:

    table NAME FILE KEY PERIOD POLICY       PERIOD "-" where there is none
    rows IN MATCHED UNMATCHED DUPLICATES UNUSABLE COMMUNITIES
    column FIELD PRESENT TOTAL ALLOCATED WITH_ROW
    at FIELD PERIOD PRESENT SUM PLACES      where the table has periods, and with PERIOD "-" where not

TOTAL is the sum of all numbers in the file, ALLOCATED of those in the columns; with the policy first, that of the first
row of each community. PLACES is the sum of (place of the community in the boundaries, from 1) times value: it tells
whether each value stands where it belongs.
"""
import json
import math
import os
import sys
from fractions import Fraction

import pandas

DATA = os.environ["HROMADA_DATA"]
TABLES = [  # name, file, period, policy
    ("covariates", "statistics/full_dataset.csv", None, "error"),
    ("population", "statistics/ua-pop-2022.csv", None, "error"),
    ("budget", "statistics/hromada_budget_2020_2022.csv", "year", "error"),
    ("budget_all_years", "statistics/hromada_budget_2020_2022.csv", None, "sum"),
    ("displaced", "statistics/displacement/vpo_budget.csv", None, "first"),
    ("displaced_last", "statistics/displacement/vpo_budget.csv", None, "last"),
    ("displaced_mean", "statistics/displacement/vpo_budget.csv", None, "mean"),
    ("fund", "investments/dfrr_hromadas.csv", "year", "error"),
    ("fund_all_years", "investments/dfrr_hromadas.csv", None, "sum"),
]
KEY = "hromada_code"


def exact(numbers):
    """The sum, rounded once."""
    return float(sum((Fraction(x) for x in numbers), Fraction(0)))


def communities():
    with open(os.path.join(DATA, "boundaries/Hromadas.geojson"), encoding="utf-8") as file:
        features = json.load(file)["features"]
    return [f["properties"]["ADM3_PCODE"][2:9] for f in features]


def numeric_fields(table, period):
    skip = {KEY, period, "budget_code"}
    return [c for c in table.columns if c not in skip and table[c].dtype.kind in "if"]


def describe(keys, name, path, period, policy):
    table = pandas.read_csv(os.path.join(DATA, path), float_precision="round_trip", low_memory=False)
    place = {key: i + 1 for i, key in enumerate(keys)}
    fields = numeric_fields(table, period)
    known = table[KEY].notna()
    table["key"] = table[KEY].str.slice(2, 9)
    table["place"] = table["key"].map(place)
    reached = table[table["place"].notna()].copy()
    by = ["place"] if period is None else ["place", period]
    duplicates = 0
    if policy in ("first", "last"):
        duplicates = int(reached.duplicated(by).sum())
        reached = reached.drop_duplicates(by, keep=policy)
    elif policy == "error":
        assert not reached.duplicated(by).any(), name
    print("table", name, path, KEY, period or "-", policy)
    print("rows", len(table), len(reached), int((known & table["place"].isna()).sum()), duplicates,
          int((~known).sum()), reached["place"].nunique())
    for field in fields:
        used = reached[reached[field].notna()]
        print("column", field, int(table[field].notna().sum()), repr(exact(table[field].dropna())),
              repr(exact(used[field])), len(reached))
        groups = [("-", used)] if period is None else [(str(p), used[used[period] == p]) for p in
                                                       sorted(reached[period].unique())]
        for at, rows in groups:
            cells = []
            for where, cell in rows.groupby("place")[field]:
                value = exact(cell)
                if policy == "mean":
                    value /= len(cell)
                cells.append((int(where), value))
            print("at", field, at, len(cells), repr(exact(v for _, v in cells)),
                  repr(float(sum((w * Fraction(v) for w, v in cells), Fraction(0)))))
            assert all(math.isfinite(v) for _, v in cells)


def main():
    keys = communities()
    print("# pandas", pandas.__version__, "python", sys.version.split()[0])
    print("communities", len(keys))
    for table in TABLES:
        describe(keys, *table)


main()
