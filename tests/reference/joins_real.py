#!/usr/bin/env python3
"""Join every real table to the communities by the rules of include/hromada/gazetteer.h, without the library, and print what
became of the rows, for tests/real.

    HROMADA_DATA=... python3 tests/reference/joins_real.py tables > tests/real/tables.txt     (made with shapely 1.8.5)
    HROMADA_DATA=... python3 tests/reference/joins_real.py names > tests/real/confusion.txt

The rules of names and codes are in places.py. Sums are of fractions, rounded once. tests/real/tables.yaml has an entry of
the same id for every table. What the lines mean is said at the head of the files that are printed.
"""
import csv
import json
import os
import re
import sys
from collections import Counter
from fractions import Fraction

from places import Gazetteer, is_total
from sheets import dbf_table, number, sheet_table

DATA = os.environ["HROMADA_DATA"]
MISSING = {"", "na", "n/a", "-", "—", "none", "null", "nan"}


def path_of(file):
    return os.path.join(DATA, file)


def read_csv(file, header=1, delimiter=","):
    with open(path_of(file), encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source, delimiter=delimiter))
    names = rows[header - 1]
    return [dict(zip(names, row)) for row in rows[header:] if any(row)]


def read_sheet(file, sheet="-", header=1, skip=0):
    return list(sheet_table(path_of(file), sheet, header))[skip:]


def read_dbf(file):
    declared = os.path.exists(path_of(file[:-4] + ".CPG"))
    return list(dbf_table(path_of(file), "utf-8" if declared else "latin-1"))


def read_features(file):
    with open(path_of(file), encoding="utf-8") as source:
        return [{k: "" if v is None else str(v) for k, v in f["properties"].items()}
                for f in json.load(source)["features"]]


def read_dream(file):
    with open(path_of(file), encoding="utf-8") as source:
        return [{"katottg": h["katottg"], "project_count": str(h["project_count"])} for h in json.load(source)["hromadas"]]


