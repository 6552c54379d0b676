"""A small table of observations of two indicators, and how a test changes it; asserts nothing."""

from __future__ import annotations

import os
from pathlib import Path

HEAD = "indicator_id,geo_id,value\n"
ROWS = "a,1,10\nb,1,20\na,2,30\n"


def write(path: Path, text: str) -> None:
    """Write a file so that it has another time, however coarse the clock of the disk is."""
    before = path.stat().st_mtime_ns
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def replace(path: Path, old: str, new: str) -> None:
    """Put another text in the place of one, as :func:`write` does."""
    write(path, path.read_text(encoding="utf-8").replace(old, new))
