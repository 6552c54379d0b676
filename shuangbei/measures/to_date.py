"""The mark of progress to date, formula by formula; no files, no words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from shuangbei.measures import targets

ON_TRACK, SLIGHTLY_BEHIND = 0.95, 0.60


@dataclass(frozen=True)
class Year:
    """One year of a yearly promise; ``met`` is None where no figure decides it."""

    year: int
    value: float | None
    met: bool | None
    due: bool
    qualifier: str = "exact"


@dataclass(frozen=True)
class ToDate:
    """
    Mark A. ``distance`` is D, ``required`` the path at the latest observation.

    Both are None where the mark rests on neither; with a bound, D is that of the bound.
    ``rule`` is ``ratio``, ``level``, ``years`` or None; ``border`` says that half of the last
    printed digit, up or down, would give another mark.
    """

    mark: str
    reason: str | None = None
    latest: targets.Observation | None = None
    distance: float | None = None
    required: float | None = None
    border: bool = False
    rule: str | None = None
    years: tuple[Year, ...] = field(default=())


def to_date(series: pd.DataFrame, target: targets.Target, calendar: targets.Calendar) -> ToDate:
    """
    Mark A: how far the commitment has come at its latest observation.

    Method: D = (x - v0) / (P(t) - v0) with P the straight lines through baseline, milestone and
    target; on_track from .95, slightly_behind from .60, behind from 0, else moving_away.
    Where P(t) lies no further than one printed step from v0, or not on the target's side of it,
    x is compared with P(t) instead: on_track from P(t), slightly_behind from v0, else
    moving_away.  ``met`` needs no baseline.  Only a ``cumulative`` target stays met on old data.
    A lower bound can show ``met`` or (at least) ``on_track``, an upper one ``moving_away``.
    Promises for each year (:func:`annual_verdicts`): met once all years are, on_track while all
    due years are, else D is the share of the known years that met.

    Parameters
    ----------
    series : pandas.DataFrame
        As in :func:`targets.observations_of`, in the unit of the target; for a benchmark the gaps.

    Notes
    -----
    Source of method: Eurostat, monitoring report on the SDGs in an EU context, public cut-offs
    95 %, 60 % and 0, here on a piecewise path instead of one growth rate.
    """
    rows = targets.observations_of(targets.whole_years(series) if target.each_year else series)
    latest = rows[-1] if rows else None
    if target.due_t is None:
        return ToDate("not_assessable", "no_due_date", latest)
    if latest is None:
        return ToDate("not_assessable", "no_observation", None)
    if target.each_year:
        return _yearly_mark(latest, annual_verdicts(series, target, calendar), target, calendar)
    met = targets.meets(latest.value, latest.qualifier, target) is True
    stale = calendar.is_out_of_date(latest.t)
    obstacle = _obstacle(series, latest, target)
    if met and (target.kind == "cumulative" or not stale):
        return (
            _judged(latest, target)
            if obstacle is None
            else ToDate("met", None, latest, border=_on_border(latest, target, "met"))
        )
    if obstacle or stale:
        return ToDate("not_assessable", obstacle or "out_of_date", latest)
    return _judged(latest, target)


def annual_verdicts(
    series: pd.DataFrame, target: targets.Target, calendar: targets.Calendar
) -> tuple[Year, ...]:
    """
    One verdict per year of the plan for a promise that holds each year.

    A year is due once it is over and its figure should be out; parts of a year do not count.
    """
    known = {row.period: row for row in targets.observations_of(targets.whole_years(series))}
    assert target.due_t is not None, "a promise for each year ends with the plan"
    verdicts = []
    for year in range(int(target.baseline_t), int(target.due_t)):
        row = known.get(str(year))
        met = None if row is None else targets.meets(row.value, row.qualifier, target)
        due = calendar.is_published(year + 1)
        verdicts.append(
            Year(year, None, None, due) if row is None else Year(year, row.value, met, due, row.qualifier)
        )
    return tuple(verdicts)


def _obstacle(series: pd.DataFrame, latest: targets.Observation, target: targets.Target) -> str | None:
    if target.baseline is None:
        return "no_baseline"
    if latest.t <= target.baseline_t:
        return "no_new_observation"
    broken = ((series["status"] == "B") & (series["t"] > target.baseline_t)).any()
    return "series_break" if broken else None


def _judged(latest: targets.Observation, target: targets.Target) -> ToDate:
    mark, distance, required, rule = _mark_at(latest, latest.value, target)
    if latest.qualifier in targets.BOUNDS:
        lower = targets.is_lower_bound(latest.qualifier, target)
        mark = "met" if targets.meets(latest.value, latest.qualifier, target) else mark
        if mark not in (("met", "on_track") if lower else ("moving_away",)):
            return ToDate("not_assessable", "bound", latest)
    border = _on_border(latest, target, mark)
    return ToDate(mark, None, latest, distance, required, border, rule)


def _mark_at(
    latest: targets.Observation, x: float, target: targets.Target
) -> tuple[str, float | None, float, str]:
    assert target.baseline is not None, "without a baseline nothing is measured from it"
    required = targets.path_value(latest.t, target.points)
    way, way_due = (target.sign * (end - target.baseline) for end in (x, required))
    size = max(abs(x), abs(required), abs(target.baseline))
    past = target.sign * (target.value - target.baseline) <= 0
    distance = None if past or way_due <= targets.TOLERANCE * size else way / way_due
    level = distance is None or way_due < 2 * latest.half_step
    if targets.meets(x, "exact", target):
        mark = "met"
    elif distance is None or level:
        reached = target.sign * (x - required) >= -targets.TOLERANCE * size
        mark = "on_track" if reached else "slightly_behind" if way >= 0 else "moving_away"
    else:
        mark = mark_of(distance)
    return mark, distance, required, "level" if level else "ratio"


def mark_of(distance: float) -> str:
    """The mark that belongs to a share D of the way due (Eurostat's cut-offs)."""
    for mark, least in (("on_track", ON_TRACK), ("slightly_behind", SLIGHTLY_BEHIND), ("behind", 0.0)):
        if distance >= least - targets.TOLERANCE:
            return mark
    return "moving_away"


def _on_border(latest: targets.Observation, target: targets.Target, mark: str) -> bool:
    if latest.qualifier in targets.BOUNDS:
        return False
    ends = (latest.value - latest.half_step, latest.value + latest.half_step)
    if target.baseline is None or latest.t <= target.baseline_t:
        return not all(targets.meets(x, "exact", target) for x in ends)
    return any(_mark_at(latest, x, target)[0] != mark for x in ends)


def _yearly_mark(
    latest: targets.Observation, years: tuple[Year, ...], target: targets.Target, calendar: targets.Calendar
) -> ToDate:
    known = [year.met for year in years if year.met is not None]
    share = sum(known) / len(known) if known else None
    seen: dict[str, Any] = {"latest": latest, "years": years}
    open_years = [year for year in years if year.due and year.met is None]
    if share is not None and all(year.met for year in years):
        return ToDate("met", None, distance=1.0, required=target.value, rule="years", **seen)
    # A year that failed stays failed, so old data can show it; all else needs the due years.
    if share is not None and (share < 1 or not open_years):
        return ToDate(mark_of(share), None, distance=share, required=target.value, rule="years", **seen)
    if latest.t > target.baseline_t and calendar.is_out_of_date(latest.t):
        return ToDate("not_assessable", "out_of_date", **seen)
    undecided = any(year.value is not None for year in open_years)
    return ToDate("not_assessable", "bound" if undecided else "no_new_observation", **seen)
