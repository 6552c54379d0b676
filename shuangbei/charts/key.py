"""The key of a chart: one entry for each kind of mark that is drawn, with its symbol; no data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import altair as alt

from shuangbei import pictures, words
from shuangbei.charts import theme

_NOTHING, _WHOLE = "transparent", (1, 0)
_LETTERS, _GAP, _SIZE = 13, 14, 420
# Symbols are drawn inside a box from -1 to 1; lines and areas fill it, points are smaller.
_LINE, _AREA = "M-1,0L1,0", "M-1,-0.6L1,-0.6L1,0.6L-1,0.6Z"
_CIRCLE = "M0.3,0A0.3,0.3,0,1,1,-0.3,0A0.3,0.3,0,1,1,0.3,0Z"
_BOX = "M-0.5,-0.3L0.5,-0.3L0.5,0.3L-0.5,0.3Z"
_ARROWS = {
    "up": "M-0.5,0.6L0.5,0.6M0,0.6L0,-0.1M-0.3,-0.1L0,-0.7L0.3,-0.1Z",
    "down": "M-0.5,-0.6L0.5,-0.6M0,-0.6L0,0.1M-0.3,0.1L0,0.7L0.3,0.1Z",
}
_POINTS = {
    "circle": _CIRCLE,
    "diamond": "M0,-0.6L0.6,0L0,0.6L-0.6,0Z",
    "triangle-up": "M0,-0.5L0.5,0.4L-0.5,0.4Z",
    "triangle-down": "M0,0.5L0.5,-0.4L-0.5,-0.4Z",
    "cross": "M-0.5,-0.17H-0.17V-0.5H0.17V-0.17H0.5V0.17H0.17V0.5H-0.17V0.17H-0.5Z",
    "square": "M-0.4,-0.4L0.4,-0.4L0.4,0.4L-0.4,0.4Z",
}


@dataclass(frozen=True)
class Entry:
    """A symbol and its name; ``stroke`` and ``fill`` are colours, ``dash`` is that of a line."""

    name: str
    symbol: str
    stroke: str = _NOTHING
    fill: str = _NOTHING
    dash: tuple[int, int] = _WHOLE


def line(name: str, color: str, dash: tuple[int, int], *, dotted: bool = False) -> Entry:
    """Return the entry of a line; a ``dotted`` one carries the points that it joins."""
    symbol = _LINE + _CIRCLE if dotted else _LINE
    return Entry(name, symbol, color, color if dotted else _NOTHING, dash)


def area(name: str, color: str) -> Entry:
    """Return the entry of a coloured area without an outline."""
    return Entry(name, _AREA, fill=color)


def point(name: str, shape: str, color: str, *, is_open: bool = False) -> Entry:
    """Return the entry of points of one shape, filled or open."""
    return Entry(name, _POINTS[shape], color, "#ffffff" if is_open else color)


def derived_entries(sides: Iterable[str]) -> list[Entry]:
    """
    Entries of the clues: hollow, and never named as if they were published.

    Parameters
    ----------
    sides : iterable of str
        ``both`` for a range with two ends, ``low`` or ``high`` for one that has that end alone.
    """
    looks = {
        "both": (words.pick("本站推得的范围，非公布数", "range derived here, not published"), _BOX),
        "low": (
            words.pick("本站推得的下限，非公布数", "lower bound derived here, not published"),
            _ARROWS["up"],
        ),
        "high": (
            words.pick("本站推得的上限，非公布数", "upper bound derived here, not published"),
            _ARROWS["down"],
        ),
    }
    drawn = set(sides)
    return [Entry(*look, theme.CITY, "#ffffff") for side, look in looks.items() if side in drawn]


def observed_entry(points, color: str) -> list[Entry]:
    """
    Entries of the published values that :func:`shuangbei.charts.observed` draws as open marks.

    Parameters
    ----------
    points : pandas.DataFrame
        Columns ``qualifier`` and ``status``; perhaps ``in_year``.
    """
    names = {
        "over": words.pick("公开的下限（实际更多）", "published lower bound"),
        "nearly": words.pick("公开的上限（实际更少）", "published upper bound"),
        "about": words.pick("公开的约数", "published approximation"),
        "estimate": words.pick("公开的预计值", "published estimate"),
        "exact": words.pick("公开的初步数", "published, provisional"),
        "in_year": words.pick("年内数，与年底数不可比", "in-year, not like year-end figures"),
    }
    points = points.assign(in_year=points.get("in_year", False))
    kinds = dict.fromkeys(
        "in_year" if in_year and qualifier == "exact" else qualifier
        for qualifier, status, in_year in zip(
            points["qualifier"], points["status"], points["in_year"], strict=True
        )
        if qualifier != "exact" or status == "P" or in_year
    )
    return [point(names[kind], theme.SHAPES[kind], color, is_open=True) for kind in kinds]


def columns(entries: list[Entry], width: str) -> int:
    """Columns of the key: three on wide screens; two on narrow ones where the names have room."""
    if width == "wide":
        return 3
    wide = [pictures.width(one.name, _LETTERS) + _SIZE**0.5 + _GAP for one in entries]
    return 2 if max(wide[::2]) + max(wide[1::2], default=0) <= theme.pixels(width) + 12 else 1


def channels(field: str, entries: list[Entry], width: str) -> dict[str, alt.SchemaBase]:
    """
    Channels that marks of a field are drawn by; together they make one key with all entries.

    Parameters
    ----------
    field : str
        Column that holds the names of the entries.
    entries : list of Entry
        In the order of the key.
    width : str
        ``wide`` or ``narrow``.

    Returns
    -------
    dict
        ``stroke`` and ``strokeDash`` for lines, ``fill`` for areas, ``shape`` and ``fill`` for
        points; a point of a key's symbol is as large as the symbol at size 420.
    """
    legend = alt.Legend(
        symbolStrokeWidth=2,
        symbolSize=_SIZE,
        symbolOpacity=1,
        offset=34,
        columns=columns(entries, width),
        labelLimit=300,
    )
    names = [one.name for one in entries]
    looks: dict[Any, list[Any]] = {
        alt.Stroke: [one.stroke for one in entries],
        alt.StrokeDash: [list(one.dash) for one in entries],
        alt.Fill: [one.fill for one in entries],
        alt.Shape: [one.symbol for one in entries],
    }
    return {
        channel.__name__: channel(f"{field}:N", legend=legend, scale=alt.Scale(domain=names, range=values))
        for channel, values in looks.items()
    }
