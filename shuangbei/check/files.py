"""Rules about the folder and the bytes of a file, and what takes back what Excel does to them."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from pathlib import Path

from shuangbei.check.contract import DERIVATIONS, DESCRIPTOR, EDITION, Spec
from shuangbei.check.findings import Finding

_BOM = b"\xef\xbb\xbf"
# Files of the system, and those that Excel and Word keep while a file is open.
_HIDDEN = (".", "~")
_BESIDE = {DESCRIPTOR, EDITION, DERIVATIONS, "README.md", "README.zh.md"}


def check_folder(data_dir: Path, specs: Iterable[Spec]) -> list[Finding]:
    """Files that the package promises and the folder lacks, and the reverse."""
    promised = {spec.file for spec in specs} | {EDITION, DERIVATIONS}
    there = {
        path.relative_to(data_dir).as_posix()
        for path in data_dir.rglob("*")
        if path.is_file() and not path.name.startswith(_HIDDEN)
    }
    schemas = {file for file in there if file.startswith("schemas/")}
    missing = sorted(promised - there)
    unknown = sorted(there - promised - schemas - _BESIDE)
    # A renamed file is one defect, not a missing and an unknown one.
    renamed = {file: _near(file, missing) for file in unknown}
    found = [_unknown(file, near) for file, near in renamed.items()]
    lost = [file for file in missing if file not in renamed.values()]
    return [Finding(file, None, "", "", "file-missing") for file in lost] + found


def _near(file: str, missing: list[str]) -> str:
    found = difflib.get_close_matches(file, missing, 1, 0.75)
    return found[0] if found else ""


def _unknown(file: str, near: str) -> Finding:
    words = (f" {near}", f", {near}") if near else ("", "")
    return Finding(file, None, "", "", "file-unknown", {"near": words})


def check_bytes(file: str, raw: bytes) -> list[Finding]:
    """
    Encoding, BOM, line ends and NUL bytes of one file.

    Parameters
    ----------
    file : str
        Path below the data folder, for the findings.
    raw : bytes
        The file as it stands.
    """
    if not raw.strip():
        return [Finding(file, None, "", "", "file-empty")]
    undecodable = _encoding(file, raw)
    if undecodable:
        return [undecodable]
    found = []
    if raw.startswith(_BOM):
        found.append(Finding(file, 1, "", "EF BB BF", "bom"))
    if b"\0" in raw:
        found.append(Finding(file, _line(raw, raw.index(b"\0")), "", "00", "nul"))
    if not raw.endswith(b"\n"):
        found.append(Finding(file, raw.count(b"\n") + 1, "", "", "unfinished"))
    if b"\r" in raw:
        found.append(Finding(file, _line(raw, raw.index(b"\r")), "", "0D", "crlf"))
    return found


def _encoding(file: str, raw: bytes) -> Finding | None:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row, shown = _line(raw, error.start), f"{raw[error.start]:02X}"
        wide = b"\0" in raw[:200] or raw[:2] in (b"\xff\xfe", b"\xfe\xff", b"PK")
        rule = "encoding-gbk" if not wide and _is_gbk(raw) else "encoding-unknown"
        return Finding(file, row, "", shown, rule)
    return None


def _is_gbk(raw: bytes) -> bool:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _line(raw: bytes, position: int) -> int:
    return raw.count(b"\n", 0, position) + 1


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
