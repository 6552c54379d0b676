"""What was reached by a date that has passed, and the milestone of 2025, frozen at first values."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from shuangbei.measures import targets

LASTING_KINDS = ("stock", "cumulative")


@dataclass(frozen=True)
class Milestone:
    """
    Mark B. ``miss`` is what the deciding value lacks (negative: by how much it is exceeded).

    ``revised`` is the present value of the deciding period where it differs from the first;
    ``provisional`` are the codes of ``data/doubts.csv`` that hold of the deciding figure.
    """

    mark: str
    reason: str | None = None
    target: float | None = None
    period: str | None = None
    value: float | None = None
    qualifier: str = "exact"
    miss: float | None = None
    revised: float | None = None
    provisional: tuple[str, ...] = ()


def milestone(
    series: pd.DataFrame, target: targets.Target, calendar: targets.Calendar, first_values: pd.DataFrame
) -> Milestone:
    """
    Mark B: whether the milestone was reached, frozen at the first published values.

    Parameters
    ----------
    series, first_values : pandas.DataFrame
        As in :func:`targets.observations_of`; a first value takes the place of today's value of its
        period.
    """
    if target.milestone is None:
        return Milestone("none")
    due, bar = target.milestone
    if not calendar.is_over(due):
        return Milestone("not_due", target=bar)
    today = {row.period: row for row in targets.observations_of(series)}
    first = {row.period: row for row in targets.observations_of(first_values)}
    mark, row = by_the_date(list((today | first).values()), target, due, bar)
    if row is None:
        return Milestone("not_assessable", "no_milestone_observation", bar)
    seen = (bar, row.period, row.value, row.qualifier)
    if mark is None:
        return Milestone("not_assessable", targets.undecided(row.qualifier), *seen)
    now = today.get(row.period, row).value
    return Milestone(
        mark,
        None,
        *seen,
        target.sign * (bar - row.value),
        None if now == row.value else now,
        row.doubts,
    )


def by_the_date(
    rows: list[targets.Observation], target: targets.Target, due: float, bar: float
) -> tuple[str | None, targets.Observation | None]:
    """
    What the figures up to a date say of it: ``met``, ``missed`` or None, and the figure that says so.

    The figure for the date itself decides.  Without one that can, a stock or a count since the start
    of the plan that had passed the bar before has met it, the first such figure deciding; an earlier
    figure never shows ``missed``.  No figure at all is None twice.
    """
    until = [row for row in rows if target.baseline_t < row.t <= due + targets.TOLERANCE]
    at_date = next((row for row in until if math.isclose(row.t, due, rel_tol=targets.TOLERANCE)), None)
    reached = None if at_date is None else targets.reaches(at_date, target, bar)
    if reached is not None:
        return "met" if reached else "missed", at_date
    passed = [row for row in until if targets.reaches(row, target, bar)]
    if passed and target.kind in LASTING_KINDS:
        # The first that decided stays the one: a later value is at most a revision.
        return "met", min(passed, key=lambda row: row.t)
    return None, at_date
