"""Chart form: the districts and counties as equal squares, which shows no boundaries."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd
import shapely

from shuangbei import load, words
from shuangbei.maps import classes, labels, layers, legend, projection

# Pixels of a square with the gap beside it, and of the gap.
SIDES = {"wide": 66, "narrow": 36}
GAP = 2
_LEGEND_WIDE = (612, 330)


def draw(
    frame: pd.DataFrame,
    width: str,
    *,
    grammar: classes.Grammar,
    title: str = "",
    notes: Sequence[str] = (),
    line: str = "",
) -> alt.LayerChart:
    """
    Draw the units of one vintage as squares of one size, about where they lie.

    The smallest district is as easy to see and to hit as the largest, and nothing on the
    picture is a boundary.

    Parameters
    ----------
    frame : pandas.DataFrame
        From :func:`shuangbei.load.on_units`, or of ``join``: the geometry is not used.
    width : str
        ``wide`` (720 px, legend at the right) or ``narrow`` (328 px, legend above).
    grammar : Grammar
        From :mod:`shuangbei.maps.classes`.
    title : str
        Above the line; empty where the page prints the title itself.
    notes : sequence of str
        Lines at the foot; the method and the divisions follow.
    line : str
        What the map as a whole says; by default how many units have a published figure.

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
    entries = legend.legend(frame, grammar)
    form = _form(width, layers.key_lines(entries, grammar), frame)
    placed = _laid(legend.classify(frame, grammar), width, form.map_top)
    names = [word for lines in labels.in_squares(placed).values() for word in lines]
    key = layers.key(entries, grammar, form)
    shapes = list(zip(placed["shape"], legend.looks(placed), strict=True))
    divisions = legend.foot_notes(frame["vintage"].iloc[0], boundaries=False)
    return layers.sheet(
        [units(placed), *layers.hatched(shapes, key, names)],
        key,
        form,
        line=line or legend.coverage_line(frame),
        title=title,
        foot=[*notes, *legend.derived_line(frame), grammar.method, told(), *divisions],
        names=names,
    )


def told() -> str:
    """Return the line that says what squares are."""
    return words.pick(
        "方格示意图：每个区县一格，只表示大致方位", "Tile map: one square each, about where it lies"
    )


def _form(width: str, lines: int, frame: pd.DataFrame) -> projection.Form:
    """The layout: squares, then the foot; the legend stands beside or above them."""
    rows = int(load.tiles(frame["vintage"].iloc[0])["row"].max()) + 1
    whole = projection.form(width, lines)
    top = 0 if width == "wide" else whole.map_top
    foot = top + rows * SIDES[width] + 14
    legend = _LEGEND_WIDE if width == "wide" else whole.legend
    return projection.Form(whole.width, top, whole.inset, legend, whole.legend_columns, foot, True)


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
    laid = load.tiles(vintage)
    x, y = laid["column"] * side, top + laid["row"] * side
    return pd.DataFrame(
        {"geo_id": laid["geo_id"], "shape": shapely.box(x, y, x + side - GAP, y + side - GAP)}
    )


def _laid(rows: pd.DataFrame, width: str, top: int) -> pd.DataFrame:
    """The units with their squares in pixels."""
    placed = squares(rows["vintage"].iloc[0], SIDES[width], top)
    return rows.drop(columns="geometry", errors="ignore").merge(placed, on="geo_id", validate="1:1")


def units(placed: pd.DataFrame) -> alt.Chart:
    """The squares, each with what the map says of its unit."""
    titles = {
        "name": words.say("district_short"),
        "shown": words.say("value"),
        "when": words.say("period"),
    }
    features = [
        {"type": "Feature", "properties": facts, "geometry": shapely.geometry.mapping(shape)}
        for facts, shape in zip(layers.facts(placed), placed["shape"], strict=True)
    ]
    return layers.shapes(features).encode(
        fill=alt.Fill("properties.fill:N", scale=None),
        description="properties.text:N",
        tooltip=[alt.Tooltip(f"properties.{field}:N", title=name) for field, name in titles.items()],
    )
