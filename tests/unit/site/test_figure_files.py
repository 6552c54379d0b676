"""Tests of shuangbei.site.figures.files: what lies beside a figure's page, and what it says of itself."""

from __future__ import annotations

import hashlib
import json
import re
import struct

import pytest

from shuangbei import charts, load, measures, paths, pictures
from shuangbei.maps import choropleth, classes, legend
from shuangbei.site import figures
from shuangbei.site.figures import files as files_figures

PAGE = "https://a.example/figures/tech-contracts-2027/"
CHAPTER = files_figures.Chapter("技术合同", "https://a.example/progress/x.html#fig-tech-contracts-2027")
FILES = ["wide.svg", "narrow.svg", "figure.svg", "figure.png", "data.csv", "spec.json", "spec-narrow.json"]


def none_shared(name: str, content: bytes) -> str:
    raise AssertionError(f"{name} is shared by a chart without a map")


def parts(chart) -> tuple[dict, dict]:
    spec = chart.to_dict()
    card = {key: value for key, value in spec["usermeta"].items() if key != "narrow"}
    return card, figures.forms(spec)


@pytest.fixture(scope="module")
def contracts():
    return parts(charts.trajectory(measures.assess("tech-contracts-2027"), "技术合同成交额与计划路径"))


@pytest.fixture
def files(contracts):
    return files_figures.contents(*contracts, PAGE, none_shared)


def test_a_figure_has_seven_files_and_none_is_empty(files):
    assert list(files) == FILES and all(files.values())


def test_the_same_figure_gives_the_same_bytes(contracts, files, tmp_path, monkeypatch):
    import shuangbei.paths  # noqa: F401

    monkeypatch.setattr(paths, "CACHE", tmp_path / "elsewhere")
    assert files_figures.contents(*contracts, PAGE, none_shared) == files


def test_the_picture_that_leaves_the_site_says_whose_it_is(contracts, files):
    drawn = files["figure.svg"].decode()
    for said in (
        "技术合同成交额与计划路径",
        "单位：亿元",
        "2022—2024年",
        "重庆市科学技术局",
        "版，资料查到",
        PAGE,
    ):
        assert said in drawn
    width, height = pictures.frame_size(drawn)
    assert struct.unpack_from(">II", files["figure.png"], 16) == (2 * width, 2 * height)


def test_a_figure_whose_characters_the_font_lacks_stops_the_build(contracts):
    card, forms = contracts
    with pytest.raises(pictures.Unreadable, match="tech-contracts-2027.*U\\+1F600"):
        files_figures.contents({**card, "title": "成交额\U0001f600"}, forms, PAGE, none_shared)


def test_english_words_are_not_torn_by_quotes_that_are_a_square_wide(contracts, speak):
    card, forms = contracts
    quoted = {**card, "title": "The plan’s “path”"}
    assert ">The plan’s “path”<" in files_figures.composed(quoted, forms, PAGE)
    speak("en")
    assert '>The plan\'s "path"<' in files_figures.composed(quoted, forms, PAGE)


def test_both_specifications_can_be_drawn_and_name_their_data(files):
    wide, narrow = (json.loads(files[name]) for name in ("spec.json", "spec-narrow.json"))
    assert "vega-lite/v6" in wide["$schema"]
    assert wide["width"] > narrow["width"]
    for spec in (wide, narrow):
        about = spec["usermeta"]
        assert (about["id"], about["data"], about["page"]) == ("tech-contracts-2027", "data.csv", PAGE)


def handed_over(script: bytes) -> object:
    """What a script gives to the page that has asked for it."""
    found = re.fullmatch(r"report\.give\((.*)\);\n", script.decode(), re.DOTALL)
    return json.loads(found[1])


def test_what_the_interactive_view_draws_comes_as_scripts_that_say_what_the_specifications_say(
    contracts, files
):
    beside = files_figures.companions(*contracts, files, none_shared)
    for script, name in (("spec.js", "spec.json"), ("spec-narrow.js", "spec-narrow.json")):
        spec = json.loads(files[name])
        del spec["usermeta"]
        assert handed_over(beside[script]) == spec


