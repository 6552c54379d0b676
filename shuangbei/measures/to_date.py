"""The mark of progress to date, formula by formula; no files, no words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import pandas as pd

from shuangbei.measures import scale, targets
from shuangbei.measures.milestone import by_the_date

# Told again in data/marks.csv and, on purpose, in tests/data/by_hand.py; whose they are says book/method.md.
ON_TRACK, SLIGHTLY_BEHIND = 0.95, 0.60
SCALE = ("met", "on_track", "slightly_behind", "behind", "moving_away")


@dataclass(frozen=True)
class Year:
    """One year of a yearly commitment; ``met`` is None where no figure decides it."""

    year: int
    value: float | None
    met: bool | None
    due: bool
    qualifier: str = "exact"
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToDate:
    """
    Mark A. ``latest`` is the figure that it rests on; without a mark, the latest public one.

    ``distance`` is D and ``required`` the path at that figure, both None where the mark rests on
    neither; ``low`` and ``high`` are the ends of D that rounding leaves (a bound leaves one open,
    infinite).  ``neighbour`` is the mark next to it that rounding may turn it into.  ``provisional``
    are codes of ``data/doubts.csv``.  ``in_year`` is a later figure from within a year, which is not
    compared with the path.  ``rule`` is ``ratio``, ``level``, ``years`` or None.
    """

    mark: str
    reason: str | None = None
    latest: targets.Observation | None = None
    distance: float | None = None
    required: float | None = None
    low: float | None = None
    high: float | None = None
    neighbour: str | None = None
    provisional: tuple[str, ...] = ()
    in_year: targets.Observation | None = None
    rule: str | None = None
    years: tuple[Year, ...] = field(default=())

    @property
    def border(self) -> bool:
        """Whether rounding may turn the mark into its neighbour."""
        return self.neighbour is not None


def to_date(series: pd.DataFrame, target: targets.Target, calendar: targets.Calendar) -> ToDate:
    """
    Mark A: how far the commitment has come at its latest figure that compares with the path.

    Method: D = (x - v0) / (P(t) - v0) with P the straight lines through baseline, milestone and
    target; on_track from ON_TRACK, slightly_behind from SLIGHTLY_BEHIND, behind from 0, else moving_away.  x and v0
    are intervals (half of the last printed digit; a bound is open): a mark is given if the marks at
    all their ends agree or are neighbours.  Where a stock moves in steps through the year, only its
    year-end figures are compared with the path; a figure from within the year can show ``met``.
    After its date a commitment is met, missed or met_late.  Commitments for each year
    (:func:`annual_verdicts`): met once all years are, on_track while all due years are, else D is
    the share of the known years that met.

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
        years = annual_verdicts(series, target, calendar) if target.each_year else ()
        return ToDate("not_assessable", "no_observation", None, years=years)
    if target.each_year:
        return _yearly_mark(latest, annual_verdicts(series, target, calendar), target, calendar)
    if calendar.is_over(target.due_t):
        return _after_due(rows, target, target.due_t)
    if target.kind == "cumulative":
        # What was reached once stays reached, whatever is published later.
        once = next((row for row in rows if row.t > target.baseline_t and targets.reaches(row, target)), None)
        if once is not None:
            return _decided(once, target)
    elif targets.reaches(latest, target) and not calendar.is_out_of_date(latest.t):
        return _decided(latest, target)
    return _on_the_way(rows, _breaks(series), target, calendar)


def annual_verdicts(
    series: pd.DataFrame, target: targets.Target, calendar: targets.Calendar
) -> tuple[Year, ...]:
    """
    One verdict per year of the plan for a commitment that holds each year.

    A year is due once it is over and its figure should be out; parts of a year do not count.
    """
    known = {row.period: row for row in targets.observations_of(targets.whole_years(series))}
    assert target.due_t is not None, "a promise for each year ends with the plan"
    verdicts = []
    for year in range(int(target.baseline_t), int(target.due_t)):
        row = known.get(str(year))
        due = calendar.is_published(year + 1)
        verdicts.append(
            Year(year, None, None, due)
            if row is None
            else Year(year, row.value, targets.reaches(row, target), due, row.qualifier, row.doubts)
        )
    return tuple(verdicts)


def _decided(row: targets.Observation, target: targets.Target, mark: str = "met") -> ToDate:
    """A mark that a figure gives by itself; its share of the way, where it compares with the path."""
    if not targets.comparable([row], target):
        return ToDate(mark, None, row, provisional=row.doubts)
    _, distance, required, _ = _mark_at(row.value, row.t, target)
    return ToDate(mark, None, row, distance, required, provisional=row.doubts)


def _after_due(rows: list[targets.Observation], target: targets.Target, due: float) -> ToDate:
    mark, row = by_the_date(rows, target, due, target.value)
    if mark == "met" and row is not None:
        return _decided(row, target)
    late = next((one for one in rows if one.t > due and targets.reaches(one, target)), None)
    if late is not None:
        return _decided(late, target, "met_late")
    if mark == "missed" and row is not None:
        return _decided(row, target, "missed")
    if row is None:
        return ToDate("not_assessable", "no_due_observation", rows[-1])
    return ToDate("not_assessable", targets.undecided(row.qualifier), row)


def _breaks(series: pd.DataFrame) -> list[float]:
    return list(series.loc[series["status"] == "B", "t"])


