"""Tests of shuangbei.measures.league: only what was measured alike is ranked, and no bound has a place."""

from __future__ import annotations

import pandas as pd
import pytest

from shuangbei import load, periods
from shuangbei.measures import league

COUNT = "tech_enterprises"
A, B, C, D = "500103", "500104", "500105", "500118"


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch):
    """Let a handful of made-up figures be a league; that half of the units are needed is one test."""
    monkeypatch.setattr(league, "SHARE", 2 / 38)


def rows(*given: tuple, indicator: str = COUNT) -> pd.DataFrame:
    """Made-up figures: (unit, period, value, qualifier, vintage)."""
    filled = [(*one, *("exact", "38")[len(one) - 3 :]) for one in given]
    frame = pd.DataFrame(filled, columns=["geo_id", "period", "value", "qualifier", "vintage"])
    return frame.assign(
        indicator_id=indicator,
        source_id="s001",
        status="A",
        note="",
        half_step=0.5,
        t=frame["period"].map(periods.time_of),
    )


def places(found: league.League) -> dict[str, int]:
    known = found.rows.dropna(subset="place")
    return dict(zip(known["geo_id"], known["place"].astype(int), strict=True))


def test_the_largest_is_first_and_equals_share_a_place():
    given = rows((A, "2024", 5), (B, "2024", 9), (C, "2024", 5), (D, "2024", 0))
    assert places(league.league(given, COUNT, "2024", "38")) == {B: 1, A: 2, C: 2, D: 4}


def test_a_figure_of_another_day_or_vintage_is_not_in_the_league():
    given = rows((A, "2024", 5), (B, "2024", 9), (C, "2024-07", 7), (D, "2024", 6, "exact", "37"))
    assert set(places(league.league(given, COUNT, "2024", "38"))) == {A, B}


def test_zones_and_regions_never_play():
    given = rows((A, "2024", 5), (B, "2024", 9), ("X-wansheng", "2024", 7), ("X-central", "2024", 8))
    assert set(league.league(given, COUNT, "2024", "38").rows["geo_id"]) == {A, B}


def test_a_bound_is_shown_without_a_place():
    given = rows((A, "2024", 5), (B, "2024", 9), (C, "2024", 10, "over"))
    found = league.league(given, COUNT, "2024", "38")
    assert places(found) == {B: 2, A: 3} and found.among == 3
    assert dict(zip(found.rows["geo_id"], found.rows["reason"], strict=False))[C] == "bound"


@pytest.mark.parametrize(
    ("qualifier", "value", "expected"),
    [
        ("over", 10, {B: 2, A: 3}),  # over 10 is above 9 and 5
        ("over", 9, {A: 3}),  # over 9 is not below 9, and may be 9 or more
        ("over", 7, {A: 3}),  # over 7 is above 5, and may be above 9 or not
        ("over", 3, {}),
        ("nearly", 4, {B: 1, A: 2}),  # up to 4 is below 5
        ("nearly", 7, {B: 1}),  # up to 7 is below 9, and may be below 5 or not
        ("estimate", 7, {B: 1, A: 3}),
    ],
)
def test_a_place_is_given_only_where_no_bound_leaves_it_open(qualifier, value, expected):
    given = rows((A, "2024", 5), (B, "2024", 9), (C, "2024", value, qualifier))
    assert places(league.league(given, COUNT, "2024", "38")) == expected


def test_a_figure_whose_date_is_inferred_is_shown_and_not_compared():
    given = rows((A, "2024", 5), (B, "2024", 9), (C, "2024", 7))
    given.loc[given["geo_id"] == C, "status"] = league.INFERRED
    found = league.league(given, COUNT, "2024", "38")
    assert places(found) == {B: 1, A: 2} and found.among == 2
    assert dict(zip(found.rows["geo_id"], found.rows["reason"], strict=False))[C] == "date_inferred"


def test_of_one_date_the_newer_divisions_come_last():
    given = rows((A, "2025", 5, "exact", "38"), (A, "2025", 6, "exact", "37"))
    assert [one.vintage for one in league.leagues(given)] == ["38", "37"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ([(A, "2024", 5)], "too_few"),
        ([(A, "2024", 5), (B, "2024", 4, "over")], "bounds"),
    ],
)
def test_an_unfair_ranking_has_a_reason_and_no_places(given, reason):
    found = league.league(rows(*given), COUNT, "2024", "38")
    assert found.reason == reason and not places(found)
    assert reason in load.codelist("league_reasons").index


def test_tiers_and_places_are_not_ranked_again():
    found = league.league(
        rows((A, "2022", 1), (B, "2022", 2), indicator="sti_index_tier"), "sti_index_tier", "2022", "38"
    )
    assert found.reason == "ordinal"


