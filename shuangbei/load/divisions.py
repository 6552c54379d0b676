"""The divisions of the city: vintages, the units of each, their regions, and what became of them."""

from __future__ import annotations

import pandas as pd

from shuangbei import memory
from shuangbei.load import tables

_FOREVER = "9999"


class NotDrawable(ValueError):
    """Figures or boundaries that no map of one vintage can show."""


def listed(ids: list[str]) -> str:
    """Name areas in a message: each with its id."""
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
            f" geographies.csv holds {len(found)}: {listed(list(found.index))}"
        )
    return found


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
