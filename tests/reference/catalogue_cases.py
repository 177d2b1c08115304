#!/usr/bin/env python3
"""Write tests/indicator/catalogue.txt: a small table of invented numbers, and what every indicator of the catalogue
gives over it, for communities, raions, oblasts and the country.

    python3 tests/reference/catalogue_cases.py > tests/indicator/catalogue.txt        (made with CPython 3.11.2)

The definitions below are written from the official list of indicators (code, formula, missing rule, aggregation),
in exact fractions, and know nothing of the catalogue's formulas. A value is None where it is missing.

    codes CODE ...            the communities
    column ID RULE VALUE ...  a column and how it is rolled up
    indicator ID              the four lines that follow belong to it
    community VALUE ...       raion, oblast, country: the same; `none` where the indicator is not rolled up
"""
import math
import random
import sys
from fractions import Fraction as F

CODES = ["UA0502001", "UA0502003", "UA0502005", "UA0504001", "UA0504003", "UA0504005", "UA1202001", "UA1202003",
         "UA1206001", "UA8000000"]
LEVELS = {"raion": 6, "oblast": 4, "country": 2}


class Row(dict):
    """Inputs of one community or unit; reading a missing one ends the definition."""

    def __getattr__(self, name):
        if self[name] is None:
            raise KeyError(name)
        return self[name]


def ratio(a, b):
    if b == 0:
        raise KeyError("undefined")
    return a / b


def both(rows, *names):
    return [r for r in rows if all(r[n] is not None for n in names)]


def criterion(r, rows):
    near, by_commission = 30000, 100000
    known = [r[n] for n in ("border_distance_m", "active_distance_m", "sea_distance_m")]
    if any(d is not None and d <= near for d in known):
        return F(2)
    if any(d is None for d in known):
        return None
    return F(1) if min(known) <= by_commission else F(0)


def readiness(r, rows):
    status = [r[n] for n in ("doc_strategy", "doc_recovery", "doc_concept", "doc_spatial", "doc_investment")]
    known = [s for s in status if s is not None]
    return 100 * sum(known) / len(known) if known else None


def average_tax(rows):
    used = [r for r in both(rows, "pit", "pop_budget", "special_city") if r["special_city"] == 0]
    return sum(r["pit"] for r in used) / sum(r["pop_budget"] for r in used)


def tax_index(r, rows):
    return r.pit / r.pop_budget / average_tax(rows)


def equalisation(r, rows):
    index = tax_index(r, rows)
    if index < F(9, 10):
        return F(8, 10) * (F(9, 10) - index) * average_tax(rows)
    if index > F(11, 10):
        return -F(5, 10) * (index - F(11, 10)) * average_tax(rows)
    return F(0)


def diversity(r, rows):
    public = r.investment_state + r.investment_local
    groups = [public, r.investment_international, r.investment_private, r.investment_people]
    return 1 - sum(ratio(g, sum(groups)) ** 2 for g in groups)


def theil(r, rows):
    """Between oblasts as a share of all, from the textbook's W, mu and T of groups."""
    used = both(rows, "investment_total", "population")
    people = sum(x["population"] for x in used)
    mu = sum(x["investment_total"] for x in used) / people
    between = within = 0.0
    for oblast in sorted({x["oblast"] for x in used}):
        group = [x for x in used if x["oblast"] == oblast]
        people_g = sum(x["population"] for x in group)
        mu_g = sum(x["investment_total"] for x in group) / people_g
        if mu_g == 0:
            continue
        share = people_g / people
        between += float(share * mu_g / mu) * math.log(mu_g / mu)
        t_g = 0.0
        for x in group:
            y = x["investment_total"] / x["population"]
            if y > 0:
                t_g += float(x["population"] / people_g * y / mu_g) * math.log(y / mu_g)
        within += float(share * mu_g / mu) * t_g
    return 100 * between / (between + within)


def frontline(r, rows):
    used = both(rows, "investment_total", "need", "front_distance_m")
    front = [x for x in used if x["front_distance_m"] <= 30000]
    fund, need = ([x[n] for x in used] for n in ("investment_total", "need"))
    return (sum(x["investment_total"] for x in front) / sum(fund)) / (sum(x["need"] for x in front) / sum(need))


def priority(r, rows):
    parts = [max(1.0, float(x)) for x in (r.exposure_index, r.need_index, 100 - r.capacity_index)]
    return (parts[0] * parts[1] * parts[2]) ** (1 / 3)


def when(condition, value):
    return value() if condition else None


RECOMPUTE, NONE, MIN, MAX = "recompute", "none", "min", "max"

