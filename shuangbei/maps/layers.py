"""Layers that every form of a map is made of, and the sheet that puts all together; no geometry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

import altair as alt
import geopandas as gpd
import pandas as pd
import shapely

from shuangbei import charts, pictures, words
from shuangbei.maps import classes, labels, legend, projection

INK, QUIET, BORDER, HATCH = "#1c2733", "#52606d", "#7b8794", "#aab5c0"
STRIPES = "#14456b"  # lines of what the site derives: dark and far apart, so that no class looks like them
FOOT_LINE = 16
FACTS = ("geo_id", "name", "shown", "when", "fill", "text")


def filled(parts: list[tuple[shapely.Geometry, str]]) -> alt.Chart:
    """Shapes in pixels, each in its colour, that say nothing to a screen reader."""
    features = [
        {"type": "Feature", "properties": {"fill": fill}, "geometry": shapely.geometry.mapping(shape)}
        for shape, fill in parts
    ]
    return shapes(features, aria=False).encode(fill=alt.Fill("properties.fill:N", scale=None))


def facts(page: gpd.GeoDataFrame) -> list[dict[str, str]]:
    """What the map says of each unit, by its id; the boundaries come from a file of their own."""
    text = [
        f"{n}{words.say('colon')}{s}" + (f"{words.say('open')}{w}{words.say('close')}" if w else "")
        for n, s, w in zip(page["name"], page["shown"], page["when"], strict=False)
    ]
    return page.assign(text=text)[list(FACTS)].to_dict("records")


def shapes(features: list[dict], **mark: Any) -> alt.Chart:
    """GeoJSON features in pixels, y downwards."""
    flat = alt.Chart(alt.Data(values=charts.Literal(features))).project("identity", scale=1, translate=[0, 0])
    return flat.mark_geoshape(stroke=BORDER, strokeWidth=0.6, strokeJoin="round", **mark)


def lines(geometry: shapely.Geometry, colour: str, width: float) -> alt.Chart:
    """Lines in pixels."""
    feature = {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(geometry)}
    return shapes([feature]).mark_geoshape(filled=False, stroke=colour, strokeWidth=width, aria=False)


def texts(words: Sequence[labels.Words], align: Literal["left", "center", "right"]) -> alt.Chart:
    """Lines of text where they stand in pixels; a screen reader has the figure's own words."""
    rows = [{key: vars(w)[key] for key in ("x", "y", "text", "size", "colour")} for w in words]
    return (
        alt.Chart(alt.Data(values=charts.Literal(rows)))
        .mark_text(align=align, baseline="middle", aria=False)
        .encode(
            x=alt.X("x:Q", scale=None, axis=None),
            y=alt.Y("y:Q", scale=None, axis=None),
            text=alt.Text("text:N"),
            size=alt.Size("size:Q", scale=None),
            color=alt.Color("colour:N", scale=None),
        )
    )


def halos(names: Sequence[labels.Words]) -> alt.Chart:
    """White edges under the names that stand partly on their neighbours."""
    return texts([name for name in names if name.halo], "center").mark_text(
        align="center", baseline="middle", stroke="#ffffff", strokeWidth=3, aria=False
    )


@dataclass(frozen=True)
class Key:
    """The legend in pixels: swatches with colour and look, and lines of text."""

    swatches: list[tuple[shapely.Polygon, str, str]]
    texts: list[labels.Words]


def key(entries: pd.DataFrame, grammar: classes.Grammar, form: projection.Form) -> Key:
    """Lay out the entries of a legend; the unit, where there is one, stands above them."""
    left, top = form.legend
    unit, swatches, texts = legend.unit_words(grammar), [], []
    if unit:
        texts.append(labels.Words(left, top, unit, 12, QUIET))
        top += 22
    single = form.legend_columns == 1
    step, column = (38, 0) if single else (20, form.width / 2)
    for i, entry in enumerate(legend.each(entries)):
        x = left + i % form.legend_columns * column
        y = top + i // form.legend_columns * step
        swatches.append((swatch(x, y), entry.fill, entry.look))
        texts += _entry(entry, x + 22, y, two_lines=single)
    return Key(swatches, texts)


