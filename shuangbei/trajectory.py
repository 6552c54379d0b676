"""The chart of one commitment: what was published, the plan's path, and the outlook."""

from __future__ import annotations

from functools import partial

import altair as alt
import pandas as pd

from shuangbei import chart_key, charts, printed, spoken, trajectory_table, wording

# A stock of 2024 stands at the end of 2024, so its point is drawn over the tick "2024".
_TICK = 1.0
_LINES = {"history": (charts.CITY, [1, 0]), "path": (charts.PLAN, [6, 4]),
          "outlook": (charts.CITY, [2, 3])}
_DIAMOND = 360  # of the key's symbol: as large as Vega's own diamond of 130
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
                           trajectory_table.table(assessment), layers["unit_name"],
                           list(assessment.source_ids))
    # Below the published values stand the plan and the outlook, which are of no period of data.
    told = {**card, "published_rows": len(assessment.series)}
    return charts.figure(partial(_draw, layers), told)


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
        "joined": bool((~history["qualifier"].isin(charts.BOUNDS)).any()),
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
    about = trajectory_table.about(assessment)
    rows = [(t - _TICK, value * factor, spoken.target(
        wording.moment(t, about["basis"]),
        wording.quantity(value, about["unit"], trajectory_table.places(value))))
        for t, value in trajectory_table.goals(assessment)]
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
    about = trajectory_table.about(assessment)
    unit, decimals = about["unit"], int(about["decimals"])
    rows = [(t, v, charts.label(v, unit, factor, trajectory_table.places(v)), charts.PLAN)
            for t, v in trajectory_table.goals(assessment)]
    if latest is not None:
        seen = assessment.series[assessment.series["t"] == latest.t].iloc[-1]
        places = printed.places(seen, about)
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


def _entries(layers: dict) -> list[chart_key.Entry]:
    """What is drawn, in the order of the key: one point makes no line and no area."""
    history, outlook = layers["history"], len(layers["outlook"]) > 1
    found = []
    if layers["joined"]:
        found.append(chart_key.line(wording.say("history"), *_LINES["history"], dotted=True))
    found += chart_key.observed(history, charts.CITY)
    if len(layers["path"]) > 1:
        found.append(chart_key.line(wording.say("path"), *_LINES["path"]))
    if len(layers["goals"]):
        found.append(chart_key.point(_target(), "diamond", charts.PLAN))
    if outlook:
        found += [chart_key.line(wording.say("outlook"), *_LINES["outlook"]),
                  chart_key.area(_range(), charts.RANGE)]
    return found


def _target() -> str:
    return wording.pick("目标", "target")


def _range() -> str:
    return wording.pick("最慢到最快的步伐", "slowest to fastest pace")


def _lines(layers: dict, x: alt.X, y: alt.Y, key: dict) -> list[alt.Chart]:
    look, drawn = (key["Stroke"], key["StrokeDash"]), []
    if len(layers["outlook"]) > 1:
        drawn.append(alt.Chart(layers["outlook"].assign(series=_range()))
                     .mark_area(aria=False).encode(x, alt.Y("low:Q"), key["Fill"], y2="high:Q"))
    for name in ("path", "outlook"):
        if len(layers[name]) > 1:
            drawn.append(alt.Chart(layers[name].assign(series=wording.say(name)))
                         .mark_line(strokeWidth=1.8, aria=False).encode(x, y, *look))
    if layers["joined"]:
        joined = layers["history"][layers["history"]["joined"]]
        drawn.append(alt.Chart(joined).mark_line(strokeWidth=2.4, aria=False)
                     .encode(x, y, *look, alt.Detail("segment:N")))
    return drawn


def _points(layers: dict, x: alt.X, y: alt.Y, key: dict) -> list[alt.Chart]:
    said = alt.Description("said:N")
    goals = alt.Chart(layers["goals"].assign(series=_target())).mark_point(
        shape="diamond", size=_DIAMOND, opacity=1, stroke=None)
    return [goals.encode(x, y, said, key["Shape"], key["Fill"])] + charts.observed(
        layers["history"], x, y, said, color=charts.CITY)


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
    key = chart_key.channels("series", _entries(layers), width)
    parts = _lines(layers, x, y, key) + _points(layers, x, y, key) + _texts(layers, x, y)
    return alt.layer(*parts).properties(
        width=charts.pixels(width), height=_HEIGHT[width],
        padding={"left": 5, "right": 12, "top": 5, "bottom": 5})


def _alt(assessment, title: str) -> str:
    """Say what the chart shows, from its own data."""
    about = trajectory_table.about(assessment)
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
    for t, value in trajectory_table.goals(assessment):
        parts.append(wording.pick("{}目标{}", "target for {}: {}").format(
            wording.moment(t, about["basis"]),
            wording.quantity(value, unit, trajectory_table.places(value))))
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
