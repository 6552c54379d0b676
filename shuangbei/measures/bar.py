"""What a figure that is missing would have to be for its commitment to be on track; no words."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from shuangbei import load, periods
from shuangbei.measures import targets
from shuangbei.measures.to_date import ON_TRACK, SLIGHTLY_BEHIND, to_date

if TYPE_CHECKING:
    from shuangbei.measures.assessment import Assessment

_ENOUGH = ("on_track", "met")


def least_on_track(found: Assessment, period: str) -> tuple[float, str] | None:
    """
    The least figure of a period that would give on track, or met, by the rule of the mark itself.

    Method: between the numbers at which a cut-off of the mark lies, counted from the baseline, from
    either end of its rounding, and to either end of that of the figure, the mark does not change.  So
    these numbers, rounded up to the last digit that the indicator is printed with (for a benchmark
    the gap to the nation), are tried from below, from v0 + ON_TRACK (P(t) - v0) on, until
    :func:`shuangbei.measures.to_date` gives on track or met.

    Parameters
    ----------
    found : shuangbei.measures.Assessment
    period : str
        A whole year that ends before the due date.

    Returns
    -------
    (float, str) or None
        The figure in base units, and the mark that it gives: met where a break of the series or a
        coarse baseline lets nothing else be given.  None without a baseline or a path, where no
        number can be told.
    """
    target, t = found.target, periods.time_of(period)
    if target.baseline is None or target.due_t is None or target.each_year or target.sign < 0:
        return None
    about = load.indicator(found.commitment["indicator_id"])
    step = 10.0 ** -int(about["decimals"])
    # The gap to the nation is of two rounded figures; what is counted one by one is of none.
    whole = load.row("units", about["unit"])["whole"] == "yes"
    half_step = step if target.kind == "benchmark" else 0.0 if whole else step / 2
    for value in _turns(target, t, step, half_step):
        mark = _mark(found, period, value, half_step)
        if mark in _ENOUGH:
            return value, mark
    return None


def _turns(target: targets.Target, t: float, step: float, half_step: float) -> list[float]:
    """The numbers of a whole step from which on another mark may be given, from the least on."""
    assert target.baseline is not None, "without a baseline nothing is measured from it"
    off = target.baseline_half_step
    ends = {target.baseline - off, target.baseline, target.baseline + off}
    cuts = {cut for end in ends for cut in _cuts(replace(target, baseline=end), t)}
    least = min(_least(target, t), target.value)
    wanted = {cut + half for cut in cuts for half in (-half_step, 0.0, half_step)}
    first = {math.ceil(cut / step - targets.TOLERANCE) for cut in wanted if cut + half_step >= least}
    # "more than" is reached one step behind the number itself.
    return [round(n * step, 10) for n in sorted(first | {n + 1 for n in first})]


def _least(target: targets.Target, t: float) -> float:
    """What the rule of on track asks for: ON_TRACK of the way due, or the level of a path that leads nowhere."""
    assert target.baseline is not None, "without a baseline nothing is measured from it"
    way = targets.path_value(t, target.points) - target.baseline
    return target.baseline + way * (ON_TRACK if way > 0 else 1.0)


def _cuts(target: targets.Target, t: float) -> list[float]:
    """The numbers at which the mark of an exact figure changes, as one baseline has them."""
    assert target.baseline is not None, "without a baseline nothing is measured from it"
    required = targets.path_value(t, target.points)
    way = required - target.baseline
    shares = (0.0, SLIGHTLY_BEHIND, ON_TRACK)
    return [*(target.baseline + share * way for share in shares), required, target.value]


def _mark(found: Assessment, period: str, value: float, half_step: float) -> str:
    """The mark that an exact figure of the period would give, read at the end of the period."""
    t = periods.time_of(period)
    columns = ["t", "period", "value", "half_step", "qualifier", "status", "reprint"]
    earlier = found.series.loc[found.series["t"] < t, columns]
    rows = [*earlier.itertuples(index=False, name=None), (t, period, value, half_step, "exact", "A", False)]
    return to_date(
        pd.DataFrame(rows, columns=columns), found.target, targets.Calendar(periods.last_day(t))
    ).mark
