"""Where the parts of a map stand on the page, in pixels: projection, hatch, labels; no data."""

from __future__ import annotations

import re
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

# Chinese breaks between any two characters, but never inside a number, a date or a word.
_TOKEN = re.compile(r"[0-9A-Za-z.,:/-]+|.")
# Albers equal-area on the city's own parallels: areas compare, shapes keep within 0.1 %.
EQUAL_AREA = "+proj=aea +lat_1=29 +lat_2=31.5 +lat_0=30.2 +lon_0=107.75 +datum=WGS84 +units=m"
# The core of the central urban area: its smallest district has 23 km², 16 by 7 px on the map.
INNER = (106.36, 29.37, 106.74, 29.69)  # degrees west, south, east, north
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Form:
    """Where the parts stand: width, top of the map, inset (x, y, width), legend, foot (y)."""

    width: int
    map_top: int
    inset: tuple[int, int, int]
    legend: tuple[int, int]
    legend_columns: int
    foot: int
    named: bool  # whether the main map carries names


@dataclass(frozen=True)
class Words:
    """A line of text: ``x`` and the middle ``y`` in pixels, ``align`` is left or center."""

    x: float
    y: float
    text: str
    size: int
    colour: str
    align: str = "left"
    halo: bool = False  # stands partly on its neighbours


def form(width: str, lines: int) -> Form:
    """
    The layout for ``wide`` (720 px) or ``narrow`` (328 px) screens.

    Parameters
    ----------
    width : str
        ``wide``: inset in the empty upper-left corner, legend in the lower-right one;
        ``narrow``: legend, map and inset one below the other.
    lines : int
        Rows that the narrow legend takes.

    Raises
    ------
    ValueError
        If ``width`` is neither.
    """
    if width == "wide":
        return Form(720, 0, (0, 20, 286), (604, 344), 1, 648, True)
    if width == "narrow":
        top = 12 + 20 * lines
        return Form(328, top, (0, top + 344, 328), (0, 8), 2, top + 676, False)
    raise ValueError(f"width {width!r}: use wide or narrow")


def page_box(frame: gpd.GeoDataFrame) -> Box:
    """Bounds west, south, east, north in metres of EQUAL_AREA (Albers) of a frame in any CRS."""
    return tuple(frame.to_crs(EQUAL_AREA).total_bounds)


def on_page(
    frame: gpd.GeoDataFrame, box: Box, corner: tuple[float, float], width: float,
    *, tolerance: float = 0.6,
) -> gpd.GeoDataFrame:
    """
    Project boundaries to pixels: Albers equal-area, y downwards, generalised below sight.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Any CRS.
    box : tuple of float
        West, south, east, north (metres of EQUAL_AREA) that fill the width.
    corner : tuple of float
        Pixels of the box's north-west corner.
    width : float
        Pixels of the box's width.
    tolerance : float
        Pixels; neighbours are generalised together, so no gaps open.

    Returns
    -------
    geopandas.GeoDataFrame
        The same rows, ``geometry`` in pixels (no CRS), coordinates in tenths.
    """
    west, _, east, north = box
    scale = width / (east - west)
    flat = frame.to_crs(EQUAL_AREA).geometry
    placed = flat.affine_transform(
        [scale, 0, 0, -scale, corner[0] - west * scale, corner[1] + north * scale]
    )
    drawn = gpd.GeoSeries(placed.to_numpy(), index=frame.index).simplify_coverage(tolerance)
    return gpd.GeoDataFrame(
        frame.drop(columns="geometry"),
        geometry=shapely.transform(drawn.to_numpy(), lambda xy: xy.round(1)),
    )


def inset(frame: gpd.GeoDataFrame, at: tuple[int, int, int]) -> gpd.GeoDataFrame:
    """
    The inner districts, enlarged and cut at the frame.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        All units, CRS EPSG:4326.
    at : tuple of int
        Pixels: left, top and width of the frame.

    Returns
    -------
    geopandas.GeoDataFrame
        The units seen in the frame, ``geometry`` in pixels (no CRS).
    """
    box = page_box(_frame_of_inner(frame))
    drawn = on_page(frame, box, at[:2], at[2])
    window = shapely.box(at[0], at[1], at[0] + at[2], at[1] + inset_height(frame, at[2]))
    cut = shapely.transform(drawn.geometry.intersection(window).to_numpy(), lambda p: p.round(1))
    seen = drawn.set_geometry(cut)
    return seen[seen.geometry.area > 1]


def inset_height(frame: gpd.GeoDataFrame, width: float) -> float:
    """Height in pixels of an inset of that width."""
    west, south, east, north = page_box(_frame_of_inner(frame))
    return round(width * (north - south) / (east - west), 1)


