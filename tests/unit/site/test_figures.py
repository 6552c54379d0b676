"""Tests of shuangbei.site.figures.node: from a chart's specification to the figure of a page."""

from __future__ import annotations

import copy
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from shuangbei import charts, measures
from shuangbei.site import figures


@pytest.fixture(scope="module")
def drawn():
    """The specification of a real chart."""
    return charts.trajectory(measures.assess("tech-contracts-2027"), "题 <与> “引号”").to_dict()


@pytest.fixture
def spec(drawn):
    return copy.deepcopy(drawn)


def handled(spec: dict, mime: str = figures.CHART, inline: bool = False):
    data = SimpleNamespace(mime_type=mime, content=spec)
    return figures.VegaLiteRenderer.handle_mime(None, data, inline)


def page_of(spec: dict, folder, here: str = "progress/technology-contracts.html"):
    (node,) = handled(spec)
    text = figures.html_of(node["card"], node["forms"], folder, here)
    return BeautifulSoup(text, "html.parser")


def test_the_two_forms_leave_the_identity_out(spec):
    forms = figures.forms(spec)
    assert set(forms) == {"wide", "narrow"}
    assert all("usermeta" not in form for form in forms.values())
    assert forms["wide"]["width"] > forms["narrow"]["width"]
    assert "usermeta" in spec


def test_a_chart_without_a_narrow_form_is_shown_wide_everywhere():
    assert figures.forms({"mark": "point"}) == {"wide": {"mark": "point"}, "narrow": {"mark": "point"}}


def test_a_chart_becomes_a_figure_that_can_be_linked(spec):
    (node,) = handled(spec)
    assert node["ids"] == ["fig-tech-contracts-2027"]
    assert "narrow" not in node["card"]


def test_other_outputs_are_left_to_others(spec):
    assert handled(spec, mime="text/html") is None
    assert handled(spec, inline=True) is None


@pytest.mark.parametrize("key", ["id", "title", "alt", "table"])
def test_a_chart_without_identity_stops_the_build(spec, key):
    del spec["usermeta"][key]
    with pytest.raises(ValueError, match=f"carries no {key}.*shuangbei.charts.card"):
        handled(spec)


def test_a_chart_that_was_not_drawn_here_stops_the_build():
    with pytest.raises(ValueError, match="id, title, alt, table"):
        handled({"mark": "point"})


def test_a_figure_is_pictures_for_two_widths_with_words_and_sizes(spec, tmp_path):
    page = page_of(spec, tmp_path)
    source, image = page.find("source"), page.find("img")
    assert page.find("picture") and source["media"] == "(max-width: 640px)"
    assert image["alt"] == spec["usermeta"]["alt"]
    for tag, key in ((image, "src"), (source, "srcset")):
        assert tag[key].startswith("../figures/tech-contracts-2027/")
        picture = (
            tmp_path / "figures" / "tech-contracts-2027" / tag[key].rsplit("/")[-1].removesuffix("#scheme")
        )
        head = picture.read_text(encoding="utf-8").partition(">")[0]
        assert f'width="{tag["width"]}' in head or f'width="{int(tag["width"]) - 1}.' in head
    assert int(image["width"]) > int(source["width"])


def test_a_figure_has_caption_unit_sources_and_its_data_as_a_table(spec, tmp_path):
    page = page_of(spec, tmp_path)
    card = spec["usermeta"]
    assert page.figure["id"] == "fig-tech-contracts-2027"
    assert page.select_one(".figure-title").get_text() == "题 <与> “引号”"
    assert card["unit"] in page.select_one(".figure-facts").get_text()
    assert all(name in page.select_one(".figure-sources").get_text() for name in card["publishers"])
    table = page.select_one("details table")
    assert table.caption.get_text() == card["title"]
    heads = [head.get_text() for head in table.select("thead th")]
    assert heads == card["table"]["columns"]
    assert {head["scope"] for head in table.select("thead th")} == {"col"}
    assert {head["scope"] for head in table.select("tbody th")} <= {"row"}
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")]
    assert rows == card["table"]["rows"]


