"""Clues on charts: hollow, at their date, and marked as derived wherever the chart speaks."""

from __future__ import annotations

import json

import pytest

from shuangbei import charts, load, measures, words

pytestmark = pytest.mark.usefixtures("made")


def spec_of(commitment_id: str) -> dict:
    return charts.trajectory(measures.assess(commitment_id), "题").to_dict()


def rows_of(spec: dict, **wanted) -> list[dict]:
    """Rows of the drawn data that carry a side, of one mark."""
    found = {json.dumps(row) for rows in spec["datasets"].values() for row in rows if "side" in row}
    rows = [json.loads(row) for row in sorted(found)]
    return [row for row in rows if all(row[key] == value for key, value in wanted.items())]


def test_a_range_is_a_hollow_box_from_end_to_end_at_its_date():
    spec = spec_of("firms-2027")
    (box,) = [layer["mark"] for layer in spec["layer"] if layer["mark"]["type"] == "bar"]
    assert box["fill"] == "#ffffff" and box["stroke"] == charts.CITY
    # The end of 2025 stands over the tick 2025.
    (row,) = rows_of(spec, x=2025.0)
    assert (row["low"], row["high"], row["side"]) == (10028, 10141, "both")


@pytest.mark.parametrize(
    ("commitment_id", "shape", "side", "drawn"),
    [
        ("shops-2027", "triangle-up", "low", {69524.0}),
        ("spending-2027", "triangle-down", "high", {686.7, 854.0}),
    ],
)
def test_a_bound_is_a_bar_with_a_hollow_arrow_to_where_the_value_lies(commitment_id, shape, side, drawn):
    spec = spec_of(commitment_id)
    marks = [layer["mark"] for layer in spec["layer"] if layer["mark"].get("shape") == shape]
    assert any(mark["fill"] == "#ffffff" and mark.get("stroke") == charts.CITY for mark in marks)
    factor = charts.display_scale(86000, "enterprise")[0] if side == "low" else 1
    assert {round(row[side] / factor, 1) for row in rows_of(spec, side=side)} == drawn


@pytest.mark.parametrize("language", ["zh", "en"])
def test_key_table_and_alternative_text_say_that_nobody_published_it(language, speak):
    speak(language)
    spec = spec_of("firms-2027")
    meta, label = spec["usermeta"], words.clue_label()
    assert (
        label in meta["alt"] and words.pick("10,028至10,141家", "10,028 to 10,141 enterprises") in meta["alt"]
    )
    rows = [row for row in meta["table"]["rows"] if label in row[2]]
    assert [row[1] for row in rows] == ["10,028", "10,141"]
    names = {
        name
        for layer in spec["layer"]
        for channel in layer.get("encoding", {}).values()
        if isinstance(channel, dict)
        for name in (channel.get("scale") or {}).get("domain", [])
        if isinstance(name, str)
    }
    assert words.pick("本站推得的范围，非公布数", "range derived here, not published") in names


def test_the_sources_of_a_clue_stand_among_those_of_the_figure():
    ids = spec_of("firms-2027")["usermeta"]["source_ids"]
    # Those of the private firms, their share and the growth, of which no own figure is drawn.
    assert {"s4", "s5"} <= set(ids) and len(ids) == len(set(ids))


def test_nothing_is_drawn_without_a_clue_of_the_indicator_and_unit():
    spec = spec_of("prizes-2027")
    assert not rows_of(spec)
    assert words.clue_label() not in json.dumps(spec, ensure_ascii=False)


def test_a_clue_is_no_row_of_published_figures():
    meta = spec_of("firms-2027")["usermeta"]
    published = load.series("firms")
    assert meta["published_rows"] == len(published) == 5
    assert not any(words.clue_label() in row[2] for row in meta["table"]["rows"][: len(published)])
