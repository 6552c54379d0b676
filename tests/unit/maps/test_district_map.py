"""Tests of shuangbei.maps.form and district_figures: one word decides on the form of every map."""

from __future__ import annotations

import json
import re
from functools import cache as remember

import altair as alt
import pandas as pd
import pytest

from shuangbei import charts, load, measures, paths
from shuangbei.chapters import districts
from shuangbei.maps import classes, form, layers, regions
from shuangbei.measures import publication
from shuangbei.pages import cells, html
from shuangbei.pages import home as home_pages
from shuangbei.site.figures import data as figure_data

MAPPED, UNKNOWN, WHOLE_CITY = "tech_enterprises", "incubator_area", "ip_financing"
BOUNDARY_WORDS = ("审图号", "天地图", "边界", "map review number", "Boundaries", "Tianditu")


@pytest.fixture(scope="module")
def published_map():
    """``published_map(indicator, language)``: the map of the figures as they are, drawn once."""

    @remember
    def draw(indicator_id: str, language: str = "zh"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SHUANGBEI_LANG", language)
            return districts.show(indicator_id)

    return draw


def choose(data, form: str) -> None:
    path = data / "edition.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^maps: .*$", f"maps: {form}", text), encoding="utf-8", newline="\n")


def publish(data, *rows: str) -> None:
    """Add made-up observations: ``indicator,unit,period,vintage,value,unit of the value``."""
    path = data / "observations" / "districts.csv"
    lines = [f"{row},exact,A,s101,," for row in rows]
    path.write_text(
        path.read_text(encoding="utf-8") + "\n".join(lines) + "\n", encoding="utf-8", newline="\n"
    )


def both_forms(chart) -> str:
    """The two specifications of a figure as text."""
    return json.dumps(chart.to_dict(), ensure_ascii=False)


def card(chart) -> dict:
    return chart.to_dict()["usermeta"]


def foot(chart) -> list[str]:
    return [
        row["text"]
        for layer in chart.to_dict()["layer"]
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
    ]


# The form of the edition


def test_boundaries_are_drawn_where_the_edition_says_so(data):
    choose(data, "boundaries")
    assert "Topology" in both_forms(districts.show(MAPPED))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "draw",
    [
        lambda: districts.show(MAPPED),
        lambda: districts.published("38"),
        lambda: regions.targets("high_tech_enterprises", "a-test"),
    ],
    ids=["figures", "publication", "regions"],
)
def test_with_tiles_no_map_has_a_boundary_or_a_word_about_one(data, speak, draw, language):
    choose(data, "tiles")
    speak(language)
    spec = both_forms(draw())
    assert "Topology" not in spec and "districts_38" not in spec
    assert not [word for word in BOUNDARY_WORDS if word in spec]
    paths.forget_opened()
    draw()
    assert not [path for path in paths.all_opened() if path.name.endswith(".topo.json")]


@pytest.mark.parametrize("chosen", ["squares", "null", ""])
def test_a_form_that_does_not_exist_is_refused_by_name(data, chosen):
    choose(data, chosen)
    with pytest.raises(form.UnknownForm, match="boundaries or tiles"):
        form.form()


@pytest.mark.parametrize("chosen", form.FORMS)
@pytest.mark.parametrize("vintage", ["38", "37"])
def test_shapes_of_every_unit_lie_on_a_page_of_the_width_that_was_asked_for(data, chosen, vintage):
    choose(data, chosen)
    shapes = form.shapes(vintage, 168)
    assert list(shapes["geo_id"]) == sorted(load.units(vintage).index)
    left, top, right, _ = shapes.total_bounds
    assert (left, top) == pytest.approx((0, 0), abs=0.2) and 160 < right <= 168.2


@pytest.mark.parametrize(("form", "word"), [("boundaries", "等面积投影"), ("tiles", "方格示意图")])
def test_the_page_says_how_its_maps_are_drawn(data, form, word):
    choose(data, form)
    assert word in districts.how_drawn().text


