"""Codes of periods and dates: when they begin and end, as days and in decimal years; no words."""

from __future__ import annotations

import calendar
import datetime as dt
import re

Span = tuple[dt.date, dt.date]

_PERIOD = re.compile(
    r"(?P<year>[12]\d{3})(H(?P<half>[12])|Q(?P<quarter>[1-4])"
    r"|-(?P<month>0[1-9]|1[0-2])(-(?P<day>\d\d))?)?",
    re.ASCII,
)
_PARTS = {"half": 2, "quarter": 4, "month": 12}  # of how many of a year


def span(text: str) -> Span | None:
    """
    First and last day of a period or date; None if there is none such.

    Parameters
    ----------
    text : str
        ``2024``, ``2024H1``, ``2024Q3``, ``2024-09`` or ``2024-09-30``.

    Returns
    -------
    tuple of (datetime.date, datetime.date) or None
        Both days belong to it.

    Examples
    --------
    >>> [str(day) for day in span("2024Q3")]
    ['2024-07-01', '2024-09-30']
    >>> span("2023-02-30") is None
    True
    """
    match = _PERIOD.fullmatch(text)
    if not match:
        return None
    year = int(match["year"])
    if match["day"]:
        return _one_day(year, int(match["month"]), int(match["day"]))
    if match["half"]:
        last = int(match["half"]) * 6
        return _months(year, last - 5, last)
    if match["quarter"]:
        last = int(match["quarter"]) * 3
        return _months(year, last - 2, last)
    if match["month"]:
        return _months(year, int(match["month"]), int(match["month"]))
    return _months(year, 1, 12)


def time_of(period: str) -> float:
    """
    End of a period in decimal years: ``2024`` is 2025.0, ``2024H1`` 2024.5, ``2025-10`` 2025.83.

    Raises
    ------
    ValueError
        If ``period`` is not a year, half-year, quarter or month.

    Examples
    --------
    >>> time_of("2024"), time_of("2024H1"), time_of("2024Q3"), round(time_of("2025-10"), 4)
    (2025.0, 2024.5, 2024.75, 2025.8333)
    """
    match = _PERIOD.fullmatch(period)
    if not match or match["day"]:
        raise ValueError(f"period {period!r}: write 2024, 2024H1, 2024Q3 or 2024-09")
    parts = [int(match[part]) / of for part, of in _PARTS.items() if match[part]]
    return int(match["year"]) + (parts[0] if parts else 1.0)


def last_day(t: float) -> dt.date:
    """
    Last day of the period that ends at a time as :func:`time_of` gives it.

    Examples
    --------
    >>> str(last_day(2025.0)), str(last_day(time_of("2024-02")))
    ('2024-12-31', '2024-02-29')
    """
    year, month = divmod(round(t * 12) - 1, 12)
    return dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _months(year: int, first: int, last: int) -> Span:
    days = calendar.monthrange(year, last)[1]
    return dt.date(year, first, 1), dt.date(year, last, days)


def _one_day(year: int, month: int, day: int) -> Span | None:
    if day < 1 or day > calendar.monthrange(year, month)[1]:
        return None
    return dt.date(year, month, day), dt.date(year, month, day)
