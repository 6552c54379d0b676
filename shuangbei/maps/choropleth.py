"""Chart form: a map of the districts and counties; classed figures in, one Altair chart out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import geopandas as gpd
import shapely

from shuangbei import charts, load, memory, words
from shuangbei.maps import classes, labels, layers, legend, projection


def draw(
    frame: gpd.GeoDataFrame,
    width: str,
    *,
    grammar: classes.Grammar,
    title: str = "",
    notes: Sequence[str] = (),
    line: str = "",
) -> alt.LayerChart:
    """
    Draw the map of one vintage: known classes in colour, unknown hatched.

    ``functools.partial(draw, frame, grammar=..., notes=...)`` is what ``charts.figure`` takes.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        From :func:`shuangbei.load.join` (EPSG:4326); drawn in Albers equal-area.
    width : str
        ``wide`` (720 px, names, inset upper left) or ``narrow`` (328 px, inset below).
    grammar : Grammar
        From :mod:`shuangbei.maps.classes`.
    title : str
        Above the line; empty where the page prints the title itself.
    notes : sequence of str
        Lines at the foot; the divisions, the owner of the boundaries and the review number
        follow.  Sources are none of them: they stand beside every figure, and below the rule of
        every picture that leaves the site.
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
    rows = legend.classify(frame, grammar)
    entries = legend.legend(frame, grammar)
    form = projection.form(width, layers.key_lines(entries, grammar))
    box = projection.page_box(rows)
    main = projection.on_page(rows, box, (0, form.map_top), form.width)
    inner = projection.inset(rows, form.inset)
    left, top, wide = form.inset
    window = shapely.box(left, top, left + wide, top + projection.inset_height(rows, wide))
    outline = shapely.box(*projection.inset_outline(rows, box, (0, form.map_top), form.width))
    frames = shapely.MultiLineString([window.exterior.coords, outline.exterior.coords])
    near = labels.in_enlargement(inner, window)
    named = {unit for unit, lines in near.items() if lines}
    far = labels.on_map(main, outline, named) if form.named else {}
    names = [word for lines in (*near.values(), *far.values()) for word in lines]
    key = layers.key(entries, grammar, form)
    shapes = [pair for page in (main, inner) for pair in zip(page.geometry, legend.looks(page), strict=True)]
    return layers.sheet(
        [
            *_districts(main, inner, box, form),
            *layers.hatched(shapes, key, names),
            layers.lines(frames, layers.INK, 0.9),
            layers.halos(names),
        ],
        key,
        form,
        line=line or legend.coverage_line(frame),
        title=title,
        foot=[
            *notes,
            *legend.derived_line(frame),
            grammar.method,
            *legend.foot_notes(frame["vintage"].iloc[0], boundaries=True),
        ],
        names=names,
        beside=[labels.Words(left, top - 10, words.say("enlarged"), 12, layers.INK)],
    )


def _districts(
    main: gpd.GeoDataFrame, inner: gpd.GeoDataFrame, box: projection.Box, form: projection.Form
) -> list[alt.Chart]:
    """The units on the map and, cut at its frame, in the enlargement: one geometry, two views."""
    data = plane(main["vintage"].iloc[0], box)
    left, top, wide = form.inset
    part = projection.inner_box()
    high = wide * (part[3] - part[1]) / (part[2] - part[0])
    whole = projection.view(box, box, (0, form.map_top), form.width)
    near = projection.view(box, part, (left, top), wide)
    window = [[left, top], [left + wide, round(top + high, 1)]]
    return [
        view(data, main, scale=whole.scale, translate=whole.translate),
        view(data, inner, scale=near.scale, translate=near.translate, clipExtent=window),
    ]


def plane(vintage: str, box: projection.Box) -> alt.Data:
    """
    The geometry that every map of a vintage stands on; the site keeps it in one file.

    Parameters
    ----------
    vintage : str
        ``38`` or ``37``.
    box : tuple of float
        From :func:`shuangbei.maps.projection.page_box`.
    """
    return alt.Data(
        name=f"districts_{vintage}",
        values=_outlines(vintage, box),
        format=alt.TopoDataFormat(type="topojson", feature="districts"),
    )


@memory.remembered
def _outlines(vintage: str, box: projection.Box) -> charts.Literal:
    """Project the outlines once in a process: a chapter draws each map twice, and several maps."""
    return charts.Literal(projection.topology(load.topology(vintage), box))


def view(data: alt.Data, page: gpd.GeoDataFrame, **projection: Any) -> alt.Chart:
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
    titles = {
        "name": words.say("district_short"),
        "shown": words.say("value"),
        "when": words.say("period"),
    }
    facts = alt.LookupData(
        data=alt.Data(values=charts.Literal(layers.facts(page))),
        key="geo_id",
        fields=[field for field in layers.FACTS if field != "geo_id"],
    )
    return (
        alt.Chart(data)
        .transform_lookup("properties.geo_id", from_=facts)
        .transform_filter("isValid(datum.fill)")
        .project("identity", **projection)
        .mark_geoshape(stroke=layers.BORDER, strokeWidth=0.6, strokeJoin="round")
        .encode(
            fill=alt.Fill("fill:N", scale=None),
            description=alt.Description("text:N"),
            tooltip=[alt.Tooltip(f"{f}:N", title=t) for f, t in titles.items()],
        )
    )
