"""Tests of shuangbei.words.marks, and of the badges beside them: golden sentences, numbers made up."""

from __future__ import annotations

import dataclasses
import re
from types import SimpleNamespace

import pandas as pd
import pytest

from shuangbei import load, measures, periods, words
from shuangbei.pages import cards, html
from shuangbei.words import marks

UNITS = {
    "high_tech_enterprises": "enterprise",
    "sei_share": "percent",
    "rd_intensity": "percent",
    "tech_contracts": "cny_100m",
    "new_listings": "enterprise",
}


# The columns that a benchmark adds to its series.
GAP = {"nation": 2.69, "printed_nation": "2.69", "qualifier_city": "estimate", "qualifier_nation": "exact"}


NOT_TO_DATE = measures.ToDate("not_assessable", "no_observation")
NO_MILESTONE = measures.Milestone("none")
NO_OUTLOOK = measures.Outlook("not_assessable")


def case(
    indicator: str = "high_tech_enterprises",
    kind: str = "stock",
    *,
    to_date: measures.ToDate = NOT_TO_DATE,
    milestone: measures.Milestone = NO_MILESTONE,
    outlook: measures.Outlook = NO_OUTLOOK,
    printed: str = "",
    due_t: float = 2028.0,
    **columns,
) -> SimpleNamespace:
    """An assessment with only what the sentences need."""
    latest = to_date.latest
    series = (
        pd.DataFrame()
        if latest is None
        else pd.DataFrame(
            [
                {
                    "t": latest.t,
                    "value": latest.value,
                    "printed": printed,
                    "unit": UNITS[indicator],
                    "qualifier": latest.qualifier,
                    "indicator_id": indicator,
                    **columns,
                }
            ]
        )
    )
    return SimpleNamespace(
        commitment=pd.Series({"indicator_id": indicator, "kind": kind}),
        series=series,
        target=measures.Target("gt", 100.0, due_t, kind),
        to_date=to_date,
        milestone=milestone,
        outlook=outlook,
    )


def seen(value: float, period: str = "2024", qualifier: str = "exact") -> measures.Observation:
    return measures.Observation(periods.time_of(period), period, value, 0.5, qualifier)


# To date

