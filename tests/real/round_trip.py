"""What a person does with names that do not match (usage: round_trip.py HROMADA_JOIN SOURCE FOLDER): joins a real table by
names, has the rest written as an alias file, fills in codes from capacity_corrections.csv, where each is justified, and
joins again: all rows have found their community. Everything is written below FOLDER. Needs HROMADA_DATA."""

import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys

program, source, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3])
data = os.environ.get("HROMADA_DATA")
if not data:
    print("SKIPPED for want of HROMADA_DATA: aliases filled in by a person")
    sys.exit(0)
data = pathlib.Path(data)
shutil.rmtree(folder, ignore_errors=True)
folder.mkdir(parents=True)
TABLE = data / "statistics/fin_capacity_merged.xlsx"
COMMAND = [program, TABLE, "--to", data / "boundaries/Hromadas.geojson", "--codifier", data / "codes/kodifikator-16-05-2025.csv",
           "--oblast", "Область", "--name", "Назва територіальної громади", "--column",
           "people=Чисельність наявного населення (на 2022)"]


def run(*arguments):
    result = subprocess.run([*map(str, COMMAND), *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")
    assert result.returncode == 0, f"{result.args}: exit code {result.returncode}\n{result.stdout}{result.stderr}"
    return result.stdout


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def form(row):
    return row["oblast"].strip(), row["written"].strip()


# 1. by names alone
first = json.loads(run("--json", "--suggest", folder / "names.csv"))
assert first["rows"]["in"] == 1438 and first["rows"]["matched"] == 1413, first["rows"]
assert first["reasons"] == {"unknown_name": 6, "ambiguous_name": 19}, first["reasons"]

# 2. the file to fill in has every form that did not match, and the right code is among what it suggests
corrections = read(source / "tests/real/capacity_corrections.csv")
suggested = read(folder / "names.csv")
by_form = {}
for correction in corrections:
    by_form.setdefault(form(correction), []).append(correction)
assert {form(row) for row in suggested} == set(by_form), suggested
assert not any(row["code"] for row in suggested), "a code was filled in by the program"
proposed = {}
for row in suggested:
    codes = [row[f"suggestion_{i}_code"] for i in (1, 2, 3)]
    proposed.setdefault(form(row), set()).update(code[2:9] for code in codes if code)
lacking = [c for c in corrections if c["code"][2:9] not in proposed[form(c)]]
# one is cut off in the middle, and one has quite another name than its centre, after which the table calls it
assert [c["written"] for c in lacking] == ["Новотра", "Війтівецька"], lacking

# 3. a person fills in codes: for a form once, or for each row where rows say the same and mean different communities
with open(folder / "filled.csv", "w", encoding="utf-8", newline="") as file:
    fields = list(suggested[0]) + ([] if "row" in suggested[0] else ["row"])
    out = csv.DictWriter(file, fields, lineterminator="\n")
    out.writeheader()
    done = set()
    for row in suggested:
        if form(row) in done:
            continue
        done.add(form(row))
        answers = by_form[form(row)]
        for answer in answers:
            out.writerow({**row, "code": answer["code"], "row": answer["row"] if len(answers) > 1 else ""})

# 4. all rows have found their community, and the numbers are theirs
second = json.loads(run("--json", "--aliases", folder / "filled.csv", "--output", folder / "capacity.csv"))
assert second["rows"]["matched"] == 1438 and second["communities"]["reached"] == 1438, (second["rows"], second["reasons"])
assert second["ways"] == {"alias": 25, "name_oblast": 1413}, second["ways"]
people = {row["code"][2:9]: row["people"] for row in read(folder / "capacity.csv")}
for row in read(data / "statistics/ua-pop-2022.csv"):  # the same census, to the person
    value = people.get(row["hromada_code"][2:9])
    if value:
        assert round(1000 * float(value)) == int(row["total_population_2022"]), row

# 5. a correction that contradicts itself joins nothing
with open(folder / "twice.csv", "w", encoding="utf-8", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["oblast", "written", "code"])
    for correction in corrections:
        out.writerow([correction["oblast"], correction["written"], correction["code"]])
third = json.loads(run("--json", "--aliases", folder / "twice.csv"))
assert third["rows"]["matched"] == 1419, third["rows"]
assert third["reasons"] == {"crosswalk_ambiguous": 19}, third["reasons"]
