"""Writing all of a file or nothing of it, and archives that are the same for the same files."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from threading import get_ident

_DATE = (2023, 3, 29, 0, 0, 0)  # a fixed one


def write(path: Path, content: bytes) -> None:
    """
    Write all of a file or nothing of it, whoever else writes the same one.

    Parameters
    ----------
    path : pathlib.Path
        Its folder is made where there is none.
    content : bytes
        The whole file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.{get_ident()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def zip_of(entries: Mapping[str, bytes]) -> bytes:
    """
    Return an archive; the same entries in the same order give the same bytes.

    Parameters
    ----------
    entries : mapping of str to bytes
        Content by name.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, date_time=_DATE)
            # What differs between systems is left out.
            entry.create_system, entry.compress_type = 3, zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, content)
    return buffer.getvalue()
