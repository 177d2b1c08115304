#!/usr/bin/env python3
"""Count the real codifier with the standard library, for tests/real.

    HROMADA_DATA=... python3 tests/reference/codifier.py > tests/real/codifier.txt      (made with Python 3.11.7)

Parents are taken from the columns of the five levels, never from the digits of the codes. Lines:

    category LETTER COUNT
    oblast CODE RAIONS COMMUNITIES SETTLEMENTS      SETTLEMENTS: of its communities
    settlements N COMMUNITIES                       so many communities have N settlements
    type LETTER COMMUNITIES                         of the settlement whose digits 8 to 10 are 001: M, X, C
    stated WORD LETTER COMMUNITIES                  what ua-admin-hromada.csv says, and that letter
    names DIFFERENT REPEATED                        communities' names, and communities whose name another has too
    layer CODED                                     features of Hromadas.geojson whose name stands exactly once in
                                                    the codifier's oblast, or else in its raion, and in no other
                                                    such feature; apostrophes alike
"""
import csv
import json
import os
import sys
from collections import Counter

DATA = os.environ["HROMADA_DATA"]


def table(path, delimiter=","):
    with open(os.path.join(DATA, path), encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


rows = table("codes/kodifikator-16-05-2025.csv", ";")[1:]
print("# python", sys.version.split()[0])
for letter, count in sorted(Counter(row[5].strip() for row in rows).items()):
    print("category", letter, count)

raions, communities, inside = Counter(), Counter(), Counter()
settlements, centre = Counter(), {}
for row in rows:
    letter = row[5].strip()
    if letter == "P":
        raions[row[0]] += 1
    elif letter == "H":
        communities[row[0]] += 1
        settlements[row[2]] += 0
    elif letter in "MXC" and row[2][6:9] != "000":
        inside[row[0]] += 1
        settlements[row[2]] += 1
        if row[3][9:12] == "001":
            centre[row[2]] = letter
for row in rows:
    if row[5].strip() == "O":
        print("oblast", row[0], raions[row[0]], communities[row[0]], inside[row[0]])
for size, count in sorted(Counter(settlements.values()).items()):
    print("settlements", size, count)
for letter, count in sorted(Counter(centre.values()).items()):
    print("type", letter, count)

stated = Counter()
for row in table("codes/ua-admin-hromada.csv")[1:]:
    stated[row[6], centre.get(row[0], "-")] += 1
for (word, letter), count in sorted(stated.items()):
    print("stated", word, letter, count)

names = Counter(row[6].strip() for row in rows if row[5].strip() == "H")
print("names", len(names), sum(count for count in names.values() if count > 1))


def plain(text):
    return text.strip().replace("’", "'").casefold()


own = {[code for code in row[:5] if code][-1]: plain(row[6]) for row in rows}
known = [(own.get(row[0], ""), own.get(row[1], ""), plain(row[6])) for row in rows if row[5].strip() in "HK"]
known = [(oblast, raion or name, name) for oblast, raion, name in known]  # Kyiv lies in itself
with open(os.path.join(DATA, "boundaries/Hromadas.geojson"), encoding="utf-8") as file:
    drawn = [feature["properties"] for feature in json.load(file)["features"]]
drawn = [tuple(plain(unit[field]) for field in ("ADM1_UA", "ADM2_UA", "ADM3_UA")) for unit in drawn]
coded = set()
for fields in ((0, 2), (0, 1, 2)):
    once = Counter(tuple(unit[i] for i in fields) for unit in known)
    claims = Counter(tuple(unit[i] for i in fields) for unit in drawn)
    coded |= {unit for unit in drawn
              if once[tuple(unit[i] for i in fields)] == 1 and claims[tuple(unit[i] for i in fields)] == 1}
print("layer", len(coded))