def inset_outline(frame: gpd.GeoDataFrame, box: Box, corner: tuple, width: float) -> Box:
    """Where the inset's area lies on the main map: left, top, right, bottom in pixels."""
    outline = on_page(_frame_of_inner(frame), box, corner, width)
    return tuple(outline.total_bounds)


def inner_box() -> Box:
    """Bounds of the enlarged part in metres of EQUAL_AREA."""
    return page_box(_frame_of_inner(gpd.GeoDataFrame(geometry=[], crs="EPSG:4326")))


def _frame_of_inner(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[shapely.box(*INNER)], crs=frame.crs)


def hatch(areas: list, spared: list, spacing: float = 6) -> shapely.Geometry:
    """
    Diagonal lines over areas, in pixels; ``spared`` boxes (behind text) stay free of them.

    Returns
    -------
    shapely.MultiLineString
        Coordinates in tenths; empty where there is no area.
    """
    where = shapely.difference(shapely.union_all(areas), shapely.union_all(spared))
    if where.is_empty:
        return shapely.MultiLineString()
    left, top, right, bottom = where.bounds
    starts = np.arange(np.floor((left + top) / spacing) * spacing, right + bottom, spacing)
    lines = [((s - top + 1, top - 1), (s - bottom - 1, bottom + 1)) for s in starts]
    cut = shapely.intersection(shapely.MultiLineString(lines), where)
    parts = [p for p in shapely.get_parts(cut) if p.geom_type == "LineString" and p.length > 1]
    return shapely.MultiLineString([np.round(p.coords, 1) for p in parts])


def em(text: str) -> float:
    """Width of a text in ems: a Chinese character takes one, a Latin one a little over half."""
    return sum(1.0 if ord(sign) > 0x2E7F else 0.56 for sign in text)


def text_box(words: Words) -> shapely.Polygon:
    """Return the box in pixels that a line of text takes, with a little air."""
    wide, high = em(words.text) * words.size + 4, words.size * 1.15
    left = words.x - (wide / 2 if words.align == "center" else 2)
    return shapely.box(left, words.y - high / 2, left + wide, words.y + high / 2)


def wrap(text: str, width: float, size: int) -> list[str]:
    """Break a text into lines of at most ``width`` pixels, English between words."""
    english = em(text) < 0.8 * len(text)
    tokens, glue = (text.split(" "), " ") if english else (_TOKEN.findall(text), "")
    lines = [""]
    for token in tokens:
        longer = lines[-1] + glue + token if lines[-1] else token
        if lines[-1] and em(longer) * size > width:
            lines.append(token)
        else:
            lines[-1] = longer
    return lines


def _spot(shape: shapely.Geometry, wide: float, high: float) -> tuple[float, float] | None:
    """Find the centre of a box of that size that lies in the shape, next to its widest place."""
    left, top, right, bottom = shape.bounds
    if shape.is_empty or right - left < wide or bottom - top < high:
        return None
    rows = np.linspace(top + high / 2, bottom - high / 2, 25)
    columns = np.linspace(left + wide / 2, right - wide / 2, 25)
    xs, ys = (grid.ravel() for grid in np.meshgrid(columns, rows))
    boxes = shapely.box(xs - wide / 2, ys - high / 2, xs + wide / 2, ys + high / 2)
    room = shape.buffer(1)
    shapely.prepare(room)
    inside = shapely.contains(room, boxes)
    if not inside.any():
        return None
    widest = shapely.maximum_inscribed_circle(shape, tolerance=1).coords[0]
    far = np.hypot(xs[inside] - widest[0], ys[inside] - widest[1])
    best = np.argmin(far)
    return float(xs[inside][best]), float(ys[inside][best])


def over(shape: shapely.Geometry, line: str, colour: str) -> list[Words]:
    """Put a line on the middle of a shape that is too small for it; it needs a halo."""
    x, y = shapely.maximum_inscribed_circle(shape, tolerance=1).coords[0]
    return [Words(round(x, 1), round(y, 1), line, 10, colour, "center", halo=True)]


def names(shape: shapely.Geometry, lines: list[str], colour: str) -> list[Words]:
    """
    Put lines of text into a shape: all, or the first alone, a little smaller, or none.

    Parameters
    ----------
    shape : shapely.Geometry
        In pixels; where text may stand.

    Returns
    -------
    list of Words
        Centred, next to the widest place of the shape; empty where not even the first line fits.
    """
    for kept in (lines, lines[:1]):
        for size in (12, 11, 10):
            wide = max(em(line) for line in kept) * size + 2
            spot = _spot(shape, wide, len(kept) * size * 1.2)
            if spot:
                x, top = round(spot[0], 1), spot[1] - (len(kept) - 1) / 2 * size * 1.2
                return [Words(x, round(top + i * size * 1.2, 1), line, size, colour, "center")
                        for i, line in enumerate(kept)]
    return []
