"""Tests of shuangbei.charts.card and its forms: theme, identity, and marks that tell bounds apart."""

from __future__ import annotations

import contextlib
import os
from types import SimpleNamespace

import altair as alt
import pandas as pd
import pytest
from altair.utils.schemapi import SchemaValidationError
from forms import CHARTS, projected

from shuangbei import charts, load, measures, pictures
from shuangbei.chapters import districts
from shuangbei.charts import card as card_module
from shuangbei.maps import regions
from shuangbei.site import figures

MIME = "application/vnd.vegalite.v6+json"


def marks_of(chart) -> list[dict]:
    """The marks of a chart, layer by layer."""
    return [layer["mark"] for layer in chart.to_dict().get("layer", [])]


def drawn_as(qualifier: str, observed: str = "A") -> dict:
    points = pd.DataFrame({"x": [1.0], "y": [2.0], "qualifier": [qualifier], "status": [observed]})
    (mark,) = charts.observed(points, alt.X("x:Q"), alt.Y("y:Q"), color=charts.CITY)
    return mark.to_dict()["mark"]


@pytest.fixture
def card():
    table = pd.DataFrame({"时期": ["2024年"], "数值（家）": ["9,123"]})
    return charts.identity("some-chart", "图题", "图里说的话。", table, "家", ["s001", "s003"])


# Theme and renderer


def test_the_theme_is_on_and_speaks_for_every_chart():
    assert alt.theme.active == "shuangbei"
    config = alt.Chart(pd.DataFrame({"x": [1]})).mark_point().to_dict()["config"]
    assert config["font"] == charts.FONT
    assert config["view"]["stroke"] is None
    assert config["axis"]["labelFont"] == config["legend"]["labelFont"] == charts.FONT


def test_in_a_build_a_chart_is_its_specification_alone():
    os.environ["SHUANGBEI_BUILD"] = "1"
    assert set(charts.bundle({"mark": "point"})) == {MIME}


def test_at_a_desk_a_chart_is_a_picture_as_well():
    spec = alt.Chart(pd.DataFrame({"x": [1]})).mark_point().encode(x="x:Q").to_dict()
    shown = charts.bundle({**spec, "usermeta": {"id": "x"}})
    assert set(shown) == {MIME, "image/svg+xml"}
    assert shown["image/svg+xml"].startswith("<svg")


# Identity


def test_a_chart_carries_its_identity(card):
    assert card["id"] == "some-chart" and card["title"] == "图题" and card["unit"] == "家"
    assert card["table"] == {"columns": ["时期", "数值（家）"], "rows": [["2024年", "9,123"]]}
    assert card["source_ids"] == ["s001", "s003"]
    assert card["edition"] == load.edition()["edition"]


def test_a_column_that_is_empty_in_every_row_is_left_out_of_the_table():
    notes = pd.DataFrame({"时期": ["2024年", "2025年"], "说明": ["", ""], "来源": ["", "s001"]})
    found = charts.identity("a", "b", "c", notes, "", [])["table"]
    assert found == {"columns": ["时期", "来源"], "rows": [["2024年", ""], ["2025年", "s001"]]}


def test_a_publisher_of_two_sources_is_named_once():
    rows = load.codelist("sources")
    name = rows["publisher"].value_counts().index[0]
    same = rows[rows["publisher"] == name]
    assert len(same) > 1
    found = charts.identity("a", "b", "c", pd.DataFrame(), "", list(same.index))["publishers"]
    assert len(found) == same["tier"].eq("copy").nunique()


def test_a_number_at_second_hand_says_so(speak):
    rows = load.codelist("sources")
    copied = rows[rows["tier"] == "copy"].index[0]
    found = charts.identity("a", "b", "c", pd.DataFrame(), "", [copied])["publishers"]
    assert found == [rows.loc[copied, "publisher"] + "（转引）"]
    speak("en")
    found = charts.identity("a", "b", "c", pd.DataFrame(), "", [copied])["publishers"]
    assert found == [rows.loc[copied, "publisher_en"] + " (quoted at second hand)"]


