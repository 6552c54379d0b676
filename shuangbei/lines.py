"""Published values over time for one or several indicators or areas, without any target."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import altair as alt
import pandas as pd

from shuangbei import charts, load, spoken, wording

COLORS = [charts.CITY, charts.NATION, "#4d7c0f", "#8b3a62"]
HEIGHT = {"wide": 300, "narrow": 270}


def lines(chart_id: str, title: str, *series: pd.DataFrame, by: str = "indicator",
          from_zero: bool = True) -> alt.TopLevelMixin:
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
    factor, unit_name = charts.display_scale(together["value"].max(), unit)
    points = points_of(together, by, factor)
    order = [wording.drawn(frame[by].iloc[0]) for frame in series]
    card = charts.identity(chart_id, title, _alt(series, title, by), _table(series, by, unit),
                           unit_name, list(dict.fromkeys(together["source_id"])))
    return charts.figure(partial(draw, points, order, unit_name, from_zero), card)


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
    return pd.DataFrame({
        "x": together["t"] - 1, "y": together["value"] * factor,
        "name": together[by].map(wording.drawn),
        "qualifier": together["qualifier"], "status": together["status"],
        "joined": ~together["qualifier"].isin(charts.BOUNDS),
        "segment": (together["status"] == "B").groupby(together[by]).cumsum(),
        "said": [spoken.of(getattr(row, by), spoken.value(row)) for row in together.itertuples()],
    })


def _one_unit(series: tuple[pd.DataFrame, ...]) -> str:
    if any(frame.empty for frame in series):
        raise ValueError("a line without values cannot be drawn; leave it out and say why")
    units = {load.indicator(frame["indicator_id"].iloc[0])["unit"] for frame in series}
    if len(units) > 1:
        raise ValueError(f"lines of different units in one chart: {', '.join(sorted(units))}")
    return units.pop()


def _table(series: tuple[pd.DataFrame, ...], by: str, unit: str) -> pd.DataFrame:
    parts = [charts.table(frame, wording.column(unit)) for frame in series]
    for part, frame in zip(parts, series, strict=True):
        part.insert(0, wording.pick("项目", "Series"), frame[by].to_list())
    return pd.concat(parts, ignore_index=True)


def _alt(series: tuple[pd.DataFrame, ...], title: str, by: str) -> str:
    parts = [title]
    for frame in series:
        first, last = frame.iloc[0], frame.iloc[-1]
        unit = load.indicator(last["indicator_id"])["unit"]
        said = [charts.said(row, unit) for row in (first, last)]
        parts.append(wording.pick("{}：{}{}，{}{}", "{0}: {2} in {1}, {4} in {3}").format(
            last[by], wording.period(first["period"]), said[0], wording.period(last["period"]),
            said[1]))
        parts += [_between(frame, which, unit) for which in ("idxmax", "idxmin")
                  if getattr(frame["value"], which)() not in (first.name, last.name)]
    return wording.say("semicolon").join(parts) + wording.say("stop").strip()


def _between(frame: pd.DataFrame, which: str, unit: str) -> str:
    """The highest or the lowest value of a line that lies between its ends."""
    row = frame.loc[getattr(frame["value"], which)()]
    words = {"idxmax": ("最高是{}{}", "highest in {}: {}"), "idxmin": ("最低是{}{}", "lowest in {}: {}")}
    return wording.pick(*words[which]).format(wording.period(row["period"]), charts.said(row, unit))


def draw(points: pd.DataFrame, order: list[str], unit_name: str, from_zero: bool, width: str,
         extra: Callable[..., list[alt.Chart]] = lambda x, y, color: []) -> alt.LayerChart:
    """
    Draw the lines of :func:`points_of` in the order of their names.

    Parameters
    ----------
    extra : callable
        Given the channels x, y and colour, returns further layers.
    """
    x, y = axes(points, unit_name, from_zero, width)
    legend = alt.Legend(columns=2 if width == "wide" else 1, offset=34,
                        labelLimit=300 if width == "wide" else 290) \
        if len(order) > 1 else None
    color = alt.Color("name:N", legend=legend,
                      scale=alt.Scale(domain=order, range=COLORS[:len(order)]))
    joined = points[points["joined"]]
    parts = [alt.Chart(joined).mark_line(strokeWidth=2.4, aria=False)
             .encode(x, y, color, detail="segment:N")]
    parts += charts.observed(points, x, y, color, alt.Description("said:N"))
    return alt.layer(*parts, *extra(x, y, color)).properties(
        width=charts.pixels(width), height=HEIGHT[width])


def axes(points: pd.DataFrame, unit_name: str, from_zero: bool,
         width: str) -> tuple[alt.X, alt.Y]:
    """Time axis with a tick at the end of each year, and a value axis named by its unit."""
    first, last = int(points["x"].min()), int(-(-points["x"].max() // 1))
    step = 1 if width == "wide" else 2
    years = [year for year in range(first, last + 1) if (last - year) % step == 0]
    x = alt.X("x:Q", scale=alt.Scale(domain=[first - 0.2, last + 0.3], nice=False),
              axis=alt.Axis(values=years, format="d", title=None))
    y = alt.Y("y:Q", scale=alt.Scale(zero=from_zero), axis=alt.Axis(title=unit_name))
    return x, y
