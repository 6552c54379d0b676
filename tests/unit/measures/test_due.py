"""Tests of when missing figures are due, and of what they would have to be."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import changes
import pytest

from shuangbei import load, measures

pytestmark = pytest.mark.usefixtures("made")


def gap(periods: str, indicator: str = "firms", expected: str = "") -> SimpleNamespace:
    return SimpleNamespace(indicator_id=indicator, geo_id=load.CITY, periods=periods, expected=expected)


def test_a_figure_is_due_its_lag_after_the_end_of_its_period():
    # 180 days after 31 December 2025: 29 June 2026, 144 days before 20 November 2026
    found = measures.of_gap(gap("2025"))
    assert found.late == measures.Release("2025", dt.date(2026, 6, 29), 144)
    assert found.coming is None


def test_of_a_span_the_newest_that_should_be_out_and_the_next_one_are_told():
    found = measures.of_gap(gap("2022-2027"))
    assert (found.late.period, found.coming.period) == ("2025", "2026")


def test_a_figure_whose_day_is_the_cut_off_should_be_out_for_the_mark_and_for_the_sentence(made):
    # 180 days after 31 December 2025, and the marks of old figures fall on that day and no other
    for day, late in (("2026-06-28", False), ("2026-06-29", True)):
        changes.replace(made / "edition.yaml", load.edition()["cut_off"], day)
        assert bool(measures.of_gap(gap("2025")).late) is late
        calendar = measures.calendar_of("firms")
        assert calendar.is_published(2026.0) is late
        assert calendar.is_out_of_date(2024.0) is late
        assert (measures.around("firms")[0].period == "2025") is late


def test_what_an_office_has_announced_goes_before_what_is_reckoned():
    assert measures.of_gap(gap("2025", expected="2026-12")) == measures.Due(announced="2026-12")


def test_of_what_comes_at_no_fixed_time_the_last_figure_is_told():
    found = measures.of_gap(gap("2026", "prizes"))
    assert (found.irregular, found.last) == (True, "2024-06")
    assert measures.of_gap(gap("2026", "medals")).last == ""


def test_the_bar_is_95_percent_of_the_way_due_rounded_up():
    # 1,000 + .95 * (1,600 - 1,000) = 1,570 on the path that leads through 1,600 at the end of 2025
    assert measures.least_on_track(measures.assess("firms-2027"), "2025") == (1570, "on_track")
    # 43,000 + .95 * 43,000 * 3 / 5 = 67,510
    assert measures.least_on_track(measures.assess("shops-2027"), "2025") == (67510, "on_track")
    # from zero: .95 * 1,000 * 3 / 5 = 570
    assert measures.least_on_track(measures.assess("labs-2027"), "2025") == (570, "on_track")


@pytest.mark.parametrize("commitment", ["prizes-2027", "listed", "medals"])
def test_without_a_baseline_a_path_or_a_date_no_bar_is_told(commitment):
    assert measures.least_on_track(measures.assess(commitment), "2025") is None


def test_across_a_break_only_a_figure_that_meets_the_target_gives_a_mark():
    assert measures.least_on_track(measures.assess("intensity-2027"), "2025") == (0.02, "met")
