#!/usr/bin/env python3
"""Write tests/indicator/formulas.txt: formulas and what they give, worked out by other programs.

    python3 tests/reference/formula_cases.py > tests/indicator/formulas.txt
    (made with CPython 3.11.2, numpy 1.24.2, scipy 1.10.1, SQLite 3.40.1, all of Debian 12)

Logic and missing values come from SQLite (NULL), also for formulas put together at random; sums from math.fsum();
quantiles from numpy.quantile() (its default, "linear", is type 7 of Hyndman and Fan); ranks from
scipy.stats.rankdata(); rounding from decimal.ROUND_HALF_UP over the shortest text of a double; the order in which
operators bind from Python's own parser, whose order for these operators is the same.

A line is one of

    codes CODE ...            the communities, for `by raion` and `by oblast`
    column ID VALUE ...       a column; `na` is missing (not reported), `na:8` missing for the reason of that number
    exact FORMULA             what stands on the next line must come out to the last bit
    near FORMULA              ... to 1 in 10^12
    gives VALUE ...           for each community; `na` for missing whatever the reason; one value alone holds for all

More cases may be added by hand to tests/indicator/formulas_by_hand.txt, which has the same form.
"""
import decimal
import math
import random
import sqlite3
import sys

import numpy
import scipy.stats

NA = float("nan")
CODES = ["UA0502001", "UA0502003", "UA0502005", "UA0504001", "UA0504003", "UA0504005",
         "UA1202001", "UA1202003", "UA1202005", "UA1204001", "UA1206001", "UA1206003"]
COLUMNS = {
    "a": [1.0, 2.5, NA, -3.0, 0.0, 7.0, 1e6, NA, 0.1, 0.2, 0.3, -0.5],
    "b": [4.0, 0.0, 2.0, -3.0, 0.0, NA, 1e-3, NA, 0.7, 2.0, 0.3, 8.0],
    "c": [0.0, 1.0, NA, 0.0, 1.0, NA, 0.0, 1.0, NA, 1.0, 1.0, 0.0],
    "d": [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, NA, NA, NA, 1.0, 0.0, 1.0],
    "площа": [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0, 110.0, 120.0],
    "income@2021": [100.0, 120.0, NA, 90.0, 80.0, 70.0, 0.0, 55.5, 45.25, 12.0, 12.0, 12.0],
    "income@2022": [110.0, 100.0, 95.0, NA, 80.0, 77.0, 5.0, 60.0, 40.0, 12.0, 13.0, 11.0],
    "level-1.x": [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0, 5.0, 8.0],
    "ties": [2.0, 2.0, 1.0, 5.0, 5.0, 5.0, NA, NA, 4.0, 3.0, NA, 3.0],
    "large": [1e16, 1.0, -1e16, 1e100, 1.0, -1e100, 0.1, 0.1, 0.1, 1e308, 1e292, -1e308],
    "none": [NA] * 12,
}


def text(value):
    if value is None or math.isnan(value):
        return "na"
    return repr(float(value) + 0.0).removesuffix(".0")


def case(formula, values, exact=True):
    values = [text(v) for v in values]
    print("exact" if exact else "near", formula)
    print("gives", *(values[:1] if len(set(values)) == 1 else values))


# ---- how operators bind, and what functions give: Python's own arithmetic ----

def plain():
    for formula in ["1 + 2 * 3", "(1 + 2) * 3", "2 - 3 - 4", "2 ^ 3 ^ 2", "-2 ^ 2", "(-2) ^ 2", "2 ^ -1", "2 ^ -2 ^ 2",
                    "24 / 4 / 2", "24 / (4 / 2)", "2 * -3", "- -3", "-(-3)", "+5", "1 - -1", "7 / 2 * 2", "10 - 2 + 3",
                    "2 * 3 ^ 2", "-3 ^ 2 * 2", ".5 + 5.", "1e3 + 1E-3", "1.5e+2", "0.1 + 0.2", "1 < 2", "2 <= 2",
                    "3 > 4", "4 >= 4", "1 + 1 == 2", "1 != 1", "1 + 2 < 2 * 2", "not 0", "not 3", "not not 3",
                    "not 1 == 2", "1 or 0 and 0", "(1 or 0) and 0", "not 0 and 0", "not (0 and 0)", "0 or 0",
                    "1 and 2", "1 < 2 and 2 < 3", "1 - 1 or 5", "(1 < 2) + (2 < 3)", "1e300 * 1e10 * 0 + 1"]:
        value = eval(formula.replace("^", "**"))
        if " or " in formula or " and " in formula or formula.startswith("not"):
            value = bool(value)
        case(formula, [float(value) if math.isfinite(value) else NA])
    case("1 = 1", [1.0])
    case("1 <> 1", [0.0])
    case("2 ≤ 2 and 2 ≥ 2 and 1 ≠ 2", [1.0])
    case("7 − 3 × 2", [1.0])
    case("SQRT(16) + Abs(-2)", [6.0])
    case("sqrt(2)", [math.sqrt(2)])
    case("log(10)", [math.log(10)])
    case("exp(1)", [math.exp(1)])
    case("abs(-0.5)", [0.5])
    case("min(3, 1, 2) + max(3, 1, 2)", [4.0])
    case("0 * -1", [0.0])


