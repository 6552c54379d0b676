"""Tests of shuangbei.pages.cells: a share says no more than the figure, each number has its source."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from shuangbei import load
from shuangbei.pages import cells


def target(**more) -> SimpleNamespace:
    """A target beside a figure, as profile.stood gives it."""
    full = {
        "indicator_id": "tech_enterprises",
        "vintage": "38",
        "is_redrawn": False,
        "due": "2027",
        "target": 5600.0,
        "target_half_step": 0.5,
        "target_qualifier": "over",
        "target_source": "s001",
        "value": 5000.0,
        "qualifier": "exact",
        "period": "2024",
        "source_id": "s002",
        "status": "A",
        "standing": "running",
    }
    full |= more
    return SimpleNamespace(**full, share=full["value"] / full["target"])


@pytest.mark.parametrize(
    ("value", "goal", "qualifier", "said"),
    [
        (1992.0, 2000.0, "exact", "占目标99.6%"),
        (1999.9, 2000.0, "exact", "占目标99.9%"),
        (1999.0, 2000.0, "exact", "占目标99.9%"),
        (2000.0, 2000.0, "exact", "占目标100.0%"),
        (2100.0, 2000.0, "exact", "占目标105.0%"),
        (5000.0, 5600.0, "over", "占目标超89.3%"),
        (5000.0, 5600.0, "nearly", "占目标近89.3%"),
    ],
)
def test_a_share_is_a_bound_where_the_figure_is_and_never_all_of_what_is_less(value, goal, qualifier, said):
    assert cells.share_words(target(value=value, target=goal, qualifier=qualifier)) == said


def test_the_target_and_the_figure_have_each_its_own_source():
    named, goal, along = cells.own_target(target())
    assert named == "科技型企业数（2027年）"
    assert "超5,600家" in goal and "s001" in goal and "s002" not in goal
    assert "5,000家" in along and "s002" in along and "s001" not in along


@pytest.mark.parametrize(
    ("vintage", "redrawn", "mark"),
    [("38", True, "调整前"), ("37", True, "调整后"), ("38", False, ""), ("all", False, "")],
)
def test_a_target_of_a_redrawn_unit_says_of_which_area_it_is(vintage, redrawn, mark):
    named = cells.own_target(target(vintage=vintage, is_redrawn=redrawn))[0]
    assert ("side-mark" in named) == bool(mark) and mark in named


def test_a_later_figure_says_that_it_does_not_tell(speak):
    late = target(due="2023", standing="late")
    assert cells.own_target(late)[2].endswith("，是到期以后的数，不能说明到期时")
    speak("en")
    said = "; a figure after the date, which does not tell where it stood then"
    assert cells.own_target(late)[2].endswith(said)


@pytest.mark.parametrize(("language", "said"), [("zh", "超9家"), ("en", "over 9")])
def test_enterprises_are_counted_in_english_without_their_unit(speak, language, said):
    speak(language)
    assert cells.counted(9, load.indicator("tech_enterprises"), "over", 0) == said


def test_a_date_that_the_source_does_not_say_is_marked_beside_the_figure_and_decides_nothing(speak):
    said = cells.own_target(target(status="I", standing="undated"))[-1]
    assert "（时点推定）" in said and "来源没有写时点，说不了" in said
    speak("en")
    assert " (date inferred)" in cells.own_target(target(status="I", standing="undated"))[-1]


def test_a_target_has_the_digits_that_its_source_printed():
    share = target(indicator_id="htm_share", target=30.0, target_half_step=0.5, target_qualifier="exact")
    assert cells.target_words(share) == "30%"
    finer = target(indicator_id="htm_share", target=30.0, target_half_step=0.05, target_qualifier="exact")
    assert cells.target_words(finer) == "30.0%"
