"""A figure as one picture that can leave the site: title above the chart, origin and address below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape

from shuangbei.pictures import lettering

INK, QUIET, LINE, PAPER = "#1c2733", "#52606d", "#d5dce4", "#ffffff"
_MARGIN, _LEAST = 24, 480
_TITLE, _SMALL = 21, 12.5
_TEXT = re.compile(r">([^<]+)<")
_NUMBER = re.compile(r' (width|height)="([\d.]+)"')
_FAMILY = re.compile(r' font-family="[^"]*"')


class Unreadable(ValueError):
    """A picture holds characters that the vendored font cannot draw."""


@dataclass(frozen=True)
class FrameWords:
    """What a picture says around its chart; every field is plain text in the run's language."""

    title: str
    facts: str  # unit and period, under the title
    origin: tuple[str, ...]  # sources, edition, address: one paragraph each, below the chart
    description: str  # read aloud in place of the picture


def frame_size(svg: str) -> tuple[float, float]:
    """
    Width and height that an SVG document states.

    Examples
    --------
    >>> frame_size('<svg width="702" height="423.5"></svg>')
    (702.0, 423.5)
    """
    found = dict(_NUMBER.findall(svg[: svg.index(">")]))
    return float(found["width"]), float(found["height"])


def check_words(svg: str, name: str) -> None:
    """Apply :func:`check_text` to the words of a picture."""
    check_text(unescape("".join(_TEXT.findall(svg))), name)


def check_text(text: str, name: str) -> None:
    """
    Stop unless the vendored font has a glyph for every character of a text.

    Raises
    ------
    Unreadable
        Names the picture and the characters.
    """
    lacking = lettering.missing(text)
    if lacking:
        signs = " ".join(f"{sign} (U+{ord(sign):04X})" for sign in lacking)
        raise Unreadable(
            f"{name}: the font of the pictures has no {signs};"
            " use other characters, or extend the font (shuangbei/pictures/fonts/derive.py)"
        )


def _lines(lines: list[str], top: float, letter: float, colour: str) -> tuple[str, float]:
    """Lines of text from ``top`` downwards, and where they end."""
    step = round(letter * 1.5, 1)
    spans = "".join(
        f'<text x="{_MARGIN}" y="{top + step * i + letter:.1f}" font-size="{letter}"'
        f' fill="{colour}">{escape(line, quote=False)}</text>'
        for i, line in enumerate(lines)
    )
    return spans, top + step * len(lines)


def _part(chart: str, left: float, top: float) -> str:
    """
    The chart as a part of another document, at a place of its own.

    A group and no document within the document: that would be clipped, for which the rasteriser
    draws the whole picture twice.
    """
    head, body = chart.split(">", 1)
    family = _FAMILY.search(head)
    inner = body[: body.rindex("</svg>")]
    return f'<g transform="translate({left:g},{top:.1f})"{family[0] if family else ""}>{inner}</g>'


def compose(chart: str, words: FrameWords) -> str:
    """
    Put a chart, its title and its origin into one SVG document.

    Parameters
    ----------
    chart : str
        From :func:`shuangbei.pictures.svg`.
    words : Words
        Around the chart.

    Returns
    -------
    str
        SVG document; lines are broken by the widths of the vendored font.
    """
    wide, high = frame_size(chart)
    room = max(wide, _LEAST)
    title, y = _lines(lettering.wrap(words.title, _TITLE, room), _MARGIN - 4, _TITLE, INK)
    facts, y = _lines(lettering.wrap(words.facts, _SMALL, room), y + 2, _SMALL, QUIET)
    middle, y = _part(chart, _MARGIN, y + 10), y + 10 + high
    rule = f'<path d="M{_MARGIN},{y + 10:.1f}h{room:g}" stroke="{LINE}" fill="none"/>'
    origin = [line for paragraph in words.origin for line in lettering.wrap(paragraph, _SMALL, room)]
    foot, y = _lines(origin, y + 16, _SMALL, QUIET)
    width, height = round(room + 2 * _MARGIN), round(y + _MARGIN - 8)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d"'
        f' width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' font-family="{lettering.FAMILY}, sans-serif">'
        f'<title id="t">{escape(words.title, quote=False)}</title>'
        f'<desc id="d">{escape(words.description, quote=False)}</desc>'
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>'
        f"{title}{facts}{middle}{rule}{foot}</svg>\n"
    )
