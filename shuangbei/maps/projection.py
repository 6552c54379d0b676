"""From degrees to pixels: projection, page, inset, and the plane that several maps share."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from shuangbei import load

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
    frame: gpd.GeoDataFrame,
    box: Box,
    corner: tuple[float, float],
    width: float,
    *,
    tolerance: float = 0.6,
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
    placed = flat.affine_transform([scale, 0, 0, -scale, corner[0] - west * scale, corner[1] + north * scale])
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
    return _cut([((s - top + 1, top - 1), (s - bottom - 1, bottom + 1)) for s in starts], where)


def stripes(areas: list, spared: list, spacing: float = 6) -> shapely.Geometry:
    """Level lines over areas, in pixels, as :func:`hatch` draws slanting ones."""
    where = shapely.difference(shapely.union_all(areas), shapely.union_all(spared))
    if where.is_empty:
        return shapely.MultiLineString()
    left, top, right, bottom = where.bounds
    heights = np.arange(np.ceil(top / spacing) * spacing, bottom, spacing)
    return _cut([((left - 1, y), (right + 1, y)) for y in heights], where)


def _cut(lines: list, where: shapely.Geometry) -> shapely.Geometry:
    cut = shapely.intersection(shapely.MultiLineString(lines), where)
    parts = [p for p in shapely.get_parts(cut) if p.geom_type == "LineString" and p.length > 1]
    return shapely.MultiLineString([np.round(p.coords, 1) for p in parts])


# Coordinates are whole steps of 10 m: a tenth of a pixel where the enlargement is largest.
_STEP = 0.01


@dataclass(frozen=True)
class View:
    """How a part of the page shows the plane: pixels for a kilometre, and where its corner stands."""

    scale: float
    translate: tuple[float, float]


def _projected(arc: np.ndarray) -> np.ndarray:
    points = gpd.GeoSeries.from_xy(arc[:, 0], arc[:, 1], crs="EPSG:4326").to_crs(EQUAL_AREA)
    return np.column_stack([points.x, points.y])


def topology(degrees: load.Topology, box: Box) -> dict:
    """
    Project a topology; its arcs stay shared, so that no gaps open.

    Parameters
    ----------
    degrees : dict
        TopoJSON from :func:`shuangbei.load.topology` (EPSG:4326).
    box : tuple of float
        From :func:`shuangbei.maps.projection.page_box`: its north-west corner is the plane's origin.

    Returns
    -------
    dict
        TopoJSON in kilometres, x to the east and y to the south, so that a page needs no
        projection but a scale and a shift.
    """
    west, _, _, north = box
    arcs = load.outlines(degrees)
    lengths = np.cumsum([len(arc) for arc in arcs])[:-1]
    flat = _projected(np.vstack(arcs))
    steps = np.column_stack([flat[:, 0] - west, north - flat[:, 1]]) / 1000 / _STEP
    whole = np.split(np.round(steps).astype(int), lengths)
    return {
        "type": "Topology",
        "transform": {"scale": [_STEP, _STEP], "translate": [0, 0]},
        "objects": degrees["objects"],
        # Altair copies lists whenever a chart is changed, and leaves tuples as they are.
        "arcs": tuple(np.diff(arc, axis=0, prepend=[[0, 0]]).tolist() for arc in whole),
    }


def view(box: Box, part: Box, corner: tuple[float, float], width: float) -> View:
    """
    How to show ``part`` of a plane whose origin is the corner of ``box``.

    Parameters
    ----------
    box, part : tuple of float
        West, south, east, north in metres of EQUAL_AREA.
    corner : tuple of float
        Pixels where the north-west corner of ``part`` stands.
    width : float
        Pixels of its width.
    """
    scale = width * 1000 / (part[2] - part[0])
    east, south = (part[0] - box[0]) / 1000, (box[3] - part[3]) / 1000
    return View(round(scale, 6), (round(corner[0] - east * scale, 3), round(corner[1] - south * scale, 3)))
