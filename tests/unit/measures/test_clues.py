"""Clues: what the intervals enclose, what follows from made figures, and that no mark rests on them."""

from __future__ import annotations

import operator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

import changes
import pytest
import simpleeval
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from shuangbei import load, measures
from shuangbei.intervals import evaluate, interval_of, outward

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


# How fast inputs come depends on the machine, not on what is said here.
@settings(suppress_health_check=[HealthCheck.too_slow])
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


def test_a_count_of_a_formula_stands_between_what_can_be_worked_out_by_hand(made):
    # 8 042 are 91 % of all, between 90.5 % and 91.5 %; then up 14.11 %, between 14.105 % and 14.115 %.
    low = Fraction(8042) / Fraction("0.915") * Fraction("1.14105")
    high = Fraction(8042) / Fraction("0.905") * Fraction("1.14115")
    found = by_id()["firms-2025-range"]
    assert (int(low), int(high) + 1) == (10028, 10141) == (found.low, found.high)
    assert encloses(found.interval, low) and encloses(found.interval, high)


def test_a_bound_among_the_inputs_leaves_the_other_end_open(made):
    found = by_id()["shops-2024-least"]
    # 58 524 and over 11 000
    assert found.low == 69524
    assert found.high is None and found.high_open and not found.low_open


def test_a_formula_that_bounds_gives_one_end_alone(made):
    found = by_id()["spending-2022-most"]
    # 686.65 as printed is up to 686.655, and outward to one decimal 686.7
    assert (found.low, found.high) == (None, 686.7)


def test_a_percentage_is_a_percentage_again_in_the_result(made):
    found = by_id()["intensity-2021-share"]
    # 603.84 of 27 894.02 are 2.1647 %
    assert (found.low, found.high, found.unit) == (2.16, 2.17, "percent")


def test_a_number_that_its_source_rounded_by_more_than_its_digit_is_as_wide_as_that(made):
    assert by_id()["shops-2024-private"].low == 58524 - 50


def test_what_rests_on_an_expected_figure_says_so(made):
    assert {one.clue_id for one in measures.clues() if one.is_estimated} == {"spending-2024-most"}


def test_a_clue_is_shown_with_every_commitment_of_its_indicator_and_area(made):
    shown = {goal: {one.clue_id for one in measures.clues_of(goal)} for goal in ("firms-2025", "firms-2027")}
    assert shown["firms-2025"] == shown["firms-2027"] == {"firms-2025-range"}
    assert measures.clues_of("centre-2027") == ()


def test_a_chart_gets_the_clues_of_its_indicator_area_and_unit_that_say_most(made):
    def drawn(indicator_id, unit):
        return {one.clue_id for one in measures.clues_of_series(indicator_id, load.CITY, unit)}

    assert drawn("firms", "enterprise") == {"firms-2025-range"}
    assert not drawn("firms", "percent") and not drawn("prizes", "enterprise")
    # Of one date, at least 58,474 says less than at least 69,524.
    assert drawn("shops", "enterprise") == {"shops-2024-least"}


def test_a_clue_that_repeats_a_published_bound_is_not_drawn_beside_it(made):
    changes.replace(
        made / "derivations.yaml",
        'shops, geo_id: "500000", period: "2023", rounded',
        'shops, geo_id: "500000", period: "2024", rounded',
    )
    row = "shops,500000,2024,all,72000,enterprise,over,A,s3,,\n"
    path = made / "observations" / "made.csv"
    changes.write(path, path.read_text(encoding="utf-8") + row)
    shown = {one.clue_id for one in measures.clues_of_series("shops", load.CITY, "enterprise")}
    assert shown == {"shops-2024-least"}


def test_no_mark_rests_on_a_clue(made):
    before = measures.register()
    assert measures.clues()
    (made / "derivations.yaml").write_text("intervals: []\neliminations: []\n", encoding="utf-8")
    assert not measures.clues() and not measures.eliminations()
    assert measures.register() == before


def test_a_derivation_that_leaves_every_value_possible_is_refused(made):
    changes.replace(made / "derivations.yaml", "formula: total + added", "at_most: total + added")
    with pytest.raises(measures.NothingFollows, match="shops-2024-least"):
        measures.clues()


def test_those_who_are_not_named_belong_to_the_one_class_that_is_not_full(made):
    # of 38 one is named in the first class, which has one, one in the second, and three of three in the third
    (found,) = measures.eliminations()
    assert found.value == 2 and len(found.geo_ids) == 38 - 1 - 1 - 3
    assert not set(found.geo_ids) & {"500101", "500102", "500103", "500104", "500105"}


def test_nothing_follows_by_elimination_while_two_classes_are_not_full(made):
    path = made / "observations" / "districts.csv"
    changes.replace(path, "sti_index_tier,500105,2022,38,3,tier,exact,A,s8,,\n", "")
    assert measures.eliminations() == ()
