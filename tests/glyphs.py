"""Which characters a font can draw, read from its table; asserts nothing."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path


def _tables(font: bytes) -> dict[str, bytes]:
    count = struct.unpack_from(">H", font, 4)[0]
    rows = (struct.unpack_from(">4sLLL", font, 12 + 16 * row) for row in range(count))
    return {tag.decode(): font[start : start + length] for tag, _, start, length in rows}


def _segments(cmap: bytes, start: int) -> set[str]:
    """Characters of a subtable of format 4, where glyph 0 stands for none."""
    double = struct.unpack_from(">H", cmap, start + 6)[0]

    def column(number: int, sign: str) -> tuple[int, ...]:
        skipped = 14 + number * double + (2 if number else 0)
        return struct.unpack_from(f">{double // 2}{sign}", cmap, start + skipped)

    ends, starts, deltas, offsets = (column(*c) for c in ((0, "H"), (1, "H"), (2, "h"), (3, "H")))
    found = set()
    for row, (first, last) in enumerate(zip(starts, ends, strict=True)):
        place = start + 16 + 3 * double + 2 * row
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offsets[row]:
                glyph = struct.unpack_from(">H", cmap, place + offsets[row] + 2 * (code - first))[0]
            if glyph and (glyph + deltas[row]) & 0xFFFF:
                found.add(chr(code))
    return found


def _groups(cmap: bytes, start: int) -> set[str]:
    """Characters of a subtable of format 12."""
    count = struct.unpack_from(">L", cmap, start + 12)[0]
    rows = (struct.unpack_from(">LLL", cmap, start + 16 + 12 * row) for row in range(count))
    return {chr(code) for first, last, _ in rows for code in range(first, last + 1)}


@cache
def drawable(path: Path) -> frozenset[str]:
    """The characters that the font at ``path`` (OpenType) has glyphs for."""
    cmap = _tables(path.read_bytes())["cmap"]
    count = struct.unpack_from(">H", cmap, 2)[0]
    starts = {struct.unpack_from(">HHL", cmap, 4 + 8 * row)[2] for row in range(count)}
    readers = {4: _segments, 12: _groups}
    found = set()
    for start in starts:
        form = struct.unpack_from(">H", cmap, start)[0]
        if form in readers:
            found |= readers[form](cmap, start)
    return frozenset(found)
