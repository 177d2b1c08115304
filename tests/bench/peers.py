#!/usr/bin/env python3
"""What analysts do today, beside hromada-assess, as whole programs: time and peak memory, medians.

    HROMADA_DATA=... python3 tests/bench/peers.py PATH/OF/hromada-assess [RUNS]      (RUNS 5 if not said; needs pandas)

Codes: a table of 1,000,000 rows and 10 columns, summed by community; beside it pandas (read_csv, groupby, merge, to_csv),
and what GDAL needs to read the file and write nothing. Names: 100,000 rows of oblast, raion and name, written as tables write
them (kinds of community, apostrophes, blanks, Latin letters, typing errors); beside it pandas with the usual repairs and
difflib for the rest, which guesses. The names' codes are known, so matches are counted as right or wrong.
"""
import csv
import json
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

DATA = os.environ["HROMADA_DATA"]
BOUNDARIES = os.path.join(DATA, "boundaries/Hromadas.geojson")
CODIFIER = os.path.join(DATA, "codes/kodifikator-16-05-2025.csv")
ROWS, NAMES = 1_000_000, 100_000

HEAD = """\
hromada: 1
communities:
  source: %s
  code: ADM3_PCODE
  name: {uk: ADM3_UA, en: ADM3_EN}
  raion: {uk: ADM2_UA, en: ADM2_EN}
  oblast: {uk: ADM1_UA, en: ADM1_EN}
""" % BOUNDARIES

PANDAS_CODES = """
import json, pandas
features = json.load(open(%r, encoding="utf-8"))["features"]
layer = pandas.DataFrame([f["properties"] for f in features])[["ADM3_PCODE", "ADM3_UA"]]
table = pandas.read_csv("codes.csv")
sums = table.groupby("code", as_index=False).sum()
layer.merge(sums, how="left", left_on="ADM3_PCODE", right_on="code").to_csv("pandas_codes.csv", index=False)
""" % BOUNDARIES

PANDAS_NAMES = r"""
import difflib, json, pandas, re
def plain(s):
    s = s.str.lower().str.replace("[’ʼ`]", "'", regex=True)
    s = s.str.replace(r"(територіальна громада|громада|тг|міська|селищна|сільська|область|район|обл\.|р-н)", "", regex=True)
    return s.str.replace(r"\s+", " ", regex=True).str.strip()
features = json.load(open(%r, encoding="utf-8"))["features"]
layer = pandas.DataFrame([f["properties"] for f in features])
layer["k"] = plain(layer.ADM1_UA) + "|" + plain(layer.ADM2_UA) + "|" + plain(layer.ADM3_UA)
layer = layer.drop_duplicates("k", keep=False)
table = pandas.read_csv("names.csv", dtype=str)
table["k"] = plain(table.oblast) + "|" + plain(table.raion) + "|" + plain(table.name)
known = set(layer.k)
repair = {}
for k in set(table.k) - known:
    near = difflib.get_close_matches(k, known, 1, 0.9)
    if near: repair[k] = near[0]
table["k"] = table.k.map(lambda k: repair.get(k, k))
found = table.merge(layer[["k", "ADM3_PCODE"]], how="left", on="k")
found[["code", "ADM3_PCODE"]].to_csv("pandas_names.csv", index=False)
""" % BOUNDARIES

RECIPE_CODES = HEAD + """\
tables:
  - {id: codes, source: codes.csv, key: code, duplicates: sum, columns: {%s}}
output: [codes_out.csv]
""" % ", ".join("v%d: v%d" % (i, i) for i in range(9))

RECIPE_NAMES = HEAD + """\
codifier: %s
tables:
  - {id: names, source: names.csv, key: {oblast: oblast, raion: raion, name: name}, duplicates: sum, columns:
     {n: one, said: {field: code, type: text}}}
output: [names_out.csv]
""" % CODIFIER


def features():
    with open(BOUNDARIES, encoding="utf-8") as file:
        return [f["properties"] for f in json.load(file)["features"]]


