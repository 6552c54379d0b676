"""Tests of the five answers beside a mark that cannot be given."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from shuangbei import load, measures, words
from shuangbei.pages import answers, cards, data

EVERY = {code: measures.assess(code) for code in load.commitments().index}
SILENT = [code for code, found in EVERY.items() if found.to_date.mark == "not_assessable"]


def said(code: str) -> list[str]:
    page = BeautifulSoup(cards.marks(measures.assess(code)).text, "html.parser")
    return [one.get_text(" ", strip=True) for one in page.select("dl.answers > div > dd")]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", SILENT)
def test_each_commitment_without_a_mark_answers_five_questions(speak, language, code):
    speak(language)
    found = said(code)
    assert len(found) == 5 and all(found)
    if language == "en":
        assert not re.search("[\u4e00-\u9fff]", " ".join(found))


def test_a_commitment_with_a_mark_needs_no_answers():
    assert all(answers.block(found) == "" for code, found in EVERY.items() if code not in SILENT)


def test_the_own_latest_figure_comes_first_and_leads_to_its_source():
    own = load.series("little_giants").iloc[-1]
    near = said("little-giants-2027")[1]
    assert near.index(own["source_id"]) < near.index(load.nearest("little-giants-2027")["note"][0])


def test_where_nothing_comes_near_the_card_says_so():
    assert said("backbone-firms")[1] == words.nothing_near(own=False)


def test_of_a_region_it_is_told_how_many_districts_have_a_figure():
    assert "9个区县里有" in said("hte-centre-2027")[1]


def test_a_gap_of_the_same_series_is_told_wherever_it_is_registered():
    assert "2025年底的数，照往例约2026年6月可见" in said("hte-city-2027")[3]


def test_what_would_change_the_mark_has_its_number():
    assert "9,818家" in said("hte-city-2027")[4]
    assert said("hte-city-2025") == []  # it has a mark
    assert "超过30家" in said("champions-2027")[4]


def test_every_reason_that_leaves_no_mark_says_what_it_takes():
    assert {EVERY[code].to_date.reason for code in SILENT} <= set(load.table("remedies")["reason"])
    with pytest.raises(load.UnknownCode, match="remedy 'splendid'"):
        load.remedy("splendid")


def test_no_gap_on_the_list_is_without_a_date():
    rows = BeautifulSoup(data.gaps(lambda page, anchor: page), "html.parser").tbody.find_all("tr")
    dates = [row.find_all("td")[-1].get_text() for row in rows]
    assert len(dates) == len(load.table("gaps"))
    assert all("照往例" in one or "不定期" in one or "说不了何时" in one or "预告" in one for one in dates)


def each_year(years: tuple[measures.Year, ...]) -> str:
    """What would change the mark of the yearly commitment if these were its years."""
    found = EVERY["listings-annual"]
    mark = measures.ToDate("not_assessable", "no_observation", years=years)
    return " ".join(words.change(replace(found, to_date=mark)))


@pytest.mark.parametrize(
    ("years", "told"),
    [
        (((2023, True), (2024, True), (2025, False)), "2023、2024年的全年数都不少于10家"),
        (((2023, True), (2024, False)), "2023年的全年数不少于10家"),
        (((2023, False), (2024, False)), "2023年的全年数不少于10家"),
    ],
)
def test_a_yearly_commitment_asks_for_the_years_due_or_for_the_next_one(years, told):
    assert told in each_year(tuple(measures.Year(year, None, None, due) for year, due in years))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_an_open_year_a_yearly_commitment_asks_for_none(speak, language):
    speak(language)
    assert each_year(()) == load.remedy("no_observation")


def test_without_any_figure_each_year_that_is_due_is_open():
    found = EVERY["listings-annual"]
    mark = measures.to_date(found.series.iloc[:0], found.target, measures.Calendar(2025.5))
    assert [(one.year, one.due) for one in mark.years][:3] == [(2023, True), (2024, True), (2025, False)]
