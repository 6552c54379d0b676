"""Promises and published numbers as values, and the arithmetic on them; no marks, no files."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

CYCLE_YEARS = {"year": 1.0, "half": 0.5, "quarter": 0.25, "month": 1 / 12, "irregular": 1.0}
BOUNDS = ("over", "nearly")
TOLERANCE = 1e-9
_FLIPPED = {"over": "nearly", "nearly": "over"}


@dataclass(frozen=True)
class Target:
    """
    What a commitment promises, in base units and decimal years (a period stands at its end).

    ``relation`` is ``gt`` (strict), anything else counts as reached from ``value`` on.
    ``sign`` is 1 where more is better and -1 where less is; ``due_t`` is None without a date;
    ``milestone`` is ``(t, value)``; ``each_year`` asks for ``value`` in every year of the plan.
    ``baseline_half_step`` and ``baseline_doubts`` are those of the published figure that
    ``baseline`` is; ``in_steps`` says that only year-end figures compare.
    """

    relation: str
    value: float
    due_t: float | None
    kind: str
    baseline: float | None = None
    milestone: tuple[float, float] | None = None
    baseline_t: float = 2023.0
    sign: int = 1
    each_year: bool = False
    in_steps: bool = False
    baseline_half_step: float = 0.0
    baseline_doubts: tuple[str, ...] = ()

    @property
    def points(self) -> tuple[tuple[float, float], ...]:
        """Points ``(t, value)`` of the path, as far as the plan and the baseline give them."""
        if self.due_t is None:
            return ()
        start = self.value if self.each_year else self.baseline
        first = () if start is None else ((self.baseline_t, start),)
        between = (self.milestone,) if self.milestone and self.milestone[0] < self.due_t else ()
        return (*first, *between, (self.due_t, self.value))

    def compares(self, t: float) -> bool:
        """Whether a figure of that time is held against the path; in steps, year-end ones alone are."""
        return not self.in_steps or float(t).is_integer()


@dataclass(frozen=True)
class Calendar:
    """When data were cut off (decimal year), and how often and how late figures appear."""

    cut_off: float
    cycle_years: float = 1.0
    lag_days: float = 0.0

    def is_out_of_date(self, t: float) -> bool:
        """True when two releases after ``t`` are overdue; a single missing one is only late."""
        return t + 2 * self.cycle_years + self.lag_days / 365.25 < self.cut_off

    def is_published(self, t: float) -> bool:
        """True when the figure of a period that ends at ``t`` should be public."""
        return t + self.lag_days / 365.25 <= self.cut_off


@dataclass(frozen=True)
class Observation:
    """
    One published number: end of its period, value, and how far the true one may lie from it.

    ``doubts`` are the codes of ``data/doubts.csv`` that hold of it: what rests on it is provisional.
    """

    t: float
    period: str
    value: float
    half_step: float = 0.0
    qualifier: str = "exact"
    doubts: tuple[str, ...] = ()

    @property
    def ends(self) -> tuple[float, float]:
        """Least and greatest number that it may stand for; a bound is open on its side."""
        if self.qualifier == "over":
            return self.value, math.inf
        if self.qualifier == "nearly":
            return -math.inf, self.value
        return self.value - self.half_step, self.value + self.half_step


def observations_of(series: pd.DataFrame) -> list[Observation]:
    """
    The rows of a series in time order.

    Parameters
    ----------
    series : pandas.DataFrame, shape (n_periods, >= 6)
        Columns ``t``, ``period``, ``value``, ``half_step``, ``qualifier``, ``status`` and
        ``reprint`` (whether it was seen in reprints only); ``doubts`` in place of what these three
        tell, where a row stands for two figures.

    Raises
    ------
    ValueError
        If two rows end at the same time: one value per date, or no change can be formed.
    """
    # Column by column: a frame of a handful of rows is read much faster than it is sorted and sliced.
    doubts = series["doubts"] if "doubts" in series else _doubts_of(series)
    columns = (series[name] for name in ("t", "period", "value", "half_step", "qualifier"))
    rows = sorted((Observation(*row) for row in zip(*columns, doubts, strict=True)), key=lambda row: row.t)
    times = Counter(row.t for row in rows)
    twice = [row.period for row in rows if times[row.t] > 1]
    if twice:
        raise ValueError(f"two observations at one time: {', '.join(twice)}; keep one of them")
    return rows


def _doubts_of(rows: pd.DataFrame, suffix: str = "") -> list[tuple[str, ...]]:
    columns = (rows[f"{name}{suffix}"] for name in ("qualifier", "status", "reprint"))
    return [_doubts(*row) for row in zip(*columns, strict=True)]


def _doubts(qualifier: str, status: str, reprint: bool) -> tuple[str, ...]:
    holds = {
        "estimate": qualifier == "estimate",
        "preliminary": status == "P" and qualifier != "estimate",
        "date_inferred": status == "I",
        "reprint": reprint,
    }
    return tuple(code for code, does in holds.items() if does)


def all_doubts(*rows: Observation, beside: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the doubts of several figures and those ``beside`` them, each once."""
    return tuple(dict.fromkeys([doubt for row in rows for doubt in row.doubts] + list(beside)))


