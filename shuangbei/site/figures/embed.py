"""What another site pastes to show a figure: a frame with or without a script, or a picture."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import ceil
from pathlib import Path

from shuangbei import pictures, words
from shuangbei.site import assets

FOLDER = "embed"
_OWN = Path(assets.THEME, "embed")
SCRIPT = "embed.js"
# The look of frame.css: sizes of letters, heights of lines, margins.
_TITLE, _TITLE_LINE = 17.6, 24.64
_SMALL, _SMALL_LINE, _SMALL_GAP = 13.6, 21.76, 4
_AROUND, _OVER_PICTURE, _INSIDE = 24, 8, 12
# Letters of the reader's own font may be wider than those measured, and titles are bold.
_WIDER = 0.88
# Frames of phones, and from where the wide picture is shown; a wider frame needs no more.
_PHONES, _DESKS = (320, 360, 390, 430, 480, 560, 640), (641, 680, 760)


@dataclass(frozen=True)
class Framed:
    """A figure as others show it: absolute addresses, and the sizes of its two pictures."""

    title: str
    alt: str
    facts: str
    sources: str
    back: str
    page: str
    frame: str
    frozen: str
    script: str
    wide: tuple[int, int]
    narrow: tuple[int, int]
    edition: str  # in words, as the caption of the picture alone names it


def _frame(address: str, title: str, height: int, more: str = "") -> str:
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%"'
        f' height="{height}" loading="lazy" style="border:0"{more}></iframe>'
    )


def _needed(framed: Framed, picture: tuple[int, int], width: int) -> float:
    """Height of the page in a frame of a width."""
    room = width - _AROUND
    title = len(pictures.wrap(framed.title, _TITLE, room * _WIDER)) * _TITLE_LINE
    small = [
        len(pictures.wrap(text, _SMALL, room * _WIDER)) * _SMALL_LINE + _SMALL_GAP
        for text in (framed.facts, framed.sources, framed.back)
        if text
    ]
    shown = min(picture[0], room)
    high = (shown - _INSIDE) * picture[1] / picture[0] + _INSIDE
    return _AROUND + title + sum(small) + _OVER_PICTURE + high


def _fixed(framed: Framed) -> int:
    """A height that holds the figure at any width: without a script a frame cannot ask for its own."""
    places = [(framed.narrow, width) for width in _PHONES]
    places += [(framed.wide, width) for width in _DESKS]
    return ceil(max(_needed(framed, *place) for place in places))


def responsive(framed: Framed, frozen: bool = False) -> str:
    """
    A frame that takes the height of its content, by a script of this site.

    Parameters
    ----------
    frozen : bool
        Whether the frame keeps showing the figure of this edition.
    """
    address = framed.frozen if frozen else framed.frame
    frame = _frame(address, framed.title, _fixed(framed), " data-shuangbei")
    return f'{frame}\n<script src="{escape(framed.script)}" async></script>'


def plain(framed: Framed) -> str:
    """Return a frame of fixed height, for sites that allow no scripts of others."""
    return _frame(framed.frame, framed.title, _fixed(framed))


def picture(framed: Framed) -> str:
    """
    The picture alone, with its alternative text, its origin, its edition and the way back.

    Its words do not change on the other site, so neither does the picture: it is the edition's.
    """
    page, kept = escape(framed.page), escape(framed.frozen.removesuffix(".html"))
    stop = words.say("stop").strip()
    said = [f"{framed.title}{stop}", framed.sources, f"{framed.edition}{stop}"]
    caption = words.pick("", " ").join(
        [*(escape(part) for part in said if part), f'<a href="{page}">{escape(framed.back)}</a>']
    )
    return (
        f'<figure>\n<a href="{page}"><picture>\n'
        f'<source media="(max-width: 640px)" srcset="{kept}/narrow.svg"'
        f' width="{framed.narrow[0]}" height="{framed.narrow[1]}">\n'
        f'<img src="{kept}/wide.svg" width="{framed.wide[0]}" height="{framed.wide[1]}"'
        f' alt="{escape(framed.alt)}" style="max-width:100%;height:auto">\n</picture></a>\n'
        f"<figcaption>{caption}</figcaption>\n</figure>"
    )


def own_files() -> dict[str, bytes]:
    """Style and script of the framed pages by name; a frozen edition keeps copies of its own."""
    return {path.name: path.read_bytes() for path in sorted(_OWN.iterdir()) if path.name != SCRIPT}


def script() -> bytes:
    """Return the script that other sites load; its address never changes."""
    return Path(_OWN, SCRIPT).read_bytes()
