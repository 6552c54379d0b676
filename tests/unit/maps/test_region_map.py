"""Tests of shuangbei.maps.regions: three targets of the plan, each on all units of its region."""

from __future__ import annotations

import json
import re

import pytest
import shapely

from shuangbei import load, pictures
from shuangbei.maps import classes, form, regions
from shuangbei.pictures import vega

TARGETS = {
    "high_tech_enterprises": {"中心城区": "7,110", "主城新区": "4,640", "两群": "1,060"},
    "tech_enterprises": {"中心城区": "46,560", "主城新区": "29,780", "两群": "9,720"},
}
each_indicator = pytest.mark.parametrize("indicator", TARGETS)
each_form = pytest.mark.parametrize("form", form.FORMS)
each_width = pytest.mark.parametrize("width", ["wide", "narrow"])


@pytest.fixture
def choose(monkeypatch):
    """Choose the form of maps: ``choose("tiles")``."""

    def chosen(form: str) -> None:
        about = {**load.edition(), "maps": form}
        monkeypatch.setattr(load, "edition", lambda: about)

    return chosen


def drawn(indicator: str, width: str) -> dict:
    spec = regions.targets(indicator, "a-test").to_dict()
    return spec if width == "wide" else spec["usermeta"]["narrow"]


def facts(spec: dict) -> list[dict]:
    """What the map says of each unit, in either form."""
    (layer,) = [one for one in spec["layer"] if "tooltip" in one.get("encoding", {})]
    if "transform" in layer:
        return layer["transform"][0]["from"]["data"]["values"]
    return [one["properties"] for one in layer["data"]["values"]]


def words(spec: dict) -> list[str]:
    return [
        row["text"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
    ]


@each_indicator
def test_the_table_has_the_targets_of_the_plan_and_every_unit_once(indicator):
    rows = regions.targets(indicator, "a-test").to_dict()["usermeta"]["table"]["rows"]
    assert {row[0]: row[1] for row in rows} == TARGETS[indicator]
    named = [name for row in rows for name in row[2].split("、")]
    assert sorted(named) == sorted(load.units("38")["name"])


@each_indicator
@each_form
@each_width
def test_every_unit_has_the_colour_and_the_target_of_its_region(choose, indicator, form, width):
    choose(form)
    told = facts(drawn(indicator, width))
    assert {one["geo_id"] for one in told} == set(load.units("38").index)
    assert len({(one["fill"], one["shown"]) for one in told}) == 3
    chengkou = next(one for one in told if one["geo_id"] == "500229")
    assert chengkou["text"] == f"城口县：属两群，片区目标超过{TARGETS[indicator]['两群']}家（2027年）"
    by_target = sorted(told, key=lambda one: list(classes.RAMPS[3]).index(one["fill"]))
    assert "两群" in by_target[0]["shown"] and "中心城区" in by_target[-1]["shown"]


@each_form
@each_width
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_map_says_that_these_are_targets_and_gives_each_number(choose, speak, form, width, language):
    choose(form)
    speak(language)
    spec = drawn("tech_enterprises", width)
    said = " ".join(words(spec))
    assert all(f">{number}" in said for number in TARGETS["tech_enterprises"].values())
    assert re.search("目标|Targets", str(spec["title"]["text"]))
    flat = "".join(words(spec)).replace(" ", "")
    assert ("不是现有家数" if language == "zh" else "notcounts") in flat
    review = "预览，未取得审图号" in said or "Preview, no map review number" in said
    assert review == (form == "boundaries")
    assert language == "zh" or not re.search("[\u4e00-\u9fff]", said)


@each_width
def test_each_number_stands_in_its_own_region(choose, width):
    choose("boundaries")
    spec = drawn("tech_enterprises", width)
    page = form.shapes("38", 720 if width == "wide" else 328)
    parents = load.units("38")["parent"].replace({"X-northeast": "X-clusters", "X-southeast": "X-clusters"})
    regions = page.assign(region=page["geo_id"].map(parents)).dissolve("region").geometry
    top = 2 if width == "wide" else 72
    placed = [
        row
        for layer in spec["layer"]
        if layer["mark"].get("align") == "center"
        for row in layer["data"]["values"]
    ]
    for region, number in (("X-central", "46,560"), ("X-new-urban", "29,780"), ("X-clusters", "9,720")):
        (row,) = [one for one in placed if number in one["text"]]
        assert regions[region].buffer(1).contains(shapely.Point(row["x"], row["y"] - top))


def test_regions_that_the_plan_sets_no_targets_for_are_refused():
    with pytest.raises(ValueError, match="rd_intensity: the plan sets no targets for regions"):
        regions.targets("rd_intensity", "a-test")


@each_width
def test_the_units_are_drawn_at_the_scale_of_their_borders(choose, width):
    """Vega-Lite once gave the units the scale of the layer before them."""
    choose("boundaries")
    svg = vega._converter().vegalite_to_svg(drawn("tech_enterprises", width), vl_version=pictures.VEGA_LITE)
    paths_ = re.findall(
        r'<path[^>]* d="([^"]{40,})"[^>]*fill="#(?:bcd3e3|6b9dc4|1f5d8c)"', svg
    ) or re.findall(r'fill="#(?:bcd3e3|6b9dc4|1f5d8c)"[^>]* d="([^"]{40,})"', svg)
    xs = [float(x) for d in paths_ for x in re.findall(r"[ML](-?[\d.]+)", d)]
    assert len(paths_) >= 38
    assert max(xs) == pytest.approx(720 if width == "wide" else 328, abs=4)


def test_the_figure_is_text_in_its_two_languages(speak):
    assert "超过7,110家" in json.dumps(drawn("high_tech_enterprises", "wide"), ensure_ascii=False)
    speak("en")
    assert (
        drawn("high_tech_enterprises", "wide")["usermeta"]["title"]
        == "Targets of the three regions for 2027: high-tech enterprises"
    )
