"""Tests of shuangbei.periods: where a period begins and ends, and what is none."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangbei import periods


@pytest.mark.parametrize(
    ("code", "end"),
    [
        ("2022", 2023.0),
        ("2024H1", 2024.5),
        ("2024H2", 2025.0),
        ("2024Q1", 2024.25),
        ("2024Q4", 2025.0),
        ("2025-01", 2025 + 1 / 12),
        ("2025-12", 2026.0),
    ],
)
def test_a_period_stands_at_its_end(code, end):
    assert periods.time_of(code) == pytest.approx(end, abs=1e-12)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "24",
        "2024H3",
        "2024H0",
        "2024Q5",
        "2025-13",
        "2025-00",
        "2024X1",
        "2024 H1",
        "2024H",
        "-2024",
        "2024-1-1",
        "二〇二四",
    ],
)
def test_what_is_no_period_is_refused_with_the_forms_that_are(code):
    with pytest.raises(ValueError, match="write 2024, 2024H1, 2024Q3 or 2024-09"):
        periods.time_of(code)


@given(st.integers(1990, 2050), st.integers(1, 12))
def test_months_of_a_year_follow_one_another_up_to_its_end(year, month):
    t = periods.time_of(f"{year}-{month:02}")
    assert year < t <= periods.time_of(str(year)) == year + 1
    assert month == 12 or t < periods.time_of(f"{year}-{month + 1:02}")


@given(st.dates(dt.date(1990, 1, 1), dt.date(2050, 12, 31)))
def test_a_month_holds_its_days_and_a_day_is_no_period(day):
    first, last = periods.span(f"{day:%Y-%m}")
    assert first.day == 1 and first <= day <= last and (last + dt.timedelta(days=1)).day == 1
    assert periods.span(day.isoformat()) == (day, day)
    with pytest.raises(ValueError, match="write 2024"):
        periods.time_of(day.isoformat())


@pytest.mark.parametrize("code", ["2024", "2024H1", "2024H2", "2024Q3", "2024-09"])
def test_the_end_in_decimal_years_is_that_of_the_last_day(code):
    last = periods.span(code)[1]
    months = 12 * last.year + last.month
    assert periods.time_of(code) == pytest.approx(months / 12)


@pytest.mark.parametrize("code", ["", "2024Q5", "2023-02-30", "2024-00", "２０２４", "2024年"])
def test_what_is_no_period_has_no_days(code):
    assert periods.span(code) is None
