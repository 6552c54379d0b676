"""Maps that stand in a page as SVG, and where the arrow keys lead on them; no page, no table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from math import atan2, degrees, hypot
from typing import cast

import geopandas as gpd
import pandas as pd
import shapely

from shuangbei import load, memory, words
from shuangbei.maps import classes, form, labels, layers, legend, projection, tiles

DIRECTIONS = {"up": 90.0, "right": 0.0, "down": -90.0, "left": 180.0}
_NEAR, _FAR = 60.0, 45.0  # degrees off the arrow that a neighbour, and any other place, may lie
Point = tuple[float, float]


def steps(points: Mapping[str, Point], near: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, str]]:
    """
    The place that each arrow leads to from each place.

    A neighbour that lies that way comes first; where there is none, the nearest place that does.

    Parameters
    ----------
    points : mapping of str to (float, float)
        Middle of each place, y downwards.
    near : mapping of str to tuple of str
        Neighbours of each place.

    Returns
    -------
    dict of str to dict
        For each place the ids by ``up``, ``right``, ``down``, ``left``; without an entry where
        nothing lies that way.
    """
    return {
        one: {
            arrow: found
            for arrow, angle in DIRECTIONS.items()
            if (found := _next(one, angle, points, near.get(one, ())))
        }
        for one in sorted(points)
    }


def _next(one: str, angle: float, points: Mapping[str, Point], near: tuple[str, ...]) -> str:
    beside = _toward(one, angle, points, near, _NEAR)
    others = beside or _toward(one, angle, points, points, _FAR)
    return min(others)[1] if others else ""


def _toward(
    one: str, angle: float, points: Mapping[str, Point], among, within: float
) -> list[tuple[float, str]]:
    """The places of ``among`` that lie about that way, each with how far, and how far aside."""
    x, y = points[one]
    found = []
    for other in among:
        across, up = points[other][0] - x, y - points[other][1]
        aside = abs((degrees(atan2(up, across)) - angle + 180) % 360 - 180)
        if other != one and aside <= within:
            found.append((hypot(across, up) * (1 + aside / 45), other))
    return found


WIDTH, INSET, SIDE, LOCATOR = 720, 286, 60, 200  # pixels of the map, its enlargement, a square, the locator
_PHONE = 23  # pixels of a name on a phone, which shows the map at half its size
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Look:
    """
    What the map says of one unit: its colour, whether a figure is known, and its name in full.

    ``derived`` says that the site has derived what no figure tells.
    """

    fill: str
    known: bool
    said: str
    derived: bool = False


@dataclass(frozen=True)
class Plan:
    """
    The units of a vintage laid out in pixels, the same for every figure.

    ``outlines`` are paths by id, ``names`` lines of text by id, ``ways`` where arrows lead from
    each unit (none where the plan is not walked), ``size`` width and height; ``roomy`` are the
    units with room for a name of twice the size, as a phone needs it.
    """

    outlines: dict[str, str]
    names: dict[str, list[labels.Words]]
    ways: dict[str, dict[str, str]]
    size: tuple[int, int]
    extra: str = ""
    roomy: frozenset[str] = frozenset()


def path(shape: shapely.Geometry) -> str:
    """Return a shape in pixels as the ``d`` of a path; holes are none of its units'."""
    pieces = [one for one in getattr(shape, "geoms", [shape]) if one.geom_type == "Polygon"]
    return "".join(
        "M" + "L".join(f"{x:g} {y:g}" for x, y in piece.exterior.coords[:-1]) + "Z" for piece in pieces
    )


def _middle(shape: shapely.Geometry) -> tuple[float, float]:
    return shapely.maximum_inscribed_circle(shape, tolerance=1).coords[0]