TO_DATE = {
    "nothing is public": (case(), "没有公开数据。", "No observation."),
    "a number that cannot be judged": (
        case(to_date=measures.ToDate("not_assessable", "out_of_date", seen(286, "2023")), printed="286"),
        "数据过旧。最近的公开数字：2023年286家。",
        "Out of date. Latest published figure: 286 enterprises in 2023.",
    ),
    "a bound that cannot decide": (
        case(
            to_date=measures.ToDate("not_assessable", "bound", seen(600, "2024-10", "nearly")), printed="600"
        ),
        "只有上下界。最近的公开数字：2024年10月近600家。",
        "Only a bound. Latest published figure: nearly 600 enterprises in October 2024.",
    ),
    "reached": (
        case(to_date=measures.ToDate("met", latest=seen(12900, "2025-10"), rule="value"), printed="12900"),
        "2025年10月12,900家，已达到目标。",
        "12,900 enterprises in October 2025, which reaches the target.",
    ),
    "reached by a lower bound": (
        case(
            to_date=measures.ToDate("met", latest=seen(12900, "2025-10", "over"), rule="value"),
            printed="12900",
        ),
        "2025年10月超12,900家，已达到目标。",
        "Over 12,900 enterprises in October 2025, which reaches the target.",
    ),
    "part of the way": (
        case(
            to_date=measures.ToDate(
                "slightly_behind",
                latest=seen(9123, "2025-10"),
                distance=0.7649,
                required=9816.4,
                rule="ratio",
            ),
            printed="9123",
        ),
        "2025年10月9,123家；按计划路径这时应为9,816家，应走的路走了76%。",
        "9,123 enterprises in October 2025; the path asks for 9,816 enterprises;"
        " 76% of the way due has been covered.",
    ),
    "away from the target": (
        case(
            to_date=measures.ToDate(
                "moving_away", latest=seen(6300), distance=-0.05, required=8000.0, rule="ratio"
            ),
            printed="6300",
        ),
        "2024年6,300家；按计划路径这时应为8,000家，应走的路走了−5%。",
        "6,300 enterprises in 2024; the path asks for 8,000 enterprises;"
        " −5% of the way due has been covered.",
    ),
    "a share, one decimal more where it is computed": (
        case(
            "sei_share",
            "share",
            to_date=measures.ToDate(
                "on_track", latest=seen(34.6), distance=1.786, required=33.06, rule="ratio"
            ),
            printed="34.6",
        ),
        "2024年34.6%；按计划路径这时应为33.06%，应走的路走了179%。",
        "34.6% in 2024; the path asks for 33.06%; 179% of the way due has been covered.",
    ),
    "money": (
        case(
            "tech_contracts",
            "annual_flow",
            to_date=measures.ToDate(
                "on_track", latest=seen(974.24), distance=1.28, required=898.24, rule="ratio"
            ),
            printed="974.24",
        ),
        "2024年974.24亿元；按计划路径这时应为898.2亿元，应走的路走了128%。",
        "CNY 97.424 billion in 2024; the path asks for CNY 89.82 billion;"
        " 128% of the way due has been covered.",
    ),
    "at the border": (
        case(
            to_date=measures.ToDate(
                "on_track",
                latest=seen(9800),
                distance=0.9501,
                required=9816.0,
                neighbour="slightly_behind",
                rule="ratio",
            ),
            printed="9800",
        ),
        "2024年9,800家；按计划路径这时应为9,816家，应走的路走了95%。"
        "在界线上：按公布的数是“按期”，照取整允许的范围也可能是“略慢”。",
        "9,800 enterprises in 2024; the path asks for 9,816 enterprises; 95% of the way due has"
        " been covered. On the border: “On track” as published, but within the rounding it may be"
        " “Slightly behind”.",
    ),
    "provisional": (
        case(
            to_date=measures.ToDate(
                "met", latest=seen(75600, "2025-10"), provisional=("date_inferred", "reprint")
            ),
            printed="75600",
        ),
        "2025年10月75,600家，已达到目标。暂定，因为依据的数里有：时点推定的数、转引的数。",
        "75,600 enterprises in October 2025, which reaches the target. Provisional, because it rests on"
        " a figure whose date is inferred and a figure quoted at second hand.",
    ),
    "after the due date": (
        case(to_date=measures.ToDate("met_late", latest=seen(10416, "2026-01")), printed="10416"),
        "2026年1月10,416家，到期以后的数已达到目标。",
        "10,416 enterprises in January 2026, a figure from after the due date, which reaches the target.",
    ),
    "missed at the due date": (
        case(to_date=measures.ToDate("missed", latest=seen(9900, "2025")), printed="9900"),
        "2025年9,900家，没有满足目标。",
        "9,900 enterprises in 2025, which does not meet the target.",
    ),
    "too coarse": (
        case(
            to_date=measures.ToDate(
                "not_assessable", "too_coarse", latest=seen(9800, "2024"), low=0.3676, high=2.0395
            ),
            printed="9800",
        ),
        "精度不够。最近的公开数字：2024年9,800家。按取整允许的范围，应走的路可能走了37%，也可能走了204%。",
        "Too coarse. Latest published figure: 9,800 enterprises in 2024. Within its rounding, anything from"
        " 37% to 204% of the way due may have been covered.",
    ),
    "year by year": (
        case(
            "new_listings",
            "annual_flow",
            to_date=measures.ToDate(
                "behind",
                years=(
                    measures.Year(2023, 10.0, True, True),
                    measures.Year(2024, 7.0, False, True),
                    measures.Year(2025, None, None, True),
                    measures.Year(2026, None, None, False),
                ),
            ),
        ),
        "2023年10家，达到；2024年7家，未达到；2025年没有查到公开数字；2026年未到期。",
        "2023: 10 enterprises, met; 2024: 7 enterprises, missed; 2025: no published figure found;"
        " 2026: not due.",
    ),
    "below the nation": (
        case(
            "rd_intensity",
            "benchmark",
            to_date=measures.ToDate(
                "slightly_behind",
                latest=seen(-0.09, "2024", "estimate"),
                distance=0.8,
                required=-0.052,
                rule="ratio",
            ),
            printed="2.60",
            **GAP,
            city=2.6,
        ),
        "2024年重庆预计2.60%、全国2.69%；按计划路径这时应比全国低0.05个百分点，应走的路走了80%。",
        "An estimated 2.60% in Chongqing and 2.69% in the nation in 2024; by the path it should be"
        " 0.05 percentage points below the nation; 80% of the way due has been covered.",
    ),
    "level with the nation": (
        case(
            "rd_intensity",
            "benchmark",
            to_date=measures.ToDate("behind", latest=seen(-0.2), distance=0.5, required=0.0, rule="ratio"),
            printed="2.49",
            **GAP | {"qualifier_city": "exact"},
            city=2.49,
        ),
        "2024年重庆2.49%、全国2.69%；按计划路径这时应与全国持平，应走的路走了50%。",
        "2.49% in Chongqing and 2.69% in the nation in 2024; by the path it should be level with"
        " the nation; 50% of the way due has been covered.",
    ),
}


