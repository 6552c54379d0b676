"""Tests of the ledger of actions on pages: every row, faithfully, in the right places, and no finding of ours."""

from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from shuangbei import load, words
from shuangbei.measures import profile as measured
from shuangbei.pages import data, ledger, offices, places, plan, profile, profile_sections, tasks
from shuangbei.site.search import records

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
TASKS = list(load.codelist("tasks").index)


def link(document: str, anchor: str) -> str:
    return f"{document}#{anchor}"


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def told(item) -> dict[str, str]:
    """What an item of a list says: date, stage, source, and all its text in one line."""
    time = item.find("time")
    return {
        "date": time["datetime"] if time else "",
        "stage": item.select_one(".stage")["class"][1].removeprefix("stage-"),
        "source": item.select_one(".source-id").get_text(),
        "text": " ".join(item.get_text(" ").split()),
    }


def agrees(said: dict[str, str], row: pd.Series) -> bool:
    """Whether an item says of an action what its row in actions.csv does."""
    parts = [row["what"], row["note"], row["stage_name"], *row["actors"], words.day(row["date"])]
    return (said["date"], said["stage"], said["source"]) == (
        row["date"],
        row["stage"],
        row["source_id"],
    ) and all(" ".join(part.split()) in said["text"] for part in parts)


@LANGUAGES
def test_the_pages_of_tasks_tell_every_row_of_the_data_as_it_stands(speak, language):
    speak(language)
    frame, seen = load.actions(), []
    for task_id in TASKS:
        items = soup(ledger.of_task(link, task_id)).select("ol.actions > li")
        ids = [item["id"].removeprefix("action-") for item in items]
        assert ids == list(frame.index[frame["task_id"] == task_id])
        seen += [one for one, item in zip(ids, items, strict=True) if agrees(told(item), frame.loc[one])]
    assert sorted(seen) == sorted(frame.index)


@LANGUAGES
def test_the_timeline_tells_every_row_once_in_its_year(speak, language):
    speak(language)
    frame = load.actions()
    for year in (*ledger.years(), ""):
        items = [told(item) for item in soup(ledger.of_year(year, link)).select("ol.actions > li")]
        own = frame[frame["date"].str[:4] == year]
        assert len(items) == len(own) > 0
        assert all(agrees(said, row) for said, (_, row) in zip(items, own.iterrows(), strict=True))


@LANGUAGES
def test_offices_and_places_tell_their_own_rows_with_the_task_of_each(speak, language):
    speak(language)
    frame = load.actions()
    lists = [(load.actions_of(one), ledger.of_office(one, link)) for one in load.codelist("agencies").index]
    lists += [(frame[frame["geo_id"] == one], ledger.of_place(one, "", link)) for one in places.every()]
    assert sum(len(own) for own, _ in lists) > len(frame)
    for own, html in lists:
        items = soup(html).select("ol.actions > li")
        assert len(items) == len(own)
        for item, (_, row) in zip(items, own.iterrows(), strict=True):
            assert agrees(told(item), row)
            assert item.find("a")["href"].endswith(f"#task-{row['task_id'].lower()}")


def test_all_but_the_first_five_are_folded_and_counted():
    page = soup(ledger.of_task(link, "S3"))
    n = len(page.select("ol.actions > li"))
    assert len(page.select("div > ol.actions > li")) == 5
    assert len(page.select("details ol.actions > li")) == n - 5
    assert page.summary.get_text() == f"其余{n - 5}件"


def test_a_list_of_five_is_not_folded():
    page = soup(ledger.of_task(link, "T02"))
    assert not page.details and len(page.select("ol.actions > li")) == 5


def test_what_no_source_dates_comes_last_and_the_list_says_so():
    page = soup(ledger.of_task(link, "T15"))
    assert not page.select("ol.actions > li")[-1].find("time")
    assert "没有印年份的1件排在最后" in page.get_text()
    assert "没有印年份" not in soup(ledger.of_task(link, "T01")).get_text()