def test_a_figure_of_the_home_page_finds_its_pictures_below_it(spec, tmp_path):
    page = page_of(spec, tmp_path, "index.html")
    assert page.img["src"] == "figures/tech-contracts-2027/wide.svg#scheme"


def test_a_figure_without_sources_shows_no_empty_line(spec, tmp_path):
    spec["usermeta"]["publishers"] = []
    assert not page_of(spec, tmp_path).select(".figure-sources")


def test_a_figure_speaks_the_language_of_the_run(spec, tmp_path, speak):
    speak("en")
    page = page_of(spec, tmp_path)
    assert page.summary.get_text() == "Data of this chart"
    assert page.select_one(".figure-facts").get_text().startswith("Unit: ")


def test_words_of_a_chart_cannot_become_markup(spec, tmp_path):
    spec["usermeta"]["alt"] = '"><script>alert(1)</script>'
    spec["usermeta"]["table"]["rows"][0][2] = "<b>&"
    page = page_of(spec, tmp_path)
    assert not page.find("script") and not page.find("b")
    assert page.img["alt"] == spec["usermeta"]["alt"]


def test_every_action_is_a_link_that_works_without_scripts_but_for_the_interactive_view(spec, tmp_path):
    page = page_of(spec, tmp_path)
    base = "../figures/tech-contracts-2027/"
    links = {link.get_text(): link["href"] for link in page.select(".figure-actions a")}
    assert links == {
        "PNG": base + "figure.png",
        "SVG": base + "figure.svg",
        "CSV": base + "data.csv",
        "规格": base + "spec.json",
        "嵌入": base + "#embed",
        "引用": base + "#cite",
        "链接": base,
    }
    (button,) = page.select(".figure-actions button")
    assert "js-only" in button["class"] and button["data-figure-interactive"] == base
    assert page.details["id"] == "data-tech-contracts-2027"


def test_every_action_is_named_by_what_it_does_and_to_which_figure(spec, tmp_path, speak):
    for language, wanted in (("zh", "下载 PNG：题 <与> “引号”"), ("en", "Download PNG: 题 <与> “引号”")):
        speak(language)
        named = page_of(spec, tmp_path).select(".figure-actions [aria-label]")
        assert len({one["aria-label"] for one in named}) == 8
        assert all(one.get_text() in one["aria-label"] for one in named)
        assert wanted in {one["aria-label"] for one in named}


def test_a_figure_needs_no_exception_from_the_policy_of_the_page(spec, tmp_path):
    page = page_of(spec, tmp_path)
    assert not page.select("[style], style, script")
    assert not [tag for tag in page.find_all() if any(key.startswith("on") for key in tag.attrs)]
    for picture in tmp_path.rglob("*.svg"):
        assert " style=" not in picture.read_text(encoding="utf-8")


def test_pictures_load_when_they_come_into_view(spec, tmp_path):
    image = page_of(spec, tmp_path).img
    assert (image["loading"], image["decoding"]) == ("lazy", "async")


def test_a_caption_says_unit_period_and_edition(spec, tmp_path, speak):
    spec["usermeta"]["edition"] = "2031Q2"
    said = page_of(spec, tmp_path).select_one(".figure-facts").get_text()
    assert said == "单位：亿元　数据时期：2022—2024年　2031年二季度版"


def test_on_its_own_page_a_figure_is_titled_by_the_heading_and_its_table_is_open(spec, tmp_path):
    (node,) = handled(spec)
    here = "figures/tech-contracts-2027/index.html"
    page = BeautifulSoup(
        figures.html_of(node["card"], node["forms"], tmp_path, here, at_home=True), "html.parser"
    )
    assert page.details.has_attr("open") and not page.select(".figure-title")
    assert {link["href"] for link in page.select(".figure-actions a[href^='#']")} == {"#embed", "#cite"}
