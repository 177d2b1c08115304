#!/usr/bin/env python3
"""Invents a region: communities, a front, statistics, budgets, damage points and projects. Nothing in it is real.

    generate.py                     the demo region, into this script's folder
    generate.py -o DIR --communities 1769 --points 2000000 --seed 7
                                    a set of national size, for benchmarks

The region lies in the open sea and its oblast has the code 99, which no register has, so that nobody takes it for a real one. The
same arguments give the same bytes: the random numbers are Python's Mersenne Twister, read only through random(), and
what is written is rounded. Only the standard library is needed.

The way: a grid of cells with shifted corners is cut to an island; communities grow over the cells from seeds; the edge
between two corners is a broken line that both neighbours share, so borders fit exactly. The front is an area that covers the east.
Damage thins out with the distance from it. Tables have the usual flaws on purpose: communities without a row, a row of
an unknown community, words for missing values, decimal commas, a broken code, points in the sea.
"""
import argparse
import csv
import json
import math
import os
import random
import sys

WEST, SOUTH = 32.0, 42.9  # open water of the Black Sea
CELL_LON, CELL_LAT = 0.11, 0.08  # about 9 by 9 km
NOTE = "Вигадані дані. Invented data."
FIRST = "Синьо Біло Червоно Зелено Золото Срібно Тихо Ясно Старо Ново Верхньо Нижньо Сухо Крем'яно Довго Щиро".split()
SECOND = ("казківська мавчинська вербівська журавлівська калинівська чугайстрівська яблунівська криничанська ставківська "
          "соколинська житомлинська хмелівська їжаківська юрківська").split()
SECTORS = ["housing", "education", "health", "energy", "transport"]
SECTOR_SHARE = [0.55, 0.1, 0.06, 0.12, 0.17]
ACTORS = ["state", "local", "international", "private", "people"]
ACTOR_SHARE = [0.34, 0.2, 0.28, 0.1, 0.08]
LETTERS = dict(zip("абвгґдезиклмнопрстуфьії'йєюя",
                   "a b v h g d e z y k l m n o p r s t u f _ i i _ i ie iu ia".replace("_", "").split(" ")))
LETTERS.update({"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"})
AT_START = {"ї": "yi", "й": "y", "є": "ye", "ю": "yu", "я": "ya"}


def latin(name):
    """The official transliteration of 2010 (Cabinet Resolution 55)."""
    lower = name.lower().replace("зг", "\0")
    text = "".join("zgh" if c == "\0" else (AT_START.get(c, LETTERS[c]) if i == 0 else LETTERS[c])
                   for i, c in enumerate(lower))
    return text.capitalize()


