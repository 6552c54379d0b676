"""Clues on the chart of a commitment: hollow marks, rows of its table, and what it says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from shuangbei import measures, periods, words
from shuangbei.charts import theme

if TYPE_CHECKING:
    from shuangbei.measures import Assessment, Clue

# A stock of 2024 stands at the end of 2024, so its mark is drawn over the tick "2024".
_TICK = 1.0
# Wider than the diamond of a target, which may stand at the same height.
_WIDTH, _STROKE = {"wide": 24, "narrow": 19}, 1.6
_REACH = 0.09  # of the largest value: how far the arrow of an open end leads
_COLUMNS = ["x", "low", "high", "side", "said"]


def of(assessment: Assessment) -> list[Clue]:
    """The clues that the chart of a commitment can show: of its indicator, area, unit and of one date."""
    row = assessment.commitment
    if row["kind"] == "benchmark":  # its chart is of a gap
        return []
    found = measures.clues_of_series(row["indicator_id"], row["geo_id"], row["unit"])
    return [one for one in found if not one.is_span]


def source_ids(assessment: Assessment) -> list[str]:
    """Sources that the drawn clues rest on."""
    return [source for one in of(assessment) for source in one.source_ids]


def ends(assessment: Assessment) -> list[float]:
    """The ends that are drawn, in the unit of the commitment."""
    return [end for one in of(assessment) for end in (one.low, one.high) if end is not None]


def frame(assessment: Assessment, factor: float, largest: float) -> pd.DataFrame:
    """
    What is drawn of the clues, one row each, in the unit of the axis.

    Parameters
    ----------
    factor : float
        From :func:`shuangbei.charts.display_scale`.
    largest : float
        The largest value of the chart, which the length of an arrow is taken of.

    Returns
    -------
    pandas.DataFrame
        ``x`` (decimal year of the tick), ``low``, ``high``, ``side`` (``both``, ``low``, ``high``)
        and ``said``.  Where an end is open, it is where the arrow ends.
    """
    rows = []
    for one in of(assessment):
        low, high, side = one.low, one.high, "both"
        if high is None and low is not None:
            high, side = low + _REACH * largest, "low"
        elif low is None and high is not None:
            low, side = high - _REACH * largest, "high"
        assert low is not None and high is not None, "a clue has an end"
        rows.append(
            (periods.time_of(one.period) - _TICK, low * factor, high * factor, side, words.clue_sentence(one))
        )
    return pd.DataFrame(rows, columns=_COLUMNS)


def layers(drawn: pd.DataFrame, x: alt.X, y: alt.Y, width: str) -> list[alt.Chart]:
    """
    The marks of the clues: a hollow box, or a bar with an arrow to where the value lies.

    Parameters
    ----------
    drawn : pandas.DataFrame
        From :func:`frame`.
    width : str
        ``wide`` or ``narrow``.
    """
    made: list[alt.Chart] = []
    low = y.copy(deep=False)
    low.shorthand = "low:Q"
    boxes = drawn[drawn["side"] == "both"]
    if len(boxes):
        box = alt.Chart(boxes).mark_bar(
            size=_WIDTH[width], fill="#ffffff", stroke=theme.CITY, strokeWidth=_STROKE, opacity=1
        )
        made.append(box.encode(x, low, alt.Description("said:N"), y2=alt.Y2("high:Q")))
    for side, shape in (("low", "triangle-up"), ("high", "triangle-down")):
        arrows = drawn[drawn["side"] == side]
        if len(arrows):
            made += _arrow(arrows, side, shape, at=(x, low), size=_WIDTH[width])
    return made


def _arrow(
    arrows: pd.DataFrame, side: str, shape: str, *, at: tuple[alt.X, alt.Y], size: int
) -> list[alt.Chart]:
    x, low = at
    other = "high" if side == "low" else "low"
    places = {name: low.copy(deep=False) for name in (side, other)}
    for name, channel in places.items():
        channel.shorthand = f"{name}:Q"
    chart = alt.Chart(arrows)
    line = chart.mark_rule(stroke=theme.CITY, strokeWidth=_STROKE, strokeDash=[3, 2])
    bar = chart.mark_tick(
        orient="horizontal", size=size, thickness=_STROKE, color=theme.CITY, opacity=1, aria=False
    )
    head = chart.mark_point(
        shape=shape, size=90, fill="#ffffff", stroke=theme.CITY, strokeWidth=_STROKE, opacity=1, aria=False
    )
    return [
        line.encode(x, low, alt.Description("said:N"), y2=alt.Y2("high:Q")),
        bar.encode(x, places[side]),
        head.encode(x, places[other]),
    ]


def rows(assessment: Assessment) -> list[tuple[str, ...]]:
    """The rows of the table: each end of a clue, marked as derived, with the sources it rests on."""
    unit = assessment.commitment["unit"]
    return [
        (
            words.clue_moment(one, alone=True),
            words.cell(end, unit, one.decimals),
            words.clue_end(one, is_low=is_low),
            words.sources_cell(one.source_ids),
        )
        for one in of(assessment)
        for end, is_low in ((one.low, True), (one.high, False))
        if end is not None
    ]


def told(assessment: Assessment) -> list[str]:
    """What the alternative text says of the clues; nothing where there is none."""
    return [words.clues_told(of(assessment))] if of(assessment) else []
