"""Series as lines, and a series against the nation's; one unit, one axis, marks that tell bounds apart."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import altair as alt
import pandas as pd

from shuangbei import load, periods, words
from shuangbei.charts import card, theme

if TYPE_CHECKING:
    from shuangbei.measures import Assessment

COLORS = [theme.CITY, theme.NATION, "#4d7c0f", "#8b3a62"]
HEIGHT = {"wide": 300, "narrow": 270}


def lines(
    chart_id: str, title: str, *series: pd.DataFrame, by: str = "indicator", from_zero: bool = True
) -> alt.TopLevelMixin:
    """
    Lines through published values; bounds and estimates are open marks, as everywhere.

    Parameters
    ----------
    chart_id : str
        Address of the figure.
    title : str
        Title in the language of the run.
    *series : pandas.DataFrame
        One to four frames of :func:`shuangbei.load.series`, all in one unit, not empty.
    by : str
        Column that names a line: ``indicator`` or ``geo``.
    from_zero : bool
        Whether the axis begins at zero; False only for shares and intensities.

    Raises
    ------
    ValueError
        If the frames differ in unit, or one is empty.
    """
    unit = _one_unit(series)
    together = pd.concat(series, ignore_index=True)
    factor, unit_name = theme.display_scale(together["value"].max(), unit)
    points = points_of(together, by, factor)
    order = [words.drawn(frame[by].iloc[0]) for frame in series]
    made = card.identity(
        chart_id,
        title,
        _alt(series, title, by),
        _table(series, by, unit),
        unit_name,
        list(dict.fromkeys(together["source_id"])),
    )
    return card.figure(partial(draw, points, order, unit_name, from_zero), made)


def points_of(together: pd.DataFrame, by: str, factor: float = 1.0) -> pd.DataFrame:
    """
    Points of lines: bounds are not joined, and a break in a series interrupts its line.

    Parameters
    ----------
    together : pandas.DataFrame
        Rows of :func:`shuangbei.load.observations`.
    by : str
        Column that names a line.
    factor : float
        From base units to the units of the axis.
    """
    return pd.DataFrame(
        {
            "x": together["t"] - 1,
            "y": together["value"] * factor,
            "name": together[by].map(words.drawn),
            "qualifier": together["qualifier"],
            "status": together["status"],
            "joined": ~together["qualifier"].isin(theme.BOUNDS),
            "segment": (together["status"] == "B").groupby(together[by]).cumsum(),
            "said": [words.observed(getattr(row, by), words.value(row)) for row in together.itertuples()],
        }
    )


def _one_unit(series: tuple[pd.DataFrame, ...]) -> str:
    if any(frame.empty for frame in series):
        raise ValueError("a line without values cannot be drawn; leave it out and say why")
    units = {load.indicator(frame["indicator_id"].iloc[0])["unit"] for frame in series}
    if len(units) > 1:
        raise ValueError(f"lines of different units in one chart: {', '.join(sorted(units))}")
    return units.pop()


def _table(series: tuple[pd.DataFrame, ...], by: str, unit: str) -> pd.DataFrame:
    parts = [card.table(frame, words.column(unit)) for frame in series]
    for part, frame in zip(parts, series, strict=True):
        part.insert(0, words.pick("项目", "Series"), frame[by].to_list())
    return pd.concat(parts, ignore_index=True)


def _alt(series: tuple[pd.DataFrame, ...], title: str, by: str) -> str:
    parts = [title]
    for frame in series:
        first, last = frame.iloc[0], frame.iloc[-1]
        unit = load.indicator(last["indicator_id"])["unit"]
        said = [card.said(row, unit) for row in (first, last)]
        parts.append(
            words.pick("{}：{}{}，{}{}", "{0}: {2} in {1}, {4} in {3}").format(
                last[by], words.period(first["period"]), said[0], words.period(last["period"]), said[1]
            )
        )
        parts += [
            _between(frame, which, unit)
            for which in ("idxmax", "idxmin")
            if getattr(frame["value"], which)() not in (first.name, last.name)
        ]
    return words.say("semicolon").join(parts) + words.say("stop").strip()


def _between(frame: pd.DataFrame, which: str, unit: str) -> str:
    """The highest or the lowest value of a line that lies between its ends."""
    row = frame.loc[getattr(frame["value"], which)()]
    texts = {"idxmax": ("最高是{}{}", "highest in {}: {}"), "idxmin": ("最低是{}{}", "lowest in {}: {}")}
    return words.pick(*texts[which]).format(words.period(row["period"]), card.said(row, unit))


def draw(
    points: pd.DataFrame,
    order: list[str],
    unit_name: str,
    from_zero: bool,
    width: str,
    extra: Callable[..., list[alt.Chart]] = lambda x, y, color: [],
) -> alt.LayerChart:
    """
    Draw the lines of :func:`points_of` in the order of their names.

    Parameters
    ----------
    extra : callable
        Given the channels x, y and colour, returns further layers.
    """
    x, y = axes(points, unit_name, from_zero, width)
    legend = (
        alt.Legend(columns=2 if width == "wide" else 1, offset=34, labelLimit=300 if width == "wide" else 290)
        if len(order) > 1
        else None
    )
    color = alt.Color("name:N", legend=legend, scale=alt.Scale(domain=order, range=COLORS[: len(order)]))
    joined = points[points["joined"]]
    parts = [
        alt.Chart(joined)
        .mark_line(strokeWidth=2.4, aria=False)
        .encode(x, y, color, detail=alt.Detail("segment:N"))
    ]
    parts += theme.observed(points, x, y, color, alt.Description("said:N"))
    return cast(alt.LayerChart, alt.layer(*parts, *extra(x, y, color))).properties(
        width=theme.pixels(width), height=HEIGHT[width]
    )


def axes(points: pd.DataFrame, unit_name: str, from_zero: bool, width: str) -> tuple[alt.X, alt.Y]:
    """Time axis with a tick at the end of each year, and a value axis named by its unit."""
    first, last = int(points["x"].min()), int(-(-points["x"].max() // 1))
    step = 1 if width == "wide" else 2
    years = [year for year in range(first, last + 1) if (last - year) % step == 0]
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[first - 0.2, last + 0.3], nice=False),
        axis=alt.Axis(values=years, format="d", title=None),
    )
    y = alt.Y("y:Q", scale=alt.Scale(zero=from_zero), axis=alt.Axis(title=unit_name))
    return x, y


def against_nation(assessment: Assessment, title: str) -> alt.TopLevelMixin:
    """
    Two lines, city and nation, over every period that either has published.

    Parameters
    ----------
    assessment : shuangbei.measures.Assessment
        Of a commitment of kind ``benchmark``.
    title : str
        Title in the language of the run.
    """
    indicator_id = assessment.commitment["indicator_id"]
    unit = load.label("units", load.indicator(indicator_id)["unit"])
    pair = [load.series(indicator_id, area) for area in (load.CITY, load.NATION)]
    together = pd.concat(pair, ignore_index=True)
    names = [frame["geo"].iloc[0] for frame in pair]
    latest = [frame.iloc[-1] for frame in pair]
    ends = pd.DataFrame(
        [(last["t"] - 1, last["value"], last["geo"], _shown(last)) for last in latest],
        columns=["x", "y", "name", "text"],
    )
    made = card.identity(
        assessment.commitment["commitment_id"],
        title,
        _alt_against(pair, title),
        _table_against(pair),
        unit,
        list(dict.fromkeys(together["source_id"])),
    )
    drawing = partial(draw, points_of(together, "geo"), names, unit, False, extra=partial(_labels, ends))
    return card.figure(drawing, made)


def _bare(row: pd.Series) -> str:
    return words.bare(row, load.indicator(row["indicator_id"]))


def _said(row: pd.Series) -> str:
    """The value as printed, with the word that makes it a bound, an estimate or provisional."""
    if row["status"] == "P" and row["qualifier"] == "exact":
        return words.pick("初步", "provisional ") + _bare(row)
    return words.signed(_bare(row), row["qualifier"])


def _shown(row: pd.Series) -> str:
    """Return :func:`_said` as a picture or a cell has room for it."""
    estimate = row["qualifier"] == "estimate"
    return words.shown(_bare(row), "estimate") if estimate else _said(row)


def _cell(row: pd.Series) -> words.Cell:
    decimals = words.decimals(row, load.indicator(row["indicator_id"]))
    return words.Cell(_bare(row), number=words.digits(row["value"], decimals)).among(_shown(row))


def _labels(ends: pd.DataFrame, x: alt.X, y: alt.Y, color: alt.Color) -> list[alt.Chart]:
    """The latest value of each line, away from the other line: above the higher, below the lower."""
    above, below = ends.nlargest(1, "y"), ends.nsmallest(1, "y")
    return [
        alt.Chart(frame)
        .mark_text(fontWeight="bold", aria=False, **place)
        .encode(x, y, color, text=alt.Text("text:N"))
        for frame, place in ((above, {"dy": -14}), (below, {"dy": 17, "dx": -2, "align": "left"}))
    ]


def _table_against(pair: list[pd.DataFrame]) -> pd.DataFrame:
    """Every period of either side; the gap where both are known."""
    city, nation = (frame.set_index("period") for frame in pair)
    codes = sorted({*city.index, *nation.index}, key=periods.time_of)
    rows = []
    for period in codes:
        sides: list[Any] = [frame.loc[period] if period in frame.index else None for frame in (city, nation)]
        gap = None if any(side is None for side in sides) else sides[0]["value"] - sides[1]["value"]
        said = [words.Cell(words.NOTHING, number="") if side is None else _cell(side) for side in sides]
        sources = words.sources_cell(side["source_id"] for side in sides if side is not None)
        rows.append([words.period_cell(period), *said, words.cell(gap, "percentage_point", 2), sources])
    return pd.DataFrame(
        rows,
        columns=[
            words.say("period"),
            words.headed(words.say("city"), "%"),
            words.headed(words.say("nation"), "%"),
            words.pick("相差（百分点）", "Gap (percentage points)"),
            words.say("sources"),
        ],
    )


def _alt_against(pair: list[pd.DataFrame], title: str) -> str:
    said = []
    for frame in pair:
        first, last = frame.iloc[0], frame.iloc[-1]
        said.append(
            words.pick("{0}{1}{2}%，{3}{4}%", "{0}: {2}% in {1}, {4}% in {3}").format(
                first["geo"],
                words.period(first["period"]),
                _said(first),
                words.period(last["period"]),
                _said(last),
            )
        )
    return words.say("semicolon").join([title, *said]) + words.say("stop").strip()
