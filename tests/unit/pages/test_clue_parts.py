"""Parts that show clues: one block each, with what it rests on and what must hold."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from shuangbei import load, measures, words
from shuangbei.pages import clues


def link(page: str, anchor: str = "") -> str:
    return f"{page}#{anchor}"


def test_a_commitment_without_a_clue_has_an_empty_part():
    assert clues.part(link, "hte-centre-2027") == ""


def test_the_part_of_a_commitment_has_a_block_for_each_of_its_clues_newest_first():
    found = BeautifulSoup(clues.part(link, "hte-city-2025"), "html.parser")
    blocks = found.select(".clue")
    assert len(blocks) == len(measures.clues_of("hte-city-2025")) > 1
    assert "2025年底" in blocks[0].p.get_text()
    assert all("本站推得，非公布数" in block.p.get_text() for block in blocks)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_block_names_formula_inputs_with_their_sources_and_what_must_hold(language, speak):
    speak(language)
    for one in measures.clues():
        found = BeautifulSoup(clues.block(one), "html.parser")
        formula, inputs, held = found.select("dl.task-facts > dd")
        assert formula.get_text() == words.clue_formula(one)
        named = [span.get_text() for span in inputs.select(".source-id")]
        assert set(named) == set(one.source_ids)
        assert all(words.in_language(twin) in held.get_text() for twin in one.assumptions)


def test_the_list_leads_to_the_block_of_every_clue_and_to_the_files():
    found = BeautifulSoup(clues.every(link), "html.parser")
    leads = {a["href"].removeprefix("#") for a in found.select("table a") if a["href"].startswith("#")}
    blocks = {block["id"] for block in found.select(".clue")}
    every = {one.clue_id for one in (*measures.clues(), *measures.eliminations())}
    assert leads == blocks == every
    assert {a.get_text() for a in found.p.select("a")} == {"clues.csv", "clues.json", "derivations.yaml"}


def test_an_elimination_names_all_areas_that_it_is_about():
    (one,) = measures.eliminations()
    names = load.codelist("geographies")["name"]
    said = clues.elimination(one)
    assert all(names[area] in said for area in one.geo_ids)


def test_an_elimination_says_of_which_division_it_is():
    (one,) = measures.eliminations()
    assert load.label("vintages", one.vintage) in clues.elimination(one)


def test_an_elimination_stands_on_a_page_by_its_name_and_leads_to_the_list():
    (one,) = measures.eliminations()
    found = BeautifulSoup(clues.ruled_out(link, one.clue_id), "html.parser")
    assert found.select_one(".clue dd") and found.find("a")["href"] == f"book/data/clues#{one.clue_id}"
    with pytest.raises(load.UnknownCode, match="elimination 'no-such-one'"):
        clues.ruled_out(link, "no-such-one")


@pytest.mark.parametrize(("language", "said"), [("zh", "两个不可能都对"), ("en", "both cannot be true")])
def test_a_clue_that_a_published_figure_contradicts_says_that_both_cannot_be_true(speak, language, said):
    speak(language)
    for one in measures.clues():
        told = BeautifulSoup(clues.block(one), "html.parser").select(".clue-clash")
        assert len(told) == len(measures.clashes(one))
        assert all(said in each.get_text() and each.select(".source-id") for each in told)
