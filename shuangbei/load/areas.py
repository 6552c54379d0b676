"""Districts and other areas: vintages, outlines, neighbours, regions, and figures beside them; no pixels."""

from __future__ import annotations

import json
from typing import TypedDict

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from shuangbei import memory, paths
from shuangbei.load import tables

CRS = "EPSG:4326"
_FOREVER = "9999"


class NotDrawable(ValueError):
    """Figures or boundaries that no map of one vintage can show."""


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


def _listed(ids: list[str]) -> str:
    names = tables.codelist("geographies")["name"]
    return ", ".join(f"{i} {names.get(i, '(unknown)')}" for i in ids)


def succession() -> list[str]:
    """
    The vintages of ``data/vintages.csv`` from the oldest to the newest.

    Examples
    --------
    >>> [one for one in succession() if one != "all"]
    ['38', '37']
    """
    return list(_succession())


@memory.remembered
def _succession() -> tuple[str, ...]:
    return tuple(tables.codelist("vintages").sort_values("valid_from", kind="stable").index)


def units(vintage: str) -> pd.DataFrame:
    """
    The districts and counties of one vintage of the divisions.

    Parameters
    ----------
    vintage : str
        Code of ``data/vintages.csv`` that has units: ``38`` or ``37``.

    Returns
    -------
    pandas.DataFrame, shape (n_units, >= 9), indexed by ``geo_id``
        Rows of ``data/geographies.csv`` with ``name`` in the language of the run.

    Raises
    ------
    NotDrawable
        If ``vintage`` has no units of its own.
    """
    return _units(vintage).copy(deep=False)


@memory.remembered
def _units(vintage: str) -> pd.DataFrame:
    vintages = tables.codelist("vintages")
    with_units = vintages.index[vintages["n_units"] != ""]
    if vintage not in with_units:
        raise NotDrawable(f"vintage {vintage!r} has no units; use {', '.join(with_units)}")
    span = tables.row("vintages", vintage)
    moment = span["valid_to"] or _FOREVER  # what is valid when a vintage ends is its own
    places = tables.codelist("geographies")
    found = places[
        (places["level"] == "district")
        & (places["valid_from"] <= moment)
        & (places["valid_to"].replace("", _FOREVER) >= moment)
    ]
    if len(found) != int(span["n_units"]):
        raise NotDrawable(
            f"vintage {vintage} counts {span['n_units']} units, but"
            f" geographies.csv holds {len(found)}: {_listed(list(found.index))}"
        )
    return found


def _decode(topology: Topology) -> dict[str, shapely.Polygon]:
    transform = topology["transform"]
    scale, shift = np.array(transform["scale"]), np.array(transform["translate"])
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]

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
        raise NotDrawable(
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
    expected = units(vintage)
    shapes = _decode(topology(vintage))
    differing = sorted(set(shapes) ^ set(expected.index))
    if differing:
        raise NotDrawable(f"districts_{vintage}.topo.json and geographies.csv differ in {_listed(differing)}")
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
    differing = sorted(set(found["geo_id"]) ^ set(units(vintage).index))
    if differing:
        raise NotDrawable(
            f"tiles.csv and geographies.csv differ in {_listed(differing)} of vintage {vintage}"
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
        raise NotDrawable(f"level {level!r} is not known; use {', '.join(levels)}")
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
        raise NotDrawable(f"one map shows one indicator, not {found}")


def check_places(values: pd.DataFrame, vintage: str) -> None:
    """
    Refuse no rows, other vintages, areas that are no unit of this one, and second values.

    Raises
    ------
    NotDrawable
        Names the rows, and what would be right.
    """
    allowed = units(vintage).index
    if values.empty:
        raise NotDrawable("no figures to draw; is the indicator or the period written right?")
    _one_indicator(values)
    other = values[values["vintage"] != vintage]
    if len(other):
        found = ", ".join(f"{g} ({v})" for g, v in zip(other["geo_id"], other["vintage"], strict=False))
        raise NotDrawable(
            f"a map of vintage {vintage} cannot show figures compiled on another"
            f" one: {found}; draw them on their own map"
        )
    strange = sorted(set(values["geo_id"]) - set(allowed))
    if strange:
        raise NotDrawable(
            f"no unit of vintage {vintage}: {_listed(strange)}; zones and regions"
            f" overlap districts. Allowed: {_listed(list(allowed))}"
        )
    twice = values["geo_id"][values["geo_id"].duplicated()]
    if len(twice):
        raise NotDrawable(
            f"more than one figure for {_listed(sorted(set(twice)))}; choose a period, or take newest()"
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
    places = units(vintage)
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
    assert len(frame) == len(units(vintage))
    return frame


def coverage(frame: pd.DataFrame) -> tuple[int, int]:
    """Return how many units have a public figure, and how many there are."""
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


def members_of(region: str, vintage: str) -> list[str]:
    """
    Units of a region, those of regions within it included.

    Raises
    ------
    NotDrawable
        If no unit of the vintage belongs to it.
    """
    places = tables.codelist("geographies")
    parents = units(vintage)["parent"]
    found: list[str] = []
    for unit, parent in zip(parents.index, parents, strict=True):
        if region in (parent, places["parent"].get(parent, "")):
            found.append(unit)
    if not found:
        raise NotDrawable(f"{region} has no units of vintage {vintage}")
    return found


def crosswalk() -> pd.DataFrame:
    """
    What became of each unit of the 38: its successors among the 37, and what went where.

    Returns
    -------
    pandas.DataFrame
        ``geo_id``, ``successor``, ``share`` (``whole``, ``part``, or ``same`` for the units that
        did not change), ``what`` in the language of the run, and ``source_id``.
    """
    return _crosswalk().copy(deep=False)


@memory.remembered
def _crosswalk() -> pd.DataFrame:
    changed = tables.texts("crosswalk", ("what",))
    listed = set(changed["geo_id"])
    same = [unit for unit in units("38").index if unit not in listed]
    kept = pd.DataFrame({"geo_id": same, "successor": same, "share": "same", "what": "", "source_id": ""})
    columns = list(kept.columns)
    return pd.concat([changed[columns], kept]).sort_values(["geo_id", "successor"], ignore_index=True)


@memory.remembered
def redrawn() -> frozenset[str]:
    """
    The units that are in both vintages, but with another area.

    Examples
    --------
    >>> sorted(redrawn())
    ['500109']
    """
    found = crosswalk()
    stays = found["geo_id"] == found["successor"]
    return frozenset(found.loc[stays & (found["share"] != "same"), "geo_id"])


@memory.remembered
def changed() -> frozenset[str]:
    """
    The units of the 38 whose figures do not hold for a unit of the 37, though it may have their name.

    They were divided, or are a part of another now: a figure of 江北区 plus that of 渝北区 is not
    that of 两江新区, which holds parts of 北碚区 and lacks five towns of 渝北区.

    Examples
    --------
    >>> sorted(changed())
    ['500105', '500109', '500112']
    """
    found = crosswalk()
    return frozenset(found.loc[found["share"] != "same", "geo_id"])
