"""Tests that the built pages show the rows of the data as they stand, and deny nothing that the data hold."""

from __future__ import annotations

import csv
import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from shuangbei import load, words

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
DENIED = {
    "": ("没有公开数据", "没有查到这项指标", "这项指标本身没有查到"),
    "en": ("No observation.", "No published figure of the indicator"),
}


def read(path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


def numbers(text: str) -> set[str]:
    return {number.replace(",", "") for number in NUMBER.findall(text)}


@pytest.mark.parametrize(("folder", "column"), [("", "what_zh"), ("en", "what_en")])
def test_every_action_is_shown_with_the_words_and_the_number_of_its_row(site, folder, column):
    pages = [read(site / folder / "plan" / f"{name}.html") for name in ("tasks", "safeguards")]
    items = [item for page in pages for item in page.select("li[id^=action-]")]
    shown = {item["id"].removeprefix("action-"): item.get_text(" ", strip=True) for item in items}
    ledger = load.table("actions").set_index("action_id")
    assert set(shown) == set(ledger.index)
    assert not [code for code, row in ledger.iterrows() if row[column] not in shown[code]]
    if not folder:
        stated = ledger[ledger["value"] != ""]
        assert not [code for code, row in stated.iterrows() if row["value"] not in numbers(shown[code])]


def test_a_number_of_a_figure_that_names_its_source_is_that_of_a_row_of_the_source(site):
    factors = {row["name_zh"]: Decimal(row["factor"]) for _, row in load.table("units").iterrows()}
    held, checked, wrong = _held(), 0, []
    for path in sorted((site / "figures").glob("*/data.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *lines = csv.reader(file)
        column = next((name for name in head if name.startswith("数值（")), "")
        if not {"时期", "性质", "来源"} <= set(head) or not column:
            continue
        factor = factors[column.removeprefix("数值（").removesuffix("）")]
        for line in (dict(zip(head, line, strict=True)) for line in lines):
            if re.fullmatch(r"s\d+", line["来源"]) and "本站推得" not in line["性质"]:
                checked += 1
                number = (line["来源"], line["时期"], Decimal(line[column]) * factor)
                wrong += [] if number in held else [(path.parent.name, *number)]
    assert checked and not wrong


def _held() -> set[tuple[str, str, Decimal]]:
    """Source, period and value in the base unit of every observation."""
    factors = load.codelist("units")["factor"]
    topics = sorted(set(load.table("indicators")["topic"]) | {"districts"})
    return {
        (row.source_id, words.period(row.period), Decimal(row.printed) * Decimal(factors[row.unit]))
        for topic in topics
        for row in load.observations(topic).itertuples()
    }


@pytest.mark.parametrize("folder", ["", "en"])
def test_no_card_denies_a_figure_of_which_the_data_have_an_observation(site, folder):
    register = load.commitments()
    have = {code for code, row in register.iterrows() if len(load.series(row["indicator_id"], row["geo_id"]))}
    seen = set()
    for page in sorted((site / folder / "progress").glob("*.html")):
        for card in read(page).select(".commitment-card"):
            code = card.find_previous(id=list(register.index))["id"]
            seen.add(code)
            denied = [word for word in DENIED[folder] if word in card.get_text(" ", strip=True)]
            assert code not in have or not denied, code
    assert seen == set(register.index)