def test_the_copies_for_readers_are_the_files_for_programs_under_names_that_tell(contracts, files, speak):
    for language in ("zh", "en"):
        speak(language)
        beside = files_figures.companions(*contracts, files, none_shared)
        for name in ("data.csv", "figure.png", "figure.svg"):
            ending = name.rpartition(".")[2]
            assert beside[f"tech-contracts-2027.{language}.{ending}"] == files[name]


def test_the_description_of_a_figure_has_the_published_shape(contracts, files):
    about = files_figures.description(contracts[0], files, PAGE, CHAPTER)
    assert list(about) == [
        "id",
        "title",
        "alt",
        "unit",
        "language",
        "period",
        "edition",
        "cut_off",
        "published",
        "page",
        "chapter",
        "licence",
        "sources",
        "files",
    ]
    assert about["period"] == {"first": "2022", "last": "2024", "text": "2022—2024年"}
    assert about["edition"] == load.edition()["edition"] and about["language"] == "zh"
    assert about["chapter"] == {"title": "技术合同", "address": CHAPTER.address}
    assert [set(one) for one in about["sources"]] == [
        {"source_id", "title", "publisher", "url", "published"}
    ] * len(contracts[0]["source_ids"])
    assert about["licence"]["name"] == "CC-BY-4.0"
    json.dumps(about)


def test_the_description_states_size_and_digest_of_every_file(contracts, files):
    about = files_figures.description(contracts[0], files, PAGE, CHAPTER)
    for one in about["files"]:
        content = files[one["name"]]
        assert (one["bytes"], one["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        assert one["url"] == PAGE + one["name"] and "/" in one["type"]


def test_a_figure_that_shows_the_plan_alone_has_no_period_and_no_source(contracts):
    card = {
        **contracts[0],
        "source_ids": [],
        "publishers": [],
        "table": {"columns": ["地区", "目标（家）"], "rows": [["两群", "1,060"]]},
        "span": None,
    }
    about = files_figures.description(card, {}, PAGE, CHAPTER)
    assert about["period"] == {"first": None, "last": None, "text": ""} and about["sources"] == []


def test_what_is_written_is_what_is_described(contracts, files, tmp_path):
    about = files_figures.description(contracts[0], files, PAGE, CHAPTER)
    files_figures.write(tmp_path / "a", files, about)
    assert {path.name for path in (tmp_path / "a").iterdir()} == {*FILES, "meta.json"}
    assert json.loads((tmp_path / "a/meta.json").read_text(encoding="utf-8")) == about
    assert (tmp_path / "a/data.csv").read_bytes() == files["data.csv"]
    files_figures.write_index(tmp_path, [about])
    assert json.loads((tmp_path / "index.json").read_text(encoding="utf-8")) == {"figures": [about]}


def test_maps_share_one_file_of_boundaries_in_the_place_of_polygons():
    rows = load.at_level(load.observations("districts"), "district")
    tiers = load.join(rows.query("indicator_id == 'sti_index_tier' and period == '2022'"), "38")
    grammar = classes.tiers(3)
    card = charts.identity("a-map", "题", "文", legend.table(tiers, grammar), "级", [])
    drawn = charts.figure(lambda width: choropleth.draw(tiers, width, grammar=grammar), card)
    lent = {}

    def share(name: str, content: bytes) -> str:
        assert lent.setdefault(name, content) == content
        return f"../../assets/{name}"

    files = files_figures.contents(*parts(drawn), PAGE, share)
    assert list(lent) == ["districts_38.json"] and json.loads(lent["districts_38.json"])["arcs"]
    scripts = files_figures.companions(*parts(drawn), files, share)
    assert list(lent) == ["districts_38.json", "districts_38.js"]
    assert handed_over(lent["districts_38.js"]) == json.loads(lent["districts_38.json"])
    for name in ("spec.js", "spec-narrow.js"):
        assert scripts[name].decode().count('"url":"../../assets/districts_38.js"') == 2
    for name in ("spec.json", "spec-narrow.json"):
        text = files[name].decode()
        assert text.count('"url":"../../assets/districts_38.json"') == 2
        assert '"Topology"' not in text and len(files[name]) < 60_000
