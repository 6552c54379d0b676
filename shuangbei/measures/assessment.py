"""Assembles the marks of the commitments from the data package; computes nothing itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypedDict

import pandas as pd

from shuangbei import load, periods
from shuangbei.measures import targets
from shuangbei.measures.due import calendar_of
from shuangbei.measures.milestone import Milestone, milestone
from shuangbei.measures.outlook import Outlook, outlook
from shuangbei.measures.to_date import ToDate, Year, to_date

DUE_TIMES = {"2025": 2026.0, "2027": 2028.0, "each_year": 2028.0, "plan_period": 2028.0}
BASELINE_T, MILESTONE_DUE = 2023.0, "2025"
REPRINT = "copy"


@dataclass(frozen=True)
class Assessment:
    """
    Everything that a page says about one commitment; numbers in base units (see ``factor``).

    ``series`` holds the observations that were judged: full years only where the plan asks for
    a year's value; for a benchmark the gap to the nation with both levels in ``city`` and
    ``nation``.  ``path`` is ``((t, value), ...)``.  Divide by ``factor`` for the commitment's
    own unit.
    """

    commitment: pd.Series
    series: pd.DataFrame
    target: targets.Target
    to_date: ToDate
    milestone: Milestone
    outlook: Outlook
    source_ids: tuple[str, ...]
    factor: float

    @property
    def path(self) -> tuple[tuple[float, float], ...]:
        """The points of the path that the plan draws."""
        return self.target.points

    @property
    def years(self) -> tuple[Year, ...]:
        """The verdicts year by year, for a promise that holds each year."""
        return self.to_date.years


class Status(TypedDict):
    """A row of ``/data/status.json``, see :func:`register`."""

    commitment_id: str
    edition: str
    as_of: str
    to_date: str
    distance: float | int | None
    required: float | int | None
    latest_period: str | None
    latest_value: float | int | None
    qualifier: str | None
    milestone: str
    outlook: str
    projected: float | int | None
    reason: str | None
    source_ids: list[str]
    milestone_reason: str | None
    outlook_reason: str | None
    distance_low: float | int | None
    distance_high: float | int | None
    neighbour: str | None
    provisional: list[str]
    milestone_provisional: list[str]
    outlook_neighbour: str | None
    outlook_provisional: list[str]
    in_year_period: str | None
    in_year_value: float | int | None


def assess(commitment_id: str) -> Assessment:
    """
    The three marks of one commitment with the numbers that give them.

    Raises
    ------
    load.UnknownCode
        If the register does not hold ``commitment_id``.
    """
    row = load.commitment(commitment_id)
    indicator = load.indicator(row["indicator_id"])
    series = _series(row)
    factor = _factor(row["unit"])
    target = _target(row, indicator, series, factor)
    calendar = calendar_of(row["indicator_id"])
    first = _first_values(row)
    mark = to_date(series, target, calendar)
    frozen = milestone(series, target, calendar, first)
    view = outlook(series, target, calendar, mark)
    used = _source_ids(series, first if frozen.mark in ("met", "missed") else first[:0])
    return Assessment(row, series, target, mark, frozen, view, used, factor)


def register() -> list[Status]:
    """
    The rows of ``/data/status.json``, one per commitment in the plan's order.

    ``latest_value``, ``required`` and ``projected`` are in the commitment's unit.  For a
    benchmark ``latest_value`` is the city's level, ``required`` the level that the path asks
    for beside the nation's figure of that period, and ``projected`` the gap to the nation in
    percentage points.  What does not exist is None, and so is an end of the distance that a bound
    leaves open.
    """
    return [_entry(assess(commitment_id)) for commitment_id in load.commitments().index]


def _entry(found: Assessment) -> Status:
    edition, mark, latest = load.edition(), found.to_date, found.to_date.latest
    decimals = int(load.indicator(found.commitment["indicator_id"])["decimals"]) + 1
    value, qualifier, required = _levels(found)
    return {
        "commitment_id": found.commitment["commitment_id"],
        "edition": edition["edition"],
        "as_of": edition["cut_off"],
        "to_date": mark.mark,
        "distance": _rounded(mark.distance, 1.0, 4),
        "required": _rounded(required, found.factor, decimals),
        "latest_period": latest.period if latest else None,
        # Enough decimals for every printed digit: only floating point noise is cut.
        "latest_value": _rounded(value, found.factor, 6),
        "qualifier": qualifier,
        "milestone": found.milestone.mark,
        "outlook": found.outlook.mark,
        "projected": _rounded(found.outlook.projected, found.factor, decimals),
        "reason": mark.reason,
        "source_ids": list(found.source_ids),
        "milestone_reason": found.milestone.reason,
        "outlook_reason": found.outlook.reason,
        "distance_low": _finite(mark.low),
        "distance_high": _finite(mark.high),
        "neighbour": mark.neighbour,
        "provisional": list(mark.provisional),
        "milestone_provisional": list(found.milestone.provisional),
        "outlook_neighbour": found.outlook.neighbour,
        "outlook_provisional": list(found.outlook.provisional),
        "in_year_period": mark.in_year.period if mark.in_year else None,
        "in_year_value": _rounded(mark.in_year.value if mark.in_year else None, found.factor, 6),
    }


def _levels(found: Assessment) -> tuple[float | None, str | None, float | None]:
    """The latest value, its qualifier and what is required; of a gap the levels of the city."""
    latest, required = found.to_date.latest, found.to_date.required
    if latest is None:
        return None, None, required
    if found.target.kind != "benchmark":
        return latest.value, latest.qualifier, required
    levels = found.series[found.series["period"] == latest.period].iloc[0]
    required = None if required is None else required + levels["nation"]
    return levels["city"], levels["qualifier_city"], required


def _rounded(value: float | None, factor: float, decimals: int) -> float | int | None:
    if value is None:
        return None
    number = round(float(value) / factor, decimals)
    return int(number) if number.is_integer() else number


def _finite(distance: float | None) -> float | int | None:
    return None if distance is None or math.isinf(distance) else _rounded(distance, 1.0, 4)


def _series(row: pd.Series) -> pd.DataFrame:
    series = _with_tiers(load.series(row["indicator_id"], row["geo_id"]))
    if row["kind"] == "benchmark":
        nation = _with_tiers(load.series(row["indicator_id"], load.NATION))
        series = targets.gap_to_benchmark(series, nation)
    # The turnover of a part of a year says nothing about a promise for a year.
    yearly = row["kind"] == "annual_flow"
    return targets.whole_years(series).reset_index(drop=True) if yearly else series


def _with_tiers(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(reprint=rows["source_id"].map(load.codelist("sources")["tier"]) == REPRINT)


def _factor(unit: str) -> float:
    return float(load.codelist("units")["factor"][unit])


def _target(row: pd.Series, indicator: pd.Series, series: pd.DataFrame, factor: float) -> targets.Target:
    gap = row["kind"] == "benchmark"
    baseline = _baseline(row, series, factor)
    return targets.Target(
        relation="gt" if gap else row["relation"],
        value=0.0 if gap else float(row["value"]) * factor,
        due_t=DUE_TIMES[row["due"]] if row["due"] != "none" else None,
        kind=row["kind"],
        baseline=None if baseline is None else baseline.value,
        milestone=_milestone(row),
        baseline_t=BASELINE_T,
        sign=-1 if indicator["direction"] == "down" else 1,
        each_year=row["due"] == "each_year",
        in_steps=row["kind"] == "stock" and indicator["in_steps"] == "yes",
        baseline_half_step=0.0 if baseline is None else baseline.half_step,
        baseline_doubts=() if baseline is None else baseline.doubts,
    )


def _baseline(row: pd.Series, series: pd.DataFrame, factor: float) -> targets.Observation | None:
    if pd.notna(row["start"]):
        # The plan itself says where it starts from, such as zero.
        return targets.Observation(BASELINE_T, "", float(row["start"]) * factor)
    known = series[(series["t"] == BASELINE_T) & ~series["qualifier"].isin(targets.BOUNDS)]
    return next(iter(targets.observations_of(known)), None)


def _milestone(row: pd.Series) -> tuple[float, float] | None:
    every = load.commitments()
    same = every[
        (every["indicator_id"] == row["indicator_id"])
        & (every["geo_id"] == row["geo_id"])
        & (every["due"] == MILESTONE_DUE)
    ]
    if same.empty:
        return None
    return DUE_TIMES[MILESTONE_DUE], float(same["value"].iloc[0]) * _factor(same["unit"].iloc[0])


def _first_values(row: pd.Series) -> pd.DataFrame:
    every = load.table("first_values")
    raw: pd.DataFrame = every[
        (every["indicator_id"] == row["indicator_id"]) & (every["geo_id"] == row["geo_id"])
    ]
    factor = raw["unit"].map(_factor).astype(float)
    return _with_tiers(
        raw.assign(
            half_step=load.rounding(raw),
            value=raw["value"].astype(float) * factor,
            t=raw["period"].map(periods.time_of).astype(float),
            status=_statuses(row, raw),
        )
    )


def _statuses(row: pd.Series, first: pd.DataFrame) -> pd.Series:
    """A first value is as sure of its date as today's figure of that period."""
    today = load.series(row["indicator_id"], row["geo_id"]).set_index("period")["status"]
    return first["period"].map(lambda period: today.get(period, "A")).astype(object)


def _source_ids(*frames: pd.DataFrame) -> tuple[str, ...]:
    columns = ("source_id", "source_id_nation")
    used = [frame[column] for frame in frames for column in columns if column in frame]
    return tuple(dict.fromkeys(source for column in used for source in column))
