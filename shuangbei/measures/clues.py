"""Clues: what follows from published figures though nobody published it, by interval arithmetic; no marks."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

import pandas as pd
import simpleeval
from mpmath import iv

from shuangbei import load, memory

# Quantities of units.csv that are counted one by one: printed to the single one, a count is exact.
COUNTS = ("enterprises", "items", "platforms", "products", "patents", "tier", "rank")
_PERCENT, _FRACTION = "percent", Decimal("0.01")
_NOISE = 6  # digits beyond those shown, after which binary arithmetic alone speaks
_ESTIMATED = ("estimate", "about")
_NODES = (ast.Expr, ast.BinOp, ast.UnaryOp, ast.Name, ast.Constant)
# The ends of the figure itself are both of the result; a bound takes one end of its formula.
EQUAL, AT_LEAST, AT_MOST = "formula", "at_least", "at_most"


Ends = tuple[Decimal, Decimal]


class NothingFollows(ValueError):
    """A derivation that leaves every value possible."""


@dataclass(frozen=True)
class Interval:
    """
    Values from ``low`` to ``high``, both included; None is an end that is open to infinity.

    Ends are floats that enclose the exact value, never rounded towards it.
    """

    low: float | None
    high: float | None

    def encloses(self, other: Interval) -> bool:
        """Tell whether all of another interval lies in it."""
        low = self.low is None or (other.low is not None and self.low <= other.low)
        return low and (self.high is None or (other.high is not None and other.high <= self.high))


@dataclass(frozen=True)
class ClueInput:
    """
    What stands for a name of a formula: the published figure, and the interval that it leaves.

    ``printed`` and ``unit`` are those of the source; ``ends`` are in the base unit of the
    quantity, percentages as such, and may be infinite.  A target of the plan has ``commitment_id``
    and no source.
    """

    name: str
    indicator_id: str
    geo_id: str
    period: str
    printed: str
    unit: str
    qualifier: str
    status: str
    ends: Ends
    source_id: str | None
    commitment_id: str | None = None

    @property
    def interval(self) -> Interval:
        """The ends as numbers, None where they are infinite."""
        low, high = (float(end) if end.is_finite() else None for end in self.ends)
        return Interval(low, high)


@dataclass(frozen=True)
class Clue:
    """
    A range that follows from published figures, in ``unit`` (a base unit), with all it rests on.

    ``formulas`` holds pairs of kind (``formula``, ``at_least``, ``at_most``) and text; ``name`` and
    ``assumptions`` are twins of Chinese and English.  A percentage enters a formula as its fraction.
    """

    clue_id: str
    commitment_id: str | None
    indicator_id: str | None
    geo_id: str
    period: str
    unit: str
    decimals: int
    interval: Interval
    formulas: tuple[tuple[str, str], ...]
    inputs: tuple[ClueInput, ...]
    name: load.Twin
    assumptions: tuple[load.Twin, ...]

    @property
    def low(self) -> float | None:
        """Lower end, rounded down to ``decimals``; None if it is open."""
        end = self.interval.low
        return None if end is None else outward(end, self.decimals, ROUND_FLOOR)

    @property
    def high(self) -> float | None:
        """Upper end, rounded up to ``decimals``; None if it is open."""
        end = self.interval.high
        return None if end is None else outward(end, self.decimals, ROUND_CEILING)

    @property
    def low_open(self) -> bool:
        """Whether no lower end follows."""
        return self.interval.low is None

    @property
    def high_open(self) -> bool:
        """Whether no upper end follows."""
        return self.interval.high is None

    @property
    def is_estimated(self) -> bool:
        """Whether it rests on a figure that its source calls expected, or a provisional one."""
        return any(one.qualifier in _ESTIMATED or one.status in ("P", "I") for one in self.inputs)

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Sources of its inputs, each once."""
        return tuple(dict.fromkeys(one.source_id for one in self.inputs if one.source_id))

    @property
    def is_span(self) -> bool:
        """Whether it is of several years together and of no single period."""
        return len(self.period) == len("2024-2025")

    @property
    def is_observed(self) -> bool:
        """Whether it only says what a published bound of the same indicator and date says."""
        own = (self.indicator_id, self.geo_id, self.period)
        return any((one.indicator_id, one.geo_id, one.period) == own for one in self.inputs)


@dataclass(frozen=True)
class Elimination:
    """
    The class that the areas ``geo_ids`` belong to, as no other is left for them.

    ``sizes`` holds each class with the number of its members, ``named`` with how many of them the
    source names; the members of ``geo_ids`` are those that are missing from ``named``.
    """

    clue_id: str
    indicator_id: str
    period: str
    vintage: str
    value: int
    geo_ids: tuple[str, ...]
    sizes: tuple[tuple[str, int], ...]
    named: tuple[tuple[str, int], ...]
    source_id: str
    name: load.Twin
    assumptions: tuple[load.Twin, ...]


