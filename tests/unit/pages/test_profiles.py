"""Tests of the pages of districts and zones: one each, honest, whole in both languages."""

from __future__ import annotations

import re
from functools import cache as remember
from types import SimpleNamespace

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from sphinx.util.osutil import relative_uri

from shuangbei import load, measures, periods
from shuangbei.measures import league, profile
from shuangbei.pages import places, profile_sections
from shuangbei.pages import profile as profile_pages
from shuangbei.site import addresses, generated, translated
from shuangbei.site.search import names, records

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


class Builder:
    """What the pages ask of Sphinx's builder."""

    env = SimpleNamespace(
        found_docs={
            "book/districts/index",
            "book/about",
            "book/data/clues",
            "book/data/gaps",
            "book/plan/tasks",
            "book/plan/safeguards",
            "notebooks/regions",
        }
    )

    def get_target_uri(self, name: str) -> str:
        return addresses.address_of(name) + ".html"

    def get_relative_uri(self, here: str, there: str) -> str:
        return relative_uri(self.get_target_uri(here), self.get_target_uri(there))


@pytest.fixture(scope="module")
def made_in():
    """``made_in(language)``: all pages as Sphinx gets them, made once."""

    @remember
    def make(language: str) -> list[tuple[str, dict, str]]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SHUANGBEI_LANG", language)
            return list(generated.collect_profiles(SimpleNamespace(builder=Builder())))

    return make


@pytest.fixture(scope="module")
def pages(made_in):
    return {name: context for name, context, _ in made_in("zh")}


@remember
def read(body: str) -> BeautifulSoup:
    return BeautifulSoup(body, "html.parser")


def page(pages: dict[str, dict], geo_id: str) -> BeautifulSoup:
    return read(pages[places.page(geo_id)]["body"])


def link(document: str, anchor: str) -> str:
    return f"{document}#{anchor}"


def made(geo_id: str, *rows: dict) -> BeautifulSoup:
    """A page from figures of the test alone."""
    known = profile.observed(pd.DataFrame(rows))
    return BeautifulSoup(profile_pages.body(profile_sections.place(known, geo_id), link), "html.parser")


def row(indicator_id: str, geo_id: str, period: str, value: float, **more) -> dict:
    full = {
        "indicator_id": indicator_id,
        "geo_id": geo_id,
        "period": period,
        "vintage": "38",
        "value": value,
        "unit": "enterprise",
        "qualifier": "exact",
        "status": "A",
        "source_id": "s001",
        "note": "",
        "printed": f"{value:g}",
        "half_step": 0.5,
        "t": periods.time_of(period),
        "indicator": load.label("indicators", indicator_id),
        "geo": "x",
    }
    return {**full, **more}


def test_every_unit_of_either_vintage_and_every_zone_has_exactly_one_page(pages, made_in):
    units = set(load.units("38").index) | set(load.units("37").index)
    levels = load.codelist("geographies")["level"]
    wanted = units | set(levels.index[levels == "zone"])
    assert len(wanted) == 46
    assert sorted(pages) == sorted(places.page(one) for one in wanted)
    names = [name for name, _, template in made_in("zh") if template == "profile.html"]
    assert len(names) == len(set(names)) == len(wanted)


def test_the_abolished_districts_say_first_where_they_went_and_lead_there(pages):
    for geo_id, there in (("500105", {"liangjiang"}), ("500112", {"liangjiang", "beibei"})):
        article = page(pages, geo_id).article
        first = article.find("section")
        assert first["id"] == "division" and first.find_previous_sibling("p") is None
        assert first.h2.get_text() == f"{article.h1.get_text()}去哪了"
        led = {a["href"].removesuffix(".html") for a in first.select("li a")}
        assert led == there


def test_the_new_district_tells_where_it_comes_from_and_apart_from_the_old_area(pages):
    section = page(pages, "500157").find(id="division")
    led = {a["href"].removesuffix(".html") for a in section.select("a")}
    assert {"jiangbei", "yubei", "beibei", "liangjiang-new-area"} <= led
    assert "加起来，不是两江新区的数" in section.get_text()
    old = page(pages, "X-liangjiang-new-area").find(id="division").get_text()
    assert "2025年10月以前" in old and "不是行政区" in old


def test_figures_from_before_the_break_are_marked_and_those_of_others_are_not(pages):
    rows = page(pages, "500109").find(id="report").tbody.find_all("tr")
    assert rows and all(one.select(".side-mark") for one in rows)
    assert not page(pages, "500118").select(".side-mark")
    after = row("tech_enterprises", "500109", "2026", 900.0, vintage="37")
    found = made("500109", after, row("tech_enterprises", "500109", "2023", 800.0))
    marked = [bool(one.select(".side-mark")) for one in found.find(id="report").tbody.find_all("tr")]
    assert marked == [False, True]


def test_beside_an_abolished_district_a_neighbour_is_marked_where_its_figure_is_of_another_area():
    new = row("tech_enterprises", "500109", "2026", 900.0, vintage="37")
    old = row("tech_enterprises", "500109", "2023", 800.0)
    marked = made("500112", new).select("#neighbours .side-mark")
    assert [one.get_text() for one in marked] == ["调整后"]
    section = made("500112", new, old).find(id="neighbours")
    assert "800家" in section.get_text() and not section.select(".side-mark")


