"""Tests of maps/derive.py: the decoder, its refusals, and the files that it has written."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import struct

import numpy as np
import pytest
import shapely
import yaml

from shuangbei import paths

SPEC = importlib.util.spec_from_file_location("derive_maps", paths.MAPS / "derive.py")
derive = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(derive)


def listed(blocks: list[bytes]) -> bytes:
    sizes = [len(block) for block in blocks]
    return struct.pack(f"<I{len(sizes)}I", len(sizes), *sizes) + b"".join(blocks)


def units(degrees: float, shift: float) -> int:
    return round((degrees + shift) / 2e-6)


def plain_ring(points: list[tuple[float, float]]) -> bytes:
    pairs = [n for x, y in points for n in (units(x, 180), units(y, 90))]
    return struct.pack(f"<I{len(pairs)}I", 0, *pairs)


def packed_ring(points: list[tuple[float, float]]) -> bytes:
    pairs = np.array([(units(x, 180), units(y, 90)) for x, y in points])
    steps = np.diff(pairs, axis=0).ravel()
    return struct.pack(f"<III{len(steps)}h", 1, *pairs[0], *steps)


SQUARE = [(106.0, 29.0), (106.0, 29.01), (106.01, 29.01), (106.01, 29.0), (106.0, 29.0)]


@pytest.mark.parametrize("ring", [plain_ring, packed_ring])
def test_both_kinds_of_ring_give_the_same_coordinates(ring):
    assert np.allclose(derive.decode_ring(ring(SQUARE)), SQUARE, atol=1e-9)


def test_a_polygon_and_a_multipolygon_are_decoded_part_by_part():
    polygon = struct.pack("<I", 5) + listed([packed_ring(SQUARE)])
    parts = [listed([plain_ring(SQUARE)]), listed([packed_ring(SQUARE), plain_ring(SQUARE)])]
    multi = struct.pack("<I", 6) + listed(parts)
    assert [len(rings) for rings in derive.decode_geometry(polygon)] == [1]
    assert [len(rings) for rings in derive.decode_geometry(multi)] == [1, 2]


def test_a_layer_of_geometries_comes_apart_again():
    blocks = [b"first", b"", b"third one"]
    assert derive.split(listed(blocks)) == blocks
    with pytest.raises(derive.Refused, match="ends at byte"):
        derive.split(listed(blocks) + b"more")


def test_unknown_kinds_are_refused():
    with pytest.raises(derive.Refused, match="type 3"):
        derive.decode_geometry(struct.pack("<I", 3))
    with pytest.raises(derive.Refused, match="flag 9"):
        derive.decode_ring(struct.pack("<I", 9))


def test_another_wheel_is_refused_with_both_hashes():
    with pytest.raises(derive.Refused) as refusal:
        derive.read_layer(b"not the wheel")
    message = str(refusal.value)
    assert derive.SHA256["wheel"] in message
    assert hashlib.sha256(b"not the wheel").hexdigest() in message
    assert "Nothing was written" in message


def test_a_renamed_or_missing_unit_is_refused_by_name():
    right = derive.units_of_the_code_list("38")
    derive.check_names(right, right, 38)
    with pytest.raises(derive.Refused, match="500103"):
        derive.check_names({**right, "500103": "渝中"}, right, 38)
    with pytest.raises(derive.Refused, match="37 units"):
        derive.check_names({c: n for c, n in right.items() if c != "500103"}, right, 38)


def test_the_change_of_2025_made_two_shapes_and_took_three_away():
    assert sorted(derive.changed_units()) == ["500109", "500157"]
    before, since = (set(derive.units_of_the_code_list(vintage)) for vintage in ("38", "37"))
    assert before - set(derive.GONE) | set(derive.changed_units()) == since


@pytest.mark.parametrize(
    ("shapes", "broken"),
    [
        (
            [shapely.box(106, 29, 107, 30, ccw=False), shapely.box(106.5, 29, 108, 30, ccw=False)],
            "no overlaps",
        ),
        ([shapely.box(106, 29, 107, 30), shapely.box(107, 29, 108, 30)], "clockwise"),
        ([shapely.box(106, 29, 107, 30, ccw=False), shapely.box(109, 29, 110, 30, ccw=False)], "no gaps"),
    ],
)
def test_shapes_that_overlap_turn_or_leave_gaps_are_refused(shapes, broken):
    with pytest.raises(derive.Refused, match=broken):
        derive.check_shapes(shapes, "a test")


each_vintage = pytest.mark.parametrize("vintage", ["38", "37"])


@each_vintage
def test_the_written_file_passes_the_checks_and_carries_ids_only(vintage):
    path = paths.MAPS / f"districts_{vintage}.topo.json"
    topology = json.loads(path.read_text(encoding="utf-8"))
    shapes = derive.decode_topology(topology)
    facts = derive.check_shapes(list(shapes.values()), "as written")
    assert set(shapes) == set(derive.units_of_the_code_list(vintage))
    assert facts["area_km2"] == pytest.approx(derive.OFFICIAL_KM2, rel=1e-3)
    each = topology["objects"]["districts"]["geometries"]
    assert all(list(geometry["properties"]) == ["geo_id"] for geometry in each)


@each_vintage
def test_the_provenance_is_of_the_file_beside_it(vintage):
    path = paths.MAPS / f"districts_{vintage}.topo.json"
    noted = yaml.safe_load(derive.PROVENANCE.read_text(encoding="utf-8"))[path.name]
    content = path.read_bytes()
    assert noted["sha256"] == hashlib.sha256(content).hexdigest()
    assert noted["bytes"] == len(content)
    assert noted["sha256_of_inputs"]["wheel"] == derive.SHA256["wheel"]


def test_the_line_of_2025_is_the_file_that_the_provenance_names():
    noted = yaml.safe_load(derive.PROVENANCE.read_text(encoding="utf-8"))
    line = noted["districts_37.topo.json"]["line_of_2025_11"]
    assert line["sha256"] == hashlib.sha256((paths.MAPS / line["file"]).read_bytes()).hexdigest()


@each_vintage
def test_the_site_reads_the_file_as_the_script_that_wrote_it_does(vintage):
    from shuangbei.load import areas

    path = paths.MAPS / f"districts_{vintage}.topo.json"
    topology = json.loads(path.read_text(encoding="utf-8"))
    written, read = derive.decode_topology(topology), areas._decode(topology)
    assert list(written) == list(read)
    assert all(written[unit].equals_exact(read[unit], 0.0) for unit in written)
