"""Tests of the atlas: every figure can be looked at, every unit is in every view, no unfair place."""

from __future__ import annotations

import re
from html import escape

import pandas as pd
import pytest
from lxml import html

from shuangbei import load, measures, periods
from shuangbei.maps import atlas, svg
from shuangbei.measures import league
from shuangbei.pages import atlas as atlas_pages
from shuangbei.pages import data, home, places
from shuangbei.pictures import dark

COUNT = "tech_enterprises"
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch):
    """Let a handful of made-up figures be a league; that half of the units are needed is one test."""
    monkeypatch.setattr(league, "SHARE", 2 / 38)


def link(page: str, anchor: str) -> str:
    return f"{page}.html#{anchor}" if anchor else f"{page}.html"


def rows(*given: tuple, indicator: str = COUNT) -> pd.DataFrame:
    """Made-up figures: (unit, period, value, vintage)."""
    frame = pd.DataFrame(given, columns=["geo_id", "period", "value", "vintage"])
    return frame.assign(
        indicator_id=indicator,
        qualifier="exact",
        source_id="s001",
        status="A",
        note="",
        t=frame["period"].map(periods.time_of),
    )


def test_every_figure_of_a_unit_that_has_a_scale_is_in_one_view():
    found = load.observations("districts")
    drawn = load.at_level(found, "district")
    drawn = drawn[drawn["indicator_id"].isin(load.codelist("map_scales").index)]
    wanted = set(drawn[["indicator_id", "period", "vintage"]].itertuples(index=False, name=None))
    views = atlas.views(found)
    single = [(one.indicator_id, one.period, one.vintage) for one in views if one.period != atlas.NEWEST]
    assert set(single) == wanted and len(single) == len(wanted)
    assert len({one.slug for one in views}) == len(views)


def test_an_indicator_of_several_periods_begins_with_the_newest_figure_of_each_unit():
    given = rows(("500103", "2023", 5, "38"), ("500104", "2024", 6, "38"))
    assert [one.period for one in atlas.views(given)] == ["newest", "2024", "2023"]


def test_figures_of_the_newer_divisions_come_first():
    given = rows(("500103", "2024", 5, "38"), ("500103", "2025Q4", 6, "37"))
    assert [one.vintage for one in atlas.views(given)] == ["37", "38"]


@pytest.mark.parametrize("vintage", ["38", "37"])
def test_a_view_holds_every_unit_and_a_zero_is_known(vintage):
    view = atlas.View(COUNT, "2025", vintage)
    seen = atlas.see(view, rows(("500103", "2025", 0, vintage), ("500104", "2025", 9, vintage)))
    assert set(seen.rows["geo_id"]) == set(load.units(vintage).index)
    assert len(seen.known) == 2 and seen.rows["place"].notna().sum() == 2


def test_figures_of_different_dates_have_no_places_and_the_reason_is_said():
    given = rows(("500103", "2023", 5, "38"), ("500104", "2024", 6, "38"))
    seen = atlas.see(atlas.View(COUNT, atlas.NEWEST, "38"), given)
    assert seen.rows["place"].isna().all() and seen.reason == "dates"
    assert seen.reason in load.codelist("league_reasons").index


def test_the_key_of_two_sides_says_that_the_middle_is_the_citys_own_figure(speak):
    view = atlas.View("rd_intensity", "2022", "38")
    assert "中间的界：全市2022年，2.36%" in atlas_pages.html_of(view, link)
    assert "中间的界" not in atlas_pages.html_of(atlas.View("rd_intensity", atlas.NEWEST, "38"), link)
    speak("en")
    assert escape("The middle is the city's own figure: 2.36%, 2022") in atlas_pages.html_of(view, link)


def test_targets_are_drawn_but_not_ranked():
    given = rows(("500103", "2027", 5, "38"), ("500104", "2027", 6, "38"), indicator=f"{COUNT}_target")
    seen = atlas.see(atlas.View(f"{COUNT}_target", "2027", "38"), given)
    assert seen.rows["place"].isna().all() and seen.reason == "targets"


def test_the_atlas_opens_with_the_view_of_most_units():
    many = rows(*((unit, "2024", 5, "38") for unit in ("500103", "500104", "500105")))
    few = rows(("500103", "2025", 5, "38"), indicator="high_tech_enterprises")
    assert atlas.first(pd.concat([few, many])) == atlas.View(COUNT, "2024", "38")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_view_can_be_read_without_a_script_in_both_languages(speak, language):
    speak(language)
    for view in atlas_pages.views():
        text = atlas_pages.html_of(view, link)
        page = html.fromstring(text)
        units = set(load.units(view.vintage).index)
        for form in ("atlas-map", "atlas-tiles"):
            shapes = page.get_element_by_id(form).xpath(".//svg[@role='img']//path[@data-unit]")
            assert {one.get("data-unit") for one in shapes} == units
            assert all(one.findtext("title") for one in shapes)
        listed = page.xpath("//table[contains(@class, 'atlas-table')]//a/@data-unit")
        assert sorted(listed) == sorted(units)
        counted = page.xpath("//ul[@class='map-key']//strong/text()")
        assert sum(map(int, counted)) == len(units)
        assert 'style="' not in text and "<script" not in text
        assert len(page.xpath("//*[@id]")) == len(set(page.xpath("//@id")))
        if language == "en":
            assert not HAN.search(text)


