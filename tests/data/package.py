"""Reads the real data package for the tests of this folder as plain text; asserts nothing."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache

from shuangbei import paths

Rows = tuple[dict[str, str], ...]


@cache
def table(name: str) -> Rows:
    """Rows of ``data/<name>.csv``, every cell as text."""
    with (paths.data_dir() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def observations() -> Rows:
    """Rows of all files of observations/."""
    files = sorted((paths.data_dir() / "observations").glob("*.csv"))
    return tuple(row for file in files for row in table(f"observations/{file.stem}"))


def by(name: str, column: str) -> dict[str, dict[str, str]]:
    """Rows of a table by one column."""
    return {row[column]: row for row in table(name)}


def in_base_unit(row: dict[str, str]) -> Decimal:
    """The value of a row in the base unit of its quantity."""
    return Decimal(row["value"]) * Decimal(by("units", "unit")[row["unit"]]["factor"])


def name_of(row: dict[str, str]) -> str:
    """What to call an observation in a message of a test."""
    return " ".join(row[column] for column in ("indicator_id", "geo_id", "period", "value"))
