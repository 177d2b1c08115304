#!/usr/bin/env python3
"""Normal forms of all names of the real tables, written from the rules of include/hromada/gazetteer.h alone.

    HROMADA_DATA=... python3 tests/reference/name_forms.py > tests/real/names.txt       (Python 3.11, Unicode 14)

Only the list of words of kind is the library's: it is data. Lines:

    forms FILE FIELD TEXTS CRC      the texts of a field in the file's order, and the CRC-32 of "form|type\\n" of all
    latin TEXTS EQUAL               English names of COD-AB, and how many are the official transliteration of the
                                    Ukrainian ones
"""
import csv
import json
import os
import pathlib
import re
import unicodedata
import zlib

DATA = pathlib.Path(os.environ["HROMADA_DATA"])
HOME = pathlib.Path(__file__).resolve().parents[2]

SOURCES = [  # file, number of the field from 0, separator, lines of headings
    ("codes/kodifikator-16-05-2025.csv", 6, ";", 1),
    ("codes/ua-admin-hromada.csv", 1, ",", 1),
    ("codes/ua-admin-hromada.csv", 3, ",", 1),
    ("codes/ua-admin-hromada.csv", 6, ",", 1),
    ("statistics/full_dataset.csv", 7, ",", 1),
    ("statistics/economics.csv", 0, ",", 3),
    ("statistics/economics.csv", 1, ",", 3),
    ("statistics/economics.csv", 2, ",", 3),
    ("statistics/economics.csv", 3, ",", 3),
    ("statistics/hromada_budget_2020_2022.csv", 1, ",", 1),
    ("status/order376_2025-05-07.csv", 2, ",", 1),
    ("statistics/staffing/hospitals_for_map_new.csv", 0, ",", 1),
    ("statistics/staffing/hospitals_for_map_new.csv", 2, ",", 1),
    ("statistics/staffing/hospitals_for_map_new.csv", 4, ",", 1),
]

LETTERS = {"C": 1, "S": 2, "V": 3}  # HRM_TYPE_…
KINDS = {}
for word, bits in re.findall(r'\{"([^"]+)",\s*([A-Z |]+)\}', (HOME / "lib/community/name_kinds.c").read_text("utf-8")):
    KINDS[word] = set(bits.replace(" ", "").split("|"))

APOSTROPHES = set("'\"`*´ʹʺʻʼʽʾʿˈˊˋˮ՚‘’‚‛“”„‟′″‴‵‶‷ꞌ＂＇｀")
HYPHENS = set("-‐‑‒–—―⁃−֊﹘﹣－")
NOTHING = set("\u00ad\u0300\u0301\u034f\u061c\u180e\ufeff") | {chr(c) for a, b in (
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F)) for c in range(a, b + 1)}
BREAKS = set(",;:/|()[]{}")

# Latin letters and the Cyrillic ones that look the same, before the case is folded.
TWINS = dict(zip("ABCEHIKMOPTXYÏaceikmoptxyï", "АВСЕНІКМОРТХУЇасеікмортхуї"))
BACK = {b: a for a, b in TWINS.items()}


def to_cyrillic(word):
    out = []
    for i, c in enumerate(word):
        out.append({"h": "н", "b": "в" if i == 0 else "ь"}.get(c) or TWINS.get(c, c))
    return "".join(out)


def cyrillic(c):
    return "\u0400" <= c <= "\u052f"


def latin(c):
    return c.isascii() and c.isalpha() or "\u00c0" <= c <= "\u024f" and c not in "×÷"


def script_of(word):
    """(scripts that it has, scripts that it could have by look-alikes alone)."""
    has = {s for c in word for s, f in (("c", cyrillic), ("l", latin)) if f(c)}
    could = set()
    if all(c in TWINS or c in "hb" for c in word if latin(c)):
        could.add("c")
    if all(c in BACK for c in word if cyrillic(c)):
        could.add("l")
    return has, could


