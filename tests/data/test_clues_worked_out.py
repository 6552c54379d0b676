"""Tests that each clue is what exact arithmetic makes of the rows that it names, and says nothing published."""

from __future__ import annotations

import ast
import math
from fractions import Fraction
from itertools import product

import pytest
import yaml
from package import by, observations, table

from shuangbei import measures, paths

DERIVED = yaml.safe_load((paths.data_dir() / "derivations.yaml").read_text(encoding="utf-8"))
SIGNS = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}
# Of the ends of an interval None is open; the formulas of the data put an open end only where more is more.
Ends = tuple[Fraction | None, Fraction | None]


def ends_of(one: dict) -> Ends:
    """What an input may be: half of what it was rounded to either way, or beyond it."""
    if "commitment" in one:
        goal = by("commitments", "commitment_id")[one["commitment"]]
        exact = Fraction(goal["value"]) * Fraction(by("units", "unit")[goal["unit"]]["factor"])
        return exact, exact
    key = one["indicator"], one["geo_id"], one["period"]
    (row,) = (row for row in observations() if (row["indicator_id"], row["geo_id"], row["period"]) == key)
    unit, digits = by("units", "unit")[row["unit"]], len(row["value"].partition(".")[2])
    step = Fraction(one.get("rounded_to", 0)) or Fraction(1, 10**digits)
    if "rounded_to" not in one and not digits and unit["whole"] == "yes" and unit["factor"] == "1":
        step = Fraction(0)
    hundredths = row["unit"] in ("percent", "percentage_point")
    factor = Fraction(unit["factor"]) / (100 if hundredths else 1)
    value, half = Fraction(row["value"]), step / 2
    low, high = (value - half) * factor, (value + half) * factor
    if row["qualifier"] == "over":
        return value * factor, None
    return (None, value * factor) if row["qualifier"] == "nearly" else (low, high)


def worked_out(node: ast.AST, named: dict[str, Ends]) -> Ends:
    if isinstance(node, ast.Constant):
        return Fraction(node.value), Fraction(node.value)
    if isinstance(node, ast.Name):
        return named[node.id]
    (a, b), (c, d) = (worked_out(side, named) for side in (node.left, node.right))
    sign = SIGNS[type(node.op)]
    if None not in (a, b, c, d):
        every = [sign(x, y) for x, y in product((a, b), (c, d))]
        return min(every), max(every)
    assert not isinstance(node.op, ast.Div), "a ratio with an open end needs a rule here"
    if isinstance(node.op, ast.Sub):
        c, d = d, c
    return tuple(None if None in pair else sign(*pair) for pair in ((a, c), (b, d)))


def outward(end: Fraction | None, decimals: int, rounding) -> float | None:
    return None if end is None else float(Fraction(rounding(end * 10**decimals), 10**decimals))


@pytest.mark.parametrize("entry", DERIVED["intervals"], ids=lambda entry: entry["id"])
def test_the_ends_of_a_clue_are_those_of_exact_arithmetic_rounded_outward(entry):
    named = {name: ends_of(one) for name, one in entry["inputs"].items()}
    ends: list[Fraction | None] = [None, None]
    for kind, chosen in (("formula", (0, 1)), ("at_least", (0,)), ("at_most", (1,))):
        if kind in entry:
            found = worked_out(ast.parse(str(entry[kind]), mode="eval").body, named)
            for end in chosen:
                ends[end] = found[end]
    scale = 100 if entry["unit"] == "percent" else 1
    low, high = (None if end is None else end * scale for end in ends)
    (clue,) = (one for one in measures.clues() if one.clue_id == entry["id"])
    wanted = outward(low, entry["decimals"], math.floor), outward(high, entry["decimals"], math.ceil)
    assert (clue.low, clue.high) == wanted


def test_no_clue_stands_where_an_exact_figure_of_the_same_date_is_public():
    exact = {
        (row["indicator_id"], row["geo_id"], row["period"])
        for row in observations()
        if row["qualifier"] == "exact"
    }
    own = {(one["indicator"], one["geo_id"], one["period"]) for one in DERIVED["intervals"]}
    assert not own & exact


@pytest.mark.parametrize("entry", DERIVED["eliminations"], ids=lambda entry: entry["id"])
def test_an_elimination_leaves_one_class_that_is_not_named_in_full(entry):
    key = entry["indicator"], entry["period"], entry["vintage"]
    named = [
        row["value"] for row in observations() if (row["indicator_id"], row["period"], row["vintage"]) == key
    ]
    lacking = {tier: size - named.count(tier) for tier, size in entry["sizes"].items()}
    (left,) = (tier for tier, short in lacking.items() if short)
    (found,) = (one for one in measures.eliminations() if one.clue_id == entry["id"])
    assert (str(found.value), len(found.geo_ids)) == (left, lacking[left])
    assert sum(entry["sizes"].values()) == len(named) + len(found.geo_ids)


def test_every_commitment_without_a_mark_shows_the_clues_of_its_own_series():
    for row in table("commitments"):
        shown = {one.clue_id for one in measures.clues_of(row["commitment_id"])}
        own = {
            one["id"]
            for one in DERIVED["intervals"]
            if (one["indicator"], one["geo_id"]) == (row["indicator_id"], row["geo_id"])
            or one["commitment"] == row["commitment_id"]
        }
        assert shown == own