@pytest.mark.parametrize("name", TO_DATE)
def test_progress_to_date_is_said_with_the_numbers_that_give_it(speak, name):
    found, zh, en = TO_DATE[name]
    assert words.to_date(found) == zh
    speak("en")
    assert words.to_date(found) == en


# Milestone

MILESTONE = {
    "none": (
        measures.Milestone("none"),
        "计划没有为这一项设2025年目标。",
        "The plan sets no milestone for 2025.",
    ),
    "not due": (
        measures.Milestone("not_due", target=10000.0),
        "2025年应超10,000家，未到期。",
        "Target for 2025: over 10,000 enterprises.",
    ),
    "no figure": (
        measures.Milestone("not_assessable", "no_milestone_observation", target=10000.0),
        "2025年应超10,000家；没有2025年底的数据，不能定案。",
        "Target for 2025: over 10,000 enterprises. No observation for the end of 2025.",
    ),
    "met": (
        measures.Milestone("met", target=67000.0, period="2025-10", value=75600.0),
        "2025年应超67,000家；首次公布的是2025年10月的75,600家，据此定案。",
        "Target for 2025: over 67,000 enterprises; the figure first published, for October 2025, is"
        " 75,600 enterprises.",
    ),
    "revised": (
        measures.Milestone("missed", target=10000.0, period="2025", value=9999.0, revised=10001.0),
        "2025年应超10,000家；首次公布的是2025年的9,999家，据此定案。后来修订为10,001家，标记不改。",
        "Target for 2025: over 10,000 enterprises; the figure first published, for 2025, is"
        " 9,999 enterprises. Later revised to 10,001 enterprises; the mark stands.",
    ),
}


@pytest.mark.parametrize("name", MILESTONE)
def test_the_milestone_is_said_with_the_value_it_was_frozen_at(speak, name):
    mark, zh, en = MILESTONE[name]
    assert words.milestone(case(milestone=mark)) == zh
    speak("en")
    assert words.milestone(case(milestone=mark)) == en


# Outlook

