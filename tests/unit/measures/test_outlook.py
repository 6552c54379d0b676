"""Golden cases of the outlook and of paces, worked by hand in the comments."""

import datetime as dt

import pytest
from frames import NOVEMBER, published

from shuangbei import measures


def projected(target, *lines, calendar=NOVEMBER):
    series = published(*lines)
    return measures.outlook(series, target, calendar, measures.to_date(series, target, calendar))


HIGH_TECH = ("2017 2012", "2018 2504", "2019 3141", "2021 5109", "2022 6348", "2023 7565", "2025-10 9123")
HIGH_TECH_2027 = measures.Target("gt", 12800.0, 2028.0, "stock", 6348.0, (2026.0, 10000.0))


def test_outlook_of_high_tech_enterprises_is_unlikely():
    # window from 2020.8333: 5109 (2022.0) to 9123 (2025.8333): 4014 / 3.8333 = 1047.13 a year
    # projected = 9123 + 1047.13 * 2.16667 = 11391.8; miss = 1408.2 / 3677 = 0.383
    found = projected(HIGH_TECH_2027, *HIGH_TECH)
    assert (found.mark, found.reason, found.since) == ("unlikely", None, 2022.0)
    assert found.pace == pytest.approx(1047.13, abs=0.01)
    assert found.projected == pytest.approx(11391.8, abs=0.05)
    assert found.miss == pytest.approx(0.383, abs=0.0005)


def test_outlook_range_comes_from_the_slowest_and_the_fastest_stretch():
    # neighbours: 1239 (2022), 1217 (2023), 1558 / 1.83333 = 849.8 a year (to October 2025)
    # low = 9123 + 849.82 * 2.16667 = 10964.3; high = 9123 + 1239 * 2.16667 = 11807.5
    found = projected(HIGH_TECH_2027, *HIGH_TECH)
    assert (found.low, found.high) == (pytest.approx(10964.3, abs=0.05), pytest.approx(11807.5))


def test_pace_needed_stands_beside_the_best_pace_ever_kept_that_long():
    # needed = 3677 / 2.16667 = 1697.1; at least 2.16667 years apart: (7565 - 3141) / 4 = 1106
    found = projected(HIGH_TECH_2027, *HIGH_TECH)
    assert found.pace_needed == pytest.approx(1697.08, abs=0.01)
    assert found.pace_best == pytest.approx(1106.0)


def test_outlook_of_technology_contracts_is_likely():
    # (974.24 - 630.4) / 2 = 171.92 a year; 974.24 + 3 * 171.92 = 1490.0, more than 1300
    # a fourth figure between the first and the last changes no pace
    target = measures.Target("gt", 1300.0, 2028.0, "annual_flow", 630.4)
    found = projected(target, "2022 630.4", "2023-07 750", "2023 865.1", "2024 974.24")
    assert found.mark == "likely"
    assert found.projected == pytest.approx(1490.0)
    assert found.miss < 0


def test_outlook_of_the_gap_to_the_nation():
    # gaps -0.18, -0.20, -0.09: 0.045 a year; -0.09 + 3 * 0.045 = 0.045, above the nation
    # 2021 with the gap of 2022 before it: 2021 -0.225, so that the mean change stays 0.045
    gap = measures.gap_to_benchmark(
        published("2021 2.215", "2022 2.360", "2023 2.450", "2024 2.600"),
        published("2021 2.440", "2022 2.540", "2023 2.650", "2024 2.690"),
    )
    target = measures.Target("gt", 0.0, 2028.0, "benchmark", -0.18)
    found = measures.outlook(gap, target, NOVEMBER, measures.to_date(gap, target, NOVEMBER))
    assert (found.mark, found.projected) == ("likely", pytest.approx(0.045))


# 90, 100, 110, 120 in 2021 to 2024: 10 a year, 150 by the end of 2027; the way left is value - 120.
LINE = ("2021 90 whole", "2022 100 whole", "2023 110 whole", "2024 120 whole")


@pytest.mark.parametrize(
    ("value", "mark"),
    [
        (149.9, "likely"),
        (150.0, "near_miss"),  # it lands on a strict bound, which asks for more
        (151.5, "near_miss"),  # 1.5 / 31.5 = 4.8 %: what falls short by a little falls short
        (157.5, "near_miss"),  # 7.5 / 37.5 = 20 %
        (157.6, "unlikely"),  # 7.6 / 37.6 = 20.2 %
    ],
)
def test_what_gets_there_meets_the_target_and_what_is_just_short_lacks_at_most_20_percent(value, mark):
    target = measures.Target("gt", value, 2028.0, "stock", 100.0)
    assert projected(target, *LINE).mark == mark


