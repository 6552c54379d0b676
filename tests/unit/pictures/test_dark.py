"""Tests of shuangbei.pictures.dark: what is drawn for white paper can be read on the dark ground too."""

from __future__ import annotations

import itertools
import re

import forms
import pytest
from coloraide import Color

from shuangbei import paths, pictures
from shuangbei.maps import classes, layers, legend
from shuangbei.pictures import dark
from shuangbei.site.figures import node

PAINTED = re.compile(r"<(\w+)([^>]*)>")
COLOUR = re.compile(r' (fill|stroke)="([^"]+)"')
# What only guides the eye, or is empty and has an edge.
NO_MARK = {"none", "transparent", "#e3e8ee", "#ffffff", "white"}
RAMPS = [*classes.RAMPS.values(), classes.SIDES]
SHEET = paths.ROOT / "shuangbei" / "site" / "theme" / "css" / "10-base.css"


def contrast(one: str, other: str = dark.GROUND) -> float:
    return Color(one).contrast(other, method="wcag21")


def twin(colour: str, element: str = "path") -> str:
    return dark.WORDS.get(colour, dark.TWINS[colour]) if element == "text" else dark.TWINS[colour]


@pytest.fixture(scope="module", params=[(name, form) for name in forms.CHARTS for form in ("wide", "narrow")])
def picture(request) -> str:
    name, form = request.param
    return pictures.svg(node.forms(forms.CHARTS[name]().to_dict())[form])


def test_every_word_and_mark_of_a_chart_can_be_seen_on_the_dark_ground(picture):
    for element, attributes in PAINTED.findall(picture):
        for paint, colour in COLOUR.findall(attributes):
            if element == "text" and paint == "fill" and colour not in dark.WORDS:
                assert contrast(twin(colour)) >= 4.5, (element, colour)
            elif element != "text" and colour not in NO_MARK:
                assert contrast(twin(colour)) >= 3, (element, paint, colour)


def test_both_forms_are_one_picture_with_the_same_data(picture):
    drawn = pictures.following(picture)
    bare = re.sub(r"<style>.*?</style>", "", drawn).replace(' id="scheme"', "", 1)
    assert bare == picture and drawn.count("<style>") == 1


def test_a_picture_is_dark_only_where_its_address_asks_for_it_and_the_reader_has_it_dark(picture):
    sheet = re.search(r"<style>(.*)</style>", pictures.following(picture))[1]
    scheme, rules = re.fullmatch(r"@media ([^{]+)\{(.*)\}", sheet).groups()
    assert scheme == "(prefers-color-scheme:dark)" and pictures.FOLLOWING == "#scheme"
    selectors = re.findall(r"(?:^|\})([^{}]+)\{", rules)
    assert selectors and all(one.startswith(":target ") for one in selectors)


def test_a_colour_without_a_dark_twin_stops_the_build():
    with pytest.raises(pictures.NoTwin, match="#123456"):
        pictures.following('<svg width="1" height="1"><path fill="#123456" d="M0,0"/></svg>')


@pytest.mark.parametrize("ramp", RAMPS, ids=len)
def test_classes_of_a_map_differ_from_their_neighbours_and_rise_from_the_ground(ramp):
    light = [dark.GROUND, *(twin(colour) for colour in ramp)]
    for below, above in itertools.pairwise(light):
        assert contrast(above, below) >= 1.35, (below, above)
    shades = [Color(colour).luminance() for colour in light]
    assert shades == sorted(shades)


@pytest.mark.parametrize("fill", [legend.UNKNOWN, *dict.fromkeys(itertools.chain(*RAMPS))])
def test_a_name_can_be_read_on_every_class(fill):
    ground = twin(fill)
    assert contrast(twin(classes.ink_on(fill), "text"), ground) >= 4.5
    assert contrast(classes.ink_on(fill), fill) >= 4.5


def test_borders_and_hatch_of_a_map_can_be_seen():
    assert contrast(twin(layers.BORDER)) >= 3 and contrast(twin(layers.HATCH)) >= 3


def test_white_words_stand_on_a_mark_that_is_light_in_the_dark():
    for colour in ("#14508c", *classes.DARKEST):
        assert contrast(dark.WORDS["#ffffff"], twin(colour)) >= 4.5


def test_drawings_in_a_page_have_the_same_twins_as_pictures_on_screens_alone():
    sheet = pictures.dark_sheet()
    system, chosen = re.findall(r":root[^{]*\{(--[^}]+)\}", sheet)
    assert system == chosen
    given = dict(one.split(":") for one in system.split(";"))
    for colour, dark_one in dark.TWINS.items():
        name = f"--mark-{colour.removeprefix('#')}"
        assert given[name] == dark_one
        assert f'[fill="{colour}"]{{fill:var({name},{colour})}}' in sheet
        assert f'[stroke="{colour}"]{{stroke:var({name},{colour})}}' in sheet
    assert len(re.findall("@media screen", sheet)) == 2 == sheet.count("@media")


def test_the_search_asks_for_the_picture_that_follows_the_page():
    script = (SHEET.parent.parent / "js" / "search.js").read_text(encoding="utf-8")
    assert f"/narrow.svg{pictures.FOLLOWING}`" in script


def test_the_sheet_of_the_site_has_the_ground_and_the_lines_of_the_dark_pictures():
    text = SHEET.read_text(encoding="utf-8").split('[data-theme="dark"]')[1]
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", text))
    assert {tokens["paper"], tokens["map-paper"]} == {dark.GROUND}
    assert tokens["map-line"] == twin(layers.BORDER) and tokens["map-ink"] == twin(classes.NAME)
    assert tokens["chart-ink"] == twin(layers.INK)
    assert contrast(tokens["map-own"]) >= 3 and contrast(tokens["chart-focus"]) >= 3
