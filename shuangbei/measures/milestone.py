"""The mark of the 2025 milestone, frozen at the first published value; no files, no words."""

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

    ``revised`` is the present value of the deciding period where it differs from the first.
    """

    mark: str
    reason: str | None = None
    target: float | None = None
    period: str | None = None
    value: float | None = None
    qualifier: str = "exact"
    miss: float | None = None
    revised: float | None = None


def milestone(
    series: pd.DataFrame, target: targets.Target, cut_off: float, first_values: pd.DataFrame
) -> Milestone:
    """
    Mark B: whether the milestone was reached, frozen at the first published values.

    A stock that has passed the milestone by its date has met it; only a value at the date
    itself can miss it.

    Parameters
    ----------
    series, first_values : pandas.DataFrame
        As in :func:`targets.observations_of`; a first value takes the place of today's value of its
        period.  ``cut_off`` is a decimal year.
    """
    if target.milestone is None:
        return Milestone("none")
    due, bar = target.milestone
    if cut_off < due:
        return Milestone("not_due", target=bar)
    today = {row.period: row for row in targets.observations_of(series)}
    first = {row.period: row for row in targets.observations_of(first_values)}
    rows = [row for row in (today | first).values() if target.baseline_t < row.t <= due]
    at_date = [row for row in rows if math.isclose(row.t, due, rel_tol=targets.TOLERANCE)]
    able = rows if target.kind in LASTING_KINDS else at_date
    passed = [row for row in able if targets.meets(row.value, row.qualifier, target, bar)]
    if not passed and not at_date:
        return Milestone("not_assessable", "no_milestone_observation", bar)
    # The first that decided stays the one: a later value is at most a revision.
    row = min(passed or at_date, key=lambda row: row.t)
    if targets.meets(row.value, row.qualifier, target, bar) is None:
        return Milestone("not_assessable", "bound", bar, row.period, row.value, row.qualifier)
    now = today.get(row.period, row).value
    return Milestone(
        "met" if passed else "missed",
        None,
        bar,
        row.period,
        row.value,
        row.qualifier,
        target.sign * (bar - row.value),
        None if now == row.value else now,
    )