# ---- missing values, and formulas at random: SQLite ----

def sql(expression):
    db = sqlite3.connect(":memory:")
    names = ", ".join('"%s" REAL' % c for c in COLUMNS)
    db.execute("CREATE TABLE t (row INTEGER, oblast TEXT, raion TEXT, %s)" % names)
    marks = ", ".join("?" * (3 + len(COLUMNS)))
    for i, code in enumerate(CODES):
        values = [None if math.isnan(v[i]) else v[i] for v in COLUMNS.values()]
        db.execute("INSERT INTO t VALUES (%s)" % marks, [i, code[2:4], code[2:6], *values])
    rows = db.execute("SELECT %s FROM t ORDER BY row" % expression).fetchall()
    return [NA if r[0] is None else float(r[0]) for r in rows]


def known():
    quoted = '"%s"'
    for formula, query in [
            ("c and d", None), ("c or d", None), ("not c", None), ("c and not d", None), ("not (c or d)", None),
            ("c = d", None), ("c <> d", None), ("c < d", None), ("c <= d", None), ("a + b", None), ("a - b", None),
            ("a * b", None), ("a / b", None), ("-a", None), ("a > 0 and b > 0", None), ("a > 0 or b > 0", None),
            ("missing(a)", "a IS NULL"), ("missing(a + b)", "a + b IS NULL"), ("missing(1 / 0)", "1"),
            ("coalesce(a, b, -1)", None), ("coalesce(a, b)", None), ("coalesce(none, none)", "NULL"),
            ("if(c, a, b)", "CASE WHEN c IS NULL THEN NULL WHEN c THEN a ELSE b END"),
            ("if(c, a)", "CASE WHEN c THEN a END"),
            ("if(c, 1 / 0, 5)", "CASE WHEN c = 0 THEN 5 END"),
            ("if(missing(c), 0, c)", "CASE WHEN c IS NULL THEN 0 ELSE c END"),
            ("min(a, b)", "min(a, b)"), ("max(a, b, 0)", "max(a, b, 0)"),
            ("площа * 2", None), ('"площа" + 1', None), ('"level-1.x" - 1', None),
            ("income@2022 / income@2021 - 1", '"income@2022" / "income@2021" - 1'),
            ("income@2022 - 1", '"income@2022" - 1'), ('"income@2022"-1', '"income@2022" - 1'),
            ("sum(a)", "sum(a) OVER ()"), ("count(a)", "count(a) OVER ()"),
            ("sum(площа by oblast)", "sum(площа) OVER (PARTITION BY oblast)"),
            ("count(a by raion)", "count(a) OVER (PARTITION BY raion)"),
            ("min_all(a by oblast)", "min(a) OVER (PARTITION BY oblast)"),
            ("max_all(a by raion)", "max(a) OVER (PARTITION BY raion)"),
            ("mean(площа by raion)", "avg(площа) OVER (PARTITION BY raion)"),
            ("100 * площа / sum(площа by oblast)", "100 * площа / sum(площа) OVER (PARTITION BY oblast)"),
            ("rank(ties)", "CASE WHEN ties IS NOT NULL THEN rank() OVER (ORDER BY ties DESC) END"),
            ("rank(-ties)", "CASE WHEN ties IS NOT NULL THEN rank() OVER (ORDER BY ties ASC NULLS LAST) END"),
            ("rank(ties by oblast)",
             "CASE WHEN ties IS NOT NULL THEN rank() OVER (PARTITION BY oblast ORDER BY ties DESC) END"),
            ("rank(ties by raion)",
             "CASE WHEN ties IS NOT NULL THEN rank() OVER (PARTITION BY raion ORDER BY ties DESC) END")]:
        case(formula, sql(query or formula))


