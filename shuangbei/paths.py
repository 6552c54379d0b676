"""Where things are, the languages of the site and of the terminal, which files were opened; no more."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("zh", "en")

NOTEBOOKS = ROOT / "notebooks"
MAPS = ROOT / "maps"
PRACTICE = ROOT / "_build" / "practice"

_opened: set[Path] = set()


def language() -> str:
    """
    Language of this run, ``zh`` or ``en``, from the variable SHUANGBEI_LANG (default ``zh``).

    Raises
    ------
    ValueError
        If SHUANGBEI_LANG names a language that the project does not speak.
    """
    code = os.environ.get("SHUANGBEI_LANG", "zh")
    if code not in LANGUAGES:
        allowed = ", ".join(LANGUAGES)
        raise ValueError(f"SHUANGBEI_LANG={code!r} is not a language of this site; use {allowed}")
    return code


def spoken() -> str:
    """
    Language of messages to the person at the terminal, ``zh`` or ``en``.

    From the variable SHUANGBEI_SPEAKS (default ``zh``); the language of the site is another.
    """
    return "zh" if os.environ.get("SHUANGBEI_SPEAKS", "zh") == "zh" else "en"


def data_dir() -> Path:
    """Folder of the data package: ``data/``, or the folder that SHUANGBEI_DATA names."""
    return _resolved(os.environ.get("SHUANGBEI_DATA", ""), ROOT)


@cache
def _resolved(name: str, root: Path) -> Path:
    return Path(name or root / "data").resolve()


# What is built from invented figures lies beside them, and nothing of it near the real site.
BUILD = PRACTICE if data_dir().is_relative_to(PRACTICE) else ROOT / "_build"
CACHE = BUILD / "cache"


def opened(path: Path, rows: str = "") -> Path:
    """
    Record that this run depends on the content of ``path``, and return it.

    Every read of data or boundaries goes through here, so that a build can tell which
    files a chapter's result rests on.

    Parameters
    ----------
    path : pathlib.Path
    rows : str, optional
        ``column=value`` where the run depends on the rows of that value alone; the record then
        has the path with ``#column=value`` at its end.
    """
    _opened.add(Path(f"{path}#{rows}") if rows else Path(path))
    return Path(path)


def opened_again(recorded: Iterable[Path]) -> None:
    """Record all that :func:`opened` has recorded for a result that is used again."""
    _opened.update(recorded)


def all_opened() -> set[Path]:
    """Return the files recorded since the last :func:`forget_opened`."""
    return set(_opened)


def forget_opened() -> None:
    """Start a new record of opened files."""
    _opened.clear()


@contextmanager
def recording(*, apart: bool = False) -> Iterator[set[Path]]:
    """
    Yield a record of what is opened inside the block.

    Parameters
    ----------
    apart : bool
        Keep it out of the record around the block, for a result that is recorded in another way.
    """
    global _opened
    own: set[Path] = set()
    around = _opened
    _opened = own
    try:
        yield own
    finally:
        _opened = around
        if not apart:
            around |= own