def test_a_line_of_its_own_stands_in_the_place_of_the_coverage():
    rows = pd.DataFrame(
        {
            "indicator_id": "a",
            "geo_id": ["500103"],
            "vintage": "38",
            "period": "2022",
            "value": [1.0],
            "qualifier": "exact",
            "source_id": "",
        }
    )
    frame = load.on_units(rows, "38")
    grammar = classes.tiers(3)
    assert form.draw(frame, "wide", grammar=grammar).to_dict()["title"]["text"] == "1 / 38 个区县有公开数字"
    assert form.draw(frame, "wide", grammar=grammar, line="甲").to_dict()["title"]["text"] == "甲"


# A map, or the reason


def test_every_commitment_has_a_map_or_a_reason_and_somebody_who_would_publish_it(published_map):
    for indicator in set(load.commitments()["indicator_id"]):
        found = published_map(indicator)
        if isinstance(found, html.Html):
            assert re.search("(各区县的数没有查到|不分区县).*应由.+公布", found.text), indicator
        else:
            assert card(found)["id"] == f"district-{indicator.replace('_', '-')}"


def test_a_figure_that_arrives_makes_the_map_appear_without_a_change_of_code(data):
    assert isinstance(districts.show(UNKNOWN), html.Html)
    publish(data, f"{UNKNOWN},500118,2025,37,12,sqm_10k")
    chart = districts.show(UNKNOWN)
    assert not isinstance(chart, html.Html)
    assert "1 / 37 个区县有公开数字" in both_forms(chart)
    assert card(chart)["title"] == "各区县的孵化载体面积（2025年）"
    assert card(chart)["table"]["rows"][0][:3] == ["永川区", "12万平方米", "2025年"]


def test_a_zero_is_a_figure_that_makes_a_map(data):
    publish(data, f"{UNKNOWN},500118,2025,38,0,sqm_10k")
    assert card(districts.show(UNKNOWN))["table"]["rows"][0][1] == "0万平方米"


def test_a_figure_of_a_zone_or_a_region_makes_no_map_of_districts(data):
    publish(data, f"{UNKNOWN},X-central,2025,all,12,sqm_10k", f"{UNKNOWN},X-wansheng,2025,all,1,sqm_10k")
    assert isinstance(districts.show(UNKNOWN), html.Html)


def test_one_figure_on_other_divisions_takes_no_map_away_and_is_named(data):
    publish(data, f"{MAPPED},500118,2026-06,37,1800,enterprise")
    chart = districts.show(MAPPED)
    assert "6 / 38 个区县有公开数字" in both_forms(chart)
    assert "按37个区县（2025年11月起）公布的数见区县图集" in foot(chart)
    counted = districts.found(MAPPED)
    assert len(counted) == 7 and counted["period"].iloc[-1] == "2026-06"


@pytest.mark.parametrize(("n", "told"), [(5, "6 / 38"), (6, "6 / 37"), (7, "7 / 37")])
def test_the_divisions_of_which_the_larger_share_is_known_are_drawn(data, n, told):
    units = [f"50010{place}" for place in (1, 2, 3, 4, 6, 7, 8)]
    publish(data, *(f"{MAPPED},{unit},2026-06,37,1800,enterprise" for unit in units[:n]))
    assert f"{told} 个区县有公开数字" in both_forms(districts.show(MAPPED))


def test_of_divisions_known_alike_the_newer_are_drawn(data):
    publish(
        data,
        *(
            f"{UNKNOWN},{unit},2026,{vintage},1,sqm_10k"
            for vintage in ("38", "37")
            for unit in load.units(vintage).index
        ),
    )
    chart = districts.show(UNKNOWN)
    assert "37 / 37 个区县有公开数字" in both_forms(chart)
    assert "按38个区县（2025年10月以前）公布的数见区县图集" in foot(chart)


def test_the_newest_figure_of_each_district_is_drawn_with_its_own_date(published_map):
    chart = published_map(MAPPED)
    rows = {row[0]: row for row in card(chart)["table"]["rows"]}
    assert rows["巴南区"][1:3] == ["5,899家", "2024年7月"]
    assert "各区县的时点不同，不作排名" in foot(chart)
    assert "斜线：未见公开数字，应由市科技局公布" in foot(chart)


