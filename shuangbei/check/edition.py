"""Rules about edition.yaml: the edition, its dates, whether it is one for practice; nothing else."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from shuangbei import paths
from shuangbei.check.contract import EDITION, NO_MAPPING, broken_yaml, load_yaml
from shuangbei.check.findings import Finding

_DATES = ("cut_off", "published", "next_release")
_DATE = ("一个日期，如 2026-11-20", "a date such as 2026-11-20")
_QUARTER = ("季度，如 2026Q3", "a quarter such as 2026Q3")
_NUMBER = ("审图号，或 null", "a map review number, or null")
_MAPS = ("boundaries", "tiles")
_FORM = ("boundaries（画边界）或 tiles（画方格）", "boundaries, or tiles (equal squares)")
_PRACTICE = "practice"
_INVENTED = ("练习版写 true，真实数据没有这一行", "true for practice, and no such line in real data")
_NONE = ("没有这一项", "no such entry")


@dataclass(frozen=True)
class Edition:
    """
    What other rules compare with.

    The dates are None where edition.yaml does not say; ``practice`` is whether the figures of
    the districts are invented.
    """

    cut_off: dt.date | None = None
    published: dt.date | None = None
    practice: bool = False


def check_edition(data_dir: Path) -> tuple[Edition, list[Finding]]:
    """Read edition.yaml and judge it; the file must be there and decodable."""
    path = data_dir / EDITION
    try:
        entries = load_yaml(path)
    except yaml.YAMLError as error:
        return Edition(), [broken_yaml(EDITION, error)]
    if not isinstance(entries, dict):
        return Edition(), [Finding(EDITION, 1, "", "", "yaml-broken", {"reason": NO_MAPPING})]
    lines = path.read_text(encoding="utf-8").splitlines()
    found = _fields(entries, lines) or _order(entries, lines)
    dates = {name: value for name, value in entries.items() if isinstance(value, dt.date)}
    practice = entries.get(_PRACTICE) is True
    if practice and not data_dir.resolve().is_relative_to(paths.PRACTICE):
        place = (EDITION, _line(lines, _PRACTICE), _PRACTICE, _shown(entries, _PRACTICE))
        found = [*found, Finding(*place, "practice-edition")]
    return Edition(dates.get("cut_off"), dates.get("published"), practice), found


def _fields(entries: dict[str, Any], lines: list[str]) -> list[Finding]:
    wanted: dict[str, tuple[str, str]] = {}
    if not re.fullmatch(r"20\d\dQ[1-4]", str(entries.get("edition", ""))):
        wanted["edition"] = _QUARTER
    for name in _DATES:
        if not isinstance(entries.get(name), dt.date):
            wanted[name] = _DATE
    if not isinstance(entries.get("map_review_number", 0), str | None):
        wanted["map_review_number"] = _NUMBER
    if entries.get("maps") not in _MAPS:
        wanted["maps"] = _FORM
    if entries.get(_PRACTICE, True) is not True:
        wanted[_PRACTICE] = _INVENTED
    for name in set(entries) - {"edition", "map_review_number", "maps", _PRACTICE, *_DATES}:
        wanted[str(name)] = _NONE
    return [
        Finding(EDITION, _line(lines, name), name, _shown(entries, name), "edition-field", facts)
        for name, words in sorted(wanted.items())
        for facts in [{"wanted": words}]
    ]


def _order(entries: dict[str, Any], lines: list[str]) -> list[Finding]:
    for earlier, later in itertools.pairwise(_DATES):
        if entries[later] < entries[earlier]:
            facts = {"other": earlier, "other_value": str(entries[earlier])}
            row, value = _line(lines, later), str(entries[later])
            return [Finding(EDITION, row, later, value, "edition-order", facts)]
    return []


def _line(lines: list[str], name: str) -> int | None:
    numbers = [number for number, line in enumerate(lines, 1) if line.startswith(f"{name}:")]
    return numbers[0] if numbers else None


def _shown(entries: dict[str, Any], name: str) -> str:
    value = entries.get(name)
    return "" if value is None else str(value)
