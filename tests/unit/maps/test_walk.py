"""Tests of shuangbei.maps.svg: arrows lead to neighbours, and over all the map."""

from __future__ import annotations

import networkx
import pytest

from shuangbei import load
from shuangbei.maps import svg

VINTAGES = pytest.mark.parametrize("vintage", ["38", "37"])


def test_a_neighbour_comes_before_a_nearer_place_that_is_none():
    points = {"a": (0, 0), "beside": (10, 2), "near": (4, 0)}
    assert svg.steps(points, {"a": ("beside",)})["a"]["right"] == "beside"


def test_without_a_neighbour_that_way_the_nearest_place_is_taken():
    points = {"a": (0, 0), "far": (30, 1), "nearer": (20, 1), "above": (0, -5)}
    ways = svg.steps(points, {"a": ("above",)})
    assert ways["a"] == {"right": "nearer", "up": "above"}


def test_no_arrow_leads_off_the_map():
    assert svg.steps({"a": (0, 0), "b": (0, 9)}, {})["b"] == {"up": "a"}


@VINTAGES
@pytest.mark.parametrize("form", ["boundaries", "tiles"])
def test_arrows_reach_every_unit_from_every_unit(vintage, form):
    plan = svg.boundary_drawing(vintage)[0] if form == "boundaries" else svg.tile_drawing(vintage)
    units = set(load.units(vintage).index)
    assert set(plan.ways) == units
    arrows = networkx.DiGraph((one, there) for one, found in plan.ways.items() for there in found.values())
    assert set(arrows) == units and networkx.is_strongly_connected(arrows)


@VINTAGES
def test_most_arrows_of_the_map_lead_to_a_neighbour(vintage):
    near = load.neighbours(vintage)
    ways = svg.boundary_drawing(vintage)[0].ways
    leads = [there in near[one] for one, found in ways.items() for there in found.values()]
    assert sum(leads) / len(leads) > 0.85