def test_every_indicator_period_and_vintage_has_a_league_in_order_of_time():
    given = rows((A, "2024", 5), (B, "2023", 9), (C, "2024-07", 7), (D, "2024", 6, "exact", "37"))
    assert [(one.period, one.vintage) for one in league.leagues(given)] == [
        ("2023", "38"),
        ("2024-07", "38"),
        ("2024", "38"),
        ("2024", "37"),
    ]


def test_a_change_of_place_counts_only_the_units_of_both_periods():
    before = rows((A, "2023", 5), (B, "2023", 9), (C, "2023", 7))
    after = rows((A, "2024", 10), (B, "2024", 9), (D, "2024", 50))
    found = league.moved(*(league.league(one, COUNT, one["period"].iloc[0], "38") for one in (before, after)))
    assert found.to_dict("records") == [
        {"geo_id": A, "before": 2, "after": 1, "change": 1},
        {"geo_id": B, "before": 1, "after": 2, "change": -1},
    ]


def test_places_of_two_vintages_are_not_compared():
    one, other = (
        league.league(rows((A, "2024", 5, "exact", v), (B, "2024", 6, "exact", v)), COUNT, "2024", v)
        for v in ("38", "37")
    )
    with pytest.raises(load.NotDrawable, match="vintage 38 .* vintage 37"):
        league.moved(one, other)


def test_an_own_target_stands_beside_the_newest_figure_or_beside_none():
    figures = rows((A, "2023", 40), (A, "2024", 50), (B, "2022", 7))
    targets = rows((A, "2027", 100), ("X-wansheng", "2025", 80), indicator=f"{COUNT}_target")
    found = league.own_targets(pd.concat([figures, targets])).set_index("geo_id")
    assert found.loc[A, ["due", "target", "value", "period", "share"]].tolist() == [
        "2027",
        100,
        50,
        "2024",
        0.5,
    ]
    assert pd.isna(found.loc["X-wansheng", "value"]) and B not in found.index


def test_all_published_targets_are_found():
    rows_ = load.observations("districts")
    stated = rows_[rows_["indicator_id"].str.endswith(load.TARGET)]
    found = league.own_targets(rows_)
    told = zip(
        found["geo_id"],
        found["indicator_id"] + load.TARGET,
        found["due"],
        found["vintage"],
        found["target"],
        strict=True,
    )
    columns = ["geo_id", "indicator_id", "period", "vintage", "value"]
    assert len(stated) and sorted(told) == sorted(stated[columns].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("due", "codes", "told"),
    [
        ("2025", ["2023", "2025", "2026-06"], "2025"),
        ("2025", ["2023", "2025-12", "2026-06"], "2025-12"),
        ("2025", ["2023", "2024", "2026-06", "2026"], "2024"),
        ("2025", ["2026", "2026-06"], "2026-06"),
        ("2027", ["2023", "2025", "2026-06"], "2026-06"),
    ],
)
def test_a_target_stands_beside_the_last_figure_up_to_its_date_else_the_first_one_after(due, codes, told):
    figures = rows(*((A, period, place) for place, period in enumerate(codes)))
    found = league.own_targets(pd.concat([figures, rows((A, due, 9), indicator=f"{COUNT}_target")]))
    assert found["period"].to_list() == [told]


@pytest.mark.parametrize(
    ("unit", "vintage", "told"),
    [
        ("500109", "38", 40.0),
        ("500109", "37", 60.0),
        (A, "38", 60.0),
        (A, "37", 60.0),
        ("500105", "38", 40.0),
        ("X-wansheng", "all", 60.0),
    ],
)
def test_targets_of_a_redrawn_unit_stand_beside_figures_of_the_same_divisions_alone(unit, vintage, told):
    kinds = ("all", "all") if vintage == "all" else ("38", "37")
    figures = rows((unit, "2024", 40, "exact", kinds[0]), (unit, "2026", 60, "exact", kinds[1]))
    target = rows((unit, "2027", 100, "over", vintage), indicator=f"{COUNT}_target")
    (found,) = league.own_targets(pd.concat([figures, target])).itertuples()
    assert found.value == told and found.vintage == vintage
    assert found.is_redrawn == (unit == "500109")


def test_of_two_vintages_of_one_date_the_newer_divisions_tell_of_a_target():
    figures = rows((A, "2025", 6, "exact", "37"), (A, "2025", 5, "exact", "38"))
    found = league.own_targets(pd.concat([figures, rows((A, "2027", 9), indicator=f"{COUNT}_target")]))
    assert found["value"].to_list() == [6]


def test_fewer_than_half_of_the_units_are_no_league(monkeypatch):
    monkeypatch.undo()
    units = list(load.units("38").index)
    some = rows(*((unit, "2024", i) for i, unit in enumerate(units[:18])))
    found = league.league(some, COUNT, "2024", "38")
    assert found.reason == "too_few" and not places(found)
    half = rows(*((unit, "2024", i) for i, unit in enumerate(units[:19])))
    assert len(places(league.league(half, COUNT, "2024", "38"))) == 19