def key_lines(entries: pd.DataFrame, grammar: classes.Grammar) -> int:
    """Rows that the legend takes in two columns."""
    return -(-len(entries) // 2) + bool(legend.unit_words(grammar))


def swatch(x: float, y: float) -> shapely.Polygon:
    """Return the box of a colour in a legend, left of words whose middle is ``y``."""
    return shapely.box(x, y - 6, x + 18, y + 6)


def _entry(entry: legend.Entry, x: float, y: float, *, two_lines: bool) -> list[labels.Words]:
    if not two_lines:
        said = f"{entry.label}{words.say('open')}{entry.n}{words.say('close')}"
        return [labels.Words(x, y, said, 12, INK)]
    number = words.pick(f"{entry.n}个区县", f"{entry.n} unit{'' if entry.n == 1 else 's'}")
    return [labels.Words(x, y, str(entry.label), 12, INK), labels.Words(x, y + 15, number, 11, QUIET)]


def hatched(
    shapes: Sequence[tuple[shapely.Geometry, str]], key: Key, names: Sequence[labels.Words]
) -> list[alt.Chart]:
    """
    Lines over units and swatches without a figure: slanting, and level where the site derives one.

    Parameters
    ----------
    shapes : sequence of (shapely.Geometry, str)
        Units in pixels, each with its look, from :func:`shuangbei.maps.legend.looks`.
    key : Key
    names : sequence of shuangbei.maps.labels.Words
        What the lines spare.
    """
    spared = [labels.text_box(name) for name in names]
    every = [*shapes, *((shape, look) for shape, _, look in key.swatches)]
    unknown, derived = (
        [shape for shape, own in every if own == look] for look in (legend.ABSENT, legend.DERIVED)
    )
    drawn = [lines(projection.hatch(unknown, spared), HATCH, 0.8)]
    return [*drawn, lines(projection.stripes(derived, spared), STRIPES, 1.1)] if derived else drawn


def _foot(notes: Sequence[str], form: projection.Form) -> list[labels.Words]:
    """Lines below the map, that fit beside what of it stands there."""
    room = 480 if form.legend_columns == 1 else form.width
    broken = [part for line in notes for part in pictures.wrap(words.drawn(line), 11, room)]
    return [labels.Words(0, form.foot + FOOT_LINE * i, line, 11, QUIET) for i, line in enumerate(broken)]


def sheet(
    drawn: Sequence[alt.Chart],
    key: Key,
    form: projection.Form,
    *,
    line: str,
    title: str,
    foot: Sequence[str],
    names: Sequence[labels.Words] = (),
    beside: Sequence[labels.Words] = (),
) -> alt.LayerChart:
    """
    Put the whole map together: what is drawn, over the legend's swatches and under all words.

    Every form of map is put together here, and lays out nothing but its shapes and names.

    Parameters
    ----------
    drawn : sequence of altair.Chart
        Units, hatch and frames, back to front.
    key : Key
        The legend.
    form : shuangbei.maps.projection.Form
        Where the parts stand.
    line : str
        What the map as a whole says.
    title : str
        Above the line; empty where the page prints the title itself.
    foot : sequence of str
        Notes, then :func:`shuangbei.maps.legend.foot_notes`.  Sources are none of them: they stand
        beside every figure, and below the rule of every picture that leaves the site.
    names : sequence of shuangbei.maps.labels.Words
        Centred, on the units.
    beside : sequence of shuangbei.maps.labels.Words
        Other words, which begin where they stand.
    """
    below = _foot(foot, form)
    stack = [
        filled([(shape, fill) for shape, fill, _ in key.swatches]),
        *drawn,
        texts([*key.texts, *below, *beside], "left"),
        *([texts(names, "center")] if names else []),
    ]
    return compose(stack, line, (form.width, form.foot + FOOT_LINE * len(below) - 6), title)


def compose(layers: list[alt.Chart], line: str, size: tuple[int, int], title: str) -> alt.LayerChart:
    """
    Put layers together under a line, such as how many units have a published figure.

    Parameters
    ----------
    layers : list of altair.Chart
        Back to front.
    line : str
        What the map as a whole says.
    size : tuple of int
        Width and height in pixels.
    title : str
        Above the line; empty where the page prints the title itself.
    """
    lines_ = pictures.wrap(line, 14, size[0])
    said = lines_ if len(lines_) > 1 else line
    heading: dict[str, Any] = {"text": title, "subtitle": said} if title else {"text": said}
    return cast(alt.LayerChart, alt.layer(*layers)).properties(
        width=size[0],
        height=size[1],
        padding={"left": 0, "right": 0, "top": 4, "bottom": 0},
        title=alt.Title(
            **heading,
            anchor="start",
            fontSize=14,
            subtitleFontSize=13,
            offset=12,
            color=INK,
            subtitleColor=QUIET,
        ),
        view=alt.ViewBackground(stroke=None),
    )
