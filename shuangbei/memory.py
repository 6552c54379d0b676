"""The one cache of the package: results remembered while what they were made from is as it was."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Callable, Iterable
from functools import cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from shuangbei import paths

Given = ParamSpec("Given")
Made = TypeVar("Made")
ABSENT = "absent"
_ANSWER = "answer"
_answers: dict[str, Callable[[], object]] = {}


def remembered(function: Callable[Given, Made]) -> Callable[Given, Made]:
    """
    Keep the results of a function that reads data, for this process.

    A result is kept for its arguments, the language and the data folder of the run, as long as the
    files that it was made from are as they were.  Whoever is given a kept result depends on those
    files as whoever had it made.
    """
    kept: dict[tuple[object, ...], tuple[Made, dict[Path, int | str]]] = {}

    @wraps(function)
    def recalled(*arguments: Given.args, **named: Given.kwargs) -> Made:
        key = (arguments, *named.items(), paths.language(), *grounds().values())
        if key in kept and all(_changed(path) == time for path, time in kept[key][1].items()):
            paths.opened_again(kept[key][1])
        else:
            with paths.recording() as opened:
                value = function(*arguments, **named)
            kept[key] = value, {path: _changed(path) for path in opened}
        return kept[key][0]

    return recalled


def answer(function: Callable[[], Made]) -> Callable[[], Made]:
    """
    Let what uses a small result depend on the result alone, and not on the many files behind it.

    Parameters
    ----------
    function : callable
        Without arguments; what it returns is told apart by its ``repr``.
    """
    recalled, name = remembered(function), f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def asked() -> Made:
        with paths.recording(apart=True):
            value = recalled()
        paths.opened(Path(_ANSWER, name))
        return value

    _answers[name] = asked
    return asked


@cache
def _file_of(path: Path) -> str:
    return str(path).partition("#indicator_id=")[0]


def _changed(path: Path) -> int | str:
    """Time of the last change of a file, 0 where there is none; for an answer, its digest."""
    if path.parts[0] == _ANSWER:
        return digest_of(path.as_posix())
    try:
        return os.stat(_file_of(path)).st_mtime_ns
    except FileNotFoundError:
        return 0


def name_of(path: Path) -> str:
    """
    Name what was opened independently of where the repository or the data folder lies.

    Raises
    ------
    ValueError
        If it is neither data, nor boundaries, nor an answer.
    """
    if path.parts[0] == _ANSWER:
        return path.as_posix()
    for label, folder in grounds().items():
        if path.is_relative_to(folder):
            return f"{label}/{path.relative_to(folder).as_posix()}"
    raise ValueError(f"a result rests on {path}, which is neither data nor part of the project")


def is_answer(name: str) -> bool:
    """Tell whether a name of :func:`name_of` stands for an answer."""
    return name.startswith(f"{_ANSWER}/")


def grounds() -> dict[str, Path]:
    """Folders that results may rest on."""
    return {"data": paths.data_dir(), "maps": paths.MAPS}


def digest(content: bytes) -> str:
    """Return the SHA-256 of a content, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, or ``absent``."""
    return digest(path.read_bytes()) if path.is_file() else ABSENT


def digest_of(name: str) -> str:
    """
    Return the digest of what a name of :func:`name_of` stands for, as it is now.

    Parameters
    ----------
    name : str
        ``data/sources.csv``, ``data/observations/patents.csv#indicator_id=patents``, ``answer/…``.
    """
    label, _, rest = name.partition("/")
    if label == _ANSWER:
        if rest not in _answers:
            return ABSENT
        with paths.recording(apart=True):
            return digest(repr(_answers[rest]()).encode())
    file, _, rows = name.partition("#")
    path = _path_of(file)
    if not path.is_file():
        return ABSENT
    changed = path.stat().st_mtime_ns
    return _rows(path, changed).get(rows, ABSENT) if rows else _whole(path, changed)


def digests(opened: Iterable[Path]) -> dict[str, str]:
    """Return the digest of everything that was opened, by its name."""
    return {name: digest_of(name) for name in sorted(map(name_of, opened))}


def slices(name: str) -> dict[str, str]:
    """Return the digest of every part of a table of observations that a result may rest on alone."""
    path = _path_of(name)
    found = _rows(path, path.stat().st_mtime_ns) if path.is_file() else {}
    return {f"{name}#{rows}": digest for rows, digest in found.items()}


def _path_of(name: str) -> Path:
    label, _, rest = name.partition("/")
    return grounds()[label] / rest


@cache
def _whole(path: Path, changed: int) -> str:
    return file_digest(path)


@cache
def _rows(path: Path, changed: int) -> dict[str, str]:
    """Digests of the rows of each indicator, in their order, with the head of the table."""
    head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    if "indicator_id" not in head:
        return {}
    parts: dict[str, list[list[str]]] = {}
    place = head.index("indicator_id")
    for row in rows:
        parts.setdefault(row[place] if len(row) > place else "", [head]).append(row)
    return {f"indicator_id={key}": digest(repr(part).encode()) for key, part in parts.items()}
