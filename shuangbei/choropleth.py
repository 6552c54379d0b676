"""Chart form: a map of the districts and counties; classed figures in, one Altair chart out."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import geopandas as gpd
import shapely

from shuangbei import map_layers, map_page, map_plane, spatial, wording
from shuangbei.literal import Literal
from shuangbei.map_classes import classify, coverage_line, legend
from shuangbei.map_grammar import Grammar


def draw(
    frame: gpd.GeoDataFrame, width: str, *, grammar: Grammar, title: str = "",
    notes: Sequence[str] = (), line: str = "",
) -> alt.LayerChart:
    """
    Draw the map of one vintage: known classes in colour, unknown hatched.

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
        Above the line; empty where the page prints the title itself.
    notes : sequence of str
        Lines at the foot; the divisions, the owner of the boundaries and the review number
        follow.  One that names the sources is left out: they stand beside every figure, and
        below the rule of every picture that leaves the site.
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
    names = labels(inner, grammar, shapely.LineString(window.exterior.coords))
    known = frozenset(name.text for name in names)
    names += labels(main, grammar, outline, known) if form.named else []
    swatches, key = map_layers.legend_marks(entries, form, map_layers.unit_words(grammar))
    foot = map_layers.foot_lines(frame["vintage"].iloc[0], [*notes, grammar.method], form)
    unknown = [*main.geometry[~main["known"]], *inner.geometry[~inner["known"]],
               *(shape for shape, _, known in swatches if not known)]
    lines = map_page.hatch(unknown, [map_page.text_box(name) for name in names])
    inset_name = map_page.Words(left, top - 10, wording.pick("中心城区（局部放大）",
                                "Central urban area, enlarged"), 12, map_layers.INK)
    layers = [
        map_layers.filled([(shape, fill) for shape, fill, _ in swatches]),
        *_districts(main, inner, box, form),
        map_layers.lines(lines, map_layers.HATCH, 0.8),
        map_layers.lines(frames, map_layers.INK, 0.9),
        map_layers.texts([name for name in names if name.halo], "center").mark_text(
            align="center", baseline="middle", stroke="#ffffff", strokeWidth=3, aria=False),
        map_layers.texts([*key, *foot, inset_name], "left"),
        map_layers.texts(names, "center"),
    ]
    height = form.foot + map_layers.FOOT_LINE * len(foot) - 6
    return map_layers.compose(layers, line or coverage_line(frame), (form.width, height), title)


def _districts(
    main: gpd.GeoDataFrame, inner: gpd.GeoDataFrame, box: map_page.Box, form: map_page.Form
) -> list[alt.Chart]:
    """The units on the map and, cut at its frame, in the enlargement: one geometry, two views."""
    data = plane(main["vintage"].iloc[0], box)
    left, top, wide = form.inset
    part = map_page.inner_box()
    high = wide * (part[3] - part[1]) / (part[2] - part[0])
    whole = map_plane.view(box, box, (0, form.map_top), form.width)
    near = map_plane.view(box, part, (left, top), wide)
    window = [[left, top], [left + wide, round(top + high, 1)]]
    return [view(data, main, scale=whole.scale, translate=whole.translate),
            view(data, inner, scale=near.scale, translate=near.translate, clipExtent=window)]


def plane(vintage: str, box: map_page.Box) -> alt.Data:
    """
    The geometry that every map of a vintage stands on; the site keeps it in one file.

    Parameters
    ----------
    vintage : str
        ``38`` or ``37``.
    box : tuple of float
        From :func:`shuangbei.map_page.page_box`.
    """
    values = map_plane.topology(spatial.topology(vintage), box)
    return alt.Data(name=f"districts_{vintage}", values=Literal(values),
                    format=alt.TopoDataFormat(type="topojson", feature="districts"))


def view(data: alt.Data, page: gpd.GeoDataFrame, **projection: object) -> alt.Chart:
    """
    The units of a plane, each with its colour and what the map says of it.

    Parameters
    ----------
    data : altair.Data
        From :func:`plane`.
    page : geopandas.GeoDataFrame
        Of the units that are drawn: ``geo_id``, ``name``, ``shown``, ``when`` and ``fill``.
    **projection
        Of vega's identity projection: ``scale``, ``translate`` and so on.
    """
    titles = {"name": wording.pick("区县", "District"), "shown": wording.say("value"),
              "when": wording.say("period")}
    facts = alt.LookupData(data=alt.Data(values=Literal(map_layers.facts(page))), key="geo_id",
                           fields=[field for field in map_layers.FACTS if field != "geo_id"])
    return alt.Chart(data).transform_lookup("properties.geo_id", from_=facts).transform_filter(
        "isValid(datum.fill)").project("identity", **projection).mark_geoshape(
            stroke=map_layers.BORDER, strokeWidth=0.6, strokeJoin="round").encode(
                fill=alt.Fill("fill:N", scale=None), description="text:N",
                tooltip=[alt.Tooltip(f"{f}:N", title=t) for f, t in titles.items()])


def labels(
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
        colour = "#ffffff" if row.fill in map_layers.DARKEST else map_layers.NAME
        room = row.geometry.difference(spared.buffer(2))
        found = map_page.names(room, [map_layers.short(row.name), *value], colour)
        needed = row.geometry.disjoint(spared) if in_inset else map_layers.short(row.name) not in named
        if not found and needed:
            found = map_page.over(row.geometry, map_layers.short(row.name), map_layers.NAME)
        placed += found
    return placed
