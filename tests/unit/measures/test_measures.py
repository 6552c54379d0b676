"""Golden cases of the marks to date and of milestones, worked by hand in the comments."""

import dataclasses
import datetime as dt
import math

import pandas as pd
import pytest
from frames import NOVEMBER, published

from shuangbei import measures


def stock(value, baseline=None, milestone=None, due_t=2028.0, **more):
    return measures.Target("gt", value, due_t, "stock", baseline, milestone, **more)


def judged(target, *lines, calendar=NOVEMBER):
    return measures.to_date(published(*lines), target, calendar)


HIGH_TECH = ("2021 5109", "2022 6348", "2023 7565", "2025-10 9123")
HIGH_TECH_2027 = stock(12800.0, 6348.0, (2026.0, 10000.0))
IN_STEPS = dataclasses.replace(HIGH_TECH_2027, in_steps=True)
SPRING = measures.Calendar(dt.date(2025, 3, 14), lag_days=180)


# ---- the path -------------------------------------------------------------------------------


def test_path_runs_through_baseline_milestone_and_target():
    assert HIGH_TECH_2027.points == ((2023.0, 6348.0), (2026.0, 10000.0), (2028.0, 12800.0))


def test_path_of_a_commitment_for_2025_ends_at_its_own_value():
    target = stock(10000.0, 6348.0, (2026.0, 10000.0), due_t=2026.0)
    assert target.points == ((2023.0, 6348.0), (2026.0, 10000.0))
    assert measures.path_value(2027.5, target.points) == 10000.0


def test_path_of_a_yearly_promise_is_level():
    target = measures.Target("ge", 10.0, 2028.0, "annual_flow", each_year=True)
    assert target.points == ((2023.0, 10.0), (2028.0, 10.0))


def test_a_commitment_without_a_date_has_no_path():
    assert stock(100.0, 10.0, due_t=None).points == ()


# ---- mark A: one case per kind, with the published figures -------------------------------------


def test_stock_with_milestone_high_tech_enterprises_are_slightly_behind():
    # P = 6348 + (2025.8333 - 2023) / 3 * (10000 - 6348) = 6348 + 0.94444 * 3652 = 9797.1
    # D = (9123 - 6348) / (9797.1 - 6348) = 2775 / 3449.1 = 0.8046
    found = judged(HIGH_TECH_2027, *HIGH_TECH)
    assert (found.mark, found.reason, found.rule) == ("slightly_behind", None, "ratio")
    assert found.required == pytest.approx(9797.11, abs=0.01)
    assert found.distance == pytest.approx(0.8046, abs=0.0001)
    assert not found.border


def test_stock_with_milestone_technology_enterprises_are_on_track():
    # P = 42989 + 0.94444 * (67000 - 42989) = 65666.1; D = 32611 / 22677.1 = 1.4381
    found = judged(stock(86000.0, 42989.0, (2026.0, 67000.0)), "2022 42989", "2025-10 75600")
    assert found.mark == "on_track"
    assert found.distance == pytest.approx(1.4381, abs=0.0001)


# ---- only like is compared with like --------------------------------------------------------------


def test_an_in_year_figure_of_a_stock_in_steps_is_never_held_against_the_path():
    # 9123 in October would be .8046 of the way due; the year-end figure of 2023 is two releases old
    found = judged(IN_STEPS, *HIGH_TECH)
    assert (found.mark, found.reason, found.latest.period) == ("not_assessable", "in_year_only", "2025-10")


def test_a_stock_in_steps_is_judged_on_its_year_end_while_that_is_fresh():
    # P(2024.0) = 6348 + 1/3 * 3652 = 7565.33; D = 1217 / 1217.33 = .9997
    found = judged(IN_STEPS, *HIGH_TECH[:3], "2024-04 7619", calendar=SPRING)
    assert (found.mark, found.latest.period, found.in_year.period) == ("on_track", "2023", "2024-04")
    assert found.distance == pytest.approx(0.9997, abs=0.0001)


def test_an_in_year_figure_shows_that_the_target_is_passed():
    assert judged(IN_STEPS, *HIGH_TECH[:3], "2025-10 12801").mark == "met"
    assert judged(IN_STEPS, *HIGH_TECH[:3], "2025-10 12800").mark == "not_assessable"


# ---- after the due date ---------------------------------------------------------------------------