class Region:
    """The grid, the communities on it, and their outlines."""

    def __init__(self, rng, count):
        self.rng = rng
        side = max(4, round(math.sqrt(count * 4.2 / 0.7 * 1.25)))
        self.columns, self.rows = side, max(4, round(side / 1.25))
        self.shift = {}
        self.edges = {}
        inside = [c for c in self.cells() if self.on_island(c)]
        self.owner = self.grow(inside, count)
        self.count = count
        self.raion = self.group(max(2, count // 13))

    def cells(self):
        return [(c, r) for r in range(self.rows) for c in range(self.columns)]

    def on_island(self, cell):
        x = (cell[0] + 0.5) / self.columns * 2 - 1
        y = (cell[1] + 0.5) / self.rows * 2 - 1
        angle = math.atan2(y, x)
        return math.hypot(x, y) < 0.9 + 0.07 * math.sin(3 * angle + 1) + 0.04 * math.sin(7 * angle)

    def around(self, cell):
        c, r = cell
        return [(c + 1, r), (c, r + 1), (c - 1, r), (c, r - 1)]

    def pick(self, items):
        return items[int(self.rng.random() * len(items))]

    def grow(self, inside, count):
        """Seeds take free neighbours in turn until no cell is free; cells that no seed reaches stay sea."""
        free = set(inside)
        seeds = sorted(inside, key=lambda _: self.rng.random())[:count]
        owner, edge = {}, []
        for k, seed in enumerate(seeds):
            owner[seed] = k
            free.discard(seed)
            edge.append([seed])
        while any(edge):
            for k in range(count):
                if not edge[k]:
                    continue
                cell = self.pick(edge[k])
                options = [n for n in self.around(cell) if n in free]
                if not options:
                    edge[k].remove(cell)
                    continue
                taken = self.pick(options)
                free.discard(taken)
                owner[taken] = k
                edge[k].append(taken)
        return owner

    def group(self, count):
        """Raions: communities around the nearest of a few centres, numbered from west to east."""
        cells = {}
        for cell, k in self.owner.items():
            cells.setdefault(k, []).append(cell)
        centres = [(sum(c[0] for c in cells[k]) / len(cells[k]), sum(c[1] for c in cells[k]) / len(cells[k]))
                   for k in range(self.count)]
        heads = sorted((self.pick(centres) for _ in range(count)), key=lambda p: p)
        near = [min(range(count), key=lambda h: (p[0] - heads[h][0]) ** 2 + (p[1] - heads[h][1]) ** 2) for p in centres]
        used = sorted(set(near))
        return [used.index(h) for h in near]

    def corner(self, c, r):
        """A corner of the grid, moved a little, the same for all cells around it."""
        if (c, r) not in self.shift:
            self.shift[c, r] = ((self.rng.random() - 0.5) * 0.5, (self.rng.random() - 0.5) * 0.5)
        dx, dy = self.shift[c, r]
        return (WEST + (c + dx) * CELL_LON, SOUTH + (r + dy) * CELL_LAT)

    def edge(self, a, b):
        """The points between two corners, without the last one; the same line in both directions."""
        if a > b:
            line = self.edge_line(b, a)
            return line[::-1][:-1]
        return self.edge_line(a, b)[:-1]

    def edge_line(self, a, b):
        if (a, b) not in self.edges:
            (x0, y0), (x1, y1) = self.corner(*a), self.corner(*b)
            line = []
            for t in (0.0, 0.25, 0.5, 0.75, 1.0):
                bend = (self.rng.random() - 0.5) * 0.12 if 0 < t < 1 else 0.0
                x = x0 + (x1 - x0) * t - (y1 - y0) * bend
                y = y0 + (y1 - y0) * t + (x1 - x0) * bend
                line.append((round(x, 6), round(y, 6)))
            self.edges[a, b] = line
        return self.edges[a, b]

    def outlines(self):
        """The rings of every community: exteriors counter-clockwise first, then holes."""
        steps = [{} for _ in range(self.count)]
        for (c, r), k in self.owner.items():
            sides = [((c, r), (c + 1, r), (c, r - 1)), ((c + 1, r), (c + 1, r + 1), (c + 1, r)),
                     ((c + 1, r + 1), (c, r + 1), (c, r + 1)), ((c, r + 1), (c, r), (c - 1, r))]
            for a, b, neighbour in sides:
                if self.owner.get(neighbour) != k:
                    steps[k].setdefault(a, []).append(b)
        return [self.rings(s) for s in steps]

    def rings(self, steps):
        rings = []
        while steps:
            start = min(steps)
            here, came, ring = start, None, []
            while True:
                options = steps[here]
                if came is not None and len(options) == 2:  # two cells meet in a corner: turn left, keep them apart
                    left = (here[0] - (here[1] - came[1]), here[1] + (here[0] - came[0]))
                    there = left if left in options else options[0]
                else:
                    there = options[0]
                options.remove(there)
                if not options:
                    del steps[here]
                ring += self.edge(here, there)
                here, came = there, here
                if here == start:
                    break
            rings.append(ring + ring[:1])
        return sorted(rings, key=lambda ring: -area(ring))


def area(ring):
    """Twice the signed area in square degrees: only its sign and order are used."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))


def km2(rings):
    """Rough km² on a sphere, as an office would have measured it: within half a per cent."""
    total = 0.0
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring, ring[1:]):
            total += math.radians(x1 - x0) * (2 + math.sin(math.radians(y0)) + math.sin(math.radians(y1)))
    return abs(total) * 6371.0 ** 2 / 2


def front_longitude(region, y):
    """Where the front runs at a latitude."""
    share = (y - SOUTH) / (region.rows * CELL_LAT)
    return WEST + region.columns * CELL_LON * (0.74 + 0.05 * math.sin(5 * share) + 0.02 * math.sin(17 * share))


def normal(rng):
    """A normal number from two uniform ones (Box and Muller 1958)."""
    return math.sqrt(-2 * math.log(1 - rng.random())) * math.cos(2 * math.pi * rng.random())


def choose(rng, items, shares):
    x = rng.random()
    for item, share in zip(items, shares):
        x -= share
        if x < 0:
            return item
    return items[-1]


def communities(rng, region):
    """One record per community."""
    numbers, records = {}, []
    names = [(a + b).capitalize() for a in FIRST for b in SECOND]
    names = sorted(names, key=lambda _: rng.random())
    for k, rings in enumerate(region.outlines()):
        raion = region.raion[k]
        numbers[raion] = numbers.get(raion, 0) + 1
        oblast = 99 - raion // 40  # a national set spills over into 98, 97 …
        code = "UA%02d%02d%03d00000%05d" % (oblast, raion % 40 * 2 + 2, numbers[raion] * 2 - 1, k * 37 % 99991 + 1)
        name = names[k % len(names)]
        cx = sum(p[0] for p in rings[0][:-1]) / (len(rings[0]) - 1)
        cy = sum(p[1] for p in rings[0][:-1]) / (len(rings[0]) - 1)
        size = km2(rings)
        people = int(min(400000, math.exp(8.4 + 0.9 * normal(rng)) * (size / 300) ** 0.5)) + 150
        records.append(dict(code=code, name=name, raion=raion, rings=rings, x=cx, y=cy, km2=round(size, 1), people=people,
                            front_km=(front_longitude(region, cy) - cx) * 81.0,
                            type="міська" if people > 20000 else "селищна" if people > 7000 else "сільська"))
    return records


def write_json(path, text):
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write(text)


def write_communities(path, records):
    raions = {r["raion"]: r["name"] for r in reversed(records)}
    features = []
    for r in records:
        centre = raions[r["raion"]].replace("ська", "ський")
        properties = dict(code=r["code"], name_uk=r["name"], name_en=latin(r["name"]), type=r["type"], raion_uk=centre,
                          raion_en=latin(centre), oblast_uk="Вигадана", oblast_en="Vyhadana (invented)", area_km2=r["km2"])
        geometry = dict(type="Polygon", coordinates=[[list(p) for p in ring] for ring in r["rings"]])
        features.append(json.dumps(dict(type="Feature", properties=properties, geometry=geometry), ensure_ascii=False))
    write_json(path, '{"type": "FeatureCollection", "name": "communities", "description": "%s", "features": [\n%s\n]}\n'
               % (NOTE, ",\n".join(features)))


def write_front(path, region):
    south, north = SOUTH - 0.3, SOUTH + region.rows * CELL_LAT + 0.3
    steps = max(40, region.rows * 3)
    line = [(round(front_longitude(region, south + (north - south) * i / steps), 6),
             round(south + (north - south) * i / steps, 6)) for i in range(steps + 1)]
    east = round(WEST + region.columns * CELL_LON + 1.0, 6)
    ring = [(east, line[0][1]), (east, line[-1][1])] + line[::-1]
    ring.append(ring[0])
    feature = dict(type="Feature", properties=dict(date="2024-07-01", note=NOTE),
                   geometry=dict(type="Polygon", coordinates=[[list(p) for p in ring]]))
    write_json(path, '{"type": "FeatureCollection", "name": "front", "description": "%s", "features": [\n%s\n]}\n'
               % (NOTE, json.dumps(feature, ensure_ascii=False)))


def table(path, heading, rows):
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


def held(record):
    """Behind the front: such communities report nothing."""
    return record["front_km"] < -8


def comma(value, digits):
    return ("%.*f" % (digits, value)).replace(".", ",")


def write_statistics(path, rng, records):
    rows = []
    for r in records:
        near = math.exp(-max(r["front_km"], 0) / 60)
        now = int(r["people"] * (1 - 0.55 * near) * (0.93 + 0.1 * rng.random()))
        posts = 12 + r["people"] // 900
        filled = int(posts * (0.93 - 0.35 * near * rng.random()))
        dwellings = int(r["people"] / 2.4)
        damaged = int(dwellings * 0.3 * near * rng.random())
        destroyed = int(damaged * 0.4 * rng.random())
        displaced = int(now * (0.03 + 0.12 * rng.random()))
        row = [r["code"], r["name"], r["people"], now, displaced, int(now * (0.18 + 0.1 * rng.random())), posts, filled,
               dwellings, damaged, destroyed, comma(100 * rng.random(), 1)]
        if not held(r):
            rows.append(row)
    for i, word in ((3, "н/д"), (11, "…"), (19, "-")):  # what offices write where they do not know
        if i < len(rows):
            rows[i][6 + i % 3] = word
    if len(rows) > 8:
        rows[7][4] = "близько 900"
    rows.append(["UA12020010000033698", "Сусідня", 9000, 8700, 300, 1900, 20, 18, 3700, 0, 0, "50,0"])
    rows.append(["5.02003E+16", "Зіпсований код", 4000, 3900, 100, 800, 12, 11, 1600, 2, 0, "10,0"])
    table(path, ["code", "name", "population_2022", "population_now", "displaced_registered", "aged_65_plus",
                 "posts_established", "posts_filled", "dwellings_total", "dwellings_damaged", "dwellings_destroyed",
                 "in_person_schooling_pct"], rows)


def write_budget(path, rng, records):
    rows = []
    for r in records:
        own = r["people"] * (2.1 + 3.2 * rng.random())  # thousand UAH
        for year in range(2021, 2025):
            if held(r) and year > 2021:
                continue
            own *= 0.95 + 0.25 * rng.random()
            transfers = own * (0.2 + 0.8 * rng.random())
            spent = (own + transfers) * (0.86 + 0.12 * rng.random())
            rows.append([r["code"], year, "%.3f" % own, "%.3f" % transfers, "%.3f" % (own + transfers), "%.3f" % spent,
                         "%.3f" % (spent * (0.04 + 0.2 * rng.random())), "%.3f" % (own * (0.1 + 0.3 * rng.random()))])
    table(path, ["code", "year", "income_own_kuah", "transfers_kuah", "income_total_kuah", "expenditure_kuah",
                 "capital_expenditure_kuah", "administration_kuah"], rows)


def write_damage(path, rng, region, count):
    """Points thin out with the distance from the front; a few lie in the sea, one has no place."""
    width, height = region.columns * CELL_LON, region.rows * CELL_LAT
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["id", "lon", "lat", "class", "cost_kuah"])
        written = 0
        while written < count:
            x, y = WEST + width * rng.random(), SOUTH + height * rng.random()
            cell = (math.floor((x - WEST) / CELL_LON), math.floor((y - SOUTH) / CELL_LAT))
            km = (front_longitude(region, y) - x) * 81.0
            if rng.random() > math.exp(-abs(km) / 35) or km < -15 or (cell not in region.owner and rng.random() > 0.05):
                continue
            written += 1
            kind = choose(rng, SECTORS, SECTOR_SHARE)
            cost = "%.1f" % math.exp(5.5 + 1.3 * normal(rng))
            if rng.random() < 0.02:
                cost = "н/д"
            writer.writerow([written, "" if written == 17 else "%.6f" % x, "" if written == 17 else "%.6f" % y, kind, cost])


def write_projects(path, rng, records):
    rows, number = [], 0
    for r in records:
        if held(r):
            continue
        wanted = 0.6 + 3.5 * math.exp(-max(r["front_km"], 0) / 80) + math.log10(r["people"]) - 3
        for _ in range(int(wanted * 2 * rng.random())):
            number += 1
            sector, year = choose(rng, SECTORS, SECTOR_SHARE), 2022 + int(3 * rng.random())
            for actor in {choose(rng, ACTORS, ACTOR_SHARE): 1, choose(rng, ACTORS, ACTOR_SHARE): 1}:
                rows.append(["D-%04d" % number, r["code"], actor, sector, year, "%.2f" % math.exp(7.2 + 1.1 * normal(rng))])
    if rows:
        rows.append(["D-9001", "", "state", "energy", 2023, "25000.00"])  # for the whole oblast: no community
        rows.append(["D-9002", "UA12020010000033698", "local", "health", 2024, "1800.50"])  # another region's
        rows.append(["D-9003", rows[0][1], "people", "education", 2024, "не визначено"])
    table(path, ["project", "code", "actor", "sector", "year", "amount_kuah"], rows)


def written(record, number):
    """A community's name as an office might write it: kinds of words, capitals, a Latin i, another apostrophe."""
    name = record["name"]
    kinds = ["%s територіальна громада" % record["type"], "%s ТГ" % record["type"], "ОТГ", ""]
    name = ("%s %s" % (name, kinds[number % 4])).strip()
    if number % 5 == 1:
        name = name.replace("і", "i", 1)
    if number % 5 == 2:
        name = name.upper()
    return name.replace("'", "’`"[number % 2]) + ("  " if number % 7 == 3 else "")


def write_grants(path, seed, records):
    """A table without codes, with a title over its headings and totals below; three names are misspelt."""
    rng = random.Random(seed + 1)
    raions = {r["raion"]: r["name"].replace("ська", "ський") + " район" for r in reversed(records)}
    rows, schools, money = [], 0, 0
    for number, r in enumerate(r for i, r in enumerate(records) if i % 2 == 0):
        name, count, amount = written(r, number), 1 + int(4 * rng.random()), round(math.exp(6.5 + normal(rng)), 1)
        if number in (4, 9, 13):
            name = name[:3] + name[4:]  # a letter is lost
        rows.append([raions[r["raion"]], name, count, comma(amount, 1)])
        schools, money = schools + count, money + amount
    rows.append([raions[records[0]["raion"]], "Соняшниківська сільська ТГ", 1, "120,0"])  # there is none
    rows.append(["Разом", "", schools + 1, comma(money + 120, 1)])
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=";", lineterminator="\n")
        writer.writerow(["Гранти на ремонт шкіл у 2024 році (вигадані дані)", "", "", ""])
        writer.writerow(["Район", "Громада", "Шкіл", "Грант, тис. грн"])
        writer.writerows(rows)


def main():
    parser = argparse.ArgumentParser(description="Invents a region for demonstrations and benchmarks.")
    parser.add_argument("-o", "--output", default=os.path.dirname(os.path.abspath(__file__)), help="folder to write into")
    parser.add_argument("--communities", type=int, default=60)
    parser.add_argument("--points", type=int, default=1500, help="damage points")
    parser.add_argument("--seed", type=int, default=2026)
    args = parser.parse_args()
    if args.communities < 4 or args.communities > 50000 or args.points < 1:
        parser.error("give 4 to 50,000 communities and at least one point")
    os.makedirs(args.output, exist_ok=True)
    rng = random.Random(args.seed)
    region = Region(rng, args.communities)
    records = communities(rng, region)
    path = lambda name: os.path.join(args.output, name)
    write_communities(path("communities.geojson"), records)
    write_front(path("front.geojson"), region)
    write_statistics(path("statistics.csv"), rng, records)
    write_budget(path("budget.csv"), rng, records)
    write_damage(path("damage.csv"), rng, region, args.points)
    write_projects(path("projects.csv"), rng, records)
    write_grants(path("grants.csv"), args.seed, records)
    return 0


if __name__ == "__main__":
    sys.exit(main())