class Tree:
    """A formula at random, as ours and as SQL. `binds` is how tightly the outermost operator holds it together."""

    def __init__(self, r, depth):
        kind = r.choice(["number", "column", "column"]) if depth == 0 else r.choice(
            ["arithmetic"] * 4 + ["comparison"] * 2 + ["logic"] * 2 + ["not", "minus", "if", "coalesce", "missing"])
        self.binds = 9
        if kind == "number":
            self.ours = self.sql = r.choice(["0.0", "1.0", "2.5", "10.0"])
        elif kind == "column":
            self.ours = r.choice(["a", "b", "c", "d", "площа", "income@2022"])
            self.sql = '"%s"' % self.ours
        elif kind in ("arithmetic", "comparison", "logic"):
            op, self.binds, right = r.choice({"arithmetic": [("+", 5, 6), ("-", 5, 6), ("*", 6, 7), ("/", 6, 7)],
                                              "comparison": [(o, 4, 5) for o in ("<", "<=", ">", ">=", "=", "<>")],
                                              "logic": [("or", 1, 2), ("and", 2, 3)]}[kind])
            x, y = Tree(r, depth - 1), Tree(r, depth - 1)
            left = 5 if kind == "comparison" else self.binds
            self.ours = "%s %s %s" % (x.held(left), op, y.held(right))
            self.sql = "(%s %s %s)" % (x.sql, op, y.sql)
            if kind != "arithmetic":
                self.sql = "CAST(%s AS REAL)" % self.sql
        elif kind == "not":
            x = Tree(r, depth - 1)
            self.binds = 3
            self.ours, self.sql = "not " + x.held(4), "CAST(NOT %s AS REAL)" % x.sql
        elif kind == "minus":
            x = Tree(r, depth - 1)
            self.binds = 7
            self.ours, self.sql = "-" + x.held(8), "(0.0 - %s)" % x.sql
        elif kind == "if":
            c, x, y = (Tree(r, depth - 1) for _ in range(3))
            self.ours = "if(%s, %s, %s)" % (c.ours, x.ours, y.ours)
            self.sql = "CASE WHEN %s IS NULL THEN NULL WHEN %s THEN %s ELSE %s END" % (c.sql, c.sql, x.sql, y.sql)
        elif kind == "coalesce":
            x, y = (Tree(r, depth - 1) for _ in range(2))
            self.ours, self.sql = ("coalesce(%s, %s)" % t for t in ((x.ours, y.ours), (x.sql, y.sql)))
        else:
            x = Tree(r, depth - 1)
            self.ours, self.sql = "missing(%s)" % x.ours, "CAST(%s IS NULL AS REAL)" % x.sql

    def held(self, least):
        return self.ours if self.binds >= least else "(%s)" % self.ours


def at_random():
    r = random.Random(20221206)
    seen = set()
    while len(seen) < 150:
        t = Tree(r, r.choice([2, 3, 3, 4]))
        values = sql(t.sql)
        if t.ours in seen or len(t.ours) > 160 or all(math.isnan(v) for v in values):
            continue
        seen.add(t.ours)
        case(t.ours, values)


# ---- over communities: numpy and scipy ----

def over(function, values, level=None):
    """The function's value for the present values of each unit, on every row; missing where there are none."""
    values = numpy.asarray(values, dtype=float)
    units = numpy.array([code[:{None: 2, "oblast": 4, "raion": 6}[level]] for code in CODES])
    out = numpy.full(len(CODES), NA)
    for unit in set(units):
        present = (units == unit) & ~numpy.isnan(values)
        if present.any():
            value = function(values[present])
            out[units == unit] = NA if not numpy.all(numpy.isfinite(value)) else value
    return out