TECH_2025 = stock(67000.0, 42989.0, (2026.0, 67000.0), due_t=2026.0, in_steps=True)
HIGH_TECH_2025 = stock(10000.0, 6348.0, (2026.0, 10000.0), due_t=2026.0, in_steps=True)


def test_a_stock_that_passed_its_target_before_the_date_has_met_it():
    found = judged(TECH_2025, "2022 42989", "2025-10 75600")
    assert (found.mark, found.latest.period) == ("met", "2025-10")


def test_a_date_without_a_figure_is_met_late_once_a_later_figure_passes():
    # 9123 in October 2025 decides nothing; 10 416 is more than 10 000, said in January 2026
    found = judged(HIGH_TECH_2025, "2022 6348", "2025-10 9123", "2026-01 10416 I")
    assert (found.mark, found.latest.period, found.provisional) == ("met_late", "2026-01", ("date_inferred",))


def test_a_date_without_a_figure_and_none_that_passes_cannot_be_assessed():
    found = judged(HIGH_TECH_2025, "2022 6348", "2025-10 9123")
    assert (found.mark, found.reason) == ("not_assessable", "no_due_observation")
    assert judged(HIGH_TECH_2025, "2022 6348", "2026-01 9900").reason == "no_due_observation"


def test_the_figure_of_the_date_decides_before_any_other():
    assert judged(HIGH_TECH_2025, "2025-10 10200", "2025 9900 whole").mark == "missed"
    assert judged(HIGH_TECH_2025, "2025 9900 whole", "2026-06 10300").mark == "met_late"
    assert judged(HIGH_TECH_2025, "2025 10001 whole").mark == "met"


def test_a_figure_of_the_date_that_is_too_coarse_decides_nothing():
    # 10 000 to the nearest thousand may be 9 500 or 10 500
    rows = published("2025 10000").assign(half_step=500.0)
    assert measures.to_date(rows, HIGH_TECH_2025, NOVEMBER).reason == "too_coarse"
    assert judged(HIGH_TECH_2025, "2025 9000 over").reason == "bound"


def test_no_mark_after_the_date_speaks_of_a_pace():
    for line in ("2025 6000", "2025 9900", "2025-10 9123", "2026-03 8000"):
        assert judged(HIGH_TECH_2025, "2022 6348", line).mark in (
            "met",
            "met_late",
            "missed",
            "not_assessable",
        )


# ---- what a mark rests on -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ("2024 150 estimate", "estimate"),
        ("2024 150 estimate P", "estimate"),
        ("2024 150 P", "preliminary"),
        ("2024 150 I", "date_inferred"),
        ("2024 150 reprint", "reprint"),
    ],
)
def test_a_mark_is_provisional_if_its_figure_is_in_doubt(line, doubt):
    assert judged(stock(200.0, 100.0), line).provisional == (doubt,)
    assert judged(stock(120.0, 100.0), line).provisional == (doubt,)  # met


def test_a_mark_is_provisional_if_its_baseline_is_in_doubt():
    target = stock(200.0, 100.0, baseline_doubts=("reprint",))
    assert judged(target, "2024 150").provisional == ("reprint",)
    assert judged(target, "2024 250").provisional == ()  # met rests on no baseline


def test_a_yearly_mark_is_provisional_if_one_of_its_years_is():
    assert judged(LISTINGS, "2023 10 whole", "2024 11 reprint", "2025 12").provisional == ("reprint",)


def test_stock_without_milestone_follows_the_straight_line():
    # P(2024.0) = 255 + 1/5 * 245 = 304; D = 31 / 49 = 0.6327; a cut-off that finds 2023 fresh
    found = judged(
        stock(500.0, 255.0), "2022 255", "2023 286", calendar=measures.Calendar(dt.date(2025, 6, 30))
    )
    assert found.mark == "slightly_behind"
    assert found.distance == pytest.approx(31 / 49)


def test_share_is_judged_in_percentage_points():
    # P(2025.0) = 31.1 + 2/5 * 4.9 = 33.06; D = 3.5 / 1.96 = 1.7857
    target = measures.Target("gt", 36.0, 2028.0, "share", 31.1)
    found = judged(target, "2022 31.1", "2023 32.2", "2024 34.6")
    assert found.mark == "on_track"
    assert found.distance == pytest.approx(1.7857, abs=0.0001)


