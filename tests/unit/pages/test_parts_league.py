"""Tests of the league and publication pages: fair places alone, targets beside figures, gaps counted."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from lxml import html

from shuangbei import load, periods
from shuangbei.measures import league, profile, publication
from shuangbei.pages import league as league_pages
from shuangbei.pages import places, profile_aims, profile_sections

HAN = re.compile("[\u4e00-\u9fff]")
COUNT = "tech_enterprises"


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch):
    """Let a handful of made-up figures be a league; that half of the units are needed is one test."""
    monkeypatch.setattr(league, "SHARE", 2 / 38)
    for module in (league, profile):  # what is remembered was made from the real figures and share
        monkeypatch.setattr(module, "current", module.current.__wrapped__)


def link(page: str, anchor: str) -> str:
    return f"{page}.html"


def given(monkeypatch, *rows: tuple) -> None:
    """Made-up figures in the place of the districts': (unit, indicator, period, value, qualifier)."""
    frame = pd.DataFrame(rows, columns=["geo_id", "indicator_id", "period", "value", "qualifier"])
    frame = frame.assign(
        half_step=0.5,
        vintage="38",
        source_id="s001",
        unit="enterprise",
        indicator="",
        status="A",
        note="",
        t=frame["period"].map(periods.time_of),
    )
    monkeypatch.setattr(load, "observations", lambda topic: frame)


def cells(text: str) -> list[list[str]]:
    page = html.fromstring(f"<div>{text}</div>")
    return [[cell.text_content() for cell in row] for row in page.xpath("//tbody/tr")]


def test_the_newest_date_that_can_be_ranked_is_shown_and_not_a_newer_one_that_cannot(monkeypatch):
    given(
        monkeypatch,
        ("500103", COUNT, "2023", 5, "exact"),
        ("500104", COUNT, "2023", 7, "exact"),
        ("500103", COUNT, "2024", 6, "exact"),
    )
    text = league_pages.standings(link)
    assert "2023年" in text and "2024年" not in text
    assert [row[:2] for row in cells(text)] == [["大渡口区", "1"], ["渝中区", "2"]]


def test_an_indicator_that_cannot_be_ranked_says_why(monkeypatch):
    given(monkeypatch, ("500103", COUNT, "2024", 6, "exact"))
    (row,) = cells(league_pages.standings(link))
    assert row == ["科技型企业数" + load.row("league_reasons", "too_few")["definition"], "2024年", "1"]


def test_a_bound_stands_in_the_league_without_a_place(monkeypatch):
    given(
        monkeypatch,
        ("500103", COUNT, "2023", 5, "exact"),
        ("500104", COUNT, "2023", 7, "exact"),
        ("500105", COUNT, "2023", 9, "over"),
    )
    rows = {row[0]: row[1:3] for row in cells(league_pages.standings(link))}
    assert rows["江北区"] == ["—" + load.label("league_reasons", "bound"), "超9家"]
    assert rows["大渡口区"][0] == "2"


def test_a_move_up_is_counted_among_the_units_of_both_dates(monkeypatch):
    given(
        monkeypatch,
        *(
            (unit, COUNT, period, value, "exact")
            for unit, period, value in (
                ("500103", "2023", 1),
                ("500104", "2023", 2),
                ("500105", "2023", 3),
                ("500103", "2024", 9),
                ("500104", "2024", 2),
            )
        ),
    )
    assert [row for row in cells(league_pages.moves(link))] == [
        ["渝中区", "2", "1", "▲ 1"],
        ["大渡口区", "1", "2", "▼ 1"],
    ]


def test_a_target_stands_beside_the_newest_figure_each_with_its_source(monkeypatch):
    given(
        monkeypatch,
        ("500103", f"{COUNT}_target", "2027", 200, "over"),
        ("500103", COUNT, "2022", 90, "exact"),
        ("500103", COUNT, "2024", 150, "exact"),
        ("500104", f"{COUNT}_target", "2027", 100, "exact"),
    )
    rows = {row[0]: row[1:] for row in cells(league_pages.own_targets(link))}
    assert rows["渝中区"] == [
        "科技型企业数（2027年）",
        "超200家 s001",
        "150家 2024年 s001占目标下限75.0%，还没到期",
    ]
    assert rows["大渡口区"] == ["科技型企业数（2027年）", "100家 s001", "没有查到公开数字，说不出走了多远"]


def test_a_target_is_told_in_the_same_cells_as_on_the_page_of_its_area():
    known = profile.observed(load.observations("districts"))
    page = html.fromstring(f"<div>{league_pages.own_targets(link)}</div>")
    led = [row.xpath(".//a/@href")[0] for row in page.xpath("//tbody/tr")]
    told = cells(league_pages.own_targets(link))
    for geo_id in known.targets["geo_id"].unique():
        own = cells(profile_aims.targets(profile_sections.place(known, geo_id)))
        assert own == [
            row[1:] for row, there in zip(told, led, strict=True) if there == f"{places.page(geo_id)}.html"
        ]


def test_the_gap_table_has_every_unit_and_counts_a_zero(monkeypatch):
    given(monkeypatch, ("500103", COUNT, "2024", 5, "exact"))
    rows = {row[0]: row[1:3] for row in cells(league_pages.gap_table(link))}
    assert len(rows) == len(load.units("38"))
    assert rows["渝中区"] == ["1", "2024年"] and rows["永川区"] == ["0", "—"]


def test_every_needed_indicator_says_who_would_publish_it():
    rows = cells(league_pages.needs(link))
    assert len(rows) == len(publication.needed()) and all(row[2] and row[3] for row in rows)


@pytest.mark.parametrize(
    "part",
    [
        league_pages.standings,
        league_pages.moves,
        league_pages.own_targets,
        league_pages.published_places,
        league_pages.gap_table,
        league_pages.needs,
    ],
)
def test_no_part_speaks_chinese_in_the_english_edition(speak, part):
    speak("en")
    assert not HAN.search(part(link))