@LANGUAGES
def test_a_stated_result_is_said_to_be_the_sources_wherever_it_stands(speak, language):
    speak(language)
    parts = [ledger.of_task(link, "T01"), ledger.of_office("kjj", link), ledger.of_place("500103", "", link)]
    for part in parts:
        assert ledger.whose_word().strip() in soup(part).get_text()


@LANGUAGES
def test_what_was_not_seen_is_listed_and_not_said_to_be_undone(speak, language):
    speak(language)
    for task_id in TASKS:
        part = soup(ledger.of_task(link, task_id)).select_one(".unseen")
        assert [item.get_text() for item in part.select("li")] == load.unseen(task_id)
        assert ledger.not_seen().rstrip("。.") in part.get_text()


def test_a_task_an_office_or_a_place_without_an_action_says_so(monkeypatch):
    frame = load.actions()
    monkeypatch.setattr(load, "actions", lambda: frame[:0])
    monkeypatch.setattr(load, "actions_of", lambda _: frame[:0])
    for part in (
        ledger.of_task(link, "T01"),
        ledger.of_office("kjj", link),
        ledger.of_place("500103", "渝中区", link),
    ):
        page = soup(part)
        assert "没有查到" in page.get_text() and "没有看到，不等于没有做" in page.get_text()
        assert not page.ol


def test_an_action_whose_office_is_not_printed_says_so():
    frame = load.actions()
    nameless = [one for one in frame.index if not frame.loc[one, "actors"]]
    assert nameless
    for one in nameless:
        page = soup(ledger.of_task(link, frame.loc[one, "task_id"]))
        assert "单位没有显示" in page.find(id=f"action-{one}").get_text()


def test_the_ledger_stands_under_the_heading_of_its_task_and_leaves_no_level_out():
    for task_id in TASKS:
        heading = soup(ledger.of_task(link, task_id)).find(["h2", "h3", "h4"])
        assert heading.name == ("h3" if tasks.is_safeguard(task_id) else "h4")
        assert heading.get_text() == "工作督查台账（公开可见部分）"


def test_the_timeline_puts_what_was_done_before_the_milestone_before_it():
    heads = [one.get_text() for one in soup(plan.timeline(link)).select("ol.timeline > li > h2")]
    acted = [one for one in heads if "公开行动" in one]
    assert [one[:4] for one in acted[:-1]] == ledger.years() and acted[-1] == "没有印年份的公开行动"
    order = ("2025年查到的公开行动", "2025年底到期", "2026年查到的公开行动")
    assert [one for one in heads if one in order] == list(order)


def test_a_task_is_found_by_words_of_its_actions_and_pages_that_repeat_them_are_not():
    head = '<html lang="zh-CN"><body><main><h1>任务</h1><section id="task-t12"><h2>激发</h2>'
    page = f"{head}{ledger.of_task(link, 'T12')}</section></main></body></html>"
    found = {one.anchor: one.text for one in records.records(page.encode())}
    assert "先投（研）后股" in found["task-t12"] and "外籍人才的试点" in found["task-t12"]
    assert "科技创新局" not in found["task-t12"]
    page = f"{head}{offices.offices(link)}{plan.timeline(link)}</section></main></body></html>"
    assert "先投（研）后股" not in "".join(one.text for one in records.records(page.encode()))


def test_the_page_of_a_district_cites_the_sources_of_its_actions():
    one = profile_sections.place(measured.current(), "500118")
    page = soup(profile.body(one, link))
    listed = {tag.get_text() for tag in page.select("#sources tbody th")}
    assert {tag.get_text() for tag in page.select("#actions .source-id")} <= listed


def test_a_source_whose_words_stand_in_the_ledger_is_listed_but_found_by_its_task():
    page = f"<html><body><main><h1>来源</h1>{data.sources(link)}</main></body></html>"
    found = {one.anchor for one in records.records(page.encode())}
    listed = load.codelist("sources")
    silent = set(listed.index[listed["evidence"] == ""]) & set(load.actions()["source_id"])
    assert len(silent) > 100
    assert found >= set(listed.index) - silent and not found & silent
