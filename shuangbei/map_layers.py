"""Layers that every form of a map is made of: shapes, lines, words, legend, foot; no geometry."""

from __future__ import annotations

import re
from collections.abc import Sequence

import altair as alt
import geopandas as gpd
import pandas as pd
import shapely

from shuangbei import load, map_page, wording
from shuangbei.literal import Literal
from shuangbei.map_grammar import RAMPS, SIDES, Grammar

INK, QUIET, BORDER, HATCH = "#1c2733", "#52606d", "#7b8794", "#aab5c0"
NAME = "#0b1016"  # 4.5 : 1 and more on every colour but the darkest, which takes white
DARKEST = (RAMPS[3][-1], SIDES[-1])
# As maps/provenance.yaml names the owner and the change.
BOUNDARIES = ("边界：天地图（国家基础地理信息中心），本站转换格式",
              "Boundaries: Tianditu (National Geomatics Center of China), converted here")
FOOT_LINE = 16
FACTS = ("geo_id", "name", "shown", "when", "fill", "text")


def filled(parts: list[tuple[shapely.Geometry, str]]) -> alt.Chart:
    """Shapes in pixels, each in its colour, that say nothing to a screen reader."""
    features = [{"type": "Feature", "properties": {"fill": fill},
                 "geometry": shapely.geometry.mapping(shape)} for shape, fill in parts]
    return shapes(features, aria=False).encode(fill=alt.Fill("properties.fill:N", scale=None))


def facts(page: gpd.GeoDataFrame) -> list[dict[str, str]]:
    """What the map says of each unit, by its id; the boundaries come from a file of their own."""
    text = [f"{n}{wording.say('colon')}{s}" + (f"{wording.say('open')}{w}{wording.say('close')}"
            if w else "") for n, s, w in zip(page["name"], page["shown"], page["when"])]
    return page.assign(text=text)[list(FACTS)].to_dict("records")


def shapes(features: list[dict], **mark: object) -> alt.Chart:
    """GeoJSON features in pixels, y downwards."""
    flat = alt.Chart(alt.Data(values=Literal(features))).project("identity", scale=1, translate=[0, 0])
    return flat.mark_geoshape(stroke=BORDER, strokeWidth=0.6, strokeJoin="round", **mark)


def lines(geometry: shapely.Geometry, colour: str, width: float) -> alt.Chart:
    """Lines in pixels."""
    feature = {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(geometry)}
    return shapes([feature]).mark_geoshape(filled=False, stroke=colour, strokeWidth=width,
                                            aria=False)


def texts(words: list[map_page.Words], align: str) -> alt.Chart:
    """Lines of text where they stand in pixels; a screen reader has the figure's own words."""
    rows = [{key: vars(w)[key] for key in ("x", "y", "text", "size", "colour")} for w in words]
    return alt.Chart(alt.Data(values=Literal(rows))).mark_text(
        align=align, baseline="middle", aria=False).encode(
        x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None),
        text="text:N", size=alt.Size("size:Q", scale=None),
        color=alt.Color("colour:N", scale=None),
    )


def short(name: str) -> str:
    """Take the kind of unit off a name where the map needs the room."""
    chinese = re.sub(r"(土家族|苗族)+自治县$|新区$|[区县]$", "", name)
    if chinese != name:
        return chinese if len(chinese) > 1 else name
    return wording.drawn(re.sub(r"( District| County| New Area| .*Autonomous County)$", "", name))


def unit_words(grammar: Grammar) -> str:
    """Return the line above a legend that says the unit, where there is one."""
    if grammar.best_first:
        return ""  # the labels of the tiers say what they are
    return wording.say("unit") + wording.say("colon") + wording.column(grammar.unit)


def legend_marks(
    entries: pd.DataFrame, form: map_page.Form, unit: str
) -> tuple[list, list[map_page.Words]]:
    """Swatches and words of the legend, in pixels; the unit, where there is one, above them."""
    left, top = form.legend
    step, column = (38, 0) if form.legend_columns == 1 else (20, form.width / 2)
    swatches, words = [], []
    if unit:
        words.append(map_page.Words(left, top, unit, 12, QUIET))
        top += 22
    for i, entry in enumerate(entries.itertuples()):
        x = left + i % form.legend_columns * column
        y = top + i // form.legend_columns * step
        swatches.append((shapely.box(x, y - 6, x + 18, y + 6), entry.fill, entry.known))
        number = wording.pick(f"{entry.n}个区县", f"{entry.n} unit{'' if entry.n == 1 else 's'}")
        if form.legend_columns == 1:
            words += [map_page.Words(x + 22, y, entry.label, 12, INK),
                      map_page.Words(x + 22, y + 15, number, 11, QUIET)]
        else:
            words.append(map_page.Words(
                x + 22, y, f"{entry.label}{wording.say('open')}{entry.n}{wording.say('close')}",
                12, INK))
    return swatches, words


def foot_notes(vintage: str, boundaries: bool) -> list[str]:
    """Divisions and, under boundaries, their owner and the review number or that there is none."""
    number = load.edition()["map_review_number"]
    review = wording.pick(f"审图号：{number}", f"Map review number: {number}") if number else \
        wording.pick("预览，未取得审图号", "Preview, no map review number")
    divisions = wording.pick("区划：", "Divisions: ") + load.label("vintages", vintage)
    return [divisions, *([wording.pick(*BOUNDARIES), review] if boundaries else [])]


def foot_lines(vintage: str, notes: Sequence[str], form: map_page.Form, *,
               boundaries: bool = True) -> list[map_page.Words]:
    """
    Notes and :func:`foot_notes`, in lines that fit.

    A note that names the sources is left out: they stand beside every figure, and below the
    rule of every picture that leaves the site.
    """
    sources = wording.say("sources") + wording.say("colon")
    told = [note for note in notes if not note.startswith(sources)]
    room = 480 if form.legend_columns == 1 else form.width
    lines_ = [part for line in (*told, *foot_notes(vintage, boundaries))
              for part in map_page.wrap(wording.drawn(line), room, 11)]
    return [map_page.Words(0, form.foot + FOOT_LINE * i, line, 11, QUIET)
            for i, line in enumerate(lines_)]


def compose(layers: list[alt.Chart], line: str, size: tuple[int, int],
            title: str) -> alt.LayerChart:
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
    lines_ = map_page.wrap(line, size[0], 14)
    said = lines_ if len(lines_) > 1 else line
    heading = {"text": title, "subtitle": said} if title else {"text": said}
    return alt.layer(*layers).properties(
        width=size[0], height=size[1],
        padding={"left": 0, "right": 0, "top": 4, "bottom": 0},
        title=alt.Title(**heading, anchor="start", fontSize=14, subtitleFontSize=13, offset=12,
                        color=INK, subtitleColor=QUIET),
        view=alt.ViewBackground(stroke=None),
    )