BR = "statistics/displacement/B&R__2024.xlsx"
PEOPLE_BR = "Чисельність наявного населення станом на 01.01.2022,\n(тис. чол)"
FIN_PEOPLE = "Чисельність наявного населення (на 2022)"
TABLES = [
    # id, file, rows, key, period, policy, columns
    ("covariates", "statistics/full_dataset.csv", read_csv, {"code": "hromada_code"}, None, "error",
     ["total_popultaion_2022", "square"]),
    ("population", "statistics/ua-pop-2022.csv", read_csv, {"code": "hromada_code"}, None, "error",
     ["total_population_2022", "urban_population_2022"]),
    ("war_status", "statistics/minregion-war-status.csv", read_csv, {"code": "hromada_code"}, None, "error",
     ["war_zone_27_04_2022", "war_zone_10_10_2022"]),
    ("deoccupied", "statistics/deoccupied.xlsx", read_sheet, {"code": "hromada_code"}, None, "error",
     ["deoccupied_at_feb_2023"]),
    ("revenue", "statistics/hromada_budget_2020_2022.csv", read_csv, {"code": "hromada_code"}, "year", "error",
     ["income_total", "income_own"]),
    ("revenue_by_budget_code", "statistics/hromada_budget_2020_2022.csv", read_csv, {"code": "budget_code"}, "year",
     "error", ["income_total"]),
    ("expenses", "statistics/hromada_expenses_shares_2021.xlsx", read_sheet, {"code": "hromada_code"}, "year", "error",
     ["total_expense", "econ_3000_abs"]),
    ("capacity", "statistics/fin_capacity_merged.xlsx", read_sheet,
     {"oblast": "Область ", "name": "Назва територіальної громади"}, None, "hold", [FIN_PEOPLE, "Площа"]),
    ("economics", "statistics/economics.csv", lambda f: read_csv(f, 3), {"code": "hromada_code"}, None, "error",
     ["area_kmsq", "population_2021"]),
    ("service_centres", "statistics/staffing/rejestr-cnap.xlsx", lambda f: read_sheet(f, header=2), {"name": "address"},
     None, "sum", ["workers_total"]),
    ("surgeries", "statistics/staffing/hospitals_for_map_new.csv", read_csv,
     {"x": "nszu_geocoding_google_api_lng", "y": "nszu_geocoding_google_api_lat"}, None, "sum", ["division_decl_sum"]),
    ("surgeries_by_koatuu", "statistics/staffing/hospitals_for_map_new.csv", read_csv,
     {"code": "residence_settlement_koatuu"}, None, "sum", ["division_decl_sum"]),
    ("displaced", "statistics/displacement/vpo_budget.csv", read_csv, {"code": "hromada_code"}, None, "first",
     ["vpo_thsd", "new_population_thsd"]),
    ("equalisation_3", BR, lambda f: read_sheet(f, "Table 3", 2, 1), {"code": "Код бюджету"}, None, "error", [PEOPLE_BR]),
    ("equalisation_4", BR, lambda f: read_sheet(f, "Table 4", 1, 1), {"code": "Код бюджету"}, None, "error", [PEOPLE_BR]),
    ("equalisation_5", BR, lambda f: read_sheet(f, "Table 5", 1, 1), {"code": "Код бюджету"}, None, "error", [PEOPLE_BR]),
    ("grants_6", BR, lambda f: read_sheet(f, "Table 6", 2, 1), {"code": "Код бюджету"}, None, "error",
     ["Реверсна дотація, тис. грн", "Базова дотація, тис. грн"]),
    ("grants_7", BR, lambda f: read_sheet(f, "Table 7", 1, 1), {"code": "Код бюджету"}, None, "error",
     ["Реверсна дотація, тис. грн", "Базова дотація, тис. грн"]),
    ("displaced_unhcr", "statistics/displacement/idp_estimation_08_03_2022-unhcr-protection-cluster.xlsx",
     lambda f: read_sheet(f, "Dataset"), {"code": "admin3Pcode"}, None, "sum", ["IDP estimation", "Population"]),
    ("displaced_unhcr_settlements", "statistics/displacement/idp_estimation_08_03_2022-unhcr-protection-cluster.xlsx",
     lambda f: read_sheet(f, "Dataset"), {"code": "admin4Pcode"}, None, "sum", ["IDP estimation", "Population"]),
    ("displaced_unhcr_points", "statistics/displacement/idp_estimation_08_03_2022-unhcr-protection-cluster.xlsx",
     lambda f: read_sheet(f, "Dataset"), {"x": "X Longitude", "y": "Y Latitude"}, None, "sum", ["IDP estimation"]),
    ("fund", "investments/dfrr_hromadas.csv", read_csv, {"code": "hromada_code"}, "year", "error",
     ["budget_planned", "budget_executed"]),
    ("fund_projects", "investments/dfrr-2015-2022-coding_v2_coded.xlsx", read_sheet, {"code": "settlement_code"}, None,
     "sum", ["budget_plan", "budget_executed"]),
    ("dream", "investments/dream-priorities.json", read_dream, {"code": "katottg"}, None, "error", ["project_count"]),
    ("codifier", "codes/kodifikator-16-05-2025.csv", lambda f: read_csv(f, delimiter=";"), {"code": "Третій рівень"}, None,
     "first", ["Назва об’єкта"]),
    ("communities_kse", "codes/ua-admin-hromada.csv", read_csv, {"code": "hromada_code"}, None, "error", []),
    ("names_cod", "codes/hromada_names.xlsx", read_sheet, {"code": "admin3Pcode"}, None, "error", []),
    ("damage", "damage/ukr_adm3_damage.dbf", read_dbf, {"code": "ADM3_PC"}, None, "error", ["damg_sm", "VIINA_c"]),
    ("events", "damage/ukr_adm3_viina.dbf", read_dbf, {"code": "ADM3_PCODE"}, None, "error", ["m03_2022", "m10_2023"]),
    ("boundaries", "boundaries/Hromadas.geojson", read_features, {"code": "ADM3_PCODE"}, None, "error", ["AREA_SQKM"]),
    ("boundaries_dbf", "boundaries/ukr_admbnda_adm3_sspe_20240416.dbf", read_dbf, {"code": "ADM3_PCODE"}, None, "error",
     ["AREA_SQKM"]),
    ("label_points", "boundaries/ukr_admbndp_adm0123_sspe_itos_20240416.dbf", read_dbf, {"code": "ADM3_PCODE"}, None,
     "error", ["POINT_X", "POINT_Y"]),
    ("agreements", "network/partnerships-hromadas.csv", read_csv, {"code": "hromada_code"}, None, "error",
     ["n_agreements", "n_agreements_hromadas"]),
    ("agreement_pairs", "network/partnerships-hromadas-network.csv", read_csv, {"code": "hromada_code.x"}, None, "sum",
     ["active_2402"]),
    ("order_376", "status/order376_2025-05-07.csv", read_csv, {"code": "Код"}, None, "first", ["Дата початку"]),
]
TEXTS = {"Дата початку", "Назва об’єкта"}  # columns of tables.yaml that are no numbers
CROSSWALKED = {"revenue_by_budget_code", "equalisation_3", "equalisation_4", "equalisation_5", "grants_6", "grants_7"}


