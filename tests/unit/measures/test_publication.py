"""Tests of shuangbei.measures.publication: what is missing is counted, and nothing missing is a figure."""

from __future__ import annotations

import pandas as pd
import pytest

from shuangbei import load, periods
from shuangbei.measures import publication
from shuangbei.pages import cards

A, B = "500103", "500118"


def rows(*given: tuple) -> pd.DataFrame:
    """Made-up figures: (indicator, unit, period, value, vintage)."""
    columns = ["indicator_id", "geo_id", "period", "value", "vintage"]
    frame = pd.DataFrame(given, columns=columns)
    return frame.assign(qualifier="exact", source_id="s001", t=frame["period"].map(periods.time_of))


def test_what_is_needed_are_indicators_of_commitments_and_somebody_would_publish_each():
    needed = publication.needed()
    assert set(needed.index) <= set(load.commitments()["indicator_id"])
    assert needed[["name", "agency", "note"]].ne("").all(axis=None)
    assert needed["agency"].notna().all()


def test_every_indicator_of_a_commitment_could_be_known_by_district_or_is_said_not_to_be():
    needs = load.codelist("needs")
    assert set(needs.index) == set(load.commitments()["indicator_id"])
    assert list(needs.index) == list(dict.fromkeys(load.commitments()["indicator_id"]))
    assert list(publication.needed().index) == list(needs.index[needs["by_district"] == "yes"])
    assert set(needs["by_district"]) == {"yes", "no"}


def test_who_would_publish_is_not_said_again_in_the_note_on_what_is_missing(speak):
    names = [column for column in ("name_zh", "short_zh", "name_en")]
    agencies = {name for column in names for name in load.codelist("agencies")[column] if name}
    notes = load.codelist("needs")
    assert not [
        note
        for column in ("note_zh", "note_en")
        for note in notes[column]
        if any(name in note for name in agencies)
    ]


@pytest.mark.parametrize("vintage", ["38", "37"])
def test_every_unit_is_there_with_every_needed_indicator(vintage):
    found = publication.published(load.observations("districts"), vintage)
    units, needed = load.units(vintage).index, publication.needed().index
    assert len(found) == len(units) * len(needed)
    assert set(found["geo_id"]) == set(units) and set(found["indicator_id"]) == set(needed)


def test_the_newest_figure_counts_once_and_a_known_zero_is_published():
    given = rows(
        ("tech_enterprises", A, "2023", 5, "38"),
        ("tech_enterprises", A, "2024", 0, "38"),
        ("rd_intensity", A, "2022", 3.5, "38"),
        ("gdp", A, "2025", 9, "38"),
    )
    found = publication.gap(given, "38").set_index("geo_id")
    assert found.loc[A, ["value", "period"]].tolist() == [2, "2024"]
    assert found.loc[B, "value"] == 0 and found.loc[B, "period"] == ""
    assert found["needed"].nunique() == 1


def test_figures_of_the_other_divisions_are_not_published_by_these_units():
    given = rows(("tech_enterprises", A, "2024", 5, "38"))
    assert publication.gap(given, "37")["value"].sum() == 0


def test_a_unit_with_targets_of_its_own_is_told_from_one_without():
    given = rows(("tech_enterprises_target", A, "2027", 5, "38"))
    found = publication.gap(given, "38").set_index("geo_id")["has_targets"]
    assert found[A] and not found[B]


def test_the_published_figures_of_today_are_those_of_the_data():
    observations = load.observations("districts")
    district = load.at_level(observations, "district")
    needed = district[district["indicator_id"].isin(publication.needed().index)]
    found = publication.gap(observations, "38")
    assert found["value"].sum() == len(needed.drop_duplicates(["geo_id", "indicator_id"]))


def test_the_gap_is_a_frame_that_maps_draw_with_every_unit_known():
    given = rows(("tech_enterprises", A, "2023", 5, "38"))
    frame = publication.on_units(given, "38").set_index("geo_id")
    assert frame["known"].all() and len(frame) == len(load.units("38"))
    assert frame.loc[A, ["value", "newest"]].tolist() == [1, "2023"] and frame.loc[B, "newest"] == ""
    assert publication.sources(given, "38") == ["s001"] and not publication.sources(given, "37")


def of_region(indicator: str, period: str, vintage: str, value: float = 10) -> list[tuple]:
    return [(indicator, unit, period, value, vintage) for unit in load.members_of("X-central", vintage)]


def totals(given: pd.DataFrame) -> pd.Series:
    about = {"level": "district", "status": "A"}
    return publication.totals(given.assign(**about), "tech_enterprises", ["X-central"]).loc["X-central"]


def test_a_region_has_a_sum_where_every_unit_has_a_figure_of_one_date():
    found = totals(rows(*of_region("tech_enterprises", "2024", "38"), *of_region("gdp", "2025", "38")))
    assert found[["total", "n_known", "n_units", "period"]].tolist() == [90, 9, 9, "2024"]


def test_a_region_lacks_its_sum_where_one_unit_is_missing_of_another_date_or_only_bounded():
    complete = of_region("tech_enterprises", "2024", "38")
    late = [*complete[:-1], (*complete[-1][:2], "2025", 10, "38")]
    bounded = rows(*complete)
    bounded.loc[0, "qualifier"] = "over"
    inferred = rows(*complete).assign(status=["I"] + ["A"] * (len(complete) - 1), level="district")
    for given in (rows(*complete[:-1]), rows(*late), bounded):
        assert totals(given)[["total", "n_known"]].tolist() == [None, 8]
    found = publication.totals(inferred, "tech_enterprises", ["X-central"]).loc["X-central"]
    assert found["total"] is None and found["n_known"] == 8


def test_the_newest_of_the_best_known_dates_is_summed_and_divisions_are_never_mixed():
    given = rows(
        *of_region("tech_enterprises", "2024", "38"),
        *of_region("tech_enterprises", "2026", "37", 7),
        ("tech_enterprises", A, "2027", 5, "37"),
    )
    assert totals(given)[["total", "vintage", "period"]].tolist() == [56, "37", "2026"]


def test_of_one_date_on_both_divisions_the_newer_are_summed():
    given = rows(
        *of_region("tech_enterprises", "2025", "38", 5), *of_region("tech_enterprises", "2025", "37", 7)
    )
    assert totals(given)[["total", "vintage"]].tolist() == [56, "37"]


def test_a_region_of_which_nothing_is_known_says_so_with_the_number_of_todays_units():
    found = totals(rows(("tech_enterprises", "500118", "2024", 5, "38")))
    assert found[["period", "vintage", "n_known", "n_units", "total"]].tolist() == ["", "37", 0, 8, None]


def test_the_table_of_sums_counts_what_is_known_and_prints_a_sum_with_its_date(monkeypatch):
    given = rows(*of_region("tech_enterprises", "2024", "38")).assign(level="district", status="A")
    monkeypatch.setattr(load, "of_indicators", lambda *ids: given[given["indicator_id"].isin(ids)])
    said = cards.region_totals(["X-central", "X-clusters"], ["tech_enterprises"]).text
    assert "<td>90家（2024年）</td>" in said and "<td>17个中有0个</td>" in said
