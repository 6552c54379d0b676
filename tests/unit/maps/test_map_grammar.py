"""Tests of shuangbei.maps.classes: classes that can be read, told apart, and say how they were made."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuangbei import load, words
from shuangbei.maps import breaks, classes

INK, WHITE = "#0b1016", "#ffffff"
RAMPS = [*classes.RAMPS.values(), classes.SIDES]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def lightness(colour: str) -> float:
    return 116 * luminance(colour) ** (1 / 3) - 16


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ramp", RAMPS)
def test_neighbouring_colours_differ_in_grey_and_the_lightest_from_paper(ramp):
    steps = np.diff([lightness(colour) for colour in (WHITE, *ramp)])
    assert (steps[1:] <= -10).all() and steps[0] <= -7


@pytest.mark.parametrize("ramp", RAMPS)
def test_a_name_can_be_read_on_every_colour(ramp):
    from shuangbei.maps import classes

    for colour in ramp:
        text = WHITE if colour in classes.DARKEST else INK
        assert contrast(colour, text) >= 4.5, colour


def test_fewer_than_ten_units_make_fewer_classes():
    assert [
        len(classes.graded(range(1, n + 1), "enterprise", "quantiles").lows) for n in (1, 3, 4, 9, 10, 38)
    ] == [1, 1, 2, 4, 5, 5]


def test_labels_of_a_count_and_of_a_share_leave_no_number_between_them():
    count = classes.graded([1], "enterprise", "given", given=[1000, 2000])
    assert count.labels == ("1,000以下", "1,000–1,999", "2,000及以上")
    share = classes.graded([1.5], "percent", "given", given=[1.5, 2.5], decimals=2)
    assert share.labels == ("1.50以下", "1.50–2.49", "2.50及以上")


@pytest.mark.parametrize("method", [m for m in breaks.METHODS if m != "given"])
def test_the_method_and_the_number_of_classes_are_said(method, speak):
    values = list(range(1, 12))
    told = classes.graded(values, "enterprise", method).method
    assert told.startswith("分级：") and told.endswith("共5级")
    speak("en")
    assert classes.graded(values, "enterprise", method).method.endswith("5 classes")


def spans(labels) -> list[tuple[float, float]]:
    """What the words of classes say, as least and greatest value; the last has no end."""
    plain = [label.replace(",", "").replace(words.MINUS, "-") for label in labels]
    numbers = [[float(one) for one in re.findall(r"-?[0-9.]+", label)] for label in plain]
    if len(labels) == 1:
        return [(-np.inf, np.inf)]
    first = (-np.inf, np.nextafter(numbers[0][0], -np.inf) if "以下" in labels[0] else numbers[0][0])
    return [first, *((one[0], one[-1]) for one in numbers[1:-1]), (numbers[-1][0], np.inf)]


VALUES = st.integers(0, 4).flatmap(
    lambda places: st.lists(st.integers(-3, 10**6).map(lambda n: n / 10**places), min_size=1, max_size=40)
)


@settings(max_examples=200, deadline=None)
@given(
    values=VALUES,
    decimals=st.integers(0, 3),
    method=st.sampled_from(breaks.METHODS),
    bounds=st.lists(st.integers(1, 400).map(lambda n: n / 4), min_size=1, max_size=4, unique=True),
)
def test_labels_rise_and_every_value_lies_in_the_class_that_its_label_names(values, decimals, method, bounds):
    found = classes.graded(values, "item", method, decimals=decimals, given=sorted(bounds))
    said = spans(found.labels)
    assert all(low <= high for low, high in said)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(said))
    for value in values:
        low, high = said[np.searchsorted(found.lows, value, side="right") - 1]
        assert low <= value <= high, (value, found.labels)


def test_figures_finer_than_their_indicator_make_labels_as_fine():
    values = [2.05, 2.2, 2.31, 2.4, 2.44, 2.5, 2.6, 2.7, 2.8, 2.9]
    found = classes.graded(values, "percent", "quantiles")
    assert found.labels == ("2.30以下", "2.30–2.41", "2.42–2.59", "2.60–2.79", "2.80及以上")
    assert "2.36" in classes.sides([1.2, 3.1], 2.36, "percent", decimals=1).method


@settings(max_examples=200, deadline=None)
@given(values=VALUES, middle=st.integers(-5, 500).map(lambda n: n / 100), decimals=st.integers(0, 3))
def test_two_sides_are_four_rising_classes_or_none(values, middle, decimals):
    found = classes.sides(values, middle, "item", decimals=decimals)
    assert list(found.lows) == sorted(set(found.lows)) and found.lows[0] <= min(values)
    assert found.middle in (None, middle) and (found.middle is None) == (found.fills != classes.SIDES)
    assert len(set(found.labels)) == len(found.labels)


def test_around_zero_there_are_no_two_sides_of_what_is_never_negative():
    found = classes.sides([0.0, 1.0, 2.0, 5.0], 0.0, "item")
    assert found.middle is None and "分位数" in found.method
    assert classes.of("rd_intensity", [0.0, 1.0], 0.0).fills != classes.SIDES


def test_two_sides_have_the_middle_as_a_bound_and_every_value_a_class():
    found = classes.sides([1.2, 2.36, 3.98, 5.26], 2.36, "percent", decimals=2)
    assert found.lows[2] == 2.36 and found.lows[0] <= 1.2 and list(found.lows) == sorted(found.lows)
    assert "2.36" in found.method and len(found.labels) == len(found.fills) == 4


def test_values_that_all_equal_the_middle_still_make_classes():
    found = classes.sides([2.0, 2.0], 2.0, "percent", decimals=1)
    assert len(set(found.lows)) == 4


@pytest.mark.parametrize("n", [1, 5])
def test_tiers_that_cannot_be_told_apart_are_refused(n):
    with pytest.raises(ValueError, match="2 to 4"):
        classes.tiers(n)


def test_every_indicator_that_a_district_has_a_figure_of_has_a_scale():
    rows = load.observations("districts")
    measured = {one for one in rows["indicator_id"] if load.indicator(one)["unit"] != "rank"}
    assert measured <= set(load.codelist("map_scales").index)
    for one in sorted(measured):
        values = rows[rows["indicator_id"] == one]["value"]
        assert classes.of(one, values).lows


def test_the_city_is_the_middle_where_the_scale_has_two_sides():
    assert classes.of("rd_intensity", [1.0, 3.0], 2.36).fills == classes.SIDES
    assert classes.of("rd_intensity", [1.0, 3.0]).fills != classes.SIDES


def test_an_indicator_without_a_scale_is_named():
    with pytest.raises(load.UnknownCode, match="gdp"):
        classes.of("gdp", [1.0])


def test_a_class_that_holds_one_number_is_that_number():
    found = classes.graded([0, 1, 2, 7, 14], "item", "given", given=[1, 2, 5, 10])
    assert found.labels == ("0", "1", "2–4", "5–9", "10及以上")


def test_bounds_and_figures_are_in_the_unit_that_the_legend_names(speak):
    speak("en")
    found = classes.graded([5.0, 120.8], "cny_100m", "given", given=[50], decimals=1)
    assert words.column("cny_100m") == "CNY billion" and found.labels == ("under 5.00", "5.00 and over")