def standing(values, level=None):
    """Percentile of rank: scipy's average rank from below, less 1, by n - 1."""
    values = numpy.asarray(values, dtype=float)
    units = numpy.array([code[:{None: 2, "oblast": 4, "raion": 6}[level]] for code in CODES])
    out = numpy.full(len(CODES), NA)
    for unit in set(units):
        present = (units == unit) & ~numpy.isnan(values)
        if present.sum() > 1:
            ranks = scipy.stats.rankdata(values[present], method="average")
            out[present] = 100 * (ranks - 1) / (present.sum() - 1)
    return out


def exact_sum(values):
    try:
        return math.fsum(values)
    except OverflowError:
        return NA


def aggregates():
    for name in ["a", "b", "ties", "large", "none", "площа"]:
        values = COLUMNS[name]
        for level in [None, "oblast", "raion"]:
            by = " by %s" % level if level else ""
            case("sum(%s%s)" % (name, by), over(exact_sum, values, level))
            case("mean(%s%s)" % (name, by), over(lambda v: exact_sum(v) / len(v), values, level))
            if name == "large":
                continue
            case("median(%s%s)" % (name, by), over(lambda v: numpy.quantile(v, 0.5), values, level), exact=False)
            for p in [0.0, 0.1, 0.25, 0.75, 0.9, 1.0]:
                case("quantile(%s, %s%s)" % (name, text(p), by),
                     over(lambda v: numpy.quantile(v, p), values, level), exact=False)
            case("percentile(%s%s)" % (name, by), standing(values, level), exact=False)
    a, b, area = (numpy.array(COLUMNS[n]) for n in ["a", "b", "площа"])
    case("sum(площа by country)", over(exact_sum, area))
    case("площа - mean(площа by oblast)", area - over(numpy.mean, area, "oblast"))
    case("sum((площа - mean(площа)) ^ 2)", over(exact_sum, (area - over(numpy.mean, area)) ** 2), exact=False)
    case("max_all(sum(площа by raion) by oblast)",
         over(numpy.max, over(exact_sum, area, "raion"), "oblast"))
    case("sum(a * площа by oblast) / sum(площа + 0 * a by oblast)",
         over(exact_sum, a * area, "oblast") / over(exact_sum, area + 0 * a, "oblast"), exact=False)
    case("sum(if(a > 0, площа) by oblast)",
         over(exact_sum, numpy.where(a > 0, area, NA), "oblast"))
    case("median(a - median(a by oblast))",
         over(lambda v: numpy.quantile(v, 0.5), a - over(lambda v: numpy.quantile(v, 0.5), a, "oblast")), exact=False)
    case("percentile(a + b)", standing(a + b), exact=False)
    case("sum(1)", [12.0])
    case("count(none)", [0.0])


# ---- rounding ----

def rounded(value, digits):
    unit = decimal.Decimal(1).scaleb(-digits)
    with decimal.localcontext() as context:
        context.prec = 400
        return float(decimal.Decimal(repr(value)).quantize(unit, rounding=decimal.ROUND_HALF_UP))


def rounding():
    r = random.Random(1)
    values = [(2.675, 2), (1.005, 2), (0.5, 0), (1.5, 0), (2.5, 0), (-2.5, 0), (0.49999999999999994, 0), (1e22, 2),
              (1e-7, 3), (5e-324, 15), (9.999, 2), (0.95, 1), (99.5, 0), (1234.5, -2), (1250.0, -2), (49.0, -2),
              (50.0, -2), (1e300, -15), (123456789012345680.0, 5), (0.1 + 0.2, 15), (-0.04, 1), (4503599627370497.5, 0),
              (0.05, 1), (0.045, 1), (1.7976931348623157e308, 3), (0.000123456, 6)]
    values += [(r.uniform(-1000, 1000), r.choice([0, 1, 2, 3, -1])) for _ in range(40)]
    values += [(round(r.uniform(-10, 10), 3), 2) for _ in range(40)]
    for value, digits in values:
        case("round(%s%s)" % (text(value), ", %d" % digits if digits else ""), [rounded(value, digits)])


def main():
    first, *rest = __doc__.split("\n")
    print("# Written by tests/reference/formula_cases.py:", first)
    for line in rest:
        print(("# " + line).rstrip())
    print("codes", *CODES)
    for name, values in COLUMNS.items():
        print("column", name, *(text(v) for v in values))
    plain()
    known()
    at_random()
    aggregates()
    rounding()


if __name__ == "__main__":
    sys.exit(main())
