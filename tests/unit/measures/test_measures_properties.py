"""Properties that the marks keep for any series, found wanting by hypothesis or not at all."""

import dataclasses
import datetime as dt
import math

import numpy as np
import pandas as pd
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from shuangbei import measures

settings.register_profile("unit", max_examples=150, deadline=None, derandomize=True)
settings.load_profile("unit")

MARKS = ["moving_away", "behind", "slightly_behind", "on_track", "met"]
CALENDAR = measures.Calendar(dt.date(2026, 11, 20), cycle_months=12, lag_days=60)
TIMES = [2018.0, 2019.0, 2020.0, 2021.0, 2022.0, 2023.0, 2024.0, 2024.5, 2025.0, 2025.75, 2026.0]
NEW_TIMES = [t for t in TIMES if t >= 2025.0]
HALF_STEP = 0.05

tenths = st.integers(-(10**7), 10**7).map(lambda n: n / 10)
percents = st.integers(0, 1000).map(lambda n: n / 10)
any_finite = st.floats(-1e12, 1e12, allow_nan=False)
signs = st.sampled_from([1, -1])
relations = st.sampled_from(["gt", "ge", "eq"])
kinds = st.sampled_from(["stock", "share", "annual_flow", "cumulative", "ratio", "benchmark"])
qualifiers = st.sampled_from(["exact", "about", "estimate", "over", "nearly"])
new_times = st.sampled_from(NEW_TIMES)


def frame(rows, half_step=HALF_STEP):
    """A series of rows ``(t, value)`` or ``(t, value, qualifier)``."""
    t, value, qualifier = (
        (list(column) for column in zip(*[(*row, "exact")[:3] for row in rows], strict=True))
        if rows
        else ([], [], [])
    )
    return pd.DataFrame(
        {
            "t": np.array(t, float),
            "value": np.array(value, float),
            "qualifier": pd.Series(qualifier, dtype=object),
            "period": [str(end) for end in t],
            "half_step": half_step,
            "status": "A",
            "reprint": False,
        }
    )


def mark_of(target, t, x, qualifier="exact", half_step=HALF_STEP):
    return measures.to_date(frame([(t, x, qualifier)], half_step), target, CALENDAR)


@st.composite
def targets(draw, numbers=tenths, kind=kinds):
    milestone = draw(st.one_of(st.none(), numbers))
    return measures.Target(
        draw(relations),
        draw(numbers),
        draw(st.sampled_from([2026.0, 2028.0])),
        draw(kind),
        draw(st.one_of(st.none(), numbers)),
        None if milestone is None else (2026.0, milestone),
        sign=draw(signs),
    )


def off_the_cuts(distance):
    """Whether the last bit of a number could not tip the mark of this share of the way."""
    cuts = (measures.ON_TRACK, measures.SLIGHTLY_BEHIND, 0)
    return distance is None or all(abs(distance - cut) > 1e-6 for cut in cuts)


@st.composite
def series(draw, numbers=tenths, marks=qualifiers):
    times = draw(st.lists(st.sampled_from(TIMES), unique=True, max_size=8))
    return frame([(t, draw(numbers), draw(marks)) for t in sorted(times)])


def scaled(target, k):
    between = target.milestone and (target.milestone[0], target.milestone[1] * k)
    baseline = None if target.baseline is None else target.baseline * k
    return dataclasses.replace(target, value=target.value * k, baseline=baseline, milestone=between)


def assert_close(left, right, factor=1.0):
    assert (left is None) == (right is None)
    if left is not None:
        assert math.isclose(left * factor, right, rel_tol=1e-6, abs_tol=1e-6 * factor)


@given(
    series(),
    targets(kind=st.sampled_from(["stock", "cumulative", "benchmark"])),
    st.sampled_from([0.0001, 0.5, 2.0, 10.0, 10000.0]),
)
def test_another_unit_changes_no_mark(data, target, k):
    other = data.assign(value=data["value"] * k, half_step=data["half_step"] * k)
    a, b = (measures.to_date(*pair, CALENDAR) for pair in ((data, target), (other, scaled(target, k))))
    assert (a.mark, a.reason, a.rule) == (b.mark, b.reason, b.rule)
    assert_close(a.distance, b.distance)
    assert_close(a.required, b.required, k)
    first, second = (
        measures.outlook(*row)
        for row in ((data, target, CALENDAR, a), (other, scaled(target, k), CALENDAR, b))
    )
    assert (first.mark, first.reason) == (second.mark, second.reason)
    assert_close(first.projected, second.projected, k)


