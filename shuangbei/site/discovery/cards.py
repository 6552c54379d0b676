"""Pictures of the site itself: its icons, and the card shown where a page is shared; no figures."""

from __future__ import annotations

import struct
from html import escape

from shuangbei import pictures, words
from shuangbei.site import assets

ICON = assets.THEME / "icons" / "favicon.svg"
WIDTH, HEIGHT = 1200, 630
SIZES = (192, 512)
TOUCH = 180
_GROUND, _INK, _QUIET, _PAPER = "#0f3d6e", "#ffffff", "#c9dcf0", "#14508c"
_EDGE, _ROOM = 80, 1040
_ROUND = ' rx="6"'


def icon_svg() -> str:
    """Return the icon as it stands in the theme."""
    return ICON.read_text(encoding="utf-8")


def icon(size: int, whole: bool = False) -> bytes:
    """
    Draw the icon as PNG.

    Parameters
    ----------
    size : int
        Width and height in pixels.
    whole : bool
        Without rounded corners and with room around the sign, for systems that cut it to a
        shape of their own.
    """
    drawing = icon_svg().replace("<svg ", f'<svg width="{size}" height="{size}" ', 1)
    if whole:
        ground, sign = drawing.replace(_ROUND, "", 1).split("<path", 1)
        inner = sign.removesuffix("</svg>\n").removesuffix("</svg>")
        drawing = f'{ground}<g transform="translate(5 5) scale(.6875)"><path{inner}</g></svg>'
    return pictures.png(drawing, scale=1)


def favicon_ico() -> bytes:
    """Return the icon that browsers ask for by themselves when they open what is no page."""
    drawn = icon(32)
    head = struct.pack("<HHH", 0, 1, 1)
    entry = struct.pack("<BBBBHHII", 32, 32, 0, 0, 1, 32, len(drawn), len(head) + 16)
    return head + entry + drawn


def _lines(text: str, top: float, size: int, colour: str) -> tuple[str, float]:
    step = size * 1.45
    lines = pictures.wrap(text, size, _ROOM)
    written = "".join(
        f'<text x="{_EDGE}" y="{top + size + step * place:.1f}" font-size="{size}"'
        f' fill="{colour}">{escape(line, quote=False)}</text>'
        for place, line in enumerate(lines)
    )
    return written, top + step * len(lines)


def card_svg(name: str, sentence: str, foot: str) -> str:
    """
    Return the card of the site: its name, one sentence on where the plan stands, the edition.

    Parameters
    ----------
    name, sentence, foot : str
        Plain text in the language of the run.
    """
    title, y = _lines(words.drawn(name), 72, 62, _INK)
    said, _ = _lines(words.drawn(sentence), max(y + 36, 214), 36, _INK)
    last, _ = _lines(words.drawn(foot), HEIGHT - 104, 28, _QUIET)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{pictures.FAMILY}, sans-serif">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_GROUND}"/>'
        f'<rect width="24" height="{HEIGHT}" fill="{_PAPER}"/>{title}{said}{last}</svg>'
    )


def card(name: str, sentence: str, foot: str) -> bytes:
    """
    Draw :func:`card_svg` as PNG, :data:`WIDTH` by :data:`HEIGHT` pixels.

    Raises
    ------
    shuangbei.pictures.Unreadable
        If the vendored font lacks a character of it.
    """
    drawn = card_svg(name, sentence, foot)
    pictures.check_words(drawn, "card of the site")
    return pictures.png(drawn, scale=1)


def size_of(content: bytes) -> tuple[int, int]:
    """
    Width and height of a PNG in pixels.

    Raises
    ------
    ValueError
        If these are no bytes of a PNG.
    """
    if content[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("not a PNG")
    return struct.unpack(">II", content[16:24])
