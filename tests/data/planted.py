"""Plants the defects of tests/data/bad/ in a copy of the data package; asserts nothing."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

BAD = Path(__file__).parent / "bad"

_BYTES = {
    "gbk": lambda raw: raw.decode("utf-8").encode("gb18030"),
    "utf-16": lambda raw: raw.decode("utf-8").encode("utf-16"),
    "bom": lambda raw: b"\xef\xbb\xbf" + raw,
    "semicolons": lambda raw: _separated_by(raw, ";"),
    "tabs": lambda raw: _separated_by(raw, "\t"),
    "crlf": lambda raw: raw.replace(b"\n", b"\r\n"),
    "nul": lambda raw: raw[:-1] + b"\0\n",
    "cut-off": lambda raw: raw[:-7],
    "empty": lambda raw: b"",
    "header-only": lambda raw: raw.split(b"\n")[0] + b"\n",
}


@dataclass(frozen=True)
class Defect:
    """One planted defect and what the checker must say about it."""

    name: str
    steps: dict[str, Any]

    @property
    def expected(self) -> dict[str, Any]:
        """The ``expect`` entry of the fixture."""
        return self.steps["expect"]


def defects() -> list[Defect]:
    """All fixtures in the order of their names."""
    files = sorted(BAD.glob("*.yaml"))
    # Every cell of a CSV is text, so nothing in a fixture may turn into a number or a date.
    loaded = {file.stem: yaml.load(file.read_text("utf-8"), yaml.BaseLoader) for file in files}
    return [Defect(name, steps) for name, steps in loaded.items()]


def plant(defect: Defect, data_dir: Path, target: Path) -> int | None:
    """
    Copy ``data_dir`` to ``target``, plant the defect there, and return the line it stands in.

    Raises
    ------
    LookupError
        If the row that a fixture changes is not in the data any more.
    """
    shutil.copytree(data_dir, target)
    path = target / defect.steps["file"]
    row = None
    for step, settings in defect.steps.items():
        if step in _TABLE:
            table = _read(path)
            row = _TABLE[step](table, settings)
            path.write_bytes(_written(table, ","))
        elif step in _WHOLE:
            row = _WHOLE[step](path, settings)
    wanted = defect.expected["row"]
    if isinstance(wanted, dict):
        return _find(_read(target / defect.expected["file"]), wanted) + 1
    if wanted == "there":
        return row
    return None if wanted == "null" else int(wanted)


def _read(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))


def _written(table: list[list[str]], separator: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(table)
    return text.getvalue().encode("utf-8")


def _separated_by(raw: bytes, separator: str) -> bytes:
    return _written(list(csv.reader(io.StringIO(raw.decode("utf-8"), newline=""))), separator)


def _find(table: list[list[str]], where: dict[str, str]) -> int:
    places = {table[0].index(column): value for column, value in where.items()}
    for number, line in enumerate(table[1:], start=1):
        if all(line[place] == value for place, value in places.items()):
            return number
    raise LookupError(f"no row with {where}")


def _set(table: list[list[str]], number: int, cells: dict[str, str]) -> None:
    for column, value in cells.items():
        table[number][table[0].index(column)] = value


def _change(table: list[list[str]], settings: dict[str, Any]) -> int:
    number = _find(table, settings["where"])
    _set(table, number, settings["set"])
    return number + 1


def _append(table: list[list[str]], settings: dict[str, Any]) -> int:
    table.append(list(table[_find(table, settings["like"])]))
    _set(table, len(table) - 1, settings["set"])
    return len(table)


def _insert(table: list[list[str]], settings: dict[str, Any]) -> int:
    number = _find(table, settings["like"]) + 1
    table.insert(number, list(table[number - 1]))
    _set(table, number, settings["set"])
    return number + 1


def _drop(table: list[list[str]], where: dict[str, str]) -> int:
    places = {table[0].index(column): value for column, value in where.items()}
    kept = [line for line in table if any(line[place] != v for place, v in places.items())]
    if len(kept) == len(table):
        raise LookupError(f"no row with {where}")
    table[:] = kept
    return 1


def _header(table: list[list[str]], settings: dict[str, Any]) -> int:
    header = table[0]
    for old, new in settings.get("rename", {}).items():
        header[header.index(old)] = new
    if "drop" in settings:
        place = header.index(settings["drop"])
        for line in table:
            del line[place]
    if "add" in settings:
        for line in table:
            line.append("")
        header[-1] = settings["add"]
    if "swap" in settings:
        one, other = (header.index(name) for name in settings["swap"])
        for line in table:
            line[one], line[other] = line[other], line[one]
    return 1


def _as_bytes(path: Path, kind: str) -> None:
    path.write_bytes(_BYTES[kind](path.read_bytes()))


def _line(path: Path, settings: dict[str, str]) -> int:
    raw = path.read_bytes()
    path.write_bytes(raw + settings["text"].encode("utf-8") + b"\n")
    return len(_read(path))


def _replace(path: Path, pieces: dict[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in pieces.items():
        if old not in text:
            raise LookupError(f"{path.name} has no {old!r}")
        text = text.replace(old, new, 1)
    path.write_bytes(text.encode("utf-8"))


def _create(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


_TABLE = {
    "change": _change,
    "append": _append,
    "insert": _insert,
    "header": _header,
    "drop": _drop,
}
_WHOLE = {
    "bytes": _as_bytes,
    "line": _line,
    "replace": _replace,
    "create": _create,
    "delete": lambda path, _: path.unlink(),
    "rename": lambda path, name: path.rename(path.with_name(name)) and None,
}