def _on_the_way(
    rows: list[targets.Observation], breaks: list[float], target: targets.Target, calendar: targets.Calendar
) -> ToDate:
    latest = rows[-1]
    alike = targets.comparable(rows, target)
    judged = alike[-1] if alike else None
    in_year = None if judged is latest else latest
    reason = _obstacle(judged, latest, target, calendar)
    if reason or judged is None:
        return ToDate("not_assessable", reason, latest)
    found = _judged(judged, target)
    if found.mark != "not_assessable" and any(target.baseline_t < t <= judged.t for t in breaks):
        found = ToDate("not_assessable", "series_break", judged)
    return replace(found, in_year=in_year)


def _obstacle(
    judged: targets.Observation | None,
    latest: targets.Observation,
    target: targets.Target,
    calendar: targets.Calendar,
) -> str | None:
    """The first reason, in the order of the method, that keeps figures from being compared at all."""
    if target.baseline is None:
        return "no_baseline"
    if latest.t <= target.baseline_t:
        return "no_new_observation"
    if calendar.is_out_of_date(latest.t):
        return "out_of_date"
    if judged is None or judged.t <= target.baseline_t or calendar.is_out_of_date(judged.t):
        return "in_year_only"
    return None


def _judged(row: targets.Observation, target: targets.Target) -> ToDate:
    mark, distance, required, rule = _mark_at(row.value, row.t, target)
    corners = [_mark_at(x, row.t, _from(v0, target)) for x, v0 in product(row.ends, _baseline_ends(target))]
    reading = scale.read(SCALE, mark, [corner[0] for corner in corners])
    distances = [corner[1] for corner in corners if corner[1] is not None]
    low, high = (min(distances), max(distances)) if distance is not None else (None, None)
    if reading.mark is None:
        return ToDate("not_assessable", targets.undecided(row.qualifier), row, low=low, high=high)
    doubts = targets.all_doubts(row, beside=target.baseline_doubts)
    return ToDate(mark, None, row, distance, required, low, high, reading.neighbour, doubts, rule=rule)


def _baseline_ends(target: targets.Target) -> tuple[float, float]:
    assert target.baseline is not None, "without a baseline nothing is measured from it"
    return target.baseline - target.baseline_half_step, target.baseline + target.baseline_half_step


def _from(baseline: float, target: targets.Target) -> targets.Target:
    return replace(target, baseline=baseline)


def _mark_at(x: float, t: float, target: targets.Target) -> tuple[str, float | None, float | None, str]:
    """The mark at one number, D, the path, and the rule: the ratio, or the level where it has none."""
    required = None if target.baseline is None else targets.path_value(t, target.points)
    distance = _distance(x, required, target)
    if targets.meets(x, target):
        return "met", distance, required, "ratio"
    if distance is not None:
        return mark_of(distance), distance, required, "ratio"
    if required is None:
        return "not_assessable", None, None, "level"
    # No way is due: the start was at the target or beyond it. Then only the level can be compared.
    size = max(abs(required), 1.0)
    level = target.sign * (x - required) >= -targets.TOLERANCE * size
    return ("on_track" if level else "moving_away"), None, required, "level"


def _distance(x: float, required: float | None, target: targets.Target) -> float | None:
    if target.baseline is None or required is None:
        return None
    start, end = target.baseline, target.value
    size = max(abs(required), abs(start), abs(end))
    way_due = target.sign * (required - start)
    past = target.sign * (end - start) <= targets.TOLERANCE * size
    if past or way_due <= targets.TOLERANCE * size:
        return None
    return target.sign * (x - start) / way_due


def mark_of(distance: float) -> str:
    """The mark that belongs to a share D of the way due (Eurostat's cut-offs)."""
    for mark, least in (("on_track", ON_TRACK), ("slightly_behind", SLIGHTLY_BEHIND), ("behind", 0.0)):
        if distance >= least - targets.TOLERANCE:
            return mark
    return "moving_away"


def _yearly_mark(
    latest: targets.Observation, years: tuple[Year, ...], target: targets.Target, calendar: targets.Calendar
) -> ToDate:
    decided = [year for year in years if year.met is not None]
    share = sum(bool(year.met) for year in decided) / len(decided) if decided else None
    doubts = tuple(dict.fromkeys(doubt for year in decided for doubt in year.doubts))
    seen: dict[str, Any] = {"latest": latest, "years": years}
    open_years = [year for year in years if year.due and year.met is None]
    if share is not None and all(year.met for year in years):
        return ToDate(
            "met", None, distance=1.0, required=target.value, provisional=doubts, rule="years", **seen
        )
    # A year that failed stays failed, so old data can show it; all else needs the due years.
    if share is not None and (share < 1 or not open_years):
        given: dict[str, Any] = {"distance": share, "required": target.value, "provisional": doubts}
        return ToDate(mark_of(share), None, rule="years", **given, **seen)
    if latest.t > target.baseline_t and calendar.is_out_of_date(latest.t):
        return ToDate("not_assessable", "out_of_date", **seen)
    return ToDate("not_assessable", _unsettled(open_years, bool(decided)), **seen)


def _unsettled(open_years: list[Year], any_decided: bool) -> str:
    """Why years that should be out do not settle a yearly commitment."""
    undecided = next((year for year in open_years if year.value is not None), None)
    if undecided is not None:
        return targets.undecided(undecided.qualifier)
    return "years_missing" if any_decided else "no_new_observation"
