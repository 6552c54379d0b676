"""Clues in words: the range outward, the formula with its numbers, and that nobody published it."""

from __future__ import annotations

import dataclasses

import pytest

from shuangbei import measures, words
from shuangbei.measures import Interval

pytestmark = pytest.mark.usefixtures("made")


def clue(clue_id: str, **changed) -> measures.Clue:
    (found,) = (one for one in measures.clues() if one.clue_id == clue_id)
    return dataclasses.replace(found, **changed)


@pytest.mark.parametrize(
    ("low", "high", "zh", "en"),
    [
        (10028.77, 10140.47, "10,028至10,141家", "10,028 to 10,141 enterprises"),
        (76511.2, None, "至少76,511家", "at least 76,511 enterprises"),
        (None, 5.0, "至多5家", "at most 5 enterprises"),
        (7.0, 7.0, "7家", "7 enterprises"),
    ],
)
def test_a_range_is_said_with_its_ends_outward_and_no_more_than_is_known(low, high, zh, en, speak):
    found = clue("firms-2025-range", interval=Interval(low, high))
    assert words.clue_range(found) == zh
    speak("en")
    assert words.clue_range(found) == en


def test_a_range_of_money_or_shares_carries_its_unit_at_both_ends(speak):
    assert words.clue_range(clue("intensity-2021-share")) == "2.16%至2.17%"
    speak("en")
    money = clue("spending-2022-most", interval=Interval(600.0, 686.65))
    assert words.clue_range(money) == "CNY 60.00 billion to CNY 68.67 billion"


def test_every_sentence_says_that_nobody_published_the_figure(speak):
    for language, said in (("zh", "本站推得，非公布数"), ("en", "derived by this site, not published")):
        speak(language)
        assert words.clue_label() == said
        for one in measures.clues():
            assert said in words.clue_sentence(one)
        for found in measures.eliminations():
            assert said in words.elimination_sentence(found)


def test_a_formula_shows_the_printed_numbers_and_the_signs_of_print(speak):
    assert words.clue_formula(clue("firms-2025-range")) == "8,042 ÷ 91% × (1 + 14.11%)"
    assert words.clue_formula(clue("shops-2024-least")) == "58,524 + 超1.1万"
    assert words.clue_formula(clue("spending-2024-most")) == "不多于 预计2.6% × 32,193.15亿"
    speak("en")
    assert words.clue_formula(clue("shops-2024-least")) == "58,524 + over 11,000"


def test_a_clue_that_rests_on_an_expected_figure_says_so(speak):
    assert "用到预计数" in words.clue_sentence(clue("spending-2024-most"))
    assert "用到预计数" not in words.clue_sentence(clue("spending-2022-most"))


def test_a_clue_says_of_which_moment_it_is():
    assert words.clue_title(clue("firms-2025-range")) == "企业数（2025年底）"
    assert words.clue_title(clue("spending-2024-most")) == "企业经费（2024年）"
    assert words.clue_moment(clue("shops-2024-least", period="2024-2025")) == "2024—2025年"
    assert words.clue_moment(clue("shops-2024-least", period="2024-10")) == "2024年10月"


def test_what_follows_by_elimination_is_said_with_all_its_numbers(speak):
    (found,) = measures.eliminations()
    said = words.elimination_sentence(found)
    for part in ("第一梯队1个", "第三梯队3个", "第二梯队34个只点名1个", "38个区县", "33个"):
        assert part in said
    speak("en")
    assert "all 1 of tier 1" in words.elimination_sentence(found)
