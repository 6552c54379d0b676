"""The table of a figure as a file, and the span of time it covers, as its card has them; no files."""

from __future__ import annotations

import csv
import io

from shuangbei import words


def span_words(card: dict) -> str:
    """Return the span of a figure's data in words, ``2017年—2025年10月``; empty if it has none."""
    if not card["span"]:
        return ""
    first, last = card["span"]
    if first == last:
        return words.period(first)
    if len(first) == len(last) == 4:
        return words.periods(f"{first}-{last}")
    return words.period(first) + words.pick("—", " to ") + words.period(last)


def columns(card: dict) -> list[tuple[str, list[str]]]:
    """
    The columns of a figure's file, in the order of its table.

    Plain numbers are themselves, without thousands separators; numbers among words (``超70``,
    ``5,899家``) become two columns, the number and the cell as on the page.  So both editions have
    the same columns.
    A figure whose table names no source by its number gets a last column with all of its sources.

    Parameters
    ----------
    card : dict
        Identity of a chart, from :func:`shuangbei.charts.identity`.

    Returns
    -------
    list of (str, list of str)
        Heading and cells; what is not known is empty.
    """
    table, file = card["table"], card["file"]
    found = []
    for place, (heading, column) in enumerate(zip(table["columns"], file["columns"], strict=True)):
        found.append((heading, column["values"]))
        if column["beside"]:
            shown = heading + words.pick(" 网页写法", " as on the page")
            found.append((shown, [row[place] for row in table["rows"]]))
    if not file["has_sources"] and card["source_ids"]:
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
