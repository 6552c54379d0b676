"""Tests of clues beside published figures: which contradict each other, which division they are of."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pandas as pd
import pytest

from shuangbei import load, measures
from shuangbei.check.inspection import inspect


def by_id() -> dict[str, measures.Clue]:
    return {one.clue_id: one for one in measures.clues()}


def test_bounds_between_which_nothing_lies_are_refused(data):
    path = data / "derivations.yaml"
    text = path.read_text(encoding="utf-8")
    crossed = "at_least: private / share\n    at_most: private * share\n"
    path.write_text(text.replace("formula: private / share\n", crossed), encoding="utf-8")
    with pytest.raises(measures.NothingFollows, match="hte-2024: no less than .* nothing lies between"):
        measures.clues()


def two_divisions(data, vintage: str) -> None:
    """A target that a district has set on both divisions, with other numbers, and a derivation from it."""
    path = data / "observations" / "districts.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(
        n for n, line in enumerate(lines) if re.match(r"tech_enterprises_target,5\d+,\w+,38,\d+,", line)
    )
    cells = lines[place].split(",")
    lines.insert(place, ",".join([*cells[:3], "37", str(int(cells[4]) + 5), *cells[5:]]))
    path.write_text("".join(lines), encoding="utf-8")
    entry = TWICE.format(geo=cells[1], period=cells[2], vintage=vintage)
    content = (data / "derivations.yaml").read_text(encoding="utf-8")
    (data / "derivations.yaml").write_text(
        content.replace("\nintervals:\n", "\nintervals:\n" + entry), "utf-8"
    )


TWICE = """\
  - id: of-two-divisions
    commitment: null
    indicator: null
    geo_id: "{geo}"
    period: "{period}"
    unit: enterprise
    decimals: 0
    name_zh: 两种区划
    name_en: Two divisions
    formula: count
    inputs:
      count: {{indicator: tech_enterprises_target, geo_id: "{geo}", period: "{period}"{vintage}}}
    assumptions:
      - zh: 没有。
        en: None.
"""


def test_of_a_figure_that_two_divisions_have_the_derivation_says_which_one_it_takes(data):
    two_divisions(data, "")
    with pytest.raises(load.Ambiguous, match="held for vintages .*: name one"):
        measures.clues()
    (found,) = [one for one in inspect(data).findings if one.rule == "derivation-input"]
    assert "vintage" in found.facts["reason"][0] and found.field == "inputs.count"


def test_checker_and_build_take_the_division_that_is_named(tmp_path, data, monkeypatch):
    values = {}
    for vintage in ("37", "38"):
        copied = tmp_path / vintage
        shutil.copytree(data, copied)
        two_divisions(copied, f', vintage: "{vintage}"')
        monkeypatch.setenv("SHUANGBEI_DATA", str(copied))
        assert not [one for one in inspect(copied).findings if one.file == "derivations.yaml"]
        values[vintage] = by_id()["of-two-divisions"].low
    assert values["37"] == values["38"] + 5


def spread_of(clue_id: str, low: float | None, high: float | None) -> measures.Clue:
    return replace(by_id()[clue_id], interval=measures.Interval(low, high))


def test_a_figure_that_bears_no_date_contradicts_a_clue_that_it_may_be_of():
    # 10,416 were said in January 2026, and 10,028 to 10,141 follow for the end of 2025.
    (found,) = measures.clashes(by_id()["hte-2025"])
    assert (found.period, found.source_id, found.is_dated) == ("2026-01", "s149", False)
    assert measures.clashes(spread_of("hte-2025", 10028, 10416)) == ()
    assert measures.clashes(spread_of("hte-2025", 10417, None))
    assert measures.clashes(spread_of("hte-2025", None, None)) == ()


def test_a_published_figure_of_the_same_date_contradicts_as_such():
    own = replace(spread_of("hte-2024", 8000, 8100), period="2023")
    (found,) = measures.clashes(own)
    assert found.is_dated and found.period == "2023"
    assert measures.clashes(replace(own, interval=measures.Interval(7000, 8000))) == ()


def test_what_was_said_a_year_later_is_no_figure_of_the_date_of_a_clue():
    assert "2026-01" not in {one.period for one in measures.clashes(by_id()["hte-2024"])}


def test_the_share_of_a_skipped_year_follows_from_a_published_rise():
    # 19.4 less 0.3 points, each within half of its last digit.
    found = by_id()["htm-share-2020"]
    assert (found.low, found.high) == (19.0, 19.2)
    assert (by_id()["sei-share-2020"].low, by_id()["sei-share-2020"].high) == (27.9, 28.1)


def known_tiers(period: str) -> pd.DataFrame:
    rows = load.at_level(load.of_indicators("sti_index_tier"), "district")
    return load.on_units(rows[rows["period"] == period], "38")


def test_an_elimination_stands_beside_the_units_of_its_date_and_division_and_changes_no_figure():
    (one,) = measures.eliminations()
    frame = known_tiers("2022")
    found = measures.with_eliminated(frame)
    derived = found[found["derived"].notna()]
    assert set(derived["geo_id"]) == set(one.geo_ids) and set(derived["derived"]) == {2.0}
    assert not derived["known"].any() and derived["value"].isna().all()
    pd.testing.assert_frame_equal(found[frame.columns], frame)
    assert measures.with_eliminated(known_tiers("2023"))["derived"].isna().all()
    assert measures.with_eliminated(frame.assign(vintage="37"))["derived"].isna().all()


def test_an_area_without_an_elimination_has_none():
    assert measures.eliminated("sti_index_tier", "500101").value == 2
    assert measures.eliminated("sti_index_tier", "500103") is None  # named
    assert measures.eliminated("sti_base_conditions_tier", "500101") is None
