"""Tests of when missing figures are due, and of what they would have to be."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from shuangbei import load, measures


@pytest.fixture(autouse=True)
def _cut_off(monkeypatch):
    from shuangbei.measures import due

    monkeypatch.setattr(due, "_cut_off", lambda: dt.date(2026, 11, 20))


def gap(periods: str, indicator: str = "high_tech_enterprises", expected: str = "") -> SimpleNamespace:
    return SimpleNamespace(indicator_id=indicator, geo_id=load.CITY, periods=periods, expected=expected)


def test_a_figure_is_due_its_lag_after_the_end_of_its_period():
    # 180 days after 31 December 2025: 29 June 2026, 144 days before 20 November 2026
    found = measures.of_gap(gap("2025"))
    assert found.late == measures.Release("2025", dt.date(2026, 6, 29), 144)
    assert found.coming is None


def test_of_a_span_the_newest_that_should_be_out_and_the_next_one_are_told():
    found = measures.of_gap(gap("2022-2027"))
    assert (found.late.period, found.coming.period) == ("2025", "2026")


def test_what_an_office_has_announced_goes_before_what_is_reckoned():
    assert measures.of_gap(gap("2025", expected="2026-12")) == measures.Due(announced="2026-12")


def test_of_what_comes_at_no_fixed_time_the_last_figure_is_told():
    found = measures.of_gap(gap("2026", "innovation_platforms_municipal_plus"))
    assert (
        found.irregular
        and found.last == load.series("innovation_platforms_municipal_plus")["period"].iloc[-1]
    )
    assert measures.of_gap(gap("2026", "patent_conversion_campaign")).last == ""


def test_every_gap_of_the_data_says_when_it_is_due():
    for row in load.table("gaps").itertuples():
        found = measures.of_gap(row)
        assert found.late or found.coming or found.announced or found.irregular, row.periods


def test_the_bar_is_95_percent_of_the_way_due_rounded_up():
    # 6,348 + .95 * (10,000 - 6,348) = 9,817.4 on the path that leads through 10,000 at the end of 2025
    assert measures.least_on_track(measures.assess("hte-city-2027"), "2025") == (9818, "on_track")
    # from zero: .95 * 1,000 * 3 / 5 = 570
    assert measures.least_on_track(measures.assess("platforms-2027"), "2025") == (570, "on_track")


def test_without_a_baseline_no_bar_is_told():
    assert measures.least_on_track(measures.assess("champions-2027"), "2025") is None
    assert measures.least_on_track(measures.assess("listings-annual"), "2025") is None
    assert measures.least_on_track(measures.assess("ip-financing"), "2025") is None


def test_across_a_break_only_a_figure_that_meets_the_target_gives_a_mark():
    assert measures.least_on_track(measures.assess("rd-intensity-2027"), "2025") == (0.02, "met")
