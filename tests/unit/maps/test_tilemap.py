"""Tests of shuangbei.maps.tiles: one square for each unit, no boundary, and the words of the map."""

from __future__ import annotations

import re

import pandas as pd
import pytest
import shapely

from shuangbei import load, paths, pictures
from shuangbei.maps import classes, labels, tiles
from shuangbei.pictures import vega


def joined(values: dict[str, float], vintage: str = "38", qualifier: str = "exact") -> pd.DataFrame:
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


def grammar() -> classes.Grammar:
    return classes.graded([0, 900, 5000], "enterprise", "given", given=[1000, 4000])


def squares(chart) -> list[dict]:
    """Features of the layer that has the units."""
    (layer,) = [one for one in chart.to_dict()["layer"] if "tooltip" in one.get("encoding", {})]
    return layer["data"]["values"]


def texts(chart) -> list[dict]:
    return [
        row
        for layer in chart.to_dict()["layer"]
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
    ]


each_form = pytest.mark.parametrize(
    ("vintage", "width"), [("38", "wide"), ("38", "narrow"), ("37", "wide"), ("37", "narrow")]
)


@each_form
def test_every_unit_is_one_square_of_one_size_and_none_overlaps(vintage, width):
    drawn = squares(tiles.draw(joined({"500103": 0.0}, vintage), width, grammar=grammar()))
    assert {one["properties"]["geo_id"] for one in drawn} == set(load.units(vintage).index)
    shapes = [shapely.geometry.shape(one["geometry"]) for one in drawn]
    assert len({round(shape.area, 6) for shape in shapes}) == 1
    assert shapely.union_all(shapes).area == pytest.approx(sum(shape.area for shape in shapes))


@each_form
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_unit_is_named_in_its_square(speak, vintage, width, language):
    speak(language)
    chart = tiles.draw(joined({"500103": 0.0}, vintage), width, grammar=grammar())
    words = texts(chart)
    for one in squares(chart):
        square = shapely.geometry.shape(one["geometry"])
        inside = sorted(
            (row for row in words if square.contains(shapely.Point(row["x"], row["y"]))),
            key=lambda row: row["y"],
        )
        said = "".join(row["text"] for row in inside).replace("-", "")
        assert said.startswith(labels.short(one["properties"]["name"]))


@each_form
def test_names_and_numbers_stay_within_their_squares(vintage, width):
    values = {unit: 12345.0 for unit in load.units(vintage).index}
    chart = tiles.draw(joined(values, vintage), width, grammar=grammar())
    shapes = [shapely.geometry.shape(one["geometry"]) for one in squares(chart)]
    for row in texts(chart):
        home = [s for s in shapes if s.contains(shapely.Point(row["x"], row["y"]))]
        half = pictures.width(row["text"], row["size"]) / 2
        assert not home or half <= (home[0].bounds[2] - home[0].bounds[0]) / 2 + 2, row


def test_zero_is_coloured_and_the_unknown_is_hatched_and_says_so():
    chart = tiles.draw(joined({"500103": 0.0}), "wide", grammar=grammar())
    told = {one["properties"]["geo_id"]: one["properties"] for one in squares(chart)}
    assert told["500103"]["fill"] == grammar().fills[0]
    assert told["500103"]["text"] == "渝中区：0家（2022年）"
    assert told["500118"]["text"] == "永川区：未见公开数字"


def test_a_lower_bound_keeps_its_sign():
    chart = tiles.draw(joined({"500113": 5000.0}, qualifier="over"), "wide", grammar=grammar())
    assert "≥5,000" in {row["text"] for row in texts(chart)}


def test_what_shows_no_boundary_needs_no_review_number_and_names_no_owner():
    said = " ".join(
        row["text"] for row in texts(tiles.draw(joined({"500103": 0.0}), "wide", grammar=grammar()))
    )
    assert "审图号" not in said and "天地图" not in said
    assert "方格示意图" in said and "区划：38个区县" in said