@memory.remembered
def boundary_drawing(vintage: str) -> tuple[Plan, Plan]:
    """Plan of the whole city, and of the enlarged inner part, which is looked at and not walked."""
    frame = load.boundaries(vintage)
    names = load.codelist("geographies")["name"]
    # The colour of a name is chosen when its unit is filled.
    frame = frame.assign(name=frame["geo_id"].map(names), fill=legend.UNKNOWN, short="")
    box = projection.page_box(frame)
    page = projection.on_page(frame, box, (1, 1), WIDTH - 2)
    part = projection.inset(frame, (0, 0, INSET))
    high = projection.inset_height(frame, INSET)
    window = shapely.box(0, 0, INSET, high)
    seen = projection.inset_outline(frame, box, (1, 1), WIDTH - 2)
    ways = steps({row.geo_id: _middle(row.geometry) for row in page.itertuples()}, load.neighbours(vintage))
    inner = labels.in_enlargement(part, window)
    outer = labels.on_map(page, shapely.box(*seen), {unit for unit, lines in inner.items() if lines})
    left, top, right, bottom = seen
    frame_of_part = (
        f'<rect class="map-frame" x="{left:g}" y="{top:g}" width="{right - left:.1f}"'
        f' height="{bottom - top:.1f}"/>'
    )
    bottom = round(page.total_bounds[3] + 1)
    return (
        Plan(_outlines(page), outer, ways, (WIDTH, bottom), frame_of_part, labels.roomy(page, _PHONE)),
        Plan(_outlines(part), inner, {}, (INSET, round(high))),
    )


def _outlines(page: gpd.GeoDataFrame) -> dict[str, str]:
    return {row.geo_id: path(row.geometry) for row in page.itertuples()}


@memory.remembered
def tile_drawing(vintage: str) -> Plan:
    """Plan of equal squares, about where the units lie; arrows lead from square to square."""
    laid = load.tiles(vintage)
    at = {row.geo_id: (row.column, row.row) for row in cast("Iterable[load.TileRow]", laid.itertuples())}
    names = load.codelist("geographies")["name"]
    beside = {one: tuple(other for other in at if _apart(at[one], at[other]) == 1) for one in at}
    squares: dict[str, shapely.Geometry] = dict(tiles.squares(vintage, SIDE).itertuples(index=False))
    outlines = {one: path(shape) for one, shape in squares.items()}
    words = labels.of_one_size({one: names[one] for one in squares}, squares)
    right, bottom = (max(shape.bounds[i] for shape in squares.values()) for i in (2, 3))
    return Plan(outlines, words, steps(at, beside), (round(right), round(bottom)))


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def drawn(plan: Plan, looks: Mapping[str, Look], key: str, *, about: str = "") -> str:
    """
    The plan in the colours of one figure, as an SVG element.

    Parameters
    ----------
    plan : Plan
        From :func:`boundary_drawing` or :func:`tile_drawing`.
    looks : mapping of str to Look
        One for each unit of the plan.
    key : str
        Unique in the page; names the hatch of what is not known.
    about : str
        What the map shows, in words, for those who do not see it; a plan without is passed over.
    """
    width, height = plan.size
    role = f'role="img" aria-label="{escape(about, quote=True)}"' if about else 'aria-hidden="true"'
    shapes = "".join(_unit(one, d, plan, looks[one], key) for one, d in plan.outlines.items())
    words = "".join(
        _words(line, looks[one], one in plan.roomy) for one, lines in plan.names.items() for line in lines
    )
    patterns = hatch(key) + (stripes(derived(key)) if any(one.derived for one in looks.values()) else "")
    return (
        f'<svg class="map-svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" {role}>'
        f'{patterns}<g class="map-units">{shapes}</g>{plan.extra}'
        f'<g class="map-names" aria-hidden="true">{words}</g>{_mark(plan)}</svg>'
    )


def _mark(plan: Plan) -> str:
    """In a practice edition the words that the figures are no real ones, across the foot of the map."""
    if not load.is_practice():
        return ""
    width, height = plan.size
    size = round(width / 24)
    return (
        f'<text class="map-halo" x="{width / 2:g}" y="{height - size}" text-anchor="middle"'
        f' font-size="{size}" font-weight="700" fill="{words.PRACTICE_COLOUR}">'
        f"{escape(words.practice_mark())}</text>"
    )


def key(entries: pd.DataFrame, hatched: str, look: str, wide: int = 18, more: str = "") -> str:
    """
    The legend as a list: a swatch, what it means, and how many units have it.

    Parameters
    ----------
    entries : pandas.DataFrame
        From :func:`shuangbei.maps.legend.legend`.
    hatched : str
        Name of a :func:`hatch` in the page, for what is not known.
    look : str
        Class of the list.
    wide : int
        Pixels of a swatch, 12 high.
    more : str
        Further items of the list, HTML.
    """
    items = "".join(
        f'<li><svg class="map-swatch" viewBox="0 0 {wide} 12" width="{wide}" height="12" aria-hidden="true">'
        f'<rect width="{wide}" height="12" fill="{filling(entry.look, entry.fill, hatched)}"/></svg>'
        f"{escape(entry.label)} <strong>{entry.n}</strong></li>"
        for entry in legend.each(entries)
    )
    return f'<ul class="{look}">{items}{more}</ul>'


