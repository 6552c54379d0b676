"""Which files of the package results rest on: those that a module reaches by its imports, and no other."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent


def reached(starts: Iterable[str]) -> list[Path]:
    """
    Files of the package that some of its modules stand on, found in their text without running it.

    Imports within functions count, and so does what lies beside a module without being one, such
    as fonts and messages: a folder that is reached is reached with its data.

    Parameters
    ----------
    starts : iterable of str
        Dotted names of modules below the package, such as ``chapters``.

    Returns
    -------
    list of pathlib.Path
        Sorted; the modules of ``starts`` among them.

    Raises
    ------
    ValueError
        If a start is no module of the package.
    """
    home = HOME
    waiting, found = list(starts), set()
    while waiting:
        name = waiting.pop()
        path = _file(home, name)
        if path is None:
            raise ValueError(f"shuangbei.{name} is no module of the package")
        if path not in found:
            found.add(path)
            waiting += _imported(home, path)
    folders = {path.parent for path in found} - {home}
    beside = {
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".py" and "__pycache__" not in path.parts
    }
    return sorted(found | beside)


def _file(home: Path, name: str) -> Path | None:
    """Return the file of a module or of a folder's face; None where there is neither."""
    base = home.joinpath(*name.split(".")) if name else home
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


def _imported(home: Path, path: Path) -> list[str]:
    """Name the modules that a file imports, each with the faces of the folders it lies in."""
    return [name for name in _named(path.read_text(encoding="utf-8")) if _file(home, name)]


@cache
def _named(text: str) -> frozenset[str]:
    """Names below the package that a text imports; kept by the text, so what is kept holds for good."""
    named = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    own = {name.partition(".")[2] for name in named if name.partition(".")[0] == "shuangbei"}
    faces = {".".join(name.split(".")[:depth]) for name in own for depth in range(name.count(".") + 1)}
    return frozenset(own | faces)