@pytest.mark.parametrize(("width", "pixels"), [("wide", 720), ("narrow", 328)])
def test_the_drawn_tiles_have_the_width_of_their_form(width, pixels):
    svg = vega._converter().vegalite_to_svg(
        tiles.draw(joined({"500103": 0.0}), width, grammar=grammar()).to_dict(), vl_version=pictures.VEGA_LITE
    )
    assert float(re.search(r' width="([\d.]+)"', svg)[1]) == pytest.approx(pixels, abs=24)


def test_a_width_that_is_no_form_is_refused():
    with pytest.raises(ValueError, match="wide or narrow"):
        tiles.draw(joined({"500103": 0.0}), "medium", grammar=grammar())


@pytest.mark.parametrize("vintage", ["38", "37"])
def test_english_names_are_large_enough_to_read_on_a_phone_and_break_between_syllables(speak, vintage):
    speak("en")
    chart = tiles.draw(joined({"500103": 0.0}, vintage), "narrow", grammar=grammar())
    shapes = [shapely.geometry.shape(one["geometry"]) for one in squares(chart)]
    inside = [
        row
        for row in texts(chart)
        if any(shape.contains(shapely.Point(row["x"], row["y"])) for shape in shapes)
    ]
    assert min(row["size"] for row in inside) >= 9
    for name in load.units(vintage)["name"]:
        first, *rest = labels.halves(labels.short(name))
        assert not rest or (re.search("[aeioung]['-]$", first) and re.match("[a-z]?[aeiouh]", rest[0]))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Shapingba", ["Sha-", "pingba"]),
        ("Qianjiang", ["Qian-", "jiang"]),
        ("Nan'an", ["Nan'", "an"]),
        ("Changshou", ["Chang-", "shou"]),
        ("渝中", ["渝中"]),
        ("Ba", ["Ba"]),
        ("O'Neill", ["O'Neill"]),
    ],
)
def test_a_name_is_broken_between_syllables_or_not_at_all(name, parts):
    assert labels.halves(name) == parts


def test_words_in_a_square_are_as_wide_as_the_font_draws_them_and_stay_inside():
    square = shapely.box(0, 0, 34, 34)
    placed = labels.in_square("Changshou", ["1,234"], square, "#000000")
    assert [one.text for one in placed] == ["Chang-", "shou", "1,234"]
    for one in placed:
        assert pictures.width(one.text, one.size) <= 34
        assert one.size / 2 <= one.y <= 34 - one.size / 2


def test_names_without_figures_are_all_of_the_size_that_the_widest_allows():
    names = {"a": "Fu County", "b": "Shapingba District"}
    placed = labels.of_one_size(names, {"a": shapely.box(0, 0, 58, 58), "b": shapely.box(60, 0, 118, 58)})
    assert [one.text for one in placed["b"]] == ["Sha-", "pingba"] and [one.text for one in placed["a"]] == [
        "Fu"
    ]
    (size,) = {one.size for lines in placed.values() for one in lines}
    assert pictures.width("pingba", size) <= 56


def test_a_figure_that_does_not_fit_is_left_out_and_the_name_stays():
    placed = labels.in_square("Changshou", ["123,456,789"], shapely.box(0, 0, 34, 34), "#000000")
    assert [one.text for one in placed] == ["Chang-", "shou"]


def test_tiles_need_no_boundaries():
    rows = pd.DataFrame(
        {
            "indicator_id": "a",
            "geo_id": ["500103"],
            "vintage": "38",
            "period": "2022",
            "value": [0.0],
            "qualifier": "exact",
            "source_id": "",
        }
    )
    paths.forget_opened()
    assert len(squares(tiles.draw(load.on_units(rows, "38"), "wide", grammar=grammar()))) == 38
    assert not [path for path in paths.all_opened() if path.name.endswith(".topo.json")]
