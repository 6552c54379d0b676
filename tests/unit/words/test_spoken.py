"""Tests of shuangbei.words.values: every point that a reader can reach says a whole sentence."""

from __future__ import annotations

import pytest
from forms import CHARTS

from shuangbei import words


def reached(spec: dict) -> list[dict]:
    """Layers whose marks a reader can reach: those that are not left out for screen readers."""
    return [layer for layer in spec["layer"] if layer["mark"].get("aria", True)]


def sentences(spec: dict) -> list[str]:
    # One frame under all layers stands above them.
    names = sorted({layer.get("data", spec.get("data"))["name"] for layer in reached(spec)})
    return [row["said"] for name in names for row in spec["datasets"][name]]


@pytest.fixture(params=CHARTS)
def drawn(request):
    return CHARTS[request.param]().to_dict()


def test_points_and_bars_are_described_and_nothing_else_is_reached(drawn):
    assert reached(drawn)
    for layer in reached(drawn):
        assert layer["mark"]["type"] in ("point", "bar")
        assert layer["encoding"]["description"]["field"] == "said"


def test_both_forms_say_the_same(drawn):
    assert sorted(sentences(drawn)) == sorted(sentences(drawn["usermeta"]["narrow"]))


@pytest.mark.parametrize(
    ("chart", "sentence"),
    [
        ("trajectory", "2024年：974.24亿元（公布数）"),
        ("trajectory", "2027年目标：1,300亿元"),
        ("benchmark", "全国，2025年：2.8%（公布数，初步）"),
        ("benchmark", "重庆市，2024年：预计2.6%"),
        ("targets", "中心城区，目标：7,110家"),
        ("yearly", "2024年：未查到"),
        ("yearly", "2023年：10家（达到）"),
    ],
)
def test_a_point_says_when_how_much_and_what_kind_of_figure(chart, sentence):
    assert sentence in sentences(CHARTS[chart]().to_dict())


def test_a_point_speaks_the_language_of_the_run(speak):
    speak("en")
    assert "2024: CNY 97.424 billion (as published)" in sentences(CHARTS["trajectory"]().to_dict())
    assert words.observed("China", "2024: 2%") == "China, 2024: 2%"
