"""Tests of when missing figures are due, and of what they would have to be."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
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


def with_baseline(code: str, baseline: float, half_step: float, value: float) -> measures.Assessment:
    """An assessment as if its commitment started and ended elsewhere, on a straight path."""
    found = measures.assess(code)
    target = replace(
        found.target,
        baseline=baseline,
        baseline_half_step=half_step,
        value=value,
        milestone=None,
        due_t=2028.0,
    )
    return replace(found, target=target, series=found.series[found.series["t"] > 2023.0])


def test_the_bar_is_found_however_far_a_coarse_baseline_moves_it():
    # Due by the end of 2025 are 24,000 of 40,000: .95 of them lead to 122,800. From a start at 115,000,
    # which its rounding allows, 15,000 are due, and only from 124,000 on is it slightly behind at least.
    found = with_baseline("hte-city-2027", 100_000, 15_000, 140_000)
    assert measures.least_on_track(found, "2025") == (124_000, "on_track")


def test_where_a_coarse_baseline_leaves_no_way_due_the_bar_is_the_target():
    found = with_baseline("hte-city-2027", 100_000, 50_000, 140_000)
    assert found.target.relation == "gt"
    assert measures.least_on_track(found, "2025") == (140_001, "met")


def test_from_a_start_beyond_the_target_the_bar_is_the_target():
    assert measures.least_on_track(with_baseline("hte-city-2027", 1000, 0, 800), "2025") == (801, "met")


def test_across_a_break_the_bar_is_the_target_however_far_it_is():
    found = measures.assess("hte-city-2027")
    broken = found.series.assign(status=found.series["status"].mask(found.series["t"] == 2024.0, "B"))
    assert (broken["status"] == "B").any()
    target = found.target.value
    assert measures.least_on_track(replace(found, series=broken), "2025") == (target + 1, "met")