def test_a_unit_says_its_name_figure_place_and_date():
    given = rows(("500103", "2024", 5, "38"), ("500104", "2024", 9, "38"))
    seen = atlas.see(atlas.View(COUNT, "2024", "38"), given)
    said = {row.geo_id: atlas_pages.said(row, seen) for row in seen.rows.itertuples()}
    assert said["500104"] == "大渡口区：9家，第1名（共2个），2024年"
    assert said["500118"] == "永川区：未见公开数字"


def test_the_division_that_is_shown_is_the_one_that_is_marked():
    given = rows(*((unit, "2024", 5, "38") for unit in ("500103", "500104")), ("500103", "2025Q4", 6, "37"))
    for view in atlas.views(given):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(atlas_pages, "views", lambda: tuple(atlas.views(given)))
            patch.setattr(load, "of_indicators", lambda indicator_id: given)
            page = html.fromstring(atlas_pages.html_of(view, link))
        marked = page.xpath("//div[span[text()='区划']]//a[@aria-current]/text()")
        assert marked == [load.label("vintages", view.vintage)]


def test_every_choice_leads_to_a_page_that_is_made():
    made = {f"{atlas_pages.page_of(view)}.html" for view in atlas_pages.views()}
    made |= {f"{places.page(one)}.html" for one in places.every()}
    made |= {"figures/index.html", f".html#{data.for_readers('observations/districts')}"}
    made |= {f"book/data/clues.html#{one.clue_id}" for one in measures.eliminations()}
    page = html.fromstring(atlas_pages.hub(link))
    assert {one for one in page.xpath("//a/@href") if not one.startswith("#")} <= made


@pytest.mark.parametrize("drawn", [atlas_pages.hub, home.tier_map], ids=["atlas", "home"])
def test_every_colour_of_a_map_in_a_page_has_a_dark_twin(drawn):
    painted = re.findall(r' (?:fill|stroke)="(?!none|transparent|url\(|currentColor)([^"]+)"', drawn(link))
    assert painted and not set(painted) - dark.TWINS.keys()


def test_a_district_and_the_zone_of_nearly_its_name_have_pages_of_their_own():
    pages = [places.page(one) for one in places.every()]
    assert len(pages) == len(set(pages))
    assert places.page("500157") != places.page("X-liangjiang-new-area")


def test_a_locator_shows_one_unit_and_all_others(speak):
    speak("en")
    drawn = svg.locator("500118", "38")
    assert "Yongchuan District" in drawn and drawn.count("<path") == 2


TIERS = atlas.View("sti_index_tier", "2022", "38")


@pytest.mark.parametrize(
    ("language", "label"), [("zh", "本站推得，非公布数"), ("en", "derived by this site, not published")]
)
def test_what_follows_by_elimination_is_told_apart_on_map_tiles_and_table(speak, language, label):
    speak(language)
    (one,) = measures.eliminations()
    page = html.fromstring(atlas_pages.html_of(TIERS, link))
    for key in ("hatch-map", "hatch-tiles"):
        filled = page.xpath(f"//path[@data-unit][@fill='url(#{key}-derived)']")
        assert {each.get("data-unit") for each in filled} == set(one.geo_ids)
        assert all(label in each.findtext("title") and "2022" in each.findtext("title") for each in filled)
        assert page.xpath(f"//pattern[@id='{key}-derived']")
    told = page.xpath("//table[contains(@class, 'atlas-table')]//tr[.//a[contains(@href, 'clues.html#')]]")
    assert len(told) == len(one.geo_ids)
    assert all(label in row.text_content() for row in told)
    assert len(page.xpath("//ul[@class='map-key']//rect[contains(@fill, '-derived')]")) == 1
    assert label in page.xpath("//div[@class='clue']")[0].text_content()
    assert all(label in each for each in page.xpath("//svg[@role='img']/@aria-label"))


def test_a_tier_that_follows_by_elimination_has_no_place_and_is_no_known_figure():
    seen = atlas.see(TIERS, load.of_indicators(TIERS.indicator_id))
    derived = seen.rows[seen.rows["derived"].notna()]
    assert len(derived) and derived["place"].isna().all() and not derived["known"].any()
    assert (derived["class"] == -1).all() and len(seen.known) == 25


def test_beside_figures_of_another_year_nothing_follows():
    page = atlas_pages.html_of(atlas.View("sti_index_tier", "2023", "38"), link)
    assert "推得" not in page
