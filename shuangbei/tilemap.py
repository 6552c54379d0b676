"""Chart form: the districts and counties as equal squares, which shows no boundaries."""

from __future__ import annotations

import re
from collections.abc import Sequence

import altair as alt
import pandas as pd
import shapely

from shuangbei import lettering, map_layers, map_page, spatial, wording
from shuangbei.map_classes import classify, coverage_line, legend
from shuangbei.map_grammar import Grammar

# Pixels of a square with the gap beside it, and of the gap.
SIDES = {"wide": 66, "narrow": 36}
GAP = 2
# A whole name is no smaller than 10 px; one in two lines no smaller than 9.
_WHOLE, _BROKEN, _STEP = (12, 11, 10), (10, 9), 1.12
# Of a name in pinyin: initial, vowels, and n or ng unless they begin the next syllable.
_SYLLABLE = re.compile("(?:[zcs]h|[bcdfghjklmnpqrstwxyz])?[aeiou]+(?:ng?(?![aeiou]))?'?", re.I)
_LEGEND_WIDE = (612, 330)


def draw(
    frame: pd.DataFrame, width: str, *, grammar: Grammar, title: str = "",
    notes: Sequence[str] = (), line: str = "",
) -> alt.LayerChart:
    """
    Draw the units of one vintage as squares of one size, about where they lie.

    The smallest district is as easy to see and to hit as the largest, and nothing on the
    picture is a boundary.

    Parameters
    ----------
    frame : pandas.DataFrame
        From :func:`shuangbei.spatial.on_units`, or of ``join``: the geometry is not used.
    width : str
        ``wide`` (720 px, legend at the right) or ``narrow`` (328 px, legend above).
    grammar : Grammar
        From :mod:`shuangbei.map_grammar`.
    title : str
        Above the line; empty where the page prints the title itself.
    notes : sequence of str
        Lines at the foot; the method and the divisions follow.
    line : str
        What the map as a whole says; by default how many units have a public figure.

    Returns
    -------
    altair.LayerChart
        Every part at a fixed place in pixels.

    Raises
    ------
    ValueError
        If ``width`` is neither, or a value has no class.
    """
    if width not in SIDES:
        raise ValueError(f"width {width!r}: use {' or '.join(SIDES)}")
    entries = legend(frame, grammar)
    form = _form(width, -(-len(entries) // 2) + (not grammar.best_first), frame)
    placed = _laid(classify(frame, grammar), width, form.map_top)
    swatches, key = map_layers.legend_marks(entries, form, map_layers.unit_words(grammar))
    names = [word for row in placed.itertuples() for word in _words(row, width, grammar)]
    hatched = [*placed["shape"][~placed["known"]],
               *(shape for shape, _, known in swatches if not known)]
    foot = map_layers.foot_lines(frame["vintage"].iloc[0], [*notes, grammar.method, told()], form,
                                 boundaries=False)
    layers = [
        map_layers.filled([(shape, fill) for shape, fill, _ in swatches]),
        units(placed),
        map_layers.lines(map_page.hatch(hatched, [map_page.text_box(name) for name in names]),
                         map_layers.HATCH, 0.8),
        map_layers.texts([*key, *foot], "left"),
        map_layers.texts(names, "center"),
    ]
    height = form.foot + map_layers.FOOT_LINE * len(foot) - 6
    return map_layers.compose(layers, line or coverage_line(frame), (form.width, height), title)


def told() -> str:
    """Return the line that says what squares are."""
    return wording.pick("方格示意图：每个区县一格，只表示大致方位",
                        "Tile map: one square each, about where it lies")


def _form(width: str, lines: int, frame: pd.DataFrame) -> map_page.Form:
    """The layout: squares, then the foot; the legend stands beside or above them."""
    rows = int(spatial.tiles(frame["vintage"].iloc[0])["row"].max()) + 1
    whole = map_page.form(width, lines)
    top = 0 if width == "wide" else whole.map_top
    foot = top + rows * SIDES[width] + 14
    legend = _LEGEND_WIDE if width == "wide" else whole.legend
    return map_page.Form(whole.width, top, whole.inset, legend, whole.legend_columns, foot, True)


def squares(vintage: str, side: float, top: float = 0) -> pd.DataFrame:
    """
    The squares of the units in pixels.

    Parameters
    ----------
    vintage : str
        ``38`` or ``37``.
    side : float
        Pixels from one square to the next.
    top : float
        Pixels above the first row.

    Returns
    -------
    pandas.DataFrame
        ``geo_id``, and ``shape`` with a gap to its neighbours, sorted by id.
    """
    laid = spatial.tiles(vintage)
    x, y = laid["column"] * side, top + laid["row"] * side
    return pd.DataFrame({"geo_id": laid["geo_id"],
                         "shape": shapely.box(x, y, x + side - GAP, y + side - GAP)})


def _laid(rows: pd.DataFrame, width: str, top: int) -> pd.DataFrame:
    """The units with their squares in pixels."""
    placed = squares(rows["vintage"].iloc[0], SIDES[width], top)
    return rows.drop(columns="geometry", errors="ignore").merge(placed, on="geo_id", validate="1:1")


def units(placed: pd.DataFrame) -> alt.Chart:
    """The squares, each with what the map says of its unit."""
    titles = {"name": wording.pick("区县", "District"), "shown": wording.say("value"),
              "when": wording.say("period")}
    features = [{"type": "Feature", "properties": facts,
                 "geometry": shapely.geometry.mapping(shape)}
                for facts, shape in zip(map_layers.facts(placed), placed["shape"], strict=True)]
    return map_layers.shapes(features).encode(
        fill=alt.Fill("properties.fill:N", scale=None), description="properties.text:N",
        tooltip=[alt.Tooltip(f"properties.{field}:N", title=name) for field, name in titles.items()])


def _words(row: object, width: str, grammar: Grammar) -> list[map_page.Words]:
    """Name and, where it is a number, the figure in a square; the name broken where it must be."""
    value = [row.short] if row.known and not grammar.best_first else []
    colour = "#ffffff" if row.fill in map_layers.DARKEST else map_layers.NAME
    return in_square(map_layers.short(row.name), value, row.shape, colour)


def in_square(name: str, below: list[str], square: shapely.Polygon, colour: str) -> list[map_page.Words]:
    """
    Put a name, and lines below it where they fit, into the middle of a square.

    Parameters
    ----------
    name : str
        Broken between two syllables where it is too long for one line.
    below : list of str
        Left out where there is no room.
    square : shapely.Polygon
        In pixels.
    colour : str
        Of the words.
    """
    parts = halves(name)
    left, top, right, bottom = square.bounds
    for lines, sizes in (([name, *below], _WHOLE), ([*parts, *below], _BROKEN), ([name], _WHOLE),
                         (parts, _BROKEN)):
        for size in sizes:
            if (max(lettering.width(line, size) for line in lines) <= right - left - 1
                    and len(lines) * size * _STEP <= bottom - top):
                return _centred(lines, size, square, colour)
    return _centred(parts, _BROKEN[-1], square, colour)


def _centred(lines: list[str], size: int, square: shapely.Polygon, colour: str) -> list[map_page.Words]:
    x, y = square.centroid.coords[0]
    first = y - (len(lines) - 1) / 2 * size * _STEP
    return [map_page.Words(round(x, 1), round(first + i * size * _STEP, 1), line, size, colour, "center")
            for i, line in enumerate(lines)]


def halves(name: str) -> list[str]:
    """
    Break a name in two between syllables, so that the wider part is as narrow as can be.

    Examples
    --------
    >>> halves("Shapingba"), halves("Nan'an"), halves("Fu")
    (['Sha-', 'pingba'], ["Nan'", 'an'], ['Fu'])
    """
    syllables = _SYLLABLE.findall(name)
    if len(syllables) < 2 or "".join(syllables) != name:
        return [name]
    firsts = ["".join(syllables[:i]) for i in range(1, len(syllables))]
    ways = [[first if first.endswith("'") else first + "-", name.removeprefix(first)] for first in firsts]
    return min(ways, key=lambda way: max(lettering.width(part, 1) for part in way))
