"""Tests of shuangbei.load.areas: joins that lose, mix or invent no unit."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely

from shuangbei import load, paths, periods

COUNT = "technology_count_of_a_test"


def figures(values: dict[str, float], vintage: str = "38", period: str = "2022") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "indicator_id": COUNT,
            "geo_id": list(values),
            "period": period,
            "vintage": vintage,
            "value": list(values.values()),
            "qualifier": "exact",
            "source_id": "",
            "t": [periods.time_of(period)] * len(values),
        }
    )


each_vintage = pytest.mark.parametrize("vintage", ["38", "37"])


@each_vintage
def test_boundaries_hold_the_units_of_the_code_list(vintage):
    assert set(load.boundaries(vintage)["geo_id"]) == set(load.units(vintage).index)
    assert len(load.boundaries(vintage)) == int(vintage)


@each_vintage
def test_boundaries_are_valid_and_leave_no_gaps_or_overlaps(vintage):
    shapes = load.boundaries(vintage).geometry
    whole = shapes.union_all()
    assert shapes.is_valid.all()
    assert shapely.coverage_is_valid(shapes.to_numpy())
    assert whole.geom_type == "Polygon" and not whole.interiors


def test_boundaries_state_their_crs_and_lie_in_chongqing():
    frame = load.boundaries("38")
    assert frame.crs == load.CRS
    assert shapely.box(105.2, 28.1, 110.3, 32.3).contains(frame.union_all())


def test_boundaries_are_recorded_as_a_file_that_the_run_depends_on():
    paths.forget_opened()
    load.boundaries("38")
    assert paths.MAPS / "districts_38.topo.json" in paths.all_opened()


@each_vintage
def test_outer_rings_run_clockwise_so_that_no_district_fills_the_plane(vintage):
    assert not any(shape.exterior.is_ccw for shape in load.boundaries(vintage).geometry)


def test_november_2025_made_one_unit_and_left_two_out():
    before, since = (set(load.units(vintage).index) for vintage in ("38", "37"))
    assert since - before == {"500157"} and before - since == {"500105", "500112"}


@pytest.mark.parametrize(("geo_id", "official"), [("500157", 1360), ("500109", 1100)])
def test_the_areas_of_the_units_that_changed_are_near_the_official_ones(geo_id, official):
    shapes = load.boundaries("37").set_index("geo_id").to_crs("EPSG:32648").geometry
    assert shapes[geo_id].area / 1e6 == pytest.approx(official, rel=0.02)


def test_a_vintage_whose_boundaries_are_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "MAPS", tmp_path)
    with pytest.raises(load.NotDrawable, match="vintage 37 are not yet in maps/"):
        load.boundaries("37")


def test_tiles_of_other_units_than_the_code_list_are_refused_by_name(monkeypatch, tmp_path):
    laid = (paths.MAPS / "tiles.csv").read_text(encoding="utf-8")
    (tmp_path / "tiles.csv").write_text(laid.replace("37,500157", "37,500105"), encoding="utf-8")
    monkeypatch.setattr(paths, "MAPS", tmp_path)
    with pytest.raises(load.NotDrawable, match="500105 江北区, 500157 两江新区"):
        load.tiles("37")


def test_a_vintage_without_units_is_refused_with_those_that_have_some():
    with pytest.raises(load.NotDrawable, match="use 38, 37"):
        load.units("all")


def test_join_keeps_every_unit_and_counts_the_unknown():
    frame = load.join(figures({"500103": 7.0, "500113": 9.0}), "38")
    assert set(frame["geo_id"]) == set(load.units("38").index)
    assert load.coverage(frame) == (2, 38)
    assert frame.set_index("geo_id").loc["500113", "value"] == 9.0


def test_a_known_zero_is_known():
    frame = load.join(figures({"500103": 0.0}), "38").set_index("geo_id")
    assert bool(frame.loc["500103", "known"]) and not bool(frame.loc["500113", "known"])


def test_join_does_not_change_its_argument():
    given = figures({"500103": 7.0})
    before = given.copy()
    load.join(given, "38")
    pd.testing.assert_frame_equal(given, before)


@pytest.mark.parametrize("area", ["X-liangjiang-new-area", "X-central", "500000"])
def test_zones_regions_and_the_city_are_refused_by_name(area):
    with pytest.raises(load.NotDrawable) as refusal:
        load.join(figures({"500103": 1.0, area: 5.0}), "38")
    assert area in str(refusal.value) and "Allowed: 500101" in str(refusal.value)


def test_an_unknown_area_is_refused_by_name():
    with pytest.raises(load.NotDrawable, match=r"599999 \(unknown\)"):
        load.join(figures({"599999": 1.0}), "38")


def test_the_new_district_is_no_unit_of_the_old_vintage():
    with pytest.raises(load.NotDrawable, match="500157"):
        load.join(figures({"500157": 1.0}), "38")


def test_mixed_vintages_are_refused_with_the_rows_that_differ():
    mixed = pd.concat([figures({"500103": 1.0}), figures({"500109": 2.0}, vintage="37")])
    with pytest.raises(load.NotDrawable, match=r"vintage 38 .*500109 \(37\)"):
        load.join(mixed, "38")


def test_a_second_figure_of_one_unit_is_refused():
    twice = pd.concat([figures({"500103": 1.0}), figures({"500103": 2.0}, period="2023")])
    with pytest.raises(load.NotDrawable, match="more than one figure for 500103"):
        load.join(twice, "38")


def test_two_indicators_are_refused():
    other = figures({"500113": 1.0}).assign(indicator_id="another")
    with pytest.raises(load.NotDrawable, match="one indicator, not another, technology"):
        load.join(pd.concat([figures({"500103": 1.0}), other]), "38")


def test_a_map_of_nothing_is_refused():
    with pytest.raises(load.NotDrawable, match="no figures to draw"):
        load.join(figures({}), "38")


def test_newest_takes_the_latest_of_each_area_with_its_own_period():
    several = pd.concat(
        [
            figures({"500113": 2417.0}, period="2020"),
            figures({"500113": 5899.0}, period="2024-07"),
            figures({"500113": 4529.0}, period="2023Q1"),
            figures({"500107": 1440.0}, period="2020Q1"),
        ]
    )
    latest = load.newest(several).set_index("geo_id")
    assert dict(latest["period"]) == {"500107": "2020Q1", "500113": "2024-07"}
    assert latest.loc["500113", "value"] == 5899.0


def test_at_level_leaves_only_that_level_and_refuses_one_that_does_not_exist():
    rows = figures({"500103": 1.0, "X-central": 2.0, "X-liangjiang-new-area": 3.0})
    assert list(load.at_level(rows, "district")["geo_id"]) == ["500103"]
    with pytest.raises(load.NotDrawable, match="use nation, city, region, district, zone"):
        load.at_level(rows, "town")
