"""Tests that the usual wait for a figure is what the recorded dates of publication show it to be."""

from __future__ import annotations

from datetime import date
from statistics import median

import pytest
from package import by, observations, table

from shuangbei import periods

MEASURED = sorted({row["indicator_id"] for row in table("commitments")})


def waits(indicator: str) -> list[int]:
    """Days from the end of each year to the day on which its source came out, where that is known."""
    days = []
    for row in observations():
        out = by("sources", "source_id")[row["source_id"]]["published"]
        whole_year = len(row["period"]) == 4 and row["geo_id"] == "500000"
        if row["indicator_id"] == indicator and whole_year and len(out) > 4:
            last = periods.span(out)[1]
            days.append((last - date(int(row["period"]), 12, 31)).days)
    return [wait for wait in days if wait > 0]


@pytest.mark.parametrize("indicator", [one for one in MEASURED if waits(one)])
def test_the_lag_of_an_indicator_is_no_shorter_than_its_median_wait_in_past_years(indicator):
    lag = int(by("indicators", "indicator_id")[indicator]["expected_lag_days"])
    assert lag >= median(waits(indicator)), sorted(waits(indicator))
    assert lag % 30 == 0