# id: rule (for a mean, the weight), definition. Codes are those of the official list.
DEFINITIONS = {
    "front_distance_km": (MIN, lambda r, _: r.front_distance_m / 1000),                                     # EXP01
    "border_distance_km": (MIN, lambda r, _: r.border_distance_m / 1000),                                   # EXP04
    "possible_hostilities_criterion": (NONE, criterion),                                                    # EXP05
    "conflict_events_per_10000": (RECOMPUTE, lambda r, _: ratio(10000 * r.events_count, r.population)),     # EXP10
    "damage_per_person": (RECOMPUTE, lambda r, _: ratio(r.damage_cost_sum, r.population)),                  # DMG01
    "housing_damaged_share": (RECOMPUTE,
                              lambda r, _: 100 * ratio(r.dw_damaged + r.dw_destroyed, r.dw_total)),         # DMG02
    "housing_destroyed_of_affected":
        (RECOMPUTE, lambda r, _: 100 * ratio(r.dw_destroyed, r.dw_damaged + r.dw_destroyed)),               # DMG03
    "facilities_damaged_per_10000":
        (RECOMPUTE, lambda r, _: 10000 * ratio(r.fac_damaged + r.fac_destroyed, r.population)),             # DMG04
    "need_per_person": (RECOMPUTE, lambda r, _: ratio(r.need, r.population)),                               # DMG05
    "damage_years_of_revenue":
        (RECOMPUTE, lambda r, _: when(r.rev_own > 0, lambda: r.damage_cost_sum / r.rev_own)),               # DMG06
    "restoration_rate": (RECOMPUTE, lambda r, _: 100 * ratio(r.obj_restored, r.obj_affected)),              # DMG07
    "population_change": (RECOMPUTE, lambda r, _: 100 * (ratio(r.pop_t, r.population) - 1)),                # PPL01
    "idp_per_1000": (RECOMPUTE, lambda r, _: 1000 * ratio(r.idp_reg, r.pop_t)),                             # PPL02
    "displacement_balance_per_1000":
        (RECOMPUTE, lambda r, _: 1000 * ratio(r.idp_present - r.displaced_from, r.population)),             # PPL03
    "return_rate": (RECOMPUTE, lambda r, _: 100 * ratio(r.returnees, r.returnees + r.displaced_from)),      # PPL04
    "aged_65_share": (RECOMPUTE, lambda r, _: 100 * ratio(r.pop_65plus, r.pop_t)),                          # PPL05
    "pupils_in_person_share":
        (RECOMPUTE, lambda r, _: 100 * ratio(r.pupils_inperson + r.pupils_blended / 2, r.pupils_total)),    # PPL07
    "staffing_level": (RECOMPUTE, lambda r, _: 100 * ratio(r.posts_filled, r.posts_established)),           # STF01
    "key_vacancy_rate": (RECOMPUTE, lambda r, _: 100 * ratio(r.key_vacant, r.key_established)),             # STF02
    "staff_turnover":
        (RECOMPUTE, lambda r, _: 100 * ratio(r.leavers, (r.staff_start + r.staff_end) / 2)),                # STF03
    "staff_trained_share": (RECOMPUTE, lambda r, _: 100 * ratio(r.trained, r.posts_filled)),                # STF04
    "planning_readiness": ("population", readiness),                                                        # STF05
    "workplace_it": (RECOMPUTE, lambda r, _: 100 * min(F(1), ratio(r.devices_ok, r.staff_office))),         # STF07
    "own_revenue_per_person":
        (RECOMPUTE, lambda r, _: when(r.pop_t >= 100, lambda: r.rev_own / r.pop_t)),                        # BUD01
    "tax_capacity_index": (RECOMPUTE, tax_index),                                                           # BUD02
    "equalisation_per_person": ("pop_budget", equalisation),                                                # BUD03
    "transfer_share": (RECOMPUTE, lambda r, _: when(r.rev_total > 0, lambda: 100 * r.transfers / r.rev_total)),
    "administration_cost_share":
        (RECOMPUTE, lambda r, _: when(r.rev_own > 0, lambda: 100 * r.exp_admin / r.rev_own)),               # BUD05
    "capital_expenditure_share":
        (RECOMPUTE, lambda r, _: when(r.exp_total > 0, lambda: 100 * r.exp_capital / r.exp_total)),         # BUD06
    "budget_execution_rate": (RECOMPUTE, lambda r, _: 100 * ratio(r.exp_executed, r.exp_planned)),          # BUD07
    "own_revenue_real_change":
        (RECOMPUTE, lambda r, _: 100 * (ratio(r.rev_own - r.pit_mil, r.rev_own_0 - r.pit_mil_0) - 1)),      # BUD08
    "enterprises_without_loss_share": (RECOMPUTE, lambda r, _: 100 * ratio(r.ce_nonloss, r.ce_reporting)),  # BUD09
    "businesses_per_1000": (RECOMPUTE, lambda r, _: 1000 * ratio(r.le_active + r.fop_active, r.pop_t)),     # ECO01
    "investment_per_person": (RECOMPUTE, lambda r, _: ratio(r.investment_total, r.population)),             # INV01
    "public_investment_per_person":
        (RECOMPUTE, lambda r, _: ratio(r.investment_state + r.investment_local, r.population)),             # INV02
    "international_investment_per_person":
        (RECOMPUTE, lambda r, _: ratio(r.investment_international, r.population)),                          # INV03
    "private_investment_per_person": (RECOMPUTE, lambda r, _: ratio(r.investment_private, r.population)),   # INV04
    "people_investment_per_person": (RECOMPUTE, lambda r, _: ratio(r.investment_people, r.population)),     # INV05
    "local_cofinancing_share":
        (RECOMPUTE, lambda r, _: 100 * ratio(r.investment_local, r.investment_total)),                      # INV06
    "funding_diversity": (RECOMPUTE, diversity),                                                            # INV07
    "disbursement_rate": (RECOMPUTE, lambda r, _: 100 * ratio(r.spent, r.available)),                       # INV09
    "need_covered": (RECOMPUTE, lambda r, _: 100 * ratio(r.investment_total, r.need)),                      # EQT01
    "need_covered_effectively":
        ("need", lambda r, _: 100 * ratio(min(r.investment_total, r.need), r.need)),                        # EQT01
    "unmet_need_per_person":
        ("population", lambda r, _: ratio(max(F(0), r.need - r.investment_total), r.population)),           # EQT02
    "inequality_between_oblasts": (NONE, theil),                                                            # EQT04
    "frontline_representation": (NONE, frontline),                                                          # EQT08
    "target_achievement": ("population", lambda r, _: 100 * ratio(r.x_t - r.x_0, r.target - r.x_0)),        # IMP01
    "beneficiaries_reached": (RECOMPUTE, lambda r, _: 100 * ratio(r.benef_actual, r.benef_planned)),        # IMP06
    "displaced_beneficiaries_reached":
        (RECOMPUTE, lambda r, _: 100 * ratio(r.benef_idp_actual, r.benef_idp_planned)),                     # IMP06
    "recovery_priority_index": ("population", priority),                                                    # RES03
    "resilience_scorecard": (NONE, lambda r, _: 100 * ratio(r.score_sum, r.questions_answered * 3)),        # RES05
    "data_availability": (RECOMPUTE, lambda r, _: 100 * ratio(r.values_present, r.values_expected)),        # DQ01
    "data_age_days": (MAX, lambda r, _: r.as_of_day - r.reference_day),                                     # DQ02
    "join_success_rate": (RECOMPUTE, lambda r, _: 100 * ratio(r.rows_matched, r.rows_total)),               # DQ03
    "estimated_share": (RECOMPUTE, lambda r, _: 100 * ratio(r.values_estimated, r.values_present)),         # DQ04
    "inconsistent_share": (RECOMPUTE, lambda r, _: 100 * ratio(r.records_failed, r.records_checked)),       # DQ06
}


