"""Small frames and dates that tests of the marks share."""

import datetime as dt

import pandas as pd

from shuangbei import load, measures, periods

COLUMNS = ["period", "t", "value", "half_step", "qualifier", "status", "source_id", "reprint"]
STATUSES = ("A", "P", "B", "I")
NOVEMBER = measures.Calendar(dt.date(2026, 11, 20), cycle_months=12, lag_days=60)


def published(*lines):
    """
    Rows written as ``period number [qualifier] [status] [whole] [reprint]``.

    The number is as a source prints it; a ``whole`` one was not rounded.
    """
    rows = []
    for line in lines:
        period, printed, *marks = line.split()
        status = next((mark for mark in marks if mark in STATUSES), "A")
        qualifier = next((mark for mark in marks if mark not in (*STATUSES, "whole", "reprint")), "exact")
        rows.append(
            (
                period,
                periods.time_of(period),
                float(printed),
                0.0 if "whole" in marks else load.half_step(printed),
                qualifier,
                status,
                "s001",
                "reprint" in marks,
            )
        )
    return pd.DataFrame(rows, columns=COLUMNS)