VIEW = measures.Outlook(
    "unlikely",
    projected=11000.4,
    low=10500.0,
    high=11800.0,
    pace=850.2,
    pace_needed=1697.3,
    pace_best=1201.0,
    since=2021.0,
)
OUTLOOK = {
    "on the border": (
        case(outlook=dataclasses.replace(VIEW, neighbour="near_miss", provisional=("estimate",))),
        "2020年底以来平均每年变化850家，照此到2027年底为11,000家（按最慢一段到最快一段：10,500家至"
        "11,800家，不是误差范围）。要达到目标，每年还需1,697家，过去同样长或更长的时间里最快每年1,201家。"
        "在界线上：照取整允许的范围也可能是“照此略欠”。暂定，因为依据的数里有：预计数。",
        "Mean yearly change since the end of 2020: 850 enterprises; carried on to the end of 2027:"
        " 11,000 enterprises (from the slowest to the fastest stretch: 10,500 enterprises to 11,800"
        " enterprises, not an error band). The target needs 1,697 enterprises a year; the best pace over as"
        " long a time or longer was 1,201 enterprises. On the border: within the rounding it may be"
        " “At this pace just short”. Provisional, because it rests on an estimate.",
    ),
    "reached": (case(outlook=measures.Outlook("reached")), "目标已经达到。", "The target has been reached."),
    "too few figures": (
        case(outlook=measures.Outlook("not_assessable", "too_few_observations")),
        "观测太少。",
        "Too few observations.",
    ),
    "a pace with its range": (
        case(outlook=VIEW),
        "2020年底以来平均每年变化850家，照此到2027年底为11,000家（按最慢一段到最快一段：10,500家至"
        "11,800家，不是误差范围）。要达到目标，每年还需1,697家，过去同样长或更长的时间里最快每年1,201家。",
        "Mean yearly change since the end of 2020: 850 enterprises; carried on to the end of 2027:"
        " 11,000 enterprises (from the slowest to the fastest stretch: 10,500 enterprises to 11,800"
        " enterprises, not an error band)."
        " The target needs 1,697 enterprises a year; the best pace over as long a time or"
        " longer was 1,201 enterprises.",
    ),
    "a share changes by points": (
        case(
            "sei_share",
            "share",
            outlook=measures.Outlook(
                "likely", projected=40.1, low=38.0, high=43.2, pace=1.75, pace_needed=0.4667, since=2023.0
            ),
        ),
        "2022年以来平均每年变化1.75个百分点，照此到2027年为40.10%（按最慢一段到最快一段：38.00%至"
        "43.20%，不是误差范围）。要达到目标，每年还需0.47个百分点。",
        "Mean yearly change since 2022: 1.75 percentage points; carried on to 2027:"
        " 40.10% (from the slowest to the fastest stretch: 38.00% to 43.20%, not an error band). The target needs 0.47"
        " percentage points a year.",
    ),
    "a date that has passed": (
        case(due_t=2026.0, outlook=measures.Outlook("not_assessable", "date_passed")),
        "期限已过，没有查到当时的数，不再推算。",
        "The date has passed; its figure was not found and none is projected.",
    ),
    "a year that was missed": (
        case("new_listings", "annual_flow", outlook=measures.Outlook("unlikely")),
        "已有一年没有做到，以后做到也不能补上。",
        "One year was missed; later years cannot make up for it.",
    ),
    "a gap that closes": (
        case(
            "rd_intensity",
            "benchmark",
            outlook=measures.Outlook(
                "likely", projected=0.041, low=-0.2, high=0.3, pace=0.05, pace_needed=0.03, since=2019.0
            ),
        ),
        "2018年以来平均每年变化0.05个百分点，照此到2027年比全国高0.04个百分点（按最慢一段到最快一段："
        "比全国低0.20个百分点至比全国高0.30个百分点，不是误差范围）。要达到目标，每年还需0.03个百分点。",
        "Mean yearly change since 2018: 0.05 percentage points; carried on to 2027: 0.04"
        " percentage points above the nation (from the slowest to the fastest stretch: 0.20 percentage"
        " points below the nation to 0.30 percentage points above the nation, not an error band). The target"
        " needs 0.03 percentage points a year.",
    ),
}


@pytest.mark.parametrize("name", OUTLOOK)
def test_the_outlook_is_said_with_its_pace_and_range(speak, name):
    found, zh, en = OUTLOOK[name]
    assert words.outlook(found) == zh
    speak("en")
    assert words.outlook(found) == en


