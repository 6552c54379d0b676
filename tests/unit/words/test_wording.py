"""Tests of shuangbei.words.language: numbers, quantities and periods in both languages."""

from __future__ import annotations

import math
import os
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangbei import load, paths, periods, words
from shuangbei.words import language


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (9123, 0, "9,123"),
        (1234567.891, 1, "1,234,567.9"),
        (974.24, 2, "974.24"),
        (2.6, 2, "2.60"),
        (0.5, 1, "0.5"),
        (1e-9, 2, "0.00"),
    ],
)
def test_a_number_has_thousands_separators_and_its_decimals(value, decimals, shown):
    assert words.number(value, decimals) == shown


def test_a_negative_number_has_a_true_minus_sign():
    assert words.number(-1234.5, 1) == "−1,234.5"
    assert "-" not in words.number(-0.09, 2)


@pytest.mark.parametrize("value", [-0.0, -0.001, -0.004999, 0.004, -1e-17])
def test_a_number_that_rounds_to_nothing_has_no_sign(value):
    assert words.number(value, 2) == "0.00"
    assert words.number(value) == "0"


@pytest.mark.parametrize("value", [None, math.nan, float("nan")])
def test_a_missing_number_is_a_dash(value):
    assert words.number(value, 2) == "—"


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_a_shown_number_reads_back_as_the_rounded_one(value, decimals):
    shown = words.number(value, decimals)
    read = float(shown.replace(",", "").replace("−", "-"))
    assert read == pytest.approx(round(value, decimals), abs=10.0**-decimals / 2)
    assert not (read == 0 and shown.startswith("−"))


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "zh", "en"),
    [
        (9123, "enterprise", 0, "9,123家", "9,123 enterprises"),
        (974.24, "cny_100m", 2, "974.24亿元", "CNY 97.424 billion"),
        (1300, "cny_100m", 0, "1,300亿元", "CNY 130 billion"),
        (0.24, "cny_100m", 2, "0.24亿元", "CNY 24 million"),
        (-7.5, "cny_100m", 1, "−7.5亿元", "−CNY 750 million"),
        (4785, "cny_10k", 0, "4,785万元", "CNY 47.85 million"),
        (3.9, "cny_1tn", 1, "3.9万亿元", "CNY 3.9 trillion"),
        (3.69, "enterprise_10k", 2, "3.69万家", "36,900 enterprises"),
        (1.36, "patent_10k", 2, "1.36万件", "13,600 patents"),
        (134, "sqm_10k", 0, "134万平方米", "1.34 million square metres"),
        (80, "sqm_10k", 0, "80万平方米", "800,000 square metres"),
        (1, "platform", 0, "1个", "1 platform"),
        (1, "patent_per_cny_100m", 0, "1件/亿元", "1 patent per CNY 100 million"),
        (34.6, "percent", 1, "34.6%", "34.6%"),
        (-0.09, "percentage_point", 2, "−0.09个百分点", "−0.09 percentage points"),
        (3.69, "platform", 0, "4个", "4 platforms"),
        (5, "rank", 0, "5位", "rank 5"),
        (17, "patent_per_cny_100m", 0, "17件/亿元", "17 patents per CNY 100 million"),
    ],
)
def test_a_quantity_carries_its_unit_as_people_write_it(speak, value, unit, decimals, zh, en):
    assert words.quantity(value, unit, decimals) == zh
    speak("en")
    assert words.quantity(value, unit, decimals) == en


def test_money_keeps_in_english_every_digit_that_it_has_in_chinese(speak):
    """A hundred million yuan are a tenth of a billion: one more decimal, none invented or lost."""
    speak("en")
    assert words.quantity(974.24, "cny_100m", 2) == "CNY 97.424 billion"
    assert words.quantity(974, "cny_100m", 0) == "CNY 97.4 billion"


def test_an_unknown_unit_is_refused():
    with pytest.raises(load.UnknownCode, match="'yuan'.*cny_100m"):
        words.quantity(1, "yuan")


