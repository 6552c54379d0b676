"""Pieces of HTML that all pages use: tables, badges, sections, quotations; no page's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from html import escape

from shuangbei import words

# One drawing per verdict on a 16 px square, so that the marks can be told apart in grey print.
_CIRCLE = '<circle cx="8" cy="8" r="6.4"/>'
_LINE = 'fill="none" stroke="currentColor" stroke-width="1.6"'
_RING = f'<circle {_LINE} cx="8" cy="8" r="5.9"/>'
_TICK = '<path class="verdict-tick" fill="none" stroke-width="2" d="M4.8 8.3l2.3 2.3 4.2-4.8"/>'
_SHAPES = {
    "good_done": _CIRCLE + _TICK,
    "good": _CIRCLE,
    "fair": f'<path d="M8 1.4a6.6 6.6 0 1 1 0 13.2z"/>{_RING}',
    "poor": '<path d="M8 1.6 15 14.2H1z"/>',
    "good_late": _RING + f'<path {_LINE} d="M4.8 8.3l2.3 2.3 4.2-4.8"/>',
    "missed": '<path fill="none" stroke="currentColor" stroke-width="2.6" d="M2.6 2.6l10.8 10.8M13.4 2.6 2.6 13.4"/>',
    "bad": '<path d="M3 1.5h10v6h2.4L8 14.8.6 7.5H3z"/>',
    "none": f'<circle {_LINE} stroke-dasharray="3 2.2" cx="8" cy="8" r="5.9"/>',
}


def shape(mark: str, code: str) -> str:
    """Return the drawing of a verdict as SVG, hidden from screen readers: the word says it."""
    return (
        '<svg class="verdict-shape" viewBox="0 0 16 16" width="16" height="16"'
        f' fill="currentColor" aria-hidden="true" focusable="false">{_SHAPES[words.look_of(mark, code)]}</svg>'
    )


def verdict_class(mark: str, code: str, *, provisional: bool = False) -> str:
    """Return the classes of a verdict: its colour, and the broken outline of a provisional one."""
    return f"verdict verdict-{words.look_of(mark, code)}" + " verdict-provisional" * provisional


def badge(mark: str, code: str, *, provisional: bool = False) -> str:
    """Return shape and word of a verdict as one HTML element; a provisional one says so."""
    word = words.mark_word(mark, code, provisional=provisional)
    return (
        f'<span class="{verdict_class(mark, code, provisional=provisional)}">{shape(mark, code)}'
        f'<span class="verdict-word">{escape(word)}</span></span>'
    )


_FEW = 3  # so many columns fit a phone without scrolling
_SOURCE = re.compile(r"s[0-9]{3}")
_HAN = re.compile("[\u4e00-\u9fff]")
_SHORT = re.compile(r"[0-9][0-9,.:%–—-]*|[0-9]{4}年([0-9]{1,2}月)?|s[0-9]{3}")


# The search of the site passes over what carries this attribute, as something else says it better.
UNSEARCHED = "data-unsearched"


def table(
    columns: list[str],
    rows: list[list[str]],
    caption: str,
    look: str = "",
    *,
    unsearched: Collection[int] = (),
) -> str:
    """
    A captioned table that scrolls on its own, by finger and by keyboard.

    Parameters
    ----------
    columns : list of str
        HTML: what comes from data has been escaped.
    rows : list of list of str
        HTML, as ``columns``; the first cell of a row heads it.
    caption : str
        Plain text.
    look : str
        Class of the table.
    unsearched : collection of int
        Numbers of the rows that the search passes over.
    """
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    body = "".join(
        f"<tr{f' {UNSEARCHED}' * (number in unsearched)}>"
        f'<th scope="row"{_look(cells[0])}>{_content(cells[0])}</th>'
        + "".join(f"<td{_look(cell)}>{_content(cell)}</td>" for cell in cells[1:])
        + "</tr>"
        for number, cells in enumerate(rows)
    )
    label = escape(caption, quote=True)
    look = f"{look} many".strip() if len(columns) > _FEW else look
    return (
        f'<div class="table-scroll" tabindex="0" role="group" aria-label="{label}">'
        f'<table class="{look}"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def quoted(text: str) -> str:
    """Escape what a source printed for a page in English, and mark it as Chinese where it is."""
    return f'<span lang="zh-CN">{escape(text)}</span>' if _HAN.search(text) else escape(text)


def _look(cell: str) -> str:
    """Numbers and dates are never broken across lines."""
    return ' class="short"' if _SHORT.fullmatch(cell) else ""


def _content(cell: str) -> str:
    """The number of a source is marked, so that the site can link it to the list of sources."""
    return source(cell) if _SOURCE.fullmatch(cell) else cell


def source(source_id: str) -> str:
    """Return the number of a source as a table and a text show it; the site links it to its line."""
    return f'<span class="source-id">{source_id}</span>'


class Html:
    """A piece of HTML that a notebook shows as its output."""

    def __init__(self, text: str) -> None:
        self.text = text

    def _repr_html_(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<{len(self.text)} characters of HTML>"


# Takes a page of the book, such as ``book/method``, and an anchor of it or "" for its top; without a page
# the anchor is the name of a file that both editions share, such as ``data/status.json``.
Link = Callable[[str, str], str]


class Section(str):
    """A section of a page as HTML, with its anchor and heading (HTML), which lists of contents name."""

    anchor: str
    heading: str


def section(anchor: str, heading: str, *content: str) -> Section:
    """Return a section of the page, with an anchor of its own."""
    head = escape(heading)
    made = Section(f'<section id="{anchor}"><h2>{head}</h2>{"".join(content)}</section>')
    made.anchor, made.heading = anchor, head
    return made


def paragraph(text: str, look: str = "") -> str:
    """Return a paragraph of plain text."""
    kind = f' class="{look}"' if look else ""
    return f"<p{kind}>{escape(text)}</p>"
