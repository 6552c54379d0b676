"""Tests of the measures of a profile: what is known, what is newest, how far along, what broke."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pandas as pd
import pytest

from shuangbei import load, periods
from shuangbei.measures import league, profile, publication
from shuangbei.pages import places

TODAY = dt.date(2026, 11, 20)


@pytest.fixture(scope="module")
def known():
    return profile.observed(load.observations("districts"))


def row(indicator_id="tech_enterprises", geo_id="500118", period="2023", value=100.0, **more):
    """One observation as load gives it."""
    full = {
        "indicator_id": indicator_id,
        "geo_id": geo_id,
        "period": period,
        "vintage": "38",
        "value": value,
        "unit": "enterprise",
        "qualifier": "exact",
        "status": "A",
        "source_id": "s001",
        "note": "",
        "printed": f"{value:g}",
        "half_step": 0.5,
        "t": periods.time_of(period),
        "indicator": "x",
        "geo": "y",
    }
    return {**full, **more}


def observed(*rows):
    return profile.observed(pd.DataFrame(rows))


def test_a_figure_with_a_later_date_takes_the_place_of_an_earlier_one():
    found = observed(row(), row(period="2024", value=70.0), row(period="2020", value=500.0))
    newest = profile.newest(found, "500118")
    assert newest["value"].to_list() == [70.0]
    assert profile.figures(found, "500118")["period"].to_list() == ["2024", "2023", "2020"]


def test_nothing_is_summed_neither_units_nor_zones(known):
    rows = load.observations("districts").set_index(["geo_id", "indicator_id", "period", "vintage"])
    for one in known.figures.itertuples():
        assert one.value == rows.loc[(one.geo_id, one.indicator_id, one.period, one.vintage), "value"]
    assert profile.figures(known, "500157").empty
    assert len(known.figures) == (~rows.index.get_level_values(1).str.endswith("_target")).sum()


def test_every_public_figure_stands_on_exactly_one_page(known):
    of_regions = load.codelist("geographies")["level"] == "region"
    regions = set(of_regions.index[of_regions])
    told = sum(len(profile.figures(known, one)) for one in places.every())
    assert told == (~known.figures["geo_id"].isin(regions)).sum()


def test_what_is_known_of_the_needed_agrees_with_the_publication_gap(known):
    gap = publication.gap(load.observations("districts"), "38").set_index("geo_id")
    for geo_id, counted in gap["value"].items():
        assert profile.newest(known, geo_id)["is_needed"].sum() == counted
        assert len(profile.missing(known, geo_id)) == gap.loc[geo_id, "needed"] - counted


def test_only_the_unit_that_stays_with_another_area_is_broken(known):
    assert known.broken == {"500109"}
    assert profile.figures(known, "500109")["is_before"].all()
    assert not profile.figures(known, "500105")["is_before"].any()
    assert not profile.figures(known, "500118")["is_before"].any()


def test_a_target_from_before_the_change_says_nothing_of_a_figure_from_after_it():
    goal = row("tech_enterprises_target", "500109", "2027", 5600.0)
    after = row(geo_id="500109", period="2025-12", value=9000.0, vintage="37")
    found = profile.own_targets(observed(goal, after), "500109", TODAY)
    assert found["standing"].to_list() == ["none"]
    same = {"geo_id": "500118"}
    found = profile.own_targets(observed({**goal, **same}, {**after, **same}), "500118", TODAY)
    assert found["standing"].to_list() == ["reached"]


@pytest.mark.parametrize(
    ("value", "qualifier", "period", "due", "beyond", "said"),
    [
        (float("nan"), "exact", "2023", "2027", "over", "none"),
        (1557.0, "exact", "2023", "2027", "over", "running"),
        (1557.0, "exact", "2023", "2025", "over", "unknown"),
        (2500.0, "exact", "2023", "2025", "over", "unknown"),
        (2500.0, "exact", "2023", "2025", "exact", "reached"),
        (2500.0, "over", "2023", "2025", "over", "reached"),
        (2600.0, "exact", "2024", "2027", "over", "reached"),
        (2400.0, "exact", "2025", "2025", "over", "short"),
        (2500.0, "nearly", "2025", "2025", "exact", "short"),
        (2400.0, "over", "2025", "2025", "over", "open"),
        (2600.0, "nearly", "2025", "2025", "over", "open"),
        (2600.0, "about", "2025", "2025", "over", "reached"),
        (2400.0, "estimate", "2025", "2025", "over", "short"),
    ],
)
def test_no_verdict_is_stronger_than_the_numbers_allow(value, qualifier, period, due, beyond, said):
    one = SimpleNamespace(
        value=value,
        qualifier=qualifier,
        period=period,
        due=due,
        target=2500.0,
        target_qualifier=beyond,
        status="A",
    )
    assert profile.standing(one, TODAY) == said


@pytest.mark.parametrize(
    ("value", "qualifier"),
    [(2600.0, "exact"), (2400.0, "exact"), (2500.0, "over"), (2400.0, "nearly"), (2600.0, "about")],
)
@pytest.mark.parametrize("period", ["2026-06", "2026", "2026Q1"])
def test_a_figure_from_after_the_date_does_not_tell_where_an_area_stood_then(value, qualifier, period):
    one = SimpleNamespace(
        value=value,
        qualifier=qualifier,
        period=period,
        due="2025",
        target=2500.0,
        target_qualifier="over",
        status="A",
    )
    assert profile.standing(one, TODAY) == "late"


def test_a_figure_whose_source_does_not_say_its_date_decides_nothing_and_gives_way_to_one_that_is_dated():
    goal = row("tech_enterprises_target", period="2027", value=2000.0)
    undated, dated = {**row(period="2024", value=2100.0), "status": "I"}, row(period="2023", value=1500.0)
    alone = profile.own_targets(observed(goal, undated), "500118", TODAY)
    both = profile.own_targets(observed(goal, undated, dated), "500118", TODAY)
    assert alone["standing"].tolist() == ["undated"]
    assert both[["value", "standing"]].to_numpy().tolist() == [[1500.0, "running"]]


def test_a_target_that_was_met_stays_met_when_a_later_figure_is_lower():
    goal = row("tech_enterprises_target", period="2025", value=2000.0)
    met, later = row(period="2025", value=2100.0), row(period="2026-06", value=1900.0)
    found = profile.own_targets(observed(goal, met, later), "500118", TODAY)
    assert found[["standing", "period"]].to_numpy().tolist() == [["reached", "2025"]]


def test_new_targets_of_a_redrawn_unit_appear_before_those_of_the_old_area():
    goals = [row("tech_enterprises_target", "500109", "2027", 5600.0, vintage=one) for one in ("38", "37")]
    goals[1]["value"] = 4000.0
    figures = [
        row(geo_id="500109", value=3000.0),
        row(geo_id="500109", period="2026", value=3900.0, vintage="37"),
    ]
    found = profile.own_targets(observed(*goals, *figures), "500109", TODAY)
    assert found[["vintage", "target", "value"]].to_numpy().tolist() == [
        ["37", 4000.0, 3900.0],
        ["38", 5600.0, 3000.0],
    ]
    assert found["is_redrawn"].all()


def test_beside_a_unit_that_is_no_more_its_neighbours_stand_as_they_were_then():
    old, new = row(geo_id="500109"), row(geo_id="500109", period="2026", value=900.0, vintage="37")
    columns = ["geo_id", "value", "is_other"]

    def told(geo_id, *rows):
        return profile.beside(observed(*rows), geo_id)[columns].to_numpy().tolist()

    assert told("500112", old, new) == [["500109", 100.0, False]]
    assert told("500112", new) == [["500109", 900.0, True]]
    assert told("500157", old, new) == [["500109", 900.0, False]]
    assert told("500157", old) == [["500109", 100.0, True]]
    assert told("500118", row(), row("tech_enterprises", "X-wansheng", vintage="all")) == [
        ["500118", 100.0, False]
    ]


@pytest.fixture
def few_are_enough(monkeypatch):
    """Let a handful of made-up figures be a league."""
    monkeypatch.setattr(league, "SHARE", 2 / 38)


@pytest.mark.usefixtures("few_are_enough")
def test_a_place_is_given_only_among_figures_of_one_period():
    found = observed(row(value=5.0), row(geo_id="500119", value=9.0), row(geo_id="500120", period="2022"))
    own = profile.figures(found, "500118").iloc[0]
    assert (own["place"], own["among"], own["reason"]) == (2, 2, "")
    alone = profile.figures(found, "500120").iloc[0]
    assert pd.isna(alone["place"]) and alone["reason"] == "too_few"


@pytest.mark.usefixtures("few_are_enough")
def test_a_bound_and_a_zone_have_no_place():
    bound = row(geo_id="500120", qualifier="over", value=99.0)
    zone = row(geo_id="X-wansheng", vintage="all", value=99.0)
    found = observed(row(value=5.0), row(geo_id="500119", value=9.0), bound, zone)
    assert profile.figures(found, "500120").iloc[0]["reason"] == "bound"
    own = profile.figures(found, "X-wansheng").iloc[0]
    assert pd.isna(own["place"]) and own["reason"] == ""


def test_every_unit_has_neighbours_of_its_own_vintage_and_a_zone_has_none(known):
    for geo_id, own in known.vintages.items():
        near, _ = profile.neighbours(known, geo_id)
        assert near[0] == geo_id and len(near) > 1
        assert all(own[0] in known.vintages[one] for one in near)
    assert profile.neighbours(known, "X-wansheng") == ([], [])


def test_the_two_abolished_districts_and_those_that_took_them_up_name_each_other():
    away, _ = profile.moved("500105")
    assert away["successor"].to_list() == ["500157"]
    away, _ = profile.moved("500112")
    assert set(away["successor"]) == {"500157", "500109"}
    _, here = profile.moved("500157")
    assert set(here["geo_id"]) == {"500105", "500112", "500109"}
    assert all(frame.empty for frame in profile.moved("500118"))


def test_districts_are_asked_what_all_are_and_zones_only_what_names_or_means_them():
    assert {"T11", "S1", "S2", "S6"} <= set(profile.asked("500118")["task_id"])
    assert set(profile.asked("X-wansheng")["task_id"]) == {"T09", "T11"}


def test_every_task_that_the_plan_gives_to_every_district_is_told():
    given = load.table("task_agencies").query("role == 'every_district'")["task_id"]
    told = load.table("task_places").query("geo_id == '500000' and how == 'all'")["task_id"]
    assert set(given) <= set(told)


def test_notes_lead_only_to_areas_with_a_page():
    assert set(load.table("place_notes")["see"]) - {""} <= set(places.every())
    assert set(load.table("place_notes")["geo_id"]) <= set(places.every())