def outward(end: float, decimals: int, rounding: str) -> float:
    """
    Round an end of an interval away from it, so that the rounded one still encloses what it did.

    Examples
    --------
    >>> outward(10028.77, 0, ROUND_FLOOR), outward(10140.47, 0, ROUND_CEILING)
    (10028.0, 10141.0)
    """
    known = Decimal(end).quantize(Decimal(1).scaleb(-decimals - _NOISE))
    return float(known.quantize(Decimal(1).scaleb(-decimals), rounding))


def interval_of(printed: str, qualifier: str, *, step: Decimal | None) -> Ends:
    """
    The interval that a printed number leaves, in its own unit; its ends may be infinite.

    Method: half a step to either side; ``over`` v is from v on, ``nearly`` v is up to v.

    Parameters
    ----------
    printed : str
        The number as its source printed it.
    qualifier : str
        Code of ``qualifiers.csv``; ``about`` leaves no interval that could be named.
    step : decimal.Decimal or None
        What it was rounded to; None where it is exact.

    Raises
    ------
    ValueError
        If the number is only said to be about right.

    Examples
    --------
    >>> interval_of("91", "exact", step=Decimal(1))
    (Decimal('90.5'), Decimal('91.5'))
    """
    value, infinite = Decimal(printed), Decimal("Infinity")
    if qualifier == "about":
        raise ValueError(f"about {printed} leaves no interval: the source does not say how near it is")
    if qualifier == "over":
        return value, infinite
    if qualifier == "nearly":
        return -infinite, value
    half = (step or Decimal(0)) / 2
    return value - half, value + half


def evaluate(formula: str, named: Mapping[str, Ends], scale: int = 1) -> Interval:
    """
    Work out a formula over intervals; the result encloses every value that it can take.

    Parameters
    ----------
    formula : str
        ``+ - * /`` and brackets over the names and whole numbers.
    named : mapping of str to (decimal.Decimal, decimal.Decimal)
        The ends of each; they may be infinite.
    scale : int
        What the result is multiplied by: 100 for a percentage.

    Raises
    ------
    simpleeval.InvalidExpression
        If the formula asks for anything else.

    Examples
    --------
    >>> evaluate("a - b", {"a": (Decimal(5), Decimal(6)), "b": (Decimal(1), Decimal(2))})
    Interval(low=3.0, high=5.0)
    """
    names = {name: iv.mpf([_text(low), _text(high)]) for name, (low, high) in named.items()}
    operators: dict[type[ast.AST], Callable[..., Any]] = {
        ast.Add: _between(operator.add),
        ast.Sub: _between(operator.sub),
        ast.Mult: _between(operator.mul),
        ast.Div: _between(operator.truediv),
        ast.USub: operator.neg,
    }
    calculator = simpleeval.SimpleEval(operators=operators, functions={}, names=names)
    # It knows attributes and items too, which a formula has none of.
    calculator.nodes = {kind: node for kind, node in calculator.nodes.items() if kind in _NODES}
    return _ends(iv.mpf(calculator.eval(formula)) * scale)


def _text(end: Decimal) -> str:
    """An end as mpmath reads it, which rounds it outward: no decimal is a binary number."""
    return str(end) if end.is_finite() else str(float(end))


