"""Pictures of the site itself: its icons, and the cards shown where pages are shared; no figures."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw, ImageFont

from shuangbei import pictures, words
from shuangbei.site import assets

ICON = assets.THEME / "icons" / "favicon.svg"
WIDTH, HEIGHT = 1200, 630
SIZES = (192, 512)
TOUCH = 180
_GROUND, _INK = "#0f3d6e", "#ffffff"
_EDGE, _ROOM, _BAR, _TOP = 80, 1040, 24, 56
_NUMBER_SIZE, _LEAST_NUMBER, _WHEN_SIZE, _GAP = 92, 60, 32, 24
_TEXTS = ("kicker", "title", "number", "when", "mark", "sentence", "source", "foot")
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


@dataclass(frozen=True)
class Card:
    """
    What stands on the card of a page, as plain text in the language of the run; empty: not there.

    ``shape`` is the drawing of a mark as SVG; it stands before ``mark``, the word.
    """

    kicker: str
    title: str
    number: str = ""
    when: str = ""
    mark: str = ""
    shape: str = ""
    sentence: str = ""
    source: str = ""
    foot: str = ""


# One channel from ground to ink: that is all the colours of a card, and a quarter of the bytes.
_LEVELS = 16
_QUIETER = 0.78
_LEADING = 1.42
_FOOT = HEIGHT - 78


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(pictures.FONT, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _palette() -> list[int]:
    ground, ink = ImageColor.getrgb(_GROUND), ImageColor.getrgb(_INK)
    steps = [level / (_LEVELS - 1) for level in range(_LEVELS)]
    return [round(low + (high - low) * step) for step in steps for low, high in zip(ground, ink, strict=True)]


@cache
def _mask(shape: str, size: int) -> Image.Image:
    """The drawing of a mark as a mask: where ink stands."""
    drawing = shape.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" color="#000" ', 1)
    with Image.open(BytesIO(pictures.png(drawing, scale=size / 16))) as drawn:
        return drawn.convert("RGBA").getchannel("A")


class _Sheet:
    """A card that is being drawn from its head downwards."""

    def __init__(self) -> None:
        self.image = Image.new("L", (WIDTH, HEIGHT), 0)
        self._draw = ImageDraw.Draw(self.image)
        self._draw.rectangle((0, 0, _BAR, HEIGHT), fill=round(255 * 0.25))
        self.y = float(_TOP)

    def lines(self, text: str, size: int, most: int, ink: float = 1.0) -> None:
        """Write a paragraph; what does not fit into ``most`` lines, or above the foot, is cut off."""
        step = size * _LEADING
        room = max(int((_FOOT - 16 - self.y) // step), 0)
        for line in shortened(text, size, min(most, room)):
            self.put(_EDGE, self.y, line, size, ink)
            self.y += step

    def put(self, x: float, y: float, text: str, size: int, ink: float = 1.0) -> float:
        """Write one line and return where it ends."""
        self._draw.text((x, y), text, font=_font(size), fill=round(255 * ink))
        return x + pictures.width(text, size)

    def shape(self, x: float, y: float, shape: str, size: int) -> float:
        """Draw a mark and return where it ends."""
        mask = _mask(shape, size)
        self.image.paste(255, (round(x), round(y)), mask)
        return x + mask.width

    def png(self) -> bytes:
        """Return the card as PNG with a palette."""
        scaled = self.image.point([value * (_LEVELS - 1) // 255 for value in range(256)])
        scaled.putpalette(_palette())
        content = BytesIO()
        scaled.save(content, "PNG", bits=4, compress_level=6)
        return content.getvalue()


def shortened(text: str, size: int, most: int) -> list[str]:
    """
    Break a text into at most so many lines; an ellipsis stands for what is left out.

    Examples
    --------
    >>> shortened("重庆" * 60, 100, 1)
    ['重庆重庆重庆重庆重…']
    """
    lines = pictures.wrap(text, size, _ROOM)
    if len(lines) <= most:
        return lines
    kept = lines[:most]
    if kept:
        last = kept[-1]
        while pictures.width(last + "…", size) > _ROOM:
            last = last[:-1]
        kept[-1] = last.rstrip("，、；,; ") + "…"
    return kept


def _fitted(number: str, when: str) -> tuple[int, bool]:
    """Size of a number so that it stays on the card, and whether its date has room beside it."""
    for size in range(_NUMBER_SIZE, _LEAST_NUMBER - 1, -4):
        if pictures.width(number, size) + _GAP + pictures.width(when, _WHEN_SIZE) <= _ROOM:
            return size, True
    alone = (size for size in range(_LEAST_NUMBER, _WHEN_SIZE, -2) if pictures.width(number, size) <= _ROOM)
    return next(alone, _WHEN_SIZE), False


def _headline(sheet: _Sheet, card: Card) -> None:
    """The number with its date, and the mark below it."""
    if card.number:
        size, beside = _fitted(card.number, card.when)
        end = sheet.put(_EDGE, sheet.y, shortened(card.number, size, 1)[0], size)
        if beside:
            sheet.put(end + _GAP, sheet.y + size * 0.94 - 30, card.when, _WHEN_SIZE, _QUIETER)
        sheet.y += size * 1.34
        if not beside:
            sheet.lines(card.when, _WHEN_SIZE, 1, _QUIETER)
    if card.mark:
        end = sheet.shape(_EDGE, sheet.y + 10, card.shape, 40) + 14 if card.shape else _EDGE
        sheet.put(end, sheet.y, card.mark, 38)
        sheet.y += 66


def draw(card: Card) -> bytes:
    """
    Draw a card as PNG, :data:`WIDTH` by :data:`HEIGHT` pixels.

    Nothing of it stands near an edge, so that a place that crops loses no word.

    Raises
    ------
    shuangbei.pictures.Unreadable
        If the vendored font lacks a character of it.
    """
    told = replace(card, **{name: words.drawn(getattr(card, name)) for name in _TEXTS})
    pictures.check_text(" ".join(getattr(told, name) for name in _TEXTS), f"card of {card.title}")
    sheet = _Sheet()
    sheet.lines(told.kicker, 28, 1, _QUIETER)
    sheet.y += 6
    sheet.lines(told.title, 54, 2 if told.number or told.mark else 3)
    _headline(sheet, told)
    sheet.y += 14
    sheet.lines(told.sentence, 32, 4)
    foot = "　".join(filter(None, (told.source, told.foot)))
    if told.source and pictures.width(foot, 26) > _ROOM:
        sheet.put(_EDGE, _FOOT - 34, shortened(told.source, 26, 1)[0], 26, _QUIETER)
        foot = told.foot
    sheet.put(_EDGE, _FOOT, foot, 26, _QUIETER)
    return sheet.png()


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
