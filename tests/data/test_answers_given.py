"""Tests that the data hold an answer to each question that a commitment without a mark leaves open."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from package import table

from shuangbei import load, measures, words
from shuangbei.pages import answers, cards

COMMITMENTS = [row["commitment_id"] for row in table("commitments")]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("commitment", COMMITMENTS)
def test_each_commitment_has_a_mark_or_five_answers(speak, language, commitment):
    speak(language)
    found = measures.assess(commitment)
    if found.to_date.mark != answers.NOT_ASSESSABLE:
        assert answers.block(found) == ""
        return
    page = BeautifulSoup(cards.marks(found).text, "html.parser")
    said = [one.get_text(" ", strip=True) for one in page.select("dl.answers > div > dd")]
    assert len(said) == 5 and all(said)
    assert language == "zh" or not re.search("[\u4e00-\u9fff]", " ".join(said))


def test_every_reason_that_leaves_no_mark_says_what_it_takes():
    given = {status["reason"] for status in measures.register()} - {None}
    assert given <= {row["reason"] for row in table("remedies")}


def test_every_gap_says_when_it_is_due():
    for row in table("gaps"):
        found = measures.of_gap(SimpleNamespace(**row))
        assert found.late or found.coming or found.announced or found.irregular, row


def each_year(years: tuple[measures.Year, ...]) -> str:
    """What would change the mark of the yearly commitment if these were its years."""
    found = measures.assess("listings-annual")
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
    found = measures.assess("listings-annual")
    mark = measures.to_date(found.series.iloc[:0], found.target, measures.Calendar(dt.date(2025, 6, 30)))
    assert [(one.year, one.due) for one in mark.years][:3] == [(2023, True), (2024, True), (2025, False)]