def crosswalk():
    codes = {}
    for row in read_csv("statistics/hromada_budget_2020_2022.csv"):
        codes.setdefault(int(row["budget_code"]), set()).add(row["hromada_code"][2:9])
    return codes


class Places:
    """Points in the boundaries: the first community that holds the point."""

    def __init__(self):
        from shapely.geometry import Point, shape
        from shapely.strtree import STRtree
        with open(path_of("boundaries/Hromadas.geojson"), encoding="utf-8") as source:
            shapes = [shape(f["geometry"]) for f in json.load(source)["features"]]
        self.point, self.shapes = Point, shapes
        self.at = {id(s): i for i, s in enumerate(shapes)}
        self.tree = STRtree([s for s in shapes if not s.is_empty])

    def holders(self, x, y):
        point = self.point(float(x), float(y))
        return sorted(self.at[id(s)] for s in self.tree.query(point) if s.intersects(point))


def said(row, key, field):
    text = (row.get(key.get(field), "") or "").strip()
    return "" if text.casefold() in MISSING else text


def find(gazetteer, places, key, row, counts):
    """(community or None, way, reason) of one row."""
    if "x" in key:
        x, y = said(row, key, "x"), said(row, key, "y")
        if not x or not y:
            return None, "", "no key" if not x and not y else "bad place"
        holders = places.holders(x, y)
        if len(holders) > 1:
            counts["several"] += 1
        return (gazetteer.communities[holders[0]], "place", "") if holders else (None, "", "outside")
    code, name = said(row, key, "code"), said(row, key, "name")
    if "code" in key and code == key["code"] or name and name == key["name"]:
        return None, "", "heading"
    if is_total(code) or is_total(name):
        return None, "", "total"
    if code:
        return gazetteer.by_code(code)
    if name:
        return gazetteer.by_name(name, said(row, key, "oblast"), said(row, key, "raion"), said(row, key, "type"))
    return None, "", "no key"


def exact(values):
    return repr(float(sum(values, Fraction(0))))


def identifier(words):
    """A way or a reason as accounts name it."""
    return words.replace(" + ", "_").replace(" ", "_").replace("unique_name", "name_unique")


def value(text):
    found = number((text or "").strip())
    return None if found is None else Fraction(float(found))