def _pattern(key: str, step: float, line: str, turn: str = "") -> str:
    """Lines on the ground of units without a figure, repeated every ``step``, for ``url(#key)``."""
    return (
        f'<defs><pattern id="{key}" width="{step:g}" height="{step:g}" patternUnits="userSpaceOnUse"{turn}>'
        f'<rect width="{step:g}" height="{step:g}" fill="{legend.UNKNOWN}"/><path {line}/></pattern></defs>'
    )


def hatch(key: str, step: float = 6) -> str:
    """Return the pattern of units without a published figure, lines ``step`` apart, as ``url(#key)``."""
    line = f'd="M0 0V{step:g}" stroke="{layers.HATCH}" stroke-width="{step / 4:g}"'
    return _pattern(key, step, line, ' patternTransform="rotate(45)"')


def derived(key: str) -> str:
    """Return the id of the stripes that stand beside the hatch ``key``."""
    return f"{key}-derived"


def stripes(key: str, step: float = 6) -> str:
    """Return the pattern of what the site derives, level lines ``step`` apart, as ``url(#key)``."""
    line = f'd="M0 {step / 2:g}H{step:g}" stroke="{layers.STRIPES}" stroke-width="{step / 5:.2g}"'
    return _pattern(key, step, line)


def filling(look: str, fill: str, key: str) -> str:
    """
    Return what a unit or a swatch is filled with.

    Parameters
    ----------
    look : str
        From :func:`shuangbei.maps.legend.looks`.
    fill : str
        Colour of its class.
    key : str
        Id of the hatch, beside which :func:`derived` names the stripes.
    """
    if look == legend.PUBLISHED:
        return fill
    return f"url(#{derived(key) if look == legend.DERIVED else key})"


def _unit(geo_id: str, outline: str, plan: Plan, look: Look, key: str) -> str:
    kind = legend.PUBLISHED if look.known else legend.DERIVED if look.derived else legend.ABSENT
    ways = "".join(f' data-{arrow}="{there}"' for arrow, there in plan.ways.get(geo_id, {}).items())
    return (
        f'<path data-unit="{geo_id}"{ways} fill="{filling(kind, look.fill, key)}" d="{outline}">'
        f"<title>{escape(look.said)}</title></path>"
    )


def _words(line: labels.Words, look: Look, roomy: bool) -> str:
    # A name that lies over its neighbours has a white edge, and must be dark on all of them.
    light = look.known and look.fill in classes.DARKEST and not line.halo
    # So has one on stripes, which would run through it.
    edged = line.halo or look.derived
    kinds = " ".join(name for name, given in (("map-halo", edged), ("map-large", roomy)) if given)
    kind = f' class="{kinds}"' if kinds else ""
    return (
        f'<text{kind} x="{line.x:g}" y="{line.y:g}" font-size="{line.size}"'
        f' fill="{"#ffffff" if light else line.colour}">{escape(line.text)}</text>'
    )


@memory.remembered
def _small(vintage: str, chosen: str) -> tuple[dict[str, str], int]:
    """Outlines of all units on the pixels of the locator in a form of maps, and its height."""
    page = form.shapes(vintage, LOCATOR, tolerance=0.8)
    shapes = dict(zip(page["geo_id"], page.geometry, strict=True))
    return {one: path(shapely.set_precision(shape, 0.1)) for one, shape in shapes.items()}, round(
        page.total_bounds[3]
    )


def locator(geo_id: str, vintage: str) -> str:
    """
    A small map of the city that shows where one unit lies.

    Raises
    ------
    KeyError
        If the vintage has no such unit.
    """
    outlines, height = _small(vintage, form.form())
    name = load.label("geographies", geo_id)
    said = words.pick(f"{name}在重庆的位置", f"Where {name} lies in Chongqing")
    others = "".join(drawn for one, drawn in outlines.items() if one != geo_id)
    return (
        f'<svg class="locator" viewBox="-1 -1 {LOCATOR + 2} {height + 2}" width="{LOCATOR}"'
        f' height="{height}"'
        f' role="img" aria-label="{escape(said, quote=True)}"><path class="locator-others" d="{others}"/>'
        f'<path class="locator-own" d="{outlines[geo_id]}"/></svg>'
    )
