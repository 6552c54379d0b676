"""The vendored font: which characters it can draw, how wide a text is, where a line breaks."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import repeat
from pathlib import Path

FONT = Path(__file__).with_name("fonts") / "NotoSansSC-Regular.otf"
FAMILY = "Noto Sans SC"

# Chinese breaks between any two characters; Latin words, numbers and addresses hold together.
_PIECES = re.compile(r"[!-~\u00a0-\u02ff\u2010-\u201f−]+|\s+|.")
_CLOSING = set("，。、；：？！）》〉」』】〕”’…%％℃")
_OPENING = set("（《〈「『【〔“‘")


@lru_cache(maxsize=1)
def _widths() -> dict[str, float]:
    """Width of every character that the font has, in parts of its size."""
    from fontTools.ttLib import TTFont  # 0.1 s that only composing pays

    with TTFont(FONT, lazy=True) as font:
        advances, unit = font["hmtx"].metrics, font["head"].unitsPerEm
        return {chr(code): advances[glyph][0] / unit for code, glyph in font.getBestCmap().items()}


def missing(text: str) -> list[str]:
    """
    Characters of a text that the font cannot draw, each once.

    Examples
    --------
    >>> missing("重庆 2026"), missing("重庆\U0001f600")
    ([], ['😀'])
    """
    return sorted(set(text) - _widths().keys() - {"\n"})


def width(text: str, size: float) -> float:
    """
    Width of a line in pixels; a character that the font lacks counts as a square.

    Examples
    --------
    >>> width("重庆", 20)
    40.0
    """
    return sum(map(_widths().get, text, repeat(1.0))) * size


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[str, ...]:
    """Pieces that a line may end between: no line begins with a comma or ends with a bracket."""
    tokens: list[str] = []
    for piece in _PIECES.findall(text):
        joins = tokens and (piece[0] in _CLOSING or tokens[-1][-1] in _OPENING)
        tokens = [*tokens[:-1], tokens[-1] + piece] if joins else [*tokens, piece]
    return tuple(tokens)


def _cut(token: str, size: float, room: float) -> list[str]:
    """Cut a piece that is wider than a whole line, such as a long address, wherever it must be."""
    lines = [""]
    for character in token:
        if lines[-1] and width(lines[-1] + character, size) > room:
            lines.append("")
        lines[-1] += character
    return lines


def wrap(text: str, size: float, room: float) -> list[str]:
    """
    Break a text into lines that are no wider than ``room`` pixels.

    Parameters
    ----------
    text : str
        One paragraph.
    size : float
        Size of the font in pixels.
    room : float
        Width of a line in pixels.

    Examples
    --------
    >>> wrap("数据截至2026年，来源：统计局", 10, 84)
    ['数据截至2026年，', '来源：统计局']
    """
    lines = [""]
    for token in _tokens(text):
        if width((lines[-1] + token).rstrip(), size) <= room:
            lines[-1] += token
        elif width(token, size) <= room:
            lines = [*lines, token.lstrip()] if lines[-1] else [token.lstrip()]
        else:
            lines = [*(line for line in lines if line), *_cut(token, size, room)]
    return [line.rstrip() for line in lines if line.strip()]