def test_an_unknown_source_is_refused():
    with pytest.raises(load.UnknownCode, match="s9999"):
        charts.identity("a", "b", "c", pd.DataFrame(), "", ["s9999"])


def test_a_figure_has_a_wide_and_a_narrow_form_with_the_same_words(card):
    def draw(width):
        return alt.Chart(pd.DataFrame({"x": [1]})).mark_point().properties(width=charts.pixels(width))

    spec = charts.figure(draw, card).to_dict()
    assert (spec["width"], spec["usermeta"]["narrow"]["width"]) == (650, 270)
    assert spec["description"] == spec["usermeta"]["narrow"]["description"] == card["alt"]
    assert spec["usermeta"]["id"] == "some-chart"


@pytest.mark.parametrize("wrong", ["wide", "narrow"])
def test_a_form_that_altair_finds_wrong_is_no_figure(card, wrong):
    def draw(width):
        return alt.Chart(pd.DataFrame({"x": [1]})).mark_point(size="large" if width == wrong else 4)

    with pytest.raises(SchemaValidationError, match="large"):
        charts.figure(draw, card).to_dict()


FORMS = {
    **CHARTS,
    "map": lambda: districts.published("38"),
    "regions": lambda: regions.targets("high_tech_enterprises", "a"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_part_of_every_form_of_chart_is_as_altair_has_it(form, monkeypatch):
    """In a build each form is validated as a whole alone; here its parts are too, as they are made."""
    schemapi = card_module.schemapi
    monkeypatch.setattr(schemapi, "validate_jsonschema", schemapi.validate_jsonschema.__wrapped__)
    each = SimpleNamespace(debug_mode=lambda _: contextlib.nullcontext())
    monkeypatch.setattr(card_module, "schemapi", each)
    FORMS[form]().to_dict()


# Bounds


@pytest.mark.parametrize(
    ("qualifier", "shape"),
    [
        ("exact", "circle"),
        ("over", "triangle-up"),
        ("nearly", "triangle-down"),
        ("about", "square"),
        ("estimate", "square"),
    ],
)
def test_each_kind_of_figure_has_its_shape_and_only_exact_ones_are_filled(qualifier, shape):
    mark = drawn_as(qualifier)
    assert mark["shape"] == shape
    assert mark.get("filled", False) == (qualifier == "exact")
    assert (mark.get("fill") == "#ffffff") == (qualifier != "exact")


def test_a_provisional_figure_is_open():
    assert "fill" not in drawn_as("exact", "A")
    assert drawn_as("exact", "P")["fill"] == "#ffffff"
    assert drawn_as("exact", "P")["shape"] == "circle"


def test_every_qualifier_of_the_data_can_be_drawn():
    assert set(charts.SHAPES) == {*load.codelist("qualifiers").index, "in_year"}


def test_an_unknown_qualifier_is_refused():
    with pytest.raises(KeyError, match="perhaps"):
        drawn_as("perhaps")


def test_points_of_different_kinds_are_drawn_apart():
    points = pd.DataFrame(
        {
            "x": [1.0, 2.0, 3.0],
            "y": [1.0, 2.0, 3.0],
            "qualifier": ["exact", "over", "exact"],
            "status": ["A", "A", "A"],
        }
    )
    drawn = charts.observed(points, alt.X("x:Q"), alt.Y("y:Q"))
    assert [len(chart.data) for chart in drawn] == [2, 1]


@pytest.mark.parametrize(
    ("largest", "unit", "zh", "en"),
    [
        (86000, "enterprise", (1e-4, "万家"), (1.0, "enterprises")),
        (19999, "enterprise", (1.0, "家"), (1.0, "enterprises")),
        (20000, "enterprise", (1e-4, "万家"), (1.0, "enterprises")),
        (1490, "cny_100m", (1.0, "亿元"), (0.1, "CNY billion")),
        (600, "sqm_10k", (1.0, "万平方米"), (0.01, "million square metres")),
        (36, "percent", (1.0, "%"), (1.0, "%")),
    ],
)
def test_an_axis_is_in_the_unit_that_readers_of_its_language_count_in(speak, largest, unit, zh, en):
    assert charts.display_scale(largest, unit) == zh
    speak("en")
    assert charts.display_scale(largest, unit) == en


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "zh", "en"),
    [
        (75600, "enterprise", 0, "7.56", "75,600"),
        (974.24, "cny_100m", 2, "974.24", "97.424"),
        (1300, "cny_100m", 0, "1,300", "130"),
        (600, "sqm_10k", 0, "600", "6"),
    ],
)
def test_a_number_beside_a_point_is_in_the_unit_of_the_axis(speak, value, unit, decimals, zh, en):
    assert charts.label(value, unit, charts.display_scale(value, unit)[0], decimals) == zh
    speak("en")
    assert charts.label(value, unit, charts.display_scale(value, unit)[0], decimals) == en


