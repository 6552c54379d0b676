"""Clues: what the intervals enclose, what the data give, and that no mark rests on them."""

from __future__ import annotations

import operator
import re
import shutil
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

import pandas as pd
import pytest
import simpleeval
from hypothesis import assume, given
from hypothesis import strategies as st

from shuangbei import load, measures
from shuangbei.check.inspection import inspect
from shuangbei.check.intervals import evaluate, interval_of, outward

names = st.sampled_from("abc")
wholes = st.integers(1, 1000)
steps = st.sampled_from([None, Decimal("0.01"), Decimal("0.1"), Decimal(1), Decimal(100)])
printed = st.builds(lambda n, d: str(Decimal(n).scaleb(-d)), st.integers(1, 10**7), st.integers(0, 3))
within = st.fractions(0, 1)
OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
trees = st.recursive(
    names | wholes, lambda inner: st.tuples(st.sampled_from("+-*/"), inner, inner), max_leaves=8
)


def text_of(tree) -> str:
    if not isinstance(tree, tuple):
        return str(tree)
    sign, left, right = tree
    return f"({text_of(left)} {sign} {text_of(right)})"


def exact(tree, values) -> Fraction:
    """The formula in exact arithmetic."""
    if isinstance(tree, tuple):
        sign, left, right = tree
        return OPERATIONS[sign](exact(left, values), exact(right, values))
    return values[tree] if isinstance(tree, str) else Fraction(tree)


def encloses(found, value: Fraction) -> bool:
    """Compared as fractions: a float of Python is one, without rounding."""
    low, high = (None if end is None else Fraction(end) for end in (found.low, found.high))
    return (low is None or low <= value) and (high is None or value <= high)


def spread(places, step):
    return {name: interval_of(number, "exact", step=step) for name, number in places.items()}


three = st.fixed_dictionaries({name: printed for name in "abc"})


@given(trees, three, steps, st.fixed_dictionaries({name: within for name in "abc"}))
def test_an_interval_holds_the_exact_result_for_all_inputs_within_their_rounding(tree, numbers, step, share):
    ends = spread(numbers, step)
    values = {
        name: Fraction(low) + share[name] * (Fraction(high) - Fraction(low))
        for name, (low, high) in ends.items()
    }
    try:
        wanted = exact(tree, values)
    except ZeroDivisionError:
        assume(False)
    assume(abs(wanted) < 10**300)
    assert encloses(evaluate(text_of(tree), ends), wanted)


@given(trees, three, st.sampled_from([Decimal("0.01"), Decimal("0.1"), Decimal(1)]))
def test_a_coarser_rounding_gives_an_interval_that_holds_the_finer_one(tree, numbers, step):
    try:
        fine = evaluate(text_of(tree), spread(numbers, step))
        coarse = evaluate(text_of(tree), spread(numbers, step * 10))
    except ZeroDivisionError:
        assume(False)
    assert coarse.low is None or (fine.low is not None and coarse.low <= fine.low)
    assert coarse.high is None or (fine.high is not None and fine.high <= coarse.high)


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_a_rounded_end_still_encloses_and_moves_by_less_than_one_step(end, decimals):
    low = outward(end, decimals, ROUND_FLOOR)
    high = outward(end, decimals, ROUND_CEILING)
    noise, step = 10.0 ** -(decimals + 5), 10.0**-decimals
    assert low <= end + noise and end - noise <= high
    assert end - low < step + noise and high - end < step + noise


def test_what_binary_arithmetic_adds_beyond_the_shown_digits_moves_no_end():
    assert outward(399.9999999999999, 0, ROUND_FLOOR) == 400
    assert outward(400.0000000000001, 0, ROUND_CEILING) == 400


@pytest.mark.parametrize(
    ("number", "qualifier", "step", "low", "high"),
    [
        ("91", "exact", Decimal(1), "90.5", "91.5"),
        ("14.11", "estimate", Decimal("0.01"), "14.105", "14.115"),
        ("8042", "exact", None, "8042", "8042"),
        ("1.1", "over", Decimal("0.1"), "1.1", "Infinity"),
        ("600", "nearly", Decimal(1), "-Infinity", "600"),
    ],
)
def test_a_printed_number_leaves_the_interval_of_its_rounding_or_bound(number, qualifier, step, low, high):
    assert interval_of(number, qualifier, step=step) == (Decimal(low), Decimal(high))


def test_a_number_that_is_only_about_right_leaves_no_interval():
    with pytest.raises(ValueError, match="about 7000"):
        interval_of("7000", "about", step=Decimal(1))


@pytest.mark.parametrize("formula", ["__import__('os')", "a.b", "a ** 2", "max(a, 1)", "[a]", "b"])
def test_a_formula_is_arithmetic_and_runs_nothing(formula):
    with pytest.raises((simpleeval.InvalidExpression, KeyError, ValueError)):
        evaluate(formula, {"a": (Decimal(1), Decimal(2))})


