"""Tests of the map: shuangbei.maps.legend, shuangbei.maps.projection and shuangbei.maps.choropleth."""

from __future__ import annotations

import re
from functools import partial

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from shuangbei import load, paths, pictures
from shuangbei.load import areas
from shuangbei.maps import choropleth, classes, labels, legend, projection
from shuangbei.pictures import vega


def joined(values: dict[str, float], qualifier: str = "exact", vintage: str = "38") -> pd.DataFrame:
    rows = pd.DataFrame(
        {
            "indicator_id": "a_test",
            "geo_id": list(values),
            "vintage": vintage,
            "period": "2022",
            "value": list(values.values()),
            "qualifier": qualifier,
            "source_id": "",
        }
    )
    return load.join(rows, vintage)


@pytest.fixture
def counted() -> pd.DataFrame:
    return joined({"500103": 0.0, "500113": 5899.0, "500112": 2203.0, "500107": 1000.0})


@pytest.fixture
def grammar() -> classes.Grammar:
    return classes.graded([0, 1000, 2203, 5899], "enterprise", "given", given=[1000, 2000, 4000])


def texts(chart) -> list[str]:
    return [
        row["text"]
        for layer in chart.to_dict()["layer"]
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
    ]


def views(chart) -> list[dict]:
    """The layers that draw the units: the map, and its enlargement."""
    return [layer for layer in chart.to_dict()["layer"] if "tooltip" in layer.get("encoding", {})]


def facts(chart) -> list[dict]:
    """What the map says of each unit."""
    return views(chart)[0]["transform"][0]["from"]["data"]["values"]


