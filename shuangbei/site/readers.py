"""The tables of the data package for people with a spreadsheet, in the language of the edition."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from shuangbei import languages, load, words, writing
from shuangbei.pages import data

_BOM = b"\xef\xbb\xbf"


def written(rows: Iterable[Iterable[str]]) -> bytes:
    """Return rows as CSV that Excel opens by a double click: it knows UTF-8 by its mark alone."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([words.undated(cell) for cell in row] for row in rows)
    return _BOM + text.getvalue().encode()


def _kept(columns: list[str]) -> list[str]:
    """The columns of a table that are in the language of the run, or in none."""
    dropped = set()
    for name in columns:
        base = name.removesuffix("_en")
        twin = next((one for one in (f"{base}_zh", base) if one in columns), None)
        if name.endswith("_en") and twin:
            dropped.add(words.pick(name, twin))
    return [name for name in columns if name not in dropped]


def _names(resource: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Names by code, for each column whose codes stand in another table that names them."""
    found, column = {}, words.pick("name_zh", "name_en")
    for key in resource["schema"].get("foreignKeys", []):
        target = key["reference"]["resource"]
        listed = load.table(target) if target and target != resource["name"] else pd.DataFrame()
        if column in listed:
            code = key["reference"]["fields"][0]
            found[key["fields"][0]] = dict(zip(listed[code], listed[column], strict=True))
    return found


def _named(names: dict[str, str], code: str) -> str:
    return names.get(code, code)


def _saying(resource: dict[str, Any]) -> dict[str, Callable[[str], str]]:
    """What is said in the place of the code in a cell, by column; a code without a name is itself."""
    says = {column: partial(_named, names) for column, names in _names(resource).items()}
    fields = {field["name"] for field in resource["schema"]["fields"]}
    known: dict[str, Callable[[str], str]] = {"period": words.period, "periods": words.periods}
    return {**says, **{name: say for name, say in known.items() if name in fields}}


def table(resource: dict[str, Any]) -> list[list[str]]:
    """
    Return head and rows of a resource in the language of the run.

    Codes are told by their names and periods as pages say them; numbers are as printed.

    Parameters
    ----------
    resource : dict
        Of the descriptor of the package, with its schema in place.
    """
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    columns, says = _kept(list(fields)), _saying(resource)
    frame = load.table(resource["path"].removesuffix(".csv"))
    head = [fields[column][words.pick("title", "title_en")] for column in columns]
    cells = [[says.get(column, str)(cell) for cell in frame[column]] for column in columns]
    return [head, *map(list, zip(*cells, strict=True))]


def _finish(app, exception: Exception | None) -> None:
    if exception is not None or app.builder.name != "html":
        return
    for resource in data.package()["resources"]:
        target = data.for_readers(resource["name"]).removeprefix(languages.prefix())
        writing.write(Path(app.outdir, target), written(table(resource)))


def setup(app) -> None:
    """Write the tables when the pages are there."""
    app.connect("build-finished", _finish)
