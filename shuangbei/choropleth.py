"""Chart form: a map of the districts and counties; classed figures in, one Altair chart out."""

from __future__ import annotations

import re
from collections.abc import Sequence

import altair as alt
import geopandas as gpd
import pandas as pd
import shapely

from shuangbei import load, map_page, map_plane, spatial, wording
from shuangbei.map_classes import classify, coverage_line, legend
from shuangbei.map_grammar import RAMPS, SIDES, Grammar

INK, QUIET, BORDER, HATCH = "#1c2733", "#52606d", "#7b8794", "#aab5c0"
NAME = "#0b1016"  # 4.5 : 1 and more on every colour but the darkest, which takes white
DARKEST = (RAMPS[3][-1], SIDES[-1])
# As maps/provenance.yaml names the owner and the change.
BOUNDARIES = ("边界：天地图（国家基础地理信息中心），本站转换格式",
              "Boundaries: Tianditu (National Geomatics Center of China), converted here")
_FACTS = ("geo_id", "name", "shown", "when", "fill", "text")


def draw(
    frame: gpd.GeoDataFrame, width: str, *, grammar: Grammar, title: str = "",
    notes: Sequence[str] = (),
) -> alt.LayerChart:
    """
    Draw the map of one vintage: known classes in colour, zero its own, unknown hatched.

    ``functools.partial(draw, frame, grammar=..., notes=...)`` is what ``charts.figure`` takes.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        From :func:`shuangbei.spatial.join` (EPSG:4326); drawn in Albers equal-area.
    width : str
        ``wide`` (720 px, names, inset upper left) or ``narrow`` (328 px, inset below).
    grammar : Grammar
        From :mod:`shuangbei.map_grammar`.
    title : str
        Above the coverage line; empty where the page prints the title itself.
    notes : sequence of str
        Lines at the foot; the divisions, the owner of the boundaries and the review number
        follow.  One that names the sources is left out: they stand beside every figure, and
        below the rule of every picture that leaves the site.

    Returns
    -------
    altair.LayerChart
        Every part at a fixed place in pixels.

    Raises
    ------
    ValueError
        If ``width`` is neither, or a value has no class.
    """
    rows = classify(frame, grammar)
    entries = legend(frame, grammar)
    form = map_page.form(width, -(-len(entries) // 2) + (not grammar.best_first))
    box = map_page.page_box(rows)
    main = map_page.on_page(rows, box, (0, form.map_top), form.width)
    inner = map_page.inset(rows, form.inset)
    left, top, wide = form.inset
    window = shapely.box(left, top, left + wide, top + map_page.inset_height(rows, wide))
    outline = shapely.box(*map_page.inset_outline(rows, box, (0, form.map_top), form.width))
    frames = shapely.MultiLineString([window.exterior.coords, outline.exterior.coords])
    names = _labels(inner, grammar, shapely.LineString(window.exterior.coords))
    known = frozenset(name.text for name in names)
    names += _labels(main, grammar, outline, known) if form.named else []
    swatches, key = _legend_marks(entries, form, _unit(grammar))
    foot = _foot(frame["vintage"].iloc[0], [*notes, grammar.method], form)
    unknown = [*main.geometry[~main["known"]], *inner.geometry[~inner["known"]],
               *(shape for shape, _, known in swatches if not known)]
    lines = map_page.hatch(unknown, [map_page.text_box(name) for name in names])
    inset_name = map_page.Words(left, top - 10, wording.pick("中心城区（局部放大）",
                                "Central urban area, enlarged"), 12, INK)
    layers = [
        _shapes(_swatches(swatches), aria=False).encode(fill=alt.Fill("properties.fill:N", scale=None)),
        *_districts(main, inner, box, form),
        _lines(lines, HATCH, 0.8),
        _lines(frames, INK, 0.9),
        _texts([name for name in names if name.halo], "center").mark_text(
            align="center", baseline="middle", stroke="#ffffff", strokeWidth=3, aria=False),
        _texts([*key, *foot, inset_name], "left"),
        _texts(names, "center"),
    ]
    heading = {"text": title, "subtitle": coverage_line(frame)} if title else \
        {"text": coverage_line(frame)}
    return alt.layer(*layers).properties(
        width=form.width, height=form.foot + 16 * len(foot) - 6,
        padding={"left": 0, "right": 0, "top": 4, "bottom": 0},
        title=alt.Title(**heading, anchor="start", fontSize=14, subtitleFontSize=13, offset=12,
                        color=INK, subtitleColor=QUIET),
        view=alt.ViewBackground(stroke=None),
    )


def _swatches(swatches: list) -> list[dict]:
    return [{"type": "Feature", "properties": {"fill": fill},
             "geometry": shapely.geometry.mapping(shape)} for shape, fill, _ in swatches]


def _facts(page: gpd.GeoDataFrame) -> list[dict[str, str]]:
    """What the map says of each unit, by its id; the boundaries come from a file of their own."""
    text = [f"{n}{wording.say('colon')}{s}" + (f"{wording.say('open')}{w}{wording.say('close')}"
            if w else "") for n, s, w in zip(page["name"], page["shown"], page["when"])]
    return page.assign(text=text)[list(_FACTS)].to_dict("records")


def _shapes(features: list[dict], **mark: object) -> alt.Chart:
    flat = alt.Chart(alt.Data(values=features)).project("identity", scale=1, translate=[0, 0])
    return flat.mark_geoshape(stroke=BORDER, strokeWidth=0.6, strokeJoin="round", **mark)


def _districts(
    main: gpd.GeoDataFrame, inner: gpd.GeoDataFrame, box: map_page.Box, form: map_page.Form
) -> list[alt.Chart]:
    """The units on the map and, cut at its frame, in the enlargement: one geometry, two views."""
    vintage = main["vintage"].iloc[0]
    plane = map_plane.topology(spatial.topology(vintage), box)
    data = alt.Data(name=f"districts_{vintage}", values=plane,
                    format=alt.TopoDataFormat(type="topojson", feature="districts"))
    left, top, wide = form.inset
    part = map_page.inner_box()
    high = wide * (part[3] - part[1]) / (part[2] - part[0])
    whole = map_plane.view(box, box, (0, form.map_top), form.width)
    near = map_plane.view(box, part, (left, top), wide)
    window = [[left, top], [left + wide, round(top + high, 1)]]
    return [_view(data, main, scale=whole.scale, translate=whole.translate),
            _view(data, inner, scale=near.scale, translate=near.translate, clipExtent=window)]


def _view(data: alt.Data, page: gpd.GeoDataFrame, **projection: object) -> alt.Chart:
    titles = {"name": wording.pick("区县", "District"), "shown": wording.say("value"),
              "when": wording.say("period")}
    facts = alt.LookupData(data=alt.Data(values=_facts(page)), key="geo_id",
                           fields=[field for field in _FACTS if field != "geo_id"])
    return alt.Chart(data).transform_lookup("properties.geo_id", from_=facts).transform_filter(
        "isValid(datum.fill)").project("identity", **projection).mark_geoshape(
            stroke=BORDER, strokeWidth=0.6, strokeJoin="round").encode(
                fill=alt.Fill("fill:N", scale=None), description="text:N",
                tooltip=[alt.Tooltip(f"{f}:N", title=t) for f, t in titles.items()])


def _lines(geometry: shapely.Geometry, colour: str, width: float) -> alt.Chart:
    feature = {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(geometry)}
    return _shapes([feature]).mark_geoshape(filled=False, stroke=colour, strokeWidth=width,
                                            aria=False)


def _texts(words: list[map_page.Words], align: str) -> alt.Chart:
    rows = [{key: vars(w)[key] for key in ("x", "y", "text", "size", "colour")} for w in words]
    return alt.Chart(alt.Data(values=rows)).mark_text(
        align=align, baseline="middle", aria=False).encode(
        x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None),
        text="text:N", size=alt.Size("size:Q", scale=None),
        color=alt.Color("colour:N", scale=None),
    )


def _short(name: str) -> str:
    """Take the kind of unit off a name where the map needs the room."""
    chinese = re.sub(r"(土家族|苗族)+自治县$|新区$|[区县]$", "", name)
    if chinese != name:
        return chinese if len(chinese) > 1 else name
    return wording.drawn(re.sub(r"( District| County| New Area| .*Autonomous County)$", "", name))


def _labels(
    page: gpd.GeoDataFrame, grammar: Grammar, spared: shapely.Geometry,
    named: frozenset[str] = frozenset(),
) -> list[map_page.Words]:
    """
    Names, and under a count the number, where they fit beside what is spared.

    In the inset (whose frame is spared) a district that is wholly in view is always named, and
    on the main map every one that the inset has not ``named``, over its neighbours if need be:
    English names are longer than some districts are wide.
    """
    placed, in_inset = [], spared.geom_type == "LineString"
    for row in page.itertuples():
        value = [row.short] if row.known and not grammar.best_first else []
        colour = "#ffffff" if row.fill in DARKEST else NAME
        room = row.geometry.difference(spared.buffer(2))
        found = map_page.names(room, [_short(row.name), *value], colour)
        needed = row.geometry.disjoint(spared) if in_inset else _short(row.name) not in named
        if not found and needed:
            found = map_page.over(row.geometry, _short(row.name), NAME)
        placed += found
    return placed


def _unit(grammar: Grammar) -> str:
    if grammar.best_first:
        return ""  # the labels of the tiers say what they are
    return wording.say("unit") + wording.say("colon") + wording.column(grammar.unit)


def _legend_marks(
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


def _foot(vintage: str, notes: Sequence[str], form: map_page.Form) -> list[map_page.Words]:
    """Divisions, owner of the boundaries, review number or that there is none, lower left."""
    number = load.edition()["map_review_number"]
    review = wording.pick(f"审图号：{number}", f"Map review number: {number}") if number else \
        wording.pick("预览，未取得审图号", "Preview, no map review number")
    divisions = wording.pick("区划：", "Divisions: ") + load.label("vintages", vintage)
    sources = wording.say("sources") + wording.say("colon")
    told = [note for note in notes if not note.startswith(sources)]
    room = 480 if form.legend_columns == 1 else form.width
    lines = [part for line in (*told, divisions, wording.pick(*BOUNDARIES), review)
             for part in map_page.wrap(wording.drawn(line), room, 11)]
    return [map_page.Words(0, form.foot + 16 * i, line, 11, QUIET)
            for i, line in enumerate(lines)]
