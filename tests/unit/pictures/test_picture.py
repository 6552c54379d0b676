"""Tests of shuangbei.pictures.frame and shuangbei.pictures.lettering: a figure that leaves the site says whose it is."""

from __future__ import annotations

import re
from html import unescape

import pytest

from shuangbei import pictures

CHART = '<svg xmlns="http://www.w3.org/2000/svg" width="702" height="423"><text>图里的字</text></svg>'


def words(**changed) -> pictures.FrameWords:
    said = {
        "title": "技术合同成交额",
        "facts": "单位：亿元",
        "description": "从少到多",
        "origin": ("来源：某局。", "2026年三季度版", "https://a.example/figures/a-b/"),
    }
    return pictures.FrameWords(**{**said, **changed})


def texts(svg: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def test_title_unit_chart_sources_edition_and_address_stand_in_this_order():
    assert texts(pictures.compose(CHART, words())) == [
        "技术合同成交额",
        "单位：亿元",
        "图里的字",
        "来源：某局。",
        "2026年三季度版",
        "https://a.example/figures/a-b/",
    ]


def test_everything_stands_inside_the_picture():
    drawn = pictures.compose(CHART, words(title="很长的题目" * 20, origin=("来源" * 200,)))
    width, height = pictures.frame_size(drawn)
    for x, y, letter, text in re.findall(
        r'<text x="(\d+)" y="([\d.]+)" font-size="([\d.]+)"[^>]*>([^<]*)', drawn
    ):
        assert float(x) + pictures.width(text, float(letter)) <= width
        assert 0 < float(y) < height


def test_a_small_chart_leaves_room_for_its_words():
    small = CHART.replace('"702"', '"100"')
    assert pictures.frame_size(pictures.compose(small, words()))[0] > 480


def test_a_picture_opened_alone_has_a_name_and_a_description():
    drawn = pictures.compose(CHART, words(title="甲 <与> 乙"))
    assert '<title id="t">甲 &lt;与&gt; 乙</title>' in drawn and '<desc id="d">从少到多</desc>' in drawn
    assert "style=" not in drawn


def test_a_character_that_the_font_lacks_stops_the_build_and_is_named():
    drawn = pictures.compose(CHART, words(title="重庆 \U0001f600"))
    with pytest.raises(pictures.Unreadable, match=r"tech-contracts-2027.*😀 \(U\+1F600\)"):
        pictures.check_words(drawn, "tech-contracts-2027")


def test_a_character_inside_the_chart_counts_too():
    chart = CHART.replace("图里的字", "&#x0e01;")
    with pytest.raises(pictures.Unreadable, match="U\\+0E01"):
        pictures.check_words(pictures.compose(chart, words()), "a-b")


def test_a_picture_of_known_characters_passes():
    pictures.check_words(pictures.compose(CHART, words()), "a-b")


# Lines


def test_lines_are_no_wider_than_the_room_and_lose_nothing():
    text = "重庆市统计局（转引）、重庆市科学技术局、Chongqing Daily，https://a.example/figures/tech-contracts-2027/"
    for room in (60, 120, 300, 900):
        lines = pictures.wrap(text, 12, room)
        assert all(pictures.width(line, 12) <= room for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_no_line_begins_with_a_comma_or_ends_with_an_opening_bracket():
    for room in range(50, 200, 7):
        lines = pictures.wrap("重庆市统计局（转引），国家统计局、科学技术部（初步）。", 12, room)
        assert not [line for line in lines if line[0] in "，、。）" or line[-1] in "（"]


def test_english_breaks_between_words():
    assert pictures.wrap("every word holds together", 12, 90) == ["every word", "holds together"]


def test_widths_are_those_of_the_font():
    assert pictures.width("渝", 10) == 10
    assert pictures.width("i", 10) < pictures.width("W", 10) < 10


def test_a_chart_keeps_its_own_fonts_and_is_no_document_within_the_document():
    own = CHART.replace("<svg ", '<svg font-family="&quot;A&quot;, serif" ')
    drawn = pictures.compose(own, words())
    assert drawn.count("<svg") == drawn.count("</svg>") == 1
    assert re.search(
        r'<g transform="translate\([^)]+\)" font-family="&quot;A&quot;, serif"><text>图里的字', drawn
    )
