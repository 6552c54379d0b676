"""Layers that every form of a map is made of: shapes, lines, words, legend, foot; no geometry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, cast

import altair as alt
import geopandas as gpd
import pandas as pd
import shapely

from shuangbei import charts, load, words
from shuangbei.maps import classes, labels, legend, projection

INK, QUIET, BORDER, HATCH = "#1c2733", "#52606d", "#7b8794", "#aab5c0"
STRIPES = "#14456b"  # lines of what the site derives: dark and far apart, so that no class looks like them
# As maps/provenance.yaml names the owner and the change.
BOUNDARIES = (
    "边界：天地图（国家基础地理信息中心），本站转换格式",
    "Boundaries: Tianditu (National Geomatics Center of China), converted here",
)
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


def hatched(
    shapes: Sequence[tuple[shapely.Geometry, str]], spared: list[shapely.Geometry]
) -> list[alt.Chart]:
    """
    The lines over what has no figure: slanting where nothing is known, level where the site derives it.

    Parameters
    ----------
    shapes : sequence of (shapely.Geometry, str)
        In pixels, each with its look, from :func:`shuangbei.maps.legend.looks`.
    spared : list of shapely.Geometry
        Boxes behind text, which stay free of lines.
    """
    by_look = {
        look: [shape for shape, own in shapes if own == look] for look in (legend.ABSENT, legend.DERIVED)
    }
    grey = lines(projection.hatch(by_look[legend.ABSENT], spared), HATCH, 0.8)
    if not by_look[legend.DERIVED]:
        return [grey]
    return [grey, lines(projection.stripes(by_look[legend.DERIVED], spared), STRIPES, 1.1)]


def texts(words: list[labels.Words], align: Literal["left", "center", "right"]) -> alt.Chart:
    """Lines of text where they stand in pixels; a screen reader has the figure's own words."""
    rows = [{key: vars(w)[key] for key in ("x", "y", "text", "size", "colour")} for w in words]
    return (
        alt.Chart(alt.Data(values=charts.Literal(rows)))
        .mark_text(align=align, baseline="middle", aria=False)
        .encode(
            x=alt.X("x:Q", scale=None, axis=None),
            y=alt.Y("y:Q", scale=None, axis=None),
            text="text:N",
            size=alt.Size("size:Q", scale=None),
            color=alt.Color("colour:N", scale=None),
        )
    )


def unit_words(grammar: classes.Grammar) -> str:
    """Return the line above a legend that says the unit, where there is one."""
    if grammar.best_first:
        return ""  # the labels of the tiers say what they are
    return words.say("unit") + words.say("colon") + words.column(grammar.unit)


def legend_marks(entries: pd.DataFrame, form: projection.Form, unit: str) -> tuple[list, list[labels.Words]]:
    """Swatches and words of the legend, in pixels; the unit, where there is one, above them."""
    left, top = form.legend
    step, column = (38, 0) if form.legend_columns == 1 else (20, form.width / 2)
    swatches, texts = [], []
    if unit:
        texts.append(labels.Words(left, top, unit, 12, QUIET))
        top += 22
    for i, entry in enumerate(entries.itertuples()):
        x = left + i % form.legend_columns * column
        y = top + i // form.legend_columns * step
        swatches.append((shapely.box(x, y - 6, x + 18, y + 6), entry.fill, entry.look))
        number = words.pick(f"{entry.n}个区县", f"{entry.n} unit{'' if entry.n == 1 else 's'}")
        if form.legend_columns == 1:
            texts += [
                labels.Words(x + 22, y, str(entry.label), 12, INK),
                labels.Words(x + 22, y + 15, number, 11, QUIET),
            ]
        else:
            texts.append(
                labels.Words(
                    x + 22, y, f"{entry.label}{words.say('open')}{entry.n}{words.say('close')}", 12, INK
                )
            )
    return swatches, texts


def foot_notes(vintage: str, boundaries: bool) -> list[str]:
    """Divisions and, under boundaries, their owner and the review number or that there is none."""
    number = load.edition()["map_review_number"]
    review = (
        words.pick(f"审图号：{number}", f"Map review number: {number}")
        if number
        else words.pick("预览，未取得审图号", "Preview, no map review number")
    )
    divisions = words.pick("区划：", "Divisions: ") + load.label("vintages", vintage)
    return [divisions, *([words.pick(*BOUNDARIES), review] if boundaries else [])]


def foot_lines(
    vintage: str, notes: Sequence[str], form: projection.Form, *, boundaries: bool = True
) -> list[labels.Words]:
    """
    Notes and :func:`foot_notes`, in lines that fit.

    Sources are no note: they stand beside every figure, and below the rule of every picture that
    leaves the site.
    """
    room = 480 if form.legend_columns == 1 else form.width
    lines_ = [
        part
        for line in (*notes, *foot_notes(vintage, boundaries))
        for part in labels.wrap(words.drawn(line), room, 11)
    ]
    return [labels.Words(0, form.foot + FOOT_LINE * i, line, 11, QUIET) for i, line in enumerate(lines_)]


def compose(layers: list[alt.Chart], line: str, size: tuple[int, int], title: str) -> alt.LayerChart:
    """
    Put layers together under a line, such as how many units have a public figure.

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
    lines_ = labels.wrap(line, size[0], 14)
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