def test_a_projection_that_lands_on_a_bound_that_includes_it_gets_there():
    assert projected(measures.Target("ge", 150.0, 2028.0, "stock", 100.0), *LINE).mark == "likely"


def test_first_and_last_figure_are_intervals():
    # 90 and 120, half a unit either way: 29 to 31 in three years; 119.5 + 29 = 148.5 to 151.5
    rounded = [line.replace(" whole", "") for line in LINE]
    found = projected(measures.Target("gt", 150.5, 2028.0, "stock", 100.0), *rounded)
    assert (found.mark, found.neighbour) == ("near_miss", "likely")
    assert projected(measures.Target("gt", 148.0, 2028.0, "stock", 100.0), *rounded).neighbour is None


def test_a_pace_whose_ends_are_no_neighbours_gives_no_mark():
    # 90 and 92, half a unit either way: 1 to 3 in three years, 92.5 to 95.5 by the end of 2027;
    # 94 lies between, and 91.5 + 1 lacks 1.5 of 2.5
    lines = ("2021 90", "2022 91", "2023 91", "2024 92")
    found = projected(measures.Target("gt", 94.0, 2028.0, "stock", 91.0), *lines)
    assert (found.mark, found.reason, found.projected) == ("not_assessable", "too_coarse", None)


def test_an_outlook_is_provisional_if_a_figure_of_its_window_is():
    lines = (*LINE[:1], "2022 100 whole reprint", *LINE[2:])
    assert projected(measures.Target("gt", 149.0, 2028.0, "stock", 100.0), *lines).provisional == ("reprint",)


def test_in_year_figures_of_a_stock_in_steps_take_no_part():
    target = measures.Target("gt", 12800.0, 2028.0, "stock", 6348.0, (2026.0, 10000.0), in_steps=True)
    found = projected(target, *HIGH_TECH)
    assert (found.mark, found.reason) == ("not_assessable", "in_year_only")
    spring = measures.Calendar(dt.date(2025, 3, 14), lag_days=180)
    found = projected(target, *HIGH_TECH[2:6], "2024-04 7619", calendar=spring)
    assert (found.latest.period, found.since) == ("2023", 2020.0)


def test_a_met_target_is_reached_whatever_the_pace():
    target = measures.Target("gt", 100.0, 2028.0, "stock", 90.0)
    assert projected(target, "2022 130", "2023 120", "2024 110").mark == "reached"


def test_a_falling_value_leads_in_the_wrong_direction():
    target = measures.Target("gt", 200.0, 2028.0, "stock", 100.0)
    assert projected(target, "2021 101", "2022 100", "2023 98", "2024 97").mark == "wrong_direction"
    down = measures.Target("ge", 50.0, 2028.0, "stock", 100.0, sign=-1)
    assert projected(down, "2021 99", "2022 100", "2023 101", "2024 103").mark == "wrong_direction"


def test_a_standstill_is_unlikely_and_not_the_wrong_direction():
    target = measures.Target("gt", 200.0, 2028.0, "stock", 100.0)
    found = projected(target, "2021 100 whole", "2022 100", "2023 100", "2024 100 whole")
    assert (found.mark, found.miss) == ("unlikely", 1.0)


def test_a_value_equal_to_a_strict_target_divides_by_nothing():
    target = measures.Target("gt", 120.0, 2028.0, "stock", 100.0)
    assert projected(target, *LINE).mark == "likely"
    still = [f"{year} 120 whole" for year in range(2021, 2025)]
    assert projected(target, *still).mark == "unlikely"


def test_shares_stay_within_0_and_100():
    target = measures.Target("ge", 99.0, 2028.0, "share", 60.0)
    found = projected(target, "2021 50", "2022 60", "2023 80", "2024 90")
    assert (found.projected, found.high, found.mark) == (100.0, 100.0, "likely")


def test_window_holds_five_years_and_its_first_day():
    # latest 2025.0: 2019 (2020.0) is inside, 2018 (2019.0) is not: (30 - 10) / 5 = 4 a year
    target = measures.Target("gt", 90.0, 2028.0, "stock", 20.0)
    found = projected(target, "2018 1", "2019 10", "2022 20", "2023 24", "2024 30")
    assert (found.since, found.pace) == (2020.0, pytest.approx(4.0))