def mend(words):
    """One script in each word; words that could be either follow the others."""
    decided = []
    open_words = []
    for i, word in enumerate(words):
        has, could = script_of(word)
        if has == {"c", "l"}:
            count = sum(map(cyrillic, word)), sum(map(latin, word))
            if "c" in could and ("l" not in could or count[0] >= count[1]):
                words[i] = to_cyrillic(word)
                decided.append("c")
            elif "l" in could:
                words[i] = "".join(BACK.get(c, c) for c in word)
                decided.append("l")
        elif has and could == {"c", "l"}:
            open_words.append(i)
        elif has:
            decided += has
    more = decided.count("c") - decided.count("l")
    for i in open_words:
        word = words[i]
        has = script_of(word)[0]
        if has == {"l"} and more > 0:
            words[i] = to_cyrillic(word)
        elif has == {"c"} and more < 0:
            words[i] = "".join(BACK.get(c, c) for c in word)


def words_of(text):
    """[(word, a comma or bracket stands before it)]"""
    out, word, set_off = [], "", False
    for c in unicodedata.normalize("NFC", text) + " ":
        if c in NOTHING:
            continue
        if c in APOSTROPHES or c in HYPHENS:
            if word:
                word += "'" if c in APOSTROPHES else "-"
        elif unicodedata.category(c)[0] in "LMN":
            word += c
        else:
            if word.rstrip("'-"):
                out.append((re.sub("'*-['-]*", "-", word.rstrip("'-")), set_off))
                set_off = False
            word = ""
            set_off = set_off or c in BREAKS
    return out


def normal(text):
    """(normal form, HRM_TYPE_…)"""
    if len(text.encode()) > 1024:
        return "", 0
    parts = words_of(text)
    if len(parts) > 128:
        return "", 0
    words = [w for w, _ in parts]
    mend(words)
    words = ["".join(c.casefold() if len(c.casefold()) == 1 else c.lower() for c in w) for w in words]
    kinds, named = [], False
    for word, (_, set_off) in zip(words, parts):
        kind = KINDS.get(word.replace("'", ""), set())
        named = named and not set_off
        if "L" in kind and named:
            kind = set()
        named = not kind
        if "T" in kind and kinds and "C" in kinds[-1]:
            kinds[-1], kind = {"X"}, {"S"}
        kinds.append(kind)
    kept = [i for i, k in enumerate(kinds) if not k]
    evidence = kinds
    if not kept and words:
        maybe = [i for i, k in enumerate(kinds) if "M" in k]
        kept = maybe[-1:] or range(len(words))
        if maybe:
            evidence = [k for i, k in enumerate(kinds) if i != maybe[-1]]
            if not set().union(*evidence) & set("CSV"):
                evidence = [kinds[maybe[-1]]]
    types = set().union(*evidence) & set("CSV") if evidence else set()
    form = " ".join(words[i].replace("'", "").replace("-", " ") for i in kept)
    return form, LETTERS[types.pop()] if len(types) == 1 else 0


TABLE_2010 = dict(zip("абвгґдежзиіїйклмнопрстуфхцчшщюяє",
                      "a b v h g d e zh z y i i i k l m n o p r s t u f kh ts ch sh shch iu ia ie".split()))
AT_BEGINNING = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


def official(text):
    out = []
    for word in re.findall(r"[\w'’]+|[^\w'’]+", text):
        small = word.lower().replace("'", "").replace("’", "").replace("зг", "з\0")
        begin = AT_BEGINNING.get(small[0], TABLE_2010.get(small[0], small[0]))
        rest = "".join({"\0": "gh", "ь": ""}.get(c, TABLE_2010.get(c, c)) for c in small[1:])
        out.append((begin.capitalize() if word[0].isupper() else begin) + rest)
    return "".join(out)


def main():
    for path, field, separator, headings in SOURCES:
        with open(DATA / path, encoding="utf-8", newline="") as file:
            texts = [row[field] for row in list(csv.reader(file, delimiter=separator))[headings:] if len(row) > field]
        crc = 0
        for text in texts:
            form, kind = normal(text)
            crc = zlib.crc32(f"{form}|{kind}\n".encode(), crc)
        print("forms", path, field, len(texts), f"{crc:08x}")
    with open(DATA / "boundaries/Hromadas.geojson", encoding="utf-8") as file:
        names = [(f["properties"]["ADM3_UA"], f["properties"]["ADM3_EN"]) for f in json.load(file)["features"]]
    print("latin", len(names), sum(official(uk) == en for uk, en in names))


if __name__ == "__main__":
    main()
