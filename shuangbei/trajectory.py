"""The chart of one commitment: what was published, the plan's path, and the outlook."""

from __future__ import annotations

from functools import partial

import altair as alt
import pandas as pd

from shuangbei import charts, load, printed, spoken, wording

# A stock of 2024 stands at the end of 2024, so its point is drawn over the tick "2024".
_TICK = 1.0
_LINES = {"history": (charts.CITY, [1, 0]), "path": (charts.PLAN, [6, 4]),
          "outlook": (charts.CITY, [2, 3])}
_HEIGHT = {"wide": 340, "narrow": 290}


def trajectory(assessment, title: str) -> alt.TopLevelMixin:
    """
    History, path, milestone, target and outlook of one commitment.

    Exact figures are filled points; bounds are open triangles that point to where the true
    value lies; estimates are open squares.  The line is interrupted where a series breaks.

    Parameters
    ----------
    assessment : shuangbei.status.Assessment
        One commitment with its series, path and marks.
    title : str
        Title of the figure in the language of the run.

    Returns
    -------
    altair chart
        With table, alternative text and sources in ``usermeta``.
    """
    layers = _layers(assessment)
    card = charts.identity(assessment.commitment["commitment_id"], title, _alt(assessment, title),
                           _table(assessment), layers["unit_name"], list(assessment.source_ids))
    return charts.figure(partial(_draw, layers), card)


def _about(assessment) -> pd.Series:
    return load.indicator(assessment.commitment["indicator_id"])


def _goals(assessment) -> list[tuple[float, float]]:
    """Milestone and target: the points of the path that are not its baseline."""
    target = assessment.target
    return [(t, value) for t, value in target.points if t > target.baseline_t]


def _layers(assessment) -> dict:
    history, points = assessment.series, assessment.target.points
    outlook = assessment.outlook
    ends = [value for _, value in points] + list(history["value"])
    if outlook.projected is not None:
        ends += [outlook.low, outlook.high]
    unit = assessment.commitment["unit"]
    factor, unit_name = charts.display_scale(max(ends), unit)
    return {
        "history": _history(history, factor),
        "path": pd.DataFrame([(t - _TICK, v * factor) for t, v in points], columns=["x", "y"]),
        "goals": _goal_points(assessment, factor),
        "outlook": _outlook(assessment, factor),
        "labels": _labels(assessment, factor),
        "unit_name": unit_name,
        # A share does not begin at zero, unless all there is to show is one height.
        "from_zero": assessment.commitment["kind"] not in ("share", "benchmark")
            or max(ends) == min(ends),
        "first": min([*history["t"], points[0][0] if points else 2023.0]) - _TICK,
    }


def _goal_points(assessment, factor: float) -> pd.DataFrame:
    about = _about(assessment)
    rows = [(t - _TICK, value * factor, spoken.target(
        wording.moment(t, about["basis"]),
        wording.quantity(value, about["unit"], _goal_places(value))))
        for t, value in _goals(assessment)]
    return pd.DataFrame(rows, columns=["x", "y", "said"])


def _history(series: pd.DataFrame, factor: float) -> pd.DataFrame:
    """Points of the history; a line joins exact figures and estimates, never bounds."""
    return pd.DataFrame({
        "x": series["t"] - _TICK, "y": series["value"] * factor,
        "qualifier": series["qualifier"], "status": series["status"], "series": wording.say("history"),
        "segment": (series["status"] == "B").cumsum(),
        "joined": ~series["qualifier"].isin(charts.BOUNDS),
        "said": [spoken.value(row) for row in series.itertuples()],
    })


def _outlook(assessment, factor: float) -> pd.DataFrame:
    outlook, latest = assessment.outlook, assessment.to_date.latest
    if outlook.projected is None:
        return pd.DataFrame(columns=["x", "y", "low", "high"])
    end = assessment.target.due_t - _TICK
    rows = [(latest.t - _TICK, latest.value, latest.value, latest.value),
            (end, outlook.projected, outlook.low, outlook.high)]
    frame = pd.DataFrame(rows, columns=["x", "y", "low", "high"])
    return frame.assign(**{name: frame[name] * factor for name in ("y", "low", "high")})