def join(gazetteer, places, table):
    """Print one table's account."""
    name, file, reader, key, period, policy, columns = table
    rows = reader(file)
    counts = Counter()
    found = []
    reached = {}
    for i, row in enumerate(rows):
        community, way, reason = find(gazetteer, places, key, row, counts)
        found.append([community, way, reason])
        if community:
            reached.setdefault((community.key, row.get(period)), []).append(i)
    for i, row in enumerate(rows):  # lower rows of headings, of columns that nobody asks for
        if found[i][2] != "no key" or any((row.get(f) or "").strip() for f in [*key.values(), *columns]):
            break
        found[i][2] = "heading"
    for claims in reached.values():
        if len(claims) == 1 or policy == "sum":
            continue
        assert policy in ("first", "hold"), (name, [rows[i] for i in claims])
        for i in claims if policy == "hold" else claims[1:]:
            found[i] = [None, "", "claimed twice" if policy == "hold" else "other row kept"]
    print()
    print("table", name)
    print("file", file)
    for part, field in key.items():
        print("key", part, field.strip().replace("\n", " "), sep="\t")
    if period:
        print("period", period)
    print("rows", len(rows))
    print("matched", sum(1 for f in found if f[0]))
    for way, count in sorted(Counter(f[1] for f in found if f[0]).items()):
        print("way", identifier(way), count)
    for reason, count in sorted(Counter(f[2] for f in found if not f[0]).items()):
        print("not", identifier(reason), count)
    print("communities", len({f[0].key for f in found if f[0]}))
    if counts["several"]:
        print("several", counts["several"])
    for column in columns:
        if column in TEXTS:
            continue
        values = [(value(row.get(column)), f) for row, f in zip(rows, found)]
        values = [(v, f) for v, f in values if v is not None and f[2] not in ("total", "heading")]
        print("sum", " ".join(column.split()), exact(v for v, _ in values), exact(v for v, f in values if f[0]), sep="\t")
    return rows, found


TABLES_HEAD = """\
# What became of the rows of every real table that has a row, or several, per community.
#
# Made by tests/reference/joins_real.py, which does not use the library, and held against it by test_tables.c through the
# entries of tables.yaml with the same ids. Parts of a line with blanks inside stand between tabs.
#
#   table ID, file PATH     the table and its file below HROMADA_DATA
#   key WHAT FIELD          what its rows say of their community, and the heading of the field
#   period FIELD            rows are of a community and a period
#   rows, matched N         rows in all, and rows whose values are used
#   way NAME N              rows matched that way, as accounts name it
#   not REASON N            rows not used for that reason, as accounts name it; rows = matched + all of these
#   communities N           communities that a matched row reached; of 1769
#   several N               points that lie in more than one community: the first one has them
#   sum FIELD TOTAL MATCHED the sum of the field's numbers in all rows (totals and headings kept out), and in matched rows
"""
NO_TABLES = """
#
# Files that have no row per community, and why:
#
#   statistics/metadata_data_public.xlsx        says what columns mean
#   statistics/CPI_region_monthly.xlsx          rows of oblasts and months
#   statistics/staffing/payments_to_hospitals.json   rows of medical enterprises, by EDRPOU; only their divisions have places
#   B&R__2024.xlsx, Table 1 and Table 2         rows of oblasts' own budgets
#   idp_estimation_….xlsx, Oblasts pivot        rows of oblasts
#   codes/oblast.csv, codes/oblast_names.xlsx   rows of oblasts
#   investments/dfrr-2015.xlsx, -2017, -2020, -2021   rows of projects, their place within a sentence, with the raions of before
#                                               2020
#   damage/damage_events2022_23.shp             points without attributes: a tally, see points.txt
#   boundaries/Raions_simplified.geojson, Oblasts.geojson, ukr_admbnda_adm0….shp   raions, oblasts, the country
#   frontline/                                  territory and lines
#   dream/, oc4ids/                             an interface's description, a schema and examples
#
# investments/dream-priorities.json has a row per community within a document that no reader of tables opens: the test writes
# its codes and counts of projects as CSV.
#
# What to know of some tables:
#
#   service_centres   2895 of 3432 addresses name their community; of these 12 are of two communities of one name in one oblast,
#                     2 are misspelt (Мирноградське), and 5 are not understood: 4 for brackets within the street, one for a
#                     street that sounds like a council (Майдар Рад)
#   equalisation_4, grants_7   three cities (Кривий Ріг, Кропивницький, Полтава) have budget codes that the panel does not have;
#                     the other rows without one are sums of oblasts, their own budgets, and those of raions
#   capacity          capacity_corrections.csv settles the other 25 rows, see round_trip.py
#   order_376         two codes with a blank inside are mended (of rows that repeat a community), one has 18 digits
"""


