#!/usr/bin/env python3
"""Read columns of the real spreadsheets and dBase tables without any library for them, and print counts and sums.

    HROMADA_DATA=... python3 tests/reference/spreadsheets.py > tests/real/spreadsheets.txt

A spreadsheet is a zip of XML: cells are taken as their file writes them, a number as its exact decimal. Sums are of
fractions, rounded once. A row counts where any of its cells holds something. Lines, with tabs between:

    table FILE SHEET HEADER_ROW KEY ROWS      SHEET "-" where the file has one table only
    column FIELD NUMBERS TOTAL
"""
import os
import re
import struct
import sys
import zipfile
from fractions import Fraction
from xml.etree import ElementTree

DATA = os.environ["HROMADA_DATA"]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TABLES = [  # file, sheet, row of headings, key, columns
    ("statistics/staffing/rejestr-cnap.xlsx", "-", 2, "code", ["workers_total"]),
    ("statistics/hromada_expenses_shares_2021.xlsx", "-", 1, "hromada_code",
     ["total_expense", "func_0111_share", "econ_2110_share", "econ_3000_abs"]),
    ("statistics/fin_capacity_merged.xlsx", "-", 1, "Область",
     ["Чисельність наявного населення (на 2022)", "Площа", "Видатки на утримання апарату управління на мешканця"]),
    ("statistics/CPI_region_monthly.xlsx", "-", 1, "oblast_name", ["year", "month", "CPI_index_base_2021_1"]),
    ("statistics/displacement/idp_estimation_08_03_2022-unhcr-protection-cluster.xlsx", "Dataset", 1,
     "admin3Pcode", ["IDP estimation", "Population"]),
    ("investments/dfrr-2015-2022-coding_v2_coded.xlsx", "-", 1, "settlement_code", ["settlement_code"]),
    ("damage/ukr_adm3_damage.dbf", "-", 1, "ADM3_PC", ["damg_sm", "ttl_px_", "VIINA_c", "dmg_pct"]),
    ("damage/ukr_adm3_viina.dbf", "-", 1, "ADM3_PCODE", ["m03_2022", "m10_2023"]),
    ("boundaries/ukr_admbnda_adm3_sspe_20240416.dbf", "-", 1, "ADM3_PCODE", ["AREA_SQKM"]),
]


def place(reference):
    """The column of "BC12", from 0."""
    number = 0
    for letter in re.match("[A-Z]+", reference).group():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def text_of(element):
    return "".join(t.text or "" for t in element.iter(MAIN + "t"))


def sheet_rows(path, sheet):
    """Rows by number: {column: text}."""
    with zipfile.ZipFile(path) as archive:
        shared = []
        if "xl/sharedStrings.xml" in archive.namelist():
            shared = [text_of(si) for si in ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))]
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        links = {r.get("Id"): r.get("Target")
                 for r in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
        sheets = {s.get("name"): links[s.get(REL)] for s in book.iter(MAIN + "sheet")}
        target = sheets[sheet] if sheet != "-" else next(iter(sheets.values()))
        root = ElementTree.fromstring(archive.read("xl/" + target.removeprefix("/xl/")))
    rows = {}
    for row in root.iter(MAIN + "row"):
        cells = {}
        for c in row.iter(MAIN + "c"):
            value = c.find(MAIN + "v")
            text = text_of(c) if c.get("t") == "inlineStr" else (value.text if value is not None else None)
            if text is not None and c.get("t") == "s":
                text = shared[int(text)]
            if text:
                cells[place(c.get("r"))] = text
        rows[int(row.get("r"))] = cells
    return rows


def sheet_table(path, sheet, header):
    rows = sheet_rows(path, sheet)
    names = rows[header]
    for number in sorted(rows):
        if number > header and rows[number]:
            yield {names.get(i, i): v for i, v in rows[number].items()}


def dbf_table(path):
    with open(path, "rb") as file:
        data = file.read()
    count, start, size = struct.unpack("<IHH", data[4:12])
    fields, at, offset = [], 32, 1
    while data[at] != 0x0D:
        fields.append((data[at:at + 11].split(b"\0")[0].decode("ascii"), offset, data[at + 16]))
        offset += data[at + 16]
        at += 32
    for i in range(count):
        row = data[start + i * size:start + (i + 1) * size]
        if row[:1] != b"*":
            yield {n: row[o:o + w].decode("latin-1").strip() for n, o, w in fields}


def number(text):
    return Fraction(text) if text and re.fullmatch(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?|[+-]?\.\d+", text) else None


def main():
    print("# python %d.%d.%d" % sys.version_info[:3])
    for file, sheet, header, key, columns in TABLES:
        path = os.path.join(DATA, file)
        rows = list(dbf_table(path) if file.endswith(".dbf") else sheet_table(path, sheet, header))
        print("table", file, sheet, header, key, len(rows), sep="\t")
        for column in columns:
            values = [Fraction(float(n)) for n in (number(r.get(column)) for r in rows) if n is not None]
            print("column", column, len(values), repr(float(sum(values))), sep="\t")


main()
