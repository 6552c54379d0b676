"""Outlook and pace of a commitment: pure functions on numbers and frames, no files, no labels."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise

import pandas as pd

from shuangbei.measures import targets
from shuangbei.measures.to_date import ToDate

WINDOW_YEARS = 5.0
FEWEST = 3
LIKELY, NEAR_MISS = 0.05, 0.20
PERCENT_KINDS = ("share", "coverage")


@dataclass(frozen=True)
class Outlook:
    """
    Mark C, in the unit of the target; paces are per year.

    ``projected`` carries ``pace`` on to the due date, ``low`` and ``high`` the smallest and the
    largest yearly change between neighbours of the window, which begins at ``since`` (decimal
    year).  ``miss`` is the share of the remaining way that the projection leaves open.
    ``pace_needed`` is what the rest asks for, ``pace_best`` the best pace ever kept that long.
    """

    mark: str
    reason: str | None = None
    projected: float | None = None
    low: float | None = None
    high: float | None = None
    pace: float | None = None
    pace_needed: float | None = None
    pace_best: float | None = None
    miss: float | None = None
    since: float | None = None

    @property
    def ends(self) -> tuple[float, float, float] | None:
        """``projected``, ``low`` and ``high``, which come together; None where nothing is projected."""
        if self.projected is None or self.low is None or self.high is None:
            return None
        return self.projected, self.low, self.high


def outlook(
    series: pd.DataFrame, target: targets.Target, calendar: targets.Calendar, so_far: ToDate
) -> Outlook:
    """
    Mark C: where the mean yearly change of the last five years leads by the due date.

    Method: change = (last - first) / (t_last - t_first) over the observations of the window,
    projected = latest + change * (due - t), miss = (target - projected) / (target - latest):
    likely to 5 %, near_miss to 20 %, else unlikely; wrong_direction if the change leads away.
    Bounds are left out, and so is all before the last break of the series (status B).  A date
    that has passed has no outlook: what is missing then is its figure.  Shares change by
    percentage points and stay within 0 and 100.  A yearly promise that has failed
    once is unlikely, whatever comes.

    Parameters
    ----------
    series : pandas.DataFrame
        Columns ``t``, ``period``, ``value``, ``half_step``, ``qualifier``, ``status``.
    so_far : ToDate
        The mark to date of the same series: ``met`` makes the outlook ``reached``.

    Notes
    -----
    Source of method: Destatis, indicators of the German sustainable development strategy,
    mean of the last changes and the miss ratio of 5 % and 20 %.
    """
    if so_far.mark == "met":
        return Outlook("reached")
    if any(year.met is False for year in so_far.years):
        return Outlook("unlikely")
    rows = _comparable(series)
    latest = so_far.latest
    window = (
        []
        if latest is None
        else [row for row in rows if row.t >= latest.t - WINDOW_YEARS - targets.TOLERANCE]
    )
    reason = _why_not(window, latest, target, calendar)
    return Outlook("not_assessable", reason) if reason else _projection(window, rows, target)


def best_pace(rows: list[targets.Observation], span: float, sign: int = 1) -> float | None:
    """
    Best mean yearly change between any two observations at least ``span`` years apart.

    Examples
    --------
    >>> rows = [targets.Observation(2020 + n, "", value) for n, value in enumerate([0.0, 1.0, 5.0, 6.0])]
    >>> best_pace(rows, 1.0), best_pace(rows, 2.0), best_pace(rows, 4.0)
    (4.0, 2.5, None)
    """
    paces = [_pace(a, b) for a, b in combinations(rows, 2) if b.t - a.t >= span - targets.TOLERANCE]
    return max(paces, key=lambda pace: sign * pace, default=None)


def _pace(first: targets.Observation, last: targets.Observation) -> float:
    return (last.value - first.value) / (last.t - first.t)


def _comparable(series: pd.DataFrame) -> list[targets.Observation]:
    breaks = series.loc[series["status"] == "B", "t"]
    start = breaks.max() if len(breaks) else float("-inf")
    usable = series[(series["t"] >= start) & ~series["qualifier"].isin(targets.BOUNDS)]
    return targets.observations_of(usable)


def _why_not(
    window: list[targets.Observation],
    latest: targets.Observation | None,
    target: targets.Target,
    calendar: targets.Calendar,
) -> str | None:
    if target.due_t is None:
        return "no_due_date"
    if latest is None:
        return "no_observation"
    if target.due_t <= calendar.cut_off:
        return "date_passed"
    if calendar.is_out_of_date(latest.t):
        return "out_of_date"
    if latest.qualifier in targets.BOUNDS:
        return "bound"
    enough = len(window) >= FEWEST and any(row.t > target.baseline_t for row in window)
    return None if enough else "too_few_observations"


def _projection(
    window: list[targets.Observation], rows: list[targets.Observation], target: targets.Target
) -> Outlook:
    assert target.due_t is not None, "what has no date has no projection"
    latest = window[-1]
    years_left = max(target.due_t - latest.t, 0.0)
    pace = _pace(window[0], latest)
    steps = [_pace(a, b) for a, b in pairwise(window)]
    projected, low, high = (
        _carried_on(latest, each, years_left, target) for each in (pace, min(steps), max(steps))
    )
    needed = (target.value - latest.value) / years_left if years_left else None
    best = best_pace(rows, years_left, target.sign) if years_left else None
    mark, miss = _verdict(latest, pace, projected, target)
    return Outlook(mark, None, projected, low, high, pace, needed, best, miss, window[0].t)


def _carried_on(latest: targets.Observation, pace: float, years: float, target: targets.Target) -> float:
    value = latest.value + pace * years
    return min(max(value, 0.0), 100.0) if target.kind in PERCENT_KINDS else value


def _verdict(
    latest: targets.Observation, pace: float, projected: float, target: targets.Target
) -> tuple[str, float | None]:
    size = max(abs(latest.value), abs(projected), abs(target.value))
    remaining = target.sign * (target.value - latest.value)
    # Nothing left of the way although the target is not met: it wants more than equality, or
    # the same again in other years.  Then only the projected level can tell.
    miss = None
    if remaining > targets.TOLERANCE * size:
        miss = target.sign * (target.value - projected) / remaining
    if target.sign * pace < 0:
        return "wrong_direction", miss
    if miss is None:
        return ("likely" if targets.meets(projected, "exact", target) else "unlikely"), None
    if miss <= LIKELY + targets.TOLERANCE:
        return "likely", miss
    return ("near_miss" if miss <= NEAR_MISS + targets.TOLERANCE else "unlikely"), miss
