"""The chart of a commitment: its path, what is published, the outlook, and what it says aloud."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

import altair as alt
import pandas as pd

from shuangbei import words
from shuangbei.charts import card, clues, key, theme, trajectory_table

if TYPE_CHECKING:
    from shuangbei.measures import Assessment

# A stock of 2024 stands at the end of 2024, so its point is drawn over the tick "2024".
_TICK = 1.0
_LINES: dict[str, tuple[str, Any]] = {
    "history": (theme.CITY, [1, 0]),
    "path": (theme.PLAN, [6, 4]),
    "outlook": (theme.CITY, [2, 3]),
}
_DIAMOND = 360  # of the key's symbol: as large as Vega's own diamond of 130
_HEIGHT = {"wide": 340, "narrow": 290}


def trajectory(assessment: Assessment, title: str) -> alt.TopLevelMixin:
    """
    History, path, milestone, target and outlook of one commitment.

    Exact figures are filled points; bounds are open triangles that point to where the true
    value lies; estimates are open squares.  The line is interrupted where a series breaks.
    What this site has derived of a date without a figure is a hollow box, or a bar with an arrow.

    Parameters
    ----------
    assessment : shuangbei.measures.Assessment
        One commitment with its series, path and marks.
    title : str
        Title of the figure in the language of the run.

    Returns
    -------
    altair chart
        With table, alternative text and sources in ``usermeta``.
    """
    layers = _layers(assessment)
    made = card.identity(
        assessment.commitment["commitment_id"],
        title,
        _alt(assessment, title),
        trajectory_table.table_of(assessment),
        layers["unit_name"],
        list(dict.fromkeys([*assessment.source_ids, *clues.source_ids(assessment)])),
        # Below the published values stand the plan and the outlook, which are of no period of data.
        published_rows=len(assessment.series),
    )
    return card.figure(partial(_draw, layers), made)


def _layers(assessment: Assessment) -> dict:
    history, points = assessment.series, assessment.target.points
    outlook = assessment.outlook
    ends = [value for _, value in points] + list(history["value"])
    if outlook.projected is not None:
        ends += [outlook.low, outlook.high]
    ends += clues.ends(assessment)
    unit = assessment.commitment["unit"]
    factor, unit_name = theme.display_scale(max(ends), unit)
    drawn = _history(assessment, factor)
    return {
        "history": drawn,
        "joined": bool(drawn["joined"].any()),
        "path": pd.DataFrame([(t - _TICK, v * factor) for t, v in points], columns=["x", "y"]),
        "goals": _goal_points(assessment, factor),
        "outlook": _outlook(assessment, factor),
        "clues": clues.frame(assessment, factor, max(ends)),
        "labels": _labels(assessment, factor),
        "unit_name": unit_name,
        # A share does not begin at zero, unless all there is to show is one height.
        "from_zero": assessment.commitment["kind"] not in ("share", "benchmark") or max(ends) == min(ends),
        "first": min([*history["t"], points[0][0] if points else 2023.0]) - _TICK,
    }


def _goal_points(assessment: Assessment, factor: float) -> pd.DataFrame:
    described = trajectory_table.about(assessment)
    rows = [
        (
            t - _TICK,
            value * factor,
            words.target_value(
                words.moment(t, described["basis"]),
                words.quantity(value, described["unit"], trajectory_table.decimals_of(value)),
            ),
        )
        for t, value in trajectory_table.goals(assessment)
    ]
    return pd.DataFrame(rows, columns=["x", "y", "said"])


def _history(assessment: Assessment, factor: float) -> pd.DataFrame:
    """Points of the history; a line joins what compares: never bounds, never in-year figures of steps."""
    series = assessment.series
    in_year = ~series["t"].map(assessment.target.compares).astype(bool)
    return pd.DataFrame(
        {
            "x": series["t"] - _TICK,
            "y": series["value"] * factor,
            "qualifier": series["qualifier"],
            "status": series["status"],
            "series": words.say("history"),
            "segment": (series["status"] == "B").cumsum(),
            "in_year": in_year,
            "joined": ~series["qualifier"].isin(theme.BOUNDS) & ~in_year,
            "said": [words.value(row) for row in series.itertuples()],
        }
    )


def _outlook(assessment: Assessment, factor: float) -> pd.DataFrame:
    ends, latest, due_t = assessment.outlook.ends, assessment.outlook.latest, assessment.target.due_t
    if ends is None or latest is None or due_t is None:
        return pd.DataFrame(columns=["x", "y", "low", "high"])
    rows = [
        (latest.t - _TICK, latest.value, latest.value, latest.value),
        (due_t - _TICK, *ends),
    ]
    frame = pd.DataFrame(rows, columns=["x", "y", "low", "high"])
    return frame.assign(**{name: frame[name] * factor for name in ("y", "low", "high")})


def _labels(assessment: Assessment, factor: float) -> pd.DataFrame:
    """Texts beside the points that matter, the higher of two at one date above its point."""
    target, latest = assessment.target, assessment.to_date.latest
    described = trajectory_table.about(assessment)
    unit, decimals = described["unit"], int(described["decimals"])
    rows = [
        (t, v, theme.label(v, unit, factor, trajectory_table.decimals_of(v)), theme.PLAN)
        for t, v in trajectory_table.goals(assessment)
    ]
    if latest is not None:
        seen = assessment.series[assessment.series["t"] == latest.t].iloc[-1]
        places = words.decimals(seen, described)
        text = theme.label(latest.value, unit, factor, places)
        rows.append((latest.t, latest.value, words.shown(text, latest.qualifier), theme.CITY))
    if assessment.outlook.projected is not None and target.due_t is not None:
        projected = assessment.outlook.projected
        places = words.computed_decimals(projected, decimals)
        text = theme.label(projected, unit, factor, places)
        rows.append((target.due_t, projected, text, theme.CITY))
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
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[first - 0.2, 2027.7], nice=False),
        axis=alt.Axis(values=years, format="d", title=None),
    )
    y = alt.Y("y:Q", scale=alt.Scale(zero=layers["from_zero"]), axis=alt.Axis(title=layers["unit_name"]))
    return x, y


def _entries(layers: dict) -> list[key.Entry]:
    """What is drawn, in the order of the key: one point makes no line and no area."""
    history, outlook = layers["history"], len(layers["outlook"]) > 1
    found = []
    if layers["joined"]:
        found.append(key.line(words.say("history"), *_LINES["history"], dotted=True))
    found += key.observed_entry(history, theme.CITY)
    if len(layers["path"]) > 1:
        found.append(key.line(words.say("path"), *_LINES["path"]))
    if len(layers["goals"]):
        found.append(key.point(_target(), "diamond", theme.PLAN))
    found += key.derived_entries(layers["clues"]["side"])
    if outlook:
        found += [key.line(words.say("outlook"), *_LINES["outlook"]), key.area(_range(), theme.RANGE)]
    return found


def _target() -> str:
    return words.say("goal")


def _range() -> str:
    return words.pick("最慢一段到最快一段", "slowest to fastest stretch")


def _lines(layers: dict, x: alt.X, y: alt.Y, key: dict) -> list[alt.Chart]:
    look, drawn = (key["Stroke"], key["StrokeDash"]), []
    if len(layers["outlook"]) > 1:
        drawn.append(
            alt.Chart(layers["outlook"].assign(series=_range()))
            .mark_area(aria=False)
            .encode(x, alt.Y("low:Q"), key["Fill"], y2=alt.Y2("high:Q"))
        )
    for name in ("path", "outlook"):
        if len(layers[name]) > 1:
            drawn.append(
                alt.Chart(layers[name].assign(series=words.say(name)))
                .mark_line(strokeWidth=1.8, aria=False)
                .encode(x, y, *look)
            )
    if layers["joined"]:
        joined = layers["history"][layers["history"]["joined"]]
        drawn.append(
            alt.Chart(joined)
            .mark_line(strokeWidth=2.4, aria=False)
            .encode(x, y, *look, alt.Detail("segment:N"))
        )
    return drawn


def _points(layers: dict, x: alt.X, y: alt.Y, key: dict) -> list[alt.Chart]:
    said = alt.Description("said:N")
    goals = alt.Chart(layers["goals"].assign(series=_target())).mark_point(
        shape="diamond", size=_DIAMOND, opacity=1, stroke=None
    )
    return [
        goals.encode(x, y, said, key["Shape"], key["Fill"]),
        *theme.observed(layers["history"], x, y, said, color=theme.CITY),
    ]


def _texts(layers: dict, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    drawn = []
    for (above, color), frame in layers["labels"].groupby(["above", "color"]):
        mark = alt.Chart(frame).mark_text(
            align="center",
            dy=-13 if above else 17,
            color=color,
            fontWeight="bold",
            stroke="white",
            strokeWidth=3,
            strokeOpacity=0.85,
            aria=False,
        )
        clean = alt.Chart(frame).mark_text(
            align="center", dy=-13 if above else 17, color=color, fontWeight="bold", aria=False
        )
        drawn += [chart.encode(x, y, text=alt.Text("text:N")) for chart in (mark, clean)]
    return drawn


def _draw(layers: dict, width: str) -> alt.LayerChart:
    x, y = _axes(layers, width)
    entries = key.channels("series", _entries(layers), width)
    parts = _lines(layers, x, y, entries) + _points(layers, x, y, entries)
    parts += clues.layers(layers["clues"], x, y, width) + _texts(layers, x, y)
    return cast(alt.LayerChart, alt.layer(*parts)).properties(
        width=theme.pixels(width),
        height=_HEIGHT[width],
        padding={"left": 5, "right": 12, "top": 5, "bottom": 5},
    )


def _alt(assessment: Assessment, title: str) -> str:
    """Say what the chart shows, from its own data."""
    described = trajectory_table.about(assessment)
    series, unit, decimals = assessment.series, described["unit"], int(described["decimals"])
    parts = [title]
    if len(series) == 1:
        only = series.iloc[0]
        parts.append(
            words.pick("{}{}", "{1} in {0}").format(words.period(only["period"]), card.said(only, unit))
        )
    elif len(series):
        first, last = series.iloc[0], series.iloc[-1]
        parts.append(
            words.pick("从{}的{}到{}的{}", "from {1} in {0} to {3} in {2}").format(
                words.period(first["period"]),
                card.said(first, unit),
                words.period(last["period"]),
                card.said(last, unit),
            )
        )
    for t, value in trajectory_table.goals(assessment):
        parts.append(
            words.pick("{}目标{}", "target for {}: {}").format(
                words.moment(t, described["basis"]),
                words.quantity(value, unit, trajectory_table.decimals_of(value)),
            )
        )
    parts += _beside_path(assessment) + _ahead(assessment, unit, decimals) + clues.told(assessment)
    return words.say("semicolon").join(parts) + words.say("stop").strip()


def _beside_path(assessment: Assessment) -> list[str]:
    """Say on which side of the path the latest point stands, where its value can tell."""
    mark, latest = assessment.to_date, assessment.to_date.latest
    if latest is None or mark.required is None or latest.qualifier != "exact":
        return []
    if not assessment.target.compares(latest.t):
        return []
    if latest.t <= assessment.target.baseline_t:
        return []
    if latest.value == mark.required:
        return [words.pick("最新的点在计划路径上", "the latest point is on the plan's path")]
    if latest.value > mark.required:
        return [words.pick("最新的点在计划路径上方", "the latest point is above the plan's path")]
    return [words.pick("最新的点在计划路径下方", "the latest point is below the plan's path")]


def _ahead(assessment: Assessment, unit: str, decimals: int) -> list[str]:
    """Say where the recent pace leads, and within which range."""
    outlook = assessment.outlook
    if outlook.ends is None:
        return []
    said = [words.quantity(value, unit, words.computed_decimals(value, decimals)) for value in outlook.ends]
    return [
        words.pick(
            "按近年步伐，到期约{}，按最慢一段到最快一段是{}至{}",
            "at the recent pace {} when due, between {} and {} at the slowest and the fastest stretch",
        ).format(*said)
    ]