# ---- the table ----

# "a/b": a is a part of b. A third word: how the column is rolled up, if not summed.
COLUMNS = """
front_distance_m:0:70000:min border_distance_m:0:300000:min active_distance_m:0:150000:min sea_distance_m:0:400000:min
events_count:0:50 population:900:40000 pop_t:50:45000 damage_cost_sum:0:9000000 dw_total:0:900 dw_damaged:0:300
dw_destroyed:0:90 fac_damaged:0:9 fac_destroyed:0:4 need:0:8000000 rev_own:-5:900000 obj_affected:0:60 obj_restored:0:50
idp_reg:0:4000 idp_present:0:4000 displaced_from:0:3000 returnees:0:2000 pop_65plus:0:8000 pupils_inperson:0:900
pupils_blended:0:500 pupils_total:0:2000 posts_filled:0:90 posts_established:1:100 key_vacant:0:9 key_established:0:12
leavers:0:20 staff_start:0:90 staff_end:1:90 trained:0:50 devices_ok:0:90 staff_office:0:80 pit:0:900000
pop_budget:1000:40000 transfers:0:500000 rev_total:0:1500000 exp_admin:0:200000 exp_capital:0:300000 exp_total:0:1400000
exp_executed:0:1400000 exp_planned:0:1500000 pit_mil:0:9000 rev_own_0:20000:900000 pit_mil_0:0:9000 ce_nonloss:0:9
ce_reporting:0:10 le_active:0:900 fop_active:0:2000 investment_total:0:9000000 investment_state:0:900000
investment_local:0:90000 investment_international:0:900000 investment_private:0:90000 investment_people:0:9000
available:0:900000 spent:0:900000 x_t:0:100:none x_0:0:50:none target:40:120:none benef_actual:0:900 benef_planned:0:900
benef_idp_actual:0:90 benef_idp_planned:0:90 exposure_index:0:100:none need_index:0:100:none capacity_index:0:100:none
score_sum:0:141 questions_answered:0:47 values_present:0:100 values_expected:100:120 as_of_day:20000:20000:max
reference_day:18000:20000:max rows_matched:0:90 rows_total:90:100 values_estimated:0:30 records_failed:0:20
records_checked:0:90
""".split()
DOCUMENTS = ["doc_strategy", "doc_recovery", "doc_concept", "doc_spatial", "doc_investment"]