def by_id() -> dict[str, measures.Clue]:
    return {one.clue_id: one for one in measures.clues()}


def test_a_count_of_a_formula_stands_between_what_can_be_worked_out_by_hand():
    # 8 042 are 91 % of all, between 90.5 % and 91.5 %; then up 14.11 %, between 14.105 % and 14.115 %.
    low = Fraction(8042) / Fraction("0.915") * Fraction("1.14105")
    high = Fraction(8042) / Fraction("0.905") * Fraction("1.14115")
    found = by_id()["hte-2025"]
    assert (int(low), int(high) + 1) == (10028, 10141) == (found.low, found.high)
    assert encloses(found.interval, low) and encloses(found.interval, high)


def test_a_bound_among_the_inputs_leaves_the_other_end_open():
    found = by_id()["tse-2025"]
    # 58 524 and over 11 000, up at least 10.05 %.
    assert found.low == int((58524 + 11000) * Fraction("1.1005")) == 76511
    assert found.high is None and found.high_open and not found.low_open


def test_a_formula_that_bounds_gives_one_end_alone():
    found = by_id()["listings-2024-2025"]
    assert (found.low, found.high) == (None, 24 - (76 - 57))
    assert by_id()["enterprise-rd-2022"].low is None


def test_a_percentage_is_a_percentage_again_in_the_result():
    found = by_id()["rd-intensity-2021"]
    assert (found.low, found.high, found.unit) == (2.16, 2.17, "percent")


def test_a_number_that_its_source_rounded_by_more_than_its_digit_is_as_wide_as_that():
    assert by_id()["tse-2024-private"].low == 69500 - 50


def test_what_rests_on_an_expected_figure_says_so():
    assert {one.clue_id for one in measures.clues() if one.is_estimated} == {"enterprise-rd-2024"}


def test_a_clue_is_shown_with_every_commitment_of_its_indicator_and_area():
    shown = {
        goal: {one.clue_id for one in measures.clues_of(goal)} for goal in ("hte-city-2025", "hte-city-2027")
    }
    assert shown["hte-city-2025"] == shown["hte-city-2027"] >= {"hte-2024", "hte-2025"}
    assert measures.clues_of("hte-centre-2027") == ()


def test_a_chart_gets_the_clues_of_its_indicator_area_and_unit_that_say_more_than_a_published_bound():
    def drawn(indicator_id, unit):
        return {one.clue_id for one in measures.clues_of_series(indicator_id, load.CITY, unit)}

    assert drawn("high_tech_enterprises", "enterprise") >= {"hte-2024", "hte-2025"}
    assert not drawn("high_tech_enterprises", "percent")
    assert "tse-2024" in drawn("tech_enterprises", "enterprise")
    assert "tse-2024-private" not in drawn("tech_enterprises", "enterprise")  # it says less of the same date
    assert not drawn("incubator_area", "sqm_10k")  # the published bound stands there itself
    assert not drawn("little_giants", "enterprise")


def test_no_clue_stands_where_an_exact_figure_of_the_same_date_is_public():
    for one in measures.clues():
        if one.indicator_id and "-" not in one.period[4:5]:
            known = load.series(one.indicator_id, one.geo_id)
            known = known[(known["period"] == one.period) & (known["qualifier"] == "exact")]
            assert known.empty, one.clue_id


def test_no_mark_rests_on_a_clue(data):
    before = measures.register()
    assert measures.clues() and measures.eliminations()
    (data / "derivations.yaml").write_text("intervals: []\neliminations: []\n", encoding="utf-8")
    assert not measures.clues() and not measures.eliminations()
    assert measures.register() == before


def test_a_derivation_that_leaves_every_value_possible_is_refused(data):
    path = data / "derivations.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("formula: total + added", "at_most: total + added"), encoding="utf-8")
    with pytest.raises(measures.NothingFollows, match="tse-2024"):
        measures.clues()


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


def test_those_who_are_not_named_belong_to_the_one_class_that_is_not_full():
    (found,) = measures.eliminations()
    assert found.value == 2 and len(found.geo_ids) == 38 - 10 - 8 - 7
    named = load.of_indicators("sti_index_tier")
    assert not set(found.geo_ids) & set(named[named["period"] == "2022"]["geo_id"])


def test_nothing_follows_by_elimination_while_two_classes_are_not_full(data):
    path = data / "observations" / "districts.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = next(line for line in lines if line.startswith("sti_index_tier,") and ",2022,38,3," in line)
    path.write_text("".join(line for line in lines if line != gone), encoding="utf-8")
    assert measures.eliminations() == ()


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