def test_targets_of_a_redrawn_unit_are_marked_and_the_first_sentence_names_the_new_ones():
    goals = [
        row("tech_enterprises_target", "500109", "2027", value, vintage=vintage)
        for vintage, value in (("38", 5600.0), ("37", 4000.0))
    ]
    found = made("500109", *goals, row("tech_enterprises", "500109", "2026", 3000.0, vintage="37"))
    heads = [one.th.get_text() for one in found.find(id="targets").tbody.find_all("tr")]
    assert heads == ["科技型企业数（2027年） 调整后", "科技型企业数（2027年） 调整前"]
    cells = [one.find_all("td")[1].get_text() for one in found.find(id="targets").tbody.find_all("tr")]
    assert cells[0].endswith("占目标75.0%，还没到期") and cells[1].startswith("按这版区划统计的数没有查到")
    lead = found.select_one(".profile-lead").get_text()
    assert "4,000家（调整后）" in lead and "5,600" not in lead


def test_a_date_that_a_source_does_not_say_is_marked_as_inferred_wherever_it_stands(pages):
    shapingba, near = page(pages, "500106"), page(pages, "500107")
    assert "时点推定" in shapingba.select_one("#portrait").get_text()
    assert "时点推定" in shapingba.select_one("#report").get_text()
    beside = next(row.get_text() for row in near.select("#neighbours tr") if "沙坪坝" in row.get_text())
    assert "时点推定" in beside
    assert "时点推定" not in page(pages, "500118").get_text()


def test_every_source_that_a_page_cites_stands_in_its_list(pages):
    seen = set()
    for name, context in pages.items():
        found = read(context["body"])
        listed = {one.get_text() for one in found.select("#sources tbody th")}
        cited = {one.get_text() for one in found.select(".source-id")}
        assert cited <= listed, name
        seen |= cited
    assert len(seen) > 9


def test_every_figure_shows_its_date_and_its_source(pages):
    for name, context in pages.items():
        report = read(context["body"]).find(id="report")
        for one in report.select("tbody tr"):
            cells = [cell.get_text() for cell in one.find_all("td")]
            assert re.match(r"[12]\d{3}年", cells[-2]) and re.fullmatch(r"s\d{3}", cells[-1]), name


def test_a_later_figure_stands_in_the_first_sentence_and_in_the_portrait():
    old = row("tech_enterprises", "500118", "2023", 800.0)
    new = row("tech_enterprises", "500118", "2025", 777.0)
    for rows in ((old, new), (new, old)):
        found = made("500118", *rows)
        assert "777家" in found.select_one(".profile-lead").get_text()
        portrait = found.find(id="portrait").get_text()
        assert "777家" in portrait and "800家" not in portrait


def test_a_place_says_among_how_many_and_otherwise_why_there_is_none(monkeypatch):
    monkeypatch.setattr(league, "SHARE", 2 / 38)
    rows = (row("tech_enterprises", "500118", "2023", 8.0), row("tech_enterprises", "500119", "2023", 9.0))
    assert "2个中第2名" in made("500118", *rows).find(id="report").get_text()
    assert "不排名" in made("500118", rows[0]).find(id="report").get_text()


def test_an_official_finds_the_targets_of_rongchang_on_the_first_screen(pages):
    lead = page(pages, "500153").select_one(".profile-lead").get_text()
    for said in ("2027年目标", "超350家", "超2,500家", "2023年是1,557家", "62.3%"):
        assert said in lead
    cells = page(pages, "500153").find(id="targets").get_text()
    assert "2025年底的数没有查到，不能说完成没有完成" in cells


def test_the_first_sentences_fit_a_phone_with_room_to_spare(pages):
    for name, context in pages.items():
        lead = read(context["body"]).select_one(".profile-lead").get_text()
        assert 20 < len(lead) < 260, name


def test_a_place_without_a_figure_says_so_and_shows_no_number(pages):
    found = page(pages, "500119")
    assert "一个公开数字也没有查到" in found.select_one(".profile-lead").get_text()
    assert found.find(id="report").table is None and "没有查到公开数字" in found.find(id="report").get_text()


def test_zones_have_no_neighbours_no_map_and_no_place(pages):
    for geo_id in (one for one in places.every() if one.startswith("X-")):
        found = page(pages, geo_id)
        assert not found.find(id="neighbours") and not found.find("svg") and not found.find(id="region")
        assert "不与区县相加" in found.select_one(".profile-lead").get_text()
        assert "名（" not in found.find(id="report").get_text()


def test_units_lie_on_a_map_and_lead_to_their_neighbours(pages):
    found = page(pages, "500118")
    assert found.select_one("#portrait svg")["aria-label"]
    led = {a["href"] for a in found.select("#neighbours a")}
    assert {"rongchang.html", "jiangjin.html"} <= led and "yongchuan.html" not in led