# Forms


def synthetic(qualifiers: list[str], statuses: list[str] | None = None) -> pd.DataFrame:
    """A series of one indicator with the given kinds of figures, one a year."""
    rows = load.series("high_tech_enterprises").iloc[[0] * len(qualifiers)].reset_index(drop=True)
    years = [2020 + n for n in range(len(qualifiers))]
    return rows.assign(
        t=[float(year + 1) for year in years],
        period=[str(year) for year in years],
        value=[100.0 * (n + 1) for n in range(len(years))],
        printed=[str(y) for y in years],
        qualifier=qualifiers,
        status=statuses or ["A"] * len(years),
    )


def layers_with(chart, kind: str) -> list[dict]:
    spec = chart.to_dict()
    return [layer for layer in spec["layer"] if layer["mark"].get("type") == kind]


def rows_of(chart, layer: dict) -> list[dict]:
    spec = chart.to_dict()
    return spec["datasets"][layer.get("data", spec.get("data"))["name"]]


def test_a_line_joins_exact_figures_and_estimates_but_never_bounds():
    chart = charts.lines("x", "题", synthetic(["exact", "over", "estimate", "nearly", "exact"]))
    (line,) = layers_with(chart, "line")
    assert [row["x"] for row in rows_of(chart, line)] == [2020, 2022, 2024]
    shapes = {layer["mark"]["shape"] for layer in layers_with(chart, "point")}
    assert shapes == {"circle", "triangle-up", "triangle-down", "square"}


def test_a_line_is_interrupted_where_a_series_breaks():
    chart = charts.lines("x", "题", synthetic(["exact"] * 4, ["A", "A", "B", "A"]))
    (line,) = layers_with(chart, "line")
    assert [row["segment"] for row in rows_of(chart, line)] == [0, 0, 1, 1]
    assert line["encoding"]["detail"]["field"] == "segment"


def test_a_point_stands_over_the_year_that_it_ends():
    chart = charts.lines("x", "题", synthetic(["exact", "exact"]))
    assert {row["x"] for row in rows_of(chart, layers_with(chart, "point")[0])} == {2020, 2021}


def test_lines_of_different_units_are_refused():
    with pytest.raises(ValueError, match="different units.*cny_100m, enterprise"):
        charts.lines("x", "题", load.series("high_tech_enterprises"), load.series("tech_contracts"))


def test_a_line_without_values_is_refused():
    with pytest.raises(ValueError, match="without values"):
        charts.lines("x", "题", load.series("backbone_enterprises"))


def test_the_words_for_those_who_do_not_see_a_line_give_first_and_last(speak):
    series = load.series("high_tech_enterprises")
    said = charts.lines("x", "题", series).to_dict()["description"]
    assert said.startswith("题；") and said.endswith("。")
    first, last = (charts.said(series.iloc[n], "enterprise") for n in (0, -1))
    assert first in said and last in said
    speak("en")
    said = charts.lines("x", "Title", load.series("high_tech_enterprises")).to_dict()["description"]
    assert not [c for c in said if "\u4e00" <= c <= "\u9fff"]


