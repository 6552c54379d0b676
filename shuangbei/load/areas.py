"""Outlines of districts, their neighbours and tiles, and figures beside them; no pixels."""

from __future__ import annotations

import json
from typing import TypedDict

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from shuangbei import memory, paths
from shuangbei.load import divisions, tables

CRS = "EPSG:4326"


class _Transform(TypedDict):
    scale: list[float]
    translate: list[float]


class _Geometry(TypedDict):
    properties: dict[str, str]
    arcs: list[list[int]]


class _Districts(TypedDict):
    geometries: list[_Geometry]


class Topology(TypedDict):
    """What the package reads of a TopoJSON: lines in steps of a grid, and units as chains of lines."""

    transform: _Transform
    arcs: list[list[list[int]]]
    objects: dict[str, _Districts]


def outlines(topology: Topology) -> list[np.ndarray]:
    """Return the lines of a topology, each of shape (n_points, 2), in degrees or what its grid is in."""
    transform = topology["transform"]
    scale, shift = np.array(transform["scale"]), np.array(transform["translate"])
    return [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]


def _decode(topology: Topology) -> dict[str, shapely.Polygon]:
    arcs = outlines(topology)

    def ring(chain: list[int]) -> np.ndarray:
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in chain]
        return np.vstack([parts[0], *(part[1:] for part in parts[1:])])

    return {
        each["properties"]["geo_id"]: shapely.Polygon(ring(each["arcs"][0]))
        for each in topology["objects"]["districts"]["geometries"]
    }


def topology(vintage: str) -> Topology:
    """
    The boundaries of one vintage as ``maps/`` holds them: TopoJSON in degrees, ids alone.

    Raises
    ------
    NotDrawable
        If ``maps/`` holds no boundaries of that vintage.
    """
    path = paths.MAPS / f"districts_{vintage}.topo.json"
    if not path.exists():
        raise divisions.NotDrawable(
            f"the boundaries of vintage {vintage} are not yet in maps/"
            f" ({path.name} is missing); a map of it cannot be drawn"
        )
    found: Topology = json.loads(paths.opened(path).read_text(encoding="utf-8"))
    return found


def boundaries(vintage: str) -> gpd.GeoDataFrame:
    """
    Boundaries of the districts and counties of one vintage (CRS EPSG:4326, degrees).

    Parameters
    ----------
    vintage : str
        ``38`` or ``37``.

    Returns
    -------
    geopandas.GeoDataFrame, shape (n_units, 2)
        ``geo_id`` (text) and ``geometry`` (one polygon each, no gaps, no overlaps), sorted by id.

    Raises
    ------
    NotDrawable
        If ``maps/`` holds no boundaries of that vintage, or others than the code list's.
    """
    expected = divisions.units(vintage)
    shapes = _decode(topology(vintage))
    differing = sorted(set(shapes) ^ set(expected.index))
    if differing:
        raise divisions.NotDrawable(
            f"districts_{vintage}.topo.json and geographies.csv differ in {divisions.listed(differing)}"
        )
    ids = sorted(shapes)
    return gpd.GeoDataFrame({"geo_id": ids}, geometry=[shapes[i] for i in ids], crs=CRS)


def tiles(vintage: str) -> pd.DataFrame:
    """
    The units of one vintage as equal squares of a grid, as ``maps/tiles.py`` has laid them out.

    Returns
    -------
    pandas.DataFrame, shape (n_units, 3)
        ``geo_id``, ``column`` and ``row`` (from 0, upper left), sorted by id.

    Raises
    ------
    NotDrawable
        If the layout holds other units than the code list.
    """
    laid = pd.read_csv(paths.opened(paths.MAPS / "tiles.csv"), dtype={"vintage": str, "geo_id": str})
    found = laid[laid["vintage"] == vintage].drop(columns="vintage")
    differing = sorted(set(found["geo_id"]) ^ set(divisions.units(vintage).index))
    if differing:
        raise divisions.NotDrawable(
            f"tiles.csv and geographies.csv differ in {divisions.listed(differing)} of vintage {vintage}"
        )
    return found.sort_values("geo_id", ignore_index=True)


def at_level(observations: pd.DataFrame, level: str) -> pd.DataFrame:
    """
    The observations of one level of area, such as ``district``; zones and regions are others.

    Raises
    ------
    NotDrawable
        If ``data/levels.csv`` has no such level.
    """
    levels = tables.codelist("levels").index
    if level not in levels:
        raise divisions.NotDrawable(f"level {level!r} is not known; use {', '.join(levels)}")
    chosen = observations["geo_id"].map(tables.codelist("geographies")["level"]) == level
    return observations[chosen].reset_index(drop=True)


