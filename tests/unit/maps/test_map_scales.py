"""Tests of shuangbei.maps.breaks: every value has one class, and rounding moves none."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuangbei.maps import breaks

FOUND = [method for method in breaks.METHODS if method != "given"]
# Made once by mapclassify 2.10.0: for the figures of every map of 2026Q3 and for random ones, the
# least value of each class after the first. It is not installed, for it brings 195 MB with it.
REFERENCE = json.loads(Path(__file__).with_name("map_scales_reference.json").read_text(encoding="utf-8"))
COUNTS = [0, 3, 17, 42, 80, 95, 120, 121, 400, 977, 1204, 1934, 2316, 5120]


def classes(values, lows) -> np.ndarray:
    return np.searchsorted(lows, values, side="right") - 1


@pytest.mark.parametrize("method", FOUND)
@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(
        st.integers(0, 10**6) | st.integers(-5000, 5000).map(lambda n: n / 100), min_size=1, max_size=40
    )
)
def test_every_value_has_exactly_one_of_at_most_five_classes(method, values):
    lows = breaks.cuts(values, method).lows
    assert list(lows) == sorted(set(lows)) and 1 <= len(lows) <= 5
    assert min(values) >= lows[0]
    assert np.bincount(classes(values, lows), minlength=len(lows)).sum() == len(values)


def begins(values, method, n) -> list[float]:
    """The least value of every class after the first."""
    found = classes(values, breaks.cuts(values, method, n_classes=n).lows)
    return [min(np.array(values)[found == one]) for one in np.unique(found)[1:]]


def scatter(values, lows) -> float:
    """Sum of squares within the classes, which natural breaks make as small as can be."""
    found = classes(values, [-np.inf, *lows])
    return sum(
        ((own - own.mean()) ** 2).sum()
        for own in (np.array(values)[found == one] for one in np.unique(found))
    )


@pytest.mark.parametrize("case", REFERENCE["maps"] + REFERENCE["random"], ids=lambda case: case["name"])
def test_classes_are_those_that_mapclassify_makes(case):
    assert begins(case["values"], case["method"], case["n"]) == case["begins"]


@pytest.mark.parametrize("case", REFERENCE["ties"], ids=lambda case: case["name"])
def test_where_several_divisions_are_equally_good_none_is_better_than_the_one_taken(case):
    own = begins(case["values"], case["method"], case["n"])
    assert scatter(case["values"], own) <= scatter(case["values"], case["begins"]) * (1 + 1e-12)


def test_reference_values_are_those_of_every_method():
    for part in ("maps", "random"):
        assert {case["method"] for case in REFERENCE[part]} == set(FOUND)


def test_the_bounds_are_as_round_as_they_can_be():
    assert breaks.cuts(COUNTS, "quantiles").lows == (0, 40, 100, 400, 1500)


def test_a_value_on_a_bound_belongs_to_the_class_that_the_bound_begins():
    lows = breaks.cuts([5, 10, 20], "given", given=[10, 20]).lows
    assert classes([5, 10, 20], lows).tolist() == [0, 1, 2]


def test_zero_is_a_value_like_any_other():
    assert classes([0], breaks.cuts(COUNTS, "quantiles").lows).tolist() == [0]


@pytest.mark.parametrize("method", FOUND)
def test_one_value_makes_one_class_and_few_values_few(method):
    assert len(breaks.cuts([7, 7, 7], method).lows) == 1
    assert len(breaks.cuts([1, 500], method).lows) == 2


@pytest.mark.parametrize(
    ("low", "high", "near", "found"),
    [
        (977, 1204, 1000, 1000),
        (80, 95, 95, 90),
        (2.36, 2.4, 2.37, 2.4),
        (120, 121, 120, 121),
        (-40, -12, -20, -20),
    ],
)
def test_the_roundest_number_between_two_is_found(low, high, near, found):
    assert breaks.round_between(low, high, near) == pytest.approx(found)


def test_wrong_methods_bounds_and_no_values_are_refused_with_what_would_be_right():
    with pytest.raises(ValueError, match="use quantiles"):
        breaks.cuts([1], "deciles")
    with pytest.raises(ValueError, match="do not rise"):
        breaks.cuts([1], "given", given=[3, 2])
    with pytest.raises(ValueError, match="at most 4 in data/map_scales.csv"):
        breaks.cuts([1], "given", given=[1, 2, 3, 4, 5])
    with pytest.raises(ValueError, match="no values"):
        breaks.cuts([], "quantiles")
