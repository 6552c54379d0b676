"""Tests of the five answers beside a mark that cannot be given."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from shuangbei import load, measures, words
from shuangbei.pages import answers, cards, data

pytestmark = pytest.mark.usefixtures("made")


def said(code: str) -> list[str]:
    page = BeautifulSoup(cards.marks(measures.assess(code)).text, "html.parser")
    return [one.get_text(" ", strip=True) for one in page.select("dl.answers > div > dd")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_commitment_without_a_mark_answers_five_questions(speak, language):
    speak(language)
    found = said("firms-2027")
    assert len(found) == 5 and all(found)
    if language == "en":
        assert not re.search("[\u4e00-\u9fff]", " ".join(found))


def test_a_commitment_with_a_mark_needs_no_answers(made):
    path = made / "observations" / "made.csv"
    newer = "firms,500000,2025,all,2100,enterprise,exact,A,s3,,\n"
    path.write_text(path.read_text(encoding="utf-8") + newer, encoding="utf-8")
    found = measures.assess("firms-2027")
    assert found.to_date.mark == "met" and answers.block(found) == ""


def test_the_own_latest_figure_comes_first_and_leads_to_its_source():
    near = said("firms-2027")[1]
    # the own count of October 2025 is of s3, the one of private firms of s4
    assert near.index("1,400家") < near.index("s3") < near.index("8,042家") < near.index("s4")


def test_where_nothing_comes_near_the_card_says_so():
    assert said("medals")[1] == words.nothing_near(own=False)


def test_of_a_region_it_is_told_how_many_districts_have_a_figure():
    # two of the nine of the time, see the figures of districts
    assert "按38个区县（2025年10月以前）算，这里的9个区县里有2个" in said("centre-2027")[1]


def test_a_gap_of_the_same_series_is_told_wherever_it_is_registered():
    assert "2025年底的数，照往例约2026年6月可见" in said("firms-2027")[3]


def test_what_would_change_the_mark_has_its_number():
    assert "1,570家" in said("firms-2027")[4]
    assert "超过1,600家" in said("firms-2025")[4]
    assert "超过30家" in said("prizes-2027")[4]


def test_a_reason_without_a_remedy_is_refused():
    with pytest.raises(load.UnknownCode, match="remedy 'splendid'"):
        load.remedy("splendid")


def test_no_gap_on_the_list_is_without_a_date():
    rows = BeautifulSoup(data.gaps(lambda page, anchor: page), "html.parser").tbody.find_all("tr")
    dates = [row.find_all("td")[-1].get_text() for row in rows]
    assert len(dates) == len(load.table("gaps"))
    assert all("照往例" in one or "说不了何时" in one for one in dates)