@given(st.lists(percents, min_size=5, max_size=5), percents, percents, st.none() | percents, relations)
def test_the_complement_of_a_share_has_the_same_marks(values, start, end, between, relation):
    rows = list(zip([2021.0, 2022.0, 2023.0, 2024.0, 2025.0], values, strict=True))
    opposite = [(t, 100 - value) for t, value in rows]
    milestone = None if between is None else (2026.0, between)
    mirrored = None if between is None else (2026.0, 100 - between)
    pairs = [
        (frame(rows), measures.Target(relation, end, 2028.0, "share", start, milestone)),
        (
            frame(opposite),
            measures.Target(relation, 100 - end, 2028.0, "share", 100 - start, mirrored, sign=-1),
        ),
    ]
    (a, up), (b, down) = [
        (found, measures.outlook(data, target, CALENDAR, found))
        for data, target in pairs
        for found in [measures.to_date(data, target, CALENDAR)]
    ]
    # Where D or the miss stands on a threshold the last bit of 100 - x may tip it.
    assume(all(off_the_cuts(d) for d in (a.distance, a.low, a.high)))
    assume(up.miss is None or all(abs(up.miss - cut) > 1e-6 for cut in (0, measures.NEAR_MISS)))
    assert (a.mark, a.reason, a.neighbour) == (b.mark, b.reason, b.neighbour)
    assert_close(a.distance, b.distance)
    assert (up.mark, up.reason) == (down.mark, down.reason)
    if up.projected is not None:
        assert_close(up.projected, 100 - down.projected)


@given(targets(), new_times, tenths, tenths)
def test_a_better_value_never_gets_a_worse_mark(target, t, x, y):
    assume(target.baseline is not None and not CALENDAR.is_over(target.due_t))
    worse, better = sorted((x, y), key=lambda value: target.sign * value)
    found = [mark_of(target, t, value, half_step=0.0).mark for value in (worse, better)]
    before, after = (MARKS.index(mark) for mark in found)
    assert before <= after


@given(targets(), new_times, tenths, st.integers(0, 10**6))
def test_met_stays_met_when_the_value_improves(target, t, x, more):
    assume(mark_of(target, t, x).mark == "met")
    assert mark_of(target, t, x + target.sign * more / 10).mark == "met"


@given(targets(), new_times)
def test_distance_is_one_on_the_path(target, t):
    assume(target.baseline is not None)
    x = measures.path_value(t, target.points)
    assume(not CALENDAR.is_over(target.due_t))
    found = mark_of(target, t, x, half_step=0.0)
    assert found.mark in ("on_track", "met")
    assert found.distance is None or math.isclose(found.distance, 1.0, rel_tol=1e-6)


@given(tenths, tenths, new_times, tenths, relations, signs)
def test_a_milestone_on_the_straight_line_changes_nothing(start, end, t, x, relation, sign):
    line = ((2023.0, start), (2028.0, end))
    plain = measures.Target(relation, end, 2028.0, "stock", start, sign=sign)
    divided = measures.Target(
        relation, end, 2028.0, "stock", start, (2026.0, measures.path_value(2026.0, line)), sign=sign
    )
    a, b = mark_of(plain, t, x), mark_of(divided, t, x)
    assume(all(off_the_cuts(d) for d in (a.distance, a.low, a.high)))
    assert (a.mark, a.rule) == (b.mark, b.rule)
    assert_close(a.distance, b.distance)


@given(series(any_finite), targets(any_finite))
@example(
    frame([(2023.0, 5.0), (2024.0, 5.0), (2025.0, 5.0)]),
    measures.Target("gt", 5.0, 2028.0, "stock", 5.0, (2026.0, 5.0)),
)
@example(
    frame([(2023.0, 0.0), (2024.0, 0.0), (2025.0, 1e-308)]),
    measures.Target("gt", 1e-300, 2028.0, "stock", 0.0, (2026.0, 1e-305)),
)
def test_every_finite_input_gives_finite_numbers(data, target):
    data = data.assign(half_step=0.0)
    found = measures.to_date(data, target, CALENDAR)
    view = measures.outlook(data, target, CALENDAR, found)
    passed = measures.milestone(data, target, CALENDAR, data[:0])
    numbers = [
        found.distance,
        found.required,
        view.projected,
        view.low,
        view.high,
        view.pace,
        view.pace_needed,
        view.pace_best,
        view.miss,
        passed.miss,
    ]
    assert all(number is None or math.isfinite(number) for number in numbers)