def _labels(assessment, factor: float) -> pd.DataFrame:
    """Texts beside the points that matter, the higher of two at one date above its point."""
    target, latest = assessment.target, assessment.to_date.latest
    unit, decimals = _about(assessment)["unit"], int(_about(assessment)["decimals"])
    rows = [(t, v, charts.label(v, unit, factor, _goal_places(v)), charts.PLAN)
            for t, v in _goals(assessment)]
    if latest is not None:
        seen = assessment.series[assessment.series["t"] == latest.t].iloc[-1]
        places = printed.places(seen, _about(assessment))
        text = charts.label(latest.value, unit, factor, places)
        rows.append((latest.t, latest.value, wording.shown(text, latest.qualifier), charts.CITY))
    if assessment.outlook.projected is not None:
        projected = assessment.outlook.projected
        places = wording.computed_places(projected, decimals)
        text = charts.label(projected, unit, factor, places)
        rows.append((target.due_t, projected, text, charts.CITY))
    frame = pd.DataFrame(rows, columns=["x", "y", "text", "color"])
    frame = frame.assign(x=frame["x"] - _TICK, y=frame["y"] * factor)
    return frame.assign(above=_above(frame))


def _goal_places(value: float) -> int:
    """A promise is said as the plan states it, without decimals that it does not have."""
    return len(f"{value:g}".partition(".")[2])


def _above(frame: pd.DataFrame) -> list[bool]:
    """True where no other label stands within half a year and higher."""
    def is_top(row) -> bool:
        near = frame[(frame["x"] - row.x).abs() < 0.6]
        return not (near["y"] > row.y).any()
    return [is_top(row) for row in frame.itertuples()]


def _axes(layers: dict, width: str) -> tuple[alt.X, alt.Y]:
    first = int(layers["first"])
    years = list(range(first, 2028, 1 if width == "wide" else 2))
    if width == "narrow" and 2027 not in years:
        years = [year + 1 for year in years if year < 2027]
    x = alt.X("x:Q", scale=alt.Scale(domain=[first - 0.2, 2027.7], nice=False),
              axis=alt.Axis(values=years, format="d", title=None))
    y = alt.Y("y:Q", scale=alt.Scale(zero=layers["from_zero"]),
              axis=alt.Axis(title=layers["unit_name"]))
    return x, y


def _is_line(layers: dict, name: str) -> bool:
    """One point makes no line: it stands without an entry in the legend."""
    return name == "history" and not layers[name].empty or len(layers[name]) > 1


def _line_scale(layers: dict, columns: int) -> tuple[alt.Color, alt.StrokeDash]:
    shown = [name for name in _LINES if _is_line(layers, name)]
    names = [wording.say(name) for name in shown]
    colors = alt.Scale(domain=names, range=[_LINES[name][0] for name in shown])
    dashes = alt.Scale(domain=names, range=[_LINES[name][1] for name in shown])
    legend = alt.Legend(symbolType="stroke", symbolStrokeWidth=2.4, symbolSize=420,
                        columns=columns, offset=34,
                        labelLimit=300)
    return (alt.Color("series:N", scale=colors, legend=legend),
            alt.StrokeDash("series:N", scale=dashes, legend=legend))


def _lines(layers: dict, x: alt.X, y: alt.Y, columns: int) -> list[alt.Chart]:
    color, dash = _line_scale(layers, columns)
    drawn = []
    if not layers["outlook"].empty:
        drawn.append(alt.Chart(layers["outlook"]).mark_area(color=charts.RANGE, opacity=0.65,
                                                                 aria=False)
                     .encode(x=x, y=alt.Y("low:Q"), y2="high:Q"))
    for name in ("path", "history", "outlook"):
        if not _is_line(layers, name):
            continue
        frame = layers[name]
        if name == "history":
            frame = frame[frame["joined"]]
        detail = [alt.Detail("segment:N")] if name == "history" else []
        drawn.append(alt.Chart(frame.assign(series=wording.say(name)))
                     .mark_line(strokeWidth=2.4 if name == "history" else 1.8, aria=False)
                     .encode(x, y, color, dash, *detail))
    return drawn


