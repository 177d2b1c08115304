"""hromada-join as people meet it: the invented region's table without codes, from the first report over the list of names that a
person settles to the joined file; other tables; exit codes and messages (usage: join_program.py HROMADA_JOIN SOURCE
FOLDER). Everything is written below FOLDER."""

import csv
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys

program, source, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3])
demo = source / "examples" / "demo"
shutil.rmtree(folder, ignore_errors=True)
folder.mkdir(parents=True)
boundaries = demo / "communities.geojson"
communities = [f["properties"] for f in json.loads(boundaries.read_text(encoding="utf-8"))["features"]]
grants = demo / "grants.csv"
by_names = [grants, "--to", boundaries, "--raion", "Район", "--name", "Громада"]


def run(*arguments, **options):
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", **options)


def expect(result, code, out=(), err=""):
    told = f"{result.args[1:]}: exit code {result.returncode}\n{result.stdout}{result.stderr}"
    assert result.returncode == code, told
    for words in [out] if isinstance(out, str) else out:
        assert words in result.stdout, f"no {words!r} in {told}"
    assert err in result.stderr, f"no {err!r} in {told}"
    return result


def rows_of(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# what the table says, read without the library: 30 rows of communities and 1 of none, amounts in thousands
with open(grants, encoding="utf-8", newline="") as file:
    table = list(csv.reader(file, delimiter=";"))[2:]
data = [row for row in table if row[0] != "Разом"]
schools = sum(int(row[2]) for row in data)
assert len(data) == 31 and schools == int(table[-1][2])
in_order = [p for i, p in enumerate(communities) if i % 2 == 0]  # the generator writes every second community
truth = {p["code"]: row for p, row in zip(in_order, data)}
misspelt = {"Синоставківська": 4, "Білхмелівська": 9, "Сріноказківська": 13}

# the first report: 27 rows joined, 3 misspelt, 1 of no community, the totals kept out
page = expect(run(*by_names), 0, ["grants.csv: 32 rows", "communities.geojson: 60 communities", "unknown name"]).stdout
for name, number in misspelt.items():
    assert name in page and in_order[number]["code"] in page, page  # what was meant is suggested, with its code
assert "row 33  Соняшниківська" in page, page
assert max(map(len, page.splitlines())) <= 140, page
report = json.loads(expect(run(*by_names, "--json"), 0).stdout)
assert report["rows"]["in"] == 32 and report["rows"]["matched"] == 27, report["rows"]
assert report["rows"]["unmatched"] == 4 and report["rows"]["kept_out"] == 1, report["rows"]
amounts = {a["column"]: a for a in report["amounts"]}
assert amounts["Шкіл"]["total"] == schools, amounts
assert amounts["Шкіл"]["allocated"] + amounts["Шкіл"]["unallocated"] == schools, amounts

# in Ukrainian, and nothing at all
expect(run(*by_names, "--language", "uk"), 0, ["grants.csv: 32 рядки", "Не об'єднано", "Громади без жодного рядка"])
quiet = expect(run(*by_names, "-q"), 0)
assert quiet.stdout == quiet.stderr == ""

# a list of names for a person, who fills in what is certain; then all are joined but the one that there is not
names = folder / "names.csv"
expect(run(*by_names, "--suggest", names), 0, f"--aliases {names}")
asked = rows_of(names)
assert len(asked) == 4 and all(row["code"] == "" for row in asked), asked
for row in asked:
    for name, number in misspelt.items():
        if name in row["written"]:
            assert row["suggestion_1_code"] == in_order[number]["code"], row
            row["code"] = row["suggestion_1_code"]
with open(names, "w", encoding="utf-8", newline="") as file:
    writer = csv.DictWriter(file, asked[0])
    writer.writeheader()
    writer.writerows(asked)
joined = folder / "grants.csv"
expect(run(*by_names, "--aliases", names, "-c", "schools=Шкіл", "--column", "grant=Грант, тис. грн", "-o", joined), 0,
       ["alias", f"Written: {joined}"])
result = {row["code"]: row for row in rows_of(joined)}
assert len(result) == 60
for code, row in result.items():
    expected = (truth[code][2], truth[code][3]) if code in truth else ("", "")
    assert float(row["schools"] or -1) == float(expected[0] or -1), (row, expected)
    assert float(row["grant"] or -1) == float(expected[1].replace(",", ".") or -1), (row, expected)

# as GeoPackage
package = folder / "grants.gpkg"
expect(run(*by_names, "--aliases", names, "-c", "schools=Шкіл", "-o", package, "-q"), 0)
with sqlite3.connect(package) as database:
    assert database.execute("SELECT count(*), sum(schools) FROM communities").fetchone() == (60, schools - 1)

# the field of codes is found; all other fields are joined
expect(run(demo / "statistics.csv", "--to", boundaries, "--decimal", "comma"), 0,
       ["statistics.csv: 54 rows", "row 55", "Communities without a row: 8 of 60"])
expect(run(demo / "statistics.csv", "--to", boundaries, "--code", "name"), 0, "Joined: 0 %")

# by place, several to a community
expect(run(demo / "damage.csv", "--to", boundaries, "--x", "lon", "--y", "lat", "--crs", "EPSG:4326", "-c", "cost=cost_kuah",
           "--duplicates", "sum"), 0, ["damage.csv: 1 500 rows", "1 460"])

# several rows for one community stop the join, and the report says which
stopped = expect(run(demo / "budget.csv", "--to", boundaries), 1, "Several rows for one community", "rows 2 and 3 are both of")
assert "kept" not in stopped.stdout and "Nothing was joined or written." in stopped.stdout.splitlines()[-3:], stopped.stdout
expect(run(demo / "budget.csv", "--to", boundaries, "--where", "year = '2021'"), 0, "budget.csv: 60 rows")

by_year = folder / "budget.csv"
expect(run(demo / "budget.csv", "--to", boundaries, "--period", "year", "-c", "own=income_own_kuah", "-o", by_year), 0,
       "budget.csv: 216 rows")
assert list(rows_of(by_year)[0]) == ["code", "name", "raion", "oblast", "own@2021", "own@2022", "own@2023", "own@2024"]
expect(run(demo / "damage.csv", "--to", boundaries, "--x", "LON", "--y", "Lat ", "--crs", "EPSG:4326", "-c", "kind=class",
           "--duplicates", "first", "-o", folder / "kinds.csv"), 0)
assert {row["kind"] for row in rows_of(folder / "kinds.csv")} <= {"", "housing", "education", "health", "energy", "transport"}

# nothing is written over what is read, by whatever path; nor one result over the other
table, settled = folder / "table.csv", names.read_bytes()
shutil.copy(demo / "statistics.csv", table)
(folder / "link.csv").symlink_to(table)
for result in (table, folder / "link.csv", folder / ".." / folder.name / "table.csv"):
    expect(run(table, "--to", boundaries, "-o", result), 2, err="this is one of the inputs")
assert table.read_bytes() == (demo / "statistics.csv").read_bytes()
expect(run(*by_names, "--aliases", names, "--suggest", names), 2, err="name another file, and append its rows")
assert names.read_bytes() == settled
expect(run(table, "--to", boundaries, "-o", folder / "new.csv", "--suggest", folder / "." / "new.csv"), 2, err="are one file")
assert not (folder / "new.csv").exists()

# a column is of numbers where most of its cells are, whatever commas mean; the others are told
mixed = folder / "mixed.csv"
codes = [p["code"] for p in communities[:6]]
mixed.write_text("code,amount,kind,year,share,grouped\n" + "".join(
    f"{code},{amount},{kind},2021,{share},{grouped}\n" for code, amount, kind, share, grouped in zip(
        codes, ["1", "#DIV/0!", "5", "близько 900", "7", "9"], ["a", "b", "3", "4", "c", "d"],
        ["12%", '"0,5"', "1", "2", "3", "4"], ['"1,234"', '"2,345"', '"3,456"', '"4,567"', '"5,678"', '"6,789"'])) +
                 "UA9999999,10,x,2021,1,\"7,890\"\n", encoding="utf-8")
page = expect(run(mixed, "--to", boundaries), 0, ["#DIV/0!", "близько 900", '"kind" is kept as text: 2 of its 7 filled cells',
                                                  "\"amount\": 2 of its 7 filled cells are no certain numbers", "Not added up, as they are years or codes: year", "1 of 7 numbers have a %"])
amounts = {a["column"]: a for a in json.loads(expect(run(mixed, "--to", boundaries, "--json"), 0).stdout)["amounts"]}
assert amounts["amount"]["total"] == 32 and amounts["amount"]["unusable"] == 2, amounts
assert amounts["grouped"]["unusable"] == 7 and "kind" not in amounts, amounts
for word, total in (("point", 31959), ("comma", 31.959)):
    amounts = json.loads(expect(run(mixed, "--to", boundaries, "--json", "--decimal", word), 0).stdout)["amounts"]
    assert abs(next(a for a in amounts if a["column"] == "grouped")["total"] - total) < 1e-9, amounts

# blanks around a name are not in the list for a person; the file tells spreadsheet programs that it is UTF-8
blanks = folder / "blanks.csv"
blanks.write_text("name,v\n Нема такої\u00a0 ,1\n", encoding="utf-8")
expect(run(blanks, "--to", boundaries, "--name", "name", "--suggest", folder / "blanks_names.csv"), 0)
assert (folder / "blanks_names.csv").read_bytes().startswith(b"\xef\xbb\xbfoblast,")
assert [row["written"] for row in rows_of(folder / "blanks_names.csv")] == ["Нема такої"]

# lists are short, or whole
strange = folder / "strange.csv"
strange.write_text("name,v\n" + "".join(f"Nowhere{i},{i}\n" for i in range(30)), encoding="utf-8")
short = expect(run(strange, "--to", boundaries, "--name", "name"), 0, "(the first 20 of 30; all: --list all)").stdout
whole = expect(run(strange, "--to", boundaries, "--name", "name", "--list", "all"), 0).stdout
assert short.count("Nowhere") == 20 and whole.count("Nowhere") == 30

# the input failed: 1; wrong usage: 2
expect(run("no.csv", "--to", boundaries), 1, err="no.csv")
expect(run(grants, "--to", "no.geojson"), 1, err="no.geojson")
expect(run(strange, "--to", boundaries), 1, err="no field holds codes of communities")
expect(run(grants, "--to", boundaries, "--name", "Громда"), 1, err='did you mean "Громада"?')
expect(run("PG:dbname=x", "--to", boundaries, "--code", "c", "-c", "a=b"), 2, err="give --allow-server")
expect(run(grants, "--to", boundaries, "--sheet", "Лист1", "--name", "Громада"), 2, err="--sheet names a sheet or layer")
expect(run(grants, "--to", boundaries, "--crosswalk", grants, "--name", "Громада"), 1, err="--crosswalk FILE,OLD,NEW".replace("FILE", str(grants)))
expect(run(by_year, "--to", boundaries, "--to-code", "kod"), 1, err="kod")
expect(run("--help"), 0, ["Usage: hromada-join [OPTION]... TABLE --to BOUNDARIES", "Examples:\n"])
expect(run("--version"), 0, "hromada-join 0.")
expect(run(), 2, err="an argument is missing: TABLE --to BOUNDARIES")
expect(run("a"), 2, err="the option --to is missing")
expect(run("a", "--to", "b", "--raion", "c"), 2, err="give --name too")
expect(run("a", "--to", "b", "--x", "c"), 2, err="--x and --y go together")
expect(run("a", "--to", "b", "--x", "c", "--y", "d"), 2, err="in which CRS")
expect(run("a", "--to", "b", "--crs", "EPSG:4326"), 2, err="--crs is that of --x and --y")
expect(run("a", "--to", "b", "--sql", "c", "--where", "d"), 2, err="leave --sheet and --where out")
expect(run("a", "--to", "b", "-c", "x"), 2, err="--column wants ID=FIELD")
expect(run("a", "--to", "b", "--list", "some"), 2, err="--list wants all")
expect(run("a", "--to", "b", "--language", "de"), 2, err="--language wants uk or en, not de")
expect(run("a", "--to", "b", "--duplicates", "keep"), 2, err="--duplicates wants error, first, last, sum, mean or hold")
expect(run("a", "--to", "b", "--header-row", "0"), 2, err="--header-row wants a number from 1 on, not 0")
expect(run("a", "--to", "b", "-o", "c.shp"), 2, err="ends in .csv or .gpkg")
expect(run("a", "--to", "b", "--sugest", "c"), 2, err="did you mean --suggest?")
print("all as it should be")
