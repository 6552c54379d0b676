"""Derives the vendored chart font: the GB 2312 characters of Noto Sans CJK SC, regular weight.

Run by hand when the font changes (needs fonttools, which the site itself does not):
    python derive.py /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont, ttCollection

FAMILY = "Noto Sans SC"
PUNCTUATION = "–—‘’“”…′″€¥£©·×÷±≤≥≈≠→←↑↓−‰℃②③●○■□▲△▼▽◆◇★☆〇—％＋／：；（）《》「」、。，！？"


def characters() -> set[int]:
    """Return the code points of GB 2312, printable ASCII and the punctuation of charts."""
    rows = range(0xA1, 0xF8)
    cells = range(0xA1, 0xFF)
    pairs = (bytes([row, cell]).decode("gb2312", errors="ignore") for row in rows for cell in cells)
    text = "".join(pairs) + PUNCTUATION + "".join(map(chr, range(0x20, 0x7F)))
    return {ord(character) for character in text}


def face(collection: Path) -> TTFont:
    """Return the simplified-Chinese face of the collection."""
    for font in ttCollection.TTCollection(str(collection)).fonts:
        if font["name"].getDebugName(1) == "Noto Sans CJK SC":
            return font
    raise SystemExit(f"{collection} holds no face named Noto Sans CJK SC")


def main(collection: Path, target: Path) -> None:
    """Write the subset of ``collection`` to ``target``."""
    font = face(collection)
    options = subset.Options(
        layout_features=["kern"],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        desubroutinize=False,
        hinting=False,
        notdef_outline=True,
        drop_tables=["vhea", "vmtx", "VORG", "DSIG"],
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters())
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = FAMILY
        elif record.nameID == 6:
            record.string = FAMILY.replace(" ", "") + "-Regular"
    font["head"].modified = font["head"].created
    font.save(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).with_name("NotoSansSC-Regular.otf"))
