"""Tests that every number of the real data can be followed to the words of its source."""

from __future__ import annotations

import re

import pytest
from package import by, name_of, observations, table

from shuangbei import periods

# Sources that spell a number out instead of printing digits.
SPELT = {"5": "five", "118": "one hundred and eighteen", "100": "百"}
PLACES = ("rank", "tier")


def test_each_observation_has_a_source_with_publisher_and_date_of_access():
    sources = by("sources", "source_id")
    for row in (*observations(), *table("first_values")):
        source = sources[row["source_id"]]
        for column in ("title", "publisher", "accessed", "licence", "evidence"):
            assert source[column], (source["source_id"], column)


def test_a_name_that_is_english_in_the_source_stands_unchanged_in_english():
    for row in table("sources"):
        for column in ("title", "publisher"):
            if row[column].isascii():
                assert row[f"{column}_en"] == row[column], row["source_id"]


@pytest.mark.parametrize(
    "name, column",
    [
        ("sources", "title"),
        ("sources", "publisher"),
        ("sources", "licence"),
        ("data_log", "other_value"),
        ("data_log", "other_source"),
    ],
)
def test_one_name_has_one_english_name_throughout(name, column):
    pairs = {(row[column], row[f"{column}_en"]) for row in table(name)}
    assert len(pairs) == len({row[column] for row in table(name)})


def test_the_data_log_names_a_source_in_english_as_the_list_of_sources_does():
    sources = by("sources", "source_id")
    for row in table("data_log"):
        code = re.search(r"（(s\d{3})）$", row["other_source"])
        if code:
            source = sources[code[1]]
            when = source["published"] and f", {source['published']}"
            named = f"{source['title_en']}. {source['publisher_en']}{when} ({code[1]})"
            assert row["other_source_en"] == named, code[1]


def test_the_words_of_its_source_hold_each_number():
    sources = by("sources", "source_id")
    lost = []
    for row in observations():
        words = sources[row["source_id"]]["evidence"].lower().replace(",", "")
        digits = re.search(rf"(?<![\d.]){re.escape(row['value'])}(?!\d|\.\d)", words)
        spelt = SPELT.get(row["value"], "\0") in words
        if row["unit"] not in PLACES and not digits and not spelt:
            lost.append((name_of(row), row["source_id"]))
    assert lost == []


def test_every_source_is_used():
    used = {row["source_id"] for row in (*observations(), *table("first_values"))}
    others = " ".join(row["other_source"] for row in table("data_log"))
    used |= set(re.findall(r"s\d{3}", others))
    used |= {row["source_id"] for name in ("crosswalk", "actions") for row in table(name)}
    assert sorted(set(by("sources", "source_id")) - used) == []


def test_a_copy_is_a_source_of_last_resort_and_says_so():
    tiers = {row["tier"] for row in table("sources")}
    assert tiers <= set(by("tiers", "code")) == {"authority", "quoted", "copy"}


def test_addresses_are_complete_and_unique():
    addresses = [row["url"] for row in table("sources") if row["url"]]
    assert len(addresses) == len(set(addresses))
    assert all(re.fullmatch(r"https?://[^/\s]+\.[a-z]{2,}(:\d+)?(/\S*)?", url) for url in addresses)


def test_no_source_was_read_before_it_appeared():
    for row in table("sources"):
        if row["published"]:
            assert periods.span(row["published"])[0] <= periods.span(row["accessed"])[1], row["source_id"]


def test_a_commitment_without_any_observation_is_a_gap_that_readers_see():
    seen = {(row["indicator_id"], row["geo_id"]) for row in observations()}
    gaps = {row["commitment_id"] for row in table("gaps")}
    silent = [
        row["commitment_id"]
        for row in table("commitments")
        if (row["indicator_id"], row["geo_id"]) not in seen
    ]
    assert silent, "some commitments have no public figure at all"
    assert set(silent) <= gaps


def test_a_gap_says_in_both_languages_what_is_missing():
    assert all(row["note_zh"] and row["note_en"] for row in table("gaps"))