@pytest.mark.parametrize("indicator_id", [MAPPED, "rd_intensity"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_sources_are_not_repeated_in_a_map_that_is_shown_beside_them(published_map, language, indicator_id):
    found = published_map(indicator_id, language)
    assert not [line for line in foot(found) if line.startswith(("来源：", "Sources:"))]


def test_notes_on_figures_stand_in_the_table_of_the_map(published_map):
    table = card(published_map(MAPPED))["table"]
    assert table["columns"][-1] == "说明"
    assert [row for row in table["rows"] if row[0] == "渝北区" and "没有写明月份" in row[-1]]


def test_the_digits_of_the_source_are_kept(published_map):
    rows = {row[0]: row[1] for row in card(published_map("rd_intensity"))["table"]["rows"]}
    assert (rows["涪陵区"], rows["渝北区"]) == ("2.4%", "5.26%")


def test_above_and_below_the_city_are_told_only_where_all_figures_are_of_one_year(data):
    assert classes.middle("rd_intensity", ["2020", "2022"]) is None
    assert classes.middle("rd_intensity", ["1999"]) is None
    assert classes.middle(MAPPED, ["2023"]) is None
    assert classes.middle("rd_intensity", ["2022"])["value"] == 2.36
    publish(data, *(f"rd_intensity,50010{place},2023,37,{place}.1,percent" for place in (1, 2, 3, 4, 6)))
    chart = districts.show("rd_intensity")
    assert "中间的界：全市2023年，预计2.45%" in foot(chart)
    assert any("比2.45低" in line for line in foot(chart))


def test_what_is_not_counted_by_district_says_so_and_names_no_missing_district():
    text = districts.absent(WHOLE_CITY, "patent_conversion_campaign").text
    assert text.count("<p ") == 2 and "不分区县" in text and "各区县的数没有查到" not in text


def test_no_district_is_an_error_where_a_chapter_states_its_figures():
    with pytest.raises(load.NotDrawable, match="no district has a published figure"):
        districts.newest(UNKNOWN)


def test_english_has_no_chinese(speak, published_map):
    speak("en")
    for found in (published_map(MAPPED, "en"), districts.published("38")):
        assert not re.search(
            "[\u4e00-\u9fff]",
            json.dumps(card(found)["title"] + card(found)["alt"], ensure_ascii=False) + "".join(foot(found)),
        )
    assert not re.search("[\u4e00-\u9fff]", districts.absent(WHOLE_CITY, UNKNOWN).text)


# The small map of the home page


def home() -> str:
    return home_pages.tier_map(lambda page, anchor: page)


def test_a_few_tiers_on_other_divisions_leave_the_map_of_the_home_page(data, monkeypatch):
    publish(
        data,
        *(
            f"{home_pages.TIER},{unit},{year},37,1,tier"
            for unit in ("500101", "500118", "500157")
            for year in (2022, 2025)
        ),
    )
    found = home()
    monkeypatch.delenv("SHUANGBEI_DATA")
    assert "2022年" in found and home() == found


def test_the_best_covered_year_is_drawn_on_the_divisions_that_it_was_compiled_on(data, monkeypatch):
    publish(data, *(f"{home_pages.TIER},{unit},2025,37,2,tier" for unit in load.units("37").index))
    found = home()
    assert "2025年" in found and found.count("<path fill=") == 37
    # What was read from one folder is not used for another.
    monkeypatch.delenv("SHUANGBEI_DATA")
    assert "2022年" in home()


def test_as_many_tiers_as_the_scales_say_are_drawn_and_named(data):
    scales = data / "map_scales.csv"
    text = scales.read_text(encoding="utf-8")
    text = text.replace("sti_index_tier,tier,given,3", "sti_index_tier,tier,given,4")
    scales.write_text(text, encoding="utf-8", newline="\n")
    publish(data, f"{home_pages.TIER},500101,2022,38,4,tier")
    assert "第四梯队" in home()
    row = load.observations("districts").query("indicator_id == @home_pages.TIER and value == 4").iloc[0]
    assert cells.value(row) == "第四梯队"


# What is published where


def test_the_publication_gap_counts_every_unit_and_zero_is_a_known_zero():
    chart = districts.published("38")
    rows = card(chart)["table"]["rows"]
    counted = publication.gap(load.observations("districts"), "38")
    assert len(rows) == 38 and sum(int(row[1]) for row in rows) == counted["value"].sum()
    assert rows[0][1] == "2" and rows[-1][1:] == ["0", "—", "—"]
    assert "未见公开数字" not in both_forms(chart)


def test_the_publication_gap_names_the_sources_of_what_it_counts(data):
    before = card(districts.published("38"))["source_ids"]
    assert before and "s001" not in before
    path = data / "observations" / "districts.csv"
    text = path.read_text(encoding="utf-8") + "sei_share,500118,2024,38,30,percent,exact,A,s001,,\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    assert set(card(districts.published("38"))["source_ids"]) == {*before, "s001"}


def test_the_newest_figure_of_a_unit_gives_the_date_in_the_table_of_the_gap():
    rows = {row[0]: row for row in card(districts.published("38"))["table"]["rows"]}
    assert rows["渝北区"][1:] == ["2", "科技型企业数、全社会研发投入强度", "2023年上半年"]


def test_on_divisions_without_figures_nobody_publishes_anything():
    chart = districts.published("37")
    assert {row[1] for row in card(chart)["table"]["rows"]} == {"0"}
    assert chart.to_dict()["title"]["text"] == "0 / 37 个区县至少查到14项中的一项"
    assert isinstance(chart, alt.TopLevelMixin)


def test_a_chapter_lists_the_sources_of_districts_as_soon_as_they_publish(data):
    assert districts.sources(UNKNOWN) == []
    publish(data, f"{UNKNOWN},500118,2024,38,12,sqm_10k")
    assert districts.sources(UNKNOWN) == ["s101"]
    named = set(card(districts.show(MAPPED))["source_ids"])
    assert named <= set(districts.sources(UNKNOWN, MAPPED))


@pytest.mark.parametrize("chosen", form.FORMS)
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_a_map_draws_what_follows_by_elimination_with_lines_of_its_own_and_says_so(data, chosen, width):
    choose(data, chosen)
    rows = load.of_indicators("sti_index_tier").query("period == '2022'")
    plain = load.on_units(rows, "38")
    grammar = classes.tiers(3)
    before, after = (
        str(form.draw(frame, width, grammar=grammar).to_dict())
        for frame in (plain, districts.with_derived(plain))
    )
    assert layers.STRIPES in after and layers.STRIPES not in before
    assert "推得：第二梯队" in after and "非公布数" in after and "推得" not in before
    assert "25 / 38 个区县有公开数字" in after


def test_no_file_of_a_map_holds_what_the_site_derives():
    rows = load.of_indicators("sti_index_tier").query("period == '2022'")
    frame = districts.with_derived(load.on_units(rows, "38"))
    table = districts.table(frame, classes.tiers(3))
    made = charts.identity("a-map", "题", "文", table, "级", ["s143"])
    assert sum("非公布数" in cell for row in made["table"]["rows"] for cell in row) == 13
    assert not any("推得" in value for column in made["file"]["columns"] for value in column["values"])
    assert b"\xe6\x8e\xa8\xe5\xbe\x97" not in figure_data.as_csv(made)


def test_the_small_map_of_the_home_page_draws_and_names_what_follows_and_leads_to_the_clue():
    (one,) = measures.eliminations()
    found = home_pages.tier_map(lambda page, anchor: f"{page}#{anchor}")
    assert found.count('fill="url(#no-figure-derived)" d=') == len(one.geo_ids)
    assert "推得：第二梯队 <strong>13</strong>" in found
    assert f'<a class="clue-tag" href="book/data/clues#{one.clue_id}">本站推得，非公布数</a>' in found
    assert "推得：第二梯队（本站推得，非公布数） 13" in found
