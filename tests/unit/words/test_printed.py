"""Tests of shuangbei.words.values: the digits of a source, in its unit or in another, in two languages."""

from __future__ import annotations

import pandas as pd
import pytest

from shuangbei import load, paths, words


def row_of(value: float, digits: str, unit: str) -> pd.Series:
    return pd.Series({"value": value, "printed": digits, "unit": unit})


ENTERPRISES, MONEY = {"unit": "enterprise"}, {"unit": "cny_100m"}
TOPICS = sorted(path.stem for path in (paths.data_dir() / "observations").glob("*.csv"))


def test_a_provisional_exact_figure_says_that_it_is(speak):
    row = pd.Series({"qualifier": "exact", "status": "P"})
    assert words.kind_of_figure(row) == f"确数（{load.label('statuses', 'P')}）"
    assert words.kind_of_figure(row.replace("exact", "estimate")) == "预计值"
    assert words.kind_of_figure(row.replace("P", "A")) == "确数"
    speak("en")
    assert words.kind_of_figure(row) == "exact (provisional)"


def test_an_observation_keeps_the_decimals_that_its_source_printed():
    share = {"unit": "percent"}
    assert words.bare(row_of(2.6, "2.60", "percent"), share) == "2.60"
    assert words.bare(row_of(18.0, "18", "percent"), share) == "18"


@pytest.mark.parametrize(
    ("value", "digits", "unit", "about", "shown"),
    [
        (36900.0, "3.69", "enterprise_10k", ENTERPRISES, "36,900"),
        (364.64, "36.464", "cny_1bn", MONEY, "364.64"),
        (39000.0, "3.9", "cny_1tn", MONEY, "39,000"),
        (0.4785, "4785", "cny_10k", MONEY, "0.4785"),
    ],
)
def test_digits_printed_in_another_unit_are_kept_and_none_is_added(value, digits, unit, about, shown):
    assert words.bare(row_of(value, digits, unit), about) == shown


@pytest.mark.parametrize(
    ("row", "about", "zh", "en"),
    [
        (row_of(9123.0, "9123", "enterprise"), ENTERPRISES, "9,123", "9,123"),
        (
            row_of(36900.0, "3.69", "enterprise_10k"),
            ENTERPRISES,
            "36,900（原文3.69万家）",
            "36,900 (the source prints 3.69, in units of 10,000)",
        ),
        (row_of(974.24, "974.24", "cny_100m"), MONEY, "974.24", "97.424"),
        (row_of(364.64, "36.464", "cny_1bn"), MONEY, "364.64（原文36.464十亿元）", "36.464"),
        (
            row_of(39000.0, "3.9", "cny_1tn"),
            MONEY,
            "39,000（原文3.9万亿元）",
            "3,900 (the source prints CNY 3.9 trillion)",
        ),
        (
            row_of(0.4785, "4785", "cny_10k"),
            MONEY,
            "0.4785（原文4785万元）",
            "0.04785 (the source prints 4,785, in units of CNY 10,000)",
        ),
        (row_of(600.0, "600", "sqm_10k"), {"unit": "sqm_10k"}, "600", "6"),
    ],
)
def test_a_column_adds_the_form_that_the_source_printed_in_another_unit(speak, row, about, zh, en):
    assert words.printed(row, about) == zh
    speak("en")
    assert words.printed(row, about) == en


@pytest.mark.parametrize(
    ("digits", "unit", "zh", "en"),
    [
        ("6.13", "cny_100m", "6.13", "0.613"),
        ("1400", "platform", "1400", "1,400"),
        ("1.13", "item_10k", "1.13", "11,300"),
    ],
)
def test_a_figure_is_stated_in_the_unit_that_its_column_names(speak, digits, unit, zh, en):
    row = row_of(float(digits), digits, unit)
    assert words.stated(row) == zh
    speak("en")
    assert words.stated(row) == en


@pytest.mark.parametrize("topic", TOPICS)
def test_every_observation_reads_as_the_same_number_in_both_languages(speak, topic):
    """The first number of an English cell, times what its heading says, is the value."""
    scale = {"cny_100m": 10.0, "sqm_10k": 100.0}  # a unit of the English column in base units
    speak("en")
    for row in load.observations(topic).itertuples():
        about = load.indicator(row.indicator_id)
        shown = words.printed(row, about).split(" ")[0].replace(",", "").replace("−", "-")
        assert float(shown) * scale.get(about["unit"], 1.0) == pytest.approx(row.value, rel=1e-12)