def write_codes(chosen, codes):
    with open("codes.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["code"] + ["v%d" % i for i in range(9)])
        for _ in range(ROWS):
            out.writerow([chosen.choice(codes)] + ["%.2f" % chosen.uniform(0, 1e6) for _ in range(9)])


def written(chosen, name):
    """A name as some table writes it; rarely with an error that makes it another word."""
    way = chosen.randrange(20)
    name = name.replace("'", chosen.choice("'’ʼ`"))
    if way < 6:
        name += chosen.choice([" територіальна громада", " ТГ", " громада"])
    elif way < 8:
        name = name.upper()
    elif way < 10:
        name = name.replace("і", "i", 1)
    elif way < 12:
        name = "  " + name.replace("-", " - ") + " "
    elif way == 12 and len(name) > 8:
        at = chosen.randrange(2, len(name) - 3)
        name = name[:at] + name[at + 1:]
    return name


def write_names(chosen, communities):
    with open("names.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["code", "oblast", "raion", "name", "one"])
        for _ in range(NAMES):
            c = chosen.choice(communities)
            out.writerow([c["ADM3_PCODE"], c["ADM1_UA"] + chosen.choice(["", " область", " обл."]),
                          c["ADM2_UA"] + chosen.choice(["", " район", " р-н"]), written(chosen, c["ADM3_UA"]), 1])


def measure(name, runs, command):
    """Medians of seconds and of peak memory; the first run is thrown away."""
    seconds, peaks = [], []
    for run in range(runs + 1):
        begin = time.monotonic()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        errors = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = status
        if status != 0:
            raise SystemExit("%s: %s" % (name, errors.decode("utf-8", "replace")))
        if run > 0:
            seconds.append(time.monotonic() - begin)
            peaks.append(usage.ru_maxrss / 1024)
    print("%-58s %7.2f s %8.0f MB" % (name, statistics.median(seconds), statistics.median(peaks)), flush=True)


def right_and_wrong(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["ADM3_PCODE"]]
    right = sum(1 for r in rows if r["code"] == r["ADM3_PCODE"])
    return right, len(rows) - right


def own_right_and_wrong(folder):
    """Codes that came to another community, or to one that had another code before, are wrong."""
    with open(os.path.join(folder, "account.json"), encoding="utf-8") as file:
        join = json.load(file)["tables"][0]["join"]
    with open(os.path.join(folder, "names_out.csv"), encoding="utf-8", newline="") as file:
        wrong = sum(1 for r in csv.DictReader(file) if r["said"] not in ("", r["code"]))
    wrong += join["unusable_cells"]
    return join["rows"]["matched"] - wrong, wrong


def main():
    assess, runs = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    chosen = random.Random(20220224)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        communities = features()
        write_codes(chosen, [c["ADM3_PCODE"] for c in communities])
        write_names(chosen, communities)
        for name, text in (("codes.yaml", RECIPE_CODES), ("names.yaml", RECIPE_NAMES)):
            with open(name, "w", encoding="utf-8") as file:
                file.write(text)
        print("%d rows of codes and 9 numbers, medians of %d runs" % (ROWS, runs))
        measure("hromada-assess: layer, join, sums, account, CSV", runs, [assess, "--quiet", "codes.yaml", "-o", "out"])
        measure("pandas: the same without boundaries and account", runs, [sys.executable, "-c", PANDAS_CODES])
        measure("GDAL alone reads the file (ogr2ogr into nothing)", runs,
                ["ogr2ogr", "-f", "CSV", "/vsimem/nothing.csv", "codes.csv"])
        print("%d rows of names" % NAMES)
        measure("hromada-assess: layer, codifier, join, account, CSV", runs,
                [assess, "--quiet", "names.yaml", "-o", "names_out"])
        print("    right %d, wrong %d" % own_right_and_wrong("names_out"))
        measure("pandas with the usual repairs, difflib for the rest", runs, [sys.executable, "-c", PANDAS_NAMES])
        print("    right %d, wrong %d" % right_and_wrong("pandas_names.csv"))
        os.chdir("/")


main()
