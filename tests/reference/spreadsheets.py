#!/usr/bin/env python3
"""Read columns of the real spreadsheets and dBase tables without any library for them, and print counts and sums.

    HROMADA_DATA=... python3 tests/reference/spreadsheets.py > tests/real/spreadsheets.txt

A spreadsheet is a zip of XML: cells are taken as their file writes them, a number as its exact decimal. Sums are of
fractions, rounded once. A row counts where any of its cells holds something. Lines, with tabs between:

    table FILE SHEET HEADER_ROW KEY ROWS      SHEET "-" where the file has one table only
    column FIELD NUMBERS TOTAL
"""
import os
import sys
from fractions import Fraction

from sheets import dbf_table, number, sheet_table

DATA = os.environ["HROMADA_DATA"]
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
