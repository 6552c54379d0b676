"""Tests of the parts of pages in English: what is Chinese there is marked as Chinese, no more."""

from __future__ import annotations

import re
from functools import partial

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from shuangbei import load, measures
from shuangbei.pages import cards, html, plan
from shuangbei.site import directives, translated

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
IDS = {
    "task_id": load.codelist("tasks").index,
    "commitment_id": load.commitments().index,
    "clue_id": [one.clue_id for one in measures.eliminations()],
}
PARTS = {
    name.removeprefix("plan-"): function
    for name, function in directives.PARTS.items()
    if name not in directives.ARGUMENTS
}
PARTS |= {
    f"{name.removeprefix('plan-')} {one}": partial(function, **{directives.ARGUMENTS[name]: one})
    for name, function in directives.PARTS.items()
    if name in directives.ARGUMENTS
    for one in IDS[directives.ARGUMENTS[name]]
}


def link(document: str, anchor: str) -> str:
    return f"{document}#{anchor}"


def page(name: str) -> BeautifulSoup:
    return BeautifulSoup(PARTS[name](link), "html.parser")


@pytest.mark.parametrize("name", PARTS)
def test_chinese_on_an_english_page_is_marked_as_chinese(speak, name):
    speak("en")
    unmarked = [
        text for text in page(name).find_all(string=CHINESE) if not text.find_parent(lang=["zh-CN", "ja"])
    ]
    assert not unmarked


@pytest.mark.parametrize("name", PARTS)
def test_no_attribute_of_an_english_page_is_chinese(speak, name):
    speak("en")
    values = [str(value) for tag in page(name).find_all(True) for value in tag.attrs.values()]
    assert not [value for value in values if CHINESE.search(value)]


def test_a_source_shows_its_english_title_and_then_its_own(speak):
    speak("en")
    rows = page("sources").tbody.find_all("tr")
    listed = load.codelist("sources")
    assert len(rows) == len(listed)
    for row, (_, source) in zip(rows, listed.iterrows(), strict=True):
        document = row.find_all("td")[0]
        own = document.find(lang=["zh-CN", "ja"])
        assert document.get_text().startswith(source["title_en"])
        if CHINESE.search(source["title_original"]):
            assert own.get_text() == source["title_original"]


def test_a_source_on_a_chinese_page_shows_its_title_once():
    for row in page("sources").tbody.find_all("tr"):
        assert not row.find(lang="zh-CN")
        assert row.find("br") is None


def test_only_what_is_chinese_is_marked_as_chinese():
    assert html.quoted("36.464 billion RMB") == "36.464 billion RMB"
    assert html.quoted("2504家 <b>") == '<span lang="zh-CN">2504家 &lt;b&gt;</span>'


def test_the_arithmetic_of_a_sum_is_in_the_unit_of_its_verdict(speak):
    speak("en")
    said = page("worked tech-contracts-2027").get_text()
    assert "CNY 97.424 billion in 2024" in said
    assert "(97.424 −" in said and "974.24" not in said


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        (["not_assessable"], "None of the 1 commitments can be assessed: 1 for want of published figures."),
        (["met", "not_assessable"], "Of 2 commitments, 1 can be assessed: 1 met. It rests on one"),
        (["behind", "met", "on_track"], "3 can be assessed: 1 met, 1 on track, 1 behind. They rest on three"),
        (["met", "met"], "Of 2 commitments, 2 can be assessed: 2 met. They rest on two published figures."),
    ],
)
def test_the_sentence_of_the_home_page_counts_marks_and_the_figures_they_rest_on(speak, marks, said):
    speak("en")
    given = [plan.Resting(mark, figures=((str(n),),)) for n, mark in enumerate(marks)]
    assert said in plan.sentence(given)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "其余3项无法评估：2项公开数字不够，1项计划没有写期限。"),
        (
            "en",
            "The other 3 cannot be assessed: 2 for want of published figures, 1 for want of a date in the plan.",
        ),
    ],
)
def test_what_the_plan_gives_no_date_for_is_not_counted_among_the_figures_lacking(speak, language, said):
    speak(language)
    none = [plan.Resting("not_assessable", dated=dated) for dated in (True, False, True)]
    assert plan.sentence([plan.Resting("met", figures=(("a",),)), *none]).endswith(said)


def test_a_figure_that_gives_two_marks_is_counted_once_and_provisional_ones_apart(speak):
    speak("en")
    same = ("high_tech_enterprises", "500000", "2025")
    given = [plan.Resting("met", True, (same,)), plan.Resting("on_track", False, (same,))]
    assert "1 met (provisional), 1 on track. They rest on one published figure." in plan.sentence(given)


def test_an_empty_column_is_left_out_of_a_table_and_the_head_of_its_rows_never_is():
    data = pd.DataFrame({"年": ["", ""], "值": ["1", "2"], "说明": ["", ""]})
    heads = BeautifulSoup(repr_html(data), "html.parser").find_all("th", scope="col")
    assert [head.get_text() for head in heads] == ["年", "值"]


def repr_html(data: pd.DataFrame) -> str:
    """The table of a frame as a page shows it."""
    return cards.frame(data, "表")._repr_html_()


def test_marked_text_is_not_marked_again():
    said = '<p><span lang="ja">指数の報告書</span> and 超</p>'
    assert translated.mark(said) == said.replace("超", '<span lang="zh-CN">超</span>')
