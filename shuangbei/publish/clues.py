"""The clues as published beside the data package: derived, and therefore in files of their own."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from shuangbei import load, measures, words

_COLUMNS = (
    "clue_id",
    "kind",
    "commitment_id",
    "indicator_id",
    "geo_id",
    "period",
    "vintage",
    "unit",
    "low",
    "high",
    "name_zh",
    "name_en",
    "formula",
    "inputs",
    "assumptions_zh",
    "assumptions_en",
    "source_ids",
)
_EVERY = "all"  # the divisions of what is not compiled by district


def entries() -> list[dict[str, Any]]:
    """
    Return the objects of ``clues.json``: ranges first, then what follows by elimination.

    Ends are in ``unit`` and rounded outward to the decimals that are shown; None is an open one.
    """
    return [
        *(_interval(one) for one in measures.clues()),
        *(_elimination(one) for one in measures.eliminations()),
    ]


def _texts(one: measures.Clue | measures.Elimination) -> dict[str, Any]:
    return {
        "name": dict(zip(("zh", "en"), one.name, strict=True)),
        "assumptions": [dict(zip(("zh", "en"), twin, strict=True)) for twin in one.assumptions],
    }


def _interval(one: measures.Clue) -> dict[str, Any]:
    return {
        "clue_id": one.clue_id,
        "kind": "interval",
        "commitment_id": one.commitment_id,
        "indicator_id": one.indicator_id,
        "geo_id": one.geo_id,
        "period": one.period,
        "vintage": _EVERY,
        "unit": one.unit,
        "low": _plain(one.low),
        "high": _plain(one.high),
        "is_estimated": one.is_estimated,
        **_texts(one),
        "formulas": dict(one.formulas),
        "inputs": [_input(each) for each in one.inputs],
        "contradicted_by": [_clash(each) for each in measures.clashes(one)],
        "source_ids": list(one.source_ids),
    }


def _clash(one: measures.Clash) -> dict[str, Any]:
    row = load.observation(one.indicator_id, one.geo_id, one.period, one.vintage)
    return {
        "period": one.period,
        "value": row["printed"],
        "unit": row["unit"],
        "qualifier": row["qualifier"],
        "is_dated": one.is_dated,
        "source_id": one.source_id,
    }


def _input(one: measures.ClueInput) -> dict[str, Any]:
    return {
        "name": one.name,
        "commitment_id": one.commitment_id,
        "indicator_id": one.indicator_id,
        "geo_id": one.geo_id,
        "period": one.period,
        "value": one.printed,
        "unit": one.unit,
        "qualifier": one.qualifier,
        "low": _plain(one.interval.low),
        "high": _plain(one.interval.high),
        "source_id": one.source_id,
    }


def _elimination(one: measures.Elimination) -> dict[str, Any]:
    return {
        "clue_id": one.clue_id,
        "kind": "elimination",
        "commitment_id": None,
        "indicator_id": one.indicator_id,
        "geo_ids": list(one.geo_ids),
        "period": one.period,
        "vintage": one.vintage,
        "unit": load.indicator(one.indicator_id)["unit"],
        "low": one.value,
        "high": one.value,
        **_texts(one),
        "sizes": dict(one.sizes),
        "named": dict(one.named),
        "source_ids": [one.source_id],
    }


def _plain(end: float | None) -> float | int | None:
    return int(end) if end is not None and end.is_integer() else end


def json_file() -> bytes:
    """Return ``clues.json``: a list, with every entry of a kind written in full."""
    return (json.dumps(entries(), ensure_ascii=False, indent=1) + "\n").encode()


def csv_file() -> bytes:
    """Return ``clues.csv``: one row for each range, and one for each area of an elimination."""
    text = io.StringIO()
    table = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
    table.writeheader()
    for entry in entries():
        for area in entry.get("geo_ids", [entry.get("geo_id")]):
            table.writerow(_row({**entry, "geo_id": area}))
    return text.getvalue().encode()


def _row(entry: dict[str, Any]) -> dict[str, str]:
    kept = {name: entry[name] for name in _COLUMNS if name in entry}
    formulas = entry.get("formulas", {"sizes": f"{entry.get('sizes')}, named {entry.get('named')}"})
    told = {
        "low": words.digits(entry["low"], _decimals(entry["low"])),
        "high": words.digits(entry["high"], _decimals(entry["high"])),
        "formula": "; ".join(f"{kind}: {text}" for kind, text in formulas.items()),
        "inputs": "; ".join(map(_told, entry.get("inputs", []))),
        "source_ids": " ".join(entry["source_ids"]),
    }
    for language in ("zh", "en"):
        told[f"name_{language}"] = entry["name"][language]
        told[f"assumptions_{language}"] = " ".join(twin[language] for twin in entry["assumptions"])
    return {name: "" if value is None else str(value) for name, value in {**kept, **told}.items()}


def _decimals(end: float | None) -> int:
    return 0 if end is None else len(str(end).partition(".")[2])


def _told(one: dict[str, Any]) -> str:
    """``share = private_share_high_tech_enterprises 500000 2024: 91 percent (exact), s012``."""
    source = one["source_id"] or one["commitment_id"]
    key = f"{one['indicator_id']} {one['geo_id']} {one['period']}"
    return f"{one['name']} = {key}: {one['value']} {one['unit']} ({one['qualifier']}), {source}"
