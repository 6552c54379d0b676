"""What the chart of a commitment shows, as a table: published values, the path and its goals, the outlook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from shuangbei import load, words
from shuangbei.charts import card, clues

if TYPE_CHECKING:
    from shuangbei.measures import Assessment


def about(assessment: Assessment) -> pd.Series:
    """The indicator that a commitment is measured by: its row of the code list."""
    return load.indicator(assessment.commitment["indicator_id"])


def decimals_of(value: float) -> int:
    """A promise is said as the plan states it, without decimals that it does not have."""
    return len(f"{value:g}".partition(".")[2])


def goals(assessment: Assessment) -> list[tuple[float, float]]:
    """Milestone and target: the points of the path that are not its baseline."""
    target = assessment.target
    return [(t, value) for t, value in target.points if t > target.baseline_t]


def ahead(assessment: Assessment) -> list[tuple[str, float, int]]:
    """
    The outlook as the chart draws it: name, value in the unit of the indicator, decimal places.

    Empty where the commitment has no outlook.
    """
    outlook = assessment.outlook
    if outlook.ends is None:
        return []
    projected, low, high = outlook.ends
    decimals = int(about(assessment)["decimals"])
    named = [
        (words.pick("推算（按近年步伐）", "projection (at the recent pace)"), projected),
        (words.pick("推算（按最慢的一段）", "projection (at the slowest stretch)"), low),
        (words.pick("推算（按最快的一段）", "projection (at the fastest stretch)"), high),
    ]
    return [(name, value, words.computed_decimals(value, decimals)) for name, value in named]


def table_of(assessment: Assessment) -> pd.DataFrame:
    """
    Published values first, then clues, the start of the path, its goals, and the outlook with its range.

    Parameters
    ----------
    assessment : shuangbei.measures.Assessment
        One commitment with its series, path and marks.

    Returns
    -------
    pandas.DataFrame
        Period, value, kind of figure and source, labelled and formatted; the first
        ``len(assessment.series)`` rows are published values.
    """
    unit = about(assessment)["unit"]
    drawn = pd.DataFrame(
        clues.rows(assessment) + _start(assessment) + _goal_rows(assessment) + _outlook_row(assessment),
        columns=[
            words.say("period"),
            words.headed(words.say("value"), words.column(unit)),
            words.say("qualifier"),
            words.say("sources"),
        ],
    )
    if assessment.series.empty:
        return drawn
    published = card.table(assessment.series, words.column(unit))
    return pd.concat([published, drawn], ignore_index=True)


def _row(assessment: Assessment, t: float, value: str, kind: str, source: str) -> tuple[str, ...]:
    basis = about(assessment)["basis"]
    return words.dated(t, basis), value, kind, source


def _start(assessment: Assessment) -> list[tuple[str, ...]]:
    """Where the path begins, unless that point is one of the published values."""
    series = assessment.series
    known = set() if series.empty else set(zip(series["t"], series["value"], strict=True))
    kind = words.pick("计划路径起点", "start of the plan's path")
    section = words.section(assessment.commitment["section"])
    return [
        _row(assessment, t, words.cell(value, about(assessment)["unit"], decimals_of(value)), kind, section)
        for t, value in assessment.target.points
        if t <= assessment.target.baseline_t and (t, value) not in known
    ]


def _goal_rows(assessment: Assessment) -> list[tuple[str, ...]]:
    rows = []
    for t, value in goals(assessment):
        promise = _promise(assessment, t)
        shown = words.cell(value, about(assessment)["unit"], decimals_of(value))
        rows.append(_row(assessment, t, shown, _kind(promise["relation"]), words.section(promise["section"])))
    return rows


def _promise(assessment: Assessment, t: float) -> pd.Series:
    """The commitment that a point of the path comes from: a milestone is one of its own."""
    own, every = assessment.commitment, load.commitments()
    if t == assessment.target.due_t:
        return own
    same = every[
        (every["indicator_id"] == own["indicator_id"])
        & (every["geo_id"] == own["geo_id"])
        & (every["due"] == str(round(t) - 1))
    ]
    return same.iloc[0]


def _kind(relation: str) -> str:
    """``目标（超过）``: a target says whether the number itself is enough; 达到 needs no word."""
    word = words.say("goal")
    if relation == "eq":
        return word
    return words.headed(word, load.label("relations", relation).lower())


def _outlook_row(assessment: Assessment) -> list[tuple[str, ...]]:
    source, due_t = words.pick("本站推算", "computed by this site"), assessment.target.due_t
    if due_t is None:
        return []
    return [
        _row(
            assessment,
            due_t,
            words.cell(value, about(assessment)["unit"], decimals),
            name,
            source,
        )
        for name, value, decimals in ahead(assessment)
    ]
