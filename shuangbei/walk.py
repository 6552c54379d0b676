"""Where an arrow key leads from each place of a map: to the nearest one that way; no drawing, no data."""

from __future__ import annotations

from collections.abc import Mapping
from math import atan2, degrees, hypot

DIRECTIONS = {"up": 90.0, "right": 0.0, "down": -90.0, "left": 180.0}
_NEAR, _FAR = 60.0, 45.0  # degrees off the arrow that a neighbour, and any other place, may lie
Point = tuple[float, float]


def steps(points: Mapping[str, Point],
          near: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, str]]:
    """
    The place that each arrow leads to from each place.

    A neighbour that lies that way comes first; where there is none, the nearest place that does.

    Parameters
    ----------
    points : mapping of str to (float, float)
        Middle of each place, y downwards.
    near : mapping of str to tuple of str
        Neighbours of each place.

    Returns
    -------
    dict of str to dict
        For each place the ids by ``up``, ``right``, ``down``, ``left``; without an entry where
        nothing lies that way.
    """
    return {one: {arrow: found for arrow, angle in DIRECTIONS.items()
                  if (found := _next(one, angle, points, near.get(one, ())))}
            for one in sorted(points)}


def _next(one: str, angle: float, points: Mapping[str, Point], near: tuple[str, ...]) -> str:
    beside = _toward(one, angle, points, near, _NEAR)
    others = beside or _toward(one, angle, points, points, _FAR)
    return min(others)[1] if others else ""


def _toward(one: str, angle: float, points: Mapping[str, Point], among,
            within: float) -> list[tuple[float, str]]:
    """The places of ``among`` that lie about that way, each with how far, and how far aside."""
    x, y = points[one]
    found = []
    for other in among:
        across, up = points[other][0] - x, y - points[other][1]
        aside = abs((degrees(atan2(up, across)) - angle + 180) % 360 - 180)
        if other != one and aside <= within:
            found.append((hypot(across, up) * (1 + aside / 45), other))
    return found