def _points(layers: dict, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    said = alt.Description("said:N")
    drawn = [alt.Chart(layers["goals"]).mark_point(shape="diamond", size=130, filled=True, opacity=1,
                                           color=charts.PLAN).encode(x, y, said)]
    return drawn + charts.observed(layers["history"], x, y, said, color=charts.CITY)


def _texts(layers: dict, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    drawn = []
    for (above, color), frame in layers["labels"].groupby(["above", "color"]):
        mark = alt.Chart(frame).mark_text(align="center", dy=-13 if above else 17, color=color,
                                          fontWeight="bold", stroke="white", strokeWidth=3,
                                          strokeOpacity=0.85, aria=False)
        clean = alt.Chart(frame).mark_text(align="center", dy=-13 if above else 17, color=color,
                                           fontWeight="bold", aria=False)
        drawn += [chart.encode(x, y, text="text:N") for chart in (mark, clean)]
    return drawn


def _draw(layers: dict, width: str) -> alt.LayerChart:
    x, y = _axes(layers, width)
    columns = len(_LINES) if width == "wide" else 1
    parts = _lines(layers, x, y, columns) + _points(layers, x, y) + _texts(layers, x, y)
    return alt.layer(*parts).properties(
        width=charts.pixels(width), height=_HEIGHT[width],
        padding={"left": 5, "right": 12, "top": 5, "bottom": 5})


def _table(assessment) -> pd.DataFrame:
    unit = _about(assessment)["unit"]
    if assessment.series.empty:
        goals = _goals(assessment)
        return pd.DataFrame({
            wording.say("period"): [wording.moment(t, _about(assessment)["basis"])
                                    for t, _ in goals],
            wording.headed(wording.say("target"), wording.column(unit)):
                [wording.cell(v, unit) for _, v in goals]})
    return charts.table(assessment.series, wording.column(unit))


def _alt(assessment, title: str) -> str:
    """Say what the chart shows, from its own data."""
    about = _about(assessment)
    series, unit, decimals = assessment.series, about["unit"], int(about["decimals"])
    parts = [title]
    if len(series) == 1:
        only = series.iloc[0]
        parts.append(wording.pick("{}{}", "{1} in {0}").format(
            wording.period(only["period"]), charts.said(only, unit)))
    elif len(series):
        first, last = series.iloc[0], series.iloc[-1]
        parts.append(wording.pick("从{}的{}到{}的{}", "from {1} in {0} to {3} in {2}").format(
            wording.period(first["period"]), charts.said(first, unit),
            wording.period(last["period"]), charts.said(last, unit)))
    for t, value in _goals(assessment):
        parts.append(wording.pick("{}目标{}", "target for {}: {}").format(
            wording.moment(t, about["basis"]), wording.quantity(value, unit, _goal_places(value))))
    parts += _beside_path(assessment) + _ahead(assessment, unit, decimals)
    return wording.say("semicolon").join(parts) + wording.say("stop").strip()


def _beside_path(assessment) -> list[str]:
    """Say on which side of the path the latest point stands, where its value can tell."""
    mark, latest = assessment.to_date, assessment.to_date.latest
    if latest is None or mark.required is None or latest.qualifier != "exact":
        return []
    if latest.t <= assessment.target.baseline_t:
        return []
    if latest.value == mark.required:
        return [wording.pick("最新的点在计划路径上", "the latest point is on the plan's path")]
    if latest.value > mark.required:
        return [wording.pick("最新的点在计划路径上方", "the latest point is above the plan's path")]
    return [wording.pick("最新的点在计划路径下方", "the latest point is below the plan's path")]


def _ahead(assessment, unit: str, decimals: int) -> list[str]:
    """Say where the recent pace leads, and within which range."""
    outlook = assessment.outlook
    if outlook.projected is None:
        return []
    said = [wording.quantity(value, unit, wording.computed_places(value, decimals))
            for value in (outlook.projected, outlook.low, outlook.high)]
    return [wording.pick("按近年步伐，到期约{}，最慢到最快的步伐之间是{}至{}",
                         "at the recent pace {} when due, between {} and {} at the slowest and"
                         " the fastest pace").format(*said)]
