"""Spreadsheets (XLSX) and dBase tables, read without any library for them: a spreadsheet is a zip of XML, and cells are
taken as their file writes them, a number as its exact decimal. Used by spreadsheets.py and joins_real.py."""
import re
import struct
import zipfile
from fractions import Fraction
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


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


def dbf_table(path, encoding="latin-1"):
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
            yield {n: row[o:o + w].decode(encoding).strip() for n, o, w in fields}


def number(text):
    return Fraction(text) if text and re.fullmatch(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?|[+-]?\.\d+", text) else None
