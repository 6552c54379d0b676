"""Tests of the colours of the theme: contrast in both themes, and to eyes that see other colours."""

from __future__ import annotations

import itertools
import re

import pytest
from coloraide import Color

from shuangbei import paths
from shuangbei.pages import html

SHEET = paths.ROOT / "shuangbei" / "site" / "theme" / "css" / "10-base.css"
TEXTS = ("ink", "quiet", "accent", "none")
MARKS = ("good", "fair", "poor", "bad", "none")
# By how much two marks differ to every eye (CIEDE2000), beside their shapes.
DISTINCT = 10
both = pytest.mark.parametrize("theme", ["light", "dark"])


def tokens(theme: str) -> dict[str, str]:
    """The colours of a theme as the sheet defines them; the dark one only changes some."""
    text = SHEET.read_text(encoding="utf-8")
    light = re.search(r"^:root \{(.*?)^\}", text, re.S | re.M)[1]
    dark = re.search(r'^:root\[data-theme="dark"\] \{(.*?)^\}', text, re.S | re.M)[1]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return found | (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark)) if theme == "dark" else {})


def contrast(one: str, other: str) -> float:
    return Color(one).contrast(other, method="wcag21")


def test_the_two_ways_into_the_dark_theme_have_the_same_colours():
    text = SHEET.read_text(encoding="utf-8")
    ways = re.findall(r"color-scheme: dark;(.*?)\}", text, re.S)
    assert len(ways) == 2
    assert len({" ".join(way.split()) for way in ways}) == 1


@both
@pytest.mark.parametrize("name", TEXTS)
def test_every_colour_of_text_can_be_read_on_paper_and_on_wash(theme, name):
    found = tokens(theme)
    assert contrast(found[name], found["paper"]) >= 4.5
    assert contrast(found[name], found["wash"]) >= 4.5


@both
def test_the_masthead_and_the_focus_can_be_seen(theme):
    found = tokens(theme)
    assert contrast(found["mast-ink"], found["mast"]) >= 4.5
    assert contrast(found["mast-quiet"], found["mast"]) >= 4.5
    assert contrast(found["focus"], found["paper"]) >= 3
    assert contrast(found["accent-ink"], found["accent"]) >= 4.5


def seen(colour: str, deficiency: str) -> Color:
    return Color(colour).filter(deficiency) if deficiency else Color(colour)


@both
@pytest.mark.parametrize("name", MARKS)
def test_every_shape_can_be_seen_on_paper_and_on_wash(theme, name):
    found = tokens(theme)
    assert contrast(found[name], found["paper"]) >= 3
    assert contrast(found[name], found["wash"]) >= 3


@both
@pytest.mark.parametrize("deficiency", ["", "protan", "deutan", "tritan"])
def test_any_two_marks_differ_to_every_eye(theme, deficiency):
    found = tokens(theme)
    for one, other in itertools.combinations(MARKS, 2):
        apart = seen(found[one], deficiency).delta_e(seen(found[other], deficiency), method="2000")
        assert apart >= DISTINCT, (one, other, apart)


def test_every_verdict_has_a_shape_of_its_own():
    assert len(set(html._SHAPES.values())) == len(html._SHAPES) == 8


@both
def test_the_written_system_names_the_colours_that_the_sheet_has(theme):
    written = (SHEET.parent.parent / "README.md").read_text(encoding="utf-8")
    for name in MARKS:
        assert tokens(theme)[name] in written, name


def test_no_part_of_the_sheet_uses_a_colour_that_is_no_token():
    allowed = {"#fff", "#000", "#333", "#444", "#999"}  # paper of figures, and print
    for part in sorted(SHEET.parent.glob("*.css")):
        text = part.read_text(encoding="utf-8")
        free = re.sub(r"--[\w-]+: #[0-9a-f]{3,6}", "", text)
        loose = set(re.findall(r"#[0-9a-f]{3,6}\b", free)) - allowed
        assert not loose, (part.name, loose)
