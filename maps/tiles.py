"""Lays the units of each vintage out as equal squares; writes tiles.csv, and nothing else writes it.

The site never runs this. It needs maps/requirements.txt, in an environment of its own.
    python maps/tiles.py

Method: each unit gets a cell of a grid.  From the cells nearest to the units' own places (an
optimal assignment), pairs of cells are exchanged as long as that lowers a cost (simulated
annealing with fixed seeds): neighbours that are apart, directions between neighbours that turn,
and the way from a unit's own place.
"""

from __future__ import annotations

import csv
import json
import math
import random
from pathlib import Path

import numpy as np
from derive import VINTAGES, decode_topology

HERE = Path(__file__).resolve().parent
TILES = HERE / "tiles.csv"
COLUMNS, ROWS = 9, 8
SEEDS, STEPS = range(6), 120_000
APART, TURNED, MOVED, KEPT = 3.0, 1.2, 0.25, 1.5  # weights of the cost


def neighbours(shapes: dict) -> list[tuple[str, str]]:
    """Pairs of units that share a line, not only a point."""
    codes = sorted(shapes)
    return [
        (one, other)
        for i, one in enumerate(codes)
        for other in codes[i + 1 :]
        if shapes[one].intersection(shapes[other]).length > 0
    ]


def own_places(shapes: dict) -> dict[str, np.ndarray]:
    """Where each unit would stand on the grid: ranks of its centre, eased towards its place."""
    codes = sorted(shapes)
    centres = np.array([shapes[code].representative_point().coords[0] for code in codes])
    placed = np.empty_like(centres)
    for axis, size, sign in ((0, COLUMNS, 1), (1, ROWS, -1)):
        values = sign * centres[:, axis]
        ranks = values.argsort().argsort() / (len(codes) - 1)
        spread = (values - values.min()) / (values.max() - values.min())
        placed[:, axis] = (0.6 * ranks + 0.4 * spread) * (size - 1)
    return dict(zip(codes, placed, strict=True))


class Layout:
    """Which unit stands in which cell, and what that costs."""

    def __init__(self, shapes: dict, before: dict[str, tuple[int, int]]) -> None:
        # A unit that is still there stands where readers know it.
        self.places = {**own_places(shapes), **{c: np.array(p) for c, p in before.items() if c in shapes}}
        self.moved = KEPT if before else MOVED
        self.pairs = neighbours(shapes)
        centres = {
            code: np.array(shape.representative_point().coords[0]) * [0.87, -1]
            for code, shape in shapes.items()
        }
        self.angles = {(a, b): math.atan2(*(centres[b] - centres[a])[::-1]) for a, b in self.pairs}
        self.near = {code: [pair for pair in self.pairs if code in pair] for code in shapes}

    def pair_cost(self, cells: dict, pair: tuple[str, str]) -> float:
        """Cost of two neighbours: how far apart, and how far their direction has turned."""
        (ax, ay), (bx, by) = cells[pair[0]], cells[pair[1]]
        gap = max(abs(ax - bx), abs(ay - by)) - 1
        diagonal = 0.35 if gap == 0 and ax != bx and ay != by else 0
        turned = math.atan2(by - ay, bx - ax) - self.angles[pair]
        turned = abs((turned + math.pi) % (2 * math.pi) - math.pi)
        return APART * (gap + diagonal) + TURNED * turned**2

    def cost_of(self, cells: dict, codes: list[str]) -> float:
        """Cost of some units: their ways and all pairs they belong to."""
        pairs = {pair for code in codes for pair in self.near[code]}
        ways = sum((np.subtract(cells[code], self.places[code]) ** 2).sum() for code in codes)
        return sum(self.pair_cost(cells, pair) for pair in sorted(pairs)) + self.moved * ways


def first(layout: Layout) -> dict[str, tuple[int, int]]:
    """Assign every unit to a cell of its own so that the ways add up to as little as can be."""
    from scipy.optimize import linear_sum_assignment

    cells = [(x, y) for y in range(ROWS) for x in range(COLUMNS)]
    codes = sorted(layout.places)
    ways = [[((np.array(cell) - layout.places[code]) ** 2).sum() for cell in cells] for code in codes]
    _, chosen = linear_sum_assignment(np.array(ways))
    return {code: cells[index] for code, index in zip(codes, chosen, strict=True)}


def improve(layout: Layout, cells: dict, seed: int) -> tuple[float, dict]:
    """Exchange cells for a while; the best that was seen, and its cost."""
    dice, cells = random.Random(seed), dict(cells)
    held = {cell: code for code, cell in cells.items()}
    codes, total = sorted(cells), layout.cost_of(cells, sorted(cells))
    best, best_cost = dict(cells), total
    for step in range(STEPS):
        heat = 2.0 * (1 - step / STEPS) ** 2 + 1e-3
        one = dice.choice(codes)
        x, y = cells[one]
        goal = (x + dice.randint(-2, 2), y + dice.randint(-2, 2))
        if goal == (x, y) or not (0 <= goal[0] < COLUMNS and 0 <= goal[1] < ROWS):
            continue
        other = held.get(goal)
        moved = [one] if other is None else [one, other]
        before = layout.cost_of(cells, moved)
        cells[one] = goal
        if other is not None:
            cells[other] = (x, y)
        change = layout.cost_of(cells, moved) - before
        if change > 0 and dice.random() >= math.exp(-change / heat):
            cells[one] = (x, y)
            if other is not None:
                cells[other] = goal
            continue
        held[goal] = one
        held.pop((x, y)) if other is None else held.update({(x, y): other})
        total += change
        if total < best_cost - 1e-9:
            best, best_cost = dict(cells), total
    return best_cost, best


def lay_out(shapes: dict, before: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """
    Return column and row of each unit, counted from 0 in the upper left corner.

    ``before`` is the layout of an earlier vintage, or empty.
    """
    layout = Layout(shapes, before)
    _, best = min((improve(layout, first(layout), seed) for seed in SEEDS), key=lambda found: found[0])
    left, top = (min(cell[axis] for cell in best.values()) for axis in (0, 1))
    return {code: (x - left, y - top) for code, (x, y) in sorted(best.items())}


def main() -> None:
    """Lay out both vintages and write them."""
    rows, found = [], {}
    for vintage in VINTAGES:
        text = (HERE / f"districts_{vintage}.topo.json").read_text(encoding="utf-8")
        found = lay_out(decode_topology(json.loads(text)), found)
        for code, (x, y) in found.items():
            rows.append({"vintage": vintage, "geo_id": code, "column": x, "row": y})
    with TILES.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