def test_annual_flow_due_2027_is_judged_on_its_latest_year():
    # P(2025.0) = 630.4 + 2/5 * 669.6 = 898.24; D = 343.84 / 267.84 = 1.2838
    target = measures.Target("gt", 1300.0, 2028.0, "annual_flow", 630.4)
    found = judged(target, "2022 630.4", "2023 865.1", "2024 974.24")
    assert (found.mark, found.rule) == ("on_track", "ratio")
    assert found.distance == pytest.approx(1.2838, abs=0.0001)


def test_cumulative_count_starts_at_zero():
    # P(2025.0) = 2/5 * 700 = 280; D = 154 / 280 = 0.55
    found = judged(measures.Target("eq", 700.0, 2028.0, "cumulative", 0.0), "2024 154")
    assert found.mark == "behind"
    assert found.distance == pytest.approx(0.55)


def test_ratio_moving_down_is_moving_away():
    # P(2025.0) = 12 + 2/5 * 5 = 14; D = (11 - 12) / 2 = -0.5
    found = judged(measures.Target("ge", 17.0, 2028.0, "ratio", 12.0), "2022 12", "2024 11.0")
    assert (found.mark, found.distance) == ("moving_away", pytest.approx(-0.5))


def test_full_coverage_needs_all_of_it():
    target = measures.Target("all", 100.0, 2028.0, "coverage", 40.0)
    # P(2025.0) = 40 + 2/5 * 60 = 64; D = 24 / 24 = 1
    assert judged(target, "2024 64.0").mark == "on_track"
    assert judged(target, "2024 100.0").mark == "met"


def test_fewer_is_better_where_the_direction_is_down():
    # P(2025.0) = 10.5 - 2/5 * 2.5 = 9.5; D = (10.5 - 9.9) / (10.5 - 9.5) = 0.6
    target = measures.Target("ge", 8.0, 2028.0, "share", 10.5, sign=-1)
    assert judged(target, "2024 9.900").distance == pytest.approx(0.6)
    assert judged(target, "2024 9.900").mark == "slightly_behind"
    assert judged(target, "2024 7.9").mark == "met"


INTENSITY_CITY = ("2022 2.36", "2023 2.45 estimate", "2024 2.6 estimate")
INTENSITY_NATION = ("2022 2.54", "2023 2.65", "2024 2.69")


def intensity_gap():
    return measures.gap_to_benchmark(published(*INTENSITY_CITY), published(*INTENSITY_NATION))


def test_benchmark_is_judged_on_the_gap_of_the_same_year():
    # gaps: 2.36 - 2.54 = -0.18, 2.45 - 2.65 = -0.20, 2.6 - 2.69 = -0.09
    # P(2025.0) = -0.18 + 2/5 * 0.18 = -0.108; D = 0.09 / 0.072 = 1.25
    gap = intensity_gap().assign(half_step=0.001)
    found = measures.to_date(gap, measures.Target("gt", 0.0, 2028.0, "benchmark", -0.18), NOVEMBER)
    assert found.mark == "on_track"
    assert found.distance == pytest.approx(1.25)
    assert found.required == pytest.approx(-0.108)
    assert found.latest.qualifier == "estimate"


def test_benchmark_printed_with_one_decimal_is_too_coarse():
    # half steps .05 + .005: the gap is -.145 to -.035, the baseline -.18 as given here
    # D = .035 / .072 = .486 (behind) to .145 / .072 = 2.014 (on track): no neighbours
    found = measures.to_date(
        intensity_gap(), measures.Target("gt", 0.0, 2028.0, "benchmark", -0.18), NOVEMBER
    )
    assert (found.mark, found.reason, found.distance) == ("not_assessable", "too_coarse", None)
    assert (found.low, found.high) == (pytest.approx(0.4861, abs=1e-4), pytest.approx(2.0139, abs=1e-4))


def test_gap_keeps_both_levels_and_only_common_years():
    city = published("2021 2.2", *INTENSITY_CITY)
    gap = measures.gap_to_benchmark(city, published(*INTENSITY_NATION, "2025 2.8"))
    assert list(gap["period"]) == ["2022", "2023", "2024"]
    assert list(gap["value"]) == [-0.18, -0.2, -0.09]
    assert (gap["city"].iloc[-1], gap["nation"].iloc[-1]) == (2.6, 2.69)
    assert gap["half_step"].iloc[-1] == pytest.approx(0.055)


