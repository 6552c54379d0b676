"""Sizes, colours, type and axes that all charts share, and the theme that Altair is given."""

from __future__ import annotations

import os
from typing import Any

import altair as alt
import pandas as pd

from shuangbei import load, paths, pictures, words

WIDE, NARROW = 720, 340
FONT = (
    '"Noto Sans SC", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", '
    '"Noto Sans CJK SC", "Source Han Sans SC", sans-serif'
)
INK, QUIET, GRID = "#1c2733", "#52606d", "#e3e8ee"
CITY, NATION, PLAN = "#14508c", "#8a5a00", "#6b7785"
RANGE = "#c9dcef"
BOUNDS = ("over", "nearly")
SHAPES = {
    "exact": "circle",
    "over": "triangle-up",
    "nearly": "triangle-down",
    "about": "square",
    "estimate": "square",
    "in_year": "cross",
}


@alt.theme.register("shuangbei", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    """Charts of a printed report: no frame, few lines, labels in ink, horizontal grid only."""
    labels: Any = {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "labelColor": QUIET,
        "titleColor": QUIET,
        "titleFontWeight": "normal",
    }
    return {
        "config": {
            "background": "#ffffff",
            "font": FONT,
            "view": {"stroke": None},
            "axis": {**labels, "gridColor": GRID, "domainColor": PLAN, "tickColor": PLAN},
            "axisY": {
                "domain": False,
                "ticks": False,
                "titleAngle": 0,
                "titleAlign": "left",
                "titleAnchor": "end",
                "titleY": -14,
                "titleX": -2,
                "tickCount": 5,
            },
            "axisX": {"grid": False, "labelFlush": False},
            "legend": {**labels, "orient": "top", "symbolSize": 110, "title": None},
            "text": {"font": FONT, "fontSize": 13, "color": INK},
            "header": labels,
        }
    }


def bundle(spec: dict, **_: object) -> dict:
    """Show a chart: its specification for the site and, outside a build, a picture to look at."""
    shown: dict[str, Any] = {"application/vnd.vegalite.v6+json": spec}
    if not os.environ.get("SHUANGBEI_BUILD"):
        wide = {key: value for key, value in spec.items() if key != "usermeta"}
        shown["image/svg+xml"] = pictures.svg(wide)
    return shown


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
    headed = words.heading(unit) if paths.language() == "en" else None
    return (10.0 ** headed[0] if headed else 1.0), words.column(unit)


def label(value: float | None, unit: str, factor: float, decimals: int, short: int = 2) -> str:
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
    if value is not None and paths.language() == "zh" and factor != 1:
        return words.number(value * factor, short)
    return str(words.cell(value, unit, decimals))


def observed(points: pd.DataFrame, *channels, color: str | None = None) -> list[alt.Chart]:
    """
    The marks of published values: exact, final ones filled, all others open.

    A lower bound is a triangle that points up, an upper bound one that points down, estimates
    and approximate figures are squares, in-year figures of what compares only at year-ends crosses.

    Parameters
    ----------
    points : pandas.DataFrame
        Columns ``qualifier``, ``status`` and whatever ``channels`` encode; perhaps ``in_year``.
    *channels : altair channels
        Position, and colour where it is not the fixed ``color``.
    """
    drawn = []
    points = points.assign(in_year=points.get("in_year", False))
    for (qualifier, status, in_year), frame in points.groupby(["qualifier", "status", "in_year"]):
        exact = qualifier == "exact" and status != "P" and not in_year
        look: dict[str, Any] = (
            {"filled": True, "size": 46} if exact else {"fill": "#ffffff", "size": 90, "strokeWidth": 1.8}
        )
        fixed: dict[str, Any] = {"color": color} if color else {}
        shape = SHAPES["in_year" if in_year and qualifier == "exact" else str(qualifier)]
        drawn.append(
            alt.Chart(frame.drop(columns="in_year"))
            .mark_point(shape=shape, opacity=1, **look, **fixed)
            .encode(*channels)
        )
    return drawn


def pixels(width: str) -> int:
    """Return the width of the plot, without its axis, of a ``wide`` or ``narrow`` form."""
    return (WIDE if width == "wide" else NARROW) - 70
