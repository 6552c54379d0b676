"""Tests of shuangbei.pages.method: the bounds that readers are told are those that marks are made with."""

from __future__ import annotations

import re

import pytest

from shuangbei import load, measures, paths
from shuangbei.pages import method

PAGE = paths.ROOT / "book/method.md"
CATALOGUE = paths.ROOT / "locale/en/LC_MESSAGES/book/method.po"
ROLE = re.compile(r"\{plan-rule\}`([^`]*)`")


def test_a_bound_that_changes_in_the_code_changes_on_the_page(monkeypatch):
    assert method.rule("on_track") == "0.95" and method.rule("near_miss") == "20%"
    monkeypatch.setattr(measures, "ON_TRACK", 0.9)
    monkeypatch.setattr(measures, "NEAR_MISS", 0.1)
    monkeypatch.setattr(measures, "WINDOW_YEARS", 6.0)
    assert [method.rule(name) for name in ("on_track", "near_miss", "window")] == ["0.90", "10%", "六"]


@pytest.mark.parametrize(("language", "said"), [("zh", ["五", "四"]), ("en", ["five", "four"])])
def test_counts_are_words_in_both_languages(speak, language, said):
    speak(language)
    assert [method.rule(name) for name in ("window", "fewest")] == said


@pytest.mark.parametrize("path", [PAGE, CATALOGUE])
def test_no_bound_is_typed_where_the_method_is_told(path):
    text = path.read_text(encoding="utf-8")
    assert set(ROLE.findall(text)) == set(method.RULES)
    assert not re.findall(
        r"0\.\d+|\d+%|[一二三四五六七八九十]年(?:里|平均)|(?:three|four|five) (?:years|figures)", text
    )


def test_the_code_list_of_marks_tells_the_same_bounds():
    table = load.table("marks").set_index("code")
    bounds = {
        "on_track": [measures.ON_TRACK],
        "slightly_behind": [measures.SLIGHTLY_BEHIND, measures.ON_TRACK],
        "behind": [measures.SLIGHTLY_BEHIND],
        "near_miss": [measures.NEAR_MISS],
        "unlikely": [measures.NEAR_MISS],
    }
    definitions = [column for column in table.columns if column.startswith("definition")]
    assert len(definitions) == 2
    for code, wanted in bounds.items():
        for column in definitions:
            told = [int(number) for number in re.findall(r"(\d+)%", table.loc[code, column])]
            assert sorted(told) == sorted(round(bound * 100) for bound in wanted), (code, column)
