"""What readers can find on a finished page: its sections, figures, rows and terms, as records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import html

from shuangbei.pages import html as pieces

_SILENT = {
    "script",
    "style",
    "template",
    "svg",
    "nav",
    "form",
    "button",
    "textarea",
    "select",
    "noscript",
    "input",
}
_BLOCKS = {
    "p",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "div",
    "section",
    "table",
    "caption",
    "tr",
    "td",
    "th",
    "figure",
    "figcaption",
    "summary",
    "details",
    "pre",
    "br",
    "aside",
    "blockquote",
}
_HEADING = re.compile(r"h[1-6]")
# Inline parts that the theme lays out on a line of their own: no blank of the page parts them.
_APART = re.compile(r"(?:card|headline|small-map)\b")
_CODE = re.compile(r"s\d{3}")
FIGURE = "fig-"  # before the id of a figure
AREA = "area-"  # before the code of a district or zone: the row that heads what is said of it
_NOTHING = "—"
_SIGNS = {"zh": ("：", "；", "。"), "en": (": ", "; ", ". ")}


@dataclass(frozen=True)
class Picture:
    """The small form of a figure: its address beside the figure's page, and its size."""

    width: int
    height: int


@dataclass
class Record:
    """One thing that a search can lead to; ``anchor`` is its place, ``summary`` a page's own."""

    kind: str
    anchor: str
    title: str
    trail: tuple[str, ...] = ()
    picture: Picture | None = None
    summary: str = ""
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands there, without its title, in one line."""
        text = squeeze("".join(self.pieces))
        return text.removeprefix(self.title).lstrip() if self.kind == "row" else text


def squeeze(text: str) -> str:
    r"""
    One line with single blanks.

    Examples
    --------
    >>> squeeze("  研发\n 投入 ")
    '研发 投入'
    """
    return " ".join(text.split())


def records(page: bytes) -> list[Record]:
    """
    Everything of a finished page that a search can lead to, in the order of the page.

    Parameters
    ----------
    page : bytes
        The page's HTML; only what stands in its ``<main>`` counts.

    Returns
    -------
    list of Record
        The first is the page itself (``kind`` ``page``, no anchor); then ``section``,
        ``figure`` (anchor ``fig-<id>``), ``row`` (a row of a table that has an anchor) and
        ``term`` (of a glossary).  Text belongs to the innermost of them alone.  Last comes what
        all tables of the page say of each district or zone (``area``, anchor ``area-<code>``).

    Raises
    ------
    ValueError
        If the page has no ``<main>`` or no title.
    """
    root = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    main = root.find(".//main")
    title = main.find(".//h1") if main is not None else None
    if title is None:
        raise ValueError("a page without <main> and <h1> cannot be found by a search")
    about = root.find(".//meta[@name='description']")
    summary = squeeze(about.get("content")) if about is not None else ""
    reader = _Reader(Record("page", "", _words(title), summary=summary))
    reader.walk(main)
    signs = _SIGNS["en" if root.get("lang") == "en" else "zh"]
    return reader.found + list(_areas(main, *signs))


def of_json(told: dict) -> Record:
    """Return the record that ``dataclasses.asdict`` and JSON made ``told`` of."""
    picture = told["picture"] and Picture(**told["picture"])
    return Record(**{**told, "trail": tuple(told["trail"]), "picture": picture})


def whole(found: list[Record], anchors: tuple[str, ...]) -> Record:
    """
    A finished page as one record: what stands before its first section, and some of its sections.

    Parameters
    ----------
    found : list of Record
        From :func:`records`.
    anchors : tuple of str
        The sections whose text goes into the record.
    """
    first, *rest = found
    # The headings of all of them tell what the page holds.
    pieces = [f" {one.title} {one.text if one.anchor in anchors else ''}" for one in rest]
    return replace(first, pieces=[*first.pieces, *pieces])


def _areas(main: html.HtmlElement, colon: str, joint: str, stop: str) -> Iterator[Record]:
    """What the rows of all tables that one name heads say, as a record of that name."""
    headed = main.xpath(f".//tr[starts-with(@id, '{AREA}')]")
    anchors = {_words(row[0]): row.get("id") for row in headed}
    said: dict[str, dict[str, list[str]]] = {name: {} for name in anchors}
    for table in main.iter("table"):
        rows = [[_words(cell) for cell in row] for row in table.iter("tr")]
        caption = "".join(_words(one) for one in table.iter("caption"))
        for name, *cells in (row for row in rows[1:] if row[0] in anchors):
            said[name].setdefault(caption, []).append(_row(rows[0][1:], cells))
    for name, anchor in anchors.items():
        told = [
            f"{caption}{colon}{joint.join(row.removesuffix(stop.strip()) for row in rows)}{stop}"
            for caption, rows in said[name].items()
        ]
        yield Record("area", anchor, name, pieces=["".join(told)])


def _row(heads: list[str], cells: list[str]) -> str:
    """The cells of a row in a line; a number keeps the head that names its unit."""
    pairs = zip(heads, cells, strict=True)
    return " ".join(
        f"{head} {cell}" if head.endswith(("）", ")")) else cell
        for head, cell in pairs
        if cell not in ("", _NOTHING)
    )


class _Reader:
    """Walks a page and gives every piece of text to the record that it belongs to."""

    def __init__(self, page: Record) -> None:
        self.found = [page]
        self._here = page
        self._headings: list[tuple[int, str]] = []

    def walk(self, node: html.HtmlElement) -> None:
        """Read an element and what it holds; what follows it belongs to where it stands."""
        before, headings = self._here, list(self._headings)
        is_apart = node.tag in _BLOCKS or _APART.match(node.get("class") or "")
        self._say(" " if is_apart else "")
        self._open(node)
        if not self._is_read:
            self._say(node.text)
            for child in node:
                if isinstance(child.tag, str) and not _is_silent(child):
                    self.walk(child)
                self._say(child.tail)
        if not _HEADING.fullmatch(node.tag) and node.tag != "dt":
            self._here = before
            self._headings = headings if node.tag == "section" else self._headings
        self._say(" " if is_apart else "")

    def _open(self, node: html.HtmlElement) -> None:
        self._is_read = False
        if _HEADING.fullmatch(node.tag):
            self._heading(node)
        elif node.tag == "figure" and (node.get("id") or "").startswith(FIGURE):
            self._figure(node)
        elif node.tag == "tr" and _row_anchor(node):
            self._start(Record("row", _row_anchor(node), _row_title(node)))
        elif node.tag == "dt" and node.get("id"):
            self._start(Record("term", node.get("id"), _words(node)))
            self._is_read = True

    def _heading(self, node: html.HtmlElement) -> None:
        level, anchor = int(node.tag[1]), node.get("id") or _section_anchor(node)
        if level == 1:
            self._is_read = True
        elif anchor:
            kept = [one for one in self._headings if one[0] < level]
            self._headings = kept
            self._start(Record("section", anchor, _words(node)))
            self._headings = [*kept, (level, _words(node))]
            self._is_read = True

    def _figure(self, node: html.HtmlElement) -> None:
        name = node.find(".//*[@class='figure-title']")
        image, small = node.find(".//img"), node.find(".//source")
        if name is None or image is None or small is None:
            raise ValueError(f"the figure {node.get('id')} has no title or no picture")
        picture = Picture(int(small.get("width")), int(small.get("height")))
        self._start(Record("figure", node.get("id"), _words(name), picture=picture))
        self._say(image.get("alt"))
        for part in node.xpath(
            ".//figcaption/*[not(@class='figure-title')] | .//thead | .//tbody| .//*[@class='figure-sources']"
        ):
            self._say(f" {' '.join(_texts(part))}")
        self._is_read = True

    def _start(self, record: Record) -> None:
        self._here = replace(record, trail=tuple(name for _, name in self._headings))
        self.found.append(self._here)

    def _say(self, text: str | None) -> None:
        self._here.pieces.append(text or "")


def _is_silent(node: html.HtmlElement) -> bool:
    return (
        node.tag in _SILENT
        or "headerlink" in (node.get("class") or "")
        or node.get("aria-hidden") == "true"
        or node.get("hidden") is not None
        or node.get(pieces.UNSEARCHED) is not None
    )


def _texts(node: html.HtmlElement) -> Iterator[str]:
    """The pieces of text of an element, without marks that lead to a heading."""
    if _is_silent(node):
        return
    yield node.text or ""
    for child in node:
        if isinstance(child.tag, str):
            yield " " if child.tag == "br" else ""
            yield from _texts(child)
        yield child.tail or ""


def _words(node: html.HtmlElement) -> str:
    return squeeze("".join(_texts(node)))


def _section_anchor(heading: html.HtmlElement) -> str:
    """The anchor of the section that a heading opens, if it opens one."""
    parent = heading.getparent()
    return (parent.get("id") or "") if parent.tag in ("section", "li", "div", "article") else ""


def _row_anchor(row: html.HtmlElement) -> str:
    if (row.get("id") or "").startswith(AREA):
        return ""  # tells of an area together with other rows
    first = next(iter(row), None)
    inner = first.find(".//*[@id]") if first is not None else None
    return (
        row.get("id")
        or (first.get("id") if first is not None else None)
        or (inner.get("id") if inner is not None else "")
    )


def _row_title(row: html.HtmlElement) -> str:
    """The head of a row; a bare number is followed by the name it stands for."""
    cells = [_words(cell) for cell in row]
    return " ".join(cells[:2]) if _CODE.fullmatch(cells[0]) else cells[0]
