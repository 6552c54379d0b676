"""Cells of a table: the words that a reader sees, with the value that a program reads; no markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shuangbei.words import dates, language

NOTHING = "—"
# A spreadsheet takes the number of a section, 2-15, for a day of this year.
_LIKE_A_DATE = re.compile(r"[0-9]{1,2}-[0-9]{1,2}")
# A hyphen to the eye, and none to a spreadsheet.
_UNBREAKABLE = "\u2011"


class Cell(str):
    """
    The words of a cell, with what they say as a value.

    It is a text, so that a table of people and a page take it as it is.  Joined with other words
    it becomes plain text, which has no value: what stands beside a number is added by
    :meth:`among`.

    Parameters
    ----------
    shown : str
        As the page shows it.
    number : str, optional
        Digits as programs read them, in the unit of the column: no separators, a plain minus;
        empty where the number is not known, None where the cell is none of a number.
    period : str
        Code of the period that the cell names.
    sources : iterable of str
        Rows of ``sources.csv`` that the cell names.
    alone : bool
        Whether the words say no more than the number: no bound, no estimate, no unit.
    in_file : bool
        Whether a file of the table has the words too: what the site derives is no published figure.

    Examples
    --------
    >>> cell = Cell("1,000", number="1000")
    >>> cell, cell.number, cell.among("超1,000").number, cell.among("超1,000").alone
    ('1,000', '1000', '1000', False)
    """

    number: str | None
    period: str
    sources: tuple[str, ...]
    alone: bool
    in_file: bool

    def __new__(
        cls,
        shown: str,
        *,
        number: str | None = None,
        period: str = "",
        sources: Iterable[str] = (),
        alone: bool = True,
        in_file: bool = True,
    ) -> Cell:
        """Make the text; its values are attributes, as a text takes no more."""
        made = super().__new__(cls, shown)
        made.number, made.period, made.alone, made.in_file = number, period, alone, in_file
        made.sources = tuple(sources)
        return made

    def among(self, shown: str) -> Cell:
        """Return the same number in other words: ``超1,000``, ``5,899家``."""
        return Cell(shown, number=self.number, alone=self.alone and shown == self)


def period_cell(code: str) -> Cell:
    """
    Return a period in words, with its code.

    Examples
    --------
    >>> cell = period_cell("2024H1")
    >>> cell, cell.period
    ('2024年上半年', '2024H1')
    """
    return Cell(dates.period(code), period=code)


def sources_cell(ids: Iterable[str]) -> Cell:
    """
    Return the numbers of sources, each once, with themselves as values.

    Examples
    --------
    >>> sources_cell(["s058", "s049", "s058"])
    's058、s049'
    """
    known = list(dict.fromkeys(ids))
    return Cell(language.join(known), sources=known)


def undated(text: str) -> str:
    """
    Return the text of a cell so that a spreadsheet takes the number of a section for no date.

    Examples
    --------
    >>> undated("2-15") == "2\u201115", undated("2026-01-30"), undated("2024")
    (True, '2026-01-30', '2024')
    """
    return text.replace("-", _UNBREAKABLE) if _LIKE_A_DATE.fullmatch(text) else text
