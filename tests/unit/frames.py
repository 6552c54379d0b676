"""Small frames and dates that tests of the marks share."""

import pandas as pd

from shuangbei import load, measures, periods

COLUMNS = ["period", "t", "value", "half_step", "qualifier", "status", "source_id"]
NOVEMBER = measures.Calendar(cut_off=2026 + 323 / 365.25, cycle_years=1.0, lag_days=60)


def published(*lines):
    """Rows written as ``period number [qualifier] [status]``: the number as a source prints it."""
    rows = []
    for line in lines:
        period, printed, *marks = line.split()
        status = next((mark for mark in marks if mark in "APB"), "A")
        qualifier = next((mark for mark in marks if mark not in "APB"), "exact")
        rows.append(
            (
                period,
                periods.time_of(period),
                float(printed),
                load.half_step(printed),
                qualifier,
                status,
                "s001",
            )
        )
    return pd.DataFrame(rows, columns=COLUMNS)