def whole_years(series: pd.DataFrame) -> pd.DataFrame:
    """The rows that stand for a full year: a part of a year says nothing about a yearly value."""
    return series[series["period"].str.fullmatch(r"\d{4}")]


def path_value(t: float, points: tuple[tuple[float, float], ...]) -> float:
    """
    Value of the piecewise linear path at ``t``; level before its first and after its last point.

    Examples
    --------
    >>> path_value(2027.0, ((2023.0, 100.0), (2026.0, 120.0), (2028.0, 160.0)))
    140.0
    """
    times, values = zip(*points, strict=True)
    return float(np.interp(t, times, values))


def comparable(rows: list[Observation], target: Target) -> list[Observation]:
    """The figures that compare with each other and with the path."""
    return [row for row in rows if target.compares(row.t)]


def undecided(qualifier: str) -> str:
    """The reason why a figure that is there decides nothing: it is a bound, or too coarse."""
    return "bound" if qualifier in BOUNDS else "too_coarse"


def meets(value: float, target: Target, bar: float | None = None) -> bool:
    """
    Whether a number reaches the bar (default: the target).

    Examples
    --------
    >>> more = Target("gt", 70.0, 2028.0, "stock")
    >>> meets(70.1, more), meets(70, more)
    (True, False)
    """
    bar = target.value if bar is None else bar
    x, bar = target.sign * value, target.sign * bar
    equal = math.isclose(x, bar, rel_tol=TOLERANCE)
    return (x > bar and not equal) if target.relation == "gt" else (x > bar or equal)


def reaches(row: Observation, target: Target, bar: float | None = None) -> bool | None:
    """
    Whether a published number reaches the bar (default: the target); None if it cannot tell.

    All that it may stand for has to agree: 2.6 is 2.55 to 2.65.  Over 70 is more than 70, nearly
    600 less than 600, and over 500 says nothing about 600.

    Examples
    --------
    >>> share = Target("ge", 70.0, 2028.0, "share")
    >>> over, below = Observation(2025, "2024", 70, 0.5, "over"), Observation(2025, "2024", 70, 0.5, "nearly")
    >>> [reaches(row, share) for row in (over, below, Observation(2025, "2024", 70, 0.5))]
    [True, False, None]
    """
    bar = target.value if bar is None else bar
    if row.qualifier in BOUNDS and math.isclose(row.value, bar, rel_tol=TOLERANCE):
        return is_lower_bound(row.qualifier, target)
    ends = {meets(end, target, bar) for end in row.ends}
    return ends.pop() if len(ends) == 1 else None


def is_lower_bound(qualifier: str, target: Target) -> bool:
    """True when a bound says that the number is at least so good; else it is at best so good."""
    return (qualifier == "over") == (target.sign > 0)


def gap_to_benchmark(city: pd.DataFrame, nation: pd.DataFrame) -> pd.DataFrame:
    """
    City minus nation in the same period, in percentage points.

    Returns
    -------
    pandas.DataFrame, one row per period that both have
        Columns of ``city`` with ``value`` the gap, ``half_step`` the sum of both, ``qualifier``
        and ``status`` the weaker of both, ``doubts`` those of both; ``city``, ``nation`` the two
        levels, each with its own ``qualifier_…``.  A period whose two bounds leave the gap open on
        both sides is left out.
    """
    both = city.merge(nation, on="period", suffixes=("", "_nation"), validate="one_to_one")
    pairs = zip(both["qualifier"], both["qualifier_nation"], strict=True)
    statuses = zip(both["status"], both["status_nation"], strict=True)
    gap = both.assign(
        city=both["value"],
        nation=both["value_nation"],
        qualifier_city=both["qualifier"],
        # Printed decimals are few: what is left beyond the tenth is floating point noise.
        value=(both["value"] - both["value_nation"]).round(10),
        half_step=both["half_step"] + both["half_step_nation"],
        qualifier=pd.Series([_gap_qualifier(*pair) for pair in pairs], both.index, dtype=object),
        status=[max(pair, key="APIB".index) for pair in statuses],
        reprint=both["reprint"] | both["reprint_nation"],
        doubts=pd.Series(_doubts_of_both(both), both.index, dtype=object),
    )
    kept = [
        *city.columns,
        "source_id_nation",
        "city",
        "nation",
        "qualifier_city",
        "qualifier_nation",
        "printed_nation",
        "doubts",
    ]
    kept = [column for column in kept if column in gap]
    return gap.dropna(subset="qualifier")[kept].reset_index(drop=True)


def _doubts_of_both(both: pd.DataFrame) -> list[tuple[str, ...]]:
    pairs = zip(_doubts_of(both), _doubts_of(both, "_nation"), strict=True)
    return [tuple(dict.fromkeys(city + nation)) for city, nation in pairs]


def _gap_qualifier(city: str, nation: str) -> str | None:
    pair = {city, _FLIPPED.get(nation, nation)}
    if pair >= set(BOUNDS):
        return None
    return next(q for q in (*BOUNDS, "estimate", "about", "exact") if q in pair)