def tables():
    print(TABLES_HEAD, end="")
    print(NO_TABLES.strip("\n"))
    plain = Gazetteer(DATA)
    crossed = Gazetteer(DATA, crosswalk=crosswalk())
    places = Places()
    print("\ncommunities of the layer", len(plain.communities))
    for table in TABLES:
        join(crossed if table[0] in CROSSWALKED else plain, places, table)


# --- names against codes -----------------------------------------------------------------------------------------------------

UNHCR = "statistics/displacement/idp_estimation_08_03_2022-unhcr-protection-cluster.xlsx"
ORNT = ("oblast", "raion", "name", "type")
ALL = ["ORNT", "ORN", "ONT", "ON", "N"]
NAMED = [
    # id, file, rows, code, fields of oblast, raion, name, type, which of them, policy
    ("covariates", "statistics/full_dataset.csv", read_csv, "hromada_code",
     ["oblast_name", "raion_name", "hromada_name", "type"], ALL, "hold"),
    ("covariates_full", "statistics/full_dataset.csv", read_csv, "hromada_code",
     ["oblast_name", "raion_name", "hromada_full_name"], ["ORN", "ON", "N"], "hold"),
    ("communities_kse", "codes/ua-admin-hromada.csv", read_csv, "hromada_code",
     ["oblast_name", "raion_name", "hromada_name", "type"], ALL, "hold"),
    ("war_status", "statistics/minregion-war-status.csv", read_csv, "hromada_code",
     ["oblast_short_name", "raion_short_name", "hromada_short_name", "hromada_type"], ALL, "hold"),
    ("deoccupied", "statistics/deoccupied.xlsx", read_sheet, "hromada_code",
     ["oblast_name", "raion_name", "hromada_name", "type_1"], ALL, "hold"),
    ("economics", "statistics/economics.csv", lambda f: read_csv(f, 3), "hromada_code",
     ["oblast", "raion", "hromada_name", "hromada_type"], ALL, "hold"),
    ("revenue_2021", "statistics/hromada_budget_2020_2022.csv",
     lambda f: [r for r in read_csv(f) if r["year"] == "2021"], "hromada_code",
     ["oblast_name", "raion_name", "hromada_name"], ["ORN", "ON", "N"], "hold"),
    ("revenue_budget_names", "statistics/hromada_budget_2020_2022.csv",
     lambda f: [r for r in read_csv(f) if r["year"] == "2021"], "hromada_code",
     ["oblast_name", "raion_name", "budget_name"], ["ORN", "N"], "hold"),
    ("population", "statistics/ua-pop-2022.csv", read_csv, "hromada_code", ["", "", "hromada_name"], ["N"], "hold"),
    ("agreements", "network/partnerships-hromadas.csv", read_csv, "hromada_code", ["", "", "hromada_name"], ["N"], "hold"),
    ("agreement_pairs", "network/partnerships-hromadas-network.csv", read_csv, "hromada_code.x",
     ["", "", "hromada_name.x"], ["N"], "sum"),
    ("fund", "investments/dfrr_hromadas.csv", read_csv, "hromada_code", ["", "", "hromada_name"], ["N"], "sum"),
    ("names_cod", "codes/hromada_names.xlsx", read_sheet, "admin3Pcode",
     ["admin1Pcode", "admin2Pcode", "admin3Name_ua"], ["ORN", "ON", "N"], "hold"),
    ("names_cod_english", "codes/hromada_names.xlsx", read_sheet, "admin3Pcode",
     ["admin1Pcode", "admin2Pcode", "admin3Name_eng"], ["ORN", "ON", "N"], "hold"),
    ("boundaries_dbf", "boundaries/ukr_admbnda_adm3_sspe_20240416.dbf", read_dbf, "ADM3_PCODE",
     ["ADM1_UA", "ADM2_UA", "ADM3_UA"], ["ORN", "ON", "N"], "hold"),
    ("boundaries_dbf_english", "boundaries/ukr_admbnda_adm3_sspe_20240416.dbf", read_dbf, "ADM3_PCODE",
     ["ADM1_EN", "ADM2_EN", "ADM3_EN"], ["ORN", "ON", "N"], "hold"),
    ("damage_english", "damage/ukr_adm3_damage.dbf", read_dbf, "ADM3_PC",
     ["ADM1_EN", "ADM2_EN", "ADM3_EN"], ["ORN", "ON", "N"], "hold"),
    ("displaced_unhcr", UNHCR, lambda f: read_sheet(f, "Dataset"), "admin3Pcode",
     ["admin1Name_ukr", "admin2Name_ukr", "admin3Name_ukr", "admin3PoliticalType"], ALL, "sum"),
    ("displaced_unhcr_english", UNHCR, lambda f: read_sheet(f, "Dataset"), "admin3Pcode",
     ["admin1Name_eng", "admin2Name_eng", "admin3Name_eng"], ["ORN", "ON", "N"], "sum"),
]


