"""Tests of shuangbei.chapters.districts: the table of a map carries what its words say as values."""

from __future__ import annotations

import pytest

from shuangbei import load, words
from shuangbei.chapters import districts
from shuangbei.maps import classes


def frame_of(indicator_id: str):
    frame = districts.newest(indicator_id)
    return frame, classes.of(indicator_id, frame.loc[frame["known"], "value"])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("indicator_id", ["tech_enterprises", "rd_intensity"])
def test_a_figure_of_a_map_has_its_digits_and_its_period(speak, language, indicator_id):
    speak(language)
    frame, grammar = frame_of(indicator_id)
    table = districts.table(frame, grammar)
    known = frame.set_index("name")
    assert len(table) == len(frame)
    for name, shown, when in zip(
        table.iloc[:, 0], table[words.say("value")], table[words.say("period")], strict=True
    ):
        row = known.loc[name]
        if not row["known"]:
            assert (shown.number, when.period) == ("", "") and when == words.NOTHING
            continue
        assert float(shown.number) == row["value"] and when.period == row["period"]
        assert shown.number in shown.replace(",", "") and not shown.alone


def test_a_tier_is_no_number(speak):
    rows = load.at_level(load.observations("districts"), "district")
    named = rows[(rows["indicator_id"] == "sti_index_tier") & (rows["period"] == "2022")]
    frame = load.on_units(named, "38")
    table = districts.table(frame, classes.tiers(3))
    assert not any(hasattr(cell, "number") for cell in table[words.say("value")])