def lightness(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    return 116 * float(np.dot([0.2126, 0.7152, 0.0722], linear)) ** (1 / 3) - 16


def test_class_counts_add_up_to_all_units(counted, grammar):
    assert legend.legend(counted, grammar)["n"].sum() == 38


def test_zero_is_a_value_like_any_other_and_not_unknown(counted, grammar):
    rows = legend.classify(counted, grammar).set_index("geo_id")
    assert rows.loc["500103", "fill"] == grammar.fills[0] != legend.UNKNOWN
    assert rows.loc["500101", "fill"] == legend.UNKNOWN
    assert rows.loc["500103", "shown"] == "0家"
    assert rows.loc["500101", "shown"] == "未见公开数字"


def test_a_cut_begins_its_class(grammar):
    rows = legend.classify(joined({"500113": 999.0, "500112": 1000.0, "500107": 4000.0}), grammar).set_index(
        "geo_id"
    )
    assert dict(rows.loc[["500113", "500112", "500107"], "class_label"]) == {
        "500113": "1,000以下",
        "500112": "1,000–1,999",
        "500107": "4,000及以上",
    }


def test_unknown_is_counted_in_the_legend_and_the_coverage(counted, grammar):
    last = legend.legend(counted, grammar).iloc[-1]
    assert (last["label"], last["n"], bool(last["known"])) == ("未见公开数字", 34, False)
    assert legend.coverage_line(counted) == "4 / 38 个区县有公开数字"


def test_what_is_nearly_a_cut_belongs_to_the_class_below(grammar):
    frame = joined({"500113": 1000.0, "500112": 1500.0, "500107": 0.0}, qualifier="nearly")
    rows = legend.classify(frame, grammar).set_index("geo_id")
    assert dict(rows.loc[["500113", "500112", "500107"], "class_label"]) == {
        "500113": "1,000以下",
        "500112": "1,000–1,999",
        "500107": "1,000以下",
    }
    tiers = legend.classify(joined({"500113": 2.0}, qualifier="nearly"), classes.tiers(3))
    assert tiers.set_index("geo_id").loc["500113", "class_label"] == "第二梯队"


def test_a_lower_bound_keeps_its_sign_in_words_and_on_the_map(grammar):
    frame = joined({"500113": 5000.0}, qualifier="over")
    row = legend.classify(frame, grammar).set_index("geo_id").loc["500113"]
    assert row["shown"] == "≥5,000家"
    assert "≥5,000" in texts(choropleth.draw(frame, "wide", grammar=grammar))


def test_the_first_tier_is_the_darkest_and_stands_first():
    found_legend = legend.legend(joined({"500113": 1.0, "500112": 3.0, "500101": 2.0}), classes.tiers(3))
    assert list(found_legend["label"]) == ["第一梯队", "第二梯队", "第三梯队", "未见公开数字"]
    assert [lightness(fill) for fill in found_legend["fill"]] == sorted(map(lightness, found_legend["fill"]))


def test_a_tier_of_which_no_unit_is_named_does_not_stand_there_as_empty():
    found_legend = legend.legend(joined({"500113": 1.0}), classes.tiers(3))
    assert list(found_legend["label"]) == ["第一梯队", "未见公开数字"] and found_legend["n"].sum() == 38


@pytest.mark.parametrize("value", [0.0, 4.0, 1.5])
def test_a_tier_that_does_not_exist_is_refused(value):
    with pytest.raises(ValueError, match="no class for {'500113'"):
        legend.classify(joined({"500113": value}), classes.tiers(3))


def test_a_negative_count_is_refused(grammar):
    with pytest.raises(ValueError, match="no class for"):
        legend.classify(joined({"500113": -1.0}), grammar)


@pytest.mark.parametrize("n", [1, 5])
def test_tiers_that_cannot_be_told_apart_are_refused(n):
    with pytest.raises(ValueError, match="2 to 4"):
        classes.tiers(n)


def test_the_table_has_every_unit_and_ends_with_the_unknown(counted, grammar):
    table = legend.table(counted, grammar)
    assert list(table["区县"].head(4)) == ["巴南区", "渝北区", "九龙坡区", "渝中区"]
    assert list(table["时期"].head(1)) == ["2022年"]
    assert len(table) == 38 and set(table["数值"].iloc[4:]) == {"未见公开数字"}


def test_the_description_names_each_known_unit_in_its_class(counted, grammar):
    words = legend.describe(counted, grammar)
    assert "4,000及以上（1）：巴南区" in words and "未见公开数字（34）" in words


def test_english_is_chosen_by_the_language_of_the_run(monkeypatch, counted):
    monkeypatch.setenv("SHUANGBEI_LANG", "en")
    english = joined({"500240": 1.0, "500108": 2.0})
    words = texts(choropleth.draw(english, "wide", grammar=classes.tiers(3)))
    assert {"Tier 1", "No published figure", "Preview, no map review number", "Shizhu", "Nan'an"} <= set(
        words
    )
    assert not re.search(r"[\u4e00-\u9fff]", " ".join(words))


@pytest.mark.parametrize(("width", "pixels"), [("wide", 720), ("narrow", 328)])
def test_the_drawn_map_has_the_width_of_its_form(counted, grammar, width, pixels):
    svg = vega._converter().vegalite_to_svg(
        choropleth.draw(counted, width, grammar=grammar).to_dict(), vl_version=pictures.VEGA_LITE
    )
    assert re.search(r' width="([\d.]+)"', svg)[1] == str(pixels)


def test_a_width_that_is_no_form_is_refused(counted, grammar):
    with pytest.raises(ValueError, match="use wide or narrow"):
        choropleth.draw(counted, "medium", grammar=grammar)


def test_draw_is_what_a_figure_takes_once_its_data_is_given(counted, grammar):
    form = partial(choropleth.draw, counted, grammar=grammar, title="题", notes=["不作排名"])
    drawn = form("narrow")
    assert drawn.to_dict()["title"]["text"] == "题"
    assert "不作排名" in texts(drawn)


def test_a_note_stands_on_the_map_however_its_sentence_begins(counted, grammar):
    said = texts(choropleth.draw(counted, "wide", grammar=grammar, notes=["来源：甲", "不作排名"]))
    assert {"来源：甲", "不作排名"} <= set(said)


@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_map_names_the_owner_of_its_boundaries(speak, language, width):
    speak(language)
    drawn = choropleth.draw(joined({"500103": 2.0}), width, grammar=classes.tiers(3))
    line = legend.BOUNDARIES[language == "en"]
    assert "".join(line.split()) in "".join("".join(texts(drawn)).split())
    about = paths.MAPS.joinpath("provenance.yaml").read_text(encoding="utf-8")
    chinese, english = re.search(r"owner: (\S+) \(([^)]+)\)", about).groups()
    assert chinese in legend.BOUNDARIES[0] and english in legend.BOUNDARIES[1]


def test_the_new_district_is_called_by_its_name_and_not_by_its_kind(speak):
    assert labels.short("两江新区") == "两江"
    speak("en")
    assert labels.short("Liangjiang New Area") == "Liangjiang"


@pytest.mark.parametrize("vintage", ["38", "37"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_district_is_named_on_a_wide_map_and_no_name_stands_on_another(speak, language, vintage):
    speak(language)
    drawn = choropleth.draw(joined({"500103": 2.0}, vintage=vintage), "wide", grammar=classes.tiers(3))
    assert {labels.short(name) for name in load.units(vintage)["name"]} <= set(texts(drawn))
    rows = {
        (row["text"], row["x"], row["y"], row["size"])
        for layer in drawn.to_dict()["layer"]
        if layer["mark"]["type"] == "text" and layer["mark"]["align"] == "center"
        for row in layer["data"]["values"]
    }
    boxes = [
        labels.text_box(labels.Words(x, y, text, size - 2, "", "center")) for text, x, y, size in sorted(rows)
    ]
    assert not [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if a.intersects(b)]


def test_every_unit_is_drawn_with_name_figure_and_date(counted, grammar):
    drawn = facts(choropleth.draw(counted, "narrow", grammar=grammar))
    assert {f["geo_id"] for f in drawn} == set(load.units("38").index)
    banan = next(f for f in drawn if f["geo_id"] == "500113")
    assert banan["text"] == "巴南区：5,899家（2022年）"


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_both_views_of_every_map_stand_on_one_geometry(counted, grammar, width):
    first = views(choropleth.draw(counted, width, grammar=grammar))
    other = views(choropleth.draw(joined({"500113": 1.0}), "narrow", grammar=classes.tiers(3)))
    planes = [view["data"]["values"] for view in (*first, *other)]
    assert all(view["data"]["name"] == "districts_38" for view in (*first, *other))
    assert planes[0]["type"] == "Topology" and all(plane == planes[0] for plane in planes)
    assert {
        tuple(geometry["properties"]) for geometry in planes[0]["objects"]["districts"]["geometries"]
    } == {("geo_id",)}


def test_the_plane_shows_every_district_where_the_page_puts_its_name():
    frame = load.boundaries("38")
    box = projection.page_box(frame)
    plane = projection.topology(load.topology("38"), box)
    view = projection.view(box, box, (0, 52), 328)
    shapes = areas._decode(plane)
    page = projection.on_page(frame, box, (0, 52), 328, tolerance=0)
    for geo_id, geometry in zip(page["geo_id"], page.geometry, strict=True):
        drawn = shapely.transform(shapes[geo_id], lambda xy: xy * view.scale + view.translate)
        assert drawn.symmetric_difference(geometry).area < 0.05 * drawn.length + 0.1


def test_the_enlargement_shows_every_district_where_it_puts_its_name():
    frame = load.boundaries("38")
    box, at = projection.page_box(frame), (0, 20, 286)
    view = projection.view(box, projection.inner_box(), at[:2], at[2])
    shapes = areas._decode(projection.topology(load.topology("38"), box))
    window = shapely.box(0, 20, 286, 20 + projection.inset_height(frame, 286))
    for row in projection.inset(frame, at).itertuples():
        drawn = shapely.transform(shapes[row.geo_id], lambda xy: xy * view.scale + view.translate)
        seen = drawn.intersection(window)
        assert seen.symmetric_difference(row.geometry).area < 0.7 * seen.length


def test_the_enlargement_shows_nothing_outside_its_frame(counted, grammar):
    whole, near = views(choropleth.draw(counted, "wide", grammar=grammar))
    assert "clipExtent" not in whole["projection"]
    (left, top), (right, bottom) = near["projection"]["clipExtent"]
    assert (left, top, right) == (0, 20, 286) and bottom > top + 200


@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize(("language", "name"), [("zh", "渝中"), ("en", "Yuzhong")])
def test_the_smallest_district_is_named_in_the_inset(monkeypatch, width, language, name):
    monkeypatch.setenv("SHUANGBEI_LANG", language)
    drawn = choropleth.draw(joined({"500103": 2.0}), width, grammar=classes.tiers(3))
    assert name in texts(drawn)


def test_a_map_without_a_review_number_says_that_it_is_a_preview(monkeypatch, counted, grammar):
    words = texts(choropleth.draw(counted, "wide", grammar=grammar))
    assert "预览，未取得审图号" in words and "区划：38个区县（2025年10月以前）" in words
    granted = {**load.edition(), "map_review_number": "渝S(2099)001号"}
    monkeypatch.setattr(load, "edition", lambda: granted)
    words = texts(choropleth.draw(counted, "wide", grammar=grammar))
    assert "审图号：渝S(2099)001号" in words and "预览，未取得审图号" not in words


def test_the_map_on_the_page_leaves_no_gaps_and_keeps_areas():
    frame = load.boundaries("38")
    drawn = projection.on_page(frame, projection.page_box(frame), (0, 0), 328)
    scale = 328 / (projection.page_box(frame)[2] - projection.page_box(frame)[0])
    true = frame.to_crs(projection.EQUAL_AREA).area * scale**2
    assert drawn.is_valid.all()
    assert not shapely.union_all(drawn.geometry.to_numpy()).interiors
    assert (abs(drawn.area - true.to_numpy()) < 0.01 * true.to_numpy() + 1).all()


def test_no_district_fills_the_plane_when_vega_projects_the_boundaries():
    """Draws a unit with a spherical projection, as another user of the file would."""
    shape = load.boundaries("38").set_index("geo_id").geometry["500103"]
    feature = {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(shape)}
    spec = {
        "width": 200,
        "height": 200,
        "mark": "geoshape",
        "data": {"values": [feature]},
        "projection": {"type": "mercator", "scale": 4000, "center": [106.53, 29.55], "translate": [100, 100]},
    }
    svg = vega._converter().vegalite_to_svg(spec, vl_version=pictures.VEGA_LITE)
    path = next(d for d in re.findall(r' d="([^"]+)"', svg) if len(d) > 60)
    numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", path)]
    assert path.count("M") == 1 and 1 < max(numbers[::2]) - min(numbers[::2]) < 20


def test_hatching_stays_in_its_area_and_off_the_names():
    area, name = shapely.box(0, 0, 60, 40), shapely.box(20, 10, 40, 30)
    lines = projection.hatch([area], [name])
    assert lines.length > 100
    assert area.buffer(0.1).contains(lines) and not lines.intersects(name.buffer(-0.1))


def test_a_name_stands_where_it_fits_and_nowhere_else():
    assert labels.names(shapely.box(0, 0, 4, 4), ["巴南", "5,899"], "#000000") == []
    assert [w.text for w in labels.names(shapely.box(0, 0, 40, 14), ["巴南", "5,899"], "#000000")] == ["巴南"]
    both = labels.names(shapely.box(0, 0, 80, 60), ["巴南", "5,899"], "#000000")
    assert [w.text for w in both] == ["巴南", "5,899"]


def test_the_colour_alone_says_a_tier_and_no_number_stands_under_a_name():
    rows = legend.classify(joined({"500113": 1.0, "500112": 2.0}), classes.tiers(3))
    assert set(rows["short"]) == {""}
    assert "第一梯队" in set(rows["shown"])


def page_of(*shapes: shapely.Geometry) -> gpd.GeoDataFrame:
    """Units in pixels, called A, B and so on, each with a number."""
    ids = [chr(ord("A") + i) for i in range(len(shapes))]
    facts = {"geo_id": ids, "name": ids, "short": "7", "fill": legend.UNKNOWN}
    return gpd.GeoDataFrame(facts, geometry=list(shapes))


def test_on_the_map_whoever_has_no_name_in_the_enlargement_is_named_over_its_neighbours():
    tiny, wide = shapely.box(0, 0, 4, 4), shapely.box(20, 0, 80, 60)
    placed = labels.on_map(page_of(tiny, tiny, wide), shapely.box(90, 0, 99, 9), {"A"})
    assert placed["A"] == []
    assert [(one.text, one.halo) for one in placed["B"]] == [("B", True)]
    assert [(one.text, one.halo) for one in placed["C"]] == [("C", False), ("7", False)]


def test_names_on_the_map_stay_off_the_part_that_is_enlarged():
    part = shapely.box(0, 0, 60, 60)
    (name, number) = labels.on_map(page_of(shapely.box(0, 0, 100, 60)), part, ())["A"]
    assert name.x > 60 and number.x > 60


def test_in_the_enlargement_a_district_cut_by_its_frame_is_named_only_where_it_fits():
    whole, cut = shapely.box(10, 10, 14, 14), shapely.box(96, 10, 100, 14)
    placed = labels.in_enlargement(page_of(whole, cut), shapely.box(0, 0, 100, 100))
    assert [one.text for one in placed["A"]] == ["A"] and placed["B"] == []


def test_words_are_white_on_the_darkest_class_alone():
    assert {
        fill for ramp in classes.RAMPS.values() for fill in ramp if classes.ink_on(fill) == "#ffffff"
    } == {classes.RAMPS[3][-1]}
    assert classes.ink_on(legend.UNKNOWN) == classes.NAME


@pytest.mark.parametrize("note", ["来源" * 40, "a source with a rather long name " * 5])
def test_long_notes_break_into_lines_that_fit(counted, grammar, note):
    drawn = choropleth.draw(counted, "narrow", grammar=grammar, notes=[note]).to_dict()
    rows = [
        row
        for layer in drawn["layer"]
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
        if row["size"] == 11 and row["text"].strip() in note
    ]
    assert "".join(row["text"] for row in rows).replace(" ", "") == note.replace(" ", "")
    assert all(pictures.width(row["text"], 11) <= 328 for row in rows)
