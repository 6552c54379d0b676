"""Tests that the data hold an answer to each question that a commitment without a mark leaves open."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from package import table

from shuangbei import measures
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