def _between(operation: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """An operation on intervals alone: 1 / 3 of two whole numbers would be cut to one float."""
    return lambda left, right: operation(iv.mpf(left), iv.mpf(right))


def _ends(found: Any) -> Interval:
    low, high = float(found.a), float(found.b)
    if low != low or high != high:
        return Interval(None, None)
    return Interval(None if low == float("-inf") else low, None if high == float("inf") else high)


@memory.remembered
def clues() -> tuple[Clue, ...]:
    """
    All clues of ``data/derivations.yaml``, in the order of the file.

    Raises
    ------
    NothingFollows
        If an entry leaves every value possible.
    load.UnknownCode
        If an entry names an observation, a commitment or a unit that the data do not hold.
    """
    return tuple(_clue(one) for one in load.derivations())


def clues_of(commitment_id: str) -> tuple[Clue, ...]:
    """Return the clues about a commitment: its own, and those of its indicator in its area."""
    row = load.commitment(commitment_id)
    measured = (row["indicator_id"], row["geo_id"])
    return tuple(
        one
        for one in clues()
        if one.commitment_id == commitment_id or (one.indicator_id, one.geo_id) == measured
    )


def clues_of_series(indicator_id: str, geo_id: str, unit: str) -> tuple[Clue, ...]:
    """
    Return the clues that a chart of an indicator in an area can show beside its published figures.

    Of two of one date the narrower one stands for both where it lies within the other.
    """
    found = [
        one
        for one in clues()
        if (one.indicator_id, one.geo_id, one.unit) == (indicator_id, geo_id, unit) and not one.is_observed
    ]
    return tuple(one for one in found if not any(_is_narrower(other, one) for other in found))


def _is_narrower(other: Clue, one: Clue) -> bool:
    """Whether another clue of the same date says all that one says, and more."""
    is_same_date = other.period == one.period and other.interval != one.interval
    return is_same_date and one.interval.encloses(other.interval)


def _clue(one: load.Derivation) -> Clue:
    inputs = tuple(_input(ingredient) for ingredient in one.inputs)
    formulas = _formulas(one)
    named = {item.name: _in_formula(item) for item in inputs}
    found = _bounded(formulas, named, 100 if one.unit == _PERCENT else 1)
    if found == Interval(None, None):
        raise NothingFollows(f"{one.derivation_id}: every value is possible; take the entry out")
    return Clue(
        one.derivation_id,
        one.commitment_id,
        one.indicator_id,
        one.geo_id,
        one.period,
        one.unit,
        one.decimals,
        found,
        formulas,
        inputs,
        one.name,
        one.assumptions,
    )


def _formulas(one: load.Derivation) -> tuple[tuple[str, str], ...]:
    pairs = ((EQUAL, one.formula), (AT_LEAST, one.at_least), (AT_MOST, one.at_most))
    return tuple((kind, text) for kind, text in pairs if text is not None)


def _bounded(formulas: Iterable[tuple[str, str]], named: Mapping[str, Ends], scale: int) -> Interval:
    low: float | None = None
    high: float | None = None
    for kind, text in formulas:
        result = evaluate(text, named, scale)
        low = result.low if kind in (EQUAL, AT_LEAST) else low
        high = result.high if kind in (EQUAL, AT_MOST) else high
    return Interval(low, high)


def _in_formula(item: ClueInput) -> Ends:
    low, high = item.ends
    return (low * _FRACTION, high * _FRACTION) if item.unit == _PERCENT else (low, high)


def _input(ingredient: load.Ingredient) -> ClueInput:
    if ingredient.commitment_id is not None:
        return _goal(ingredient.name, load.commitment(ingredient.commitment_id))
    assert ingredient.indicator_id and ingredient.geo_id and ingredient.period, "one or the other is named"
    row = load.observation(ingredient.indicator_id, ingredient.geo_id, ingredient.period)
    unit = load.row("units", row["unit"])
    step = _step(row["printed"], unit, ingredient.rounded_to)
    low, high = interval_of(row["printed"], row["qualifier"], step=step)
    factor = Decimal(unit["factor"])
    return ClueInput(
        ingredient.name,
        ingredient.indicator_id,
        ingredient.geo_id,
        ingredient.period,
        row["printed"],
        row["unit"],
        row["qualifier"],
        row["status"],
        (low * factor, high * factor),
        row["source_id"],
    )


def _goal(name: str, row: pd.Series) -> ClueInput:
    """The number that the plan asks for: as it stands there, without rounding."""
    printed = f"{row['value']:f}".rstrip("0").rstrip(".")
    value = Decimal(printed) * Decimal(load.row("units", row["unit"])["factor"])
    return ClueInput(
        name,
        row["indicator_id"],
        row["geo_id"],
        row["due"],
        printed,
        row["unit"],
        "exact",
        "A",
        (value, value),
        None,
        row["commitment_id"],
    )


def _step(printed: str, unit: pd.Series, rounded_to: int | None) -> Decimal | None:
    """What a number was rounded to, in its own unit; None for a count to the single one."""
    if rounded_to is not None:
        return Decimal(rounded_to)
    decimals = len(printed.partition(".")[2])
    if decimals == 0 and unit["quantity"] in COUNTS and Decimal(unit["factor"]) == 1:
        return None
    return Decimal(1).scaleb(-decimals)


@memory.remembered
def eliminations() -> tuple[Elimination, ...]:
    """
    What follows by elimination, as far as it does: an entry that no longer leaves anybody is left out.

    Method: all classes but one are named in full, the sizes add up to all areas of the division, and
    so whoever is not named is a member of the one.
    """
    found = (_eliminated(one) for one in load.exclusions())
    return tuple(one for one in found if one is not None)


def _eliminated(one: load.Exclusion) -> Elimination | None:
    areas = load.units(one.vintage).index
    rows = load.of_indicators(one.indicator_id)
    rows = rows[(rows["period"] == one.period) & (rows["vintage"] == one.vintage)]
    rows = rows[rows["geo_id"].isin(areas) & (rows["qualifier"] == "exact")]
    named = tuple((code, int((rows["value"] == float(code)).sum())) for code, _ in one.sizes)
    left = tuple(area for area in areas if area not in set(rows["geo_id"]))
    sizes = dict(one.sizes)
    lacking = {code: sizes[code] - n for code, n in named if sizes[code] != n}
    if sum(sizes.values()) != len(areas) or list(lacking.values()) != [len(left)]:
        return None
    return Elimination(
        one.exclusion_id,
        one.indicator_id,
        one.period,
        one.vintage,
        int(next(iter(lacking))),
        left,
        one.sizes,
        named,
        one.source_id,
        one.name,
        one.assumptions,
    )
