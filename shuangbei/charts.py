"""How charts of this site look, and how a chart carries its identity; one figure per call."""

from __future__ import annotations

import os
from collections.abc import Callable

import altair as alt
import pandas as pd

from shuangbei import load, magnitudes, paths, practice, printed, render, wording
from shuangbei.literal import Literal

WIDE, NARROW = 720, 340
FONT = ('"Noto Sans SC", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", '
        '"Noto Sans CJK SC", "Source Han Sans SC", sans-serif')
INK, QUIET, GRID = "#1c2733", "#52606d", "#e3e8ee"
CITY, NATION, PLAN = "#14508c", "#8a5a00", "#6b7785"
RANGE = "#c9dcef"
BOUNDS = ("over", "nearly")
SHAPES = {"exact": "circle", "over": "triangle-up", "nearly": "triangle-down",
           "about": "square", "estimate": "square"}

alt.data_transformers.disable_max_rows()


@alt.theme.register("shuangbei", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    """Charts of a printed report: no frame, few lines, labels in ink, horizontal grid only."""
    labels = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 13, "titleFontSize": 13,
              "labelColor": QUIET, "titleColor": QUIET, "titleFontWeight": "normal"}
    return {"config": {
        "background": "#ffffff",
        "font": FONT,
        "view": {"stroke": None},
        "axis": {**labels, "gridColor": GRID, "domainColor": PLAN, "tickColor": PLAN},
        "axisY": {"domain": False, "ticks": False, "titleAngle": 0, "titleAlign": "left",
                  "titleAnchor": "end", "titleY": -14, "titleX": -2, "tickCount": 5},
        "axisX": {"grid": False, "labelFlush": False},
        "legend": {**labels, "orient": "top", "symbolSize": 110, "title": None},
        "text": {"font": FONT, "fontSize": 13, "color": INK},
        "header": labels,
    }}


def _bundle(spec: dict, **_: object) -> dict:
    """Show a chart: its specification for the site and, outside a build, a picture to look at."""
    shown = {"application/vnd.vegalite.v6+json": spec}
    if not os.environ.get("SHUANGBEI_BUILD"):
        wide = {key: value for key, value in spec.items() if key != "usermeta"}
        shown["image/svg+xml"] = render.svg(wide)
    return shown


alt.renderers.register("shuangbei", _bundle)
if os.environ.get("SHUANGBEI_RENDERER") != "stock":
    alt.renderers.enable("shuangbei")


def display_scale(largest: float, unit: str) -> tuple[float, str]:
    """
    Factor and unit name for an axis: 万家 in Chinese, CNY billion in English, as they are read.

    Examples
    --------
    >>> display_scale(86000, "enterprise")
    (0.0001, '万家')
    """
    if paths.language() == "zh" and unit == "enterprise" and largest >= 20000:
        return 1e-4, load.label("units", "enterprise_10k")
    headed = magnitudes.heading(unit) if paths.language() == "en" else None
    return (10.0 ** headed[0] if headed else 1.0), wording.column(unit)


def label(value: float, unit: str, factor: float, decimals: int, short: int = 2) -> str:
    """
    The number beside a point or a bar, in the unit of the axis.

    Parameters
    ----------
    value : float
        In ``unit``.
    factor : float
        From :func:`display_scale`.
    decimals : int
        Decimal places that the number carries in ``unit``.
    short : int
        Decimal places of a number in 万.
    """
    if paths.language() == "zh" and factor != 1:
        return wording.number(value * factor, short)
    return wording.cell(value, unit, decimals)


def identity(chart_id: str, title: str, alt_text: str, table: pd.DataFrame, unit: str,
             source_ids: list[str]) -> dict:
    """
    What a chart carries with it, so that the site can caption, describe and tabulate it.

    Parameters
    ----------
    chart_id : str
        Address of the figure, kebab case, unique on the site.
    table : pandas.DataFrame
        The data of the chart as people read them: labelled columns, formatted cells.
    source_ids : list of str
        Rows of ``sources.csv``.
    """
    names = load.sources(source_ids)
    told = table.astype(str)
    # A column that says nothing in any row, such as notes that nobody made, is left out.
    told = told[[name for name in told.columns if table.empty or told[name].ne("").any()]]
    return {
        "id": chart_id, "title": practice.told(title), "alt": practice.told(alt_text),
        "unit": unit, "source_ids": source_ids,
        "publishers": list(dict.fromkeys(_publisher(row) for _, row in names.iterrows())),
        "table": {"columns": list(told.columns), "rows": told.values.tolist()},
        "edition": load.edition()["edition"],
    }


