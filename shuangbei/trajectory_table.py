"""The table behind the chart of one commitment: what was published, what is promised, outlook."""

from __future__ import annotations

import pandas as pd

from shuangbei import charts, load, wording


def about(assessment) -> pd.Series:
    """The indicator that a commitment is measured by: its row of the code list."""
    return load.indicator(assessment.commitment["indicator_id"])


def places(value: float) -> int:
    """A promise is said as the plan states it, without decimals that it does not have."""
    return len(f"{value:g}".partition(".")[2])


def goals(assessment) -> list[tuple[float, float]]:
    """Milestone and target: the points of the path that are not its baseline."""
    target = assessment.target
    return [(t, value) for t, value in target.points if t > target.baseline_t]


def ahead(assessment) -> list[tuple[str, float, int]]:
    """
    The outlook as the chart draws it: name, value in the unit of the indicator, decimal places.

    Empty where the commitment has no outlook.
    """
    outlook = assessment.outlook
    if outlook.projected is None:
        return []
    decimals = int(about(assessment)["decimals"])
    named = [(wording.pick("推算（按近年步伐）", "projection (at the recent pace)"),
              outlook.projected),
             (wording.pick("推算（按最慢的步伐）", "projection (at the slowest pace)"), outlook.low),
             (wording.pick("推算（按最快的步伐）", "projection (at the fastest pace)"), outlook.high)]
    return [(name, value, wording.computed_places(value, decimals)) for name, value in named]


def table(assessment) -> pd.DataFrame:
    """
    Published values first, then the start of the path, its goals, and the outlook with its range.

    Parameters
    ----------
    assessment : shuangbei.status.Assessment
        One commitment with its series, path and marks.

    Returns
    -------
    pandas.DataFrame
        Period, value, kind of figure and source, labelled and formatted; the first
        ``len(assessment.series)`` rows are published values.
    """
    unit = about(assessment)["unit"]
    drawn = pd.DataFrame(_start(assessment) + _goals(assessment) + _outlook(assessment),
                         columns=[wording.say("period"),
                                  wording.headed(wording.say("value"), wording.column(unit)),
                                  wording.say("qualifier"), wording.say("sources")])
    if assessment.series.empty:
        return drawn
    published = charts.table(assessment.series, wording.column(unit))
    return pd.concat([published, drawn], ignore_index=True)


def _row(assessment, t: float, value: str, kind: str, source: str) -> tuple[str, ...]:
    basis = about(assessment)["basis"]
    return wording.moment(t, basis), value, kind, source


def _start(assessment) -> list[tuple[str, ...]]:
    """Where the path begins, unless that point is one of the published values."""
    series = assessment.series
    known = set() if series.empty else set(zip(series["t"], series["value"], strict=True))
    kind = wording.pick("计划路径起点", "start of the plan's path")
    section = wording.section(assessment.commitment["section"])
    return [_row(assessment, t, wording.cell(value, about(assessment)["unit"], places(value)), kind, section)
            for t, value in assessment.target.points
            if t <= assessment.target.baseline_t and (t, value) not in known]


def _goals(assessment) -> list[tuple[str, ...]]:
    rows = []
    for t, value in goals(assessment):
        promise = _promise(assessment, t)
        shown = wording.cell(value, about(assessment)["unit"], places(value))
        rows.append(_row(assessment, t, shown, _kind(promise["relation"]),
                         wording.section(promise["section"])))
    return rows


def _promise(assessment, t: float) -> pd.Series:
    """The commitment that a point of the path comes from: a milestone is one of its own."""
    own, every = assessment.commitment, load.commitments()
    if t == assessment.target.due_t:
        return own
    same = every[(every["indicator_id"] == own["indicator_id"]) & (every["geo_id"] == own["geo_id"])
                 & (every["due"] == str(round(t) - 1))]
    return same.iloc[0]


def _kind(relation: str) -> str:
    """``目标（超过）``: a target says whether the number itself is enough; 达到 needs no word."""
    word = wording.pick("目标", "target")
    if relation == "eq":
        return word
    return wording.headed(word, load.label("relations", relation).lower())


def _outlook(assessment) -> list[tuple[str, ...]]:
    source = wording.pick("本站推算", "computed by this site")
    return [_row(assessment, assessment.target.due_t,
                 wording.cell(value, about(assessment)["unit"], decimals), name, source)
            for name, value, decimals in ahead(assessment)]