@pytest.mark.parametrize(
    ("city", "nation", "expected"),
    [
        ("over", "exact", "over"),
        ("exact", "over", "nearly"),
        ("nearly", "exact", "nearly"),
        ("exact", "nearly", "over"),
        ("over", "nearly", "over"),
        ("exact", "estimate", "estimate"),
        ("about", "exact", "about"),
        ("estimate", "about", "estimate"),
        ("exact", "exact", "exact"),
    ],
)
def test_gap_carries_the_weaker_qualifier(city, nation, expected):
    gap = measures.gap_to_benchmark(published(f"2024 2.6 {city}"), published(f"2024 2.7 {nation}"))
    assert list(gap["qualifier"]) == [expected]


def test_gap_between_two_lower_bounds_is_open_and_left_out():
    assert measures.gap_to_benchmark(published("2024 2.6 over"), published("2024 2.7 over")).empty


@pytest.mark.parametrize(
    ("city", "nation", "ends"),
    [
        # Over 2.3 less 2.395 to 2.405 is over -0.105; a bound itself is taken as printed.
        ("2.3 over", "2.40", (-0.105, math.inf)),
        ("2.3 nearly", "2.40", (-math.inf, -0.095)),
        # 2.25 to 2.35 less what is over 2.40 is below -0.05.
        ("2.3", "2.40 over", (-math.inf, -0.05)),
        ("2.3", "2.40 nearly", (-0.15, math.inf)),
        # Two bounds that point the same way leave no rounding: over 2.3 less below 2.40.
        ("2.3 over", "2.40 nearly", (-0.1, math.inf)),
        ("2.3", "2.40", (-0.155, -0.045)),
    ],
)
def test_the_gap_beside_a_bound_is_as_open_as_the_other_figure_is_rounded(city, nation, ends):
    gap = measures.gap_to_benchmark(published(f"2024 {city}"), published(f"2024 {nation}"))
    (row,) = measures.observations_of(gap)
    assert row.ends == pytest.approx(ends)


@pytest.mark.parametrize(
    ("city", "decided"),
    # The nation is 2.695 to 2.705: over 2.70 may still be below it, over 2.705 may not.
    [("2.70 over", None), ("2.705 over", True), ("2.70 nearly", None), ("2.69 nearly", False)],
)
def test_a_bound_shows_the_nation_surpassed_only_beyond_all_that_its_figure_may_stand_for(city, decided):
    gap = measures.gap_to_benchmark(published(f"2024 {city}"), published("2024 2.70"))
    (row,) = measures.observations_of(gap)
    assert measures.reaches(row, measures.Target("gt", 0.0, 2028.0, "benchmark", -0.1)) is decided


def test_gap_shows_a_break_on_either_side():
    gap = measures.gap_to_benchmark(published("2023 2.4 P", "2024 2.6"), published("2023 2.6", "2024 2.7 B"))
    assert list(gap["status"]) == ["P", "B"]


def test_gap_keeps_the_doubts_of_both_even_where_one_word_hides_the_other():
    city, nation = published("2024 2.60 P"), published("2024 2.70 B reprint")
    (row,) = measures.observations_of(measures.gap_to_benchmark(city, nation))
    assert row.doubts == ("preliminary", "reprint")
    (row,) = measures.observations_of(
        measures.gap_to_benchmark(published("2024 2.60 over"), published("2024 2.70 estimate"))
    )
    assert (row.qualifier, row.doubts) == ("over", ("estimate",))


# ---- the same data under other methods: the piecewise column of the comparison ------------------


@pytest.mark.parametrize(
    ("baseline", "milestone", "value", "now", "sign", "distance", "mark"),
    [
        (89.5, None, 92.0, "90.6", 1, 1.10, "on_track"),  # 1.1 / (2/5 * 2.5) = 1.1 / 1.0
        (10.5, None, 8.0, "9.4", -1, 1.10, "on_track"),  # the complement: the same
        (5.0, None, 40.0, "14", 1, 0.643, "slightly_behind"),  # 9 / (2/5 * 35) = 9 / 14
        (0.0, None, 100.0, "30", 1, 0.75, "slightly_behind"),  # 30 / 40, where growth rates explode
        (100.0, 120.0, 160.0, "113", 1, 0.975, "on_track"),  # 13 / (2/3 * 20): back-loaded plan
    ],
)
def test_verdict_of_the_piecewise_path(baseline, milestone, value, now, sign, distance, mark):
    between = None if milestone is None else (2026.0, milestone)
    target = measures.Target("ge", value, 2028.0, "share", baseline, between, sign=sign)
    found = judged(target, f"2024 {now}")
    assert found.distance == pytest.approx(distance, abs=0.001)
    assert found.mark == mark