def _publisher(source: pd.Series) -> str:
    second_hand = wording.pick("（转引）", " (quoted at second hand)")
    return source["publisher"] + (second_hand if source["tier"] == "copy" else "")


def figure(draw: Callable[[str], alt.TopLevelMixin], card: dict) -> alt.TopLevelMixin:
    """
    A chart for wide and narrow screens that carries its identity.

    Parameters
    ----------
    draw : callable
        ``draw("wide")`` and ``draw("narrow")`` return the two forms.
    card : dict
        From :func:`identity`.

    Returns
    -------
    altair chart
        The wide form; ``usermeta`` holds ``card`` and the specification of the narrow form.
    """
    wide, narrow = (_marked(draw(width)).properties(description=card["alt"])
                    for width in ("wide", "narrow"))
    return wide.properties(usermeta={**card, "narrow": Literal(narrow.to_dict())})


def _marked(chart: alt.TopLevelMixin) -> alt.TopLevelMixin:
    """In a practice edition the chart under the words that its figures are no real ones."""
    if not load.is_practice():
        return chart
    own = chart.title.to_dict() if isinstance(chart.title, alt.TitleParams) else {}
    said = [line for key in ("text", "subtitle") for line in _lines(own.get(key, []))]
    below = {"subtitle": said, "subtitleFontSize": 13, "subtitleColor": INK} if said else {}
    warning = {"text": practice.mark(), "fontSize": 15, "color": practice.COLOUR}
    return chart.properties(title=alt.Title(**{"anchor": "start", **own, **below, **warning}))


def _lines(words: str | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else words


def observed(points: pd.DataFrame, *channels, color: str | None = None) -> list[alt.Chart]:
    """
    The marks of published values: exact, final ones filled, all others open.

    A lower bound is a triangle that points up, an upper bound one that points down, estimates
    and approximate figures are squares.

    Parameters
    ----------
    points : pandas.DataFrame
        Columns ``qualifier``, ``status`` and whatever ``channels`` encode.
    *channels : altair channels
        Position, and colour where it is not the fixed ``color``.
    """
    drawn = []
    for (qualifier, status), frame in points.groupby(["qualifier", "status"]):
        exact = qualifier == "exact" and status != "P"
        look = {"filled": True, "size": 46} if exact else {
            "fill": "#ffffff", "size": 90, "strokeWidth": 1.8}
        fixed = {"color": color} if color else {}
        drawn.append(alt.Chart(frame).mark_point(shape=SHAPES[qualifier], opacity=1, **look,
                                                 **fixed).encode(*channels))
    return drawn


def pixels(width: str) -> int:
    """Return the width of the plot, without its axis, of a ``wide`` or ``narrow`` form."""
    return (WIDE if width == "wide" else NARROW) - 70


def table(series: pd.DataFrame, unit_name: str) -> pd.DataFrame:
    """
    The table behind a chart of published values: period, value, kind of figure, source.

    Parameters
    ----------
    series : pandas.DataFrame
        Rows of :func:`shuangbei.load.observations` of one indicator and area.
    """
    about = load.indicator(series["indicator_id"].iloc[0])
    rows = list(series.itertuples())
    return pd.DataFrame({
        wording.say("period"): series["period"].map(wording.period),
        wording.headed(wording.say("value"), unit_name):
            [printed.cell(row, about) for row in rows],
        wording.say("qualifier"): [printed.kind(row) for row in rows],
        wording.say("sources"): series["source_id"],
    })


def said(row, unit: str) -> str:
    """Return the value with its unit and the word that makes it a bound or an estimate."""
    about = load.indicator(row.indicator_id)
    return wording.qualified(row.value, unit, row.qualifier, printed.places(row, about))
