"""Tests of shuangbei.site.figures.data: the file of a figure is its table is its chart."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache as remember

import pandas as pd
import pytest
from forms import projected

from shuangbei import charts, load, measures, words
from shuangbei.site.figures import data

SHOWN = " 网页写法"


def card(columns: list[str], *rows: list[str], source_ids: tuple[str, ...] = ()) -> dict:
    table = pd.DataFrame([list(row) for row in rows], columns=columns, dtype=object)
    return charts.identity("a-b", "题", "文", table, "家", list(source_ids))


def number(value: float, shown: str = "", decimals: int = 0) -> words.Cell:
    cell = words.cell(value, "enterprise", decimals)
    return cell.among(shown) if shown else cell


when = words.period_cell
UNKNOWN = words.Cell(words.NOTHING, number="")


def read(content: bytes) -> tuple[list[str], list[dict]]:
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return list(reader.fieldnames), list(reader)


CHARTS = {
    "contracts": lambda: charts.trajectory(measures.assess("tech-contracts-2027"), "题"),
    "enterprises": lambda: charts.trajectory(measures.assess("tse-city-2027"), "题"),
    "bound": lambda: charts.trajectory(measures.assess("incubator-area-2027"), "题"),
    "intensity": lambda: charts.against_nation(measures.assess("rd-intensity-2027"), "题"),
    "lines": lambda: charts.lines(
        "a-b", "题", load.series("listed_companies"), load.series("listed_companies_a")
    ),
    "other unit": lambda: charts.lines("a-b", "题", load.series("rd_expenditure")),
}


@remember
def spec_of(name: str) -> dict:
    """A chart as it is handed over; drawn once, for looking at only."""
    return CHARTS[name]().to_dict()


def number_in(cell: str) -> str:
    """The digits among the words of a cell, found without the product's own values."""
    found = re.search(r"−?\d[\d,]*(?:\.\d+)?", cell)
    return found.group().replace(",", "").replace("−", "-") if found else ""


@pytest.fixture(params=[name for name in CHARTS if name != "lines"])
def drawn(request):
    return spec_of(request.param)


def test_every_cell_of_the_table_is_in_the_file_as_number_or_as_words(drawn):
    meta = drawn["usermeta"]
    heads, rows = read(data.as_csv(meta))
    assert len(rows) == len(meta["table"]["rows"])
    for wanted, row in zip(meta["table"]["rows"], rows, strict=True):
        for head, cell in zip(meta["table"]["columns"], wanted, strict=True):
            if head + SHOWN in heads:
                assert row[head + SHOWN] == cell and number_in(cell) == row[head]
            elif cell == "—":
                assert row[head] == ""
            else:
                # A number may be followed by the way in which its source prints it.
                number = re.sub(r"（原文[^）]*）$", "", cell)
                assert row[head].replace("-", "−") == number.replace(",", "")
    assert set(heads) - {head + SHOWN for head in heads} <= {*meta["table"]["columns"], "全图的来源编号"}


