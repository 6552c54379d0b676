"""Measures how pages of districts grow with units and periods, on made-up countries, in one run.

Each case is a process of its own: a country of so many units, each with a figure for every needed
indicator in every period; all views of the atlas and all profiles are made, and weighed.  Printed
are seconds, the weight of pages, and ratios: to what the first case, a city of 38, takes.
"""

from __future__ import annotations

import gzip
import itertools
import json
import shutil
import subprocess
import sys
import tempfile
import time
from math import ceil, sin, sqrt
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CASES = ((38, 1), (380, 1), (38, 10), (380, 10))
WEST, SOUTH, EAST, NORTH = 105.3, 28.2, 110.2, 32.2
EDGE = 12  # points of a line between two units
ID = "9{:05d}"
VINTAGES = ("38", "37")


def corners(units: int) -> tuple[int, int]:
    """Columns and rows of the grid that the units of a country fill."""
    columns = ceil(sqrt(units))
    return columns, ceil(units / columns)


def topology(units: int) -> dict:
    """TopoJSON of a country: a grid whose lines wind, shared by the units on both sides."""
    columns, rows = corners(units)
    wide, high = (EAST - WEST) / columns, (NORTH - SOUTH) / rows
    arcs: list[list[list[int]]] = []
    across, down = {}, {}
    for y in range(rows + 1):
        for x in range(columns):
            across[x, y] = len(arcs)
            arcs.append(_line((WEST + x * wide, NORTH - y * high), (WEST + (x + 1) * wide, NORTH - y * high)))
    for y in range(rows):
        for x in range(columns + 1):
            down[x, y] = len(arcs)
            arcs.append(_line((WEST + x * wide, NORTH - y * high), (WEST + x * wide, NORTH - (y + 1) * high)))
    shapes = [
        {
            "properties": {"geo_id": ID.format(i)},
            "type": "Polygon",
            "arcs": [[across[x, y], down[x + 1, y], ~across[x, y + 1], ~down[x, y]]],
        }
        for i in range(units)
        for y, x in [divmod(i, columns)]
    ]
    return {
        "type": "Topology",
        "transform": {"scale": [1e-4, 1e-4], "translate": [WEST, SOUTH]},
        "objects": {"districts": {"type": "GeometryCollection", "geometries": shapes}},
        "arcs": arcs,
    }


def _line(start: tuple[float, float], end: tuple[float, float]) -> list[list[int]]:
    """A winding line between two corners as TopoJSON keeps it: steps from point to point."""
    points = []
    for i in range(EDGE + 1):
        part = i / EDGE
        aside = 0.01 * sin(part * 3.14159) * sin(part * 17 + start[0] + start[1])
        x = start[0] + (end[0] - start[0]) * part + (aside if start[0] == end[0] else 0)
        y = start[1] + (end[1] - start[1]) * part + (aside if start[1] == end[1] else 0)
        points.append((round((x - WEST) * 1e4), round((y - SOUTH) * 1e4)))
    return [list(points[0])] + [[b[0] - a[0], b[1] - a[1]] for a, b in itertools.pairwise(points)]


