"""Clues: what follows from published figures though nobody published it, by interval arithmetic; no marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import cast

import pandas as pd

from shuangbei import intervals, load, memory, periods

AT_LEAST, AT_MOST, EQUAL = intervals.AT_LEAST, intervals.AT_MOST, intervals.EQUAL
Ends = intervals.Ends
Interval = intervals.Interval

UNDATED = "I"  # status of a figure whose source does not say the day of the count
_SOON = 0.25  # years: what is said of a year's end is said within a quarter
_ESTIMATED = ("estimate", "about")


class NothingFollows(ValueError):
    """A derivation that leaves every value possible, or none."""


@dataclass(frozen=True)
class ClueInput:
    """
    What stands for a name of a formula: the published figure, and the interval that it leaves.

    ``printed`` and ``unit`` are those of the source; ``ends`` are in the base unit of the
    quantity, percentages as such, and may be infinite.  A target of the plan has ``commitment_id``
    and neither source nor ``vintage``, the divisions that the figure is of.
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
    vintage: str | None = None

    @property
    def interval(self) -> Interval:
        """The ends as numbers, None where they are infinite."""
        return Interval.between(*self.ends)


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
        return None if end is None else intervals.outward(end, self.decimals, ROUND_FLOOR)

    @property
    def high(self) -> float | None:
        """Upper end, rounded up to ``decimals``; None if it is open."""
        end = self.interval.high
        return None if end is None else intervals.outward(end, self.decimals, ROUND_CEILING)

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
class Clash:
    """
    A published figure that a clue contradicts.

    ``is_dated`` says that it is of the period of the clue; else its source does not say the day of
    the count, and they contradict each other if that was the period of the clue.
    """

    indicator_id: str
    geo_id: str
    period: str
    vintage: str
    source_id: str
    is_dated: bool


def clues() -> tuple[Clue, ...]:
    """
    All clues of ``data/derivations.yaml``, in the order of the file.

    Raises
    ------
    NothingFollows
        If an entry leaves every value possible, or none.
    load.UnknownCode
        If an entry names an observation, a commitment or a unit that the data do not hold.
    """
    return _worked_out(lambda one: True)


def clues_of(commitment_id: str) -> tuple[Clue, ...]:
    """Return the clues about a commitment: its own, and those of its indicator in its area."""
    row = load.commitment(commitment_id)
    measured = (row["indicator_id"], row["geo_id"])
    return _worked_out(
        lambda one: one.commitment_id == commitment_id or (one.indicator_id, one.geo_id) == measured
    )


def clues_of_series(indicator_id: str, geo_id: str, unit: str) -> tuple[Clue, ...]:
    """
    Return the clues that a chart of an indicator in an area can show beside its published figures.

    Of two of one date the narrower one stands for both where it lies within the other.
    """
    shown = (indicator_id, geo_id, unit)
    every = _worked_out(lambda one: (one.indicator_id, one.geo_id, one.unit) == shown)
    found = [one for one in every if not one.is_observed]
    return tuple(one for one in found if not any(_is_narrower(other, one) for other in found))


def clashes(clue: Clue) -> tuple[Clash, ...]:
    """
    Return the published figures that cannot be true if a clue is: their intervals have nothing in common.

    Compared are the figures of the same indicator, area and period, and those that were said soon
    after it without the day of the count, which may be of that period.
    """
    if clue.indicator_id is None or clue.is_span:
        return ()
    own, t = clue.indicator_id, periods.time_of(clue.period)
    series = load.series(own, clue.geo_id)
    may_be = (series["status"] == UNDATED) & (series["t"] > t) & (series["t"] <= t + _SOON)
    found = series[((series["period"] == clue.period) | may_be) & (series["qualifier"] != "about")]
    return tuple(
        Clash(own, clue.geo_id, row.period, row.vintage, row.source_id, row.period == clue.period)
        for row in cast("Iterable[load.ObservationRow]", found.itertuples())
        if not clue.interval.meets(
            Interval.between(*intervals.published(row.printed, row.qualifier, _unit(row.unit)))
        )
    )


def _unit(code: str) -> dict[str, str]:
    """The row of a unit as it is printed."""
    return {str(key): str(text) for key, text in load.row("units", code).items()}


def _worked_out(wanted: Callable[[load.Derivation], bool]) -> tuple[Clue, ...]:
    """The clues of the wanted entries: who is given some rests on the inputs of these alone."""
    return tuple(_clue(one) for one in load.derivations() if wanted(one))


def _is_narrower(other: Clue, one: Clue) -> bool:
    """Whether another clue of the same date says all that one says, and more."""
    is_same_date = other.period == one.period and other.interval != one.interval
    return is_same_date and one.interval.encloses(other.interval)


@memory.remembered
def _clue(one: load.Derivation) -> Clue:
    inputs = tuple(_input(ingredient) for ingredient in one.inputs)
    formulas = _formulas(one)
    named = {item.name: intervals.in_formula(item.ends, item.unit) for item in inputs}
    found = _bounded(one.derivation_id, formulas, named, one.unit)
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


def _bounded(
    code: str, formulas: Iterable[tuple[str, str]], named: Mapping[str, Ends], unit: str
) -> Interval:
    try:
        return intervals.bounded(formulas, named, unit)
    except intervals.UpsideDown as error:
        raise NothingFollows(f"{code}: {error}; one of its bounds or inputs is wrong") from error


def _input(ingredient: load.Ingredient) -> ClueInput:
    if ingredient.commitment_id is not None:
        return _goal(ingredient.name, load.commitment(ingredient.commitment_id))
    assert ingredient.indicator_id and ingredient.geo_id and ingredient.period, "one or the other is named"
    row = load.observation(ingredient.indicator_id, ingredient.geo_id, ingredient.period, ingredient.vintage)
    ends = intervals.published(
        row["printed"], row["qualifier"], _unit(row["unit"]), rounded_to=ingredient.rounded_to
    )
    return ClueInput(
        ingredient.name,
        ingredient.indicator_id,
        ingredient.geo_id,
        ingredient.period,
        row["printed"],
        row["unit"],
        row["qualifier"],
        row["status"],
        ends,
        row["source_id"],
        vintage=row["vintage"],
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
