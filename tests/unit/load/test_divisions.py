"""Tests of shuangbei.load.divisions: nothing is lost, counted twice, or carried where it does not hold."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from shuangbei import load
from shuangbei.measures import publication

VINTAGES = ("38", "37")
each_vintage = pytest.mark.parametrize("vintage", VINTAGES)


@each_vintage
def test_neighbours_are_mutual_and_nobody_is_alone(vintage):
    near = load.neighbours(vintage)
    assert set(near) == set(load.units(vintage).index)
    assert all(near.values())
    assert all(one in near[other] and one != other for one in near for other in near[one])


def test_known_neighbours_are_found_and_a_river_bend_is_no_reason_against_them():
    near = load.neighbours("38")
    assert set(near["500103"]) == {"500105", "500106", "500107", "500108"}
    assert "500229" not in near["500103"]
    assert "500105" not in load.neighbours("37")


@each_vintage
def test_every_unit_has_one_tile_of_its_own(vintage):
    laid = load.tiles(vintage)
    assert list(laid["geo_id"]) == sorted(load.units(vintage).index)
    assert not laid.duplicated(["column", "row"]).any()
    assert laid[["column", "row"]].min().tolist() == [0, 0]


@each_vintage
def test_tiles_keep_neighbourhood_and_direction(vintage):
    laid = load.tiles(vintage).set_index("geo_id")
    shapes = load.boundaries(vintage).set_index("geo_id").geometry
    pairs = [(a, b) for a, near in load.neighbours(vintage).items() for b in near if a < b]
    steps = np.array([laid.loc[b] - laid.loc[a] for a, b in pairs])
    beside = np.abs(steps).max(axis=1) == 1
    assert beside.mean() > 0.8
    ways = np.array(
        [
            shapely.get_coordinates(shapes[b].centroid)[0] - shapely.get_coordinates(shapes[a].centroid)[0]
            for a, b in pairs
        ]
    )
    # North on the map is up on the tiles: directions differ by less than a right angle.
    along = (steps * ways * [1, -1]).sum(axis=1)
    assert (along > 0).mean() > 0.95


def test_a_unit_that_stayed_has_the_tile_where_readers_know_it():
    before, since = (load.tiles(v).set_index("geo_id") for v in VINTAGES)
    stayed = [one for one in before.index if one in since.index and one not in load.changed()]
    assert (before.loc[stayed] == since.loc[stayed]).all(axis=None)


def regions(vintage: str) -> gpd.GeoDataFrame:
    """Outlines of the regions, dissolved from their units."""
    frame = load.boundaries(vintage)
    frame = frame.assign(region=frame["geo_id"].map(load.units(vintage)["parent"]), n_units=1)
    whole = frame[["region", "n_units", "geometry"]].dissolve("region", aggfunc="sum")
    return whole.reset_index().rename(columns={"region": "geo_id"})


@each_vintage
def test_regions_are_made_of_all_their_units_and_of_nothing_else(vintage):
    found = regions(vintage)
    assert found["n_units"].sum() == int(load.codelist("vintages").loc[vintage, "n_units"])
    assert set(found["geo_id"]) == {"X-central", "X-new-urban", "X-northeast", "X-southeast"}
    whole = load.boundaries(vintage).geometry.union_all()
    assert found.geometry.union_all().symmetric_difference(whole).is_empty
    assert shapely.coverage_is_valid(found.geometry.to_numpy())


def test_the_lines_between_regions_did_not_move_in_november_2025():
    before, since = (regions(v).set_index("geo_id").geometry for v in VINTAGES)
    for region in before.index:
        moved = before[region].symmetric_difference(since[region]).area / before[region].area
        assert moved < 1e-3


def counts(values: dict[str, float], vintage: str = "38") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "indicator_id": "count_of_a_test",
            "geo_id": list(values),
            "vintage": vintage,
            "value": list(values.values()),
            "period": "2024",
            "qualifier": "exact",
        }
    )


@each_vintage
def test_a_region_is_summed_only_where_all_of_its_units_are_known(vintage):
    members = load.members_of("X-central", vintage)
    assert len(members) == {"38": 9, "37": 8}[vintage]
    known = {unit: float(i) for i, unit in enumerate(members)}  # the first is a known zero
    assert publication.region_sum(counts(known, vintage), "X-central", vintage) == sum(known.values())
    short = {unit: value for unit, value in known.items() if unit != members[0]}
    assert publication.region_sum(counts(short, vintage), "X-central", vintage) is None


@pytest.mark.parametrize(("column", "other"), [("period", "2023"), ("qualifier", "over")])
def test_figures_of_several_periods_or_bounds_have_no_sum(column, other):
    values = counts({unit: 1.0 for unit in load.members_of("X-central", "38")})
    values.loc[0, column] = other
    with pytest.raises(load.NotDrawable, match="have no sum"):
        publication.region_sum(values, "X-central", "38")


@pytest.mark.parametrize(("region", "n"), [("X-metro", 21), ("X-clusters", 17)])
def test_a_region_of_regions_has_the_units_of_both(region, n):
    assert len(load.members_of(region, "38")) == n


def test_a_zone_is_never_part_of_a_sum():
    with pytest.raises(load.NotDrawable, match="zones and regions overlap"):
        publication.region_sum(counts({"X-wansheng": 1.0}), "X-central", "38")
    with pytest.raises(load.NotDrawable, match="X-wansheng has no units"):
        load.members_of("X-wansheng", "38")


def test_every_unit_before_has_its_successors_and_every_unit_since_its_origin():
    found = load.crosswalk()
    assert set(found["geo_id"]) == set(load.units("38").index)
    assert set(found["successor"]) == set(load.units("37").index)
    whole = found[found["share"] != "part"]
    assert whole["geo_id"].is_unique and not set(whole["geo_id"]) & set(
        found[found["share"] == "part"]["geo_id"]
    )


def test_the_crosswalk_agrees_with_the_areas_on_the_map():
    before, since = (load.boundaries(v).set_index("geo_id").to_crs("EPSG:32648").geometry for v in VINTAGES)
    for row in load.crosswalk().itertuples():
        shared = before[row.geo_id].intersection(since[row.successor]).area
        part = shared / before[row.geo_id].area
        assert part > 0.98 if row.share in ("same", "whole") else 0.05 < part < 0.95


@pytest.mark.parametrize("divided", ["500105", "500112", "500109"])
def test_no_figure_of_a_unit_that_changed_holds_for_one_of_today(divided):
    assert divided in load.changed()
    assert "500118" not in load.changed()