@pytest.mark.parametrize(
    ("qualifier", "zh", "en"),
    [
        ("exact", "600家", "600 enterprises"),
        ("over", "超600家", "over 600 enterprises"),
        ("nearly", "近600家", "nearly 600 enterprises"),
        ("about", "约600家", "about 600 enterprises"),
        ("estimate", "预计600家", "an estimated 600 enterprises"),
    ],
)
def test_a_bound_or_an_estimate_keeps_its_word(speak, qualifier, zh, en):
    assert words.qualified(600, "enterprise", qualifier) == zh
    speak("en")
    assert words.qualified(600, "enterprise", qualifier) == en


def test_every_qualifier_of_the_data_but_exact_has_a_word_before_its_number():
    for code in load.codelist("qualifiers").index:
        bare = words.qualified(600, "enterprise", code) == "600家"
        assert bare == (code == "exact")
        assert words.say(code)


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("2024", "2024年", "2024"),
        ("2024H1", "2024年上半年", "H1 2024"),
        ("2024H2", "2024年下半年", "H2 2024"),
        ("2024Q3", "2024年三季度", "Q3 2024"),
        ("2025-10", "2025年10月", "October 2025"),
        ("2025-01", "2025年1月", "January 2025"),
    ],
)
def test_a_period_is_written_out(speak, code, zh, en):
    assert words.period(code) == words.periods(code) == zh
    speak("en")
    assert words.period(code) == words.periods(code) == en


def test_a_span_of_years_is_written_with_a_dash(speak):
    assert words.periods("2024-2026") == "2024—2026年"
    speak("en")
    assert words.periods("2024-2026") == "2024–2026"


def test_every_period_in_the_data_can_be_written(speak):
    tables = [path.stem for path in (paths.data_dir() / "observations").glob("*.csv")]
    codes = {code for name in tables for code in load.table(f"observations/{name}")["period"]}
    for code in ("zh", "en"):
        speak(code)
        assert len({words.period(code) for code in codes}) == len(codes)
        assert all(words.periods(code) for code in load.table("gaps")["periods"] if code)


@pytest.mark.parametrize(
    ("t", "zh", "en"),
    [
        (2026.0, "2025年底", "the end of 2025"),
        (2023.0, "2022年底", "the end of 2022"),
        (2025 + 10 / 12, "2025年10月", "October 2025"),
        (2024.5, "2024年6月", "June 2024"),
        (2025 + 1 / 12, "2025年1月", "January 2025"),
        (2025 + 11 / 12, "2025年11月", "November 2025"),
    ],
)
def test_a_moment_is_named_by_its_month_and_the_end_of_a_year_by_its_year(speak, t, zh, en):
    assert words.moment(t) == zh
    speak("en")
    assert words.moment(t) == en


def test_a_flow_or_a_share_is_said_of_the_year_and_not_of_its_end(speak):
    assert words.moment(2026.0, "period") == "2025年"
    assert words.moment(2024.5, "period") == "2024年6月"
    speak("en")
    assert words.moment(2026.0, "period") == "2025"


@pytest.mark.parametrize(
    ("date", "zh", "en"),
    [
        ("2026-11-20", "2026年11月20日", "20 November 2026"),
        ("2026-03", "2026年3月", "March 2026"),
        ("2026", "2026年", "2026"),
        ("", "", ""),
    ],
)
def test_a_date_is_written_out(speak, date, zh, en):
    assert words.day(date) == zh
    speak("en")
    assert words.day(date) == en


def test_every_section_of_the_register_can_be_cited(speak):
    sections = set(load.table("commitments")["section"])
    assert all(words.section(code).startswith("《行动计划》第") for code in sections)
    assert len({words.section(code) for code in sections}) == len(sections)
    speak("en")
    assert words.section("2-14") == "Action plan, part two, item 14"


def test_moment_says_when_a_period_ends():
    for code in ("2024-02", "2024-11", "2025-06"):
        assert words.moment(periods.time_of(code)) == words.period(code)


@pytest.mark.parametrize(
    ("value", "decimals", "kept"),
    [
        (12800.4, 2, 0),
        (1000.0, 2, 0),
        (999.9, 2, 1),
        (100.0, 2, 1),
        (99.99, 2, 2),
        (3.1, 0, 0),
        (-1490.0, 2, 0),
        (150.0, 0, 0),
    ],
)
def test_a_computed_value_claims_no_more_decimals_than_it_can_bear(value, decimals, kept):
    assert words.computed_decimals(value, decimals) == kept


