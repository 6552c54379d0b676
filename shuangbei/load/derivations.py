"""What data/derivations.yaml names: from which published figures something follows, and how; no values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import pandas as pd

from shuangbei import memory
from shuangbei.load import tables

_FILE = "derivations"
Twin = tuple[str, str]  # a text in Chinese and in English


class Ambiguous(ValueError):
    """An observation of which there is more than one, as several divisions hold it."""


@dataclass(frozen=True)
class Ingredient:
    """
    What a name in a formula stands for: an observation, or the target of a commitment.

    ``rounded_to`` is what its source evidently rounded to where more was printed than is known:
    100 for a count that ends in two noughts; None for the last digit that was printed.
    ``vintage`` are the divisions that an area's figure is of; None where one of them has it alone.
    """

    name: str
    indicator_id: str | None = None
    geo_id: str | None = None
    period: str | None = None
    commitment_id: str | None = None
    rounded_to: int | None = None
    vintage: str | None = None


@dataclass(frozen=True)
class Derivation:
    """
    One entry of ``intervals``: ``formula`` is the figure itself, ``at_least`` and ``at_most`` bound it.

    ``indicator_id`` is None where it gives no indicator of the data, ``commitment_id`` where it is
    about none.  ``name`` and each of ``assumptions`` are twins of Chinese and English.
    """

    derivation_id: str
    commitment_id: str | None
    indicator_id: str | None
    geo_id: str
    period: str
    unit: str
    decimals: int
    name: Twin
    formula: str | None
    at_least: str | None
    at_most: str | None
    inputs: tuple[Ingredient, ...]
    assumptions: tuple[Twin, ...]


@dataclass(frozen=True)
class Exclusion:
    """One entry of ``eliminations``: ``sizes`` holds each class with the number of its members."""

    exclusion_id: str
    indicator_id: str
    period: str
    vintage: str
    source_id: str
    sizes: tuple[tuple[str, int], ...]
    name: Twin
    assumptions: tuple[Twin, ...]


@memory.remembered
def derivations() -> tuple[Derivation, ...]:
    """
    Return the entries of ``intervals`` in the order of the file.

    Raises
    ------
    KeyError
        If an entry lacks what ``schemas/derivations.yaml`` asks for.
    """
    return tuple(_derivation(entry) for entry in _entries("intervals"))


@memory.remembered
def exclusions() -> tuple[Exclusion, ...]:
    """
    Return the entries of ``eliminations`` in the order of the file.

    Raises
    ------
    KeyError
        If an entry lacks what ``schemas/derivations.yaml`` asks for.
    """
    return tuple(_exclusion(entry) for entry in _entries("eliminations"))


def observation(indicator_id: str, geo_id: str, period: str, vintage: str | None = None) -> pd.Series:
    """
    Return one row of :func:`shuangbei.load.series`.

    Parameters
    ----------
    vintage : str or None
        Code of ``vintages.csv``; None where one of them alone has the figure.

    Raises
    ------
    UnknownCode
        If nothing is held for that indicator, area, period and vintage.
    Ambiguous
        If several vintages hold it and none is named.
    """
    series = tables.series(indicator_id, geo_id)
    found = series[(series["period"] == period) & (series["vintage"] == (vintage or series["vintage"]))]
    if found.empty:
        named = f"observation of {indicator_id} {geo_id}" + (f" in vintage {vintage}" if vintage else "")
        raise tables.UnknownCode(named, period, list(series["period"]))
    if len(found) > 1:
        held = ", ".join(found["vintage"])
        raise Ambiguous(
            f"observation of {indicator_id} {geo_id} {period} is held for vintages {held}: name one"
        )
    return found.iloc[0]


def _entries(part: str) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", tables.content(_FILE)[part])


def _twins(entry: dict[str, Any]) -> tuple[Twin, tuple[Twin, ...]]:
    name = (entry["name_zh"], entry["name_en"])
    return name, tuple((text["zh"], text["en"]) for text in entry["assumptions"])


def _derivation(entry: dict[str, Any]) -> Derivation:
    name, assumptions = _twins(entry)
    return Derivation(
        derivation_id=entry["id"],
        commitment_id=entry["commitment"],
        indicator_id=entry["indicator"],
        geo_id=entry["geo_id"],
        period=entry["period"],
        unit=entry["unit"],
        decimals=entry["decimals"],
        name=name,
        formula=entry.get("formula"),
        at_least=entry.get("at_least"),
        at_most=entry.get("at_most"),
        inputs=tuple(_ingredient(named, one) for named, one in entry["inputs"].items()),
        assumptions=assumptions,
    )


def _ingredient(name: str, entry: dict[str, Any]) -> Ingredient:
    return Ingredient(
        name,
        entry.get("indicator"),
        entry.get("geo_id"),
        entry.get("period"),
        entry.get("commitment"),
        entry.get("rounded_to"),
        entry.get("vintage"),
    )


def _exclusion(entry: dict[str, Any]) -> Exclusion:
    name, assumptions = _twins(entry)
    return Exclusion(
        exclusion_id=entry["id"],
        indicator_id=entry["indicator"],
        period=entry["period"],
        vintage=entry["vintage"],
        source_id=entry["source"],
        sizes=tuple(entry["sizes"].items()),
        name=name,
        assumptions=assumptions,
    )