def table():
    r = random.Random(1364)
    rows = [Row(oblast=code[:4]) for code in CODES]
    rules = {"special_city": "max"}
    for spec in COLUMNS:
        name, low, high, *rule = spec.split(":")
        rules[name] = rule[0] if rule else "sum"
        for row in rows:
            chance = r.random()
            row[name] = None if chance < 0.12 else F(low) if chance < 0.2 else F(r.randint(int(low), int(high)))
    for name in DOCUMENTS:
        rules[name] = "none"
        for row in rows:
            row[name] = r.choice([None, F(0), F(1, 2), F(1)])
    for i, row in enumerate(rows):
        row["special_city"] = F(CODES[i].startswith("UA80"))
    for name in DOCUMENTS:
        rows[3][name] = None
    rows[9].update(pit=F(2500000), pop_budget=F(30000))  # Kyiv: it has an index, and is not in the average
    return rows, rules


def evaluate(definition, row, rows):
    try:
        return definition(row, rows)
    except (KeyError, ZeroDivisionError):
        return None


# ---- rolling up ----

class Watched(Row):
    """Tells which inputs a definition reads of its own row."""

    def __init__(self, row, seen):
        super().__init__(row)
        self.seen = seen

    def __getattribute__(self, name):
        if name in ("seen", "__class__"):
            return super().__getattribute__(name)
        if name in self:
            self.seen.add(name)
        return super().__getattribute__(name)


def inputs_of(definition, rows):
    """Every input of a definition, by running it over a row that lacks nothing."""
    full = Row({n: F(1000) for n in rows[0]}, oblast="UA05", special_city=F(0))
    seen = set()
    evaluate(definition, Watched(full, seen), [full])
    return seen


def part(rule, values):
    values = [v for v in values if v is not None]
    if not values or rule == "none":
        return None
    return {"sum": sum, "min": min, "max": max}[rule](values)


def rolled(identity, level, rows, rules):
    rule, definition = DEFINITIONS[identity]
    units = sorted({code[:LEVELS[level]] for code in CODES})
    members = {u: [r for r, code in zip(rows, CODES) if code.startswith(u)] for u in units}
    value = {id(r): evaluate(definition, r, rows) for r in rows}
    if rule in (MIN, MAX):
        return [part(rule, [value[id(r)] for r in members[u]]) for u in units]
    if rule != RECOMPUTE:  # a mean weighted by a column
        out = []
        for u in units:
            used = [r for r in members[u] if value[id(r)] is not None and r[rule] is not None]
            weight = sum(r[rule] for r in used)
            out.append(sum(r[rule] * F(value[id(r)]) for r in used) / weight if weight else None)
        return out
    inputs = inputs_of(definition, rows)
    if identity == "tax_capacity_index":
        inputs = {"pit", "pop_budget", "special_city"}
    counting = {u: [r for r in members[u] if value[id(r)] is not None or all(r[n] is not None for n in inputs)]
                for u in units}
    parts = [Row({n: part(rules[n], [r[n] for r in counting[u]]) for n in inputs}) for u in units]
    return [evaluate(definition, p, parts) if counting[u] else None for u, p in zip(units, parts)]


# ---- writing ----

def text(value):
    return "na" if value is None else repr(float(value)).removesuffix(".0")


def main():
    first, *rest = __doc__.split("\n")
    print("# Written by tests/reference/catalogue_cases.py:", first)
    for line in rest:
        print(("# " + line).rstrip())
    rows, rules = table()
    print("codes", *CODES)
    for name in rules:
        print("column", name, rules[name], *(text(r[name]) for r in rows))
    for identity, (rule, definition) in DEFINITIONS.items():
        print("indicator", identity)
        print("community", *(text(evaluate(definition, r, rows)) for r in rows))
        for level in LEVELS:
            print(level, *(["none"] if rule == NONE else [text(v) for v in rolled(identity, level, rows, rules)]))


if __name__ == "__main__":
    sys.exit(main())
