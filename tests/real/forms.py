"""One real table in all the forms that tables come in (usage: forms.py HROMADA_JOIN FOLDER): encodings, separators, decimal
commas, titles, headings over two rows, repeated headings, totals; and what ogr2ogr makes of it, where that is there. Every
form must join as the plain one does, by codes and by names. Everything is written below FOLDER. Needs HROMADA_DATA."""

import csv
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys

program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
data = os.environ.get("HROMADA_DATA")
if not data:
    print("SKIPPED for want of HROMADA_DATA: a real table in all forms")
    sys.exit(0)
data = pathlib.Path(data)
shutil.rmtree(folder, ignore_errors=True)
folder.mkdir(parents=True)
FIELDS = ["hromada_code", "oblast_name", "raion_name", "hromada_name", "type", "total_popultaion_2022", "square"]
HEADINGS = ["Код", "Область", "Район", "Назва громади", "Тип", "Населення", "Площа, км"]
PEOPLE = 38215034  # as pandas adds them up, see joins.txt
NUMBERS = [str(i) for i in range(1, 8)]

with open(data / "statistics/full_dataset.csv", encoding="utf-8", newline="") as source:
    ROWS = [[row[f] for f in FIELDS] for row in csv.DictReader(source)]


def write(name, rows, headings=(HEADINGS,), encoding="utf-8", delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([*headings, *rows])
    (folder / name).write_bytes(text.getvalue().encode(encoding))


def with_commas():
    return [[*row[:6], row[6].replace(".", ",")] for row in ROWS]


def with_totals():
    out = []
    for i, row in enumerate(ROWS):
        out.append(row)
        if i + 1 == len(ROWS) or ROWS[i + 1][1] != row[1]:
            people = sum(int(float(r[5])) for r in ROWS if r[1] == row[1])
            out.append(["", "", "", "Усього по області", "", str(people), ""])
    return out + [["", "", "", "ВСЬОГО", "", str(PEOPLE), ""]]


def with_pages():
    out = []
    for i, row in enumerate(ROWS):
        if i and i % 50 == 0:
            out += [HEADINGS, NUMBERS]
        out.append(row)
    return out


TITLES = [["Таблиця 1. Населення громад", *[""] * 6], ["станом на 1 січня 2022 року", *[""] * 6], [""] * 7]
write("plain.csv", ROWS)
write("mark.csv", ROWS, encoding="utf-8-sig")
write("windows.csv", with_commas(), encoding="cp1251", delimiter=";")
write("tabs.csv", with_commas(), delimiter="\t")
write("utf16.csv", with_commas(), encoding="utf-16", delimiter=";")
write("titles.csv", ROWS, [*TITLES, HEADINGS])
write("numbers.csv", ROWS, [*TITLES, HEADINGS, NUMBERS])
write("two_rows.csv", ROWS, [["", "Розташування", "", "", "", "Показники", ""], HEADINGS])
write("totals.csv", with_totals())
write("pages.csv", with_pages())
totals = len(with_totals()) - len(ROWS)
pages = len(with_pages()) - len(ROWS)
FORMS = {"plain.csv": 0, "mark.csv": 0, "windows.csv": 0, "tabs.csv": 0, "utf16.csv": 0, "titles.csv": 0, "numbers.csv": 1,
         "two_rows.csv": 0, "totals.csv": totals, "pages.csv": pages}
if shutil.which("ogr2ogr"):
    for end, driver in (("xlsx", "XLSX"), ("ods", "ODS"), ("gpkg", "GPKG"), ("sqlite", "SQLite")):
        for name, kept_out in (("plain", 0), ("totals", totals), ("titles", 0)):
            if name == "titles" and end in ("gpkg", "sqlite"):
                continue  # tables of databases have no rows of titles
            subprocess.run(["ogr2ogr", "-f", driver, folder / f"{name}.{end}", folder / f"{name}.csv", "-oo",
                            "HEADERS=NO" if name == "titles" else "AUTODETECT_TYPE=YES"], check=True, capture_output=True)
            FORMS[f"{name}.{end}"] = kept_out
else:
    print("SKIPPED for want of ogr2ogr: spreadsheets and databases")


def join(name, *key):
    command = [program, folder / name, "--to", data / "boundaries/Hromadas.geojson", "--codifier",
               data / "codes/kodifikator-16-05-2025.csv", "--column", "people=Населення", "--json", *key]
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True, encoding="utf-8")
    assert result.returncode == 0, f"{result.args}: exit code {result.returncode}\n{result.stdout}{result.stderr}"
    return json.loads(result.stdout)


failed = []
for name, kept_out in FORMS.items():
    code = join(name, "--code", "Код")
    names = join(name, "--oblast", "Область", "--raion", "Район", "--name", "Назва громади", "--type", "Тип")
    # by names two are of another type by now: Олицька and Слобожанська have become towns
    for account, matched in ((code, 1469), (names, 1467)):
        told = (account["rows"]["matched"], account["rows"]["kept_out"], account["amounts"][0]["total"])
        if told != (matched, kept_out, PEOPLE):
            failed.append(f"{name}: matched, kept out, people {told}, not {(matched, kept_out, PEOPLE)}; {account['reasons']}")
assert not failed, "\n".join(failed)