def newest(observations: pd.DataFrame) -> pd.DataFrame:
    """
    The latest observation of each area, with the period that is its own.

    Parameters
    ----------
    observations : pandas.DataFrame
        Rows of one indicator as :func:`shuangbei.load.observations` gives them.

    Returns
    -------
    pandas.DataFrame, one row per ``geo_id``
        The same columns, sorted by ``geo_id``.

    Raises
    ------
    NotDrawable
        If the rows belong to more than one indicator.
    """
    _one_indicator(observations)
    latest = observations.sort_values("t", kind="stable").drop_duplicates("geo_id", keep="last")
    return latest.sort_values("geo_id", ignore_index=True)


def _one_indicator(values: pd.DataFrame) -> None:
    if values["indicator_id"].nunique() > 1:
        found = ", ".join(sorted(values["indicator_id"].unique()))
        raise divisions.NotDrawable(f"one map shows one indicator, not {found}")


def check_places(values: pd.DataFrame, vintage: str) -> None:
    """
    Refuse no rows, other vintages, areas that are no unit of this one, and second values.

    Raises
    ------
    NotDrawable
        Names the rows, and what would be right.
    """
    allowed = divisions.units(vintage).index
    if values.empty:
        raise divisions.NotDrawable("no figures to draw; is the indicator or the period written right?")
    _one_indicator(values)
    other = values[values["vintage"] != vintage]
    if len(other):
        found = ", ".join(f"{g} ({v})" for g, v in zip(other["geo_id"], other["vintage"], strict=False))
        raise divisions.NotDrawable(
            f"a map of vintage {vintage} cannot show figures compiled on another"
            f" one: {found}; draw them on their own map"
        )
    strange = sorted(set(values["geo_id"]) - set(allowed))
    if strange:
        raise divisions.NotDrawable(
            f"no unit of vintage {vintage}: {divisions.listed(strange)}; zones and regions"
            f" overlap districts. Allowed: {divisions.listed(list(allowed))}"
        )
    twice = values["geo_id"][values["geo_id"].duplicated()]
    if len(twice):
        raise divisions.NotDrawable(
            f"more than one figure for {divisions.listed(sorted(set(twice)))}; choose a period, or take newest()"
        )


def on_units(values: pd.DataFrame, vintage: str) -> pd.DataFrame:
    """
    Put figures beside the units of one vintage; every unit is there, known or not.

    Parameters
    ----------
    values : pandas.DataFrame
        At most one row per unit, of one indicator: columns ``indicator_id``, ``geo_id``,
        ``vintage``, ``value`` and any others.
    vintage : str
        Of the divisions, and of every row.

    Returns
    -------
    pandas.DataFrame, one row per unit of ``vintage``, sorted by id
        ``geo_id``, the columns of ``values`` (missing where nothing is public), ``name``,
        ``region`` (the unit's parent) and ``known`` (bool; a known zero is known).

    Raises
    ------
    NotDrawable
        If there is no row, or one is of another vintage, a zone, a region or an unknown area, or
        is a second one of its unit.
    """
    places = divisions.units(vintage)
    check_places(values, vintage)
    every = pd.DataFrame({"geo_id": sorted(places.index)})
    frame = every.merge(values.drop(columns="vintage"), on="geo_id", how="left", validate="1:1")
    return frame.assign(
        vintage=vintage,
        name=frame["geo_id"].map(places["name"]),
        region=frame["geo_id"].map(places["parent"]),
        known=frame["value"].notna(),
    )


def join(values: pd.DataFrame, vintage: str) -> gpd.GeoDataFrame:
    """
    Put figures on the boundaries of one vintage; every unit is there, known or not.

    Parameters
    ----------
    values, vintage
        As :func:`on_units`.

    Returns
    -------
    geopandas.GeoDataFrame, one row per unit of ``vintage``, CRS EPSG:4326
        The columns of :func:`on_units`, and ``geometry``.

    Raises
    ------
    NotDrawable
        As :func:`on_units`, and if ``maps/`` lacks the vintage.
    """
    frame = boundaries(vintage).merge(on_units(values, vintage), on="geo_id", validate="1:1")
    assert len(frame) == len(divisions.units(vintage))
    return frame


def coverage(frame: pd.DataFrame) -> tuple[int, int]:
    """Return how many units have a published figure, and how many there are."""
    return int(frame["known"].sum()), len(frame)


@memory.remembered
def neighbours(vintage: str) -> dict[str, tuple[str, ...]]:
    """
    The units that share a line with each unit; a common point is none.

    Returns
    -------
    dict of str to tuple of str
        Ids by id, in the order of the code list; the relation holds both ways.

    Raises
    ------
    NotDrawable
        If ``maps/`` holds no boundaries of that vintage.
    """
    frame = boundaries(vintage)
    shapes = dict(zip(frame["geo_id"], frame.geometry, strict=True))
    pairs = frame.sindex.query(frame.geometry, predicate="intersects").T
    ids = frame["geo_id"].to_list()
    found: dict[str, list[str]] = {one: [] for one in ids}
    for one, other in ((ids[a], ids[b]) for a, b in pairs if a != b):
        if shapes[one].intersection(shapes[other]).length > 0:
            found[one].append(other)
    return {one: tuple(sorted(near)) for one, near in found.items()}
