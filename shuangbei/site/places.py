"""Addresses of the pages of districts and zones; the pages themselves are made in their own modules."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from shuangbei import load, paths

_KIND = re.compile(r" (?:\w+(?: and \w+)? Autonomous County|District|County|New Area)$")
LEVELS = ("district", "zone")


def every() -> list[str]:
    """Ids of all that have a page: the units of either vintage in the order of the code list, zones."""
    levels = load.codelist("geographies")["level"]
    return [geo_id for level in LEVELS for geo_id in levels.index[levels == level]]


def slug(geo_id: str) -> str:
    """
    The last part of a place's address: its name in letters, the same in both editions.

    Raises
    ------
    shuangbei.load.UnknownCode
        If there is no such area.

    Examples
    --------
    >>> slug("500118"), slug("500243"), slug("500157"), slug("X-wansheng")
    ('yongchuan', 'pengshui', 'liangjiang', 'wansheng')
    """
    return _slug(geo_id, paths.data_dir())


@cache
def _slug(geo_id: str, folder: Path) -> str:
    row = load.row("geographies", geo_id)
    if row["level"] == "district":
        return re.sub(r"[^a-z]+", "-", _KIND.sub("", row["name_en"]).lower())
    return geo_id.removeprefix("X-").lower()


def page(geo_id: str) -> str:
    """Name of the page of a district or a zone, such as ``districts/yongchuan``."""
    return f"districts/{slug(geo_id)}"
