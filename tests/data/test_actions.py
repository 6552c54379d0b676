"""Tests that the ledger of actions says what its sources say, in both languages, and claims no more."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from package import by, table

ACTIONS = table("actions")
TASKS = {row["task_id"] for row in table("tasks")}
# What a printed unit multiplies by, and what English words do.
UNITS = {"万": 10**4, "亿": 10**8}
WORDS = {"million": 10**6, "billion": 10**9}
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
SPELT = {"two": 2, "three": 3, "four": 4, "five": 5, "eight": 8, "ten": 10}


def digits(number: str) -> re.Pattern:
    return re.compile(rf"(?<![\d.]){re.escape(number)}(?!\d|\.\d)")


def in_words(sentence: str) -> set[Decimal]:
    """Every number of an English sentence: 64, 1,366, CNY 2.4 billion, three."""
    found = {Decimal(SPELT[word]) for word in re.findall(r"[a-z]+", sentence) if word in SPELT}
    for number, word in re.findall(r"(\d[\d,]*(?:\.\d+)?)(?: (million|billion))?", sentence):
        found.add(Decimal(number.rstrip(",").replace(",", "")) * WORDS.get(word, 1))
    return found


def size(row: dict[str, str]) -> Decimal:
    return Decimal(row["value"]) * UNITS.get(row["unit_zh"][0], 1)


@pytest.mark.parametrize("row", [row for row in ACTIONS if row["value"]], ids=lambda row: row["action_id"])
def test_a_number_stands_in_the_sentence_as_printed_and_in_english_at_its_size(row):
    assert digits(row["value"]).search(row["what_zh"].replace(",", ""))
    assert size(row) in in_words(row["what_en"])


# Chinese counts these with characters: 二十四条, 第十二届, 第十三届, 十四五.
IN_CHARACTERS = {"a067": 24, "a076": 12, "a080": 13, "a211": 14}


@pytest.mark.parametrize("row", ACTIONS, ids=lambda row: row["action_id"])
def test_an_english_sentence_states_no_number_that_the_chinese_one_lacks(row):
    known = {Decimal(number) for number in (*SPELT.values(), IN_CHARACTERS.get(row["action_id"], 0))}
    for number, unit in re.findall(
        r"(\d+(?:\.\d+)?)余?([万亿]?)", row["what_zh"].replace(",", "") + row["date"]
    ):
        known |= {Decimal(number) * UNITS.get(unit, 1), Decimal(number)}
    assert in_words(row["what_en"]) <= known


def test_a_stage_is_the_sources_word_and_the_list_of_stages_says_so():
    stages = by("stages", "code")
    assert {row["stage"] for row in ACTIONS} == set(stages)
    assert "不是本站的结论" in stages["result"]["definition_zh"]
    assert "no finding of this site" in stages["result"]["definition_en"]


def test_every_task_and_safeguard_has_actions_and_parts_without_a_trace():
    assert {row["task_id"] for row in ACTIONS} == TASKS
    assert {row["task_id"] for row in table("action_gaps")} == TASKS
    assert len(ACTIONS) >= 211


def test_an_action_without_a_date_says_why():
    undated = [row for row in ACTIONS if not row["date"]]
    assert len(undated) >= 9
    for row in undated:
        assert "年份" in row["note_zh"] and "year" in row["note_en"], row["action_id"]


def test_what_is_a_target_or_a_proposal_is_not_told_as_a_result():
    for row in ACTIONS:
        if row["note_zh"].startswith("数字是目标"):
            assert row["stage"] != "result", row["action_id"]
        if "拟" in row["what_zh"] and "认定" in row["what_zh"]:
            assert row["stage"] == "announced", row["action_id"]


def test_both_statements_are_kept_where_sources_disagree():
    centres = [row["value"] for row in ACTIONS if "技术创新中心" in row["what_zh"] and row["value"]]
    assert {"17", "18"} <= set(centres)
    meetings = [row["value"] for row in ACTIONS if "专项组" in row["what_zh"]]
    assert set(meetings) == {"4", "5"}
    assert any(row["indicator_id"].startswith("municipal_tech_innovation") for row in table("data_log"))


def test_bodies_are_all_named_by_some_action_and_districts_answer_for_themselves():
    named = {row["actor_id"] for row in table("action_actors")}
    assert named == {row["actor_id"] for row in table("actors")}
    first = {row["action_id"] for row in table("action_actors") if row["order"] == "1"}
    assert first == {row["action_id"] for row in table("action_actors")}


def test_no_address_of_a_copy_is_given_away():
    sources = by("sources", "source_id")
    for row in ACTIONS:
        told = " ".join(row[column] for column in ("what_zh", "what_en", "note_zh", "note_en", "evidence"))
        assert not re.search(r"https?:|www\.|\.(?:com|cn|net)\b", told), row["action_id"]
        if sources[row["source_id"]]["tier"] == "copy":
            assert not sources[row["source_id"]]["url"], row["source_id"]


def test_both_languages_of_a_row_name_the_same_long_numbers():
    """Digits alone: 60.84 million is 6084万, and 233 is the number of a document."""
    for row in ACTIONS:
        zh, en = (_digits(f"{row[f'what_{one}']} {row[f'note_{one}']}") for one in ("zh", "en"))
        assert zh == en, row["action_id"]


def _digits(text: str) -> set[str]:
    found = (number.replace(",", "").replace(".", "").strip("0") for number in NUMBER.findall(text))
    return {digits for digits in found if len(digits) >= 3}