def country(folder: Path, units: int, periods: int) -> None:
    """A data package and maps of a made-up country, below ``folder``."""
    shutil.copytree(ROOT / "data", folder / "data")
    (folder / "maps").mkdir()
    data, maps = folder / "data", folder / "maps"
    columns, _ = corners(units)
    ids = [ID.format(i) for i in range(units)]
    kept = [
        line
        for line in (data / "geographies.csv").read_text(encoding="utf-8").splitlines()
        if (",district," not in line and not line.startswith("X-")) or ",region," in line
    ]
    made = [f"{one},{one}区,Unit {one} District,district,X-central,,,,true" for one in ids]
    write(data / "geographies.csv", kept + made)
    lines = (data / "vintages.csv").read_text(encoding="utf-8").splitlines()
    write(
        data / "vintages.csv",
        [line.rsplit(",", 1)[0] + f",{units}" if line[:2] in VINTAGES else line for line in lines],
    )
    for name in ("crosswalk", "place_notes", "task_places"):
        write(data / f"{name}.csv", (data / f"{name}.csv").read_text(encoding="utf-8").splitlines()[:1])
    listed = (data / "needs.csv").read_text(encoding="utf-8").splitlines()[1:]
    needed = [line.split(",")[0] for line in listed]
    head = (data / "observations" / "districts.csv").read_text(encoding="utf-8").splitlines()[0]
    rows = [
        _row(head, indicator, one, f"{2024 - back}", number)
        for indicator in needed
        for number, one in enumerate(ids, start=1)
        for back in range(periods)
    ]
    write(data / "observations" / "districts.csv", [head, *rows])
    text = json.dumps(topology(units))
    tiles = [
        f"{vintage},{one},{i % columns},{i // columns}" for vintage in VINTAGES for i, one in enumerate(ids)
    ]
    write(maps / "tiles.csv", ["vintage,geo_id,column,row", *tiles])
    for vintage in VINTAGES:
        (maps / f"districts_{vintage}.topo.json").write_text(text, encoding="utf-8")


def _row(head: str, indicator: str, unit: str, period: str, value: int) -> str:
    units = {
        "indicator_id": indicator,
        "geo_id": unit,
        "period": period,
        "vintage": "38",
        "value": str(value),
        "unit": "enterprise",
        "qualifier": "exact",
        "status": "A",
        "source_id": "s001",
    }
    return ",".join(units.get(name, "") for name in head.split(","))


def write(path: Path, lines: list[str]) -> None:
    """Write a file of lines."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def make(folder: Path) -> dict[str, float]:
    """Make every page of the country below ``folder``; seconds and bytes."""
    sys.path.insert(0, str(ROOT))
    from shuangbei import load, paths
    from shuangbei.measures import profile
    from shuangbei.pages import atlas, places, profile_sections
    from shuangbei.pages import profile as profile_pages

    paths.MAPS = folder / "maps"

    def link(page: str, anchor: str) -> str:
        return f"{page}.html#{anchor}" if anchor else f"{page}.html"

    begun = time.perf_counter()
    views = [atlas.html_of(view, link) for view in atlas.views()]
    between = time.perf_counter()
    known = profile.observed(load.observations("districts"))
    pages = [profile_pages.body(profile_sections.place(known, one), link) for one in places.every()]
    return {
        "views": len(views),
        "atlas_s": between - begun,
        "view_kb": max(len(gzip.compress(one.encode())) for one in views) / 1024,
        "profiles": len(pages),
        "profiles_s": time.perf_counter() - between,
        "profile_kb": max(len(gzip.compress(one.encode())) for one in pages) / 1024,
    }


def case(units: int, periods: int) -> dict[str, float]:
    """Measure one country in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        country(folder, units, periods)
        environment = {
            "SHUANGBEI_DATA": str(folder / "data"),
            "SHUANGBEI_LANG": "zh",
            "PATH": "/usr/bin:/bin",
        }
        done = subprocess.run(
            [sys.executable, __file__, str(folder)],
            env=environment,
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
    return json.loads(done.stdout)


def main() -> None:
    """Measure all cases, and print them beside each other."""
    if len(sys.argv) > 1:
        print(json.dumps(make(Path(sys.argv[1]))))
        return
    first = None
    for units, periods in CASES:
        found = case(units, periods)
        first = first or found
        size = units * periods / (CASES[0][0] * CASES[0][1])
        ratios = {
            name: found[name] / first[name] for name in ("atlas_s", "profiles_s", "view_kb", "profile_kb")
        }
        print(
            f"{units} units x {periods} periods ({size:g} times the figures): {found['views']} views in"
            f" {found['atlas_s']:.1f} s, largest {found['view_kb']:.0f} KB gzip;"
            f" {found['profiles']} profiles in {found['profiles_s']:.1f} s, largest"
            f" {found['profile_kb']:.0f} KB gzip; ratios "
            + ", ".join(f"{name} {ratio:.1f}" for name, ratio in ratios.items()),
            flush=True,
        )


if __name__ == "__main__":
    main()
