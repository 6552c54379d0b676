"""Takes back what Excel does to the bytes of a CSV file when it saves; changes no cell."""

from __future__ import annotations

import os
from pathlib import Path

_BOM = b"\xef\xbb\xbf"


def tidy(data_dir: Path) -> list[str]:
    """
    Remove the byte order mark and the line ends of Windows from the CSV files of ``data_dir``.

    Each file is written beside itself and put in place in one step, so that none is ever half
    written.

    Returns
    -------
    list of str
        The files that were changed, named below ``data_dir``.
    """
    changed = []
    for path in sorted(data_dir.rglob("*.csv")):
        before = path.read_bytes()
        after = before.removeprefix(_BOM).replace(b"\r\n", b"\n")
        if after != before:
            unfinished = path.with_name(f"~{path.name}")
            unfinished.write_bytes(after)
            os.replace(unfinished, path)
            changed.append(path.relative_to(data_dir).as_posix())
    return changed
