"""When a period or a date begins and ends; no rules."""

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


def span(text: str) -> Span | None:
    """
    First and last day of a period or date; None if there is none such.

    Parameters
    ----------
    text : str
        ``2024``, ``2024H1``, ``2024Q3``, ``2024-09`` or ``2024-09-30``.

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


def _months(year: int, first: int, last: int) -> Span:
    days = calendar.monthrange(year, last)[1]
    return dt.date(year, first, 1), dt.date(year, last, days)


def _one_day(year: int, month: int, day: int) -> Span | None:
    if day < 1 or day > calendar.monthrange(year, month)[1]:
        return None
    return dt.date(year, month, day), dt.date(year, month, day)