def test_a_phrase_that_is_not_listed_is_refused():
    with pytest.raises(KeyError, match="no_such_phrase"):
        words.say("no_such_phrase")


def test_every_phrase_exists_in_both_languages():
    chinese = [zh for zh, _ in language._WORDS.values()]
    english = [en for _, en in language._WORDS.values()]
    assert all(chinese) and all(english)
    assert not [en for en in english if any("\u4e00" <= c <= "\u9fff" for c in en)]


def test_a_list_is_joined_as_each_language_does(speak):
    assert words.join(["甲", "乙"]) == "甲、乙"
    speak("en")
    assert words.join(["a", "b"]) == "a, b"


SCALES = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def plain(figure: str, scale: str) -> Decimal:
    return Decimal(figure.replace(",", "").replace("−", "-")) * SCALES[scale]


@given(
    st.integers(-(10**9), 10**9),
    st.integers(0, 4),
    st.sampled_from([("cny_100m", 8), ("cny_10k", 4), ("cny_1bn", 9), ("cny_1tn", 12)]),
)
def test_a_sum_in_english_is_the_sum_in_chinese(digits, decimals, unit):
    """Whatever the size and the decimals: no digit is lost, and none is added but zeros of scale."""
    code, zeros = unit
    value = digits / 10**decimals
    os.environ["SHUANGBEI_LANG"] = "en"
    shown = words.quantity(value, code, decimals)
    sign, figure, scale = re.fullmatch(r"(−?)CNY ([\d,.]+)(?: (\w+))?", shown).groups(default="")
    assert plain(sign + figure, scale) == Decimal(digits).scaleb(zeros - decimals)


@given(st.integers(0, 10**8), st.integers(0, 3))
def test_a_column_in_english_holds_the_amount_that_it_holds_in_chinese(digits, decimals):
    value = digits / 10**decimals
    for unit, zeros, scale in (("cny_100m", 8, "billion"), ("sqm_10k", 4, "million"), ("patent_10k", 4, "")):
        os.environ["SHUANGBEI_LANG"] = "en"
        assert scale in words.column(unit)
        shown = words.cell(value, unit, decimals)
        assert plain(shown, scale) == Decimal(digits).scaleb(zeros - decimals)


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [
        ("enterprise", "家", "enterprises"),
        ("cny_100m", "亿元", "CNY billion"),
        ("sqm_10k", "万平方米", "million square metres"),
        ("item_10k", "万项", "items"),
    ],
)
def test_a_column_is_headed_by_the_unit_that_its_figures_are_in(speak, unit, zh, en):
    assert words.column(unit) == zh
    speak("en")
    assert words.column(unit) == en


def test_a_scale_is_said_without_what_is_counted_where_a_source_left_it_out(speak):
    assert words.amount(600, "sqm_10k") == "600万"
    speak("en")
    assert words.amount(600, "sqm_10k") == "6 million"


def test_a_list_in_a_sentence_ends_with_and_in_english(speak):
    assert words.listed(["甲", "乙", "丙"]) == "甲、乙、丙"
    speak("en")
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.listed(["a", "b"]) == "a and b"
    assert words.listed(["a"]) == "a"


def test_names_with_commas_are_parted_by_semicolons_in_english(speak):
    assert words.parted(["甲", "乙"]) == "甲、乙"
    speak("en")
    assert words.parted(["Daily, quoting an office", "Rednet"]) == "Daily, quoting an office; Rednet"


def test_a_picture_in_english_has_straight_quotes_and_a_chinese_one_keeps_its_own(speak):
    assert words.drawn("“小巨人”") == "“小巨人”"
    speak("en")
    assert words.drawn("Nan’an’s “little giants”") == "Nan'an's \"little giants\""


def test_an_estimate_is_said_in_short_beside_a_point(speak):
    assert words.shown("2.6", "estimate") == "预计2.6"
    speak("en")
    assert words.shown("2.6", "estimate") == "est. 2.6"
    assert words.shown("600", "nearly") == "nearly 600"
