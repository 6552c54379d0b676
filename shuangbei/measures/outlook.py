"""Outlook and pace of a commitment: pure functions on numbers and frames, no files, no labels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product

import pandas as pd

from shuangbei.measures import scale, targets
from shuangbei.measures.to_date import ToDate

WINDOW_YEARS = 5.0
FEWEST = 4
NEAR_MISS = 0.20
SCALE = ("likely", "near_miss", "unlikely", "wrong_direction")
PERCENT_KINDS = ("share", "coverage")


@dataclass(frozen=True)
class Outlook:
    """
    Mark C, in the unit of the target; paces are per year.

    ``projected`` carries ``pace`` on to the due date, ``low`` and ``high`` the slowest and the
    fastest stretch between neighbours of the window, which begins at ``since`` (decimal year); they
    are not an error band.  ``miss`` is the share of the remaining way that the projection leaves open.
    ``pace_needed`` is what the rest asks for, ``pace_best`` the best pace ever kept that long.
    ``neighbour`` is the mark that rounding may turn it into, ``provisional`` as in ToDate, ``latest``
    the figure that is carried on.
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
    neighbour: str | None = None
    provisional: tuple[str, ...] = ()
    latest: targets.Observation | None = None

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

    Method: change = (last - first) / (t_last - t_first) over the figures of the window that compare
    with each other, projected = latest + change * (due - t); likely if that meets the target, else by
    miss = (target - projected) / (target - latest) near_miss to 20 %, else unlikely;
    wrong_direction if the change leads away.  First and last are intervals, as in the mark to date.
    Bounds are left out, and so is all before the last break of the series (status B).  A date
    that has passed has no outlook: what is missing then is its figure.  Shares change by
    percentage points and stay within 0 and 100.  A yearly promise that has failed
    once is unlikely, whatever comes.

    Parameters
    ----------
    series : pandas.DataFrame
        As in :func:`targets.observations_of`.
    so_far : ToDate
        The mark to date of the same series: ``met`` makes the outlook ``reached``.

    Notes
    -----
    Source of method: Destatis, indicators of the German sustainable development strategy,
    mean of the last changes and the miss ratio of 20 %.  Its first cut-off, 5 %, is not taken: what
    falls short by a little falls short.
    """
    if so_far.mark == "met":
        return Outlook("reached", provisional=so_far.provisional)
    if any(year.met is False for year in so_far.years):
        return Outlook("unlikely", provisional=so_far.provisional)
    rows = targets.comparable(_usable(series), target)
    every = targets.observations_of(targets.whole_years(series) if target.each_year else series)
    alike = targets.comparable(every, target)
    newest, latest = (kept[-1] if kept else None for kept in (every, alike))
    since = (latest.t if latest else 0.0) - WINDOW_YEARS - targets.TOLERANCE
    window = [row for row in rows if row.t >= since]
    reason = _why_not(window, newest, latest, target, calendar)
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


def _usable(series: pd.DataFrame) -> list[targets.Observation]:
    breaks = series.loc[series["status"] == "B", "t"]
    start = breaks.max() if len(breaks) else float("-inf")
    usable = series[(series["t"] >= start) & ~series["qualifier"].isin(targets.BOUNDS)]
    return targets.observations_of(usable)


def _why_not(
    window: list[targets.Observation],
    newest: targets.Observation | None,
    latest: targets.Observation | None,
    target: targets.Target,
    calendar: targets.Calendar,
) -> str | None:
    """The first reason, in the order of the method; ``latest`` is the newest that compares with others."""
    if target.due_t is None:
        return "no_due_date"
    if newest is None:
        return "no_observation"
    if target.due_t <= calendar.cut_off:
        return "date_passed"
    if newest.t <= target.baseline_t:
        return "no_new_observation"
    if calendar.is_out_of_date(newest.t):
        return "out_of_date"
    if latest is None or latest.t <= target.baseline_t or calendar.is_out_of_date(latest.t):
        return "in_year_only"
    if latest.qualifier in targets.BOUNDS:
        return "bound"
    return None if len(window) >= FEWEST else "too_few_observations"


def _projection(
    window: list[targets.Observation], rows: list[targets.Observation], target: targets.Target
) -> Outlook:
    assert target.due_t is not None, "what has no date has no projection"
    first, latest = window[0], window[-1]
    years_left = max(target.due_t - latest.t, 0.0)
    pace = _pace(first, latest)
    steps = [_pace(a, b) for a, b in pairwise(window)]
    projected, low, high = (
        _carried_on(latest, each, years_left, target) for each in (pace, min(steps), max(steps))
    )
    needed = (target.value - latest.value) / years_left if years_left else None
    best = best_pace(rows, years_left, target.sign) if years_left else None
    mark, miss = _verdict(first, latest, target)
    reading = scale.read(SCALE, mark, _possible(first, latest, target))
    doubts = targets.all_doubts(*window)
    if reading.mark is None:
        return Outlook("not_assessable", "too_coarse")
    seen = (pace, needed, best, miss, first.t, reading.neighbour, doubts, latest)
    return Outlook(mark, None, projected, low, high, *seen)


def _possible(first: targets.Observation, latest: targets.Observation, target: targets.Target) -> list[str]:
    """The marks at the ends of what the first and the last figure may stand for."""
    return [
        _verdict(replace(first, value=a), replace(latest, value=b), target)[0]
        for a, b in product(first.ends, latest.ends)
    ]


def _carried_on(latest: targets.Observation, pace: float, years: float, target: targets.Target) -> float:
    value = latest.value + pace * years
    return min(max(value, 0.0), 100.0) if target.kind in PERCENT_KINDS else value


def _verdict(
    first: targets.Observation, latest: targets.Observation, target: targets.Target
) -> tuple[str, float | None]:
    assert target.due_t is not None, "what has no date has no projection"
    pace = _pace(first, latest)
    projected = _carried_on(latest, pace, max(target.due_t - latest.t, 0.0), target)
    size = max(abs(latest.value), abs(projected), abs(target.value))
    remaining = target.sign * (target.value - latest.value)
    # Nothing left of the way although the target is not met: it wants more than equality, or
    # the same again in other years.  Then only the projected level can tell.
    miss = None
    if remaining > targets.TOLERANCE * size:
        miss = target.sign * (target.value - projected) / remaining
    if target.sign * pace < 0:
        return "wrong_direction", miss
    if targets.meets(projected, target):
        return "likely", miss
    near = miss is not None and miss <= NEAR_MISS + targets.TOLERANCE
    return ("near_miss" if near else "unlikely"), miss
