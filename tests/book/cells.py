"""Draws one cell of data/ at random and changes it a little; asserts nothing."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

# Columns whose change would make other rows, or no valid table.
_KEYS = ("_id", "code", "level", "period", "vintage", "unit", "url", "published", "chapter", "kind")


def _table(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def _changed(cell: str, dice: random.Random) -> str:
    """The last digit of a number turned, or a text with one more word."""
    if cell and cell[-1].isdigit():
        return cell[:-1] + str((int(cell[-1]) + dice.choice([1, 9])) % 10)
    return f"{cell} {dice.choice(['another', 'other'])}"


def change(data: Path, dice: random.Random) -> tuple[Path, str]:
    """
    Change one cell of one table.

    Parameters
    ----------
    data : pathlib.Path
        Folder of the data package.
    dice : random.Random
        Says which cell, and how.

    Returns
    -------
    tuple of pathlib.Path and str
        The file, and what it held before.
    """
    tables = [path for path in sorted(data.rglob("*.csv")) if len(_table(path)) > 1]
    # Observations are what a quarter changes: every second time.
    shown = [path for path in tables if path.parent.name == "observations"]
    path = dice.choice(shown if dice.random() < 0.5 else tables)
    head, *rows = _table(path)
    free = [place for place, name in enumerate(head) if not name.endswith(_KEYS)]
    row, place = dice.choice(rows), dice.choice(free or range(len(head)))
    row[place] = _changed(row[place], dice)
    before, written = path.read_text(encoding="utf-8"), io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([head, *rows])
    path.write_text(written.getvalue(), encoding="utf-8", newline="\n")
    return path, before