def chart_values(spec: dict) -> list[float]:
    """Heights of the points of published values, in the order of the drawing's data."""
    names = {
        layer["data"]["name"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "point"
        and "description" in layer["encoding"]
        and layer["mark"].get("shape") != "diamond"
    }
    return [row["y"] for name in sorted(names) for row in spec["datasets"][name]]


@pytest.mark.parametrize(
    ("name", "factor"), [("contracts", 1), ("enterprises", 1e-4), ("bound", 1), ("other unit", 1)]
)
def test_the_numbers_of_the_file_are_the_heights_of_the_points(name, factor):
    spec = spec_of(name)
    _, rows = read(data.as_csv(spec["usermeta"]))
    (head,) = [key for key in rows[0] if key.startswith("数值") and not key.endswith(SHOWN)]
    published = rows[: spec["usermeta"].get("published_rows", len(rows))]
    assert sorted(float(row[head]) * factor for row in published) == pytest.approx(sorted(chart_values(spec)))


def planned(spec: dict) -> tuple[list[float], list[float]]:
    """Heights of the diamonds, and of the ends of the outlook: pace, slowest, fastest."""
    rows = {
        layer["mark"]["type"] + layer["mark"].get("shape", ""): spec["datasets"][layer["data"]["name"]]
        for layer in spec["layer"]
    }
    ends = [rows["area"][-1][key] for key in ("y", "low", "high")] if "area" in rows else []
    return [row["y"] for row in rows["pointdiamond"]], ends


@pytest.mark.parametrize(
    ("commitment", "factor", "n_goals", "n_outlook"),
    [
        ("hte-city-2027", 1, 2, 0),
        ("tse-city-2027", 1e-4, 2, 0),
        ("little-giants-2027", 1, 1, 0),
        ("sei-share-2027", 1, 1, 0),
        ("backbone-firms", 1, 1, 0),
    ],
)
def test_the_plan_and_the_outlook_that_are_drawn_are_rows_of_the_file(commitment, factor, n_goals, n_outlook):
    check_drawn(measures.assess(commitment), factor, n_goals, n_outlook)


def test_an_outlook_that_is_drawn_has_its_three_rows_in_the_file():
    check_drawn(projected("tech-contracts-2027"), 1, 1, 3)


def check_drawn(found: measures.Assessment, factor: float, n_goals: int, n_outlook: int) -> None:
    """Goals and outlook of a chart are as many as said, and the file of the figure holds each."""
    spec = charts.trajectory(found, "题").to_dict()
    _, rows = read(data.as_csv(spec["usermeta"]))
    (head,) = [key for key in rows[0] if key.startswith("数值") and not key.endswith(SHOWN)]
    goals, ends = planned(spec)
    assert (len(goals), len(ends)) == (n_goals, n_outlook)
    for word, drawn in (("目标", goals), ("推算", ends)):
        stated = [row[head] for row in rows if row["性质"].startswith(word)]
        assert len(stated) == len(drawn)
        for text, height in zip(stated, drawn, strict=True):
            half = 0.5 * 10.0 ** -len(text.partition(".")[2])
            assert float(text) * factor == pytest.approx(height, abs=half * factor * 1.001)


def test_the_rows_of_the_plan_say_what_they_are_and_do_not_stretch_the_span_of_the_data(speak):
    meta = charts.trajectory(measures.assess("hte-city-2027"), "题").to_dict()["usermeta"]
    assert meta["table"]["rows"][-2:] == [
        ["2025年底", "10,000", "目标（超过）", "《行动计划》第一部分第2项"],
        ["2027年底", "12,800", "目标（超过）", "《行动计划》第一部分第2项"],
    ]
    assert meta["span"] == ["2017", "2026-01"]
    ahead = charts.trajectory(projected("tech-contracts-2027"), "题").to_dict()["usermeta"]
    assert [row[2:] for row in ahead["table"]["rows"][-3:]] == [
        ["推算（按近年步伐）", "本站推算"],
        ["推算（按最慢的一段）", "本站推算"],
        ["推算（按最快的一段）", "本站推算"],
    ]
    assert ahead["span"] == ["2022", "2024"]
    speak("en")
    meta = charts.trajectory(measures.assess("hte-city-2027"), "T").to_dict()["usermeta"]
    assert meta["table"]["rows"][-1] == [
        "End of 2027",
        "12,800",
        "target (more than)",
        "Action plan, part one, item 2",
    ]


def test_a_path_that_begins_at_no_published_value_has_a_row_for_its_start():
    meta = charts.trajectory(measures.assess("backbone-firms"), "题").to_dict()["usermeta"]
    assert [row[:3] for row in meta["table"]["rows"]] == [
        ["2022年底", "0", "计划路径起点"],
        ["2027年底", "100", "目标"],
    ]
    assert meta["span"] is None


def test_both_sides_of_a_comparison_are_in_the_file():
    spec = CHARTS["intensity"]().to_dict()
    _, rows = read(data.as_csv(spec["usermeta"]))
    both = [float(row[head]) for row in rows for head in ("重庆（%）", "全国（%）") if row[head]]
    assert sorted(both) == pytest.approx(sorted(chart_values(spec)))
    gaps = [row for row in rows if row["重庆（%）"] and row["全国（%）"]]
    assert gaps and all(
        float(row["相差（百分点）"])
        == pytest.approx(float(row["重庆（%）"]) - float(row["全国（%）"]), abs=0.006)
        for row in gaps
    )


def test_numbers_of_the_file_have_no_separators_and_a_plain_minus():
    row = [when("2024"), number(12345), number(-0.5, decimals=2)]
    _, (row,) = read(data.as_csv(card(["时期", "数值（家）", "差"], row)))
    assert (row["数值（家）"], row["差"]) == ("12345", "-0.50")


def test_a_number_among_words_has_a_column_and_its_words_another():
    rows = [
        [when("2024"), number(1000, "超1,000")],
        [when("2025"), number(2)],
        [when("2026"), UNKNOWN],
    ]
    heads, rows = read(data.as_csv(card(["时期", "数值"], *rows)))
    assert heads == ["时期", "数值", "数值" + SHOWN]
    assert [row["数值"] for row in rows] == ["1000", "2", ""]
    assert [row["数值" + SHOWN] for row in rows] == ["超1,000", "2", "—"]


def test_words_are_never_taken_for_numbers_though_they_begin_with_digits():
    cells = ["渝北区", "第一梯队", when("2022"), words.sources_cell(["s001"]), "12家媒体"]
    heads, (row,) = read(data.as_csv(card(["区县", "数值", "时期", "来源", "说明"], cells)))
    assert heads == ["区县", "数值", "时期", "来源", "说明"]
    assert list(row.values()) == ["渝北区", "第一梯队", "2022年", "s001", "12家媒体"]


def test_a_column_with_one_cell_of_words_is_a_column_of_words():
    heads, rows = read(data.as_csv(card(["区县", "数值"], ["甲", number(1000)], ["乙", "第一梯队"])))
    assert heads == ["区县", "数值"] and [row["数值"] for row in rows] == ["1,000", "第一梯队"]


def test_a_table_without_numbers_of_sources_is_given_those_of_the_figure():
    both = card(["区县", "来源"], ["渝北区", "某报"], ["巴南区", "某局"], source_ids=("s135", "s137"))
    _, rows = read(data.as_csv(both))
    assert [row["全图的来源编号"] for row in rows] == ["s135 s137", "s135 s137"]
    named = card(["区县", "来源"], ["渝北区", words.sources_cell(["s135"])], source_ids=("s135",))
    heads, _ = read(data.as_csv(named))
    assert heads == ["区县", "来源"]


def test_the_file_opens_in_excel():
    content = data.as_csv(card(["时期", "数值"], [when("2024"), number(1)]))
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content


def test_the_span_of_a_figure_is_that_of_its_table(speak):
    unsorted = card(
        ["项目", "时期"], *(["甲", when(code)] for code in ("2023H1", "2024-10")), ["乙", when("2020")]
    )
    assert unsorted["span"] == ["2020", "2024-10"]
    assert data.span_words(unsorted) == "2020年—2024年10月"
    assert data.span_words(card(["时期"], [when("2019")])) == "2019年"
    assert data.span_words(card(["时期"], [when("2017")], [when("2024")])) == "2017—2024年"
    assert card(["地区"], ["两群"])["span"] is None and data.span_words(card(["地区"], ["两群"])) == ""
    speak("en")
    assert data.span_words(card(["Period"], [when("2017")], [when("2025-10")])) == "2017 to October 2025"


def test_a_year_of_which_nothing_is_known_does_not_stretch_the_span():
    years = card(
        ["时期", "数值（家）", "判断"],
        [when("2023"), number(10), "达到"],
        [when("2024"), UNKNOWN, "未查到"],
    )
    assert years["span"] == ["2023", "2023"]
    sides = card(
        ["时期", "重庆（%）", "全国（%）", "来源"],
        [when("2024"), UNKNOWN, number(2.8, "初步2.8", 1), "s057"],
        [when("2025"), UNKNOWN, UNKNOWN, "s057"],
    )
    assert sides["span"] == ["2024", "2024"]
    unknown = words.Cell("未见公开数字", number="", alone=False)
    tiers = card(
        ["区县", "数值", "时期"],
        ["甲区", "第一梯队", when("2022")],
        ["乙区", unknown, words.NOTHING],
    )
    assert tiers["span"] == ["2022", "2022"]


def test_rows_of_the_plan_do_not_count_among_the_periods_of_a_figure():
    table = pd.DataFrame({"时期": [when("2023"), when("2027")], "数值": [number(1), number(2)]})
    made = charts.identity("a-b", "题", "文", table, "家", [], published_rows=1)
    assert made["span"] == ["2023", "2023"] and made["published_rows"] == 1


def test_a_period_without_a_code_among_others_stops_the_build():
    with pytest.raises(ValueError, match="a-b.*2024年春"):
        card(["时期"], [when("2023")], ["2024年春"])
    assert card(["时期"], ["2027年底"])["span"] is None


def test_what_a_card_carries_is_json():
    made = charts.trajectory(measures.assess("tech-contracts-2027"), "题").to_dict()["usermeta"]
    assert json.loads(json.dumps(made, ensure_ascii=False)) == made
    assert type(made["file"]["columns"][1]["values"][0]) is str