# Boundaries without codes, through the codifier alone.
UNCODED = ("boundaries_uncoded", "boundaries/Hromadas.geojson", read_features, "ADM3_PCODE", ["ADM1_UA", "ADM2_UA", "ADM3_UA"],
           ["ORN"], "hold")


def confuse(gazetteer, table):
    name, file, reader, code, fields, wanted, policy = table
    rows = reader(file)
    for combination in wanted:
        key = {part: field for part, field in zip(ORNT, fields) if part[0].upper() in combination}
        found = [gazetteer.by_name(said(r, key, "name"), *(said(r, key, p) for p in ("oblast", "raion", "type")))
                 for r in rows]
        reached = {}
        for i, (community, _, _) in enumerate(found):
            if community:
                reached.setdefault(community.key, []).append(i)
        if policy == "hold":
            for claims in reached.values():
                for i in claims if len(claims) > 1 else []:
                    found[i] = (None, "", "claimed twice")
        matched = [(row, f[0]) for row, f in zip(rows, found) if f[0]]
        right = sum(1 for row, community in matched if row.get(code, "").strip()[2:9] == community.key)
        reasons = Counter(f[2] for f in found if not f[0])
        print("names", name, combination, len(rows), right, len(matched) - right,
              *("%s=%d" % (identifier(r), n) for r, n in sorted(reasons.items())), sep="\t")
        for row, community in matched:
            if row.get(code, "").strip()[2:9] != community.key:
                print("#  wrong:", *(row.get(f, "") for f in key.values()), row.get(code), community.key)


def names():
    print(NAMES_HEAD, end="")
    gazetteer = Gazetteer(DATA)
    for table in NAMED:
        confuse(gazetteer, table)
    confuse(Gazetteer(DATA, layer=False), UNCODED)


NAMES_HEAD = """\
# Rows matched by names alone, and their codes beside them: what is right and what is wrong.
#
#   names TABLE PARTS ROWS RIGHT WRONG REASON=ROWS …
#
# PARTS are what was looked at: O oblast, R raion, N name, T type. RIGHT and WRONG are rows whose community has, or has not,
# the code that the row has; the others were not matched, for these reasons. Made by tests/reference/joins_real.py without
# the library; test_confusion.c holds the library against it.
"""


if __name__ == "__main__":
    {"tables": tables, "names": names}[sys.argv[1]]()