@given(targets(), new_times, tenths, st.sampled_from(measures.BOUNDS), st.integers(1, 10**6))
def test_a_bound_never_decides_what_a_value_behind_it_would_contradict(target, t, v, side, way):
    found = mark_of(target, t, v, side)
    assume(found.mark != "not_assessable")
    behind_it = v + way / 10 if side == "over" else v - way / 10
    assert mark_of(target, t, behind_it, half_step=0.0).mark in (found.mark, found.neighbour)


@given(targets(), tenths, st.sampled_from(measures.BOUNDS), st.integers(1, 10**6))
def test_a_bound_meets_or_fails_a_target_only_if_every_value_behind_it_does(target, v, side, way):
    answer = measures.reaches(measures.Observation(2025.0, "2024", v, 0.0, side), target)
    behind_it = v + way / 10 if side == "over" else v - way / 10
    assert answer is None or answer == measures.meets(behind_it, target)


@given(series(marks=st.just("exact")), targets(), qualifiers)
def test_a_mark_and_its_reason_go_together(data, target, qualifier):
    data = data.assign(qualifier=qualifier)
    found = measures.to_date(data, target, CALENDAR)
    assert (found.reason is None) == (found.mark != "not_assessable")
    view = measures.outlook(data, target, CALENDAR, found)
    assert (view.reason is None) == (view.mark != "not_assessable")
    assert (view.mark == "reached") == (found.mark == "met")


@given(series(marks=st.just("exact")), targets())
def test_the_projection_lies_between_its_extremes(data, target):
    found = measures.to_date(data, target, CALENDAR)
    view = measures.outlook(data, target, CALENDAR, found)
    if view.projected is not None:
        slack = 1e-6 * max(1.0, abs(view.projected))
        assert view.low - slack <= view.projected <= view.high + slack


fractions = st.integers(0, 100).map(lambda n: n / 100)
half_steps = st.sampled_from([0.0, 0.05, 0.5, 5.0])


@given(targets(), new_times, tenths, half_steps, half_steps, fractions, fractions)
def test_whatever_a_rounded_figure_stands_for_has_its_mark_or_its_neighbour(
    target, t, x, half_step, baseline_half_step, at, base_at
):
    assume(target.baseline is not None and not CALENDAR.is_over(target.due_t))
    rounded = dataclasses.replace(target, baseline_half_step=baseline_half_step)
    found = mark_of(rounded, t, x, half_step=half_step)
    assume(found.mark != "not_assessable")
    true_x = x + (2 * at - 1) * half_step
    true_base = target.baseline + (2 * base_at - 1) * baseline_half_step
    exact = mark_of(dataclasses.replace(target, baseline=true_base), t, true_x, half_step=0.0)
    assume(off_the_cuts(exact.distance))
    assert exact.mark in (found.mark, found.neighbour)


@given(targets(), new_times, tenths, half_steps, half_steps)
def test_a_wider_rounding_never_turns_no_mark_into_a_mark(target, t, x, half_step, more):
    narrow = mark_of(target, t, x, half_step=half_step)
    wide = mark_of(target, t, x, half_step=half_step + more)
    assert narrow.mark != "not_assessable" or wide.mark == "not_assessable"


@given(targets(kind=st.just("stock")), tenths, tenths)
def test_an_in_year_figure_of_a_stock_in_steps_gives_no_mark_of_the_path(target, at_year_end, in_year):
    stock = dataclasses.replace(target, in_steps=True)
    alone = measures.to_date(frame([(2025.75, in_year)]), stock, CALENDAR)
    assert alone.mark in ("met", "met_late", "not_assessable")
    rows = frame([(2025.0, at_year_end), (2025.75, in_year)])
    both, before = (measures.to_date(data, stock, CALENDAR) for data in (rows, rows[:1]))
    if both.mark not in ("met", "met_late", "not_assessable"):
        assert (both.mark, both.distance) == (before.mark, before.distance)


DOUBTS = {"status": st.sampled_from(["P", "I"]), "qualifier": st.just("estimate"), "reprint": st.just(True)}


@given(
    series(marks=st.just("exact")),
    targets(),
    st.sampled_from(sorted(DOUBTS)).flatmap(lambda column: st.tuples(st.just(column), DOUBTS[column])),
)
def test_figures_in_doubt_never_give_a_firm_mark(data, target, doubt):
    column, value = doubt
    data = data.assign(**{column: value})
    found = measures.to_date(data, target, CALENDAR)
    view = measures.outlook(data, target, CALENDAR, found)
    passed = measures.milestone(data, target, CALENDAR, data[:0])
    for mark in (found, view):
        assert mark.mark == "not_assessable" or mark.provisional
    assert passed.mark not in ("met", "missed") or passed.provisional
