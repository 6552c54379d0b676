"""When a figure that is missing was or will be due, by the cycle and the lag of its indicator; no words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Protocol

from shuangbei import load, periods
from shuangbei.measures import targets

IRREGULAR = "irregular"


class GapRow(Protocol):
    """A row of ``gaps.csv``."""

    indicator_id: str
    geo_id: str
    periods: str
    expected: str


@dataclass(frozen=True)
class Release:
    """A period whose figure is missing, the day by which it usually is out, and the days past it."""

    period: str
    day: dt.date
    days_late: int


@dataclass(frozen=True)
class Due:
    """
    When what is missing was or will be due.

    ``late`` is the newest missing figure that should be out, ``coming`` the first one that is not
    due yet; both are None for an ``irregular`` indicator, of which ``last`` tells the period of the
    newest figure (empty where there is none).  ``announced`` is the date that an office has named.
    """

    late: Release | None = None
    coming: Release | None = None
    announced: str = ""
    irregular: bool = False
    last: str = ""


def single(code: str) -> list[str]:
    """
    The single periods of a period or a span of years.

    Examples
    --------
    >>> single("2024-2026"), single("2024-09"), single("2024H1")
    (['2024', '2025', '2026'], ['2024-09'], ['2024H1'])
    """
    years = re.fullmatch(r"(\d{4})-(\d{4})", code)
    if not years:
        return [code]
    return [str(year) for year in range(int(years[1]), int(years[2]) + 1)]


def of_gap(row: GapRow) -> Due:
    """
    When the figures of a gap were or will be due, as of the edition's cut-off.

    Parameters
    ----------
    row : row of ``gaps.csv``
        With ``indicator_id``, ``geo_id``, ``periods`` and ``expected``.
    """
    about = load.indicator(row.indicator_id)
    if row.expected:
        return Due(announced=row.expected)
    known = load.series(row.indicator_id, row.geo_id)["period"]
    # What nobody has ever published has no usual time.
    if about["cycle"] == IRREGULAR or known.empty:
        return Due(irregular=True, last="" if known.empty else str(known.iloc[-1]))
    found = [release(row.indicator_id, period) for period in single(row.periods)]
    late = [one for one in found if one.days_late >= 0]
    coming = [one for one in found if one.days_late < 0]
    return Due(late[-1] if late else None, coming[0] if coming else None)


def release(indicator_id: str, period: str) -> Release:
    """
    When the figure of a period usually is out: its last day and the lag of the indicator.

    Raises
    ------
    ValueError
        If ``period`` is no period.
    """
    if periods.span(period) is None:
        raise ValueError(f"{period!r} is no period; write 2024, 2024H1, 2024Q3 or 2024-09")
    calendar = calendar_of(indicator_id)
    day = calendar.day_out(periods.time_of(period))
    return Release(period, day, (calendar.cut_off - day).days)


def around(indicator_id: str) -> tuple[Release, Release]:
    """Return the newest whole year whose figure should be out, and the year after it."""
    year = load.cut_off().year
    while release(indicator_id, str(year)).days_late < 0:
        year -= 1
    return release(indicator_id, str(year)), release(indicator_id, str(year + 1))


def calendar_of(indicator_id: str) -> targets.Calendar:
    """Return the cut-off of the edition with cycle and lag of an indicator."""
    about = load.indicator(indicator_id)
    lag = int(about["expected_lag_days"])
    return targets.Calendar(load.cut_off(), targets.CYCLE_MONTHS[about["cycle"]], lag)
