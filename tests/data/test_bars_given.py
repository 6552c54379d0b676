"""Tests of the number that would give a mark, with baselines and breaks that no commitment has today."""

from __future__ import annotations

from dataclasses import replace

from shuangbei import measures


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
