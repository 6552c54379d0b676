"""What a figure that is missing would have to be for its commitment to be on track; no words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from shuangbei import load, periods
from shuangbei.measures import targets
from shuangbei.measures.to_date import ON_TRACK, to_date

if TYPE_CHECKING:
    from shuangbei.measures.assessment import Assessment

_TRIES = 100  # last digits above the rounded bar, within which rounding may still leave no mark
_ENOUGH = ("on_track", "met")


def least_on_track(found: Assessment, period: str) -> tuple[float, str] | None:
    """
    The least figure of a period that would give on track, or met, by the rule of the mark itself.

    Method: v0 + .95 (P(t) - v0), rounded up to the last digit that the indicator is printed with
    (for a benchmark the gap to the nation), then the first number from there on for which
    :func:`shuangbei.measures.to_date` gives on track or met.

    Parameters
    ----------
    found : shuangbei.measures.Assessment
    period : str
        A whole year that ends before the due date.

    Returns
    -------
    (float, str) or None
        The figure in base units, and the mark that it gives: met where a break of the series lets
        nothing else be given.  None without a baseline or a path, where no number can be told, and
        where the baseline is too coarse for any.
    """
    target, t = found.target, periods.time_of(period)
    if target.baseline is None or target.due_t is None or target.each_year or target.sign < 0:
        return None
    about = load.indicator(found.commitment["indicator_id"])
    step = 10.0 ** -int(about["decimals"])
    # The gap to the nation is of two rounded figures; what is counted one by one is of none.
    whole = load.row("units", about["unit"])["whole"] == "yes"
    half_step = step if target.kind == "benchmark" else 0.0 if whole else step / 2
    way = targets.path_value(t, target.points) - target.baseline
    first = math.ceil((target.baseline + ON_TRACK * way) / step - targets.TOLERANCE)
    for tried in range(_TRIES):
        value = round((first + tried) * step, 10)
        mark = _mark(found, period, value, half_step)
        if mark in _ENOUGH:
            return value, mark
    return None


def _mark(found: Assessment, period: str, value: float, half_step: float) -> str:
    """The mark that an exact figure of the period would give, read at the end of the period."""
    t = periods.time_of(period)
    columns = ["t", "period", "value", "half_step", "qualifier", "status", "reprint"]
    earlier = found.series.loc[found.series["t"] < t, columns]
    rows = [*earlier.itertuples(index=False, name=None), (t, period, value, half_step, "exact", "A", False)]
    return to_date(
        pd.DataFrame(rows, columns=columns), found.target, targets.Calendar(periods.last_day(t))
    ).mark
