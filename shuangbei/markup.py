"""The HTML of tables, written once for cards, figures and parts of pages; no words, no data."""

from __future__ import annotations

import re
from html import escape

_FEW = 3  # so many columns fit a phone without scrolling
_SOURCE = re.compile(r"s[0-9]{3}")
_HAN = re.compile("[\u4e00-\u9fff]")
_SHORT = re.compile(r"[0-9][0-9,.:%–—-]*|[0-9]{4}年([0-9]{1,2}月)?|s[0-9]{3}")


def table(columns: list[str], rows: list[list[str]], caption: str, look: str = "") -> str:
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
    """
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row"{_look(cells[0])}>{_content(cells[0])}</th>'
        + "".join(f"<td{_look(cell)}>{_content(cell)}</td>" for cell in cells[1:]) + "</tr>"
        for cells in rows)
    label = escape(caption, quote=True)
    look = f"{look} many".strip() if len(columns) > _FEW else look
    return (f'<div class="table-scroll" tabindex="0" role="group" aria-label="{label}">'
            f'<table class="{look}"><caption>{escape(caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>")


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