# ---- thresholds, relations, rounding -----------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "mark"),
    [
        ("138", "on_track"),
        ("137.9", "slightly_behind"),
        ("124", "slightly_behind"),
        ("123.9", "behind"),
        ("100", "behind"),
        ("99.9", "moving_away"),
    ],
)
def test_thresholds_are_those_of_the_method(value, mark):
    # P(2025.0) = 100 + 2/5 * 100 = 140: D = .95 at 138, .60 at 124, 0 at 100
    assert judged(stock(200.0, 100.0), f"2024 {value}").mark == mark


def test_more_than_is_strict_and_at_least_is_not():
    assert judged(stock(200.0, 100.0), "2024 200 whole").mark == "on_track"
    assert judged(measures.Target("ge", 200.0, 2028.0, "stock", 100.0), "2024 200 whole").mark == "met"
    assert judged(measures.Target("eq", 200.0, 2028.0, "stock", 100.0), "2024 200 whole").mark == "met"


def test_floating_point_noise_of_unit_factors_decides_nothing():
    value = 1.14 * 10000  # 11399.999999999998
    assert measures.meets(value, measures.Target("ge", 11400.0, 2028.0, "stock")) is True
    assert measures.meets(11400.000000000002, stock(11400.0)) is False


def test_neighbours_are_told_when_half_of_the_last_digit_changes_the_mark():
    # D = .95 at 138.0: 138.04 is 138.035 to 138.045, 138.0 is 137.95 to 138.05
    target = stock(200.0, 100.0)
    assert judged(target, "2024 138.04").neighbour is None
    assert (judged(target, "2024 138.0").mark, judged(target, "2024 138.0").neighbour) == (
        "on_track",
        "slightly_behind",
    )
    assert judged(target, "2024 137.96").neighbour is None
    assert judged(target, "2024 138 whole").border is False


def test_the_baseline_is_an_interval_too():
    # x = 138 exactly, v0 = 99.5 to 100.5: D = 38.5 / 40.2 = .958 to 37.5 / 39.8 = .942
    rounded = stock(200.0, 100.0, baseline_half_step=0.5)
    found = judged(rounded, "2024 138 whole")
    assert (found.mark, found.neighbour) == ("on_track", "slightly_behind")
    assert (found.low, found.high) == (pytest.approx(0.9422, abs=1e-4), pytest.approx(0.9577, abs=1e-4))


def test_a_target_that_rounding_may_have_met_is_met_on_the_border():
    found = judged(measures.Target("ge", 17.0, 2028.0, "ratio", 12.0), "2025 17.0")
    assert (found.mark, found.neighbour) == ("met", "on_track")
    assert judged(measures.Target("ge", 17.0, 2028.0, "ratio"), "2025 17.1").border is False
    # without a baseline nothing can be said of the half of the interval that has not met
    assert judged(measures.Target("ge", 17.0, 2028.0, "ratio"), "2025 17.0").reason == "no_baseline"


def test_a_figure_whose_ends_are_no_neighbours_gives_no_mark():
    # P(2025.0) = 20 + 2/5 * 1 = 20.4: 20 is 19.5 (moving away) to 20.5 (on track)
    found = judged(measures.Target("ge", 21.0, 2028.0, "share", 20.0), "2024 20")
    assert (found.mark, found.reason) == ("not_assessable", "too_coarse")
    assert (found.low, found.high) == (pytest.approx(-1.25), pytest.approx(1.25))


def test_level_decides_where_the_baseline_is_past_the_target():
    target = stock(100.0, 120.0)
    assert judged(target, "2024 110").mark == "met"
    assert judged(target, "2024 90").mark == "moving_away"
    assert judged(target, "2024 90").distance is None


def test_no_distance_is_given_where_the_baseline_is_past_the_target():
    # the milestone asks for a rise from 100 to 110, the target for 90 only
    found = judged(measures.Target("ge", 90.0, 2028.0, "stock", 100.0, (2026.0, 110.0)), "2024 80")
    assert (found.mark, found.distance, found.rule) == ("moving_away", None, "level")