def test_bars_of_targets_start_at_nothing_and_are_not_filled():
    chart = charts.targets("x", "题", ["hte-centre-2027", "hte-newurban-2027"])
    (bar,) = layers_with(chart, "bar")
    assert bar["mark"]["fill"] == charts.OPEN
    assert bar["encoding"]["x"]["scale"]["domainMin"] == 0
    assert [row["y"] for row in rows_of(chart, bar)] == [7110, 4640]


def test_bars_of_different_units_are_refused():
    with pytest.raises(ValueError, match="different units"):
        charts.targets("x", "题", ["hte-city-2027", "tech-contracts-2027"])


def test_a_year_without_a_figure_is_an_open_bar_with_its_word():
    chart = charts.yearly(measures.assess("listings-annual"), "题")
    table = chart.to_dict()["usermeta"]["table"]
    verdicts = [row[-1] for row in table["rows"]]
    assert len(verdicts) == 5
    assert set(verdicts) <= {"达到", "未达到", "未查到", "未到期"}
    assert [row[1] for row in table["rows"]].count("—") == sum(
        word in ("未查到", "未到期") for word in verdicts
    )


def test_the_line_that_each_year_is_judged_by_is_a_column_of_the_table():
    chart = charts.yearly(measures.assess("listings-annual"), "题")
    (line,) = layers_with(chart, "rule")
    table = chart.to_dict()["usermeta"]["table"]
    goals = [float(row[table["columns"].index("目标（家）")]) for row in table["rows"]]
    assert goals == [rows_of(chart, line)[0]["y"]] * 5


def test_the_trajectory_draws_history_path_goals_and_outlook():
    found = projected("tech-contracts-2027")
    chart = charts.trajectory(found, "题")
    kinds = [mark["type"] for mark in marks_of(chart)]
    assert {"area", "line", "point", "text"} <= set(kinds)
    assert found.outlook.projected is not None and kinds.count("line") == 3
    (diamond,) = [layer for layer in layers_with(chart, "point") if layer["mark"]["shape"] == "diamond"]
    assert [(row["x"], row["y"]) for row in rows_of(chart, diamond)] == [(2027.0, 1300.0)]


def keyed(spec: dict) -> list[str]:
    """Names in the key of a chart, which all of its channels share."""
    domains = {
        tuple(channel["scale"]["domain"])
        for layer in spec["layer"]
        for channel in layer["encoding"].values()
        if isinstance(channel, dict) and channel.get("legend")
    }
    (names,) = domains
    return list(names)


@pytest.mark.parametrize(
    ("commitment", "names"),
    [
        ("sei-share-2027", ["公开数字", "计划路径", "目标", "本站推得的范围，非公布数"]),
        (
            "hte-city-2027",
            ["公开数字", "年内数，与年底数不可比", "计划路径", "目标", "本站推得的范围，非公布数"],
        ),
        ("enterprise-rd-2027", ["公开数字", "目标", "本站推得的上限，非公布数"]),
        ("incubator-area-2027", ["公开的上限（实际更少）", "目标"]),
        ("major-project-share", ["目标"]),
        ("backbone-firms", ["计划路径", "目标"]),
    ],
)
@pytest.mark.parametrize("form", ["wide", "narrow"])
def test_the_key_names_every_kind_of_mark_that_is_drawn_and_no_other(commitment, names, form):
    spec = figures.forms(charts.trajectory(measures.assess(commitment), "题").to_dict())[form]
    assert keyed(spec) == names
    drawn = pictures.svg(spec)
    assert all(f">{name}<" in drawn for name in names)


def test_the_key_names_the_outlook_and_the_range_of_its_pace():
    spec = charts.trajectory(projected("tech-contracts-2027"), "题").to_dict()
    assert keyed(spec)[-2:] == ["按近年步伐推算", "最慢一段到最快一段"]


