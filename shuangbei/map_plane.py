"""Boundaries in the plane of the maps' projection: one file that every map of a vintage shares."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from shuangbei import map_page

# Coordinates are whole steps of 10 m: a tenth of a pixel where the enlargement is largest.
_STEP = 0.01


@dataclass(frozen=True)
class View:
    """How a part of the page shows the plane: pixels for a kilometre, and where its corner stands."""

    scale: float
    translate: tuple[float, float]


def _projected(arc: np.ndarray) -> np.ndarray:
    points = gpd.GeoSeries.from_xy(arc[:, 0], arc[:, 1], crs="EPSG:4326").to_crs(map_page.EQUAL_AREA)
    return np.column_stack([points.x, points.y])


def topology(degrees: dict, box: map_page.Box) -> dict:
    """
    Project a topology; its arcs stay shared, so that no gaps open.

    Parameters
    ----------
    degrees : dict
        TopoJSON from :func:`shuangbei.spatial.topology` (EPSG:4326).
    box : tuple of float
        From :func:`shuangbei.map_page.page_box`: its north-west corner is the plane's origin.

    Returns
    -------
    dict
        TopoJSON in kilometres, x to the east and y to the south, so that a page needs no
        projection but a scale and a shift.
    """
    west, _, _, north = box
    grain, shift = (np.array(degrees["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * grain + shift for arc in degrees["arcs"]]
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


def view(box: map_page.Box, part: map_page.Box, corner: tuple[float, float], width: float) -> View:
    """
    How to show ``part`` of a plane whose origin is the corner of ``box``.

    Parameters
    ----------
    box, part : tuple of float
        West, south, east, north in metres of ``map_page.EQUAL_AREA``.
    corner : tuple of float
        Pixels where the north-west corner of ``part`` stands.
    width : float
        Pixels of its width.
    """
    scale = width * 1000 / (part[2] - part[0])
    east, south = (part[0] - box[0]) / 1000, (box[3] - part[3]) / 1000
    return View(round(scale, 6), (round(corner[0] - east * scale, 3),
                                  round(corner[1] - south * scale, 3)))
