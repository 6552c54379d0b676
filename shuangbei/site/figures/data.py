"""The table of a figure as a file, and the span of time it covers; words in, words out, no files."""

from __future__ import annotations

import csv
import io
import re
from functools import lru_cache

from shuangbei import paths, periods, words

NONE = "—"
_NUMBER = rf"{words.MINUS}?\d[\d,]*(?:\.\d+)?"
# Words and signs that make a number a bound, an estimate or a first figure, in either language.
_QUALIFIERS = "超|近|约|预计|初步|[≥≤≈]|(?:over|nearly|about|an estimated|est\\.|provisional) "
# A scale word or a year after the digits makes them less than the number that the cell says.
_LEADING = re.compile(rf"(?:{_QUALIFIERS})?({_NUMBER})(?![\d,.]*\d| ?(?:[万亿年]|[mbtr]+illion))")
# How the source printed a number whose unit was another: the page and the data package say it.
_BARE = re.compile(rf"{_NUMBER}(?:（原文[^）]*）| \(the source prints [^)]*\))?")
_PARTS = ("", "H1", "H2", "Q1", "Q2", "Q3", "Q4", *(f"-{month:02}" for month in range(1, 13)))
_SOURCE_ID = re.compile(r"s\d{3}")


@lru_cache(maxsize=len(paths.LANGUAGES))
def _codes(language: str) -> dict[str, str]:
    """Codes of periods by their words, for every period that a table of this site may name."""
    return {words.period(f"{year}{part}"): f"{year}{part}" for year in range(1997, 2040) for part in _PARTS}


def _column(card: dict, heading: str) -> list[str]:
    columns = card["table"]["columns"]
    if heading not in columns:
        return []
    place = columns.index(heading)
    return [row[place] for row in card["table"]["rows"]]


def _dates(card: dict) -> list[str]:
    """Cells that say when, of published rows that say what: a year without a figure is none."""
    columns, rows = card["table"]["columns"], card["table"]["rows"]
    if words.say("period") not in columns:
        return []
    place = columns.index(words.say("period"))
    published = rows[: card.get("published_rows", len(rows))]
    others = [row[:place] + row[place + 1 :] for row in published]
    return [
        row[place]
        for row, other in zip(published, others, strict=True)
        if row[place] != NONE and (NONE not in other or _says_a_number(other))
    ]


def _says_a_number(row: list[str]) -> bool:
    return any(plain(cell) for cell in row if not _SOURCE_ID.search(cell))


def span(card: dict) -> tuple[str, str] | None:
    """
    Codes of the first and the last period in a figure's table; None if it names none.

    Parameters
    ----------
    card : dict
        Identity of a chart, from :func:`shuangbei.charts.identity`.

    Raises
    ------
    ValueError
        If some cells are periods and others are not; dates of targets alone are none.
    """
    known = _codes(paths.language())
    cells = _dates(card)
    codes = [known[cell] for cell in cells if cell in known]
    if not codes:
        return None
    if len(codes) < len(cells):
        strange = words.join([cell for cell in cells if cell not in known])
        raise ValueError(f"figure {card['id']}: not a period: {strange}")
    return min(codes, key=periods.time_of), max(codes, key=periods.time_of)


def span_words(card: dict) -> str:
    """Return the span of a figure's data in words, ``2017年—2025年10月``; empty if it has none."""
    found = span(card)
    if not found:
        return ""
    first, last = found
    if first == last:
        return words.period(first)
    if len(first) == len(last) == 4:
        return words.periods(f"{first}-{last}")
    return words.period(first) + words.pick("—", " to ") + words.period(last)


def plain(cell: str) -> str:
    """
    The number that a cell begins with, as programs read it; empty where it begins with none.

    Examples
    --------
    >>> plain("2,012"), plain("−0.26"), plain("超1,000"), plain("第1梯队"), plain("—")
    ('2012', '-0.26', '1000', '', '')
    """
    found = _LEADING.match(cell)
    return found[1].replace(",", "").replace(words.MINUS, "-") if found else ""


def _known(cells: list[str]) -> list[str]:
    unknown = (NONE, words.pick("未见公开数字", "No public figure"))
    return [cell for cell in cells if cell not in unknown]


def _expanded(heading: str, cells: list[str]) -> list[tuple[str, list[str]]]:
    """Columns of the file for one column of the table that does not name its rows."""
    told, known = {words.say("period"), words.say("sources")}, _known(cells)
    if heading in told or not known or not all(plain(cell) for cell in known):
        return [_as_words(heading, cells)]
    numbers = (heading, [plain(cell) for cell in cells])
    if all(cell == NONE or _BARE.fullmatch(cell) for cell in cells):
        return [numbers]
    shown = heading + words.pick(" 网页写法", " as on the page")
    return [numbers, (shown, cells)]


def _as_words(heading: str, cells: list[str]) -> tuple[str, list[str]]:
    return heading, ["" if cell == NONE else cell for cell in cells]


def columns(card: dict) -> list[tuple[str, list[str]]]:
    """
    The columns of a figure's file, in the order of its table.

    The first column, which names the rows, stays as it is.  A later one is a column of numbers if
    every cell that says something begins with one.  Plain numbers are themselves, without
    thousands separators; numbers among words (``超70``, ``5,899家``) become two columns, the
    number and the cell as on the page.  So both editions have the same columns.
    A figure whose table names no source by its number gets a last column with all of its sources.

    Parameters
    ----------
    card : dict
        Identity of a chart.

    Returns
    -------
    list of (str, list of str)
        Heading and cells; what is not known is empty.
    """
    table = card["table"]
    cells = [[row[place] for row in table["rows"]] for place in range(len(table["columns"]))]
    found = [_as_words(table["columns"][0], cells[0])]
    found += [
        part
        for heading, column in zip(table["columns"][1:], cells[1:], strict=True)
        for part in _expanded(heading, column)
    ]
    named = _SOURCE_ID.search("".join(_column(card, words.say("sources"))))
    if not named and card["source_ids"]:
        ids = " ".join(card["source_ids"])
        heading = words.pick("全图的来源编号", "Sources of the figure")
        found.append((heading, [ids] * len(table["rows"])))
    return found


def as_csv(card: dict) -> bytes:
    """
    The file ``data.csv`` of a figure.

    It begins with a byte-order mark: without one, Excel on Windows reads UTF-8 as the code page
    of the computer, and Chinese headings become noise.  Programs skip it as ``utf-8-sig``.

    Parameters
    ----------
    card : dict
        Identity of a chart.
    """
    found = columns(card)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([heading for heading, _ in found])
    writer.writerows(zip(*(cells for _, cells in found), strict=True))
    return b"\xef\xbb\xbf" + text.getvalue().encode()