def test_in_year_figures_of_a_stock_in_steps_stand_off_the_line():
    chart = charts.trajectory(measures.assess("hte-city-2027"), "题")
    crosses = [layer for layer in layers_with(chart, "point") if layer["mark"]["shape"] == "cross"]
    times = [float(row["x"]) for layer in crosses for row in rows_of(chart, layer)]
    assert times and not [x for x in times if x.is_integer()]
    joined = [rows_of(chart, layer) for layer in layers_with(chart, "line")]
    assert all(float(row["x"]).is_integer() for rows in joined for row in rows if row.get("joined"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_key_fits_the_picture_of_a_narrow_screen(speak, language):
    speak(language)
    spec = charts.trajectory(measures.assess("tse-city-2027"), "题").to_dict()
    wide, _ = pictures.frame_size(pictures.svg(figures.forms(spec)["narrow"]))
    assert wide <= charts.NARROW + 4


def test_the_trajectory_of_a_lower_bound_is_an_open_triangle_off_the_line():
    found = measures.assess("incubator-area-2027")
    assert list(found.series["qualifier"]) == ["nearly"]
    chart = charts.trajectory(found, "题")
    shapes = [layer["mark"]["shape"] for layer in layers_with(chart, "point")]
    assert "triangle-down" in shapes and "circle" not in shapes


def test_a_commitment_without_numbers_shows_its_path_alone():
    chart = charts.trajectory(measures.assess("backbone-firms"), "题")
    assert not [layer for layer in layers_with(chart, "point") if layer["mark"]["shape"] != "diamond"]
    assert len(layers_with(chart, "line")) == 1


def test_the_benchmark_draws_city_and_nation_over_all_their_years():
    chart = charts.against_nation(measures.assess("rd-intensity-2027"), "题")
    (line,) = layers_with(chart, "line")
    names = line["encoding"]["color"]["scale"]["domain"]
    assert len(set(names)) == 2
    rows = rows_of(chart, line)
    sizes = [len(load.series("rd_intensity", area)) for area in (load.CITY, load.NATION)]
    assert [sum(row["name"] == name for row in rows) for name in names] == sizes


@pytest.mark.parametrize(
    "draw",
    [
        lambda: charts.trajectory(measures.assess("hte-city-2027"), "T"),
        lambda: charts.trajectory(measures.assess("backbone-firms"), "T"),
        lambda: charts.against_nation(measures.assess("rd-intensity-2027"), "T"),
        lambda: charts.targets("x", "T", ["tse-centre-2027", "tse-clusters-2027"]),
        lambda: charts.yearly(measures.assess("listings-annual"), "T"),
        lambda: charts.lines("x", "T", load.series("rd_intensity"), from_zero=False),
    ],
    ids=["trajectory", "path alone", "benchmark", "targets", "yearly", "lines"],
)
def test_a_form_drawn_twice_is_the_same(draw):
    assert draw().to_dict() == draw().to_dict()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "room"), [("wide", charts.WIDE), ("narrow", charts.NARROW)])
def test_bars_leave_room_for_long_names_and_numbers(speak, language, width, room):
    speak(language)
    drawn = charts.targets("x", "T", ["tse-centre-2027", "tse-newurban-2027", "tse-clusters-2027"])
    wide, _ = pictures.frame_size(pictures.svg(figures.forms(drawn.to_dict())[width]))
    assert room - 40 < wide <= room


def test_the_last_values_of_city_and_nation_stand_away_from_each_other():
    chart = charts.against_nation(measures.assess("rd-intensity-2027"), "题")
    (above, below) = layers_with(chart, "text")
    assert above["mark"]["dy"] < 0 < below["mark"]["dy"]
    heights = [rows_of(chart, layer)[0]["y"] for layer in (above, below)]
    assert heights[0] > heights[1]


def test_a_line_in_english_is_named_with_straight_quotes(speak):
    speak("en")
    loans = load.series("tech_loans_pbc")
    assert "’" in loans["indicator"].iloc[0]
    chart = charts.lines("x", "T", loans).to_dict()
    names = {row["name"] for rows in chart["datasets"].values() for row in rows if "name" in row}
    assert names and not [name for name in names if "’" in name]
