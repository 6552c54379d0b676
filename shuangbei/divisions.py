"""Units beside each other: neighbours, regions, tiles, and what the change of divisions carries over."""

from __future__ import annotations

from functools import cache

import geopandas as gpd
import pandas as pd

from shuangbei import load, spatial


@cache
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
    frame = spatial.boundaries(vintage)
    shapes = dict(zip(frame["geo_id"], frame.geometry, strict=True))
    pairs = frame.sindex.query(frame.geometry, predicate="intersects").T
    ids = frame["geo_id"].to_list()
    found = {one: [] for one in ids}
    for one, other in ((ids[a], ids[b]) for a, b in pairs if a != b):
        if shapes[one].intersection(shapes[other]).length > 0:
            found[one].append(other)
    return {one: tuple(sorted(near)) for one, near in found.items()}


def regions(vintage: str) -> gpd.GeoDataFrame:
    """
    Outlines of the regions, dissolved from their units, so that they lie on the same lines.

    Returns
    -------
    geopandas.GeoDataFrame, one row per region
        ``geo_id`` of the region, ``n_units`` and ``geometry`` (CRS EPSG:4326).
    """
    parents = spatial.units(vintage)["parent"]
    frame = spatial.boundaries(vintage)
    frame = frame.assign(region=frame["geo_id"].map(parents), n_units=1)
    whole = frame[["region", "n_units", "geometry"]].dissolve("region", aggfunc="sum")
    return whole.reset_index().rename(columns={"region": "geo_id"})


def region_sum(values: pd.DataFrame, region: str, vintage: str) -> float | None:
    """
    Sum of a count over the units of a region; None unless every one of them is known.

    Parameters
    ----------
    values : pandas.DataFrame
        One row per unit, of one indicator, period and vintage: ``geo_id``, ``value``, ``period``
        and ``qualifier``.
    region : str
        A region of the code list, such as ``X-central``, or one that is made of regions.
    vintage : str
        Of the divisions.

    Raises
    ------
    NotDrawable
        If a row is no unit of the vintage, a unit has two rows, or the figures are of several
        periods or not all exact.
    """
    spatial.check_places(values, vintage)
    if values["period"].nunique() > 1 or (values["qualifier"] != "exact").any():
        raise spatial.NotDrawable("figures of several periods, or bounds among them, have no sum")
    members = members_of(region, vintage)
    known = values.set_index("geo_id")["value"].reindex(members)
    return None if known.isna().any() else float(known.sum())


def members_of(region: str, vintage: str) -> list[str]:
    """
    Units of a region, those of regions within it included.

    Raises
    ------
    NotDrawable
        If no unit of the vintage belongs to it.
    """
    places = load.codelist("geographies")
    parents, found = spatial.units(vintage)["parent"], []
    for unit, parent in parents.items():
        if region in (parent, places["parent"].get(parent, "")):
            found.append(unit)
    if not found:
        raise spatial.NotDrawable(f"{region} has no units of vintage {vintage}")
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
    changed = load.texts("crosswalk", ("what",))
    listed = set(changed["geo_id"])
    same = [unit for unit in spatial.units("38").index if unit not in listed]
    kept = pd.DataFrame({"geo_id": same, "successor": same, "share": "same", "what": "",
                         "source_id": ""})
    columns = list(kept.columns)
    return pd.concat([changed[columns], kept]).sort_values(["geo_id", "successor"],
                                                           ignore_index=True)


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