# All of the register


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("commitment_id", load.table("commitments")["commitment_id"])
def test_every_commitment_has_three_whole_sentences(speak, commitment_id, language):
    speak(language)
    found = measures.assess(commitment_id)
    for say in (words.to_date, words.milestone, words.outlook):
        said = say(found)
        assert said.endswith("。" if language == "zh" else ".")
        assert not re.search(r"\bnan\b|None|\binf\b|  |。。|\.\.|—，", said), said
        chinese = any("\u4e00" <= c <= "\u9fff" for c in said)
        assert chinese == (language == "zh"), said


# Badges and the card


def test_a_badge_says_with_shape_and_word_what_it_says_with_colour(speak):
    shown = html.badge("to_date", "behind")
    assert 'class="verdict verdict-poor"' in shown and ">落后<" in shown
    assert 'aria-hidden="true"' in shown
    speak("en")
    assert ">Behind<" in html.badge("to_date", "behind")


def test_the_marks_of_one_question_differ_in_shape_and_in_word():
    codes = load.codelist("marks")
    for mark in ("to_date", "outlook"):
        own = codes[codes["mark"] == mark]["code"]
        assert len({html.shape(mark, code) for code in own}) == len(own)
        assert len({words.mark_word(mark, code) for code in own}) == len(own)


def test_a_provisional_badge_says_so_in_word_and_outline(speak):
    shown = html.badge("to_date", "on_track", provisional=True)
    assert "verdict-provisional" in shown and ">按期（暂定）<" in shown
    assert "verdict-provisional" not in html.badge("to_date", "on_track")
    speak("en")
    assert ">On track (provisional)<" in html.badge("to_date", "on_track", provisional=True)


def test_a_newer_figure_from_within_a_year_is_told_and_not_compared():
    row = seen(9123, "2025-10")
    found = case(
        to_date=measures.ToDate(
            "on_track", latest=seen(7565, "2023"), distance=1.0, required=7565.0, in_year=row, rule="ratio"
        ),
        printed="7565",
    )
    other = found.series.assign(t=row.t, value=row.value, printed="9123")
    found.series = pd.concat([found.series, other], ignore_index=True)
    assert words.to_date(found).endswith("更新的是2025年10月的9,123家，是年内数，与年底数不可比。")


def test_every_look_is_of_a_mark_that_the_list_holds():
    codes = load.codelist("marks")
    known = set(zip(codes["mark"], codes["code"], strict=True))
    assert set(marks._LOOKS) <= known
    assert {code for _, code in known - set(marks._LOOKS)} == {"not_assessable", "none", "not_due"}


def test_a_mark_that_is_not_listed_is_refused_with_those_that_are():
    with pytest.raises(load.UnknownCode, match="to_date/splendid.*to_date/on_track"):
        words.mark_word("to_date", "splendid")


def test_the_card_holds_promise_three_marks_and_their_reasons(speak):
    found = measures.assess("tech-contracts-2027")
    card = cards.marks(found)._repr_html_()
    assert card.count("<tr>") == 4 and card.count('scope="row"') == 3
    for sentence in (words.to_date(found), words.milestone(found), words.outlook(found)):
        assert sentence in card
    assert "《行动计划》第二部分第14项" in card
    speak("en")
    english = cards.marks(measures.assess("tech-contracts-2027"))._repr_html_()
    assert "Action plan, part two, item 14" in english
    assert not [c for c in english if "\u4e00" <= c <= "\u9fff"]


def test_a_table_escapes_what_it_shows():
    data = pd.DataFrame({"a<b": ["<script>", "&"]})
    shown = cards.frame(data, "x < y")._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown
    assert "a&lt;b" in shown and "x &lt; y" in shown


def test_a_table_of_nothing_is_refused():
    with pytest.raises(ValueError, match="show its gap instead"):
        cards.series("backbone_enterprises")
    with pytest.raises(ValueError, match="leave the table out"):
        cards.gaps("tse-city-2025-nothing")