def test_fewer_than_four_figures_give_no_outlook():
    target = measures.Target("gt", 150.0, 2028.0, "stock", 100.0)
    assert projected(target, *LINE[1:]).reason == "too_few_observations"


def test_no_observation_after_the_baseline_gives_no_outlook():
    target = measures.Target("ge", 22.0, 2028.0, "share", 19.0)
    calendar = measures.Calendar(dt.date(2024, 6, 30))
    found = projected(target, "2019 19.2", "2020 19.2", "2021 19.1", "2022 19", calendar=calendar)
    assert (found.mark, found.reason) == ("not_assessable", "no_new_observation")


def test_old_data_are_not_carried_on():
    target = measures.Target("gt", 500.0, 2028.0, "stock", 255.0)
    assert projected(target, "2021 118", "2022 255", "2023 286").reason == "out_of_date"


def test_bounds_take_no_part():
    target = measures.Target("gt", 150.0, 2028.0, "stock", 100.0)
    found = projected(target, "2020 5 over", *LINE)
    assert found.since == 2022.0
    assert projected(target, "2022 100", "2023 110", "2024 115 over").reason == "bound"


def test_estimates_take_part():
    target = measures.Target("gt", 150.0, 2028.0, "stock", 100.0)
    target = measures.Target("gt", 140.0, 2028.0, "stock", 100.0)
    assert projected(target, "2021 90", "2022 100", "2023 110 estimate", "2024 120 about").mark == "likely"


def test_outlook_begins_at_the_last_break():
    # since the break 140, 150, 160, 170: 10 a year; with the year before it would be 35
    target = measures.Target("gt", 190.0, 2028.0, "stock", 150.0)
    lines = ("2020 30", "2021 140 B", "2022 150", "2023 160", "2024 170")
    calendar = measures.Calendar(dt.date(2025, 6, 30))
    found = projected(target, *lines, calendar=calendar)
    assert (found.since, found.pace) == (2022.0, pytest.approx(10.0))
    late = measures.Target("gt", 300.0, 2029.0, "stock", 150.0)
    found = projected(late, *lines, calendar=calendar)
    assert found.pace_best is None  # 4 years are left, and the new series covers only 3


def test_reasons_without_date_or_data_are_named():
    assert projected(measures.Target("all", 100.0, None, "coverage")).reason == "no_due_date"
    assert projected(measures.Target("gt", 100.0, 2028.0, "stock")).reason == "no_observation"


def test_after_the_due_date_nothing_is_left_to_project():
    target = measures.Target("gt", 200.0, 2026.0, "stock", 100.0, (2026.0, 200.0))
    for last in ("2025-10 160", "2026H1 160"):
        found = projected(target, "2022 100", "2024 150", last)
        assert (found.mark, found.reason) == ("not_assessable", "date_passed"), last
        assert found.projected is None
    assert projected(target, "2022 100", "2024 150", "2025 210").mark == "reached"
    assert projected(target, "2022 100", "2025 150", "2026H1 210").reason == "date_passed"
    assert projected(target, "2022 100", "2024 150", "2025 160").reason == "date_passed"


def test_a_yearly_promise_that_failed_once_is_unlikely_for_good():
    target = measures.Target("ge", 10.0, 2028.0, "annual_flow", each_year=True)
    assert projected(target, "2023 9", "2024 12", "2025 15").mark == "unlikely"
    assert projected(target, "2022 9", "2023 11", "2024 12", "2025 15").mark == "likely"
    assert projected(target, "2022 17", "2023 15", "2024 12", "2025 11").mark == "wrong_direction"


def test_best_pace_is_the_best_of_all_pairs_far_enough_apart():
    rows = measures.observations_of(published("2019 0", "2020 9", "2021 10", "2022 12"))
    # 1 year: 9; 2 years: (10 - 0) / 2 = 5; 3 years: 12 / 3 = 4; 4 years: none
    assert [measures.best_pace(rows, span) for span in (1.0, 2.0, 3.0, 4.0)] == [9.0, 5.0, 4.0, None]


def test_best_pace_downwards_is_the_steepest_fall():
    rows = measures.observations_of(published("2019 20", "2020 19", "2021 12"))
    assert measures.best_pace(rows, 1.0, sign=-1) == -7.0