def test_level_decides_where_the_milestone_equals_the_baseline():
    target = stock(160.0, 100.0, (2026.0, 100.0))
    assert judged(target, "2024 100 whole").mark == "on_track"
    assert judged(target, "2024 99 whole").mark == "moving_away"
    assert judged(target, "2024 100 whole").distance is None


# ---- bounds -----------------------------------------------------------------------------------


def test_over_seventy_meets_seventy_and_more_than_seventy():
    assert judged(measures.Target("ge", 70.0, 2028.0, "share"), "2025-05 70 over").mark == "met"
    assert judged(measures.Target("gt", 70.0, 2028.0, "share"), "2025-05 70 over").mark == "met"


def test_a_bound_is_no_rounded_number_and_stands_on_no_border():
    assert judged(measures.Target("ge", 70.0, 2028.0, "share"), "2025-05 70 over").border is False
    assert judged(measures.Target("ge", 70.0, 2028.0, "share", 60.0), "2025-05 70").border is True


def test_nearly_600_does_not_meet_600():
    found = judged(measures.Target("ge", 600.0, 2028.0, "stock", 100.0), "2024 600 nearly")
    assert (found.mark, found.reason) == ("not_assessable", "bound")


def test_lower_bound_is_enough_for_on_track_and_for_nothing_below():
    # P(2025.0) = 140: over 139 has D of at least .975, over 130 only of at least .75
    found = judged(stock(200.0, 100.0), "2024 139 over")
    assert (found.mark, found.neighbour, found.high) == ("on_track", "met", float("inf"))
    low = judged(stock(200.0, 100.0), "2024 130 over")
    assert (low.mark, low.reason, low.distance) == ("not_assessable", "bound", None)


def test_upper_bound_decides_only_the_two_worst_marks():
    # nearly 110 has D of at most .25: behind, or moving away
    assert judged(stock(200.0, 100.0), "2024 99 nearly").mark == "moving_away"
    found = judged(stock(200.0, 100.0), "2024 110 nearly")
    assert (found.mark, found.neighbour) == ("behind", "moving_away")
    assert judged(stock(200.0, 100.0), "2024 130 nearly").reason == "bound"


def test_upper_bound_above_a_target_that_the_baseline_had_passed_decides_nothing():
    # baseline 120, target 100: "nearly 110" may be 105 (met) or 95 (moving away)
    assert judged(stock(100.0, 120.0), "2024 110 nearly").reason == "bound"


def test_bounds_change_sides_where_less_is_better():
    target = measures.Target("ge", 8.0, 2028.0, "share", 10.5, sign=-1)
    assert judged(target, "2024 8 nearly").mark == "met"
    assert judged(target, "2024 10.6 over").mark == "moving_away"
    assert judged(target, "2024 8 over").reason == "bound"


def test_estimate_and_about_are_judged_at_their_value():
    assert judged(stock(200.0, 100.0), "2024 140 estimate").mark == "on_track"
    assert judged(stock(200.0, 100.0), "2024 124 about").mark == "slightly_behind"


# ---- reasons and their order --------------------------------------------------------------------


def test_no_due_date_comes_before_everything():
    assert judged(stock(100.0, due_t=None)).reason == "no_due_date"
    assert judged(stock(100.0, 10.0, due_t=None), "2024 200").reason == "no_due_date"


def test_no_observation_comes_before_no_baseline():
    assert judged(stock(100.0)).reason == "no_observation"


def test_met_needs_no_baseline():
    assert judged(stock(100.0), "2024 200").mark == "met"
    assert judged(stock(100.0), "2024 90").reason == "no_baseline"


def test_no_new_observation_wins_over_out_of_date():
    found = judged(measures.Target("ge", 22.0, 2028.0, "share", 19.0), "2021 19.1", "2022 19")
    assert (found.mark, found.reason) == ("not_assessable", "no_new_observation")
    assert found.latest.period == "2022"


def test_a_break_after_the_baseline_ends_the_comparison_unless_the_target_is_met():
    target = stock(200.0, 100.0)
    assert judged(target, "2022 100", "2023 150 B", "2024 160").reason == "series_break"
    assert judged(target, "2022 100", "2024 260 B").mark == "met"
    assert judged(target, "2022 100 B", "2024 140").mark == "on_track"


def test_too_coarse_comes_before_a_break():
    target = measures.Target("ge", 21.0, 2028.0, "share", 20.0)
    assert judged(target, "2022 20", "2024 20 B").reason == "too_coarse"