def test_the_region_of_the_two_clusters_is_that_of_the_plan(pages):
    hrefs = {a["href"] for a in page(pages, "500229").select("#region a")}
    assert "../progress/regions.html#hte-clusters-2027" in hrefs


def test_the_list_of_contents_is_that_of_the_page(pages):
    for name, context in pages.items():
        found = read(context["body"])
        assert context["contents"] == [(one["id"], one.h2.get_text()) for one in found.select("section")]
        assert len({anchor for anchor, _ in context["contents"]}) == len(context["contents"]), name
        assert context["description"].startswith(found.h1.get_text())


def test_pages_are_turned_in_the_order_of_the_code_list(pages):
    order = [pages[places.page(one)] for one in places.every()]
    assert order[0]["prev"] is None and order[-1]["next"] is None
    assert [one["next"]["title"] for one in order[:-1]] == [one["title"] for one in order[1:]]


def test_no_page_holds_a_style_or_a_script(pages):
    for context in pages.values():
        found = read(context["body"])
        assert not found.select("[style], script, style") and "data:" not in context["body"]


def test_chinese_on_an_english_page_is_marked_and_no_attribute_is_chinese(made_in):
    for name, context, _ in made_in("en"):
        found = BeautifulSoup(translated.mark(context["body"]), "html.parser")
        unmarked = [text for text in found.find_all(string=CHINESE) if not text.find_parent(lang="zh-CN")]
        values = [str(value) for tag in found.find_all(True) for value in tag.attrs.values()]
        # What is marked can only be a word that a source printed, in a note.
        assert not unmarked and not [one for one in values if CHINESE.search(one)], name
        assert all(one.find_parent(class_="cell-note") for one in found.select("[lang]")), name
        assert not CHINESE.search(context["title"] + context["description"])


def test_the_list_of_places_has_every_page_once_and_todays_units_by_region():
    found = BeautifulSoup(places.districts(link), "html.parser")
    led = [a["href"] for a in found.select("a")]
    assert sorted(led) == sorted(f"{places.page(one)}#" for one in places.every())
    heads = [one.get_text() for one in found.select("h4")]
    assert heads[0] == "中心城区 8" and sum(int(one.split()[-1]) for one in heads[:4]) == 37
    assert "2025年11月撤销 2" in heads


def test_the_finder_leads_to_every_page_once_in_the_order_of_the_list():
    listed, short = (
        BeautifulSoup(part(link), "html.parser").select("a") for part in (places.districts, places.finder)
    )
    assert [str(one) for one in short] == [str(one) for one in listed]


def test_tiers_and_targets_stand_beside_the_names():
    found = BeautifulSoup(places.districts(link), "html.parser")
    said = next(one.get_text() for one in found.select("li") if "荣昌" in one.get_text())
    needed = len(profile.observed(load.observations("districts")).needed)
    assert said == f"荣昌区 第一梯队（2022年） · 1/{needed} · 有自己的目标"


def test_sentences_say_no_more_of_the_newest_figure_than_once():
    found = profile_sections.place(profile.observed(load.observations("districts")), "500103")
    said = "".join(profile_pages.sentences(found))
    assert said.count("第二梯队") == 1


def test_a_page_goes_by_every_name_of_its_area_and_an_abolished_one_by_the_question_too():
    known_names = names.of_profile("500105").split(" · ")
    assert {"江北区", "江北", "Jiangbei District", "Jiangbei", "江北区去哪了"} <= set(known_names)
    assert "去" not in names.of_profile("500118")


def test_a_search_finds_a_page_as_one_record_that_tells_what_it_holds(pages):
    content = f"<html><main>{pages['districts/rongchang']['body']}</main></html>"
    record = records.whole(records.records(content.encode()), profile_pages.FOUND)
    assert (record.kind, record.anchor, record.title) == ("page", "", "荣昌区")
    for said in ("创新画像", "创新报表", "超2,500家", "主城新区"):
        assert said in record.text
    assert "应由谁公布" not in record.text and "接壤" not in record.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_of_contents_names_the_sections_that_the_page_has(made_in, language):
    for _, context, _ in made_in(language):
        sections = read(context["body"]).select("section[id]")
        assert context["contents"] == [(one["id"], one.h2.decode_contents()) for one in sections]
        assert len(context["contents"]) > 2


@pytest.mark.parametrize("geo_id", [area for one in measures.eliminations() for area in one.geo_ids])
def test_a_district_that_was_not_named_shows_its_tier_as_a_clue_of_the_divisions_of_the_time(pages, geo_id):
    found = page(pages, geo_id)
    assert "本站推得，非公布数" in found.select_one(".profile-lead").get_text()
    (tag,) = found.select("#portrait a.clue-tag")
    assert tag["href"].endswith("data/clues.html#sti-index-tier-2022")
    beside = tag.parent.get_text()
    assert "没有查到" in beside and "38个区县" in beside and "第二梯队" in beside
    assert found.select("#portrait details.clue-held li")
    assert "科技创新指数梯队" not in found.find(id="report").get_text()


def test_a_district_that_was_named_shows_no_clue(pages):
    assert not page(pages, "500103").select(".clue-tag")
