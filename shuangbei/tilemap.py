"""Chart form: the districts and counties as equal squares, which shows no boundaries."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd
import shapely

from shuangbei import map_layers, map_page, spatial, wording
from shuangbei.map_classes import classify, legend
from shuangbei.map_grammar import Grammar

# Pixels of a square with the gap beside it, and of the gap.
_SQUARES = {"wide": 66, "narrow": 36}
_GAP = 2
_LEGEND_WIDE = (612, 330)


def draw(
    frame: pd.DataFrame, width: str, *, grammar: Grammar, title: str = "",
    notes: Sequence[str] = (),
) -> alt.LayerChart:
    """
    Draw the units of one vintage as squares of one size, about where they lie.

    The smallest district is as easy to see and to hit as the largest, and nothing on the
    picture is a boundary.

    Parameters
    ----------
    frame : pandas.DataFrame
        From :func:`shuangbei.spatial.join`; the geometry is not used.
    width : str
        ``wide`` (720 px, legend at the right) or ``narrow`` (328 px, legend above).
    grammar : Grammar
        From :mod:`shuangbei.map_grammar`.
    title : str
        Above the coverage line; empty where the page prints the title itself.
    notes : sequence of str
        Lines at the foot; the method and the divisions follow.

    Returns
    -------
    altair.LayerChart
        Every part at a fixed place in pixels.

    Raises
    ------
    ValueError
        If ``width`` is neither, or a value has no class.
    """
    if width not in _SQUARES:
        raise ValueError(f"width {width!r}: use {' or '.join(_SQUARES)}")
    entries = legend(frame, grammar)
    form = _form(width, -(-len(entries) // 2) + (not grammar.best_first), frame)
    squares = _squares(classify(frame, grammar), width, form.map_top)
    swatches, key = map_layers.legend_marks(entries, form, map_layers.unit_words(grammar))
    names = [word for row in squares.itertuples() for word in _words(row, width, grammar)]
    hatched = [*squares["shape"][~squares["known"]],
               *(shape for shape, _, known in swatches if not known)]
    foot = map_layers.foot_lines(frame["vintage"].iloc[0], [*notes, grammar.method, _told()], form,
                                 boundaries=False)
    layers = [
        map_layers.filled([(shape, fill) for shape, fill, _ in swatches]),
        _units(squares),
        map_layers.lines(map_page.hatch(hatched, [map_page.text_box(name) for name in names]),
                         map_layers.HATCH, 0.8),
        map_layers.texts([*key, *foot], "left"),
        map_layers.texts(names, "center"),
    ]
    height = form.foot + map_layers.FOOT_LINE * len(foot) - 6
    return map_layers.compose(layers, frame, (form.width, height), title)


def _told() -> str:
    return wording.pick("方格示意图：每个区县一格，只表示大致方位",
                        "Tile map: one square each, about where it lies")


def _form(width: str, lines: int, frame: pd.DataFrame) -> map_page.Form:
    """The layout: squares, then the foot; the legend stands beside or above them."""
    rows = int(spatial.tiles(frame["vintage"].iloc[0])["row"].max()) + 1
    whole = map_page.form(width, lines)
    top = 0 if width == "wide" else whole.map_top
    foot = top + rows * _SQUARES[width] + 14
    legend = _LEGEND_WIDE if width == "wide" else whole.legend
    return map_page.Form(whole.width, top, whole.inset, legend, whole.legend_columns, foot, True)


def _squares(rows: pd.DataFrame, width: str, top: int) -> pd.DataFrame:
    """The units with their squares in pixels."""
    side = _SQUARES[width]
    laid = rows.drop(columns="geometry").merge(spatial.tiles(rows["vintage"].iloc[0]), on="geo_id",
                                               validate="1:1")
    x, y = laid["column"] * side, top + laid["row"] * side
    return laid.assign(shape=shapely.box(x, y, x + side - _GAP, y + side - _GAP))


def _units(squares: pd.DataFrame) -> alt.Chart:
    """The squares, each with what the map says of its unit."""
    titles = {"name": wording.pick("区县", "District"), "shown": wording.say("value"),
              "when": wording.say("period")}
    features = [{"type": "Feature", "properties": facts,
                 "geometry": shapely.geometry.mapping(shape)}
                for facts, shape in zip(map_layers.facts(squares), squares["shape"], strict=True)]
    return map_layers.shapes(features).encode(
        fill=alt.Fill("properties.fill:N", scale=None), description="properties.text:N",
        tooltip=[alt.Tooltip(f"properties.{field}:N", title=name) for field, name in titles.items()])


def _words(row: object, width: str, grammar: Grammar) -> list[map_page.Words]:
    """Name and, where it is a number, the figure in a square; as large as they fit."""
    value = [row.short] if row.known and not grammar.best_first else []
    colour = "#ffffff" if row.fill in map_layers.DARKEST else map_layers.NAME
    name = map_layers.short(row.name)
    found = map_page.names(row.shape, [name, *value], colour)
    if found:
        return found
    left, top, right, bottom = row.shape.bounds
    parts = _halves(name)
    middle = (top + bottom) / 2 - (len(parts) - 1) * 4.5
    return [map_page.Words((left + right) / 2, middle + 9 * i, part, 8, colour, "center")
            for i, part in enumerate(parts)]


def _halves(name: str) -> list[str]:
    """Break a name that is too long for its square in two, at a hyphen of its own if need be."""
    if len(name) <= 7:
        return [name]
    half = (len(name) + 1) // 2
    return [name[:half] + "-", name[half:]]