def test_one_missing_release_is_late_and_two_are_out_of_date():
    # yearly, 60 days late: the second figure after 2023, that of 2025, is out by 1 March 2026
    lines = ("2022 100", "2023 125")
    fresh, old = (measures.Calendar(day, lag_days=60) for day in (dt.date(2026, 2, 28), dt.date(2026, 3, 1)))
    assert judged(stock(200.0, 100.0), *lines, calendar=fresh).mark == "on_track"
    assert judged(stock(200.0, 100.0), *lines, calendar=old).reason == "out_of_date"


def test_a_day_has_come_on_the_day_of_the_cut_off():
    # 60 days after 31 December 2024 is 1 March 2025
    before, on = (measures.Calendar(day, lag_days=60) for day in (dt.date(2025, 2, 28), dt.date(2025, 3, 1)))
    assert (before.is_published(2025.0), on.is_published(2025.0)) == (False, True)
    new_year, last = (measures.Calendar(day) for day in (dt.date(2025, 12, 30), dt.date(2025, 12, 31)))
    assert (new_year.is_over(2026.0), last.is_over(2026.0)) == (False, True)


def test_a_leap_year_ages_by_days_and_not_by_shares_of_a_year():
    # two months and 30 days after the end of December 2023 is 30 March 2024, in a year of 366 days
    calendar = measures.Calendar(dt.date(2024, 3, 29), measures.CYCLE_MONTHS["month"], 30)
    assert not calendar.is_out_of_date(2024.0)
    assert dataclasses.replace(calendar, cut_off=dt.date(2024, 3, 30)).is_out_of_date(2024.0)


def test_a_quarterly_figure_ages_faster():
    quarterly = measures.Calendar(dt.date(2026, 11, 20), measures.CYCLE_MONTHS["quarter"], 30)
    assert judged(stock(200.0, 100.0), "2025-10 150", calendar=quarterly).reason == "out_of_date"


def test_old_data_undo_met_except_for_a_cumulative_count():
    assert judged(stock(200.0, 100.0), "2023 260").reason == "out_of_date"
    assert judged(measures.Target("ge", 200.0, 2028.0, "cumulative", 0.0), "2023 260").mark == "met"


def test_out_of_date_comes_before_bound():
    assert judged(stock(200.0, 100.0), "2023 110 nearly").reason == "out_of_date"


def test_two_values_at_one_time_are_refused():
    with pytest.raises(ValueError, match="2024, 2024-12; keep one"):
        judged(stock(200.0, 100.0), "2024 150", "2024-12 151")


# ---- each year ----------------------------------------------------------------------------------

LISTINGS = measures.Target("ge", 10.0, 2028.0, "annual_flow", each_year=True)


def test_yearly_promise_with_missing_years_cannot_be_assessed():
    found = judged(LISTINGS, "2023 10 whole")
    assert (found.mark, found.reason) == ("not_assessable", "out_of_date")
    assert [(year.year, year.met, year.due) for year in found.years] == [
        (2023, True, True),
        (2024, None, True),
        (2025, None, True),
        (2026, None, False),
        (2027, None, False),
    ]


def test_yearly_promise_with_a_year_not_yet_found_is_not_yet_out_of_date():
    assert judged(LISTINGS, "2023 10 whole", "2024 11 whole").reason == "years_missing"


def test_yearly_promise_is_on_track_while_all_due_years_are_met():
    found = judged(LISTINGS, "2023 10 whole", "2024 11 whole", "2025 12 whole")
    assert (found.mark, found.distance, found.rule) == ("on_track", 1.0, "years")


def test_yearly_promise_is_met_only_when_every_year_is():
    lines = [f"{year} 10 whole" for year in range(2023, 2028)]
    assert judged(LISTINGS, *lines, calendar=measures.Calendar(dt.date(2028, 6, 30))).mark == "met"
    assert (
        judged(LISTINGS, *lines[:-1], calendar=measures.Calendar(dt.date(2028, 6, 30))).mark
        == "not_assessable"
    )


def test_yearly_promise_falls_behind_with_each_failed_year():
    # two of three known years: 2/3 = .667; one of two: .5
    assert judged(LISTINGS, "2023 10 whole", "2024 9 whole", "2025 12 whole").mark == "slightly_behind"
    found = judged(LISTINGS, "2023 10 whole", "2024 9 whole")
    assert (found.mark, found.distance) == ("behind", 0.5)


def test_part_of_a_year_is_no_year():
    assert judged(LISTINGS, "2022 8 whole", "2023-10 12 whole").reason == "no_new_observation"
    assert judged(LISTINGS, "2023-10 12 whole").reason == "no_observation"


def test_a_bound_that_leaves_a_year_open_is_named():
    assert judged(LISTINGS, "2023 10 whole", "2024 10 whole", "2025 8 over").reason == "bound"
    assert judged(LISTINGS, "2023 10 whole", "2024 10 whole", "2025 10 over").mark == "on_track"
    assert judged(LISTINGS, "2023 10 whole", "2024 10 whole", "2025 10 nearly").mark == "slightly_behind"


# ---- mark B -------------------------------------------------------------------------------------


def verdict(*lines, first=(), target=HIGH_TECH_2027, calendar=NOVEMBER):
    return measures.milestone(published(*lines), target, calendar, published(*first))


def test_there_is_no_milestone_mark_without_a_milestone():
    assert verdict("2025 1", target=stock(500.0, 255.0)).mark == "none"


def test_milestone_is_not_due_before_its_date():
    before, on = (measures.Calendar(day) for day in (dt.date(2025, 12, 30), dt.date(2025, 12, 31)))
    assert verdict("2024 12000", calendar=before).mark == "not_due"
    assert verdict("2024 12000", calendar=on).mark == "met"


def test_milestone_of_high_tech_enterprises_waits_for_the_end_of_2025():
    found = verdict(*HIGH_TECH)
    assert (found.mark, found.reason) == ("not_assessable", "no_milestone_observation")


def test_milestone_of_technology_enterprises_was_passed_in_october():
    target = stock(86000.0, 42989.0, (2026.0, 67000.0))
    found = verdict("2022 42989", "2025-10 75600", target=target)
    assert (found.mark, found.period, found.miss) == ("met", "2025-10", -8600.0)


def test_milestone_is_missed_by_the_value_at_its_date():
    found = verdict(*HIGH_TECH, "2025 9600")
    assert (found.mark, found.value, found.miss) == ("missed", 9600.0, 400.0)


def test_the_milestone_is_provisional_if_its_figure_is():
    found = verdict(
        "2022 42989", "2025-10 75600 I reprint", target=stock(86000.0, 42989.0, (2026.0, 67000.0))
    )
    assert (found.mark, found.provisional) == ("met", ("date_inferred", "reprint"))


def test_a_value_after_the_date_or_before_the_baseline_says_nothing():
    assert verdict("2026-03 12000").reason == "no_milestone_observation"
    assert verdict("2022 12000").reason == "no_milestone_observation"


def test_only_a_stock_can_pass_its_milestone_early():
    flow = measures.Target("gt", 1300.0, 2028.0, "annual_flow", 630.4, (2026.0, 1000.0))
    assert verdict("2024 1100", target=flow).reason == "no_milestone_observation"
    assert verdict("2024 1100", "2025 900", target=flow).mark == "missed"


def test_milestone_stays_frozen_at_the_first_value_and_shows_the_revision():
    found = verdict("2025 9900", first=("2025 10050",))
    assert (found.mark, found.value, found.revised) == ("met", 10050.0, 9900.0)
    found = verdict("2025 10100", first=("2025 9950",))
    assert (found.mark, found.value, found.revised) == ("missed", 9950.0, 10100.0)


def test_milestone_without_a_revision_shows_none():
    assert verdict("2025 10100", first=("2025 10100",)).revised is None
    assert verdict("2025 10100").revised is None


def test_milestone_knows_what_a_bound_can_tell():
    assert verdict("2025 10000").reason == "too_coarse"  # 9999.5 to 10000.5
    assert verdict("2025 10000 over").mark == "met"
    assert verdict("2025 10000 nearly").mark == "missed"
    assert verdict("2025 9900 over").reason == "bound"


def test_results_do_not_change_their_input():
    series = published(*HIGH_TECH)
    before = series.copy()
    measures.to_date(series, HIGH_TECH_2027, NOVEMBER)
    measures.milestone(series, HIGH_TECH_2027, NOVEMBER, series[:0])
    pd.testing.assert_frame_equal(series, before)
    with pytest.raises(dataclasses.FrozenInstanceError):
        HIGH_TECH_2027.value = 1.0
